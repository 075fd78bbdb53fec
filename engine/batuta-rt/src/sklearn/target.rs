//! What an estimator learns and predicts: a column of numbers or labels, or a table of numbers.
//!
//! Programs hold typed arrays (`Array1<i64>`, `Array1<String>`, …). Inside, a column travels as `Target`, so that folds, pipelines
//! and grids need one form only; `Labels` converts at the border.

use super::errors::{Result, value_error};
use super::linear_model::largest_of_rows;
use crate::py::{Num, Shared};
use ndarray::{Array1, Array2, Axis};
use std::cmp::Ordering;

/// A column (or table) of any kind that scikit-learn accepts as `y`.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// No `y` was given.
    Absent,
    /// Numbers.
    Float(Array1<f64>),
    /// Integers: labels or counts.
    Int(Array1<i64>),
    /// Truth values.
    Bool(Array1<bool>),
    /// Text labels.
    Text(Array1<String>),
    /// Several columns of numbers.
    Table(Array2<f64>),
}

/// An array type that a program holds as `y` or as predictions.
pub trait Labels: Sized {
    /// The column in the common form.
    fn to_target(&self) -> Target;
    /// Back from the common form. None when the kinds do not fit.
    fn from_target(target: Target) -> Option<Self>;
}

macro_rules! labels {
    ($type:ty, $variant:ident) => {
        impl Labels for $type {
            fn to_target(&self) -> Target {
                Target::$variant(self.clone())
            }
            fn from_target(target: Target) -> Option<Self> {
                match target {
                    Target::$variant(values) => Some(values),
                    _ => None,
                }
            }
        }
    };
}
labels!(Array1<i64>, Int);
labels!(Array1<bool>, Bool);
labels!(Array1<String>, Text);
labels!(Array2<f64>, Table);

/// Several columns of whole numbers, as classifiers of several targets take them.
impl Labels for Array2<i64> {
    fn to_target(&self) -> Target {
        Target::Table(self.mapv(|value| value as f64))
    }
    fn from_target(target: Target) -> Option<Self> {
        match target {
            Target::Table(values) => Some(values.mapv(|value| value as i64)),
            _ => None,
        }
    }
}

/// Narrow whole numbers, as the clusters of k-means are.
impl Labels for Array1<i32> {
    fn to_target(&self) -> Target {
        Target::Int(self.mapv(i64::from))
    }
    fn from_target(target: Target) -> Option<Self> {
        match target {
            Target::Int(values) => Some(values.mapv(|value| value as i32)),
            _ => None,
        }
    }
}

impl Labels for Array1<f64> {
    fn to_target(&self) -> Target {
        Target::Float(self.clone())
    }
    fn from_target(target: Target) -> Option<Self> {
        match target {
            Target::Float(values) => Some(values),
            Target::Table(values) if values.ncols() == 1 => Some(values.column(0).to_owned()),
            _ => None,
        }
    }
}

macro_rules! listed_labels {
    ($type:ty, $variant:ident) => {
        impl Labels for Vec<$type> {
            fn to_target(&self) -> Target {
                Target::$variant(self.clone().into())
            }
            fn from_target(target: Target) -> Option<Self> {
                match target {
                    Target::$variant(values) => Some(values.to_vec()),
                    _ => None,
                }
            }
        }
        impl Labels for Shared<Vec<$type>> {
            fn to_target(&self) -> Target {
                self.with(Labels::to_target)
            }
            fn from_target(target: Target) -> Option<Self> {
                Vec::from_target(target).map(Shared::new)
            }
        }
    };
}
listed_labels!(f64, Float);
listed_labels!(i64, Int);
listed_labels!(bool, Bool);
listed_labels!(String, Text);

macro_rules! set_labels {
    ($type:ty, $variant:ident) => {
        impl Labels for crate::py::Set<$type> {
            fn to_target(&self) -> Target {
                Target::$variant(self.iter().cloned().collect())
            }
            fn from_target(_target: Target) -> Option<Self> {
                None
            }
        }
        impl Labels for Shared<crate::py::Set<$type>> {
            fn to_target(&self) -> Target {
                self.with(Labels::to_target)
            }
            fn from_target(_target: Target) -> Option<Self> {
                None
            }
        }
    };
}
set_labels!(i64, Int);
set_labels!(String, Text);

/// The labels of each row, as `MultiLabelBinarizer` takes them.
pub trait LabelSets {
    /// The labels of each row.
    fn sets(&self) -> Vec<Target>;
}

