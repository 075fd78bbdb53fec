//! `mutual_info_classif` and `mutual_info_regression`: what a column tells about the target, by the distances of neighbours.

use crate::sklearn::errors::{Result, inconsistent_lengths, throwing_functions};
use crate::sklearn::random::RandomState;
use crate::sklearn::special::digamma;
use crate::sklearn::sums::{mean, sum};
use crate::sklearn::target::{Labels, Target, compare};
use ndarray::{Array1, Array2};

/// Which columns hold classes.
pub struct Information {
    /// A mark for each column, or one for all.
    pub discrete: Vec<bool>,
    /// The number of neighbours.
    pub neighbours: i64,
    /// The seed of the noise that makes values different.
    pub random_state: Option<i64>,
}

fn deviation(values: &[f64]) -> f64 {
    let centre = mean(values.iter().copied());
    let spread = mean(
        values
            .iter()
            .map(|value| (value - centre) * (value - centre)),
    )
    .sqrt();
    if spread < 10.0 * f64::EPSILON {
        1.0
    } else {
        spread
    }
}

fn next_down(value: f64) -> f64 {
    if value > 0.0 {
        f64::from_bits(value.to_bits() - 1)
    } else {
        0.0
    }
}

/// How many sorted values are within a radius of one, by the squares of the distances.
fn within(sorted: &[f64], value: f64, radius: f64, squared: bool) -> f64 {
    let inside = |other: f64| {
        let gap = (other - value).abs();
        if squared {
            gap * gap <= radius * radius
        } else {
            gap <= radius
        }
    };
    let begin = sorted.partition_point(|other| *other < value && !inside(*other));
    let end = sorted.partition_point(|other| *other <= value || inside(*other));
    (end - begin) as f64
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut values = values.to_vec();
    values.sort_by(compare);
    values
}

/// The distance to the nearest others, in one dimension.
fn reach(values: &[f64], count: usize) -> Vec<f64> {
    if count >= values.len() / 2 {
        crate::py::unsupported(
            "information of a class with few rows: scikit-learn decides it by rounded products",
        );
    }
    let found = (0..values.len()).map(|at| {
        let others = values.iter().enumerate().filter(|(other, _)| *other != at);
        let mut gaps: Vec<f64> = others
            .map(|(_, value)| (value - values[at]) * (value - values[at]))
            .collect();
        gaps.select_nth_unstable_by(count - 1, compare);
        gaps[count - 1].sqrt()
    });
    found.collect()
}

fn of_two_measures(x: &[f64], y: &[f64], neighbours: usize) -> f64 {
    let count = x.len();
    let (all_x, all_y) = (sorted(x), sorted(y));
    let (mut over_x, mut over_y) = (Vec::new(), Vec::new());
    for at in 0..count {
        let mut gaps: Vec<f64> = (0..count)
            .filter(|other| *other != at)
            .map(|other| (x[other] - x[at]).abs().max((y[other] - y[at]).abs()))
            .collect();
        gaps.select_nth_unstable_by(neighbours - 1, compare);
        let radius = next_down(gaps[neighbours - 1]);
        over_x.push(digamma(within(&all_x, x[at], radius, false)));
        over_y.push(digamma(within(&all_y, y[at], radius, false)));
    }
    let found = digamma(count as f64) + digamma(neighbours as f64) - mean(over_x) - mean(over_y);
    found.max(0.0)
}

fn of_measure_and_classes(measure: &[f64], codes: &[usize], neighbours: usize) -> f64 {
    let classes = codes.iter().max().map_or(0, |code| code + 1);
    let count = measure.len();
    let (mut radius, mut used, mut sizes) = (vec![0.0; count], vec![0.0; count], vec![0.0; count]);
    for class in 0..classes {
        let rows: Vec<usize> = (0..count).filter(|&row| codes[row] == class).collect();
        for &row in &rows {
            sizes[row] = rows.len() as f64;
        }
        if rows.len() > 1 {
            let own: Vec<f64> = rows.iter().map(|&row| measure[row]).collect();
            let near = neighbours.min(rows.len() - 1);
            for (&row, reach) in rows.iter().zip(reach(&own, near)) {
                radius[row] = next_down(reach);
                used[row] = near as f64;
            }
        }
    }
    let kept: Vec<usize> = (0..count).filter(|&row| sizes[row] > 1.0).collect();
    let all = sorted(&kept.iter().map(|&row| measure[row]).collect::<Vec<f64>>());
    let near = kept
        .iter()
        .map(|&row| digamma(within(&all, measure[row], radius[row], true)));
    let found = digamma(kept.len() as f64) + mean(kept.iter().map(|&row| digamma(used[row])))
        - mean(kept.iter().map(|&row| digamma(sizes[row])))
        - mean(near);
    found.max(0.0)
}

