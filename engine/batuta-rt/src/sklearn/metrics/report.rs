//! `classification_report`, to the character.

use super::classification::{Average, averaged, by_class, show_class, together};
use crate::py::{Dict, Exception};
use crate::sklearn::errors::{Result, throwing, throwing_functions, value_error};
use crate::sklearn::target::{Labels, Target};

/// What stands for each class in a report: the names that were given, or the classes as they show themselves.
fn shown_names(names: Option<Vec<String>>, classes: &Target) -> Result<Vec<String>> {
    let count = classes.length().unwrap_or(0);
    match names {
        Some(names) if names.len() != count => Err(value_error(format!(
            "Number of classes, {count}, does not match size of target_names, {}. Try specifying the labels parameter",
            names.len()
        ))),
        Some(names) => Ok(names),
        None => Ok((0..count).map(|at| show_class(classes, at)).collect()),
    }
}

/// The report as text. `names` are shown in place of the classes.
pub fn try_classification_report<A: Labels, B: Labels>(
    truth: &A,
    predicted: &B,
    names: Option<Vec<String>>,
    digits: i64,
    instead: Option<f64>,
) -> Result<String> {
    let (classes, own, its) = together(&truth.to_target(), &predicted.to_target())?;
    let names = shown_names(names, &classes)?;
    let count = names.len();
    let places = digits.max(0) as usize;
    let widest = names
        .iter()
        .map(|name| name.chars().count())
        .max()
        .unwrap_or(0);
    let width = widest.max("weighted avg".len()).max(places);
    let mut text = format!(
        "{:>width$}  {:>9} {:>9} {:>9} {:>9}\n\n",
        "", "precision", "recall", "f1-score", "support"
    );
    let line = |name: &str, row: (f64, f64, f64), support: f64| {
        format!(
            "{name:>width$}  {:>9.places$} {:>9.places$} {:>9.places$} {:>9}\n",
            row.0, row.1, row.2, support as i64
        )
    };
    for (name, row) in names.iter().zip(by_class(count, &own, &its, instead)) {
        text += &line(name, (row.0, row.1, row.2), row.3);
    }
    text.push('\n');
    let total = own.len() as f64;
    let quiet = Some(instead.unwrap_or(0.0));
    let micro = averaged(count, &own, &its, Average::Micro, quiet);
    text += &format!(
        "{:>width$}  {:>9} {:>9} {:>9.places$} {:>9}\n",
        "accuracy", "", "", micro.2, total as i64
    );
    text += &line(
        "macro avg",
        averaged(count, &own, &its, Average::Macro, quiet),
        total,
    );
    text += &line(
        "weighted avg",
        averaged(count, &own, &its, Average::Weighted, quiet),
        total,
    );
    Ok(text)
}

/// `classification_report(output_dict=True)`: the numbers behind the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    rows: Vec<(String, [f64; 4])>,
    accuracy: f64,
}

impl Report {
    /// `report["accuracy"]`.
    pub fn accuracy(&self) -> f64 {
        self.accuracy
    }

    /// The numbers of one class or average.
    pub fn try_row(&self, name: &str) -> Result<Dict<String, f64>> {
        let found = self.rows.iter().find(|(own, _)| own == name);
        let (_, row) = found.ok_or_else(|| Exception::new("KeyError", format!("'{name}'")))?;
        let names = ["precision", "recall", "f1-score", "support"];
        Ok(names.into_iter().map(str::to_string).zip(*row).collect())
    }

    throwing! {
        /// See `try_row`.
        row = try_row(&self, name: &str) -> Dict<String, f64>;
    }
}

/// The numbers of a report. `names` stand in place of the classes.
pub fn try_classification_numbers<A: Labels, B: Labels>(
    truth: &A,
    predicted: &B,
    names: Option<Vec<String>>,
    instead: Option<f64>,
) -> Result<Report> {
    let (classes, own, its) = together(&truth.to_target(), &predicted.to_target())?;
    let names = shown_names(names, &classes)?;
    let count = names.len();
    let mut rows: Vec<(String, [f64; 4])> = names
        .into_iter()
        .zip(by_class(count, &own, &its, instead))
        .map(|(name, row)| (name, [row.0, row.1, row.2, row.3]))
        .collect();
    let total = own.len() as f64;
    let quiet = Some(instead.unwrap_or(0.0));
    let accuracy = averaged(count, &own, &its, Average::Micro, quiet).2;
    for (name, kind) in [
        ("macro avg", Average::Macro),
        ("weighted avg", Average::Weighted),
    ] {
        let row = averaged(count, &own, &its, kind, quiet);
        rows.push((name.to_string(), [row.0, row.1, row.2, total]));
    }
    Ok(Report { rows, accuracy })
}

throwing_functions! {
    /// See `try_classification_numbers`.
    classification_numbers = try_classification_numbers<A: Labels, B: Labels>(truth: &A, predicted: &B, names: Option<Vec<String>>, instead: Option<f64>) -> Report;
    /// See `try_classification_report`.
    classification_report = try_classification_report<A: Labels, B: Labels>(truth: &A, predicted: &B, names: Option<Vec<String>>, digits: i64, instead: Option<f64>) -> String;
}

/// The names that `target_names=` gives: a list or an array of text.
pub fn names(given: &impl Names) -> Vec<String> {
    given.names()
}

/// A list or array of text.
pub trait Names {
    /// Its items.
    fn names(&self) -> Vec<String>;
}

impl Names for Vec<String> {
    fn names(&self) -> Vec<String> {
        self.clone()
    }
}

impl Names for crate::py::Shared<Vec<String>> {
    fn names(&self) -> Vec<String> {
        self.content()
    }
}

impl Names for ndarray::Array1<String> {
    fn names(&self) -> Vec<String> {
        self.to_vec()
    }
}
