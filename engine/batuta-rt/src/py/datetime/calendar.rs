//! Days since the start of year 1, in the calendar that Python extends backwards.

/// The last day that Python knows: 31 December 9999.
pub(super) const LAST_DAY: i64 = 3_652_059;

pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub(super) const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// `calendar.isleap(year)`.
pub fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// How many days a month has.
pub(super) fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + i64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn days_before_year(year: i64) -> i64 {
    let past = year - 1;
    past * 365 + past / 4 - past / 100 + past / 400
}

/// Which day of its year a date is; the first is 1.
pub(super) fn day_of_year(year: i64, month: i64, day: i64) -> i64 {
    (1..month)
        .map(|each| days_in_month(year, each))
        .sum::<i64>()
        + day
}

/// The day's number; 1 January of year 1 has number 1.
pub(super) fn ordinal(year: i64, month: i64, day: i64) -> i64 {
    days_before_year(year) + day_of_year(year, month, day)
}

/// Year, month and day of a number.
pub(super) fn civil(ordinal: i64) -> (i64, i64, i64) {
    let mut year = ordinal / 366 + 1;
    while days_before_year(year + 1) < ordinal {
        year += 1;
    }
    let mut day = ordinal - days_before_year(year);
    let mut month = 1;
    while day > days_in_month(year, month) {
        day -= days_in_month(year, month);
        month += 1;
    }
    (year, month, day)
}

/// Monday is 0.
pub(super) fn weekday(ordinal: i64) -> i64 {
    (ordinal + 6) % 7
}

/// ISO year and week.
pub(super) fn iso_week(ordinal: i64) -> (i64, i64) {
    // The week belongs to the year of its Thursday.
    let thursday = ordinal - weekday(ordinal) + 3;
    let (year, month, day) = civil(thursday.clamp(1, LAST_DAY));
    (year, (day_of_year(year, month, day) - 1) / 7 + 1)
}

/// `calendar.month_name` and `calendar.day_name`, or with `short` their first three letters.
pub fn names(months: bool, short: bool) -> Vec<String> {
    let shown = |name: &&str| {
        if short {
            name[..3].to_string()
        } else {
            name.to_string()
        }
    };
    if months {
        std::iter::once(String::new())
            .chain(MONTHS.iter().map(shown))
            .collect()
    } else {
        WEEKDAYS.iter().map(shown).collect()
    }
}

/// `calendar.leapdays(first, last)`.
pub fn leap_days(first: i64, last: i64) -> i64 {
    let until = |year: i64| {
        let past = year - 1;
        past.div_euclid(4) - past.div_euclid(100) + past.div_euclid(400)
    };
    until(last) - until(first)
}
