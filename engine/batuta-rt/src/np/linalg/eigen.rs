//! Eigenvalues: tridiagonal QL for symmetric matrices, Hessenberg QR for the others.

use super::decompositions::reflector;
use crate::np::errors::{Outcome, linalg_error, raising};
use ndarray::{Array1, Array2, ArrayBase, Data, Ix2};

const EPSILON: f64 = f64::EPSILON / 2.0;

/// A plane rotation: cosine, sine and the length that `f, g` turn into.
pub(super) fn rotation(f: f64, g: f64) -> (f64, f64, f64) {
    if g == 0.0 {
        return (1.0, 0.0, f);
    }
    if f == 0.0 {
        return (0.0, 1f64.copysign(g), g.abs());
    }
    let length = f.hypot(g);
    let r = length.copysign(f);
    (f.abs() / length, g / r, r)
}

/// Eigenvalues and rotation of `[a b; b c]`: the larger by size, the smaller, cosine, sine.
fn symmetric_pair(a: f64, b: f64, c: f64) -> (f64, f64, f64, f64) {
    let (sum, difference) = (a + c, a - c);
    let (size, twice) = (difference.abs(), (b + b).abs());
    let (larger, smaller) = if a.abs() > c.abs() { (a, c) } else { (c, a) };
    let root = if size > twice {
        size * (1.0 + (twice / size).powi(2)).sqrt()
    } else if size < twice {
        twice * (1.0 + (size / twice).powi(2)).sqrt()
    } else {
        twice * 2f64.sqrt()
    };
    let (first, second, sign) = if sum < 0.0 {
        let first = 0.5 * (sum - root);
        (first, (larger / first) * smaller - (b / first) * b, -1)
    } else if sum > 0.0 {
        let first = 0.5 * (sum + root);
        (first, (larger / first) * smaller - (b / first) * b, 1)
    } else {
        (0.5 * root, -0.5 * root, 1)
    };
    let (cosine, other_sign) = if difference >= 0.0 {
        (difference + root, 1)
    } else {
        (difference - root, -1)
    };
    let (mut c, mut s);
    if cosine.abs() > twice {
        let cotangent = -(b + b) / cosine;
        s = 1.0 / (1.0 + cotangent * cotangent).sqrt();
        c = cotangent * s;
    } else if twice == 0.0 {
        (c, s) = (1.0, 0.0);
    } else {
        let tangent = -cosine / (b + b);
        c = 1.0 / (1.0 + tangent * tangent).sqrt();
        s = tangent * c;
    }
    if sign == other_sign {
        (c, s) = (-s, c);
    }
    (first, second, c, s)
}

/// Turns columns `j` and `j + 1`.
fn turn_columns(z: &mut Array2<f64>, j: usize, c: f64, s: f64) {
    for row in 0..z.nrows() {
        let next = z[[row, j + 1]];
        z[[row, j + 1]] = c * next - s * z[[row, j]];
        z[[row, j]] = s * next + c * z[[row, j]];
    }
}

