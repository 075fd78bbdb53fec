//! Sorting, searching, sets and counting.

use super::element::{Element, Integer, Number};
use super::errors::{Outcome, raising, value_error};
use super::operand::{Operand, axis_position};
use super::quick_order::{quick_order, quick_select};
use ndarray::{Array, Array1, Array2, ArrayBase, Axis, Data, DataMut, Dimension, Ix1};

/// `np.sort(x, axis)`.
pub fn sort<T: Element, S: Data<Elem = T>, D: Dimension>(
    x: &ArrayBase<S, D>,
    axis: i64,
) -> Array<T, D> {
    let mut result = super::creation::copy(x);
    sort_in_place(&mut result, axis);
    result
}

/// `x.sort(axis)`.
pub fn sort_in_place<T: Element, S: DataMut<Elem = T>, D: Dimension>(
    x: &mut ArrayBase<S, D>,
    axis: i64,
) {
    let axis = axis_position(axis, x.ndim());
    for mut lane in x.lanes_mut(Axis(axis)) {
        let mut items = lane.to_vec();
        items.sort_by(T::order);
        lane.iter_mut()
            .zip(items)
            .for_each(|(place, item)| *place = item);
    }
}

fn ordered<T: Element, S: Data<Elem = T>, D: Dimension>(
    x: &ArrayBase<S, D>,
    axis: i64,
    order: impl Fn(&[T]) -> Vec<usize>,
) -> Array<i64, D> {
    let axis = axis_position(axis, x.ndim());
    let mut result = Array::from_elem(x.raw_dim(), 0i64);
    for (mut target, lane) in result
        .lanes_mut(Axis(axis))
        .into_iter()
        .zip(x.lanes(Axis(axis)))
    {
        target
            .iter_mut()
            .zip(order(&lane.to_vec()))
            .for_each(|(place, item)| *place = item as i64);
    }
    result
}

/// `np.argsort(x, axis)`: equal items stand as NumPy's default leaves them.
pub fn argsort<T: Element, S: Data<Elem = T>, D: Dimension>(
    x: &ArrayBase<S, D>,
    axis: i64,
) -> Array<i64, D> {
    ordered(x, axis, quick_order)
}

/// The wanted places of a partition, counted from the start.
fn wanted(kth: &[i64], length: usize) -> Outcome<Vec<usize>> {
    kth.iter()
        .map(|&each| {
            let at = if each < 0 { each + length as i64 } else { each };
            usize::try_from(at)
                .ok()
                .filter(|&at| at < length)
                .ok_or_else(|| value_error(format!("kth(={at}) out of bounds ({length})")))
        })
        .collect()
}

fn partitioned<T: Element, S: Data<Elem = T>, D: Dimension, U: Clone>(
    x: &ArrayBase<S, D>,
    kth: &[i64],
    axis: i64,
    empty: U,
    order: impl Fn(&[T], &[usize]) -> Outcome<Vec<U>>,
) -> Outcome<Array<U, D>> {
    let axis = axis_position(axis, x.ndim());
    let wanted = wanted(kth, x.shape()[axis])?;
    let mut result = Array::from_elem(x.raw_dim(), empty);
    for (mut target, lane) in result
        .lanes_mut(Axis(axis))
        .into_iter()
        .zip(x.lanes(Axis(axis)))
    {
        let found = order(&lane.to_vec(), &wanted)?;
        target
            .iter_mut()
            .zip(found)
            .for_each(|(place, item)| *place = item);
    }
    Ok(result)
}

/// Ends the program: what NumPy would have answered is not known, and no `except` of it may take that for an error of its own.
fn not_known(what: &str) -> ! {
    crate::py::unsupported(&format!(
        "the order in which NumPy leaves the parts of this array is not known: {what}"
    ))
}

