"""Statements that mean the same as simpler ones, rewritten before anything is analysed: `match`, and `namedtuple(…)`."""

from __future__ import annotations

import ast
import copy
import itertools
from collections import Counter
from collections.abc import Callable

from batuta.analysis.array_forms import write_out_forms
from batuta.analysis.attributes_by_name import write_out_named_attributes
from batuta.analysis.called_until import write_out_iterators
from batuta.analysis.chosen_functions import write_out_choices
from batuta.analysis.class_decorators import write_out_class_decorators
from batuta.analysis.class_forms import complete_classes
from batuta.analysis.command_lines import write_out_parsers
from batuta.analysis.context_managers import write_out_managers
from batuta.analysis.coroutines import write_out_coroutines
from batuta.analysis.decorators import write_out_decorators
from batuta.analysis.defaults import name_defaults
from batuta.analysis.desugar import brace_places, mark_first_calls, percent_places
from batuta.analysis.docstrings import write_out_docstrings
from batuta.analysis.dtype_values import write_out_dtypes
from batuta.analysis.enum_members import write_out_members
from batuta.analysis.estimator_checks import write_out_checks
from batuta.analysis.estimator_classes import complete_estimators
from batuta.analysis.estimator_settings import write_out_settings_of_estimators
from batuta.analysis.exception_contexts import write_out_contexts
from batuta.analysis.exit_stacks import write_out_stacks
from batuta.analysis.field_names import write_out_fields
from batuta.analysis.forwarded_keywords import write_out_keywords
from batuta.analysis.forwarded_positions import write_out_positions
from batuta.analysis.init_variables import write_out_parameters
from batuta.analysis.json_encoders import write_out_encoders
from batuta.analysis.kept_views import write_out_views
from batuta.analysis.large_numbers import write_out_large_texts
from batuta.analysis.library_settings import write_out_settings, write_out_template_values
from batuta.analysis.listed_estimators import write_out_listed
from batuta.analysis.managers_as_decorators import write_out_decorating_managers
from batuta.analysis.named_tuples import write_out_named_tuples
from batuta.analysis.namespaces import write_out_namespaces
from batuta.analysis.narrowing import SEQUENCE
from batuta.analysis.out_arguments import write_out_results
from batuta.analysis.partial_methods import write_out_partial_methods
from batuta.analysis.partitions import write_out_partitions
from batuta.analysis.plain_objects import write_out_objects
from batuta.analysis.print_formatters import write_out_formatters
from batuta.analysis.recursion_depth import write_out_recursion
from batuta.analysis.registering_methods import write_out_registering
from batuta.analysis.single_dispatch import write_out_dispatch
from batuta.analysis.stacked_parts import write_out_joined
from batuta.analysis.star_imports import write_out_stars
from batuta.analysis.starred_arguments import write_out_starred
from batuta.analysis.struct_formats import write_out_formats
from batuta.analysis.threads import write_out_threads
from batuta.analysis.tracebacks import write_out_tracebacks
from batuta.analysis.type_aliases import write_out_aliases
from batuta.analysis.vectorized import write_out_vectorized
from batuta.analysis.written_caches import write_out_caches
from batuta.analysis.written_options import write_out_options
from batuta.analysis.written_tables import write_out_tables
from batuta.catalog.entry import EXACTLY
from batuta.ir.names import own_name
from batuta.python.new_nodes import located
from batuta.python.walk import Transformer, place_new_nodes, walk

BUILTIN_CLASSES = ("int", "float", "str", "bool", "list", "dict", "set", "tuple", "bytes", "frozenset")


def _as_type(node: ast.expr) -> ast.expr:
    """`x.__class__` as `type(x)`."""
    match node:
        case ast.Attribute(value=value, attr="__class__"):
            return located(ast.Call(ast.Name("type", ast.Load()), [value], []), node)
    return node


