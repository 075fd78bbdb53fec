//! `time.struct_time`: a moment in its fields.

use super::{Date, DateTime};
use crate::py::errors::{Exception, OrThrow, raising};
use crate::py::failures::index_error;
use crate::py::text::Text;

/// A `time.struct_time`: year, month, day, hour, minute, second, weekday, day of the year, summer time.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct StructTime([i64; 9]);

const NAMES: [&str; 9] = [
    "tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst",
];

impl StructTime {
    fn of_moment(moment: DateTime, summer: i64) -> Self {
        let first = Date::new(moment.year(), 1, 1);
        StructTime([
            moment.year(),
            moment.month(),
            moment.day(),
            moment.hour(),
            moment.minute(),
            moment.second(),
            moment.weekday(),
            moment.toordinal() - first.toordinal() + 1,
            summer,
        ])
    }

    /// `moment.timetuple()`.
    pub fn of(moment: DateTime) -> Self {
        Self::of_moment(moment, -1)
    }

    /// `date.timetuple()`.
    pub fn of_date(date: Date) -> Self {
        Self::of_moment(date.midnight(), -1)
    }

    /// `time.gmtime(seconds)`.
    pub fn gmtime(seconds: Option<f64>) -> Self {
        let seconds = seconds.unwrap_or_else(crate::py::time::time).floor();
        let epoch = DateTime::new([1970, 1, 1], [0; 4]);
        let days = (seconds / 86400.0).floor();
        let date = Date::fromordinal(epoch.toordinal() + days as i64);
        let rest = (seconds - days * 86400.0) as i64;
        let time = [rest / 3600, rest / 60 % 60, rest % 60, 0];
        Self::of_moment(
            DateTime::new([date.year(), date.month(), date.day()], time),
            0,
        )
    }

    /// `time.localtime(seconds)`. Whether it is summer time is not asked.
    pub fn localtime(seconds: Option<f64>) -> Self {
        let seconds = seconds.unwrap_or_else(crate::py::time::time);
        Self::of_moment(DateTime::fromtimestamp(seconds.floor(), None), 0)
    }

    fn moment(self) -> DateTime {
        let [year, month, day, hour, minute, second, ..] = self.0;
        DateTime::new([year, month, day], [hour, minute, second.min(59), 0])
    }

    /// `time.strftime(format, self)`.
    pub fn strftime(self, format: &str) -> String {
        self.moment().strftime(format)
    }

    /// `time.asctime(self)`.
    pub fn asctime(self) -> String {
        self.moment().ctime()
    }

    /// `time.mktime(self)`.
    pub fn mktime(self) -> f64 {
        self.moment().timestamp()
    }

    /// `calendar.timegm(self)`.
    pub fn timegm(self) -> i64 {
        let days = self.moment().toordinal() - Date::new(1970, 1, 1).toordinal();
        ((days * 24 + self.0[3]) * 60 + self.0[4]) * 60 + self.0[5]
    }

    /// One of its fields by its number.
    pub fn field(self, number: usize) -> i64 {
        self.0[number]
    }

    /// `t[index]`.
    pub fn try_at(self, index: i64) -> Result<i64, Exception> {
        let place = if index < 0 { index + 9 } else { index };
        let found = usize::try_from(place)
            .ok()
            .and_then(|place| self.0.get(place));
        found
            .copied()
            .ok_or_else(|| index_error("tuple index out of range"))
    }

    /// `t[index]`.
    pub fn at(self, index: i64) -> i64 {
        self.try_at(index).or_throw()
    }

    /// `tuple(t)`, as a list.
    pub fn items(self) -> Vec<i64> {
        self.0.to_vec()
    }
}

raising! {
    /// `time.strptime(text, format)`.
    pub fn struct_time, try_struct_time(text: &str, format: &str) -> StructTime {
        Ok(StructTime::of(DateTime::try_strptime(text, format)?))
    }
}

impl IntoIterator for StructTime {
    type Item = i64;
    type IntoIter = std::array::IntoIter<i64, 9>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Text for StructTime {
    fn repr_text(&self) -> String {
        let fields: Vec<String> = NAMES
            .iter()
            .zip(self.0)
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        format!("time.struct_time({})", fields.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_those_of_cpython() {
        let leap = StructTime::of_date(Date::new(2024, 12, 31));
        assert_eq!((leap.field(7), leap.field(6), leap.at(-1)), (366, 1, -1));
        let start = StructTime::gmtime(Some(86400.5));
        assert_eq!(start.strftime("%Y-%m-%d %H:%M:%S"), "1970-01-02 00:00:00");
        assert_eq!(start.timegm(), 86400);
        assert_eq!(
            StructTime::gmtime(Some(-1.0)).items()[..6],
            [1969, 12, 31, 23, 59, 59]
        );
    }
}
