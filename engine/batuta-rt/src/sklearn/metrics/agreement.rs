//! Agreement of two partitions, corrected for chance, and by pairs.

use super::clustering::{contingency, entropies, mutual_information};
use crate::py::math::lgamma;
use crate::sklearn::errors::{Result, throwing_functions};
use crate::sklearn::target::Labels;
use ndarray::Array2;

/// The mutual information of two random partitions with these sizes.
fn expected(rows: &[f64], columns: &[f64], samples: f64) -> f64 {
    if rows.len() == 1 || columns.len() == 1 {
        return 0.0;
    }
    let factorial = |value: f64| lgamma(value + 1.0);
    let mut total = 0.0;
    for &own in rows {
        for &its in columns {
            let first = (own + its - samples).max(1.0) as i64;
            let last = own.min(its) as i64;
            for both in first..=last {
                let both = both as f64;
                let share = both / samples;
                let information = (samples.ln() + both.ln()) - own.ln() - its.ln();
                let chance = factorial(own)
                    + factorial(its)
                    + factorial(samples - own)
                    + factorial(samples - its)
                    - factorial(samples)
                    - factorial(both)
                    - factorial(own - both)
                    - factorial(its - both)
                    - factorial(samples - own - its + both);
                total += share * information * chance.exp();
            }
        }
    }
    total
}

fn margins(table: &Array2<f64>) -> (Vec<f64>, Vec<f64>) {
    (
        table.rows().into_iter().map(|row| row.sum()).collect(),
        table
            .columns()
            .into_iter()
            .map(|column| column.sum())
            .collect(),
    )
}

/// `adjusted_mutual_info_score(labels_true, labels_pred)`.
pub fn try_adjusted_mutual_info_score<A: Labels, B: Labels>(
    truth: &A,
    predicted: &B,
) -> Result<f64> {
    let table = contingency(truth, predicted)?;
    if table.dim() == (1, 1) || table.dim() == (0, 0) {
        return Ok(1.0);
    }
    let (rows, columns) = margins(&table);
    if rows.len() == 1 || columns.len() == 1 {
        return Ok(0.0);
    }
    let by_chance = expected(&rows, &columns, table.sum());
    let shared = mutual_information(&table);
    let (own, its) = entropies(&table);
    let rest = (own + its) / 2.0 - by_chance;
    let rest = if rest < 0.0 {
        rest.min(-f64::EPSILON)
    } else {
        rest.max(f64::EPSILON)
    };
    Ok((shared - by_chance) / rest)
}

/// `fowlkes_mallows_score(labels_true, labels_pred)`.
pub fn try_fowlkes_mallows_score<A: Labels, B: Labels>(truth: &A, predicted: &B) -> Result<f64> {
    let table = contingency(truth, predicted)?;
    let samples = table.sum();
    let (rows, columns) = margins(&table);
    let pairs = |values: &[f64]| values.iter().map(|value| value * value).sum::<f64>() - samples;
    let both = table.iter().map(|value| value * value).sum::<f64>() - samples;
    Ok(if both == 0.0 {
        0.0
    } else {
        (both / pairs(&columns)).sqrt() * (both / pairs(&rows)).sqrt()
    })
}

throwing_functions! {
    /// See `try_adjusted_mutual_info_score`.
    adjusted_mutual_info_score = try_adjusted_mutual_info_score<A: Labels, B: Labels>(truth: &A, predicted: &B) -> f64;
    /// See `try_fowlkes_mallows_score`.
    fowlkes_mallows_score = try_fowlkes_mallows_score<A: Labels, B: Labels>(truth: &A, predicted: &B) -> f64;
}
