//! Splitting at separators, at spaces and at the ends of lines.

use super::cases::CaseMethods;
use crate::py::characters::is_space;
use crate::py::errors::{Exception, OrThrow, raising};
use crate::py::failures::value_error;

/// `split`, `partition`, `splitlines` and their kin.
pub trait SplitMethods {
    /// `s.split(None, limit)`: at runs of whitespace; a negative limit is none.
    fn split_words(&self, limit: i64) -> Vec<String>;
    /// `s.rsplit(None, limit)`.
    fn rsplit_words(&self, limit: i64) -> Vec<String>;
    /// `s.split(separator, limit)`.
    fn try_split_by(&self, separator: &str, limit: i64) -> Result<Vec<String>, Exception>;
    /// `s.rsplit(separator, limit)`.
    fn try_rsplit_by(&self, separator: &str, limit: i64) -> Result<Vec<String>, Exception>;
    /// `s.splitlines(keep_ends)`.
    fn splitlines(&self, keep_ends: bool) -> Vec<String>;
    /// `s.partition(separator)`.
    fn try_partition(&self, separator: &str) -> Result<(String, String, String), Exception>;
    /// `s.rpartition(separator)`.
    fn try_rpartition(&self, separator: &str) -> Result<(String, String, String), Exception>;

    /// `s.split(separator, limit)`.
    fn split_by(&self, separator: &str, limit: i64) -> Vec<String> {
        self.try_split_by(separator, limit).or_throw()
    }

    /// `s.rsplit(separator, limit)`.
    fn rsplit_by(&self, separator: &str, limit: i64) -> Vec<String> {
        self.try_rsplit_by(separator, limit).or_throw()
    }

    /// `s.partition(separator)`.
    fn partition(&self, separator: &str) -> (String, String, String) {
        self.try_partition(separator).or_throw()
    }

    /// `s.rpartition(separator)`.
    fn rpartition(&self, separator: &str) -> (String, String, String) {
        self.try_rpartition(separator).or_throw()
    }
}

fn not_empty(separator: &str) -> Result<(), Exception> {
    if separator.is_empty() {
        Err(value_error("empty separator"))
    } else {
        Ok(())
    }
}

/// How many pieces a limit of splits allows.
fn pieces(limit: i64) -> usize {
    usize::try_from(limit).map_or(usize::MAX, |limit| limit.saturating_add(1))
}

