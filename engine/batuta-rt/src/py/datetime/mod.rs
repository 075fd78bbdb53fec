//! Python's module `datetime`, without time zones: dates, moments, and the time between them.

pub mod calendar;
mod clock;
mod date;
mod moment;
mod reading;
mod span;
mod writing;

pub use clock::{IsoWeek, Time};
pub use date::Date;
pub use moment::DateTime;
pub use span::TimeDelta;

use super::errors::Exception;

fn out_of_range() -> Exception {
    Exception::new("OverflowError", "date value out of range")
}

#[cfg(test)]
mod tests;
