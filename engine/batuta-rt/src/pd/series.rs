//! A column with its name and index.

use super::column::{AsColumn, Categories, Cell, Column, check_labels, column};
use super::print::Labels;
use crate::np;
use crate::py::{Exception, OrThrow};
use ndarray::Array1;

/// The labels of rows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Index {
    pub labels: Column,
    pub name: Option<String>,
    /// Whether the labels only count the rows, so that a part of them with equal steps is a range again.
    pub counted: bool,
}

impl Index {
    /// These labels.
    pub fn new(labels: Column, name: Option<String>) -> Index {
        Index {
            labels,
            name,
            counted: false,
        }
    }

    /// 0, 1, 2, …
    pub fn range(rows: usize) -> Index {
        Index {
            labels: Column::Int((0..rows as i64).collect()),
            name: None,
            counted: true,
        }
    }

    /// The labels as columns: what `reset_index` makes of them.
    pub fn columns(&self) -> Vec<(String, Column)> {
        match &self.labels {
            Column::Levels(levels) => levels
                .iter()
                .enumerate()
                .map(|(at, (name, column))| {
                    let name = name.clone().unwrap_or_else(|| format!("level_{at}"));
                    (name, column.clone())
                })
                .collect(),
            labels => {
                let name = self.name.clone().unwrap_or_else(|| "index".to_string());
                vec![(name, labels.clone())]
            }
        }
    }

    pub fn take(&self, places: &[usize]) -> Index {
        let labels = self.labels.take(places);
        Index {
            counted: self.counted && range_of(&labels).is_some(),
            labels,
            name: self.name.clone(),
        }
    }

    /// The first label and the step of labels that count rows.
    pub fn range_parts(&self) -> Option<(i64, i64)> {
        if self.counted {
            range_of(&self.labels)
        } else {
            None
        }
    }
}

/// The first of ints with equal steps, and the step.
fn range_of(labels: &Column) -> Option<(i64, i64)> {
    let Column::Int(values) = labels else {
        return None;
    };
    let step = match values[..] {
        [first, second, ..] => second - first,
        _ => 1,
    };
    let even = values.windows(2).all(|pair| pair[1] - pair[0] == step);
    (even && step != 0).then(|| (values.first().copied().unwrap_or(0), step))
}

/// `pandas.Series`.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    pub(crate) values: Column,
    pub(crate) index: Index,
    pub(crate) name: Option<String>,
}

/// What stands on the other side of an operator: a Series or one value for all rows.
pub enum Operand<'a> {
    /// Row by row.
    Rows(&'a Series),
    /// An int for every row.
    Int(i64),
    /// A float for every row.
    Float(f64),
    /// A text for every row.
    Str(&'a str),
    /// A truth value for every row.
    Bool(bool),
    /// The values of an array, row by row.
    Values(Column),
}

impl<'a> From<&'a Series> for Operand<'a> {
    fn from(value: &'a Series) -> Self {
        Operand::Rows(value)
    }
}
impl From<i64> for Operand<'_> {
    fn from(value: i64) -> Self {
        Operand::Int(value)
    }
}
impl From<f64> for Operand<'_> {
    fn from(value: f64) -> Self {
        Operand::Float(value)
    }
}
impl From<bool> for Operand<'_> {
    fn from(value: bool) -> Self {
        Operand::Bool(value)
    }
}
impl<'a> From<&'a str> for Operand<'a> {
    fn from(value: &'a str) -> Self {
        Operand::Str(value)
    }
}
impl<'a> From<&'a String> for Operand<'a> {
    fn from(value: &'a String) -> Self {
        Operand::Str(value)
    }
}

fn unlike(operator: &str) -> Exception {
    Exception::new(
        "TypeError",
        format!("unsupported operand type(s) for {operator}"),
    )
}

