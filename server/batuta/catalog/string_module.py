"""The module `string`: its constants.

## Before
    letters = string.ascii_lowercase
## After
    let letters = "abcdefghijklmnopqrstuvwxyz".to_string();
## Same numbers
    equal
## Not handled
    `Template` and `Formatter`
"""

import json
import string

from batuta.catalog.entry import Entry, Shelf


def _literal(text: str) -> str:
    """The text as a Rust literal; the few control characters are those of `string.whitespace`."""
    quoted = json.dumps(text)
    return quoted.replace("\\u000b", "\\u{b}").replace("\\f", "\\u{c}").replace("{", "{{").replace("}", "}}") + ".to_string()"


_NAMES = "ascii_lowercase ascii_uppercase ascii_letters digits hexdigits octdigits punctuation whitespace printable"

SHELF = Shelf(
    module="string",
    entries=(
        *(
            Entry(
                f"string.{name}",
                "() -> str",
                _literal(getattr(string, name)),
                kind="constant",
                case=f"import string\nprint(repr(string.{name}), len(string.{name}))\n",
            )
            for name in _NAMES.split()
        ),
        Entry(
            "string.capwords",
            ("(s: str) -> str", "(s: str, sep: str) -> str"),
            ("py::capwords({&s})", "py::~capwords_by({&s}, {&sep})"),
            raises=("ValueError",),
            case='import string\nprint(string.capwords("hello  big WORLD "), string.capwords("a-bc-D", "-"))\n',
        ),
    ),
    refused={
        "string.Template": ("its text is read when the program runs", "Use an f-string."),
        "string.Formatter": ("its text is read when the program runs", "Use an f-string."),
    },
)
