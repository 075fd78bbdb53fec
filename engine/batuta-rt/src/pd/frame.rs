//! A table: columns with names, and the labels of their rows.

use super::column::{AsColumn, Column, check_labels, places_of};
use super::print::{Dtypes, Labels};
use super::series::{Index, Series, chosen, first, last, taken_for};
use crate::py::{Exception, OrThrow};
use ndarray::Array2;

/// `pandas.DataFrame`.
#[derive(Clone, Debug, PartialEq)]
pub struct DataFrame {
    pub(crate) columns: Vec<(String, Column)>,
    pub(crate) index: Index,
    pub(crate) heads: Heads,
}

/// What is said of the names of all columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Heads {
    /// The name of each level of names; none is one level without a name.
    pub levels: Vec<Option<String>>,
    /// Whether the names are numbers, held as their texts.
    pub numbers: bool,
}

/// Between the parts of a name of several levels.
pub(crate) const LEVEL: char = '\u{1f}';

impl DataFrame {
    /// A table of these columns and labels of rows.
    pub(crate) fn of(columns: Vec<(String, Column)>, index: Index) -> DataFrame {
        DataFrame {
            columns,
            index,
            heads: Heads::default(),
        }
    }

    /// The same rows with other columns.
    pub(crate) fn with_columns(&self, columns: Vec<(String, Column)>) -> DataFrame {
        DataFrame {
            columns,
            index: self.index.clone(),
            heads: self.heads.clone(),
        }
    }

    /// A table of these columns, with rows counted from 0.
    pub fn try_new<const N: usize>(columns: [(&str, Column); N]) -> Result<DataFrame, Exception> {
        let rows = columns.first().map_or(0, |(_, column)| column.len());
        if columns.iter().any(|(_, column)| column.len() != rows) {
            let text = "All arrays must be of the same length";
            return Err(Exception::new("ValueError", text.to_string()));
        }
        let columns = columns
            .into_iter()
            .map(|(name, column)| (name.to_string(), column))
            .collect();
        Ok(DataFrame::of(columns, Index::range(rows)))
    }

    /// The same, ending the program where the lengths differ.
    pub fn new<const N: usize>(columns: [(&str, Column); N]) -> DataFrame {
        DataFrame::try_new(columns).or_throw()
    }

    /// A table of the columns of an array.
    pub fn of_array<S: ndarray::Data<Elem = f64>>(
        values: &ndarray::ArrayBase<S, ndarray::Ix2>,
        names: &[&str],
    ) -> DataFrame {
        let columns = names
            .iter()
            .zip(values.columns())
            .map(|(name, column)| (name.to_string(), Column::Float(column.to_vec())))
            .collect();
        DataFrame::of(columns, Index::range(values.nrows()))
    }

    /// The same rows with these labels.
    pub fn with_index<T: AsColumn + ?Sized>(mut self, labels: &T) -> DataFrame {
        self.index = Index::new(labels.as_column(), None);
        self.index.counted = labels.counts_rows();
        self
    }

    /// How many rows there are.
    pub(crate) fn rows(&self) -> usize {
        self.index.labels.len()
    }

    /// `len(frame)`.
    pub fn length(&self) -> i64 {
        self.rows() as i64
    }

    /// `frame.shape`.
    pub fn shape(&self) -> (i64, i64) {
        (self.length(), self.columns.len() as i64)
    }

    /// `frame.columns`.
    pub fn names(&self) -> Labels {
        Labels(self.columns.iter().map(|(name, _)| name.clone()).collect())
    }

    /// The names as a list.
    pub fn name_list(&self) -> Vec<String> {
        self.names().0
    }

    /// `frame.empty`.
    pub fn is_empty(&self) -> bool {
        self.rows() == 0 || self.columns.is_empty()
    }

    /// `frame.dtypes`.
    pub fn dtypes(&self) -> Dtypes {
        Dtypes(
            self.columns
                .iter()
                .map(|(name, column)| (name.clone(), column.dtype()))
                .collect(),
        )
    }

    fn column(&self, name: &str) -> &Column {
        let found = self
            .columns
            .iter()
            .find(|(each, _)| each == name)
            .map(|(_, column)| column);
        found
            .ok_or_else(|| Exception::new("KeyError", name.to_string()))
            .or_throw()
    }

    /// `frame[name]`.
    pub fn series(&self, name: &str) -> Series {
        Series {
            values: self.column(name).clone(),
            index: self.index.clone(),
            name: Some(name.to_string()),
        }
    }

