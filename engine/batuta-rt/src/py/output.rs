//! Text out and in: buffered stdout, stderr, and lines of stdin.

use std::fmt;
use std::io::{self, BufRead, IsTerminal, Read, Write};
use std::process;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use super::errors::{Exception, raising};

/// Python's own buffer has 8 KiB; a bigger one only saves system calls.
const BUFFER_BYTES: usize = 1 << 16;

struct Buffer {
    bytes: Vec<u8>,
    /// A terminal sees each line at once.
    by_line: bool,
}

static BUFFER: LazyLock<Mutex<Buffer>> = LazyLock::new(|| {
    Mutex::new(Buffer {
        bytes: Vec::with_capacity(BUFFER_BYTES),
        by_line: io::stdout().is_terminal(),
    })
});

fn buffer() -> MutexGuard<'static, Buffer> {
    BUFFER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Adds text to stdout, with a line feed after it if `line` is set.
pub fn write_out(text: fmt::Arguments<'_>, line: bool) {
    // The text is complete before the buffer is locked: a `__str__` of the program may print, too.
    let made;
    let text = match text.as_str() {
        Some(text) => text,
        None => {
            made = text.to_string();
            &made
        }
    };
    match redirection() {
        Some(file) => {
            file.write(text);
            if line {
                file.write("\n");
            }
        }
        None => write_plain(text, line),
    }
}

/// Adds text to stdout itself, wherever prints go.
pub(crate) fn write_plain(text: &str, line: bool) {
    let mut buffer = buffer();
    buffer.bytes.extend_from_slice(text.as_bytes());
    if line {
        buffer.bytes.push(b'\n');
    }
    if buffer.bytes.len() >= BUFFER_BYTES || (buffer.by_line && (line || text.contains('\n'))) {
        drain(&mut buffer);
    }
}

/// Writes what waits in the buffer of stdout, and in files that are still open.
pub fn flush() {
    super::files::flush_open_files();
    drain(&mut buffer());
}

fn drain(buffer: &mut Buffer) {
    let mut out = io::stdout().lock();
    let written = out.write_all(&buffer.bytes).and_then(|()| out.flush());
    buffer.bytes.clear();
    if let Err(error) = written {
        let text = match error.kind() {
            io::ErrorKind::BrokenPipe => "BrokenPipeError: [Errno 32] Broken pipe".to_string(),
            _ => format!("OSError: {error}"),
        };
        write_error(&format!("{text}\n"));
        process::exit(1);
    }
}

/// Writes to stderr; a closed stderr is nobody's problem.
pub(crate) fn write_error(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Writes text to stderr after all that stdout has got before.
pub fn write_err(text: fmt::Arguments<'_>, line: bool) {
    let text = text.to_string();
    flush();
    write_error(&if line { text + "\n" } else { text });
}

/// `print(...)` to stdout with a line feed.
#[macro_export]
macro_rules! batuta_print {
    () => { $crate::py::write_out(format_args!(""), true) };
    ($($part:tt)*) => { $crate::py::write_out(format_args!($($part)*), true) };
}

/// `print(..., end="")` to stdout.
#[macro_export]
macro_rules! batuta_write {
    ($($part:tt)*) => { $crate::py::write_out(format_args!($($part)*), false) };
}

/// `print(..., file=sys.stderr)`.
#[macro_export]
macro_rules! batuta_eprint {
    () => { $crate::py::write_err(format_args!(""), true) };
    ($($part:tt)*) => { $crate::py::write_err(format_args!($($part)*), true) };
}

/// `sys.stderr.write(...)`.
#[macro_export]
macro_rules! batuta_ewrite {
    ($($part:tt)*) => { $crate::py::write_err(format_args!($($part)*), false) };
}

thread_local! {
    /// The files that stdout is redirected to, the innermost last.
    static REDIRECTED: std::cell::RefCell<Vec<super::files::File>> = const { std::cell::RefCell::new(Vec::new()) };
}

/// The file that stdout is redirected to.
pub(crate) fn redirection() -> Option<super::files::File> {
    REDIRECTED.with_borrow(|files| files.last().cloned())
}

/// What is printed from now on goes to a file.
pub fn redirected(target: super::files::File) {
    REDIRECTED.with_borrow_mut(|files| files.push(target));
}

/// What is printed goes where it went before.
pub fn restored() {
    REDIRECTED.with_borrow_mut(|files| files.pop());
}

/// `sys.stdout.write(text)`: how many characters were written.
pub fn write_stdout(text: &str) -> i64 {
    write_out(format_args!("{text}"), false);
    text.chars().count() as i64
}

/// `sys.stderr.write(text)`.
pub fn write_stderr(text: &str) -> i64 {
    write_err(format_args!("{text}"), false);
    text.chars().count() as i64
}

/// `warnings.warn(message)`.
pub fn warn(message: &str) {
    write_err(format_args!("Warning: {message}\n"), false);
}

/// `sys.argv`; the first one is the program itself.
pub fn argv() -> Vec<String> {
    std::env::args_os()
        .map(|each| each.to_string_lossy().into_owned())
        .collect()
}

/// `sys.platform`.
pub fn platform() -> String {
    let name = match std::env::consts::OS {
        "macos" => "darwin",
        "windows" => "win32",
        other => other,
    };
    name.to_string()
}

/// `sys.setrecursionlimit(limit)`: the stack is far deeper than any usual limit, so there is nothing to set.
pub fn set_recursion_limit(limit: i64) {
    let _ = limit;
}

/// Bytes of stdin as text, with all ends of lines as line feeds.
fn decoded(bytes: Vec<u8>) -> Result<String, Exception> {
    let text = String::from_utf8(bytes)
        .map_err(|_| Exception::new("UnicodeDecodeError", "stdin does not hold UTF-8"))?;
    Ok(if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    })
}

/// `sys.stdin` as something to iterate over.
#[derive(Clone, Debug)]
pub struct Stdin;

/// The lines that are left, with their ends.
impl Iterator for Stdin {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        Some(read_line()).filter(|line| !line.is_empty())
    }
}

raising! {
    /// `sys.stdin.readline()`: a line with its end; empty at the end of stdin.
    pub fn read_line, try_read_line() -> String {
        flush();
        let mut bytes = Vec::new();
        io::stdin()
            .lock()
            .read_until(b'\n', &mut bytes)
            .map_err(|error| Exception::new("OSError", error.to_string()))?;
        decoded(bytes)
    }

    /// `sys.stdin.read()`.
    pub fn read_all, try_read_all() -> String {
        flush();
        let mut bytes = Vec::new();
        io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|error| Exception::new("OSError", error.to_string()))?;
        decoded(bytes)
    }

    /// `input(prompt)`: one line of stdin without its line feed; an EOFError at the end of stdin.
    pub fn input, try_input(prompt: &str) -> String {
        write_out(format_args!("{prompt}"), false);
        let mut line = try_read_line()?;
        if line.is_empty() {
            return Err(Exception::new("EOFError", "EOF when reading a line"));
        }
        if line.ends_with('\n') {
            line.pop();
        }
        Ok(line)
    }
}
