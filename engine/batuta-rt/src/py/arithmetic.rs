//! Division, remainder, powers and shifts with Python's signs and errors.

use std::hint::black_box;

use super::errors::{Exception, raising};
use super::program::{integer_overflow, unsupported};

/// The numbers that Python's `//`, `%` and `divmod` know.
pub trait Number: Sized {
    /// `self // other`.
    fn try_floor_div(self, other: Self) -> Result<Self, Exception>;

    /// `self % other`.
    fn try_modulo(self, other: Self) -> Result<Self, Exception>;

    /// `divmod(self, other)`.
    fn try_divmod(self, other: Self) -> Result<(Self, Self), Exception>;

    /// `abs(self)`.
    fn absolute(self) -> Self;
}

pub(crate) fn zero_division(message: &str) -> Exception {
    Exception::new("ZeroDivisionError", message)
}

/// The value of a checked operation, or the end of the program.
#[inline]
pub(crate) fn in_range<T>(value: Option<T>) -> T {
    match value {
        Some(value) => value,
        None => integer_overflow(),
    }
}

impl Number for i64 {
    #[inline]
    fn try_floor_div(self, other: i64) -> Result<i64, Exception> {
        if other == 0 {
            return Err(zero_division("integer division or modulo by zero"));
        }
        let quotient = in_range(self.checked_div(other));
        let inexact = self % other != 0;
        Ok(if inexact && (self < 0) != (other < 0) {
            quotient - 1
        } else {
            quotient
        })
    }

    #[inline]
    fn try_modulo(self, other: i64) -> Result<i64, Exception> {
        if other == 0 {
            return Err(zero_division("integer modulo by zero"));
        }
        let rest = self.wrapping_rem(other);
        Ok(if rest != 0 && (rest < 0) != (other < 0) {
            rest + other
        } else {
            rest
        })
    }

    #[inline]
    fn try_divmod(self, other: i64) -> Result<(i64, i64), Exception> {
        Ok((self.try_floor_div(other)?, self.try_modulo(other)?))
    }

    #[inline]
    fn absolute(self) -> i64 {
        in_range(self.checked_abs())
    }
}

/// Quotient and remainder as CPython computes them, for a divisor that is not zero.
fn float_divmod(dividend: f64, divisor: f64) -> (f64, f64) {
    let mut rest = dividend % divisor;
    let mut quotient = (dividend - rest) / divisor;
    if rest == 0.0 {
        rest = 0f64.copysign(divisor);
    } else if (divisor < 0.0) != (rest < 0.0) {
        rest += divisor;
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return (0f64.copysign(dividend / divisor), rest);
    }
    let floor = quotient.floor();
    (
        if quotient - floor > 0.5 {
            floor + 1.0
        } else {
            floor
        },
        rest,
    )
}

impl Number for f64 {
    #[inline]
    fn try_floor_div(self, other: f64) -> Result<f64, Exception> {
        if other == 0.0 {
            return Err(zero_division("float floor division by zero"));
        }
        Ok(float_divmod(self, other).0)
    }

    #[inline]
    fn try_modulo(self, other: f64) -> Result<f64, Exception> {
        if other == 0.0 {
            return Err(zero_division("float modulo"));
        }
        let rest = self % other;
        Ok(if rest == 0.0 {
            0f64.copysign(other)
        } else if (other < 0.0) != (rest < 0.0) {
            rest + other
        } else {
            rest
        })
    }

    #[inline]
    fn try_divmod(self, other: f64) -> Result<(f64, f64), Exception> {
        if other == 0.0 {
            return Err(zero_division("float divmod()"));
        }
        Ok(float_divmod(self, other))
    }

    #[inline]
    fn absolute(self) -> f64 {
        self.abs()
    }
}

/// The quotient of two integers rounded once, as CPython rounds it. The divisor is not zero.
fn quotient_as_float(dividend: i64, divisor: i64) -> f64 {
    const EXACT: u64 = 1 << 53;
    let (above, below) = (dividend.unsigned_abs(), divisor.unsigned_abs());
    if above <= EXACT && below <= EXACT {
        return dividend as f64 / divisor as f64;
    }
    if above == 0 {
        return 0.0 / divisor as f64;
    }
    // 64 bits or more of the quotient, the last one set if anything follows: then the conversion rounds only once.
    let shift = (above as u128).leading_zeros() - 1;
    let shifted = (above as u128) << shift;
    let quotient = (shifted / below as u128) | u128::from(!shifted.is_multiple_of(below as u128));
    let magnitude = quotient as f64 * 2f64.powi(-(shift as i32));
    if (dividend < 0) != (divisor < 0) {
        -magnitude
    } else {
        magnitude
    }
}

