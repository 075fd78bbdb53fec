//! `FastICA`: directions whose values depend on each other as little as possible; and `GaussianRandomProjection`.

use super::errors::{Result, value_error, warn};
use super::estimator::{Estimator, Kind, Role, attributes};
use super::linear_algebra::svd;
use super::parameters::{Param, parameters};
use super::random::RandomState;
use super::sums::{column_means, mean};
use super::target::Target;
use crate::np::linalg;
use ndarray::{Array1, Array2, Axis, s};

/// Below this a part of a direction is nothing but rounding.
const NOTHING: f64 = 1e-12;

/// See `FastICA`.
pub struct FastICAKind;
/// Independent components.
pub type FastICA = Estimator<FastICAKind>;

parameters! {
    /// Parameters of `FastICA`.
    FastICAParameters for FastICAKind {
        algorithm = "algorithm": String = "parallel".to_string(),
        fun = "fun": String = "logcosh".to_string(),
        max_iter = "max_iter": i64 = 200,
        n_components = "n_components": Option<i64> = None,
        random_state = "random_state": Option<i64> = None,
        tol = "tol": f64 = 1e-4,
        whiten = "whiten": String = "unit-variance".to_string(),
        whiten_solver = "whiten_solver": String = "svd".to_string(),
    }
}

/// What `FastICA` learns.
pub struct Independent {
    components: Array2<f64>,
    mixing: Array2<f64>,
    mean: Array1<f64>,
    whitening: Array2<f64>,
    rounds: i64,
}

/// The nearest matrix whose rows are orthonormal.
fn orthogonal(w: &Array2<f64>) -> Array2<f64> {
    let (values, vectors) = linalg::eigh(&w.dot(&w.t()));
    let scales = values.mapv(|value| 1.0 / value.max(f64::MIN_POSITIVE).sqrt());
    (&vectors * &scales).dot(&vectors.t()).dot(w)
}

/// The contrast of each value, and the mean of its slope in each row.
fn contrast(fun: &str, x: &Array2<f64>) -> (Array2<f64>, Array1<f64>) {
    let rows = |slope: &dyn Fn(f64) -> f64| -> Array1<f64> {
        let own = x.rows().into_iter();
        own.map(|row| mean(row.iter().map(|value| slope(*value))))
            .collect()
    };
    match fun {
        "exp" => {
            let bell = |value: f64| (-(value * value) / 2.0).exp();
            (
                x.mapv(|value| value * bell(value)),
                rows(&|value| (1.0 - value * value) * bell(value)),
            )
        }
        "cube" => (
            x.mapv(|value| value * value * value),
            rows(&|value| 3.0 * (value * value)),
        ),
        _ => (
            x.mapv(f64::tanh),
            rows(&|value| {
                let bent = value.tanh();
                1.0 - bent * bent
            }),
        ),
    }
}

fn all_at_once(
    parameters: &FastICAParameters,
    x: &Array2<f64>,
    start: &Array2<f64>,
) -> (Array2<f64>, i64) {
    let mut w = orthogonal(start);
    let count = x.ncols() as f64;
    for round in 1..=parameters.max_iter {
        let (bent, slopes) = contrast(&parameters.fun, &w.dot(x));
        let next = orthogonal(&(bent.dot(&x.t()) / count - &w * &slopes.insert_axis(Axis(1))));
        let turned = next
            .rows()
            .into_iter()
            .zip(w.rows())
            .map(|(new, old)| (new.dot(&old).abs() - 1.0).abs())
            .fold(0.0, f64::max);
        w = next;
        if turned < parameters.tol {
            return (w, round);
        }
    }
    warn(
        "ConvergenceWarning",
        "FastICA did not converge. Consider increasing tolerance or the maximum number of iterations.",
    );
    (w, parameters.max_iter)
}

fn one_by_one(
    parameters: &FastICAParameters,
    x: &Array2<f64>,
    start: &Array2<f64>,
) -> (Array2<f64>, i64) {
    let count = start.nrows();
    let mut all = Array2::<f64>::zeros((count, count));
    let mut most = 0;
    for at in 0..count {
        let mut w = start.row(at).to_owned();
        w /= w.dot(&w).sqrt();
        let mut rounds = 0;
        for _ in 0..parameters.max_iter {
            rounds += 1;
            let (bent, slopes) = contrast(&parameters.fun, &w.dot(x).insert_axis(Axis(0)));
            let mut next: Array1<f64> = x
                .rows()
                .into_iter()
                .map(|row| mean(row.iter().zip(&bent).map(|(value, bent)| value * bent)))
                .collect();
            next -= &(&w * slopes[0]);
            let known = all.slice(s![..at, ..]);
            next -= &next.dot(&known.t()).dot(&known);
            next /= next.dot(&next).sqrt();
            let turned = (next.dot(&w).abs() - 1.0).abs();
            w = next;
            if turned < parameters.tol {
                break;
            }
        }
        most = most.max(rounds);
        all.row_mut(at).assign(&w);
    }
    (all, most)
}

