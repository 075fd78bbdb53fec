//! Metrics on labels: accuracy, precision, recall, F, confusion.

use crate::py::{Float, Text};
use crate::sklearn::errors::{Result, inconsistent_lengths, throwing_functions, value_error, warn};
use crate::sklearn::sums::{mean, sum};
use crate::sklearn::target::{Labels, Target};
use ndarray::{Array1, Array2};

/// How the scores of several classes become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Average {
    /// The score of one class only.
    Binary,
    /// The plain mean.
    Macro,
    /// From all counts together.
    Micro,
    /// The mean weighted by the true counts.
    Weighted,
}

/// The classes of both columns in order, and both columns as positions among them.
pub(crate) fn together(
    truth: &Target,
    predicted: &Target,
) -> Result<(Target, Vec<usize>, Vec<usize>)> {
    let (length, other) = (truth.length().unwrap_or(0), predicted.length().unwrap_or(0));
    if length != other {
        return Err(inconsistent_lengths(&[length, other]));
    }
    for (column, other) in [(truth, predicted), (predicted, truth)] {
        if let Target::Float(values) = column
            && values.iter().any(|value| value.fract() != 0.0)
        {
            let kind = |target: &Target| match target {
                Target::Float(values) if values.iter().any(|value| value.fract() != 0.0) => {
                    "continuous".to_string()
                }
                target => {
                    let many = target
                        .encode()
                        .map_or(0, |(classes, _)| classes.length().unwrap_or(0))
                        > 2;
                    if many { "multiclass" } else { "binary" }.to_string()
                }
            };
            let (own, its) = (kind(truth), kind(predicted));
            let _ = other;
            return Err(value_error(if own == its {
                format!("{own} is not supported")
            } else {
                format!("Classification metrics can't handle a mix of {own} and {its} targets")
            }));
        }
    }
    let joined = match (truth, predicted) {
        (Target::Text(_), Target::Text(_))
        | (Target::Int(_), Target::Int(_))
        | (Target::Bool(_), Target::Bool(_))
        | (Target::Float(_), Target::Float(_)) => {
            Target::join(vec![truth.clone(), predicted.clone()])?
        }
        (Target::Text(_), _) | (_, Target::Text(_)) => {
            return Err(value_error(
                "Labels in y_true and y_pred should be of the same type.",
            ));
        }
        _ => Target::join(vec![
            Target::Float(truth.floats()?),
            Target::Float(predicted.floats()?),
        ])?,
    };
    let (classes, codes) = joined.encode()?;
    let (own, its) = codes.split_at(length);
    Ok((classes, own.to_vec(), its.to_vec()))
}

/// A class as Python shows it in a message.
pub(crate) fn show_class(classes: &Target, at: usize) -> String {
    match classes {
        Target::Int(values) => values[at].to_string(),
        Target::Float(values) => Float(values[at]).to_string(),
        Target::Bool(values) => values[at].repr_text(),
        Target::Text(values) => values[at].clone(),
        _ => String::new(),
    }
}

/// The share of equal labels.
pub fn accuracy(truth: &Target, predicted: &Target) -> Result<f64> {
    let (_, own, its) = together(truth, predicted)?;
    let hits = own.iter().zip(&its).filter(|(own, its)| own == its).count();
    Ok(hits as f64 / own.len() as f64)
}

/// The mean over the true classes of the share of each that was found.
pub fn balanced_accuracy(truth: &Target, predicted: &Target) -> Result<f64> {
    let (classes, own, its) = together(truth, predicted)?;
    let count = classes.length().unwrap_or(0);
    let mut hits = vec![0.0; count];
    let mut totals = vec![0.0; count];
    for (own, its) in own.iter().zip(&its) {
        totals[*own] += 1.0;
        if own == its {
            hits[*own] += 1.0;
        }
    }
    Ok(mean(
        hits.iter()
            .zip(&totals)
            .filter(|(_, total)| **total > 0.0)
            .map(|(hit, total)| hit / total),
    ))
}

/// Counts for each class: hits, predicted, true.
struct Counts {
    hits: Vec<f64>,
    predicted: Vec<f64>,
    truth: Vec<f64>,
}

