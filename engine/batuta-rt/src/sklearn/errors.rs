//! The exceptions that scikit-learn raises, with its texts.

pub use crate::py::Exception;

/// The result of everything that can raise.
pub type Result<T> = std::result::Result<T, Exception>;

/// A `ValueError`.
pub fn value_error(message: impl Into<String>) -> Exception {
    Exception::new("ValueError", message)
}

/// An `AttributeError` for something that an object does not have (yet).
pub fn no_attribute(class: &str, attribute: &str) -> Exception {
    Exception::new(
        "AttributeError",
        format!("'{class}' object has no attribute '{attribute}'"),
    )
}

/// The error of a method that needs a fitted estimator.
pub fn not_fitted(class: &str) -> Exception {
    Exception::new(
        "NotFittedError",
        format!(
            "This {class} instance is not fitted yet. Call 'fit' with appropriate arguments before using this estimator."
        ),
    )
}

/// The error of arrays whose first axes differ.
pub fn inconsistent_lengths(lengths: &[usize]) -> Exception {
    value_error(format!(
        "Found input variables with inconsistent numbers of samples: {lengths:?}"
    ))
}

/// One warning on standard error, as Python's `warnings` prints it (without the file and line of the library).
pub fn warn(category: &str, message: &str) {
    eprintln!("{category}: {message}");
}

/// Ends the program as Python would, or hands out the value.
pub fn unwrap<T>(result: Result<T>) -> T {
    result.unwrap_or_else(|exception| crate::py::throw(exception))
}

/// Writes the two forms of raising methods: `name`, which ends the program, and `try_name`, which is given.
macro_rules! throwing {
    ($( $(#[$meta:meta])* $name:ident = $try_name:ident $(<$($g:ident : $bound:path),+>)? (&self $(, $argument:ident : $type:ty)*) -> $result:ty; )*) => {
        $( $(#[$meta])*
        pub fn $name $(<$($g: $bound),+>)? (&self $(, $argument: $type)*) -> $result {
            $crate::sklearn::errors::unwrap(self.$try_name $(::<$($g),+>)? ($($argument),*))
        } )*
    };
}
pub(crate) use throwing;

/// The same for free functions.
macro_rules! throwing_functions {
    ($( $(#[$meta:meta])* $name:ident = $try_name:ident $(<$($g:ident : $bound:path),+>)? ($($argument:ident : $type:ty),*) -> $result:ty; )*) => {
        $( $(#[$meta])*
        #[allow(clippy::too_many_arguments)]
        pub fn $name $(<$($g: $bound),+>)? ($($argument: $type),*) -> $result {
            $crate::sklearn::errors::unwrap($try_name $(::<$($g),+>)? ($($argument),*))
        } )*
    };
}
pub(crate) use throwing_functions;
