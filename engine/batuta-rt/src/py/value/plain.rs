//! Objects of the standard library among values: dates, exact numbers and others that never change.
//!
//! Each module says of its own classes what a value must know of them, so that a program that has none of them carries none of it.

use std::any::Any;
use std::cmp::Ordering;
use std::rc::Rc;

use super::super::errors::Exception;
use super::super::failures::type_error;
use super::super::key::Key;
use super::super::program::unsupported;
use super::super::text::Text;
use super::super::truth::Truth;
use super::Value;
use super::objects::Object;

/// What a value must know of a class of the standard library whose objects never change.
pub trait Plain: Clone + Text + Truth + Key + 'static {
    /// `type(self).__name__`.
    const CLASS: &'static str;
    /// The class as messages name it: those that are written in C have their module before the name.
    const IN_MESSAGES: &'static str = Self::CLASS;

    /// The order of this and another: None where Python has none.
    fn order(&self, other: &Value) -> Option<Option<Ordering>>;

    /// `self operator other`, or `other operator self` where they are swapped. None where there is no such operation.
    fn arithmetic(
        &self,
        _operator: &str,
        _other: &Value,
        _swapped: bool,
    ) -> Option<Result<Value, Exception>> {
        None
    }

    /// `format(self, spec)`.
    fn formatted(&self, spec: &str) -> Result<String, Exception> {
        if spec.is_empty() {
            return Ok(self.str_text());
        }
        Err(type_error(format!(
            "unsupported format string passed to {}.__format__",
            Self::CLASS
        )))
    }

    /// `-self`.
    fn negated_value(&self) -> Option<Result<Value, Exception>> {
        None
    }

    /// `abs(self)`.
    fn absolute_value(&self) -> Option<Result<Value, Exception>> {
        None
    }

    /// `round(self)` or `round(self, digits)`.
    fn rounded_value(&self, _digits: Option<i64>) -> Option<Result<Value, Exception>> {
        None
    }

    /// `float(self)`.
    fn float_of(&self) -> Option<f64> {
        None
    }

    /// `int(self)`.
    fn int_of(&self) -> Option<Result<i64, Exception>> {
        None
    }
}

/// Such an object as a value holds it.
struct Held<T>(T);

impl<T: Plain> Text for Held<T> {
    fn str_text(&self) -> String {
        self.0.str_text()
    }

    fn repr_text(&self) -> String {
        self.0.repr_text()
    }
}

impl<T: Plain> Object for Held<T> {
    fn class_of(&self) -> &'static str {
        T::CLASS
    }

    fn name_in_messages(&self) -> &'static str {
        T::IN_MESSAGES
    }

    fn as_any(&self) -> &dyn Any {
        &self.0
    }

    fn is_object(&self, other: &Value) -> bool {
        if self.equal_to(other) {
            unsupported("`is` between equal objects that cannot change")
        }
        false
    }

    fn equal_to(&self, other: &Value) -> bool {
        self.0.order(other) == Some(Some(Ordering::Equal))
    }

    fn order_with(&self, other: &Value) -> Option<Option<Ordering>> {
        self.0.order(other)
    }

    fn hash_of(&self) -> Option<i64> {
        Some(self.0.hash_value())
    }

    fn truth_of(&self) -> bool {
        self.0.truth()
    }

    fn never_changes(&self) -> bool {
        true
    }

    fn arithmetic(
        &self,
        operator: &str,
        other: &Value,
        swapped: bool,
    ) -> Option<Result<Value, Exception>> {
        self.0.arithmetic(operator, other, swapped)
    }

    fn negated_value(&self) -> Option<Result<Value, Exception>> {
        self.0.negated_value()
    }

    fn absolute_value(&self) -> Option<Result<Value, Exception>> {
        self.0.absolute_value()
    }

    fn rounded_value(&self, digits: Option<i64>) -> Option<Result<Value, Exception>> {
        self.0.rounded_value(digits)
    }

    fn formatted(&self, spec: &str) -> Option<Result<String, Exception>> {
        Some(self.0.formatted(spec))
    }

    fn float_of(&self) -> Option<f64> {
        self.0.float_of()
    }

    fn int_of(&self) -> Option<Result<i64, Exception>> {
        self.0.int_of()
    }
}

impl Value {
    /// An object of the standard library that never changes.
    pub fn plain(object: impl Plain) -> Value {
        Value::Object(Rc::new(Held(object)))
    }
}
