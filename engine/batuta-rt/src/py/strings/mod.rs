//! The methods of `str`, counted in characters as Python counts them.
//!
//! What Rust's own `str` does in the same way (`to_uppercase`, `repeat`, `replace`, `starts_with`) is not repeated here. The names
//! of these methods differ from Rust's wherever Rust has one of that name with another meaning.

mod cases;
mod kinds;
mod padding;
mod parts;
mod search;
mod splitting;
mod translation;

pub use cases::*;
pub use kinds::*;
pub use padding::*;
pub use parts::*;
pub use search::*;
pub use splitting::*;
pub use translation::*;
