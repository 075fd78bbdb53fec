"""What came of a corpus: counts by stage and by reason, as numbers, as JSON, and as a page to browse.

Every share is one of all programs: what was refused, or not run, counts as not reached.
"""

from __future__ import annotations

import functools
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from batuta import __version__
from batuta.findings.codes import CODES
from batuta.workflow.corpus import PASSES, Row

ORDER = ("same", "near", "wrong", "limit", "rejected", "refused", "crashed", "unusable", "compiled", "cancelled")
MEANINGS = {
    "same": "prints exactly the same",
    "near": "prints the same text; numbers agree within the tolerance",
    "wrong": "prints or does something else",
    "limit": "ends loudly at a limit of the translation, such as a 64-bit integer",
    "rejected": "rustc rejects the Rust",
    "refused": "not translated: a finding says where and why",
    "crashed": "a defect of Batuta",
    "unusable": "the Python itself could not be run to its end, so there is nothing to compare with",
    "compiled": "compiled; the Python was not run, so nothing was compared",
    "cancelled": "not reached",
}
_UNTRANSLATED = ("refused", "crashed", "cancelled")
_NOT_RUN = (*_UNTRANSLATED, "rejected")


@dataclass(frozen=True)
class Stage:
    """How many programs got through one stage."""

    name: str
    passed: int
    total: int

    @property
    def percent(self) -> float:
        """Of all programs."""
        return 100 * self.passed / self.total if self.total else 0.0


@dataclass(frozen=True)
class Reason:
    """Programs that stopped for the same reason."""

    verdict: str
    code: str
    text: str
    names: tuple[str, ...]

    @property
    def title(self) -> str:
        """What the code means."""
        return CODES[self.code].title if self.code in CODES else ""


def stages(rows: Sequence[Row]) -> list[Stage]:
    """From the text to the same output."""
    counts: Counter[str] = Counter(row.verdict for row in rows)
    total = len(rows)
    translated = total - sum(counts[each] for each in _UNTRANSLATED)
    compiled = total - sum(counts[each] for each in _NOT_RUN)
    compared = compiled - counts["compiled"] - counts["unusable"]
    same = sum(counts[each] for each in PASSES)
    return [
        Stage("translated", translated, total),
        Stage("compiled", compiled, total),
        Stage("ran on both sides", compared, total),
        Stage("printed the same", same, total),
    ]


def verdicts(rows: Sequence[Row]) -> dict[str, int]:
    """Counts, the best first."""
    counts: Counter[str] = Counter(row.verdict for row in rows)
    return {each: counts[each] for each in ORDER if counts[each]}


def reasons(rows: Sequence[Row]) -> list[Reason]:
    """Why programs did not get through, the commonest first."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        if row.verdict not in PASSES and row.verdict != "compiled":
            groups.setdefault((row.verdict, row.code, _reason_of(row)), []).append(row.name)
    found = [Reason(verdict, code, text, tuple(names)) for (verdict, code, text), names in groups.items()]
    return sorted(found, key=lambda each: (-len(each.names), ORDER.index(each.verdict), each.code, each.text))


def by_code(rows: Sequence[Row]) -> list[tuple[str, str, int]]:
    """Verdict, code and number of programs, the commonest first."""
    counts = Counter((row.verdict, row.code) for row in rows if row.verdict not in PASSES and row.verdict != "compiled")
    return [(verdict, code, count) for (verdict, code), count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))]


def _reason_of(row: Row) -> str:
    """What makes two failures the same failure: the message without the names of this one program."""
    if row.verdict == "wrong":
        return {"output": "the output differs", "exit": "the exit code differs", "error": "the exception differs"}.get(
            row.code, row.code
        )
    # A module's or a library item's name is the reason itself; other quoted text is this program's.
    message = re.sub(r"`[^`]*`", lambda quoted: quoted[0] if "." in quoted[0] or "module" in row.detail else "`…`", row.detail)
    message = re.sub(r"^(E\d+|error|cargo)( line \d+( of \S+)?)?: |\(and \d+ more\)", "", message)
    return " ".join(message.split())[:200]


def to_json(rows: Sequence[Row], passed_over: Mapping[str, str]) -> str:
    """Everything as one JSON document, ended by a newline."""
    document = {
        "version": 1,
        "generator": f"batuta {__version__}",
        "programs": [row.to_json() for row in rows],
        "verdicts": verdicts(rows),
        "stages": [
            {"name": each.name, "passed": each.passed, "total": each.total, "percent": round(each.percent, 1)}
            for each in stages(rows)
        ],
        "reasons": [
            {"verdict": each.verdict, "code": each.code, "title": each.title, "text": each.text, "programs": list(each.names)}
            for each in reasons(rows)
        ],
        "passedOver": dict(passed_over),
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def to_html(rows: Sequence[Row], sources: Mapping[str, str], passed_over: Mapping[str, str], title: str) -> str:
    """A page that stands alone: no network, no other file. `sources`: path → the program's text."""
    programs = sorted(rows, key=lambda row: (ORDER.index(row.verdict), row.name))
    text: str = (
        _environment()
        .get_template("corpus.html.j2")
        .render(
            title=title,
            version=__version__,
            rows=programs,
            total=len(rows),
            stages=stages(rows),
            verdicts=verdicts(rows),
            meanings=MEANINGS,
            reasons=reasons(rows),
            passed_over=passed_over,
            lines={path: text.split("\n")[:1000] for path, text in sources.items()},
        )
    )
    return text


@functools.cache
def _environment() -> Any:
    import jinja2

    # Texts of strangers' programs stand in the page: everything is escaped.
    return jinja2.Environment(
        loader=jinja2.PackageLoader("batuta.report"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
