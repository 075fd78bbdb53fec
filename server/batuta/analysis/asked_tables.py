"""What a program asks of pandas' tables, in forms whose meaning does not depend on how the result is used.

    for key, part in df.groupby(names):     … in df.groupby(names).«pairs of groups»():
    for a, b in df.itertuples(index=False): … in df.«rows as tuples»(index=False):
    df.apply(function, axis=1)              df.«applied to rows»(function)
    df.query("a > @least and b == 'x'")     df[(df["a"] > least) & (df["b"] == "x")]
    df.eval("a * b")                        df["a"] * df["b"]

A query is only written out where the table is a name: it is asked several times then.
"""

from __future__ import annotations

import ast
import re

from batuta.analysis.imports import qualified_name
from batuta.catalog._tables import APPLIED_TO_ROWS, PAIRS, TUPLES
from batuta.python.new_nodes import located
from batuta.python.walk import walk

_OUTSIDE = "_of_the_program_"
"""Before the name of a variable in a query, where `@` stood."""


def write_out_questions(tree: ast.Module, imports: dict[str, str]) -> None:
    """Rewrite a program in place."""
    groups = _names_of_groups(tree)
    for node in walk(tree):
        if isinstance(node, ast.For | ast.comprehension):
            node.iter = _iterated(node.iter, node.target, groups)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            _by_rows(node, imports)
    _Queries().visit(tree)


def _is_groups(node: ast.expr, groups: set[str]) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(attr="groupby")):
            return True
        case ast.Name(id=name):
            return name in groups
        case ast.Subscript(value=held):
            return _is_groups(held, groups)
    return False


def _names_of_groups(tree: ast.Module) -> set[str]:
    """The variables that are only ever bound to groups."""
    bound: dict[str, list[bool]] = {}
    for node in walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                bound.setdefault(name, []).append(_is_groups(value, set()))
    stored = [node.id for node in walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    given = {node.arg for node in walk(tree) if isinstance(node, ast.arg)}
    return {name for name, found in bound.items() if all(found) and stored.count(name) == len(found) and name not in given}


def _iterated(node: ast.expr, target: ast.expr, groups: set[str]) -> ast.expr:
    if isinstance(target, ast.Tuple) and len(target.elts) == 2 and _is_groups(node, groups):
        return located(ast.Call(ast.Attribute(node, PAIRS, ast.Load()), [], []), node)
    match node:
        case ast.Call(func=ast.Attribute(attr="itertuples") as function) if isinstance(target, ast.Tuple):
            function.attr = TUPLES
        case ast.Call(func=ast.Name(id="enumerate"), args=[inner, *_]) if (
            isinstance(target, ast.Tuple) and len(target.elts) == 2
        ):
            node.args[0] = _iterated(inner, target.elts[1], groups)
    return node


def _by_rows(node: ast.Call, imports: dict[str, str]) -> None:
    assert isinstance(node.func, ast.Attribute)
    if node.func.attr != "apply" or (qualified_name(node.func, imports) or "").startswith("numpy"):
        return
    for each in node.keywords:
        if each.arg == "axis" and isinstance(each.value, ast.Constant) and each.value.value in (1, "columns"):
            node.func.attr = APPLIED_TO_ROWS
            node.keywords.remove(each)
            return
        if each.arg == "axis" and isinstance(each.value, ast.Constant) and each.value.value in (0, "index"):
            node.keywords.remove(each)
            return


class _Queries(ast.NodeTransformer):
    """Queries and expressions in texts as expressions of the program."""

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """A call of `query` or `eval`."""
        self.generic_visit(node)
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=table), attr="query" | "eval" as method),
                args=[ast.Constant(value=str(text))],
                keywords=[],
            ):
                found = _written(text, table)
                if found is None:
                    return node
                if method == "query":
                    found = ast.Subscript(ast.Name(table, ast.Load()), found, ast.Load())
                for each in ast.walk(found):
                    if isinstance(each, ast.expr):
                        ast.copy_location(each, node)
                return found
        return node