impl<L: Labels> LabelSets for Vec<L> {
    fn sets(&self) -> Vec<Target> {
        self.iter().map(Labels::to_target).collect()
    }
}

impl<L: LabelSets> LabelSets for Shared<L> {
    fn sets(&self) -> Vec<Target> {
        self.with(LabelSets::sets)
    }
}

/// Whole and other numbers together: NumPy makes floats of them.
impl Labels for Vec<Num> {
    fn to_target(&self) -> Target {
        Target::Float(self.iter().map(|value| value.to_f64()).collect())
    }
    fn from_target(target: Target) -> Option<Self> {
        match target {
            Target::Float(values) => Some(values.into_iter().map(Num::Float).collect()),
            _ => None,
        }
    }
}

impl Labels for Shared<Vec<Num>> {
    fn to_target(&self) -> Target {
        self.with(Labels::to_target)
    }
    fn from_target(target: Target) -> Option<Self> {
        Vec::from_target(target).map(Shared::new)
    }
}

impl Labels for Target {
    fn to_target(&self) -> Target {
        self.clone()
    }
    fn from_target(target: Target) -> Option<Self> {
        Some(target)
    }
}

/// The order of floats as NumPy sorts them: NaN last.
pub fn compare(a: &f64, b: &f64) -> Ordering {
    a.partial_cmp(b)
        .unwrap_or_else(|| a.is_nan().cmp(&b.is_nan()))
}

impl Target {
    /// The number of samples. None when absent.
    pub fn length(&self) -> Option<usize> {
        Some(match self {
            Target::Absent => return None,
            Target::Float(values) => values.len(),
            Target::Int(values) => values.len(),
            Target::Bool(values) => values.len(),
            Target::Text(values) => values.len(),
            Target::Table(values) => values.nrows(),
        })
    }

    /// For each row of a table, the class whose column is the largest; the first of several.
    pub fn of_largest(&self, table: &Array2<f64>) -> Target {
        self.take(&largest_of_rows(table))
    }

    /// The entries at some rows.
    pub fn take(&self, rows: &[usize]) -> Target {
        match self {
            Target::Absent => Target::Absent,
            Target::Float(values) => Target::Float(values.select(Axis(0), rows)),
            Target::Int(values) => Target::Int(values.select(Axis(0), rows)),
            Target::Bool(values) => Target::Bool(values.select(Axis(0), rows)),
            Target::Text(values) => {
                Target::Text(rows.iter().map(|&row| values[row].clone()).collect())
            }
            Target::Table(values) => Target::Table(values.select(Axis(0), rows)),
        }
    }

    /// The columns of several parts, one after the other.
    pub fn join(parts: Vec<Target>) -> Result<Target> {
        let mut parts = parts.into_iter();
        let mut whole = parts.next().unwrap_or(Target::Absent);
        for part in parts {
            whole = match (whole, part) {
                (Target::Float(a), Target::Float(b)) => {
                    Target::Float(a.into_iter().chain(b).collect())
                }
                (Target::Int(a), Target::Int(b)) => Target::Int(a.into_iter().chain(b).collect()),
                (Target::Bool(a), Target::Bool(b)) => {
                    Target::Bool(a.into_iter().chain(b).collect())
                }
                (Target::Text(a), Target::Text(b)) => {
                    Target::Text(a.into_iter().chain(b).collect())
                }
                _ => return Err(value_error("predictions of different kinds")),
            };
        }
        Ok(whole)
    }

    /// The column as numbers. Raises for text.
    pub fn floats(&self) -> Result<Array1<f64>> {
        match self {
            Target::Float(values) => Ok(values.clone()),
            Target::Int(values) => Ok(values.mapv(|value| value as f64)),
            Target::Bool(values) => Ok(values.mapv(|value| f64::from(u8::from(value)))),
            Target::Text(values) => Err(value_error(format!(
                "could not convert string to float: '{}'",
                values.first().map_or("", String::as_str)
            ))),
            Target::Table(values) if values.ncols() == 1 => Ok(values.column(0).to_owned()),
            Target::Table(values) => Err(value_error(format!(
                "y should be a 1d array, got an array of shape ({}, {}) instead.",
                values.nrows(),
                values.ncols()
            ))),
            Target::Absent => Err(value_error(
                "requires y to be passed, but the target y is None",
            )),
        }
    }

