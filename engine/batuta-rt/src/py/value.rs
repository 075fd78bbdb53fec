//! `Value`: a number, truth value or text, known only at run time.

use std::cmp::Ordering;

use super::arithmetic::{Number, TrueDivision, in_range};
use super::errors::{Exception, OrThrow, throw};
use super::format::Format;
use super::key::Key;
use super::num::Num;
use super::text::Text;
use super::truth::Truth;

/// An int, a float, a bool or a str.
#[derive(Clone, Debug)]
pub enum Value {
    /// An int.
    Int(i64),
    /// A float.
    Float(f64),
    /// A bool.
    Bool(bool),
    /// A str.
    Str(String),
}

impl Value {
    /// `type(self).__name__`.
    pub fn type_name(&self) -> &'static str {
        match self {
            Value::Int(_) => "int",
            Value::Float(_) => "float",
            Value::Bool(_) => "bool",
            Value::Str(_) => "str",
        }
    }

    /// Whether it is a number, and which: a bool counts as the int that it is.
    fn number(&self) -> Option<Num> {
        match self {
            Value::Int(value) => Some(Num::Int(*value)),
            Value::Float(value) => Some(Num::Float(*value)),
            Value::Bool(value) => Some(Num::from(*value)),
            Value::Str(_) => None,
        }
    }

    /// `isinstance(self, int)`.
    pub fn is_int(&self) -> bool {
        matches!(self, Value::Int(_) | Value::Bool(_))
    }

    /// `isinstance(self, bool)`.
    pub fn is_bool(&self) -> bool {
        matches!(self, Value::Bool(_))
    }

    /// `isinstance(self, float)`.
    pub fn is_float(&self) -> bool {
        matches!(self, Value::Float(_))
    }

    /// `isinstance(self, str)`.
    pub fn is_str(&self) -> bool {
        matches!(self, Value::Str(_))
    }

    fn expected<T>(&self, what: &str) -> Result<T, Exception> {
        Err(Exception::new(
            "TypeError",
            format!("expected {what}, got {}", self.type_name()),
        ))
    }

    /// The value where an int is needed.
    pub fn try_as_int(&self) -> Result<i64, Exception> {
        match self {
            Value::Int(value) => Ok(*value),
            Value::Bool(value) => Ok(i64::from(*value)),
            _ => self.expected("int"),
        }
    }

    /// The value where a float is needed; ints and bools count.
    pub fn try_as_float(&self) -> Result<f64, Exception> {
        self.number()
            .map_or_else(|| self.expected("float"), |number| Ok(number.to_f64()))
    }

    /// The value where a number is needed.
    pub fn try_as_num(&self) -> Result<Num, Exception> {
        self.number().map_or_else(|| self.expected("a number"), Ok)
    }

    /// The value where a bool is needed.
    pub fn try_as_bool(&self) -> Result<bool, Exception> {
        match self {
            Value::Bool(value) => Ok(*value),
            _ => self.expected("bool"),
        }
    }

    /// The value where a str is needed.
    pub fn try_as_str(&self) -> Result<String, Exception> {
        match self {
            Value::Str(value) => Ok(value.clone()),
            _ => self.expected("str"),
        }
    }

    /// The value where an int is needed.
    pub fn as_int(&self) -> i64 {
        self.try_as_int().or_throw()
    }

    /// The value where a float is needed.
    pub fn as_float(&self) -> f64 {
        self.try_as_float().or_throw()
    }

    /// The value where a number is needed.
    pub fn as_num(&self) -> Num {
        self.try_as_num().or_throw()
    }

    /// The value where a bool is needed.
    pub fn as_bool(&self) -> bool {
        self.try_as_bool().or_throw()
    }

    /// The value where a str is needed.
    pub fn as_str(&self) -> String {
        self.try_as_str().or_throw()
    }

    /// `int(self)`.
    pub fn try_to_int(&self) -> Result<i64, Exception> {
        match self {
            Value::Str(text) => super::number_texts::try_int(text),
            Value::Float(value) => super::rounding::try_trunc(*value),
            _ => self.try_as_int(),
        }
    }

    /// `float(self)`.
    pub fn try_to_float(&self) -> Result<f64, Exception> {
        match self {
            Value::Str(text) => super::number_texts::try_float(text),
            _ => self.try_as_float(),
        }
    }

    /// `int(self)`.
    pub fn to_int(&self) -> i64 {
        self.try_to_int().or_throw()
    }

    /// `float(self)`.
    pub fn to_float(&self) -> f64 {
        self.try_to_float().or_throw()
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Value {
        Value::Int(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Value {
        Value::Float(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Value {
        Value::Bool(value)
    }
}

impl From<String> for Value {
    fn from(value: String) -> Value {
        Value::Str(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Value {
        Value::Str(value.to_string())
    }
}

impl From<Num> for Value {
    fn from(value: Num) -> Value {
        match value {
            Num::Int(value) => Value::Int(value),
            Num::Float(value) => Value::Float(value),
        }
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Str(one), Value::Str(two)) => one == two,
            _ => match (self.number(), other.number()) {
                (Some(one), Some(two)) => one == two,
                _ => false,
            },
        }
    }
}

impl PartialOrd for Value {
    /// The order of two numbers or two texts. Throws `TypeError` for a number and a text.
    fn partial_cmp(&self, other: &Value) -> Option<Ordering> {
        match (self, other) {
            (Value::Str(one), Value::Str(two)) => one.partial_cmp(two),
            _ => match (self.number(), other.number()) {
                (Some(one), Some(two)) => one.partial_cmp(&two),
                _ => throw(Exception::new(
                    "TypeError",
                    format!(
                        "'<' not supported between instances of '{}' and '{}'",
                        self.type_name(),
                        other.type_name()
                    ),
                )),
            },
        }
    }
}

impl Key for Value {
    fn hash_value(&self) -> i64 {
        match self {
            Value::Int(value) => value.hash_value(),
            Value::Float(value) => value.hash_value(),
            Value::Bool(value) => value.hash_value(),
            Value::Str(value) => value.hash_value(),
        }
    }

    fn same_key(&self, other: &Value) -> bool {
        self == other
    }
}

impl Truth for Value {
    fn truth(&self) -> bool {
        match self {
            Value::Str(text) => !text.is_empty(),
            _ => self.number().is_some_and(Num::truth),
        }
    }
}

impl Text for Value {
    fn str_text(&self) -> String {
        match self {
            Value::Str(value) => value.clone(),
            _ => self.repr_text(),
        }
    }

    fn repr_text(&self) -> String {
        match self {
            Value::Int(value) => value.repr_text(),
            Value::Float(value) => value.repr_text(),
            Value::Bool(value) => value.repr_text(),
            Value::Str(value) => value.repr_text(),
        }
    }
}

impl Format for Value {
    fn try_format_text(&self, spec: &str) -> Result<String, Exception> {
        match self {
            Value::Int(value) => value.try_format_text(spec),
            Value::Float(value) => value.try_format_text(spec),
            Value::Bool(value) => value.try_format_text(spec),
            Value::Str(value) => value.try_format_text(spec),
        }
    }
}

impl super::iterate::Summand for Value {
    fn sum_from(start: Value, items: impl Iterator<Item = Value>) -> Value {
        items.fold(start, |total, item| value_arithmetic("+", &total, &item))
    }

    fn zero() -> Value {
        Value::Int(0)
    }
}

fn repeated(text: &str, count: i64) -> Value {
    Value::Str(text.repeat(usize::try_from(count).unwrap_or(0)))
}

/// `left operator right` for `+ - * / // % **`; `TypeError` where Python has no such operation.
pub fn try_value_arithmetic(
    operator: &str,
    left: &Value,
    right: &Value,
) -> Result<Value, Exception> {
    if let (Some(one), Some(two)) = (left.number(), right.number()) {
        return match operator {
            "+" => Ok(Value::from(one + two)),
            "-" => Ok(Value::from(one - two)),
            "*" => Ok(Value::from(one * two)),
            "/" => one.try_true_div(two).map(Value::Float),
            "//" => one.try_floor_div(two).map(Value::from),
            "%" => one.try_modulo(two).map(Value::from),
            _ => one.try_power(two).map(Value::from),
        };
    }
    match (operator, left, right) {
        ("+", Value::Str(one), Value::Str(two)) => Ok(Value::Str(format!("{one}{two}"))),
        ("+", Value::Str(_), _) => Err(Exception::new(
            "TypeError",
            format!(
                "can only concatenate str (not \"{}\") to str",
                right.type_name()
            ),
        )),
        ("*", Value::Str(text), _) if right.is_int() => {
            right.try_as_int().map(|count| repeated(text, count))
        }
        ("*", _, Value::Str(text)) if left.is_int() => {
            left.try_as_int().map(|count| repeated(text, count))
        }
        ("*", Value::Str(_), _) | ("*", _, Value::Str(_)) => {
            let other = if left.is_str() { right } else { left };
            Err(Exception::new(
                "TypeError",
                format!(
                    "can't multiply sequence by non-int of type '{}'",
                    other.type_name()
                ),
            ))
        }
        _ => Err(Exception::new(
            "TypeError",
            format!(
                "unsupported operand type(s) for {}: '{}' and '{}'",
                if operator == "**" {
                    "** or pow()"
                } else {
                    operator
                },
                left.type_name(),
                right.type_name()
            ),
        )),
    }
}

/// `left operator right` for `< <= > >=`; `TypeError` for a number and a text.
pub fn try_value_compare(operator: &str, left: &Value, right: &Value) -> Result<bool, Exception> {
    if left.is_str() != right.is_str() {
        return Err(Exception::new(
            "TypeError",
            format!(
                "'{operator}' not supported between instances of '{}' and '{}'",
                left.type_name(),
                right.type_name()
            ),
        ));
    }
    let order = left.partial_cmp(right);
    Ok(match operator {
        "<" => order == Some(Ordering::Less),
        ">" => order == Some(Ordering::Greater),
        "<=" => matches!(order, Some(Ordering::Less | Ordering::Equal)),
        _ => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
    })
}

/// `left operator right` for `< <= > >=`.
pub fn value_compare(operator: &str, left: &Value, right: &Value) -> bool {
    try_value_compare(operator, left, right).or_throw()
}

/// `left operator right`.
pub fn value_arithmetic(operator: &str, left: &Value, right: &Value) -> Value {
    try_value_arithmetic(operator, left, right).or_throw()
}

/// `-value`.
pub fn try_value_negative(value: &Value) -> Result<Value, Exception> {
    match value {
        Value::Float(value) => Ok(Value::Float(-value)),
        Value::Str(_) => Err(Exception::new(
            "TypeError",
            "bad operand type for unary -: 'str'",
        )),
        _ => value
            .try_as_int()
            .map(|value| Value::Int(in_range(value.checked_neg()))),
    }
}

/// `-value`.
pub fn value_negative(value: &Value) -> Value {
    try_value_negative(value).or_throw()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_numbers_are_one_key() {
        assert_eq!(Value::from(1), Value::from(true));
        assert_eq!(Value::from(1).hash_value(), Value::from(1.0).hash_value());
        assert_ne!(Value::from(1), Value::from("1"));
    }

    #[test]
    fn texts_and_numbers_do_not_add() {
        let problem = try_value_arithmetic("+", &Value::from("a"), &Value::from(1)).unwrap_err();
        assert_eq!(
            problem.message(),
            "can only concatenate str (not \"int\") to str"
        );
        assert_eq!(
            value_arithmetic("*", &Value::from(2), &Value::from("ab")).repr_text(),
            "'abab'"
        );
        assert_eq!(
            value_arithmetic("//", &Value::from(7), &Value::from(2.0)).repr_text(),
            "3.0"
        );
    }
}
