//! Tables as estimators see them: rows of floats, beside which the names and kinds of the columns are known.
//!
//! A text in a column of texts travels as a NaN that carries a place in a pool of texts, so that rows can be chosen, split and put beside
//! each other as those of any array. Who computes with numbers asks `check_finite` first, which knows such NaNs. Names belong to the
//! memory of one array for as long as its `Table` lives; an array that is computed from it has none, as in scikit-learn.

use ndarray::{Array2, Axis};
use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Deref;
use std::rc::Rc;

/// What a column of a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// `int64`
    Ints,
    /// `float64`
    Floats,
    /// `bool`
    Truths,
    /// Texts.
    Texts,
}

/// A column of a table: its name and what it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    /// The column's name.
    pub name: String,
    /// What the column holds.
    pub holds: Holds,
}

/// The columns of a table.
pub type Features = Rc<Vec<Feature>>;

#[derive(Default)]
struct Known {
    tables: Vec<(*const f64, Features)>,
    texts: Vec<Rc<str>>,
    places: HashMap<Rc<str>, u64>,
}

thread_local! {
    static KNOWN: RefCell<Known> = RefCell::default();
}

/// Rows of floats with the columns that they have.
#[derive(Debug)]
pub struct Table {
    rows: Array2<f64>,
    named: bool,
}

impl Table {
    /// Rows whose columns are known, or not.
    pub fn new(rows: Array2<f64>, features: Option<Features>) -> Table {
        let named = features.is_some() && !rows.is_empty();
        if let Some(features) = features
            && named
        {
            KNOWN.with_borrow_mut(|known| known.tables.push((rows.as_ptr(), features)));
        }
        Table { rows, named }
    }
}

impl Drop for Table {
    fn drop(&mut self) {
        if self.named {
            let own = self.rows.as_ptr();
            // At the end of a thread its names may be gone already.
            let _ = KNOWN.try_with(|known| {
                let tables = &mut known.borrow_mut().tables;
                if let Some(at) = tables.iter().rposition(|(place, _)| *place == own) {
                    tables.remove(at);
                }
            });
        }
    }
}

impl Deref for Table {
    type Target = Array2<f64>;

    fn deref(&self) -> &Array2<f64> {
        &self.rows
    }
}

impl super::model_selection::SplitRows for Table {
    fn row_count(&self) -> usize {
        self.rows.nrows()
    }
    fn rows_at(&self, rows: &[usize]) -> Self {
        self::rows(&self.rows, rows)
    }
}

/// The columns of an array that a table holds.
pub fn features(x: &Array2<f64>) -> Option<Features> {
    KNOWN.with_borrow(|known| {
        let found = known
            .tables
            .iter()
            .rev()
            .find(|(place, _)| *place == x.as_ptr());
        found
            .map(|(_, features)| Rc::clone(features))
            .filter(|features| features.len() == x.ncols())
    })
}

/// These rows of an array or table, with its columns.
pub fn rows(x: &Array2<f64>, rows: &[usize]) -> Table {
    Table::new(x.select(Axis(0), rows), features(x))
}

/// These columns of an array or table.
pub fn columns(x: &Array2<f64>, places: &[usize]) -> Table {
    let known = features(x).map(|features| {
        Rc::new(
            places
                .iter()
                .map(|&at| features[at].clone())
                .collect::<Vec<_>>(),
        )
    });
    Table::new(x.select(Axis(1), places), known)
}

/// The bits of a NaN that stands for a text, without its place in the pool. NaNs that are computed have other bits.
const TEXT: u64 = 0x7ffc_0000_0000_0000;
const TEXT_MASK: u64 = 0xffff_0000_0000_0000;

/// A text as a float that carries it.
pub fn of_text(text: &str) -> f64 {
    KNOWN.with_borrow_mut(|known| {
        let place = match known.places.get(text) {
            Some(place) => *place,
            None => {
                let own: Rc<str> = Rc::from(text);
                let place = known.texts.len() as u64;
                known.texts.push(Rc::clone(&own));
                known.places.insert(own, place);
                place
            }
        };
        f64::from_bits(TEXT | place)
    })
}

/// Whether a float carries a text.
pub fn is_text(value: f64) -> bool {
    value.to_bits() & TEXT_MASK == TEXT
}

/// The text that a float carries.
pub fn text(value: f64) -> Option<Rc<str>> {
    if !is_text(value) {
        return None;
    }
    let place = (value.to_bits() & !TEXT_MASK) as usize;
    KNOWN.with_borrow(|known| known.texts.get(place).map(Rc::clone))
}

/// Whether a value is missing; a text is not.
pub fn is_missing(value: f64) -> bool {
    value.is_nan() && !is_text(value)
}

/// The order of values: numbers and texts by what they are, missing ones last.
pub fn order(a: f64, b: f64) -> Ordering {
    match (text(a), text(b)) {
        (Some(a), Some(b)) => a.cmp(&b),
        (Some(_), None) if b.is_nan() => Ordering::Less,
        (None, Some(_)) if a.is_nan() => Ordering::Greater,
        (Some(_), None) => Ordering::Greater,
        (None, Some(_)) => Ordering::Less,
        (None, None) => match (a.is_nan(), b.is_nan()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Greater,
            (false, true) => Ordering::Less,
            _ => a.partial_cmp(&b).unwrap_or(Ordering::Equal),
        },
    }
}

/// A value of a column as Python writes it with `str`.
pub fn shown(value: f64, holds: Holds) -> String {
    if let Some(text) = text(value) {
        return text.to_string();
    }
    if value.is_nan() {
        return "nan".to_string();
    }
    match holds {
        Holds::Ints => (value as i64).to_string(),
        Holds::Truths => if value == 0.0 { "False" } else { "True" }.to_string(),
        _ => crate::py::Float(value).to_string(),
    }
}
