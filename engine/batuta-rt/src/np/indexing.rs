//! Indexing: integers, slices, new axes, masks and integer arrays, read and written.

use super::element::Element;
use super::errors::{Outcome, index_error, raising, shape_text, value_error};
use super::operand::{Broadcast, Operand, axis_position, try_zip};
use ndarray::{
    Array, Array1, ArrayBase, ArrayView, ArrayViewMut, Axis, Data, DataMut, DimMax, Dimension, Ix1,
    Ix2, Ix3, Ix4, Ix5, Ix6, Zip,
};

/// One item of an index such as `a[1:3, i, None]`.
#[derive(Clone, Copy, Debug)]
pub enum Index {
    At(i64),
    Slice(Option<i64>, Option<i64>, Option<i64>),
    New,
}

/// `a[i]`.
pub fn at(position: i64) -> Index {
    Index::At(position)
}

/// `a[:]`.
pub fn all_of() -> Index {
    Index::Slice(None, None, None)
}

/// `a[start:stop]`.
pub fn range(start: i64, stop: i64) -> Index {
    Index::Slice(Some(start), Some(stop), None)
}

/// `a[start:]`.
pub fn from(start: i64) -> Index {
    Index::Slice(Some(start), None, None)
}

/// `a[:stop]`.
pub fn to(stop: i64) -> Index {
    Index::Slice(None, Some(stop), None)
}

/// `a[start:stop:step]`; what is left out is None.
pub fn stepped(start: Option<i64>, stop: Option<i64>, step: i64) -> Index {
    Index::Slice(start, stop, Some(step))
}

/// `a[None]`.
pub fn new_axis() -> Index {
    Index::New
}

fn position(index: i64, length: usize, axis: usize) -> Outcome<usize> {
    let place = if index < 0 {
        index + length as i64
    } else {
        index
    };
    if place < 0 || place >= length as i64 {
        return Err(index_error(format!(
            "index {index} is out of bounds for axis {axis} with size {length}"
        )));
    }
    Ok(place as usize)
}

/// The slice that Python means, as `ndarray` wants it (its negative steps start at the other end).
fn normalised(
    start: Option<i64>,
    stop: Option<i64>,
    step: Option<i64>,
    length: usize,
) -> Outcome<ndarray::Slice> {
    let step = step.unwrap_or(1);
    if step == 0 {
        return Err(value_error("slice step cannot be zero"));
    }
    let length = length as i64;
    let (lowest, highest) = if step > 0 {
        (0, length)
    } else {
        (-1, length - 1)
    };
    let clamp = |bound: i64| {
        (if bound < 0 {
            bound.saturating_add(length)
        } else {
            bound
        })
        .clamp(lowest, highest)
    };
    let start = start.map_or(if step > 0 { lowest } else { highest }, clamp);
    let stop = stop.map_or(if step > 0 { highest } else { lowest }, clamp);
    // ndarray walks a negative step backwards from the end of an ascending range.
    let (low, high) = if step > 0 {
        (start, stop.max(start))
    } else {
        ((stop + 1).min(start + 1), start + 1)
    };
    Ok(ndarray::Slice::new(
        low as isize,
        Some(high as isize),
        step as isize,
    ))
}

/// The plan of an index on a shape: slices for each axis, then which axes go and which are new.
fn plan(
    shape: &[usize],
    index: &[Index],
) -> Outcome<(Vec<ndarray::Slice>, Vec<usize>, Vec<usize>)> {
    let (mut slices, mut dropped, mut added) = (Vec::new(), Vec::new(), Vec::new());
    let mut result_axis = 0;
    for item in index {
        let axis = slices.len();
        match *item {
            Index::New => {
                added.push(result_axis);
                result_axis += 1;
            }
            Index::At(at) => {
                let place = position(at, shape[axis], axis)? as isize;
                slices.push(ndarray::Slice::new(place, Some(place + 1), 1));
                dropped.push(axis);
            }
            Index::Slice(start, stop, step) => {
                slices.push(normalised(start, stop, step, shape[axis])?);
                result_axis += 1;
            }
        }
    }
    Ok((slices, dropped, added))
}

