//! Python's `fractions.Fraction`: exact ratios of integers of any size.

use std::cmp::Ordering;
use std::rc::Rc;

use num_bigint::BigInt as Large;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::errors::{Exception, OrThrow, raising};
use super::failures::value_error;
use super::key::{Key, hash_float, hash_int, hash_text};
use super::program::{integer_overflow, unsupported};
use super::text::Text;
use super::truth::Truth;

/// A ratio in lowest terms; the denominator is positive. A clone is cheap. The second part: whether it is an int that stands where
/// fractions stand, too.
#[derive(Clone, Debug)]
pub struct Fraction(Rc<(Large, Large)>, bool);

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for Fraction {}

fn divisor(a: &Large, b: &Large) -> Large {
    let (mut a, mut b) = (a.abs(), b.abs());
    while !b.is_zero() {
        (a, b) = (b.clone(), a % b);
    }
    a
}

/// The quotient rounded down, and the rest.
fn floor_division(a: &Large, b: &Large) -> (Large, Large) {
    let (quotient, rest) = (a / b, a % b);
    if !rest.is_zero() && (rest.is_negative() != b.is_negative()) {
        (quotient - 1, rest + b)
    } else {
        (quotient, rest)
    }
}

fn small(value: &Large) -> i64 {
    value.to_i64().unwrap_or_else(|| integer_overflow())
}

fn no_divisor(top: &str) -> Exception {
    Exception::new("ZeroDivisionError", format!("Fraction({top}, 0)"))
}

impl Fraction {
    fn reduced(top: Large, bottom: Large) -> Fraction {
        let common = divisor(&top, &bottom);
        let common = if bottom.is_negative() {
            -common
        } else {
            common
        };
        if common.is_one() {
            Fraction(Rc::new((top, bottom)), false)
        } else {
            Fraction(Rc::new((top / &common, bottom / &common)), false)
        }
    }

    /// The ratio of two integers; an exception for a denominator of zero.
    pub(crate) fn ratio(top: Large, bottom: Large) -> Result<Fraction, Exception> {
        if bottom.is_zero() {
            return Err(no_divisor(&top.to_string()));
        }
        Ok(Fraction::reduced(top, bottom))
    }

    /// An int where fractions may come, too: it is shown as the int that it is.
    pub fn held_int(value: impl Into<Fraction>) -> Fraction {
        Fraction(value.into().0, true)
    }

    /// `Fraction(x)`: a fraction, also of an int that stands where fractions may come.
    pub fn as_fraction(&self) -> Fraction {
        Fraction(self.0.clone(), false)
    }

    /// What two ints give is an int.
    fn whole_if(self, ints: bool) -> Fraction {
        Fraction(self.0, ints)
    }

    fn top(&self) -> &Large {
        &self.0.0
    }

    fn bottom(&self) -> &Large {
        &self.0.1
    }

    /// `fraction.numerator`.
    pub fn numerator(&self) -> i64 {
        small(self.top())
    }

    /// `fraction.denominator`.
    pub fn denominator(&self) -> i64 {
        small(self.bottom())
    }

    /// `a + b`.
    pub fn plus(&self, other: &Fraction) -> Fraction {
        Fraction::reduced(
            self.top() * other.bottom() + other.top() * self.bottom(),
            self.bottom() * other.bottom(),
        )
        .whole_if(self.1 && other.1)
    }

    /// `a - b`.
    pub fn minus(&self, other: &Fraction) -> Fraction {
        Fraction::reduced(
            self.top() * other.bottom() - other.top() * self.bottom(),
            self.bottom() * other.bottom(),
        )
        .whole_if(self.1 && other.1)
    }

    /// `a * b`.
    pub fn times(&self, other: &Fraction) -> Fraction {
        Fraction::reduced(self.top() * other.top(), self.bottom() * other.bottom())
            .whole_if(self.1 && other.1)
    }

    /// `a / b`.
    pub fn try_over(&self, other: &Fraction) -> Result<Fraction, Exception> {
        if self.1 && other.1 {
            if other.top().is_zero() {
                return Err(Exception::new("ZeroDivisionError", "division by zero"));
            }
            unsupported("two ints are divided where fractions are held: begin with Fraction(0)");
        }
        Fraction::ratio(self.top() * other.bottom(), self.bottom() * other.top())
    }

