//! Made data with a formula behind them: Friedman's functions, curved surfaces, rings of quantiles.

use crate::np::random as numpy;
use crate::sklearn::errors::{Result, throwing_functions, value_error};
use crate::sklearn::random::RandomState;
use ndarray::{Array1, Array2, Axis};
use std::f64::consts::PI;

/// Samples and numbers.
pub type Numbers = (Array2<f64>, Array1<f64>);
/// Samples and their classes.
type Classes = (Array2<f64>, Array1<i64>);

fn uniforms(rows: usize, columns: usize, random: &mut RandomState) -> Array2<f64> {
    Array2::from_shape_simple_fn((rows, columns), || random.random())
}

fn noisy(y: Array1<f64>, noise: f64, random: &mut RandomState) -> Array1<f64> {
    y.mapv(|value| value + noise * random.standard_normal())
}

/// `make_friedman1`.
pub fn try_make_friedman1(
    samples: i64,
    features: i64,
    noise: f64,
    random_state: Option<i64>,
) -> Result<Numbers> {
    let mut random = RandomState::from_seed(random_state);
    let x = uniforms(samples as usize, features as usize, &mut random);
    let y = x
        .rows()
        .into_iter()
        .map(|row| {
            10.0 * (PI * row[0] * row[1]).sin()
                + 20.0 * ((row[2] - 0.5) * (row[2] - 0.5))
                + 10.0 * row[3]
                + 5.0 * row[4]
        })
        .collect();
    Ok((x, noisy(y, noise, &mut random)))
}

/// The inputs of the second and third function.
fn circuits(samples: i64, random: &mut RandomState) -> Array2<f64> {
    let mut x = uniforms(samples as usize, 4, random);
    for mut row in x.rows_mut() {
        row[0] *= 100.0;
        row[1] *= 520.0 * PI;
        row[1] += 40.0 * PI;
        row[3] *= 10.0;
        row[3] += 1.0;
    }
    x
}

/// `make_friedman2`.
pub fn try_make_friedman2(samples: i64, noise: f64, random_state: Option<i64>) -> Result<Numbers> {
    let mut random = RandomState::from_seed(random_state);
    let x = circuits(samples, &mut random);
    let y = x
        .rows()
        .into_iter()
        .map(|row| {
            let part = row[1] * row[2] - 1.0 / (row[1] * row[3]);
            (row[0] * row[0] + part * part).powf(0.5)
        })
        .collect();
    Ok((x, noisy(y, noise, &mut random)))
}

/// `make_friedman3`.
pub fn try_make_friedman3(samples: i64, noise: f64, random_state: Option<i64>) -> Result<Numbers> {
    let mut random = RandomState::from_seed(random_state);
    let x = circuits(samples, &mut random);
    let y = x
        .rows()
        .into_iter()
        .map(|row| ((row[1] * row[2] - 1.0 / (row[1] * row[3])) / row[0]).atan())
        .collect();
    Ok((x, noisy(y, noise, &mut random)))
}

/// Adds noise that is drawn coordinate after coordinate.
fn roughened(mut x: Array2<f64>, noise: f64, random: &mut RandomState) -> Array2<f64> {
    for column in 0..3 {
        x.column_mut(column)
            .mapv_inplace(|value| value + noise * random.standard_normal());
    }
    x
}

/// `make_swiss_roll` without a hole.
pub fn try_make_swiss_roll(samples: i64, noise: f64, random_state: Option<i64>) -> Result<Numbers> {
    let mut random = RandomState::from_seed(random_state);
    let count = samples as usize;
    let t: Array1<f64> = (0..count)
        .map(|_| 1.5 * PI * (1.0 + 2.0 * random.random()))
        .collect();
    let heights: Vec<f64> = (0..count).map(|_| 21.0 * random.random()).collect();
    let x = Array2::from_shape_fn((count, 3), |(row, column)| match column {
        0 => t[row] * t[row].cos(),
        1 => heights[row],
        _ => t[row] * t[row].sin(),
    });
    Ok((roughened(x, noise, &mut random), t))
}

