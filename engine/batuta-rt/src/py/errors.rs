//! Exceptions: what a raised Python exception is in Rust, and what happens when nobody catches it.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::convert::Infallible;
use std::fmt;
use std::panic::{self, AssertUnwindSafe};
use std::rc::Rc;

use super::exception_classes::{ancestors, declared};
use super::key::{Key, identity_hash};
use super::program::unsupported;
use super::text::{Text, joined};
use super::value::{Object, Value};

/// A class of exceptions that the program itself declares.
pub trait UserException: Clone + 'static {
    /// The name of the object's class.
    fn class_name(&self) -> &'static str;

    /// What a traceback shows before the name: the module and a dot, nothing in the program's own file.
    fn module(&self) -> &'static str {
        ""
    }

    /// The names of its bases, nearest first; ancestors of builtin ones are added by themselves.
    fn bases(&self) -> &'static [&'static str];

    /// What `str(e)` gives.
    fn message(&self) -> String;

    /// What else the object knows of itself; an object without it has none of that.
    fn state(&self) -> ExceptionState {
        ExceptionState::default()
    }

    /// What `repr(e)` gives, where the class says so itself.
    fn own_repr(&self) -> Option<String> {
        None
    }

    /// What `repr(e)` shows between the parentheses.
    fn arguments_text(&self) -> String {
        let message = self.message();
        if message.is_empty() {
            message
        } else {
            message.repr_text()
        }
    }
}

/// How a program wants to end: the argument of `sys.exit`.
#[derive(Clone, Debug, PartialEq)]
pub enum ExitCode {
    /// `sys.exit()`: as 0, but the exception has no argument.
    Nothing,
    /// A number for the operating system.
    Code(i64),
    /// A text for stderr; the code is 1.
    Message(String),
}

impl From<i64> for ExitCode {
    fn from(code: i64) -> Self {
        ExitCode::Code(code)
    }
}

impl From<bool> for ExitCode {
    fn from(code: bool) -> Self {
        ExitCode::Code(code as i64)
    }
}

impl From<()> for ExitCode {
    fn from(_: ()) -> Self {
        ExitCode::Nothing
    }
}

impl From<&str> for ExitCode {
    fn from(message: &str) -> Self {
        ExitCode::Message(message.to_string())
    }
}

impl From<String> for ExitCode {
    fn from(message: String) -> Self {
        ExitCode::Message(message)
    }
}

impl<T: Into<ExitCode>> From<Option<T>> for ExitCode {
    fn from(code: Option<T>) -> Self {
        code.map_or(ExitCode::Nothing, Into::into)
    }
}

struct Raised {
    classes: Vec<&'static str>,
    /// Of a class of the program: what a traceback shows before its name.
    module: Option<&'static str>,
    message: String,
    arguments: String,
    /// How an object of the program shows itself: its methods are asked when somebody wants to know.
    own: Option<OwnTexts>,
    state: ExceptionState,
    payload: Option<Rc<dyn Any>>,
}

/// The texts of an exception that carries an object of the program.
struct OwnTexts {
    message: fn(&dyn Any) -> String,
    repr: fn(&dyn Any) -> String,
}

impl OwnTexts {
    fn of<T: UserException>() -> Self {
        fn held<T: 'static>(payload: &dyn Any) -> &T {
            payload
                .downcast_ref()
                .expect("the exception was made of such an object")
        }
        OwnTexts {
            message: |payload| held::<T>(payload).message(),
            repr: |payload| {
                let object = held::<T>(payload);
                object.own_repr().unwrap_or_else(|| {
                    format!("{}({})", object.class_name(), object.arguments_text())
                })
            },
        }
    }
}

/// A raised Python exception. Cloning gives the same exception.
#[derive(Clone)]
pub struct Exception(Rc<Raised>);

impl Exception {
    /// `class(message)`. As in Python, the text of a KeyError is the repr of its argument.
    pub fn new(class: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self::of(class, &[&message])
    }

    /// `class()` without arguments.
    pub fn empty(class: &'static str) -> Self {
        Self::of(class, &[])
    }

    /// `class(*arguments)` with arguments of any types.
    pub fn of(class: &'static str, arguments: &[&dyn Text]) -> Self {
        let texts: Vec<String> = arguments.iter().map(|each| each.repr_text()).collect();
        let shown = texts.join(", ");
        let classes = ancestors(class);
        let message = match arguments {
            [] => String::new(),
            [_] if classes.contains(&"KeyError") => shown.clone(),
            [only] => only.str_text(),
            _ => format!("({shown})"),
        };
        Exception(Rc::new(Raised {
            classes,
            module: None,
            message,
            arguments: shown,
            own: None,
            state: ExceptionState::of(arguments),
            payload: None,
        }))
    }

