//! Python's semantics: text forms, exceptions, numbers, containers.

mod errors;
pub use errors::*;
mod output;
pub use output::*;
mod program;
pub use program::*;
mod shared;
pub use shared::*;
mod text;
pub use text::*;
mod unicode_tables;

pub use crate::{
    batuta_attempt as attempt, batuta_eprint as eprint, batuta_ewrite as ewrite,
    batuta_print as print, batuta_write as write,
};
