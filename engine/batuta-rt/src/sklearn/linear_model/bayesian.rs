//! `BayesianRidge` and `ARDRegression`: penalties that are estimated with the coefficients.

use super::{Centred, Line};
use crate::np::linalg::{pinv, slogdet, svd};
use crate::sklearn::errors::Result;
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::parameters::parameters;
use crate::sklearn::sums::{mean, sum};
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2, Axis};

/// See `BayesianRidge`.
pub struct BayesianRidgeKind;
/// Ridge regression with the precisions of noise and weights estimated.
pub type BayesianRidge = Estimator<BayesianRidgeKind>;

parameters! {
    /// Parameters of `BayesianRidge`.
    BayesianRidgeParameters for BayesianRidgeKind {
        alpha_1 = "alpha_1": f64 = 1e-6,
        alpha_2 = "alpha_2": f64 = 1e-6,
        alpha_init = "alpha_init": Option<f64> = None,
        compute_score = "compute_score": bool = false,
        fit_intercept = "fit_intercept": bool = true,
        lambda_1 = "lambda_1": f64 = 1e-6,
        lambda_2 = "lambda_2": f64 = 1e-6,
        lambda_init = "lambda_init": Option<f64> = None,
        max_iter = "max_iter": i64 = 300,
        tol = "tol": f64 = 1e-3,
    }
}

/// What `BayesianRidge` learns.
pub struct Ridged {
    line: Line,
    alpha: f64,
    lambda: f64,
    sigma: Array2<f64>,
    offset: Array1<f64>,
    scores: Vec<f64>,
    rounds: i64,
}

/// `np.var`.
fn spread(values: &Array1<f64>) -> f64 {
    let centre = mean(values.iter().copied());
    mean(
        values
            .iter()
            .map(|value| (value - centre) * (value - centre)),
    )
}

fn square_sum(values: &Array1<f64>) -> f64 {
    sum(values.iter().map(|value| value * value))
}

/// The standard deviation of each prediction.
fn deviations(x: &Array2<f64>, sigma: &Array2<f64>, alpha: f64) -> Array1<f64> {
    let spread = (x.dot(sigma) * x).sum_axis(Axis(1));
    spread.mapv(|value| (value + 1.0 / alpha).sqrt())
}

