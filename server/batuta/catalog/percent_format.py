"""`template % values`, where the values are not written in place or the template is made at run time.

What can be told from the text becomes a format string of Rust; this is for `row = (a, b)`, `template % row` and `template % tuple(x)`.

## Before
    row = ("ann", 3)
    print("%-5s|%3d" % row)
## After
    py::print!("{}", { let values = row.clone(); py::percent_format("%-5s|%3d", &[&values.0, &values.1]) });
## Same numbers
    equal, errors included
## Not handled
    `%(name)s` with a template that is made at run time
"""

from __future__ import annotations

from batuta.catalog._shown_values import shown_value
from batuta.catalog.entry import Call, Entry, Shelf
from batuta.ir import types as t


def _rust(call: Call) -> str:
    found = call.type("values")
    if isinstance(found, t.Tuple):
        parts = ", ".join(shown_value(each, f"values.{index}") for index, each in enumerate(found.items))
        return f"{{{{ let values = {{values}}; py::~percent_format({{&self}}, &[{parts}]) }}}}"
    if isinstance(found, t.Sequence):
        item = shown_value(found.element, "item")
        if item == "&item":
            items = "let items = {values}.to_vec();"
        else:
            items = f"let items: Vec<_> = {{values}}.to_vec().into_iter().map(|item| {item.removeprefix('&')}).collect();"
        return f"{{{{ {items} py::~percent_format({{&self}}, &py::percent_items(&items)) }}}}"
    return f"{{{{ let value = {{values}}; py::~percent_format({{&self}}, &[{shown_value(found, 'value')}]) }}}}"


SHELF = Shelf(
    module="str.percent",
    entries=(
        Entry(
            "str.__mod__",
            "(self: str, values: T) -> str",
            _rust,
            kind="method",
            raises=("TypeError", "ValueError"),
            case="def show(template, row):\n    return template % row\n"
            "print(show('%-5s|%3d|%6.2f|%x', ('ann', 3, 2.5, 255)))\nrow = (1, 2.5)\nprint('%d and %s' % row, '%03d,%g' % row)\n"
            "print('%d/%d/%d' % tuple([1, 2, 3]), '%*d|%-*d|' % (5, 3, 4, 7))\nfor pair in zip('ab', [1.5, 2.5]):\n    print('%s=%.1f' % pair)\n"
            "unit = '%s'\nprint(unit % 5, unit % 'x', unit % 2.5)\nd = {'a': 1, 'b': 2}\nprint('%(a)d-%(b)03d' % d)\n"
            "try:\n    print('%d %d' % (1,))\nexcept TypeError as error:\n    print(error)\n"
            "try:\n    print('%d %d' % tuple([1, 2, 3]))\nexcept TypeError as error:\n    print(error)\n",
        ),
    ),
)
