//! What Python knows of single characters.

use super::unicode_tables::{
    ALPHABETIC, CASED, DECIMAL, DIGIT_LIKE, FOLDED, IDENTIFIER_CONTINUE, IDENTIFIER_START,
    NOT_IDENTIFIER_START, NUMERIC, TITLECASE, TITLED, contains,
};

/// `str.isspace` of a character.
pub(crate) fn is_space(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\x1c'..='\x1f')
}

/// `str.isalpha` of a character.
pub(crate) fn is_alpha(character: char) -> bool {
    if character.is_ascii() {
        character.is_ascii_alphabetic()
    } else {
        contains(ALPHABETIC, character)
    }
}

/// The value of a decimal digit of any script.
pub(crate) fn decimal_value(character: char) -> Option<u32> {
    if character.is_ascii() {
        return character.to_digit(10);
    }
    let code = character as u32;
    let after = DECIMAL.partition_point(|run| run.0 <= code);
    let (first, last, value) = *DECIMAL.get(after.checked_sub(1)?)?;
    (code <= last).then(|| value + code - first)
}

/// `str.isdigit` of a character.
pub(crate) fn is_digit(character: char) -> bool {
    decimal_value(character).is_some() || contains(DIGIT_LIKE, character)
}

/// `str.isnumeric` of a character.
pub(crate) fn is_numeric(character: char) -> bool {
    is_digit(character) || contains(NUMERIC, character)
}

/// Whether the character is a letter of title case, such as `ǅ`.
pub(crate) fn is_title(character: char) -> bool {
    !character.is_ascii() && contains(TITLECASE, character)
}

/// Whether a letter after this character continues a word for `str.title`.
pub(crate) fn is_cased(character: char) -> bool {
    if character.is_ascii() {
        character.is_ascii_alphabetic()
    } else {
        contains(CASED, character)
    }
}

/// Whether an identifier may start with the character.
pub(crate) fn starts_identifier(character: char) -> bool {
    character == '_'
        || (is_alpha(character) && !contains(NOT_IDENTIFIER_START, character))
        || contains(IDENTIFIER_START, character)
}

/// Whether an identifier may go on with the character.
pub(crate) fn continues_identifier(character: char) -> bool {
    starts_identifier(character)
        || decimal_value(character).is_some()
        || contains(IDENTIFIER_CONTINUE, character)
}

fn special(table: &'static [(u32, &'static str)], character: char) -> Option<&'static str> {
    let at = table
        .binary_search_by_key(&(character as u32), |entry| entry.0)
        .ok()?;
    Some(table[at].1)
}

/// Adds the title case of a character.
pub(crate) fn push_title(text: &mut String, character: char) {
    match special(TITLED, character) {
        Some(title) => text.push_str(title),
        None => text.extend(character.to_uppercase()),
    }
}

/// Adds the folded form of a character, for comparisons without case.
pub(crate) fn push_folded(text: &mut String, character: char) {
    match special(FOLDED, character) {
        Some(folded) => text.push_str(folded),
        None => text.extend(character.to_lowercase()),
    }
}
