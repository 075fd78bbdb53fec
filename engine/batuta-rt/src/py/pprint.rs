//! Python's `pprint`: what is too wide for a line gets a line for each item.
//!
//! The text that `repr` gives is read back and laid out again, so that one function serves values of every type. An object whose own text is
//! too wide is known by its text only: the program ends there and says so.

use std::cmp::Ordering;

use super::strings::SplitMethods;
use super::text::{Text, repr};

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    List,
    Tuple,
    Dict,
    Set,
    Frozen,
    Quoted,
    Object,
    Plain,
}

struct Piece {
    kind: Kind,
    text: String,
    keys: Vec<Piece>,
    items: Vec<Piece>,
}

struct Reader {
    text: Vec<char>,
    at: usize,
}

impl Reader {
    fn starts(&self, at: usize, wanted: &str) -> bool {
        wanted
            .chars()
            .enumerate()
            .all(|(index, each)| self.text.get(at + index) == Some(&each))
    }

    fn is(&self, wanted: char) -> bool {
        self.text.get(self.at) == Some(&wanted)
    }

    /// Where a quoted text ends.
    fn after_quoted(&self, start: usize) -> usize {
        let mut place = start + 1;
        while place < self.text.len() && self.text[place] != self.text[start] {
            place += if self.text[place] == '\\' { 2 } else { 1 };
        }
        place + 1
    }

    fn made(&self, kind: Kind, start: usize, keys: Vec<Piece>, items: Vec<Piece>) -> Piece {
        let end = self.at.min(self.text.len());
        Piece {
            kind,
            text: self.text[start..end].iter().collect(),
            keys,
            items,
        }
    }

    fn piece(&mut self) -> Piece {
        let start = self.at;
        match self.text.get(start) {
            Some('\'' | '"') => {
                self.at = self.after_quoted(start);
                self.made(Kind::Quoted, start, Vec::new(), Vec::new())
            }
            Some('[') => self.items(Kind::List, ']'),
            Some('(') => self.items(Kind::Tuple, ')'),
            Some('{') => self.braces(),
            _ if self.starts(start, "frozenset({") => {
                self.at += "frozenset(".len();
                let inner = self.braces();
                self.at += 1;
                self.made(Kind::Frozen, start, Vec::new(), inner.items)
            }
            _ => self.plain(start),
        }
    }

    fn plain(&mut self, start: usize) -> Piece {
        let mut depth = 0;
        let mut place = start;
        while place < self.text.len() {
            let letter = self.text[place];
            if matches!(letter, '\'' | '"')
                && place > start
                && !self.text[place - 1].is_alphanumeric()
            {
                place = self.after_quoted(place);
                continue;
            }
            if matches!(letter, '(' | '[' | '{' | '<') {
                depth += 1;
            } else if matches!(letter, ')' | ']' | '}' | '>') {
                if depth == 0 {
                    break;
                }
                depth -= 1;
            } else if depth == 0 && (letter == ',' || self.starts(place, ": ")) {
                break;
            }
            place += 1;
        }
        self.at = place.max(start + 1);
        let mut made = self.made(Kind::Plain, start, Vec::new(), Vec::new());
        if made.text.contains('(') || made.text.starts_with('<') {
            made.kind = Kind::Object;
        }
        made
    }

    fn items(&mut self, kind: Kind, end: char) -> Piece {
        let start = self.at;
        self.at += 1;
        let mut items = Vec::new();
        while self.at < self.text.len() && !self.is(end) {
            items.push(self.piece());
            self.at += usize::from(self.is(','));
            self.at += usize::from(self.is(' '));
        }
        self.at += 1;
        self.made(kind, start, Vec::new(), items)
    }

    fn braces(&mut self) -> Piece {
        let start = self.at;
        self.at += 1;
        let (mut keys, mut items) = (Vec::new(), Vec::new());
        while self.at < self.text.len() && !self.is('}') {
            let first = self.piece();
            if self.is(':') {
                self.at += 2;
                keys.push(first);
                items.push(self.piece());
            } else {
                items.push(first);
            }
            if self.is(',') {
                self.at += 2;
            }
        }
        self.at += 1;
        let kind = if items.is_empty() || !keys.is_empty() {
            Kind::Dict
        } else {
            Kind::Set
        };
        self.made(kind, start, keys, items)
    }
}

