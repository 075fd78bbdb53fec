//! `RidgeCV`, `RidgeClassifier` and `RidgeClassifierCV`.

use super::least_squares::penalised;
use super::planes::{Planes, by_planes};
use super::{Centred, Line};
use crate::sklearn::errors::Result;
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::linear_algebra::solve_positive;
use crate::sklearn::metrics::r2;
use crate::sklearn::model_selection::default_splitter;
use crate::sklearn::parameters::parameters;
use crate::sklearn::sums::mean;
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2, Axis};

/// The error of each row when it is left out, by the shares of the projection on the other rows.
fn left_out(data: &Centred, alpha: f64, intercept: bool) -> Array1<f64> {
    let (samples, features) = data.x.dim();
    // The matrix that maps targets to predictions, in the smaller of the two dimensions.
    let hat = if samples > features {
        let mut gram = data.x.t().dot(&data.x);
        gram.diag_mut().mapv_inplace(|value| value + alpha);
        solve_positive(&gram, &data.x.t().to_owned()).map(|solved| data.x.dot(&solved))
    } else {
        let own = data.x.dot(&data.x.t());
        let mut gram = own.clone();
        gram.diag_mut().mapv_inplace(|value| value + alpha);
        solve_positive(&gram, &own)
    };
    let hat = hat.unwrap_or_else(|| Array2::eye(samples));
    let rest = &data.y - &hat.dot(&data.y);
    let constant = if intercept { 1.0 / samples as f64 } else { 0.0 };
    let free = hat.diag().mapv(|share| 1.0 - share - constant);
    rest / free
}

/// The best of several penalties by the errors of rows left out, over all targets, and that score.
fn chosen(x: &Array2<f64>, targets: &Array2<f64>, alphas: &[f64], intercept: bool) -> (f64, f64) {
    let mut best: Option<(f64, f64)> = None;
    for &alpha in alphas {
        let mut squares = Vec::new();
        for column in targets.columns() {
            let data = Centred::new(x, &column.to_owned(), intercept);
            squares.push(left_out(&data, alpha, intercept).mapv(|error| error * error));
        }
        // All errors, row after row.
        let all = (0..x.nrows()).flat_map(|row| squares.iter().map(move |own| own[row]));
        let score = -mean(all);
        if best.is_none_or(|best| score > best.1) {
            best = Some((alpha, score));
        }
    }
    best.unwrap_or((1.0, f64::NAN))
}

fn line_of(x: &Array2<f64>, y: &Array1<f64>, alpha: f64, intercept: bool) -> Line {
    let data = Centred::new(x, y, intercept);
    data.line(penalised(&data.x, &data.y, alpha), intercept)
}

/// See `RidgeCV`.
pub struct RidgeCVKind;
/// Ridge regression with the best of several penalties.
pub type RidgeCV = Estimator<RidgeCVKind>;

parameters! {
    /// Parameters of `RidgeCV`.
    RidgeCVParameters for RidgeCVKind {
        alphas = "alphas": Vec<f64> = vec![0.1, 1.0, 10.0],
        cv = "cv": Option<i64> = None,
        fit_intercept = "fit_intercept": bool = true,
    }
}

/// What `RidgeCV` learns.
pub struct ChosenLine {
    line: Line,
    alpha: f64,
    score: f64,
}

impl Kind for RidgeCVKind {
    const NAME: &'static str = "RidgeCV";
    const ROLE: Role = Role::Regressor;
    type Parameters = RidgeCVParameters;
    type Fitted = ChosenLine;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<ChosenLine> {
        let values = y.floats()?;
        let intercept = parameters.fit_intercept;
        let (alpha, score) = match parameters.cv {
            None => chosen(
                x,
                &values.clone().insert_axis(Axis(1)),
                &parameters.alphas,
                intercept,
            ),
            Some(count) => {
                let folds = default_splitter(count, false, y)?.folds(x.nrows(), y)?;
                let mut best: Option<(f64, f64)> = None;
                for &alpha in &parameters.alphas {
                    let mut scores = Vec::new();
                    for (train, test) in &folds {
                        let line = line_of(
                            &x.select(Axis(0), train),
                            &values.select(Axis(0), train),
                            alpha,
                            intercept,
                        );
                        let reached = line.predict(&x.select(Axis(0), test)).table()?;
                        let real = values.select(Axis(0), test).insert_axis(Axis(1));
                        scores.push(r2(&real, &reached)?);
                    }
                    let score = mean(scores);
                    if best.is_none_or(|best| score > best.1) {
                        best = Some((alpha, score));
                    }
                }
                best.unwrap_or((1.0, f64::NAN))
            }
        };
        Ok(ChosenLine {
            line: line_of(x, &values, alpha, intercept),
            alpha,
            score,
        })
    }

    fn predict(
        _parameters: &Self::Parameters,
        fitted: &ChosenLine,
        x: &Array2<f64>,
    ) -> Result<Target> {
        Ok(fitted.line.predict(x))
    }

