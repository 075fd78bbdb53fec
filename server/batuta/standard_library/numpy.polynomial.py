"""The power series of `numpy.polynomial`."""

import numpy as np
from numpy.polynomial.polynomial import (
    polyadd,
    polyder,
    polydiv,
    polyfit,
    polyint,
    polymul,
    polyroots,
    polysub,
    polytrim,
    polyval,
)


def _shown(value):
    """A coefficient as NumPy shows it in a polynomial."""
    return np.array2string(np.array([value]))[1:-1].strip()


def _term(value):
    text = _shown(value)
    if text.endswith("."):
        return text + "0"
    return text.replace(".e", ".0e")


def _factor(value):
    text = _term(value)
    return f"({text})" if "e" in text else text


class Polynomial:
    """A power series by its coefficients, the lowest power first, on a domain that is mapped to a window."""

    def __init__(self, coef, domain=None, window=None, symbol="x"):
        self.coef = np.atleast_1d(np.asarray(coef, dtype=float)).copy()
        self.domain = np.array([-1.0, 1.0]) if domain is None else np.asarray(domain, dtype=float)
        self.window = np.array([-1.0, 1.0]) if window is None else np.asarray(window, dtype=float)
        self.symbol = symbol

    @classmethod
    def fit(cls, x, y, deg, domain=None, rcond=None, full=False, w=None, window=None, symbol="x"):
        """The least squares fit."""
        xs = np.asarray(x, dtype=float)
        if domain is None:
            low, high = float(xs.min()), float(xs.max())
            if low == high:
                low, high = low - 1.0, high + 1.0
            held = np.array([low, high])
        else:
            held = np.asarray(domain, dtype=float)
        frame = np.array([-1.0, 1.0]) if window is None else np.asarray(window, dtype=float)
        length = held[1] - held[0]
        offset = (held[1] * frame[0] - held[0] * frame[1]) / length
        scale = (frame[1] - frame[0]) / length
        coef = polyfit(offset + scale * xs, y, deg, w=w)
        return Polynomial(coef, domain=held, window=frame, symbol=symbol)

    @classmethod
    def fromroots(cls, roots, domain=None, window=None, symbol="x"):
        """The polynomial with these roots."""
        held = np.array([-1.0, 1.0]) if domain is None else np.asarray(domain, dtype=float)
        frame = np.array([-1.0, 1.0]) if window is None else np.asarray(window, dtype=float)
        length = held[1] - held[0]
        offset = (held[1] * frame[0] - held[0] * frame[1]) / length
        scale = (frame[1] - frame[0]) / length
        mapped = np.sort(offset + scale * np.asarray(roots, dtype=float))
        return Polynomial(np.poly(mapped)[::-1] / scale ** len(mapped), domain=held, window=frame, symbol=symbol)

    @classmethod
    def basis(cls, deg, domain=None, window=None, symbol="x"):
        """One power alone."""
        made = np.zeros(deg + 1)
        made[deg] = 1.0
        return Polynomial(made, domain=domain, window=window, symbol=symbol)

    @classmethod
    def identity(cls, domain=None, window=None, symbol="x"):
        """The polynomial that gives its argument."""
        held = np.array([-1.0, 1.0]) if domain is None else np.asarray(domain, dtype=float)
        frame = np.array([-1.0, 1.0]) if window is None else np.asarray(window, dtype=float)
        length = frame[1] - frame[0]
        offset = (frame[1] * held[0] - frame[0] * held[1]) / length
        return Polynomial(np.array([offset, (held[1] - held[0]) / length]), domain=held, window=frame, symbol=symbol)

    def mapparms(self):
        """Offset and scale of the map from the domain to the window."""
        length = self.domain[1] - self.domain[0]
        offset = (self.domain[1] * self.window[0] - self.domain[0] * self.window[1]) / length
        return offset, (self.window[1] - self.window[0]) / length

    def __call__(self, arg):
        offset, scale = self.mapparms()
        return polyval(offset + scale * arg, self.coef)

    def copy(self):
        """A copy."""
        return Polynomial(self.coef.copy(), self.domain, self.window, self.symbol)

    def degree(self):
        """The highest power."""
        return len(self.coef) - 1

    def deriv(self, m=1):
        """Its derivative."""
        _, scale = self.mapparms()
        return Polynomial(polyder(self.coef, m, scale), self.domain, self.window, self.symbol)

    def integ(self, m=1, k=0, lbnd=None):
        """Its integral."""
        offset, scale = self.mapparms()
        bound = 0.0 if lbnd is None else offset + scale * lbnd
        return Polynomial(polyint(self.coef, m, k, bound, 1.0 / scale), self.domain, self.window, self.symbol)

    def roots(self):
        """Where it is 0."""
        length = self.window[1] - self.window[0]
        offset = (self.window[1] * self.domain[0] - self.window[0] * self.domain[1]) / length
        scale = (self.domain[1] - self.domain[0]) / length
        return offset + scale * polyroots(self.coef)

    def trim(self, tol=0.0):
        """Without coefficients at the end that are no larger than `tol`."""
        count = len(self.coef)
        while count > 1 and abs(self.coef[count - 1]) <= tol:
            count -= 1
        made = self.coef[:count].copy()
        if count == 1 and abs(self.coef[0]) <= tol:
            made = made * 0.0
        return Polynomial(made, self.domain, self.window, self.symbol)

    def cutdeg(self, deg):
        """Without the powers above `deg`."""
        return Polynomial(self.coef[: deg + 1].copy(), self.domain, self.window, self.symbol)

    def truncate(self, size):
        """The first coefficients."""
        return Polynomial(self.coef[:size].copy(), self.domain, self.window, self.symbol)

    def linspace(self, n=100, domain=None):
        """Points of the curve over its domain."""
        held = self.domain if domain is None else np.asarray(domain, dtype=float)
        xs = np.linspace(held[0], held[1], n)
        return xs, self(xs)

    def convert(self, domain=None, kind=None, window=None):
        """The same function on another domain."""
        held = np.array([-1.0, 1.0]) if domain is None else np.asarray(domain, dtype=float)
        frame = np.array([-1.0, 1.0]) if window is None else np.asarray(window, dtype=float)
        length = frame[1] - frame[0]
        start = (frame[1] * held[0] - frame[0] * held[1]) / length
        step = (held[1] - held[0]) / length
        offset, scale = self.mapparms()
        inner = np.array([offset + scale * start, scale * step])
        made = np.array([self.coef[len(self.coef) - 1]])
        for place in np.arange(len(self.coef) - 2, -1, -1):
            made = np.convolve(made, inner)
            made[0] += self.coef[place]
        return Polynomial(polytrim(made), domain=held, window=frame, symbol=self.symbol)

    def __neg__(self):
        return Polynomial(-self.coef, self.domain, self.window, self.symbol)

    def __add__(self, other):
        more = other.coef if isinstance(other, Polynomial) else np.array([float(other)])
        return Polynomial(polyadd(self.coef, more), self.domain, self.window, self.symbol)

    def __sub__(self, other):
        less = other.coef if isinstance(other, Polynomial) else np.array([float(other)])
        return Polynomial(polysub(self.coef, less), self.domain, self.window, self.symbol)

    def __mul__(self, other):
        factor = other.coef if isinstance(other, Polynomial) else np.array([float(other)])
        return Polynomial(polymul(self.coef, factor), self.domain, self.window, self.symbol)

    def __radd__(self, other):
        return Polynomial(polyadd(np.array([float(other)]), self.coef), self.domain, self.window, self.symbol)

    def __rsub__(self, other):
        return Polynomial(polysub(np.array([float(other)]), self.coef), self.domain, self.window, self.symbol)

    def __rmul__(self, other):
        return Polynomial(polymul(np.array([float(other)]), self.coef), self.domain, self.window, self.symbol)

    def __truediv__(self, other):
        return Polynomial(self.coef / float(other), self.domain, self.window, self.symbol)

    def __floordiv__(self, other):
        divisor = other.coef if isinstance(other, Polynomial) else np.array([float(other)])
        return Polynomial(polydiv(self.coef, divisor)[0], self.domain, self.window, self.symbol)

    def __mod__(self, other):
        divisor = other.coef if isinstance(other, Polynomial) else np.array([float(other)])
        return Polynomial(polydiv(self.coef, divisor)[1], self.domain, self.window, self.symbol)

    def __divmod__(self, other):
        divisor = other.coef if isinstance(other, Polynomial) else np.array([float(other)])
        quotient, rest = polydiv(self.coef, divisor)
        return (
            Polynomial(quotient, self.domain, self.window, self.symbol),
            Polynomial(rest, self.domain, self.window, self.symbol),
        )

    def __pow__(self, power):
        made = np.array([1.0])
        for _ in np.arange(power):
            made = np.convolve(made, self.coef)
        return Polynomial(polytrim(made), self.domain, self.window, self.symbol)

    def __eq__(self, other):
        return (
            len(self.coef) == len(other.coef)
            and bool(np.all(self.coef == other.coef))
            and bool(np.all(self.domain == other.domain))
            and bool(np.all(self.window == other.window))
            and self.symbol == other.symbol
        )

    def __len__(self):
        return len(self.coef)

    def __iter__(self):
        return iter(self.coef)

    def __repr__(self):
        coef = np.array2string(self.coef, separator=", ", prefix="Polynomial(")
        domain = np.array2string(self.domain, separator=", ")
        window = np.array2string(self.window, separator=", ")
        return f"Polynomial({coef}, domain={domain}, window={window}, symbol='{self.symbol}')"

    def __str__(self):
        offset, scale = self.mapparms()
        name = self.symbol
        if scale != 1:
            name = _term(scale) + name
        if offset != 0:
            name = f"{_term(offset)} + {name}"
        if offset != 0 or scale != 1:
            name = f"({name})"
        made = _term(self.coef[0])
        line = len(made)
        for place in np.arange(1, len(self.coef)):
            value = float(self.coef[place])
            sign = "+ " if value >= 0 else "- "
            power = "" if place == 1 else str(place).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
            term = f"{sign}{_factor(abs(value))}·{name}{power}"
            after = 2 if place < len(self.coef) - 1 else 0
            if line + 1 + len(term) + after >= 75:
                made += " " + term.replace(" ", "\n", 1)
                line = len(term) - 2
            else:
                made += " " + term
                line += 1 + len(term)
        return made
