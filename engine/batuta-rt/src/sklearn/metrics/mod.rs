//! Metrics: what a prediction is worth.

mod classification;
mod clustering;
mod ranking;
mod regression;
mod report;

pub use classification::*;
pub(crate) use clustering::squared_distance;
pub use clustering::*;
pub use ranking::*;
pub use regression::*;
pub use report::*;
