"""Prints how every fixture program fares: `make programs`.

python -m tests.programs.table                      programs, strangers and mutations
python -m tests.programs.table --json FILE          the same as JSON too
python -m tests.programs.table --only gradient,csv  programs whose name contains one of these
python -m tests.programs.table --catalog            the catalog's cases instead
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path

from fixtures.record import programs
from tests.programs.expectations import expectations
from tests.programs.pipeline import PASSES, Row, judge


def render(groups: dict[str, list[Row]]) -> str:
    """The table as text: totals, the commonest reasons, then one line for each program."""
    lines: list[str] = []
    rows = [row for group in groups.values() for row in group]
    for title, group in [*groups.items(), ("all", rows)]:
        counts = Counter(row.verdict for row in group)
        passed = sum(counts[each] for each in PASSES)  # type: ignore[index]
        share = f"{100 * passed / len(group):.0f} %" if group else "-"
        lines.append(
            f"{title:<12} {passed:>4} of {len(group):>4} ({share}): " + ", ".join(f"{k} {v}" for k, v in sorted(counts.items()))
        )
    for verdict in ("refused", "rejected", "crashed", "wrong", "limit"):
        of_it = [row for row in rows if row.verdict == verdict]
        if not of_it:
            continue
        lines += ["", f"commonest reasons: {verdict}"]
        for reason, count in Counter(reason_of(row) for row in of_it).most_common(40):
            named = ", ".join(row.name for row in of_it if reason_of(row) == reason)
            lines.append(f"  {count:>3}  {reason[:150]}   [{named[:90]}]")
    warned = [row for row in rows if row.warnings]
    if warned:
        lines += ["", f"{len(warned)} programs compile with warnings"]
    for title, group in groups.items():
        lines += ["", f"== {title}"]
        for row in sorted(group, key=lambda row: (row.verdict in PASSES, row.verdict, row.name)):
            where = f"{row.code}{f' line {row.line}' if row.line else ''}"
            lines.append(f"{row.verdict:<9} {row.name:<34} {where:<16} {row.detail[:260]}".rstrip())
    return "\n".join(lines)


def reason_of(row: Row) -> str:
    """What makes two failures the same failure: the message without the names of this one program."""
    if row.verdict == "wrong":
        return row.code
    # A module's or a library item's name is the reason itself; other quoted text is this program's.
    message = re.sub(r"`[^`]*`", lambda quoted: quoted[0] if "." in quoted[0] or "module" in row.detail else "`…`", row.detail)
    message = re.sub(r"^E\d+ line \d+: |\(and \d+ more\)", "", message)
    return f"{row.code} {message}"


def main() -> int:
    """Runs the groups and prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", type=Path)
    parser.add_argument("--text", type=Path, help="write the table here too")
    parser.add_argument("--only", default="", help="names, separated by commas; part of a name is enough")
    parser.add_argument("--catalog", action="store_true")
    parser.add_argument("--name", default="", help="of the packages in the cache: runs at the same time need different ones")
    options = parser.parse_args()
    if options.catalog:
        from tests.catalog.cases import cases

        groups = {"catalog": [program for program, _ in cases()]}
    else:
        from fixtures.mutate import mutated_programs

        groups = {
            "programs": programs(("programs",)),
            "mutations": mutated_programs(),
            "strangers": programs(("strangers",)),
            "modules": programs(("modules",)),
        }
    wanted = [each for each in options.only.split(",") if each]
    chosen = {
        title: [each for each in group if not wanted or any(part in each.name for part in wanted)]
        for title, group in groups.items()
    }
    everything = [each for group in chosen.values() for each in group]
    rows = iter(
        judge(everything, expectations(everything), name=options.name or ("catalog" if options.catalog else "fixtures"))
    )
    judged = {title: [next(rows) for _ in group] for title, group in chosen.items() if group}
    text = render(judged)
    print(text)
    if options.text:
        options.text.write_text(text + "\n")
    if options.json:
        options.json.write_text(
            json.dumps({title: [row.to_json() for row in group] for title, group in judged.items()}, indent=1)
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
