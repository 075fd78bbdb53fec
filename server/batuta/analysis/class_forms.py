"""Classes that Python completes when they are made, completed in their text: `auto()` of enums, an enum's `__init__`, `Flag`, `total_ordering`.

A `Flag` becomes an ordinary class around its bits, and `Permission.READ` makes an object of it: flags are equal when their bits are.
"""

from __future__ import annotations

import ast
import copy

from batuta.analysis.abstract_objects import write_out_abstract
from batuta.analysis.cached_properties import write_out_cached
from batuta.analysis.derived_containers import write_out_derived
from batuta.analysis.handed_up import write_out_handed_up
from batuta.analysis.imports import imported_names, qualified_name
from batuta.analysis.linear_bases import write_out_lines, write_out_shown_lines
from batuta.analysis.own_classes import name_own_classes
from batuta.analysis.sliced_items import write_out_slices
from batuta.analysis.subclass_hooks import write_out_hooks
from batuta.python.new_nodes import located, placed
from batuta.python.walk import Transformer, walk

_ENUMS = ("enum.Enum", "enum.IntEnum", "enum.StrEnum")
_FLAGS = ("enum.Flag", "enum.IntFlag")
_ORDER = {
    "__lt__": {
        "__gt__": "not self < other and self != other",
        "__le__": "self < other or self == other",
        "__ge__": "not self < other",
    },
    "__le__": {
        "__ge__": "not self <= other or self == other",
        "__lt__": "self <= other and self != other",
        "__gt__": "not self <= other",
    },
    "__gt__": {
        "__lt__": "not self > other and self != other",
        "__ge__": "self > other or self == other",
        "__le__": "not self > other",
    },
    "__ge__": {
        "__le__": "not self >= other or self == other",
        "__gt__": "self >= other and self != other",
        "__lt__": "not self >= other",
    },
}
"""What `functools.total_ordering` adds to each comparison that a class defines."""


_ITERATE = """
def __iter__(self):
    place = 0
    while True:
        try:
            yield self[place]
        except IndexError:
            return
        place += 1
"""
_REVERSED = """
def __reversed__(self):
    for place in range(len(self) - 1, -1, -1):
        yield self[place]
"""
_NEXT_OR = """
def __next_or__(self, default):
    try:
        return self.__next__()
    except StopIteration:
        return default
"""
_PLAIN = ("object", "ABC", "Generic", "Sized", "Protocol", "Sequence", "Container")
"""Bases that leave the iteration to `__getitem__`."""
_CONTAINS = """
def __contains__(self, wanted):
    for each in self:
        if each == wanted:
            return True
    return False
"""


def complete_classes(tree: ast.Module) -> None:
    """Complete such classes, in place."""
    imports = imported_names(tree)
    _plain_bases(tree)
    write_out_derived(tree)
    _typed_dicts(tree, imports)
    _hoist_classes(tree)
    write_out_shown_lines(tree, imports)
    _mix_in(tree, imports)
    write_out_lines(tree, imports)
    write_out_handed_up(tree)
    write_out_cached(tree, imports)
    write_out_hooks(tree)
    name_own_classes(tree)
    write_out_abstract(tree, imports)
    write_out_slices(tree)
    nodes = list(walk(tree))
    deletes = any(isinstance(each, ast.Delete) and isinstance(each.targets[0], ast.Attribute) for each in nodes)
    for node in [each for each in nodes if isinstance(each, ast.ClassDef)]:
        _single_attributes(node)
        _NotImplementedReturns(node).run()
        _write_out_names(node)
        if not deletes:
            # Nothing is ever deleted by it.
            node.body = [
                each
                for each in node.body
                if not isinstance(each, ast.FunctionDef)
                or not any(isinstance(one, ast.Attribute) and one.attr == "deleter" for one in each.decorator_list)
            ]
    _add_iteration([each for each in nodes if isinstance(each, ast.ClassDef)])
    if any(isinstance(each, ast.Call) and _last_name(each.func) == "next" and len(each.args) == 2 for each in nodes):
        _add_default_of_next([each for each in nodes if isinstance(each, ast.ClassDef)])
    if any(isinstance(each, ast.In | ast.NotIn) for each in nodes):
        _add_containment([each for each in nodes if isinstance(each, ast.ClassDef)])
    for node in [each for each in tree.body if isinstance(each, ast.ClassDef)]:
        bases = [qualified_name(each, imports) for each in node.bases]
        if any(each in _ENUMS for each in bases):
            _number(node, imports, "enum.StrEnum" in bases)
            _values_as_properties(node)
            _name_class(node)
        elif len(bases) == 1 and bases[0] in _FLAGS:
            _flag(tree, node, imports)
        kept = [each for each in node.decorator_list if qualified_name(each, imports) != "enum.unique"]
        ordered = [each for each in kept if qualified_name(each, imports) == "functools.total_ordering"]
        if ordered and _order(node):
            kept = [each for each in kept if each not in ordered]
        node.decorator_list = kept


