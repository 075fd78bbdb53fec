//! Reductions in NumPy's order of addition, so that sums have NumPy's bits.
//!
//! NumPy adds pairwise (blocks of 128, eight lanes) along the axis that is innermost in memory, and row by row along the others.

use super::element::{Element, Number, Real};
use super::errors::{Outcome, raising, value_error};
use super::operand::{axis_position, try_axis};
use ndarray::{
    Array, Array1, ArrayBase, ArrayView, Axis, Data, Dimension, Ix1, Ix2, RemoveAxis, Zip,
};

/// The pairwise sum of `count` numbers given by position.
pub fn pairwise<T: Number>(start: usize, count: usize, at: &impl Fn(usize) -> T) -> T {
    if T::PAIRED {
        return pairwise_of_pairs(start, count, at);
    }
    if count < 8 {
        let mut sum = T::zero();
        for position in start..start + count {
            sum = sum.plus(at(position));
        }
        return sum;
    }
    if count <= 128 {
        let mut lanes: [T; 8] = std::array::from_fn(|lane| at(start + lane));
        let even = count - count % 8;
        for block in (8..even).step_by(8) {
            for (lane, sum) in lanes.iter_mut().enumerate() {
                *sum = sum.plus(at(start + block + lane));
            }
        }
        let [a, b, c, d, e, f, g, h] = lanes;
        let mut sum = a.plus(b).plus(c.plus(d)).plus(e.plus(f).plus(g.plus(h)));
        for position in even..count {
            sum = sum.plus(at(start + position));
        }
        return sum;
    }
    let half = count / 2;
    let half = half - half % 8;
    pairwise(start, half, at).plus(pairwise(start + half, count - half, at))
}

/// The pairwise sum of complex numbers: four at a time, in blocks of 64.
fn pairwise_of_pairs<T: Number>(start: usize, count: usize, at: &impl Fn(usize) -> T) -> T {
    if count < 4 {
        return (start..start + count).fold(T::zero(), |sum, position| sum.plus(at(position)));
    }
    if count <= 64 {
        let mut lanes: [T; 4] = std::array::from_fn(|lane| at(start + lane));
        let even = count - count % 4;
        for block in (4..even).step_by(4) {
            for (lane, sum) in lanes.iter_mut().enumerate() {
                *sum = sum.plus(at(start + block + lane));
            }
        }
        let [a, b, c, d] = lanes;
        let sum = a.plus(b).plus(c.plus(d));
        return (start + even..start + count).fold(sum, |sum, position| sum.plus(at(position)));
    }
    let half = count / 2;
    let half = half - half % 4;
    pairwise_of_pairs(start, half, at).plus(pairwise_of_pairs(start + half, count - half, at))
}

/// The axes longer than 1, from the outermost in memory to the innermost, as NumPy walks them.
fn memory_order<T, D: Dimension>(view: &ArrayView<'_, T, D>) -> Vec<usize> {
    let mut axes: Vec<usize> = (0..view.ndim())
        .filter(|&axis| view.shape()[axis] > 1)
        .collect();
    axes.sort_by_key(|&axis| std::cmp::Reverse(view.strides()[axis].unsigned_abs()));
    axes
}

/// The sum of all elements, given a conversion of each.
fn sum_by<T: Element, U: Number, S: Data<Elem = T>, D: Dimension>(
    x: &ArrayBase<S, D>,
    convert: impl Fn(&T) -> U,
) -> U {
    if let Some(items) = x.as_slice_memory_order() {
        return U::zero().plus(pairwise(0, items.len(), &|position| {
            convert(&items[position])
        }));
    }
    let view = x.view();
    let order = memory_order(&view);
    let Some(&inner) = order.last() else {
        return x
            .iter()
            .fold(U::zero(), |sum, value| sum.plus(convert(value)));
    };
    let mut total = U::zero();
    let mut outer: Vec<ArrayView<'_, T, ndarray::IxDyn>> = vec![view.into_dyn()];
    // Rows along the innermost axis, visited in memory order, each summed pairwise.
    for &axis in &order[..order.len() - 1] {
        outer = outer
            .into_iter()
            .flat_map(|part| {
                (0..part.shape()[axis])
                    .map(move |position| {
                        part.clone().slice_axis_move(
                            Axis(axis),
                            ndarray::Slice::from(position..position + 1),
                        )
                    })
                    .collect::<Vec<_>>()
            })
            .collect();
    }
    for part in outer {
        let row: Vec<U> = (0..part.shape()[inner])
            .map(|position| {
                convert(
                    part.index_axis(Axis(inner), position)
                        .iter()
                        .next()
                        .expect("one element"),
                )
            })
            .collect();
        total = total.plus(pairwise(0, row.len(), &|position| row[position]));
    }
    total
}

