//! Python's `collections.deque`.

use std::borrow::Borrow;
use std::collections::VecDeque;
use std::ops::{Deref, DerefMut};

use super::errors::{Exception, OrThrow, throw};
use super::failures::{index_error, runtime_error, value_error};
use super::shared::Shared;
use super::slices::{bounds, clamped, position};
use super::text::Text;

/// A queue with two ends, and at most so many items if it has a limit: then the other end gives way.
#[derive(Clone, Debug)]
pub struct Deque<T> {
    items: VecDeque<T>,
    limit: Option<usize>,
}

impl<T> Default for Deque<T> {
    fn default() -> Self {
        Deque {
            items: VecDeque::new(),
            limit: None,
        }
    }
}

impl<T> Deref for Deque<T> {
    type Target = VecDeque<T>;
    fn deref(&self) -> &VecDeque<T> {
        &self.items
    }
}

impl<T> DerefMut for Deque<T> {
    fn deref_mut(&mut self) -> &mut VecDeque<T> {
        &mut self.items
    }
}

impl<T> Deque<T> {
    /// `deque()`.
    pub fn new() -> Self {
        Self::default()
    }

    /// `deque(items, maxlen)`.
    pub fn try_with_limit(
        items: impl IntoIterator<Item = T>,
        limit: Option<i64>,
    ) -> Result<Self, Exception> {
        if limit.is_some_and(|limit| limit < 0) {
            return Err(value_error("maxlen must be non-negative"));
        }
        let mut deque = Deque {
            items: VecDeque::new(),
            limit: limit.map(|limit| limit as usize),
        };
        deque.extend_from(items);
        Ok(deque)
    }

    /// `deque(items, maxlen)`.
    pub fn with_limit(items: impl IntoIterator<Item = T>, limit: Option<i64>) -> Self {
        Self::try_with_limit(items, limit).or_throw()
    }

    /// `d.maxlen`.
    pub fn limit(&self) -> Option<i64> {
        self.limit.map(|limit| limit as i64)
    }

    /// `len(d)`.
    pub fn length(&self) -> i64 {
        self.items.len() as i64
    }

    /// `d.append(item)`.
    pub fn append(&mut self, item: T) {
        self.items.push_back(item);
        if self.limit.is_some_and(|limit| self.items.len() > limit) {
            self.items.pop_front();
        }
    }

    /// `d.appendleft(item)`.
    pub fn append_left(&mut self, item: T) {
        self.items.push_front(item);
        if self.limit.is_some_and(|limit| self.items.len() > limit) {
            self.items.pop_back();
        }
    }

    /// `d.pop()`.
    pub fn try_pop_last(&mut self) -> Result<T, Exception> {
        self.items
            .pop_back()
            .ok_or_else(|| index_error("pop from an empty deque"))
    }

    /// `d.popleft()`.
    pub fn try_pop_left(&mut self) -> Result<T, Exception> {
        self.items
            .pop_front()
            .ok_or_else(|| index_error("pop from an empty deque"))
    }

    /// `d.extend(items)`.
    pub fn extend_from(&mut self, items: impl IntoIterator<Item = T>) {
        for item in items {
            self.append(item);
        }
    }

    /// `d.extendleft(items)`.
    pub fn extend_left(&mut self, items: impl IntoIterator<Item = T>) {
        for item in items {
            self.append_left(item);
        }
    }

    /// `d.rotate(count)`.
    pub fn rotate(&mut self, count: i64) {
        if !self.items.is_empty() {
            let steps = count.rem_euclid(self.items.len() as i64) as usize;
            self.items.rotate_right(steps);
        }
    }

    /// `d.insert(i, item)`.
    pub fn try_insert_at(&mut self, index: i64, item: T) -> Result<(), Exception> {
        if self.limit.is_some_and(|limit| self.items.len() >= limit) {
            return Err(index_error("deque already at its maximum size"));
        }
        let place = clamped(index, self.items.len());
        self.items.insert(place, item);
        Ok(())
    }

    /// `d[i]`, the item itself.
    pub fn try_at_ref(&self, index: i64) -> Result<&T, Exception> {
        position(index, self.items.len())
            .map(|each| &self.items[each])
            .ok_or_else(|| index_error("deque index out of range"))
    }

