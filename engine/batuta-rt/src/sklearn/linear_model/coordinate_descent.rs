//! `Lasso` and `ElasticNet` by cyclic coordinate descent, stopped by the duality gap.

use super::{Centred, Line};
use crate::sklearn::errors::{Result, warn};
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::parameters::parameters;
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2};

/// See `Lasso`.
pub struct LassoKind;
/// Least squares with a penalty on the absolute coefficients.
pub type Lasso = Estimator<LassoKind>;

parameters! {
    /// Parameters of `Lasso`.
    LassoParameters for LassoKind {
        alpha = "alpha": f64 = 1.0,
        fit_intercept = "fit_intercept": bool = true,
        max_iter = "max_iter": i64 = 1000,
        positive = "positive": bool = false,
        tol = "tol": f64 = 1e-4,
    }
}

/// See `ElasticNet`.
pub struct ElasticNetKind;
/// Least squares with a mixture of both penalties.
pub type ElasticNet = Estimator<ElasticNetKind>;

parameters! {
    /// Parameters of `ElasticNet`.
    ElasticNetParameters for ElasticNetKind {
        alpha = "alpha": f64 = 1.0,
        fit_intercept = "fit_intercept": bool = true,
        l1_ratio = "l1_ratio": f64 = 0.5,
        max_iter = "max_iter": i64 = 1000,
        positive = "positive": bool = false,
        tol = "tol": f64 = 1e-4,
    }
}

/// What both learn.
pub struct Descent {
    pub(super) line: Line,
    pub(super) gap: f64,
    pub(super) iterations: i64,
}

struct Problem<'a> {
    /// The columns of the data.
    columns: Vec<Vec<f64>>,
    y: &'a Array1<f64>,
    /// Weight of the absolute values, times the number of samples.
    absolute: f64,
    /// Weight of the squares, times the number of samples.
    square: f64,
    positive: bool,
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

