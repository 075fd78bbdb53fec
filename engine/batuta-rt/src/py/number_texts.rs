//! Numbers from text, and text from integers in other bases.

use super::arithmetic::in_range;
use super::characters::{decimal_value, is_space};
use super::errors::{Exception, raising};
use super::program::unsupported;
use super::text::Text;

/// Without the spaces around a number: unlike `strip`, Python keeps the separators U+001C to U+001F here, and then finds no number.
fn stripped(text: &str) -> &str {
    text.trim_matches(|each: char| {
        if each.is_ascii() {
            matches!(each, ' ' | '\t'..='\r')
        } else {
            is_space(each)
        }
    })
}

/// The text with decimal digits of any script as ASCII.
fn with_ascii_digits(text: &str) -> String {
    text.chars()
        .map(|each| match decimal_value(each) {
            Some(value) => char::from(b'0' + value as u8),
            None => each,
        })
        .collect()
}

fn bad_integer(text: &str, base: i64) -> Exception {
    let shown: String = text.repr_text().chars().take(200).collect();
    Exception::new(
        "ValueError",
        format!("invalid literal for int() with base {base}: {shown}"),
    )
}

/// The sign and the digits of an integer in text, with the base that they are in.
pub(crate) fn integer_digits(text: &str, base: i64) -> Result<(bool, String, u32), Exception> {
    if base != 0 && !(2..=36).contains(&base) {
        return Err(Exception::new(
            "ValueError",
            "int() base must be >= 2 and <= 36, or 0",
        ));
    }
    let bad = || bad_integer(text, base);
    let ascii = with_ascii_digits(stripped(text));
    let (negative, unsigned) = match ascii.as_bytes().first() {
        Some(b'-') => (true, &ascii[1..]),
        Some(b'+') => (false, &ascii[1..]),
        _ => (false, &ascii[..]),
    };
    let prefixed = match unsigned.get(..2).map(str::to_ascii_lowercase).as_deref() {
        Some("0x") => Some(16),
        Some("0o") => Some(8),
        Some("0b") => Some(2),
        _ => None,
    };
    let (radix, digits) = match prefixed {
        Some(radix) if base == 0 || base == i64::from(radix) => {
            // One underscore may follow the prefix.
            (
                radix,
                unsigned[2..].strip_prefix('_').unwrap_or(&unsigned[2..]),
            )
        }
        _ if base == 0 => (10, unsigned),
        _ => (base as u32, unsigned),
    };
    let well_grouped = !digits.is_empty() && digits.split('_').all(|group| !group.is_empty());
    if !well_grouped
        || !digits
            .chars()
            .all(|each| each == '_' || each.is_digit(radix))
    {
        return Err(bad());
    }
    let digits = digits.replace('_', "");
    // A literal of base 0 is Python source, where a decimal number has no leading zeros.
    if base == 0
        && prefixed.is_none()
        && digits.starts_with('0')
        && digits.bytes().any(|each| each != b'0')
    {
        return Err(bad());
    }
    Ok((negative, digits, radix))
}

