//! Singular values: Householder bidiagonalisation, then implicit QR steps, in LAPACK's order so that signs agree.

use super::decompositions::{householder, reflect_columns, reflect_rows, reflector};
use super::eigen::rotation;
use crate::np::errors::{Outcome, linalg_error, raising};
use ndarray::{Array1, Array2, ArrayBase, ArrayView2, Axis, Data, Ix1, Ix2, s};

const EPSILON: f64 = f64::EPSILON / 2.0;

/// An upper bidiagonal matrix with the rotations gathered on both sides.
struct Bidiagonal {
    d: Vec<f64>,
    e: Vec<f64>,
    /// Columns are left vectors.
    u: Array2<f64>,
    /// Rows are right vectors.
    vt: Array2<f64>,
}

/// A reflection's direction and factor.
type Reflection = (Vec<f64>, f64);

/// Diagonal, upper diagonal, and the reflections from the left and the right that lead to them.
fn reduced(a: &Array2<f64>) -> (Vec<f64>, Vec<f64>, Vec<Reflection>, Vec<Reflection>) {
    let (m, n) = a.dim();
    let mut work = a.clone();
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let (mut d, mut e) = (vec![0.0; n], vec![0.0; n.saturating_sub(1)]);
    for step in 0..n {
        let mut v: Vec<f64> = (step..m).map(|row| work[[row, step]]).collect();
        let (beta, tau) = reflector(&mut v);
        d[step] = beta;
        reflect_rows(&mut work, &v, tau, step, step + 1, n);
        left.push((v, tau));
        if step + 1 < n {
            let mut v: Vec<f64> = (step + 1..n).map(|column| work[[step, column]]).collect();
            let (beta, tau) = reflector(&mut v);
            e[step] = beta;
            reflect_columns(&mut work, &v, tau, step + 1, step + 1, m);
            right.push((v, tau));
        }
    }
    (d, e, left, right)
}

/// The decomposition by way of a bidiagonal matrix, with `width` left vectors.
fn bidiagonalise(a: &Array2<f64>, width: usize) -> Bidiagonal {
    let (m, n) = a.dim();
    let (d, e, left, right) = reduced(a);
    let mut bidiagonal = Bidiagonal {
        d,
        e,
        u: Array2::eye(n),
        vt: Array2::eye(n),
    };
    bidiagonal.diagonalise();
    // The reflections apply to the small factors, as LAPACK's ormbr does.
    let mut u = Array2::from_shape_fn((m, width), |(i, j)| (i == j) as u8 as f64);
    u.slice_mut(s![..n, ..n]).assign(&bidiagonal.u);
    for (step, (v, tau)) in left.iter().enumerate().rev() {
        reflect_rows(&mut u, v, *tau, step, 0, width);
    }
    let mut vt = bidiagonal.vt.clone();
    for (step, (v, tau)) in right.iter().enumerate().rev() {
        reflect_columns(&mut vt, v, *tau, step + 1, 0, n);
    }
    Bidiagonal {
        u,
        vt,
        ..bidiagonal
    }
}

/// The decomposition of a matrix that is wider than high: its bidiagonal form is lower, and is rotated to an upper one first.
fn wide(a: &Array2<f64>) -> (Array2<f64>, Array1<f64>, Array2<f64>) {
    let (m, n) = a.dim();
    if n >= (m as f64 * 11.0 / 6.0) as usize {
        let (q, r) = householder(&a.t().to_owned(), m);
        let small = bidiagonalise(&r.slice(s![..m, ..]).t().to_owned(), m);
        return (small.u, small.d.into(), small.vt.dot(&q.t()));
    }
    let (mut d, mut e, left, right) = reduced(&a.t().to_owned());
    let mut rotations = Vec::new();
    for i in 0..m - 1 {
        let (c, s, r) = rotation(d[i], e[i]);
        d[i] = r;
        e[i] = s * d[i + 1];
        d[i + 1] *= c;
        rotations.push((c, -s));
    }
    let mut inner = Bidiagonal {
        d,
        e,
        u: Array2::eye(m),
        vt: Array2::eye(m),
    };
    inner.diagonalise();
    let mut u = inner.u;
    for (i, &(c, s)) in rotations.iter().enumerate().rev() {
        for column in 0..m {
            let next = u[[i + 1, column]];
            u[[i + 1, column]] = c * next - s * u[[i, column]];
            u[[i, column]] = s * next + c * u[[i, column]];
        }
    }
    for (step, (v, tau)) in right.iter().enumerate().rev() {
        reflect_rows(&mut u, v, *tau, step + 1, 0, m);
    }
    let mut vt = Array2::zeros((m, n));
    vt.slice_mut(s![.., ..m]).assign(&inner.vt);
    for (step, (v, tau)) in left.iter().enumerate().rev() {
        reflect_columns(&mut vt, v, *tau, step, 0, m);
    }
    (u, inner.d.into(), vt)
}

