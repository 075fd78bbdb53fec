"""pandas' tables and columns as arguments of NumPy and scikit-learn: as the arrays that they become there.

    model.fit(table, column)     model.fit(table.«as table»(), column.«as array»())
    np.exp(column)               column.«with values»(np.exp(column.«as array»()))

The second is what pandas does for functions of NumPy that work value by value: a column comes out, with the labels of the one that went in.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from batuta.analysis.program import Use
from batuta.catalog._tables import AS_ARRAY, AS_TABLE, FRAME, SERIES, TEXTS, WITH_VALUES
from batuta.catalog.numpy_elementwise import VALUE_BY_VALUE
from batuta.python.new_nodes import located

if TYPE_CHECKING:
    from batuta.analysis.graph import Cell
    from batuta.analysis.infer import Inference

_KEPT = ("sklearn.model_selection.train_test_split", "sklearn.utils.shuffle", "sklearn.utils.resample")
"""Functions that give tables and columns back."""
_BY_PANDAS = {"mean": "mean", "sum": "sum", "median": "", "max": "max", "min": "min", "amax": "max", "amin": "min"}
"""Functions of NumPy that ask the column itself: missing values are left out."""


def is_of_tables(name: str) -> bool:
    """Whether an entry may be given tables and columns for arrays."""
    return name.startswith(("numpy.", "sklearn.", "scipy.", "ndarray.")) and name not in (
        "sklearn.pipeline.make_pipeline",
        "sklearn.compose.make_column_transformer",
    )


def as_arrays(
    inference: Inference, name: str, arguments: list[ast.expr], keywords: list[ast.keyword]
) -> tuple[list[ast.expr], list[ast.keyword]]:
    """The arguments of a call, with arrays in the place of tables and columns."""
    if name not in _KEPT:
        arguments = [_as_array(inference, name, each) for each in arguments]
    made = []
    for each in keywords:
        value = _as_array(inference, name, each.value)
        if value is not each.value:
            key = ("array keyword", each)
            each = inference.made.setdefault(key, ast.keyword(each.arg, value))
        made.append(each)
    return arguments, made


def _as_array(inference: Inference, name: str, node: ast.expr) -> ast.expr:
    if isinstance(node, ast.Starred | ast.Lambda | ast.Slice | ast.Constant):
        return node
    if isinstance(node, ast.Tuple) and any(isinstance(each, ast.Slice) for each in node.elts):
        return node
    held = _held(inference, node)
    if held in (SERIES, TEXTS):
        method = AS_ARRAY
    elif held == FRAME:
        method = AS_TABLE if name.startswith("sklearn.") else "to_numpy"
    else:
        return node
    return _method(inference, node, method)


def _method(inference: Inference, node: ast.expr, method: str) -> ast.expr:
    found: ast.expr | None = inference.made.get((method, node))
    if found is None:
        made = ast.Call(ast.Attribute(node, method, ast.Load()), [], [])
        found = inference.made[(method, node)] = located(made, node)
    return found


def _held(inference: Inference, node: ast.expr) -> str:
    """The class of pandas that an expression's value has, if it has one."""
    if isinstance(node, ast.Name | ast.Attribute) and inference.qualified(node) is not None:
        return ""
    if not isinstance(node, ast.Name | ast.Attribute | ast.Subscript | ast.Call | ast.BinOp | ast.UnaryOp | ast.Compare):
        return ""
    names = {str(key[1]) if key[0] == "object" and len(key) > 1 else "" for key in inference.eval(node).atoms}
    return names.pop() if len(names) == 1 else ""


def of_column(
    inference: Inference, node: ast.AST, tag: str, name: str, arguments: list[ast.expr], keywords: list[ast.keyword]
) -> Cell | None:
    """The result of a function of NumPy that gives a column for columns, or asks the column itself; None for any other call."""
    short = name.removeprefix("numpy.")
    if (
        (name not in VALUE_BY_VALUE and not (name.startswith("numpy.") and short in _BY_PANDAS))
        or not isinstance(node, ast.Call)
        or tag
    ):
        return None
    columns = [each for each in arguments if _held(inference, each) == SERIES]
    if not columns:
        return None
    if short in _BY_PANDAS:
        if not _BY_PANDAS[short] or len(arguments) > 1 or keywords:
            return None
        made = _method(inference, arguments[0], _BY_PANDAS[short])
    else:
        key = ("of column", node)
        found: ast.expr | None = inference.made.get(key)
        if found is None:
            call = ast.Call(node.func, [_as_array(inference, name, each) for each in arguments], keywords)
            method = ast.Attribute(columns[0], WITH_VALUES, ast.Load())
            found = located(ast.Call(method, [call, *columns[1:2]], []), node)
            inference.made[key] = found
        made = found
    inference.instance.uses[(node, "")] = Use("desugared", bound={"value": [made]})
    inference.graph.flow(inference.eval(made), inference.cell(node))
    return inference.cell(node)
