//! The texts of values.

use std::cell::RefCell;

use super::super::errors::Exception;
use super::super::failures::type_error;
use super::super::format::Format;
use super::super::text::{Text, joined};
use super::Value;

thread_local! {
    /// The containers whose text is being written: one that holds itself is shown as `[...]` inside.
    static OPEN: RefCell<Vec<i64>> = const { RefCell::new(Vec::new()) };
}

fn once(id: i64, inside: &str, write: impl FnOnce() -> String) -> String {
    if OPEN.with_borrow(|open| open.contains(&id)) {
        return inside.to_string();
    }
    OPEN.with_borrow_mut(|open| open.push(id));
    let text = write();
    OPEN.with_borrow_mut(Vec::pop);
    text
}

impl Text for Value {
    fn str_text(&self) -> String {
        match self {
            Value::Str(value) => value.clone(),
            Value::Object(object) => object.str_text(),
            _ => self.repr_text(),
        }
    }

    fn repr_text(&self) -> String {
        match self {
            Value::None => ().repr_text(),
            Value::Int(value) => value.repr_text(),
            Value::Float(value) => value.repr_text(),
            Value::Bool(value) => value.repr_text(),
            Value::Str(value) => value.repr_text(),
            Value::List(items) => once(items.id(), "[...]", || items.repr_text()),
            Value::Dict(items) => once(items.id(), "{...}", || items.repr_text()),
            Value::Set(items) => items.repr_text(),
            Value::Object(object) => object.repr_text(),
            Value::Function(function) if function.kind() == "type" => {
                format!("<class '__main__.{}'>", function.name())
            }
            Value::Function(function) => format!(
                "<function {} at {:#x}>",
                function.name(),
                std::ptr::from_ref::<super::Function>(function) as usize
            ),
            Value::Tuple(items) if items.len() == 1 => format!("({},)", items[0].repr_text()),
            Value::Tuple(items) => format!("({})", joined(items.iter())),
        }
    }

    fn held_value(&self) -> Option<Value> {
        Some(self.clone())
    }
}

impl Format for Value {
    fn try_format_text(&self, spec: &str) -> Result<String, Exception> {
        match self {
            Value::Int(value) => value.try_format_text(spec),
            Value::Float(value) => value.try_format_text(spec),
            Value::Bool(value) => value.try_format_text(spec),
            Value::Str(value) => value.try_format_text(spec),
            Value::Object(object) if object.never_changes() => object
                .formatted(spec)
                .unwrap_or_else(|| Ok(self.str_text())),
            _ if spec.is_empty() => Ok(self.str_text()),
            _ => Err(type_error(format!(
                "unsupported format string passed to {}.__format__",
                self.type_name()
            ))),
        }
    }
}