impl Problem<'_> {
    /// The duality gap, the correlations of the residual with each column, and their largest size.
    fn gap(&self, weights: &[f64], residual: &[f64]) -> (f64, Vec<f64>, f64) {
        let mut correlations: Vec<f64> = self
            .columns
            .iter()
            .map(|column| dot(column, residual))
            .collect();
        let residual_square = dot(residual, residual);
        let with_y = dot(residual, self.y.as_slice().expect("contiguous"));
        let weights_square = if self.square > 0.0 {
            dot(weights, weights)
        } else {
            0.0
        };
        if self.absolute == 0.0 {
            let size = dot(&correlations, &correlations);
            if self.square == 0.0 {
                return (size, correlations, size);
            }
            let gap = residual_square + 0.5 * self.square * weights_square - with_y
                + size / (2.0 * self.square);
            return (gap, correlations, size);
        }
        for (correlation, weight) in correlations.iter_mut().zip(weights) {
            *correlation -= self.square * weight;
        }
        let largest = correlations
            .iter()
            .map(|value| if self.positive { *value } else { value.abs() })
            .fold(f64::NEG_INFINITY, f64::max);
        let weights_size: f64 = weights.iter().map(|weight| weight.abs()).sum();
        // The residual, shrunk where needed, is a feasible point of the dual problem.
        let shrink = if largest > self.absolute {
            self.absolute / largest
        } else {
            1.0
        };
        let squares = residual_square + self.square * weights_square;
        let primal = 0.5 * squares + self.absolute * weights_size;
        let dual = -0.5 * (shrink * shrink) * squares + shrink * with_y;
        (primal - dual, correlations, largest)
    }

    /// The coefficients, the last gap and the number of rounds, from given coefficients.
    fn solve(&self, start: Vec<f64>, tolerance: f64, rounds: i64) -> (Vec<f64>, f64, i64) {
        let features = self.columns.len();
        let norms: Vec<f64> = self
            .columns
            .iter()
            .map(|column| dot(column, column))
            .collect();
        let mut weights = start;
        let mut residual = self.y.to_vec();
        let goal = tolerance * dot(&residual, &residual);
        for (weight, column) in weights.iter().zip(&self.columns) {
            if *weight != 0.0 {
                for (value, entry) in residual.iter_mut().zip(column) {
                    *value -= weight * entry;
                }
            }
        }
        let (mut gap, mut correlations, mut largest) = self.gap(&weights, &residual);
        if gap <= goal {
            return (weights, gap, 0);
        }
        let mut active: Vec<usize> = (0..features).filter(|&at| norms[at] != 0.0).collect();
        let screen = |active: &mut Vec<usize>,
                      gap: f64,
                      correlations: &[f64],
                      largest: f64,
                      weights: &mut [f64],
                      residual: &mut [f64]| {
            if self.absolute == 0.0 {
                return;
            }
            active.retain(|&at| {
                let shadow = correlations[at] / self.absolute.max(largest);
                let distance = (1.0 - shadow.abs()) / (norms[at] + self.square).sqrt();
                let keep = distance <= (2.0 * gap).sqrt() / self.absolute;
                if !keep && weights[at] != 0.0 {
                    for (value, entry) in residual.iter_mut().zip(&self.columns[at]) {
                        *value += weights[at] * entry;
                    }
                    weights[at] = 0.0;
                }
                keep
            });
        };
        screen(
            &mut active,
            gap,
            &correlations,
            largest,
            &mut weights,
            &mut residual,
        );
        for round in 0..rounds {
            let mut largest_weight = 0.0f64;
            let mut largest_change = 0.0f64;
            for &at in &active {
                let old = weights[at];
                let pull = dot(&self.columns[at], &residual) + old * norms[at];
                let new = if self.positive && pull < 0.0 {
                    0.0
                } else {
                    let sign = if pull == 0.0 { 0.0 } else { pull.signum() };
                    sign * (pull.abs() - self.absolute).max(0.0) / (norms[at] + self.square)
                };
                weights[at] = new;
                if new != old {
                    for (value, entry) in residual.iter_mut().zip(&self.columns[at]) {
                        *value += (old - new) * entry;
                    }
                }
                largest_change = largest_change.max((new - old).abs());
                largest_weight = largest_weight.max(new.abs());
            }
            if largest_weight == 0.0
                || largest_change / largest_weight <= tolerance
                || round == rounds - 1
            {
                (gap, correlations, largest) = self.gap(&weights, &residual);
                if gap <= goal {
                    return (weights, gap, round + 1);
                }
                screen(
                    &mut active,
                    gap,
                    &correlations,
                    largest,
                    &mut weights,
                    &mut residual,
                );
            }
        }
        warn(
            "ConvergenceWarning",
            "Objective did not converge. You might want to increase the number of iterations, check the scale of the features or \
             consider increasing regularisation.",
        );
        (weights, gap, rounds)
    }
}

/// The penalty and when to stop.
pub(super) struct Penalty {
    pub alpha: f64,
    pub share: f64,
    pub fit_intercept: bool,
    pub rounds: i64,
    pub tolerance: f64,
    pub positive: bool,
}

/// The lines for several penalties, each search beginning where the one before ended.
pub(super) fn path(
    x: &Array2<f64>,
    y: &Array1<f64>,
    alphas: &[f64],
    penalty: &Penalty,
) -> Vec<Line> {
    let data = Centred::new(x, y, penalty.fit_intercept);
    let samples = x.nrows() as f64;
    let mut problem = Problem {
        columns: data
            .x
            .columns()
            .into_iter()
            .map(|column| column.to_vec())
            .collect(),
        y: &data.y,
        absolute: 0.0,
        square: 0.0,
        positive: penalty.positive,
    };
    let mut weights = vec![0.0; x.ncols()];
    let mut lines = Vec::new();
    for alpha in alphas {
        problem.absolute = alpha * penalty.share * samples;
        problem.square = alpha * (1.0 - penalty.share) * samples;
        (weights, _, _) = problem.solve(weights, penalty.tolerance, penalty.rounds);
        lines.push(data.line(weights.clone().into(), penalty.fit_intercept));
    }
    lines
}

