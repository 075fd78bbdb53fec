"""Results that a NumPy function writes into an array: `np.clip(x, 0, 1, out=x)` is `x[...] = np.clip(x, 0, 1)`.

With `where=`, the other items keep what the array holds: `x[...] = np.where(mask, np.log(x), x)`. Where the call is a value as well, the
writing comes first (`y = np.exp(x, out=x)`), and an array that is made in the call is nothing but what the other items are:
`np.divide(a, b, out=np.zeros_like(a), where=b != 0)` is `np.where(b != 0, np.divide(a, b), np.zeros_like(a))`. Anywhere else `out` stays as
it is, and is refused there.
"""

from __future__ import annotations

import ast
import copy

from batuta.analysis.imports import imported_names, qualified_name
from batuta.catalog.index import catalog
from batuta.catalog.signature import overloads
from batuta.python.new_nodes import located
from batuta.python.walk import Transformer

_METHODS = ("clip", "round", "sum", "mean", "std", "var", "cumsum", "cumprod", "max", "min", "dot", "prod")
"""Methods of arrays that take `out`."""


def write_out_results(tree: ast.Module) -> None:
    """Rewrite such statements, in place."""
    imports = imported_names(tree)
    if not any(name.partition(".")[0] == "numpy" for name in imports.values()):
        return
    _Writer(imports).visit(tree)


class _Writer(Transformer):
    def __init__(self, imports: dict[str, str]) -> None:
        self.imports = imports
        self.numpy = next((name for name, meant in imports.items() if meant == "numpy"), "")

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        written = self._writing(node.value, node)
        return self.generic_visit(node) if written is None else written[0]

    def visit_Assign(self, node: ast.Assign) -> ast.AST | list[ast.stmt]:
        return self._with_value(node)

    def visit_Return(self, node: ast.Return) -> ast.AST | list[ast.stmt]:
        return self._with_value(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """A new array as `out`: what the items are where the condition does not hold."""
        self.generic_visit(node)
        out, where, plain = self._parts(node)
        if not isinstance(out, ast.Call) or where is None or not self.numpy:
            return node
        chosen = ast.Attribute(ast.Name(self.numpy, ast.Load()), "where", ast.Load())
        return located(ast.Call(chosen, [where, plain, out], []), node)

    def _with_value(self, node: ast.Assign | ast.Return) -> ast.AST | list[ast.stmt]:
        written = None if node.value is None else self._writing(node.value, node)
        if written is None:
            return self.generic_visit(node)
        node.value = located(written[1], node)
        return [written[0], node]

    def _writing(self, call: ast.expr, place: ast.stmt) -> tuple[ast.stmt, ast.expr] | None:
        """The assignment that a call with `out` is, and the array that it writes, as an expression."""
        if not isinstance(call, ast.Call):
            return None
        out, where, plain = self._parts(call)
        if not isinstance(out, ast.Name | ast.Attribute | ast.Subscript):
            return None
        held = copy.deepcopy(out)
        if where is not None:
            if not self.numpy:
                return None
            chosen = ast.Attribute(ast.Name(self.numpy, ast.Load()), "where", ast.Load())
            plain = ast.Call(chosen, [where, plain, copy.deepcopy(held)], [])
        target: ast.expr
        if isinstance(out, ast.Subscript):
            target = copy.deepcopy(out)
            target.ctx = ast.Store()
        else:
            target = ast.Subscript(copy.deepcopy(out), ast.Constant(...), ast.Store())
        return located(ast.Assign([target], located(plain, call)), place), held

    def _parts(self, call: ast.Call) -> tuple[ast.expr | None, ast.expr | None, ast.Call]:
        """The array that a call writes, the condition under which it does, and the call without both."""
        name = qualified_name(call.func, self.imports) or ""
        method = not name and isinstance(call.func, ast.Attribute) and call.func.attr in _METHODS
        if not name.startswith("numpy.") and not method:
            return None, None, call
        given = {each.arg: each.value for each in call.keywords}
        out, where = given.get("out"), given.get("where")
        arguments = call.args
        entry = None if method else catalog().find(name)
        if out is None and entry is not None and not any(isinstance(each, ast.Starred) for each in arguments):
            kinds = ("positional", "only positional")
            names = [each.name if each.kind in kinds else "" for each in overloads(entry)[0].parameters]
            if "out" in names and len(arguments) == names.index("out") + 1 and names.index("out") <= 2:
                out, arguments = arguments[-1], arguments[:-1]
        if out is None or (isinstance(out, ast.Constant) and out.value is None):
            return None, None, call
        kept = [each for each in call.keywords if each.arg not in ("out", "where")]
        return out, where, ast.Call(call.func, arguments, kept)
