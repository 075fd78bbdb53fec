//! `timedelta`: a length of time in microseconds.

use super::super::arithmetic::{true_div, zero_division};
use super::super::errors::{Exception, OrThrow};
use super::super::format::{Format, format_plain};
use super::super::key::{Key, hash_int};
use super::super::text::Text;
use super::super::truth::Truth;

pub(super) const SECOND: i128 = 1_000_000;
pub(super) const DAY: i128 = 86_400 * SECOND;

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeDelta {
    pub(super) microseconds: i128,
}

/// The parts of a constructor call: days, seconds, microseconds, milliseconds, minutes, hours, weeks.
const UNITS: [i128; 7] = [DAY, SECOND, 1, 1000, 60 * SECOND, 3600 * SECOND, 7 * DAY];

/// The nearest whole quotient, halves to the even one.
fn nearest_quotient(above: i128, below: i128) -> i128 {
    let (above, below) = if below < 0 {
        (-above, -below)
    } else {
        (above, below)
    };
    let (quotient, rest) = (above.div_euclid(below), above.rem_euclid(below));
    let up = rest > below - rest || (rest == below - rest && quotient % 2 != 0);
    quotient + i128::from(up)
}

impl TimeDelta {
    pub(super) fn try_of(microseconds: i128) -> Result<TimeDelta, Exception> {
        let days = microseconds.div_euclid(DAY);
        if days.abs() > 999_999_999 {
            let message = format!("days={days}; must have magnitude <= 999999999");
            return Err(Exception::new("OverflowError", message));
        }
        Ok(TimeDelta { microseconds })
    }

    /// `timedelta(days, seconds, microseconds, milliseconds, minutes, hours, weeks)` of ints.
    pub fn try_new(parts: [i64; 7]) -> Result<TimeDelta, Exception> {
        TimeDelta::try_of(
            parts
                .iter()
                .zip(UNITS)
                .map(|(part, unit)| i128::from(*part) * unit)
                .sum(),
        )
    }

    /// `timedelta(days, seconds, microseconds, milliseconds, minutes, hours, weeks)` of ints.
    pub fn new(parts: [i64; 7]) -> TimeDelta {
        TimeDelta::try_new(parts).or_throw()
    }

    /// `timedelta(…)` of floats: whole parts are exact, what is left of all is rounded once.
    pub fn try_of_floats(parts: [f64; 7]) -> Result<TimeDelta, Exception> {
        let (mut whole, mut left) = (0i128, 0.0);
        for (part, unit) in parts.into_iter().zip(UNITS) {
            if part.is_nan() {
                return Err(Exception::new(
                    "ValueError",
                    "cannot convert float NaN to integer",
                ));
            }
            if part.is_infinite() {
                return Err(Exception::new(
                    "OverflowError",
                    "cannot convert float infinity to integer",
                ));
            }
            let fraction = part.fract() * unit as f64;
            whole += part.trunc() as i128 * unit + fraction.trunc() as i128;
            left += fraction.fract();
        }
        let mut rounded = left.round_ties_even();
        if (rounded - left).abs() == 0.5 && whole % 2 != 0 {
            // Half a microsecond goes to the even number of all microseconds.
            rounded = 2.0 * ((left + 1.0) * 0.5).round_ties_even() - 1.0;
        }
        TimeDelta::try_of(whole + rounded as i128)
    }

    /// `timedelta(…)` of floats.
    pub fn of_floats(parts: [f64; 7]) -> TimeDelta {
        TimeDelta::try_of_floats(parts).or_throw()
    }

    /// `span.days`.
    pub fn days(self) -> i64 {
        self.microseconds.div_euclid(DAY) as i64
    }

    /// `span.seconds`.
    pub fn seconds(self) -> i64 {
        (self.microseconds.rem_euclid(DAY) / SECOND) as i64
    }

    /// `span.microseconds`.
    pub fn microseconds(self) -> i64 {
        self.microseconds.rem_euclid(SECOND) as i64
    }

    /// `span.total_seconds()`.
    pub fn total_seconds(self) -> f64 {
        match i64::try_from(self.microseconds) {
            Ok(microseconds) => true_div(microseconds, SECOND as i64),
            Err(_) => self.microseconds as f64 / SECOND as f64,
        }
    }

    /// `a + b`.
    pub fn try_plus(self, other: TimeDelta) -> Result<TimeDelta, Exception> {
        TimeDelta::try_of(self.microseconds + other.microseconds)
    }

    /// `a + b`.
    pub fn plus(self, other: TimeDelta) -> TimeDelta {
        self.try_plus(other).or_throw()
    }

    /// `a - b`.
    pub fn try_minus(self, other: TimeDelta) -> Result<TimeDelta, Exception> {
        TimeDelta::try_of(self.microseconds - other.microseconds)
    }

    /// `a - b`.
    pub fn minus(self, other: TimeDelta) -> TimeDelta {
        self.try_minus(other).or_throw()
    }

    /// `-a`.
    pub fn try_negated(self) -> Result<TimeDelta, Exception> {
        TimeDelta::try_of(-self.microseconds)
    }

    /// `-a`.
    pub fn negated(self) -> TimeDelta {
        self.try_negated().or_throw()
    }

    /// `abs(a)`.
    pub fn absolute(self) -> TimeDelta {
        TimeDelta {
            microseconds: self.microseconds.abs(),
        }
    }

