//! Padding and stripping.

use crate::py::characters::is_space;
use crate::py::errors::{Exception, OrThrow};
use crate::py::failures::type_error;

/// `center`, `ljust`, `rjust`, `zfill`, `expandtabs`, `strip` and their kin.
pub trait PaddingMethods {
    /// `s.center(width, fill)`.
    fn try_center(&self, width: i64, fill: &str) -> Result<String, Exception>;
    /// `s.ljust(width, fill)`.
    fn try_ljust(&self, width: i64, fill: &str) -> Result<String, Exception>;
    /// `s.rjust(width, fill)`.
    fn try_rjust(&self, width: i64, fill: &str) -> Result<String, Exception>;
    /// `s.zfill(width)`.
    fn zfill(&self, width: i64) -> String;
    /// `s.expandtabs(size)`.
    fn expandtabs(&self, size: i64) -> String;
    /// `s.strip()`: without the whitespace around it.
    fn strip(&self) -> String;
    /// `s.lstrip()`.
    fn lstrip(&self) -> String;
    /// `s.rstrip()`.
    fn rstrip(&self) -> String;
    /// `s.strip(characters)`.
    fn strip_chars(&self, characters: &str) -> String;
    /// `s.lstrip(characters)`.
    fn lstrip_chars(&self, characters: &str) -> String;
    /// `s.rstrip(characters)`.
    fn rstrip_chars(&self, characters: &str) -> String;
    /// `s.removeprefix(prefix)`.
    fn removeprefix(&self, prefix: &str) -> String;
    /// `s.removesuffix(suffix)`.
    fn removesuffix(&self, suffix: &str) -> String;
    /// `s * count`.
    fn times(&self, count: i64) -> String;

    /// `s.center(width, fill)`.
    fn center(&self, width: i64, fill: &str) -> String {
        self.try_center(width, fill).or_throw()
    }

    /// `s.ljust(width, fill)`.
    fn ljust(&self, width: i64, fill: &str) -> String {
        self.try_ljust(width, fill).or_throw()
    }

    /// `s.rjust(width, fill)`.
    fn rjust(&self, width: i64, fill: &str) -> String {
        self.try_rjust(width, fill).or_throw()
    }
}

/// The text with fill characters on both sides.
fn padded(text: &str, fill: &str, left: usize, right: usize) -> Result<String, Exception> {
    if fill.chars().count() != 1 {
        return Err(type_error(
            "The fill character must be exactly one character long",
        ));
    }
    Ok(format!("{}{text}{}", fill.repeat(left), fill.repeat(right)))
}

fn missing(text: &str, width: i64) -> usize {
    usize::try_from(width)
        .unwrap_or(0)
        .saturating_sub(text.chars().count())
}

impl PaddingMethods for str {
    fn try_center(&self, width: i64, fill: &str) -> Result<String, Exception> {
        let missing = missing(self, width);
        // Python puts the odd one to the left when the width is odd.
        let left = missing / 2 + (missing & width.max(0) as usize & 1);
        padded(self, fill, left, missing - left)
    }

    fn try_ljust(&self, width: i64, fill: &str) -> Result<String, Exception> {
        padded(self, fill, 0, missing(self, width))
    }

    fn try_rjust(&self, width: i64, fill: &str) -> Result<String, Exception> {
        padded(self, fill, missing(self, width), 0)
    }

    fn zfill(&self, width: i64) -> String {
        let zeros = "0".repeat(missing(self, width));
        match self.strip_prefix(['+', '-']) {
            Some(rest) => format!("{}{zeros}{rest}", &self[..1]),
            None => format!("{zeros}{self}"),
        }
    }

    fn expandtabs(&self, size: i64) -> String {
        let size = usize::try_from(size).unwrap_or(0);
        let mut text = String::with_capacity(self.len());
        let mut column = 0;
        for character in self.chars() {
            match character {
                '\t' if size == 0 => {}
                '\t' => {
                    let spaces = size - column % size;
                    text.push_str(&" ".repeat(spaces));
                    column += spaces;
                }
                _ => {
                    text.push(character);
                    column = if matches!(character, '\n' | '\r') {
                        0
                    } else {
                        column + 1
                    };
                }
            }
        }
        text
    }

    fn strip(&self) -> String {
        self.trim_matches(is_space).to_string()
    }

    fn lstrip(&self) -> String {
        self.trim_start_matches(is_space).to_string()
    }

    fn rstrip(&self) -> String {
        self.trim_end_matches(is_space).to_string()
    }

    fn strip_chars(&self, characters: &str) -> String {
        self.trim_matches(|each| characters.contains(each))
            .to_string()
    }

    fn lstrip_chars(&self, characters: &str) -> String {
        self.trim_start_matches(|each| characters.contains(each))
            .to_string()
    }

    fn rstrip_chars(&self, characters: &str) -> String {
        self.trim_end_matches(|each| characters.contains(each))
            .to_string()
    }

    fn removeprefix(&self, prefix: &str) -> String {
        self.strip_prefix(prefix).unwrap_or(self).to_string()
    }

    fn removesuffix(&self, suffix: &str) -> String {
        self.strip_suffix(suffix).unwrap_or(self).to_string()
    }

    fn times(&self, count: i64) -> String {
        self.repeat(usize::try_from(count).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_is_that_of_python() {
        assert_eq!(
            ("ab".center(5, " "), "abc".center(6, "*")),
            ("  ab ".into(), "*abc**".into())
        );
        assert_eq!(
            ("é".ljust(3, "."), "é".rjust(3, "."), "abc".ljust(1, " ")),
            ("é..".into(), "..é".into(), "abc".into())
        );
        assert_eq!(
            ("+5".zfill(4), "--5".zfill(6), "abc".zfill(-1)),
            ("+005".into(), "-000-5".into(), "abc".into())
        );
        assert_eq!(
            ("a\tbc\td".expandtabs(4), "a\tb".expandtabs(0)),
            ("a   bc  d".into(), "ab".into())
        );
        assert_eq!(
            "a".try_center(3, "").unwrap_err().message(),
            "The fill character must be exactly one character long"
        );
    }

    #[test]
    fn stripping_takes_a_set_of_characters() {
        assert_eq!(
            (
                " \x1ca\n".strip(),
                "xxaxx".strip_chars("x"),
                "abca".lstrip_chars("ba")
            ),
            ("a".into(), "a".into(), "ca".into())
        );
        assert_eq!(
            (
                "a  ".rstrip(),
                "abc".removeprefix("ab"),
                "abc".removesuffix("x")
            ),
            ("a".into(), "c".into(), "abc".into())
        );
        assert_eq!(
            ("ab".times(2), "ab".times(-1)),
            ("abab".into(), String::new())
        );
    }
}
