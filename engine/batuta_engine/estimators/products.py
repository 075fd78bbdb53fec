"""Matrix products and factorisations by BLAS and LAPACK on one thread.

The order of additions inside them may depend on the number of threads, and estimators promise the same bits for any.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any


@cache
def _libraries() -> Any:
    import scipy.linalg
    from threadpoolctl import ThreadpoolController

    # SciPy carries a second BLAS, which is loaded by now.
    assert scipy.linalg
    controller = ThreadpoolController().select(user_api="blas")
    return {each.filepath: each for each in controller.lib_controllers}


@contextmanager
def one_thread() -> Iterator[None]:
    """Inside, BLAS runs on one thread."""
    libraries = _libraries()
    before = {path: each.get_num_threads() for path, each in libraries.items()}
    wide = [path for path, count in before.items() if count != 1]
    for path in wide:
        libraries[path].set_num_threads(1)
    try:
        yield
    finally:
        for path in wide:
            libraries[path].set_num_threads(before[path])