/// A view with an index applied.
pub(super) fn sliced<'a, T, D: Dimension>(
    view: ArrayView<'a, T, D>,
    index: &[Index],
) -> Outcome<ArrayView<'a, T, ndarray::IxDyn>> {
    let (slices, dropped, added) = plan(view.shape(), index)?;
    let mut view = view.into_dyn();
    for (axis, slice) in slices.into_iter().enumerate() {
        view.slice_axis_inplace(Axis(axis), slice);
    }
    for axis in dropped.into_iter().rev() {
        view = view.index_axis_move(Axis(axis), 0);
    }
    for axis in added {
        view = view.insert_axis(Axis(axis));
    }
    Ok(view)
}

/// A copy in the view's memory order; in row order where a stride runs backwards, as NumPy's sums then go.
pub(super) fn in_memory_order<T: Element, D: Dimension>(view: ArrayView<'_, T, D>) -> Array<T, D> {
    if view.strides().iter().any(|&stride| stride < 0) {
        super::creation::copy(&view)
    } else {
        view.to_owned()
    }
}

macro_rules! parts {
    ($($attempt:ident, $owned:ident, $try_owned:ident, $mutable:ident, $dim:ty, $rank:literal;)*) => {
        raising! {$(
            #[doc = concat!("A copy of the part of `x` that the index takes, of rank ", $rank, ".")]
            pub fn $owned / $try_owned [T: Element, S: Data<Elem = T>, D: Dimension, const N: usize](x: &ArrayBase<S, D>, index: [Index; N]) -> Array<T, $dim> {
                let view = sliced(x.view(), &index)?;
                Ok(in_memory_order(view.into_dimensionality::<$dim>().expect("the rank was computed at compile time")))
            }

            #[doc = concat!("The part of `x` that the index takes, of rank ", $rank, ", to write through.")]
            pub fn $mutable / $attempt ['a, T: Element, S: DataMut<Elem = T>, D: Dimension, const N: usize](x: &'a mut ArrayBase<S, D>, index: [Index; N]) -> ArrayViewMut<'a, T, $dim> {
                let (slices, dropped, added) = plan(x.shape(), &index)?;
                let mut view = x.view_mut().into_dyn();
                for (axis, slice) in slices.into_iter().enumerate() {
                    view.slice_axis_inplace(Axis(axis), slice);
                }
                for axis in dropped.into_iter().rev() {
                    view = view.index_axis_move(Axis(axis), 0);
                }
                for axis in added {
                    view = view.insert_axis(Axis(axis));
                }
                Ok(view.into_dimensionality::<$dim>().expect("the rank was computed at compile time"))
            }
        )*}
    };
}
parts! {
    try_part1_mut, part1, try_part1, part1_mut, Ix1, "1";
    try_part2_mut, part2, try_part2, part2_mut, Ix2, "2";
    try_part3_mut, part3, try_part3, part3_mut, Ix3, "3";
    try_part4_mut, part4, try_part4, part4_mut, Ix4, "4";
    try_part5_mut, part5, try_part5, part5_mut, Ix5, "5";
    try_part6_mut, part6, try_part6, part6_mut, Ix6, "6";
}

/// One position of a tuple that is the index of an array with so many axes.
pub fn coordinate(index: &[i64], place: usize, axes: usize) -> i64 {
    if index.len() != axes {
        let message = format!(
            "a tuple of {} is the index of an array with {axes} axes",
            index.len()
        );
        super::errors::or_throw::<()>(Err(index_error(message)));
    }
    index[place]
}

/// `a[i, j]`: one element, by positions that may be negative.
pub trait Items<T, const N: usize> {
    /// The element.
    fn item(&self, index: [i64; N]) -> T;
    /// The element, or the IndexError.
    fn try_item(&self, index: [i64; N]) -> Outcome<T>;
}

/// `a[i, j] = value`.
pub trait ItemsMut<T, const N: usize> {
    /// Writes the element.
    fn set_item(&mut self, index: [i64; N], value: T);
    /// Writes the element, or returns the IndexError.
    fn try_set_item(&mut self, index: [i64; N], value: T) -> Outcome<()>;
}

