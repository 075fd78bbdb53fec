//! How a block that has handlers was left.

/// The way on after a `try`, `with` or `finally` block that no exception has left.
#[derive(Clone, Debug, PartialEq)]
pub enum Flow<T> {
    /// To the statement after it.
    Next,
    /// Out of the function, with its result.
    Return(T),
    /// Out of the loop around it.
    Break,
    /// To the next round of the loop around it.
    Continue,
}
