"""Functions of libraries that mean the same as an expression: `operator.lt(a, b)` is `a < b`, `chain(*lists)` is
`chain.from_iterable(lists)`. A catalog entry would say it again for every type; the expression has its rules already."""

from __future__ import annotations

import ast
from collections.abc import Callable

from batuta.python.new_nodes import located

Written = Callable[[list[ast.expr]], ast.expr]


def _compare(sign: ast.cmpop) -> Written:
    return lambda given: ast.Compare(given[0], [sign], [given[1]])


def _method(name: str) -> Written:
    return lambda given: ast.Call(ast.Attribute(given[0], name, ast.Load()), given[1:], [])


def _builtin(name: str) -> Written:
    return lambda given: ast.Call(ast.Name(name, ast.Load()), given, [])


def _binary(sign: ast.operator) -> Written:
    return lambda given: ast.BinOp(given[0], sign, given[1])


def _unary(sign: ast.unaryop) -> Written:
    return lambda given: ast.UnaryOp(sign, given[0])


_OPERATORS: dict[str, tuple[int, Written]] = {
    "add": (2, _binary(ast.Add())),
    "sub": (2, _binary(ast.Sub())),
    "mul": (2, _binary(ast.Mult())),
    "truediv": (2, _binary(ast.Div())),
    "floordiv": (2, _binary(ast.FloorDiv())),
    "mod": (2, _binary(ast.Mod())),
    "pow": (2, _binary(ast.Pow())),
    "and_": (2, _binary(ast.BitAnd())),
    "or_": (2, _binary(ast.BitOr())),
    "xor": (2, _binary(ast.BitXor())),
    "lshift": (2, _binary(ast.LShift())),
    "rshift": (2, _binary(ast.RShift())),
    "matmul": (2, _binary(ast.MatMult())),
    "neg": (1, _unary(ast.USub())),
    "pos": (1, _unary(ast.UAdd())),
    "inv": (1, _unary(ast.Invert())),
    "invert": (1, _unary(ast.Invert())),
    "getitem": (2, lambda given: ast.Subscript(given[0], given[1], ast.Load())),
    "lt": (2, _compare(ast.Lt())),
    "le": (2, _compare(ast.LtE())),
    "eq": (2, _compare(ast.Eq())),
    "ne": (2, _compare(ast.NotEq())),
    "ge": (2, _compare(ast.GtE())),
    "gt": (2, _compare(ast.Gt())),
    "is_": (2, _compare(ast.Is())),
    "is_not": (2, _compare(ast.IsNot())),
    "contains": (2, lambda given: ast.Compare(given[1], [ast.In()], [given[0]])),
    "not_": (1, lambda given: ast.UnaryOp(ast.Not(), given[0])),
    "truth": (1, _builtin("bool")),
    "abs": (1, _builtin("abs")),
    "concat": (2, lambda given: ast.BinOp(given[0], ast.Add(), given[1])),
    "countOf": (2, _method("count")),
    "indexOf": (2, _method("index")),
}
WRITTEN_OUT = {f"operator.{name}": arity for name, (arity, _) in _OPERATORS.items()}
"""The functions that may stand as values, too, with the number of their arguments."""
CALLED = {*WRITTEN_OUT, "operator.itemgetter", "operator.attrgetter", "operator.methodcaller"}
"""Functions of `operator` that the compiler itself knows."""


def written_out(node: ast.Call, qualified: str) -> ast.expr | None:
    """What a call means, or None."""
    starred = any(isinstance(each, ast.Starred) for each in node.args)
    if qualified in WRITTEN_OUT and not node.keywords and not starred:
        arity, write = _OPERATORS[qualified.removeprefix("operator.")]
        if isinstance(node.func, ast.Name) and node.func.id in ("abs", "bool"):
            # The builtin is hidden by the import.
            return None
        return located(write(list(node.args)), node) if len(node.args) == arity else None
    if qualified == "operator.methodcaller":
        return _method_caller(node)
    if qualified == "itertools.chain" and not node.keywords and (starred or len(node.args) > 4):
        return _chain(node)
    if qualified in ("itertools.product", "itertools.zip_longest") and len(node.args) == 1 and starred:
        return _of_all(node)
    if qualified == "heapq.merge" and (starred or len(node.args) > 3):
        return _of_all(node)
    return None


def _method_caller(node: ast.Call) -> ast.expr | None:
    """`methodcaller("name", a)` as `lambda item, held=a: item.name(held)`."""
    if not node.args or not isinstance(node.args[0], ast.Constant) or not isinstance(node.args[0].value, str):
        return None
    held: list[ast.expr] = []

    def kept(value: ast.expr) -> ast.expr:
        if isinstance(value, ast.Constant):
            return value
        held.append(value)
        return ast.Name(f"held{len(held)}", ast.Load())

    arguments = [kept(each) for each in node.args[1:]]
    keywords = [ast.keyword(each.arg, kept(each.value)) for each in node.keywords]
    names = [ast.arg("item"), *[ast.arg(f"held{index + 1}") for index in range(len(held))]]
    call = ast.Call(ast.Attribute(ast.Name("item", ast.Load()), node.args[0].value, ast.Load()), arguments, keywords)
    return located(ast.Lambda(ast.arguments([], names, None, [], [], None, held), call), node)


def _chain(node: ast.Call) -> ast.expr:
    """`chain(a, *rest)`: what is starred is a chain of its own."""
    assert isinstance(node.func, ast.Name | ast.Attribute)
    parts: list[ast.expr] = []
    for each in node.args:
        if isinstance(each, ast.Starred):
            function = ast.Attribute(node.func, "from_iterable", ast.Load())
            parts.append(ast.Call(function, [each.value], []))
        else:
            parts.append(each)
    made = parts[-1]
    for each in reversed(parts[:-1]):
        made = ast.Call(node.func, [each, made], [])
    return located(made, node)


def _of_all(node: ast.Call) -> ast.expr | None:
    """`product(*lists)` and `merge(a, b, c, d)` as functions of one list of lists."""
    assert isinstance(node.func, ast.Name | ast.Attribute)
    if len(node.args) == 1 and isinstance(node.args[0], ast.Starred):
        lists: ast.expr = node.args[0].value
    elif any(isinstance(each, ast.Starred) for each in node.args):
        return None
    else:
        lists = ast.List(list(node.args), ast.Load())
    return located(ast.Call(ast.Attribute(node.func, "of_all", ast.Load()), [lists], list(node.keywords)), node)