impl Operand<'_> {
    pub(crate) fn column(&self, rows: usize) -> Column {
        match self {
            Operand::Rows(series) => series.values.clone(),
            Operand::Values(values) => values.clone(),
            Operand::Int(value) => Column::Int(vec![*value; rows]),
            Operand::Float(value) => Column::Float(vec![*value; rows]),
            Operand::Bool(value) => Column::Bool(vec![*value; rows]),
            Operand::Str(value) => Column::Str(vec![Some(value.to_string()); rows]),
        }
    }

    fn name(&self, own: &Option<String>) -> Option<String> {
        match self {
            Operand::Rows(other) if other.name != *own => None,
            _ => own.clone(),
        }
    }
}

impl Series {
    /// `pd.Series(values, name=name)`.
    pub fn new<T: AsColumn + ?Sized>(values: &T, name: Option<String>) -> Series {
        let values = column(values);
        Series {
            index: Index::range(values.len()),
            values,
            name,
        }
    }

    /// The same values with these labels.
    pub fn try_with_index<T: AsColumn + ?Sized>(mut self, labels: &T) -> Result<Series, Exception> {
        let counted = labels.counts_rows();
        let labels = labels.as_column();
        if labels.len() != self.values.len() {
            let text = format!(
                "Length of values ({}) does not match length of index ({})",
                self.values.len(),
                labels.len()
            );
            return Err(Exception::new("ValueError", text));
        }
        self.index = Index::new(labels, None);
        self.index.counted = counted;
        Ok(self)
    }

    /// The same, ending the program where the lengths differ.
    pub fn with_index<T: AsColumn + ?Sized>(self, labels: &T) -> Series {
        OrThrow::or_throw(self.try_with_index(labels))
    }

    /// The same rows with the values of an array.
    pub fn with_array<T: AsColumn + ?Sized>(&self, values: &T) -> Series {
        self.with_values(values.as_column())
    }

    /// The same with what came of this column and another one.
    pub fn with_array_beside<T: AsColumn + ?Sized>(&self, values: &T, other: &Series) -> Series {
        check_labels(&other.index.labels, &self.index.labels);
        let mut made = self.with_array(values);
        made.name = Operand::Rows(other).name(&self.name);
        made
    }

    pub(crate) fn with_values(&self, values: Column) -> Series {
        Series {
            values,
            index: self.index.clone(),
            name: self.name.clone(),
        }
    }

    /// `series.dtype`.
    pub fn dtype_name(&self) -> String {
        self.values.dtype().to_string()
    }

    /// How many rows there are.
    pub fn length(&self) -> i64 {
        self.values.len() as i64
    }

    /// `series.name`, of one that has a name.
    pub fn name(&self) -> String {
        self.name.clone().unwrap_or_else(|| "None".to_string())
    }

    pub(crate) fn take(&self, places: &[usize]) -> Series {
        Series {
            values: self.values.take(places),
            index: self.index.take(places),
            name: self.name.clone(),
        }
    }

    /// `series.head(count)`.
    pub fn head(&self, count: i64) -> Series {
        self.take(&first(self.values.len(), count))
    }

    /// `series.tail(count)`.
    pub fn tail(&self, count: i64) -> Series {
        self.take(&last(self.values.len(), count))
    }

    /// `series[mask]`.
    pub fn filtered(&self, mask: &Series) -> Series {
        check_labels(&mask.index.labels, &self.index.labels);
        self.take(&chosen(mask))
    }

    /// Both sides with the same rows. pandas aligns rows by their labels; here they must have the same ones.
    fn sides(&self, other: &Operand) -> Result<(Column, Option<String>), Exception> {
        if let Operand::Rows(rows) = other {
            check_labels(&rows.index.labels, &self.index.labels);
        }
        if let Operand::Values(values) = other
            && values.len() != self.values.len()
        {
            return Err(Exception::new(
                "ValueError",
                format!(
                    "operands could not be broadcast together with shapes ({},) ({},) ",
                    self.values.len(),
                    values.len()
                ),
            ));
        }
        Ok((other.column(self.values.len()), other.name(&self.name)))
    }

