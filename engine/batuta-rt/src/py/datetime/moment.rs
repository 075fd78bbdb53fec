//! `datetime`: a moment without a time zone.

use std::ffi::{c_char, c_int, c_long};

use super::super::errors::{Exception, OrThrow};
use super::super::failures::value_error;
use super::super::format::Format;
use super::super::key::{Key, hash_int};
use super::super::text::Text;
use super::super::truth::Truth;
use super::calendar::{LAST_DAY, civil};
use super::date::Date;
use super::out_of_range;
use super::span::{DAY, SECOND, TimeDelta};
use super::{reading, writing};

/// A moment of local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DateTime {
    /// Since the day with number 0.
    microseconds: i128,
}

impl DateTime {
    /// `datetime(year, month, day, hour, minute, second, microsecond)`.
    pub fn try_new(date: [i64; 3], time: [i64; 4]) -> Result<DateTime, Exception> {
        let day = Date::try_new(date[0], date[1], date[2])?;
        for (value, name, most) in [
            (time[0], "hour", 23),
            (time[1], "minute", 59),
            (time[2], "second", 59),
            (time[3], "microsecond", 999_999),
        ] {
            if !(0..=most).contains(&value) {
                return Err(value_error(format!("{name} must be in 0..{most}")));
            }
        }
        let seconds = (time[0] * 60 + time[1]) * 60 + time[2];
        Ok(DateTime::of_parts(
            day.toordinal(),
            seconds * SECOND as i64 + time[3],
        ))
    }

    /// `datetime(year, month, day, hour, minute, second, microsecond)`.
    pub fn new(date: [i64; 3], time: [i64; 4]) -> DateTime {
        DateTime::try_new(date, time).or_throw()
    }

    pub(super) fn of_parts(ordinal: i64, microseconds: i64) -> DateTime {
        DateTime {
            microseconds: i128::from(ordinal) * DAY + i128::from(microseconds),
        }
    }

    /// `datetime.now()`.
    pub fn now() -> DateTime {
        let since = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default();
        let local =
            since.as_micros() as i128 + i128::from(local_offset(since.as_secs() as i64)) * SECOND;
        // 1 January 1970 has number 719163.
        DateTime {
            microseconds: 719_163 * DAY + local,
        }
    }

    /// `datetime.strptime(text, format)`.
    pub fn try_strptime(text: &str, format: &str) -> Result<DateTime, Exception> {
        reading::strptime(text, format)
    }

    /// `datetime.strptime(text, format)`.
    pub fn strptime(text: &str, format: &str) -> DateTime {
        DateTime::try_strptime(text, format).or_throw()
    }

    pub(super) fn ordinal(self) -> i64 {
        self.microseconds.div_euclid(DAY) as i64
    }

    pub(super) fn second_of_day(self) -> i64 {
        (self.microseconds.rem_euclid(DAY) / SECOND) as i64
    }

    /// `moment.date()`.
    pub fn date(self) -> Date {
        Date::of_day(self.ordinal())
    }

    /// `moment.year`.
    pub fn year(self) -> i64 {
        civil(self.ordinal()).0
    }

    /// `moment.month`.
    pub fn month(self) -> i64 {
        civil(self.ordinal()).1
    }

    /// `moment.day`.
    pub fn day(self) -> i64 {
        civil(self.ordinal()).2
    }

    /// `moment.hour`.
    pub fn hour(self) -> i64 {
        self.second_of_day() / 3600
    }

    /// `moment.minute`.
    pub fn minute(self) -> i64 {
        self.second_of_day() / 60 % 60
    }

    /// `moment.second`.
    pub fn second(self) -> i64 {
        self.second_of_day() % 60
    }

    /// `moment.microsecond`.
    pub fn microsecond(self) -> i64 {
        self.microseconds.rem_euclid(SECOND) as i64
    }

    /// `moment.weekday()`: Monday is 0.
    pub fn weekday(self) -> i64 {
        self.date().weekday()
    }

    /// `moment.isoweekday()`: Monday is 1.
    pub fn isoweekday(self) -> i64 {
        self.date().isoweekday()
    }

    /// `moment.toordinal()`.
    pub fn toordinal(self) -> i64 {
        self.ordinal()
    }

