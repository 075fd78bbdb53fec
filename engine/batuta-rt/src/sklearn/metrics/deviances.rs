//! Losses of quantiles and of Tweedie's family, scores of rankings, hits among the first.

use super::regression::{try_mean_squared_log_error, try_median_absolute_error};
use crate::sklearn::errors::{Result, inconsistent_lengths, throwing_functions, value_error};
use crate::sklearn::sums::{mean, sum};
use crate::sklearn::target::{Labels, compare};
use ndarray::{Array1, Array2, ArrayView1};

fn check(truth: &Array1<f64>, predicted: &Array1<f64>) -> Result<()> {
    if truth.len() != predicted.len() {
        return Err(inconsistent_lengths(&[truth.len(), predicted.len()]));
    }
    Ok(())
}

/// `mean_pinball_loss(y_true, y_pred, alpha=…)`.
pub fn try_mean_pinball_loss(
    truth: &Array1<f64>,
    predicted: &Array1<f64>,
    alpha: f64,
) -> Result<f64> {
    check(truth, predicted)?;
    Ok(mean(truth.iter().zip(predicted).map(
        |(truth, predicted)| {
            let gap = truth - predicted;
            let sign = if gap >= 0.0 { 1.0 } else { 0.0 };
            alpha * sign * gap - (1.0 - alpha) * (1.0 - sign) * gap
        },
    )))
}

fn times_log(x: f64, y: f64) -> f64 {
    if x == 0.0 { 0.0 } else { x * y.ln() }
}

fn tweedie(truth: &Array1<f64>, predicted: impl Fn(usize) -> f64, power: f64) -> f64 {
    let one = |at: usize, truth: f64| {
        let p = predicted(at);
        if power == 0.0 {
            return (truth - p) * (truth - p);
        }
        if power == 1.0 {
            return 2.0 * (times_log(truth, truth / p) - truth + p);
        }
        if power == 2.0 {
            return 2.0 * ((p / truth).ln() + truth / p - 1.0);
        }
        let own = if power < 0.0 { truth.max(0.0) } else { truth };
        2.0 * (own.powf(2.0 - power) / ((1.0 - power) * (2.0 - power))
            - truth * p.powf(1.0 - power) / (1.0 - power)
            + p.powf(2.0 - power) / (2.0 - power))
    };
    mean(truth.iter().enumerate().map(|(at, truth)| one(at, *truth)))
}

/// `mean_tweedie_deviance(y_true, y_pred, power=…)`.
pub fn try_mean_tweedie_deviance(
    truth: &Array1<f64>,
    predicted: &Array1<f64>,
    power: f64,
) -> Result<f64> {
    check(truth, predicted)?;
    let shown = if power.fract() == 0.0 {
        (power as i64).to_string()
    } else {
        crate::py::Float(power).to_string()
    };
    let refused = |what: &str| {
        Err(value_error(format!(
            "Mean Tweedie deviance error with power={shown} can only be used on {what}"
        )))
    };
    let low = predicted.iter().any(|value| *value <= 0.0);
    if power < 0.0 && low {
        return refused("strictly positive y_pred.");
    }
    if (1.0..2.0).contains(&power) && (low || truth.iter().any(|value| *value < 0.0)) {
        return refused("non-negative y and strictly positive y_pred.");
    }
    if power >= 2.0 && (low || truth.iter().any(|value| *value <= 0.0)) {
        return refused("strictly positive y and y_pred.");
    }
    if power > 0.0 && power < 1.0 {
        return Err(value_error(""));
    }
    Ok(tweedie(truth, |at| predicted[at], power))
}

/// `mean_poisson_deviance(y_true, y_pred)`.
pub fn try_mean_poisson_deviance(truth: &Array1<f64>, predicted: &Array1<f64>) -> Result<f64> {
    try_mean_tweedie_deviance(truth, predicted, 1.0)
}

