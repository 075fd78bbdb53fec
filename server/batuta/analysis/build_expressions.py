"""Expressions of the typed program."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from batuta.analysis import desugar
from batuta.analysis.bindings import Version, parameters
from batuta.analysis.class_forms import SIGNS
from batuta.analysis.expressions import COMPARISONS, UNARY
from batuta.analysis.library import LibraryCall
from batuta.analysis.object_functions import declared_fields
from batuta.analysis.program import ClassInfo, FunctionInstance, Use
from batuta.analysis.values import lies_in_values
from batuta.findings.finding import Finding
from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.agreement import widens
from batuta.ir.names import home_of, own_name
from batuta.ir.spans import Span
from batuta.ir.walk import is_place
from batuta.python.walk import walk

if TYPE_CHECKING:
    from batuta.analysis.build import Builder

EXCEPTION = t.Object("builtins.Exception")
_PLAIN = (t.INT, t.FLOAT, t.BOOL, t.NUM, t.STR)
NUMBERS = (t.INT, t.FLOAT, t.BOOL, t.NUM, t.BIGINT)


def _typed_empty(node: ast.expr, made: n.Expression, other: n.Expression) -> n.Expression:
    """An empty list or dict that is written in a comparison, with the type of what it is compared with."""
    empty = (isinstance(node, ast.List) and not node.elts and isinstance(other.type, t.List)) or (
        isinstance(node, ast.Dict) and not node.keys and isinstance(other.type, t.Dict) and other.type.kind == "dict"
    )
    if empty and type(made.type) is type(other.type):
        made.type = t.ungrouped(other.type)
    return made


class BuildCall(LibraryCall):
    """Answers an entry's functions once types are final."""

    def __init__(self, builder: Builder, node: ast.AST, use: Use, instance: FunctionInstance) -> None:
        super().__init__(builder.inference, node, use)
        self.builder = builder
        self.instance = instance
        self.lowering: Any = None
        self.leaves: dict[ast.expr, n.Expression] = {}

    def type_of(self, node: ast.expr) -> t.Type:
        """The final type of an expression inside the call."""
        if isinstance(node, ast.Starred):
            node = node.value
        before, self.builder.instance = self.builder.instance, self.instance
        found = self.builder.type_of(node)
        self.builder.instance = before
        if isinstance(found, t.Unknown) and isinstance(node, ast.Constant):
            return t.NONE if node.value is None else found
        return found.inner if isinstance(found, t.Optional) else found

    def result_type(self) -> t.Type:
        """The final type of the call itself."""
        before, self.builder.instance = self.builder.instance, self.instance
        found = self.builder.type_of(self.site)
        self.builder.instance = before
        return found

    def lower(self, node: ast.expr, mode: str = "value") -> str:
        """Rust text of an expression inside the call."""
        built = self.leaves.get(node)
        if built is None:
            before, self.builder.instance = self.builder.instance, self.instance
            built = self.builder.expression(node)
            self.builder.instance = before
        text: str = self.lowering(built, mode)
        return text

    def constant(self, name: str, default: Any = ...) -> Any:
        """As during inference, in the right scope."""
        before, self.inference.instance = self.inference.instance, self.instance
        try:
            return super().constant(name, default)
        finally:
            self.inference.instance = before


def _bare(type_: t.Type) -> t.Type:
    return type_.inner if isinstance(type_, t.Optional) else type_


def _cannot_change(type_: t.Type) -> bool:
    """Whether a copy of what has this type cannot be told from it."""
    if isinstance(type_, t.Callable):
        return True
    if isinstance(type_, t.List | t.Dict | t.Set):
        return t.NEVER in t.children(type_)
    return all(map(_cannot_change, t.children(type_)))


def _is_new(value: n.Expression) -> bool:
    """Whether an expression makes its object, so that nobody else holds it."""
    match value:
        case n.Display() | n.DictDisplay():
            # What is inside was brought to its type where it was built.
            return all(_cannot_change(each) for each in t.children(value.type)) or isinstance(value, n.Display)
        case n.Comprehension():
            return all(_cannot_change(each) for each in t.children(value.type))
        case n.Coerce(operand=inner) | n.Unwrap(operand=inner):
            return _is_new(inner)
        case n.Conditional(body=one, otherwise=other) | n.Either(left=one, right=other):
            return _is_new(one) and _is_new(other)
        case n.LibraryCall(signature=signature, entry=entry):
            if entry is None or signature is None or isinstance(signature.result, t.Variable) or entry.result is not None:
                return False
            return all(_cannot_change(each) for each in t.children(_bare(value.type)))
    return False


