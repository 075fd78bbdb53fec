"""The operators of arrays: arithmetic, comparison, `@`, in-place operators, indexing.

## Before
    z = (x - x.mean()) / x.std()
    grid[1:-1, 0] = 5.0
## After
    let z = np::divide(&np::subtract(&x, np::mean(&x)), np::std(&x, 0));
    np::assign(&mut np::part1_mut(&mut grid, [np::range(1, -1), np::at(0)]), 5.0);
## Same numbers
    equal bits but for powers that are not squares or roots (1 ULP) and `@` (BLAS adds in another order)
## Not handled
    writing through a named view, masks that cover some of several axes, arrays of more than three axes
"""

from __future__ import annotations

import ast

from batuta.catalog import _arrays as a
from batuta.catalog import _indexing as indexing
from batuta.catalog.entry import Call, Entry, Parity, Shelf
from batuta.catalog.numpy_elementwise import LIBM, binary_result, binary_text, operand_dtype, power_text
from batuta.catalog.numpy_linalg import BLAS, product_result, product_text
from batuta.ir import types as t

EXACT = Parity("exact", caveat="trueno has no operators on its f32 Matrix and Vector; the f64 home is ndarray")
ARITHMETIC = {
    "add": ("add", "+"), "sub": ("subtract", "-"), "mul": ("multiply", "*"), "truediv": ("divide", "/"),
    "floordiv": ("floor_divide", "//"), "mod": ("remainder", "%"), "pow": ("power", "**"),
    "and": ("bitwise_and", "&"), "or": ("bitwise_or", "|"), "xor": ("bitwise_xor", "^"),
    "lshift": ("left_shift", "<<"), "rshift": ("right_shift", ">>"),
}  # fmt: skip
COMPARISONS = {
    "eq": ("equal", "=="), "ne": ("not_equal", "!="), "lt": ("less", "<"), "le": ("less_equal", "<="), "gt": ("greater", ">"), "ge": ("greater_equal", ">="),
}  # fmt: skip
IN_PLACE = {
    "add": "add_assign", "sub": "subtract_assign", "mul": "multiply_assign", "truediv": "divide_assign", "floordiv": "floor_divide_assign",
    "mod": "remainder_assign", "pow": "power_assign", "and": "and_assign", "or": "or_assign", "xor": "xor_assign",
}  # fmt: skip
X = "import numpy as np\nx = np.array([[1, 2, 3], [4, 5, 6]])\nf = np.array([0.5, -1.0, 2.0])\n"


def _dtype(call: Call, name: str) -> str:
    found = operand_dtype(call, "self", "other", name == "truediv")
    if t.NUM in (call.type("self"), call.type("other")) and name != "truediv":
        if not all(call.type(each) == t.NUM or a.operand(call, each).dtype.startswith("float") for each in ("self", "other")):
            raise a.refuse("an int or a float, known only at run time, meets an array of integers", "Make it a float first.")
    if found == "str":
        raise a.refuse("text in arrays has no arithmetic", "Use lists of str.")
    if found == "bool" and name in ("sub",):
        raise a.refuse("NumPy does not subtract booleans", "Use ^.")
    if found == "bool" and name in ("pow", "floordiv", "mod", "lshift", "rshift"):
        return "int64"
    if name in ("and", "or", "xor", "lshift", "rshift") and found.startswith("float"):
        raise a.refuse("bit operations on floats are not defined", "Use logical_and and its like.")
    return found


def _operator(name: str, reflected: bool) -> Entry:
    function, symbol = ARITHMETIC[name]
    first, second = ("other", "self") if reflected else ("self", "other")

    def rust(call: Call) -> str:
        dtype = _dtype(call, name)
        if name == "pow":
            return power_text(call, first, second, dtype)
        return binary_text(call, function, first, second, dtype)

    sample = "x" if name in ("and", "or", "xor", "lshift", "rshift") else "f"
    case = (
        f"print(7 {symbol} x, 2 {symbol} (x + 1))\n"
        if reflected
        else f"print(x {symbol} 2, x {symbol} x[0], x {symbol} {sample if name != 'pow' else 'x'})\n"
    )
    if name in ("floordiv", "mod", "add", "truediv") and not reflected:
        case += f"print(f {symbol} 0.75, -x {symbol} 4)\n"
    return Entry(
        f"ndarray.__{'r' if reflected else ''}{name}__",
        "(self: Any, other: Any) -> Any",
        rust,
        kind="method",
        result=lambda call: binary_result(call, "self", "other", _dtype(call, name)),
        features=("np",),
        raises=("ValueError",),
        cost="low",
        parity=LIBM if name == "pow" else EXACT,
        case=X + case,
    )