fn ends_line(character: char) -> bool {
    matches!(
        character,
        '\n' | '\r' | '\x0b' | '\x0c' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

impl SplitMethods for str {
    fn split_words(&self, limit: i64) -> Vec<String> {
        let mut words = Vec::new();
        let mut rest = self.trim_start_matches(is_space);
        while !rest.is_empty() {
            let end = rest
                .find(is_space)
                .filter(|_| words.len() + 1 < pieces(limit));
            let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
            words.push(word.to_string());
            rest = after.trim_start_matches(is_space);
        }
        words
    }

    fn rsplit_words(&self, limit: i64) -> Vec<String> {
        let mut words = Vec::new();
        let mut rest = self.trim_end_matches(is_space);
        while !rest.is_empty() {
            let start = rest
                .char_indices()
                .rev()
                .find(|(_, each)| is_space(*each))
                .map(|(at, each)| at + each.len_utf8());
            let start = start.filter(|_| words.len() + 1 < pieces(limit));
            let (before, word) = rest.split_at(start.unwrap_or(0));
            words.push(word.to_string());
            rest = before.trim_end_matches(is_space);
        }
        words.reverse();
        words
    }

    fn try_split_by(&self, separator: &str, limit: i64) -> Result<Vec<String>, Exception> {
        not_empty(separator)?;
        Ok(self
            .splitn(pieces(limit), separator)
            .map(String::from)
            .collect())
    }

    fn try_rsplit_by(&self, separator: &str, limit: i64) -> Result<Vec<String>, Exception> {
        not_empty(separator)?;
        let mut parts: Vec<String> = self
            .rsplitn(pieces(limit), separator)
            .map(String::from)
            .collect();
        parts.reverse();
        Ok(parts)
    }

    fn splitlines(&self, keep_ends: bool) -> Vec<String> {
        let mut lines = Vec::new();
        let mut rest = self;
        while !rest.is_empty() {
            let Some(at) = rest.find(ends_line) else {
                lines.push(rest.to_string());
                break;
            };
            let end = rest[at..].chars().next().map_or(0, char::len_utf8);
            let end = at
                + if rest[at..].starts_with("\r\n") {
                    2
                } else {
                    end
                };
            lines.push(rest[..if keep_ends { end } else { at }].to_string());
            rest = &rest[end..];
        }
        lines
    }

    fn try_partition(&self, separator: &str) -> Result<(String, String, String), Exception> {
        not_empty(separator)?;
        Ok(match self.split_once(separator) {
            Some((before, after)) => (before.to_string(), separator.to_string(), after.to_string()),
            None => (self.to_string(), String::new(), String::new()),
        })
    }

    fn try_rpartition(&self, separator: &str) -> Result<(String, String, String), Exception> {
        not_empty(separator)?;
        Ok(match self.rsplit_once(separator) {
            Some((before, after)) => (before.to_string(), separator.to_string(), after.to_string()),
            None => (String::new(), String::new(), self.to_string()),
        })
    }
}

/// `string.capwords(text)`.
pub fn capwords(text: &str) -> String {
    let words: Vec<String> = text
        .split_words(-1)
        .iter()
        .map(|word| word.capitalize())
        .collect();
    words.join(" ")
}

raising! {
    /// `string.capwords(text, separator)`.
    pub fn capwords_by, try_capwords_by(text: &str, separator: &str) -> String {
        let words: Vec<String> = text.try_split_by(separator, -1)?.iter().map(|word| word.capitalize()).collect();
        Ok(words.join(separator))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words() {
        assert_eq!("a b  c ".split_words(-1), ["a", "b", "c"]);
        assert_eq!("a b  c ".split_words(1), ["a", "b  c "]);
        assert_eq!(" a ".split_words(0), ["a "]);
        assert_eq!("  a b ".rsplit_words(1), ["  a", "b"]);
        assert_eq!(" a b ".rsplit_words(0), [" a b"]);
        assert_eq!("x\u{a0}é y".rsplit_words(-1), ["x", "é", "y"]);
        assert!("".split_words(-1).is_empty() && " \n".rsplit_words(-1).is_empty());
    }

    #[test]
    fn separators() {
        assert_eq!("a,b,c".split_by(",", -1), ["a", "b", "c"]);
        assert_eq!("a,b,c".split_by(",", 1), ["a", "b,c"]);
        assert_eq!("a,b,c".split_by(",", 0), ["a,b,c"]);
        assert_eq!("a,b,c".rsplit_by(",", 1), ["a,b", "c"]);
        assert_eq!("aaa".rsplit_by("aa", -1), ["a", ""]);
        assert_eq!("".split_by(",", -1), [""]);
        assert_eq!(
            "a".try_split_by("", -1).unwrap_err().message(),
            "empty separator"
        );
        assert_eq!(
            "a-b-c".rpartition("-"),
            ("a-b".into(), "-".into(), "c".into())
        );
        assert_eq!("a-b".rpartition("x"), ("".into(), "".into(), "a-b".into()));
        assert_eq!(
            "a-b-c".partition("-"),
            ("a".into(), "-".into(), "b-c".into())
        );
    }

    #[test]
    fn lines() {
        assert_eq!("a\n\nb".splitlines(false), ["a", "", "b"]);
        assert_eq!("a\r\nb\n".splitlines(true), ["a\r\n", "b\n"]);
        assert_eq!(
            "a\x0bb\u{2028}c\x1dd\n\r".splitlines(false),
            ["a", "b", "c", "d", ""]
        );
        assert!("".splitlines(false).is_empty());
        assert_eq!(
            (capwords("hello  WORLD "), capwords_by("a-bC", "-")),
            ("Hello World".into(), "A-Bc".into())
        );
    }
}
