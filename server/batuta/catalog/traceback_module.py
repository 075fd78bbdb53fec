"""The module `traceback`: the last line of a traceback, which names the exception.

## Before
    except ValueError:
        traceback.print_exc()
## After
    py::write_stderr(&format!("{}\\n", py::traceback_line(&error)));
## Same numbers
    the last line is Python's
## Not handled
    the other lines of a traceback: they name the lines of the Python file
"""

from batuta.catalog.entry import Entry, Shelf

_LINES = ("the lines of a traceback are those of the Python file", "Show `type(e).__name__` and `str(e)` of the exception.")

SHELF = Shelf(
    module="traceback",
    entries=(
        Entry(
            "traceback.last_line",
            '(error: "builtins.Exception", /) -> str',
            "py::traceback_line({&error})",
            case="import traceback\n\n\nclass Bad(Exception):\n    pass\n\n\nfor number in range(3):\n    try:\n"
            "        if number == 0:\n            int('x')\n        if number == 1:\n            raise Bad('one')\n        raise Bad\n"
            "    except Exception:\n        traceback.print_exc()\n        print(traceback.format_exc().splitlines()[-1])\n"
            "try:\n    raise Bad('two')\nexcept Bad:\n    print(traceback.format_exc().strip().split('\\n')[-1])\n",
        ),
    ),
    refused={
        f"traceback.{name}": _LINES
        for name in (
            "format_exc",
            "format_exception",
            "print_exc",
            "print_exception",
            "extract_tb",
            "format_tb",
            "print_tb",
            "print_stack",
        )
    },
)
