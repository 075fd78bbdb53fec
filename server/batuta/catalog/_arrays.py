"""What the NumPy shelves share: dtypes and their promotion, ranks, and the Rust text of an operand.

Nothing here knows a particular function. An *operand* is an argument as NumPy sees it: its dtype, its rank (0 for a scalar) and whether
it is a Python scalar, whose dtype gives way to the array's (NumPy 2's weak scalars).
"""

from __future__ import annotations

import ast
import re
from typing import Any, NamedTuple

from batuta.catalog.entry import Call, NotYet, Refusal
from batuta.ir import types as t
from batuta.python.walk import walk

RUST_TYPES = {
    "float64": "f64", "float32": "f32", "int64": "i64", "int32": "i32", "int16": "i16", "int8": "i8",
    "uint8": "u8", "uint16": "u16", "uint32": "u32", "uint64": "u64", "bool": "bool", "str": "String",
    "complex128": "py::Complex",
}  # fmt: skip

_DTYPE_NAMES = {
    "builtins.float": "float64", "builtins.int": "int64", "builtins.bool": "bool", "builtins.str": "str",
    "numpy.double": "float64", "numpy.single": "float32", "numpy.int_": "int64", "numpy.intp": "int64", "numpy.bool_": "bool",
    "numpy.bool": "bool", "numpy.str_": "str", "numpy.byte": "int8", "numpy.ubyte": "uint8", "numpy.longlong": "int64",
    "float": "float64", "int": "int64", "bool": "bool", "str": "str", "f8": "float64", "f4": "float32", "i8": "int64", "i4": "int32",
    "f": "float32", "d": "float64", "i": "int32", "u1": "uint8", "?": "bool", "double": "float64",
    "builtins.complex": "complex128", "numpy.cdouble": "complex128", "complex": "complex128", "D": "complex128", "c16": "complex128",
}  # fmt: skip


COMPLEX_READY = frozenset(
    f"{home}.{name}"
    for home, names in {
        "numpy": "abs absolute add all allclose angle any append arange array array_equal asarray ascontiguousarray atleast_1d atleast_2d "
        "broadcast_to concatenate conj conjugate copy cos count_nonzero cumprod cumsum delete diag divide dot dstack einsum empty "
        "empty_like equal exp expand_dims eye flip fliplr flipud full full_like hsplit hstack identity imag inner insert isclose iscomplex "
        "iscomplexobj isreal isrealobj kron log matmul mean moveaxis multiply ndim negative nonzero not_equal ones ones_like outer pad "
        "power prod ravel real real_if_close repeat reshape roll rot90 round shape sin size sort split sqrt square squeeze stack subtract sum swapaxes "
        "take tile trace transpose true_divide vstack where zeros zeros_like column_stack pow around array_split vsplit tensordot",
        "ndarray": "T all any astype conj conjugate copy cumprod cumsum diagonal dot dtype fill flat flatten imag item itemsize mean nbytes ndim "
        "nonzero prod ravel real repeat reshape round shape size squeeze sum swapaxes take tolist trace transpose __getitem__ __setitem__ "
        "__add__ __radd__ __sub__ __rsub__ __mul__ __rmul__ __truediv__ __rtruediv__ __pow__ __rpow__ __matmul__ __rmatmul__ __neg__ __pos__ "
        "__eq__ __ne__ __iadd__ __isub__ __imul__ __itruediv__ __abs__",
        "numpy.fft": "fft ifft rfft irfft fft2 ifft2 fftn ifftn fftshift ifftshift hfft ihfft",
        "complex": "__add__ __sub__ __mul__ __truediv__ __pow__ __floordiv__ __mod__",
        "builtins": "abs",
    }.items()
    for name in names.split()
)
"""What computes with complex numbers as it does with real ones, or knows what to do with them."""


class Operand(NamedTuple):
    """An argument as NumPy sees it."""

    dtype: str
    rank: int
    weak: bool
    is_array: bool


