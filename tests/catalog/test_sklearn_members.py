"""What the catalog says of the members of scikit-learn's classes is what the installed library has."""

from __future__ import annotations

from batuta.catalog._members import METHODS, SOMETIMES
from tests.catalog.sklearn_members import members


def test_members_are_those_of_the_library() -> None:
    methods, sometimes = members()
    assert {key: " ".join(sorted(value)) for key, value in methods.items()} == METHODS
    assert {key: " ".join(sorted(value)) for key, value in sometimes.items()} == SOMETIMES
