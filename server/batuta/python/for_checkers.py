"""What stands in a program for type checkers and other versions of Python: blocks under `TYPE_CHECKING`, the signatures of an
overloaded function, what is done under an older Python.

    if TYPE_CHECKING:                          @overload
        from collections.abc import Awaitable  def double(x: int) -> int: ...

Neither has an effect when the program runs, so that both are gone before anything is read. A question about `sys.version_info` has the answer
of the Python that translates.
"""

from __future__ import annotations

import ast
import operator
import sys
from typing import Any

from batuta.python.walk import Transformer, walk

_ASKED = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


class _Versions(Transformer):
    """Answers questions about the version of Python."""

    def __init__(self, whole: set[str], alone: set[str]) -> None:
        self.whole = whole
        """Names of the module `sys`."""
        self.alone = alone
        """Names of `sys.version_info` itself."""

    def _meant(self, node: ast.expr) -> Any:
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr="version_info") if name in self.whole:
                return tuple(sys.version_info)
            case ast.Name(id=name) if name in self.alone:
                return tuple(sys.version_info)
            case ast.Attribute(value=inner, attr="major" | "minor" | "micro" as part):
                found = self._meant(inner)
                return None if found is None else found[("major", "minor", "micro").index(part)]
            case ast.Subscript(value=inner, slice=ast.Constant(value=int() as index)) if abs(index) < 5:
                found = self._meant(inner)
                return None if found is None else found[index]
            case ast.Subscript(value=inner, slice=ast.Slice(lower=None, upper=ast.Constant(value=int() as upper), step=None)):
                found = self._meant(inner)
                return None if found is None else found[:upper]
        return None

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        found = self._meant(node.left)
        if found is None or len(node.ops) != 1 or type(node.ops[0]) not in _ASKED:
            return node
        try:
            answer = _ASKED[type(node.ops[0])](found, ast.literal_eval(node.comparators[0]))
        except (ValueError, TypeError):
            return node
        return ast.copy_location(ast.Constant(bool(answer)), node)

    def visit_If(self, node: ast.If) -> ast.AST | list[ast.stmt]:
        self.generic_visit(node)
        if isinstance(node.test, ast.Constant) and isinstance(node.test.value, bool):
            return (node.body if node.test.value else node.orelse) or [ast.copy_location(ast.Pass(), node)]
        return node


def answer_versions(tree: ast.Module) -> None:
    """Put the answers in the place of such questions, and of what depends on them, in place."""
    whole, alone = set(), set()
    for node in tree.body:
        if isinstance(node, ast.Import):
            whole |= {each.asname or each.name for each in node.names if each.name == "sys"}
        elif isinstance(node, ast.ImportFrom) and node.module == "sys":
            alone |= {each.asname or each.name for each in node.names if each.name == "version_info"}
    _Versions(whole, alone).visit(tree)


def leave_out_for_checkers(tree: ast.Module) -> None:
    """Take such blocks and signatures out, in place."""
    overloads, checking, modules = set(), set(), set()
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module in ("typing", "typing_extensions"):
            overloads |= {each.asname or each.name for each in node.names if each.name == "overload"}
            checking |= {each.asname or each.name for each in node.names if each.name == "TYPE_CHECKING"}
            node.names = [each for each in node.names if each.name not in ("overload", "TYPE_CHECKING")]
        elif isinstance(node, ast.Import):
            modules |= {each.asname or each.name for each in node.names if each.name in ("typing", "typing_extensions")}

    def means(node: ast.expr, names: set[str], attribute: str) -> bool:
        if isinstance(node, ast.Attribute):
            return node.attr == attribute and isinstance(node.value, ast.Name) and node.value.id in modules
        return isinstance(node, ast.Name) and node.id in names

    def kept(body: list[ast.stmt], needed: bool) -> list[ast.stmt]:
        found: list[ast.stmt] = []
        for each in body:
            if isinstance(each, ast.ImportFrom) and not each.names:
                continue
            if isinstance(each, ast.If) and means(each.test, checking, "TYPE_CHECKING"):
                found.extend(each.orelse)
            elif not (
                isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
                and any(means(one, overloads, "overload") for one in each.decorator_list)
            ):
                found.append(each)
        return found or ([ast.copy_location(ast.Pass(), body[0])] if needed and body else [])

    tree.body = kept(tree.body, False)
    for inner in walk(tree):
        if isinstance(inner, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            inner.body = kept(inner.body, True)