def _comparison(name: str) -> Entry:
    function, symbol = COMPARISONS[name]
    return Entry(
        f"ndarray.__{name}__",
        "(self: Any, other: Any) -> Any",
        lambda call: binary_text(call, function, "self", "other", operand_dtype(call, "self", "other")),
        kind="method",
        result=lambda call: binary_result(call, "self", "other", "bool"),
        features=("np",),
        raises=("ValueError",),
        cost="low",
        case=X + f"print(x {symbol} 3, f {symbol} 0.5, x {symbol} f, 2 {symbol} x)\nprint(np.array(['a', 'b']) {symbol} 'a')\n",
    )


def _in_place(name: str) -> Entry:
    function = IN_PLACE[name]
    symbol = ARITHMETIC[name][1]

    def check(call: Call) -> tuple[str, str]:
        target, other = a.operand(call, "self"), a.operand(call, "other")
        found = _dtype(call, name)
        if found == "complex128" and target.dtype != found:
            raise a.refuse(f"NumPy does not write {found} into an array of {target.dtype}", f"Write `x = x {symbol} …`.")
        if found.startswith("float") and not target.dtype.startswith("float"):
            raise a.refuse(f"NumPy does not write {found} into an array of {target.dtype}", f"Write `x = x {symbol} …`.")
        if other.rank > target.rank:
            raise a.refuse("the right side has more axes than the array", f"Write `x = x {symbol} …`.")
        return target.dtype, found

    def result(call: Call) -> t.Type:
        check(call)
        return t.NONE

    def rust(call: Call) -> str:
        dtype, _ = check(call)
        node = call.node("self")
        value = a.reference(call, "other", dtype)
        if isinstance(node, ast.Subscript) and isinstance(a.type_of(call, node.value), t.Array):
            return _part_in_place(call, node, function, value)
        if not is_place(call, node):
            raise a.refuse("a part of another object is changed in place", "Name the array first.")
        if isinstance(call.node("other"), ast.Name) and isinstance(node, ast.Name) and call.node("other").id == node.id:
            value = "&{self}.clone()"
        return f"np::~{function}({{mut self}}, {value})"

    return Entry(
        f"ndarray.__i{name}__",
        "(self: Any, other: Any) -> Any",
        rust,
        kind="method",
        result=result,
        mutates=("self",),
        features=("np",),
        raises=("ValueError",),
        cost="low",
        case=X.replace("[4, 5, 6]", "[4, 5, 7]")
        + (f"f {symbol}= 2\nf[1:] {symbol}= 0.5\n" if name not in ("and", "or", "xor") else "")
        + (f"x {symbol}= 3\nx[0] {symbol}= x[1]\nx[:, 1] {symbol}= 1\n" if name != "truediv" else "")
        + "print(f, x)\n",
    )


def is_place(call: Call, node: ast.expr | None) -> bool:
    """Whether an array is held by a name, a field or a list, so that it can be changed where it is."""
    if (
        isinstance(node, ast.Subscript)
        and isinstance(a.type_of(call, node.value), t.List | t.Dict)
        and not isinstance(node.slice, ast.Slice)
    ):
        return True
    if isinstance(node, ast.Name):
        return True
    return isinstance(node, ast.Attribute) and not isinstance(a.type_of(call, node.value), t.Array)


