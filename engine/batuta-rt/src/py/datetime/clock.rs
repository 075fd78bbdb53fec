//! `time`: a time of day without a time zone; and the week that a date is in.

use super::super::errors::{Exception, OrThrow};
use super::super::failures::index_error;
use super::super::format::Format;
use super::super::key::{Key, hash_int};
use super::super::text::Text;
use super::super::truth::Truth;
use super::date::Date;
use super::moment::DateTime;
use super::span::SECOND;

/// A time of day, as that of 1 January 1900.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time(DateTime);

impl Time {
    /// `time(hour, minute, second, microsecond)`.
    pub fn try_new(parts: [i64; 4]) -> Result<Time, Exception> {
        Ok(Time(DateTime::try_new([1900, 1, 1], parts)?))
    }

    /// `time(hour, minute, second, microsecond)`.
    pub fn new(parts: [i64; 4]) -> Time {
        Time::try_new(parts).or_throw()
    }

    /// `moment.time()`.
    pub fn of(moment: DateTime) -> Time {
        Time::new([
            moment.hour(),
            moment.minute(),
            moment.second(),
            moment.microsecond(),
        ])
    }

    /// `datetime.combine(date, time)`.
    pub fn on(self, date: Date) -> DateTime {
        let seconds = (self.hour() * 60 + self.minute()) * 60 + self.second();
        DateTime::of_parts(
            date.toordinal(),
            seconds * SECOND as i64 + self.microsecond(),
        )
    }

    /// `time.fromisoformat(text)`.
    pub fn try_fromisoformat(text: &str) -> Result<Time, Exception> {
        let wrong = || {
            let shown = text.to_string().repr_text();
            Exception::new("ValueError", format!("Invalid isoformat string: {shown}"))
        };
        let whole =
            DateTime::try_fromisoformat(&format!("1900-01-01T{text}")).map_err(|_| wrong())?;
        Ok(Time(whole))
    }

    /// `time.fromisoformat(text)`.
    pub fn fromisoformat(text: &str) -> Time {
        Time::try_fromisoformat(text).or_throw()
    }

    /// `time.hour`.
    pub fn hour(self) -> i64 {
        self.0.hour()
    }

    /// `time.minute`.
    pub fn minute(self) -> i64 {
        self.0.minute()
    }

    /// `time.second`.
    pub fn second(self) -> i64 {
        self.0.second()
    }

    /// `time.microsecond`.
    pub fn microsecond(self) -> i64 {
        self.0.microsecond()
    }

    /// `time.isoformat()`.
    pub fn isoformat(self) -> String {
        self.0.isoformat("T")[11..].to_string()
    }

    /// `time.strftime(format)`.
    pub fn strftime(self, format: &str) -> String {
        self.0.strftime(format)
    }

    /// `time.replace(hour=…)`.
    pub fn try_replace(self, parts: [Option<i64>; 4]) -> Result<Time, Exception> {
        let held = [
            self.hour(),
            self.minute(),
            self.second(),
            self.microsecond(),
        ];
        Time::try_new(std::array::from_fn(|place| {
            parts[place].unwrap_or(held[place])
        }))
    }

    /// `time.replace(hour=…)`.
    pub fn replace(self, parts: [Option<i64>; 4]) -> Time {
        self.try_replace(parts).or_throw()
    }
}

impl Text for Time {
    fn str_text(&self) -> String {
        self.isoformat()
    }

    fn repr_text(&self) -> String {
        let mut parts = vec![
            self.hour(),
            self.minute(),
            self.second(),
            self.microsecond(),
        ];
        while parts.len() > 2 && parts.last() == Some(&0) {
            parts.pop();
        }
        let texts: Vec<String> = parts.iter().map(i64::to_string).collect();
        format!("datetime.time({})", texts.join(", "))
    }
}

impl Format for Time {
    fn try_format_text(&self, spec: &str) -> Result<String, Exception> {
        Ok(if spec.is_empty() {
            self.isoformat()
        } else {
            self.strftime(spec)
        })
    }
}

impl Truth for Time {
    fn truth(&self) -> bool {
        true
    }
}

impl Key for Time {
    fn hash_value(&self) -> i64 {
        hash_int(
            (self.hour() * 60 + self.minute()) * 60_000_000
                + self.second() * 1_000_000
                + self.microsecond(),
        )
    }

    fn same_key(&self, other: &Self) -> bool {
        self == other
    }
}

/// What `date.isocalendar()` gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct IsoWeek(i64, i64, i64);

impl IsoWeek {
    /// The week that a date is in.
    pub fn of(date: Date) -> IsoWeek {
        let number = |format: &str| date.strftime(format).parse().unwrap_or(0);
        IsoWeek(number("%G"), number("%V"), date.isoweekday())
    }

    /// `week.year`.
    pub fn year(self) -> i64 {
        self.0
    }

    /// `week.week`.
    pub fn week(self) -> i64 {
        self.1
    }

    /// `week.weekday`.
    pub fn weekday(self) -> i64 {
        self.2
    }

    /// `week[index]`.
    pub fn try_at(self, index: i64) -> Result<i64, Exception> {
        match index {
            0 | -3 => Ok(self.0),
            1 | -2 => Ok(self.1),
            2 | -1 => Ok(self.2),
            _ => Err(index_error("tuple index out of range")),
        }
    }

    /// `week[index]`.
    pub fn at(self, index: i64) -> i64 {
        self.try_at(index).or_throw()
    }
}

impl Text for IsoWeek {
    fn repr_text(&self) -> String {
        format!(
            "datetime.IsoCalendarDate(year={}, week={}, weekday={})",
            self.0, self.1, self.2
        )
    }
}