    /// An exception whose text is not made from its arguments (an OSError with its number and path).
    pub fn with_arguments(
        class: &'static str,
        message: impl Into<String>,
        arguments: impl Into<String>,
    ) -> Self {
        let message = message.into();
        Exception(Rc::new(Raised {
            classes: ancestors(class),
            module: None,
            message,
            arguments: arguments.into(),
            own: None,
            state: ExceptionState::default(),
            payload: None,
        }))
    }

    /// The exception that carries an object of a class of the program.
    pub fn from_user<T: UserException>(value: T) -> Self {
        let mut classes = vec![value.class_name()];
        for base in value.bases() {
            for ancestor in ancestors(base) {
                if !classes.contains(&ancestor) {
                    classes.push(ancestor);
                }
            }
        }
        for ancestor in ["Exception", "BaseException"] {
            if !classes.contains(&ancestor) {
                classes.push(ancestor);
            }
        }
        Exception(Rc::new(Raised {
            classes,
            module: Some(value.module()),
            message: String::new(),
            arguments: String::new(),
            own: Some(OwnTexts::of::<T>()),
            state: value.state(),
            payload: Some(Rc::new(value)),
        }))
    }

    /// `SystemExit(code)`.
    pub fn system_exit(code: impl Into<ExitCode>) -> Self {
        let code = code.into();
        let (message, arguments) = match &code {
            ExitCode::Nothing => (String::new(), String::new()),
            ExitCode::Code(code) => (code.to_string(), code.to_string()),
            ExitCode::Message(text) => (text.clone(), text.repr_text()),
        };
        Exception(Rc::new(Raised {
            classes: ancestors("SystemExit"),
            module: None,
            own: None,
            state: match &code {
                ExitCode::Nothing => ExceptionState::of(&[]),
                ExitCode::Code(code) => ExceptionState::of(&[code]),
                ExitCode::Message(text) => ExceptionState::of(&[text]),
            },
            message,
            arguments,
            payload: Some(Rc::new(code)),
        }))
    }

