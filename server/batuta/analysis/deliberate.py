"""What a program does in a `try` because it fails: an attribute that nobody has, a call with too few arguments, a name that is not defined.

Elsewhere such a place is a finding, for the program would end there. Where a handler of the same `try` names the very exception, it is what the
program wants to show: it is translated to what raises it, with Python's words.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from batuta.analysis.dispatch import misfit
from batuta.analysis.graph import Cell
from batuta.analysis.program import ClassInfo, FunctionInfo
from batuta.ir.names import own_name
from batuta.python.new_nodes import located
from batuta.python.walk import walk

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

    def never_set(self: Inference, node: ast.stmt, target: ast.expr) -> bool:
        """Whether an assignment raises: it sets what no object that comes there lets anybody set. What it raises is noted."""
        if not isinstance(target, ast.Attribute):
            return False
        atoms = list(self.eval(target.value).atoms.values())
        if not atoms or any(each.key[0] != "instance" for each in atoms):
            return False
        reasons = {_unsettable(each.payload, target.attr) for each in atoms}
        if len(reasons) != 1 or None in reasons:
            return False
        exception, text = reasons.pop() or ("", "")
        key = ("never set", node)
        found = self.made.get(key)
        if found is None:
            before, between, after = text.format(name=target.attr, kind="\0").partition("\0")
            message: ast.expr = ast.Constant(before)
            if between:
                if any(isinstance(each, ast.Call | ast.NamedExpr | ast.Await) for each in walk(target.value)):
                    return False
                kind = ast.Attribute(ast.Call(ast.Name("type", ast.Load()), [target.value], []), "__name__", ast.Load())
                message = ast.JoinedStr([ast.Constant(before), ast.FormattedValue(kind, -1), ast.Constant(after)])
            found = self.made[key] = (exception, located(message, target))
        self.eval(found[1])
        return True

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


def _unsettable(cls: ClassInfo, name: str) -> tuple[str, str] | None:
    """The exception, and its message, that setting an attribute of an object raises; None where it can be set."""
    if cls.find_method(f"{name}.setter") is not None or cls.find_method("__setattr__") is not None:
        return None
    if cls.dataclass and cls.frozen:
        return "FrozenInstanceError", "cannot assign to field {name!r}"
    if cls.named_tuple:
        return "AttributeError", "can't set attribute"
    method = cls.find_method(name)
    if method is not None and method.kind == "property":
        return "AttributeError", "property {name!r} of '{kind}' object has no setter"
    if method is None and not cls.exception:
        slots = [_slots(each) for each in cls.ancestors()]
        if all(each is not None and name not in each for each in slots) and cls.find_attribute(name) is None:
            return "AttributeError", "'{kind}' object has no attribute {name!r}"
    return None


def _slots(cls: ClassInfo) -> list[str] | None:
    """The names that `__slots__` of a class lists; None where its objects have a dict of their own."""
    written = cls.attributes.get("__slots__")
    parts = written.elts if isinstance(written, ast.Tuple | ast.List) else [written]
    names = [each.value for each in parts if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    return names if written is not None and len(names) == len(parts) and "__dict__" not in names else None