macro_rules! items {
    ($($rank:literal, $dim:ty;)*) => {$(
        impl<T: Element, S: Data<Elem = T>> Items<T, $rank> for ArrayBase<S, $dim> {
            #[inline]
            fn item(&self, index: [i64; $rank]) -> T {
                super::errors::or_throw(self.try_item(index))
            }
            #[inline]
            fn try_item(&self, index: [i64; $rank]) -> Outcome<T> {
                let mut places = [0usize; $rank];
                for axis in 0..$rank {
                    places[axis] = position(index[axis], self.shape()[axis], axis)?;
                }
                Ok(self[places].clone())
            }
        }
        impl<T: Element, S: DataMut<Elem = T>> ItemsMut<T, $rank> for ArrayBase<S, $dim> {
            #[inline]
            fn set_item(&mut self, index: [i64; $rank], value: T) {
                super::errors::or_throw(self.try_set_item(index, value))
            }
            #[inline]
            fn try_set_item(&mut self, index: [i64; $rank], value: T) -> Outcome<()> {
                let mut places = [0usize; $rank];
                for axis in 0..$rank {
                    places[axis] = position(index[axis], self.shape()[axis], axis)?;
                }
                self[places] = value;
                Ok(())
            }
        }
    )*};
}
items! { 1, Ix1; 2, Ix2; 3, Ix3; 4, Ix4; 5, Ix5; 6, Ix6; }

