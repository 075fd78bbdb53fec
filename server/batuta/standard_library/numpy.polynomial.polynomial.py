"""Functions of power series by their coefficients, the lowest power first."""

import numpy as np


def _series(c):
    found = np.atleast_1d(np.asarray(c, dtype=float))
    count = len(found)
    while count > 1 and found[count - 1] == 0:
        count -= 1
    return found[:count].copy()


def polyval(x, c):
    """The value at a place, or at each of several."""
    coef = np.atleast_1d(np.asarray(c, dtype=float))
    made = coef[len(coef) - 1] + x * 0.0
    for place in np.arange(len(coef) - 2, -1, -1):
        made = coef[place] + made * x
    return made


def polyfit(x, y, deg, rcond=None, full=False, w=None):
    """The coefficients of the least squares fit."""
    xs = np.asarray(x, dtype=float)
    rows = np.zeros((deg + 1, len(xs)))
    rows[0] = xs * 0.0 + 1.0
    for power in np.arange(1, deg + 1):
        rows[power] = rows[power - 1] * xs
    right = np.asarray(y, dtype=float)
    if w is not None:
        weights = np.asarray(w, dtype=float)
        rows = rows * weights
        right = right * weights
    scale = np.sqrt(np.sum(np.square(rows), axis=1))
    scale[scale == 0] = 1.0
    made = np.linalg.lstsq(rows.T / scale, right, rcond=len(xs) * np.finfo(float).eps)[0]
    return made / scale


def polyvander(x, deg):
    """Powers of each place, the lowest first."""
    xs = np.atleast_1d(np.asarray(x, dtype=float))
    made = np.ones((len(xs), deg + 1))
    for power in np.arange(1, deg + 1):
        made[:, power] = made[:, power - 1] * xs
    return made


def polyadd(c1, c2):
    """The sum."""
    one, other = _series(c1), _series(c2)
    made = np.zeros(max(len(one), len(other)))
    made[: len(one)] = one
    made[: len(other)] += other
    return _series(made)


def polysub(c1, c2):
    """The difference."""
    one, other = _series(c1), _series(c2)
    made = np.zeros(max(len(one), len(other)))
    made[: len(one)] = one
    made[: len(other)] -= other
    return _series(made)


def polymul(c1, c2):
    """The product."""
    return _series(np.convolve(_series(c1), _series(c2)))


def polyder(c, m=1):
    """The coefficients of the derivative."""
    made = np.atleast_1d(np.asarray(c, dtype=float))
    for _ in np.arange(m):
        made = np.arange(1, len(made)) * made[1:] if len(made) > 1 else made * 0.0
    return made


def polyint(c, m=1, k=0):
    """The coefficients of the integral."""
    made = np.atleast_1d(np.asarray(c, dtype=float)).copy()
    constants = np.atleast_1d(np.asarray(k, dtype=float))
    for place in np.arange(m):
        longer = np.zeros(len(made) + 1)
        longer[1:] = made / np.arange(1, len(made) + 1)
        longer[0] = constants[place] if place < len(constants) else 0.0
        made = longer
    return made


def polyroots(c):
    """Where it is 0."""
    found = _series(c)
    if len(found) < 2:
        return np.zeros(0)
    if len(found) == 2:
        return np.array([-found[0] / found[1]])
    return np.sort(np.roots(found[::-1]))


def polyfromroots(roots):
    """The coefficients of the polynomial with these roots."""
    return np.poly(np.sort(np.asarray(roots, dtype=float)))[::-1]
