//! Characters and slices of a text.

use crate::py::errors::{Exception, OrThrow};
use crate::py::failures::index_error;
use crate::py::slices::{position, positions};

/// Indexing, slicing, joining.
pub trait PartMethods {
    /// `len(s)`.
    fn char_count(&self) -> i64;
    /// `s[index]`.
    fn try_char_at(&self, index: i64) -> Result<String, Exception>;
    /// `s[start:stop:step]`.
    fn try_slice_text(
        &self,
        start: Option<i64>,
        stop: Option<i64>,
        step: Option<i64>,
    ) -> Result<String, Exception>;
    /// `for character in s`: each character as a text of its own.
    fn characters(&self) -> impl DoubleEndedIterator<Item = String> + Clone;
    /// `s.join(texts)`.
    fn join_texts<T: AsRef<str>>(&self, texts: impl IntoIterator<Item = T>) -> String;

    /// `s[index]`.
    fn char_at(&self, index: i64) -> String {
        self.try_char_at(index).or_throw()
    }

    /// `s[start:stop:step]`.
    fn slice_text(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> String {
        self.try_slice_text(start, stop, step).or_throw()
    }
}

impl PartMethods for str {
    fn char_count(&self) -> i64 {
        self.chars().count() as i64
    }

    fn try_char_at(&self, index: i64) -> Result<String, Exception> {
        let outside = || index_error("string index out of range");
        if self.is_ascii() {
            let at = position(index, self.len()).ok_or_else(outside)?;
            return Ok(self[at..=at].to_string());
        }
        let found = if index >= 0 {
            self.chars().nth(index as usize)
        } else {
            self.chars().nth_back(index.unsigned_abs() as usize - 1)
        };
        found.map(String::from).ok_or_else(outside)
    }

    fn try_slice_text(
        &self,
        start: Option<i64>,
        stop: Option<i64>,
        step: Option<i64>,
    ) -> Result<String, Exception> {
        if self.is_ascii() {
            let wanted = positions(start, stop, step, self.len())?;
            if wanted.step == 1 {
                return Ok(
                    self[wanted.start as usize..(wanted.start + wanted.count) as usize].to_string(),
                );
            }
            let bytes = self.as_bytes();
            return Ok(wanted.iter().map(|at| char::from(bytes[at])).collect());
        }
        let characters: Vec<char> = self.chars().collect();
        Ok(positions(start, stop, step, characters.len())?
            .iter()
            .map(|at| characters[at])
            .collect())
    }

    fn characters(&self) -> impl DoubleEndedIterator<Item = String> + Clone {
        self.chars().map(String::from)
    }

    fn join_texts<T: AsRef<str>>(&self, texts: impl IntoIterator<Item = T>) -> String {
        let mut joined = String::new();
        for (at, text) in texts.into_iter().enumerate() {
            if at > 0 {
                joined.push_str(self);
            }
            joined.push_str(text.as_ref());
        }
        joined
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_not_bytes() {
        for text in ["hello", "héllo"] {
            assert_eq!(
                (text.char_count(), text.char_at(-1), text.char_at(4)),
                (5, "o".to_string(), "o".to_string())
            );
            assert_eq!(text.slice_text(None, None, Some(-1)).char_at(0), "o");
            assert_eq!(text.slice_text(Some(2), Some(99), None), "llo");
            assert_eq!(text.slice_text(Some(-2), None, Some(1)), "lo");
            assert_eq!(text.slice_text(Some(4), Some(0), Some(-2)), "ol");
            assert_eq!(text.slice_text(Some(3), Some(1), None), "");
            for outside in [5, -6] {
                assert_eq!(
                    text.try_char_at(outside).unwrap_err().message(),
                    "string index out of range"
                );
            }
        }
        assert_eq!(
            "a".try_slice_text(None, None, Some(0))
                .unwrap_err()
                .message(),
            "slice step cannot be zero"
        );
        assert_eq!(
            (
                "-".join_texts(["a", "b"]),
                "".join_texts("añ".characters().rev())
            ),
            ("a-b".into(), "ña".into())
        );
    }
}
