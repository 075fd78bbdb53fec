"""Results that a NumPy function writes into an array: `np.clip(x, 0, 1, out=x)` is `x[...] = np.clip(x, 0, 1)`.

A statement that asks for nothing but the writing becomes the assignment to all of the array. Where the call is a value as well, `out` stays
as it is, and is refused there.
"""

from __future__ import annotations

import ast
import copy

from batuta.analysis.desugar import located
from batuta.analysis.imports import imported_names, qualified_name


def write_out_results(tree: ast.Module) -> None:
    """Rewrite such statements, in place."""
    imports = imported_names(tree)
    if not any(name.partition(".")[0] == "numpy" for name in imports.values()):
        return
    _Writer(imports).visit(tree)


class _Writer(ast.NodeTransformer):
    def __init__(self, imports: dict[str, str]) -> None:
        self.imports = imports

    def visit_Expr(self, node: ast.Expr) -> ast.stmt:
        call = node.value
        if not isinstance(call, ast.Call) or not (qualified_name(call.func, self.imports) or "").startswith("numpy."):
            return node
        out = next((each.value for each in call.keywords if each.arg == "out"), None)
        if not isinstance(out, ast.Name | ast.Attribute | ast.Subscript):
            return node
        target: ast.expr
        if isinstance(out, ast.Subscript):
            target = copy.deepcopy(out)
            target.ctx = ast.Store()
        else:
            target = ast.Subscript(copy.deepcopy(out), ast.Constant(...), ast.Store())
        plain = ast.Call(call.func, call.args, [each for each in call.keywords if each.arg != "out"])
        return located(ast.Assign([target], located(plain, call)), node)
