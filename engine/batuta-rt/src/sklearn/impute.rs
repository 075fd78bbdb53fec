//! `SimpleImputer`: fills holes with one value a column.

use super::errors::Result;
use super::estimator::{Estimator, Kind, Role, attributes};
use super::parameters::parameters;
use super::sums::{median, sum};
use super::target::{Target, compare};
use ndarray::{Array1, Array2};

/// See `SimpleImputer`.
pub struct SimpleImputerKind;
/// Fills NaN with the mean, median, most frequent value or a constant of the column.
pub type SimpleImputer = Estimator<SimpleImputerKind>;

parameters! {
    /// Parameters of `SimpleImputer`.
    SimpleImputerParameters for SimpleImputerKind {
        fill_value = "fill_value": Option<f64> = None,
        strategy = "strategy": String = "mean".to_string(),
    }
}

/// The most frequent value; of equals the least.
fn most_frequent(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(compare);
    let mut best = (0, f64::NAN);
    let mut start = 0;
    while start < sorted.len() {
        let end = start
            + sorted[start..]
                .iter()
                .take_while(|value| **value == sorted[start])
                .count();
        if end - start > best.0 {
            best = (end - start, sorted[start]);
        }
        start = end;
    }
    best.1
}

impl Kind for SimpleImputerKind {
    const NAME: &'static str = "SimpleImputer";
    const ROLE: Role = Role::Transformer;
    const ALLOWS_NAN: bool = true;
    type Parameters = SimpleImputerParameters;
    type Fitted = Array1<f64>;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Array1<f64>> {
        x.columns()
            .into_iter()
            .map(|column| {
                let known: Vec<f64> = column
                    .iter()
                    .copied()
                    .filter(|value| !value.is_nan())
                    .collect();
                if known.is_empty() && parameters.strategy != "constant" {
                    crate::py::unsupported(
                        "a column without any value: scikit-learn would drop it",
                    );
                }
                Ok(match parameters.strategy.as_str() {
                    "median" => median(&known),
                    "most_frequent" => most_frequent(&known),
                    "constant" => parameters.fill_value.unwrap_or(0.0),
                    // A masked mean adds the column with zeros for the holes.
                    _ if x.ncols() > 1 => {
                        known.iter().fold(0.0, |sum, value| sum + value) / known.len() as f64
                    }
                    _ => {
                        sum(column
                            .iter()
                            .map(|value| if value.is_nan() { 0.0 } else { *value }))
                            / known.len() as f64
                    }
                })
            })
            .collect()
    }

    fn transform(
        _parameters: &Self::Parameters,
        fitted: &Array1<f64>,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(Array2::from_shape_fn(x.dim(), |(row, column)| {
            if x[(row, column)].is_nan() {
                fitted[column]
            } else {
                x[(row, column)]
            }
        }))
    }
}

attributes!(SimpleImputer {
    /// What each column is filled with.
    statistics_ / try_statistics_: Array1<f64> = |fitted| fitted.as_ref().clone();
});

/// See `KNNImputer`.
pub struct KNNImputerKind;
/// Fills NaN with the mean of the nearest rows that have a value there.
pub type KNNImputer = Estimator<KNNImputerKind>;

parameters! {
    /// Parameters of `KNNImputer`.
    KNNImputerParameters for KNNImputerKind {
        n_neighbors = "n_neighbors": i64 = 5,
        weights = "weights": String = "uniform".to_string(),
    }
}

/// The distance over the columns that both have, scaled up to all; NaN when there are none.
fn distance_of_known(a: ndarray::ArrayView1<f64>, b: ndarray::ArrayView1<f64>) -> f64 {
    let (mut total, mut known) = (0.0, 0.0);
    for (a, b) in a.iter().zip(b) {
        if !a.is_nan() && !b.is_nan() {
            total += (a - b) * (a - b);
            known += 1.0;
        }
    }
    if known == 0.0 {
        f64::NAN
    } else {
        (total / known * a.len() as f64).sqrt()
    }
}

impl Kind for KNNImputerKind {
    const NAME: &'static str = "KNNImputer";
    const ROLE: Role = Role::Transformer;
    const ALLOWS_NAN: bool = true;
    type Parameters = KNNImputerParameters;
    type Fitted = Array2<f64>;

    fn fit(_parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Array2<f64>> {
        let empty = |column: ndarray::ArrayView1<f64>| column.iter().all(|value| value.is_nan());
        if x.columns().into_iter().any(empty) {
            crate::py::unsupported("a column without any value: scikit-learn would drop it");
        }
        Ok(x.clone())
    }

    fn transform(
        parameters: &Self::Parameters,
        fitted: &Array2<f64>,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let mut result = x.clone();
        for (row, values) in x.rows().into_iter().enumerate() {
            if !values.iter().any(|value| value.is_nan()) {
                continue;
            }
            let distances: Vec<f64> = fitted
                .rows()
                .into_iter()
                .map(|other| distance_of_known(values, other))
                .collect();
            for column in 0..x.ncols() {
                if !values[column].is_nan() {
                    continue;
                }
                let mut donors: Vec<usize> = (0..fitted.nrows())
                    .filter(|&other| !fitted[(other, column)].is_nan())
                    .collect();
                if donors.iter().all(|&other| distances[other].is_nan()) {
                    let known = donors.iter().map(|&other| fitted[(other, column)]);
                    result[(row, column)] = sum(known) / donors.len() as f64;
                    continue;
                }
                donors.sort_by(|a, b| compare(&distances[*a], &distances[*b]));
                let wanted = parameters.n_neighbors as usize;
                refuse_tie(&donors, &distances, wanted, |other| fitted[(other, column)]);
                donors.truncate(wanted);
                donors.retain(|&other| !distances[other].is_nan());
                let exact = donors.iter().any(|&other| distances[other] == 0.0);
                let (mut total, mut weights) = (0.0, 0.0);
                for &other in &donors {
                    let weight = match (parameters.weights.as_str(), exact) {
                        ("distance", true) => f64::from(u8::from(distances[other] == 0.0)),
                        ("distance", false) => 1.0 / distances[other],
                        _ => 1.0,
                    };
                    total += weight * fitted[(other, column)];
                    weights += weight;
                }
                result[(row, column)] = total / weights;
            }
        }
        Ok(result)
    }
}

/// Which of equally far donors scikit-learn takes is up to NumPy's partition of the machine: where it matters, there is no answer.
fn refuse_tie(donors: &[usize], distances: &[f64], wanted: usize, value: impl Fn(usize) -> f64) {
    let Some(&last) = wanted.checked_sub(1).and_then(|at| donors.get(at)) else {
        return;
    };
    let border = distances[last];
    let mut tied = donors.iter().filter(|&&other| distances[other] == border);
    let first = tied.next().map(|&other| value(other));
    let beyond = donors
        .get(wanted)
        .is_some_and(|&other| distances[other] == border);
    if beyond && tied.any(|&other| Some(value(other)) != first) {
        // Not an exception: cross-validation would go on with a nan.
        crate::py::unsupported(
            "KNNImputer found several donors that are equally far: which of them scikit-learn takes is not specified",
        );
    }
}
