//! Metrics on clusterings: silhouette, Rand index, mutual information.

use crate::sklearn::errors::{Result, inconsistent_lengths, throwing_functions, value_error};
use crate::sklearn::sums::{column_means, mean, sum};
use crate::sklearn::target::Labels;
use ndarray::{Array1, Array2, ArrayView1};

/// The squared distance of two points.
pub(crate) fn squared_distance(a: ArrayView1<f64>, b: ArrayView1<f64>) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum()
}

fn groups<L: Labels>(x: &Array2<f64>, labels: &L) -> Result<(Vec<usize>, usize)> {
    let (classes, codes) = labels.to_target().encode()?;
    let count = classes.length().unwrap_or(0);
    if codes.len() != x.nrows() {
        return Err(inconsistent_lengths(&[x.nrows(), codes.len()]));
    }
    if !(1 < count && count < x.nrows()) {
        return Err(value_error(format!(
            "Number of labels is {count}. Valid values are 2 to n_samples - 1 (inclusive)"
        )));
    }
    Ok((codes, count))
}

/// `silhouette_samples(X, labels)`.
pub fn try_silhouette_samples<L: Labels>(x: &Array2<f64>, labels: &L) -> Result<Array1<f64>> {
    let (codes, count) = groups(x, labels)?;
    let mut sizes = vec![0.0; count];
    for &code in &codes {
        sizes[code] += 1.0;
    }
    Ok((0..x.nrows())
        .map(|row| {
            let mut sums = vec![0.0; count];
            for other in 0..x.nrows() {
                sums[codes[other]] += squared_distance(x.row(row), x.row(other)).sqrt();
            }
            let own = codes[row];
            if sizes[own] == 1.0 {
                return 0.0;
            }
            let inside = sums[own] / (sizes[own] - 1.0);
            let outside = (0..count)
                .filter(|&class| class != own)
                .map(|class| sums[class] / sizes[class])
                .fold(f64::INFINITY, f64::min);
            let value = (outside - inside) / inside.max(outside);
            if value.is_nan() { 0.0 } else { value }
        })
        .collect())
}

/// `silhouette_score(X, labels)`.
pub fn try_silhouette_score<L: Labels>(x: &Array2<f64>, labels: &L) -> Result<f64> {
    Ok(mean(try_silhouette_samples(x, labels)?))
}

fn rows_of(x: &Array2<f64>, codes: &[usize], class: usize) -> Array2<f64> {
    let rows: Vec<usize> = (0..codes.len())
        .filter(|&row| codes[row] == class)
        .collect();
    x.select(ndarray::Axis(0), &rows)
}

/// `calinski_harabasz_score(X, labels)`.
pub fn try_calinski_harabasz_score<L: Labels>(x: &Array2<f64>, labels: &L) -> Result<f64> {
    let (codes, count) = groups(x, labels)?;
    let centre = column_means(x);
    let (mut between, mut within) = (0.0, 0.0);
    for class in 0..count {
        let own = rows_of(x, &codes, class);
        let middle = column_means(&own);
        between += own.nrows() as f64 * squared_distance(middle.view(), centre.view());
        within += sum((&own - &middle).iter().map(|value| value * value));
    }
    let samples = x.nrows() as f64;
    Ok(if within == 0.0 {
        1.0
    } else {
        between * (samples - count as f64) / (within * (count as f64 - 1.0))
    })
}

/// `davies_bouldin_score(X, labels)`.
pub fn try_davies_bouldin_score<L: Labels>(x: &Array2<f64>, labels: &L) -> Result<f64> {
    let (codes, count) = groups(x, labels)?;
    let parts: Vec<Array2<f64>> = (0..count).map(|class| rows_of(x, &codes, class)).collect();
    let middles: Vec<Array1<f64>> = parts.iter().map(column_means).collect();
    let spreads: Vec<f64> = parts
        .iter()
        .zip(&middles)
        .map(|(part, middle)| {
            mean(
                part.rows()
                    .into_iter()
                    .map(|row| squared_distance(row, middle.view()).sqrt()),
            )
        })
        .collect();
    Ok(mean((0..count).map(|class| {
        (0..count)
            .filter(|&other| other != class)
            .map(|other| {
                let distance =
                    squared_distance(middles[class].view(), middles[other].view()).sqrt();
                if distance == 0.0 {
                    0.0
                } else {
                    (spreads[class] + spreads[other]) / distance
                }
            })
            .fold(0.0, f64::max)
    })))
}

