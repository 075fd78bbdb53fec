"""`time`: the clocks, sleeping, and moments in their fields (`struct_time`)."""

from batuta.catalog.entry import Entry, LibraryClass, Shelf

_IMPORT = "import time\n"
_FIELDS = '"time.struct_time"'
_NAMES = ("tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst")

SHELF = Shelf(
    module="time",
    classes=(LibraryClass("time.struct_time", "py::datetime::StructTime", copy=True, mutable=False, iterates="int"),),
    entries=(
        *(
            Entry(
                f"time.{name}",
                "() -> float",
                f"py::time::{rust}()",
                effects=("time",),
                case=_IMPORT + f"start = time.{name}()\nprint(time.{name}() >= start)\n",
            )
            for name, rust in (
                ("perf_counter", "perf_counter"),
                ("monotonic", "perf_counter"),
                ("process_time", "perf_counter"),
                ("time", "time"),
            )
        ),
        *(
            Entry(
                f"time.{name}",
                "() -> int",
                f"py::time::{rust}()",
                effects=("time",),
                case=_IMPORT + f"start = time.{name}()\nprint(time.{name}() >= start)\n",
            )
            for name, rust in (
                ("perf_counter_ns", "perf_counter_ns"),
                ("monotonic_ns", "perf_counter_ns"),
                ("time_ns", "time_ns"),
            )
        ),
        Entry(
            "time.sleep",
            "(secs: float, /) -> None",
            "py::time::~sleep({secs})",
            raises=("ValueError",),
            effects=("time",),
            observes_int=False,
            case=_IMPORT + 'time.sleep(0.001)\nprint("awake")\n',
        ),
        *(
            Entry(
                f"time.{name}",
                f"(seconds: float | None = None, /) -> {_FIELDS}",
                f"py::datetime::StructTime::{name}({{seconds}})",
                effects=("time",),
                observes_int=False,
                case=_IMPORT
                + f"t = time.{name}(86400)\nprint(t.tm_year, t.tm_yday, t[0] == t.tm_year, time.{name}().tm_year > 2020)\n",
            )
            for name in ("gmtime", "localtime")
        ),
        Entry(
            "time.strftime",
            ("(format: str, /) -> str", f"(format: str, t: {_FIELDS}, /) -> str"),
            ("py::datetime::StructTime::localtime(None).strftime({&format})", "{t}.strftime({&format})"),
            effects=("time",),
            case=_IMPORT
            + "print(time.strftime('%Y-%m-%d %H:%M:%S', time.gmtime(1700000000)), len(time.strftime('%Y-%m-%d')))\n",
        ),
        Entry(
            "time.strptime",
            f"(string: str, format: str, /) -> {_FIELDS}",
            "py::datetime::~struct_time({&string}, {&format})",
            raises=("ValueError",),
            case=_IMPORT + "t = time.strptime('2024-02-29 10:30', '%Y-%m-%d %H:%M')\nprint(t.tm_mon, t.tm_hour, t)\n"
            "try:\n    time.strptime('x', '%Y')\nexcept ValueError as error:\n    print(error)\n",
        ),
        Entry(
            "time.mktime",
            f"(t: {_FIELDS}, /) -> float",
            "{t}.mktime()",
            effects=("time",),
            case=_IMPORT
            + "a = time.mktime(time.strptime('2024-01-02', '%Y-%m-%d'))\nb = time.mktime(time.strptime('2024-01-01', '%Y-%m-%d'))\nprint(a - b)\n",
        ),
        Entry(
            "time.asctime",
            f"(t: {_FIELDS}, /) -> str",
            "{t}.asctime()",
            case=_IMPORT + "print(time.asctime(time.gmtime(0)))\n",
        ),
        Entry(
            "time.ctime",
            "(seconds: float | None = None, /) -> str",
            "py::datetime::StructTime::localtime({seconds}).asctime()",
            effects=("time",),
            observes_int=False,
            case=_IMPORT + "print(len(time.ctime()), len(time.ctime(0)))\n",
        ),
        Entry(
            "calendar.timegm",
            f"(tuple: {_FIELDS}, /) -> int",
            "{tuple}.timegm()",
            case="import calendar\nimport time\nprint(calendar.timegm(time.gmtime(1700000000)))\n",
        ),
        *(
            Entry(
                f"time.struct_time.{name}",
                f"(self: {_FIELDS}) -> int",
                f"{{self}}.field({place})",
                kind="attribute",
                case=_IMPORT + f"print(time.gmtime(1700000000).{name})\n",
            )
            for place, name in enumerate(_NAMES)
        ),
        Entry(
            "time.struct_time.__getitem__",
            f"(self: {_FIELDS}, index: int, /) -> int",
            "{self}.~at({index})",
            kind="method",
            raises=("IndexError",),
            case=_IMPORT + "t = time.gmtime(0)\nprint(t[0], t[-1], t)\n",
        ),
        *(
            Entry(
                f"datetime.{owner}.timetuple",
                f'(self: "datetime.{owner}") -> {_FIELDS}',
                f"py::datetime::StructTime::{rust}({{self}})",
                kind="method",
                case=f"from datetime import {owner}\nt = {owner}(2024, 12, 31).timetuple()\nprint(t.tm_yday, t.tm_wday, t[7], t)\n",
            )
            for owner, rust in (("date", "of_date"), ("datetime", "of"))
        ),
    ),
)
