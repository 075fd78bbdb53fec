"""Names of the program that Rust, or the runtime's prelude, has for itself."""

from __future__ import annotations

import re

import pytest

from batuta.lowering.rust_types import KEYWORDS, RESERVED_TYPES, camel, snake
from batuta.rust.runtime import runtime_source
from batuta.translate import translate


def test_every_type_of_the_runtimes_prelude_is_reserved() -> None:
    text = (runtime_source() / "src" / "prelude.rs").read_text(encoding="utf-8")
    exported = set(re.findall(r"\b[A-Z]\w+", "".join(re.findall(r"^pub use [^;]*;", text, re.MULTILINE))))
    assert len(exported) > 10 and exported <= RESERVED_TYPES, exported - RESERVED_TYPES


@pytest.mark.parametrize("name", sorted(RESERVED_TYPES))
def test_a_class_does_not_take_such_a_name(name: str) -> None:
    assert camel(name) != name
    made = translate(f"class {name}:\n    def __init__(self, x):\n        self.x = x\n\n\nprint({name}(1).x)\n")
    assert f"struct {name} " not in made.rust


@pytest.mark.parametrize("name", sorted(KEYWORDS - {"Self"}))
def test_a_keyword_is_no_variable(name: str) -> None:
    assert snake(name) not in KEYWORDS