    /// `d[i] = item`.
    pub fn try_set_at(&mut self, index: i64, item: T) -> Result<(), Exception> {
        match position(index, self.items.len()) {
            Some(each) => {
                self.items[each] = item;
                Ok(())
            }
            None => Err(index_error("deque index out of range")),
        }
    }

    /// `del d[i]`.
    pub fn try_delete_at(&mut self, index: i64) -> Result<(), Exception> {
        position(index, self.items.len())
            .and_then(|each| self.items.remove(each))
            .map(|_| ())
            .ok_or_else(|| index_error("deque index out of range"))
    }

    /// `d.clear()`.
    pub fn clear_items(&mut self) {
        self.items.clear();
    }

    /// `d.reverse()`.
    pub fn reverse_items(&mut self) {
        self.items.make_contiguous().reverse();
    }

    /// `d.remove(item)`.
    pub fn try_remove_value<Q: PartialEq + Text + ?Sized>(
        &mut self,
        item: &Q,
    ) -> Result<(), Exception>
    where
        T: Borrow<Q>,
    {
        match self.items.iter().position(|each| each.borrow() == item) {
            Some(each) => {
                self.items.remove(each);
                Ok(())
            }
            None => Err(value_error("deque.remove(x): x not in deque")),
        }
    }

    /// `d.count(item)`.
    pub fn count_of<Q: PartialEq + ?Sized>(&self, item: &Q) -> i64
    where
        T: Borrow<Q>,
    {
        self.items
            .iter()
            .filter(|each| (*each).borrow() == item)
            .count() as i64
    }

    /// `item in d`.
    pub fn contains_value<Q: PartialEq + ?Sized>(&self, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.items.iter().any(|each| each.borrow() == item)
    }

    /// `d.index(item, start, stop)`.
    pub fn try_index_of<Q: PartialEq + Text + ?Sized>(
        &self,
        item: &Q,
        start: Option<i64>,
        stop: Option<i64>,
    ) -> Result<i64, Exception>
    where
        T: Borrow<Q>,
    {
        bounds(start, stop, self.items.len())
            .find(|each| self.items[*each].borrow() == item)
            .map(|each| each as i64)
            .ok_or_else(|| value_error(format!("{} is not in deque", item.repr_text())))
    }

    /// `d.copy()`.
    pub fn copy_items(&self) -> Self
    where
        T: Clone,
    {
        self.clone()
    }

    /// The items, copied.
    pub fn items(&self) -> impl DoubleEndedIterator<Item = T> + ExactSizeIterator
    where
        T: Clone,
    {
        self.items.iter().cloned()
    }

    /// `d + other`.
    pub fn plus(&self, other: &(impl AsDeque<T> + ?Sized)) -> Self
    where
        T: Clone,
    {
        let mut result = self.clone();
        other.with_deque(|other| result.extend_from(other.items()));
        result
    }

    /// `d * count`.
    pub fn times(&self, count: i64) -> Self
    where
        T: Clone,
    {
        let mut result = Deque {
            items: VecDeque::new(),
            limit: self.limit,
        };
        for _ in 0..count {
            result.extend_from(self.items());
        }
        result
    }

    /// `d[i]`.
    pub fn try_at(&self, index: i64) -> Result<T, Exception>
    where
        T: Clone,
    {
        self.try_at_ref(index).cloned()
    }

    /// `d[i]`, the item itself.
    pub fn at_ref(&self, index: i64) -> &T {
        self.try_at_ref(index).or_throw()
    }

    /// `d[i]`, the item itself, to be changed.
    pub fn try_at_mut(&mut self, index: i64) -> Result<&mut T, Exception> {
        match position(index, self.items.len()) {
            Some(each) => Ok(&mut self.items[each]),
            None => Err(index_error("deque index out of range")),
        }
    }

    /// `d[i]`, the item itself, to be changed.
    pub fn at_mut(&mut self, index: i64) -> &mut T {
        self.try_at_mut(index).or_throw()
    }
}