/// How often each pair of labels occurs.
pub(super) fn contingency<A: Labels, B: Labels>(truth: &A, predicted: &B) -> Result<Array2<f64>> {
    let (classes, codes) = truth.to_target().encode()?;
    let (clusters, its) = predicted.to_target().encode()?;
    if codes.len() != its.len() {
        return Err(inconsistent_lengths(&[codes.len(), its.len()]));
    }
    let mut table = Array2::zeros((
        classes.length().unwrap_or(0),
        clusters.length().unwrap_or(0),
    ));
    for (own, its) in codes.into_iter().zip(its) {
        table[(own, its)] += 1.0;
    }
    Ok(table)
}

/// Pairs of samples: together in neither, in the second only, in the first only, in both (each counted twice).
fn pairs(table: &Array2<f64>) -> (f64, f64, f64, f64) {
    let samples = table.sum();
    let squares = table.iter().map(|value| value * value).sum::<f64>();
    let rows: Vec<f64> = table.rows().into_iter().map(|row| row.sum()).collect();
    let columns: Vec<f64> = table
        .columns()
        .into_iter()
        .map(|column| column.sum())
        .collect();
    let second = columns.iter().map(|value| value * value).sum::<f64>() - squares;
    let first = rows.iter().map(|value| value * value).sum::<f64>() - squares;
    let both = squares - samples;
    let neither = samples * samples - second - first - squares;
    (neither, second, first, both)
}

/// `rand_score(labels_true, labels_pred)`.
pub fn try_rand_score<A: Labels, B: Labels>(truth: &A, predicted: &B) -> Result<f64> {
    let (neither, second, first, both) = pairs(&contingency(truth, predicted)?);
    let all = neither + second + first + both;
    let same = neither + both;
    Ok(if same == all || all == 0.0 {
        1.0
    } else {
        same / all
    })
}

/// `adjusted_rand_score(labels_true, labels_pred)`.
pub fn try_adjusted_rand_score<A: Labels, B: Labels>(truth: &A, predicted: &B) -> Result<f64> {
    let (neither, second, first, both) = pairs(&contingency(truth, predicted)?);
    if second == 0.0 && first == 0.0 {
        return Ok(1.0);
    }
    Ok(2.0 * (both * neither - first * second)
        / ((both + first) * (first + neither) + (both + second) * (second + neither)))
}

fn entropy(counts: &[f64]) -> f64 {
    let total: f64 = counts.iter().sum();
    if counts.len() == 1 || total == 0.0 {
        return if total == 0.0 { 1.0 } else { 0.0 };
    }
    -sum(counts
        .iter()
        .filter(|count| **count > 0.0)
        .map(|count| (count / total) * (count.ln() - total.ln())))
}

pub(super) fn mutual_information(table: &Array2<f64>) -> f64 {
    let total = table.sum();
    let rows: Vec<f64> = table.rows().into_iter().map(|row| row.sum()).collect();
    let columns: Vec<f64> = table
        .columns()
        .into_iter()
        .map(|column| column.sum())
        .collect();
    let parts =
        table
            .indexed_iter()
            .filter(|(_, value)| **value > 0.0)
            .map(|((row, column), value)| {
                let share = value / total;
                let outer = -(rows[row] * columns[column]).ln() + total.ln() + total.ln();
                let part = share * (value.ln() - total.ln()) + share * outer;
                if part.abs() < f64::EPSILON { 0.0 } else { part }
            });
    sum(parts).max(0.0)
}

pub(super) fn entropies(table: &Array2<f64>) -> (f64, f64) {
    let rows: Vec<f64> = table.rows().into_iter().map(|row| row.sum()).collect();
    let columns: Vec<f64> = table
        .columns()
        .into_iter()
        .map(|column| column.sum())
        .collect();
    (entropy(&rows), entropy(&columns))
}

/// `mutual_info_score(labels_true, labels_pred)`.
pub fn try_mutual_info_score<A: Labels, B: Labels>(truth: &A, predicted: &B) -> Result<f64> {
    Ok(mutual_information(&contingency(truth, predicted)?))
}

