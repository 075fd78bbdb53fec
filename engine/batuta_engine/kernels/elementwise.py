"""Operations on elements: a function of one to three numbers, and of parameters that are the same for all elements.

The names and the meanings are those of trueno's vectors. Each function is compiled for each element type with its constants in that
type, so that float32 stays float32 all the way. Errors are stated in units in the last place (ULP) of the result.
"""

from __future__ import annotations

import math

SQRT_2_OVER_PI = 0.7978845608028654
SELU_ALPHA = 1.6732632423543772
SELU_SCALE = 1.0507009873554805
WHOLE_FROM = 4503599627370496.0
"""2^52: from here on every number is whole, also in float32."""


def add(a: float, b: float) -> float:
    """a + b."""
    return a + b


def sub(a: float, b: float) -> float:
    """a - b."""
    return a - b


def mul(a: float, b: float) -> float:
    """a · b."""
    return a * b


def div(a: float, b: float) -> float:
    """a / b; a division by zero gives an infinity or NaN, as in IEEE 754."""
    return a / b


def power(a: float, b: float) -> float:
    """a to the power of b."""
    return math.pow(a, b)


def minimum(a: float, b: float) -> float:
    """The smaller one; NaN where either is NaN."""
    if a != a:
        return a
    if b != b:
        return b
    return a if a < b else b


def maximum(a: float, b: float) -> float:
    """The larger one; NaN where either is NaN."""
    if a != a:
        return a
    if b != b:
        return b
    return a if a > b else b


def copysign(a: float, b: float) -> float:
    """The size of a with the sign of b."""
    return math.copysign(a, b)


def fma(a: float, b: float, c: float) -> float:
    """a · b + c, rounded twice."""
    return a * b + c


def lerp(a: float, b: float, t: float) -> float:
    """The point between a and b at t: a for 0, b for 1."""
    return a + t * (b - a)


def absolute(a: float) -> float:
    """|a|."""
    return abs(a)


def negative(a: float) -> float:
    """-a."""
    return -a


def sqrt(a: float) -> float:
    """The square root; NaN below zero."""
    return math.sqrt(a) if a >= 0.0 else math.nan


def recip(a: float) -> float:
    """1 / a."""
    return 1.0 / a


def exp(a: float) -> float:
    """e to the power of a."""
    return math.exp(a)


def ln(a: float) -> float:
    """The natural logarithm; -inf at zero, NaN below."""
    if a > 0.0:
        return math.log(a)
    return -math.inf if a == 0.0 else math.nan


def log2(a: float) -> float:
    """The logarithm to base 2; -inf at zero, NaN below."""
    if a > 0.0:
        return math.log2(a)
    return -math.inf if a == 0.0 else math.nan


def log10(a: float) -> float:
    """The logarithm to base 10; -inf at zero, NaN below."""
    if a > 0.0:
        return math.log10(a)
    return -math.inf if a == 0.0 else math.nan


def sin(a: float) -> float:
    """The sine of an angle in radians."""
    return math.sin(a)


def cos(a: float) -> float:
    """The cosine of an angle in radians."""
    return math.cos(a)


def tan(a: float) -> float:
    """The tangent of an angle in radians."""
    return math.tan(a)


def asin(a: float) -> float:
    """The angle in radians whose sine is a; NaN outside [-1, 1]."""
    return math.asin(a) if -1.0 <= a <= 1.0 else math.nan


def acos(a: float) -> float:
    """The angle in radians whose cosine is a; NaN outside [-1, 1]."""
    return math.acos(a) if -1.0 <= a <= 1.0 else math.nan


def atan(a: float) -> float:
    """The angle in radians whose tangent is a."""
    return math.atan(a)


def sinh(a: float) -> float:
    """The hyperbolic sine."""
    return math.sinh(a)


def cosh(a: float) -> float:
    """The hyperbolic cosine."""
    return math.cosh(a)


def tanh(a: float) -> float:
    """The hyperbolic tangent."""
    return math.tanh(a)


def asinh(a: float) -> float:
    """The inverse hyperbolic sine."""
    return math.asinh(a)


