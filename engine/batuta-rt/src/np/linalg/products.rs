//! Products, norms and traces.

use super::blas_order;
use crate::np::element::Number;
use crate::np::errors::{Outcome, raising, value_error};
use crate::np::sums::sum;
use ndarray::{
    Array1, Array2, Array3, ArrayBase, ArrayView1, ArrayView2, Axis, Data, Dimension, Ix1, Ix2, Ix3,
};

/// The product of two vectors of elements; integers wrap.
fn inner_product<T: Number>(a: ArrayView1<'_, T>, b: ArrayView1<'_, T>) -> T {
    a.iter()
        .zip(b.iter())
        .fold(T::zero(), |sum, (&x, &y)| sum.plus(x.times(y)))
}

fn mismatch(left: &[usize], right: &[usize], axis: usize) -> crate::np::errors::Exception {
    let (kind, other) = (left.len(), right.len());
    let signature = match (kind, other) {
        (1, 1) => "(n),(n)->()",
        _ => "(n?,k),(k,m?)->(n?,m?)",
    };
    value_error(format!(
        "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature {signature} (size {} is different from {})",
        right[axis],
        left[left.len() - 1]
    ))
}

/// Element types that can be multiplied as matrices: floats through the blocked kernel, integers element by element.
pub trait Product: Number {
    fn product(a: ArrayView2<'_, Self>, b: ArrayView2<'_, Self>) -> Array2<Self>;
    fn scalar_product(a: ArrayView1<'_, Self>, b: ArrayView1<'_, Self>) -> Self {
        inner_product(a, b)
    }
    fn matrix_vector(a: ArrayView2<'_, Self>, v: ArrayView1<'_, Self>) -> Array1<Self> {
        a.axis_iter(Axis(0))
            .map(|row| Self::scalar_product(row, v))
            .collect()
    }
}

impl Product for f64 {
    fn product(a: ArrayView2<'_, f64>, b: ArrayView2<'_, f64>) -> Array2<f64> {
        if b.ncols() == 1 {
            return blas_order::matrix_vector(a, b.column(0)).insert_axis(Axis(1));
        }
        if a.nrows() == 1 {
            return blas_order::vector_matrix(a.row(0), b).insert_axis(Axis(0));
        }
        a.dot(&b)
    }
    fn scalar_product(a: ArrayView1<'_, f64>, b: ArrayView1<'_, f64>) -> f64 {
        blas_order::dot(a, b)
    }
    fn matrix_vector(a: ArrayView2<'_, f64>, v: ArrayView1<'_, f64>) -> Array1<f64> {
        blas_order::matrix_vector(a, v)
    }
}
impl Product for f32 {
    fn product(a: ArrayView2<'_, f32>, b: ArrayView2<'_, f32>) -> Array2<f32> {
        a.dot(&b)
    }
}
impl Product for crate::py::Complex {
    fn product(a: ArrayView2<'_, Self>, b: ArrayView2<'_, Self>) -> Array2<Self> {
        Array2::from_shape_fn((a.nrows(), b.ncols()), |(row, column)| {
            inner_product(a.row(row), b.column(column))
        })
    }
}
macro_rules! integers {
    ($($type:ty),*) => {$(
        impl Product for $type {
            fn product(a: ArrayView2<'_, Self>, b: ArrayView2<'_, Self>) -> Array2<Self> {
                Array2::from_shape_fn((a.nrows(), b.ncols()), |(i, j)| inner_product(a.row(i), b.column(j)))
            }
        }
    )*};
}
integers!(i64, i32, i16, i8, u8, u16, u32, u64, bool);

