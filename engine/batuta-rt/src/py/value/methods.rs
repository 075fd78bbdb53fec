//! The methods of lists, dicts, tuples and sets, called on a value; those of several types look which one it is.

use super::super::errors::{Exception, OrThrow};
use super::super::failures::{index_error, type_error, value_error};
use super::super::set::Set;
use super::super::shared::Shared;
use super::super::slices::{clamped, position};
use super::super::sorting;
use super::super::strings::SearchMethods;
use super::super::text::Text;
use super::{Value, fallible};

fn hashable(items: Vec<Value>) -> Result<Vec<Value>, Exception> {
    items.iter().try_for_each(Value::check_hashable)?;
    Ok(items)
}

impl Value {
    fn passed(
        &self,
        name: &str,
        function: &str,
        allowed: &str,
    ) -> Result<Option<Value>, Exception> {
        let Value::Dict(items) = self else {
            return Err(type_error(format!(
                "{function}() argument after ** must be a mapping, not {}",
                self.type_name()
            )));
        };
        for key in items.keys() {
            let Value::Str(key) = key else {
                return Err(type_error("keywords must be strings"));
            };
            if !allowed.split(',').any(|each| each == key) {
                return Err(type_error(format!(
                    "{function}() got an unexpected keyword argument '{key}'"
                )));
            }
        }
        Ok(items.get(&Value::from(name)))
    }

    fn set_for(&self, method: &str) -> Result<&Shared<Set<Value>>, Exception> {
        match self {
            Value::Set(items) => Ok(items),
            _ => Err(self.no_attribute(method)),
        }
    }

