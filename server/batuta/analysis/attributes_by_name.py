"""Attributes that are named by a text: `getattr`, `setattr`, `hasattr` and `vars`, written out over the attributes that the program's classes have.

`getattr(thing, name)` becomes `attribute_of(thing, name)`, with

    def attribute_of(this, name):
        if isinstance(this, Point):
            if name == "x":
                return this.x
            …
        raise AttributeError(f"'{type(this).__name__}' object has no attribute '{name}'")

A name that begins with a constant (`"visit_" + kind`) asks only for the attributes that begin so. What a text may name and the function does not
list (a method, where no text of the program has its name in it and none is read) ends the program loudly when it is asked for.
"""

from __future__ import annotations

import ast
import copy
import re

from batuta.analysis.dispatch import Asked, asked_classes, owners_of
from batuta.python.new_nodes import fresh_name, located, names_in
from batuta.python.walk import Transformer, walk

_CHANGING = ("update", "pop", "setdefault", "clear", "popitem")
"""Methods by which a program changes an object through the dict of its fields."""


def write_out_named_attributes(tree: ast.Module) -> None:
    """Rewrite such calls in place."""
    calls = [
        node
        for node in walk(tree)
        if (isinstance(node, ast.Name) and node.id in ("getattr", "setattr", "hasattr", "vars", "delattr"))
        or (isinstance(node, ast.Attribute) and node.attr == "__dict__")
    ]
    if not calls:
        return
    classes = [each for each in asked_classes(tree) if not _is_special(each)]
    if classes:
        _Writer(tree, classes).run()


def _is_special(asked: Asked) -> bool:
    """Whether a class has its own say about its attributes."""
    return any(name in asked.methods for name in ("__getattr__", "__getattribute__", "__setattr__", "__delattr__"))


def _reads_from_outside(node: ast.AST) -> bool:
    """Whether a part of the program reads texts that do not stand in it: any name may be among them."""
    match node:
        case ast.Call(func=ast.Name(id="input" | "open")):
            return True
        case ast.Attribute(value=ast.Name(id="sys"), attr="stdin" | "argv"):
            return True
    return False


