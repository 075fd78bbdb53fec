//! Functions and classes among values: each takes values and gives a value.

use std::fmt;
use std::rc::Rc;

use super::super::errors::throw;
use super::super::failures::type_error;
use super::super::program::unsupported;
use super::Value;

/// What takes values and gives a value.
type Call = Box<dyn Fn(&[Value]) -> Value>;

/// A function that lies in a value.
pub struct Function {
    /// `function.__name__`.
    name: String,
    /// Where it is written; a function that exists once begins with `=`.
    site: &'static str,
    parameters: &'static [&'static str],
    count: usize,
    address: usize,
    call: Call,
}

impl fmt::Debug for Function {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.name)
    }
}

impl Function {
    /// `function.__name__`.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// `type(self).__name__`.
    pub(super) fn kind(&self) -> &'static str {
        if self.site.starts_with("=class ") {
            "type"
        } else {
            "function"
        }
    }

    /// `self is other`: what is written once and captures nothing is one object however often it is named.
    pub(super) fn same(&self, other: &Function) -> bool {
        if self.site != other.site {
            return false;
        }
        if self.site.starts_with('=') || self.address == other.address {
            return true;
        }
        unsupported("`==` between functions that one definition made")
    }

    /// What Python says when it is called with another number of arguments.
    fn misfit(&self, given: usize) -> String {
        let name = match self.kind() {
            "type" => format!("{}.__init__", self.name),
            _ => self.name.clone(),
        };
        let receiver = usize::from(self.kind() == "type");
        if given > self.count {
            let (count, given) = (self.count + receiver, given + receiver);
            let were = if given == 1 { "was" } else { "were" };
            let many = if count == 1 { "" } else { "s" };
            return format!(
                "{name}() takes {} positional argument{many} but {given} {were} given",
                count
            );
        }
        let missing: Vec<String> = self.parameters[given..]
            .iter()
            .map(|each| format!("'{each}'"))
            .collect();
        let many = if missing.len() == 1 { "" } else { "s" };
        let listed = match missing.as_slice() {
            [one] => one.clone(),
            [one, two] => format!("{one} and {two}"),
            [first @ .., last] => format!("{}, and {last}", first.join(", ")),
            [] => String::new(),
        };
        format!(
            "{name}() missing {} required positional argument{many}: {listed}",
            missing.len()
        )
    }
}

/// The address of a function value.
pub fn address_of<T: ?Sized>(function: &Rc<T>) -> usize {
    Rc::as_ptr(function).cast::<()>() as usize
}

impl Value {
    /// A function. `site` is where it is written, and begins with `=` where it captures nothing.
    pub fn function(
        name: &str,
        site: &'static str,
        parameters: &'static [&'static str],
        count: usize,
        address: usize,
        call: impl Fn(&[Value]) -> Value + 'static,
    ) -> Value {
        Value::Function(Rc::new(Function {
            name: name.to_string(),
            site,
            parameters,
            count,
            address,
            call: Box::new(call),
        }))
    }

    /// `callable(self)`, of what is no object of the program.
    pub fn is_function(&self) -> bool {
        matches!(self, Value::Function(_))
    }

    /// `self(*given)`.
    pub fn call(&self, given: &Value) -> Value {
        let Value::Function(function) = self else {
            throw(type_error(format!(
                "'{}' object is not callable",
                self.type_name()
            )));
        };
        let given: Vec<Value> = given.items().collect();
        if given.len() != function.count {
            throw(type_error(function.misfit(given.len())));
        }
        (function.call)(&given)
    }
}
