//! NumPy's numbers on `ndarray`: the same results, the same text, the same random streams.
//!
//! Arrays are owned `ndarray::Array1/2/3`. Functions take references to any `ArrayBase`, or scalars where NumPy would broadcast
//! one. Axes, indices and counts are `i64`, as in Python.

pub mod complex;
pub mod creation;
pub mod element;
pub mod elementwise;
pub mod errors;
pub mod fft;
pub mod grids;
pub mod indexing;
pub mod insertion;
pub mod interop;
pub mod linalg;
pub mod operand;
pub mod polynomial;
pub mod printing;
pub(crate) mod quick_order;
pub mod random;
mod real_fft;
pub mod shape;
pub mod shared;
pub mod sorting;
pub mod statistics;
pub mod sums;
pub mod windows;

pub use complex::*;
pub use creation::*;
pub use element::*;
pub use elementwise::*;
pub use grids::*;
pub use indexing::*;
pub use insertion::*;
pub use interop::*;
pub use ndarray::array;
pub use operand::*;
pub use polynomial::*;
pub use printing::*;
pub use shape::*;
pub use shared::*;
pub use sorting::*;
pub use statistics::*;
pub use sums::*;
pub use windows::*;