impl Kind for BayesianRidgeKind {
    const NAME: &'static str = "BayesianRidge";
    const ROLE: Role = Role::Regressor;
    type Parameters = BayesianRidgeParameters;
    type Fitted = Ridged;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Ridged> {
        let y = y.floats()?;
        let (samples, features) = x.dim();
        let count = samples as f64;
        let data = Centred::new(x, &y, parameters.fit_intercept);
        let mut alpha = parameters
            .alpha_init
            .unwrap_or_else(|| 1.0 / (spread(&y) + f64::EPSILON));
        let mut lambda = parameters.lambda_init.unwrap_or(1.0);
        let (left, values, right) = svd(&data.x);
        let squares = values.mapv(|value| value * value);
        let products = data.x.t().dot(&data.y);
        let renewed = |alpha: f64, lambda: f64| {
            let shrink = squares.mapv(|value| 1.0 / (value + lambda / alpha));
            let weights = if samples > features {
                right.t().dot(&(&shrink * &right.dot(&products)))
            } else {
                data.x
                    .t()
                    .dot(&left.dot(&(&shrink * &left.t().dot(&data.y))))
            };
            let error = square_sum(&(&data.y - &data.x.dot(&weights)));
            (weights, error)
        };
        let likelihood = |alpha: f64, lambda: f64, weights: &Array1<f64>, error: f64| {
            let determinant = if samples > features {
                -sum(squares.iter().map(|value| (lambda + alpha * value).ln()))
            } else {
                let mut whole: Vec<f64> = vec![lambda; features];
                for (own, value) in whole.iter_mut().zip(&squares) {
                    *own += alpha * value;
                }
                -sum(whole.into_iter().map(f64::ln))
            };
            let mut score = parameters.lambda_1 * lambda.ln() - parameters.lambda_2 * lambda;
            score += parameters.alpha_1 * alpha.ln() - parameters.alpha_2 * alpha;
            score
                + 0.5
                    * (features as f64 * lambda.ln() + count * alpha.ln()
                        - alpha * error
                        - lambda * square_sum(weights)
                        + determinant
                        - count * (2.0 * std::f64::consts::PI).ln())
        };
        let mut scores = Vec::new();
        let mut earlier: Option<Array1<f64>> = None;
        let mut rounds = 0;
        let mut last = (Array1::zeros(features), 0.0);
        for _ in 0..parameters.max_iter {
            rounds += 1;
            let (weights, error) = renewed(alpha, lambda);
            if parameters.compute_score {
                scores.push(likelihood(alpha, lambda, &weights, error));
            }
            let gamma = sum(squares
                .iter()
                .map(|value| (alpha * value) / (lambda + alpha * value)));
            lambda = (gamma + 2.0 * parameters.lambda_1)
                / (square_sum(&weights) + 2.0 * parameters.lambda_2);
            alpha = (count - gamma + 2.0 * parameters.alpha_1) / (error + 2.0 * parameters.alpha_2);
            let near = earlier.as_ref().is_some_and(|earlier| {
                sum((earlier - &weights).iter().map(|gap| gap.abs())) < parameters.tol
            });
            last = (weights.clone(), error);
            if near {
                break;
            }
            earlier = Some(weights);
        }
        let (weights, error) = renewed(alpha, lambda);
        if parameters.compute_score {
            // The weights of the last round stand beside the new error.
            scores.push(likelihood(alpha, lambda, &last.0, error));
        }
        let full = if samples < features {
            crate::np::linalg::svd_full(&data.x).2
        } else {
            right
        };
        let mut scaled = full.clone();
        for (at, mut row) in scaled.rows_mut().into_iter().enumerate() {
            row /= alpha * squares.get(at).copied().unwrap_or(0.0) + lambda;
        }
        Ok(Ridged {
            sigma: full.t().dot(&scaled),
            line: data.line(weights, parameters.fit_intercept),
            alpha,
            lambda,
            offset: data.x_mean,
            scores,
            rounds,
        })
    }

    fn predict(_parameters: &Self::Parameters, fitted: &Ridged, x: &Array2<f64>) -> Result<Target> {
        Ok(fitted.line.predict(x))
    }

    fn line(fitted: &Ridged) -> Result<(Array1<f64>, f64)> {
        Ok((fitted.line.coefficients.clone(), fitted.line.intercept))
    }
}

attributes!(BayesianRidge {
    /// Coefficients.
    coef_ / try_coef_: Array1<f64> = |fitted| fitted.line.coefficients.clone();
    /// The constant term.
    intercept_ / try_intercept_: f64 = |fitted| fitted.line.intercept;
    /// The precision of the noise.
    alpha_ / try_alpha_: f64 = |fitted| fitted.alpha;
    /// The precision of the weights.
    lambda_ / try_lambda_: f64 = |fitted| fitted.lambda;
    /// The covariance of the weights.
    sigma_ / try_sigma_: Array2<f64> = |fitted| fitted.sigma.clone();
    /// The likelihoods of the rounds.
    scores_ / try_scores_: Array1<f64> = |fitted| fitted.scores.clone().into();
    /// The number of rounds.
    n_iter_ / try_n_iter_: i64 = |fitted| fitted.rounds;
});

impl BayesianRidge {
    /// `predict(X, return_std=True)`.
    pub fn try_predict_with_std(&self, x: &Array2<f64>) -> Result<(Array1<f64>, Array1<f64>)> {
        let values = self.try_predict::<Array1<f64>>(x)?;
        let fitted = self.fitted()?;
        Ok((
            values,
            deviations(&(x - &fitted.offset), &fitted.sigma, fitted.alpha),
        ))
    }
    /// See `try_predict_with_std`.
    pub fn predict_with_std(&self, x: &Array2<f64>) -> (Array1<f64>, Array1<f64>) {
        crate::sklearn::errors::unwrap(self.try_predict_with_std(x))
    }
}