def _plain_bases(tree: ast.Module) -> None:
    """`class Users(Store[str, User])` and `Stack[int]()` name the class itself: what stands in brackets is for readers."""
    classes = [each for each in walk(tree) if isinstance(each, ast.ClassDef)]
    generic: set[str] = set()
    for node in classes:
        for index, base in enumerate(node.bases):
            if isinstance(base, ast.Subscript):
                node.bases[index] = base.value
                generic.add(node.name)
        if getattr(node, "type_params", None):
            generic.add(node.name)
    generic |= {each.name for each in classes for base in each.bases if isinstance(base, ast.Name) and base.id in generic}
    if generic:
        for each in walk(tree):
            match each:
                case ast.Call(func=ast.Subscript(value=ast.Name(id=name) as cls)) if name in generic:
                    each.func = cls


def _single_attributes(node: ast.ClassDef) -> None:
    """`LOW, HIGH = range(2)` and `A = B = 0` in a class body, as one assignment for each name."""
    body: list[ast.stmt] = []
    for each in node.body:
        match each:
            case ast.Assign(targets=[ast.Tuple(elts=names) | ast.List(elts=names)], value=value) if all(
                isinstance(name, ast.Name) for name in names
            ):
                values = _values_of(value, len(names))
                if values is None:
                    body.append(each)
                    continue
                body += [located(ast.Assign([name], one), each) for name, one in zip(names, values, strict=True)]
            case ast.Assign(targets=[_, _, *_], value=ast.Constant() as value) if all(
                isinstance(name, ast.Name) for name in each.targets
            ):
                body += [located(ast.Assign([name], copy.deepcopy(value)), each) for name in each.targets]
            case _:
                body.append(each)
    node.body = body


def _values_of(node: ast.expr, count: int) -> list[ast.expr] | None:
    """The values that an expression gives to so many names, where its text tells them."""
    match node:
        case ast.Tuple(elts=values) | ast.List(elts=values) if not any(isinstance(each, ast.Starred) for each in values):
            return values if len(values) == count else None
        case ast.Call(func=ast.Name(id="range"), args=bounds, keywords=[]) if 0 < len(bounds) < 4:
            numbers = [each.value for each in bounds if isinstance(each, ast.Constant) and type(each.value) is int]
            if len(numbers) == len(bounds) and numbers[2:] != [0] and len(range(*numbers)) == count:
                return [ast.Constant(each) for each in range(*numbers)]
        case ast.Constant(value=str(text)) if len(text) == count:
            return [ast.Constant(each) for each in text]
    return None


def _write_out_names(node: ast.ClassDef) -> None:
    """`__rmul__ = __mul__`: a second name of a method, as a method that has the same body."""
    methods = {each.name: each for each in node.body if isinstance(each, ast.FunctionDef)}
    plain = {name for name, each in methods.items() if not each.decorator_list}
    body: list[ast.stmt] = []
    for each in node.body:
        match each:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name(id=other)) if other in plain and name not in methods:
                made = copy.deepcopy(methods[other])
                made.name = name
                body.append(made)
            case _:
                body.append(each)
    node.body = body


ONLY_IF_CALLED = "only_if_called"
"""Marks a method that the user did not write: it is of no interest where nobody calls it."""

_ITERATED = ("object", "ABC", "Generic", "Iterable", "Iterator", "Collection", "Reversible", "Sized", "Protocol")
"""Bases that leave `in` to the iteration."""


def _last_name(node: ast.expr) -> str:
    """`Generic` of `typing.Generic[T]`."""
    head = node.value if isinstance(node, ast.Subscript) else node
    return head.attr if isinstance(head, ast.Attribute) else getattr(head, "id", "")


