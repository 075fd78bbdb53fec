//! Text files: `open`, and what its result can do.

use std::cell::RefCell;
use std::fs;
use std::io::{self, Write};
use std::rc::{Rc, Weak};

use super::errors::{Exception, OrThrow, OsFailure, raising};
use super::failures::value_error;
use super::output::{redirection, write_err, write_plain};
use super::text::Text;
use super::truth::Truth;

/// So much text waits before it is written to the disk.
const BUFFER_BYTES: usize = 1 << 16;

/// An open text file; a clone is the same file.
#[derive(Clone)]
pub struct File(Rc<RefCell<Content>>);

struct Content {
    name: String,
    mode: String,
    state: State,
}

enum State {
    Closed,
    /// The whole text, and how much of it has been read. Only `\n` ends a line unless `any_newline`.
    Reading {
        text: String,
        position: usize,
        any_newline: bool,
    },
    Writing {
        file: fs::File,
        waiting: Vec<u8>,
    },
    /// `sys.stdout` or `sys.stderr`.
    Standard {
        error: bool,
    },
    /// A text in memory (`io.StringIO`).
    Memory {
        text: String,
        position: usize,
    },
}

thread_local! {
    /// Files that may hold text that is not on the disk yet: Python writes it when the program ends.
    static OPEN: RefCell<Vec<Weak<RefCell<Content>>>> = const { RefCell::new(Vec::new()) };
}

/// Writes what waits in files that the program did not close.
pub(crate) fn flush_open_files() {
    OPEN.with_borrow(|open| {
        for file in open.iter().filter_map(Weak::upgrade) {
            if let Ok(mut content) = file.try_borrow_mut() {
                // The program is ending: there is nobody left to tell of a full disk.
                let _ = content.state.drain();
            }
        }
    });
}

impl State {
    fn drain(&mut self) -> io::Result<()> {
        if let State::Writing { file, waiting } = self {
            let written = file.write_all(waiting);
            waiting.clear();
            return written;
        }
        Ok(())
    }
}

impl Drop for Content {
    fn drop(&mut self) {
        // As when Python's collector closes a file, nobody hears of a failure.
        let _ = self.state.drain();
    }
}

/// The exception that Python raises for a failure of the operating system.
pub fn os_error(error: &io::Error, path: Option<&str>) -> Exception {
    let number = error.raw_os_error().unwrap_or(0);
    let (class, reason) = match number {
        2 => ("FileNotFoundError", "No such file or directory"),
        13 => ("PermissionError", "Permission denied"),
        17 => ("FileExistsError", "File exists"),
        20 => ("NotADirectoryError", "Not a directory"),
        21 => ("IsADirectoryError", "Is a directory"),
        28 => ("OSError", "No space left on device"),
        30 => ("OSError", "Read-only file system"),
        39 => ("OSError", "Directory not empty"),
        _ => ("OSError", ""),
    };
    let reason = if reason.is_empty() {
        error.to_string()
    } else {
        reason.to_string()
    };
    Exception::of_system(
        class,
        OsFailure {
            number: number.into(),
            reason,
            path: path.map(str::to_string),
        },
    )
}

pub(crate) fn decode(bytes: Vec<u8>, encoding: &str) -> Result<String, Exception> {
    match encoding.to_ascii_lowercase().replace('_', "-").as_str() {
        "utf-8" | "utf8" | "ascii" | "us-ascii" => String::from_utf8(bytes).map_err(|error| {
            let place = error.utf8_error().valid_up_to();
            let byte = error.as_bytes()[place];
            let reason = if error.utf8_error().error_len().is_none() {
                "unexpected end of data"
            } else if (0xc2..=0xf4).contains(&byte) {
                "invalid continuation byte"
            } else {
                "invalid start byte"
            };
            Exception::new(
                "UnicodeDecodeError",
                format!(
                    "'utf-8' codec can't decode byte 0x{byte:02x} in position {place}: {reason}"
                ),
            )
        }),
        "utf-8-sig" => decode(
            bytes
                .strip_prefix(b"\xef\xbb\xbf")
                .map(<[u8]>::to_vec)
                .unwrap_or(bytes),
            "utf-8",
        ),
        "latin-1" | "iso-8859-1" | "iso8859-1" | "latin1" => {
            Ok(bytes.into_iter().map(char::from).collect())
        }
        other => Err(Exception::new(
            "LookupError",
            format!("unknown encoding: {other}"),
        )),
    }
}

