"""Writes `known_gaps.txt` from a table in JSON (`python -m tests.programs.table --json FILE`):

python -m tests.programs.write_known_gaps FILE
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.programs.expectations import GAPS, LOUD

HEADER = """\
# Fixture programs that do not go through yet, with what happens instead: refused at a line, rejected by rustc, or a limit met
# at run time. A wrong answer cannot stand here. A program that goes through leaves the list: the test says so.
"""


def main(table: Path) -> int:
    """Returns how many programs fail in a way that may not stand in the list."""
    rows = [row for group in json.loads(table.read_text(encoding="utf-8")).values() for row in group]
    gaps = [row for row in rows if row["verdict"] in LOUD]
    where = lambda row: " ".join(f"{row['code']} {row['detail']}".split())[:110]  # noqa: E731
    GAPS.write_text(HEADER + "".join(f"{row['name']} {row['verdict']} {where(row)}\n" for row in gaps), encoding="utf-8")
    others = [row for row in rows if row["verdict"] in ("wrong", "crashed")]
    for row in others:
        print(row["verdict"], row["name"], row["detail"][:200])
    return len(others)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
