//! A Python pattern as a tree, with the messages of `re.error`.

use super::sets::{Item, Kind, Set};
use super::{ASCII, DOTALL, IGNORECASE, MULTILINE, VERBOSE};
use crate::py::errors::Exception;

/// How often a repeat prefers to fit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Wish {
    Most,
    Least,
    /// As often as possible, and never less again.
    Possessive,
}

/// Where something holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Place {
    Start,
    LineStart,
    End,
    /// `$`: at the end, or before a line feed there.
    Dollar,
    LineEnd,
    Boundary {
        negated: bool,
        ascii: bool,
    },
}

#[derive(Clone, Debug)]
pub(super) enum Node {
    One(Set),
    Sequence(Vec<Node>),
    Branch(Vec<Node>),
    Group(Option<usize>, Box<Node>),
    Repeat(Box<Node>, usize, Option<usize>, Wish),
    Atomic(Box<Node>),
    Ahead(bool, Box<Node>),
    /// With the width of what stands before.
    Behind(bool, usize, Box<Node>),
    Reference(usize, bool),
    Condition(usize, Box<Node>, Box<Node>),
    At(Place),
}

impl Node {
    /// The least and the largest number of characters that it fits.
    fn width(&self, groups: &[Option<(usize, usize)>]) -> (usize, usize) {
        match self {
            Node::One(_) => (1, 1),
            Node::Sequence(items) => items.iter().fold((0, 0), |(low, high), item| {
                let (least, most) = item.width(groups);
                (low + least, high.saturating_add(most))
            }),
            Node::Branch(items) => items.iter().fold((usize::MAX, 0), |(low, high), item| {
                let (least, most) = item.width(groups);
                (low.min(least), high.max(most))
            }),
            Node::Group(_, body) | Node::Atomic(body) => body.width(groups),
            Node::Repeat(body, least, most, _) => {
                let (low, high) = body.width(groups);
                let largest = match most {
                    Some(most) => high.saturating_mul(*most),
                    None if high == 0 => 0,
                    None => usize::MAX,
                };
                (low * least, largest)
            }
            Node::Ahead(..) | Node::Behind(..) | Node::At(_) => (0, 0),
            Node::Reference(number, _) => groups
                .get(*number)
                .copied()
                .flatten()
                .unwrap_or((0, usize::MAX)),
            Node::Condition(_, yes, no) => {
                let (first, second) = (yes.width(groups), no.width(groups));
                (first.0.min(second.0), first.1.max(second.1))
            }
        }
    }
}

/// A parsed pattern.
pub(super) struct Parsed {
    pub(super) node: Node,
    pub(super) groups: usize,
    pub(super) names: Vec<(String, usize)>,
    pub(super) flags: i64,
}

/// Reads a pattern as Python does.
pub(super) fn parse(pattern: &str, flags: i64) -> Result<Parsed, Exception> {
    let mut parser = Parser {
        source: pattern.chars().collect(),
        at: 0,
        names: Vec::new(),
        widths: vec![None],
        flags,
        conditions: Vec::new(),
        uneven: false,
    };
    let mut node = parser.branches(flags, true)?;
    if parser.flags & VERBOSE != 0 && flags & VERBOSE == 0 {
        // The pattern says itself that it is verbose: it is read again as such.
        (parser.at, parser.names, parser.widths) = (0, Vec::new(), vec![None]);
        node = parser.branches(parser.flags, true)?;
    }
    if parser.at < parser.source.len() {
        return Err(parser.wrong("unbalanced parenthesis", parser.at));
    }
    let unknown = parser
        .conditions
        .iter()
        .find(|each| each.0 >= parser.widths.len());
    if let Some((number, at)) = unknown {
        return Err(parser.wrong(&format!("invalid group reference {number}"), *at));
    }
    if parser.uneven {
        return Err(Exception::new(
            "re.error",
            "look-behind requires fixed-width pattern",
        ));
    }
    Ok(Parsed {
        node,
        groups: parser.widths.len() - 1,
        names: parser.names,
        flags: parser.flags,
    })
}

struct Parser {
    source: Vec<char>,
    at: usize,
    names: Vec<(String, usize)>,
    /// The widths of the groups that are closed.
    widths: Vec<Option<(usize, usize)>>,
    flags: i64,
    /// The groups that conditions name, and where.
    conditions: Vec<(usize, usize)>,
    /// Whether something of no certain width stands in a look-behind.
    uneven: bool,
}