    /// `frame[[names]]`.
    pub fn select(&self, names: &[&str]) -> DataFrame {
        let columns = names
            .iter()
            .map(|name| (name.to_string(), self.column(name).clone()))
            .collect();
        self.with_columns(columns)
    }

    /// `frame.drop(columns=names)`.
    pub fn without(&self, names: &[&str]) -> DataFrame {
        let columns = self
            .columns
            .iter()
            .filter(|(name, _)| !names.contains(&name.as_str()))
            .cloned()
            .collect();
        self.with_columns(columns)
    }

    pub(crate) fn take(&self, places: &[usize]) -> DataFrame {
        let columns = self
            .columns
            .iter()
            .map(|(name, column)| (name.clone(), column.take(places)))
            .collect();
        DataFrame {
            columns,
            index: self.index.take(places),
            heads: self.heads.clone(),
        }
    }

    /// `frame[mask]`.
    pub fn filtered(&self, mask: &Series) -> DataFrame {
        check_labels(&mask.index.labels, &self.index.labels);
        self.take(&chosen(mask))
    }

    /// `frame.head(count)`.
    pub fn head(&self, count: i64) -> DataFrame {
        self.take(&first(self.rows(), count))
    }

    /// `frame.tail(count)`.
    pub fn tail(&self, count: i64) -> DataFrame {
        self.take(&last(self.rows(), count))
    }

    /// The table with a column more, or another one of that name: `frame.assign(name=values)`.
    pub fn assigned<T: AsColumn + ?Sized>(&self, name: &str, values: &T) -> DataFrame {
        let made = values.as_column();
        let values_given = values.row_labels();
        let nothing = self.columns.is_empty() && self.rows() == 0;
        let values = match values_given {
            Some(labels) if *labels != self.index.labels && !nothing => {
                made.take(&places_of(&self.index.labels, labels))
            }
            _ => made,
        };
        if nothing {
            let labels = values_given.cloned().map(|labels| Index::new(labels, None));
            return DataFrame::of(
                vec![(name.to_string(), values.clone())],
                labels.unwrap_or_else(|| Index::range(values.len())),
            );
        }
        if values.len() != self.rows() {
            let text = format!(
                "Length of values ({}) does not match length of index ({})",
                values.len(),
                self.rows()
            );
            return Err(Exception::new("ValueError", text)).or_throw();
        }
        let mut made = self.clone();
        match made.columns.iter_mut().find(|(each, _)| each == name) {
            Some(place) => place.1 = values,
            None => made.columns.push((name.to_string(), values)),
        }
        made
    }

