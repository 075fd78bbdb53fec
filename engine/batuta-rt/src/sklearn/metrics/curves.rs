//! Metrics on chances beside the ROC curve: precision against recall, its mean, and the Brier score.

use super::ranking::{counts_by_threshold, positives};
use crate::sklearn::errors::{Result, inconsistent_lengths, throwing_functions, value_error, warn};
use crate::sklearn::sums::{mean, sum};
use crate::sklearn::target::Labels;
use ndarray::Array1;

/// Precisions, recalls and thresholds.
pub type PrecisionRecall = (Array1<f64>, Array1<f64>, Array1<f64>);

/// `precision_recall_curve(y_true, y_score)`.
pub fn try_precision_recall_curve<A: Labels>(
    truth: &A,
    scores: &Array1<f64>,
) -> Result<PrecisionRecall> {
    let truth = positives(&truth.to_target())?;
    if truth.len() != scores.len() {
        return Err(inconsistent_lengths(&[truth.len(), scores.len()]));
    }
    let (wrong, right, thresholds) = counts_by_threshold(&truth, scores);
    let all = right.last().copied().unwrap_or(0.0);
    if all == 0.0 {
        warn(
            "UserWarning",
            "No positive class found in y_true, recall is set to one for all thresholds.",
        );
    }
    let count = right.len();
    let mut precision = Array1::ones(count + 1);
    let mut recall = Array1::zeros(count + 1);
    for at in 0..count {
        let (right, wrong) = (right[count - 1 - at], wrong[count - 1 - at]);
        precision[at] = if right + wrong == 0.0 {
            0.0
        } else {
            right / (right + wrong)
        };
        recall[at] = if all == 0.0 { 1.0 } else { right / all };
    }
    Ok((precision, recall, thresholds.into_iter().rev().collect()))
}

/// `average_precision_score(y_true, y_score)`.
pub fn try_average_precision_score<A: Labels>(truth: &A, scores: &Array1<f64>) -> Result<f64> {
    let (precision, recall, _) = try_precision_recall_curve(truth, scores)?;
    let area = -sum((1..recall.len()).map(|at| (recall[at] - recall[at - 1]) * precision[at - 1]));
    Ok(area.max(0.0))
}

/// `brier_score_loss(y_true, y_proba)` of two classes.
pub fn try_brier_score_loss<A: Labels>(truth: &A, chances: &Array1<f64>) -> Result<f64> {
    let truth = positives(&truth.to_target())?;
    if truth.len() != chances.len() {
        return Err(inconsistent_lengths(&[truth.len(), chances.len()]));
    }
    if chances.iter().any(|chance| *chance > 1.0) {
        return Err(value_error(format!(
            "y_prob contains values greater than 1: {}",
            crate::py::Float(chances.iter().copied().fold(f64::NEG_INFINITY, f64::max))
        )));
    }
    if chances.iter().any(|chance| *chance < 0.0) {
        return Err(value_error(format!(
            "y_prob contains values less than 0: {}",
            crate::py::Float(chances.iter().copied().fold(f64::INFINITY, f64::min))
        )));
    }
    // Both classes count, and half of that is the score.
    Ok(mean(truth.iter().zip(chances).map(|(&own, chance)| {
        let one = f64::from(u8::from(own));
        let (first, second) = ((1.0 - one) - (1.0 - chance), one - chance);
        first * first + second * second
    })) * 0.5)
}

throwing_functions! {
    /// See `try_precision_recall_curve`.
    precision_recall_curve = try_precision_recall_curve<A: Labels>(truth: &A, scores: &Array1<f64>) -> PrecisionRecall;
    /// See `try_average_precision_score`.
    average_precision_score = try_average_precision_score<A: Labels>(truth: &A, scores: &Array1<f64>) -> f64;
    /// See `try_brier_score_loss`.
    brier_score_loss = try_brier_score_loss<A: Labels>(truth: &A, chances: &Array1<f64>) -> f64;
}
