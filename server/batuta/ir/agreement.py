"""Which types may stand for each other in a typed program, and which steps between them lose nothing."""

from __future__ import annotations

from batuta.ir import types as t

_SCALAR_STEPS = {
    (t.BOOL, t.INT),
    (t.BOOL, t.FLOAT),
    (t.BOOL, t.NUM),
    (t.BOOL, t.BIGINT),
    (t.INT, t.FLOAT),
    (t.INT, t.NUM),
    (t.INT, t.BIGINT),
    (t.FLOAT, t.NUM),
    *((each, t.COMPLEX) for each in (t.BOOL, t.INT, t.FLOAT)),
    # Python's own rule where an integer of any size, or a number of either kind, meets a float: the result is the nearest one.
    (t.BIGINT, t.FLOAT),
    (t.NUM, t.FLOAT),
    *((each, t.VALUE) for each in (t.BOOL, t.INT, t.FLOAT, t.NUM, t.STR, t.NONE)),
}
_SIGNATURE_ONLY = (t.Variable, t.Anything, t.AnyOf, t.ArrayLike, t.Iterable)
"""Types of catalog signatures: the entry has matched them before."""


def plain(type_: t.Type) -> t.Type:
    """The Python type that has the same Rust type as a NumPy scalar."""
    if isinstance(type_, t.NumpyScalar):
        if type_.dtype == "float64":
            return t.FLOAT
        if type_.dtype == "int64":
            return t.INT
        if type_.dtype == "complex128":
            return t.COMPLEX
        if type_.dtype in ("bool", "str"):
            return t.SCALARS[type_.dtype]
    return type_


def holds_unknown(type_: t.Type) -> bool:
    """Whether a type, or one inside it, is unknown."""
    return isinstance(type_, t.Unknown) or any(map(holds_unknown, t.children(type_)))


def agree(have: t.Type, want: t.Type) -> bool:
    """Whether two types are one in Rust. NEVER (an empty display, a call that does not return) agrees with all."""
    have, want = plain(have), plain(want)
    if have == want or t.NEVER in (have, want) or isinstance(have, t.Unknown) or isinstance(want, t.Unknown):
        # What is unknown has been said already.
        return True
    if isinstance(have, _SIGNATURE_ONLY) or isinstance(want, _SIGNATURE_ONLY):
        return True
    if isinstance(have, t.Object) and isinstance(want, t.Object):
        return have.name == want.name
    if isinstance(have, t.Array) or isinstance(want, t.Array) or type(have) is not type(want):
        return False
    if isinstance(have, t.Scalar | t.NumpyScalar | t.Instance):
        return False
    inside, wanted = t.children(have), t.children(want)
    return len(inside) == len(wanted) and all(map(agree, inside, wanted))


def widens(have: t.Type, want: t.Type) -> bool:
    """Whether every value of one type has its equal in the other, so that a step between them says nothing new."""
    if agree(have, want):
        return True
    if isinstance(have, t.NumpyScalar) and isinstance(want, t.NumpyScalar | t.Scalar):
        return _width(have) <= _width(want)
    if isinstance(want, t.NumpyScalar):
        # A Python number gives way to NumPy's dtype; an int that does not fit raises when the program runs.
        weak = (have == t.INT and "int" in want.dtype) or (have == t.FLOAT and want.dtype == "float32")
        return weak or _width(have) <= _width(want)
    if (have, want) in _SCALAR_STEPS:
        return True
    if want == t.VALUE:
        return t.becomes_value(have)
    if isinstance(want, t.Optional):
        if isinstance(have, t.Optional):
            return widens(have.inner, want.inner)
        return have == t.NONE or widens(have, want.inner)
    if want in t.EXACT and have in (t.INT, t.BIGINT):
        return True
    if isinstance(have, t.Instance) and want == t.Object("builtins.Exception"):
        # Only exceptions of the program are brought there.
        return True
    if isinstance(have, t.Object) and isinstance(want, t.Object):
        # Which class of a library derives from which is the catalog's to know.
        return True
    if isinstance(want, t.Union_):
        return any(widens(have, each) for each in want.members)
    if isinstance(want, t.Array):
        if isinstance(have, t.Array):
            return have.rank == want.rank and _ORDER.get(have.dtype, 0) <= _ORDER.get(want.dtype, 9)
        return isinstance(have, t.List | t.Tuple | t.Sequence | t.Range | t.Scalar | t.NumpyScalar)
    if isinstance(want, t.List | t.Sequence | t.Set | t.Deque | t.Iterator):
        if isinstance(have, t.Tuple):
            return all(widens(each, want.element) for each in have.items)
        if isinstance(have, t.List | t.Sequence | t.Set | t.Deque | t.Iterator) and (
            type(have) is type(want) or isinstance(want, t.Sequence | t.Iterator)
        ):
            return widens(have.element, want.element)
        return isinstance(want, t.Iterator) and isinstance(have, t.Range)
    if type(have) is type(want) and isinstance(have, t.Tuple | t.Dict | t.Callable):
        inside, wanted = t.children(have), t.children(want)
        return len(inside) == len(wanted) and all(map(widens, inside, wanted))
    return False


_ORDER = {
    "bool": 0, "uint8": 1, "int8": 1, "int16": 2, "uint16": 2, "int32": 3, "uint32": 3, "int64": 4, "uint64": 4, "float32": 5, "float64": 6,
    "complex128": 7,
}  # fmt: skip


def _width(type_: t.Type) -> int:
    if isinstance(type_, t.NumpyScalar):
        return _ORDER.get(type_.dtype, 9)
    return {t.BOOL: 0, t.INT: 4, t.BIGINT: 5, t.FLOAT: 6, t.NUM: 8}.get(type_, 10)  # type: ignore[call-overload, no-any-return]
