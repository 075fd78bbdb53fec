//! Making arrays: from lists, by shape, by range.

use super::element::{Element, Number};
use super::errors::{or_throw, raising, value_error};
use super::interop::{Flat, Nested};
use super::operand::Operand;
use super::printing::Printed;
use crate::py::Exception;
use ndarray::{
    Array, Array1, Array2, Array3, ArrayBase, Axis, Data, Dimension, Ix1, Ix2, Ix3, Ix4, Ix5, Ix6,
    ShapeBuilder,
};

/// A shape given as Python ints.
pub trait Shape {
    type Dim: Dimension;
    fn dims(&self) -> Vec<i64>;
}

macro_rules! shapes {
    ($($type:ty => $dim:ty, $self:ident, $list:expr;)*) => {$(
        impl Shape for $type {
            type Dim = $dim;
            fn dims(&self) -> Vec<i64> { let $self = self; $list }
        }
    )*};
}
shapes! {
    i64 => Ix1, it, vec![*it];
    (i64,) => Ix1, it, vec![it.0];
    [i64; 1] => Ix1, it, it.to_vec();
    [i64; 2] => Ix2, it, it.to_vec();
    [i64; 3] => Ix3, it, it.to_vec();
    (i64, i64) => Ix2, it, vec![it.0, it.1];
    (i64, i64, i64) => Ix3, it, vec![it.0, it.1, it.2];
    [i64; 4] => Ix4, it, it.to_vec();
    (i64, i64, i64, i64) => Ix4, it, vec![it.0, it.1, it.2, it.3];
    [i64; 5] => Ix5, it, it.to_vec();
    (i64, i64, i64, i64, i64) => Ix5, it, vec![it.0, it.1, it.2, it.3, it.4];
    [i64; 6] => Ix6, it, it.to_vec();
    (i64, i64, i64, i64, i64, i64) => Ix6, it, vec![it.0, it.1, it.2, it.3, it.4, it.5];
}

/// The shape as `ndarray` wants it.
///
/// # Errors
/// `ValueError` for a negative length.
pub fn try_dims<H: Shape>(shape: &H) -> super::errors::Outcome<H::Dim> {
    let dims = shape.dims();
    let mut result = H::Dim::zeros(dims.len());
    for (position, &each) in dims.iter().enumerate() {
        if each < 0 {
            return Err(value_error("negative dimensions are not allowed"));
        }
        result[position] = each as usize;
    }
    Ok(result)
}

