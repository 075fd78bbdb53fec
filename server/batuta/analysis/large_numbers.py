"""Numbers that the text shows to be large: powers whose exponent is not written down, and texts and bytes that are read as one number.

`base ** count` soon leaves 64 bits, and is computed with integers of any size. Powers that stay small are found by what the text says of the
exponent: a literal, a loop over a short range, a remainder. Where the power is only counted with (`range(2 ** n)`), a larger one could not be
reached either. The digest of a hash, and bits that become bytes again, are read as integers of any size, too.
"""

from __future__ import annotations

import ast

from batuta.catalog.entry import LARGE_BYTES, LARGE_INT
from batuta.python.walk import walk

_SMALL_EXPONENT = 6
"""Up to this one, a base of which nothing is known has a power that an `i64` holds."""


def large_powers(tree: ast.AST) -> set[ast.AST]:
    """The `**` and `**=` whose int results may be of any size."""
    powers: list[tuple[ast.AST, ast.expr, ast.expr]] = []
    counted: set[ast.AST] = set()
    ranges: dict[str, int | None] = {}
    for node in walk(tree):
        match node:
            case ast.BinOp(left=base, op=ast.Pow(), right=exponent) | ast.AugAssign(target=base, op=ast.Pow(), value=exponent):
                if not isinstance(exponent, ast.Constant | ast.UnaryOp):
                    powers.append((node, base, exponent))
            case ast.Call(func=ast.Name(id="range"), args=arguments):
                counted.update(part for each in arguments for part in walk(each))
            case ast.For(target=ast.Name(id=name), iter=source) | ast.comprehension(target=ast.Name(id=name), iter=source):
                last = _last(source)
                known = ranges.get(name, last)
                ranges[name] = None if known is None or last is None else max(known, last)
    if not powers:
        return set()
    # A name that is bound in another way, too, may hold anything.
    loops = {id(each.target) for each in walk(tree) if isinstance(each, ast.For | ast.comprehension)}
    for node in walk(tree):
        if isinstance(node, ast.arg):
            ranges[node.arg] = None
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and id(node) not in loops:
            ranges[node.id] = None
    return {node for node, base, exponent in powers if node not in counted and _is_large(base, _most(exponent, ranges))}


def _is_large(base: ast.expr, exponent: int | None) -> bool:
    number = _most(base.operand if isinstance(base, ast.UnaryOp) else base, {})
    if number is not None and number <= 1:
        return False
    if exponent is None:
        return True
    return exponent > _SMALL_EXPONENT if number is None else number ** min(exponent, 64) >= 2**63


def _last(source: ast.expr) -> int | None:
    """The last number of a `range` of literals."""
    match source:
        case ast.Call(func=ast.Name(id="range"), args=[stop]) | ast.Call(func=ast.Name(id="range"), args=[_, stop]):
            found = _most(stop, {})
            return None if found is None else found - 1
        case ast.Call(func=ast.Name(id="range"), args=[start, _, ast.UnaryOp(op=ast.USub())]):
            return _most(start, {})
    return None


def _most(node: ast.expr, ranges: dict[str, int | None]) -> int | None:
    """The largest that an expression can be, where the text says so."""
    match node:
        case ast.Constant(value=bool()):
            return 1
        case ast.Constant(value=int(value)):
            return value
        case ast.Name(id=name):
            return ranges.get(name)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            one, other = _most(left, ranges), _most(right, ranges)
            return None if one is None or other is None else one + other
        case ast.BinOp(left=left, op=ast.Sub() | ast.FloorDiv()):
            return _most(left, ranges)
        case ast.BinOp(op=ast.Mod(), right=right):
            found = _most(right, ranges)
            return None if found is None else found - 1
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            one, other = _most(left, ranges), _most(right, ranges)
            return None if one is None or other is None or min(one, other) < 0 else one * other
    return None


def write_out_large_texts(tree: ast.Module) -> None:
    """Mark the calls of `int` and `int.from_bytes` that give large numbers, in place."""
    calls = [each for each in walk(tree) if isinstance(each, ast.Call)]
    reading = [each for each in calls if _reads_text(each) or _reads_bytes(each)]
    if not reading:
        return
    written = {
        each.func.value.id if isinstance(each.func.value, ast.Name) else id(each.func.value)
        for each in calls
        if isinstance(each.func, ast.Attribute) and each.func.attr == "to_bytes"
    }
    named = {
        id(each.value): each.targets[0].id
        for each in walk(tree)
        if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name)
    }
    for node in reading:
        if _reads_bytes(node):
            large = not _is_short(node.args[0]) if node.args else False
        else:
            digests = any(isinstance(each, ast.Attribute) and each.attr == "hexdigest" for each in walk(node.args[0]))
            large = digests or id(node) in written or named.get(id(node)) in written
        if large:
            node.func = ast.copy_location(ast.Name(LARGE_BYTES if _reads_bytes(node) else LARGE_INT, ast.Load()), node.func)


def _reads_text(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id == "int" and len(node.args) + len(node.keywords) == 2


def _reads_bytes(node: ast.Call) -> bool:
    match node.func:
        case ast.Attribute(value=ast.Name(id="int"), attr="from_bytes"):
            return True
    return False


def _is_short(node: ast.expr) -> bool:
    """Whether bytes are fewer than eight, as far as the text tells."""
    match node:
        case ast.Constant(value=bytes(held)):
            return len(held) < 8
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return len(items) < 8
        case ast.Subscript(slice=ast.Slice(lower=lower, upper=ast.Constant(value=int(end)), step=None)):
            start = lower.value if isinstance(lower, ast.Constant) and isinstance(lower.value, int) else 0
            return 0 <= end - start < 8 if start >= 0 else False
        case ast.Subscript(
            slice=ast.Slice(
                lower=ast.Name(id=name),
                upper=ast.BinOp(left=ast.Name(id=other), op=ast.Add(), right=ast.Constant(value=int(count))),
            )
        ):
            return name == other and count < 8
        case ast.Call(func=ast.Attribute(attr="read"), args=[ast.Constant(value=int(count))]):
            return 0 <= count < 8
    return False
