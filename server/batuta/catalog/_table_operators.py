"""The operators of pandas' columns: arithmetic row by row, and with one value for all rows."""

from batuta.catalog._tables import SERIES

Overload = tuple[str, str, tuple[str, ...]]


def _series(held: str) -> str:
    return f'Object["{SERIES}", {held}]'


def _result(sign: str, one: str, other: str) -> str | None:
    if "str" in (one, other):
        return "str" if sign == "+" and one == other else None
    if sign == "/" or "float" in (one, other):
        return "float" if sign not in ("//", "%") else None
    return None if "bool" in (one, other) else "int"


def _overloads(sign: str) -> list[Overload]:
    found: list[Overload] = []
    operand = {"int": "Int({})", "float": "Float({})", "str": "Str({})", "bool": "Bool({})"}
    kinds = ("int", "float", "str")
    for one in kinds:
        for other in kinds:
            result = _result(sign, one, other)
            if result is None:
                continue
            raises = ("NotImplementedError", "TypeError")
            both = f"(a: {_series(one)}, b: {_series(other)}) -> {_series(result)}"
            found.append((both, f'{{a}}.~arithmetic("{sign}", pd::Operand::Rows({{&b}}), false)', raises))
            hole = "{&b}" if other == "str" else "{b}"
            right = f"(a: {_series(one)}, b: {other}) -> {_series(result)}"
            found.append((right, f'{{a}}.~arithmetic("{sign}", pd::Operand::{operand[other].format(hole)}, false)', raises))
            hole = "{&a}" if one == "str" else "{a}"
            left = f"(a: {one}, b: {_series(other)}) -> {_series(result)}"
            found.append((left, f'{{b}}.~arithmetic("{sign}", pd::Operand::{operand[one].format(hole)}, true)', raises))
    return found


_TRUTHS = _series("bool")
TABLE_OVERLOADS: dict[str, list[Overload]] = {
    "add": _overloads("+"),
    "sub": _overloads("-"),
    "mul": _overloads("*"),
    "truediv": _overloads("/"),
    "floordiv": _overloads("//"),
    "mod": _overloads("%"),
    **{
        name: [(f"(a: {_TRUTHS}, b: {_TRUTHS}) -> {_TRUTHS}", f'{{a}}.logical("{sign}", {{&b}})', ())]
        for name, sign in (("and_", "&"), ("or_", "|"), ("xor", "^"))
    },
    "invert": [(f"(a: {_TRUTHS}) -> {_TRUTHS}", "{a}.inverted()", ())],
    "neg": [(f"(a: {_series(held)}) -> {_series(held)}", "{a}.negative()", ()) for held in ("int", "float")],
}
