//! Distances, likenesses and kernels between the rows of tables.

use super::clustering::squared_distance;
use crate::sklearn::errors::{Result, throwing_functions, value_error};
use ndarray::{Array1, Array2, ArrayView1, Axis, Zip};

fn squares(x: &Array2<f64>) -> Array1<f64> {
    x.rows().into_iter().map(|row| row.dot(&row)).collect()
}

fn check(x: &Array2<f64>, y: &Array2<f64>) -> Result<()> {
    if x.ncols() == y.ncols() {
        return Ok(());
    }
    Err(value_error(format!(
        "Incompatible dimension for X and Y matrices: X.shape[1] == {} while Y.shape[1] == {}",
        x.ncols(),
        y.ncols()
    )))
}

/// Squared distances by the expansion of the square, as scikit-learn computes them; zero from a row to itself.
fn expanded(x: &Array2<f64>, y: Option<&Array2<f64>>) -> Array2<f64> {
    let other = y.unwrap_or(x);
    let mut table = -2.0 * x.dot(&other.t());
    table += &squares(x).insert_axis(Axis(1));
    table += &squares(other).insert_axis(Axis(0));
    table.mapv_inplace(|value| value.max(0.0));
    if y.is_none() {
        table.diag_mut().fill(0.0);
    }
    table
}

/// `euclidean_distances(X, Y, squared=…)`.
pub fn try_euclidean_distances(
    x: &Array2<f64>,
    y: Option<&Array2<f64>>,
    squared: bool,
) -> Result<Array2<f64>> {
    check(x, y.unwrap_or(x))?;
    let table = expanded(x, y);
    Ok(if squared {
        table
    } else {
        table.mapv(f64::sqrt)
    })
}

fn each(
    x: &Array2<f64>,
    y: Option<&Array2<f64>>,
    one: impl Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64,
) -> Result<Array2<f64>> {
    let other = y.unwrap_or(x);
    check(x, other)?;
    Ok(Array2::from_shape_fn(
        (x.nrows(), other.nrows()),
        |(row, column)| one(x.row(row), other.row(column)),
    ))
}

fn gaps(a: ArrayView1<f64>, b: ArrayView1<f64>) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).sum()
}

/// `manhattan_distances(X, Y)`.
pub fn try_manhattan_distances(x: &Array2<f64>, y: Option<&Array2<f64>>) -> Result<Array2<f64>> {
    each(x, y, gaps)
}

/// The rows divided by their lengths.
fn unit(x: &Array2<f64>) -> Array2<f64> {
    let mut result = x.clone();
    for mut row in result.rows_mut() {
        let length = row.dot(&row).sqrt();
        if length != 0.0 {
            row /= length;
        }
    }
    result
}

/// `cosine_similarity(X, Y)`.
pub fn try_cosine_similarity(x: &Array2<f64>, y: Option<&Array2<f64>>) -> Result<Array2<f64>> {
    let other = y.unwrap_or(x);
    check(x, other)?;
    Ok(unit(x).dot(&unit(other).t()))
}

/// `cosine_distances(X, Y)`.
pub fn try_cosine_distances(x: &Array2<f64>, y: Option<&Array2<f64>>) -> Result<Array2<f64>> {
    let mut table = try_cosine_similarity(x, y)?.mapv(|value| (1.0 - value).clamp(0.0, 2.0));
    if y.is_none() {
        table.diag_mut().fill(0.0);
    }
    Ok(table)
}

fn gamma_of(gamma: Option<f64>, x: &Array2<f64>) -> f64 {
    gamma.unwrap_or(1.0 / x.ncols() as f64)
}

/// `linear_kernel(X, Y)`.
pub fn try_linear_kernel(x: &Array2<f64>, y: Option<&Array2<f64>>) -> Result<Array2<f64>> {
    let other = y.unwrap_or(x);
    check(x, other)?;
    Ok(x.dot(&other.t()))
}

/// `polynomial_kernel(X, Y, degree, gamma, coef0)`.
pub fn try_polynomial_kernel(
    x: &Array2<f64>,
    y: Option<&Array2<f64>>,
    degree: f64,
    gamma: Option<f64>,
    coef0: f64,
) -> Result<Array2<f64>> {
    let gamma = gamma_of(gamma, x);
    Ok(try_linear_kernel(x, y)?.mapv(|value| (value * gamma + coef0).powf(degree)))
}

/// `sigmoid_kernel(X, Y, gamma, coef0)`.
pub fn try_sigmoid_kernel(
    x: &Array2<f64>,
    y: Option<&Array2<f64>>,
    gamma: Option<f64>,
    coef0: f64,
) -> Result<Array2<f64>> {
    let gamma = gamma_of(gamma, x);
    Ok(try_linear_kernel(x, y)?.mapv(|value| (value * gamma + coef0).tanh()))
}

