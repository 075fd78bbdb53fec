"""First pass: classes, functions and imports of a module, before any types."""

from __future__ import annotations

import ast
import builtins

from batuta.analysis.bindings import Bindings, bind
from batuta.analysis.program import ClassInfo, FunctionInfo, Program
from batuta.findings.finding import Finding
from batuta.python.source import Source
from batuta.python.walk import children, statements, walk

EXCEPTIONS = {name for name, value in vars(builtins).items() if isinstance(value, type) and issubclass(value, BaseException)}
KNOWN_CLASS_DECORATORS = {"typing.runtime_checkable", "typing.final", "dataclasses.dataclass", "functools.total_ordering"}
KNOWN_BASES = {
    "builtins.object",
    "abc.ABC",
    "typing.Protocol",
    "typing.Generic",
    "typing.NamedTuple",
    "enum.Enum",
    "enum.IntEnum",
    "builtins.Exception",
}
TYPING_ONLY = {"typing", "__future__", "collections.abc", "typing_extensions", "abc", "numbers", "types", "numpy.typing"}
"""Modules whose names only occur in annotations and class headers."""


UNKNOWN_METHODS = {
    "__del__": "it runs when nobody holds the object any more",
    "__getattribute__": "it makes attributes at run time",
    "__setattr__": "it runs wherever an attribute is set",
    "__delattr__": "it runs wherever an attribute is deleted",
    "__get__": "it runs wherever an attribute of another class is read",
    "__set__": "it runs wherever an attribute of another class is set",
    "__delete__": "it runs wherever an attribute of another class is deleted",
    "__set_name__": "it runs when another class is made",
    "__instancecheck__": "it answers `isinstance`",
    "__subclasscheck__": "it answers `issubclass`",
    "__subclasshook__": "it answers `issubclass`",
    "__prepare__": "it makes classes at run time",
    "__dir__": "it lists names at run time",
}
"""Special methods that Python calls where nothing in the text says so."""


def declare(source: Source) -> Program:
    """Collect the declarations of a module."""
    bindings = bind(source.tree)
    program = Program(source, bindings, has_tables="pandas" in source.text or "as_frame" in source.text)
    _Declarations(program, bindings).run()
    return program


