//! Changing shapes, and putting arrays together and taking them apart.

use super::creation::{Shape, copy};
use super::element::{Element, Number};
use super::errors::{Outcome, raising, shape_text, value_error};
use super::operand::{Operand, axis_position, try_axis};
use ndarray::{
    Array, Array1, Array2, ArrayBase, ArrayView, Axis, Data, Dimension, Ix1, Ix2, RemoveAxis,
};

/// Where the parts of an axis start and stop that is cut into a number of sections.
pub(super) fn section_ends(
    length: usize,
    sections: i64,
    equal: bool,
) -> Outcome<Vec<(usize, usize)>> {
    let whole = length as i64;
    if equal && (sections <= 0 || whole % sections != 0) {
        return Err(value_error(
            "array split does not result in an equal division",
        ));
    }
    if sections <= 0 {
        return Err(value_error("number sections must be larger than 0."));
    }
    let (each, extra) = (whole / sections, whole % sections);
    let mut bounds = Vec::new();
    let mut end = 0;
    for section in 0..sections - 1 {
        end += each + (section < extra) as i64;
        bounds.push(end);
    }
    Ok(split_ends(length, &bounds))
}

/// Where the parts of an axis start and stop that is cut at positions.
pub(super) fn split_ends(length: usize, positions: &[i64]) -> Vec<(usize, usize)> {
    let length = length as i64;
    let mut start = 0;
    let mut parts = Vec::new();
    for &stop in positions.iter().chain(std::iter::once(&length)) {
        let stop = (if stop < 0 { stop + length } else { stop }).clamp(0, length);
        parts.push((start as usize, stop.max(start) as usize));
        start = stop;
    }
    parts
}

fn pieces<T: Element, S: Data<Elem = T>, D: Dimension>(
    x: &ArrayBase<S, D>,
    ends: &[(usize, usize)],
    axis: usize,
) -> Vec<Array<T, D>> {
    ends.iter()
        .map(|&(start, stop)| {
            x.slice_axis(Axis(axis), ndarray::Slice::from(start..stop))
                .to_owned()
        })
        .collect()
}

/// The shape with its -1 filled in.
pub(super) fn filled<H: Shape>(shape: &H, size: usize) -> Outcome<H::Dim> {
    let dims = shape.dims();
    // NumPy leaves out every -1 at the beginning, and calls the others by another name.
    let text = || {
        let shown: Vec<String> = dims
            .iter()
            .skip_while(|&&each| each < 0)
            .map(|&each| {
                if each < 0 {
                    "newaxis".to_string()
                } else {
                    each.to_string()
                }
            })
            .collect();
        format!(
            "({}{})",
            shown.join(","),
            if dims.len() == 1 { "," } else { "" }
        )
    };
    let impossible = || {
        value_error(format!(
            "cannot reshape array of size {size} into shape {}",
            text()
        ))
    };
    if dims.iter().filter(|&&each| each < 0).count() > 1 {
        return Err(value_error("can only specify one unknown dimension"));
    }
    let known: i64 = dims.iter().filter(|&&each| each >= 0).product();
    let mut result = H::Dim::zeros(dims.len());
    for (position, &each) in dims.iter().enumerate() {
        result[position] = if each >= 0 {
            each as usize
        } else if known > 0 && size as i64 % known == 0 {
            (size as i64 / known) as usize
        } else {
            return Err(impossible());
        };
    }
    if result.size() == size {
        Ok(result)
    } else {
        Err(impossible())
    }
}

