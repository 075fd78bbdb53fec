//! The methods of a dict that several names hold.

use std::borrow::Borrow;

use super::dict::{Dict, changed_size, throwing};
use super::errors::{Exception, OrThrow, throw};
use super::key::Key;
use super::shared::Shared;
use super::text::Text;

macro_rules! by_key {
    ($($(#[$note:meta])* $access:ident $name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)?;)*) => {$(
        $(#[$note])*
        pub fn $name<Q: Key + Text + ?Sized>(&self, key: &Q $(, $argument: $type)*) $(-> $result)?
        where
            K: Borrow<Q>,
        {
            self.$access(|dict| dict.$name(key $(, $argument)*))
        }
    )*};
}

impl<K: Key, V> Shared<Dict<K, V>> {
    throwing!(&Self);

    by_key! {
        /// `key in d`.
        with contains_key() -> bool;
        /// `del d[key]`.
        with_mut try_delete_at() -> Result<(), Exception>;
        /// `d.pop(key)`.
        with_mut try_pop_key() -> Result<V, Exception>;
        /// `d.pop(key, default)`.
        with_mut pop_key_or(default: V) -> V;
        /// `d.pop(key, None)`.
        with_mut pop_key_or_none() -> Option<V>;
        /// `d.move_to_end(key, last)`.
        with_mut try_move_to_end(last: bool) -> Result<(), Exception>;
    }

    /// `d[key] = value`.
    pub fn set_at(&self, key: K, value: V) {
        self.with_mut(|dict| dict.set_at(key, value));
    }

    /// `d.update(pairs)`; the pairs may come from this same dict.
    pub fn update_from(&self, pairs: impl IntoIterator<Item = (K, V)>) {
        let pairs: Vec<(K, V)> = pairs.into_iter().collect();
        self.with_mut(|dict| dict.update_from(pairs));
    }

    /// `d.popitem()`.
    pub fn try_popitem(&self, last: bool) -> Result<(K, V), Exception> {
        self.with_mut(|dict| dict.try_popitem(last))
    }
}

impl<K, V> Shared<Dict<K, V>> {
    /// The text of a dict whose keys and values have texts of their own.
    pub fn text_by(
        &self,
        key_text: impl FnMut(&K) -> String,
        value_text: impl FnMut(&V) -> String,
    ) -> String {
        self.with(|dict| dict.text_by(key_text, value_text))
    }

    /// `len(d)`.
    pub fn length(&self) -> i64 {
        self.with(Dict::length)
    }

    /// `not d`.
    pub fn is_empty(&self) -> bool {
        self.with(Dict::is_empty)
    }

    /// `d.clear()`.
    pub fn clear_items(&self) {
        self.with_mut(Dict::clear_items);
    }
}

impl<K: Key, V: Clone> Shared<Dict<K, V>> {
    by_key! {
        /// `d[key]`.
        with try_at() -> Result<V, Exception>;
        /// `d.get(key)`.
        with get() -> Option<V>;
        /// `d.get(key, default)`.
        with get_or(default: V) -> V;
    }

    /// The argument that `**d` passes to a parameter.
    ///
    /// Returns the exception instead of ending the program.
    pub fn try_argument(&self, name: &str, function: &str, allowed: &str) -> Result<V, Exception>
    where
        K: Borrow<str> + AsRef<str>,
    {
        self.with(|dict| dict.try_argument(name, function, allowed))
    }

    /// The argument that `**d` passes to a parameter with a default.
    ///
    /// Returns the exception instead of ending the program.
    pub fn try_option(
        &self,
        name: &str,
        default: V,
        function: &str,
        allowed: &str,
    ) -> Result<V, Exception>
    where
        K: Borrow<str> + AsRef<str>,
    {
        self.with(|dict| dict.try_option(name, default, function, allowed))
    }

    /// `d.setdefault(key, value)`.
    pub fn setdefault(&self, key: K, value: V) -> V {
        self.with_mut(|dict| dict.setdefault(key, value))
    }

    /// A defaultdict's `d[key]`. The default is made without a borrow, for it may look at the dict.
    pub fn at_or_insert_with(&self, key: K, make: impl FnOnce() -> V) -> V {
        if let Some(value) = self.with(|dict| dict.get(&key)) {
            return value;
        }
        let value = make();
        self.with_mut(|dict| dict.at_or_insert_with(key, || value))
    }
}

impl<K: Clone, V: Clone> Shared<Dict<K, V>> {
    /// `d.copy()`.
    pub fn copy_items(&self) -> Dict<K, V> {
        self.content()
    }

    /// `d.keys()` in a loop.
    pub fn keys(&self) -> impl Iterator<Item = K> + use<K, V> {
        walk(self.clone(), |key, _| key.clone())
    }

    /// `d.values()` in a loop.
    pub fn values(&self) -> impl Iterator<Item = V> + use<K, V> {
        walk(self.clone(), |_, value| value.clone())
    }

    /// `d.items()` in a loop.
    pub fn pairs(&self) -> impl Iterator<Item = (K, V)> + use<K, V> {
        walk(self.clone(), |key, value| (key.clone(), value.clone()))
    }
}

/// Steps through a dict that may change: a change of its size is an error, as in Python.
fn walk<K, V, R>(dict: Shared<Dict<K, V>>, pick: impl Fn(&K, &V) -> R) -> impl Iterator<Item = R> {
    let size = dict.length();
    let mut next = 0;
    let mut over = false;
    std::iter::from_fn(move || {
        if over {
            return None;
        }
        if dict.length() != size {
            throw(changed_size());
        }
        let found = dict.with(|dict| {
            dict.pair_from(next)
                .map(|(after, key, value)| (after, pick(key, value)))
        });
        over = found.is_none();
        found.map(|(after, picked)| {
            next = after;
            picked
        })
    })
}

impl<K: Key + Clone, V: Clone> Shared<Dict<K, V>> {
    /// `d | other`.
    pub fn merged(&self, pairs: impl IntoIterator<Item = (K, V)>) -> Dict<K, V> {
        let mut result = self.content();
        result.update_from(pairs);
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_and_owned_agree() {
        let mut owned: Dict<String, i64> = Dict::default();
        let shared: Shared<Dict<String, i64>> = Shared::default();
        for (number, word) in ["b", "a", "c", "a"].into_iter().enumerate() {
            owned.set_at(word.into(), number as i64);
            shared.set_at(word.into(), number as i64);
        }
        assert_eq!(owned.repr_text(), "{'b': 0, 'a': 3, 'c': 2}");
        assert_eq!(shared.copy_items(), owned);
        assert_eq!(shared.at("a"), 3);
        assert_eq!(shared.try_at("z").unwrap_err().message(), "'z'");
        assert_eq!(shared.pop_key("b"), owned.pop_key("b"));
        assert_eq!(
            shared.keys().collect::<Vec<_>>(),
            owned.keys().collect::<Vec<_>>()
        );
        assert_eq!(shared.popitem(true), ("c".to_string(), 2));
        shared.update_from(shared.pairs());
        assert_eq!(shared.length(), 1);
    }
}
