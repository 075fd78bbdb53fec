//! Text forms of integers of any size.

use std::fmt;

use num_bigint::BigUint;
use num_traits::Signed;

use crate::py::errors::{Exception, throw};
use crate::py::format::Integer;
use crate::py::text::Text;

use super::BigInt;

/// Python converts no more decimal digits than this between text and integers, unless it is told to.
pub(super) const MOST_DIGITS: usize = 4300;

/// The decimal digits of a magnitude; more than Python converts end the program with its ValueError.
fn decimal(magnitude: &BigUint) -> String {
    let digits = magnitude.to_string();
    if digits.len() > MOST_DIGITS {
        throw(Exception::new(
            "ValueError",
            "Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit",
        ));
    }
    digits
}

impl Text for BigInt {
    fn repr_text(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for BigInt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BigInt::Small(value) => fmt::Display::fmt(value, f),
            BigInt::Big(value) => {
                f.pad_integral(!value.is_negative(), "", &decimal(value.magnitude()))
            }
        }
    }
}

impl fmt::Debug for BigInt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Integer for BigInt {
    fn negative(&self) -> bool {
        *self < 0
    }

    fn digits(&self, base: u32) -> String {
        let large = self.large();
        if base == 10 {
            decimal(large.magnitude())
        } else {
            large.magnitude().to_str_radix(base)
        }
    }

    fn nearest_float(&self) -> Result<f64, Exception> {
        self.try_to_f64()
    }
}
