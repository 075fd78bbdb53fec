"""The letters of the grade: the least total of each band, from the best down."""

from __future__ import annotations

BANDS: tuple[tuple[float, str], ...] = (
    (95.0, "A+"),
    (90.0, "A"),
    (85.0, "A-"),
    (80.0, "B+"),
    (75.0, "B"),
    (70.0, "B-"),
    (65.0, "C+"),
    (60.0, "C"),
    (55.0, "C-"),
    (50.0, "D"),
)


def letter(total: float) -> str:
    """The letter of a total: the bound of a band belongs to it."""
    return next((name for floor, name in BANDS if total >= floor), "F")
