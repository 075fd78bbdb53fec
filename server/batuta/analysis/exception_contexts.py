"""`e.__context__`: the exception that was being handled when another was raised.

    try:                              try:
        …                                 …
    except KeyError:                  except KeyError as handled:
        raise ValueError("x")    →        try:
                                              raise ValueError("x")
                                          except BaseException as raised:
                                              raised.__handling__(handled)
                                              raise

Only programs that ask for it are rewritten. A block inside the handler that catches what is raised there learns it too.
"""

from __future__ import annotations

import ast

from batuta.python.new_nodes import fresh_name, names_in, placed
from batuta.python.walk import Transformer, walk

_ASKED = ("__context__",)


def write_out_contexts(tree: ast.Module) -> None:
    """Tell exceptions what was being handled when they were raised, in place."""
    nodes = list(walk(tree))
    if not any(isinstance(each, ast.Attribute) and each.attr in _ASKED for each in nodes):
        return
    _Contexts(names_in(tree)).visit(tree)


class _Contexts(Transformer):
    def __init__(self, taken: set[str]) -> None:
        self.taken = taken
        self.handled: list[str] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        # It runs later: what is handled where it stands is not what is handled then.
        before, self.handled = self.handled, []
        self.generic_visit(node)
        self.handled = before
        return node

    def visit_Try(self, node: ast.Try) -> ast.AST:
        outer = self.handled[-1] if self.handled else ""
        for handler in node.handlers:
            handler.name = handler.name or self._name("handled")
            if handler.type is None:
                handler.type = ast.copy_location(ast.Name("BaseException", ast.Load()), handler)
            self.handled.append(handler.name)
            handler.body = [self.visit(each) for each in handler.body]
            self.handled.pop()
            if any(
                isinstance(each, ast.Raise | ast.Call | ast.BinOp | ast.Subscript) for one in handler.body for each in walk(one)
            ):
                handler.body = [self._telling(handler.body, handler.name, handler)]
        for block in (node.body, node.orelse, node.finalbody):
            block[:] = [self.visit(each) for each in block]
        if outer and node.handlers:
            node.body = [self._telling(node.body, outer, node)]
        return node

    def _name(self, stem: str) -> str:
        return fresh_name(stem, self.taken)

    def _telling(self, body: list[ast.stmt], handled: str, at: ast.AST) -> ast.stmt:
        raised = self._name("raised")
        text = f"try:\n    pass\nexcept BaseException as {raised}:\n    {raised}.__handling__({handled})\n    raise\n"
        made = placed(ast.parse(text).body[0], at)
        assert isinstance(made, ast.Try)
        made.body = body
        return made