raising! {
    /// `int(text)`.
    pub fn int, try_int(text: &str) -> i64 {
        try_int_base(text, 10)
    }

    /// `int(text, base)`.
    pub fn int_base, try_int_base(text: &str, base: i64) -> i64 {
        let (negative, digits, radix) = integer_digits(text, base)?;
        let signed = if negative { format!("-{digits}") } else { digits };
        Ok(in_range(i64::from_str_radix(&signed, radix).ok()))
    }

    /// `float(text)`.
    pub fn float, try_float(text: &str) -> f64 {
        let bad = || Exception::new("ValueError", format!("could not convert string to float: {}", text.repr_text()));
        let ascii = with_ascii_digits(stripped(text));
        let plain = if ascii.contains('_') {
            let bytes = ascii.as_bytes();
            let digit_at = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
            let misplaced = |at: usize| !digit_at(at.checked_sub(1)) || !digit_at(Some(at + 1));
            if bytes.iter().enumerate().any(|(at, &each)| each == b'_' && misplaced(at)) {
                return Err(bad());
            }
            ascii.replace('_', "")
        } else {
            ascii
        };
        plain.parse().map_err(|_| bad())
    }

    /// `chr(code)`.
    pub fn chr, try_chr(code: i64) -> String {
        if (0xd800..=0xdfff).contains(&code) {
            unsupported("chr() made a surrogate, which no text in Rust can hold");
        }
        u32::try_from(code)
            .ok()
            .and_then(char::from_u32)
            .map(String::from)
            .ok_or_else(|| Exception::new("ValueError", "chr() arg not in range(0x110000)"))
    }

    /// `ord(character)`.
    pub fn ord, try_ord(character: &str) -> i64 {
        let mut characters = character.chars();
        match (characters.next(), characters.next()) {
            (Some(only), None) => Ok(only as i64),
            _ => {
                let count = character.chars().count();
                Err(Exception::new("TypeError", format!("ord() expected a character, but string of length {count} found")))
            }
        }
    }

    /// `float.fromhex(text)`.
    pub fn float_from_hex, try_float_from_hex(text: &str) -> f64 {
        hexadecimal(stripped(text)).ok_or_else(|| Exception::new("ValueError", "invalid hexadecimal floating-point string"))
    }
}

/// Reads `[sign][0x]digits[.digits][p exponent]` of at most 53 significant bits.
fn hexadecimal(text: &str) -> Option<f64> {
    let lower = text.to_ascii_lowercase();
    let (sign, unsigned) = match lower.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, lower.strip_prefix('+').unwrap_or(&lower)),
    };
    match unsigned {
        "inf" | "infinity" => return Some(sign * f64::INFINITY),
        "nan" => return Some(f64::NAN),
        _ => {}
    }
    let (digits, exponent) = unsigned
        .strip_prefix("0x")
        .unwrap_or(unsigned)
        .split_once('p')
        .unwrap_or((unsigned.strip_prefix("0x").unwrap_or(unsigned), "0"));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all = format!("{whole}{part}");
    if all.is_empty() {
        return None;
    }
    let significant = all.trim_start_matches('0').trim_end_matches('0');
    if significant.len() > 14 {
        unsupported("float.fromhex() with more than 14 digits is not translated");
    }
    let dropped = all.trim_start_matches('0').len() - significant.len();
    let mantissa = if significant.is_empty() {
        0
    } else {
        u64::from_str_radix(significant, 16).ok()?
    };
    if !all.bytes().all(|each| each.is_ascii_hexdigit()) {
        return None;
    }
    let exponent = exponent.parse::<i32>().ok()? + 4 * (dropped as i32 - part.len() as i32);
    Some(sign * super::math::scaled(mantissa as f64, i64::from(exponent)))
}

/// `float.hex(number)`.
pub fn float_hex(number: f64) -> String {
    if !number.is_finite() {
        return number.repr_text();
    }
    let sign = if number.is_sign_negative() { "-" } else { "" };
    let bits = number.to_bits();
    let mantissa = bits & ((1 << 52) - 1);
    let exponent = ((bits >> 52) & 0x7ff) as i64;
    match (exponent, mantissa) {
        (0, 0) => format!("{sign}0x0.0p+0"),
        (0, _) => format!("{sign}0x0.{mantissa:013x}p-1022"),
        _ => format!("{sign}0x1.{mantissa:013x}p{:+}", exponent - 1023),
    }
}

fn prefixed(number: i64, prefix: &str, digits: String) -> String {
    format!("{}{prefix}{digits}", if number < 0 { "-" } else { "" })
}

/// `bin(number)`.
pub fn bin(number: i64) -> String {
    prefixed(number, "0b", format!("{:b}", number.unsigned_abs()))
}

/// `oct(number)`.
pub fn oct(number: i64) -> String {
    prefixed(number, "0o", format!("{:o}", number.unsigned_abs()))
}

/// `hex(number)`.
pub fn hex(number: i64) -> String {
    prefixed(number, "0x", format!("{:x}", number.unsigned_abs()))
}

