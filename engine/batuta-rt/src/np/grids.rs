//! Grids of positions, and products over named indices.

use super::element::{Element, Number};
use super::errors::{raising, value_error};
use ndarray::{Array, Array1, Array2, Array3, ArrayBase, ArrayViewD, Data, Dimension, Ix1, IxDyn};

/// `np.indices((rows, columns))`.
pub fn indices2(rows: i64, columns: i64) -> Array3<i64> {
    grid2(&(0..rows).collect(), &(0..columns).collect())
}

/// `np.mgrid[rows, columns]`: both grids, one after the other.
pub fn grid2<T: Element>(rows: &Array1<T>, columns: &Array1<T>) -> Array3<T> {
    Array3::from_shape_fn((2, rows.len(), columns.len()), |(which, i, j)| {
        if which == 0 {
            rows[i].clone()
        } else {
            columns[j].clone()
        }
    })
}

/// `np.ogrid[rows, columns]`: a column and a row.
pub fn open_grid2<T: Element>(rows: Array1<T>, columns: Array1<T>) -> (Array2<T>, Array2<T>) {
    (
        rows.insert_axis(ndarray::Axis(1)),
        columns.insert_axis(ndarray::Axis(0)),
    )
}

/// `np.triu_indices(n, k, m)`: the positions on and above a diagonal.
pub fn triu_indices(rows: i64, k: i64, columns: i64) -> (Array1<i64>, Array1<i64>) {
    chosen(rows, columns, |i, j| j - i >= k)
}

/// `np.tril_indices(n, k, m)`: the positions on and below a diagonal.
pub fn tril_indices(rows: i64, k: i64, columns: i64) -> (Array1<i64>, Array1<i64>) {
    chosen(rows, columns, |i, j| j - i <= k)
}

fn chosen(rows: i64, columns: i64, take: impl Fn(i64, i64) -> bool) -> (Array1<i64>, Array1<i64>) {
    let (mut down, mut right) = (Vec::new(), Vec::new());
    for i in 0..rows {
        for j in 0..columns {
            if take(i, j) {
                down.push(i);
                right.push(j);
            }
        }
    }
    (down.into(), right.into())
}

/// `np.ravel_multi_index((rows, columns), (height, width))`, for arrays.
pub fn ravel_positions<R: Data<Elem = i64>, S: Data<Elem = i64>>(
    rows: &ArrayBase<R, Ix1>,
    columns: &ArrayBase<S, Ix1>,
    width: i64,
) -> Array1<i64> {
    rows.iter()
        .zip(columns.iter())
        .map(|(row, column)| row * width + column)
        .collect()
}

/// The order of `np.take_along_axis(x, indices, axis)`.
pub fn take_along_axis<T: Element, S: Data<Elem = T>, R: Data<Elem = i64>, D: Dimension>(
    x: &ArrayBase<S, D>,
    indices: &ArrayBase<R, D>,
    axis: i64,
) -> Array<T, D> {
    let axis = super::operand::axis_position(axis, x.ndim());
    let view = x.view().into_dyn();
    let length = view.shape()[axis] as i64;
    let mut result = Array::from_elem(indices.raw_dim(), T::zero()).into_dyn();
    let places = indices.view().into_dyn();
    for (position, item) in result.indexed_iter_mut() {
        let place = places[position.clone()];
        let mut source = position;
        if !(-length..length).contains(&place) {
            super::errors::or_throw::<()>(Err(super::errors::index_error(format!(
                "index {place} is out of bounds for axis {axis} with size {length}"
            ))));
        }
        source[axis] = place.rem_euclid(length) as usize;
        *item = view[source].clone();
    }
    result.into_dimensionality().expect("the same rank")
}

