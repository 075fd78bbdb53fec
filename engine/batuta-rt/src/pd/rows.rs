//! Rows and single values of tables: `iterrows`, `iloc`, functions of each value.

use std::rc::Rc;

use super::column::{AsColumn, Cell, Column, Held, column};
use super::frame::DataFrame;
use super::series::{Series, taken_for};
use crate::py::{Exception, OrThrow, Text};

/// One row of `frame.iterrows()`.
#[derive(Clone, Debug)]
pub struct Row {
    names: Rc<Vec<String>>,
    cells: Vec<Cell>,
    label: Cell,
}

impl Row {
    pub(crate) fn of(frame: &DataFrame, place: usize, names: Rc<Vec<String>>) -> Row {
        Row {
            names,
            cells: frame
                .columns
                .iter()
                .map(|(_, column)| column.cell(place))
                .collect(),
            label: frame.index.labels.cell(place),
        }
    }

    /// `row[name]`.
    pub fn get<T: super::places::OfCell>(&self, name: &str) -> T {
        T::of(self.cell(name))
    }

    /// The row as a column of numbers.
    pub fn numbers(&self) -> Series {
        Series {
            values: Column::of_cells(&self.cells),
            index: super::series::Index::new(
                Column::Str(self.names.iter().cloned().map(Some).collect()),
                None,
            ),
            name: Some(self.label.text()),
        }
    }

    /// `row[names]`.
    pub fn part(&self, names: &[&str]) -> Row {
        Row {
            names: Rc::new(names.iter().map(|name| (*name).to_string()).collect()),
            cells: names.iter().map(|name| self.cell(name)).collect(),
            label: self.label.clone(),
        }
    }

    /// `row.name`: the label of the row.
    pub fn label(&self) -> crate::py::Value {
        super::values::value_of(self.label.clone())
    }

    /// `row[place]` of a row that is a tuple.
    pub fn at<T: super::places::OfCell>(&self, place: usize) -> T {
        T::of(self.cells[place].clone())
    }

    /// The values of the row.
    pub fn values(&self) -> Vec<crate::py::Value> {
        self.cells
            .iter()
            .cloned()
            .map(super::values::value_of)
            .collect()
    }

    /// `row.to_dict()`.
    pub fn dict(&self) -> crate::py::Dict<String, crate::py::Value> {
        self.names.iter().cloned().zip(self.values()).collect()
    }

    fn cell(&self, name: &str) -> Cell {
        let place = self.names.iter().position(|each| each == name);
        place
            .map(|i| self.cells[i].clone())
            .ok_or_else(|| Exception::new("KeyError", name.to_string()))
            .or_throw()
    }

    /// `row[name]` of a column of ints.
    pub fn int(&self, name: &str) -> i64 {
        match self.cell(name) {
            Cell::Int(value) => value,
            _ => taken_for("int64"),
        }
    }

    /// The same of a column of numbers.
    pub fn float(&self, name: &str) -> f64 {
        match self.cell(name) {
            Cell::Float(value) => value,
            Cell::Int(value) => value as f64,
            Cell::Missing => f64::NAN,
            _ => taken_for("float64"),
        }
    }

    /// The same of truth values.
    pub fn truth(&self, name: &str) -> bool {
        match self.cell(name) {
            Cell::Bool(value) => value,
            _ => taken_for("bool"),
        }
    }

    /// The same of texts.
    pub fn text(&self, name: &str) -> String {
        match self.cell(name) {
            Cell::Str(value) => value,
            Cell::Missing => "nan".to_string(),
            _ => taken_for("str"),
        }
    }
}

impl Text for Row {
    fn repr_text(&self) -> String {
        super::print::row_text(&self.names, &self.cells, &self.label)
    }
}

impl DataFrame {
    /// `frame.iterrows()` whatever rows are called.
    pub fn labelled_rows<T: super::places::OfCell>(
        &self,
    ) -> impl Iterator<Item = (T, Row)> + use<T> {
        let names = Rc::new(self.name_list());
        let frame = self.clone();
        (0..self.rows()).map(move |row| {
            (
                T::of(frame.index.labels.cell(row)),
                Row::of(&frame, row, names.clone()),
            )
        })
    }

    /// `frame.iterrows()` of a table whose rows are counted.
    pub fn iterrows(&self) -> impl Iterator<Item = (i64, Row)> + use<> {
        let names = Rc::new(self.name_list());
        let labels: Vec<i64> = match &self.index.labels {
            Column::Int(values) => values.clone(),
            _ => taken_for("int64"),
        };
        let frame = self.clone();
        labels
            .into_iter()
            .enumerate()
            .map(move |(place, label)| (label, Row::of(&frame, place, names.clone())))
    }
}

