//! `template.format(…)` where the template is made at run time.

use crate::py::dict::Dict;
use crate::py::dict_kinds::AsDict;
use crate::py::errors::{Exception, raising};
use crate::py::text::ascii;

use super::{Format, value_error};

/// A value that a template shows: what `format` takes, with its `repr`.
pub trait BraceValue {
    /// The text of the value after `!conversion` and by `:spec`.
    fn brace_text(&self, conversion: Option<char>, spec: &str) -> Result<String, Exception>;
}

impl<T: Format + ?Sized> BraceValue for T {
    fn brace_text(&self, conversion: Option<char>, spec: &str) -> Result<String, Exception> {
        match conversion {
            None => self.try_format_text(spec),
            Some(LOOKED_UP) => Ok(String::new()),
            Some('s') => self.str_text().try_format_text(spec),
            Some('r') => self.repr_text().try_format_text(spec),
            Some('a') => ascii(self).try_format_text(spec),
            Some(other) => {
                let shown = match other {
                    '!'..='~' => other.to_string(),
                    _ => format!("\\x{:x}", other as u32),
                };
                Err(value_error(format!("Unknown conversion specifier {shown}")))
            }
        }
    }
}

/// Shows the value of a field, or says why there is none.
pub(super) type Show<'a> = dyn Fn(&str, Option<char>, &str) -> Result<String, Exception> + 'a;

/// Stands for a conversion where a value is looked up and its text is not wanted.
pub(super) const LOOKED_UP: char = '\0';

/// How the fields without a name are numbered: not yet known, by their order, or by the template.
#[derive(Clone, Copy, PartialEq)]
enum Numbers {
    Unknown,
    Counted,
    Written,
}

struct Template<'a> {
    show: &'a Show<'a>,
    numbers: Numbers,
    next: usize,
}

/// One replacement field as it is written.
struct Field {
    name: String,
    conversion: Option<char>,
    spec: String,
}

/// Reads a field whose brace has been read.
fn field(characters: &[char], at: &mut usize) -> Result<Field, Exception> {
    let start = *at;
    let mut brackets = false;
    let mut end = None;
    while let Some(&character) = characters.get(*at) {
        *at += 1;
        match character {
            '{' if !brackets => return Err(value_error("unexpected '{' in field name")),
            '[' => brackets = true,
            ']' => brackets = false,
            '}' | ':' | '!' if !brackets => {
                end = Some(character);
                break;
            }
            _ => {}
        }
    }
    let Some(end) = end else {
        return Err(value_error(if *at == start {
            "Single '{' encountered in format string"
        } else {
            "expected '}' before end of string"
        }));
    };
    let mut found = Field {
        name: characters[start..*at - 1].iter().collect(),
        conversion: None,
        spec: String::new(),
    };
    if end == '}' {
        return Ok(found);
    }
    if end == '!' {
        let missing = "end of string while looking for conversion specifier";
        found.conversion = Some(*characters.get(*at).ok_or_else(|| value_error(missing))?);
        *at += 1;
        match characters.get(*at) {
            Some('}') => {
                *at += 1;
                return Ok(found);
            }
            Some(':') => *at += 1,
            Some(_) => return Err(value_error("expected ':' after conversion specifier")),
            None => return Err(value_error("unmatched '{' in format spec")),
        }
    }
    let start = *at;
    let mut open = 1;
    while let Some(&character) = characters.get(*at) {
        *at += 1;
        match character {
            '{' => open += 1,
            '}' => open -= 1,
            _ => continue,
        }
        if open == 0 {
            found.spec = characters[start..*at - 1].iter().collect();
            return Ok(found);
        }
    }
    Err(value_error("unmatched '{' in format spec"))
}

impl Template<'_> {
    fn text(&mut self, template: &str, depth: usize) -> Result<String, Exception> {
        let characters: Vec<char> = template.chars().collect();
        let (mut text, mut at) = (String::new(), 0);
        while let Some(&character) = characters.get(at) {
            at += 1;
            match character {
                '{' | '}' if characters.get(at) == Some(&character) => {
                    text.push(character);
                    at += 1;
                }
                '}' => return Err(value_error("Single '}' encountered in format string")),
                '{' => {
                    if depth == 0 {
                        return Err(value_error("Max string recursion exceeded"));
                    }
                    let found = field(&characters, &mut at)?;
                    text.push_str(&self.shown(&found, depth)?);
                }
                other => text.push(other),
            }
        }
        Ok(text)
    }

    fn shown(&mut self, field: &Field, depth: usize) -> Result<String, Exception> {
        if field.name.contains(['.', '[']) {
            crate::py::program::unsupported(
                "a template that is made at run time looks into the values that it shows",
            );
        }
        let written =
            !field.name.is_empty() && field.name.chars().all(|each| each.is_ascii_digit());
        let mut name = field.name.clone();
        if written || name.is_empty() {
            let numbers = if written {
                Numbers::Written
            } else {
                Numbers::Counted
            };
            match (self.numbers, numbers) {
                (Numbers::Counted, Numbers::Written) => {
                    return Err(value_error(
                        "cannot switch from automatic field numbering to manual field specification",
                    ));
                }
                (Numbers::Written, Numbers::Counted) => {
                    return Err(value_error(
                        "cannot switch from manual field specification to automatic field numbering",
                    ));
                }
                _ => self.numbers = numbers,
            }
        }
        if name.is_empty() {
            name = self.next.to_string();
            self.next += 1;
        }
        // Python looks the value up before it reads what is nested in the specification.
        if field.spec.contains(['{', '}']) {
            (self.show)(&name, Some(LOOKED_UP), "")?;
            let spec = self.text(&field.spec, depth - 1)?;
            return (self.show)(&name, field.conversion, &spec);
        }
        (self.show)(&name, field.conversion, &field.spec)
    }
}

