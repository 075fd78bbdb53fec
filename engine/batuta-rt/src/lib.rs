//! What programs translated by Batuta need at run time.
//!
//! `py` holds Python's semantics (text forms, exceptions, integers, containers), `np` NumPy's numbers on `ndarray`, `pd` pandas' tables, `sklearn` the
//! faithful estimators, `aprender` and `trueno` the small adapters to the published crates. Each module that a program does not
//! use is left out when the crate is copied beside it.

pub mod py;

#[cfg(feature = "np")]
pub mod np;

#[cfg(feature = "pd")]
pub mod pd;

#[cfg(feature = "ml")]
pub mod sklearn;

#[cfg(feature = "aprender")]
pub mod aprender_adapters;

#[cfg(feature = "trueno")]
pub mod trueno_adapters;

#[cfg(feature = "count-allocations")]
mod allocations;

pub mod prelude;