class _Writer(Transformer):
    def __init__(self, tree: ast.Module, classes: list[Asked]) -> None:
        self.tree, self.classes = tree, classes
        self.by_name = {each.node.name: each for each in classes}
        self.taken = names_in(tree)
        texts = [node.value for node in walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        self.texts = {word for text in texts for word in re.findall(r"\w+", text)}
        self.texts |= {node.arg for node in walk(tree) if isinstance(node, ast.keyword) and node.arg}
        self.reads_names = any(_reads_from_outside(node) for node in walk(tree))
        self.read = {node.attr for node in walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)}
        self.made: dict[tuple[str, ...], str] = {}
        self.functions: list[ast.stmt] = []
        self.beginnings: list[dict[str, str | None]] = [{}]
        self.live = _live(tree)
        setters = [node for node in walk(tree) if isinstance(node, ast.Name) and node.id == "setattr"]
        constant = [
            node
            for node in walk(tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "setattr"
            and len(node.args) == 3
            and isinstance(node.args[1], ast.Constant)
        ]
        self.sets_any = len(setters) > len(constant)
        """Whether the program sets attributes whose names are made at run time."""
        self.slotted = any("__slots__" in each.fields for each in classes)
        own = {name for each in classes for name in [*each.fields, *each.methods]}
        methods = {name for each in classes for name in each.methods}
        stored = {node.attr for node in walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)}
        stored |= {str(node.args[1].value) for node in constant if isinstance(node.args[1], ast.Constant)}
        self.outside = stored - own
        """Attributes that are set from outside of the classes."""
        self.named = {name for name in self.read & self.texts if name not in methods} if self.sets_any else set()

    def run(self) -> None:
        self.visit(self.tree)
        place = 0
        for index, each in enumerate(self.tree.body):
            docstring = index == 0 and isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant)
            if docstring or isinstance(each, ast.Import | ast.ImportFrom):
                place = index + 1
        self.tree.body[place:place] = self.functions

    # -- what a name begins with

    def _beginning(self, node: ast.expr) -> str:
        match node:
            case ast.BinOp(left=ast.Constant(value=str() as text), op=ast.Add()):
                return text
            case ast.BinOp(left=left, op=ast.Add()):
                return self._beginning(left)
            case ast.JoinedStr(values=[ast.Constant(value=str() as text), *_]):
                return text
            case ast.Name(id=name):
                return self.beginnings[-1].get(name) or ""
        return ""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        found: dict[str, str | None] = {each.arg: None for each in [*node.args.args, *node.args.kwonlyargs]}
        for each in walk(node):
            if isinstance(each, ast.Assign) and len(each.targets) == 1 and isinstance(each.targets[0], ast.Name):
                name, text = each.targets[0].id, self._beginning(each.value)
                found[name] = text if found.get(name, text) == text else None
            elif isinstance(each, ast.For | ast.comprehension):
                found.update({part.id: None for part in walk(each.target) if isinstance(part, ast.Name)})
        self.beginnings.append(found)
        self.generic_visit(node)
        self.beginnings.pop()
        return node

    # -- the calls

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.func, ast.Name) or node.keywords or any(isinstance(each, ast.Starred) for each in node.args):
            return node
        named = node.args[1] if len(node.args) > 1 else None
        if isinstance(named, ast.Constant) and (node.func.id, len(node.args)) in (("getattr", 3), ("hasattr", 2)):
            return self._one_attribute(node, str(named.value)) if str(named.value).isidentifier() else node
        match node.func.id, len(node.args):
            case "getattr", 2:
                name = node.args[1]
                if isinstance(name, ast.Constant) and isinstance(name.value, str) and name.value.isidentifier():
                    return located(ast.Attribute(node.args[0], name.value, ast.Load()), node)
                function = self._function("attribute", self._beginning(name))
            case "getattr", 3:
                function = self._function("attribute or", self._beginning(node.args[1]))
            case "hasattr", 2:
                function = self._function("has attribute", self._beginning(node.args[1]))
            case "setattr", 3:
                function = self._function("set attribute", self._beginning(node.args[1]))
            case "vars", 1 if id(node) not in self.live and not (self.sets_any or self.slotted):
                function = self._function("fields", "")
            case _:
                return node
        return located(ast.Call(ast.Name(function, ast.Load()), node.args, []), node)

    def _one_attribute(self, node: ast.Call, name: str) -> ast.AST:
        """`getattr(thing, "size", 0)`: where types do not tell the answer, the attribute is tried."""
        assert isinstance(node.func, ast.Name)
        default = node.func.id == "getattr"
        key = ("one or" if default else "has one", name)
        if key not in self.made:
            read = ast.Attribute(ast.Name("this", ast.Load()), name, ast.Load())
            self.made[key] = self._new_name(f"{name.strip('_')}_or" if default else f"has_{name.strip('_')}")
            self._add_attempt(self.made[key], read, ["this"], default)
        arguments = [node.args[0], *node.args[2:]]
        node.otherwise = located(ast.Call(ast.Name(self.made[key], ast.Load()), arguments, []), node)  # type: ignore[attr-defined]
        return node

    def _new_name(self, base: str) -> str:
        return fresh_name(base, self.taken)

    def _add_attempt(self, name: str, asked: ast.expr, parameters: list[str], default: bool) -> None:
        """A function that asks for an attribute and bears that there is none."""
        body: list[ast.stmt] = [ast.Return(asked)] if default else [ast.Expr(asked), ast.Return(ast.Constant(True))]
        otherwise: ast.expr = ast.Name("default", ast.Load()) if default else ast.Constant(False)
        handler = ast.ExceptHandler(ast.Name("AttributeError", ast.Load()), None, [ast.Return(otherwise)])
        self._add(name, [*parameters, *(["default"] if default else [])], [ast.Try(body, [handler], [], [])])

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        """`setattr(thing, "size", 3)` sets the field."""
        match node.value:
            case ast.Call(func=ast.Name(id="setattr"), args=[owner, ast.Constant(value=str() as name), value], keywords=[]):
                if name.isidentifier():
                    assign = ast.Assign([ast.Attribute(owner, name, ast.Store())], value)
                    return self.generic_visit(located(assign, node))
        return self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if (
            node.attr != "__dict__"
            or not isinstance(node.ctx, ast.Load)
            or id(node) in self.live
            or self.sets_any
            or self.slotted
        ):
            return node
        return located(ast.Call(ast.Name(self._function("fields", ""), ast.Load()), [node.value], []), node)

    # -- the functions

    def _function(self, what: str, beginning: str) -> str:
        key = (what, beginning)
        if key in self.made:
            return self.made[key]
        base = {
            "attribute": "attribute_of",
            "attribute or": "attribute_or",
            "has attribute": "has_attribute",
            "set attribute": "set_attribute",
            "fields": "fields_of",
        }[what]
        name = self._new_name(f"{base}_{beginning.strip('_')}" if beginning.strip("_").isidentifier() else base)
        self.made[key] = name
        if what in ("attribute or", "has attribute"):
            inner = self._function("attribute", beginning)
            call = ast.Call(ast.Name(inner, ast.Load()), [ast.Name("this", ast.Load()), ast.Name("name", ast.Load())], [])
            self._add_attempt(name, call, ["this", "name"], what == "attribute or")
        elif what == "attribute":
            self._add(name, ["this", "name"], [*self._reads(beginning), _no_attribute()])
        elif what == "set attribute":
            self._add(name, ["this", "name", "value"], [*self._stores(beginning), _no_attribute()])
        else:
            self._add(name, ["this"], [*self._fields(), _raised("TypeError", "vars() argument must have __dict__ attribute")])
        return name

    def _add(self, name: str, parameters: list[str], body: list[ast.stmt]) -> None:
        arguments = ast.arguments([], [ast.arg(each) for each in parameters], None, [], [], None, [])
        first = self.classes[0].node
        at = ast.Pass(
            lineno=first.lineno, col_offset=first.col_offset, end_lineno=first.lineno, end_col_offset=first.col_offset + 5
        )
        self.functions.append(located(ast.FunctionDef(name, arguments, body, [], None, None), at))

    def _branches(self, parts: dict[str, dict[str, list[ast.stmt]]]) -> list[ast.stmt]:
        """`if isinstance(this, Class): if name == …`, for each class that brings attributes in."""
        made: list[ast.stmt] = []
        for owner, named in parts.items():
            inner: list[ast.stmt] = []
            for name, body in named.items():
                test = ast.Compare(ast.Name("name", ast.Load()), [ast.Eq()], [ast.Constant(name)])
                inner.append(ast.If(test, body, []))
            if inner:
                made.append(_of_class(owner, inner))
        return made

    def _reads(self, beginning: str) -> list[ast.stmt]:
        parts: dict[str, dict[str, list[ast.stmt]]] = {}
        for each in self.classes:
            if any(base in self.by_name for base in each.bases):
                continue
            for name in sorted(self.outside | self.named):
                if name.startswith(beginning) and not any(name in below.fields for below in self.classes):
                    read: ast.stmt = ast.Return(ast.Attribute(ast.Name("this", ast.Load()), name, ast.Load()))
                    if name not in self.named and len(self.classes) > 1:
                        read = _raised("NotImplementedError", f"the attribute `{name}` is set from outside of its class")
                    parts.setdefault(each.node.name, {})[name] = [read]
        for name in self._names(beginning):
            for each in owners_of(name, self.classes, self.by_name):
                plain = name in each.methods and "property" not in _marks(each.methods[name])
                hidden = plain or name.startswith("_")
                if hidden and not beginning and name not in self.texts and not self.reads_names:
                    what = "method" if plain else "attribute"
                    body = [
                        _raised("NotImplementedError", f"the {what} `{name}` is looked up by a text that is made at run time")
                    ]
                else:
                    body = [ast.Return(ast.Attribute(ast.Name("this", ast.Load()), name, ast.Load()))]
                parts.setdefault(each.node.name, {})[name] = body
        return self._branches(parts)

    def _names(self, beginning: str) -> list[str]:
        names = {name for each in self.classes for name in [*each.methods, *each.fields]}
        return sorted(name for name in names if name.startswith(beginning) and not name.startswith("__"))

    def _stores(self, beginning: str) -> list[ast.stmt]:
        parts: dict[str, dict[str, list[ast.stmt]]] = {}
        named = {name for name in self.named if name.startswith(beginning)}
        for each in self.classes:
            inherited = [self.by_name[base] for base in each.bases if base in self.by_name]
            own = {name for name in each.fields if name.startswith(beginning)}
            own |= {name for name in each.methods if name.startswith(beginning) and _has_setter(each, name)}
            if not inherited:
                # Fields that only texts name belong to whatever object they are set on.
                own |= named
            for name in sorted(own):
                target = ast.Attribute(ast.Name("this", ast.Load()), name, ast.Store())
                body: list[ast.stmt] = [ast.Assign([target], ast.Name("value", ast.Load())), ast.Return(ast.Constant(None))]
                parts.setdefault(each.node.name, {})[name] = body
        made = self._branches(parts)
        for each in self.classes:
            if not any(base in self.by_name for base in each.bases):
                made.append(
                    _of_class(
                        each.node.name,
                        [_raised("NotImplementedError", "a text that is made at run time names a new attribute")],
                    )
                )
        return made

    def _fields(self) -> list[ast.stmt]:
        made: list[ast.stmt] = []
        for each in reversed(self.classes):
            names = self._in_order(each)
            if names is None or self.outside:
                body: list[ast.stmt] = [_raised("NotImplementedError", "the order in which the fields were set is not known")]
            else:
                this = ast.Name("this", ast.Load())
                keys: list[ast.expr | None] = [ast.Constant(name) for name in names]
                values: list[ast.expr] = [ast.Attribute(copy.copy(this), name, ast.Load()) for name in names]
                body = [ast.Return(ast.Dict(keys, values))]
            made.append(_of_class(each.node.name, body))
        return made

    def _in_order(self, asked: Asked) -> list[str] | None:
        """The fields in the order in which the constructor sets them; None where that depends on the run."""
        if any("." in mark or mark == "dataclass" for mark in _marks(asked.node)) and "__init__" not in asked.methods:
            above = [self.by_name[base] for base in asked.bases if base in self.by_name]
            found = [name for each in above for name in self._in_order(each) or []]
            own = [
                each.target.id
                for each in asked.node.body
                if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
            ]
            return [*found, *(name for name in own if name not in found)]
        found = []
        start = asked.methods.get("__init__")
        if start is None:
            above = [self.by_name[base] for base in asked.bases if base in self.by_name]
            return self._in_order(above[0]) if len(above) == 1 else [] if not asked.fields else None
        this = start.args.args[0].arg
        for statement in start.body:
            match statement:
                case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id="super")), attr="__init__"))):
                    above = [self.by_name[base] for base in asked.bases if base in self.by_name]
                    inherited = self._in_order(above[0]) if len(above) == 1 else None
                    if inherited is None:
                        return None
                    found += [name for name in inherited if name not in found]
                    continue
            for part in walk(statement):
                if isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store):
                    if not isinstance(part.value, ast.Name) or part.value.id != this:
                        continue
                    if not isinstance(statement, ast.Assign | ast.AnnAssign) or isinstance(part.ctx, ast.Del):
                        return None
                    if part.attr not in found:
                        found.append(part.attr)
        everything = asked.fields | {name for base in asked.bases if base in self.by_name for name in self.by_name[base].fields}
        classwide = {
            target.id
            for each in asked.node.body
            if isinstance(each, ast.Assign)
            for target in each.targets
            if isinstance(target, ast.Name)
        }
        return found if everything - classwide <= set(found) else None


