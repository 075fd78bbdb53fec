//! `TruncatedSVD` and `NMF`, and the singular values by random projections that both begin with.

use super::errors::{Result, value_error, warn};
use super::estimator::{Estimator, Kind, Role, attributes};
use super::parameters::{Param, parameters};
use super::random::RandomState;
use super::sums::{column_means, sum};
use super::target::Target;
use crate::np::linalg::{qr, svd};
use ndarray::{Array1, Array2, s};

/// The first singular values and vectors, by powers of the matrix on random directions.
pub struct Randomized {
    /// The left vectors, one a column.
    pub left: Array2<f64>,
    /// The singular values.
    pub values: Array1<f64>,
    /// The right vectors, one a row.
    pub right: Array2<f64>,
}

/// `randomized_svd` without its choice of signs. `rounds` is None for "auto".
///
/// Each product is made orthogonal here; scikit-learn takes another basis of the same space, which leads to the same values.
pub fn randomized_svd(
    x: &Array2<f64>,
    count: usize,
    oversamples: usize,
    rounds: Option<i64>,
    random: &mut RandomState,
) -> Randomized {
    let (samples, features) = x.dim();
    let least = samples.min(features);
    let rounds = rounds.unwrap_or(if (count as f64) < 0.1 * least as f64 {
        7
    } else {
        4
    });
    let turned = samples < features;
    let a = if turned {
        x.t().as_standard_layout().to_owned()
    } else {
        x.clone()
    };
    let size = count + oversamples;
    let mut q = Array2::from_shape_simple_fn((a.ncols(), size), || random.standard_normal());
    for _ in 0..rounds {
        q = qr(&a.dot(&q)).0;
        q = qr(&a.t().dot(&q)).0;
    }
    q = qr(&a.dot(&q)).0;
    let (inner, values, right) = svd(&q.t().dot(&a));
    let left = q.dot(&inner);
    let count = count.min(values.len());
    let values = values.slice(s![..count]).to_owned();
    let (left, right) = (
        left.slice(s![.., ..count]).to_owned(),
        right.slice(s![..count, ..]).to_owned(),
    );
    if turned {
        Randomized {
            left: right.t().as_standard_layout().to_owned(),
            values,
            right: left.t().as_standard_layout().to_owned(),
        }
    } else {
        Randomized {
            left,
            values,
            right,
        }
    }
}

/// Signs such that the entry of largest size in each right vector is positive.
pub fn settle_signs(left: &mut Array2<f64>, right: &mut Array2<f64>) {
    for at in 0..right.nrows() {
        let mut largest = 0.0f64;
        for value in right.row(at) {
            if value.abs() > largest.abs() {
                largest = *value;
            }
        }
        if largest < 0.0 {
            right.row_mut(at).mapv_inplace(|value| -value);
            left.column_mut(at).mapv_inplace(|value| -value);
        }
    }
}

/// `np.var(x, axis=0)`.
fn variances(x: &Array2<f64>) -> Array1<f64> {
    let gaps = x - &column_means(x);
    column_means(&gaps.mapv(|value| value * value))
}

/// See `TruncatedSVD`.
pub struct TruncatedSVDKind;
/// The first singular vectors of data that are not centred.
pub type TruncatedSVD = Estimator<TruncatedSVDKind>;

parameters! {
    /// Parameters of `TruncatedSVD`.
    TruncatedSVDParameters for TruncatedSVDKind {
        algorithm = "algorithm": String = "randomized".to_string(),
        n_components = "n_components": i64 = 2,
        n_iter = "n_iter": i64 = 5,
        n_oversamples = "n_oversamples": i64 = 10,
        random_state = "random_state": Option<i64> = None,
    }
}

/// What `TruncatedSVD` learns.
pub struct Truncated {
    components: Array2<f64>,
    values: Array1<f64>,
    variances: Array1<f64>,
    shares: Array1<f64>,
}

impl Kind for TruncatedSVDKind {
    const NAME: &'static str = "TruncatedSVD";
    const ROLE: Role = Role::Transformer;
    type Parameters = TruncatedSVDParameters;
    type Fitted = Truncated;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Truncated> {
        let count = parameters.n_components as usize;
        if count > x.ncols() {
            return Err(value_error(format!(
                "n_components({count}) must be <= n_features({}).",
                x.ncols()
            )));
        }
        let mut random = RandomState::from_seed(parameters.random_state);
        let mut found = randomized_svd(
            x,
            count,
            parameters.n_oversamples as usize,
            Some(parameters.n_iter),
            &mut random,
        );
        settle_signs(&mut found.left, &mut found.right);
        let own = variances(&x.dot(&found.right.t()));
        let whole = sum(variances(x).iter().copied());
        Ok(Truncated {
            shares: &own / whole,
            variances: own,
            values: found.values,
            components: found.right,
        })
    }

    fn transform(
        _parameters: &Self::Parameters,
        fitted: &Truncated,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(x.dot(&fitted.components.t()))
    }

    fn inverse_transform(
        _parameters: &Self::Parameters,
        fitted: &Truncated,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(x.dot(&fitted.components))
    }
}

