"""`functools.singledispatch`, written out: the function asks for the class of its first argument.

    @singledispatch                       def show(item):
    def show(item):                           if isinstance(item, int):
        print("other")                            return show_int(item)
                                     →        print("other")
    @show.register
    def _(item: int):                     def show_int(item: int):
        print("number")                       print("number")

The classes are asked in the order in which Python would find them: a class before its bases. Where that cannot be told (classes of other
modules beside those of the program, a function that is registered by a call), the decorator stays and is refused.
"""

from __future__ import annotations

import ast
import copy

from batuta.analysis.imports import imported_names, qualified_name
from batuta.python.new_nodes import fresh_name, located, names_in

_PLAIN = ("functools.singledispatch", "functools.singledispatchmethod")
_WIDE = ("Number", "Sequence", "Mapping", "Iterable", "Collection", "Set", "Sized", "Container", "Hashable", "object")
"""Classes that others stand below without naming them: they are asked last."""


def write_out_dispatch(tree: ast.Module) -> None:
    """Write out such functions and methods, in place."""
    imports = imported_names(tree)
    if not any(name.partition(".")[0] == "functools" for name in imports.values()):
        return
    taken = names_in(tree)
    depths = _depths(tree)
    tree.body = _written(tree.body, imports, taken, depths, 0)
    for each in tree.body:
        if isinstance(each, ast.ClassDef):
            each.body = _written(each.body, imports, taken, depths, 1)


def _depths(tree: ast.Module) -> dict[str, int]:
    """How many classes of the program stand above each."""
    bases = {
        each.name: [base.id for base in each.bases if isinstance(base, ast.Name)]
        for each in tree.body
        if isinstance(each, ast.ClassDef)
    }
    found: dict[str, int] = {}

    def depth(name: str, seen: frozenset[str]) -> int:
        above = [each for each in bases.get(name, []) if each not in seen]
        return 1 + max((depth(each, seen | {each}) for each in above), default=0)

    for name in bases:
        found[name] = depth(name, frozenset({name}))
    return found


def _written(
    body: list[ast.stmt], imports: dict[str, str], taken: set[str], depths: dict[str, int], first: int
) -> list[ast.stmt]:
    generic = {
        each.name: each
        for each in body
        if isinstance(each, ast.FunctionDef)
        and len(each.decorator_list) == 1
        and qualified_name(each.decorator_list[0], imports) in _PLAIN
        and len(each.args.args) > first
        and each.args.vararg is None
        and each.args.kwarg is None
    }
    if not generic:
        return body
    chosen: dict[str, list[tuple[ast.expr, str]]] = {name: [] for name in generic}
    renamed: dict[ast.FunctionDef, str] = {}
    for each in body:
        if not isinstance(each, ast.FunctionDef) or not each.decorator_list or each.name in generic:
            continue
        found = [_registered(decorator, each, generic, first) for decorator in each.decorator_list]
        if not any(found):
            continue
        if not all(found):
            return body
        for name, kind in [pair for pair in found if pair]:
            if kind is None:
                return body
            made = renamed.get(each)
            if made is None:
                text = "".join(letter if letter.isalnum() else "_" for letter in ast.unparse(kind)).strip("_").lower()
                made = fresh_name(f"{name}_{text}" if each.name == "_" else each.name, taken - {each.name})
                taken.add(made)
                renamed[each] = made
            chosen[name].append((kind, made))
    for name, function in generic.items():
        tests = _ordered(chosen[name], depths)
        arguments: list[ast.expr] = [ast.Name(each.arg, ast.Load()) for each in function.args.args[first:]]
        keywords = [ast.keyword(each.arg, ast.Name(each.arg, ast.Load())) for each in function.args.kwonlyargs]
        asked: list[ast.stmt] = []
        for kind, made in tests:
            target: ast.expr = ast.Name(made, ast.Load())
            if first:
                target = ast.Attribute(ast.Name(function.args.args[0].arg, ast.Load()), made, ast.Load())
            subject = ast.Name(function.args.args[first].arg, ast.Load())
            test: ast.expr = ast.Call(ast.Name("isinstance", ast.Load()), [subject, copy.deepcopy(kind)], [])
            if ast.unparse(kind) in ("None", "type(None)"):
                test = ast.Compare(subject, [ast.Is()], [ast.Constant(None)])
            call = ast.Call(target, copy.deepcopy(arguments), copy.deepcopy(keywords))
            asked.append(located(ast.If(test, [ast.Return(call)], []), function.body[0]))
        function.decorator_list = []
        place = 1 if ast.get_docstring(function) is not None else 0
        function.body[place:place] = asked
        function.args.args[first].annotation = None
    for function, made in renamed.items():
        function.name, function.decorator_list = made, []
    if first:
        return body
    # The implementations are defined before they are called: the generic function only runs later.
    return body


def _registered(
    decorator: ast.expr, node: ast.FunctionDef, generic: dict[str, ast.FunctionDef], first: int
) -> tuple[str, ast.expr | None] | None:
    """The generic function that a decorator registers for, and the class."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    if not (
        isinstance(called, ast.Attribute)
        and called.attr == "register"
        and isinstance(called.value, ast.Name)
        and called.value.id in generic
    ):
        return None
    if isinstance(decorator, ast.Call):
        return called.value.id, decorator.args[0] if len(decorator.args) == 1 and not decorator.keywords else None
    annotation = node.args.args[first].annotation if len(node.args.args) > first else None
    return called.value.id, annotation


def _ordered(chosen: list[tuple[ast.expr, str]], depths: dict[str, int]) -> list[tuple[ast.expr, str]]:
    """A class before its bases; of several for one class, the last one only."""
    single: dict[str, tuple[ast.expr, str]] = {}
    for kind, made in chosen:
        for each in _alternatives(kind):
            single[ast.unparse(each)] = (each, made)

    def rank(text: str) -> int:
        own = text.rpartition(".")[2]
        if own in _WIDE:
            return 3 + (own == "object")
        if text in depths:
            return -depths[text]
        return 1 if text in ("int", "dict", "tuple", "list", "set", "str", "float") else 0

    return [single[text] for text in sorted(single, key=rank)]


def _alternatives(kind: ast.expr) -> list[ast.expr]:
    if isinstance(kind, ast.BinOp) and isinstance(kind.op, ast.BitOr):
        return [*_alternatives(kind.left), *_alternatives(kind.right)]
    return [kind]
