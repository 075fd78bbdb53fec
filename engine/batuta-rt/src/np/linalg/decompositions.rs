//! Householder reflections, QR and Cholesky.

use crate::np::errors::{linalg_error, raising};
use ndarray::{Array2, ArrayBase, Data, Ix2};

/// A reflection that turns `x` into a multiple of the first axis: the multiple, and its factor. `x[1..]` becomes its direction.
///
/// The multiple has the sign opposite to `x[0]`, as in LAPACK.
pub(super) fn reflector(x: &mut [f64]) -> (f64, f64) {
    let Some((&mut alpha, rest)) = x.split_first_mut() else {
        return (0.0, 0.0);
    };
    let norm = rest.iter().fold(0.0f64, |norm, &value| norm.hypot(value));
    if norm == 0.0 {
        return (alpha, 0.0);
    }
    let beta = -alpha.hypot(norm).copysign(alpha);
    rest.iter_mut().for_each(|value| *value /= alpha - beta);
    (beta, (beta - alpha) / beta)
}

/// Applies the reflection `1 - tau v vᵀ` (with `v[0] = 1`) from the left to rows `top..` and columns `left..right`.
pub(super) fn reflect_rows(
    a: &mut Array2<f64>,
    v: &[f64],
    tau: f64,
    top: usize,
    left: usize,
    right: usize,
) {
    if tau == 0.0 {
        return;
    }
    for column in left..right {
        let mut product = a[[top, column]];
        for (step, direction) in v.iter().enumerate().skip(1) {
            product += direction * a[[top + step, column]];
        }
        product *= tau;
        a[[top, column]] -= product;
        for (step, direction) in v.iter().enumerate().skip(1) {
            a[[top + step, column]] -= direction * product;
        }
    }
}

/// Applies the reflection from the right to columns `left..` and rows `top..bottom`.
pub(super) fn reflect_columns(
    a: &mut Array2<f64>,
    v: &[f64],
    tau: f64,
    left: usize,
    top: usize,
    bottom: usize,
) {
    if tau == 0.0 {
        return;
    }
    for row in top..bottom {
        let mut product = a[[row, left]];
        for (step, direction) in v.iter().enumerate().skip(1) {
            product += direction * a[[row, left + step]];
        }
        product *= tau;
        a[[row, left]] -= product;
        for (step, direction) in v.iter().enumerate().skip(1) {
            a[[row, left + step]] -= direction * product;
        }
    }
}

/// Q with `width` columns, and R in the upper triangle of a matrix of the same shape as `a`.
pub(super) fn householder(a: &Array2<f64>, width: usize) -> (Array2<f64>, Array2<f64>) {
    let (rows, columns) = a.dim();
    let mut r = a.clone();
    let mut reflections = Vec::new();
    for step in 0..rows.min(columns) {
        let mut v: Vec<f64> = (step..rows).map(|row| r[[row, step]]).collect();
        let (beta, tau) = reflector(&mut v);
        reflect_rows(&mut r, &v, tau, step, step + 1, columns);
        r[[step, step]] = beta;
        for row in step + 1..rows {
            r[[row, step]] = 0.0;
        }
        reflections.push((v, tau));
    }
    let mut q = Array2::from_shape_fn((rows, width), |(i, j)| (i == j) as u8 as f64);
    for (step, (v, tau)) in reflections.iter().enumerate().rev() {
        reflect_rows(&mut q, v, *tau, step, step, width);
    }
    (q, r)
}

/// `np.linalg.qr(a)`.
pub fn qr<S: Data<Elem = f64>>(a: &ArrayBase<S, Ix2>) -> (Array2<f64>, Array2<f64>) {
    let width = a.nrows().min(a.ncols());
    let (q, r) = householder(&a.to_owned(), width);
    (q, r.slice_move(ndarray::s![..width, ..]))
}

/// `np.linalg.qr(a, mode="complete")`.
pub fn qr_complete<S: Data<Elem = f64>>(a: &ArrayBase<S, Ix2>) -> (Array2<f64>, Array2<f64>) {
    householder(&a.to_owned(), a.nrows())
}

raising! {
    /// `np.linalg.cholesky(a)`: the lower factor.
    pub fn cholesky / try_cholesky [S: Data<Elem = f64>](a: &ArrayBase<S, Ix2>) -> Array2<f64> {
        let n = super::solving::square(a)?;
        let mut l = Array2::zeros((n, n));
        for j in 0..n {
            let mut rest = a[[j, j]];
            for k in 0..j {
                rest -= l[[j, k]] * l[[j, k]];
            }
            if rest.is_nan() || rest <= 0.0 {
                return Err(linalg_error("Matrix is not positive definite"));
            }
            l[[j, j]] = rest.sqrt();
            for i in j + 1..n {
                let mut rest = a[[i, j]];
                for k in 0..j {
                    rest -= l[[i, k]] * l[[j, k]];
                }
                l[[i, j]] = rest / l[[j, j]];
            }
        }
        Ok(l)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn qr_has_lapacks_signs() {
        let (q, r) = qr(&array![[1.0, 2.0], [3.0, 4.0]]);
        assert!(r[[0, 0]] < 0.0 && r[[1, 0]] == 0.0);
        let back = q.dot(&r);
        assert!((back[[1, 1]] - 4.0).abs() < 1e-14);
        let l = cholesky(&array![[4.0, 2.0], [2.0, 5.0]]);
        assert_eq!(l, array![[2.0, 0.0], [1.0, 2.0]]);
    }
}
