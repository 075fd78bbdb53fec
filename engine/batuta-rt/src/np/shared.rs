//! Arrays that several names hold or see a part of, while somebody writes into them.
//!
//! A [`SharedArray`] is NumPy's own picture: a buffer, and where in it an array's elements lie. A clone is the same object, a
//! part or a transposition is another object on the same buffer, and what is written through one is seen through all. No
//! borrow outlives a call: what reads takes a copy of the elements ([`SharedArray::get`]), what changes puts them back.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use super::creation::Shape;
use super::element::Element;
use super::errors::{Outcome, or_throw, raising};
use super::indexing::{Index, Items, ItemsMut, in_memory_order, sliced};
use super::operand::{axis_position, try_axis};
use super::printing::{Printed, to_repr, to_text};
use super::shape::{filled, section_ends, split_ends};
use crate::py::{DeepCopy, Length, Shared, Text, Truth, copied_object};
use ndarray::{
    Array, ArrayBase, ArrayView, ArrayViewMut, Axis, Data, Dimension, Ix1, Ix2, Ix3, Ix4, Ix5, Ix6,
    RemoveAxis, ShapeBuilder,
};

/// An array of rank 1 that is shared.
pub type Shared1<T> = SharedArray<T, Ix1>;
/// An array of rank 2 that is shared.
pub type Shared2<T> = SharedArray<T, Ix2>;
/// An array of rank 3 that is shared.
pub type Shared3<T> = SharedArray<T, Ix3>;
/// An array of rank 4 that is shared.
pub type Shared4<T> = SharedArray<T, Ix4>;
/// An array of rank 5 that is shared.
pub type Shared5<T> = SharedArray<T, Ix5>;
/// An array of rank 6 that is shared.
pub type Shared6<T> = SharedArray<T, Ix6>;

struct Layout<T, D> {
    data: Rc<RefCell<Vec<T>>>,
    /// Where the element with all indices 0 lies.
    offset: usize,
    shape: D,
    strides: Vec<isize>,
}

/// An array on a buffer that others may see too; a clone is the same object.
pub struct SharedArray<T, D>(Rc<Layout<T, D>>);

impl<T, D> Clone for SharedArray<T, D> {
    fn clone(&self) -> Self {
        SharedArray(Rc::clone(&self.0))
    }
}

impl<T: Element, D: Dimension> SharedArray<T, D> {
    /// A new array, whose elements nobody else has.
    pub fn new(array: Array<T, D>) -> Self {
        let (shape, strides) = (array.raw_dim(), array.strides().to_vec());
        let (data, offset) = array.into_raw_vec_and_offset();
        SharedArray(Rc::new(Layout {
            data: Rc::new(RefCell::new(data)),
            offset: offset.unwrap_or(0),
            shape,
            strides,
        }))
    }

    /// The lowest position that belongs to the array, its strides without their signs, and the axes that run backwards.
    fn ascending(&self) -> (usize, D, Vec<usize>) {
        let layout = &*self.0;
        let mut lowest = layout.offset as isize;
        let mut strides = layout.shape.clone();
        let mut backwards = Vec::new();
        for (axis, &stride) in layout.strides.iter().enumerate() {
            if stride < 0 {
                lowest += stride * (layout.shape[axis] as isize - 1).max(0);
                backwards.push(axis);
            }
            strides[axis] = stride.unsigned_abs();
        }
        (lowest as usize, strides, backwards)
    }

