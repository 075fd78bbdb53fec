"""The module `warnings`: filters.

## Before
    warnings.filterwarnings("ignore")
## After
    (nothing)
## Same numbers
    filters change no value; what would be warned of goes to standard error
## Not handled
    warnings turned into errors, `catch_warnings`, `warn` of the program's own
"""

from batuta.catalog.entry import Call, Entry, Refusal, Shelf


def _quiet(call: Call) -> None:
    if call.constant("action") == "error":
        raise Refusal("BAT103", "warnings that are raised as errors are not translated", "Leave the filter out.")


SHELF = Shelf(
    module="warnings",
    entries=(
        Entry(
            "warnings.filterwarnings",
            "(action: Any, message: Any = '', category: Any = None, module: Any = '', lineno: Any = 0, append: Any = False) -> None",
            "()",
            refuse=_quiet,
            case='import warnings\nwarnings.filterwarnings("ignore")\nprint("quiet")\n',
        ),
        Entry(
            "warnings.simplefilter",
            "(action: Any, category: Any = None, lineno: Any = 0, append: Any = False) -> None",
            "()",
            refuse=_quiet,
            case='import warnings\nwarnings.simplefilter("ignore")\nprint("quiet")\n',
        ),
    ),
)
