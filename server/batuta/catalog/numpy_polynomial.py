"""Polynomials, interpolation and differences: np.polyfit, np.interp, np.gradient, np.convolve.

## Before
    slope, intercept = np.polyfit(x, y, 1)
## After
    let [slope, intercept] = np::polyfit(&x, &y, 1)[..] else { unreachable!() };
## Same numbers
    interpolation, differences and convolutions of up to 15 terms have equal bits; fits within 1e-9
## Not handled
    complex roots, `np.polynomial` classes
"""

from __future__ import annotations

from collections.abc import Callable

from batuta.catalog import _arrays as a
from batuta.catalog.entry import Call, Entry, Parity, Shelf
from batuta.ir import types as t

V1 = t.Array("float64", 1)
F = t.NumpyScalar("float64")


EXACT = Parity("exact")


def _entry(
    name: str,
    signature: str,
    rust: Callable[[Call], str],
    result: Callable[[Call], t.Type],
    case: str,
    parity: Parity = EXACT,
    raises: tuple[str, ...] = (),
) -> Entry:
    return Entry(
        f"numpy.{name}",
        signature,
        rust,
        result=result,
        features=("np",),
        parity=parity,
        raises=raises,
        case="import numpy as np\n" + case,
    )


def _floats(call: Call, *names: str) -> str:
    return ", ".join(a.reference(call, name, "float64") for name in names)


def _fit_result(call: Call) -> t.Type:
    if a.operand(call, "y").rank != 1:
        raise a.refuse("fits of several columns at once are not translated", "Fit one column after the other.")
    if call.constant("full", False):
        return t.Tuple((V1, V1, t.NumpyScalar("int32"), V1, t.FLOAT))
    return t.Tuple((V1, t.Array("float64", 2))) if call.constant("cov", False) else V1


def _fit(call: Call) -> str:
    full, cov, weighted = call.constant("full", False), call.constant("cov", False), not a.is_none(call, "w")
    a.only_default(call, "rcond")
    if not (full or cov or weighted):
        return f"np::~polyfit({_floats(call, 'x', 'y')}, {{deg}})"
    weights = f"Some({_floats(call, 'w')})" if weighted else "None"
    made = f"np::polyfit_of({_floats(call, 'x', 'y')}, {{deg}}, {weights})"
    if full:
        return f"{{{{ let fit = {made}; (fit.coefficients, fit.residuals, fit.rank, fit.values, fit.cutoff) }}}}"
    if cov:
        scaled = "false" if cov == "unscaled" else "true"
        return f"{{{{ let fit = {made}; let covariance = fit.covariance({scaled}); (fit.coefficients, covariance) }}}}"
    return f"{made}.coefficients"


def _interp(call: Call) -> str:
    ends = ["{" + each + "}" if call.given(each) else "None" for each in ("left", "right")]
    return f"np::~interp({_floats(call, 'x', 'xp', 'fp')}, {', '.join(ends)})"


def _met(call: Call, *names: str) -> str:
    """The dtype that the arguments meet in."""
    return a.meet(*[a.operand(call, name)._replace(weak=False) for name in names])


def _both(call: Call, one: str, other: str) -> str:
    dtype = _met(call, one, other)
    for name in (one, other):
        if a.array_operand(call, name).rank != 1:
            raise a.refuse("vectors of coefficients are translated", "Pass a list.")
    return f"{a.reference(call, one, dtype)}, {a.reference(call, other, dtype)}"


def _pair_text(call: Call, minus: str) -> str:
    return f"np::polyadd({_both(call, 'a1', 'a2')}, {minus})"


def _polyval(call: Call) -> str:
    dtype = _met(call, "p", "x")
    return f"np::polyval({a.reference(call, 'p', dtype)}, {a.settled(call, 'x', dtype)})"


def _poly_result(call: Call) -> t.Type:
    if a.array_operand(call, "seq_of_zeros").rank != 1:
        raise a.refuse("the polynomial of a matrix is not translated", "Take its eigenvalues.")
    return V1


def _correlate(call: Call) -> str:
    mode = call.constant("mode", "valid")
    if mode not in ("valid", "same", "full"):
        raise a.refuse(f"the mode {mode!r} is not translated", "Use valid, same or full.")
    dtype = _met(call, "a", "v")
    first = a.reference(call, "a", dtype)
    return f'np::~correlate({first}, {a.reference(call, "v", dtype)}, "{mode}")'


