"""Exceptions of the program that are raised with several arguments, or asked for their `args`: the arguments become a field.

    class ApiError(Exception):                class ApiError(Exception):
        pass                                      def __init__(self, argument1, argument2):
                                       →              super().__init__(f"{(argument1, argument2)!r}")
    raise ApiError("down", 500)                       self.args = (argument1, argument2)

Only where all objects of a class and of those derived from it are made with the same number of arguments; others stay as they are.
"""

from __future__ import annotations

import ast
import builtins

from batuta.python.walk import place_new_nodes, walk


def write_out_exception_arguments(tree: ast.Module) -> None:
    """Give such classes the field, in place."""
    classes = {each.name: each for each in tree.body if isinstance(each, ast.ClassDef)}
    if not classes:
        return
    families: dict[str, list[ast.ClassDef]] = {}
    for cls in classes.values():
        root = _root(cls, classes)
        if root is not None:
            families.setdefault(root.name, []).append(cls)
    if not families:
        return
    nodes = list(walk(tree))
    asked = any(isinstance(each, ast.Attribute) and each.attr == "args" for each in nodes)
    counts: dict[str, set[int]] = {}
    texts: dict[str, bool] = {}
    for each in nodes:
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id in classes:
            name = each.func.id
            odd = bool(each.keywords) or any(isinstance(x, ast.Starred) for x in each.args)
            counts.setdefault(name, set()).add(-1 if odd else len(each.args))
            plain = all(
                isinstance(x, ast.JoinedStr) or (isinstance(x, ast.Constant) and isinstance(x.value, str)) for x in each.args
            )
            texts[name] = texts.get(name, True) and plain
        elif isinstance(each, ast.Raise) and isinstance(each.exc, ast.Name) and each.exc.id in classes:
            counts.setdefault(each.exc.id, set()).add(0)
    for name, members in families.items():
        of_key = _builtin(classes[name]) is KeyError
        methods = {x.name for each in members for x in each.body if isinstance(x, ast.FunctionDef)}
        if methods & {"__str__", "__repr__", "__new__"}:
            continue
        if "__init__" in methods:
            for each in members if of_key else ():
                _show_as_key(each)
            continue
        found = {count for each in members for count in counts.get(each.name, ())}
        count = next(iter(found)) if len(found) == 1 else 0
        if count >= 2 or (count == 1 and (of_key or (asked and all(texts.get(each.name, True) for each in members)))):
            _complete(classes[name], count, of_key)


def _builtin(node: ast.ClassDef) -> object:
    """The builtin class that a family derives from."""
    return getattr(builtins, node.bases[0].id, None) if isinstance(node.bases[0], ast.Name) else None


def _show_as_key(node: ast.ClassDef) -> None:
    """The text of a KeyError is the `repr` of its argument, also where `__init__` of a derived class gives it."""
    for method in node.body:
        if not isinstance(method, ast.FunctionDef) or method.name != "__init__":
            continue
        for index, each in enumerate(method.body):
            if (
                isinstance(each, ast.Expr)
                and isinstance(each.value, ast.Call)
                and ast.unparse(each.value.func) == "super().__init__"
                and len(each.value.args) == 1
                and not each.value.keywords
            ):
                argument = each.value.args[0]
                each.value.args = [
                    ast.copy_location(
                        ast.JoinedStr([ast.FormattedValue(ast.Name("argument_", ast.Load()), 114, None)]), argument
                    )
                ]
                first = ast.Assign([ast.Name("argument_", ast.Store())], argument)
                keep = ast.parse("self.args = (argument_,)").body[0]
                shown = ast.parse("def __repr__(self):\n    return f'{type(self).__name__}({self.args[0]!r})'").body[0]
                text = ast.parse("def __str__(self):\n    return f'{self.args[0]!r}'").body[0]
                for made in (first, keep, shown, text):
                    _place(made, each)
                method.body[index : index + 1] = [first, each, keep]
                node.body.extend([shown, text])
                place_new_nodes(node)
                return


def _place(made: ast.AST, at: ast.AST) -> None:
    for each in walk(made):
        if "lineno" in each._attributes:
            ast.copy_location(each, at)


def _root(node: ast.ClassDef, classes: dict[str, ast.ClassDef]) -> ast.ClassDef | None:
    """The class of the program at the top of an exception's bases; None for what is no exception, or has several bases."""
    seen = {node.name}
    while len(node.bases) == 1 and isinstance(node.bases[0], ast.Name):
        base = node.bases[0].id
        if base in seen:
            return None
        if base in classes:
            node = classes[base]
            seen.add(base)
            continue
        found = getattr(builtins, base, None)
        # The text of these is made of their arguments in a way of its own.
        own = (OSError, UnicodeError, SyntaxError)
        return node if isinstance(found, type) and issubclass(found, Exception) and not issubclass(found, own) else None
    return None


def _complete(node: ast.ClassDef, count: int, of_key: bool) -> None:
    names = [f"argument{index + 1}" for index in range(count)]
    inside = ", ".join(names) + ("," if count == 1 else "")
    text = f"f'{{({inside})!r}}'" if count > 1 else f"f'{{{names[0]}!r}}'" if of_key else names[0]
    shown = ""
    if count > 1:
        shown = (
            "def __repr__(self):\n    return f'{type(self).__name__}{self.args!r}'\n"
            "def __str__(self):\n    return f'{self.args!r}'\n"
        )
    elif of_key:
        shown = (
            "def __repr__(self):\n    return f'{type(self).__name__}({self.args[0]!r})'\n"
            "def __str__(self):\n    return f'{self.args[0]!r}'\n"
        )
    written = f"def __init__(self, {', '.join(names)}):\n    super().__init__({text})\n    self.args = ({inside})\n{shown}"
    made = ast.parse(written).body
    for statement in made:
        _place(statement, node)
    place = 1 if ast.get_docstring(node) is not None else 0
    rest = [each for each in node.body[place:] if not isinstance(each, ast.Pass)]
    node.body = [*node.body[:place], *made, *rest]
