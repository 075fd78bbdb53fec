"""From the typed program to the text of a Rust program."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from batuta.catalog.index import catalog
from batuta.findings.codes import make_finding
from batuta.findings.finding import Finding
from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.names import SEPARATOR, home_of, own_name
from batuta.ir.spans import Span
from batuta.ir.walk import functions_of, walk, walk_all
from batuta.lowering.arrays import ArrayLowering
from batuta.lowering.calls import CallLowering
from batuta.lowering.catching import CatchingLowering
from batuta.lowering.class_traits import ClassTraitLowering
from batuta.lowering.classes import ClassLowering
from batuta.lowering.closures import ClosureLowering
from batuta.lowering.coercions import CoercionLowering
from batuta.lowering.copies import CopyLowering
from batuta.lowering.declarations import DeclarationLowering
from batuta.lowering.effects import Bodies, Effects, analyse, group_of
from batuta.lowering.estimator_traits import EstimatorTraitLowering
from batuta.lowering.expressions import ExpressionLowering
from batuta.lowering.files import split
from batuta.lowering.instances import Instance
from batuta.lowering.iteration import IterationLowering
from batuta.lowering.kept_items import ItemLowering, KeptItems
from batuta.lowering.late_binding import bound_late
from batuta.lowering.leaving import LeavingLowering
from batuta.lowering.lints import DOC_LINTS, breaks_list, said_by_python
from batuta.lowering.liveness import Liveness, target_variables
from batuta.lowering.loops import LoopLowering
from batuta.lowering.operators import OperatorLowering
from batuta.lowering.presence import bind_values
from batuta.lowering.reassignment import assigning
from batuta.lowering.rust_text import Line, Rust, item, quoted, without_needless_parentheses
from batuta.lowering.rust_types import RustTypes, camel, snake, upper
from batuta.lowering.slices import SliceLowering, UsesOfLists
from batuta.lowering.state import Asked, Choices
from batuta.lowering.statements import StatementLowering
from batuta.lowering.texts import TextLowering
from batuta.lowering.type_aliases import name_complex_types
from batuta.lowering.unset_fields import mark_unset_fields
from batuta.lowering.unused import Helper, UnusedLowering
from batuta.lowering.variables import Uses, VariableLowering

MOST_PRINTINGS = 60
_RC = "std::rc::Rc"
_RC_IN_TEXT = re.compile(rf'"[^"]*{_RC}[^"]*"')


@dataclass(frozen=True)
class Options:
    """How to translate."""

    target: str = "auto"
    precision: str = "auto"
    everything_shared: bool = False
    partial: bool = False
    """Leave functions that cannot be translated in Python: they fail loudly when they are called."""
    drop_plots: bool = False
    """Leave out what only draws, and what only feeds it."""
    debug: bool = False
    """Check the typed program against the rules of `ir/verify.py`, and let our own errors out as they are."""


@dataclass
class Output:
    """The lines of a program and what it needs."""

    lines: list[Line]
    features: set[str]
    findings: list[Finding]
    choices: Choices = field(default_factory=Choices)
    modules: dict[str, list[Line]] = field(default_factory=dict)
    """The lines of other Rust files, by their path below `src`."""


class Survey:
    """What the lowering knows of a program before it prints anything; the same for every printing."""

    def __init__(self, module: n.Module) -> None:
        self.functions = functions_of(module)
        bodies: list[tuple[n.Function | None, list[n.Statement]]] = [(None, module.body)]
        bodies += [(each, each.body) for each in self.functions]
        self.bodies: Bodies = [(each, list(walk_all(body, into_functions=False))) for each, body in bodies]
        self.captures = _captures(self.bodies)
        self.read_counts = Counter(node.variable for _, nodes in self.bodies for node in nodes if isinstance(node, n.Read))
        self.read_variables = _read_variables(self.bodies)
        self.homes = _homes(self.bodies)
        self.assigned_in_comprehensions = _assigned_in_comprehensions(self.bodies)
        self.tried = _assigned_in_try(self.bodies) | self.assigned_in_comprehensions
        self.bound_late, self.taken_from_comprehensions = bound_late(bodies, self.captures)
        self.captured_and_assigned = _captured_and_assigned(self.bodies) | self.bound_late
        self.given_to_numpy = {
            each.variable
            for _, nodes in self.bodies
            for node in nodes
            if isinstance(node, n.LibraryCall) and node.entry is not None and node.entry.name.startswith(("numpy.", "ndarray."))
            for values in node.arguments.values()
            for each in values
            if isinstance(each, n.Read) and each.type in (t.INT, t.FLOAT)
        }
        """Numbers that are handed to functions whose result's type is that of their argument."""
        self.uses_of_lists = UsesOfLists(self.bodies)
        self._liveness: dict[int, tuple[list[n.Statement], Liveness]] = {}
        self._uses: dict[int, tuple[list[n.Statement], Uses]] = {}
        self._assigning: dict[int, tuple[n.Expression | n.Statement, list[tuple[n.Variable, bool]]]] = {}
        self.names_functions = any(_asks_for_names(node) for _, nodes in self.bodies for node in nodes)
        """Whether the program asks function values for their names."""
        self.compares_functions = any(_asks_for_function(node) for _, nodes in self.bodies for node in nodes)
        """Whether the program looks for a function among others."""
        self.row_targets = _row_targets(self.bodies)
        self.calls = analyse(module, self.bodies)
        self._effects: tuple[set[n.Function], Effects] | None = None
        self.compared_by_identity = _compared_by_identity(self.bodies)
        self.changed_exceptions = _changed_exceptions(module, self.bodies)
        self.dispatched = {
            each.function.name
            for _, nodes in self.bodies
            for each in nodes
            if isinstance(each, n.FunctionCall) and each.dynamic
        }
        """The methods that are called without knowing the class of the object."""

    def effects_when(self, fallible: set[n.Function]) -> Effects:
        """All effects, when these functions are known to return a Result."""
        if self._effects is None or self._effects[0] != fallible:
            self._effects = set(fallible), self.calls.effects_when(fallible)
        return self._effects[1]

    def uses_of(self, body: list[n.Statement], find: Callable[[], Uses]) -> Uses:
        """Where the variables of a body are met."""
        known = self._uses.get(id(body))
        if known is None or known[0] is not body:
            known = self._uses[id(body)] = body, find()
        return known[1]

    def assigning(self, node: n.Expression | n.Statement) -> list[tuple[n.Variable, bool]]:
        """The variables that expressions assign inside a node."""
        known = self._assigning.get(id(node))
        if known is None or known[0] is not node:
            known = self._assigning[id(node)] = node, assigning(node)
        return known[1]

    def liveness_of(self, body: list[n.Statement]) -> Liveness:
        """Where the variables of a body are read last."""
        known = self._liveness.get(id(body))
        if known is None or known[0] is not body:
            known = self._liveness[id(body)] = body, Liveness()
            known[1].function(body)
        return known[1]


