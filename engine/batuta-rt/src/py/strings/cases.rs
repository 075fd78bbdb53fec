//! Upper and lower case.

use crate::py::characters::{is_cased, push_folded, push_title};

/// Changes of case beyond `to_uppercase` and `to_lowercase`.
pub trait CaseMethods {
    /// `s.capitalize()`.
    fn capitalize(&self) -> String;

    /// `s.title()`.
    fn title(&self) -> String;

    /// `s.swapcase()`.
    fn swapcase(&self) -> String;

    /// `s.casefold()`.
    fn casefold(&self) -> String;
}

/// Adds the lower case of the character at a place of a text; a sigma at the end of a word has its own form.
fn push_lower(text: &mut String, whole: &str, at: usize, character: char) {
    if character == 'Σ' {
        // Rust knows the rule for whole texts only; both forms of sigma are equally long.
        let before: usize = whole[..at]
            .chars()
            .flat_map(char::to_lowercase)
            .map(char::len_utf8)
            .sum();
        text.extend(whole.to_lowercase()[before..].chars().next());
    } else {
        text.extend(character.to_lowercase());
    }
}

impl CaseMethods for str {
    fn capitalize(&self) -> String {
        let mut text = String::with_capacity(self.len());
        for (at, character) in self.char_indices() {
            if at == 0 {
                push_title(&mut text, character);
            } else {
                push_lower(&mut text, self, at, character);
            }
        }
        text
    }

    fn title(&self) -> String {
        let mut text = String::with_capacity(self.len());
        let mut inside_word = false;
        for (at, character) in self.char_indices() {
            if inside_word {
                push_lower(&mut text, self, at, character);
            } else {
                push_title(&mut text, character);
            }
            inside_word = is_cased(character);
        }
        text
    }

    fn swapcase(&self) -> String {
        let mut text = String::with_capacity(self.len());
        for (at, character) in self.char_indices() {
            if character.is_uppercase() {
                push_lower(&mut text, self, at, character);
            } else if character.is_lowercase() {
                text.extend(character.to_uppercase());
            } else {
                text.push(character);
            }
        }
        text
    }

    fn casefold(&self) -> String {
        let mut text = String::with_capacity(self.len());
        self.chars()
            .for_each(|character| push_folded(&mut text, character));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_are_those_of_python() {
        for (text, capital, title, swapped) in [
            ("hello wORLD", "Hello world", "Hello World", "HELLO World"),
            ("it's 3rd", "It's 3rd", "It'S 3Rd", "IT'S 3RD"),
            ("ΑΣ", "Ας", "Ας", "ας"),
            ("ﬁx", "Fix", "Fix", "FIX"),
            ("ǆ", "ǅ", "ǅ", "Ǆ"),
            ("", "", "", ""),
        ] {
            assert_eq!(
                (text.capitalize(), text.title(), text.swapcase()),
                (capital.into(), title.into(), swapped.into())
            );
        }
        assert_eq!("Straße ΑΣ".casefold(), "strasse ας".replace('ς', "σ"));
        assert_eq!("ΑΣ Σ".to_lowercase(), "ας σ");
    }
}
