//! `IsotonicRegression`: the nearest line that never falls.

use super::errors::{Result, value_error};
use super::estimator::{Estimator, Kind, Role, attributes};
use super::parameters::{Param, parameters};
use super::target::{Target, compare};
use ndarray::{Array1, Array2, Axis};

/// See `IsotonicRegression`.
pub struct IsotonicRegressionKind;
/// Steps that only rise, or only fall.
pub type IsotonicRegression = Estimator<IsotonicRegressionKind>;

parameters! {
    /// Parameters of `IsotonicRegression`.
    IsotonicRegressionParameters for IsotonicRegressionKind {
        increasing = "increasing": Param = Param::Bool(true),
        out_of_bounds = "out_of_bounds": String = "nan".to_string(),
        y_max = "y_max": Option<f64> = None,
        y_min = "y_min": Option<f64> = None,
    }
}

/// What `IsotonicRegression` learns.
#[derive(Clone)]
pub struct Steps {
    x: Vec<f64>,
    y: Vec<f64>,
    ends: (f64, f64),
    rising: bool,
}

/// The values that never fall and are nearest to `y`, by pooling neighbours that fall.
pub fn pooled(y: &[f64], weights: &[f64], rising: bool) -> Vec<f64> {
    let order: Vec<usize> = if rising {
        (0..y.len()).collect()
    } else {
        (0..y.len()).rev().collect()
    };
    // Each block: weighted sum, weight, length.
    let mut blocks: Vec<(f64, f64, usize)> = Vec::new();
    for &at in &order {
        let mut own = (y[at] * weights[at], weights[at], 1);
        while let Some(last) = blocks.last() {
            if last.0 / last.1 < own.0 / own.1 {
                break;
            }
            own = (last.0 + own.0, last.1 + own.1, last.2 + own.2);
            blocks.pop();
        }
        blocks.push(own);
    }
    let mut found = vec![0.0; y.len()];
    let mut place = 0;
    for (total, weight, length) in blocks {
        for _ in 0..length {
            found[order[place]] = if length == 1 {
                y[order[place]]
            } else {
                total / weight
            };
            place += 1;
        }
    }
    found
}

/// Ranks from one, the mean for equal values.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| compare(&values[*a], &values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut begin = 0;
    while begin < order.len() {
        let mut end = begin;
        while end < order.len() && values[order[end]] == values[order[begin]] {
            end += 1;
        }
        for &at in &order[begin..end] {
            ranks[at] = (begin + 1 + end) as f64 / 2.0;
        }
        begin = end;
    }
    ranks
}

/// `check_increasing(x, y)`: whether large values go with large ones.
pub fn check_increasing(x: &Array1<f64>, y: &Array1<f64>) -> bool {
    let (a, b) = (ranks(&x.to_vec()), ranks(&y.to_vec()));
    let mean = (a.len() as f64 + 1.0) / 2.0;
    a.iter()
        .zip(&b)
        .map(|(a, b)| (a - mean) * (b - mean))
        .sum::<f64>()
        >= 0.0
}

/// `isotonic_regression(y)`.
pub fn isotonic_regression(
    y: &Array1<f64>,
    y_min: Option<f64>,
    y_max: Option<f64>,
    increasing: bool,
) -> Array1<f64> {
    let found = pooled(&y.to_vec(), &vec![1.0; y.len()], increasing);
    let (low, high) = (
        y_min.unwrap_or(f64::NEG_INFINITY),
        y_max.unwrap_or(f64::INFINITY),
    );
    found
        .into_iter()
        .map(|value| value.max(low).min(high))
        .collect()
}

/// A column as a table of one column.
pub fn column(values: &Array1<f64>) -> Array2<f64> {
    values.clone().insert_axis(Axis(1))
}