    /// `a / b`.
    pub fn over(&self, other: &Fraction) -> Fraction {
        self.try_over(other).or_throw()
    }

    /// `divmod(a, b)`.
    pub fn try_divided(&self, other: &Fraction) -> Result<(i64, Fraction), Exception> {
        if other.top().is_zero() {
            return Err(Exception::new(
                "ZeroDivisionError",
                "integer division or modulo by zero",
            ));
        }
        let (quotient, rest) = floor_division(
            &(self.top() * other.bottom()),
            &(other.top() * self.bottom()),
        );
        Ok((
            small(&quotient),
            Fraction::reduced(rest, self.bottom() * other.bottom()).whole_if(self.1 && other.1),
        ))
    }

    /// `divmod(a, b)`.
    pub fn divided(&self, other: &Fraction) -> (i64, Fraction) {
        self.try_divided(other).or_throw()
    }

    /// `-a`.
    pub fn negated(&self) -> Fraction {
        Fraction(Rc::new((-self.top(), self.bottom().clone())), self.1)
    }

    /// `abs(a)`.
    pub fn absolute(&self) -> Fraction {
        Fraction(Rc::new((self.top().abs(), self.bottom().clone())), self.1)
    }

    /// `a ** exponent`.
    pub fn try_power(&self, exponent: i64) -> Result<Fraction, Exception> {
        let times = u32::try_from(exponent.unsigned_abs()).unwrap_or_else(|_| integer_overflow());
        let (top, bottom) = (self.top().pow(times), self.bottom().pow(times));
        if self.1 && exponent < 0 {
            unsupported("an int has a negative power where fractions are held");
        }
        if exponent >= 0 {
            Ok(Fraction::reduced(top, bottom).whole_if(self.1))
        } else {
            Fraction::ratio(bottom, top)
        }
    }

    /// `a ** exponent`.
    pub fn power(&self, exponent: i64) -> Fraction {
        self.try_power(exponent).or_throw()
    }

    /// `float(a)`: the nearest float.
    pub fn to_f64(&self) -> f64 {
        let (top, bottom) = (self.top().abs(), self.bottom());
        if top.is_zero() {
            return 0.0;
        }
        // A quotient of 64 bits or more, whose last bit says whether anything was lost.
        let shift = bottom.bits() as i64 - top.bits() as i64 + 66;
        let (top, bottom) = if shift >= 0 {
            (top << shift, bottom.clone())
        } else {
            (top, bottom << -shift)
        };
        let quotient = &top / &bottom;
        let exact = (&quotient * &bottom) == top;
        let sticky = if exact {
            quotient
        } else {
            quotient | Large::one()
        };
        let magnitude = scaled(&sticky, -shift);
        if self.top().is_negative() {
            -magnitude
        } else {
            magnitude
        }
    }

    /// `int(a)`.
    pub fn truncated(&self) -> i64 {
        small(&(self.top() / self.bottom()))
    }

    /// `math.floor(a)`.
    pub fn floor(&self) -> i64 {
        small(&floor_division(self.top(), self.bottom()).0)
    }

    /// `math.ceil(a)`.
    pub fn ceil(&self) -> i64 {
        -self.negated().floor()
    }

    /// `round(a)`: halves to the even one.
    pub fn rounded(&self) -> i64 {
        let (quotient, rest) = floor_division(self.top(), self.bottom());
        let up = match (rest * 2_i32).cmp(self.bottom()) {
            Ordering::Less => false,
            Ordering::Greater => true,
            Ordering::Equal => (&quotient % 2_i32) != Large::zero(),
        };
        small(&if up { quotient + 1 } else { quotient })
    }

    /// `round(a, digits)`.
    pub fn rounded_to(&self, digits: i64) -> Fraction {
        let shift = Large::from(10).pow(digits.unsigned_abs() as u32);
        let shift = Fraction(Rc::new((shift, Large::one())), false);
        if digits > 0 {
            Fraction::from(self.times(&shift).rounded()).over(&shift)
        } else {
            Fraction::from(self.over(&shift).rounded()).times(&shift)
        }
        .whole_if(self.1)
    }

