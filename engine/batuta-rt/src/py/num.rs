//! `Num`: a number that is an int or a float, known only at run time.

use std::cmp::Ordering;
use std::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign};

use super::arithmetic::{Number, TrueDivision, in_range, try_float_pow, try_pow};
use super::errors::Exception;
use super::math::Product;
use super::text::Text;

impl Default for Num {
    fn default() -> Num {
        Num::Int(0)
    }
}

/// An int or a float.
#[derive(Clone, Copy, Debug)]
pub enum Num {
    /// An int.
    Int(i64),
    /// A float.
    Float(f64),
}

impl Num {
    /// `float(self)`.
    #[inline]
    pub fn to_f64(self) -> f64 {
        match self {
            Num::Int(value) => value as f64,
            Num::Float(value) => value,
        }
    }

    /// `int(self)`.
    pub fn to_int(self) -> i64 {
        match self {
            Num::Int(value) => value,
            Num::Float(value) => super::rounding::trunc(value),
        }
    }

    /// `int(self)`; an exception for nan and infinities.
    pub fn try_to_int(self) -> Result<i64, Exception> {
        match self {
            Num::Int(value) => Ok(value),
            Num::Float(value) => super::rounding::try_trunc(value),
        }
    }

    /// `type(self).__name__`.
    pub fn type_name(self) -> &'static str {
        match self {
            Num::Int(_) => "int",
            Num::Float(_) => "float",
        }
    }

    /// `round(self, digits)`.
    pub fn round_to(self, digits: i64) -> Num {
        match self {
            Num::Int(value) => Num::Int(super::rounding::round_int_to(value, digits)),
            Num::Float(value) => Num::Float(super::rounding::round_to(value, digits)),
        }
    }

    /// The number as an index; a float is none.
    pub fn index(self) -> i64 {
        match self {
            Num::Int(value) => value,
            Num::Float(_) => super::errors::throw(super::failures::type_error(
                "list indices must be integers or slices, not float",
            )),
        }
    }

    /// Whether it is an int.
    pub fn is_int(self) -> bool {
        matches!(self, Num::Int(_))
    }

    /// `bool(self)`.
    pub fn truth(self) -> bool {
        self.to_f64() != 0.0
    }

    /// `self ** exponent`.
    pub fn try_power(self, exponent: Num) -> Result<Num, Exception> {
        match (self, exponent) {
            (Num::Int(base), Num::Int(exponent)) if exponent >= 0 => {
                try_pow(base, exponent).map(Num::Int)
            }
            _ => try_float_pow(self.to_f64(), exponent.to_f64()).map(Num::Float),
        }
    }

    /// `self ** exponent`.
    pub fn power(self, exponent: Num) -> Num {
        super::errors::OrThrow::or_throw(self.try_power(exponent))
    }
}

impl From<i64> for Num {
    fn from(value: i64) -> Num {
        Num::Int(value)
    }
}

impl From<f64> for Num {
    fn from(value: f64) -> Num {
        Num::Float(value)
    }
}

impl From<bool> for Num {
    fn from(value: bool) -> Num {
        Num::Int(i64::from(value))
    }
}

/// `a < b` and the like between an int and a float, exactly.
pub fn compare_int_float(a: i64, b: f64) -> Option<Ordering> {
    if b.is_nan() {
        return None;
    }
    if b >= 9_223_372_036_854_775_808.0 {
        return Some(Ordering::Less);
    }
    if b < -9_223_372_036_854_775_808.0 {
        return Some(Ordering::Greater);
    }
    let whole = b.trunc();
    Some(
        a.cmp(&(whole as i64))
            .then_with(|| 0.0.partial_cmp(&(b - whole)).unwrap_or(Ordering::Equal)),
    )
}

impl PartialOrd for Num {
    fn partial_cmp(&self, other: &Num) -> Option<Ordering> {
        match (*self, *other) {
            (Num::Int(a), Num::Int(b)) => Some(a.cmp(&b)),
            (Num::Float(a), Num::Float(b)) => a.partial_cmp(&b),
            (Num::Int(a), Num::Float(b)) => compare_int_float(a, b),
            (Num::Float(a), Num::Int(b)) => compare_int_float(b, a).map(Ordering::reverse),
        }
    }
}