    /// Arithmetic, row by row.
    pub fn try_arithmetic<'a>(
        &self,
        operator: &str,
        other: impl Into<Operand<'a>>,
        swapped: bool,
    ) -> Result<Series, Exception> {
        let other = other.into();
        let (right, name) = self.sides(&other)?;
        let (left, right) = if swapped {
            (&right, &self.values)
        } else {
            (&self.values, &right)
        };
        let as_ints = |column: &Column| match column {
            Column::Bool(values) => Column::Int(values.iter().map(|&x| i64::from(x)).collect()),
            other => other.clone(),
        };
        let values = match (as_ints(left), as_ints(right)) {
            (Column::Int(a), Column::Int(b)) if operator != "/" => {
                let pairs = a.iter().zip(&b);
                let zero = b.contains(&0);
                match operator {
                    "+" => Column::Int(pairs.map(|(a, b)| a.wrapping_add(*b)).collect()),
                    "-" => Column::Int(pairs.map(|(a, b)| a.wrapping_sub(*b)).collect()),
                    "*" => Column::Int(pairs.map(|(a, b)| a.wrapping_mul(*b)).collect()),
                    "//" if !zero => {
                        Column::Int(pairs.map(|(&a, &b)| crate::py::floor_div(a, b)).collect())
                    }
                    "%" if !zero => {
                        Column::Int(pairs.map(|(&a, &b)| crate::py::modulo(a, b)).collect())
                    }
                    "**" if b.iter().all(|&x| x >= 0) => {
                        Column::Int(pairs.map(|(a, &b)| a.wrapping_pow(b as u32)).collect())
                    }
                    _ => return Err(unlike(operator)),
                }
            }
            (Column::Str(a), Column::Str(b)) if operator == "+" => Column::Str(
                a.into_iter()
                    .zip(b)
                    .map(|(a, b)| a.zip(b).map(|(a, b)| a + &b))
                    .collect(),
            ),
            (Column::Str(_), _) | (_, Column::Str(_)) => return Err(unlike(operator)),
            (a, b) => {
                let (a, b) = (a.floats()?, b.floats()?);
                let pairs = a.iter().zip(&b);
                Column::Float(match operator {
                    "+" => pairs.map(|(a, b)| a + b).collect(),
                    "-" => pairs.map(|(a, b)| a - b).collect(),
                    "*" => pairs.map(|(a, b)| a * b).collect(),
                    "/" => pairs.map(|(a, b)| a / b).collect(),
                    "**" => pairs
                        .map(|(&a, &b)| match b {
                            2.0 => a * a,
                            0.5 => a.sqrt(),
                            -1.0 => 1.0 / a,
                            _ => a.powf(b),
                        })
                        .collect(),
                    "//" => pairs
                        .map(|(&a, &b)| np::floor_divide_scalar(a, b))
                        .collect(),
                    "%" => pairs.map(|(&a, &b)| np::remainder_scalar(a, b)).collect(),
                    _ => return Err(unlike(operator)),
                })
            }
        };
        Ok(Series {
            values,
            index: self.index.clone(),
            name,
        })
    }

    /// The same, ending the program where Python raises.
    pub fn arithmetic<'a>(
        &self,
        operator: &str,
        other: impl Into<Operand<'a>>,
        swapped: bool,
    ) -> Series {
        OrThrow::or_throw(self.try_arithmetic(operator, other, swapped))
    }

    /// A comparison, row by row.
    pub fn try_compared<'a>(
        &self,
        operator: &str,
        other: impl Into<Operand<'a>>,
    ) -> Result<Series, Exception> {
        let other = other.into();
        let (right, name) = self.sides(&other)?;
        let decide = |a: &Cell, b: &Cell| -> bool {
            if *a == Cell::Missing || *b == Cell::Missing {
                return operator == "!=";
            }
            let order = a.order(b);
            match operator {
                "==" => order.is_eq(),
                "!=" => order.is_ne(),
                "<" => order.is_lt(),
                "<=" => order.is_le(),
                ">" => order.is_gt(),
                _ => order.is_ge(),
            }
        };
        let is_texts = |column: &Column| match column {
            Column::Category(held) => matches!(*held.labels, Column::Str(_)),
            other => matches!(other, Column::Str(_)),
        };
        if is_texts(&self.values) != is_texts(&right) {
            return match operator {
                "==" | "!=" => Ok(Series {
                    values: Column::Bool(vec![operator == "!="; self.values.len()]),
                    index: self.index.clone(),
                    name,
                }),
                _ => Err(unlike(operator)),
            };
        }
        let found = (0..self.values.len())
            .map(|i| decide(&plain(self.values.cell(i)), &plain(right.cell(i))))
            .collect();
        Ok(Series {
            values: Column::Bool(found),
            index: self.index.clone(),
            name,
        })
    }

    /// The same, ending the program where Python raises.
    pub fn compared<'a>(&self, operator: &str, other: impl Into<Operand<'a>>) -> Series {
        OrThrow::or_throw(self.try_compared(operator, other))
    }

    /// `a & b`, `a | b`, `a ^ b` of truth values.
    pub fn logical(&self, operator: &str, other: &Series) -> Series {
        check_labels(&other.index.labels, &self.index.labels);
        let name = Operand::Rows(other).name(&self.name);
        let both = truths(self).into_iter().zip(truths(other));
        let values = both
            .map(|(a, b)| match operator {
                "&" => a & b,
                "|" => a | b,
                _ => a ^ b,
            })
            .collect();
        Series {
            values: Column::Bool(values),
            index: self.index.clone(),
            name,
        }
    }

    /// `~a` of truth values.
    pub fn inverted(&self) -> Series {
        self.with_values(Column::Bool(truths(self).into_iter().map(|x| !x).collect()))
    }

    /// `-a`.
    pub fn negative(&self) -> Series {
        self.with_values(match &self.values {
            Column::Int(values) => Column::Int(values.iter().map(|x| x.wrapping_neg()).collect()),
            other => Column::Float(
                other
                    .floats()
                    .unwrap_or_default()
                    .iter()
                    .map(|x| -x)
                    .collect(),
            ),
        })
    }

    fn present(&self) -> Vec<f64> {
        let mut values = OrThrow::or_throw(self.values.floats());
        values.retain(|x| !x.is_nan());
        values
    }

    /// The sum of ints or truth values.
    pub fn sum_ints(&self) -> i64 {
        match &self.values {
            Column::Int(values) => values.iter().fold(0_i64, |a, b| a.wrapping_add(*b)),
            Column::Bool(values) => values.iter().filter(|x| **x).count() as i64,
            _ => taken_for("int64"),
        }
    }

    /// The sum of floats; a missing one counts as nothing.
    pub fn sum_floats(&self) -> f64 {
        let values = OrThrow::or_throw(self.values.floats());
        let filled: Vec<f64> = values
            .iter()
            .map(|x| if x.is_nan() { 0.0 } else { *x })
            .collect();
        np::sum(&Array1::from(filled))
    }

    /// `series.mean()`.
    pub fn mean(&self) -> f64 {
        self.sum_floats() / self.count() as f64
    }

    /// `series.count()`: the values that are there.
    pub fn count(&self) -> i64 {
        self.values.missing().iter().filter(|x| !**x).count() as i64
    }

    /// `series.var(ddof)`.
    pub fn var(&self, ddof: i64) -> f64 {
        let values = OrThrow::or_throw(self.values.floats());
        let count = self.count();
        if count - ddof <= 0 {
            return f64::NAN;
        }
        let mean = self.mean();
        let squares: Vec<f64> = values
            .iter()
            .map(|x| {
                if x.is_nan() {
                    0.0
                } else {
                    (mean - x) * (mean - x)
                }
            })
            .collect();
        np::sum(&Array1::from(squares)) / (count - ddof) as f64
    }

    /// `series.std(ddof)`.
    pub fn std(&self, ddof: i64) -> f64 {
        self.var(ddof).sqrt()
    }

    /// `series.quantile(q)`.
    pub fn quantile(&self, q: f64) -> f64 {
        let mut values = self.present();
        if values.is_empty() {
            return f64::NAN;
        }
        values.sort_by(f64::total_cmp);
        // As a percentile: a hundred times as much, divided by a hundred.
        let place = q * 100.0 / 100.0 * (values.len() - 1) as f64;
        let below = place.floor() as usize;
        let above = (below + 1).min(values.len() - 1);
        let part = place - below as f64;
        let (a, b) = (values[below], values[above]);
        // NumPy starts from the nearer end.
        if part >= 0.5 {
            b - (b - a) * (1.0 - part)
        } else {
            a + (b - a) * part
        }
    }

    /// `series.median()`.
    pub fn median(&self) -> f64 {
        let mut values = self.present();
        if values.is_empty() {
            return f64::NAN;
        }
        values.sort_by(f64::total_cmp);
        let half = values.len() / 2;
        if values.len() % 2 == 1 {
            values[half]
        } else {
            (values[half - 1] + values[half]) / 2.0
        }
    }

    fn extreme(&self, greatest: bool) -> Option<Cell> {
        let cells = (0..self.values.len())
            .map(|i| self.values.cell(i))
            .filter(|x| *x != Cell::Missing);
        cells.reduce(|a, b| {
            if (b.order(&a)).is_gt() == greatest && b.order(&a).is_ne() {
                b
            } else {
                a
            }
        })
    }

    /// `series.min()` or `max()` of floats.
    pub fn extreme_float(&self, greatest: bool) -> f64 {
        match self.extreme(greatest) {
            Some(Cell::Float(value)) => value,
            _ => f64::NAN,
        }
    }

    /// The same of ints.
    pub fn extreme_int(&self, greatest: bool) -> i64 {
        match self.extreme(greatest) {
            Some(Cell::Int(value)) => value,
            _ => OrThrow::or_throw(Err(Exception::new(
                "ValueError",
                "no value is there".to_string(),
            ))),
        }
    }

    /// The same of texts.
    pub fn extreme_text(&self, greatest: bool) -> String {
        match self.extreme(greatest) {
            Some(Cell::Str(value)) => value,
            _ => "nan".to_string(),
        }
    }

    /// `series.any()` and `series.all()` of truth values.
    pub fn any(&self) -> bool {
        truths(self).into_iter().any(|x| x)
    }

    /// `series.all()`.
    pub fn all(&self) -> bool {
        truths(self).into_iter().all(|x| x)
    }

    /// `series.nunique()`.
    pub fn nunique(&self) -> i64 {
        let (keys, _) = grouped(&self.values);
        keys.len() as i64
    }

    /// `series.isna()`.
    pub fn isna(&self) -> Series {
        self.with_values(Column::Bool(self.values.missing()))
    }

    /// `series.notna()`.
    pub fn notna(&self) -> Series {
        self.isna().inverted()
    }

    /// `series.abs()`.
    pub fn abs(&self) -> Series {
        self.with_values(match &self.values {
            Column::Int(values) => Column::Int(values.iter().map(|x| x.wrapping_abs()).collect()),
            other => Column::Float(
                OrThrow::or_throw(other.floats())
                    .iter()
                    .map(|x| x.abs())
                    .collect(),
            ),
        })
    }

    /// `series.round(digits)`.
    pub fn round(&self, digits: i64) -> Series {
        match &self.values {
            Column::Float(values) => {
                let rounded = np::round(&Array1::from(values.clone()), digits);
                self.with_values(Column::Float(rounded.to_vec()))
            }
            other => self.with_values(other.clone()),
        }
    }

    /// `series.cumsum()`.
    pub fn cumsum(&self) -> Series {
        self.with_values(match &self.values {
            Column::Float(values) => {
                let mut sum = 0.0;
                let next = |x: &f64| {
                    if x.is_nan() {
                        return *x;
                    }
                    sum += x;
                    sum
                };
                Column::Float(values.iter().map(next).collect())
            }
            other => {
                let values = OrThrow::or_throw(ints(other));
                let next = |sum: &mut i64, x: &i64| {
                    *sum = sum.wrapping_add(*x);
                    Some(*sum)
                };
                Column::Int(values.iter().scan(0_i64, next).collect())
            }
        })
    }

    /// `series.fillna(value)` of floats or texts.
    pub fn fillna<'a>(&self, value: impl Into<Operand<'a>>) -> Series {
        self.with_values(match (&self.values, value.into()) {
            (Column::Float(values), Operand::Float(with)) => Column::Float(
                values
                    .iter()
                    .map(|x| if x.is_nan() { with } else { *x })
                    .collect(),
            ),
            (Column::Float(values), Operand::Int(with)) => Column::Float(
                values
                    .iter()
                    .map(|x| if x.is_nan() { with as f64 } else { *x })
                    .collect(),
            ),
            (Column::Str(values), Operand::Str(with)) => Column::Str(
                values
                    .iter()
                    .map(|x| x.clone().or_else(|| Some(with.to_string())))
                    .collect(),
            ),
            (other, _) => other.clone(),
        })
    }

    /// `series.dropna()`.
    pub fn dropna(&self) -> Series {
        self.filtered(&self.notna())
    }

    /// `series.astype(float)`.
    pub fn try_as_floats(&self) -> Result<Series, Exception> {
        Ok(self.with_values(Column::Float(self.values.floats()?)))
    }

    /// The same, ending the program where Python raises.
    pub fn as_floats(&self) -> Series {
        OrThrow::or_throw(self.try_as_floats())
    }

    /// `series.astype(int)`.
    pub fn try_as_ints(&self) -> Result<Series, Exception> {
        Ok(self.with_values(Column::Int(ints(&self.values)?)))
    }

    /// The same, ending the program where Python raises.
    pub fn as_ints(&self) -> Series {
        OrThrow::or_throw(self.try_as_ints())
    }

    /// The ints as an array.
    pub fn int_array(&self) -> Array1<i64> {
        Array1::from(OrThrow::or_throw(ints(&self.values)))
    }

    /// The floats as an array.
    pub fn float_array(&self) -> Array1<f64> {
        Array1::from(OrThrow::or_throw(self.values.floats()))
    }

    /// The truth values as an array.
    pub fn bool_array(&self) -> Array1<bool> {
        Array1::from(truths(self))
    }

    /// The texts as a list.
    pub fn text_list(&self) -> Vec<String> {
        match &self.values {
            Column::Str(values) => values
                .iter()
                .map(|x| x.clone().unwrap_or_else(|| "nan".to_string()))
                .collect(),
            _ => taken_for("str"),
        }
    }

    /// The values that differ, in the order in which they come.
    pub fn distinct(&self) -> Series {
        let (_, places) = firsts(&self.values);
        self.take(&places)
    }

    /// `series.sort_values(ascending=…)`.
    pub fn sorted(&self, ascending: bool) -> Series {
        self.take(&self.values.quick_order(ascending))
    }

    /// `series.sort_index(ascending=…)`.
    pub fn sorted_by_index(&self, ascending: bool) -> Series {
        self.take(&self.index.labels.quick_order(ascending))
    }

    /// `series.value_counts(ascending=…)`; of categories all are counted, those that do not occur, too.
    pub fn value_counts(&self, ascending: bool) -> Series {
        let (labels, groups) = match &self.values {
            Column::Category(held) => every_category(held),
            values => {
                let (keys, groups) = grouped_as_they_come(values);
                (values.take(&keys), groups)
            }
        };
        let counts = Column::Int(groups.iter().map(|x| x.len() as i64).collect());
        let found = Series {
            values: counts,
            index: Index::new(labels, self.name.clone()),
            name: Some("count".to_string()),
        };
        found.take(&found.values.order(ascending))
    }

    /// `series.index` where its labels are texts.
    pub fn text_labels(&self) -> Labels {
        match &self.index.labels {
            Column::Str(values) => Labels(
                values
                    .iter()
                    .map(|x| x.clone().unwrap_or_default())
                    .collect(),
            ),
            _ => crate::py::unsupported("the labels of rows that are no texts"),
        }
    }
}

