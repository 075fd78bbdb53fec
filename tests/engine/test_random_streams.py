"""The random streams against NumPy's own, bit for bit."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from batuta_engine.random import Generator, RandomState, default_rng
from batuta_engine.random import legacy as legacy_bits
from batuta_engine.random import modern as modern_bits

DRAWS = 10_000
WEIGHTS = [0.1, 0.2, 0.3, 0.15, 0.25]

LEGACY: dict[str, Callable[[Any], Any]] = {
    "rand": lambda r: r.rand(DRAWS),
    "random_sample": lambda r: r.random_sample((100, 100)),
    "randn": lambda r: r.randn(DRAWS + 1),
    "one of randn": lambda r: r.randn(),
    "randint": lambda r: r.randint(0, 1000, DRAWS),
    "randint of 64 bits": lambda r: r.randint(-5, 2**40, DRAWS),
    "one of randint": lambda r: r.randint(7),
    "permutation": lambda r: r.permutation(DRAWS),
    "permutation of rows": lambda r: r.permutation(np.arange(60.0).reshape(20, 3)),
    "choice": lambda r: r.choice(50, DRAWS),
    "choice of values": lambda r: r.choice(np.array([2.5, 1.5, 0.5]), DRAWS),
    "choice without repetition": lambda r: r.choice(DRAWS, 500, replace=False),
    "choice by weight": lambda r: r.choice(5, DRAWS, p=WEIGHTS),
    "choice by weight without repetition": lambda r: r.choice(5, 4, replace=False, p=WEIGHTS),
    "normal": lambda r: r.normal(2.0, 3.0, DRAWS),
    "normal of several": lambda r: r.normal([1.0, 2.0], [1.0, 0.5]),
    "uniform": lambda r: r.uniform(-1.0, 5.0, (100, 100)),
}
MODERN: dict[str, Callable[[Any], Any]] = {
    "random": lambda r: r.random(DRAWS),
    "standard_normal": lambda r: r.standard_normal(20 * DRAWS),
    "standard_exponential": lambda r: r.standard_exponential(20 * DRAWS),
    "integers": lambda r: r.integers(0, 1000, DRAWS + 1),
    "integers of 64 bits": lambda r: r.integers(-5, 2**40, DRAWS),
    "all of 32 bits": lambda r: r.integers(0, 2**32 - 1, DRAWS, endpoint=True),
    "one of integers": lambda r: r.integers(7),
    "permutation": lambda r: r.permutation(DRAWS),
    "choice": lambda r: r.choice(50, DRAWS),
    "choice without repetition": lambda r: r.choice(500, 100, replace=False),
    "a large sample": lambda r: r.choice(20_000, 5_000, replace=False),
    "a sample in order of drawing": lambda r: r.choice(20_000, 100, replace=False, shuffle=False),
    "choice by weight": lambda r: r.choice(5, DRAWS, p=WEIGHTS),
    "choice by weight without repetition": lambda r: r.choice(5, 4, replace=False, p=WEIGHTS),
    "normal": lambda r: r.normal(2.0, 3.0, DRAWS),
    "uniform": lambda r: r.uniform(-1.0, 5.0, (100, 100)),
}


@pytest.mark.parametrize("name", LEGACY)
@pytest.mark.parametrize("seed", [0, 42, 2**31 + 5])
def test_the_legacy_stream(seed: int, name: str) -> None:
    ours, theirs = RandomState(seed), np.random.RandomState(seed)
    for _ in range(2):
        np.testing.assert_array_equal(LEGACY[name](ours), LEGACY[name](theirs))
    assert ours.rand() == theirs.rand(), "the stream stands at the same place afterwards"


@pytest.mark.parametrize("name", MODERN)
@pytest.mark.parametrize("seed", [0, 42, 2**70 + 5])
def test_the_modern_stream(seed: int, name: str) -> None:
    ours, theirs = default_rng(seed), np.random.default_rng(seed)
    for _ in range(2):
        np.testing.assert_array_equal(MODERN[name](ours), MODERN[name](theirs))
    assert ours.random() == theirs.random(), "the stream stands at the same place afterwards"


def test_shuffles_in_place() -> None:
    for ours, theirs in ((RandomState(1), np.random.RandomState(1)), (default_rng(1), np.random.default_rng(1))):
        mine, expected = np.arange(60.0).reshape(20, 3), np.arange(60.0).reshape(20, 3)
        ours.shuffle(mine)
        theirs.shuffle(expected)
        np.testing.assert_array_equal(mine, expected)
        words, expected_words = list("abcdefgh"), list("abcdefgh")
        ours.shuffle(words)
        theirs.shuffle(expected_words)
        assert words == expected_words


def test_draws_inside_a_kernel() -> None:
    from batuta_engine.jit import compiled

    @compiled
    def inside_the_circle(state: Any, count: int) -> int:
        hits = 0
        for _ in range(count):
            x, y = modern_bits.double(state), modern_bits.double(state)
            hits += x * x + y * y < 1.0
        return hits

    rng = np.random.default_rng(3)
    points = rng.random((1000, 2))
    assert inside_the_circle(modern_bits.new_state(3), 1000) == int(((points**2).sum(axis=1) < 1.0).sum())
    assert legacy_bits.double(legacy_bits.new_state(3)) == np.random.RandomState(3).rand()


@pytest.mark.parametrize(
    ("draw", "words"),
    [
        (lambda: RandomState(-1), "between 0 and"),
        (lambda: default_rng(-1), "non-negative"),
        (lambda: RandomState(0).randint(0), "high <= 0"),
        (lambda: Generator(0).integers(5, 5), "low >= high"),
        (lambda: RandomState(0).choice(3, 4, replace=False), "larger sample"),
        (lambda: Generator(0).choice(3, 4, replace=False), "larger sample"),
        (lambda: RandomState(0).choice(2, 1, p=[0.5, 0.6]), "sum to 1"),
        (lambda: RandomState(0).choice(2, 2, replace=False, p=[1.0, 0.0]), "Fewer non-zero"),
        (lambda: Generator(0).normal(0.0, -1.0), "scale < 0"),
    ],
)
def test_what_has_no_answer_is_refused(draw: Callable[[], Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        draw()


def test_both_languages_have_the_same_ziggurats() -> None:
    source = Path(__file__).resolve().parents[2] / "engine/batuta-rt/src/np/random/ziggurat_tables.rs"
    found = re.findall(r"pub const (\w+): \[u64; 256\] = \[(.*?)\];", source.read_text(encoding="utf-8"), re.DOTALL)
    short = {"NORMAL_WIDTHS": modern_bits.NORMAL_WIDTHS, "NORMAL_HEIGHTS": modern_bits.NORMAL_HEIGHTS}
    short |= {"NORMAL_LIMITS": modern_bits.NORMAL_LIMITS, "EXPONENTIAL_WIDTHS": modern_bits.EXP_WIDTHS}
    short |= {"EXPONENTIAL_HEIGHTS": modern_bits.EXP_HEIGHTS, "EXPONENTIAL_LIMITS": modern_bits.EXP_LIMITS}
    assert {name for name, _ in found} == set(short)
    for name, body in found:
        bits = [int(each.replace("_", ""), 0) for each in body.replace("\n", "").split(",") if each.strip()]
        np.testing.assert_array_equal(np.array(bits, np.uint64), short[name].view(np.uint64))