pub(super) fn formatted(template: &str, show: &Show<'_>) -> Result<String, Exception> {
    let mut made = Template {
        show,
        numbers: Numbers::Unknown,
        next: 0,
    };
    made.text(template, 2)
}

/// The number that the name of a field is, if it is one.
pub(super) fn position(name: &str) -> Option<usize> {
    (name.starts_with(|each: char| each.is_ascii_digit())
        && name.bytes().all(|each| each.is_ascii_digit()))
    .then(|| name.parse().unwrap_or(usize::MAX))
}

raising! {
    /// `template.format(values[0], …, name=…)`: the last of `values` are those with `names`.
    pub fn brace_format, try_brace_format(template: &str, values: &[&dyn BraceValue], names: &[&str]) -> String {
        let count = values.len() - names.len();
        formatted(template, &|name, conversion, spec| {
            let place = match position(name) {
                Some(index) if index < count => index,
                Some(index) => {
                    return Err(Exception::new(
                        "IndexError",
                        format!("Replacement index {index} out of range for positional args tuple"),
                    ));
                }
                None => match names.iter().position(|each| *each == name) {
                    Some(index) => count + index,
                    None => return Err(Exception::new("KeyError", name)),
                },
            };
            values[place].brace_text(conversion, spec)
        })
    }
}

raising! {
    /// `template.format(**values)` and `template.format_map(values)`.
    pub fn brace_format_map, try_brace_format_map[V: BraceValue](
        template: &str, values: &(impl AsDict<String, V> + ?Sized), mapped: bool
    ) -> String {
        values.with_dict(|values: &Dict<String, V>| {
            formatted(template, &|name, conversion, spec| match position(name) {
                Some(_) if mapped => Err(value_error("Format string contains positional fields")),
                Some(index) => Err(Exception::new(
                    "IndexError",
                    format!("Replacement index {index} out of range for positional args tuple"),
                )),
                None => match values.get_ref(name) {
                    Some(value) => value.brace_text(conversion, spec),
                    None => Err(Exception::new("KeyError", name)),
                },
            })
        })
    }
}

/// The items of a tuple or list whose length is known at run time only.
pub fn brace_items<T: BraceValue>(items: &[T]) -> Vec<&dyn BraceValue> {
    items.iter().map(|item| item as &dyn BraceValue).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_replaced() {
        type Case = (
            &'static str,
            &'static [&'static dyn BraceValue],
            &'static [&'static str],
            &'static str,
        );
        let cases: [Case; 8] = [
            ("{}-{}", &[&1i64, &"a"], &[], "1-a"),
            ("{1}{0}{1}", &[&1i64, &2i64], &[], "212"),
            ("{{{}}}", &[&1.5], &[], "{1.5}"),
            ("{:>{}}|", &[&"x", &4i64], &[], "   x|"),
            ("{0:{1}.{2}f}", &[&2.0, &6i64, &2i64], &[], "  2.00"),
            ("{n:<4}|{x!r:>5}", &[&3i64, &"a"], &["n", "x"], "3   |  'a'"),
            ("{:,}{!s}", &[&1234567i64, &true], &[], "1,234,567True"),
            ("plain", &[], &[], "plain"),
        ];
        for (template, values, names, text) in cases {
            assert_eq!(brace_format(template, values, names), text, "{template}");
        }
    }

    #[test]
    fn wrong_templates_are_named() {
        let cases: [(&str, &str); 14] = [
            ("{", "Single '{' encountered in format string"),
            ("a}", "Single '}' encountered in format string"),
            ("{a", "expected '}' before end of string"),
            ("{0:5", "unmatched '{' in format spec"),
            ("{0:", "unmatched '{' in format spec"),
            ("{!", "end of string while looking for conversion specifier"),
            ("{!rx}", "expected ':' after conversion specifier"),
            ("{!r", "unmatched '{' in format spec"),
            ("{!z}", "Unknown conversion specifier z"),
            ("{a{b}}", "unexpected '{' in field name"),
            (
                "{}{0}",
                "cannot switch from automatic field numbering to manual field specification",
            ),
            (
                "{0}{}",
                "cannot switch from manual field specification to automatic field numbering",
            ),
            ("{:{:{}}}", "Max string recursion exceeded"),
            (
                "{} {}",
                "Replacement index 1 out of range for positional args tuple",
            ),
        ];
        for (template, message) in cases {
            let values: &[&dyn BraceValue] = if template == "{:{:{}}}" {
                &[&1i64, &2i64, &3i64]
            } else {
                &[&1i64]
            };
            let found = try_brace_format(template, values, &[]).unwrap_err();
            assert_eq!(found.message(), message, "{template}");
        }
    }
}