    /// Lends the elements. `read` must not call back into the program.
    fn with<R>(&self, read: impl FnOnce(ArrayView<'_, T, D>) -> R) -> R {
        let (lowest, strides, backwards) = self.ascending();
        let data = self.0.data.borrow();
        let held = data.get(lowest..).unwrap_or(&[]);
        let mut view = ArrayView::from_shape(self.0.shape.clone().strides(strides), held)
            .expect("the array lies inside its buffer");
        for axis in backwards {
            view.invert_axis(Axis(axis));
        }
        read(view)
    }

    /// Lends the elements to be changed. `change` must not call back into the program.
    fn with_mut<R>(&self, change: impl FnOnce(ArrayViewMut<'_, T, D>) -> R) -> R {
        let (lowest, strides, backwards) = self.ascending();
        let mut data = self.0.data.borrow_mut();
        let held = data.get_mut(lowest..).unwrap_or(&mut []);
        let mut view = ArrayViewMut::from_shape(self.0.shape.clone().strides(strides), held)
            .expect("the array lies inside its buffer");
        for axis in backwards {
            view.invert_axis(Axis(axis));
        }
        change(view)
    }

    /// The elements as they are now, in the memory order that NumPy sums them in.
    pub fn get(&self) -> Array<T, D> {
        self.with(in_memory_order)
    }

    /// Writes all elements; the array has this shape.
    pub fn put(&self, array: Array<T, D>) {
        self.with_mut(|mut view| view.zip_mut_with(&array, |old, new| *old = new.clone()));
    }

    /// `self is other`.
    pub fn same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// Another array on the same buffer.
    fn derived<E: Dimension>(
        &self,
        make: impl FnOnce(ArrayView<'_, T, D>) -> Outcome<Place<E>>,
    ) -> Outcome<SharedArray<T, E>> {
        let place = self.with(make)?;
        let start = self.0.data.borrow().as_ptr() as usize;
        let offset = if place.shape.size() == 0 {
            0
        } else {
            (place.address - start) / size_of::<T>()
        };
        Ok(SharedArray(Rc::new(Layout {
            data: Rc::clone(&self.0.data),
            offset,
            shape: place.shape,
            strides: place.strides,
        })))
    }

    /// The parts along the first axis, each on the same buffer.
    pub fn rows(&self) -> impl Iterator<Item = SharedArray<T, D::Smaller>> + use<T, D>
    where
        D: RemoveAxis,
    {
        let array = self.clone();
        (0..self.0.shape[0]).map(move |row| {
            or_throw(array.derived(|view| Ok(Place::of(&view.index_axis_move(Axis(0), row)))))
        })
    }
}

impl<T: Element> SharedArray<T, Ix1> {
    /// The items, each read when its turn comes.
    pub fn items(&self) -> impl Iterator<Item = T> + use<T> {
        let array = self.clone();
        (0..self.0.shape[0]).map(move |place| array.with(|view| view[place].clone()))
    }
}

/// Where a part of a lent array lies.
struct Place<D> {
    address: usize,
    shape: D,
    strides: Vec<isize>,
}

impl<D: Dimension> Place<D> {
    fn of<S: Data>(part: &ArrayBase<S, D>) -> Self {
        Place {
            address: part.as_ptr() as usize,
            shape: part.raw_dim(),
            strides: part.strides().to_vec(),
        }
    }
}

macro_rules! items {
    ($($rank:literal, $dim:ty;)*) => {$(
        impl<T: Element> SharedArray<T, $dim> {
            /// `a[i, j]`.
            pub fn item(&self, index: [i64; $rank]) -> T {
                or_throw(self.try_item(index))
            }
            /// `a[i, j]`, or the IndexError.
            pub fn try_item(&self, index: [i64; $rank]) -> Outcome<T> {
                self.with(|view| view.try_item(index))
            }
            /// `a[i, j] = value`.
            pub fn set_item(&self, index: [i64; $rank], value: T) {
                or_throw(self.try_set_item(index, value));
            }
            /// `a[i, j] = value`, or the IndexError.
            pub fn try_set_item(&self, index: [i64; $rank], value: T) -> Outcome<()> {
                self.with_mut(|mut view| view.try_set_item(index, value))
            }
        }
    )*};
}
items! { 1, Ix1; 2, Ix2; 3, Ix3; 4, Ix4; 5, Ix5; 6, Ix6; }

impl<T: Element, D: Dimension> Default for SharedArray<T, D> {
    fn default() -> Self {
        SharedArray::new(Array::from_shape_fn(D::default(), |_| T::zero()))
    }
}

impl<T: Element + PartialEq, D: Dimension> PartialEq for SharedArray<T, D> {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl<T: Element + fmt::Debug, D: Dimension> fmt::Debug for SharedArray<T, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with(|view| view.fmt(f))
    }
}

impl<T: Printed, D: Dimension> Text for SharedArray<T, D> {
    fn str_text(&self) -> String {
        to_text(&self.get())
    }
    fn repr_text(&self) -> String {
        to_repr(&self.get())
    }
}

impl<T: Element, D: Dimension> Length for SharedArray<T, D> {
    fn length(&self) -> i64 {
        self.0.shape[0] as i64
    }
}

impl<T: Element, D: Dimension> Truth for SharedArray<T, D> {
    fn truth(&self) -> bool {
        self.get().truth()
    }
}

impl<T: Element, D: Dimension + 'static> DeepCopy for SharedArray<T, D> {
    fn deep_copy(&self) -> Self {
        let id = Rc::as_ptr(&self.0).cast::<()>() as i64;
        copied_object(id, || SharedArray::new(self.get()), |_| ())
    }
}

/// A value whose shared arrays can be read all at once.
pub trait Plain {
    /// The same with arrays that are owned.
    type Owned;
    /// The elements as they are now.
    fn plain(&self) -> Self::Owned;
}

impl<T: Element, D: Dimension> Plain for SharedArray<T, D> {
    type Owned = Array<T, D>;
    fn plain(&self) -> Array<T, D> {
        self.get()
    }
}

impl<P: Plain> Plain for Vec<P> {
    type Owned = Vec<P::Owned>;
    fn plain(&self) -> Vec<P::Owned> {
        self.iter().map(P::plain).collect()
    }
}

impl<P: Plain> Plain for Option<P> {
    type Owned = Option<P::Owned>;
    fn plain(&self) -> Option<P::Owned> {
        self.as_ref().map(P::plain)
    }
}

impl<P: Plain> Plain for Shared<P> {
    type Owned = P::Owned;
    fn plain(&self) -> P::Owned {
        self.with(P::plain)
    }
}

macro_rules! parts {
    ($($name:ident, $attempt:ident, $dim:ty, $rank:literal;)*) => {
        raising! {$(
            #[doc = concat!("The part that an index takes, of rank ", $rank, ", on the same buffer.")]
            pub fn $name / $attempt [T: Element, D: Dimension, const N: usize](x: &SharedArray<T, D>, index: [Index; N]) -> SharedArray<T, $dim> {
                x.derived(|view| {
                    let part = sliced(view, &index)?.into_dimensionality::<$dim>().expect("the rank was computed at compile time");
                    Ok(Place::of(&part))
                })
            }
        )*}
    };
}

/// The operations that give another array on the same buffer.
pub mod views {
    use super::*;

