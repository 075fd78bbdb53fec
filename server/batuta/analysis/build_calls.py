"""Calls, attributes, subscripts and targets of the typed program."""

from __future__ import annotations

import ast
import builtins
from functools import cached_property
from typing import TYPE_CHECKING, Any

from batuta.analysis.bindings import parameters
from batuta.analysis.build_expressions import EXCEPTION, BuildCall, name_of_scalar
from batuta.analysis.program import ClassInfo, FunctionInstance, Use, only_declares
from batuta.catalog.entry import HELD_ARRAY, OPERAND_ARRAY, Entry, NotYet, Refusal
from batuta.catalog.exception_attributes import STATE
from batuta.catalog.index import catalog
from batuta.catalog.signature import overloads
from batuta.findings.finding import Finding
from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.names import own_name
from batuta.ir.spans import Span
from batuta.python.walk import children, walk

if TYPE_CHECKING:
    from batuta.analysis.build import Builder


def _held_objects(keys: frozenset[Any]) -> tuple[str, ...]:
    """The classes of libraries among what `isinstance` asks for, whose objects a value can hold."""
    return tuple(sorted(key[1] for key in keys if isinstance(key, tuple) and key[0] == "object"))


def _hands_up(node: ast.AST) -> bool:
    """Whether this calls the `__init__` of a base class."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "__init__"


class CallBuilder:
    """The part of the builder that makes calls and targets."""

    def _call(self: Builder, node: ast.Call, span: Span) -> n.Expression:
        use = self.use(node) or self.use(node, "method")
        type_ = self.type_of(node)
        if use is None and self.use(node, "call") is not None:
            return self.method_use(node, "call", span, self.expression(node.func), None) or n.Constant(type_, span, None)
        if use is None:
            if isinstance(type_, t.Unknown) and not self.has_problem(node):
                self.refuse(node, "BAT201", f"what `{ast.unparse(node.func)}` is cannot be told", "Add type hints.")
            return n.Constant(type_, span, None)
        match use.kind:
            case "library":
                return self.library_call(node, "" if self.use(node) is not None else "method", None)
            case "function":
                return self.function_call(node, "", use.targets[0][1], span, None)
            case "value":
                return self._value_call(node, use, span)
            case "method":
                assert isinstance(node.func, ast.Attribute) or use.receiver is not None
                receiver = self.expression(use.receiver) if use.receiver is not None else None
                return self.method_use(node, "", span, receiver, None) or n.Constant(t.Unknown(), span, None)
            case "class call":
                return self._class_call(node, use, span)
            case "super":
                holder = self._self_variable()
                made = self.function_call(
                    node, "", use.targets[0][1], span, n.Read(holder.type, span, holder) if holder is not None else None
                )
                return made
            case "super of builtin":
                return self._super_of_builtin(node, use, span)
            case "construct" | "enum by value":
                return self._construct(node, use, span)
            case "exception":
                return n.NewException(EXCEPTION, span, use.text, [self.expression(each) for each in node.args])
            case "print":
                return n.PrintValue(t.NONE, span, self.print_statement(node, span))
            case "isinstance":
                return self._isinstance(node, span)
            case "str" | "repr":
                part = n.TextPart("", self.expression(node.args[0]), "r" if use.kind == "repr" else "s")
                return n.Formatted(t.STR, span, [part])
            case "truth":
                return self.condition(node.args[0])
            case "format":
                part = n.TextPart("", self.expression(node.args[0]))
                if len(node.args) == 2:
                    spec = node.args[1]
                    if isinstance(spec, ast.Constant):
                        part.spec = str(spec.value) or None
                    else:
                        part.computed_spec = self.expression(spec)
                return n.Formatted(t.STR, span, [self.formatted(part)])
            case "type of":
                return n.ClassNameOf(t.STR, span, self.expression(node.args[0]), True)
            case "enum length":
                assert use.cls is not None
                return n.EnumUse(t.INT, span, use.cls.name, "length")
        return n.Constant(type_, span, None)

    def has_problem(self: Builder, node: ast.AST) -> bool:
        """Whether inference has a finding on or inside this node."""
        inner = set(walk(node))
        return any(instance is self.instance and each in inner for instance, each, _ in self.inference.problems)

    def _self_variable(self: Builder) -> n.Variable | None:
        holder: FunctionInstance | None = self.instance
        while holder is not None and (holder.function is None or holder.function.owner is None):
            holder = holder.parent
        if holder is None or holder.function is None:
            return None
        first = parameters(holder.function.parameters)[0]
        return self.variable(self.inference.bindings.versions[first], holder, first)

    def _super_of_builtin(self: Builder, node: ast.Call, use: Use, span: Span) -> n.Expression:
        assert use.cls is not None
        if use.cls.exception and use.text == "__init__":
            holder = self._self_variable()
            assert holder is not None
            given = [self.expression(each) for each in node.args]
            self._note_arguments(node, use.cls, given)
            own: n.Expression = n.Read(holder.type, span, holder)
            return n.LibraryCall(
                t.NONE, span, None, "exception message", None, {"self": [own], "arguments": list(given)}, (), {}
            )
        if use.text == "__str__":
            holder = self._self_variable()
            assert holder is not None
            own = n.Read(holder.type, span, holder)
            return n.LibraryCall(t.STR, span, None, "message of an exception", None, {"self": [own]}, (), {})
        return n.Constant(t.NONE, span, None)

    def _isinstance(self: Builder, node: ast.Call, span: Span) -> n.Expression:
        operand = self.expression(node.args[0])
        static = self.inference_static(node)
        before, self.inference.instance = self.inference.instance, self.instance
        keys = self.inference.class_keys(node.args[1]) or frozenset()
        accepted = {
            (atom.key == ("None",), self.inference.inside(atom, keys))
            for atom in self.inference.cell(node.args[0]).atoms.values()
        }
        self.inference.instance = before
        if isinstance(operand, n.Unwrap) and operand.proven:
            pass
        classes = tuple(sorted(key[1].name for key in keys if isinstance(key, tuple) and key[0] == "instance"))
        cousins = {"int64": "int", "float64": "float", "bool": "bool", "str": "str"}
        numpy = {key[1] for key in keys if isinstance(key, tuple) and key[0] == "numpy"}
        if static is None and any(cousins.get(each, "") not in ({*keys} | {""}) for each in numpy):
            reason = "whether a number is NumPy's is not known when the program runs"
            self.refuse(node, "BAT107", reason, "Ask for Python's type as well: `(int, np.integer)`.")
            return n.Constant(t.BOOL, span, True)
        if static is None and _bare(operand.type) == EXCEPTION:
            asked = [key[1] for key in keys if isinstance(key, tuple) and key[0] == "exception class"]
            return n.IsInstance(t.BOOL, span, operand, tuple(sorted([*classes, *asked])))
        if static is None and operand.type == t.VALUE:
            self.in_values.update(self.program.classes[each].root for each in classes)
            kinds = tuple(sorted(each for each in keys if isinstance(each, str)))
            asked = sorted(key[1] for key in keys if isinstance(key, tuple) and key[0] == "exception class")
            return n.IsInstance(t.BOOL, span, operand, (*kinds, *classes, *_held_objects(keys), *asked))
        if static is None and isinstance(operand.type, t.Object) and operand.type.name.startswith("sklearn."):
            asked = sorted(each[1] for each in keys if isinstance(each, tuple) and each[0] == "object")
            return n.IsInstance(t.BOOL, span, operand, tuple(each.rpartition(".")[2] for each in asked))
        if static is None and not classes:
            if isinstance(operand.type, t.Optional) and operand.type.inner == t.VALUE:
                there = n.IsNone(t.BOOL, span, operand, True)
                held = n.Unwrap(t.VALUE, span, self.expression(node.args[0]), True)
                kinds = tuple(sorted(each for each in keys if isinstance(each, str))) + _held_objects(keys)
                return n.Logic(t.BOOL, span, "and", [there, n.IsInstance(t.BOOL, span, held, kinds)])
            if operand.type in (t.NUM, t.VALUE):
                kinds = tuple(sorted(each for each in keys if isinstance(each, str)))
                return n.IsInstance(t.BOOL, span, operand, kinds)
            if isinstance(operand.type, t.Optional) and accepted == {(True, False), (False, True)}:
                # What is there is of the type, whatever it is.
                return n.IsNone(t.BOOL, span, operand, True)
            self.refuse(node, "BAT107", f"`isinstance` on {t.show(operand.type)} cannot be decided", "Give the value one type.")
        return n.IsInstance(t.BOOL, span, operand, classes, static)

    def _note_arguments(self: Builder, node: ast.AST, cls: ClassInfo, given: list[n.Expression]) -> None:
        """Whether exceptions must keep what they are made of: nothing shorter shows them as Python does."""
        if len(given) > 1 and issubclass(getattr(builtins, cls.root.exception), OSError | UnicodeError | SyntaxError):
            reason = f"a `{own_name(cls.root.exception)}` with several arguments is not translated"
            self.refuse(node, "BAT104", reason, "Pass one message.")
        plain = not given or (len(given) == 1 and given[0].type == t.STR and cls.exception != "KeyError")
        if not plain and (len(given) > 1 or self.shows_exceptions or cls.exception == "KeyError"):
            self.inference.made[STATE] = True

    def note_exception_arguments(self: Builder) -> None:
        """Note exceptions of the program that are shown and do not hand their arguments up."""
        for cls in self.program.classes.values():
            start = cls.methods.get("__init__") if cls.exception else None
            if start is not None and self.shows_exceptions and not any(_hands_up(each) for each in walk(start.node)):
                self.inference.made[STATE] = True

    @staticmethod
    def _gives_value(entry: Entry, call: BuildCall) -> bool:
        """Whether the entry itself says that what it gives is known at run time only."""
        try:
            return entry.result is not None and entry.result(call) == t.VALUE
        except (NotYet, Refusal):
            return False

    @cached_property
    def shows_exceptions(self: Builder) -> bool:
        """Whether the program shows the repr of an exception that it has caught, or keeps one in a container that may be shown."""
        nodes = list(walk(self.source.tree))
        caught = {each.name for each in nodes if isinstance(each, ast.ExceptHandler)}

        def is_caught(node: ast.AST) -> bool:
            return isinstance(node, ast.Name) and node.id in caught

        for each in nodes:
            match each:
                case ast.Call(func=ast.Name(id="repr") | ast.Attribute(attr="append"), args=[only]) if is_caught(only):
                    return True
                case ast.FormattedValue(value=value, conversion=114) if is_caught(value):
                    return True
                case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items) if any(map(is_caught, items)):
                    return True
                case ast.Dict(values=items) if any(map(is_caught, items)):
                    return True
        return False

    def _construct(self: Builder, node: ast.Call, use: Use, span: Span) -> n.Expression:
        cls = use.cls
        assert cls is not None
        type_ = t.Instance(cls.root.name, cls.root.group.find().number)
        if use.kind == "enum by value":
            if not node.args:
                self.refuse(node, "BAT102", f"`{own_name(cls.name)}` is called without a value", "Give the value of a member.")
                return n.Constant(t.Unknown(), span, None)
            common = self.enum_values(cls)
            held = self.expression(node.args[0])
            return n.EnumUse(type_, span, cls.name, "by value", held if common is None else self.coerce(held, common))
        if cls.exception and not use.targets and use.bound is not None and "args" not in use.bound:
            self._note_arguments(node, cls, [])
        if use.bound and "args" in use.bound and cls.exception:
            arguments = [self.expression(each) for each in use.bound["args"]]
            self._note_arguments(node, cls, arguments)
            return n.Construct(type_, span, cls.name, arguments)
        if use.bound:
            fields = {}
            for name, values in use.bound.items():
                fields[name] = self.expression(values[0], self.resolver.resolve(cls.field(name)))
            made = n.Construct(type_, span, cls.name, [], fields)
            if use.targets:
                post = self.function_call(node, "post", use.targets[0][1], span, n.Constant(type_, span, None))
                made.arguments = [post]
            return made
        if use.targets:
            call = self.function_call(node, "", use.targets[0][1], span, None)
            assert isinstance(call, n.FunctionCall)
            return n.Construct(type_, span, cls.name, call.arguments, init=call.function)
        return n.Construct(type_, span, cls.name, [], {})

    def _class_call(self: Builder, node: ast.Call, use: Use, span: Span) -> n.Expression:
        cls, instance = use.targets[0]
        assert cls is not None and instance.function is not None
        receiver = None
        if instance.function.kind == "method":
            receiver = self.expression(node.args[0])
        made = self.function_call(node, "", instance, span, receiver)
        if isinstance(made, n.FunctionCall):
            made.class_name = cls.name
        return made

    def _value_call(self: Builder, node: ast.Call, use: Use, span: Span) -> n.Expression:
        targets = [each for _, each in use.targets]
        callee = self.expression(node.func)
        if not isinstance(callee.type, t.Callable):
            self.unknown(node.func, ast.unparse(node.func)[:40])
            return n.Constant(t.Unknown(), span, None)
        arguments = self.arguments_for(node, "", targets[0])
        arguments = [self.coerce(each, want) for each, want in zip(arguments, callee.type.parameters, strict=False)]
        return n.ValueCall(callee.type.result, span, callee, arguments)

    def arguments_for(self: Builder, node: ast.AST, tag: str, target: FunctionInstance) -> list[n.Expression]:
        """The arguments of a call by parameter, defaults filled in."""
        info = target.function
        assert info is not None
        made = self.inference.made.get(("arguments", self.instance, node, tag, target))
        span = self.source.span(node)
        if made is None:
            return []
        given: dict[str, list[ast.expr]] = made[0]
        keywords: list[ast.keyword] = made[1]
        names = info.parameters
        plain = [*names.posonlyargs, *names.args]
        if info.kind in ("method", "property", "setter", "class method"):
            plain = plain[1:]
        built: list[n.Expression] = []

        def one(argument: ast.arg) -> n.Expression:
            variable = self.variable(self.inference.bindings.versions[argument], target, argument)
            return self.expression(given[argument.arg][0], variable.type)

        for each in plain:
            if each.arg in given:
                built.append(one(each))
        if names.vararg is not None:
            variable = self.variable(self.inference.bindings.versions[names.vararg], target, names.vararg)
            rest = t.Sequence(t.VALUE) if variable.type == t.VALUE else variable.type
            assert isinstance(rest, t.Sequence | t.Unknown)
            element = rest.element if isinstance(rest, t.Sequence) else None
            items: list[n.Expression] = []
            starred: list[bool] = []
            for value in given.get(names.vararg.arg, []):
                starred.append(isinstance(value, ast.Starred))
                if isinstance(value, ast.Starred):
                    items.append(self.spread(value.value, element, span))
                else:
                    items.append(self.expression(value, element))
            built.append(self.coerce(n.Display(rest, span, items, starred), variable.type))
        for each in names.kwonlyargs:
            if each.arg in given:
                built.append(one(each))
        if names.kwarg is not None:
            variable = self.variable(self.inference.bindings.versions[names.kwarg], target, names.kwarg)
            known = {each.arg for each in [*plain, *names.kwonlyargs]}
            extra = [each for each in keywords if each.arg not in known]
            options = t.Dict(t.VALUE, t.VALUE) if variable.type == t.VALUE else variable.type
            value_type = options.value if isinstance(options, t.Dict) else None
            key_type = options.key if isinstance(options, t.Dict) else None
            pairs: list[tuple[n.Expression | None, n.Expression]] = []
            for keyword in extra:
                name = self.coerce(n.Constant(t.STR, span, keyword.arg), key_type)
                pairs.append((name, self.expression(keyword.value, value_type)))
            built.append(self.coerce(n.DictDisplay(options, span, pairs), variable.type))
        return built

    def function_call(
        self: Builder, node: ast.AST, tag: str, target: FunctionInstance, span: Span, receiver: n.Expression | None
    ) -> n.Expression:
        """A call of one instance of a function of the program."""
        function = self.functions[target]
        result = self._result_type(target)
        return n.FunctionCall(result, span, function, self.arguments_for(node, tag, target), receiver, False, function.owner)

    def _result_type(self: Builder, target: FunctionInstance) -> t.Type:
        assert target.function is not None
        if target.function.name == "__init__":
            return t.NONE
        if target.function.coroutine:
            return self.spoken_type(target)
        if target.function.generator:
            return t.Iterator(self.resolver.resolve(target.yielded))
        return self.plain_result(target)

    def spoken_type(self: Builder, target: FunctionInstance) -> t.Object:
        """The type of a generator that is spoken to."""
        parts = [self.resolver.resolve(each) for each in (target.yielded, target.sent, target.returned)]
        return t.Object("builtins.coroutine", tuple(parts))

    def plain_result(self: Builder, target: FunctionInstance) -> t.Type:
        """What a function that is no generator returns. Python asks for one type of the special methods that Rust reaches through traits."""
        found = self.resolver.resolve(target.result)
        if found == t.VALUE and target.function is not None and target.function.owner is not None:
            return _ASKED_OF_SPECIAL.get(target.function.name, found)
        return t.NEVER if isinstance(found, t.Unknown) and not target.result else found

    def method_use(
        self: Builder, node: ast.AST, tag: str, span: Span, receiver: n.Expression | None, arguments: list[n.Expression] | None
    ) -> n.FunctionCall | None:
        """A method of an object of the program; dispatched at run time when several classes are possible."""
        use = self.use(node, tag)
        if use is None or not use.targets:
            return None
        if receiver is not None and isinstance(receiver.type, t.Optional):
            receiver = n.Unwrap(receiver.type.inner, receiver.span, receiver, False, use.text)
        cls, target = use.targets[0]
        function = self.functions[target]
        declared = [only_declares(each.function) for _, each in use.targets]
        results = [
            t.NEVER if empty and not all(declared) else self._result_type(each)
            for (_, each), empty in zip(use.targets, declared, strict=True)
        ]
        result = results[0]
        dynamic = len({id(each) for _, each in use.targets}) > 1
        if dynamic and result == t.NEVER:
            # A method that only raises has whatever type the others have.
            result = next((each for each in results if each != t.NEVER), result)
        if dynamic and any(each not in (result, t.NEVER) for each in results):
            merged = self.type_of(node) if not tag else results[0]
            self.refuse(
                node,
                "BAT202",
                f"the classes' methods `{use.text}` give different types: {', '.join(sorted({t.show(each) for each in results}))}",
                "Let them return one type.",
            )
            result = merged
        made = n.FunctionCall(
            result,
            span,
            function,
            self.arguments_for(node, tag, target) if arguments is None else arguments,
            receiver,
            dynamic,
            function.owner,
        )
        made.lacking = [each.name for each in use.lacking if each.constructed]
        if made.lacking and receiver is None:
            lacking = own_name(made.lacking[0])
            self.refuse(node, "BAT106", f"`{lacking}` has no `{use.text}`", "Ask for the class first, or name the object.")
        if function.kind in ("static", "class method"):
            made.receiver = None
            made.class_name = cls.name if cls is not None else function.owner
        return made

    def exit_call(
        self: Builder, node: ast.With, tag: str, span: Span, receiver: n.Expression, caught: n.Variable
    ) -> n.FunctionCall | None:
        """The `__exit__` of a context manager; its three parameters are the exception, or None."""
        use = self.use(node, tag)
        if use is None or not use.targets:
            return None
        target = use.targets[0][1]
        names = (
            [*target.function.parameters.posonlyargs, *target.function.parameters.args][1:]
            if target.function is not None
            else []
        )
        arguments: list[n.Expression] = []
        for each in names[:3]:
            type_ = self.variable(self.inference.bindings.versions[each], target, each).type
            arguments.append(self.coerce(n.Read(caught.type, span, caught), type_))
        if target.function is not None and target.function.parameters.vararg is not None:
            return self.method_use(node, tag, span, receiver, [n.Display(t.Sequence(caught.type), span, [], [])])
        made = self.method_use(node, tag, span, receiver, arguments)
        if made is not None:
            made.caught = caught
        return made

    # -- library

    def library_call(self: Builder, node: ast.AST, tag: str, want: t.Type | None) -> n.Expression:
        """A use of a catalog entry with its arguments brought to the types of the overload."""
        use = self.use(node, tag)
        span = self.source.span(node)
        if use is None or use.entry is None or use.signature is None:
            return n.Constant(t.Unknown(), span, None)
        entry, form = use.entry, use.signature
        bindings = {name: self.resolver.resolve(cell) for name, cell in use.variables.items()}
        arguments: dict[str, list[n.Expression]] = {}
        leaves: dict[ast.expr, n.Expression] = {}
        containers: dict[str, t.Type] = {}
        fixed: dict[str, t.Type] = {}
        for parameter in form.parameters:
            for each in use.bound.get(parameter.name, []):
                if isinstance(each, ast.Starred):
                    inside = t.children(self.type_of(each.value))
                    if inside:
                        _bind(parameter.type, inside[0], containers)
                    continue
                if isinstance(each, ast.Name) and each.id == "_value":
                    continue
                if isinstance(parameter.type, t.Anything | t.Callable | t.Variable) or (
                    isinstance(parameter.type, t.Optional) and isinstance(parameter.type.inner, t.Callable)
                ):
                    continue
                _bind(parameter.type, self.type_of(each), containers)
                if entry.name != "operator.add" and isinstance(parameter.type, t.List | t.Dict | t.Set | t.Deque | t.Sequence):
                    _bind(parameter.type, self.type_of(each), fixed)
        given_later: dict[str, t.Type] = {}
        if isinstance(form.result, t.List | t.Set | t.Deque | t.Dict | t.Sequence | t.Iterator) and entry.result is None:
            _bind(
                form.result, want if want is not None else self.type_of(node, tag) if tag else self.type_of(node), given_later
            )
        for name, held in list(containers.items()):
            joined = bindings.get(name)
            if name not in fixed and isinstance(joined, t.Optional) and joined.inner == held:
                containers[name] = joined
            later = given_later.get(name)
            if name not in fixed and later is not None and _takes_more(later, held):
                containers[name] = later
            if joined == t.VALUE and entry.name in _MAKE_NEW:
                containers[name] = joined
            if joined in (t.NUM, t.VALUE) and name not in fixed and held in _PLAIN_ITEMS:
                # Each item becomes what it is among the others: `min(items, default="none")`, `chain([1], [2.5])`.
                containers[name] = joined
            if isinstance(joined, t.Unknown) and name not in fixed and held in _PLAIN_ITEMS and use.variables[name].atoms:
                # The items and what stands beside them are of different types.
                del containers[name]
        bindings.update(containers)
        if entry.name == "collections.defaultdict" and not tag:
            # What the factory makes lies beside what the program stores.
            made = self.type_of(node)
            if isinstance(made, t.Dict) and not isinstance(made.value, t.Unknown) and made.value != t.NEVER:
                bindings["V"] = made.value
        for parameter in form.parameters:
            values = use.bound.get(parameter.name)
            if values is None:
                continue
            if parameter.name in entry.literal:
                parts = value_leaves(self.inference.note_literal(values[0]))
                # A function of a library is read by its name, like a constant.
                parts = [each for each in parts if catalog().find(self.inference.qualified(each) or "") is None]
                leaves = {each: self.expression(each) for each in parts}
                arguments[parameter.name] = list(leaves.values())
                continue
            if parameter.name == "index" and isinstance(parameter.type, t.Anything):
                leaves = {each: self._known(self.expression(each)) for each in index_leaves(values[0])}
                arguments["index"] = list(leaves.values())
                continue
            arguments[parameter.name] = [
                self._library_argument(use, parameter.name, parameter.type, each, bindings) for each in values
            ]
            if entry.name in _ORDERING and parameter.name != "default":
                arguments[parameter.name] = [self._in_order(entry.name, each) for each in arguments[parameter.name]]
        result = want if want is not None else (self.type_of(node, tag) if tag else self.type_of(node))
        if isinstance(form.result, t.Variable) and form.result.name in containers and entry.result is None:
            result = (
                containers[form.result.name]
                if not isinstance(result, t.Optional) or isinstance(containers[form.result.name], t.Optional)
                else result
            )
        if form.result == t.NEVER:
            result = t.NEVER
        widened = self._widened_container(entry, result, substitute(form.result, bindings))
        if widened is not None:
            wanted_here, result = result, widened
        if entry.result is None and not isinstance(form.result, t.Variable):
            result = _agree(result, substitute(form.result, bindings), top=True)
        if entry.result is None and want is None and form.result in (t.INT, t.FLOAT, t.BOOL, t.STR, t.BIGINT):
            # Other rounds of inference may have left atoms of another overload behind.
            result = form.result
        if isinstance(result, t.Unknown):
            cell = self.instance.cells.get((node, tag) if tag else node)
            if cell is not None and cell.atoms:
                self.unknown(node, ast.unparse(node)[:40])
            elif want is None and entry.result is not None and not self.has_problem(node):
                self.refuse(node, "BAT201", f"the type of `{ast.unparse(node)[:60]}` cannot be told", "Add a type hint.")
        made = substitute(form.result, bindings) if entry.result is None else result
        if result == t.Iterator(t.VALUE) and isinstance(made, t.Iterator) and isinstance(made.element, t.Tuple):
            reason = f"the tuples that `{ast.unparse(node)[:40]}` gives meet values of other types"
            self.refuse(node, "BAT202", reason, "Use a default of the same type, or None.")
        template: Any = entry.rust
        if isinstance(template, tuple):
            template = template[min(use.overload, len(template) - 1)]
        omitted = tuple(
            each.name for each in form.parameters if each.name not in arguments and each.kind not in ("rest", "options")
        )
        for parameter in form.parameters:
            if parameter.name not in omitted:
                continue
            if parameter.default is not None and not (
                isinstance(parameter.default, ast.Constant) and parameter.default.value in (None, ...)
            ):
                wanted = substitute(parameter.type, bindings)
                if not isinstance(wanted, t.Anything):
                    arguments[parameter.name] = [self._default(parameter.default, wanted, span)]
        if entry.name in _COMPARE:
            self.refuse_unequal(node, [each.type for values in arguments.values() for each in values])
        converted = result == t.VALUE and self.program.containers and form.result != t.VALUE
        if converted and entry.result is not None and self._gives_value(entry, BuildCall(self, node, use, self.instance)):
            converted = False
        if converted:
            # What the library gives has a type; in this place it lies among others.
            computed = substitute(form.result, bindings)
            if entry.result is not None or any(isinstance(each, t.Variable) for each in t.parts(computed)):
                self.refuse(
                    node,
                    "BAT202",
                    f"what `{ast.unparse(node)[:40]}` gives lies among values of other types",
                    "Use another name.",
                )
            result = computed
        call = n.LibraryCall(result, span, entry, template, form, arguments, omitted, bindings)
        call.asker = BuildCall(self, node, use, self.instance)
        call.asker.leaves = leaves
        self.uses_of_calls.append((node, self.instance, call))
        if widened is not None:
            return n.Coerce(wanted_here, span, call)
        return self.coerce(call, t.VALUE) if converted else call

    @staticmethod
    def _widened_container(entry: Any, result: t.Type, computed: t.Type) -> t.Type | None:
        """The type of the new container that a library gives, where the program puts other things into it than the library does."""
        if (
            not isinstance(computed, t.Dict | t.List | t.Deque)
            or type(computed) is not type(result)
            or entry.result is not None
        ):
            return None
        if entry.aliases or t.VALUE not in t.children(result) or t.VALUE in t.children(computed):
            return None
        if any(isinstance(each, t.Variable) for each in t.parts(computed)) or not all(
            map(t.becomes_value, t.children(computed))
        ):
            return None
        return computed

    def value_call(self: Builder, name: str, value: n.Expression, node: ast.AST) -> n.LibraryCall:
        """What an entry of values makes of one."""
        entry = catalog().find(name)
        assert entry is not None
        form = overloads(entry)[0]
        use = Use("library", entry, 0, form)
        call = n.LibraryCall(form.result, value.span, entry, str(entry.rust), form, {"self": [value]}, (), {})
        call.asker = BuildCall(self, node, use, self.instance)
        return call

    @staticmethod
    def _known(value: n.Expression) -> n.Expression:
        """An index is a number, and not None."""
        return n.Unwrap(value.type.inner, value.span, value, False) if isinstance(value.type, t.Optional) else value

    def _default(self: Builder, node: ast.expr, want: t.Type, span: Span) -> n.Expression:
        value: Any = None
        if isinstance(node, ast.Constant):
            value = node.value
        elif isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant):
            number: Any = node.operand.value
            value = -number
        elif isinstance(node, ast.Tuple):
            types = want.items if isinstance(want, t.Tuple) else (t.Anything(),) * len(node.elts)
            parts = [self._default(each, type_, span) for each, type_ in zip(node.elts, types, strict=True)]
            return n.Display(want, span, parts, [False] * len(node.elts))
        kinds = {bool: t.BOOL, int: t.INT, float: t.FLOAT, str: t.STR, bytes: t.BYTES, type(None): t.NONE}
        return self.coerce(n.Constant(kinds.get(type(value), t.Unknown()), span, value), want)

    def _library_argument(
        self: Builder,
        use: Use,
        name: str,
        wanted: t.Type,
        value: ast.expr,
        bindings: dict[str, t.Type],
    ) -> n.Expression:
        span = self.source.span(value)
        if use.entry is not None and name in use.entry.literal:
            return n.Constant(t.Unknown(), span, None)
        optional = isinstance(wanted, t.Optional)
        inner = wanted.inner if isinstance(wanted, t.Optional) else wanted
        if isinstance(inner, t.Callable):
            if isinstance(value, ast.Constant) and value.value is None:
                return n.Constant(t.NONE, span, None)
            return self._callable_argument(value, inner, bindings)
        if isinstance(value, ast.Starred):
            return self.spread(value.value, wanted if isinstance(wanted, t.Scalar) else None, span)
        if isinstance(wanted, t.Anything):
            if isinstance(value, ast.Constant) and value.value is ...:
                return n.Constant(t.Unknown(), span, None)
            if isinstance(value, ast.Slice) or (
                isinstance(value, ast.Tuple)
                and any(isinstance(x, ast.Slice) or (isinstance(x, ast.Constant) and x.value is ...) for x in value.elts)
            ):
                return self._index_parts(value, span)
            if self.inference_type_name(value):
                return n.Constant(t.Unknown(), span, None)
            if (
                isinstance(value, ast.List | ast.Tuple)
                and value.elts
                and use.entry is not None
                and use.entry.name.startswith("numpy.")
                and isinstance(self.type_of(value), t.Unknown)
                and not any(isinstance(each, ast.Starred) for each in value.elts)
            ):
                # Items of different dtypes in one display: the entry reads them one by one.
                return self._index_parts(value, span)
            made = self.expression(value)
            if made.type == t.VALUE and use.entry is not None and use.entry.name == "builtins.len":
                return self.coerce(made, t.STR)
            if isinstance(made.type, t.Optional) and use.entry is not None and use.entry.name == "builtins.len":
                return n.Unwrap(made.type.inner, span, made, False, "object of type 'NoneType' has no len()")
            numeric = use.entry is not None and use.entry.name.startswith(("numpy.", "ndarray."))
            maybe = use.entry is not None and use.entry.name.removeprefix("builtins.") in (OPERAND_ARRAY, HELD_ARRAY)
            if not maybe and isinstance(made.type, t.Optional) and (isinstance(made.type.inner, t.Array) or numeric):
                made = n.Unwrap(made.type.inner, span, made, False)
            operator = use.entry is not None and (
                use.entry.name.startswith("ndarray.__") or (numeric and not use.entry.observes_int)
            )
            return self.coerce(made, t.FLOAT) if operator and made.type in (t.NUM, t.VALUE) else made
        if isinstance(value, ast.Name) and value.id == "_value":
            type_ = self.type_of(value)
            held = self.pending_value
            read: n.Expression = n.Read(held.type, span, held) if held is not None else n.Constant(type_, span, None)
            if use.entry is not None and use.entry.name.startswith("ndarray.") and isinstance(read.type, t.Optional):
                # An array holds no None: what is stored is there.
                return n.Unwrap(read.type.inner, span, read, False)
            return self.coerce(read, substitute(wanted, bindings))
        if isinstance(inner, t.Iterable) and not optional:
            iteration = self.iteration(value)
            item = substitute(inner.element, bindings)
            known = not isinstance(item, t.Anything | t.Variable | t.Unknown)
            source = iteration.value
            if iteration.item == t.NEVER and known and isinstance(source, n.Display) and isinstance(source.type, t.List):
                # What goes into an empty display is known where it is handed over.
                iteration.value = n.Display(t.List(item), source.span, source.items, source.starred)
                iteration.item = item
            made_items = n.Items(t.Iterator(iteration.item), span, iteration)
            beside = use.signature is not None and any(each.type == t.NUM for each in use.signature.parameters)
            if inner.element == t.NUM and iteration.item == t.FLOAT and not beside:
                return made_items
            if known and item != iteration.item and not isinstance(iteration.item, t.Unknown) and iteration.item != t.NEVER:
                made_items.type = t.Iterator(item)
                holder = self.temporary(iteration.item, "item")
                converted = self.coerce(n.Read(iteration.item, span, holder), item)
                if not isinstance(converted, n.Read):
                    made_items.convert = (holder, converted)
            return made_items
        made = self.expression(value, substitute(wanted, bindings))
        if isinstance(made, n.Narrow) and made.type == t.STR and name == "self" and use.entry is not None:
            made.method = use.entry.name.rpartition(".")[2]
        taken = made.operand if isinstance(made, n.Coerce) else made
        if isinstance(taken, n.Unwrap) and not taken.proven and not taken.attribute and use.entry is not None:
            method = use.entry.name.rpartition(".")[2]
            if name == "self" and not method.startswith("__"):
                taken.attribute = method
            elif (
                use.entry.name == "operator.getitem" and use.signature is not None and name == use.signature.parameters[0].name
            ):
                taken.attribute = "'NoneType' object is not subscriptable"
        return made

    def _in_order(self: Builder, name: str, value: n.Expression) -> n.Expression:
        """An argument of what puts items in an order: None is found before anything is taken for larger."""
        sign = ">" if name == "builtins.max" else "<"
        if isinstance(value, n.Lambda) and isinstance(value.type, t.Callable) and _may_lack(value.type.result):
            if value.body is not None:
                value.body = _present(value.body, sign)
                return value
        elif isinstance(value, n.Items) and value.convert is None and _may_lack(value.iteration.item):
            holder = self.temporary(value.iteration.item, "item")
            value.convert = (holder, _present(n.Read(holder.type, value.span, holder), sign))
            return value
        elif isinstance(value.type, t.List) and _may_lack(value.type.element):
            pass
        elif _may_lack(value.type):
            return _present(value, sign)
        else:
            return value
        finding = f"what may be None is put in an order by `{name.rpartition('.')[2]}`, and None has none"
        self.findings[(value.span, "BAT202", finding)] = Finding(
            value.span,
            "BAT202",
            finding,
            "Take the None out first, or give a `key` that is always there.",
            path=self.source.path,
        )
        return value

    def _index_parts(self: Builder, node: ast.expr, span: Span) -> n.Expression:
        """What an index with slices reads, so that nobody thinks it unread: the entry prints the index from the syntax tree."""
        parts: list[n.Expression] = []
        for each in children(node):
            if isinstance(each, ast.Slice | ast.List | ast.Tuple):
                parts.append(self._index_parts(each, span))
            elif isinstance(each, ast.expr) and not (isinstance(each, ast.Constant) and each.value in (None, ...)):
                parts.append(self.expression(each))
        return n.Display(t.Unknown(), span, parts, [False] * len(parts))

    pending_value: n.Variable | None = None

    def inference_type_name(self: Builder, node: ast.expr) -> bool:
        """Whether an argument only names a type."""
        before, self.inference.instance = self.inference.instance, self.instance
        found = self.inference._type_name(node)
        self.inference.instance = before
        return found

    def _callable_argument(self: Builder, value: ast.expr, wanted: t.Callable, bindings: dict[str, t.Type]) -> n.Expression:
        before, self.inference.instance = self.inference.instance, self.instance
        made = self.inference.as_function(value, len(wanted.parameters))
        self.inference.instance = before
        built = self.expression(made)
        want = substitute(wanted.result, bindings)
        if (
            isinstance(built, n.Lambda)
            and built.body is not None
            and isinstance(built.type, t.Callable)
            and (
                {want, built.type.result} <= {t.INT, t.FLOAT, t.NUM}
                or (isinstance(want, t.Object) and want in t.EXACT and built.type.result == t.INT)
            )
            and want != built.type.result
        ):
            # What is accumulated may be an int or a float: so is what the function gives.
            built.body = self.coerce(built.body, want)
            built.type = t.Callable(built.type.parameters, want)
        return built

    # -- attributes and subscripts

    def _attribute(self: Builder, node: ast.Attribute, span: Span) -> n.Expression:
        use = self.use(node)
        if use is not None:
            match use.kind:
                case "library":
                    return self.library_call(node, "", None)
                case "enum member":
                    assert use.cls is not None
                    return n.EnumMember(self.type_of(node), span, use.cls.name, use.text)
                case "enum attribute":
                    assert use.cls is not None
                    if isinstance(self.type_of(node), t.Unknown):
                        self.unknown(node, ast.unparse(node))
                    return n.EnumUse(self.type_of(node), span, use.cls.name, use.text, self.expression(node.value))
                case "class attribute":
                    return self._class_attribute(node, use, span)
                case "class name":
                    assert use.cls is not None
                    return n.Constant(t.STR, span, own_name(use.cls.name))
                case "class of":
                    return self.expression(node.value)
        if self.use(node, "attribute") is not None:
            return self.library_call(node, "attribute", None)
        if self.use(node, "property") is not None:
            receiver = self.expression(node.value)
            made = self.method_use(node, "property", span, receiver, [])
            if made is not None:
                return self._narrow(made, node, node.attr)
        reference = self._function_reference(node, self.instance.cells.get(node), span)
        if reference is not None:
            return reference
        if node.attr == "__name__":
            inner = node.value
            if isinstance(inner, ast.Attribute) and inner.attr == "__class__":
                return n.ClassNameOf(t.STR, span, self.expression(inner.value))
            if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name) and inner.func.id == "type" and inner.args:
                return n.ClassNameOf(t.STR, span, self.expression(inner.args[0]))
            held = self.instance.cells.get(inner)
            functions = {atom.payload.function for key, atom in held.atoms.items() if key[0] == "func"} if held else set()
            if held is not None and len(functions) == len(held.atoms) == 1:
                function = functions.pop()
                if function.name != "lambda":
                    return n.Constant(t.STR, span, function.shown_name)
        owner = self.expression(node.value)
        if node.attr == "__name__" and isinstance(owner.type, t.Callable):
            return n.FunctionName(t.STR, span, owner)
        if isinstance(owner.type, t.Optional):
            owner = n.Unwrap(owner.type.inner, owner.span, owner, False, node.attr)
        if isinstance(owner.type, t.Instance):
            cls = self.program.classes[owner.type.name]
            type_ = self.resolver.resolve(cls.field(node.attr))
            if isinstance(type_, t.Unknown):
                self.unknown(node, ast.unparse(node))
            return self._narrow(n.FieldRead(type_, span, owner, node.attr), node, node.attr)
        if not isinstance(owner.type, t.Unknown) and not self.has_problem(node):
            self.refuse(node, "BAT106", f"{t.show(owner.type)} has no attribute `{node.attr}` here", "Use something else.")
        elif isinstance(owner.type, t.Unknown) and not self.has_problem(node):
            self.unknown(node, ast.unparse(node)[:40])
        return n.Constant(t.Unknown(), span, None)

    def _class_attribute(self: Builder, node: ast.Attribute, use: Use, span: Span) -> n.Expression:
        assert use.cls is not None
        owner: ClassInfo = use.cls
        found = owner.find_attribute(use.text)
        name = found[0].name if found is not None else owner.name
        type_ = self.resolver.resolve(owner.field(f"class {use.text}"))
        definers = [each for each in owner.root.descendants() if use.text in each.attributes]
        by_class = isinstance(node.value, ast.Name) and node.value.id in self.program.classes
        if len(definers) > 1 and not by_class:
            value = self.expression(node.value)
            if isinstance(value.type, t.Optional):
                value = n.Unwrap(value.type.inner, value.span, value, False, node.attr)
            if isinstance(value.type, t.Instance):
                return n.ClassRead(type_, span, name, use.text, value)
        return n.ClassRead(type_, span, name, use.text)

    def _subscript(self: Builder, node: ast.Subscript, span: Span) -> n.Expression:
        use = self.use(node)
        if use is not None and use.kind == "enum by name":
            assert use.cls is not None
            return n.EnumUse(self.type_of(node), span, use.cls.name, "by name", self.expression(node.slice))
        use = self.use(node, "getitem")
        if use is None:
            if not self.has_problem(node):
                self.unknown(node, ast.unparse(node)[:40])
            return n.Constant(t.Unknown(), span, None)
        type_ = self.type_of(node)
        match use.kind:
            case "library":
                return self.library_call(node, "getitem", type_ if not isinstance(type_, t.Unknown) else None)
            case "method":
                return self.method_use(node, "getitem", span, self.expression(node.value), None) or n.Constant(
                    t.Unknown(), span, None
                )
        owner = self.expression(node.value)
        if isinstance(owner.type, t.Optional):
            owner = n.Unwrap(owner.type.inner, owner.span, owner, False)
        match use.kind:
            case "tuple item":
                index = int(use.text)
                inner = owner.type.items[index] if isinstance(owner.type, t.Tuple) else type_
                return n.TupleItem(inner, span, owner, index)
            case "named tuple item":
                held = self.program.classes.get(owner.type.name) if isinstance(owner.type, t.Instance) else None
                kept = self.resolver.resolve(held.field(use.text)) if held is not None else type_
                return n.FieldRead(kept, span, owner, use.text)
            case "tuple slice" if isinstance(owner.type, t.Tuple):
                indices = [int(each) for each in use.text.split()]
                items: list[n.Expression] = [n.TupleItem(owner.type.items[index], span, owner, index) for index in indices]
                return n.Display(
                    t.Tuple(tuple(owner.type.items[index] for index in indices)), span, items, [False] * len(items)
                )
            case "tuple computed" if isinstance(owner.type, t.Tuple):
                if len(set(owner.type.items)) == 1:
                    made = n.LibraryCall(
                        owner.type.items[0],
                        span,
                        None,
                        "tuple index",
                        None,
                        {"owner": [owner], "index": [self.expression(node.slice, t.INT)]},
                        (),
                        {},
                    )
                    return made
                self.refuse(
                    node, "BAT107", "a tuple of different types is indexed by a value that is not constant", "Unpack it."
                )
        return n.Constant(type_, span, None)

    def subscript_call(self: Builder, node: ast.Subscript, what: str, value: n.Variable | None) -> n.Expression:
        """`a[i] = v` and `del a[i]` as calls; the value is read from a variable."""
        span = self.source.span(node)
        before, self.pending_value = self.pending_value, value
        use = self.use(node, what)
        if use is None:
            made: n.Expression = n.Constant(t.Unknown(), span, None)
            if not self.has_problem(node):
                self.unknown(node, ast.unparse(node)[:40])
        elif use.kind == "library":
            made = self.library_call(node, what, t.NONE)
        else:
            receiver = self.expression(node.value)
            made = self.method_use(node, what, span, receiver, self._special_arguments(node, what, use)) or n.Constant(
                t.Unknown(), span, None
            )
        self.pending_value = before
        return made

    def _special_arguments(self: Builder, node: ast.Subscript, what: str, use: Use) -> list[n.Expression]:
        target = use.targets[0][1]
        assert target.function is not None
        names = [*target.function.parameters.posonlyargs, *target.function.parameters.args][1:]
        types = [self.variable(self.inference.bindings.versions[each], target, each).type for each in names]
        arguments = [self.expression(node.slice, types[0])]
        if what == "setitem" and self.pending_value is not None:
            arguments.append(self.coerce(n.Read(self.pending_value.type, self.source.span(node), self.pending_value), types[1]))
        return arguments

    # -- targets

    def target_type(self: Builder, node: ast.expr) -> t.Type | None:
        """The type that a target stores, or None where the value keeps its own."""
        match node:
            case ast.Name():
                version = self.version(node)
                return self.variable(version, self.instance, node).type if version is not None else None
            case ast.Attribute():
                use = self.use(node)
                if use is not None and use.kind == "class attribute" and use.cls is not None:
                    return self.resolver.resolve(use.cls.field(f"class {use.text}"))
                if self.use(node, "setter") is not None:
                    return None
                owner = self.type_of(node.value)
                inner = owner.inner if isinstance(owner, t.Optional) else owner
                if isinstance(inner, t.Instance):
                    return self.resolver.resolve(self.program.classes[inner.name].field(node.attr))
            case ast.Subscript(value=value):
                owner = self.type_of(value)
                if owner == t.VALUE:
                    return owner
                if isinstance(owner, t.List | t.Deque) and not isinstance(node.slice, ast.Slice):
                    return owner.element
                if isinstance(owner, t.Dict):
                    return owner.value
            case ast.Starred(value=value):
                return self.target_type(value)
        return None

    def target(self: Builder, node: ast.expr, source: t.Type | None = None) -> n.Target:
        """An assignment target."""
        span = self.source.span(node)
        match node:
            case ast.Name():
                version = self.version(node)
                if version is None:
                    self.refuse(node, "BAT104", f"what `{node.id}` is bound to here cannot be told", "Use another name.")
                    return n.Target(span)
                if (
                    node.id.startswith("_")
                    and not version.uses
                    and not version.captured
                    and isinstance(node.ctx, ast.Store)
                    and source is not None
                ):
                    return n.Target(span)
                return n.VariableTarget(span, self.variable(version, self.instance, node))
            case ast.Attribute():
                use = self.use(node)
                if use is not None and use.kind == "class attribute" and use.cls is not None:
                    found = use.cls.find_attribute(use.text)
                    name = found[0].name if found is not None else use.cls.name
                    made = self.classes.get(use.cls.root) or self.classes.get(use.cls)
                    if made is not None:
                        made.changed_constants.add(f"{name}.{use.text}")
                    return n.ClassTarget(span, name, use.text, self.resolver.resolve(use.cls.field(f"class {use.text}")))
                setter = self.use(node, "setter")
                if setter is not None:
                    return self._setter_target(node, setter, span)
                owner = self.expression(node.value)
                if isinstance(owner.type, t.Optional):
                    owner = n.Unwrap(owner.type.inner, owner.span, owner, False, node.attr)
                if not isinstance(owner.type, t.Instance):
                    if not self.has_problem(node):
                        self.unknown(node, ast.unparse(node))
                    return n.Target(span)
                type_ = self.resolver.resolve(self.program.classes[owner.type.name].field(node.attr))
                if isinstance(type_, t.Unknown):
                    self.unknown(node, ast.unparse(node))
                return n.FieldTarget(span, owner, node.attr, type_)
            case ast.Subscript():
                value_type = self._stored_type(node, source)
                variable = self.temporary(value_type)
                return n.CallTarget(span, variable, self.subscript_call(node, "setitem", variable))
            case ast.Tuple() | ast.List():
                star = next((index for index, each in enumerate(node.elts) if isinstance(each, ast.Starred)), None)
                types = self._part_types(node, source, star)
                if len(types) < len(node.elts):
                    self.refuse(node, "BAT202", f"the tuple has {len(types)} items", "Give as many names as there are items.")
                    return n.Target(span)
                items = [
                    self.target(each.value if isinstance(each, ast.Starred) else each, type_)
                    for each, type_ in zip(node.elts, types, strict=True)
                ]
                return n.TupleTarget(span, items, star, source or t.Unknown(), types)
            case ast.Starred(value=value):
                return self.target(value, source)
        return n.Target(span)

    def _stored_type(self: Builder, node: ast.Subscript, source: t.Type | None) -> t.Type:
        owner = self.type_of(node.value)
        if owner == t.VALUE:
            return owner
        if isinstance(owner, t.List | t.Deque) and not isinstance(node.slice, ast.Slice):
            return owner.element
        if isinstance(owner, t.Dict):
            return owner.value
        return source or t.Unknown()

    def _setter_target(self: Builder, node: ast.Attribute, use: Use, span: Span) -> n.Target:
        target = use.targets[0][1]
        assert target.function is not None
        argument = [*target.function.parameters.posonlyargs, *target.function.parameters.args][1]
        type_ = self.variable(self.inference.bindings.versions[argument], target, argument).type
        variable = self.temporary(type_)
        receiver = self.expression(node.value)
        if isinstance(receiver.type, t.Optional):
            receiver = n.Unwrap(receiver.type.inner, receiver.span, receiver, False)
        call = n.FunctionCall(
            t.NONE, span, self.functions[target], [n.Read(type_, span, variable)], receiver, False, self.functions[target].owner
        )
        return n.CallTarget(span, variable, call)

    def _part_types(self: Builder, node: ast.Tuple | ast.List, source: t.Type | None, star: int | None) -> list[t.Type]:
        count = len(node.elts)
        if isinstance(source, t.Optional):
            source = source.inner
        if isinstance(source, t.Tuple) and star is None and len(source.items) == count:
            return list(source.items)
        if isinstance(source, t.Tuple) and star is not None:
            after = count - star - 1
            element = self.type_of(node.elts[star], "part")
            return [*source.items[:star], element, *source.items[len(source.items) - after :]]
        found = [self.type_of(each, "part") for each in node.elts]
        return found

    def print_statement(self: Builder, node: ast.Call, span: Span) -> n.Print:
        """`print(…)`."""
        values = [self.expression(each) for each in node.args if not isinstance(each, ast.Starred)]
        spread = None
        starred = [each for each in node.args if isinstance(each, ast.Starred)]
        if starred:
            if len(node.args) > 1:
                self.refuse(
                    node, "BAT104", "`print` with a starred argument among others is not translated", "Print them in two steps."
                )
            spread = self.iteration(starred[0].value)
        separator = end = file = None
        error = False
        for keyword in node.keywords:
            if isinstance(keyword.value, ast.Constant) and keyword.value.value is None:
                continue
            if keyword.arg == "sep":
                separator = self.expression(keyword.value)
            elif keyword.arg == "end":
                end = self.expression(keyword.value)
            elif keyword.arg == "file":
                error = ast.unparse(keyword.value).endswith("stderr")
                if isinstance(self.type_of(keyword.value), t.Object):
                    file = self.expression(keyword.value)
        return n.Print(span, values, spread, separator, end, error, file)


_ASKED_OF_SPECIAL = {
    **dict.fromkeys(("__str__", "__repr__", "__format__"), t.STR),
    **dict.fromkeys(("__len__", "__hash__"), t.INT),
    **dict.fromkeys(("__eq__", "__lt__", "__le__", "__gt__", "__ge__", "__bool__"), t.BOOL),
}
_COMPARE = ("operator.contains", "list.index", "list.remove", "list.count")
"""Entries that compare items by `==`."""


def _takes_more(later: t.Type, first: t.Type) -> bool:
    """Whether what a new container is given later is of a wider type than what it begins with: tuples of other lengths, floats."""
    if isinstance(later, t.Optional):
        return later.inner == first or _takes_more(later.inner, first)
    return (isinstance(later, t.Sequence) and isinstance(first, t.Tuple)) or (first, later) in (
        (t.INT, t.NUM),
        (t.FLOAT, t.NUM),
        (t.INT, t.FLOAT),
    )


_ORDERING = frozenset(
    {
        "builtins.sorted", "builtins.min", "builtins.max", "list.sort",
        *(f"heapq.{each}" for each in ("heappush", "heappop", "heapify", "heappushpop", "heapreplace", "nlargest", "nsmallest", "merge")),
        *(f"bisect.{each}" for each in ("bisect", "bisect_left", "bisect_right", "insort", "insort_left", "insort_right")),
    }
)  # fmt: skip
"""What compares its items with each other."""


def _may_lack(type_: t.Type) -> bool:
    """Whether an item that is compared may be None, which has no order."""
    return isinstance(type_, t.Optional) and type_.inner != t.VALUE


def _present(value: n.Expression, sign: str) -> n.Expression:
    """What is compared with others, or the TypeError that Python raises where it is None."""
    assert isinstance(value.type, t.Optional)
    kind = name_of_scalar(value.type.inner)
    says = f"'{sign}' not supported between instances of 'NoneType' and '{kind}'" if kind else ""
    return n.Coerce(value.type, value.span, n.Unwrap(value.type.inner, value.span, value, False, says))


_PLAIN_ITEMS = (t.INT, t.FLOAT, t.BOOL, t.STR)

_MAKE_NEW = ("operator.add", "operator.and_", "operator.or_", "operator.sub", "operator.xor")
"""Operators that make a new container of the items of two."""


def index_leaves(node: ast.expr) -> list[ast.expr]:
    """The expressions inside an array index: its integers, arrays, and the parts of its slices."""
    if isinstance(node, ast.Tuple):
        return [leaf for each in node.elts for leaf in index_leaves(each)]
    if isinstance(node, ast.Slice):
        parts = [each for each in (node.lower, node.upper, node.step) if each is not None]
        # A complex step is the number of points of a grid.
        return [each for each in parts if not (isinstance(each, ast.Constant) and isinstance(each.value, complex))]
    if isinstance(node, ast.Constant) and node.value in (None, ...):
        return []
    return [node]


_NUMBERS = (t.INT, t.FLOAT, t.NUM, t.BOOL, t.BIGINT)


def _agree(found: t.Type, computed: t.Type, top: bool = False) -> t.Type:
    """A result's type with its numbers as the arguments have them: a cell of its own may have seen less of what is observed."""
    if found == t.VALUE and computed in (t.INT, t.FLOAT, t.BOOL, t.NUM, t.STR):
        # What the library hands out has one type; the program puts others beside it.
        return computed
    if found in _NUMBERS and computed in _NUMBERS:
        # `num` in a signature says that either may come out; the cell knows which is seen.
        return found if computed == t.NUM and found != t.NUM and top else computed
    match found, computed:
        case t.List(one, group), t.List(other) if _takes_more(one, other) and isinstance(one, t.Sequence | t.Optional):
            # What goes into the list later is wider: each item is brought there where the list is held.
            return t.List(other, group)
        case t.List(one, group), t.List(other):
            return t.List(_agree(one, other), group)
        case t.Set(one, frozen, group), t.Set(other):
            return t.Set(_agree(one, other), frozen, group)
        case t.Deque(one, group), t.Deque(other):
            return t.Deque(_agree(one, other), group)
        case t.Dict(key, value, kind, group), t.Dict(other_key, other_value):
            return t.Dict(_agree(key, other_key), _agree(value, other_value), kind, group)
        case t.Tuple(items), t.Tuple(others) if len(items) == len(others):
            return t.Tuple(tuple(_agree(one, other) for one, other in zip(items, others, strict=True)))
        case t.Sequence(one), t.Sequence(other):
            return t.Sequence(_agree(one, other))
        case t.Iterator(one), t.Iterator(other):
            return t.Iterator(_agree(one, other))
        case t.Optional(one), t.Optional(other):
            return t.Optional(_agree(one, other))
    return found


