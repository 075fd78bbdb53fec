//! Python's dict: keys in the order of their first insertion, each found by its hash.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::rc::Rc;

use super::errors::{Exception, OrThrow};
use super::failures::{key_error, runtime_error, type_error};
use super::key::{Key, matches};
use super::text::Text;

const FREE: u32 = u32::MAX;
const SMALLEST_TABLE: usize = 8;

#[derive(Clone)]
struct Slot<K, V> {
    hash: i64,
    key: K,
    value: V,
}

/// Which of Python's dicts it is.
#[derive(Clone)]
pub(crate) enum Kind<V> {
    Plain,
    /// With the factory and how Python shows it.
    Default(Rc<dyn Fn() -> V>, Rc<str>),
    /// With the order of its counts, by which Python shows it.
    Counter(fn(&V, &V) -> Option<Ordering>),
    Ordered,
}

/// A dict. Deleting leaves a gap in the order that is closed when the table grows, so that it costs no more than in CPython.
#[derive(Clone)]
pub struct Dict<K, V> {
    slots: Vec<Option<Slot<K, V>>>,
    /// For each hash position the number of its slot; the length is a power of two (or zero).
    table: Vec<u32>,
    used: usize,
    /// Slots before this one are gaps.
    first: usize,
    pub(crate) kind: Kind<V>,
}

impl<K, V> Default for Dict<K, V> {
    fn default() -> Self {
        Dict {
            slots: Vec::new(),
            table: Vec::new(),
            used: 0,
            first: 0,
            kind: Kind::Plain,
        }
    }
}