    /// The same with one value in all rows.
    pub fn assigned_value<'a>(
        &self,
        name: &str,
        value: impl Into<super::Operand<'a>>,
    ) -> DataFrame {
        let rows = self.rows();
        let values = match value.into() {
            super::Operand::Rows(series) => series.values.clone(),
            super::Operand::Values(values) => values,
            super::Operand::Int(value) => Column::Int(vec![value; rows]),
            super::Operand::Float(value) => Column::Float(vec![value; rows]),
            super::Operand::Bool(value) => Column::Bool(vec![value; rows]),
            super::Operand::Str(value) => Column::Str(vec![Some(value.to_string()); rows]),
        };
        let whole = Series {
            values,
            index: self.index.clone(),
            name: None,
        };
        self.assigned(name, &whole)
    }

    /// `frame.rename(columns={…})`.
    pub fn renamed(&self, names: &[(&str, &str)]) -> DataFrame {
        let mut made = self.clone();
        for (name, _) in &mut made.columns {
            if let Some((_, new)) = names.iter().find(|(old, _)| old == name) {
                *name = new.to_string();
            }
        }
        made
    }

    /// `frame.sort_values(names, ascending=[…])`: by the first name, where equal by the second, and so on.
    pub fn sorted(&self, names: &[&str], ascending: &[bool]) -> DataFrame {
        if let ([name], [ascending]) = (names, ascending) {
            return self.take(&self.column(name).quick_order(*ascending));
        }
        let mut places: Vec<usize> = (0..self.rows()).collect();
        places.sort_by(|&a, &b| {
            let pairs = names.iter().zip(ascending);
            let mut orders = pairs.map(|(name, ascending)| {
                let column = self.column(name);
                let (one, other) = (column.cell(a), column.cell(b));
                let order = one.order(&other);
                let missing = column.missing();
                if *ascending || missing[a] || missing[b] {
                    order
                } else {
                    order.reverse()
                }
            });
            orders
                .find(|x| x.is_ne())
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        self.take(&places)
    }

    /// `frame.sort_index(ascending=…)`.
    pub fn sorted_by_index(&self, ascending: bool) -> DataFrame {
        self.take(&self.index.labels.quick_order(ascending))
    }

    /// `frame.reset_index(drop=True)`.
    pub fn counted(&self) -> DataFrame {
        DataFrame {
            columns: self.columns.clone(),
            index: Index::range(self.rows()),
            heads: self.heads.clone(),
        }
    }

    /// `frame.reset_index()`: the labels become a column.
    pub fn with_labels_as_column(&self) -> DataFrame {
        let mut columns = self.index.columns();
        let levels = self.heads.levels.len();
        if levels > 1 {
            // The names of labels are the outer level, with nothing below.
            for (name, _) in &mut columns {
                name.push_str(&LEVEL.to_string().repeat(levels - 1));
            }
        }
        columns.extend(self.columns.clone());
        DataFrame {
            columns,
            index: Index::range(self.rows()),
            heads: self.heads.clone(),
        }
    }

    /// `frame.set_index(name)`.
    pub fn indexed_by(&self, name: &str) -> DataFrame {
        let mut made = self.without(&[name]);
        made.index = Index::new(self.column(name).clone(), Some(name.to_string()));
        made
    }

    /// `frame.dropna()`.
    pub fn dropna(&self) -> DataFrame {
        let missing: Vec<Vec<bool>> = self
            .columns
            .iter()
            .map(|(_, column)| column.missing())
            .collect();
        let places: Vec<usize> = (0..self.rows())
            .filter(|&i| !missing.iter().any(|x| x[i]))
            .collect();
        self.take(&places)
    }

    /// `frame.isna()`.
    pub fn isna(&self) -> DataFrame {
        let columns = self
            .columns
            .iter()
            .map(|(name, column)| (name.clone(), Column::Bool(column.missing())))
            .collect();
        self.with_columns(columns)
    }

    /// One value for each of the chosen columns, by name.
    pub(crate) fn reduced(
        &self,
        wanted: impl Fn(&Column) -> bool,
        of: impl Fn(&[Series]) -> Column,
    ) -> Series {
        let places: Vec<usize> = (0..self.columns.len())
            .filter(|&at| wanted(&self.columns[at].1))
            .collect();
        let columns: Vec<Series> = places
            .iter()
            .map(|&at| self.series(&self.columns[at].0))
            .collect();
        Series {
            values: of(&columns),
            index: self.name_labels(&places),
            name: None,
        }
    }

    /// One number for each column of numbers, by name.
    pub(crate) fn reduced_floats(&self, of: impl Fn(&Series) -> f64) -> Series {
        self.reduced(Column::is_numeric, |columns| {
            Column::Float(columns.iter().map(&of).collect())
        })
    }

    fn reduced_ints(&self, of: impl Fn(&Series) -> i64) -> Series {
        self.reduced(
            |_| true,
            |columns| Column::Int(columns.iter().map(&of).collect()),
        )
    }

    /// `frame.mean(numeric_only=True)`.
    pub fn mean(&self) -> Series {
        self.reduced_floats(Series::mean)
    }

    /// `frame.median(numeric_only=True)`.
    pub fn median(&self) -> Series {
        self.reduced_floats(Series::median)
    }

    /// `frame.std(numeric_only=True)`.
    pub fn std(&self) -> Series {
        self.reduced_floats(|x| x.std(1))
    }

    /// `frame.sum()` of columns that are all ints or truth values.
    pub fn sum_ints(&self) -> Series {
        self.reduced_ints(Series::sum_ints)
    }

    /// `frame.sum()` of columns of numbers with a float among them.
    pub fn sum_floats(&self) -> Series {
        self.reduced_floats(Series::sum_floats)
    }

    /// `frame.count()`.
    pub fn count(&self) -> Series {
        self.reduced_ints(Series::count)
    }

    /// `frame.nunique()`.
    pub fn nunique(&self) -> Series {
        self.reduced_ints(Series::nunique)
    }

    /// The columns of numbers as an array of floats.
    pub fn float_array(&self) -> Array2<f64> {
        let columns: Vec<Vec<f64>> = self
            .columns
            .iter()
            .map(|(_, column)| column.floats().or_throw())
            .collect();
        Array2::from_shape_fn((self.rows(), columns.len()), |(i, j)| columns[j][i])
    }

    /// The columns of ints as an array.
    pub fn int_array(&self) -> Array2<i64> {
        let columns: Vec<Vec<i64>> = self
            .columns
            .iter()
            .map(|(_, column)| match column {
                Column::Int(values) => values.clone(),
                _ => taken_for("int64"),
            })
            .collect();
        Array2::from_shape_fn((self.rows(), columns.len()), |(i, j)| columns[j][i])
    }
}
