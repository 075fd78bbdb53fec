//! Scores of features against a target: `f_classif`, `chi2`, `f_regression`. Each gives the scores and their p-values.

use crate::sklearn::errors::{Result, inconsistent_lengths, throwing_functions, value_error};
use crate::sklearn::special::{chi_squared_tail, f_tail};
use crate::sklearn::sums::{column_means, column_sums, mean, sum};
use crate::sklearn::target::{Labels, Target};
use ndarray::{Array1, Array2, Axis};

/// Scores and p-values.
pub type Scores = (Array1<f64>, Array1<f64>);

fn classes_of(x: &Array2<f64>, y: &Target) -> Result<(usize, Vec<usize>)> {
    let (classes, codes) = y.encode()?;
    if codes.len() != x.nrows() {
        return Err(inconsistent_lengths(&[x.nrows(), codes.len()]));
    }
    Ok((classes.length().unwrap_or(0), codes))
}

/// The F value of a one-way analysis of variance for each feature.
pub fn by_variance_between(x: &Array2<f64>, y: &Target) -> Result<Scores> {
    let (classes, codes) = classes_of(x, y)?;
    let samples = x.nrows() as f64;
    let groups: Vec<Array2<f64>> = (0..classes)
        .map(|class| {
            let rows: Vec<usize> = (0..codes.len()).filter(|&at| codes[at] == class).collect();
            x.select(Axis(0), &rows)
        })
        .collect();
    let zero = Array1::<f64>::zeros(x.ncols());
    let mut squares = zero.clone();
    let mut total = zero.clone();
    let mut between = zero;
    for group in &groups {
        squares += &column_sums(&group.mapv(|value| value * value));
        let sums = column_sums(group);
        between += &(sums.mapv(|value| value * value) / group.nrows() as f64);
        total += &sums;
    }
    let square_of_total = total.mapv(|value| value * value) / samples;
    let within = (squares - &square_of_total) - (&between - &square_of_total);
    between -= &square_of_total;
    let (over, under) = (classes as f64 - 1.0, samples - classes as f64);
    let scores = (between / over) / (within / under);
    let chances = scores.mapv(|score| f_tail(over, under, score));
    Ok((scores, chances))
}

/// The chi-squared value of each feature of counts.
pub fn by_counts(x: &Array2<f64>, y: &Target) -> Result<Scores> {
    if x.iter().any(|value| *value < 0.0) {
        return Err(value_error("Input X must be non-negative."));
    }
    let (classes, codes) = classes_of(x, y)?;
    let mut observed = Array2::<f64>::zeros((classes, x.ncols()));
    let mut shares = vec![0.0; classes];
    for (row, &code) in x.rows().into_iter().zip(&codes) {
        let mut own = observed.row_mut(code);
        own += &row;
        shares[code] += 1.0;
    }
    let counts = column_sums(x);
    let mut scores = Array1::<f64>::zeros(x.ncols());
    for (class, row) in observed.rows().into_iter().enumerate() {
        let share = shares[class] / codes.len() as f64;
        for (column, score) in scores.iter_mut().enumerate() {
            let expected = share * counts[column];
            let gap = row[column] - expected;
            *score += gap * gap / expected;
        }
    }
    let freedom = classes as f64 - 1.0;
    let chances = scores.mapv(|score| chi_squared_tail(freedom, score));
    Ok((scores, chances))
}

/// The F value of the correlation of each feature with the target.
pub fn by_correlation(x: &Array2<f64>, y: &Array1<f64>) -> Result<Scores> {
    if y.len() != x.nrows() {
        return Err(inconsistent_lengths(&[x.nrows(), y.len()]));
    }
    let samples = x.nrows() as f64;
    let y_mean = mean(y.iter().copied());
    let y = y - y_mean;
    let means = column_means(x);
    let length = sum(y.iter().map(|value| value * value)).sqrt();
    let products = y.dot(x);
    let freedom = samples - 2.0;
    let scores: Array1<f64> = (0..x.ncols())
        .map(|column| {
            let values = x.column(column);
            let spread = (values.dot(&values) - samples * means[column] * means[column]).sqrt();
            let correlation = products[column] / spread / length;
            let square = correlation * correlation;
            let score = square / (1.0 - square) * freedom;
            // `force_finite`: a constant feature scores nothing, a perfect one the largest number.
            if score.is_nan() {
                0.0
            } else {
                score.min(f64::MAX)
            }
        })
        .collect();
    let chances = scores.mapv(|score| f_tail(1.0, freedom, score));
    Ok((scores, chances))
}

/// `f_classif(X, y)`.
pub fn try_f_classif<L: Labels>(x: &Array2<f64>, y: &L) -> Result<Scores> {
    by_variance_between(x, &y.to_target())
}

/// `chi2(X, y)`.
pub fn try_chi2<L: Labels>(x: &Array2<f64>, y: &L) -> Result<Scores> {
    by_counts(x, &y.to_target())
}

/// `f_regression(X, y)`.
pub fn try_f_regression(x: &Array2<f64>, y: &Array1<f64>) -> Result<Scores> {
    by_correlation(x, y)
}

throwing_functions! {
    /// See `try_f_classif`.
    f_classif = try_f_classif<L: Labels>(x: &Array2<f64>, y: &L) -> Scores;
    /// See `try_chi2`.
    chi2 = try_chi2<L: Labels>(x: &Array2<f64>, y: &L) -> Scores;
    /// See `try_f_regression`.
    f_regression = try_f_regression(x: &Array2<f64>, y: &Array1<f64>) -> Scores;
}
