"""Many random programs at once: drawn by Hypothesis, run by Python, translated, compiled together, run and compared.

Compiling one program at a time would be most of the work; so the examples are collected first, and judged as a corpus.

python -m tests.properties.batch 100 [SEED]     prints how the programs fare, and the first that fails of each kind
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as some

from batuta.workflow.corpus import Case, Row, Settings, judge, run_in_python
from tests.properties.grammar import programs

EACH = 10


def examples(strategy: some.SearchStrategy[str], count: int, number: int = 0) -> list[str]:
    """So many different programs; the same ones for one seed."""
    found: dict[str, None] = {}
    while len(found) < count:
        # Within one run, examples are made out of earlier ones; many short runs differ more.
        @seed(number)
        @settings(
            max_examples=EACH, phases=[Phase.generate], database=None, deadline=None, suppress_health_check=list(HealthCheck)
        )
        @given(strategy)
        def collect(text: str) -> None:
            found[text] = None

        collect()
        number += 1
    return list(found)[:count]


def judged(texts: Sequence[str], name: str) -> list[Row]:
    """How each program fares, beside what Python prints for it."""
    cases = [Case(f"{name}_{number}", f"{name}_{number}.py", text) for number, text in enumerate(texts)]
    runs = Settings(name)
    return judge(cases, run_in_python(cases, runs), runs)


def main(count: int, number: int) -> None:
    """Prints the totals and the failures."""
    texts = examples(programs(), count, number)
    rows = judged(texts, "properties")
    print(dict(Counter(row.verdict for row in rows)), f"{sum(map(len, (text.splitlines() for text in texts)))} lines")
    seen: Counter[tuple[str, str]] = Counter()
    for row, text in zip(rows, texts, strict=True):
        if row.verdict in ("same", "near"):
            continue
        key = (row.verdict, row.code)
        seen[key] += 1
        print(row.name, row.verdict, row.code, row.line, row.detail[:300])
        if row.verdict in ("refused", "rejected") and row.line:
            print("    ", text.splitlines()[row.line - 1].strip())
        if len(sys.argv) > 3:
            with open(f"{sys.argv[3]}/{row.name}.py", "w", encoding="utf-8") as file:
                file.write(text)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100, int(sys.argv[2]) if len(sys.argv) > 2 else 0)