def acosh(a: float) -> float:
    """The inverse hyperbolic cosine; NaN below 1."""
    return math.acosh(a) if a >= 1.0 else math.nan


def atanh(a: float) -> float:
    """The inverse hyperbolic tangent; infinite at -1 and 1, NaN outside."""
    if -1.0 < a < 1.0:
        return math.atanh(a)
    if a == 1.0:
        return math.inf
    return -math.inf if a == -1.0 else math.nan


def trunc(a: float) -> float:
    """a without what follows the point."""
    if not abs(a) < WHOLE_FROM:
        return a
    return math.copysign(float(int(a)), a)


def floor(a: float) -> float:
    """The largest whole number that is not above a."""
    if not abs(a) < WHOLE_FROM:
        return a
    whole = math.copysign(float(int(a)), a)
    return whole - 1.0 if whole > a else whole


def ceil(a: float) -> float:
    """The smallest whole number that is not below a."""
    if not abs(a) < WHOLE_FROM:
        return a
    whole = math.copysign(float(int(a)), a)
    return whole + 1.0 if whole < a else whole


def fract(a: float) -> float:
    """What follows the point, with the sign of a."""
    if not abs(a) < WHOLE_FROM:
        return a - a
    return a - math.copysign(float(int(a)), a)


def round_half_away(a: float) -> float:
    """The nearest whole number; halves go away from zero."""
    if not abs(a) < WHOLE_FROM:
        return a
    whole = math.copysign(float(int(a)), a)
    rest = a - whole
    if rest >= 0.5:
        return whole + 1.0
    return whole - 1.0 if rest <= -0.5 else whole


def signum(a: float) -> float:
    """1 for a positive number and +0, -1 for a negative one and -0, NaN for NaN: Rust's `signum`."""
    return a if a != a else math.copysign(1.0, a)


def clip(a: float, low: float, high: float) -> float:
    """a, or the bound that it lies beyond."""
    if a < low:
        return low
    return high if a > high else a


def relu(a: float) -> float:
    """max(a, 0)."""
    if a != a:
        return a
    return a if a > 0.0 else 0.0


def leaky_relu(a: float, slope: float) -> float:
    """a, or a · slope below zero."""
    return a if a > 0.0 else a * slope


def elu(a: float, alpha: float) -> float:
    """a, or alpha · (exp(a) - 1) below zero."""
    return a if a > 0.0 else alpha * math.expm1(a)


def selu(a: float) -> float:
    """The self-normalising unit of Klambauer et al. 2017."""
    return SELU_SCALE * a if a > 0.0 else SELU_SCALE * (SELU_ALPHA * math.expm1(a))


def sigmoid(a: float) -> float:
    """1 / (1 + exp(-a)), without overflow on either side."""
    if a >= 0.0:
        return 1.0 / (1.0 + math.exp(-a))
    grown = math.exp(a)
    return grown / (1.0 + grown)


def gelu(a: float) -> float:
    """The Gaussian unit in its form with tanh (Hendrycks and Gimpel 2016): a · (1 + tanh(u)) / 2.

    Written as a · sigmoid(2u), which is the same and does not cancel below zero.
    """
    doubled = 2.0 * SQRT_2_OVER_PI * (a + 0.044715 * a * a * a)
    if doubled >= 0.0:
        return a / (1.0 + math.exp(-doubled))
    grown = math.exp(doubled)
    return a * (grown / (1.0 + grown))


def swish(a: float) -> float:
    """a · sigmoid(a)."""
    if a >= 0.0:
        return a / (1.0 + math.exp(-a))
    grown = math.exp(a)
    return a * (grown / (1.0 + grown))


def hardswish(a: float) -> float:
    """a · min(max(a + 3, 0), 6) / 6."""
    if a <= -3.0:
        return 0.0
    return a if a >= 3.0 else a * (a + 3.0) / 6.0


def mish(a: float) -> float:
    """a · tanh(ln(1 + exp(a))) (Misra 2019)."""
    if a > 20.0:
        return a
    return a * math.tanh(math.log1p(math.exp(a)))
