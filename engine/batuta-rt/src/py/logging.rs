//! Python's `logging`: loggers in a tree by their names, handlers, formats. Messages arrive as complete texts.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::datetime::DateTime;
use super::errors::Exception;
use super::files::{File, open, standard_stream};
use super::program::unsupported;
use super::text::Text;
use super::truth::Truth;

const BASIC_FORMAT: &str = "%(levelname)s:%(name)s:%(message)s";

/// `logging.Logger`; a clone is the same logger.
#[derive(Clone)]
pub struct Logger(Rc<LoggerBody>);

struct LoggerBody {
    name: String,
    level: Cell<i64>,
    handlers: RefCell<Vec<Handler>>,
    propagate: Cell<bool>,
}

/// A handler of any class; a clone is the same handler.
#[derive(Clone)]
pub struct Handler(Rc<HandlerBody>);

struct HandlerBody {
    level: Cell<i64>,
    formatter: RefCell<Option<Formatter>>,
    /// None for a NullHandler.
    stream: Option<File>,
    standard_output: bool,
}

/// `logging.Formatter`.
#[derive(Clone)]
pub struct Formatter {
    format: String,
    dates: Option<String>,
    style: String,
}

/// Where in the program a message is from, where a format asks for it.
#[derive(Clone, Default)]
pub struct Place {
    /// The line.
    pub line: i64,
    /// The function.
    pub function: String,
    /// The file.
    pub file: String,
}

struct Record<'a> {
    level: i64,
    name: &'a str,
    message: &'a str,
    place: &'a Place,
    time: DateTime,
}

#[derive(Default)]
struct Registry {
    loggers: BTreeMap<String, Logger>,
    disabled: i64,
    names: BTreeMap<i64, String>,
}

thread_local! {
    static REGISTRY: RefCell<Registry> = RefCell::new(Registry::default());
    static ROOT: Logger = Logger::new("root", 30);
}

/// `logging.getLevelName(level)`.
pub fn level_name(level: i64) -> String {
    let own = REGISTRY.with_borrow(|registry| registry.names.get(&level).cloned());
    own.unwrap_or_else(|| match level {
        0 => "NOTSET".to_string(),
        10 => "DEBUG".to_string(),
        20 => "INFO".to_string(),
        30 => "WARNING".to_string(),
        40 => "ERROR".to_string(),
        50 => "CRITICAL".to_string(),
        _ => format!("Level {level}"),
    })
}

/// `logging.addLevelName(level, name)`.
pub fn add_level_name(level: i64, name: &str) {
    REGISTRY.with_borrow_mut(|registry| registry.names.insert(level, name.to_string()));
}

/// The number of a level that is given by its name.
pub fn try_level(name: &str) -> Result<i64, Exception> {
    let own = REGISTRY.with_borrow(|registry| {
        registry
            .names
            .iter()
            .find(|(_, each)| *each == name)
            .map(|(level, _)| *level)
    });
    own.or(match name {
        "NOTSET" => Some(0),
        "DEBUG" => Some(10),
        "INFO" => Some(20),
        "WARN" | "WARNING" => Some(30),
        "ERROR" => Some(40),
        "CRITICAL" | "FATAL" => Some(50),
        _ => None,
    })
    .ok_or_else(|| Exception::new("ValueError", format!("Unknown level: {}", name.repr_text())))
}

/// The number of a level that is given by its name.
pub fn level(name: &str) -> i64 {
    super::errors::OrThrow::or_throw(try_level(name))
}

/// `logging.disable(level)`.
pub fn disable(level: i64) {
    REGISTRY.with_borrow_mut(|registry| registry.disabled = level);
}

/// The root logger.
pub fn root() -> Logger {
    ROOT.with(Logger::clone)
}

/// `logging.getLogger(name)`.
pub fn get_logger(name: Option<String>) -> Logger {
    let name = name.unwrap_or_default();
    if name.is_empty() || name == "root" {
        return root();
    }
    REGISTRY.with_borrow_mut(|registry| {
        registry
            .loggers
            .entry(name.clone())
            .or_insert_with(|| Logger::new(&name, 0))
            .clone()
    })
}

