//! `BigInt`: an integer of any size, as fast as `i64` while it is small.

mod compare;
mod operators;
mod texts;

use std::rc::Rc;

use num_bigint::{BigInt as Large, Sign};
use num_traits::{Signed, ToPrimitive, Zero};

use super::bytes::Bytes;
use super::errors::{Exception, OrThrow, raising};
use super::failures::value_error;
use super::iterate::Summand;

/// An integer of any size. A value that fits `i64` is always `Small`.
#[derive(Clone)]
pub enum BigInt {
    /// In the range of `i64`.
    Small(i64),
    /// Outside of it. Shared, so that a clone is cheap.
    Big(Rc<Large>),
}

impl BigInt {
    /// The value in its normal form.
    pub(crate) fn normal(value: Large) -> BigInt {
        match value.to_i64() {
            Some(small) => BigInt::Small(small),
            None => BigInt::Big(Rc::new(value)),
        }
    }

    pub(crate) fn large(&self) -> Large {
        match self {
            BigInt::Small(value) => Large::from(*value),
            BigInt::Big(value) => (**value).clone(),
        }
    }

    /// Reads decimal digits that the translator wrote.
    pub fn literal(digits: &str) -> BigInt {
        BigInt::normal(digits.parse().unwrap_or_default())
    }

    /// The value as `i64`; an OverflowError outside its range.
    pub fn try_to_i64(&self) -> Result<i64, Exception> {
        match self {
            BigInt::Small(value) => Ok(*value),
            BigInt::Big(_) => Err(Exception::new(
                "OverflowError",
                "Python int too large to convert to C ssize_t",
            )),
        }
    }

    /// The value as `i64`.
    pub fn to_i64(&self) -> i64 {
        self.try_to_i64().or_throw()
    }

    /// `float(self)`; an OverflowError above the range of floats.
    pub fn try_to_f64(&self) -> Result<f64, Exception> {
        let value = self.nearest();
        if value.is_finite() {
            Ok(value)
        } else {
            Err(Exception::new(
                "OverflowError",
                "int too large to convert to float",
            ))
        }
    }

    /// `float(self)`.
    pub fn to_f64(&self) -> f64 {
        self.try_to_f64().or_throw()
    }

    /// The nearest float, halves to the even one; infinite above the range.
    fn nearest(&self) -> f64 {
        match self {
            BigInt::Small(value) => *value as f64,
            BigInt::Big(value) => {
                let bits = value.bits();
                if bits > 1100 {
                    return if value.is_negative() {
                        f64::NEG_INFINITY
                    } else {
                        f64::INFINITY
                    };
                }
                let shift = bits.saturating_sub(64);
                let head = value.magnitude() >> shift;
                // What is cut off only matters for whether the rest is exactly a half: one bit keeps that.
                let sticky = u64::from(!(value.magnitude() - (&head << shift)).is_zero());
                let head = head.to_u64().unwrap_or(u64::MAX) | sticky;
                let magnitude = super::math::scaled(head as f64, shift as i64);
                if value.is_negative() {
                    -magnitude
                } else {
                    magnitude
                }
            }
        }
    }

    /// `bool(self)`.
    pub fn truth(&self) -> bool {
        !matches!(self, BigInt::Small(0))
    }

    /// `self ** exponent` for an exponent that is not negative.
    pub fn power(&self, exponent: i64) -> BigInt {
        let Ok(exponent) = u32::try_from(exponent) else {
            super::program::unsupported("an integer was raised to a negative or huge power");
        };
        if let BigInt::Small(base) = self
            && let Some(value) = base.checked_pow(exponent)
        {
            return BigInt::Small(value);
        }
        BigInt::normal(self.large().pow(exponent))
    }

    /// `self << count`.
    pub fn try_shift_left(&self, count: i64) -> Result<BigInt, Exception> {
        Ok(BigInt::normal(self.large() << shift_count(count)?))
    }

    /// `self << count`.
    pub fn shift_left(&self, count: i64) -> BigInt {
        self.try_shift_left(count).or_throw()
    }

    /// `self >> count`: rounds towards minus infinity.
    pub fn try_shift_right(&self, count: i64) -> Result<BigInt, Exception> {
        Ok(BigInt::normal(self.large() >> shift_count(count)?))
    }

    /// `self >> count`.
    pub fn shift_right(&self, count: i64) -> BigInt {
        self.try_shift_right(count).or_throw()
    }

