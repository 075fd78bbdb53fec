"""Which files of a folder are programs, and which are modules of one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from batuta.findings.configuration import load_configuration
from batuta.python.modules import MAIN, read_modules
from batuta.python.source import read
from batuta.validation.data_files import DataError, gather_data
from batuta.validation.validate import Inputs
from batuta.workflow.corpus import Case
from batuta.workflow.discover import find_sources
from batuta.workflow.read_input import InputProblem, is_program, read_source
from batuta.workflow.surroundings import find_surroundings


@dataclass(frozen=True)
class Found:
    """What there is to run, and what was passed over."""

    cases: list[Case]
    passed_over: dict[str, str] = field(default_factory=dict)
    """Path → why it is not run."""


def entries_of(files: Sequence[Path]) -> tuple[list[Path], dict[Path, Path]]:
    """The files that are no module of another one, and for each module the entry that imports it.

    Modules that import each other in a circle, and are imported by nothing else, are entries in the order of the files.
    """
    resolved = {file.resolve(): file for file in files}
    reached = {
        file: {resolved[each] for each in _modules_of(file) if each in resolved and resolved[each] != file} for file in files
    }
    imported = {module for modules in reached.values() for module in modules}
    entries = [file for file in files if file not in imported]
    owner: dict[Path, Path] = {}
    for entry in entries:
        for module in sorted(reached[entry]):
            owner.setdefault(module, entry)
    for file in files:
        if file not in entries and file not in owner:
            entries.append(file)
            for module in sorted(reached[file]):
                owner.setdefault(module, file)
    order = {file: index for index, file in enumerate(files)}
    return sorted(entries, key=order.__getitem__), owner


def _modules_of(file: Path) -> set[Path]:
    """The files that a program imports, directly or through others."""
    try:
        source = read_source(file)
    except InputProblem:
        return set()
    surroundings = find_surroundings(file, source.text)
    parsed, findings = read(source.text, str(file))
    if findings:
        return set()
    modules, _ = read_modules(parsed, surroundings)
    root = Path(surroundings.prefix or ".")
    return {
        (root / each.relative).resolve() for name, each in modules.items() if name != MAIN and each.relative.endswith(".py")
    }


def find_cases(paths: Iterable[Path]) -> Found:
    """The programs below folders, of a list (a text file with a path on each line), or files named one by one.

    Beside `NAME.py` may stand `NAME.in` (its standard input) and `NAME.args` (its arguments, one a line). Raises DataError, OSError.
    """
    files: list[Path] = []
    for path in paths:
        if path.is_dir() or path.suffix == ".py":
            files.extend(find_sources(path, load_configuration(path)))
        else:
            files.extend(_listed(path))
    entries, owner = entries_of(list(dict.fromkeys(files)))
    found = Found([], {str(module): f"a module of {entry}" for module, entry in owner.items() if module not in entries})
    for entry in entries:
        try:
            source = read_source(entry)
        except InputProblem as problem:
            text = problem.text
            if not text:
                found.passed_over[str(entry)] = problem.finding.reason
                continue
            found.cases.append(Case(_name(entry), str(entry), text))
            continue
        if not is_program(source.tree):
            found.passed_over[str(entry)] = "it defines things and runs nothing"
            continue
        found.cases.append(_case(entry, source.text))
    return found


def _case(entry: Path, text: str) -> Case:
    surroundings = find_surroundings(entry, text)
    parsed, findings = read(text, str(entry))
    modules = {} if findings else read_modules(parsed, surroundings)[0]
    files = {
        each.relative: each.source.text for name, each in modules.items() if name != MAIN and each.relative.endswith(".py")
    }
    given, arguments = entry.with_suffix(".in"), entry.with_suffix(".args")
    words = tuple(arguments.read_text(encoding="utf-8").splitlines()) if arguments.is_file() else ()
    stdin = given.read_bytes() if given.is_file() else b""
    data = gather_data(text, entry, words)
    return Case(_name(entry), str(entry), text, files, surroundings.main, Inputs(words, stdin, data))


def _name(entry: Path) -> str:
    """The file's name; for a `main.py`, its folder's."""
    return entry.resolve().parent.name if entry.stem in ("main", "__main__") else entry.stem


def _listed(path: Path) -> list[Path]:
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    chosen = [line for line in lines if line and not line.startswith("#")]
    missing = next((line for line in chosen if not (path.parent / line).is_file()), None)
    if missing is not None:
        raise DataError(f"{path} names {missing}, which is not a file")
    return [path.parent / line for line in chosen]