/// `logging.basicConfig(…)`: does nothing where the root logger has handlers, unless `force` is given.
pub fn basic_config(
    level: Option<i64>,
    formatter: Formatter,
    handlers: Option<Vec<Handler>>,
    force: bool,
) {
    let root = root();
    if force {
        root.0.handlers.borrow_mut().clear();
    }
    if !root.0.handlers.borrow().is_empty() {
        return;
    }
    let handlers = handlers.unwrap_or_else(|| vec![stream_handler(None)]);
    for handler in handlers {
        if handler.0.formatter.borrow().is_none() {
            handler.set_formatter(formatter.clone());
        }
        root.add_handler(handler);
    }
    if let Some(level) = level {
        root.set_level(level);
    }
}

/// `logging.StreamHandler(stream)`.
pub fn stream_handler(stream: Option<File>) -> Handler {
    let stream = stream.unwrap_or_else(|| standard_stream(true));
    let standard_output = stream.name() == "<stdout>";
    Handler::new(Some(stream), standard_output)
}

/// `logging.FileHandler(path, mode)`.
pub fn file_handler(path: &str, mode: &str) -> Handler {
    Handler::new(Some(open(path, mode, None, None)), true)
}

/// `logging.NullHandler()`.
pub fn null_handler() -> Handler {
    Handler::new(None, false)
}

impl Handler {
    fn new(stream: Option<File>, standard_output: bool) -> Self {
        Handler(Rc::new(HandlerBody {
            level: Cell::new(0),
            formatter: RefCell::new(None),
            stream,
            standard_output,
        }))
    }

    /// `handler.setLevel(level)`.
    pub fn set_level(&self, level: i64) {
        self.0.level.set(level);
    }

    /// `handler.level`.
    pub fn level(&self) -> i64 {
        self.0.level.get()
    }

    /// `handler.setFormatter(formatter)`.
    pub fn set_formatter(&self, formatter: Formatter) {
        self.0.formatter.replace(Some(formatter));
    }

    /// `handler.flush()`.
    pub fn flush(&self) {
        if let Some(stream) = &self.0.stream {
            stream.flush();
        }
    }

    /// `handler.close()`: files are written when the program ends, too.
    pub fn close(&self) {
        self.flush();
    }

    fn emit(&self, record: &Record<'_>, with_traceback: bool) {
        let Some(stream) = &self.0.stream else { return };
        if with_traceback && self.0.standard_output {
            unsupported(
                "a traceback is written where the output is compared: it names lines of Python",
            );
        }
        let text = match &*self.0.formatter.borrow() {
            Some(formatter) => formatter.format(record),
            None => record.message.to_string(),
        };
        stream.write(&format!("{text}\n"));
        if self.0.standard_output {
            stream.flush();
        }
    }
}

