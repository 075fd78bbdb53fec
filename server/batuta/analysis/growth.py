"""Where an int grows past 64 bits in ordinary programs: products in loops, factorials and Fibonacci numbers.

A syntactic look: a product that is stored back into one of its factors in a `for` loop, a recursion that multiplies, a pair of numbers that are
added into each other. Reduced by `%` in the same loop, or bounded by the test of a `while`, they stay small. What is found here is computed
with integers of any size; everything else is an `i64` that ends the program when it overflows, never with a wrapped number.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from batuta.python.walk import walk

if TYPE_CHECKING:
    from batuta.analysis.infer import Inference

_LOOPS = (ast.For, ast.While)
_MEETS_FLOATS = "meets_floats"
"""Marks a product that does not grow, because a factor of it is a float as well."""


def growing(tree: ast.AST) -> set[ast.AST]:
    """The `BinOp` and `AugAssign` nodes whose int results may be of any size."""
    found: set[ast.AST] = set()
    for node in walk(tree):
        if isinstance(node, _LOOPS):
            _loop(node, found)
        elif isinstance(node, ast.FunctionDef):
            _recursion(node, found)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("str", "len") and node.args:
            # The digits of a power are asked for because there are many.
            found.update(each for each in walk(node.args[0]) if isinstance(each, ast.BinOp) and isinstance(each.op, ast.Pow))
    return {each for each in found if not hasattr(each, _MEETS_FLOATS)}


def leave_floats(inference: Inference) -> bool:
    """Mark the products that would be integers of any size and floats at once: `p = 1` that is multiplied by floats. True when there were
    any: infer again."""
    marked = False
    for node in inference.growing:
        operation = inference.made.get(("operation", node), node)
        for instance in [inference.module, *inference.program.instances]:
            held = instance.cells.get(operation)
            if held is not None and ("bigint",) in held.atoms and ("float",) in held.atoms:
                setattr(node, _MEETS_FLOATS, True)
                marked = True
    return marked


def _statements(body: list[ast.stmt]) -> list[ast.stmt]:
    """Statements inside a loop, inner loops of any kind included, functions not."""
    out: list[ast.stmt] = []
    for each in body:
        out.append(each)
        for name in ("body", "orelse", "finalbody"):
            inner = getattr(each, name, None)
            if isinstance(inner, list) and not isinstance(each, ast.FunctionDef | ast.ClassDef):
                out.extend(_statements(inner))
    return out


def _names(node: ast.AST) -> set[str]:
    return {each.id for each in walk(node) if isinstance(each, ast.Name)}


def _loop(loop: ast.For | ast.While, found: set[ast.AST]) -> None:
    inside = _statements(loop.body)
    bounded = _names(loop.test) if isinstance(loop, ast.While) else set()
    for each in inside:
        # A break or a reduction on the same name keeps it small.
        if isinstance(each, ast.Assign | ast.AugAssign):
            if any(isinstance(part, ast.Mod) for part in walk(each)):
                targets = [each.target] if isinstance(each, ast.AugAssign) else each.targets
                bounded |= {name for target in targets for name in _names(target)}
        if isinstance(each, ast.If) and any(isinstance(part, ast.Break | ast.Return) for part in each.body):
            bounded |= _names(each.test)
    for each in inside:
        match each:
            case ast.Expr(
                value=ast.Call(
                    func=ast.Attribute(value=ast.Name(id=name), attr="append"),
                    args=[ast.BinOp(op=ast.Add() | ast.Mult()) as term],
                )
            ):
                sides = [
                    side
                    for side in (term.left, term.right)
                    if isinstance(side, ast.Subscript) and isinstance(side.value, ast.Name)
                ]
                if len(sides) == 2 and all(isinstance(side.value, ast.Name) and side.value.id == name for side in sides):
                    found.add(term)
            case ast.AugAssign(target=ast.Name(id=name), op=ast.Mult() | ast.Pow()) if name not in bounded:
                if not isinstance(each.value, ast.Constant) or isinstance(loop, ast.For):
                    found.add(each)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.BinOp(op=ast.Mult()) as product) if name not in bounded:
                if any(isinstance(side, ast.Name) and side.id == name for side in (product.left, product.right)):
                    found.add(product)
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
                names = {target.id for target in targets if isinstance(target, ast.Name)}
                if names & bounded:
                    continue
                for value in values:
                    if (
                        isinstance(value, ast.BinOp)
                        and isinstance(value.op, ast.Add | ast.Mult)
                        and len(_names(value) & names) == 2
                    ):
                        found.add(value)


def _recursion(function: ast.FunctionDef, found: set[ast.AST]) -> None:
    cached = any("cache" in ast.unparse(each) for each in function.decorator_list) or any(
        "memo" in each.arg or "cache" in each.arg for each in function.args.args
    )
    inside = [each for each in walk(function) if isinstance(each, ast.BinOp | ast.Assign)]
    if not any(isinstance(each, ast.BinOp) for each in inside):
        return
    held = {
        target.id
        for node in inside
        if isinstance(node, ast.Assign) and _calls(node.value, function.name)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in inside:
        if not isinstance(node, ast.BinOp):
            continue
        calls = [
            _calls(side, function.name) or (isinstance(side, ast.Name) and side.id in held) for side in (node.left, node.right)
        ]
        if (isinstance(node.op, ast.Mult) and any(calls)) or (isinstance(node.op, ast.Add) and cached and all(calls)):
            found.add(node)


def _calls(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