/// The types of columns were found out before; one that is another is a defect, and never a wrong number.
pub(crate) fn taken_for<T>(dtype: &str) -> T {
    OrThrow::or_throw(Err(Exception::new(
        "TypeError",
        format!("a column was taken for one of {dtype}"),
    )))
}

/// Numbers of different types compare as floats.
fn plain(cell: Cell) -> Cell {
    match cell {
        Cell::Bool(value) => Cell::Int(i64::from(value)),
        Cell::Category(_, inner) => plain(*inner),
        other => other,
    }
}

pub(crate) fn truths(series: &Series) -> Vec<bool> {
    match &series.values {
        Column::Bool(values) => values.clone(),
        Column::Int(values) => values.iter().map(|&x| x != 0).collect(),
        Column::Float(values) => values.iter().map(|&x| x != 0.0).collect(),
        Column::Str(values) => values
            .iter()
            .map(|x| x.as_ref().is_some_and(|x| !x.is_empty()))
            .collect(),
        _ => taken_for("bool"),
    }
}

fn ints(column: &Column) -> Result<Vec<i64>, Exception> {
    match column {
        Column::Int(values) => Ok(values.clone()),
        Column::Bool(values) => Ok(values.iter().map(|&x| i64::from(x)).collect()),
        Column::Float(values) => match values.iter().all(|x| x.is_finite()) {
            true => Ok(values.iter().map(|&x| x as i64).collect()),
            false => {
                let text = "Cannot convert non-finite values (NA or inf) to integer";
                Err(Exception::new(
                    "pandas.errors.IntCastingNaNError",
                    text.to_string(),
                ))
            }
        },
        _ => Err(Exception::new(
            "ValueError",
            "invalid literal for int() with base 10".to_string(),
        )),
    }
}

