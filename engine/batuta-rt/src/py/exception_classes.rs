//! The exception classes of Python and of the libraries, with their bases.

/// Builtin and library exception classes: name, direct base, and the module that Python writes before an uncaught one.
#[rustfmt::skip]
const CLASSES: &[(&str, &str, &str)] = &[
    ("Exception", "BaseException", ""),
    ("SystemExit", "BaseException", ""),
    ("KeyboardInterrupt", "BaseException", ""),
    ("GeneratorExit", "BaseException", ""),
    ("ArithmeticError", "Exception", ""),
    ("FloatingPointError", "ArithmeticError", ""),
    ("OverflowError", "ArithmeticError", ""),
    ("ZeroDivisionError", "ArithmeticError", ""),
    ("AssertionError", "Exception", ""),
    ("AttributeError", "Exception", ""),
    ("FrozenInstanceError", "AttributeError", "dataclasses."),
    ("BufferError", "Exception", ""),
    ("EOFError", "Exception", ""),
    ("ImportError", "Exception", ""),
    ("ModuleNotFoundError", "ImportError", ""),
    ("LookupError", "Exception", ""),
    ("IndexError", "LookupError", ""),
    ("KeyError", "LookupError", ""),
    ("MemoryError", "Exception", ""),
    ("NameError", "Exception", ""),
    ("UnboundLocalError", "NameError", ""),
    ("OSError", "Exception", ""),
    ("BlockingIOError", "OSError", ""),
    ("ChildProcessError", "OSError", ""),
    ("ConnectionError", "OSError", ""),
    ("BrokenPipeError", "ConnectionError", ""),
    ("ConnectionAbortedError", "ConnectionError", ""),
    ("ConnectionRefusedError", "ConnectionError", ""),
    ("ConnectionResetError", "ConnectionError", ""),
    ("FileExistsError", "OSError", ""),
    ("FileNotFoundError", "OSError", ""),
    ("InterruptedError", "OSError", ""),
    ("IsADirectoryError", "OSError", ""),
    ("NotADirectoryError", "OSError", ""),
    ("PermissionError", "OSError", ""),
    ("ProcessLookupError", "OSError", ""),
    ("TimeoutError", "OSError", ""),
    ("ReferenceError", "Exception", ""),
    ("RuntimeError", "Exception", ""),
    ("NotImplementedError", "RuntimeError", ""),
    ("RecursionError", "RuntimeError", ""),
    ("StopIteration", "Exception", ""),
    ("StopAsyncIteration", "Exception", ""),
    ("SyntaxError", "Exception", ""),
    ("IndentationError", "SyntaxError", ""),
    ("SystemError", "Exception", ""),
    ("TypeError", "Exception", ""),
    ("ValueError", "Exception", ""),
    ("UnicodeError", "ValueError", ""),
    ("UnicodeDecodeError", "UnicodeError", ""),
    ("UnicodeEncodeError", "UnicodeError", ""),
    ("UnicodeTranslateError", "UnicodeError", ""),
    ("Warning", "Exception", ""),
    ("DeprecationWarning", "Warning", ""),
    ("FutureWarning", "Warning", ""),
    ("RuntimeWarning", "Warning", ""),
    ("UserWarning", "Warning", ""),
    ("JSONDecodeError", "ValueError", "json.decoder."),
    ("LinAlgError", "ValueError", "numpy.linalg."),
    ("AxisError", "ValueError", "numpy.exceptions."),
    ("NotFittedError", "ValueError", "sklearn.exceptions."),
    ("ArgumentTypeError", "Exception", "argparse."),
    ("binascii.Error", "ValueError", "binascii."),
    ("CancelledError", "BaseException", "asyncio.exceptions."),
    ("InvalidStateError", "Exception", "asyncio.exceptions."),
    ("re.error", "Exception", "re."),
    ("struct.error", "Exception", "struct."),
    ("DecimalException", "ArithmeticError", "decimal."),
    ("InvalidOperation", "DecimalException", "decimal."),
    ("DivisionByZero", "ZeroDivisionError", "decimal."),
    ("calendar.IllegalMonthError", "ValueError", "calendar."),
    ("StatisticsError", "ValueError", "statistics."),
    ("UnsupportedOperation", "OSError", "io."),
    ("Empty", "Exception", "_queue."),
];

/// The row of a class that is not the program's own.
pub(crate) fn declared(class: &str) -> Option<&'static (&'static str, &'static str, &'static str)> {
    CLASSES.iter().find(|each| each.0 == class)
}

/// The class and its bases, nearest first, up to `BaseException`.
pub(crate) fn ancestors(class: &'static str) -> Vec<&'static str> {
    let mut chain = vec![class];
    let mut current = class;
    while let Some((_, base, _)) = declared(current) {
        chain.push(base);
        // sklearn's class has two bases; both are names that programs catch.
        if current == "NotFittedError" {
            chain.push("AttributeError");
        }
        current = base;
    }
    chain
}