    /// The columns as a table of numbers (one column for a plain target).
    pub fn table(&self) -> Result<Array2<f64>> {
        match self {
            Target::Table(values) => Ok(values.clone()),
            other => Ok(other.floats()?.insert_axis(Axis(1))),
        }
    }

    /// The distinct values in order, and for each entry the position of its value among them.
    pub fn encode(&self) -> Result<(Target, Vec<usize>)> {
        fn codes<T: Clone>(
            values: &[T],
            order: impl Fn(&T, &T) -> Ordering,
        ) -> (Vec<T>, Vec<usize>) {
            let mut classes = values.to_vec();
            classes.sort_by(&order);
            classes.dedup_by(|a, b| order(a, b) == Ordering::Equal);
            let found = values
                .iter()
                .map(|value| classes.partition_point(|class| order(class, value) == Ordering::Less))
                .collect();
            (classes, found)
        }
        match self {
            Target::Float(values) => {
                let (classes, found) = codes(&values.to_vec(), compare);
                Ok((Target::Float(classes.into()), found))
            }
            Target::Int(values) => {
                let (classes, found) = codes(&values.to_vec(), Ord::cmp);
                Ok((Target::Int(classes.into()), found))
            }
            Target::Bool(values) => {
                let (classes, found) = codes(&values.to_vec(), Ord::cmp);
                Ok((Target::Bool(classes.into()), found))
            }
            Target::Text(values) => {
                let (classes, found) = codes(&values.to_vec(), Ord::cmp);
                Ok((Target::Text(classes.into()), found))
            }
            Target::Table(values) if values.ncols() == 1 => {
                Target::Float(values.column(0).to_owned()).encode()
            }
            Target::Table(_) => Err(value_error(
                "Multioutput target data is not supported with label binarization",
            )),
            Target::Absent => Err(value_error(
                "requires y to be passed, but the target y is None",
            )),
        }
    }

    /// The position of each entry among known classes.
    pub fn codes_in(&self, classes: &Target) -> Result<Vec<usize>> {
        let (own, codes) = self.encode()?;
        let known = classes.entries();
        let mut places = Vec::new();
        for entry in own.entries() {
            let place = known.iter().position(|each| *each == entry);
            places.push(place.ok_or_else(|| {
                value_error(format!(
                    "y contains a label that is not among the classes: {entry:?}"
                ))
            })?);
        }
        Ok(codes.into_iter().map(|code| places[code]).collect())
    }

    /// Each entry alone.
    pub fn entries(&self) -> Vec<Target> {
        (0..self.length().unwrap_or(0))
            .map(|at| self.take(&[at]))
            .collect()
    }

    /// As `encode`, after checking that these are classes and not measurements.
    pub fn classes(&self) -> Result<(Target, Vec<usize>)> {
        if let Target::Float(values) = self
            && values.iter().any(|value| *value != value.trunc())
        {
            return Err(value_error(
                "Unknown label type: continuous. Maybe you are trying to fit a classifier, which expects discrete classes on a \
                 regression target with continuous values.",
            ));
        }
        self.encode()
    }
}

/// What the program holds, from the common form. The catalog chose the type, so a mismatch is an error of Batuta's, told aloud.
pub fn typed<L: Labels>(target: Target) -> Result<L> {
    let kind = match &target {
        Target::Absent => "nothing",
        Target::Float(_) => "floats",
        Target::Int(_) => "integers",
        Target::Bool(_) => "booleans",
        Target::Text(_) => "text",
        Target::Table(_) => "a table of floats",
    };
    L::from_target(target).ok_or_else(|| {
        super::errors::Exception::new(
            "TypeError",
            format!("the labels are {kind}, which the program's types do not expect"),
        )
    })
}

/// The numbers of a list or array.
pub fn numbers<L: Labels>(values: &L) -> Vec<f64> {
    super::errors::unwrap(values.to_target().floats()).to_vec()
}

/// A list of columns of one kind that a program holds.
pub trait LabelLists: Sized {
    /// From the common form.
    fn of(targets: Vec<Target>) -> Result<Self>;
}

impl<L: Labels> LabelLists for Vec<L> {
    fn of(targets: Vec<Target>) -> Result<Self> {
        targets.into_iter().map(typed).collect()
    }
}

impl<L: LabelLists> LabelLists for Shared<L> {
    fn of(targets: Vec<Target>) -> Result<Self> {
        L::of(targets).map(Shared::new)
    }
}
