//! `format(value, spec)`, `template.format(…)` and `template % values`: Python's formatting languages.

mod braces;
mod fields;
mod float;
mod number;
mod percent;
mod spec;

use std::collections::VecDeque;
use std::rc::Rc;

use super::errors::{Exception, OrThrow};
use super::text::Text;
pub use braces::*;
pub use fields::*;
#[cfg(feature = "bigint")]
pub(crate) use number::Integer;
pub use percent::*;
use spec::{Alignment, Spec};

/// A value that `format` and f-strings can format.
pub trait Format: Text {
    /// `format(self, spec)`.
    fn try_format_text(&self, spec: &str) -> Result<String, Exception>;
}

/// `format(value, spec)`.
pub fn format<T: Format + ?Sized>(value: &T, spec: &str) -> String {
    value.try_format_text(spec).or_throw()
}

/// `format(value, spec)`; an exception for a specification that does not fit the value.
pub fn try_format<T: Format + ?Sized>(value: &T, spec: &str) -> Result<String, Exception> {
    value.try_format_text(spec)
}

/// Formats a value whose type knows no specification but the empty one.
pub fn format_plain<T: Text + ?Sized>(
    value: &T,
    spec: &str,
    type_name: &str,
) -> Result<String, Exception> {
    if spec.is_empty() {
        return Ok(value.str_text());
    }
    Err(Exception::new(
        "TypeError",
        format!("unsupported format string passed to {type_name}.__format__"),
    ))
}

/// `format` of an object whose class has no `__format__`.
pub fn format_object<T: Text + ?Sized>(value: &T, spec: &str) -> String {
    format_plain(value, spec, "object").or_throw()
}

fn value_error(message: impl Into<String>) -> Exception {
    Exception::new("ValueError", message)
}

fn format_text(value: &str, spec: &str) -> Result<String, Exception> {
    if spec.is_empty() {
        return Ok(value.to_string());
    }
    let spec = Spec::parse(spec, Alignment::Left, 's', "str")?;
    if spec.kind != 's' {
        return Err(spec.unknown_kind("str"));
    }
    match spec.sign {
        Some(' ') => return Err(value_error("Space not allowed in string format specifier")),
        Some(_) => return Err(value_error("Sign not allowed in string format specifier")),
        None => {}
    }
    if spec.no_negative_zero {
        return Err(value_error(
            "Negative zero coercion (z) not allowed in string format specifier",
        ));
    }
    if spec.alternate {
        return Err(value_error(
            "Alternate form (#) not allowed in string format specifier",
        ));
    }
    if spec.alignment == Alignment::AfterSign {
        return Err(value_error(
            "'=' alignment not allowed in string format specifier",
        ));
    }
    let kept: String = value
        .chars()
        .take(spec.precision.unwrap_or(usize::MAX))
        .collect();
    Ok(spec.padded("", &kept))
}

/// Formats a decimal number whose digits somebody else makes: `render` gets the type character and the precision, and gives
/// the sign, the digits before the point and what follows them.
#[cfg(feature = "bigint")]
pub(crate) fn format_decimal(
    text: &str,
    render: impl FnOnce(char, Option<usize>) -> Result<(bool, String, String), Exception>,
) -> Result<String, Exception> {
    let spec = Spec::parse(text, Alignment::Right, '\0', "decimal.Decimal")?;
    let (negative, mut whole, rest) = render(spec.kind, spec.precision)?;
    if let Some(separator) = spec.grouping {
        if spec.fill == '0' {
            super::program::unsupported("a decimal with grouped zeros is not translated");
        }
        let digits: Vec<char> = whole.chars().collect();
        whole = String::new();
        for (place, digit) in digits.iter().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                whole.push(separator);
            }
            whole.push(*digit);
        }
    }
    let sign = match spec.sign {
        _ if negative => "-",
        Some('+') => "+",
        Some(' ') => " ",
        _ => "",
    };
    Ok(spec.padded(sign, &format!("{whole}{rest}")))
}

impl Format for str {
    fn try_format_text(&self, spec: &str) -> Result<String, Exception> {
        format_text(self, spec)
    }
}

