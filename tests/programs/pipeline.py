"""A fixture program's way through everything: Python's output, the translation, rustc's verdict, the comparison."""

from __future__ import annotations

from batuta.workflow import corpus
from batuta.workflow.corpus import PASSES, Row, Settings
from fixtures.python_side import Outcome, Program


def judge(programs: list[Program], expected: list[Outcome], name: str = "fixtures", target: str = "auto") -> list[Row]:
    """Takes programs all the way and says how each fared. `expected` is what Python showed.

    `name` keeps the packages of different callers apart.
    """
    # What a fixture writes is not recorded, so it is not compared.
    return corpus.judge([each.case() for each in programs], expected, Settings(name, target=target))


__all__ = ["PASSES", "Row", "judge"]
