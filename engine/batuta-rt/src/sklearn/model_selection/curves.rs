//! `learning_curve` and `validation_curve`.

use super::folds::Folding;
use super::grid::Values;
use super::scores::evaluate;
use crate::sklearn::errors::{Result, value_error};
use crate::sklearn::estimator::{AnyEstimator, Role};
use crate::sklearn::random::RandomState;
use crate::sklearn::target::Labels;
use ndarray::{Array1, Array2, ShapeBuilder};

/// The sizes, and the scores on training and test rows: a row for each size, a column for each fold.
pub type LearningCurve = (Array1<i64>, Array2<f64>, Array2<f64>);

/// How the training sets of a learning curve grow.
pub struct Growth<'a> {
    /// Shares of the largest training set, or counts.
    pub sizes: &'a Array1<f64>,
    /// Whether the sizes are shares.
    pub shares: bool,
    /// Whether the training rows are shuffled first.
    pub shuffle: bool,
    /// The seed of that.
    pub random_state: Option<i64>,
}

fn counts(growth: &Growth, most: usize) -> Result<Vec<usize>> {
    let (low, high) = growth
        .sizes
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), size| {
            (low.min(*size), high.max(*size))
        });
    if growth.shares && (low <= 0.0 || high > 1.0) {
        return Err(value_error(format!(
            "train_sizes has been interpreted as fractions of the maximum number of training samples and must be within (0, 1], but is \
             within [{low:.6}, {high:.6}]."
        )));
    }
    if !growth.shares && (low <= 0.0 || high > most as f64) {
        return Err(value_error(format!(
            "train_sizes has been interpreted as absolute numbers of training samples and must be within (0, {most}], but is within \
             [{low}, {high}]."
        )));
    }
    let factor = if growth.shares { most as f64 } else { 1.0 };
    let mut counts: Vec<usize> = growth
        .sizes
        .iter()
        .map(|size| ((size * factor) as usize).max(usize::from(growth.shares)))
        .collect();
    counts.sort_unstable();
    counts.dedup();
    Ok(counts)
}

/// `learning_curve(...)`.
pub fn try_learning_curve<'a, L: Labels>(
    estimator: &dyn AnyEstimator,
    x: &Array2<f64>,
    y: &L,
    growth: &Growth,
    scoring: Option<&str>,
    cv: impl Into<Folding<'a>>,
) -> Result<LearningCurve> {
    let _learning = crate::sklearn::sparse::learning_from(x);
    let y = y.to_target();
    let mut folds = cv
        .into()
        .folds(x.nrows(), estimator.role() == Role::Classifier, &y)?;
    let sizes = counts(growth, folds.first().map_or(0, |fold| fold.0.len()))?;
    if growth.shuffle {
        let mut random = RandomState::from_seed(growth.random_state);
        for (train, _) in &mut folds {
            random.shuffle(train);
        }
    }
    // The scores of each fold lie together, so that sums over the folds are added as scikit-learn adds them.
    let shape = (sizes.len(), folds.len()).f();
    let (mut trained, mut tested) = (Array2::zeros(shape), Array2::zeros(shape));
    for (at, &size) in sizes.iter().enumerate() {
        let parts: Vec<(Vec<usize>, Vec<usize>)> = folds
            .iter()
            .map(|(train, test)| (train[..size].to_vec(), test.clone()))
            .collect();
        let scores = evaluate(estimator, x, &y, &parts, scoring, true)?;
        tested.row_mut(at).assign(&scores.test_score);
        if let Some(scores) = scores.train_score {
            trained.row_mut(at).assign(&scores);
        }
    }
    let sizes = sizes.into_iter().map(|size| size as i64).collect();
    Ok((sizes, trained, tested))
}

/// See `try_learning_curve`.
pub fn learning_curve<'a, L: Labels>(
    estimator: &dyn AnyEstimator,
    x: &Array2<f64>,
    y: &L,
    growth: &Growth,
    scoring: Option<&str>,
    cv: impl Into<Folding<'a>>,
) -> LearningCurve {
    crate::sklearn::errors::unwrap(try_learning_curve(estimator, x, y, growth, scoring, cv))
}

/// `validation_curve(...)`: scores on training and test rows, a row for each value, a column for each fold.
pub fn try_validation_curve<'a, L: Labels>(
    estimator: &dyn AnyEstimator,
    x: &Array2<f64>,
    y: &L,
    name: &str,
    values: &impl Values,
    scoring: Option<&str>,
    cv: impl Into<Folding<'a>>,
) -> Result<(Array2<f64>, Array2<f64>)> {
    let _learning = crate::sklearn::sparse::learning_from(x);
    let y = y.to_target();
    let folds = cv
        .into()
        .folds(x.nrows(), estimator.role() == Role::Classifier, &y)?;
    let values = values.values();
    let shape = (values.len(), folds.len()).f();
    let (mut trained, mut tested) = (Array2::zeros(shape), Array2::zeros(shape));
    for (at, value) in values.iter().enumerate() {
        let own = estimator.fresh();
        own.set_any(name, value)?;
        let scores = evaluate(own.as_ref(), x, &y, &folds, scoring, true)?;
        tested.row_mut(at).assign(&scores.test_score);
        if let Some(scores) = scores.train_score {
            trained.row_mut(at).assign(&scores);
        }
    }
    Ok((trained, tested))
}

/// See `try_validation_curve`.
pub fn validation_curve<'a, L: Labels>(
    estimator: &dyn AnyEstimator,
    x: &Array2<f64>,
    y: &L,
    name: &str,
    values: &impl Values,
    scoring: Option<&str>,
    cv: impl Into<Folding<'a>>,
) -> (Array2<f64>, Array2<f64>) {
    crate::sklearn::errors::unwrap(try_validation_curve(
        estimator, x, y, name, values, scoring, cv,
    ))
}
