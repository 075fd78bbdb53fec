//! `OneClassSVM`: a border around most of the rows.

use super::solver::{Kernel, Problem, solve};
use super::{kernel_of, rows_of, warn_early};
use crate::sklearn::errors::Result;
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::parameters::{Param, parameters};
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2, Axis};

/// See `OneClassSVM`.
pub struct OneClassSVMKind;
/// Outliers by support vectors.
pub type OneClassSVM = Estimator<OneClassSVMKind>;

parameters! {
    /// Parameters of `OneClassSVM`.
    OneClassSVMParameters for OneClassSVMKind {
        coef0 = "coef0": f64 = 0.0,
        degree = "degree": i64 = 3,
        gamma = "gamma": Param = Param::Text("scale".to_string()),
        kernel = "kernel": String = "rbf".to_string(),
        max_iter = "max_iter": i64 = -1,
        nu = "nu": f64 = 0.5,
        shrinking = "shrinking": bool = true,
        tol = "tol": f64 = 1e-3,
    }
}

/// What `OneClassSVM` learns.
pub struct Border {
    kernel: Kernel,
    support: Vec<usize>,
    vectors: Array2<f64>,
    weights: Vec<f64>,
    constant: f64,
    labels: Array1<i64>,
    steps: i64,
}

impl Border {
    fn decisions(&self, x: &Array2<f64>) -> Array1<f64> {
        let vectors = rows_of(&self.vectors);
        let values = rows_of(x).into_iter().map(|row| {
            let mut total = 0.0;
            for (vector, weight) in vectors.iter().zip(&self.weights) {
                total += weight * self.kernel.of(&row, vector);
            }
            total + self.constant
        });
        values.collect()
    }

    fn sides(&self, x: &Array2<f64>) -> Array1<i64> {
        self.decisions(x)
            .mapv(|value| if value > 0.0 { 1 } else { -1 })
    }
}

impl Kind for OneClassSVMKind {
    const NAME: &'static str = "OneClassSVM";
    const ROLE: Role = Role::Clusterer;
    type Parameters = OneClassSVMParameters;
    type Fitted = Border;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Border> {
        let kernel = kernel_of(
            Self::NAME,
            &parameters.kernel,
            &parameters.gamma,
            parameters.coef0,
            parameters.degree,
            x,
        )?;
        let (rows, count) = (rows_of(x), x.nrows());
        // The first rows begin with all the weight that there is.
        let mut left: f64 = (0..count).map(|_| parameters.nu).sum();
        let start = (0..count)
            .map(|_| {
                let own = left.clamp(0.0, 1.0);
                left -= own;
                own
            })
            .collect();
        let solution = solve(&Problem {
            rows: &rows,
            row_of: (0..count).collect(),
            signs: vec![1.0; count],
            linear: vec![0.0; count],
            bounds: vec![1.0; count],
            kernel: &kernel,
            tolerance: parameters.tol,
            shrinking: parameters.shrinking,
            steps: parameters.max_iter,
            start,
        });
        warn_early(solution.converged, parameters.max_iter);
        let support: Vec<usize> = (0..count)
            .filter(|&at| solution.alpha[at].abs() > 0.0)
            .collect();
        let mut border = Border {
            vectors: x.select(Axis(0), &support),
            weights: support.iter().map(|&at| solution.alpha[at]).collect(),
            support,
            kernel,
            constant: -solution.rho,
            labels: Array1::zeros(0),
            steps: solution.steps,
        };
        border.labels = border.sides(x);
        Ok(border)
    }

    fn predict(_parameters: &Self::Parameters, fitted: &Border, x: &Array2<f64>) -> Result<Target> {
        Ok(Target::Int(fitted.sides(x)))
    }

    fn decision_function(
        _parameters: &Self::Parameters,
        fitted: &Border,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(fitted.decisions(x).insert_axis(Axis(1)))
    }

    fn score_samples(
        _parameters: &Self::Parameters,
        fitted: &Border,
        x: &Array2<f64>,
    ) -> Result<Array1<f64>> {
        Ok(fitted.decisions(x) - fitted.constant)
    }

    fn labels(fitted: &Border) -> Result<Array1<i64>> {
        Ok(fitted.labels.clone())
    }
}

attributes!(OneClassSVM {
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
    /// The opposite of the constant.
    offset_ / try_offset_: Array1<f64> = |fitted| Array1::from_elem(1, -fitted.constant);
    /// The number of steps.
    n_iter_ / try_n_iter_: i64 = |fitted| fitted.steps;
});
