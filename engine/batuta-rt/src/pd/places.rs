//! Rows, parts and single values by their places or labels, samples, and tables as dicts.

use std::rc::Rc;

use super::column::{AsColumn, Cell, Column, Held};
use super::frame::DataFrame;
use super::rows::Row;
use super::series::{Operand, Series};
use super::values::value_of;
use crate::np::random::RandomState;
use crate::py::{Dict, Exception, OrThrow, Value};

/// What one value of a table is in the program.
pub trait OfCell {
    /// The value.
    fn of(cell: Cell) -> Self;
}

macro_rules! of_cell {
    ($($type:ty, $name:literal, $($pattern:pat => $value:expr),+;)*) => {$(
        impl OfCell for $type {
            fn of(cell: Cell) -> Self {
                match cell.plain() {
                    $($pattern => $value,)+
                    _ => super::series::taken_for($name),
                }
            }
        }
    )*};
}
of_cell! {
    i64, "int64", Cell::Int(value) => value;
    f64, "float64", Cell::Float(value) => value, Cell::Int(value) => value as f64, Cell::Missing => f64::NAN;
    bool, "bool", Cell::Bool(value) => value;
    String, "str", Cell::Str(value) => value, Cell::Missing => "nan".to_string();
}

impl OfCell for Value {
    fn of(cell: Cell) -> Self {
        value_of(cell)
    }
}

macro_rules! of_cells {
    ($($name:ident),+) => {
        impl<$($name: OfCell),+> OfCell for ($($name,)+) {
            fn of(cell: Cell) -> Self {
                let mut cells = match cell {
                    Cell::Levels(cells) => cells,
                    single => vec![single],
                }
                .into_iter();
                ($($name::of(cells.next().unwrap_or(Cell::Missing)),)+)
            }
        }
    };
}
of_cells!(A);
of_cells!(A, B);
of_cells!(A, B, C);
of_cells!(A, B, C, D);
of_cells!(A, B, C, D, E);
of_cells!(A, B, C, D, E, F);
of_cells!(A, B, C, D, E, F, G);
of_cells!(A, B, C, D, E, F, G, H);

fn out_of_bounds<T>() -> T {
    let text = "single positional indexer is out-of-bounds";
    Err(Exception::new("IndexError", text.to_string())).or_throw()
}

fn place_of(place: i64, count: usize) -> usize {
    let at = if place < 0 {
        place + count as i64
    } else {
        place
    };
    match (0..count as i64).contains(&at) {
        true => at as usize,
        false => out_of_bounds(),
    }
}