/// `mean_gamma_deviance(y_true, y_pred)`.
pub fn try_mean_gamma_deviance(truth: &Array1<f64>, predicted: &Array1<f64>) -> Result<f64> {
    try_mean_tweedie_deviance(truth, predicted, 2.0)
}

/// `d2_tweedie_score(y_true, y_pred, power=…)`.
pub fn try_d2_tweedie_score(
    truth: &Array1<f64>,
    predicted: &Array1<f64>,
    power: f64,
) -> Result<f64> {
    let left = try_mean_tweedie_deviance(truth, predicted, power)?;
    let centre = mean(truth.iter().copied());
    Ok(1.0 - left / tweedie(truth, |_| centre, power))
}

/// `root_mean_squared_log_error(y_true, y_pred)`.
pub fn try_root_mean_squared_log_error(
    truth: &Array1<f64>,
    predicted: &Array1<f64>,
) -> Result<f64> {
    Ok(try_mean_squared_log_error(truth, predicted)?.sqrt())
}

/// `d2_absolute_error_score(y_true, y_pred)`: against the median.
pub fn try_d2_absolute_error_score(truth: &Array1<f64>, predicted: &Array1<f64>) -> Result<f64> {
    // The same checks of length as the median error's.
    try_median_absolute_error(truth, predicted)?;
    let left = try_mean_pinball_loss(truth, predicted, 0.5)?;
    let middle = crate::sklearn::sums::median(&truth.to_vec());
    let whole = try_mean_pinball_loss(truth, &Array1::from_elem(truth.len(), middle), 0.5)?;
    Ok(match (left == 0.0, whole == 0.0) {
        (true, _) => 1.0,
        (false, true) => 0.0,
        _ => 1.0 - left / whole,
    })
}

/// The gain of a ranking, equal scores sharing their places.
fn gain(truth: ArrayView1<f64>, scores: ArrayView1<f64>, discounts: &[f64]) -> f64 {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&a, &b| compare(&scores[b], &scores[a]));
    let mut sums = Vec::with_capacity(discounts.len());
    let mut running = 0.0;
    for discount in discounts {
        running += discount;
        sums.push(running);
    }
    let mut parts = Vec::new();
    let mut start = 0;
    while start < order.len() {
        let same = |at: &&usize| scores[**at] == scores[order[start]];
        let end = start + order[start..].iter().take_while(same).count();
        let mut group: Vec<usize> = order[start..end].to_vec();
        group.sort_unstable();
        let total: f64 = group.iter().map(|&at| truth[at]).sum();
        let before = if start == 0 { 0.0 } else { sums[start - 1] };
        parts.push(total / (end - start) as f64 * (sums[end - 1] - before));
        start = end;
    }
    sum(parts)
}

fn discounts(count: usize, k: Option<i64>) -> Vec<f64> {
    (0..count)
        .map(|place| {
            if k.is_some_and(|k| place as i64 >= k) {
                0.0
            } else {
                1.0 / (((place + 2) as f64).ln() / 2.0f64.ln())
            }
        })
        .collect()
}

/// `dcg_score(y_true, y_score, k=…)`.
pub fn try_dcg_score(truth: &Array2<f64>, scores: &Array2<f64>, k: Option<i64>) -> Result<f64> {
    if truth.dim() != scores.dim() {
        return Err(inconsistent_lengths(&[truth.nrows(), scores.nrows()]));
    }
    let discounts = discounts(truth.ncols(), k);
    let rows = truth.rows().into_iter().zip(scores.rows());
    Ok(mean(
        rows.map(|(truth, scores)| gain(truth, scores, &discounts)),
    ))
}

