//! `copy.deepcopy` of containers of plain values.

use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;

use super::deque::Deque;
use super::dict::Dict;
use super::key::Key;
use super::set::Set;
use super::shared::Shared;

/// A value with a copy that shares nothing with it.
pub trait DeepCopy {
    /// The copy.
    fn deep_copy(&self) -> Self;
}

macro_rules! plain {
    ($($type:ty)*) => {$(
        impl $crate::py::DeepCopy for $type {
            fn deep_copy(&self) -> Self {
                self.clone()
            }
        }
    )*};
}
plain!(i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 bool String);
pub(crate) use plain;

/// An object with a copy that holds what the object holds.
pub trait ShallowCopy {
    /// The copy.
    fn shallow_copy(&self) -> Self;
}

impl<T: ShallowCopy> ShallowCopy for Option<T> {
    fn shallow_copy(&self) -> Self {
        self.as_ref().map(T::shallow_copy)
    }
}

/// `copy.copy(object)`.
pub fn shallow_copy<T: ShallowCopy>(object: &T) -> T {
    object.shallow_copy()
}

impl DeepCopy for () {
    fn deep_copy(&self) {}
}

impl<T: DeepCopy> DeepCopy for Option<T> {
    fn deep_copy(&self) -> Self {
        self.as_ref().map(T::deep_copy)
    }
}

impl<T: DeepCopy> DeepCopy for Vec<T> {
    fn deep_copy(&self) -> Self {
        self.iter().map(T::deep_copy).collect()
    }
}

impl<T: DeepCopy + Clone> DeepCopy for Deque<T> {
    fn deep_copy(&self) -> Self {
        let mut copy = self.clone();
        for item in copy.iter_mut() {
            *item = item.deep_copy();
        }
        copy
    }
}

impl<T: Key + Clone> DeepCopy for Set<T> {
    fn deep_copy(&self) -> Self {
        self.copy_items()
    }
}

impl<K: Clone, V: DeepCopy + Clone> DeepCopy for Dict<K, V> {
    fn deep_copy(&self) -> Self {
        let mut copy = self.clone();
        for (_, value) in copy.iter_mut() {
            *value = value.deep_copy();
        }
        copy
    }
}

impl<C: DeepCopy + 'static> DeepCopy for Shared<C> {
    fn deep_copy(&self) -> Self {
        once(self.id(), || Shared::new(self.deep_content()))
    }
}

thread_local! {
    /// While a copy is made: the copies of objects that several places may share, by the object that each one is of.
    static MADE: RefCell<Option<HashMap<i64, Box<dyn Any>>>> = const { RefCell::new(None) };
}

/// The copy of an object, made by whoever comes first: what is shared stays shared in the copy.
fn once<T: Clone + 'static>(id: i64, make: impl FnOnce() -> T) -> T {
    if let Some(found) = made(id) {
        return found;
    }
    let copy = make();
    note(id, &copy);
    copy
}

/// The copy of an object that may hold itself: `start` makes one with the same content, `finish` copies what is in it.
pub fn copied_object<T: Clone + 'static>(
    id: i64,
    start: impl FnOnce() -> T,
    finish: impl FnOnce(&T),
) -> T {
    if let Some(found) = made(id) {
        return found;
    }
    let copy = start();
    note(id, &copy);
    finish(&copy);
    copy
}

/// The copy that was made of an object, if there is one.
pub(crate) fn made<T: Clone + 'static>(id: i64) -> Option<T> {
    MADE.with_borrow(|made| made.as_ref()?.get(&id)?.downcast_ref::<T>().cloned())
}

/// Notes the copy of an object, before what is inside is copied where it may hold itself.
pub(crate) fn note<T: Clone + 'static>(id: i64, copy: &T) {
    MADE.with_borrow_mut(|made| {
        if let Some(made) = made {
            made.insert(id, Box::new(copy.clone()));
        }
    });
}

macro_rules! tuples {
    ($(($($letter:ident $place:tt),+))*) => {$(
        impl<$($letter: DeepCopy),+> DeepCopy for ($($letter,)+) {
            fn deep_copy(&self) -> Self {
                ($(self.$place.deep_copy(),)+)
            }
        }
    )*};
}
tuples! {
    (A 0)
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
    (A 0, B 1, C 2, D 3, E 4)
    (A 0, B 1, C 2, D 3, E 4, F 5)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7)
}

/// The content of a container, copied all the way down.
pub trait DeepContent {
    /// The container itself, without the handle of a shared one.
    type Content;
    /// The copy.
    fn deep_content(&self) -> Self::Content;
}

impl<C: DeepCopy> DeepContent for Shared<C> {
    type Content = C;
    fn deep_content(&self) -> C {
        self.with(C::deep_copy)
    }
}

macro_rules! owned {
    ($([$($generic:tt)*] $type:ty;)*) => {$(
        impl<$($generic)*> DeepContent for $type {
            type Content = Self;
            fn deep_content(&self) -> Self {
                self.deep_copy()
            }
        }
    )*};
}
owned! {
    [T: DeepCopy] Vec<T>;
    [T: DeepCopy + Clone] Deque<T>;
    [T: Key + Clone] Set<T>;
    [K: Clone, V: DeepCopy + Clone] Dict<K, V>;
}

/// `copy.deepcopy(container)`.
pub fn deep_copy<C: DeepContent>(container: &C) -> C::Content {
    in_one_copy(|| container.deep_content())
}

/// `copy.deepcopy(value)`.
pub fn deep_copied<T: DeepCopy>(value: &T) -> T {
    in_one_copy(|| value.deep_copy())
}

fn in_one_copy<T>(make: impl FnOnce() -> T) -> T {
    let outermost = MADE.with_borrow_mut(|made| {
        let outermost = made.is_none();
        made.get_or_insert_default();
        outermost
    });
    let copy = make();
    if outermost {
        drop(MADE.take());
    }
    copy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inner_lists_are_new() {
        let rows = Shared::new(vec![Shared::new(vec![1]), Shared::new(vec![2])]);
        let copy = deep_copy(&rows);
        copy[0].push(9);
        assert_eq!(rows.at(0).content(), [1]);
        assert_eq!(copy[0].content(), [1, 9]);
    }
}
