"""Writes the pages of the documentation that come from the code: `python docs/generate.py`, or `--check` to see which are
stale.

A generator is a function that returns path (below `docs/`) → text; it stands in `GENERATORS`. Pages of a generator's folder
that it no longer returns are removed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS.parent / "server"))

from batuta.findings.codes import CODES, Code  # noqa: E402

_FAMILIES = {
    "0": "The input",
    "1": "No Rust equivalent",
    "2": "Types",
    "3": "rustc and cargo",
    "4": "Numbers",
    "5": "Running and comparing",
    "9": "Suppressions, configuration, and Batuta itself",
}


def findings_pages() -> dict[str, str]:
    """One page for each finding code, and the list of all."""
    pages = {f"findings/{code.code}.md": _finding_page(code) for code in CODES.values()}
    text = "# Findings by code\n\nWritten from `server/batuta/findings/codes.py`.\n"
    family = ""
    for code in sorted(CODES.values(), key=lambda code: code.code):
        if code.code[3] != family:
            family = code.code[3]
            text += f"\n## {_FAMILIES[family]}\n\n| code | finding | severity | stops the translation |\n"
            text += "| --- | --- | --- | --- |\n"
        stops = "yes" if code.blocks else "no"
        text += f"| [{code.code}]({code.code}.md) | {code.title} | {code.severity} | {stops} |\n"
    pages["findings/README.md"] = text
    return pages


def _finding_page(code: Code) -> str:
    fence = "python" if "\n" in code.example or "(" in code.example or "=" in code.example else "text"
    stops = "No Rust is written while it stands." if code.blocks else "The translation goes on."
    return (
        f"# {code.code}: {code.title}\n\n{code.explanation}\n\n"
        f"Default severity: {code.severity}. {stops}\n\n"
        f"## Example\n\n```{fence}\n{code.example}\n```\n\n"
        f"## What to do\n\n{code.remedy}\n\n"
        f'## Silencing it\n\nOn one line: `# batuta: ignore[{code.code}]`. In a project: `ignore = ["{code.code}"]` under '
        f"`[tool.batuta]` in `pyproject.toml`. Silencing hides the message; it changes nothing else.\n"
    )


def command_pages() -> dict[str, str]:
    """One page with the help of every command."""
    import click

    from batuta.cli.main import batuta

    def describe(command: click.Command, context: click.Context) -> str:
        text = f"## {context.command_path}\n\n```text\n{command.get_help(context).rstrip()}\n```\n"
        if isinstance(command, click.Group):
            for name in command.list_commands(context):
                inner = command.get_command(context, name)
                if inner is not None:
                    text += "\n" + describe(inner, click.Context(inner, parent=context, info_name=name, terminal_width=110))
        return text

    text = describe(batuta, click.Context(batuta, info_name="batuta", terminal_width=110))
    exits = "| exit code | meaning |\n| --- | --- |\n| 0 | nothing to report |\n| 1 | findings |\n| 2 | usage or input |\n"
    exits += "| 3 | an internal error |\n| 130 | cancelled by the keyboard |\n"
    return {"commands/README.md": f"# Commands\n\nWritten from the commands' own help.\n\n{exits}\n{text}"}


def quick_fix_pages() -> dict[str, str]:
    """One page with every quick fix and rewrite of the editor, from the docstrings that are also their tests."""
    from batuta.lsp.assists import assists

    text = (
        "# Quick fixes and rewrites\n\nWritten from `server/batuta/lsp/assists/`. The selection stands between `«` and `»`.\n"
    )
    for name, assist in assists().items():
        text += f"\n## `{name}`\n\n{_docstring(assist.__doc__ or '')}"
    return {"quick-fixes/README.md": text}


def grading_pages() -> dict[str, str]:
    """One page with the components of the technical debt grade, from the docstrings that are also their tests."""
    from batuta.quality.bands import BANDS
    from batuta.quality.components import components

    text = "# The technical debt grade\n\nWritten from `server/batuta/quality/`.\n\n"
    text += (
        "The components add up to 110. A sum above 100 is scaled by 100/110, one below is not: that is the published formula,\n"
        "and the reason why a better file may score lower. The readiness figure beside the grade has no such step.\n\n"
    )
    text += "| grade | from |\n| --- | --- |\n"
    text += "".join(f"| {name} | {floor:g} |\n" for floor, name in BANDS) + "| F | 0 |\n"
    for component in components():
        text += f"\n## {component.NAME} ({component.WEIGHT:g} points)\n\n{_docstring(component.__doc__ or '')}"
    return {"grading/README.md": text}


def catalog_pages() -> dict[str, str]:
    """One page for each shelf of the catalog, and the list of all, from the shelves and the evidence file."""
    import importlib
    import pkgutil

    import batuta.catalog as package
    from batuta.catalog._trueno import FORMS
    from batuta.catalog.evidence import figures, versions, words

    pages: dict[str, str] = {}
    rows = []
    for module in sorted(each.name for each in pkgutil.iter_modules(package.__path__)):
        loaded = importlib.import_module(f"{package.__name__}.{module}")
        shelf = getattr(loaded, "SHELF", None)
        if module.startswith("_") or shelf is None:
            continue
        text = f"# {shelf.module}\n\nWritten from `server/batuta/catalog/{module}.py` and the evidence file.\n\n"
        text += _docstring(loaded.__doc__ or "") + "\n| item | Rust in | declared | measured |\n| --- | --- | --- | --- |\n"
        for entry in sorted(shelf.entries, key=lambda each: each.name):
            targets = [(each.crate, each.parity.grade) for each in entry.targets] or [("std, batuta-rt", entry.parity.grade)]
            if entry.name in FORMS:
                targets.append(("trueno", FORMS[entry.name].parity.grade))
            for crate, grade in targets:
                text += f"| `{entry.name}` | {crate} | {grade} | {words(figures(entry.name, crate))} |\n"
        if shelf.refused:
            text += "\n## Refused\n\n| item | reason | remedy |\n| --- | --- | --- |\n"
            text += "".join(f"| `{name}` | {why} | {remedy} |\n" for name, (why, remedy) in sorted(shelf.refused.items()))
        pages[f"reference/catalog/{module}.md"] = text
        rows.append(f"| [{shelf.module}]({module}.md) | {len(shelf.entries)} |\n")
    compared = ", ".join(f"{name} {version}" for name, version in versions().items())
    text = "# The catalog\n\nWhat maps to what, a page for each shelf, with what was declared and what was measured.\n"
    text += f"Measured by `make evidence` with {compared}.\n\n| shelf | entries |\n| --- | --- |\n{''.join(rows)}"
    pages["reference/catalog/README.md"] = text
    return pages


def _docstring(doc: str) -> str:
    """A docstring with headed, indented examples as Markdown: the headings one level down, the examples in fences."""
    text, fenced = "", False
    for line in doc.strip().split("\n"):
        inside = line.startswith("    ") or (fenced and not line.strip())
        if inside and not fenced:
            text += "```text\n"
        elif fenced and not inside:
            text = text.rstrip("\n") + "\n```\n\n"
        fenced = inside
        text += (line.removeprefix("    ") if inside else f"#{line}\n" if line.startswith("## ") else line) + "\n"
    return text.rstrip("\n") + ("\n```\n" if fenced else "\n")


GENERATORS: tuple[Callable[[], dict[str, str]], ...] = (
    findings_pages,
    command_pages,
    quick_fix_pages,
    grading_pages,
    catalog_pages,
)


def generated() -> dict[str, str]:
    """All pages: path below `docs/` → text."""
    return {path: text for generator in GENERATORS for path, text in generator().items()}


def stale() -> list[str]:
    """Pages whose file differs from what would be written, and files that no generator writes any more."""
    pages = generated()
    wrong = [path for path, text in pages.items() if _read(DOCS / path) != text]
    folders = {Path(path).parent for path in pages}
    left = [path for folder in folders for path in (DOCS / folder).glob("*.md")]
    return sorted(
        wrong + [path.relative_to(DOCS).as_posix() for path in left if path.relative_to(DOCS).as_posix() not in pages]
    )


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def main() -> int:
    """Writes all pages, or says which are stale."""
    old = stale()
    if "--check" in sys.argv[1:]:
        for path in old:
            print(f"stale: docs/{path}")
        return 1 if old else 0
    pages = generated()
    for path in old:
        target = DOCS / path
        if path not in pages:
            target.unlink()
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(pages[path], encoding="utf-8")
    print(f"{len(pages)} pages, {len(old)} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
