//! `LogisticRegression`: two classes and more, with a penalty on the squares.

use super::lbfgs::{Limits, minimise};
use super::{ClassWeight, row_weights};
use crate::sklearn::errors::{Result, value_error, warn};
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::parameters::parameters;
use crate::sklearn::svm::{Objective, Solver};
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2, Axis};

/// See `LogisticRegression`.
pub struct LogisticRegressionKind;
/// Linear classification by maximum likelihood.
pub type LogisticRegression = Estimator<LogisticRegressionKind>;

parameters! {
    /// Parameters of `LogisticRegression`.
    LogisticRegressionParameters for LogisticRegressionKind {
        c = "C": f64 = 1.0,
        class_weight = "class_weight": ClassWeight = ClassWeight::Equal,
        fit_intercept = "fit_intercept": bool = true,
        max_iter = "max_iter": i64 = 100,
        random_state = "random_state": Option<i64> = None,
        solver = "solver": String = "lbfgs".to_string(),
        tol = "tol": f64 = 1e-4,
    }
}

/// What `LogisticRegression` learns.
pub struct Logistic {
    classes: Target,
    /// One row for two classes, else one for each class.
    coefficients: Array2<f64>,
    intercepts: Array1<f64>,
    iterations: i64,
}

/// `log(1 + exp(x))` without overflow, in the four ranges that scikit-learn uses.
pub fn log1p_exp(x: f64) -> f64 {
    if x <= -37.0 {
        x.exp()
    } else if x <= -2.0 {
        x.exp().ln_1p()
    } else if x <= 18.0 {
        (1.0 + x.exp()).ln()
    } else if x <= 33.3 {
        x + (-x).exp()
    } else {
        x
    }
}

/// The logistic function.
pub fn sigmoid(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + (-x).exp())
    } else {
        let power = x.exp();
        power / (1.0 + power)
    }
}

/// Each row's exponentials, divided by their sum.
pub fn softmax(scores: &Array2<f64>) -> Array2<f64> {
    let mut result = scores.clone();
    for mut row in result.rows_mut() {
        let largest = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        row.mapv_inplace(|value| (value - largest).exp());
        let total = super::super::sums::sum(row.iter().copied());
        row /= total;
    }
    result
}

/// The position of the first largest entry.
pub fn first_largest(values: impl IntoIterator<Item = f64>) -> usize {
    let mut best = (0, f64::NEG_INFINITY);
    for (position, value) in values.into_iter().enumerate() {
        if value > best.1 {
            best = (position, value);
        }
    }
    best.0
}

/// The position of the first largest entry of each row.
pub fn largest_of_rows(table: &Array2<f64>) -> Vec<usize> {
    let rows = table.rows().into_iter();
    rows.map(|row| first_largest(row.iter().copied())).collect()
}

impl Logistic {
    fn scores(&self, x: &Array2<f64>) -> Array2<f64> {
        x.dot(&self.coefficients.t()) + &self.intercepts
    }

    fn chances(&self, x: &Array2<f64>) -> Array2<f64> {
        let scores = self.scores(x);
        if scores.ncols() > 1 {
            return softmax(&scores);
        }
        let mut table = Array2::zeros((x.nrows(), 2));
        for (mut row, score) in table.rows_mut().into_iter().zip(&scores) {
            row[1] = sigmoid(*score);
            row[0] = 1.0 - row[1];
        }
        table
    }
}

/// Mean loss and its gradient for two classes. `point` holds the coefficients, then the intercept.
fn two_classes(
    point: &[f64],
    x: &Array2<f64>,
    codes: &[usize],
    weights: &[f64],
    penalty: f64,
    intercept: bool,
) -> (f64, Vec<f64>) {
    let features = x.ncols();
    let coefficients = Array1::from(point[..features].to_vec());
    let constant = if intercept { point[features] } else { 0.0 };
    let scores = x.dot(&coefficients) + constant;
    let total: f64 = super::super::sums::sum(weights.iter().copied());
    let mut losses = Vec::with_capacity(codes.len());
    let mut slopes = Array1::zeros(codes.len());
    for (at, &score) in scores.iter().enumerate() {
        let label = codes[at] as f64;
        losses.push(weights[at] * (log1p_exp(score) - label * score));
        slopes[at] = weights[at] * (sigmoid(score) - label) / total;
    }
    let value =
        super::super::sums::sum(losses) / total + 0.5 * penalty * coefficients.dot(&coefficients);
    let mut gradient = (x.t().dot(&slopes) + penalty * &coefficients).to_vec();
    if intercept {
        gradient.push(slopes.sum());
    }
    (value, gradient)
}

