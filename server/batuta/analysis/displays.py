"""Displays that a library reads as syntax: `[("scale", StandardScaler()), ("model", Ridge())]`."""

from __future__ import annotations

import ast


def rows_of_display(node: ast.expr) -> list[list[ast.expr]] | None:
    """The rows of a display of displays without stars; None for anything else."""
    if not isinstance(node, ast.List | ast.Tuple) or not node.elts:
        return None
    rows = [each.elts for each in node.elts if isinstance(each, ast.Tuple | ast.List)]
    starred = any(isinstance(each, ast.Starred) for row in rows for each in row)
    return None if len(rows) != len(node.elts) or starred else rows
