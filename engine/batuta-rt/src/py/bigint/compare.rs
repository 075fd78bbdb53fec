//! Comparison and hashing of integers of any size.

use std::cmp::Ordering;

use num_bigint::BigInt as Large;
use num_traits::{FromPrimitive, Signed, ToPrimitive};

use crate::py::key::{Key, hash_int};
use crate::py::num::compare_int_float;

use super::BigInt;

impl Ord for BigInt {
    fn cmp(&self, other: &BigInt) -> Ordering {
        match (self, other) {
            (BigInt::Small(a), BigInt::Small(b)) => a.cmp(b),
            _ => self.large().cmp(&other.large()),
        }
    }
}

impl PartialOrd for BigInt {
    fn partial_cmp(&self, other: &BigInt) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for BigInt {
    fn eq(&self, other: &BigInt) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for BigInt {}

impl PartialOrd<i64> for BigInt {
    fn partial_cmp(&self, other: &i64) -> Option<Ordering> {
        Some(self.cmp(&BigInt::Small(*other)))
    }
}

impl PartialEq<i64> for BigInt {
    fn eq(&self, other: &i64) -> bool {
        matches!(self, BigInt::Small(value) if value == other)
    }
}

impl PartialOrd<BigInt> for i64 {
    fn partial_cmp(&self, other: &BigInt) -> Option<Ordering> {
        Some(BigInt::Small(*self).cmp(other))
    }
}

impl PartialEq<BigInt> for i64 {
    fn eq(&self, other: &BigInt) -> bool {
        other == self
    }
}

impl PartialOrd<f64> for BigInt {
    fn partial_cmp(&self, other: &f64) -> Option<Ordering> {
        match self {
            BigInt::Small(value) => compare_int_float(*value, *other),
            BigInt::Big(value) if other.is_finite() => {
                let whole = Large::from_f64(other.trunc()).unwrap_or_default();
                Some(
                    (**value)
                        .cmp(&whole)
                        .then(0.0f64.partial_cmp(&other.fract())?),
                )
            }
            BigInt::Big(_) => 0.0.partial_cmp(other),
        }
    }
}

impl PartialEq<f64> for BigInt {
    fn eq(&self, other: &f64) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd<BigInt> for f64 {
    fn partial_cmp(&self, other: &BigInt) -> Option<Ordering> {
        other.partial_cmp(self).map(Ordering::reverse)
    }
}

impl PartialEq<BigInt> for f64 {
    fn eq(&self, other: &BigInt) -> bool {
        other == self
    }
}

impl Key for BigInt {
    fn hash_value(&self) -> i64 {
        match self {
            BigInt::Small(value) => hash_int(*value),
            BigInt::Big(value) => {
                // Python reduces by the prime 2^61 - 1; the rest keeps the sign.
                let rest = value.magnitude() % ((1u64 << 61) - 1);
                let rest = rest.to_i64().unwrap_or(0);
                hash_int(if value.is_negative() { -rest } else { rest })
            }
        }
    }

    fn same_key(&self, other: &BigInt) -> bool {
        self == other
    }
}
