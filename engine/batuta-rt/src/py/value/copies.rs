//! `copy.copy` and `copy.deepcopy` of values.

use super::super::deep_copy::{DeepContent, DeepCopy, made, note};
use super::super::program;
use super::super::shared::Shared;
use super::Value;

impl Value {
    /// `copy.copy(self)`.
    pub fn shallow_copy(&self) -> Value {
        match self {
            Value::List(items) => Value::List(Shared::new(items.content())),
            Value::Dict(items) => Value::Dict(Shared::new(items.content())),
            Value::Set(items) => Value::Set(Shared::new(items.copy_items())),
            Value::Object(object) if object.never_changes() => self.clone(),
            Value::Object(_) => program::unsupported("a copy of an object that lies among values"),
            _ => self.clone(),
        }
    }
}

impl DeepCopy for Value {
    fn deep_copy(&self) -> Value {
        match self {
            Value::List(items) => {
                if let Some(found) = made(items.id()) {
                    return found;
                }
                let copy = Shared::new(Vec::new());
                note(items.id(), &Value::List(copy.clone()));
                for item in items.content() {
                    let item = item.deep_copy();
                    copy.with_mut(|copy| copy.push(item));
                }
                Value::List(copy)
            }
            Value::Dict(items) => {
                if let Some(found) = made(items.id()) {
                    return found;
                }
                let copy = Shared::default();
                note(items.id(), &Value::Dict(copy.clone()));
                for (key, value) in items.content() {
                    let value = value.deep_copy();
                    copy.set_at(key, value);
                }
                Value::Dict(copy)
            }
            Value::Tuple(items) => Value::Tuple(items.iter().map(DeepCopy::deep_copy).collect()),
            Value::Set(items) => made(items.id()).unwrap_or_else(|| {
                let copy = self.shallow_copy();
                note(items.id(), &copy);
                copy
            }),
            Value::Object(object) if object.never_changes() => self.clone(),
            Value::Object(object) => object.deep_copy_of().unwrap_or_else(|| {
                program::unsupported("a deep copy of an object that lies among values")
            }),
            _ => self.clone(),
        }
    }
}

impl DeepContent for Value {
    type Content = Value;
    fn deep_content(&self) -> Value {
        self.deep_copy()
    }
}