impl Parser {
    fn wrong(&self, what: &str, at: usize) -> Exception {
        let mut message = format!("{what} at position {at}");
        if self.source.contains(&'\n') {
            let before = &self.source[..at];
            let line = before.iter().filter(|each| **each == '\n').count() + 1;
            let column = at
                - before
                    .iter()
                    .rposition(|each| *each == '\n')
                    .map_or(0, |place| place + 1)
                + 1;
            message.push_str(&format!(" (line {line}, column {column})"));
        }
        Exception::new("re.error", message)
    }

    fn peek(&self) -> Option<char> {
        self.source.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let found = self.peek();
        self.at += usize::from(found.is_some());
        found
    }

    fn eat(&mut self, wanted: &str) -> bool {
        let found = wanted
            .chars()
            .enumerate()
            .all(|(index, each)| self.source.get(self.at + index) == Some(&each));
        if found {
            self.at += wanted.chars().count();
        }
        found
    }

    /// The text up to a closing sign.
    fn until(&mut self, end: char, what: &str) -> Result<String, Exception> {
        let start = self.at;
        let mut text = String::new();
        loop {
            match self.next() {
                Some(each) if each == end => break,
                Some(each) => text.push(each),
                None if text.is_empty() => {
                    return Err(self.wrong(&format!("missing {what}"), start));
                }
                None => return Err(self.wrong(&format!("missing {end}, unterminated name"), start)),
            }
        }
        if text.is_empty() {
            return Err(self.wrong(&format!("missing {what}"), start));
        }
        Ok(text)
    }

    fn branches(&mut self, flags: i64, outermost: bool) -> Result<Node, Exception> {
        let mut flags = flags;
        let mut found = vec![self.sequence(&mut flags, outermost)?];
        while self.eat("|") {
            found.push(self.sequence(&mut flags, false)?);
        }
        Ok(if found.len() == 1 {
            found.remove(0)
        } else {
            Node::Branch(found)
        })
    }

    fn sequence(&mut self, flags: &mut i64, outermost: bool) -> Result<Node, Exception> {
        let begin = self.at;
        let mut items: Vec<Node> = Vec::new();
        while let Some(sign) = self.peek() {
            if sign == '|' || sign == ')' {
                break;
            }
            let here = self.at;
            self.at += 1;
            if *flags & VERBOSE != 0 {
                if matches!(sign, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c') {
                    continue;
                }
                if sign == '#' {
                    while self.next().is_some_and(|each| each != '\n') {}
                    continue;
                }
            }
            let one = |items: Vec<Item>, negated: bool| {
                Node::One(Set::new(
                    items,
                    negated,
                    *flags & IGNORECASE != 0,
                    *flags & ASCII != 0,
                ))
            };
            match sign {
                '.' => items.push(one(
                    vec![if *flags & DOTALL != 0 {
                        Item::Any
                    } else {
                        Item::NoLineFeed
                    }],
                    false,
                )),
                '^' => items.push(Node::At(if *flags & MULTILINE != 0 {
                    Place::LineStart
                } else {
                    Place::Start
                })),
                '$' => items.push(Node::At(if *flags & MULTILINE != 0 {
                    Place::LineEnd
                } else {
                    Place::Dollar
                })),
                '[' => {
                    let (members, negated) = self.class(here)?;
                    items.push(one(members, negated));
                }
                '*' | '+' | '?' | '{' => {
                    let Some((least, most)) = self.bounds(sign, here)? else {
                        items.push(one(vec![Item::One('{')], false));
                        continue;
                    };
                    let wish = if self.eat("?") {
                        Wish::Least
                    } else if self.eat("+") {
                        Wish::Possessive
                    } else {
                        Wish::Most
                    };
                    match items.pop() {
                        None | Some(Node::At(_)) => {
                            return Err(self.wrong("nothing to repeat", here));
                        }
                        Some(Node::Repeat(..)) => return Err(self.wrong("multiple repeat", here)),
                        Some(body) => items.push(Node::Repeat(Box::new(body), least, most, wish)),
                    }
                }
                '(' => {
                    if let Some(node) = self.group(flags, here, outermost && here == begin)? {
                        items.push(node);
                    }
                }
                '\\' => items.push(self.escape(*flags, here)?),
                other => items.push(one(vec![Item::One(other)], false)),
            }
        }
        Ok(if items.len() == 1 {
            items.remove(0)
        } else {
            Node::Sequence(items)
        })
    }

