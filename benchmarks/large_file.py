"""A Python file of any length that looks like what people write, the same text for the same length."""

from __future__ import annotations

HEADER = '''"""A long module with functions, classes and array code."""

import math

import numpy as np
from sklearn.linear_model import Ridge
from sklearn.preprocessing import StandardScaler

'''
BLOCKS = (
    '''
def distance_{n}(first: list[float], second: list[float]) -> float:
    """The straight line between two points, in space number {n}."""
    total = 0.0
    for one, other in zip(first, second):
        total += (one - other) ** 2
    return math.sqrt(total) + {n}.0
''',
    '''
class Account{n}:
    """Größe und 数 — text that is not ASCII."""

    def __init__(self, owner: str, balance: float = {n}.0):
        self.owner = owner
        self.balance = balance
        self.history: list[float] = []

    def deposit(self, amount: float) -> float:
        if amount <= 0:
            raise ValueError(f"amount {{amount}} is not positive")
        self.balance += amount
        self.history.append(amount)
        return self.balance
''',
    """
def fit_{n}(points: np.ndarray, target: np.ndarray) -> float:
    scaled = StandardScaler().fit_transform(points)
    model = Ridge(alpha={n}.5)
    model.fit(scaled, target)
    error = model.predict(scaled) - target
    return float(np.mean(error ** 2))
""",
    """
def count_words_{n}(text: str) -> dict[str, int]:
    counts: dict[str, int] = {{}}
    for word in text.lower().split():
        counts[word] = counts.get(word, 0) + 1
    return {{word: count for word, count in counts.items() if count > {n} % 3}}
""",
)
MAIN = """
print(distance_0([0.0, 0.0], [3.0, 4.0]))
print(count_words_3("the cat and the dog"))
"""


def large_file(lines: int) -> tuple[str, int]:
    """The text, and the number (0-based) of a line in its middle that ends with a name inside a method."""
    text = HEADER
    number = 0
    while text.count("\n") + 14 + MAIN.count("\n") < lines:
        text += "\n" + BLOCKS[number % len(BLOCKS)].format(n=number)
        number += 1
    missing = lines - text.count("\n") - MAIN.count("\n") - 1
    text += "\n" + "# padding\n" * max(0, missing) + MAIN
    numbered = text.split("\n")
    middle = next(place for place in range(len(numbered) // 2, len(numbered)) if "class Account" in numbered[place])
    return text, middle + 4