def _live(tree: ast.Module) -> set[int]:
    """Uses of `__dict__` and `vars` through which the object could be changed, or changes be seen later."""
    found: set[int] = set()
    for each in walk(tree):
        match each:
            case ast.Call(func=ast.Attribute(value=held, attr=method)) if method in _CHANGING:
                found.add(id(held))
            case ast.Subscript(value=held, ctx=ast.Store() | ast.Del()):
                found.add(id(held))
            case ast.Assign(value=held) | ast.AnnAssign(value=held) | ast.Return(value=held) | ast.NamedExpr(value=held):
                found.add(id(held))
    return found


def _marks(node: ast.FunctionDef | ast.ClassDef) -> set[str]:
    """The names of the decorators."""
    return {ast.unparse(each.func if isinstance(each, ast.Call) else each) for each in node.decorator_list}


def _has_setter(asked: Asked, name: str) -> bool:
    return any(
        isinstance(each, ast.FunctionDef) and each.name == name and f"{name}.setter" in _marks(each) for each in asked.node.body
    )


def _of_class(name: str, body: list[ast.stmt]) -> ast.stmt:
    test = ast.Call(ast.Name("isinstance", ast.Load()), [ast.Name("this", ast.Load()), ast.Name(name, ast.Load())], [])
    return ast.If(test, body, [])


def _raised(exception: str, message: str) -> ast.stmt:
    return ast.Raise(ast.Call(ast.Name(exception, ast.Load()), [ast.Constant(message)], []), None)


def _no_attribute() -> ast.stmt:
    kind = ast.Attribute(ast.Call(ast.Name("type", ast.Load()), [ast.Name("this", ast.Load())], []), "__name__", ast.Load())
    parts: list[ast.expr] = [
        ast.Constant("'"),
        ast.FormattedValue(kind, -1),
        ast.Constant("' object has no attribute '"),
        ast.FormattedValue(ast.Name("name", ast.Load()), -1),
        ast.Constant("'"),
    ]
    return ast.Raise(ast.Call(ast.Name("AttributeError", ast.Load()), [ast.JoinedStr(parts)], []), None)