/// `make_s_curve`.
pub fn try_make_s_curve(samples: i64, noise: f64, random_state: Option<i64>) -> Result<Numbers> {
    let mut random = RandomState::from_seed(random_state);
    let count = samples as usize;
    let t: Array1<f64> = (0..count)
        .map(|_| 3.0 * PI * (random.random() - 0.5))
        .collect();
    let heights: Vec<f64> = (0..count).map(|_| 2.0 * random.random()).collect();
    let x = Array2::from_shape_fn((count, 3), |(row, column)| match column {
        0 => t[row].sin(),
        1 => heights[row],
        _ if t[row] == 0.0 => 0.0,
        _ => t[row].signum() * (t[row].cos() - 1.0),
    });
    Ok((roughened(x, noise, &mut random), t))
}

/// `make_hastie_10_2`.
pub fn try_make_hastie_10_2(samples: i64, random_state: Option<i64>) -> Result<Numbers> {
    let mut random = RandomState::from_seed(random_state);
    let x = Array2::from_shape_simple_fn((samples as usize, 10), || random.standard_normal());
    let y = x
        .rows()
        .into_iter()
        .map(|row| {
            let total = crate::sklearn::sums::sum(row.iter().map(|value| value * value));
            if total > 9.34 { 1.0 } else { -1.0 }
        })
        .collect();
    Ok((x, y))
}

/// `make_gaussian_quantiles` around zero.
pub fn try_make_gaussian_quantiles(
    cov: f64,
    samples: i64,
    features: i64,
    classes: i64,
    shuffle: bool,
    random_state: Option<i64>,
) -> Result<Classes> {
    if samples < classes {
        return Err(value_error("n_samples must be at least n_classes"));
    }
    let source = match random_state {
        Some(seed) => numpy::RandomState::new(Some(seed)),
        None => numpy::global(),
    };
    let size = features as usize;
    let covariance = Array2::<f64>::eye(size) * cov;
    let x = source.multivariate_normal_array(&Array1::zeros(size), &covariance, samples);
    let squares: Array1<f64> = x
        .rows()
        .into_iter()
        .map(|row| crate::sklearn::sums::sum(row.iter().map(|value| value * value)))
        .collect();
    let order: Vec<usize> = crate::np::argsort(&squares, -1)
        .iter()
        .map(|place| *place as usize)
        .collect();
    let mut x = x.select(Axis(0), &order);
    let step = samples / classes;
    let mut y: Array1<i64> = (0..samples)
        .map(|row| (row / step).min(classes - 1))
        .collect();
    if shuffle {
        let mut places: Vec<usize> = (0..samples as usize).collect();
        source.shuffle_list(&mut places);
        x = x.select(Axis(0), &places);
        y = y.select(Axis(0), &places);
    }
    Ok((x, y))
}

throwing_functions! {
    /// See `try_make_friedman1`.
    make_friedman1 = try_make_friedman1(samples: i64, features: i64, noise: f64, random_state: Option<i64>) -> Numbers;
    /// See `try_make_friedman2`.
    make_friedman2 = try_make_friedman2(samples: i64, noise: f64, random_state: Option<i64>) -> Numbers;
    /// See `try_make_friedman3`.
    make_friedman3 = try_make_friedman3(samples: i64, noise: f64, random_state: Option<i64>) -> Numbers;
    /// See `try_make_swiss_roll`.
    make_swiss_roll = try_make_swiss_roll(samples: i64, noise: f64, random_state: Option<i64>) -> Numbers;
    /// See `try_make_s_curve`.
    make_s_curve = try_make_s_curve(samples: i64, noise: f64, random_state: Option<i64>) -> Numbers;
    /// See `try_make_hastie_10_2`.
    make_hastie_10_2 = try_make_hastie_10_2(samples: i64, random_state: Option<i64>) -> Numbers;
    /// See `try_make_gaussian_quantiles`.
    make_gaussian_quantiles = try_make_gaussian_quantiles(cov: f64, samples: i64, features: i64, classes: i64, shuffle: bool, random_state: Option<i64>) -> Classes;
}
