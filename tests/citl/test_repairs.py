"""Each repair's docstring is its test: the broken program is mended to the one below it, and prints."""

from __future__ import annotations

import importlib
import pkgutil
import re
import textwrap

import pytest

from batuta.cargo.compile import Compiled, compile_program
from batuta.citl import repairs
from batuta.citl.loop import mend
from batuta.citl.repair import Edit, apply_edits
from batuta.rust.project import Program
from tests.cargo_rooms.programs import printing, program

NAMES = sorted(module.name for module in pkgutil.iter_modules(repairs.__path__))
FRAME = "use batuta_rt::prelude::*;\n\n{body}\nfn main() {{\n    py::run(program)\n}}\n"


def compiled(each: Program) -> Compiled:
    return compile_program(each, key="test:mend")


@pytest.mark.parametrize("name", NAMES)
def test_a_repair_does_what_its_page_says(name: str) -> None:
    text = importlib.import_module(f"batuta.citl.repairs.{name}").__doc__ or ""
    match = re.search(r"## Before \((?P<code>\w+)\)\n(?P<before>.*)## After\n(?P<after>.*)", text, re.DOTALL)
    assert match, f"{name} needs a before and an after"
    before, after = (FRAME.format(body=textwrap.dedent(match[side])) for side in ("before", "after"))
    first = compiled(program("mended", before))
    assert match["code"] in {diagnostic.code for diagnostic in first.diagnostics}
    mended = mend(program("mended", before), first, compiled)
    assert mended.program.rust == after
    assert mended.compiled.ok and not mended.compiled.diagnostics and mended.repairs


def test_what_no_repair_knows_stays_as_it_is() -> None:
    broken = program("mended", printing("let a = vec![1i64];", "let b = a;", 'py::print!("{} {}", a.len(), b.len());'))
    first = compiled(broken)
    mended = mend(broken, first, compiled)
    assert (mended.program, mended.compiled, mended.repairs) == (broken, first, ()), (
        "a moved value is never copied to please rustc"
    )


def test_edits_of_one_line_do_not_disturb_each_other() -> None:
    edits = [Edit(2, 0, 1, "AA"), Edit(2, 3, 3, "&"), Edit(2, 0, 2, "overlaps"), Edit(2, 3, 3, "&")]
    assert apply_edits("one\nabcd\n", edits) == "one\nAAbc&d\n"
