//! Python's semantics: text forms, exceptions, numbers, containers.

mod arithmetic;
pub use arithmetic::*;
mod call_items;
pub use call_items::*;
mod bindings;
pub use bindings::*;
#[cfg(feature = "bigint")]
mod bigint;
#[cfg(feature = "bigint")]
pub use bigint::*;
mod characters;
mod complex;
pub use complex::*;
mod errors;
pub use errors::*;
mod exception_classes;
mod flow;
pub use flow::*;
mod format;
pub use format::*;
pub mod logging;
pub mod math;
mod num;
pub use num::*;
mod number_texts;
pub use number_texts::*;
mod output;
pub use output::*;
mod program;
pub use program::*;
mod rounding;
pub use rounding::*;
mod shared;
pub use shared::*;
mod strings;
pub use strings::*;
mod text;
pub use text::*;
mod unicode_tables;
mod value;
pub use value::*;

pub mod datetime;
mod dict;
mod dict_kinds;
pub use dict::*;
pub use dict_kinds::*;
mod failures;
pub use failures::*;
mod key;
pub use key::*;
mod list;
pub use list::*;
mod set;
pub use set::*;
mod set_table;
mod shared_dict;
pub(crate) mod slices;
mod sorting;
pub use sorting::*;
mod deep_copy;
pub use deep_copy::*;
mod deque;
pub use deque::*;
mod function_names;
pub use function_names::*;
mod coroutine;
pub use coroutine::*;
mod generator;
pub use generator::*;
mod iterate;
pub use iterate::*;
pub mod argparse;
pub mod base64;
pub mod bisect;
mod bytes;
pub use bytes::*;
pub mod csv;
mod files;
pub use files::*;
#[cfg(feature = "asyncio")]
pub mod asyncio;
#[cfg(feature = "bigint")]
pub mod decimal;
#[cfg(feature = "bigint")]
pub mod fractions;
pub mod hashlib;
pub mod heapq;
pub mod itertools;
pub mod json;
pub mod os_path;
pub mod pathlib;
pub mod pprint;
pub mod random;
mod range;
#[cfg(feature = "regex")]
pub mod re;
#[cfg(feature = "bigint")]
pub mod statistics;
pub mod structs;
pub mod template;
pub mod textwrap;
pub mod time;
pub use range::*;
mod truth;
pub use truth::*;

mod classes;
pub use classes::*;

pub use crate::{
    batuta_among_values as among_values, batuta_attempt as attempt,
    batuta_by_identity as by_identity, batuta_enum_keys as enum_keys,
    batuta_enum_members as enum_members, batuta_eprint as eprint, batuta_ewrite as ewrite,
    batuta_getter as getter, batuta_items as items, batuta_not_ordered as not_ordered,
    batuta_print as print, batuta_print_to as print_to, batuta_setter as setter,
    batuta_shown_by_address as shown_by_address, batuta_slot_getter as slot_getter,
    batuta_slot_setter as slot_setter, batuta_try_slot_getter as try_slot_getter,
    batuta_write as write, batuta_write_to as write_to,
};