raising! {
    /// `x.reshape(shape)`, -1 meaning "what is left".
    pub fn reshape / try_reshape [T: Element, S: Data<Elem = T>, D: Dimension, H: Shape](x: &ArrayBase<S, D>, shape: H) -> Array<T, H::Dim> {
        let dims = filled(&shape, x.len())?;
        Ok(Array::from_shape_vec(dims, x.iter().cloned().collect()).expect("the size was checked"))
    }

    /// `x.reshape(shape, order="F")`.
    pub fn reshape_fortran / try_reshape_fortran [T: Element, S: Data<Elem = T>, D: Dimension, H: Shape](x: &ArrayBase<S, D>, shape: H) -> Array<T, H::Dim> {
        let dims = filled(&shape, x.len())?;
        Ok(Array::from_shape_vec(ndarray::ShapeBuilder::f(dims), x.t().iter().cloned().collect()).expect("the size was checked"))
    }

    /// `np.concatenate(arrays, axis)`.
    pub fn concatenate / try_concatenate [T: Element, S: Data<Elem = T>, D: RemoveAxis](arrays: &[&ArrayBase<S, D>], axis: i64) -> Array<T, D> {
        let views: Vec<ArrayView<'_, T, D>> = arrays.iter().map(|each| each.view()).collect();
        joined(&views, axis)
    }

    /// `np.concatenate` of a list that the program built.
    pub fn concatenate_all / try_concatenate_all [T: Element, D: RemoveAxis](arrays: &[Array<T, D>], axis: i64) -> Array<T, D> {
        let views: Vec<ArrayView<'_, T, D>> = arrays.iter().map(|each| each.view()).collect();
        joined(&views, axis)
    }

    /// `np.stack(arrays, axis)`.
    pub fn stack / try_stack [T: Element, S: Data<Elem = T>, D: Dimension](arrays: &[&ArrayBase<S, D>], axis: i64) -> Array<T, D::Larger>
    where [D::Larger: RemoveAxis] {
        let views: Vec<ArrayView<'_, T, D>> = arrays.iter().map(|each| each.view()).collect();
        stacked(&views, axis)
    }

    /// `np.stack` of a list that the program built.
    pub fn stack_all / try_stack_all [T: Element, D: Dimension](arrays: &[Array<T, D>], axis: i64) -> Array<T, D::Larger>
    where [D::Larger: RemoveAxis] {
        let views: Vec<ArrayView<'_, T, D>> = arrays.iter().map(|each| each.view()).collect();
        stacked(&views, axis)
    }

    /// `np.split(x, sections, axis)`: unequal parts raise.
    pub fn split / try_split [T: Element, S: Data<Elem = T>, D: Dimension](x: &ArrayBase<S, D>, sections: i64, axis: i64) -> Vec<Array<T, D>> {
        let axis = try_axis(axis, x.ndim())?;
        Ok(pieces(x, &section_ends(x.shape()[axis], sections, true)?, axis))
    }

    /// `np.array_split(x, sections, axis)`: the first parts are one longer.
    pub fn array_split / try_array_split [T: Element, S: Data<Elem = T>, D: Dimension](x: &ArrayBase<S, D>, sections: i64, axis: i64) -> Vec<Array<T, D>> {
        let axis = try_axis(axis, x.ndim())?;
        Ok(pieces(x, &section_ends(x.shape()[axis], sections, false)?, axis))
    }

    /// `np.split(x, [positions], axis)`.
    pub fn split_at / try_split_at [T: Element, S: Data<Elem = T>, D: Dimension](x: &ArrayBase<S, D>, positions: &[i64], axis: i64) -> Vec<Array<T, D>> {
        let axis = try_axis(axis, x.ndim())?;
        Ok(pieces(x, &split_ends(x.shape()[axis], positions), axis))
    }

    /// `np.transpose(x, axes)` and `x.swapaxes(a, b)` as an order of axes.
    pub fn transpose_axes / try_transpose_axes [T: Element, S: Data<Elem = T>, D: Dimension](x: &ArrayBase<S, D>, axes: &[i64]) -> Array<T, D> {
        let rank = x.ndim();
        let order = axes.iter().map(|&axis| try_axis(axis, rank)).collect::<Outcome<Vec<usize>>>()?;
        let mut seen = order.clone();
        seen.sort_unstable();
        if seen != (0..rank).collect::<Vec<_>>() {
            return Err(value_error("axes don't match array"));
        }
        Ok(x.to_owned().into_dyn().permuted_axes(order).into_dimensionality::<D>().expect("the same rank"))
    }

    /// `np.squeeze(x, axis)`.
    pub fn squeeze / try_squeeze [T: Element, S: Data<Elem = T>, D: RemoveAxis](x: &ArrayBase<S, D>, axis: i64) -> Array<T, D::Smaller> {
        let axis = try_axis(axis, x.ndim())?;
        if x.shape()[axis] != 1 {
            return Err(value_error("cannot select an axis to squeeze out which has size not equal to one"));
        }
        Ok(x.index_axis(Axis(axis), 0).to_owned())
    }

    /// `np.broadcast_to(x, shape)`.
    pub fn broadcast_to / try_broadcast_to [A: Operand, H: Shape](x: A, shape: H) -> Array<A::Elem, H::Dim> {
        let dims = super::creation::try_dims(&shape)?;
        x.viewed(|view| match view.broadcast(dims.clone()) {
            Some(wide) => Ok(wide.to_owned()),
            None => Err(value_error(format!(
                "operands could not be broadcast together with remapped shapes [original->remapped]: {}  and requested shape {}",
                shape_text(view.shape()).replace(' ', ""),
                shape_text(dims.slice()).replace(' ', "")
            ))),
        })
    }

    /// `np.delete(x, index, axis)`.
    pub fn delete / try_delete [T: Element, S: Data<Elem = T>, D: RemoveAxis](x: &ArrayBase<S, D>, positions: &[i64], axis: i64) -> Array<T, D> {
        let axis = try_axis(axis, x.ndim())?;
        let length = x.shape()[axis];
        let mut keep = vec![true; length];
        for &each in positions {
            let place = if each < 0 { each + length as i64 } else { each };
            match keep.get_mut(usize::try_from(place).unwrap_or(usize::MAX)) {
                Some(flag) => *flag = false,
                None => return Err(super::errors::index_error(format!("index {each} is out of bounds for axis {axis} with size {length}"))),
            }
        }
        let places: Vec<usize> = (0..length).filter(|&place| keep[place]).collect();
        Ok(x.select(Axis(axis), &places))
    }
}

