//! `value[key]`, `value[key] = item`, `del value[key]`, and slices.

use super::super::errors::Exception;
use super::super::failures::{index_error, type_error};
use super::super::slices::{position, positions};
use super::super::strings::PartMethods;
use super::{Value, fallible};

impl Value {
    /// The index that a key is, for a sequence of this kind.
    fn index_for(&self, kind: &str) -> Result<i64, Exception> {
        if self.is_int() {
            return self.try_as_int();
        }
        Err(type_error(match kind {
            "string" => format!(
                "string indices must be integers, not '{}'",
                self.type_name()
            ),
            _ => format!(
                "{kind} indices must be integers or slices, not {}",
                self.type_name()
            ),
        }))
    }

    fn does_not_support(&self, what: &str) -> Exception {
        type_error(format!(
            "'{}' object does not support item {what}",
            self.type_name()
        ))
    }

    fn as_plain_tuple(&self) -> Value {
        self.tuple_items().map_or(Value::None, Value::Tuple)
    }

    fn not_subscriptable(&self) -> Exception {
        type_error(format!(
            "'{}' object is not subscriptable",
            self.type_name()
        ))
    }

    fallible! {
        /// `self[key]`.
        item, try_item(&self, key: &Value) -> Value {
            match self {
                Value::List(items) => {
                    let index = key.index_for("list")?;
                    items.with(|items| {
                        position(index, items.len())
                            .map(|place| items[place].clone())
                            .ok_or_else(|| index_error("list index out of range"))
                    })
                }
                Value::Tuple(items) => {
                    let index = key.index_for("tuple")?;
                    position(index, items.len())
                        .map(|place| items[place].clone())
                        .ok_or_else(|| index_error("tuple index out of range"))
                }
                Value::Dict(items) => {
                    key.check_hashable()?;
                    items.try_at(key)
                }
                Value::Str(text) => {
                    let index = key.index_for("string")?;
                    text.try_char_at(index).map(Value::Str)
                }
                Value::Object(_) if self.is_tuple() => self.as_plain_tuple().try_item(key),
                _ => Err(self.not_subscriptable()),
            }
        }

        /// `self[start:stop:step]`.
        part, try_part(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> Value {
            match self {
                Value::List(items) => items.try_slice(start, stop, step).map(Value::from),
                Value::Tuple(items) => {
                    let places = positions(start, stop, step, items.len())?;
                    Ok(Value::tuple(places.iter().map(|place| items[place].clone())))
                }
                Value::Str(text) => text.try_slice_text(start, stop, step).map(Value::Str),
                Value::Dict(_) => Err(type_error("unhashable type: 'slice'")),
                Value::Object(_) if self.is_tuple() => self.as_plain_tuple().try_part(start, stop, step),
                _ => Err(self.not_subscriptable()),
            }
        }

        /// `self[key] = item`.
        set_item, try_set_item(&self, key: Value, item: Value) -> () {
            match self {
                Value::List(items) => {
                    let index = key.index_for("list")?;
                    items.with_mut(|items| {
                        let place = position(index, items.len())
                            .ok_or_else(|| index_error("list assignment index out of range"))?;
                        items[place] = item;
                        Ok(())
                    })
                }
                Value::Dict(items) => {
                    key.check_hashable()?;
                    items.set_at(key, item);
                    Ok(())
                }
                _ => Err(self.does_not_support("assignment")),
            }
        }

        /// `self[start:stop:step] = items`.
        set_part, try_set_part(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>, items: &Value) -> () {
            match self {
                Value::List(list) => {
                    let items: Vec<Value> = items.try_items().map_err(|_| type_error("can only assign an iterable"))?.collect();
                    list.try_set_slice(start, stop, step, items)
                }
                _ => Err(self.does_not_support("assignment")),
            }
        }

        /// `del self[key]`.
        delete_item, try_delete_item(&self, key: &Value) -> () {
            match self {
                Value::List(items) => items.try_delete_at(key.index_for("list")?),
                Value::Dict(items) => {
                    key.check_hashable()?;
                    items.try_delete_at(key)
                }
                _ => Err(self.does_not_support("deletion")),
            }
        }

        /// `del self[start:stop:step]`.
        delete_part, try_delete_part(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> () {
            match self {
                Value::List(items) => items.try_delete_slice(start, stop, step),
                _ => Err(self.does_not_support("deletion")),
            }
        }
    }
}