class ExpressionBuilder:
    """The part of the builder that makes expressions."""

    # -- small services

    def use(self: Builder, node: ast.AST, tag: str = "") -> Use | None:
        """What inference found this place to be."""
        return self.instance.uses.get((node, tag))

    def type_of(self: Builder, node: ast.AST, tag: str = "") -> t.Type:
        """The final type of an expression."""
        cell = self.instance.cells.get((node, tag) if tag else node)
        if cell is None:
            return t.Unknown()
        return self.resolver.resolve(cell)

    def refuse(self: Builder, node: ast.AST, code: str, reason: str, remedy: str) -> None:
        """Note why a place cannot be translated."""
        finding = Finding(self.source.span(node), code, reason, remedy, path=self.source.path)
        self.findings[(finding.span, code, reason)] = finding

    def unknown(self: Builder, node: ast.AST, what: str) -> None:
        """The type of a place is not known, or several that do not go together."""
        cell = self.instance.cells.get(node)
        text = self.resolver.conflicts.get(cell.find(), "") if cell is not None else ""
        if text:
            self.refuse(node, "BAT202", f"`{what}` is {text}", "Use one type for it, or two names.")
        else:
            self.refuse(node, "BAT201", f"the type of `{what}` cannot be told", "Add a type hint.")

    def temporary(self: Builder, type_: t.Type, name: str = "value") -> n.Variable:
        """A variable of our own."""
        self.counter += 1
        return n.Variable(name, type_, assigned=1, temporary=True)

    def variable(self: Builder, version: Version, instance: FunctionInstance, node: ast.AST) -> n.Variable:
        """The IR variable of a version."""
        holder: FunctionInstance | None = instance
        scope = version.scope
        while scope.parent is not None and not scope.is_function and not isinstance(scope.node, ast.Module | ast.ClassDef):
            scope = scope.parent
        while holder is not None and holder.scope is not scope:
            holder = holder.parent
        owner = holder or instance
        key = (owner, version)
        found = self.variables.get(key)
        if found is None:
            cell = owner.versions.get(version)
            type_ = self.resolver.resolve(cell) if cell is not None else t.Unknown()
            found = self.variables[key] = n.Variable(
                version.name, type_, version.maybe_unbound, version.captured, parameter=version.parameter
            )
            found.assigned = len(version.definitions)
            found.owner = self.functions.get(owner)
            if version.captured and isinstance(version.scope.node, ast.Module) and not self._is_class_name(version):
                found.module = True
                found.constant = self._module_constant(version, type_)
                self.statics.append(found)
            elif home_of(version.name) and isinstance(version.scope.node, ast.Module) and not self._is_class_name(version):
                # A constant of another file stands in that file, also where only the program's own statements read it.
                found.constant = self._module_constant(version, type_)
                if found.constant is not None:
                    found.module = True
                    self.statics.append(found)
            if isinstance(type_, t.Unknown):
                if cell is not None and cell.atoms and all(key[0] in ("module", "class", "class of") for key in cell.atoms):
                    pass
                elif not version.definitions or not isinstance(version.definitions[0], ast.ClassDef | ast.alias):
                    if cell is not None and cell.atoms:
                        text = self.resolver.conflicts.get(cell.find(), "")
                        where = next((d for d in version.definitions if isinstance(d, ast.Name)), node)
                        if text:
                            self.refuse(where, "BAT202", f"`{version.name}` is {text}", "Use one type for it, or two names.")
                        else:
                            self.refuse(where, "BAT201", f"the type of `{version.name}` cannot be told", "Add a type hint.")
                    else:
                        self.refuse(node, "BAT201", f"the type of `{version.name}` cannot be told", "Add a type hint.")
        return found

    def _is_class_name(self: Builder, version: Version) -> bool:
        return any(isinstance(each, ast.ClassDef | ast.alias | ast.FunctionDef) for each in version.definitions)

    def _module_constant(self: Builder, version: Version, type_: t.Type) -> n.Expression | None:
        if any(version.name in scope.globals for scope in self.inference.bindings.scopes.values()):
            return None
        if len(version.definitions) != 1 or type_ not in (t.INT, t.FLOAT, t.BOOL, t.STR):
            return None
        value = self.inference.constant_of(version)
        if value is None or isinstance(value, ast.Tuple):
            return None
        before, self.instance = self.instance, self.inference.module
        built = self.expression(value, type_)
        self.instance = before
        return built

    def is_only_declaration(self: Builder, node: ast.Name) -> bool:
        """Whether a name stands for a class, module or lambda-free thing that has no value in Rust."""
        cell = self.instance.cells.get(node)
        return cell is not None and bool(cell.atoms) and all(key[0] in ("module", "class") for key in cell.atoms)

    def inference_static(self: Builder, test: ast.expr) -> bool | None:
        """A test's outcome by types alone."""
        before, self.inference.instance = self.inference.instance, self.instance
        found = self.inference.static_truth(test)
        self.inference.instance = before
        return found

    def asked_in_vain(self: Builder, test: ast.expr) -> n.Expression | None:
        """The subject of an `isinstance` that types alone decide, where its evaluation may do or raise something."""
        while isinstance(test, ast.UnaryOp):
            test = test.operand
        if not isinstance(test, ast.Call) or not any(isinstance(each, ast.Call) for each in walk(test.args[0])):
            return None
        return self.expression(test.args[0])

    def inference_exception(self: Builder, node: ast.expr) -> ClassInfo | str | None:
        """The exception class that an expression names."""
        before, self.inference.instance = self.inference.instance, self.instance
        found = self.inference.exception_class(node)
        self.inference.instance = before
        return found

    def version(self: Builder, node: ast.Name) -> Version | None:
        """The version that a name means."""
        found = self.inference.bindings.versions.get(node)
        if found is None:
            scope = self.scopes[-1] if self.scopes else self.instance.scope
            found = self.inference.bindings.version_of(node, node.id, scope)
        return found

    scopes: list[Any] = []

    # -- coercion

    def spread(self: Builder, node: ast.expr, element: t.Type | None, span: Span) -> n.Items:
        """`*values` in a display or a call, its items brought to the type of the others."""
        iteration = self.iteration(node)
        made = n.Items(t.Iterator(iteration.item), span, iteration)
        known = not isinstance(iteration.item, t.Unknown) and t.NEVER not in (element, iteration.item)
        if element is not None and element != iteration.item and known:
            holder = self.temporary(iteration.item, "item")
            converted = self.coerce(n.Read(iteration.item, span, holder), element)
            if not isinstance(converted, n.Read):
                made.type = t.Iterator(element)
                made.convert = (holder, converted)
        return made

    def coerce(self: Builder, value: n.Expression, want: t.Type | None) -> n.Expression:
        """Bring a value to a type, with the step made explicit."""
        have = value.type
        if want is None or have == want or isinstance(want, t.Unknown | t.Anything | t.Variable) or isinstance(have, t.Unknown):
            return value
        if have == t.NEVER or want == t.NEVER:
            return value
        if have == t.Tuple(()) and isinstance(value, n.Display) and isinstance(want, t.List | t.Set):
            return n.Display(want, value.span, [], [])
        if isinstance(have, t.Callable) and isinstance(want, t.Callable) and not _same_form(have, want):
            reason = f"a function of {len(have.parameters)} parameters is called with {len(want.parameters)} arguments"
            if len(have.parameters) == len(want.parameters):
                reason = "functions meet here of which one takes any number of arguments"
            finding = Finding(value.span, "BAT103", reason, "Pass a lambda that fills in the defaults.", path=self.source.path)
            self.findings[(finding.span, finding.code, reason)] = finding
            return value
        if have == t.Tuple(()) and isinstance(want, t.List) and isinstance(value, n.Display):
            # `groups.get(key, ())`: what goes through it sees no item either way.
            return n.Display(want, value.span, [], [])
        if isinstance(have, t.Sequence) and isinstance(want, t.Tuple):
            reason = "a tuple of unknown length stands where one of known length is needed"
            finding = Finding(value.span, "BAT103", reason, "Write its items: (x[0], x[1]).", path=self.source.path)
            self.findings[(finding.span, finding.code, reason)] = finding
            return value
        if isinstance(have, t.Object) and isinstance(want, t.Object) and have.name == want.name:
            return value
        if isinstance(have, t.Instance) and isinstance(want, t.Scalar):
            mixin = self.program.classes[have.name].mixin if have.name in self.program.classes else ""
            if mixin:
                plain = t.SCALARS[mixin]
                return self.coerce(n.EnumUse(plain, value.span, have.name, "value", value), want)
        if isinstance(want, t.AnyOf):
            for each in want.members:
                if each == have:
                    return value
            for each in want.members:
                if isinstance(have, t.Optional) or self._widens(have, each):
                    return self.coerce(value, each)
            return value
        if (
            isinstance(value, n.Constant)
            and want == t.FLOAT
            and isinstance(value.value, int)
            and not isinstance(value.value, bool)
        ):
            return n.Constant(t.FLOAT, value.span, float(value.value))
        if (
            have == t.VALUE
            and isinstance(want, t.Optional)
            and (want.inner in (t.INT, t.FLOAT, t.BOOL, t.NUM, t.STR) or t.is_held(want.inner))
        ):
            return n.Narrow(want, value.span, value)
        if want == t.VALUE and self.program.containers:
            return self._as_value(value)
        if isinstance(have, t.Optional):
            if isinstance(want, t.Optional):
                return n.Coerce(want, value.span, value)
            return self.coerce(n.Unwrap(have.inner, value.span, value, False), want)
        if isinstance(want, t.Optional):
            if have == t.NONE:
                return n.Coerce(want, value.span, value)
            return n.Coerce(want, value.span, self.coerce(value, want.inner))
        if have == t.VALUE and (want in (t.INT, t.FLOAT, t.BOOL, t.NUM, t.STR, t.Sequence(t.VALUE)) or t.is_held(want)):
            return n.Narrow(want, value.span, value)
        if want == t.VALUE:
            return self._as_value(value)
        if isinstance(have, t.NumpyScalar) or isinstance(want, t.NumpyScalar):
            return n.Coerce(want, value.span, value)
        if isinstance(value, n.Display) and isinstance(want, t.List | t.Set) and isinstance(have, t.List | t.Set):
            value.items = [
                each if star else self.coerce(each, want.element) for each, star in zip(value.items, value.starred, strict=True)
            ]
            value.type = want
            return value
        if (
            isinstance(value, n.Display)
            and isinstance(have, t.Tuple)
            and isinstance(want, t.Tuple)
            and len(have.items) == len(want.items)
        ):
            value.items = [self.coerce(each, inner) for each, inner in zip(value.items, want.items, strict=True)]
            value.type = want
            return value
        if isinstance(value, n.Conditional):
            value.body, value.otherwise, value.type = self.coerce(value.body, want), self.coerce(value.otherwise, want), want
            return value
        if have in _PLAIN and want in _PLAIN and not widens(have, want):
            reason = f"a value of type {t.show(have)} stands where one of type {t.show(want)} is needed"
            self.refuse_at(value.span, "BAT202", reason)
        return n.Coerce(want, value.span, value)

    def _class_as_value(self: Builder, cls: ClassInfo, span: Span) -> n.Expression:
        """A class as the function that makes its objects."""
        constructor = self.inference.constructor_of(cls)
        before, self.instance = self.instance, self.inference.module
        made = self.expression(constructor) if constructor is not None else n.Constant(t.Unknown(), span, None)
        self.instance = before
        if isinstance(made, n.Lambda):
            made.label, made.of_class = own_name(cls.name), cls.name
        made.span = span
        if isinstance(made.type, t.Unknown):
            self.refuse_at(span, "BAT104", f"the class `{cls.name}` is a value, and more than plain arguments make its objects")
        return self._as_value(made)

    def refuse_at(self: Builder, span: Span, code: str, reason: str) -> None:
        """Note why a place cannot be translated."""
        finding = Finding(span, code, reason, "Write it another way.", path=self.source.path)
        self.findings[(span, code, reason)] = finding

    def _as_value(self: Builder, value: n.Expression) -> n.Expression:
        """A value known at run time of something whose type is known: what can change must be new, or it would be two objects."""
        have = value.type
        if isinstance(value, n.Display) and isinstance(have, t.Tuple | t.Sequence) and not any(value.starred):
            # Each item becomes a value by itself, from what it was before it was brought to the tuple's type.
            items = [each.operand if isinstance(each, n.Coerce) else each for each in value.items]
            value.items = [self.coerce(each, t.VALUE) for each in items]
            value.type = have = t.Sequence(t.VALUE)
        made = n.Coerce(t.VALUE, value.span, value)
        classes = [self.program.classes[each.name].root for each in t.parts(have) if isinstance(each, t.Instance)]
        if t.becomes_value(have) and all(map(lies_in_values, classes)) and (_cannot_change(have) or _is_new(value)):
            self.in_values.update(classes)
            return made
        what = f"{t.show(have)} lies among values of other types"
        finding = Finding(value.span, "BAT202", what, "Keep values of one type together.", path=self.source.path)
        self.findings[(finding.span, finding.code, what)] = finding
        return made

    def as_value(self: Builder, type_: t.Type, node: ast.expr) -> t.Type:
        """The type of a display or comprehension in whose place a value of which nothing is known is wanted."""
        if type_ != t.VALUE:
            return type_
        match node:
            case ast.List() | ast.ListComp():
                return t.List(t.VALUE)
            case ast.Set() | ast.SetComp():
                return t.Set(t.VALUE)
            case ast.Dict() | ast.DictComp():
                return t.Dict(t.VALUE, t.VALUE)
            case ast.Tuple():
                return t.Sequence(t.VALUE)
        return type_

    @staticmethod
    def _widens(have: t.Type, want: t.Type) -> bool:
        if isinstance(want, t.ArrayLike | t.Array):
            return (
                isinstance(have, t.List | t.Tuple | t.Sequence) or have in NUMBERS or isinstance(have, t.NumpyScalar | t.Array)
            )
        return (have, want) in {
            (t.INT, t.FLOAT),
            (t.BOOL, t.INT),
            (t.BOOL, t.FLOAT),
            (t.INT, t.NUM),
            (t.FLOAT, t.NUM),
            (t.INT, t.BIGINT),
            (t.BOOL, t.COMPLEX),
            (t.INT, t.COMPLEX),
            (t.FLOAT, t.COMPLEX),
            (t.VALUE, t.NUM),
            (t.VALUE, t.STR),
        } or isinstance(have, t.NumpyScalar)

    def condition(self: Builder, node: ast.expr) -> n.Expression:
        """An expression as a truth value."""
        match node:
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return n.Not(t.BOOL, self.source.span(node), self.condition(operand))
            case ast.BoolOp(op=op, values=values):
                return n.Logic(
                    t.BOOL,
                    self.source.span(node),
                    "and" if isinstance(op, ast.And) else "or",
                    [self.condition(each) for each in values],
                )
        return self.truth(self.expression(node))

    def truth(self: Builder, value: n.Expression) -> n.Expression:
        """The truth value of a value."""
        if value.type in (t.BOOL, t.NumpyScalar("bool")):
            return value
        return n.Truth(t.BOOL, value.span, value)

    # -- expressions

    def expression(self: Builder, node: ast.expr, want: t.Type | None = None) -> n.Expression:
        """The typed form of an expression, brought to a type if one is wanted."""
        if want == t.VALUE and isinstance(node, ast.Name):
            cell = self.instance.cells.get(node)
            classes = [key[1] for key in cell.atoms if key[0] == "class"] if cell is not None else []
            if cell is not None and len(classes) == len(cell.atoms) == 1 and self.is_only_declaration(node):
                return self._class_as_value(classes[0], self.source.span(node))
        return self.coerce(self._expression(node), want)

    def _expression(self: Builder, node: ast.expr) -> n.Expression:
        made = self._known_expression(node)
        displayed = isinstance(made, n.Display | n.DictDisplay | n.Comprehension)
        return self.coerce(made, t.VALUE) if displayed and self.type_of(node) == t.VALUE else made

    def _known_expression(self: Builder, node: ast.expr) -> n.Expression:
        span = self.source.span(node)
        use = self.use(node)
        if use is not None and use.kind == "desugared":
            return self.expression(use.bound["value"][0])
        match node:
            case ast.Constant(value=value):
                type_ = self.type_of(node)
                if isinstance(type_, t.Unknown):
                    known = {
                        bool: t.BOOL,
                        int: t.INT,
                        float: t.FLOAT,
                        str: t.STR,
                        bytes: t.BYTES,
                        complex: t.COMPLEX,
                        type(None): t.NONE,
                    }
                    type_ = known.get(type(value), t.Unknown())
                return n.Constant(type_, span, value)
            case ast.Name():
                return self._name(node, span)
            case ast.BinOp():
                return self._binary(node, span)
            case ast.UnaryOp():
                return self._unary(node, span)
            case ast.BoolOp():
                return self._either(node, span)
            case ast.Compare():
                return self._compare(node, span)
            case ast.Call():
                return self._call(node, span)
            case ast.Attribute():
                return self._attribute(node, span)
            case ast.Subscript():
                return self._subscript(node, span)
            case ast.IfExp():
                return self._conditional(node, span)
            case ast.List() | ast.Set() | ast.Tuple():
                return self._display(node, span)
            case ast.Dict():
                type_ = self.as_value(self.type_of(node), node)
                if not isinstance(type_, t.Dict):
                    self.unknown(node, ast.unparse(node)[:30])
                    return n.Constant(t.Unknown(), span, None)
                items: list[tuple[n.Expression | None, n.Expression]] = []
                for key, item in zip(node.keys, node.values, strict=True):
                    if key is None:
                        merged = self.expression(item)
                        if merged.type == t.VALUE:
                            merged = self.value_call("value.__mapping__", merged, item)
                        elif isinstance(merged.type, t.Dict) and t.VALUE in (type_.key, type_.value):
                            merged = self.coerce(merged, type_)
                        items.append((None, merged))
                    else:
                        items.append((self.expression(key, type_.key), self.expression(item, type_.value)))
                return n.DictDisplay(type_, span, items)
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                return self._comprehension(node, span)
            case ast.JoinedStr():
                return self._joined(node, span)
            case ast.Lambda():
                return self.lambda_(node, span)
            case ast.NamedExpr():
                version = self.version(node.target)
                assert version is not None
                variable = self.variable(version, self.instance, node.target)
                return n.Walrus(variable.type, span, variable, self.expression(node.value, variable.type))
            case ast.Yield():
                assert self.function is not None and self.function.generator is not None
                wanted = self.function.generator
                given = self.expression(node.value, wanted) if node.value is not None else n.Constant(t.NONE, span, None)
                result = self.function.spoken[0] if self.function.spoken is not None else t.NONE
                return n.Yield(result, span, self.coerce(given, wanted), spoken=self.function.spoken is not None)
            case ast.YieldFrom():
                assert self.function is not None and self.function.generator is not None
                if self.function.spoken is not None:
                    inner = self.expression(node.value)
                    if isinstance(inner.type, t.Object) and inner.type.name == "builtins.coroutine":
                        return n.Yield(inner.type.arguments[2], span, inner, True, True)
                iteration = self.iteration(node.value)
                every = n.Items(t.Iterator(iteration.item), span, iteration)
                return n.Yield(t.NONE, span, every, spoken=self.function.spoken is not None)
            case ast.Starred():
                return self.expression(node.value)
        self.refuse(node, "BAT104", f"`{type(node).__name__}` expressions are not translated", "Write it another way.")
        return n.Constant(t.Unknown(), span, None)

    def _name(self: Builder, node: ast.Name, span: Span) -> n.Expression:
        if node.id == "__name__" and self.version(node) is None:
            return n.Constant(t.STR, span, "__main__")
        if self.use(node) is not None and self.use(node).kind == "library":  # type: ignore[union-attr]
            return self.library_call(node, "", None)
        version = self.version(node)
        if version is None:
            type_ = self.type_of(node)
            if isinstance(type_, t.Unknown) and not hasattr(builtins, node.id):
                self.refuse(node, "BAT201", f"the name `{node.id}` is not defined", "Define it before it is used.")
            return n.Constant(type_, span, None)
        own = self.instance.cells.get(node)
        function = self._function_reference(node, own, span)
        if function is not None:
            return function
        variable = self.variable(version, self.instance, node)
        if isinstance(variable.type, t.Unknown) and self.is_only_declaration(node):
            reason = f"`{node.id}` names a module or class; as a value it has no form in Rust"
            self.refuse(node, "BAT104", reason, "Use what is in it, or its name as text.")
        return self._narrow(n.Read(variable.type, span, variable), node, node.id)

    def _narrow(self: Builder, value: n.Expression, node: ast.AST, name: str) -> n.Expression:
        type_ = self.type_of(node)
        if isinstance(value.type, t.Optional) and not isinstance(type_, t.Optional | t.Unknown) and type_ != t.NONE:
            opened = n.Unwrap(value.type.inner, value.span, value, bool(self.instance.narrowed.get(node)), name)
            if opened.type == t.VALUE:
                return self.coerce(opened, type_)
            return n.Narrow(type_, value.span, opened) if _is_own_exception(opened.type, type_) else opened
        if _is_own_exception(value.type, type_):
            return n.Narrow(type_, value.span, value)
        if value.type == t.VALUE and (
            isinstance(type_, t.Instance) or t.is_held(type_) or type_ in (t.INT, t.FLOAT, t.BOOL, t.NUM, t.STR)
        ):
            if isinstance(type_, t.Instance):
                self.in_values.add(self.program.classes[type_.name].root)
            return n.Narrow(type_, value.span, value)
        have = value.type
        if isinstance(have, t.Object) and isinstance(type_, t.Object) and have.name.startswith("sklearn.base."):
            return n.Narrow(type_, value.span, value) if have.name != type_.name else value
        return value

    def _function_reference(self: Builder, node: ast.expr, cell: Any, span: Span) -> n.Expression | None:
        """A function of the program used as a value."""
        if cell is None or len(cell.atoms) != 1:
            return None
        atom = next(iter(cell.atoms.values()))
        if atom.key[0] != "func":
            return None
        value = atom.payload
        if value.function.kind == "lambda":
            return None
        if isinstance(node, ast.Attribute) and value.function.kind == "function":
            # A field that holds the function: it may have been made where nobody here can name it.
            return None
        if isinstance(node, ast.Name):
            version = self.version(node)
            named = version is not None and any(isinstance(each, ast.FunctionDef) for each in version.definitions)
            # A variable that can only hold one function of the module is that function, with its defaults and its name.
            known = self.program.containers and value.function.kind == "function" and value.parent is self.inference.module
            if not (named or known):
                return None
        type_ = self.resolver.resolve(cell)
        instances = value.instances()
        if not instances or not isinstance(type_, t.Callable):
            return None
        receiver = None
        if isinstance(node, ast.Attribute) and value.function.kind == "method":
            receiver = self.expression(node.value)
        made = n.Lambda(type_, span, [], None, self.functions.get(instances[0]), receiver, label=value.function.shown_name)
        defaults = value.function.parameters.defaults
        if self.program.containers and defaults and all(isinstance(each, ast.Constant) for each in defaults):
            made.defaults = [self.expression(each) for each in defaults]
        return made

    # -- operators

    def _binary(self: Builder, node: ast.BinOp, span: Span) -> n.Expression:
        use = self.use(node)
        type_ = self.type_of(node)
        if use is None:
            self.unknown(node, ast.unparse(node)[:40])
            return n.Constant(t.Unknown(), span, None)
        if use.kind == "library":
            if isinstance(node.op, ast.Mult) and isinstance(type_, t.List) and isinstance(type_.element, t.Iterator):
                reason = "a list that holds one iterator several times is not translated"
                self.refuse(node, "BAT104", reason, "Make a list of the items, and take slices of it.")
            return self.library_call(node, "", None)
        if use.kind == "method":
            return self.method_use(node, "", span, self.expression(use.receiver), None) or n.Constant(t.Unknown(), span, None)  # type: ignore[arg-type]
        left, right = self.expression(node.left), self.expression(node.right)
        if use.kind == "value arithmetic":
            made = n.Arithmetic(t.VALUE, span, use.text, self.coerce(left, t.VALUE), self.coerce(right, t.VALUE))
            return self.coerce(made, type_)
        return self.arithmetic(use.text, left, right, type_, span, in_place=hasattr(node, IN_PLACE))

    def arithmetic(
        self: Builder,
        operator: str,
        left: n.Expression,
        right: n.Expression,
        type_: t.Type,
        span: Span,
        in_place: bool = False,
    ) -> n.Expression:
        """An operator on numbers, with the operands brought to the type it works in."""
        if isinstance(left.type, t.Optional):
            says = _without_operand(operator, "NoneType", name_of_scalar(right.type), in_place)
            left = n.Unwrap(left.type.inner, left.span, left, False, says)
        elif isinstance(right.type, t.Optional):
            says = _without_operand(operator, name_of_scalar(left.type), "NoneType", in_place)
            right = n.Unwrap(right.type.inner, right.span, right, False, says)
        if isinstance(right.type, t.Optional):
            right = n.Unwrap(right.type.inner, right.span, right, False)
        if isinstance(type_, t.Unknown):
            type_ = t.NUM
        plain = self._plain(type_)
        if operator == "truediv" and plain == t.FLOAT:
            both = [self._plain(left.type), self._plain(right.type)]
            if (
                both == [t.INT, t.INT]
                and not isinstance(type_, t.NumpyScalar)
                and not (isinstance(right, n.Constant) and right.value)
            ):
                # Python divides ints exactly before it rounds, and says "division by zero".
                return n.Arithmetic(type_, span, operator, left, right)
            work: t.Type = t.FLOAT
            return n.Arithmetic(type_, span, operator, self.coerce(left, work), self.coerce(right, work))
        if operator == "pow" and plain == t.FLOAT:
            if isinstance(right, n.Constant) and isinstance(right.value, int) and right.type == t.INT and abs(right.value) < 64:
                return n.Arithmetic(type_, span, operator, self.coerce(left, t.FLOAT), right)
            return n.Arithmetic(type_, span, operator, self.coerce(left, t.FLOAT), self.coerce(right, t.FLOAT))
        if operator in ("lshift", "rshift") and plain == t.BIGINT:
            return n.Arithmetic(type_, span, operator, self.coerce(left, t.BIGINT), self.coerce(right, t.INT))
        work = t.BIGINT if plain == t.INT and t.BIGINT in (left.type, right.type) else plain
        made = n.Arithmetic(work if work != plain else type_, span, operator, self.coerce(left, work), self.coerce(right, work))
        return made if work == plain else self.coerce(made, type_)

    @staticmethod
    def _plain(type_: t.Type) -> t.Type:
        """The Python type that computes like a NumPy scalar."""
        if isinstance(type_, t.NumpyScalar):
            if type_.dtype == "float64":
                return t.FLOAT
            if type_.dtype == "int64":
                return t.INT
            if type_.dtype == "bool":
                return t.BOOL
            if type_.dtype == "str":
                return t.STR
        return type_

    def _unary(self: Builder, node: ast.UnaryOp, span: Span) -> n.Expression:
        if isinstance(node.op, ast.Not):
            return n.Not(t.BOOL, span, self.condition(node.operand))
        use = self.use(node)
        if use is not None and use.kind == "library":
            return self.library_call(node, "", None)
        if use is not None and use.kind == "method":
            return self.method_use(node, "", span, self.expression(node.operand), None) or n.Constant(t.Unknown(), span, None)
        type_ = self.type_of(node)
        operand = self.expression(node.operand)
        if (
            isinstance(node.op, ast.USub)
            and isinstance(operand, n.Constant)
            and isinstance(operand.value, int | float)
            and not isinstance(operand.value, bool)
        ):
            return n.Constant(type_, span, -operand.value)
        if isinstance(operand.type, t.Optional):
            operand = n.Unwrap(operand.type.inner, operand.span, operand, False)
        if operand.type == t.VALUE or (operand.type == t.NUM and type_ == t.FLOAT):
            operand = self.coerce(operand, type_)
        if operand.type == t.BOOL:
            operand = self.coerce(operand, t.INT)
        return n.Unary(type_, span, UNARY[type(node.op)], operand)

    def _either(self: Builder, node: ast.BoolOp, span: Span) -> n.Expression:
        type_ = self.type_of(node)
        if type_ == t.BOOL:
            return self.condition(node)
        if isinstance(type_, t.Unknown):
            # Where only its truth is asked for, the condition is built without a value.
            self.unknown(node, ast.unparse(node)[:40])
            return n.Constant(type_, span, None)
        built = self.expression(node.values[-1], type_)
        for each in reversed(node.values[:-1]):
            left = self.expression(each)
            variable = self.temporary(left.type)
            built = n.Either(type_, span, "and" if isinstance(node.op, ast.And) else "or", left, built, variable)
        return built

    def _compare(self: Builder, node: ast.Compare, span: Span) -> n.Expression:
        operands = [node.left, *node.comparators]
        if len(node.ops) == 1:
            return self._link(node, 0, self._operand(operands[0]), self._operand(operands[1]), span)
        built = [self._operand(each) for each in operands]
        simple = all(isinstance(each, n.Constant | n.Read) or _only_looks(each) for each in built[1:-1])
        if simple:
            return n.Logic(
                t.BOOL,
                span,
                "and",
                [self._link(node, index, built[index], built[index + 1], span) for index in range(len(node.ops))],
            )
        variables = [self.temporary(each.type) for each in built]
        links = []
        for index in range(len(node.ops)):
            left: n.Expression = n.Read(variables[index].type, span, variables[index])
            right: n.Expression = n.Read(variables[index + 1].type, span, variables[index + 1])
            links.append((variables[index], variables[index + 1], self._link(node, index, left, right, span)))
        return n.ComparisonChain(t.BOOL, span, built, links)

    def _operand(self: Builder, node: ast.expr) -> n.Expression:
        return self.expression(node)

    def _link(
        self: Builder, node: ast.Compare, index: int, left: n.Expression, right: n.Expression, span: Span
    ) -> n.Expression:
        op = node.ops[index]
        tag = f"compare{index}"
        use = self.use(node, tag)
        if use is not None and use.kind == "library":
            made = self.library_call(node, tag, None)
            if isinstance(op, ast.In | ast.NotIn):
                made = self._of_kind(made, span)
            return n.Not(t.BOOL, span, made) if isinstance(op, ast.NotIn) else made
        if use is not None and use.kind == "method":
            made_call = self.method_use(node, tag, span, right, None)
            if made_call is not None:
                found = self.truth(made_call)
                return n.Not(t.BOOL, span, found) if isinstance(op, ast.NotIn) else found
        if isinstance(op, ast.Is | ast.IsNot):
            return self._identity(node, op, left, right, span)
        if isinstance(op, ast.In | ast.NotIn):
            return n.Constant(t.Unknown(), span, None)
        name = COMPARISONS[type(op)]
        ends = [node.left, *node.comparators][index : index + 2]
        left, right = _typed_empty(ends[0], left, right), _typed_empty(ends[1], right, left)
        if isinstance(left, n.ClassNameOf) and isinstance(right, n.ClassNameOf):
            return n.SameClass(t.BOOL, span, left.operand, right.operand, negated=name == "ne")
        if isinstance(left, n.ClassNameOf) and isinstance(left.operand.type, t.Instance) and not left.whole:
            if isinstance(right, n.Constant) and name in ("eq", "ne"):
                return n.SameClass(t.BOOL, span, left.operand, None, str(right.value), name == "ne")
        if right.type == t.NONE or left.type == t.NONE:
            return n.IsNone(t.BOOL, span, left if right.type == t.NONE else right, name == "ne")
        if name not in ("eq", "ne") and isinstance(left.type, t.Instance) and left.type == right.type:
            mixin = self._mixin(left.type)
            left, right = self.coerce(left, mixin), self.coerce(right, mixin)
        if isinstance(left.type, t.Instance) and isinstance(right.type, t.Tuple):
            left = self._as_plain_tuple(left, span)
        elif isinstance(right.type, t.Instance) and isinstance(left.type, t.Tuple):
            right = self._as_plain_tuple(right, span)
        if name not in ("eq", "ne"):
            # None has no order, and no other value may be taken for larger.
            left, right = (
                n.Unwrap(t.VALUE, each.span, each, False) if each.type == t.Optional(t.VALUE) else each
                for each in (left, right)
            )
            left, right = _in_order(name, left, right), _in_order(name, right, left, turned=True)
        left, right = self.same(left, right)
        if name in ("eq", "ne"):
            self.refuse_unequal(node, [left.type, right.type])
        simple = {t.STR, t.BOOL, t.INT, t.FLOAT, t.NUM}
        if (
            self.program.values
            and left.type != right.type
            and left.type in simple
            and right.type in simple
            and name in ("eq", "ne")
        ):
            left, right = self.coerce(left, t.VALUE), self.coerce(right, t.VALUE)
        if isinstance(left.type, t.Tuple) and isinstance(right.type, t.Tuple) and len(left.type.items) != len(right.type.items):
            # Tuples of different lengths are compared item by item, like lists.
            kinds = {*left.type.items, *right.type.items}
            common = kinds.pop() if len(kinds) == 1 else t.VALUE
            if left.type.items and right.type.items and (common != t.VALUE or all(map(t.becomes_value, kinds))):
                left, right = self.coerce(left, t.Sequence(common)), self.coerce(right, t.Sequence(common))
        different = self._plain(left.type) != self._plain(right.type) and not self._comparable(left.type, right.type)
        if isinstance(left.type, t.Instance) and isinstance(right.type, t.Instance):
            # Objects of two families.
            different = different or left.type.group != right.type.group
        if different and name in ("eq", "ne") and any(self._meets_others(each.type) for each in (left, right)):
            reason = f"{t.show(left.type)} and {t.show(right.type)} are compared by an `__eq__` that takes other values, too"
            self.refuse(node, "BAT106", reason, "Compare the field that holds the value.")
        both = (left.type, right.type)
        plain = all(t.becomes_value(each) and _cannot_change(each) for each in both)
        objects = [each.type for each in (left, right) if isinstance(each.type, t.Instance)]
        told = name in ("eq", "ne") and objects != [] and all(self._asks_for_others(each) for each in objects)
        if different and ((self.program.containers and (plain or name not in ("eq", "ne"))) or told):
            # They have no order, and are equal to nothing of another kind: values know.
            left, right = self.coerce(left, t.VALUE), self.coerce(right, t.VALUE)
        elif different:
            if name in ("eq", "ne"):
                self.refuse(
                    node,
                    "BAT202",
                    f"{t.show(left.type)} and {t.show(right.type)} are compared; they are never equal",
                    "Compare values of one type.",
                )
            else:
                self.refuse(
                    node,
                    "BAT202",
                    f"{t.show(left.type)} and {t.show(right.type)} cannot be ordered",
                    "Compare values of one type.",
                )
        return n.Comparison(t.BOOL, span, name, left, right)

    @staticmethod
    def _of_kind(asked: n.Expression, span: Span) -> n.Expression:
        """`value in names`: what is known at run time only is looked for where it has the type of the items; anything else is not there."""
        sought = asked.arguments.get("b", []) if isinstance(asked, n.LibraryCall) else []
        if len(sought) != 1 or not isinstance(sought[0], n.Narrow) or not is_place(sought[0].operand):
            return asked
        operand, kind = sought[0].operand, sought[0].type
        classes = ("str",) if kind == t.STR else ("int", "float", "bool") if kind in NUMBERS else ()
        if operand.type != t.VALUE or not classes:
            return asked
        return n.Logic(t.BOOL, span, "and", [n.IsInstance(t.BOOL, span, operand, classes), asked])

    def _asks_for_others(self: Builder, kind: t.Type) -> bool:
        """Whether the class of an object has no `__eq__`, or one that asks for the class of the other object first."""
        cls = self.program.classes.get(kind.name) if isinstance(kind, t.Instance) else None
        if cls is None or cls.enum or cls.named_tuple or self._meets_others(kind):
            return False
        method = cls.find_method("__eq__")
        if method is None:
            return True
        others = parameters(method.parameters)[1:]
        return len(others) == 1 and any(
            isinstance(each, ast.Call)
            and isinstance(each.func, ast.Name)
            and each.func.id == "isinstance"
            and isinstance(each.args[0], ast.Name)
            and each.args[0].id == others[0].arg
            for each in walk(method.node)
        )

    def _meets_others(self: Builder, kind: t.Type) -> bool:
        """Whether the `__eq__` of a class does more with what is no object of the program than to say that it is not equal."""
        cls = self.program.classes.get(kind.name) if isinstance(kind, t.Instance) else None
        method = cls.find_method("__eq__") if cls is not None else None
        if method is None or method.owner is None or len(parameters(method.parameters)) < 2:
            return False
        other = parameters(method.parameters)[1].arg
        harmless = set(self._after_asking(method.body, other))
        for each in walk(method.node):
            match each:
                case ast.BoolOp(op=ast.And(), values=[first, *rest]) if self._asks_own_class(first, other):
                    harmless.update(part for one in rest for part in walk(one))
                case ast.If(test=test, body=body) | ast.IfExp(test=test, body=body) if self._asks_own_class(test, other):
                    parts = body if isinstance(body, list) else [body]
                    harmless.update(part for one in parts for part in walk(one))
                case ast.Attribute(value=ast.Name() as name):
                    harmless.add(name)
                case ast.Call(func=ast.Name(id="type"), args=[ast.Name() as name]):
                    harmless.add(name)
                case ast.Call(func=ast.Name(id="isinstance"), args=[ast.Name() as name, asked]):
                    parts = asked.elts if isinstance(asked, ast.Tuple) else [asked]
                    if all(not isinstance(one, ast.Name) or one.id in self.program.classes for one in parts):
                        harmless.add(name)
        used = [each for each in walk(method.node) if isinstance(each, ast.Name) and each.id == other]
        return any(each not in harmless for each in used)

    def _asks_own_class(self: Builder, node: ast.expr, name: str) -> bool:
        """Whether a test asks if a name holds an object of a class of the program."""
        match node:
            case ast.Call(func=ast.Name(id="isinstance"), args=[ast.Name(id=asked), ast.Name(id=cls)]):
                return asked == name and cls in self.program.classes
        return False

    def _after_asking(self: Builder, body: list[ast.stmt], name: str) -> Iterator[ast.AST]:
        """All behind `if not isinstance(other, Node): return …`."""
        asked = False
        for each in body:
            if asked:
                yield from walk(each)
            match each:
                case ast.If(test=ast.UnaryOp(op=ast.Not(), operand=test), body=[*_, ast.Return() | ast.Raise()]):
                    asked = asked or self._asks_own_class(test, name)

    def _as_plain_tuple(self: Builder, value: n.Expression, span: Span) -> n.Expression:
        """A named tuple that is compared with a plain tuple, where it is a place and compares by its fields."""
        cls = self.program.classes.get(value.type.name) if isinstance(value.type, t.Instance) else None
        plain = cls is not None and not any(cls.find_method(each) for each in ("__eq__", "__iter__", "__lt__"))
        return self._fields_in_order(value, span) if plain and isinstance(value, n.Read | n.FieldRead) else value

    @staticmethod
    def _comparable(one: t.Type, other: t.Type) -> bool:
        if isinstance(one, t.Set) and isinstance(other, t.Set):
            return True
        if isinstance(one, t.Dict) and isinstance(other, t.Dict):
            return True
        if isinstance(one, t.NumpyScalar) or isinstance(other, t.NumpyScalar):
            # A NumPy scalar has the Rust type of its plain cousin, or was just brought to float together with the other side.
            return ExpressionBuilder._plain(one) == ExpressionBuilder._plain(other)
        if isinstance(one, t.Scalar) and isinstance(other, t.Scalar):
            # Numbers were brought to one type before: what is left is a text beside a number and the like.
            return one == other or t.NEVER in (one, other)
        if t.is_exact_beside(one, other):
            return True
        return isinstance(one, t.Unknown) or isinstance(other, t.Unknown) or type(one) is type(other)

    def same(self: Builder, left: n.Expression, right: n.Expression) -> tuple[n.Expression, n.Expression]:
        """Two operands brought to one type."""
        one, other = self._plain(left.type), self._plain(right.type)
        if one == other:
            return left, right
        if t.VALUE in (one, other) and (
            self.program.containers or {one, other} <= {t.VALUE, t.STR, t.BOOL, t.INT, t.FLOAT, t.NUM}
        ):
            return self.coerce(left, t.VALUE), self.coerce(right, t.VALUE)
        if isinstance(one, t.Optional) != isinstance(other, t.Optional):
            wide = self._wider(one, other)
            if wide is not None and t.NONE not in (one, other):
                return self.coerce(left, wide), self.coerce(right, wide)
            if isinstance(one, t.Optional):
                return left, self.coerce(right, one)
            return self.coerce(left, other), right
        order = [t.BOOL, t.INT, t.BIGINT, t.FLOAT, t.NUM, t.COMPLEX]
        if one in order and other in order:
            want = order[max(order.index(one), order.index(other))]
            return self.coerce(left, want), self.coerce(right, want)
        weak = (t.BOOL, t.INT, t.FLOAT)
        if one == t.NumpyScalar("float32") and right.type in weak:
            return left, self.coerce(right, one)
        if other == t.NumpyScalar("float32") and left.type in weak:
            return self.coerce(left, other), right
        narrow = [each for each in (one, other) if isinstance(each, t.NumpyScalar) and each.dtype[-2:] in ("t8", "16", "32")]
        if narrow and "int" in narrow[0].dtype and {one, other} & {t.INT, t.BOOL}:
            return self.coerce(left, t.INT), self.coerce(right, t.INT)
        if isinstance(one, t.NumpyScalar) and other in order:
            return self.coerce(left, t.FLOAT), self.coerce(right, t.FLOAT)
        if isinstance(other, t.NumpyScalar) and one in order:
            return self.coerce(left, t.FLOAT), self.coerce(right, t.FLOAT)
        both = self._wider(one, other)
        if both is not None:
            return self.coerce(left, both), self.coerce(right, both)
        if isinstance(one, t.Instance) and isinstance(other, t.Scalar):
            left = self.coerce(left, self._mixin(one) or one)
            return self.same(left, right) if left.type != one else (left, right)
        if isinstance(other, t.Instance) and isinstance(one, t.Scalar):
            right = self.coerce(right, self._mixin(other) or other)
            return self.same(left, right) if right.type != other else (left, right)
        return left, right

    @staticmethod
    def _wider(one: t.Type, other: t.Type) -> t.Type | None:
        """The type that values of two types can both be brought to for a comparison, or None."""
        if one == other:
            return one
        wider = ExpressionBuilder._wider
        if isinstance(one, t.Optional) or isinstance(other, t.Optional):
            if t.NONE in (one, other):
                return one if isinstance(one, t.Optional) else other
            inner = wider(_bare(one), _bare(other))
            return t.Optional(inner) if inner is not None else None
        if t.VALUE in (one, other) and {one, other} <= {t.VALUE, t.STR, t.BOOL, t.INT, t.FLOAT, t.NUM}:
            return t.VALUE
        order = [t.BOOL, t.INT, t.BIGINT, t.FLOAT, t.NUM, t.COMPLEX]
        if one in order and other in order:
            return order[max(order.index(one), order.index(other))]
        if t.is_exact_beside(one, other) and t.INT in (one, other):
            return one if one in t.EXACT else other
        if isinstance(one, t.Tuple) and isinstance(other, t.Tuple) and len(one.items) == len(other.items):
            parts = [wider(first, second) for first, second in zip(one.items, other.items, strict=True)]
            known = [each for each in parts if each is not None]
            return t.Tuple(tuple(known)) if len(known) == len(parts) else None
        if isinstance(one, t.List) and isinstance(other, t.List) and t.NEVER not in (one.element, other.element):
            element = wider(one.element, other.element)
            return t.List(element) if element is not None else None
        if isinstance(one, t.Set) and isinstance(other, t.Set) and t.NEVER not in (one.element, other.element):
            element = wider(one.element, other.element)
            return t.Set(element) if element is not None else None
        if isinstance(one, t.Dict) and isinstance(other, t.Dict) and one.kind == other.kind == "dict":
            if t.NEVER not in (one.key, other.key):
                key, value = wider(one.key, other.key), wider(one.value, other.value)
                return t.Dict(key, value) if key is not None and value is not None else None
        return None

    def _mixin(self: Builder, type_: t.Instance) -> t.Type | None:
        """The type of the values of an enum whose members are numbers or texts too."""
        cls = self.program.classes.get(type_.name)
        return t.SCALARS[cls.mixin] if cls is not None and cls.mixin else None

    def refuse_unequal(self: Builder, node: ast.AST, types: list[t.Type]) -> None:
        """Dicts that became objects and hold functions have no `==` here."""
        for each in [part for type_ in types for part in t.parts(type_) if isinstance(part, t.Instance)]:
            cls = self.program.classes.get(each.name)
            if cls is not None and cls.record and cls.find_method("__eq__") is None:
                self.refuse(node, "BAT202", "dicts that hold functions or arrays are compared", "Compare what is in them.")

    def _identity(
        self: Builder, node: ast.Compare, op: ast.cmpop, left: n.Expression, right: n.Expression, span: Span
    ) -> n.Expression:
        negated = isinstance(op, ast.IsNot)
        if right.type == t.NONE or left.type == t.NONE:
            operand = left if right.type == t.NONE else right
            if isinstance(operand, n.Unwrap):
                operand = operand.operand
            return n.IsNone(t.BOOL, span, operand, negated)
        if isinstance(left, n.ClassNameOf):
            if isinstance(right, n.ClassNameOf):
                return n.SameClass(t.BOOL, span, left.operand, right.operand, negated=negated)
            return n.SameClass(
                t.BOOL, span, left.operand, None, getattr(right.type, "name", "").removeprefix("class "), negated
            )
        if isinstance(left.type, t.Unknown) or isinstance(right.type, t.Unknown):
            if not self.has_problem(node):
                self.unknown(node, ast.unparse(node)[:40])
            return n.Constant(t.Unknown(), span, None)
        if isinstance(_bare(left.type), t.Tuple | t.Sequence) or isinstance(_bare(right.type), t.Tuple | t.Sequence):
            self.refuse(node, "BAT104", "`is` between tuples asks for the same object", "Use `==`.")
        if t.VALUE in (left.type, right.type):
            return n.Identity(t.BOOL, span, self.coerce(left, t.VALUE), self.coerce(right, t.VALUE), negated)
        if isinstance(left.type, t.Scalar) and isinstance(right.type, t.Scalar):
            if left.type == t.BOOL and right.type == t.BOOL:
                return n.Comparison(t.BOOL, span, "ne" if negated else "eq", left, right)
            self.refuse(node, "BAT104", "`is` between numbers or texts asks for the same object", "Use `==`.")
        return n.Identity(t.BOOL, span, left, right, negated)

    def _conditional(self: Builder, node: ast.IfExp, span: Span) -> n.Expression:
        type_ = self.type_of(node)
        static = self.inference_static(node.test)
        if static is not None:
            live = node.body if static else node.orelse
            if self.asked_in_vain(node.test) is None:
                return self.expression(live)
            return n.Conditional(type_, span, self.condition(node.test), *[self.expression(live, type_) for _ in range(2)])
        if isinstance(type_, t.Unknown):
            self.unknown(node, ast.unparse(node)[:40])
        test = self.condition(node.test)
        if isinstance(test, n.IsNone) and test.operand.type == t.NONE:
            # A parameter that nobody gives is None: the other branch never runs.
            live = node.orelse if test.negated else node.body
            if is_place(test.operand):
                return self.expression(live, type_)
            return n.Conditional(type_, span, test, *[self.expression(live, type_) for _ in range(2)])
        return n.Conditional(type_, span, test, self.expression(node.body, type_), self.expression(node.orelse, type_))

    # -- displays and comprehensions

    def _display(self: Builder, node: ast.List | ast.Set | ast.Tuple, span: Span) -> n.Expression:
        type_ = self.as_value(self.type_of(node), node)
        if isinstance(type_, t.Tuple):
            return n.Display(
                type_,
                span,
                [self.expression(each, want) for each, want in zip(node.elts, type_.items, strict=True)],
                [False] * len(node.elts),
            )
        if not isinstance(type_, t.List | t.Set | t.Sequence):
            self.unknown(node, ast.unparse(node)[:40])
            return n.Constant(t.Unknown(), span, None)
        items: list[n.Expression] = []
        starred: list[bool] = []
        for each in node.elts:
            starred.append(isinstance(each, ast.Starred))
            if isinstance(each, ast.Starred):
                items.append(self.spread(each.value, type_.element, span))
            else:
                items.append(self.expression(each, type_.element))
        return n.Display(type_, span, items, starred)

    def _comprehension(
        self: Builder, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp, span: Span
    ) -> n.Expression:
        type_ = self.as_value(self.type_of(node), node)
        clauses: list[n.Clause] = []
        depth = len(self.scopes)
        for index, generator in enumerate(node.generators):
            iteration = self.iteration(generator.iter)
            if index == 0:
                self.scopes = [*self.scopes, self.inference.bindings.scopes[node]]
            target = self.target(generator.target, iteration.item)
            clauses.append(n.Clause(target, iteration, [self.condition(each) for each in generator.ifs]))
        key = None
        if isinstance(node, ast.DictComp):
            if isinstance(type_, t.Dict):
                key = self.expression(node.key, type_.key)
                element = self.expression(node.value, type_.value)
            else:
                self.unknown(node, ast.unparse(node)[:40])
                element = n.Constant(t.Unknown(), span, None)
        elif isinstance(type_, t.List | t.Set | t.Iterator):
            element = self.expression(node.elt, type_.element)
        else:
            self.unknown(node, ast.unparse(node)[:40])
            element = n.Constant(t.Unknown(), span, None)
        self.scopes = self.scopes[:depth]
        return n.Comprehension(type_, span, element, key, clauses)

    def iteration(self: Builder, node: ast.expr) -> n.Iteration:
        """What a loop over an expression runs over."""
        span = self.source.span(node)
        use = self.use(node, "iterate")
        item = self.type_of(node, "item")
        if use is not None and use.kind == "enum members":
            assert use.cls is not None
            value: n.Expression = n.EnumUse(t.List(item), span, use.cls.name, "members")
            return n.Iteration(value, "list", item, span)
        value = self.expression(node)
        if isinstance(value.type, t.Optional):
            value = n.Unwrap(value.type.inner, span, value, False, "'NoneType' object is not iterable")
        if self.program.containers and value.type in (t.INT, t.FLOAT, t.BOOL) and item == t.VALUE:
            value = self.coerce(value, t.VALUE)
        if value.type == t.VALUE and self.program.containers:
            value = self.value_call("value.__iter__", value, node)
            item = t.VALUE
        if isinstance(value.type, t.Instance) and isinstance(value, n.Read | n.FieldRead):
            value = self._fields_in_order(value, span)
        kind = {
            t.List: "list",
            t.Set: "set",
            t.Deque: "deque",
            t.Dict: "dict",
            t.Range: "range",
            t.Tuple: "tuple",
            t.Sequence: "list",
            t.Array: "array",
            t.Object: "object",
            t.Iterator: "iterator",
            t.Instance: "instance",
        }.get(type(value.type), "")
        if value.type == t.STR:
            kind = "str"
        if value.type == t.BYTES:
            kind = "bytes"
        if not kind:
            if not isinstance(value.type, t.Unknown):
                self.refuse(node, "BAT202", f"{t.show(value.type)} cannot be iterated", "Iterate something else.")
            else:
                self.unknown(node, ast.unparse(node)[:40])
        if kind in ("list", "set", "deque", "dict", "iterator") and not isinstance(t.children(value.type)[0], t.Unknown):
            item = t.children(value.type)[0]
        methods: tuple[Any, Any] = (None, None)
        if kind == "instance":
            first = self.method_use(node, "iterate iter", span, value, [])
            methods = (first, None)
            if first is not None and isinstance(first.type, t.Instance):
                holder = self.temporary(first.type, "iterator")
                following = self.method_use(node, "iterate next", span, n.Read(holder.type, span, holder), [])
                methods = (first, following)
            elif first is not None:
                return n.Iteration(first, "iterator" if isinstance(first.type, t.Iterator) else "list", item, span)
        if isinstance(item, t.Unknown):
            empty = (
                isinstance(value.type, t.List | t.Set | t.Deque | t.Dict | t.Sequence) and t.children(value.type)[0] == t.NEVER
            )
            if not empty and not isinstance(value.type, t.Unknown):
                self.unknown(node, ast.unparse(node)[:40])
            item = t.NEVER if empty else item
        made = n.Iteration(value, kind, item, span, methods)
        if (
            kind == "object"
            and isinstance(value.type, t.Object)
            and isinstance(item, t.List | t.Dict)
            and t.VALUE in t.children(item)
        ):
            # The library's items hold texts; the program puts other values beside them.
            declared = self.inference.library_class(value.type.name)
            if declared is not None and declared.iterates:
                made.item = t.parse_type(declared.iterates)
                holder = self.temporary(made.item, "item")
                converted = n.Coerce(item, span, n.Read(made.item, span, holder))
                every = n.Items(t.Iterator(item), span, made)
                every.convert = (holder, converted)
                return n.Iteration(every, "iterator", item, span)
        return made

    def _fields_in_order(self: Builder, value: n.Read | n.FieldRead, span: Span) -> n.Expression:
        """A named tuple as the plain tuple of its fields; anything else as it is."""
        assert isinstance(value.type, t.Instance)
        cls = self.program.classes.get(value.type.name)
        if cls is None or not cls.named_tuple or cls.find_method("__iter__") is not None:
            return value
        types = [self.resolver.resolve(cls.field(name)) for name, _, _ in declared_fields(cls)]
        fields: list[n.Expression] = [
            n.FieldRead(type_, span, value, name) for type_, (name, _, _) in zip(types, declared_fields(cls), strict=True)
        ]
        return n.Display(t.Tuple(tuple(types)), span, fields, [False] * len(fields))

    # -- texts

    def _joined(self: Builder, node: ast.JoinedStr, span: Span) -> n.Expression:
        parts: list[n.TextPart] = []
        for each in node.values:
            if isinstance(each, ast.Constant):
                parts.append(n.TextPart(str(each.value)))
            elif isinstance(each, ast.FormattedValue):
                spec: str | None = None
                computed = None
                if isinstance(each.format_spec, ast.JoinedStr):
                    pieces = each.format_spec.values
                    if all(isinstance(piece, ast.Constant) for piece in pieces):
                        spec = "".join(str(piece.value) for piece in pieces)  # type: ignore[attr-defined]
                    else:
                        computed = self._joined(each.format_spec, span)
                conversion = chr(each.conversion) if each.conversion > 0 else ""
                parts.append(self.formatted(n.TextPart("", self.expression(each.value), conversion, spec or None, computed)))
        return n.Formatted(t.STR, span, parts)

    def formatted(self: Builder, part: n.TextPart) -> n.TextPart:
        """A member of an enum is formatted as its text, or as its value where that is its text."""
        value = part.value
        if value is None or part.conversion or not (part.spec or part.computed_spec) or not isinstance(value.type, t.Instance):
            return part
        cls = self.program.classes.get(value.type.name)
        if cls is not None and cls.enum:
            mixin = self._mixin(value.type)
            if cls.shows_value and mixin is not None and cls.find_method("__str__") is None:
                part.value = self.coerce(value, mixin)
            else:
                part.conversion = "s"
        return part

    # -- functions as values

    def lambda_(self: Builder, node: ast.Lambda, span: Span) -> n.Expression:
        """A lambda. Its parameters have the types that its one instance found."""
        info = self.program.functions[node]
        instance = next((each for (_, parent), each in info.instances.items() if parent == id(self.instance)), None)
        if instance is None:
            type_ = self.type_of(node)
            if not isinstance(type_, t.Callable):
                self.refuse(node, "BAT201", "this lambda is never called, so its types cannot be told", "Remove it.")
            return n.Lambda(type_, span, [], n.Constant(t.NONE, span, None))
        result = self.resolver.resolve(instance.result)
        variables = []
        for each in [*node.args.posonlyargs, *node.args.args]:
            variables.append(self.variable(self.inference.bindings.versions[each], instance, each))
        held: list[tuple[n.Variable, n.Expression]] = []
        if node.args.defaults:
            count = len(node.args.defaults)
            for variable, default in zip(variables[-count:], node.args.defaults, strict=True):
                variable.parameter = False
                held.append((variable, self.expression(default, variable.type)))
            variables = variables[:-count]
        if node.args.vararg is not None:
            variables.append(self.variable(self.inference.bindings.versions[node.args.vararg], instance, node.args.vararg))
        before = (self.instance, self.scopes)
        self.instance, self.scopes = instance, []
        body = self.expression(node.body, result)
        self.instance, self.scopes = before
        type_ = t.Callable(tuple(each.type for each in variables), result)
        if isinstance(result, t.Unknown):
            text = ast.unparse(node)[:40]
            self.refuse(node, "BAT201", f"what `{text}` gives cannot be told", "Let the functions at one place give one type.")
        return n.Lambda(type_, span, variables, body, label=getattr(node, desugar.LABEL, "<lambda>"), held=held)


