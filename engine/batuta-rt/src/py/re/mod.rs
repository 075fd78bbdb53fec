//! Python's `re`: on the `regex` crate, and by trying one choice after the other where the crate knows a pattern not at all
//! (look-around, back references, conditions) or would decide otherwise.

mod backtracking;
mod matches;
mod parse;
mod replacement;
mod sets;
mod syntax;

use std::cell::OnceCell;
use std::rc::Rc;

use super::dict::Dict;
use super::errors::raising;
use backtracking::{Machine, Way};
use matches::Subject;
pub use matches::{FoundItem, Match};
use replacement::Replacement;

/// `re.IGNORECASE`.
pub const IGNORECASE: i64 = 2;
/// `re.MULTILINE`.
pub const MULTILINE: i64 = 8;
/// `re.DOTALL`.
pub const DOTALL: i64 = 16;
/// `re.UNICODE`: always so for texts.
pub const UNICODE: i64 = 32;
/// `re.VERBOSE`.
pub const VERBOSE: i64 = 64;
/// `re.ASCII`.
pub const ASCII: i64 = 256;
/// `re.NOFLAG`.
pub const NOFLAG: i64 = 0;

/// A compiled pattern.
#[derive(Clone)]
pub struct Pattern(Rc<Compiled>);

struct Compiled {
    source: String,
    flags: i64,
    names: Rc<[(String, usize)]>,
    groups: usize,
    /// None where the crate is not to be asked.
    fast: Option<Fast>,
    /// Python's own way, made when it is first needed.
    exact: OnceCell<Machine>,
}

struct Fast {
    regex: regex::Regex,
    /// The same pattern where it must begin where the text begins.
    anchored: regex::Regex,
    /// The same pattern where it must end with the text, too.
    whole: regex::Regex,
}

/// The pattern on the crate, if the crate means the same by it.
fn fast(pattern: &str, flags: i64, verbose: bool) -> Option<Fast> {
    if flags & ASCII != 0 || syntax::missing(pattern) {
        return None;
    }
    let translated = syntax::translate(pattern, flags & MULTILINE != 0, verbose);
    if translated.dollar {
        return None;
    }
    let build = |text: String| {
        regex::RegexBuilder::new(&text)
            .case_insensitive(flags & IGNORECASE != 0)
            .multi_line(flags & MULTILINE != 0)
            .dot_matches_new_line(flags & DOTALL != 0)
            .ignore_whitespace(flags & VERBOSE != 0)
            .build()
            .ok()
    };
    let text = &translated.text;
    let whole = build(format!(r"\A(?:{text})\z"))?;
    if syntax::chooses(pattern) && whole.is_match("") {
        return None;
    }
    let (regex, anchored) = (
        build(format!("(?:{text})"))?,
        build(format!(r"\A(?:{text})"))?,
    );
    Some(Fast {
        regex,
        anchored,
        whole,
    })
}