def _convolve(call: Call) -> str:
    dtype = a.meet(a.array_operand(call, "a"), a.array_operand(call, "v"))
    mode = call.constant("mode", "full")
    return f'np::~convolve({a.reference(call, "a", dtype)}, {a.reference(call, "v", dtype)}, "{mode}")'


def _trapezoid(call: Call) -> str:
    if call.given("x") and not a.is_none(call, "x"):
        return f"np::trapezoid({_floats(call, 'y', 'x')})"
    step = a.reference(call, "dx", "float64") if call.given("dx") else "1.0"
    return f"np::trapezoid_even({_floats(call, 'y')}, {step})"


def _gradient_result(call: Call) -> t.Type:
    found = a.array_operand(call, "f")
    if found.rank == 2 and a.is_none(call, "axis"):
        if call.given("spacing") and a.operand(call, "spacing").rank:
            raise a.refuse("the gradients along all axes with places of their own are not translated", "Name the axis.")
        return t.Tuple((t.Array("float64", 2), t.Array("float64", 2)))
    return t.Array("float64", found.rank)


def _gradient(call: Call) -> str:
    held = _floats(call, "f")
    spaced = call.given("spacing")
    if a.operand(call, "f").rank == 2 and a.is_none(call, "axis"):
        step = a.reference(call, "spacing", "float64") if spaced else "1.0"
        return f"(np::gradient_axis({held}, {step}, 0), np::gradient_axis({held}, {step}, 1))"
    if a.operand(call, "f").rank == 2:
        return f"np::gradient_axis({held}, {a.reference(call, 'spacing', 'float64') if spaced else '1.0'}, {a.axis_text(call)})"
    if spaced and a.operand(call, "spacing").rank:
        return f"np::gradient_at({held}, {a.reference(call, 'spacing', 'float64')})"
    return f"np::gradient({held}, {a.reference(call, 'spacing', 'float64') if spaced else '1.0'})"


