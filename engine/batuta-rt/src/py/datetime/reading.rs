//! `strptime` and `fromisoformat`: moments from text.

use super::super::errors::{Exception, OrThrow};
use super::super::failures::value_error;
use super::super::program::unsupported;
use super::super::text::Text;
use super::calendar::{MONTHS, WEEKDAYS};
use super::date::Date;
use super::moment::DateTime;
use super::span::TimeDelta;
use super::zone::TimeZone;

/// What the fields of a format have said so far.
struct Fields {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    half_day_hour: Option<i64>,
    afternoon: Option<bool>,
    minute: i64,
    second: i64,
    microsecond: i64,
    day_of_year: Option<i64>,
    offset: Option<TimeDelta>,
    zone: Option<String>,
}

/// Takes a number of at most `most` digits whose value lies in a range; shorter where the longer one does not fit.
fn number(
    text: &str,
    least: usize,
    most: usize,
    range: std::ops::RangeInclusive<i64>,
) -> Option<(i64, &str)> {
    let digits = text
        .bytes()
        .take(most)
        .take_while(u8::is_ascii_digit)
        .count();
    (least..=digits).rev().find_map(|count| {
        let value = text[..count]
            .parse()
            .ok()
            .filter(|value| range.contains(value))?;
        Some((value, &text[count..]))
    })
}

/// Takes one of several names, whatever their case; longer ones first.
fn name(text: &str, names: impl Iterator<Item = &'static str>) -> Option<(i64, &str)> {
    let lower = text.to_lowercase();
    let found = names
        .enumerate()
        .filter(|(_, each)| lower.starts_with(&each.to_lowercase()));
    let (at, found) = found.max_by_key(|(_, each)| each.len())?;
    Some((at as i64, text.get(found.len()..)?))
}

fn take<'a>(fields: &mut Fields, letter: char, text: &'a str) -> Option<&'a str> {
    let (value, rest) = match letter {
        'Y' => number(text, 4, 4, 0..=9999)?,
        'y' => number(text, 2, 2, 0..=99)?,
        'm' => number(text, 1, 2, 1..=12)?,
        'd' => number(
            text.strip_prefix(' ')
                .filter(|rest| !rest.starts_with('0'))
                .unwrap_or(text),
            1,
            2,
            1..=31,
        )?,
        'H' => number(text, 1, 2, 0..=23)?,
        'I' => number(text, 1, 2, 1..=12)?,
        'M' => number(text, 1, 2, 0..=59)?,
        'S' => number(text, 1, 2, 0..=61)?,
        'j' => number(text, 1, 3, 1..=366)?,
        'f' => {
            let (value, rest) = number(text, 1, 6, 0..=999_999)?;
            (
                value * 10i64.pow(6 - (text.len() - rest.len()) as u32),
                rest,
            )
        }
        'b' => name(text, MONTHS.iter().map(|each| &each[..3]))?,
        'B' => name(text, MONTHS.iter().copied())?,
        'a' => name(text, WEEKDAYS.iter().map(|each| &each[..3]))?,
        'A' => name(text, WEEKDAYS.iter().copied())?,
        'p' => name(text, ["AM", "PM"].into_iter())?,
        _ => unreachable!("checked before"),
    };
    match letter {
        'Y' => fields.year = value,
        // Two digits mean 1969 to 2068.
        'y' => {
            fields.year = if value <= 68 {
                2000 + value
            } else {
                1900 + value
            }
        }
        'm' => fields.month = value,
        'b' | 'B' => fields.month = value + 1,
        'd' => fields.day = value,
        'H' => fields.hour = value,
        'I' => fields.half_day_hour = Some(value),
        'p' => fields.afternoon = Some(value == 1),
        'M' => fields.minute = value,
        'S' => fields.second = value,
        'f' => fields.microsecond = value,
        'j' => fields.day_of_year = Some(value),
        _ => {}
    }
    Some(rest)
}

