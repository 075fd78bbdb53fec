"""`copy.copy` and `copy.deepcopy` of objects of the program: which classes need a form for it, and which have one of their own."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from batuta.analysis.graph import Cell
from batuta.analysis.program import Use
from batuta.catalog.copy_module import has_deep_copy, is_immutable
from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.python.new_nodes import located

if TYPE_CHECKING:
    from batuta.analysis.build import Builder
    from batuta.analysis.infer import Inference

_OWN = {"copy.copy": "__copy__", "copy.deepcopy": "__deepcopy__"}
_HOOKS = ("__copy__", "__deepcopy__", "__getstate__", "__setstate__", "__reduce__", "__reduce_ex__", "__getnewargs__")


class CopiedObjects:
    """The part of the inference that calls what a class has for being copied."""

    def own_copy(self: Inference, node: ast.Call, qualified: str) -> Cell | None:
        """`copy.copy(x)` as `x.__copy__()` where the class says how. None for everything else."""
        if qualified not in _OWN or len(node.args) != 1 or node.keywords or isinstance(node.args[0], ast.Starred):
            return None
        objects = [atom for key, atom in self.eval(node.args[0]).atoms.items() if key[0] == "instance"]
        if not any(each.payload.find_method(_OWN[qualified]) is not None for each in objects):
            return None
        made: ast.expr | None = self.made.get(("own copy", node))
        if made is None:
            given: list[ast.expr] = [ast.Dict([], [])] if qualified == "copy.deepcopy" else []
            made = ast.Call(ast.Attribute(node.args[0], _OWN[qualified], ast.Load()), given, [])
            made = self.made[("own copy", node)] = located(made, node)
        self.instance.uses[(node, "")] = Use("desugared", bound={"value": [made]})
        self.graph.flow(self.eval(made), self.cell(node))
        return self.cell(node)


def mark_copied(builder: Builder) -> None:
    """Note on the classes of the program which of their objects are copied, and refuse those that cannot be."""
    for node, _, call in builder.uses_of_calls:
        if call.entry is not None and call.entry.name in _OWN:
            deep = call.entry.name == "copy.deepcopy"
            for argument in call.arguments.get("x", []):
                _mark(builder, node, argument.type, deep, call.entry.name.rpartition(".")[2])


def _mark(builder: Builder, node: ast.AST, type_: t.Type, deep: bool, name: str) -> None:
    by_name = {each.name: each for each in builder.classes.values()}
    if not deep:
        found = type_.inner if isinstance(type_, t.Optional) else type_
        if isinstance(found, t.Instance) and found.name in by_name:
            cls = by_name[found.name]
            if cls.exception or cls.role or _hook(cls):
                builder.refuse(node, "BAT104", f"`{name}` of an object of class `{cls.name}`", "Copy its fields by hand.")
            cls.copied = True
        return
    todo = [type_]
    while todo:
        each = todo.pop()
        todo.extend(t.children(each))
        if each == t.VALUE:
            todo.extend(t.Instance(found.name) for found in by_name.values() if found.in_values and not found.deeply_copied)
        if not isinstance(each, t.Instance) or each.name not in by_name or by_name[each.name].deeply_copied:
            continue
        cls = by_name[each.name]
        cls.deeply_copied = True
        todo.extend(cls.fields.values())
        unfit = [field for field, held in cls.fields.items() if not (has_deep_copy(held) or _shared_by_copies(held))]
        if cls.exception or cls.role or unfit or _hook(cls):
            why = f"the field `{unfit[0]}` of" if unfit else "an object of"
            builder.refuse(node, "BAT104", f"`{name}` of {why} class `{cls.name}`", "Copy its fields by hand.")


def _shared_by_copies(type_: t.Type) -> bool:
    """Whether a copy holds the same thing as its original: a function, or what cannot change."""
    inner = type_.inner if isinstance(type_, t.Optional) else type_
    return isinstance(inner, t.Callable) or is_immutable(inner)


def _hook(cls: n.Class) -> bool:
    return any(name in methods for methods in cls.methods.values() for name in _HOOKS)