def refuse(reason: str, remedy: str = "Write it with the forms that are translated.") -> Refusal:
    """The refusal of one use."""
    return Refusal("BAT103", reason, remedy)


def promote(a: str, b: str) -> str:
    """The dtype that two dtypes meet in (`np.promote_types`)."""
    if a == b:
        return a
    if "str" in (a, b):
        raise refuse("text and numbers do not meet in one array", "Convert one side first.")
    if a == "bool":
        return b
    if b == "bool":
        return a
    if "complex128" in (a, b):
        return "complex128"
    if "float64" in (a, b):
        return "float64"
    sizes = {name: int(name.lstrip("uintfloa")) for name in (a, b)}
    if "float32" in (a, b):
        other = b if a == "float32" else a
        return "float32" if sizes[other] <= 16 else "float64"
    unsigned = [each for each in (a, b) if each.startswith("u")]
    if len(unsigned) != 1:
        return a if sizes[a] > sizes[b] else b
    signed = b if a == unsigned[0] else a
    if sizes[signed] > sizes[unsigned[0]]:
        return signed
    return "float64" if sizes[unsigned[0]] == 64 else f"int{sizes[unsigned[0]] * 2}"


def meet(*operands: Operand) -> str:
    """The common dtype of several operands, by NumPy 2's rules for Python scalars."""
    strong = [each.dtype for each in operands if not each.weak]
    weak = [each.dtype for each in operands if each.weak]
    if not strong:
        found = weak[0]
        for each in weak[1:]:
            found = promote(found, each)
        return found
    found = strong[0]
    for each in strong[1:]:
        found = promote(found, each)
    for each in weak:
        if each == found or each == "bool":
            continue
        if each == "str" or found == "str":
            raise refuse("text and numbers do not meet in one array", "Convert one side first.")
        if each == "int64":
            found = "int64" if found == "bool" else found
        elif each == "float64":
            found = found if found.startswith(("float", "complex")) else "float64"
        elif each == "complex128":
            found = each
    return found


def describe(type_: t.Type) -> Operand:
    """A type as NumPy sees it. Refuses what it would make an object array of."""
    match type_:
        case t.Array(dtype, rank):
            return Operand(dtype, rank, False, True)
        case t.Object("numpy.matrix of counts" | "numpy.matrix of numbers" as name):
            # What sums of sparse matrices give: arrays in Rust.
            return Operand("int64" if name.endswith("counts") else "float64", 2, False, True)
        case t.NumpyScalar(dtype):
            return Operand(dtype, 0, False, False)
        case t.Scalar("int"):
            return Operand("int64", 0, True, False)
        case t.Scalar("float" | "num"):
            return Operand("float64", 0, True, False)
        case t.Scalar("bool"):
            return Operand("bool", 0, True, False)
        case t.Scalar("complex"):
            return Operand("complex128", 0, True, False)
        case t.Scalar("str"):
            return Operand("str", 0, True, False)
        case t.Range():
            return Operand("int64", 1, False, False)
        case t.List(element) | t.Sequence(element):
            if element == t.NEVER:
                raise NotYet
            inner = describe(element)
            return Operand(inner.dtype, inner.rank + 1, False, False)
        case t.Tuple(items) if items:
            parts = [describe(each) for each in items]
            if len({each.rank for each in parts}) != 1:
                raise refuse("the parts have different ranks", "Give them one shape.")
            return Operand(meet(*[each._replace(weak=False) for each in parts]), parts[0].rank + 1, False, False)
        case t.Optional(inner_type) if inner_type != t.NEVER:
            # NumPy refuses None; the builder unwraps it with a check.
            return describe(inner_type)
        case t.Unknown():
            raise NotYet
    raise refuse(f"{t.show(type_)} does not become an array of numbers or text", "Convert it first.")