def _bind(pattern: t.Type, actual: t.Type, found: dict[str, t.Type]) -> None:
    """Bind type variables inside containers to the actual types."""
    if isinstance(pattern, t.Variable):
        if not isinstance(actual, t.Unknown):
            found.setdefault(pattern.name, actual)
        return
    if isinstance(actual, t.Optional) and not isinstance(pattern, t.Optional):
        actual = actual.inner
    if isinstance(pattern, t.Array) and isinstance(actual, t.Array) and len(pattern.dtype) == 1:
        found.setdefault(pattern.dtype, t.NumpyScalar(actual.dtype))
        return
    if isinstance(pattern, t.Sequence) and isinstance(actual, t.Tuple) and len(set(actual.items)) == 1:
        _bind(pattern.element, actual.items[0], found)
        return
    if isinstance(pattern, t.Iterable):
        if isinstance(actual, t.List | t.Set | t.Deque | t.Sequence | t.Iterator):
            _bind(pattern.element, actual.element, found)
        elif isinstance(actual, t.Dict):
            _bind(pattern.element, actual.key, found)
        return
    if type(pattern) is type(actual):
        for one, other in zip(t.children(pattern), t.children(actual), strict=False):
            _bind(one, other, found)


def substitute(wanted: t.Type, bindings: dict[str, t.Type]) -> t.Type:
    """A catalog type with its variables filled in."""
    match wanted:
        case t.Variable(name):
            return bindings.get(name, wanted)
        case t.List(element):
            return t.List(substitute(element, bindings))
        case t.Set(element, frozen):
            return t.Set(substitute(element, bindings), frozen)
        case t.Deque(element):
            return t.Deque(substitute(element, bindings))
        case t.Dict(key, value, kind):
            return t.Dict(substitute(key, bindings), substitute(value, bindings), kind)
        case t.Tuple(items):
            return t.Tuple(tuple(substitute(each, bindings) for each in items))
        case t.Sequence(element):
            return t.Sequence(substitute(element, bindings))
        case t.Optional(inner):
            return t.Optional(substitute(inner, bindings))
        case t.Iterator(element):
            return t.Iterator(substitute(element, bindings))
        case t.Array(dtype, rank) if len(dtype) == 1:
            held = bindings.get(dtype)
            return (
                t.Array(held.dtype, rank)
                if isinstance(held, t.NumpyScalar)
                else (t.Array("str", rank) if held == t.STR else t.Anything())
            )
        case t.ArrayLike(dtype, rank) if dtype is not None and len(dtype) == 1:
            return t.ArrayLike(None, rank)
    return wanted


def value_leaves(node: ast.expr) -> list[ast.expr]:
    """The values inside a literal list, tuple or dict that are not constants."""
    if isinstance(node, ast.List | ast.Tuple):
        return [leaf for each in node.elts for leaf in value_leaves(each)]
    if isinstance(node, ast.Dict):
        return [leaf for each in node.values for leaf in value_leaves(each)]
    if isinstance(node, ast.Slice):
        return [leaf for each in (node.lower, node.upper, node.step) if each is not None for leaf in value_leaves(each)]
    constant = isinstance(node, ast.Constant) or (isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant))
    return [] if constant else [node]


def _bare(type_: t.Type) -> t.Type:
    return type_.inner if isinstance(type_, t.Optional) else type_