raising! {
    /// `open(path, mode, encoding, newline)`.
    pub fn open, try_open(path: &str, mode: &str, encoding: Option<String>, newline: Option<String>) -> File {
        let encoding = encoding.unwrap_or_else(|| "utf-8".to_string());
        let failed = |error: io::Error| os_error(&error, Some(path));
        let kind = mode.replace('t', "");
        let state = match kind.as_str() {
            "r" => {
                if fs::metadata(path).map_err(failed)?.is_dir() {
                    return Err(os_error(&io::Error::from_raw_os_error(21), Some(path)));
                }
                let text = decode(fs::read(path).map_err(failed)?, &encoding)?;
                let text = if newline.is_none() && text.contains('\r') {
                    text.replace("\r\n", "\n").replace('\r', "\n")
                } else {
                    text
                };
                State::Reading { text, position: 0, any_newline: newline.as_deref() == Some("") }
            }
            "w" | "a" | "x" => {
                let mut options = fs::OpenOptions::new();
                match kind.as_str() {
                    "w" => options.write(true).create(true).truncate(true),
                    "a" => options.append(true).create(true),
                    _ => options.write(true).create_new(true),
                };
                State::Writing { file: options.open(path).map_err(failed)?, waiting: Vec::new() }
            }
            _ => return Err(value_error(format!("invalid mode: {}", mode.repr_text()))),
        };
        Ok(File::register(path, mode, state))
    }
}

/// `io.StringIO(text)`.
pub fn string_io(text: &str) -> File {
    File::register(
        "",
        "",
        State::Memory {
            text: text.to_string(),
            position: 0,
        },
    )
}

/// `sys.stdout`, or `sys.stderr`.
pub fn standard_stream(error: bool) -> File {
    if let Some(file) = redirection().filter(|_| !error) {
        return file;
    }
    let name = if error { "<stderr>" } else { "<stdout>" };
    File::register(name, "w", State::Standard { error })
}

/// The end of the line that starts at `start`.
fn line_end(text: &str, start: usize, any_newline: bool) -> usize {
    let rest = &text.as_bytes()[start..];
    let found = rest
        .iter()
        .position(|byte| *byte == b'\n' || (any_newline && *byte == b'\r'));
    match found {
        None => text.len(),
        Some(place) if rest[place] == b'\r' && rest.get(place + 1) == Some(&b'\n') => {
            start + place + 2
        }
        Some(place) => start + place + 1,
    }
}

impl Truth for File {
    fn truth(&self) -> bool {
        true
    }
}

/// Where the character at a place begins; behind the end each character counts as one byte.
fn byte_of(text: &str, place: i64) -> usize {
    let place = place.max(0) as usize;
    match text.char_indices().nth(place) {
        Some((found, _)) => found,
        None => text.len() + place - text.chars().count(),
    }
}

/// The place of the character that begins at a byte.
fn place_of(text: &str, position: usize) -> i64 {
    let inside = position.min(text.len());
    (text[..inside].chars().count() + position - inside) as i64
}

impl File {
    /// Whether both are the same file.
    pub fn same(&self, other: &File) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    fn register(name: &str, mode: &str, state: State) -> File {
        let file = File(Rc::new(RefCell::new(Content {
            name: name.to_string(),
            mode: mode.to_string(),
            state,
        })));
        OPEN.with_borrow_mut(|open| {
            open.retain(|each| each.strong_count() > 0);
            open.push(Rc::downgrade(&file.0));
        });
        file
    }

    fn reading<R>(&self, read: impl FnOnce(&str, &mut usize, bool) -> R) -> Result<R, Exception> {
        match &mut self.0.borrow_mut().state {
            State::Closed => Err(value_error("I/O operation on closed file.")),
            State::Writing { .. } | State::Standard { .. } => {
                Err(Exception::new("UnsupportedOperation", "not readable"))
            }
            State::Reading {
                text,
                position,
                any_newline,
            } => Ok(read(text, position, *any_newline)),
            State::Memory { text, position } if *position > text.len() => {
                Ok(read(text, &mut text.len(), false))
            }
            State::Memory { text, position } => Ok(read(text, position, false)),
        }
    }

    /// `f.read(size)`: everything that is left, without a size or with a negative one.
    pub fn try_read(&self, size: Option<i64>) -> Result<String, Exception> {
        self.reading(|text, position, _| {
            let rest = &text[*position..];
            let end = match size {
                Some(size) if size >= 0 => rest
                    .char_indices()
                    .nth(size as usize)
                    .map_or(rest.len(), |pair| pair.0),
                _ => rest.len(),
            };
            *position += end;
            rest[..end].to_string()
        })
    }

    /// `f.readline()`: empty at the end of the file.
    pub fn try_readline(&self) -> Result<String, Exception> {
        self.reading(|text, position, any_newline| {
            let start = *position;
            *position = line_end(text, start, any_newline);
            text[start..*position].to_string()
        })
    }