/// Spreads the hash over the table: Python's hashes of ints are the ints.
fn spread(hash: i64) -> usize {
    ((hash as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20) as usize
}

impl<K, V> Dict<K, V> {
    /// An empty dict.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty dict of one of the kinds.
    pub(crate) fn of_kind(kind: Kind<V>) -> Self {
        Dict {
            kind,
            ..Self::default()
        }
    }

    /// `len(d)`.
    pub fn length(&self) -> i64 {
        self.used as i64
    }

    /// `not d`.
    pub fn is_empty(&self) -> bool {
        self.used == 0
    }

    /// The keys and values in order, where they are.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        self.slots
            .iter()
            .flatten()
            .map(|slot| (&slot.key, &slot.value))
    }

    /// The keys and the values to be changed, in order.
    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = (&K, &mut V)> {
        self.slots
            .iter_mut()
            .flatten()
            .map(|slot| (&slot.key, &mut slot.value))
    }

    /// The keys in order, where they are.
    pub fn keys_ref(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.iter().map(|pair| pair.0)
    }

    /// The values in order, where they are.
    pub fn values_ref(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.iter().map(|pair| pair.1)
    }

    /// `d.clear()`.
    pub fn clear_items(&mut self) {
        self.slots.clear();
        self.table.clear();
        self.used = 0;
        self.first = 0;
    }

    /// The next pair at or after a position in the order, and the position after it.
    pub(crate) fn pair_from(&self, start: usize) -> Option<(usize, &K, &V)> {
        let rest = self.slots.get(start..)?;
        let (offset, slot) = rest
            .iter()
            .enumerate()
            .find_map(|(offset, slot)| Some((offset, slot.as_ref()?)))?;
        Some((start + offset + 1, &slot.key, &slot.value))
    }

    fn table_position(
        &self,
        hash: i64,
        mut fits: impl FnMut(&Slot<K, V>) -> bool,
    ) -> Option<(usize, usize)> {
        if self.table.is_empty() {
            return None;
        }
        let mask = self.table.len() - 1;
        let mut position = spread(hash) & mask;
        loop {
            match self.table[position] {
                FREE => return None,
                number => {
                    if let Some(slot) = &self.slots[number as usize]
                        && slot.hash == hash
                        && fits(slot)
                    {
                        return Some((position, number as usize));
                    }
                }
            }
            position = (position + 1) & mask;
        }
    }

    fn place(table: &mut [u32], hash: i64, number: usize) {
        let mask = table.len() - 1;
        let mut position = spread(hash) & mask;
        while table[position] != FREE {
            position = (position + 1) & mask;
        }
        table[position] = number as u32;
    }

    /// Closes the gaps and makes room for one more slot.
    fn make_room(&mut self) {
        if (self.slots.len() + 1) * 3 <= self.table.len() * 2 {
            return;
        }
        if self.used < self.slots.len() {
            self.slots.retain(Option::is_some);
        }
        self.first = 0;
        let mut size = SMALLEST_TABLE;
        while size < self.used * 3 + 3 {
            size *= 2;
        }
        assert!(
            size < FREE as usize,
            "a dict of more than four thousand million keys"
        );
        let mut table = vec![FREE; size];
        for (number, slot) in self.slots.iter().enumerate() {
            if let Some(slot) = slot {
                Self::place(&mut table, slot.hash, number);
            }
        }
        self.table = table;
    }

    fn push_slot(&mut self, hash: i64, key: K, value: V) -> usize {
        self.make_room();
        let number = self.slots.len();
        self.slots.push(Some(Slot { hash, key, value }));
        Self::place(&mut self.table, hash, number);
        self.used += 1;
        number
    }

    /// Frees a place of the table, and moves up what had only come to lie behind it.
    fn erase(&mut self, position: usize) {
        let mask = self.table.len() - 1;
        let mut hole = position;
        let mut next = (hole + 1) & mask;
        while let Some(Some(slot)) = self.slots.get(self.table[next] as usize) {
            let home = spread(slot.hash) & mask;
            if next.wrapping_sub(home) & mask >= next.wrapping_sub(hole) & mask {
                self.table[hole] = self.table[next];
                hole = next;
            }
            next = (next + 1) & mask;
        }
        self.table[hole] = FREE;
    }

    fn take_slot(&mut self, position: usize, number: usize) -> Option<Slot<K, V>> {
        let slot = self.slots[number].take();
        self.erase(position);
        self.used -= 1;
        // A gap at the end needs no slot, a gap at the front is skipped from now on.
        while let Some(None) = self.slots.last() {
            self.slots.pop();
        }
        while let Some(None) = self.slots.get(self.first) {
            self.first += 1;
        }
        if self.used == 0 {
            self.clear_items();
        }
        slot
    }

    fn take_number(&mut self, number: usize) -> Option<(K, V)> {
        let hash = self.slots.get(number)?.as_ref()?.hash;
        let mask = self.table.len() - 1;
        let mut position = spread(hash) & mask;
        while self.table[position] != number as u32 {
            position = (position + 1) & mask;
        }
        self.take_slot(position, number)
            .map(|slot| (slot.key, slot.value))
    }
}

impl<K: Key, V> Dict<K, V> {
    /// A dict display: `{key: value, …}`; a later value replaces an earlier one with the same key.
    pub fn from_pairs(pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        let mut dict = Self::default();
        dict.update_from(pairs);
        dict
    }

    fn find<Q: Key + ?Sized>(&self, key: &Q) -> Option<usize>
    where
        K: Borrow<Q>,
    {
        self.table_position(key.hash_value(), |slot| matches(&slot.key, key))
            .map(|found| found.1)
    }

