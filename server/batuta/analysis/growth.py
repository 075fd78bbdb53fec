"""Where an int grows past 64 bits in ordinary programs: products in loops, factorials and Fibonacci numbers.

A syntactic look: a product that is stored back into one of its factors in a `for` loop, a recursion that multiplies, a pair of numbers that are
added into each other. Reduced by `%` in the same loop, or bounded by the test of a `while`, they stay small. What is found here is computed
with integers of any size; everything else is an `i64` that ends the program when it overflows, never with a wrapped number.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from batuta.analysis.large_numbers import large_powers
from batuta.python.walk import walk

if TYPE_CHECKING:
    from batuta.analysis.infer import Inference

_LOOPS = (ast.For, ast.While)
_MEETS_FLOATS = "meets_floats"
"""Marks a product that does not grow, because a factor of it is a float as well."""


def growing(tree: ast.AST) -> set[ast.AST]:
    """The `BinOp` and `AugAssign` nodes whose int results may be of any size."""
    found: set[ast.AST] = large_powers(tree)
    bits: list[tuple[str, bool, ast.AST]] = []
    reduced: list[tuple[ast.expr, ast.expr]] = []
    constants: dict[str, int | None] = {}
    for node in walk(tree):
        if isinstance(node, _LOOPS):
            _loop(node, found)
        elif isinstance(node, ast.FunctionDef):
            _recursion(node, found)
            _reduced_later(node, found)
            for each, default in zip(reversed(node.args.args), reversed(node.args.defaults), strict=False):
                _note_constant(each.arg, default, constants)
        elif isinstance(node, ast.AugAssign | ast.BinOp):
            _bit_of_field(node, bits)
            if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
                constants[node.target.id] = None
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod | ast.BitAnd) and isinstance(node.left, ast.BinOp):
                reduced.append((node.left, node.right))
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            _note_constant(node.targets[0].id, node.value, constants)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("str", "len") and node.args:
            # The digits of a power are asked for because there are many.
            found.update(each for each in walk(node.args[0]) if isinstance(each, ast.BinOp) and isinstance(each.op, ast.Pow))
    for product, limit in reduced:
        _reduced_by(product, _constant(limit, constants), constants, found)
    sets = {name for name, stored, _ in bits if stored}
    found.update(bit for name, _, bit in bits if name in sets)
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


_SMALL = 2**31
"""Two numbers below it have a product that an `i64` holds."""


def _note_constant(name: str, node: ast.expr, constants: dict[str, int | None]) -> None:
    """A name for one number; what is set to several is none."""
    value = _constant(node, {}) if isinstance(node, ast.Constant | ast.BinOp) else None
    constants[name] = value if constants.get(name, value) == value else None


def _constant(node: ast.expr, constants: dict[str, int | None]) -> int | None:
    """The number that an expression of literals, or of names for them, comes to; None where it is another one, or a huge one."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, int) else None
    if isinstance(node, ast.Name):
        return constants.get(node.id)
    if not isinstance(node, ast.BinOp):
        return None
    left, right = _constant(node.left, constants), _constant(node.right, constants)
    if left is None or right is None:
        return None
    match node.op:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult() if max(abs(left), abs(right)) < 2**64:
            return left * right
        case ast.Pow() if 0 <= right <= 128 and abs(left) < 2**16:
            return int(left**right)
        case ast.LShift() if 0 <= right <= 128 and abs(left) < 2**16:
            return left << right
    return None


def _reduced_by(node: ast.expr, limit: int | None, constants: dict[str, int | None], found: set[ast.AST]) -> None:
    """`state * factor % limit`: what was reduced may be as large as the limit before it is multiplied again."""
    if limit is None or limit <= _SMALL:
        return
    todo = [node]
    while todo:
        each = todo.pop()
        if not isinstance(each, ast.BinOp) or isinstance(each.op, ast.Mod | ast.BitAnd | ast.FloorDiv | ast.RShift):
            continue
        todo += [each.left, each.right]
        if isinstance(each.op, ast.Mult):
            known = [value for side in (each.left, each.right) if (value := _constant(side, constants)) is not None]
            if limit * (known[0] if known else limit) >= 2**63 and len(known) < 2:
                found.add(each)
        elif isinstance(each.op, ast.LShift) and not isinstance(each.left, ast.Constant):
            count = _constant(each.right, constants)
            if count is not None and limit << min(count, 128) >= 2**63:
                found.add(each)