/// The text that a quoted text stands for.
fn value(text: &str) -> String {
    let inner: Vec<char> = text.chars().collect();
    let mut found = String::new();
    let mut place = 1;
    while place + 1 < inner.len() {
        if inner[place] != '\\' {
            found.push(inner[place]);
            place += 1;
            continue;
        }
        let digits = match inner[place + 1] {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        if digits > 0 {
            let code: String = inner[place + 2..place + 2 + digits].iter().collect();
            found.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
        } else {
            found.push(match inner[place + 1] {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                other => other,
            });
        }
        place += 2 + digits;
    }
    found
}

impl Piece {
    /// What is compared first where values of several types stand together: the name of the type.
    fn group(&self) -> &str {
        match self.kind {
            Kind::Quoted => "str",
            Kind::Tuple => "tuple",
            Kind::List => "list",
            Kind::Dict => "dict",
            Kind::Set => "set",
            Kind::Frozen => "frozenset",
            Kind::Plain if self.text == "None" => "NoneType",
            Kind::Plain if self.number().is_some() => "int",
            _ => &self.text,
        }
    }

    fn number(&self) -> Option<f64> {
        match self.text.as_str() {
            "True" => Some(1.0),
            "False" => Some(0.0),
            text => text.parse().ok(),
        }
    }

    fn compare(&self, other: &Piece) -> Ordering {
        let (first, second) = (self.group(), other.group());
        if first != second {
            return first.cmp(second);
        }
        match first {
            "str" => value(&self.text).cmp(&value(&other.text)),
            "int" => self
                .number()
                .partial_cmp(&other.number())
                .unwrap_or(Ordering::Equal),
            _ => {
                let pairs = self.items.iter().zip(&other.items);
                let unequal = pairs
                    .map(|(one, other)| one.compare(other))
                    .find(|each| each.is_ne());
                unequal.unwrap_or(self.items.len().cmp(&other.items.len()))
            }
        }
    }
}

/// How values are laid out.
#[derive(Clone)]
pub struct Layout {
    indent: usize,
    width: usize,
    compact: bool,
    sorted: bool,
}

/// `PrettyPrinter(indent, width, compact, sort_dicts)`.
pub fn layout(indent: i64, width: i64, compact: bool, sorted: bool) -> Layout {
    let whole = |given: i64| usize::try_from(given).unwrap_or(0);
    Layout {
        indent: whole(indent),
        width: whole(width),
        compact,
        sorted,
    }
}

fn blanks(count: usize) -> String {
    " ".repeat(count)
}

fn width_of(text: &str) -> usize {
    text.chars().count()
}

impl Layout {
    /// `pformat(value)`.
    pub fn pformat<T: Text + ?Sized>(&self, value: &T) -> String {
        let mut reader = Reader {
            text: value.repr_text().chars().collect(),
            at: 0,
        };
        self.format(&reader.piece(), 0, 0, 0)
    }

    /// `pprint(value)`.
    pub fn pprint<T: Text + ?Sized>(&self, value: &T) {
        super::output::write_stdout(&(self.pformat(value) + "\n"));
    }

    /// The places of a dict's keys in the order in which they are shown.
    fn order(&self, piece: &Piece) -> Vec<usize> {
        let mut places: Vec<usize> = (0..piece.keys.len()).collect();
        if self.sorted {
            places.sort_by(|one, other| piece.keys[*one].compare(&piece.keys[*other]));
        }
        places
    }

    /// A piece on one line.
    fn short(&self, piece: &Piece) -> String {
        let all = |items: &[Piece]| {
            items
                .iter()
                .map(|each| self.short(each))
                .collect::<Vec<_>>()
                .join(", ")
        };
        match piece.kind {
            Kind::Dict => {
                let places = self.order(piece).into_iter();
                let shown: Vec<String> = places
                    .map(|place| {
                        format!(
                            "{}: {}",
                            self.short(&piece.keys[place]),
                            self.short(&piece.items[place])
                        )
                    })
                    .collect();
                format!("{{{}}}", shown.join(", "))
            }
            Kind::List => format!("[{}]", all(&piece.items)),
            Kind::Tuple if piece.items.len() == 1 => format!("({},)", all(&piece.items)),
            Kind::Tuple => format!("({})", all(&piece.items)),
            _ => piece.text.clone(),
        }
    }

    /// A piece that begins at a column, with room for what must follow it.
    fn format(&self, piece: &Piece, indent: usize, allowance: usize, level: usize) -> String {
        let short = self.short(piece);
        if width_of(&short) + indent + allowance <= self.width {
            return short;
        }
        let gap = blanks(self.indent.saturating_sub(1));
        let sorted = || {
            let mut items: Vec<&Piece> = piece.items.iter().collect();
            items.sort_by(|one, other| one.compare(other));
            items
        };
        let given = || piece.items.iter().collect::<Vec<_>>();
        match piece.kind {
            Kind::Object => super::program::unsupported(&format!(
                "`pprint` of an object whose text is wider than the line: {short}"
            )),
            Kind::Quoted => self.quoted(&value(&piece.text), &short, indent, allowance, level + 1),
            _ if piece.items.is_empty() => short,
            Kind::Dict => {
                let column = indent + self.indent;
                let order = self.order(piece);
                let lines: Vec<String> = order
                    .iter()
                    .enumerate()
                    .map(|(index, place)| {
                        let key = self.short(&piece.keys[*place]);
                        let room = if index + 1 == order.len() {
                            allowance + 1
                        } else {
                            1
                        };
                        let value = self.format(
                            &piece.items[*place],
                            column + width_of(&key) + 2,
                            room,
                            level + 1,
                        );
                        format!("{key}: {value}")
                    })
                    .collect();
                format!("{{{gap}{}}}", lines.join(&format!(",\n{}", blanks(column))))
            }
            Kind::List => format!(
                "[{gap}{}]",
                self.items(&given(), indent, allowance + 1, level)
            ),
            Kind::Tuple => {
                let end = if piece.items.len() == 1 { ",)" } else { ")" };
                format!(
                    "({gap}{}{end}",
                    self.items(&given(), indent, allowance + end.len(), level)
                )
            }
            Kind::Set => format!(
                "{{{gap}{}}}",
                self.items(&sorted(), indent, allowance + 1, level)
            ),
            Kind::Frozen => {
                let inner = self.items(
                    &sorted(),
                    indent + "frozenset".len() + 1,
                    allowance + 2,
                    level,
                );
                format!("frozenset({{{gap}{inner}}})")
            }
            Kind::Plain => short,
        }
    }

    /// The items of a list, tuple or set.
    fn items(&self, items: &[&Piece], indent: usize, allowance: usize, level: usize) -> String {
        let column = indent + self.indent;
        let next_line = format!(",\n{}", blanks(column));
        let mut most = (self.width + 1).saturating_sub(column);
        let mut room = most;
        let mut found = String::new();
        let mut between = String::new();
        for (index, each) in items.iter().enumerate() {
            let last = index + 1 == items.len();
            if last {
                most = most.saturating_sub(allowance);
                room = room.saturating_sub(allowance);
            }
            if self.compact {
                let short = self.short(each);
                let wide = width_of(&short) + 2;
                if room < wide {
                    room = most;
                    if !between.is_empty() {
                        between.clone_from(&next_line);
                    }
                }
                if room >= wide {
                    room -= wide;
                    found += &between;
                    found += &short;
                    between = ", ".to_string();
                    continue;
                }
            }
            found += &between;
            between.clone_from(&next_line);
            found += &self.format(each, column, if last { allowance } else { 1 }, level + 1);
        }
        found
    }

    /// A long text as several, one a line.
    fn quoted(
        &self,
        value: &str,
        short: &str,
        indent: usize,
        allowance: usize,
        level: usize,
    ) -> String {
        if value.is_empty() {
            return short.to_string();
        }
        let outermost = usize::from(level == 1);
        let (column, after) = (indent + outermost, allowance + outermost);
        let most = self.width.saturating_sub(column);
        let lines = value.splitlines(true);
        let mut chunks: Vec<String> = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            let room = if index + 1 == lines.len() {
                most.saturating_sub(after)
            } else {
                most
            };
            let shown = repr(line.as_str());
            if width_of(&shown) <= room {
                chunks.push(shown);
                continue;
            }
            let parts = words_with_blanks(line);
            let mut current = String::new();
            for (number, part) in parts.iter().enumerate() {
                let candidate = format!("{current}{part}");
                let limit = if number + 1 == parts.len() {
                    room
                } else {
                    most
                };
                if width_of(&repr(candidate.as_str())) > limit {
                    if !current.is_empty() {
                        chunks.push(repr(current.as_str()));
                    }
                    current.clone_from(part);
                } else {
                    current = candidate;
                }
            }
            if !current.is_empty() {
                chunks.push(repr(current.as_str()));
            }
        }
        if chunks.len() == 1 {
            return lines
                .last()
                .map_or(String::new(), |line| repr(line.as_str()));
        }
        let inner = chunks.join(&format!("\n{}", blanks(column)));
        if level == 1 {
            format!("({inner})")
        } else {
            inner
        }
    }
}

/// Each word with the blanks behind it.
fn words_with_blanks(line: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut ended = true;
    for letter in line.chars() {
        let blank = super::characters::is_space(letter);
        if found.is_empty() || (ended && !blank) {
            found.push(String::new());
        }
        ended = blank;
        if let Some(last) = found.last_mut() {
            last.push(letter);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::py::dict::Dict;

    #[test]
    fn layouts_are_those_of_cpython() {
        let narrow = layout(1, 12, false, true);
        let dict = Dict::from([
            ("b".to_string(), vec![1_i64, 2]),
            ("a".to_string(), vec![3]),
        ]);
        assert_eq!(narrow.pformat(&dict), "{'a': [3],\n 'b': [1,\n       2]}");
        assert_eq!(
            layout(1, 80, false, true).pformat(&dict),
            "{'a': [3], 'b': [1, 2]}"
        );
        assert_eq!(
            layout(4, 5, false, false).pformat(&vec![10_i64, 20]),
            "[   10,\n    20]"
        );
        assert_eq!(
            layout(1, 8, true, true).pformat(&vec![1_i64, 2, 3, 4]),
            "[1, 2,\n 3, 4]"
        );
        assert_eq!(narrow.pformat("one two three"), "('one two '\n 'three')");
    }
}