/// The sums along an axis.
fn sum_axis_by<T: Element, U: Number, S: Data<Elem = T>, D: RemoveAxis>(
    x: &ArrayBase<S, D>,
    axis: usize,
    convert: impl Fn(&T) -> U,
) -> Array<U, D::Smaller> {
    let view = x.view();
    let innermost = memory_order(&view).last().copied();
    if innermost == Some(axis) {
        return x.map_axis(Axis(axis), |lane| {
            U::zero().plus(pairwise(0, lane.len(), &|position| {
                convert(&lane[position])
            }))
        });
    }
    let mut parts = x.axis_iter(Axis(axis));
    let Some(first) = parts.next() else {
        return Array::from_elem(x.raw_dim().remove_axis(Axis(axis)), U::zero());
    };
    let mut total = first.map(|value| U::zero().plus(convert(value)));
    for part in parts {
        Zip::from(&mut total)
            .and(&part)
            .for_each(|sum, value| *sum = sum.plus(convert(value)));
    }
    total
}

/// `np.sum(x)`.
pub fn sum<T: Number, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> T::Sum {
    sum_by(x, |value| value.widen())
}

/// `np.mean(x)`.
pub fn mean<T: Number, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> T::Real {
    sum_by(x, |value| value.real()).divide(T::Real::from_i64(x.len() as i64))
}

/// `np.var(x, ddof=…)`.
pub fn var<T: Number, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>, ddof: i64) -> T::Real {
    let center = mean(x);
    let spread = x.map(|value| {
        let off = value.real().minus(center);
        off.times(off)
    });
    sum_by(&spread, |&value| value).divide(T::Real::from_i64((x.len() as i64 - ddof).max(0)))
}

/// `np.std(x, ddof=…)`.
pub fn std<T: Number, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>, ddof: i64) -> T::Real {
    var(x, ddof).root()
}

/// `np.prod(x)`.
pub fn prod<T: Number, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> T::Sum {
    match x.as_slice_memory_order() {
        Some(items) => items
            .iter()
            .fold(T::Sum::ONE, |product, value| product.times(value.widen())),
        None => x
            .iter()
            .fold(T::Sum::ONE, |product, value| product.times(value.widen())),
    }
}

/// Puts an axis of length 1 where a reduction took one away (`keepdims=True`).
pub fn keep_axis<T, D: Dimension>(reduced: Array<T, D>, axis: i64) -> Array<T, D::Larger> {
    let axis = axis_position(axis, reduced.ndim() + 1);
    reduced.insert_axis(Axis(axis))
}