raising! {
    /// `np.zeros(shape)`, and `np.empty(shape)`.
    pub fn zeros / try_zeros [T: Element, H: Shape](shape: H) -> Array<T, H::Dim> {
        Ok(Array::from_elem(try_dims(&shape)?, T::zero()))
    }

    /// `np.ones(shape)`.
    pub fn ones / try_ones [T: Number, H: Shape](shape: H) -> Array<T, H::Dim> {
        Ok(Array::from_elem(try_dims(&shape)?, T::ONE))
    }

    /// `np.full(shape, value)`.
    pub fn full / try_full [T: Element, H: Shape](shape: H, value: T) -> Array<T, H::Dim> {
        Ok(Array::from_elem(try_dims(&shape)?, value))
    }

    /// `np.arange(start, stop, step)` over integers.
    pub fn arange_int / try_arange_int [T: Number](start: i64, stop: i64, step: i64) -> Array1<T> {
        if step == 0 {
            return Err(value_error("Maximum allowed size exceeded"));
        }
        let distance = if step > 0 { stop - start } else { start - stop };
        let count = if distance <= 0 { 0 } else { (distance + step.abs() - 1) / step.abs() };
        Ok((0..count).map(|each| T::from_i64(start + each * step)).collect())
    }

    /// `np.arange(start, stop, step)` over floats: as many as `ceil((stop - start) / step)`.
    pub fn arange_float / try_arange_float [T: Number](start: f64, stop: f64, step: f64) -> Array1<T> {
        let count = ((stop - start) / step).ceil();
        if count.is_nan() || count > i64::MAX as f64 {
            return Err(value_error("Maximum allowed size exceeded"));
        }
        // NumPy derives the step from the first two values.
        let delta = (start + step) - start;
        Ok((0..count.max(0.0) as i64).map(|each| T::from_f64(if each == 0 { start } else { start + each as f64 * delta })).collect())
    }

    /// `np.linspace(start, stop, num, endpoint)`.
    pub fn linspace / try_linspace [](start: f64, stop: f64, num: i64, endpoint: bool) -> Array1<f64> {
        if num < 0 {
            return Err(value_error(format!("Number of samples, {num}, must be non-negative.")));
        }
        let parts = if endpoint { num - 1 } else { num };
        let delta = stop - start;
        let step = delta / parts as f64;
        let mut values: Vec<f64> = (0..num)
            .map(|each| {
                let each = each as f64;
                if parts <= 0 {
                    each * delta + start
                } else if step == 0.0 {
                    each / parts as f64 * delta + start
                } else {
                    each * step + start
                }
            })
            .collect();
        if endpoint && num > 1 {
            *values.last_mut().expect("num > 1") = stop;
        }
        Ok(Array1::from_vec(values))
    }

    /// `np.array(rows)`: rows of unequal length raise.
    pub fn table / try_table [T: Element](rows: &[Vec<T>]) -> Array2<T> {
        let width = rows.first().map_or(0, Vec::len);
        if rows.iter().any(|row| row.len() != width) {
            return Err(inhomogeneous(rows.len(), 1));
        }
        let items = rows.iter().flatten().cloned().collect();
        Ok(Array2::from_shape_vec((rows.len(), width), items).expect("rows of one length"))
    }

    /// `np.array(nested)` with three levels.
    pub fn cube / try_cube [T: Element](blocks: &[Vec<Vec<T>>]) -> Array3<T> {
        let height = blocks.first().map_or(0, Vec::len);
        let width = blocks.first().and_then(|block| block.first()).map_or(0, Vec::len);
        if blocks.iter().any(|block| block.len() != height || block.iter().any(|row| row.len() != width)) {
            return Err(inhomogeneous(blocks.len(), 1));
        }
        let items = blocks.iter().flatten().flatten().cloned().collect();
        Ok(Array3::from_shape_vec((blocks.len(), height, width), items).expect("rows of one length"))
    }
}

fn inhomogeneous(length: usize, rank: usize) -> super::errors::Exception {
    value_error(format!(
        "setting an array element with a sequence. The requested array has an inhomogeneous shape after {rank} dimensions. \
         The detected shape was ({length},) + inhomogeneous part."
    ))
}

/// `np.array(items)` of a flat list, tuple or array.
pub fn array1<T: Element>(items: impl Flat<T>) -> Array1<T> {
    Array1::from_vec(items.flat())
}

/// `np.array(rows)` of a list of rows.
pub fn array2<T: Element>(rows: impl Nested<T>) -> Array2<T> {
    table(&rows.nested())
}

/// `np.array(blocks)` of a list of lists of rows.
pub fn array3<T: Element, B: Nested<T>>(blocks: Vec<B>) -> Array3<T> {
    cube(&blocks.iter().map(Nested::nested).collect::<Vec<_>>())
}

/// An array of the items of an iterator.
pub fn from_iter<T: Element>(items: impl IntoIterator<Item = T>) -> Array1<T> {
    items.into_iter().collect()
}

/// `np.array` of a list of 1-D arrays: they become rows.
pub fn rows<T: Element>(items: &[Array1<T>]) -> Array2<T> {
    let width = items.first().map_or(0, |row| row.len());
    if items.iter().any(|row| row.len() != width) {
        super::errors::or_throw::<()>(Err(inhomogeneous(items.len(), 1)));
    }
    let values = items.iter().flat_map(|row| row.iter().cloned()).collect();
    Array2::from_shape_vec((items.len(), width), values).expect("rows of one length")
}

/// `np.array` of a list of 2-D arrays.
pub fn blocks<T: Element>(items: &[Array2<T>]) -> Array3<T> {
    let (height, width) = items.first().map_or((0, 0), |block| block.dim());
    if items.iter().any(|block| block.dim() != (height, width)) {
        super::errors::or_throw::<()>(Err(inhomogeneous(items.len(), 1)));
    }
    let values = items
        .iter()
        .flat_map(|block| block.iter().cloned())
        .collect();
    Array3::from_shape_vec((items.len(), height, width), values).expect("blocks of one shape")
}

