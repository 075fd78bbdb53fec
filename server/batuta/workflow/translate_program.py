"""One file through reading and translation, as every command needs it."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from batuta.findings.codes import make_finding
from batuta.findings.finding import Finding
from batuta.rust.project import Program, package_name
from batuta.validation.tolerance import tolerance_of
from batuta.workflow.read_input import InputProblem, is_program, read_source, read_text
from batuta.workflow.surroundings import find_surroundings

if TYPE_CHECKING:
    from batuta.translate import Translation


@dataclass(frozen=True)
class Choice:
    """What the user asked of the translation."""

    target: str = "auto"
    precision: str = "auto"
    drop_plots: bool = False


@dataclass(frozen=True)
class TranslatedFile:
    """A file with all that is known about it. `translation` is None when it could not be read."""

    path: Path
    source: str
    findings: tuple[Finding, ...]
    translation: Translation | None = None
    is_program: bool = True

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that keep Rust from being written."""
        return tuple(finding for finding in self.findings if finding.blocks)

    @property
    def texts(self) -> dict[str, str]:
        """The texts of its modules, by the path that findings name."""
        parts = self.translation.source.parts if self.translation is not None else ()
        found = {part.path: part.text for part in parts if part.module and part.relative.endswith(".py")}
        for finding in self.findings:
            if finding.path not in found and finding.path != str(self.path):
                # A module that does not parse: nothing was put together.
                with contextlib.suppress(InputProblem):
                    found[finding.path] = read_text(Path(finding.path))
        return found

    def by_file(self) -> list[tuple[Path, str, tuple[Finding, ...]]]:
        """Each of its files with its text and what was found in it, its own first."""
        texts = {str(self.path): self.source, **self.texts}
        return [(Path(path), text, tuple(each for each in self.findings if each.path == path)) for path, text in texts.items()]

    @property
    def unreadable(self) -> bool:
        """Whether the input itself is at fault."""
        return self.translation is None and bool(self.findings)

    def program(self, root: Path | None = None, name: str = "") -> Program:
        """As a package of a Cargo project. Raises ValueError when there is no Rust."""
        if self.translation is None or not self.translation.rust:
            raise ValueError(f"{self.path} was not translated")
        shown = self.path.name
        if root is not None and self.path.resolve().is_relative_to(root.resolve()):
            shown = self.path.resolve().relative_to(root.resolve()).as_posix()
        # A name that is no text is marked: it goes into files that are.
        shown = os.fsencode(shown).decode("utf-8", "replace")
        return self.translation.program(name or package_name(_own_name(self.path)), shown, tolerance_of(self.translation))


def translate_file(
    path: Path, choice: Choice | None = None, *, program_needed: bool = True, partial: bool = False
) -> TranslatedFile:
    """Reads and translates one file. What is wrong with it comes back as findings.

    With `partial`, functions that cannot be translated stay in Python: in Rust they fail loudly when they are called.
    """
    choice = choice or Choice()
    try:
        source = read_source(path)
    except InputProblem as problem:
        return TranslatedFile(path, problem.text, (replace(problem.finding, path=str(path)),))
    # The compiler is loaded only now: `batuta --help` and a refused input need none of it.
    from batuta.lowering.lower import Options
    from batuta.translate import translate

    try:
        translation = translate(
            source.text,
            str(path),
            Options(target=choice.target, precision=choice.precision, partial=partial, drop_plots=choice.drop_plots),
            find_surroundings(path, source.text),
        )
    except RecursionError:
        reason = "an expression nests deeper than the translation follows"
        return TranslatedFile(
            path, source.text, (make_finding("BAT003", reason, "Split the long expression.", path=str(path)),)
        )
    findings = [replace(finding, path=finding.path or str(path)) for finding in translation.findings]
    runs = is_program(source.tree)
    if program_needed and not runs and not any(finding.blocks for finding in findings):
        findings.append(make_finding("BAT004", "the file defines things but does nothing when it is run", path=str(path)))
    return TranslatedFile(path, source.text, tuple(sorted(findings)), translation, runs)


def _own_name(path: Path) -> str:
    """What a program is called after: its file, or the package whose `__main__.py` it is."""
    return path.resolve().parent.name if path.stem == "__main__" else path.name


def name_packages(files: list[Path]) -> dict[Path, str]:
    """A package name for each file, made different by the folder's name, then by a number, where two files share one."""
    names: dict[Path, str] = {}
    taken: set[str] = set()
    for path in files:
        name = package_name(_own_name(path))
        if name in taken:
            name = package_name(f"{path.resolve().parent.name}-{path.stem}.py")
        base, count = name, 2
        while name in taken:
            name = f"{base}-{count}"
            count += 1
        taken.add(name)
        names[path] = name
    return names
