"""One long module made of fixture programs: their functions, classes and statements, one program after the other, under names of their own.

The same text for the same length and seed. Nothing is written for it: what the programs contain is what people write.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from batuta.translate import translate

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "strangers"
_UNFIT = (
    "__name__",
    "sys.exit",
    "exit(",
    "global ",
    "__future__",
    "__file__",
    "argparse",
    "sys.argv",
    "stdin",
    "input(",
    "(**",
    ", **",
)
"""A program that has one of these is about being a program of its own, or about all calls of a function in it."""


@dataclass(frozen=True)
class _Part:
    """A program without its imports, under names of its own."""

    imports: list[str]
    text: str

    @property
    def lines(self) -> int:
        return self.text.count("\n") + 1


def joined_module(lines: int, seed: int = 1, mixed: bool = False) -> str:
    """A module of at least so many lines that translates. `mixed`: also of programs with places whose types are known at run time only."""
    fitting = _fitting(seed, mixed)
    parts: list[_Part] = []
    while True:
        while sum(each.lines for each in parts) < lines:
            found = next(fitting, None)
            if found is None:
                return _text(parts)
            parts.append(found)
        findings = [each for each in translate(_text(parts)).findings if each.blocks]
        if not findings:
            return _text(parts)
        # Some programs are not translated beside others: what a whole program does decides how it is read.
        begin = _text(parts).count("\n") - sum(each.lines for each in parts)
        left = []
        for each in parts:
            if not any(begin < finding.span.line <= begin + each.lines for finding in findings):
                left.append(each)
            begin += each.lines
        assert len(left) < len(parts), findings
        parts = left


def _text(parts: list[_Part]) -> str:
    imports = dict.fromkeys(one for each in parts for one in each.imports)
    return "\n".join([*imports, "", *[each.text for each in parts], ""])


def _fitting(seed: int, mixed: bool) -> Iterator[_Part]:
    """The programs that translate under other names, in an order of their own."""
    paths = sorted(FIXTURES.glob("*.py"))
    random.Random(seed).shuffle(paths)
    meant: dict[str, str] = {}
    for number, path in enumerate(paths):
        text = path.read_text(encoding="utf-8")
        if path.with_suffix(".exit").exists() or any(each in text for each in _UNFIT):
            continue
        imports, part = _part(ast.parse(text), f"_{number}")
        if imports is None or any(meant.get(name, what) != what for name, what in _imported(imports).items()):
            continue
        made = _Part(imports, part)
        # Some programs are about their names: an enumeration made by `Enum("Kind", ...)`.
        alone = translate(_text([made]))
        if alone.refused or (alone.dynamic and not mixed):
            continue
        meant.update(_imported(imports))
        yield made


def _imported(imports: list[str]) -> dict[str, str]:
    """What the names that these statements import mean."""
    found = {}
    for each in ast.walk(ast.parse("\n".join(imports))):
        if isinstance(each, ast.Import):
            found |= {alias.asname or alias.name.partition(".")[0]: (alias.asname and alias.name) or "" for alias in each.names}
        elif isinstance(each, ast.ImportFrom):
            found |= {alias.asname or alias.name: f"{each.module}.{alias.name}" for alias in each.names}
    return found


def _part(tree: ast.Module, ending: str) -> tuple[list[str] | None, str]:
    """The imports of a program, and the rest with its own names at the top changed. No imports where a name means two things."""
    imports = [each for each in tree.body if isinstance(each, ast.Import | ast.ImportFrom)]
    imported = {alias.asname or alias.name.partition(".")[0] for each in imports for alias in each.names}
    rest = [each for each in tree.body if each not in imports]
    if rest and isinstance(rest[0], ast.Expr) and isinstance(rest[0].value, ast.Constant):
        del rest[0]
    top = {each.name for each in rest if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}
    functions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
    todo: list[ast.AST] = list(rest)
    while todo:
        each = todo.pop()
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            top.add(each.id)
        if not isinstance(each, (*functions, ast.ClassDef)):
            todo.extend(ast.iter_child_nodes(each))
    if top & imported:
        return None, ""
    made = ast.Module(rest, [])
    for node in ast.walk(made):
        if isinstance(node, ast.Name) and node.id in top:
            node.id += ending
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node in rest:
            node.name += ending
        elif isinstance(node, ast.arg) and node.arg in top:
            # The parameter hides the name, also where calls give it by name.
            return None, ""
    return [ast.unparse(each) for each in imports], ast.unparse(made)
