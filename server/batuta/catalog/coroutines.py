"""Generators that are spoken to: `send`, `throw`, `close`, `next`.

## Before
    average = averager()
    next(average)
    print(average.send(10))
## After
    let average = averager();
    average.advance();
    py::print!("{}", py::Float(average.send(10)));
## Same numbers
    equal
## Not handled
    what a generator does when Python collects it without its being closed
"""

from __future__ import annotations

from batuta.catalog.entry import Entry, LibraryClass, Shelf

_ME = 'self: Object["builtins.coroutine", Y, S, R]'
_CASE = "def echo():\n    heard = 'start'\n    while heard != 'stop':\n        heard = yield heard\n    return 7\n\n\ng = echo()\nprint(next(g))\n"


def _method(name: str, parameters: str, result: str, rust: str, case: str) -> Entry:
    return Entry(
        f"builtins.coroutine.{name}",
        f"({_ME}{parameters}) -> {result}",
        rust,
        kind="method",
        raises=("StopIteration", "Exception"),
        case=_CASE + case,
    )


SHELF = Shelf(
    module="builtins.coroutine",
    classes=(LibraryClass("builtins.coroutine", "py::Coroutine<{0}, {1}, {2}>", mutable=False, iterates="T", iterator=True),),
    entries=(
        _method(
            "send",
            ", value: S, /",
            "Y",
            "{self}.~send({value})",
            "print(g.send('a'))\ntry:\n    g.send('stop')\nexcept StopIteration as stop:\n    print(stop.value)\n",
        ),
        _method(
            "throw",
            ', error: "builtins.Exception", /',
            "Y",
            "{self}.~throw_in({error})",
            "g.send('b')\ntry:\n    g.throw(ValueError('bad'))\nexcept ValueError as error:\n    print(error)\n",
        ),
        _method("close", "", "None", "{self}.~close()", "g.send('c')\ng.close()\nprint(list(g))\n"),
        _method("__next__", "", "Y", "{self}.~advance()", "g.send('d')\n"),
        _method("__next_or__", ", default: Y, /", "Y", "{self}.advance_or({default})", "g.close()\nprint(next(g, 'none'))\n"),
    ),
)
