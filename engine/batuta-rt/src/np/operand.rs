//! What can stand on either side of an array operation, and NumPy's broadcasting between the two sides.

use super::element::Element;
use super::errors::{Outcome, shape_text, value_error};
use ndarray::{Array, ArrayBase, ArrayView, Data, DimMax, Dimension, Ix0, Zip};

/// An array by reference, or a scalar.
pub trait Operand {
    type Elem: Element;
    type Dim: Dimension;
    /// What an element-wise function gives back: an array for an array, a scalar for a scalar.
    type Mapped<U>;
    /// Applies a function to each element.
    fn mapped<U>(self, function: impl FnMut(&Self::Elem) -> U) -> Self::Mapped<U>;
    /// Lends the operand as a view.
    fn viewed<R>(self, function: impl FnOnce(ArrayView<'_, Self::Elem, Self::Dim>) -> R) -> R;
}

impl<T: Element, S: Data<Elem = T>, D: Dimension> Operand for &ArrayBase<S, D> {
    type Elem = T;
    type Dim = D;
    type Mapped<U> = Array<U, D>;
    fn mapped<U>(self, function: impl FnMut(&T) -> U) -> Array<U, D> {
        self.map(function)
    }
    fn viewed<R>(self, function: impl FnOnce(ArrayView<'_, T, D>) -> R) -> R {
        function(self.view())
    }
}

macro_rules! scalar {
    ($($type:ty),*) => {$(
        impl Operand for $type {
            type Elem = $type;
            type Dim = Ix0;
            type Mapped<U> = U;
            fn mapped<U>(self, mut function: impl FnMut(&$type) -> U) -> U { function(&self) }
            fn viewed<R>(self, function: impl FnOnce(ArrayView<'_, $type, Ix0>) -> R) -> R { function(ndarray::aview0(&self)) }
        }
    )*};
}
scalar!(f64, f32, i64, i32, i16, i8, u8, u16, u32, u64, bool, String);

impl Operand for &str {
    type Elem = String;
    type Dim = Ix0;
    type Mapped<U> = U;
    fn mapped<U>(self, mut function: impl FnMut(&String) -> U) -> U {
        function(&self.to_string())
    }
    fn viewed<R>(self, function: impl FnOnce(ArrayView<'_, String, Ix0>) -> R) -> R {
        function(ndarray::aview0(&self.to_string()))
    }
}

/// The dimension that two operands broadcast to.
pub type Broadcast<A, B> = <<A as Operand>::Dim as DimMax<<B as Operand>::Dim>>::Output;

/// The shape that two shapes broadcast to.
///
/// # Errors
/// `ValueError` with NumPy's message when they do not fit.
pub fn broadcast_shape<A: Dimension + DimMax<B>, B: Dimension>(
    a: &A,
    b: &B,
) -> Outcome<<A as DimMax<B>>::Output> {
    let rank = a.ndim().max(b.ndim());
    let mut shape = <A as DimMax<B>>::Output::zeros(rank);
    for back in 1..=rank {
        let left = if back <= a.ndim() {
            a[a.ndim() - back]
        } else {
            1
        };
        let right = if back <= b.ndim() {
            b[b.ndim() - back]
        } else {
            1
        };
        shape[rank - back] = match (left, right) {
            (left, right) if left == right => left,
            (1, right) => right,
            (left, 1) => left,
            _ => {
                return Err(value_error(format!(
                    "operands could not be broadcast together with shapes {} {} ",
                    shape_text(a.slice()),
                    shape_text(b.slice())
                )));
            }
        };
    }
    Ok(shape)
}

/// Applies a function to each pair of elements of two broadcast operands.
///
/// # Errors
/// `ValueError` when the shapes do not fit.
pub fn try_zip<A, B, U>(
    a: A,
    b: B,
    function: impl Fn(&A::Elem, &B::Elem) -> U,
) -> Outcome<Array<U, Broadcast<A, B>>>
where
    A: Operand,
    B: Operand,
    A::Dim: DimMax<B::Dim>,
{
    a.viewed(|left| {
        b.viewed(|right| {
            let shape = broadcast_shape(&left.raw_dim(), &right.raw_dim())?;
            let left = left
                .broadcast(shape.clone())
                .expect("the common shape fits");
            let right = right.broadcast(shape).expect("the common shape fits");
            Ok(Zip::from(&left).and(&right).map_collect(function))
        })
    })
}

/// The position of an axis that may be negative.
///
/// # Errors
/// `AxisError` when it is outside.
pub fn try_axis(axis: i64, rank: usize) -> Outcome<usize> {
    let position = if axis < 0 { axis + rank as i64 } else { axis };
    if position < 0 || position >= rank as i64 {
        return Err(super::errors::axis_error(axis, rank));
    }
    Ok(position as usize)
}

/// The position of an axis; ends the program when it is outside.
pub fn axis_position(axis: i64, rank: usize) -> usize {
    super::errors::or_throw(try_axis(axis, rank))
}
