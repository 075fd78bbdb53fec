//! The operators of integers of any size, also with an `i64` on one side.

use std::ops::{
    Add, AddAssign, BitAnd, BitAndAssign, BitOr, BitOrAssign, BitXor, BitXorAssign, Mul, MulAssign,
    Neg, Not, Sub, SubAssign,
};

use num_bigint::BigInt as Large;
use num_traits::{Signed, ToPrimitive, Zero};

use crate::py::arithmetic::{Number, TrueDivision, zero_division};
use crate::py::errors::Exception;
use crate::py::math::Product;

use super::BigInt;

macro_rules! operators {
    ($($trait:ident $method:ident $assign:ident $assign_method:ident $small:expr;)*) => {
        $(
            impl<T: Into<BigInt>> $trait<T> for BigInt {
                type Output = BigInt;

                #[inline]
                fn $method(self, other: T) -> BigInt {
                    let other = other.into();
                    if let (BigInt::Small(a), BigInt::Small(b)) = (&self, &other) {
                        let small: fn(i64, i64) -> Option<i64> = $small;
                        if let Some(value) = small(*a, *b) {
                            return BigInt::Small(value);
                        }
                    }
                    BigInt::normal($trait::$method(self.large(), other.large()))
                }
            }

            impl $trait<BigInt> for i64 {
                type Output = BigInt;

                #[inline]
                fn $method(self, other: BigInt) -> BigInt {
                    $trait::$method(BigInt::Small(self), other)
                }
            }

            impl<T: Into<BigInt>> $assign<T> for BigInt {
                #[inline]
                fn $assign_method(&mut self, other: T) {
                    *self = $trait::$method(std::mem::take(self), other);
                }
            }
        )*
    };
}
operators! {
    Add add AddAssign add_assign i64::checked_add;
    Sub sub SubAssign sub_assign i64::checked_sub;
    Mul mul MulAssign mul_assign i64::checked_mul;
    BitAnd bitand BitAndAssign bitand_assign |a, b| Some(a & b);
    BitOr bitor BitOrAssign bitor_assign |a, b| Some(a | b);
    BitXor bitxor BitXorAssign bitxor_assign |a, b| Some(a ^ b);
}

impl Neg for BigInt {
    type Output = BigInt;

    fn neg(self) -> BigInt {
        BigInt::normal(-self.large())
    }
}

impl Not for BigInt {
    type Output = BigInt;

    fn not(self) -> BigInt {
        BigInt::normal(-self.large() - 1)
    }
}

/// Quotient and remainder rounded towards minus infinity, for a divisor that is not zero.
fn floored(a: &BigInt, b: &BigInt) -> (BigInt, BigInt) {
    if let (BigInt::Small(a), BigInt::Small(b)) = (a, b)
        && *b != -1
        && let Ok((quotient, rest)) = a.try_divmod(*b)
    {
        return (BigInt::Small(quotient), BigInt::Small(rest));
    }
    let (a, b) = (a.large(), b.large());
    let (quotient, rest) = (&a / &b, &a % &b);
    if !rest.is_zero() && rest.is_negative() != b.is_negative() {
        return (BigInt::normal(quotient - 1), BigInt::normal(rest + b));
    }
    (BigInt::normal(quotient), BigInt::normal(rest))
}

impl Number for BigInt {
    fn try_floor_div(self, other: BigInt) -> Result<BigInt, Exception> {
        if !other.truth() {
            return Err(zero_division("integer division or modulo by zero"));
        }
        Ok(floored(&self, &other).0)
    }

    fn try_modulo(self, other: BigInt) -> Result<BigInt, Exception> {
        if !other.truth() {
            return Err(zero_division("integer modulo by zero"));
        }
        Ok(floored(&self, &other).1)
    }

    fn try_divmod(self, other: BigInt) -> Result<(BigInt, BigInt), Exception> {
        if !other.truth() {
            return Err(zero_division("integer division or modulo by zero"));
        }
        Ok(floored(&self, &other))
    }

    fn absolute(self) -> BigInt {
        if self < 0 { -self } else { self }
    }
}

impl TrueDivision for BigInt {
    fn try_true_div(self, other: BigInt) -> Result<f64, Exception> {
        if let (BigInt::Small(a), BigInt::Small(b)) = (&self, &other) {
            return a.try_true_div(*b);
        }
        if !other.truth() {
            return Err(zero_division("division by zero"));
        }
        let (a, b) = (self.large(), other.large());
        if a.is_zero() {
            return Ok(if b.is_negative() { -0.0 } else { 0.0 });
        }
        // A quotient of 65 bits or more, the last one set if anything follows, is rounded once by the conversion.
        let shift = b.bits() as i64 - a.bits() as i64 + 66;
        let (above, below) = if shift >= 0 {
            (a.abs() << shift, b.abs())
        } else {
            (a.abs(), b.abs() << -shift)
        };
        let mut quotient = &above / &below;
        if !(&above % &below).is_zero() {
            quotient |= Large::from(1);
        }
        let quotient = quotient.to_u128().unwrap_or(u128::MAX);
        let magnitude = crate::py::math::scaled(quotient as f64, -shift);
        if magnitude.is_infinite() {
            return Err(Exception::new(
                "OverflowError",
                "integer division result too large for a float",
            ));
        }
        Ok(if a.is_negative() != b.is_negative() {
            -magnitude
        } else {
            magnitude
        })
    }
}

impl Product for BigInt {
    fn times(self, other: BigInt) -> BigInt {
        self * other
    }
}

impl std::iter::Sum for BigInt {
    fn sum<I: Iterator<Item = BigInt>>(numbers: I) -> BigInt {
        numbers.fold(BigInt::Small(0), |total, each| total + each)
    }
}
