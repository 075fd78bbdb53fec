//! Runs a translated program: its stack, its output, and all the ways in which it can end.

use std::panic;
use std::process;
use std::thread;

use super::errors::{Exception, ExitCode, would_be_caught};
use super::output::{flush, write_error};

/// Address space, not memory: Python's recursion limit of 1000 is nothing against it, and recursion far deeper works too.
///
/// A stack that overflows all the same ends the process by a signal; Rust cannot catch that.
const STACK_BYTES: usize = 512 << 20;

/// The exit code for a limit of the translation, such as an integer that left `i64`: not Python's behaviour.
const EXIT_LIMIT: i32 = 70;
/// The exit code for a defect of the translation.
const EXIT_INTERNAL: i32 = 71;
/// The exit code for an exception that a handler of the program should have seen.
const EXIT_MISSED_HANDLER: i32 = 72;

/// Runs the program and ends the process with Python's exit code.
pub fn run(program: fn()) {
    panic::set_hook(Box::new(|what| {
        let text = match what.payload().downcast_ref::<&str>() {
            Some(text) => text.to_string(),
            None => what
                .payload()
                .downcast_ref::<String>()
                .cloned()
                .unwrap_or_default(),
        };
        let place = what
            .location()
            .map(|place| format!(" ({place})"))
            .unwrap_or_default();
        if text.contains("with overflow") {
            integer_overflow_at(&place);
        }
        flush();
        write_error(&format!("batuta: internal error: {text}{place}\n"));
        process::exit(EXIT_INTERNAL);
    }));
    let thread = thread::Builder::new()
        .name("program".to_string())
        .stack_size(STACK_BYTES)
        .spawn(move || {
            program();
            flush();
            process::exit(0);
        });
    match thread {
        Ok(thread) => drop(thread.join()),
        Err(error) => {
            write_error(&format!(
                "batuta: internal error: no thread for the program: {error}\n"
            ));
            process::exit(EXIT_INTERNAL);
        }
    }
}

/// Ends the program because an integer left the range of `i64`.
#[cold]
pub fn integer_overflow() -> ! {
    integer_overflow_at("")
}

/// Ends the program at something that the translation does not do; the text says what it was.
#[cold]
pub fn unsupported(what: &str) -> ! {
    flush();
    write_error(&format!("batuta: {what}\n"));
    process::exit(EXIT_LIMIT);
}

fn integer_overflow_at(place: &str) -> ! {
    flush();
    write_error(&format!(
        "OverflowError: an integer left the range of i64{place}; Python would go on with a bigger one\n"
    ));
    process::exit(EXIT_LIMIT);
}

pub(crate) fn end_with(exception: &Exception) -> ! {
    flush();
    if would_be_caught(exception) {
        write_error(&format!(
            "batuta: an exception was raised where a handler of the program would have caught it\n{}\n",
            exception.traceback_line()
        ));
        process::exit(EXIT_MISSED_HANDLER);
    }
    match exception.exit_code() {
        // The operating system keeps the low byte, as it does for Python.
        Some(ExitCode::Code(code)) => process::exit(code as i32),
        Some(ExitCode::Nothing) => process::exit(0),
        Some(ExitCode::Message(text)) => write_error(&format!("{text}\n")),
        None => write_error(&format!(
            "Traceback (most recent call last):\n{}\n",
            exception.traceback_line()
        )),
    }
    process::exit(1);
}