def operand(call: Call, name: str) -> Operand:
    """The argument as NumPy sees it."""
    node = call.node(name)
    if isinstance(node, ast.List | ast.Tuple) and node.elts and not any(isinstance(each, ast.Starred) for each in node.elts):
        shown = _display(call, node)
        if shown.dtype == "complex128":
            _check_complex(call)
        return shown
    found = call.type(name)
    if isinstance(found, t.List) and found.element == t.NEVER and (_is_empty(call.node(name)) or hasattr(call, "builder")):
        return Operand("float64", 1, False, False)
    made = describe(found)
    if made.dtype == "complex128":
        _check_complex(call)
    return made


def shown(call: Call, node: ast.expr) -> Operand:
    """A part of an argument as NumPy sees it: a display item by item, because its items may make no list together."""
    if isinstance(node, ast.List | ast.Tuple) and node.elts and not any(isinstance(each, ast.Starred) for each in node.elts):
        return _display(call, node)
    return describe(type_of(call, node))


def _check_complex(call: Call) -> None:
    """Refuses complex numbers where the entry does not know them."""
    entry = getattr(getattr(call, "use", None), "entry", None)
    if entry is not None and entry.name not in COMPLEX_READY:
        raise refuse(f"`{entry.name}` of complex numbers is not translated", "Work with the real and the imaginary parts.")


def _display(call: Call, node: ast.List | ast.Tuple) -> Operand:
    """A display as NumPy sees it, item by item: its items may have types that make no list together."""
    parts = []
    for each in node.elts:
        parts.append(shown(call, each))
    if len({each.rank for each in parts}) != 1:
        raise refuse("the parts have different ranks", "Give them one shape.")
    return Operand(meet(*[each._replace(weak=False) for each in parts]), parts[0].rank + 1, False, False)


def _is_empty(node: ast.expr | None) -> bool:
    return isinstance(node, ast.List) and not node.elts


def array_type(dtype: str, rank: int) -> t.Type:
    """The type of a result: an array, or a NumPy scalar for rank 0."""
    if rank > 6:
        raise refuse(f"arrays of rank {rank} are not translated", "Use at most six axes.")
    if rank:
        return t.Array(dtype, rank)
    return t.NumpyScalar(dtype)


def from_element(dtype: str, text: str) -> str:
    """An element as the Rust value of a scalar: a NumPy scalar has its dtype's own Rust type."""
    del dtype
    return text


def _holds(dtype: str, value: int) -> bool:
    """Whether an integer dtype holds a number."""
    bits = int(dtype.lstrip("uint")) - (not dtype.startswith("u"))
    return (0 if dtype.startswith("u") else -(1 << bits)) <= value < 1 << bits


def scalar(dtype: str, source: str, text: str, node: ast.expr | None = None, weak: bool = False) -> str:
    """A scalar of a dtype as an element of another one. A Python int (`weak`) must fit into it."""
    if dtype == "complex128":
        return text if source == dtype else f"py::Complex::from({text})"
    value = node
    sign = ""
    if isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.USub):
        value, sign = value.operand, "-"
    if isinstance(value, ast.Constant) and isinstance(value.value, int) and not isinstance(value.value, bool):
        if dtype.startswith("float"):
            return f"{sign}{float(value.value)!r}"
        if dtype in RUST_TYPES and dtype not in ("bool", "str"):
            whole = -value.value if sign else value.value
            return (
                f"{sign}{value.value}" if dtype == "int64" or _holds(dtype, whole) else f"np::fit_{dtype}({sign}{value.value})"
            )
    if source == dtype or dtype == "str":
        return text
    if weak and source == "int64" and "int" in dtype:
        return f"np::fit_{dtype}({text})"
    return f"np::to_{dtype}({text})"


def typed(dtype: str, text: str, node: ast.expr | None) -> str:
    """A scalar whose Rust type can be told from its text alone, because the operand's other side does not tell it."""
    if node is None or dtype in ("float64", "bool", "str", "complex128"):
        return text
    if re.fullmatch(r"-?[0-9.]+", text):
        return f"{text}_{RUST_TYPES[dtype]}"
    if all(isinstance(each, ast.Constant | ast.BinOp | ast.UnaryOp | ast.operator | ast.unaryop) for each in walk(node)):
        return text if text.startswith("np::") else f"np::to_{dtype}({text})"
    return text


