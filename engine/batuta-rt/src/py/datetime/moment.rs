//! `datetime`: a moment, of local time or of a time zone.

use std::cmp::Ordering;
use std::ffi::{c_char, c_int, c_long};

use super::super::errors::{Exception, OrThrow};
use super::super::failures::value_error;
use super::super::format::Format;
use super::super::key::{Key, hash_int};
use super::super::program::unsupported;
use super::super::text::Text;
use super::super::truth::Truth;
use super::calendar::{LAST_DAY, civil};
use super::date::Date;
use super::out_of_range;
use super::span::{DAY, SECOND, TimeDelta};
use super::zone::TimeZone;
use super::{reading, writing};

/// The number of 1 January 1970.
const FIRST_DAY: i128 = 719_163;

/// A moment of local time.
#[derive(Clone, Copy, Debug)]
pub struct DateTime {
    /// Since the day with number 0, on the clocks of the zone.
    microseconds: i128,
    zone: Option<TimeZone>,
}

impl PartialEq for DateTime {
    /// A moment without a zone equals none with one.
    fn eq(&self, other: &Self) -> bool {
        self.zone.is_some() == other.zone.is_some() && self.universal() == other.universal()
    }
}

impl Eq for DateTime {}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTime {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.zone.is_some() != other.zone.is_some() {
            unsupported(
                "a moment without a time zone is compared with one that has one: Python raises a TypeError here",
            );
        }
        self.universal().cmp(&other.universal())
    }
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
            zone: None,
        }
    }

    /// Microseconds on the clocks of UTC, or on its own where the moment has no zone.
    fn universal(&self) -> i128 {
        self.microseconds - self.zone.map_or(0, |zone| zone.offset().microseconds)
    }

    /// `moment.tzinfo`.
    pub fn tzinfo(self) -> Option<TimeZone> {
        self.zone
    }

    /// The same reading of the clock in another zone: `moment.replace(tzinfo=zone)`.
    pub fn with_zone(self, zone: Option<TimeZone>) -> DateTime {
        DateTime { zone, ..self }
    }

    /// `moment.utcoffset()`.
    pub fn utcoffset(self) -> Option<TimeDelta> {
        self.zone.map(TimeZone::offset)
    }

    /// `moment.tzname()`.
    pub fn tzname(self) -> Option<String> {
        self.zone.map(TimeZone::name)
    }

    /// `moment.astimezone(zone)`.
    pub fn try_astimezone(self, zone: TimeZone) -> Result<DateTime, Exception> {
        let seconds = match self.zone {
            Some(_) => self.universal(),
            None => {
                self.universal_seconds() * SECOND
                    + self.microseconds.rem_euclid(SECOND)
                    + FIRST_DAY * DAY
            }
        };
        let utc = DateTime {
            microseconds: seconds,
            zone: Some(zone),
        };
        utc.try_moved(zone.offset().microseconds)
    }

    /// `moment.astimezone(zone)`.
    pub fn astimezone(self, zone: TimeZone) -> DateTime {
        self.try_astimezone(zone).or_throw()
    }

    /// Seconds from the beginning of 1970 to a moment on the computer's own clock, as Python looks for them.
    fn universal_seconds(self) -> i128 {
        let wanted = (self.microseconds - FIRST_DAY * DAY).div_euclid(SECOND);
        let local = |seconds: i128| seconds + i128::from(local_offset(seconds as i64));
        let ahead = local(wanted) - wanted;
        let first = wanted - ahead;
        let found = local(first);
        let other = if found == wanted {
            let before = first - 86_400;
            let earlier = local(before) - before;
            if ahead == earlier {
                return first;
            }
            earlier
        } else {
            found - first
        };
        let second = wanted - other;
        if local(second) == wanted {
            second
        } else if found == wanted {
            first
        } else {
            first.max(second)
        }
    }

    /// `moment.timestamp()`.
    pub fn timestamp(self) -> f64 {
        let microsecond = self.microseconds.rem_euclid(SECOND);
        if self.zone.is_some() {
            let span = self.universal() - FIRST_DAY * DAY;
            return TimeDelta { microseconds: span }.total_seconds();
        }
        self.universal_seconds() as f64 + microsecond as f64 / 1e6
    }

    /// `datetime.fromtimestamp(seconds, zone)`.
    pub fn try_fromtimestamp(seconds: f64, zone: Option<TimeZone>) -> Result<DateTime, Exception> {
        if seconds.is_nan() {
            return Err(value_error("Invalid value NaN (not a number)"));
        }
        let whole = seconds.trunc();
        let part = ((seconds - whole) * 1e6).round_ties_even();
        if whole.abs() > 1e15 {
            return Err(value_error(format!(
                "year {} is out of range",
                (whole / 31_556_952.0) as i64 + 1970
            )));
        }
        let moment = DateTime {
            microseconds: FIRST_DAY * DAY + whole as i128 * SECOND + part as i128,
            zone,
        };
        moment.try_moved(match zone {
            Some(zone) => zone.offset().microseconds,
            None => i128::from(local_offset(seconds.floor() as i64)) * SECOND,
        })
    }

    /// `datetime.fromtimestamp(seconds, zone)`.
    pub fn fromtimestamp(seconds: f64, zone: Option<TimeZone>) -> DateTime {
        DateTime::try_fromtimestamp(seconds, zone).or_throw()
    }

    /// `datetime.now(zone)`.
    pub fn now_in(zone: TimeZone) -> DateTime {
        DateTime::utcnow()
            .with_zone(Some(TimeZone::UTC))
            .astimezone(zone)
    }

    /// `datetime.utcnow()`.
    pub fn utcnow() -> DateTime {
        let since = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default();
        DateTime {
            microseconds: FIRST_DAY * DAY + since.as_micros() as i128,
            zone: None,
        }
    }

    /// `datetime.now()`.
    pub fn now() -> DateTime {
        let since = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default();
        let local =
            since.as_micros() as i128 + i128::from(local_offset(since.as_secs() as i64)) * SECOND;
        DateTime {
            microseconds: FIRST_DAY * DAY + local,
            zone: None,
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
        .map(|replaced| replaced.with_zone(self.zone))
    }

    /// `moment.replace(year=…, …)`.
    pub fn replace(self, date: [Option<i64>; 3], time: [Option<i64>; 4]) -> DateTime {
        self.try_replace(date, time).or_throw()
    }

    fn try_moved(self, microseconds: i128) -> Result<DateTime, Exception> {
        let moved = DateTime {
            microseconds: self.microseconds + microseconds,
            zone: self.zone,
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
    pub fn try_since(self, other: DateTime) -> Result<TimeDelta, Exception> {
        if self.zone.is_some() != other.zone.is_some() {
            let message = "can't subtract offset-naive and offset-aware datetimes";
            return Err(Exception::new("TypeError", message));
        }
        Ok(TimeDelta {
            microseconds: self.universal() - other.universal(),
        })
    }

    /// `moment - other`.
    pub fn since(self, other: DateTime) -> TimeDelta {
        self.try_since(other).or_throw()
    }

    /// `moment.isoformat(separator)`.
    pub fn isoformat(self, separator: &str) -> String {
        self.try_isoformat_to(separator, "auto").unwrap_or_default()
    }

    /// `moment.isoformat(separator, unit)`.
    pub fn try_isoformat_to(self, separator: &str, unit: &str) -> Result<String, Exception> {
        let microsecond = self.microsecond();
        let hour = format!("{:02}", self.hour());
        let minutes = format!("{hour}:{:02}", self.minute());
        let seconds = format!("{minutes}:{:02}", self.second());
        let time = match unit {
            "auto" if microsecond == 0 => seconds,
            "auto" | "microseconds" => format!("{seconds}.{microsecond:06}"),
            "hours" => hour,
            "minutes" => minutes,
            "seconds" => seconds,
            "milliseconds" => format!("{seconds}.{:03}", microsecond / 1000),
            _ => return Err(value_error("Unknown timespec value")),
        };
        let zone = self
            .zone
            .map_or_else(String::new, |zone| zone.offset_text(":"));
        Ok(format!(
            "{}{separator}{time}{zone}",
            self.date().isoformat()
        ))
    }

    /// `moment.isoformat(separator, unit)`.
    pub fn isoformat_to(self, separator: &str, unit: &str) -> String {
        self.try_isoformat_to(separator, unit).or_throw()
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
        let mut shown: Vec<String> = parts.iter().map(i64::to_string).collect();
        if let Some(zone) = self.zone {
            shown.push(format!("tzinfo={}", zone.repr_text()));
        }
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
        hash_int(self.universal() as i64)
    }

    fn same_key(&self, other: &Self) -> bool {
        self == other
    }
}
