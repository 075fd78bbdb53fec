//! Metrics on scores: ROC curve and its area, logarithmic loss.

use crate::sklearn::errors::{Result, inconsistent_lengths, throwing_functions, value_error, warn};
use crate::sklearn::sums::{mean, sum};
use crate::sklearn::target::{Labels, Target};
use ndarray::{Array1, Array2};

/// Which samples belong to the second of two classes.
pub(super) fn positives(truth: &Target) -> Result<Vec<bool>> {
    let (classes, codes) = truth.encode()?;
    let count = classes.length().unwrap_or(0);
    if count > 2 {
        return Err(value_error("multi_class must be in ('ovo', 'ovr')"));
    }
    if count == 2 {
        return Ok(codes.into_iter().map(|code| code == 1).collect());
    }
    let one = super::classification::show_class(&classes, 0);
    Ok(codes
        .into_iter()
        .map(|_| matches!(one.as_str(), "1" | "1.0" | "True"))
        .collect())
}

/// The thresholds from high to low, and how many of the wrong and of the right samples reach each.
pub(super) fn counts_by_threshold(
    truth: &[bool],
    scores: &Array1<f64>,
) -> (Vec<f64>, Vec<f64>, Vec<f64>) {
    let mut order: Vec<usize> = (0..truth.len()).collect();
    order.sort_by(|&a, &b| crate::sklearn::target::compare(&scores[b], &scores[a]));
    let (mut falses, mut trues, mut thresholds) = (Vec::new(), Vec::new(), Vec::new());
    let (mut wrong, mut right) = (0.0, 0.0);
    for (position, &row) in order.iter().enumerate() {
        if truth[row] {
            right += 1.0;
        } else {
            wrong += 1.0;
        }
        let last = order
            .get(position + 1)
            .is_none_or(|&next| scores[next] != scores[row]);
        if last {
            falses.push(wrong);
            trues.push(right);
            thresholds.push(scores[row]);
        }
    }
    (falses, trues, thresholds)
}

/// False positive rates, true positive rates and thresholds.
fn curve(truth: &[bool], scores: &Array1<f64>, drop: bool) -> (Vec<f64>, Vec<f64>, Vec<f64>) {
    let (mut falses, mut trues, mut thresholds) = counts_by_threshold(truth, scores);
    let last = |values: &[f64]| values.last().copied().unwrap_or(0.0);
    let (wrong, right) = (last(&falses), last(&trues));
    falses.insert(0, 0.0);
    trues.insert(0, 0.0);
    thresholds.insert(0, f64::INFINITY);
    if drop && falses.len() > 3 {
        // Points on a straight line between their neighbours say nothing. The added first point takes no part in this.
        let mut keep = vec![true; falses.len()];
        for at in 2..falses.len() - 1 {
            let bend = |values: &[f64]| values[at + 1] - 2.0 * values[at] + values[at - 1];
            keep[at] = bend(&falses) != 0.0 || bend(&trues) != 0.0;
        }
        let chosen = |values: &[f64]| {
            values
                .iter()
                .zip(&keep)
                .filter(|(_, keep)| **keep)
                .map(|(value, _)| *value)
                .collect()
        };
        (falses, trues, thresholds) = (chosen(&falses), chosen(&trues), chosen(&thresholds));
    }
    let share = |values: Vec<f64>, whole: f64| {
        values
            .into_iter()
            .map(|value| if whole > 0.0 { value / whole } else { f64::NAN })
            .collect()
    };
    (share(falses, wrong), share(trues, right), thresholds)
}

/// The area under a curve by trapezia.
fn area(x: &[f64], y: &[f64]) -> f64 {
    sum((1..x.len()).map(|at| (x[at] - x[at - 1]) * (y[at] + y[at - 1]) / 2.0))
}

/// The area under the ROC curve of two classes.
pub fn roc_auc(truth: &Target, scores: &Array1<f64>) -> Result<f64> {
    if truth.length() != Some(scores.len()) {
        return Err(inconsistent_lengths(&[
            truth.length().unwrap_or(0),
            scores.len(),
        ]));
    }
    let truth = positives(truth)?;
    if truth.iter().all(|value| *value) || !truth.iter().any(|value| *value) {
        warn(
            "UndefinedMetricWarning",
            "Only one class is present in y_true. ROC AUC score is not defined in that case.",
        );
        return Ok(f64::NAN);
    }
    let (falses, trues, _) = curve(&truth, scores, true);
    Ok(area(&falses, &trues))
}