def _bit_of_field(node: ast.AugAssign | ast.BinOp, bits: list[tuple[str, bool, ast.AST]]) -> None:
    """`self.bits |= 1 << index`: the bits of a field are a set of numbers, which may be of any size. So are those that it is compared with."""
    if not isinstance(node.op, ast.BitOr | ast.BitXor | ast.BitAnd):
        return
    sides = (node.target, node.value) if isinstance(node, ast.AugAssign) else (node.left, node.right)
    for field, other in (sides, sides[::-1]):
        if isinstance(other, ast.UnaryOp) and isinstance(other.op, ast.Invert):
            other = other.operand
        if isinstance(field, ast.Attribute) and isinstance(other, ast.BinOp) and isinstance(other.op, ast.LShift):
            if isinstance(other.left, ast.Constant) and not isinstance(other.right, ast.Constant):
                bits.append((field.attr, isinstance(node, ast.AugAssign) and not isinstance(node.op, ast.BitAnd), other))


def _reduced_later(function: ast.FunctionDef, found: set[ast.AST]) -> None:
    """`hash = hash * 33 + ord(letter)` in a loop, and `hash % size` or `hash & mask` after it: who reduces at the end lets it grow before."""
    grown: dict[str, tuple[ast.stmt, ast.AST]] = {}
    for statement in function.body:
        if isinstance(statement, ast.For):
            for each in statement.body:
                match each:
                    case ast.Assign(targets=[ast.Name(id=name)], value=ast.BinOp(op=ast.Add() | ast.BitXor()) as total):
                        products = [side for side in (total.left, total.right) if _multiplies(side, name)]
                        if products:
                            grown[name] = statement, products[0]
        elif grown:
            for node in walk(statement):
                if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Mod | ast.BitAnd):
                    reduced = node.target if isinstance(node, ast.AugAssign) else node.left
                    if isinstance(reduced, ast.Name) and reduced.id in grown:
                        found.add(grown[reduced.id][1])


def _multiplies(node: ast.expr, name: str) -> bool:
    """Whether a name is multiplied by something above 10, or shifted left."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Mult | ast.LShift):
        return False
    sides = (node.left, node.right)
    small = any(isinstance(each, ast.Constant) and isinstance(each.value, int) and each.value <= 10 for each in sides)
    return any(isinstance(each, ast.Name) and each.id == name for each in sides) and (
        not small or isinstance(node.op, ast.LShift)
    )


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
            case ast.Assign(
                targets=[ast.Name(id=name)], value=ast.BinOp(op=ast.FloorDiv(), left=ast.BinOp(op=ast.Mult()) as product)
            ) if name not in bounded and isinstance(loop, ast.For):
                # Binomial coefficients and their kin.
                factors: list[ast.expr] = [product]
                for factor in factors:
                    if isinstance(factor, ast.BinOp) and isinstance(factor.op, ast.Mult):
                        factors += [factor.left, factor.right]
                if any(isinstance(factor, ast.Name) and factor.id == name for factor in factors):
                    found.update(factor for factor in factors if isinstance(factor, ast.BinOp))
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
                names = {target.id for target in targets if isinstance(target, ast.Name)}
                if isinstance(loop, ast.While) and isinstance(loop.test, ast.BinOp) and isinstance(loop.test.op, ast.BitAnd):
                    # Only some of the bits are asked for: the others may go on to the left.
                    found.update(
                        value
                        for value in values
                        if isinstance(value, ast.BinOp) and isinstance(value.op, ast.LShift) and _names(value.left) & names
                    )
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
