//! Dates and moments against facts from CPython 3.11.

use super::super::format::format;
use super::super::text::{repr, str};
use super::*;

fn span(parts: [i64; 7]) -> TimeDelta {
    TimeDelta::new(parts)
}

fn hours(count: i64) -> TimeDelta {
    span([0, 0, 0, 0, 0, count, 0])
}

fn at(date: [i64; 3], time: [i64; 4]) -> DateTime {
    DateTime::new(date, time)
}

#[test]
fn days_are_counted() {
    let day = Date::new(2024, 1, 31).plus(span([1, 0, 0, 0, 0, 0, 0]));
    assert_eq!(
        (str(&day), repr(&day), day.weekday()),
        ("2024-02-01".into(), "datetime.date(2024, 2, 1)".into(), 3)
    );
    assert_eq!(
        str(&Date::new(2024, 3, 1).since(Date::new(2024, 2, 1))),
        "29 days, 0:00:00"
    );
    assert_eq!(
        (Date::new(2024, 1, 5).toordinal(), Date::fromordinal(738890)),
        (738890, Date::new(2024, 1, 5))
    );
    for number in [1, 365, 366, 146_097, 146_098, 730_000, 3_652_059] {
        let day = Date::fromordinal(number);
        assert_eq!(
            Date::new(day.year(), day.month(), day.day()).toordinal(),
            number
        );
    }
    for ((year, month, day), message) in [
        ((2024, 2, 30), "day is out of range for month"),
        ((2024, 13, 1), "month must be in 1..12"),
        ((10000, 1, 1), "year 10000 is out of range"),
    ] {
        assert_eq!(
            Date::try_new(year, month, day).unwrap_err().message(),
            message
        );
    }
    let end = Date::new(9999, 12, 31).try_plus(span([1, 0, 0, 0, 0, 0, 0]));
    assert_eq!(
        end.unwrap_err().traceback_line(),
        "OverflowError: date value out of range"
    );
}

