//! Tables made of other tables: indicators, counts of pairs, correlations, tables below and beside each other.

use super::column::{AsColumn, Cell, Column};
use super::frame::DataFrame;
use super::series::{Index, Series, chosen, grouped};
use super::values::correlation;
use crate::py::{Dict, Exception, OrThrow, Shared, Value};
use ndarray::{Array1, Array2};

/// Names of columns that a program computes.
pub trait Names {
    /// The names.
    fn names(&self) -> Vec<String>;
}

impl Names for [&str] {
    fn names(&self) -> Vec<String> {
        self.iter().map(|name| (*name).to_string()).collect()
    }
}

impl<const N: usize> Names for [&str; N] {
    fn names(&self) -> Vec<String> {
        self.as_slice().names()
    }
}

impl Names for [String] {
    fn names(&self) -> Vec<String> {
        self.to_vec()
    }
}

impl Names for Vec<String> {
    fn names(&self) -> Vec<String> {
        self.clone()
    }
}

impl<const N: usize> Names for [String; N] {
    fn names(&self) -> Vec<String> {
        self.to_vec()
    }
}

impl Names for Array1<String> {
    fn names(&self) -> Vec<String> {
        self.to_vec()
    }
}

impl Names for super::Labels {
    fn names(&self) -> Vec<String> {
        self.list()
    }
}

impl<T: Names> Names for Shared<T> {
    fn names(&self) -> Vec<String> {
        self.with(Names::names)
    }
}

/// The columns of a table that an array of two dimensions gives.
pub trait Cells {
    /// The columns.
    fn columns_of(&self) -> Vec<Column>;
}

macro_rules! cells {
    ($($type:ty, $variant:ident;)*) => {$(
        impl Cells for Array2<$type> {
            fn columns_of(&self) -> Vec<Column> {
                self.columns().into_iter().map(|column| Column::$variant(column.to_vec())).collect()
            }
        }
    )*};
}
cells! {
    f64, Float;
    i64, Int;
    bool, Bool;
}

impl Cells for DataFrame {
    fn columns_of(&self) -> Vec<Column> {
        self.columns
            .iter()
            .map(|(_, column)| column.clone())
            .collect()
    }
}

/// A dict of columns.
pub trait NamedColumns {
    /// The names and the columns.
    fn named_columns(&self) -> Vec<(String, Column)>;
}

impl<V: AsColumn> NamedColumns for Dict<String, V> {
    fn named_columns(&self) -> Vec<(String, Column)> {
        self.iter()
            .map(|(name, values)| (name.clone(), super::column::column(values)))
            .collect()
    }
}

impl<T: NamedColumns> NamedColumns for Shared<T> {
    fn named_columns(&self) -> Vec<(String, Column)> {
        self.with(NamedColumns::named_columns)
    }
}

/// A list of dicts with the same keys.
pub trait Rows {
    /// The columns of the table that they are.
    fn columns_of_rows(&self) -> Vec<(String, Column)>;
}

impl<D: RowOf> Rows for Vec<D> {
    fn columns_of_rows(&self) -> Vec<(String, Column)> {
        let rows: Vec<Vec<(String, D::Value)>> = self.iter().map(RowOf::row).collect();
        let Some(first) = rows.first() else {
            return Vec::new();
        };
        let names: Vec<String> = first.iter().map(|(name, _)| name.clone()).collect();
        let column = |at: usize| {
            let values: Vec<D::Value> = rows
                .iter()
                .map(|row| match row.get(at) {
                    Some((name, value)) if row.len() == names.len() && *name == names[at] => {
                        value.clone()
                    }
                    _ => crate::py::unsupported("rows of a table with different keys"),
                })
                .collect();
            <D::Value as super::column::Held>::column(&values)
        };
        names
            .iter()
            .enumerate()
            .map(|(at, name)| (name.clone(), column(at)))
            .collect()
    }
}

impl<T: Rows> Rows for Shared<T> {
    fn columns_of_rows(&self) -> Vec<(String, Column)> {
        self.with(Rows::columns_of_rows)
    }
}

/// A dict as the row of a table.
pub trait RowOf {
    /// What each cell holds.
    type Value: super::column::Held;
    /// The cells by the names of their columns.
    fn row(&self) -> Vec<(String, Self::Value)>;
}

