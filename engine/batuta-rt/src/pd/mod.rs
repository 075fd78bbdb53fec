//! pandas' tables: columns of one type each, with an index, printed as pandas prints them.
//!
//! A table is a value: pandas 3 copies on write, so that no two tables share what one of them changes.

mod column;
mod cutting;
#[cfg(feature = "data")]
mod data_sets;
mod describe;
mod frame;
mod group;
mod joining;
#[cfg(feature = "ml")]
mod learning;
mod pivots;
mod places;
mod print;
mod rows;
mod series;
mod shaping;
mod values;
mod windows;

pub use column::{AsColumn, Column, Held, column};
pub use cutting::{Bins, Names as IntervalNames, equal_parts};
#[cfg(feature = "data")]
pub use data_sets::DataSet;
pub use frame::DataFrame;
pub use group::{FrameGroups, SeriesGroups};
pub use pivots::crosstab;
pub use places::OfCell;
pub use print::{Dtypes, Labels};
pub use rows::{Row, Texts};
pub use series::{Operand, Series};
pub use shaping::{
    Cells, Frames, Labelled, NamedColumns, NamedRows, Names, Part, RowLabels, RowOf, Rows, beside,
    frame_of, get_dummies, masked, series_dummies, stacked, stacked_all, with_labels,
};
pub use values::Pairs;
pub use windows::Rolling;