raising! {
    /// `a @ b` of two vectors.
    pub fn dot / try_dot [T: Product, S: Data<Elem = T>, R: Data<Elem = T>](a: &ArrayBase<S, Ix1>, b: &ArrayBase<R, Ix1>) -> T {
        if a.len() != b.len() {
            return Err(mismatch(a.shape(), b.shape(), 0));
        }
        Ok(T::scalar_product(a.view(), b.view()))
    }

    /// `a @ b` of two matrices.
    pub fn matmul / try_matmul [T: Product, S: Data<Elem = T>, R: Data<Elem = T>](a: &ArrayBase<S, Ix2>, b: &ArrayBase<R, Ix2>) -> Array2<T> {
        if a.ncols() != b.nrows() {
            return Err(mismatch(a.shape(), b.shape(), 0));
        }
        Ok(T::product(a.view(), b.view()))
    }

    /// `a @ v` of a matrix and a vector.
    pub fn matvec / try_matvec [T: Product, S: Data<Elem = T>, R: Data<Elem = T>](a: &ArrayBase<S, Ix2>, v: &ArrayBase<R, Ix1>) -> Array1<T> {
        if a.ncols() != v.len() {
            return Err(mismatch(a.shape(), v.shape(), 0));
        }
        Ok(T::matrix_vector(a.view(), v.view()))
    }

    /// `v @ a` of a vector and a matrix.
    pub fn vecmat / try_vecmat [T: Product, S: Data<Elem = T>, R: Data<Elem = T>](v: &ArrayBase<S, Ix1>, a: &ArrayBase<R, Ix2>) -> Array1<T> {
        if v.len() != a.nrows() {
            return Err(mismatch(v.shape(), a.shape(), 0));
        }
        Ok(T::matrix_vector(a.view().reversed_axes(), v.view()))
    }

    /// `a @ b` of stacks of matrices.
    pub fn matmul_stack / try_matmul_stack [T: Product, S: Data<Elem = T>, R: Data<Elem = T>](a: &ArrayBase<S, Ix3>, b: &ArrayBase<R, Ix3>) -> Array3<T> {
        let count = a.shape()[0].max(b.shape()[0]);
        let pick = |length: usize, at: usize| if length == 1 { 0 } else { at };
        let parts = (0..count)
            .map(|at| try_matmul(&a.index_axis(Axis(0), pick(a.shape()[0], at)), &b.index_axis(Axis(0), pick(b.shape()[0], at))))
            .collect::<Outcome<Vec<_>>>()?;
        Ok(crate::np::creation::blocks(&parts))
    }

    /// `a @ b` of a stack of matrices and one matrix.
    pub fn stack_mat / try_stack_mat [T: Product, S: Data<Elem = T>, R: Data<Elem = T>](a: &ArrayBase<S, Ix3>, b: &ArrayBase<R, Ix2>) -> Array3<T> {
        try_matmul_stack(a, &b.view().insert_axis(Axis(0)))
    }

    /// `a @ v` of a stack of matrices and one vector.
    pub fn stack_vec / try_stack_vec [T: Product, S: Data<Elem = T>, R: Data<Elem = T>](a: &ArrayBase<S, Ix3>, v: &ArrayBase<R, Ix1>) -> Array2<T> {
        let parts = a.axis_iter(Axis(0)).map(|matrix| try_matvec(&matrix, v)).collect::<Outcome<Vec<_>>>()?;
        Ok(crate::np::creation::rows(&parts))
    }

    /// `np.linalg.multi_dot(arrays)`.
    pub fn multi_dot / try_multi_dot [T: Product](arrays: &[&Array2<T>]) -> Array2<T> {
        let Some((first, rest)) = arrays.split_first() else {
            return Err(value_error("Expecting at least two arrays."));
        };
        rest.iter().try_fold((*first).clone(), |made, next| try_matmul(&made, next))
    }

    /// `a @ b` of stacks of matrices with any number of leading axes, which broadcast.
    pub fn matmul_many / try_matmul_many [T: Product, S: Data<Elem = T>, R: Data<Elem = T>, A: Dimension, B: Dimension, O: Dimension](a: &ArrayBase<S, A>, b: &ArrayBase<R, B>) -> ndarray::Array<T, O> {
        let (a, b) = (a.view().into_dyn(), b.view().into_dyn());
        let (a_lead, b_lead) = (a.ndim() - 2, b.ndim() - 2);
        let lead = crate::np::operand::broadcast_shape(
            &ndarray::IxDyn(&a.shape()[..a_lead]),
            &ndarray::IxDyn(&b.shape()[..b_lead]),
        )?;
        let (rows, columns) = (a.shape()[a_lead], b.shape()[b_lead + 1]);
        if a.shape()[a_lead + 1] != b.shape()[b_lead] {
            return Err(mismatch(a.shape(), b.shape(), b_lead));
        }
        let mut items: Vec<T> = Vec::with_capacity(lead.slice().iter().product::<usize>() * rows * columns);
        for place in ndarray::indices(lead.clone()) {
            let taken = |x: &ndarray::ArrayViewD<'_, T>, axes: usize| {
                let mut part = x.clone();
                for axis in 0..axes {
                    let at = place[lead.ndim() - axes + axis];
                    let length = part.shape()[0];
                    part = part.index_axis_move(Axis(0), if length == 1 { 0 } else { at });
                }
                part.into_dimensionality::<Ix2>().expect("two axes are left").to_owned()
            };
            items.extend(T::product(taken(&a, a_lead).view(), taken(&b, b_lead).view()).iter().copied());
        }
        let mut shape = lead.slice().to_vec();
        shape.extend([rows, columns]);
        Ok(ndarray::ArrayD::from_shape_vec(ndarray::IxDyn(&shape), items)
            .expect("one block for each place")
            .into_dimensionality()
            .expect("the rank was computed at compile time"))
    }

    /// `np.linalg.norm(x, ord=…)` of a matrix: "fro", "nuc", or a number.
    pub fn norm_matrix / try_norm_matrix [S: Data<Elem = f64>](x: &ArrayBase<S, Ix2>, ord: f64) -> f64 {
        let columns = || x.axis_iter(Axis(1)).map(|column| sum(&column.mapv(f64::abs)));
        let rows = || x.axis_iter(Axis(0)).map(|row| sum(&row.mapv(f64::abs)));
        Ok(if ord == f64::INFINITY {
            rows().fold(0.0, f64::max)
        } else if ord == f64::NEG_INFINITY {
            rows().fold(f64::INFINITY, f64::min)
        } else if ord == 1.0 {
            columns().fold(0.0, f64::max)
        } else if ord == -1.0 {
            columns().fold(f64::INFINITY, f64::min)
        } else if ord == 2.0 {
            super::try_singular_values(&x.view())?.first().copied().unwrap_or(0.0)
        } else if ord == -2.0 {
            super::try_singular_values(&x.view())?.last().copied().unwrap_or(0.0)
        } else {
            return Err(value_error("Invalid norm order for matrices."));
        })
    }

    /// `np.linalg.matrix_power(a, n)`.
    pub fn matrix_power / try_matrix_power [S: Data<Elem = f64>](a: &ArrayBase<S, Ix2>, n: i64) -> Array2<f64> {
        super::solving::square(a)?;
        let mut base = if n < 0 { super::try_inv(a)? } else { a.to_owned() };
        let mut power = n.unsigned_abs();
        if power == 0 {
            return Ok(crate::np::creation::identity(a.nrows() as i64));
        }
        let mut result: Option<Array2<f64>> = None;
        while power > 0 {
            if power & 1 == 1 {
                result = Some(match result {
                    None => base.clone(),
                    Some(product) => product.dot(&base),
                });
            }
            power >>= 1;
            if power > 0 {
                base = base.dot(&base);
            }
        }
        Ok(result.expect("the power is not zero"))
    }
}

