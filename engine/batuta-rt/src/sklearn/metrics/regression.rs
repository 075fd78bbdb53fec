//! Metrics on numbers: r², squared and absolute errors.

use crate::sklearn::errors::{Result, inconsistent_lengths, throwing_functions, value_error, warn};
use crate::sklearn::sums::{mean, median, sum};
use ndarray::{Array1, Array2};

fn same_length(truth: usize, predicted: usize) -> Result<()> {
    if truth == predicted {
        Ok(())
    } else {
        Err(inconsistent_lengths(&[truth, predicted]))
    }
}

/// The part of the variation explained, averaged over the columns. NaN for a single sample.
pub fn r2(truth: &Array2<f64>, predicted: &Array2<f64>) -> Result<f64> {
    same_length(truth.nrows(), predicted.nrows())?;
    if truth.nrows() < 2 {
        warn(
            "UndefinedMetricWarning",
            "R^2 score is not well-defined with less than two samples.",
        );
        return Ok(f64::NAN);
    }
    let scores = truth
        .columns()
        .into_iter()
        .zip(predicted.columns())
        .map(|(truth, predicted)| {
            let centre = mean(truth.iter().copied());
            let left = sum(truth
                .iter()
                .zip(predicted)
                .map(|(truth, predicted)| (truth - predicted) * (truth - predicted)));
            let whole = sum(truth
                .iter()
                .map(|truth| (truth - centre) * (truth - centre)));
            explained(left, whole)
        });
    Ok(mean(scores))
}

/// `1 - left / whole`, finite also where the whole is zero.
fn explained(left: f64, whole: f64) -> f64 {
    match (left == 0.0, whole == 0.0) {
        (_, false) => 1.0 - left / whole,
        (true, true) => 1.0,
        (false, true) => 0.0,
    }
}

/// Mean of the squared errors.
pub fn mean_squared(truth: &Array1<f64>, predicted: &Array1<f64>) -> Result<f64> {
    same_length(truth.len(), predicted.len())?;
    Ok(mean(truth.iter().zip(predicted).map(
        |(truth, predicted)| (truth - predicted) * (truth - predicted),
    )))
}

/// Mean of the absolute errors.
pub fn mean_absolute(truth: &Array1<f64>, predicted: &Array1<f64>) -> Result<f64> {
    same_length(truth.len(), predicted.len())?;
    Ok(mean(
        truth
            .iter()
            .zip(predicted)
            .map(|(truth, predicted)| (predicted - truth).abs()),
    ))
}

/// Median of the absolute errors.
pub fn median_absolute(truth: &Array1<f64>, predicted: &Array1<f64>) -> Result<f64> {
    same_length(truth.len(), predicted.len())?;
    let errors: Vec<f64> = truth
        .iter()
        .zip(predicted)
        .map(|(truth, predicted)| (predicted - truth).abs())
        .collect();
    Ok(median(&errors))
}

/// As r², but a constant error costs nothing.
pub fn explained_variance(truth: &Array1<f64>, predicted: &Array1<f64>) -> Result<f64> {
    same_length(truth.len(), predicted.len())?;
    let errors: Vec<f64> = truth
        .iter()
        .zip(predicted)
        .map(|(truth, predicted)| truth - predicted)
        .collect();
    let shift = mean(errors.iter().copied());
    let left = mean(errors.iter().map(|error| (error - shift) * (error - shift)));
    let centre = mean(truth.iter().copied());
    let whole = mean(
        truth
            .iter()
            .map(|truth| (truth - centre) * (truth - centre)),
    );
    Ok(explained(left, whole))
}

/// The largest absolute error.
pub fn largest_error(truth: &Array1<f64>, predicted: &Array1<f64>) -> Result<f64> {
    same_length(truth.len(), predicted.len())?;
    Ok(truth
        .iter()
        .zip(predicted)
        .map(|(truth, predicted)| (truth - predicted).abs())
        .fold(0.0, f64::max))
}

