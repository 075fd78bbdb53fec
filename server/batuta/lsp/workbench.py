"""What the worker keeps between jobs: the texts of open documents and the newest analysis of each."""

from __future__ import annotations

import ast
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from batuta.findings.codes import make_finding
from batuta.findings.configuration import Configuration, load_configuration
from batuta.findings.finding import Finding
from batuta.findings.suppressions import apply_suppressions
from batuta.ir.spans import Span
from batuta.lsp.limits import too_deep, too_large
from batuta.lsp.operators import span_of
from batuta.python.modules import ALONE, Surroundings, UnreadableModule
from batuta.python.walk import walk
from batuta.workflow.surroundings import find_surroundings

KEPT = 8
"""Analyses kept at once; an editor has few files in view."""

KEPT_OF_ONE = 3
"""Analyses of one document: with two targets side by side, and the one before the last keystroke."""


class Stale(Exception):
    """The job asks for a text that has been replaced."""


class JobFailed(Exception):
    """The job cannot be done; the message is for the user."""


@dataclass(frozen=True)
class Source:
    """One revision of a document's text, as Python's parser takes it."""

    uri: str
    revision: int
    path: str
    source: str

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends."""
        return self.source.replace("\r\n", "\n").replace("\r", "\n").split("\n")


@dataclass(frozen=True)
class Analysis:
    """What is known about one revision of a text."""

    source: Source
    tree: ast.Module | None
    """None when the text does not parse."""
    translation: Any
    """The compiler's result; None when the text was not translated."""
    findings: tuple[Finding, ...]
    """All findings."""
    functions: tuple[ast.FunctionDef | ast.AsyncFunctionDef, ...] = ()
    """All functions of the text in order: found once, asked for while the cursor moves."""
    shown: tuple[Finding, ...] = ()
    """Those that the configuration and the comments leave."""
    places: Any = None
    """The `TypedPlaces` of the translation."""
    files_read: Mapping[str, str | None] = field(default_factory=dict)
    """The other files that were asked for, by their path below the program's folder, with what they held then."""

    @cached_property
    def definitions(self) -> tuple[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, ...]:
        """All functions and classes of the text."""
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        return () if self.tree is None else tuple(node for node in walk(self.tree) if isinstance(node, kinds))

    @property
    def rust(self) -> str:
        """The Rust text; empty when the file is refused."""
        return "" if self.translation is None else self.translation.rust

    def require(self) -> Any:
        """The translation, or JobFailed with the reason why there is none."""
        if self.translation is None:
            raise JobFailed(self.findings[0].reason if self.findings else "the file was not translated")
        return self.translation


class Workbench:
    """Texts and analyses by document."""

    def __init__(self) -> None:
        self._sources: dict[str, Source] = {}
        self._analyses: OrderedDict[tuple[Any, ...], Analysis] = OrderedDict()
        self._lock = threading.Lock()
        """Guards the analyses: jobs that run beside the others look at them too."""

    def put(self, uri: str, revision: int, path: str, source: str) -> None:
        """Take the newest text of a document."""
        self._sources[uri] = Source(uri, revision, path, source)

    def forget(self, uri: str) -> None:
        """Drop a closed document."""
        self._sources.pop(uri, None)
        with self._lock:
            for key in [each for each in self._analyses if each[0] == uri]:
                del self._analyses[key]

    def source(self, parameters: dict[str, Any]) -> Source:
        """The text that a job is about. Raises Stale when it was replaced."""
        source = self._sources.get(parameters["uri"])
        if source is None or source.revision != parameters["revision"]:
            raise Stale
        return source

    def analysis(self, parameters: dict[str, Any]) -> Analysis:
        """The analysis of the text that a job is about, made now unless it is at hand.

        The configuration is read anew each time: it may have changed while the text has not.
        """
        source = self.source(parameters)
        configuration = _configuration(Path(source.path))
        target = _chosen(parameters.get("target", "auto"), configuration.target)
        precision = _chosen(parameters.get("precision", "auto"), configuration.precision)
        drop_plots = bool(parameters.get("drop_plots")) or configuration.drop_plots
        key = (source.uri, source.source, target, precision, drop_plots)
        with self._lock:
            analysis = self._analyses.get(key)
        surroundings = self._surroundings(source)
        if analysis is None or any(_held(surroundings, path) != text for path, text in analysis.files_read.items()):
            analysis = analyse(source, target, precision, surroundings, drop_plots)
        with self._lock:
            self._analyses[key] = analysis
            self._analyses.move_to_end(key)
            same = [each for each in self._analyses if each[0] == source.uri]
            for each in same[:-KEPT_OF_ONE]:
                del self._analyses[each]
            while len(self._analyses) > KEPT:
                self._analyses.popitem(last=False)
        unsilenced = apply_suppressions(source.source, analysis.findings, source.path)
        return replace(analysis, shown=tuple(configuration.filter(unsilenced, Path(source.path))))

    def _surroundings(self, source: Source) -> Surroundings:
        """The modules beside a file on disk; those that are open are taken as the editor has them. An unsaved text has none."""
        path = Path(source.path)
        if not path.is_absolute() or not path.is_file():
            return ALONE
        opened = {each.path: each.source for each in self._sources.values()}
        return find_surroundings(path, source.source, lambda other: opened.get(str(other)))

    def at_hand(self, parameters: dict[str, Any], line: int) -> tuple[Analysis, int] | None:
        """An analysis of this text or of the last one before it, and how many lines further down `line` stands now.

        Only for a line that the edits since then have not touched; what it means may have changed all the same.
        """
        source = self.source(parameters)
        with self._lock:
            known = next((each for key, each in reversed(self._analyses.items()) if key[0] == source.uri), None)
        if known is None:
            return None
        old, new = known.source.lines, source.lines
        shared = min(len(old), len(new))
        before = next((n for n in range(shared) if old[n] != new[n]), shared)
        if line <= before:
            return known, 0
        after = next((n for n in range(shared - before) if old[-1 - n] != new[-1 - n]), shared - before)
        return (known, len(new) - len(old)) if line > len(new) - after else None