/// Rotates two neighbours of a plane: `(c x + s y, c y - s x)`.
fn turn(x: &mut f64, y: &mut f64, c: f64, s: f64) {
    let first = c * *x + s * *y;
    *y = c * *y - s * *x;
    *x = first;
}

impl Bidiagonal {
    fn turn_left(&mut self, i: usize, j: usize, c: f64, s: f64) {
        for row in 0..self.u.nrows() {
            let (mut x, mut y) = (self.u[[row, i]], self.u[[row, j]]);
            turn(&mut x, &mut y, c, s);
            (self.u[[row, i]], self.u[[row, j]]) = (x, y);
        }
    }

    fn turn_right(&mut self, i: usize, j: usize, c: f64, s: f64) {
        for column in 0..self.vt.ncols() {
            let (mut x, mut y) = (self.vt[[i, column]], self.vt[[j, column]]);
            turn(&mut x, &mut y, c, s);
            (self.vt[[i, column]], self.vt[[j, column]]) = (x, y);
        }
    }

    fn diagonalise(&mut self) {
        let n = self.d.len();
        let tolerance = EPSILON.powf(-0.125).clamp(10.0, 100.0) * EPSILON;
        let threshold = self.threshold(tolerance);
        let (mut m, mut old_low, mut old_high) = (n, usize::MAX, usize::MAX);
        let mut downwards = true;
        let mut steps = 0;
        // m counts the part that is not diagonal yet; low is its first row.
        'part: while m > 1 {
            steps += 1;
            if steps > 60 * n * n + 100 {
                break;
            }
            let high = m - 1;
            let mut largest = self.d[high].abs();
            let mut low = 0;
            for place in (0..high).rev() {
                if self.e[place].abs() <= threshold {
                    self.e[place] = 0.0;
                    if place == high - 1 {
                        m -= 1;
                        continue 'part;
                    }
                    low = place + 1;
                    break;
                }
                largest = largest.max(self.d[place].abs()).max(self.e[place].abs());
            }
            if low == high - 1 {
                let (small, large, right, left) =
                    two_by_two(self.d[low], self.e[low], self.d[high]);
                (self.d[low], self.e[low], self.d[high]) = (large, 0.0, small);
                self.turn_right(low, high, right.0, right.1);
                self.turn_left(low, high, left.0, left.1);
                m -= 2;
                continue;
            }
            if old_high == usize::MAX || low > old_high || high < old_low {
                downwards = self.d[low].abs() >= self.d[high].abs();
            }
            let Some(smallest) = self.smallest(low, high, downwards, tolerance) else {
                continue;
            };
            (old_low, old_high) = (low, high);
            let mut shift = 0.0;
            if n as f64 * tolerance * (smallest / largest) > EPSILON.max(0.01 * tolerance) {
                let (start, near) = if downwards {
                    (
                        self.d[low].abs(),
                        smaller_singular_value(self.d[high - 1], self.e[high - 1], self.d[high]),
                    )
                } else {
                    (
                        self.d[high].abs(),
                        smaller_singular_value(self.d[low], self.e[low], self.d[low + 1]),
                    )
                };
                shift = if start > 0.0 && (near / start).powi(2) < EPSILON {
                    0.0
                } else {
                    near
                };
            }
            match (shift == 0.0, downwards) {
                (true, true) => self.plain_down(low, high),
                (true, false) => self.plain_up(low, high),
                (false, true) => self.shifted_down(low, high, shift),
                (false, false) => self.shifted_up(low, high, shift),
            }
            let end = if downwards { high - 1 } else { low };
            if self.e[end].abs() <= threshold {
                self.e[end] = 0.0;
            }
        }
        self.tidy();
    }

    fn threshold(&self, tolerance: f64) -> f64 {
        let n = self.d.len();
        let mut smallest = self.d.first().map_or(0.0, |value| value.abs());
        let mut running = smallest;
        for place in 1..n {
            if smallest == 0.0 {
                break;
            }
            running = self.d[place].abs() * (running / (running + self.e[place - 1].abs()));
            smallest = smallest.min(running);
        }
        (tolerance * (smallest / (n as f64).sqrt())).max(6.0 * (n * n) as f64 * f64::MIN_POSITIVE)
    }

    /// A lower bound of the singular values of a block; None when an off-diagonal element could be dropped.
    fn smallest(
        &mut self,
        low: usize,
        high: usize,
        downwards: bool,
        tolerance: f64,
    ) -> Option<f64> {
        let (edge, corner) = if downwards {
            (high - 1, high)
        } else {
            (low, low)
        };
        if self.e[edge].abs() <= tolerance * self.d[corner].abs() {
            self.e[edge] = 0.0;
            return None;
        }
        let mut running = self.d[if downwards { low } else { high }].abs();
        let mut smallest = running;
        for step in 0..high - low {
            let (place, next) = if downwards {
                (low + step, low + step + 1)
            } else {
                (high - 1 - step, high - 1 - step)
            };
            if self.e[place].abs() <= tolerance * running {
                self.e[place] = 0.0;
                return None;
            }
            running = self.d[next].abs() * (running / (running + self.e[place].abs()));
            smallest = smallest.min(running);
        }
        Some(smallest)
    }

    fn plain_down(&mut self, low: usize, high: usize) {
        let (mut c, mut old_c, mut old_s) = (1.0, 1.0, 0.0);
        for i in low..high {
            let (new_c, s, r) = rotation(self.d[i] * c, self.e[i]);
            c = new_c;
            if i > low {
                self.e[i - 1] = old_s * r;
            }
            (old_c, old_s, self.d[i]) = rotation(old_c * r, self.d[i + 1] * s);
            self.turn_right(i, i + 1, c, s);
            self.turn_left(i, i + 1, old_c, old_s);
        }
        let h = self.d[high] * c;
        self.d[high] = h * old_c;
        self.e[high - 1] = h * old_s;
    }

    fn plain_up(&mut self, low: usize, high: usize) {
        let (mut c, mut old_c, mut old_s) = (1.0, 1.0, 0.0);
        for i in (low + 1..=high).rev() {
            let (new_c, s, r) = rotation(self.d[i] * c, self.e[i - 1]);
            c = new_c;
            if i < high {
                self.e[i] = old_s * r;
            }
            (old_c, old_s, self.d[i]) = rotation(old_c * r, self.d[i - 1] * s);
            self.turn_right(i - 1, i, old_c, -old_s);
            self.turn_left(i - 1, i, c, -s);
        }
        let h = self.d[low] * c;
        self.d[low] = h * old_c;
        self.e[low] = h * old_s;
    }

    fn shifted_down(&mut self, low: usize, high: usize, shift: f64) {
        let mut f =
            (self.d[low].abs() - shift) * (1f64.copysign(self.d[low]) + shift / self.d[low]);
        let mut g = self.e[low];
        for i in low..high {
            let (right_c, right_s, r) = rotation(f, g);
            if i > low {
                self.e[i - 1] = r;
            }
            f = right_c * self.d[i] + right_s * self.e[i];
            self.e[i] = right_c * self.e[i] - right_s * self.d[i];
            g = right_s * self.d[i + 1];
            self.d[i + 1] *= right_c;
            let (left_c, left_s, r) = rotation(f, g);
            self.d[i] = r;
            f = left_c * self.e[i] + left_s * self.d[i + 1];
            self.d[i + 1] = left_c * self.d[i + 1] - left_s * self.e[i];
            if i + 1 < high {
                g = left_s * self.e[i + 1];
                self.e[i + 1] *= left_c;
            }
            self.turn_right(i, i + 1, right_c, right_s);
            self.turn_left(i, i + 1, left_c, left_s);
        }
        self.e[high - 1] = f;
    }

    fn shifted_up(&mut self, low: usize, high: usize, shift: f64) {
        let mut f =
            (self.d[high].abs() - shift) * (1f64.copysign(self.d[high]) + shift / self.d[high]);
        let mut g = self.e[high - 1];
        for i in (low + 1..=high).rev() {
            let (right_c, right_s, r) = rotation(f, g);
            if i < high {
                self.e[i] = r;
            }
            f = right_c * self.d[i] + right_s * self.e[i - 1];
            self.e[i - 1] = right_c * self.e[i - 1] - right_s * self.d[i];
            g = right_s * self.d[i - 1];
            self.d[i - 1] *= right_c;
            let (left_c, left_s, r) = rotation(f, g);
            self.d[i] = r;
            f = left_c * self.e[i - 1] + left_s * self.d[i - 1];
            self.d[i - 1] = left_c * self.d[i - 1] - left_s * self.e[i - 1];
            if i > low + 1 {
                g = left_s * self.e[i - 2];
                self.e[i - 2] *= left_c;
            }
            self.turn_right(i - 1, i, left_c, -left_s);
            self.turn_left(i - 1, i, right_c, -right_s);
        }
        self.e[low] = f;
    }

    /// Makes the values positive and puts the largest first.
    fn tidy(&mut self) {
        let n = self.d.len();
        for i in 0..n {
            if self.d[i] < 0.0 || (self.d[i] == 0.0 && self.d[i].is_sign_negative()) {
                self.d[i] = -self.d[i];
                self.vt.row_mut(i).mapv_inplace(|value| -value);
            }
        }
        for place in 0..n.saturating_sub(1) {
            // The smallest of what is left goes to the end.
            let last = n - 1 - place;
            let mut least = 0;
            for each in 1..=last {
                if self.d[each] <= self.d[least] {
                    least = each;
                }
            }
            if least != last {
                self.d.swap(least, last);
                for row in 0..self.u.nrows() {
                    self.u.swap([row, least], [row, last]);
                }
                for column in 0..self.vt.ncols() {
                    self.vt.swap([least, column], [last, column]);
                }
            }
        }
    }
}

