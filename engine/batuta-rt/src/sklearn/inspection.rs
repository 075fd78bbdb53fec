//! `permutation_importance`: what a shuffled column costs.

use super::errors::{Result, throwing_functions};
use super::estimator::AnyEstimator;
use super::model_selection::score_by_name;
use super::random::RandomState;
use super::sums::mean;
use super::table::{self, Table};
use super::target::Labels;
use ndarray::{Array1, Array2};

/// The losses of each column (rows) in each repetition.
#[derive(Clone, Debug, PartialEq)]
pub struct Importances {
    /// `importances`.
    pub importances: Array2<f64>,
}

impl Importances {
    /// `importances_mean`.
    pub fn importances_mean(&self) -> Array1<f64> {
        let rows = self.importances.rows().into_iter();
        rows.map(|row| mean(row.iter().copied())).collect()
    }

    /// `importances_std`.
    pub fn importances_std(&self) -> Array1<f64> {
        let rows = self.importances.rows().into_iter();
        rows.map(|row| {
            let centre = mean(row.iter().copied());
            mean(row.iter().map(|value| (value - centre) * (value - centre))).sqrt()
        })
        .collect()
    }
}

/// `permutation_importance(estimator, X, y)`.
pub fn try_permutation_importance<L: Labels>(
    estimator: &dyn AnyEstimator,
    x: &Array2<f64>,
    y: &L,
    scoring: Option<&str>,
    repeats: i64,
    random_state: Option<i64>,
) -> Result<Importances> {
    let y = y.to_target();
    let score = |x: &Array2<f64>| match scoring {
        Some(name) => score_by_name(name, estimator, x, &y),
        None => estimator.score_any(x, &y),
    };
    // One seed serves all columns.
    let seed = RandomState::from_seed(random_state).randint(0, i64::from(i32::MAX) + 1);
    let whole = score(x)?;
    let mut importances = Array2::zeros((x.ncols(), repeats as usize));
    for column in 0..x.ncols() {
        let mut random = RandomState::from_seed(Some(seed));
        let mut order: Vec<usize> = (0..x.nrows()).collect();
        let mut shuffled = x.clone();
        for repeat in 0..repeats as usize {
            random.shuffle(&mut order);
            let values: Vec<f64> = order.iter().map(|&row| shuffled[(row, column)]).collect();
            shuffled.column_mut(column).assign(&Array1::from(values));
            let table = Table::new(shuffled.clone(), table::features(x));
            importances[(column, repeat)] = whole - score(&table)?;
        }
    }
    Ok(Importances { importances })
}

throwing_functions! {
    /// See `try_permutation_importance`.
    permutation_importance = try_permutation_importance<L: Labels>(estimator: &dyn AnyEstimator, x: &Array2<f64>, y: &L, scoring: Option<&str>, repeats: i64, random_state: Option<i64>) -> Importances;
}
