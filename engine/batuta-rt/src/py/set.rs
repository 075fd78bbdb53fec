//! Python's set and frozenset.

use std::borrow::Borrow;
use std::cmp::Ordering;

use super::errors::{Exception, OrThrow, throw};
use super::failures::{key_error, runtime_error};
use super::key::{Key, hash_unordered, matches};
use super::set_table::{Place, Table};
use super::shared::Shared;
use super::text::Text;

/// A set, iterated in the order in which CPython iterates its own.
#[derive(Clone)]
pub struct Set<T> {
    table: Table<T>,
    /// A frozenset differs in its text only.
    frozen: bool,
}

impl<T> Default for Set<T> {
    fn default() -> Self {
        Set {
            table: Table::default(),
            frozen: false,
        }
    }
}

impl<T> Set<T> {
    /// `set()`.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same items as a frozenset.
    pub fn frozen(self) -> Self {
        Set {
            frozen: true,
            ..self
        }
    }

    /// The same items as a set.
    pub fn thawed(self) -> Self {
        Set {
            frozen: false,
            ..self
        }
    }

    /// An empty one of the same kind.
    fn empty(&self) -> Self {
        Set {
            table: Table::default(),
            frozen: self.frozen,
        }
    }

    /// `len(s)`.
    pub fn length(&self) -> i64 {
        self.table.used as i64
    }

    /// `not s`.
    pub fn is_empty(&self) -> bool {
        self.table.used == 0
    }

    /// The items where they are.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.table.iter().map(|pair| pair.1)
    }

    /// `s.clear()`.
    pub fn clear_items(&mut self) {
        self.table = Table::default();
    }

    /// `s.pop()`.
    pub fn try_pop_any(&mut self) -> Result<T, Exception> {
        self.table
            .pop()
            .ok_or_else(|| Exception::new("KeyError", "pop from an empty set"))
    }

    /// `s.pop()`.
    pub fn pop_any(&mut self) -> T {
        self.try_pop_any().or_throw()
    }
}

impl<T: Clone> Set<T> {
    /// The items, copied.
    pub fn items(&self) -> impl DoubleEndedIterator<Item = T> {
        self.iter().cloned()
    }

    /// `s.copy()`: not a plain clone, for CPython drops the deleted places of the table.
    pub fn copy_items(&self) -> Self
    where
        T: Key,
    {
        let mut copy = self.empty();
        copy.table.merge(&self.table);
        copy
    }
}

impl<T: Key> Set<T> {
    /// `s.add(item)`.
    pub fn add(&mut self, item: T) {
        self.table.add(item.hash_value(), item);
    }

    /// `item in s`.
    pub fn contains_value<Q: Key + ?Sized>(&self, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.has(item.hash_value(), item)
    }

    fn has<Q: Key + ?Sized>(&self, hash: i64, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.table
            .find(hash, |stored| matches(stored, item))
            .is_some()
    }

    /// `s.discard(item)`; whether it was there.
    pub fn discard<Q: Key + ?Sized>(&mut self, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        match self
            .table
            .find(item.hash_value(), |stored| matches(stored, item))
        {
            Some(position) => self.table.remove(position).is_some(),
            None => false,
        }
    }

    /// `s.remove(item)`.
    pub fn try_remove_value<Q: Key + Text + ?Sized>(&mut self, item: &Q) -> Result<(), Exception>
    where
        T: Borrow<Q>,
    {
        if self.discard(item) {
            Ok(())
        } else {
            Err(key_error(item))
        }
    }

    /// `s.remove(item)`.
    pub fn remove_value<Q: Key + Text + ?Sized>(&mut self, item: &Q)
    where
        T: Borrow<Q>,
    {
        self.try_remove_value(item).or_throw();
    }

    /// `s.update(items)` of something that is not a set.
    pub fn update_from(&mut self, items: impl IntoIterator<Item = T>) {
        for item in items {
            self.add(item);
        }
    }

    /// `s.isdisjoint(items)`.
    pub fn isdisjoint(&self, items: impl IntoIterator<Item = T>) -> bool {
        !items.into_iter().any(|item| self.contains_value(&item))
    }

    /// `s.issubset(items)`.
    pub fn issubset(&self, items: impl IntoIterator<Item = T>) -> bool {
        let other: Set<T> = items.into_iter().collect();
        self.within(&other)
    }

    /// `s.issuperset(items)`.
    pub fn issuperset(&self, items: impl IntoIterator<Item = T>) -> bool {
        items.into_iter().all(|item| self.contains_value(&item))
    }

