//! Names of features: an array of plain texts.

use super::errors::{Result, throwing_functions};
use super::estimator::AnyEstimator;
use crate::py::Exception;
use crate::py::slices::positions;
use ndarray::Array1;

/// Positions that a program chooses names by.
pub trait Places {
    /// Each position.
    fn places(&self) -> Vec<i64>;
}

impl Places for Array1<i64> {
    fn places(&self) -> Vec<i64> {
        self.to_vec()
    }
}

impl Places for Vec<i64> {
    fn places(&self) -> Vec<i64> {
        self.clone()
    }
}

impl Places for [i64] {
    fn places(&self) -> Vec<i64> {
        self.to_vec()
    }
}

/// `names[index]`.
pub fn try_at(names: &Array1<String>, index: i64) -> Result<String> {
    let count = names.len() as i64;
    let place = if index < 0 { index + count } else { index };
    if !(0..count).contains(&place) {
        return Err(Exception::new(
            "IndexError",
            format!("index {index} is out of bounds for axis 0 with size {count}"),
        ));
    }
    Ok(names[place as usize].clone())
}

/// `names[positions]`.
pub fn try_chosen<P: Places + ?Sized>(
    names: &Array1<String>,
    places: &P,
) -> Result<Array1<String>> {
    places
        .places()
        .into_iter()
        .map(|place| try_at(names, place))
        .collect()
}

/// `names[mask]`.
pub fn try_masked(names: &Array1<String>, mask: &Array1<bool>) -> Result<Array1<String>> {
    if mask.len() != names.len() {
        return Err(Exception::new(
            "IndexError",
            format!(
                "boolean index did not match indexed array along axis 0; size of axis is {} but size of corresponding boolean axis \
                 is {}",
                names.len(),
                mask.len()
            ),
        ));
    }
    let chosen = names.iter().zip(mask).filter(|(_, kept)| **kept);
    Ok(chosen.map(|(name, _)| name.clone()).collect())
}

/// `names[start:stop:step]`.
pub fn try_part(
    names: &Array1<String>,
    start: Option<i64>,
    stop: Option<i64>,
    step: Option<i64>,
) -> Result<Array1<String>> {
    let found = positions(start, stop, step, names.len())?;
    let chosen = found.iter().map(|place| names[place].clone());
    Ok(chosen.collect())
}

throwing_functions! {
    /// See `try_at`.
    at = try_at(names: &Array1<String>, index: i64) -> String;
    /// See `try_masked`.
    masked = try_masked(names: &Array1<String>, mask: &Array1<bool>) -> Array1<String>;
    /// See `try_part`.
    part = try_part(names: &Array1<String>, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> Array1<String>;
}

/// `estimator.feature_names_in_`.
pub fn try_features_in(own: &dyn AnyEstimator) -> Result<Array1<String>> {
    Ok(own.names_in_any()?.into())
}

/// See `try_features_in`.
pub fn features_in(own: &dyn AnyEstimator) -> Array1<String> {
    super::errors::unwrap(try_features_in(own))
}

/// `transformer.get_feature_names_out(names)`.
pub fn try_features_out(
    own: &dyn AnyEstimator,
    names: Option<Vec<String>>,
) -> Result<Array1<String>> {
    Ok(own.names_out_any(names)?.into())
}

/// See `try_features_out`.
pub fn features_out(own: &dyn AnyEstimator, names: Option<Vec<String>>) -> Array1<String> {
    super::errors::unwrap(try_features_out(own, names))
}

/// See `try_chosen`.
pub fn chosen<P: Places + ?Sized>(names: &Array1<String>, places: &P) -> Array1<String> {
    super::errors::unwrap(try_chosen(names, places))
}
