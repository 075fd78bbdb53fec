"""Formatted Rust, and where its lines come from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from batuta.cargo.cache import Cache
from batuta.cargo.format import carry_lines, format_for_view, format_rust
from batuta.cargo.toolchain import find_toolchain
from batuta.translate import translate

PROGRAMS = sorted((Path(__file__).resolve().parents[2] / "fixtures" / "programs").glob("*.py"))

BEFORE = """\
use batuta_rt::prelude::*;
use batuta_rt::np;

fn program() {
    let x = if a > 3 {
        1
    } else {
        2
    };
    py::print!("{}", total(first, second));
    // The end.
    total(first)
}
"""
AFTER = """\
use batuta_rt::np;
use batuta_rt::prelude::*;

fn program() {
    let x = if a > 3 { 1 } else { 2 };
    py::print!(
        "{}",
        total(first, second)
    );
    // The end.
    total(first)
}
"""


def test_lines_are_carried_through_joining_splitting_and_sorting() -> None:
    carried = carry_lines(BEFORE, AFTER)
    assert carried[3] == [4]
    assert carried[4] == [5, 6, 7, 8]
    assert carried[5:9] == [[10], [10], [10], [10]]
    assert carried[9:11] == [[11], [12]]


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda each: each.stem)
def test_every_word_stands_where_the_map_says(path: Path, tmp_path: Path) -> None:
    rust = translate(path.read_text(encoding="utf-8"), path.name).rust
    formatted, carried = format_for_view(rust, find_toolchain(), Cache(tmp_path))
    shown = formatted.split("\n")
    assert formatted != rust and len(carried) == len(shown)
    words = re.compile(r"[A-Za-z_]\w*")
    where: dict[int, set[str]] = {}
    for text, lines in zip(shown, carried, strict=True):
        for line in lines:
            where.setdefault(line, set()).update(words.findall(text))
    for number, text in enumerate(rust.split("\n"), 1):
        assert set(words.findall(text)) <= where.get(number, set()), (number, text)


def test_without_rustfmt_the_text_and_its_lines_stay(tmp_path: Path) -> None:
    assert format_for_view(BEFORE, None, Cache(tmp_path)) == (BEFORE, [[n] for n in range(1, BEFORE.count("\n") + 2)])
    assert format_rust("fn broken( {", find_toolchain(), Cache(tmp_path)) == "fn broken( {"
