//! Linear models.

mod bayesian;
mod consensus;
mod coordinate_descent;
mod general;
mod huber;
mod lbfgs;
mod lbfgsb;
mod least_squares;
mod logistic;
mod paths;
mod planes;
mod ridge_family;
mod stochastic;

pub(crate) use super::class_weight::{ClassWeight, class_weights, row_weights};
pub use bayesian::{
    ARDRegression, ARDRegressionKind, ARDRegressionParameters, BayesianRidge, BayesianRidgeKind,
    BayesianRidgeParameters,
};
pub use consensus::RANSACRegressor;
pub use coordinate_descent::{
    ElasticNet, ElasticNetKind, ElasticNetParameters, Lasso, LassoKind, LassoParameters,
};
pub use general::{
    GammaRegressor, GammaRegressorKind, GammaRegressorParameters, PoissonRegressor,
    PoissonRegressorKind, PoissonRegressorParameters, TweedieRegressor, TweedieRegressorKind,
    TweedieRegressorParameters,
};
pub use huber::{HuberRegressor, HuberRegressorKind, HuberRegressorParameters};
pub(crate) use lbfgs::{Limits, minimise};
pub(crate) use lbfgsb::minimise_within;
pub use least_squares::{
    LinearRegression, LinearRegressionKind, LinearRegressionParameters, Ridge, RidgeKind,
    RidgeParameters,
};
pub use logistic::{LogisticRegression, LogisticRegressionKind, LogisticRegressionParameters};
pub(crate) use logistic::{first_largest, largest_of_rows, log1p_exp, sigmoid, softmax};
pub use paths::{
    ElasticNetCV, ElasticNetCVKind, ElasticNetCVParameters, LassoCV, LassoCVKind, LassoCVParameters,
};
pub(crate) use planes::{Planes, by_planes};
pub use ridge_family::{
    RidgeCV, RidgeCVKind, RidgeCVParameters, RidgeClassifier, RidgeClassifierCV,
    RidgeClassifierCVKind, RidgeClassifierCVParameters, RidgeClassifierKind,
    RidgeClassifierParameters,
};
pub use stochastic::{
    Perceptron, PerceptronKind, PerceptronParameters, SGDClassifier, SGDClassifierKind,
    SGDClassifierParameters, SGDRegressor, SGDRegressorKind, SGDRegressorParameters,
};

use super::sums::{column_means, mean};
use super::target::Target;
use ndarray::{Array1, Array2};

/// A fitted line: what all linear regressors learn.
#[derive(Clone, Debug)]
pub struct Line {
    /// One coefficient for each feature.
    pub coefficients: Array1<f64>,
    /// The constant term.
    pub intercept: f64,
}

impl Line {
    /// `x @ coef_ + intercept_`.
    pub fn predict(&self, x: &Array2<f64>) -> Target {
        Target::Float(x.dot(&self.coefficients) + self.intercept)
    }
}

/// Data with their means taken away, and those means.
struct Centred {
    x: Array2<f64>,
    y: Array1<f64>,
    x_mean: Array1<f64>,
    y_mean: f64,
}

impl Centred {
    /// Takes the means away when an intercept is wanted.
    fn new(x: &Array2<f64>, y: &Array1<f64>, fit_intercept: bool) -> Self {
        if !fit_intercept {
            return Centred {
                x: x.clone(),
                y: y.clone(),
                x_mean: Array1::zeros(x.ncols()),
                y_mean: 0.0,
            };
        }
        let x_mean = column_means(x);
        let y_mean = mean(y.iter().copied());
        Centred {
            x: x - &x_mean,
            y: y - y_mean,
            x_mean,
            y_mean,
        }
    }

    /// The line through the original data for coefficients of the centred ones.
    fn line(&self, coefficients: Array1<f64>, fit_intercept: bool) -> Line {
        let intercept = if fit_intercept {
            self.y_mean - self.x_mean.dot(&coefficients)
        } else {
            0.0
        };
        Line {
            coefficients,
            intercept,
        }
    }
}
