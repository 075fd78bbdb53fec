//! Data sets: the small real ones, and made ones on NumPy's stream.

mod made;
#[cfg(feature = "data")]
mod tables;

pub use made::*;
#[cfg(feature = "data")]
pub use tables::*;