impl<V: super::column::Held> RowOf for Dict<String, V> {
    type Value = V;
    fn row(&self) -> Vec<(String, V)> {
        self.iter()
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    }
}

impl<T: RowOf> RowOf for Shared<T> {
    type Value = T::Value;
    fn row(&self) -> Vec<(String, T::Value)> {
        self.with(RowOf::row)
    }
}

/// Columns by their names, each with its cells by the names of rows.
pub type NamedCells<V> = Vec<(String, Vec<(String, V)>)>;

/// A dict of dicts: a column for each, whose rows are named by the inner keys.
pub trait NamedRows {
    /// What each cell holds.
    type Value: super::column::Held;
    /// The columns by their names, each with its cells by the names of rows.
    fn columns_of_named_rows(&self) -> NamedCells<Self::Value>;
}

impl<D: RowOf> NamedRows for Dict<String, D> {
    type Value = D::Value;
    fn columns_of_named_rows(&self) -> NamedCells<D::Value> {
        self.iter()
            .map(|(name, row)| (name.clone(), row.row()))
            .collect()
    }
}

impl<T: NamedRows> NamedRows for Shared<T> {
    type Value = T::Value;
    fn columns_of_named_rows(&self) -> NamedCells<T::Value> {
        self.with(NamedRows::columns_of_named_rows)
    }
}

/// What one column of a table is made of.
pub enum Part<'a> {
    /// One value for all rows.
    One(super::Operand<'a>),
    /// Values, with or without labels of rows.
    Many(Labelled),
}

/// Values with the labels that they bring.
pub struct Labelled {
    values: Column,
    labels: Option<Column>,
    counted: bool,
    name: Option<String>,
}

impl Labelled {
    /// The values of a list, an array or a column.
    pub fn of<T: AsColumn + ?Sized>(values: &T) -> Labelled {
        Labelled {
            values: values.as_column(),
            labels: values.row_labels().cloned(),
            counted: values.counts_rows(),
            name: values.own_name(),
        }
    }
}

impl Part<'_> {
    /// The values of a list, an array or a column.
    pub fn of<T: AsColumn + ?Sized>(values: &T) -> Part<'static> {
        Part::Many(Labelled::of(values))
    }
}

impl DataFrame {
    /// `pd.DataFrame({…})` of columns with labels, of lists and of single values.
    pub fn try_of_parts(
        parts: &[(&str, Part)],
        index: Option<&Labelled>,
    ) -> Result<DataFrame, Exception> {
        let many = || {
            parts.iter().filter_map(|(_, part)| match part {
                Part::Many(held) => Some(held),
                Part::One(_) => None,
            })
        };
        let labelled = many().find(|held| held.labels.is_some());
        let rows = index.map_or_else(
            || many().map(|held| held.values.len()).next().unwrap_or(0),
            |index| index.values.len(),
        );
        let mut own = match (index, labelled.and_then(|held| held.labels.clone())) {
            (Some(index), _) => Index::new(index.values.clone(), index.name.clone()),
            (None, Some(labels)) => Index::new(labels, None),
            (None, None) => Index::range(rows),
        };
        let counts = matches!(&own.labels, Column::Int(labels) if labels.iter().enumerate().all(|(at, label)| at as i64 == *label));
        own.counted = index.map_or(counts, |index| index.counted);
        let mut columns = Vec::new();
        for (name, part) in parts {
            let column = match part {
                Part::One(value) => value.column(rows),
                Part::Many(held) => {
                    if let Some(labels) = &held.labels {
                        super::column::check_labels(labels, &own.labels);
                    }
                    held.values.clone()
                }
            };
            if column.len() != rows {
                let text = "All arrays must be of the same length";
                return Err(Exception::new("ValueError", text.to_string()));
            }
            columns.push(((*name).to_string(), column));
        }
        Ok(DataFrame::of(columns, own))
    }

    /// The same, ending the program where the lengths differ.
    pub fn of_parts(parts: &[(&str, Part)], index: Option<&Labelled>) -> DataFrame {
        DataFrame::try_of_parts(parts, index).or_throw()
    }

