//! `PoissonRegressor`, `GammaRegressor` and `TweedieRegressor`: linear models of counts and positive amounts.

use super::Line;
use super::lbfgs::{Limits, minimise};
use crate::sklearn::errors::{Result, value_error, warn};
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::parameters::parameters;
use crate::sklearn::sums::{mean, sum};
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2};

/// The half deviance of a distribution, with how means are made of linear values.
#[derive(Clone, Copy)]
struct Loss {
    power: f64,
    log: bool,
}

impl Loss {
    fn checked(self, y: &Array1<f64>) -> Result<()> {
        let (power, name) = (self.power, self.name());
        let good = y.iter().all(|value| {
            if power <= 0.0 {
                true
            } else if power < 2.0 {
                *value >= 0.0
            } else {
                *value > 0.0
            }
        });
        if good {
            return Ok(());
        }
        Err(value_error(format!(
            "Some value(s) of y are out of the valid range of the loss '{name}'."
        )))
    }

    fn name(self) -> &'static str {
        match (self.power, self.log) {
            (1.0, true) => "HalfPoissonLoss",
            (2.0, true) => "HalfGammaLoss",
            (_, true) => "HalfTweedieLoss",
            _ => "HalfTweedieLossIdentity",
        }
    }

    fn link(self, mean: f64) -> f64 {
        if self.log { mean.ln() } else { mean }
    }

    fn inverse(self, raw: f64) -> f64 {
        if self.log { raw.exp() } else { raw }
    }

    /// Loss and slope at one row; parts of the loss that do not depend on the prediction are left out, as scikit-learn does.
    fn at(self, y: f64, raw: f64) -> (f64, f64) {
        let power = self.power;
        if !self.log {
            let mean = raw;
            if power == 0.0 {
                return (0.5 * (mean - y) * (mean - y), mean - y);
            }
            if power == 1.0 {
                let loss = if y == 0.0 {
                    mean
                } else {
                    y * (y / mean).ln() + mean - y
                };
                return (loss, 1.0 - y / mean);
            }
            if power == 2.0 {
                return ((mean / y).ln() + y / mean - 1.0, (mean - y) / (mean * mean));
            }
            let lead = mean.powf(1.0 - power);
            let mut loss = mean * lead / (2.0 - power) - y * lead / (1.0 - power);
            if y > 0.0 {
                loss += y.powf(2.0 - power) / (1.0 - power) / (2.0 - power);
            }
            return (loss, lead * (1.0 - y / mean));
        }
        if power == 0.0 {
            let mean = raw.exp();
            return (0.5 * (mean - y) * (mean - y), mean * (mean - y));
        }
        if power == 1.0 {
            let mean = raw.exp();
            return (mean - y * raw, mean - y);
        }
        if power == 2.0 {
            let share = y * (-raw).exp();
            return (raw + share, 1.0 - share);
        }
        let (one, two) = (((1.0 - power) * raw).exp(), ((2.0 - power) * raw).exp());
        (two / (2.0 - power) - y * one / (1.0 - power), two - y * one)
    }

    /// What `at` leaves out, negative.
    fn constant(self, y: f64) -> f64 {
        let power = self.power;
        if !self.log {
            return 0.0;
        }
        if power == 1.0 {
            return if y == 0.0 { 0.0 } else { y * y.ln() - y };
        }
        if power == 2.0 {
            return -y.ln() - 1.0;
        }
        if power == 0.0 {
            return 0.0;
        }
        y.max(0.0).powf(2.0 - power) / (1.0 - power) / (2.0 - power)
    }
}

/// What the three learn.
pub struct General {
    line: Line,
    loss: Loss,
    rounds: i64,
}

struct Settings {
    loss: Loss,
    alpha: f64,
    fit_intercept: bool,
    max_iter: i64,
    tol: f64,
}

fn learn(settings: &Settings, x: &Array2<f64>, y: &Target) -> Result<General> {
    let y = y.floats()?;
    let loss = settings.loss;
    loss.checked(&y)?;
    let (samples, features) = x.dim();
    let mut start = vec![0.0; features];
    if settings.fit_intercept {
        start.push(loss.link(mean(y.iter().copied())));
    }
    let limits = Limits {
        gradient: settings.tol,
        gain: 64.0 * f64::EPSILON,
        iterations: settings.max_iter,
        searches: 50,
        evaluations: i64::MAX,
    };
    let minimum = minimise(start, &limits, |point| {
        let weights = Array1::from(point[..features].to_vec());
        let constant = if settings.fit_intercept {
            point[features]
        } else {
            0.0
        };
        let raw = x.dot(&weights) + constant;
        let (losses, slopes): (Vec<f64>, Vec<f64>) =
            y.iter().zip(&raw).map(|(y, raw)| loss.at(*y, *raw)).unzip();
        let slopes = Array1::from(slopes) / samples as f64;
        let value = sum(losses) / samples as f64 + 0.5 * settings.alpha * weights.dot(&weights);
        let mut gradient = (x.t().dot(&slopes) + settings.alpha * &weights).to_vec();
        if settings.fit_intercept {
            gradient.push(sum(slopes.iter().copied()));
        }
        (value, gradient)
    });
    if !minimum.converged {
        warn(
            "ConvergenceWarning",
            &format!(
                "lbfgs failed to converge after {} iteration(s)",
                minimum.iterations
            ),
        );
    }
    Ok(General {
        line: Line {
            coefficients: Array1::from(minimum.at[..features].to_vec()),
            intercept: if settings.fit_intercept {
                minimum.at[features]
            } else {
                0.0
            },
        },
        loss,
        rounds: minimum.iterations,
    })
}

