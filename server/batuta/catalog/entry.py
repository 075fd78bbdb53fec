"""What a mapping is: one Python item, its signature, and the Rust it becomes.

An entry is a declaration. The name says what it maps:

    math.sqrt                         a function of a module
    math.pi                           a constant (`kind="constant"`)
    builtins.len                      a builtin
    str.upper, list.append            a method of a builtin type (also `dict.`, `set.`, `deque.`, `file.` …)
    ndarray.sum, ndarray.T            a method or attribute (`kind="attribute"`) of a NumPy array
    sklearn.linear_model.Ridge        the constructor of a library class
    sklearn.linear_model.Ridge.fit    a method of it; `….coef_` an attribute of it

The signature is Python with types in catalog notation (`ir.types.parse_type`); defaults are Python literals. Type variables
(`T`, `K`, `V`) are bound by the arguments: `(self: list[T], object: T) -> None` makes the argument's type flow into the list.
Several overloads are tried in order; the first whose parameters accept the arguments is taken.

The Rust form is a template with holes:

    {name}          the argument by value
    {&name}         the argument by reference (a str becomes something that derefs to `&str`)
    {mut name}      the argument as a place that is changed: `&mut place` (for a shared container: its handle)
    {self}.         before a dot: the receiver as a place, so that Rust's own auto-borrowing applies
    {fn name}       a callable argument as a closure; its parameters are references (`|&x|` for Copy types)
    {*name}         the arguments of `*name`, by value, separated by commas;  {&*name} by reference
    {type T}        the Rust type bound to a type variable;  {type result} that of the result
    {{ and }}       braces

A call that can raise names its Rust function with a tilde: `{self}.~at({index})` is printed `xs.at(i)` where nobody catches and
`xs.try_at(i)?` (or the labelled form) inside a handler's reach. So each raising function of `batuta-rt` comes in two forms:
`name(...) -> T`, which ends the program as Python would, and `try_name(...) -> Result<T, Exception>`. Methods alike.
"""

from __future__ import annotations

from collections.abc import Callable as CallableOf
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from batuta.ir.types import Type

LARGE_INT, LARGE_BYTES = "int of any size", "int of any bytes"
"""`int(text, base)` and `int.from_bytes(data)` where the number may leave the range of i64."""
EXACTLY = "items of a template"
"""The builtin that gives its values back when they are as many as a template asks for. No name of a program has spaces."""
ARGUMENTS = "items of a call"
"""The same for the arguments of a call that one expression gives together."""
SEVERAL = "two or more items of a starred argument"
"""The builtin that gives the items of a starred argument as a list, when they are two or more."""
FILLED = "template with its values"
"""The builtin that fills a template which is known only when the program runs; functions give the texts of the values."""
OPERAND_ARRAY, HELD_ARRAY = "array or number", "array that is there"
"""The builtins that read a place which holds an array, or nothing yet: as an operand (a number serves), and as the array itself."""
EACH_ITEM = "function of each item"
"""The builtin that applies a function of Python to each item of an array: what `np.vectorize` gives, called."""
ParityGrade = Literal["exact", "close", "statistical", "differs"]
CostClass = Literal["none", "low", "medium", "high"]


