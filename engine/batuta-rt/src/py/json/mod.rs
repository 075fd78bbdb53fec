//! `json.dumps` of typed values.
//!
//! The values of a program have no common Rust trait but their text, and Python's `repr` of whatever JSON can hold says all that JSON
//! needs: so the repr is read back into a tree, and the tree is written as JSON.

mod reading;

pub use reading::*;

use std::cmp::Ordering;

use super::errors::{Exception, raising};
use super::failures::type_error;
use super::program::unsupported;
use super::value::{Value, try_value_compare};

enum Node {
    /// A number or a word, as JSON writes it.
    Plain(String),
    Text(String),
    List(Vec<Node>),
    Dict(Vec<(String, Node)>),
}

struct Reader<'a> {
    rest: &'a str,
    sort_keys: bool,
}

fn strange(rest: &str) -> ! {
    unsupported(&format!(
        "json cannot write a value that Python shows as {:?}",
        rest.chars().take(40).collect::<String>()
    ))
}

impl Reader<'_> {
    fn eat(&mut self, wanted: &str) -> bool {
        match self.rest.strip_prefix(wanted) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn node(&mut self) -> Result<Node, Exception> {
        if self.eat("[") {
            return Ok(Node::List(self.items("]")?));
        }
        if self.eat("(") {
            return Ok(Node::List(self.items(")")?));
        }
        if self.rest.starts_with("OrderedDict([") {
            strange(self.rest);
        }
        for kind in ["defaultdict(", "Counter("] {
            if self.eat(kind) {
                let brace = self.rest.find('{').unwrap_or_else(|| strange(self.rest));
                self.rest = &self.rest[brace..];
                let node = self.node()?;
                self.eat(")");
                return Ok(node);
            }
        }
        if self.eat("{") {
            return self.dict();
        }
        if self.rest.starts_with("set()") || self.rest.starts_with("frozenset(") {
            return Err(not_serializable(if self.rest.starts_with('s') {
                "set"
            } else {
                "frozenset"
            }));
        }
        if self.rest.starts_with(['\'', '"']) {
            return Ok(Node::Text(self.text()));
        }
        if self.rest.starts_with("np.float64(") {
            self.eat("np.float64(");
            let node = self.word();
            self.eat(")");
            return Ok(node);
        }
        for home in ["datetime.", "PosixPath(", "Decimal(", "Fraction("] {
            if self.rest.starts_with(home) {
                let name = self.rest.trim_start_matches("datetime.").split('(').next();
                return Err(not_serializable(name.unwrap_or_default()));
            }
        }
        if self.rest.starts_with("np.") {
            let name = self.rest[3..].split('(').next().unwrap_or_default();
            return Err(not_serializable(name));
        }
        Ok(self.word())
    }

    fn items(&mut self, end: &str) -> Result<Vec<Node>, Exception> {
        let mut items = Vec::new();
        while !self.eat(end) {
            items.push(self.node()?);
            self.eat(",");
            self.eat(" ");
        }
        Ok(items)
    }

    fn dict(&mut self) -> Result<Node, Exception> {
        let mut pairs = Vec::new();
        while !self.eat("}") {
            let (key, order) = match self.node()? {
                Node::Text(text) => (text.clone(), Value::Str(text)),
                Node::Plain(text) => {
                    let order = key_value(&text);
                    (text, order)
                }
                _ => {
                    return Err(type_error(
                        "keys must be str, int, float, bool or None, not tuple",
                    ));
                }
            };
            if !self.eat(": ") {
                return Err(not_serializable("set"));
            }
            pairs.push((order, key, self.node()?));
            self.eat(", ");
        }
        if self.sort_keys {
            sort_by_key(&mut pairs)?;
        }
        let pairs = pairs
            .into_iter()
            .map(|(_, key, node)| (key, node))
            .collect();
        // Of two keys that JSON writes alike both are written, as in Python.
        Ok(Node::Dict(pairs))
    }

    fn word(&mut self) -> Node {
        let end = self
            .rest
            .find([',', ']', ')', '}', ':'])
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        Node::Plain(match word {
            "True" => "true".to_string(),
            "False" => "false".to_string(),
            "None" => "null".to_string(),
            "nan" => "NaN".to_string(),
            "inf" => "Infinity".to_string(),
            "-inf" => "-Infinity".to_string(),
            number if number.starts_with(|first: char| first.is_ascii_digit() || first == '-') => {
                number.to_string()
            }
            other => strange(other),
        })
    }

    fn text(&mut self) -> String {
        let mut characters = self.rest.chars();
        let quote = characters.next();
        let mut text = String::new();
        let code = |characters: &mut std::str::Chars<'_>, digits: usize| {
            let number: String = characters.take(digits).collect();
            u32::from_str_radix(&number, 16)
                .ok()
                .and_then(char::from_u32)
                .unwrap_or(char::REPLACEMENT_CHARACTER)
        };
        while let Some(character) = characters.next() {
            match character {
                _ if Some(character) == quote => break,
                '\\' => match characters.next() {
                    Some('n') => text.push('\n'),
                    Some('r') => text.push('\r'),
                    Some('t') => text.push('\t'),
                    Some('x') => text.push(code(&mut characters, 2)),
                    Some('u') => text.push(code(&mut characters, 4)),
                    Some('U') => text.push(code(&mut characters, 8)),
                    Some(other) => text.push(other),
                    None => break,
                },
                _ => text.push(character),
            }
        }
        self.rest = characters.as_str();
        text
    }
}

