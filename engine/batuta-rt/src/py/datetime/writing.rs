//! `strftime`: moments as text, as the C library of Linux writes them in the locale "C".

use super::calendar::{MONTHS, WEEKDAYS, civil, day_of_year, iso_week};
use super::moment::DateTime;

/// A number with at least so many characters, by the flag between `%` and the letter.
fn number(value: i64, width: usize, fill: char, flag: Option<char>) -> String {
    match flag {
        Some('-') => value.to_string(),
        Some('_') => format!("{value:>width$}"),
        Some('0') => format!("{value:0>width$}"),
        _ if fill == ' ' => format!("{value:>width$}"),
        _ => format!("{value:0>width$}"),
    }
}

pub(super) fn strftime(moment: DateTime, format: &str) -> String {
    let mut text = String::new();
    let mut characters = format.chars().peekable();
    while let Some(character) = characters.next() {
        if character != '%' {
            text.push(character);
            continue;
        }
        let flag = characters.next_if(|each| matches!(each, '-' | '_' | '0' | '^'));
        match characters.next() {
            Some(letter) => text.push_str(&field(moment, letter, flag)),
            None => text.push('%'),
        }
    }
    text
}

fn field(moment: DateTime, letter: char, flag: Option<char>) -> String {
    let (year, month, day) = civil(moment.ordinal());
    let (hour, minute, second) = (moment.hour(), moment.minute(), moment.second());
    let weekday = moment.weekday();
    let day_of_year = day_of_year(year, month, day);
    let month_name = MONTHS[month as usize - 1];
    let day_name = WEEKDAYS[weekday as usize];
    let half_day_hour = (hour + 11) % 12 + 1;
    let padded = |value: i64, width: usize| number(value, width, '0', flag);
    let blank = |value: i64| number(value, 2, ' ', flag);
    let again = |format: &str| strftime(moment, format);
    let found = match letter {
        'a' => day_name[..3].to_string(),
        'A' => day_name.to_string(),
        'b' | 'h' => month_name[..3].to_string(),
        'B' => month_name.to_string(),
        'c' => again("%a %b %e %H:%M:%S %Y"),
        'C' => padded(year / 100, 2),
        'd' => padded(day, 2),
        'D' | 'x' => again("%m/%d/%y"),
        'e' => blank(day),
        'f' => format!("{:06}", moment.microsecond()),
        'F' => again("%Y-%m-%d"),
        'g' => padded(iso_week(moment.ordinal()).0 % 100, 2),
        'G' => padded(iso_week(moment.ordinal()).0, 1),
        'H' => padded(hour, 2),
        'I' => padded(half_day_hour, 2),
        'j' => padded(day_of_year, 3),
        'k' => blank(hour),
        'l' => blank(half_day_hour),
        'm' => padded(month, 2),
        'M' => padded(minute, 2),
        'n' => "\n".to_string(),
        'p' => if hour < 12 { "AM" } else { "PM" }.to_string(),
        'P' => if hour < 12 { "am" } else { "pm" }.to_string(),
        'r' => again("%I:%M:%S %p"),
        'R' => again("%H:%M"),
        'S' => padded(second, 2),
        't' => "\t".to_string(),
        'T' | 'X' => again("%H:%M:%S"),
        'u' => (weekday + 1).to_string(),
        // Weeks that begin on Sunday or Monday; days before the first are in week 0.
        'U' => padded((day_of_year + 6 - (weekday + 1) % 7) / 7, 2),
        'V' => padded(iso_week(moment.ordinal()).1, 2),
        'w' => ((weekday + 1) % 7).to_string(),
        'W' => padded((day_of_year + 6 - weekday) / 7, 2),
        'y' => padded(year % 100, 2),
        'Y' => padded(year, 1),
        'z' => moment
            .tzinfo()
            .map_or_else(String::new, |zone| zone.offset_text("")),
        'Z' => moment.tzname().unwrap_or_default(),
        '%' => "%".to_string(),
        other => format!("%{}{other}", flag.map(String::from).unwrap_or_default()),
    };
    if flag == Some('^') {
        found.to_uppercase()
    } else {
        found
    }
}
