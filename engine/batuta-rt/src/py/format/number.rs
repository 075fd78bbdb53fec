//! Integers and floats by a specification.

use crate::py::errors::Exception;

use super::float::float_digits;
use super::spec::{Alignment, Spec};
use super::value_error;

/// What formatting needs to know of an integer.
pub(crate) trait Integer {
    /// Whether it is below zero.
    fn negative(&self) -> bool;
    /// The digits of its magnitude in a base from 2 to 16.
    fn digits(&self, base: u32) -> String;
    /// The nearest float.
    fn nearest_float(&self) -> Result<f64, Exception>;
}

impl Integer for i64 {
    fn negative(&self) -> bool {
        *self < 0
    }

    fn digits(&self, base: u32) -> String {
        let magnitude = self.unsigned_abs();
        match base {
            2 => format!("{magnitude:b}"),
            8 => format!("{magnitude:o}"),
            16 => format!("{magnitude:x}"),
            _ => magnitude.to_string(),
        }
    }

    fn nearest_float(&self) -> Result<f64, Exception> {
        Ok(*self as f64)
    }
}

impl Integer for u64 {
    fn negative(&self) -> bool {
        false
    }

    fn digits(&self, base: u32) -> String {
        match base {
            2 => format!("{self:b}"),
            8 => format!("{self:o}"),
            16 => format!("{self:x}"),
            _ => self.to_string(),
        }
    }

    fn nearest_float(&self) -> Result<f64, Exception> {
        Ok(*self as f64)
    }
}

/// Digits in groups, with zeros in front until they are `width` characters long.
fn grouped(digits: &str, size: usize, separator: char, width: isize) -> String {
    let mut rest: Vec<char> = digits.chars().collect();
    let mut missing = width;
    let mut groups: Vec<String> = Vec::new();
    loop {
        let wanted = size.min(rest.len().max(missing.max(0) as usize).max(1));
        let taken = rest.split_off(rest.len() - wanted.min(rest.len()));
        groups.push("0".repeat(wanted - taken.len()) + &String::from_iter(taken));
        missing -= wanted as isize;
        if rest.is_empty() && missing <= 0 {
            break;
        }
        missing -= 1;
    }
    groups.reverse();
    groups.join(&separator.to_string())
}

/// Puts sign, prefix, whole digits and the rest (from the point on) together.
fn assembled(spec: &Spec, negative: bool, prefix: &str, whole: &str, rest: &str) -> String {
    let sign = match (negative, spec.sign) {
        (true, _) => "-",
        (false, Some('+')) => "+",
        (false, Some(' ')) => " ",
        _ => "",
    };
    let head = format!("{sign}{prefix}");
    let whole = match spec.grouping {
        Some(separator) if !whole.is_empty() => {
            let size = if matches!(spec.kind, 'b' | 'o' | 'x' | 'X') {
                4
            } else {
                3
            };
            let zeros = spec.fill == '0' && spec.alignment == Alignment::AfterSign;
            let width = spec.width.filter(|_| zeros).unwrap_or(0) as isize;
            grouped(
                whole,
                size,
                separator,
                width - (head.len() + rest.len()) as isize,
            )
        }
        _ => whole.to_string(),
    };
    spec.padded(&head, &(whole + rest))
}

pub(super) fn format_float(value: f64, text: &str, type_name: &str) -> Result<String, Exception> {
    let spec = Spec::parse(text, Alignment::Right, '\0', type_name)?;
    float_by(value, &spec, type_name)
}

fn float_by(value: f64, spec: &Spec, type_name: &str) -> Result<String, Exception> {
    let kind = match spec.kind {
        'e' | 'E' => 'e',
        'f' | 'F' | '%' => 'f',
        'g' | 'G' | 'n' => 'g',
        '\0' if spec.precision.is_some() => 'g',
        '\0' => 'r',
        _ => return Err(spec.unknown_kind(type_name)),
    };
    let scaled = if spec.kind == '%' {
        value * 100.0
    } else {
        value
    };
    if spec
        .precision
        .is_some_and(|precision| precision > i32::MAX as usize)
    {
        return Err(value_error("precision too big"));
    }
    let precision = spec.precision.unwrap_or(6);
    let mut digits = float_digits(
        scaled.abs(),
        kind,
        precision,
        spec.alternate,
        spec.kind == '\0',
    );
    if matches!(spec.kind, 'E' | 'F' | 'G') {
        digits.make_ascii_uppercase();
    }
    let shows_zero = || {
        !digits
            .chars()
            .take_while(|each| !matches!(each, 'e' | 'E'))
            .any(|each| matches!(each, '1'..='9'))
    };
    let negative = scaled.is_sign_negative()
        && !scaled.is_nan()
        && !(spec.no_negative_zero && scaled.is_finite() && shows_zero());
    if spec.kind == '%' {
        digits.push('%');
    }
    let whole = digits
        .find(|each: char| !each.is_ascii_digit())
        .unwrap_or(digits.len());
    Ok(assembled(
        spec,
        negative,
        "",
        &digits[..whole],
        &digits[whole..],
    ))
}

pub(super) fn format_integer<T: Integer>(
    value: &T,
    text: &str,
    type_name: &str,
) -> Result<String, Exception> {
    let spec = Spec::parse(text, Alignment::Right, 'd', type_name)?;
    let (base, prefix) = match spec.kind {
        'd' | 'n' | 'c' => (10, ""),
        'b' => (2, "0b"),
        'o' => (8, "0o"),
        'x' => (16, "0x"),
        'X' => (16, "0X"),
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%' => {
            return float_by(value.nearest_float()?, &spec, type_name);
        }
        _ => return Err(spec.unknown_kind(type_name)),
    };
    if spec.precision.is_some() {
        return Err(value_error(
            "Precision not allowed in integer format specifier",
        ));
    }
    if spec.no_negative_zero {
        return Err(value_error(
            "Negative zero coercion (z) not allowed in integer format specifier",
        ));
    }
    if spec.kind == 'c' {
        return character(value, &spec);
    }
    let mut digits = value.digits(base);
    if spec.kind == 'X' {
        digits.make_ascii_uppercase();
    }
    let prefix = if spec.alternate { prefix } else { "" };
    Ok(assembled(&spec, value.negative(), prefix, &digits, ""))
}

fn character<T: Integer>(value: &T, spec: &Spec) -> Result<String, Exception> {
    if spec.sign.is_some() {
        return Err(value_error(
            "Sign not allowed with integer format specifier 'c'",
        ));
    }
    if spec.alternate {
        return Err(value_error(
            "Alternate form (#) not allowed with integer format specifier 'c'",
        ));
    }
    let code = value
        .digits(10)
        .parse::<u32>()
        .ok()
        .filter(|_| !value.negative());
    let found = code.and_then(char::from_u32);
    let found =
        found.ok_or_else(|| Exception::new("OverflowError", "%c arg not in range(0x110000)"))?;
    Ok(spec.padded("", &found.to_string()))
}
