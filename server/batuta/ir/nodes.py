"""The typed program between the two languages.

Every expression has its type and the span of the Python that it came from. What Python leaves implicit is explicit here: widening
(`Coerce`), the end of an Optional (`Unwrap`), truth tests (`Truth`), which function a call means, which overload of which entry. Evaluation
order is the order of the fields.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from batuta.ir import types as t
from batuta.ir.spans import Span as Span

NOWHERE = Span(1, 0, 1, 0)


@dataclass(eq=False)
class Variable:
    """A variable as Rust will see it: one version of a Python name."""

    name: str
    type: t.Type
    maybe_unbound: bool = False
    captured: bool = False
    """Read or written by an inner function."""
    module: bool = False
    """A variable of the module that functions use: it lives as long as the program."""
    parameter: bool = False
    assigned: int = 0
    """How many statements assign it."""
    rust_name: str = ""
    constant: Expression | None = None
    """The literal that it is assigned once, if that is all that ever happens to it."""
    owner: Function | None = None
    """The function that it belongs to; None for the module and for variables of our own."""
    temporary: bool = False
    """Made by us: it stands for text that is already printed."""
    inside: Variable | None = None
    """The Optional that this is the value of."""


@dataclass(eq=False)
class Expression:
    """The base of all expressions."""

    type: t.Type
    span: Span


@dataclass(eq=False)
class Constant(Expression):
    """A literal: int, float, str, bool, None, bytes."""

    value: Any


@dataclass(eq=False)
class Read(Expression):
    """A variable's value."""

    variable: Variable


@dataclass(eq=False)
class FieldRead(Expression):
    """A field of an instance."""

    owner: Expression
    name: str
    checked: bool = False
    """Whether it may not be set yet, so that reading it may raise AttributeError."""


@dataclass(eq=False)
class ClassRead(Expression):
    """A class-level attribute; read through an object (`owner`), its class decides which one."""

    class_name: str
    name: str
    owner: Expression | None = None


@dataclass(eq=False)
class EnumMember(Expression):
    """`Color.RED`."""

    class_name: str
    name: str


@dataclass(eq=False)
class EnumUse(Expression):
    """Something asked of an enum: `name`, `value`, `members`, `by value`, `by name`, `length`."""

    class_name: str
    what: str
    argument: Expression | None = None


@dataclass(eq=False)
class TupleItem(Expression):
    """`pair[0]`, with the index known."""

    owner: Expression
    index: int


@dataclass(eq=False)
class LibraryCall(Expression):
    """A use of a catalog entry. `arguments` holds the expressions of each parameter (several for `*args`), coerced."""

    entry: Any
    template: str
    signature: Any
    arguments: dict[str, list[Expression]]
    omitted: tuple[str, ...]
    bindings: dict[str, t.Type]
    """What the type variables were bound to."""
    target: Any = None
    asker: Any = None
    """Answers the entry's functions."""


@dataclass(eq=False)
class FunctionCall(Expression):
    """A call of a function of the program, arguments by parameter in the order of the signature."""

    function: Function
    arguments: list[Expression]
    receiver: Expression | None = None
    """The object, for methods. Dispatch is by the object's class when `dynamic`."""
    dynamic: bool = False
    class_name: str = ""
    caught: Variable | None = None
    """For `__exit__`: what its parameters read, the exception that ended the block or None."""
    lacking: list[str] = field(default_factory=list)
    """Classes whose objects may come and have no such method: they raise AttributeError."""


@dataclass(eq=False)
class ValueCall(Expression):
    """A call of a function value."""

    callee: Expression
    arguments: list[Expression]


@dataclass(eq=False)
class Construct(Expression):
    """`Class(…)`: by `__init__` (`arguments`) or by fields."""

    class_name: str
    arguments: list[Expression] = field(default_factory=list)
    fields: dict[str, Expression] | None = None
    init: Function | None = None


@dataclass(eq=False)
class NewException(Expression):
    """An object of a builtin exception class."""

    class_name: str
    arguments: list[Expression]


@dataclass(eq=False)
class Arithmetic(Expression):
    """An operator on two numbers of the type of the result (comparison kinds excepted)."""

    operator: str
    left: Expression
    right: Expression


@dataclass(eq=False)
class Unary(Expression):
    """`neg`, `pos`, `invert` on a number."""

    operator: str
    operand: Expression


@dataclass(eq=False)
class Comparison(Expression):
    """`eq ne lt le gt ge` of two values of one type."""

    operator: str
    left: Expression
    right: Expression


@dataclass(eq=False)
class ComparisonChain(Expression):
    """`a < b < c`: operands are evaluated once, from the left, and no further than needed."""

    operands: list[Expression]
    links: list[tuple[Variable, Variable, Expression]]


