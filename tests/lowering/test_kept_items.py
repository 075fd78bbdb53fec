"""An item that is taken over from the last printing is what printing it once more would give."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from batuta.lowering.kept_items import ItemLowering
from batuta.translate import Translation, translate
from benchmarks.joined_module import joined_module

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
SHARED_LATE = """
class Node:
    def __init__(self, value):
        self.value = value
        self.children = []

    def add(self, child):
        self.children.append(child)


def total(node):
    return node.value + sum(total(each) for each in node.children)


def longest(words):
    best = ""
    for word in words:
        if len(word) > len(best):
            best = word
    return best


def keep(rows, row):
    rows.append(row)
    row.append(len(rows))


root = Node(1)
child = Node(2)
root.add(child)
child.value = 5
print(total(root), longest(["a", "bcd", "ef"]))
rows = []
row = [1]
keep(rows, row)
row.append(7)
print(rows)
"""


def _told(result: Translation) -> tuple[object, ...]:
    return (
        result.rust,
        result.source_map,
        result.findings,
        sorted(result.features),
        sorted(result.crates),
        list(result.shared.values()),
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(SHARED_LATE, id="shared late"),
        pytest.param(joined_module(400), id="joined"),
        *[
            pytest.param(each.read_text(encoding="utf-8"), id=each.stem)
            for each in sorted((FIXTURES / "programs").glob("*.py"))[::4]
        ],
        *[
            pytest.param(each.read_text(encoding="utf-8"), id=each.stem)
            for each in sorted((FIXTURES / "strangers").glob("*.py"))[::25]
        ],
    ],
)
def test_taken_over_as_printed_again(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    once = _told(translate(text))
    monkeypatch.setattr(ItemLowering, "_holds", lambda self, kept: False)
    assert once == _told(translate(text))


def test_most_items_of_a_long_module_are_printed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[bool] = []
    holds = ItemLowering._holds

    def noted(self: Any, kept: Any) -> bool:
        answers.append(holds(self, kept))
        return answers[-1]

    monkeypatch.setattr(ItemLowering, "_holds", noted)
    assert not translate(joined_module(800)).refused
    assert sum(answers) > len(answers) / 2