fn joined<T: Element, D: RemoveAxis>(
    views: &[ArrayView<'_, T, D>],
    axis: i64,
) -> Outcome<Array<T, D>> {
    let Some(first) = views.first() else {
        return Err(value_error("need at least one array to concatenate"));
    };
    let axis = try_axis(axis, first.ndim())?;
    for (which, view) in views.iter().enumerate() {
        for other in (0..first.ndim()).filter(|&other| other != axis) {
            if view.shape()[other] != first.shape()[other] {
                return Err(value_error(format!(
                    "all the input array dimensions except for the concatenation axis must match exactly, but along dimension \
                     {other}, the array at index 0 has size {} and the array at index {which} has size {}",
                    first.shape()[other],
                    view.shape()[other]
                )));
            }
        }
    }
    Ok(ndarray::concatenate(Axis(axis), views).expect("the shapes were checked"))
}

fn stacked<T: Element, D: Dimension>(
    views: &[ArrayView<'_, T, D>],
    axis: i64,
) -> Outcome<Array<T, D::Larger>>
where
    D::Larger: RemoveAxis,
{
    let Some(first) = views.first() else {
        return Err(value_error("need at least one array to stack"));
    };
    if views.iter().any(|view| view.shape() != first.shape()) {
        return Err(value_error("all input arrays must have the same shape"));
    }
    let axis = try_axis(axis, first.ndim() + 1)?;
    let wide: Vec<_> = views
        .iter()
        .map(|view| view.clone().insert_axis(Axis(axis)))
        .collect();
    Ok(ndarray::concatenate(Axis(axis), &wide).expect("the shapes were checked"))
}

/// `x.ravel()`, `x.flatten()`.
pub fn ravel<T: Element, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> Array1<T> {
    x.iter().cloned().collect()
}

/// `x.ravel(order="F")`.
pub fn ravel_fortran<T: Element, S: Data<Elem = T>, D: Dimension>(
    x: &ArrayBase<S, D>,
) -> Array1<T> {
    x.t().iter().cloned().collect()
}

/// `x.T`: the axes reversed, the memory untouched (as in NumPy, so that sums keep their order).
pub fn transpose<T: Element, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> Array<T, D> {
    x.t().to_owned()
}

/// `np.expand_dims(x, axis)`.
pub fn expand_dims<T: Element, S: Data<Elem = T>, D: Dimension>(
    x: &ArrayBase<S, D>,
    axis: i64,
) -> Array<T, D::Larger> {
    x.to_owned()
        .insert_axis(Axis(axis_position(axis, x.ndim() + 1)))
}

/// `np.column_stack` of 1-D arrays.
pub fn columns<T: Element, S: Data<Elem = T>>(arrays: &[&ArrayBase<S, Ix1>]) -> Array2<T> {
    copy(&stack(arrays, 1))
}

/// `np.trim_zeros(x, trim)`: zeros at the front, at the back, or at both ends.
pub fn trim_zeros<T: Element, S: Data<Elem = T>>(
    x: &ArrayBase<S, Ix1>,
    front: bool,
    back: bool,
) -> Array1<T> {
    let zeros = |count: usize, wanted: bool| if wanted { count } else { 0 };
    let start = zeros(x.iter().take_while(|value| !value.truth()).count(), front);
    let end = zeros(
        x.iter().rev().take_while(|value| !value.truth()).count(),
        back,
    );
    x.iter()
        .skip(start)
        .take(x.len().saturating_sub(start + end))
        .cloned()
        .collect()
}

/// A 1-D array as one column.
pub fn column<T: Element, S: Data<Elem = T>>(x: &ArrayBase<S, Ix1>) -> Array2<T> {
    x.to_owned().insert_axis(Axis(1))
}

/// A 1-D array as one row.
pub fn row<T: Element, S: Data<Elem = T>>(x: &ArrayBase<S, Ix1>) -> Array2<T> {
    x.to_owned().insert_axis(Axis(0))
}

/// `np.flip(x, axis)`.
pub fn flip_axis<T: Element, S: Data<Elem = T>, D: Dimension>(
    x: &ArrayBase<S, D>,
    axis: i64,
) -> Array<T, D> {
    let mut view = x.view();
    view.invert_axis(Axis(axis_position(axis, x.ndim())));
    copy(&view)
}

/// `np.flip(x)` along all axes.
pub fn flip<T: Element, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> Array<T, D> {
    let mut items: Vec<T> = x.iter().cloned().collect();
    items.reverse();
    Array::from_shape_vec(x.raw_dim(), items).expect("the same size")
}

/// `np.roll(x, shift)` over all elements.
pub fn roll<T: Element, S: Data<Elem = T>, D: Dimension>(
    x: &ArrayBase<S, D>,
    shift: i64,
) -> Array<T, D> {
    let mut items: Vec<T> = x.iter().cloned().collect();
    if !items.is_empty() {
        let places = shift.rem_euclid(items.len() as i64) as usize;
        items.rotate_right(places);
    }
    Array::from_shape_vec(x.raw_dim(), items).expect("the same size")
}

/// `np.roll(x, shift, axis)`.
pub fn roll_axis<T: Element, S: Data<Elem = T>, D: Dimension>(
    x: &ArrayBase<S, D>,
    shift: i64,
    axis: i64,
) -> Array<T, D> {
    let axis = axis_position(axis, x.ndim());
    let length = x.shape()[axis] as i64;
    let mut result = copy(x);
    for (mut target, source) in result
        .lanes_mut(Axis(axis))
        .into_iter()
        .zip(x.lanes(Axis(axis)))
    {
        for position in 0..length {
            target[((position + shift).rem_euclid(length)) as usize] =
                source[position as usize].clone();
        }
    }
    result
}

/// `np.rot90(x, k)`.
pub fn rot90<T: Element, S: Data<Elem = T>>(x: &ArrayBase<S, Ix2>, k: i64) -> Array2<T> {
    match k.rem_euclid(4) {
        0 => copy(x),
        1 => flip_axis(&x.t(), 0),
        2 => flip(x),
        _ => flip_axis(&x.t(), 1),
    }
}

/// `np.tile(x, repetitions)` of a 1-D array.
pub fn tile<T: Element, S: Data<Elem = T>>(x: &ArrayBase<S, Ix1>, repetitions: i64) -> Array1<T> {
    (0..repetitions.max(0))
        .flat_map(|_| x.iter().cloned())
        .collect()
}

/// `np.tile(x, (rows, columns))`.
pub fn tile2<T: Element, S: Data<Elem = T>>(
    x: &ArrayBase<S, Ix2>,
    rows: i64,
    columns: i64,
) -> Array2<T> {
    let (height, width) = x.dim();
    Array2::from_shape_fn(
        (
            height * rows.max(0) as usize,
            width * columns.max(0) as usize,
        ),
        |(i, j)| x[[i % height, j % width]].clone(),
    )
}

/// `np.repeat(x, times)` over all elements.
pub fn repeat<T: Element, S: Data<Elem = T>, D: Dimension>(
    x: &ArrayBase<S, D>,
    times: i64,
) -> Array1<T> {
    x.iter()
        .flat_map(|value| std::iter::repeat_n(value.clone(), times.max(0) as usize))
        .collect()
}

/// `np.repeat(x, counts)` with a count for each element.
pub fn repeat_each<T: Element, S: Data<Elem = T>, R: Data<Elem = i64>, D: Dimension>(
    x: &ArrayBase<S, D>,
    counts: &ArrayBase<R, Ix1>,
) -> Array1<T> {
    x.iter()
        .zip(counts.iter())
        .flat_map(|(value, &times)| std::iter::repeat_n(value.clone(), times.max(0) as usize))
        .collect()
}

/// `np.repeat(x, times, axis)`.
pub fn repeat_axis<T: Element, S: Data<Elem = T>, D: RemoveAxis>(
    x: &ArrayBase<S, D>,
    times: i64,
    axis: i64,
) -> Array<T, D> {
    let axis = axis_position(axis, x.ndim());
    let places: Vec<usize> = (0..x.shape()[axis])
        .flat_map(|place| std::iter::repeat_n(place, times.max(0) as usize))
        .collect();
    x.select(Axis(axis), &places)
}

/// `np.pad(x, ((before, after), …), constant_values=…)`.
pub fn pad<T: Element, S: Data<Elem = T>, D: Dimension>(
    x: &ArrayBase<S, D>,
    widths: &[(i64, i64)],
    value: T,
) -> Array<T, D> {
    let mut shape = x.raw_dim();
    for (axis, (before, after)) in widths.iter().enumerate() {
        shape[axis] += (before + after) as usize;
    }
    let mut result = Array::from_elem(shape, value);
    let mut inside = result.view_mut();
    for (axis, (before, _)) in widths.iter().enumerate() {
        let start = *before as isize;
        inside.slice_axis_inplace(
            Axis(axis),
            ndarray::Slice::from(start..start + x.shape()[axis] as isize),
        );
    }
    inside.zip_mut_with(x, |place, item| *place = item.clone());
    result
}

/// `np.pad(x, …, mode="edge" | "reflect" | "symmetric" | "wrap")`.
pub fn pad_mode<T: Element, S: Data<Elem = T>, D: Dimension>(
    x: &ArrayBase<S, D>,
    widths: &[(i64, i64)],
    mode: &str,
) -> Array<T, D> {
    let mut result = copy(x);
    for (axis, &(before, after)) in widths.iter().enumerate() {
        let length = result.shape()[axis] as i64;
        let source = |place: i64| -> usize {
            let place = match mode {
                "edge" => place.clamp(0, length - 1),
                "wrap" => place.rem_euclid(length),
                "symmetric" => {
                    let turn = place.rem_euclid(2 * length);
                    if turn < length {
                        turn
                    } else {
                        2 * length - 1 - turn
                    }
                }
                _ if length == 1 => 0,
                _ => {
                    let turn = place.rem_euclid(2 * length - 2);
                    if turn < length {
                        turn
                    } else {
                        2 * length - 2 - turn
                    }
                }
            };
            place as usize
        };
        let places: Vec<usize> = (-before..length + after).map(source).collect();
        let mut shape = result.raw_dim();
        shape[axis] = places.len();
        let mut wider = Array::from_elem(shape, T::zero());
        for (mut target, lane) in wider
            .lanes_mut(Axis(axis))
            .into_iter()
            .zip(result.lanes(Axis(axis)))
        {
            for (position, &place) in places.iter().enumerate() {
                target[position] = lane[place].clone();
            }
        }
        result = wider;
    }
    result
}

/// `np.diff(x, n)` along the last axis.
pub fn diff<T: Number, S: Data<Elem = T>, D: Dimension>(
    x: &ArrayBase<S, D>,
    n: i64,
    axis: i64,
) -> Array<T, D> {
    let axis = axis_position(axis, x.ndim());
    let mut result = x.to_owned();
    for _ in 0..n {
        let length = result.shape()[axis].saturating_sub(1);
        let mut shape = result.raw_dim();
        shape[axis] = length;
        let mut next = Array::from_elem(shape, T::zero());
        for (mut target, lane) in next
            .lanes_mut(Axis(axis))
            .into_iter()
            .zip(result.lanes(Axis(axis)))
        {
            for position in 0..length {
                target[position] = lane[position + 1].minus(lane[position]);
            }
        }
        result = next;
    }
    result
}

/// `x.shape` as Python ints.
pub fn shape1<T, S: Data<Elem = T>>(x: &ArrayBase<S, Ix1>) -> (i64,) {
    (x.len() as i64,)
}

/// `x.shape` of a matrix.
pub fn shape2<T, S: Data<Elem = T>>(x: &ArrayBase<S, Ix2>) -> (i64, i64) {
    (x.nrows() as i64, x.ncols() as i64)
}

/// `x.shape` of three axes.
pub fn shape4<T, S: Data<Elem = T>>(x: &ArrayBase<S, ndarray::Ix4>) -> (i64, i64, i64, i64) {
    let (a, b, c, d) = x.dim();
    (a as i64, b as i64, c as i64, d as i64)
}

/// `x.shape` of three axes.
pub fn shape3<T, S: Data<Elem = T>>(x: &ArrayBase<S, ndarray::Ix3>) -> (i64, i64, i64) {
    let (a, b, c) = x.dim();
    (a as i64, b as i64, c as i64)
}

/// `x.shape` of five axes.
pub fn shape5<T, S: Data<Elem = T>>(x: &ArrayBase<S, ndarray::Ix5>) -> (i64, i64, i64, i64, i64) {
    let (a, b, c, d, e) = x.dim();
    (a as i64, b as i64, c as i64, d as i64, e as i64)
}

/// `x.shape` of six axes.
pub fn shape6<T, S: Data<Elem = T>>(
    x: &ArrayBase<S, ndarray::Ix6>,
) -> (i64, i64, i64, i64, i64, i64) {
    let (a, b, c, d, e, f) = x.dim();
    (a as i64, b as i64, c as i64, d as i64, e as i64, f as i64)
}

/// Two axes of three as one, for reductions over both: the merged axis is the first of (0, 1), else the second of the result.
pub fn merge_axes<T: Element, S: Data<Elem = T>>(
    x: &ArrayBase<S, ndarray::Ix3>,
    first: i64,
    second: i64,
) -> Array2<T> {
    let (a, b, c) = x.dim();
    let (shape, order) = match (first, second) {
        (0, 1) => ((a * b, c), [0, 1, 2]),
        (1, 2) => ((a, b * c), [0, 1, 2]),
        _ => ((b, a * c), [1, 0, 2]),
    };
    let items = x.view().permuted_axes(order).iter().cloned().collect();
    Array2::from_shape_vec(shape, items).expect("the same size")
}

/// The axes that are reduced together as the last axis, the others before it in order.
pub fn gather_axes<T: Element, S: Data<Elem = T>, D: Dimension, E: Dimension>(
    x: &ArrayBase<S, D>,
    together: &[usize],
) -> Array<T, E> {
    let view = x.view().into_dyn();
    let mut order: Vec<usize> = (0..view.ndim())
        .filter(|axis| !together.contains(axis))
        .collect();
    let mut shape: Vec<usize> = order.iter().map(|&axis| view.shape()[axis]).collect();
    shape.push(together.iter().map(|&axis| view.shape()[axis]).product());
    order.extend(together);
    let items = view.permuted_axes(order).iter().cloned().collect();
    Array::from_shape_vec(ndarray::IxDyn(&shape), items)
        .expect("the same size")
        .into_dimensionality()
        .expect("the rank was computed at compile time")
}

/// `x.size`.
pub fn count<T, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> i64 {
    x.len() as i64
}

/// `x.shape[axis]`.
pub fn length<T, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>, axis: i64) -> i64 {
    x.shape()[axis_position(axis, x.ndim())] as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn reshape_fills_in_minus_one_or_says_why_not() {
        let x: Array1<i64> = (0..6).collect();
        assert_eq!(reshape(&x, (2, -1)), array![[0, 1, 2], [3, 4, 5]]);
        assert_eq!(
            try_reshape(&x, (4, -1)).unwrap_err().message(),
            "cannot reshape array of size 6 into shape (4,newaxis)"
        );
        assert_eq!(
            reshape(&transpose(&reshape(&x, (2, 3))), 6),
            array![0, 3, 1, 4, 2, 5]
        );
    }

    #[test]
    fn arrays_join_and_part() {
        let (a, b) = (array![1, 2], array![3, 4]);
        assert_eq!(stack(&[&a, &b], 1), array![[1, 3], [2, 4]]);
        assert_eq!(concatenate(&[&a, &b], 0), array![1, 2, 3, 4]);
        assert_eq!(
            array_split(&array![1, 2, 3], 2, 0),
            vec![array![1, 2], array![3]]
        );
        assert_eq!(
            pad_mode(&array![1, 2, 3], &[(2, 1)], "reflect"),
            array![3, 2, 1, 2, 3, 2]
        );
        assert_eq!(rot90(&array![[1, 2], [3, 4]], 1), array![[2, 4], [1, 3]]);
    }
}
