//! Sets of characters in patterns.

use crate::py::characters::{decimal_value, is_alpha, is_numeric, is_space};

/// A class that a letter names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    Digit,
    Space,
    Word,
}

#[derive(Clone, Debug)]
pub(super) enum Item {
    One(char),
    Range(char, char),
    /// A class, or with `true` what is not in it.
    Kind(Kind, bool),
    NoLineFeed,
    Any,
}

/// What one character of the text may be.
#[derive(Clone, Debug)]
pub(super) struct Set {
    items: Vec<Item>,
    negated: bool,
    ignores_case: bool,
    ascii: bool,
}

/// The one lower-case letter of a letter.
pub(super) fn lower(character: char) -> char {
    let mut found = character.to_lowercase();
    match (found.next(), found.next()) {
        (Some(one), None) => one,
        _ => character,
    }
}

fn upper(character: char) -> char {
    let mut found = character.to_uppercase();
    match (found.next(), found.next()) {
        (Some(one), None) => one,
        _ => character,
    }
}

/// Whether `\w` fits a character.
pub(super) fn is_word(character: char, ascii: bool) -> bool {
    if ascii || character.is_ascii() {
        return character == '_' || character.is_ascii_alphanumeric();
    }
    is_alpha(character) || is_numeric(character)
}

fn is_of(kind: Kind, character: char, ascii: bool) -> bool {
    match kind {
        Kind::Digit if ascii => character.is_ascii_digit(),
        Kind::Digit => {
            character.is_ascii_digit()
                || (!character.is_ascii() && decimal_value(character).is_some())
        }
        Kind::Space if ascii => matches!(character, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c'),
        Kind::Space => is_space(character),
        Kind::Word => is_word(character, ascii),
    }
}

impl Set {
    pub(super) fn new(items: Vec<Item>, negated: bool, ignores_case: bool, ascii: bool) -> Self {
        Set {
            items,
            negated,
            ignores_case,
            ascii,
        }
    }

    fn has(&self, character: char) -> bool {
        self.items.iter().any(|item| match item {
            Item::One(one) => *one == character,
            Item::Range(low, high) => (*low..=*high).contains(&character),
            Item::Kind(kind, negated) => is_of(*kind, character, self.ascii) != *negated,
            Item::NoLineFeed => character != '\n',
            Item::Any => true,
        })
    }

    pub(super) fn fits(&self, character: char) -> bool {
        let mut found = self.has(character);
        if !found && self.ignores_case && (!self.ascii || character.is_ascii()) {
            found = self.has(lower(character)) || self.has(upper(character));
        }
        found != self.negated
    }
}