class Lowering(
    ExpressionLowering,
    OperatorLowering,
    CoercionLowering,
    TextLowering,
    CallLowering,
    ArrayLowering,
    ClosureLowering,
    IterationLowering,
    CatchingLowering,
    StatementLowering,
    VariableLowering,
    LoopLowering,
    LeavingLowering,
    DeclarationLowering,
    ClassLowering,
    ClassTraitLowering,
    CopyLowering,
    EstimatorTraitLowering,
    SliceLowering,
    UnusedLowering,
    ItemLowering,
):
    """One printing of a program under given choices."""

    def __init__(
        self, module: n.Module, choices: Choices, options: Options, path: str, survey: Survey, kept_items: KeptItems
    ) -> None:
        self.module = module
        self.survey = survey
        self.used_paths: list[str] = []
        """The `use` lines that any file of the program may need."""
        self.head = 0
        """How many lines stand above the imports of `main.rs`."""
        self.choices = choices
        self.options = options
        self.path = path
        self.classes = {each.name: each for each in module.classes}
        self.roots = {member: each.name for each in module.classes for member in each.members}
        self.effects = survey.effects_when(choices.fallible)
        enums = {each.name for each in module.classes if each.enum is not None}
        self.types = RustTypes(choices.shared, enums, several_files=bool(module.files))
        self.home = ""
        """The Python module whose items are printed now."""
        self.function_names = {snake(each.rust_name) for each in module.functions}
        self.features: set[str] = self.types.features
        self.uses: set[str] = set()
        self.lines: list[Line] = []
        self.depth = 0
        self.span: Span | None = None
        self.inline: dict[n.Variable, Rust] = {}
        self.hows: dict[n.Variable, str] = {}
        self.names: dict[n.Variable, str] = {}
        self.handlers: list[str | None] = [None]
        self.exits: list[str] = []
        self.loops: list[Any] = []
        self.caught: list[str] = []
        self.hoisted: dict[int, str] = {}
        self.closure_depth = 0
        self.labels = 0
        self.fresh_names: dict[str, int] = {}
        self.liveness = Liveness()
        self.moves_forbidden: bool = False
        self.moving: bool = False
        """Whether closures take along what they need: they outlive the function that makes them."""
        self.kept_iterator: bool = False
        """Whether the iterator that is printed gets a name: what it runs over must live as long."""
        self.own_sources: bool = False
        """Whether iterators that are printed are kept beyond the statement: they may not borrow what they run over."""
        self.annotated: bool = False
        self.generator: bool = False
        self.spoken: bool = False
        """Whether the generator that is printed is spoken to."""
        self.constructs: bool = False
        self.this_name = ""
        self.fallible: bool = False
        self.result_type: t.Type = t.NONE
        self.counters: set[n.Variable] = set()
        self.closure_parameters: set[n.Variable] = set()
        """The parameters of closures."""
        self.declared_in: dict[int, set[n.Variable]] = {}
        self.declared_before: dict[int, list[n.Variable]] = {}
        self.in_pattern: set[n.Variable] = set()
        self.own_parameters: set[n.Variable] = set()
        self.captured_here: set[n.Variable] = set()
        """Variables of the surroundings that the function being printed gets as parameters."""
        self.self_modes: dict[tuple[str, str], str] = {}
        self.catalog_classes = catalog().classes
        self.declared_classes: set[str] = set(self.catalog_classes)
        functions = survey.functions
        self.function_of_parameter = {parameter: each for each in functions for parameter in each.parameters}
        self.generator_parameters = {
            parameter for each in functions if each.generator is not None for parameter in each.parameters
        }
        self.captures: dict[n.Function, list[n.Variable]] = survey.captures
        for each, variables in self.captures.items():
            for variable in variables:
                self.function_of_parameter.setdefault(variable, each)
                if each.generator is not None and not (variable.parameter and self._is_receiver(variable)):
                    # A generator outlives the call that made it: it holds what it uses.
                    self.generator_parameters.add(variable)
        self.static_constants = {key for each in module.classes for key in each.constants if self._is_static(each, key)}
        self.read_variables = survey.read_variables
        self.names_functions = survey.names_functions
        self.compares_functions = survey.compares_functions
        self.homes = survey.homes
        self.read_counts = survey.read_counts
        self.plain_nodes: set[int] = set()
        self.typed_constants: set[int] = set()
        """Listed numbers whose literal says its type."""
        self.allowed: set[int] = set()
        self.lent: list[tuple[str, str, str]] = []
        self.position: tuple[list[n.Statement], int] | None = None
        self.head_changes: set[int] | None = None
        self.row_copies: set[n.Variable] = {each for each in survey.row_targets if self.is_changed_array(each.type)}
        """Targets of loops that are copies of what the loop runs over."""
        self.view_copies: Asked[n.Variable] = Asked(self.row_copies)
        self.kept_items: KeptItems = kept_items
        self.used_names = {snake(each.name) for each in self.read_variables if not each.temporary}
        self.reassigned: set[n.Variable] = set()
        self.looked_at: Asked[n.Variable] = Asked()
        self.looked = False
        self.helpers: list[Helper] = []
        self.item_lines: dict[n.Function, int] = {}
        self.instances: list[Instance] = []
        self.class_ranges: dict[str, tuple[int, int]] = {}
        self.used_members: set[tuple[str, str]] = set()
        self.lints: set[str] = set()
        self.present: dict[n.Variable, n.Variable] = {}
        self.tried = survey.tried
        self.assigned_in_comprehensions = survey.assigned_in_comprehensions
        for variable in self.tried:
            if not self._type_default(variable.type, set()) and not variable.parameter:
                variable.maybe_unbound = True
        for variable in survey.captured_and_assigned:
            self.choices.box(variable)
        for closure in survey.taken_from_comprehensions:
            reason = "a function that is kept reads a variable of the comprehension that made it: when it is called, that has its last value"
            self.refuse(closure, "BAT104", reason, "Give the variable as a default: `lambda x, each=each: …`.")
        for cls in module.classes:
            if cls.in_values:
                choices.share(cls.group, "an object among values")
            if cls.name in survey.changed_exceptions:
                choices.share(cls.group, "an exception that is changed after it is made")
            if cls.enum is None and self._holds_itself(cls, cls.name, set()):
                choices.share(cls.group, "an object that holds its own kind")
            self.share_copied(cls)

    def _holds_itself(self, cls: n.Class, wanted: str, seen: set[str]) -> bool:
        """Whether a struct would contain itself without a pointer in between."""
        if cls.name in seen:
            return False
        seen.add(cls.name)
        for type_ in cls.fields.values():
            todo = [type_]
            while todo:
                each = todo.pop()
                if isinstance(each, t.Instance) and each.group not in self.choices.shared:
                    inner = self.classes.get(each.name)
                    if each.name == wanted or (inner is not None and self._holds_itself(inner, wanted, seen)):
                        return True
                elif isinstance(each, t.Optional | t.Tuple):
                    todo.extend(t.children(each))
        return False

    def _is_static(self, cls: n.Class, key: str) -> bool:
        type_, value = cls.constants[key]
        return key in cls.changed_constants or not (isinstance(value, n.Constant) and type_ in (t.INT, t.FLOAT, t.BOOL, t.STR))

    # -- names

    def fresh(self, base: str) -> str:
        """A name of our own, which no variable of the program has."""
        count = self.fresh_names.get(base, 0) + 1
        self.fresh_names[base] = count
        name = base if count == 1 else f"{base}_{count}"
        return name if name not in self.used_names else self.fresh(base)

    def name(self, variable: n.Variable) -> str:
        """The Rust name of a variable."""
        found = self.names.get(variable)
        if found is None:
            found = self.declare_name(variable)
        return found

    def declare_name(self, variable: n.Variable) -> str:
        """Choose the Rust name of a variable."""
        if variable in self.names:
            return self.names[variable]
        if variable.module:
            name = self.item(variable.name, upper(variable.name))
        else:
            name = snake(variable.name)
            if name.strip("_") == "" and variable in self.read_variables:
                name = "item"
            if self._never_read(variable) and not name.startswith("_"):
                name = f"_{name.removeprefix('r#')}"
            if variable.temporary and name in self.used_names:
                name = self.fresh(name)
            elsewhere = self.module.files and home_of(variable.name)
            if name in self.function_names and (elsewhere or name != variable.name):
                # `BASINS` beside `basins()`; a variable of another file's statements, which run here, beside what this file imports.
                name += "_"
            taken = self.names.values()
            while name in taken and any(held == name and each.name != variable.name for each, held in self.names.items()):
                name += "_"
            if name in taken and any(
                held == name
                and each is not variable
                and self.homes.get(each) == self.homes.get(variable)
                and (self._outlives(each) or self._declared_early(variable))
                for each, held in self.names.items()
            ):
                # The older variable of this name is assigned again later, or still read where this one is declared: a new `let` of the same
                # name would hide it.
                name = self.fresh(name)
        self.names[variable] = name
        return name

    def _never_read(self, variable: n.Variable) -> bool:
        """Whether a variable is only assigned: Rust wants such a name to begin with an underscore."""
        return not (variable.temporary or variable.captured or variable.parameter or variable in self.read_variables)

    def _declared_early(self, variable: n.Variable) -> bool:
        """Whether a variable is declared before the statement that assigns it."""
        return any(variable in each for each in self.declared_before.values())

    @staticmethod
    def _outlives(variable: n.Variable) -> bool:
        """Whether a variable may be assigned after another one of its name is declared."""
        return variable.assigned > 1 or (variable.parameter and variable.assigned > 0)

    def function_name(self, function: n.Function) -> str:
        """The Rust name of a function."""
        name = snake(function.rust_name)
        return name if function.parent is not None else self.item(function.name, name)

    def item(self, name: str, rust: str) -> str:
        """A definition as it is named where it may be another file's."""
        return item(name, rust) if self.module.files else rust

    def _is_receiver(self, variable: n.Variable) -> bool:
        """Whether a variable is the object of a method."""
        function = self.function_of_parameter.get(variable)
        return (
            function is not None
            and bool(function.owner)
            and function.kind in ("method", "property", "setter")
            and function.parameters[:1] == [variable]
        )

    def type_name(self, class_name: str) -> str:
        """The Rust type of a class's family."""
        root = self.root_of(class_name)
        return self.item(root, camel(root))

    def class_static(self, class_name: str, name: str) -> str:
        """The constant or static of a class-level attribute. It stands beside the family's type."""
        root = self.root_of(class_name)
        return self.item(f"{home_of(root)}{SEPARATOR}{own_name(class_name)}", f"{upper(class_name)}_{upper(name)}")

    def how(self, variable: n.Variable) -> str:
        """How a variable is held."""
        if variable.module:
            return "const" if variable.constant is not None and variable.assigned == 1 else "static"
        found = self.hows.get(variable)
        if found is not None:
            return found
        if variable in self.choices.boxed:
            return "boxed"
        if variable.parameter and variable in self.function_of_parameter:
            return self.parameter_mode(variable)
        if variable.maybe_unbound:
            return "unbound"
        return "own"

    def set_how(self, variable: n.Variable, how: str) -> None:
        """From here on the variable is held like this."""
        if variable in self.choices.boxed and how != "boxed":
            return
        self.hows[variable] = how

    # -- output

    def emit(self, text: str) -> None:
        """One line."""
        self.lines.append(Line(self.depth, text, self.span, self.home))

    def refuse(self, node: n.Expression, code: str, reason: str, remedy: str) -> None:
        """A finding of the lowering."""
        finding = Finding(node.span, code, reason, remedy, path=self.path)
        self.choices.findings[(finding.span, code)] = finding

    def tell(self, node: n.Expression, code: str, reason: str) -> None:
        """A finding that stands in nobody's way."""
        finding = make_finding(code, reason, span=node.span, path=self.path)
        self.choices.findings[(finding.span, code)] = finding

    def refuse_class(self, cls: n.Class, reason: str) -> None:
        """A class that cannot be printed."""
        finding = Finding(cls.span, "BAT104", f"the class `{cls.name}`: {reason}", "Make the classes alike.", path=self.path)
        self.choices.findings[(finding.span, reason)] = finding

    # -- functions

    def enter(self, function: n.Function | None) -> tuple[Any, ...]:
        """Start printing a function."""
        saved = (
            self.handlers,
            self.exits,
            self.loops,
            self.caught,
            self.fallible,
            self.result_type,
            self.generator,
            self.spoken,
            self.liveness,
            self.own_parameters,
            dict(self.hows),
            self.fresh_names,
            self.constructs,
            self.this_name,
            self.closure_depth,
            dict(self.names),
            self.captured_here,
        )
        self.fallible = function is not None and function in self.effects.fallible
        self.handlers = ["?" if self.fallible else None]
        self.exits, self.loops, self.caught = [], [], []
        self.result_type = function.result if function is not None else t.NONE
        self.generator = self.spoken = False
        self.closure_depth = 0
        self.fresh_names = {}
        self.own_parameters = set(function.parameters) if function is not None else set()
        self.captured_here = set(self.captures.get(function, ())) if function is not None else set()
        return saved

    def leave(self, saved: tuple[Any, ...]) -> None:
        """End printing a function."""
        (
            self.handlers,
            self.exits,
            self.loops,
            self.caught,
            self.fallible,
            self.result_type,
            self.generator,
            self.spoken,
            self.liveness,
            self.own_parameters,
            self.hows,
            self.fresh_names,
            self.constructs,
            self.this_name,
            self.closure_depth,
            self.names,
            self.captured_here,
        ) = saved

    @property
    def result_is_unit(self) -> bool:
        """Whether the function being printed returns nothing (and not a Result)."""
        return self.result_type == t.NONE and not self.fallible

    # -- the program

    def print_module(self) -> None:
        """Print everything."""
        if breaks_list(self.module.doc):
            self.lints |= DOC_LINTS
        for line in self.module.doc.splitlines():
            self.emit(f"//! {line}".rstrip())
        if self.module.doc:
            self.emit("")
        head = len(self.lines)
        statics = [each for each in self.module.statics if self.how(each) == "static" and not isinstance(each.type, t.Unknown)]
        class_statics = [
            (key, cls, *cls.constants[key])
            for cls in self.module.classes
            for key in cls.constants
            if key in self.static_constants
        ]
        self._refuse_same_names()
        self._share_held(statics, [type_ for _, _, type_, _ in class_statics])
        for cls in self.module.classes:
            if cls.role:
                self.choices.share(cls.group, "a step of a pipeline")
        for file in self.module.files or [n.File("")]:
            self.home = file.home
            self._print_items(
                file.home, statics, [(key, type_) for key, cls, type_, _ in class_statics if self.at_home(cls.name)]
            )
        self.home = ""
        if self.module.files:
            self.span = None
        self.emit("")
        self.print_item("", lambda: self._print_program([key for key, _, _, _ in class_statics]))
        self.span = None
        self.emit("")
        self.emit("fn main() {")
        self.emit("    py::run(program);")
        self.emit("}")
        self.head = head

    def _print_program(self, class_statics: list[str]) -> None:
        """The statements of the module."""
        saved = self.enter(None)
        self.span = None
        self.emit("fn program() {")
        self.depth += 1
        inside = walk_all(self.module.body, into_functions=False) if class_statics else ()
        placed = {each.class_name for each in inside if isinstance(each, n.ClassBody)}
        for class_name in dict.fromkeys(key.partition(".")[0] for key in class_statics):
            if class_name not in placed:
                self.make_class_values(class_name)
        self.body(self.module.body, None)
        self.depth -= 1
        self.emit("}")
        self.leave(saved)

    def make_class_values(self, of: str) -> None:
        """Make the values of a class that are not constants of Rust."""
        for cls in self.module.classes:
            for key, (_, value) in cls.constants.items():
                class_name, _, name = key.partition(".")
                if class_name == of and key in self.static_constants:
                    text = f"Box::new({self.text(value)})" if isinstance(value.type, t.Iterator) else self.text(value)
                    self.emit(f"{self.class_static(class_name, name)}.set(Some({text}));")

    def finish(self) -> None:
        """What is done once, when nothing more is learned: what nobody uses, what is allowed, the head."""
        self.settle_unused()
        for line in self.lines:
            line.text = without_needless_parentheses(line.text)
        self.lines = name_complex_types(self.lines, self.head)
        self._import_rc()
        self.lints |= said_by_python([line.text for line in self.lines])
        self._print_head(self.head)

    def _import_rc(self) -> None:
        """Write `Rc` for `std::rc::Rc`; no class of the program is called so (`RESERVED_TYPES`)."""
        for line in self.lines:
            if _RC in line.text and not _RC_IN_TEXT.search(line.text):
                line.text = line.text.replace(_RC, "Rc")
                self.uses.add(_RC)

    def _refuse_same_names(self) -> None:
        """Classes are told apart by their own names where they share a Rust type, or are exceptions."""
        exceptions: dict[str, str] = {}
        for cls in self.module.classes:
            names = [own_name(each) for each in cls.members]
            if len(set(names)) < len(names):
                self.refuse_class(cls, "two classes below it have the same name in different files")
            for each in cls.members if cls.exception else []:
                if exceptions.setdefault(own_name(each), each) != each:
                    self.refuse_class(cls, f"an exception class of another file is called `{own_name(each)}` too")

    def at_home(self, name: str) -> bool:
        """Whether a definition belongs to the file whose items are printed now."""
        return home_of(name) == self.home

    def _share_held(self, statics: list[n.Variable], of_classes: list[t.Type]) -> None:
        for type_, reason in [
            *[(each.type, "held by the module") for each in statics],
            *[(each, "held by a class") for each in of_classes],
        ]:
            for part in _containers(type_):
                if part not in self.choices.shared and part in self._sharable():
                    self.choices.share(part, reason)

    def _print_items(self, home: str, statics: list[n.Variable], class_statics: list[tuple[str, t.Type]]) -> None:
        """The constants, classes and functions of one Python file."""
        visibility = "pub " if home else ""
        self.span = None
        for variable in self.module.statics:
            if self.how(variable) == "const" and variable.constant is not None and self.at_home(variable.name):
                self._constant(variable, visibility)
        for cls in self.module.classes:
            if cls.enum is None and self.at_home(cls.name):
                self.class_constants(cls)
        own = [each for each in statics if self.at_home(each.name)]
        if own or class_statics:
            self.emit("")
            self.emit("thread_local! {")
            for each in own:
                self.emit(
                    f"    {visibility}static {self.name(each)}: py::Global<{self.types.text(each.type)}> = const {{ py::Global::new(None) }};"
                )
            for key, type_ in class_statics:
                class_name, _, name = key.partition(".")
                self.emit(
                    f"    {visibility}static {upper(class_name)}_{upper(name)}: py::Global<{self.types.text(type_)}> = const {{ py::Global::new(None) }};"
                )
            self.emit("}")
        for cls in self.module.classes:
            # A class that only holds constants has no objects.
            if self.at_home(cls.name) and (cls.constructed or cls.methods or cls.enum is not None):
                self.emit("")
                start = len(self.lines)
                self.print_item(cls.name, partial(self.class_items, cls))
                self.class_ranges[cls.name] = (start, len(self.lines))
        for function in self.module.functions:
            if self.at_home(function.name):
                self.emit("")
                self.function_item(function)

    def _print_head(self, head: int) -> None:
        """What stands above the items of `main.rs`."""
        allow = [Line(0, f"#![allow({', '.join(sorted(self.lints))})]"), Line(0, "")] if self.lints else []
        if self.module.files:
            self.used_paths = self._head_lines("np:: sklearn::")
            self.lines[head:head] = allow
            self.head = head + len(allow)
            return
        text = "\n".join(each.text for each in self.lines)
        space = [""] if self.lines[head].text else []
        self.lines[head:head] = [*allow, *[Line(0, line) for line in [*self._head_lines(text), *space]]]

    def _head_lines(self, text: str) -> list[str]:
        uses = ["use batuta_rt::prelude::*;"]
        if "np" in self.features or any(each in self.features for each in ("ml", "data", "aprender")):
            uses.append("use batuta_rt::np;")
        if any(each in self.features for each in ("ml", "data")):
            uses.append("use batuta_rt::sklearn;")
        uses += sorted(f"use {each};" for each in self.uses)
        used = [line for line in uses if not line.startswith("use batuta_rt::np;") or "np::" in text]
        return [line for line in used if not line.startswith("use batuta_rt::sklearn;") or "sklearn::" in text]

    def _sharable(self) -> set[int]:
        """Groups of containers that the program changes: only those must be the same object everywhere."""
        return self.effects.changed | {each for variable in self.module.statics for each in _containers(variable.type)}

    def _constant(self, variable: n.Variable, visibility: str = "") -> None:
        assert variable.constant is not None
        name = self.name(variable)
        if variable.type == t.STR and isinstance(variable.constant, n.Constant):
            self.emit(f"{visibility}const {name}: &str = {quoted(variable.constant.value)};")
        else:
            self.emit(f"{visibility}const {name}: {self.types.text(variable.type)} = {self.text(variable.constant)};")


