//! Linear regressors of the crate.

use super::{CrateEstimator, LassoOnArrays, LinearRegressionOnArrays, RidgeOnArrays, column};
use crate::sklearn::Role;
use crate::sklearn::estimator::attributes;
use aprender::Estimator as _;
use aprender::linear_model::{Lasso, LinearRegression, Ridge};
use aprender::primitives::{Matrix, Vector};
use ndarray::Array1;

macro_rules! line {
    ($type:ty, $adapted:ty, $name:literal, $blank:expr, $centred:literal) => {
        impl CrateEstimator for $type {
            const NAME: &'static str = $name;
            const ROLE: Role = Role::Regressor;
            const NEEDS_CENTRED_COLUMNS: bool = $centred;
            fn blank() -> Self {
                $blank
            }
            fn learn(&mut self, x: &Matrix<f32>, _codes: &[usize], y: &Vector<f32>) -> Result<(), String> {
                self.fit(x, y).map_err(|error| error.to_string())
            }
            fn numbers(&self, x: &Matrix<f32>) -> Option<Vector<f32>> {
                Some(self.predict(x))
            }
        }
        attributes!($adapted {
            /// Coefficients.
            coef_ / try_coef_: Array1<f64> = |fitted| column(fitted.own.coefficients());
            /// Constant term.
            intercept_ / try_intercept_: f64 = |fitted| f64::from(fitted.own.intercept());
        });
    };
}
line!(
    LinearRegression,
    LinearRegressionOnArrays,
    "LinearRegression",
    LinearRegression::new(),
    true
);
line!(Ridge, RidgeOnArrays, "Ridge", Ridge::new(1.0), true);
line!(Lasso, LassoOnArrays, "Lasso", Lasso::new(1.0), false);