raising! {
    /// `np.sum(x, axis=…)`.
    pub fn sum_axis / try_sum_axis [T: Number, S: Data<Elem = T>, D: RemoveAxis](x: &ArrayBase<S, D>, axis: i64) -> Array<T::Sum, D::Smaller> {
        Ok(sum_axis_by(x, try_axis(axis, x.ndim())?, |value| value.widen()))
    }

    /// `np.mean(x, axis=…)`.
    pub fn mean_axis / try_mean_axis [T: Number, S: Data<Elem = T>, D: RemoveAxis](x: &ArrayBase<S, D>, axis: i64) -> Array<T::Real, D::Smaller> {
        let axis = try_axis(axis, x.ndim())?;
        let count = T::Real::from_i64(x.shape()[axis] as i64);
        Ok(sum_axis_by(x, axis, |value| value.real()).mapv_into(|sum| sum.divide(count)))
    }

    /// `np.var(x, axis=…, ddof=…)`.
    pub fn var_axis / try_var_axis [T: Number, S: Data<Elem = T>, D: RemoveAxis](x: &ArrayBase<S, D>, axis: i64, ddof: i64) -> Array<T::Real, D::Smaller> {
        let position = try_axis(axis, x.ndim())?;
        let center = try_mean_axis(x, axis)?;
        let mut spread = x.map(|value| value.real());
        for mut part in spread.axis_iter_mut(Axis(position)) {
            Zip::from(&mut part).and(&center).for_each(|value, &middle| {
                let off = value.minus(middle);
                *value = off.times(off);
            });
        }
        let count = T::Real::from_i64((x.shape()[position] as i64 - ddof).max(0));
        Ok(sum_axis_by(&spread, position, |&value| value).mapv_into(|sum| sum.divide(count)))
    }

    /// `np.std(x, axis=…, ddof=…)`.
    pub fn std_axis / try_std_axis [T: Number, S: Data<Elem = T>, D: RemoveAxis](x: &ArrayBase<S, D>, axis: i64, ddof: i64) -> Array<T::Real, D::Smaller> {
        Ok(try_var_axis(x, axis, ddof)?.mapv_into(|value| value.root()))
    }

    /// `np.prod(x, axis=…)`.
    pub fn prod_axis / try_prod_axis [T: Number, S: Data<Elem = T>, D: RemoveAxis](x: &ArrayBase<S, D>, axis: i64) -> Array<T::Sum, D::Smaller> {
        Ok(x.map_axis(Axis(try_axis(axis, x.ndim())?), |lane| lane.iter().fold(T::Sum::ONE, |product, value| product.times(value.widen()))))
    }

    /// `np.max(x)`: NaN wins; an empty array raises.
    pub fn max / try_max [T: Number, S: Data<Elem = T>, D: Dimension](x: &ArrayBase<S, D>) -> T {
        extreme(x.iter(), T::gt).ok_or_else(|| value_error("zero-size array to reduction operation maximum which has no identity"))
    }

    /// `np.min(x)`: NaN wins; an empty array raises.
    pub fn min / try_min [T: Number, S: Data<Elem = T>, D: Dimension](x: &ArrayBase<S, D>) -> T {
        extreme(x.iter(), T::lt).ok_or_else(|| value_error("zero-size array to reduction operation minimum which has no identity"))
    }

    /// `np.max(x, axis=…)`.
    pub fn max_axis / try_max_axis [T: Number, S: Data<Elem = T>, D: RemoveAxis](x: &ArrayBase<S, D>, axis: i64) -> Array<T, D::Smaller> {
        extreme_axis(x, axis, T::gt, "maximum")
    }

    /// `np.min(x, axis=…)`.
    pub fn min_axis / try_min_axis [T: Number, S: Data<Elem = T>, D: RemoveAxis](x: &ArrayBase<S, D>, axis: i64) -> Array<T, D::Smaller> {
        extreme_axis(x, axis, T::lt, "minimum")
    }

    /// `np.argmax(x)`: the first of equals; the first NaN wins.
    pub fn argmax / try_argmax [T: Number, S: Data<Elem = T>, D: Dimension](x: &ArrayBase<S, D>) -> i64 {
        position_of(x.iter(), T::gt).ok_or_else(|| value_error("attempt to get argmax of an empty sequence"))
    }

    /// `np.argmin(x)`.
    pub fn argmin / try_argmin [T: Number, S: Data<Elem = T>, D: Dimension](x: &ArrayBase<S, D>) -> i64 {
        position_of(x.iter(), T::lt).ok_or_else(|| value_error("attempt to get argmin of an empty sequence"))
    }

    /// `np.argmax(x, axis=…)`.
    pub fn argmax_axis / try_argmax_axis [T: Number, S: Data<Elem = T>, D: RemoveAxis](x: &ArrayBase<S, D>, axis: i64) -> Array<i64, D::Smaller> {
        let axis = try_axis(axis, x.ndim())?;
        if x.shape()[axis] == 0 {
            return Err(value_error("attempt to get argmax of an empty sequence"));
        }
        Ok(x.map_axis(Axis(axis), |lane| position_of(lane.iter(), T::gt).expect("not empty")))
    }

    /// `np.argmin(x, axis=…)`.
    pub fn argmin_axis / try_argmin_axis [T: Number, S: Data<Elem = T>, D: RemoveAxis](x: &ArrayBase<S, D>, axis: i64) -> Array<i64, D::Smaller> {
        let axis = try_axis(axis, x.ndim())?;
        if x.shape()[axis] == 0 {
            return Err(value_error("attempt to get argmin of an empty sequence"));
        }
        Ok(x.map_axis(Axis(axis), |lane| position_of(lane.iter(), T::lt).expect("not empty")))
    }

    /// `np.any(x, axis=…)`.
    pub fn any_axis / try_any_axis [T: Element, S: Data<Elem = T>, D: RemoveAxis](x: &ArrayBase<S, D>, axis: i64) -> Array<bool, D::Smaller> {
        Ok(x.map_axis(Axis(try_axis(axis, x.ndim())?), |lane| lane.iter().any(T::truth)))
    }

    /// `np.all(x, axis=…)`.
    pub fn all_axis / try_all_axis [T: Element, S: Data<Elem = T>, D: RemoveAxis](x: &ArrayBase<S, D>, axis: i64) -> Array<bool, D::Smaller> {
        Ok(x.map_axis(Axis(try_axis(axis, x.ndim())?), |lane| lane.iter().all(T::truth)))
    }

    /// `np.count_nonzero(x, axis=…)`.
    pub fn count_nonzero_axis / try_count_nonzero_axis [T: Element, S: Data<Elem = T>, D: RemoveAxis](x: &ArrayBase<S, D>, axis: i64) -> Array<i64, D::Smaller> {
        Ok(x.map_axis(Axis(try_axis(axis, x.ndim())?), |lane| lane.iter().filter(|value| value.truth()).count() as i64))
    }

    /// `np.ptp(x)`.
    pub fn ptp / try_ptp [T: Number, S: Data<Elem = T>, D: Dimension](x: &ArrayBase<S, D>) -> T {
        Ok(try_max(x)?.minus(try_min(x)?))
    }

    /// `np.ptp(x, axis=…)`.
    pub fn ptp_axis / try_ptp_axis [T: Number, S: Data<Elem = T>, D: RemoveAxis](x: &ArrayBase<S, D>, axis: i64) -> Array<T, D::Smaller> {
        let low = try_min_axis(x, axis)?;
        let mut high = try_max_axis(x, axis)?;
        Zip::from(&mut high).and(&low).for_each(|top, &bottom| *top = top.minus(bottom));
        Ok(high)
    }

    /// `np.cumsum(x, axis=…)`.
    pub fn cumsum_axis / try_cumsum_axis [T: Number, S: Data<Elem = T>, D: RemoveAxis](x: &ArrayBase<S, D>, axis: i64) -> Array<T::Sum, D> {
        let axis = try_axis(axis, x.ndim())?;
        Ok(accumulated(x.map(|value| value.widen()), axis, |sum, value| sum.plus(value)))
    }

    /// `np.cumprod(x, axis=…)`.
    pub fn cumprod_axis / try_cumprod_axis [T: Number, S: Data<Elem = T>, D: RemoveAxis](x: &ArrayBase<S, D>, axis: i64) -> Array<T::Sum, D> {
        let axis = try_axis(axis, x.ndim())?;
        Ok(accumulated(x.map(|value| value.widen()), axis, |product, value| product.times(value)))
    }

    /// `np.maximum.accumulate(x, axis=…)`.
    pub fn cummax_axis / try_cummax_axis [T: Number, S: Data<Elem = T>, D: RemoveAxis](x: &ArrayBase<S, D>, axis: i64) -> Array<T, D> {
        let axis = try_axis(axis, x.ndim())?;
        Ok(accumulated(x.to_owned(), axis, |best, value| if best.is_nan() || best >= value { best } else { value }))
    }

    /// `np.minimum.accumulate(x, axis=…)`.
    pub fn cummin_axis / try_cummin_axis [T: Number, S: Data<Elem = T>, D: RemoveAxis](x: &ArrayBase<S, D>, axis: i64) -> Array<T, D> {
        let axis = try_axis(axis, x.ndim())?;
        Ok(accumulated(x.to_owned(), axis, |best, value| if best.is_nan() || best <= value { best } else { value }))
    }
}