impl DataFrame {
    /// The rows at these places, of a step too: `frame.iloc[start:stop:step]`.
    pub fn rows_by(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> DataFrame {
        let places = crate::py::slices::positions(start, stop, step, self.rows()).or_throw();
        self.take(&places.iter().collect::<Vec<usize>>())
    }

    /// One row: `frame.iloc[place]`.
    pub fn row_at(&self, place: i64) -> Row {
        Row::of(
            self,
            place_of(place, self.rows()),
            Rc::new(self.name_list()),
        )
    }

    /// One row of a table of numbers.
    pub fn row_series(&self, place: i64) -> Series {
        let place = place_of(place, self.rows());
        let all: Vec<usize> = (0..self.columns.len()).collect();
        let cells: Vec<Cell> = self
            .columns
            .iter()
            .map(|(_, column)| column.cell(place))
            .collect();
        let floats = self
            .columns
            .iter()
            .any(|(_, column)| matches!(column, Column::Float(_)));
        let values = Column::of_cells(&cells);
        Series {
            values: match (floats, &values) {
                (true, Column::Int(_)) => Column::Float(values.floats().unwrap_or_default()),
                _ => values,
            },
            index: self.name_labels(&all),
            name: Some(self.index.labels.cell(place).text()),
        }
    }

    /// The place of the row with this label.
    pub fn place_of_label(&self, label: impl Into<Value>) -> i64 {
        place_among(&self.index.labels, &label.into()) as i64
    }

    /// The same of a row that is changed: one that is not there yet would be a new one.
    pub fn known_place(&self, label: impl Into<Value>) -> i64 {
        let wanted = label.into();
        if (0..self.rows()).all(|row| value_of(self.index.labels.cell(row)) != wanted) {
            crate::py::unsupported("a row that is added by giving one of its cells a value");
        }
        place_among(&self.index.labels, &wanted) as i64
    }

    /// The table with other labels: `frame.index = labels`.
    pub fn relabelled<T: AsColumn + ?Sized>(&self, labels: &T) -> DataFrame {
        let own = labels.as_column();
        if own.len() != self.rows() {
            let text = format!(
                "Length mismatch: Expected axis has {} elements, new values have {} elements",
                self.rows(),
                own.len()
            );
            Err::<(), _>(Exception::new("ValueError", text)).or_throw();
        }
        let mut made = self.clone().with_index(labels);
        made.index.name = labels.own_name();
        made
    }

    /// The table with another name for its labels.
    pub fn with_labels_named(&self, name: &str) -> DataFrame {
        let mut made = self.clone();
        made.index.name = Some(name.to_string());
        made
    }

    /// The rows from one label to another: `frame.loc[start:stop]`.
    pub fn rows_from<T: Into<Value>>(&self, start: Option<T>, stop: Option<T>) -> DataFrame {
        let first = start.map_or(0, |label| self.place_of_label(label) as usize);
        let end = stop.map_or(self.rows(), |label| self.place_of_label(label) as usize + 1);
        self.take(&(first..end.max(first)).collect::<Vec<usize>>())
    }

    /// The table with another value in one cell: `frame.loc[label, name] = value`.
    pub fn with_cell<'a>(
        &self,
        place: i64,
        name: &str,
        value: impl Into<Operand<'a>>,
    ) -> DataFrame {
        let place = place_of(place, self.rows());
        let places: Vec<i64> = vec![place as i64];
        self.changed_at(&PlacesOf(places), name, value)
    }

    /// The name of the column at a place.
    pub fn name_at(&self, place: i64) -> String {
        self.columns[place_of(place, self.columns.len())].0.clone()
    }

    /// The rows as tuples, with or without their labels: `frame.itertuples()`.
    pub fn tuples<T: OfCell>(&self, index: bool) -> impl Iterator<Item = T> + use<T> {
        let frame = self.clone();
        (0..self.rows()).map(move |row| {
            let labels = index.then(|| frame.index.labels.cell(row)).into_iter();
            let cells = labels.chain(frame.columns.iter().map(|(_, column)| column.cell(row)));
            T::of(Cell::Levels(cells.collect()))
        })
    }

    /// The rows one by one, by the names of columns: `frame.itertuples()`.
    pub fn named_rows(&self, index: bool) -> impl Iterator<Item = Row> + use<> {
        let mut frame = self.clone();
        if index {
            frame
                .columns
                .insert(0, ("Index".to_string(), frame.index.labels.clone()));
        }
        let names = Rc::new(frame.name_list());
        (0..frame.rows()).map(move |row| Row::of(&frame, row, names.clone()))
    }

    /// `frame.apply(function, axis=1)`.
    pub fn applied_to_rows<T: Held>(&self, mut function: impl FnMut(&Row) -> T) -> Series {
        let names = Rc::new(self.name_list());
        let values: Vec<T> = (0..self.rows())
            .map(|row| function(&Row::of(self, row, names.clone())))
            .collect();
        Series {
            values: T::column(&values),
            index: self.index.clone(),
            name: None,
        }
    }

    /// The same of a table of numbers, whose rows are columns of numbers.
    pub fn applied_to_number_rows<T: Held>(
        &self,
        mut function: impl FnMut(&Series) -> T,
    ) -> Series {
        let values: Vec<T> = (0..self.rows())
            .map(|row| function(&self.row_series(row as i64)))
            .collect();
        Series {
            values: T::column(&values),
            index: self.index.clone(),
            name: None,
        }
    }

    /// `frame.apply(function)` of a function that gives one value for each column.
    pub fn applied<T: Held>(&self, mut function: impl FnMut(&Series) -> T) -> Series {
        let all: Vec<usize> = (0..self.columns.len()).collect();
        let values: Vec<T> = self
            .columns
            .iter()
            .map(|(name, _)| function(&self.series(name)))
            .collect();
        Series {
            values: T::column(&values),
            index: self.name_labels(&all),
            name: None,
        }
    }