IN_PLACE = "in_place"
"""An attribute of the operation that `x += y` stands for."""


def name_of_scalar(type_: t.Type) -> str:
    """What Python calls the class of a number or a text; nothing where that is known at run time only."""
    return type_.name if isinstance(type_, t.Scalar) and type_ in (t.INT, t.FLOAT, t.BOOL, t.STR) else ""


def _without_operand(operator: str, left: str, right: str, in_place: bool) -> str:
    """What Python says of an operator with None on one side."""
    sign = SIGNS.get(operator, "")
    if not (left and right and sign):
        return ""
    return f"unsupported operand type(s) for {f'{sign.split()[0]}=' if in_place else sign}: '{left}' and '{right}'"


def _same_form(one: t.Callable, other: t.Callable) -> bool:
    """Whether two functions take as many arguments. Only a parameter that takes what is left is a tuple of any length here."""
    if len(one.parameters) != len(other.parameters):
        return False
    kinds = [each.parameters[-1:] and isinstance(each.parameters[-1], t.Sequence) for each in (one, other)]
    return bool(kinds[0]) == bool(kinds[1])


def _in_order(name: str, value: n.Expression, other: n.Expression, turned: bool = False) -> n.Expression:
    """An operand of `<` and its kin: None has no order, and no value may be taken for larger. `turned`: it stands on the right."""
    if not isinstance(value.type, t.Optional):
        return value
    kinds = ["NoneType", name_of_scalar(other.type.inner if isinstance(other.type, t.Optional) else other.type)]
    left, right = reversed(kinds) if turned else kinds
    sign = {"lt": "<", "le": "<=", "gt": ">", "ge": ">="}[name]
    says = f"'{sign}' not supported between instances of '{left}' and '{right}'" if all(kinds) else ""
    return n.Unwrap(value.type.inner, value.span, value, False, says)


def _only_looks(node: n.Expression) -> bool:
    """Whether an expression is a number that costs nothing to look at twice: an attribute of a name, or a length."""
    match node:
        case n.FieldRead(owner=owner):
            return node.type in (t.INT, t.FLOAT) and _is_place(owner)
        case n.LibraryCall(entry=entry, arguments=arguments) if entry is not None and entry.name == "builtins.len":
            return all(_is_place(each) for values in arguments.values() for each in values)
    return False


def _is_place(node: n.Expression) -> bool:
    while isinstance(node, n.FieldRead):
        node = node.owner
    return isinstance(node, n.Read)


def _is_own_exception(have: t.Type, want: t.Type) -> bool:
    """Whether something caught is known to be of a class of the program here."""
    return have == EXCEPTION and isinstance(want, t.Instance)