/// The line for one penalty.
pub(super) fn descend(x: &Array2<f64>, y: &Target, penalty: &Penalty) -> Result<Descent> {
    let data = Centred::new(x, &y.floats()?, penalty.fit_intercept);
    let samples = x.nrows() as f64;
    let problem = Problem {
        columns: data
            .x
            .columns()
            .into_iter()
            .map(|column| column.to_vec())
            .collect(),
        y: &data.y,
        absolute: penalty.alpha * penalty.share * samples,
        square: penalty.alpha * (1.0 - penalty.share) * samples,
        positive: penalty.positive,
    };
    let (weights, gap, iterations) =
        problem.solve(vec![0.0; x.ncols()], penalty.tolerance, penalty.rounds);
    // scikit-learn reports the gap for one sample.
    Ok(Descent {
        line: data.line(weights.into(), penalty.fit_intercept),
        gap: gap / samples,
        iterations,
    })
}

impl Kind for LassoKind {
    const NAME: &'static str = "Lasso";
    const ROLE: Role = Role::Regressor;
    type Parameters = LassoParameters;
    type Fitted = Descent;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Descent> {
        descend(
            x,
            y,
            &Penalty {
                alpha: parameters.alpha,
                share: 1.0,
                fit_intercept: parameters.fit_intercept,
                rounds: parameters.max_iter,
                tolerance: parameters.tol,
                positive: parameters.positive,
            },
        )
    }

    fn predict(
        _parameters: &Self::Parameters,
        fitted: &Descent,
        x: &Array2<f64>,
    ) -> Result<Target> {
        Ok(fitted.line.predict(x))
    }

    fn line(fitted: &Self::Fitted) -> Result<(Array1<f64>, f64)> {
        Ok((fitted.line.coefficients.clone(), fitted.line.intercept))
    }
}

impl Kind for ElasticNetKind {
    const NAME: &'static str = "ElasticNet";
    const ROLE: Role = Role::Regressor;
    type Parameters = ElasticNetParameters;
    type Fitted = Descent;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Descent> {
        descend(
            x,
            y,
            &Penalty {
                alpha: parameters.alpha,
                share: parameters.l1_ratio,
                fit_intercept: parameters.fit_intercept,
                rounds: parameters.max_iter,
                tolerance: parameters.tol,
                positive: parameters.positive,
            },
        )
    }

    fn predict(
        _parameters: &Self::Parameters,
        fitted: &Descent,
        x: &Array2<f64>,
    ) -> Result<Target> {
        Ok(fitted.line.predict(x))
    }

    fn line(fitted: &Self::Fitted) -> Result<(Array1<f64>, f64)> {
        Ok((fitted.line.coefficients.clone(), fitted.line.intercept))
    }
}

attributes!(Lasso {
    /// Coefficients.
    coef_ / try_coef_: Array1<f64> = |fitted| fitted.line.coefficients.clone();
    /// Constant term.
    intercept_ / try_intercept_: f64 = |fitted| fitted.line.intercept;
    /// Number of rounds.
    n_iter_ / try_n_iter_: i64 = |fitted| fitted.iterations;
    /// Duality gap at the end.
    dual_gap_ / try_dual_gap_: f64 = |fitted| fitted.gap;
});

attributes!(ElasticNet {
    /// Coefficients.
    coef_ / try_coef_: Array1<f64> = |fitted| fitted.line.coefficients.clone();
    /// Constant term.
    intercept_ / try_intercept_: f64 = |fitted| fitted.line.intercept;
    /// Number of rounds.
    n_iter_ / try_n_iter_: i64 = |fitted| fitted.iterations;
    /// Duality gap at the end.
    dual_gap_ / try_dual_gap_: f64 = |fitted| fitted.gap;
});
