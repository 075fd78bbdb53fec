"""Operations on elements, reductions and products on the backends that need no GPU."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from batuta_engine import Matrix, Vector, array, fused, lazy, limited_threads
from batuta_engine.backends.elementwise import PARALLEL_FROM
from batuta_engine.backends.products import multiply
from batuta_engine.backends.reductions import reduce
from batuta_engine.kernels.operations import ELEMENTWISE, REDUCTIONS
from tests.engine.vectors import FILE, differences, read_rows

DTYPES = ("float32", "float64")


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("backend", ["scalar", "simd"])
def test_every_operation_gives_the_shared_results(backend: str, dtype: str) -> None:
    found = differences(backend, dtype)
    wrong = {name: pair for name, pair in found.items() if pair[0] > pair[1]}
    assert not wrong, wrong
    assert set(found) | {"selu"} == set(ELEMENTWISE), "every operation has its vectors"


def test_the_vectors_are_not_stale() -> None:
    root = FILE.parents[2]
    code = "import sys; sys.path.insert(0, 'fixtures/vectors'); import write; sys.stdout.write(write.text())"
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout == FILE.read_text(encoding="utf-8"), "run `python fixtures/vectors/write.py`"


def test_selu_is_its_definition() -> None:
    x = np.array([-3.0, -0.5, 0.0, 2.0])
    expected = 1.0507009873554805 * np.where(x > 0, x, 1.6732632423543772 * np.expm1(x))
    np.testing.assert_allclose(Vector(x).selu().data, expected, rtol=1e-15)


@pytest.mark.parametrize("name", ["add", "fma", "exp", "gelu"])
def test_many_elements_on_several_threads_give_the_same(name: str) -> None:
    rng = np.random.default_rng(3)
    row = ELEMENTWISE[name]
    arrays = rng.normal(size=(row.arrays, PARALLEL_FROM + 7))
    expression = lazy(arrays[0]).apply(name, *arrays[1:])
    np.testing.assert_array_equal(expression.evaluate("simd"), expression.evaluate("scalar"))


def test_a_chain_is_one_loop_and_makes_no_array_between(monkeypatch: pytest.MonkeyPatch) -> None:
    x, y = np.arange(6.0), np.ones(6)
    made: list[Any] = []
    empty = np.empty

    def counted(*given: Any, **named: Any) -> Any:
        made.append(given)
        return empty(*given, **named)

    expression = (lazy(x) * y + 2.0).apply("relu")
    expression.evaluate()
    monkeypatch.setattr(np, "empty", counted)
    found = expression.evaluate()
    assert [each for each in made if len(each) > 1] == [((6,), np.dtype(np.float64))], "the result alone"
    np.testing.assert_array_equal(found, np.maximum(x * y + 2.0, 0.0))


def test_an_input_of_the_right_kind_is_not_copied() -> None:
    x = np.arange(4.0)
    assert np.shares_memory(lazy(x).value, x) and np.shares_memory(Vector(x).data, x)
    assert lazy(np.arange(4)).value.dtype == np.float64
    with pytest.raises(TypeError, match="complex128"):
        lazy(np.zeros(2, complex))


@given(
    left=hnp.arrays(np.float64, hnp.array_shapes(min_dims=1, max_dims=2, max_side=5), elements=st.floats(-10, 10)),
    data=st.data(),
)
@settings(max_examples=60, deadline=None)
def test_operands_are_broadcast_as_numpy_does(left: Any, data: st.DataObject) -> None:
    shape = data.draw(hnp.broadcastable_shapes(left.shape, max_dims=2, max_side=5))
    right = data.draw(hnp.arrays(np.float64, shape, elements=st.floats(-10, 10)))
    np.testing.assert_array_equal((lazy(left) * right - 1.0).evaluate(), left * right - 1.0)


def test_shapes_that_do_not_go_together_are_refused() -> None:
    with pytest.raises(ValueError, match="broadcast"):
        (lazy(np.ones(3)) + np.ones(4)).evaluate()
    with pytest.raises(ValueError, match="no backend 'tpu'"):
        lazy(np.ones(3)).apply("exp").evaluate("tpu")
    with pytest.raises(TypeError, match="lerp takes operand 2, t"):
        lazy(np.ones(3)).apply("lerp", np.ones(3))
    with pytest.raises(ValueError, match="there is no operation 'sinus'"):
        lazy(np.ones(3)).apply("sinus")


def test_a_fused_function_takes_arrays_and_numbers() -> None:
    @fused
    def line(x: Any, slope: Any, start: Any) -> Any:
        return x * slope + start

    np.testing.assert_array_equal(line(np.arange(3.0), 2.0, np.ones(3)), [1.0, 3.0, 5.0])


def _exactly(name: str, x: Any, y: Any) -> float:
    """A reduction in 80-bit arithmetic."""
    a, b = x.astype(np.longdouble), y.astype(np.longdouble)
    return float(
        {
            "sum": lambda: a.sum(),
            "sum_kahan": lambda: a.sum(),
            "sum_of_squares": lambda: (a * a).sum(),
            "norm_l1": lambda: abs(a).sum(),
            "norm_l2": lambda: np.sqrt((a * a).sum()),
            "norm_linf": lambda: abs(a).max(),
            "mean": lambda: a.mean(),
            "variance": lambda: a.var(),
            "stddev": lambda: a.std(),
            "min": lambda: a.min(),
            "max": lambda: a.max(),
            "argmin": lambda: a.argmin(),
            "argmax": lambda: a.argmax(),
            "dot": lambda: (a * b).sum(),
            "covariance": lambda: ((a - a.mean()) * (b - b.mean())).mean(),
            "correlation": lambda: ((a - a.mean()) * (b - b.mean())).mean() / a.std() / b.std(),
        }[name]()
    )


@pytest.mark.parametrize("name", REDUCTIONS)
@pytest.mark.parametrize("backend", ["scalar", "simd"])
def test_reductions_give_the_exact_number_but_for_rounding(backend: str, name: str) -> None:
    rng = np.random.default_rng(5)
    for dtype in DTYPES:
        for count in (2, 9, 4096, 10_001):
            x, y = rng.uniform(0.5, 1.5, size=(2, count)).astype(dtype)
            for exact in (True, False):
                found = float(reduce(name, (x, y)[: REDUCTIONS[name].arrays], backend, exact))
                # A plain sum of n numbers loses at most n halves of the last place; what is centred first loses more of its size.
                loss = (2e4 if name in ("covariance", "correlation") else 1.0) * count * float(np.finfo(dtype).eps)
                assert found == pytest.approx(_exactly(name, x, y), rel=loss, abs=loss)


@pytest.mark.parametrize("name", ["sum", "dot", "variance", "min", "argmax"])
def test_the_exact_mode_gives_the_same_bits_for_any_number_of_threads(name: str) -> None:
    x, y = np.random.default_rng(6).normal(size=(2, PARALLEL_FROM * 2 + 3))
    arrays = (x, y)[: REDUCTIONS[name].arrays]
    with limited_threads(1):
        one = reduce(name, arrays)
    with limited_threads(2):
        two = reduce(name, arrays)
    assert one == two


def test_reductions_of_odd_arrays() -> None:
    empty, nan = np.zeros(0), np.array([1.0, np.nan, 3.0, np.nan])
    assert reduce("sum", (empty,)) == 0.0
    with pytest.raises(ValueError, match="mean of no elements"):
        reduce("mean", (empty,))
    with pytest.raises(ValueError, match="one length, not 4 and 0"):
        reduce("dot", (nan, empty))
    for backend in ("scalar", "simd"):
        assert np.isnan(reduce("max", (nan,), backend)) and reduce("argmin", (nan,), backend) == 1
        assert reduce("argmax", (np.array([2.0, 5.0, 5.0]),), backend) == 1, "the first of equal ones"


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("backend", ["scalar", "simd"])
def test_products(backend: str, dtype: str) -> None:
    rng = np.random.default_rng(7)
    for rows, inner, columns in ((1, 1, 1), (3, 5, 2), (17, 9, 20), (2, 0, 3)):
        a, b = rng.normal(size=(rows, inner)).astype(dtype), rng.normal(size=(inner, columns)).astype(dtype)
        wide = a.astype(np.float64) @ b.astype(np.float64)
        np.testing.assert_allclose(multiply(a, b, backend), wide, atol=(inner + 1) * 8 * np.finfo(dtype).eps)
    with pytest.raises(ValueError, match=r"not \(2, 3\) and \(2, 3\)"):
        multiply(np.ones((2, 3)), np.ones((2, 3)), backend)


def test_vectors_and_matrices() -> None:
    v = Vector.from_slice([1, 2, 3.5], dtype=np.float32)
    assert v.dtype == np.float32 and (v * 2 + 1).tolist() == [3.0, 5.0, 8.0] and (1 - v).tolist() == [0.0, -1.0, -2.5]
    assert v.softmax().sum() == pytest.approx(1.0) and v.log_softmax().apply("exp").sum() == pytest.approx(1.0, rel=1e-6)
    assert v.zscore().mean() == pytest.approx(0.0, abs=1e-6) and v.minmax_normalize().tolist()[::2] == [0.0, 1.0]
    assert v.normalize().norm_l2() == pytest.approx(1.0) and v.clip(1.5, 3.0).tolist() == [1.5, 2.0, 3.0]
    with pytest.raises(ValueError, match="all numbers are equal"):
        Vector.ones(3).zscore()
    m = Matrix.from_slice(2, 3, [1, 2, 3, 4, 5, 6])
    assert (m @ m.T).data.tolist() == [[14.0, 32.0], [32.0, 77.0]] and m.reshape(3, 2).shape == (3, 2)
    assert m.sum(axis=0).tolist() == [5.0, 7.0, 9.0] and m.max(axis=1).tolist() == [3.0, 6.0] and m.mean() == 3.5
    assert m.matvec(Vector.ones(3)).tolist() == [6.0, 15.0] and m.vecmat(Vector.ones(2)).tolist() == [5.0, 7.0, 9.0]
    assert Matrix.identity(2).tolist() == [[1.0, 0.0], [0.0, 1.0]] and m == Matrix(m.data.copy()) and m != v
    assert isinstance(array([[1.0]]), Matrix) and isinstance(array([1.0]), Vector)
    with pytest.raises(ValueError, match="a Vector has 1 dimensions, not 2"):
        Vector([[1.0]])


def test_importing_costs_no_numba() -> None:
    code = "import sys, batuta_engine as e; e.compare([1.0], [1.0]); e.explain; print('numba' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_folder_that_others_can_write_to_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from batuta_engine.storage import StorageError, private_folder

    shared = tmp_path / "shared"
    shared.mkdir(mode=0o777)
    shared.chmod(0o777)
    monkeypatch.setenv("BATUTA_ENGINE_CACHE", str(shared))
    with pytest.raises(StorageError, match="others can write"):
        private_folder("kernels")


def test_the_rows_of_the_vectors_are_read() -> None:
    rows = list(read_rows("float32"))
    assert len(rows) == len(ELEMENTWISE) - 1 and all(row.expected.dtype == np.float32 for row in rows)