/// The mean of minus the logarithm of the chance given to the true class.
pub fn logarithmic_loss(truth: &Target, chances: &Array2<f64>) -> Result<f64> {
    let (classes, codes) = truth.encode()?;
    let count = classes.length().unwrap_or(0);
    if count == 1 {
        return Err(value_error(format!(
            "y_true contains only one label ({}). Please provide the list of all expected class labels explicitly through the labels \
             argument.",
            super::classification::show_class(&classes, 0)
        )));
    }
    if count != chances.ncols() {
        return Err(value_error(
            "y_true and y_proba contain different number of classes",
        ));
    }
    if codes.len() != chances.nrows() {
        return Err(inconsistent_lengths(&[codes.len(), chances.nrows()]));
    }
    Ok(mean(codes.iter().enumerate().map(|(row, &code)| {
        -chances[(row, code)]
            .clamp(f64::EPSILON, 1.0 - f64::EPSILON)
            .ln()
    })))
}

/// `roc_auc_score(y_true, y_score)`.
pub fn try_roc_auc_score<A: Labels>(truth: &A, scores: &Array1<f64>) -> Result<f64> {
    roc_auc(&truth.to_target(), scores)
}

/// `roc_auc_score(y_true, y_score, multi_class="ovr")`: the mean over the classes of each against the rest.
pub fn try_roc_auc_one_by_one<A: Labels>(
    truth: &A,
    chances: &Array2<f64>,
    weighted: bool,
) -> Result<f64> {
    let (classes, codes) = truth.to_target().encode()?;
    let count = classes.length().unwrap_or(0);
    if count != chances.ncols() {
        return Err(value_error(format!(
            "Number of classes in y_true not equal to the number of columns in 'y_score': {count} != {}",
            chances.ncols()
        )));
    }
    let areas: Vec<f64> = (0..count)
        .map(|class| {
            let own: Vec<bool> = codes.iter().map(|&code| code == class).collect();
            let (falses, trues, _) = curve(&own, &chances.column(class).to_owned(), true);
            area(&falses, &trues)
        })
        .collect();
    if !weighted {
        return Ok(mean(areas));
    }
    let weights: Vec<f64> = (0..count)
        .map(|class| codes.iter().filter(|&&code| code == class).count() as f64)
        .collect();
    Ok(sum(areas
        .iter()
        .zip(&weights)
        .map(|(area, weight)| area * weight))
        / sum(weights.iter().copied()))
}

/// `roc_curve(y_true, y_score)`.
pub fn try_roc_curve<A: Labels>(
    truth: &A,
    scores: &Array1<f64>,
) -> Result<(Array1<f64>, Array1<f64>, Array1<f64>)> {
    let (falses, trues, thresholds) = curve(&positives(&truth.to_target())?, scores, true);
    Ok((falses.into(), trues.into(), thresholds.into()))
}

/// `auc(x, y)`.
pub fn try_auc(x: &Array1<f64>, y: &Array1<f64>) -> Result<f64> {
    let rising = x.windows(2).into_iter().all(|pair| pair[0] <= pair[1]);
    let falling = x.windows(2).into_iter().all(|pair| pair[0] >= pair[1]);
    if !rising && !falling {
        return Err(value_error("x is neither increasing nor decreasing"));
    }
    let result = area(&x.to_vec(), &y.to_vec());
    Ok(if rising { result } else { -result })
}

/// `log_loss(y_true, y_proba)` with a table of chances.
pub fn try_log_loss<A: Labels>(truth: &A, chances: &Array2<f64>) -> Result<f64> {
    logarithmic_loss(&truth.to_target(), chances)
}

/// `log_loss(y_true, y_proba)` with the chances of the second of two classes.
pub fn try_log_loss_of_two<A: Labels>(truth: &A, chances: &Array1<f64>) -> Result<f64> {
    let table = Array2::from_shape_fn((chances.len(), 2), |(row, class)| {
        if class == 1 {
            chances[row]
        } else {
            1.0 - chances[row]
        }
    });
    logarithmic_loss(&truth.to_target(), &table)
}

throwing_functions! {
    /// See `try_roc_auc_score`.
    roc_auc_score = try_roc_auc_score<A: Labels>(truth: &A, scores: &Array1<f64>) -> f64;
    /// See `try_roc_auc_one_by_one`.
    roc_auc_one_by_one = try_roc_auc_one_by_one<A: Labels>(truth: &A, chances: &Array2<f64>, weighted: bool) -> f64;
    /// See `try_roc_curve`.
    roc_curve = try_roc_curve<A: Labels>(truth: &A, scores: &Array1<f64>) -> (Array1<f64>, Array1<f64>, Array1<f64>);
    /// See `try_auc`.
    auc = try_auc(x: &Array1<f64>, y: &Array1<f64>) -> f64;
    /// See `try_log_loss`.
    log_loss = try_log_loss<A: Labels>(truth: &A, chances: &Array2<f64>) -> f64;
    /// See `try_log_loss_of_two`.
    log_loss_of_two = try_log_loss_of_two<A: Labels>(truth: &A, chances: &Array1<f64>) -> f64;
}
