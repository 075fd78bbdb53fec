"""What the program consists of: its classes, its functions, and one instance of a function for each way it is used."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import Any

from batuta.analysis.bindings import Bindings, Scope, Version
from batuta.analysis.desugar import LABEL
from batuta.analysis.graph import Cell, Group, Place
from batuta.analysis.runs import Run
from batuta.catalog.entry import Entry
from batuta.catalog.signature import Signature
from batuta.findings.finding import Finding
from batuta.ir.names import own_name
from batuta.python.source import Source


@dataclass(eq=False, repr=False)
class FunctionInfo:
    """A `def` or a lambda."""

    node: ast.FunctionDef | ast.Lambda
    name: str
    scope: Scope
    owner: ClassInfo | None = None
    kind: str = "function"
    """`function`, `method`, `static`, `class method`, `property`, `setter` or `lambda`."""
    generator: bool = False
    coroutine: bool = False
    """Of a generator: whether it is spoken to, or returns something."""
    cached: bool = False
    specialised: set[str] = field(default_factory=set)
    """Parameters whose type gets an instance of its own each."""
    _instances: dict[tuple[Any, ...], FunctionInstance] = field(default_factory=dict)
    _used: Place = field(default_factory=Place)
    _returned: ast.Return | None = None
    """The body of a lambda as a statement."""

    @property
    def shown_name(self) -> str:
        """Its `__name__`: that of a function under a wrapper is the one that it was defined with."""
        found: str = getattr(self.node, LABEL, own_name(self.name))
        return found

    @property
    def parameters(self) -> ast.arguments:
        return self.node.args

    @property
    def body(self) -> list[ast.stmt]:
        if isinstance(self.node.body, list):
            return self.node.body
        if self._returned is None:
            self._returned = ast.Return(self.node.body)
        return [self._returned]

    @property
    def instances(self) -> dict[tuple[Any, ...], FunctionInstance]:
        """The function's instances, by the key of the types and the enclosing instance."""
        self._used.read()
        return self._instances

    def add_instance(self, key: tuple[Any, ...], made: FunctionInstance) -> None:
        """Note a new instance."""
        self._instances[key] = made
        self._used.spoil_readers()


@dataclass(eq=False, repr=False)
class ClassInfo:
    """A class of the program."""

    name: str
    node: ast.ClassDef
    bases: list[ClassInfo] = field(default_factory=list)
    exception: str = ""
    """The builtin exception class it derives from, if any."""
    methods: dict[str, FunctionInfo] = field(default_factory=dict)
    attributes: dict[str, ast.expr] = field(default_factory=dict)
    """Assigned in the class body."""
    _fields: dict[str, Cell] = field(default_factory=dict)
    _known: Place = field(default_factory=Place)
    """What is read by those who ask which fields there are."""
    declared: list[tuple[str, ast.expr | None, ast.expr]] = field(default_factory=list)
    """Fields of a dataclass or NamedTuple: name, default, annotation."""
    dataclass: bool = False
    frozen: bool = False
    ordered: bool = False
    compared: bool = True
    hashed: bool = False
    """`@dataclass(unsafe_hash=True)`."""
    named_tuple: bool = False
    record: bool = False
    """Whether its objects stand for dicts of the program."""
    enum: bool = False
    mixin: str = ""
    """Of an enum whose members are numbers or texts too: `int` or `str`."""
    shows_value: bool = False
    """Whether `str()` of a member is that of its value (IntEnum, StrEnum)."""
    abstract: bool = False
    group: Group = field(default_factory=Group)
    constructed: bool = False
    attributes_used: bool = False
    """Whether the program reads or sets an attribute of the class itself."""
    subclasses: list[ClassInfo] = field(default_factory=list)

    as_step: bool = False
    """Whether scikit-learn's objects ask its objects to learn."""

    @property
    def role(self) -> str:
        """What an estimator is for (`classifier` …); empty for a class that no pipeline can hold."""
        alone = not self.bases and not self.subclasses
        found = (name.removeprefix("renewed_") for name in self.methods if name.startswith("renewed_"))
        return next(found, "") if alone else ""

    @property
    def is_protocol(self) -> bool:
        """Whether the class only says what others have: `isinstance` asks for that, not for a base."""
        bases = (base.value if isinstance(base, ast.Subscript) else base for base in self.node.bases)
        return any(getattr(base, "attr", own_name(getattr(base, "id", ""))) == "Protocol" for base in bases)

    def protocol_members(self) -> list[str] | None:
        """The methods and fields that a protocol asks for; None where it asks for what functions have."""
        found: list[str] = []
        for cls in self.ancestors():
            for each in cls.node.body:
                if isinstance(each, ast.Assign):
                    return None
                if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
                    found.append(each.target.id)
                if isinstance(each, ast.FunctionDef):
                    found.append(each.name)
        return None if "__call__" in found or not found else found

    @property
    def root(self) -> ClassInfo:
        """The first ancestor: the class whose Rust type stands for the whole family."""
        return self.bases[0].root if self.bases else self

    def ancestors(self) -> list[ClassInfo]:
        """Method resolution order (single inheritance, or several bases left to right)."""
        order = [self]
        for base in self.bases:
            order.extend(each for each in base.ancestors() if each not in order)
        return order

    def descendants(self) -> list[ClassInfo]:
        """This class and all below it."""
        found = [self]
        for each in self.subclasses:
            found.extend(each.descendants())
        return found

    def find_method(self, name: str, after: ClassInfo | None = None) -> FunctionInfo | None:
        """The method that `name` means on an instance, or the next one after `after` for `super()`."""
        order = self.ancestors()
        if after is not None:
            order = order[order.index(after) + 1 :]
        for each in order:
            if name in each.methods:
                return each.methods[name]
        return None

    def find_attribute(self, name: str) -> tuple[ClassInfo, ast.expr] | None:
        """The class-level attribute that `name` means."""
        for each in self.ancestors():
            if name in each.attributes:
                return each, each.attributes[name]
        return None

    @property
    def fields(self) -> dict[str, Cell]:
        """Of the root class: the fields of the whole family."""
        self._known.read()
        return self._fields

    def field(self, name: str) -> Cell:
        """The cell of a field."""
        root = self.root
        found = root._fields.get(name)
        if found is None:
            found = root._fields[name] = Cell()
            root._known.spoil_readers()
        return found