/// The smaller singular value of the triangle `[f g; 0 h]`.
fn smaller_singular_value(f: f64, g: f64, h: f64) -> f64 {
    let (f, g, h) = (f.abs(), g.abs(), h.abs());
    let (small, large) = (f.min(h), f.max(h));
    if small == 0.0 {
        return 0.0;
    }
    if g < large {
        let (sum, difference, square) = (
            1.0 + small / large,
            (large - small) / large,
            (g / large).powi(2),
        );
        return small
            * (2.0 / ((sum * sum + square).sqrt() + (difference * difference + square).sqrt()));
    }
    let ratio = large / g;
    if ratio == 0.0 {
        return small * large / g;
    }
    let (sum, difference) = (1.0 + small / large, (large - small) / large);
    let c =
        1.0 / ((1.0 + (sum * ratio).powi(2)).sqrt() + (1.0 + (difference * ratio).powi(2)).sqrt());
    small * c * ratio * 2.0
}

/// The singular value decomposition of the triangle `[f g; 0 h]`: smaller, larger value, right and left rotation (cosine, sine).
fn two_by_two(f: f64, g: f64, h: f64) -> (f64, f64, (f64, f64), (f64, f64)) {
    let (mut ft, mut fa, mut ht, mut ha) = (f, f.abs(), h, h.abs());
    let swapped = ha > fa;
    let mut largest = if swapped { 3 } else { 1 };
    if swapped {
        (ft, ht, fa, ha) = (ht, ft, ha, fa);
    }
    let (gt, ga) = (g, g.abs());
    let (small, large, cl, cr, sl, sr);
    if ga == 0.0 {
        (small, large, cl, cr, sl, sr) = (ha, fa, 1.0, 1.0, 0.0, 0.0);
    } else if ga > fa && fa / ga < EPSILON {
        largest = 2;
        large = ga;
        small = if ha > 1.0 {
            fa / (ga / ha)
        } else {
            fa / ga * ha
        };
        (cl, sl, sr, cr) = (1.0, ht / gt, 1.0, ft / gt);
    } else {
        if ga > fa {
            largest = 2;
        }
        let d = fa - ha;
        let mut l = if d == fa { 1.0 } else { d / fa };
        let m = gt / ft;
        let mut t = 2.0 - l;
        let (mm, tt) = (m * m, t * t);
        let s = (tt + mm).sqrt();
        let r = if l == 0.0 {
            m.abs()
        } else {
            (l * l + mm).sqrt()
        };
        let a = 0.5 * (s + r);
        (small, large) = (ha / a, fa * a);
        t = if mm == 0.0 {
            if l == 0.0 {
                2f64.copysign(ft) * 1f64.copysign(gt)
            } else {
                gt / d.copysign(ft) + m / t
            }
        } else {
            (m / (s + t) + m / (r + l)) * (1.0 + a)
        };
        l = (t * t + 4.0).sqrt();
        (cr, sr) = (2.0 / l, t / l);
        cl = (cr + sr * m) / a;
        sl = ht / ft * sr / a;
    }
    let (left, right) = if swapped {
        ((sr, cr), (sl, cl))
    } else {
        ((cl, sl), (cr, sr))
    };
    let one = |value: f64| 1f64.copysign(value);
    let sign = match largest {
        1 => one(right.0) * one(left.0) * one(f),
        2 => one(right.1) * one(left.0) * one(g),
        _ => one(right.1) * one(left.1) * one(h),
    };
    (
        small.copysign(sign * one(f) * one(h)),
        large.copysign(sign),
        right,
        left,
    )
}