    /// `a.limit_denominator(most)`.
    pub fn try_limited(&self, most: i64) -> Result<Fraction, Exception> {
        if most < 1 {
            return Err(value_error("max_denominator should be at least 1"));
        }
        let most = Large::from(most);
        if *self.bottom() <= most {
            return Ok(self.clone());
        }
        let (mut p0, mut q0, mut p1, mut q1) =
            (Large::zero(), Large::one(), Large::one(), Large::zero());
        let (mut n, mut d) = (self.top().clone(), self.bottom().clone());
        loop {
            let (a, rest) = floor_division(&n, &d);
            let q2 = &q0 + &a * &q1;
            if q2 > most {
                break;
            }
            (p0, q0, p1, q1) = (p1.clone(), q1.clone(), p0 + &a * p1, q2);
            (n, d) = (d, rest);
        }
        let k = floor_division(&(most - &q0), &q1).0;
        let first = Fraction::reduced(p0 + &k * &p1, q0 + &k * &q1);
        let second = Fraction::reduced(p1, q1);
        let (near, far) = (second.minus(self).absolute(), first.minus(self).absolute());
        Ok(if near <= far { second } else { first })
    }

    /// `a.limit_denominator(most)`.
    pub fn limited(&self, most: i64) -> Fraction {
        self.try_limited(most).or_throw()
    }

    /// `a.as_integer_ratio()`.
    pub fn parts(&self) -> (i64, i64) {
        (self.numerator(), self.denominator())
    }
}

/// A whole number times a power of two, to the nearest float.
fn scaled(value: &Large, exponent: i64) -> f64 {
    // Subnormal results have fewer bits: those that cannot be held are folded into the last one before.
    let lowest = -1074 - exponent;
    let (value, exponent) = if lowest > 2 {
        let cut = lowest - 2;
        let kept = value >> cut;
        let lost = (&kept << cut) != *value;
        (
            if lost { kept | Large::one() } else { kept },
            exponent + cut,
        )
    } else {
        (value.clone(), exponent)
    };
    let bits = value.bits() as i64;
    let cut = (bits - 64).max(0);
    let kept = &value >> cut;
    let lost = (&kept << cut) != value;
    let top = kept.to_u64().unwrap_or(0) | u64::from(lost);
    let mut result = top as f64;
    let mut left = exponent + cut;
    while left > 0 && result.is_finite() {
        let step = left.min(1000);
        result *= 2_f64.powi(step as i32);
        left -= step;
    }
    while left < 0 && result != 0.0 {
        let step = (-left).min(1000);
        result /= 2_f64.powi(step as i32);
        left += step;
    }
    result
}

impl From<i64> for Fraction {
    fn from(value: i64) -> Self {
        Fraction(Rc::new((value.into(), Large::one())), false)
    }
}

impl From<super::bigint::BigInt> for Fraction {
    fn from(value: super::bigint::BigInt) -> Self {
        Fraction(Rc::new((value.large(), Large::one())), false)
    }
}

/// The exact value of a float.
pub(crate) fn float_parts(value: f64) -> (Large, i64) {
    let bits = value.abs().to_bits();
    let raw = (bits >> 52) as i64;
    let fraction = bits & ((1 << 52) - 1);
    let (mantissa, exponent) = if raw == 0 {
        (fraction, -1074)
    } else {
        (fraction | (1 << 52), raw - 1075)
    };
    let mantissa = Large::from(mantissa);
    (
        if value.is_sign_negative() {
            -mantissa
        } else {
            mantissa
        },
        exponent,
    )
}

