"""`from sklearn.metrics import *`: the names that the program uses are imported one by one.

What a module brings is known from the module itself where it belongs to the standard library, and from the catalog where it is one of
scikit-learn's. A star import of anything else stays as it is, and is refused.
"""

from __future__ import annotations

import ast
import importlib
import sys
from functools import cache

from batuta.catalog.index import catalog
from batuta.python.walk import walk


@cache
def _shelved() -> frozenset[str]:
    return frozenset(name.rpartition(".")[0] for name in catalog().entries)


@cache
def brought(module: str) -> frozenset[str] | None:
    """The names that a star import of a module brings; None where that is not known."""
    if module not in _shelved():
        return None
    top = module.split(".")[0]
    if top in sys.stdlib_module_names:
        found = importlib.import_module(module)
        return frozenset(getattr(found, "__all__", None) or (each for each in vars(found) if not each.startswith("_")))
    if top != "sklearn":
        return None
    known = catalog()
    prefix = f"{module}."
    names = (*known.entries, *known.refused, *known.classes)
    return frozenset(each[len(prefix) :] for each in names if each.startswith(prefix) and "." not in each[len(prefix) :])


def write_out_stars(tree: ast.Module) -> None:
    """Rewrites the star imports of a program whose names are known."""
    stars = [
        node
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.level == 0 and [each.name for each in node.names] == ["*"]
    ]
    if not stars:
        return
    read = {node.id for node in walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    own = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}
    for node in stars:
        names = brought(node.module or "")
        if names is None:
            continue
        used = sorted((names & read) - own)
        if not used:
            # An import must bring something; this one is then one that nothing uses.
            used = sorted(names)[:1]
        node.names = [ast.copy_location(ast.alias(each), node.names[0]) for each in used]