fn codes_of(values: &[f64]) -> Vec<usize> {
    let mut classes = sorted(values);
    classes.dedup();
    values
        .iter()
        .map(|value| classes.partition_point(|class| class < value))
        .collect()
}

fn of_classes(one: &[usize], other: &[usize]) -> Result<f64> {
    let whole = |codes: &[usize]| Target::Int(codes.iter().map(|&code| code as i64).collect());
    crate::sklearn::metrics::try_mutual_info_score(&whole(one), &whole(other))
}

/// The information of each column; `classes` says that the target holds classes.
pub fn estimate(
    x: &Array2<f64>,
    y: &Target,
    classes: bool,
    settings: &Information,
) -> Result<Array1<f64>> {
    let (samples, features) = x.dim();
    if y.length() != Some(samples) {
        return Err(inconsistent_lengths(&[samples, y.length().unwrap_or(0)]));
    }
    let mut random = RandomState::from_seed(settings.random_state);
    let discrete: Vec<bool> = (0..features)
        .map(|at| {
            settings
                .discrete
                .get(at)
                .copied()
                .unwrap_or_else(|| settings.discrete.len() == 1 && settings.discrete[0])
        })
        .collect();
    let measured: Vec<usize> = (0..features).filter(|&at| !discrete[at]).collect();
    let mut columns: Vec<Vec<f64>> = x
        .columns()
        .into_iter()
        .map(|column| column.to_vec())
        .collect();
    let mut sizes = vec![1.0; features];
    for &at in &measured {
        let spread = deviation(&columns[at]);
        columns[at].iter_mut().for_each(|value| *value /= spread);
        sizes[at] = mean(columns[at].iter().map(|value| value.abs())).max(1.0);
    }
    let add_noise = |row: usize| {
        for &at in &measured {
            columns[at][row] += 1e-10 * sizes[at] * random.standard_normal();
        }
    };
    (0..samples).for_each(add_noise);
    let neighbours = settings.neighbours as usize;
    let codes = if classes { y.encode()?.1 } else { Vec::new() };
    let mut values = Vec::new();
    if !classes {
        values = y.floats()?.to_vec();
        let spread = deviation(&values);
        values.iter_mut().for_each(|value| *value /= spread);
        let size = (sum(values.iter().map(|value| value.abs())) / samples as f64).max(1.0);
        for value in &mut values {
            *value += 1e-10 * size * random.standard_normal();
        }
    }
    let found = columns.iter().zip(&discrete).map(|(column, &discrete)| {
        Ok(match (discrete, classes) {
            (true, true) => of_classes(&codes_of(column), &codes)?,
            (true, false) => of_measure_and_classes(&values, &codes_of(column), neighbours),
            (false, true) => of_measure_and_classes(column, &codes, neighbours),
            (false, false) => of_two_measures(column, &values, neighbours),
        })
    });
    found.collect()
}

/// `mutual_info_classif(X, y)`.
pub fn try_mutual_info_classif<L: Labels>(
    x: &Array2<f64>,
    y: &L,
    settings: &Information,
) -> Result<Array1<f64>> {
    estimate(x, &y.to_target(), true, settings)
}

/// `mutual_info_regression(X, y)`.
pub fn try_mutual_info_regression<L: Labels>(
    x: &Array2<f64>,
    y: &L,
    settings: &Information,
) -> Result<Array1<f64>> {
    estimate(x, &y.to_target(), false, settings)
}

throwing_functions! {
    /// See `try_mutual_info_classif`.
    mutual_info_classif = try_mutual_info_classif<L: Labels>(x: &Array2<f64>, y: &L, settings: &Information) -> Array1<f64>;
    /// See `try_mutual_info_regression`.
    mutual_info_regression = try_mutual_info_regression<L: Labels>(x: &Array2<f64>, y: &L, settings: &Information) -> Array1<f64>;
}
