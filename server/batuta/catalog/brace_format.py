"""`template.format(…)`, where the template is made at run time.

A template that is a literal, or a name for one, becomes a format string of Rust; this is for `def show(rows, style="{:.2f}")`,
`" ".join(parts).format(name=name)` and `texts[language].format(n)`.

## Before
    def show(value, style="{:.2f}"):
        print(style.format(value))
## After
    py::print!("{}", { let values = (value,); py::brace_format(style, &[&values.0], &[]) });
## Same numbers
    equal, errors included
## Not handled
    a template made at run time that looks into a value: `{0.name}`, `{row[0]}`
"""

from __future__ import annotations

from batuta.catalog._arrays import refuse
from batuta.catalog._shown_values import shown_value
from batuta.catalog.entry import FILLED, Call, Entry, Shelf
from batuta.ir import types as t


def _rust(call: Call) -> str:
    found = call.type("values")
    names = [each for each in call.constant("names").split(",") if each]
    held = ", ".join(f'"{each}"' for each in names)
    if isinstance(found, t.Tuple):
        if not found.items:
            return "py::~brace_format({&self}, &[], &[])"
        parts = ", ".join(shown_value(each, f"values.{index}", True) for index, each in enumerate(found.items))
        return f"{{{{ let values = {{values}}; py::~brace_format({{&self}}, &[{parts}], &[{held}]) }}}}"
    assert isinstance(found, t.Sequence)
    item = shown_value(found.element, "item", True)
    if item == "&item":
        items = "let items = {values}.to_vec();"
    else:
        items = f"let items: Vec<_> = {{values}}.to_vec().into_iter().map(|item| {item.removeprefix('&')}).collect();"
    return f"{{{{ {items} py::~brace_format({{&self}}, &py::brace_items(&items), &[{held}]) }}}}"


def _of_mapping(call: Call) -> str:
    found = call.type("mapping")
    assert isinstance(found, t.Dict)
    if shown_value(found.value, "item", True) != "&item":
        raise refuse(
            f"a dict of {t.show(found.value)} is formatted at run time", "Use an f-string, or write the values in place."
        )
    kept = "false" if call.given("mapped") else "true"
    return f"py::~brace_format_map({{&self}}, {{&mapping}}, {kept})"


_TEXT = "Callable[[{}, str, str], str]"

SHELF = Shelf(
    module="str.format",
    entries=(
        Entry(
            f"builtins.{FILLED}",
            f"(template: str, count: int, names: str, converts: bool, at: {_TEXT.format('int')}, named: {_TEXT.format('str')}) -> str",
            "py::~format_template({&template}, {count}, {&names}, {converts}, {fn at}, {fn named})",
            raises=("ValueError", "IndexError", "KeyError"),
            case="class Price:\n    def __init__(self, cents):\n        self.cents = cents\n    def __format__(self, spec):\n"
            "        return format(self.cents / 100, spec or '.2f')\n    def __repr__(self):\n        return 'Price()'\n"
            "def show(template, name, price):\n    return template.format(name, price, cost=price)\n"
            "for each in ('{}={}', '{1:>8.1f}|{0!r:<7}|', '{cost:.3f} {{}} {0}', '{cost!r:>9}'):\n    print(show(each, 'tea', Price(450)))\n"
            "for each in ('{', '{} {} {}', '{missing}'):\n    try:\n        print(show(each, 'tea', Price(450)))\n"
            "    except (ValueError, IndexError, KeyError) as error:\n        print(error)\n",
            notes="It stands for `template.format(…)` where objects of the program show themselves.",
        ),
        Entry(
            "str.format",
            "(self: str, values: T, names: str = '') -> str",
            _rust,
            kind="method",
            raises=("IndexError", "KeyError", "ValueError", "TypeError"),
            case="def show(template, *cells):\n    return template.format(*cells)\n"
            "print(show('{:<6}|{:>4}', 'a', 'b'), show('{}{}', 'x', 'y'))\n"
            "style = '{:.' + str(2) + 'f}'\nprint(style.format(2.5), style.format(3), '<{}>'.join(['a', 'b']).format(None))\n"
            "for template in ['{0}-{name!r:>5}', '{name} {{}} {0:>{wide}}']:\n    print(template.format(7, name='n', wide=3))\n"
            "for template in ['{} {}', '{x}', '{', '{!z}', '{:d}', '{0}{}']:\n    try:\n        print(template.format('a'))\n"
            "    except (IndexError, KeyError, ValueError) as error:\n        print(type(error).__name__, error)\n"
            "from datetime import date\nfor template in ['{:%d.%m.%y}', '{}']:\n    print(template.format(date(2024, 5, 1)))\n"
            "for template in ['{} {}']:\n    print(template.format([1, 'a'][:1], {'a': (1, 2)}))\n",
        ),
        Entry(
            "str.format_map",
            "(self: str, mapping: dict[str, V], mapped: bool = True) -> str",
            _of_mapping,
            kind="method",
            raises=("IndexError", "KeyError", "ValueError", "TypeError"),
            case="row = {'a': 1, 'b': 22}\nfor key in 'cd':\n    row[key] = len(row)\n"
            "for template in ['{a:>3}{b}', '{d}{e}', '{}']:\n    try:\n        print(template.format_map(row))\n"
            "        print(template.format(**row))\n    except (KeyError, ValueError) as error:\n"
            "        print(type(error).__name__, error)\n",
        ),
    ),
)