@dataclass(eq=False)
class Identity(Expression):
    """`is` and `is not`."""

    left: Expression
    right: Expression
    negated: bool


@dataclass(eq=False)
class IsNone(Expression):
    """`x is None` and `x is not None`."""

    operand: Expression
    negated: bool


@dataclass(eq=False)
class Some(Expression):
    """Whether an Optional holds a value, which `variable` is from there on. Only as (a part of) the test of a branch."""

    operand: Read
    variable: Variable


@dataclass(eq=False)
class IsInstance(Expression):
    """Whether an object's class is among those named."""

    operand: Expression
    classes: tuple[str, ...]
    always: bool | None = None
    """The outcome where types alone decide."""


@dataclass(eq=False)
class Truth(Expression):
    """The truth value of anything."""

    operand: Expression


@dataclass(eq=False)
class Not(Expression):
    """`not`, of a truth value."""

    operand: Expression


@dataclass(eq=False)
class Logic(Expression):
    """`and` / `or` of truth values."""

    operator: str
    values: list[Expression]


@dataclass(eq=False)
class Either(Expression):
    """`a or b` / `a and b` used for its value."""

    operator: str
    left: Expression
    right: Expression
    variable: Variable


@dataclass(eq=False)
class Conditional(Expression):
    """`a if test else b`."""

    test: Expression
    body: Expression
    otherwise: Expression


@dataclass(eq=False)
class Display(Expression):
    """A list, set or tuple display; `starred` marks items that are spread."""

    items: list[Expression]
    starred: list[bool]


@dataclass(eq=False)
class DictDisplay(Expression):
    """A dict display; a None key spreads the value."""

    items: list[tuple[Expression | None, Expression]]


@dataclass(eq=False)
class Clause:
    """One `for … in … if …` of a comprehension."""

    target: Target
    iterable: Iteration
    conditions: list[Expression]


@dataclass(eq=False)
class Comprehension(Expression):
    """A comprehension; its type says which. `key` is set for dicts."""

    element: Expression
    key: Expression | None
    clauses: list[Clause]


@dataclass(eq=False)
class Lambda(Expression):
    """A function value made in place, or a function of the program used as one."""

    parameters: list[Variable]
    body: Expression | None
    function: Function | None = None
    receiver: Expression | None = None
    label: str = "<lambda>"
    """Its `__name__`."""
    defaults: list[Expression] = field(default_factory=list)
    """What its last parameters are where they are not given, of a function of the program that becomes a value."""
    of_class: str = ""
    """The class whose objects it makes, where it stands for the class."""
    held: list[tuple[Variable, Expression]] = field(default_factory=list)
    """Parameters with defaults: values of the surroundings, kept from when the lambda is made."""


@dataclass(eq=False)
class TextPart:
    """A piece of an f-string: literal text, or a value with its format."""

    literal: str = ""
    value: Expression | None = None
    conversion: str = ""
    spec: str | None = None
    """The format spec, when constant."""
    computed_spec: Expression | None = None


@dataclass(eq=False)
class Formatted(Expression):
    """An f-string, or `str(x)` / `repr(x)` / `format(x, spec)`."""

    parts: list[TextPart]


@dataclass(eq=False)
class ClassNameOf(Expression):
    """`type(x).__name__`, or `type(x)` as text (`whole`): `<class 'int'>`."""

    operand: Expression
    whole: bool = False


@dataclass(eq=False)
class FunctionName(Expression):
    """`f.__name__` of a function value, asked of the object itself."""

    operand: Expression


@dataclass(eq=False)
class SameClass(Expression):
    """`type(a) is type(b)` or `type(a) is C`."""

    left: Expression
    right: Expression | None
    class_name: str = ""
    negated: bool = False


@dataclass(eq=False)
class Coerce(Expression):
    """A value brought to another type: int → float, T → Optional[T], list → array, subclass → base …"""

    operand: Expression


@dataclass(eq=False)
class Unwrap(Expression):
    """The value inside an Optional. `proven`: flow shows that it is there; else the program ends as Python would."""

    operand: Expression
    proven: bool
    attribute: str = ""


@dataclass(eq=False)
class Narrow(Expression):
    """A value of a type known only at run time, where one of its types is needed: checked."""

    operand: Expression
    method: str = ""
    """The method for whose sake the value must be a text."""


@dataclass(eq=False)
class Walrus(Expression):
    """`(name := value)`."""

    variable: Variable
    value: Expression


