"""Types of the typed program: what the analysis found, and what the lowering needs to print Rust.

Every type is an immutable dataclass, so types compare and hash by value. `parse_type` reads the small textual form that
catalog entries are written in (`list[int]`, `array[float64, 2]`, `dict[str, T]`).

Mutable containers carry a `group`: values that may be the same object at run time have the same group number. Group 0 means
"not part of the program's flow" (a type written in the catalog).
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field, replace
from typing import Any, cast


@dataclass(frozen=True)
class Type:
    """The base of all types."""


@dataclass(frozen=True)
class Scalar(Type):
    """A plain immutable value: `int`, `float`, `bool`, `str`, `bytes`, `None`, `bigint`, or `num`.

    `num` is an int or a float, known only at run time; `value` is None, a number, a truth value or a text, a list, tuple, dict or
    set of values, a date or exact number, or an object of a class of the program, known only at run time. `bigint` is an integer of any size.
    """

    name: str


INT = Scalar("int")
FLOAT = Scalar("float")
BOOL = Scalar("bool")
STR = Scalar("str")
BYTES = Scalar("bytes")
NONE = Scalar("None")
NUM = Scalar("num")
BIGINT = Scalar("bigint")
COMPLEX = Scalar("complex")
VALUE = Scalar("value")
NEVER = Scalar("never")
SCALARS = {each.name: each for each in (INT, FLOAT, BOOL, STR, BYTES, NONE, NUM, BIGINT, COMPLEX, VALUE, NEVER)}


@dataclass(frozen=True)
class NumpyScalar(Type):
    """A NumPy scalar such as `np.float64`: the same Rust type as its Python cousin, another `repr`."""

    dtype: str


@dataclass(frozen=True)
class List(Type):
    """`list[element]`."""

    element: Type
    group: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Set(Type):
    """`set[element]`, or a frozenset."""

    element: Type
    frozen: bool = False
    group: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Deque(Type):
    """`collections.deque[element]`."""

    element: Type
    group: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Dict(Type):
    """`dict[key, value]`. `kind` is `dict`, `defaultdict`, `Counter` or `OrderedDict`."""

    key: Type
    value: Type
    kind: str = "dict"
    group: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Tuple(Type):
    """A tuple of known length."""

    items: tuple[Type, ...]


@dataclass(frozen=True)
class Sequence(Type):
    """A tuple of unknown length with elements of one type (`tuple[T, ...]`)."""

    element: Type


@dataclass(frozen=True)
class Optional(Type):
    """`inner` or `None`."""

    inner: Type


@dataclass(frozen=True)
class Range(Type):
    """A `range` object."""


@dataclass(frozen=True)
class Iterator(Type):
    """An iterator that is used up by one pass."""

    element: Type


@dataclass(frozen=True)
class Callable(Type):
    """A function value."""

    parameters: tuple[Type, ...]
    result: Type


@dataclass(frozen=True)
class Instance(Type):
    """An instance of a class of the program (by the name of its Rust type)."""

    name: str
    group: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Array(Type):
    """A NumPy array: `dtype` (`float64`, `int64`, `bool`, `float32`, `int32`, `uint8`, `str`, …) and `rank` (0 to 6)."""

    dtype: str
    rank: int
    group: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Object(Type):
    """An object of a library class that the catalog declares, e.g. `sklearn.linear_model.Ridge`, with type arguments."""

    name: str
    arguments: tuple[Type, ...] = ()
    group: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Union_(Type):
    """One of several types, told apart at run time (a generated enum)."""

    members: tuple[Type, ...]


@dataclass(frozen=True)
class Variable(Type):
    """A type variable of a catalog signature: `T`, `K`, `V`."""

    name: str


@dataclass(frozen=True)
class Iterable(Type):
    """In signatures only: anything that can be iterated."""

    element: Type


@dataclass(frozen=True)
class ArrayLike(Type):
    """In signatures only: an array, or a number or (nested) list that NumPy would turn into one. `None` parts accept
    anything."""

    dtype: str | None = None
    rank: int | None = None


@dataclass(frozen=True)
class AnyOf(Type):
    """In signatures only: one of several alternatives."""

    members: tuple[Type, ...]


@dataclass(frozen=True)
class Anything(Type):
    """In signatures only: accepts every type."""


@dataclass(frozen=True)
class Unknown(Type):
    """No information reached this place. Never lowered: it becomes a finding."""


TypeLike = Type | str

_CONTAINERS = {"list": List, "deque": Deque, "Iterator": Iterator, "Iterable": Iterable}


def parse_type(text: str) -> Type:
    """Read a type in catalog notation.

    Examples: `int`, `list[T]`, `dict[str, int]`, `tuple[int, ...]`, `int | None`, `Callable[[T], U]`, `array[float64, 2]`,
    `arraylike`, `arraylike[float64, 2]`, `numpy[float64]`, `"sklearn.linear_model.Ridge"`, `Any`.
    """
    return _from_node(ast.parse(text, mode="eval").body)


def _from_node(node: ast.expr) -> Type:
    if isinstance(node, ast.Constant):
        if node.value is None:
            return NONE
        if isinstance(node.value, str):
            return Object(node.value)
    if isinstance(node, ast.Name):
        if node.id in SCALARS:
            return SCALARS[node.id]
        if len(node.id) == 1 and node.id.isupper():
            return Variable(node.id)
        special: dict[str, Type] = {
            "Any": Anything(),
            "object": Anything(),
            "range": Range(),
            "Self": Variable("Self"),
            "arraylike": ArrayLike(),
            "number": AnyOf((INT, FLOAT, BOOL, NUM, BIGINT)),
        }
        if node.id in special:
            return special[node.id]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        members = [*_members(_from_node(node.left)), *_members(_from_node(node.right))]
        if NONE in members and len(members) == 2:
            return Optional(next(each for each in members if each != NONE))
        if NONE in members:
            return Optional(AnyOf(tuple(each for each in members if each != NONE)))
        return AnyOf(tuple(members))
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
        name = node.value.id
        arguments = list(node.slice.elts) if isinstance(node.slice, ast.Tuple) else [node.slice]
        if name in _CONTAINERS:
            container: Type = _CONTAINERS[name](_from_node(arguments[0]))
            return container
        if name in ("set", "frozenset"):
            return Set(_from_node(arguments[0]), frozen=name == "frozenset")
        if name in ("dict", "defaultdict", "Counter", "OrderedDict"):
            if name == "Counter":
                return Dict(_from_node(arguments[0]), INT, "Counter")
            return Dict(_from_node(arguments[0]), _from_node(arguments[1]), name)
        if name == "tuple":
            if len(arguments) == 2 and isinstance(arguments[1], ast.Constant) and arguments[1].value is Ellipsis:
                return Sequence(_from_node(arguments[0]))
            return Tuple(tuple(_from_node(each) for each in arguments))
        if name == "Callable":
            parameters = arguments[0].elts if isinstance(arguments[0], ast.List) else []
            return Callable(tuple(_from_node(each) for each in parameters), _from_node(arguments[1]))
        if name == "numpy":
            return NumpyScalar(_word(arguments[0]))
        if name == "array":
            return Array(_word(arguments[0]), int(_word(arguments[1])))
        if name == "arraylike":
            return ArrayLike(_word(arguments[0]), int(_word(arguments[1])) if len(arguments) > 1 else None)
        if name == "Object":
            return Object(_word(arguments[0]), tuple(_from_node(each) for each in arguments[1:]))
    raise ValueError(f"not a type in catalog notation: {ast.unparse(node)}")


def _members(type_: Type) -> tuple[Type, ...]:
    return type_.members if isinstance(type_, AnyOf) else (type_,)


def _word(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Constant):
        return str(node.value)
    raise ValueError(f"not a word: {ast.unparse(node)}")


def show(type_: Type) -> str:
    """The type as a Python programmer would write it in a hint."""
    match type_:
        case Scalar(name):
            return {"num": "int | float", "bigint": "int", "value": "Any"}.get(name, name)
        case NumpyScalar(dtype):
            return f"np.{dtype}"
        case List(element):
            return f"list[{show(element)}]"
        case Set(element, frozen):
            return f"{'frozenset' if frozen else 'set'}[{show(element)}]"
        case Deque(element):
            return f"deque[{show(element)}]"
        case Dict(key, value, kind):
            return f"{kind}[{show(key)}, {show(value)}]"
        case Tuple(items):
            return f"tuple[{', '.join(map(show, items)) or '()'}]"
        case Sequence(element):
            return f"tuple[{show(element)}, ...]"
        case Optional(inner):
            return f"{show(inner)} | None"
        case Range():
            return "range"
        case Iterator(element) | Iterable(element):
            return f"{type(type_).__name__}[{show(element)}]"
        case Callable(parameters, result):
            return f"Callable[[{', '.join(map(show, parameters))}], {show(result)}]"
        case Instance(name) | Object(name) | Variable(name):
            return name
        case Array(dtype, rank):
            return f"ndarray[{dtype}, {rank}-D]"
        case Union_(members) | AnyOf(members):
            return " | ".join(map(show, members))
    return type(type_).__name__.lower()


def parts(type_: Type) -> list[Type]:
    """A type and all inside it."""
    return [type_, *(inner for each in children(type_) for inner in parts(each))]


EXACT = (Object("fractions.Fraction"), Object("decimal.Decimal"))
"""The types of numbers that lose nothing; an int beside them is one of them."""


HELD_OBJECTS = {
    "datetime.date": "date",
    "datetime.datetime": "datetime",
    "datetime.time": "time",
    "datetime.timedelta": "timedelta",
    "decimal.Decimal": "Decimal",
    "fractions.Fraction": "Fraction",
    "builtins.Exception": "Exception",
}
"""The classes of libraries whose objects a value can hold, with their names: such an object never changes, and exceptions are handles."""


def is_held(type_: Type) -> bool:
    """Whether it is a library's class whose objects a value can hold."""
    return isinstance(type_, Object) and type_.name in HELD_OBJECTS


