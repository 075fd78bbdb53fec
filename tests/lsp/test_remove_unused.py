"""Removing what nothing uses leaves the rest as it was, to the blank."""

from __future__ import annotations

import ast

import pytest

from batuta.lsp.assists import remove_unused
from tests.lsp.test_assists import applied, select

CASES = {
    "a function with its comment and decorator": (
        "import functools\n\n\n# Once.\n@functools.lru_cache\ndef «unused»(x):\n    return x\n\n\nprint(1)  # end\n",
        "import functools\n\n\nprint(1)  # end\n",
    ),
    "the last statement": ("print(1)\n\n\ndef «unused»(x):\n    return x", "print(1)\n\n\n"),
    "the only method": (
        "class A:\n    def «unused»(self, x):\n        return x\n\n\nprint(A() is None)\n",
        "class A:\n    pass\n\n\nprint(A() is None)\n",
    ),
    "a function in a function": (
        "def f(n):\n    def «unused»(q):\n        return q\n\n    # Kept.\n    return n  ;  \n\n\nprint(f(1))\n",
        "def f(n):\n\n    # Kept.\n    return n  ;  \n\n\nprint(f(1))\n",
    ),
    "one of two with the same name": (
        "class A:\n    def g(self):\n        return 1\n\n\nclass B:\n    def «g»(self, x):\n        return x\n\n\nprint(A().g(), B() is None)\n",
        "class A:\n    def g(self):\n        return 1\n\n\nclass B:\n    pass\n\n\nprint(A().g(), B() is None)\n",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_only_the_definition_goes(name: str) -> None:
    before, after = CASES[name]
    selection = select(before)
    (offer,) = remove_unused.offer(selection)
    text = applied(selection, remove_unused.change(selection, offer.data).edits)
    assert text == after
    ast.parse(text)
    start = text.find("print")
    assert remove_unused.offer(select(f"{text[:start]}«»{text[start:]}")) == [], "a second time there is nothing to do"


def test_line_ends_stay_as_they_are() -> None:
    before = CASES["the only method"][0].replace("\n", "\r\n")
    selection = select(before)
    (offer,) = remove_unused.offer(selection)
    ((_, text),) = remove_unused.change(selection, offer.data).edits
    assert "\r\n" in text and "\n" not in text.replace("\r\n", "")
