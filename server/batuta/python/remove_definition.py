"""Takes one function, method or class out of a Python text, and leaves everything else as it is, to the blank.

libcst keeps every comment and blank; it is given only the statement at the top level that holds the definition, because it is
slow on whole files.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from batuta.python.walk import walk

_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Replaced:
    """Lines `first` to `last` (from 1, both included) become `text`."""

    first: int
    last: int
    text: str


def remove_definition(tree: ast.Module, lines: list[str], line: int, name: str) -> Replaced | None:
    """What becomes of the text without the definition of `name` whose `def` or `class` stands on `line`; None when there is none."""
    holder = next((each for each in tree.body if _first_line(each) <= line <= (each.end_lineno or each.lineno)), None)
    if holder is None or not any(
        isinstance(each, _Definition) and (each.lineno, each.name) == (line, name) for each in walk(holder)
    ):
        return None
    first, last = _first_line(holder), holder.end_lineno or holder.lineno
    while first > 1 and lines[first - 2].startswith("#"):
        # A comment directly above belongs to what stands below.
        first -= 1
    if holder.lineno == line:
        while last < len(lines) and not lines[last].strip():
            last += 1
        return Replaced(first, last, "")
    return Replaced(first, last, _without("\n".join(lines[first - 1 : last]) + "\n", line - first + 1, name))


def _first_line(node: ast.stmt) -> int:
    first: int = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))])
    return first


def _without(text: str, line: int, name: str) -> str:
    import libcst
    from libcst.metadata import MetadataWrapper, PositionProvider

    class Remove(libcst.CSTTransformer):
        METADATA_DEPENDENCIES = (PositionProvider,)

        def _is_meant(self, node: libcst.FunctionDef | libcst.ClassDef) -> bool:
            return node.name.value == name and self.get_metadata(PositionProvider, node.name).start.line == line

        def leave_FunctionDef(
            self, original_node: libcst.FunctionDef, updated_node: libcst.FunctionDef
        ) -> libcst.BaseStatement | libcst.RemovalSentinel:
            return libcst.RemoveFromParent() if self._is_meant(original_node) else updated_node

        def leave_ClassDef(
            self, original_node: libcst.ClassDef, updated_node: libcst.ClassDef
        ) -> libcst.BaseStatement | libcst.RemovalSentinel:
            return libcst.RemoveFromParent() if self._is_meant(original_node) else updated_node

    return MetadataWrapper(libcst.parse_module(text), unsafe_skip_copy=True).visit(Remove()).code