raising! {
    /// `np.argpartition(x, kth, axis)`, in NumPy's order.
    pub fn argpartition/try_argpartition[T: Element, S: Data<Elem = T>, D: Dimension](
        x: &ArrayBase<S, D>,
        kth: &[i64],
        axis: i64
    ) -> Array<i64, D> {
        partitioned(x, kth, axis, 0, |items, at| {
            let places = quick_select(items, at).unwrap_or_else(|| not_known("sort it"));
            Ok(places.into_iter().map(|place| place as i64).collect())
        })
    }

    /// `np.partition(x, kth, axis)`: NumPy sorts short vectors whole.
    pub fn partition/try_partition[T: Element, S: Data<Elem = T>, D: Dimension](
        x: &ArrayBase<S, D>,
        kth: &[i64],
        axis: i64
    ) -> Array<T, D> {
        if x.is_empty() {
            return Ok(super::creation::copy(x));
        }
        let first = x.iter().next().expect("an item").clone();
        partitioned(x, kth, axis, first, |items, at| {
            let places = quick_select(items, at).unwrap_or_else(|| not_known("sort it"));
            if items.len() > 256 {
                not_known("it has more than 256 items");
            }
            Ok(places.into_iter().map(|place| items[place].clone()).collect())
        })
    }
}

/// `np.argsort(x, axis, kind="stable")`: equal items keep their order.
pub fn argsort_stable<T: Element, S: Data<Elem = T>, D: Dimension>(
    x: &ArrayBase<S, D>,
    axis: i64,
) -> Array<i64, D> {
    ordered(x, axis, |items| {
        let mut places: Vec<usize> = (0..items.len()).collect();
        places.sort_by(|&a, &b| items[a].order(&items[b]));
        places
    })
}