@dataclass(eq=False)
class Yield(Expression):
    """`yield value`; `delegates`: to another generator that is spoken to (`yield from`)."""

    value: Expression
    delegates: bool = False
    spoken: bool = False
    """Whether the generator is spoken to, so that `yield` gives something and may raise."""


@dataclass(eq=False)
class Iteration:
    """What a loop runs over. `kind`: list, set, dict, deque, str, range, tuple, array, object, iterator, enum, instance."""

    value: Expression
    kind: str
    item: t.Type
    span: Span
    methods: tuple[FunctionCall | None, FunctionCall | None] = (None, None)
    """`__iter__` and `__next__` of an object of the program."""
    present: bool = False
    """Whether only the values of Optionals are iterated: empty ones are left out."""


@dataclass(eq=False)
class Items(Expression):
    """A value handed over as something that yields owned items (an `Iterable[T]` argument)."""

    iteration: Iteration
    convert: tuple[Variable, Expression] | None = None
    """How each item becomes one of the type that is wanted: the variable of the item, and what is made of it."""


# -- targets


@dataclass(eq=False)
class Target:
    """Where a value is stored."""

    span: Span


@dataclass(eq=False)
class VariableTarget(Target):
    """A name."""

    variable: Variable


@dataclass(eq=False)
class FieldTarget(Target):
    """A field of an instance."""

    owner: Expression
    name: str
    type: t.Type


@dataclass(eq=False)
class ClassTarget(Target):
    """A class-level attribute."""

    class_name: str
    name: str
    type: t.Type


@dataclass(eq=False)
class CallTarget(Target):
    """A subscript or a property: storing is a call with the value in `variable`."""

    variable: Variable
    call: Expression


@dataclass(eq=False)
class TupleTarget(Target):
    """Unpacking. `star` is the index of the starred target. `types` are those of the parts of the value."""

    items: list[Target]
    star: int | None
    source: t.Type
    types: list[t.Type]


# -- statements


@dataclass(eq=False)
class Statement:
    """The base of all statements."""

    span: Span


@dataclass(eq=False)
class Evaluate(Statement):
    """An expression for its effect."""

    value: Expression


@dataclass(eq=False)
class Assign(Statement):
    """One value to one or more targets."""

    targets: list[Target]
    value: Expression


@dataclass(eq=False)
class Augment(Statement):
    """`x += y` on a scalar variable or field, kept as such because it reads better."""

    target: Target
    operator: str
    value: Expression
    result: Expression
    """The whole operation, for forms without an assignment operator."""


@dataclass(eq=False)
class If(Statement):
    """A branch."""

    test: Expression
    body: list[Statement]
    otherwise: list[Statement]


@dataclass(eq=False)
class Unless(If):
    """A branch that leaves where an Optional is empty (`otherwise`); its value has a name in what follows."""


@dataclass(eq=False)
class While(Statement):
    """A loop with a test, and its `else`."""

    test: Expression
    body: list[Statement]
    otherwise: list[Statement]


@dataclass(eq=False)
class For(Statement):
    """A loop over items, and its `else`."""

    target: Target
    iterable: Iteration
    body: list[Statement]
    otherwise: list[Statement]


@dataclass(eq=False)
class Return(Statement):
    """Leave the function."""

    value: Expression | None


@dataclass(eq=False)
class Raise(Statement):
    """Raise an exception; None raises the one being handled again."""

    value: Expression | None
    cause: Expression | None = None
    """What it is raised `from`, where the program asks for causes."""


@dataclass(eq=False)
class Handler:
    """An `except` clause: builtin class names, classes of the program, and the variable."""

    classes: tuple[str, ...]
    own: str
    """The class of the program when the clause names one family only."""
    variable: Variable | None
    body: list[Statement]
    span: Span


@dataclass(eq=False)
class Try(Statement):
    """try / except / else / finally."""

    body: list[Statement]
    handlers: list[Handler]
    otherwise: list[Statement]
    final: list[Statement]


@dataclass(eq=False)
class With(Statement):
    """A context manager of the program, or a file (`enter` None)."""

    value: Expression
    target: Target | None
    holder: Variable
    enter: Expression | None
    exit: FunctionCall | None
    body: list[Statement]


@dataclass(eq=False)
class Print(Statement):
    """`print(…)`."""

    values: list[Expression]
    spread: Iteration | None
    separator: Expression | None
    end: Expression | None
    error: bool
    file: Expression | None = None
    """An open file instead of stdout."""


@dataclass(eq=False)
class PrintValue(Expression):
    """`print(…)` where a value is asked for, as in the body of a lambda: it prints, and its value is None."""

    statement: Print


@dataclass(eq=False)
class Break(Statement):
    """Leave the loop."""


@dataclass(eq=False)
class Continue(Statement):
    """Next round of the loop."""


