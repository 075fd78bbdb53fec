"""What the imports of a module call things: `from functools import wraps as w` makes `w` mean `functools.wraps`."""

from __future__ import annotations

import ast

from batuta.python.walk import statements


def imported_names(tree: ast.Module) -> dict[str, str]:
    """Local name → qualified name, for every import of the module."""
    found: dict[str, str] = {}
    for node in statements(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.split(".")[0]
                found[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                found[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return found


def qualified_name(node: ast.expr, imports: dict[str, str]) -> str:
    """The dotted name that a chain of attributes means, or an empty text when it does not begin with an imported name."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or node.id not in imports:
        return ""
    return ".".join([imports[node.id], *reversed(parts)])