raising! {
    /// `Fraction(top, bottom)`.
    pub fn of_ints, try_of_ints(top: i64, bottom: i64) -> Fraction {
        Fraction::ratio(top.into(), bottom.into())
    }
    /// `Fraction(value)` of a float: its exact value.
    pub fn of_float, try_of_float(value: f64) -> Fraction {
        if value.is_nan() {
            return Err(value_error("cannot convert NaN to integer ratio"));
        }
        if value.is_infinite() {
            return Err(Exception::new("OverflowError", "cannot convert Infinity to integer ratio"));
        }
        let (mantissa, exponent) = float_parts(value);
        Ok(if exponent >= 0 {
            Fraction::reduced(mantissa << exponent, Large::one())
        } else {
            Fraction::reduced(mantissa, Large::one() << -exponent)
        })
    }
    /// `Fraction(text)`: a ratio, or a decimal number.
    pub fn of_text, try_of_text(text: &str) -> Fraction {
        let wrong = || value_error(format!("Invalid literal for Fraction: {}", text.to_string().repr_text()));
        let trimmed = text.trim();
        let (negative, body) = match trimmed.strip_prefix(['-', '+']) {
            Some(rest) => (trimmed.starts_with('-'), rest),
            None => (false, trimmed),
        };
        let digits = |part: &str| -> Option<Large> {
            let plain = part.chars().all(|c| c.is_ascii_digit()) && !part.is_empty();
            plain.then(|| part.parse().ok()).flatten()
        };
        let value = if let Some((top, bottom)) = body.split_once('/') {
            let (top, bottom) = (digits(top).ok_or_else(wrong)?, digits(bottom).ok_or_else(wrong)?);
            Fraction::ratio(if negative { -top } else { top }, bottom)?
        } else {
            let (number, exponent) = match body.split_once(['e', 'E']) {
                Some((number, exponent)) => (number, exponent.parse::<i32>().map_err(|_| wrong())?),
                None => (body, 0),
            };
            let (whole, rest) = number.split_once('.').unwrap_or((number, ""));
            let top = digits(&format!("{whole}{rest}")).ok_or_else(wrong)?;
            let shift = exponent - rest.len() as i32;
            let power = Large::from(10).pow(shift.unsigned_abs());
            let top = if negative { -top } else { top };
            if shift >= 0 { Fraction::reduced(top * power, Large::one()) } else { Fraction::reduced(top, power) }
        };
        Ok(value)
    }
}

raising! {
    /// `Fraction(value)` of a value whose type is known at run time.
    pub fn of_value, try_of_value(value: &super::Value) -> Fraction {
        match value {
            super::Value::Int(value) => try_of_ints(*value, 1),
            super::Value::Bool(value) => try_of_ints(i64::from(*value), 1),
            super::Value::Float(value) => try_of_float(*value),
            super::Value::Str(text) => try_of_text(text),
            _ => Err(Exception::new("TypeError", "argument should be a string or a Rational instance")),
        }
    }
}

/// `sum(fractions)`.
pub fn sum(items: impl IntoIterator<Item = Fraction>) -> Fraction {
    items
        .into_iter()
        .fold(Fraction::held_int(0), |total, item| total.plus(&item))
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some((self.top() * other.bottom()).cmp(&(other.top() * self.bottom())))
    }
}

impl PartialEq<i64> for Fraction {
    fn eq(&self, other: &i64) -> bool {
        self.bottom().is_one() && *self.top() == Large::from(*other)
    }
}

impl PartialOrd<i64> for Fraction {
    fn partial_cmp(&self, other: &i64) -> Option<Ordering> {
        self.partial_cmp(&Fraction::from(*other))
    }
}

impl PartialEq<f64> for Fraction {
    fn eq(&self, other: &f64) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd<f64> for Fraction {
    fn partial_cmp(&self, other: &f64) -> Option<Ordering> {
        match try_of_float(*other) {
            Ok(exact) => self.partial_cmp(&exact),
            Err(_) => 0.0.partial_cmp(other),
        }
    }
}

macro_rules! flipped {
    ($($type:ty)*) => {$(
        impl PartialEq<Fraction> for $type {
            fn eq(&self, other: &Fraction) -> bool {
                other == self
            }
        }
        impl PartialOrd<Fraction> for $type {
            fn partial_cmp(&self, other: &Fraction) -> Option<Ordering> {
                other.partial_cmp(self).map(Ordering::reverse)
            }
        }
    )*};
}
flipped!(i64 f64);

impl Text for Fraction {
    fn str_text(&self) -> String {
        if self.bottom().is_one() {
            self.top().to_string()
        } else {
            format!("{}/{}", self.top(), self.bottom())
        }
    }

    fn repr_text(&self) -> String {
        if self.1 {
            return self.str_text();
        }
        format!("Fraction({}, {})", self.top(), self.bottom())
    }
}

impl std::fmt::Display for Fraction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.str_text())
    }
}

impl Truth for Fraction {
    fn truth(&self) -> bool {
        !self.top().is_zero()
    }
}

