"""The module `datetime`: `date`, `datetime`, `time` and `timedelta`, and time zones at a fixed distance from UTC.

## Before
    due = date(2024, 2, 27) + timedelta(days=offset)
    print(due.strftime("%d.%m.%Y"))
## After
    let due = py::datetime::Date::new(2024, 2, 27).plus(py::datetime::TimeDelta::new([offset, 0, 0, 0, 0, 0, 0]));
    py::print!("{}", due.strftime("%d.%m.%Y"));
## Same numbers
    equal; `strftime` writes what the C library of Linux writes in the locale "C"
## Not handled
    `tzinfo` of a `time`, weeks in `strptime`, the zone of the computer as an object (`astimezone()`)
"""

from __future__ import annotations

from batuta.catalog.entry import Call, Entry, LibraryClass, Shelf

_DATE, _MOMENT, _SPAN = '"datetime.date"', '"datetime.datetime"', '"datetime.timedelta"'
_CLOCK = '"datetime.time"'
_VALUE = ("ValueError",)
_UNITS = ("days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks")
_USE = "from datetime import date, datetime, timedelta\n"
_MOMENT_PARTS = ("year", "month", "day", "hour", "minute", "second", "microsecond")


def _span_signature(kind: str, zero: str) -> str:
    return f"({', '.join(f'{unit}: {kind} = {zero}' for unit in _UNITS)}) -> {_SPAN}"


def _span(name: str) -> str:
    return f"py::datetime::TimeDelta::~{name}([{', '.join(f'{{{unit}}}' for unit in _UNITS)}])"


def _attribute(owner: str, name: str, case: str, result: str = "int") -> Entry:
    return Entry(
        f"datetime.{owner}.{name}",
        f'(self: "datetime.{owner}") -> {result}',
        f"{{self}}.{name}()",
        kind="attribute",
        case=_USE + case,
    )


def _method(owner: str, name: str, result: str, case: str) -> Entry:
    return Entry(
        f"datetime.{owner}.{name}",
        f'(self: "datetime.{owner}") -> {result}',
        f"{{self}}.{name}()",
        kind="method",
        case=_USE + case,
    )


def _strftime(owner: str, case: str) -> Entry:
    return Entry(
        f"datetime.{owner}.strftime",
        f'(self: "datetime.{owner}", format: str) -> str',
        "{self}.strftime({&format})",
        kind="method",
        case=_USE + case,
    )


def _replace_moment(call: Call) -> str:
    zone = ".with_zone({tzinfo})" if call.given("tzinfo") else ""
    return f"{{self}}.~replace([{{year}}, {{month}}, {{day}}], [{{hour}}, {{minute}}, {{second}}, {{microsecond}}]){zone}"


def _new_moment(call: Call) -> str:
    zone = ".with_zone({tzinfo})" if call.given("tzinfo") else ""
    return f"py::datetime::DateTime::~new([{{year}}, {{month}}, {{day}}], [{{hour}}, {{minute}}, {{second}}, {{microsecond}}]){zone}"


def _isoformat(call: Call) -> str:
    return "{self}.~isoformat_to({&sep}, {&timespec})" if call.given("timespec") else "{self}.isoformat({&sep})"


def _combined(call: Call) -> str:
    return "{time}.on({date}).with_zone({tzinfo})" if call.given("tzinfo") else "{time}.on({date})"


_OPTIONAL_DATE = "year: int | None = None, month: int | None = None, day: int | None = None"
_OPTIONAL_TIME = "hour: int | None = None, minute: int | None = None, second: int | None = None, microsecond: int | None = None"

_DAY_CASE = "day = date(2024, 2, 27)\nprint(day.{0})\n"
_MOMENT_CASE = "moment = datetime(2023, 5, 17, 14, 30, 5, 250)\nprint(moment.{0})\n"
_ZONES = ("a class of time zones has no Rust form here", "Use `timezone` with a fixed offset.")
_ZONE = '"datetime.timezone"'
_ZONE_USE = "from datetime import date, datetime, time, timedelta, timezone\nnepal = timezone(timedelta(hours=5, minutes=45))\n"
_ZONED = "moment = datetime(2023, 5, 17, 14, 30, 5, 250, tzinfo=timezone.utc)\n"