/// A key that is no text, as what it was before JSON made a text of it.
fn key_value(text: &str) -> Value {
    match text {
        "true" | "false" => Value::Bool(text == "true"),
        "null" => Value::None,
        _ => text.parse().map_or_else(
            |_| Value::Float(text.parse().unwrap_or(f64::NAN)),
            Value::Int,
        ),
    }
}

/// Sorts by the keys as they were; a `TypeError` where they have no order.
fn sort_by_key(pairs: &mut [(Value, String, Node)]) -> Result<(), Exception> {
    let mut problem = None;
    let mut less = |one: &Value, two: &Value| {
        try_value_compare("<", one, two).unwrap_or_else(|found| {
            problem.get_or_insert(found);
            false
        })
    };
    pairs.sort_by(|one, two| {
        if less(&one.0, &two.0) {
            Ordering::Less
        } else if less(&two.0, &one.0) {
            Ordering::Greater
        } else {
            Ordering::Equal
        }
    });
    problem.map_or(Ok(()), Err)
}

fn not_serializable(kind: &str) -> Exception {
    type_error(format!("Object of type {kind} is not JSON serializable"))
}

struct Style<'a> {
    indent: Option<usize>,
    ascii: bool,
    comma: &'a str,
    colon: &'a str,
}

fn quoted(text: &str, ascii: bool) -> String {
    let mut result = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => result.push_str("\\\""),
            '\\' => result.push_str("\\\\"),
            '\n' => result.push_str("\\n"),
            '\r' => result.push_str("\\r"),
            '\t' => result.push_str("\\t"),
            '\u{8}' => result.push_str("\\b"),
            '\u{c}' => result.push_str("\\f"),
            _ if (character as u32) < 0x20 || (ascii && !character.is_ascii()) => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    result.push_str(&format!("\\u{unit:04x}"));
                }
            }
            _ => result.push(character),
        }
    }
    result.push('"');
    result
}

