//! Names of function values: `f.__name__` of a function that stands in a variable, a list or a dict.

use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::errors::{Exception, OrThrow};
use super::failures::value_error;
use super::shared::Shared;

/// A function's name, and the function itself, so that its address stays its own.
type Named = (String, Box<dyn Any>);

thread_local! {
    static NAMES: RefCell<HashMap<usize, Named>> = RefCell::new(HashMap::new());
}

fn address<T: ?Sized>(function: &Rc<T>) -> usize {
    Rc::as_ptr(function).cast::<()>() as usize
}

/// Notes the name of a function value when it is made.
pub fn named<T: ?Sized + 'static>(name: &str, function: Rc<T>) -> Rc<T> {
    let kept = (
        name.to_string(),
        Box::new(Rc::clone(&function)) as Box<dyn Any>,
    );
    NAMES.with_borrow_mut(|names| names.insert(address(&function), kept));
    function
}

/// `function.__name__`.
pub fn function_name<T: ?Sized>(function: &Rc<T>) -> String {
    NAMES.with_borrow(|names| {
        names
            .get(&address(function))
            .map_or_else(|| "<lambda>".to_string(), |(name, _)| name.clone())
    })
}

thread_local! {
    static KNOWN: RefCell<HashMap<usize, Named>> = RefCell::new(HashMap::new());
}

/// Notes which function of the program a value is: every value of the same one is the same object in Python, and bound methods of one
/// object are equal.
pub fn known_function<T: ?Sized + 'static>(identity: &str, function: Rc<T>) -> Rc<T> {
    let kept = (
        identity.to_string(),
        Box::new(Rc::clone(&function)) as Box<dyn Any>,
    );
    KNOWN.with_borrow_mut(|known| known.insert(address(&function), kept));
    function
}

/// `one == other`, of functions.
pub fn same_function<T: ?Sized>(one: &Rc<T>, other: &Rc<T>) -> bool {
    address(one) == address(other)
        || KNOWN.with_borrow(|known| {
            let identity = |function| known.get(&address(function)).map(|found| &found.0);
            identity(one).is_some() && identity(one) == identity(other)
        })
}

/// Lists of functions, asked for one of them.
pub trait FunctionList<T: ?Sized> {
    /// `function in functions`.
    fn contains_function(&self, function: &Rc<T>) -> bool;
    /// `functions.remove(function)`.
    fn try_remove_function(&mut self, function: &Rc<T>) -> Result<(), Exception>;
    /// `functions.remove(function)`.
    fn remove_function(&mut self, function: &Rc<T>) {
        self.try_remove_function(function).or_throw();
    }
}

impl<T: ?Sized> FunctionList<T> for Vec<Rc<T>> {
    fn contains_function(&self, function: &Rc<T>) -> bool {
        self.iter().any(|each| same_function(each, function))
    }

    fn try_remove_function(&mut self, function: &Rc<T>) -> Result<(), Exception> {
        let place = self.iter().position(|each| same_function(each, function));
        self.remove(place.ok_or_else(|| value_error("list.remove(x): x not in list"))?);
        Ok(())
    }
}

impl<T: ?Sized> Shared<Vec<Rc<T>>> {
    /// `function in functions`.
    pub fn contains_function(&self, function: &Rc<T>) -> bool {
        self.with(|list| list.contains_function(function))
    }

    /// `functions.remove(function)`.
    pub fn try_remove_function(&self, function: &Rc<T>) -> Result<(), Exception> {
        self.with_mut(|list| list.try_remove_function(function))
    }

    /// `functions.remove(function)`.
    pub fn remove_function(&self, function: &Rc<T>) {
        self.try_remove_function(function).or_throw();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_value_knows_its_name() {
        let double = named(
            "double",
            Rc::new(|item: i64| item * 2) as Rc<dyn Fn(i64) -> i64>,
        );
        let other = named("other", Rc::new(|item: i64| item) as Rc<dyn Fn(i64) -> i64>);
        let again = Rc::clone(&double);
        assert_eq!(again(4), 8);
        assert_eq!(
            (function_name(&again), function_name(&other)),
            ("double".to_string(), "other".to_string())
        );
    }
}