/// `rbf_kernel(X, Y, gamma)`.
pub fn try_rbf_kernel(
    x: &Array2<f64>,
    y: Option<&Array2<f64>>,
    gamma: Option<f64>,
) -> Result<Array2<f64>> {
    let gamma = gamma_of(gamma, x);
    Ok(try_euclidean_distances(x, y, true)?.mapv(|value| (-gamma * value).exp()))
}

/// `laplacian_kernel(X, Y, gamma)`.
pub fn try_laplacian_kernel(
    x: &Array2<f64>,
    y: Option<&Array2<f64>>,
    gamma: Option<f64>,
) -> Result<Array2<f64>> {
    let gamma = gamma_of(gamma, x);
    Ok(try_manhattan_distances(x, y)?.mapv(|value| (-gamma * value).exp()))
}

/// `pairwise_distances(X, Y, metric=…)`.
pub fn try_pairwise_distances(
    x: &Array2<f64>,
    y: Option<&Array2<f64>>,
    metric: &str,
) -> Result<Array2<f64>> {
    match metric {
        "euclidean" | "l2" => try_euclidean_distances(x, y, false),
        "manhattan" | "cityblock" | "l1" => try_manhattan_distances(x, y),
        "cosine" => try_cosine_distances(x, y),
        // These come from SciPy, which subtracts before it squares.
        "sqeuclidean" => each(x, y, squared_distance),
        "chebyshev" => each(x, y, |a, b| {
            a.iter()
                .zip(b)
                .map(|(a, b)| (a - b).abs())
                .fold(0.0, f64::max)
        }),
        other => crate::py::unsupported(&format!("the metric '{other}' is not translated")),
    }
}

/// `pairwise_distances_argmin_min(X, Y)`: the nearest row of `y` for each of `x`, and its distance.
pub fn try_nearest_rows(x: &Array2<f64>, y: &Array2<f64>) -> Result<(Array1<i64>, Array1<f64>)> {
    let table = try_euclidean_distances(x, Some(y), false)?;
    let mut nearest = Array1::zeros(x.nrows());
    let mut distances = Array1::zeros(x.nrows());
    Zip::indexed(table.rows()).for_each(|row, values| {
        let mut best = 0;
        for (at, value) in values.iter().enumerate() {
            if *value < values[best] {
                best = at;
            }
        }
        nearest[row] = best as i64;
        distances[row] = values[best];
    });
    Ok((nearest, distances))
}

throwing_functions! {
    /// See `try_euclidean_distances`.
    euclidean_distances = try_euclidean_distances(x: &Array2<f64>, y: Option<&Array2<f64>>, squared: bool) -> Array2<f64>;
    /// See `try_manhattan_distances`.
    manhattan_distances = try_manhattan_distances(x: &Array2<f64>, y: Option<&Array2<f64>>) -> Array2<f64>;
    /// See `try_cosine_similarity`.
    cosine_similarity = try_cosine_similarity(x: &Array2<f64>, y: Option<&Array2<f64>>) -> Array2<f64>;
    /// See `try_cosine_distances`.
    cosine_distances = try_cosine_distances(x: &Array2<f64>, y: Option<&Array2<f64>>) -> Array2<f64>;
    /// See `try_linear_kernel`.
    linear_kernel = try_linear_kernel(x: &Array2<f64>, y: Option<&Array2<f64>>) -> Array2<f64>;
    /// See `try_polynomial_kernel`.
    polynomial_kernel = try_polynomial_kernel(x: &Array2<f64>, y: Option<&Array2<f64>>, degree: f64, gamma: Option<f64>, coef0: f64) -> Array2<f64>;
    /// See `try_sigmoid_kernel`.
    sigmoid_kernel = try_sigmoid_kernel(x: &Array2<f64>, y: Option<&Array2<f64>>, gamma: Option<f64>, coef0: f64) -> Array2<f64>;
    /// See `try_rbf_kernel`.
    rbf_kernel = try_rbf_kernel(x: &Array2<f64>, y: Option<&Array2<f64>>, gamma: Option<f64>) -> Array2<f64>;
    /// See `try_laplacian_kernel`.
    laplacian_kernel = try_laplacian_kernel(x: &Array2<f64>, y: Option<&Array2<f64>>, gamma: Option<f64>) -> Array2<f64>;
    /// See `try_pairwise_distances`.
    pairwise_distances = try_pairwise_distances(x: &Array2<f64>, y: Option<&Array2<f64>>, metric: &str) -> Array2<f64>;
    /// See `try_nearest_rows`.
    nearest_rows = try_nearest_rows(x: &Array2<f64>, y: &Array2<f64>) -> (Array1<i64>, Array1<f64>);
}