impl Style<'_> {
    fn write(&self, node: &Node, depth: usize) -> String {
        match node {
            Node::Plain(text) => text.clone(),
            Node::Text(text) => quoted(text, self.ascii),
            Node::List(items) => self.group(
                "[",
                "]",
                items
                    .iter()
                    .map(|item| self.write(item, depth + 1))
                    .collect(),
                depth,
            ),
            Node::Dict(pairs) => {
                let write = |(key, value): &(String, Node)| {
                    format!(
                        "{}{}{}",
                        quoted(key, self.ascii),
                        self.colon,
                        self.write(value, depth + 1)
                    )
                };
                self.group("{", "}", pairs.iter().map(write).collect(), depth)
            }
        }
    }

    fn group(&self, open: &str, close: &str, items: Vec<String>, depth: usize) -> String {
        match self.indent {
            Some(width) if !items.is_empty() => {
                let inner = " ".repeat(width * (depth + 1));
                let outer = " ".repeat(width * depth);
                let joined = items.join(&format!("{}\n{inner}", self.comma));
                format!("{open}\n{inner}{joined}\n{outer}{close}")
            }
            _ => format!("{open}{}{close}", items.join(self.comma)),
        }
    }
}

raising! {
    /// `json.dumps(value, …)` from the repr of the value. Without separators they are Python's own.
    pub fn dumps, try_dumps(repr: &str, indent: Option<i64>, sort_keys: bool, ascii: bool, separators: Option<(String, String)>) -> String {
        let node = Reader { rest: repr, sort_keys }.node()?;
        let indent = indent.map(|width| width.max(0) as usize);
        let (comma, colon) = separators.unwrap_or_else(|| {
            (if indent.is_some() { "," } else { ", " }.to_string(), ": ".to_string())
        });
        let style = Style { indent, ascii, comma: &comma, colon: &colon };
        Ok(style.write(&node, 0))
    }
}

/// A value in which `default` stands for what JSON cannot hold.
pub fn prepared<R: Into<Value>>(value: &Value, default: impl Fn(&Value) -> R) -> Value {
    prepared_by(value, &|found: &Value| default(found).into())
}

fn prepared_by(value: &Value, default: &impl Fn(&Value) -> Value) -> Value {
    let each = |item: Value| prepared_by(&item, default);
    match value {
        Value::List(items) => Value::list(items.content().into_iter().map(each)),
        Value::Dict(items) => Value::dict(items.pairs().map(|(key, item)| (key, each(item)))),
        Value::Tuple(items) => Value::tuple(items.iter().cloned().map(each)),
        Value::Object(object) => match object.items_of() {
            Some(items) => Value::list(items.into_iter().map(each)),
            None => each(default(value)),
        },
        Value::Set(_) | Value::Function(_) => each(default(value)),
        _ => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::dict::Dict;
    use super::super::text::repr;
    use super::*;

    #[test]
    fn texts_are_those_of_cpython() {
        let plain = |repr: &str| dumps(repr, None, false, true, None);
        let value = Dict::from([
            ("b".to_string(), vec![1.5, f64::NAN]),
            ("a\n\"é😀".to_string(), vec![]),
        ]);
        assert_eq!(
            plain(&repr(&value)),
            r#"{"b": [1.5, NaN], "a\n\"\u00e9\ud83d\ude00": []}"#
        );
        assert_eq!(
            plain("(1, True, None, 'it\\'s', \"it's\", -2, {1: (2,)})"),
            r#"[1, true, null, "it's", "it's", -2, {"1": [2]}]"#
        );
        assert_eq!(plain("[[], {}]"), "[[], {}]");
        assert_eq!(
            dumps("{'b': [1, {}], 'a': 'é'}", Some(2), true, false, None),
            "{\n  \"a\": \"é\",\n  \"b\": [\n    1,\n    {}\n  ]\n}"
        );
        assert_eq!(
            dumps(
                "{'b': [1, 2]}",
                None,
                false,
                true,
                Some((",".into(), ":".into()))
            ),
            "{\"b\":[1,2]}"
        );
        assert_eq!(
            plain("Counter({'a': 2})") + &plain("defaultdict(<class 'int'>, {'a': 1})"),
            "{\"a\": 2}{\"a\": 1}"
        );
        assert_eq!(
            try_dumps("{1, 2}", None, false, true, None)
                .unwrap_err()
                .message(),
            "Object of type set is not JSON serializable"
        );
    }
}
