//! How a text becomes words: patterns of one sort of characters, such as `(?u)\\b\\w\\w+\\b` or `[a-z]{3,}`.

/// What one character of a word may be.
#[derive(Clone, Debug, PartialEq)]
enum Member {
    Range(char, char),
    Word(bool),
    Digit(bool),
    Space(bool),
}

impl Member {
    fn holds(&self, letter: char) -> bool {
        match *self {
            Member::Range(low, high) => (low..=high).contains(&letter),
            Member::Word(wanted) => is_word(letter) == wanted,
            Member::Digit(wanted) => letter.is_numeric() == wanted,
            Member::Space(wanted) => letter.is_whitespace() == wanted,
        }
    }
}

/// A pattern: a run of characters of one sort, of a length within bounds, perhaps between the ends of words.
#[derive(Clone, Debug)]
pub struct TokenPattern {
    members: Vec<Member>,
    negated: bool,
    least: usize,
    most: usize,
    begins_word: bool,
    ends_word: bool,
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn unknown(pattern: &str) -> ! {
    crate::py::unsupported(&format!("the token pattern {pattern:?}"))
}

impl TokenPattern {
    /// Reads a pattern.
    pub fn read(pattern: &str) -> Self {
        let mut rest = pattern.strip_prefix("(?u)").unwrap_or(pattern);
        let begins_word = rest.starts_with(r"\b");
        rest = rest.strip_prefix(r"\b").unwrap_or(rest);
        let ends_word = rest.ends_with(r"\b");
        rest = rest.strip_suffix(r"\b").unwrap_or(rest);
        let mut whole: Option<(Vec<Member>, bool)> = None;
        let (mut least, mut most) = (0usize, 0usize);
        while !rest.is_empty() {
            let Some((members, negated, after)) = atom(rest) else {
                unknown(pattern)
            };
            let Some((low, high, after)) = quantity(after) else {
                unknown(pattern)
            };
            match &whole {
                Some(known) if *known != (members.clone(), negated) => unknown(pattern),
                _ => whole = Some((members, negated)),
            }
            least += low;
            most = most.saturating_add(high);
            rest = after;
        }
        let Some((members, negated)) = whole else {
            unknown(pattern)
        };
        TokenPattern {
            members,
            negated,
            least: least.max(1),
            most,
            begins_word,
            ends_word,
        }
    }

    fn takes(&self, letter: char) -> bool {
        self.members.iter().any(|member| member.holds(letter)) != self.negated
    }

    /// The words of a text.
    pub fn find_all(&self, text: &str) -> Vec<String> {
        let letters: Vec<char> = text.chars().collect();
        let boundary = |at: usize| {
            let before = at > 0 && is_word(letters[at - 1]);
            let after = at < letters.len() && is_word(letters[at]);
            before != after
        };
        let mut found = Vec::new();
        let mut at = 0;
        while at < letters.len() {
            if self.begins_word && !boundary(at) {
                at += 1;
                continue;
            }
            let run = letters[at..]
                .iter()
                .take(self.most)
                .take_while(|letter| self.takes(**letter))
                .count();
            let ends = |length: &usize| !self.ends_word || boundary(at + length);
            match (self.least..=run).rev().find(ends) {
                Some(length) => {
                    found.push(letters[at..at + length].iter().collect());
                    at += length;
                }
                None => at += 1,
            }
        }
        found
    }
}

/// The text with runs of two and more blanks as one.
pub fn single_spaces(text: &str) -> String {
    let mut made = String::new();
    let mut run: Vec<char> = Vec::new();
    for letter in text.chars() {
        if letter.is_whitespace() {
            run.push(letter);
            continue;
        }
        push_blanks(&mut made, &mut run);
        made.push(letter);
    }
    push_blanks(&mut made, &mut run);
    made
}

fn push_blanks(made: &mut String, run: &mut Vec<char>) {
    match run.as_slice() {
        [] => {}
        [one] => made.push(*one),
        _ => made.push(' '),
    }
    run.clear();
}

/// A class of characters at the beginning of a pattern, and what comes behind it.
fn atom(text: &str) -> Option<(Vec<Member>, bool, &str)> {
    if let Some(inner) = text.strip_prefix('[') {
        let (negated, mut rest) = match inner.strip_prefix('^') {
            Some(rest) => (true, rest),
            None => (false, inner),
        };
        let mut members = Vec::new();
        loop {
            if let Some(after) = rest.strip_prefix(']').filter(|_| !members.is_empty()) {
                return Some((members, negated, after));
            }
            let (one, after) = member(rest)?;
            let Member::Range(low, _) = one else {
                members.push(one);
                rest = after;
                continue;
            };
            match after
                .strip_prefix('-')
                .filter(|behind| !behind.starts_with(']'))
            {
                Some(behind) => {
                    let (Member::Range(high, _), after) = member(behind)? else {
                        return None;
                    };
                    members.push(Member::Range(low, high));
                    rest = after;
                }
                None => {
                    members.push(one);
                    rest = after;
                }
            }
        }
    }
    if text.starts_with(['(', ')', '|', '.', '*', '+', '?', '{', '^', '$']) {
        return None;
    }
    let (one, rest) = member(text)?;
    Some((vec![one], false, rest))
}

/// One character, or a class of them that a backslash names.
fn member(text: &str) -> Option<(Member, &str)> {
    let mut letters = text.chars();
    let first = letters.next()?;
    if first != '\\' {
        return Some((Member::Range(first, first), letters.as_str()));
    }
    let named = letters.next()?;
    let made = match named {
        'w' | 'W' => Member::Word(named == 'w'),
        'd' | 'D' => Member::Digit(named == 'd'),
        's' | 'S' => Member::Space(named == 's'),
        _ if named.is_alphanumeric() => return None,
        _ => Member::Range(named, named),
    };
    Some((made, letters.as_str()))
}

/// How often a class may come, and what comes behind it.
fn quantity(text: &str) -> Option<(usize, usize, &str)> {
    if let Some(rest) = text.strip_prefix('+') {
        return (!rest.starts_with(['?', '+'])).then_some((1, usize::MAX, rest));
    }
    if let Some(rest) = text.strip_prefix('*') {
        return (!rest.starts_with(['?', '+'])).then_some((0, usize::MAX, rest));
    }
    if text.starts_with('?') {
        return None;
    }
    let Some(inner) = text.strip_prefix('{') else {
        return Some((1, 1, text));
    };
    let (bounds, rest) = inner.split_once('}')?;
    if rest.starts_with(['?', '+']) {
        return None;
    }
    match bounds.split_once(',') {
        Some((low, "")) => Some((low.parse().ok()?, usize::MAX, rest)),
        Some((low, high)) => Some((low.parse().ok()?, high.parse().ok()?, rest)),
        None => {
            let exact = bounds.parse().ok()?;
            Some((exact, exact, rest))
        }
    }
}
