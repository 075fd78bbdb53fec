//! `date`: a day of the calendar.

use super::super::errors::{Exception, OrThrow};
use super::super::failures::value_error;
use super::super::format::Format;
use super::super::key::{Key, hash_int};
use super::super::text::Text;
use super::super::truth::Truth;
use super::calendar::{LAST_DAY, civil, days_in_month, ordinal, weekday};
use super::moment::DateTime;
use super::out_of_range;
use super::span::{DAY, TimeDelta};

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    ordinal: i64,
}

impl Date {
    /// `date(year, month, day)`.
    pub fn try_new(year: i64, month: i64, day: i64) -> Result<Date, Exception> {
        if !(1..=9999).contains(&year) {
            return Err(value_error(format!("year {year} is out of range")));
        }
        if !(1..=12).contains(&month) {
            return Err(value_error("month must be in 1..12"));
        }
        if !(1..=days_in_month(year, month)).contains(&day) {
            return Err(value_error("day is out of range for month"));
        }
        Ok(Date {
            ordinal: ordinal(year, month, day),
        })
    }

    /// `date(year, month, day)`.
    pub fn new(year: i64, month: i64, day: i64) -> Date {
        Date::try_new(year, month, day).or_throw()
    }

    pub(super) fn of_day(ordinal: i64) -> Date {
        Date { ordinal }
    }

    /// `date.fromordinal(number)`.
    pub fn try_fromordinal(number: i64) -> Result<Date, Exception> {
        if number < 1 {
            return Err(value_error("ordinal must be >= 1"));
        }
        if number > LAST_DAY {
            return Err(value_error(format!(
                "year {} is out of range",
                civil(number.min(10 * LAST_DAY)).0
            )));
        }
        Ok(Date { ordinal: number })
    }

    /// `date.fromordinal(number)`.
    pub fn fromordinal(number: i64) -> Date {
        Date::try_fromordinal(number).or_throw()
    }

    /// `date.fromisocalendar(year, week, day)`.
    pub fn try_fromisocalendar(year: i64, week: i64, day: i64) -> Result<Date, Exception> {
        let monday = |year: i64| {
            let fourth = Date::try_new(year, 1, 4)?;
            Ok::<i64, Exception>(fourth.ordinal - fourth.weekday())
        };
        let first = monday(year)?;
        let weeks = if year == 9999 {
            52
        } else {
            (monday(year + 1)? - first) / 7
        };
        if !(1..=weeks).contains(&week) {
            return Err(value_error(format!("Invalid week: {week}")));
        }
        if !(1..=7).contains(&day) {
            return Err(value_error(format!("Invalid day: {day} (range is [1, 7])")));
        }
        Date::try_fromordinal(first + (week - 1) * 7 + day - 1)
    }

    /// `date.fromisocalendar(year, week, day)`.
    pub fn fromisocalendar(year: i64, week: i64, day: i64) -> Date {
        Date::try_fromisocalendar(year, week, day).or_throw()
    }

    /// `date.today()`.
    pub fn today() -> Date {
        DateTime::now().date()
    }

    /// `day.toordinal()`.
    pub fn toordinal(self) -> i64 {
        self.ordinal
    }

    /// `day.year`.
    pub fn year(self) -> i64 {
        civil(self.ordinal).0
    }

    /// `day.month`.
    pub fn month(self) -> i64 {
        civil(self.ordinal).1
    }

    /// `day.day`.
    pub fn day(self) -> i64 {
        civil(self.ordinal).2
    }

    /// `day.weekday()`: Monday is 0.
    pub fn weekday(self) -> i64 {
        weekday(self.ordinal)
    }

    /// `day.isoweekday()`: Monday is 1.
    pub fn isoweekday(self) -> i64 {
        weekday(self.ordinal) + 1
    }

    /// `day.replace(year=…, month=…, day=…)`.
    pub fn try_replace(
        self,
        year: Option<i64>,
        month: Option<i64>,
        day: Option<i64>,
    ) -> Result<Date, Exception> {
        let (y, m, d) = civil(self.ordinal);
        Date::try_new(year.unwrap_or(y), month.unwrap_or(m), day.unwrap_or(d))
    }

    /// `day.replace(year=…, month=…, day=…)`.
    pub fn replace(self, year: Option<i64>, month: Option<i64>, day: Option<i64>) -> Date {
        self.try_replace(year, month, day).or_throw()
    }

    /// `day + span`: whole days only, as in Python.
    pub fn try_plus(self, span: TimeDelta) -> Result<Date, Exception> {
        let number = self.ordinal + span.days();
        if (1..=LAST_DAY).contains(&number) {
            Ok(Date { ordinal: number })
        } else {
            Err(out_of_range())
        }
    }

    /// `day + span`.
    pub fn plus(self, span: TimeDelta) -> Date {
        self.try_plus(span).or_throw()
    }

    /// `day - span`.
    pub fn try_minus(self, span: TimeDelta) -> Result<Date, Exception> {
        let number = self.ordinal - span.days();
        if (1..=LAST_DAY).contains(&number) {
            Ok(Date { ordinal: number })
        } else {
            Err(out_of_range())
        }
    }

    /// `day - span`.
    pub fn minus(self, span: TimeDelta) -> Date {
        self.try_minus(span).or_throw()
    }

    /// `day - other`.
    pub fn since(self, other: Date) -> TimeDelta {
        TimeDelta {
            microseconds: i128::from(self.ordinal - other.ordinal) * DAY,
        }
    }

    /// `day.isoformat()`.
    pub fn isoformat(self) -> String {
        let (year, month, day) = civil(self.ordinal);
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// `day.strftime(format)`.
    pub fn strftime(self, format: &str) -> String {
        self.midnight().strftime(format)
    }

    /// `day.ctime()`.
    pub fn ctime(self) -> String {
        self.strftime("%a %b %e %H:%M:%S %Y")
    }

    /// The first moment of the day.
    pub fn midnight(self) -> DateTime {
        DateTime::of_parts(self.ordinal, 0)
    }
}

impl Text for Date {
    fn str_text(&self) -> String {
        self.isoformat()
    }

    fn repr_text(&self) -> String {
        let (year, month, day) = civil(self.ordinal);
        format!("datetime.date({year}, {month}, {day})")
    }
}

impl Format for Date {
    fn try_format_text(&self, spec: &str) -> Result<String, Exception> {
        Ok(if spec.is_empty() {
            self.str_text()
        } else {
            self.strftime(spec)
        })
    }
}

impl Truth for Date {
    fn truth(&self) -> bool {
        true
    }
}

impl Key for Date {
    fn hash_value(&self) -> i64 {
        hash_int(self.ordinal)
    }

    fn same_key(&self, other: &Self) -> bool {
        self == other
    }
}