impl Format for String {
    fn try_format_text(&self, spec: &str) -> Result<String, Exception> {
        format_text(self, spec)
    }
}

impl Format for char {
    fn try_format_text(&self, spec: &str) -> Result<String, Exception> {
        format_text(self.encode_utf8(&mut [0; 4]), spec)
    }
}

impl Format for f64 {
    fn try_format_text(&self, spec: &str) -> Result<String, Exception> {
        if spec.is_empty() {
            Ok(self.str_text())
        } else {
            number::format_float(*self, spec, "float")
        }
    }
}

impl Format for bool {
    fn try_format_text(&self, spec: &str) -> Result<String, Exception> {
        if spec.is_empty() {
            Ok(self.str_text())
        } else {
            number::format_integer(&i64::from(*self), spec, "bool")
        }
    }
}

macro_rules! integer_format {
    ($($type:ty)*) => {
        $(impl Format for $type {
            fn try_format_text(&self, spec: &str) -> Result<String, Exception> {
                if spec.is_empty() { Ok(self.str_text()) } else { number::format_integer(&(*self as i64), spec, "int") }
            }
        })*
    };
}
integer_format!(i8 i16 i32 i64 u8 u16 u32 usize);

impl Format for u64 {
    fn try_format_text(&self, spec: &str) -> Result<String, Exception> {
        if spec.is_empty() {
            Ok(self.str_text())
        } else {
            number::format_integer(self, spec, "int")
        }
    }
}

#[cfg(feature = "bigint")]
impl Format for super::bigint::BigInt {
    fn try_format_text(&self, spec: &str) -> Result<String, Exception> {
        if spec.is_empty() {
            Ok(self.str_text())
        } else {
            number::format_integer(self, spec, "int")
        }
    }
}

impl Format for super::num::Num {
    fn try_format_text(&self, spec: &str) -> Result<String, Exception> {
        match self {
            super::num::Num::Int(value) => value.try_format_text(spec),
            super::num::Num::Float(value) => value.try_format_text(spec),
        }
    }
}

impl Format for () {
    fn try_format_text(&self, spec: &str) -> Result<String, Exception> {
        format_plain(self, spec, "NoneType")
    }
}

impl Format for Exception {
    fn try_format_text(&self, spec: &str) -> Result<String, Exception> {
        format_plain(self, spec, self.class())
    }
}

impl<T: Format> Format for Option<T> {
    fn try_format_text(&self, spec: &str) -> Result<String, Exception> {
        match self {
            Some(value) => value.try_format_text(spec),
            None => format_plain(&(), spec, "NoneType"),
        }
    }
}

impl<T: Text> Format for Vec<T> {
    fn try_format_text(&self, spec: &str) -> Result<String, Exception> {
        format_plain(self, spec, "list")
    }
}

impl<T: Text> Format for VecDeque<T> {
    fn try_format_text(&self, spec: &str) -> Result<String, Exception> {
        format_plain(self, spec, "collections.deque")
    }
}

macro_rules! forwarded_format {
    ($($type:ty)*) => {
        $(impl<T: Format + ?Sized> Format for $type {
            fn try_format_text(&self, spec: &str) -> Result<String, Exception> {
                (**self).try_format_text(spec)
            }
        })*
    };
}
forwarded_format!(&T &mut T Rc<T> Box<T>);

