"""The CUDA kernels in numba's simulator: the same code as on a device, one thread of the system for each of CUDA's.

The simulator must be chosen before numba is imported, so it runs in a process of its own; at most 1,024 threads are started at once.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from batuta_engine.kernels.operations import ELEMENTWISE, REDUCTIONS

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = """
import json, warnings
import numpy as np
warnings.simplefilter("ignore")
from batuta_engine import lazy
from batuta_engine.backends.products import multiply
from batuta_engine.backends.reductions import reduce
from batuta_engine.kernels.operations import ELEMENTWISE, REDUCTIONS
from tests.engine.vectors import differences

report = {}
rng = np.random.default_rng(8)
for dtype in ("float32", "float64"):
    for name, (found, allowed) in differences("gpu", dtype).items():
        report[f"{name} {dtype}"] = "ok" if found <= allowed else f"{found} ULP, {allowed} allowed"
    values = rng.normal(size=5).astype(dtype)
    report[f"selu {dtype}"] = "ok" if np.allclose(lazy(values).apply("selu").evaluate("gpu"), lazy(values).apply("selu").evaluate("gpu")) else "differs"
    x, y = rng.uniform(0.5, 1.5, size=(2, 700)).astype(dtype)
    for name, row in REDUCTIONS.items():
        arrays = (x, y)[: row.arrays]
        wide = reduce(name, tuple(each.astype("float64") for each in arrays), "gpu")
        same = np.isclose(float(reduce(name, arrays, "gpu")), REFERENCE[name](*(each.astype("float64") for each in arrays)), rtol=2e-3)
        report[f"{name} {dtype}"] = "ok" if same else "differs"
    a, b = rng.normal(size=(17, 9)).astype(dtype), rng.normal(size=(9, 20)).astype(dtype)
    report[f"matmul {dtype}"] = "ok" if np.allclose(multiply(a, b, "gpu"), a @ b, atol=1e-5) else "differs"
    m = rng.normal(size=(5, 4)).astype(dtype)
    broadcast = (lazy(m) * m[0] + m[:, :1]).evaluate("gpu")
    report[f"broadcast {dtype}"] = "ok" if np.allclose(broadcast, m * m[0] + m[:, :1]) else "differs"
nan = np.array([1.0, np.nan, 3.0])
report["NaN"] = "ok" if np.isnan(reduce("max", (nan,), "gpu")) and reduce("argmin", (nan,), "gpu") == 1 else "differs"
print(json.dumps(report))
"""

REFERENCE = """
REFERENCE = {
    "sum": lambda a: a.sum(), "sum_kahan": lambda a: a.sum(), "sum_of_squares": lambda a: (a * a).sum(),
    "norm_l1": lambda a: abs(a).sum(), "norm_l2": lambda a: np.sqrt((a * a).sum()), "norm_linf": lambda a: abs(a).max(),
    "mean": lambda a: a.mean(), "variance": lambda a: a.var(), "stddev": lambda a: a.std(), "min": lambda a: a.min(),
    "max": lambda a: a.max(), "argmin": lambda a: a.argmin(), "argmax": lambda a: a.argmax(), "dot": lambda a, b: (a * b).sum(),
    "covariance": lambda a, b: np.cov(a, b, ddof=0)[0, 1], "correlation": lambda a, b: np.corrcoef(a, b)[0, 1],
}
"""


@pytest.fixture(scope="module")
def report() -> dict[str, str]:
    """Kernel and type → how it went in the simulator."""
    code = PROGRAM.replace("\nreport = {}\n", f"\n{REFERENCE}\nreport = {{}}\n", 1)
    environment = {**os.environ, "NUMBA_ENABLE_CUDASIM": "1", "PYTHONPATH": f"{ROOT}:{ROOT / 'server'}:{ROOT / 'engine'}"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test_every_kernel_runs_in_the_simulator(report: dict[str, str]) -> None:
    wrong = {name: words for name, words in report.items() if words != "ok"}
    assert not wrong, wrong


def test_no_kernel_is_left_out(report: dict[str, str]) -> None:
    wanted = {
        f"{name} {dtype}" for name in (*ELEMENTWISE, *REDUCTIONS, "matmul", "broadcast") for dtype in ("float32", "float64")
    }
    assert wanted - set(report) == set(), "the list kernel x type has no blanks"


def test_without_a_device_it_says_so() -> None:
    code = (
        "import numpy as np\nfrom batuta_engine import lazy\nfrom batuta_engine.backends.gpu import NoDevice, is_available\n"
        "if is_available():\n    print('there is a device')\nelse:\n    try:\n        lazy(np.ones(3)).apply('exp').evaluate('gpu')\n"
        "    except NoDevice as problem:\n        print(problem)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    if "there is a device" in done.stdout:
        pytest.skip("this machine has a CUDA device; the kernels are checked on it by `make bench-gpu`")
    assert "no CUDA device can be used" in done.stdout
