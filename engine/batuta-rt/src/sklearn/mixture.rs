//! `GaussianMixture` by expectation and maximisation.

use super::cluster::KMeans;
use super::errors::{Result, value_error, warn};
use super::estimator::{AnyEstimator, Estimator, Kind, Role, attributes};
use super::linear_model::first_largest;
use super::parameters::parameters;
use super::random::RandomState;
use super::sums::{mean, sum};
use super::target::Target;
use crate::np::linalg::try_cholesky;
use crate::np::random as numpy;
use ndarray::{Array1, Array2, ArrayView1, Axis};

/// See `GaussianMixture`.
pub struct GaussianMixtureKind;
/// Data as a mixture of bell curves.
pub type GaussianMixture = Estimator<GaussianMixtureKind>;

parameters! {
    /// Parameters of `GaussianMixture`.
    GaussianMixtureParameters for GaussianMixtureKind {
        covariance_type = "covariance_type": String = "full".to_string(),
        init_params = "init_params": String = "kmeans".to_string(),
        max_iter = "max_iter": i64 = 100,
        n_components = "n_components": i64 = 1,
        n_init = "n_init": i64 = 1,
        random_state = "random_state": Option<i64> = None,
        reg_covar = "reg_covar": f64 = 1e-6,
        tol = "tol": f64 = 1e-3,
    }
}

/// The shapes of the curves.
#[derive(Clone, Debug)]
enum Shapes {
    Full(Vec<Array2<f64>>),
    Tied(Array2<f64>),
    Diagonal(Array2<f64>),
    Spherical(Array1<f64>),
}

/// The curves, and the factors of the inverses of their covariances.
#[derive(Clone, Debug)]
struct Curves {
    weights: Array1<f64>,
    means: Array2<f64>,
    covariances: Shapes,
    factors: Shapes,
}

const ILL_DEFINED: &str = "Fitting the mixture model failed because some components have ill-defined empirical covariance (for instance \
caused by singleton or collapsed samples). Try to decrease the number of components, increase reg_covar, or scale the input data.";

/// The transposed inverse of the lower triangular factor.
fn inverse_factor(covariance: &Array2<f64>) -> Result<Array2<f64>> {
    let lower = try_cholesky(covariance).map_err(|_| value_error(ILL_DEFINED))?;
    let size = lower.nrows();
    let mut inverse = Array2::<f64>::zeros((size, size));
    for column in 0..size {
        for row in column..size {
            let mut value = if row == column { 1.0 } else { 0.0 };
            for inner in column..row {
                value -= lower[(row, inner)] * inverse[(inner, column)];
            }
            inverse[(row, column)] = value / lower[(row, row)];
        }
    }
    Ok(inverse.t().as_standard_layout().to_owned())
}

fn log_sum(row: ArrayView1<f64>) -> f64 {
    let largest = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let total = sum(row.iter().map(|value| (value - largest).exp()));
    largest + total.ln()
}

