"""The operators of dates, moments and the time between them, to be added to the operator entries."""

Overload = tuple[str, str, tuple[str, ...]]

_DATE, _MOMENT, _SPAN = '"datetime.date"', '"datetime.datetime"', '"datetime.timedelta"'
_RANGE = ("OverflowError",)
_ZERO = ("ZeroDivisionError", "OverflowError")

DATETIME_OVERLOADS: dict[str, list[Overload]] = {
    "add": [
        *((f"(a: {one}, b: {_SPAN}) -> {one}", "{a}.~plus({b})", _RANGE) for one in (_DATE, _MOMENT, _SPAN)),
        *((f"(a: {_SPAN}, b: {one}) -> {one}", "{b}.~plus({a})", _RANGE) for one in (_DATE, _MOMENT)),
    ],
    "sub": [
        (f"(a: {_DATE}, b: {_DATE}) -> {_SPAN}", "{a}.since({b})", ()),
        (f"(a: {_MOMENT}, b: {_MOMENT}) -> {_SPAN}", "{a}.~since({b})", ("TypeError",)),
        *((f"(a: {one}, b: {_SPAN}) -> {one}", "{a}.~minus({b})", _RANGE) for one in (_DATE, _MOMENT, _SPAN)),
    ],
    "mul": [
        (f"(a: {_SPAN}, b: int) -> {_SPAN}", "{a}.~times({b})", _RANGE),
        (f"(a: {_SPAN}, b: float) -> {_SPAN}", "{a}.~scaled({b})", _RANGE),
        (f"(a: int, b: {_SPAN}) -> {_SPAN}", "{b}.~times({a})", _RANGE),
        (f"(a: float, b: {_SPAN}) -> {_SPAN}", "{b}.~scaled({a})", _RANGE),
    ],
    "truediv": [
        (f"(a: {_SPAN}, b: int) -> {_SPAN}", "{a}.~shared({b})", _ZERO),
        (f"(a: {_SPAN}, b: {_SPAN}) -> float", "{a}.~ratio({b})", _ZERO),
    ],
    "floordiv": [
        (f"(a: {_SPAN}, b: int) -> {_SPAN}", "{a}.~floor_shared({b})", _ZERO),
        (f"(a: {_SPAN}, b: {_SPAN}) -> int", "{a}.~floor_ratio({b})", _ZERO),
    ],
    "mod": [(f"(a: {_SPAN}, b: {_SPAN}) -> {_SPAN}", "{a}.~rest({b})", _ZERO)],
    "neg": [(f"(a: {_SPAN}) -> {_SPAN}", "{a}.~negated()", _RANGE)],
}
