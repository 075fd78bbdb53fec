//! `json.loads`: the text of JSON as a value, with Python's complaints.

use super::super::dict::Dict;
use super::super::errors::{Exception, raising, throw};
use super::super::files::File;
use super::super::program::{integer_overflow, unsupported};
use super::super::shared::Shared;
use super::super::value::Value;

const CLASS: &str = "JSONDecodeError";

/// Where a text is not JSON: what Python says, and the position of the character.
struct Problem(&'static str, usize);

impl Problem {
    fn raised(self, text: &[char]) -> Exception {
        let Problem(message, position) = self;
        let before = &text[..position.min(text.len())];
        let line = before.iter().filter(|each| **each == '\n').count() + 1;
        let start = before.iter().rposition(|each| *each == '\n');
        let column = start.map_or(position + 1, |start| position - start);
        Exception::new(
            CLASS,
            format!("{message}: line {line} column {column} (char {position})"),
        )
    }
}

struct Reader<'a> {
    text: &'a [char],
    next: usize,
}

const NO_VALUE: &str = "Expecting value";

impl Reader<'_> {
    fn skip_space(&mut self) {
        while let Some(' ' | '\t' | '\n' | '\r') = self.text.get(self.next) {
            self.next += 1;
        }
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.next).copied()
    }

    fn word(&mut self, word: &str) -> bool {
        let found = word
            .chars()
            .enumerate()
            .all(|(offset, each)| self.text.get(self.next + offset) == Some(&each));
        if found {
            self.next += word.len();
        }
        found
    }

    fn value(&mut self) -> Result<Value, Problem> {
        match self.peek() {
            Some('"') => {
                self.next += 1;
                self.string().map(Value::Str)
            }
            Some('{') => self.object(),
            Some('[') => self.array(),
            Some('n') if self.word("null") => Ok(Value::None),
            Some('t') if self.word("true") => Ok(Value::Bool(true)),
            Some('f') if self.word("false") => Ok(Value::Bool(false)),
            Some('N') if self.word("NaN") => Ok(Value::Float(f64::NAN)),
            Some('I') if self.word("Infinity") => Ok(Value::Float(f64::INFINITY)),
            Some('-') if self.word("-Infinity") => Ok(Value::Float(f64::NEG_INFINITY)),
            Some('-' | '0'..='9') => self.number(),
            _ => Err(Problem(NO_VALUE, self.next)),
        }
    }

    fn digits(&self, mut place: usize) -> usize {
        while self.text.get(place).is_some_and(char::is_ascii_digit) {
            place += 1;
        }
        place
    }

    fn number(&mut self) -> Result<Value, Problem> {
        let start = self.next;
        let first = start + usize::from(self.text[start] == '-');
        let mut end = match self.text.get(first) {
            Some('0') => first + 1,
            Some('1'..='9') => self.digits(first),
            _ => return Err(Problem(NO_VALUE, start)),
        };
        let mut float = false;
        if self.text.get(end) == Some(&'.') && self.digits(end + 1) > end + 1 {
            end = self.digits(end + 1);
            float = true;
        }
        if let Some('e' | 'E') = self.text.get(end) {
            let sign = usize::from(matches!(self.text.get(end + 1), Some('+' | '-')));
            let after = self.digits(end + 1 + sign);
            if after > end + 1 + sign {
                end = after;
                float = true;
            }
        }
        self.next = end;
        let text: String = self.text[start..end].iter().collect();
        Ok(if float {
            Value::Float(text.parse().unwrap_or(f64::NAN))
        } else {
            Value::Int(text.parse().unwrap_or_else(|_| integer_overflow()))
        })
    }

    fn array(&mut self) -> Result<Value, Problem> {
        self.next += 1;
        self.skip_space();
        let mut items = Vec::new();
        if self.peek() == Some(']') {
            self.next += 1;
            return Ok(Value::list(items));
        }
        loop {
            items.push(self.value()?);
            self.skip_space();
            match self.peek() {
                Some(']') => break,
                Some(',') => self.next += 1,
                _ => return Err(Problem("Expecting ',' delimiter", self.next)),
            }
            self.skip_space();
        }
        self.next += 1;
        Ok(Value::list(items))
    }

    fn object(&mut self) -> Result<Value, Problem> {
        self.next += 1;
        self.skip_space();
        let mut pairs = Dict::new();
        if self.peek() != Some('}') {
            loop {
                if self.peek() != Some('"') {
                    return Err(Problem(
                        "Expecting property name enclosed in double quotes",
                        self.next,
                    ));
                }
                self.next += 1;
                let key = self.string()?;
                self.skip_space();
                if self.peek() != Some(':') {
                    return Err(Problem("Expecting ':' delimiter", self.next));
                }
                self.next += 1;
                self.skip_space();
                let value = self.value()?;
                pairs.set_at(Value::Str(key), value);
                self.skip_space();
                match self.peek() {
                    Some('}') => break,
                    Some(',') => self.next += 1,
                    _ => return Err(Problem("Expecting ',' delimiter", self.next)),
                }
                self.skip_space();
            }
        }
        self.next += 1;
        Ok(Value::Dict(Shared::new(pairs)))
    }

    /// The four digits of `\uXXXX`, from after the `u`.
    fn code(&mut self) -> Result<u32, Problem> {
        let start = self.next;
        // One more character must follow: the closing quote at least.
        if start + 4 >= self.text.len() {
            return Err(Problem("Invalid \\uXXXX escape", start - 1));
        }
        let digits: String = self.text[start..start + 4].iter().collect();
        if !digits.chars().all(|each| each.is_ascii_hexdigit()) {
            return Err(Problem("Invalid \\uXXXX escape", start - 1));
        }
        self.next += 4;
        Ok(u32::from_str_radix(&digits, 16).unwrap_or(0))
    }

    /// A text, from after its opening quote.
    fn string(&mut self) -> Result<String, Problem> {
        let begin = self.next - 1;
        let mut text = String::new();
        loop {
            let Some(each) = self.peek() else {
                return Err(Problem("Unterminated string starting at", begin));
            };
            self.next += 1;
            match each {
                '"' => return Ok(text),
                '\\' => {
                    let Some(escaped) = self.peek() else {
                        return Err(Problem("Unterminated string starting at", begin));
                    };
                    self.next += 1;
                    text.push(match escaped {
                        '"' | '\\' | '/' => escaped,
                        'b' => '\u{8}',
                        'f' => '\u{c}',
                        'n' => '\n',
                        'r' => '\r',
                        't' => '\t',
                        'u' => self.escaped_character()?,
                        _ => return Err(Problem("Invalid \\escape", self.next - 2)),
                    });
                }
                '\0'..='\u{1f}' => {
                    return Err(Problem("Invalid control character at", self.next - 1));
                }
                _ => text.push(each),
            }
        }
    }

    fn escaped_character(&mut self) -> Result<char, Problem> {
        let first = self.code()?;
        let mut code = first;
        if (0xd800..0xdc00).contains(&first) && self.word("\\u") {
            let second = self.code()?;
            if (0xdc00..0xe000).contains(&second) {
                code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
            }
        }
        Ok(char::from_u32(code)
            .unwrap_or_else(|| unsupported("a text with one half of a pair of surrogates")))
    }
}

