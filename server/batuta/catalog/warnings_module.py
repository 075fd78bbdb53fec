"""The module `warnings`: filters.

## Before
    warnings.filterwarnings("ignore")
## After
    (nothing)
## Same numbers
    filters change no value; what would be warned of goes to standard error
    the text of a warning goes to standard error, without the line of the Python file
## Not handled
    warnings turned into errors, warnings that are recorded
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
            "warnings.warn",
            "(message: str, category: Any = None, stacklevel: Any = 1) -> None",
            "py::warn({&message})",
            effects=("prints",),
            case='import warnings\n\n\ndef old(n):\n    warnings.warn("use new()", DeprecationWarning, stacklevel=2)\n    return n + 1\n\n\n'
            'print(old(1))\nwith warnings.catch_warnings():\n    warnings.simplefilter("ignore")\n    print(old(2))\n'
            'warnings.warn(f"{old(3)} is much")\n',
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