impl Series {
    fn place(&self, index: i64) -> Result<usize, Exception> {
        let rows = self.values.len() as i64;
        let place = if index < 0 { index + rows } else { index };
        match (0..rows).contains(&place) {
            true => Ok(place as usize),
            false => Err(Exception::new(
                "IndexError",
                "single positional indexer is out-of-bounds".to_string(),
            )),
        }
    }

    /// `series.iloc[index]` of ints.
    pub fn try_int_at(&self, index: i64) -> Result<i64, Exception> {
        match (&self.values, self.place(index)?) {
            (Column::Int(values), place) => Ok(values[place]),
            _ => taken_for("int64"),
        }
    }

    /// `series.iloc[index]` of floats.
    pub fn try_float_at(&self, index: i64) -> Result<f64, Exception> {
        match (&self.values, self.place(index)?) {
            (Column::Float(values), place) => Ok(values[place]),
            _ => taken_for("float64"),
        }
    }

    /// `series.iloc[index]` of texts.
    pub fn try_text_at(&self, index: i64) -> Result<String, Exception> {
        match (&self.values, self.place(index)?) {
            (Column::Str(values), place) => {
                Ok(values[place].clone().unwrap_or_else(|| "nan".to_string()))
            }
            _ => taken_for("str"),
        }
    }

    /// The same, ending the program where Python raises.
    pub fn int_at(&self, index: i64) -> i64 {
        self.try_int_at(index).or_throw()
    }

    /// The same, ending the program where Python raises.
    pub fn float_at(&self, index: i64) -> f64 {
        self.try_float_at(index).or_throw()
    }

    /// The same, ending the program where Python raises.
    pub fn text_at(&self, index: i64) -> String {
        self.try_text_at(index).or_throw()
    }

    /// `series.map(function)` of ints.
    pub fn mapped_ints<T: Held>(&self, function: impl FnMut(&i64) -> T) -> Series {
        match &self.values {
            Column::Int(values) => {
                self.with_values(column(&values.iter().map(function).collect::<Vec<T>>()))
            }
            _ => taken_for("int64"),
        }
    }

    /// `series.map(function)` of floats.
    pub fn mapped_floats<T: Held>(&self, function: impl FnMut(&f64) -> T) -> Series {
        match &self.values {
            Column::Float(values) => {
                self.with_values(column(&values.iter().map(function).collect::<Vec<T>>()))
            }
            _ => taken_for("float64"),
        }
    }

    /// `series.map(function)` of values whose type is known only now, and of categories.
    pub fn mapped_values<T: Held>(
        &self,
        mut function: impl FnMut(&crate::py::Value) -> T,
    ) -> Series {
        let made: Vec<T> = self
            .values
            .cells()
            .into_iter()
            .map(|cell| function(&super::values::value_of(cell)))
            .collect();
        self.with_values(column(&made))
    }

    /// `series.isin(values)`.
    pub fn isin<T: AsColumn + ?Sized>(&self, values: &T) -> Series {
        let wanted = values.as_column();
        let cells: Vec<Cell> = (0..wanted.len()).map(|i| wanted.cell(i)).collect();
        let found = (0..self.values.len())
            .map(|i| cells.iter().any(|x| x.order(&self.values.cell(i)).is_eq()));
        self.with_values(Column::Bool(found.collect()))
    }

    /// `series.values` of texts.
    pub fn all_texts(&self) -> Texts {
        if self.values.missing().contains(&true) {
            crate::py::unsupported("an array of texts some of which are missing");
        }
        Texts(self.text_list())
    }

    /// `series.unique()` of texts.
    pub fn distinct_texts(&self) -> Texts {
        Texts(self.distinct().text_list())
    }
}

/// An array of texts, as `unique` of a column gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Texts(Vec<String>);

impl Texts {
    /// The texts as a list.
    pub fn list(&self) -> Vec<String> {
        self.0.clone()
    }

    /// How many there are.
    pub fn length(&self) -> i64 {
        self.0.len() as i64
    }

    /// The texts as an array of NumPy.
    pub fn array(&self) -> ndarray::Array1<String> {
        ndarray::Array1::from(self.0.clone())
    }
}

impl IntoIterator for Texts {
    type Item = String;
    type IntoIter = std::vec::IntoIter<String>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Text for Texts {
    fn repr_text(&self) -> String {
        let items: Vec<String> = self.0.iter().map(|x| x.repr_text()).collect();
        let line = format!("[{}]", items.join(", "));
        if self.0.is_empty() || line.chars().count() > 78 {
            // pandas breaks it over several lines, or leaves items out.
            let reason = "an array of texts that is empty or fills more than a line is not printed";
            crate::py::unsupported(reason);
        }
        format!(
            "<StringArray>\n{line}\nLength: {}, dtype: str",
            self.0.len()
        )
    }
}
