//! Objects of the program's own classes among values: each knows its class, and a clone of its handle is the same object.

use std::any::Any;
use std::cmp::Ordering;
use std::fmt;
use std::rc::Rc;

use super::super::errors::{Exception, OrThrow};
use super::super::failures::type_error;
use super::super::text::Text;
use super::Value;

/// What a value can do with an object without knowing its class.
pub trait Object: Text {
    /// `type(self).__name__`.
    fn class_of(&self) -> &'static str;

    /// The class as messages name it.
    fn name_in_messages(&self) -> &'static str {
        self.class_of()
    }

    /// For finding out which class it is.
    fn as_any(&self) -> &dyn Any;

    /// `self is other`.
    fn is_object(&self, other: &Value) -> bool;

    /// `self == other`.
    fn equal_to(&self, other: &Value) -> bool {
        self.is_object(other)
    }

    /// `self < other`, where the class has an order.
    fn less_than(&self, _other: &Value) -> Option<bool> {
        None
    }

    /// The order of this and another where the object knows it: None where it does not, and an inner None where they have none.
    fn order_with(&self, _other: &Value) -> Option<Option<Ordering>> {
        None
    }

    /// Whether nothing can change the object, so that a copy of it is the object.
    fn never_changes(&self) -> bool {
        false
    }

    /// `self operator other`, or `other operator self` where they are swapped. None where the object knows no such operation.
    fn arithmetic(
        &self,
        _operator: &str,
        _other: &Value,
        _swapped: bool,
    ) -> Option<Result<Value, Exception>> {
        None
    }

    /// `-self`, where the object knows it.
    fn negated_value(&self) -> Option<Result<Value, Exception>> {
        None
    }

    /// `abs(self)`, where the object knows it.
    fn absolute_value(&self) -> Option<Result<Value, Exception>> {
        None
    }

    /// `round(self)` or `round(self, digits)`, where the object knows it.
    fn rounded_value(&self, _digits: Option<i64>) -> Option<Result<Value, Exception>> {
        None
    }

    /// `format(self, spec)`, where the object knows more than its text.
    fn formatted(&self, _spec: &str) -> Option<Result<String, Exception>> {
        None
    }

    /// `float(self)`, where the object is a number.
    fn float_of(&self) -> Option<f64> {
        None
    }

    /// `int(self)`, where the object is a number.
    fn int_of(&self) -> Option<Result<i64, Exception>> {
        None
    }

    /// `hash(self)`, where the class has one.
    fn hash_of(&self) -> Option<i64> {
        None
    }

    /// `bool(self)`.
    fn truth_of(&self) -> bool {
        true
    }

    /// `len(self)`, where the class has one.
    fn length_of(&self) -> Option<i64> {
        None
    }

    /// `copy.deepcopy(self)`, where the class has a form for it.
    fn deep_copy_of(&self) -> Option<Value> {
        None
    }

    /// The items of a named tuple.
    fn items_of(&self) -> Option<Vec<Value>> {
        None
    }
}

/// Raises an exception of Python's own where a value is wanted.
pub fn try_value_raised(kind: &'static str, message: &str) -> Result<Value, Exception> {
    Err(Exception::new(kind, message))
}

/// Raises an exception of Python's own where a value is wanted.
pub fn value_raised(kind: &'static str, message: &str) -> Value {
    try_value_raised(kind, message).or_throw()
}

/// Whether a value is a tuple with the items of this one: a named tuple is equal to a plain one.
pub fn same_items(items: Vec<Value>, other: &Value) -> bool {
    other.tuple_items().is_some_and(|others| *others == *items)
}

impl fmt::Debug for dyn Object {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.repr_text())
    }
}

impl Value {
    /// An object of a class of the program.
    pub fn object(object: impl Object + 'static) -> Value {
        Value::Object(Rc::new(object))
    }

    /// The object, where it is one of a class `T`.
    pub fn try_object<T: Clone + 'static>(&self) -> Option<T> {
        match self {
            Value::Object(object) => object.as_any().downcast_ref::<T>().cloned(),
            _ => None,
        }
    }

    /// The value where an object of a class is needed.
    ///
    /// Returns the exception instead of ending the program.
    pub fn try_as_object<T: Clone + 'static>(&self, class: &str) -> Result<T, Exception> {
        self.try_object()
            .ok_or_else(|| type_error(format!("expected {class}, got {}", self.type_name())))
    }

    /// The value where an object of a class or None is needed.
    ///
    /// Returns the exception instead of ending the program.
    pub fn try_as_object_or_none<T: Clone + 'static>(
        &self,
        class: &str,
    ) -> Result<Option<T>, Exception> {
        match self {
            Value::None => Ok(None),
            _ => self.try_as_object(class).map(Some),
        }
    }

    /// The value where an object of a class or None is needed.
    pub fn as_object_or_none<T: Clone + 'static>(&self, class: &str) -> Option<T> {
        self.try_as_object_or_none(class).or_throw()
    }

    /// The value where an object of a class is needed.
    pub fn as_object<T: Clone + 'static>(&self, class: &str) -> T {
        self.try_as_object(class).or_throw()
    }
}