def _written(text: str, table: str) -> ast.expr | None:
    """An expression of a query with the columns of a table, or None where it says more than is known here."""
    quoted: list[str] = []

    def keep(found: re.Match[str]) -> str:
        quoted.append(found[1])
        return f"_column_{len(quoted) - 1}_"

    text = re.sub(r"`([^`]+)`", keep, text)
    text = re.sub(r"@(?=[A-Za-z_])", _OUTSIDE, text)
    try:
        found = ast.parse(text.strip().replace("\n", " "), mode="eval").body
    except SyntaxError:
        return None
    try:
        return _Columns(table, quoted).visit(found)  # type: ignore[no-any-return]
    except ValueError:
        return None


class _Columns(ast.NodeTransformer):
    """The names of a query as columns; raises ValueError for what is not written out."""

    def __init__(self, table: str, quoted: list[str]) -> None:
        self.table, self.quoted = table, quoted

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """A column, or a variable of the program."""
        if node.id.startswith(_OUTSIDE):
            return ast.Name(node.id.removeprefix(_OUTSIDE), ast.Load())
        if node.id == "index":
            raise ValueError
        kept = re.fullmatch(r"_column_(\d+)_", node.id)
        name = self.quoted[int(kept[1])] if kept else node.id
        return ast.Subscript(ast.Name(self.table, ast.Load()), ast.Constant(name), ast.Load())

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        """`and` and `or` of columns work row by row in a query."""
        self.generic_visit(node)
        operator: ast.operator = ast.BitAnd() if isinstance(node.op, ast.And) else ast.BitOr()
        return _folded(node.values, operator)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        """So does `not`."""
        self.generic_visit(node)
        return ast.UnaryOp(ast.Invert(), node.operand) if isinstance(node.op, ast.Not) else node

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        """Operators between columns; `&` and `|` bind weaker than comparisons in a query, which the text's own rules do not say."""
        if isinstance(node.op, ast.BitAnd | ast.BitOr):
            sides = [node.left, node.right]
            if not all(isinstance(each, ast.Compare | ast.BoolOp | ast.BinOp | ast.UnaryOp) for each in sides):
                raise ValueError
        self.generic_visit(node)
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        """A chain of comparisons is all of them; `in` asks for each row; `==` with a list does, too."""
        for each in [node.left, *node.comparators]:
            if isinstance(each, ast.BinOp) and isinstance(each.op, ast.BitAnd | ast.BitOr):
                raise ValueError
        self.generic_visit(node)
        parts: list[ast.expr] = []
        left = node.left
        for operator, right in zip(node.ops, node.comparators, strict=True):
            listed = isinstance(right, ast.List | ast.Tuple) or isinstance(operator, ast.In | ast.NotIn)
            if listed and isinstance(operator, ast.In | ast.NotIn | ast.Eq | ast.NotEq):
                made: ast.expr = ast.Call(ast.Attribute(left, "isin", ast.Load()), [right], [])
                if isinstance(operator, ast.NotIn | ast.NotEq):
                    made = ast.UnaryOp(ast.Invert(), made)
            else:
                made = ast.Compare(left, [operator], [right])
            parts.append(made)
            left = right
        return _folded(parts, ast.BitAnd())

    def generic_visit(self, node: ast.AST) -> ast.AST:
        """Anything else is not written out."""
        known = (
            ast.Compare | ast.BoolOp | ast.UnaryOp | ast.BinOp | ast.Constant | ast.Name | ast.List | ast.Tuple | ast.Attribute
        )
        if isinstance(node, ast.expr) and not isinstance(node, known | ast.Call):
            raise ValueError
        if isinstance(node, ast.Call) and not isinstance(node.func, ast.Attribute):
            raise ValueError
        return super().generic_visit(node)


def _folded(parts: list[ast.expr], operator: ast.operator) -> ast.expr:
    made = parts[0]
    for each in parts[1:]:
        made = ast.BinOp(made, operator, each)
    return made
