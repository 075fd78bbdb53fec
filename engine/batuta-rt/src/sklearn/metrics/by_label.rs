//! More scores of labels: F with any beta, Jaccard, the share of errors, and precision, recall, F and support at once.

use super::classification::{
    Average, average_named, by_class, class_that_counts, divide_or, together,
};
use crate::sklearn::errors::{Result, throwing_functions, warn};
use crate::sklearn::sums::{mean, sum};
use crate::sklearn::target::{Labels, Target};
use ndarray::Array1;

/// Hits, predicted and true counts of each class that takes part.
struct Rows {
    hits: Vec<f64>,
    predicted: Vec<f64>,
    truth: Vec<f64>,
}

fn rows<A: Labels, B: Labels>(
    truth: &A,
    predicted: &B,
    average: Option<Average>,
    positive: Option<&Target>,
) -> Result<Rows> {
    let (classes, own, its) = together(&truth.to_target(), &predicted.to_target())?;
    let count = classes.length().unwrap_or(0);
    let mut rows = Rows {
        hits: vec![0.0; count],
        predicted: vec![0.0; count],
        truth: vec![0.0; count],
    };
    for (&own, &its) in own.iter().zip(&its) {
        rows.truth[own] += 1.0;
        rows.predicted[its] += 1.0;
        rows.hits[own] += f64::from(u8::from(own == its));
    }
    if average == Some(Average::Binary) {
        let at = class_that_counts(&classes, positive)?;
        let only = |values: &[f64]| vec![at.map_or(0.0, |at| values[at])];
        return Ok(Rows {
            hits: only(&rows.hits),
            predicted: only(&rows.predicted),
            truth: only(&rows.truth),
        });
    }
    if average == Some(Average::Micro) {
        return Ok(Rows {
            hits: vec![sum(rows.hits)],
            predicted: vec![sum(rows.predicted)],
            truth: vec![sum(rows.truth)],
        });
    }
    Ok(rows)
}

/// One number from those of the classes.
fn one(values: &[f64], truth: &[f64], average: Option<Average>) -> f64 {
    if average != Some(Average::Weighted) {
        return mean(values.iter().copied());
    }
    let total = sum(truth.iter().copied());
    if total == 0.0 {
        return 0.0;
    }
    sum(values
        .iter()
        .zip(truth)
        .map(|(value, weight)| value * weight))
        / total
}

fn f_values(rows: &Rows, beta: f64, instead: Option<f64>) -> Vec<f64> {
    let square = beta * beta;
    (0..rows.hits.len())
        .map(|at| {
            divide_or(
                (1.0 + square) * rows.hits[at],
                square * rows.truth[at] + rows.predicted[at],
                instead,
                "f",
            )
        })
        .collect()
}

/// `fbeta_score(y_true, y_pred, beta=beta, average=average)`.
pub fn try_fbeta_score<A: Labels, B: Labels>(
    truth: &A,
    predicted: &B,
    beta: f64,
    average: &str,
    positive: Option<Target>,
    instead: Option<f64>,
) -> Result<f64> {
    let average = Some(average_named(average)?);
    let rows = rows(truth, predicted, average, positive.as_ref())?;
    Ok(one(&f_values(&rows, beta, instead), &rows.truth, average))
}

/// `jaccard_score(y_true, y_pred, average=average)`.
pub fn try_jaccard_score<A: Labels, B: Labels>(
    truth: &A,
    predicted: &B,
    average: &str,
    positive: Option<Target>,
) -> Result<f64> {
    let average = Some(average_named(average)?);
    let rows = rows(truth, predicted, average, positive.as_ref())?;
    let values: Vec<f64> = (0..rows.hits.len())
        .map(|at| {
            let whole = rows.predicted[at] + rows.truth[at] - rows.hits[at];
            if whole == 0.0 {
                warn(
                    "UndefinedMetricWarning",
                    "Jaccard is ill-defined and being set to 0.0 due to no true or predicted samples. Use `zero_division` parameter to \
                     control this behavior.",
                );
                return 0.0;
            }
            rows.hits[at] / whole
        })
        .collect();
    Ok(one(&values, &rows.truth, average))
}

/// `zero_one_loss(y_true, y_pred)`.
pub fn try_zero_one_loss<A: Labels, B: Labels>(truth: &A, predicted: &B) -> Result<f64> {
    Ok(1.0 - super::try_accuracy_score(truth, predicted)?)
}

/// Precisions, recalls, F values and true counts of the classes.
pub type OfClasses = (Array1<f64>, Array1<f64>, Array1<f64>, Array1<i64>);

/// `precision_recall_fscore_support(y_true, y_pred)`.
pub fn try_scores_of_classes<A: Labels, B: Labels>(
    truth: &A,
    predicted: &B,
    instead: Option<f64>,
) -> Result<OfClasses> {
    let (classes, own, its) = together(&truth.to_target(), &predicted.to_target())?;
    let rows = by_class(classes.length().unwrap_or(0), &own, &its, instead);
    Ok((
        rows.iter().map(|row| row.0).collect(),
        rows.iter().map(|row| row.1).collect(),
        rows.iter().map(|row| row.2).collect(),
        rows.iter().map(|row| row.3 as i64).collect(),
    ))
}

/// `precision_recall_fscore_support(y_true, y_pred, average=average)`.
pub fn try_scores_together<A: Labels, B: Labels>(
    truth: &A,
    predicted: &B,
    average: &str,
    positive: Option<Target>,
    instead: Option<f64>,
) -> Result<(f64, f64, f64, ())> {
    let (precision, recall, f) = super::precision_recall_f(
        &truth.to_target(),
        &predicted.to_target(),
        average_named(average)?,
        positive.as_ref(),
        instead,
    )?;
    Ok((precision, recall, f, ()))
}

throwing_functions! {
    /// See `try_fbeta_score`.
    fbeta_score = try_fbeta_score<A: Labels, B: Labels>(truth: &A, predicted: &B, beta: f64, average: &str, positive: Option<Target>, instead: Option<f64>) -> f64;
    /// See `try_jaccard_score`.
    jaccard_score = try_jaccard_score<A: Labels, B: Labels>(truth: &A, predicted: &B, average: &str, positive: Option<Target>) -> f64;
    /// See `try_zero_one_loss`.
    zero_one_loss = try_zero_one_loss<A: Labels, B: Labels>(truth: &A, predicted: &B) -> f64;
    /// See `try_scores_of_classes`.
    scores_of_classes = try_scores_of_classes<A: Labels, B: Labels>(truth: &A, predicted: &B, instead: Option<f64>) -> OfClasses;
    /// See `try_scores_together`.
    scores_together = try_scores_together<A: Labels, B: Labels>(truth: &A, predicted: &B, average: &str, positive: Option<Target>, instead: Option<f64>) -> (f64, f64, f64, ());
}
