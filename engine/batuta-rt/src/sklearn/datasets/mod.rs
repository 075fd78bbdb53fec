//! Data sets: the small real ones, and made ones on NumPy's stream.

mod labels;
mod made;
mod shapes;
#[cfg(feature = "data")]
mod tables;

pub use labels::*;
pub use made::*;
pub use shapes::*;
#[cfg(feature = "data")]
pub use tables::*;