    parts! {
        part1, try_part1, Ix1, "1";
        part2, try_part2, Ix2, "2";
        part3, try_part3, Ix3, "3";
        part4, try_part4, Ix4, "4";
        part5, try_part5, Ix5, "5";
        part6, try_part6, Ix6, "6";
    }

    raising! {
        /// `x.reshape(shape)`: on the same buffer where the elements' order allows it, else a new array.
        pub fn reshape / try_reshape [T: Element, D: Dimension, H: Shape](x: &SharedArray<T, D>, shape: H) -> SharedArray<T, H::Dim> {
            let mut copied = None;
            let found = x.derived(|view| {
                let dims = filled(&shape, view.len())?;
                let other = view.to_shape(dims).expect("the size was checked");
                let place = Place::of(&other);
                if !other.is_view() {
                    copied = Some(other.into_owned());
                }
                Ok(if copied.is_some() { Place { address: 0, shape: H::Dim::zeros(place.shape.ndim()), strides: place.strides } } else { place })
            });
            match copied {
                Some(array) => Ok(SharedArray::new(array)),
                None => found,
            }
        }

        /// `x.transpose(axes)`.
        pub fn transpose_axes / try_transpose_axes [T: Element, D: Dimension](x: &SharedArray<T, D>, axes: &[i64]) -> SharedArray<T, D> {
            let mut order = D::zeros(axes.len());
            for (place, &axis) in axes.iter().enumerate() {
                order[place] = try_axis(axis, axes.len())?;
            }
            x.derived(|view| Ok(Place::of(&view.permuted_axes(order))))
        }

        /// `x.squeeze(axis)`.
        pub fn squeeze / try_squeeze [T: Element, D: RemoveAxis](x: &SharedArray<T, D>, axis: i64) -> SharedArray<T, D::Smaller> {
            let axis = try_axis(axis, x.0.shape.ndim())?;
            if x.0.shape[axis] != 1 {
                return Err(super::super::errors::value_error("cannot select an axis to squeeze out which has size not equal to one"));
            }
            x.derived(|view| Ok(Place::of(&view.index_axis_move(Axis(axis), 0))))
        }

        /// `np.split(x, sections)`.
        pub fn split / try_split [T: Element, D: Dimension](x: &SharedArray<T, D>, sections: i64, axis: i64) -> Vec<SharedArray<T, D>> {
            let position = try_axis(axis, x.0.shape.ndim())?;
            let ends = section_ends(x.0.shape[position], sections, true)?;
            pieces(x, &ends, position)
        }

        /// `np.array_split(x, sections)`.
        pub fn array_split / try_array_split [T: Element, D: Dimension](x: &SharedArray<T, D>, sections: i64, axis: i64) -> Vec<SharedArray<T, D>> {
            let position = try_axis(axis, x.0.shape.ndim())?;
            let ends = section_ends(x.0.shape[position], sections, false)?;
            pieces(x, &ends, position)
        }

        /// `np.split(x, positions)`.
        pub fn split_at / try_split_at [T: Element, D: Dimension](x: &SharedArray<T, D>, positions: &[i64], axis: i64) -> Vec<SharedArray<T, D>> {
            let position = try_axis(axis, x.0.shape.ndim())?;
            let ends = split_ends(x.0.shape[position], positions);
            pieces(x, &ends, position)
        }
    }