impl Steps {
    /// Learns the steps of one column.
    pub fn learn(
        x: &[f64],
        y: &[f64],
        weights: Option<&[f64]>,
        rising: bool,
        (low, high): (f64, f64),
    ) -> Self {
        let weight_of = |at: usize| weights.map_or(1.0, |weights| weights[at]);
        let mut order: Vec<usize> = (0..x.len()).filter(|&at| weight_of(at) > 0.0).collect();
        order.sort_by(|a, b| compare(&x[*a], &x[*b]).then(compare(&y[*a], &y[*b])));
        let (mut places, mut values, mut sizes): (Vec<f64>, Vec<f64>, Vec<f64>) =
            Default::default();
        let (mut total, mut weight, mut current) = (0.0, 0.0, x[order[0]]);
        for &at in &order {
            if x[at] - current >= 1e-15 {
                places.push(current);
                values.push(total / weight);
                sizes.push(weight);
                (total, weight, current) = (0.0, 0.0, x[at]);
            }
            total += y[at] * weight_of(at);
            weight += weight_of(at);
        }
        places.push(current);
        values.push(total / weight);
        sizes.push(weight);
        let found: Vec<f64> = pooled(&values, &sizes, rising)
            .into_iter()
            .map(|value| value.max(low).min(high))
            .collect();
        let count = found.len();
        let ends = (places[0], places[count - 1]);
        let kept: Vec<usize> = (0..count)
            .filter(|&at| {
                at == 0
                    || at == count - 1
                    || found[at] != found[at - 1]
                    || found[at] != found[at + 1]
            })
            .collect();
        Steps {
            x: kept.iter().map(|&at| places[at]).collect(),
            y: kept.iter().map(|&at| found[at]).collect(),
            ends,
            rising,
        }
    }

    /// The value at a place, on the line between its neighbours; NaN outside.
    pub fn at(&self, value: f64, clip: bool) -> f64 {
        if self.y.len() == 1 {
            return self.y[0];
        }
        let value = if clip {
            value.max(self.ends.0).min(self.ends.1)
        } else {
            value
        };
        let count = self.x.len();
        if value.is_nan() || value < self.x[0] || value > self.x[count - 1] {
            return f64::NAN;
        }
        let high = self
            .x
            .partition_point(|place| *place < value)
            .clamp(1, count - 1);
        let low = high - 1;
        let slope = (self.y[high] - self.y[low]) / (self.x[high] - self.x[low]);
        slope * (value - self.x[low]) + self.y[low]
    }
}

impl Kind for IsotonicRegressionKind {
    const NAME: &'static str = "IsotonicRegression";
    const ROLE: Role = Role::Regressor;
    type Parameters = IsotonicRegressionParameters;
    type Fitted = Steps;

    fn fit_weighted(
        parameters: &Self::Parameters,
        x: &Array2<f64>,
        y: &Target,
        weights: Option<&[f64]>,
    ) -> Result<Steps> {
        if x.ncols() != 1 {
            return Err(value_error(
                "Isotonic regression input X should be a 1d array or 2d array with 1 feature",
            ));
        }
        let y = y.floats()?;
        let own = x.column(0).to_owned();
        let rising = match parameters.increasing {
            Param::Bool(rising) => rising,
            _ => check_increasing(&own, &y),
        };
        let bounds = (
            parameters.y_min.unwrap_or(f64::NEG_INFINITY),
            parameters.y_max.unwrap_or(f64::INFINITY),
        );
        Ok(Steps::learn(
            &own.to_vec(),
            &y.to_vec(),
            weights,
            rising,
            bounds,
        ))
    }

    fn predict(parameters: &Self::Parameters, fitted: &Steps, x: &Array2<f64>) -> Result<Target> {
        let own = x.column(0);
        if parameters.out_of_bounds == "raise" {
            let (low, high) = (fitted.x[0], fitted.x[fitted.x.len() - 1]);
            if own.iter().any(|value| *value < low) {
                return Err(value_error(format!(
                    "A value ({}) in x_new is below the interpolation range's minimum value ({}).",
                    crate::py::Float(own.iter().copied().fold(f64::INFINITY, f64::min)),
                    crate::py::Float(low)
                )));
            }
            if own.iter().any(|value| *value > high) {
                return Err(value_error(format!(
                    "A value ({}) in x_new is above the interpolation range's maximum value ({}).",
                    crate::py::Float(own.iter().copied().fold(f64::NEG_INFINITY, f64::max)),
                    crate::py::Float(high)
                )));
            }
        }
        let clip = parameters.out_of_bounds == "clip";
        Ok(Target::Float(own.mapv(|value| fitted.at(value, clip))))
    }

    fn transform(
        parameters: &Self::Parameters,
        fitted: &Steps,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Self::predict(parameters, fitted, x)?.table()
    }
}

attributes!(IsotonicRegression {
    /// Where the line bends.
    x_thresholds_ / try_x_thresholds_: Array1<f64> = |fitted| fitted.x.clone().into();
    /// Its values there.
    y_thresholds_ / try_y_thresholds_: Array1<f64> = |fitted| fitted.y.clone().into();
    /// The least place.
    x_min_ / try_x_min_: f64 = |fitted| fitted.ends.0;
    /// The largest place.
    x_max_ / try_x_max_: f64 = |fitted| fitted.ends.1;
    /// Whether the line rises.
    increasing_ / try_increasing_: bool = |fitted| fitted.rising;
});
