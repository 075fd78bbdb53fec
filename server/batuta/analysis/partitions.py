"""`np.partition(x, k)[:k].mean()` as the mean of a sorted array's part: what is asked for does not depend on the order inside the parts.

np.sort(np.partition(x, -5)[-5:])    →    np.sort(np.sort(x)[-5:])
np.partition(x, k)[k]                →    np.sort(x)[k]
"""

from __future__ import annotations

import ast

from batuta.analysis.imports import imported_names
from batuta.python.new_nodes import located
from batuta.python.walk import walk

_WHOLE = frozenset(("mean", "sum", "max", "min", "std", "var", "prod", "median", "sort", "any", "all", "amax", "amin", "ptp"))
"""What of an array does not depend on the order of its items."""


def write_out_partitions(tree: ast.Module) -> None:
    """Rewrite such calls in place."""
    numpy = next((name for name, meant in imported_names(tree).items() if meant == "numpy"), None)
    if numpy is None:
        return
    for node in walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=home), attr=name), args=[first, *_]) if (
                home == numpy and name in _WHOLE
            ):
                _sort_in(first, numpy)
            case ast.Call(func=ast.Name(id="sorted" | "set"), args=[first, *_]):
                _sort_in(first, numpy)
            case ast.Call(func=ast.Attribute(value=ast.Subscript() as part, attr=name)) if name in _WHOLE - {"sort"}:
                _sort_in(part, numpy)
            case ast.Subscript(value=ast.Call() as call, slice=at) if not isinstance(at, ast.Slice | ast.Tuple):
                wanted = _wanted(call, numpy)
                if wanted is not None and ast.dump(at) in wanted:
                    _as_sort(call)


def _sort_in(part: ast.expr, numpy: str) -> None:
    """Sort where the part is cut at a place that the partition was asked for."""
    if not isinstance(part, ast.Subscript) or not isinstance(part.value, ast.Call):
        return
    wanted = _wanted(part.value, numpy)
    cut = part.slice.elts[-1] if isinstance(part.slice, ast.Tuple) and part.slice.elts else part.slice
    if wanted is None or not isinstance(cut, ast.Slice) or cut.step is not None:
        return
    if isinstance(part.slice, ast.Tuple) and not all(_is_all(each) for each in part.slice.elts[:-1]):
        return
    bounds = [each for each in (cut.lower, cut.upper) if each is not None]
    if bounds and all(ast.dump(each) in wanted for each in bounds):
        _as_sort(part.value)


def _is_all(node: ast.expr) -> bool:
    match node:
        case ast.Slice(lower=None, upper=None, step=None):
            return True
        case ast.Constant(value=value):
            return value is ...
    return False


def _wanted(call: ast.Call, numpy: str) -> set[str] | None:
    """The places that a call of `np.partition` along the last axis asks for, as texts of their trees."""
    match call:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=home), attr="partition"), args=[_, kth], keywords=[]) if (
            home == numpy
        ):
            each = kth.elts if isinstance(kth, ast.Tuple | ast.List) else [kth]
            return {ast.dump(one) for one in each}
    return None


def _as_sort(call: ast.Call) -> None:
    assert isinstance(call.func, ast.Attribute)
    call.func = located(ast.Attribute(call.func.value, "sort", ast.Load()), call.func)
    del call.args[1:]