    /// The value of a key, where it is.
    pub fn get_ref<Q: Key + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let number = self.find(key)?;
        self.slots[number].as_ref().map(|slot| &slot.value)
    }

    /// The value of a key, to be changed.
    pub fn get_mut<Q: Key + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let number = self.find(key)?;
        self.slots[number].as_mut().map(|slot| &mut slot.value)
    }

    /// `key in d`.
    pub fn contains_key<Q: Key + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(key).is_some()
    }

    /// `d[key]`, the value itself.
    pub fn try_at_ref<Q: Key + Text + ?Sized>(&self, key: &Q) -> Result<&V, Exception>
    where
        K: Borrow<Q>,
    {
        self.get_ref(key).ok_or_else(|| key_error(key))
    }

    /// `d[key]`, the value itself.
    pub fn at_ref<Q: Key + Text + ?Sized>(&self, key: &Q) -> &V
    where
        K: Borrow<Q>,
    {
        self.try_at_ref(key).or_throw()
    }

    /// `d[key]`, the value itself, to be changed.
    pub fn try_at_mut<Q: Key + Text + ?Sized>(&mut self, key: &Q) -> Result<&mut V, Exception>
    where
        K: Borrow<Q>,
    {
        self.get_mut(key).ok_or_else(|| key_error(key))
    }

    /// `d[key]`, the value itself, to be changed.
    pub fn at_mut<Q: Key + Text + ?Sized>(&mut self, key: &Q) -> &mut V
    where
        K: Borrow<Q>,
    {
        self.try_at_mut(key).or_throw()
    }

    /// `d[key] = value`. A key that is there keeps its place in the order.
    pub fn set_at(&mut self, key: K, value: V) {
        let hash = key.hash_value();
        match self.table_position(hash, |slot| slot.key.same_key(&key)) {
            Some((_, number)) => {
                if let Some(slot) = &mut self.slots[number] {
                    slot.value = value;
                }
            }
            None => {
                self.push_slot(hash, key, value);
            }
        }
    }

    /// The value of a key, to be changed; made first where the key is new (a defaultdict's `d[key]`).
    pub fn at_mut_or_insert_with(&mut self, key: K, make: impl FnOnce() -> V) -> &mut V {
        let hash = key.hash_value();
        let number = match self.table_position(hash, |slot| slot.key.same_key(&key)) {
            Some((_, number)) => number,
            None => {
                let value = make();
                self.push_slot(hash, key, value)
            }
        };
        &mut self.slots[number]
            .as_mut()
            .expect("a slot that the table names is filled")
            .value
    }

    /// `d.update(pairs)`.
    pub fn update_from(&mut self, pairs: impl IntoIterator<Item = (K, V)>) {
        for (key, value) in pairs {
            self.set_at(key, value);
        }
    }

    /// Takes a key out; None where there is no such key.
    pub fn take<Q: Key + ?Sized>(&mut self, key: &Q) -> Option<(K, V)>
    where
        K: Borrow<Q>,
    {
        let (position, number) =
            self.table_position(key.hash_value(), |slot| matches(&slot.key, key))?;
        self.take_slot(position, number)
            .map(|slot| (slot.key, slot.value))
    }

    /// `del d[key]`.
    pub fn try_delete_at<Q: Key + Text + ?Sized>(&mut self, key: &Q) -> Result<(), Exception>
    where
        K: Borrow<Q>,
    {
        self.take(key).map(|_| ()).ok_or_else(|| key_error(key))
    }

    /// `d.pop(key)`.
    pub fn try_pop_key<Q: Key + Text + ?Sized>(&mut self, key: &Q) -> Result<V, Exception>
    where
        K: Borrow<Q>,
    {
        self.take(key)
            .map(|pair| pair.1)
            .ok_or_else(|| key_error(key))
    }

    /// `d.pop(key, default)`.
    pub fn pop_key_or<Q: Key + ?Sized>(&mut self, key: &Q, default: V) -> V
    where
        K: Borrow<Q>,
    {
        self.take(key).map_or(default, |pair| pair.1)
    }

    /// `d.pop(key, None)`.
    pub fn pop_key_or_none<Q: Key + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.take(key).map(|pair| pair.1)
    }

    /// `d.popitem()`; the first pair instead of the last with `last` false (only of an OrderedDict).
    pub fn try_popitem(&mut self, last: bool) -> Result<(K, V), Exception> {
        if self.used == 0 {
            return Err(Exception::new("KeyError", "popitem(): dictionary is empty"));
        }
        let number = if last {
            self.slots.len() - 1
        } else {
            self.first
        };
        self.take_number(number)
            .ok_or_else(|| Exception::new("KeyError", "popitem(): dictionary is empty"))
    }

    /// `d.move_to_end(key, last)`.
    pub fn try_move_to_end<Q: Key + Text + ?Sized>(
        &mut self,
        key: &Q,
        last: bool,
    ) -> Result<(), Exception>
    where
        K: Borrow<Q>,
    {
        let (key, value) = self.take(key).ok_or_else(|| key_error(key))?;
        if last {
            self.set_at(key, value);
        } else {
            let slots = std::mem::take(&mut self.slots);
            self.clear_items();
            self.set_at(key, value);
            self.update_from(
                slots
                    .into_iter()
                    .flatten()
                    .map(|slot| (slot.key, slot.value)),
            );
        }
        Ok(())
    }
}

