//! How NumPy's errors leave this module: as Python exceptions, thrown or returned.

pub use crate::py::Exception;

/// The result of a function that can raise.
pub type Outcome<T> = Result<T, Exception>;

/// `ValueError` with NumPy's message.
pub fn value_error(message: impl Into<String>) -> Exception {
    Exception::new("ValueError", message.into())
}

/// `TypeError`.
pub fn type_error(message: impl Into<String>) -> Exception {
    Exception::new("TypeError", message.into())
}

/// `IndexError` with NumPy's message.
pub fn index_error(message: impl Into<String>) -> Exception {
    Exception::new("IndexError", message.into())
}

/// `numpy.linalg.LinAlgError` with NumPy's message.
pub fn linalg_error(message: impl Into<String>) -> Exception {
    Exception::new("LinAlgError", message.into())
}

/// `numpy.exceptions.AxisError` for an axis outside the array.
pub fn axis_error(axis: i64, rank: usize) -> Exception {
    Exception::new(
        "AxisError",
        format!("axis {axis} is out of bounds for array of dimension {rank}"),
    )
}

/// The value, or the end of the program with Python's last traceback line.
pub fn or_throw<T>(outcome: Outcome<T>) -> T {
    match outcome {
        Ok(value) => value,
        Err(exception) => crate::py::throw(exception),
    }
}

/// A shape as Python writes a tuple: `(3,)`, `(2, 3)`.
pub fn shape_text(shape: &[usize]) -> String {
    match shape {
        [one] => format!("({one},)"),
        many => format!(
            "({})",
            many.iter()
                .map(|each| each.to_string())
                .collect::<Vec<_>>()
                .join(", ")
        ),
    }
}

/// Declares a raising function in its two forms: `name`, which ends the program, and `try_name`, which returns the exception.
macro_rules! raising {
    ($($(#[$doc:meta])* pub fn $name:ident / $attempt:ident [$($generics:tt)*] ($($argument:ident : $type:ty),* $(,)?) -> $out:ty $(where [$($bounds:tt)*])? $body:block)*) => {
        $(
            $(#[$doc])*
            pub fn $name<$($generics)*>($($argument: $type),*) -> $out $(where $($bounds)*)? {
                $crate::np::errors::or_throw($attempt($($argument),*))
            }

            $(#[$doc])*
            ///
            /// Returns the exception instead of ending the program.
            pub fn $attempt<$($generics)*>($($argument: $type),*) -> $crate::np::errors::Outcome<$out> $(where $($bounds)*)? $body
        )*
    };
}
pub(crate) use raising;
