"""Programs that cannot be translated with the same meaning are refused at the line, and no Rust is written for them.

A `.findings` file has a line for each place where a refusal is right, with the codes that say it rightly: `3 BAT101 BAT105`.
At least one of them must be found, and every finding that blocks must be at one of these lines.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from batuta.translate import Options, translate

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "refused"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda each: each.stem)
def test_is_refused_at_the_line(path: Path) -> None:
    places: dict[int, list[str]] = {}
    for line in path.with_suffix(".findings").read_text(encoding="utf-8").splitlines():
        number, *codes = line.split()
        places[int(number)] = codes
    done = translate(path.read_text(encoding="utf-8"), path.name, Options())
    said = [(each.span.line, each.code, each.reason) for each in done.findings if each.blocks]
    assert not done.rust, f"Rust was written; findings: {said}"
    assert any(code in places.get(line, ()) for line, code, _ in said), f"expected one of {places}, found {said}"
    assert all(
        reason and each.remedy for (_, _, reason), each in zip(said, [f for f in done.findings if f.blocks], strict=True)
    )
