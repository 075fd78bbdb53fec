"""From syntax tree and inferred types to the typed program."""

from __future__ import annotations

import ast

from batuta.analysis.bindings import Version
from batuta.analysis.build_calls import CallBuilder
from batuta.analysis.build_expressions import EXCEPTION, IN_PLACE, ExpressionBuilder
from batuta.analysis.copied_objects import mark_copied
from batuta.analysis.declarations import EXCEPTIONS
from batuta.analysis.infer import Inference
from batuta.analysis.left_out import is_used
from batuta.analysis.object_functions import declared_fields
from batuta.analysis.observe import observed_cells
from batuta.analysis.program import ClassInfo, FunctionInstance, Program
from batuta.analysis.resolve import Resolver
from batuta.catalog.exception_attributes import CHAIN, STATE
from batuta.findings.finding import Finding
from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.names import SEPARATOR
from batuta.ir.walk import functions_of, is_place, walk_all


def _all_frozen(root: ClassInfo, members: list[ClassInfo]) -> bool:
    """Whether a family under a base without anything of its own has frozen dataclasses only: its objects are hashed by their fields."""
    return (
        not root.dataclass
        and not root.constructed
        and all(each.dataclass and each.frozen for each in members if each is not root)
    )


class Builder(ExpressionBuilder, CallBuilder):
    """Builds the module once types are final."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.program: Program = inference.program
        self.source = inference.program.source
        self.resolver = Resolver(
            observe=lambda: observed_cells(inference), values=inference.program.values, containers=inference.program.containers
        )
        self.findings: dict[tuple[object, ...], Finding] = {}
        self.variables: dict[tuple[FunctionInstance, Version], n.Variable] = {}
        self.functions: dict[FunctionInstance, n.Function] = {}
        self.classes: dict[ClassInfo, n.Class] = {}
        self.instance: FunctionInstance = inference.module
        self.function: n.Function | None = None
        self.counter = 0
        self.last_line = 0
        self.last_lines: dict[int, int] = {}
        """Of files whose statements are interrupted by those of another: where to go on."""
        self.statics: list[n.Variable] = []
        self.in_values: set[ClassInfo] = set()
        """The root classes whose objects lie in values."""
        self.uses_of_calls: list[tuple[ast.AST, FunctionInstance, n.LibraryCall]] = []

    # -- whole program

    def build(self) -> n.Module:
        """The typed program."""
        # Building writes into what observing reads.
        self.resolver.find_observed()
        for info in self.program.classes.values():
            if info.root is info and is_used(info):
                self._declare_class(info)
        self.note_exception_arguments()
        self._name_functions()
        body = self._body(self.inference.module, self.source.tree.body)
        done: set[FunctionInstance] = set()
        functions: list[n.Function] = []
        pending = [each for each in self.program.instances if each.function is not None and each.function.kind != "lambda"]
        for instance in pending:
            if instance in done or self._is_nested(instance):
                continue
            done.add(instance)
            function = self._function(instance)
            if not function.owner:
                functions.append(function)
        functions.sort(key=lambda each: each.span)
        for each in self.classes.values():
            self._finish_class(each)
            self._same_results(each)
        for root in self.in_values:
            self.classes[root].in_values = True
        mark_copied(self)
        module = n.Module(
            list(dict.fromkeys(self.classes.values())),
            functions,
            body,
            self.statics,
            ast.get_docstring(self.source.tree) or "",
            [n.File(each.module.replace(".", SEPARATOR), each.doc, dict(each.imported)) for each in self.source.parts],
        )
        for holder in [body, *[each.body for each in functions_of(module)]]:
            for node in walk_all(holder):
                if isinstance(node, n.FunctionCall) and node.type == t.NEVER:
                    node.type = node.function.result
        return module

    def _is_nested(self, instance: FunctionInstance) -> bool:
        return instance.parent is not None and instance.parent.function is not None

    def _name_functions(self) -> None:
        taken: dict[str, set[str]] = {}
        for instance in self.program.instances:
            info = instance.function
            if info is None:
                continue
            owner = info.owner.root.name if info.owner else ""
            used = taken.setdefault(f"{owner}/{id(instance.parent) if self._is_nested(instance) else 0}", set())
            name = info.name
            if info.owner is not None and info.owner is not info.owner.root:
                name = f"{name}"
            label = name
            count = 2
            key = f"{info.owner.name if info.owner else ''}.{label}.{info.kind}"
            while key in used:
                label = f"{name}_{count}"
                count += 1
                key = f"{info.owner.name if info.owner else ''}.{label}.{info.kind}"
            used.add(key)
            self.functions[instance] = n.Function(
                info.name,
                label,
                owner=info.owner.name if info.owner else "",
                kind=info.kind,
                span=self.source.span(info.node),
                cached=info.cached,
            )
            if self._is_nested(instance):
                self.functions[instance].parent = self.functions.get(instance.parent)  # type: ignore[arg-type]

    def _function(self, instance: FunctionInstance) -> n.Function:
        function = self.functions[instance]
        info = instance.function
        assert info is not None
        before = (self.instance, self.function)
        self.instance, self.function = instance, function
        arguments = info.parameters
        ordered = [*arguments.posonlyargs, *arguments.args]
        if arguments.vararg:
            ordered.append(arguments.vararg)
        ordered.extend(arguments.kwonlyargs)
        if arguments.kwarg:
            ordered.append(arguments.kwarg)
        function.parameters = [self.variable(self.inference.bindings.versions[each], instance, each) for each in ordered]
        for each, made in zip(ordered, function.parameters, strict=True):
            made.parameter = True
            if isinstance(made.type, t.Unknown) and not (info.kind == "class method" and made is function.parameters[0]):
                self.unknown(each, each.arg)
        function.comments = self._comments_above(info.node) if isinstance(info.node, ast.FunctionDef) else []
        function.doc = (ast.get_docstring(info.node) or "") if isinstance(info.node, ast.FunctionDef) else ""
        if info.generator:
            function.generator = self.resolver.resolve(instance.yielded)
            function.result = t.Iterator(function.generator)
            if info.coroutine:
                function.result = self.spoken_type(instance)
                function.spoken = (function.result.arguments[1], function.result.arguments[2])
        else:
            function.result = self.plain_result(instance)
            if isinstance(function.result, t.Unknown):
                self.unknown(info.node, f"the result of {info.name}")
        if info.name == "__init__":
            function.result = t.NONE
        body = info.body
        if function.doc:
            body = body[1:]
        documented = info.body[0].end_lineno if function.doc else None
        self.last_line = (documented or info.node.lineno) + 1
        function.body = self._body(instance, body)
        if function.owner:
            cls = self.classes[self.program.classes[function.owner].root]
            cls.methods.setdefault(function.owner, {}).setdefault(
                info.name if info.kind != "setter" else f"{info.name}.setter", []
            ).append(function)
        self.instance, self.function = before
        return function

    def _body(self, instance: FunctionInstance, body: list[ast.stmt]) -> list[n.Statement]:
        before = self.instance
        self.instance = instance
        built = self.block(body)
        self.instance = before
        return built

    # -- classes

    def _declare_class(self, root: ClassInfo) -> None:
        members = root.descendants()
        made = n.Class(
            root.name,
            [each.name for each in members],
            {each.name for each in members if each.constructed},
            {},
            {},
            doc=ast.get_docstring(root.node) or "",
            span=self.source.span(root.node),
            exception=root.exception,
            builtin_bases={each.name: each.exception for each in members if each.exception != root.exception},
            dataclass=any(each.dataclass for each in members),
            frozen=root.frozen or _all_frozen(root, members),
            ordered=root.ordered,
            compared=root.compared,
            named_tuple=root.named_tuple,
            record=root.record,
            parents={each.name: each.bases[0].name for each in members if each.bases},
            group=root.group.find().number,
            hashed=root.hashed,
            role=root.role if root.as_step else "",
        )
        if made.role and "__init__" in root.methods:
            names = root.methods["__init__"].parameters
            made.settings = sorted(each.arg for each in [*names.args[1:], *names.kwonlyargs])
        for each in members:
            self.classes[each] = made
            if len(each.bases) > 1:
                self.refuse(each.node, "BAT104", "several base classes are not translated yet", "Derive from one class.")
            self._generated_methods(made, each)
            declared = declared_fields(each)
            if declared or each.dataclass or each.named_tuple:
                made.declared[each.name] = [name for name, _, _ in declared]
                made.shown[each.name] = [name for name, given, _ in declared if not self.inference.field_says_no(given, "repr")]
                for name, given, _ in declared:
                    if name not in made.compares and not self.inference.field_says_no(given, "compare"):
                        made.compares.append(name)
                    if self.inference.set_later(given):
                        made.set_later.add(name)
        if root.enum:
            made.enum = []
            made.mixin, made.shows_value = root.mixin, root.shows_value

    def _generated_methods(self, made: n.Class, member: ClassInfo) -> None:
        """Which `__eq__` and `__repr__` a class gets from its nearest ancestor that has one, where the program does not write it."""
        for name, option, found in (("__eq__", "compare", made.equality), ("__repr__", "repr", made.texts)):
            maker = next((each for each in member.ancestors() if name in each.methods or _generates(each, name)), None)
            if maker is None:
                found[member.name] = None
            elif name not in maker.methods:
                found[member.name] = [
                    field for field, given, _ in declared_fields(maker) if not self.inference.field_says_no(given, option)
                ]

    def enum_values(self, cls: ClassInfo) -> t.Type | None:
        """The type that holds the values of an enum whose members have several: each knows its own when the program runs."""
        before, self.instance = self.instance, self.inference.module
        kinds = {t.INT if isinstance(each, ast.Call) else self.type_of(each) for each in cls.attributes.values()}
        self.instance = before
        if len(kinds) < 2:
            return None
        return t.NUM if kinds <= {t.INT, t.FLOAT} else t.VALUE

    def _finish_class(self, made: n.Class) -> None:
        root = self.program.classes[made.name]
        if root.exception and self.keeps_exception_states:
            made.fields["exception_state"] = t.Object(STATE)
        if made.enum is not None and not made.enum:
            for name, value in root.attributes.items():
                built = None
                if not isinstance(value, ast.Call):
                    before, self.instance = self.instance, self.inference.module
                    built = self.expression(value)
                    self.instance = before
                made.enum.append((name, built))
            common = self.enum_values(root)
            if common is not None:
                counted = enumerate(made.enum, 1)
                span = made.span
                made.enum = [
                    (name, self.coerce(n.Constant(t.INT, span, count) if value is None else value, common))
                    for count, (name, value) in counted
                ]
            return
        for name, cell in root.fields.items():
            if name.startswith("class "):
                continue
            found = self.resolver.resolve(cell)
            if isinstance(found, t.Unknown):
                if not cell:
                    continue
                self.unknown(root.node, f"the field {name}")
            made.fields[name] = found
        for member in root.descendants():
            for name, value in member.attributes.items():
                held = root.fields.get(f"class {name}")
                if held is None:
                    continue
                found = self.resolver.resolve(held)
                if isinstance(found, t.Unknown):
                    continue
                before, self.instance = self.instance, self.inference.module
                made.constants[f"{member.name}.{name}"] = (found, self.expression(value, found))
                self.instance = before

    @staticmethod
    def _same_results(made: n.Class) -> None:
        """A method that only raises has the result of the others of its name: one signature serves all."""
        by_name: dict[str, list[n.Function]] = {}
        for methods in made.methods.values():
            for name, versions in methods.items():
                by_name.setdefault(name, []).extend(versions)
        for versions in by_name.values():
            results = {each.result for each in versions} - {t.NEVER}
            if len(results) == 1:
                for each in versions:
                    each.result = next(iter(results))

    # -- statements

    def block(self, body: list[ast.stmt]) -> list[n.Statement]:
        """Statements in order, with the comments between them; what cannot be reached is left out."""
        built: list[n.Statement] = []
        for statement in body:
            built.extend(self._comments(statement))
            if statement in self.instance.dead:
                continue
            made = self.statement(statement)
            if made is not None:
                built.append(made)
        return built

    def _comments(self, statement: ast.stmt) -> list[n.Statement]:
        first = min([statement.lineno, *[each.lineno for each in getattr(statement, "decorator_list", [])]])
        found: list[n.Statement] = []
        declares = isinstance(statement, ast.FunctionDef | ast.ClassDef)
        above = len(self._comments_above(statement)) if declares else 0
        part = self.source.part_of(first)
        if part is not self.source.part_of(self.last_line):
            # The statements of a module stand where it is imported first.
            self.last_lines[self.source.part_of(self.last_line).first] = self.last_line
            self.last_line = self.last_lines.get(part.first, part.first)
        for line in range(self.last_line, first - above):
            text = self.source.comments.get(line)
            if text is not None:
                found.append(n.Comment(n.Span(line, 0, line, 0), text))
        # What is inside a definition goes with the definition.
        self.last_line = max(self.last_line, (statement.end_lineno or first) + 1 if declares else first)
        return found

    def _comments_above(self, node: ast.stmt) -> list[str]:
        """The comment lines directly above a definition."""
        if getattr(node, "name", "") in self.program.dispatchers.values():
            return []
        line = min([node.lineno, *[each.lineno for each in getattr(node, "decorator_list", [])]]) - 1
        found: list[str] = []
        while line in self.source.comments:
            found.append(self.source.comments[line])
            line -= 1
        return found[::-1]

    def statement(self, node: ast.stmt) -> n.Statement | None:
        """One statement."""
        span = self.source.span(node)
        match node:
            case ast.Expr(value=ast.Name(id=name)) if name in EXCEPTIONS:
                # A class that is only named does nothing.
                return None
            case ast.Expr(value=ast.Constant()) | ast.Pass() | ast.Global() | ast.Nonlocal() | ast.Import() | ast.ImportFrom():
                return None
            case ast.ClassDef():
                info = self.program.class_of_node[node]
                return n.ClassBody(span, info.name) if info.attributes and not info.enum else None
            case ast.Expr(value=value):
                return self._expression_statement(value, span)
            case ast.Assign():
                if ("literal", node) in self.inference.made:
                    return None
                return self._assign(node, span)
            case ast.AnnAssign():
                if node.value is None:
                    return None
                target = self.target(node.target)
                return n.Assign(span, [target], self.expression(node.value, self.target_type(node.target)))
            case ast.AugAssign():
                return self._augmented(node, span)
            case ast.If():
                static = self.inference_static(node.test)
                if static is not None:
                    asked = self.asked_in_vain(node.test)
                    before: list[n.Statement] = [n.Evaluate(span, asked)] if asked is not None else []
                    return n.Block(span, [*before, *self.block(node.body if static else node.orelse)])
                test = self.condition(node.test)
                runs = _outcome_for_none(test)
                if runs is not None:
                    # What is always None: the other branch never runs, and may have no types.
                    asked = _asked(test)
                    first: list[n.Statement] = [] if is_place(asked) else [n.Evaluate(span, asked)]
                    return n.Block(span, [*first, *self.block(node.body if runs else node.orelse)])
                return n.If(span, test, self.block(node.body), self.block(node.orelse))
            case ast.While():
                return n.While(span, self.condition(node.test), self.block(node.body), self.block(node.orelse))
            case ast.For():
                iteration = self.iteration(node.iter)
                if iteration.item == t.NEVER:
                    # Nothing is ever in it: the body cannot run, and has no types.
                    looked = [] if is_place(iteration.value) else [n.Evaluate(span, iteration.value)]
                    return n.Block(span, [*looked, *self.block(node.orelse)])
                target = self.target(node.target, iteration.item)
                return n.For(span, target, iteration, self.block(node.body), self.block(node.orelse))
            case ast.Return():
                return self._return(node, span)
            case ast.Raise():
                return self._raise(node, span)
            case ast.Try():
                return self._try(node, span)
            case ast.With():
                return self._with(node, span, 0)
            case ast.Assert():
                return self._assert(node, span)
            case ast.Delete():
                made = [self._delete(each) for each in node.targets]
                return n.Block(span, [each for each in made if each is not None])
            case ast.Break():
                return n.Break(span)
            case ast.Continue():
                return n.Continue(span)
            case ast.FunctionDef():
                return self._inner_function(node, span)
        return None

    def _expression_statement(self, value: ast.expr, span: n.Span) -> n.Statement | None:
        use = self.use(value)
        if isinstance(value, ast.Call) and use is not None and use.kind == "print":
            return self.print_statement(value, span)
        return n.Evaluate(span, self.expression(value))

    def _assign(self, node: ast.Assign, span: n.Span) -> n.Statement | None:
        if ("never set", node) in self.inference.made:
            return self._never_set(node, self.expression(node.value), span)
        if isinstance(node.targets[0], ast.Name) and ("alias", node.targets[0].id) in self.inference.made:
            return None
        if all(isinstance(each, ast.Name) and self.is_only_declaration(each) for each in node.targets):
            return None
        types = [self.target_type(each) for each in node.targets]
        if len(node.targets) > 1 and isinstance(node.value, ast.Constant):
            # The same constant may have another type for each.
            constants = [(each, self.expression(node.value, want)) for each, want in zip(node.targets, types, strict=True)]
            return n.Block(span, [n.Assign(span, [self.target(each, held.type)], held) for each, held in constants])
        want = types[0]
        if len(node.targets) == 1 and isinstance(node.targets[0], ast.Tuple | ast.List) and isinstance(node.value, ast.Tuple):
            want = None
        value = self.expression(node.value, want)
        targets = [self.target(each, value.type) for each in node.targets]
        if len(targets) == 1:
            return n.Assign(span, targets, value)
        holder = self.temporary(value.type)
        holder.temporary = False
        statements: list[n.Statement] = [n.Assign(span, [n.VariableTarget(span, holder)], value)]
        for target, wanted in zip(targets, types, strict=True):
            read: n.Expression = n.Read(holder.type, span, holder)
            statements.append(n.Assign(span, [target], self.coerce(read, wanted) if wanted is not None else read))
        return n.Block(span, statements)

    def _never_set(self, node: ast.stmt, value: n.Expression, span: n.Span) -> n.Statement:
        """An assignment to what cannot be set: the value is computed, and then it raises."""
        name, message = self.inference.made[("never set", node)]
        raised = n.Raise(span, n.NewException(t.Object("builtins.Exception"), span, name, [self.expression(message, t.STR)]))
        return n.Block(span, [n.Evaluate(span, value), raised])

    def _augmented(self, node: ast.AugAssign, span: n.Span) -> n.Statement | None:
        made = self.inference.made
        if self.use(node, "in place") is not None:
            return n.Evaluate(span, self.library_call(node, "in place", t.NONE))
        operation = made.get(("operation", node))
        if operation is None:
            return None
        if ("never set", node) in made:
            return self._never_set(node, self.expression(operation), span)
        target_type = self.target_type(node.target)
        setattr(operation, IN_PLACE, True)
        result = self.expression(operation, target_type)
        target = self.target(node.target, result.type if isinstance(node.target, ast.Subscript) else None)
        if (
            isinstance(result, n.Arithmetic)
            and isinstance(target, n.VariableTarget | n.FieldTarget)
            and result.type == target_type
            and result.type != t.VALUE
        ):
            return n.Augment(span, target, result.operator, result.right, result)
        if isinstance(target, n.VariableTarget) and result.type == t.STR and isinstance(node.op, ast.Add):
            value = self.expression(node.value, t.STR)
            return n.Augment(span, target, "append", value, result)
        return n.Assign(span, [target], result)

    def _return(self, node: ast.Return, span: n.Span) -> n.Statement:
        assert self.function is not None
        if self.function.spoken is not None:
            given = self.expression(node.value) if node.value is not None else n.Constant(t.NONE, span, None)
            return n.Return(span, self.coerce(given, self.function.spoken[1]))
        if self.function.generator is not None or node.value is None:
            value = None
            if node.value is None and self.function.generator is None and self.function.result != t.NONE:
                value = self.coerce(n.Constant(t.NONE, span, None), self.function.result)
            return n.Return(span, value)
        built = self.expression(node.value, self.function.result)
        return n.Return(span, built)

    def _raise(self, node: ast.Raise, span: n.Span) -> n.Statement:
        made = self._raised(node, span)
        if node.cause is not None and self.inference.made.get(CHAIN):
            found = self.inference_exception(node.cause)
            if found is not None:
                self.refuse(node, "BAT104", "an exception raised from a class is not translated", "Raise it from an object.")
            made.cause = self.coerce(self.expression(node.cause), t.Optional(EXCEPTION))
        return made

    @property
    def keeps_exception_states(self) -> bool:
        """Whether the program asks exceptions for more than their text."""
        return bool(self.inference.made.get(STATE))

    def _raised(self, node: ast.Raise, span: n.Span) -> n.Raise:
        if node.exc is None:
            return n.Raise(span, None)
        if isinstance(node.exc, ast.Name):
            found = self.inference_exception(node.exc)
            if isinstance(found, str):
                return n.Raise(span, n.NewException(t.Object("builtins.Exception"), span, found, []))
            if isinstance(found, ClassInfo):
                call = ast.copy_location(ast.Call(node.exc, [], []), node.exc)
                before = self.inference.instance
                self.inference.instance = self.instance
                self.inference.eval(call)
                self.inference.instance = before
                return n.Raise(span, self.expression(call))
        return n.Raise(span, self.expression(node.exc))

    def _try(self, node: ast.Try, span: n.Span) -> n.Statement:
        body = self.block(node.body)
        handlers = []
        reached = [each for each in node.handlers if not self._never_raised(each)]
        for handler in reached or node.handlers:
            names = (
                []
                if handler.type is None
                else list(handler.type.elts)
                if isinstance(handler.type, ast.Tuple)
                else [handler.type]
            )
            classes: list[str] = []
            own = ""
            for each in names:
                found = self.inference_exception(each)
                if isinstance(found, ClassInfo):
                    classes.append(found.name)
                    own = found.root.name
                elif isinstance(found, str):
                    classes.append(found)
            variable = None
            if handler.name:
                version = self.inference.bindings.versions.get(handler)
                if version is not None and (version.uses or version.captured):
                    variable = self.variable(version, self.instance, handler)
                    if not isinstance(variable.type, t.Instance):
                        own = ""
            else:
                own = ""
            handlers.append(
                n.Handler(
                    tuple(classes),
                    own if variable is not None else "",
                    variable,
                    self.block(handler.body),
                    self.source.span(handler),
                )
            )
        return n.Try(span, body, handlers, self.block(node.orelse), self.block(node.finalbody))

    def _never_raised(self, handler: ast.ExceptHandler) -> bool:
        """Whether a clause names one class of the program of which nothing is ever made: the Rust does not hold it."""
        found = self.inference_exception(handler.type) if isinstance(handler.type, ast.Name) else None
        return isinstance(found, ClassInfo) and not is_used(found)

    def _with(self, node: ast.With, span: n.Span, index: int) -> n.Statement:
        item = node.items[index]
        value = self.expression(item.context_expr)
        holder = self.temporary(value.type, "context")
        enter = exit_call = None
        target = None
        if isinstance(value.type, t.Instance):
            read = n.Read(holder.type, span, holder)
            enter = self.method_use(node, f"__enter__{index}", span, read, [])
            caught = self.temporary(t.Optional(t.Object("builtins.Exception")), "caught")
            exit_call = self.exit_call(node, f"__exit__{index}", span, read, caught)
            if item.optional_vars is not None:
                target = self.target(item.optional_vars, enter.type if enter is not None else None)
        elif item.optional_vars is not None:
            target = self.target(item.optional_vars, value.type)
            if isinstance(target, n.VariableTarget):
                holder = target.variable
        if index + 1 < len(node.items):
            body: list[n.Statement] = [self._with(node, span, index + 1)]
        else:
            body = self.block(node.body)
        return n.With(span, value, target, holder, enter, exit_call, body)

    def _assert(self, node: ast.Assert, span: n.Span) -> n.Statement:
        arguments = [self.expression(node.msg)] if node.msg is not None else []
        raised = n.Raise(span, n.NewException(t.Object("builtins.Exception"), span, "AssertionError", arguments))
        return n.If(span, n.Not(t.BOOL, span, self.condition(node.test)), [raised], [])

    def _delete(self, node: ast.expr) -> n.Statement | None:
        span = self.source.span(node)
        if isinstance(node, ast.Subscript):
            return n.Evaluate(span, self.subscript_call(node, "delitem", None))
        return None

    def _inner_function(self, node: ast.FunctionDef, span: n.Span) -> n.Statement | None:
        info = self.program.functions[node]
        if isinstance(self.instance.scope.node, ast.Module):
            return None
        statements: list[n.Statement] = []
        for instance in [each for (_, parent), each in info.instances.items() if parent == id(self.instance)]:
            function = self._function(instance)
            version = self.inference.bindings.versions[node]
            variable = self.variable(version, self.instance, node)
            statements.append(n.LocalFunction(span, variable, function))
        return n.Block(span, statements) if statements else None


def _outcome_for_none(test: n.Expression) -> bool | None:
    """The outcome of a test of what is always None; None for any other test."""
    if isinstance(test, n.Not):
        found = _outcome_for_none(test.operand)
        return None if found is None else not found
    if isinstance(test, n.IsNone) and test.operand.type == t.NONE:
        return not test.negated
    if isinstance(test, n.Truth) and test.operand.type == t.NONE:
        return False
    return None


def _asked(test: n.Expression) -> n.Expression:
    """What such a test looks at."""
    while isinstance(test, n.Not | n.IsNone | n.Truth):
        test = test.operand
    return test


def _generates(cls: ClassInfo, name: str) -> bool:
    """Whether Python writes a special method for a class."""
    return cls.named_tuple or (cls.dataclass and (name == "__repr__" or cls.compared))
