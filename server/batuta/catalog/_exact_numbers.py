"""The operators of fractions and decimals, to be added to the operator entries."""

Overload = tuple[str, str, tuple[str, ...]]

_FRACTION, _DECIMAL = '"fractions.Fraction"', '"decimal.Decimal"'
_ZERO = ("ZeroDivisionError",)
_SIGNALS = ("InvalidOperation", "DivisionByZero")
_FRACTIONS = {
    "add": ("plus", "+", ()),
    "sub": ("minus", "-", ()),
    "mul": ("times", "*", ()),
    "truediv": ("~over", "/", _ZERO),
}
_DECIMALS = {
    "add": "~plus",
    "sub": "~minus",
    "mul": "~times",
    "truediv": "~over",
    "floordiv": "~whole",
    "mod": "~rest",
}


def _both(kind: str, path: str, method: str, result: str, raises: tuple[str, ...], after: str = "") -> list[Overload]:
    """An operator on two of them, and on one of them and an int."""
    return [
        (f"(a: {kind}, b: {kind}) -> {result}", f"{{a}}.{method}(&{{b}}){after}", raises),
        *(
            (f"(a: {kind}, b: {whole}) -> {result}", f"{{a}}.{method}(&{path}::held_int({{b}})){after}", raises)
            for whole in ("int", "bigint")
        ),
        *(
            (f"(a: {whole}, b: {kind}) -> {result}", f"{path}::held_int({{a}}).{method}(&{{b}}){after}", raises)
            for whole in ("int", "bigint")
        ),
    ]


def _floats(name: str, sign: str) -> list[Overload]:
    """A fraction beside a float is a float."""
    if name == "truediv":
        return [
            (f"(a: {_FRACTION}, b: float) -> float", "py::~true_div({a}.to_f64(), {b})", _ZERO),
            (f"(a: float, b: {_FRACTION}) -> float", "py::~true_div({a}, {b}.to_f64())", _ZERO),
        ]
    return [
        (f"(a: {_FRACTION}, b: float) -> float", f"{{a}}.to_f64() {sign} {{b}}", ()),
        (f"(a: float, b: {_FRACTION}) -> float", f"{{a}} {sign} {{b}}.to_f64()", ()),
    ]


_F, _D = "py::fractions::Fraction", "py::decimal::Decimal"

EXACT_OVERLOADS: dict[str, list[Overload]] = {
    name: [*_both(_FRACTION, _F, method, _FRACTION, raises), *_floats(name, sign)]
    for name, (method, sign, raises) in _FRACTIONS.items()
}
EXACT_OVERLOADS["floordiv"] = _both(_FRACTION, _F, "~divided", "int", _ZERO, ".0")
EXACT_OVERLOADS["mod"] = _both(_FRACTION, _F, "~divided", _FRACTION, _ZERO, ".1")
for _name, _method in _DECIMALS.items():
    EXACT_OVERLOADS[_name] += _both(_DECIMAL, _D, _method, _DECIMAL, _SIGNALS)
EXACT_OVERLOADS["pow"] = [
    (f"(a: {_FRACTION}, b: int) -> {_FRACTION}", "{a}.~power({b})", _ZERO),
    (f"(a: {_FRACTION}, b: float) -> float", "py::~float_pow({a}.to_f64(), {b})", _ZERO),
    (f"(a: {_DECIMAL}, b: int) -> {_DECIMAL}", "{a}.~power({b})", _SIGNALS),
]
EXACT_OVERLOADS["neg"] = [(f"(a: {each}) -> {each}", "{a}.negated()", ()) for each in (_FRACTION, _DECIMAL)]
EXACT_OVERLOADS["pos"] = [
    (f"(a: {_FRACTION}) -> {_FRACTION}", "{a}", ()),
    (f"(a: {_DECIMAL}) -> {_DECIMAL}", "{a}.unchanged()", ()),
]
EXACT_CASES = {
    "add": "from decimal import Decimal\nfrom fractions import Fraction\nprint(Fraction(1, 3) + Fraction(1, 6), 1 + Fraction(1, 2), "
    "Fraction(1, 2) + 0.5, Decimal('1.10') + Decimal('2.2'), Decimal(1) + 2, sum([Fraction(1, 3)] * 3), sum([Decimal('0.1')] * 3))\n",
}