/// The forms that end the program, the same for a deque and a shared one.
macro_rules! throwing {
    ($receiver:ty) => {
        /// `d.pop()`.
        pub fn pop_last(self: $receiver) -> T {
            self.try_pop_last().or_throw()
        }
        /// `d.popleft()`.
        pub fn pop_left(self: $receiver) -> T {
            self.try_pop_left().or_throw()
        }
        /// `d.insert(i, item)`.
        pub fn insert_at(self: $receiver, index: i64, item: T) {
            self.try_insert_at(index, item).or_throw();
        }
        /// `d[i] = item`.
        pub fn set_at(self: $receiver, index: i64, item: T) {
            self.try_set_at(index, item).or_throw();
        }
        /// `del d[i]`.
        pub fn delete_at(self: $receiver, index: i64) {
            self.try_delete_at(index).or_throw();
        }
        /// `d.remove(item)`.
        pub fn remove_value<Q: PartialEq + Text + ?Sized>(self: $receiver, item: &Q)
        where
            T: Borrow<Q>,
        {
            self.try_remove_value(item).or_throw();
        }
        /// `d.index(item, start, stop)`.
        pub fn index_of<Q: PartialEq + Text + ?Sized>(
            &self,
            item: &Q,
            start: Option<i64>,
            stop: Option<i64>,
        ) -> i64
        where
            T: Borrow<Q>,
        {
            self.try_index_of(item, start, stop).or_throw()
        }
        /// `d[i]`.
        pub fn at(&self, index: i64) -> T
        where
            T: Clone,
        {
            self.try_at(index).or_throw()
        }
    };
}

impl<T> Deque<T> {
    throwing!(&mut Self);
}

macro_rules! forwarded {
    ($($(#[$note:meta])* $access:ident $name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)? $([$($bound:tt)+])?;)*) => {$(
        $(#[$note])*
        pub fn $name(&self $(, $argument: $type)*) $(-> $result)? $(where T: $($bound)+)? {
            self.$access(|deque| deque.$name($($argument),*))
        }
    )*};
}

impl<T> Shared<Deque<T>> {
    throwing!(&Self);

    forwarded! {
        /// `len(d)`.
        with length() -> i64;
        /// `d.maxlen`.
        with limit() -> Option<i64>;
        /// `d.append(item)`.
        with_mut append(item: T);
        /// `d.appendleft(item)`.
        with_mut append_left(item: T);
        /// `d.pop()`.
        with_mut try_pop_last() -> Result<T, Exception>;
        /// `d.popleft()`.
        with_mut try_pop_left() -> Result<T, Exception>;
        /// `d.rotate(count)`.
        with_mut rotate(count: i64);
        /// `d.insert(i, item)`.
        with_mut try_insert_at(index: i64, item: T) -> Result<(), Exception>;
        /// `d[i] = item`.
        with_mut try_set_at(index: i64, item: T) -> Result<(), Exception>;
        /// `del d[i]`.
        with_mut try_delete_at(index: i64) -> Result<(), Exception>;
        /// `d.clear()`.
        with_mut clear_items();
        /// `d.reverse()`.
        with_mut reverse_items();
        /// `d[i]`.
        with try_at(index: i64) -> Result<T, Exception> [Clone];
        /// `d.copy()`.
        with copy_items() -> Deque<T> [Clone];
        /// `d + other`.
        with plus(other: &(impl AsDeque<T> + ?Sized)) -> Deque<T> [Clone];
        /// `d * count`.
        with times(count: i64) -> Deque<T> [Clone];
    }

    /// See [`Deque::try_remove_value`].
    pub fn try_remove_value<Q: PartialEq + Text + ?Sized>(&self, item: &Q) -> Result<(), Exception>
    where
        T: Borrow<Q>,
    {
        self.with_mut(|deque| deque.try_remove_value(item))
    }

    /// See [`Deque::count_of`].
    pub fn count_of<Q: PartialEq + ?Sized>(&self, item: &Q) -> i64
    where
        T: Borrow<Q>,
    {
        self.with(|deque| deque.count_of(item))
    }

    /// See [`Deque::contains_value`].
    pub fn contains_value<Q: PartialEq + ?Sized>(&self, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.with(|deque| deque.contains_value(item))
    }

    /// `d.index(item, start, stop)`.
    pub fn try_index_of<Q: PartialEq + Text + ?Sized>(
        &self,
        item: &Q,
        start: Option<i64>,
        stop: Option<i64>,
    ) -> Result<i64, Exception>
    where
        T: Borrow<Q>,
    {
        self.with(|deque| deque.try_index_of(item, start, stop))
    }

    /// `not d`.
    pub fn is_empty(&self) -> bool {
        self.with(|deque| deque.items.is_empty())
    }

    /// `d.extend(items)`; the items may come from this same deque.
    pub fn extend_from(&self, items: impl IntoIterator<Item = T>) {
        let items: Vec<T> = items.into_iter().collect();
        self.with_mut(|deque| deque.extend_from(items));
    }

    /// `d.extendleft(items)`.
    pub fn extend_left(&self, items: impl IntoIterator<Item = T>) {
        let items: Vec<T> = items.into_iter().collect();
        self.with_mut(|deque| deque.extend_left(items));
    }

    /// The items in a loop; a change of the length is an error, as in Python.
    pub fn items(&self) -> impl Iterator<Item = T> + use<T>
    where
        T: Clone,
    {
        let deque = self.clone();
        let size = self.length();
        let mut next = 0;
        std::iter::from_fn(move || {
            if next >= size {
                return None;
            }
            if deque.length() != size {
                throw(runtime_error("deque mutated during iteration"));
            }
            next += 1;
            deque.with(|deque| deque.items.get(next as usize - 1).cloned())
        })
    }
}

/// Anything that can be read as a deque: owned or shared.
pub trait AsDeque<T> {
    /// Reads the deque where it is.
    fn with_deque<R>(&self, read: impl FnOnce(&Deque<T>) -> R) -> R;
}

impl<T> AsDeque<T> for Deque<T> {
    fn with_deque<R>(&self, read: impl FnOnce(&Deque<T>) -> R) -> R {
        read(self)
    }
}

impl<T> AsDeque<T> for Shared<Deque<T>> {
    fn with_deque<R>(&self, read: impl FnOnce(&Deque<T>) -> R) -> R {
        self.with(read)
    }
}

impl<T> FromIterator<T> for Deque<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Deque {
            items: items.into_iter().collect(),
            limit: None,
        }
    }
}