    /// The name of the class; classes of two libraries may share it.
    pub fn class(&self) -> &'static str {
        let name = self.0.classes[0];
        name.rsplit_once('.').map_or(name, |(_, own)| own)
    }

    /// Whether `isinstance(e, class)`, by the class's name.
    pub fn is_a(&self, class: &str) -> bool {
        let class = if matches!(class, "IOError" | "EnvironmentError") {
            "OSError"
        } else {
            class
        };
        self.0.classes.contains(&class)
    }

    /// Whether one of several classes fits.
    pub fn is_any(&self, classes: &[&str]) -> bool {
        classes.iter().any(|class| self.is_a(class))
    }

    /// `str(e)`.
    pub fn message(&self) -> String {
        match (&self.0.own, &self.0.payload) {
            (Some(own), Some(payload)) => (own.message)(&**payload),
            _ => self.0.message.clone(),
        }
    }

    /// The object of the program's class, if this exception carries one.
    pub fn downcast<T: Clone + 'static>(&self) -> Option<T> {
        self.0.payload.as_ref()?.downcast_ref::<T>().cloned()
    }

    /// Whether both are the same exception object.
    pub fn same(&self, other: &Exception) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// How the program ends if this is a SystemExit.
    pub(crate) fn exit_code(&self) -> Option<ExitCode> {
        if !self.is_a("SystemExit") {
            return None;
        }
        Some(self.downcast::<ExitCode>().unwrap_or_else(|| {
            match self.0.arguments.as_str() {
                "" | "None" => ExitCode::Nothing,
                "True" => ExitCode::Code(1),
                "False" => ExitCode::Code(0),
                text => text
                    .parse()
                    .map_or_else(|_| ExitCode::Message(self.message()), ExitCode::Code),
            }
        }))
    }

    /// `e.code` of a SystemExit.
    pub fn code(&self) -> Option<i64> {
        match self.exit_code() {
            Some(ExitCode::Code(code)) => Some(code),
            Some(ExitCode::Nothing) => None,
            Some(ExitCode::Message(_)) => {
                unsupported("`code` of a SystemExit that holds a text is not translated")
            }
            None => throw(self.without("code")),
        }
    }

    fn without(&self, attribute: &str) -> Exception {
        let message = format!("'{}' object has no attribute '{attribute}'", self.class());
        Exception::new("AttributeError", message)
    }

    /// The exception that stands for a failure of the operating system; its text is not made from its arguments.
    pub(crate) fn of_system(class: &'static str, failure: OsFailure) -> Self {
        let place = failure
            .path
            .as_ref()
            .map_or(String::new(), |path| format!(": {}", path.repr_text()));
        let message = format!("[Errno {}] {}{place}", failure.number, failure.reason);
        Exception(Rc::new(Raised {
            classes: ancestors(class),
            module: None,
            message,
            arguments: format!("{}, '{}'", failure.number, failure.reason),
            own: None,
            state: ExceptionState::of(&[&failure.number, &failure.reason]),
            payload: Some(Rc::new(failure)),
        }))
    }

    fn failure(&self, attribute: &str) -> OsFailure {
        match self.downcast::<OsFailure>() {
            Some(failure) => failure,
            None if self.is_a("OSError") => {
                unsupported("the parts of an OSError of the program are not translated")
            }
            None => throw(self.without(attribute)),
        }
    }

    /// `e.errno` of an OSError.
    pub fn errno(&self) -> i64 {
        self.failure("errno").number
    }

    /// `e.strerror` of an OSError.
    pub fn strerror(&self) -> String {
        self.failure("strerror").reason
    }

    /// `e.filename` of an OSError.
    pub fn filename(&self) -> Option<String> {
        self.failure("filename").path
    }

    /// The StopIteration of a generator that returned something.
    pub fn stopped(value: Value) -> Self {
        if value.is_none() {
            return Exception::empty("StopIteration");
        }
        Exception(Rc::new(Raised {
            classes: ancestors("StopIteration"),
            module: None,
            message: value.str_text(),
            arguments: value.repr_text(),
            own: None,
            state: ExceptionState::of(&[&value]),
            payload: Some(Rc::new(value)),
        }))
    }

    /// `e.value` of a StopIteration.
    pub fn value(&self) -> Value {
        if !self.is_a("StopIteration") {
            throw(self.without("value"));
        }
        match self.downcast() {
            Some(value) => value,
            None => self.args().into_iter().next().unwrap_or_default(),
        }
    }

    /// `e.args`.
    pub fn args(&self) -> Vec<Value> {
        match self.0.state.0.arguments.borrow().as_ref() {
            Some(arguments) => arguments.clone(),
            None => unsupported("the arguments of this exception are not translated"),
        }
    }

    /// `e.__cause__`.
    pub fn cause(&self) -> Option<Exception> {
        self.0.state.0.cause.borrow().clone()
    }

    /// `e.__context__`.
    pub fn context(&self) -> Option<Exception> {
        self.0.state.0.context.borrow().clone()
    }

    /// `e.__suppress_context__`.
    pub fn suppresses_context(&self) -> bool {
        self.0.state.0.suppresses_context.get()
    }

    /// The exception, raised `from` another or from None.
    pub fn caused_by(self, cause: Option<Exception>) -> Self {
        self.0.state.0.cause.replace(cause);
        self.0.state.0.suppresses_context.set(true);
        self
    }

    /// Notes which exception was being handled when this one was raised.
    pub fn set_context(&self, handled: &Exception) {
        if !Rc::ptr_eq(&self.0.state.0, &handled.0.state.0) {
            self.0.state.0.context.replace(Some(handled.clone()));
        }
    }

    /// `e.add_note(text)`.
    pub fn add_note(&self, note: impl Into<String>) {
        self.0.state.0.notes.borrow_mut().push(note.into());
    }

    /// `e.__notes__`.
    pub fn notes(&self) -> Vec<String> {
        let notes = self.0.state.0.notes.borrow().clone();
        if notes.is_empty() {
            throw(self.without("__notes__"));
        }
        notes
    }

    /// Python's last traceback line: `Kind: message`.
    pub fn traceback_line(&self) -> String {
        let class = self.class();
        let module = match (self.0.module, declared(self.0.classes[0])) {
            (Some(module), _) => module,
            (None, Some((_, _, module))) => module,
            (None, None) => "",
        };
        match self.message().as_str() {
            "" => format!("{module}{class}"),
            message => format!("{module}{class}: {message}"),
        }
    }
}

/// What the operating system said.
#[derive(Clone)]
pub(crate) struct OsFailure {
    pub(crate) number: i64,
    pub(crate) reason: String,
    pub(crate) path: Option<String>,
}

