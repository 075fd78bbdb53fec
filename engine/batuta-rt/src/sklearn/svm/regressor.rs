//! `SVR`: a tube around the target, held by support vectors.

use super::solver::{Kernel, Problem, solve};
use super::{kernel_of, rows_of, warn_early};
use crate::sklearn::errors::{Result, no_attribute};
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::parameters::{Param, parameters};
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2, Axis};

/// See `SVR`.
pub struct SVRKind;
/// Regression by support vectors.
pub type SVR = Estimator<SVRKind>;

parameters! {
    /// Parameters of `SVR`.
    SVRParameters for SVRKind {
        c = "C": f64 = 1.0,
        coef0 = "coef0": f64 = 0.0,
        degree = "degree": i64 = 3,
        epsilon = "epsilon": f64 = 0.1,
        gamma = "gamma": Param = Param::Text("scale".to_string()),
        kernel = "kernel": String = "rbf".to_string(),
        max_iter = "max_iter": i64 = -1,
        shrinking = "shrinking": bool = true,
        tol = "tol": f64 = 1e-3,
    }
}

/// What `SVR` learns.
pub struct Tube {
    kernel: Kernel,
    support: Vec<usize>,
    vectors: Array2<f64>,
    weights: Vec<f64>,
    constant: f64,
    steps: i64,
}

impl Kind for SVRKind {
    const NAME: &'static str = "SVR";
    const ROLE: Role = Role::Regressor;
    type Parameters = SVRParameters;
    type Fitted = Tube;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Tube> {
        let y = y.floats()?;
        let kernel = kernel_of(
            Self::NAME,
            &parameters.kernel,
            &parameters.gamma,
            parameters.coef0,
            parameters.degree,
            x,
        )?;
        let (rows, count) = (rows_of(x), y.len());
        let above = y.iter().map(|value| parameters.epsilon - value);
        let below = y.iter().map(|value| parameters.epsilon + value);
        let solution = solve(&Problem {
            rows: &rows,
            row_of: (0..count).chain(0..count).collect(),
            signs: (0..2 * count)
                .map(|at| if at < count { 1.0 } else { -1.0 })
                .collect(),
            linear: above.chain(below).collect(),
            bounds: vec![parameters.c; 2 * count],
            kernel: &kernel,
            tolerance: parameters.tol,
            shrinking: parameters.shrinking,
            steps: parameters.max_iter,
            start: Vec::new(),
        });
        warn_early(solution.converged, parameters.max_iter);
        let weights: Vec<f64> = (0..count)
            .map(|at| solution.alpha[at] - solution.alpha[at + count])
            .collect();
        let support: Vec<usize> = (0..count).filter(|&at| weights[at].abs() > 0.0).collect();
        Ok(Tube {
            vectors: x.select(Axis(0), &support),
            weights: support.iter().map(|&at| weights[at]).collect(),
            support,
            kernel,
            constant: -solution.rho,
            steps: solution.steps,
        })
    }

    fn predict(_parameters: &Self::Parameters, fitted: &Tube, x: &Array2<f64>) -> Result<Target> {
        let vectors = rows_of(&fitted.vectors);
        let values = rows_of(x).into_iter().map(|row| {
            let mut total = 0.0;
            for (vector, weight) in vectors.iter().zip(&fitted.weights) {
                total += weight * fitted.kernel.of(&row, vector);
            }
            total + fitted.constant
        });
        Ok(Target::Float(values.collect()))
    }
}

attributes!(SVR {
    /// The rows that became support vectors.
    support_ / try_support_: Array1<i64> = |fitted| fitted.support.iter().map(|&row| row as i64).collect();
    /// The support vectors.
    support_vectors_ / try_support_vectors_: Array2<f64> = |fitted| fitted.vectors.clone();
    /// How many support vectors there are.
    n_support_ / try_n_support_: Array1<i64> = |fitted| Array1::from_elem(1, fitted.support.len() as i64);
    /// The weights of the support vectors.
    dual_coef_ / try_dual_coef_: Array2<f64> = |fitted| Array1::from(fitted.weights.clone()).insert_axis(Axis(0));
    /// The constant.
    intercept_ / try_intercept_: Array1<f64> = |fitted| Array1::from_elem(1, fitted.constant);
    /// The weights of the features, of a linear kernel.
    coef_ / try_coef_: Array2<f64> = |fitted| {
        if !matches!(fitted.kernel, Kernel::Linear) {
            return Err(no_attribute("SVR", "coef_"));
        }
        let mut line = Array2::zeros((1, fitted.vectors.ncols()));
        for (vector, weight) in fitted.vectors.rows().into_iter().zip(&fitted.weights) {
            line.row_mut(0).scaled_add(*weight, &vector);
        }
        line
    };
    /// The number of steps.
    n_iter_ / try_n_iter_: i64 = |fitted| fitted.steps;
});
