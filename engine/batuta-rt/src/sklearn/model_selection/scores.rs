//! `cross_val_score`, `cross_validate` and `cross_val_predict`.

use super::folds::Folding;
use super::scoring::score_by_name;
use crate::py::{Dict, Text};
use crate::sklearn::errors::{Result, value_error, warn};
use crate::sklearn::estimator::{AnyEstimator, Role};
use crate::sklearn::target::{Labels, Target, typed};
use ndarray::{Array1, Array2};
use std::time::Instant;

/// What `cross_validate` gives.
#[derive(Clone, Debug)]
pub struct CrossValidated {
    /// Seconds for fitting each fold.
    pub fit_time: Array1<f64>,
    /// Seconds for scoring each fold.
    pub score_time: Array1<f64>,
    /// Scores on the test rows.
    pub test_score: Array1<f64>,
    /// Scores on the training rows, when they were asked for.
    pub train_score: Option<Array1<f64>>,
}

impl CrossValidated {
    /// The dict that Python gives.
    pub fn into_dict(self) -> Dict<String, Array1<f64>> {
        let mut parts = vec![
            ("fit_time".to_string(), self.fit_time),
            ("score_time".to_string(), self.score_time),
            ("test_score".to_string(), self.test_score),
        ];
        if let Some(scores) = self.train_score {
            parts.push(("train_score".to_string(), scores));
        }
        parts.into_iter().collect()
    }
}

/// The score of a fitted estimator, by name or its own.
pub fn score(
    scoring: Option<&str>,
    estimator: &dyn AnyEstimator,
    x: &Array2<f64>,
    y: &Target,
) -> Result<f64> {
    match scoring {
        Some(name) => score_by_name(name, estimator, x, y),
        None => estimator.score_any(x, y),
    }
}

/// Fits and scores one fresh copy of the estimator for each fold. A fold whose fit fails scores NaN, as with `error_score=nan`.
pub fn evaluate(
    estimator: &dyn AnyEstimator,
    x: &Array2<f64>,
    y: &Target,
    folds: &[(Vec<usize>, Vec<usize>)],
    scoring: Option<&str>,
    with_train: bool,
) -> Result<CrossValidated> {
    let mut result = CrossValidated {
        fit_time: Array1::zeros(folds.len()),
        score_time: Array1::zeros(folds.len()),
        test_score: Array1::from_elem(folds.len(), f64::NAN),
        train_score: with_train.then(|| Array1::from_elem(folds.len(), f64::NAN)),
    };
    let mut failures: Vec<crate::py::Exception> = Vec::new();
    for (fold, (train, test)) in folds.iter().enumerate() {
        let own = estimator.fresh();
        let (train_x, train_y) = (super::super::table::rows(x, train), y.take(train));
        let start = Instant::now();
        let fitted = own.fit_any(&train_x, &train_y);
        result.fit_time[fold] = start.elapsed().as_secs_f64();
        if let Err(exception) = fitted {
            failures.push(exception);
            continue;
        }
        let start = Instant::now();
        let scored = score(
            scoring,
            own.as_ref(),
            &super::super::table::rows(x, test),
            &y.take(test),
        );
        result.score_time[fold] = start.elapsed().as_secs_f64();
        match scored {
            Ok(value) => result.test_score[fold] = value,
            Err(exception) => warn(
                "UserWarning",
                &format!("Scoring failed. {}", exception.str_text()),
            ),
        }
        if let Some(scores) = &mut result.train_score {
            scores[fold] = score(scoring, own.as_ref(), &train_x, &train_y)?;
        }
    }
    if failures.len() == folds.len() && !folds.is_empty() {
        return Err(value_error(format!(
            "\nAll the {} fits failed.\nIt is very likely that your model is misconfigured.\nYou can try to debug the error by setting \
             error_score='raise'.",
            folds.len()
        )));
    }
    if let Some(first) = failures.first() {
        warn(
            "FitFailedWarning",
            &format!(
                "{} fits failed out of a total of {}: {}",
                failures.len(),
                folds.len(),
                first.str_text()
            ),
        );
    }
    Ok(result)
}