#[derive(Default)]
struct State {
    /// None where they are not known.
    arguments: RefCell<Option<Vec<Value>>>,
    cause: RefCell<Option<Exception>>,
    context: RefCell<Option<Exception>>,
    suppresses_context: Cell<bool>,
    notes: RefCell<Vec<String>>,
}

/// What an exception knows beside its class and text: its arguments, what it was raised from, and its notes. A clone is the same state.
#[derive(Clone, Default)]
pub struct ExceptionState(Rc<State>);

impl ExceptionState {
    fn of(arguments: &[&dyn Text]) -> Self {
        let state = Self::default();
        state.set_arguments(arguments);
        state
    }

    fn set_arguments(&self, arguments: &[&dyn Text]) {
        let held = arguments.iter().map(|each| held_or_shown(*each)).collect();
        self.0.arguments.replace(Some(held));
    }

    /// Takes the arguments that `BaseException.__init__` gets, and gives the text that they make.
    pub fn give(&self, arguments: &[&dyn Text]) -> String {
        self.set_arguments(arguments);
        match arguments {
            [] => String::new(),
            [only] => only.str_text(),
            _ => format!("({})", self.arguments_text()),
        }
    }

    /// As [`ExceptionState::give`], of a class derived from KeyError, whose text is the repr of its only argument.
    pub fn give_key(&self, arguments: &[&dyn Text]) -> String {
        let text = self.give(arguments);
        match arguments {
            [only] => only.repr_text(),
            _ => text,
        }
    }

    /// What `repr(e)` shows between the parentheses.
    pub fn arguments_text(&self) -> String {
        joined(self.0.arguments.borrow().iter().flatten())
    }
}

/// An argument of an exception that has no form among values: it can be shown.
struct ShownArgument {
    text: String,
    repr: String,
}

impl Text for ShownArgument {
    fn str_text(&self) -> String {
        self.text.clone()
    }

    fn repr_text(&self) -> String {
        self.repr.clone()
    }
}

impl Object for ShownArgument {
    fn class_of(&self) -> &'static str {
        unsupported("the class of this argument of an exception is not known")
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn is_object(&self, _other: &Value) -> bool {
        unsupported("this argument of an exception cannot be compared")
    }

    fn truth_of(&self) -> bool {
        unsupported("the truth value of this argument of an exception is not known")
    }
}

impl Object for Exception {
    fn class_of(&self) -> &'static str {
        self.class()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn is_object(&self, other: &Value) -> bool {
        other
            .try_object::<Exception>()
            .is_some_and(|other| self.same(&other))
    }

    fn never_changes(&self) -> bool {
        true
    }
}

impl Key for Exception {
    fn hash_value(&self) -> i64 {
        identity_hash(&self.0)
    }

    fn same_key(&self, other: &Exception) -> bool {
        self.same(other)
    }
}

impl From<Exception> for Value {
    fn from(exception: Exception) -> Value {
        Value::object(exception)
    }
}

fn held_or_shown(argument: &dyn Text) -> Value {
    argument.held_value().unwrap_or_else(|| {
        Value::object(ShownArgument {
            text: argument.str_text(),
            repr: argument.repr_text(),
        })
    })
}

impl fmt::Debug for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.repr_text())
    }
}

impl fmt::Display for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.message())
    }
}

impl std::error::Error for Exception {}

/// Exceptions compare by identity, as in Python.
impl PartialEq for Exception {
    fn eq(&self, other: &Exception) -> bool {
        self.same(other)
    }
}

impl Text for Exception {
    fn str_text(&self) -> String {
        self.message()
    }

    fn repr_text(&self) -> String {
        match (&self.0.own, &self.0.payload) {
            (Some(own), Some(payload)) => (own.repr)(&**payload),
            _ => format!("{}({})", self.class(), self.0.arguments),
        }
    }
}

/// The last line of a traceback.
pub fn traceback_line(error: &Exception) -> String {
    error.traceback_line()
}

/// The repr of an exception of the program: its class, and its text where it has one.
pub fn exception_text(class: &str, message: &str) -> String {
    if message.is_empty() {
        format!("{class}()")
    } else {
        format!("{class}({})", message.repr_text())
    }
}

thread_local! {
    static HANDLERS: RefCell<Vec<&'static [&'static str]>> = const { RefCell::new(Vec::new()) };
}

