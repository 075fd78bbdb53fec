//! The templates of `sub`: `\1`, `\g<name>` and escapes.

use super::Match;
use crate::py::errors::{Exception, throw};

enum Part {
    Text(String),
    Number(i64),
    Name(String),
}

pub(super) struct Replacement(Vec<Part>);

impl Replacement {
    pub(super) fn new(template: &str) -> Self {
        let mut parts = Vec::new();
        let mut text = String::new();
        let mut characters = template.chars().peekable();
        while let Some(character) = characters.next() {
            if character != '\\' {
                text.push(character);
                continue;
            }
            let part = match characters.next() {
                Some('g') if characters.next_if_eq(&'<').is_some() => {
                    let name: String = characters
                        .by_ref()
                        .take_while(|each| *each != '>')
                        .collect();
                    Some(name.parse().map_or(Part::Name(name), Part::Number))
                }
                Some('0') => {
                    text.push('\0');
                    None
                }
                Some(digit @ '1'..='9') => {
                    let mut number = i64::from(digit as u8 - b'0');
                    if let Some(second) = characters.next_if(char::is_ascii_digit) {
                        number = number * 10 + i64::from(second as u8 - b'0');
                    }
                    Some(Part::Number(number))
                }
                Some(letter) => {
                    match letter {
                        'n' => text.push('\n'),
                        't' => text.push('\t'),
                        'r' => text.push('\r'),
                        '\\' => text.push('\\'),
                        other if other.is_ascii_alphabetic() => {
                            throw(Exception::new("re.error", format!("bad escape \\{other}")))
                        }
                        other => text.extend(['\\', other]),
                    }
                    None
                }
                None => throw(Exception::new("re.error", "bad escape (end of pattern)")),
            };
            if let Some(part) = part {
                parts.push(Part::Text(std::mem::take(&mut text)));
                parts.push(part);
            }
        }
        parts.push(Part::Text(text));
        Replacement(parts)
    }

    pub(super) fn expand(&self, found: &Match) -> String {
        self.0
            .iter()
            .map(|part| match part {
                Part::Text(text) => text.clone(),
                Part::Number(number) => found.group(*number).unwrap_or_default(),
                Part::Name(name) => found.group(name).unwrap_or_default(),
            })
            .collect()
    }
}