    /// `moment.replace(year=…, …)`: year, month, day; hour, minute, second, microsecond.
    pub fn try_replace(
        self,
        date: [Option<i64>; 3],
        time: [Option<i64>; 4],
    ) -> Result<DateTime, Exception> {
        let (year, month, day) = civil(self.ordinal());
        let own = [
            self.hour(),
            self.minute(),
            self.second(),
            self.microsecond(),
        ];
        DateTime::try_new(
            [
                date[0].unwrap_or(year),
                date[1].unwrap_or(month),
                date[2].unwrap_or(day),
            ],
            [0, 1, 2, 3].map(|each| time[each].unwrap_or(own[each])),
        )
    }

    /// `moment.replace(year=…, …)`.
    pub fn replace(self, date: [Option<i64>; 3], time: [Option<i64>; 4]) -> DateTime {
        self.try_replace(date, time).or_throw()
    }

    fn try_moved(self, microseconds: i128) -> Result<DateTime, Exception> {
        let moved = DateTime {
            microseconds: self.microseconds + microseconds,
        };
        if (1..=LAST_DAY).contains(&moved.ordinal()) {
            Ok(moved)
        } else {
            Err(out_of_range())
        }
    }

    /// `moment + span`.
    pub fn try_plus(self, span: TimeDelta) -> Result<DateTime, Exception> {
        self.try_moved(span.microseconds)
    }

    /// `moment + span`.
    pub fn plus(self, span: TimeDelta) -> DateTime {
        self.try_plus(span).or_throw()
    }

    /// `moment - span`.
    pub fn try_minus(self, span: TimeDelta) -> Result<DateTime, Exception> {
        self.try_moved(-span.microseconds)
    }

    /// `moment - span`.
    pub fn minus(self, span: TimeDelta) -> DateTime {
        self.try_minus(span).or_throw()
    }

    /// `moment - other`.
    pub fn since(self, other: DateTime) -> TimeDelta {
        TimeDelta {
            microseconds: self.microseconds - other.microseconds,
        }
    }

    /// `moment.isoformat(separator)`.
    pub fn isoformat(self, separator: &str) -> String {
        let part = match self.microsecond() {
            0 => String::new(),
            microsecond => format!(".{microsecond:06}"),
        };
        let time = format!(
            "{:02}:{:02}:{:02}{part}",
            self.hour(),
            self.minute(),
            self.second()
        );
        format!("{}{separator}{time}", self.date().isoformat())
    }

    /// `moment.strftime(format)`.
    pub fn strftime(self, format: &str) -> String {
        writing::strftime(self, format)
    }

    /// `moment.ctime()`.
    pub fn ctime(self) -> String {
        self.strftime("%a %b %e %H:%M:%S %Y")
    }
}

/// The C library's broken-down time.
#[repr(C)]
struct BrokenDown {
    fields: [c_int; 9],
    offset: c_long,
    zone: *const c_char,
}

/// Seconds that local time is ahead of UTC.
fn local_offset(seconds: i64) -> i64 {
    unsafe extern "C" {
        fn localtime_r(time: *const i64, result: *mut BrokenDown) -> *mut BrokenDown;
    }
    let mut result = BrokenDown {
        fields: [0; 9],
        offset: 0,
        zone: std::ptr::null(),
    };
    // SAFETY: both pointers are to living values of the layout that 64-bit Unix systems have.
    let found = unsafe { localtime_r(&seconds, &mut result) };
    if found.is_null() {
        0
    } else {
        result.offset as i64
    }
}

impl Text for DateTime {
    fn str_text(&self) -> String {
        self.isoformat(" ")
    }

    fn repr_text(&self) -> String {
        let mut parts = vec![
            self.year(),
            self.month(),
            self.day(),
            self.hour(),
            self.minute(),
        ];
        if self.second() != 0 || self.microsecond() != 0 {
            parts.push(self.second());
        }
        if self.microsecond() != 0 {
            parts.push(self.microsecond());
        }
        let shown: Vec<String> = parts.iter().map(i64::to_string).collect();
        format!("datetime.datetime({})", shown.join(", "))
    }
}

impl Format for DateTime {
    fn try_format_text(&self, spec: &str) -> Result<String, Exception> {
        Ok(if spec.is_empty() {
            self.str_text()
        } else {
            self.strftime(spec)
        })
    }
}

impl Truth for DateTime {
    fn truth(&self) -> bool {
        true
    }
}

impl Key for DateTime {
    fn hash_value(&self) -> i64 {
        hash_int(self.microseconds as i64)
    }

    fn same_key(&self, other: &Self) -> bool {
        self == other
    }
}