    fn pieces<T: Element, D: Dimension>(
        x: &SharedArray<T, D>,
        ends: &[(usize, usize)],
        axis: usize,
    ) -> Outcome<Vec<SharedArray<T, D>>> {
        ends.iter()
            .map(|&(start, stop)| {
                x.derived(|mut view| {
                    view.slice_axis_inplace(
                        Axis(axis),
                        ndarray::Slice::new(start as isize, Some(stop as isize), 1),
                    );
                    Ok(Place::of(&view))
                })
            })
            .collect()
    }

    /// `x.T`.
    pub fn transpose<T: Element, D: Dimension>(x: &SharedArray<T, D>) -> SharedArray<T, D> {
        or_throw(x.derived(|view| Ok(Place::of(&view.reversed_axes()))))
    }

    /// `x.ravel()`: on the same buffer where the elements lie in order, else a new array.
    pub fn ravel<T: Element, D: Dimension>(x: &SharedArray<T, D>) -> SharedArray<T, Ix1> {
        if x.with(|view| view.is_standard_layout()) {
            reshape(x, -1)
        } else {
            SharedArray::new(super::super::shape::ravel(&x.get()))
        }
    }

    /// `np.expand_dims(x, axis)`.
    pub fn expand_dims<T: Element, D: Dimension>(
        x: &SharedArray<T, D>,
        axis: i64,
    ) -> SharedArray<T, D::Larger> {
        let axis = axis_position(axis, x.0.shape.ndim() + 1);
        or_throw(x.derived(|view| Ok(Place::of(&view.insert_axis(Axis(axis))))))
    }