/// `r2_score(y_true, y_pred)`.
pub fn try_r2_score(truth: &Array1<f64>, predicted: &Array1<f64>) -> Result<f64> {
    let table = |values: &Array1<f64>| values.clone().insert_axis(ndarray::Axis(1));
    r2(&table(truth), &table(predicted))
}

/// `mean_squared_error(y_true, y_pred)`.
pub fn try_mean_squared_error(truth: &Array1<f64>, predicted: &Array1<f64>) -> Result<f64> {
    mean_squared(truth, predicted)
}

/// `root_mean_squared_error(y_true, y_pred)`.
pub fn try_root_mean_squared_error(truth: &Array1<f64>, predicted: &Array1<f64>) -> Result<f64> {
    Ok(mean_squared(truth, predicted)?.sqrt())
}

/// `mean_absolute_error(y_true, y_pred)`.
pub fn try_mean_absolute_error(truth: &Array1<f64>, predicted: &Array1<f64>) -> Result<f64> {
    mean_absolute(truth, predicted)
}

/// `median_absolute_error(y_true, y_pred)`.
pub fn try_median_absolute_error(truth: &Array1<f64>, predicted: &Array1<f64>) -> Result<f64> {
    median_absolute(truth, predicted)
}

/// `explained_variance_score(y_true, y_pred)`.
pub fn try_explained_variance_score(truth: &Array1<f64>, predicted: &Array1<f64>) -> Result<f64> {
    explained_variance(truth, predicted)
}

/// `max_error(y_true, y_pred)`.
pub fn try_max_error(truth: &Array1<f64>, predicted: &Array1<f64>) -> Result<f64> {
    largest_error(truth, predicted)
}

/// `mean_absolute_percentage_error(y_true, y_pred)`.
pub fn try_mean_absolute_percentage_error(
    truth: &Array1<f64>,
    predicted: &Array1<f64>,
) -> Result<f64> {
    same_length(truth.len(), predicted.len())?;
    Ok(mean(truth.iter().zip(predicted).map(
        |(truth, predicted)| (predicted - truth).abs() / truth.abs().max(f64::EPSILON),
    )))
}

/// `mean_squared_log_error(y_true, y_pred)`.
pub fn try_mean_squared_log_error(truth: &Array1<f64>, predicted: &Array1<f64>) -> Result<f64> {
    if truth.iter().chain(predicted).any(|value| *value <= -1.0) {
        return Err(value_error(
            "Mean Squared Logarithmic Error cannot be used when targets contain values less than or equal to -1.",
        ));
    }
    mean_squared(&truth.mapv(f64::ln_1p), &predicted.mapv(f64::ln_1p))
}

throwing_functions! {
    /// See `try_r2_score`.
    r2_score = try_r2_score(truth: &Array1<f64>, predicted: &Array1<f64>) -> f64;
    /// See `try_mean_squared_error`.
    mean_squared_error = try_mean_squared_error(truth: &Array1<f64>, predicted: &Array1<f64>) -> f64;
    /// See `try_root_mean_squared_error`.
    root_mean_squared_error = try_root_mean_squared_error(truth: &Array1<f64>, predicted: &Array1<f64>) -> f64;
    /// See `try_mean_absolute_error`.
    mean_absolute_error = try_mean_absolute_error(truth: &Array1<f64>, predicted: &Array1<f64>) -> f64;
    /// See `try_median_absolute_error`.
    median_absolute_error = try_median_absolute_error(truth: &Array1<f64>, predicted: &Array1<f64>) -> f64;
    /// See `try_explained_variance_score`.
    explained_variance_score = try_explained_variance_score(truth: &Array1<f64>, predicted: &Array1<f64>) -> f64;
    /// See `try_max_error`.
    max_error = try_max_error(truth: &Array1<f64>, predicted: &Array1<f64>) -> f64;
    /// See `try_mean_absolute_percentage_error`.
    mean_absolute_percentage_error = try_mean_absolute_percentage_error(truth: &Array1<f64>, predicted: &Array1<f64>) -> f64;
    /// See `try_mean_squared_log_error`.
    mean_squared_log_error = try_mean_squared_log_error(truth: &Array1<f64>, predicted: &Array1<f64>) -> f64;
}