@dataclass(eq=False)
class Comment(Statement):
    """A comment line, kept."""

    text: str


@dataclass(eq=False)
class ClassBody(Statement):
    """Where a class is defined: its class-level values are made here."""

    class_name: str


@dataclass(eq=False)
class Block(Statement):
    """Several statements that one Python statement became."""

    body: list[Statement]


@dataclass(eq=False)
class LocalFunction(Statement):
    """A function defined inside another: a closure."""

    variable: Variable
    function: Function


# -- declarations


@dataclass(eq=False)
class Function:
    """One typed instance of a function."""

    name: str
    rust_name: str
    parameters: list[Variable] = field(default_factory=list)
    result: t.Type = t.NONE
    body: list[Statement] = field(default_factory=list)
    owner: str = ""
    """The class it is a method of."""
    kind: str = "function"
    generator: t.Type | None = None
    """The type of the items it yields."""
    spoken: tuple[t.Type, t.Type] | None = None
    """Of a generator that is spoken to: what `yield` gives, and what it returns."""
    doc: str = ""
    span: Span = NOWHERE
    parent: Function | None = None
    """The function that it is defined in."""
    comments: list[str] = field(default_factory=list)
    """The comment lines directly above it."""
    raises: set[str] = field(default_factory=set)
    fallible: bool = False
    """Whether it returns a Result, because a handler of the program may catch what it raises."""
    cached: bool = False


@dataclass(eq=False)
class Class:
    """A class family: the root's Rust type holds the fields of all."""

    name: str
    members: list[str]
    """The root and its descendants."""
    constructed: set[str]
    fields: dict[str, t.Type]
    constants: dict[str, tuple[t.Type, Expression]]
    changed_constants: set[str] = field(default_factory=set)
    methods: dict[str, dict[str, list[Function]]] = field(default_factory=dict)
    """Class → method name → instances."""
    parents: dict[str, str] = field(default_factory=dict)
    doc: str = ""
    span: Span = NOWHERE
    exception: str = ""
    builtin_bases: dict[str, str] = field(default_factory=dict)
    """Member of a family of exceptions → the builtin class that it derives from, where that is not the root's."""
    enum: list[tuple[str, Expression | None]] | None = None
    mixin: str = ""
    """Of an enum whose members are numbers or texts too: `int` or `str`."""
    shows_value: bool = False
    """Whether `str()` of a member of the enum is that of its value."""
    dataclass: bool = False
    frozen: bool = False
    ordered: bool = False
    compared: bool = True
    named_tuple: bool = False
    record: bool = False
    """Whether its objects stand for dicts of the program."""
    declared: dict[str, list[str]] = field(default_factory=dict)
    """Class → fields of a dataclass or NamedTuple in the order of their declaration."""
    shown: dict[str, list[str]] = field(default_factory=dict)
    """Class → fields that a generated repr shows, in order."""
    compares: list[str] = field(default_factory=list)
    """Fields that generated comparisons and hashes look at, in order."""
    equality: dict[str, list[str] | None] = field(default_factory=dict)
    """Member without an `__eq__` of the program → the fields that the generated one compares, or None where objects are equal to themselves only."""
    texts: dict[str, list[str] | None] = field(default_factory=dict)
    """Member without a `__repr__` of the program → the fields that the generated one shows, or None for that of every object."""
    set_later: set[str] = field(default_factory=set)
    """Fields that the constructor leaves to `__post_init__`."""
    unset: set[str] = field(default_factory=set)
    """Fields that may be read before they are set."""
    hashed: bool = False
    in_values: bool = False
    """Whether its objects lie in values whose type is known at run time only."""
    copied: bool = False
    """Whether `copy.copy` makes objects of it that hold what others hold."""
    deeply_copied: bool = False
    """Whether `copy.deepcopy` copies its objects."""
    group: int = 0
    role: str = ""
    """What its objects are for as steps of scikit-learn's pipelines: `classifier` …; empty where they are no steps."""
    settings: list[str] = field(default_factory=list)
    """The fields that are parameters of an estimator, in order."""


@dataclass(eq=False)
class File:
    """One of several Python files of a program."""

    home: str
    """Its module, with `::` between the parts; empty for the program's own file."""
    doc: str = ""
    imported: dict[str, str] = field(default_factory=dict)
    """Definitions of other files that it imports by name → the name that they have in it."""


@dataclass(eq=False)
class Module:
    """A whole program."""

    classes: list[Class]
    functions: list[Function]
    body: list[Statement]
    statics: list[Variable]
    """Variables of the module that functions use."""
    doc: str = ""
    files: list[File] = field(default_factory=list)
    """The files, where there are several."""