    /// How often: None where a brace stands for itself.
    fn bounds(
        &mut self,
        sign: char,
        here: usize,
    ) -> Result<Option<(usize, Option<usize>)>, Exception> {
        match sign {
            '*' => return Ok(Some((0, None))),
            '+' => return Ok(Some((1, None))),
            '?' => return Ok(Some((0, Some(1)))),
            _ => {}
        }
        if self.peek() == Some('}') {
            return Ok(None);
        }
        let start = self.at;
        let mut number = || {
            let mut text = String::new();
            while let Some(digit) = self.peek().filter(char::is_ascii_digit) {
                text.push(digit);
                self.at += 1;
            }
            text
        };
        let low = number();
        let high = if self.eat(",") {
            let mut text = String::new();
            while let Some(digit) = self.peek().filter(char::is_ascii_digit) {
                text.push(digit);
                self.at += 1;
            }
            text
        } else {
            low.clone()
        };
        if !self.eat("}") {
            self.at = start;
            return Ok(None);
        }
        let large = |_| self.wrong("the repetition number is too large", here);
        let least: usize = if low.is_empty() {
            0
        } else {
            low.parse().map_err(large)?
        };
        let most: Option<usize> = if high.is_empty() {
            None
        } else {
            Some(high.parse().map_err(large)?)
        };
        if most.is_some_and(|most| most < least) {
            return Err(self.wrong("min repeat greater than max repeat", here + 1));
        }
        Ok(Some((least, most)))
    }

    fn group(
        &mut self,
        flags: &mut i64,
        here: usize,
        first: bool,
    ) -> Result<Option<Node>, Exception> {
        let close = |parser: &mut Self| {
            if parser.eat(")") {
                Ok(())
            } else {
                Err(parser.wrong("missing ), unterminated subpattern", here))
            }
        };
        if !self.eat("?") {
            return self.capture(*flags, here, None).map(Some);
        }
        if self.eat("P<") {
            let at = self.at;
            let name = self.until('>', "group name")?;
            if !is_name(&name) {
                return Err(self.wrong(
                    &format!(
                        "bad character in group name {}",
                        crate::py::text::repr(&name)
                    ),
                    at,
                ));
            }
            if let Some((_, number)) = self.names.iter().find(|each| each.0 == name) {
                let what = format!(
                    "redefinition of group name {} as group {}; was group {number}",
                    crate::py::text::repr(&name),
                    self.widths.len()
                );
                return Err(self.wrong(&what, at));
            }
            return self.capture(*flags, here, Some(name)).map(Some);
        }
        if self.eat("P=") {
            let at = self.at;
            let name = self.until(')', "group name")?;
            let Some(number) = self
                .names
                .iter()
                .find(|each| each.0 == name)
                .map(|each| each.1)
            else {
                return Err(self.wrong(
                    &format!("unknown group name {}", crate::py::text::repr(&name)),
                    at,
                ));
            };
            if self.widths[number].is_none() {
                return Err(self.wrong("cannot refer to an open group", at));
            }
            return Ok(Some(Node::Reference(number, *flags & IGNORECASE != 0)));
        }
        if self.eat("#") {
            while let Some(each) = self.next() {
                if each == ')' {
                    return Ok(None);
                }
            }
            return Err(self.wrong("missing ), unterminated comment", here));
        }
        if self.eat(":") {
            let body = self.branches(*flags, false)?;
            close(self)?;
            return Ok(Some(Node::Group(None, Box::new(body))));
        }
        if self.eat(">") {
            let body = self.branches(*flags, false)?;
            close(self)?;
            return Ok(Some(Node::Atomic(Box::new(body))));
        }
        for (sign, ahead, negated) in [
            ("=", true, false),
            ("!", true, true),
            ("<=", false, false),
            ("<!", false, true),
        ] {
            if !self.eat(sign) {
                continue;
            }
            let body = self.branches(*flags, false)?;
            close(self)?;
            if ahead {
                return Ok(Some(Node::Ahead(negated, Box::new(body))));
            }
            let (least, most) = body.width(&self.widths);
            if least != most {
                // Python sees this when it compiles: what is wrong in the text comes first.
                self.uneven = true;
            }
            return Ok(Some(Node::Behind(negated, least, Box::new(body))));
        }
        if self.eat("(") {
            let at = self.at;
            let name = self.until(')', "group name")?;
            let number = match name.parse::<usize>() {
                Ok(number) => number,
                Err(_) => match self.names.iter().find(|each| each.0 == name) {
                    Some(found) => found.1,
                    None => {
                        return Err(self.wrong(
                            &format!("unknown group name {}", crate::py::text::repr(&name)),
                            at,
                        ));
                    }
                },
            };
            self.conditions.push((number, at));
            let mut inner = *flags;
            let yes = self.sequence(&mut inner, false)?;
            let no = if self.eat("|") {
                self.sequence(&mut inner, false)?
            } else {
                Node::Sequence(Vec::new())
            };
            if self.peek() == Some('|') {
                return Err(self.wrong("conditional backref with more than two branches", self.at));
            }
            close(self)?;
            return Ok(Some(Node::Condition(number, Box::new(yes), Box::new(no))));
        }
        self.flags_group(flags, here, first)
    }

