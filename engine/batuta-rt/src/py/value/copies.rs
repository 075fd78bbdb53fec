//! `copy.copy` and `copy.deepcopy` of values.

use std::collections::HashMap;

use super::super::deep_copy::{DeepContent, DeepCopy};
use super::super::shared::Shared;
use super::Value;

/// The copies made so far, by the object that each one is of: what is shared stays shared in the copy.
type Made = HashMap<i64, Value>;

impl Value {
    /// `copy.copy(self)`.
    pub fn shallow_copy(&self) -> Value {
        match self {
            Value::List(items) => Value::List(Shared::new(items.content())),
            Value::Dict(items) => Value::Dict(Shared::new(items.content())),
            Value::Set(items) => Value::Set(Shared::new(items.copy_items())),
            _ => self.clone(),
        }
    }

    fn copy_into(&self, made: &mut Made) -> Value {
        match self {
            Value::List(items) => {
                if let Some(found) = made.get(&items.id()) {
                    return found.clone();
                }
                let copy = Shared::new(Vec::new());
                made.insert(items.id(), Value::List(copy.clone()));
                for item in items.content() {
                    let item = item.copy_into(made);
                    copy.with_mut(|copy| copy.push(item));
                }
                Value::List(copy)
            }
            Value::Dict(items) => {
                if let Some(found) = made.get(&items.id()) {
                    return found.clone();
                }
                let copy = Shared::default();
                made.insert(items.id(), Value::Dict(copy.clone()));
                for (key, value) in items.content() {
                    let value = value.copy_into(made);
                    copy.set_at(key, value);
                }
                Value::Dict(copy)
            }
            Value::Tuple(items) => {
                Value::Tuple(items.iter().map(|item| item.copy_into(made)).collect())
            }
            Value::Set(items) => made
                .entry(items.id())
                .or_insert_with(|| self.shallow_copy())
                .clone(),
            _ => self.clone(),
        }
    }
}

impl DeepCopy for Value {
    fn deep_copy(&self) -> Value {
        self.copy_into(&mut Made::new())
    }
}

impl DeepContent for Value {
    type Content = Value;
    fn deep_content(&self) -> Value {
        self.deep_copy()
    }
}
