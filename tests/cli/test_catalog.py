"""`batuta catalog` on the catalog as it is."""

from __future__ import annotations

from tests.cli.command_line import CommandLine


def test_all_modules_are_listed_with_their_counts(batuta: CommandLine) -> None:
    answer = batuta("catalog")
    counts = {line.split()[0]: int(line.split()[-1]) for line in answer.out.splitlines()}
    assert answer.code == 0
    assert counts["math"] > 20 and counts["numpy.random"] > 10 and counts["sklearn.linear_model"] >= 4


def test_a_name_shows_its_signature_its_targets_and_their_parity(batuta: CommandLine) -> None:
    answer = batuta("catalog", "sklearn.cluster.KMeans")
    assert answer.code == 0
    assert answer.out.startswith("sklearn.cluster.KMeans(n_clusters: int = 8")
    assert "\n    batuta-rt " in answer.out and "\n    aprender " in answer.out and "sklearn.cluster.KMeans.fit(" in answer.out


def test_the_last_part_of_a_name_is_enough_and_a_part_of_a_word_is_not(batuta: CommandLine) -> None:
    assert "math.sqrt(x: float" in batuta("catalog", "sqrt").out
    assert batuta("catalog", "sqr").code == 1


def test_what_is_known_and_not_translated_says_why(batuta: CommandLine) -> None:
    answer = batuta("catalog", "numpy.matrix")
    assert answer.code == 0 and "not translated: the matrix class is a separate kind of array" in answer.out


def test_what_is_unknown_ends_with_1(batuta: CommandLine) -> None:
    answer = batuta("catalog", "pandas.read_excel")
    assert answer.code == 1 and "pandas.read_excel" in answer.err
