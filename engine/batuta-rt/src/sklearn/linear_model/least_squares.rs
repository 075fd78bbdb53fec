//! `LinearRegression` and `Ridge`.

use super::{Centred, Line};
use crate::sklearn::errors::Result;
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes, invalid_parameter};
use crate::sklearn::linear_algebra::{least_squares, solve_positive, svd};
use crate::sklearn::parameters::parameters;
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2, Axis};

/// See `LinearRegression`.
pub struct LinearRegressionKind;

/// Ordinary least squares; the answer of smallest norm when columns depend on each other.
pub type LinearRegression = Estimator<LinearRegressionKind>;

parameters! {
    /// Parameters of `LinearRegression`.
    LinearRegressionParameters for LinearRegressionKind {
        fit_intercept = "fit_intercept": bool = true,
        tol = "tol": f64 = 1e-6,
    }
}

/// What `LinearRegression` learns.
pub struct LeastSquares {
    line: Line,
    rank: usize,
    singular: Array1<f64>,
}

impl Kind for LinearRegressionKind {
    const NAME: &'static str = "LinearRegression";
    const ROLE: Role = Role::Regressor;
    type Parameters = LinearRegressionParameters;
    type Fitted = LeastSquares;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Self::Fitted> {
        let data = Centred::new(x, &y.floats()?, parameters.fit_intercept);
        let (coefficients, rank, singular) = least_squares(
            &data.x,
            &data.y.clone().insert_axis(Axis(1)),
            parameters.tol,
        );
        Ok(LeastSquares {
            line: data.line(coefficients.column(0).to_owned(), parameters.fit_intercept),
            rank,
            singular,
        })
    }

    fn predict(
        _parameters: &Self::Parameters,
        fitted: &Self::Fitted,
        x: &Array2<f64>,
    ) -> Result<Target> {
        Ok(fitted.line.predict(x))
    }

    fn line(fitted: &Self::Fitted) -> Result<(Array1<f64>, f64)> {
        Ok((fitted.line.coefficients.clone(), fitted.line.intercept))
    }
}

attributes!(LinearRegression {
    /// Coefficients.
    coef_ / try_coef_: Array1<f64> = |fitted| fitted.line.coefficients.clone();
    /// Constant term.
    intercept_ / try_intercept_: f64 = |fitted| fitted.line.intercept;
    /// Rank of the centred data.
    rank_ / try_rank_: i64 = |fitted| fitted.rank as i64;
    /// Singular values of the centred data.
    singular_ / try_singular_: Array1<f64> = |fitted| fitted.singular.clone();
});

/// See `Ridge`.
pub struct RidgeKind;

/// Least squares with a penalty on the squares of the coefficients, in closed form.
pub type Ridge = Estimator<RidgeKind>;

parameters! {
    /// Parameters of `Ridge`.
    RidgeParameters for RidgeKind {
        alpha = "alpha": f64 = 1.0,
        fit_intercept = "fit_intercept": bool = true,
    }
}

impl Kind for RidgeKind {
    const NAME: &'static str = "Ridge";
    const ROLE: Role = Role::Regressor;
    type Parameters = RidgeParameters;
    type Fitted = Line;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Line> {
        if parameters.alpha.is_nan() || parameters.alpha < 0.0 {
            let got = crate::py::Float(parameters.alpha).to_string();
            return Err(invalid_parameter(
                "Ridge",
                "alpha",
                "a float in the range [0.0, inf) or an instance of 'numpy.ndarray'",
                &got,
            ));
        }
        let data = Centred::new(x, &y.floats()?, parameters.fit_intercept);
        let coefficients = penalised(&data.x, &data.y, parameters.alpha);
        Ok(data.line(coefficients, parameters.fit_intercept))
    }

    fn predict(_parameters: &Self::Parameters, fitted: &Line, x: &Array2<f64>) -> Result<Target> {
        Ok(fitted.predict(x))
    }

    fn line(fitted: &Self::Fitted) -> Result<(Array1<f64>, f64)> {
        Ok((fitted.coefficients.clone(), fitted.intercept))
    }
}

/// Normal equations by Cholesky, in the smaller of the two dimensions; by singular values where that fails.
pub(super) fn penalised(x: &Array2<f64>, y: &Array1<f64>, alpha: f64) -> Array1<f64> {
    let (samples, features) = x.dim();
    let wide = features > samples;
    let mut gram = if wide { x.dot(&x.t()) } else { x.t().dot(x) };
    gram.diag_mut().mapv_inplace(|value| value + alpha);
    let right = if wide { y.clone() } else { x.t().dot(y) };
    if let Some(solution) = solve_positive(&gram, &right.insert_axis(Axis(1))) {
        let solution = solution.column(0).to_owned();
        return if wide { x.t().dot(&solution) } else { solution };
    }
    let parts = svd(x);
    let shadow = parts.u.t().dot(y);
    // scikit-learn's own threshold for a singular value that counts as zero.
    let shrunk = ndarray::Zip::from(&parts.s)
        .and(&shadow)
        .map_collect(|&value, &part| {
            if value > 1e-15 {
                value * part / (value * value + alpha)
            } else {
                0.0
            }
        });
    parts.vt.t().dot(&shrunk)
}

attributes!(Ridge {
    /// Coefficients.
    coef_ / try_coef_: Array1<f64> = |fitted| fitted.coefficients.clone();
    /// Constant term.
    intercept_ / try_intercept_: f64 = |fitted| fitted.intercept;
});
