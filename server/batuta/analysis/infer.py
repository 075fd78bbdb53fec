"""Type inference over the whole module, by running every statement on types until nothing new is learned.

Functions take their types from their call sites. A parameter that receives types that do not go together (a str here, an int there) gets an
instance of the function for each; everything else is one instance.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from typing import Any

from batuta.analysis import desugar
from batuta.analysis.bindings import COMPREHENSIONS, Scope, Version, parameters, swallows
from batuta.analysis.called_values import CalledValues
from batuta.analysis.calls import Calls
from batuta.analysis.class_forms import ONLY_IF_CALLED
from batuta.analysis.declarations import EXCEPTIONS, TYPING_ONLY
from batuta.analysis.deliberate import Deliberate, named_exceptions
from batuta.analysis.dispatch import Dispatch
from batuta.analysis.drawing.what_draws import KEEP_DRAWING, draws
from batuta.analysis.expressions import OPERATORS, Expressions
from batuta.analysis.graph import FLOAT, INT, NONE, STR, VALUE, Atom, Cell, Graph, Group, Place, begin, end
from batuta.analysis.growth import growing
from batuta.analysis.library import Library
from batuta.analysis.narrowing import Narrowing, common, path_of
from batuta.analysis.object_functions import declared_fields
from batuta.analysis.pipelines import role_of_different
from batuta.analysis.program import ClassInfo, FunctionInfo, FunctionInstance, Program
from batuta.analysis.recursion_depth import COUNTED, names_recursion
from batuta.analysis.resolve import LiveResolver
from batuta.analysis.runs import Run
from batuta.analysis.subclass_hooks import HOOK
from batuta.analysis.text_templates import TextTemplates
from batuta.analysis.values import Values
from batuta.catalog.index import catalog
from batuta.findings.finding import Finding
from batuta.python.new_nodes import located
from batuta.python.walk import children

LIBRARY_EXCEPTIONS = (
    "CancelledError",
    "InvalidStateError",
    "FrozenInstanceError",
    "LinAlgError",
    "NotFittedError",
    "JSONDecodeError",
    "StatisticsError",
    "ConvergenceWarning",
    "ArgumentTypeError",
    "InvalidOperation",
    "DivisionByZero",
)
"""Exception and warning classes of libraries that a program may name in a handler or a filter."""
NAMESAKES = ("re.error", "struct.error", "binascii.Error")
"""Exception classes of libraries that share their name with others: they keep that of their module."""
_HANDLERS: dict[type[ast.stmt], str] = {}
"""The method that runs each class of statements."""
MOST_ROUNDS = 40
"""Rounds after which inference gives up; ordinary programs need three to eight."""


QUIET_LIBRARIES = frozenset({"numpy", "scipy", "pandas", "sklearn", "joblib", "tqdm", "matplotlib", "seaborn", "plotly"})
"""Libraries whose import nobody notices, beside those of the standard library."""


class Inference(Expressions, Calls, TextTemplates, Library, Narrowing, Values, CalledValues, Dispatch, Deliberate):
    """One run of the analysis over one program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.bindings = program.bindings
        self.graph = Graph(catalog().common_base, role_of_different)
        self.instance = FunctionInstance(None, (), program.bindings.module, None, "program")
        self.module = self.instance
        program.module = self.module
        program.instances = []
        self.facts = {}
        self.reached = {}
        self.compared = {}
        self.compared_alone = {}
        self.bindings_of_calls = {}
        self.alive = True
        self.estimator_makers = set()
        self.sites: dict[tuple[Any, ...], Atom] = {}
        self.made: dict[Any, Any] = {}
        """Nodes, cells and atoms that rounds share, by what they were made for."""
        self.problems: dict[tuple[FunctionInstance, ast.AST, str], Finding] = {}
        """Why places cannot be translated, when all has been run."""
        self.resolver = LiveResolver(assume_observed=True, values=program.values, containers=program.containers)
        self._use_hints = False
        self._waiting = True
        self._waited = False
        """Whether a comparison was left open until all else is known."""
        self._asked_for_hints = Place()
        self.active = self.module.run
        """The run of the statement that is run now."""
        self.value_calls: dict[ast.Call, set[FunctionInfo]] = {}
        """Calls of function values, with the functions that arrive there."""
        self.dynamic_calls: dict[FunctionInfo, set[tuple[int, tuple[tuple[str, str | None], ...]] | None]] = {}
        """Functions among values, with how values are called that may be them: with how many arguments, or None for any number."""
        self.statements = 0
        """How many statements have run: what an expression gave is remembered while its statement runs."""
        self.tested: set[ast.BoolOp] = set()
        """The `and` and `or` of which only the truth is asked."""
        self.growing = growing(program.source.tree)
        self.fitting: set[tuple[int, Cell]] = set()
        """The catalog types that are being compared, by identity, and what with."""

    # -- driver

    def run(self) -> None:
        """Infer to a fixed point, then once more with annotations where nothing else was learned."""
        self._rounds()
        self._use_hints = True
        self._asked_for_hints.spoil_readers()
        self._seed_unused()
        self.settled = self._rounds()
        if self._seed_unused():
            self.settled = self._rounds()
        if self._waited:
            self._waiting = False
            self._asked_for_hints.spoil_readers()
            self.settled = self._rounds()
        self.problems = {key: found for run in self._all_runs() for key, found in run.problems.items()}

    settled = False
    """Whether the last round learned nothing."""

    @property
    def use_hints(self) -> bool:
        """Whether what is still open is filled by annotations, and otherwise a problem."""
        self._asked_for_hints.read()
        return self._use_hints

    def knows_nothing_more(self) -> bool:
        """Whether what annotations have filled has been followed to its end: what has no type then never gets one."""
        if not self.use_hints:
            return False
        self._waited = self._waited or self._waiting
        return not self._waiting

    def _rounds(self) -> bool:
        """Run everything whose reasons have changed, until nothing is learned. False when that had no end."""
        for _ in range(MOST_ROUNDS):
            before = self.graph.time
            self._round()
            if self.graph.time == before:
                return True
        return False

    def _round(self) -> None:
        self._body(self.module)
        index = 0
        while index < len(self.program.instances):
            self._body(self.program.instances[index])
            index += 1
        if self._use_hints:
            for instance in [self.module, *self.program.instances]:
                for cell, annotation in instance.run.hints():
                    self.apply_hint(cell, annotation)
        if self.program.containers:
            self.box_values()
            self.settle_functions()

    def _all_runs(self) -> Iterator[Run]:
        for instance in [self.module, *self.program.instances]:
            yield from instance.run.all()

    def _every_run_again(self) -> None:
        """One more round, in which every statement runs."""
        for instance in [self.module, *self.program.instances]:
            for run in [instance.run, *instance.runs.values()]:
                run.stale = True
        self._round()

    def sources(self) -> dict[Cell, set[Cell]]:
        """Where what each cell holds comes from: the cells that flow into it."""
        self.graph.sources = {}
        self._every_run_again()
        found, self.graph.sources = self.graph.sources, None
        made: dict[Cell, set[Cell]] = {}
        for target, sources in found.items():
            made.setdefault(target.find(), set()).update(each.find() for each in sources)
        return made

    def missed(self) -> list[str]:
        """What one more round, in which every statement runs, learns though the rounds had come to an end: places that a statement
        reads without being run again when they change. There are none."""
        if not self.settled:
            return []
        before, problems = self.graph.time, self.problems
        self._every_run_again()
        self.problems = {key: found for run in self._all_runs() for key, found in run.problems.items()}
        learned = ["something that was not known"] if self.graph.time != before else []
        return learned + [each.reason for key, each in self.problems.items() if problems.get(key) != each]

    def _seed_unused(self) -> bool:
        """Functions that nobody calls are typed by their hints, when every parameter has one. True where there are some."""
        before = len(self.program.instances)
        for info in self.program.functions.values():
            if info.instances or info.kind == "lambda" or info.scope.parent is None or hasattr(info.node, ONLY_IF_CALLED):
                continue
            owner = info.owner
            # A class that is only met (caught, named by a hint) has the fields that the hints of its `__init__` say.
            met = owner is not None and info.name == "__init__" and ("instance", owner) in self.sites
            if (
                owner is not None
                and not owner.constructed
                and not met
                and not all(m.instances for m in owner.methods.values() if m.name == "__init__")
            ):
                continue
            inside = info.scope.parent
            if not isinstance(inside.node, ast.Module | ast.ClassDef):
                continue
            names = parameters(info.parameters)
            receiver = 1 if info.kind in ("method", "property", "class method", "setter") else 0
            if all(each.annotation is not None for each in names[receiver:]) and not info.parameters.vararg:
                if owner is not None and not owner.constructed and not met:
                    continue
                instance = self.instance_of(info, (), self.module)
                for each in names[receiver:]:
                    version = self.bindings.versions[each]
                    assert each.annotation is not None
                    self.apply_hint(instance.version_cell(version), each.annotation)
                if receiver and owner is not None:
                    self.graph.add(instance.version_cell(self.bindings.versions[names[0]]), self.instance_atom(owner))
        return len(self.program.instances) > before

    def instance_of(self, info: FunctionInfo, key: tuple[Any, ...], parent: FunctionInstance) -> FunctionInstance:
        """The instance of a function for a key, made on first use."""
        full = (key, id(parent))
        found = info.instances.get(full)
        if found is None:
            found = FunctionInstance(info, key, info.scope, parent, info.name)
            info.add_instance(full, found)
            self.program.instances.append(found)
            self.graph.time += 1
        return found

    def _body(self, instance: FunctionInstance) -> None:
        """Run the body of an instance, or of the module, unless nothing that it read has changed."""
        run = instance.run
        if not run.stale:
            return
        before = (self.instance, self.facts, self.alive, self.active)
        self.instance, self.facts, self.alive, self.active = instance, {}, True, run
        run.begin({})
        outer = begin(run)
        try:
            if instance.function is None:
                self.block(self.program.source.tree.body)
            else:
                self._function(instance, instance.function)
        finally:
            end(outer)
        self.instance, self.facts, self.alive, self.active = before

    def _function(self, instance: FunctionInstance, info: FunctionInfo) -> None:
        for each in parameters(info.parameters):
            if each.annotation is not None:
                self.active.notes.append((instance.version_cell(self.bindings.versions[each]), each.annotation))
        if info.coroutine:
            spoken = self.site(instance, info.node, "coroutine", ("object", "builtins.coroutine"), 3)
            for mine, part in zip((instance.yielded, instance.sent, instance.returned), spoken.cells, strict=True):
                self.graph.unify(part, mine)
            self.graph.add(instance.result, spoken)
        elif info.generator:
            site = self.site(instance, info.node, "iterator", ("iterator",), 1)
            self.graph.flow(instance.yielded, site.cells[0])
            self.graph.unify(site.cells[0], instance.yielded)
            self.graph.add(instance.result, site)
        self.block(info.body)
        if info.coroutine and (self.alive or (self.use_hints and not instance.returned)):
            self.graph.add(instance.returned, NONE)
        if info.coroutine and self.use_hints and not instance.sent:
            self.graph.add(instance.sent, NONE)
        if info.coroutine and self.use_hints and not instance.yielded:
            self.graph.add(instance.yielded, NONE)
        ends = self.alive or hasattr(info.node, desugar.COROUTINE)
        if ends and not info.generator and not (info.owner and info.name == "__init__"):
            self.graph.add(instance.result, NONE)
        if isinstance(info.node, ast.FunctionDef) and info.node.returns is not None and not info.generator:
            self.active.notes.append((instance.result, info.node.returns))

    def eval_in_module(self, node: ast.expr) -> Cell:
        """The cell of an expression that stands in no function."""
        before, self.instance = self.instance, self.module
        found: Cell = self.eval(node)
        self.instance = before
        return found

    # -- places

    def cell(self, node: ast.AST, tag: str = "") -> Cell:
        """The cell of an expression in the current instance."""
        cells = self.instance.cells
        key: Any = (node, tag) if tag else node
        found = cells.get(key)
        if found is None:
            found = cells[key] = Cell()
        return found

    def site(
        self, instance: FunctionInstance, node: ast.AST, tag: str, key: tuple[Any, ...], cells: int, grouped: bool = True
    ) -> Atom:
        """The atom of an allocation: the same one each round."""
        name = (instance, node, tag, key)
        found = self.sites.get(name)
        if found is None:
            found = self.sites[name] = Atom(key, tuple(Cell() for _ in range(cells)), Group() if grouped else None)
        return found

    def problem(self, node: ast.AST, code: str, reason: str, remedy: str, tag: str = "") -> None:
        """Note why a place cannot be translated. Kept only when the last run of its statement still says so."""
        if not self.alive:
            return
        span = self.program.source.span(node)
        self.active.problems[(self.instance, node, tag)] = Finding(span, code, reason, remedy, path=self.program.source.path)

    def instance_atom(self, cls: ClassInfo) -> Atom:
        """The atom of a class's instances."""
        key = ("instance", cls)
        found = self.sites.get(key)
        if found is None:
            root = cls.root
            found = self.sites[key] = Atom(key, (), root.group, cls)
            if cls.enum:
                # All members are there from the beginning, however the program comes by them.
                cls.constructed = True
                self.graph.time += 1
                self.trait_methods(cls)
        return found

    def version(self, node: ast.Name) -> Version | None:
        """The version that a name means here."""
        found = self.bindings.versions.get(node)
        if found is not None:
            return found
        return self.bindings.version_of(node, node.id, self.current_scope)

    @property
    def current_scope(self) -> Scope:
        return self.comprehension_scopes[-1] if self.comprehension_scopes else self.instance.scope

    comprehension_scopes: list[Scope] = []

    def constant_of(self, version: Version) -> ast.expr | None:
        """The constant that a variable is assigned once, at the top of its scope, and never again."""
        statement = self.assignments(version.scope).get(version.definitions[0])
        value = statement.value if statement is not None else None
        return value if isinstance(value, ast.Constant | ast.UnaryOp | ast.Tuple) else None

    def assignments(self, scope: Scope) -> dict[ast.AST, ast.Assign | ast.AnnAssign]:
        """The assignments at the top of a scope, by each of their targets."""
        found: dict[ast.AST, ast.Assign | ast.AnnAssign] | None = self.made.get(("assignments", scope))
        if found is None:
            found = self.made[("assignments", scope)] = {}
            body = getattr(scope.node, "body", [])
            for statement in body if isinstance(body, list) else []:
                if isinstance(statement, ast.Assign | ast.AnnAssign):
                    for target in statement.targets if isinstance(statement, ast.Assign) else [statement.target]:
                        found[target] = statement
        return found

    # -- statements

    def block(self, body: list[ast.stmt]) -> None:
        """Run statements in order; what follows a dead end is noted as dead."""
        for statement in body:
            if not self.alive:
                self.instance.dead.add(statement)
                continue
            self.instance.dead.discard(statement)
            self.statement(statement)

    def statement(self, node: ast.stmt) -> None:
        """Run one statement."""
        name = _HANDLERS.get(node.__class__)
        if name is None:
            name = _HANDLERS[node.__class__] = f"_{type(node).__name__.lower()}"
        handler = getattr(self, name, None)
        if handler is None:
            self.problem(node, "BAT104", f"`{type(node).__name__}` statements are not translated", "Write it another way.")
            return
        self.statements += 1
        run = self.instance.runs.get(node)
        if run is None:
            run = self.instance.runs[node] = Run()
        outer = self.active
        outer.notes.append(run)
        run.users = [outer]
        before = self.relevant_facts(node)
        if not run.stale and run.before == before:
            self.replace_facts(run.changes)
            self.alive = run.alive
            return
        run.begin(before)
        self.active = run
        doing = begin(run)
        try:
            handler(node)
        finally:
            end(doing)
        self.active = outer
        run.end(self.changed_facts(node, before), self.alive)

    def _expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self.eval(node.value)
            if isinstance(node.value, ast.Call) and self.never_returns(node.value):
                self.alive = False

    def names_type(self, node: ast.expr) -> bool:
        """Whether an expression only names a type: `list[int]`, `Optional[str]`, `TypeVar("T")`."""
        if isinstance(node, ast.Call):
            return self.qualified(node.func) in ("typing.TypeVar", "typing.NewType", "typing.ParamSpec")
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            return self.names_type(node.left) and (self.names_type(node.right) or isinstance(node.right, ast.Constant))
        head = node.value if isinstance(node, ast.Subscript) else node
        name = self.qualified(head) or ""
        if name in ("numpy.ndarray", "numpy.typing.NDArray", "numpy.typing.ArrayLike", "typing.Any"):
            return True
        if isinstance(node, ast.Subscript):
            return name.startswith(("typing.", "collections.abc.")) or name.removeprefix("builtins.") in (
                "list",
                "dict",
                "set",
                "tuple",
                "frozenset",
            )
        return False

    def _assign(self, node: ast.Assign) -> None:
        if len(node.targets) == 1 and isinstance(node.targets[0], ast.Name) and self.names_type(node.value):
            self.made[("alias", node.targets[0].id)] = node.value
            return
        value = self.eval(node.value)
        if isinstance(node.targets[0], ast.Tuple | ast.List) and any(
            atom.key[0] == "instance" and not atom.payload.named_tuple and atom.payload.find_method("__iter__")
            for atom in value.atoms.values()
        ):
            node.value = located(ast.Call(ast.Name("list", ast.Load()), [node.value], []), node.value)
            value = self.eval(node.value)
        if len(node.targets) == 1 and self.never_set(node, node.targets[0]):
            self.alive = False
            return
        for target in node.targets:
            self.assign(target, value, node.value)

    def _annassign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            value = self.eval(node.value)
            self.assign(node.target, value, node.value)
            self.active.notes.append((value, node.annotation))
        if isinstance(node.target, ast.Name):
            version = self.version(node.target)
            if version is not None:
                self.active.notes.append((self.instance.version_cell(version), node.annotation))
        elif isinstance(node.target, ast.Attribute):
            for atom in list(self.eval(node.target.value).atoms.values()):
                if atom.key[0] == "instance":
                    self.active.notes.append((atom.payload.field(node.target.attr), node.annotation))

    def _augassign(self, node: ast.AugAssign) -> None:
        read = self.made.setdefault(("augmented", node), desugar.load(node.target))
        if isinstance(node.target, ast.Name) and node.target in self.bindings.versions:
            self.bindings.versions[read] = self.bindings.versions[node.target]
        target = self.eval(read)
        special = f"__i{OPERATORS[type(node.op)]}__"
        if any(atom.key[0] == "instance" and atom.payload.find_method(special) for atom in target.atoms.values()):
            call = self.made.setdefault(
                ("operation", node),
                located(ast.Call(ast.Attribute(read, special, ast.Load()), [node.value], []), node),
            )
            self.assign(node.target, self.eval(call), call)
            return
        in_place = None if self.dynamic(target) else self.in_place_operator(target, node.op)
        if in_place is not None:
            self.eval(node.value)
            if in_place.startswith("ndarray."):
                self.library(node, "in place", in_place, [node.value], [], receiver=read)
            else:
                self.library(node, "in place", in_place, [node.value], [], receiver=read)
            return
        operation = self.made.setdefault(("operation", node), located(ast.BinOp(read, node.op, node.value), node))
        if node in self.growing:
            self.growing.add(operation)
        self.made[("in place", operation)] = True
        value = self.eval(operation)
        if self.never_set(node, node.target):
            self.alive = False
            return
        self.assign(node.target, value, operation)

    def _for(self, node: ast.For) -> None:
        element = self.iterate(node.iter)
        before = dict(self.facts)
        self.forget(node.body)
        self.forget_target(node.target)
        inside = dict(self.facts)
        self.assign(node.target, element, None)
        self.block(node.body)
        self.facts = common(before, [inside])
        self.alive = True
        self.block(node.orelse)
        self.alive = True

    def _while(self, node: ast.While) -> None:
        self.forget(node.body)
        entry = dict(self.facts)
        self.test(node.test)
        self.assume(node.test, True)
        forever = isinstance(node.test, ast.Constant) and bool(node.test.value)
        self.block(node.body)
        self.facts = dict(entry)
        self.alive = True
        breaks = _has_break(node.body)
        if forever and not breaks:
            self.alive = False
            self.block(node.orelse)
            return
        if not breaks:
            self.assume(node.test, False)
        self.block(node.orelse)

    def _if(self, node: ast.If) -> None:
        self.test(node.test)
        static = self.static_truth(node.test)
        before = dict(self.facts)
        self.assume(node.test, True)
        if static is False:
            self.alive = False
        self.block(node.body)
        after, alive = self.facts, self.alive
        self.facts, self.alive = before, static is not True
        self.assume(node.test, False)
        self.block(node.orelse)
        if not self.alive:
            self.facts, self.alive = after, alive
        elif alive:
            self.facts = common(self.facts, [after])

    def _return(self, node: ast.Return) -> None:
        if node.value is not None:
            value = self.eval(node.value)
            if self.instance.function and self.instance.function.coroutine:
                self.graph.flow(value, self.instance.returned)
            elif not (self.instance.function and self.instance.function.generator):
                self.graph.flow(value, self.instance.result)
        elif self.instance.function and self.instance.function.coroutine:
            self.graph.add(self.instance.returned, NONE)
        elif not (self.instance.function and self.instance.function.generator):
            self.graph.add(self.instance.result, NONE)
        self.alive = False

    def _raise(self, node: ast.Raise) -> None:
        if isinstance(node.exc, ast.Name) and isinstance(self.exception_class(node.exc), ClassInfo):
            # `raise Empty` makes an object too.
            node.exc = located(ast.Call(node.exc, [], []), node.exc)
        if node.exc is not None:
            self.eval(node.exc)
        if node.cause is not None:
            self.eval(node.cause)
        self.alive = False

    def _try(self, node: ast.Try) -> None:
        self.forget(node.body)
        entry = dict(self.facts)
        outer, self.expected = self.expected, (*self.expected, *named_exceptions(node))
        self.block(node.body)
        self.expected = outer
        self.block(node.orelse)
        ends = [(self.facts, self.alive)]
        for handler in node.handlers:
            self.facts, self.alive = dict(entry), True
            if handler.type is not None:
                self.handler(handler)
            self.block(handler.body)
            ends.append((self.facts, self.alive))
        living = [facts for facts, alive in ends if alive]
        self.alive = bool(living)
        self.facts = common(living[0], living[1:]) if living else {}
        if node.finalbody:
            alive = self.alive
            if not alive:
                self.alive, self.facts = True, dict(entry)
            self.block(node.finalbody)
            self.alive = self.alive and alive

    def handler(self, handler: ast.ExceptHandler) -> None:
        """Type the name that an `except` clause binds."""
        names = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        classes = [self.exception_class(each) for each in names if each is not None]
        if any(each is None for each in classes):
            self.problem(handler, "BAT104", "an `except` clause must name exception classes", "Name the classes.")
            return
        if names_recursion(handler) and not hasattr(handler, COUNTED):
            reason = "how deep calls go before a RecursionError is not known here"
            self.problem(handler, "BAT104", reason, "Ask for the depth with an ordinary condition.")
            return
        if not handler.name:
            return
        version = self.bindings.versions.get(handler)
        if version is None:
            return
        cell = self.instance.version_cell(version)
        if (
            all(isinstance(each, ClassInfo) for each in classes)
            and len({each.root for each in classes if isinstance(each, ClassInfo)}) == 1
        ):
            for each in classes:
                assert isinstance(each, ClassInfo)
                for below in each.descendants():
                    self.graph.add(cell, self.instance_atom(below))
        else:
            self.graph.add(cell, self.exception_atom())

    def exception_atom(self) -> Atom:
        """The atom of a builtin exception object."""
        found: Atom = self.made.setdefault("exception", Atom(("exception",)))
        return found

    def exception_class(self, node: ast.expr) -> ClassInfo | str | None:
        """The exception class that an expression names."""
        if isinstance(node, ast.Name):
            version = self.version(node)
            if version is None and node.id in EXCEPTIONS:
                return node.id
            cls = self.program.classes.get(node.id)
            if cls is not None and cls.exception:
                return cls
        qualified = self.qualified(node)
        if qualified in NAMESAKES:
            return qualified
        if qualified and qualified.rpartition(".")[2] in LIBRARY_EXCEPTIONS:
            return qualified.rpartition(".")[2]
        return None

    def _with(self, node: ast.With) -> None:
        swallows = False
        for index, item in enumerate(node.items):
            value = self.eval(item.context_expr)
            entered = value
            classes = [atom.payload for atom in list(value.atoms.values()) if atom.key[0] == "instance"]
            swallows = swallows or any(_swallows(each) for each in classes)
            if classes:
                entered = self.cell(item.context_expr, "enter")
                for name in ("__enter__", "__exit__"):
                    arguments: list[ast.expr] = []
                    if name == "__exit__":
                        # Type, exception and traceback: all stand for the exception here, or None.
                        for place in range(3):
                            stand_in = self.made.setdefault(
                                ("exit", node, index, place), ast.copy_location(ast.Name("_value", ast.Load()), node)
                            )
                            self.graph.add(self.cell(stand_in), NONE)
                            self.graph.add(self.cell(stand_in), self.exception_atom())
                            arguments.append(stand_in)
                    result = self.call_special(node, f"{name}{index}", name, item.context_expr, arguments)
                    if name == "__enter__" and result is not None:
                        self.graph.flow(result, entered)
            if item.optional_vars is not None:
                self.assign(item.optional_vars, entered, None)
        if not swallows:
            self.block(node.body)
            return
        # The block may end anywhere, and what follows it runs all the same.
        self.forget(node.body)
        entry = dict(self.facts)
        self.block(node.body)
        self.facts, self.alive = entry, True

    def _assert(self, node: ast.Assert) -> None:
        self.test(node.test)
        if node.msg is not None:
            before = dict(self.facts)
            self.assume(node.test, False)
            self.eval(node.msg)
            self.facts = before
        self.assume(node.test, True)

    def _delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            if isinstance(target, ast.Subscript):
                self.subscript_statement("delitem", target, None)
            elif isinstance(target, ast.Name):
                for read in self.instance.scope.read_deleted:
                    if read.id == target.id:
                        reason = f"`{read.id}` may be read here after `del {read.id}`"
                        self.problem(read, "BAT104", reason, "Set it to None, or use another name.")
            else:
                self.problem(target, "BAT104", "deleting an attribute is not translated", "Set it to None.")

    def _functiondef(self, node: ast.FunctionDef) -> None:
        info = self.program.functions[node]
        version = self.bindings.versions.get(node)
        for default in [*node.args.defaults, *[d for d in node.args.kw_defaults if d]]:
            self.eval(default)
        if version is not None:
            self.graph.add(self.instance.version_cell(version), self.function_atom(info, self.instance))

    def _classdef(self, node: ast.ClassDef) -> None:
        info = self.program.class_of_node[node]
        if not isinstance(self.instance.scope.node, ast.Module):
            self.problem(node, "BAT104", "a class inside a function is not translated", "Move the class to the top level.")
        if HOOK in info.methods and any(each is not info for each in info.descendants()):
            self.problem(
                node, "BAT104", f"`{HOOK}` runs when a class below is made", "Register the classes by statements.", HOOK
            )
        for name, value in info.attributes.items():
            cell = self.eval(value)
            if not info.enum:
                self.graph.flow(cell, info.field(f"class {name}"))
        for name, default, annotation in info.declared:
            if default is not None and not self.is_field_call(default):
                self.eval(default)
            self.active.notes.append((info.field(name), annotation))

    def is_field_call(self, node: ast.expr) -> bool:
        """Whether a dataclass default is `field(...)`."""
        return isinstance(node, ast.Call) and self.qualified(node.func) == "dataclasses.field"

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        for alias in node.names:
            name = self.program.imports[alias]
            top = name.split(".")[0]
            if self._imported_for_nothing(alias, top):
                continue
            if isinstance(node, ast.ImportFrom):
                module = name.rpartition(".")[0]
                if alias.name in LIBRARY_EXCEPTIONS or module in TYPING_ONLY:
                    continue
                if self.knows(name) or self.knows_module(name) or name.startswith("__future__"):
                    continue
                if name in (
                    "dataclasses.dataclass",
                    "dataclasses.field",
                    "dataclasses.replace",
                    "dataclasses.asdict",
                    "dataclasses.FrozenInstanceError",
                    "dataclasses.astuple",
                    "dataclasses.is_dataclass",
                    "dataclasses.KW_ONLY",
                    "dataclasses.InitVar",
                    "enum.Enum",
                    "enum.auto",
                    "enum.IntEnum",
                    "enum.StrEnum",
                    "enum.Flag",
                    "enum.IntFlag",
                    "enum.unique",
                    "functools.lru_cache",
                    "functools.cache",
                    "functools.wraps",
                    "functools.cached_property",
                    "functools.total_ordering",
                    "collections.namedtuple",
                    "contextlib.contextmanager",
                    "contextlib.suppress",
                    "contextlib.closing",
                    "contextlib.nullcontext",
                    "contextlib.redirect_stdout",
                    "tempfile.TemporaryDirectory",
                ):
                    continue
                self.problem(
                    alias,
                    "BAT105",
                    f"`{name}` has no Rust equivalent here",
                    KEEP_DRAWING if draws(name) else f"Do without `{alias.name}`, or keep this part in Python.",
                )
            elif not (
                self.knows_module(alias.name) or top in TYPING_ONLY or top in ("contextlib", "dataclasses", "enum", "functools")
            ):
                self.problem(
                    alias,
                    "BAT105",
                    f"the module `{alias.name}` is not translated",
                    KEEP_DRAWING if draws(name) else "Keep the part that uses it in Python.",
                )

    def _imported_for_nothing(self, alias: ast.alias, top: str) -> bool:
        """Whether the program imports something of a library whose imports change nothing and never uses it."""
        version = self.program.bindings.versions.get(alias)
        return (
            version is not None
            and not version.uses
            and version.definitions == [alias]
            and (top in sys.stdlib_module_names or top in QUIET_LIBRARIES)
            # These do something when they are imported.
            and top not in ("this", "antigravity", "turtle", "readline", "site")
        )

    _importfrom = _import

    def _pass(self, node: ast.Pass) -> None:
        pass

    def _global(self, node: ast.Global) -> None:
        pass

    _nonlocal = _global

    def _break(self, node: ast.Break) -> None:
        self.alive = False

    _continue = _break

    # -- targets

    def assign(self, target: ast.expr, value: Cell, node: ast.expr | None) -> None:
        """Let a value arrive at an assignment target."""
        match target:
            case ast.Name():
                version = self.version(target)
                if version is not None:
                    self.graph.flow(value, self.instance.version_cell(version))
                    self.cell(target)
                    self.graph.unify(self.cell(target), self.instance.version_cell(version))
                self.learn(target, value)
            case ast.Attribute():
                self._assign_attribute(target, value)
                self.learn(target, value)
            case ast.Subscript():
                self.eval(target.value)
                self.subscript_statement("setitem", target, value)
                self.forget_path(path_of(target))
            case ast.Tuple() | ast.List():
                self._unpack(target, value)
            case ast.Starred():
                self.assign(target.value, value, node)
            case _:
                self.problem(target, "BAT104", "this assignment target is not translated", "Assign to a name first.")

    def _assign_attribute(self, target: ast.Attribute, value: Cell) -> None:
        if (
            isinstance(target.value, ast.Name)
            and target.value.id in self.program.classes
            and self.version(target.value) is not None
        ):
            cls = self.program.classes[target.value.id]
            if cls.find_attribute(target.attr):
                self.graph.flow(value, cls.field(f"class {target.attr}"))
                self.instance.uses[(target, "")] = self.use("class attribute", cls=cls, text=target.attr)
                return
        owner = self.eval(target.value)
        objects = [each.payload for each in owner.atoms.values() if each.key[0] == "instance"]
        setters = {each: each.find_method(f"{target.attr}.setter") for each in objects}
        lacking = [each for each in objects if setters[each] is None and self.lacks_attribute(each, target.attr)]
        for atom in list(owner.atoms.values()):
            if atom.key[0] == "instance":
                cls = atom.payload
                setter = setters[cls] if cls in setters else cls.find_method(f"{target.attr}.setter")
                if setter is not None:
                    self.call_setter(target, setter, value, lacking)
                    continue
                if cls in lacking and any(f"{target.attr}.setter" in each.methods for each in cls.root.descendants()):
                    # Where such an object comes here, it would get a field that nothing else knows: the program ends and says so.
                    continue
                if cls.find_method(target.attr) is not None:
                    self.problem(
                        target,
                        "BAT107",
                        f"`{target.attr}` replaces a method while the program runs",
                        "Use a field that holds the function.",
                    )
                    continue
                self.graph.flow(value, cls.field(target.attr))
            elif atom.key[0] != "None":
                self.problem(
                    target,
                    "BAT107",
                    f"an attribute is set on {self.describe(owner)}, which is not an object of the program",
                    "Keep the value in a variable.",
                )

    def _unpack(self, target: ast.Tuple | ast.List, value: Cell) -> None:
        names = target.elts
        star = next((index for index, each in enumerate(names) if isinstance(each, ast.Starred)), None)
        parts = [self.cell(each, "part") for each in names]
        for atom in self.atoms_of(value):
            match atom.key[0]:
                case "tuple":
                    items = list(atom.cells)
                    if star is None:
                        if len(items) != len(names):
                            self.problem(
                                target,
                                "BAT202",
                                f"{len(items)} values are unpacked into {len(names)} names",
                                "Make the counts equal.",
                            )
                            continue
                        for item, part in zip(items, parts, strict=True):
                            self.graph.flow(item, part)
                    else:
                        after = len(names) - star - 1
                        for item, part in zip(items[:star], parts[:star], strict=False):
                            self.graph.flow(item, part)
                        for item, part in zip(items[len(items) - after :], parts[star + 1 :], strict=False):
                            self.graph.flow(item, part)
                        made = self.site(self.instance, target, "star", ("list",), 1)
                        for item in items[star : len(items) - after]:
                            self.graph.flow(item, made.cells[0])
                        self.graph.add(parts[star], made)
                case "instance" if atom.payload.named_tuple:
                    for (name, _, _), part in zip(declared_fields(atom.payload), parts, strict=False):
                        self.graph.flow(atom.payload.field(name), part)
                case "None":
                    pass
                case _:
                    element = self.element_of(target, atom, "unpack")
                    if element is None:
                        continue
                    for index, part in enumerate(parts):
                        if index == star:
                            made = self.site(self.instance, target, "star", ("list",), 1)
                            self.graph.flow(element, made.cells[0])
                            self.graph.add(part, made)
                        else:
                            self.graph.flow(element, part)
        for each, part in zip(names, parts, strict=True):
            self.assign(each, part, None)

    # -- annotations

    def apply_hint(self, cell: Cell, annotation: ast.expr, depth: int = 0) -> None:
        """Let an annotation fill what the program itself left open."""
        if depth > 6:
            return
        made = self.hint_atoms(annotation, depth)
        for atom, inner in made:
            if not cell or (depth == 0 and cell.get("None") and len(cell.atoms) == 1):
                self.graph.add(cell, atom)
            mine = cell.get(*atom.key)
            if mine is not None:
                for part, hint in zip(mine.cells, inner, strict=False):
                    self.apply_hint(part, hint, depth + 1)

    def hint_atoms(self, annotation: ast.expr, depth: int) -> list[tuple[Atom, list[ast.expr]]]:
        """The atoms that an annotation names, each with the annotations of its parts."""
        if isinstance(annotation, ast.Constant):
            if isinstance(annotation.value, str):
                try:
                    return self.hint_atoms(located(ast.parse(annotation.value, mode="eval").body, annotation), depth)
                except SyntaxError:
                    return []
            return [(NONE, [])] if annotation.value is None else []
        if isinstance(annotation, ast.BinOp):
            return self.hint_atoms(annotation.left, depth) + self.hint_atoms(annotation.right, depth)
        head = annotation.value if isinstance(annotation, ast.Subscript) else annotation
        inner: list[ast.expr] = []
        if isinstance(annotation, ast.Subscript):
            inner = list(annotation.slice.elts) if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
        name = (self.qualified(head) or ast.unparse(head)).removeprefix("builtins.")
        alias = self.made.get(("alias", name)) if isinstance(head, ast.Name) else None
        if alias is not None and not isinstance(alias, ast.Call):
            return self.hint_atoms(alias, depth + 1) if depth < 6 else []
        cls = self.program.classes.get(name)
        if cls is not None:
            meant = [each for each in cls.descendants() if each is not cls] if cls.abstract else [cls]
            return [(self.instance_atom(each), []) for each in meant]
        simple = {"int": INT, "float": FLOAT, "bool": Atom(("bool",)), "str": STR, "bytes": Atom(("bytes",)), "None": NONE}
        if name in simple:
            return [(simple[name], [])]
        kinds = {
            "list": ("list",),
            "typing.List": ("list",),
            "set": ("set",),
            "typing.Set": ("set",),
            "frozenset": ("frozenset",),
            "dict": ("dict", "dict"),
            "typing.Dict": ("dict", "dict"),
            "collections.deque": ("deque",),
            "typing.Deque": ("deque",),
            "collections.defaultdict": ("dict", "defaultdict"),
            "typing.Sequence": ("list",),
            "typing.Iterable": ("list",),
            "collections.abc.Iterable": ("list",),
            "collections.abc.Sequence": ("list",),
            "typing.Iterator": ("iterator",),
            "typing.Generator": ("iterator",),
            "collections.abc.Iterator": ("iterator",),
        }
        if name in kinds:
            key = kinds[name]
            count = 2 if key[0] == "dict" else 1
            return [(self.site(self.module, annotation, f"hint{depth}", key, count), inner[:count])]
        if name in ("typing.Any", "object") and self.program.containers:
            return [(VALUE, [])]
        if name in ("typing.Optional",):
            return [(NONE, []), *self.hint_atoms(inner[0], depth)]
        if name in ("typing.Union",):
            return [pair for each in inner for pair in self.hint_atoms(each, depth)]
        if name in ("tuple", "typing.Tuple"):
            if len(inner) == 2 and isinstance(inner[1], ast.Constant) and inner[1].value is Ellipsis:
                return [(self.site(self.module, annotation, "hint", ("seq",), 1), inner[:1])]
            return [(self.site(self.module, annotation, "hint", ("tuple", len(inner)), len(inner), grouped=False), inner)]
        if name in ("typing.Final", "typing.ClassVar", "typing.Annotated"):
            return self.hint_atoms(inner[0], depth) if inner else []
        return []


def _swallows(cls: ClassInfo) -> bool:
    """Whether `__exit__` may return something true, so that an exception of the block ends there."""
    method = cls.find_method("__exit__")
    return method is not None and isinstance(method.node, ast.FunctionDef) and swallows(method.node)


def _has_break(body: list[ast.stmt]) -> bool:
    """Whether a loop's body leaves this loop by `break`."""
    todo: list[ast.AST] = list(body)
    while todo:
        each = todo.pop()
        if isinstance(each, ast.Break):
            return True
        if isinstance(each, ast.While | ast.For):
            todo.extend(each.orelse)
        elif not isinstance(each, ast.FunctionDef | ast.ClassDef | ast.Lambda | ast.expr):
            todo.extend(children(each))
    return False


__all__ = ["COMPREHENSIONS", "Inference"]
