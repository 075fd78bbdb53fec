//! The values of a column, and of an index.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::rc::Rc;

use crate::np::quick_order::quick_order;
use crate::py::{Exception, Num, Range, Shared, Text, Value};

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
    /// `category`
    Category(Categories),
    /// The labels of rows that are named by several values: the outer level first, each with its name.
    Levels(Vec<(Option<String>, Column)>),
}

/// The values of a column of categories: their places among the categories, -1 for one that is missing.
#[derive(Clone, Debug, PartialEq)]
pub struct Categories {
    pub(crate) codes: Vec<i64>,
    pub(crate) labels: Rc<Column>,
    pub(crate) ordered: bool,
    /// The type of the categories where they are intervals, which are held as their texts.
    pub(crate) intervals: Option<String>,
}

/// One value as a label or a key of a group.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Of ints.
    Int(i64),
    /// Of floats.
    Float(f64),
    /// Of truth values.
    Bool(bool),
    /// Of texts.
    Str(String),
    /// A category, with its place among all.
    Category(i64, Box<Cell>),
    /// Values that name a row together.
    Levels(Vec<Cell>),
    /// None.
    Missing,
}

impl Cell {
    /// The value without what says that it is a category.
    pub fn plain(self) -> Cell {
        match self {
            Cell::Category(_, inner) => *inner,
            other => other,
        }
    }

    /// The text of the value as `str` gives it.
    pub fn text(&self) -> String {
        match self {
            Cell::Int(value) => value.to_string(),
            Cell::Float(value) => crate::py::Float(*value).to_string(),
            Cell::Bool(value) => if *value { "True" } else { "False" }.to_string(),
            Cell::Str(value) => value.clone(),
            Cell::Category(_, inner) => inner.text(),
            Cell::Levels(cells) => format!(
                "({})",
                cells
                    .iter()
                    .map(Cell::quoted)
                    .collect::<Vec<String>>()
                    .join(", ")
            ),
            Cell::Missing => "nan".to_string(),
        }
    }

    /// The text of the value as `repr` gives it.
    pub fn quoted(&self) -> String {
        match self {
            Cell::Str(value) => value.repr_text(),
            Cell::Category(_, inner) => inner.quoted(),
            other => other.text(),
        }
    }

    /// What tells two keys apart: floats that are equal are one key, -0.0 is 0.0.
    pub fn key(&self) -> String {
        match self {
            Cell::Float(value) => (value + 0.0).to_bits().to_string(),
            Cell::Category(code, _) => code.to_string(),
            Cell::Levels(cells) => cells
                .iter()
                .map(|cell| {
                    let key = cell.key();
                    format!("{}:{key}", key.len())
                })
                .collect(),
            other => other.text(),
        }
    }

    /// The order that pandas sorts by: missing values last.
    pub fn order(&self, other: &Cell) -> Ordering {
        match (self, other) {
            (Cell::Missing, Cell::Missing) => Ordering::Equal,
            (Cell::Missing, _) => Ordering::Greater,
            (_, Cell::Missing) => Ordering::Less,
            (Cell::Str(a), Cell::Str(b)) => a.cmp(b),
            (Cell::Bool(a), Cell::Bool(b)) => a.cmp(b),
            (Cell::Int(a), Cell::Int(b)) => a.cmp(b),
            (Cell::Category(a, _), Cell::Category(b, _)) => a.cmp(b),
            (Cell::Category(_, a), b) => (**a).order(b),
            (a, Cell::Category(_, b)) => a.order(b),
            (Cell::Levels(a), Cell::Levels(b)) => a
                .iter()
                .zip(b)
                .map(|(a, b)| a.order(b))
                .find(|order| order.is_ne())
                .unwrap_or(Ordering::Equal),
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
            Column::Category(held) => held.codes.len(),
            Column::Levels(levels) => levels.first().map_or(0, |(_, column)| column.len()),
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
            Column::Category(_) => "category",
            Column::Levels(_) => "object",
        }
    }

    /// Whether pandas counts it as numbers; truth values are.
    pub fn is_numeric(&self) -> bool {
        matches!(self, Column::Int(_) | Column::Float(_) | Column::Bool(_))
    }

    /// The values at these places.
    pub fn take(&self, places: &[usize]) -> Column {
        match self {
            Column::Int(values) => Column::Int(places.iter().map(|&i| values[i]).collect()),
            Column::Float(values) => Column::Float(places.iter().map(|&i| values[i]).collect()),
            Column::Bool(values) => Column::Bool(places.iter().map(|&i| values[i]).collect()),
            Column::Str(values) => Column::Str(places.iter().map(|&i| values[i].clone()).collect()),
            Column::Category(held) => Column::Category(Categories {
                codes: places.iter().map(|&i| held.codes[i]).collect(),
                ..held.clone()
            }),
            Column::Levels(levels) => Column::Levels(
                levels
                    .iter()
                    .map(|(name, column)| (name.clone(), column.take(places)))
                    .collect(),
            ),
        }
    }

    pub(crate) fn cell(&self, place: usize) -> Cell {
        match self {
            Column::Int(values) => Cell::Int(values[place]),
            Column::Float(values) if values[place].is_nan() => Cell::Missing,
            Column::Float(values) => Cell::Float(values[place]),
            Column::Bool(values) => Cell::Bool(values[place]),
            Column::Str(values) => values[place].clone().map_or(Cell::Missing, Cell::Str),
            Column::Category(held) => match held.codes[place] {
                -1 => Cell::Missing,
                code => Cell::Category(code, Box::new(held.labels.cell(code as usize))),
            },
            Column::Levels(levels) => Cell::Levels(
                levels
                    .iter()
                    .map(|(_, column)| column.cell(place))
                    .collect(),
            ),
        }
    }