pub(crate) fn chosen(mask: &Series) -> Vec<usize> {
    truths(mask)
        .iter()
        .enumerate()
        .filter(|(_, x)| **x)
        .map(|(i, _)| i)
        .collect()
}

pub(crate) fn first(rows: usize, count: i64) -> Vec<usize> {
    let end = if count < 0 {
        (rows as i64 + count).max(0) as usize
    } else {
        rows.min(count as usize)
    };
    (0..end).collect()
}

pub(crate) fn last(rows: usize, count: i64) -> Vec<usize> {
    let start = if count < 0 {
        rows.min(count.unsigned_abs() as usize)
    } else {
        rows.saturating_sub(count as usize)
    };
    (start..rows).collect()
}

/// The first place of each value, in the order in which they come; missing values are none.
fn firsts(values: &Column) -> (Vec<Vec<usize>>, Vec<usize>) {
    let (keys, groups) = grouped_as_they_come(values);
    (groups, keys)
}

/// The first place of each key and the rows of each, in the order in which keys come.
pub(crate) fn grouped_as_they_come(values: &Column) -> (Vec<usize>, Vec<Vec<usize>>) {
    let mut known: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    let (mut keys, mut groups): (Vec<usize>, Vec<Vec<usize>>) = (Vec::new(), Vec::new());
    for place in 0..values.len() {
        let cell = values.cell(place);
        let missing = match &cell {
            Cell::Levels(cells) => cells.contains(&Cell::Missing),
            single => *single == Cell::Missing,
        };
        if missing {
            continue;
        }
        let key = cell.key();
        let at = *known.entry(key).or_insert_with(|| {
            keys.push(place);
            groups.push(Vec::new());
            keys.len() - 1
        });
        groups[at].push(place);
    }
    (keys, groups)
}

/// All categories in their order, and the rows of each.
pub(crate) fn every_category(held: &Categories) -> (Column, Vec<Vec<usize>>) {
    let all: Vec<i64> = (0..held.labels.len() as i64).collect();
    let mut groups = vec![Vec::new(); all.len()];
    for (row, &code) in held.codes.iter().enumerate() {
        if code >= 0 {
            groups[code as usize].push(row);
        }
    }
    let labels = Column::Category(Categories {
        codes: all,
        ..held.clone()
    });
    (labels, groups)
}

/// The same in the order of the keys.
pub(crate) fn grouped(values: &Column) -> (Vec<usize>, Vec<Vec<usize>>) {
    let (keys, groups) = grouped_as_they_come(values);
    let order = values.take(&keys).order(true);
    (
        order.iter().map(|&i| keys[i]).collect(),
        order.iter().map(|&i| groups[i].clone()).collect(),
    )
}