attributes!(TruncatedSVD {
    /// Directions, one a row.
    components_ / try_components_: Array2<f64> = |fitted| fitted.components.clone();
    /// Singular values.
    singular_values_ / try_singular_values_: Array1<f64> = |fitted| fitted.values.clone();
    /// Variance along each.
    explained_variance_ / try_explained_variance_: Array1<f64> = |fitted| fitted.variances.clone();
    /// Share of the whole variance along each.
    explained_variance_ratio_ / try_explained_variance_ratio_: Array1<f64> = |fitted| fitted.shares.clone();
});

/// See `NMF`.
pub struct NMFKind;
/// Two factors without negative entries.
pub type NMF = Estimator<NMFKind>;

parameters! {
    /// Parameters of `NMF`.
    NMFParameters for NMFKind {
        alpha_h = "alpha_H": Param = Param::Text("same".to_string()),
        alpha_w = "alpha_W": f64 = 0.0,
        init = "init": Option<String> = None,
        l1_ratio = "l1_ratio": f64 = 0.0,
        max_iter = "max_iter": i64 = 200,
        n_components = "n_components": Param = Param::Text("auto".to_string()),
        random_state = "random_state": Option<i64> = None,
        shuffle = "shuffle": bool = false,
        tol = "tol": f64 = 1e-4,
    }
}

/// What `NMF` learns.
pub struct Factors {
    weights: Array2<f64>,
    components: Array2<f64>,
    rounds: i64,
    error: f64,
}

fn check_positive(x: &Array2<f64>, whom: &str) -> Result<()> {
    if x.iter().any(|value| *value < 0.0) {
        return Err(value_error(format!(
            "Negative values in data passed to {whom}."
        )));
    }
    Ok(())
}

/// The first factors.
fn start(
    parameters: &NMFParameters,
    x: &Array2<f64>,
    count: usize,
) -> Result<(Array2<f64>, Array2<f64>)> {
    let (samples, features) = x.dim();
    let few = count <= samples.min(features);
    let init = match parameters.init.as_deref() {
        Some(name) => name,
        None if few => "nndsvda",
        None => "random",
    };
    let mean = sum(x.iter().copied()) / x.len() as f64;
    let mut random = RandomState::from_seed(parameters.random_state);
    if init == "random" {
        let size = (mean / count as f64).sqrt();
        let mut draw =
            |shape| Array2::from_shape_simple_fn(shape, || (size * random.standard_normal()).abs());
        let components = draw((count, features));
        return Ok((draw((samples, count)), components));
    }
    if !few {
        return Err(value_error(format!(
            "init = '{init}' can only be used when n_components <= min(n_samples, n_features)"
        )));
    }
    let found = randomized_svd(x, count, 10, None, &mut random);
    let mut weights = Array2::zeros((samples, count));
    let mut components = Array2::zeros((count, features));
    let norm = |values: &Array1<f64>| values.dot(values).sqrt();
    for at in 0..count {
        let (left, right) = (
            found.left.column(at).to_owned(),
            found.right.row(at).to_owned(),
        );
        if at == 0 {
            let root = found.values[0].sqrt();
            weights
                .column_mut(0)
                .assign(&left.mapv(|value| root * value.abs()));
            components
                .row_mut(0)
                .assign(&right.mapv(|value| root * value.abs()));
            continue;
        }
        let above = (
            left.mapv(|value| value.max(0.0)),
            right.mapv(|value| value.max(0.0)),
        );
        let below = (
            left.mapv(|value| value.min(0.0).abs()),
            right.mapv(|value| value.min(0.0).abs()),
        );
        let sizes = (
            norm(&above.0) * norm(&above.1),
            norm(&below.0) * norm(&below.1),
        );
        let (part, size) = if sizes.0 > sizes.1 {
            (above, sizes.0)
        } else {
            (below, sizes.1)
        };
        let root = (found.values[at] * size).sqrt();
        let (one, other) = (norm(&part.0), norm(&part.1));
        weights
            .column_mut(at)
            .assign(&part.0.mapv(|value| root * (value / one)));
        components
            .row_mut(at)
            .assign(&part.1.mapv(|value| root * (value / other)));
    }
    let small = 1e-6;
    for table in [&mut weights, &mut components] {
        table.mapv_inplace(|value| if value < small { 0.0 } else { value });
        if init == "nndsvda" {
            table.mapv_inplace(|value| if value == 0.0 { mean } else { value });
        }
    }
    if init == "nndsvdar" {
        let mut random = RandomState::from_seed(parameters.random_state);
        for table in [&mut weights, &mut components] {
            table.mapv_inplace(|value| {
                if value == 0.0 {
                    (mean * random.standard_normal() / 100.0).abs()
                } else {
                    value
                }
            });
        }
    }
    Ok((weights, components))
}

