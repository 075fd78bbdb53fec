"""Functions that are passed on and then called with fewer arguments than they have, or with names.

In Rust the functions that meet in one place have one type. Where `solve(f)` calls `f(t, y)`, a function with further parameters that have
defaults is passed as `lambda t, y: model(t, y)`; where it calls `stat(x, axis=1)` with constants, each function that arrives is passed as
`lambda x: np.mean(x, axis=1)`, and the call hands on what is left; with `stat(x, axis=n)` it is `lambda x, axis: np.mean(x, axis=axis)`. Where `best(a, b)` may call `max`, that is a lambda
of two, and where `best(*items)` may, one of any number.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Mapping

from batuta.analysis.bindings import Scope
from batuta.analysis.desugar import LABEL
from batuta.analysis.infer import Inference
from batuta.analysis.program import FunctionInfo
from batuta.python.new_nodes import located, placed
from batuta.python.walk import Transformer, children

Shape = tuple[int, tuple[tuple[str, str | None], ...]]
"""How a value is called: the number of arguments, and what is given by name: a constant's text, or None for what is known only when the
program runs."""


def fit_function_values(tree: ast.Module, inference: Inference) -> bool:
    """Rewrite such values and their calls, in place. True when anything changed: infer again."""
    calls = {call: _shape(call) for call in inference.value_calls}
    shapes: dict[FunctionInfo, set[Shape | None]] = {}
    for call, functions in inference.value_calls.items():
        for function in functions:
            shapes.setdefault(function, set()).add(calls[call])
    fitting = {
        function: shape
        for function, found in shapes.items()
        if len(found) == 1 and (shape := next(iter(found))) is not None and _needs_fitting(function, shape)
    }
    open_ended = _take_any(inference, shapes)
    if not fitting and not open_ended:
        return False
    # A call by name loses its names only where everything that it may call is fitted.
    for call, functions in inference.value_calls.items():
        shape = calls[call]
        if shape is not None and shape[1] and not all(each in fitting for each in functions):
            for each in functions:
                fitting.pop(each, None)
    made = {id(lambda_): argument for key, lambda_ in inference.made.items() if _is_made(key) for argument in [key[1]]}
    places: dict[int, Shape] = {}
    values = _values(tree, inference)
    for function, shape in fitting.items():
        if id(function.node) in made:
            places[id(made[id(function.node)])] = shape
        elif function.kind == "function":
            for name in values.get(function.node, []):
                places[id(name)] = shape
    if not places and not open_ended:
        return False
    stripped = {
        id(call)
        for call, functions in inference.value_calls.items()
        if calls[call] is not None and call.keywords and functions and all(each in fitting for each in functions)
    }
    fitter = _Fitter({**places, **open_ended}, stripped)
    fitter.visit(tree)
    return fitter.changed


_ANY_NUMBER = ("builtins.max", "builtins.min", "math.hypot", "math.gcd", "math.lcm")
"""Functions of Python that take any number of arguments. As a value each is a lambda of one, until a call says otherwise."""


def _take_any(inference: Inference, shapes: dict[FunctionInfo, set[Shape | None]]) -> dict[int, Shape | None]:
    """The names of such functions that are called with more than one argument, with how: None for with any number."""
    found: dict[int, Shape | None] = {}
    for key, lambda_ in list(inference.made.items()):
        if not _is_made(key) or not isinstance(key[1], ast.Name | ast.Attribute) or key[2] != 1:
            continue
        if inference.qualified(key[1]) not in _ANY_NUMBER:
            continue
        info = inference.program.functions.get(lambda_)
        asked = shapes.get(info, set()) | inference.dynamic_calls.get(info, set()) if info is not None else set()
        if asked - {(1, ())}:
            only = next(iter(asked)) if len(asked) == 1 else None
            found[id(key[1])] = only if only is not None and not only[1] else None
    return found


def _is_made(key: object) -> bool:
    return isinstance(key, tuple) and len(key) == 3 and key[0] == "as function"


def _shape(call: ast.Call) -> Shape | None:
    if any(isinstance(each, ast.Starred) for each in call.args):
        return None
    names: list[tuple[str, str | None]] = []
    for keyword in call.keywords:
        if keyword.arg is None:
            return None
        names.append((keyword.arg, _constant(keyword.value)))
    return len(call.args), tuple(names)


def _constant(value: ast.expr) -> str | None:
    """The text of a constant."""
    number = value.operand if isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.USub) else value
    return ast.unparse(value) if isinstance(number, ast.Constant) else None


def _needs_fitting(function: FunctionInfo, shape: Shape) -> bool:
    names = function.parameters
    if names.vararg is not None or names.kwarg is not None or function.generator:
        return False
    plain = [*names.posonlyargs, *names.args]
    if function.kind == "lambda":
        return bool(shape[1]) and not names.defaults
    if function.kind != "function":
        return False
    return shape[0] < len(plain) + len(names.kwonlyargs)


def _with_any_number(node: ast.expr) -> ast.expr:
    """`max` as `lambda *items: max(items[0]) if len(items) == 1 else max(items)`, and `hypot` as `lambda *items: hypot(*items)`."""
    name = ast.unparse(node)
    several = f"{name}(items[0]) if len(items) == 1 else {name}(items)" if name in ("max", "min") else f"{name}(*items)"
    made = placed(ast.parse(f"lambda *items: {several}", mode="eval").body, node)
    setattr(made, LABEL, name.rpartition(".")[2])
    return made


def _values(tree: ast.Module, inference: Inference) -> dict[ast.AST, list[ast.Name]]:
    """Where the name of each function stands for the function, and is not called."""
    bindings = inference.bindings
    found: dict[ast.AST, list[ast.Name]] = {}
    todo: list[tuple[ast.AST, Scope]] = [(tree, bindings.module)]
    while todo:
        node, scope = todo.pop()
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(node, ast.Attribute) and node.attr == "__name__":
            called = node.value
        for child in children(node):
            if isinstance(child, ast.Name):
                version = bindings.version_of(child, child.id, scope)
                loaded = isinstance(child.ctx, ast.Load) and child is not called
                if loaded and version is not None and len(version.definitions) == 1:
                    found.setdefault(version.definitions[0], []).append(child)
            else:
                todo.append((child, bindings.scopes.get(child, scope)))
    return found


class _Fitter(Transformer):
    def __init__(self, places: Mapping[int, Shape | None], stripped: set[int]) -> None:
        self.places, self.stripped, self.changed = places, stripped, False

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if id(node) in self.stripped:
            node.args += [each.value for each in node.keywords if _constant(each.value) is None]
            node.keywords = []
            self.changed = True
        return node

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return self._fitted(node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        return self._fitted(node) if id(node) in self.places else self.generic_visit(node)

    def _fitted(self, node: ast.expr) -> ast.AST:
        if id(node) not in self.places:
            return node
        self.changed = True
        shape = self.places[id(node)]
        if shape is None:
            return _with_any_number(node)
        count, names = shape
        parameters = ["given"] if count == 1 else [f"given_{index + 1}" for index in range(count)]
        named = [f"given_{name}" for name, text in names if text is None]
        arguments = ast.arguments([], [ast.arg(each) for each in [*parameters, *named]], None, [], [], None, [])
        keywords = [
            ast.keyword(name, ast.parse(text, mode="eval").body if text is not None else ast.Name(f"given_{name}", ast.Load()))
            for name, text in names
        ]
        call = ast.Call(copy.copy(node), [ast.Name(each, ast.Load()) for each in parameters], keywords)
        made = located(ast.Lambda(arguments, call), node)
        if isinstance(node, ast.Name | ast.Attribute):
            # It shows the name of what it calls.
            setattr(made, LABEL, node.id if isinstance(node, ast.Name) else node.attr)
        return made