    /// `f.readlines()`.
    pub fn try_readlines(&self) -> Result<Vec<String>, Exception> {
        let mut lines = Vec::new();
        loop {
            let line = self.try_readline()?;
            if line.is_empty() {
                return Ok(lines);
            }
            lines.push(line);
        }
    }

    /// `f.write(text)`: how many characters were written.
    pub fn try_write(&self, added: &str) -> Result<i64, Exception> {
        match &mut self.0.borrow_mut().state {
            State::Closed => return Err(value_error("I/O operation on closed file.")),
            State::Reading { .. } => {
                return Err(Exception::new("UnsupportedOperation", "not writable"));
            }
            State::Standard { error: true } => write_err(format_args!("{added}"), false),
            State::Standard { error: false } => write_plain(added, false),
            State::Memory { text, position } => {
                if *position > text.len() {
                    text.push_str(&"\0".repeat(*position - text.len()));
                }
                let end = text[*position..]
                    .char_indices()
                    .nth(added.chars().count())
                    .map_or(text.len(), |pair| *position + pair.0);
                text.replace_range(*position..end, added);
                *position += added.len();
            }
            state @ State::Writing { .. } => {
                let State::Writing { waiting, .. } = state else {
                    unreachable!()
                };
                waiting.extend_from_slice(added.as_bytes());
                if waiting.len() >= BUFFER_BYTES {
                    state.drain().map_err(|error| os_error(&error, None))?;
                }
            }
        }
        Ok(added.chars().count() as i64)
    }

    /// `f.writelines(lines)`.
    pub fn try_writelines(&self, lines: impl IntoIterator<Item = String>) -> Result<(), Exception> {
        lines
            .into_iter()
            .try_for_each(|line| self.try_write(&line).map(|_| ()))
    }

    /// `f.flush()`.
    pub fn try_flush(&self) -> Result<(), Exception> {
        if matches!(self.0.borrow().state, State::Standard { .. }) {
            super::output::flush();
        }
        self.0
            .borrow_mut()
            .state
            .drain()
            .map_err(|error| os_error(&error, None))
    }

    /// `f.close()`.
    pub fn try_close(&self) -> Result<(), Exception> {
        self.try_flush()?;
        self.0.borrow_mut().state = State::Closed;
        Ok(())
    }

    /// `f.seek(offset, whence)`: to a place that `tell` gave, to the start or to the end.
    pub fn try_seek(&self, place: i64, whence: i64) -> Result<i64, Exception> {
        if whence != 0 && place != 0 {
            let from = if whence == 1 { "cur" } else { "end" };
            let message = format!("Can't do nonzero {from}-relative seeks");
            return Err(Exception::new("OSError", message));
        }
        if let State::Memory { text, position } = &mut self.0.borrow_mut().state {
            match whence {
                0 => *position = byte_of(text, place),
                1 => {}
                _ => *position = text.len(),
            }
            return Ok(place_of(text, *position));
        }
        self.reading(|text, position, _| {
            match whence {
                0 => *position = (place.max(0) as usize).min(text.len()),
                1 => {}
                _ => *position = text.len(),
            }
            *position as i64
        })
    }

    /// `f.tell()`: characters of a text in memory, bytes of a file.
    pub fn try_tell(&self) -> Result<i64, Exception> {
        if let State::Memory { text, position } = &self.0.borrow().state {
            return Ok(place_of(text, *position));
        }
        self.reading(|_, position, _| *position as i64)
    }

    /// `f.truncate(size)` of a StringIO: up to where it is read and written, without a size.
    pub fn try_truncate(&self, size: Option<i64>) -> Result<i64, Exception> {
        match &mut self.0.borrow_mut().state {
            State::Closed => Err(value_error("I/O operation on closed file.")),
            State::Memory { text, position } => {
                let place = place_of(text, *position);
                let length = size.unwrap_or(place);
                text.truncate(byte_of(text, length));
                *position = byte_of(text, place);
                Ok(length)
            }
            _ => super::program::unsupported("`truncate` of a file on the disk"),
        }
    }

    /// `f.getvalue()` of a StringIO.
    pub fn try_getvalue(&self) -> Result<String, Exception> {
        match &self.0.borrow().state {
            State::Memory { text, .. } => Ok(text.clone()),
            _ => Err(value_error("I/O operation on closed file")),
        }
    }

    /// `f.name`.
    pub fn name(&self) -> String {
        self.0.borrow().name.clone()
    }

    /// `f.mode`.
    pub fn mode(&self) -> String {
        self.0.borrow().mode.clone()
    }

