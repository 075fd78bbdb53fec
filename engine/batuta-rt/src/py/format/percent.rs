//! `template % values`: formatting by the rules of C's printf.

use crate::py::errors::{Exception, OrThrow, raising};
use crate::py::num::Num;
use crate::py::text::{Text, ascii};

use super::Format;
use super::float::float_digits;
use super::value_error;

/// A value on the right of `%`.
pub trait PercentValue: Text {
    /// The value as a number, if it is one.
    fn number(&self) -> Option<Num> {
        None
    }

    /// The name of its Python type.
    fn type_name(&self) -> &'static str;
}

impl PercentValue for i64 {
    fn number(&self) -> Option<Num> {
        Some(Num::Int(*self))
    }

    fn type_name(&self) -> &'static str {
        "int"
    }
}

impl PercentValue for bool {
    fn number(&self) -> Option<Num> {
        Some(Num::Int(i64::from(*self)))
    }

    fn type_name(&self) -> &'static str {
        "bool"
    }
}

impl PercentValue for f64 {
    fn number(&self) -> Option<Num> {
        Some(Num::Float(*self))
    }

    fn type_name(&self) -> &'static str {
        "float"
    }
}

impl PercentValue for Num {
    fn number(&self) -> Option<Num> {
        Some(*self)
    }

    fn type_name(&self) -> &'static str {
        match self {
            Num::Int(_) => "int",
            Num::Float(_) => "float",
        }
    }
}

impl PercentValue for String {
    fn type_name(&self) -> &'static str {
        "str"
    }
}

impl PercentValue for &str {
    fn type_name(&self) -> &'static str {
        "str"
    }
}

impl PercentValue for () {
    fn type_name(&self) -> &'static str {
        "NoneType"
    }
}

impl<T: PercentValue> PercentValue for Option<T> {
    fn number(&self) -> Option<Num> {
        self.as_ref().and_then(T::number)
    }

    fn type_name(&self) -> &'static str {
        self.as_ref().map_or("NoneType", T::type_name)
    }
}

impl<T: Text> PercentValue for Vec<T> {
    fn type_name(&self) -> &'static str {
        "list"
    }
}

/// A value of another kind: it has texts, and no number.
struct Shown<'a, T: ?Sized>(&'a T, &'static str);

impl<T: Text + ?Sized> Text for Shown<'_, T> {
    fn str_text(&self) -> String {
        self.0.str_text()
    }

    fn repr_text(&self) -> String {
        self.0.repr_text()
    }
}

impl<T: Text + ?Sized> Format for Shown<'_, T> {
    fn try_format_text(&self, spec: &str) -> Result<String, Exception> {
        super::format_plain(self, spec, self.1)
    }
}

impl<T: Text + ?Sized> PercentValue for Shown<'_, T> {
    fn type_name(&self) -> &'static str {
        self.1
    }
}

/// A value of any kind that a template shows, with the name of its Python type.
pub fn percent_other<'a, T: Text + ?Sized>(
    value: &'a T,
    name: &'static str,
) -> impl PercentValue + Format + 'a {
    Shown(value, name)
}

/// A number whose texts are not those of Python's own numbers.
struct Scalar {
    value: Num,
    text: String,
    repr: String,
}

impl Text for Scalar {
    fn str_text(&self) -> String {
        self.text.clone()
    }

    fn repr_text(&self) -> String {
        self.repr.clone()
    }
}

impl PercentValue for Scalar {
    fn number(&self) -> Option<Num> {
        Some(self.value)
    }

    fn type_name(&self) -> &'static str {
        self.value.type_name()
    }
}

/// A NumPy number on the right of `%`.
pub fn percent_scalar(value: Num, text: String, repr: String) -> impl PercentValue {
    Scalar { value, text, repr }
}

/// The items of a tuple whose length is known at run time only.
pub fn percent_items<T: PercentValue>(items: &[T]) -> Vec<&dyn PercentValue> {
    items.iter().map(|item| item as &dyn PercentValue).collect()
}

#[derive(Default)]
struct Conversion {
    left: bool,
    plus: bool,
    space: bool,
    zeros: bool,
    alternate: bool,
    width: usize,
    precision: Option<usize>,
}

impl Conversion {
    /// Sign, prefix and digits, padded.
    fn padded(&self, head: &str, body: &str, zeros: bool) -> String {
        let missing = self
            .width
            .saturating_sub(head.chars().count() + body.chars().count());
        if self.left {
            format!("{head}{body}{}", " ".repeat(missing))
        } else if zeros && self.zeros {
            format!("{head}{}{body}", "0".repeat(missing))
        } else {
            format!("{}{head}{body}", " ".repeat(missing))
        }
    }