/// Left vectors (columns), values, right vectors (rows) of a matrix that is at least as high as wide.
fn high(a: &Array2<f64>) -> Outcome<(Array2<f64>, Array1<f64>, Array2<f64>)> {
    if a.iter().any(|value| !value.is_finite()) {
        return Err(linalg_error("SVD did not converge"));
    }
    let (m, n) = a.dim();
    // Much higher than wide: QR first, as LAPACK decides.
    if m >= (n as f64 * 11.0 / 6.0) as usize && m > n {
        let (q, r) = householder(a, n);
        let small = bidiagonalise(&r.slice(s![..n, ..]).to_owned(), n);
        return Ok((q.dot(&small.u), small.d.into(), small.vt));
    }
    let found = bidiagonalise(a, n);
    Ok((found.u, found.d.into(), found.vt))
}

raising! {
    /// `np.linalg.svd(a, full_matrices=False)`.
    pub fn svd / try_svd [S: Data<Elem = f64>](a: &ArrayBase<S, Ix2>) -> (Array2<f64>, Array1<f64>, Array2<f64>) {
        if a.nrows() >= a.ncols() {
            return high(&a.to_owned());
        }
        if a.iter().any(|value| !value.is_finite()) {
            return Err(linalg_error("SVD did not converge"));
        }
        Ok(wide(&a.to_owned()))
    }

    /// `np.linalg.svd(a)` with square factors.
    pub fn svd_full / try_svd_full [S: Data<Elem = f64>](a: &ArrayBase<S, Ix2>) -> (Array2<f64>, Array1<f64>, Array2<f64>) {
        if a.nrows() >= a.ncols() {
            return all_columns(&a.to_owned());
        }
        let (v, values, ut) = all_columns(&a.t().to_owned())?;
        Ok((ut.t().to_owned(), values, v.t().to_owned()))
    }

    /// `np.linalg.svd(a, compute_uv=False)` and `np.linalg.svdvals(a)`.
    pub fn singular_values / try_singular_values [S: Data<Elem = f64>](a: &ArrayBase<S, Ix2>) -> Vec<f64> {
        Ok(try_svd(a)?.1.to_vec())
    }

    /// `np.linalg.pinv(a, rcond)`.
    pub fn pinv / try_pinv [S: Data<Elem = f64>](a: &ArrayBase<S, Ix2>, rcond: f64) -> Array2<f64> {
        let (u, values, vt) = try_svd(a)?;
        let cutoff = rcond * values.first().copied().unwrap_or(0.0);
        let inverse = values.mapv(|value| if value > cutoff { 1.0 / value } else { 0.0 });
        Ok(vt.t().dot(&(&u.t() * &inverse.insert_axis(Axis(1)))))
    }

    /// `np.linalg.matrix_rank(a)`.
    pub fn matrix_rank / try_matrix_rank [S: Data<Elem = f64>](a: &ArrayBase<S, Ix2>) -> i64 {
        let values = try_singular_values(a)?;
        let cutoff = values.first().copied().unwrap_or(0.0) * a.nrows().max(a.ncols()) as f64 * f64::EPSILON;
        Ok(values.iter().filter(|&&value| value > cutoff).count() as i64)
    }

    /// `np.linalg.matrix_rank(a, tol)`: singular values above `tol`.
    pub fn matrix_rank_above / try_matrix_rank_above [S: Data<Elem = f64>](a: &ArrayBase<S, Ix2>, tol: f64) -> i64 {
        Ok(try_singular_values(a)?.iter().filter(|&&value| value > tol).count() as i64)
    }

    /// `np.linalg.cond(a)`.
    pub fn cond / try_cond [S: Data<Elem = f64>](a: &ArrayBase<S, Ix2>) -> f64 {
        let values = try_singular_values(a)?;
        Ok(values.first().copied().unwrap_or(f64::NAN) / values.last().copied().unwrap_or(f64::NAN))
    }

    /// `np.linalg.lstsq(a, b, rcond)` with a vector on the right: solution, residuals, rank, singular values.
    pub fn lstsq / try_lstsq [S: Data<Elem = f64>, R: Data<Elem = f64>](a: &ArrayBase<S, Ix2>, b: &ArrayBase<R, Ix1>, rcond: f64) -> (Array1<f64>, Array1<f64>, i32, Array1<f64>) {
        let (x, residuals, rank, values) = try_lstsq_matrix(a, &b.view().insert_axis(Axis(1)), rcond)?;
        Ok((x.index_axis_move(Axis(1), 0).to_owned(), residuals, rank, values))
    }

    /// `np.linalg.lstsq(a, b, rcond)` with a matrix on the right.
    pub fn lstsq_matrix / try_lstsq_matrix [S: Data<Elem = f64>, R: Data<Elem = f64>](a: &ArrayBase<S, Ix2>, b: &ArrayBase<R, Ix2>, rcond: f64) -> (Array2<f64>, Array1<f64>, i32, Array1<f64>) {
        if a.nrows() != b.nrows() {
            return Err(linalg_error("Incompatible dimensions"));
        }
        let (m, n) = a.dim();
        let (u, values, vt) = try_svd(a)?;
        let rcond = if rcond < 0.0 { f64::EPSILON * m.max(n) as f64 } else { rcond };
        let cutoff = rcond * values.first().copied().unwrap_or(0.0);
        let rank = values.iter().filter(|&&value| value > cutoff).count();
        let mut coordinates = u.t().dot(b);
        for (place, mut row) in coordinates.axis_iter_mut(Axis(0)).enumerate() {
            let value = values[place];
            row.mapv_inplace(|each| if value > cutoff { each / value } else { 0.0 });
        }
        let x = vt.t().dot(&coordinates);
        let mut residuals = Array1::zeros(0);
        if m > n && rank == n {
            let rest = b - &a.dot(&x);
            residuals = crate::np::sums::sum_axis(&rest.mapv(|value| value * value), 0);
        }
        Ok((x, residuals, rank as i32, values))
    }
}