CLOSE = Parity("close", 1e-9, caveat="least squares through another factorisation than LAPACK's")
SHELF = Shelf(
    module="numpy.polynomial",
    entries=(
        _entry("polyfit", "(x: Any, y: Any, deg: int, rcond: Any = None, full: Any = None, w: Any = None, cov: Any = None) -> Any", _fit, _fit_result,
               "x = np.array([0.0, 1.0, 2.0, 3.0])\nprint(np.round(np.polyfit(x, 2 * x + 1, 1), 8), np.round(np.polyfit(x, [1, 0, 2, 7], 2), 8))\n"
               "y = np.array([1.0, 2.9, 5.2, 7.1])\nc, v = np.polyfit(x, y, 1, cov=True)\nprint(np.round(c, 8), np.round(v, 8), np.round(np.polyfit(x, y, 1, w=[1, 2, 2, 1]), 8))\n"
               "c, r, rank, s, cut = np.polyfit(x, y, 1, full=True)\nprint(np.round(r, 8), rank, np.round(s, 8), cut, np.round(np.polyfit(x, y, 1, cov='unscaled')[1], 8))\n", CLOSE, ("ValueError", "TypeError", "LinAlgError")),
        _entry("polyval", "(p: Any, x: Any) -> Any", _polyval, lambda call: a.array_type(_met(call, "p", "x"), a.operand(call, "x").rank),
               "print(np.polyval([1.0, 0.0, -2.0], 3.0), np.polyval([2.0, 1.0], np.array([0.0, 0.5])), np.polyval([1, 0, -2], 3), np.polyval([1, 2], [1, 2]), np.polyval([1, 2], 0.5))\n"),
        _entry("polyder", "(p: Any) -> Any", lambda call: f"np::polyder({a.reference(call, 'p')})", lambda call: t.Array(a.array_operand(call, "p").dtype, 1), "print(np.polyder([3.0, 2.0, 1.0]), np.polyder([3, 2, 1]))\n"),
        _entry("polyadd", "(a1: Any, a2: Any) -> Any", lambda call: _pair_text(call, "false"), lambda call: t.Array(_met(call, "a1", "a2"), 1),
               "print(np.polyadd([1, 2], [1, 0, 5]), np.polyadd([1.5], [1, 2]))\n"),
        _entry("polysub", "(a1: Any, a2: Any) -> Any", lambda call: _pair_text(call, "true"), lambda call: t.Array(_met(call, "a1", "a2"), 1),
               "print(np.polysub([1, 2], [1, 0, 5]), np.polysub([1.5, 2], [1, 2]))\n"),
        _entry("polymul", "(a1: Any, a2: Any) -> Any", lambda call: f"np::convolve({_both(call, 'a1', 'a2')}, \"full\")", lambda call: t.Array(_met(call, "a1", "a2"), 1),
               "print(np.polymul([1, 2], [1, 0, 5]), np.polymul([1.5, 2], [1, 2]))\n"),
        _entry("polyint", "(p: Any) -> Any", lambda call: f"np::polyint({_floats(call, 'p')})", lambda call: V1, "print(np.polyint([3.0, 2.0, 1.0]), np.polyint([6, 2]))\n"),
        _entry("poly", "(seq_of_zeros: Any) -> Any", lambda call: f"np::poly({_floats(call, 'seq_of_zeros')})", _poly_result, "print(np.poly([1.0, 2.0, -3.0]), np.poly([2]))\n"),
        _entry("correlate", '(a: Any, v: Any, mode: str = "valid") -> Any', _correlate,
               lambda call: t.Array(_met(call, "a", "v"), 1),
               "print(np.correlate([1, 2, 3], [0, 1, 0.5]), np.correlate([1, 2, 3], [1, 4], mode='same'), np.correlate([1, 2, 3, 4], [1, 2], 'full'), np.correlate([1, 2], [1, 2, 3], 'full'))\n",
               Parity("close", 1e-15, caveat="products add in another order than BLAS"), ("ValueError",)),
        _entry("roots", "(p: Any) -> Any", lambda call: f"np::~roots({_floats(call, 'p')})", lambda call: V1, "print(np.round(np.sort(np.roots([1.0, -3.0, 2.0])), 8))\n",
               Parity("close", 1e-9, conditions="all roots are real; otherwise the program ends with an error"), ("LinAlgError",)),
        _entry("interp", "(x: Any, xp: Any, fp: Any, left: float | None = None, right: float | None = None) -> Any", _interp,
               lambda call: a.array_type("float64", a.operand(call, "x").rank), "print(np.interp(2.5, [1, 2, 3], [3, 2, 0]), np.interp([0.0, 1.5, 9.0], [1, 2, 3], [3, 2, 0], right=-1.0))\n", raises=("ValueError",)),
        _entry("convolve", '(a: Any, v: Any, mode: str = "full") -> Any', _convolve,
               lambda call: t.Array(a.meet(a.array_operand(call, "a")._replace(weak=False), a.array_operand(call, "v")._replace(weak=False)), 1),
               "print(np.convolve([1, 2, 3], [0, 1, 0.5]), np.convolve([1, 2, 3], [1, 1], mode='same'), np.convolve([1, 2, 3, 4], [1, 1], 'valid'))\n",
               Parity("close", 1e-15, caveat="products add in another order than BLAS"), ("ValueError",)),
        _entry("trapezoid", "(y: Any, x: Any = None, dx: Any = 1.0) -> Any", _trapezoid, lambda call: F,
               "print(np.trapezoid([1, 2, 3]), np.trapezoid([1.0, 2.0], x=[0.0, 0.5]), np.trapezoid([1, 4], dx=0.1))\n"),
        _entry("gradient", "(f: Any, spacing: Any = None, axis: Any = None) -> Any", _gradient, _gradient_result,
               "print(np.gradient([1.0, 2.0, 4.0, 7.0]), np.gradient([1.0, 4.0], 0.5), np.gradient(np.array([1.0, 2.0, 4.0]), np.array([0.0, 1.0, 3.0])))\n"
               "dy, dx = np.gradient(np.outer([1.0, 2.0, 4.0], [1.0, 3.0]))\nprint(dy, dx, np.gradient(np.eye(3), 0.5)[1])\n", raises=("ValueError",)),
    ),
)  # fmt: skip
