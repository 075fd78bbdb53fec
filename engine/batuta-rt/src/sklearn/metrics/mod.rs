//! Metrics: what a prediction is worth.

mod classification;
mod clustering;
mod ranking;
mod regression;
mod report;

pub use classification::*;
pub use clustering::*;
pub(crate) use clustering::squared_distance;
pub use ranking::*;
pub use regression::*;
pub use report::*;
