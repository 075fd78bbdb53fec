"""The Rust that comes out is what a Rust programmer would accept: rustc and clippy, at its default level, have nothing to say.

All fixture programs that translate are linted as modules of a few packages, so that the whole of it takes seconds.
"""

from __future__ import annotations

import pytest

from batuta.cargo.many_programs import lint_many
from batuta.cargo.messages import RustDiagnostic
from batuta.rust.project import Program as RustProgram
from batuta.workflow.corpus import Settings, translate_all
from fixtures.record import programs
from tests.programs.expectations import known_gaps

PROGRAMS = programs(("programs", "strangers", "lowering"))
REGRESSED = """\
use batuta_rt::prelude::*;

fn longest(words: &Vec<String>) -> i64 {
    return words.length();
}

fn program() {
    let mut words = vec!["a".to_string()];
    py::print!("{}", longest(&words));
}

pub fn main() {
    py::run(program);
}
"""


@pytest.fixture(scope="module")
def said() -> dict[str, tuple[str, ...]]:
    """What is said about each program, by its name; programs that do not translate are not in it."""
    jobs = {}
    cases = [each.case() for each in PROGRAMS]
    for case, done in zip(cases, translate_all(cases, Settings("tests-lint")), strict=True):
        if done.rust:
            jobs[case.name] = done.program(case)
    found = lint_many(list(jobs.values()), name="tests-lint")
    return {name: tuple(note(each, rust.rust) for each in found[rust.name]) for name, rust in jobs.items()}


def note(diagnostic: RustDiagnostic, rust: str) -> str:
    """One line: the lint, and the line of Rust that it is about."""
    place = diagnostic.primary
    lines = rust.splitlines()
    # A message about another file of the program has its place there.
    text = lines[place.line - 1].strip() if place is not None and place.line <= len(lines) else ""
    return f"{diagnostic.code}: {diagnostic.message} `{text}`"


@pytest.mark.parametrize("name", [each.name for each in PROGRAMS])
def test_nothing_is_said_about_a_program(name: str, said: dict[str, tuple[str, ...]]) -> None:
    if name in said:
        assert said[name] == ()
    else:
        assert name in known_gaps(), "it does not translate"


def test_the_main_programs_are_among_them(said: dict[str, tuple[str, ...]]) -> None:
    assert {each.name for each in programs(("programs",))} <= set(said)


def test_a_regression_is_seen() -> None:
    """What the emitter must not go back to, written out: the test above would see it."""
    found = lint_many([RustProgram("regressed", "regressed.py", REGRESSED)], name="tests-lint-regressed")["regressed"]
    assert {each.code for each in found} == {"clippy::ptr_arg", "clippy::needless_return", "unused_mut"}
