"""The words of a hover, for every grade of parity and every kind of size."""

from __future__ import annotations

import pytest

from batuta.catalog.entry import Parity
from batuta.lsp.hover_text import hover_text
from batuta.routing import Compiled

F32 = Parity("close", 1e-5, "values below 2^24", "computes in f32")


def text(**changes) -> str:
    given = {"name": "numpy.dot", "rust": "a.dot(&b)", "type_text": "ndarray[float64, 2-D]", "shape": None, "size_shape": None}
    given |= {"cost": "high", "parity": Parity()}
    compiled = Compiled(changes.pop("crate", "ndarray"))
    return hover_text(**(given | changes), compiled=compiled)


def test_all_parts_are_there_in_order():
    said = text(shape=(2000, 3), size_shape=(2000, 2000), crate="trueno", parity=F32)
    wanted = ["`numpy.dot`", "`trueno`", "a.dot(&b)", "ndarray[float64, 2-D]", "(2000, 3)", "Table:", "4,000,000", "GPU"]
    wanted += ["PCIe rule", "32 GB/s", "20 TFLOP/s", "Runs on: CPU", "1e-05", "Holds when", "Differs: computes in f32"]
    places = [said.index(each) for each in wanted]
    assert places == sorted(places)


def test_only_what_is_compiled_is_said_to_run():
    said = text(size_shape=(10**6,), cost="medium", crate="trueno")
    assert said.count("uns on") == 1 and "GPU" not in said.split("Runs on")[1]


def test_an_unknown_size_gives_the_crossovers():
    said = text(cost="low")
    assert "size unknown" in said and "SIMD from 1M" in said


@pytest.mark.parametrize("cost", ["none"])
def test_what_costs_nothing_has_no_backend(cost):
    said = text(cost=cost)
    assert "Table" not in said and "PCIe" not in said and "Same numbers: exact (equal bits)" in said


@pytest.mark.parametrize(
    ("parity", "said"),
    [
        (Parity(), "exact (equal bits)"),
        (Parity("exact", 1e-12), "exact (within 1e-12 relative)"),
        (Parity("close", 1e-9), "close (within 1e-09 relative)"),
        (Parity("statistical"), "statistical: the distributions"),
        (Parity("differs", caveat="another tie <b>*break*</b>"), "Differs: another tie &lt;b>\\*break\\*&lt;/b>"),
    ],
)
def test_parity_is_said_with_its_evidence(parity, said):
    assert said in text(parity=parity)


def test_a_small_element_wise_operation_reads_as_in_the_table():
    assert "10 elements → Scalar/SIMD" in text(cost="low", size_shape=(10,), shape=(10,))
    assert "shape `(10,)`" in text(cost="low", size_shape=(10,), shape=(10,))


def test_without_parity_nothing_is_claimed():
    assert "Same numbers" not in text(parity=None)
