"""Colours in several systems of coordinates, each from 0 to 1."""


def rgb_to_yiq(r: float, g: float, b: float) -> tuple[float, float, float]:
    """Red, green and blue as luminance and two chrominances."""
    y = 0.30 * r + 0.59 * g + 0.11 * b
    i = 0.74 * (r - y) - 0.27 * (b - y)
    q = 0.48 * (r - y) + 0.41 * (b - y)
    return (y, i, q)


def yiq_to_rgb(y: float, i: float, q: float) -> tuple[float, float, float]:
    """The colour back, each part held between 0 and 1."""
    r = y + 0.9468822170900693 * i + 0.6235565819861433 * q
    g = y - 0.27478764629897834 * i - 0.6356910791873801 * q
    b = y - 1.1085450346420322 * i + 1.7090069284064666 * q
    return (min(max(r, 0.0), 1.0), min(max(g, 0.0), 1.0), min(max(b, 0.0), 1.0))


def rgb_to_hls(r: float, g: float, b: float) -> tuple[float, float, float]:
    """Hue, lightness, saturation."""
    high = max(r, g, b)
    low = min(r, g, b)
    total = high + low
    spread = high - low
    lightness = total / 2.0
    if low == high:
        return (0.0, lightness, 0.0)
    saturation = spread / total if lightness <= 0.5 else spread / (2.0 - high - low)
    return (_hue(r, g, b, high, spread), lightness, saturation)


def _hue(r: float, g: float, b: float, high: float, spread: float) -> float:
    red = (high - r) / spread
    green = (high - g) / spread
    blue = (high - b) / spread
    if r == high:
        hue = blue - green
    elif g == high:
        hue = 2.0 + red - blue
    else:
        hue = 4.0 + green - red
    return (hue / 6.0) % 1.0


def hls_to_rgb(h: float, l: float, s: float) -> tuple[float, float, float]:  # noqa: E741
    """The colour back."""
    if s == 0.0:
        return (l, l, l)
    high = l * (1.0 + s) if l <= 0.5 else l + s - (l * s)
    low = 2.0 * l - high
    return (_part(low, high, h + 1.0 / 3.0), _part(low, high, h), _part(low, high, h - 1.0 / 3.0))


def _part(low: float, high: float, hue: float) -> float:
    turned = hue % 1.0
    if turned < 1.0 / 6.0:
        return low + (high - low) * turned * 6.0
    if turned < 0.5:
        return high
    if turned < 2.0 / 3.0:
        return low + (high - low) * (2.0 / 3.0 - turned) * 6.0
    return low


def rgb_to_hsv(r: float, g: float, b: float) -> tuple[float, float, float]:
    """Hue, saturation, value."""
    high = max(r, g, b)
    low = min(r, g, b)
    spread = high - low
    if low == high:
        return (0.0, 0.0, high)
    return (_hue(r, g, b, high, spread), spread / high, high)


def hsv_to_rgb(h: float, s: float, v: float) -> tuple[float, float, float]:
    """The colour back."""
    if s == 0.0:
        return (v, v, v)
    sector = int(h * 6.0)
    f = (h * 6.0) - sector
    p = v * (1.0 - s)
    q = v * (1.0 - s * f)
    t = v * (1.0 - s * (1.0 - f))
    sector = sector % 6
    if sector == 0:
        return (v, t, p)
    if sector == 1:
        return (q, v, p)
    if sector == 2:
        return (p, v, t)
    if sector == 3:
        return (p, q, v)
    if sector == 4:
        return (t, p, v)
    return (v, p, q)
