//! `str.maketrans` and `str.translate`.

use crate::py::dict::Dict;
use crate::py::errors::raising;
use crate::py::failures::value_error;
use crate::py::shared::Shared;

/// What a character can be translated to: a code point, a text, or nothing.
pub trait Translated {
    /// Adds it to a text.
    fn push_to(&self, text: &mut String);
}

impl Translated for i64 {
    fn push_to(&self, text: &mut String) {
        text.push_str(&crate::py::number_texts::chr(*self));
    }
}

impl Translated for String {
    fn push_to(&self, text: &mut String) {
        text.push_str(self);
    }
}

impl<T: Translated> Translated for Option<T> {
    fn push_to(&self, text: &mut String) {
        if let Some(translated) = self {
            translated.push_to(text);
        }
    }
}

/// A table for `translate`, as `maketrans` makes it.
pub trait TranslationTable {
    /// Adds what the table says of the character; false where it says nothing.
    fn push_translated(&self, text: &mut String, character: char) -> bool;
}

impl<V: Translated> TranslationTable for Dict<i64, V> {
    fn push_translated(&self, text: &mut String, character: char) -> bool {
        match self.get_ref(&(character as i64)) {
            Some(translated) => {
                translated.push_to(text);
                true
            }
            None => false,
        }
    }
}

impl<C: TranslationTable> TranslationTable for Shared<C> {
    fn push_translated(&self, text: &mut String, character: char) -> bool {
        self.with(|table| table.push_translated(text, character))
    }
}

/// `s.translate(table)`.
pub trait TranslateMethods {
    /// `s.translate(table)`.
    fn translate<T: TranslationTable + ?Sized>(&self, table: &T) -> String;
}

impl TranslateMethods for str {
    fn translate<T: TranslationTable + ?Sized>(&self, table: &T) -> String {
        let mut text = String::with_capacity(self.len());
        for character in self.chars() {
            if !table.push_translated(&mut text, character) {
                text.push(character);
            }
        }
        text
    }
}

raising! {
    /// `str.maketrans(from, to)`.
    pub fn maketrans, try_maketrans(from: &str, to: &str) -> Dict<i64, i64> {
        if from.chars().count() != to.chars().count() {
            return Err(value_error("the first two maketrans arguments must have equal length"));
        }
        Ok(Dict::from_pairs(from.chars().zip(to.chars()).map(|(from, to)| (from as i64, to as i64))))
    }

    /// `str.maketrans(from, to, removed)`.
    pub fn maketrans_removing, try_maketrans_removing(from: &str, to: &str, removed: &str) -> Dict<i64, Option<i64>> {
        let table = try_maketrans(from, to)?;
        let pairs = table.pairs().map(|(from, to)| (from, Some(to)));
        Ok(Dict::from_pairs(pairs.chain(removed.chars().map(|each| (each as i64, None)))))
    }
}

/// `str.maketrans(table)` of a dict with characters as keys.
pub fn maketrans_from<V: Clone>(table: impl IntoIterator<Item = (String, V)>) -> Dict<i64, V> {
    Dict::from_pairs(
        table
            .into_iter()
            .map(|(character, translated)| (crate::py::number_texts::ord(&character), translated)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_translate_remove_and_keep() {
        assert_eq!("cabé".translate(&maketrans("ab", "xy")), "cxyé");
        assert_eq!(
            "cab".translate(&Shared::new(maketrans_removing("a", "x", "b"))),
            "cx"
        );
        assert_eq!(
            "ab".translate(&maketrans_from([("a".to_string(), "ZZ".to_string())])),
            "ZZb"
        );
        assert_eq!(
            try_maketrans("ab", "c").unwrap_err().message(),
            "the first two maketrans arguments must have equal length"
        );
    }
}
