//! Going through the items of a value.

use super::super::dict::Dict;
use super::super::errors::Exception;
use super::super::failures::type_error;
use super::super::shared::Shared;
use super::super::strings::PartMethods;
use super::{Value, fallible};

/// An iterator over the items of a value.
pub type ValueItems = Box<dyn Iterator<Item = Value>>;

impl Value {
    fallible! {
        /// `iter(self)`: a list may grow while it is read.
        items, try_items(&self) -> ValueItems {
            Ok(match self {
                Value::List(items) => {
                    let (items, mut next) = (items.clone(), 0);
                    Box::new(std::iter::from_fn(move || {
                        let found = items.with(|items| items.get(next).cloned());
                        next += usize::from(found.is_some());
                        found
                    }))
                }
                Value::Tuple(items) => {
                    let items = items.clone();
                    Box::new((0..items.len()).map(move |place| items[place].clone()))
                }
                Value::Dict(items) => Box::new(items.keys()),
                Value::Set(items) => Box::new(items.items()),
                Value::Str(text) => {
                    let characters: Vec<String> = text.characters().collect();
                    Box::new(characters.into_iter().map(Value::Str))
                }
                Value::Object(object) if object.items_of().is_some() => {
                    Box::new(object.items_of().unwrap_or_default().into_iter())
                }
                _ => {
                    return Err(type_error(format!(
                        "'{}' object is not iterable",
                        self.name_in_messages()
                    )));
                }
            })
        }

        /// The parts that `a, b = self` takes.
        unpacked, try_unpacked(&self) -> Vec<Value> {
            match self.try_items() {
                Ok(items) => Ok(items.collect()),
                Err(_) => Err(type_error(format!(
                    "cannot unpack non-iterable {} object",
                    self.name_in_messages()
                ))),
            }
        }

        /// `len(self)`.
        length, try_length(&self) -> i64 {
            match self {
                Value::List(items) => Ok(items.with(Vec::len) as i64),
                Value::Tuple(items) => Ok(items.len() as i64),
                Value::Dict(items) => Ok(items.length()),
                Value::Set(items) => Ok(items.length()),
                Value::Str(text) => Ok(text.chars().count() as i64),
                Value::Object(object) if object.length_of().is_some() => {
                    Ok(object.length_of().unwrap_or_default())
                }
                Value::Object(object) if object.items_of().is_some() => {
                    Ok(object.items_of().unwrap_or_default().len() as i64)
                }
                _ => Err(type_error(format!(
                    "object of type '{}' has no len()",
                    self.name_in_messages()
                ))),
            }
        }

        /// `item in self`.
        contains, try_contains(&self, item: &Value) -> bool {
            match self {
                Value::List(items) => Ok(items.with(|items| items.contains(item))),
                Value::Tuple(items) => Ok(items.contains(item)),
                Value::Object(object) if object.items_of().is_some() => {
                    Ok(object.items_of().unwrap_or_default().contains(item))
                }
                Value::Dict(items) => {
                    item.check_hashable()?;
                    Ok(items.contains_key(item))
                }
                Value::Set(items) => {
                    item.check_hashable()?;
                    Ok(items.contains_value(item))
                }
                Value::Str(text) => match item {
                    Value::Str(part) => Ok(text.contains(part.as_str())),
                    _ => Err(type_error(format!(
                        "'in <string>' requires string as left operand, not {}",
                        item.name_in_messages()
                    ))),
                },
                _ => Err(type_error(format!(
                    "argument of type '{}' is not iterable",
                    self.name_in_messages()
                ))),
            }
        }

        /// The keys of a dict.
        keys, try_keys(&self) -> ValueItems {
            Ok(Box::new(self.dict_for("keys")?.keys()))
        }

        /// The values of a dict.
        values, try_values(&self) -> ValueItems {
            Ok(Box::new(self.dict_for("values")?.values()))
        }

        /// The items of a dict.
        pairs, try_pairs(&self) -> Box<dyn Iterator<Item = (Value, Value)>> {
            Ok(Box::new(self.dict_for("items")?.pairs()))
        }

        /// What `**self` and `dict(self)` take: the pairs of a dict, or pairs that lie in something else.
        mapping, try_mapping(&self) -> Vec<(Value, Value)> {
            if let Value::Dict(items) = self {
                return Ok(items.pairs().collect());
            }
            let mut pairs = Vec::new();
            for (place, item) in self.try_items()?.enumerate() {
                let parts = item.try_unpacked().map_err(|_| {
                    type_error(format!(
                        "cannot convert dictionary update sequence element #{place} to a sequence"
                    ))
                })?;
                let count = parts.len();
                let Ok([key, value]) = <[Value; 2]>::try_from(parts) else {
                    return Err(Exception::new(
                        "ValueError",
                        format!("dictionary update sequence element #{place} has length {count}; 2 is required"),
                    ));
                };
                key.check_hashable()?;
                pairs.push((key, value));
            }
            Ok(pairs)
        }

        /// `dict(self)`.
        to_dict, try_to_dict(&self) -> Value {
            self.try_mapping().map(Value::dict)
        }
    }

    pub(super) fn dict_for(&self, method: &str) -> Result<&Shared<Dict<Value, Value>>, Exception> {
        match self {
            Value::Dict(items) => Ok(items),
            _ => Err(self.no_attribute(method)),
        }
    }

    pub(super) fn list_for(&self, method: &str) -> Result<&Shared<Vec<Value>>, Exception> {
        match self {
            Value::List(items) => Ok(items),
            _ => Err(self.no_attribute(method)),
        }
    }
}

/// A row of which only the run knows that it can be gone through.
impl IntoIterator for Value {
    type Item = Value;
    type IntoIter = ValueItems;

    fn into_iter(self) -> ValueItems {
        self.items()
    }
}