/// `number.bit_length()`.
pub fn bit_length(number: i64) -> i64 {
    i64::from(64 - number.unsigned_abs().leading_zeros())
}

/// `number.is_integer()`.
pub fn is_integer(number: f64) -> bool {
    number.is_finite() && number == number.trunc()
}

/// `number.bit_count()`.
pub fn bit_count(number: i64) -> i64 {
    i64::from(number.unsigned_abs().count_ones())
}

raising! {
    /// `number.as_integer_ratio()`.
    pub fn as_integer_ratio, try_as_integer_ratio(number: f64) -> (i64, i64) {
        if number.is_nan() {
            return Err(Exception::new("ValueError", "cannot convert NaN to integer ratio"));
        }
        if number.is_infinite() {
            return Err(Exception::new("OverflowError", "cannot convert Infinity to integer ratio"));
        }
        let mut above = number;
        let mut twos = 0u32;
        while above != above.trunc() {
            above *= 2.0;
            twos += 1;
        }
        let above = super::rounding::whole(above)?;
        Ok((above, in_range(1i64.checked_shl(twos).filter(|below| *below > 0))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_read_as_python_reads_them() {
        let good = [
            (" 12_3 ", 10, 123),
            ("0x1f", 16, 31),
            ("z", 36, 35),
            ("0b101", 0, 5),
            ("00", 0, 0),
            ("-0x_1f", 0, -31),
            ("١٢", 10, 12),
            ("\u{2003}+7\n", 10, 7),
        ];
        for (text, base, value) in good {
            assert_eq!(int_base(text, base), value, "{text}");
        }
        for (text, base) in [
            ("", 10),
            ("x", 10),
            ("1__2", 10),
            ("_1", 10),
            ("1_", 10),
            ("+ 1", 10),
            ("1.5", 10),
            ("12", 2),
            ("012", 0),
            ("0x", 16),
            ("--1", 10),
            ("\x1c1", 10),
        ] {
            let message = format!(
                "invalid literal for int() with base {base}: {}",
                text.repr_text()
            );
            assert_eq!(try_int_base(text, base).unwrap_err().message(), message);
        }
        assert_eq!(
            try_int_base("1", 37).unwrap_err().message(),
            "int() base must be >= 2 and <= 36, or 0"
        );
        assert_eq!(int("-9223372036854775808"), i64::MIN);
    }

    #[test]
    fn floats_are_read_as_python_reads_them() {
        for (text, value) in [
            ("1_0.5", 10.5),
            (" inf ", f64::INFINITY),
            ("-Infinity", f64::NEG_INFINITY),
            (".5", 0.5),
            ("5.", 5.0),
            ("1e5", 1e5),
            ("١", 1.0),
        ] {
            assert_eq!(float(text), value, "{text}");
        }
        assert!(float("NaN").is_nan());
        for text in [
            "", "x", "1_e5", "_1", "1_", "infinit", "0x10", ".", "1e", "1 2", "e5", "+-1",
        ] {
            let message = format!("could not convert string to float: {}", text.repr_text());
            assert_eq!(try_float(text).unwrap_err().message(), message);
        }
    }

    #[test]
    fn other_bases_and_characters() {
        assert_eq!(
            (bin(-5), oct(8), hex(-255)),
            ("-0b101".into(), "0o10".into(), "-0xff".into())
        );
        assert_eq!(
            (bit_length(5), bit_length(-8), bit_length(0), bit_count(-7)),
            (3, 4, 0, 3)
        );
        assert_eq!((chr(8364), ord("€")), ("€".to_string(), 8364));
        assert_eq!(
            try_ord("ab").unwrap_err().message(),
            "ord() expected a character, but string of length 2 found"
        );
        assert_eq!(
            try_chr(-1).unwrap_err().message(),
            "chr() arg not in range(0x110000)"
        );
        assert_eq!(as_integer_ratio(0.1), (3602879701896397, 36028797018963968));
        assert_eq!(float_hex(2.5), "0x1.4000000000000p+1");
        assert_eq!(float_from_hex("-0x1.8p3"), -12.0);
    }
}
