//! `LassoCV` and `ElasticNetCV`: the penalty with the smallest error over folds, along a path of falling penalties.

use super::coordinate_descent::{Descent, Penalty, descend, path};
use crate::np::geomspace;
use crate::sklearn::errors::Result;
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::model_selection::default_splitter;
use crate::sklearn::parameters::{Grid, parameters};
use crate::sklearn::sums::{column_means, mean};
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2, Axis};

/// The penalties of a path: falling, from the first that leaves no coefficient.
fn alphas_of(
    grid: &Grid,
    x: &Array2<f64>,
    y: &Array1<f64>,
    share: f64,
    smallest: f64,
    intercept: bool,
    positive: bool,
) -> Vec<f64> {
    match grid {
        Grid::Of(values) => {
            let mut values = values.clone();
            values.sort_by(|a, b| b.total_cmp(a));
            values
        }
        Grid::Count(count) => {
            let mut pull = if intercept {
                let y = y - mean(y.iter().copied());
                x.t().dot(&y) - column_means(x) * y.sum()
            } else {
                x.t().dot(y)
            };
            if !positive {
                pull.mapv_inplace(f64::abs);
            }
            let largest = pull.iter().copied().fold(0.0, f64::max);
            let first = largest / (x.nrows() as f64 * share);
            // Below the resolution of a double all penalties are the same.
            if first <= 1e-15 {
                return vec![1e-15; *count as usize];
            }
            geomspace(first, first * smallest, *count, true).to_vec()
        }
    }
}

/// What both learn.
pub struct Along {
    best: Descent,
    alpha: f64,
    alphas: Array1<f64>,
    errors: Array2<f64>,
}

fn search(
    x: &Array2<f64>,
    y: &Target,
    grid: &Grid,
    folds: i64,
    smallest: f64,
    mut penalty: Penalty,
) -> Result<Along> {
    let values = y.floats()?;
    let alphas = alphas_of(
        grid,
        x,
        &values,
        penalty.share,
        smallest,
        penalty.fit_intercept,
        penalty.positive,
    );
    let folds = default_splitter(folds, false, y)?.folds(x.nrows(), y)?;
    let mut errors = Array2::zeros((alphas.len(), folds.len()));
    for (fold, (train, test)) in folds.iter().enumerate() {
        let lines = path(
            &x.select(Axis(0), train),
            &values.select(Axis(0), train),
            &alphas,
            &penalty,
        );
        let (x, y) = (x.select(Axis(0), test), values.select(Axis(0), test));
        for (at, line) in lines.iter().enumerate() {
            let rest = line.predict(&x).floats()? - &y;
            errors[(at, fold)] = mean(rest.iter().map(|value| value * value));
        }
    }
    let mut best = (f64::INFINITY, 0);
    for (at, row) in errors.rows().into_iter().enumerate() {
        // Over the first axis NumPy adds fold after fold.
        let error = row.iter().sum::<f64>() / folds.len() as f64;
        if error < best.0 {
            best = (error, at);
        }
    }
    penalty.alpha = alphas[best.1];
    Ok(Along {
        best: descend(x, y, &penalty)?,
        alpha: alphas[best.1],
        alphas: alphas.into(),
        errors,
    })
}

macro_rules! along_a_path {
    ($kind:ident, $type:ident, $name:literal, $parameters:ident, $share:expr) => {
        impl Kind for $kind {
            const NAME: &'static str = $name;
            const ROLE: Role = Role::Regressor;
            type Parameters = $parameters;
            type Fitted = Along;

            fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Along> {
                let share: fn(&$parameters) -> f64 = $share;
                search(
                    x,
                    y,
                    &parameters.alphas,
                    parameters.cv.unwrap_or(5),
                    parameters.eps,
                    Penalty {
                        alpha: 0.0,
                        share: share(parameters),
                        fit_intercept: parameters.fit_intercept,
                        rounds: parameters.max_iter,
                        tolerance: parameters.tol,
                        positive: parameters.positive,
                    },
                )
            }

            fn predict(
                _parameters: &Self::Parameters,
                fitted: &Along,
                x: &Array2<f64>,
            ) -> Result<Target> {
                Ok(fitted.best.line.predict(x))
            }

            fn line(fitted: &Along) -> Result<(Array1<f64>, f64)> {
                let line = &fitted.best.line;
                Ok((line.coefficients.clone(), line.intercept))
            }
        }

        attributes!($type {
            /// Coefficients.
            coef_ / try_coef_: Array1<f64> = |fitted| fitted.best.line.coefficients.clone();
            /// Constant term.
            intercept_ / try_intercept_: f64 = |fitted| fitted.best.line.intercept;
            /// The best penalty.
            alpha_ / try_alpha_: f64 = |fitted| fitted.alpha;
            /// All penalties that were tried.
            alphas_ / try_alphas_: Array1<f64> = |fitted| fitted.alphas.clone();
            /// The mean squared error of each penalty (rows) in each fold.
            mse_path_ / try_mse_path_: Array2<f64> = |fitted| fitted.errors.clone();
            /// Number of rounds of the last fit.
            n_iter_ / try_n_iter_: i64 = |fitted| fitted.best.iterations;
            /// Duality gap at the end of the last fit.
            dual_gap_ / try_dual_gap_: f64 = |fitted| fitted.best.gap;
        });
    };
}

/// See `LassoCV`.
pub struct LassoCVKind;
/// `Lasso` with the penalty that folds choose.
pub type LassoCV = Estimator<LassoCVKind>;

parameters! {
    /// Parameters of `LassoCV`.
    LassoCVParameters for LassoCVKind {
        alphas = "alphas": Grid = Grid::Count(100),
        cv = "cv": Option<i64> = None,
        eps = "eps": f64 = 1e-3,
        fit_intercept = "fit_intercept": bool = true,
        max_iter = "max_iter": i64 = 1000,
        positive = "positive": bool = false,
        tol = "tol": f64 = 1e-4,
    }
}
along_a_path!(LassoCVKind, LassoCV, "LassoCV", LassoCVParameters, |_| 1.0);

/// See `ElasticNetCV`.
pub struct ElasticNetCVKind;
/// `ElasticNet` with the penalty that folds choose.
pub type ElasticNetCV = Estimator<ElasticNetCVKind>;

parameters! {
    /// Parameters of `ElasticNetCV`.
    ElasticNetCVParameters for ElasticNetCVKind {
        alphas = "alphas": Grid = Grid::Count(100),
        cv = "cv": Option<i64> = None,
        eps = "eps": f64 = 1e-3,
        fit_intercept = "fit_intercept": bool = true,
        l1_ratio = "l1_ratio": f64 = 0.5,
        max_iter = "max_iter": i64 = 1000,
        positive = "positive": bool = false,
        tol = "tol": f64 = 1e-4,
    }
}
along_a_path!(
    ElasticNetCVKind,
    ElasticNetCV,
    "ElasticNetCV",
    ElasticNetCVParameters,
    |parameters| parameters.l1_ratio
);