/// `np.linalg.matrix_power(a, n)` of integers.
pub fn matrix_power_int<S: Data<Elem = i64>>(a: &ArrayBase<S, Ix2>, n: i64) -> Array2<i64> {
    let mut result = crate::np::creation::identity(a.nrows() as i64);
    for _ in 0..n {
        result = i64::product(result.view(), a.view());
    }
    result
}

/// `np.linalg.norm(x)`: the root of the sum of squares of all elements.
pub fn norm<S: Data<Elem = f64>, D: Dimension>(x: &ArrayBase<S, D>) -> f64 {
    let flat: Array1<f64> = match x.as_slice_memory_order() {
        Some(items) => items.iter().copied().collect(),
        None => x.iter().copied().collect(),
    };
    f64::scalar_product(flat.view(), flat.view()).sqrt()
}

/// `np.linalg.norm(x, ord=…)` of a vector.
pub fn norm_vector<S: Data<Elem = f64>>(x: &ArrayBase<S, Ix1>, ord: f64) -> f64 {
    let sizes = x.mapv(f64::abs);
    if ord == f64::INFINITY {
        crate::np::sums::max(&sizes)
    } else if ord == f64::NEG_INFINITY {
        crate::np::sums::min(&sizes)
    } else if ord == 0.0 {
        x.iter().filter(|&&value| value != 0.0).count() as f64
    } else if ord == 1.0 {
        sum(&sizes)
    } else if ord == 2.0 {
        sum(&x.mapv(|value| value * value)).sqrt()
    } else {
        sum(&sizes.mapv(|size| size.powf(ord))).powf(1.0 / ord)
    }
}

/// `np.linalg.norm(x, axis=…)` of a matrix, of the given order.
pub fn norm_axis<S: Data<Elem = f64>, D: ndarray::RemoveAxis>(
    x: &ArrayBase<S, D>,
    ord: f64,
    axis: i64,
) -> ndarray::Array<f64, D::Smaller> {
    if ord == 2.0 {
        return crate::np::sums::sum_axis(&x.mapv(|value| value * value), axis).mapv(f64::sqrt);
    }
    if ord == 1.0 {
        return crate::np::sums::sum_axis(&x.mapv(f64::abs), axis);
    }
    let axis = crate::np::operand::axis_position(axis, x.ndim());
    x.map_axis(Axis(axis), |lane| norm_vector(&lane, ord))
}

/// `np.outer(a, b)`.
pub fn outer<T: Number, S: Data<Elem = T>, R: Data<Elem = T>>(
    a: &ArrayBase<S, Ix1>,
    b: &ArrayBase<R, Ix1>,
) -> Array2<T> {
    Array2::from_shape_fn((a.len(), b.len()), |(i, j)| a[i].times(b[j]))
}

/// `np.trace(a, offset)`.
pub fn trace<T: Number, S: Data<Elem = T>>(a: &ArrayBase<S, Ix2>, offset: i64) -> T::Sum {
    sum(&crate::np::creation::diagonal(a, offset))
}
