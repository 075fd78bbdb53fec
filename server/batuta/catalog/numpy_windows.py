"""Window functions: np.hanning, np.hamming, np.blackman, np.bartlett.

## Before
    w = np.hanning(51)
## After
    let w = np::hanning(51);
## Same numbers
    within 1 ULP of the cosine
## Not handled
    `np.kaiser`
"""

from __future__ import annotations

from batuta.catalog.entry import Entry, Shelf
from batuta.catalog.numpy_elementwise import LIBM
from batuta.ir import types as t

SHELF = Shelf(
    module="numpy.windows",
    entries=tuple(
        Entry(
            f"numpy.{name}",
            "(M: int) -> Any",
            f"np::{name}({{M}})",
            result=lambda call: t.Array("float64", 1),
            features=("np",),
            parity=LIBM,
            case=f"import numpy as np\nprint(np.round(np.{name}(7), 10), np.{name}(1))\n",
        )
        for name in ("hanning", "hamming", "blackman", "bartlett")
    ),
)
