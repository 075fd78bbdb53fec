//! Choosing features: by a score of each, by their variance, by a model.

mod by_folds;
mod by_model;
mod information;
mod scores;
mod univariate;
mod variance;

pub use by_folds::{RFECV, SequentialFeatureSelector};
pub use by_model::{RFE, SelectFromModel};
pub use information::{
    Information, mutual_info_classif, mutual_info_regression, try_mutual_info_classif,
    try_mutual_info_regression,
};
pub use scores::{chi2, f_classif, f_regression, try_chi2, try_f_classif, try_f_regression};
pub use univariate::{SelectKBest, SelectPercentile};
pub use variance::VarianceThreshold;

use super::errors::{Result, value_error};
use ndarray::{Array1, Array2, Axis};

/// The chosen columns.
fn keep(x: &Array2<f64>, mask: &[bool]) -> Array2<f64> {
    x.select(Axis(1), &positions(mask))
}

/// The columns put back to their places, with zeros between.
fn put_back(x: &Array2<f64>, mask: &[bool]) -> Result<Array2<f64>> {
    let chosen = positions(mask);
    if x.ncols() != chosen.len() {
        return Err(value_error("X has a different shape than during fitting."));
    }
    let mut whole = Array2::zeros((x.nrows(), mask.len()));
    for (from, to) in chosen.into_iter().enumerate() {
        whole.column_mut(to).assign(&x.column(from));
    }
    Ok(whole)
}

fn positions(mask: &[bool]) -> Vec<usize> {
    (0..mask.len()).filter(|&at| mask[at]).collect()
}

/// `get_support(indices=True)`.
fn places(mask: &[bool]) -> Array1<i64> {
    positions(mask).into_iter().map(|at| at as i64).collect()
}
