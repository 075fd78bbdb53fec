//! `bool(value)`: what counts as true.

use std::rc::Rc;

use super::deque::Deque;
use super::dict::Dict;
use super::range::Range;
use super::set::Set;
use super::shared::Shared;

/// A value that can be tested for truth.
pub trait Truth {
    /// `bool(value)`.
    fn truth(&self) -> bool;
}

impl Truth for bool {
    fn truth(&self) -> bool {
        *self
    }
}

macro_rules! numbers {
    ($($type:ty: $zero:literal;)*) => {$(
        impl Truth for $type {
            fn truth(&self) -> bool {
                *self != $zero
            }
        }
    )*};
}
// What NumPy's narrow numbers are in Rust.
numbers! { i32: 0; i16: 0; i8: 0; u8: 0; u16: 0; u32: 0; u64: 0; f32: 0.0; }

impl Truth for i64 {
    fn truth(&self) -> bool {
        *self != 0
    }
}

impl Truth for f64 {
    fn truth(&self) -> bool {
        *self != 0.0
    }
}

impl Truth for super::num::Num {
    fn truth(&self) -> bool {
        (*self).truth()
    }
}

#[cfg(feature = "bigint")]
impl Truth for super::bigint::BigInt {
    fn truth(&self) -> bool {
        self.truth()
    }
}

impl Truth for super::errors::Exception {
    fn truth(&self) -> bool {
        true
    }
}

impl Truth for str {
    fn truth(&self) -> bool {
        !self.is_empty()
    }
}

impl Truth for String {
    fn truth(&self) -> bool {
        !self.is_empty()
    }
}

impl Truth for () {
    fn truth(&self) -> bool {
        false
    }
}

impl<T: Truth> Truth for Option<T> {
    fn truth(&self) -> bool {
        self.as_ref().is_some_and(Truth::truth)
    }
}

impl<T: Truth + ?Sized> Truth for &T {
    fn truth(&self) -> bool {
        (**self).truth()
    }
}

impl<T: Truth + ?Sized> Truth for Rc<T> {
    fn truth(&self) -> bool {
        (**self).truth()
    }
}

impl<C: Truth> Truth for Shared<C> {
    fn truth(&self) -> bool {
        self.with(C::truth)
    }
}

impl<T> Truth for Vec<T> {
    fn truth(&self) -> bool {
        !self.is_empty()
    }
}

impl<T> Truth for Deque<T> {
    fn truth(&self) -> bool {
        !self.is_empty()
    }
}

impl<T> Truth for Set<T> {
    fn truth(&self) -> bool {
        !self.is_empty()
    }
}

impl<K, V> Truth for Dict<K, V> {
    fn truth(&self) -> bool {
        !self.is_empty()
    }
}

impl Truth for Range {
    fn truth(&self) -> bool {
        self.length() > 0
    }
}

macro_rules! tuples {
    ($(($($letter:ident),+))*) => {$(
        impl<$($letter),+> Truth for ($($letter,)+) {
            fn truth(&self) -> bool {
                true
            }
        }
    )*};
}
tuples!((A)(A, B)(A, B, C)(A, B, C, D)(A, B, C, D, E)(
    A, B, C, D, E, F
));

/// `bool(value)`.
pub fn truth<T: Truth + ?Sized>(value: &T) -> bool {
    value.truth()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_and_zero_are_false() {
        assert!(
            !truth("")
                && !truth(&0.0)
                && !truth(&Some(0))
                && !truth(&None::<i64>)
                && !truth(&Vec::<i64>::new())
        );
        assert!(
            truth(" ") && truth(&f64::NAN) && truth(&Some(1)) && truth(&(0,)) && truth(&vec![0])
        );
    }
}