macro_rules! tuple_format {
    ($($name:ident)+) => {
        impl<$($name: Text),+> Format for ($($name,)+) {
            fn try_format_text(&self, spec: &str) -> Result<String, Exception> {
                format_plain(self, spec, "tuple")
            }
        }
    };
}
tuple_format!(A);
tuple_format!(A B);
tuple_format!(A B C);
tuple_format!(A B C D);
tuple_format!(A B C D E);
tuple_format!(A B C D E F);
tuple_format!(A B C D E F G);
tuple_format!(A B C D E F G H);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers() {
        let cases = [
            (3, "x<5", "3xxxx"),
            (255, "#_b", "0b1111_1111"),
            (1234567, "010,d", "01,234,567"),
            (1234567, "012,d", "0,001,234,567"),
            (65, "c", "A"),
            (3, "%", "300.000000%"),
            (3, ".1f", "3.0"),
            (3, "^^5", "^^3^^"),
            (5, "#010x", "0x00000005"),
            (-5, "#010b", "-0b0000101"),
            (255, "#X", "0XFF"),
            (5, "*=+8d", "+******5"),
            (3, " 5", "    3"),
            (1, "05,", "0,001"),
            (12345, "07,", "012,345"),
            (12345, "06,", "12,345"),
            (3, "x^05", "xx3xx"),
            (-3, "<05", "-3000"),
            (-3, "^05", "0-300"),
            (123456, "020_x", "0_0000_0000_0001_e240"),
            (12, "#.3g", "12.0"),
        ];
        for (value, spec, text) in cases {
            assert_eq!(format(&value, spec), text, "{spec}");
        }
    }

    #[test]
    fn floats() {
        let cases = [
            (1234.5, "012,.2f", "0,001,234.50"),
            (0.1234, ".1%", "12.3%"),
            (1e10, "g", "1e+10"),
            (123456789.0, "5", "123456789.0"),
            (1.0, ".3", "1.0"),
            (12.0, ".2", "1.2e+01"),
            (1.0, "#.3", "1.00"),
            (1.0, "#g", "1.00000"),
            (f64::NAN, "08.2f", "00000nan"),
            (f64::NEG_INFINITY, "08.2f", "-0000inf"),
            (-0.0, "z.0f", "0"),
            (-0.04, "z.1f", "0.0"),
            (f64::INFINITY, "F", "INF"),
            (1.5, "#.0e", "2.e+00"),
            (1e20, ",", "1e+20"),
            (1e15, ",", "1,000,000,000,000,000.0"),
            (99999.0, ".3", "1e+05"),
            (0.1, ".20", "0.10000000000000000555"),
            (5e-324, ".5", "4.9407e-324"),
        ];
        for (value, spec, text) in cases {
            assert_eq!(format(&value, spec), text, "{spec}");
        }
    }

    #[test]
    fn texts_and_others() {
        for (value, spec, text) in [
            ("abc", "^10.2s", "    ab    "),
            ("abc", "é^9", "éééabcééé"),
            ("ab", "^05", "0ab00"),
            ("a", "05", "a0000"),
            ("x", "", "x"),
        ] {
            assert_eq!(format(value, spec), text, "{spec}");
        }
        assert_eq!(format(&true, ""), "True");
        assert_eq!(format(&true, "5"), "    1");
        assert_eq!(format(&Some(1.5), ".2f"), "1.50");
        assert_eq!(format(&vec![1], ""), "[1]");
    }

    #[test]
    fn wrong_specifications_are_named() {
        let cases = [
            (
                try_format("a", "=5"),
                "'=' alignment not allowed in string format specifier",
            ),
            (
                try_format("a", "d"),
                "Unknown format code 'd' for object of type 'str'",
            ),
            (try_format("abc", ","), "Cannot specify ',' with 's'."),
            (
                try_format(&3, ".2d"),
                "Precision not allowed in integer format specifier",
            ),
            (try_format(&5, ",_"), "Cannot specify both ',' and '_'."),
            (try_format(&5, "5."), "Format specifier missing precision"),
            (
                try_format(&5, "++5"),
                "Invalid format specifier '++5' for object of type 'int'",
            ),
            (
                try_format(&65, "+c"),
                "Sign not allowed with integer format specifier 'c'",
            ),
            (
                try_format(&3.5, "d"),
                "Unknown format code 'd' for object of type 'float'",
            ),
            (
                try_format(&true, "s"),
                "Unknown format code 's' for object of type 'bool'",
            ),
            (
                try_format(&None::<i64>, "5"),
                "unsupported format string passed to NoneType.__format__",
            ),
            (
                try_format(&vec![1], ">5"),
                "unsupported format string passed to list.__format__",
            ),
            (
                try_format(&1.5, "99999999999999999999"),
                "Too many decimal digits in format string",
            ),
        ];
        for (failure, message) in cases {
            assert_eq!(failure.unwrap_err().message(), message);
        }
    }
}