pub(super) fn strptime(text: &str, format: &str) -> Result<DateTime, Exception> {
    let mut fields = Fields {
        year: 1900,
        month: 1,
        day: 1,
        hour: 0,
        half_day_hour: None,
        afternoon: None,
        minute: 0,
        second: 0,
        microsecond: 0,
        day_of_year: None,
        offset: None,
        zone: None,
    };
    let unlike = || {
        let (text, format) = (text.repr_text(), format.repr_text());
        value_error(format!("time data {text} does not match format {format}"))
    };
    let mut rest = text;
    let mut characters = format
        .replace("%T", "%H:%M:%S")
        .replace("%D", "%m/%d/%y")
        .replace("%F", "%Y-%m-%d")
        .replace("%R", "%H:%M")
        .chars()
        .collect::<Vec<_>>()
        .into_iter()
        .peekable();
    while let Some(character) = characters.next() {
        rest = if character.is_whitespace() {
            while characters.next_if(|each| each.is_whitespace()).is_some() {}
            let after = rest.trim_start();
            if after.len() == rest.len() {
                return Err(unlike());
            }
            after
        } else if character == '%' {
            match characters.next() {
                None => {
                    return Err(value_error(format!(
                        "stray % in format {}",
                        format.repr_text()
                    )));
                }
                Some('%') => rest.strip_prefix('%').ok_or_else(unlike)?,
                Some(letter) if "YymdHIMSjfbBaAp".contains(letter) => {
                    take(&mut fields, letter, rest).ok_or_else(unlike)?
                }
                Some('z') => {
                    let (offset, after) = offset(rest).ok_or_else(unlike)?;
                    fields.offset = Some(offset);
                    after
                }
                Some('Z') => {
                    let name = rest
                        .get(..3)
                        .filter(|name| ["utc", "gmt"].contains(&name.to_lowercase().as_str()));
                    if name.is_none() {
                        unsupported("strptime with %Z reads UTC and GMT only");
                    }
                    fields.zone = name.map(str::to_string);
                    &rest[3..]
                }
                Some(letter) if "cGuUVwWxX".contains(letter) => {
                    unsupported(&format!("strptime with %{letter} is not translated"))
                }
                Some(letter) => {
                    return Err(value_error(format!(
                        "'{letter}' is a bad directive in format {}",
                        format.repr_text()
                    )));
                }
            }
        } else {
            let first = rest
                .chars()
                .next()
                .filter(|each| each.to_lowercase().eq(character.to_lowercase()));
            &rest[first.ok_or_else(unlike)?.len_utf8()..]
        };
    }
    if !rest.is_empty() {
        return Err(value_error(format!("unconverted data remains: {rest}")));
    }
    if let Some(hour) = fields.half_day_hour {
        fields.hour = hour % 12
            + if fields.afternoon == Some(true) {
                12
            } else {
                0
            };
    }
    let time = [
        fields.hour,
        fields.minute,
        fields.second,
        fields.microsecond,
    ];
    let zone = match (fields.offset, fields.zone) {
        (None, _) => None,
        (Some(offset), None) => Some(TimeZone::try_new(offset)?),
        (Some(offset), Some(name)) => Some(TimeZone::try_named(offset, &name)?),
    };
    if let Some(day) = fields.day_of_year {
        let first = DateTime::try_new([fields.year, 1, 1], time)?.with_zone(zone);
        return first.try_plus(TimeDelta::new([day - 1, 0, 0, 0, 0, 0, 0]));
    }
    Ok(DateTime::try_new([fields.year, fields.month, fields.day], time)?.with_zone(zone))
}

/// Takes `Z`, `+HH:MM`, `+HHMM` or one of them with seconds and their parts.
fn offset(text: &str) -> Option<(TimeDelta, &str)> {
    if let Some(rest) = text.strip_prefix(['Z', 'z']) {
        return Some((TimeZone::UTC.offset(), rest));
    }
    let sign = match text.bytes().next()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let hours = two(text.get(1..3)?)?;
    let mut rest = &text[3..];
    let colon = rest.starts_with(':');
    let next = |rest: &str| {
        let rest = if colon { rest.strip_prefix(':')? } else { rest };
        let value = two(rest.get(..2)?).filter(|value| *value < 60)?;
        Some((value, rest.len() - 2))
    };
    let (minutes, left) = next(rest)?;
    rest = &rest[rest.len() - left..];
    let (mut seconds, mut microseconds) = (0, 0);
    if let Some((value, left)) = next(rest) {
        seconds = value;
        rest = &rest[rest.len() - left..];
        if let Some(digits) = rest.strip_prefix('.') {
            let count = digits
                .bytes()
                .take(6)
                .take_while(u8::is_ascii_digit)
                .count();
            if count > 0 {
                microseconds = format!("{:0<6}", &digits[..count]).parse().ok()?;
                rest = &digits[count..];
            }
        }
    }
    let seconds = sign * ((hours * 60 + minutes) * 60 + seconds);
    let span = TimeDelta::try_new([0, seconds, sign * microseconds, 0, 0, 0, 0]).ok()?;
    Some((span, rest))
}

