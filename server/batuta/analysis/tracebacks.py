"""What a program says of an exception that it handles with `traceback` and `sys.exc_info()`.

    except ValueError:                                       except ValueError as error:
        traceback.print_exc()                           →        sys.stderr.write(f"{traceback.last_line(error)}\\n")
        text = traceback.format_exc().splitlines()[-1]           text = traceback.last_line(error)

The lines of a traceback are those of the Python file, which the Rust has not. What goes to the standard error is the last line, which names the
exception; a program that shows the others stays as it is, and is refused. `traceback.last_line` is a name of the catalog.
"""

from __future__ import annotations

import ast

from batuta.analysis.imports import imported_names, qualified_name
from batuta.ir.names import SEPARATOR
from batuta.python.new_nodes import fresh_name, located, names_in
from batuta.python.walk import Transformer, walk

_PRINTING = ("traceback.print_exc", "traceback.print_exception", "traceback.print_last")


def write_out_tracebacks(tree: ast.Module) -> None:
    """Write them out, in place."""
    imports = imported_names(tree)
    if not any(name.partition(".")[0] == "traceback" or name in ("sys", "sys.exc_info") for name in imports.values()):
        return
    if not any(
        isinstance(each, ast.Call) and qualified_name(each.func, imports).startswith(("traceback.", "sys.exc_info"))
        for each in walk(tree)
    ):
        return
    writer = _Writer(imports, names_in(tree), {each.name for each in walk(tree) if isinstance(each, ast.ClassDef)})
    writer.visit(tree)
    for module, name in writer.added.items():
        place = next(index for index, each in enumerate(tree.body) if isinstance(each, ast.Import | ast.ImportFrom))
        tree.body.insert(place, located(ast.Import([ast.alias(module, name if name != module else None)]), tree.body[place]))


class _Writer(Transformer):
    def __init__(self, imports: dict[str, str], taken: set[str], classes: set[str]) -> None:
        self.imports = imports
        self.classes = classes
        self.taken = taken
        self.handlers: list[ast.ExceptHandler] = []
        self.added: dict[str, str] = {}

    def module(self, name: str) -> str:
        """The name by which the program knows a module; it is imported if it does not."""
        found = next((each for each, meant in self.imports.items() if meant == name), None) or self.added.get(name)
        if found is None:
            found = self.added[name] = fresh_name(name, self.taken)
        return found

    def _error(self) -> ast.expr:
        """The exception that is handled here, which gets a name if it has none."""
        handler = self.handlers[-1]
        if handler.name is None:
            handler.name = fresh_name("error", self.taken)
            handler.type = handler.type or located(ast.Name("BaseException", ast.Load()), handler)
        return ast.Name(handler.name, ast.Load())

    def _last_line(self, error: ast.expr) -> ast.expr:
        kind = self.handlers[-1].type if self.handlers else None
        if isinstance(kind, ast.Name) and kind.id in self.classes and SEPARATOR not in kind.id:
            # An object of the program: its class is in the program's own file, and is shown without a module.
            name = ast.Attribute(ast.Call(ast.Name("type", ast.Load()), [error], []), "__name__", ast.Load())
            text: ast.expr = ast.Call(ast.Name("str", ast.Load()), [error], [])
            told = ast.BinOp(ast.Constant(": "), ast.Add(), text)
            return ast.BinOp(name, ast.Add(), ast.IfExp(text, told, ast.Constant("")))
        return ast.Call(ast.Attribute(ast.Name(self.module("traceback"), ast.Load()), "last_line", ast.Load()), [error], [])

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> ast.AST:
        self.handlers.append(node)
        self.generic_visit(node)
        self.handlers.pop()
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        outer, self.handlers = self.handlers, []
        self.generic_visit(node)
        self.handlers = outer
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        call = node.value
        if isinstance(call, ast.Call) and qualified_name(call.func, self.imports) in _PRINTING:
            words = {each.arg: each.value for each in call.keywords}
            to_errors = "file" not in words or ast.unparse(words["file"]) == "sys.stderr"
            given = call.args[-2:-1] if len(call.args) == 3 else call.args[:1] if len(call.args) == 1 else []
            if to_errors and (self.handlers or given) and len(call.args) in (0, 1, 3):
                shown = self._last_line(given[0] if given else self._error())
                errors = ast.Attribute(ast.Name(self.module("sys"), ast.Load()), "stderr", ast.Load())
                line = ast.BinOp(shown, ast.Add(), ast.Constant("\n"))
                return located(ast.Expr(ast.Call(ast.Attribute(errors, "write", ast.Load()), [line], [])), node)
        self.generic_visit(node)
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        match node:
            case ast.Subscript(
                value=ast.Call(func=ast.Attribute(value=inner, attr="splitlines" | "split" as way), args=given),
                slice=ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=back)),
            ) if self.handlers:
                stripped = False
                while (
                    isinstance(inner, ast.Call)
                    and isinstance(inner.func, ast.Attribute)
                    and inner.func.attr in ("strip", "rstrip")
                ):
                    inner, stripped = inner.func.value, True
                lines = not given if way == "splitlines" else [ast.unparse(each) for each in given] == ["'\\n'"]
                # What `format_exc` gives ends with the end of a line.
                place = 2 if way == "split" and not stripped else 1
                if isinstance(inner, ast.Call) and lines and back == place:
                    if qualified_name(inner.func, self.imports) == "traceback.format_exc" and not inner.args:
                        return located(self._last_line(self._error()), node)
            case ast.Subscript(value=ast.Call(func=called, args=[]), slice=ast.Constant(value=1)) if (
                self.handlers and qualified_name(called, self.imports) == "sys.exc_info"
            ):
                return located(self._error(), node)
        self.generic_visit(node)
        return node
