//! `PLSRegression`: directions in the features that go with directions in the targets.

use super::errors::{Result, value_error, warn};
use super::estimator::{Estimator, Kind, Role, attributes};
use super::parameters::parameters;
use super::sums::column_means;
use super::target::Target;
use crate::np::linalg::pinv;
use ndarray::{Array1, Array2, Axis};

/// See `PLSRegression`.
pub struct PLSRegressionKind;
/// Regression by partial least squares.
pub type PLSRegression = Estimator<PLSRegressionKind>;

parameters! {
    /// Parameters of `PLSRegression`.
    PLSRegressionParameters for PLSRegressionKind {
        max_iter = "max_iter": i64 = 500,
        n_components = "n_components": i64 = 2,
        scale = "scale": bool = true,
        tol = "tol": f64 = 1e-6,
    }
}

/// What one side of the data gives: a column for each component.
struct Side {
    mean: Array1<f64>,
    spread: Array1<f64>,
    weights: Array2<f64>,
    scores: Array2<f64>,
    loadings: Array2<f64>,
}

/// What `PLSRegression` learns.
pub struct Partial {
    x: Side,
    y: Side,
    rotations: (Array2<f64>, Array2<f64>),
    coefficients: Array2<f64>,
    flat: bool,
    rounds: Vec<i64>,
}

fn prepared(table: &Array2<f64>, scale: bool) -> (Array2<f64>, Array1<f64>, Array1<f64>) {
    let mean = column_means(table);
    let mut own = table - &mean;
    let mut spread = Array1::ones(table.ncols());
    if scale {
        // The mean of what is left is next to nothing, but NumPy takes it away again.
        let rest = &own - &column_means(&own);
        let squares =
            rest.mapv(|value| value * value).sum_axis(Axis(0)) / (table.nrows() as f64 - 1.0);
        spread = squares.mapv(|value| if value == 0.0 { 1.0 } else { value.sqrt() });
        own /= &spread;
    }
    (own, mean, spread)
}

fn outer(a: &Array1<f64>, b: &Array1<f64>) -> Array2<f64> {
    Array2::from_shape_fn((a.len(), b.len()), |(row, column)| a[row] * b[column])
}

impl Kind for PLSRegressionKind {
    const NAME: &'static str = "PLSRegression";
    const ROLE: Role = Role::Regressor;
    type Parameters = PLSRegressionParameters;
    type Fitted = Partial;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Partial> {
        let table = y.table()?;
        let (samples, features) = x.dim();
        let count = parameters.n_components as usize;
        let most = samples.min(features);
        if count > most {
            return Err(value_error(format!(
                "`n_components` upper bound is {most}. Got {count} instead. Reduce `n_components`."
            )));
        }
        let (mut own, x_mean, x_spread) = prepared(x, parameters.scale);
        let (mut target, y_mean, y_spread) = prepared(&table, parameters.scale);
        let side = |mean, spread, columns: usize| Side {
            mean,
            spread,
            weights: Array2::zeros((columns, count)),
            scores: Array2::zeros((samples, count)),
            loadings: Array2::zeros((columns, count)),
        };
        let mut left = side(x_mean, x_spread, features);
        let mut right = side(y_mean, y_spread, table.ncols());
        let mut rounds = Vec::new();
        for at in 0..count {
            for mut column in target.columns_mut() {
                if column.iter().all(|value| value.abs() < 10.0 * f64::EPSILON) {
                    column.fill(0.0);
                }
            }
            let first = target
                .columns()
                .into_iter()
                .find(|column| column.iter().any(|value| value.abs() > f64::EPSILON));
            let Some(first) = first else {
                warn(
                    "UserWarning",
                    &format!("y residual is constant at iteration {at}"),
                );
                break;
            };
            let mut score = first.to_owned();
            let mut earlier: Option<Array1<f64>> = None;
            let mut taken = 0;
            let (mut x_weights, mut y_weights);
            loop {
                taken += 1;
                x_weights = own.t().dot(&score) / score.dot(&score);
                x_weights /= x_weights.dot(&x_weights).sqrt() + f64::EPSILON;
                let x_score = own.dot(&x_weights);
                y_weights = target.t().dot(&x_score) / x_score.dot(&x_score);
                score = target.dot(&y_weights) / (y_weights.dot(&y_weights) + f64::EPSILON);
                let gap = match &earlier {
                    Some(earlier) => &x_weights - earlier,
                    None => &x_weights - 100.0,
                };
                if gap.dot(&gap) < parameters.tol
                    || target.ncols() == 1
                    || taken == parameters.max_iter
                {
                    break;
                }
                earlier = Some(x_weights.clone());
            }
            if taken == parameters.max_iter {
                warn("ConvergenceWarning", "Maximum number of iterations reached");
            }
            rounds.push(taken);
            let mut largest = 0.0f64;
            for value in &x_weights {
                if value.abs() > largest.abs() {
                    largest = *value;
                }
            }
            if largest < 0.0 {
                x_weights = -x_weights;
                y_weights = -y_weights;
            }
            let x_scores = own.dot(&x_weights);
            let y_scores = target.dot(&y_weights) / y_weights.dot(&y_weights);
            let size = x_scores.dot(&x_scores);
            let x_loadings = x_scores.dot(&own) / size;
            own -= &outer(&x_scores, &x_loadings);
            let y_loadings = x_scores.dot(&target) / size;
            target -= &outer(&x_scores, &y_loadings);
            left.weights.column_mut(at).assign(&x_weights);
            left.scores.column_mut(at).assign(&x_scores);
            left.loadings.column_mut(at).assign(&x_loadings);
            right.weights.column_mut(at).assign(&y_weights);
            right.scores.column_mut(at).assign(&y_scores);
            right.loadings.column_mut(at).assign(&y_loadings);
        }
        let turned = |side: &Side| {
            let inner = side.loadings.t().dot(&side.weights);
            side.weights.dot(&pinv(&inner, f64::EPSILON * count as f64))
        };
        let rotations = (turned(&left), turned(&right));
        let coefficients = rotations.0.dot(&right.loadings.t()) * &right.spread;
        Ok(Partial {
            coefficients: (&coefficients.t() / &left.spread)
                .as_standard_layout()
                .to_owned(),
            flat: !matches!(y, Target::Table(_)),
            x: left,
            y: right,
            rotations,
            rounds,
        })
    }

