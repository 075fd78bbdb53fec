//! Python's list: the same method names on `Vec<T>`, which one name changes, and on `Shared<Vec<T>>`, which several do.

use std::borrow::Borrow;

use super::errors::{Exception, OrThrow};
use super::failures::{index_error, value_error};
use super::shared::Shared;
use super::slices::{bounds, clamped, position, positions};
use super::sorting::sort_by_key;
use super::text::Text;

/// Anything that can be read as a list: a slice, a vector, a shared vector.
pub trait AsList<T> {
    /// Reads the items where they are.
    fn with_items<R>(&self, read: impl FnOnce(&[T]) -> R) -> R;
}

impl<T> AsList<T> for [T] {
    fn with_items<R>(&self, read: impl FnOnce(&[T]) -> R) -> R {
        read(self)
    }
}

impl<T> AsList<T> for Vec<T> {
    fn with_items<R>(&self, read: impl FnOnce(&[T]) -> R) -> R {
        read(self)
    }
}

impl<T, const N: usize> AsList<T> for [T; N] {
    fn with_items<R>(&self, read: impl FnOnce(&[T]) -> R) -> R {
        read(self)
    }
}

impl<T> AsList<T> for Shared<Vec<T>> {
    fn with_items<R>(&self, read: impl FnOnce(&[T]) -> R) -> R {
        self.with(|items| read(items))
    }
}

impl<T, L: AsList<T> + ?Sized> AsList<T> for &L {
    fn with_items<R>(&self, read: impl FnOnce(&[T]) -> R) -> R {
        (**self).with_items(read)
    }
}

/// A list as something that a function of the library changes in place: `&mut Vec<T>` or a handle of a shared one.
pub trait ListPlace<T> {
    /// Changes the list where it is.
    fn change<R>(self, change: impl FnOnce(&mut Vec<T>) -> R) -> R;
}

impl<T> ListPlace<T> for &mut Vec<T> {
    fn change<R>(self, change: impl FnOnce(&mut Vec<T>) -> R) -> R {
        change(self)
    }
}

impl<T> ListPlace<T> for Shared<Vec<T>> {
    fn change<R>(self, change: impl FnOnce(&mut Vec<T>) -> R) -> R {
        self.with_mut(change)
    }
}

impl<T> ListPlace<T> for &Shared<Vec<T>> {
    fn change<R>(self, change: impl FnOnce(&mut Vec<T>) -> R) -> R {
        self.with_mut(change)
    }
}

impl<T> ListPlace<T> for &mut Shared<Vec<T>> {
    fn change<R>(self, change: impl FnOnce(&mut Vec<T>) -> R) -> R {
        self.with_mut(change)
    }
}

/// What is read from a list without changing it.
pub trait ReadList<T> {
    /// `xs[i]`, a copy of the item.
    fn try_at(&self, index: i64) -> Result<T, Exception>
    where
        T: Clone;
    /// `xs[i]`, the item itself.
    fn try_at_ref(&self, index: i64) -> Result<&T, Exception>;
    /// `xs[i]`, the item itself, to be changed.
    fn try_at_mut(&mut self, index: i64) -> Result<&mut T, Exception>;
    /// `xs[i] = value`.
    fn try_set_at(&mut self, index: i64, value: T) -> Result<(), Exception>;
    /// `len(xs)`.
    fn length(&self) -> i64;
    /// `xs[start:stop:step]`.
    fn try_slice(
        &self,
        start: Option<i64>,
        stop: Option<i64>,
        step: Option<i64>,
    ) -> Result<Vec<T>, Exception>
    where
        T: Clone;
    /// `xs.index(value, start, stop)`.
    fn try_index_of<Q: PartialEq + Text + ?Sized>(
        &self,
        value: &Q,
        start: Option<i64>,
        stop: Option<i64>,
    ) -> Result<i64, Exception>
    where
        T: Borrow<Q>;
    /// `xs.count(value)`.
    fn count_of<Q: PartialEq + ?Sized>(&self, value: &Q) -> i64
    where
        T: Borrow<Q>;
    /// `value in xs`.
    fn contains_value<Q: PartialEq + ?Sized>(&self, value: &Q) -> bool
    where
        T: Borrow<Q>;
    /// `xs.copy()`.
    fn copy_items(&self) -> Vec<T>
    where
        T: Clone;
    /// The items one after the other, copied.
    fn items(&self) -> impl DoubleEndedIterator<Item = T> + ExactSizeIterator
    where
        T: Clone;
    /// `xs + other`.
    fn plus(&self, other: &(impl AsList<T> + ?Sized)) -> Vec<T>
    where
        T: Clone;
    /// `xs * count`.
    fn times(&self, count: i64) -> Vec<T>
    where
        T: Clone;