    /// `s <= other`.
    pub fn within(&self, other: &Self) -> bool {
        self.table.used <= other.table.used
            && self.table.iter().all(|(hash, item)| other.has(hash, item))
    }
}

impl<T: Key + Clone> Set<T> {
    /// A set display of three or more constants, which CPython builds as a frozenset when it compiles.
    pub fn from_constants(items: impl IntoIterator<Item = T>) -> Self {
        let first: Set<T> = items.into_iter().collect();
        let second: Set<T> = first.items().collect();
        second.copy_items()
    }

    /// `s.update(other)` and `s |= other` of a set.
    pub fn update_set(&mut self, other: &(impl AsSet<T> + ?Sized)) {
        other.with_set(|other| self.table.merge(&other.table));
    }

    /// `s | other`.
    pub fn union_set(&self, other: &(impl AsSet<T> + ?Sized)) -> Self {
        let mut result = self.copy_items();
        result.update_set(other);
        result
    }

    /// `s & other`.
    pub fn intersection_set(&self, other: &(impl AsSet<T> + ?Sized)) -> Self {
        other.with_set(|other| {
            if std::ptr::eq(self, other) {
                return self.copy_items();
            }
            let (large, small) = if other.table.used > self.table.used {
                (other, self)
            } else {
                (self, other)
            };
            let mut result = self.empty();
            for (hash, item) in small.table.iter() {
                if large.has(hash, item) {
                    result.table.add(hash, item.clone());
                }
            }
            result
        })
    }

    /// `s - other`.
    pub fn difference_set(&self, other: &(impl AsSet<T> + ?Sized)) -> Self {
        other.with_set(|other| {
            if self.table.used >> 2 > other.table.used {
                let mut result = self.copy_items();
                result.remove_set(other);
                return result;
            }
            let mut result = self.empty();
            for (hash, item) in self.table.iter() {
                if !other.has(hash, item) {
                    result.table.add(hash, item.clone());
                }
            }
            result
        })
    }

    fn remove_set(&mut self, other: &Self) {
        // CPython's shortcut for a much larger other set removes the same items, in an order that nobody sees.
        for (hash, item) in other.table.iter() {
            if let Some(position) = self.table.find(hash, |stored| stored.same_key(item)) {
                self.table.remove(position);
            }
        }
        self.table.tidy();
    }

    /// `s -= other`.
    pub fn difference_update_set(&mut self, other: &(impl AsSet<T> + ?Sized)) {
        other.with_set(|other| self.remove_set(other));
    }

    /// `s &= other`.
    pub fn intersection_update_set(&mut self, other: &(impl AsSet<T> + ?Sized)) {
        *self = self.intersection_set(other);
    }

    /// `s ^= other`.
    pub fn symmetric_difference_update_set(&mut self, other: &(impl AsSet<T> + ?Sized)) {
        other.with_set(|other| {
            for (hash, item) in other.table.iter() {
                match self.table.find(hash, |stored| stored.same_key(item)) {
                    Some(position) => {
                        self.table.remove(position);
                    }
                    None => {
                        self.table.add(hash, item.clone());
                    }
                }
            }
        });
    }

    /// `s ^ other`.
    pub fn symmetric_difference_set(&self, other: &(impl AsSet<T> + ?Sized)) -> Self {
        let mut result = Set {
            frozen: self.frozen,
            ..other.with_set(Set::copy_items)
        };
        result.symmetric_difference_update_set(self);
        result
    }

    /// `s.union(items)`.
    pub fn union(&self, items: impl IntoIterator<Item = T>) -> Self {
        let mut result = self.copy_items();
        result.update_from(items);
        result
    }

    /// `s.union(*sets)`.
    pub fn union_all(&self, others: impl IntoIterator<Item = impl AsSet<T>>) -> Self {
        let mut result = self.copy_items();
        result.update_all(others);
        result
    }

    /// `s.update(*sets)`.
    pub fn update_all(&mut self, others: impl IntoIterator<Item = impl AsSet<T>>) {
        for other in others {
            self.update_set(&other);
        }
    }

    /// `s.intersection(*sets)`.
    pub fn intersection_all(&self, others: impl IntoIterator<Item = impl AsSet<T>>) -> Self {
        let mut others = others.into_iter();
        let Some(first) = others.next() else {
            return self.copy_items();
        };
        others.fold(self.intersection_set(&first), |result, other| {
            result.intersection_set(&other)
        })
    }