/// The methods that end the program where they cannot do what they shall, the same for a dict and for one that several names hold.
macro_rules! throwing {
    ($receiver:ty) => {
        /// `del d[key]`.
        pub fn delete_at<Q: Key + Text + ?Sized>(self: $receiver, key: &Q)
        where
            K: Borrow<Q>,
        {
            self.try_delete_at(key).or_throw();
        }

        /// `d.pop(key)`.
        pub fn pop_key<Q: Key + Text + ?Sized>(self: $receiver, key: &Q) -> V
        where
            K: Borrow<Q>,
        {
            self.try_pop_key(key).or_throw()
        }

        /// `d.popitem()`.
        pub fn popitem(self: $receiver, last: bool) -> (K, V) {
            self.try_popitem(last).or_throw()
        }

        /// `d.move_to_end(key, last)`.
        pub fn move_to_end<Q: Key + Text + ?Sized>(self: $receiver, key: &Q, last: bool)
        where
            K: Borrow<Q>,
        {
            self.try_move_to_end(key, last).or_throw();
        }

        /// `d[key]`.
        pub fn at<Q: Key + Text + ?Sized>(&self, key: &Q) -> V
        where
            K: Borrow<Q>,
            V: Clone,
        {
            self.try_at(key).or_throw()
        }

        /// The argument that `**d` passes to a parameter; `allowed` are the parameters that it may pass, with commas between.
        pub fn argument(&self, name: &str, function: &str, allowed: &str) -> V
        where
            K: Borrow<str> + AsRef<str>,
            V: Clone,
        {
            self.try_argument(name, function, allowed).or_throw()
        }

        /// The argument that `**d` passes to a parameter with a default.
        pub fn option(&self, name: &str, default: V, function: &str, allowed: &str) -> V
        where
            K: Borrow<str> + AsRef<str>,
            V: Clone,
        {
            self.try_option(name, default, function, allowed).or_throw()
        }
    };
}
pub(super) use throwing;

impl<K: Key, V> Dict<K, V> {
    throwing!(&mut Self);
}

impl<K: Key, V: Clone> Dict<K, V> {
    /// `d[key]`.
    pub fn try_at<Q: Key + Text + ?Sized>(&self, key: &Q) -> Result<V, Exception>
    where
        K: Borrow<Q>,
    {
        self.try_at_ref(key).cloned()
    }

    /// `d.get(key)`.
    pub fn get<Q: Key + ?Sized>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.get_ref(key).cloned()
    }

    /// `d.get(key, default)`.
    pub fn get_or<Q: Key + ?Sized>(&self, key: &Q, default: V) -> V
    where
        K: Borrow<Q>,
    {
        self.get_ref(key).cloned().unwrap_or(default)
    }

    /// The argument that `**d` passes to a parameter.
    ///
    /// Returns the exception instead of ending the program.
    pub fn try_argument(&self, name: &str, function: &str, allowed: &str) -> Result<V, Exception>
    where
        K: Borrow<str> + AsRef<str>,
    {
        self.check_names(function, allowed)?;
        self.get_ref(name).cloned().ok_or_else(|| {
            type_error(format!(
                "{function}() missing 1 required positional argument: '{name}'"
            ))
        })
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
        self.check_names(function, allowed)?;
        Ok(self.get_or(name, default))
    }

    fn check_names(&self, function: &str, allowed: &str) -> Result<(), Exception>
    where
        K: AsRef<str>,
    {
        let unknown = self
            .keys_ref()
            .find(|key| !allowed.split(',').any(|each| each == key.as_ref()));
        match unknown {
            Some(key) => Err(type_error(format!(
                "{function}() got an unexpected keyword argument '{}'",
                key.as_ref()
            ))),
            None => Ok(()),
        }
    }

    /// `d.setdefault(key, value)`.
    pub fn setdefault(&mut self, key: K, value: V) -> V {
        self.at_mut_or_insert_with(key, || value).clone()
    }

    /// A defaultdict's `d[key]`: the value, made and kept where the key is new.
    pub fn at_or_insert_with(&mut self, key: K, make: impl FnOnce() -> V) -> V {
        self.at_mut_or_insert_with(key, make).clone()
    }

    /// `d.values()`, copied.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = V> {
        self.values_ref().cloned()
    }
}

