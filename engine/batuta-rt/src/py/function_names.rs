//! Names of function values: `f.__name__` of a function that stands in a variable, a list or a dict.

use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

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
