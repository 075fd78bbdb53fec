//! The dense factorisations that the estimators need: Cholesky, one-sided Jacobi SVD, symmetric eigenvalues, least squares.
//!
//! Jacobi methods are slower than LAPACK's but as accurate, and short. Sizes here are those of tables: few columns, many rows.

use ndarray::{Array1, Array2, Axis, s};

/// Solves `a x = b` for a symmetric positive definite `a`. None when a pivot is not positive.
pub fn solve_positive(a: &Array2<f64>, b: &Array2<f64>) -> Option<Array2<f64>> {
    let size = a.nrows();
    let mut lower = Array2::<f64>::zeros((size, size));
    for row in 0..size {
        for column in 0..=row {
            let mut value = a[(row, column)];
            for inner in 0..column {
                value -= lower[(row, inner)] * lower[(column, inner)];
            }
            if row == column {
                // A pivot this small against its diagonal means that the columns depend on each other.
                if value.is_nan() || value <= a[(row, row)].abs() * f64::EPSILON {
                    return None;
                }
                lower[(row, row)] = value.sqrt();
            } else {
                lower[(row, column)] = value / lower[(column, column)];
            }
        }
    }
    let mut solution = b.clone();
    for mut column in solution.columns_mut() {
        for row in 0..size {
            let known = lower.slice(s![row, ..row]).dot(&column.slice(s![..row]));
            column[row] = (column[row] - known) / lower[(row, row)];
        }
        for row in (0..size).rev() {
            let known = lower
                .slice(s![row + 1.., row])
                .dot(&column.slice(s![row + 1..]));
            column[row] = (column[row] - known) / lower[(row, row)];
        }
    }
    Some(solution)
}

/// A thin singular value decomposition `x = u · diag(s) · vt`, singular values descending.
pub struct Svd {
    /// Left singular vectors, one a column.
    pub u: Array2<f64>,
    /// Singular values.
    pub s: Array1<f64>,
    /// Right singular vectors, one a row.
    pub vt: Array2<f64>,
}

/// The decomposition of any matrix.
pub fn svd(x: &Array2<f64>) -> Svd {
    if x.nrows() < x.ncols() {
        let turned = svd(&x.t().as_standard_layout().to_owned());
        return Svd {
            u: turned.vt.t().as_standard_layout().to_owned(),
            s: turned.s,
            vt: turned.u.t().as_standard_layout().to_owned(),
        };
    }
    let (q, r) = if x.nrows() > x.ncols() + x.ncols() / 2 {
        householder(x)
    } else {
        (Array2::zeros((0, 0)), x.clone())
    };
    let mut inner = jacobi(&r);
    if !q.is_empty() {
        inner.u = q.dot(&inner.u);
    }
    inner
}

/// A thin QR factorisation by Householder reflections (rows ≥ columns).
fn householder(x: &Array2<f64>) -> (Array2<f64>, Array2<f64>) {
    let (rows, columns) = x.dim();
    let mut r = x.clone();
    let mut mirrors: Vec<Array1<f64>> = Vec::with_capacity(columns);
    for column in 0..columns {
        let mut mirror = r.slice(s![column.., column]).to_owned();
        let length = mirror.dot(&mirror).sqrt();
        if length > 0.0 {
            mirror[0] += if mirror[0] >= 0.0 { length } else { -length };
            let size = mirror.dot(&mirror).sqrt();
            mirror /= size;
            for other in column..columns {
                let mut part = r.slice_mut(s![column.., other]);
                let shadow = 2.0 * mirror.dot(&part);
                part.scaled_add(-shadow, &mirror);
            }
        }
        mirrors.push(mirror);
    }
    let mut q = Array2::<f64>::zeros((rows, columns));
    for column in 0..columns {
        q[(column, column)] = 1.0;
    }
    for column in (0..columns).rev() {
        let mirror = &mirrors[column];
        for other in 0..columns {
            let mut part = q.slice_mut(s![column.., other]);
            let shadow = 2.0 * mirror.dot(&part);
            part.scaled_add(-shadow, mirror);
        }
    }
    let mut square = r.slice(s![..columns, ..]).to_owned();
    for row in 1..columns {
        for column in 0..row {
            square[(row, column)] = 0.0;
        }
    }
    (q, square)
}

