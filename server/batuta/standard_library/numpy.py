"""Functions of NumPy that are short programs over its others."""

import numpy as np


def histogram_bin_edges(a, bins=10):
    """The edges that `histogram` would use."""
    return np.histogram(a, bins=bins)[1]


def _axis_edges(values, bins, low, high):
    if isinstance(bins, int):
        if low == high:
            return np.linspace(low - 0.5, high + 0.5, bins + 1)
        return np.linspace(low, high, bins + 1)
    return np.asarray(bins, dtype=float)


def _cells(values, edges):
    places = np.searchsorted(edges, values, side="right")
    places[values == edges[-1]] -= 1
    return places - 1


def histogram2d(x, y, bins=10, range=None, density=False, weights=None):
    """The counts of pairs in the cells of a grid, and the edges of both axes."""
    xs = np.asarray(x, dtype=float)
    ys = np.asarray(y, dtype=float)
    xbins = bins if isinstance(bins, int) else bins[0]
    ybins = bins if isinstance(bins, int) else bins[1]
    if range is None:
        xedges = _axis_edges(xs, xbins, float(xs.min()), float(xs.max()))
        yedges = _axis_edges(ys, ybins, float(ys.min()), float(ys.max()))
    else:
        xedges = _axis_edges(xs, xbins, float(range[0][0]), float(range[0][1]))
        yedges = _axis_edges(ys, ybins, float(range[1][0]), float(range[1][1]))
    counts = np.zeros((len(xedges) - 1, len(yedges) - 1))
    rows = _cells(xs, xedges)
    columns = _cells(ys, yedges)
    for place in np.arange(len(xs)):
        row = int(rows[place])
        column = int(columns[place])
        if 0 <= row < counts.shape[0] and 0 <= column < counts.shape[1]:
            counts[row, column] += 1.0 if weights is None else float(weights[place])
    if density:
        total = counts.sum()
        counts = counts / np.diff(xedges).reshape(-1, 1) / np.diff(yedges).reshape(1, -1) / total
    return counts, xedges, yedges


def piecewise(x, condlist, funclist):
    """Each function where its condition holds; one more function is for the rest."""
    made = np.zeros_like(x)
    rest = np.ones(x.shape, dtype=bool)
    for condition, function in zip(condlist, funclist, strict=False):
        made[condition] = function(x[condition])
        rest = rest & ~condition
    if len(funclist) > len(condlist):
        made[rest] = funclist[-1](x[rest])
    return made


def block(arrays):
    """Rows of matrices as one matrix."""
    return np.vstack([np.hstack(row) for row in arrays])


def resize(a, new_shape):
    """The items again and again until the shape is full."""
    flat = np.ravel(a)
    size = int(np.prod(new_shape))
    return np.reshape(flat[np.arange(size) % len(flat)], new_shape)


def unwrap(p, discont=None, axis=-1, period=6.283185307179586):
    """Angles without jumps of a period along the last axis."""
    held = np.asarray(p, dtype=float)
    steps = np.diff(held, axis=axis)
    half = period / 2
    least = half if discont is None else max(discont, half)
    short = np.mod(steps + half, period) - half
    short = np.where((short == -half) & (steps > 0), half, short)
    change = np.where(np.abs(steps) < least, 0.0, short - steps)
    made = held.copy()
    made[..., 1:] = held[..., 1:] + np.cumsum(change, axis=axis)
    return made


def place(arr, mask, vals):
    """Change the items where the mask is true, with the values in turn."""
    values = np.ravel(vals)
    count = int(np.sum(mask))
    arr[mask] = values[np.arange(count) % len(values)]


def cumulative_sum(x, axis=0):
    """`cumsum` by its name in the array standard."""
    return np.cumsum(x, axis=axis)


def vecdot(x1, x2):
    """Products of the vectors along the last axis."""
    return np.sum(x1 * x2, axis=-1)


def unique_values(x):
    """`unique` by its name in the array standard."""
    return np.unique(x)


def binary_repr(num, width=0):
    """Digits to base two; below zero its two's complement."""
    if num >= 0:
        return f"{num:b}".zfill(width)
    if width == 0:
        return f"-{-num:b}"
    return f"{2**width + num:b}".zfill(width)


def base_repr(number, base=2, padding=0):
    """Digits to a base up to 36."""
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    rest = abs(number)
    found = []
    while rest:
        found.append(digits[rest % base])
        rest //= base
    if padding:
        found.append("0" * padding)
    if number < 0:
        found.append("-")
    return "".join(reversed(found)) or "0"