/// `np.eye(rows, columns, k)`.
pub fn eye<T: Number>(rows: i64, columns: i64, k: i64) -> Array2<T> {
    Array2::from_shape_fn((rows.max(0) as usize, columns.max(0) as usize), |(i, j)| {
        if j as i64 - i as i64 == k {
            T::ONE
        } else {
            T::zero()
        }
    })
}

/// `np.tri(rows, columns, k)`.
pub fn tri<T: Number>(rows: i64, columns: i64, k: i64) -> Array2<T> {
    Array2::from_shape_fn((rows.max(0) as usize, columns.max(0) as usize), |(i, j)| {
        if j as i64 - i as i64 <= k {
            T::ONE
        } else {
            T::zero()
        }
    })
}

/// `np.logspace(start, stop, num, endpoint, base)`.
pub fn logspace(start: f64, stop: f64, num: i64, endpoint: bool, base: f64) -> Array1<f64> {
    linspace(start, stop, num, endpoint).mapv(|exponent| base.powf(exponent))
}

/// `np.geomspace(start, stop, num, endpoint)`.
pub fn geomspace(start: f64, stop: f64, num: i64, endpoint: bool) -> Array1<f64> {
    if start == 0.0 || stop == 0.0 {
        super::errors::or_throw::<()>(Err(value_error("Geometric sequence cannot include zero")));
    }
    let sign = if start < 0.0 && stop < 0.0 { -1.0 } else { 1.0 };
    let mut values = logspace(
        (start * sign).log10(),
        (stop * sign).log10(),
        num,
        endpoint,
        10.0,
    );
    if let Some(first) = values.first_mut() {
        *first = start * sign;
    }
    if endpoint && num > 1 {
        *values.last_mut().expect("num > 1") = stop * sign;
    }
    values.mapv(|value| value * sign)
}

/// `np.zeros_like(x)`.
pub fn zeros_like<U: Element, T: Element, S: Data<Elem = T>, D: Dimension>(
    x: &ArrayBase<S, D>,
) -> Array<U, D> {
    full_like(x, U::zero())
}

/// `np.ones_like(x)`.
pub fn ones_like<U: Number, T: Element, S: Data<Elem = T>, D: Dimension>(
    x: &ArrayBase<S, D>,
) -> Array<U, D> {
    full_like(x, U::ONE)
}

/// `np.full_like(x, value)`: in the memory order of `x`, as NumPy keeps it.
pub fn full_like<U: Element, T: Element, S: Data<Elem = T>, D: Dimension>(
    x: &ArrayBase<S, D>,
    value: U,
) -> Array<U, D> {
    x.map(|_| value.clone())
}

/// `np.diag(v, k)`: a matrix with this diagonal.
pub fn diagonal_matrix<T: Element, S: Data<Elem = T>>(
    values: &ArrayBase<S, Ix1>,
    k: i64,
) -> Array2<T> {
    let size = values.len() + k.unsigned_abs() as usize;
    let mut result = Array2::from_elem((size, size), T::zero());
    for (position, value) in values.iter().enumerate() {
        let (i, j) = if k >= 0 {
            (position, position + k as usize)
        } else {
            (position + k.unsigned_abs() as usize, position)
        };
        result[[i, j]] = value.clone();
    }
    result
}

/// `np.diag(m, k)`: the diagonal of a matrix.
pub fn diagonal<T: Element, S: Data<Elem = T>>(matrix: &ArrayBase<S, Ix2>, k: i64) -> Array1<T> {
    let (rows, columns) = matrix.dim();
    (0..rows)
        .filter_map(|i| {
            let j = i as i64 + k;
            (0..columns as i64)
                .contains(&j)
                .then(|| matrix[[i, j as usize]].clone())
        })
        .collect()
}

/// `np.triu(m, k)`.
pub fn triu<T: Element, S: Data<Elem = T>>(matrix: &ArrayBase<S, Ix2>, k: i64) -> Array2<T> {
    Array2::from_shape_fn(matrix.dim(), |(i, j)| {
        if j as i64 - i as i64 >= k {
            matrix[[i, j]].clone()
        } else {
            T::zero()
        }
    })
}

/// `np.tril(m, k)`.
pub fn tril<T: Element, S: Data<Elem = T>>(matrix: &ArrayBase<S, Ix2>, k: i64) -> Array2<T> {
    Array2::from_shape_fn(matrix.dim(), |(i, j)| {
        if j as i64 - i as i64 <= k {
            matrix[[i, j]].clone()
        } else {
            T::zero()
        }
    })
}