def mutable(call: Call, node: ast.expr) -> str:
    """A mutable reference to an array: a name, a field, or a part of one (`x[0]` in `x[0][1] = 5`)."""
    if is_place(call, node):
        return a.lower(call, node, "mut")
    if isinstance(node, ast.Subscript) and isinstance(a.type_of(call, node.value), t.Array):
        found = indexing.plan(call, a.describe(a.type_of(call, node.value)).rank, node.slice)
        if not found.advanced and not found.items[0].kind.startswith("cross "):
            index = f"[{', '.join(indexing.index_text(call, each) for each in found.items)}]"
            return indexing.part(mutable(call, node.value), found, index)
    raise a.refuse("this changes a temporary array", "Index the array itself: `x[i, j] = …`.")


def _part_in_place(call: Call, node: ast.Subscript, function: str, value: str) -> str:
    """`a[1:3] += v`: the part is changed inside the array, after the value and the index are evaluated."""
    base = node.value
    rank = a.describe(a.type_of(call, base)).rank
    found = indexing.plan(call, rank, node.slice)
    array = mutable(call, base)
    inner = _Indexed(call, node.slice)
    early = f"let value = {a.receiver(value)}.to_owned();" if value.startswith("&") else f"let value = {value};"
    held = "&value" if value.startswith("&") else "value"
    if not found.advanced and not found.items[0].kind.startswith("cross "):
        index = f"[{', '.join(indexing.index_text(call, each) for each in found.items)}]"
        return f"{{{{ {early} let index = {index}; np::~{function}({indexing.part(array, found, 'index')}, {held}) }}}}"
    reading = indexing.read(inner, f"&{a.lower(call, base, 'place')}", rank, a.describe(a.type_of(call, base)).dtype)  # type: ignore[arg-type]
    writing = indexing.write(inner, array, rank, "&part", apart=isinstance(base, ast.Attribute))  # type: ignore[arg-type]
    return f"{{{{ {early} let mut part = {reading}; np::~{function}(&mut part, {held}); {writing} }}}}"


class _Indexed:
    """A call whose index is another one's."""

    def __init__(self, call: Call, index: ast.expr) -> None:
        self._call, self._index = call, index

    def node(self, name: str) -> ast.expr | None:
        """The index, or what the call has."""
        found: ast.expr | None = self._index if name == "index" else self._call.node(name)
        return found

    def __getattr__(self, name: str) -> object:
        return getattr(self._call, name)


def _getitem_result(call: Call) -> t.Type:
    found = a.operand(call, "self")
    planned = indexing.plan(call, found.rank)
    return a.array_type(found.dtype, planned.rank)


def _getitem(call: Call) -> str:
    found = a.operand(call, "self")
    planned = indexing.plan(call, found.rank)
    if indexing.is_element(planned):
        places = ", ".join(indexing.position_text(call, each) for each in planned.items)
        early = indexing.bound_tuple(call, planned)
        text = f"{{self}}.~item([{places}])"
        return f"{{{{ {early} {text} }}}}" if early else text
    return indexing.read(call, "{&self}", found.rank, found.dtype)


def _setitem(call: Call) -> str:
    found, value = a.operand(call, "self"), a.operand(call, "value")
    planned = indexing.plan(call, found.rank)
    if value.dtype == "complex128" and found.dtype != "complex128":
        raise a.refuse("complex numbers lose their imaginary parts in an array of real ones", "Store `.real`.")
    if value.dtype == "str" and found.dtype != "str":
        raise a.refuse("text is stored in an array of numbers", "Convert it first.")
    node = call.node("self")
    apart = isinstance(node, ast.Attribute)
    element, whole = "{self}", "{mut self}"
    if not is_place(call, node):
        if isinstance(node, ast.Subscript) and isinstance(a.type_of(call, node.value), t.Array):
            element = whole = mutable(call, node)
            apart = True
        elif not isinstance(node, ast.Subscript):
            raise a.refuse("this changes a temporary array", "Index the array itself: `x[i, j] = …`.")
    if indexing.is_element(planned):
        if value.rank:
            raise a.refuse("an array is stored in one element", "Store a number.")
        item = a.scalar(found.dtype, value.dtype, "{value}", call.node("value"), value.weak)
        return indexing.write(call, element, found.rank, item, apart)
    stored = a.reference(call, "value", found.dtype)
    if value.rank == 0 and stored == "{value}" and found.dtype not in ("float64", "bool", "str"):
        # The text may be a bare literal, whose type the array does not tell the Rust compiler.
        stored = f"np::to_{found.dtype}({stored})"
    return indexing.write(call, whole, found.rank, stored, apart)


