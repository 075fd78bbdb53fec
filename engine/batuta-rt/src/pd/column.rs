//! The values of a column, and of an index.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::np::quick_order::quick_order;
use crate::py::{Exception, Num, Range, Shared, Value};

/// The values of one type. A text that is missing is None; a number that is missing is nan.
#[derive(Clone, Debug, PartialEq)]
pub enum Column {
    /// `int64`
    Int(Vec<i64>),
    /// `float64`
    Float(Vec<f64>),
    /// `bool`
    Bool(Vec<bool>),
    /// `str`
    Str(Vec<Option<String>>),
}

/// One value as a label or a key of a group.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Int(i64),
    Float(f64),
    Bool(bool),
    Str(String),
    Missing,
}

impl Cell {
    /// The order that pandas sorts by: missing values last.
    pub fn order(&self, other: &Cell) -> Ordering {
        match (self, other) {
            (Cell::Missing, Cell::Missing) => Ordering::Equal,
            (Cell::Missing, _) => Ordering::Greater,
            (_, Cell::Missing) => Ordering::Less,
            (Cell::Str(a), Cell::Str(b)) => a.cmp(b),
            (Cell::Bool(a), Cell::Bool(b)) => a.cmp(b),
            (Cell::Int(a), Cell::Int(b)) => a.cmp(b),
            (a, b) => a.number().total_cmp(&b.number()),
        }
    }

    fn number(&self) -> f64 {
        match self {
            Cell::Int(value) => *value as f64,
            Cell::Float(value) => *value,
            Cell::Bool(value) => f64::from(u8::from(*value)),
            _ => f64::NAN,
        }
    }
}

impl Column {
    /// How many values there are.
    pub fn len(&self) -> usize {
        match self {
            Column::Int(values) => values.len(),
            Column::Float(values) => values.len(),
            Column::Bool(values) => values.len(),
            Column::Str(values) => values.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The name of the type.
    pub fn dtype(&self) -> &'static str {
        match self {
            Column::Int(_) => "int64",
            Column::Float(_) => "float64",
            Column::Bool(_) => "bool",
            Column::Str(_) => "str",
        }
    }

    /// Whether pandas counts it as numbers; truth values are.
    pub fn is_numeric(&self) -> bool {
        !matches!(self, Column::Str(_))
    }

    /// The values at these places.
    pub fn take(&self, places: &[usize]) -> Column {
        match self {
            Column::Int(values) => Column::Int(places.iter().map(|&i| values[i]).collect()),
            Column::Float(values) => Column::Float(places.iter().map(|&i| values[i]).collect()),
            Column::Bool(values) => Column::Bool(places.iter().map(|&i| values[i]).collect()),
            Column::Str(values) => Column::Str(places.iter().map(|&i| values[i].clone()).collect()),
        }
    }

    pub(crate) fn cell(&self, place: usize) -> Cell {
        match self {
            Column::Int(values) => Cell::Int(values[place]),
            Column::Float(values) if values[place].is_nan() => Cell::Missing,
            Column::Float(values) => Cell::Float(values[place]),
            Column::Bool(values) => Cell::Bool(values[place]),
            Column::Str(values) => values[place].clone().map_or(Cell::Missing, Cell::Str),
        }
    }

    /// Which values are missing.
    pub fn missing(&self) -> Vec<bool> {
        match self {
            Column::Float(values) => values.iter().map(|x| x.is_nan()).collect(),
            Column::Str(values) => values.iter().map(Option::is_none).collect(),
            _ => vec![false; self.len()],
        }
    }

    /// The values as floats; texts have none.
    pub(crate) fn floats(&self) -> Result<Vec<f64>, Exception> {
        match self {
            Column::Int(values) => Ok(values.iter().map(|&x| x as f64).collect()),
            Column::Float(values) => Ok(values.clone()),
            Column::Bool(values) => Ok(values.iter().map(|&x| f64::from(u8::from(x))).collect()),
            Column::Str(_) => Err(Exception::new(
                "TypeError",
                "Cannot perform reduction with string dtype".to_string(),
            )),
        }
    }

    /// The places in the order of their values, missing ones last; equal ones keep their order.
    pub(crate) fn order(&self, ascending: bool) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.len()).collect();
        places.sort_by(|&a, &b| {
            let (one, other) = (self.cell(a), self.cell(b));
            let found = one.order(&other);
            match ascending || one == Cell::Missing || other == Cell::Missing {
                true => found,
                false => found.reverse(),
            }
        });
        places
    }
}

impl Column {
    /// The places in the order of their values as pandas' default leaves them: missing ones last, equal ones as NumPy's default sort does.
    pub(crate) fn quick_order(&self, ascending: bool) -> Vec<usize> {
        let missing = self.missing();
        let mut there: Vec<usize> = (0..self.len()).filter(|&i| !missing[i]).collect();
        if !ascending {
            there.reverse();
        }
        let order = match self.take(&there) {
            Column::Int(values) => quick_order(&values),
            Column::Float(values) => quick_order(&values),
            Column::Bool(values) => quick_order(&values),
            Column::Str(values) => {
                quick_order(&values.into_iter().flatten().collect::<Vec<String>>())
            }
        };
        let mut places: Vec<usize> = order.into_iter().map(|i| there[i]).collect();
        if !ascending {
            places.reverse();
        }
        places.extend((0..self.len()).filter(|&i| missing[i]));
        places
    }
}