def is_exact_beside(one: Type, other: Type) -> bool:
    """Whether a fraction or decimal is compared with an int or float: their values decide, whatever their types."""
    return (one in EXACT and other in (INT, FLOAT)) or (other in EXACT and one in (INT, FLOAT))


def becomes_value(type_: Type) -> bool:
    """Whether a value can hold what has this type."""
    match type_:
        case Scalar(name):
            return name not in ("bytes", "complex")
        case List() | Tuple() | Sequence() | Optional():
            return all(map(becomes_value, children(type_)))
        case Set(frozen=False):
            return becomes_value(type_.element)
        case Dict(key, value, "dict"):
            return becomes_value(key) and becomes_value(value)
        case Instance():
            return True
        case Object(name):
            return name in HELD_OBJECTS
        case Callable(parameters, result):
            return all(map(comes_from_value, parameters)) and becomes_value(result)
    return False


def comes_from_value(type_: Type) -> bool:
    """Whether what a value holds can be brought to this type."""
    inner = type_.inner if isinstance(type_, Optional) else type_
    plain = (INT, FLOAT, BOOL, NUM, STR)
    return inner in plain or type_ in (VALUE, Sequence(VALUE)) or isinstance(type_, Instance) or is_held(inner)


def ungrouped(type_: Type) -> Type:
    """The same type with its group number removed (nested types keep theirs)."""
    if not hasattr(type_, "group"):
        return type_
    grouped: Any = type_
    return cast(Type, replace(grouped, group=0))


def children(type_: Type) -> tuple[Type, ...]:
    """The types directly inside this one."""
    match type_:
        case List(element) | Set(element) | Deque(element) | Sequence(element) | Iterator(element) | Iterable(element):
            return (element,)
        case Dict(key, value):
            return (key, value)
        case Tuple(items):
            return items
        case Optional(inner):
            return (inner,)
        case Callable(parameters, result):
            return (*parameters, result)
        case Union_(members) | AnyOf(members):
            return members
        case Object(_, arguments):
            return arguments
    return ()
