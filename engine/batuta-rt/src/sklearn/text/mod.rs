//! Texts as counts of words: `CountVectorizer`, `TfidfVectorizer`, `TfidfTransformer`.
//!
//! Estimators see tables of numbers. So that texts pass through pipelines, folds and grids like any other data, a column of texts
//! travels as a column of places in a pool, and the vectorizers read the pool.

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

/// The texts behind a column of places.
fn behind(x: &Array2<f64>) -> Vec<Rc<str>> {
    POOL.with_borrow(|pool| {
        x.column(0)
            .iter()
            .map(|place| Rc::clone(&pool.texts[*place as usize]))
            .collect()
    })
}