impl PartialEq for Handler {
    fn eq(&self, other: &Handler) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Formatter {
    /// `logging.Formatter(format, datefmt, style)`.
    pub fn new(format: Option<String>, dates: Option<String>, style: &str) -> Self {
        let usual = if style == "{" {
            "{message}"
        } else {
            "%(message)s"
        };
        Formatter {
            format: format.unwrap_or_else(|| usual.to_string()),
            dates,
            style: style.to_string(),
        }
    }

    /// The format of `basicConfig` without one.
    pub fn basic(format: Option<String>, dates: Option<String>, style: &str) -> Self {
        let usual = if style == "{" {
            "{levelname}:{name}:{message}"
        } else {
            BASIC_FORMAT
        };
        Formatter::new(
            Some(format.unwrap_or_else(|| usual.to_string())),
            dates,
            style,
        )
    }

    fn time(&self, record: &Record<'_>) -> String {
        match &self.dates {
            Some(format) => record.time.strftime(format),
            None => {
                let whole = record.time.strftime("%Y-%m-%d %H:%M:%S");
                format!("{whole},{:03}", record.time.microsecond() / 1000)
            }
        }
    }

    fn field(&self, record: &Record<'_>, name: &str) -> String {
        let stem = || record.place.file.trim_end_matches(".py").to_string();
        match name {
            "message" => record.message.to_string(),
            "levelname" => level_name(record.level),
            "levelno" => record.level.to_string(),
            "name" => record.name.to_string(),
            "asctime" => self.time(record),
            "lineno" => record.place.line.to_string(),
            "funcName" => record.place.function.clone(),
            "filename" => record.place.file.clone(),
            "module" => stem(),
            "process" => std::process::id().to_string(),
            "processName" => "MainProcess".to_string(),
            "threadName" => "MainThread".to_string(),
            "msecs" => (record.time.microsecond() / 1000).to_string(),
            _ => unsupported(&format!(
                "the field {name} of a log format is not translated"
            )),
        }
    }

    fn format(&self, record: &Record<'_>) -> String {
        let (open, close) = if self.style == "{" {
            ("{", "}")
        } else {
            ("%(", ")")
        };
        let mut text = String::new();
        let mut rest = self.format.as_str();
        while let Some(start) = rest.find(open) {
            text.push_str(&rest[..start]);
            let inside = &rest[start + open.len()..];
            let Some(end) = inside.find(close) else { break };
            let (name, mut after) = (&inside[..end], &inside[end + close.len()..]);
            let (name, width) = if self.style == "{" {
                name.split_once(':').unwrap_or((name, ""))
            } else {
                let length = after
                    .find(|c: char| c.is_ascii_alphabetic())
                    .unwrap_or(after.len());
                let width = &after[..length];
                after = after.get(length + 1..).unwrap_or("");
                (name, width)
            };
            text.push_str(&padded(&self.field(record, name), width, self.style == "{"));
            rest = after;
        }
        text.push_str(rest);
        if self.style == "{" {
            text
        } else {
            text.replace("%%", "%")
        }
    }
}

/// A field in its width: `-8` is left in the style of `%`, `<8` in that of braces, which is the usual there.
fn padded(text: &str, width: &str, braces: bool) -> String {
    let left = width.starts_with('-')
        || width.starts_with('<')
        || (braces && !width.starts_with(['>', '^']));
    let size: usize = width
        .trim_start_matches(['-', '<', '>', '^', '0', 's', 'd'])
        .trim_end_matches(['s', 'd'])
        .parse()
        .unwrap_or(0);
    let zero = width.starts_with('0');
    match (left, zero) {
        _ if width.starts_with('^') => format!("{text:^size$}"),
        (true, _) => format!("{text:<size$}"),
        (false, true) => format!(
            "{}{text}",
            "0".repeat(size.saturating_sub(text.chars().count()))
        ),
        (false, false) => format!("{text:>size$}"),
    }
}

impl Logger {
    fn new(name: &str, level: i64) -> Self {
        Logger(Rc::new(LoggerBody {
            name: name.to_string(),
            level: Cell::new(level),
            handlers: RefCell::new(Vec::new()),
            propagate: Cell::new(true),
        }))
    }

    /// `logger.name`.
    pub fn name(&self) -> String {
        self.0.name.clone()
    }

    /// `logger.level`.
    pub fn level(&self) -> i64 {
        self.0.level.get()
    }

    /// `logger.setLevel(level)`.
    pub fn set_level(&self, level: i64) {
        self.0.level.set(level);
    }

    /// `logger.propagate`.
    pub fn propagate(&self) -> bool {
        self.0.propagate.get()
    }

    /// `logger.propagate = value`.
    pub fn set_propagate(&self, value: bool) {
        self.0.propagate.set(value);
    }

    /// `logger.handlers`.
    pub fn handlers(&self) -> Vec<Handler> {
        self.0.handlers.borrow().clone()
    }

    /// `logger.hasHandlers()`.
    pub fn has_handlers(&self) -> bool {
        self.line()
            .iter()
            .any(|each| !each.0.handlers.borrow().is_empty())
    }

    /// `logger.addHandler(handler)`.
    pub fn add_handler(&self, handler: Handler) {
        let mut handlers = self.0.handlers.borrow_mut();
        if !handlers.contains(&handler) {
            handlers.push(handler);
        }
    }

    /// `logger.removeHandler(handler)`.
    pub fn remove_handler(&self, handler: &Handler) {
        self.0.handlers.borrow_mut().retain(|each| each != handler);
    }

    /// `logger.getChild(name)`.
    pub fn child(&self, name: &str) -> Logger {
        let own = if Rc::ptr_eq(&self.0, &root().0) {
            name.to_string()
        } else {
            format!("{}.{name}", self.0.name)
        };
        get_logger(Some(own))
    }