fn accumulated<T: Number, D: Dimension>(
    mut x: Array<T, D>,
    axis: usize,
    combine: impl Fn(T, T) -> T,
) -> Array<T, D> {
    for mut lane in x.lanes_mut(Axis(axis)) {
        for position in 1..lane.len() {
            lane[position] = combine(lane[position - 1], lane[position]);
        }
    }
    x
}

/// `np.cumsum(x)` over all elements in row order.
pub fn cumsum<T: Number, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> Array1<T::Sum> {
    accumulated(
        x.iter().map(|value| value.widen()).collect(),
        0,
        |sum, value| sum.plus(value),
    )
}

/// `np.cumprod(x)` over all elements in row order.
pub fn cumprod<T: Number, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> Array1<T::Sum> {
    accumulated(
        x.iter().map(|value| value.widen()).collect(),
        0,
        |product, value| product.times(value),
    )
}

fn extreme<'a, T: Number>(
    items: impl Iterator<Item = &'a T>,
    better: fn(&T, &T) -> bool,
) -> Option<T> {
    let mut best: Option<T> = None;
    for &value in items {
        best = match best {
            None => Some(value),
            Some(found) if found.is_nan() => return best,
            Some(found) => Some(if value.is_nan() || better(&value, &found) {
                value
            } else {
                found
            }),
        };
    }
    best
}

