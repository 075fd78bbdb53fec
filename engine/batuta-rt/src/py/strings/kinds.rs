//! What kind of characters a text has.

use crate::py::characters::{
    continues_identifier, decimal_value, is_alpha, is_digit, is_numeric, is_space, is_title,
    starts_identifier,
};
use crate::py::text::is_printable;

/// The tests `isalpha`, `isdigit` and so on.
pub trait KindMethods {
    /// `s.isalpha()`.
    fn isalpha(&self) -> bool;
    /// `s.isalnum()`.
    fn isalnum(&self) -> bool;
    /// `s.isdigit()`.
    fn isdigit(&self) -> bool;
    /// `s.isdecimal()`.
    fn isdecimal(&self) -> bool;
    /// `s.isnumeric()`.
    fn isnumeric(&self) -> bool;
    /// `s.isspace()`.
    fn isspace(&self) -> bool;
    /// `s.isupper()`.
    fn isupper(&self) -> bool;
    /// `s.islower()`.
    fn islower(&self) -> bool;
    /// `s.istitle()`.
    fn istitle(&self) -> bool;
    /// `s.isidentifier()`.
    fn isidentifier(&self) -> bool;
    /// `s.isprintable()`.
    fn isprintable(&self) -> bool;
}

fn all(text: &str, test: impl Fn(char) -> bool) -> bool {
    !text.is_empty() && text.chars().all(test)
}

impl KindMethods for str {
    fn isalpha(&self) -> bool {
        all(self, is_alpha)
    }

    fn isalnum(&self) -> bool {
        all(self, |each| is_alpha(each) || is_numeric(each))
    }

    fn isdigit(&self) -> bool {
        all(self, is_digit)
    }

    fn isdecimal(&self) -> bool {
        all(self, |each| decimal_value(each).is_some())
    }

    fn isnumeric(&self) -> bool {
        all(self, is_numeric)
    }

    fn isspace(&self) -> bool {
        all(self, is_space)
    }

    fn isupper(&self) -> bool {
        self.chars().any(char::is_uppercase)
            && !self
                .chars()
                .any(|each| each.is_lowercase() || is_title(each))
    }

    fn islower(&self) -> bool {
        self.chars().any(char::is_lowercase)
            && !self
                .chars()
                .any(|each| each.is_uppercase() || is_title(each))
    }

    fn istitle(&self) -> bool {
        let (mut found, mut inside_word) = (false, false);
        for character in self.chars() {
            if character.is_uppercase() || is_title(character) {
                if inside_word {
                    return false;
                }
                (found, inside_word) = (true, true);
            } else if character.is_lowercase() {
                if !inside_word {
                    return false;
                }
                found = true;
            } else {
                inside_word = false;
            }
        }
        found
    }

    fn isidentifier(&self) -> bool {
        let mut characters = self.chars();
        characters.next().is_some_and(starts_identifier) && characters.all(continues_identifier)
    }

    fn isprintable(&self) -> bool {
        self.chars().all(is_printable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_those_of_python() {
        assert!("aé日".isalpha() && !"a1".isalpha() && !"".isalpha() && !"a\u{301}".isalpha());
        assert!("a1½²".isalnum() && !"a_".isalnum());
        assert!(
            "1²".isdigit()
                && !"½".isdigit()
                && "½".isnumeric()
                && !"²".isdecimal()
                && "١".isdecimal()
        );
        assert!(" \t\u{1c}\u{a0}\u{2003}".isspace() && !"".isspace() && !"\u{200b}".isspace());
        assert!(
            "AB1".isupper()
                && !"12".isupper()
                && "ab!".islower()
                && !"ǅ".isupper()
                && !"ǅ".islower()
        );
        assert!(
            "Ab Cd".istitle()
                && !"AB".istitle()
                && !"ab".istitle()
                && "It'S".istitle()
                && !"".istitle()
        );
        assert!(
            "_x1".isidentifier()
                && "é".isidentifier()
                && !"1x".isidentifier()
                && !"".isidentifier()
        );
        assert!("".isprintable() && !"a\n".isprintable());
    }
}