impl<K: Clone, V> Dict<K, V> {
    /// `d.keys()`, copied.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = K> {
        self.keys_ref().cloned()
    }
}

impl<K: Clone, V: Clone> Dict<K, V> {
    /// `d.items()`, copied.
    pub fn pairs(&self) -> impl DoubleEndedIterator<Item = (K, V)> {
        self.iter().map(|(key, value)| (key.clone(), value.clone()))
    }

    /// `d.copy()`.
    pub fn copy_items(&self) -> Self {
        self.clone()
    }
}

impl<K: Key + Clone, V: Clone> Dict<K, V> {
    /// `d | other`.
    pub fn merged(&self, pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        let mut result = self.clone();
        result.update_from(pairs);
        result
    }
}

/// `dict.fromkeys(keys, value)`.
pub fn dict_fromkeys<K: Key, V: Clone>(keys: impl IntoIterator<Item = K>, value: V) -> Dict<K, V> {
    Dict::from_pairs(keys.into_iter().map(|key| (key, value.clone())))
}

impl<K: Key, V> FromIterator<(K, V)> for Dict<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        Dict::from_pairs(pairs)
    }
}

impl<K: Key, V, const N: usize> From<[(K, V); N]> for Dict<K, V> {
    fn from(pairs: [(K, V); N]) -> Self {
        Dict::from_pairs(pairs)
    }
}

/// The pairs of a dict that is given away.
pub struct IntoPairs<K, V>(std::iter::Flatten<std::vec::IntoIter<Option<Slot<K, V>>>>);

impl<K, V> Iterator for IntoPairs<K, V> {
    type Item = (K, V);
    fn next(&mut self) -> Option<(K, V)> {
        self.0.next().map(|slot| (slot.key, slot.value))
    }
}

impl<K, V> IntoIterator for Dict<K, V> {
    type Item = (K, V);
    type IntoIter = IntoPairs<K, V>;
    fn into_iter(self) -> IntoPairs<K, V> {
        IntoPairs(self.slots.into_iter().flatten())
    }
}

/// Dicts have no order: asked for by a sort of rows, where only equal ones are passed over.
impl<K: Key, V: PartialEq> PartialOrd for Dict<K, V> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        if self == other {
            return Some(std::cmp::Ordering::Equal);
        }
        super::errors::throw(super::failures::type_error(
            "'<' not supported between instances of 'dict' and 'dict'",
        ))
    }
}

impl<K: Key, V: PartialEq> PartialEq for Dict<K, V> {
    fn eq(&self, other: &Self) -> bool {
        if matches!((&self.kind, &other.kind), (Kind::Ordered, Kind::Ordered))
            && !self
                .keys_ref()
                .zip(other.keys_ref())
                .all(|(one, two)| one.same_key(two))
        {
            return false;
        }
        self.used == other.used
            && self
                .iter()
                .all(|(key, value)| other.get_ref(key) == Some(value))
    }
}

