"""Checks and text: np.testing, np.set_printoptions, np.array2string, np.errstate.

## Before
    np.testing.assert_allclose(a, b, rtol=1e-6)
## After
    py::check(np::allclose(&a, &b, 1e-6, 0.0, true), "…");
## Same numbers
    equal; the message of a failed check is shorter than NumPy's
## Not handled
    formatters given as functions
"""

from __future__ import annotations

from batuta.catalog import _arrays as a
from batuta.catalog.entry import Call, Entry, Shelf


def _checked(test: str, message: str) -> str:
    return f'if !{test} {{{{ py::throw(py::Exception::new("AssertionError", "{message}")) }}}}'


def _allclose(call: Call) -> str:
    rtol = a.reference(call, "rtol", "float64") if call.given("rtol") else "1e-7"
    atol = a.reference(call, "atol", "float64") if call.given("atol") else "0.0"
    return _checked(
        f"np::allclose({a.reference(call, 'actual')}, {a.reference(call, 'desired')}, {rtol}, {atol}, true)",
        "\\nNot equal to tolerance",
    )


def _equal(call: Call) -> str:
    dtype = a.meet(a.operand(call, "actual"), a.operand(call, "desired"))
    return _checked(
        f"np::array_equal({a.reference(call, 'actual', dtype)}, {a.reference(call, 'desired', dtype)})",
        "\\nArrays are not equal",
    )


def _almost(call: Call) -> str:
    digits = "{decimal}" if call.given("decimal") else "6"
    return _checked(
        f"np::allclose({a.reference(call, 'actual')}, {a.reference(call, 'desired')}, 0.0, 1.5 * 10f64.powi(-({digits} as i32)), true)",
        "\\nArrays are not almost equal",
    )


def _check(name: str, extra: str, rust: object, case: str) -> Entry:
    return Entry(
        f"numpy.testing.{name}",
        f"(actual: Any, desired: Any{extra}) -> None",
        rust,  # type: ignore[arg-type]
        features=("np",),
        raises=("AssertionError",),
        case="import numpy as np\n" + case + 'print("ok")\n',
    )


def _string(call: Call) -> str:
    found = a.array_operand(call, "a")
    del found
    separator = "{&separator}" if call.given("separator") else '" "'
    around = ", ".join(f"{{&{each}}}" if call.given(each) else '""' for each in ("prefix", "suffix"))
    return f"np::array2string({a.reference(call, 'a')}, {{max_line_width}}, {{precision}}, {{suppress_small}}, {separator}, {around})"


def _options(call: Call) -> str:
    a.only_default(call, "formatter", "sign", "nanstr", "infstr", "legacy")
    mode = call.constant("floatmode", None)
    if mode not in (None, "fixed", "maxprec"):
        raise a.refuse(f"the float mode {mode!r} is not translated", "Use fixed or maxprec.")
    chosen = f'Some("{mode}")' if mode else "None"
    parts = [
        "{" + each + "}" if call.given(each) else "None"
        for each in ("precision", "threshold", "edgeitems", "linewidth", "suppress")
    ]
    return f"np::set_printoptions({', '.join(parts)}, {chosen})"


def _repr(call: Call) -> str:
    return f"np::to_repr({a.reference(call, 'arr')})"


SHELF = Shelf(
    module="numpy.testing",
    entries=(
        _check("assert_allclose", ", rtol: Any = 1e-07, atol: Any = 0", _allclose, "np.testing.assert_allclose([1.0, 2.0], [1.0, 2.0 + 1e-9])\nnp.testing.assert_allclose(np.ones(2), 1.0)\n"),
        _check("assert_array_equal", "", _equal, "np.testing.assert_array_equal([1, 2], np.array([1, 2]))\n"),
        _check("assert_equal", "", _equal, "np.testing.assert_equal(np.array([1, 2]), [1, 2])\n"),
        _check("assert_array_almost_equal", ", decimal: int = 6", _almost, "np.testing.assert_array_almost_equal([1.0], [1.0 + 1e-8])\n"),
        _check("assert_almost_equal", ", decimal: int = 7", _almost, "np.testing.assert_almost_equal(1.0, 1.0 + 1e-9)\n"),
        Entry(
            "numpy.set_printoptions",
            "(precision: int | None = None, threshold: int | None = None, edgeitems: int | None = None, linewidth: int | None = None, "
            "suppress: bool | None = None, nanstr: Any = None, infstr: Any = None, formatter: Any = None, sign: Any = None, "
            "floatmode: Any = None, legacy: Any = None) -> None",
            _options,
            features=("np",),
            case="import numpy as np\nnp.set_printoptions(precision=3, suppress=True)\nprint(np.array([1e-5, 1.23456]))\n"
            "np.set_printoptions(precision=2, linewidth=40, floatmode='fixed')\nprint(np.arange(12) / 7)\n",
        ),
        Entry(
            "numpy.array2string",
            '(a: Any, max_line_width: int | None = None, precision: int | None = None, suppress_small: bool | None = None, separator: str = " ", '
            'prefix: str = "", *, suffix: str = "") -> str',
            _string,
            features=("np",),
            case="import numpy as np\nprint(np.array2string(np.array([1.23456, 2.0]), precision=2), np.array2string(np.array([1, 2]), separator=', '))\n"
            "print('x = ' + np.array2string(np.arange(40) / 7, prefix='x = ', suffix='!') + '!')\n",
        ),
        Entry("numpy.push_printoptions", "() -> None", "np::push_printoptions()", features=("np",), case="import numpy as np\nwith np.printoptions(precision=2):\n    print(np.array([1.23456]))\nprint(np.array([1.23456]))\n",
              notes="What `with np.printoptions(...)` begins with."),
        Entry("numpy.pop_printoptions", "() -> None", "np::pop_printoptions()", features=("np",), case="import numpy as np\nwith np.printoptions(suppress=True):\n    print(np.array([1e-9]))\nprint(np.array([1e-9]))\n",
              notes="What `with np.printoptions(...)` ends with."),
        Entry("numpy.array_repr", "(arr: Any) -> str", _repr, features=("np",), case="import numpy as np\nprint(np.array_repr(np.array([1.5])))\n"),
        Entry("numpy.array_str", "(arr: Any, max_line_width: int | None = None, precision: int | None = None, suppress_small: bool | None = None) -> str",
              lambda call: f"np::array2string({a.reference(call, 'arr')}, {{max_line_width}}, {{precision}}, {{suppress_small}}, \" \", \"\", \"\")", features=("np",), case="import numpy as np\nprint(np.array_str(np.array([1.5])))\n"),
        Entry("numpy.seterr", "(all: Any = None, divide: Any = None, over: Any = None, under: Any = None, invalid: Any = None) -> None", "()",
              case="import numpy as np\nnp.seterr(all='ignore')\nprint(np.array([1.0]) / 0)\n", notes="Warnings are never printed."),
    ),
)  # fmt: skip