SHELF = Shelf(
    module="ndarray.operators",
    entries=(
        *(_operator(name, reflected) for name in ARITHMETIC for reflected in (False, True)),
        *(_comparison(name) for name in COMPARISONS),
        *(_in_place(name) for name in IN_PLACE),
        *(
            Entry(
                f"ndarray.__{'r' if reflected else ''}matmul__",
                "(self: Any, other: Any) -> Any",
                (lambda call: product_text(call, "other", "self"))
                if reflected
                else (lambda call: product_text(call, "self", "other")),
                kind="method",
                result=(lambda call: product_result(call, "other", "self"))
                if reflected
                else (lambda call: product_result(call, "self", "other")),
                features=("np",),
                raises=("ValueError",),
                cost="high",
                parity=BLAS,
                case="import numpy as np\nm, v = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([0.5, 2.0])\nprint(m @ m, m @ v, v @ m, v @ v, m.T @ m)\n"
                "i = np.array([[1, 2], [3, 4]])\nprint(i @ i, i @ v)\n",
            )
            for reflected in (False, True)
        ),
        *(
            Entry(
                f"ndarray.__{name}__",
                "(self: Any) -> Any",
                f"np::{rust}({{&self}})" if rust else "{self}.clone()",
                kind="method",
                result=lambda call: a.array_type(*a.operand(call, "self")[:2]),
                features=("np",),
                cost="low",
                case=X + f"print({symbol}x)\n",
            )
            for name, rust, symbol in (
                ("neg", "negative", "-"),
                ("invert", "invert", "~"),
                ("pos", "", "+"),
                ("abs", "absolute", "-"),
            )
        ),
        Entry(
            "ndarray.__contains__",
            tuple(
                f"(self: array[{dtype}, {rank}], value: {kind}) -> bool"
                for rank in (1, 2)
                for dtype, kind in (("int64", "int"), ("float64", "float"), ("str", "str"), ("bool", "bool"))
            ),
            "{self}.iter().any(|item| item == {&value})",
            kind="method",
            features=("np",),
            case=X + "print(9 in x, 2 in x, 0.5 in f, f[0] in f)\n",
        ),
        Entry(
            "ndarray.__getitem__",
            "(self: Any, index: Any) -> Any",
            _getitem,
            kind="method",
            result=_getitem_result,
            features=("np",),
            aliases="self",
            raises=("IndexError", "ValueError"),
            case=X
            + "i, n = 1, None\nprint(x[0, 2], x[-1], x[:, 1], x[0, 1:], x[::-1, ::2], x[:, None, 0].shape, f[-2:], f[5:])\n"
            "print(x[x > 2], f[[2, 0]], x[:, [0, 2]], x[[0, 1], [2, 0]], x[f > 0, ] if False else x[[True, False]], x[i], x[..., 0])\n"
            "try:\n    print(x[2, 0])\nexcept IndexError as error:\n    print(error)\n",
        ),
        Entry(
            "ndarray.__setitem__",
            "(self: Any, index: Any, value: T) -> None",
            _setitem,
            kind="method",
            mutates=("self",),
            features=("np",),
            raises=("IndexError", "ValueError"),
            case=X
            + "x[0, 0] = 9\nx[1] = [7, 8, 9]\nx[:, 2] = 0\nf[f < 0] = 0.0\nf[[0, 2]] = [5.5, 6]\nprint(x, f)\nx[x > 7] = -1\nx[0, 1:] += 4\nx[:] = x[::-1]\nprint(x)\n"
            "try:\n    x[0] = [1, 2]\nexcept ValueError as error:\n    print(error)\n",
        ),
    ),
)