impl<K, V> Dict<K, V> {
    /// The text of a dict whose keys and values have texts of their own.
    pub fn text_by(
        &self,
        mut key_text: impl FnMut(&K) -> String,
        mut value_text: impl FnMut(&V) -> String,
    ) -> String {
        let mut pairs: Vec<(&K, &V)> = self.iter().collect();
        if let Kind::Counter(order) = &self.kind {
            pairs.sort_by(|one, two| order(two.1, one.1).unwrap_or(Ordering::Equal));
        }
        if matches!(self.kind, Kind::Ordered) {
            let texts: Vec<String> = pairs
                .iter()
                .map(|(key, value)| format!("({}, {})", key_text(key), value_text(value)))
                .collect();
            return format!(
                "OrderedDict({})",
                if texts.is_empty() {
                    String::new()
                } else {
                    format!("[{}]", texts.join(", "))
                }
            );
        }
        let texts: Vec<String> = pairs
            .iter()
            .map(|(key, value)| format!("{}: {}", key_text(key), value_text(value)))
            .collect();
        let braces = format!("{{{}}}", texts.join(", "));
        match &self.kind {
            Kind::Default(_, factory) => format!("defaultdict({factory}, {braces})"),
            Kind::Counter(_) if texts.is_empty() => "Counter()".to_string(),
            Kind::Counter(_) => format!("Counter({braces})"),
            _ => braces,
        }
    }
}

impl<K: Text, V: Text> Text for Dict<K, V> {
    fn repr_text(&self) -> String {
        self.text_by(K::repr_text, V::repr_text)
    }
}

impl<K: Text, V: Text> std::fmt::Debug for Dict<K, V> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.repr_text())
    }
}

/// What Python says when a loop meets a dict whose size is not what it was.
pub(crate) fn changed_size() -> Exception {
    runtime_error("dictionary changed size during iteration")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_gaps() {
        let mut dict: Dict<i64, i64> = (0..10).map(|each| (each, each * each)).collect();
        for each in [0, 3, 9, 4] {
            dict.delete_at(&each);
        }
        dict.set_at(3, -1);
        dict.set_at(1, -2);
        assert_eq!(
            dict.repr_text(),
            "{1: -2, 2: 4, 5: 25, 6: 36, 7: 49, 8: 64, 3: -1}"
        );
        assert_eq!(dict.popitem(true), (3, -1));
        assert_eq!(dict.popitem(false), (1, -2));
        dict.move_to_end(&5, true);
        dict.move_to_end(&8, false);
        assert_eq!(dict.keys().collect::<Vec<_>>(), [8, 2, 6, 7, 5]);
        assert_eq!(dict.try_at(&0).unwrap_err().message(), "0");
        assert_eq!(
            Dict::<i64, i64>::new()
                .try_popitem(true)
                .unwrap_err()
                .message(),
            "'popitem(): dictionary is empty'"
        );
    }

    #[test]
    fn equality_does_not_look_at_the_order() {
        let one = Dict::from_pairs([("a", 1), ("b", 2)]);
        let two = Dict::from_pairs([("b", 2), ("a", 1)]);
        assert_eq!(one, two);
        assert_ne!(one, Dict::from_pairs([("a", 1), ("c", 2)]));
    }

    /// A long life of insertions and deletions, against a plain list of pairs.
    #[test]
    fn a_long_life_keeps_the_contents() {
        let mut dict: Dict<i64, i64> = Dict::new();
        let mut model: Vec<(i64, i64)> = Vec::new();
        let mut state = 12345_u64;
        for step in 0..20_000 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let key = ((state >> 33) % 50) as i64 * 1_000_003;
            if (state >> 20) % 5 < 2 {
                let place = model.iter().position(|pair| pair.0 == key);
                assert_eq!(
                    dict.pop_key_or(&key, -1),
                    place.map_or(-1, |place| model.remove(place).1)
                );
            } else {
                dict.set_at(key, step);
                match model.iter_mut().find(|pair| pair.0 == key) {
                    Some(pair) => pair.1 = step,
                    None => model.push((key, step)),
                }
            }
        }
        assert_eq!(dict.pairs().collect::<Vec<_>>(), model);
    }
}