def _row_targets(bodies: Bodies) -> set[n.Variable]:
    """Variables of loops and comprehensions: those that hold arrays are copies of what the loop runs over."""
    found: set[n.Variable] = set()
    for _, nodes in bodies:
        for node in nodes:
            if isinstance(node, n.For):
                found |= target_variables(node.target)
            if isinstance(node, n.Comprehension):
                found |= {each for clause in node.clauses for each in target_variables(clause.target)}
    return found


def _changed_exceptions(module: n.Module, bodies: Bodies) -> set[str]:
    """The classes of exceptions whose objects something changes after they are made: who catches one again sees what was changed."""
    families = {each.name for each in module.classes if each.exception}
    if not families:
        return set()
    found: set[str] = set()
    for function, nodes in bodies:
        if function is not None and function.name == "__init__":
            continue
        for node in nodes:
            owners: list[n.Expression] = []
            if isinstance(node, n.Assign):
                owners = [each.owner for each in node.targets if isinstance(each, n.FieldTarget)]
            elif isinstance(node, n.Augment) and isinstance(node.target, n.FieldTarget):
                owners = [node.target.owner]
            elif isinstance(node, n.LibraryCall) and node.entry is not None and node.entry.mutates:
                owners = [
                    each.owner
                    for values in node.arguments.values()
                    for one in values
                    for each in walk(one)
                    if isinstance(each, n.FieldRead)
                ]
            found |= {each.type.name for each in owners if isinstance(each.type, t.Instance)} & families
    return found


