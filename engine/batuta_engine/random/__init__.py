"""NumPy's random streams bit for bit, as compiled functions: `RandomState` (MT19937) and `Generator` (PCG64).

`streams` holds the classes, with NumPy's names. `legacy` and `modern` hold the functions on a state, which can be called inside kernels.
"""

from batuta_engine.random.streams import Generator, RandomState, default_rng

__all__ = ["Generator", "RandomState", "default_rng"]