def polydiv(u, v):
    """Quotient and rest of two polynomials."""
    rest = np.atleast_1d(u) + 0.0
    divisor = np.atleast_1d(v) + 0.0
    steps = len(rest) - len(divisor)
    quotient = np.zeros(max(steps + 1, 1))
    scale = 1.0 / divisor[0]
    for step in np.arange(steps + 1):
        factor = scale * rest[step]
        quotient[step] = factor
        rest[step : step + len(divisor)] -= factor * divisor
    while len(rest) > 1 and np.allclose(rest[0], 0.0, rtol=1e-14):
        rest = rest[1:]
    return quotient, rest


class poly1d:
    """A polynomial by its coefficients, the highest power first."""

    def __init__(self, c_or_r, variable="x"):
        found = np.atleast_1d(np.asarray(c_or_r))
        start = 0
        while start < len(found) - 1 and found[start] == 0:
            start += 1
        self.coeffs = found[start:].copy()
        self.variable = variable

    @property
    def c(self):
        """The coefficients."""
        return self.coeffs

    @property
    def coef(self):
        """The coefficients."""
        return self.coeffs

    @property
    def order(self):
        """The highest power."""
        return len(self.coeffs) - 1

    @property
    def o(self):
        """The highest power."""
        return len(self.coeffs) - 1

    @property
    def r(self):
        """Where it is 0."""
        return np.roots(self.coeffs)

    @property
    def roots(self):
        """Where it is 0."""
        return np.roots(self.coeffs)

    def __call__(self, val):
        return np.polyval(self.coeffs, val)

    def deriv(self, m=1):
        """Its derivative."""
        made = np.polyder(self.coeffs)
        for _ in np.arange(m - 1):
            made = np.polyder(made)
        return poly1d(made)

    def integ(self, m=1):
        """Its integral."""
        made = np.polyint(self.coeffs)
        for _ in np.arange(m - 1):
            made = np.polyint(made)
        return poly1d(made)

    def __neg__(self):
        return poly1d(-self.coeffs)

    def __add__(self, other):
        if isinstance(other, poly1d):
            return poly1d(np.polyadd(self.coeffs, other.coeffs))
        return poly1d(np.polyadd(self.coeffs, np.array([float(other)])))

    def __sub__(self, other):
        if isinstance(other, poly1d):
            return poly1d(np.polysub(self.coeffs, other.coeffs))
        return poly1d(np.polysub(self.coeffs, np.array([float(other)])))

    def __mul__(self, other):
        if isinstance(other, poly1d):
            return poly1d(np.polymul(self.coeffs, other.coeffs))
        return poly1d(self.coeffs * float(other))

    def __radd__(self, other):
        return poly1d(np.polyadd(np.array([float(other)]), self.coeffs))

    def __rsub__(self, other):
        return poly1d(np.polysub(np.array([float(other)]), self.coeffs))

    def __rmul__(self, other):
        return poly1d(self.coeffs * float(other))

    def __truediv__(self, other):
        return poly1d(self.coeffs / float(other))

    def __pow__(self, val):
        made = poly1d([1.0])
        for _ in np.arange(val):
            made = poly1d(np.polymul(self.coeffs, made.coeffs))
        return made

    def __eq__(self, other):
        return len(self.coeffs) == len(other.coeffs) and bool(np.all(self.coeffs == other.coeffs))

    def __len__(self):
        return len(self.coeffs) - 1

    def __getitem__(self, val):
        if val < 0 or val > len(self.coeffs) - 1:
            return 0.0
        return float(self.coeffs[len(self.coeffs) - 1 - val])

    def __str__(self):
        powers, terms = "", ""
        degree = len(self.coeffs) - 1
        for place, value in enumerate(self.coeffs):
            shown = f"{float(value):.4g}"
            power = degree - place
            if shown in ("0", "-0") and (place > 0 or power > 0):
                continue
            if terms:
                terms += " - " if shown.startswith("-") else " + "
                shown = shown.removeprefix("-")
            terms += shown
            if power > 0:
                terms += f" {self.variable}"
            if power > 1:
                powers += " " * (len(terms) - len(powers)) + str(power)
                terms += " " * (len(str(power)) - 1)
        if len(terms) > 70:
            raise NotImplementedError("a polynomial that fills more than one line is not shown")
        return (powers or " ") + "\n" + terms
