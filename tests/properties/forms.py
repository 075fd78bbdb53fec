"""The forms that random programs are made of, read from `forms/`: lines of Python with places to fill.

A section `[int]` holds expressions of that kind, one a line; `[statement]` and `[declared]` hold pieces of several lines, parted by
empty lines. In a form

    <int>         an expression of the kind; `<int each:int>` may use the name `each`, an int, too
    <my ints>     a variable of the kind that may be changed
    <-3..3>       a number between the two
    «+¦-¦*»       one of these
    §1            a new name, the same wherever it occurs in the form
    <block>       some statements, where it stands alone on its line
    => §1 ints    as last line: which of the new names later statements may read
    ---           in a declaration, what stands in a module from what uses it
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("forms")
KINDS = {
    "ints": "list[int]",
    "strs": "list[str]",
    "floats": "list[float]",
    "dict": "dict[str, int]",
    "set": "set[int]",
    "pair": "tuple[int, str]",
    "maybe": "int | None",
    "shape": "Shape",
    "color": "Color",
    "point": "Point",
    "rows": "list[list[int]]",
    "groups": "dict[str, list[int]]",
    "numbered": "dict[int, str]",
    "pairs": "list[tuple[str, int]]",
    "words": "set[str]",
    "tuple": "tuple[int, ...]",
}
"""The short names that forms use for what Python calls otherwise."""

PLACE = re.compile(
    r"<(?:(?P<low>-?\d+)\.\.(?P<high>-?\d+)|(?P<my>my )?(?P<kind>[a-z]+)(?P<names>( [§\w]+:\w+)*))>|«(?P<choices>[^»]*)»"
)
_SHOWN = re.compile(r"=> (.*)")


@dataclass(frozen=True)
class Form:
    """One form. `gives` are the new names that it leaves, each with its kind."""

    text: str
    gives: tuple[tuple[str, str], ...] = ()

    @property
    def quoted(self) -> bool:
        """True for an f-string, in which quotes must not nest before Python 3.12."""
        return "f'" in self.text and "\n" not in self.text


def _form(text: str) -> Form:
    *above, last = text.split("\n")
    shown = _SHOWN.fullmatch(last)
    if shown is None:
        return Form(text)
    pairs = [each.split() for each in shown[1].split(",")]
    return Form("\n".join(above), tuple((name, KINDS.get(kind, kind)) for name, kind in pairs))


def read(text: str) -> dict[str, list[Form]]:
    """The forms of one file, by section."""
    found: dict[str, list[Form]] = {}
    for part in re.split(r"^(?=\[\w+\]$)", text, flags=re.MULTILINE)[1:]:
        head, _, body = part.partition("\n")
        name = head.strip("[]")
        pieces = re.split(r"\n{2}(?!\n|    )", body.strip("\n")) if name in ("statement", "declared") else body.split("\n")
        if name == "declared":
            # Two empty lines part what is declared from the next declaration of the same piece.
            pieces = re.split(r"(?<!\n)\n\n(?=\S)", re.sub(r"\n\n\n", "\n\f\n", body.strip("\n")))
            pieces = [each.replace("\n\f\n", "\n\n\n") for each in pieces]
        found.setdefault(KINDS.get(name, name), []).extend(_form(each) for each in pieces if each.strip())
    return found


def kinds_named(form: Form) -> set[str]:
    """The kinds of what fills the places of a form."""
    found: set[str] = set()
    for place in PLACE.finditer(form.text):
        if place["choices"] is not None:
            found |= {kind for each in place["choices"].split("¦") for kind in kinds_named(Form(each))}
        elif place["kind"] is not None:
            found.add(KINDS.get(place["kind"], place["kind"]))
    return found


SECTIONS = {
    "numbers": ("int", "float", "bool", "border", "wild", "maybe"),
    "texts": ("str", "int", "strs"),
    "containers": ("slice", "ints", "tuple", "rows", "pairs", "dict", "numbered", "groups", "set", "words", "bytes", "floats"),
    "statements": ("statement",),
    "declared": ("declared",),
    "arrays": ("array", "small", "farray", "matrix", "statement"),
}
"""What each file holds."""


@cache
def forms() -> dict[str, list[Form]]:
    """All forms, by the kind of what they make."""
    found: dict[str, list[Form]] = {}
    for name in SECTIONS:
        for kind, each in read((FOLDER / f"{name}.txt").read_text(encoding="utf-8")).items():
            found.setdefault(kind, []).extend(each)
    return found
