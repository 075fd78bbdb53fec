//! Where arrays meet Python's own values: text, length, truth, and lists on either side.

use super::creation::{cube, table};
use super::element::Element;
use super::errors::{or_throw, value_error};
use super::printing::{Printed, to_repr, to_text};
use crate::py::{Format, Length, Num, Shared, Text, Truth};
use ndarray::{Array1, Array2, Array3, ArrayBase, Axis, Data, Dimension, Ix1, Ix2, RemoveAxis};

impl<T: Printed, S: Data<Elem = T>, D: Dimension> Text for ArrayBase<S, D> {
    fn str_text(&self) -> String {
        to_text(self)
    }
    fn repr_text(&self) -> String {
        to_repr(self)
    }
}

impl Format for f32 {
    fn try_format_text(&self, spec: &str) -> Result<String, crate::py::Exception> {
        if spec.is_empty() {
            Ok(self.str_text())
        } else {
            f64::from(*self).try_format_text(spec)
        }
    }
}

impl Text for f32 {
    fn str_text(&self) -> String {
        self.plain()
    }
    fn repr_text(&self) -> String {
        self.plain()
    }
}

impl<T, S: Data<Elem = T>, D: Dimension> Length for ArrayBase<S, D> {
    fn length(&self) -> i64 {
        self.shape()[0] as i64
    }
}

impl<T: Element, S: Data<Elem = T>, D: Dimension> Truth for ArrayBase<S, D> {
    fn truth(&self) -> bool {
        let mut items = self.iter();
        match (items.next(), items.next()) {
            (Some(only), None) => only.truth(),
            _ => {
                let message = if self.is_empty() {
                    "The truth value of an empty array is ambiguous. Use `array.size > 0` to check that an array is not empty."
                } else {
                    "The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()"
                };
                or_throw(Err(value_error(message)))
            }
        }
    }
}

/// `bool(x)`.
pub fn truth<S: Truth + ?Sized>(x: &S) -> bool {
    x.truth()
}

/// An element whose bytes `tobytes` writes.
pub trait Bytes {
    /// Appends the bytes, as the machine holds them.
    fn push_bytes(&self, out: &mut Vec<u8>);
}

macro_rules! bytes {
    ($($type:ty)*) => {$(
        impl Bytes for $type {
            fn push_bytes(&self, out: &mut Vec<u8>) {
                out.extend(self.to_ne_bytes());
            }
        }
    )*};
}
bytes!(f64 f32 i64 i32 i16 i8 u8 u16 u32 u64);

impl Bytes for bool {
    fn push_bytes(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }
}

/// `x.tobytes()`: the elements in row order.
pub fn bytes<T: Bytes, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> Vec<u8> {
    let mut out = Vec::new();
    for item in x {
        item.push_bytes(&mut out);
    }
    out
}

/// What NumPy makes a 1-D array of: a list, owned or shared, a tuple, a range.
pub trait Flat<T> {
    /// The items in order.
    fn flat(&self) -> Vec<T>;
}

impl<T: Element> Flat<T> for Vec<T> {
    fn flat(&self) -> Vec<T> {
        self.clone()
    }
}

impl<T: Element> Flat<T> for [T] {
    fn flat(&self) -> Vec<T> {
        self.to_vec()
    }
}

impl<T: Element, const N: usize> Flat<T> for [T; N] {
    fn flat(&self) -> Vec<T> {
        self.to_vec()
    }
}

impl<T: Element> Flat<T> for Shared<Vec<T>> {
    fn flat(&self) -> Vec<T> {
        self.content()
    }
}

impl Flat<f64> for Vec<Num> {
    fn flat(&self) -> Vec<f64> {
        self.iter().map(|item| item.to_f64()).collect()
    }
}

impl Flat<f64> for Shared<Vec<Num>> {
    fn flat(&self) -> Vec<f64> {
        self.with(|items| items.iter().map(|item| item.to_f64()).collect())
    }
}