    /// `self.bit_length()`.
    pub fn bit_length(&self) -> i64 {
        match self {
            BigInt::Small(value) => super::number_texts::bit_length(*value),
            BigInt::Big(value) => value.bits() as i64,
        }
    }

    /// `self.bit_count()`.
    pub fn bit_count(&self) -> i64 {
        match self {
            BigInt::Small(value) => super::number_texts::bit_count(*value),
            BigInt::Big(value) => {
                let digits = value.magnitude().iter_u64_digits();
                digits.map(|digit| i64::from(digit.count_ones())).sum()
            }
        }
    }

    /// `bin`, `oct` and `hex`.
    pub fn in_base(&self, base: u32, prefix: &str) -> String {
        let large = self.large();
        let sign = if large.is_negative() { "-" } else { "" };
        format!("{sign}{prefix}{}", large.magnitude().to_str_radix(base))
    }
}

fn shift_count(count: i64) -> Result<u64, Exception> {
    u64::try_from(count).map_err(|_| Exception::new("ValueError", "negative shift count"))
}

impl Default for BigInt {
    fn default() -> Self {
        BigInt::Small(0)
    }
}

impl From<i64> for BigInt {
    fn from(value: i64) -> BigInt {
        BigInt::Small(value)
    }
}

impl From<bool> for BigInt {
    fn from(value: bool) -> BigInt {
        BigInt::Small(i64::from(value))
    }
}

/// An integer literal outside the range of `i64`.
pub fn big_integer(digits: &str) -> BigInt {
    BigInt::literal(digits)
}

/// Euclid's algorithm.
fn greatest_divisor(mut a: Large, mut b: Large) -> Large {
    while !b.is_zero() {
        let rest = &a % &b;
        a = std::mem::replace(&mut b, rest);
    }
    a.abs()
}

/// `math.gcd(*numbers)` of integers of any size.
pub fn big_gcd(numbers: &[BigInt]) -> BigInt {
    let divisor = |found: Large, each: &BigInt| greatest_divisor(found, each.large());
    BigInt::normal(numbers.iter().fold(Large::zero(), divisor))
}

/// `math.lcm(*numbers)` of integers of any size.
pub fn big_lcm(numbers: &[BigInt]) -> BigInt {
    let mut multiple = Large::from(1);
    for each in numbers {
        if !each.truth() {
            return BigInt::Small(0);
        }
        let number = each.large().abs();
        multiple = &multiple / greatest_divisor(multiple.clone(), number.clone()) * number;
    }
    BigInt::normal(multiple)
}

impl Summand for BigInt {
    fn sum_from(start: BigInt, items: impl Iterator<Item = BigInt>) -> BigInt {
        items.fold(start, |total, item| total + item)
    }

    fn zero() -> BigInt {
        BigInt::Small(0)
    }
}

