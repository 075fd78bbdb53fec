//! Tables and columns as scikit-learn takes them.

use std::rc::Rc;

use super::column::Column;
use super::frame::DataFrame;
use super::series::Series;
use crate::sklearn::model_selection::SplitRows;
use crate::sklearn::table::{Feature, Holds, Table, of_text};
use ndarray::{Array1, Array2};

fn holds(column: &Column) -> Holds {
    match column {
        Column::Int(_) => Holds::Ints,
        Column::Float(_) => Holds::Floats,
        Column::Bool(_) => Holds::Truths,
        Column::Category(held) => holds(&held.labels),
        _ => Holds::Texts,
    }
}

impl DataFrame {
    /// The rows with the names of their columns; a text is a float that carries it.
    pub fn table(&self) -> Table {
        let columns: Vec<Vec<f64>> = self
            .columns
            .iter()
            .map(|(_, column)| match column {
                Column::Str(values) => values
                    .iter()
                    .map(|value| value.as_deref().map_or(f64::NAN, of_text))
                    .collect(),
                Column::Category(_) => crate::py::unsupported("categories as the input of a model"),
                numbers => numbers.floats().unwrap_or_default(),
            })
            .collect();
        let rows = Array2::from_shape_fn((self.rows(), columns.len()), |(i, j)| columns[j][i]);
        let features = self.columns.iter().map(|(name, column)| Feature {
            name: name.clone(),
            holds: holds(column),
        });
        Table::new(rows, Some(Rc::new(features.collect())))
    }
}

impl Series {
    /// The texts as an array.
    pub fn text_array(&self) -> Array1<String> {
        if self.values.missing().contains(&true) {
            crate::py::unsupported("an array of texts some of which are missing");
        }
        Array1::from(self.text_list())
    }
}

impl SplitRows for DataFrame {
    fn row_count(&self) -> usize {
        self.rows()
    }
    fn rows_at(&self, rows: &[usize]) -> Self {
        self.take(rows)
    }
}

impl SplitRows for Series {
    fn row_count(&self) -> usize {
        self.values.len()
    }
    fn rows_at(&self, rows: &[usize]) -> Self {
        self.take(rows)
    }
}
