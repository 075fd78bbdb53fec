"""Each grading component gives its docstring's example the score that the docstring states."""

from __future__ import annotations

import ast
import re
import textwrap

import pytest

from batuta.quality.components import components
from batuta.quality.counts import count


def sections(module) -> dict[str, str]:
    """The docstring's headed sections, each without its common indentation."""
    parts = re.split(r"^## (\w+)\n", module.__doc__, flags=re.MULTILINE)[1:]
    return {
        name: "\n".join(line.removeprefix("    ") for line in body.split("\n"))
        for name, body in zip(parts[::2], parts[1::2], strict=True)
    }


@pytest.mark.parametrize("component", components(), ids=lambda module: module.NAME)
def test_the_docstring_example_scores_as_stated(component):
    parts = sections(component)
    example = parts["Example"].rstrip("\n") + "\n"
    counts = count(ast.parse(example), example)
    assert component.score(counts) == pytest.approx(float(textwrap.dedent(parts["Score"]))), counts
    assert component.score(counts) < component.WEIGHT, "an example must show the rule at work"


def test_the_weights_add_up():
    assert sum(each.WEIGHT for each in components()) == 110