    fn sign(&self, negative: bool) -> &'static str {
        match () {
            _ if negative => "-",
            _ if self.plus => "+",
            _ if self.space => " ",
            _ => "",
        }
    }

    fn integer(&self, value: i64, kind: char) -> String {
        let magnitude = value.unsigned_abs();
        let (prefix, digits) = match kind {
            'o' => ("0o", format!("{magnitude:o}")),
            'x' => ("0x", format!("{magnitude:x}")),
            'X' => ("0X", format!("{magnitude:X}")),
            _ => ("", magnitude.to_string()),
        };
        let zeros = "0".repeat(self.precision.unwrap_or(0).saturating_sub(digits.len()));
        let prefix = if self.alternate { prefix } else { "" };
        self.padded(
            &format!("{}{prefix}", self.sign(value < 0)),
            &(zeros + &digits),
            true,
        )
    }

    fn float(&self, value: f64, kind: char) -> String {
        let lower = kind.to_ascii_lowercase();
        let mut digits = float_digits(
            value.abs(),
            lower,
            self.precision.unwrap_or(6),
            self.alternate,
            false,
        );
        if kind.is_ascii_uppercase() {
            digits.make_ascii_uppercase();
        }
        self.padded(
            self.sign(value.is_sign_negative() && !value.is_nan()),
            &digits,
            true,
        )
    }

    fn text(&self, value: &str) -> String {
        let kept: String = value
            .chars()
            .take(self.precision.unwrap_or(usize::MAX))
            .collect();
        self.padded("", &kept, false)
    }
}

fn type_error(message: impl Into<String>) -> Exception {
    Exception::new("TypeError", message)
}

/// Hands out the values one after the other.
struct Values<'a> {
    values: &'a [&'a dyn PercentValue],
    next: usize,
}

impl<'a> Values<'a> {
    fn take(&mut self) -> Result<&'a dyn PercentValue, Exception> {
        let value = self
            .values
            .get(self.next)
            .ok_or_else(|| type_error("not enough arguments for format string"))?;
        self.next += 1;
        Ok(*value)
    }

    fn star(&mut self) -> Result<i64, Exception> {
        match self.take()?.number() {
            Some(Num::Int(value)) => Ok(value),
            _ => Err(type_error("* wants int")),
        }
    }
}

raising! {
    /// `template % values`; `values` are the items of the tuple on the right, or the one value.
    pub fn percent_format, try_percent_format(template: &str, values: &[&dyn PercentValue]) -> String {
        let characters: Vec<char> = template.chars().collect();
        let mut values = Values { values, next: 0 };
        let mut text = String::new();
        let mut at = 0;
        while at < characters.len() {
            let character = characters[at];
            at += 1;
            if character == '%' {
                text.push_str(&converted(&characters, &mut at, &mut values)?);
            } else {
                text.push(character);
            }
        }
        if values.next < values.values.len() {
            return Err(type_error("not all arguments converted during string formatting"));
        }
        Ok(text)
    }
}