fn count(classes: usize, own: &[usize], its: &[usize]) -> Counts {
    let mut counts = Counts {
        hits: vec![0.0; classes],
        predicted: vec![0.0; classes],
        truth: vec![0.0; classes],
    };
    for (&own, &its) in own.iter().zip(its) {
        counts.truth[own] += 1.0;
        counts.predicted[its] += 1.0;
        if own == its {
            counts.hits[own] += 1.0;
        }
    }
    counts
}

pub(super) fn divide_or(part: f64, whole: f64, instead: Option<f64>, what: &str) -> f64 {
    if whole != 0.0 {
        return part / whole;
    }
    instead.unwrap_or_else(|| {
        let (name, reason) = match what {
            "precision" => ("Precision", "predicted"),
            "recall" => ("Recall", "true"),
            _ => ("F-score", "true nor predicted"),
        };
        warn(
            "UndefinedMetricWarning",
            &format!(
                "{name} is ill-defined and being set to 0.0 due to no {reason} samples. Use `zero_division` parameter to control this \
                 behavior."
            ),
        );
        0.0
    })
}

/// Precision, recall, F and true count of each class.
pub(crate) fn by_class(
    classes: usize,
    own: &[usize],
    its: &[usize],
    instead: Option<f64>,
) -> Vec<(f64, f64, f64, f64)> {
    let counts = count(classes, own, its);
    (0..classes)
        .map(|at| {
            let (hits, predicted, truth) =
                (counts.hits[at], counts.predicted[at], counts.truth[at]);
            (
                divide_or(hits, predicted, instead, "precision"),
                divide_or(hits, truth, instead, "recall"),
                divide_or(2.0 * hits, truth + predicted, instead, "f"),
                truth,
            )
        })
        .collect()
}

/// One precision, recall and F from those of the classes.
pub(crate) fn averaged(
    classes: usize,
    own: &[usize],
    its: &[usize],
    average: Average,
    instead: Option<f64>,
) -> (f64, f64, f64) {
    if average == Average::Micro {
        let counts = count(classes, own, its);
        let (hits, predicted, truth) = (sum(counts.hits), sum(counts.predicted), sum(counts.truth));
        return (
            divide_or(hits, predicted, instead, "precision"),
            divide_or(hits, truth, instead, "recall"),
            divide_or(2.0 * hits, truth + predicted, instead, "f"),
        );
    }
    let rows = by_class(classes, own, its, instead);
    let weights: Vec<f64> = rows
        .iter()
        .map(|row| {
            if average == Average::Weighted {
                row.3
            } else {
                1.0
            }
        })
        .collect();
    let one = |values: Vec<f64>| {
        if average == Average::Macro {
            return mean(values);
        }
        sum(values
            .iter()
            .zip(&weights)
            .map(|(value, weight)| value * weight))
            / sum(weights.iter().copied())
    };
    (
        one(rows.iter().map(|row| row.0).collect()),
        one(rows.iter().map(|row| row.1).collect()),
        one(rows.iter().map(|row| row.2).collect()),
    )
}

/// The class that counts for `Average::Binary`, or None when it is not among one class.
pub(super) fn class_that_counts(
    classes: &Target,
    positive: Option<&Target>,
) -> Result<Option<usize>> {
    let count = classes.length().unwrap_or(0);
    if count > 2 {
        return Err(value_error(
            "Target is multiclass but average='binary'. Please choose another average setting, one of [None, 'micro', 'macro', \
             'weighted'].",
        ));
    }
    let wanted = positive.map_or("1".to_string(), |label| show_class(label, 0));
    let names: Vec<String> = (0..count).map(|at| show_class(classes, at)).collect();
    let same = |name: &String| {
        *name == wanted
            || name.strip_suffix(".0") == Some(wanted.as_str())
            || (name == "True" && wanted == "1")
    };
    let Some(at) = names.iter().position(same) else {
        if count >= 2 {
            let text = matches!(classes, Target::Text(_));
            let shown: Vec<String> = names
                .iter()
                .map(|name| match classes {
                    Target::Text(_) => format!("np.str_('{name}')"),
                    Target::Int(_) => format!("np.int64({name})"),
                    _ => format!("np.float64({name})"),
                })
                .collect();
            let wanted = if text && positive.is_some() {
                format!("'{wanted}'")
            } else {
                wanted
            };
            return Err(value_error(format!(
                "pos_label={wanted} is not a valid label. It should be one of [{}]",
                shown.join(", ")
            )));
        }
        return Ok(None);
    };
    Ok(Some(at))
}

