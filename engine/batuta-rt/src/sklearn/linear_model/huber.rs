//! `HuberRegressor`: squares near the line, absolute values far from it, and a scale that says what is near.

use super::Line;
use super::lbfgs::Limits;
use super::lbfgsb::minimise_within;
use crate::sklearn::errors::{Result, value_error, warn};
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::parameters::parameters;
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2};

/// See `HuberRegressor`.
pub struct HuberRegressorKind;
/// A line that outliers move little.
pub type HuberRegressor = Estimator<HuberRegressorKind>;

parameters! {
    /// Parameters of `HuberRegressor`.
    HuberRegressorParameters for HuberRegressorKind {
        alpha = "alpha": f64 = 0.0001,
        epsilon = "epsilon": f64 = 1.35,
        fit_intercept = "fit_intercept": bool = true,
        max_iter = "max_iter": i64 = 100,
        tol = "tol": f64 = 1e-5,
    }
}

/// What `HuberRegressor` learns.
pub struct Robust {
    line: Line,
    scale: f64,
    outliers: Array1<bool>,
    rounds: i64,
}

fn loss(
    parameters: &HuberRegressorParameters,
    x: &Array2<f64>,
    y: &Array1<f64>,
    point: &[f64],
) -> (f64, Vec<f64>) {
    let (samples, features) = x.dim();
    let weights = Array1::from(point[..features].to_vec());
    let scale = point[point.len() - 1];
    let epsilon = parameters.epsilon;
    let constant = if parameters.fit_intercept {
        point[features]
    } else {
        0.0
    };
    let gaps = y - &x.dot(&weights) - constant;
    // What pulls at the line: the gap of a near row, the sign of a far one.
    let mut near = Array1::<f64>::zeros(samples);
    let mut far = Array1::<f64>::zeros(samples);
    let (mut squares, mut sizes, mut count) = (0.0, 0.0, 0.0);
    for (row, gap) in gaps.iter().enumerate() {
        if gap.abs() > epsilon * scale {
            far[row] = if *gap < 0.0 { -1.0 } else { 1.0 };
            sizes += gap.abs();
            count += 1.0;
        } else {
            near[row] = *gap;
            squares += gap * gap;
        }
    }
    let samples = samples as f64;
    let squared = squares / scale;
    let mut gradient = (x.t().dot(&near) * (-2.0 / scale) - x.t().dot(&far) * (2.0 * epsilon)
        + &weights * (2.0 * parameters.alpha))
        .to_vec();
    if parameters.fit_intercept {
        gradient.push(-2.0 * near.sum() / scale - 2.0 * epsilon * far.sum());
    }
    gradient.push(samples - count * epsilon * epsilon - squared / scale);
    let outside = 2.0 * epsilon * sizes - scale * count * epsilon * epsilon;
    (
        samples * scale + squared + outside + parameters.alpha * weights.dot(&weights),
        gradient,
    )
}

impl Kind for HuberRegressorKind {
    const NAME: &'static str = "HuberRegressor";
    const ROLE: Role = Role::Regressor;
    type Parameters = HuberRegressorParameters;
    type Fitted = Robust;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Robust> {
        let y = y.floats()?;
        let features = x.ncols();
        let count = features + 1 + usize::from(parameters.fit_intercept);
        let mut start = vec![0.0; count];
        start[count - 1] = 1.0;
        let mut bounds = vec![(f64::NEG_INFINITY, f64::INFINITY); count];
        bounds[count - 1].0 = f64::EPSILON * 10.0;
        let limits = Limits {
            gradient: parameters.tol,
            gain: 2.220_446_049_250_313e-9,
            iterations: parameters.max_iter,
            searches: 20,
            evaluations: i64::MAX,
        };
        let (minimum, _) = minimise_within(start, &bounds, &limits, |point| {
            loss(parameters, x, &y, point)
        });
        if !minimum.converged {
            if minimum.iterations < parameters.max_iter {
                return Err(value_error(
                    "HuberRegressor convergence failed: l-BFGS-b solver terminated with ABNORMAL: ",
                ));
            }
            warn(
                "ConvergenceWarning",
                &format!(
                    "lbfgs failed to converge after {} iteration(s)",
                    minimum.iterations
                ),
            );
        }
        let at = minimum.at;
        let line = Line {
            coefficients: Array1::from(at[..features].to_vec()),
            intercept: if parameters.fit_intercept {
                at[features]
            } else {
                0.0
            },
        };
        let scale = at[count - 1];
        let gaps = &y - &x.dot(&line.coefficients) - line.intercept;
        Ok(Robust {
            outliers: gaps.mapv(|gap| gap.abs() > scale * parameters.epsilon),
            line,
            scale,
            rounds: minimum.iterations,
        })
    }

    fn predict(_parameters: &Self::Parameters, fitted: &Robust, x: &Array2<f64>) -> Result<Target> {
        Ok(fitted.line.predict(x))
    }

    fn line(fitted: &Robust) -> Result<(Array1<f64>, f64)> {
        Ok((fitted.line.coefficients.clone(), fitted.line.intercept))
    }
}

attributes!(HuberRegressor {
    /// Coefficients.
    coef_ / try_coef_: Array1<f64> = |fitted| fitted.line.coefficients.clone();
    /// The constant term.
    intercept_ / try_intercept_: f64 = |fitted| fitted.line.intercept;
    /// What the gaps are measured by.
    scale_ / try_scale_: f64 = |fitted| fitted.scale;
    /// Which rows are far from the line.
    outliers_ / try_outliers_: Array1<bool> = |fitted| fitted.outliers.clone();
    /// The number of rounds.
    n_iter_ / try_n_iter_: i64 = |fitted| fitted.rounds;
});