def _add_iteration(classes: list[ast.ClassDef]) -> None:
    """Objects with `__getitem__` and without `__iter__` give their items by number, up to the IndexError."""
    defines = {each.name: {one.name for one in each.body if isinstance(one, ast.FunctionDef)} for each in classes}
    for node in classes:
        bases = [_last_name(each) for each in node.bases]
        if (
            "__getitem__" not in defines[node.name]
            or "__iter__" in defines[node.name]
            or not all(each in _PLAIN for each in bases)
        ):
            continue
        _add_methods(node, [_ITERATE])
        if "__len__" in defines[node.name] and "__reversed__" not in defines[node.name]:
            _add_methods(node, [_REVERSED])


def _add_methods(node: ast.ClassDef, texts: list[str]) -> None:
    """Give a class methods that are of no interest where nobody calls them."""
    for text in texts:
        method = placed(ast.parse(text).body[0], node)
        setattr(method, ONLY_IF_CALLED, True)
        node.body.append(method)


def _add_default_of_next(classes: list[ast.ClassDef]) -> None:
    """`next(items, default)` of an object that gives its items itself."""
    for node in classes:
        if any(isinstance(each, ast.FunctionDef) and each.name == "__next__" for each in node.body):
            _add_methods(node, [_NEXT_OR])


def _add_containment(classes: list[ast.ClassDef]) -> None:
    """`x in object` asks what the object's iteration gives, where no `__contains__` is defined."""
    defines = {each.name: {one.name for one in each.body if isinstance(one, ast.FunctionDef)} for each in classes}
    for node in classes:
        bases = [_last_name(each) for each in node.bases]
        inherited = set().union(*(defines.get(each, set()) for each in bases))
        known = all(each in defines or each in _ITERATED for each in bases)
        if "__iter__" in defines[node.name] and known and "__contains__" not in defines[node.name] | inherited:
            method = ast.parse(_CONTAINS).body[0]
            for each in walk(method):
                if hasattr(each, "lineno"):
                    ast.copy_location(each, node)
            node.body.append(method)


def _name_class(node: ast.ClassDef) -> None:
    """`cls` in the class methods of an enum means the enum: nothing derives from one that has members."""
    for method in node.body:
        marks = [each.id for each in getattr(method, "decorator_list", []) if isinstance(each, ast.Name)]
        if isinstance(method, ast.FunctionDef) and "classmethod" in marks and method.args.args:
            name = method.args.args[0].arg
            names = [each for each in walk(method) if isinstance(each, ast.Name) and each.id == name]
            if all(isinstance(each.ctx, ast.Load) for each in names):
                for each in names:
                    each.id = node.name


def _typed_dicts(tree: ast.Module, imports: dict[str, str]) -> None:
    """A TypedDict only says what is in a dict: calls of it are dict displays, and the class goes."""
    found: dict[str, ast.ClassDef] = {}
    for each in tree.body:
        if isinstance(each, ast.ClassDef) and each.bases and not each.decorator_list:
            names = [each.id if isinstance(each, ast.Name) else "" for each in each.bases]
            plain = all(
                qualified_name(base, imports) in ("typing.TypedDict", "typing_extensions.TypedDict") or name in found
                for base, name in zip(each.bases, names, strict=True)
            )
            if plain and all(isinstance(x, ast.AnnAssign | ast.Pass | ast.Expr) for x in each.body):
                found[each.name] = each
    if found:
        tree.body = [each for each in tree.body if each not in found.values()] or [ast.Pass(lineno=1, col_offset=0)]
        _TypedDictCalls(set(found)).visit(tree)


