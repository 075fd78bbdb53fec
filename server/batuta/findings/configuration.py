"""What a project says in `batuta.toml` or in `[tool.batuta]` of its `pyproject.toml`.

    [tool.batuta]
    select = ["BAT1", "BAT2"]          # show only these; a prefix stands for its family
    ignore = ["BAT401"]                # of these, not those
    fail-on = "hint"                   # the mildest severity that makes `batuta check` end with 1
    target = "auto"                    # auto | aprender | faithful
    precision = "auto"                 # auto | f32 | f64
    drop-plots = false                 # true: leave out what only draws
    exclude = ["examples/*"]           # files and folders that `check` and `transpile` leave out

    [tool.batuta.per-file-ignores]
    "tests/*" = ["BAT1"]

    [tool.batuta.severity]
    BAT101 = "warning"

A file of this kind switches Batuta on for a workspace. It can never allow that code is run: a folder must not speak for its
reader.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from batuta.findings.codes import SEVERITIES, make_finding
from batuta.findings.finding import Finding, Severity

TARGETS = ("auto", "aprender", "faithful")
PRECISIONS = ("auto", "f32", "f64")
_LISTS = ("select", "ignore", "exclude")


@dataclass(frozen=True)
class Configuration:
    """The settings of one workspace."""

    root: Path | None = None
    """The folder of the file that was read; patterns are relative to it. None: no configuration was found."""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    per_file_ignores: dict[str, tuple[str, ...]] = field(default_factory=dict)
    severity: dict[str, Severity] = field(default_factory=dict)
    fail_on: Severity = "hint"
    target: str = "auto"
    precision: str = "auto"
    drop_plots: bool = False
    problems: tuple[Finding, ...] = ()
    """BAT902 for what was not understood."""

    def with_selection(self, select: Iterable[str], ignore: Iterable[str]) -> Configuration:
        """The same with the command line's choice: a given `select` replaces, an `ignore` adds."""
        chosen = tuple(select)
        return replace(self, select=chosen or self.select, ignore=self.ignore + tuple(ignore))

    def excludes(self, path: Path) -> bool:
        """Whether a file is left out."""
        return _matches(self._relative(path), self.exclude)

    def filter(self, findings: Iterable[Finding], path: Path) -> list[Finding]:
        """The findings of one file that are to be shown, with the configured severities, in stable order."""
        here = self._relative(path)
        ignored = list(self.ignore)
        for pattern, codes in self.per_file_ignores.items():
            if _matches(here, (pattern,)):
                ignored.extend(codes)
        shown = []
        for finding in findings:
            if self.select and not finding.code.startswith(self.select):
                continue
            if ignored and finding.code.startswith(tuple(ignored)):
                continue
            severity = self.severity.get(finding.code)
            shown.append(replace(finding, severity=severity) if severity else finding)
        return sorted(shown)

    def _relative(self, path: Path) -> str:
        if self.root is None:
            return path.as_posix()
        try:
            return path.resolve().relative_to(self.root.resolve()).as_posix()
        except ValueError:
            return path.as_posix()


def _matches(path: str, patterns: Iterable[str]) -> bool:
    """Whether a path, one of its folders or its name matches a pattern."""
    name = path.rsplit("/", 1)[-1]
    return any(fnmatch(path, p) or fnmatch(name, p) or fnmatch(path, p.rstrip("/") + "/*") for p in patterns)


def find_configuration(start: Path) -> Path | None:
    """The nearest `batuta.toml`, or `pyproject.toml` with a `[tool.batuta]` table, in the folder of `start` or above."""
    folder = start.resolve()
    if not folder.is_dir():
        folder = folder.parent
    for candidate in (folder, *folder.parents):
        own = candidate / "batuta.toml"
        project = candidate / "pyproject.toml"
        try:
            if own.is_file():
                return own
            if project.is_file() and "tool.batuta" in project.read_text(encoding="utf-8"):
                return project
        except (OSError, UnicodeDecodeError):
            continue
    return None


def load_configuration(start: Path) -> Configuration:
    """The configuration that holds for a file or folder. Never raises: what is wrong in it becomes a BAT902."""
    path = find_configuration(start)
    if path is None:
        return Configuration()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return Configuration(root=path.parent, problems=(make_finding("BAT902", f"{path.name}: {error}", path=str(path)),))
    if path.name == "pyproject.toml":
        table = table.get("tool", {}).get("batuta", {})
    return read_configuration(table, path)


def read_configuration(table: dict[str, Any], path: Path) -> Configuration:
    """The settings of a parsed table, with a BAT902 for each key or value that is not understood."""
    problems: list[Finding] = []
    values: dict[str, Any] = {}

    def complain(reason: str) -> None:
        problems.append(make_finding("BAT902", reason, path=str(path)))

    def strings(key: str, value: Any) -> tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        complain(f"`{key}` must be a list of strings")
        return ()

    for key, value in table.items():
        if key in _LISTS:
            values[key] = strings(key, value)
        elif key == "per-file-ignores" and isinstance(value, dict):
            values["per_file_ignores"] = {pattern: strings(f"{key}.{pattern}", codes) for pattern, codes in value.items()}
        elif key == "severity" and isinstance(value, dict):
            wrong = {code: s for code, s in value.items() if s not in SEVERITIES}
            for code, severity in wrong.items():
                complain(f"severity of {code}: {severity!r} is none of {', '.join(SEVERITIES)}")
            values["severity"] = {code: s for code, s in value.items() if code not in wrong}
        elif key == "fail-on" and value in SEVERITIES:
            values["fail_on"] = value
        elif key == "target" and value in TARGETS:
            values["target"] = value
        elif key == "precision" and value in PRECISIONS:
            values["precision"] = value
        elif key == "drop-plots" and isinstance(value, bool):
            values["drop_plots"] = value
        else:
            complain(f"`{key} = {value!r}` is not understood")
    return Configuration(root=path.parent, problems=tuple(problems), **values)