/// The left factor with all its columns: those after the first come from the same reflections, as in LAPACK.
fn all_columns(a: &Array2<f64>) -> Outcome<(Array2<f64>, Array1<f64>, Array2<f64>)> {
    let (m, n) = a.dim();
    if m == n {
        return high(a);
    }
    if m >= (n as f64 * 11.0 / 6.0) as usize {
        let (q, r) = householder(a, m);
        let small = bidiagonalise(&r.slice(s![..n, ..]).to_owned(), n);
        let mut u = q.clone();
        u.slice_mut(s![.., ..n])
            .assign(&q.slice(s![.., ..n]).dot(&small.u));
        return Ok((u, small.d.into(), small.vt));
    }
    let found = bidiagonalise(a, m);
    Ok((found.u, found.d.into(), found.vt))
}

/// The principal axes of a view, for callers inside the crate.
pub fn svd_of(a: ArrayView2<'_, f64>) -> (Array2<f64>, Array1<f64>, Array2<f64>) {
    svd(&a)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    fn check(a: Array2<f64>) {
        let (u, values, vt) = svd(&a);
        let back = (&u * &values).dot(&vt);
        assert!(
            (&back - &a).iter().all(|value| value.abs() < 1e-12),
            "{back} for {a}"
        );
        let identity = u.t().dot(&u);
        assert!(
            (&identity - &Array2::<f64>::eye(values.len()))
                .iter()
                .all(|value| value.abs() < 1e-12)
        );
    }

    #[test]
    fn factors_multiply_back() {
        check(array![[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]);
        check(array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 10.0]]);
        check(array![[2.0, 0.0], [0.0, 3.0]]);
        check(array![[1.0, 2.0, 3.0, 4.0], [2.0, 4.0, 6.0, 8.5]]);
        check(Array2::from_shape_fn((9, 7), |(i, j)| {
            ((i * 7 + j * 3) % 11) as f64 - 4.0
        }));
    }

    #[test]
    fn rank_and_least_squares() {
        assert_eq!(matrix_rank(&array![[1.0, 2.0], [2.0, 4.0]]), 1);
        let (x, _, rank, _) = lstsq(
            &array![[0.0, 1.0], [1.0, 1.0], [2.0, 1.0]],
            &array![1.0, 3.0, 5.0],
            -1.0,
        );
        assert!((x[0] - 2.0).abs() < 1e-12 && (x[1] - 1.0).abs() < 1e-12 && rank == 2);
    }
}