fn raw(fitted: &General, x: &Array2<f64>) -> Array1<f64> {
    x.dot(&fitted.line.coefficients) + fitted.line.intercept
}

/// The share of the deviance that is explained.
fn explained(fitted: &General, x: &Array2<f64>, y: &Target) -> Result<f64> {
    let y = y.floats()?;
    let loss = fitted.loss;
    loss.checked(&y)?;
    let constant = mean(y.iter().map(|value| loss.constant(*value)));
    let raw = raw(fitted, x);
    let own = mean(y.iter().zip(&raw).map(|(y, raw)| loss.at(*y, *raw).0));
    let flat = loss.link(mean(y.iter().copied()));
    let null = mean(y.iter().map(|y| loss.at(*y, flat).0));
    Ok(1.0 - (own + constant) / (null + constant))
}

macro_rules! general {
    ($name:ident, $kind:ident, $text:literal, |$parameters:ident| $loss:expr) => {
        impl Kind for $kind {
            const NAME: &'static str = $text;
            const ROLE: Role = Role::Regressor;
            type Parameters = <Self as GeneralParameters>::Own;
            type Fitted = General;

            fn fit($parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<General> {
                let settings = Settings {
                    loss: $loss,
                    alpha: $parameters.alpha,
                    fit_intercept: $parameters.fit_intercept,
                    max_iter: $parameters.max_iter,
                    tol: $parameters.tol,
                };
                learn(&settings, x, y)
            }

            fn predict(_parameters: &Self::Parameters, fitted: &General, x: &Array2<f64>) -> Result<Target> {
                Ok(Target::Float(raw(fitted, x).mapv(|value| fitted.loss.inverse(value))))
            }

            fn line(fitted: &General) -> Result<(Array1<f64>, f64)> {
                Ok((fitted.line.coefficients.clone(), fitted.line.intercept))
            }

            fn score(
                _parameters: &Self::Parameters,
                fitted: &General,
                x: &Array2<f64>,
                y: &Target,
            ) -> Option<Result<f64>> {
                Some(explained(fitted, x, y))
            }
        }

        attributes!($name {
            /// Coefficients.
            coef_ / try_coef_: Array1<f64> = |fitted| fitted.line.coefficients.clone();
            /// The constant term.
            intercept_ / try_intercept_: f64 = |fitted| fitted.line.intercept;
            /// The number of rounds.
            n_iter_ / try_n_iter_: i64 = |fitted| fitted.rounds;
        });
    };
}

/// The parameters of one of the three.
pub trait GeneralParameters {
    /// Their type.
    type Own: crate::sklearn::Parameters;
}

/// See `PoissonRegressor`.
pub struct PoissonRegressorKind;
/// A model of counts.
pub type PoissonRegressor = Estimator<PoissonRegressorKind>;

parameters! {
    /// Parameters of `PoissonRegressor`.
    PoissonRegressorParameters for PoissonRegressorKind {
        alpha = "alpha": f64 = 1.0,
        fit_intercept = "fit_intercept": bool = true,
        max_iter = "max_iter": i64 = 100,
        tol = "tol": f64 = 1e-4,
    }
}

/// See `GammaRegressor`.
pub struct GammaRegressorKind;
/// A model of positive amounts.
pub type GammaRegressor = Estimator<GammaRegressorKind>;

parameters! {
    /// Parameters of `GammaRegressor`.
    GammaRegressorParameters for GammaRegressorKind {
        alpha = "alpha": f64 = 1.0,
        fit_intercept = "fit_intercept": bool = true,
        max_iter = "max_iter": i64 = 100,
        tol = "tol": f64 = 1e-4,
    }
}

/// See `TweedieRegressor`.
pub struct TweedieRegressorKind;
/// A model whose variance is a power of the mean.
pub type TweedieRegressor = Estimator<TweedieRegressorKind>;

parameters! {
    /// Parameters of `TweedieRegressor`.
    TweedieRegressorParameters for TweedieRegressorKind {
        alpha = "alpha": f64 = 1.0,
        fit_intercept = "fit_intercept": bool = true,
        link = "link": String = "auto".to_string(),
        max_iter = "max_iter": i64 = 100,
        power = "power": f64 = 0.0,
        tol = "tol": f64 = 1e-4,
    }
}

impl GeneralParameters for PoissonRegressorKind {
    type Own = PoissonRegressorParameters;
}
impl GeneralParameters for GammaRegressorKind {
    type Own = GammaRegressorParameters;
}
impl GeneralParameters for TweedieRegressorKind {
    type Own = TweedieRegressorParameters;
}
general!(
    PoissonRegressor,
    PoissonRegressorKind,
    "PoissonRegressor",
    |parameters| Loss {
        power: 1.0,
        log: true
    }
);
general!(
    GammaRegressor,
    GammaRegressorKind,
    "GammaRegressor",
    |parameters| Loss {
        power: 2.0,
        log: true
    }
);
general!(
    TweedieRegressor,
    TweedieRegressorKind,
    "TweedieRegressor",
    |parameters| Loss {
        power: parameters.power,
        log: parameters.link == "log" || (parameters.link == "auto" && parameters.power > 0.0),
    }
);
