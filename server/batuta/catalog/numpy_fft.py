"""Fourier transforms: np.fft.fft, rfft, their inverses, frequencies and shifts.

## Before
    spectrum = np.fft.rfft(signal)
    freqs = np.fft.rfftfreq(len(signal), d=1 / rate)
## After
    let spectrum = np::fft::rfft(&signal, None, -1, "backward");
    let freqs = np::fft::rfftfreq(signal.length(), 1.0 / rate);
## Same numbers
    within 1e-12 of the largest number; equal bits where the length is a product of 2, 3, 5, 7 and 11 (of 2, 3 and 5 for `rfft`), but not for `irfft`
## Not handled
    `s` of the transforms over several axes, `out`, `rfft2` and `irfft2`
"""

from __future__ import annotations

from batuta.catalog import _arrays as a
from batuta.catalog.entry import Call, Entry, Parity, Shelf
from batuta.ir import types as t

CLOSE = Parity("close", 1e-12, caveat="the last bits of results that are nearly 0 differ for lengths with large prime factors")
SIGNAL = "import numpy as np\nx = np.array([1.0, 2.0, 0.5, -1.0, 3.0, 0.25])\n"


def _norm(call: Call) -> str:
    found = call.constant("norm", None)
    return f'"{found or "backward"}"'


def _length(call: Call) -> str:
    return "None" if a.is_none(call, "n") else "Some({n})"


def _result(call: Call, dtype: str) -> t.Type:
    return t.Array(dtype, a.array_operand(call, "a").rank)


def _complex(name: str, forward: bool) -> Entry:
    def rust(call: Call) -> str:
        held = a.reference(call, "a", "complex128")
        return f"np::fft::~fft({held}, {_length(call)}, {a.axis_text(call)}, {str(forward).lower()}, {_norm(call)})"

    return Entry(
        f"numpy.fft.{name}",
        "(a: Any, n: Any = None, axis: int = -1, norm: Any = None) -> Any",
        rust,
        result=lambda call: _result(call, "complex128"),
        features=("np",),
        raises=("ValueError",),
        cost="high",
        parity=CLOSE,
        case=SIGNAL
        + f"print(np.round(np.fft.{name}(x), 10), np.fft.{name}([1, 2, 3, 4]), np.round(np.fft.{name}(x, 4, norm='ortho'), 10))\n"
        f"print(np.round(np.fft.{name}(x.reshape(2, 3), axis=0), 10), np.abs(np.fft.{name}(x + 1j)).round(8), np.fft.{name}(x, n=8).shape)\n"
        f"try:\n    np.fft.{name}(x, n=0)\nexcept ValueError as error:\n    print(error)\n",
    )


def _rfft(call: Call) -> str:
    return f"np::fft::~rfft({a.reference(call, 'a', 'float64')}, {_length(call)}, {a.axis_text(call)}, {_norm(call)})"


def _rfft_result(call: Call) -> t.Type:
    if a.array_operand(call, "a").dtype == "complex128":
        raise a.refuse("`rfft` throws the imaginary parts away", "Use fft, or take `.real`.")
    return _result(call, "complex128")


def _irfft(call: Call) -> str:
    return f"np::fft::~irfft({a.reference(call, 'a', 'complex128')}, {_length(call)}, {a.axis_text(call)}, {_norm(call)})"


def _axes(call: Call, default: list[int]) -> str:
    found = default if a.is_none(call, "axes") else call.constant("axes")
    return ", ".join(str(each) for each in (found if isinstance(found, tuple | list) else [found]))


def _several(name: str, forward: bool) -> Entry:
    def result(call: Call) -> t.Type:
        a.only_default(call, "s")
        if a.array_operand(call, "a").rank < 2 and name.endswith("2"):
            raise a.refuse("two axes are needed", "Use fft.")
        return _result(call, "complex128")

    def rust(call: Call) -> str:
        rank = a.operand(call, "a").rank
        axes = _axes(call, [-2, -1] if name.endswith("2") else list(range(rank)))
        return f"np::fft::fft_axes({a.reference(call, 'a', 'complex128')}, &[{axes}], {str(forward).lower()}, {_norm(call)})"

    return Entry(
        f"numpy.fft.{name}",
        "(a: Any, s: Any = None, axes: Any = None, norm: Any = None) -> Any",
        rust,
        result=result,
        features=("np",),
        raises=("ValueError",),
        cost="high",
        parity=CLOSE,
        case=f"import numpy as np\nx = np.arange(12.0).reshape(3, 4)\nprint(np.round(np.fft.{name}(x), 10), np.round(np.fft.{name}(x * 1j, axes=(0,)), 10))\n",
    )


def _shift(name: str, back: bool) -> Entry:
    def rust(call: Call) -> str:
        axes = _axes(call, list(range(a.array_operand(call, "x").rank)))
        return f"np::fft::fft_shift({a.reference(call, 'x')}, &[{axes}], {str(back).lower()})"

    return Entry(
        f"numpy.fft.{name}",
        "(x: Any, axes: Any = None) -> Any",
        rust,
        result=lambda call: t.Array(a.array_operand(call, "x").dtype, a.operand(call, "x").rank),
        features=("np",),
        case=f"import numpy as np\nprint(np.fft.{name}(np.arange(5)), np.fft.{name}(np.arange(6).reshape(2, 3)), np.fft.{name}(np.arange(6).reshape(2, 3), axes=1))\n",
    )


def _frequencies(name: str) -> Entry:
    return Entry(
        f"numpy.fft.{name}",
        "(n: int, d: float = 1.0) -> Any",
        f"np::fft::~{name}({{n}}, {{d}})",
        result=lambda call: t.Array("float64", 1),
        features=("np",),
        raises=("ZeroDivisionError",),
        case=f"import numpy as np\nprint(np.fft.{name}(8), np.fft.{name}(5, 0.1), np.fft.{name}(6, d=1 / 50))\n",
    )


SHELF = Shelf(
    module="numpy.fft",
    entries=(
        _complex("fft", True),
        _complex("ifft", False),
        Entry(
            "numpy.fft.rfft",
            "(a: Any, n: Any = None, axis: int = -1, norm: Any = None) -> Any",
            _rfft,
            result=_rfft_result,
            features=("np",),
            raises=("ValueError",),
            cost="high",
            parity=CLOSE,
            case=SIGNAL
            + "print(np.round(np.fft.rfft(x), 10), np.fft.rfft([1, 2, 3, 4]), np.round(np.fft.rfft(x, n=5), 10), np.fft.rfft(np.eye(4)))\n"
            "t = np.arange(60) / 60\nprint(np.round(np.abs(np.fft.rfft(np.sin(2 * np.pi * 7 * t) + 0.5 * np.cos(2 * np.pi * 11 * t))), 8))\n",
        ),
        Entry(
            "numpy.fft.irfft",
            "(a: Any, n: Any = None, axis: int = -1, norm: Any = None) -> Any",
            _irfft,
            result=lambda call: _result(call, "float64"),
            features=("np",),
            raises=("ValueError",),
            cost="high",
            parity=CLOSE,
            case=SIGNAL
            + "print(np.round(np.fft.irfft(np.fft.rfft(x)), 10), np.round(np.fft.irfft(np.fft.rfft(x[:5]), n=5), 10), np.fft.irfft([4, 0, 0]))\n",
        ),
        _several("fft2", True),
        _several("ifft2", False),
        _several("fftn", True),
        _several("ifftn", False),
        _shift("fftshift", False),
        _shift("ifftshift", True),
        _frequencies("fftfreq"),
        _frequencies("rfftfreq"),
    ),
)
