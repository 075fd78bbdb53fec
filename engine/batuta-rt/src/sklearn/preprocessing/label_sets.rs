//! `MultiLabelBinarizer`: which labels each row has, as a table of zeros and ones.

use crate::py::Text;
use crate::sklearn::errors::{Result, not_fitted, throwing, value_error, warn};
use crate::sklearn::target::{LabelSets, Labels, Target, typed};
use ndarray::Array2;
use std::cell::RefCell;
use std::rc::Rc;

/// A table with a column for each label.
#[derive(Clone, Default)]
pub struct MultiLabelBinarizer(Rc<State>);

#[derive(Default)]
struct State {
    given: Option<Target>,
    known: RefCell<Option<Target>>,
}

impl PartialEq for MultiLabelBinarizer {
    /// As Python compares what has no `__eq__`: whether they are one object.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Text for MultiLabelBinarizer {
    fn repr_text(&self) -> String {
        "MultiLabelBinarizer()".to_string()
    }
}

impl MultiLabelBinarizer {
    /// One that learns its labels.
    pub fn new() -> Self {
        Self::default()
    }

    /// One whose labels are given, in this order.
    pub fn of<L: Labels>(classes: &L) -> Self {
        MultiLabelBinarizer(Rc::new(State {
            given: Some(classes.to_target()),
            known: RefCell::default(),
        }))
    }

    fn known(&self) -> Result<Target> {
        let known = self.0.known.borrow().clone();
        known.ok_or_else(|| not_fitted("MultiLabelBinarizer"))
    }

    /// `fit(y)`.
    pub fn try_fit<S: LabelSets>(&self, y: &S) -> Result<Self> {
        let classes = match &self.0.given {
            Some(given) => given.clone(),
            None => {
                let filled = y.sets().into_iter().filter(|each| each.length() != Some(0));
                Target::join(filled.collect())?.encode()?.0
            }
        };
        *self.0.known.borrow_mut() = Some(classes);
        Ok(self.clone())
    }

    /// `transform(y)`.
    pub fn try_transform<S: LabelSets>(&self, y: &S) -> Result<Array2<i64>> {
        let known = self.known()?.entries();
        let rows = y.sets();
        let mut table = Array2::zeros((rows.len(), known.len()));
        let mut unknown: Vec<String> = Vec::new();
        for (row, labels) in rows.iter().enumerate() {
            for label in labels.entries() {
                match known.iter().position(|each| *each == label) {
                    Some(column) => table[(row, column)] = 1,
                    None => unknown.push(match &label {
                        Target::Text(text) => text[0].repr_text(),
                        Target::Int(number) => number[0].to_string(),
                        _ => return Err(value_error("labels of another type")),
                    }),
                }
            }
        }
        if !unknown.is_empty() {
            unknown.sort();
            unknown.dedup();
            let listed = unknown.join(", ");
            warn(
                "UserWarning",
                &format!("unknown class(es) [{listed}] will be ignored"),
            );
        }
        Ok(table)
    }

    /// `fit_transform(y)`.
    pub fn try_fit_transform<S: LabelSets>(&self, y: &S) -> Result<Array2<i64>> {
        self.try_fit(y)?.try_transform(y)
    }

    /// `inverse_transform(table)`: the labels of each row.
    pub fn try_inverse_transform<L: Labels>(&self, table: &Array2<f64>) -> Result<Vec<L>> {
        let known = self.known()?;
        let count = known.length().unwrap_or(0);
        if table.ncols() != count {
            return Err(value_error(format!(
                "Expected indicator for {count} classes, but got {}",
                table.ncols()
            )));
        }
        if table.iter().any(|value| *value != 0.0 && *value != 1.0) {
            return Err(value_error("Expected only 0s and 1s in label indicator."));
        }
        let rows = table.rows().into_iter();
        rows.map(|row| {
            let chosen: Vec<usize> = (0..count).filter(|&at| row[at] == 1.0).collect();
            typed(known.take(&chosen))
        })
        .collect()
    }

    /// `classes_`.
    pub fn try_classes_<L: Labels>(&self) -> Result<L> {
        typed(self.known()?)
    }

    throwing! {
        /// See `try_fit`.
        fit = try_fit<S: LabelSets>(&self, y: &S) -> Self;
        /// See `try_transform`.
        transform = try_transform<S: LabelSets>(&self, y: &S) -> Array2<i64>;
        /// See `try_fit_transform`.
        fit_transform = try_fit_transform<S: LabelSets>(&self, y: &S) -> Array2<i64>;
        /// See `try_inverse_transform`.
        inverse_transform = try_inverse_transform<L: Labels>(&self, table: &Array2<f64>) -> Vec<L>;
        /// See `try_classes_`.
        classes_ = try_classes_<L: Labels>(&self) -> L;
    }
}