fn two(text: &str) -> Option<i64> {
    (text.len() == 2 && text.bytes().all(|each| each.is_ascii_digit()))
        .then(|| text.parse().ok())?
}

/// Year, month and day of `YYYY-MM-DD` or `YYYYMMDD`.
fn iso_date(text: &str) -> Option<[i64; 3]> {
    let digits = match text.len() {
        10 if text.get(4..5) == Some("-") && text.get(7..8) == Some("-") => text.replace('-', ""),
        8 => text.to_string(),
        _ => return None,
    };
    if digits.len() != 8 || !digits.bytes().all(|each| each.is_ascii_digit()) {
        return None;
    }
    Some([
        digits[..4].parse().ok()?,
        digits[4..6].parse().ok()?,
        digits[6..].parse().ok()?,
    ])
}

/// Hour, minute, second and microsecond of `HH[:MM[:SS[.ffffff]]]`.
fn iso_time(text: &str) -> Option<[i64; 4]> {
    let (clock, fraction) = text
        .split_once(['.', ','])
        .map_or((text, None), |(clock, part)| (clock, Some(part)));
    let parts: Vec<i64> = clock.split(':').map(two).collect::<Option<_>>()?;
    if parts.is_empty() || parts.len() > 3 || (fraction.is_some() && parts.len() != 3) {
        return None;
    }
    let microsecond = match fraction {
        None => 0,
        Some(digits) if !digits.is_empty() && digits.bytes().all(|each| each.is_ascii_digit()) => {
            format!("{digits:0<6}")[..6].parse().ok()?
        }
        Some(_) => return None,
    };
    Some([
        parts[0],
        *parts.get(1).unwrap_or(&0),
        *parts.get(2).unwrap_or(&0),
        microsecond,
    ])
}

fn invalid(text: &str) -> Exception {
    value_error(format!("Invalid isoformat string: {}", text.repr_text()))
}

impl Date {
    /// `date.fromisoformat(text)`. Weeks (`2024-W01-1`) end the program.
    pub fn try_fromisoformat(text: &str) -> Result<Date, Exception> {
        if text.contains('W') && text.is_ascii() {
            unsupported("fromisoformat with weeks is not translated");
        }
        let [year, month, day] = iso_date(text).ok_or_else(|| invalid(text))?;
        Date::try_new(year, month, day)
    }

    /// `date.fromisoformat(text)`.
    pub fn fromisoformat(text: &str) -> Date {
        Date::try_fromisoformat(text).or_throw()
    }
}

impl DateTime {
    /// `datetime.fromisoformat(text)`. Weeks end the program.
    pub fn try_fromisoformat(text: &str) -> Result<DateTime, Exception> {
        if !text.is_ascii() {
            return Err(invalid(text));
        }
        let length = if text.get(4..5) == Some("-") { 10 } else { 8 };
        let (date, time) = (
            text.get(..length).ok_or_else(|| invalid(text))?,
            text.get(length + 1..),
        );
        if text.contains('W') {
            unsupported("fromisoformat with weeks is not translated");
        }
        let (time, zone) = match time.and_then(|time| Some((time, time.find(['+', '-', 'Z'])?))) {
            Some((clock, at)) => {
                let zone = &clock[at..];
                // An hour alone, or with more behind it.
                let zone = if zone.len() == 3 {
                    format!("{zone}:00")
                } else {
                    zone.to_string()
                };
                let found = offset(&zone);
                let (span, _) = found
                    .filter(|(_, rest)| rest.is_empty())
                    .ok_or_else(|| invalid(text))?;
                (Some(&clock[..at]), Some(TimeZone::try_new(span)?))
            }
            None => (time, None),
        };
        let date = iso_date(date).ok_or_else(|| invalid(text))?;
        let time = match time {
            Some(time) => iso_time(time).ok_or_else(|| invalid(text))?,
            None if text.len() == length => [0; 4],
            None => return Err(invalid(text)),
        };
        Ok(DateTime::try_new(date, time)?.with_zone(zone))
    }

    /// `datetime.fromisoformat(text)`.
    pub fn fromisoformat(text: &str) -> DateTime {
        DateTime::try_fromisoformat(text).or_throw()
    }
}