impl Curves {
    fn estimate(
        x: &Array2<f64>,
        shares: &Array2<f64>,
        parameters: &GaussianMixtureParameters,
    ) -> Result<Self> {
        let regular = parameters.reg_covar;
        let sizes = shares.sum_axis(Axis(0)) + 10.0 * f64::EPSILON;
        let means = shares.t().dot(x) / &sizes.clone().insert_axis(Axis(1));
        let diagonal = || {
            let squares = shares.t().dot(&x.mapv(|value| value * value))
                / &sizes.clone().insert_axis(Axis(1));
            squares - means.mapv(|value| value * value) + regular
        };
        let covariances = match parameters.covariance_type.as_str() {
            "full" => {
                let mut all = Vec::new();
                for (at, size) in sizes.iter().enumerate() {
                    let gaps = x - &means.row(at);
                    let weighted = &gaps * &shares.column(at).insert_axis(Axis(1));
                    let mut own = weighted.t().dot(&gaps) / *size;
                    own.diag_mut().mapv_inplace(|value| value + regular);
                    all.push(own);
                }
                Shapes::Full(all)
            }
            "tied" => {
                let scaled = &means * &sizes.clone().insert_axis(Axis(1));
                let mut own = (x.t().dot(x) - scaled.t().dot(&means)) / sum(sizes.iter().copied());
                own.diag_mut().mapv_inplace(|value| value + regular);
                Shapes::Tied(own)
            }
            "diag" => Shapes::Diagonal(diagonal()),
            _ => Shapes::Spherical(
                diagonal()
                    .rows()
                    .into_iter()
                    .map(|row| mean(row.iter().copied()))
                    .collect(),
            ),
        };
        let root = |value: &f64| {
            if *value <= 0.0 {
                Err(value_error(ILL_DEFINED))
            } else {
                Ok(1.0 / value.sqrt())
            }
        };
        let factors = match &covariances {
            Shapes::Full(all) => {
                Shapes::Full(all.iter().map(inverse_factor).collect::<Result<_>>()?)
            }
            Shapes::Tied(own) => Shapes::Tied(inverse_factor(own)?),
            Shapes::Diagonal(table) => {
                let values: Vec<f64> = table.iter().map(root).collect::<Result<_>>()?;
                Shapes::Diagonal(Array2::from_shape_vec(table.dim(), values).expect("same shape"))
            }
            Shapes::Spherical(values) => {
                Shapes::Spherical(values.iter().map(root).collect::<Result<_>>()?)
            }
        };
        Ok(Curves {
            weights: sizes,
            means,
            covariances,
            factors,
        })
    }

    /// The logarithm of each curve's weight times its density at each row.
    fn weighted(&self, x: &Array2<f64>) -> Array2<f64> {
        let (samples, features) = x.dim();
        let count = self.weights.len();
        let mut table = Array2::<f64>::zeros((samples, count));
        let mut sizes = Array1::<f64>::zeros(count);
        let constant = features as f64 * (2.0 * std::f64::consts::PI).ln();
        match &self.factors {
            Shapes::Full(_) | Shapes::Tied(_) => {
                for at in 0..count {
                    let factor = match &self.factors {
                        Shapes::Full(all) => &all[at],
                        Shapes::Tied(own) => own,
                        _ => unreachable!("matched above"),
                    };
                    let moved = x.dot(factor) - self.means.row(at).dot(factor);
                    for (row, values) in moved.rows().into_iter().enumerate() {
                        table[(row, at)] = sum(values.iter().map(|value| value * value));
                    }
                    sizes[at] = sum(factor.diag().iter().map(|value| value.ln()));
                }
            }
            Shapes::Diagonal(factors) => {
                let precisions = factors.mapv(|value| value * value);
                table = -2.0 * x.dot(&(&self.means * &precisions).t())
                    + x.mapv(|value| value * value).dot(&precisions.t());
                for at in 0..count {
                    let own = self.means.row(at);
                    let first = sum(own
                        .iter()
                        .zip(precisions.row(at))
                        .map(|(mean, p)| mean * mean * p));
                    table.column_mut(at).mapv_inplace(|value| value + first);
                    sizes[at] = sum(factors.row(at).iter().map(|value| value.ln()));
                }
            }
            Shapes::Spherical(factors) => {
                let products = x.dot(&self.means.t());
                for at in 0..count {
                    let precision = factors[at] * factors[at];
                    let own = sum(self.means.row(at).iter().map(|mean| mean * mean)) * precision;
                    for row in 0..samples {
                        let norm = x.row(row).dot(&x.row(row));
                        table[(row, at)] =
                            own - 2.0 * (products[(row, at)] * precision) + norm * precision;
                    }
                    sizes[at] = features as f64 * factors[at].ln();
                }
            }
        }
        table.mapv(|value| -0.5 * (constant + value)) + sizes + self.weights.mapv(f64::ln)
    }
}

/// What `GaussianMixture` learns.
pub struct Mixed {
    curves: Curves,
    labels: Array1<i64>,
    converged: bool,
    rounds: i64,
    bound: f64,
}

fn labels_of(weighted: &Array2<f64>) -> Array1<i64> {
    let rows = weighted.rows().into_iter();
    rows.map(|row| first_largest(row.iter().copied()) as i64)
        .collect()
}

