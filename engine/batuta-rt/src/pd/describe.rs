//! `describe`.

use super::column::Column;
use super::frame::DataFrame;
use super::series::{Index, Series};

pub(crate) const LINES: [&str; 8] = ["count", "mean", "std", "min", "25%", "50%", "75%", "max"];

pub(crate) fn lines(series: &Series) -> Vec<f64> {
    vec![
        series.count() as f64,
        series.mean(),
        series.std(1),
        series.quantile(0.0),
        series.quantile(0.25),
        series.quantile(0.5),
        series.quantile(0.75),
        series.quantile(1.0),
    ]
}

fn index() -> Index {
    Index::new(
        Column::Str(LINES.iter().map(|x| Some(x.to_string())).collect()),
        None,
    )
}

impl Series {
    /// `series.describe()` of numbers.
    pub fn describe(&self) -> Series {
        Series {
            values: Column::Float(lines(self)),
            index: index(),
            name: self.name.clone(),
        }
    }
}

impl DataFrame {
    /// `frame.describe()`: of the columns of ints and floats.
    pub fn describe(&self) -> DataFrame {
        let numbers = self
            .columns
            .iter()
            .filter(|(_, x)| matches!(x, Column::Int(_) | Column::Float(_)));
        let columns = numbers
            .map(|(name, _)| (name.clone(), Column::Float(lines(&self.series(name)))))
            .collect();
        DataFrame::of(columns, index())
    }
}