    /// `a * count`.
    pub fn try_times(self, count: i64) -> Result<TimeDelta, Exception> {
        let product = self.microseconds.checked_mul(i128::from(count));
        TimeDelta::try_of(product.unwrap_or(i128::MAX))
    }

    /// `a * count`.
    pub fn times(self, count: i64) -> TimeDelta {
        self.try_times(count).or_throw()
    }

    /// `a * factor`.
    pub fn try_scaled(self, factor: f64) -> Result<TimeDelta, Exception> {
        let (above, below) = super::super::number_texts::try_as_integer_ratio(factor)?;
        match self.microseconds.checked_mul(i128::from(above)) {
            Some(product) => TimeDelta::try_of(nearest_quotient(product, i128::from(below))),
            None => TimeDelta::try_of((self.microseconds as f64 * factor) as i128),
        }
    }

    /// `a * factor`.
    pub fn scaled(self, factor: f64) -> TimeDelta {
        self.try_scaled(factor).or_throw()
    }

    /// `a / divisor` of an int.
    pub fn try_shared(self, divisor: i64) -> Result<TimeDelta, Exception> {
        if divisor == 0 {
            return Err(zero_division("integer division or modulo by zero"));
        }
        TimeDelta::try_of(nearest_quotient(self.microseconds, i128::from(divisor)))
    }

    /// `a / divisor` of an int.
    pub fn shared(self, divisor: i64) -> TimeDelta {
        self.try_shared(divisor).or_throw()
    }

    /// `a // divisor` of an int.
    pub fn try_floor_shared(self, divisor: i64) -> Result<TimeDelta, Exception> {
        if divisor == 0 {
            return Err(zero_division("integer division or modulo by zero"));
        }
        TimeDelta::try_of(floored(self.microseconds, i128::from(divisor)))
    }

    /// `a // divisor` of an int.
    pub fn floor_shared(self, divisor: i64) -> TimeDelta {
        self.try_floor_shared(divisor).or_throw()
    }

    /// `a / b`.
    pub fn try_ratio(self, other: TimeDelta) -> Result<f64, Exception> {
        if other.microseconds == 0 {
            return Err(zero_division("division by zero"));
        }
        Ok(
            match (
                i64::try_from(self.microseconds),
                i64::try_from(other.microseconds),
            ) {
                (Ok(above), Ok(below)) => true_div(above, below),
                _ => self.microseconds as f64 / other.microseconds as f64,
            },
        )
    }

    /// `a / b`.
    pub fn ratio(self, other: TimeDelta) -> f64 {
        self.try_ratio(other).or_throw()
    }

    /// `a // b`.
    pub fn try_floor_ratio(self, other: TimeDelta) -> Result<i64, Exception> {
        if other.microseconds == 0 {
            return Err(zero_division("integer division or modulo by zero"));
        }
        Ok(super::super::arithmetic::in_range(
            i64::try_from(floored(self.microseconds, other.microseconds)).ok(),
        ))
    }

    /// `a // b`.
    pub fn floor_ratio(self, other: TimeDelta) -> i64 {
        self.try_floor_ratio(other).or_throw()
    }

    /// `a % b`.
    pub fn try_rest(self, other: TimeDelta) -> Result<TimeDelta, Exception> {
        if other.microseconds == 0 {
            return Err(zero_division("integer modulo by zero"));
        }
        let quotient = floored(self.microseconds, other.microseconds);
        TimeDelta::try_of(self.microseconds - quotient * other.microseconds)
    }

    /// `a % b`.
    pub fn rest(self, other: TimeDelta) -> TimeDelta {
        self.try_rest(other).or_throw()
    }
}

/// The quotient rounded towards minus infinity.
fn floored(above: i128, below: i128) -> i128 {
    let quotient = above / below;
    if above % below != 0 && (above < 0) != (below < 0) {
        quotient - 1
    } else {
        quotient
    }
}

impl Text for TimeDelta {
    fn str_text(&self) -> String {
        let (days, seconds) = (self.days(), self.seconds());
        let plural = if days.abs() == 1 { "" } else { "s" };
        let days = if days == 0 {
            String::new()
        } else {
            format!("{days} day{plural}, ")
        };
        let part = match self.microseconds() {
            0 => String::new(),
            microseconds => format!(".{microseconds:06}"),
        };
        format!(
            "{days}{}:{:02}:{:02}{part}",
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60
        )
    }

    fn repr_text(&self) -> String {
        let parts = [
            ("days", self.days()),
            ("seconds", self.seconds()),
            ("microseconds", self.microseconds()),
        ];
        let shown: Vec<String> = parts
            .iter()
            .filter(|(_, value)| *value != 0)
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        format!(
            "datetime.timedelta({})",
            if shown.is_empty() {
                "0".to_string()
            } else {
                shown.join(", ")
            }
        )
    }
}

impl Format for TimeDelta {
    fn try_format_text(&self, spec: &str) -> Result<String, Exception> {
        format_plain(self, spec, "datetime.timedelta")
    }
}

impl Truth for TimeDelta {
    fn truth(&self) -> bool {
        self.microseconds != 0
    }
}

impl Key for TimeDelta {
    fn hash_value(&self) -> i64 {
        hash_int(self.microseconds as i64)
    }

    fn same_key(&self, other: &Self) -> bool {
        self == other
    }
}
