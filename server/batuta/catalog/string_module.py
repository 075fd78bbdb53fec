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

from batuta.catalog.entry import Entry, LibraryClass, Shelf


def _literal(text: str) -> str:
    """The text as a Rust literal; the few control characters are those of `string.whitespace`."""
    quoted = json.dumps(text)
    return quoted.replace("\\u000b", "\\u{b}").replace("\\f", "\\u{c}").replace("{", "{{").replace("}", "}}") + ".to_string()"


_NAMES = "ascii_lowercase ascii_uppercase ascii_letters digits hexdigits octdigits punctuation whitespace printable"

_TEMPLATE = "from string import Template\nt = Template('$name is ${age}, costs $$5')\n"

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
        Entry(
            "string.Template",
            '(template: str) -> "string.Template"',
            "py::template::Template::new({&template})",
            kind="class",
            case=_TEMPLATE + "print(t.substitute(name='Al', age=3), t.substitute({'name': 1, 'age': 2.5}))\n",
        ),
        Entry(
            "string.Template.template",
            '(self: "string.Template") -> str',
            "{self}.template()",
            kind="attribute",
            case=_TEMPLATE + "print(t.template)\n",
        ),
        *(
            Entry(
                f"string.Template.{name}",
                f'(self: "string.Template") -> {result}',
                f"{{self}}.{name}()",
                kind="method",
                case="from string import Template\nfor text in ('$a ${b} $a', '$$', 'a $ b', '${x', 'none'):\n    t = Template(text)\n"
                f"    print(t.{name}())\n",
            )
            for name, result in (("is_valid", "bool"), ("get_identifiers", "list[str]"))
        ),
        *(
            Entry(
                f"string.Template.{name}",
                '(self: "string.Template", mapping: dict[str, T], /) -> str',
                f"py::template::~substitute(&{{self}}, {{&mapping}}, {safe})",
                kind="method",
                raises=("KeyError", "ValueError"),
                case=_TEMPLATE
                + f"values = {{'name': 'Al', 'age': '4'}}\nprint(t.{name}(values), t.{name}(name='Bo', age=5))\n"
                + f"for text in ('$who is', 'a $ b', '${{x', '$$1 ${{name}}s'):\n    try:\n        print(Template(text).{name}(name='Al'))\n"
                + "    except (KeyError, ValueError) as error:\n        print(error)\n",
            )
            for name, safe in (("substitute", "false"), ("safe_substitute", "true"))
        ),
    ),
    classes=(LibraryClass("string.Template", "py::template::Template", mutable=False),),
    refused={
        "string.Formatter": ("its text is read when the program runs", "Use an f-string."),
    },
)