    /// `xs[i]`, a copy of the item.
    fn at(&self, index: i64) -> T
    where
        T: Clone,
    {
        self.try_at(index).or_throw()
    }
    /// `xs[i]`, the item itself.
    fn at_ref(&self, index: i64) -> &T {
        self.try_at_ref(index).or_throw()
    }
    /// `xs[i]`, the item itself, to be changed.
    fn at_mut(&mut self, index: i64) -> &mut T {
        self.try_at_mut(index).or_throw()
    }
    /// `xs[i] = value`.
    fn set_at(&mut self, index: i64, value: T) {
        self.try_set_at(index, value).or_throw();
    }
    /// `xs[start:stop:step]`.
    fn slice(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> Vec<T>
    where
        T: Clone,
    {
        self.try_slice(start, stop, step).or_throw()
    }
    /// `xs.index(value, start, stop)`.
    fn index_of<Q: PartialEq + Text + ?Sized>(
        &self,
        value: &Q,
        start: Option<i64>,
        stop: Option<i64>,
    ) -> i64
    where
        T: Borrow<Q>,
    {
        self.try_index_of(value, start, stop).or_throw()
    }
}

impl<T> ReadList<T> for [T] {
    fn try_at(&self, index: i64) -> Result<T, Exception>
    where
        T: Clone,
    {
        self.try_at_ref(index).cloned()
    }

    fn try_at_ref(&self, index: i64) -> Result<&T, Exception> {
        position(index, self.len())
            .map(|each| &self[each])
            .ok_or_else(|| index_error("list index out of range"))
    }

    fn try_at_mut(&mut self, index: i64) -> Result<&mut T, Exception> {
        match position(index, self.len()) {
            Some(each) => Ok(&mut self[each]),
            None => Err(index_error("list index out of range")),
        }
    }

    fn try_set_at(&mut self, index: i64, value: T) -> Result<(), Exception> {
        match position(index, self.len()) {
            Some(each) => {
                self[each] = value;
                Ok(())
            }
            None => Err(index_error("list assignment index out of range")),
        }
    }

    fn length(&self) -> i64 {
        self.len() as i64
    }

    fn try_slice(
        &self,
        start: Option<i64>,
        stop: Option<i64>,
        step: Option<i64>,
    ) -> Result<Vec<T>, Exception>
    where
        T: Clone,
    {
        let wanted = positions(start, stop, step, self.len())?;
        if wanted.step == 1 {
            return Ok(self[wanted.start as usize..wanted.stop() as usize].to_vec());
        }
        Ok(wanted.iter().map(|each| self[each].clone()).collect())
    }

    fn try_index_of<Q: PartialEq + Text + ?Sized>(
        &self,
        value: &Q,
        start: Option<i64>,
        stop: Option<i64>,
    ) -> Result<i64, Exception>
    where
        T: Borrow<Q>,
    {
        let range = bounds(start, stop, self.len());
        self[range.clone()]
            .iter()
            .position(|each| each.borrow() == value)
            .map(|each| (each + range.start) as i64)
            .ok_or_else(|| value_error(format!("{} is not in list", value.repr_text())))
    }

    fn count_of<Q: PartialEq + ?Sized>(&self, value: &Q) -> i64
    where
        T: Borrow<Q>,
    {
        self.iter().filter(|each| (*each).borrow() == value).count() as i64
    }