/// `normalized_mutual_info_score(labels_true, labels_pred)`.
pub fn try_normalized_mutual_info_score<A: Labels, B: Labels>(
    truth: &A,
    predicted: &B,
) -> Result<f64> {
    let table = contingency(truth, predicted)?;
    if table.dim() == (1, 1) || table.dim() == (0, 0) {
        return Ok(1.0);
    }
    let shared = mutual_information(&table);
    if shared.abs() <= f64::EPSILON {
        return Ok(0.0);
    }
    let (own, its) = entropies(&table);
    Ok(shared / ((own + its) / 2.0))
}

/// Homogeneity, completeness and their harmonic mean.
pub fn try_homogeneity_completeness_v_measure<A: Labels, B: Labels>(
    truth: &A,
    predicted: &B,
) -> Result<(f64, f64, f64)> {
    let table = contingency(truth, predicted)?;
    if table.is_empty() {
        return Ok((1.0, 1.0, 1.0));
    }
    let (own, its) = entropies(&table);
    let shared = mutual_information(&table);
    let homogeneity = if own == 0.0 { 1.0 } else { shared / own };
    let completeness = if its == 0.0 { 1.0 } else { shared / its };
    let both = homogeneity + completeness;
    Ok((
        homogeneity,
        completeness,
        if both == 0.0 {
            0.0
        } else {
            2.0 * homogeneity * completeness / both
        },
    ))
}

/// `homogeneity_score(labels_true, labels_pred)`.
pub fn try_homogeneity_score<A: Labels, B: Labels>(truth: &A, predicted: &B) -> Result<f64> {
    Ok(try_homogeneity_completeness_v_measure(truth, predicted)?.0)
}

/// `completeness_score(labels_true, labels_pred)`.
pub fn try_completeness_score<A: Labels, B: Labels>(truth: &A, predicted: &B) -> Result<f64> {
    Ok(try_homogeneity_completeness_v_measure(truth, predicted)?.1)
}

/// `v_measure_score(labels_true, labels_pred)`.
pub fn try_v_measure_score<A: Labels, B: Labels>(truth: &A, predicted: &B) -> Result<f64> {
    Ok(try_homogeneity_completeness_v_measure(truth, predicted)?.2)
}

throwing_functions! {
    /// See `try_silhouette_samples`.
    silhouette_samples = try_silhouette_samples<L: Labels>(x: &Array2<f64>, labels: &L) -> Array1<f64>;
    /// See `try_silhouette_score`.
    silhouette_score = try_silhouette_score<L: Labels>(x: &Array2<f64>, labels: &L) -> f64;
    /// See `try_calinski_harabasz_score`.
    calinski_harabasz_score = try_calinski_harabasz_score<L: Labels>(x: &Array2<f64>, labels: &L) -> f64;
    /// See `try_davies_bouldin_score`.
    davies_bouldin_score = try_davies_bouldin_score<L: Labels>(x: &Array2<f64>, labels: &L) -> f64;
    /// See `try_rand_score`.
    rand_score = try_rand_score<A: Labels, B: Labels>(truth: &A, predicted: &B) -> f64;
    /// See `try_adjusted_rand_score`.
    adjusted_rand_score = try_adjusted_rand_score<A: Labels, B: Labels>(truth: &A, predicted: &B) -> f64;
    /// See `try_mutual_info_score`.
    mutual_info_score = try_mutual_info_score<A: Labels, B: Labels>(truth: &A, predicted: &B) -> f64;
    /// See `try_normalized_mutual_info_score`.
    normalized_mutual_info_score = try_normalized_mutual_info_score<A: Labels, B: Labels>(truth: &A, predicted: &B) -> f64;
    /// See `try_homogeneity_score`.
    homogeneity_score = try_homogeneity_score<A: Labels, B: Labels>(truth: &A, predicted: &B) -> f64;
    /// See `try_completeness_score`.
    completeness_score = try_completeness_score<A: Labels, B: Labels>(truth: &A, predicted: &B) -> f64;
    /// See `try_v_measure_score`.
    v_measure_score = try_v_measure_score<A: Labels, B: Labels>(truth: &A, predicted: &B) -> f64;
    /// See `try_homogeneity_completeness_v_measure`.
    homogeneity_completeness_v_measure = try_homogeneity_completeness_v_measure<A: Labels, B: Labels>(truth: &A, predicted: &B) -> (f64, f64, f64);
}