    /// The loggers above that exist, nearest first, with the root at the end.
    fn above(&self) -> Vec<Logger> {
        let root = root();
        if Rc::ptr_eq(&self.0, &root.0) {
            return Vec::new();
        }
        let mut found = Vec::new();
        let mut name = self.0.name.as_str();
        while let Some((parent, _)) = name.rsplit_once('.') {
            REGISTRY.with_borrow(|registry| found.extend(registry.loggers.get(parent).cloned()));
            name = parent;
        }
        found.push(root);
        found
    }

    /// The logger and those above whose handlers get its messages.
    fn line(&self) -> Vec<Logger> {
        let mut found = vec![self.clone()];
        for each in self.above() {
            if !found.last().is_some_and(Logger::propagate) {
                break;
            }
            found.push(each);
        }
        found
    }

    /// `logger.getEffectiveLevel()`.
    pub fn effective_level(&self) -> i64 {
        let own = std::iter::once(self.clone()).chain(self.above());
        own.map(|each| each.level())
            .find(|&level| level != 0)
            .unwrap_or(0)
    }

    /// `logger.isEnabledFor(level)`.
    pub fn is_enabled_for(&self, level: i64) -> bool {
        let disabled = REGISTRY.with_borrow(|registry| registry.disabled);
        level > disabled && level >= self.effective_level()
    }

    /// A message of a level; `traceback` where it belongs to an exception.
    pub fn log(&self, level: i64, message: &str, traceback: bool) {
        self.log_at(level, message, traceback, &Place::default());
    }

    /// A message with its place in the program.
    pub fn log_at(&self, level: i64, message: &str, traceback: bool, place: &Place) {
        if !self.is_enabled_for(level) {
            return;
        }
        let record = Record {
            level,
            name: &self.0.name,
            message,
            place,
            time: DateTime::now(),
        };
        let mut found = false;
        for logger in self.line() {
            for handler in logger.handlers() {
                found = true;
                if level >= handler.level() {
                    handler.emit(&record, traceback);
                }
            }
        }
        if !found && level >= 30 {
            stream_handler(None).emit(&record, traceback);
        }
    }
}

/// `logging.info(message)` and its kin: the root logger, which gets a handler if it has none.
pub fn log(level: i64, message: &str, traceback: bool) {
    log_at(level, message, traceback, &Place::default());
}

/// The same with its place in the program.
pub fn log_at(level: i64, message: &str, traceback: bool, place: &Place) {
    let root = root();
    if root.0.handlers.borrow().is_empty() {
        basic_config(None, Formatter::basic(None, None, "%"), None, false);
    }
    root.log_at(level, message, traceback, place);
}

impl Logger {
    /// Whether both are the same logger.
    pub fn same(&self, other: &Logger) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Handler {
    /// Whether both are the same handler.
    pub fn same(&self, other: &Handler) -> bool {
        self == other
    }
}

impl Truth for Logger {
    fn truth(&self) -> bool {
        true
    }
}

impl Truth for Handler {
    fn truth(&self) -> bool {
        true
    }
}

impl Text for Logger {
    fn repr_text(&self) -> String {
        let kind = if Rc::ptr_eq(&self.0, &root().0) {
            "RootLogger"
        } else {
            "Logger"
        };
        format!(
            "<{kind} {} ({})>",
            self.0.name,
            level_name(self.effective_level())
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_come_from_the_nearest_logger_above() {
        let (inner, outer) = (
            get_logger(Some("a.b.c".to_string())),
            get_logger(Some("a".to_string())),
        );
        assert_eq!(inner.effective_level(), 30);
        outer.set_level(10);
        assert_eq!(inner.effective_level(), 10);
        assert_eq!(outer.child("b.c").name(), "a.b.c");
        assert!(inner.is_enabled_for(10) && !inner.is_enabled_for(5));
    }

    #[test]
    fn formats_have_widths() {
        let place = Place {
            line: 7,
            ..Place::default()
        };
        let record = Record {
            level: 20,
            name: "x",
            message: "hello",
            place: &place,
            time: DateTime::now(),
        };
        let made = |format: &str, style: &str| {
            Formatter::new(Some(format.to_string()), None, style).format(&record)
        };
        assert_eq!(
            made(
                "[%(levelname)-8s] %(name)s:%(lineno)03d 100%% %(message)s",
                "%"
            ),
            "[INFO    ] x:007 100% hello"
        );
        assert_eq!(made("{levelname:<6}|{message:>7}", "{"), "INFO  |  hello");
    }
}
