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


_MODES = ("fixed", "maxprec", "unique", "maxprec_equal")


def _settings(call: Call, names: tuple[tuple[str, str], ...]) -> str:
    """The options that the call names, one call each on the ones in force."""
    a.only_default(call, "formatter", "legacy")
    mode = call.constant("floatmode", None)
    if mode not in (None, *_MODES):
        raise a.refuse(f"the float mode {mode!r} is not translated", "Use one of NumPy's four.")
    texts = ("floatmode", "sign", "nanstr", "infstr")
    made = "np::print_options()"
    for name, rust in names:
        if call.given(name) and not a.is_none(call, name):
            hole = f"{{&{name}}}" if rust in texts else f"{{fn {name}}}" if rust in ("floats", "ints") else f"{{{name}}}"
            made += f".{rust}({hole})"
    return made


_FORMATTERS = (("float_formatter", "floats"), ("int_formatter", "ints"))
_OPTIONS = (
    *(
        (each, each)
        for each in ("precision", "threshold", "edgeitems", "linewidth", "suppress", "floatmode", "sign", "nanstr", "infstr")
    ),
    *_FORMATTERS,
)


def _string(call: Call) -> str:
    a.array_operand(call, "a")
    names = (
        ("max_line_width", "linewidth"),
        ("precision", "precision"),
        ("suppress_small", "suppress"),
        *((each, each) for each in ("threshold", "edgeitems", "floatmode", "sign")),
        *_FORMATTERS,
    )
    separator = "{&separator}" if call.given("separator") else '" "'
    around = ", ".join(f"{{&{each}}}" if call.given(each) else '""' for each in ("prefix", "suffix"))
    return f"{_settings(call, names)}.text({a.reference(call, 'a')}, {separator}, {around})"


def _array_str(call: Call) -> str:
    names = (("max_line_width", "linewidth"), ("precision", "precision"), ("suppress_small", "suppress"))
    return f'{_settings(call, names)}.text({a.reference(call, "arr")}, " ", "", "")'


def _options(call: Call) -> str:
    own = ", ".join("true" if call.given(name) else "false" for name, _ in _FORMATTERS)
    return f"{_settings(call, _OPTIONS)}.set({own})"


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
            "suppress: bool | None = None, nanstr: str = \"nan\", infstr: str = \"inf\", formatter: Any = None, sign: str = \"-\", "
            "floatmode: str = \"maxprec\", *, legacy: Any = None, float_formatter: Callable[[float], str] | None = None, "
            "int_formatter: Callable[[int], str] | None = None) -> None",
            _options,
            features=("np",),
            case="import numpy as np\nnp.set_printoptions(precision=3, suppress=True)\nprint(np.array([1e-5, 1.23456]))\n"
            "np.set_printoptions(precision=2, linewidth=40, floatmode='fixed')\nprint(np.arange(12) / 7)\n"
            "np.set_printoptions(sign='+', floatmode='unique', nanstr='?', infstr='oo')\nprint(np.array([1.5, -0.1, np.nan, np.inf]), np.array([1e-9, 12.0]), np.array([3, -4]))\n"
            "np.set_printoptions(sign=' ', floatmode='maxprec_equal', precision=4)\nprint(np.array([1.5, 0.123456]), np.array([1.5, -2.0]), np.array([1, 20]))\n",
        ),
        Entry(
            "numpy.array2string",
            '(a: Any, max_line_width: int | None = None, precision: int | None = None, suppress_small: bool | None = None, separator: str = " ", '
            'prefix: str = "", *, formatter: Any = None, threshold: int | None = None, edgeitems: int | None = None, sign: str = "-", '
            'floatmode: str = "maxprec", suffix: str = "", legacy: Any = None, float_formatter: Callable[[float], str] | None = None, '
            "int_formatter: Callable[[int], str] | None = None) -> str",
            _string,
            features=("np",),
            case="import numpy as np\nprint(np.array2string(np.array([1.23456, 2.0]), precision=2), np.array2string(np.array([1, 2]), separator=', '))\n"
            "print('x = ' + np.array2string(np.arange(40) / 7, prefix='x = ', suffix='!') + '!')\n"
            "print(np.array2string(np.array([0.5, 2.25]), precision=3, floatmode='fixed'), np.array2string(np.arange(30), threshold=5, edgeitems=2, sign='+'))\n"
            "print(np.array2string(np.array([0.5, 2.25]), formatter={'float_kind': lambda x: f'{x:.1f}'}), np.array2string(np.arange(3), formatter={'int': '<{}>'.format}))\n"
            "print(np.array2string(np.array([1.5, 1e10]), floatmode='unique', precision=2), np.array2string(np.eye(2), separator=', ', floatmode='maxprec_equal'))\n",
        ),
        Entry("numpy.push_printoptions", "() -> None", "np::push_printoptions()", features=("np",), case="import numpy as np\nwith np.printoptions(precision=2):\n    print(np.array([1.23456]))\nprint(np.array([1.23456]))\n",
              notes="What `with np.printoptions(...)` begins with."),
        Entry("numpy.pop_printoptions", "() -> None", "np::pop_printoptions()", features=("np",), case="import numpy as np\nwith np.printoptions(suppress=True):\n    print(np.array([1e-9]))\nprint(np.array([1e-9]))\n",
              notes="What `with np.printoptions(...)` ends with."),
        Entry("numpy.array_repr", "(arr: Any) -> str", _repr, features=("np",), case="import numpy as np\nprint(np.array_repr(np.array([1.5])))\n"),
        Entry("numpy.array_str", "(arr: Any, max_line_width: int | None = None, precision: int | None = None, suppress_small: bool | None = None) -> str",
              _array_str, features=("np",), case="import numpy as np\nprint(np.array_str(np.array([1.5])))\n"),
        Entry("numpy.seterr", "(all: Any = None, divide: Any = None, over: Any = None, under: Any = None, invalid: Any = None) -> None", "()",
              case="import numpy as np\nnp.seterr(all='ignore')\nprint(np.array([1.0]) / 0)\n", notes="Warnings are never printed."),
    ),
)  # fmt: skip
