"""Reads a Python file the way Python does, and says in findings what stands in the way."""

from __future__ import annotations

import ast
import io
import os
import re
import stat
import tokenize
from dataclasses import dataclass
from pathlib import Path

from batuta.findings.codes import make_finding
from batuta.findings.finding import Finding
from batuta.ir.spans import Span
from batuta.python.walk import walk

MOST_LINES = 20_000
"""Inference looks at a program as a whole; above this size it takes minutes, and such files are generated anyway."""
MOST_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True)
class SourceFile:
    """A file that could be read and parsed."""

    path: Path
    text: str
    tree: ast.Module


class InputProblem(Exception):
    """The input cannot be used. `finding` says where, why and what to do."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.reason)
        self.finding = finding
        self.text = ""
        """The text that the finding points into, where it could be read."""


def read_source(path: Path) -> SourceFile:
    """Reads and parses a file. Raises InputProblem with a BAT001, BAT002 or BAT003."""
    text = read_text(path)
    return SourceFile(path, text, parse_source(text, str(path)))


def read_text(path: Path) -> str:
    """Reads a file as Python does. Raises InputProblem with a BAT002 or BAT003."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
            # A pipe or a device may never end.
            raise InputProblem(make_finding("BAT002", f"{path} is not a regular file", "Pass a Python file.", path=str(path)))
        if status.st_size > MOST_BYTES:
            raise _too_large(path, f"{status.st_size:,} bytes")
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputProblem(make_finding("BAT002", f"{path} does not exist", "Check the path.", path=str(path))) from None
    except IsADirectoryError:
        why = "is a folder" if os.access(path, os.R_OK | os.X_OK) else "cannot be read: Permission denied"
        remedy = "Pass a Python file." if why == "is a folder" else ""
        raise InputProblem(make_finding("BAT002", f"{path} {why}", remedy, path=str(path))) from None
    except OSError as error:
        raise InputProblem(
            make_finding("BAT002", f"{path} cannot be read: {error.strerror or error}", path=str(path))
        ) from None
    lines = content.count(b"\n") + 1
    if lines > MOST_LINES:
        raise _too_large(path, f"{lines:,} lines")
    return decode_source(content, path)


def parse_source(text: str, path: str) -> ast.Module:
    """The syntax tree. Raises InputProblem with a BAT001 (or BAT003 for nesting that Python's own parser gives up on)."""
    try:
        return ast.parse(text, filename=path)
    except SyntaxError as error:
        problem = InputProblem(make_finding("BAT001", _syntax_reason(error), span=_syntax_span(error), path=path))
    except (RecursionError, MemoryError):
        reason = "the file nests deeper than Python's own parser follows"
        problem = InputProblem(make_finding("BAT003", reason, "Split the deeply nested expression.", path=path))
    except ValueError as error:
        problem = InputProblem(make_finding("BAT001", str(error), path=path))
    problem.text = text
    raise problem from None


def is_program(tree: ast.Module) -> bool:
    """Whether running the file does something: a statement at the top level that is more than a definition."""
    definitions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    own = {statement.name for statement in tree.body if isinstance(statement, definitions)} | {"print", "input", "open"}
    for statement in tree.body:
        if isinstance(statement, (ast.Import, ast.ImportFrom, ast.Pass, *definitions)):
            continue
        if isinstance(statement, (ast.Assign, ast.AnnAssign)) and not _calls(statement, own):
            # A constant. `result = main()` is more.
            continue
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            continue
        if isinstance(statement, ast.If) and "TYPE_CHECKING" in ast.dump(statement.test):
            continue
        if isinstance(statement, ast.Try) and all(isinstance(inner, (ast.Import, ast.ImportFrom)) for inner in statement.body):
            # The usual way to import what may not be installed.
            continue
        return True
    return False


def _calls(statement: ast.stmt, names: set[str]) -> bool:
    """Whether one of these functions or classes is called in a statement."""
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names for node in walk(statement)
    )


def _too_large(path: Path, size: str) -> InputProblem:
    reason = f"the file has {size}; at most {MOST_LINES:,} lines and {MOST_BYTES:,} bytes are translated"
    return InputProblem(make_finding("BAT003", reason, path=str(path)))


def decode_source(content: bytes, path: Path) -> str:
    """The text of a file in the encoding that it declares. Raises InputProblem."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        return io.IncrementalNewlineDecoder(None, translate=True).decode(content.decode(encoding), final=True)
    except (SyntaxError, UnicodeDecodeError, LookupError) as error:
        reason = f"{path} is not text in the encoding that it declares: {error}"
        raise InputProblem(make_finding("BAT002", reason, path=str(path))) from None


def _syntax_reason(error: SyntaxError) -> str:
    return re.sub(r" \(.*, line \d+\)$", "", error.msg or "invalid syntax")


def _syntax_span(error: SyntaxError) -> Span:
    line, column = error.lineno or 1, max(0, (error.offset or 1) - 1)
    end_line, end = error.end_lineno or line, (error.end_offset or 0) - 1
    if end_line == line and end <= column:
        end = column + 1
    return Span(line, column, end_line, max(0, end))
