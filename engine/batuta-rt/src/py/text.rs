//! `str()` and `repr()`: the texts that Python prints.

use std::collections::VecDeque;
use std::fmt;
use std::rc::Rc;

use super::unicode_tables::{NOT_PRINTABLE, contains};
use super::value::Value;

/// The default `repr` of an object: its class and where it lies.
pub fn object_text(class: &str, address: usize) -> String {
    format!("<__main__.{class} object at {address:#x}>")
}

/// A value that has Python's text forms.
pub trait Text {
    /// `str(value)`.
    fn str_text(&self) -> String {
        self.repr_text()
    }

    /// `repr(value)`.
    fn repr_text(&self) -> String;

    /// The value itself, where it may lie among values whose types are known at run time only.
    fn held_value(&self) -> Option<Value> {
        None
    }
}

/// `str(value)`.
pub fn str<T: Text + ?Sized>(value: &T) -> String {
    value.str_text()
}

/// The text of a view of a dict: `dict_keys(['a'])`.
pub fn view_text<T: Text>(name: &str, items: impl Iterator<Item = T>) -> String
where
    Vec<T>: Text,
{
    format!("{name}({})", items.collect::<Vec<_>>().repr_text())
}

/// `repr(value)`.
pub fn repr<T: Text + ?Sized>(value: &T) -> String {
    value.repr_text()
}

/// `ascii(value)`: the repr with everything outside ASCII escaped.
pub fn ascii<T: Text + ?Sized>(value: &T) -> String {
    let mut text = String::new();
    for character in value.repr_text().chars() {
        if character.is_ascii() {
            text.push(character);
        } else {
            push_escape(&mut text, character);
        }
    }
    text
}

/// Displays a float as Python does; width, fill, alignment, sign and precision of the format are honoured.
#[derive(Clone, Copy)]
pub struct Float(pub f64);

/// Displays `str(value)`.
#[derive(Clone, Copy)]
pub struct Str<'a, T: ?Sized>(pub &'a T);

/// Displays `repr(value)`.
#[derive(Clone, Copy)]
pub struct Repr<'a, T: ?Sized>(pub &'a T);

impl fmt::Display for Float {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let magnitude = self.0.abs();
        let digits = match f.precision() {
            _ if !self.0.is_finite() => float_text(magnitude),
            Some(precision) => format!("{magnitude:.precision$}"),
            None => float_text(magnitude),
        };
        f.pad_integral(self.0.is_nan() || !self.0.is_sign_negative(), "", &digits)
    }
}

impl<T: Text + ?Sized> fmt::Display for Str<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.str_text())
    }
}

impl<T: Text + ?Sized> fmt::Display for Repr<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.repr_text())
    }
}

/// The shortest digits that read back as the same float, and the decimal exponent: `0.d1d2d3… × 10^point`.
pub(crate) fn shortest_digits(magnitude: f64) -> (String, i32) {
    let parts = |text: &str| {
        let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
        let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
        (digits, exponent.parse::<i32>().unwrap_or(0) + 1)
    };
    let (digits, point) = parts(&format!("{magnitude:e}"));
    // Where two texts of this length are equally near, Rust takes the upper one and Python the even one. That needs a float
    // whose exact digits are only one more than the shortest, so it cannot happen to shorter ones.
    if digits.len() >= 15 {
        let even = format!("{magnitude:.*e}", digits.len() - 1);
        if even.parse() == Ok(magnitude) {
            let (even, even_point) = parts(&even);
            return (even.trim_end_matches('0').to_string(), even_point);
        }
    }
    (digits, point)
}