/// The curves that own each row at the start.
fn first_shares(
    parameters: &GaussianMixtureParameters,
    x: &Array2<f64>,
    random: &mut RandomState,
) -> Result<Array2<f64>> {
    let count = parameters.n_components as usize;
    if parameters.init_params == "random" {
        let mut shares = Array2::from_shape_simple_fn((x.nrows(), count), || random.random());
        for mut row in shares.rows_mut() {
            let total = sum(row.iter().copied());
            row /= total;
        }
        return Ok(shares);
    }
    let start = KMeans::new()
        .n_clusters(parameters.n_components)
        .n_init(Some(1));
    let labels = start.labels_from(x, random)?;
    let mut shares = Array2::zeros((x.nrows(), count));
    for (row, label) in labels.iter().enumerate() {
        shares[(row, *label as usize)] = 1.0;
    }
    Ok(shares)
}

impl Kind for GaussianMixtureKind {
    const NAME: &'static str = "GaussianMixture";
    const ROLE: Role = Role::Clusterer;
    type Parameters = GaussianMixtureParameters;
    type Fitted = Mixed;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Mixed> {
        let samples = x.nrows();
        if (samples as i64) < parameters.n_components {
            return Err(value_error(format!(
                "Expected n_samples >= n_components but got n_components = {}, n_samples = {samples}",
                parameters.n_components
            )));
        }
        let mut random = RandomState::from_seed(parameters.random_state);
        let mut best: Option<Mixed> = None;
        for _ in 0..parameters.n_init {
            let shares = first_shares(parameters, x, &mut random)?;
            let mut curves = Curves::estimate(x, &shares, parameters)?;
            curves.weights /= samples as f64;
            let mut bound = f64::NEG_INFINITY;
            let mut converged = false;
            let mut rounds = 0;
            for round in 1..=parameters.max_iter {
                rounds = round;
                let before = bound;
                let weighted = curves.weighted(x);
                let norms: Array1<f64> = weighted.rows().into_iter().map(log_sum).collect();
                let shares = (&weighted - &norms.clone().insert_axis(Axis(1))).mapv(f64::exp);
                curves = Curves::estimate(x, &shares, parameters)?;
                let total = sum(curves.weights.iter().copied());
                curves.weights /= total;
                bound = mean(norms.iter().copied());
                if (bound - before).abs() < parameters.tol {
                    converged = true;
                    break;
                }
            }
            if best.as_ref().is_none_or(|best| bound > best.bound) {
                best = Some(Mixed {
                    labels: Array1::zeros(0),
                    curves,
                    converged,
                    rounds,
                    bound,
                });
            }
        }
        let mut best = best.ok_or_else(|| value_error("n_init must be at least one"))?;
        if !best.converged {
            warn(
                "ConvergenceWarning",
                "Best performing initialization did not converge. Try different init parameters, or increase max_iter, tol, or check for \
                 degenerate data.",
            );
        }
        best.labels = labels_of(&best.curves.weighted(x));
        Ok(best)
    }

    fn predict(_parameters: &Self::Parameters, fitted: &Mixed, x: &Array2<f64>) -> Result<Target> {
        Ok(Target::Int(labels_of(&fitted.curves.weighted(x))))
    }

    fn predict_proba(
        _parameters: &Self::Parameters,
        fitted: &Mixed,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let mut table = fitted.curves.weighted(x);
        for mut row in table.rows_mut() {
            let norm = log_sum(row.view());
            row.mapv_inplace(|value| (value - norm).exp());
        }
        Ok(table)
    }

    fn score_samples(
        _parameters: &Self::Parameters,
        fitted: &Mixed,
        x: &Array2<f64>,
    ) -> Result<Array1<f64>> {
        let weighted = fitted.curves.weighted(x);
        Ok(weighted.rows().into_iter().map(log_sum).collect())
    }

    fn labels(fitted: &Mixed) -> Result<Array1<i64>> {
        Ok(fitted.labels.clone())
    }

    fn own_score(
        _parameters: &Self::Parameters,
        fitted: &Mixed,
        x: &Array2<f64>,
    ) -> Option<Result<f64>> {
        let weighted = fitted.curves.weighted(x);
        Some(Ok(mean(weighted.rows().into_iter().map(log_sum))))
    }
}