def analyse(
    source: Source,
    target: str = "auto",
    precision: str = "auto",
    surroundings: Surroundings = ALONE,
    drop_plots: bool = False,
) -> Analysis:
    """Translate one text. Texts that are too large or nest too deeply never reach a recursive parser."""

    def refused(code: str, reason: str, remedy: str = "", span: Span | None = None) -> Analysis:
        return Analysis(source, None, None, (make_finding(code, reason, remedy, span=span, path=source.path),))

    if (reason := too_large(source.source)) is not None:
        return refused("BAT003", f"{reason}: only what needs no analysis is offered")
    if (deep := too_deep(source.source)) is not None:
        return refused("BAT104", deep[1], "Split it into parts.", Span(deep[0], 0, deep[0], 0))
    try:
        tree = ast.parse(source.source)
    except SyntaxError as error:
        line, column = error.lineno or 1, max((error.offset or 1) - 1, 0)
        return refused(
            "BAT001", error.msg, span=Span(line, column, error.end_lineno or line, max((error.end_offset or 1) - 1, 0))
        )
    except (ValueError, RecursionError, MemoryError) as error:
        return refused("BAT002", str(error) or type(error).__name__)
    files_read: dict[str, str | None] = {}
    translation = _translate(source, target, precision, surroundings, files_read, drop_plots)
    functions = [node for node in walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    from batuta.lsp.typed_places import TypedPlaces

    places = TypedPlaces(translation.module)
    findings = tuple(in_this_file(finding, source, tree) for finding in translation.findings)
    return Analysis(source, tree, translation, findings, tuple(functions), places=places, files_read=files_read)


def _held(surroundings: Surroundings, path: str) -> str | None:
    """What a file holds now; None where there is none that can be read."""
    try:
        return surroundings.read(path)
    except UnreadableModule:
        return None


def in_this_file(finding: Finding, source: Source, tree: ast.Module) -> Finding:
    """A finding in a module of the program is shown at the import that leads there."""
    if finding.path in ("", source.path):
        return finding
    parts = set(Path(finding.path).with_suffix("").parts)
    statements = [node for node in walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]

    def leads_there(node: ast.Import | ast.ImportFrom) -> bool:
        names = [alias.name for alias in node.names] + ([node.module or ""] if isinstance(node, ast.ImportFrom) else [])
        return any(part in parts for name in names for part in name.split("."))

    node = next((each for each in statements if leads_there(each)), statements[0] if statements else None)
    span = Span(1, 0, 1, 0) if node is None else span_of(node, source.lines)
    where = f"{Path(finding.path).name} line {finding.span.line}"
    return replace(finding, span=span, path=source.path, reason=f"{where}: {finding.reason}")


def _translate(
    source: Source,
    target: str,
    precision: str,
    surroundings: Surroundings,
    files_read: dict[str, str | None],
    drop_plots: bool = False,
) -> Any:
    # Loaded here, so that the process starts at once and broken parts of the compiler fail one job, not the worker.
    from batuta.lowering.lower import Options
    from batuta.translate import translate

    def read(path: str) -> str | None:
        files_read[path] = _held(surroundings, path)
        return surroundings.read(path)

    options = Options(target=target, precision=precision, drop_plots=drop_plots)
    return translate(source.source, source.path, options, replace(surroundings, read=read))


def _chosen(client: str, project: str) -> str:
    """The client's setting, unless it leaves the choice to the project."""
    return project if client == "auto" else client


def _configuration(path: Path) -> Configuration:
    """The configuration of a file; an unsaved text has none."""
    return load_configuration(path) if path.is_absolute() else Configuration()
