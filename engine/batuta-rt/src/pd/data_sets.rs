//! scikit-learn's data sets as tables: `load_wine(as_frame=True)`.

use super::column::AsColumn;
use super::frame::DataFrame;
use super::series::Series;
use crate::sklearn::datasets::Bunch;
use ndarray::Array1;

/// A data set with its table, its target and both together.
#[derive(Clone, Debug)]
pub struct DataSet {
    data: DataFrame,
    target: Series,
    target_names: Array1<String>,
}

impl DataSet {
    /// The data set as tables.
    pub fn of<T>(bunch: Bunch<T>) -> DataSet
    where
        Array1<T>: AsColumn,
    {
        let rows = bunch.data.nrows();
        DataSet {
            data: DataFrame::of_cells(&bunch.data, rows, &bunch.feature_names),
            target: Series::new(&bunch.target, Some("target".to_string())),
            target_names: bunch.target_names,
        }
    }

    /// `data`.
    pub fn data(&self) -> DataFrame {
        self.data.clone()
    }

    /// `target`.
    pub fn target(&self) -> Series {
        self.target.clone()
    }

    /// `frame`: the data and the target.
    pub fn frame(&self) -> DataFrame {
        self.data.assigned("target", &self.target)
    }

    /// `feature_names`.
    pub fn feature_names(&self) -> Vec<String> {
        self.data.name_list()
    }

    /// `target_names`.
    pub fn target_names(&self) -> Array1<String> {
        self.target_names.clone()
    }

    /// What `return_X_y=True` gives.
    pub fn into_pair(self) -> (DataFrame, Series) {
        (self.data, self.target)
    }
}
