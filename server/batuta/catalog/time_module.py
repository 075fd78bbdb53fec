"""`time`: the clocks, and sleeping. Dates and their texts are not translated."""

from batuta.catalog.entry import Entry, Shelf

_IMPORT = "import time\n"

SHELF = Shelf(
    module="time",
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
    ),
    refused={
        "time.strftime": ("dates as text are not translated", "Print the number of seconds."),
        "time.localtime": ("dates are not translated", "Use `time.time()`."),
        "time.ctime": ("dates as text are not translated", "Use `time.time()`."),
    },
)