    /// `np.atleast_2d(x)`.
    pub fn row<T: Element>(x: &SharedArray<T, Ix1>) -> SharedArray<T, Ix2> {
        expand_dims(x, 0)
    }

    /// `np.flip(x, axis)`.
    pub fn flip_axis<T: Element, D: Dimension>(
        x: &SharedArray<T, D>,
        axis: i64,
    ) -> SharedArray<T, D> {
        let axis = axis_position(axis, x.0.shape.ndim());
        or_throw(x.derived(|mut view| {
            view.invert_axis(Axis(axis));
            Ok(Place::of(&view))
        }))
    }

    /// `np.flip(x)`.
    pub fn flip<T: Element, D: Dimension>(x: &SharedArray<T, D>) -> SharedArray<T, D> {
        or_throw(x.derived(|mut view| {
            for axis in 0..view.ndim() {
                view.invert_axis(Axis(axis));
            }
            Ok(Place::of(&view))
        }))
    }

    /// `np.rot90(x, k)`.
    pub fn rot90<T: Element>(x: &SharedArray<T, Ix2>, k: i64) -> SharedArray<T, Ix2> {
        match k.rem_euclid(4) {
            0 => x.clone(),
            1 => flip_axis(&transpose(x), 0),
            2 => flip(x),
            _ => flip_axis(&transpose(x), 1),
        }
    }

    /// `np.diagonal(x, k)`.
    pub fn diagonal<T: Element>(x: &SharedArray<T, Ix2>, k: i64) -> SharedArray<T, Ix1> {
        or_throw(x.derived(|view| {
            let (rows, columns) = view.dim();
            let down = (-k).clamp(0, rows as i64) as isize;
            let right = k.clamp(0, columns as i64) as isize;
            let corner = view.slice_move(ndarray::s![down.., right..]);
            Ok(Place::of(&corner.into_diag()))
        }))
    }

    /// `np.asarray(x)`.
    pub fn same<T: Element, D: Dimension>(x: &SharedArray<T, D>) -> SharedArray<T, D> {
        x.clone()
    }
}

/// A shared value with the arrays in it owned.
pub fn plain<P: Plain>(value: &P) -> P::Owned {
    value.plain()
}

#[cfg(test)]
mod tests {
    use super::super::indexing::{all_of, at, from, stepped};
    use super::*;
    use ndarray::array;

    #[test]
    fn what_is_written_through_a_part_is_seen_through_all() {
        let whole = SharedArray::new(array![[1, 2, 3], [4, 5, 6]]);
        let column = views::part1(&whole, [all_of(), at(-1)]);
        column.set_item([0], 9);
        assert_eq!(whole.get(), array![[1, 2, 9], [4, 5, 6]]);
        let turned = views::transpose(&whole);
        turned.put(array![[0, 1], [2, 3], [4, 5]]);
        assert_eq!(column.get(), array![4, 5]);
        let backwards = views::part1(&whole, [at(0), stepped(None, None, -1)]);
        assert_eq!(backwards.get(), array![4, 2, 0]);
        backwards.set_item([0], 7);
        assert_eq!(whole.item([0, 2]), 7);
        assert_eq!(
            views::part2(&whole, [from(1), from(1)]).get(),
            array![[3, 5]]
        );
        assert!(
            whole.same(&whole.clone()) && !column.same(&views::part1(&whole, [all_of(), at(-1)]))
        );
    }

    #[test]
    fn reshape_shares_where_the_order_allows_it() {
        let whole = SharedArray::new(array![[1, 2, 3], [4, 5, 6]]);
        views::reshape(&whole, (3, 2)).set_item([2, 1], 0);
        assert_eq!(whole.item([1, 2]), 0);
        views::reshape(&views::transpose(&whole), 6).set_item([0], 8);
        assert_eq!(whole.item([0, 0]), 1);
        views::ravel(&whole).set_item([0], 8);
        assert_eq!(whole.item([0, 0]), 8);
        assert_eq!(whole.rows().map(|row| row.get().sum()).sum::<i64>(), 22);
    }
}
