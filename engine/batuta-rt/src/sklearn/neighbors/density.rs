//! `KernelDensity`: how dense rows lie, by a bump at each of them.

use crate::py::math::lgamma;
use crate::sklearn::errors::{Result, throwing, value_error};
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::parameters::{Param, parameters};
use crate::sklearn::random::RandomState;
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2, ArrayView1};

/// See `KernelDensity`.
pub struct KernelDensityKind;
/// The density of data as the mean of bumps.
pub type KernelDensity = Estimator<KernelDensityKind>;

parameters! {
    /// Parameters of `KernelDensity`.
    KernelDensityParameters for KernelDensityKind {
        bandwidth = "bandwidth": Param = Param::Float(1.0),
        kernel = "kernel": String = "gaussian".to_string(),
        metric = "metric": String = "euclidean".to_string(),
    }
}

/// What `KernelDensity` learns.
pub struct Bumps {
    rows: Array2<f64>,
    width: f64,
}

fn distance(metric: &str, a: ArrayView1<f64>, b: ArrayView1<f64>) -> f64 {
    let gaps = a.iter().zip(b).map(|(a, b)| (a - b).abs());
    match metric {
        "manhattan" => gaps.sum(),
        "chebyshev" => gaps.fold(0.0, f64::max),
        _ => gaps.map(|gap| gap * gap).sum::<f64>().sqrt(),
    }
}

/// The logarithm of a bump's height, before it is scaled.
fn height(kernel: &str, distance: f64, width: f64) -> f64 {
    let share = distance / width;
    let inside = |value: f64| {
        if distance < width {
            value.ln()
        } else {
            f64::NEG_INFINITY
        }
    };
    match kernel {
        "gaussian" => -0.5 * (distance * distance) / (width * width),
        "tophat" => inside(1.0),
        "epanechnikov" => inside(1.0 - share * share),
        "exponential" => -share,
        "linear" => inside(1.0 - share),
        _ => inside((0.5 * std::f64::consts::PI * share).cos()),
    }
}

/// The logarithm of the volume of the ball of radius one.
fn ball(dimensions: f64) -> f64 {
    0.5 * dimensions * std::f64::consts::PI.ln() - lgamma(0.5 * dimensions + 1.0)
}

/// The logarithm of the surface of the ball of radius one in one dimension more.
fn sphere(dimensions: f64) -> f64 {
    (2.0 * std::f64::consts::PI).ln() + ball(dimensions - 1.0)
}

/// The logarithm of what makes a bump's volume one.
fn scale(kernel: &str, width: f64, dimensions: usize) -> f64 {
    let count = dimensions as f64;
    let pi = std::f64::consts::PI;
    let factor = match kernel {
        "gaussian" => 0.5 * count * (2.0 * pi).ln(),
        "tophat" => ball(count),
        "epanechnikov" => ball(count) + (2.0 / (count + 2.0)).ln(),
        "exponential" => sphere(count - 1.0) + lgamma(count),
        "linear" => ball(count) - (count + 1.0).ln(),
        _ => {
            let mut total = 0.0;
            let mut term = 2.0 / pi;
            let mut power = 1;
            while power < dimensions + 1 {
                total += term;
                term *=
                    -((count - power as f64) * (count - power as f64 - 1.0)) * (2.0 / pi).powi(2);
                power += 2;
            }
            total.ln() + sphere(count - 1.0)
        }
    };
    -factor - count * width.ln()
}

impl Kind for KernelDensityKind {
    const NAME: &'static str = "KernelDensity";
    const ROLE: Role = Role::Clusterer;
    type Parameters = KernelDensityParameters;
    type Fitted = Bumps;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Bumps> {
        let (rows, columns) = (x.nrows() as f64, x.ncols() as f64);
        let width = match &parameters.bandwidth {
            Param::Text(rule) if rule == "scott" => rows.powf(-1.0 / (columns + 4.0)),
            Param::Text(rule) if rule == "silverman" => {
                (rows * (columns + 2.0) / 4.0).powf(-1.0 / (columns + 4.0))
            }
            Param::Int(value) | Param::NumpyInt(value) => *value as f64,
            Param::Float(value) | Param::NumpyFloat(value) => *value,
            _ => return Err(value_error("The 'bandwidth' parameter is not understood.")),
        };
        Ok(Bumps {
            rows: x.clone(),
            width,
        })
    }

    fn score_samples(
        parameters: &Self::Parameters,
        fitted: &Bumps,
        x: &Array2<f64>,
    ) -> Result<Array1<f64>> {
        let kernel = parameters.kernel.as_str();
        let whole = (fitted.rows.nrows() as f64).ln();
        let factor = scale(kernel, fitted.width, x.ncols());
        let densities = x.rows().into_iter().map(|row| {
            let heights: Vec<f64> = fitted
                .rows
                .rows()
                .into_iter()
                .map(|own| height(kernel, distance(&parameters.metric, row, own), fitted.width))
                .collect();
            let most = heights.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            if most == f64::NEG_INFINITY {
                return most;
            }
            let total: f64 = heights.iter().map(|height| (height - most).exp()).sum();
            most + total.ln() + factor - whole
        });
        Ok(densities.collect())
    }

    fn own_score(
        parameters: &Self::Parameters,
        fitted: &Bumps,
        x: &Array2<f64>,
    ) -> Option<Result<f64>> {
        let found = Self::score_samples(parameters, fitted, x);
        Some(found.map(|values| crate::sklearn::sums::sum(values.iter().copied())))
    }
}

attributes!(KernelDensity {
    /// The width of the bumps.
    bandwidth_ / try_bandwidth_: f64 = |fitted| fitted.width;
});

impl KernelDensity {
    /// `sample(n_samples, random_state)`.
    pub fn try_sample(&self, count: i64, seed: Option<i64>) -> Result<Array2<f64>> {
        let (fitted, parameters) = (self.fitted()?, self.parameters());
        let mut random = RandomState::from_seed(seed);
        let shares: Vec<f64> = (0..count).map(|_| random.uniform(0.0, 1.0)).collect();
        let rows = fitted.rows.nrows();
        let places = shares.iter().map(|share| (share * rows as f64) as usize);
        let places: Vec<usize> = places.collect();
        let columns = fitted.rows.ncols();
        match parameters.kernel.as_str() {
            "gaussian" => Ok(Array2::from_shape_fn(
                (count as usize, columns),
                |(row, column)| random.normal(fitted.rows[(places[row], column)], fitted.width),
            )),
            other => crate::py::unsupported(&format!("draws from the kernel '{other}'")),
        }
    }

    throwing! {
        /// See `try_sample`.
        sample = try_sample(&self, count: i64, seed: Option<i64>) -> Array2<f64>;
    }
}
