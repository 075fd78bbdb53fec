//! From floats to integers and to fewer digits.

use super::arithmetic::in_range;
use super::errors::{Exception, raising};

/// 2^63, the first float above every `i64`.
const ABOVE: f64 = 9_223_372_036_854_775_808.0;

/// A float without fraction as `i64`.
pub(crate) fn whole(value: f64) -> Result<i64, Exception> {
    if value.is_nan() {
        return Err(Exception::new(
            "ValueError",
            "cannot convert float NaN to integer",
        ));
    }
    if value.is_infinite() {
        return Err(Exception::new(
            "OverflowError",
            "cannot convert float infinity to integer",
        ));
    }
    Ok(in_range(
        (-ABOVE..ABOVE).contains(&value).then_some(value as i64),
    ))
}

raising! {
    /// `int(number)` and `math.trunc(number)` of a float.
    pub fn trunc, try_trunc(number: f64) -> i64 {
        whole(number.trunc())
    }

    /// `math.floor(number)`.
    pub fn floor, try_floor(number: f64) -> i64 {
        whole(number.floor())
    }

    /// `math.ceil(number)`.
    pub fn ceil, try_ceil(number: f64) -> i64 {
        whole(number.ceil())
    }

    /// `round(number)`: halves go to the even neighbour.
    pub fn round_int, try_round_int(number: f64) -> i64 {
        whole(number.round_ties_even())
    }

    /// `round(number, digits)`: the float nearest to the decimal that is nearest to the exact value.
    pub fn round_to, try_round_to(number: f64, digits: i64) -> f64 {
        // Beyond these, CPython answers without rounding: no float has more decimals, or reaches so far.
        if !number.is_finite() || digits > 323 {
            return Ok(number);
        }
        if digits < -308 {
            return Ok(0.0 * number);
        }
        let text = if digits >= 0 {
            format!("{number:.*}", digits as usize)
        } else {
            rounded_before_point(number, -digits as usize)
        };
        let rounded: f64 = text.parse().unwrap_or(number);
        if rounded.is_infinite() {
            return Err(Exception::new("OverflowError", "rounded value too large to represent"));
        }
        Ok(rounded)
    }
}

/// The number rounded to a multiple of ten to the power `places`, as text.
fn rounded_before_point(number: f64, places: usize) -> String {
    let sign = if number.is_sign_negative() { "-" } else { "" };
    let magnitude = number.abs();
    // Digits before the point, of the exact value.
    let exact = format!("{:.0}", magnitude.trunc());
    let count = if magnitude < 1.0 { 0 } else { exact.len() };
    match count.checked_sub(places + 1) {
        Some(kept) => format!("{number:.kept$e}"),
        None if count < places => format!("{sign}0"),
        None => {
            // One digit would be kept at most: up only beyond the half, because the even neighbour of the half is zero.
            let half = format!("5{}", "0".repeat(count - 1));
            let up = exact > half || (exact == half && magnitude.fract() != 0.0);
            if up {
                format!("{sign}1e{places}")
            } else {
                format!("{sign}0")
            }
        }
    }
}

/// `round(number, digits)` of an integer.
pub fn round_int_to(number: i64, digits: i64) -> i64 {
    if digits >= 0 {
        return number;
    }
    if digits < -19 {
        return 0;
    }
    let unit = 10i128.pow(-digits as u32);
    let number = i128::from(number);
    let below = number.div_euclid(unit);
    let rest = number.rem_euclid(unit);
    let up = rest * 2 > unit || (rest * 2 == unit && below % 2 != 0);
    in_range(i64::try_from((below + i128::from(up)) * unit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_to_the_even_neighbour() {
        for (value, rounded) in [
            (0.5, 0),
            (1.5, 2),
            (2.5, 2),
            (-0.5, 0),
            (-1.5, -2),
            (2.6, 3),
        ] {
            assert_eq!(round_int(value), rounded);
        }
        for (value, digits, rounded) in [
            (15, -1, 20),
            (25, -1, 20),
            (-15, -1, -20),
            (5, -1, 0),
            (149, -2, 100),
            (7, 2, 7),
            (9, -30, 0),
        ] {
            assert_eq!(round_int_to(value, digits), rounded);
        }
    }

    #[test]
    fn digits_are_rounded_from_the_exact_value() {
        let cases = [
            (2.675, 2, 2.67),
            (2.5, 0, 2.0),
            (1234567.891, -3, 1235000.0),
            (149.9999, -2, 100.0),
            (150.0, -2, 200.0),
            (250.0, -2, 200.0),
            (50.0, -2, 0.0),
            (50.00001, -2, 100.0),
            (5.0, -2, 0.0),
            (1e300, -310, 0.0),
            (1e308, -308, 1e308),
            (0.5, 400, 0.5),
            (-0.04, 1, -0.0),
            (9.995, 2, 9.99),
            (1e22, 2, 1e22),
            (5e22, -23, 0.0),
            (6e22, -23, 1e23),
        ];
        for (value, digits, rounded) in cases {
            assert_eq!(round_to(value, digits), rounded, "round({value}, {digits})");
        }
        assert_eq!(
            try_round_to(f64::MAX, -308).unwrap_err().message(),
            "rounded value too large to represent"
        );
        assert!(round_to(f64::NAN, 2).is_nan());
    }

    #[test]
    fn what_is_no_number_has_no_integer() {
        assert_eq!(
            try_trunc(f64::NAN).unwrap_err().traceback_line(),
            "ValueError: cannot convert float NaN to integer"
        );
        assert_eq!(
            try_round_int(f64::INFINITY).unwrap_err().traceback_line(),
            "OverflowError: cannot convert float infinity to integer"
        );
        assert_eq!(trunc(-2.9), -2);
        assert_eq!((floor(-2.1), ceil(-2.1)), (-3, -2));
    }
}