def _compared_by_identity(bodies: Bodies) -> set[str]:
    """The classes of which the program asks `is` of objects that may be None."""
    return {
        each.type.inner.name
        for _, nodes in bodies
        for node in nodes
        if isinstance(node, n.Identity)
        for each in (node.left, node.right)
        if isinstance(each.type, t.Optional) and isinstance(each.type.inner, t.Instance)
    }


def _read_variables(bodies: Bodies) -> set[n.Variable]:
    """Variables whose value something uses. What `x += 1` reads of `x` only makes the next `x`, and a name alone does nothing."""
    found: set[n.Variable] = set()
    ignored: set[int] = set()
    for _, nodes in bodies:
        for node in nodes:
            if isinstance(node, n.Augment) and isinstance(node.target, n.VariableTarget):
                variable = node.target.variable
                ignored |= {id(each) for each in walk(node.result) if isinstance(each, n.Read) and each.variable is variable}
                ignored -= {id(each) for each in walk(node.value)}
            elif isinstance(node, n.Evaluate) and isinstance(node.value, n.Read):
                ignored.add(id(node.value))
            elif isinstance(node, n.Read) and id(node) not in ignored:
                found.add(node.variable)
    return found


def _asks_for_names(node: Any) -> bool:
    """Whether a function value is asked for its name, or becomes a value that may be asked."""
    if isinstance(node, n.Coerce):
        return node.type == t.VALUE and isinstance(node.operand.type, t.Callable) and not isinstance(node.operand, n.Lambda)
    return isinstance(node, n.FunctionName)