impl<T: Element, S: Data<Elem = T>> Flat<T> for ArrayBase<S, Ix1> {
    fn flat(&self) -> Vec<T> {
        self.to_vec()
    }
}

impl<T: Element> Flat<T> for Vec<Option<T>> {
    fn flat(&self) -> Vec<T> {
        let none = || super::errors::type_error("None is no item of an array of numbers");
        self.iter()
            .map(|item| item.clone().unwrap_or_else(|| or_throw(Err(none()))))
            .collect()
    }
}

macro_rules! tuples {
    ($($($name:ident)+;)*) => {$(
        impl<T: Element> Flat<T> for ($(tuples!(@same $name T),)+) {
            #[allow(non_snake_case)]
            fn flat(&self) -> Vec<T> {
                let ($($name,)+) = self;
                vec![$($name.clone()),+]
            }
        }
    )*};
    (@same $name:ident $type:ident) => { $type };
}
tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
}

/// What NumPy makes a 2-D array of: rows that are lists, tuples or arrays.
pub trait Nested<T> {
    /// The rows in order.
    fn nested(&self) -> Vec<Vec<T>>;
}

impl<T: Element, R: Flat<T>> Nested<T> for Vec<R> {
    fn nested(&self) -> Vec<Vec<T>> {
        self.iter().map(Flat::flat).collect()
    }
}

impl<T: Element, S: Data<Elem = T>> Nested<T> for ArrayBase<S, Ix2> {
    fn nested(&self) -> Vec<Vec<T>> {
        self.axis_iter(Axis(0)).map(|row| row.to_vec()).collect()
    }
}

impl<T: Element, R: Flat<T>> Nested<T> for Shared<Vec<R>> {
    fn nested(&self) -> Vec<Vec<T>> {
        self.with(Nested::nested)
    }
}

impl<T: Element, R: Flat<T>, const N: usize> Nested<T> for [R; N] {
    fn nested(&self) -> Vec<Vec<T>> {
        self.iter().map(Flat::flat).collect()
    }
}

/// `np.array` of a flat sequence.
pub fn from_list<T: Element>(items: &(impl Flat<T> + ?Sized)) -> Array1<T> {
    Array1::from_vec(items.flat())
}

/// `np.array` of rows.
pub fn from_rows<T: Element>(rows: &(impl Nested<T> + ?Sized)) -> Array2<T> {
    table(&rows.nested())
}

/// `np.array` of blocks of rows.
pub fn from_blocks<T: Element, B: Nested<T>>(blocks: &[B]) -> Array3<T> {
    cube(&blocks.iter().map(Nested::nested).collect::<Vec<_>>())
}

/// `np.array(range)`.
pub fn from_range(items: impl IntoIterator<Item = i64>) -> Array1<i64> {
    items.into_iter().collect()
}

impl<T: Clone, D: Dimension> crate::py::DeepCopy for ndarray::Array<T, D> {
    fn deep_copy(&self) -> Self {
        self.clone()
    }
}

/// The rows, as unpacking and iteration give them.
pub fn rows_of<T: Element, S: Data<Elem = T>, D: RemoveAxis>(
    x: &ArrayBase<S, D>,
) -> Vec<ndarray::Array<T, D::Smaller>> {
    x.axis_iter(Axis(0)).map(|row| row.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn lists_become_arrays_and_arrays_text() {
        let rows = Shared::new(vec![Shared::new(vec![1, 2]), Shared::new(vec![3, 4])]);
        assert_eq!(from_rows(&rows), array![[1i64, 2], [3, 4]]);
        assert_eq!(from_list(&(1.5, 2.5)), array![1.5, 2.5]);
        assert_eq!(crate::py::repr(&vec![array![1i64, 2]]), "[array([1, 2])]");
        assert_eq!(array![1i64, 2].length(), 2);
        assert!(array![[3i64]].truth());
    }
}