    fallible! {
        /// `self.__name__`.
        name, try_name(&self) -> String {
            match self {
                Value::Function(function) => Ok(function.name().to_string()),
                _ => Err(self.no_attribute("__name__")),
            }
        }

        /// `self.name` where nothing that a value can be has such an attribute.
        attribute, try_attribute(&self, name: &str) -> Value {
            Err(self.no_attribute(name))
        }

        /// The argument that `**self` passes to a parameter; `allowed` are the parameters that it may pass, with commas between.
        argument, try_argument(&self, name: &str, function: &str, allowed: &str) -> Value {
            self.passed(name, function, allowed)?.ok_or_else(|| {
                type_error(format!("{function}() missing 1 required positional argument: '{name}'"))
            })
        }

        /// The argument that `**self` passes to a parameter with a default.
        option, try_option(&self, name: &str, default: Value, function: &str, allowed: &str) -> Value {
            Ok(self.passed(name, function, allowed)?.unwrap_or(default))
        }

        /// `self.append(item)`.
        append, try_append(&self, item: Value) -> () {
            self.list_for("append")?.with_mut(|items| items.push(item));
            Ok(())
        }

        /// `self.extend(items)`.
        extend, try_extend(&self, items: &Value) -> () {
            let list = self.list_for("extend")?;
            let more: Vec<Value> = items.try_items()?.collect();
            list.with_mut(|list| list.extend(more));
            Ok(())
        }

        /// `self.insert(index, item)`.
        insert, try_insert(&self, index: i64, item: Value) -> () {
            self.list_for("insert")?.with_mut(|items| {
                let place = clamped(index, items.len());
                items.insert(place, item);
            });
            Ok(())
        }

        /// `self.sort(reverse=…)`.
        sort, try_sort(&self, reverse: bool) -> () {
            let list = self.list_for("sort")?;
            let mut items = list.content();
            sorting::sort(&mut items, reverse);
            list.set(items);
            Ok(())
        }

        /// `self.reverse()`.
        reverse, try_reverse(&self) -> () {
            self.list_for("reverse")?.with_mut(|items| items.reverse());
            Ok(())
        }

        /// `self.copy()`.
        copied, try_copied(&self) -> Value {
            match self {
                Value::List(_) | Value::Dict(_) | Value::Set(_) => Ok(self.shallow_copy()),
                _ => Err(self.no_attribute("copy")),
            }
        }

        /// `self.clear()`.
        clear, try_clear(&self) -> () {
            match self {
                Value::List(items) => items.set(Vec::new()),
                Value::Dict(items) => items.clear_items(),
                Value::Set(items) => items.with_mut(Set::clear_items),
                _ => return Err(self.no_attribute("clear")),
            }
            Ok(())
        }

        /// `self.pop()`.
        pop, try_pop(&self) -> Value {
            match self {
                Value::List(items) => items
                    .with_mut(Vec::pop)
                    .ok_or_else(|| index_error("pop from empty list")),
                Value::Set(items) => items.with_mut(Set::try_pop_any),
                Value::Dict(_) => Err(type_error(
                    "pop expected at least 1 argument, got 0",
                )),
                _ => Err(self.no_attribute("pop")),
            }
        }

        /// `self.pop(key)`.
        pop_at, try_pop_at(&self, key: &Value) -> Value {
            match self {
                Value::List(items) => {
                    let index = key.try_as_int()?;
                    items.with_mut(|items| {
                        if items.is_empty() {
                            return Err(index_error("pop from empty list"));
                        }
                        position(index, items.len())
                            .map(|place| items.remove(place))
                            .ok_or_else(|| index_error("pop index out of range"))
                    })
                }
                Value::Dict(items) => {
                    key.check_hashable()?;
                    items.try_pop_key(key)
                }
                _ => Err(self.no_attribute("pop")),
            }
        }

        /// `self.pop(key, default)`.
        pop_or, try_pop_or(&self, key: &Value, default: Value) -> Value {
            key.check_hashable()?;
            Ok(self.dict_for("pop")?.pop_key_or(key, default))
        }

        /// `self.get(key, default)`.
        get, try_get(&self, key: &Value, default: Value) -> Value {
            key.check_hashable()?;
            Ok(self.dict_for("get")?.get_or(key, default))
        }

        /// `self.setdefault(key, default)`.
        setdefault, try_setdefault(&self, key: Value, default: Value) -> Value {
            key.check_hashable()?;
            Ok(self.dict_for("setdefault")?.setdefault(key, default))
        }

        /// `self.popitem()`.
        popitem, try_popitem(&self) -> (Value, Value) {
            self.dict_for("popitem")?.try_popitem(true)
        }

        /// `self.update(other)`.
        update, try_update(&self, other: &Value) -> () {
            match self {
                Value::Dict(items) => items.update_from(other.try_mapping()?),
                Value::Set(items) => items.update_from(hashable(other.try_items()?.collect())?),
                _ => return Err(self.no_attribute("update")),
            }
            Ok(())
        }

        /// `self.remove(item)`.
        remove, try_remove(&self, item: &Value) -> () {
            match self {
                Value::List(items) => {
                    let place = items
                        .with(|items| items.iter().position(|each| each == item))
                        .ok_or_else(|| value_error("list.remove(x): x not in list"))?;
                    items.with_mut(|items| items.remove(place));
                    Ok(())
                }
                Value::Set(items) => {
                    item.check_hashable()?;
                    items.try_remove_value(item)
                }
                _ => Err(self.no_attribute("remove")),
            }
        }

        /// `self.index(item)`.
        index, try_index(&self, item: &Value) -> i64 {
            let found = match self {
                Value::List(items) => items.with(|items| items.iter().position(|each| each == item)),
                Value::Tuple(items) => items.iter().position(|each| each == item),
                Value::Str(text) => return text.try_index_text(&item.try_as_str()?, None, None),
                _ => return Err(self.no_attribute("index")),
            };
            found.map(|place| place as i64).ok_or_else(|| {
                value_error(if self.is_list() {
                    format!("{} is not in list", item.repr_text())
                } else {
                    "tuple.index(x): x not in tuple".to_string()
                })
            })
        }

        /// `self.count(item)`.
        count, try_count(&self, item: &Value) -> i64 {
            match self {
                Value::List(items) => Ok(items.count_of(item)),
                Value::Tuple(items) => Ok(items.iter().filter(|each| *each == item).count() as i64),
                Value::Str(text) => Ok(text.count_text(&item.try_as_str()?, None, None)),
                _ => Err(self.no_attribute("count")),
            }
        }

        /// `self.add(item)`.
        add, try_add(&self, item: Value) -> () {
            item.check_hashable()?;
            self.set_for("add")?.with_mut(|items| items.add(item));
            Ok(())
        }

        /// `self.discard(item)`.
        discard, try_discard(&self, item: &Value) -> () {
            item.check_hashable()?;
            self.set_for("discard")?.discard(item);
            Ok(())
        }

        /// `self.union(other)`.
        union, try_union(&self, other: &Value) -> Value {
            let items = hashable(other.try_items()?.collect())?;
            Ok(Value::from(self.set_for("union")?.with(|set| set.union(items))))
        }

        /// `self.intersection(other)`.
        intersection, try_intersection(&self, other: &Value) -> Value {
            let items = hashable(other.try_items()?.collect())?;
            Ok(Value::from(self.set_for("intersection")?.with(|set| set.intersection(items))))
        }

        /// `self.difference(other)`.
        difference, try_difference(&self, other: &Value) -> Value {
            let items = hashable(other.try_items()?.collect())?;
            Ok(Value::from(self.set_for("difference")?.with(|set| set.difference(items))))
        }

        /// `self.issubset(other)`.
        issubset, try_issubset(&self, other: &Value) -> bool {
            let items = hashable(other.try_items()?.collect())?;
            Ok(self.set_for("issubset")?.with(|set| set.issubset(items)))
        }
    }

    /// `self.sort(key=…, reverse=…)`.
    pub fn sort_by_key<K: PartialOrd>(&self, key: impl FnMut(&Value) -> K, reverse: bool) {
        let list = self.list_for("sort").or_throw();
        let mut items = list.content();
        sorting::sort_by_key(&mut items, key, reverse);
        list.set(items);
    }
}
