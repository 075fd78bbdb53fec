"""What a program does in a `try` because it fails: an attribute that nobody has, a call with too few arguments, a name that is not defined.

Elsewhere such a place is a finding, for the program would end there. Where a handler of the same `try` names the very exception, it is what the
program wants to show: it is translated to what raises it, with Python's words.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from batuta.analysis.dispatch import misfit
from batuta.analysis.graph import Cell
from batuta.analysis.program import FunctionInfo
from batuta.ir.names import own_name
from batuta.python.new_nodes import located

if TYPE_CHECKING:
    from batuta.analysis.infer import Inference


def named_exceptions(node: ast.Try) -> tuple[str, ...]:
    """The builtin exceptions that the handlers name."""
    found = []
    for handler in node.handlers:
        classes = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        found += [each.id for each in classes if isinstance(each, ast.Name)]
    return tuple(found)


class Deliberate:
    """The part of the inference that lets a program fail where it wants to."""

    expected: tuple[str, ...] = ()
    """The exceptions that the `try` blocks around the present statement wait for."""

    def expects(self: Inference, exception: str) -> bool:
        """Whether a handler around this place names an exception."""
        return self.program.containers and exception in self.expected

    def raised(self: Inference, node: ast.expr, exception: str, message: str) -> Cell:
        """An expression that raises."""
        key = ("raised", node, message)
        made = self.made.get(key)
        if made is None:
            made = self.made[key] = [located(ast.Constant(each), node) for each in (exception, message)]
        return self.library(node, "", "value.__raise__", made, [])

    def lacking(self: Inference, node: ast.expr, owner: ast.expr, name: str) -> Cell:
        """An attribute that nobody has."""
        self.box(self.eval(owner))
        text = self.made.setdefault(("lacking", node), located(ast.Constant(name), node))
        return self.library(node, "", "value.__attribute__", [text], [], receiver=owner)

    def misfitting(self: Inference, node: ast.AST, info: FunctionInfo) -> bool:
        """Whether a call that does not fit its function is one that shall raise; it does then."""
        if not isinstance(node, ast.Call) or not isinstance(info.node, ast.FunctionDef) or not self.expects("TypeError"):
            return False
        if info.scope.parent is None or not isinstance(info.scope.parent.node, ast.Module | ast.ClassDef):
            return False
        if any(isinstance(each, ast.Starred) for each in node.args) or any(each.arg is None for each in node.keywords):
            return False
        owner = f"{own_name(info.owner.name)}." if info.owner is not None else ""
        bound = 1 if info.kind in ("method", "class method") else 0
        names = tuple(str(each.arg) for each in node.keywords)
        message = misfit(info.node, f"{owner}{own_name(info.name)}()", bound, len(node.args), names)
        if not message:
            return False
        self.raised(node, "TypeError", message)
        return True