def _containers(type_: t.Type) -> list[int]:
    """Groups of lists, dicts, sets and deques in a type."""
    found = []
    if isinstance(type_, t.List | t.Dict | t.Set | t.Deque) and not (isinstance(type_, t.Set) and type_.frozen):
        found.append(group_of(type_))
    for each in t.children(type_):
        found.extend(_containers(each))
    return [each for each in found if each]


def _asks_for_function(node: Any) -> bool:
    """Whether a function is removed from a list of functions, or looked for there."""
    if not isinstance(node, n.LibraryCall) or node.entry is None or node.entry.name not in ("list.remove", "operator.contains"):
        return False
    held = [each.type for values in node.arguments.values() for each in values]
    return any(isinstance(each, t.List) and isinstance(each.element, t.Callable) for each in held)


def _captures(bodies: Bodies) -> dict[n.Function, list[n.Variable]]:
    """For each inner function, the variables of its surroundings that it uses (directly or through functions that it calls)."""
    inner = [
        each.function
        for _, nodes in bodies
        for outer in nodes
        if isinstance(outer, n.LocalFunction)
        for each in walk(outer)
        if isinstance(each, n.LocalFunction)
    ]
    inner = list(dict.fromkeys(inner))
    found: dict[n.Function, dict[n.Variable, None]] = {each: {} for each in inner}
    for function in inner:
        for node in walk_all(function.body):
            variable = node.variable if isinstance(node, n.Read | n.VariableTarget | n.Walrus) else None
            if variable is None or variable.module or not variable.captured:
                continue
            owner = variable.owner
            if owner is not function and not _inside(owner, function):
                if isinstance(variable.type, t.Callable) and _is_function_name(variable, inner):
                    continue
                found[function][variable] = None
    moving = True
    while moving:
        moving = False
        for function in inner:
            for node in walk_all(function.body):
                called = node.function if isinstance(node, n.FunctionCall | n.Lambda) else None
                if called is None or called not in found or called is function:
                    continue
                for variable in found[called]:
                    owner = variable.owner
                    if variable not in found[function] and owner is not function and not _inside(owner, function):
                        found[function][variable] = None
                        moving = True
    return {each: list(variables) for each, variables in found.items()}


