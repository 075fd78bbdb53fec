//! pandas' tables: columns of one type each, with an index, printed as pandas prints them.
//!
//! A table is a value: pandas 3 copies on write, so that no two tables share what one of them changes.

mod column;
mod describe;
mod frame;
mod group;
mod print;
mod rows;
mod series;

pub use column::{AsColumn, Column, column};
pub use frame::DataFrame;
pub use group::{FrameGroups, SeriesGroups};
pub use print::{Dtypes, Labels};
pub use rows::{Row, Texts};
pub use series::{Operand, Series};