    /// `frame.apply(function)` of a function that gives a column for each column.
    pub fn applied_columns(&self, mut function: impl FnMut(&Series) -> Series) -> DataFrame {
        let columns = self.columns.iter().map(|(name, _)| {
            let made = function(&self.series(name));
            super::column::check_labels(&made.index.labels, &self.index.labels);
            (name.clone(), made.values)
        });
        self.with_columns(columns.collect())
    }

    /// `frame.sample(n=…, random_state=…)`.
    pub fn sampled(&self, count: i64, replace: bool, seed: i64) -> DataFrame {
        self.take(&sample(self.rows(), count, replace, seed))
    }

    /// How many rows a share of all is: Python rounds a half to the even number.
    pub fn share_of_rows(&self, share: f64) -> i64 {
        (share * self.rows() as f64).round_ties_even() as i64
    }

    /// `frame.nlargest(count, name)` and `nsmallest`.
    pub fn most(&self, count: i64, name: &str, largest: bool) -> DataFrame {
        self.take(&self.series(name).most_places(count, largest))
    }

    /// `frame.duplicated(subset=…)`.
    pub fn duplicated(&self, names: &[&str]) -> Series {
        let mut values = vec![true; self.rows()];
        self.first_places(names)
            .iter()
            .for_each(|&place| values[place] = false);
        Series {
            values: Column::Bool(values),
            index: self.index.clone(),
            name: None,
        }
    }

    /// One value for each row, of the numbers in it: `frame.mean(axis=1)`.
    pub fn by_row(&self, of: impl Fn(&Series) -> f64) -> Series {
        let numbers: Vec<Vec<f64>> = self
            .columns
            .iter()
            .map(|(_, column)| column.floats().or_throw())
            .collect();
        let values = (0..self.rows()).map(|row| {
            of(&Series {
                values: Column::Float(numbers.iter().map(|column| column[row]).collect()),
                index: super::series::Index::range(numbers.len()),
                name: None,
            })
        });
        Series {
            values: Column::Float(values.collect()),
            index: self.index.clone(),
            name: None,
        }
    }

    /// The same of truth values: `frame.any(axis=1)`.
    pub fn truths_by_row(&self, of: impl Fn(&Series) -> bool) -> Series {
        let values = (0..self.rows()).map(|row| of(&self.row_series(row as i64)));
        Series {
            values: Column::Bool(values.collect()),
            index: self.index.clone(),
            name: None,
        }
    }

    /// The same for each column.
    pub fn truths_by_column(&self, of: impl Fn(&Series) -> bool) -> Series {
        self.reduced(
            |_| true,
            |columns| Column::Bool(columns.iter().map(&of).collect()),
        )
    }

    /// One float for each column of numbers.
    pub fn reduced_by(&self, of: impl Fn(&Series) -> f64) -> Series {
        self.reduced_floats(of)
    }

    /// `frame.quantile(q, numeric_only=True)`.
    pub fn quantiles(&self, q: f64) -> Series {
        let mut made = self.reduced_floats(|own| own.quantile(q));
        made.name = Some(crate::py::Float(q).to_string());
        made
    }

    /// `frame.sum()`, `min()` and `max()` of the columns of numbers: ints where all columns hold ints.
    pub fn totals(&self, what: &str) -> Series {
        self.reduced(Column::is_numeric, |columns| {
            let of = |own: &Series| -> Cell {
                match (what, &own.values) {
                    ("sum", Column::Float(_)) => Cell::Float(own.sum_floats()),
                    ("sum", _) => Cell::Int(own.sum_ints()),
                    (_, Column::Float(_)) => Cell::Float(own.extreme_float(what == "max")),
                    _ => Cell::Int(own.extreme_int(what == "max")),
                }
            };
            let floats = columns
                .iter()
                .any(|own| matches!(own.values, Column::Float(_)));
            let made = Column::of_cells(&columns.iter().map(of).collect::<Vec<Cell>>());
            match floats {
                true => Column::Float(made.floats().unwrap_or_default()),
                false => made,
            }
        })
    }

    /// `frame.info()`.
    pub fn info_text(&self) -> String {
        super::print::info(self)
    }