/// The same for several classes. `point` holds for each feature the coefficients of all classes, then all intercepts.
fn many_classes(
    point: &[f64],
    x: &Array2<f64>,
    codes: &[usize],
    weights: &[f64],
    classes: usize,
    penalty: f64,
    intercept: bool,
) -> (f64, Vec<f64>) {
    let features = x.ncols();
    let coefficients =
        Array2::from_shape_vec((features, classes), point[..features * classes].to_vec())
            .expect("shape of the coefficients");
    let mut scores = x.dot(&coefficients);
    if intercept {
        scores += &Array1::from(point[features * classes..].to_vec());
    }
    let total: f64 = super::super::sums::sum(weights.iter().copied());
    let mut losses = Vec::with_capacity(codes.len());
    for (at, mut row) in scores.rows_mut().into_iter().enumerate() {
        let largest = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let own = row[codes[at]];
        let mut sum = 0.0;
        for value in row.iter_mut() {
            *value = (*value - largest).exp();
            sum += *value;
        }
        losses.push(weights[at] * ((sum.ln() + largest) - own));
        for (class, value) in row.iter_mut().enumerate() {
            let chance = *value / sum;
            *value = weights[at] * (chance - f64::from(u8::from(class == codes[at]))) / total;
        }
    }
    let squares: f64 = coefficients.iter().map(|value| value * value).sum();
    let value = super::super::sums::sum(losses) / total + 0.5 * penalty * squares;
    let mut gradient: Vec<f64> = (x.t().dot(&scores) + penalty * &coefficients)
        .iter()
        .copied()
        .collect();
    if intercept {
        gradient.extend(scores.sum_axis(Axis(0)));
    }
    (value, gradient)
}

/// The solver that penalises the intercept too, as it is the weight of a constant column.
fn by_trust_region(
    parameters: &LogisticRegressionParameters,
    x: &Array2<f64>,
    y: &Target,
) -> Result<Logistic> {
    if y.classes()?.0.length() != Some(2) {
        return Err(value_error(
            "The 'liblinear' solver does not support multiclass classification (n_classes >= 3). Either use another solver or wrap the \
             estimator in a OneVsRestClassifier to keep applying a one-versus-rest scheme.",
        ));
    }
    let solver = Solver {
        objective: Objective::Logistic,
        c: parameters.c,
        tolerance: parameters.tol,
        constant: parameters.fit_intercept.then_some(1.0),
        rounds: parameters.max_iter,
        random_state: parameters.random_state,
    };
    let (planes, rounds) = solver.classify(x, y, &parameters.class_weight)?;
    Ok(Logistic {
        classes: planes.classes,
        coefficients: planes.coefficients,
        intercepts: planes.intercepts,
        iterations: rounds[0],
    })
}