    /// `f.closed`.
    pub fn closed(&self) -> bool {
        matches!(self.0.borrow().state, State::Closed)
    }

    /// What `print` writes to this file; with a line feed after it if `line` is set.
    pub fn print(&self, text: std::fmt::Arguments<'_>, line: bool) {
        self.write(&format!("{text}{}", if line { "\n" } else { "" }));
    }

    /// The lines, each with its line feed.
    pub fn items(&self) -> Lines {
        Lines(self.clone())
    }

    /// `f.read(size)`.
    pub fn read(&self, size: Option<i64>) -> String {
        self.try_read(size).or_throw()
    }
    /// `f.readline()`.
    pub fn readline(&self) -> String {
        self.try_readline().or_throw()
    }
    /// `f.readlines()`.
    pub fn readlines(&self) -> Vec<String> {
        self.try_readlines().or_throw()
    }
    /// `f.write(text)`.
    pub fn write(&self, text: &str) -> i64 {
        self.try_write(text).or_throw()
    }
    /// `f.writelines(lines)`.
    pub fn writelines(&self, lines: impl IntoIterator<Item = String>) {
        self.try_writelines(lines).or_throw();
    }
    /// `f.flush()`.
    pub fn flush(&self) {
        self.try_flush().or_throw();
    }
    /// `f.close()`.
    pub fn close(&self) {
        self.try_close().or_throw();
    }
    /// `f.seek(position)`.
    pub fn seek(&self, place: i64, whence: i64) -> i64 {
        self.try_seek(place, whence).or_throw()
    }

    /// `f.truncate(size)`.
    pub fn truncate(&self, size: Option<i64>) -> i64 {
        self.try_truncate(size).or_throw()
    }
    /// `f.tell()`.
    pub fn tell(&self) -> i64 {
        self.try_tell().or_throw()
    }
    /// `f.getvalue()`.
    pub fn getvalue(&self) -> String {
        self.try_getvalue().or_throw()
    }
}

/// `print(…, file=f)`.
#[macro_export]
macro_rules! batuta_print_to {
    ($file:expr, $($part:tt)*) => { $crate::py::File::print($file, format_args!($($part)*), true) };
}

/// `print(…, file=f, end="")`.
#[macro_export]
macro_rules! batuta_write_to {
    ($file:expr, $($part:tt)*) => { $crate::py::File::print($file, format_args!($($part)*), false) };
}

/// The lines of a file in a loop.
pub struct Lines(File);

impl Iterator for Lines {
    type Item = String;
    fn next(&mut self) -> Option<String> {
        let line = self.0.readline();
        (!line.is_empty()).then_some(line)
    }
}

impl IntoIterator for File {
    type Item = String;
    type IntoIter = Lines;
    fn into_iter(self) -> Lines {
        Lines(self)
    }
}

impl IntoIterator for &File {
    type Item = String;
    type IntoIter = Lines;
    fn into_iter(self) -> Lines {
        self.items()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let path = std::env::temp_dir().join(format!("batuta-files-{}", std::process::id()));
        let path = path.to_str().unwrap();
        let file = open(path, "w", None, None);
        assert_eq!(file.write("añb\r\nc"), 6);
        file.writelines(["\n".to_string(), "last".to_string()]);
        file.close();
        assert_eq!(
            file.try_write("x").unwrap_err().message(),
            "I/O operation on closed file."
        );
        let file = open(path, "r", None, None);
        assert_eq!(file.readline(), "añb\n");
        assert_eq!(file.read(Some(1)), "c");
        assert_eq!(file.items().collect::<Vec<_>>(), ["\n", "last"]);
        assert_eq!(file.read(None), "");
        let raw = open(path, "r", Some("utf-8".into()), Some(String::new()));
        assert_eq!(raw.readlines(), ["añb\r\n", "c\n", "last"]);
        fs::remove_file(path).unwrap();
        let error = try_open(path, "r", None, None).err().unwrap();
        assert_eq!(
            error.message(),
            format!("[Errno 2] No such file or directory: '{path}'")
        );
        assert!(error.is_a("OSError"));
    }

    #[test]
    fn a_text_in_memory() {
        let file = string_io("one\ntwo");
        assert_eq!(file.readline(), "one\n");
        file.write("TWO!");
        assert_eq!(file.getvalue(), "one\nTWO!");
    }

    #[test]
    fn bad_bytes_are_named() {
        assert_eq!(
            decode(b"ab\xffc".to_vec(), "utf-8").unwrap_err().message(),
            "'utf-8' codec can't decode byte 0xff in position 2: invalid start byte"
        );
    }
}
