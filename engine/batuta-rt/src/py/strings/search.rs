//! Where one text stands in another.

use crate::py::errors::{Exception, OrThrow};
use crate::py::failures::value_error;

/// One text or several of them: what `startswith` and `endswith` take.
pub trait Affixes {
    /// Whether the test holds for one of the texts.
    fn any(&self, test: impl Fn(&str) -> bool) -> bool;
}

impl Affixes for str {
    fn any(&self, test: impl Fn(&str) -> bool) -> bool {
        test(self)
    }
}

impl Affixes for String {
    fn any(&self, test: impl Fn(&str) -> bool) -> bool {
        test(self)
    }
}

impl Affixes for &str {
    fn any(&self, test: impl Fn(&str) -> bool) -> bool {
        test(self)
    }
}

impl<T: AsRef<str>> Affixes for Vec<T> {
    fn any(&self, test: impl Fn(&str) -> bool) -> bool {
        self.iter().any(|each| test(each.as_ref()))
    }
}

impl<T: AsRef<str>, const N: usize> Affixes for [T; N] {
    fn any(&self, test: impl Fn(&str) -> bool) -> bool {
        self.iter().any(|each| test(each.as_ref()))
    }
}

macro_rules! affix_tuple {
    ($($name:ident $index:tt),+) => {
        impl<$($name: AsRef<str>),+> Affixes for ($($name,)+) {
            fn any(&self, test: impl Fn(&str) -> bool) -> bool {
                $(test(self.$index.as_ref()))||+
            }
        }
    };
}
affix_tuple!(A 0);
affix_tuple!(A 0, B 1);
affix_tuple!(A 0, B 1, C 2);
affix_tuple!(A 0, B 1, C 2, D 3);
affix_tuple!(A 0, B 1, C 2, D 3, E 4);
affix_tuple!(A 0, B 1, C 2, D 3, E 4, F 5);

/// `find`, `index`, `count`, `startswith` and their kin; positions are counted in characters.
pub trait SearchMethods {
    /// `s.find(part, start, end)`.
    fn find_text(&self, part: &str, start: Option<i64>, end: Option<i64>) -> i64;
    /// `s.rfind(part, start, end)`.
    fn rfind_text(&self, part: &str, start: Option<i64>, end: Option<i64>) -> i64;
    /// `s.count(part, start, end)`.
    fn count_text(&self, part: &str, start: Option<i64>, end: Option<i64>) -> i64;
    /// `s.startswith(prefix, start, end)`.
    fn startswith<A: Affixes + ?Sized>(
        &self,
        prefix: &A,
        start: Option<i64>,
        end: Option<i64>,
    ) -> bool;
    /// `s.endswith(suffix, start, end)`.
    fn endswith<A: Affixes + ?Sized>(
        &self,
        suffix: &A,
        start: Option<i64>,
        end: Option<i64>,
    ) -> bool;
    /// `s.replace(old, new, count)`; a negative count replaces all.
    fn replace_text(&self, old: &str, new: &str, count: i64) -> String;

    /// `s.index(part, start, end)`.
    fn try_index_text(
        &self,
        part: &str,
        start: Option<i64>,
        end: Option<i64>,
    ) -> Result<i64, Exception> {
        found(self.find_text(part, start, end))
    }

    /// `s.rindex(part, start, end)`.
    fn try_rindex_text(
        &self,
        part: &str,
        start: Option<i64>,
        end: Option<i64>,
    ) -> Result<i64, Exception> {
        found(self.rfind_text(part, start, end))
    }

    /// `s.index(part, start, end)`.
    fn index_text(&self, part: &str, start: Option<i64>, end: Option<i64>) -> i64 {
        self.try_index_text(part, start, end).or_throw()
    }

    /// `s.rindex(part, start, end)`.
    fn rindex_text(&self, part: &str, start: Option<i64>, end: Option<i64>) -> i64 {
        self.try_rindex_text(part, start, end).or_throw()
    }
}

fn found(position: i64) -> Result<i64, Exception> {
    if position < 0 {
        Err(value_error("substring not found"))
    } else {
        Ok(position)
    }
}