/// `np.lexsort(keys)`: the last key counts most.
pub fn lexsort<T: Element>(keys: &[&Array1<T>]) -> Array1<i64> {
    let length = keys.first().map_or(0, |key| key.len());
    let mut places: Vec<usize> = (0..length).collect();
    places.sort_by(|&a, &b| {
        keys.iter()
            .rev()
            .map(|key| key[a].order(&key[b]))
            .find(|order| order.is_ne())
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    places.into_iter().map(|place| place as i64).collect()
}

/// `np.lexsort(keys)` of a matrix, whose rows are the keys.
pub fn lexsort_rows<T: Element, S: Data<Elem = T>>(
    keys: &ArrayBase<S, ndarray::Ix2>,
) -> Array1<i64> {
    let rows: Vec<Array1<T>> = keys.rows().into_iter().map(|row| row.to_owned()).collect();
    lexsort(&rows.iter().collect::<Vec<_>>())
}

/// What `np.unique` can tell: sorted values, first positions, inverse, counts.
pub struct Unique<T> {
    pub values: Array1<T>,
    pub index: Array1<i64>,
    pub inverse: Array1<i64>,
    pub counts: Array1<i64>,
}

/// `np.unique(x, return_index=…, return_inverse=…, return_counts=…)`.
pub fn unique_all<T: Element, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> Unique<T> {
    let items: Vec<T> = x.iter().cloned().collect();
    let mut places: Vec<usize> = (0..items.len()).collect();
    places.sort_by(|&a, &b| items[a].order(&items[b]));
    let (mut values, mut index, mut counts) = (Vec::new(), Vec::new(), Vec::<i64>::new());
    let mut inverse = vec![0i64; items.len()];
    for place in places {
        if values
            .last()
            .is_some_and(|last: &T| last.same(&items[place]))
        {
            *counts.last_mut().expect("a group is open") += 1;
        } else {
            values.push(items[place].clone());
            index.push(place as i64);
            counts.push(1);
        }
        inverse[place] = values.len() as i64 - 1;
    }
    Unique {
        values: values.into(),
        index: index.into(),
        inverse: inverse.into(),
        counts: counts.into(),
    }
}

/// `np.unique(x)`.
pub fn unique<T: Element, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> Array1<T> {
    unique_all(x).values
}

/// `np.unique(x, return_counts=True)`.
pub fn unique_counts<T: Element, S: Data<Elem = T>, D: Dimension>(
    x: &ArrayBase<S, D>,
) -> (Array1<T>, Array1<i64>) {
    let found = unique_all(x);
    (found.values, found.counts)
}

/// `np.unique(x, axis=0)`: the different rows, sorted.
pub fn unique_rows<T: Element, S: Data<Elem = T>>(x: &ArrayBase<S, ndarray::Ix2>) -> Array2<T> {
    let mut rows: Vec<Vec<T>> = x.axis_iter(Axis(0)).map(|row| row.to_vec()).collect();
    let order = |a: &Vec<T>, b: &Vec<T>| {
        a.iter()
            .zip(b)
            .map(|(left, right)| left.order(right))
            .find(|each| each.is_ne())
            .unwrap_or(std::cmp::Ordering::Equal)
    };
    rows.sort_by(order);
    rows.dedup_by(|a, b| order(a, b).is_eq());
    let width = x.ncols();
    Array2::from_shape_vec((rows.len(), width), rows.into_iter().flatten().collect())
        .expect("rows of one length")
}

fn place<T: Element, S: Data<Elem = T>>(sorted: &ArrayBase<S, Ix1>, value: &T, right: bool) -> i64 {
    let (mut low, mut high) = (0, sorted.len());
    while low < high {
        let middle = (low + high) / 2;
        let order = sorted[middle].order(value);
        if order.is_lt() || (right && order.is_eq()) {
            low = middle + 1
        } else {
            high = middle
        }
    }
    low as i64
}

/// `np.searchsorted(sorted, value, side)` of one value.
pub fn searchsorted_one<T: Element, S: Data<Elem = T>>(
    sorted: &ArrayBase<S, Ix1>,
    value: T,
    right: bool,
) -> i64 {
    place(sorted, &value, right)
}

/// `np.searchsorted(sorted, values, side)`.
pub fn searchsorted<T: Element, S: Data<Elem = T>, A: super::operand::Operand<Elem = T>>(
    sorted: &ArrayBase<S, Ix1>,
    values: A,
    right: bool,
) -> A::Mapped<i64> {
    values.mapped(|value| place(sorted, value, right))
}

raising! {
    /// `np.digitize(x, bins, right)`.
    pub fn digitize / try_digitize [T: Number, S: Data<Elem = T>, A: super::operand::Operand<Elem = T>](values: A, bins: &ArrayBase<S, Ix1>, right: bool) -> A::Mapped<i64> {
        let rising = bins.windows(2).into_iter().all(|pair| pair[0] <= pair[1]);
        let falling = bins.windows(2).into_iter().all(|pair| pair[0] >= pair[1]);
        if !rising && !falling {
            return Err(value_error("bins must be monotonically increasing or decreasing"));
        }
        if rising {
            return Ok(searchsorted(bins, values, !right));
        }
        let mut turned = bins.to_vec();
        turned.reverse();
        let (turned, count) = (Array1::from_vec(turned), bins.len() as i64);
        Ok(values.mapped(|value| count - place(&turned, value, right)))
    }

    /// `np.bincount(x, minlength=…)`.
    pub fn bincount / try_bincount [T: Integer, S: Data<Elem = T>](x: &ArrayBase<S, Ix1>, minlength: i64) -> Array1<i64> {
        let ones = Array1::from_elem(x.len(), 1i64);
        counted(x, &ones, minlength)
    }

    /// `np.bincount(x, weights=…, minlength=…)`.
    pub fn bincount_weighted / try_bincount_weighted [T: Integer, S: Data<Elem = T>, R: Data<Elem = f64>](x: &ArrayBase<S, Ix1>, weights: &ArrayBase<R, Ix1>, minlength: i64) -> Array1<f64> {
        if weights.len() != x.len() {
            return Err(value_error("The weights and list don't have the same length."));
        }
        counted(x, weights, minlength)
    }
}

fn counted<T: Integer, U: Number, S: Data<Elem = T>, R: Data<Elem = U>>(
    x: &ArrayBase<S, Ix1>,
    weights: &ArrayBase<R, Ix1>,
    minlength: i64,
) -> super::errors::Outcome<Array1<U>> {
    if x.iter().any(|value| value.to_i64() < 0) {
        return Err(value_error(
            "'list' argument must have no negative elements",
        ));
    }
    let longest = x
        .iter()
        .map(|value| value.to_i64() + 1)
        .max()
        .unwrap_or(0)
        .max(minlength);
    let mut counts = Array1::from_elem(longest as usize, U::zero());
    for (value, &weight) in x.iter().zip(weights.iter()) {
        let place = value.to_i64() as usize;
        counts[place] = counts[place].plus(weight);
    }
    Ok(counts)
}

/// `np.nonzero(x)[0]`, `np.where(x)[0]`, `np.flatnonzero(x)`: positions in row order.
pub fn flatnonzero<T: Element, S: Data<Elem = T>, D: Dimension>(
    x: &ArrayBase<S, D>,
) -> Array1<i64> {
    x.iter()
        .enumerate()
        .filter(|(_, value)| value.truth())
        .map(|(place, _)| place as i64)
        .collect()
}

/// `np.argwhere(x)`: one row of indices for each true element.
pub fn argwhere<T: Element, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> Array2<i64> {
    let shape = x.shape();
    let mut items = Vec::new();
    let mut count = 0;
    for (flat, value) in x.iter().enumerate() {
        if value.truth() {
            let mut rest = flat;
            let start = items.len();
            for &length in shape.iter().rev() {
                items.insert(start, (rest % length) as i64);
                rest /= length;
            }
            count += 1;
        }
    }
    Array2::from_shape_vec((count, shape.len()), items).expect("one index for each axis")
}

/// `np.nonzero(x)` of a vector.
pub fn nonzero1<T: Element, S: Data<Elem = T>>(x: &ArrayBase<S, Ix1>) -> (Array1<i64>,) {
    (flatnonzero(x),)
}

/// `np.nonzero(x)` of a matrix.
pub fn nonzero2<T: Element, S: Data<Elem = T>>(
    x: &ArrayBase<S, ndarray::Ix2>,
) -> (Array1<i64>, Array1<i64>) {
    let places = argwhere(x);
    (places.column(0).to_owned(), places.column(1).to_owned())
}

/// `np.nonzero(x)` of three axes.
pub fn nonzero3<T: Element, S: Data<Elem = T>>(
    x: &ArrayBase<S, ndarray::Ix3>,
) -> (Array1<i64>, Array1<i64>, Array1<i64>) {
    let places = argwhere(x);
    (
        places.column(0).to_owned(),
        places.column(1).to_owned(),
        places.column(2).to_owned(),
    )
}

/// `np.unravel_index(flat, (rows, columns))`.
pub fn unravel2(flat: i64, shape: (i64, i64)) -> (i64, i64) {
    if flat < 0 || flat >= shape.0 * shape.1 {
        let message = format!(
            "index {flat} is out of bounds for array with size {}",
            shape.0 * shape.1
        );
        super::errors::or_throw::<()>(Err(value_error(message)));
    }
    (flat / shape.1, flat % shape.1)
}

/// `np.unravel_index(flat, shape)`: one array, or number, for each axis.
pub fn unravel<const N: usize, A: Operand<Elem = i64> + Copy>(
    flat: A,
    shape: [i64; N],
) -> [A::Mapped<i64>; N] {
    let size: i64 = shape.iter().product();
    std::array::from_fn(|axis| {
        let inner: i64 = shape[axis + 1..].iter().product();
        flat.mapped(|&place| {
            if place < 0 || place >= size {
                let message = format!("index {place} is out of bounds for array with size {size}");
                super::errors::or_throw::<()>(Err(value_error(message)));
            }
            place / inner % shape[axis]
        })
    })
}

/// `np.isin(x, among)`.
pub fn isin<T: Element, S: Data<Elem = T>, R: Data<Elem = T>, D: Dimension, E: Dimension>(
    x: &ArrayBase<S, D>,
    among: &ArrayBase<R, E>,
) -> Array<bool, D> {
    let sorted = unique(among);
    // NaN is in nothing.
    x.map(|value| {
        sorted
            .get(place(&sorted, value, false) as usize)
            .is_some_and(|found| found.order(value).is_eq() && (found.truth() == value.truth()))
    })
}

/// `np.union1d(a, b)`.
pub fn union1d<T: Element, S: Data<Elem = T>, R: Data<Elem = T>, D: Dimension, E: Dimension>(
    a: &ArrayBase<S, D>,
    b: &ArrayBase<R, E>,
) -> Array1<T> {
    unique(&a.iter().chain(b.iter()).cloned().collect::<Array1<T>>())
}

/// `np.intersect1d(a, b)`.
pub fn intersect1d<T: Element, S: Data<Elem = T>, R: Data<Elem = T>, D: Dimension, E: Dimension>(
    a: &ArrayBase<S, D>,
    b: &ArrayBase<R, E>,
) -> Array1<T> {
    let other = unique(b);
    unique(a)
        .iter()
        .filter(|value| contains(&other, value))
        .cloned()
        .collect()
}

/// `np.setdiff1d(a, b)`.
pub fn setdiff1d<T: Element, S: Data<Elem = T>, R: Data<Elem = T>, D: Dimension, E: Dimension>(
    a: &ArrayBase<S, D>,
    b: &ArrayBase<R, E>,
) -> Array1<T> {
    let other = unique(b);
    unique(a)
        .iter()
        .filter(|value| !contains(&other, value))
        .cloned()
        .collect()
}

/// `np.setxor1d(a, b)`.
pub fn setxor1d<T: Element, S: Data<Elem = T>, R: Data<Elem = T>, D: Dimension, E: Dimension>(
    a: &ArrayBase<S, D>,
    b: &ArrayBase<R, E>,
) -> Array1<T> {
    union1d(&setdiff1d(a, b), &setdiff1d(b, a))
}

fn contains<T: Element>(sorted: &Array1<T>, value: &T) -> bool {
    sorted
        .get(place(sorted, value, false) as usize)
        .is_some_and(|found| found.order(value).is_eq())
}

/// `value in x`.
pub fn holds<T: super::elementwise::Equality, S: Data<Elem = T>, D: Dimension>(
    x: &ArrayBase<S, D>,
    value: &T,
) -> bool {
    x.iter().any(|each| each.equals(value))
}

/// `np.extract(condition, x)` and `np.compress` of all elements.
pub fn extract<T: Element, S: Data<Elem = T>, R: Data<Elem = bool>, D: Dimension>(
    condition: &ArrayBase<R, D>,
    x: &ArrayBase<S, D>,
) -> Array1<T> {
    condition
        .iter()
        .zip(x.iter())
        .filter(|(take, _)| **take)
        .map(|(_, value)| value.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn unique_tells_where_and_how_often() {
        let found = unique_all(&array![3, 1, 3, 2, 1]);
        assert_eq!(found.values, array![1, 2, 3]);
        assert_eq!(found.index, array![1, 3, 0]);
        assert_eq!(found.inverse, array![2, 0, 2, 1, 0]);
        assert_eq!(found.counts, array![2, 1, 2]);
    }

    #[test]
    fn searching() {
        let sorted = array![1.0, 2.0, 2.0, 3.0];
        assert_eq!(searchsorted(&sorted, 2.0, false), 1i64);
        assert_eq!(searchsorted(&sorted, &array![2.0, 9.0], true), array![3, 4]);
        assert_eq!(argsort(&array![3.0, f64::NAN, 1.0], -1), array![2, 0, 1]);
        assert_eq!(argwhere(&array![[0, 1], [1, 0]]), array![[0, 1], [1, 0]]);
        assert_eq!(
            digitize(&array![0.5, 2.5], &array![3.0, 2.0, 1.0], false),
            array![3, 1]
        );
        assert_eq!(bincount(&array![0, 2, 2], 4), array![1, 0, 2, 0]);
    }
}