/// What a column can be made of.
pub trait AsColumn {
    /// The column.
    fn as_column(&self) -> Column;

    /// The labels of its rows, of what has labels.
    fn row_labels(&self) -> Option<&Column> {
        None
    }
}

/// A value that a column can hold.
pub trait Held: Sized + Clone {
    /// The column of such values.
    fn column(values: &[Self]) -> Column;
}

macro_rules! held {
    ($($type:ty, |$values:ident| $made:expr;)*) => {$(
        impl Held for $type {
            fn column($values: &[Self]) -> Column {
                $made
            }
        }
    )*};
}
held! {
    i64, |values| Column::Int(values.to_vec());
    f64, |values| Column::Float(values.to_vec());
    bool, |values| Column::Bool(values.to_vec());
    String, |values| Column::Str(values.iter().map(|x| Some(x.clone())).collect());
    &str, |values| Column::Str(values.iter().map(|x| Some(x.to_string())).collect());
    Option<String>, |values| Column::Str(values.to_vec());
    Option<&str>, |values| Column::Str(values.iter().map(|x| x.map(str::to_string)).collect());
    Option<f64>, |values| Column::Float(values.iter().map(|x| x.unwrap_or(f64::NAN)).collect());
    Option<i64>, |values| match values.iter().all(Option::is_some) {
        true => kind_unknown(),
        false => Column::Float(values.iter().map(|x| x.map_or(f64::NAN, |x| x as f64)).collect()),
    };
    Num, |values| match values.iter().any(|x| matches!(x, Num::Float(_))) {
        true => Column::Float(values.iter().map(|x| x.to_f64()).collect()),
        false => kind_unknown(),
    };
    Option<Num>, |values| match values.iter().any(|x| !matches!(x, Some(Num::Int(_)))) {
        true => Column::Float(values.iter().map(|x| x.map_or(f64::NAN, |x| x.to_f64())).collect()),
        false => kind_unknown(),
    };
    Value, |values| {
        let text = |value: &Value| match value {
            Value::Str(text) => Some(Some(text.clone())),
            Value::None => Some(None),
            Value::Float(number) if number.is_nan() => Some(None),
            _ => None,
        };
        match values.iter().map(text).collect::<Option<Vec<_>>>() {
            Some(texts) if texts.iter().any(Option::is_some) => Column::Str(texts),
            _ => crate::py::unsupported("a column of values of different types"),
        }
    };
}

/// A column was taken for one of floats, because ints and floats, or ints and None, may come; that only ints came would be seen.
fn kind_unknown() -> Column {
    crate::py::unsupported("a column of ints where floats may come")
}

impl<T: Held> AsColumn for [T] {
    fn as_column(&self) -> Column {
        T::column(self)
    }
}

impl<T: Held, const N: usize> AsColumn for [T; N] {
    fn as_column(&self) -> Column {
        T::column(self)
    }
}

impl<T: Held> AsColumn for Vec<T> {
    fn as_column(&self) -> Column {
        T::column(self)
    }
}

impl<T: Held, S: ndarray::Data<Elem = T>> AsColumn for ndarray::ArrayBase<S, ndarray::Ix1> {
    fn as_column(&self) -> Column {
        T::column(&self.iter().cloned().collect::<Vec<T>>())
    }
}

impl<T: AsColumn> AsColumn for Shared<T> {
    fn as_column(&self) -> Column {
        self.with(AsColumn::as_column)
    }
}

impl AsColumn for super::Labels {
    fn as_column(&self) -> Column {
        Column::Str(self.0.iter().cloned().map(Some).collect())
    }
}

impl AsColumn for Range {
    fn as_column(&self) -> Column {
        Column::Int(self.into_iter().collect())
    }
}

impl AsColumn for super::Series {
    fn as_column(&self) -> Column {
        self.values.clone()
    }

    fn row_labels(&self) -> Option<&Column> {
        Some(&self.index.labels)
    }
}

impl<T: AsColumn + ?Sized> AsColumn for &T {
    fn as_column(&self) -> Column {
        (**self).as_column()
    }

    fn row_labels(&self) -> Option<&Column> {
        (**self).row_labels()
    }
}

/// pandas brings rows together by their labels; here they must have the same ones, in the same order.
pub(crate) fn check_labels(one: &Column, other: &Column) {
    if one != other {
        crate::py::unsupported("rows with different labels are not brought together here");
    }
}

/// Where each wanted label stands among others that are the same, in another order, each of them once.
pub(crate) fn places_of(wanted: &Column, labels: &Column) -> Vec<usize> {
    let text = |column: &Column, place: usize| format!("{:?}", column.cell(place));
    let known: HashMap<String, usize> = (0..labels.len()).map(|i| (text(labels, i), i)).collect();
    let found: Vec<usize> = (0..wanted.len())
        .filter_map(|i| known.get(&text(wanted, i)).copied())
        .collect();
    let mut once = found.clone();
    once.sort_unstable();
    once.dedup();
    if wanted.len() != labels.len() || once.len() != wanted.len() {
        check_labels(wanted, labels);
    }
    found
}

/// The column of a list, an array, or a Series whose rows are counted from 0.
pub fn column<T: AsColumn + ?Sized>(values: &T) -> Column {
    let made = values.as_column();
    if let Some(labels) = values.row_labels() {
        let counted = Column::Int((0..made.len() as i64).collect());
        check_labels(labels, &counted);
    }
    made
}
