"""Random programs do in Rust what they do in Python: what they print, what they raise, where they stop.

The examples are the same in each run. A program that is refused is no failure of this test, but few may be.
"""

from __future__ import annotations

import pytest

from batuta.ir import nodes as n
from batuta.ir.walk import functions_of, walk, walk_all
from batuta.python.modules import Surroundings
from batuta.translate import translate
from batuta.workflow.corpus import PASSES, Row
from tests.conftest import LEFT_OUT
from tests.properties.batch import TOGETHER, drawn, judged
from tests.properties.forms import FOLDER, PLACE, SECTIONS, forms, kinds_named
from tests.properties.grammar import DECLARED, IMPORTS, MADE, PLAIN, Example, examples, program

FEW, MANY = 200, 2000
MOST_REFUSED = 0.02
OTHER_FILE = '"""Another file."""\n\n\ndef twice(number: int) -> int:\n    return number * 2\n'


@pytest.fixture(scope="module")
def parts(everything: bool) -> list[Example]:
    if not everything:
        LEFT_OUT.append(f"{FEW} of {MANY} random programs are compared; run `make test-all`")
    return drawn(examples(), MANY if everything else FEW)


@pytest.fixture(scope="module")
def rows(parts: list[Example]) -> list[Row]:
    return judged(parts, "tests-properties")


def told(rows: list[tuple[Row, Example]]) -> str:
    """The failures with the program of the first."""
    named = [f"{row.name}: {row.verdict} {row.code} line {row.line}: {row.detail[:200]}" for row, _ in rows]
    return "\n".join([*named, program([rows[0][1]]) if rows else ""])


def test_none_does_anything_else(rows: list[Row], parts: list[Example]) -> None:
    pairs = list(zip(rows, parts, strict=True))
    failed = [(row, part) for row, part in pairs if row.verdict not in PASSES and row.verdict not in ("refused", "limit")]
    assert not failed, told(failed)


def test_few_are_refused(rows: list[Row], parts: list[Example]) -> None:
    refused = [(row, part) for row, part in zip(rows, parts, strict=True) if row.verdict == "refused"]
    assert len(refused) <= MOST_REFUSED * len(rows), told(refused)


def test_every_node_of_the_typed_program_occurs(parts: list[Example]) -> None:
    """Each class of `ir/nodes.py` but the three that only others are made of."""
    bases = {"Expression", "Statement", "Target"}
    wanted = {name for name, each in vars(n).items() if isinstance(each, type) and each.__module__ == n.__name__} - bases
    seen: set[str] = set()
    groups = [parts[start : start + TOGETHER] for start in range(0, len(parts), TOGETHER)]
    texts = [program(each) for each in groups]
    for number, text in enumerate(texts):
        if wanted <= seen:
            break
        # The first program has a second file, so that a program of several files is among them.
        around = Surroundings({"other.py": OTHER_FILE}.get) if number == 0 else Surroundings(lambda _: None)
        text = text.replace("\n\n\n", "\n\nimport other\n\n\nprint(other.twice(2))\n\n\n", 1) if number == 0 else text
        module = translate(text, surroundings=around).module
        if module is None:
            continue
        functions = functions_of(module)
        seen |= {type(each).__name__ for each in [module, *module.classes, *module.files, *functions]}
        seen |= {type(each).__name__ for function in functions for each in function.parameters}
        for body in [module.body, *[each.body for each in functions]]:
            seen |= {type(each).__name__ for each in walk_all(body)}
        for cls in module.classes:
            for _, value in cls.constants.values():
                seen |= {type(each).__name__ for each in walk(value)}
    assert wanted <= seen, sorted(wanted - seen)


def test_each_kind_that_a_form_names_can_be_made() -> None:
    made = {*MADE, *PLAIN, *forms(), "block", "show"}
    for kind, several in forms().items():
        for form in several:
            assert kinds_named(form) <= made, (kind, form.text)


def test_the_forms_are_read() -> None:
    assert {each.stem for each in FOLDER.glob("*.txt")} == SECTIONS.keys()
    for name, sections in SECTIONS.items():
        found = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
        assert all(f"[{each}]\n" in found for each in sections), name
    place = PLACE.fullmatch("<int each:int>")
    assert place is not None and place["kind"] == "int"
    assert all(any(name in form.text for form in forms()["statement"]) for name in ("Guard", "Point", "global_counts"))
    assert DECLARED.keys() and IMPORTS.keys()