impl PartialEq for Num {
    fn eq(&self, other: &Num) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

macro_rules! compared_with {
    ($($type:ty)*) => {
        $(
            impl PartialEq<$type> for Num {
                fn eq(&self, other: &$type) -> bool {
                    *self == Num::from(*other)
                }
            }

            impl PartialOrd<$type> for Num {
                fn partial_cmp(&self, other: &$type) -> Option<Ordering> {
                    self.partial_cmp(&Num::from(*other))
                }
            }

            impl PartialEq<Num> for $type {
                fn eq(&self, other: &Num) -> bool {
                    Num::from(*self) == *other
                }
            }

            impl PartialOrd<Num> for $type {
                fn partial_cmp(&self, other: &Num) -> Option<Ordering> {
                    Num::from(*self).partial_cmp(other)
                }
            }
        )*
    };
}
compared_with!(i64 f64);

/// Applies the integer or the float form of an operation.
fn combine(
    a: Num,
    b: Num,
    integers: fn(i64, i64) -> Option<i64>,
    floats: fn(f64, f64) -> f64,
) -> Num {
    match (a, b) {
        (Num::Int(a), Num::Int(b)) => Num::Int(in_range(integers(a, b))),
        _ => Num::Float(floats(a.to_f64(), b.to_f64())),
    }
}

macro_rules! operators {
    ($($trait:ident $method:ident $checked:ident $assign:ident $assign_method:ident;)*) => {
        $(
            impl<T: Into<Num>> $trait<T> for Num {
                type Output = Num;

                #[inline]
                fn $method(self, other: T) -> Num {
                    combine(self, other.into(), i64::$checked, f64::$method)
                }
            }

            impl<T: Into<Num>> $assign<T> for Num {
                #[inline]
                fn $assign_method(&mut self, other: T) {
                    *self = $trait::$method(*self, other);
                }
            }
        )*
    };
}
operators! {
    Add add checked_add AddAssign add_assign;
    Sub sub checked_sub SubAssign sub_assign;
    Mul mul checked_mul MulAssign mul_assign;
}

impl<T: Into<Num>> Div<T> for Num {
    type Output = f64;

    fn div(self, other: T) -> f64 {
        super::arithmetic::true_div(self, other.into())
    }
}

impl Neg for Num {
    type Output = Num;

    fn neg(self) -> Num {
        match self {
            Num::Int(value) => Num::Int(in_range(value.checked_neg())),
            Num::Float(value) => Num::Float(-value),
        }
    }
}

impl TrueDivision for Num {
    fn try_true_div(self, other: Num) -> Result<f64, Exception> {
        match (self, other) {
            (Num::Int(a), Num::Int(b)) => a.try_true_div(b),
            _ => self.to_f64().try_true_div(other.to_f64()),
        }
    }
}

impl Number for Num {
    fn try_floor_div(self, other: Num) -> Result<Num, Exception> {
        match (self, other) {
            (Num::Int(a), Num::Int(b)) => a.try_floor_div(b).map(Num::Int),
            _ => self.to_f64().try_floor_div(other.to_f64()).map(Num::Float),
        }
    }

    fn try_modulo(self, other: Num) -> Result<Num, Exception> {
        match (self, other) {
            (Num::Int(a), Num::Int(b)) => a.try_modulo(b).map(Num::Int),
            _ => self.to_f64().try_modulo(other.to_f64()).map(Num::Float),
        }
    }

    fn try_divmod(self, other: Num) -> Result<(Num, Num), Exception> {
        match (self, other) {
            (Num::Int(a), Num::Int(b)) => a.try_divmod(b).map(|(a, b)| (Num::Int(a), Num::Int(b))),
            _ => self
                .to_f64()
                .try_divmod(other.to_f64())
                .map(|(a, b)| (Num::Float(a), Num::Float(b))),
        }
    }

    fn absolute(self) -> Num {
        match self {
            Num::Int(value) => Num::Int(value.absolute()),
            Num::Float(value) => Num::Float(value.abs()),
        }
    }
}

impl super::key::Key for Num {
    fn hash_value(&self) -> i64 {
        match self {
            Num::Int(value) => value.hash_value(),
            Num::Float(value) => value.hash_value(),
        }
    }

    fn same_key(&self, other: &Num) -> bool {
        self == other
    }
}

impl Product for Num {
    fn times(self, other: Num) -> Num {
        self * other
    }
}

impl Text for Num {
    fn repr_text(&self) -> String {
        match self {
            Num::Int(value) => value.repr_text(),
            Num::Float(value) => value.repr_text(),
        }
    }

    fn held_value(&self) -> Option<super::value::Value> {
        Some((*self).into())
    }
}

crate::py::deep_copy::plain!(Num);

#[cfg(test)]
mod tests {
    use super::super::arithmetic::floor_div;
    use super::*;

    #[test]
    fn an_int_stays_an_int_until_a_float_comes() {
        let mut total = Num::Int(1);
        total += 2;
        assert_eq!(total.repr_text(), "3");
        total += 0.5;
        assert_eq!(total.repr_text(), "3.5");
        assert_eq!(
            (
                Num::Int(7) / 2,
                floor_div(Num::Int(-7), Num::Float(2.0)).repr_text()
            ),
            (3.5, "-4.0".to_string())
        );
        assert_eq!(
            (
                Num::Int(2).power(Num::Int(-1)).repr_text(),
                Num::Int(2).power(Num::Int(3)).repr_text()
            ),
            ("0.5".into(), "8".into())
        );
    }

    #[test]
    fn comparisons_are_exact() {
        assert!(
            Num::Int(1) == Num::Float(1.0)
                && Num::Int(2) > Num::Float(1.5)
                && Num::Int(-2) < Num::Float(-1.5)
        );
        assert!(
            Num::Int(9007199254740993) != Num::Float(9007199254740992.0)
                && Num::Int(9007199254740993) > Num::Float(9007199254740992.0)
        );
        assert!(Num::Int(i64::MAX) < Num::Float(9_223_372_036_854_775_808.0));
        assert_eq!(Num::Int(1).partial_cmp(&Num::Float(f64::NAN)), None);
    }
}