    /// `(?i)` at the beginning, or `(?i-s:…)`.
    fn flags_group(
        &mut self,
        flags: &mut i64,
        here: usize,
        first: bool,
    ) -> Result<Option<Node>, Exception> {
        let mut inner = *flags;
        let mut removing = false;
        loop {
            match self.next() {
                Some('-') => removing = true,
                Some(')') if !removing => {
                    if !first {
                        return Err(
                            self.wrong("global flags not at the start of the expression", here)
                        );
                    }
                    *flags = inner;
                    self.flags |= inner;
                    return Ok(None);
                }
                Some(':') => {
                    let body = self.branches(inner, false)?;
                    if !self.eat(")") {
                        return Err(self.wrong("missing ), unterminated subpattern", here));
                    }
                    return Ok(Some(Node::Group(None, Box::new(body))));
                }
                Some(letter) => {
                    let bit = match letter {
                        'i' => IGNORECASE,
                        'm' => MULTILINE,
                        's' => DOTALL,
                        'x' => VERBOSE,
                        'a' => ASCII,
                        'u' => 0,
                        _ if letter.is_ascii_alphabetic() => {
                            return Err(self.wrong("unknown flag", self.at - 1));
                        }
                        _ => {
                            let shown: String = self.source[here + 1..self.at].iter().collect();
                            return Err(self.wrong(&format!("unknown extension {shown}"), here + 1));
                        }
                    };
                    inner = if removing { inner & !bit } else { inner | bit };
                }
                None => return Err(self.wrong("unexpected end of pattern", self.at)),
            }
        }
    }

    fn capture(
        &mut self,
        flags: i64,
        here: usize,
        name: Option<String>,
    ) -> Result<Node, Exception> {
        let number = self.widths.len();
        self.widths.push(None);
        self.names.extend(name.map(|name| (name, number)));
        let body = self.branches(flags, false)?;
        if !self.eat(")") {
            return Err(self.wrong("missing ), unterminated subpattern", here));
        }
        self.widths[number] = Some(body.width(&self.widths));
        Ok(Node::Group(Some(number), Box::new(body)))
    }

    fn escape(&mut self, flags: i64, here: usize) -> Result<Node, Exception> {
        let ascii = flags & ASCII != 0;
        let Some(letter) = self.peek() else {
            return Err(self.wrong("bad escape (end of pattern)", here));
        };
        if let '1'..='9' = letter {
            self.at += 1;
            let mut number = letter as usize - '0' as usize;
            if let Some(second) = self.peek().filter(char::is_ascii_digit) {
                let octal =
                    |each: Option<&char>| each.is_some_and(|each| ('0'..='7').contains(each));
                self.at += 1;
                if letter < '8' && octal(Some(&second)) && octal(self.source.get(self.at)) {
                    let text: String = self.source[here + 1..here + 4].iter().collect();
                    self.at += 1;
                    let code = u32::from_str_radix(&text, 8).unwrap_or(0);
                    let found = char::from_u32(code).unwrap_or('\0');
                    return Ok(Node::One(Set::new(
                        vec![Item::One(found)],
                        false,
                        false,
                        ascii,
                    )));
                }
                number = number * 10 + (second as usize - '0' as usize);
            }
            if number >= self.widths.len() {
                return Err(self.wrong(&format!("invalid group reference {number}"), here + 1));
            }
            if self.widths[number].is_none() {
                return Err(self.wrong("cannot refer to an open group", here));
            }
            return Ok(Node::Reference(number, flags & IGNORECASE != 0));
        }
        let place = match letter {
            'A' => Some(Place::Start),
            'Z' => Some(Place::End),
            'b' | 'B' => Some(Place::Boundary {
                negated: letter == 'B',
                ascii,
            }),
            _ => None,
        };
        if let Some(place) = place {
            self.at += 1;
            return Ok(Node::At(place));
        }
        let item = self.escaped(here)?;
        Ok(Node::One(Set::new(
            vec![item],
            false,
            flags & IGNORECASE != 0,
            ascii,
        )))
    }

