"""Links between the pages of the documentation lead somewhere, and recipes name files that exist."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)\s]*)?\)")
# A path in code style that begins with a room of the tree; placeholders such as `<name>` are no paths.
NAMED = re.compile(r"`((?:server|engine|tests|docs|fixtures|benchmarks|vscode-extension)/[\w./-]+)`")


def pages() -> list[Path]:
    """The tracked Markdown files, without those that stand inside a fixture."""
    listed = subprocess.run(["git", "ls-files", "-z", "*.md"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [ROOT / each for each in listed.split("\0") if each and not each.startswith(("fixtures/", "server/", "engine/"))]


def test_every_link_between_pages_leads_somewhere() -> None:
    found = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in pages()
        for link in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert not found, "\n".join(found)


def test_every_file_that_a_page_names_exists() -> None:
    found = [
        f"{page.relative_to(ROOT)}: {name}"
        for page in pages()
        for name in NAMED.findall(page.read_text(encoding="utf-8"))
        if not (ROOT / name).exists()
    ]
    assert not found, "\n".join(found)


def test_the_patterns_find_what_they_are_for() -> None:
    assert LINK.findall("[a](b.md#c) [d](https://e) ![f](g.png)") == ["b.md", "g.png"]
    assert NAMED.findall("`server/batuta/x.py` and `server/<name>.py`") == ["server/batuta/x.py"]


def test_the_picture_in_the_readme_is_a_small_picture() -> None:
    data = (ROOT / "docs/images/preview.png").read_bytes()
    assert data.startswith(b"\x89PNG") and len(data) < 300_000