    /// A table of a dict of dicts with the same keys.
    pub fn of_named_rows<D: NamedRows>(dict: &D) -> DataFrame {
        let found = dict.columns_of_named_rows();
        let labels: Vec<String> = match found.first() {
            Some((_, rows)) => rows.iter().map(|(label, _)| label.clone()).collect(),
            None => Vec::new(),
        };
        let columns = found.into_iter().map(|(name, rows)| {
            if !rows.iter().map(|(label, _)| label).eq(&labels) {
                crate::py::unsupported("columns of a table whose rows have different names");
            }
            let values: Vec<D::Value> = rows.into_iter().map(|(_, value)| value).collect();
            (name, <D::Value as super::column::Held>::column(&values))
        });
        let columns = columns.collect();
        DataFrame::of(
            columns,
            Index::new(Column::Str(labels.into_iter().map(Some).collect()), None),
        )
    }
}

fn names_of<N: Names + ?Sized>(names: &N, count: usize) -> Vec<String> {
    let names = names.names();
    if names.len() != count {
        let text = format!(
            "Shape of passed values is ({count} columns), indices imply ({} columns)",
            names.len()
        );
        Err::<(), _>(Exception::new("ValueError", text)).or_throw();
    }
    names
}

impl DataFrame {
    /// A table of the columns of an array.
    pub fn of_cells<C: Cells, N: Names + ?Sized>(values: &C, rows: usize, names: &N) -> DataFrame {
        let columns = values.columns_of();
        let names = names_of(names, columns.len());
        DataFrame::of(names.into_iter().zip(columns).collect(), Index::range(rows))
    }

    /// A table without columns.
    pub fn empty() -> DataFrame {
        DataFrame::of(Vec::new(), Index::range(0))
    }

    /// A table of the columns of a dict.
    pub fn of_columns<D: NamedColumns>(dict: &D) -> DataFrame {
        let columns = dict.named_columns();
        let rows = columns.first().map_or(0, |(_, column)| column.len());
        if columns.iter().any(|(_, column)| column.len() != rows) {
            let text = "All arrays must be of the same length";
            Err::<(), _>(Exception::new("ValueError", text)).or_throw();
        }
        DataFrame::of(columns, Index::range(rows))
    }

    /// A table of rows, each a dict with the same keys.
    pub fn of_dicts<R: Rows>(rows: &R) -> DataFrame {
        let columns = rows.columns_of_rows();
        let rows = columns.first().map_or(0, |(_, column)| column.len());
        DataFrame::of(columns, Index::range(rows))
    }

    /// The rows labelled as those of another table or column.
    pub fn labelled_as(mut self, labels: &Column) -> DataFrame {
        self.index = Index::new(labels.clone(), None);
        self
    }