/// What `/` divides: integers give a float, too.
pub trait TrueDivision {
    /// `self / other`.
    fn try_true_div(self, other: Self) -> Result<f64, Exception>;
}

impl TrueDivision for i64 {
    #[inline]
    fn try_true_div(self, other: i64) -> Result<f64, Exception> {
        if other == 0 {
            return Err(zero_division("division by zero"));
        }
        Ok(quotient_as_float(self, other))
    }
}

impl TrueDivision for f64 {
    #[inline]
    fn try_true_div(self, other: f64) -> Result<f64, Exception> {
        if other == 0.0 {
            return Err(zero_division("float division by zero"));
        }
        Ok(self / other)
    }
}

raising! {
    /// `a // b`: rounds towards minus infinity.
    pub fn floor_div, try_floor_div[T: Number](a: T, b: T) -> T {
        a.try_floor_div(b)
    }

    /// `a % b`: has the sign of `b`.
    pub fn modulo, try_modulo[T: Number](a: T, b: T) -> T {
        a.try_modulo(b)
    }

    /// `divmod(a, b)`.
    pub fn divmod, try_divmod[T: Number](a: T, b: T) -> (T, T) {
        a.try_divmod(b)
    }

    /// `a / b`.
    pub fn true_div, try_true_div[T: TrueDivision](a: T, b: T) -> f64 {
        a.try_true_div(b)
    }

    /// `base ** exponent` of integers. A negative exponent, which gives a float in Python, ends the program.
    pub fn pow, try_pow(base: i64, exponent: i64) -> i64 {
        if exponent < 0 {
            if base == 0 {
                return Err(zero_division("0.0 cannot be raised to a negative power"));
            }
            unsupported("an integer was raised to a negative power, which gives a float in Python; write float(base) there");
        }
        match base {
            0 | 1 => Ok(if exponent == 0 { 1 } else { base }),
            -1 => Ok(if exponent % 2 == 0 { 1 } else { -1 }),
            _ => Ok(in_range(u32::try_from(exponent).ok().and_then(|exponent| base.checked_pow(exponent)))),
        }
    }

    /// `base ** exponent` of floats. A complex result ends the program.
    pub fn float_pow, try_float_pow(base: f64, exponent: f64) -> f64 {
        if base == 0.0 && exponent < 0.0 {
            return Err(zero_division("0.0 cannot be raised to a negative power"));
        }
        if base < 0.0 && base.is_finite() && exponent.is_finite() && exponent.fract() != 0.0 {
            unsupported("a negative number was raised to a fractional power, which gives a complex number in Python");
        }
        let power = c_power(base, exponent);
        if power.is_infinite() && base.is_finite() && exponent.is_finite() {
            return Err(Exception::of("OverflowError", &[&34i64, &"Numerical result out of range"]));
        }
        Ok(power)
    }

    /// `pow(base, exponent, modulus)`.
    pub fn pow_modulo, try_pow_modulo(base: i64, exponent: i64, modulus: i64) -> i64 {
        if modulus == 0 {
            return Err(Exception::new("ValueError", "pow() 3rd argument cannot be 0"));
        }
        let size = i128::from(modulus).abs();
        let mut factor = i128::from(base).rem_euclid(size);
        if exponent < 0 {
            factor = inverse(factor, size)
                .ok_or_else(|| Exception::new("ValueError", "base is not invertible for the given modulus"))?;
        }
        let mut left = exponent.unsigned_abs();
        let mut result = 1 % size;
        while left > 0 {
            if left & 1 == 1 {
                result = result * factor % size;
            }
            factor = factor * factor % size;
            left >>= 1;
        }
        let result = if modulus < 0 && result != 0 { result - size } else { result };
        Ok(result as i64)
    }

    /// `a << count`.
    pub fn shift_left, try_shift_left(a: i64, count: i64) -> i64 {
        if count < 0 {
            return Err(Exception::new("ValueError", "negative shift count"));
        }
        if a == 0 {
            return Ok(0);
        }
        let shifted = if count < 64 { i64::try_from(i128::from(a) << count).ok() } else { None };
        Ok(in_range(shifted))
    }

    /// `a >> count`.
    pub fn shift_right, try_shift_right(a: i64, count: i64) -> i64 {
        if count < 0 {
            return Err(Exception::new("ValueError", "negative shift count"));
        }
        Ok(a >> count.min(63))
    }
}

