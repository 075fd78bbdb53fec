//! Names that may have no value yet, and values that may be None where the program needs another.

use std::cell::RefCell;
use std::rc::Rc;
use std::thread::LocalKey;

use super::errors::{Exception, OrThrow};
use super::failures::type_error;
use super::program::unsupported;

fn unbound(name: &str) -> Exception {
    Exception::new(
        "UnboundLocalError",
        format!("cannot access local variable '{name}' where it is not associated with a value"),
    )
}

/// The value of a local variable that not every path has assigned.
pub fn bound<T: Clone>(place: &Option<T>, name: &str) -> T {
    try_bound(place, name).or_throw()
}

/// The value of a local variable that not every path has assigned, or an UnboundLocalError.
pub fn try_bound<T: Clone>(place: &Option<T>, name: &str) -> Result<T, Exception> {
    place.clone().ok_or_else(|| unbound(name))
}

/// The place of a local variable that not every path has assigned.
pub fn bound_mut<'a, T>(place: &'a mut Option<T>, name: &str) -> &'a mut T {
    match place {
        Some(value) => value,
        None => super::errors::throw(unbound(name)),
    }
}

/// A module variable that functions use.
pub type Global<T> = RefCell<Option<T>>;

/// The value of a module variable that functions change; a NameError before its assignment.
pub fn global<T: Clone>(place: &'static LocalKey<RefCell<Option<T>>>, name: &str) -> T {
    let value = place.with_borrow(Clone::clone);
    value
        .ok_or_else(|| Exception::new("NameError", format!("name '{name}' is not defined")))
        .or_throw()
}

/// Where a module variable or class attribute holds an iterator.
type HeldIterator<T> = RefCell<Option<Box<dyn Iterator<Item = T>>>>;

/// An iterator that a module variable or class attribute holds; everybody who asks it goes on where the last one stopped.
pub struct GlobalIterator<T: 'static>(&'static LocalKey<HeldIterator<T>>);

impl<T> Iterator for GlobalIterator<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        // Taken out while it runs: what it runs may ask for another item.
        let mut iterator = self.0.take()?;
        let item = iterator.next();
        self.0.set(Some(iterator));
        item
    }
}

/// An iterator that fields of objects hold: everybody who asks it goes on where the last one stopped.
pub struct SharedIterator<T>(Rc<RefCell<Option<Box<dyn Iterator<Item = T>>>>>);

impl<T: 'static> SharedIterator<T> {
    /// Shares an iterator.
    pub fn new(iterator: impl Iterator<Item = T> + 'static) -> Self {
        Self(Rc::new(RefCell::new(Some(Box::new(iterator)))))
    }
}

impl<T> Clone for SharedIterator<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Default for SharedIterator<T> {
    fn default() -> Self {
        Self(Rc::new(RefCell::new(None)))
    }
}

impl<T> Iterator for SharedIterator<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        // Taken out while it runs: what it runs may ask for another item.
        let mut iterator = self.0.borrow_mut().take()?;
        let item = iterator.next();
        *self.0.borrow_mut() = Some(iterator);
        item
    }
}

/// The iterator that a module variable or class attribute holds.
pub fn global_iterator<T>(place: &'static LocalKey<HeldIterator<T>>) -> GlobalIterator<T> {
    GlobalIterator(place)
}

/// The value of a field that not every object of the class has; an AttributeError where it was never set.
pub fn attribute<T>(class: &str, name: &str, value: Option<T>) -> T {
    try_attribute(class, name, value).or_throw()
}

/// The same, for a handler of the program.
pub fn try_attribute<T>(class: &str, name: &str, value: Option<T>) -> Result<T, Exception> {
    value.ok_or_else(|| {
        Exception::new(
            "AttributeError",
            format!("'{class}' object has no attribute '{name}'"),
        )
    })
}

/// The AttributeError of an object whose class does not have what the program asks for.
pub fn has_attribute(there: bool, class: &str, name: &str) -> Result<(), Exception> {
    if there {
        return Ok(());
    }
    Err(Exception::new(
        "AttributeError",
        format!("'{class}' object has no attribute '{name}'"),
    ))
}

/// The end of a program that gives an object of a class an attribute that only objects of other classes have.
pub fn takes_attribute(there: bool, class: &str, name: &str) {
    if !there {
        unsupported(&format!(
            "an object of class {class} gets a new attribute, {name}"
        ));
    }
}

/// The value of an Optional that the program uses as a value. `attribute` is what it asks the value for, if it is a name,
/// or what Python's TypeError says when None is there.
pub fn known<T>(value: Option<T>, attribute: &str) -> Result<T, Exception> {
    value.ok_or_else(|| match attribute {
        "" => type_error("None is used where the program needs a value"),
        _ if attribute.contains(' ') => type_error(attribute),
        _ => Exception::new(
            "AttributeError",
            format!("'NoneType' object has no attribute '{attribute}'"),
        ),
    })
}

/// `a is b` for values that may be None: handles know whether they are the same object.
pub fn same_option<T: Identity>(a: &Option<T>, b: &Option<T>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.is(b),
        (None, None) => true,
        _ => false,
    }
}

/// A value of which `is` can be asked.
pub trait Identity {
    /// `self is other`.
    fn is(&self, other: &Self) -> bool;
}

impl<C> Identity for super::shared::Shared<C> {
    fn is(&self, other: &Self) -> bool {
        self.same(other)
    }
}

impl<T: ?Sized> Identity for std::rc::Rc<T> {
    fn is(&self, other: &Self) -> bool {
        std::rc::Rc::ptr_eq(self, other)
    }
}

impl Identity for Exception {
    fn is(&self, other: &Self) -> bool {
        self.same(other)
    }
}

macro_rules! identical_when_equal {
    ($($type:ty)*) => {
        $(impl Identity for $type {
            fn is(&self, other: &Self) -> bool {
                self == other
            }
        })*
    };
}
identical_when_equal!(() bool i64 f64 String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_without_a_value_is_an_error_with_python_s_words() {
        assert_eq!(
            try_bound(&None::<i64>, "x").unwrap_err().traceback_line(),
            "UnboundLocalError: cannot access local variable 'x' where it is not associated with a value"
        );
        let mut place = Some(1);
        *bound_mut(&mut place, "x") += 1;
        assert_eq!(bound(&place, "x"), 2);
    }

    #[test]
    fn none_has_no_attributes() {
        assert_eq!(known(Some(1), "x").unwrap(), 1);
        assert_eq!(
            known(None::<i64>, "next").unwrap_err().traceback_line(),
            "AttributeError: 'NoneType' object has no attribute 'next'"
        );
    }

    #[test]
    fn the_same_object_is_more_than_an_equal_one() {
        let one = super::super::shared::Shared::new(vec![1]);
        let other = super::super::shared::Shared::new(vec![1]);
        assert!(
            same_option(&Some(one.clone()), &Some(one.clone()))
                && !same_option(&Some(one), &Some(other))
        );
        assert!(same_option(&None::<String>, &None) && !same_option(&Some(true), &None));
    }
}