/// See `ARDRegression`.
pub struct ARDRegressionKind;
/// A precision for each weight, so that weights that do not matter vanish.
pub type ARDRegression = Estimator<ARDRegressionKind>;

parameters! {
    /// Parameters of `ARDRegression`.
    ARDRegressionParameters for ARDRegressionKind {
        alpha_1 = "alpha_1": f64 = 1e-6,
        alpha_2 = "alpha_2": f64 = 1e-6,
        compute_score = "compute_score": bool = false,
        fit_intercept = "fit_intercept": bool = true,
        lambda_1 = "lambda_1": f64 = 1e-6,
        lambda_2 = "lambda_2": f64 = 1e-6,
        max_iter = "max_iter": i64 = 300,
        threshold_lambda = "threshold_lambda": f64 = 1e4,
        tol = "tol": f64 = 1e-3,
    }
}

/// What `ARDRegression` learns.
pub struct Relevant {
    line: Line,
    alpha: f64,
    lambda: Array1<f64>,
    kept: Vec<usize>,
    sigma: Array2<f64>,
    offset: Array1<f64>,
    scores: Vec<f64>,
    rounds: i64,
}

impl Kind for ARDRegressionKind {
    const NAME: &'static str = "ARDRegression";
    const ROLE: Role = Role::Regressor;
    type Parameters = ARDRegressionParameters;
    type Fitted = Relevant;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Relevant> {
        let y = y.floats()?;
        let (samples, features) = x.dim();
        let count = samples as f64;
        let data = Centred::new(x, &y, parameters.fit_intercept);
        let mut alpha = 1.0 / (spread(&data.y) + f64::EPSILON);
        let mut lambda = Array1::<f64>::ones(features);
        let mut weights = Array1::<f64>::zeros(features);
        let mut kept: Vec<usize> = (0..features).collect();
        let covariance = |alpha: f64, lambda: &Array1<f64>, kept: &[usize]| {
            let own = data.x.select(Axis(1), kept);
            if samples >= features {
                let mut inverse = own.t().dot(&own) * alpha;
                for (at, &column) in kept.iter().enumerate() {
                    inverse[(at, at)] += lambda[column];
                }
                return pinv(&inverse, f64::EPSILON * kept.len() as f64);
            }
            let slack = lambda.select(Axis(0), kept).mapv(|value| 1.0 / value);
            let scaled = &own * &slack;
            let mut inner = scaled.dot(&own.t());
            inner.diag_mut().mapv_inplace(|value| value + 1.0 / alpha);
            let middle = pinv(&inner, f64::EPSILON * samples as f64).dot(&scaled);
            let mut sigma = -scaled.t().dot(&middle);
            for (at, value) in slack.iter().enumerate() {
                sigma[(at, at)] += value;
            }
            sigma
        };
        let renewed =
            |weights: &mut Array1<f64>, alpha: f64, sigma: &Array2<f64>, kept: &[usize]| {
                let own = data.x.select(Axis(1), kept);
                let found = sigma.dot(&own.t().dot(&data.y)) * alpha;
                for (&column, value) in kept.iter().zip(&found) {
                    weights[column] = *value;
                }
            };
        let mut scores = Vec::new();
        let mut earlier: Option<Array1<f64>> = None;
        let mut rounds = 0;
        for _ in 0..parameters.max_iter {
            rounds += 1;
            let sigma = covariance(alpha, &lambda, &kept);
            renewed(&mut weights, alpha, &sigma, &kept);
            let error = square_sum(&(&data.y - &data.x.dot(&weights)));
            let mut total = Vec::new();
            for (at, &column) in kept.iter().enumerate() {
                let gamma = 1.0 - lambda[column] * sigma[(at, at)];
                lambda[column] = (gamma + 2.0 * parameters.lambda_1)
                    / (weights[column] * weights[column] + 2.0 * parameters.lambda_2);
                total.push(gamma);
            }
            alpha = (count - sum(total) + 2.0 * parameters.alpha_1)
                / (error + 2.0 * parameters.alpha_2);
            kept = (0..features)
                .filter(|&at| lambda[at] < parameters.threshold_lambda)
                .collect();
            for at in 0..features {
                if lambda[at] >= parameters.threshold_lambda {
                    weights[at] = 0.0;
                }
            }
            if parameters.compute_score {
                let mut score: f64 = lambda
                    .iter()
                    .map(|value| parameters.lambda_1 * value.ln() - parameters.lambda_2 * value)
                    .sum();
                score += parameters.alpha_1 * alpha.ln() - parameters.alpha_2 * alpha;
                let (sign, size) = slogdet(&sigma);
                let determinant = if sign > 0.0 { size } else { f64::NEG_INFINITY };
                score += 0.5
                    * (determinant
                        + count * alpha.ln()
                        + sum(lambda.iter().map(|value| value.ln())));
                score -= 0.5
                    * (alpha * error + sum(lambda.iter().zip(&weights).map(|(l, w)| l * w * w)));
                scores.push(score);
            }
            let near = earlier.as_ref().is_some_and(|earlier| {
                sum((earlier - &weights).iter().map(|gap| gap.abs())) < parameters.tol
            });
            earlier = Some(weights.clone());
            if near || kept.is_empty() {
                break;
            }
        }
        let mut sigma = Array2::zeros((0, 0));
        if !kept.is_empty() {
            sigma = covariance(alpha, &lambda, &kept);
            renewed(&mut weights, alpha, &sigma, &kept);
        }
        Ok(Relevant {
            line: data.line(weights, parameters.fit_intercept),
            alpha,
            lambda,
            kept,
            sigma,
            offset: data.x_mean,
            scores,
            rounds,
        })
    }