def rewrite(tree: ast.Module, program: str = "program.py") -> None:
    """Rewrite a program in place. `program` is the name of its file."""
    write_out_stars(tree)
    write_out_joined(tree)
    write_out_coroutines(tree)
    write_out_formatters(tree)
    write_out_partitions(tree)
    write_out_dtypes(tree)
    write_out_threads(tree)
    write_out_tracebacks(tree)
    write_out_decorating_managers(tree)
    write_out_parameters(tree)
    write_out_partial_methods(tree)
    write_out_iterators(tree)
    _name_positions(tree)
    write_out_named_tuples(tree)
    write_out_aliases(tree)
    write_out_docstrings(tree)
    write_out_recursion(tree)
    write_out_contexts(tree)
    write_out_class_decorators(tree)
    write_out_dispatch(tree)
    write_out_namespaces(tree)
    write_out_objects(tree)
    write_out_parsers(tree, program)
    write_out_caches(tree)
    write_out_members(tree)
    write_out_template_values(tree)
    write_out_settings(tree)
    complete_classes(tree)
    write_out_tables(tree)
    write_out_options(tree)
    write_out_listed(tree)
    write_out_choices(tree)
    write_out_registering(tree)
    write_out_keywords(tree)
    write_out_positions(tree)
    write_out_checks(tree)
    complete_estimators(tree)
    name_defaults(tree)
    write_out_stacks(tree)
    write_out_encoders(tree)
    write_out_formats(tree)
    write_out_fields(tree)
    write_out_managers(tree)
    write_out_results(tree)
    write_out_forms(tree)
    write_out_views(tree)
    write_out_vectorized(tree)
    write_out_decorators(tree)
    write_out_named_attributes(tree)
    write_out_starred(tree)
    write_out_settings_of_estimators(tree)
    write_out_large_texts(tree)
    mark_first_calls(tree)
    _Rewriter().visit(tree)
    place_new_nodes(tree)


def rewrite_file(tree: ast.Module) -> None:
    """Rewrite one of several files in place: the forms that stand in one file, while its names are still as it has them.

    Decorators and context managers may come from another file; they are left to `rewrite`, once the files are one program.
    """
    write_out_stars(tree)
    write_out_joined(tree)
    write_out_coroutines(tree)
    write_out_threads(tree)
    _name_positions(tree)
    write_out_named_tuples(tree)
    complete_classes(tree)
    _Rewriter().visit(tree)
    place_new_nodes(tree)


_NAMED = ("named_steps", "named_transformers_", "named_estimators_", "named_estimators")
"""Attributes of estimators whose own attributes are the estimators inside."""


def _name_positions(tree: ast.Module) -> None:
    """Parameters before a `/` become plain ones: no call that Python accepts names them."""
    for node in walk(tree):
        if isinstance(node, ast.FunctionDef | ast.Lambda) and node.args.posonlyargs:
            known = [*node.args.args, *node.args.kwonlyargs]
            if node.args.kwarg is None or not {each.arg for each in node.args.posonlyargs} & {each.arg for each in known}:
                node.args.args = [*node.args.posonlyargs, *node.args.args]
                node.args.posonlyargs = []


_ASKING = ("get", "setdefault", "index", "find", "lower", "upper", "strip", "items", "keys", "values", "total_seconds", "group")
"""Methods that give the same when they are called again."""


def _acts(node: ast.expr) -> bool:
    """Whether evaluating an expression twice may not be the same as once."""
    for each in walk(node):
        if isinstance(each, ast.NamedExpr | ast.Await | ast.Yield):
            return True
        if isinstance(each, ast.Call):
            if isinstance(each.func, ast.Attribute) and each.func.attr in _ASKING:
                continue
            if isinstance(each.func, ast.Name) and each.func.id in (
                "len",
                "int",
                "str",
                "abs",
                "min",
                "max",
                "round",
                "ord",
                "tuple",
            ):
                continue
            return True
    return False


_SPECIAL: dict[str, Callable[[ast.expr, ast.expr], ast.expr]] = {
    "__getitem__": lambda owner, item: ast.Subscript(owner, item, ast.Load()),
    "__contains__": lambda owner, item: ast.Compare(item, [ast.In()], [owner]),
    "__eq__": lambda owner, item: ast.Compare(owner, [ast.Eq()], [item]),
    "__ne__": lambda owner, item: ast.Compare(owner, [ast.NotEq()], [item]),
}
"""Special methods that a program calls by name, as the expressions that call them."""