raising! {
    /// `re.compile(pattern, flags)`.
    pub fn compile, try_compile(pattern: &str, flags: i64) -> Pattern {
        let parsed = parse::parse(pattern, flags)?;
        Ok(Pattern(Rc::new(Compiled {
            source: pattern.to_string(),
            flags: parsed.flags,
            groups: parsed.groups,
            fast: fast(pattern, flags, parsed.flags & VERBOSE != 0),
            names: parsed.names.into(),
            exact: OnceCell::new(),
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
        self.0.groups as i64
    }

    /// `p.flags`.
    pub fn flags(&self) -> i64 {
        self.0.flags
            | if self.0.flags & ASCII == 0 {
                UNICODE
            } else {
                0
            }
    }

    /// `p.groupindex`.
    pub fn groupindex(&self) -> Dict<String, i64> {
        self.0
            .names
            .iter()
            .map(|(name, number)| (name.clone(), *number as i64))
            .collect()
    }

    fn exact(&self) -> &Machine {
        self.0.exact.get_or_init(|| {
            let parsed = parse::parse(&self.0.source, self.0.flags);
            let machine = parsed.ok().and_then(|parsed| Machine::new(&parsed));
            machine.unwrap_or_else(|| {
                super::program::unsupported(&format!(
                    "the pattern {:?} repeats too much",
                    self.0.source
                ))
            })
        })
    }

    /// The first match at or behind a place, in characters of the text between its beginning and `end`.
    fn slow(
        &self,
        text: &Rc<Subject>,
        start: usize,
        end: usize,
        way: Way,
        advancing: bool,
    ) -> Option<Match> {
        let marks = self
            .exact()
            .find(text.characters(), start, end, way, advancing)?;
        let spans = marks
            .chunks(2)
            .map(|pair| (pair[1] != usize::MAX).then(|| (text.byte(pair[0]), text.byte(pair[1]))))
            .collect();
        Some(Match::new(Rc::clone(text), spans, Rc::clone(&self.0.names)))
    }

    fn quick(&self, regex: &regex::Regex, text: &Rc<Subject>, start: usize) -> Option<Match> {
        let captures = regex.captures_at(text.text(), start)?;
        let spans = captures
            .iter()
            .map(|group| group.map(|group| (group.start(), group.end())))
            .collect();
        Some(Match::new(Rc::clone(text), spans, Rc::clone(&self.0.names)))
    }

    /// `p.search(text)`.
    pub fn search(&self, text: &str) -> Option<Match> {
        let text = Subject::new(text);
        match &self.0.fast {
            Some(fast) => self.quick(&fast.regex, &text, 0),
            None => self.slow(&text, 0, text.characters().len(), Way::Anywhere, false),
        }
    }

    /// `p.match(text)`.
    pub fn match_start(&self, text: &str) -> Option<Match> {
        let text = Subject::new(text);
        match &self.0.fast {
            Some(fast) => self.quick(&fast.anchored, &text, 0),
            None => self.slow(&text, 0, text.characters().len(), Way::AtStart, false),
        }
    }

    /// `p.fullmatch(text)`.
    pub fn fullmatch(&self, text: &str) -> Option<Match> {
        let text = Subject::new(text);
        match &self.0.fast {
            Some(fast) => self.quick(&fast.whole, &text, 0),
            None => self.slow(&text, 0, text.characters().len(), Way::Whole, false),
        }
    }

    /// The part of a text between two places, in characters; None when nothing can lie there.
    fn part(&self, text: &Subject, from: i64, to: i64) -> Option<(usize, usize)> {
        let length = text.characters().len();
        let place = |given: i64| usize::try_from(given).unwrap_or(0).min(length);
        let (start, end) = (place(from), place(to));
        (start <= end).then_some((start, end))
    }

    fn between(&self, text: &str, from: i64, to: i64, way: Way) -> Option<Match> {
        let text = Subject::new(text);
        let (start, end) = self.part(&text, from, to)?;
        self.slow(&text, start, end, way, false)
    }

    /// `p.search(text, pos, endpos)`.
    pub fn search_from(&self, text: &str, from: i64, to: i64) -> Option<Match> {
        self.between(text, from, to, Way::Anywhere)
    }

    /// `p.match(text, pos, endpos)`.
    pub fn match_from(&self, text: &str, from: i64, to: i64) -> Option<Match> {
        self.between(text, from, to, Way::AtStart)
    }

    /// `p.fullmatch(text, pos, endpos)`.
    pub fn fullmatch_from(&self, text: &str, from: i64, to: i64) -> Option<Match> {
        self.between(text, from, to, Way::Whole)
    }

    /// `p.finditer(text, pos, endpos)`.
    pub fn finditer_from(&self, text: &str, from: i64, to: i64) -> std::vec::IntoIter<Match> {
        let text = Subject::new(text);
        match self.part(&text, from, to) {
            Some((start, end)) => self.all_between(&text, start, end).into_iter(),
            None => Vec::new().into_iter(),
        }
    }

    fn all_between(&self, text: &Rc<Subject>, start: usize, end: usize) -> Vec<Match> {
        let mut found = Vec::new();
        let (mut start, mut advancing) = (start, false);
        while let Some(next) = self.slow(text, start, end, Way::Anywhere, advancing) {
            let (from, to) = next.bytes();
            found.push(next);
            (start, advancing) = (text.character(to), from == to);
        }
        found
    }

    /// `p.finditer(text)`. An empty match may touch the match before it; behind an empty one, the next may not be empty at the same place.
    pub fn finditer(&self, text: &str) -> std::vec::IntoIter<Match> {
        let text = Subject::new(text);
        let Some(fast) = &self.0.fast else {
            return self
                .all_between(&text, 0, text.characters().len())
                .into_iter();
        };
        let mut found = Vec::new();
        let mut start = 0;
        while start <= text.text().len()
            && let Some(next) = self.quick(&fast.regex, &text, start)
        {
            let (from, to) = next.bytes();
            found.push(next);
            start = to;
            if from == to {
                start += text.text()[to..].chars().next().map_or(1, char::len_utf8);
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
        let pattern = super::text::repr(&self.0.source);
        let names = [
            (IGNORECASE, "re.IGNORECASE"),
            (MULTILINE, "re.MULTILINE"),
            (DOTALL, "re.DOTALL"),
            (VERBOSE, "re.VERBOSE"),
            (ASCII, "re.ASCII"),
        ];
        let flags: Vec<&str> = names
            .iter()
            .filter(|each| self.0.flags & each.0 != 0)
            .map(|each| each.1)
            .collect();
        if flags.is_empty() {
            return format!("re.compile({pattern})");
        }
        format!("re.compile({pattern}, {})", flags.join("|"))
    }
}

#[cfg(test)]
mod tests;