/// `cross_validate(...)`.
pub fn try_cross_validate<'a, L: Labels>(
    estimator: &dyn AnyEstimator,
    x: &Array2<f64>,
    y: &L,
    scoring: Option<&str>,
    cv: impl Into<Folding<'a>>,
    with_train: bool,
) -> Result<CrossValidated> {
    let _learning = crate::sklearn::sparse::learning_from(x);
    let y = y.to_target();
    let length = y.length().unwrap_or(x.nrows());
    if length != x.nrows() {
        return Err(crate::sklearn::errors::inconsistent_lengths(&[
            x.nrows(),
            length,
        ]));
    }
    let folds = cv
        .into()
        .folds(x.nrows(), estimator.role() == Role::Classifier, &y)?;
    evaluate(estimator, x, &y, &folds, scoring, with_train)
}

/// See `try_cross_validate`.
pub fn cross_validate<'a, L: Labels>(
    estimator: &dyn AnyEstimator,
    x: &Array2<f64>,
    y: &L,
    scoring: Option<&str>,
    cv: impl Into<Folding<'a>>,
    with_train: bool,
) -> CrossValidated {
    crate::sklearn::errors::unwrap(try_cross_validate(estimator, x, y, scoring, cv, with_train))
}

/// `cross_val_score(...)`.
pub fn try_cross_val_score<'a, L: Labels>(
    estimator: &dyn AnyEstimator,
    x: &Array2<f64>,
    y: &L,
    scoring: Option<&str>,
    cv: impl Into<Folding<'a>>,
) -> Result<Array1<f64>> {
    let _learning = crate::sklearn::sparse::learning_from(x);
    Ok(try_cross_validate(estimator, x, y, scoring, cv, false)?.test_score)
}

/// See `try_cross_val_score`.
pub fn cross_val_score<'a, L: Labels>(
    estimator: &dyn AnyEstimator,
    x: &Array2<f64>,
    y: &L,
    scoring: Option<&str>,
    cv: impl Into<Folding<'a>>,
) -> Array1<f64> {
    crate::sklearn::errors::unwrap(try_cross_val_score(estimator, x, y, scoring, cv))
}

/// `cross_val_predict(...)`.
pub fn try_cross_val_predict<'a, L: Labels, P: Labels>(
    estimator: &dyn AnyEstimator,
    x: &Array2<f64>,
    y: &L,
    cv: impl Into<Folding<'a>>,
) -> Result<P> {
    let _learning = crate::sklearn::sparse::learning_from(x);
    let y = y.to_target();
    let folds = cv
        .into()
        .folds(x.nrows(), estimator.role() == Role::Classifier, &y)?;
    let mut order = Vec::with_capacity(x.nrows());
    let mut parts = Vec::new();
    for (train, test) in &folds {
        let own = estimator.fresh();
        own.fit_any(&super::super::table::rows(x, train), &y.take(train))?;
        parts.push(own.predict_any(&super::super::table::rows(x, test))?);
        order.extend_from_slice(test);
    }
    let mut place = vec![0; order.len()];
    for (position, &row) in order.iter().enumerate() {
        place[row] = position;
    }
    typed(Target::join(parts)?.take(&place))
}

/// See `try_cross_val_predict`.
pub fn cross_val_predict<'a, L: Labels, P: Labels>(
    estimator: &dyn AnyEstimator,
    x: &Array2<f64>,
    y: &L,
    cv: impl Into<Folding<'a>>,
) -> P {
    crate::sklearn::errors::unwrap(try_cross_val_predict(estimator, x, y, cv))
}