raising! {
    /// `base ** exponent`. A negative exponent, which gives a float in Python, ends the program.
    pub fn big_pow, try_big_pow[E: Into<BigInt>](base: BigInt, exponent: E) -> BigInt {
        Ok(base.power(exponent.into().try_to_i64()?))
    }

    /// `a << count`.
    pub fn big_shift_left, try_big_shift_left[E: Into<BigInt>](a: BigInt, count: E) -> BigInt {
        a.try_shift_left(count.into().try_to_i64()?)
    }

    /// `a >> count`.
    pub fn big_shift_right, try_big_shift_right[E: Into<BigInt>](a: BigInt, count: E) -> BigInt {
        a.try_shift_right(count.into().try_to_i64()?)
    }

    /// `a / b`.
    pub fn big_true_div, try_big_true_div[E: Into<BigInt>](a: BigInt, b: E) -> f64 {
        super::arithmetic::try_true_div(a, b.into())
    }

    /// `int(text)` where the value may leave the range of `i64`.
    pub fn big_int, try_big_int(text: &str) -> BigInt {
        try_big_int_base(text, 10)
    }

    /// `int(text, base)` where the value may leave the range of `i64`.
    pub fn big_int_base, try_big_int_base(text: &str, base: i64) -> BigInt {
        let (negative, digits, radix) = super::number_texts::integer_digits(text, base)?;
        // Bases that are powers of two convert bit by bit and have no limit.
        if !radix.is_power_of_two() && digits.len() > texts::MOST_DIGITS {
            return Err(Exception::new(
                "ValueError",
                format!(
                    "Exceeds the limit (4300 digits) for integer string conversion: value has {} digits; use sys.set_int_max_str_digits() to increase the limit",
                    digits.len()
                ),
            ));
        }
        let value = Large::parse_bytes(digits.as_bytes(), radix).unwrap_or_default();
        Ok(BigInt::normal(if negative { -value } else { value }))
    }

    /// `int(number)` of a float where the value may leave the range of `i64`.
    pub fn big_trunc, try_big_trunc(number: f64) -> BigInt {
        if number.abs() < 9e18 || !number.is_finite() {
            return super::rounding::try_trunc(number).map(BigInt::Small);
        }
        let whole = <Large as num_traits::FromPrimitive>::from_f64(number.trunc());
        Ok(BigInt::normal(whole.unwrap_or_default()))
    }

    /// `math.factorial(n)` where the value may leave the range of `i64`.
    pub fn big_factorial, try_big_factorial(n: i64) -> BigInt {
        if n < 0 {
            return Err(Exception::new("ValueError", "factorial() not defined for negative values"));
        }
        Ok((2..=n).fold(BigInt::Small(1), |product, each| product * each))
    }

    /// `math.comb(n, k)` where the value may leave the range of `i64`.
    pub fn big_comb, try_big_comb(n: i64, k: i64) -> BigInt {
        for (value, name) in [(n, "n"), (k, "k")] {
            if value < 0 {
                return Err(Exception::new("ValueError", format!("{name} must be a non-negative integer")));
            }
        }
        if k > n {
            return Ok(BigInt::Small(0));
        }
        let k = k.min(n - k);
        Ok((1..=k).fold(BigInt::Small(1), |ways, step| {
            super::arithmetic::floor_div(ways * (n - k + step), BigInt::Small(step))
        }))
    }

    /// `math.isqrt(n)` of an integer of any size.
    pub fn big_isqrt, try_big_isqrt(n: BigInt) -> BigInt {
        if n < BigInt::Small(0) {
            return Err(Exception::new("ValueError", "isqrt() argument must be nonnegative"));
        }
        Ok(BigInt::normal(n.large().sqrt()))
    }

    /// `number.to_bytes(length, order, signed=signed)` of an integer of any size.
    pub fn big_to_bytes, try_big_to_bytes(number: &BigInt, length: i64, order: &str, signed: bool) -> Bytes {
        if let BigInt::Small(number) = number {
            return super::bytes::try_to_bytes(*number, length, order, signed);
        }
        let number = number.large();
        let size = usize::try_from(length).map_err(|_| value_error("length argument must be non-negative"))?;
        let overflow = |text: &str| Err(Exception::new("OverflowError", text));
        if number.is_negative() && !signed {
            return overflow("can't convert negative int to unsigned");
        }
        let mut bytes = if signed { number.to_signed_bytes_le() } else { number.to_bytes_le().1 };
        if bytes.len() > size {
            return overflow("int too big to convert");
        }
        bytes.resize(size, if number.is_negative() { 0xff } else { 0 });
        super::bytes::ordered(&mut bytes, order)?;
        Ok(bytes.into())
    }

    /// `int.from_bytes(bytes, order, signed=signed)` where the value may leave the range of `i64`.
    pub fn big_from_bytes, try_big_from_bytes(bytes: &[u8], order: &str, signed: bool) -> BigInt {
        let mut bytes = bytes.to_vec();
        super::bytes::ordered(&mut bytes, order)?;
        Ok(BigInt::normal(if signed {
            Large::from_signed_bytes_le(&bytes)
        } else {
            Large::from_bytes_le(Sign::Plus, &bytes)
        }))
    }

    /// `pow(base, exponent, modulus)` of integers of any size.
    pub fn big_pow_modulo, try_big_pow_modulo(base: BigInt, exponent: BigInt, modulus: BigInt) -> BigInt {
        if !modulus.truth() {
            return Err(Exception::new("ValueError", "pow() 3rd argument cannot be 0"));
        }
        let (base, exponent, modulus) = (base.large(), exponent.large(), modulus.large());
        let base = if exponent.is_negative() {
            base.modinv(&modulus)
                .ok_or_else(|| Exception::new("ValueError", "base is not invertible for the given modulus"))?
        } else {
            base
        };
        Ok(BigInt::normal(base.modpow(&exponent.abs(), &modulus)))
    }
}

#[cfg(test)]
mod tests;
