//! What a translated program imports with one line: the traits whose methods stand for Python's own.

pub use crate::py::{self, ChangeList, Length, OrThrow, ReadList, ReadTuple};
pub use crate::py::{
    CaseMethods, KindMethods, PaddingMethods, PartMethods, SearchMethods, SplitMethods,
    TranslateMethods,
};
pub use crate::py::{Format, FunctionList, Text, UserException};

#[cfg(feature = "np")]
pub use crate::np::{self, Items, ItemsMut};

#[cfg(feature = "pd")]
pub use crate::pd;

#[cfg(feature = "ml")]
pub use crate::sklearn;