class _Declarations:
    def __init__(self, program: Program, bindings: Bindings) -> None:
        self.program = program
        self.bindings = bindings
        self._driven: set[str] | None = None

    def driven(self) -> set[str]:
        """The functions whose generators are spoken to by name; looked up where there is a generator at all."""
        if self._driven is None:
            self._driven = _driven(self.program.source.tree)
        return self._driven

    def refuse(self, node: ast.AST, code: str, reason: str, remedy: str) -> None:
        self.program.findings.append(
            Finding(self.program.source.span(node), code, reason, remedy, path=self.program.source.path)
        )

    def run(self) -> None:
        for node in statements(self.program.source.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    self.program.imports[alias] = alias.name if alias.asname else alias.name.split(".")[0]
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    if alias.name == "*":
                        self.refuse(
                            node, "BAT105", "a star import hides which names it brings", "Import the names that are used."
                        )
                    module = "." * node.level + (node.module or "")
                    self.program.imports[alias] = f"{module}.{alias.name}"
        self._walk(self.program.source.tree, None)
        for each in self.program.classes.values():
            for base in each.bases:
                base.subclasses.append(each)

    def qualified(self, node: ast.expr) -> str:
        """Dotted text of a decorator or base, with imports resolved."""
        if isinstance(node, ast.Call):
            node = node.func
        if isinstance(node, ast.Subscript):
            node = node.value
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return ast.unparse(node)
        head = node.id
        found = next(
            (name for alias, name in self.program.imports.items() if (alias.asname or alias.name.split(".")[0]) == head), None
        )
        if found is None:
            found = f"builtins.{head}" if hasattr(builtins, head) else head
        return ".".join([found, *reversed(parts)])

    def _walk(self, node: ast.AST, owner: ClassInfo | None) -> None:
        for child in children(node):
            if isinstance(child, ast.ClassDef):
                self._class(child)
            elif isinstance(child, ast.FunctionDef | ast.Lambda):
                self._function(child, owner)
                self._walk(child, None)
            elif isinstance(child, ast.AsyncFunctionDef | ast.Await | ast.AsyncFor | ast.AsyncWith):
                self.refuse(child, "BAT104", "asynchronous code has no translation yet", "Write the function without `async`.")
            else:
                self._walk(child, owner)

    def _function(self, node: ast.FunctionDef | ast.Lambda, owner: ClassInfo | None) -> None:
        name = node.name if isinstance(node, ast.FunctionDef) else "lambda"
        info = FunctionInfo(
            node, name, self.bindings.scopes[node], owner, "function" if isinstance(node, ast.FunctionDef) else "lambda"
        )
        info.generator = _yields(node)
        info.coroutine = info.generator and (_is_spoken_to(node) or name in self.driven())
        if owner is not None:
            info.kind = "method"
        if isinstance(node, ast.FunctionDef):
            for decorator in node.decorator_list:
                self._decorator(info, decorator)
        self.program.functions[node] = info
        if owner is not None and isinstance(node, ast.FunctionDef):
            if info.kind == "setter":
                owner.methods[f"{node.name}.setter"] = info
            else:
                owner.methods[node.name] = info

    def _decorator(self, info: FunctionInfo, node: ast.expr) -> None:
        name = self.qualified(node)
        match name:
            case "builtins.staticmethod":
                info.kind = "static"
            case "builtins.classmethod":
                info.kind = "class method"
            case "builtins.property":
                info.kind = "property"
            case "abc.abstractmethod" | "typing.override" | "functools.wraps" | "typing.final":
                if name == "abc.abstractmethod" and info.owner is not None:
                    info.owner.abstract = True
            case "functools.lru_cache" | "functools.cache":
                info.cached = True
            case _ if isinstance(node, ast.Attribute) and node.attr == "setter":
                info.kind = "setter"
            case _:
                self.refuse(
                    node,
                    "BAT104",
                    f"the decorator `{ast.unparse(node)}` is not translated",
                    "Apply what it does inside the function.",
                )

    def _class(self, node: ast.ClassDef) -> None:
        info = ClassInfo(node.name, node)
        for base in node.bases:
            self._base(info, base)
        for keyword in node.keywords:
            if keyword.arg == "metaclass" and self.qualified(keyword.value) == "abc.ABCMeta":
                continue
            self.refuse(
                keyword.value,
                "BAT104",
                f"the class keyword `{keyword.arg}` changes how the class is made",
                "Write an ordinary class.",
            )
        for decorator in node.decorator_list:
            name = self.qualified(decorator)
            if name == "dataclasses.dataclass":
                info.dataclass = True
                for keyword in decorator.keywords if isinstance(decorator, ast.Call) else []:
                    value = isinstance(keyword.value, ast.Constant) and keyword.value.value
                    match keyword.arg:
                        case "frozen":
                            info.frozen = bool(value)
                        case "order":
                            info.ordered = bool(value)
                        case "eq":
                            info.compared = bool(value)
                        case "unsafe_hash":
                            info.hashed = bool(value)
                        case "slots" | "repr" | "kw_only" if value or keyword.arg in ("slots", "kw_only"):
                            pass
                        case _:
                            self.refuse(
                                keyword.value, "BAT104", f"`dataclass({keyword.arg}=…)` is not translated", "Leave it out."
                            )
            elif name not in KNOWN_CLASS_DECORATORS:
                self.refuse(
                    decorator, "BAT104", f"the class decorator `{ast.unparse(decorator)}` is not translated", "Leave it out."
                )
        if node.name in self.program.classes:
            self.refuse(node, "BAT104", f"the class name `{node.name}` is used twice", "Give each class a name of its own.")
        self.program.classes[node.name] = info
        self.program.class_of_node[node] = info
        for each in node.body:
            match each:
                case ast.FunctionDef():
                    if each.name in UNKNOWN_METHODS:
                        reason = f"the special method `{each.name}` is not translated: {UNKNOWN_METHODS[each.name]}"
                        self.refuse(each, "BAT104", reason, "Write an ordinary method, and call it where it is needed.")
                    self._function(each, info)
                    self._walk(each, None)
                case ast.AnnAssign(target=ast.Name(id=name)):
                    kind = self.qualified(each.annotation)
                    if info.dataclass and kind in ("dataclasses.InitVar", "dataclasses.KW_ONLY"):
                        self.refuse(
                            each, "BAT104", f"`{kind}` is not translated", "Declare an ordinary field, or write `__init__`."
                        )
                    elif (info.dataclass or info.named_tuple) and kind != "typing.ClassVar":
                        info.declared.append((name, each.value, each.annotation))
                        self._field_options(each.value)
                    elif each.value is not None:
                        info.attributes[name] = each.value
                case ast.Assign(targets=[ast.Name(id=name)]):
                    info.attributes[name] = each.value
                case ast.Expr(value=ast.Constant()) | ast.Pass():
                    pass
                case _:
                    self.refuse(
                        each, "BAT104", "this statement in a class body is not translated", "Move it out of the class body."
                    )

    def _field_options(self, default: ast.expr | None) -> None:
        """Refuse what `field(…)` says and the translation would not keep."""
        if not isinstance(default, ast.Call) or self.qualified(default) != "dataclasses.field":
            return
        for keyword in default.keywords:
            if keyword.arg not in ("default", "default_factory", "init", "repr", "compare", "hash", "metadata", "kw_only"):
                self.refuse(keyword.value, "BAT104", f"`field({keyword.arg}=…)` is not translated", "Leave it out.")
            elif keyword.arg in ("init", "repr", "compare") and not isinstance(keyword.value, ast.Constant):
                self.refuse(keyword.value, "BAT104", f"`field({keyword.arg}=…)` is not a constant", "Write True or False.")

    def _base(self, info: ClassInfo, base: ast.expr) -> None:
        name = self.qualified(base)
        if isinstance(base, ast.Name) and base.id in self.program.classes:
            parent = self.program.classes[base.id]
            info.bases.append(parent)
            info.exception = info.exception or parent.exception
            info.named_tuple |= parent.named_tuple
            info.enum |= parent.enum
            info.mixin = info.mixin or parent.mixin
            info.shows_value |= parent.shows_value
        elif name.removeprefix("builtins.") in EXCEPTIONS:
            info.exception = name.removeprefix("builtins.")
        elif name in ("enum.Enum", "enum.IntEnum", "enum.StrEnum"):
            info.enum = True
            info.shows_value = name != "enum.Enum"
            info.mixin = info.mixin or {"enum.IntEnum": "int", "enum.StrEnum": "str"}.get(name, "")
        elif name in ("builtins.str", "builtins.int") and any(self.qualified(each) == "enum.Enum" for each in info.node.bases):
            info.mixin = name.removeprefix("builtins.")
        elif name == "typing.NamedTuple":
            info.named_tuple = True
        elif name == "abc.ABC":
            info.abstract = True
        elif name in KNOWN_BASES:
            pass
        else:
            self.refuse(
                base,
                "BAT104",
                f"a class derived from `{ast.unparse(base)}` is not translated",
                "Hold such an object in a field instead.",
            )


def _is_spoken_to(node: ast.AST) -> bool:
    """Whether a generator uses what `yield` gives, returns something, or sees to its end."""
    todo = children(node)
    dropped: set[ast.AST] = set()
    while todo:
        each = todo.pop()
        if isinstance(each, ast.Expr):
            dropped.add(each.value)
        if isinstance(each, ast.Yield | ast.YieldFrom) and each not in dropped:
            return True
        if isinstance(each, ast.Return) and each.value is not None:
            return not (isinstance(each.value, ast.Constant) and each.value.value is None)
        if isinstance(each, ast.Name) and each.id == "GeneratorExit":
            return True
        if not isinstance(each, ast.FunctionDef | ast.Lambda | ast.ClassDef | ast.AsyncFunctionDef):
            todo += children(each)
    return False


def _driven(tree: ast.AST) -> set[str]:
    """The functions whose result is spoken to under the name that it gets: `g = items()` … `g.close()`."""
    made: dict[str, set[str]] = {}
    spoken: set[str] = set()
    for each in walk(tree):
        match each:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=ast.Name(id=function))):
                made.setdefault(name, set()).add(function)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="send" | "throw" | "close")):
                spoken.add(name)
    return {function for name in spoken for function in made.get(name, ())}


def _yields(node: ast.AST) -> bool:
    """Whether the function itself (not one inside it) yields."""
    todo = children(node)
    while todo:
        each = todo.pop()
        if isinstance(each, ast.Yield | ast.YieldFrom):
            return True
        if not isinstance(each, ast.FunctionDef | ast.Lambda | ast.ClassDef | ast.AsyncFunctionDef):
            todo += children(each)
    return False