    fn predict(
        _parameters: &Self::Parameters,
        fitted: &Relevant,
        x: &Array2<f64>,
    ) -> Result<Target> {
        Ok(fitted.line.predict(x))
    }

    fn line(fitted: &Relevant) -> Result<(Array1<f64>, f64)> {
        Ok((fitted.line.coefficients.clone(), fitted.line.intercept))
    }
}

attributes!(ARDRegression {
    /// Coefficients.
    coef_ / try_coef_: Array1<f64> = |fitted| fitted.line.coefficients.clone();
    /// The constant term.
    intercept_ / try_intercept_: f64 = |fitted| fitted.line.intercept;
    /// The precision of the noise.
    alpha_ / try_alpha_: f64 = |fitted| fitted.alpha;
    /// The precision of each weight.
    lambda_ / try_lambda_: Array1<f64> = |fitted| fitted.lambda.clone();
    /// The covariance of the weights that stay.
    sigma_ / try_sigma_: Array2<f64> = |fitted| fitted.sigma.clone();
    /// The likelihoods of the rounds.
    scores_ / try_scores_: Array1<f64> = |fitted| fitted.scores.clone().into();
    /// The number of rounds.
    n_iter_ / try_n_iter_: i64 = |fitted| fitted.rounds;
});

impl ARDRegression {
    /// `predict(X, return_std=True)`.
    pub fn try_predict_with_std(&self, x: &Array2<f64>) -> Result<(Array1<f64>, Array1<f64>)> {
        let values = self.try_predict::<Array1<f64>>(x)?;
        let fitted = self.fitted()?;
        let own = (x - &fitted.offset).select(Axis(1), &fitted.kept);
        Ok((values, deviations(&own, &fitted.sigma, fitted.alpha)))
    }
    /// See `try_predict_with_std`.
    pub fn predict_with_std(&self, x: &Array2<f64>) -> (Array1<f64>, Array1<f64>) {
        crate::sklearn::errors::unwrap(self.try_predict_with_std(x))
    }
}