    fn contains_value<Q: PartialEq + ?Sized>(&self, value: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.iter().any(|each| each.borrow() == value)
    }

    fn copy_items(&self) -> Vec<T>
    where
        T: Clone,
    {
        self.to_vec()
    }

    fn items(&self) -> impl DoubleEndedIterator<Item = T> + ExactSizeIterator
    where
        T: Clone,
    {
        self.iter().cloned()
    }

    fn plus(&self, other: &(impl AsList<T> + ?Sized)) -> Vec<T>
    where
        T: Clone,
    {
        other.with_items(|rest| self.iter().chain(rest).cloned().collect())
    }

    fn times(&self, count: i64) -> Vec<T>
    where
        T: Clone,
    {
        let mut result = Vec::with_capacity(self.len() * count.max(0) as usize);
        for _ in 0..count {
            result.extend_from_slice(self);
        }
        result
    }
}

/// What only a tuple of unknown length says.
pub trait ReadTuple<T> {
    /// `t.index(value)`.
    fn try_position_in_tuple<Q: PartialEq + ?Sized>(&self, value: &Q) -> Result<i64, Exception>
    where
        T: Borrow<Q>;
    /// `t[i]`.
    fn try_item_of_tuple(&self, index: i64) -> Result<T, Exception>
    where
        T: Clone;
    /// `t[i]`.
    fn item_of_tuple(&self, index: i64) -> T
    where
        T: Clone,
    {
        self.try_item_of_tuple(index).or_throw()
    }
    /// `t.index(value)`.
    fn position_in_tuple<Q: PartialEq + ?Sized>(&self, value: &Q) -> i64
    where
        T: Borrow<Q>,
    {
        self.try_position_in_tuple(value).or_throw()
    }
}

impl<T> ReadTuple<T> for [T] {
    fn try_item_of_tuple(&self, index: i64) -> Result<T, Exception>
    where
        T: Clone,
    {
        position(index, self.len())
            .map(|each| self[each].clone())
            .ok_or_else(|| index_error("tuple index out of range"))
    }

    fn try_position_in_tuple<Q: PartialEq + ?Sized>(&self, value: &Q) -> Result<i64, Exception>
    where
        T: Borrow<Q>,
    {
        self.iter()
            .position(|each| each.borrow() == value)
            .map(|each| each as i64)
            .ok_or_else(|| value_error("tuple.index(x): x not in tuple"))
    }
}

/// What changes a list that has one owner.
pub trait ChangeList<T> {
    /// `del xs[i]`.
    fn try_delete_at(&mut self, index: i64) -> Result<(), Exception>;
    /// `xs[start:stop:step] = values`.
    fn try_set_slice(
        &mut self,
        start: Option<i64>,
        stop: Option<i64>,
        step: Option<i64>,
        values: impl IntoIterator<Item = T>,
    ) -> Result<(), Exception>;
    /// `del xs[start:stop:step]`.
    fn try_delete_slice(
        &mut self,
        start: Option<i64>,
        stop: Option<i64>,
        step: Option<i64>,
    ) -> Result<(), Exception>;
    /// `xs.pop()`.
    fn try_pop_last(&mut self) -> Result<T, Exception>;
    /// `xs.pop(i)`.
    fn try_pop_at(&mut self, index: i64) -> Result<T, Exception>;
    /// `xs.insert(i, value)`.
    fn insert_at(&mut self, index: i64, value: T);
    /// `xs.remove(value)`.
    fn try_remove_value<Q: PartialEq + ?Sized>(&mut self, value: &Q) -> Result<(), Exception>
    where
        T: Borrow<Q>;
    /// `xs.extend(values)`.
    fn extend_from(&mut self, values: impl IntoIterator<Item = T>);
    /// `xs *= count`.
    fn repeat_items(&mut self, count: i64)
    where
        T: Clone;
    /// `xs.reverse()`.
    fn reverse_items(&mut self);
    /// `xs.sort(reverse=…)`.
    fn sort_items(&mut self, reverse: bool)
    where
        T: PartialOrd;
    /// `xs.sort(key=…, reverse=…)`.
    fn sort_items_by_key<K: PartialOrd>(&mut self, key: impl FnMut(&T) -> K, reverse: bool);
    /// `xs.sort(key=cmp_to_key(compare))`.
    fn sort_items_by_comparison(&mut self, compare: impl FnMut(&T, &T) -> i64, reverse: bool);
    /// `xs.clear()`.
    fn clear_items(&mut self);