def _mix_in(tree: ast.Module, imports: dict[str, str]) -> None:
    """A class that is only mixed into others gives them its methods, and is no base class any more.

    Only where Python would find the same method: the class has no `__init__`, no base of its own, no `super()`, and nobody makes an object of it or
    asks for it by name.
    """
    classes = {each.name: each for each in tree.body if isinstance(each, ast.ClassDef)}
    several = [each for each in classes.values() if sum(isinstance(b, ast.Name) and b.id in classes for b in each.bases) > 1]
    if not several:
        return
    in_bases = {id(base) for each in classes.values() for base in each.bases}
    named = {x.id for x in walk(tree) if isinstance(x, ast.Name) and id(x) not in in_bases}

    def is_mixin(node: ast.ClassDef) -> bool:
        plain = all(qualified_name(base, imports) in ("abc.ABC", "typing.Protocol") for base in node.bases)
        return (
            plain
            and node.name not in named
            and not node.decorator_list
            and all(isinstance(x, ast.FunctionDef | ast.Pass | ast.Expr | ast.Assign) for x in node.body)
            and not any(isinstance(x, ast.FunctionDef) and x.name == "__init__" for x in node.body)
            and not any(isinstance(x, ast.Name) and x.id == "super" for x in walk(node))
        )

    def names_of(node: ast.ClassDef) -> set[str]:
        found = {name for name, _ in _members(node)} | {x.name for x in node.body if isinstance(x, ast.FunctionDef)}
        for base in node.bases:
            if isinstance(base, ast.Name) and base.id in classes:
                found |= names_of(classes[base.id])
        return found

    used: set[str] = set()
    for node in several:
        own = [base for base in node.bases if isinstance(base, ast.Name) and base.id in classes]
        mixins = [base for base in own if is_mixin(classes[base.id])]
        if len(own) - len(mixins) > 1:
            continue
        defined = {name for name, _ in _members(node)} | {x.name for x in node.body if isinstance(x, ast.FunctionDef)}
        for base in own:
            if base not in mixins:
                defined |= names_of(classes[base.id])
                continue
            for each in classes[base.id].body:
                name = each.name if isinstance(each, ast.FunctionDef) else ""
                if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name):
                    name = each.targets[0].id
                if name and name not in defined:
                    defined.add(name)
                    node.body.append(copy.deepcopy(each))
            used.add(base.id)
        node.bases = [base for base in node.bases if base not in mixins]
    left = {b.id for each in classes.values() for b in each.bases if isinstance(b, ast.Name)}
    tree.body = [each for each in tree.body if not (isinstance(each, ast.ClassDef) and each.name in used - left)]