impl GaussianMixture {
    /// `sample(n_samples)`: drawn rows, curve after curve, and the curves that they come from.
    pub fn try_sample(&self, count: i64) -> Result<(Array2<f64>, Array1<i64>)> {
        let fitted = self.fitted()?;
        let curves = &fitted.curves;
        let random = match self.parameters().random_state {
            Some(seed) => numpy::RandomState::new(Some(seed)),
            None => numpy::global(),
        };
        let sizes = random.multinomial(count, &curves.weights.to_vec());
        let features = curves.means.ncols() as i64;
        let mut parts = Vec::new();
        for (at, &size) in sizes.iter().enumerate() {
            let mean = curves.means.row(at).to_owned();
            let spread = |own: &mut Array2<f64>, deviations: Array1<f64>| {
                *own *= &deviations;
                *own += &mean;
            };
            parts.push(match &curves.covariances {
                Shapes::Full(all) => random.multivariate_normal_array(&mean, &all[at], size),
                Shapes::Tied(own) => random.multivariate_normal_array(&mean, own, size),
                Shapes::Diagonal(table) => {
                    let mut own = random.standard_normal_array((size, features));
                    spread(&mut own, table.row(at).mapv(f64::sqrt));
                    own
                }
                Shapes::Spherical(values) => {
                    let mut own = random.standard_normal_array((size, features));
                    spread(&mut own, Array1::from_elem(mean.len(), values[at].sqrt()));
                    own
                }
            });
        }
        let views: Vec<_> = parts.iter().map(|part| part.view()).collect();
        let rows = ndarray::concatenate(Axis(0), &views).expect("as many columns");
        let labels = sizes
            .iter()
            .enumerate()
            .flat_map(|(at, &size)| vec![at as i64; size as usize]);
        Ok((rows, labels.collect()))
    }

    fn criterion(&self, x: &Array2<f64>, weight: f64) -> Result<f64> {
        let fitted = self.fitted()?;
        let features = x.ncols() as f64;
        let count = fitted.curves.weights.len() as f64;
        let shapes = match &fitted.curves.covariances {
            Shapes::Full(_) => count * features * (features + 1.0) / 2.0,
            Shapes::Tied(_) => features * (features + 1.0) / 2.0,
            Shapes::Diagonal(_) => count * features,
            Shapes::Spherical(_) => count,
        };
        let free = (shapes + features * count + count - 1.0).trunc();
        Ok(-2.0 * self.score_any(x, &Target::Absent)? * x.nrows() as f64 + free * weight)
    }

    /// `bic(X)`.
    pub fn try_bic(&self, x: &Array2<f64>) -> Result<f64> {
        self.criterion(x, (x.nrows() as f64).ln())
    }

    /// `aic(X)`.
    pub fn try_aic(&self, x: &Array2<f64>) -> Result<f64> {
        self.criterion(x, 2.0)
    }

    super::errors::throwing! {
        /// See `try_sample`.
        sample = try_sample(&self, count: i64) -> (Array2<f64>, Array1<i64>);
        /// See `try_bic`.
        bic = try_bic(&self, x: &Array2<f64>) -> f64;
        /// See `try_aic`.
        aic = try_aic(&self, x: &Array2<f64>) -> f64;
    }
}

attributes!(GaussianMixture {
    /// The share of each curve.
    weights_ / try_weights_: Array1<f64> = |fitted| fitted.curves.weights.clone();
    /// The centres.
    means_ / try_means_: Array2<f64> = |fitted| fitted.curves.means.clone();
    /// Whether the best run settled.
    converged_ / try_converged_: bool = |fitted| fitted.converged;
    /// Its rounds.
    n_iter_ / try_n_iter_: i64 = |fitted| fitted.rounds;
    /// Its bound on the mean log-likelihood.
    lower_bound_ / try_lower_bound_: f64 = |fitted| fitted.bound;
    /// One covariance for each curve: of `covariance_type='full'`.
    covariances_ / try_covariances_: ndarray::Array3<f64> = |fitted| match &fitted.curves.covariances {
        Shapes::Full(all) => {
            let views: Vec<_> = all.iter().map(|own| own.view()).collect();
            ndarray::stack(Axis(0), &views).expect("same shapes")
        }
        _ => return Err(value_error("the covariances of this covariance_type are not a stack of matrices")),
    };
});
