//! `SimpleImputer`: fills holes with one value a column.

use super::errors::{Result, value_error};
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
                    return Err(value_error(
                        "a column without any value: scikit-learn would drop it",
                    ));
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