def settled(call: Call, name: str, dtype: str) -> str:
    """The argument as an operand, a bare number with its Rust type: for a result whose type rustc reads from this operand alone."""
    node = call.node(name)
    value, sign = (node.operand, "-") if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) else (node, "")
    if dtype == "float64" and isinstance(value, ast.Constant) and isinstance(value.value, int | float):
        return f"{sign}{float(value.value)!r}_f64"
    return reference(call, name, dtype)


def _converted(dtype: str, source: str, text: str) -> str:
    if source == dtype:
        return text
    if dtype == "str":
        return f"&np::to_str({text})"
    if source == "str":
        if dtype in ("float64", "int64"):
            return f"&np::parse_{dtype}({text})"
        raise refuse(f"text is not converted to {dtype}", "Convert to float first.")
    return f"&np::to_{dtype}({text})"


def list_text(found: Operand, hole: str) -> str:
    """The Rust expression that makes an array of a list, tuple or range."""
    rust = RUST_TYPES[found.dtype]
    if found.rank > 3:
        raise refuse(f"arrays of rank {found.rank} are not translated", "Use at most three axes.")
    return {
        1: f"np::from_list::<{rust}>({hole})",
        2: f"np::from_rows::<{rust}>({hole})",
        3: f"np::from_blocks::<{rust}, _>({hole})",
    }[found.rank]


def reference(call: Call, name: str, dtype: str | None = None) -> str:
    """The argument as an operand: arrays by reference, scalars by value, lists turned into arrays; converted to `dtype`."""
    found = operand(call, name)
    wanted = dtype or found.dtype
    if found.rank == 0:
        return typed(wanted, scalar(wanted, found.dtype, "{" + name + "}", call.node(name), found.weak), call.node(name))
    if found.is_array:
        return _converted(wanted, found.dtype, "{&" + name + "}")
    return _converted(wanted, found.dtype, "&" + sequence(call, name))


def sequence(call: Call, name: str) -> str:
    """The array that a list argument becomes, as an expression by value."""
    node = call.node(name)
    found = operand(call, name)
    if isinstance(call.type(name), t.Range):
        return f"np::from_range({{{name}}})"
    written = literal(call, node, found) if isinstance(node, ast.List | ast.Tuple) else None
    if written is not None:
        return written
    type_ = call.type(name)
    if isinstance(type_, t.Tuple) and (
        len({describe(each).dtype for each in type_.items}) > 1 or found.rank > 1 or len(type_.items) > 8
    ):
        if isinstance(node, ast.Tuple):
            return _listed(call, node, found)
        raise refuse("a tuple of several kinds becomes an array", "Write it as a list.")
    if isinstance(node, ast.List) and isinstance(type_, t.List) and type_.element == t.NEVER:
        return "np::zeros::<f64, _>(0)"
    return list_text(found, "{&" + name + "}")


def _listed(call: Call, node: ast.Tuple, found: Operand) -> str:
    items = ", ".join(lower(call, each) for each in node.elts)
    return list_text(found, f"&vec![{items}]")


def lower(call: Call, node: ast.expr, mode: str = "value") -> str:
    """Rust text of a part of an argument (braces doubled: the result goes into a template)."""
    text = call.lower(node, mode)  # type: ignore[attr-defined]
    return str(text).replace("{", "{{").replace("}", "}}")


def type_of(call: Call, node: ast.expr) -> t.Type:
    """The type of a part of an argument."""
    found: t.Type = call.type_of(node)  # type: ignore[attr-defined]
    return found


