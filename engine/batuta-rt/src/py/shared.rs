//! A container that two names of the program really share.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use super::text::Text;

/// A shared mutable container; a clone is the same object.
///
/// No method hands out a borrow: each one borrows, acts and releases, so that no order of statements can make a borrow fail.
pub struct Shared<C>(Rc<RefCell<C>>);

impl<C> Shared<C> {
    /// Puts other content in. The old content is dropped after the borrow has ended.
    pub fn set(&self, content: C) {
        drop(self.0.replace(content));
    }

    /// Makes a container that can be shared.
    pub fn new(content: C) -> Self {
        Shared(Rc::new(RefCell::new(content)))
    }

    /// Reads the content. `read` must not call back into the program.
    pub fn with<R>(&self, read: impl FnOnce(&C) -> R) -> R {
        read(&self.0.borrow())
    }

    /// Changes the content. `change` must not call back into the program.
    pub fn with_mut<R>(&self, change: impl FnOnce(&mut C) -> R) -> R {
        change(&mut self.0.borrow_mut())
    }

    /// `self is other`.
    pub fn same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// A number that no other living container has: `id(self)`.
    pub fn id(&self) -> i64 {
        Rc::as_ptr(&self.0) as *const () as i64
    }
}

impl<C: Clone> Shared<C> {
    /// A copy of the content, owned by the caller.
    pub fn content(&self) -> C {
        self.with(C::clone)
    }
}

impl<C> Clone for Shared<C> {
    fn clone(&self) -> Self {
        Shared(Rc::clone(&self.0))
    }
}

impl<C: Default> Default for Shared<C> {
    fn default() -> Self {
        Shared::new(C::default())
    }
}

impl<C: PartialEq> PartialEq for Shared<C> {
    fn eq(&self, other: &Self) -> bool {
        self.same(other) || *self.0.borrow() == *other.0.borrow()
    }
}

impl<T: PartialEq> PartialEq<Vec<T>> for Shared<Vec<T>> {
    fn eq(&self, other: &Vec<T>) -> bool {
        *self.0.borrow() == *other
    }
}

impl<T: PartialEq> PartialEq<Shared<Vec<T>>> for Vec<T> {
    fn eq(&self, other: &Shared<Vec<T>>) -> bool {
        *self == *other.0.borrow()
    }
}

impl<C: PartialOrd> PartialOrd for Shared<C> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        self.0.borrow().partial_cmp(&other.0.borrow())
    }
}

impl<C> From<C> for Shared<C> {
    fn from(content: C) -> Self {
        Shared::new(content)
    }
}

impl<C: Text> Text for Shared<C> {
    fn repr_text(&self) -> String {
        self.with(C::repr_text)
    }
}

impl<C: fmt::Debug> fmt::Debug for Shared<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with(|content| content.fmt(f))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clone_is_the_same_object() {
        let first = Shared::new(vec![1, 2]);
        let second = first.clone();
        second.with_mut(|content| content.push(3));
        assert_eq!(first.content(), [1, 2, 3]);
        assert!(first.same(&second) && first.id() == second.id());
        assert!(!first.same(&Shared::new(vec![1, 2, 3])) && first == Shared::new(vec![1, 2, 3]));
    }
}
