//! Metrics: what a prediction is worth.

mod agreement;
mod by_label;
mod classification;
mod clustering;
mod curves;
mod deviances;
pub mod multilabel;
pub mod pairwise;
mod ranking;
mod regression;
mod report;

pub use agreement::*;
pub use by_label::*;
pub use classification::*;
pub(crate) use clustering::squared_distance;
pub use clustering::*;
pub use curves::*;
pub use deviances::*;
pub use ranking::*;
pub use regression::*;
pub use report::*;
