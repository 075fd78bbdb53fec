//! Text forms of integers of any size.

use std::fmt;

use num_traits::Signed;

use crate::py::errors::Exception;
use crate::py::format::Integer;
use crate::py::text::Text;

use super::BigInt;

impl Text for BigInt {
    fn repr_text(&self) -> String {
        match self {
            BigInt::Small(value) => value.to_string(),
            BigInt::Big(value) => value.to_string(),
        }
    }
}

impl fmt::Display for BigInt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BigInt::Small(value) => fmt::Display::fmt(value, f),
            BigInt::Big(value) => {
                f.pad_integral(!value.is_negative(), "", &value.magnitude().to_string())
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
        self.large().magnitude().to_str_radix(base)
    }

    fn nearest_float(&self) -> Result<f64, Exception> {
        self.try_to_f64()
    }
}
