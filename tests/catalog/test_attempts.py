"""Every entry can stand in a `try` block: each raising function that a template names exists in the form that gives the exception back."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from batuta.catalog.index import catalog
from batuta.translate import translate

RUNTIME = Path(__file__).parents[2] / "engine" / "batuta-rt" / "src"


def _inside_a_try(case: str) -> str:
    lines = case.splitlines()
    head = [line for line in lines if line.startswith(("import ", "from "))]
    rest = [line for line in lines if line not in head]
    body = textwrap.indent("\n".join(rest), "        ")
    handler = "    except (ValueError, IndexError, TypeError, KeyError, ZeroDivisionError) as problem:\n        print(problem)"
    return "\n".join([*head, "def attempt():\n    try:", body, handler, "attempt()", ""])


def test_what_a_template_names_is_there() -> None:
    known = set(re.findall(r"\btry_\w+", "\n".join(path.read_text(encoding="utf-8") for path in RUNTIME.rglob("*.rs"))))
    missing: dict[str, list[str]] = {}
    translated = 0
    for name, entry in sorted(catalog().entries.items()):
        if (
            not name.startswith(("numpy.", "ndarray.", "complex.", "cmath."))
            or "\nclass " in entry.case
            or "global " in entry.case
        ):
            continue
        found = translate(_inside_a_try(entry.case), "attempt.py")
        translated += not found.refused
        for each in set(re.findall(r"\btry_\w+", found.rust)) - known:
            missing.setdefault(each, []).append(name)
    assert missing == {}
    assert translated > 400
