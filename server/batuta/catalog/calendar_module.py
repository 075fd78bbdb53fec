"""`calendar`: leap years, months and weekdays, with Monday first."""

from __future__ import annotations

from batuta.catalog.entry import Entry, Shelf

_IMPORT = "import calendar\n"
_AT = "py::datetime::calendar::"
_MONTHS = "for year, month in ((2024, 2), (2023, 2), (1900, 1), (2024, 12), (2021, 2)):\n    "


def _function(name: str, signature: str, rust: str, case: str) -> Entry:
    return Entry(
        f"calendar.{name}", signature, f"{_AT}{rust}", raises=("ValueError",) if "~" in rust else (), case=_IMPORT + case
    )


SHELF = Shelf(
    module="calendar",
    entries=(
        _function(
            "isleap",
            "(year: int) -> bool",
            "is_leap({year})",
            "print([year for year in range(1890, 1910) if calendar.isleap(year)])\n",
        ),
        _function(
            "leapdays",
            "(y1: int, y2: int) -> int",
            "leap_days({y1}, {y2})",
            "print(calendar.leapdays(1900, 2000), calendar.leapdays(2000, 2001))\n",
        ),
        Entry(
            "calendar.weekday",
            "(year: int, month: int, day: int) -> int",
            "py::datetime::Date::~new({year}, {month}, {day}).weekday()",
            raises=("ValueError",),
            case=_IMPORT + "print(calendar.weekday(2024, 2, 29), calendar.weekday(1970, 1, 1))\n",
        ),
        *(
            Entry(
                f"calendar.{name}",
                "() -> tuple[str, ...]",
                f"{_AT}names({months}, {short})",
                kind="constant",
                case=_IMPORT + f"print(list(calendar.{name}), calendar.{name}[1], calendar.{name}[-1])\n",
            )
            for name, months, short in (
                ("month_name", "true", "false"),
                ("month_abbr", "true", "true"),
                ("day_name", "false", "false"),
                ("day_abbr", "false", "true"),
            )
        ),
        *(
            Entry(f"calendar.{name}", "() -> int", str(index), kind="constant", case=_IMPORT + f"print(int(calendar.{name}))\n")
            for index, name in enumerate(("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"))
        ),
    ),
)