/// Python's `repr` of a float.
pub(crate) fn float_text(value: f64) -> String {
    if value.is_nan() {
        return "nan".to_string();
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    if value.is_infinite() {
        return format!("{sign}inf");
    }
    if value == 0.0 {
        return format!("{sign}0.0");
    }
    let (digits, point) = shortest_digits(value.abs());
    let count = digits.len() as i32;
    if !(-3..=16).contains(&point) {
        let (first, rest) = digits.split_at(1);
        let dot = if rest.is_empty() { "" } else { "." };
        let exponent = point - 1;
        let direction = if exponent < 0 { '-' } else { '+' };
        return format!("{sign}{first}{dot}{rest}e{direction}{:02}", exponent.abs());
    }
    if point <= 0 {
        format!("{sign}0.{}{digits}", "0".repeat(-point as usize))
    } else if point >= count {
        format!("{sign}{digits}{}.0", "0".repeat((point - count) as usize))
    } else {
        let (whole, part) = digits.split_at(point as usize);
        format!("{sign}{whole}.{part}")
    }
}

/// Whether `repr` shows the character as it is.
pub(crate) fn is_printable(character: char) -> bool {
    match character {
        ' '..='~' => true,
        _ => !contains(NOT_PRINTABLE, character),
    }
}

fn push_escape(text: &mut String, character: char) {
    let code = character as u32;
    text.push_str(&match code {
        0..=0xff => format!("\\x{code:02x}"),
        0x100..=0xffff => format!("\\u{code:04x}"),
        _ => format!("\\U{code:08x}"),
    });
}

fn quoted(value: &str) -> String {
    let quote = if value.contains('\'') && !value.contains('"') {
        '"'
    } else {
        '\''
    };
    let mut text = String::with_capacity(value.len() + 2);
    text.push(quote);
    for character in value.chars() {
        match character {
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            _ if character == quote => {
                text.push('\\');
                text.push(quote);
            }
            _ if is_printable(character) => text.push(character),
            _ => push_escape(&mut text, character),
        }
    }
    text.push(quote);
    text
}

impl Text for str {
    fn str_text(&self) -> String {
        self.to_string()
    }

    fn repr_text(&self) -> String {
        quoted(self)
    }

    fn held_value(&self) -> Option<Value> {
        Some(Value::from(self))
    }
}

impl Text for String {
    fn str_text(&self) -> String {
        self.clone()
    }

    fn repr_text(&self) -> String {
        quoted(self)
    }

    fn held_value(&self) -> Option<Value> {
        Some(Value::from(self.as_str()))
    }
}

impl Text for char {
    fn str_text(&self) -> String {
        self.to_string()
    }

    fn repr_text(&self) -> String {
        quoted(&self.to_string())
    }
}

impl Text for f64 {
    fn repr_text(&self) -> String {
        float_text(*self)
    }

    fn held_value(&self) -> Option<Value> {
        Some(Value::from(*self))
    }
}

impl Text for bool {
    fn repr_text(&self) -> String {
        if *self { "True" } else { "False" }.to_string()
    }

    fn held_value(&self) -> Option<Value> {
        Some(Value::from(*self))
    }
}

impl Text for () {
    fn repr_text(&self) -> String {
        "None".to_string()
    }

    fn held_value(&self) -> Option<Value> {
        Some(Value::from(()))
    }
}

macro_rules! integer_text {
    ($($type:ty)*) => {
        $(impl Text for $type {
            fn repr_text(&self) -> String {
                self.to_string()
            }

            fn held_value(&self) -> Option<Value> {
                i64::try_from(*self).ok().map(Value::Int)
            }
        })*
    };
}
integer_text!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 usize);

impl<T: Text> Text for Option<T> {
    fn str_text(&self) -> String {
        self.as_ref()
            .map_or_else(|| "None".to_string(), T::str_text)
    }

    fn repr_text(&self) -> String {
        self.as_ref()
            .map_or_else(|| "None".to_string(), T::repr_text)
    }

    fn held_value(&self) -> Option<Value> {
        self.as_ref().map_or(Some(Value::None), T::held_value)
    }
}

macro_rules! forwarded_text {
    ($($type:ty)*) => {
        $(impl<T: Text + ?Sized> Text for $type {
            fn str_text(&self) -> String {
                (**self).str_text()
            }

            fn repr_text(&self) -> String {
                (**self).repr_text()
            }

            fn held_value(&self) -> Option<Value> {
                (**self).held_value()
            }
        })*
    };
}
forwarded_text!(&T &mut T Rc<T> Box<T>);

/// The reprs of items with commas between them.
pub(crate) fn joined<'a, T: Text + 'a>(items: impl IntoIterator<Item = &'a T>) -> String {
    items
        .into_iter()
        .map(T::repr_text)
        .collect::<Vec<_>>()
        .join(", ")
}

impl<T: Text> Text for [T] {
    fn repr_text(&self) -> String {
        format!("[{}]", joined(self))
    }
}

impl<T: Text, const N: usize> Text for [T; N] {
    fn repr_text(&self) -> String {
        self.as_slice().repr_text()
    }
}

impl<T: Text> Text for Vec<T> {
    fn repr_text(&self) -> String {
        self.as_slice().repr_text()
    }

    fn held_value(&self) -> Option<Value> {
        let items: Option<Vec<Value>> = self.iter().map(T::held_value).collect();
        items.map(Value::list)
    }
}

impl<T: Text> Text for VecDeque<T> {
    fn repr_text(&self) -> String {
        format!("deque([{}])", joined(self))
    }
}