def _is_function_name(variable: n.Variable, inner: list[n.Function]) -> bool:
    return any(each.name == variable.name for each in inner)


def _inside(owner: n.Function | None, function: n.Function) -> bool:
    """Whether `owner` is defined inside `function`."""
    while owner is not None:
        if owner is function:
            return True
        owner = owner.parent
    return False


def _captured_and_assigned(bodies: Bodies) -> set[n.Variable]:
    found: set[n.Variable] = set()
    once: set[n.Variable] = set()
    for function, nodes in bodies:
        for node in nodes:
            variable = node.variable if isinstance(node, n.VariableTarget | n.Walrus) else None
            if variable is None or not variable.captured or variable.module:
                continue
            if variable in once or variable.parameter or variable.owner is not function:
                found.add(variable)
            once.add(variable)
    return found


def _assigned_in_comprehensions(bodies: Bodies) -> set[n.Variable]:
    """Variables that the closure of a comprehension assigns."""
    found: set[n.Variable] = set()
    for _, nodes in bodies:
        for node in nodes:
            if isinstance(node, n.Comprehension):
                found |= {each.variable for each in walk(node) if isinstance(each, n.Walrus)}
    return found


def _assigned_in_try(bodies: Bodies) -> set[n.Variable]:
    """Variables that a block with handlers assigns."""
    found: set[n.Variable] = set()
    for _, nodes in bodies:
        for node in nodes:
            if isinstance(node, n.Try) or (isinstance(node, n.With) and node.exit is not None):
                inside: list[n.Statement] = [*node.body]
                if isinstance(node, n.Try) and node.final:
                    inside += [each for handler in node.handlers for each in handler.body] + node.otherwise
                found |= {
                    each.variable for each in walk_all(inside, into_functions=False) if isinstance(each, n.VariableTarget)
                }
    return found