/// Precision, recall and F. `positive` is the class that counts for `Average::Binary` (1 by default).
pub fn precision_recall_f(
    truth: &Target,
    predicted: &Target,
    average: Average,
    positive: Option<&Target>,
    instead: Option<f64>,
) -> Result<(f64, f64, f64)> {
    let (classes, own, its) = together(truth, predicted)?;
    let count = classes.length().unwrap_or(0);
    if average != Average::Binary {
        return Ok(averaged(count, &own, &its, average, instead));
    }
    let Some(at) = class_that_counts(&classes, positive)? else {
        return Ok((
            divide_or(0.0, 0.0, instead, "precision"),
            divide_or(0.0, 0.0, instead, "recall"),
            divide_or(0.0, 0.0, instead, "f"),
        ));
    };
    let row = by_class(count, &own, &its, instead)[at];
    Ok((row.0, row.1, row.2))
}

/// The averaging that `average=` names.
pub(super) fn average_named(name: &str) -> Result<Average> {
    Ok(match name {
        "binary" => Average::Binary,
        "macro" => Average::Macro,
        "micro" => Average::Micro,
        "weighted" => Average::Weighted,
        other => {
            return Err(value_error(format!(
                "average has to be one of (None, 'micro', 'macro', 'weighted', 'samples'), got '{other}'"
            )));
        }
    })
}

/// `accuracy_score(y_true, y_pred)`.
pub fn try_accuracy_score<A: Labels, B: Labels>(truth: &A, predicted: &B) -> Result<f64> {
    accuracy(&truth.to_target(), &predicted.to_target())
}

/// `accuracy_score(y_true, y_pred, normalize=False)`.
pub fn try_accuracy_count<A: Labels, B: Labels>(truth: &A, predicted: &B) -> Result<f64> {
    let (_, own, its) = together(&truth.to_target(), &predicted.to_target())?;
    Ok(own.iter().zip(&its).filter(|(own, its)| own == its).count() as f64)
}

/// `balanced_accuracy_score(y_true, y_pred)`.
pub fn try_balanced_accuracy_score<A: Labels, B: Labels>(truth: &A, predicted: &B) -> Result<f64> {
    balanced_accuracy(&truth.to_target(), &predicted.to_target())
}

/// `precision_score(y_true, y_pred, average=…)`.
pub fn try_precision_score<A: Labels, B: Labels>(
    truth: &A,
    predicted: &B,
    average: &str,
    positive: Option<Target>,
    instead: Option<f64>,
) -> Result<f64> {
    Ok(precision_recall_f(
        &truth.to_target(),
        &predicted.to_target(),
        average_named(average)?,
        positive.as_ref(),
        instead,
    )?
    .0)
}

/// `recall_score(y_true, y_pred, average=…)`.
pub fn try_recall_score<A: Labels, B: Labels>(
    truth: &A,
    predicted: &B,
    average: &str,
    positive: Option<Target>,
    instead: Option<f64>,
) -> Result<f64> {
    Ok(precision_recall_f(
        &truth.to_target(),
        &predicted.to_target(),
        average_named(average)?,
        positive.as_ref(),
        instead,
    )?
    .1)
}

/// `f1_score(y_true, y_pred, average=…)`.
pub fn try_f1_score<A: Labels, B: Labels>(
    truth: &A,
    predicted: &B,
    average: &str,
    positive: Option<Target>,
    instead: Option<f64>,
) -> Result<f64> {
    Ok(precision_recall_f(
        &truth.to_target(),
        &predicted.to_target(),
        average_named(average)?,
        positive.as_ref(),
        instead,
    )?
    .2)
}