/// Says that the program has a handler for these classes while it lives. See [`handler`].
pub struct Handler {
    depth: usize,
}

/// Notes that a handler for `classes` is active until the result is dropped.
///
/// A call that can raise into a handler is translated to its `Result` form. Should a throwing form be reached all the same,
/// [`throw`] finds the note and refuses to end the program as if nobody had been there to catch.
#[must_use]
pub fn handler(classes: &'static [&'static str]) -> Handler {
    HANDLERS.with_borrow_mut(|active| {
        active.push(classes);
        Handler {
            depth: active.len(),
        }
    })
}

impl Drop for Handler {
    fn drop(&mut self) {
        let depth = self.depth;
        HANDLERS.with_borrow_mut(|active| active.truncate(depth - 1));
    }
}

pub(crate) fn would_be_caught(exception: &Exception) -> bool {
    HANDLERS.with_borrow(|active| active.iter().any(|classes| exception.is_any(classes)))
}

/// Ends the program as Python ends it for an exception that nobody catches; inside [`catching`] it goes there.
#[cold]
pub fn throw(exception: Exception) -> ! {
    if CATCHING.get() > 0 {
        THROWN.set(Some(exception));
        panic::resume_unwind(Box::new(Unwinding));
    }
    super::program::end_with(&exception)
}

/// What unwinds the stack; the exception itself waits in `THROWN`, for it cannot leave its thread.
struct Unwinding;

thread_local! {
    static CATCHING: Cell<usize> = const { Cell::new(0) };
    static THROWN: RefCell<Option<Exception>> = const { RefCell::new(None) };
}

/// Calls something that raises through a closure or an iterator, and gives what was raised.
pub fn catching<R>(call: impl FnOnce() -> R) -> Result<R, Exception> {
    CATCHING.set(CATCHING.get() + 1);
    let outcome = panic::catch_unwind(AssertUnwindSafe(call));
    CATCHING.set(CATCHING.get() - 1);
    outcome.map_err(|payload| match THROWN.take() {
        Some(exception) if payload.is::<Unwinding>() => exception,
        _ => panic::resume_unwind(payload),
    })
}

/// `type(error)` as text: `<class 'ValueError'>`, or `<class '__main__.TooPoor'>` for a class of the program.
pub fn class_text(class: &str) -> String {
    match declared(class) {
        _ if class == "NoneType" => "<class 'NoneType'>".to_string(),
        Some((_, _, "")) => format!("<class '{class}'>"),
        Some((_, _, module)) => format!("<class '{}.{class}'>", module.trim_end_matches('.')),
        None => format!("<class '__main__.{class}'>"),
    }
}

/// `type(value)` as text, of a value that may be None.
pub fn class_text_in(module: &str, class: &str) -> String {
    if class == "NoneType" {
        return class_text(class);
    }
    format!("<class '{module}{class}'>")
}

/// Gives the value, or ends the program with the exception.
pub trait OrThrow {
    /// The value's type.
    type Value;

    /// The value, or the end of the program as Python would end it.
    fn or_throw(self) -> Self::Value;
}

impl<T> OrThrow for Result<T, Exception> {
    type Value = T;

    #[inline]
    fn or_throw(self) -> T {
        match self {
            Ok(value) => value,
            Err(exception) => throw(exception),
        }
    }
}

/// The value of `Ok`; an `Err` leaves the labelled block with it.
#[macro_export]
macro_rules! batuta_attempt {
    ($label:lifetime, $result:expr) => {
        match $result {
            Ok(value) => value,
            Err(exception) => break $label Err(exception),
        }
    };
}