impl<T> IntoIterator for Deque<T> {
    type Item = T;
    type IntoIter = std::collections::vec_deque::IntoIter<T>;
    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<T: PartialEq> PartialEq for Deque<T> {
    fn eq(&self, other: &Self) -> bool {
        self.items == other.items
    }
}

impl<T: PartialOrd> PartialOrd for Deque<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        self.items.partial_cmp(&other.items)
    }
}

impl<T> Deque<T> {
    /// The text of a deque whose items have texts of their own.
    pub fn text_by(&self, item_text: impl FnMut(&T) -> String) -> String {
        let items: Vec<String> = self.items.iter().map(item_text).collect();
        match self.limit {
            Some(limit) => format!("deque([{}], maxlen={limit})", items.join(", ")),
            None => format!("deque([{}])", items.join(", ")),
        }
    }
}

impl<T> Shared<Deque<T>> {
    /// The text of a deque whose items have texts of their own.
    pub fn text_by(&self, item_text: impl FnMut(&T) -> String) -> String {
        self.with(|deque| deque.text_by(item_text))
    }
}

impl<T: Text> Text for Deque<T> {
    fn repr_text(&self) -> String {
        self.text_by(T::repr_text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_pushes_out_at_the_other_end() {
        let mut window = Deque::with_limit([1, 2, 3, 4], Some(3));
        assert_eq!(window.repr_text(), "deque([2, 3, 4], maxlen=3)");
        window.append_left(9);
        assert_eq!(window.items().collect::<Vec<_>>(), [9, 2, 3]);
        assert_eq!(
            window.try_insert_at(0, 1).unwrap_err().message(),
            "deque already at its maximum size"
        );
        window.rotate(1);
        assert_eq!(window.repr_text(), "deque([3, 9, 2], maxlen=3)");
        window.rotate(-4);
        assert_eq!(window.at(-1), 3);
        assert_eq!(
            Deque::<i64>::new().try_pop_left().unwrap_err().message(),
            "pop from an empty deque"
        );
    }
}