raising! {
    /// `json.loads(text)`.
    pub fn loads, try_loads(text: &str) -> Value {
        let characters: Vec<char> = text.chars().collect();
        let mut reader = Reader { text: &characters, next: 0 };
        let read = if characters.first() == Some(&'\u{feff}') {
            Err(Problem("Unexpected UTF-8 BOM (decode using utf-8-sig)", 0))
        } else {
            reader.skip_space();
            reader.value()
        };
        let ended = read.and_then(|value| {
            reader.skip_space();
            match reader.peek() {
                None => Ok(value),
                Some(_) => Err(Problem("Extra data", reader.next)),
            }
        });
        ended.map_err(|problem| problem.raised(&characters))
    }

    /// `json.load(file)`.
    pub fn load, try_load(file: &File) -> Value {
        try_loads(&file.try_read(None)?)
    }
}

/// What a JSONDecodeError says: its message without the place, the line, the column and the position.
fn parts(error: &Exception) -> (String, i64, i64, i64) {
    let text = error.message();
    let found = error.is_a(CLASS).then(|| {
        let (message, place) = text.rsplit_once(": line ")?;
        let numbers: Vec<i64> = place
            .split(|each: char| !each.is_ascii_digit())
            .filter_map(|each| each.parse().ok())
            .collect();
        let [line, column, position] = numbers.try_into().ok()?;
        Some((message.to_string(), line, column, position))
    });
    found.flatten().unwrap_or_else(|| {
        let reason = format!("'{}' object has no such attribute", error.class());
        throw(Exception::new("AttributeError", reason))
    })
}

/// `error.msg`.
pub fn error_message(error: &Exception) -> String {
    parts(error).0
}

/// `error.lineno`.
pub fn error_line(error: &Exception) -> i64 {
    parts(error).1
}

/// `error.colno`.
pub fn error_column(error: &Exception) -> i64 {
    parts(error).2
}

/// `error.pos`.
pub fn error_position(error: &Exception) -> i64 {
    parts(error).3
}

#[cfg(test)]
mod tests {
    use super::super::super::text::repr;
    use super::*;

    #[test]
    fn what_is_read_is_what_cpython_reads() {
        let text =
            r#" {"a": [1, -2.5, 1e3, true, null, "x\n\u00e9\ud83d\ude00"], "b": {}, "a": NaN} "#;
        assert_eq!(repr(&loads(text)), "{'a': nan, 'b': {}}");
        assert_eq!(
            repr(&loads(r#"["x\n\u00e9\ud83d\ude00", [], -0, 1E+2]"#)),
            "['x\\né😀', [], 0, 100.0]"
        );
    }

    #[test]
    fn complaints_are_those_of_cpython() {
        for (text, said) in [
            ("", "Expecting value: line 1 column 1 (char 0)"),
            ("{\"a\": }", "Expecting value: line 1 column 7 (char 6)"),
            (
                "{\"a\" 1}",
                "Expecting ':' delimiter: line 1 column 6 (char 5)",
            ),
            ("[1 2]", "Expecting ',' delimiter: line 1 column 4 (char 3)"),
            (
                "{a: 1}",
                "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
            ),
            ("[1,\n 2,]", "Expecting value: line 2 column 4 (char 7)"),
            (
                "\"abc",
                "Unterminated string starting at: line 1 column 1 (char 0)",
            ),
            ("1 2", "Extra data: line 1 column 3 (char 2)"),
            ("[\"a\\x\"]", "Invalid \\escape: line 1 column 4 (char 3)"),
            (
                "[\"\\u12\"]",
                "Invalid \\uXXXX escape: line 1 column 4 (char 3)",
            ),
        ] {
            assert_eq!(try_loads(text).unwrap_err().message(), said, "{text}");
        }
    }
}