    /// `del xs[i]`.
    fn delete_at(&mut self, index: i64) {
        self.try_delete_at(index).or_throw();
    }
    /// `xs[start:stop:step] = values`.
    fn set_slice(
        &mut self,
        start: Option<i64>,
        stop: Option<i64>,
        step: Option<i64>,
        values: impl IntoIterator<Item = T>,
    ) {
        self.try_set_slice(start, stop, step, values).or_throw();
    }
    /// `del xs[start:stop:step]`.
    fn delete_slice(&mut self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) {
        self.try_delete_slice(start, stop, step).or_throw();
    }
    /// `xs.pop()`.
    fn pop_last(&mut self) -> T {
        self.try_pop_last().or_throw()
    }
    /// `xs.pop(i)`.
    fn pop_at(&mut self, index: i64) -> T {
        self.try_pop_at(index).or_throw()
    }
    /// `xs.remove(value)`.
    fn remove_value<Q: PartialEq + ?Sized>(&mut self, value: &Q)
    where
        T: Borrow<Q>,
    {
        self.try_remove_value(value).or_throw();
    }
}

impl<T> ChangeList<T> for Vec<T> {
    fn try_delete_at(&mut self, index: i64) -> Result<(), Exception> {
        match position(index, self.len()) {
            Some(each) => {
                self.remove(each);
                Ok(())
            }
            None => Err(index_error("list assignment index out of range")),
        }
    }

    fn try_set_slice(
        &mut self,
        start: Option<i64>,
        stop: Option<i64>,
        step: Option<i64>,
        values: impl IntoIterator<Item = T>,
    ) -> Result<(), Exception> {
        let wanted = positions(start, stop, step, self.len())?;
        if wanted.step == 1 {
            self.splice(wanted.start as usize..wanted.stop() as usize, values);
            return Ok(());
        }
        let values: Vec<T> = values.into_iter().collect();
        if values.len() as i64 != wanted.count {
            return Err(value_error(format!(
                "attempt to assign sequence of size {} to extended slice of size {}",
                values.len(),
                wanted.count
            )));
        }
        for (each, value) in wanted.iter().zip(values) {
            self[each] = value;
        }
        Ok(())
    }

    fn try_delete_slice(
        &mut self,
        start: Option<i64>,
        stop: Option<i64>,
        step: Option<i64>,
    ) -> Result<(), Exception> {
        let wanted = positions(start, stop, step, self.len())?;
        if wanted.step == 1 {
            self.drain(wanted.start as usize..wanted.stop() as usize);
            return Ok(());
        }
        let mut doomed: Vec<usize> = wanted.iter().collect();
        doomed.sort_unstable();
        let mut next = 0;
        let mut current = 0;
        self.retain(|_| {
            let goes = doomed.get(next) == Some(&current);
            next += usize::from(goes);
            current += 1;
            !goes
        });
        Ok(())
    }

    fn try_pop_last(&mut self) -> Result<T, Exception> {
        self.pop().ok_or_else(|| index_error("pop from empty list"))
    }

    fn try_pop_at(&mut self, index: i64) -> Result<T, Exception> {
        if self.is_empty() {
            return Err(index_error("pop from empty list"));
        }
        match position(index, self.len()) {
            Some(each) => Ok(self.remove(each)),
            None => Err(index_error("pop index out of range")),
        }
    }

    fn insert_at(&mut self, index: i64, value: T) {
        self.insert(clamped(index, self.len()), value);
    }