/// Diagonalises a symmetric tridiagonal matrix; `z` gathers the rotations. False when it does not converge.
fn tridiagonal_ql(d: &mut [f64], e: &mut [f64], z: &mut Array2<f64>) -> bool {
    let n = d.len();
    let mut start = 0;
    let mut budget = 30 * n;
    while start < n {
        let mut end = start;
        while end + 1 < n {
            let size = e[end].abs();
            if size == 0.0 {
                break;
            }
            if size <= d[end].abs().sqrt() * d[end + 1].abs().sqrt() * EPSILON {
                e[end] = 0.0;
                break;
            }
            end += 1;
        }
        let (first, last) = (start, end);
        start = end + 1;
        if first == last {
            continue;
        }
        if d[last].abs() < d[first].abs() {
            let (mut l, end) = (last as i64, first as i64);
            while l >= end {
                let mut m = l;
                while m > end {
                    let at = m as usize;
                    if e[at - 1] * e[at - 1]
                        <= EPSILON * EPSILON * d[at].abs() * d[at - 1].abs() + f64::MIN_POSITIVE
                    {
                        break;
                    }
                    m -= 1;
                }
                if m > end {
                    e[m as usize - 1] = 0.0;
                }
                if m == l {
                    l -= 1;
                    continue;
                }
                let (here, at) = (l as usize, m as usize);
                if m == l - 1 {
                    let (first, second, c, s) = symmetric_pair(d[here - 1], e[here - 1], d[here]);
                    turn_columns(z, here - 1, c, s);
                    (d[here - 1], d[here], e[here - 1]) = (first, second, 0.0);
                    l -= 2;
                    continue;
                }
                if budget == 0 {
                    return false;
                }
                budget -= 1;
                let mut p = d[here];
                let mut g = (d[here - 1] - p) / (2.0 * e[here - 1]);
                let r = g.hypot(1.0);
                g = d[at] - p + e[here - 1] / (g + r.copysign(g));
                let (mut s, mut c) = (1.0, 1.0);
                p = 0.0;
                let mut turns = Vec::new();
                for i in at..here {
                    let (f, b) = (s * e[i], c * e[i]);
                    let (new_c, new_s, r) = rotation(g, f);
                    (c, s) = (new_c, new_s);
                    if i != at {
                        e[i - 1] = r;
                    }
                    g = d[i] - p;
                    let r = (d[i + 1] - g) * s + 2.0 * c * b;
                    p = s * r;
                    d[i] = g + p;
                    g = c * r - b;
                    turns.push((i, c, s));
                }
                for (i, c, s) in turns {
                    turn_columns(z, i, c, s);
                }
                d[here] -= p;
                e[here - 1] = g;
            }
        } else {
            let (mut l, end) = (first, last);
            while l <= end {
                let mut m = l;
                while m < end {
                    if e[m] * e[m]
                        <= EPSILON * EPSILON * d[m].abs() * d[m + 1].abs() + f64::MIN_POSITIVE
                    {
                        break;
                    }
                    m += 1;
                }
                if m < end {
                    e[m] = 0.0;
                }
                if m == l {
                    l += 1;
                    continue;
                }
                if m == l + 1 {
                    let (first, second, c, s) = symmetric_pair(d[l], e[l], d[l + 1]);
                    turn_columns(z, l, c, s);
                    (d[l], d[l + 1], e[l]) = (first, second, 0.0);
                    l += 2;
                    continue;
                }
                if budget == 0 {
                    return false;
                }
                budget -= 1;
                let mut p = d[l];
                let mut g = (d[l + 1] - p) / (2.0 * e[l]);
                let r = g.hypot(1.0);
                g = d[m] - p + e[l] / (g + r.copysign(g));
                let (mut s, mut c) = (1.0, 1.0);
                p = 0.0;
                let mut turns = Vec::new();
                for i in (l..m).rev() {
                    let (f, b) = (s * e[i], c * e[i]);
                    let (new_c, new_s, r) = rotation(g, f);
                    (c, s) = (new_c, new_s);
                    if i != m - 1 {
                        e[i + 1] = r;
                    }
                    g = d[i + 1] - p;
                    let r = (d[i] - g) * s + 2.0 * c * b;
                    p = s * r;
                    d[i + 1] = g + p;
                    g = c * r - b;
                    turns.push((i, c, -s));
                }
                for (i, c, s) in turns {
                    turn_columns(z, i, c, s);
                }
                d[l] -= p;
                e[l] = g;
            }
        }
    }
    true
}

