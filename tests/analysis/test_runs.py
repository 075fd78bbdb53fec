"""Statements are run on types again only when something that they read has changed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager

from batuta.analysis.declarations import declare
from batuta.analysis.graph import INT, STR, Cell, Graph, Piece, begin, end
from batuta.analysis.infer import Inference
from batuta.python.source import read

LATE = """
def first(item):
    return second(item)

def second(item):
    return third(item)

def third(item):
    return [item]

def alone(number):
    total = number + 1
    return total

found = first(1)
found = first("text")
print(found[0], alone(2))
"""


@contextmanager
def doing(piece: Piece) -> Iterator[None]:
    """What is read inside is read by the piece."""
    before = begin(piece)
    try:
        yield
    finally:
        end(before)


def inferred(text: str) -> Inference:
    """The inference of a program at its end."""
    source, findings = read(text, "program.py")
    assert not findings
    inference = Inference(declare(source))
    inference.run()
    return inference


def test_a_piece_is_spoiled_by_what_comes_after_it_has_read() -> None:
    graph, cell, piece = Graph(), Cell(), Piece()
    with doing(piece):
        graph.add(cell, INT)
        assert cell.atoms
    assert not piece.stale
    graph.add(cell, INT)
    assert not piece.stale
    graph.add(cell, STR)
    assert piece.stale


def test_a_piece_that_read_one_of_two_joined_cells_is_spoiled_by_what_the_other_holds() -> None:
    graph, one, other, piece = Graph(), Cell(), Cell(), Piece()
    graph.add(one, INT)
    with doing(piece):
        assert not other
    graph.unify(one, other)
    assert piece.stale


def test_what_uses_a_spoiled_piece_is_spoiled() -> None:
    graph, cell, inner, outer = Graph(), Cell(), Piece(), Piece()
    with doing(outer):
        with doing(inner):
            assert not cell
        inner.users.append(outer)
    graph.add(cell, INT)
    assert inner.stale and outer.stale


def test_types_that_arrive_late_reach_every_statement() -> None:
    inference = inferred(LATE)
    assert inference.settled and not inference.missed()
    (call,) = [each for each in ast.walk(inference.program.source.tree) if isinstance(each, ast.Subscript)]
    assert set(inference.module.cells[call].atoms) == {("int",), ("str",)}


def test_a_settled_statement_is_not_run_again() -> None:
    calls: list[int] = []

    class Counting(Inference):
        def _assert(self, node: ast.Assert) -> None:
            calls.append(node.lineno)
            super()._assert(node)

    source, _ = read(LATE + "\nassert found\nassert 1 < 2\n", "program.py")
    inference = Counting(declare(source))
    inference.run()
    assert calls.count(19) > 1 and calls.count(20) == 1
    inference.missed()
    assert calls.count(20) == 2
