//! `timezone`: a fixed distance from UTC.

use super::super::errors::{Exception, OrThrow};
use super::super::failures::value_error;
use super::super::key::{Key, hash_int};
use super::super::text::Text;
use super::super::truth::Truth;
use super::span::{DAY, SECOND, TimeDelta};

/// A time zone whose clocks are always as far from UTC.
#[derive(Clone, Copy, Debug)]
pub struct TimeZone {
    offset: TimeDelta,
    /// A name that the program gives. Zones are few and live as long as the program.
    name: Option<&'static str>,
}

impl PartialEq for TimeZone {
    fn eq(&self, other: &Self) -> bool {
        self.offset == other.offset
    }
}

impl Eq for TimeZone {}

impl TimeZone {
    /// `timezone.utc`.
    pub const UTC: TimeZone = TimeZone {
        offset: TimeDelta { microseconds: 0 },
        name: None,
    };

    /// `timezone(offset)`.
    pub fn try_new(offset: TimeDelta) -> Result<TimeZone, Exception> {
        if offset.microseconds.abs() >= DAY {
            return Err(value_error(format!(
                "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not {}.",
                offset.repr_text()
            )));
        }
        Ok(TimeZone { offset, name: None })
    }

    /// `timezone(offset)`.
    pub fn new(offset: TimeDelta) -> TimeZone {
        TimeZone::try_new(offset).or_throw()
    }

    /// `timezone(offset, name)`.
    pub fn try_named(offset: TimeDelta, name: &str) -> Result<TimeZone, Exception> {
        let made = TimeZone::try_new(offset)?;
        Ok(TimeZone {
            name: Some(Box::leak(name.to_string().into_boxed_str())),
            ..made
        })
    }

    /// `timezone(offset, name)`.
    pub fn named(offset: TimeDelta, name: &str) -> TimeZone {
        TimeZone::try_named(offset, name).or_throw()
    }

    /// How far its clocks are ahead of UTC: `zone.utcoffset(moment)`.
    pub fn offset(self) -> TimeDelta {
        self.offset
    }

    /// `zone.tzname(moment)`.
    pub fn name(self) -> String {
        match self.name {
            Some(name) => name.to_string(),
            None if self.offset.microseconds == 0 => "UTC".to_string(),
            None => format!("UTC{}", self.offset_text(":")),
        }
    }

    /// `+02:00`, with seconds and microseconds where there are any.
    pub(super) fn offset_text(self, between: &str) -> String {
        let total = self.offset.microseconds;
        let (sign, total) = if total < 0 {
            ('-', -total)
        } else {
            ('+', total)
        };
        let (seconds, rest) = (total / SECOND, total % SECOND);
        let mut text = format!(
            "{sign}{:02}{between}{:02}",
            seconds / 3600,
            seconds / 60 % 60
        );
        if seconds % 60 != 0 || rest != 0 {
            text.push_str(&format!("{between}{:02}", seconds % 60));
        }
        if rest != 0 {
            text.push_str(&format!(".{rest:06}"));
        }
        text
    }
}

impl Text for TimeZone {
    fn str_text(&self) -> String {
        self.name()
    }

    fn repr_text(&self) -> String {
        match self.name {
            None if self.offset.microseconds == 0 => "datetime.timezone.utc".to_string(),
            None => format!("datetime.timezone({})", self.offset.repr_text()),
            Some(name) => format!(
                "datetime.timezone({}, {})",
                self.offset.repr_text(),
                name.repr_text()
            ),
        }
    }
}

impl Truth for TimeZone {
    fn truth(&self) -> bool {
        true
    }
}

impl Key for TimeZone {
    fn hash_value(&self) -> i64 {
        hash_int(self.offset.microseconds as i64)
    }

    fn same_key(&self, other: &Self) -> bool {
        self == other
    }
}
