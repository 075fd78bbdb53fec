//! NumPy's operations that trueno's Matrix lacks, and the way back from the crate's float32 to numbers that print.
//!
//! The translation chooses the crate only where it has proved that shapes agree and that float32 holds the values.

use ndarray::{Array1, Array2};
use trueno::{Matrix, TruenoError, Vector};

type Result<T> = std::result::Result<T, TruenoError>;

/// Element-wise operations and reductions of a matrix, computed by the crate's Vector over all its elements.
pub trait MatrixByVectors: Sized {
    /// All ones.
    fn ones(rows: usize, columns: usize) -> Self;
    /// The sums of the elements of two matrices of one shape.
    fn add(&self, other: &Self) -> Result<Self>;
    /// The differences of the elements.
    fn sub(&self, other: &Self) -> Result<Self>;
    /// The products of the elements.
    fn mul(&self, other: &Self) -> Result<Self>;
    /// Every element times a number.
    fn scale(&self, factor: f32) -> Result<Self>;
    /// The sum of all elements.
    fn sum(&self) -> Result<f32>;
    /// The mean of all elements.
    fn mean(&self) -> Result<f32>;
    /// The greatest element.
    fn max(&self) -> Result<f32>;
    /// The least element.
    fn min(&self) -> Result<f32>;
}

fn elements(matrix: &Matrix<f32>) -> Vector<f32> {
    Vector::from_slice(matrix.as_slice())
}

fn in_shape_of(matrix: &Matrix<f32>, values: Vector<f32>) -> Result<Matrix<f32>> {
    Matrix::from_slice(matrix.rows(), matrix.cols(), values.as_slice())
}

/// The vectors of two matrices of one shape: equal counts alone would let a 2×3 meet a 3×2.
fn both(one: &Matrix<f32>, other: &Matrix<f32>) -> Result<(Vector<f32>, Vector<f32>)> {
    if one.shape() != other.shape() {
        return Err(TruenoError::InvalidInput(format!(
            "operands could not be broadcast together with shapes {:?} {:?}",
            one.shape(),
            other.shape()
        )));
    }
    Ok((elements(one), elements(other)))
}

impl MatrixByVectors for Matrix<f32> {
    fn ones(rows: usize, columns: usize) -> Self {
        Matrix::from_vec(rows, columns, vec![1.0; rows * columns])
            .expect("as many values as rows times columns")
    }
    fn add(&self, other: &Self) -> Result<Self> {
        let (one, other) = both(self, other)?;
        in_shape_of(self, one.add(&other)?)
    }
    fn sub(&self, other: &Self) -> Result<Self> {
        let (one, other) = both(self, other)?;
        in_shape_of(self, one.sub(&other)?)
    }
    fn mul(&self, other: &Self) -> Result<Self> {
        let (one, other) = both(self, other)?;
        in_shape_of(self, one.mul(&other)?)
    }
    fn scale(&self, factor: f32) -> Result<Self> {
        in_shape_of(self, elements(self).scale(factor)?)
    }
    fn sum(&self) -> Result<f32> {
        elements(self).sum()
    }
    fn mean(&self) -> Result<f32> {
        elements(self).mean()
    }
    fn max(&self) -> Result<f32> {
        elements(self).max()
    }
    fn min(&self) -> Result<f32> {
        elements(self).min()
    }
}

/// The shape as Python's tuple.
pub fn shape(matrix: &Matrix<f32>) -> (i64, i64) {
    (matrix.rows() as i64, matrix.cols() as i64)
}

/// A float32 as the float64 that is written with the same digits: 0.1 stays 0.1, and is not 0.10000000149011612.
pub fn wide(value: f32) -> f64 {
    value
        .to_string()
        .parse()
        .expect("a number's own text is a number")
}

/// A vector as NumPy's float64 array.
pub fn array1(vector: &Vector<f32>) -> Array1<f64> {
    vector.as_slice().iter().map(|value| wide(*value)).collect()
}

/// A matrix as NumPy's float64 array.
pub fn array2(matrix: &Matrix<f32>) -> Array2<f64> {
    let values = matrix.as_slice().iter().map(|value| wide(*value)).collect();
    Array2::from_shape_vec(matrix.shape(), values).expect("as many values as rows times columns")
}

/// A vector of whole numbers as NumPy's int64 array.
pub fn int_array1(vector: &Vector<f32>) -> Array1<i64> {
    vector
        .as_slice()
        .iter()
        .map(|value| *value as i64)
        .collect()
}

/// A matrix of whole numbers as NumPy's int64 array.
pub fn int_array2(matrix: &Matrix<f32>) -> Array2<i64> {
    let values = matrix
        .as_slice()
        .iter()
        .map(|value| *value as i64)
        .collect();
    Array2::from_shape_vec(matrix.shape(), values).expect("as many values as rows times columns")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix(rows: usize, columns: usize, values: &[f32]) -> Matrix<f32> {
        Matrix::from_slice(rows, columns, values).unwrap()
    }

    #[test]
    fn elements_meet_their_like() {
        let a = matrix(2, 2, &[1.0, 2.0, 3.0, 4.0]);
        let b = matrix(2, 2, &[5.0, 6.0, 7.0, 8.0]);
        assert_eq!(a.add(&b).unwrap().as_slice(), [6.0, 8.0, 10.0, 12.0]);
        assert_eq!(b.sub(&a).unwrap().as_slice(), [4.0, 4.0, 4.0, 4.0]);
        assert_eq!(a.mul(&b).unwrap().as_slice(), [5.0, 12.0, 21.0, 32.0]);
        assert_eq!(a.scale(0.5).unwrap().as_slice(), [0.5, 1.0, 1.5, 2.0]);
        assert_eq!(Matrix::ones(1, 3).as_slice(), [1.0, 1.0, 1.0]);
    }

    #[test]
    fn equal_counts_are_not_equal_shapes() {
        let tall = matrix(3, 2, &[1.0; 6]);
        assert!(tall.add(&matrix(2, 3, &[1.0; 6])).is_err());
    }

    #[test]
    fn reductions_take_all_elements() {
        let a = matrix(2, 2, &[1.0, -2.0, 3.0, 4.0]);
        assert_eq!((a.sum().unwrap(), a.mean().unwrap()), (6.0, 1.5));
        assert_eq!((a.max().unwrap(), a.min().unwrap()), (4.0, -2.0));
    }

    #[test]
    fn digits_stay_when_a_number_gets_wide() {
        assert_eq!(wide(0.1), 0.1);
        assert_eq!(wide(-16777216.0), -16777216.0);
        assert!(wide(f32::NAN).is_nan() && wide(f32::INFINITY) == f64::INFINITY);
        assert_eq!(
            array2(&matrix(1, 2, &[0.1, 2.5])),
            ndarray::array![[0.1, 2.5]]
        );
        assert_eq!(
            int_array1(&Vector::from_slice(&[3.0, -2.0])),
            ndarray::array![3, -2]
        );
    }
}