    fn predict(_: &Self::Parameters, fitted: &Partial, x: &Array2<f64>) -> Result<Target> {
        let table = (x - &fitted.x.mean).dot(&fitted.coefficients.t()) + &fitted.y.mean;
        Ok(if fitted.flat {
            Target::Float(table.column(0).to_owned())
        } else {
            Target::Table(table)
        })
    }

    fn transform(_: &Self::Parameters, fitted: &Partial, x: &Array2<f64>) -> Result<Array2<f64>> {
        Ok(((x - &fitted.x.mean) / &fitted.x.spread).dot(&fitted.rotations.0))
    }

    fn inverse_transform(
        _: &Self::Parameters,
        fitted: &Partial,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(x.dot(&fitted.x.loadings.t()) * &fitted.x.spread + &fitted.x.mean)
    }
}

attributes!(PLSRegression {
    /// One row of coefficients for each target.
    coef_ / try_coef_: Array2<f64> = |fitted| fitted.coefficients.clone();
    /// The means of the targets.
    intercept_ / try_intercept_: Array1<f64> = |fitted| fitted.y.mean.clone();
    /// Weights of the features.
    x_weights_ / try_x_weights_: Array2<f64> = |fitted| fitted.x.weights.clone();
    /// Weights of the targets.
    y_weights_ / try_y_weights_: Array2<f64> = |fitted| fitted.y.weights.clone();
    /// Loadings of the features.
    x_loadings_ / try_x_loadings_: Array2<f64> = |fitted| fitted.x.loadings.clone();
    /// Loadings of the targets.
    y_loadings_ / try_y_loadings_: Array2<f64> = |fitted| fitted.y.loadings.clone();
    /// The learned rows in the new directions.
    x_scores_ / try_x_scores_: Array2<f64> = |fitted| fitted.x.scores.clone();
    /// Their targets.
    y_scores_ / try_y_scores_: Array2<f64> = |fitted| fitted.y.scores.clone();
    /// What `transform` multiplies by.
    x_rotations_ / try_x_rotations_: Array2<f64> = |fitted| fitted.rotations.0.clone();
    /// The same of the targets.
    y_rotations_ / try_y_rotations_: Array2<f64> = |fitted| fitted.rotations.1.clone();
    /// The number of rounds for each direction.
    n_iter_ / try_n_iter_: Vec<i64> = |fitted| fitted.rounds.clone();
});
