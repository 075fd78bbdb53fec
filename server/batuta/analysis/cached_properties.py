"""`cached_property`: a property that keeps what its function gave the first time.

    class Data:                                    class Data:
        def __init__(self, xs):                        def __init__(self, xs):
            self.xs = xs                                   self.kept_total = []
        @cached_property                                   self.xs = xs
        def total(self):                               def compute_total(self):
            return sum(self.xs)             →              return sum(self.xs)
                                                       @property
                                                       def total(self):
                                                           if not self.kept_total:
                                                               self.kept_total.append(self.compute_total())
                                                           return self.kept_total[0]

A list of no or one item holds any value, None too. A class whose objects cannot get such a field keeps the decorator, which is refused.
"""

from __future__ import annotations

import ast

from batuta.analysis.imports import qualified_name
from batuta.python.new_nodes import located
from batuta.python.walk import walk

CACHED = "functools.cached_property"


def write_out_cached(tree: ast.Module, imports: dict[str, str]) -> None:
    """Write such properties out, in place."""
    if CACHED not in imports.values() and "functools" not in imports.values():
        return
    classes = {each.name: each for each in tree.body if isinstance(each, ast.ClassDef)}
    taken = {each.attr for each in walk(tree) if isinstance(each, ast.Attribute)}
    taken |= {each.name for each in walk(tree) if isinstance(each, ast.FunctionDef)}
    for cls in classes.values():
        cached = [each for each in cls.body if isinstance(each, ast.FunctionDef) and _is_cached(each, imports)]
        if not cached or not all(each.args.args for each in cached):
            continue
        init = _init_of(cls, classes)
        if init is None:
            for each in cached:
                if _is_frozen(cls) and _only_computes(each):
                    each.decorator_list = [located(ast.Name("property", ast.Load()), each.decorator_list[0])]
            continue
        for each in cached:
            kept, compute = _fresh(f"kept_{each.name}", taken), _fresh(f"compute_{each.name}", taken)
            this = init.args.args[0].arg
            start = ast.Assign([ast.Attribute(ast.Name(this, ast.Load()), kept, ast.Store())], ast.List([], ast.Load()))
            place = 1 if isinstance(init.body[0], ast.Expr) and isinstance(init.body[0].value, ast.Constant) else 0
            init.body.insert(place, located(start, init))
            at = cls.body.index(each)
            cls.body[at + 1 : at + 1] = [_property(each, kept, compute)]
            each.name, each.decorator_list = compute, []


def _is_cached(node: ast.FunctionDef, imports: dict[str, str]) -> bool:
    return len(node.decorator_list) == 1 and qualified_name(node.decorator_list[0], imports) == CACHED


def _fresh(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    taken.add(name)
    return name


def _init_of(cls: ast.ClassDef, classes: dict[str, ast.ClassDef]) -> ast.FunctionDef | None:
    """What makes an object of the class, made for it where there is none; None where fields are declared, not set."""
    own = next((each for each in cls.body if isinstance(each, ast.FunctionDef) and each.name == "__init__"), None)
    if own is not None:
        return own if own.args.args else None
    bases = [each.id if isinstance(each, ast.Name) else "" for each in cls.bases]
    if cls.decorator_list or any(each not in ("object", "ABC") and each not in classes for each in bases):
        return None
    above = [classes[each] for each in bases if each in classes]
    if above:
        # Its objects are made by the class above, which is given the field.
        return _init_of(above[0], classes) if len(above) == 1 else None
    made = _made("def __init__(self):\n    pass", cls)
    cls.body.append(made)
    return made


_COMPUTING = [
    "abs",
    "all",
    "any",
    "divmod",
    "enumerate",
    "float",
    "int",
    "len",
    "max",
    "min",
    "pow",
    "range",
    "round",
    "set",
    "sorted",
    "str",
    "sum",
    "tuple",
    "zip",
]


def _is_frozen(cls: ast.ClassDef) -> bool:
    """Whether nothing changes the fields of its objects."""
    marks = [each for each in cls.decorator_list if isinstance(each, ast.Call)]
    return any(
        one.arg == "frozen" and isinstance(one.value, ast.Constant) and one.value.value is True
        for each in marks
        for one in each.keywords
    )


def _only_computes(node: ast.FunctionDef) -> bool:
    """Whether a function gives the same each time: it calls nothing that acts, and stores nothing outside."""
    for each in walk(node):
        if isinstance(each, ast.Attribute | ast.Subscript) and not isinstance(each.ctx, ast.Load):
            return False
        if isinstance(each, ast.Call) and not (isinstance(each.func, ast.Name) and each.func.id in _COMPUTING):
            head = each.func.value if isinstance(each.func, ast.Attribute) else each.func
            if not (isinstance(head, ast.Name) and head.id == "math"):
                return False
        if isinstance(each, ast.Global | ast.Nonlocal | ast.Yield | ast.List | ast.Dict | ast.ListComp | ast.DictComp):
            return False
    return True


def _property(node: ast.FunctionDef, kept: str, compute: str) -> ast.FunctionDef:
    text = (
        f"@property\ndef {node.name}(self):\n    if not self.{kept}:\n        self.{kept}.append(self.{compute}())\n"
        f"    return self.{kept}[0]\n"
    )
    return _made(text, node.decorator_list[0])


def _made(text: str, place: ast.AST) -> ast.FunctionDef:
    """The function that a text says, all of it at one place."""
    made = ast.parse(text).body[0]
    assert isinstance(made, ast.FunctionDef)
    for each in walk(made):
        if hasattr(each, "lineno"):
            ast.copy_location(each, place)
    return made