/// `cross_validate(...)` with several scores, each with the name that its columns have.
pub fn try_cross_validate_many<'a, L: Labels>(
    estimator: &dyn AnyEstimator,
    x: &Array2<f64>,
    y: &L,
    scores: &[(&str, &str)],
    cv: impl Into<Folding<'a>>,
    with_train: bool,
) -> Result<Dict<String, Array1<f64>>> {
    let _learning = crate::sklearn::sparse::learning_from(x);
    let y = y.to_target();
    let folds = cv
        .into()
        .folds(x.nrows(), estimator.role() == Role::Classifier, &y)?;
    let mut fit_time = Array1::zeros(folds.len());
    let mut score_time = Array1::zeros(folds.len());
    let mut tests = vec![Array1::zeros(folds.len()); scores.len()];
    let mut trains = tests.clone();
    for (fold, (train, test)) in folds.iter().enumerate() {
        let own = estimator.fresh();
        let (train_x, train_y) = (super::super::table::rows(x, train), y.take(train));
        let start = Instant::now();
        own.fit_any(&train_x, &train_y)?;
        fit_time[fold] = start.elapsed().as_secs_f64();
        let (test_x, test_y) = (super::super::table::rows(x, test), y.take(test));
        let start = Instant::now();
        for (at, (_, name)) in scores.iter().enumerate() {
            tests[at][fold] = score_by_name(name, own.as_ref(), &test_x, &test_y)?;
        }
        score_time[fold] = start.elapsed().as_secs_f64();
        for (at, (_, name)) in scores.iter().enumerate().filter(|_| with_train) {
            trains[at][fold] = score_by_name(name, own.as_ref(), &train_x, &train_y)?;
        }
    }
    let mut parts = vec![
        ("fit_time".to_string(), fit_time),
        ("score_time".to_string(), score_time),
    ];
    for (((label, _), test), train) in scores.iter().zip(tests).zip(trains) {
        parts.push((format!("test_{label}"), test));
        if with_train {
            parts.push((format!("train_{label}"), train));
        }
    }
    Ok(parts.into_iter().collect())
}

/// See `try_cross_validate_many`.
pub fn cross_validate_many<'a, L: Labels>(
    estimator: &dyn AnyEstimator,
    x: &Array2<f64>,
    y: &L,
    scores: &[(&str, &str)],
    cv: impl Into<Folding<'a>>,
    with_train: bool,
) -> Dict<String, Array1<f64>> {
    crate::sklearn::errors::unwrap(try_cross_validate_many(
        estimator, x, y, scores, cv, with_train,
    ))
}

/// `cross_val_predict(..., method="predict_proba")`.
pub fn try_cross_val_chances<'a, L: Labels>(
    estimator: &dyn AnyEstimator,
    x: &Array2<f64>,
    y: &L,
    cv: impl Into<Folding<'a>>,
) -> Result<Array2<f64>> {
    let _learning = crate::sklearn::sparse::learning_from(x);
    let y = y.to_target();
    let folds = cv
        .into()
        .folds(x.nrows(), estimator.role() == Role::Classifier, &y)?;
    let classes = y.encode()?.0.length().unwrap_or(0);
    let mut table = Array2::zeros((x.nrows(), classes));
    for (train, test) in &folds {
        let own = estimator.fresh();
        own.fit_any(&super::super::table::rows(x, train), &y.take(train))?;
        let part = own.predict_proba_any(&super::super::table::rows(x, test))?;
        if part.ncols() != classes {
            return Err(value_error("a fold does not train on all classes"));
        }
        for (&row, chances) in test.iter().zip(part.rows()) {
            table.row_mut(row).assign(&chances);
        }
    }
    Ok(table)
}

/// See `try_cross_val_chances`.
pub fn cross_val_chances<'a, L: Labels>(
    estimator: &dyn AnyEstimator,
    x: &Array2<f64>,
    y: &L,
    cv: impl Into<Folding<'a>>,
) -> Array2<f64> {
    crate::sklearn::errors::unwrap(try_cross_val_chances(estimator, x, y, cv))
}