def lower(module: n.Module, options: Options, path: str, choices: Choices | None = None) -> Output:
    """Print until nothing new is learned."""
    choices = choices or Choices()
    mark_unset_fields(module)
    for cls in module.classes:
        if cls.unset:
            # A handle has getters, which can raise.
            choices.share(cls.group, f"line {cls.span.line}")
    bind_values(module)
    survey = Survey(module)
    kept_items = KeptItems()
    printed: Lowering | None = None
    settled = False
    for _ in range(MOST_PRINTINGS):
        before = choices.version
        choices.findings.clear()
        choices.changed.clear()
        printed = Lowering(module, choices, options, path, survey, kept_items)
        printed.print_module()
        if choices.version == before:
            if settled or choices.changed == choices.mutable:
                break
            choices.mutable = Asked(choices.changed)
            settled = True
    assert printed is not None
    printed.finish()
    lines = printed.lines
    modules: dict[str, list[Line]] = {}
    if module.files:
        lines, modules = split(lines, module, printed.used_paths, printed.head)
    return Output(lines, set(printed.features), list(choices.findings.values()), choices, modules)


def _homes(bodies: Bodies) -> dict[n.Variable, int]:
    """The function (0 for the module) that each variable belongs to."""
    found: dict[n.Variable, int] = {}
    for home, (_, nodes) in enumerate(bodies):
        for node in nodes:
            if isinstance(node, n.Read | n.VariableTarget):
                found.setdefault(node.variable, home)
    return found