    /// The names of the columns with the greatest or least value of each row: `frame.idxmax(axis=1)`.
    pub fn extreme_names(&self, greatest: bool) -> Series {
        if self
            .columns
            .iter()
            .any(|(name, _)| name == "True" || name == "False")
        {
            crate::py::unsupported("names of columns that may be truth values");
        }
        let cells = (0..self.rows()).map(|row| {
            let own = self.row_series(row as i64);
            own.index.labels.cell(own.extreme_place(greatest))
        });
        Series {
            values: Column::of_cells(&cells.collect::<Vec<Cell>>()),
            index: self.index.clone(),
            name: None,
        }
    }

    /// The labels of the greatest or least value of each column: `frame.idxmax()`.
    pub fn extreme_labels(&self, greatest: bool) -> Series {
        self.reduced(
            |_| true,
            |columns| {
                let cells: Vec<Cell> = columns
                    .iter()
                    .map(|own| own.index.labels.cell(own.extreme_place(greatest)))
                    .collect();
                Column::of_cells(&cells)
            },
        )
    }

    /// `frame.to_dict("records")`.
    pub fn records(&self) -> Vec<Dict<String, Value>> {
        (0..self.rows())
            .map(|row| {
                self.columns
                    .iter()
                    .map(|(name, column)| (name.clone(), value_of(column.cell(row))))
                    .collect()
            })
            .collect()
    }

    /// `frame.to_dict("list")`.
    pub fn lists<T: OfCell>(&self) -> Dict<String, Vec<T>> {
        self.columns
            .iter()
            .map(|(name, column)| {
                (
                    name.clone(),
                    column.cells().into_iter().map(T::of).collect(),
                )
            })
            .collect()
    }

    /// `frame.to_dict()`.
    pub fn dicts<T: OfCell>(&self) -> Dict<String, Dict<Value, T>> {
        let dict = |column: &Column| {
            (0..self.rows())
                .map(|row| {
                    (
                        value_of(self.index.labels.cell(row)),
                        T::of(column.cell(row)),
                    )
                })
                .collect()
        };
        self.columns
            .iter()
            .map(|(name, column)| (name.clone(), dict(column)))
            .collect()
    }

    /// `frame.to_dict("index")`.
    pub fn dicts_by_label<T: OfCell>(&self) -> Dict<Value, Dict<String, T>> {
        (0..self.rows())
            .map(|row| {
                let own = self
                    .columns
                    .iter()
                    .map(|(name, column)| (name.clone(), T::of(column.cell(row))));
                (value_of(self.index.labels.cell(row)), own.collect())
            })
            .collect()
    }
}

fn place_among(labels: &Column, wanted: &Value) -> usize {
    if matches!(labels, Column::Levels(_)) {
        crate::py::unsupported("rows that are named by several values are not chosen by a label");
    }
    let mut found = (0..labels.len()).filter(|&row| value_of(labels.cell(row)) == *wanted);
    let place = found.next();
    if found.next().is_some() {
        crate::py::unsupported("a label that more than one row has");
    }
    let missing = || Exception::new("KeyError", crate::py::Text::repr_text(wanted));
    place.ok_or_else(missing).or_throw()
}

/// Places of rows as what chooses rows: each is its own label.
struct PlacesOf(Vec<i64>);

impl AsColumn for PlacesOf {
    fn as_column(&self) -> Column {
        Column::Int(self.0.clone())
    }

    fn are_places(&self) -> bool {
        true
    }
}

fn sample(rows: usize, count: i64, replace: bool, seed: i64) -> Vec<usize> {
    let random = RandomState::new(Some(seed));
    if replace {
        let found = random.choice_indices(rows as i64, count);
        return found.iter().map(|&at| at as usize).collect();
    }
    if count as usize > rows {
        let text = "Cannot take a larger sample than population when 'replace=False'";
        Err::<(), _>(Exception::new("ValueError", text)).or_throw();
    }
    let order = random.permutation(rows as i64);
    order
        .iter()
        .take(count as usize)
        .map(|&at| at as usize)
        .collect()
}

impl Series {
    /// One value by its place: `series.iloc[place]`.
    pub fn try_item<T: OfCell>(&self, place: i64) -> Result<T, Exception> {
        let count = self.values.len() as i64;
        let at = if place < 0 { place + count } else { place };
        match (0..count).contains(&at) {
            true => Ok(T::of(self.values.cell(at as usize))),
            false => Err(Exception::new(
                "IndexError",
                "single positional indexer is out-of-bounds",
            )),
        }
    }