    fn try_remove_value<Q: PartialEq + ?Sized>(&mut self, value: &Q) -> Result<(), Exception>
    where
        T: Borrow<Q>,
    {
        match self.iter().position(|each| each.borrow() == value) {
            Some(each) => {
                self.remove(each);
                Ok(())
            }
            None => Err(value_error("list.remove(x): x not in list")),
        }
    }

    fn extend_from(&mut self, values: impl IntoIterator<Item = T>) {
        self.extend(values);
    }

    fn repeat_items(&mut self, count: i64)
    where
        T: Clone,
    {
        *self = self.times(count);
    }

    fn reverse_items(&mut self) {
        self.reverse();
    }

    fn sort_items(&mut self, reverse: bool)
    where
        T: PartialOrd,
    {
        super::sorting::sort(self, reverse);
    }

    fn sort_items_by_key<K: PartialOrd>(&mut self, key: impl FnMut(&T) -> K, reverse: bool) {
        sort_by_key(self, key, reverse);
    }

    fn sort_items_by_comparison(&mut self, compare: impl FnMut(&T, &T) -> i64, reverse: bool) {
        super::sorting::sort_by_comparison(self, compare, reverse);
    }

    fn clear_items(&mut self) {
        self.clear();
    }
}

/// The methods of a shared list. They take `&self`, for every handle may change the list.
impl<T> Shared<Vec<T>> {
    /// `xs[i] = value`.
    pub fn try_set_at(&self, index: i64, value: T) -> Result<(), Exception> {
        self.with_mut(|items| items.try_set_at(index, value))
    }
    /// `xs[i] = value`.
    pub fn set_at(&self, index: i64, value: T) {
        self.try_set_at(index, value).or_throw();
    }
    /// `len(xs)`.
    pub fn length(&self) -> i64 {
        self.with(|items| items.len() as i64)
    }
    /// `not xs`.
    pub fn is_empty(&self) -> bool {
        self.with(Vec::is_empty)
    }
    /// `xs.append(value)`.
    pub fn push(&self, value: T) {
        self.with_mut(|items| items.push(value));
    }
    /// `del xs[i]`.
    pub fn try_delete_at(&self, index: i64) -> Result<(), Exception> {
        self.with_mut(|items| items.try_delete_at(index))
    }
    /// `del xs[i]`.
    pub fn delete_at(&self, index: i64) {
        self.try_delete_at(index).or_throw();
    }
    /// `xs[start:stop:step] = values`.
    pub fn try_set_slice(
        &self,
        start: Option<i64>,
        stop: Option<i64>,
        step: Option<i64>,
        values: impl IntoIterator<Item = T>,
    ) -> Result<(), Exception> {
        let values: Vec<T> = values.into_iter().collect();
        self.with_mut(|items| items.try_set_slice(start, stop, step, values))
    }
    /// `xs[start:stop:step] = values`.
    pub fn set_slice(
        &self,
        start: Option<i64>,
        stop: Option<i64>,
        step: Option<i64>,
        values: impl IntoIterator<Item = T>,
    ) {
        self.try_set_slice(start, stop, step, values).or_throw();
    }
    /// `del xs[start:stop:step]`.
    pub fn try_delete_slice(
        &self,
        start: Option<i64>,
        stop: Option<i64>,
        step: Option<i64>,
    ) -> Result<(), Exception> {
        self.with_mut(|items| items.try_delete_slice(start, stop, step))
    }
    /// `del xs[start:stop:step]`.
    pub fn delete_slice(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) {
        self.try_delete_slice(start, stop, step).or_throw();
    }
    /// `xs.pop()`.
    pub fn try_pop_last(&self) -> Result<T, Exception> {
        self.with_mut(ChangeList::try_pop_last)
    }
    /// `xs.pop()`.
    pub fn pop_last(&self) -> T {
        self.try_pop_last().or_throw()
    }
    /// `xs.pop(i)`.
    pub fn try_pop_at(&self, index: i64) -> Result<T, Exception> {
        self.with_mut(|items| items.try_pop_at(index))
    }
    /// `xs.pop(i)`.
    pub fn pop_at(&self, index: i64) -> T {
        self.try_pop_at(index).or_throw()
    }
    /// `xs.insert(i, value)`.
    pub fn insert_at(&self, index: i64, value: T) {
        self.with_mut(|items| items.insert_at(index, value));
    }
    /// `xs.extend(values)`; the values may come from this same list.
    pub fn extend_from(&self, values: impl IntoIterator<Item = T>) {
        let values: Vec<T> = values.into_iter().collect();
        self.with_mut(|items| items.extend(values));
    }
    /// `xs.reverse()`.
    pub fn reverse_items(&self) {
        self.with_mut(|items| items.reverse());
    }
    /// `xs.clear()`.
    pub fn clear_items(&self) {
        self.with_mut(Vec::clear);
    }
}

impl<T: Clone> Shared<Vec<T>> {
    /// `xs[i]`.
    pub fn try_at(&self, index: i64) -> Result<T, Exception> {
        self.with(|items| items.try_at(index))
    }
    /// `xs[i]`.
    pub fn at(&self, index: i64) -> T {
        self.try_at(index).or_throw()
    }
    /// `xs[start:stop:step]`.
    pub fn try_slice(
        &self,
        start: Option<i64>,
        stop: Option<i64>,
        step: Option<i64>,
    ) -> Result<Vec<T>, Exception> {
        self.with(|items| items.try_slice(start, stop, step))
    }
    /// `xs[start:stop:step]`.
    pub fn slice(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> Vec<T> {
        self.try_slice(start, stop, step).or_throw()
    }
    /// `xs.copy()`.
    pub fn copy_items(&self) -> Vec<T> {
        self.content()
    }
    /// The items as they are when each one's turn comes: what a loop over a list sees while the list changes.
    pub fn items(&self) -> SharedItems<T> {
        SharedItems {
            list: Some(self.clone()),
            next: 0,
        }
    }
    /// `xs + other`.
    pub fn plus(&self, other: &(impl AsList<T> + ?Sized)) -> Vec<T> {
        self.with(|items| items.plus(other))
    }
    /// `xs * count`.
    pub fn times(&self, count: i64) -> Vec<T> {
        self.with(|items| items.times(count))
    }
    /// `xs *= count`.
    pub fn repeat_items(&self, count: i64) {
        self.with_mut(|items| items.repeat_items(count));
    }
    /// `xs.sort(key=…, reverse=…)`. The key function may look at the list.
    pub fn sort_items_by_key<K: PartialOrd>(&self, key: impl FnMut(&T) -> K, reverse: bool) {
        let mut items = self.content();
        sort_by_key(&mut items, key, reverse);
        self.with_mut(|place| *place = items);
    }
    /// `xs.sort(key=cmp_to_key(compare))`.
    pub fn sort_items_by_comparison(&self, compare: impl FnMut(&T, &T) -> i64, reverse: bool)
    where
        T: Clone,
    {
        let mut items = self.content();
        super::sorting::sort_by_comparison(&mut items, compare, reverse);
        self.with_mut(|place| *place = items);
    }
    /// `xs.sort(reverse=…)`.
    pub fn sort_items(&self, reverse: bool)
    where
        T: PartialOrd,
    {
        let mut items = self.content();
        items.sort_items(reverse);
        self.with_mut(|place| *place = items);
    }
}

impl<T> Shared<Vec<T>> {
    /// `xs.remove(value)`.
    pub fn try_remove_value<Q: PartialEq + ?Sized>(&self, value: &Q) -> Result<(), Exception>
    where
        T: Borrow<Q>,
    {
        self.with_mut(|items| items.try_remove_value(value))
    }
    /// `xs.remove(value)`.
    pub fn remove_value<Q: PartialEq + ?Sized>(&self, value: &Q)
    where
        T: Borrow<Q>,
    {
        self.try_remove_value(value).or_throw();
    }
    /// `xs.count(value)`.
    pub fn count_of<Q: PartialEq + ?Sized>(&self, value: &Q) -> i64
    where
        T: Borrow<Q>,
    {
        self.with(|items| items.count_of(value))
    }
    /// `value in xs`.
    pub fn contains_value<Q: PartialEq + ?Sized>(&self, value: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.with(|items| items.contains_value(value))
    }
    /// `xs.index(value, start, stop)`.
    pub fn try_index_of<Q: PartialEq + Text + ?Sized>(
        &self,
        value: &Q,
        start: Option<i64>,
        stop: Option<i64>,
    ) -> Result<i64, Exception>
    where
        T: Borrow<Q>,
    {
        self.with(|items| items.try_index_of(value, start, stop))
    }
    /// `xs.index(value, start, stop)`.
    pub fn index_of<Q: PartialEq + Text + ?Sized>(
        &self,
        value: &Q,
        start: Option<i64>,
        stop: Option<i64>,
    ) -> i64
    where
        T: Borrow<Q>,
    {
        self.try_index_of(value, start, stop).or_throw()
    }
}

/// A loop over a shared list: it asks for position after position, and is over for good once it has met the end.
pub struct SharedItems<T> {
    list: Option<Shared<Vec<T>>>,
    next: usize,
}

impl<T: Clone> Iterator for SharedItems<T> {
    type Item = T;
    fn next(&mut self) -> Option<T> {
        let item = self
            .list
            .as_ref()?
            .with(|items| items.get(self.next).cloned());
        if item.is_none() {
            self.list = None;
        }
        self.next += 1;
        item
    }
}

impl<T: Clone> IntoIterator for Shared<Vec<T>> {
    type Item = T;
    type IntoIter = SharedItems<T>;
    fn into_iter(self) -> SharedItems<T> {
        self.items()
    }
}

impl<T: Clone> IntoIterator for &Shared<Vec<T>> {
    type Item = T;
    type IntoIter = SharedItems<T>;
    fn into_iter(self) -> SharedItems<T> {
        self.items()
    }
}

impl<T> FromIterator<T> for Shared<Vec<T>> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Shared::new(items.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_answer_the_same() {
        let mut owned = vec![3, 1, 2];
        let shared = Shared::new(owned.clone());
        owned.extend_from(owned.clone());
        shared.extend_from(shared.items().take(3));
        owned.set_slice(Some(1), Some(3), None, [9]);
        shared.set_slice(Some(1), Some(3), None, [9]);
        owned.delete_slice(None, None, Some(-2));
        shared.delete_slice(None, None, Some(-2));
        assert_eq!(owned, vec![9, 1]);
        assert_eq!(shared.content(), owned);
        assert_eq!(shared.at(-1), owned.at(-1));
        assert_eq!(
            shared.slice(None, None, Some(-1)),
            owned.slice(None, None, Some(-1))
        );
    }

    #[test]
    fn errors_have_the_texts_of_cpython() {
        let mut list: Vec<i64> = vec![1];
        let message = |error: Exception| error.to_string();
        assert_eq!(
            message(list.try_at(5).unwrap_err()),
            "list index out of range"
        );
        assert_eq!(
            message(list.try_set_at(-2, 0).unwrap_err()),
            "list assignment index out of range"
        );
        assert_eq!(
            message(list.try_pop_at(3).unwrap_err()),
            "pop index out of range"
        );
        assert_eq!(
            message(list.try_remove_value(&7).unwrap_err()),
            "list.remove(x): x not in list"
        );
        assert_eq!(
            message(list.try_index_of(&7, None, None).unwrap_err()),
            "7 is not in list"
        );
        assert_eq!(
            message(list.try_set_slice(None, None, Some(2), [1, 2]).unwrap_err()),
            "attempt to assign sequence of size 2 to extended slice of size 1"
        );
        list.clear();
        assert_eq!(
            message(list.try_pop_last().unwrap_err()),
            "pop from empty list"
        );
    }

    #[test]
    fn a_loop_sees_the_list_change() {
        let list = Shared::new(vec![1, 2, 3, 4]);
        let mut seen = Vec::new();
        for item in list.items() {
            seen.push(item);
            if item == 2 {
                list.remove_value(&2);
            }
            if item == 4 {
                list.push(5);
            }
        }
        assert_eq!(seen, [1, 2, 4, 5]);
    }
}
