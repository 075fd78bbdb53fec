"""`RandomState` and `Generator` with NumPy's names and NumPy's numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from batuta_engine.jit import compiled
from batuta_engine.random import legacy, modern

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[Any]
    Size = int | tuple[int, ...] | None


@compiled
def _legacy_doubles(state: Any, out: Any) -> None:
    for place in range(out.size):
        out[place] = legacy.double(state)


@compiled
def _legacy_gauss(state: Any, out: Any) -> None:
    for place in range(out.size):
        out[place] = legacy.gauss(state)


@compiled
def _legacy_integers(state: Any, low: Any, limit: Any, out: Any) -> None:
    for place in range(out.size):
        out[place] = low + np.int64(legacy.bounded(state, limit))


@compiled
def _modern_doubles(state: Any, out: Any) -> None:
    for place in range(out.size):
        out[place] = modern.double(state)


@compiled
def _modern_gauss(state: Any, out: Any) -> None:
    for place in range(out.size):
        out[place] = modern.gauss(state)


@compiled
def _modern_exponential(state: Any, out: Any) -> None:
    for place in range(out.size):
        out[place] = modern.exponential(state)


@compiled
def _modern_integers(state: Any, low: Any, limit: Any, out: Any) -> None:
    for place in range(out.size):
        out[place] = low + np.int64(modern.bounded(state, limit))


@compiled
def _legacy_shuffle(state: Any, places: Any) -> None:
    for place in range(places.size - 1, 0, -1):
        other = np.int64(legacy.bounded(state, place))
        places[place], places[other] = places[other], places[place]


@compiled
def _modern_shuffle(state: Any, places: Any) -> None:
    for place in range(places.size - 1, 0, -1):
        other = np.int64(modern.interval(state, place))
        places[place], places[other] = places[other], places[place]


@compiled
def _modern_tail(state: Any, places: Any, first: int) -> None:
    for place in range(places.size - 1, first - 1, -1):
        other = np.int64(modern.bounded(state, place))
        places[place], places[other] = places[other], places[place]


class _Stream:
    """What both streams do in the same way, from draws of numbers in [0, 1)."""

    def _doubles(self, size: Size) -> Any:
        raise NotImplementedError

    def _gauss(self, size: Size) -> Any:
        raise NotImplementedError

    def _integer(self, limit: int) -> int:
        raise NotImplementedError

    def _shuffle_places(self, places: Array) -> None:
        raise NotImplementedError

    def uniform(self, low: Any = 0.0, high: Any = 1.0, size: Size = None) -> Any:
        """Numbers in [low, high); one where no size is given."""
        size = np.broadcast_shapes(np.shape(low), np.shape(high)) or None if size is None else size
        return low + (np.subtract(high, low)) * self._doubles(size)

    def standard_normal(self, size: Size = None) -> Any:
        """Normal numbers with mean 0 and variance 1."""
        return self._gauss(size)

    def normal(self, loc: Any = 0.0, scale: Any = 1.0, size: Size = None) -> Any:
        """Normal numbers. Raises ValueError for a negative scale."""
        if np.any(np.signbit(scale)):
            raise ValueError("scale < 0")
        size = np.broadcast_shapes(np.shape(loc), np.shape(scale)) or None if size is None else size
        return loc + scale * self._gauss(size)

    def permutation(self, x: Any) -> Array:
        """The numbers below x in another order, or a copy of an array with its rows in another order."""
        count = x if isinstance(x, (int, np.integer)) else len(x)
        places = np.arange(count)
        self._shuffle_places(places)
        return places if isinstance(x, (int, np.integer)) else np.asarray(x)[places]

    def shuffle(self, x: Any) -> None:
        """The rows of an array, or the items of a list, in another order; in place."""
        places = np.arange(len(x))
        self._shuffle_places(places)
        x[:] = np.asarray(x)[places] if isinstance(x, np.ndarray) else [x[place] for place in places]

    def _weighted(self, count: int, weights: Any, size: Size, replace: bool) -> Any:
        p = np.asarray(weights, np.float64)
        if p.size != count:
            raise ValueError("'a' and 'p' must have same size")
        if (p < 0).any():
            raise ValueError("probabilities are not non-negative")
        if abs(p.sum() - 1.0) > 1.5e-8:
            raise ValueError("probabilities do not sum to 1")
        if replace or size is None:
            sums = p.cumsum()
            sums /= sums[-1]
            return sums.searchsorted(self._doubles(size), side="right")
        wanted = int(np.prod(size))
        if np.count_nonzero(p) < wanted:
            raise ValueError("Fewer non-zero entries in p than size")
        found = np.zeros(0, np.int64)
        p = p.copy()
        while found.size < wanted:
            draws = self._doubles((wanted - found.size,))
            p[found] = 0.0
            sums = p.cumsum()
            sums /= sums[-1]
            new = sums.searchsorted(draws, side="right")
            _, first = np.unique(new, return_index=True)
            found = np.concatenate([found, new[np.sort(first)]])
        return found.reshape(size)


def _population(a: Any) -> tuple[int, Array | None]:
    if isinstance(a, (int, np.integer)):
        if a <= 0:
            raise ValueError("a must be greater than 0 unless no samples are taken")
        return int(a), None
    values = np.asarray(a)
    if not len(values):
        raise ValueError("'a' cannot be empty unless no samples are taken")
    return len(values), values


class RandomState(_Stream):
    """`numpy.random.RandomState`: MT19937 and its legacy distributions.

    >>> RandomState(42).randint(0, 100, 5).tolist()
    [51, 92, 14, 71, 60]
    """

    def __init__(self, seed: int = 0) -> None:
        self.state = legacy.new_state(seed)

    def seed(self, seed: int) -> None:
        """Begin the stream of another seed."""
        self.state = legacy.new_state(seed)

    def _fill(self, function: Any, size: Size) -> Any:
        out = np.empty(() if size is None else size)
        flat = out.reshape(-1)
        function(self.state, flat)
        return float(flat[0]) if size is None else flat.reshape(out.shape)

    def _doubles(self, size: Size) -> Any:
        return self._fill(_legacy_doubles, size)

    def _gauss(self, size: Size) -> Any:
        return self._fill(_legacy_gauss, size)

    def _shuffle_places(self, places: Array) -> None:
        _legacy_shuffle(self.state, places)

    def random_sample(self, size: Size = None) -> Any:
        """Numbers in [0, 1)."""
        return self._doubles(size)

    random = random_sample

    def rand(self, *shape: int) -> Any:
        """Numbers in [0, 1) in a shape."""
        return self._doubles(shape or None)

    def randn(self, *shape: int) -> Any:
        """Normal numbers in a shape."""
        return self._gauss(shape or None)

    def randint(self, low: int, high: int | None = None, size: Size = None) -> Any:
        """Integers in [low, high), or below low. Raises ValueError where there are none."""
        low, high = (0, low) if high is None else (low, high)
        if low >= high:
            raise ValueError("high <= 0" if low == 0 else "low >= high")
        out = np.empty(() if size is None else size, np.int64)
        flat = out.reshape(-1)
        _legacy_integers(self.state, np.int64(low), np.uint64(high - 1 - low), flat)
        return int(flat[0]) if size is None else flat.reshape(out.shape)

    def choice(self, a: Any, size: Size = None, replace: bool = True, p: Any = None) -> Any:
        """Members of an array, or numbers below a. Raises ValueError for a sample that is larger than what it is taken from."""
        count, values = _population(a)
        if p is not None:
            found = self._weighted(count, p, size, replace)
        elif replace or size is None:
            found = self.randint(0, count, size)
        else:
            wanted = int(np.prod(size))
            if wanted > count:
                raise ValueError("Cannot take a larger sample than population when 'replace=False'")
            found = self.permutation(count)[:wanted].reshape(size)
        return found if values is None else values[found]


class Generator(_Stream):
    """`numpy.random.Generator` over PCG64.

    >>> default_rng(42).integers(0, 100, 5).tolist()
    [8, 77, 65, 43, 43]
    """

    def __init__(self, seed: int = 0) -> None:
        self.state = modern.new_state(seed)

    def _fill(self, function: Any, size: Size) -> Any:
        out = np.empty(() if size is None else size)
        flat = out.reshape(-1)
        function(self.state, flat)
        return float(flat[0]) if size is None else flat.reshape(out.shape)

    def _doubles(self, size: Size) -> Any:
        return self._fill(_modern_doubles, size)

    def _gauss(self, size: Size) -> Any:
        return self._fill(_modern_gauss, size)

    def _shuffle_places(self, places: Array) -> None:
        _modern_shuffle(self.state, places)

    def random(self, size: Size = None) -> Any:
        """Numbers in [0, 1)."""
        return self._doubles(size)

    def standard_exponential(self, size: Size = None) -> Any:
        """Numbers of the exponential distribution with mean 1."""
        return self._fill(_modern_exponential, size)

    def integers(self, low: int, high: int | None = None, size: Size = None, endpoint: bool = False) -> Any:
        """Integers in [low, high), or below low; with `endpoint` also high itself. Raises ValueError where there are none."""
        low, high = (0, low) if high is None else (low, high)
        last = high if endpoint else high - 1
        if low > last:
            raise ValueError("high <= 0" if low == 0 and not endpoint else "low >= high")
        out = np.empty(() if size is None else size, np.int64)
        flat = out.reshape(-1)
        _modern_integers(self.state, np.int64(low), np.uint64(last - low), flat)
        return int(flat[0]) if size is None else flat.reshape(out.shape)

    def choice(self, a: Any, size: Size = None, replace: bool = True, p: Any = None, shuffle: bool = True) -> Any:
        """Members of an array, or numbers below a. Raises ValueError for a sample that is larger than what it is taken from."""
        count, values = _population(a)
        if p is not None:
            found = self._weighted(count, p, size, replace)
        elif replace or size is None:
            found = self.integers(0, count, size)
        else:
            found = self._sample(count, int(np.prod(size)), shuffle).reshape(size)
        return found if values is None else values[found]

    def _sample(self, count: int, wanted: int, shuffle: bool) -> Array:
        """Floyd's method (1987), or the end of a shuffle for a large share of a large population."""
        if wanted > count:
            raise ValueError("Cannot take a larger sample than population when replace is False")
        if count > 10_000 and wanted > count // (50 if shuffle else 20):
            places = np.arange(count)
            _modern_tail(self.state, places, max(count - wanted, 1))
            return places[count - wanted :].copy()
        taken: set[int] = set()
        found: list[int] = []
        for last in range(count - wanted, count):
            place = int(modern.bounded(self.state, np.uint64(last)))
            found.append(last if place in taken else place)
            taken.add(found[-1])
        places = np.array(found, np.int64)
        if shuffle:
            _modern_tail(self.state, places, 1)
        return places


def default_rng(seed: int = 0) -> Generator:
    """The generator of a seed."""
    return Generator(seed)