raising! {
    /// `np.linalg.eigh(a)`: eigenvalues in rising order, eigenvectors as columns. Only the lower triangle is read.
    pub fn eigh / try_eigh [S: Data<Elem = f64>](a: &ArrayBase<S, Ix2>) -> (Array1<f64>, Array2<f64>) {
        let n = super::solving::square(a)?;
        let mut work = Array2::from_shape_fn((n, n), |(i, j)| if i >= j { a[[i, j]] } else { a[[j, i]] });
        let (mut d, mut e) = (vec![0.0; n], vec![0.0; n.saturating_sub(1)]);
        let mut reflections = Vec::new();
        for step in 0..n.saturating_sub(1) {
            let mut v: Vec<f64> = (step + 1..n).map(|row| work[[row, step]]).collect();
            let (beta, tau) = reflector(&mut v);
            e[step] = beta;
            if tau != 0.0 {
                v[0] = 1.0;
                let size = v.len();
                let base = step + 1;
                let mut w: Vec<f64> = (0..size).map(|i| tau * (0..size).map(|j| work[[base + i, base + j]] * v[j]).sum::<f64>()).collect();
                let alpha = -0.5 * tau * w.iter().zip(&v).map(|(x, y)| x * y).sum::<f64>();
                w.iter_mut().zip(&v).for_each(|(x, y)| *x += alpha * y);
                for i in 0..size {
                    for j in 0..size {
                        work[[base + i, base + j]] -= v[i] * w[j] + w[i] * v[j];
                    }
                }
            }
            d[step] = work[[step, step]];
            reflections.push((v, tau));
        }
        if n > 0 {
            d[n - 1] = work[[n - 1, n - 1]];
        }
        let mut z: Array2<f64> = Array2::eye(n);
        if !tridiagonal_ql(&mut d, &mut e, &mut z) {
            return Err(linalg_error("Eigenvalues did not converge"));
        }
        for (step, (v, tau)) in reflections.iter().enumerate().rev() {
            super::decompositions::reflect_rows(&mut z, v, *tau, step + 1, 0, n);
        }
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by(|&i, &j| d[i].total_cmp(&d[j]));
        Ok((order.iter().map(|&place| d[place]).collect(), z.select(ndarray::Axis(1), &order)))
    }

    /// `np.linalg.eig(a)` when all eigenvalues are real; complex ones raise.
    pub fn eig / try_eig [S: Data<Elem = f64>](a: &ArrayBase<S, Ix2>) -> (Array1<f64>, Array2<f64>) {
        let n = super::solving::square(a)?;
        let (mut h, mut v) = hessenberg(&a.to_owned());
        schur(&mut h, Some(&mut v))?;
        let values: Array1<f64> = h.diag().to_owned();
        // Back substitution in the triangle, then the basis of the original matrix.
        let size = h.iter().fold(0.0f64, |size, value| size.max(value.abs()));
        let mut vectors = Array2::zeros((n, n));
        for column in 0..n {
            let mut x = vec![0.0; n];
            x[column] = 1.0;
            for row in (0..column).rev() {
                let sum: f64 = (row + 1..=column).map(|each| h[[row, each]] * x[each]).sum();
                let mut gap = h[[row, row]] - values[column];
                if gap == 0.0 {
                    gap = EPSILON * size.max(f64::MIN_POSITIVE);
                }
                x[row] = -sum / gap;
            }
            let mut vector = v.dot(&Array1::from_vec(x));
            let norm = vector.dot(&vector).sqrt();
            vector /= norm;
            vectors.column_mut(column).assign(&vector);
        }
        Ok((values, vectors))
    }

    /// `np.linalg.eigvals(a)` when all eigenvalues are real.
    pub fn eigvals / try_eigvals [S: Data<Elem = f64>](a: &ArrayBase<S, Ix2>) -> Array1<f64> {
        super::solving::square(a)?;
        let (mut h, _) = hessenberg(&a.to_owned());
        schur(&mut h, None)?;
        Ok(h.diag().to_owned())
    }
}

/// `np.linalg.eigvalsh(a)`.
pub fn eigvalsh<S: Data<Elem = f64>>(a: &ArrayBase<S, Ix2>) -> Array1<f64> {
    eigh(a).0
}

/// The Hessenberg form and the basis that leads to it.
fn hessenberg(a: &Array2<f64>) -> (Array2<f64>, Array2<f64>) {
    let n = a.nrows();
    let mut h = a.clone();
    let mut reflections = Vec::new();
    for step in 0..n.saturating_sub(2) {
        let mut v: Vec<f64> = (step + 1..n).map(|row| h[[row, step]]).collect();
        let (beta, tau) = reflector(&mut v);
        super::decompositions::reflect_columns(&mut h, &v, tau, step + 1, 0, n);
        super::decompositions::reflect_rows(&mut h, &v, tau, step + 1, step + 1, n);
        h[[step + 1, step]] = beta;
        for row in step + 2..n {
            h[[row, step]] = 0.0;
        }
        reflections.push((v, tau));
    }
    let mut q = Array2::eye(n);
    for (step, (v, tau)) in reflections.iter().enumerate().rev() {
        super::decompositions::reflect_rows(&mut q, v, *tau, step + 1, 0, n);
    }
    (h, q)
}

