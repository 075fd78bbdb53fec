//! `Value`: what Python holds where a type is known only at run time.
//!
//! A list, dict or set in a value is a handle to one object: a clone is the same object, as in Python.

mod conversions;
mod copies;
mod functions;
mod indexing;
mod items;
mod methods;
mod objects;
mod operators;
mod plain;
mod texts;

pub use functions::{Function, address_of};
pub use objects::{Object, same_items, try_value_raised, value_raised};
pub use operators::*;
pub use plain::Plain;

use std::rc::Rc;

use super::dict::Dict;
use super::errors::{Exception, OrThrow, throw};
use super::failures::type_error;
use super::key::{Key, hash_sequence};
use super::num::Num;
use super::set::Set;
use super::shared::Shared;
use super::truth::Truth;

/// None, a number, a truth value, a text, a list, tuple, dict or set of values, an object of a class of the program, or a
/// function.
#[derive(Clone, Debug, Default)]
pub enum Value {
    /// None.
    #[default]
    None,
    /// An int.
    Int(i64),
    /// A float.
    Float(f64),
    /// A bool.
    Bool(bool),
    /// A str.
    Str(String),
    /// A list.
    List(Shared<Vec<Value>>),
    /// A tuple.
    Tuple(Rc<[Value]>),
    /// A dict.
    Dict(Shared<Dict<Value, Value>>),
    /// A set.
    Set(Shared<Set<Value>>),
    /// An object of a class of the program.
    Object(Rc<dyn Object>),
    /// A function.
    Function(Rc<Function>),
}