def literal(call: Call, node: ast.expr | None, found: Operand, dtype: str | None = None) -> str | None:
    """`np::array![...]` for nested displays of scalars, in the wanted dtype; None when an item is not a scalar."""
    wanted = dtype or found.dtype
    first = True

    def part(each: ast.expr, depth: int) -> str | None:
        nonlocal first
        if isinstance(each, ast.List | ast.Tuple):
            if depth == 0:
                return None
            parts = [part(inner, depth - 1) for inner in each.elts]
            if None in parts or not parts:
                return None
            return "[" + ", ".join(str(one) for one in parts) + "]"
        if depth or isinstance(each, ast.Starred):
            return None
        source = describe(type_of(call, each))
        if source.rank:
            return None
        if source.dtype == "str" and wanted == "str":
            first = False
            return f"{lower(call, each)}.to_string()" if isinstance(each, ast.Constant) else lower(call, each)
        text = scalar(wanted, source.dtype, lower(call, each), each, source.weak)
        if first and wanted in RUST_TYPES and not wanted.startswith(("float64", "bool", "str")):
            if text.lstrip("-").isdigit():
                text += f"_{RUST_TYPES[wanted]}"
        if first and wanted == "float32" and isinstance(each, ast.Constant) and not text.startswith("np::"):
            text += "_f32"
        first = False
        return text

    if not isinstance(node, ast.List | ast.Tuple) or not _rectangular(node):
        return None
    made = part(node, found.rank)
    return f"np::array!{made}" if made is not None else None


def _rectangular(node: ast.expr) -> bool:
    if not isinstance(node, ast.List | ast.Tuple):
        return True
    nested = [isinstance(each, ast.List | ast.Tuple) for each in node.elts]
    if not any(nested):
        return True
    widths = {len(each.elts) for each in node.elts if isinstance(each, ast.List | ast.Tuple)}
    return all(nested) and len(widths) == 1 and all(_rectangular(each) for each in node.elts)


def whole(call: Call, name: str, dtype: str | None = None) -> str:
    """The argument as an array by value (a copy of an array)."""
    found = operand(call, name)
    if found.is_array:
        text = reference(call, name, dtype)
        return text.removeprefix("&") if text.startswith("&np::") else "{" + name + "}.clone()"
    if found.rank:
        written = literal(call, call.node(name), found, dtype)
        if written is not None:
            return written
        return _converted(dtype or found.dtype, found.dtype, "&" + sequence(call, name)).removeprefix("&")
    raise refuse(f"`{name}` is a single number here", "Pass a list or an array.")


def array_operand(call: Call, name: str) -> Operand:
    """The argument as an array; refuses scalars."""
    found = operand(call, name)
    if found.rank == 0:
        raise refuse(f"`{name}` is a single number here", "Pass a list or an array.")
    return found


def dtype_of(name: Any) -> str:
    """The dtype that a constant names."""
    text = str(name)
    found = _DTYPE_NAMES.get(text) or text.removeprefix("numpy.").removeprefix("dtype.")
    if found not in RUST_TYPES:
        raise refuse(f"the dtype `{text}` is not translated", "Use float64, int64, bool, float32, int32, uint8 or str.")
    return found


def dtype_argument(call: Call, default: str, name: str = "dtype") -> str:
    """The dtype that the call asks for."""
    node = call.node(name)
    if node is None or (isinstance(node, ast.Constant) and node.value is None):
        return default
    return written_dtype(call, node) or dtype_of(call.constant(name))


def written_dtype(call: Call, node: ast.expr) -> str | None:
    """The dtype that an expression stands for: `x.dtype`, `np.result_type(x, y)`, `np.dtype("f4")`, `np.float32`."""
    match node:
        case ast.Attribute(attr="dtype", value=value):
            return describe(type_of(call, value)).dtype
        case ast.Call(func=function, args=arguments) if arguments:
            name = _constant(call, function)
            if name == "numpy.dtype" and len(arguments) == 1:
                return written_dtype(call, arguments[0])
            if name in ("numpy.result_type", "numpy.promote_types"):
                return meet(*[_as_operand(call, each) for each in arguments])
            return None
    found = _constant(call, node)
    return dtype_of(found) if isinstance(found, str) else None