    /// `s.difference(*sets)`.
    pub fn difference_all(&self, others: impl IntoIterator<Item = impl AsSet<T>>) -> Self {
        let mut others = others.into_iter();
        let Some(first) = others.next() else {
            return self.copy_items();
        };
        let mut result = self.difference_set(&first);
        for other in others {
            result.difference_update_set(&other);
        }
        result
    }

    /// `s.union(*lists)`.
    pub fn union_each(
        &self,
        others: impl IntoIterator<Item = impl IntoIterator<Item = T>>,
    ) -> Self {
        let mut result = self.copy_items();
        result.update_each(others);
        result
    }

    /// `s.update(*lists)`.
    pub fn update_each(&mut self, others: impl IntoIterator<Item = impl IntoIterator<Item = T>>) {
        for items in others {
            self.update_from(items);
        }
    }

    /// `s.intersection(items)` of something that is not a set.
    pub fn intersection(&self, items: impl IntoIterator<Item = T>) -> Self {
        let mut result = self.empty();
        for item in items {
            if self.contains_value(&item) {
                result.add(item);
            }
        }
        result
    }

    /// `s.difference(items)` of something that is not a set.
    pub fn difference(&self, items: impl IntoIterator<Item = T>) -> Self {
        let mut result = self.copy_items();
        result.difference_update(items);
        result
    }

    /// `s.symmetric_difference(items)`.
    pub fn symmetric_difference(&self, items: impl IntoIterator<Item = T>) -> Self {
        let other: Set<T> = items.into_iter().collect();
        self.symmetric_difference_set(&other)
    }

    /// `s.difference_update(items)` of something that is not a set.
    pub fn difference_update(&mut self, items: impl IntoIterator<Item = T>) {
        for item in items {
            self.discard(&item);
        }
        self.table.tidy();
    }

    /// `s.intersection_update(items)` of something that is not a set.
    pub fn intersection_update(&mut self, items: impl IntoIterator<Item = T>) {
        *self = self.intersection(items);
    }

    /// `s.symmetric_difference_update(items)`.
    pub fn symmetric_difference_update(&mut self, items: impl IntoIterator<Item = T>) {
        let other: Set<T> = items.into_iter().collect();
        self.symmetric_difference_update_set(&other);
    }

    /// `set(keys of a dict)`: CPython makes room for all of them at once.
    pub fn from_keys(items: impl IntoIterator<Item = T>) -> Self {
        let items: Vec<T> = items.into_iter().collect();
        let mut result = Self::default();
        result.table.reserve(items.len());
        result.update_from(items);
        result
    }
}

/// Anything that can be read as a set: owned or shared.
pub trait AsSet<T> {
    /// Reads the set where it is.
    fn with_set<R>(&self, read: impl FnOnce(&Set<T>) -> R) -> R;
}

impl<T> AsSet<T> for Set<T> {
    fn with_set<R>(&self, read: impl FnOnce(&Set<T>) -> R) -> R {
        read(self)
    }
}

impl<T> AsSet<T> for Shared<Set<T>> {
    fn with_set<R>(&self, read: impl FnOnce(&Set<T>) -> R) -> R {
        self.with(read)
    }
}

impl<T, S: AsSet<T> + ?Sized> AsSet<T> for &S {
    fn with_set<R>(&self, read: impl FnOnce(&Set<T>) -> R) -> R {
        (**self).with_set(read)
    }
}

impl<T: Key> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut set = Set::default();
        set.update_from(items);
        set
    }
}

impl<T: Key, const N: usize> From<[T; N]> for Set<T> {
    fn from(items: [T; N]) -> Self {
        items.into_iter().collect()
    }
}

/// The items of a set that is given away.
pub struct IntoItems<T>(std::vec::IntoIter<Place<T>>);

impl<T> Iterator for IntoItems<T> {
    type Item = T;
    fn next(&mut self) -> Option<T> {
        self.0.find_map(|place| match place {
            Place::Filled(_, item) => Some(item),
            _ => None,
        })
    }
}

impl<T> IntoIterator for Set<T> {
    type Item = T;
    type IntoIter = IntoItems<T>;
    fn into_iter(self) -> IntoItems<T> {
        IntoItems(self.table.places.into_iter())
    }
}

impl<T: Key> PartialEq for Set<T> {
    fn eq(&self, other: &Self) -> bool {
        self.table.used == other.table.used && self.within(other)
    }
}

/// Sets are ordered by inclusion: neither of two may be within the other.
impl<T: Key> PartialOrd for Set<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self.within(other), other.within(self)) {
            (true, true) => Some(Ordering::Equal),
            (true, false) => Some(Ordering::Less),
            (false, true) => Some(Ordering::Greater),
            (false, false) => None,
        }
    }
}