    /// What an escape means inside and outside a class.
    fn escaped(&mut self, here: usize) -> Result<Item, Exception> {
        let Some(letter) = self.next() else {
            return Err(self.wrong("bad escape (end of pattern)", here));
        };
        let hexadecimal = |parser: &mut Self, digits: usize| {
            let text: String = parser.source[parser.at..]
                .iter()
                .take(digits)
                .take_while(|each| each.is_ascii_hexdigit())
                .collect();
            if text.len() < digits {
                return Err(parser.wrong(&format!("incomplete escape \\{letter}{text}"), here));
            }
            parser.at += digits;
            let found = u32::from_str_radix(&text, 16).ok().and_then(char::from_u32);
            found.ok_or_else(|| parser.wrong(&format!("bad escape \\{letter}{text}"), here))
        };
        Ok(match letter {
            'd' | 'D' => Item::Kind(Kind::Digit, letter == 'D'),
            's' | 'S' => Item::Kind(Kind::Space, letter == 'S'),
            'w' | 'W' => Item::Kind(Kind::Word, letter == 'W'),
            'n' => Item::One('\n'),
            't' => Item::One('\t'),
            'r' => Item::One('\r'),
            'f' => Item::One('\x0c'),
            'v' => Item::One('\x0b'),
            'a' => Item::One('\x07'),
            'x' => Item::One(hexadecimal(self, 2)?),
            'u' => Item::One(hexadecimal(self, 4)?),
            'U' => Item::One(hexadecimal(self, 8)?),
            '0' => {
                let text: String = self.source[self.at..]
                    .iter()
                    .take(2)
                    .take_while(|each| ('0'..='7').contains(each))
                    .collect();
                self.at += text.len();
                Item::One(
                    char::from_u32(u32::from_str_radix(&format!("0{text}"), 8).unwrap_or(0))
                        .unwrap_or('\0'),
                )
            }
            other if other.is_ascii_alphabetic() => {
                return Err(self.wrong(&format!("bad escape \\{other}"), here));
            }
            other => Item::One(other),
        })
    }

    fn class(&mut self, here: usize) -> Result<(Vec<Item>, bool), Exception> {
        let negated = self.eat("^");
        let mut items: Vec<Item> = Vec::new();
        let start = self.at;
        loop {
            let at = self.at;
            let Some(sign) = self.next() else {
                return Err(self.wrong("unterminated character set", here));
            };
            if sign == ']' && at != start {
                return Ok((items, negated));
            }
            let low = self.member(sign, at)?;
            if self.peek() != Some('-') {
                items.push(low);
                continue;
            }
            self.at += 1;
            let second = self.at;
            let Some(end) = self.next() else {
                return Err(self.wrong("unterminated character set", here));
            };
            if end == ']' {
                items.extend([low, Item::One('-')]);
                return Ok((items, negated));
            }
            let high = self.member(end, second)?;
            let shown: String = self.source[at..self.at].iter().collect();
            match (low, high) {
                (Item::One(low), Item::One(high)) if low <= high => {
                    items.push(Item::Range(low, high))
                }
                _ => return Err(self.wrong(&format!("bad character range {shown}"), at)),
            }
        }
    }

    fn member(&mut self, sign: char, at: usize) -> Result<Item, Exception> {
        if sign != '\\' {
            return Ok(Item::One(sign));
        }
        if self.eat("b") {
            return Ok(Item::One('\x08'));
        }
        self.escaped(at)
    }
}

fn is_name(text: &str) -> bool {
    let mut letters = text.chars();
    letters
        .next()
        .is_some_and(|each| each == '_' || each.is_alphabetic())
        && letters.all(|each| each == '_' || each.is_alphanumeric())
}
