//! Values of columns by other values: through dicts, within bounds, under conditions, in order.

use super::column::{AsColumn, Cell, Column, check_labels};
use super::series::{Index, Operand, Series, chosen, grouped_as_they_come, truths};
use crate::np;
use crate::py::{Dict, Exception, Key, OrThrow, Shared, Value};
use ndarray::Array1;

/// A dict as its keys and values.
pub trait Pairs {
    /// The keys and the values.
    fn pairs(&self) -> (Column, Column);
}

impl<K: Key + Clone, V: Clone> Pairs for Dict<K, V>
where
    Vec<K>: AsColumn,
    Vec<V>: AsColumn,
{
    fn pairs(&self) -> (Column, Column) {
        let keys: Vec<K> = self.iter().map(|(key, _)| key.clone()).collect();
        let values: Vec<V> = self.iter().map(|(_, value)| value.clone()).collect();
        (keys.as_column(), values.as_column())
    }
}

impl<T: Pairs> Pairs for Shared<T> {
    fn pairs(&self) -> (Column, Column) {
        self.with(Pairs::pairs)
    }
}

impl Pairs for Series {
    fn pairs(&self) -> (Column, Column) {
        (self.index.labels.clone(), self.values.clone())
    }
}

/// Whether two cells are one key: numbers by their value, whatever their type.
fn same(one: &Cell, other: &Cell) -> bool {
    let number = |cell: &Cell| match cell {
        Cell::Int(value) => Some(*value as f64),
        Cell::Float(value) => Some(*value),
        Cell::Bool(value) => Some(f64::from(u8::from(*value))),
        _ => None,
    };
    match (one, other) {
        (Cell::Category(_, a), b) => same(a, b),
        (a, Cell::Category(_, b)) => same(a, b),
        (Cell::Str(a), Cell::Str(b)) => a == b,
        _ => number(one).is_some() && number(one) == number(other),
    }
}

/// A cell as a value of Python.
pub(crate) fn value_of(cell: Cell) -> Value {
    match cell {
        Cell::Int(value) => Value::Int(value),
        Cell::Float(value) => Value::Float(value),
        Cell::Bool(value) => Value::Bool(value),
        Cell::Str(value) => Value::Str(value),
        Cell::Category(_, inner) => value_of(*inner),
        Cell::Levels(cells) => Value::Tuple(cells.into_iter().map(value_of).collect()),
        Cell::Missing => Value::Float(f64::NAN),
    }
}

fn filled(values: &Column, places: &[Option<usize>]) -> Column {
    if let Some(all) = places.iter().copied().collect::<Option<Vec<usize>>>() {
        return values.take(&all);
    }
    match values {
        Column::Float(values) => Column::Float(
            places
                .iter()
                .map(|place| place.map_or(f64::NAN, |at| values[at]))
                .collect(),
        ),
        Column::Str(values) => Column::Str(
            places
                .iter()
                .map(|place| place.and_then(|at| values[at].clone()))
                .collect(),
        ),
        _ => crate::py::unsupported(
            "values that a dict does not have: a column that would hold ints holds floats then",
        ),
    }
}

impl Series {
    /// `series.map({…})`, or of another column by its labels.
    pub fn mapped_by<T: Pairs>(&self, table: &T) -> Series {
        let (keys, values) = table.pairs();
        let cells: Vec<Cell> = (0..keys.len()).map(|at| keys.cell(at)).collect();
        let places: Vec<Option<usize>> = (0..self.values.len())
            .map(|row| {
                let own = self.values.cell(row);
                cells.iter().position(|cell| same(cell, &own))
            })
            .collect();
        self.with_values(filled(&values, &places))
    }

    /// `series.map(function)` of texts.
    pub fn mapped_texts<T: super::column::Held>(
        &self,
        mut function: impl FnMut(&str) -> T,
    ) -> Series {
        match &self.values {
            Column::Str(values) => {
                let made: Vec<T> = values
                    .iter()
                    .map(|value| match value {
                        Some(text) => function(text),
                        None => crate::py::unsupported("a function of a text that is missing"),
                    })
                    .collect();
                self.with_values(made.as_column())
            }
            _ => super::series::taken_for("str"),
        }
    }

    /// The same of truth values.
    pub fn mapped_truths<T: super::column::Held>(
        &self,
        mut function: impl FnMut(&bool) -> T,
    ) -> Series {
        let made: Vec<T> = truths(self).iter().map(&mut function).collect();
        self.with_values(made.as_column())
    }

