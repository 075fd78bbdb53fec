"""The operators of pandas' columns: arithmetic row by row, with an array, and with one value for all rows."""

from batuta.catalog._tables import SERIES

Overload = tuple[str, str, tuple[str, ...]]
_ARRAYS = {"int": "array[int64, 1]", "float": "array[float64, 1]", "bool": "array[bool, 1]", "str": "array[str, 1]"}
_OPERANDS = {"int": "Int({})", "float": "Float({})", "str": "Str({})", "bool": "Bool({})"}
_RAISED = ("TypeError", "ValueError")


def _series(held: str) -> str:
    return f'Object["{SERIES}", {held}]'


def _result(sign: str, one: str, other: str) -> str | None:
    if "str" in (one, other):
        return "str" if sign == "+" and one == other else None
    if sign == "/" or "float" in (one, other):
        return "float"
    if "value" in (one, other):
        return None if "bool" in (one, other) else "value"
    # Truth values among themselves are added and multiplied as truth values.
    return None if one == other == "bool" or (sign in ("//", "%", "**") and "bool" in (one, other)) else "int"


def operands(one: str, other: str) -> list[tuple[str, str, str]]:
    """What can stand beside a column, as its parameter's type, the kind that it holds, and the Rust operand made of `{hole}`."""
    hole = "{&other}" if other == "str" else "{other}"
    if other == "value":
        return [(_series(other), other, "pd::Operand::Rows({&other})")]
    objects = [('"sklearn.feature names"', other, "pd::Operand::Values(pd::column({&other}))")] if other == "str" else []
    return [
        *objects,
        (_series(other), other, "pd::Operand::Rows({&other})"),
        (other, other, f"pd::Operand::{_OPERANDS[other].format(hole)}"),
        (_ARRAYS[other], other, "pd::Operand::Values(pd::column({&other}))"),
    ]


def _overloads(sign: str) -> list[Overload]:
    found: list[Overload] = []
    kinds = ("int", "float", "str", "bool", "value")
    for one in kinds:
        for other in kinds:
            result = _result(sign, one, other)
            if result is None:
                continue
            for wanted, _, rust in operands(one, other):
                right = rust.replace("other}", "b}")
                both = f"(a: {_series(one)}, b: {wanted}) -> {_series(result)}"
                found.append((both, f'{{a}}.~arithmetic("{sign}", {right}, false)', _RAISED))
                if wanted != _series(other):
                    left = rust.replace("other}", "a}")
                    swapped = _result(sign, other, one)
                    text = f"(a: {wanted}, b: {_series(one)}) -> {_series(swapped or result)}"
                    found.append((text, f'{{b}}.~arithmetic("{sign}", {left}, true)', _RAISED))
    return found


_TRUTHS = _series("bool")


def _logical(sign: str) -> list[Overload]:
    array = _ARRAYS["bool"]
    return [
        (f"(a: {_TRUTHS}, b: {_TRUTHS}) -> {_TRUTHS}", f'{{a}}.logical("{sign}", {{&b}})', ()),
        (f"(a: {_TRUTHS}, b: {array}) -> {_TRUTHS}", f'{{a}}.logical("{sign}", &{{a}}.with_array({{&b}}))', ()),
        (f"(a: {array}, b: {_TRUTHS}) -> {_TRUTHS}", f'{{b}}.logical("{sign}", &{{b}}.with_array({{&a}}))', ()),
    ]


TABLE_OVERLOADS: dict[str, list[Overload]] = {
    "add": _overloads("+"),
    "sub": _overloads("-"),
    "mul": _overloads("*"),
    "truediv": _overloads("/"),
    "floordiv": _overloads("//"),
    "mod": _overloads("%"),
    "pow": _overloads("**"),
    "and_": _logical("&"),
    "or_": _logical("|"),
    "xor": _logical("^"),
    "invert": [(f"(a: {_TRUTHS}) -> {_TRUTHS}", "{a}.inverted()", ())],
    "neg": [(f"(a: {_series(held)}) -> {_series(held)}", "{a}.negative()", ()) for held in ("int", "float")],
}
