"""What `statistics` has beside its functions of data: the normal distribution, and the line through points."""

import math
from collections import namedtuple
from statistics import StatisticsError, mean, stdev

LinearRegression = namedtuple("LinearRegression", "slope intercept")


def linear_regression(x, y, *, proportional=False):
    """The line of least squares: slope and intercept."""
    count = len(x)
    if len(y) != count:
        raise StatisticsError("linear regression requires that both inputs have same number of data points")
    if count < 2:
        raise StatisticsError("linear regression requires at least two data points")
    if proportional:
        both = math.fsum([float(one) * float(other) for one, other in zip(x, y, strict=False)])
        square = math.fsum([float(one) * float(one) for one in x])
        return LinearRegression(both / square, 0.0)
    first = math.fsum([float(each) for each in x]) / count
    second = math.fsum([float(each) for each in y]) / count
    both = math.fsum([(one - first) * (other - second) for one, other in zip(x, y, strict=False)])
    square = math.fsum([(one - first) ** 2.0 for one in x])
    if square == 0.0:
        raise StatisticsError("x is constant")
    slope = both / square
    return LinearRegression(slope, second - slope * first)


_NEAR_ABOVE = (
    2.50908_09287_30122_6727e3, 3.34305_75583_58812_8105e4, 6.72657_70927_00870_0853e4, 4.59219_53931_54987_1457e4,
    1.37316_93765_50946_1125e4, 1.97159_09503_06551_4427e3, 1.33141_66789_17843_7745e2, 3.38713_28727_96366_6080e0,
)  # fmt: skip
_NEAR_BELOW = (
    5.22649_52788_52854_5610e3, 2.87290_85735_72194_2674e4, 3.93078_95800_09271_0610e4, 2.12137_94301_58659_5867e4,
    5.39419_60214_24751_1077e3, 6.87187_00749_20579_0830e2, 4.23133_30701_60091_1252e1, 1.0,
)  # fmt: skip
_MIDDLE_ABOVE = (
    7.74545_01427_83414_07640e-4, 2.27238_44989_26918_45833e-2, 2.41780_72517_74506_11770e-1, 1.27045_82524_52368_38258e0,
    3.64784_83247_63204_60504e0, 5.76949_72214_60691_40550e0, 4.63033_78461_56545_29590e0, 1.42343_71107_49683_57734e0,
)  # fmt: skip
_MIDDLE_BELOW = (
    1.05075_00716_44416_84324e-9, 5.47593_80849_95344_94600e-4, 1.51986_66563_61645_71966e-2, 1.48103_97642_74800_74590e-1,
    6.89767_33498_51000_04550e-1, 1.67638_48301_83803_84940e0, 2.05319_16266_37758_82187e0, 1.0,
)  # fmt: skip
_FAR_ABOVE = (
    2.01033_43992_92288_13265e-7, 2.71155_55687_43487_57815e-5, 1.24266_09473_88078_43860e-3, 2.65321_89526_57612_30930e-2,
    2.96560_57182_85048_91230e-1, 1.78482_65399_17291_33580e0, 5.46378_49111_64114_36990e0, 6.65790_46435_01103_77720e0,
)  # fmt: skip
_FAR_BELOW = (
    2.04426_31033_89939_78564e-15, 1.42151_17583_16445_88870e-7, 1.84631_83175_10054_68180e-5, 7.86869_13114_56132_59100e-4,
    1.48753_61290_85061_48525e-2, 1.36929_88092_27358_05310e-1, 5.99832_20655_58879_37690e-1, 1.0,
)  # fmt: skip
"""The coefficients of the rational functions of Wichura's algorithm AS 241, for three ranges of the probability."""


def _polynomial(coefficients, r: float) -> float:
    found = 0.0
    for each in coefficients:
        found = found * r + each
    return found


def _inverse(p: float, mu: float, sigma: float) -> float:
    q = p - 0.5
    if math.fabs(q) <= 0.425:
        r = 0.180625 - q * q
        return mu + (_polynomial(_NEAR_ABOVE, r) * q / _polynomial(_NEAR_BELOW, r) * sigma)
    r = math.sqrt(-math.log(p if q <= 0.0 else 1.0 - p))
    if r <= 5.0:
        x = _polynomial(_MIDDLE_ABOVE, r - 1.6) / _polynomial(_MIDDLE_BELOW, r - 1.6)
    else:
        x = _polynomial(_FAR_ABOVE, r - 5.0) / _polynomial(_FAR_BELOW, r - 5.0)
    return mu + ((-x if q < 0.0 else x) * sigma)


class NormalDist:
    """A normal distribution."""

    def __init__(self, mu: float = 0.0, sigma: float = 1.0):
        if sigma < 0.0:
            raise StatisticsError("sigma must be non-negative")
        self._mu = float(mu)
        self._sigma = float(sigma)

    @classmethod
    def from_samples(cls, data):
        """The distribution with the mean and the standard deviation of some data."""
        return NormalDist(float(mean(data)), float(stdev(data)))

    @property
    def mean(self) -> float:
        """The mean."""
        return self._mu

    @property
    def median(self) -> float:
        """The median."""
        return self._mu

    @property
    def mode(self) -> float:
        """The mode."""
        return self._mu

    @property
    def stdev(self) -> float:
        """The standard deviation."""
        return self._sigma

    @property
    def variance(self) -> float:
        """The square of the standard deviation."""
        return self._sigma * self._sigma

    def pdf(self, x: float) -> float:
        """The density at a place."""
        variance = self._sigma * self._sigma
        if not variance:
            raise StatisticsError("pdf() not defined when sigma is zero")
        diff = x - self._mu
        return math.exp(diff * diff / (-2.0 * variance)) / math.sqrt(math.tau * variance)

    def cdf(self, x: float) -> float:
        """The probability of a value up to a place."""
        if not self._sigma:
            raise StatisticsError("cdf() not defined when sigma is zero")
        return 0.5 * (1.0 + math.erf((x - self._mu) / (self._sigma * math.sqrt(2.0))))

    def inv_cdf(self, p: float) -> float:
        """The place up to which the probability is the given one."""
        if p <= 0.0 or p >= 1.0:
            raise StatisticsError("p must be in the range 0.0 < p < 1.0")
        if self._sigma <= 0.0:
            raise StatisticsError("cdf() not defined when sigma at or below zero")
        return _inverse(p, self._mu, self._sigma)

    def quantiles(self, n: int = 4) -> list[float]:
        """The places that cut the distribution into parts of equal probability."""
        return [self.inv_cdf(i / n) for i in range(1, n)]

    def zscore(self, x: float) -> float:
        """How many standard deviations a place lies above the mean."""
        if not self._sigma:
            raise StatisticsError("zscore() not defined when sigma is zero")
        return (x - self._mu) / self._sigma

    def __add__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu + other._mu, math.hypot(self._sigma, other._sigma))
        return NormalDist(self._mu + other, self._sigma)

    def __sub__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu - other._mu, math.hypot(self._sigma, other._sigma))
        return NormalDist(self._mu - other, self._sigma)

    def __mul__(self, other):
        return NormalDist(self._mu * other, self._sigma * math.fabs(other))

    def __truediv__(self, other):
        return NormalDist(self._mu / other, self._sigma / math.fabs(other))

    def __repr__(self) -> str:
        return f"NormalDist(mu={self._mu!r}, sigma={self._sigma!r})"

    def __eq__(self, other: "NormalDist") -> bool:
        return self._mu == other._mu and self._sigma == other._sigma

    def __hash__(self) -> int:
        return hash((self._mu, self._sigma))
