//! A match: its text, its groups and where they lie.

use std::rc::Rc;

use crate::py::dict::Dict;
use crate::py::errors::{Exception, OrThrow};
use crate::py::failures::index_error;
use crate::py::text::Text;
use crate::py::truth::Truth;

/// A match object.
#[derive(Clone)]
pub struct Match {
    text: Rc<str>,
    /// The whole match and its groups, in bytes.
    spans: Vec<Option<(usize, usize)>>,
    names: Rc<[(String, usize)]>,
}

/// What names a group: its number or its name.
pub trait GroupKey {
    /// The number of the group, if there is one.
    fn number(&self, names: &[(String, usize)]) -> Option<usize>;
}

impl GroupKey for i64 {
    fn number(&self, _names: &[(String, usize)]) -> Option<usize> {
        usize::try_from(*self).ok()
    }
}

impl GroupKey for &str {
    fn number(&self, names: &[(String, usize)]) -> Option<usize> {
        names.iter().find(|name| name.0 == *self).map(|name| name.1)
    }
}

impl GroupKey for &String {
    fn number(&self, names: &[(String, usize)]) -> Option<usize> {
        self.as_str().number(names)
    }
}

impl Match {
    pub(super) fn new(text: Rc<str>, captures: &regex::Captures<'_>, regex: &regex::Regex) -> Self {
        let names = regex
            .capture_names()
            .enumerate()
            .filter_map(|(number, name)| Some((name?.to_string(), number)));
        Match {
            text,
            spans: captures
                .iter()
                .map(|group| group.map(|group| (group.start(), group.end())))
                .collect(),
            names: names.collect(),
        }
    }

    /// The match of a part of the text that begins at a byte, in the whole text.
    pub(super) fn moved(mut self, by: usize) -> Self {
        for (start, end) in self.spans.iter_mut().flatten() {
            (*start, *end) = (*start + by, *end + by);
        }
        self
    }

    pub(super) fn bytes(&self) -> (usize, usize) {
        self.spans[0].unwrap_or_default()
    }

    fn slice(&self, span: Option<(usize, usize)>) -> Option<String> {
        span.map(|(start, end)| self.text[start..end].to_string())
    }

    fn find(&self, key: impl GroupKey) -> Result<Option<(usize, usize)>, Exception> {
        key.number(&self.names)
            .and_then(|number| self.spans.get(number).copied())
            .ok_or_else(|| index_error("no such group"))
    }

    fn characters(&self, bytes: usize) -> i64 {
        self.text[..bytes].chars().count() as i64
    }

    /// `m.group()`.
    pub fn whole(&self) -> String {
        self.slice(self.spans[0]).unwrap_or_default()
    }

    /// `m.group(key)`: None when the group took no part.
    pub fn try_group(&self, key: impl GroupKey) -> Result<Option<String>, Exception> {
        Ok(self.slice(self.find(key)?))
    }

    /// `m.group(key)`.
    pub fn group(&self, key: impl GroupKey) -> Option<String> {
        self.try_group(key).or_throw()
    }

    /// `m.lastindex`: the group that ended last; of two that end together the outer one ends later.
    pub fn lastindex(&self) -> Option<i64> {
        let mut last: Option<(usize, (usize, usize))> = None;
        for (number, span) in self.spans.iter().enumerate().skip(1) {
            let Some((start, end)) = *span else { continue };
            let later = match last {
                None => true,
                Some((_, (first, ended))) => {
                    end > ended || (end == ended && start >= ended && first < ended)
                }
            };
            if later {
                last = Some((number, (start, end)));
            }
        }
        last.map(|(number, _)| number as i64)
    }

    /// `m.lastgroup`: the name of that group.
    pub fn lastgroup(&self) -> Option<String> {
        let number = self.lastindex()?;
        let named = self.names.iter().find(|name| name.1 as i64 == number);
        named.map(|name| name.0.clone())
    }

    /// `m.groups()`.
    pub fn groups(&self) -> Vec<Option<String>> {
        self.spans[1..]
            .iter()
            .map(|span| self.slice(*span))
            .collect()
    }

    /// `m.groupdict()`.
    pub fn groupdict(&self) -> Dict<String, Option<String>> {
        self.names
            .iter()
            .map(|(name, number)| (name.clone(), self.slice(self.spans[*number])))
            .collect()
    }

    /// `m.span(key)`: a pair of -1 when the group took no part.
    pub fn try_span(&self, key: impl GroupKey) -> Result<(i64, i64), Exception> {
        Ok(self.find(key)?.map_or((-1, -1), |(start, end)| {
            (self.characters(start), self.characters(end))
        }))
    }

    /// `m.span(key)`.
    pub fn span(&self, key: impl GroupKey) -> (i64, i64) {
        self.try_span(key).or_throw()
    }

    /// `m.start(key)`.
    pub fn try_start(&self, key: impl GroupKey) -> Result<i64, Exception> {
        Ok(self.try_span(key)?.0)
    }

    /// `m.start(key)`.
    pub fn start(&self, key: impl GroupKey) -> i64 {
        self.span(key).0
    }

    /// `m.end(key)`.
    pub fn try_end(&self, key: impl GroupKey) -> Result<i64, Exception> {
        Ok(self.try_span(key)?.1)
    }

    /// `m.end(key)`.
    pub fn end(&self, key: impl GroupKey) -> i64 {
        self.span(key).1
    }

    /// `m.string`.
    pub fn string(&self) -> String {
        self.text.to_string()
    }
}

impl Truth for Match {
    fn truth(&self) -> bool {
        true
    }
}

impl Text for Match {
    fn repr_text(&self) -> String {
        let (start, end) = self.span(0);
        format!(
            "<re.Match object; span=({start}, {end}), match={}>",
            self.whole().repr_text()
        )
    }
}

/// An item of `findall`.
pub trait FoundItem {
    /// The item of one match.
    fn of_match(found: &Match) -> Self;
}

impl FoundItem for String {
    /// The only group, or the whole match where there is none. A group that took no part is empty.
    fn of_match(found: &Match) -> Self {
        let span = found.spans.get(1).copied().unwrap_or(found.spans[0]);
        found.slice(span).unwrap_or_default()
    }
}

macro_rules! found_tuples {
    ($(($($number:literal)+))*) => {$(
        impl FoundItem for ($(found_tuples!(@text $number),)+) {
            fn of_match(found: &Match) -> Self {
                ($(found.slice(found.spans[$number]).unwrap_or_default(),)+)
            }
        }
    )*};
    (@text $number:literal) => { String };
}
found_tuples!((1 2)(1 2 3)(1 2 3 4)(1 2 3 4 5)(1 2 3 4 5 6)(1 2 3 4 5 6 7)(1 2 3 4 5 6 7 8)(1 2 3 4 5 6 7 8 9)(1 2 3 4 5 6 7 8 9 10)(1 2 3 4 5 6 7 8 9 10 11)(1 2 3 4 5 6 7 8 9 10 11 12));