/// The C library's `pow`, which Python calls. The compiler must not see the arguments: it would turn `pow(x, 2.0)` into `x * x`
/// and `pow(x, 0.5)` into a square root, whose last digit differs now and then.
#[inline]
pub(crate) fn c_power(base: f64, exponent: f64) -> f64 {
    black_box(base).powf(black_box(exponent))
}

/// `float(number)` of an int.
#[inline]
pub fn to_float(number: i64) -> f64 {
    number as f64
}

/// The inverse of `value` modulo `size`, if there is one.
fn inverse(value: i128, size: i128) -> Option<i128> {
    let (mut old, mut rest) = (value, size);
    let (mut old_factor, mut factor) = (1i128, 0i128);
    while rest != 0 {
        let quotient = old / rest;
        (old, rest) = (rest, old - quotient * rest);
        (old_factor, factor) = (factor, old_factor - quotient * factor);
    }
    (old == 1).then(|| old_factor.rem_euclid(size))
}

/// `abs(number)`.
#[inline]
pub fn abs<T: Number>(number: T) -> T {
    number.absolute()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floor_division_and_modulo_have_python_s_signs() {
        for (a, b, quotient, rest) in [
            (7, 2, 3, 1),
            (-7, 2, -4, 1),
            (7, -2, -4, -1),
            (-7, -2, 3, -1),
            (-6, 3, -2, 0),
        ] {
            assert_eq!(divmod(a, b), (quotient, rest));
            assert_eq!(divmod(a as f64, b as f64), (quotient as f64, rest as f64));
        }
        assert_eq!(modulo(i64::MIN, -1), 0);
        assert_eq!(floor_div(1e16, 0.1), 1e17);
        assert_eq!(modulo(-1.0, f64::INFINITY), f64::INFINITY);
        assert!(modulo(0.0, -1.0).is_sign_negative() && floor_div(-0.0, 1.0).is_sign_negative());
    }

    #[test]
    fn division_by_zero_names_the_operation() {
        let cases = [
            (try_true_div(1, 0).unwrap_err(), "division by zero"),
            (
                try_true_div(1.0, 0.0).unwrap_err(),
                "float division by zero",
            ),
            (
                try_floor_div(1, 0).unwrap_err(),
                "integer division or modulo by zero",
            ),
            (try_modulo(1, 0).unwrap_err(), "integer modulo by zero"),
            (
                try_divmod(1, 0).unwrap_err(),
                "integer division or modulo by zero",
            ),
            (
                try_floor_div(1.0, 0.0).unwrap_err(),
                "float floor division by zero",
            ),
            (try_modulo(1.0, 0.0).unwrap_err(), "float modulo"),
            (try_divmod(1.0, 0.0).unwrap_err(), "float divmod()"),
            (
                try_float_pow(0.0, -1.0).unwrap_err(),
                "0.0 cannot be raised to a negative power",
            ),
        ];
        for (error, message) in cases {
            assert_eq!(
                error.traceback_line(),
                format!("ZeroDivisionError: {message}")
            );
        }
    }

    #[test]
    fn integer_quotients_are_rounded_once() {
        assert_eq!(true_div(1, 3), 1.0 / 3.0);
        assert_eq!(
            true_div(9007199254740995, 9007199254740993),
            1.0000000000000002
        );
        assert_eq!(true_div(9223372036854775807, 3), 3.0744573456182584e18);
        assert_eq!(true_div(-1, 9223372036854775807), -1.0842021724855044e-19);
        assert_eq!(true_div(i64::MIN, -1), 9.223372036854776e18);
    }

    #[test]
    fn powers_and_shifts() {
        assert_eq!(pow(-2, 3), -8);
        assert_eq!(pow(-1, i64::MAX), -1);
        assert_eq!(pow_modulo(3, 200, 13), 9);
        assert_eq!(pow_modulo(3, -1, 11), 4);
        assert_eq!(pow_modulo(3, 2, -5), -1);
        assert_eq!(
            try_float_pow(10.0, 400.0).unwrap_err().message(),
            "(34, 'Numerical result out of range')"
        );
        assert_eq!(shift_right(-5, 100), -1);
        assert_eq!(shift_left(1, 62), 1 << 62);
        assert_eq!(
            try_shift_left(1, -1).unwrap_err().message(),
            "negative shift count"
        );
    }
}