/// The scores of every class: `average=None`. `which` is 0 for precision, 1 for recall, 2 for F.
pub fn try_scores_by_class<A: Labels, B: Labels>(
    truth: &A,
    predicted: &B,
    which: i64,
    instead: Option<f64>,
) -> Result<Array1<f64>> {
    let (classes, own, its) = together(&truth.to_target(), &predicted.to_target())?;
    Ok(by_class(classes.length().unwrap_or(0), &own, &its, instead)
        .into_iter()
        .map(|row| [row.0, row.1, row.2][which as usize])
        .collect())
}

/// `confusion_matrix(y_true, y_pred)`: true classes are rows.
pub fn try_confusion_matrix<A: Labels, B: Labels>(truth: &A, predicted: &B) -> Result<Array2<i64>> {
    let (classes, own, its) = together(&truth.to_target(), &predicted.to_target())?;
    let count = classes.length().unwrap_or(0);
    let mut matrix = Array2::zeros((count, count));
    for (own, its) in own.into_iter().zip(its) {
        matrix[(own, its)] += 1;
    }
    Ok(matrix)
}

/// `confusion_matrix(y_true, y_pred, labels=labels)`: only these classes, in this order.
pub fn try_confusion_matrix_of<A: Labels, B: Labels, C: Labels>(
    truth: &A,
    predicted: &B,
    labels: &C,
) -> Result<Array2<i64>> {
    let (classes, own, its) = together(&truth.to_target(), &predicted.to_target())?;
    let labels = labels.to_target();
    let names: Vec<String> = (0..labels.length().unwrap_or(0))
        .map(|at| show_class(&labels, at))
        .collect();
    let place = |code: usize| {
        names
            .iter()
            .position(|name| *name == show_class(&classes, code))
    };
    let mut matrix = Array2::zeros((names.len(), names.len()));
    for (own, its) in own.into_iter().zip(its) {
        if let (Some(row), Some(column)) = (place(own), place(its)) {
            matrix[(row, column)] += 1;
        }
    }
    Ok(matrix)
}

/// `confusion_matrix(y_true, y_pred, normalize=…)`.
pub fn try_confusion_shares<A: Labels, B: Labels>(
    truth: &A,
    predicted: &B,
    normalize: &str,
) -> Result<Array2<f64>> {
    let matrix = try_confusion_matrix(truth, predicted)?.mapv(|value| value as f64);
    let share = |part: f64, whole: f64| if whole == 0.0 { 0.0 } else { part / whole };
    let rows: Vec<f64> = matrix.rows().into_iter().map(|row| row.sum()).collect();
    let columns: Vec<f64> = matrix
        .columns()
        .into_iter()
        .map(|column| column.sum())
        .collect();
    let total = matrix.sum();
    Ok(Array2::from_shape_fn(matrix.dim(), |(row, column)| {
        let whole = match normalize {
            "true" => rows[row],
            "pred" => columns[column],
            _ => total,
        };
        share(matrix[(row, column)], whole)
    }))
}

/// `matthews_corrcoef(y_true, y_pred)`.
pub fn try_matthews_corrcoef<A: Labels, B: Labels>(truth: &A, predicted: &B) -> Result<f64> {
    let matrix = try_confusion_matrix(truth, predicted)?.mapv(|value| value as f64);
    let rows: Vec<f64> = matrix.rows().into_iter().map(|row| row.sum()).collect();
    let columns: Vec<f64> = matrix
        .columns()
        .into_iter()
        .map(|column| column.sum())
        .collect();
    let (hits, total) = (matrix.diag().sum(), matrix.sum());
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let both = hits * total - product(&rows, &columns);
    let own = total * total - product(&columns, &columns);
    let its = total * total - product(&rows, &rows);
    Ok(if own * its == 0.0 {
        0.0
    } else {
        both / (own * its).sqrt()
    })
}

