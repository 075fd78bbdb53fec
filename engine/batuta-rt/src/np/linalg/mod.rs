//! `numpy.linalg` on `f64`, with LAPACK's sign conventions.

mod blas_order;
mod decompositions;
mod eigen;
mod products;
mod singular;
mod solving;

pub use decompositions::*;
pub use eigen::*;
pub use products::*;
pub use singular::*;
pub use solving::*;
