"""`functools.partialmethod`, written out as the method that it is.

turn_off = partialmethod(set_state, "off", loud=True)      →      def turn_off(self, loud=True):
                                                                      return self.set_state("off", loud)
"""

from __future__ import annotations

import ast

from batuta.analysis.imports import imported_names, qualified_name
from batuta.python.new_nodes import located
from batuta.python.walk import walk


def write_out_partial_methods(tree: ast.Module) -> None:
    """Write such methods out, in place."""
    imports = imported_names(tree)
    if not any(name in ("functools", "functools.partialmethod") for name in imports.values()):
        return
    for cls in walk(tree):
        if isinstance(cls, ast.ClassDef):
            methods = {each.name: each for each in cls.body if isinstance(each, ast.FunctionDef)}
            cls.body = [_method(each, methods, imports) for each in cls.body]


def _method(node: ast.stmt, methods: dict[str, ast.FunctionDef], imports: dict[str, str]) -> ast.stmt:
    match node:
        case ast.Assign(
            targets=[ast.Name(id=name)],
            value=ast.Call(func=called, args=[ast.Name(id=wrapped), *given], keywords=words),
        ) if qualified_name(called, imports) == "functools.partialmethod" and wrapped in methods:
            of = methods[wrapped].args
            constant = all(isinstance(each, ast.Constant) for each in [*given, *(word.value for word in words)])
            plain = not (of.vararg or of.kwarg or of.kwonlyargs or of.posonlyargs or methods[wrapped].decorator_list)
            places = [each.arg for each in of.args]
            if not constant or not plain or len(given) >= len(places) or any(word.arg not in places for word in words):
                return node
            defaults = dict(zip(places[len(places) - len(of.defaults) :], of.defaults, strict=True))
            defaults |= {str(word.arg): word.value for word in words}
            left = places[1 + len(given) :]
            first = next((index for index, each in enumerate(left) if each in defaults), len(left))
            if any(each not in defaults for each in left[first:]):
                return node
            me = places[0]
            arguments = ast.arguments(
                [], [ast.arg(each) for each in [me, *left]], None, [], [], None, [defaults[x] for x in left[first:]]
            )
            method = ast.Attribute(ast.Name(me, ast.Load()), wrapped, ast.Load())
            call = ast.Call(method, [*given, *(ast.Name(each, ast.Load()) for each in left)], [])
            return located(ast.FunctionDef(name, arguments, [ast.Return(call)], [], None, None), node)
    return node