fn learned(
    parameters: &LogisticRegressionParameters,
    x: &Array2<f64>,
    y: &Target,
    own: Option<&[f64]>,
) -> Result<Logistic> {
    let (classes, codes) = y.classes()?;
    let count = classes.length().unwrap_or(0);
    if count < 2 {
        let only = match &classes {
            Target::Int(values) => format!("np.int64({})", values[0]),
            Target::Float(values) => format!("np.float64({})", crate::py::Float(values[0])),
            Target::Text(values) => format!("np.str_('{}')", values[0]),
            other => format!("{other:?}"),
        };
        return Err(value_error(format!(
            "This solver needs samples of at least 2 classes in the data, but the data contains only one class: {only}"
        )));
    }
    if parameters.solver == "liblinear" {
        if own.is_some() {
            crate::py::unsupported("`sample_weight` with the 'liblinear' solver");
        }
        return by_trust_region(parameters, x, y);
    }
    if own.is_some() && parameters.class_weight.rule().is_some() {
        crate::py::unsupported("`sample_weight` together with class_weight='balanced'");
    }
    let weights = row_weights(&parameters.class_weight, (&codes, &classes), own)
        .unwrap_or_else(|| vec![1.0; codes.len()]);
    let total = super::super::sums::sum(weights.iter().copied());
    let penalty = 1.0 / (parameters.c * total);
    let limits = Limits {
        gradient: parameters.tol,
        gain: 64.0 * f64::EPSILON,
        iterations: parameters.max_iter,
        searches: 50,
        evaluations: i64::MAX,
    };
    let intercept = parameters.fit_intercept;
    let features = x.ncols();
    let rows = if count == 2 { 1 } else { count };
    let start = vec![0.0; rows * (features + usize::from(intercept))];
    let minimum = if count == 2 {
        minimise(start, &limits, |point| {
            two_classes(point, x, &codes, &weights, penalty, intercept)
        })
    } else {
        minimise(start, &limits, |point| {
            many_classes(point, x, &codes, &weights, count, penalty, intercept)
        })
    };
    if !minimum.converged {
        warn(
            "ConvergenceWarning",
            &format!(
                "lbfgs failed to converge after {} iteration(s). Increase the number of iterations to improve the convergence or \
                     scale the data.",
                minimum.iterations
            ),
        );
    }
    let coefficients =
        Array2::from_shape_vec((features, rows), minimum.at[..features * rows].to_vec())
            .expect("shape of the coefficients");
    let intercepts = if intercept {
        Array1::from(minimum.at[features * rows..].to_vec())
    } else {
        Array1::zeros(rows)
    };
    Ok(Logistic {
        classes,
        coefficients: coefficients.t().as_standard_layout().to_owned(),
        intercepts,
        iterations: minimum.iterations,
    })
}

impl Kind for LogisticRegressionKind {
    const NAME: &'static str = "LogisticRegression";
    const ROLE: Role = Role::Classifier;
    type Parameters = LogisticRegressionParameters;
    type Fitted = Logistic;

    fn fit_weighted(
        parameters: &Self::Parameters,
        x: &Array2<f64>,
        y: &Target,
        weights: Option<&[f64]>,
    ) -> Result<Logistic> {
        learned(parameters, x, y, weights)
    }

    fn predict(
        _parameters: &Self::Parameters,
        fitted: &Logistic,
        x: &Array2<f64>,
    ) -> Result<Target> {
        let scores = fitted.scores(x);
        let codes: Vec<usize> = if scores.ncols() == 1 {
            scores
                .iter()
                .map(|score| usize::from(*score > 0.0))
                .collect()
        } else {
            largest_of_rows(&scores)
        };
        Ok(fitted.classes.take(&codes))
    }

    fn predict_proba(
        _parameters: &Self::Parameters,
        fitted: &Logistic,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(fitted.chances(x))
    }

    fn decision_function(
        _parameters: &Self::Parameters,
        fitted: &Logistic,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(fitted.scores(x))
    }

    fn weights(fitted: &Logistic) -> Result<Array2<f64>> {
        Ok(fitted.coefficients.clone())
    }

    fn classes(fitted: &Logistic) -> Result<Target> {
        Ok(fitted.classes.clone())
    }
}

attributes!(LogisticRegression {
    /// Coefficients: one row for two classes, else one for each class.
    coef_ / try_coef_: Array2<f64> = |fitted| fitted.coefficients.clone();
    /// Constant terms.
    intercept_ / try_intercept_: Array1<f64> = |fitted| fitted.intercepts.clone();
    /// Number of iterations.
    n_iter_ / try_n_iter_: Array1<i64> = |fitted| Array1::from_elem(1, fitted.iterations);
});