raising! {
    /// `np.einsum(subscripts, ...)`: sums of products over the indices that the result does not name.
    pub fn einsum / try_einsum [T: Number, D: Dimension](operands: &[(&str, ArrayViewD<'_, T>)], result: &str) -> Array<T, D> {
        let mut names: Vec<char> = result.chars().collect();
        for (subscripts, _) in operands {
            for name in subscripts.chars() {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        let mut sizes = vec![1; names.len()];
        for (subscripts, view) in operands {
            for (name, &size) in subscripts.chars().zip(view.shape()) {
                let place = names.iter().position(|each| *each == name).expect("every name was collected");
                if sizes[place] != 1 && size != 1 && sizes[place] != size {
                    return Err(value_error(format!(
                        "operands could not be broadcast together with remapped shapes [original->remapped]: dimension mismatch for {name}"
                    )));
                }
                sizes[place] = sizes[place].max(size);
            }
        }
        // For each operand the step of each named index; an index that stands twice steps along the diagonal.
        let steps: Vec<Vec<(usize, usize)>> = operands
            .iter()
            .map(|(subscripts, view)| {
                subscripts
                    .chars()
                    .enumerate()
                    .filter(|&(axis, _)| view.shape()[axis] > 1)
                    .map(|(axis, name)| (axis, names.iter().position(|each| *each == name).expect("collected")))
                    .collect()
            })
            .collect();
        let kept = result.chars().count();
        let shape: Vec<usize> = sizes[..kept].to_vec();
        let summed: usize = sizes[kept..].iter().product();
        let mut made = Array::from_elem(IxDyn(&shape), T::from_i64(0));
        let mut position = vec![0; names.len()];
        for (index, item) in made.indexed_iter_mut() {
            for axis in 0..kept {
                position[axis] = index[axis];
            }
            let mut total = T::from_i64(0);
            for round in 0..summed {
                let mut rest = round;
                for axis in (kept..names.len()).rev() {
                    position[axis] = rest % sizes[axis];
                    rest /= sizes[axis];
                }
                let mut product = T::ONE;
                for ((_, view), steps) in operands.iter().zip(&steps) {
                    let mut place = IxDyn(&vec![0; view.ndim()]);
                    for &(axis, name) in steps {
                        place[axis] = position[name];
                    }
                    product = product.times(view[place]);
                }
                total = total.plus(product);
            }
            *item = total;
        }
        Ok(made.into_dimensionality().expect("the rank was computed at compile time"))
    }
}

/// `np.mgrid[start:stop:5j]` along one axis: so many points, both ends among them.
pub fn points(start: f64, stop: f64, count: i64) -> ndarray::Array1<f64> {
    let step = if count == 1 {
        1.0
    } else {
        (stop - start) / (count - 1) as f64
    };
    (0..count.max(0))
        .map(|place| place as f64 * step + start)
        .collect()
}

/// `np.ndindex(n)`.
pub fn positions1(shape: (i64,)) -> impl Iterator<Item = (i64,)> {
    (0..shape.0).map(|i| (i,))
}

/// `np.ndindex(rows, columns)`.
pub fn positions2(shape: (i64, i64)) -> impl Iterator<Item = (i64, i64)> {
    (0..shape.0).flat_map(move |i| (0..shape.1).map(move |j| (i, j)))
}

/// `np.ndindex(a, b, c)`.
pub fn positions3(shape: (i64, i64, i64)) -> impl Iterator<Item = (i64, i64, i64)> {
    (0..shape.0)
        .flat_map(move |i| (0..shape.1).flat_map(move |j| (0..shape.2).map(move |k| (i, j, k))))
}

/// `np.ndenumerate(x)` of a vector.
pub fn enumerated1<T: Clone, S: ndarray::Data<Elem = T>>(
    x: &ndarray::ArrayBase<S, ndarray::Ix1>,
) -> std::vec::IntoIter<((i64,), T)> {
    let made: Vec<_> = x
        .indexed_iter()
        .map(|(i, value)| ((i as i64,), value.clone()))
        .collect();
    made.into_iter()
}

/// `np.ndenumerate(x)` of a matrix.
pub fn enumerated2<T: Clone, S: ndarray::Data<Elem = T>>(
    x: &ndarray::ArrayBase<S, ndarray::Ix2>,
) -> std::vec::IntoIter<((i64, i64), T)> {
    let made: Vec<_> = x
        .indexed_iter()
        .map(|((i, j), value)| ((i as i64, j as i64), value.clone()))
        .collect();
    made.into_iter()
}

/// `np.ndenumerate(x)` of three axes.
pub fn enumerated3<T: Clone, S: ndarray::Data<Elem = T>>(
    x: &ndarray::ArrayBase<S, ndarray::Ix3>,
) -> std::vec::IntoIter<((i64, i64, i64), T)> {
    let made: Vec<_> = x
        .indexed_iter()
        .map(|((i, j, k), value)| ((i as i64, j as i64, k as i64), value.clone()))
        .collect();
    made.into_iter()
}

type Common<A, B> =
    ndarray::Array<<A as super::operand::Operand>::Elem, super::operand::Broadcast<A, B>>;

type Wider<A, B> =
    ndarray::Array<<B as super::operand::Operand>::Elem, super::operand::Broadcast<A, B>>;

super::errors::raising! {
    /// `np.broadcast_arrays(a, b)`.
    pub fn broadcast_arrays2 / try_broadcast_arrays2 [A: super::operand::Operand, B: super::operand::Operand](a: A, b: B) -> (Common<A, B>, Wider<A, B>)
    where [A::Dim: ndarray::DimMax<B::Dim>] {
        a.viewed(|one| {
            b.viewed(|other| {
                let shape = super::operand::broadcast_shape(&one.raw_dim(), &other.raw_dim())?;
                let wide = one.broadcast(shape.clone()).expect("the common shape fits").to_owned();
                Ok((wide, other.broadcast(shape).expect("the common shape fits").to_owned()))
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Ix0, Ix2, array};

    #[test]
    fn grids_and_triangles() {
        assert_eq!(indices2(2, 2), array![[[0, 0], [1, 1]], [[0, 1], [0, 1]]]);
        assert_eq!(triu_indices(2, 1, 3), (array![0, 0, 1], array![1, 2, 2]));
        assert_eq!(
            take_along_axis(&array![[3, 1], [5, 9]], &array![[1, 0], [0, 1]], 1),
            array![[1, 3], [5, 9]]
        );
    }

    #[test]
    fn sums_of_products() {
        let (a, b) = (array![[1, 2], [3, 4]], array![[5, 6], [7, 8]]);
        let both = [("ij", a.view().into_dyn()), ("jk", b.view().into_dyn())];
        assert_eq!(einsum::<i64, Ix2>(&both, "ik"), a.dot(&b));
        assert_eq!(
            einsum::<i64, Ix0>(&[("ii", a.view().into_dyn())], "").into_scalar(),
            5
        );
        assert_eq!(
            einsum::<i64, Ix2>(&[("ij", a.view().into_dyn())], "ji"),
            a.t()
        );
    }
}
