//! Linear systems by LU factorisation with partial pivoting.

use crate::np::errors::{Outcome, linalg_error, raising};
use ndarray::{Array1, Array2, ArrayBase, Axis, Data, Ix1, Ix2};

/// Refuses matrices that are not square.
pub(super) fn square<S: Data<Elem = f64>>(a: &ArrayBase<S, Ix2>) -> Outcome<usize> {
    if a.nrows() == a.ncols() {
        Ok(a.nrows())
    } else {
        Err(linalg_error(
            "Last 2 dimensions of the array must be square",
        ))
    }
}

struct Lu {
    factors: Array2<f64>,
    /// The row that came to each place.
    rows: Vec<usize>,
    odd: bool,
    singular: bool,
}

fn factorise<S: Data<Elem = f64>>(a: &ArrayBase<S, Ix2>) -> Lu {
    let n = a.nrows();
    let mut lu = Lu {
        factors: crate::np::creation::copy(a),
        rows: (0..n).collect(),
        odd: false,
        singular: false,
    };
    for column in 0..n {
        let mut pivot = column;
        for row in column + 1..n {
            if lu.factors[[row, column]].abs() > lu.factors[[pivot, column]].abs() {
                pivot = row;
            }
        }
        if lu.factors[[pivot, column]] == 0.0 {
            lu.singular = true;
            continue;
        }
        if pivot != column {
            lu.odd = !lu.odd;
            lu.rows.swap(pivot, column);
            for each in 0..n {
                lu.factors.swap([pivot, each], [column, each]);
            }
        }
        let top = lu.factors[[column, column]];
        for row in column + 1..n {
            let factor = lu.factors[[row, column]] / top;
            lu.factors[[row, column]] = factor;
            for each in column + 1..n {
                lu.factors[[row, each]] -= factor * lu.factors[[column, each]];
            }
        }
    }
    lu
}

impl Lu {
    fn solve(&self, b: &Array2<f64>) -> Array2<f64> {
        let (n, width) = b.dim();
        let mut x = Array2::from_shape_fn((n, width), |(i, j)| b[[self.rows[i], j]]);
        for column in 0..n {
            for row in column + 1..n {
                let factor = self.factors[[row, column]];
                for each in 0..width {
                    x[[row, each]] -= factor * x[[column, each]];
                }
            }
        }
        for column in (0..n).rev() {
            let top = self.factors[[column, column]];
            for each in 0..width {
                x[[column, each]] /= top;
            }
            for row in 0..column {
                let factor = self.factors[[row, column]];
                for each in 0..width {
                    x[[row, each]] -= factor * x[[column, each]];
                }
            }
        }
        x
    }
}

raising! {
    /// `np.linalg.solve(a, b)` with a matrix on the right.
    pub fn solve_matrix / try_solve_matrix [S: Data<Elem = f64>, R: Data<Elem = f64>](a: &ArrayBase<S, Ix2>, b: &ArrayBase<R, Ix2>) -> Array2<f64> {
        let n = square(a)?;
        if b.nrows() != n {
            return Err(crate::np::errors::value_error(format!(
                "solve: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (m,m),(m,n)->(m,n) (size {} is different from {n})",
                b.nrows()
            )));
        }
        let lu = factorise(a);
        if lu.singular {
            return Err(linalg_error("Singular matrix"));
        }
        Ok(lu.solve(&b.to_owned()))
    }

    /// `np.linalg.solve(a, b)` with a vector on the right.
    pub fn solve / try_solve [S: Data<Elem = f64>, R: Data<Elem = f64>](a: &ArrayBase<S, Ix2>, b: &ArrayBase<R, Ix1>) -> Array1<f64> {
        let n = square(a)?;
        if b.len() != n {
            return Err(crate::np::errors::value_error(format!(
                "solve1: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (m,m),(m)->(m) (size {} is different from {n})",
                b.len()
            )));
        }
        Ok(try_solve_matrix(a, &b.view().insert_axis(Axis(1)))?.index_axis_move(Axis(1), 0).to_owned())
    }

    /// `np.linalg.inv(a)`.
    pub fn inv / try_inv [S: Data<Elem = f64>](a: &ArrayBase<S, Ix2>) -> Array2<f64> {
        let n = square(a)?;
        try_solve_matrix(a, &Array2::eye(n))
    }

    /// `np.linalg.det(a)`: through the logarithm of its size, as NumPy computes it.
    pub fn det / try_det [S: Data<Elem = f64>](a: &ArrayBase<S, Ix2>) -> f64 {
        let (sign, log) = try_slogdet(a)?;
        Ok(sign * log.exp())
    }

    /// `np.linalg.slogdet(a)`.
    pub fn slogdet / try_slogdet [S: Data<Elem = f64>](a: &ArrayBase<S, Ix2>) -> (f64, f64) {
        square(a)?;
        let lu = factorise(a);
        if lu.singular {
            return Ok((0.0, f64::NEG_INFINITY));
        }
        let mut sign = if lu.odd { -1.0 } else { 1.0 };
        let mut log = 0.0;
        for &value in lu.factors.diag() {
            if value < 0.0 {
                sign = -sign;
            }
            log += value.abs().ln();
        }
        Ok((sign, log))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn small_systems() {
        let a = array![[3.0, 1.0], [1.0, 2.0]];
        assert_eq!(solve(&a, &array![9.0, 8.0]), array![2.0, 3.0]);
        assert_eq!(det(&array![[1.0, 2.0], [3.0, 4.0]]), -2.0000000000000004);
        assert_eq!(
            try_inv(&array![[1.0, 2.0], [2.0, 4.0]])
                .unwrap_err()
                .message(),
            "Singular matrix"
        );
    }
}
