//! Python's module `datetime`: dates, moments, the time between them, and time zones at a fixed distance from UTC.

mod among_values;
pub mod calendar;
mod clock;
mod date;
mod fields;
mod moment;
mod reading;
mod span;
mod writing;
mod zone;

pub use clock::{IsoWeek, Time};
pub use date::Date;
pub use fields::{StructTime, struct_time, try_struct_time};
pub use moment::DateTime;
pub use span::TimeDelta;
pub use zone::TimeZone;

use super::errors::Exception;

fn out_of_range() -> Exception {
    Exception::new("OverflowError", "date value out of range")
}

#[cfg(test)]
mod tests;