/// Lends the value stretched to the target's shape; NumPy drops leading axes of length 1 from what is assigned.
fn fitted<T: Element, D: Dimension, B: Dimension, R>(
    value: &ArrayView<'_, T, B>,
    target: D,
    store: impl FnOnce(ArrayView<'_, T, D>) -> Outcome<R>,
) -> Outcome<R> {
    let mut lean = value.view().into_dyn();
    while lean.ndim() > target.ndim() && lean.shape()[0] == 1 {
        lean = lean.index_axis_move(Axis(0), 0);
    }
    match lean.broadcast(target.clone()) {
        Some(stretched) => store(stretched),
        None => {
            let (from, into) = (shape_text(value.shape()), shape_text(target.slice()));
            Err(value_error(
                format!("could not broadcast input array from shape {from} into shape {into}")
                    .replace(", ", ","),
            ))
        }
    }
}

raising! {
    /// `target[...] = value` for a target that is already the part (see `part1_mut` and the like).
    pub fn assign / try_assign [T: Element, S: DataMut<Elem = T>, D: Dimension, B: Operand<Elem = T>](target: &mut ArrayBase<S, D>, value: B) -> () {
        value.viewed(|value| {
            fitted(&value, target.raw_dim(), |value| {
                target.zip_mut_with(&value, |place, item| *place = item.clone());
                Ok(())
            })
        })
    }

    /// `x[mask]` with a mask of the same shape.
    pub fn masked / try_masked [T: Element, S: Data<Elem = T>, R: Data<Elem = bool>, D: Dimension](x: &ArrayBase<S, D>, mask: &ArrayBase<R, D>) -> Array1<T> {
        check_mask(x.shape(), mask.shape())?;
        Ok(x.iter().zip(mask.iter()).filter(|(_, take)| **take).map(|(value, _)| value.clone()).collect())
    }

    /// `x[mask]`, `x[:, mask]`: the positions of one axis where the mask is true.
    pub fn masked_axis / try_masked_axis [T: Element, S: Data<Elem = T>, R: Data<Elem = bool>, D: Dimension](x: &ArrayBase<S, D>, mask: &ArrayBase<R, Ix1>, axis: i64) -> Array<T, D> {
        let position = axis_position(axis, x.ndim());
        if x.shape()[position] != mask.len() {
            return Err(mask_error(position, x.shape()[position], mask.len()));
        }
        let chosen: Array1<i64> = mask.iter().enumerate().filter(|(_, take)| **take).map(|(place, _)| place as i64).collect();
        try_take_axis(x, &chosen, axis)
    }

    /// `x[mask] = value`.
    pub fn set_masked / try_set_masked [T: Element, S: DataMut<Elem = T>, R: Data<Elem = bool>, D: Dimension, B: Operand<Elem = T>](x: &mut ArrayBase<S, D>, mask: &ArrayBase<R, D>, value: B) -> () {
        check_mask(x.shape(), mask.shape())?;
        value.viewed(|value| {
            let count = mask.iter().filter(|take| **take).count();
            let places = x.iter_mut().zip(mask.iter()).filter(|(_, take)| **take).map(|(place, _)| place);
            if value.len() == 1 {
                let value = value.iter().next().expect("one item");
                places.for_each(|place| *place = value.clone());
            } else if value.len() == count {
                places.zip(value.iter()).for_each(|(place, item)| *place = item.clone());
            } else {
                return Err(value_error(format!(
                    "NumPy boolean array indexing assigns {} input values to the {count} output values where the mask is true",
                    value.len()
                )));
            }
            Ok(())
        })
    }

    /// `x[mask] = value` where the mask chooses rows.
    pub fn set_masked_axis / try_set_masked_axis [T: Element, S: DataMut<Elem = T>, R: Data<Elem = bool>, D: Dimension, B: Operand<Elem = T>](x: &mut ArrayBase<S, D>, mask: &ArrayBase<R, Ix1>, axis: i64, value: B) -> () {
        let position = axis_position(axis, x.ndim());
        if x.shape()[position] != mask.len() {
            return Err(mask_error(position, x.shape()[position], mask.len()));
        }
        let chosen: Array1<i64> = mask.iter().enumerate().filter(|(_, take)| **take).map(|(place, _)| place as i64).collect();
        try_set_taken_axis(x, &chosen, axis, value)
    }

    /// `x[indices]`, `x[:, indices]`, `np.take(x, indices, axis)`: a copy in the memory order that NumPy gives it.
    pub fn take_axis / try_take_axis [T: Element, S: Data<Elem = T>, R: Data<Elem = i64>, D: Dimension](x: &ArrayBase<S, D>, indices: &ArrayBase<R, Ix1>, axis: i64) -> Array<T, D> {
        let axis = axis_position(axis, x.ndim());
        let places = indices.iter().map(|&index| position(index, x.shape()[axis], axis)).collect::<Outcome<Vec<usize>>>()?;
        // The chosen axis comes first in memory, the others after it.
        let mut shape = x.raw_dim();
        shape[axis] = places.len();
        let mut order: Vec<usize> = (0..x.ndim()).collect();
        order.remove(axis);
        order.insert(0, axis);
        let mut items = Vec::with_capacity(shape.size());
        for &place in &places {
            items.extend(x.view().into_dyn().index_axis_move(Axis(axis), place).iter().cloned());
        }
        let memory_shape: Vec<usize> = order.iter().map(|&each| shape[each]).collect();
        let result = Array::from_shape_vec(memory_shape, items).expect("as many items as the shape says");
        let mut back = vec![0; order.len()];
        for (memory, &logical) in order.iter().enumerate() {
            back[logical] = memory;
        }
        Ok(result.permuted_axes(back).into_dimensionality::<D>().expect("the same rank"))
    }

    /// `x[indices]` where the indices have their own shape and `x` has rank 1.
    pub fn take / try_take [T: Element, S: Data<Elem = T>, R: Data<Elem = i64>, D: Dimension](x: &ArrayBase<S, Ix1>, indices: &ArrayBase<R, D>) -> Array<T, D> {
        let length = x.len();
        let mut failure = None;
        let result = indices.map(|&index| match position(index, length, 0) {
            Ok(place) => x[place].clone(),
            Err(exception) => {
                failure.get_or_insert(exception);
                T::zero()
            }
        });
        failure.map_or(Ok(result), Err)
    }

    /// `x[rows, columns]` with two integer arrays (or an array and an integer).
    pub fn pick / try_pick [T: Element, S: Data<Elem = T>, A: Operand<Elem = i64>, B: Operand<Elem = i64>](x: &ArrayBase<S, Ix2>, rows: A, columns: B) -> Array<T, Broadcast<A, B>>
    where [A::Dim: DimMax<B::Dim>] {
        let places = pairs(rows, columns)?;
        let mut failure = None;
        let result = places.map(|&(row, column)| match places2(x.dim(), row, column) {
            Ok(place) => x[place].clone(),
            Err(exception) => {
                failure.get_or_insert(exception);
                T::zero()
            }
        });
        failure.map_or(Ok(result), Err)
    }

    /// `x[first, second]` with two vectors of positions on three axes: a row of the last axis for each pair.
    pub fn pick_rows / try_pick_rows [T: Element, S: Data<Elem = T>, A: Data<Elem = i64>, B: Data<Elem = i64>](x: &ArrayBase<S, Ix3>, first: &ArrayBase<A, Ix1>, second: &ArrayBase<B, Ix1>) -> Array<T, Ix2> {
        let places = pairs(first, second)?;
        let (rows, columns, width) = x.dim();
        let mut result = Array::from_elem((places.len(), width), T::zero());
        for (&(row, column), mut line) in places.iter().zip(result.rows_mut()) {
            let (row, column) = places2((rows, columns), row, column)?;
            line.assign(&x.slice(ndarray::s![row, column, ..]));
        }
        Ok(result)
    }

    /// `x[rows, columns] = value`.
    pub fn set_picked / try_set_picked [T: Element, S: DataMut<Elem = T>, A: Operand<Elem = i64>, B: Operand<Elem = i64>, V: Operand<Elem = T>](x: &mut ArrayBase<S, Ix2>, rows: A, columns: B, value: V) -> ()
    where [A::Dim: DimMax<B::Dim>] {
        let places = pairs(rows, columns)?;
        let shape = x.dim();
        value.viewed(|value| {
            check_fits(value.shape(), places.shape())?;
            fitted(&value, places.raw_dim(), |value| {
                for (&(row, column), item) in places.iter().zip(value.iter()) {
                    x[places2(shape, row, column)?] = item.clone();
                }
                Ok(())
            })
        })
    }

    /// `x[indices] = value` along one axis; of repeated indices the last one stays.
    pub fn set_taken_axis / try_set_taken_axis [T: Element, S: DataMut<Elem = T>, R: Data<Elem = i64>, D: Dimension, B: Operand<Elem = T>](x: &mut ArrayBase<S, D>, indices: &ArrayBase<R, Ix1>, axis: i64, value: B) -> () {
        let axis = axis_position(axis, x.ndim());
        let places = indices.iter().map(|&index| position(index, x.shape()[axis], axis)).collect::<Outcome<Vec<usize>>>()?;
        let mut shape = x.raw_dim();
        shape[axis] = places.len();
        value.viewed(|value| {
            check_fits(value.shape(), shape.slice())?;
            fitted(&value, shape.clone(), |value| {
                let value = value.into_dyn();
                let mut target = x.view_mut().into_dyn();
                for (step, &place) in places.iter().enumerate() {
                    let row = value.index_axis(Axis(axis), step);
                    target.index_axis_mut(Axis(axis), place).zip_mut_with(&row, |old, new| *old = new.clone());
                }
                Ok(())
            })
        })
    }
}

fn pairs<A: Operand<Elem = i64>, B: Operand<Elem = i64>>(
    rows: A,
    columns: B,
) -> Outcome<Array<(i64, i64), Broadcast<A, B>>>
where
    A::Dim: DimMax<B::Dim>,
{
    try_zip(rows, columns, |&row, &column| (row, column)).map_err(|exception| {
        let shapes = exception
            .message()
            .trim_start_matches("operands could not be broadcast together with shapes ")
            .to_string();
        index_error(format!(
            "shape mismatch: indexing arrays could not be broadcast together with shapes {shapes}"
        ))
    })
}

fn places2(shape: (usize, usize), row: i64, column: i64) -> Outcome<(usize, usize)> {
    Ok((position(row, shape.0, 0)?, position(column, shape.1, 1)?))
}

/// Whether a value broadcasts to the result of an integer-array index.
fn check_fits(value: &[usize], target: &[usize]) -> Outcome<()> {
    let fits = value.iter().rev().enumerate().all(|(back, &length)| {
        length == 1
            || target
                .len()
                .checked_sub(back + 1)
                .is_some_and(|axis| target[axis] == length)
    });
    if fits {
        return Ok(());
    }
    Err(value_error(format!(
        "shape mismatch: value array of shape {} could not be broadcast to indexing result of shape {}",
        shape_text(value),
        shape_text(target)
    )))
}

fn mask_error(axis: usize, size: usize, mask: usize) -> super::errors::Exception {
    index_error(format!(
        "boolean index did not match indexed array along axis {axis}; size of axis is {size} but size of corresponding boolean axis is {mask}"
    ))
}

fn check_mask(shape: &[usize], mask: &[usize]) -> Outcome<()> {
    match (0..shape.len()).find(|&axis| shape[axis] != mask[axis]) {
        Some(axis) => Err(mask_error(axis, shape[axis], mask[axis])),
        None => Ok(()),
    }
}

/// `np.add.at(x, indices, values)`: repeated indices add up.
pub fn add_at<
    T: super::element::Number,
    S: DataMut<Elem = T>,
    R: Data<Elem = i64>,
    B: Operand<Elem = T>,
>(
    x: &mut ArrayBase<S, Ix1>,
    indices: &ArrayBase<R, Ix1>,
    values: B,
) {
    let length = x.len();
    values.viewed(|values| {
        super::errors::or_throw(fitted(&values, indices.raw_dim(), |values| {
            for (&index, &value) in indices.iter().zip(values.iter()) {
                let place = position(index, length, 0)?;
                x[place] = x[place].plus(value);
            }
            Ok(())
        }));
    });
}

/// `np.add.at(x, (rows, columns), values)`.
pub fn add_at_pairs<T, S, A, B, V>(x: &mut ArrayBase<S, Ix2>, rows: A, columns: B, values: V)
where
    T: super::element::Number,
    S: DataMut<Elem = T>,
    A: Operand<Elem = i64>,
    B: Operand<Elem = i64>,
    V: Operand<Elem = T>,
    A::Dim: DimMax<B::Dim>,
{
    let places = super::errors::or_throw(pairs(rows, columns));
    let shape = x.dim();
    values.viewed(|values| {
        super::errors::or_throw(fitted(&values, places.raw_dim(), |values| {
            for (&(row, column), &value) in places.iter().zip(values.iter()) {
                let place = places2(shape, row, column)?;
                x[place] = x[place].plus(value);
            }
            Ok(())
        }));
    });
}

/// `np.fill_diagonal(x, value)`.
pub fn fill_diagonal<T: Element, S: DataMut<Elem = T>>(x: &mut ArrayBase<S, Ix2>, value: T) {
    x.diag_mut().fill(value);
}

/// `x.fill(value)` and `x[:] = value` with a scalar.
pub fn fill_with<T: Element, S: DataMut<Elem = T>, D: Dimension>(
    x: &mut ArrayBase<S, D>,
    value: T,
) {
    x.fill(value);
}

/// The rows of a matrix, as iteration gives them.
pub fn iter_rows<T: Element, S: Data<Elem = T>, D: ndarray::RemoveAxis>(
    x: &ArrayBase<S, D>,
) -> Vec<Array<T, D::Smaller>> {
    x.axis_iter(Axis(0)).map(|row| row.to_owned()).collect()
}

/// `np.putmask(x, mask, value)` and `np.copyto(x, value, where=mask)` with a scalar.
pub fn put_mask<T: Element, S: DataMut<Elem = T>, R: Data<Elem = bool>, D: Dimension>(
    x: &mut ArrayBase<S, D>,
    mask: &ArrayBase<R, D>,
    value: T,
) {
    Zip::from(x).and(mask).for_each(|place, &take| {
        if take {
            *place = value.clone();
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn slices_are_pythons() {
        let x: Array1<i64> = (0..6).collect();
        let cases: [(Index, &[i64]); 7] = [
            (range(1, 4), &[1, 2, 3]),
            (range(-2, 100), &[4, 5]),
            (stepped(None, None, -1), &[5, 4, 3, 2, 1, 0]),
            (stepped(Some(5), Some(1), -2), &[5, 3]),
            (stepped(Some(4), None, -3), &[4, 1]),
            (stepped(None, None, 4), &[0, 4]),
            (range(4, 2), &[]),
        ];
        for (index, expected) in cases {
            assert_eq!(part1(&x, [index]).to_vec(), expected, "{index:?}");
        }
    }

    #[test]
    fn mixed_indices_drop_and_add_axes() {
        let x = array![[1, 2, 3], [4, 5, 6]];
        assert_eq!(part1(&x, [all_of(), at(-1)]), array![3, 6]);
        assert_eq!(part2(&x, [at(1), new_axis(), from(1)]), array![[5, 6]]);
        assert_eq!(x.item([1, -3]), 4);
        assert_eq!(
            x.try_item([2, 0]).unwrap_err().message(),
            "index 2 is out of bounds for axis 0 with size 2"
        );
    }

    #[test]
    fn masks_and_integer_arrays() {
        let x = array![[1, 2, 3], [4, 5, 6]];
        assert_eq!(masked(&x, &x.map(|&value| value % 2 == 0)), array![2, 4, 6]);
        assert_eq!(take_axis(&x, &array![2, 0], 1), array![[3, 1], [6, 4]]);
        assert_eq!(pick(&x, &array![0, 1], &array![2, 0]), array![3, 4]);
        let mut y = x.clone();
        set_masked(&mut y, &x.map(|&value| value > 4), 0);
        assert_eq!(y, array![[1, 2, 3], [4, 0, 0]]);
        assign(&mut part1_mut(&mut y, [all_of(), at(0)]), &array![7, 8]);
        assert_eq!(y, array![[7, 2, 3], [8, 0, 0]]);
        let message = try_assign(&mut y, &array![1, 2]).unwrap_err().message();
        assert_eq!(
            message,
            "could not broadcast input array from shape (2,) into shape (2,3)"
        );
    }
}