fn extreme_axis<T: Number, S: Data<Elem = T>, D: RemoveAxis>(
    x: &ArrayBase<S, D>,
    axis: i64,
    better: fn(&T, &T) -> bool,
    name: &str,
) -> Outcome<Array<T, D::Smaller>> {
    let axis = try_axis(axis, x.ndim())?;
    if x.shape()[axis] == 0 {
        return Err(value_error(format!(
            "zero-size array to reduction operation {name} which has no identity"
        )));
    }
    Ok(x.map_axis(Axis(axis), |lane| {
        extreme(lane.iter(), better).expect("not empty")
    }))
}

fn position_of<'a, T: Number>(
    items: impl Iterator<Item = &'a T>,
    better: fn(&T, &T) -> bool,
) -> Option<i64> {
    let mut best: Option<(usize, T)> = None;
    for (position, &value) in items.enumerate() {
        match best {
            Some((_, found)) if found.is_nan() => break,
            Some((_, found)) if !(value.is_nan() || better(&value, &found)) => {}
            _ => best = Some((position, value)),
        }
    }
    best.map(|(position, _)| position as i64)
}

/// `np.any(x)`.
pub fn any<T: Element, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> bool {
    x.iter().any(T::truth)
}

/// `np.all(x)`.
pub fn all<T: Element, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> bool {
    x.iter().all(T::truth)
}

/// `np.count_nonzero(x)`.
pub fn count_nonzero<T: Element, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> i64 {
    x.iter().filter(|value| value.truth()).count() as i64
}

/// The elements that are not NaN, in row order: what the `nan…` functions of all elements look at.
pub fn without_nan<T: Number, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> Array1<T> {
    x.iter().copied().filter(|value| !value.is_nan()).collect()
}

/// The array with NaN replaced by a number (how NumPy sums around NaN).
pub fn nan_replaced<T: Number, S: Data<Elem = T>, D: Dimension>(
    x: &ArrayBase<S, D>,
    value: T,
) -> Array<T, D> {
    x.map(|each| if each.is_nan() { value } else { *each })
}

/// `np.nansum(x)`.
pub fn nansum<T: Number, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> T::Sum {
    sum(&nan_replaced(x, T::zero()))
}

/// `np.nanmean(x)`.
pub fn nanmean<T: Real, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> T {
    nansum(x).divide(T::from_i64(without_nan(x).len() as i64))
}

