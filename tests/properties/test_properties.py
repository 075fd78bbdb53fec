"""Random programs do in Rust what they do in Python: what they print, what they raise, where they stop.

The examples are the same in each run. A program that is refused is no failure of this test, but few may be.
"""

from __future__ import annotations

import pytest

from batuta.ir import nodes as n
from batuta.ir.walk import functions_of, walk, walk_all
from batuta.translate import translate
from batuta.workflow.corpus import PASSES, Row
from tests.conftest import LEFT_OUT
from tests.properties.batch import examples, judged
from tests.properties.grammar import programs

FEW, MANY = 100, 2000
MOST_REFUSED = 0.02


@pytest.fixture(scope="module")
def texts(everything: bool) -> list[str]:
    if not everything:
        LEFT_OUT.append(f"{FEW} of {MANY} random programs are compared; run `make test-all`")
    return examples(programs(), MANY if everything else FEW)


@pytest.fixture(scope="module")
def rows(texts: list[str]) -> list[Row]:
    return judged(texts, "tests-properties")


def told(rows: list[Row], texts: list[str]) -> str:
    """The failures with the program of the first."""
    named = [f"{row.name}: {row.verdict} {row.code} line {row.line}: {row.detail[:200]}" for row in rows]
    first = texts[int(rows[0].name.rpartition("_")[2])] if rows else ""
    return "\n".join([*named, first])


def test_none_does_anything_else(rows: list[Row], texts: list[str]) -> None:
    failed = [row for row in rows if row.verdict not in PASSES and row.verdict not in ("refused", "limit")]
    assert not failed, told(failed, texts)


def test_few_are_refused(rows: list[Row], texts: list[str]) -> None:
    refused = [row for row in rows if row.verdict == "refused"]
    assert len(refused) <= MOST_REFUSED * len(rows), told(refused, texts)


def test_every_node_of_the_typed_program_occurs(texts: list[str]) -> None:
    bases = {"Expression", "Statement", "Target", "Variable", "File"}
    wanted = {name for name, each in vars(n).items() if isinstance(each, type) and each.__module__ == n.__name__} - bases
    seen: set[str] = set()
    for text in texts:
        if wanted <= seen:
            break
        module = translate(text).module
        if module is None:
            continue
        seen |= {type(each).__name__ for each in [module, *module.classes, *module.files]}
        functions = functions_of(module)
        seen |= {type(each).__name__ for each in functions}
        for body in [module.body, *[each.body for each in functions]]:
            seen |= {type(each).__name__ for each in walk_all(body)}
        for cls in module.classes:
            for _, value in cls.constants.values():
                seen |= {type(each).__name__ for each in walk(value)}
    assert wanted <= seen, sorted(wanted - seen)