fn converted(
    characters: &[char],
    at: &mut usize,
    values: &mut Values<'_>,
) -> Result<String, Exception> {
    let mut conversion = Conversion::default();
    let incomplete = || value_error("incomplete format");
    let next = |at: &mut usize| {
        let found = characters.get(*at).copied();
        *at += 1;
        found.ok_or_else(incomplete)
    };
    let mut character = next(at)?;
    if character == '(' {
        return Err(type_error("format requires a mapping"));
    }
    loop {
        match character {
            '-' => conversion.left = true,
            '+' => conversion.plus = true,
            ' ' => conversion.space = true,
            '0' => conversion.zeros = true,
            '#' => conversion.alternate = true,
            _ => break,
        }
        character = next(at)?;
    }
    if character == '*' {
        let width = values.star()?;
        conversion.left |= width < 0;
        conversion.width = width.unsigned_abs() as usize;
        character = next(at)?;
    }
    while let Some(digit) = character.to_digit(10) {
        conversion.width = conversion.width * 10 + digit as usize;
        character = next(at)?;
    }
    if character == '.' {
        let mut precision = 0;
        character = next(at)?;
        if character == '*' {
            precision = values.star()?.max(0) as usize;
            character = next(at)?;
        }
        while let Some(digit) = character.to_digit(10) {
            precision = precision * 10 + digit as usize;
            character = next(at)?;
        }
        conversion.precision = Some(precision);
    }
    if matches!(character, 'h' | 'l' | 'L') {
        character = next(at)?;
    }
    if character == '%' {
        return Ok("%".to_string());
    }
    let value = values.take()?;
    match character {
        's' => Ok(conversion.text(&value.str_text())),
        'r' => Ok(conversion.text(&value.repr_text())),
        'a' => Ok(conversion.text(&ascii(value))),
        'd' | 'i' | 'u' => match value.number() {
            Some(Num::Int(value)) => Ok(conversion.integer(value, 'd')),
            Some(Num::Float(value)) => {
                Ok(conversion.integer(crate::py::rounding::try_trunc(value)?, 'd'))
            }
            None => Err(type_error(format!(
                "%{character} format: a real number is required, not {}",
                value.type_name()
            ))),
        },
        'o' | 'x' | 'X' => match value.number() {
            Some(Num::Int(value)) => Ok(conversion.integer(value, character)),
            _ => Err(type_error(format!(
                "%{character} format: an integer is required, not {}",
                value.type_name()
            ))),
        },
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' => match value.number() {
            Some(value) => Ok(conversion.float(value.to_f64(), character)),
            None => Err(type_error(format!(
                "must be real number, not {}",
                value.type_name()
            ))),
        },
        'c' => match value.number() {
            Some(Num::Int(code)) => {
                let found = u32::try_from(code).ok().and_then(char::from_u32);
                let found = found.ok_or_else(|| {
                    Exception::new("OverflowError", "%c arg not in range(0x110000)")
                })?;
                Ok(conversion.text(&found.to_string()))
            }
            _ if value.type_name() == "str" && value.str_text().chars().count() == 1 => {
                Ok(conversion.text(&value.str_text()))
            }
            _ => Err(type_error("%c requires int or char")),
        },
        other => {
            let shown = if (' '..='~').contains(&other) {
                other
            } else {
                '?'
            };
            Err(value_error(format!(
                "unsupported format character '{shown}' (0x{:x}) at index {}",
                other as u32,
                *at - 1
            )))
        }
    }
}

/// The items of a tuple that a template formats: as many as the template has places.
pub fn exactly<T>(values: Vec<T>, count: i64) -> Vec<T> {
    try_exactly(values, count).or_throw()
}

/// As `exactly`; the exception of a tuple that is too short or too long.
pub fn try_exactly<T>(values: Vec<T>, count: i64) -> Result<Vec<T>, Exception> {
    let message = match (values.len() as i64).cmp(&count) {
        std::cmp::Ordering::Equal => return Ok(values),
        std::cmp::Ordering::Less => "not enough arguments for format string",
        std::cmp::Ordering::Greater => "not all arguments converted during string formatting",
    };
    Err(Exception::new("TypeError", message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conversions() {
        let cases: [(&str, &[&dyn PercentValue], &str); 10] = [
            ("%d", &[&3.7], "3"),
            (
                "%5.1f|%-8s|%+d",
                &[&1.25, &"ab", &3i64],
                "  1.2|ab      |+3",
            ),
            ("%r %%", &[&"a"], "'a' %"),
            ("%e %g", &[&12345.678, &1e-5], "1.234568e+04 1e-05"),
            (
                "%i %o %#x %X",
                &[&true, &8i64, &255i64, &255i64],
                "1 10 0xff FF",
            ),
            ("%05d|%.3d|% d", &[&-3i64, &5i64, &5i64], "-0003|005| 5"),
            ("%*d|%-*d|", &[&5i64, &3i64, &4i64, &7i64], "    3|7   |"),
            ("%c%c", &[&65i64, &"b"], "Ab"),
            ("%5s|%.2s", &[&None::<i64>, &"abc"], " None|ab"),
            ("%08.3f|%s", &[&-3.14149, &vec![1.0]], "-003.141|[1.0]"),
        ];
        for (template, values, text) in cases {
            assert_eq!(percent_format(template, values), text, "{template}");
        }
    }

    #[test]
    fn errors() {
        let cases: [(&str, &[&dyn PercentValue], &str); 6] = [
            (
                "%d",
                &[&"x"],
                "%d format: a real number is required, not str",
            ),
            ("%s %s", &[&1i64], "not enough arguments for format string"),
            (
                "%s",
                &[&1i64, &2i64],
                "not all arguments converted during string formatting",
            ),
            (
                "%y",
                &[&3i64],
                "unsupported format character 'y' (0x79) at index 1",
            ),
            ("%", &[&3i64], "incomplete format"),
            (
                "%x",
                &[&1.5],
                "%x format: an integer is required, not float",
            ),
        ];
        for (template, values, message) in cases {
            assert_eq!(
                try_percent_format(template, values).unwrap_err().message(),
                message
            );
        }
    }
}
