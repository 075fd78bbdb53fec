//! Functions and classes among values: each takes values and gives a value.

use std::fmt;
use std::rc::Rc;

use super::super::errors::{Exception, OrThrow, throw};
use super::super::failures::type_error;
use super::super::program::unsupported;
use super::Value;

/// What takes values and gives a value.
type Call = Box<dyn Fn(&[Value]) -> Value>;

/// A function that lies in a value.
pub struct Function {
    /// `function.__name__`.
    name: String,
    /// Where it is written; a function that exists once begins with `=`, one of Python's own with `~`.
    site: &'static str,
    parameters: &'static [&'static str],
    /// How many of the parameters take one argument each.
    count: usize,
    /// Whether one more parameter takes what is left.
    rest: bool,
    /// Of the last parameters that take one argument each.
    defaults: Vec<Value>,
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

    /// The name that messages show.
    fn shown(&self) -> String {
        match self.kind() {
            "type" => format!("{}.__init__()", self.name),
            _ => format!("{}()", self.name),
        }
    }

    /// What Python says when it is called with too many arguments.
    fn too_many(&self, given: usize) -> Exception {
        let receiver = usize::from(self.kind() == "type");
        let (most, given) = (self.count + receiver, given + receiver);
        let least = most - self.defaults.len();
        let takes = if least < most {
            format!("from {least} to {most}")
        } else {
            most.to_string()
        };
        let many = if takes == "1" { "" } else { "s" };
        let were = if given == 1 { "was" } else { "were" };
        type_error(format!(
            "{} takes {takes} positional argument{many} but {given} {were} given",
            self.shown()
        ))
    }

    /// What Python says when it is called with too few.
    fn too_few(&self, missing: &[&str]) -> Exception {
        let quoted: Vec<String> = missing.iter().map(|each| format!("'{each}'")).collect();
        let many = if quoted.len() == 1 { "" } else { "s" };
        let listed = match quoted.as_slice() {
            [one] => one.clone(),
            [one, two] => format!("{one} and {two}"),
            [first @ .., last] => format!("{}, and {last}", first.join(", ")),
            [] => String::new(),
        };
        type_error(format!(
            "{} missing {} required positional argument{many}: {listed}",
            self.shown(),
            quoted.len()
        ))
    }

    /// The arguments in the order of the parameters, defaults filled in.
    fn arranged(
        &self,
        given: Vec<Value>,
        named: Vec<(Value, Value)>,
    ) -> Result<Vec<Value>, Exception> {
        let count = given.len();
        if self.site.starts_with('~') && (count != self.count || !named.is_empty()) {
            unsupported("a builtin function among values that takes another number of arguments");
        }
        if count > self.count && !self.rest {
            return Err(self.too_many(count));
        }
        let mut given = given;
        let left = given.split_off(count.min(self.count));
        let mut places: Vec<Option<Value>> = given.into_iter().map(Some).collect();
        places.resize(self.count, None);
        for (name, value) in named {
            let name = name.try_as_str()?;
            let plain = &self.parameters[..self.count];
            let Some(place) = plain.iter().position(|each| *each == name) else {
                return Err(type_error(format!(
                    "{} got an unexpected keyword argument '{name}'",
                    self.shown()
                )));
            };
            if places[place].is_some() {
                return Err(type_error(format!(
                    "{} got multiple values for argument '{name}'",
                    self.shown()
                )));
            }
            places[place] = Some(value);
        }
        let required = self.count - self.defaults.len();
        let missing: Vec<&str> = (0..required)
            .filter(|place| places[*place].is_none())
            .map(|place| self.parameters[place])
            .collect();
        if !missing.is_empty() {
            return Err(self.too_few(&missing));
        }
        Ok(places
            .into_iter()
            .enumerate()
            .map(|(place, value)| value.unwrap_or_else(|| self.defaults[place - required].clone()))
            .chain(self.rest.then(|| Value::tuple(left)))
            .collect())
    }
}

/// The address of a function value.
pub fn address_of<T: ?Sized>(function: &Rc<T>) -> usize {
    Rc::as_ptr(function).cast::<()>() as usize
}

impl Value {
    /// A function. `site` is where it is written, and begins with `=` where it captures nothing. Where the name of the last
    /// parameter begins with `*`, it takes what is left.
    pub fn function(
        name: &str,
        site: &'static str,
        parameters: &'static [&'static str],
        defaults: Vec<Value>,
        address: usize,
        call: impl Fn(&[Value]) -> Value + 'static,
    ) -> Value {
        let rest = parameters.last().is_some_and(|each| each.starts_with('*'));
        Value::Function(Rc::new(Function {
            name: name.to_string(),
            site,
            parameters,
            count: parameters.len() - usize::from(rest),
            rest,
            defaults,
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
        self.called_with(given, Vec::new())
    }

    /// `self(*given, **named)`.
    pub fn call_named(&self, given: &Value, named: &Value) -> Value {
        self.called_with(given, named.mapping())
    }

    fn called_with(&self, given: &Value, named: Vec<(Value, Value)>) -> Value {
        let Value::Function(function) = self else {
            throw(type_error(format!(
                "'{}' object is not callable",
                self.type_name()
            )));
        };
        let given = function.arranged(given.items().collect(), named).or_throw();
        (function.call)(&given)
    }
}