/// The part of a text between two positions, and how many characters stand before it. None where nothing, not even the empty
/// text, can be found.
fn window(text: &str, start: Option<i64>, end: Option<i64>) -> Option<(&str, i64)> {
    if start.is_none() && end.is_none() {
        return Some((text, 0));
    }
    let count = text.chars().count() as i64;
    let from_front = |bound: i64| {
        if bound < 0 {
            bound.saturating_add(count).max(0)
        } else {
            bound
        }
    };
    let start = from_front(start.unwrap_or(0));
    let end = from_front(end.unwrap_or(count)).min(count);
    if start > end {
        return None;
    }
    let byte = |position: i64| {
        text.char_indices()
            .nth(position as usize)
            .map_or(text.len(), |(at, _)| at)
    };
    Some((&text[byte(start)..byte(end)], start))
}

impl SearchMethods for str {
    fn find_text(&self, part: &str, start: Option<i64>, end: Option<i64>) -> i64 {
        let place = window(self, start, end).and_then(|(inside, before)| {
            let at = inside.find(part)?;
            Some(before + inside[..at].chars().count() as i64)
        });
        place.unwrap_or(-1)
    }

    fn rfind_text(&self, part: &str, start: Option<i64>, end: Option<i64>) -> i64 {
        let place = window(self, start, end).and_then(|(inside, before)| {
            let at = inside.rfind(part)?;
            Some(before + inside[..at].chars().count() as i64)
        });
        place.unwrap_or(-1)
    }

    fn count_text(&self, part: &str, start: Option<i64>, end: Option<i64>) -> i64 {
        window(self, start, end).map_or(0, |(inside, _)| inside.matches(part).count() as i64)
    }

    fn startswith<A: Affixes + ?Sized>(
        &self,
        prefix: &A,
        start: Option<i64>,
        end: Option<i64>,
    ) -> bool {
        window(self, start, end)
            .is_some_and(|(inside, _)| prefix.any(|each| inside.starts_with(each)))
    }

    fn endswith<A: Affixes + ?Sized>(
        &self,
        suffix: &A,
        start: Option<i64>,
        end: Option<i64>,
    ) -> bool {
        window(self, start, end)
            .is_some_and(|(inside, _)| suffix.any(|each| inside.ends_with(each)))
    }

    fn replace_text(&self, old: &str, new: &str, count: i64) -> String {
        match usize::try_from(count) {
            Ok(count) => self.replacen(old, new, count),
            Err(_) => self.replace(old, new),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_those_of_python() {
        assert_eq!(
            (
                "abc".find_text("", Some(3), None),
                "abc".find_text("", Some(4), None),
                "éab".find_text("b", None, None)
            ),
            (3, -1, 2)
        );
        assert_eq!(
            (
                "abc".rfind_text("", Some(1), Some(2)),
                "abab".rfind_text("ab", None, Some(-1)),
                "abc".rfind_text("z", None, None)
            ),
            (2, 0, -1)
        );
        assert_eq!(
            (
                "abc".count_text("", Some(4), None),
                "abc".count_text("", None, None),
                "aaaa".count_text("aa", None, None)
            ),
            (0, 4, 2)
        );
        assert_eq!(
            "abc".try_index_text("z", None, None).unwrap_err().message(),
            "substring not found"
        );
        assert_eq!("xabx".index_text("x", Some(1), None), 3);
    }

    #[test]
    fn affixes_may_be_many() {
        assert!(
            "abc".startswith("ab", None, None)
                && !"abc".startswith("", Some(4), None)
                && "abc".startswith("c", Some(-1), None)
        );
        assert!(
            "a.py".endswith(&("rs", ".py".to_string()), None, None)
                && !"a.py".endswith(&vec!["x"], None, None)
        );
        assert_eq!(
            (
                "abc".replace_text("", "-", 2),
                "aaa".replace_text("a", "b", -1)
            ),
            ("-a-bc".into(), "bbb".into())
        );
    }
}
