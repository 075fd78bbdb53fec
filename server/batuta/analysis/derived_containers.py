"""Classes derived from `list`, `dict` or a container of `collections`, as classes that hold one.

class Stack(list):                      class Stack:
    def peek(self):               →         def __init__(self): self.held = []
        return self[-1]                     def peek(self): return self.held[-1]

What the class does not define itself is handed to the list or dict that it holds: the methods that the program names somewhere, and the
special methods. Such an object is shown and compared like its container; a slice of it is a plain list, as in Python.
"""

from __future__ import annotations

import ast
import copy

from batuta.analysis.imports import imported_names, qualified_name
from batuta.python.new_nodes import fresh_name, located, placed
from batuta.python.walk import Transformer, walk

_USER = {"collections.UserList": "list", "collections.UserDict": "dict"}
_COLLECTIONS = ("Counter", "OrderedDict", "defaultdict", "deque")
"""The containers of `collections`, which show themselves with the name of the class."""
_SPECIAL = {
    "__len__": "def __len__(self): return len(HELD)",
    "__iter__": "def __iter__(self): return iter(HELD)",
    "__contains__": "def __contains__(self, item): return item in HELD",
    "__getitem__": "def __getitem__(self, place): return HELD[place]",
    "__setitem__": "def __setitem__(self, place, value): HELD[place] = value",
    "__delitem__": "def __delitem__(self, place): del HELD[place]",
    "__reversed__": "def __reversed__(self): return iter(HELD[::-1])",
    "__repr__": "def __repr__(self): return repr(HELD)",
    "__eq__": "def __eq__(self, other): return HELD == other.HOLDER",
}
_METHODS = {
    "list": {
        "append": ("item",),
        "extend": ("items",),
        "insert": ("place", "item"),
        "remove": ("item",),
        "index": ("item",),
        "count": ("item",),
        "reverse": (),
        "clear": (),
        "copy": (),
        "sort": (),
        "pop": (),
    },
    "dict": {
        "keys": (),
        "values": (),
        "items": (),
        "clear": (),
        "copy": (),
        "popitem": (),
        "update": ("other",),
        "setdefault": ("key", "value"),
        "get": ("key",),
        "pop": ("key",),
    },
    "deque": {
        "append": ("item",),
        "appendleft": ("item",),
        "extend": ("items",),
        "extendleft": ("items",),
        "remove": ("item",),
        "count": ("item",),
        "rotate": ("count",),
        "reverse": (),
        "clear": (),
        "pop": (),
        "popleft": (),
    },
}
_METHODS["Counter"] = {**_METHODS["dict"], "elements": (), "total": (), "subtract": ("other",), "most_common": ("count",)}
_METHODS["OrderedDict"] = {**_METHODS["dict"], "move_to_end": ("key",)}
_METHODS["defaultdict"] = _METHODS["dict"]
"""The methods that are handed on, with their parameters; `get` and `pop` take one more where a call gives it."""
_MISSING = """
def __getitem__(self, place):
    if place in HELD:
        return HELD[place]
    return self.__missing__(place)
"""


_GET_HELD = """
def get(self, key, other=None):
    return HELD[key] if key in HELD else other
"""
_ASKING = ("update", "setdefault", "pop", "popitem", "copy", "extend")
_GET = """
def get(self, key, other=None):
    try:
        return self[key]
    except KeyError:
        return other
"""


