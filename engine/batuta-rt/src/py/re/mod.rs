//! Python's `re` on the `regex` crate: patterns without look-around and back references.

mod matches;
mod replacement;
mod syntax;

use std::rc::Rc;

use super::errors::{Exception, raising};
pub use matches::{FoundItem, Match};
use replacement::Replacement;

/// `re.IGNORECASE`.
pub const IGNORECASE: i64 = 2;
/// `re.MULTILINE`.
pub const MULTILINE: i64 = 8;
/// `re.DOTALL`.
pub const DOTALL: i64 = 16;
/// `re.VERBOSE`.
pub const VERBOSE: i64 = 64;

/// `re.UNICODE`.
const UNICODE: i64 = 32;

/// A compiled pattern.
#[derive(Clone)]
pub struct Pattern(Rc<Compiled>);

struct Compiled {
    source: String,
    regex: regex::Regex,
    /// The same pattern where it must begin where the search begins.
    anchored: regex::Regex,
    /// The same pattern where it must end with the text, too.
    whole: regex::Regex,
    /// `$` also fits before a line feed at the end, which the crate has no word for.
    dollar: bool,
    flags: i64,
    /// What the crate is given.
    translated: String,
    /// Whether what lies before a place may decide whether the pattern fits there.
    looks_back: bool,
}

fn built(text: &str, flags: i64) -> Result<regex::Regex, regex::Error> {
    regex::RegexBuilder::new(text)
        .case_insensitive(flags & IGNORECASE != 0)
        .multi_line(flags & MULTILINE != 0)
        .dot_matches_new_line(flags & DOTALL != 0)
        .ignore_whitespace(flags & VERBOSE != 0)
        .build()
}

raising! {
    /// `re.compile(pattern, flags)`.
    pub fn compile, try_compile(pattern: &str, flags: i64) -> Pattern {
        if let Some(missing) = syntax::missing(pattern) {
            super::program::unsupported(&format!("the pattern {pattern:?} has {missing}, which Rust's engine lacks"));
        }
        let translated = syntax::translate(pattern, flags & MULTILINE != 0);
        let build = |text: String| {
            built(&text, flags).map_err(|_| Exception::new("error", format!("the pattern {pattern:?} is not understood")))
        };
        // A line feed before the closing parenthesis ends a comment of a verbose pattern.
        let feed = if flags & VERBOSE != 0 { "\n" } else { "" };
        let text = &translated.text;
        if syntax::chooses(pattern) && build(format!(r"\A(?:{text}{feed})\z"))?.is_match("") {
            super::program::unsupported(&format!("the pattern {pattern:?} may fit nothing in one of several ways"));
        }
        Ok(Pattern(Rc::new(Compiled {
            source: pattern.to_string(),
            regex: build(format!("(?:{text}{feed})"))?,
            anchored: build(format!(r"\A(?:{text}{feed})"))?,
            whole: build(format!(r"\A(?:{text}{feed})\z"))?,
            dollar: translated.dollar,
            flags,
            translated: format!("{text}{feed}"),
            looks_back: pattern.contains('^') || [r"\A", r"\b", r"\B"].iter().any(|each| pattern.contains(each)),
        })))
    }
}

impl Pattern {
    /// `p.pattern`.
    pub fn source(&self) -> String {
        self.0.source.clone()
    }

    /// `p.groups`.
    pub fn groups(&self) -> i64 {
        self.0.regex.captures_len() as i64 - 1
    }

    /// `p.flags`: those that are given, and the one that every pattern of text has.
    pub fn flags(&self) -> i64 {
        self.0.flags | UNICODE
    }

    /// `p.groupindex`.
    pub fn groupindex(&self) -> super::dict::Dict<String, i64> {
        let names = self.0.regex.capture_names().enumerate();
        names
            .filter_map(|(number, name)| Some((name?.to_string(), number as i64)))
            .collect()
    }

    fn check(&self, text: &str) {
        if self.0.dollar && text.ends_with('\n') {
            super::program::unsupported(
                "`$` in a pattern also fits before a line feed at the end; strip the text first",
            );
        }
    }

    fn found(&self, regex: &regex::Regex, text: &Rc<str>, start: usize) -> Option<Match> {
        let captures = regex.captures_at(text, start)?;
        Some(Match::new(Rc::clone(text), &captures, regex))
    }

    /// `p.search(text)`.
    pub fn search(&self, text: &str) -> Option<Match> {
        self.check(text);
        self.found(&self.0.regex, &text.into(), 0)
    }

    /// `p.match(text)`.
    pub fn match_start(&self, text: &str) -> Option<Match> {
        self.check(text);
        self.found(&self.0.anchored, &text.into(), 0)
    }

    /// `p.fullmatch(text)`.
    pub fn fullmatch(&self, text: &str) -> Option<Match> {
        self.check(text);
        self.found(&self.0.whole, &text.into(), 0)
    }