impl Key for Fraction {
    fn hash_value(&self) -> i64 {
        if self.bottom().is_one()
            && let Some(value) = self.top().to_i64()
        {
            return hash_int(value);
        }
        let float = self.to_f64();
        if *self == float {
            hash_float(float)
        } else {
            hash_text(&self.str_text())
        }
    }

    fn same_key(&self, other: &Self) -> bool {
        self == other
    }
}

impl super::deep_copy::DeepCopy for Fraction {
    fn deep_copy(&self) -> Fraction {
        self.clone()
    }
}

impl super::deep_copy::DeepContent for Fraction {
    type Content = Fraction;
    fn deep_content(&self) -> Fraction {
        self.clone()
    }
}

impl From<Fraction> for super::Value {
    fn from(value: Fraction) -> super::Value {
        if value.1 {
            return super::Value::from(value.truncated());
        }
        super::Value::plain(value)
    }
}

impl super::Plain for Fraction {
    const CLASS: &'static str = "Fraction";

    fn order(&self, other: &super::Value) -> Option<Option<Ordering>> {
        match other {
            super::Value::Float(other) => Some(self.partial_cmp(other)),
            super::Value::Int(_) | super::Value::Bool(_) => other
                .try_as_int()
                .ok()
                .map(|other| self.partial_cmp(&other)),
            _ => other
                .try_object::<Fraction>()
                .map(|other| self.partial_cmp(&other)),
        }
    }

    fn arithmetic(
        &self,
        operator: &str,
        other: &super::Value,
        swapped: bool,
    ) -> Option<Result<super::Value, Exception>> {
        let other: Fraction = match other {
            super::Value::Float(_) => {
                let own = super::Value::from(self.to_f64());
                let (one, two) = if swapped {
                    (other, &own)
                } else {
                    (&own, other)
                };
                return Some(super::try_value_arithmetic(operator, one, two));
            }
            super::Value::Int(_) | super::Value::Bool(_) => {
                Fraction::from(other.try_as_int().ok()?)
            }
            _ => other.try_object()?,
        };
        let (one, two) = if swapped {
            (&other, self)
        } else {
            (self, &other)
        };
        Some(match operator {
            "+" => Ok(one.plus(two).into()),
            "-" => Ok(one.minus(two).into()),
            "*" => Ok(one.times(two).into()),
            "/" => one.try_over(two).map(Into::into),
            "//" => one.try_divided(two).map(|found| found.0.into()),
            "%" => one.try_divided(two).map(|found| found.1.into()),
            "**" if two.bottom().is_one() => one.try_power(two.truncated()).map(Into::into),
            _ => return None,
        })
    }

    fn absolute_value(&self) -> Option<Result<super::Value, Exception>> {
        Some(Ok(self.absolute().into()))
    }

    fn rounded_value(&self, digits: Option<i64>) -> Option<Result<super::Value, Exception>> {
        Some(Ok(match digits {
            None => self.rounded().into(),
            Some(digits) => self.rounded_to(digits).into(),
        }))
    }

    fn negated_value(&self) -> Option<Result<super::Value, Exception>> {
        Some(Ok(self.negated().into()))
    }

    fn float_of(&self) -> Option<f64> {
        Some(self.to_f64())
    }

    fn int_of(&self) -> Option<Result<i64, Exception>> {
        Some(Ok(self.truncated()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_those_of_cpython() {
        let third = of_ints(1, 3);
        assert_eq!(third.plus(&of_ints(1, 6)).str_text(), "1/2");
        assert_eq!(
            of_float(0.1).str_text(),
            "3602879701896397/36028797018963968"
        );
        assert_eq!(of_float(0.3127).limited(100).str_text(), "5/16");
        assert_eq!(
            (
                of_ints(7, 2).rounded(),
                of_ints(5, 2).rounded(),
                of_ints(-7, 2).floor()
            ),
            (4, 2, -4)
        );
        assert_eq!(of_text(" -1.25e1 ").str_text(), "-25/2");
        assert_eq!(
            (third.to_f64(), of_ints(1, i64::MAX).to_f64()),
            (1.0 / 3.0, 1.0 / i64::MAX as f64)
        );
        assert!(third < 0.5 && third > 0 && 1 > third && try_of_ints(1, 0).is_err());
    }
}