macro_rules! tuple_text {
    ($($name:ident $index:tt),+) => {
        impl<$($name: Text),+> Text for ($($name,)+) {
            fn repr_text(&self) -> String {
                let parts = [$(self.$index.repr_text()),+];
                let comma = if parts.len() == 1 { "," } else { "" };
                format!("({}{comma})", parts.join(", "))
            }

            fn held_value(&self) -> Option<Value> {
                Some(Value::Tuple(Rc::from([$(self.$index.held_value()?),+])))
            }
        }
    };
}
tuple_text!(A 0);
tuple_text!(A 0, B 1);
tuple_text!(A 0, B 1, C 2);
tuple_text!(A 0, B 1, C 2, D 3);
tuple_text!(A 0, B 1, C 2, D 3, E 4);
tuple_text!(A 0, B 1, C 2, D 3, E 4, F 5);
tuple_text!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuple_text!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
tuple_text!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
tuple_text!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
tuple_text!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
tuple_text!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);

/// `repr` of a `tuple[T, ...]`, which is a Vec in Rust.
pub fn sequence_text<T: Text>(items: &[T]) -> String {
    format!(
        "({}{})",
        joined(items),
        if items.len() == 1 { "," } else { "" }
    )
}

/// The text of a tuple from those of its items.
pub fn tuple_text(items: impl IntoIterator<Item = String>) -> String {
    let items: Vec<String> = items.into_iter().collect();
    format!(
        "({}{})",
        items.join(", "),
        if items.len() == 1 { "," } else { "" }
    )
}

/// The text of a list from those of its items.
pub fn list_text(items: impl IntoIterator<Item = String>) -> String {
    format!("[{}]", items.into_iter().collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_have_python_s_repr() {
        let cases = [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1e16, "1e+16"),
            (9999999999999998.0, "9999999999999998.0"),
            (123456789012345680.0, "1.2345678901234568e+17"),
            (1e-4, "0.0001"),
            (1e-5, "1e-05"),
            (1.5e-7, "1.5e-07"),
            (5e-324, "5e-324"),
            (f64::MAX, "1.7976931348623157e+308"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
            (f64::NAN, "nan"),
            (-2.5, "-2.5"),
            (229550999999792.0 + 0.125, "229550999999792.12"),
        ];
        for (value, text) in cases {
            assert_eq!(value.repr_text(), text);
        }
    }

    #[test]
    fn strings_choose_quotes_and_escapes_as_python() {
        let cases = [
            ("abc", "'abc'"),
            ("it's", "\"it's\""),
            ("it's \"x\"", "'it\\'s \"x\"'"),
            ("a\n\t\\\r\x00\x7f", "'a\\n\\t\\\\\\r\\x00\\x7f'"),
            ("é\u{a0}\u{ad}", "'é\\xa0\\xad'"),
            (
                "日本\u{200b}\u{1f600}\u{e000}\u{10ffff}",
                "'日本\\u200b😀\\ue000\\U0010ffff'",
            ),
        ];
        for (value, text) in cases {
            assert_eq!(value.repr_text(), text);
        }
        assert_eq!(ascii("é日😀"), "'\\xe9\\u65e5\\U0001f600'");
    }

    #[test]
    fn containers_show_reprs_inside() {
        assert_eq!(vec![1.0, 2.5].str_text(), "[1.0, 2.5]");
        assert_eq!(vec!["a".to_string()].str_text(), "['a']");
        assert_eq!((1i64,).str_text(), "(1,)");
        assert_eq!(
            (1i64, "x", None::<f64>, true, ()).repr_text(),
            "(1, 'x', None, True, None)"
        );
        assert_eq!(VecDeque::from([1i64, 2]).repr_text(), "deque([1, 2])");
        assert_eq!(Some("x").str_text(), "x");
        assert_eq!(sequence_text(&[1i64]), "(1,)");
        let texts = || ["1".to_string()];
        assert_eq!(
            (tuple_text(texts()), list_text(texts())),
            ("(1,)".to_string(), "[1]".to_string())
        );
    }

    #[test]
    fn a_displayed_float_honours_the_format() {
        assert_eq!(
            format!(
                "{}|{:.2}|{:>8.1}|{:<7}|",
                Float(3.0),
                Float(2.675),
                Float(-1.25),
                Float(0.5)
            ),
            "3.0|2.67|    -1.2|0.5    |"
        );
        assert_eq!(
            format!(
                "{:8.3}|{:+.1}|{:08.2}|{:^9}",
                Float(1.0),
                Float(0.25),
                Float(-3.14149),
                Float(f64::NAN)
            ),
            "   1.000|+0.2|-0003.14|   nan   "
        );
        assert_eq!(
            format!("{:>6}|{:.0}", Float(f64::NEG_INFINITY), Float(2.5)),
            "  -inf|2"
        );
        assert_eq!(
            format!("{:>5}|{:<4}|", Str(&true), Repr("a")),
            " True|'a' |"
        );
    }
}