class _Rewriter(Transformer):
    def __init__(self) -> None:
        self.count = 0
        self.bound: set[str] = set()
        """The names that the program binds anywhere."""
        self.classes: set[str] = set()
        """Its classes at the top level whose names mean nothing else anywhere."""
        self.functions: set[str] = set()
        """The names of its functions and methods."""
        self.class_names: set[str] = set()
        """The names of all its classes."""
        self.positions: dict[str, list[str]] = {}
        """The attributes that the positional patterns of a class look at."""

    def visit_Module(self, node: ast.Module) -> ast.AST:
        defined = [each for each in walk(node) if isinstance(each, ast.ClassDef)]
        for each in walk(node):
            if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
                self.bound.add(each.id)
            elif isinstance(each, ast.arg):
                self.bound.add(each.arg)
            elif isinstance(each, ast.FunctionDef):
                self.bound.add(each.name)
                self.functions.add(each.name)
            elif isinstance(each, ast.alias):
                self.bound.add(each.asname or each.name)
        times = Counter(own_name(each.name) for each in defined)
        top = {each.name for each in node.body if isinstance(each, ast.ClassDef) and times[own_name(each.name)] == 1}
        self.classes = top - self.bound
        self.positions = _matched_positions(defined)
        self.class_names = {each.name for each in defined}
        self.bound |= self.class_names
        return self.generic_visit(node)

    def visit_If(self, node: ast.If) -> ast.AST:
        """`if not isinstance(x, C): x = made` as a choice between two values: from then on the name has the type of what was made."""
        self.generic_visit(node)
        asked = node.test.operand if isinstance(node.test, ast.UnaryOp) and isinstance(node.test.op, ast.Not) else node.test
        match asked, node:
            case (
                ast.Call(func=ast.Name("isinstance"), args=[ast.Name(subject), _]),
                ast.If(body=[ast.Assign(targets=[ast.Name(name)], value=made)], orelse=[]),
            ) if subject == name:
                choice = ast.IfExp(node.test, made, ast.Name(name, ast.Load()))
                return located(ast.Assign([ast.Name(name, ast.Store())], choice), node)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        names = [each.arg for each in node.args.args]
        if node.name == "__exit__" and len(names) == 4:
            _ExitClass(names[1], names[2]).visit(node)
        return self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST | list[ast.stmt]:
        """`counts[read()] += 1` reads and stores at one place: what is called to find the place is called once."""
        self.generic_visit(node)
        statements: list[ast.stmt] = []
        target = node.target

        def once(part: ast.expr, name: str) -> ast.expr:
            label = name
            while label in self.bound:
                self.count += 1
                label = f"{name}_{self.count}"
            self.bound.add(label)
            statements.append(located(ast.Assign([ast.Name(label, ast.Store())], part), part))
            return located(ast.Name(label, ast.Load()), part)

        if isinstance(target, ast.Subscript | ast.Attribute) and _acts(target.value):
            target.value = once(target.value, "holder")
        if isinstance(target, ast.Subscript):
            if isinstance(target.slice, ast.Tuple):
                target.slice.elts = [once(each, "place") if _acts(each) else each for each in target.slice.elts]
            elif not isinstance(target.slice, ast.Slice) and _acts(target.slice):
                target.slice = once(target.slice, "place")
        return [*statements, node] if statements else node

    def visit_Assign(self, node: ast.Assign) -> ast.AST | list[ast.stmt]:
        """`read = iter(words).__next__` holds the iterator, and each call asks it for its next item."""
        self.generic_visit(node)
        match node:
            case ast.Assign(targets=[ast.Name()], value=ast.Attribute(value=owner, attr="__next__")) if not (
                self._names_class(owner) or "next" in self.bound
            ):
                label = "items"
                while label in self.bound:
                    self.count += 1
                    label = f"items_{self.count}"
                self.bound.add(label)
                held = located(ast.Assign([ast.Name(label, ast.Store())], owner), node)
                asked = ast.Call(ast.Name("next", ast.Load()), [ast.Name(label, ast.Load())], [])
                node.value = located(ast.Lambda(ast.arguments([], [], None, [], [], None, []), asked), node)
                return [held, node]
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        """`setattr(item, "name", value)` sets an attribute that the text names."""
        self.generic_visit(node)
        match node.value:
            case ast.Call(func=ast.Name(id="setattr"), args=[owner, ast.Constant(value=str(name)), value], keywords=[]) if (
                "setattr" not in self.bound and name.isidentifier()
            ):
                return located(ast.Assign([ast.Attribute(owner, name, ast.Store())], value), node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """`print(a, *rest)` prints one text that is joined before; `"{} {}".format(*pair)` shows the items of the pair."""
        self.generic_visit(node)
        special = self._special_call(node)
        if special is not None:
            return special
        match node:
            case ast.Call(func=ast.Name(id="getattr"), args=[owner, ast.Constant(value=str(name))], keywords=[]) if (
                "getattr" not in self.bound and name.isidentifier()
            ):
                # The text names the attribute.
                return located(ast.Attribute(owner, name, ast.Load()), node)
            case ast.Call(func=ast.Name(id="dict"), args=[], keywords=[_, *_] as named) if "dict" not in self.bound and all(
                each.arg for each in named
            ):
                # The keywords are the keys of a display.
                keys: list[ast.expr | None] = [located(ast.Constant(each.arg), each) for each in named]
                return located(ast.Dict(keys, [each.value for each in named]), node)
            case ast.Call(
                func=ast.Attribute(value=ast.Constant(value=str(template)), attr="format"),
                args=[*first, ast.Starred(value=rest)],
            ) if not any(isinstance(each, ast.Starred) for each in first) and brace_places(template) > len(first):
                node.args = [*first, *self._items(rest, brace_places(template) - len(first), False)]
                return node
            case ast.Call(func=ast.Attribute(value=owner, attr="_replace" | "_asdict") as function) if _acts(owner):
                # The object is made once, and each of its fields is read.
                function.value = self._once(owner, "holder")
                return node
            case ast.Call(func=ast.Name(id="replace" | "asdict" | "astuple") as function, args=[owner, *_]) if (
                function.id not in self.functions and _acts(owner)
            ):
                node.args[0] = self._once(owner, "holder")
                return node
        starred = any(isinstance(each, ast.Starred) for each in node.args)
        if not (isinstance(node.func, ast.Name) and node.func.id == "print" and starred and len(node.args) > 1):
            return node
        if self.bound & {"print", "str"}:
            return node
        separator: ast.expr = ast.Constant(" ")
        keywords = []
        for keyword in node.keywords:
            if keyword.arg == "sep":
                separator = (
                    keyword.value
                    if not (isinstance(keyword.value, ast.Constant) and keyword.value.value is None)
                    else separator
                )
            else:
                keywords.append(keyword)
        self.count += 1
        item = f"item_{self.count}"
        texts: list[ast.expr] = []
        for each in node.args:
            shown = ast.Call(
                ast.Name("str", ast.Load()), [ast.Name(item, ast.Load()) if isinstance(each, ast.Starred) else each], []
            )
            if isinstance(each, ast.Starred):
                every = ast.comprehension(ast.Name(item, ast.Store()), each.value, [], 0)
                texts.append(ast.Starred(ast.ListComp(shown, [every]), ast.Load()))
            else:
                texts.append(shown)
        joined = ast.Call(ast.Attribute(separator, "join", ast.Load()), [ast.List(texts, ast.Load())], [])
        return located(ast.Call(node.func, [joined], keywords), node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        """`"%d of %d" % pair` shows the items of the pair: as many as the template has places."""
        self.generic_visit(node)
        if isinstance(node.op, ast.Sub | ast.BitAnd | ast.BitOr | ast.BitXor):
            # `wanted - table.keys()`; on the right of keys may stand whatever can be iterated.
            left, right = self._keys_as_set(node.left), self._keys_as_set(node.right)
            if left is not node.left and right is node.right and not isinstance(right, ast.Set | ast.SetComp):
                right = located(ast.Call(ast.Name("set", ast.Load()), [right], []), right)
            node.left, node.right = left, right
            return node
        if not isinstance(node.op, ast.Mod) or not isinstance(node.left, ast.Constant) or not isinstance(node.left.value, str):
            return node
        places = percent_places(node.left.value)
        match node.right:
            case ast.Tuple(elts=[*first, ast.Starred() as rest]):
                if not any(isinstance(each, ast.Starred) for each in first) and places > len(first):
                    node.right.elts = [*first, *self._items(rest.value, places - len(first), True)]
            case ast.Tuple() | ast.Dict() | ast.Constant():
                pass
            case right if places > 1:
                node.right = located(ast.Tuple(self._items(right, places, True), ast.Load()), right)
        return node

    def _once(self, value: ast.expr, name: str) -> ast.expr:
        """A value under a name of its own, so that it can be read again."""
        self.count += 1
        label = f"{name}_{self.count}"
        while label in self.bound:
            self.count += 1
            label = f"{name}_{self.count}"
        self.bound.add(label)
        return located(ast.NamedExpr(ast.Name(label, ast.Store()), value), value)

    def _items(self, values: ast.expr, count: int, exactly: bool) -> list[ast.expr]:
        """The items of an expression that holds so many of them. It is evaluated once."""
        first: ast.expr = ast.Call(ast.Name(EXACTLY, ast.Load()), [values, ast.Constant(count)], []) if exactly else values
        rest = values
        if _acts(values):
            self.count += 1
            name = f"items_{self.count}"
            while name in self.bound:
                self.count += 1
                name = f"items_{self.count}"
            self.bound.add(name)
            first, rest = ast.NamedExpr(ast.Name(name, ast.Store()), first), ast.Name(name, ast.Load())
        return [
            located(ast.Subscript(first if at == 0 else copy.deepcopy(rest), ast.Constant(at), ast.Load()), values)
            for at in range(count)
        ]

    def visit_keyword(self, node: ast.keyword) -> ast.AST:
        """`key=scores.__getitem__` looks each item up."""
        self.generic_visit(node)
        node.value = self._special_as_lambda(node.value)
        return node

    def _special_as_lambda(self, node: ast.expr) -> ast.expr:
        """A special method of an object that is handed on, as the lambda that does the same."""
        match node:
            case ast.Attribute(value=owner, attr=name) if (
                name in _SPECIAL and not _acts(owner) and not self._names_class(owner)
            ):
                held = ast.Name("item", ast.Load())
                function = ast.arguments([], [ast.arg("item")], None, [], [], None, [])
                return located(ast.Lambda(function, _SPECIAL[name](owner, held)), node)
        return node

    def _names_class(self, node: ast.expr) -> bool:
        """Whether an expression is a class or `super()`, whose special methods take the object too."""
        if isinstance(node, ast.Call):
            return isinstance(node.func, ast.Name) and node.func.id == "super"
        return isinstance(node, ast.Name) and (node.id in self.class_names or node.id in BUILTIN_CLASSES or node.id == "object")

    def _special_call(self, node: ast.Call) -> ast.expr | None:
        """`items.__len__()` is `len(items)`; `filter(known.__contains__, words)` asks whether each is known."""
        match node:
            case ast.Call(func=ast.Attribute(value=owner, attr="__len__"), args=[], keywords=[]) if not self._names_class(
                owner
            ):
                return located(ast.Call(ast.Name("len", ast.Load()), [owner], []), node)
            case ast.Call(func=ast.Attribute(value=owner, attr="__next__"), args=[], keywords=[]) if not (
                self._names_class(owner) or "next" in self.bound
            ):
                return located(ast.Call(ast.Name("next", ast.Load()), [owner], []), node)
            case ast.Call(func=ast.Attribute(value=owner, attr=name), args=[one], keywords=[]) if (
                name in _SPECIAL and not self._names_class(owner) and not isinstance(one, ast.Starred)
            ):
                return located(_SPECIAL[name](owner, one), node)
            case ast.Call(func=ast.Name(id="map" | "filter")) if node.args:
                node.args[0] = self._special_as_lambda(node.args[0])
        return None

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        """`pipe.named_steps.scale` is `pipe.named_steps["scale"]`."""
        self.generic_visit(node)
        match node:
            case ast.Attribute(value=ast.Attribute(attr=held), attr=name) if held in _NAMED and name not in _ASKING:
                return located(ast.Subscript(node.value, ast.Constant(name), ast.Load()), node)
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        """`model.get_params()["C"]` is `model.C`; `pipe.get_params()["svc__C"]` is `pipe.named_steps["svc"].C`."""
        self.generic_visit(node)
        match node:
            case ast.Subscript(
                value=ast.Call(func=ast.Attribute(value=owner, attr="get_params"), args=[], keywords=[]),
                slice=ast.Constant(value=str(name)),
                ctx=ast.Load(),
            ) if all(each.isidentifier() for each in name.split("__")):
                *steps, last = name.split("__")
                for step in steps:
                    owner = ast.Subscript(ast.Attribute(owner, "named_steps", ast.Load()), ast.Constant(step), ast.Load())
                return located(ast.Attribute(owner, last, ast.Load()), node)
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        """`type(x) is int` asks for the name of the class; so does `type(x) in (int, float)`."""
        self.generic_visit(node)
        if len(node.ops) == 1 and not isinstance(node.ops[0], ast.In | ast.NotIn | ast.Is | ast.IsNot):
            equality = isinstance(node.ops[0], ast.Eq | ast.NotEq)
            if equality and self._is_items(node.left) and self._is_items(node.comparators[0]):
                # The same pairs are the same dicts.
                pairs = [
                    located(ast.Call(ast.Name("dict", ast.Load()), [each], []), each)
                    for each in (node.left, node.comparators[0])
                ]
                node.left, node.comparators = pairs[0], [pairs[1]]
            node.left, node.comparators = self._keys_as_set(node.left), [self._keys_as_set(node.comparators[0])]
        node.left, node.comparators = _as_type(node.left), [_as_type(each) for each in node.comparators]
        match node:
            case ast.Compare(left=ast.Call(func=ast.Name("type"), args=[_], keywords=[]), ops=[op], comparators=[right]):
                made: tuple[ast.cmpop, ast.expr] | None = None
                if isinstance(op, ast.Is | ast.IsNot | ast.Eq | ast.NotEq):
                    name = self._class_name(right)
                    made = None if name is None else (ast.Eq() if isinstance(op, ast.Is | ast.Eq) else ast.NotEq(), name)
                elif isinstance(op, ast.In | ast.NotIn) and isinstance(right, ast.Tuple | ast.List | ast.Set):
                    names = [self._class_name(each) for each in right.elts]
                    known = [each for each in names if each is not None]
                    made = (op, ast.Tuple(list(known), ast.Load())) if names and len(known) == len(names) else None
                if made is not None:
                    asked = ast.Attribute(node.left, "__name__", ast.Load())
                    return located(ast.Compare(asked, [made[0]], [made[1]]), node)
        return node

    def _is_items(self, node: ast.expr) -> bool:
        match node:
            case ast.Call(func=ast.Attribute(attr="items"), args=[], keywords=[]):
                return "items" not in self.functions and "dict" not in self.bound
        return False

    def _keys_as_set(self, node: ast.expr) -> ast.expr:
        """The keys of a dict are compared as a set of them."""
        match node:
            case ast.Call(func=ast.Attribute(attr="keys"), args=[], keywords=[]) if (
                "keys" not in self.functions and "set" not in self.bound
            ):
                return located(ast.Call(ast.Name("set", ast.Load()), [node], []), node)
        return node

    def _class_name(self, node: ast.expr) -> ast.expr | None:
        """The name of a builtin class, or of one of the program's, as text, if the program has no variable of that name."""
        if not isinstance(node, ast.Name) or "type" in self.bound:
            return None
        if node.id in self.classes:
            return ast.Constant(own_name(node.id))
        return ast.Constant(node.id) if node.id in BUILTIN_CLASSES and node.id not in self.bound else None

    def visit_Match(self, node: ast.Match) -> ast.AST | list[ast.stmt]:
        self.generic_visit(node)
        self.count += 1
        statements: list[ast.stmt] = []
        subject = node.subject
        if not isinstance(subject, ast.Name):
            name = f"subject_{self.count}"
            statements.append(located(ast.Assign([ast.Name(name, ast.Store())], subject), node))
            subject = located(ast.Name(name, ast.Load()), node.subject)
        branches: list[tuple[ast.expr | None, list[ast.stmt]]] = []
        for case in _single_patterns(node.cases):
            conditions: list[ast.expr] = []
            bindings: list[tuple[str, ast.expr]] = []
            if not _pattern(case.pattern, subject, conditions, bindings, self.positions):
                return node
            # What is matched may be called the same as one of its parts: it is read until all are bound.
            bindings.sort(key=lambda each: each[0] == subject.id)
            if case.guard is not None:
                conditions.append(_Substitute(dict(bindings)).visit(copy.deepcopy(case.guard)))
            body: list[ast.stmt] = [
                located(ast.Assign([ast.Name(name, ast.Store())], copy.deepcopy(value)), case.pattern)
                for name, value in bindings
            ]
            test = None if not conditions else conditions[0] if len(conditions) == 1 else ast.BoolOp(ast.And(), conditions)
            branches.append((located(test, case.pattern) if test is not None else None, [*body, *case.body]))
            if test is None:
                break
        otherwise: list[ast.stmt] = []
        for test, body in reversed(branches):
            otherwise = body if test is None else [located(ast.If(test, body, otherwise), node)]
        return [*statements, *otherwise] or [located(ast.Pass(), node)]


class _ExitClass(Transformer):
    """The first argument of `__exit__` is the class of the exception: what is asked of it is asked of the exception."""

    def __init__(self, kind: str, value: str) -> None:
        self.kind = kind
        self.value = value

    def _is_kind(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Name) and node.id == self.kind

    def _name_of_class(self, node: ast.expr) -> ast.expr:
        kind = ast.Call(ast.Name("type", ast.Load()), [ast.Name(self.value, ast.Load())], [])
        return located(ast.Attribute(kind, "__name__", ast.Load()), node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        match node:
            case ast.Call(func=ast.Name(id="issubclass"), args=[subject, classes]) if self._is_kind(subject):
                return located(
                    ast.Call(ast.Name("isinstance", ast.Load()), [ast.Name(self.value, ast.Load()), classes], []), node
                )
        return self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        return self._name_of_class(node) if node.attr == "__name__" and self._is_kind(node.value) else self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        if not self._is_kind(node.left) or len(node.ops) != 1:
            return self.generic_visit(node)
        other = node.comparators[0]
        if isinstance(other, ast.Constant):
            return node
        name = self._name_of_class(node)
        match node.ops[0], other:
            case (ast.Is() | ast.Eq() | ast.IsNot() | ast.NotEq()) as op, ast.Name(id=text):
                equal: ast.cmpop = ast.Eq() if isinstance(op, ast.Is | ast.Eq) else ast.NotEq()
                return located(ast.Compare(name, [equal], [ast.Constant(text)]), node)
            case (ast.In() | ast.NotIn()) as op, ast.Tuple(elts=elements) if all(isinstance(x, ast.Name) for x in elements):
                texts: list[ast.expr] = [ast.Constant(x.id) for x in elements if isinstance(x, ast.Name)]
                return located(ast.Compare(name, [op], [ast.Tuple(texts, ast.Load())]), node)
        return self.generic_visit(node)

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.AST:
        if self._is_kind(node.value):
            node.value = located(ast.Call(ast.Name("type", ast.Load()), [ast.Name(self.value, ast.Load())], []), node.value)
            return node
        return self.generic_visit(node)


class _Substitute(Transformer):
    def __init__(self, values: dict[str, ast.expr]) -> None:
        self.values = values

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return copy.deepcopy(self.values[node.id]) if node.id in self.values else node


def _is_kind(subject: ast.expr, kind: str) -> ast.expr:
    """Whether a subject is what a pattern asks for before it looks inside."""
    return ast.Call(ast.Name("isinstance", ast.Load()), [copy.deepcopy(subject), ast.Name(kind, ast.Load())], [])


def _matched_positions(classes: list[ast.ClassDef]) -> dict[str, list[str]]:
    """What `__match_args__` of each class is: written out, or the fields of a dataclass or named tuple in order."""
    found: dict[str, list[str]] = {}
    for each in classes:
        positions = [name for base in each.bases if isinstance(base, ast.Name) for name in found.get(base.id, [])]
        names = [ast.unparse(part.func if isinstance(part, ast.Call) else part) for part in [*each.decorator_list, *each.bases]]
        plain = any(name.rpartition(".")[2] in ("dataclass", "NamedTuple") for name in names)
        for statement in each.body:
            match statement:
                case ast.Assign(targets=[ast.Name(id="__match_args__")], value=ast.Tuple(elts=parts)):
                    texts = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
                    positions, plain = texts, False
                case ast.AnnAssign(target=ast.Name(id=name), annotation=hint, value=value) if plain and name not in positions:
                    said = ast.unparse(hint).strip("'\"").rpartition("typing.")[2]
                    text = ast.unparse(value) if isinstance(value, ast.Call) else ""
                    if not said.startswith("ClassVar") and "init=False" not in text and "kw_only=True" not in text:
                        positions.append(name)
        if positions and not any("kw_only=True" in ast.unparse(part) for part in each.decorator_list):
            found[each.name] = positions
    return found


def _rest_of(subject: ast.expr, keys: list[ast.expr]) -> ast.expr:
    """A dict without some of its keys."""
    key, value = ast.Name("other_key", ast.Load()), ast.Name("other_value", ast.Load())
    target = ast.Tuple([ast.Name("other_key", ast.Store()), ast.Name("other_value", ast.Store())], ast.Store())
    pairs = ast.Call(ast.Attribute(copy.deepcopy(subject), "items", ast.Load()), [], [])
    asked = [ast.Compare(copy.deepcopy(key), [ast.NotEq()], [copy.deepcopy(each)]) for each in keys]
    return ast.DictComp(key, value, [ast.comprehension(target, pairs, list(asked), 0)])


_MOST_ALTERNATIVES = 12
"""How many cases one case with alternatives may become: each has the whole body."""


def _single_patterns(cases: list[ast.match_case]) -> list[ast.match_case]:
    """The cases, with one for each alternative where alternatives bind names."""
    found: list[ast.match_case] = []
    for case in cases:
        patterns = _alternatives(case.pattern)
        if len(patterns) == 1 or len(patterns) > _MOST_ALTERNATIVES:
            found.append(case)
            continue
        for each in patterns:
            found.append(ast.match_case(each, copy.deepcopy(case.guard), copy.deepcopy(case.body)))
    return found


def _binds(pattern: ast.pattern) -> bool:
    return any(
        getattr(each, "name", None) is not None or getattr(each, "rest", None) is not None
        for each in walk(pattern)
        if isinstance(each, ast.pattern)
    )


def _alternatives(pattern: ast.pattern) -> list[ast.pattern]:
    """The patterns without alternatives that bind names which together are this one."""
    if not _binds(pattern):
        return [pattern]
    match pattern:
        case ast.MatchOr(patterns=patterns):
            return [one for each in patterns for one in _alternatives(each)]
        case ast.MatchAs(pattern=ast.pattern() as inner, name=name):
            return [ast.copy_location(ast.MatchAs(each, name), pattern) for each in _alternatives(inner)]
        case ast.MatchSequence(patterns=patterns):
            several = itertools.product(*map(_alternatives, patterns))
            return [ast.copy_location(ast.MatchSequence(list(each)), pattern) for each in several]
        case ast.MatchMapping(keys=keys, patterns=patterns, rest=rest):
            several = itertools.product(*map(_alternatives, patterns))
            return [ast.copy_location(ast.MatchMapping(keys, list(each), rest), pattern) for each in several]
        case ast.MatchClass(cls=cls, patterns=positional, kwd_attrs=names, kwd_patterns=patterns):
            several = itertools.product(*map(_alternatives, [*positional, *patterns]))
            count = len(positional)
            return [
                ast.copy_location(ast.MatchClass(cls, list(each[:count]), names, list(each[count:])), pattern)
                for each in several
            ]
    return [pattern]


def _pattern(
    pattern: ast.pattern,
    subject: ast.expr,
    conditions: list[ast.expr],
    bindings: list[tuple[str, ast.expr]],
    positions: dict[str, list[str]],
) -> bool:
    """Add what a pattern asks of a subject, and the names that it binds. False for patterns that have no such form."""
    match pattern:
        case ast.MatchValue(value=value):
            conditions.append(ast.Compare(copy.deepcopy(subject), [ast.Eq()], [value]))
        case ast.MatchSingleton(value=value):
            conditions.append(ast.Compare(copy.deepcopy(subject), [ast.Is()], [ast.Constant(value)]))
        case ast.MatchAs(pattern=inner, name=name):
            if inner is not None and not _pattern(inner, subject, conditions, bindings, positions):
                return False
            if name is not None:
                bindings.append((name, subject))
        case ast.MatchOr(patterns=patterns):
            tests: list[ast.expr] = []
            for each in patterns:
                inner_conditions: list[ast.expr] = []
                inner_bindings: list[tuple[str, ast.expr]] = []
                if not _pattern(each, subject, inner_conditions, inner_bindings, positions) or inner_bindings:
                    return False
                if not inner_conditions:
                    return True
                tests.append(inner_conditions[0] if len(inner_conditions) == 1 else ast.BoolOp(ast.And(), inner_conditions))
            conditions.append(ast.BoolOp(ast.Or(), tests))
        case ast.MatchSequence(patterns=patterns):
            conditions.append(_is_kind(subject, SEQUENCE))
            star = next((index for index, each in enumerate(patterns) if isinstance(each, ast.MatchStar)), None)
            length = ast.Call(ast.Name("len", ast.Load()), [copy.deepcopy(subject)], [])
            count = len(patterns) - (star is not None)
            conditions.append(ast.Compare(length, [ast.Eq() if star is None else ast.GtE()], [ast.Constant(count)]))
            for index, each in enumerate(patterns):
                if isinstance(each, ast.MatchStar):
                    if each.name is not None:
                        after = len(patterns) - index - 1
                        part = ast.Slice(ast.Constant(index), ast.UnaryOp(ast.USub(), ast.Constant(after)) if after else None)
                        whole = ast.Subscript(copy.deepcopy(subject), part, ast.Load())
                        bindings.append((each.name, ast.Call(ast.Name("list", ast.Load()), [whole], [])))
                    continue
                place = index if star is None or index < star else index - len(patterns)
                position: ast.expr = ast.Constant(place) if place >= 0 else ast.UnaryOp(ast.USub(), ast.Constant(-place))
                if not _pattern(
                    each, ast.Subscript(copy.deepcopy(subject), position, ast.Load()), conditions, bindings, positions
                ):
                    return False
        case ast.MatchMapping(keys=keys, patterns=patterns, rest=rest):
            conditions.append(_is_kind(subject, "dict"))
            for key, each in zip(keys, patterns, strict=True):
                conditions.append(ast.Compare(key, [ast.In()], [copy.deepcopy(subject)]))
                if not _pattern(each, ast.Subscript(copy.deepcopy(subject), key, ast.Load()), conditions, bindings, positions):
                    return False
            if rest is not None:
                bindings.append((rest, _rest_of(subject, keys)))
        case ast.MatchClass(cls=cls, patterns=positional, kwd_attrs=names, kwd_patterns=patterns):
            conditions.append(ast.Call(ast.Name("isinstance", ast.Load()), [copy.deepcopy(subject), cls], []))
            if positional:
                simple = isinstance(cls, ast.Name) and cls.id in BUILTIN_CLASSES
                known = positions.get(cls.id, []) if isinstance(cls, ast.Name) else []
                if not simple and len(positional) <= len(known):
                    names, patterns = [*known[: len(positional)], *names], [*positional, *patterns]
                    positional = []
                elif not simple or len(positional) != 1:
                    return False
            if positional:
                return _pattern(positional[0], subject, conditions, bindings, positions)
            for name, each in zip(names, patterns, strict=True):
                if not _pattern(each, ast.Attribute(copy.deepcopy(subject), name, ast.Load()), conditions, bindings, positions):
                    return False
        case _:
            return False
    return True