    /// `frame[names]` of names that are computed.
    pub fn select_named<N: Names + ?Sized>(&self, names: &N) -> DataFrame {
        let names = names.names();
        self.select(&names.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// `frame.drop(columns=names)` of names that are computed.
    pub fn without_named<N: Names + ?Sized>(&self, names: &N) -> DataFrame {
        let names = names.names();
        self.without(&names.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// `frame[names] = values` of a table of values.
    pub fn assigned_all<C: Cells, N: Names + ?Sized>(&self, names: &N, values: &C) -> DataFrame {
        let columns = values.columns_of();
        let names = names.names();
        if names.len() != columns.len() {
            let text = "Columns must be same length as key";
            Err::<(), _>(Exception::new("ValueError", text.to_string())).or_throw();
        }
        names
            .iter()
            .zip(&columns)
            .fold(self.clone(), |made, (name, column)| {
                let own = Series {
                    values: column.clone(),
                    index: self.index.clone(),
                    name: None,
                };
                made.assigned(name, &own)
            })
    }

    /// `frame.columns = names`.
    pub fn with_all_names<N: Names + ?Sized>(&self, names: &N) -> DataFrame {
        let names = names_of(names, self.columns.len());
        let columns = self.columns.iter().map(|(_, column)| column.clone());
        self.with_columns(names.into_iter().zip(columns).collect())
    }

    /// `frame.insert(place, name, values)`.
    pub fn inserted<T: AsColumn + ?Sized>(&self, place: i64, name: &str, values: &T) -> DataFrame {
        let mut made = self.assigned(name, values);
        if made.columns.len() == self.columns.len() {
            let text = format!("cannot insert {name}, already exists");
            Err::<(), _>(Exception::new("ValueError", text)).or_throw();
        }
        if let Some(own) = made.columns.pop() {
            made.columns.insert(place as usize, own);
        }
        made
    }

    fn places_of_labels(&self, wanted: &Column) -> Vec<usize> {
        let known: std::collections::HashMap<String, usize> = (0..self.rows())
            .rev()
            .map(|row| (self.index.labels.cell(row).plain().key(), row))
            .collect();
        wanted
            .cells()
            .iter()
            .map(|cell| {
                let missing =
                    || Exception::new("KeyError", format!("\"[{}] not in index\"", cell.quoted()));
                known
                    .get(&cell.clone().plain().key())
                    .copied()
                    .ok_or_else(missing)
                    .or_throw()
            })
            .collect()
    }

    /// `frame.loc[labels, name] = value`, of rows that are named by ints.
    pub fn changed_at<'a, L: AsColumn + ?Sized>(
        &self,
        labels: &L,
        name: &str,
        value: impl Into<super::Operand<'a>>,
    ) -> DataFrame {
        let places = match labels.as_column() {
            Column::Int(places) if labels.are_places() => {
                places.iter().map(|&at| at as usize).collect()
            }
            Column::Bool(mask) => (0..mask.len()).filter(|&at| mask[at]).collect(),
            wanted => self.places_of_labels(&wanted),
        };
        self.changed(&places, name, value.into())
    }

    fn changed(&self, places: &[usize], name: &str, value: super::Operand) -> DataFrame {
        let mut made = self.clone();
        let Some((_, column)) = made.columns.iter_mut().find(|(own, _)| own == name) else {
            crate::py::unsupported("some rows of a column that is not there");
        };
        let given = match &value {
            super::Operand::Rows(_) | super::Operand::Values(_) => value.column(places.len()),
            one => one.column(places.len()),
        };
        if given.len() != places.len() && given.len() != self.rows() {
            crate::py::unsupported("values for other rows than those that are changed");
        }
        for (at, &place) in places.iter().enumerate() {
            let from = if given.len() == places.len() {
                at
            } else {
                place
            };
            match (&mut *column, given.cell(from)) {
                (Column::Int(values), Cell::Int(value)) => values[place] = value,
                (Column::Float(values), Cell::Float(value)) => values[place] = value,
                (Column::Float(values), Cell::Int(value)) => values[place] = value as f64,
                (Column::Float(values), Cell::Missing) => values[place] = f64::NAN,
                (Column::Str(values), Cell::Str(value)) => values[place] = Some(value),
                (Column::Str(values), Cell::Missing) => values[place] = None,
                (Column::Bool(values), Cell::Bool(value)) => values[place] = value,
                _ => crate::py::unsupported("a value of another type that is put into a column"),
            }
        }
        made
    }

    /// The labels from one to another, or to the ends, of rows that are named by ints: as `loc` takes them.
    pub fn labels_between(
        &self,
        start: Option<i64>,
        stop: Option<i64>,
        step: Option<i64>,
    ) -> Vec<i64> {
        let labels = match &self.index.labels {
            Column::Int(labels) => labels.clone(),
            _ => super::series::taken_for("int64"),
        };
        let place = |label: i64| {
            let found = labels.iter().position(|own| *own == label);
            found.unwrap_or_else(|| {
                crate::py::unsupported("rows from or to a label that is not there")
            })
        };
        let first = start.map_or(0, place);
        let last = stop.map_or(labels.len(), |label| place(label) + 1);
        let step = step.unwrap_or(1);
        if step < 1 {
            crate::py::unsupported("rows that are chosen backwards");
        }
        labels[first.min(last)..last]
            .iter()
            .copied()
            .step_by(step as usize)
            .collect()
    }

    /// `frame.index`.
    pub fn row_labels(&self) -> RowLabels {
        RowLabels(self.index.clone())
    }

    /// The rows with these labels, in this order: `frame.loc[labels]`.
    pub fn at_labels<L: AsColumn + ?Sized>(&self, labels: &L) -> DataFrame {
        self.take(&self.places_of_labels(&labels.as_column()))
    }

    /// `frame.iloc[:, place]`.
    pub fn series_at(&self, place: i64) -> Series {
        let count = self.columns.len() as i64;
        let at = if place < 0 { place + count } else { place };
        match (0..count).contains(&at) {
            true => self.series(&self.columns[at as usize].0),
            false => Err(Exception::new(
                "IndexError",
                "single positional indexer is out-of-bounds".to_string(),
            ))
            .or_throw(),
        }
    }

    /// The column of a name as floats, for a column that is to hold missing values.
    pub fn with_floats(&self, name: &str) -> DataFrame {
        let mut made = self.clone();
        if let Some((_, column)) = made.columns.iter_mut().find(|(own, _)| own == name)
            && matches!(column, Column::Int(_))
        {
            *column = Column::Float(column.floats().unwrap_or_default());
        }
        made
    }

    fn each(&self, change: impl Fn(&Series) -> Series) -> DataFrame {
        let columns = self
            .columns
            .iter()
            .map(|(name, _)| (name.clone(), change(&self.series(name)).values));
        self.with_columns(columns.collect())
    }

    /// `frame.round(digits)`.
    pub fn rounded(&self, digits: i64) -> DataFrame {
        self.each(|own| own.round(digits))
    }

    /// `frame.abs()`.
    pub fn abs(&self) -> DataFrame {
        self.each(Series::abs)
    }

    /// `frame.astype(float)`.
    pub fn as_floats(&self) -> DataFrame {
        self.each(Series::as_floats)
    }

    /// `frame.astype(int)`.
    pub fn as_ints(&self) -> DataFrame {
        self.each(Series::as_ints)
    }

    /// `frame.fillna(value)`: columns that cannot hold the value stay as they are.
    pub fn fillna<'a>(&self, value: impl Into<super::Operand<'a>>) -> DataFrame {
        let value = value.into();
        let columns = self.columns.iter().map(|(name, column)| {
            let own = self.series(name);
            let made = match (&value, column) {
                (super::Operand::Int(value), _) => own.fillna(*value),
                (super::Operand::Float(value), _) => own.fillna(*value),
                (super::Operand::Str(value), _) => own.fillna(*value),
                _ => own.clone(),
            };
            if made.values.missing().contains(&true) {
                crate::py::unsupported("a value of another type that is put into a column");
            }
            (name.clone(), made.values)
        });
        self.with_columns(columns.collect())
    }

    /// `frame.fillna(frame.mean())`: each column with the value of its name.
    pub fn filled_by(&self, values: &Series) -> DataFrame {
        let columns = self.columns.iter().map(|(name, column)| {
            let row = (0..values.values.len())
                .find(|&row| values.index.labels.cell(row) == Cell::Str(name.clone()));
            let made = match (row.map(|row| values.values.cell(row)), column) {
                (Some(Cell::Float(value)), Column::Float(_)) => {
                    self.series(name).fillna(value).values
                }
                (Some(Cell::Int(value)), Column::Float(_)) => {
                    self.series(name).fillna(value).values
                }
                _ => column.clone(),
            };
            (name.clone(), made)
        });
        self.with_columns(columns.collect())
    }

    /// `frame.corr(numeric_only=True)`.
    pub fn correlations(&self) -> DataFrame {
        let numeric: Vec<(&String, Vec<f64>)> = self
            .columns
            .iter()
            .filter(|(_, column)| column.is_numeric())
            .map(|(name, column)| (name, column.floats().unwrap_or_default()))
            .collect();
        let columns = numeric
            .iter()
            .enumerate()
            .map(|(at, (name, own))| {
                let values = numeric.iter().enumerate().map(|(other, (_, values))| {
                    // Each pair is computed once, the later column first.
                    let (one, two) = if at >= other {
                        (own, values)
                    } else {
                        (values, own)
                    };
                    correlation(one, two)
                });
                ((*name).clone(), Column::Float(values.collect()))
            })
            .collect();
        let labels = numeric
            .iter()
            .map(|(name, _)| Some((*name).clone()))
            .collect();
        DataFrame::of(columns, Index::new(Column::Str(labels), None))
    }

    /// `frame.select_dtypes(…)`: the columns whose types are among these.
    pub fn of_types(&self, types: &[&str], inside: bool) -> DataFrame {
        let columns = self
            .columns
            .iter()
            .filter(|(_, column)| types.contains(&column.dtype()) == inside)
            .cloned()
            .collect();
        self.with_columns(columns)
    }

    /// The rows at these places: `frame.iloc[[…]]`.
    pub fn at_rows<T: AsColumn + ?Sized>(&self, rows: &T) -> DataFrame {
        let count = self.rows() as i64;
        let places: Vec<usize> = match rows.as_column() {
            Column::Int(rows) => rows
                .iter()
                .map(|&row| {
                    let place = if row < 0 { row + count } else { row };
                    match (0..count).contains(&place) {
                        true => Ok(place as usize),
                        false => Err(Exception::new(
                            "IndexError",
                            "positional indexers are out-of-bounds".to_string(),
                        )),
                    }
                    .or_throw()
                })
                .collect(),
            Column::Bool(mask) => (0..mask.len()).filter(|&at| mask[at]).collect(),
            _ => super::series::taken_for("int64"),
        };
        self.take(&places)
    }

    /// `frame.iloc[start:stop]`.
    pub fn rows_between(&self, start: Option<i64>, stop: Option<i64>) -> DataFrame {
        let places = crate::py::slices::positions(start, stop, None, self.rows()).or_throw();
        self.take(&places.iter().collect::<Vec<usize>>())
    }

    /// `frame.iloc[:, start:stop]`.
    pub fn columns_between(&self, start: Option<i64>, stop: Option<i64>) -> DataFrame {
        let places = crate::py::slices::positions(start, stop, None, self.columns.len()).or_throw();
        self.with_columns(places.iter().map(|at| self.columns[at].clone()).collect())
    }

    /// `frame.to_string(index=…)`: all rows and columns.
    pub fn full_text(&self, index: bool) -> String {
        super::print::full_text(self, index)
    }

    /// `frame.drop_duplicates(subset=…)`.
    pub fn distinct_rows(&self, names: &[&str]) -> DataFrame {
        self.take(&self.first_places(names))
    }

    /// The first row of each that has the same values in these columns, or in all.
    pub(crate) fn first_places(&self, names: &[&str]) -> Vec<usize> {
        let chosen: Vec<&Column> = self
            .columns
            .iter()
            .filter(|(name, _)| names.is_empty() || names.contains(&name.as_str()))
            .map(|(_, column)| column)
            .collect();
        let mut seen = std::collections::HashSet::new();
        let places: Vec<usize> = (0..self.rows())
            .filter(|&row| {
                let key: Vec<String> = chosen
                    .iter()
                    .map(|column| format!("{:?}", column.cell(row)))
                    .collect();
                seen.insert(key)
            })
            .collect();
        places
    }

    /// `frame.min()`, `max()` of columns of numbers, as floats.
    pub fn extreme_floats(&self, greatest: bool) -> Series {
        self.reduced_floats(|own| own.as_floats().extreme_float(greatest))
    }

    /// The columns as arrays of floats, of truth values or of ints: `frame.to_numpy(dtype=float)`.
    pub fn numbers(&self) -> Array2<f64> {
        self.float_array()
    }
}

/// `frame.index`: the labels of rows.
#[derive(Clone, Debug, PartialEq)]
pub struct RowLabels(pub(crate) Index);

impl RowLabels {
    /// The labels as values of Python.
    pub fn values(&self) -> Vec<Value> {
        (0..self.0.labels.len())
            .map(|row| super::values::value_of(self.0.labels.cell(row)))
            .collect()
    }

    /// One label by its place: `index[place]`.
    pub fn at(&self, place: i64) -> Value {
        let count = self.length();
        let at = if place < 0 { place + count } else { place };
        if !(0..count).contains(&at) {
            let text = format!("index {place} is out of bounds for axis 0 with size {count}");
            Err::<(), _>(Exception::new("IndexError", text)).or_throw();
        }
        if !self.0.counted && matches!(self.0.labels, Column::Int(_) | Column::Float(_)) {
            // It is a number of NumPy, which is shown otherwise than Python's inside of lists.
            crate::py::unsupported(
                "one of the labels of rows that are numbers and do not count the rows",
            );
        }
        super::values::value_of(self.0.labels.cell(at as usize))
    }

    /// The labels that a mask takes, or those at these places: `index[mask]`.
    pub fn chosen<T: AsColumn + ?Sized>(&self, rows: &T) -> RowLabels {
        let places: Vec<usize> = match rows.as_column() {
            Column::Bool(mask) => (0..mask.len()).filter(|&at| mask[at]).collect(),
            Column::Int(places) => places
                .iter()
                .map(|&at| if at < 0 { at + self.length() } else { at } as usize)
                .collect(),
            _ => super::series::taken_for("int64"),
        };
        RowLabels(self.0.take(&places))
    }

    /// `index[start:stop]`.
    pub fn part(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> RowLabels {
        let places =
            crate::py::slices::positions(start, stop, step, self.0.labels.len()).or_throw();
        RowLabels(self.0.take(&places.iter().collect::<Vec<usize>>()))
    }

    /// The labels as a column of their own.
    pub fn column(&self) -> Series {
        Series {
            values: self.0.labels.clone(),
            index: Index::range(self.0.labels.len()),
            name: self.0.name.clone(),
        }
    }

    /// How many there are.
    pub fn length(&self) -> i64 {
        self.0.labels.len() as i64
    }
}

impl AsColumn for RowLabels {
    fn as_column(&self) -> Column {
        self.0.labels.clone()
    }

    fn counts_rows(&self) -> bool {
        self.0.counted
    }

    fn own_name(&self) -> Option<String> {
        self.0.name.clone()
    }
}

impl IntoIterator for RowLabels {
    type Item = Value;
    type IntoIter = std::vec::IntoIter<Value>;

    fn into_iter(self) -> Self::IntoIter {
        self.values().into_iter()
    }
}

impl crate::py::Text for RowLabels {
    fn repr_text(&self) -> String {
        super::print::index_text(&self.0)
    }
}

/// `pd.get_dummies(frame, columns=…)`.
pub fn get_dummies(
    frame: &DataFrame,
    columns: Option<&[&str]>,
    drop_first: bool,
    ints: bool,
    prefix: Option<&str>,
) -> DataFrame {
    let chosen = |name: &String, column: &Column| match columns {
        Some(columns) => columns.contains(&name.as_str()),
        None => matches!(column, Column::Str(_)),
    };
    let kept = frame
        .columns
        .iter()
        .filter(|(name, column)| !chosen(name, column));
    let mut made: Vec<(String, Column)> = kept.cloned().collect();
    let picked: Vec<&(String, Column)> = match columns {
        Some(columns) => columns
            .iter()
            .filter_map(|wanted| frame.columns.iter().find(|(name, _)| name == wanted))
            .collect(),
        None => frame
            .columns
            .iter()
            .filter(|(name, column)| chosen(name, column))
            .collect(),
    };
    for (name, column) in picked {
        let before = prefix.unwrap_or(name);
        made.extend(
            indicators(column, drop_first, ints)
                .into_iter()
                .map(|(value, column)| (format!("{before}_{value}"), column)),
        );
    }
    DataFrame::of(made, frame.index.clone())
}

/// `pd.get_dummies(series)`.
pub fn series_dummies(
    series: &Series,
    drop_first: bool,
    ints: bool,
    prefix: Option<&str>,
) -> DataFrame {
    let columns = indicators(&series.values, drop_first, ints)
        .into_iter()
        .map(|(value, column)| match prefix {
            Some(prefix) => (format!("{prefix}_{value}"), column),
            None => (value, column),
        });
    DataFrame::of(columns.collect(), series.index.clone())
}

fn indicators(column: &Column, drop_first: bool, ints: bool) -> Vec<(String, Column)> {
    let (labels, groups) = match column {
        Column::Category(held) => super::series::every_category(held),
        values => {
            let (keys, groups) = grouped(values);
            (values.take(&keys), groups)
        }
    };
    let names = labels.cells().into_iter().map(|cell| cell.text());
    let made = names.zip(&groups).map(|(name, group)| {
        let mut truths = vec![false; column.len()];
        group.iter().for_each(|&row| truths[row] = true);
        let values = match ints {
            true => Column::Int(truths.iter().map(|&x| i64::from(x)).collect()),
            false => Column::Bool(truths),
        };
        (name, values)
    });
    made.skip(usize::from(drop_first)).collect()
}

/// `pd.concat([…])`: tables below each other that have the same columns.
pub fn stacked(frames: &[&DataFrame], ignore_index: bool) -> DataFrame {
    let Some(first) = frames.first() else {
        return Err(Exception::new("ValueError", "No objects to concatenate")).or_throw();
    };
    let same = |other: &&DataFrame| {
        other.columns.len() == first.columns.len()
            && first
                .columns
                .iter()
                .all(|(name, _)| other.columns.iter().any(|(own, _)| own == name))
    };
    if !frames.iter().all(same) {
        crate::py::unsupported("tables with different columns that are put below each other");
    }
    let columns = first.columns.iter().map(|(name, _)| {
        let parts: Vec<Column> = frames
            .iter()
            .map(|frame| frame.series(name).values)
            .collect();
        (name.clone(), joined(&parts))
    });
    let labels = joined(
        &frames
            .iter()
            .map(|frame| frame.index.labels.clone())
            .collect::<Vec<_>>(),
    );
    let columns: Vec<(String, Column)> = columns.collect();
    let rows = labels.len();
    DataFrame::of(
        columns,
        match ignore_index {
            true => Index::range(rows),
            false => Index::new(labels, None),
        },
    )
}

/// A list of tables.
pub trait Frames {
    /// The tables.
    fn frames(&self) -> Vec<DataFrame>;
}

impl Frames for Vec<DataFrame> {
    fn frames(&self) -> Vec<DataFrame> {
        self.clone()
    }
}

impl<T: Frames> Frames for Shared<T> {
    fn frames(&self) -> Vec<DataFrame> {
        self.with(Frames::frames)
    }
}

/// `pd.concat(tables)` of a list.
pub fn stacked_all<T: Frames>(list: &T, ignore_index: bool) -> DataFrame {
    stacked(&list.frames().iter().collect::<Vec<_>>(), ignore_index)
}

/// `pd.concat([…], axis=1)`: tables beside each other that have the same rows.
pub fn beside(frames: &[&DataFrame]) -> DataFrame {
    let Some(first) = frames.first() else {
        return Err(Exception::new("ValueError", "No objects to concatenate")).or_throw();
    };
    if frames
        .iter()
        .any(|frame| frame.index.labels != first.index.labels)
    {
        crate::py::unsupported("tables with different rows that are put beside each other");
    }
    DataFrame::of(
        frames
            .iter()
            .flat_map(|frame| frame.columns.clone())
            .collect(),
        first.index.clone(),
    )
}

fn joined(parts: &[Column]) -> Column {
    fn all<T: Clone>(parts: &[Column], get: impl Fn(&Column) -> Option<Vec<T>>) -> Option<Vec<T>> {
        let parts: Option<Vec<Vec<T>>> = parts.iter().map(get).collect();
        parts.map(|parts| parts.concat())
    }
    if let Some(ints) = all(parts, |part| match part {
        Column::Int(values) => Some(values.clone()),
        _ => None,
    }) {
        return Column::Int(ints);
    }
    if let Some(truths) = all(parts, |part| match part {
        Column::Bool(values) => Some(values.clone()),
        _ => None,
    }) {
        return Column::Bool(truths);
    }
    if let Some(texts) = all(parts, |part| match part {
        Column::Str(values) => Some(values.clone()),
        _ => None,
    }) {
        return Column::Str(texts);
    }
    let numbers = all(parts, |part| match part {
        Column::Int(_) | Column::Float(_) => part.floats().ok(),
        _ => None,
    });
    match numbers {
        Some(numbers) => Column::Float(numbers),
        None => crate::py::unsupported("a column of values of different types"),
    }
}

/// The table of one column: `series.to_frame()`.
pub fn frame_of(series: &Series) -> DataFrame {
    let name = series.name.clone().unwrap_or_else(|| "0".to_string());
    DataFrame::of(vec![(name, series.values.clone())], series.index.clone())
}

/// `series.reset_index()`: the labels and the values as columns.
pub fn with_labels(series: &Series) -> DataFrame {
    frame_of(series).with_labels_as_column()
}

/// The rows of a table that a mask takes, by place.
pub fn masked(frame: &DataFrame, mask: &Series) -> DataFrame {
    frame.take(&chosen(mask))
}