/// A frozenset as a key.
impl<T: Key> Key for Set<T> {
    fn hash_value(&self) -> i64 {
        hash_unordered(self.table.iter().map(|pair| pair.0))
    }
    fn same_key(&self, other: &Self) -> bool {
        self == other
    }
}

impl<T> Set<T> {
    /// The text of a set whose items have texts of their own.
    pub fn text_by(&self, item_text: impl FnMut(&T) -> String) -> String {
        if self.frozen {
            return self.frozen_text_by(item_text);
        }
        if self.is_empty() {
            return "set()".to_string();
        }
        format!(
            "{{{}}}",
            self.iter().map(item_text).collect::<Vec<_>>().join(", ")
        )
    }

    /// The same of a set that is known to be a frozenset.
    pub fn frozen_text_by(&self, item_text: impl FnMut(&T) -> String) -> String {
        if self.is_empty() {
            return "frozenset()".to_string();
        }
        format!(
            "frozenset({{{}}})",
            self.iter().map(item_text).collect::<Vec<_>>().join(", ")
        )
    }
}

impl<T> Shared<Set<T>> {
    /// The text of a set whose items have texts of their own.
    pub fn text_by(&self, item_text: impl FnMut(&T) -> String) -> String {
        self.with(|set| set.text_by(item_text))
    }
}

impl<T: Text> Text for Set<T> {
    fn repr_text(&self) -> String {
        self.text_by(T::repr_text)
    }
}

/// `repr` of a set that is known to be a frozenset.
pub fn frozenset_text<T: Text>(set: &Set<T>) -> String {
    set.frozen_text_by(T::repr_text)
}

impl<T: Text> std::fmt::Debug for Set<T> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.repr_text())
    }
}