/// Declares a function that can raise in its two forms: one that ends the program, and `try_…` that returns the exception.
///
/// The body is that of the second form.
macro_rules! raising {
    ($($(#[$note:meta])* pub fn $name:ident, $attempt:ident $([$($generic:tt)*])? ($($parameter:ident: $type:ty),* $(,)?) -> $result:ty $body:block)*) => {
        $(
            $(#[$note])*
            #[inline]
            #[allow(clippy::unused_unit)]
            pub fn $name $(<$($generic)*>)? ($($parameter: $type),*) -> $result {
                $crate::py::OrThrow::or_throw($attempt($($parameter),*))
            }

            $(#[$note])*
            ///
            /// Returns the exception instead of ending the program.
            #[inline]
            pub fn $attempt $(<$($generic)*>)? ($($parameter: $type),*) -> Result<$result, $crate::py::Exception> $body
        )*
    };
}
pub(crate) use raising;

/// `sys.exit(code)`: ends the program with its output written.
pub fn sys_exit(code: impl Into<ExitCode>) -> ! {
    throw(Exception::system_exit(code))
}

/// `sys.exit(code)` inside a handler's reach: the SystemExit exception.
pub fn try_sys_exit(code: impl Into<ExitCode>) -> Result<Infallible, Exception> {
    Err(Exception::system_exit(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone)]
    struct TooPoor {
        missing: i64,
    }

    impl UserException for TooPoor {
        fn class_name(&self) -> &'static str {
            "TooPoor"
        }
        fn module(&self) -> &'static str {
            "bank."
        }
        fn bases(&self) -> &'static [&'static str] {
            &["BankError", "LookupError"]
        }
        fn message(&self) -> String {
            format!("{} missing", self.missing)
        }
    }

    #[test]
    fn a_class_is_all_its_bases() {
        let error = Exception::new("ZeroDivisionError", "division by zero");
        for class in [
            "ZeroDivisionError",
            "ArithmeticError",
            "Exception",
            "BaseException",
        ] {
            assert!(error.is_a(class), "{class}");
        }
        assert!(!error.is_a("ValueError"));
        assert!(Exception::empty("FileNotFoundError").is_a("IOError"));
        assert!(!Exception::empty("SystemExit").is_a("Exception"));
    }

    #[test]
    fn texts_are_those_of_python() {
        let cases = [
            (
                Exception::new("ValueError", "msg"),
                "msg",
                "ValueError('msg')",
                "ValueError: msg",
            ),
            (
                Exception::new("KeyError", "k"),
                "'k'",
                "KeyError('k')",
                "KeyError: 'k'",
            ),
            (
                Exception::of("KeyError", &[&3i64]),
                "3",
                "KeyError(3)",
                "KeyError: 3",
            ),
            (
                Exception::empty("ValueError"),
                "",
                "ValueError()",
                "ValueError",
            ),
            (
                Exception::of("OSError", &[&2i64, &"x"]),
                "(2, 'x')",
                "OSError(2, 'x')",
                "OSError: (2, 'x')",
            ),
            (
                Exception::new("LinAlgError", "m"),
                "m",
                "LinAlgError('m')",
                "numpy.linalg.LinAlgError: m",
            ),
        ];
        for (error, text, repr, line) in cases {
            assert_eq!(error.message(), text);
            assert_eq!(error.repr_text(), repr);
            assert_eq!(error.traceback_line(), line);
        }
        let arguments = Exception::new("KeyError", "k").args();
        assert_eq!(arguments, [Value::from("k")]);
    }

    #[test]
    fn a_program_s_own_exception_comes_back_whole() {
        let error = Exception::from_user(TooPoor { missing: 5 });
        assert!(error.is_a("BankError") && error.is_a("LookupError") && error.is_a("Exception"));
        assert_eq!(error.downcast::<TooPoor>().unwrap().missing, 5);
        assert_eq!(error.traceback_line(), "bank.TooPoor: 5 missing");
        assert_eq!(error.repr_text(), "TooPoor('5 missing')");
        assert!(
            Exception::new("ValueError", "")
                .downcast::<TooPoor>()
                .is_none()
        );
    }

    #[test]
    fn attempt_leaves_the_labelled_block() {
        let result: Result<i64, Exception> = 'attempt: {
            let value =
                crate::py::attempt!('attempt, Err::<i64, _>(Exception::new("ValueError", "no")));
            Ok(value + 1)
        };
        assert!(result.unwrap_err().is_a("ValueError"));
    }

    #[test]
    fn an_active_handler_is_remembered_until_its_guard_goes() {
        let error = Exception::new("IndexError", "x");
        {
            let _guard = handler(&["LookupError"]);
            assert!(would_be_caught(&error));
            assert!(!would_be_caught(&Exception::new("ValueError", "x")));
        }
        assert!(!would_be_caught(&error));
    }

    #[test]
    fn exit_codes_follow_the_argument() {
        assert_eq!(
            Exception::system_exit(3i64).exit_code(),
            Some(ExitCode::Code(3))
        );
        assert_eq!(
            Exception::system_exit(()).exit_code(),
            Some(ExitCode::Nothing)
        );
        assert_eq!(
            Exception::system_exit("bye").exit_code(),
            Some(ExitCode::Message("bye".into()))
        );
        assert_eq!(Exception::new("ValueError", "x").exit_code(), None);
    }
}
