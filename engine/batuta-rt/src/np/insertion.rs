//! `np.insert`, and looking through moving windows: arrays that are longer than what they come from.

use super::element::Element;
use super::errors::{Outcome, index_error, raising, value_error};
use super::operand::{Operand, try_axis};
use ndarray::{Array, ArrayBase, ArrayD, Axis, Data, Dimension, RemoveAxis};

/// The position that an index names where something is inserted: the end counts too.
fn insertion_place(position: i64, axis: usize, length: usize) -> Outcome<usize> {
    let place = if position < 0 {
        position + length as i64
    } else {
        position
    };
    if place < 0 || place > length as i64 {
        return Err(index_error(format!(
            "index {position} is out of bounds for axis {axis} with size {length}"
        )));
    }
    Ok(place as usize)
}

/// The values in the given shape, as NumPy broadcasts them into it.
fn spread<T: Element>(values: &ArrayD<T>, shape: &[usize]) -> Outcome<ArrayD<T>> {
    values
        .broadcast(shape)
        .map(|wide| wide.to_owned())
        .ok_or_else(|| {
            value_error(format!(
                "could not broadcast input array from shape {} into shape {}",
                super::errors::shape_text(values.shape()).replace(' ', ""),
                super::errors::shape_text(shape).replace(' ', "")
            ))
        })
}

raising! {
    /// `np.insert(x, position, values, axis)`: the values stand together before one position.
    pub fn insert / try_insert [T: Element, S: Data<Elem = T>, D: RemoveAxis, B: Operand<Elem = T>](x: &ArrayBase<S, D>, position: i64, values: B, axis: i64) -> Array<T, D> {
        let axis = try_axis(axis, x.ndim())?;
        let place = insertion_place(position, axis, x.shape()[axis])?;
        let mut values = values.viewed(|view| view.to_owned().into_dyn());
        while values.ndim() < x.ndim() {
            values = values.insert_axis(Axis(0));
        }
        // NumPy counts the parts along the first axis of the values, wherever they go.
        let mut order: Vec<usize> = (1..values.ndim()).collect();
        order.insert(axis, 0);
        let values = values.permuted_axes(order);
        let mut shape = x.shape().to_vec();
        shape[axis] = values.shape()[axis];
        let middle = spread(&values, &shape)?;
        let view = x.view().into_dyn();
        let (before, after) = view.split_at(Axis(axis), place);
        let joined = ndarray::concatenate(Axis(axis), &[before, middle.view(), after]).expect("the shapes were made to fit");
        Ok(joined.into_dimensionality().expect("the same rank"))
    }

    /// `np.insert(x, [positions], values, axis)`: each value stands before its own position of the old array.
    pub fn insert_each / try_insert_each [T: Element, S: Data<Elem = T>, D: RemoveAxis, R: Data<Elem = i64>, B: Operand<Elem = T>](x: &ArrayBase<S, D>, positions: &ArrayBase<R, ndarray::Ix1>, values: B, axis: i64) -> Array<T, D> {
        let axis = try_axis(axis, x.ndim())?;
        let length = x.shape()[axis];
        let mut places = Vec::new();
        for (which, &position) in positions.iter().enumerate() {
            places.push((insertion_place(position, axis, length)?, which));
        }
        places.sort_by_key(|&(place, _)| place);
        let values = values.viewed(|view| view.to_owned().into_dyn());
        let mut shape = x.shape().to_vec();
        shape[axis] = places.len();
        let new = spread(&values, &shape)?;
        let view = x.view().into_dyn();
        let mut parts = Vec::new();
        let mut from = 0;
        for &(place, which) in &places {
            parts.push(view.slice_axis(Axis(axis), ndarray::Slice::from(from..place)));
            parts.push(new.slice_axis(Axis(axis), ndarray::Slice::from(which..which + 1)));
            from = place;
        }
        parts.push(view.slice_axis(Axis(axis), ndarray::Slice::from(from..)));
        let joined = ndarray::concatenate(Axis(axis), &parts).expect("the shapes were made to fit");
        Ok(joined.into_dimensionality().expect("the same rank"))
    }

    /// `np.lib.stride_tricks.sliding_window_view(x, widths, axes)`: every window, along new axes at the end.
    pub fn sliding_windows / try_sliding_windows [T: Element, S: Data<Elem = T>, D: Dimension, E: Dimension](x: &ArrayBase<S, D>, windows: &[(i64, i64)]) -> Array<T, E> {
        let mut shape = x.shape().to_vec();
        let mut walked = Vec::new();
        for &(axis, width) in windows {
            let axis = try_axis(axis, x.ndim())?;
            if width < 0 {
                return Err(value_error("`window_shape` cannot contain negative values"));
            }
            if shape[axis] as i64 - width + 1 < 1 {
                return Err(value_error("window shape cannot be larger than input array shape"));
            }
            shape[axis] = shape[axis] + 1 - width as usize;
            walked.push(axis);
        }
        let rank = x.ndim();
        shape.extend(windows.iter().map(|&(_, width)| width as usize));
        let view = x.view().into_dyn();
        let made = ArrayD::from_shape_fn(ndarray::IxDyn(&shape), |place| {
            let mut source: Vec<usize> = place.slice()[..rank].to_vec();
            for (which, &axis) in walked.iter().enumerate() {
                source[axis] += place[rank + which];
            }
            view[ndarray::IxDyn(&source)].clone()
        });
        Ok(made.into_dimensionality().expect("the rank was computed at compile time"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn values_stand_before_their_positions() {
        let x = array![[1, 2], [3, 4]];
        assert_eq!(insert(&x, 0, 9, 1), array![[9, 1, 2], [9, 3, 4]]);
        assert_eq!(
            insert(&x, -1, &array![7, 8], 0),
            array![[1, 2], [7, 8], [3, 4]]
        );
        assert_eq!(
            insert(&array![1, 2], 1, &array![7, 8], 0),
            array![1, 7, 8, 2]
        );
        assert_eq!(
            insert_each(&array![1, 2, 3], &array![3, 0], &array![8, 9], 0),
            array![9, 1, 2, 3, 8]
        );
        assert_eq!(
            try_insert(&x, 5, 9, 0).unwrap_err().message(),
            "index 5 is out of bounds for axis 0 with size 2"
        );
    }

    #[test]
    fn windows_move_by_one() {
        let windows: ndarray::Array2<i64> = sliding_windows(&array![1, 2, 3], &[(0, 2)]);
        assert_eq!(windows, array![[1, 2], [2, 3]]);
    }
}
