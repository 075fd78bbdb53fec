"""Many random programs at once: drawn by Hypothesis, run by Python, translated, compiled together, run and compared.

Compiling is most of the work, and most of that is done once a program; so several examples become one program, and all programs are judged as a
corpus. Where a program does not get through, each of its examples is judged alone, so that the one that fails is told.

python -m tests.properties.batch 100 [SEED] [FOLDER]     prints how examples of all forms fare; those that fail are written to the folder
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as some

from batuta.workflow.corpus import PASSES, Case, Row, Settings, judge, run_in_python
from tests.properties.grammar import Example, examples, program

EACH = 10
TOGETHER = 5
"""Examples to a program: more are compiled no faster, and more are judged again where one fails."""


def drawn(strategy: some.SearchStrategy[Example], count: int, number: int = 0) -> list[Example]:
    """So many different examples; the same ones for one seed."""
    found: dict[Example, None] = {}
    while len(found) < count:
        # Within one run, examples are made out of earlier ones; many short runs differ more.
        @seed(number)
        @settings(
            max_examples=EACH, phases=[Phase.generate], database=None, deadline=None, suppress_health_check=list(HealthCheck)
        )
        @given(strategy)
        def collect(each: Example) -> None:
            found[each] = None

        collect()
        number += 1
    return list(found)[:count]


def rows_of(texts: Sequence[str], name: str) -> list[Row]:
    """How each program fares, beside what Python prints for it."""
    cases = [Case(f"{name}_{number}", f"{name}_{number}.py", text) for number, text in enumerate(texts)]
    runs = Settings(name)
    return judge(cases, run_in_python(cases, runs), runs)


def judged(parts: Sequence[Example], name: str) -> list[Row]:
    """How each example fares: together with others, and alone where those together do not get through."""
    groups = [parts[start : start + TOGETHER] for start in range(0, len(parts), TOGETHER)]
    rows: list[Row | None] = []
    for row, group in zip(rows_of([program(each) for each in groups], name), groups, strict=True):
        rows += [row if row.verdict in PASSES else None for _ in group]
    alone = [number for number, row in enumerate(rows) if row is None]
    if alone:
        for number, row in zip(alone, rows_of([program([parts[each]]) for each in alone], f"{name}-alone"), strict=True):
            rows[number] = row
    return [row for row in rows if row is not None]


def main(count: int, number: int, folder: str) -> None:
    """Prints the totals and the failures."""
    parts = drawn(examples(wide=True), count, number)
    rows = judged(parts, "properties")
    print(dict(Counter(row.verdict for row in rows)), f"{sum(each.declared.count(chr(10)) for each in parts)} lines")
    for place, (row, part) in enumerate(zip(rows, parts, strict=True)):
        if row.verdict in PASSES:
            continue
        text = program([part])
        print(f"s{number}_{place}", row.verdict, row.code, row.line, row.detail[:300])
        if row.verdict in ("refused", "rejected") and row.line:
            print("    ", text.splitlines()[row.line - 1].strip())
        if folder:
            with open(f"{folder}/s{number}_{place}.py", "w", encoding="utf-8") as file:
                file.write(text)


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 100,
        int(sys.argv[2]) if len(sys.argv) > 2 else 0,
        sys.argv[3] if len(sys.argv) > 3 else "",
    )