/// `np.meshgrid(x, y)` with `indexing="xy"`.
pub fn meshgrid<T: Element, U: Element, S: Data<Elem = T>, R: Data<Elem = U>>(
    x: &ArrayBase<S, Ix1>,
    y: &ArrayBase<R, Ix1>,
) -> (Array2<T>, Array2<U>) {
    let shape = (y.len(), x.len());
    (
        Array2::from_shape_fn(shape, |(_, j)| x[j].clone()),
        Array2::from_shape_fn(shape, |(i, _)| y[i].clone()),
    )
}

/// `np.meshgrid(x, y, indexing="ij")`.
pub fn meshgrid_ij<T: Element, U: Element, S: Data<Elem = T>, R: Data<Elem = U>>(
    x: &ArrayBase<S, Ix1>,
    y: &ArrayBase<R, Ix1>,
) -> (Array2<T>, Array2<U>) {
    let shape = (x.len(), y.len());
    (
        Array2::from_shape_fn(shape, |(i, _)| x[i].clone()),
        Array2::from_shape_fn(shape, |(_, j)| y[j].clone()),
    )
}

/// `np.vander(x, n, increasing)`.
pub fn vander<T: Number, S: Data<Elem = T>>(
    x: &ArrayBase<S, Ix1>,
    n: i64,
    increasing: bool,
) -> Array2<T> {
    let n = n.max(0) as usize;
    let mut result = Array2::from_elem((x.len(), n), T::ONE);
    for (i, &value) in x.iter().enumerate() {
        for power in 1..n {
            let (here, before) = if increasing {
                (power, power - 1)
            } else {
                (n - 1 - power, n - power)
            };
            result[[i, here]] = result[[i, before]].times(value);
        }
    }
    result
}

/// `np.identity(n)`.
pub fn identity<T: Number>(n: i64) -> Array2<T> {
    eye(n, n, 0)
}

/// `np.indices((rows, columns))`.
pub fn indices(rows: i64, columns: i64) -> Array3<i64> {
    Array3::from_shape_fn(
        (2, rows.max(0) as usize, columns.max(0) as usize),
        |(which, i, j)| (if which == 0 { i } else { j }) as i64,
    )
}

/// `x.copy()` in C order.
pub fn copy<T: Element, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> Array<T, D> {
    Array::from_shape_vec(x.raw_dim(), x.iter().cloned().collect())
        .expect("as many items as the shape says")
}

/// The array in Fortran order (`order="F"`).
pub fn fortran<T: Element, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> Array<T, D> {
    let items = x.t().iter().cloned().collect();
    Array::from_shape_vec(x.raw_dim().f(), items).expect("as many items as the shape says")
}

macro_rules! converters {
    ($($name:ident => $type:ty;)*) => {$(
        #[doc = concat!("`astype(np.", stringify!($name), ")`: floats are cut towards zero.")]
        pub fn $name<A: Operand>(x: A) -> A::Mapped<$type> where A::Elem: Number {
            x.mapped(|&value| Convert::<$type>::convert(value))
        }
    )*};
}

/// Conversion between element types.
pub trait Convert<U> {
    fn convert(self) -> U;
}

macro_rules! conversions {
    ($($to:ident: $method:ident),*) => {$(
        impl<T: Number> Convert<$to> for T {
            fn convert(self) -> $to { self.$method() as $to }
        }
    )*};
}
conversions!(f64: to_f64, f32: to_f64, i64: to_i64, i32: to_i64, i16: to_i64, i8: to_i64, u8: to_i64, u16: to_i64, u32: to_i64, u64: to_i64);

impl<T: Number> Convert<bool> for T {
    fn convert(self) -> bool {
        self.truth()
    }
}

converters! {
    to_float64 => f64;
    to_float32 => f32;
    to_int64 => i64;
    to_int32 => i32;
    to_int16 => i16;
    to_int8 => i8;
    to_uint8 => u8;
    to_uint16 => u16;
    to_uint32 => u32;
    to_uint64 => u64;
    to_bool => bool;
}

macro_rules! fitters {
    ($($name:ident => $type:ty;)*) => {$(
        /// A Python int beside NumPy numbers of this dtype, which must hold it.
        pub fn $name(value: i64) -> $type {
            or_throw(<$type>::try_from(value).map_err(|_| {
                let reason = format!("Python integer {value} out of bounds for {}", <$type as Element>::DTYPE);
                Exception::new("OverflowError", reason)
            }))
        }
    )*};
}