/// `np.nanvar(x, ddof=…)`.
pub fn nanvar<T: Real, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>, ddof: i64) -> T {
    let center = nanmean(x);
    let spread = x.map(|value| {
        if value.is_nan() {
            return T::zero();
        }
        let off = value.minus(center);
        off.times(off)
    });
    let count = without_nan(x).len() as i64 - ddof;
    if count <= 0 {
        return T::NAN;
    }
    sum(&spread).divide(T::from_i64(count))
}

/// `np.nanstd(x, ddof=…)`.
pub fn nanstd<T: Real, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>, ddof: i64) -> T {
    nanvar(x, ddof).root()
}

/// `np.nanmax(x)`.
pub fn nanmax<T: Real, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> T {
    extreme(without_nan(x).iter(), T::gt).unwrap_or(T::NAN)
}

/// `np.nanmin(x)`.
pub fn nanmin<T: Real, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> T {
    extreme(without_nan(x).iter(), T::lt).unwrap_or(T::NAN)
}

raising! {
    /// A `nan…` function of all elements, applied along an axis.
    pub fn along_axis / try_along_axis [T: Element, U, S: Data<Elem = T>, D: RemoveAxis, F: Fn(&Array1<T>) -> U](x: &ArrayBase<S, D>, axis: i64, function: F) -> Array<U, D::Smaller> {
        Ok(x.map_axis(Axis(try_axis(axis, x.ndim())?), |lane| function(&lane.to_owned())))
    }

    /// `np.apply_along_axis` of a function that gives a vector, on a matrix.
    pub fn apply_vectors / try_apply_vectors [T: Element, U: Element, S: Data<Elem = T>, F: Fn(&Array1<T>) -> Array1<U>](x: &ArrayBase<S, Ix2>, axis: i64, function: F) -> Array<U, Ix2> {
        let along = try_axis(axis, 2)?;
        let made: Vec<Array1<U>> = x.lanes(Axis(along)).into_iter().map(|lane| function(&lane.to_owned())).collect();
        let width = made.first().map_or(0, Array1::len);
        if made.iter().any(|each| each.len() != width) {
            return Err(value_error("could not broadcast input array from one length into another"));
        }
        Ok(if along == 1 {
            Array::from_shape_fn((made.len(), width), |(row, column)| made[row][column].clone())
        } else {
            Array::from_shape_fn((width, made.len()), |(row, column)| made[column][row].clone())
        })
    }
}

/// `np.dot(a, b)` of two vectors of integers, wrapping.
pub fn dot_vectors<T: Number>(a: &ArrayView<'_, T, Ix1>, b: &ArrayView<'_, T, Ix1>) -> T {
    a.iter()
        .zip(b.iter())
        .fold(T::zero(), |sum, (&x, &y)| sum.plus(x.times(y)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn a_long_sum_is_added_pairwise() {
        // np.sum(np.arange(1, 1001) / 10.0 * 0.7) and the plain loop differ in the last bits.
        let x: Array1<f64> = (1..=1000).map(|each| each as f64 / 10.0 * 0.7).collect();
        assert_eq!(sum(&x), 35035.0);
        assert_ne!(x.iter().sum::<f64>(), 35035.0);
    }

    #[test]
    fn axes_keep_their_place() {
        let x = array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
        assert_eq!(sum_axis(&x, 0), array![5.0, 7.0, 9.0]);
        assert_eq!(mean_axis(&x, -1), array![2.0, 5.0]);
        assert_eq!(keep_axis(mean_axis(&x, 1), 1), array![[2.0], [5.0]]);
        assert_eq!(var(&x, 1), 3.5);
    }

    #[test]
    fn nan_wins_a_maximum_and_ends_the_search() {
        let x = array![1.0, f64::NAN, 3.0];
        assert!(max(&x).is_nan());
        assert_eq!(argmax(&x), 1);
        assert_eq!(nanmax(&x), 3.0);
    }

    #[test]
    fn an_empty_maximum_raises() {
        let message = try_max(&Array1::<f64>::zeros(0)).unwrap_err().message();
        assert_eq!(
            message,
            "zero-size array to reduction operation maximum which has no identity"
        );
    }
}