def _hoist_classes(tree: ast.Module) -> None:
    """A class in the body of another moves out before it; `self.Node`, `cls.Node` and `List.Node` are its name then."""
    top = {each.name for each in tree.body if isinstance(each, ast.ClassDef | ast.FunctionDef)}
    top |= {each.id for each in walk(tree) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    out: list[ast.stmt] = []
    for outer in tree.body:
        if isinstance(outer, ast.ClassDef):
            inner = [each for each in outer.body if isinstance(each, ast.ClassDef)]
            for each in inner:
                name = each.name
                if name in top:
                    continue
                top.add(name)
                outer.body.remove(each)
                out.append(each)
                _InnerClass(outer.name, name).visit(tree)
            outer.body = outer.body or [located(ast.Pass(), outer)]
        out.append(outer)
    tree.body = out


class _InnerClass(Transformer):
    def __init__(self, outer: str, name: str) -> None:
        self.outer = outer
        self.name = name

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        if node.attr == self.name and isinstance(node.value, ast.Name) and node.value.id in (self.outer, "self", "cls"):
            return located(ast.Name(self.name, node.ctx), node)
        return self.generic_visit(node)


class _TypedDictCalls(Transformer):
    def __init__(self, names: set[str]) -> None:
        self.names = names

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in self.names and not node.args:
            keys = [None if each.arg is None else ast.Constant(each.arg) for each in node.keywords]
            return located(ast.Dict(list(keys), [each.value for each in node.keywords]), node)
        return node


SIGNS = {
    "add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%", "pow": "** or pow()", "matmul": "@",
    "and": "&", "or": "|", "xor": "^", "lshift": "<<", "rshift": ">>",
}  # fmt: skip
"""How Python's TypeErrors name an operator."""


class _NotImplementedReturns(Transformer):
    """`return NotImplemented` of an operator: Python then finds that nobody can do it, and raises, or says "not equal"."""

    _COMPARISONS = {"lt": "<", "le": "<=", "gt": ">", "ge": ">="}

    def __init__(self, cls: ast.ClassDef) -> None:
        self.cls = cls
        self.method: ast.FunctionDef | None = None

    def run(self) -> None:
        """Rewrite the operators of the class."""
        for each in self.cls.body:
            if isinstance(each, ast.FunctionDef) and each.name.startswith("__") and len(each.args.args) == 2:
                self.method = each
                self.visit(each)

    def visit_Return(self, node: ast.Return) -> ast.AST:
        if self.method is None:
            return node
        if isinstance(node.value, ast.IfExp) and any(map(_is_not_implemented, (node.value.body, node.value.orelse))):
            branches: list[ast.stmt] = [located(ast.Return(each), node) for each in (node.value.body, node.value.orelse)]
            return self.generic_visit(located(ast.If(node.value.test, branches[:1], branches[1:]), node))
        if not _is_not_implemented(node.value):
            return node
        name = self.method.name.strip("_")
        if name in ("eq", "ne"):
            return located(ast.Return(ast.Constant(name == "ne")), node)
        other = f"{{type({self.method.args.args[1].arg}).__name__}}"
        mine = f"{{type({self.method.args.args[0].arg}).__name__}}"
        if name in self._COMPARISONS:
            text = f"'{self._COMPARISONS[name]}' not supported between instances of '{mine}' and '{other}'"
        elif name in SIGNS:
            text = f"unsupported operand type(s) for {SIGNS[name]}: '{mine}' and '{other}'"
        elif name[:1] == "r" and name[1:] in SIGNS:
            text = f"unsupported operand type(s) for {SIGNS[name[1:]]}: '{other}' and '{mine}'"
        elif name[:1] == "i" and name[1:] in SIGNS:
            text = f"unsupported operand type(s) for {SIGNS[name[1:]]}=: '{mine}' and '{other}'"
        else:
            return node
        return _parsed(f'raise TypeError(f"{text}")', node)


def _is_not_implemented(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Name) and node.id == "NotImplemented"


def _members(node: ast.ClassDef) -> list[tuple[str, ast.Assign]]:
    return [
        (each.targets[0].id, each)
        for each in node.body
        if isinstance(each, ast.Assign) and len(each.targets) == 1 and isinstance(each.targets[0], ast.Name)
    ]


def _is_auto(node: ast.expr, imports: dict[str, str]) -> bool:
    return isinstance(node, ast.Call) and not node.args and qualified_name(node.func, imports) == "enum.auto"


def _number(node: ast.ClassDef, imports: dict[str, str], texts: bool) -> None:
    """`auto()`: one more than the highest value so far; of a StrEnum the name in lower case."""
    highest = 0
    for name, each in _members(node):
        if _is_auto(each.value, imports):
            each.value = located(ast.Constant(name.lower() if texts else highest + 1), each)
        if isinstance(each.value, ast.Constant) and isinstance(each.value.value, int):
            highest = max(highest, each.value.value)


def _values_as_properties(node: ast.ClassDef) -> None:
    """An enum's `__init__` that names the parts of the value: each name is a property that reads its part."""
    init = next((each for each in node.body if isinstance(each, ast.FunctionDef) and each.name == "__init__"), None)
    if init is None or init.args.vararg or init.args.kwarg or init.args.kwonlyargs or init.args.defaults:
        return
    receiver, *names = [each.arg for each in init.args.args]
    made: list[ast.stmt] = []
    for each in init.body:
        match each:
            case ast.Assign(targets=[ast.Attribute(value=ast.Name(id=owner), attr=field)], value=ast.Name(id=name)) if (
                owner == receiver and name in names
            ):
                part = f"self.value[{names.index(name)}]" if len(names) > 1 else "self.value"
                text = f"@property\ndef {field}(self):\n    return {part}"
                made.append(_parsed(text, each))
            case ast.Expr(value=ast.Constant()):
                pass
            case _:
                return
    if all(isinstance(each.value, ast.Tuple) for _, each in _members(node)) or len(names) == 1:
        node.body = [each for each in node.body if each is not init] + made


def _parsed(text: str, place: ast.AST) -> ast.stmt:
    """One statement of our own, at the place of another."""
    return placed(ast.parse(text).body[0], place)


def _order(node: ast.ClassDef) -> bool:
    """Whether the comparisons that a class lacks could be added from the one that it defines."""
    defined = {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
    source = next((each for each in ("__lt__", "__le__", "__gt__", "__ge__") if each in defined), None)
    if source is None:
        return False
    for name, body in _ORDER[source].items():
        if name not in defined:
            node.body.append(_parsed(f"def {name}(self, other):\n    return {body}", node))
    return True


# -- flags


def _flag(tree: ast.Module, node: ast.ClassDef, imports: dict[str, str]) -> None:
    """A flag class as an ordinary class around its bits."""
    values: dict[str, int] = {}
    bit = 1
    for name, each in _members(node):
        if _is_auto(each.value, imports):
            values[name] = bit
        else:
            found = _bits(each.value, values)
            if found is None:
                return
            values[name] = found
        bit = 1 << max(values[name].bit_length(), 0)
    methods = [each for each in node.body if isinstance(each, ast.FunctionDef)]
    if any(each.name.startswith("__") for each in methods) or not values or any(each < 0 for each in values.values()):
        return
    name = node.name
    single = [(label, value) for label, value in values.items() if value and value & (value - 1) == 0]
    everything = 0
    for _, value in single:
        everything |= value
    names = ", ".join(f"({value}, {label!r})" for label, value in single)
    exact = "".join(
        f"        if self.value == {value}:\n            return {label!r}\n" for label, value in values.items() if value
    )
    integer = qualified_name(node.bases[0], imports) == "enum.IntFlag"
    shown = "str(self.value)" if integer else f'f"{name}.{{self.name}}" if self.value else "{name}(0)"'
    text = f"""class {name}:
    def __init__(self, value):
        self.value = value
    @property
    def name(self):
{exact}        return "|".join([label for bit, label in [{names}] if self.value & bit])
    def __or__(self, other):
        return {name}(self.value | other.value)
    def __and__(self, other):
        return {name}(self.value & other.value)
    def __xor__(self, other):
        return {name}(self.value ^ other.value)
    def __invert__(self):
        return {name}({everything} & ~self.value)
    def __contains__(self, other):
        return other.value & self.value == other.value
    def __bool__(self):
        return self.value != 0
    def __eq__(self, other):
        return self.value == {"int(other)" if integer else "other.value"}
    def __hash__(self):
        return hash(self.value)
    def __len__(self):
        return bin(self.value).count("1")
    def __iter__(self):
        return iter([{name}(bit) for bit, _ in [{names}] if self.value & bit])
    def __str__(self):
        return {shown}
    def __repr__(self):
        return f"<{name}.{{self.name}}: {{self.value}}>" if self.value else "<{name}: 0>"
"""
    if integer:
        text += "    def __int__(self):\n        return self.value\n    def __index__(self):\n        return self.value\n"
    made = _parsed(text, node)
    assert isinstance(made, ast.ClassDef)
    doc = [each for each in node.body[:1] if isinstance(each, ast.Expr)]
    made.body = [*doc, *made.body, *methods]
    tree.body[tree.body.index(node)] = made
    uses = _FlagUses(name, values)
    for index, statement in enumerate(tree.body):
        if statement is not made:
            tree.body[index] = uses.visit(statement)
    for method in methods:
        uses.visit(method)


def _bits(node: ast.expr, values: dict[str, int]) -> int | None:
    match node:
        case ast.Constant(value=int() as value) if not isinstance(value, bool):
            return value
        case ast.Name(id=name):
            return values.get(name)
        case ast.BinOp(left=left, op=op, right=right):
            one, other = _bits(left, values), _bits(right, values)
            if one is None or other is None:
                return None
            match op:
                case ast.BitOr():
                    return one | other
                case ast.BitAnd():
                    return one & other
                case ast.LShift():
                    return one << other
    return None


class _FlagUses(Transformer):
    """`Permission.READ` makes an object; `for p in Permission` goes over the single bits."""

    def __init__(self, name: str, values: dict[str, int]) -> None:
        self.name = name
        self.values = values

    def _object(self, value: int) -> ast.expr:
        return ast.Call(ast.Name(self.name, ast.Load()), [ast.Constant(value)], [])

    def _all(self, node: ast.expr) -> ast.expr:
        if not (isinstance(node, ast.Name) and node.id == self.name):
            return node
        single: list[ast.expr] = [self._object(each) for each in self.values.values() if each and each & (each - 1) == 0]
        return located(ast.List(single, ast.Load()), node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        if isinstance(node.value, ast.Name) and node.value.id == self.name and node.attr in self.values:
            return located(self._object(self.values[node.attr]), node)
        return self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        match node:
            case ast.Subscript(value=ast.Name(id=owner), slice=ast.Constant(value=str() as label)) if (
                owner == self.name and label in self.values
            ):
                return located(self._object(self.values[label]), node)
        return self.generic_visit(node)

    def visit_For(self, node: ast.For) -> ast.AST:
        node.iter = self._all(node.iter)
        return self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        node.iter = self._all(node.iter)
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if isinstance(node.func, ast.Name) and node.func.id in ("list", "len", "sorted", "tuple", "iter"):
            node.args = [self._all(each) for each in node.args]
        return self.generic_visit(node)