/// `cohen_kappa_score(y_true, y_pred)`.
pub fn try_cohen_kappa_score<A: Labels, B: Labels>(truth: &A, predicted: &B) -> Result<f64> {
    let matrix = try_confusion_matrix(truth, predicted)?.mapv(|value| value as f64);
    let total = matrix.sum();
    let (mut seen, mut expected) = (0.0, 0.0);
    for row in 0..matrix.nrows() {
        for column in 0..matrix.ncols() {
            if row != column {
                seen += matrix[(row, column)];
                expected += matrix.row(row).sum() * matrix.column(column).sum() / total;
            }
        }
    }
    Ok(1.0 - seen / expected)
}

/// `hamming_loss(y_true, y_pred)`.
pub fn try_hamming_loss<A: Labels, B: Labels>(truth: &A, predicted: &B) -> Result<f64> {
    let (_, own, its) = together(&truth.to_target(), &predicted.to_target())?;
    Ok(own.iter().zip(&its).filter(|(own, its)| own != its).count() as f64 / own.len() as f64)
}

throwing_functions! {
    /// See `try_accuracy_score`.
    accuracy_score = try_accuracy_score<A: Labels, B: Labels>(truth: &A, predicted: &B) -> f64;
    /// See `try_accuracy_count`.
    accuracy_count = try_accuracy_count<A: Labels, B: Labels>(truth: &A, predicted: &B) -> f64;
    /// See `try_balanced_accuracy_score`.
    balanced_accuracy_score = try_balanced_accuracy_score<A: Labels, B: Labels>(truth: &A, predicted: &B) -> f64;
    /// See `try_precision_score`.
    precision_score = try_precision_score<A: Labels, B: Labels>(truth: &A, predicted: &B, average: &str, positive: Option<Target>, instead: Option<f64>) -> f64;
    /// See `try_recall_score`.
    recall_score = try_recall_score<A: Labels, B: Labels>(truth: &A, predicted: &B, average: &str, positive: Option<Target>, instead: Option<f64>) -> f64;
    /// See `try_f1_score`.
    f1_score = try_f1_score<A: Labels, B: Labels>(truth: &A, predicted: &B, average: &str, positive: Option<Target>, instead: Option<f64>) -> f64;
    /// See `try_scores_by_class`.
    scores_by_class = try_scores_by_class<A: Labels, B: Labels>(truth: &A, predicted: &B, which: i64, instead: Option<f64>) -> Array1<f64>;
    /// See `try_confusion_matrix`.
    confusion_matrix = try_confusion_matrix<A: Labels, B: Labels>(truth: &A, predicted: &B) -> Array2<i64>;
    /// See `try_confusion_matrix_of`.
    confusion_matrix_of = try_confusion_matrix_of<A: Labels, B: Labels, C: Labels>(truth: &A, predicted: &B, labels: &C) -> Array2<i64>;
    /// See `try_confusion_shares`.
    confusion_shares = try_confusion_shares<A: Labels, B: Labels>(truth: &A, predicted: &B, normalize: &str) -> Array2<f64>;
    /// See `try_matthews_corrcoef`.
    matthews_corrcoef = try_matthews_corrcoef<A: Labels, B: Labels>(truth: &A, predicted: &B) -> f64;
    /// See `try_cohen_kappa_score`.
    cohen_kappa_score = try_cohen_kappa_score<A: Labels, B: Labels>(truth: &A, predicted: &B) -> f64;
    /// See `try_hamming_loss`.
    hamming_loss = try_hamming_loss<A: Labels, B: Labels>(truth: &A, predicted: &B) -> f64;
}

/// One label, as `pos_label=` gives it.
pub fn label(value: impl Into<OneLabel>) -> Target {
    value.into().0
}

/// A single label of any kind.
pub struct OneLabel(Target);

impl From<i64> for OneLabel {
    fn from(value: i64) -> Self {
        OneLabel(Target::Int(Array1::from_elem(1, value)))
    }
}

impl From<&str> for OneLabel {
    fn from(value: &str) -> Self {
        OneLabel(Target::Text(Array1::from_elem(1, value.to_string())))
    }
}

impl From<String> for OneLabel {
    fn from(value: String) -> Self {
        OneLabel(Target::Text(Array1::from_elem(1, value)))
    }
}