/// Shifted QR steps on a Hessenberg matrix until it is triangular. Complex eigenvalues raise.
fn schur(h: &mut Array2<f64>, mut basis: Option<&mut Array2<f64>>) -> Outcome<()> {
    let n = h.nrows();
    let mut high = n as i64 - 1;
    let mut tries = 0;
    while high > 0 {
        let last = high as usize;
        let mut low = last;
        while low > 0 {
            let scale = h[[low - 1, low - 1]].abs() + h[[low, low]].abs();
            if h[[low, low - 1]].abs() <= EPSILON * if scale == 0.0 { 1.0 } else { scale } {
                h[[low, low - 1]] = 0.0;
                break;
            }
            low -= 1;
        }
        if low == last {
            high -= 1;
            tries = 0;
            continue;
        }
        let (a, b, c, d) = (
            h[[last - 1, last - 1]],
            h[[last - 1, last]],
            h[[last, last - 1]],
            h[[last, last]],
        );
        let half = 0.5 * (a - d);
        let discriminant = half * half + b * c;
        if low + 1 == last {
            if discriminant < 0.0 {
                crate::py::unsupported(
                    "the matrix has complex eigenvalues, which this program was not compiled for",
                );
            }
            let (cosine, sine) = real_block(a, b, c, d);
            rotate(h, basis.as_deref_mut(), last - 1, cosine, sine);
            h[[last, last - 1]] = 0.0;
            high -= 2;
            tries = 0;
            continue;
        }
        tries += 1;
        if tries > 300 {
            return Err(linalg_error("Eigenvalues did not converge"));
        }
        // The eigenvalue of the corner that is nearer to its last element; an odd shift now and then against cycles.
        let shift = if tries % 11 == 10 {
            d + h[[last, last - 1]].abs()
        } else if discriminant >= 0.0 {
            let root = discriminant.sqrt().copysign(half);
            if half + root == 0.0 {
                d
            } else {
                d - b * c / (half + root)
            }
        } else {
            d
        };
        for each in 0..=last {
            h[[each, each]] -= shift;
        }
        let mut turns = Vec::new();
        for at in low..last {
            let (cosine, sine, r) = rotation(h[[at, at]], h[[at + 1, at]]);
            h[[at, at]] = r;
            h[[at + 1, at]] = 0.0;
            for column in at + 1..n {
                let (x, y) = (h[[at, column]], h[[at + 1, column]]);
                h[[at, column]] = cosine * x + sine * y;
                h[[at + 1, column]] = cosine * y - sine * x;
            }
            turns.push((at, cosine, sine));
        }
        for (at, cosine, sine) in turns {
            for row in 0..=at + 1 {
                let (x, y) = (h[[row, at]], h[[row, at + 1]]);
                h[[row, at]] = cosine * x + sine * y;
                h[[row, at + 1]] = cosine * y - sine * x;
            }
            if let Some(basis) = basis.as_deref_mut() {
                for row in 0..n {
                    let (x, y) = (basis[[row, at]], basis[[row, at + 1]]);
                    basis[[row, at]] = cosine * x + sine * y;
                    basis[[row, at + 1]] = cosine * y - sine * x;
                }
            }
        }
        for each in 0..=last {
            h[[each, each]] += shift;
        }
    }
    Ok(())
}

/// The rotation that makes a 2 by 2 block with real eigenvalues triangular.
fn real_block(a: f64, b: f64, c: f64, d: f64) -> (f64, f64) {
    if c == 0.0 {
        return (1.0, 0.0);
    }
    if b == 0.0 {
        return (0.0, 1.0);
    }
    let p = 0.5 * (a - d);
    let largest = b.abs().max(c.abs());
    let smallest = b.abs().min(c.abs()) * 1f64.copysign(b) * 1f64.copysign(c);
    let scale = p.abs().max(largest);
    let z = p / scale * p + largest / scale * smallest;
    let z = p + (scale.sqrt() * z.max(0.0).sqrt()).copysign(p);
    let tau = c.hypot(z);
    (z / tau, c / tau)
}

fn rotate(h: &mut Array2<f64>, basis: Option<&mut Array2<f64>>, at: usize, c: f64, s: f64) {
    let n = h.nrows();
    for column in at..n {
        let (x, y) = (h[[at, column]], h[[at + 1, column]]);
        h[[at, column]] = c * x + s * y;
        h[[at + 1, column]] = c * y - s * x;
    }
    let turn = |m: &mut Array2<f64>, rows: usize| {
        for row in 0..rows {
            let (x, y) = (m[[row, at]], m[[row, at + 1]]);
            m[[row, at]] = c * x + s * y;
            m[[row, at + 1]] = c * y - s * x;
        }
    };
    turn(h, at + 2);
    if let Some(basis) = basis {
        turn(basis, n);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn symmetric_matrices() {
        for a in [
            array![[2.0, 1.0], [1.0, 2.0]],
            array![[4.0, 1.0, 0.5], [1.0, 3.0, -1.0], [0.5, -1.0, 2.0]],
            Array2::from_shape_fn((6, 6), |(i, j)| 1.0 / (i + j + 1) as f64),
        ] {
            let (values, vectors) = eigh(&a);
            let back = (&vectors * &values).dot(&vectors.t());
            assert!((&back - &a).iter().all(|value| value.abs() < 1e-13), "{a}");
        }
    }

    #[test]
    fn general_matrices_with_real_eigenvalues() {
        for a in [
            array![[2.0, 0.0], [1.0, 3.0]],
            array![[4.0, 1.0, 2.0], [0.5, 3.0, 1.0], [1.0, 1.0, 5.0]],
            array![
                [1.0, 2.0, 0.0, 1.0],
                [2.0, 1.0, 3.0, 0.0],
                [0.0, 3.0, 2.0, 1.0],
                [1.0, 0.0, 1.0, 4.0]
            ],
        ] {
            let (values, vectors) = eig(&a);
            let off = a.dot(&vectors) - &vectors * &values;
            assert!(off.iter().all(|value| value.abs() < 1e-12), "{a}");
        }
    }
}