    /// The same, ending the program where Python raises.
    pub fn item<T: OfCell>(&self, place: i64) -> T {
        self.try_item(place).or_throw()
    }

    /// The values one by one.
    pub fn items_as<T: OfCell>(&self) -> Vec<T> {
        self.values.cells().into_iter().map(T::of).collect()
    }

    /// `series.to_dict()`.
    pub fn dict<T: OfCell>(&self) -> Dict<Value, T> {
        (0..self.values.len())
            .map(|row| {
                (
                    value_of(self.index.labels.cell(row)),
                    T::of(self.values.cell(row)),
                )
            })
            .collect()
    }

    /// The values at these places, of a step too: `series.iloc[start:stop:step]`.
    pub fn rows_by(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> Series {
        let places = crate::py::slices::positions(start, stop, step, self.values.len()).or_throw();
        self.take(&places.iter().collect::<Vec<usize>>())
    }

    /// The values at these places: `series.iloc[[…]]`.
    pub fn at_rows<T: AsColumn + ?Sized>(&self, rows: &T) -> Series {
        let places: Vec<usize> = match rows.as_column() {
            Column::Int(rows) => rows
                .iter()
                .map(|&row| place_of(row, self.values.len()))
                .collect(),
            Column::Bool(mask) => (0..mask.len()).filter(|&at| mask[at]).collect(),
            _ => super::series::taken_for("int64"),
        };
        self.take(&places)
    }

    /// The values with these labels: `series.loc[[…]]`.
    pub fn at_labels<T: AsColumn + ?Sized>(&self, labels: &T) -> Series {
        let wanted = labels.as_column();
        let places: Vec<usize> = wanted
            .cells()
            .iter()
            .map(|cell| self.place_of_cell(cell))
            .collect();
        self.take(&places)
    }

    fn place_of_cell(&self, wanted: &Cell) -> usize {
        let found =
            (0..self.values.len()).find(|&row| self.index.labels.cell(row).order(wanted).is_eq());
        found
            .ok_or_else(|| Exception::new("KeyError", wanted.quoted()))
            .or_throw()
    }

    /// The place of the row with this label.
    pub fn place_of_label(&self, label: impl Into<Value>) -> i64 {
        place_among(&self.index.labels, &label.into()) as i64
    }

    /// The place of the row with a label of several levels.
    pub fn place_of_levels(&self, parts: &[Value]) -> i64 {
        let found = (0..self.values.len()).find(|&row| match self.index.labels.cell(row) {
            Cell::Levels(cells) => {
                cells.len() == parts.len()
                    && cells
                        .into_iter()
                        .map(value_of)
                        .zip(parts)
                        .all(|(own, part)| own == *part)
            }
            _ => false,
        });
        found
            .ok_or_else(|| Exception::new("KeyError", format!("{parts:?}")))
            .or_throw() as i64
    }

    /// The rows from one label to another: `series.loc[start:stop]`.
    pub fn rows_from<T: Into<Value>>(&self, start: Option<T>, stop: Option<T>) -> Series {
        let first = start.map_or(0, |label| self.place_of_label(label) as usize);
        let end = stop.map_or(self.values.len(), |label| {
            self.place_of_label(label) as usize + 1
        });
        self.take(&(first..end.max(first)).collect::<Vec<usize>>())
    }

    /// `series.sample(n=…, random_state=…)`.
    pub fn sampled(&self, count: i64, replace: bool, seed: i64) -> Series {
        self.take(&sample(self.values.len(), count, replace, seed))
    }

    /// What came of rows, as ints where the table holds ints only.
    pub fn as_ints_of(&self, frame: &DataFrame) -> Series {
        match frame
            .columns
            .iter()
            .any(|(_, column)| matches!(column, Column::Float(_)))
        {
            true => self.clone(),
            false => self.as_ints(),
        }
    }

    /// How many rows a share of all is.
    pub fn share_of_rows(&self, share: f64) -> i64 {
        (share * self.values.len() as f64).round_ties_even() as i64
    }

    /// `series.duplicated()`.
    pub fn duplicated(&self) -> Series {
        super::shaping::frame_of(self)
            .duplicated(&[])
            .with_name_of(self)
    }

    fn with_name_of(mut self, other: &Series) -> Series {
        self.name.clone_from(&other.name);
        self
    }

    /// `series.reset_index(drop=True)`.
    pub fn counted(&self) -> Series {
        Series {
            values: self.values.clone(),
            index: super::series::Index::range(self.values.len()),
            name: self.name.clone(),
        }
    }

    /// `series.reset_index(name=…)`: the labels and the values as columns.
    pub fn labels_and_values(&self, name: Option<&str>) -> DataFrame {
        let mut own = self.clone();
        if let Some(name) = name {
            own.name = Some(name.to_string());
        }
        let mut made = super::shaping::with_labels(&own);
        if self.index.name.is_none() && own.name.as_deref() == Some("index") {
            made.columns[0].0 = "level_0".to_string();
        }
        made
    }

    /// `series.rank(ascending=…)`: the mean place of equal values, from 1.
    pub fn ranked(&self, method: &str, ascending: bool, share: bool) -> Series {
        let order: Vec<usize> = self
            .values
            .order(ascending)
            .into_iter()
            .filter(|&row| self.values.cell(row) != Cell::Missing)
            .collect();
        let mut ranks = vec![f64::NAN; self.values.len()];
        let (mut from, mut dense) = (0, 0.0);
        while from < order.len() {
            let same = |&&at: &&usize| {
                self.values
                    .cell(at)
                    .order(&self.values.cell(order[from]))
                    .is_eq()
            };
            let count = order[from..].iter().take_while(same).count();
            dense += 1.0;
            for (at, &row) in order[from..from + count].iter().enumerate() {
                ranks[row] = match method {
                    "min" => (from + 1) as f64,
                    "max" => (from + count) as f64,
                    "first" => (from + at + 1) as f64,
                    "dense" => dense,
                    _ => (2 * from + count + 1) as f64 / 2.0,
                };
            }
            from += count;
        }
        if share {
            let most = if method == "dense" {
                dense
            } else {
                order.len() as f64
            };
            ranks.iter_mut().for_each(|rank| *rank /= most);
        }
        self.with_values(Column::Float(ranks))
    }

    /// `series.pct_change()`.
    pub fn changes(&self, periods: i64) -> Series {
        self.arithmetic("/", &self.shifted(periods), false)
            .arithmetic("-", 1_i64, false)
    }

    /// `series.cummax()` and `cummin()`, and `cumprod()`.
    pub fn running(&self, what: &str) -> Series {
        let mut best: Option<f64> = None;
        let values = self.values.floats().or_throw().into_iter().map(|value| {
            if value.is_nan() {
                return value;
            }
            let next = best.map_or(value, |best| match what {
                "max" => best.max(value),
                "min" => best.min(value),
                _ => best * value,
            });
            best = Some(next);
            next
        });
        let made: Vec<f64> = values.collect();
        self.with_values(match &self.values {
            Column::Int(_) => Column::Int(made.iter().map(|&x| x as i64).collect()),
            _ => Column::Float(made),
        })
    }

    /// The values before a missing one, or after it, in its place: `series.ffill()`, `bfill()`.
    pub fn filled_along(&self, forward: bool) -> Series {
        let mut places: Vec<Option<usize>> = vec![None; self.values.len()];
        let mut last = None;
        let missing = self.values.missing();
        for step in 0..places.len() {
            let at = if forward {
                step
            } else {
                places.len() - 1 - step
            };
            if !missing[at] {
                last = Some(at);
            }
            places[at] = last;
        }
        self.with_values(self.values.take_or_missing(&places))
    }

    /// `series.to_string()`.
    pub fn full_text(&self) -> String {
        super::print::full_series_text(self)
    }

    /// The greatest or least value as a value.
    pub fn extreme_value(&self, greatest: bool) -> Value {
        match self.values.missing().iter().all(|missing| *missing) {
            true => Value::Float(f64::NAN),
            false => value_of(self.values.cell(self.extreme_place(greatest))),
        }
    }

    /// The sum as a value: an int of ints and truth values.
    pub fn sum_value(&self) -> Value {
        match &self.values {
            Column::Int(_) | Column::Bool(_) => Value::Int(self.sum_ints()),
            _ => Value::Float(self.sum_floats()),
        }
    }
}
