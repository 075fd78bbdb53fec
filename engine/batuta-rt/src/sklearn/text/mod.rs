//! Texts as counts of words: `CountVectorizer`, `TfidfVectorizer`, `TfidfTransformer`.
//!
//! Estimators see tables of numbers. So that texts pass through pipelines, folds and grids like any other data, a column of texts
//! travels as a column of places in a pool, and the vectorizers read the pool.

mod tokens;
mod vectorizers;
mod weights;

pub use vectorizers::{CountVectorizer, TfidfVectorizer};
pub use weights::TfidfTransformer;

use ndarray::{Array1, Array2};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

#[derive(Default)]
struct Pool {
    texts: Vec<Rc<str>>,
    places: HashMap<Rc<str>, usize>,
}

thread_local! {
    static POOL: RefCell<Pool> = RefCell::default();
}

/// A column of texts as a column of places in the pool.
pub fn texts(column: &Array1<String>) -> Array2<f64> {
    POOL.with_borrow_mut(|pool| {
        let places = column.iter().map(|text| {
            if let Some(place) = pool.places.get(text.as_str()) {
                return *place as f64;
            }
            let own: Rc<str> = Rc::from(text.as_str());
            let place = pool.texts.len();
            pool.texts.push(Rc::clone(&own));
            pool.places.insert(own, place);
            place as f64
        });
        let places: Array1<f64> = places.collect();
        places.insert_axis(ndarray::Axis(1))
    })
}

/// `X.sum(axis=…)` of a table without entries for zeros: one row, or one column.
pub fn sums(x: &Array2<f64>, axis: usize) -> Array2<f64> {
    let other = ndarray::Axis(axis);
    let totals = x
        .axis_iter(ndarray::Axis(1 - axis))
        .map(|line| line.iter().filter(|value| **value != 0.0).sum::<f64>());
    totals.collect::<Array1<f64>>().insert_axis(other)
}

/// `X.sum()`: the sums of the rows, added up.
pub fn sum(x: &Array2<f64>) -> f64 {
    super::sums::sum(sums(x, 1).iter().copied())
}

/// `X.max()`.
pub fn largest(x: &Array2<f64>) -> f64 {
    x.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}

/// `X[at]`: a table of one row.
pub fn try_row(x: &Array2<f64>, at: i64) -> super::errors::Result<Array2<f64>> {
    let count = x.nrows() as i64;
    let place = if at < 0 { at + count } else { at };
    if !(0..count).contains(&place) {
        return Err(crate::py::Exception::new(
            "IndexError",
            format!("index ({at}) out of range"),
        ));
    }
    Ok(x.slice(ndarray::s![place as usize..place as usize + 1, ..])
        .to_owned())
}

/// See `try_row`.
pub fn row(x: &Array2<f64>, at: i64) -> Array2<f64> {
    super::errors::unwrap(try_row(x, at))
}

/// `X[start:stop:step]`.
pub fn try_rows_between(
    x: &Array2<f64>,
    start: Option<i64>,
    stop: Option<i64>,
    step: Option<i64>,
) -> super::errors::Result<Array2<f64>> {
    let found = crate::py::slices::positions(start, stop, step, x.nrows())?;
    let places: Vec<usize> = found.iter().collect();
    Ok(x.select(ndarray::Axis(0), &places))
}

/// `X[places]`.
pub fn try_chosen_rows<P: super::names::Places + ?Sized>(
    x: &Array2<f64>,
    places: &P,
) -> super::errors::Result<Array2<f64>> {
    let count = x.nrows() as i64;
    let mut rows = Vec::new();
    for at in places.places() {
        let place = if at < 0 { at + count } else { at };
        if !(0..count).contains(&place) {
            return Err(crate::py::Exception::new(
                "IndexError",
                format!("index ({at}) out of range"),
            ));
        }
        rows.push(place as usize);
    }
    Ok(x.select(ndarray::Axis(0), &rows))
}

/// `X[mask]`.
pub fn try_masked_rows(x: &Array2<f64>, mask: &Array1<bool>) -> super::errors::Result<Array2<f64>> {
    if mask.len() != x.nrows() {
        return Err(crate::py::Exception::new(
            "IndexError",
            format!(
                "boolean index shape {:?} does not match sparse array shape",
                mask.dim()
            ),
        ));
    }
    let rows: Vec<usize> = (0..mask.len()).filter(|&at| mask[at]).collect();
    Ok(x.select(ndarray::Axis(0), &rows))
}

super::errors::throwing_functions! {
    /// See `try_rows_between`.
    rows_between = try_rows_between(x: &Array2<f64>, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> Array2<f64>;
    /// See `try_masked_rows`.
    masked_rows = try_masked_rows(x: &Array2<f64>, mask: &Array1<bool>) -> Array2<f64>;
}

/// See `try_chosen_rows`.
pub fn chosen_rows<P: super::names::Places + ?Sized>(x: &Array2<f64>, places: &P) -> Array2<f64> {
    super::errors::unwrap(try_chosen_rows(x, places))
}

/// The texts behind a column of places.
fn behind(x: &Array2<f64>) -> Vec<Rc<str>> {
    POOL.with_borrow(|pool| {
        x.column(0)
            .iter()
            .map(|place| Rc::clone(&pool.texts[*place as usize]))
            .collect()
    })
}

/// The texts behind a column of places, for an estimator of the program.
pub fn pooled_texts(x: &Array2<f64>) -> Vec<String> {
    let known = POOL.with_borrow(|pool| pool.texts.len());
    let is_place = |value: &f64| *value >= 0.0 && value.fract() == 0.0 && (*value as usize) < known;
    if x.ncols() != 1 || !x.iter().all(is_place) {
        crate::py::unsupported("an estimator of texts that is given numbers");
    }
    behind(x).iter().map(ToString::to_string).collect()
}
