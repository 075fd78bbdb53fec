"""Estimators of the program inside scikit-learn's: what a pipeline or search calls, and with which types.

`pipe.fit(X, y)` calls `fit` of each step. The methods that such a call reaches have been written out by `estimator_classes.py`; here their
parameters get the types that arrive: a table of numbers, and the labels as scikit-learn's estimators carry them.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from batuta.analysis.bindings import parameters
from batuta.analysis.displays import rows_of_display
from batuta.analysis.program import ClassInfo, FunctionInfo
from batuta.catalog.entry import NotYet, Refusal
from batuta.ir import types as t

if TYPE_CHECKING:
    from batuta.analysis.library import LibraryCall

_ROWS = t.Array("float64", 2)
_TEXTS = t.List(t.STR)
_MODULE = "sklearn.pipeline"
_ANSWERS = {"transformed": 2, "transformed_back": 2, "chances": 2, "predicted": 1, "grouped": 1, "known_classes": 1}
"""The methods that give arrays, and how many dimensions these have."""


def ask_own_estimators(call: LibraryCall) -> None:
    """Let the arguments of a call that makes estimators learn arrive at those of the program."""
    name = call.use.entry.name if call.use.entry is not None else ""
    if not name.startswith("sklearn.") or not any(each.role for each in call.inference.program.classes.values()):
        return
    made = call.use.entry is not None and call.use.entry.kind == "class"
    for each in _arguments(call):
        try:
            found = call.type_of(each)
        except (NotYet, AttributeError):
            continue
        for cls, rows in _inside(found, call, _given(call)):
            if not cls.as_step:
                cls.as_step = True
                call.inference.graph.time += 1
            if not made and call.given("X"):
                _learn(call, cls, rows)


def _arguments(call: LibraryCall) -> list[ast.expr]:
    """What the call is given; of rows that are read as syntax, what stands in them."""
    literal = call.use.entry.literal if call.use.entry is not None else ()
    found: list[ast.expr] = []
    for name, values in call.use.bound.items():
        for each in values:
            rows = rows_of_display(each) if name in literal else None
            found += [each] if rows is None else [held for row in rows for held in row]
    return found


def _given(call: LibraryCall) -> t.Type:
    """What the data are that estimators learn from: texts, or rows of numbers."""
    found = call.type("X") if call.given("X") else _ROWS
    match found:
        case t.List(t.STR) | t.Sequence(t.STR) | t.Array("str", 1):
            return _TEXTS
        case t.Tuple(items) if items and all(each == t.STR for each in items):
            return _TEXTS
    return _ROWS


def _inside(found: t.Type, call: LibraryCall, rows: t.Type) -> list[tuple[ClassInfo, t.Type]]:
    """The classes of the program whose objects a library object holds, or an argument is, and what data reach each."""
    if isinstance(found, t.Instance):
        cls = call.inference.program.classes.get(found.name)
        return [(cls, rows)] if cls is not None and cls.role else []
    if isinstance(found, t.Object) and found.name == f"{_MODULE}.Pipeline" and len(found.arguments) > 1:
        return _in_steps(found.arguments[1], call, rows)
    if isinstance(found, t.Object | t.Tuple | t.List):
        return [each for inner in t.children(found) for each in _inside(inner, call, rows)]
    return []


def _in_steps(steps: t.Type, call: LibraryCall, rows: t.Type) -> list[tuple[ClassInfo, t.Type]]:
    """A step gets what the one before it makes: texts stay texts only where a class of the program gives texts."""
    found: list[tuple[ClassInfo, t.Type]] = []
    for step in t.children(steps):
        inside = _inside(step, call, rows)
        found += inside
        own = [cls for cls, _ in inside]
        if rows == _TEXTS and own and isinstance(step, t.Tuple) and isinstance(step.items[1], t.Instance):
            method = own[0].methods.get("transformed")
            made = (
                call.inference.resolver.resolve(next(iter(method.instances.values())).result)
                if method is not None and method.instances
                else t.Unknown()
            )
            if isinstance(made, t.Unknown) or made in (t.NEVER, t.List(t.NEVER)):
                break
            rows = _TEXTS if made in (_TEXTS, t.Array("str", 1)) else _ROWS
        elif not isinstance(step, t.Tuple) or step.items[1] != t.STR:
            rows = _ROWS
    return found


def _learn(call: LibraryCall, cls: ClassInfo, rows: t.Type) -> None:
    from batuta.catalog._estimators import label_array

    labels: t.Type | None = None
    if call.given("y") and call.constant("y", default=NotImplemented) is not None:
        labels = label_array(call.type("y"))
    if labels is not None and "own_score" in cls.methods:
        _seed(call, cls, cls.methods["own_score"], [rows, labels])
    if labels is not None and "learned" in cls.methods:
        _seed(call, cls, cls.methods["learned"], [rows, labels])
    elif "learned_alone" in cls.methods:
        _seed(call, cls, cls.methods["learned_alone"], [rows])
    for name, method in cls.methods.items():
        if name in _ANSWERS or name.startswith("renewed_"):
            _seed(call, cls, method, [rows])
        if name in _ANSWERS:
            _check_answer(call, cls, method, _ANSWERS[name])


def _check_answer(call: LibraryCall, cls: ClassInfo, method: FunctionInfo, rank: int) -> None:
    found = call.inference.resolver.resolve(next(iter(method.instances.values())).result)
    fits = isinstance(found, t.Array) and found.rank == rank
    fits = fits or (method.name == "transformed" and found in (_TEXTS, t.Array("str", 1)))
    if isinstance(found, t.Unknown) or fits or (rank == 1 and isinstance(found, t.List)):
        return
    assert isinstance(method.node, ast.FunctionDef)
    asked = ast.unparse(method.node.body[0]).removeprefix("return ").removeprefix("self.")
    raise Refusal(
        "BAT103",
        f"`{cls.name}.{asked}` gives {t.show(found)} to a pipeline",
        f"Return an array of {rank} dimension{'s' * (rank > 1)}.",
    )


def _seed(call: LibraryCall, cls: ClassInfo, method: FunctionInfo, types: list[t.Type]) -> None:
    inference = call.inference
    instance = inference.instance_of(method, (), inference.module)
    versions = [instance.version_cell(inference.bindings.versions[each]) for each in parameters(method.parameters)]
    inference.graph.add(versions[0], inference.instance_atom(cls))
    for cell, found in zip(versions[1:], types, strict=False):
        inference.add_resolved(cell, found, method.node, f"step {method.name} {t.show(found)}")
