//! Python's `textwrap`: paragraphs of a width, margins, indents.

use super::errors::{Exception, raising};
use super::strings::{PaddingMethods, SplitMethods};

const WHITESPACE: [char; 6] = ['\t', '\n', '\u{b}', '\u{c}', '\r', ' '];

/// `textwrap.TextWrapper`: how to fill lines.
#[derive(Clone, Debug)]
pub struct Wrapper {
    width: i64,
    initial_indent: String,
    subsequent_indent: String,
    expand_tabs: bool,
    replace_whitespace: bool,
    break_long_words: bool,
    drop_whitespace: bool,
    break_on_hyphens: bool,
    tabsize: i64,
    max_lines: Option<i64>,
    placeholder: String,
}

fn is_white(c: char) -> bool {
    WHITESPACE.contains(&c)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn is_letter(c: char) -> bool {
    is_word(c) && !c.is_numeric()
}

/// The end of a dash of two or more hyphens at `at` that stands between words.
fn dash(text: &[char], at: usize) -> Option<usize> {
    let before = *text.get(at.checked_sub(1)?)?;
    if !(is_word(before) || "!\"'&.,?".contains(before)) {
        return None;
    }
    let end = at + text[at..].iter().take_while(|&&c| c == '-').count();
    (end >= at + 2 && text.get(end).is_some_and(|&c| is_word(c))).then_some(end)
}

/// Whether a line may be broken after the hyphen at `at`.
fn breaks_after(text: &[char], at: usize) -> bool {
    let letter = |place: Option<usize>| {
        place
            .and_then(|place| text.get(place))
            .is_some_and(|&c| is_letter(c))
    };
    let is_hyphen = |place: Option<usize>| place.and_then(|place| text.get(place)) == Some(&'-');
    let back = |count: usize| at.checked_sub(count);
    let before = letter(back(1)) && (letter(back(2)) || (is_hyphen(back(2)) && letter(back(3))));
    let second = if is_hyphen(Some(at + 2)) {
        at + 3
    } else {
        at + 2
    };
    before && letter(Some(at + 1)) && letter(Some(second))
}

impl Wrapper {
    /// `TextWrapper(width, initial_indent, subsequent_indent, …)`; `flags` are `expand_tabs`, `replace_whitespace`,
    /// `break_long_words`, `drop_whitespace` and `break_on_hyphens`.
    pub fn new(
        width: i64,
        indents: [&str; 2],
        flags: [bool; 5],
        tabsize: i64,
        max_lines: Option<i64>,
        placeholder: &str,
    ) -> Self {
        let [
            expand_tabs,
            replace_whitespace,
            break_long_words,
            drop_whitespace,
            break_on_hyphens,
        ] = flags;
        Wrapper {
            width,
            initial_indent: indents[0].to_string(),
            subsequent_indent: indents[1].to_string(),
            expand_tabs,
            replace_whitespace,
            break_long_words,
            drop_whitespace,
            break_on_hyphens,
            tabsize,
            max_lines,
            placeholder: placeholder.to_string(),
        }
    }

    /// With the usual settings and this width.
    pub fn of_width(width: i64) -> Self {
        Self::new(width, ["", ""], [true; 5], 8, None, " [...]")
    }

    fn words(&self, text: &str) -> Vec<Vec<char>> {
        let mut text: Vec<char> = if self.expand_tabs {
            text.expandtabs(self.tabsize).chars().collect()
        } else {
            text.chars().collect()
        };
        if self.replace_whitespace {
            for c in &mut text {
                if is_white(*c) {
                    *c = ' ';
                }
            }
        }
        let mut words = Vec::new();
        let mut start = 0;
        while start < text.len() {
            let end = if is_white(text[start]) {
                start + text[start..].iter().take_while(|&&c| is_white(c)).count()
            } else if !self.break_on_hyphens {
                start + text[start..].iter().take_while(|&&c| !is_white(c)).count()
            } else {
                self.end_of_word(&text, start)
            };
            words.push(text[start..end].to_vec());
            start = end;
        }
        words
    }

    fn end_of_word(&self, text: &[char], start: usize) -> usize {
        if let Some(end) = dash(text, start) {
            return end;
        }
        let mut at = start + 1;
        loop {
            match text.get(at) {
                None => return at,
                Some(&c) if is_white(c) => return at,
                Some('-') if breaks_after(text, at) => return at + 1,
                Some('-') if dash(text, at).is_some() => return at,
                _ => at += 1,
            }
        }
    }

    /// `wrapper.wrap(text)`.
    pub fn try_wrap(&self, text: &str) -> Result<Vec<String>, Exception> {
        if self.width <= 0 {
            let message = format!("invalid width {} (must be > 0)", self.width);
            return Err(Exception::new("ValueError", message));
        }
        let count = |text: &str| text.chars().count() as i64;
        if let Some(most) = self.max_lines {
            let indent = if most > 1 {
                &self.subsequent_indent
            } else {
                &self.initial_indent
            };
            if count(indent) + count(self.placeholder.trim_start()) > self.width {
                return Err(Exception::new(
                    "ValueError",
                    "placeholder too large for max width",
                ));
            }
        }
        let mut waiting = self.words(text);
        waiting.reverse();
        let blank = |word: &[char]| word.iter().all(|c| c.is_whitespace());
        let mut lines: Vec<String> = Vec::new();
        while !waiting.is_empty() {
            let indent = if lines.is_empty() {
                &self.initial_indent
            } else {
                &self.subsequent_indent
            };
            let width = self.width - count(indent);
            if self.drop_whitespace
                && !lines.is_empty()
                && waiting.last().is_some_and(|word| blank(word))
            {
                waiting.pop();
            }
            let mut line: Vec<Vec<char>> = Vec::new();
            let mut length = 0;
            while let Some(word) = waiting.pop_if(|word| length + word.len() as i64 <= width) {
                length += word.len() as i64;
                line.push(word);
            }
            if waiting.last().is_some_and(|word| word.len() as i64 > width) {
                self.part_of_long_word(&mut waiting, &mut line, length, width);
                length = line.iter().map(|word| word.len() as i64).sum();
            }
            if self.drop_whitespace && line.last().is_some_and(|word| blank(word)) {
                length -= line.pop().map_or(0, |word| word.len() as i64);
            }
            if line.is_empty() {
                continue;
            }
            let joined = |line: &[Vec<char>]| line.iter().flatten().collect::<String>();
            let rest_is_blank = waiting.is_empty()
                || (self.drop_whitespace && waiting.len() == 1 && blank(&waiting[0]));
            let room = self
                .max_lines
                .is_none_or(|most| (lines.len() as i64) + 1 < most);
            if room || (rest_is_blank && length <= width) {
                lines.push(format!("{indent}{}", joined(&line)));
                continue;
            }
            loop {
                match line.last() {
                    Some(word) if !blank(word) && length + count(&self.placeholder) <= width => {
                        lines.push(format!("{indent}{}{}", joined(&line), self.placeholder));
                        break;
                    }
                    Some(word) => {
                        length -= word.len() as i64;
                        line.pop();
                    }
                    None => {
                        let last = lines.last_mut().filter(|last| {
                            count(last.trim_end()) + count(&self.placeholder) <= self.width
                        });
                        match last {
                            Some(last) => {
                                *last = format!("{}{}", last.trim_end(), self.placeholder)
                            }
                            None => {
                                lines.push(format!("{indent}{}", self.placeholder.trim_start()))
                            }
                        }
                        break;
                    }
                }
            }
            break;
        }
        Ok(lines)
    }

    fn part_of_long_word(
        &self,
        waiting: &mut Vec<Vec<char>>,
        line: &mut Vec<Vec<char>>,
        length: i64,
        width: i64,
    ) {
        let room = if width < 1 {
            1
        } else {
            (width - length) as usize
        };
        if self.break_long_words {
            let Some(word) = waiting.last_mut() else {
                return;
            };
            let mut end = room;
            if self.break_on_hyphens
                && word.len() > room
                && let Some(hyphen) = word[..room].iter().rposition(|&c| c == '-')
                && hyphen > 0
                && word[..hyphen].iter().any(|&c| c != '-')
            {
                end = hyphen + 1;
            }
            let rest = word.split_off(end.min(word.len()));
            line.push(std::mem::replace(word, rest));
        } else if line.is_empty() {
            line.extend(waiting.pop());
        }
    }

    /// `wrapper.wrap(text)`.
    pub fn wrap(&self, text: &str) -> Vec<String> {
        super::errors::OrThrow::or_throw(self.try_wrap(text))
    }

    /// `wrapper.fill(text)`.
    pub fn try_fill(&self, text: &str) -> Result<String, Exception> {
        Ok(self.try_wrap(text)?.join("\n"))
    }

    /// `wrapper.fill(text)`.
    pub fn fill(&self, text: &str) -> String {
        super::errors::OrThrow::or_throw(self.try_fill(text))
    }
}

raising! {
    /// `textwrap.shorten(text, width, placeholder=…)`.
    pub fn shorten, try_shorten(text: &str, width: i64, placeholder: &str) -> String {
        let words: Vec<String> = text.split_words(-1);
        Wrapper::new(width, ["", ""], [true; 5], 8, Some(1), placeholder).try_fill(&words.join(" "))
    }
}

/// `textwrap.dedent(text)`.
pub fn dedent(text: &str) -> String {
    let blank = |line: &str| line.chars().all(|c| matches!(c, ' ' | '\t'));
    let mut margin: Option<&str> = None;
    for line in text.split('\n').filter(|line| !blank(line)) {
        let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        margin = Some(match margin {
            None => indent,
            Some(held) => {
                let same = held
                    .bytes()
                    .zip(indent.bytes())
                    .take_while(|(one, other)| one == other);
                &held[..same.count()]
            }
        });
    }
    let margin = margin.unwrap_or("");
    let lines: Vec<&str> = text
        .split('\n')
        .map(|line| {
            if blank(line) {
                ""
            } else {
                &line[margin.len()..]
            }
        })
        .collect();
    lines.join("\n")
}

/// `textwrap.indent(text, prefix)`: lines of whitespace alone stay as they are.
pub fn indent(text: &str, prefix: &str) -> String {
    indent_where(text, prefix, |line| !line.trim().is_empty())
}

/// `textwrap.indent(text, prefix, predicate)`.
pub fn indent_where(text: &str, prefix: &str, mut chosen: impl FnMut(&String) -> bool) -> String {
    let mut result = String::new();
    for line in text.splitlines(true) {
        if chosen(&line) {
            result.push_str(prefix);
        }
        result.push_str(&line);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_break_where_cpython_breaks_them() {
        let wrapped = |text: &str, width| Wrapper::of_width(width).wrap(text);
        assert_eq!(
            wrapped("everyone-was-happy here", 10),
            ["everyone-", "was-happy", "here"]
        );
        assert_eq!(wrapped("a--b--option x", 6), ["a--b--", "option", "x"]);
        assert_eq!(
            wrapped("supercalifragilistic", 8),
            ["supercal", "ifragili", "stic"]
        );
        assert!(wrapped("", 5).is_empty() && wrapped("   ", 5).is_empty());
        assert_eq!(
            shorten("Hello   world of texts", 14, "..."),
            "Hello world..."
        );
        assert_eq!(dedent("\n    a\n      b\n  \n    c"), "\na\n  b\n\nc");
        assert_eq!(indent("a\n\nb", "> "), "> a\n\n> b");
    }
}