macro_rules! forwarded {
    ($($(#[$note:meta])* $access:ident $name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)?;)*) => {$(
        $(#[$note])*
        pub fn $name(&self $(, $argument: $type)*) $(-> $result)? {
            self.$access(|set| set.$name($($argument),*))
        }
    )*};
}

impl<T> Shared<Set<T>> {
    forwarded! {
        /// `len(s)`.
        with length() -> i64;
        /// `not s`.
        with is_empty() -> bool;
        /// `s.clear()`.
        with_mut clear_items();
        /// `s.pop()`.
        with_mut try_pop_any() -> Result<T, Exception>;
    }

    /// `s.pop()`.
    pub fn pop_any(&self) -> T {
        self.try_pop_any().or_throw()
    }
}

impl<T: Key> Shared<Set<T>> {
    forwarded! {
        /// `s.add(item)`.
        with_mut add(item: T);
    }

    /// `item in s`.
    pub fn contains_value<Q: Key + ?Sized>(&self, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.with(|set| set.contains_value(item))
    }

    /// `s.discard(item)`; whether it was there.
    pub fn discard<Q: Key + ?Sized>(&self, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.with_mut(|set| set.discard(item))
    }

    /// `s.remove(item)`.
    pub fn try_remove_value<Q: Key + Text + ?Sized>(&self, item: &Q) -> Result<(), Exception>
    where
        T: Borrow<Q>,
    {
        self.with_mut(|set| set.try_remove_value(item))
    }

    /// `s.remove(item)`.
    pub fn remove_value<Q: Key + Text + ?Sized>(&self, item: &Q)
    where
        T: Borrow<Q>,
    {
        self.try_remove_value(item).or_throw();
    }

    /// `s.update(items)`; the items may come from this same set.
    pub fn update_from(&self, items: impl IntoIterator<Item = T>) {
        let items: Vec<T> = items.into_iter().collect();
        self.with_mut(|set| set.update_from(items));
    }
}

impl<T: Key + Clone> Shared<Set<T>> {
    forwarded! {
        /// `s.copy()`.
        with copy_items() -> Set<T>;
        /// `s.isdisjoint(items)`.
        with isdisjoint(items: impl IntoIterator<Item = T>) -> bool;
        /// `s.issubset(items)`.
        with issubset(items: impl IntoIterator<Item = T>) -> bool;
        /// `s.issuperset(items)`.
        with issuperset(items: impl IntoIterator<Item = T>) -> bool;
        /// `s | other`.
        with union_set(other: &(impl AsSet<T> + ?Sized)) -> Set<T>;
        /// `s & other`.
        with intersection_set(other: &(impl AsSet<T> + ?Sized)) -> Set<T>;
        /// `s - other`.
        with difference_set(other: &(impl AsSet<T> + ?Sized)) -> Set<T>;
        /// `s ^ other`.
        with symmetric_difference_set(other: &(impl AsSet<T> + ?Sized)) -> Set<T>;
        /// `s.union(items)`.
        with union(items: impl IntoIterator<Item = T>) -> Set<T>;
        /// `s.union(*sets)`.
        with union_all(others: impl IntoIterator<Item = impl AsSet<T>>) -> Set<T>;
        /// `s.intersection(*sets)`.
        with intersection_all(others: impl IntoIterator<Item = impl AsSet<T>>) -> Set<T>;
        /// `s.difference(*sets)`.
        with difference_all(others: impl IntoIterator<Item = impl AsSet<T>>) -> Set<T>;
        /// `s.union(*lists)`.
        with union_each(others: impl IntoIterator<Item = impl IntoIterator<Item = T>>) -> Set<T>;
        /// `s.intersection(items)`.
        with intersection(items: impl IntoIterator<Item = T>) -> Set<T>;
        /// `s.difference(items)`.
        with difference(items: impl IntoIterator<Item = T>) -> Set<T>;
        /// `s.symmetric_difference(items)`.
        with symmetric_difference(items: impl IntoIterator<Item = T>) -> Set<T>;
    }

    /// A change that reads another set, which may be this one.
    fn change_by(
        &self,
        other: &(impl AsSet<T> + ?Sized),
        change: impl FnOnce(&mut Set<T>, &Set<T>),
    ) {
        let other = other.with_set(Set::clone);
        self.with_mut(|set| change(set, &other));
    }

    /// A change that reads items, which may come from this set.
    fn change_with(
        &self,
        items: impl IntoIterator<Item = T>,
        change: impl FnOnce(&mut Set<T>, Vec<T>),
    ) {
        let items: Vec<T> = items.into_iter().collect();
        self.with_mut(|set| change(set, items));
    }

    /// `s |= other`.
    pub fn update_set(&self, other: &(impl AsSet<T> + ?Sized)) {
        self.change_by(other, |set, other| set.update_set(other));
    }

    /// `s.update(*sets)`.
    pub fn update_all(&self, others: impl IntoIterator<Item = impl AsSet<T>>) {
        for other in others {
            self.update_set(&other);
        }
    }

    /// `s.update(*lists)`.
    pub fn update_each(&self, others: impl IntoIterator<Item = impl IntoIterator<Item = T>>) {
        for items in others {
            self.update_from(items);
        }
    }

    /// `s &= other`.
    pub fn intersection_update_set(&self, other: &(impl AsSet<T> + ?Sized)) {
        self.change_by(other, |set, other| set.intersection_update_set(other));
    }

    /// `s -= other`.
    pub fn difference_update_set(&self, other: &(impl AsSet<T> + ?Sized)) {
        self.change_by(other, |set, other| set.difference_update_set(other));
    }

    /// `s ^= other`.
    pub fn symmetric_difference_update_set(&self, other: &(impl AsSet<T> + ?Sized)) {
        self.change_by(other, |set, other| {
            set.symmetric_difference_update_set(other)
        });
    }

    /// `s.intersection_update(items)`.
    pub fn intersection_update(&self, items: impl IntoIterator<Item = T>) {
        self.change_with(items, |set, items| set.intersection_update(items));
    }

    /// `s.difference_update(items)`.
    pub fn difference_update(&self, items: impl IntoIterator<Item = T>) {
        self.change_with(items, |set, items| set.difference_update(items));
    }

    /// `s.symmetric_difference_update(items)`.
    pub fn symmetric_difference_update(&self, items: impl IntoIterator<Item = T>) {
        self.change_with(items, |set, items| set.symmetric_difference_update(items));
    }

    /// The items in a loop; a change of the size is an error, as in Python.
    pub fn items(&self) -> impl Iterator<Item = T> + use<T> {
        let set = self.clone();
        let size = self.length();
        let mut next = 0;
        std::iter::from_fn(move || {
            if next == usize::MAX {
                return None;
            }
            if set.length() != size {
                throw(runtime_error("Set changed size during iteration"));
            }
            let found = set.with(|set| {
                let rest = set.table.places.get(next..)?;
                rest.iter()
                    .enumerate()
                    .find_map(|(offset, place)| match place {
                        Place::Filled(_, item) => Some((next + offset + 1, item.clone())),
                        _ => None,
                    })
            });
            next = found.as_ref().map_or(usize::MAX, |pair| pair.0);
            found.map(|pair| pair.1)
        })
    }
}

#[cfg(test)]
mod tests;
