//! Python's `math` module.

mod integers;
mod real;
mod summation;

pub use super::rounding::{ceil, floor, trunc, try_ceil, try_floor, try_trunc};
pub use integers::*;
pub use real::*;
pub use summation::*;