    fn line(fitted: &ChosenLine) -> Result<(Array1<f64>, f64)> {
        Ok((fitted.line.coefficients.clone(), fitted.line.intercept))
    }
}

attributes!(RidgeCV {
    /// Coefficients.
    coef_ / try_coef_: Array1<f64> = |fitted| fitted.line.coefficients.clone();
    /// Constant term.
    intercept_ / try_intercept_: f64 = |fitted| fitted.line.intercept;
    /// The best penalty.
    alpha_ / try_alpha_: f64 = |fitted| fitted.alpha;
    /// Its score.
    best_score_ / try_best_score_: f64 = |fitted| fitted.score;
});

/// One column of -1 and 1 for two classes, else one for each class.
fn signs(codes: &[usize], count: usize) -> Array2<f64> {
    let columns = if count <= 2 { 1 } else { count };
    Array2::from_shape_fn((codes.len(), columns), |(row, column)| {
        let class = if columns == 1 { 1 } else { column };
        if codes[row] == class { 1.0 } else { -1.0 }
    })
}

fn planes(
    x: &Array2<f64>,
    targets: &Array2<f64>,
    classes: Target,
    alpha: f64,
    intercept: bool,
) -> Planes {
    let mut coefficients = Array2::zeros((targets.ncols(), x.ncols()));
    let mut intercepts = Array1::zeros(targets.ncols());
    for (at, column) in targets.columns().into_iter().enumerate() {
        let line = line_of(x, &column.to_owned(), alpha, intercept);
        coefficients.row_mut(at).assign(&line.coefficients);
        intercepts[at] = line.intercept;
    }
    Planes {
        classes,
        coefficients,
        intercepts,
    }
}

/// See `RidgeClassifier`.
pub struct RidgeClassifierKind;
/// Classes as -1 and 1, by ridge regression.
pub type RidgeClassifier = Estimator<RidgeClassifierKind>;

parameters! {
    /// Parameters of `RidgeClassifier`.
    RidgeClassifierParameters for RidgeClassifierKind {
        alpha = "alpha": f64 = 1.0,
        fit_intercept = "fit_intercept": bool = true,
    }
}

/// What both classifiers learn.
pub struct ChosenPlanes {
    planes: Planes,
    alpha: f64,
    score: f64,
}

impl Kind for RidgeClassifierKind {
    const NAME: &'static str = "RidgeClassifier";
    const ROLE: Role = Role::Classifier;
    type Parameters = RidgeClassifierParameters;
    type Fitted = ChosenPlanes;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<ChosenPlanes> {
        let (classes, codes) = y.classes()?;
        let targets = signs(&codes, classes.length().unwrap_or(0));
        let alpha = parameters.alpha;
        Ok(ChosenPlanes {
            planes: planes(x, &targets, classes, alpha, parameters.fit_intercept),
            alpha,
            score: f64::NAN,
        })
    }

    by_planes!();
}

attributes!(RidgeClassifier {
    /// Coefficients: one row for two classes, else one for each class.
    coef_ / try_coef_: Array2<f64> = |fitted| fitted.planes.coefficients.clone();
    /// Constant terms.
    intercept_ / try_intercept_: Array1<f64> = |fitted| fitted.planes.intercepts.clone();
});

/// See `RidgeClassifierCV`.
pub struct RidgeClassifierCVKind;
/// `RidgeClassifier` with the best of several penalties.
pub type RidgeClassifierCV = Estimator<RidgeClassifierCVKind>;

parameters! {
    /// Parameters of `RidgeClassifierCV`.
    RidgeClassifierCVParameters for RidgeClassifierCVKind {
        alphas = "alphas": Vec<f64> = vec![0.1, 1.0, 10.0],
        fit_intercept = "fit_intercept": bool = true,
    }
}

impl Kind for RidgeClassifierCVKind {
    const NAME: &'static str = "RidgeClassifierCV";
    const ROLE: Role = Role::Classifier;
    type Parameters = RidgeClassifierCVParameters;
    type Fitted = ChosenPlanes;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<ChosenPlanes> {
        let (classes, codes) = y.classes()?;
        let targets = signs(&codes, classes.length().unwrap_or(0));
        let (alpha, score) = chosen(x, &targets, &parameters.alphas, parameters.fit_intercept);
        Ok(ChosenPlanes {
            planes: planes(x, &targets, classes, alpha, parameters.fit_intercept),
            alpha,
            score,
        })
    }

    by_planes!();
}

attributes!(RidgeClassifierCV {
    /// Coefficients: one row for two classes, else one for each class.
    coef_ / try_coef_: Array2<f64> = |fitted| fitted.planes.coefficients.clone();
    /// Constant terms.
    intercept_ / try_intercept_: Array1<f64> = |fitted| fitted.planes.intercepts.clone();
    /// The best penalty.
    alpha_ / try_alpha_: f64 = |fitted| fitted.alpha;
    /// Its score.
    best_score_ / try_best_score_: f64 = |fitted| fitted.score;
});