def _constant(call: Call, node: ast.expr) -> Any:
    try:
        return call._constant(node)  # type: ignore[attr-defined]
    except ValueError:
        return None


def _as_operand(call: Call, node: ast.expr) -> Operand:
    """An argument of `np.result_type`: a dtype, an array or a number."""
    found = written_dtype(call, node)
    return Operand(found, 0, False, False) if found is not None else shown(call, node)


def shape_rank(call: Call, name: str = "shape") -> int:
    """How many axes a shape argument has."""
    node = call.node(name)
    if isinstance(node, ast.List | ast.Tuple) and any(isinstance(each, ast.Starred) for each in node.elts):
        call.type(name)
        return len(_spread(call, node.elts))
    if isinstance(node, ast.List):
        return len(node.elts)
    match call.type(name):
        case t.Scalar("int") | t.NumpyScalar():
            return 1
        case t.Tuple(items):
            return len(items)
    raise refuse("the number of axes cannot be told", "Write the shape as a tuple.")


def shape_text(call: Call, name: str = "shape") -> str:
    """A shape argument as Rust."""
    node = call.node(name)
    if isinstance(node, ast.List | ast.Tuple) and any(isinstance(each, ast.Starred) for each in node.elts):
        parts = [(lower(call, each, "value" if at is None else "place"), at) for each, at in _spread(call, node.elts)]
        return f"[{', '.join(text if at is None else f'{text}.{at}' for text, at in parts)}]"
    if isinstance(node, ast.List):
        return "[" + ", ".join(lower(call, each) for each in node.elts) + "]"
    return "{" + name + "}"


def _spread(call: Call, parts: list[ast.expr]) -> list[tuple[ast.expr, int | None]]:
    """The parts of `(*x.shape, 4)`: expressions, and places in tuples that are spread, whose lengths are known."""
    made: list[tuple[ast.expr, int | None]] = []
    for each in parts:
        if not isinstance(each, ast.Starred):
            made.append((each, None))
            continue
        held = type_of(call, each.value)
        if not isinstance(held, t.Tuple) or any(isinstance(one, ast.Call) for one in ast.walk(each.value)):
            raise refuse("the number of axes cannot be told", "Write the shape as a tuple.")
        made += [(each.value, place) for place in range(len(held.items))]
    return made


def receiver(reference: str) -> str:
    """What a reference refers to, as the receiver of a method: `np::copy(&x)` for `&np::copy(&x)`."""
    plain = reference.removeprefix("&")
    return plain if re.fullmatch(r"[\w:!]+([(\[].*[)\]])?", plain, re.S) else f"({reference})"


def flag(call: Call, name: str) -> bool:
    """A boolean argument, which must be constant."""
    return bool(call.constant(name))


def only_default(call: Call, *names: str) -> None:
    """Refuses arguments that are not supported, unless they are None or left out."""
    for name in names:
        node = call.node(name)
        if node is not None and not (isinstance(node, ast.Constant) and node.value is None):
            raise refuse(f"`{name}` is not translated", f"Leave `{name}` out.")


def is_none(call: Call, name: str) -> bool:
    """Whether an argument is left out (its default being None) or None."""
    node = call.node(name)
    if node is None:
        return call.constant(name, None) is None
    return isinstance(node, ast.Constant) and node.value is None


def axis_text(call: Call, name: str = "axis") -> str:
    """The axis as Rust."""
    node = call.node(name)
    if isinstance(node, ast.Tuple | ast.List):
        raise refuse("several axes at once are not translated", "Reduce one axis after the other.")
    return "{" + name + "}" if node is not None else str(call.constant(name))


def real(dtype: str) -> str:
    """The dtype of a mean or a square root."""
    return dtype if dtype in ("float32", "complex128") else "float64"


def widened(dtype: str) -> str:
    """The dtype of a sum."""
    if dtype in ("bool", "int8", "int16", "int32", "int64"):
        return "int64"
    return "uint64" if dtype.startswith("uint") else dtype