/// One-sided Jacobi: turns pairs of columns until all are orthogonal.
fn jacobi(x: &Array2<f64>) -> Svd {
    let (rows, columns) = x.dim();
    // Columns are kept as rows, so that a rotation walks contiguous memory.
    let mut work: Vec<Vec<f64>> = x
        .columns()
        .into_iter()
        .map(|column| column.to_vec())
        .collect();
    let mut turns: Vec<Vec<f64>> = (0..columns)
        .map(|at| {
            (0..columns)
                .map(|other| if at == other { 1.0 } else { 0.0 })
                .collect()
        })
        .collect();
    for _sweep in 0..60 {
        let mut turned = false;
        for first in 0..columns {
            for second in first + 1..columns {
                let mut own = 0.0;
                let mut other = 0.0;
                let mut cross = 0.0;
                for (a, b) in work[first].iter().zip(&work[second]) {
                    own += a * a;
                    other += b * b;
                    cross += a * b;
                }
                if cross == 0.0 || cross.abs() <= 1e-16 * (own * other).sqrt() {
                    continue;
                }
                turned = true;
                let ratio = (other - own) / (2.0 * cross);
                let tangent = ratio.signum() / (ratio.abs() + (1.0 + ratio * ratio).sqrt());
                let cosine = 1.0 / (1.0 + tangent * tangent).sqrt();
                let sine = cosine * tangent;
                rotate(&mut work, first, second, cosine, sine);
                rotate(&mut turns, first, second, cosine, sine);
            }
        }
        if !turned {
            break;
        }
    }
    let mut order: Vec<(f64, usize)> = work
        .iter()
        .map(|column| column.iter().map(|value| value * value).sum::<f64>().sqrt())
        .zip(0..)
        .collect();
    order.sort_by(|a, b| super::target::compare(&b.0, &a.0));
    let mut u = Array2::zeros((rows, columns));
    let mut vt = Array2::zeros((columns, columns));
    for (position, &(value, column)) in order.iter().enumerate() {
        for row in 0..rows {
            u[(row, position)] = if value > 0.0 {
                work[column][row] / value
            } else {
                0.0
            };
        }
        for row in 0..columns {
            vt[(position, row)] = turns[column][row];
        }
    }
    Svd {
        u,
        s: order.into_iter().map(|(value, _)| value).collect(),
        vt,
    }
}

fn rotate(columns: &mut [Vec<f64>], first: usize, second: usize, cosine: f64, sine: f64) {
    let (head, tail) = columns.split_at_mut(second);
    for (a, b) in head[first].iter_mut().zip(tail[0].iter_mut()) {
        (*a, *b) = (cosine * *a - sine * *b, sine * *a + cosine * *b);
    }
}

/// The least squares answer of smallest norm, the rank and the singular values. Singular values up to `condition` times the largest
/// count as zero, as in `scipy.linalg.lstsq`.
pub fn least_squares(
    x: &Array2<f64>,
    y: &Array2<f64>,
    condition: f64,
) -> (Array2<f64>, usize, Array1<f64>) {
    let parts = svd(x);
    let largest = parts.s.first().copied().unwrap_or(0.0);
    let rank = parts
        .s
        .iter()
        .filter(|&&value| value > condition * largest)
        .count();
    let mut shadow = parts.u.t().dot(y);
    for (row, mut values) in shadow.axis_iter_mut(Axis(0)).enumerate() {
        if row < rank {
            values /= parts.s[row];
        } else {
            values.fill(0.0);
        }
    }
    (parts.vt.t().dot(&shadow), rank, parts.s)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn svd_multiplies_back() {
        for x in [
            array![[1.0, 2.0], [3.0, 4.0], [5.0, 6.5], [7.0, 8.0]],
            array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]],
            array![[1.0, 1.0], [1.0, 1.0], [2.0, 2.0], [0.0, 0.0], [3.0, 3.0]],
        ] {
            let parts = svd(&x);
            let back = (&parts.u * &parts.s).dot(&parts.vt);
            assert!(
                (&back - &x)
                    .iter()
                    .all(|difference| difference.abs() < 1e-13),
                "{back:?}"
            );
        }
    }

    #[test]
    fn least_squares_of_dependent_columns_has_smallest_norm() {
        let x = array![[-2.0, -2.0], [0.0, 0.0], [2.0, 2.0]];
        let y = array![[-2.0], [0.0], [2.0]];
        let (coefficients, rank, _) = least_squares(&x, &y, 1e-6);
        assert_eq!(rank, 1);
        assert!(
            (coefficients[(0, 0)] - 0.5).abs() < 1e-15
                && (coefficients[(1, 0)] - 0.5).abs() < 1e-15
        );
    }
}
