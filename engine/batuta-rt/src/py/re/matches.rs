//! A match: its text, its groups and where they lie.

use std::cell::OnceCell;
use std::rc::Rc;

use super::replacement::Replacement;
use crate::py::dict::Dict;
use crate::py::errors::{Exception, OrThrow};
use crate::py::failures::index_error;
use crate::py::text::Text;
use crate::py::truth::Truth;

/// A text that is searched, with its characters where places are counted in them.
pub struct Subject {
    text: String,
    characters: OnceCell<Vec<char>>,
    /// Where each character begins, and where the last one ends; nothing where all have one byte.
    starts: OnceCell<Vec<usize>>,
}

impl Subject {
    pub(super) fn new(text: &str) -> Rc<Self> {
        Rc::new(Subject {
            text: text.to_string(),
            characters: OnceCell::new(),
            starts: OnceCell::new(),
        })
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn characters(&self) -> &[char] {
        self.characters.get_or_init(|| self.text.chars().collect())
    }

    fn starts(&self) -> &[usize] {
        self.starts.get_or_init(|| {
            if self.text.is_ascii() {
                return Vec::new();
            }
            let ends = std::iter::once(self.text.len());
            self.text
                .char_indices()
                .map(|each| each.0)
                .chain(ends)
                .collect()
        })
    }

    /// The byte at which a character begins.
    pub(super) fn byte(&self, character: usize) -> usize {
        self.starts().get(character).copied().unwrap_or(character)
    }

    /// The number of the character that begins at a byte.
    pub(super) fn character(&self, byte: usize) -> usize {
        let starts = self.starts();
        if starts.is_empty() {
            byte
        } else {
            starts.partition_point(|each| *each < byte)
        }
    }
}

/// A match object.
#[derive(Clone)]
pub struct Match {
    text: Rc<Subject>,
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
    pub(super) fn new(
        text: Rc<Subject>,
        spans: Vec<Option<(usize, usize)>>,
        names: Rc<[(String, usize)]>,
    ) -> Self {
        Match { text, spans, names }
    }

    pub(super) fn bytes(&self) -> (usize, usize) {
        self.spans[0].unwrap_or_default()
    }

    fn slice(&self, span: Option<(usize, usize)>) -> Option<String> {
        span.map(|(start, end)| self.text.text[start..end].to_string())
    }

    fn find(&self, key: impl GroupKey) -> Result<Option<(usize, usize)>, Exception> {
        key.number(&self.names)
            .and_then(|number| self.spans.get(number).copied())
            .ok_or_else(|| index_error("no such group"))
    }

    fn characters(&self, bytes: usize) -> i64 {
        self.text.character(bytes) as i64
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

    /// `m.expand(template)`.
    pub fn expand(&self, template: &str) -> String {
        Replacement::new(template).expand(self)
    }

    /// `m.lastindex`.
    pub fn lastindex(&self) -> Option<i64> {
        self.last().map(|number| number as i64)
    }

    /// `m.lastgroup`.
    pub fn lastgroup(&self) -> Option<String> {
        let number = self.last()?;
        let named = self.names.iter().find(|name| name.1 == number);
        named.map(|name| name.0.clone())
    }

    /// The group that ended last; of two that end together the outer one ends later.
    fn last(&self) -> Option<usize> {
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
        last.map(|each| each.0)
    }

    /// `m.groups()`.
    pub fn groups(&self) -> Vec<Option<String>> {
        self.spans[1..]
            .iter()
            .map(|span| self.slice(*span))
            .collect()
    }

    /// `m.groups(default)`.
    pub fn groups_or(&self, default: &str) -> Vec<String> {
        let groups = self.spans[1..].iter();
        groups
            .map(|span| self.slice(*span).unwrap_or_else(|| default.to_string()))
            .collect()
    }

    /// `m.groupdict(default)`.
    pub fn groupdict_or(&self, default: &str) -> Dict<String, String> {
        let names = self.names.iter();
        names
            .map(|(name, number)| {
                (
                    name.clone(),
                    self.slice(self.spans[*number])
                        .unwrap_or_else(|| default.to_string()),
                )
            })
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
        self.text.text.clone()
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