/// Methods in two forms: one that ends the program as Python would, and one that returns the exception.
macro_rules! fallible {
    ($($(#[$note:meta])* $name:ident, $attempt:ident(&$this:ident $(, $argument:ident: $type:ty)*) -> $result:ty $body:block)*) => {$(
        $(#[$note])*
        #[inline]
        #[allow(clippy::unused_unit)]
        pub fn $name(&$this $(, $argument: $type)*) -> $result {
            $crate::py::OrThrow::or_throw($this.$attempt($($argument),*))
        }

        $(#[$note])*
        ///
        /// Returns the exception instead of ending the program.
        pub fn $attempt(&$this $(, $argument: $type)*) -> Result<$result, Exception> $body
    )*};
}
pub(crate) use fallible;

impl Value {
    /// `type(self).__name__`.
    pub fn type_name(&self) -> &'static str {
        match self {
            Value::Int(_) => "int",
            Value::Float(_) => "float",
            Value::Bool(_) => "bool",
            Value::Str(_) => "str",
            Value::None => "NoneType",
            Value::List(_) => "list",
            Value::Tuple(_) => "tuple",
            Value::Dict(_) => "dict",
            Value::Set(_) => "set",
            Value::Object(object) => object.class_of(),
            Value::Function(function) => function.kind(),
        }
    }

    /// The class as Python's messages name it.
    pub(crate) fn name_in_messages(&self) -> &'static str {
        match self {
            Value::Object(object) => object.name_in_messages(),
            _ => self.type_name(),
        }
    }

    /// Whether it is a number, and which: a bool counts as the int that it is.
    fn number(&self) -> Option<Num> {
        match self {
            Value::Int(value) => Some(Num::Int(*value)),
            Value::Float(value) => Some(Num::Float(*value)),
            Value::Bool(value) => Some(Num::from(*value)),
            _ => None,
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

    /// `self is None`.
    pub fn is_none(&self) -> bool {
        matches!(self, Value::None)
    }

    /// `isinstance(self, list)`.
    pub fn is_list(&self) -> bool {
        matches!(self, Value::List(_))
    }

    /// `isinstance(self, tuple)`.
    pub fn is_tuple(&self) -> bool {
        match self {
            Value::Tuple(_) => true,
            Value::Object(object) => object.items_of().is_some(),
            _ => false,
        }
    }

    /// The items of a tuple, a named one among them.
    pub(crate) fn tuple_items(&self) -> Option<Rc<[Value]>> {
        match self {
            Value::Tuple(items) => Some(items.clone()),
            Value::Object(object) => object.items_of().map(Rc::from),
            _ => None,
        }
    }

    /// `isinstance(self, dict)`.
    pub fn is_dict(&self) -> bool {
        matches!(self, Value::Dict(_))
    }

    /// `isinstance(self, set)`.
    pub fn is_set(&self) -> bool {
        matches!(self, Value::Set(_))
    }

    /// `self is other`. Of two equal numbers or texts Python may have one object or two: nobody can say which.
    pub fn same(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::List(one), Value::List(two)) => one.same(two),
            (Value::Dict(one), Value::Dict(two)) => one.same(two),
            (Value::Set(one), Value::Set(two)) => one.same(two),
            (Value::Object(one), _) => one.is_object(other),
            (Value::Function(one), Value::Function(two)) => one.same(two),
            (Value::None, Value::None) => true,
            (Value::Bool(one), Value::Bool(two)) => one == two,
            (Value::Int(_), Value::Int(_))
            | (Value::Float(_), Value::Float(_))
            | (Value::Str(_), Value::Str(_))
            | (Value::Tuple(_), Value::Tuple(_))
                if self == other =>
            {
                super::program::unsupported("`is` between equal numbers, texts or tuples")
            }
            _ => false,
        }
    }

    /// What a method says that the value does not have.
    pub(crate) fn no_attribute(&self, name: &str) -> Exception {
        Exception::new(
            "AttributeError",
            format!(
                "'{}' object has no attribute '{name}'",
                self.name_in_messages()
            ),
        )
    }

    /// Fails where the value cannot be a key.
    pub(crate) fn check_hashable(&self) -> Result<(), Exception> {
        match self {
            Value::List(_) | Value::Dict(_) | Value::Set(_) => Err(type_error(format!(
                "unhashable type: '{}'",
                self.type_name()
            ))),
            Value::Tuple(items) => items.iter().try_for_each(Value::check_hashable),
            Value::Object(object) if object.hash_of().is_none() => Err(type_error(format!(
                "unhashable type: '{}'",
                self.type_name()
            ))),
            _ => Ok(()),
        }
    }

    fn unhashable(&self) -> i64 {
        throw(type_error(format!(
            "unhashable type: '{}'",
            self.type_name()
        )))
    }

    /// The text on which a method of str is called.
    pub fn try_as_text_for(&self, method: &str) -> Result<String, Exception> {
        match self {
            Value::Str(value) => Ok(value.clone()),
            _ => Err(self.no_attribute(method)),
        }
    }

    /// The text on which a method of str is called.
    pub fn as_text_for(&self, method: &str) -> String {
        self.try_as_text_for(method).or_throw()
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

    /// The value where an int or None is needed.
    pub fn try_as_int_or_none(&self) -> Result<Option<i64>, Exception> {
        self.or_none(Value::try_as_int)
    }

    /// The value where an int or None is needed.
    pub fn as_int_or_none(&self) -> Option<i64> {
        self.try_as_int_or_none().or_throw()
    }

    /// The value where a float or None is needed.
    pub fn try_as_float_or_none(&self) -> Result<Option<f64>, Exception> {
        self.or_none(Value::try_as_float)
    }

    /// The value where a float or None is needed.
    pub fn as_float_or_none(&self) -> Option<f64> {
        self.try_as_float_or_none().or_throw()
    }

    /// The value where a number or None is needed.
    pub fn try_as_num_or_none(&self) -> Result<Option<Num>, Exception> {
        self.or_none(Value::try_as_num)
    }

    /// The value where a number or None is needed.
    pub fn as_num_or_none(&self) -> Option<Num> {
        self.try_as_num_or_none().or_throw()
    }

    /// The value where a bool or None is needed.
    pub fn try_as_bool_or_none(&self) -> Result<Option<bool>, Exception> {
        self.or_none(Value::try_as_bool)
    }

    /// The value where a bool or None is needed.
    pub fn as_bool_or_none(&self) -> Option<bool> {
        self.try_as_bool_or_none().or_throw()
    }

    /// The value where a str or None is needed.
    pub fn try_as_str_or_none(&self) -> Result<Option<String>, Exception> {
        self.or_none(Value::try_as_str)
    }

    /// The value where a str or None is needed.
    pub fn as_str_or_none(&self) -> Option<String> {
        self.try_as_str_or_none().or_throw()
    }

    fn or_none<T>(
        &self,
        read: impl Fn(&Value) -> Result<T, Exception>,
    ) -> Result<Option<T>, Exception> {
        match self {
            Value::None => Ok(None),
            _ => read(self).map(Some),
        }
    }

    /// `int(self)`.
    pub fn try_to_int(&self) -> Result<i64, Exception> {
        match self {
            Value::Str(text) => super::number_texts::try_int(text),
            Value::Float(value) => super::rounding::try_trunc(*value),
            Value::Object(object) if object.int_of().is_some() => object.int_of().unwrap_or(Ok(0)),
            _ if self.is_int() => self.try_as_int(),
            _ => Err(type_error(format!(
                "int() argument must be a string, a bytes-like object or a real number, not '{}'",
                self.type_name()
            ))),
        }
    }

    /// `float(self)`.
    pub fn try_to_float(&self) -> Result<f64, Exception> {
        match self {
            Value::Str(text) => super::number_texts::try_float(text),
            _ if self.number().is_some() => self.try_as_float(),
            Value::Object(object) if object.float_of().is_some() => {
                Ok(object.float_of().unwrap_or_default())
            }
            _ => Err(type_error(format!(
                "float() argument must be a string or a real number, not '{}'",
                self.type_name()
            ))),
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

impl Key for Value {
    fn hash_value(&self) -> i64 {
        match self {
            Value::None => ().hash_value(),
            Value::Int(value) => value.hash_value(),
            Value::Float(value) => value.hash_value(),
            Value::Bool(value) => value.hash_value(),
            Value::Str(value) => value.hash_value(),
            Value::Tuple(items) => {
                hash_sequence(items.iter().map(Key::hash_value).collect::<Vec<_>>())
            }
            Value::Object(object) => object.hash_of().unwrap_or_else(|| self.unhashable()),
            Value::Function(function) => function.name().to_string().hash_value(),
            Value::List(_) | Value::Dict(_) | Value::Set(_) => self.unhashable(),
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
            Value::List(items) => items.with(|items| !items.is_empty()),
            Value::Dict(items) => !items.is_empty(),
            Value::Set(items) => items.length() > 0,
            Value::Tuple(items) => !items.is_empty(),
            Value::Object(object) => object.truth_of(),
            Value::Function(_) => true,
            _ => self.number().is_some_and(Num::truth),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::text::Text;
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