    /// Which values are missing.
    pub fn missing(&self) -> Vec<bool> {
        match self {
            Column::Float(values) => values.iter().map(|x| x.is_nan()).collect(),
            Column::Str(values) => values.iter().map(Option::is_none).collect(),
            Column::Category(held) => held.codes.iter().map(|&code| code < 0).collect(),
            _ => vec![false; self.len()],
        }
    }

    /// The values as floats; texts have none.
    pub(crate) fn floats(&self) -> Result<Vec<f64>, Exception> {
        match self {
            Column::Int(values) => Ok(values.iter().map(|&x| x as f64).collect()),
            Column::Float(values) => Ok(values.clone()),
            Column::Bool(values) => Ok(values.iter().map(|&x| f64::from(u8::from(x))).collect()),
            _ => Err(Exception::new(
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
            Column::Category(held) => {
                // The codes are narrow ints there, which are sorted as texts are: not by vectors, as wide ints.
                let texts = held.codes.iter().map(|code| format!("{code:09}"));
                quick_order(&texts.collect::<Vec<String>>())
            }
            levels @ Column::Levels(_) => levels.order(true),
        };
        let mut places: Vec<usize> = order.into_iter().map(|i| there[i]).collect();
        if !ascending {
            places.reverse();
        }
        places.extend((0..self.len()).filter(|&i| missing[i]));
        places
    }
}

impl Column {
    /// The column of these values, which are all of one type.
    pub(crate) fn of_cells(cells: &[Cell]) -> Column {
        let plain: Vec<Cell> = cells.iter().cloned().map(Cell::plain).collect();
        let there: Vec<&Cell> = plain
            .iter()
            .filter(|cell| **cell != Cell::Missing)
            .collect();
        let missing = there.len() < plain.len();
        if there.iter().any(|cell| matches!(cell, Cell::Str(_))) {
            return Column::Str(
                plain
                    .into_iter()
                    .map(|cell| match cell {
                        Cell::Str(text) => Some(text),
                        Cell::Missing => None,
                        _ => mixed(),
                    })
                    .collect(),
            );
        }
        if there.iter().all(|cell| matches!(cell, Cell::Bool(_))) && !missing && !there.is_empty() {
            return Column::Bool(plain.iter().map(|cell| *cell == Cell::Bool(true)).collect());
        }
        if there.iter().all(|cell| matches!(cell, Cell::Int(_))) && !missing && !there.is_empty() {
            return Column::Int(
                plain
                    .iter()
                    .map(|cell| match cell {
                        Cell::Int(value) => *value,
                        _ => 0,
                    })
                    .collect(),
            );
        }
        Column::Float(
            plain
                .iter()
                .map(|cell| match cell {
                    Cell::Int(value) => *value as f64,
                    Cell::Float(value) => *value,
                    Cell::Missing => f64::NAN,
                    _ => mixed(),
                })
                .collect(),
        )
    }

    /// The cells of the column.
    pub(crate) fn cells(&self) -> Vec<Cell> {
        (0..self.len()).map(|place| self.cell(place)).collect()
    }

    /// The values at these places; where there is none, one that is missing: ints become floats then.
    pub(crate) fn take_or_missing(&self, places: &[Option<usize>]) -> Column {
        if let Some(all) = places.iter().copied().collect::<Option<Vec<usize>>>() {
            return self.take(&all);
        }
        match self {
            Column::Bool(_) => mixed(),
            Column::Category(held) => Column::Category(Categories {
                codes: places
                    .iter()
                    .map(|place| place.map_or(-1, |at| held.codes[at]))
                    .collect(),
                ..held.clone()
            }),
            Column::Levels(levels) => Column::Levels(
                levels
                    .iter()
                    .map(|(name, column)| (name.clone(), column.take_or_missing(places)))
                    .collect(),
            ),
            Column::Str(values) => Column::Str(
                places
                    .iter()
                    .map(|place| place.and_then(|at| values[at].clone()))
                    .collect(),
            ),
            numbers => {
                let values = numbers.floats().unwrap_or_default();
                Column::Float(
                    places
                        .iter()
                        .map(|place| place.map_or(f64::NAN, |at| values[at]))
                        .collect(),
                )
            }
        }
    }
}

fn mixed<T>() -> T {
    crate::py::unsupported("a column of values of different types")
}

/// What a column can be made of.
pub trait AsColumn {
    /// The column.
    fn as_column(&self) -> Column;

    /// The labels of its rows, of what has labels.
    fn row_labels(&self) -> Option<&Column> {
        None
    }

    /// What they are called, where they have a name.
    fn own_name(&self) -> Option<String> {
        None
    }

    /// Whether the values only count rows.
    fn counts_rows(&self) -> bool {
        false
    }

    /// Whether they are places of rows, and no labels.
    fn are_places(&self) -> bool {
        false
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

    fn counts_rows(&self) -> bool {
        true
    }
}

impl AsColumn for super::Series {
    fn as_column(&self) -> Column {
        self.values.clone()
    }

    fn row_labels(&self) -> Option<&Column> {
        Some(&self.index.labels)
    }

    fn own_name(&self) -> Option<String> {
        self.name.clone()
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
    let text = |column: &Column, place: usize| column.cell(place).key();
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
