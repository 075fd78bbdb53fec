//! The digits of a float in the presentations `e`, `f`, `g` and that of `repr`.

use crate::py::text::{float_text, shortest_digits};

/// Lays out decimal digits; `point` is the place of the decimal point, counted from the first digit.
fn laid_out(digits: &str, point: i32, exponential: bool, keep_dot: bool) -> String {
    let count = digits.len() as i32;
    if exponential {
        let (first, rest) = digits.split_at(1);
        let dot = if rest.is_empty() && !keep_dot {
            ""
        } else {
            "."
        };
        let exponent = point - 1;
        let direction = if exponent < 0 { '-' } else { '+' };
        return format!("{first}{dot}{rest}e{direction}{:02}", exponent.abs());
    }
    if point <= 0 {
        return format!("0.{}{digits}", "0".repeat(-point as usize));
    }
    if point >= count {
        let dot = if keep_dot { "." } else { "" };
        return format!("{digits}{}{dot}", "0".repeat((point - count) as usize));
    }
    let (whole, part) = digits.split_at(point as usize);
    format!("{whole}.{part}")
}

/// The digits of a magnitude in presentation `kind`: `e`, `f`, `g`, or `r` for that of `repr` (in lower case).
///
/// `alternate` is the flag `#`; `one_decimal` asks for at least one decimal, as the presentation without a type does.
pub(crate) fn float_digits(
    magnitude: f64,
    kind: char,
    precision: usize,
    alternate: bool,
    one_decimal: bool,
) -> String {
    if !magnitude.is_finite() {
        return float_text(magnitude);
    }
    // No float has more than 1074 decimals or 767 significant digits; what follows are zeros.
    let written = precision.min(1100);
    let zeros = "0".repeat(precision - written);
    match kind {
        'f' => {
            let dot = if precision == 0 && alternate { "." } else { "" };
            format!("{magnitude:.written$}{zeros}{dot}")
        }
        'e' => {
            let text = format!("{magnitude:.written$e}");
            let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
            let dot = if precision == 0 && alternate { "." } else { "" };
            let exponent: i32 = exponent.parse().unwrap_or(0);
            let direction = if exponent < 0 { '-' } else { '+' };
            format!("{mantissa}{zeros}{dot}e{direction}{:02}", exponent.abs())
        }
        'g' => {
            let precision = precision.max(1);
            let written = precision.min(1100);
            let text = format!("{magnitude:.*e}", written - 1);
            let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
            let point = exponent.parse::<i32>().unwrap_or(0) + 1;
            let mut digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
            let exponential =
                point <= -4 || i64::from(point) > precision as i64 - i64::from(one_decimal);
            if alternate {
                digits.push_str(&"0".repeat(precision - written));
            } else {
                digits.truncate(digits.trim_end_matches('0').len().max(1));
            }
            with_one_decimal(
                laid_out(&digits, point, exponential, alternate),
                exponential,
                one_decimal,
            )
        }
        _ => {
            let (digits, point) = if magnitude == 0.0 {
                ("0".to_string(), 1)
            } else {
                shortest_digits(magnitude)
            };
            let exponential = !(-3..=16).contains(&point);
            with_one_decimal(
                laid_out(&digits, point, exponential, alternate),
                exponential,
                one_decimal,
            )
        }
    }
}

fn with_one_decimal(text: String, exponential: bool, one_decimal: bool) -> String {
    if exponential || !one_decimal {
        text
    } else if text.ends_with('.') {
        text + "0"
    } else if text.contains('.') {
        text
    } else {
        text + ".0"
    }
}