/// One round over the entries of one factor; gives how far the gradient was from allowed.
fn renew(
    factor: &mut Array2<f64>,
    products: &Array2<f64>,
    targets: &Array2<f64>,
    order: &[usize],
) -> f64 {
    let mut violation = 0.0;
    let count = factor.ncols();
    for &at in order {
        let bend = products[(at, at)];
        for row in 0..factor.nrows() {
            let mut slope = -targets[(row, at)];
            for other in 0..count {
                slope += products[(at, other)] * factor[(row, other)];
            }
            let own = factor[(row, at)];
            violation += if own == 0.0 {
                slope.min(0.0).abs()
            } else {
                slope.abs()
            };
            if bend != 0.0 {
                factor[(row, at)] = (own - slope / bend).max(0.0);
            }
        }
    }
    violation
}

struct Descent {
    absolute: (f64, f64),
    square: (f64, f64),
}

fn descend(
    parameters: &NMFParameters,
    x: &Array2<f64>,
    weights: &mut Array2<f64>,
    turned: &mut Array2<f64>,
    both: bool,
    penalty: &Descent,
) -> i64 {
    let mut random = RandomState::from_seed(parameters.random_state);
    let mut first = 0.0;
    let count = weights.ncols();
    let mut step = |factor: &mut Array2<f64>,
                    other: &Array2<f64>,
                    x: &Array2<f64>,
                    absolute: f64,
                    square: f64| {
        let mut products = other.t().dot(other);
        products.diag_mut().mapv_inplace(|value| value + square);
        let targets = x.dot(other) - absolute;
        let order: Vec<usize> = if parameters.shuffle {
            random.permutation(count)
        } else {
            (0..count).collect()
        };
        renew(factor, &products, &targets, &order)
    };
    let across = x.t().as_standard_layout().to_owned();
    for round in 1..=parameters.max_iter {
        let mut violation = step(weights, turned, x, penalty.absolute.0, penalty.square.0);
        if both {
            violation += step(
                turned,
                weights,
                &across,
                penalty.absolute.1,
                penalty.square.1,
            );
        }
        if round == 1 {
            first = violation;
        }
        if first == 0.0 || violation / first <= parameters.tol {
            return round;
        }
    }
    if parameters.tol > 0.0 {
        warn(
            "ConvergenceWarning",
            &format!(
                "Maximum number of iterations {} reached. Increase it to improve convergence.",
                parameters.max_iter
            ),
        );
    }
    parameters.max_iter
}

fn penalties(parameters: &NMFParameters, x: &Array2<f64>) -> Descent {
    let (samples, features) = (x.nrows() as f64, x.ncols() as f64);
    let other = match &parameters.alpha_h {
        Param::Float(value) => *value,
        Param::Int(value) => *value as f64,
        _ => parameters.alpha_w,
    };
    let (first, second) = (features * parameters.alpha_w, samples * other);
    let share = parameters.l1_ratio;
    Descent {
        absolute: (first * share, second * share),
        square: (first * (1.0 - share), second * (1.0 - share)),
    }
}

impl Kind for NMFKind {
    const NAME: &'static str = "NMF";
    const ROLE: Role = Role::Transformer;
    type Parameters = NMFParameters;
    type Fitted = Factors;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Factors> {
        check_positive(x, "NMF (input X)")?;
        let count = match parameters.n_components {
            Param::Int(count) => count as usize,
            _ => x.ncols(),
        };
        let (mut weights, components) = start(parameters, x, count)?;
        let mut turned = components.t().as_standard_layout().to_owned();
        let penalty = penalties(parameters, x);
        let rounds = descend(parameters, x, &mut weights, &mut turned, true, &penalty);
        let components = turned.t().as_standard_layout().to_owned();
        let rest = x - &weights.dot(&components);
        let error = rest.iter().map(|value| value * value).sum::<f64>().sqrt();
        Ok(Factors {
            weights,
            components,
            rounds,
            error,
        })
    }

    fn transform(
        parameters: &Self::Parameters,
        fitted: &Factors,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        check_positive(x, "NMF (input X)")?;
        let count = fitted.components.nrows();
        let mut weights = Array2::zeros((x.nrows(), count));
        let mut turned = fitted.components.t().as_standard_layout().to_owned();
        descend(
            parameters,
            x,
            &mut weights,
            &mut turned,
            false,
            &penalties(parameters, x),
        );
        Ok(weights)
    }

    fn own_fit_transform(
        _parameters: &Self::Parameters,
        fitted: &Factors,
        _x: &Array2<f64>,
    ) -> Option<Result<Array2<f64>>> {
        Some(Ok(fitted.weights.clone()))
    }

    fn inverse_transform(
        _parameters: &Self::Parameters,
        fitted: &Factors,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(x.dot(&fitted.components))
    }
}

attributes!(NMF {
    /// The second factor, one component a row.
    components_ / try_components_: Array2<f64> = |fitted| fitted.components.clone();
    /// The number of rounds.
    n_iter_ / try_n_iter_: i64 = |fitted| fitted.rounds;
    /// The number of components.
    n_components_ / try_n_components_: i64 = |fitted| fitted.components.nrows() as i64;
    /// The size of what the product leaves.
    reconstruction_err_ / try_reconstruction_err_: f64 = |fitted| fitted.error;
});