impl Kind for FastICAKind {
    const NAME: &'static str = "FastICA";
    const ROLE: Role = Role::Transformer;
    type Parameters = FastICAParameters;
    type Fitted = Independent;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Independent> {
        let (samples, features) = x.dim();
        let most = samples.min(features);
        let wanted = parameters
            .n_components
            .map_or(most, |count| count.max(1) as usize);
        if wanted > most {
            warn(
                "UserWarning",
                &format!("n_components is too large: it will be set to {most}"),
            );
        }
        let count = wanted.min(most);
        let means = column_means(x);
        let centred = x - &means;
        let columns = centred.t().to_owned();
        let (mut u, d) = if parameters.whiten_solver == "eigh" {
            let (values, vectors) = linalg::eigh(&columns.dot(&centred));
            let least = f64::EPSILON * 10.0;
            let order: Vec<usize> = (0..values.len()).rev().collect();
            (
                vectors.select(Axis(1), &order),
                order
                    .iter()
                    .map(|&at| values[at].max(least).sqrt())
                    .collect::<Array1<f64>>(),
            )
        } else {
            let parts = svd(&columns);
            (parts.u, parts.s)
        };
        if u.row(0)
            .iter()
            .take(count)
            .any(|value| value.abs() < NOTHING)
        {
            crate::py::unsupported(
                "independent components of data whose first column says nothing: their signs would follow from rounding",
            );
        }
        for mut column in u.columns_mut() {
            if column[0] < 0.0 {
                column.mapv_inplace(|value| -value);
            }
        }
        let whitening = (&u / &d).t().slice(s![..count, ..]).to_owned();
        let whitened = whitening.dot(&columns) * (samples as f64).sqrt();
        let mut random = RandomState::from_seed(parameters.random_state);
        let start = Array2::from_shape_simple_fn((count, count), || random.standard_normal());
        let (mut w, rounds) = if parameters.algorithm == "deflation" {
            one_by_one(parameters, &whitened, &start)
        } else {
            all_at_once(parameters, &whitened, &start)
        };
        if parameters.whiten == "unit-variance" {
            let sources = w.dot(&whitening).dot(&columns);
            for (mut row, own) in w.rows_mut().into_iter().zip(sources.rows()) {
                let centre = mean(own.iter().copied());
                row /= mean(own.iter().map(|value| (value - centre) * (value - centre))).sqrt();
            }
        }
        let components = w.dot(&whitening);
        Ok(Independent {
            mixing: linalg::pinv(&components, 1e-15),
            components,
            mean: means,
            whitening,
            rounds,
        })
    }

    fn transform(
        _: &Self::Parameters,
        fitted: &Independent,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok((x - &fitted.mean).dot(&fitted.components.t()))
    }

    fn inverse_transform(
        _: &Self::Parameters,
        fitted: &Independent,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(x.dot(&fitted.mixing.t()) + &fitted.mean)
    }
}

attributes!(FastICA {
    /// The directions.
    components_ / try_components_: Array2<f64> = |fitted| fitted.components.clone();
    /// How the sources make the data.
    mixing_ / try_mixing_: Array2<f64> = |fitted| fitted.mixing.clone();
    /// Column means.
    mean_ / try_mean_: Array1<f64> = |fitted| fitted.mean.clone();
    /// What makes the data white.
    whitening_ / try_whitening_: Array2<f64> = |fitted| fitted.whitening.clone();
    /// The number of rounds.
    n_iter_ / try_n_iter_: i64 = |fitted| fitted.rounds;
});

/// See `GaussianRandomProjection`.
pub struct GaussianRandomProjectionKind;
/// Fewer columns, each a drawn mixture of all.
pub type GaussianRandomProjection = Estimator<GaussianRandomProjectionKind>;

parameters! {
    /// Parameters of `GaussianRandomProjection`.
    GaussianRandomProjectionParameters for GaussianRandomProjectionKind {
        eps = "eps": f64 = 0.1,
        n_components = "n_components": Param = Param::Text("auto".to_string()),
        random_state = "random_state": Option<i64> = None,
    }
}

/// `johnson_lindenstrauss_min_dim(n_samples, eps=eps)`.
pub fn johnson_lindenstrauss_min_dim(samples: i64, eps: f64) -> i64 {
    let below = eps * eps / 2.0 - eps * eps * eps / 3.0;
    (4.0 * (samples as f64).ln() / below) as i64
}

impl Kind for GaussianRandomProjectionKind {
    const NAME: &'static str = "GaussianRandomProjection";
    const ROLE: Role = Role::Transformer;
    type Parameters = GaussianRandomProjectionParameters;
    type Fitted = Array2<f64>;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Array2<f64>> {
        let (samples, features) = x.dim();
        let count = match &parameters.n_components {
            Param::Int(count) => *count as usize,
            _ => {
                let wanted = johnson_lindenstrauss_min_dim(samples as i64, parameters.eps);
                if wanted as usize > features {
                    return Err(value_error(format!(
                        "eps={} and n_samples={samples} lead to a target dimension of {wanted} which is larger than the original \
                         space with n_features={features}",
                        crate::py::Float(parameters.eps)
                    )));
                }
                wanted as usize
            }
        };
        let mut random = RandomState::from_seed(parameters.random_state);
        let width = 1.0 / (count as f64).sqrt();
        Ok(Array2::from_shape_simple_fn((count, features), || {
            random.normal(0.0, width)
        }))
    }

    fn transform(
        _: &Self::Parameters,
        fitted: &Array2<f64>,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(x.dot(&fitted.t()))
    }
}

attributes!(GaussianRandomProjection {
    /// The drawn mixtures.
    components_ / try_components_: Array2<f64> = |fitted| fitted.as_ref().clone();
    /// How many there are.
    n_components_ / try_n_components_: i64 = |fitted| fitted.nrows() as i64;
});