class Refusal(Exception):
    """Raised by an entry's function when this use of the item cannot be translated with the same meaning."""

    def __init__(self, code: str, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.code, self.reason, self.remedy = code, reason, remedy


class NotYet(Exception):
    """Raised by an entry's `result` function while a type that it needs is not known yet."""


class Call(Protocol):
    """What an entry's functions can ask about the use at hand."""

    def type(self, name: str) -> Type:
        """The type of a parameter's argument (of its default when omitted). Raises NotYet while unknown."""

    def given(self, name: str) -> bool:
        """Whether the program wrote this argument."""

    def constant(self, name: str, default: Any = ...) -> Any:
        """The argument as a Python constant (the signature's default when omitted).

        Understands numbers, strings, None, booleans, tuples and lists of them, negative numbers, and dotted library names (as the
        string of the qualified name, e.g. `"numpy.float64"`, or `"builtins.int"`). When the argument is not constant: `default`
        if one is passed, else a Refusal that says so.
        """

    def source(self, name: str) -> str:
        """The argument's Python text."""

    def node(self, name: str) -> Any:
        """The argument's `ast` node, or None when omitted."""

    def result_type(self) -> Type:
        """The final type of the result. Only for the functions that choose the Rust form."""

    def expected(self) -> Type | None:
        """The type that the surrounding program needs here, if it is known."""


@dataclass(frozen=True)
class Parity:
    """How near the Rust comes to the Python item, with its evidence."""

    grade: ParityGrade = "exact"
    tolerance: float = 0.0
    """Relative; 0 means equal bits."""
    conditions: str = ""
    """Under which conditions the grade holds, in words."""
    caveat: str = ""
    """What differs, in words that a hover can show."""


@dataclass(frozen=True)
class Target:
    """One Rust form of an item."""

    rust: str | CallableOf[[Call], str]
    crate: Literal["std", "batuta-rt", "ndarray", "aprender", "trueno"] = "batuta-rt"
    parity: Parity = Parity()
    use: tuple[str, ...] = ()
    """Paths for `use` lines, e.g. `aprender::cluster::KMeans`."""
    accepts: CallableOf[[Call], bool] | None = None
    """Whether this target may be taken for this use. None: always."""


@dataclass(frozen=True)
class Entry:
    """One mapping. See the module's docstring for the notation."""

    name: str
    signature: str | tuple[str, ...]
    rust: str | CallableOf[[Call], str] | tuple[str | CallableOf[[Call], str], ...] = ""
    """The template, or one for each overload. Empty when `targets` is given."""
    kind: Literal["function", "method", "attribute", "constant", "class"] = "function"
    result: CallableOf[[Call], Type] | None = None
    """Computes the result type where the signature's text cannot say it (dtypes, ranks, axis)."""
    targets: tuple[Target, ...] = ()
    """In order of preference; for items with more than one Rust form (aprender's and the faithful one)."""
    raises: tuple[str, ...] = ()
    """Python exception classes that it can raise."""
    mutates: tuple[str, ...] = ()
    """Parameters whose object is changed in place."""
    aliases: str = ""
    """The parameter that the result is, or is a view of (`self` for a reshape)."""
    effects: tuple[Literal["prints", "reads", "writes", "draws", "time"], ...] = ()
    features: tuple[
        Literal["np", "ml", "aprender", "trueno", "data", "regex", "bigint", "json", "time", "asyncio", "pd"], ...
    ] = ()
    """Cargo features of `batuta-rt` that the Rust form needs."""
    use: tuple[str, ...] = ()
    cost: CostClass = "none"
    """The documented complexity of the operation: element-wise low, reduction medium, matmul high."""
    parity: Parity = Parity()
    literal: tuple[str, ...] = ()
    """Parameters whose argument is read as syntax by the entry's own code, and not evaluated as a value. A name stands for the
    list or dict that it was given, if that is its only use."""
    variables: CallableOf[[Call], dict[str, Type]] | None = None
    """Computes type variables that no argument binds: of what a function is given that is an argument itself."""
    observes_int: bool = True
    """False when an int argument could be a float without anybody noticing (`math.sqrt`)."""
    refuse: CallableOf[[Call], None] | None = None
    """Raises Refusal for uses (parameter values) that are not supported. Called once types are final."""
    case: str = ""
    """A complete small Python program that uses the item and prints; it is compiled, run and compared with CPython."""
    notes: str = ""
    """For the reference page: what is not handled."""


@dataclass(frozen=True)
class LibraryClass:
    """A class of a library whose instances the program holds: its Rust type."""

    name: str
    rust_type: str | dict[str, str]
    """A path; or one for each crate of the constructor's targets."""
    copy: bool = False
    """Whether the Rust type is Copy."""
    mutable: bool = True
    """Whether methods change it (a fitted estimator); immutable ones may be cloned freely."""
    bases: tuple[str, ...] = ()
    """Names of shared method tables, looked up after the class's own entries (`sklearn.base.Classifier`)."""
    iterates: str = ""
    """The element type when the object can be iterated, in catalog notation."""
    iterator: bool = False
    """Whether the Rust type is an iterator itself."""
    array: str = ""
    """The array type that the object can be passed as, in catalog notation; its Rust type is that array's."""
    features: tuple[str, ...] = ()
    itemwise: bool = False
    """Whether its operators and comparisons work item by item, as an array's do."""
    can_be_false: bool = False
    """Whether `bool` of an object may be False; the Rust type has a `truth` then."""
    default: bool = False
    """Whether the Rust type has a Default, so that a field can hold one before `__init__` sets it."""


@dataclass(frozen=True)
class Shelf:
    """What one catalog file offers: the file's `SHELF` variable."""

    module: str
    """The Python module or type that the file covers, e.g. `numpy.random`, `str`."""
    entries: tuple[Entry, ...]
    classes: tuple[LibraryClass, ...] = ()
    refused: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Items known and not translated: name → (reason, remedy)."""