SHELF = Shelf(
    module="datetime",
    classes=(
        LibraryClass("datetime.date", "py::datetime::Date", copy=True, mutable=False),
        LibraryClass("datetime.datetime", "py::datetime::DateTime", copy=True, mutable=False),
        LibraryClass("datetime.time", "py::datetime::Time", copy=True, mutable=False),
        LibraryClass("datetime.timezone", "py::datetime::TimeZone", copy=True, mutable=False),
        LibraryClass("datetime.IsoCalendarDate", "py::datetime::IsoWeek", copy=True, mutable=False),
        LibraryClass("datetime.timedelta", "py::datetime::TimeDelta", copy=True, mutable=False, can_be_false=True),
    ),
    entries=(
        Entry(
            "datetime.date",
            f"(year: int, month: int, day: int) -> {_DATE}",
            "py::datetime::Date::~new({year}, {month}, {day})",
            kind="class",
            raises=_VALUE,
            case=_USE
            + "day = date(2024, 2, 29)\nprint(day, repr(day), [day], f'{day:%d/%m}', date(year=2023, month=1, day=5))\n"
            + "print(day < date(2024, 3, 1), day == date(2024, 2, 29), max(day, date(2025, 1, 1)))\n"
            + "try:\n    date(2023, 2, 29)\nexcept ValueError as error:\n    print(error)\n",
        ),
        Entry(
            "datetime.date.today",
            f"() -> {_DATE}",
            "py::datetime::Date::today()",
            effects=("time",),
            case=_USE + "print(date.today() > date(2024, 1, 1))\n",
        ),
        Entry(
            "datetime.date.fromisoformat",
            f"(date_string: str) -> {_DATE}",
            "py::datetime::Date::~fromisoformat({&date_string})",
            raises=_VALUE,
            case=_USE
            + "print(date.fromisoformat('2024-02-29'))\n"
            + "try:\n    date.fromisoformat('2024-2-9')\nexcept ValueError as error:\n    print(error)\n",
        ),
        Entry(
            "datetime.date.fromisocalendar",
            f"(year: int, week: int, day: int) -> {_DATE}",
            "py::datetime::Date::~fromisocalendar({year}, {week}, {day})",
            raises=_VALUE,
            case=_USE
            + "print(date.fromisocalendar(2024, 1, 1), date.fromisocalendar(2020, 53, 7), date.fromisocalendar(2021, 9, 3))\n"
            + "for week, day in ((53, 1), (0, 1), (3, 8)):\n    try:\n        date.fromisocalendar(2021, week, day)\n"
            + "    except ValueError as error:\n        print(error)\n",
        ),
        Entry(
            "datetime.date.fromordinal",
            f"(ordinal: int) -> {_DATE}",
            "py::datetime::Date::~fromordinal({ordinal})",
            raises=_VALUE,
            case=_USE + "print(date.fromordinal(738890))\n",
        ),
        *(_attribute("date", name, _DAY_CASE.format(name)) for name in _MOMENT_PARTS[:3]),
        *(_method("date", name, "int", _DAY_CASE.format(f"{name}()")) for name in ("weekday", "isoweekday", "toordinal")),
        *(_method("date", name, "str", _DAY_CASE.format(f"{name}()")) for name in ("isoformat", "ctime")),
        _strftime("date", "print(date(2024, 2, 27).strftime('%d.%m.%Y %A %j %U'))\n"),
        Entry(
            "datetime.date.replace",
            f"(self: {_DATE}, {_OPTIONAL_DATE}) -> {_DATE}",
            "{self}.~replace({year}, {month}, {day})",
            kind="method",
            raises=_VALUE,
            case=_USE + "print(date(2024, 2, 27).replace(year=2023, day=1))\n",
        ),
        Entry(
            "datetime.datetime",
            "(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0, microsecond: int = 0,"
            f" tzinfo: {_ZONE} | None = None) -> {_MOMENT}",
            _new_moment,
            kind="class",
            raises=_VALUE,
            case=_USE
            + "moment = datetime(2023, 5, 17, 14, 30)\nprint(moment, repr(moment))\n"
            + "print(f'{moment:%Y/%m/%d}', moment < datetime(2024, 1, 1))\n"
            + "try:\n    datetime(2023, 5, 17, 24)\nexcept ValueError as error:\n    print(error)\n",
        ),
        Entry(
            "datetime.datetime.now",
            (f"() -> {_MOMENT}", f"(tz: {_ZONE}) -> {_MOMENT}"),
            ("py::datetime::DateTime::now()", "py::datetime::DateTime::now_in({tz})"),
            effects=("time",),
            case=_ZONE_USE
            + "print(datetime.now() > datetime(2024, 1, 1), datetime.now(timezone.utc) > datetime(2024, 1, 1, tzinfo=nepal))\n"
            + "print(datetime.now(tz=nepal).tzinfo)\n",
        ),
        Entry(
            "datetime.datetime.utcnow",
            f"() -> {_MOMENT}",
            "py::datetime::DateTime::utcnow()",
            effects=("time",),
            case=_USE + "print(datetime.utcnow() > datetime(2024, 1, 1), datetime.utcnow().tzinfo)\n",
        ),
        Entry(
            "datetime.datetime.fromtimestamp",
            (f"(timestamp: float) -> {_MOMENT}", f"(timestamp: float, tz: {_ZONE} | None) -> {_MOMENT}"),
            (
                "py::datetime::DateTime::~fromtimestamp({timestamp}, None)",
                "py::datetime::DateTime::~fromtimestamp({timestamp}, {tz})",
            ),
            raises=_VALUE,
            case=_ZONE_USE
            + "for seconds in (0, 1_700_000_000, 1.5, -2.25, 1e9 + 0.123456):\n"
            + "    print(datetime.fromtimestamp(seconds, timezone.utc), datetime.fromtimestamp(seconds, tz=nepal))\n"
            + "    print(datetime.fromtimestamp(seconds).timestamp() == seconds)\n",
        ),
        Entry(
            "datetime.datetime.utcfromtimestamp",
            f"(timestamp: float) -> {_MOMENT}",
            "py::datetime::DateTime::~fromtimestamp({timestamp}, Some(py::datetime::TimeZone::UTC)).with_zone(None)",
            raises=_VALUE,
            case=_USE + "print(datetime.utcfromtimestamp(1_700_000_000), datetime.utcfromtimestamp(0.5))\n",
        ),
        Entry(
            "datetime.datetime.timestamp",
            f"(self: {_MOMENT}) -> float",
            "{self}.timestamp()",
            kind="method",
            case=_ZONE_USE + _ZONED + "print(moment.timestamp(), moment.replace(tzinfo=nepal).timestamp())\n"
            "print(datetime.fromtimestamp(datetime(2024, 7, 1, 12).timestamp()), datetime(1960, 1, 1, tzinfo=timezone.utc).timestamp())\n",
        ),
        Entry(
            "datetime.datetime.astimezone",
            f"(self: {_MOMENT}, tz: {_ZONE}) -> {_MOMENT}",
            "{self}.~astimezone({tz})",
            kind="method",
            raises=("OverflowError",),
            case=_ZONE_USE
            + _ZONED
            + "print(moment.astimezone(nepal), repr(moment.astimezone(tz=nepal)), moment == moment.astimezone(nepal))\n"
            "print(moment - moment.astimezone(nepal), moment < moment.astimezone(nepal), {moment: 1, moment.astimezone(nepal): 2})\n"
            "print(f'{moment.astimezone(nepal):%H:%M %z %Z}', moment + timedelta(days=1), moment.replace(tzinfo=None), moment.replace(tzinfo=nepal))\n"
            "try:\n    print(moment - datetime(2023, 1, 1))\nexcept TypeError as error:\n    print(error)\n",
        ),
        Entry(
            "datetime.datetime.tzinfo",
            f"(self: {_MOMENT}) -> {_ZONE} | None",
            "{self}.tzinfo()",
            kind="attribute",
            case=_ZONE_USE
            + _ZONED
            + "print(moment.tzinfo, moment.replace(tzinfo=None).tzinfo, datetime(2024, 1, 1).tzinfo is None)\n",
        ),
        *(
            Entry(
                f"datetime.datetime.{name}",
                f"(self: {_MOMENT}) -> {result} | None",
                f"{{self}}.{name}()",
                kind="method",
                case=_ZONE_USE
                + _ZONED
                + f"print(moment.{name}(), moment.astimezone(nepal).{name}(), datetime(2024, 1, 1).{name}())\n",
            )
            for name, result in (("utcoffset", _SPAN), ("tzname", "str"))
        ),
        Entry(
            "datetime.timezone",
            (f"(offset: {_SPAN}) -> {_ZONE}", f"(offset: {_SPAN}, name: str) -> {_ZONE}"),
            ("py::datetime::TimeZone::~new({offset})", "py::datetime::TimeZone::~named({offset}, {&name})"),
            kind="class",
            raises=_VALUE,
            case=_ZONE_USE
            + "est = timezone(timedelta(hours=-5), 'EST')\nprint(nepal, repr(nepal), est, repr(est), est == timezone(timedelta(hours=-5)))\n"
            + "print(timezone(timedelta(seconds=-90)), [timezone(timedelta(0)), timezone.utc], datetime(2024, 1, 1, tzinfo=est))\n"
            + "print(datetime(2024, 1, 1, 23, 30, tzinfo=est).astimezone(timezone.utc).isoformat())\n"
            + "print(f'{datetime(2024, 1, 1, tzinfo=est):%Z %z}', datetime(2024, 1, 1, tzinfo=est).isoformat(' ', 'minutes'))\n"
            + "try:\n    timezone(timedelta(days=1))\nexcept ValueError as error:\n    print(error)\n",
        ),
        Entry(
            "datetime.timezone.utc",
            f"() -> {_ZONE}",
            "py::datetime::TimeZone::UTC",
            kind="constant",
            case=_ZONE_USE + "print(timezone.utc, repr(timezone.utc), datetime(2024, 1, 1, tzinfo=timezone.utc))\n",
        ),
        Entry(
            "datetime.UTC",
            f"() -> {_ZONE}",
            "py::datetime::TimeZone::UTC",
            kind="constant",
            case="from datetime import UTC, datetime\nprint(UTC, datetime(2024, 1, 1, tzinfo=UTC))\n",
        ),
        *(
            Entry(
                f"datetime.timezone.{name}",
                f"(self: {_ZONE}, dt: {_MOMENT} | None) -> {result}",
                f"{{self}}.{form}()",
                kind="method",
                case=_ZONE_USE + f"print(nepal.{name}(None), timezone.utc.{name}(datetime(2024, 1, 1)))\n",
            )
            for name, result, form in (("utcoffset", _SPAN, "offset"), ("tzname", "str", "name"))
        ),
        Entry(
            "datetime.datetime.today",
            f"() -> {_MOMENT}",
            "py::datetime::DateTime::now()",
            effects=("time",),
            case=_USE + "print(datetime.today() > datetime(2024, 1, 1))\n",
        ),
        Entry(
            "datetime.datetime.strptime",
            f"(date_string: str, format: str, /) -> {_MOMENT}",
            "py::datetime::DateTime::~strptime({&date_string}, {&format})",
            raises=_VALUE,
            case=_USE
            + "print(datetime.strptime('2022-01-31 08:05', '%Y-%m-%d %H:%M'), datetime.strptime('5 Mar 2024', '%d %b %Y'))\n"
            + "for zone in ('+0530', '-01:00', 'Z', '+053015', '-00:00:01.5', '+0000'):\n"
            + "    print(repr(datetime.strptime('10:30 ' + zone, '%H:%M %z')))\n"
            + "print(datetime.strptime('10 UTC', '%H %Z'), repr(datetime.strptime('10 gmt+0200', '%H %Z%z')))\n"
            + "try:\n    datetime.strptime('31.01.2022', '%Y-%m-%d')\nexcept ValueError as error:\n    print(error)\n",
        ),
        Entry(
            "datetime.datetime.fromisoformat",
            f"(date_string: str) -> {_MOMENT}",
            "py::datetime::DateTime::~fromisoformat({&date_string})",
            raises=_VALUE,
            case=_USE + "print(datetime.fromisoformat('2024-02-29T10:20:30'), datetime.fromisoformat('2024-02-29'))\n"
            "for zone in ('Z', '+05:30', '-0130', '+02', '+01:02:03'):\n    print(repr(datetime.fromisoformat('2024-02-29T10:20:30.5' + zone)))\n",
        ),
        *(_attribute("datetime", name, _MOMENT_CASE.format(name)) for name in _MOMENT_PARTS),
        *(
            _method("datetime", name, "int", _MOMENT_CASE.format(f"{name}()"))
            for name in ("weekday", "isoweekday", "toordinal")
        ),
        _method("datetime", "ctime", "str", _MOMENT_CASE.format("ctime()")),
        _method("datetime", "date", _DATE, _MOMENT_CASE.format("date()")),
        Entry(
            "datetime.datetime.isoformat",
            f"(self: {_MOMENT}, sep: str = 'T', timespec: str = 'auto') -> str",
            _isoformat,
            kind="method",
            raises=_VALUE,
            case=_USE
            + _MOMENT_CASE.format("isoformat(), moment.isoformat(' ')")
            + "for unit in ('auto', 'hours', 'minutes', 'seconds', 'milliseconds', 'microseconds'):\n    print(moment.isoformat(timespec=unit))\n",
        ),
        _strftime("datetime", "print(datetime(2023, 5, 17, 14, 30).strftime('%H:%M %p %B %-d'))\n"),
        Entry(
            "datetime.datetime.replace",
            f"(self: {_MOMENT}, {_OPTIONAL_DATE}, {_OPTIONAL_TIME}, tzinfo: {_ZONE} | None = None) -> {_MOMENT}",
            _replace_moment,
            kind="method",
            raises=_VALUE,
            case=_USE + _MOMENT_CASE.format("replace(month=1, hour=0, microsecond=0)"),
        ),
        Entry(
            "datetime.time",
            f"(hour: int = 0, minute: int = 0, second: int = 0, microsecond: int = 0) -> {_CLOCK}",
            "py::datetime::Time::~new([{hour}, {minute}, {second}, {microsecond}])",
            kind="class",
            raises=_VALUE,
            case="from datetime import time\nt = time(9, 5)\nprint(t, repr(t), [t, time(1, 2, 3, 4)], t < time(10), t == time(9, 5), time(), f'{t:%H.%M}')\n"
            "print(max(t, time(23)), {t: 1}, bool(time(0)))\ntry:\n    time(24)\nexcept ValueError as error:\n    print(error)\n",
        ),
        Entry(
            "datetime.time.fromisoformat",
            f"(time_string: str) -> {_CLOCK}",
            "py::datetime::Time::~fromisoformat({&time_string})",
            raises=_VALUE,
            case="from datetime import time\nprint(time.fromisoformat('04:23:01'), time.fromisoformat('04:23'))\n"
            "try:\n    time.fromisoformat('x')\nexcept ValueError as error:\n    print(error)\n",
        ),
        *(
            _attribute("time", name, f"import datetime\nprint(datetime.time(1, 2, 3, 4).{name})\n")
            for name in _MOMENT_PARTS[3:]
        ),
        _method(
            "time",
            "isoformat",
            "str",
            "import datetime\nprint(datetime.time(1, 2).isoformat(), datetime.time(1, 2, 3, 4).isoformat())\n",
        ),
        Entry(
            "datetime.time.strftime",
            f"(self: {_CLOCK}, format: str) -> str",
            "{self}.strftime({&format})",
            kind="method",
            case="from datetime import time\nprint(time(13, 5, 9).strftime('%I:%M:%S %p'))\n",
        ),
        Entry(
            "datetime.time.replace",
            f"(self: {_CLOCK}, {_OPTIONAL_TIME}) -> {_CLOCK}",
            "{self}.~replace([{hour}, {minute}, {second}, {microsecond}])",
            kind="method",
            raises=_VALUE,
            case="from datetime import time\nprint(time(13, 5, 9).replace(minute=0, second=30))\n",
        ),
        Entry(
            "datetime.datetime.time",
            f"(self: {_MOMENT}) -> {_CLOCK}",
            "py::datetime::Time::of({self})",
            kind="method",
            case=_USE + _MOMENT_CASE.format("time()"),
        ),
        Entry(
            "datetime.datetime.combine",
            f"(date: {_DATE}, time: {_CLOCK}, tzinfo: {_ZONE} | None = None) -> {_MOMENT}",
            _combined,
            case=_ZONE_USE
            + "print(datetime.combine(date(2024, 2, 29), time(10, 30, 5)), datetime.combine(date(2024, 2, 29), time(1), nepal))\n",
        ),
        *(
            Entry(
                f"datetime.{owner}.isocalendar",
                f'(self: "datetime.{owner}") -> "datetime.IsoCalendarDate"',
                f"py::datetime::IsoWeek::of({{self}}{'.date()' if owner == 'datetime' else ''})",
                kind="method",
                case=_USE
                + f"for year in (2020, 2021, 2024):\n    found = {owner}(year, 1, 1).isocalendar()\n"
                + "    print(found, found.year, found.week, found.weekday, found[1])\n",
            )
            for owner in ("date", "datetime")
        ),
        *(
            Entry(
                f"datetime.IsoCalendarDate.{name}",
                '(self: "datetime.IsoCalendarDate") -> int',
                f"{{self}}.{name}()",
                kind="attribute",
                case=_USE + f"print(date(2024, 12, 30).isocalendar().{name})\n",
            )
            for name in ("year", "week", "weekday")
        ),
        Entry(
            "datetime.IsoCalendarDate.__getitem__",
            '(self: "datetime.IsoCalendarDate", index: int, /) -> int',
            "{self}.~at({index})",
            kind="method",
            raises=("IndexError",),
            case=_USE + "print(date(2024, 12, 30).isocalendar()[0], date(2024, 12, 30).isocalendar()[-1])\n",
        ),
        *(
            Entry(
                f"datetime.{owner}.{name}",
                f'() -> "datetime.{owner}"',
                rust,
                kind="constant",
                case=_USE + f"print({owner}.{name})\n",
            )
            for owner, name, rust in (
                ("date", "min", "py::datetime::Date::new(1, 1, 1)"),
                ("date", "max", "py::datetime::Date::new(9999, 12, 31)"),
                ("datetime", "min", "py::datetime::DateTime::new([1, 1, 1], [0, 0, 0, 0])"),
                ("datetime", "max", "py::datetime::DateTime::new([9999, 12, 31], [23, 59, 59, 999_999])"),
            )
        ),
        Entry(
            "datetime.timedelta",
            (_span_signature("int", "0"), _span_signature("float", "0.0")),
            (_span("new"), _span("of_floats")),
            kind="class",
            raises=("OverflowError", "ValueError"),
            case=_USE
            + "span = timedelta(days=1, hours=2, minutes=3)\nprint(span, repr(span))\n"
            + "print([timedelta(hours=-1)], timedelta(), timedelta(hours=1.5))\n"
            + "print(span + timedelta(seconds=5), span - timedelta(days=2), span * 2, 0.5 * span, span / 3, span // 7, -span)\n"
            + "print(span / timedelta(hours=1), span // timedelta(hours=1), span % timedelta(hours=1), span > timedelta(1))\n"
            + "start = date(2024, 2, 27)\nprint(start + timedelta(days=3))\n"
            + "print(start - timedelta(weeks=1), (date(2024, 12, 25) - start).days)\n"
            + "moment = datetime(2024, 2, 27, 8)\nprint(moment + span, moment - span)\n"
            + "print(moment - datetime(2024, 1, 1), timedelta(1) + moment)\n"
            + "try:\n    date(9999, 12, 31) + timedelta(1)\nexcept OverflowError as error:\n    print(error)\n",
        ),
        *(
            _attribute("timedelta", name, f"print(timedelta(hours=-30, microseconds=7).{name})\n")
            for name in ("days", "seconds", "microseconds")
        ),
        _method(
            "timedelta",
            "total_seconds",
            "float",
            "print(timedelta(hours=-30, microseconds=7).total_seconds(), timedelta(1).total_seconds())\n",
        ),
    ),
    refused={
        "datetime.tzinfo": _ZONES,
    },
)
