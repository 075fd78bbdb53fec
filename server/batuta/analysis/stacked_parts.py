"""Parts of an array that a list holds, written among others where NumPy joins them.

    np.column_stack([*columns, last])        np.column_stack([np.column_stack(columns), last])

Joining in two steps gives the same array, and each step joins parts of one sort. A list without parts, which Python would pass over, ends the
program here with the error of joining nothing.
"""

from __future__ import annotations

import ast
import copy

from batuta.analysis.imports import imported_names, qualified_name
from batuta.python.walk import walk

_JOINING = frozenset(f"numpy.{each}" for each in ("column_stack", "concatenate", "hstack", "vstack"))


def write_out_joined(tree: ast.Module) -> None:
    """Rewrites such calls, in place."""
    starred = [
        node
        for node in walk(tree)
        if isinstance(node, ast.Call)
        and node.args
        and isinstance(node.args[0], ast.List | ast.Tuple)
        and any(isinstance(each, ast.Starred) for each in node.args[0].elts)
    ]
    if not starred:
        return
    imports = imported_names(tree)
    for call in starred:
        if qualified_name(call.func, imports) not in _JOINING:
            continue
        parts = call.args[0]
        assert isinstance(parts, ast.List | ast.Tuple)
        if len(parts.elts) == 1 and isinstance(parts.elts[0], ast.Starred):
            call.args[0] = parts.elts[0].value
            continue
        parts.elts = [_joined(call, each.value) if isinstance(each, ast.Starred) else each for each in parts.elts]


def _joined(call: ast.Call, parts: ast.expr) -> ast.expr:
    """The parts of one list, joined alike."""
    own = ast.Call(copy.deepcopy(call.func), [parts, *copy.deepcopy(call.args[1:])], copy.deepcopy(call.keywords))
    return ast.copy_location(own, parts)
