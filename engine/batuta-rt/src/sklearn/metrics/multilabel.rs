//! Scores of several labels a row: tables of zeros and ones.

use crate::sklearn::errors::{Result, throwing_functions, value_error};
use crate::sklearn::sums::{mean, sum};
use ndarray::{Array1, Array2, Array3, ArrayView1};

/// A table that says which labels each row has.
pub trait Indicators {
    /// Zeros and ones.
    fn table(&self) -> Array2<i64>;
}

impl Indicators for Array2<i64> {
    fn table(&self) -> Array2<i64> {
        self.clone()
    }
}

impl Indicators for Array2<bool> {
    fn table(&self) -> Array2<i64> {
        self.mapv(i64::from)
    }
}

impl Indicators for Array2<f64> {
    fn table(&self) -> Array2<i64> {
        // What is neither 0 nor 1 becomes a number that the check below refuses.
        self.mapv(|value| match value {
            0.0 => 0,
            1.0 => 1,
            _ => 2,
        })
    }
}

fn pair<A: Indicators, B: Indicators>(truth: &A, found: &B) -> Result<(Array2<i64>, Array2<i64>)> {
    let (truth, found) = (truth.table(), found.table());
    if truth.nrows() != found.nrows() {
        return Err(crate::sklearn::errors::inconsistent_lengths(&[
            truth.nrows(),
            found.nrows(),
        ]));
    }
    if truth.ncols() != found.ncols() {
        return Err(value_error(
            "Multi-label binary indicator input with different numbers of labels",
        ));
    }
    if truth
        .iter()
        .chain(&found)
        .any(|value| !(0..=1).contains(value))
    {
        return Err(value_error("multiclass-multioutput is not supported"));
    }
    Ok((truth, found))
}

/// Hits, predicted ones and true ones of two columns (or rows).
fn tally(truth: ArrayView1<i64>, found: ArrayView1<i64>) -> [f64; 3] {
    let hits = truth
        .iter()
        .zip(found)
        .filter(|(a, b)| **a == 1 && **b == 1);
    [hits.count() as f64, found.sum() as f64, truth.sum() as f64]
}

/// Precision, recall, F1 or Jaccard's index of a tally.
fn score(which: usize, [hits, found, truth]: [f64; 3], instead: f64) -> f64 {
    let (over, under) = match which {
        0 => (hits, found),
        1 => (hits, truth),
        2 => (2.0 * hits, found + truth),
        _ => (hits, found + truth - hits),
    };
    if under == 0.0 { instead } else { over / under }
}

fn tallies(truth: &Array2<i64>, found: &Array2<i64>, by_rows: bool) -> Vec<[f64; 3]> {
    let axis = ndarray::Axis(usize::from(!by_rows));
    truth
        .axis_iter(axis)
        .zip(found.axis_iter(axis))
        .map(|(one, other)| tally(one, other))
        .collect()
}

/// The share of rows that are right as a whole.
pub fn try_exact<A: Indicators, B: Indicators>(truth: &A, found: &B) -> Result<f64> {
    let (truth, found) = &pair(truth, found)?;
    let right = truth.rows().into_iter().zip(found.rows());
    Ok(mean(right.map(|(a, b)| f64::from(u8::from(a == b)))))
}

/// How many rows are right as a whole.
pub fn try_exact_count<A: Indicators, B: Indicators>(truth: &A, found: &B) -> Result<f64> {
    let (truth, found) = &pair(truth, found)?;
    let right = truth.rows().into_iter().zip(found.rows());
    Ok(right.filter(|(a, b)| a == b).count() as f64)
}

/// The share of labels that are wrong.
pub fn try_wrong<A: Indicators, B: Indicators>(truth: &A, found: &B) -> Result<f64> {
    let (truth, found) = &pair(truth, found)?;
    let wrong = truth.iter().zip(found).filter(|(a, b)| a != b).count();
    Ok(wrong as f64 / truth.len() as f64)
}

/// Precision (0), recall (1), F1 (2) or Jaccard's index (3), averaged.
pub fn try_averaged<A: Indicators, B: Indicators>(
    which: usize,
    truth: &A,
    found: &B,
    average: &str,
    instead: f64,
) -> Result<f64> {
    let (truth, found) = &pair(truth, found)?;
    let all = tallies(truth, found, average == "samples");
    let total = |at: usize| all.iter().map(|each| each[at]).sum::<f64>();
    let scores = all.iter().map(|each| score(which, *each, instead));
    Ok(match average {
        "micro" => score(which, [total(0), total(1), total(2)], instead),
        "weighted" if total(2) == 0.0 => instead,
        "weighted" => {
            let weighted = scores.zip(&all).map(|(score, each)| score * each[2]);
            sum(weighted) / total(2)
        }
        "binary" => {
            return Err(value_error(
                "Target is multilabel-indicator but average='binary'. Please choose another average setting, one of [None, 'micro', \
                 'macro', 'weighted', 'samples'].",
            ));
        }
        _ => mean(scores),
    })
}

/// The same for each label.
pub fn try_by_label<A: Indicators, B: Indicators>(
    which: usize,
    truth: &A,
    found: &B,
    instead: f64,
) -> Result<Array1<f64>> {
    let (truth, found) = &pair(truth, found)?;
    let all = tallies(truth, found, false);
    Ok(all
        .iter()
        .map(|each| score(which, *each, instead))
        .collect())
}

/// `multilabel_confusion_matrix`: a table of two by two for each label.
pub fn try_confusions<A: Indicators, B: Indicators>(truth: &A, found: &B) -> Result<Array3<i64>> {
    let (truth, found) = &pair(truth, found)?;
    let mut made = Array3::zeros((truth.ncols(), 2, 2));
    for row in 0..truth.nrows() {
        for label in 0..truth.ncols() {
            let place = (
                label,
                truth[(row, label)] as usize,
                found[(row, label)] as usize,
            );
            made[place] += 1;
        }
    }
    Ok(made)
}

throwing_functions! {
    /// See `try_exact`.
    exact = try_exact<A: Indicators, B: Indicators>(truth: &A, found: &B) -> f64;
    /// See `try_exact_count`.
    exact_count = try_exact_count<A: Indicators, B: Indicators>(truth: &A, found: &B) -> f64;
    /// See `try_wrong`.
    wrong = try_wrong<A: Indicators, B: Indicators>(truth: &A, found: &B) -> f64;
    /// See `try_averaged`.
    averaged = try_averaged<A: Indicators, B: Indicators>(which: usize, truth: &A, found: &B, average: &str, instead: f64) -> f64;
    /// See `try_by_label`.
    by_label = try_by_label<A: Indicators, B: Indicators>(which: usize, truth: &A, found: &B, instead: f64) -> Array1<f64>;
    /// See `try_confusions`.
    confusions = try_confusions<A: Indicators, B: Indicators>(truth: &A, found: &B) -> Array3<i64>;
}