    /// `series.replace({…})`: values that the dict does not have stay.
    pub fn replaced<T: Pairs>(&self, table: &T) -> Series {
        let (keys, values) = table.pairs();
        let mut made = self.values.clone();
        for row in 0..made.len() {
            let own = self.values.cell(row);
            let Some(at) = (0..keys.len()).find(|&at| same(&keys.cell(at), &own)) else {
                continue;
            };
            match (&mut made, values.cell(at)) {
                (Column::Int(values), Cell::Int(value)) => values[row] = value,
                (Column::Float(values), Cell::Float(value)) => values[row] = value,
                (Column::Float(values), Cell::Int(value)) => values[row] = value as f64,
                (Column::Float(values), Cell::Missing) => values[row] = f64::NAN,
                (Column::Bool(values), Cell::Bool(value)) => values[row] = value,
                (Column::Str(values), Cell::Str(value)) => values[row] = Some(value),
                (Column::Str(values), Cell::Missing) => values[row] = None,
                _ => crate::py::unsupported("a value of another type that is put into a column"),
            }
        }
        self.with_values(made)
    }

    /// `series.where(condition, other)`; `mask` is the same of the opposite condition.
    pub fn kept_where<'a>(&self, condition: &Series, other: impl Into<Operand<'a>>) -> Series {
        check_labels(&condition.index.labels, &self.index.labels);
        let keep = truths(condition);
        let other = other.into();
        let pick = |values: &Column, given: &Column| -> Column {
            match (values, given) {
                (Column::Int(a), Column::Int(b)) => Column::Int(choose(&keep, a, b)),
                (Column::Bool(a), Column::Bool(b)) => Column::Bool(choose(&keep, a, b)),
                (Column::Str(a), Column::Str(b)) => Column::Str(choose(&keep, a, b)),
                (a, b) => Column::Float(choose(
                    &keep,
                    &a.floats().or_throw(),
                    &b.floats().or_throw(),
                )),
            }
        };
        let given = other.column(self.values.len());
        self.with_values(pick(&self.values, &given))
    }

    /// `series.clip(lower, upper)`.
    pub fn clipped(&self, lower: Option<f64>, upper: Option<f64>) -> Series {
        let within = |value: f64| {
            let value = lower.map_or(value, |bound| if value < bound { bound } else { value });
            upper.map_or(value, |bound| if value > bound { bound } else { value })
        };
        self.with_values(match &self.values {
            Column::Int(values) => Column::Int(
                values
                    .iter()
                    .map(|&value| within(value as f64) as i64)
                    .collect(),
            ),
            other => Column::Float(other.floats().or_throw().into_iter().map(within).collect()),
        })
    }

    /// `series.idxmax()` and `idxmin()`: the label of the first greatest or least value.
    pub fn extreme_place(&self, greatest: bool) -> usize {
        let mut best: Option<usize> = None;
        for row in 0..self.values.len() {
            let cell = self.values.cell(row);
            if cell == Cell::Missing {
                continue;
            }
            let better = best.is_none_or(|at| {
                let order = cell.order(&self.values.cell(at));
                if greatest {
                    order.is_gt()
                } else {
                    order.is_lt()
                }
            });
            if better {
                best = Some(row);
            }
        }
        best.ok_or_else(|| {
            Exception::new("ValueError", "attempt to get argmax of an empty sequence")
        })
        .or_throw()
    }

    /// The label of a row.
    pub fn label(&self, row: usize) -> Value {
        value_of(self.index.labels.cell(row))
    }

    fn items<T>(&self, values: Vec<T>) -> impl Iterator<Item = (Value, T)> + use<T> {
        let labels: Vec<Value> = (0..self.values.len()).map(|row| self.label(row)).collect();
        labels.into_iter().zip(values)
    }

    /// `series.items()` of ints.
    pub fn items_of_ints(&self) -> impl Iterator<Item = (Value, i64)> + use<> {
        self.items(self.int_array().to_vec())
    }

    /// `series.items()` of floats.
    pub fn items_of_floats(&self) -> impl Iterator<Item = (Value, f64)> + use<> {
        self.items(self.float_array().to_vec())
    }

    /// `series.items()` of truth values.
    pub fn items_of_truths(&self) -> impl Iterator<Item = (Value, bool)> + use<> {
        self.items(truths(self))
    }

    /// `series.items()` of texts.
    pub fn items_of_texts(&self) -> impl Iterator<Item = (Value, String)> + use<> {
        self.items(self.text_list())
    }

    /// The label of a row where labels are ints.
    pub fn int_label(&self, row: usize) -> i64 {
        match self.index.labels.cell(row) {
            Cell::Int(value) => value,
            _ => super::series::taken_for("int64"),
        }
    }

    /// The label of a row where labels are texts.
    pub fn text_label(&self, row: usize) -> String {
        match self.index.labels.cell(row) {
            Cell::Str(value) => value,
            _ => super::series::taken_for("str"),
        }
    }

    /// `series.nlargest(count)` and `nsmallest`.
    pub fn most(&self, count: i64, largest: bool) -> Series {
        self.take(&self.most_places(count, largest))
    }

    /// The places of the greatest or least values, the first of equal ones first.
    pub(crate) fn most_places(&self, count: i64, largest: bool) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.values.len())
            .filter(|&row| self.values.cell(row) != Cell::Missing)
            .collect();
        places.sort_by(|&a, &b| {
            let order = self.values.cell(a).order(&self.values.cell(b));
            if largest { order.reverse() } else { order }
        });
        places.extend((0..self.values.len()).filter(|&row| self.values.cell(row) == Cell::Missing));
        places.truncate(count.max(0) as usize);
        places
    }

    /// `series.mode()`: the values that occur most often, in order.
    pub fn mode(&self) -> Series {
        let (keys, groups) = grouped_as_they_come(&self.values);
        let most = groups.iter().map(Vec::len).max().unwrap_or(0);
        let places: Vec<usize> = keys
            .iter()
            .zip(&groups)
            .filter(|(_, group)| group.len() == most)
            .map(|(key, _)| *key)
            .collect();
        let values = self.values.take(&places);
        let order = values.order(true);
        Series {
            index: Index::range(order.len()),
            values: values.take(&order),
            name: self.name.clone(),
        }
    }

    /// `series.value_counts(normalize=True)`.
    pub fn value_shares(&self, ascending: bool) -> Series {
        let counts = self.value_counts(ascending);
        let values = counts.values.floats().unwrap_or_default();
        let total: f64 = values.iter().sum();
        let mut made = counts.with_values(Column::Float(
            values.iter().map(|each| each / total).collect(),
        ));
        made.name = Some("proportion".to_string());
        made
    }

    /// `series.drop(labels)`.
    pub fn without(&self, labels: &[&str]) -> Series {
        let gone = |row: usize| match self.index.labels.cell(row) {
            Cell::Str(text) => labels.contains(&text.as_str()),
            _ => false,
        };
        for label in labels {
            let known = (0..self.values.len())
                .any(|row| self.index.labels.cell(row) == Cell::Str((*label).to_string()));
            if !known {
                let text = format!("\"['{label}'] not found in axis\"");
                Err::<(), _>(Exception::new("KeyError", text)).or_throw();
            }
        }
        let places: Vec<usize> = (0..self.values.len()).filter(|&row| !gone(row)).collect();
        self.take(&places)
    }

    /// `series[label]` of rows whose labels are texts.
    pub fn row_of(&self, label: &str) -> usize {
        let found = (0..self.values.len())
            .find(|&row| self.index.labels.cell(row) == Cell::Str(label.to_string()));
        found
            .ok_or_else(|| Exception::new("KeyError", label.to_string()))
            .or_throw()
    }

    /// The same of rows whose labels are ints.
    pub fn row_at(&self, label: i64) -> usize {
        let found = (0..self.values.len())
            .find(|&row| same(&self.index.labels.cell(row), &Cell::Int(label)));
        found
            .ok_or_else(|| Exception::new("KeyError", label.to_string()))
            .or_throw()
    }

    /// The same rows in another order: `series.iloc[start:stop]`.
    pub fn rows(&self, start: Option<i64>, stop: Option<i64>) -> Series {
        let places = crate::py::slices::positions(start, stop, None, self.values.len()).or_throw();
        self.take(&places.iter().collect::<Vec<usize>>())
    }

    /// The values as truth values: `series.astype(bool)`.
    pub fn as_truths(&self) -> Series {
        self.with_values(Column::Bool(truths(self)))
    }

    /// The values as texts: `series.astype(str)`.
    pub fn as_texts(&self) -> Series {
        let texts = (0..self.values.len()).map(|row| match self.values.cell(row) {
            Cell::Missing if matches!(self.values, Column::Str(_)) => None,
            cell => Some(cell.text()),
        });
        self.with_values(Column::Str(texts.collect()))
    }

    /// `series.rename(name)`.
    pub fn with_name(&self, name: &str) -> Series {
        let mut made = self.clone();
        made.name = Some(name.to_string());
        made
    }

    /// `series.corr(other)`.
    pub fn correlation(&self, other: &Series) -> f64 {
        check_labels(&other.index.labels, &self.index.labels);
        let (a, b): (Vec<f64>, Vec<f64>) = self
            .values
            .floats()
            .or_throw()
            .into_iter()
            .zip(other.values.floats().or_throw())
            .filter(|(a, b)| !a.is_nan() && !b.is_nan())
            .unzip();
        if a.len() < 2 {
            return f64::NAN;
        }
        let centred = |values: Vec<f64>| {
            let values = Array1::from(values);
            let mean = np::sum(&values) / values.len() as f64;
            let values = values.mapv(|value| value - mean);
            let scale = values
                .iter()
                .fold(0.0_f64, |most, value| most.max(value.abs()));
            (scale != 0.0).then(|| values.mapv(|value| value / scale))
        };
        let (Some(a), Some(b)) = (centred(a), centred(b)) else {
            return f64::NAN;
        };
        let freedom = (a.len() - 1) as f64;
        let spread = |values: &Array1<f64>| (np::linalg::dot(values, values) / freedom).sqrt();
        let found = np::linalg::dot(&a, &b) / freedom / spread(&a);
        (found / spread(&b)).clamp(-1.0, 1.0)
    }

    /// `series.shift(count)` and `diff(count)` of numbers.
    pub fn shifted(&self, count: i64) -> Series {
        let values = self.values.floats().or_throw();
        let rows = values.len() as i64;
        let made = (0..rows).map(|row| {
            let from = row - count;
            match (0..rows).contains(&from) {
                true => values[from as usize],
                false => f64::NAN,
            }
        });
        self.with_values(Column::Float(made.collect()))
    }

    /// The texts changed one by one: `series.str.…`.
    pub fn texts_changed(&self, change: impl Fn(&str) -> String) -> Series {
        match &self.values {
            Column::Str(values) => self.with_values(Column::Str(
                values
                    .iter()
                    .map(|value| value.as_deref().map(&change))
                    .collect(),
            )),
            _ => super::series::taken_for("str"),
        }
    }

    /// What is asked of each text; of one that is missing it is false.
    pub fn texts_asked(&self, ask: impl Fn(&str) -> bool) -> Series {
        match &self.values {
            Column::Str(values) => self.with_values(Column::Bool(
                values
                    .iter()
                    .map(|value| value.as_deref().is_some_and(&ask))
                    .collect(),
            )),
            _ => super::series::taken_for("str"),
        }
    }

    /// The number of characters of each text.
    pub fn text_lengths(&self) -> Series {
        match &self.values {
            Column::Str(values) if values.iter().all(Option::is_some) => {
                self.with_values(Column::Int(
                    values
                        .iter()
                        .flatten()
                        .map(|text| text.chars().count() as i64)
                        .collect(),
                ))
            }
            _ => crate::py::unsupported("the lengths of texts some of which are missing"),
        }
    }

    /// The rows that a mask of truth values takes.
    pub fn places(&self) -> Vec<usize> {
        chosen(self)
    }
}

fn choose<T: Clone>(keep: &[bool], values: &[T], other: &[T]) -> Vec<T> {
    keep.iter()
        .zip(values.iter().zip(other))
        .map(|(keep, (value, other))| if *keep { value } else { other }.clone())
        .collect()
}

/// Pearson's correlation of the rows that have both values, one after the other, as pandas computes it.
pub(crate) fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let (mut count, mut mean_a, mut mean_b) = (0.0, 0.0, 0.0);
    let (mut square_a, mut square_b, mut product) = (0.0, 0.0, 0.0);
    for (&a, &b) in a.iter().zip(b) {
        if a.is_nan() || b.is_nan() {
            continue;
        }
        count += 1.0;
        let (from_a, from_b) = (a - mean_a, b - mean_b);
        mean_a += 1.0 / count * from_a;
        mean_b += 1.0 / count * from_b;
        square_a += (a - mean_a) * from_a;
        square_b += (b - mean_b) * from_b;
        product += (a - mean_a) * from_b;
    }
    let divisor: f64 = (square_a * square_b).sqrt();
    if count < 1.0 || divisor == 0.0 {
        return f64::NAN;
    }
    (product / divisor).clamp(-1.0, 1.0)
}