def write_out_derived(tree: ast.Module) -> None:
    """Write such classes out, in place."""
    imports = imported_names(tree)
    classes = [each for each in tree.body if isinstance(each, ast.ClassDef)]
    bound = {each.id for each in walk(tree) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    made: dict[str, str] = {}
    for node in classes:
        kinds = [_kind(each, imports, bound) for each in node.bases]
        wanted = [kind for kind in kinds if kind]
        user = any(qualified_name(base, imports) in _USER for base in node.bases)
        factory = wanted == ["defaultdict"] and "__init__" not in {getattr(each, "name", "") for each in node.body}
        if len(wanted) == 1 and not node.keywords and not factory and _fits(node) and not (user and _asks_itself(tree, node)):
            base = next(base for base, kind in zip(node.bases, kinds, strict=True) if kind)
            _Derived(tree, node, wanted[0], user, base).run()
            node.bases = [base for base, kind in zip(node.bases, kinds, strict=True) if not kind]
            made[node.name] = wanted[0]
    if made:
        _Asked(made).visit(tree)
        _forget_imports(tree)


def _forget_imports(tree: ast.Module) -> None:
    """Nobody asks for `UserDict` any more once its classes hold a dict."""
    used = {each.id for each in walk(tree) if isinstance(each, ast.Name)}
    for each in tree.body:
        if isinstance(each, ast.ImportFrom) and each.module == "collections":
            each.names = [x for x in each.names if f"collections.{x.name}" not in _USER or (x.asname or x.name) in used]
    tree.body = [each for each in tree.body if not isinstance(each, ast.ImportFrom) or each.names]


def _kind(base: ast.expr, imports: dict[str, str], bound: set[str]) -> str:
    if isinstance(base, ast.Name) and base.id in ("list", "dict") and base.id not in bound:
        return base.id
    qualified = qualified_name(base, imports)
    if qualified.removeprefix("collections.") in _COLLECTIONS and qualified.startswith("collections."):
        return qualified.removeprefix("collections.")
    return _USER.get(qualified, "")


def _fits(node: ast.ClassDef) -> bool:
    """Whether the class makes its objects in the ordinary way."""
    names = {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
    return not names & {"__new__", "__getattr__", "__getattribute__", "__setattr__"} and not node.decorator_list


def _asks_itself(tree: ast.Module, node: ast.ClassDef) -> bool:
    """Whether other methods of a UserDict or UserList may call those that the class defines."""
    own = {each.name for each in node.body if isinstance(each, ast.FunctionDef)} & {"__setitem__", "__getitem__", "__delitem__"}
    return bool(own) and any(
        isinstance(each, ast.Call)
        and isinstance(each.func, ast.Name)
        and each.func.id == node.name
        and (each.args or each.keywords)
        for each in walk(tree)
    )


class _Derived(Transformer):
    """One class: what its methods ask of themselves is asked of the container."""

    def __init__(self, tree: ast.Module, node: ast.ClassDef, kind: str, user: bool, base: ast.expr) -> None:
        self.tree = tree
        self.node = node
        self.kind = kind
        self.user = user
        self.maker = base if kind in _COLLECTIONS else ast.Name(kind, ast.Load())
        taken = {each.attr for each in walk(tree) if isinstance(each, ast.Attribute)}
        self.holder = "data" if user else fresh_name("held", taken)
        self.methods = {each.name: each for each in node.body if isinstance(each, ast.FunctionDef)}
        below = self._below()
        self.own = set(self.methods) | {each.name for one in below for each in one.body if isinstance(each, ast.FunctionDef)}
        """What this class or one below it defines."""
        self.receiver = ""

    def _below(self) -> list[ast.ClassDef]:
        found = [self.node]
        for each in [x for x in walk(self.tree) if isinstance(x, ast.ClassDef)]:
            names = {base.id for base in each.bases if isinstance(base, ast.Name)}
            if each not in found and names & {one.name for one in found}:
                found.append(each)
        return found[1:]

    def run(self) -> None:
        """Rewrite the class in place."""
        for each in self.node.body:
            marks = {x.id for x in getattr(each, "decorator_list", []) if isinstance(x, ast.Name)}
            if isinstance(each, ast.FunctionDef) and each.args.args and not marks & {"staticmethod", "classmethod"}:
                self.receiver = each.args.args[0].arg
                each.body = [self.visit(one) for one in each.body]
        self._initialise()
        self._hand_on()

    def _held(self) -> ast.expr:
        return ast.Attribute(ast.Name(self.receiver, ast.Load()), self.holder, ast.Load())

    def _parsed(self, text: str) -> ast.stmt:
        text = text.replace("HELD", f"self.{self.holder}").replace("HOLDER", self.holder)
        return placed(ast.parse(text).body[0], self.node)

    # -- inside the class

    def _is_self(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Name) and node.id == self.receiver

    def _is_super(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        function = node.func
        if not isinstance(function, ast.Attribute):
            return node
        name, arguments = function.attr, list(node.args)
        above = self._is_super(function.value)
        if (
            isinstance(function.value, ast.Name)
            and function.value.id == ast.unparse(self.maker)
            and arguments
            and self._is_self(arguments[0])
        ):
            above, arguments = True, arguments[1:]
        if above:
            made = self._of_container(name, arguments, node.keywords)
            return located(made, node) if made is not None else node
        if self._is_self(function.value) and name in _METHODS[self.kind] and name not in self.own:
            return located(ast.Call(ast.Attribute(self._held(), name, ast.Load()), arguments, node.keywords), node)
        return node

    def _of_container(self, name: str, arguments: list[ast.expr], keywords: list[ast.keyword]) -> ast.expr | None:
        """What a method of the base class does."""
        held = self._held()
        match name, arguments:
            case "__getitem__", [place]:
                return ast.Subscript(held, place, ast.Load())
            case "__contains__", [item]:
                return ast.Compare(item, [ast.In()], [held])
            case ("__len__" | "__iter__" | "__repr__" | "__str__") as special, []:
                function = {"__len__": "len", "__iter__": "iter"}.get(special, "repr")
                return ast.Call(ast.Name(function, ast.Load()), [held], [])
            case "__eq__", [other]:
                return ast.Compare(held, [ast.Eq()], [other])
        if name in _METHODS[self.kind]:
            return ast.Call(ast.Attribute(held, name, ast.Load()), arguments, keywords)
        return None

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        match node.value:
            case ast.Call(func=ast.Attribute(value=owner, attr=name), args=arguments, keywords=keywords) if self._is_super(
                owner
            ) or (
                isinstance(owner, ast.Name)
                and owner.id == ast.unparse(self.maker)
                and arguments
                and self._is_self(arguments[0])
            ):
                given = arguments if self._is_super(owner) else arguments[1:]
                given = [self.visit(each) for each in given]
                made: ast.stmt | None = None
                if name == "__init__":
                    value: ast.expr = ast.Call(copy.deepcopy(self.maker), given, keywords)
                    if not given and not keywords and self.kind not in _COLLECTIONS:
                        value = ast.List([], ast.Load()) if self.kind == "list" else ast.Dict([], [])
                    made = ast.Assign([_stored(self._held())], value)
                elif name == "__setitem__" and len(given) == 2:
                    made = ast.Assign([ast.Subscript(self._held(), given[0], ast.Store())], given[1])
                elif name == "__delitem__" and len(given) == 1:
                    made = ast.Delete([ast.Subscript(self._held(), given[0], ast.Del())])
                if made is not None:
                    return located(made, node)
        return self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        self.generic_visit(node)
        special = {ast.Load: "__getitem__", ast.Store: "__setitem__", ast.Del: "__delitem__"}[type(node.ctx)]
        if (
            self._is_self(node.value)
            and special not in self.own
            and not (special == "__getitem__" and "__missing__" in self.own)
        ):
            node.value = located(self._held(), node)
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        """`self[key] += 1` asks for the item and stores it: each by the method of the class, if it has one."""
        target = node.target
        asked = {"__missing__", "__getitem__", "__setitem__"} & self.own
        if isinstance(target, ast.Subscript) and self._is_self(target.value) and asked:
            if isinstance(target.slice, ast.Name | ast.Constant):
                read = ast.Subscript(copy.copy(target.value), copy.copy(target.slice), ast.Load())
                return self.visit(located(ast.Assign([target], ast.BinOp(read, node.op, node.value)), node))  # type: ignore[no-any-return]
        return self.generic_visit(node)

    # -- what is added

    def _initialise(self) -> None:
        """The container is there from the beginning."""
        start = self.methods.get("__init__")
        empty = {"list": "[]", "dict": "{}"}.get(self.kind, f"{ast.unparse(self.maker)}()")
        if start is not None:
            sets = any(
                isinstance(each, ast.Attribute) and each.attr == self.holder and isinstance(each.ctx, ast.Store)
                for each in walk(start)
            )
            if not sets:
                text = f"{start.args.args[0].arg}.{self.holder} = {empty}"
                start.body.insert(0, self._parsed(text))
            return
        names = {self.node.name, *[each.name for each in self._below()]}
        calls = [
            each
            for each in walk(self.tree)
            if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id in names
        ]
        for each in calls:
            if self.kind == "dict" and each.keywords:
                # `Settings(rows, name=value)`: what the constructor of a dict makes of them.
                keys: list[ast.expr | None] = [*[None] * len(each.args), *(_key(given) for given in each.keywords)]
                values = [*each.args, *(given.value for given in each.keywords)]
                each.args, each.keywords = [located(ast.Dict(keys, values), each)], []
        if any(each.args for each in calls):
            every = all(each.args for each in calls)
            text = f"def __init__(self, items{'' if every else '=()'}): HELD = {ast.unparse(self.maker)}(items)"
        else:
            text = f"def __init__(self): HELD = {empty}"
        self.node.body.append(self._parsed(text))

    def _hand_on(self) -> None:
        """The methods of the container that the class does not define and the program may call."""
        named = {each.attr for each in walk(self.tree) if isinstance(each, ast.Attribute)}
        counts: dict[str, set[int]] = {}
        for each in walk(self.tree):
            if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute):
                counts.setdefault(each.func.attr, set()).add(len(each.args))
        for name, text in _SPECIAL.items():
            if name in self.methods or (name == "__reversed__" and self.kind != "list"):
                continue
            if name == "__repr__" and self.kind in _COLLECTIONS:
                text = f"def __repr__(self): return type(self).__name__ + repr(HELD)[{len(self.kind)}:]"
            if name == "__getitem__" and "__missing__" in self.methods:
                text = _MISSING
            if name != "__repr__" or "__str__" not in self.methods:
                self.node.body.append(self._parsed(text))
        for name, parameters in _METHODS[self.kind].items():
            if name in self.methods or (name not in named and name not in ("keys", "items")):
                continue
            if self.user and name in _ASKING and {"__setitem__", "__getitem__", "__delitem__"} & set(self.methods):
                # It calls what the class defines.
                continue
            names = list(parameters)
            if name == "most_common" and 0 in counts.get(name, set()):
                names = ["count=None"]
            given = counts.get(name, set())
            if name == "get" and self.user and "__getitem__" in self.methods:
                self.node.body.append(self._parsed(_GET))
                continue
            if name in ("get", "pop") and len(parameters) + 1 in given:
                alone = len(parameters) in given
                if alone and self.kind not in ("list", "deque"):
                    # With a default and without: two methods, of which one serves for both.
                    if name == "get":
                        self.node.body.append(self._parsed(_GET_HELD))
                    continue
                names.append("other=-1" if alone else "other")
            listed = ", ".join(each.partition("=")[0] for each in names)
            self.node.body.append(self._parsed(f"def {name}({', '.join(['self', *names])}): return HELD.{name}({listed})"))


class _Asked(Transformer):
    """`isinstance(x, dict)` is true for an object of a class derived from dict."""

    def __init__(self, made: dict[str, str]) -> None:
        self.made = made

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        match node:
            case ast.Call(func=ast.Name(id="isinstance"), args=[subject, classes]):
                listed = list(classes.elts) if isinstance(classes, ast.Tuple) else [classes]
                kinds = {each.id for each in listed if isinstance(each, ast.Name)}
                kinds |= {"Counter", "OrderedDict", "defaultdict"} if "dict" in kinds else set()
                more: list[ast.expr] = [ast.Name(name, ast.Load()) for name, kind in self.made.items() if kind in kinds]
                if more:
                    node.args = [subject, located(ast.Tuple([*listed, *more], ast.Load()), node)]
        return node


def _key(given: ast.keyword) -> ast.expr | None:
    return None if given.arg is None else ast.Constant(given.arg)


def _stored(node: ast.expr) -> ast.expr:
    made = copy.copy(node)
    made.ctx = ast.Store()  # type: ignore[attr-defined]
    return made