#[test]
fn spans_have_python_s_texts() {
    for (value, text, shown) in [
        (
            span([1, 4, 0, 0, 3, 2, 0]),
            "1 day, 2:03:04",
            "datetime.timedelta(days=1, seconds=7384)",
        ),
        (
            hours(-1),
            "-1 day, 23:00:00",
            "datetime.timedelta(days=-1, seconds=82800)",
        ),
        (span([0; 7]), "0:00:00", "datetime.timedelta(0)"),
        (
            span([0, 0, 5, 0, 0, 0, 0]),
            "0:00:00.000005",
            "datetime.timedelta(microseconds=5)",
        ),
        (
            TimeDelta::of_floats([1.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
            "1 day, 12:00:00",
            "datetime.timedelta(days=1, seconds=43200)",
        ),
        (
            TimeDelta::of_floats([0.0, 0.1234567, 0.0, 0.0, 0.0, 0.0, 0.0]),
            "0:00:00.123457",
            "datetime.timedelta(microseconds=123457)",
        ),
    ] {
        assert_eq!(
            (str(&value), repr(&value)),
            (text.to_string(), shown.to_string())
        );
    }
}

#[test]
fn spans_are_computed_with() {
    let day = hours(24);
    assert_eq!(
        (
            day.ratio(hours(5)),
            day.floor_ratio(hours(5)),
            str(&day.rest(hours(5)))
        ),
        (4.8, 4, "4:00:00".into())
    );
    assert_eq!(
        (
            str(&day.scaled(2.5)),
            str(&day.shared(2)),
            str(&day.floor_shared(7))
        ),
        (
            "2 days, 12:00:00".into(),
            "12:00:00".into(),
            "3:25:42.857142".into()
        )
    );
    assert_eq!(
        (str(&hours(1).negated()), str(&hours(-1).absolute())),
        ("-1 day, 23:00:00".into(), "1:00:00".into())
    );
    assert_eq!(
        repr(&span([0, 0, 3, 0, 0, 0, 0]).shared(2)),
        "datetime.timedelta(microseconds=2)"
    );
    assert_eq!(span([1, 0, 1, 0, 0, 0, 0]).total_seconds(), 86400.000001);
    assert_eq!(
        day.try_shared(0).unwrap_err().message(),
        "integer division or modulo by zero"
    );
}

#[test]
fn moments_move_and_show() {
    let moment = at([2024, 1, 5], [7, 0, 0, 0]);
    let before = moment.minus(TimeDelta::of_floats([0.0, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0]));
    assert_eq!(str(&before), "2024-01-05 06:59:59.500000");
    assert_eq!(
        (repr(&moment), moment.isoformat("T")),
        (
            "datetime.datetime(2024, 1, 5, 7, 0)".into(),
            "2024-01-05T07:00:00".into()
        )
    );
    assert_eq!(
        repr(&at([2024, 1, 31], [10, 0, 5, 7])),
        "datetime.datetime(2024, 1, 31, 10, 0, 5, 7)"
    );
    assert_eq!(
        DateTime::try_new([2024, 1, 1], [24, 0, 0, 0])
            .unwrap_err()
            .message(),
        "hour must be in 0..23"
    );
    assert!(DateTime::now() > at([2024, 1, 1], [0; 4]));
}

#[test]
fn formats() {
    let day = Date::new(2024, 1, 5);
    assert_eq!(
        day.strftime("%A %a %B %b %d %-d %j %U %W %y %% %H %x %c %G-%V %u %w"),
        "Friday Fri January Jan 05 5 005 00 01 24 % 00 01/05/24 Fri Jan  5 00:00:00 2024 2024-01 5 5"
    );
    let moment = at([2024, 1, 5], [15, 4, 5, 6]);
    assert_eq!(
        moment.strftime("%I:%M:%S %p %f %X %Z|%z"),
        "03:04:05 PM 000006 15:04:05 |"
    );
    assert_eq!(
        (
            format(&day, "%d/%m"),
            Date::new(5, 1, 1).strftime("%Y"),
            str(&Date::new(5, 1, 1))
        ),
        ("05/01".into(), "5".into(), "0005-01-01".into())
    );
}

#[test]
fn texts_are_read() {
    for (text, format, shown) in [
        ("2024-01-05", "%Y-%m-%d", "2024-01-05 00:00:00"),
        (
            "5 Mar 2024 03:04 PM",
            "%d %b %Y %I:%M %p",
            "2024-03-05 15:04:00",
        ),
        (
            "20240105T101112.5",
            "%Y%m%dT%H%M%S.%f",
            "2024-01-05 10:11:12.500000",
        ),
        (
            "monday, 1 january 70",
            "%A, %d %B %y",
            "1970-01-01 00:00:00",
        ),
        ("2024 60", "%Y %j", "2024-02-29 00:00:00"),
    ] {
        assert_eq!(str(&DateTime::strptime(text, format)), shown);
    }
    for (text, message) in [
        ("2024-01-5x", "unconverted data remains: x"),
        ("x", "time data 'x' does not match format '%Y-%m-%d'"),
        ("2024-02-30", "day is out of range for month"),
    ] {
        assert_eq!(
            DateTime::try_strptime(text, "%Y-%m-%d")
                .unwrap_err()
                .message(),
            message
        );
    }
    assert_eq!(
        str(&DateTime::fromisoformat("2024-01-01T10:20")),
        "2024-01-01 10:20:00"
    );
    assert_eq!(
        (
            str(&Date::fromisoformat("20240101")),
            str(&DateTime::fromisoformat("2024-01-01"))
        ),
        ("2024-01-01".into(), "2024-01-01 00:00:00".into())
    );
    assert_eq!(
        Date::try_fromisoformat("2024-1-1").unwrap_err().message(),
        "Invalid isoformat string: '2024-1-1'"
    );
}
