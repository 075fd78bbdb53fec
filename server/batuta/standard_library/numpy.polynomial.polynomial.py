"""Functions of power series by their coefficients, the lowest power first."""

import numpy as np


def polytrim(c, tol=0):
    """The coefficients without those at the end that are no larger than `tol`."""
    found = np.atleast_1d(np.asarray(c, dtype=float))
    count = len(found)
    while count > 1 and abs(found[count - 1]) <= tol:
        count -= 1
    made = found[:count].copy()
    if count == 1 and abs(found[0]) <= tol:
        made = made * 0.0
    return made


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
    one, other = polytrim(c1), polytrim(c2)
    made = np.zeros(max(len(one), len(other)))
    made[: len(one)] = one
    made[: len(other)] += other
    return polytrim(made)


def polysub(c1, c2):
    """The difference."""
    one, other = polytrim(c1), polytrim(c2)
    made = np.zeros(max(len(one), len(other)))
    made[: len(one)] = one
    made[: len(other)] -= other
    return polytrim(made)


def polymul(c1, c2):
    """The product."""
    return polytrim(np.convolve(polytrim(c1), polytrim(c2)))


def polydiv(c1, c2):
    """The quotient and what remains."""
    rest, divisor = polytrim(c1), polytrim(c2)
    if divisor[len(divisor) - 1] == 0:
        raise ZeroDivisionError
    count = len(rest) - len(divisor) + 1
    quotient = np.zeros(max(count, 1))
    scale = divisor[len(divisor) - 1]
    lower = divisor[: len(divisor) - 1] / scale
    for place in np.arange(count - 1, -1, -1):
        factor = rest[place + len(lower)]
        rest[place : place + len(lower)] -= factor * lower
        rest[place + len(lower)] = 0.0
        quotient[place] = factor / scale
    return polytrim(quotient), polytrim(rest)


def polyder(c, m=1, scl=1):
    """The coefficients of the derivative, each time multiplied by `scl`."""
    made = np.atleast_1d(np.asarray(c, dtype=float)).copy()
    for _ in np.arange(m):
        if len(made) == 1:
            made = made * 0.0
        else:
            scaled = made * scl
            made = np.arange(1, len(scaled)) * scaled[1:]
    return made


def polyint(c, m=1, k=0, lbnd=0, scl=1):
    """The coefficients of the integral, each time multiplied by `scl` before its constant of `k` is its value at `lbnd`."""
    made = np.atleast_1d(np.asarray(c, dtype=float)).copy()
    constants = np.atleast_1d(np.asarray(k, dtype=float))
    for place in np.arange(m):
        constant = constants[place] if place < len(constants) else 0.0
        scaled = made * scl
        if len(scaled) == 1 and scaled[0] == 0:
            made = scaled + constant
        else:
            made = np.zeros(len(scaled) + 1)
            made[1:] = scaled / np.arange(1, len(scaled) + 1)
            made[0] += constant - float(polyval(float(lbnd), made))
    return made


def polyroots(c):
    """Where it is 0."""
    found = polytrim(c)
    if len(found) < 2:
        return np.zeros(0)
    if len(found) == 2:
        return np.array([-found[0] / found[1]])
    return np.sort(np.roots(found[::-1]))


def polyfromroots(roots):
    """The coefficients of the polynomial with these roots."""
    return np.poly(np.sort(np.asarray(roots, dtype=float)))[::-1]
