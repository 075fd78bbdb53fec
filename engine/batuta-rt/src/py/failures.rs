//! The exceptions that containers raise.

use super::errors::Exception;
use super::text::Text;

/// An IndexError with this message.
pub fn index_error(message: impl Into<String>) -> Exception {
    Exception::new("IndexError", message)
}

/// A ValueError with this message.
pub fn value_error(message: impl Into<String>) -> Exception {
    Exception::new("ValueError", message)
}

/// A TypeError with this message.
pub fn type_error(message: impl Into<String>) -> Exception {
    Exception::new("TypeError", message)
}

/// A RuntimeError with this message.
pub fn runtime_error(message: impl Into<String>) -> Exception {
    Exception::new("RuntimeError", message)
}

/// A KeyError, whose message is the repr of the key.
pub fn key_error<K: Text + ?Sized>(key: &K) -> Exception {
    Exception::of("KeyError", &[&key])
}

/// A StopIteration.
pub fn stop_iteration() -> Exception {
    Exception::empty("StopIteration")
}

/// The order of two objects of a class that has none: in a tuple Python asks first whether they are equal.
pub fn unordered(equal: bool, class: &str) -> Option<std::cmp::Ordering> {
    if equal {
        return Some(std::cmp::Ordering::Equal);
    }
    super::errors::throw(type_error(format!(
        "'<' not supported between instances of '{class}' and '{class}'"
    )))
}
