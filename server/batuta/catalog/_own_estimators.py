"""What the shelves of scikit-learn ask about estimators of the program: classes that derive from scikit-learn's."""

from __future__ import annotations

from typing import Any

from batuta.catalog._families import always_has, lacks
from batuta.catalog.entry import NotYet, Refusal
from batuta.ir import types as t


def is_estimator(call: Any, found: t.Type) -> bool:
    """Whether objects of a type can be a step: scikit-learn's own, and those of a class of the program that derives from its classes."""
    if isinstance(found, t.Instance):
        return bool(call.inference.program.classes[found.name].role)
    return isinstance(found, t.Object) and found.name.startswith("sklearn.")


def answer(call: Any, cls_name: str, method: str) -> t.Type:
    """The type that a method of an own estimator gives to the pipeline that holds it."""
    info = call.inference.program.classes[cls_name].methods.get(method)
    if info is None or not info.instances:
        raise NotYet
    found: t.Type = call.inference.resolver.resolve(next(iter(info.instances.values())).result)
    if isinstance(found, t.Unknown):
        raise NotYet
    return found


def own_parameter(call: Any, found: t.Type, name: str) -> Any:
    """The field of an own estimator that the parameter `name` of an estimator means; None when it means no such field."""
    path = name.split("__")
    for step in path[:-1]:
        if not isinstance(found, t.Object) or len(found.arguments) < 2 or not isinstance(found.arguments[1], t.Tuple):
            return None
        inner = [
            each.items[1]
            for each in found.arguments[1].items
            if isinstance(each, t.Tuple) and each.items[0] == t.Object(f"step {step}")
        ]
        if not inner:
            return None
        found = inner[0]
    if not isinstance(found, t.Instance):
        return None
    cls = call.inference.program.classes[found.name]
    known = []
    if "__init__" in cls.methods:
        names = cls.methods["__init__"].parameters
        known = [each.arg for each in [*names.args[1:], *names.kwonlyargs]]
    if path[-1] not in known:
        raise Refusal("BAT102", f"`{cls.name}` has no parameter `{path[-1]}`", "Use a parameter that it has.")
    return cls.field(path[-1])


def offers(owner: str, member: str) -> bool | None:
    """Whether objects of one of scikit-learn's classes have a member; None where that depends on the object."""
    if lacks(owner, member):
        return False
    return True if always_has(owner, member) else None