@dataclass(eq=False, repr=False)
class FunctionInstance:
    """One typed use of a function (or the module's own statements, with `function` None)."""

    function: FunctionInfo | None
    key: tuple[Any, ...]
    scope: Scope
    parent: FunctionInstance | None
    name: str = ""
    cells: dict[ast.AST | tuple[ast.AST, str], Cell] = field(default_factory=dict)
    """By node, or by node and tag where a node has several."""
    versions: dict[Version, Cell] = field(default_factory=dict)
    result: Cell = field(default_factory=Cell)
    yielded: Cell = field(default_factory=Cell)
    sent: Cell = field(default_factory=Cell)
    """What `yield` gives, in a generator that is spoken to."""
    returned: Cell = field(default_factory=Cell)
    """What such a generator returns."""
    uses: dict[tuple[ast.AST, str], Use] = field(default_factory=dict)
    narrowed: dict[ast.AST, bool] = field(default_factory=dict)
    """Places where flow shows that an optional value is not None."""
    dead: set[ast.stmt] = field(default_factory=set)
    """Statements that cannot be reached."""
    run: Run = field(default_factory=Run)
    """The whole body."""
    runs: dict[ast.stmt, Run] = field(default_factory=dict)
    """Each statement, also those inside others."""
    evaluated: dict[ast.expr, tuple[int, int, int, Cell]] = field(default_factory=dict)
    """What an expression gave: in which statement, and what was known then."""

    def version_cell(self, version: Version) -> Cell:
        """The cell of a variable: here, or in the enclosing instance that owns it."""
        holder: FunctionInstance | None = self
        scope = version.scope
        while scope.parent is not None and not scope.is_function and not isinstance(scope.node, ast.Module | ast.ClassDef):
            scope = scope.parent
        while holder is not None and holder.scope is not scope:
            holder = holder.parent
        owner = holder or self
        return owner.versions.setdefault(version, Cell())


@dataclass
class Use:
    """What a call, an operator, a subscript or an attribute turned out to be."""

    kind: str
    """`library`, `function`, `construct`, `method`, `value`, `field`, `special`, …"""
    entry: Entry | None = None
    overload: int = 0
    signature: Signature | None = None
    bound: dict[str, list[ast.expr]] = field(default_factory=dict)
    receiver: ast.expr | None = None
    variables: dict[str, Cell] = field(default_factory=dict)
    targets: list[tuple[ClassInfo | None, FunctionInstance]] = field(default_factory=list)
    cls: ClassInfo | None = None
    text: str = ""
    lacking: list[ClassInfo] = field(default_factory=list)
    """Classes whose objects may come and have no such method."""


@dataclass(eq=False, repr=False)
class Program:
    """Everything the analysis found out about one module."""

    source: Source
    bindings: Bindings
    classes: dict[str, ClassInfo] = field(default_factory=dict)
    class_of_node: dict[ast.AST, ClassInfo] = field(default_factory=dict)
    functions: dict[ast.AST, FunctionInfo] = field(default_factory=dict)
    imports: dict[ast.alias, str] = field(default_factory=dict)
    """Qualified name by `ast.alias` node."""
    module: FunctionInstance | None = None
    instances: list[FunctionInstance] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    values: bool = False
    """Whether places that hold numbers and texts get a type that is known at run time (`Value`)."""
    containers: bool = False
    """Whether places that hold lists, dicts and tuples beside other things do too."""
    has_tables: bool = False
    """Whether tables of pandas may occur."""
    dispatchers: dict[tuple[str, str, int, tuple[str, ...]], str] = field(default_factory=dict)
    """The functions that ask a value for what objects of the program's classes have (`analysis/dispatch.py`)."""


def only_declares(info: FunctionInfo | None) -> bool:
    """Whether a function is an abstract one whose body does nothing."""
    if info is None or not isinstance(info.node, ast.FunctionDef):
        return False
    marks = {each.attr if isinstance(each, ast.Attribute) else getattr(each, "id", "") for each in info.node.decorator_list}
    return "abstractmethod" in marks and all(
        isinstance(each, ast.Pass) or (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))
        for each in info.node.body
    )
