"""What a reduction adds up, or looks for the largest of, for each element; and the reductions that are made of them."""

from __future__ import annotations


def itself(a: float) -> float:
    """The element."""
    return a


def square(a: float) -> float:
    """Its square."""
    return a * a


def size(a: float) -> float:
    """Its absolute value."""
    return abs(a)


def squared_difference(a: float, mean: float) -> float:
    """The square of what it differs from the mean."""
    return (a - mean) * (a - mean)


def product(a: float, b: float) -> float:
    """The product with the element of the other array."""
    return a * b


def product_of_differences(a: float, b: float, mean_a: float, mean_b: float) -> float:
    """The product of what both differ from their means."""
    return (a - mean_a) * (b - mean_b)


def kahan(x: list[float]) -> float:
    """The sum with the lost low digits carried along (Kahan 1965)."""
    total = 0.0
    lost = 0.0
    for i in range(len(x)):
        value = x[i] - lost
        grown = total + value
        lost = (grown - total) - value
        total = grown
    return total
