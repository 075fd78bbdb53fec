//! Python's `string.Template`: texts with `$name` in them.

use super::dict::Dict;
use super::dict_kinds::AsDict;
use super::errors::{Exception, raising};
use super::failures::value_error;
use super::text::Text;

/// `string.Template`.
#[derive(Clone, Debug)]
pub struct Template(String);

/// What a dollar sign begins.
enum Part {
    Dollar,
    Name(String, usize),
    Invalid,
}

fn part(rest: &str) -> Part {
    let name = |text: &str| -> String {
        let starts = text
            .chars()
            .next()
            .is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
        let letters = text
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '_');
        if starts {
            letters.collect()
        } else {
            String::new()
        }
    };
    if rest.starts_with('$') {
        return Part::Dollar;
    }
    if let Some(inside) = rest.strip_prefix('{') {
        let found = name(inside);
        return match inside[found.len()..].starts_with('}') && !found.is_empty() {
            true => Part::Name(found.clone(), found.len() + 2),
            false => Part::Invalid,
        };
    }
    match name(rest) {
        found if found.is_empty() => Part::Invalid,
        found => Part::Name(found.clone(), found.len()),
    }
}

impl Template {
    /// `Template(text)`.
    pub fn new(text: &str) -> Template {
        Template(text.to_string())
    }

    /// Whether every dollar sign begins something, and the names in the order of their first use.
    fn names(&self) -> (bool, Vec<String>) {
        let (mut valid, mut names, mut rest) = (true, Vec::new(), self.0.as_str());
        while let Some(place) = rest.find('$') {
            rest = &rest[place + 1..];
            match part(rest) {
                Part::Dollar => rest = &rest[1..],
                Part::Name(name, length) => {
                    rest = &rest[length..];
                    if !names.contains(&name) {
                        names.push(name);
                    }
                }
                Part::Invalid => valid = false,
            }
        }
        (valid, names)
    }

    /// `template.is_valid()`.
    pub fn is_valid(&self) -> bool {
        self.names().0
    }

    /// `template.get_identifiers()`.
    pub fn get_identifiers(&self) -> Vec<String> {
        self.names().1
    }

    /// `template.template`.
    pub fn template(&self) -> String {
        self.0.clone()
    }
}

raising! {
    /// `template.substitute(values)`, or with `safe` `template.safe_substitute(values)`.
    pub fn substitute, try_substitute[V: Text + Clone](template: &Template, values: &(impl AsDict<String, V> + ?Sized), safe: bool) -> String {
        values.with_dict(|values: &Dict<String, V>| {
            let (mut text, mut rest) = (String::new(), template.0.as_str());
            while let Some(place) = rest.find('$') {
                text.push_str(&rest[..place]);
                let after = &rest[place + 1..];
                match part(after) {
                    Part::Dollar => {
                        text.push('$');
                        rest = &after[1..];
                    }
                    Part::Name(name, length) => {
                        match values.get(name.as_str()) {
                            Some(value) => text.push_str(&value.str_text()),
                            None if safe => text.push_str(&rest[place..place + 1 + length]),
                            None => return Err(Exception::new("KeyError", name)),
                        }
                        rest = &after[length..];
                    }
                    Part::Invalid if safe => {
                        text.push('$');
                        rest = after;
                    }
                    Part::Invalid => {
                        let before = &template.0[..template.0.len() - rest.len() + place];
                        let line = before.matches('\n').count() + 1;
                        let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
                        return Err(value_error(format!("Invalid placeholder in string: line {line}, col {column}")));
                    }
                }
            }
            text.push_str(rest);
            Ok(text)
        })
    }
}