fitters! {
    fit_int32 => i32;
    fit_int16 => i16;
    fit_int8 => i8;
    fit_uint8 => u8;
    fit_uint16 => u16;
    fit_uint32 => u32;
    fit_uint64 => u64;
}

/// `astype(str)` of integers and booleans, by Python's spelling.
pub fn to_str<A: Operand>(x: A) -> A::Mapped<String>
where
    A::Elem: Printed,
{
    x.mapped(|value| value.plain())
}

/// `astype(float)` of strings.
pub fn parse_float64<S: Data<Elem = String>, D: Dimension>(x: &ArrayBase<S, D>) -> Array<f64, D> {
    x.map(|text| match text.trim().replace('_', "").parse() {
        Ok(value) => value,
        Err(_) => super::errors::or_throw(Err(value_error(format!(
            "could not convert string to float: np.str_('{text}')"
        )))),
    })
}

/// `astype(int)` of strings.
pub fn parse_int64<S: Data<Elem = String>, D: Dimension>(x: &ArrayBase<S, D>) -> Array<i64, D> {
    x.map(|text| match text.trim().parse() {
        Ok(value) => value,
        Err(_) => super::errors::or_throw(Err(value_error(format!(
            "invalid literal for int() with base 10: np.str_('{text}')"
        )))),
    })
}

/// `x.tolist()` of one row.
pub fn list1<T: Element, S: Data<Elem = T>>(x: &ArrayBase<S, Ix1>) -> Vec<T> {
    x.to_vec()
}

/// `x.tolist()` of a matrix.
pub fn list2<T: Element, S: Data<Elem = T>>(x: &ArrayBase<S, Ix2>) -> Vec<Vec<T>> {
    x.axis_iter(Axis(0)).map(|row| row.to_vec()).collect()
}

/// `x.tolist()` of three levels.
pub fn list3<T: Element, S: Data<Elem = T>>(x: &ArrayBase<S, Ix3>) -> Vec<Vec<Vec<T>>> {
    x.axis_iter(Axis(0)).map(|block| list2(&block)).collect()
}

/// `x.tolist()` of four levels.
pub fn list4<T: Element, S: Data<Elem = T>>(x: &ArrayBase<S, Ix4>) -> Vec<Vec<Vec<Vec<T>>>> {
    x.axis_iter(Axis(0)).map(|block| list3(&block)).collect()
}
/// The distance of the samples of `np.linspace(start, stop, num, endpoint, retstep=True)`.
pub fn linspace_step(start: f64, stop: f64, num: i64, endpoint: bool) -> f64 {
    let parts = if endpoint { num - 1 } else { num };
    if parts > 0 {
        (stop - start) / parts as f64
    } else {
        f64::NAN
    }
}

/// A place that held a number first: the array, if it is there already.
pub trait Held {
    type Elem: Number;
    type Dim: Dimension;
    fn held(self) -> Option<Array<Self::Elem, Self::Dim>>;
}

impl<T: Number, D: Dimension> Held for &Option<Array<T, D>> {
    type Elem = T;
    type Dim = D;
    fn held(self) -> Option<Array<T, D>> {
        self.clone()
    }
}

impl<T: Number, S: Data<Elem = T>, D: Dimension> Held for &ArrayBase<S, D> {
    type Elem = T;
    type Dim = D;
    fn held(self) -> Option<Array<T, D>> {
        Some(self.to_owned())
    }
}

/// The array of a place that held a number first, or that number as an array that broadcasts like it.
pub fn or_number<H: Held>(place: H, number: f64) -> Array<H::Elem, H::Dim> {
    place.held().unwrap_or_else(|| {
        let mut shape = H::Dim::zeros(H::Dim::NDIM.unwrap_or(0));
        shape.slice_mut().fill(1);
        Array::from_elem(shape, H::Elem::from_f64(number))
    })
}

/// The array of a place that held a number first; ends the program while it still does.
pub fn held_array<H: Held>(place: H) -> Array<H::Elem, H::Dim> {
    place.held().unwrap_or_else(|| {
        let message = "a place that becomes an array later is used as one while it holds a number";
        super::errors::or_throw(Err(super::errors::type_error(message)))
    })
}