    /// The part of a text before `endpos`, and the byte at which a search from `pos` begins. What lies before `pos` still tells
    /// where lines and words begin, as in Python.
    fn part<'a>(&self, text: &'a str, pos: i64, endpos: i64) -> (&'a str, usize) {
        let place = |count: i64| {
            let mut ends = text.char_indices().map(|(byte, _)| byte);
            ends.nth(count.max(0) as usize).unwrap_or(text.len())
        };
        let part = &text[..place(endpos)];
        self.check(part);
        (part, place(pos))
    }

    fn found_in(
        &self,
        text: &str,
        part: &str,
        start: usize,
        fits: impl Fn((usize, usize)) -> bool,
    ) -> Option<Match> {
        let captures = (start <= part.len()).then(|| self.0.regex.captures_at(part, start))??;
        let found = Match::new(text.into(), &captures, &self.0.regex);
        fits(found.bytes()).then_some(found)
    }

    /// `p.search(text, pos, endpos)`.
    pub fn search_from(&self, text: &str, pos: i64, endpos: i64) -> Option<Match> {
        let (part, start) = self.part(text, pos, endpos);
        self.found_in(text, part, start, |_| true)
    }

    /// `p.match(text, pos, endpos)`: where any match begins at `pos`, the leftmost one does.
    pub fn match_from(&self, text: &str, pos: i64, endpos: i64) -> Option<Match> {
        let (part, start) = self.part(text, pos, endpos);
        if !self.0.looks_back && start <= part.len() {
            // Nothing before `pos` matters, and what does not fit there need not be looked for further on.
            let captures = self.0.anchored.captures(&part[start..])?;
            return Some(Match::new(text.into(), &captures, &self.0.anchored).moved(start));
        }
        self.found_in(text, part, start, |(from, _)| from == start)
    }

    /// `p.fullmatch(text, pos, endpos)`.
    pub fn fullmatch_from(&self, text: &str, pos: i64, endpos: i64) -> Option<Match> {
        let (part, start) = self.part(text, pos, endpos);
        if start > 0 && self.0.looks_back {
            let regex = built(&format!(r"(?:{})\z", self.0.translated), self.0.flags).ok()?;
            let captures = regex.captures_at(part, (start <= part.len()).then_some(start)?)?;
            let found = Match::new(text.into(), &captures, &regex);
            return (found.bytes().0 == start).then_some(found);
        }
        let captures = self.0.whole.captures(part.get(start..)?)?;
        Some(Match::new(text.into(), &captures, &self.0.whole).moved(start))
    }

    /// `p.finditer(text)`. An empty match may touch the match before it, as in Python; it may not follow another empty one.
    pub fn finditer(&self, text: &str) -> std::vec::IntoIter<Match> {
        self.check(text);
        self.finditer_at(text.into(), 0, text.len())
    }

    /// `p.finditer(text, pos, endpos)`.
    pub fn finditer_from(&self, text: &str, pos: i64, endpos: i64) -> std::vec::IntoIter<Match> {
        let (part, start) = self.part(text, pos, endpos);
        self.finditer_at(text.into(), start, part.len())
    }

    fn finditer_at(
        &self,
        text: Rc<str>,
        mut start: usize,
        end: usize,
    ) -> std::vec::IntoIter<Match> {
        let mut found = Vec::new();
        while start <= end
            && let Some(captures) = self.0.regex.captures_at(&text[..end], start)
        {
            let next = Match::new(Rc::clone(&text), &captures, &self.0.regex);
            let (from, to) = next.bytes();
            found.push(next);
            start = to;
            if from == to {
                start += text[to..].chars().next().map_or(1, char::len_utf8);
            }
        }
        found.into_iter()
    }

    /// `p.findall(text)`: texts for patterns with at most one group, else tuples.
    pub fn findall<T: FoundItem>(&self, text: &str) -> Vec<T> {
        self.finditer(text)
            .map(|found| T::of_match(&found))
            .collect()
    }

    /// `p.subn(text)` by what `replace` gives for each match.
    fn replaced(
        &self,
        text: &str,
        limit: i64,
        mut replace: impl FnMut(&Match) -> String,
    ) -> (String, i64) {
        let mut result = String::with_capacity(text.len());
        let (mut last, mut count) = (0, 0);
        for found in self.finditer(text) {
            if limit > 0 && count == limit {
                break;
            }
            let (from, to) = found.bytes();
            result.push_str(&text[last..from]);
            result.push_str(&replace(&found));
            last = to;
            count += 1;
        }
        result.push_str(&text[last..]);
        (result, count)
    }

    /// `p.subn(template, text, count)`.
    pub fn subn(&self, template: &str, text: &str, limit: i64) -> (String, i64) {
        let template = Replacement::new(template);
        self.replaced(text, limit, |found| template.expand(found))
    }

    /// `p.sub(template, text, count)`.
    pub fn sub(&self, template: &str, text: &str, limit: i64) -> String {
        self.subn(template, text, limit).0
    }

    /// `p.sub(function, text, count)`.
    pub fn sub_by(&self, function: impl FnMut(&Match) -> String, text: &str, limit: i64) -> String {
        self.replaced(text, limit, function).0
    }

    /// `p.split(text, maxsplit)`: the pieces, and the groups of the pattern between them.
    pub fn split(&self, text: &str, limit: i64) -> Vec<String> {
        let mut pieces = Vec::new();
        let mut last = 0;
        for (count, found) in self.finditer(text).enumerate() {
            if limit > 0 && count as i64 == limit {
                break;
            }
            let (from, to) = found.bytes();
            pieces.push(text[last..from].to_string());
            for group in found.groups() {
                pieces.push(group.unwrap_or_else(|| {
                    super::program::unsupported("a group between the pieces of `split` took no part: Python would put None there")
                }));
            }
            last = to;
        }
        pieces.push(text[last..].to_string());
        pieces
    }
}

/// `re.escape(text)`.
pub fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        if "()[]{}?*+-|^$\\.&~# \t\n\r\u{b}\u{c}".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

impl super::text::Text for Pattern {
    fn repr_text(&self) -> String {
        format!("re.compile({})", super::text::repr(&self.0.source))
    }
}

#[cfg(test)]
mod tests;