/// `ndcg_score(y_true, y_score, k=…)`.
pub fn try_ndcg_score(truth: &Array2<f64>, scores: &Array2<f64>, k: Option<i64>) -> Result<f64> {
    if truth.dim() != scores.dim() {
        return Err(inconsistent_lengths(&[truth.nrows(), scores.nrows()]));
    }
    if truth.iter().any(|value| *value < 0.0) {
        return Err(value_error(
            "ndcg_score should not be used on negative y_true values.",
        ));
    }
    if truth.ncols() <= 1 {
        return Err(value_error(format!(
            "Computing NDCG is only meaningful when there is more than 1 document. Got {} instead.",
            truth.ncols()
        )));
    }
    let discounts = discounts(truth.ncols(), k);
    let rows = truth.rows().into_iter().zip(scores.rows());
    Ok(mean(rows.map(|(truth, scores)| {
        let mut best = truth.to_vec();
        best.sort_by(|a, b| compare(b, a));
        let most: f64 = best
            .iter()
            .zip(&discounts)
            .map(|(value, discount)| value * discount)
            .sum();
        if most == 0.0 {
            0.0
        } else {
            gain(truth, scores, &discounts) / most
        }
    })))
}

/// `top_k_accuracy_score(y_true, y_score, k=…)` of three or more classes.
pub fn try_top_k_accuracy_score<L: Labels>(
    truth: &L,
    scores: &Array2<f64>,
    k: i64,
    normalize: bool,
) -> Result<f64> {
    let (classes, codes) = truth.to_target().encode()?;
    let count = classes.length().unwrap_or(0);
    if count != scores.ncols() {
        return Err(value_error(format!(
            "Number of classes in 'y_true' ({count}) not equal to the number of classes in 'y_score' ({}).You can provide a list of all \
             known classes by assigning it to the `labels` parameter.",
            scores.ncols()
        )));
    }
    let hits = codes.iter().enumerate().filter(|(row, code)| {
        let own = scores.row(*row);
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by(|&a, &b| compare(&own[a], &own[b]));
        order
            .iter()
            .rev()
            .take(k as usize)
            .any(|class| class == *code)
    });
    let hits = hits.count() as f64;
    Ok(if normalize {
        hits / codes.len() as f64
    } else {
        hits
    })
}

throwing_functions! {
    /// See `try_mean_pinball_loss`.
    mean_pinball_loss = try_mean_pinball_loss(truth: &Array1<f64>, predicted: &Array1<f64>, alpha: f64) -> f64;
    /// See `try_mean_tweedie_deviance`.
    mean_tweedie_deviance = try_mean_tweedie_deviance(truth: &Array1<f64>, predicted: &Array1<f64>, power: f64) -> f64;
    /// See `try_mean_poisson_deviance`.
    mean_poisson_deviance = try_mean_poisson_deviance(truth: &Array1<f64>, predicted: &Array1<f64>) -> f64;
    /// See `try_mean_gamma_deviance`.
    mean_gamma_deviance = try_mean_gamma_deviance(truth: &Array1<f64>, predicted: &Array1<f64>) -> f64;
    /// See `try_d2_tweedie_score`.
    d2_tweedie_score = try_d2_tweedie_score(truth: &Array1<f64>, predicted: &Array1<f64>, power: f64) -> f64;
    /// See `try_root_mean_squared_log_error`.
    root_mean_squared_log_error = try_root_mean_squared_log_error(truth: &Array1<f64>, predicted: &Array1<f64>) -> f64;
    /// See `try_d2_absolute_error_score`.
    d2_absolute_error_score = try_d2_absolute_error_score(truth: &Array1<f64>, predicted: &Array1<f64>) -> f64;
    /// See `try_dcg_score`.
    dcg_score = try_dcg_score(truth: &Array2<f64>, scores: &Array2<f64>, k: Option<i64>) -> f64;
    /// See `try_ndcg_score`.
    ndcg_score = try_ndcg_score(truth: &Array2<f64>, scores: &Array2<f64>, k: Option<i64>) -> f64;
    /// See `try_top_k_accuracy_score`.
    top_k_accuracy_score = try_top_k_accuracy_score<L: Labels>(truth: &L, scores: &Array2<f64>, k: i64, normalize: bool) -> f64;
}
