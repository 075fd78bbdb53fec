"""The 5x PCIe rule, and what is said of the compiled program."""

import pytest

from batuta.routing import Compiled, explain
from batuta_engine.selection import Backend, BackendSelector, CostModel, OpComplexity, product_work

LOW, MEDIUM, HIGH = OpComplexity.LOW, OpComplexity.MEDIUM, OpComplexity.HIGH


def test_without_a_gpu_simd_stands_in():
    assert BackendSelector(gpu_available=False).select_with_moe(HIGH, 50_000) is Backend.SIMD


def test_small_element_wise_work_is_shown_as_in_the_table():
    assert BackendSelector().shown(LOW, 10) == "Scalar/SIMD"
    assert BackendSelector().shown(MEDIUM, 10) == "Scalar"


def test_the_rule_lets_only_large_products_through():
    model = CostModel()
    limit = model.pays_from(HIGH)
    assert limit is not None
    assert model.of_size(HIGH, limit).pays and not model.of_size(HIGH, int(limit * 0.99)).pays
    assert model.pays_from(LOW) is None and not model.of_size(LOW, 10**9).pays and not model.of_size(MEDIUM, 10**9).pays


def test_the_rule_in_numbers():
    cost = CostModel().of_size(HIGH, 1_000_000)
    assert (cost.bytes_moved, cost.operations) == (12_000_000, 2e9)
    assert cost.transfer == pytest.approx(375e-6) and cost.compute == pytest.approx(100e-6)


def test_an_unknown_size_says_so_and_gives_the_crossovers():
    advice = explain(HIGH, None, Compiled(), why_unknown="the array comes from a file")
    assert "size unknown (the array comes from a file)" in advice.table
    assert "SIMD from 1K" in advice.table and "GPU from 10K" in advice.table
    assert "pays from about" in advice.rule


@pytest.mark.parametrize("crate", ["std", "ndarray", "trueno", "aprender", "batuta-rt"])
def test_nothing_runs_on_a_gpu_without_the_feature(crate):
    for complexity in OpComplexity:
        advice = explain(complexity, 10**10, Compiled(crate))
        assert "GPU" not in advice.runs_on
        assert not advice.table.startswith("Runs on") and not advice.rule.startswith("Runs on")


def test_with_the_feature_a_large_product_runs_on_the_gpu():
    assert "GPU" in explain(HIGH, 10**10, Compiled("trueno", gpu=True)).runs_on
    assert "GPU" not in explain(HIGH, 50_000, Compiled("trueno", gpu=True)).runs_on


@pytest.mark.parametrize(
    ("left", "right", "moved", "operations"),
    [((3, 4), (4, 5), 12 + 20 + 15, 120.0), ((7,), (7,), 15, 14.0), ((3, 4), (4,), 12 + 4 + 3, 24.0), ((4,), (4, 2), 14, 16.0)],
)
def test_the_work_of_a_product_follows_from_both_shapes(left, right, moved, operations):
    work = product_work(left, right)
    assert work is not None and (work.moved, work.operations) == (moved, operations)
    cost = CostModel().cost(work)
    assert cost.transfer == pytest.approx(4 * moved / 32e9) and cost.compute == pytest.approx(operations / 20e12)


def test_shapes_that_do_not_fit_make_no_product():
    assert product_work((3, 4), (5, 4)) is None and product_work((), (3,)) is None and product_work((2, 2, 2), (2, 2)) is None


@pytest.mark.parametrize(
    ("compiled", "said"),
    [
        (Compiled("ndarray", "i64"), "Runs on: CPU, one thread, on ndarray (i64; vectorised where rustc can)"),
        (Compiled("ndarray", "f32", kernel=True), "(f32; the matrix kernel picks its SIMD instructions at run time)"),
        (Compiled("batuta-rt", ""), "Runs on: CPU, one thread, batuta-rt (vectorised where rustc can)"),
        (Compiled("aprender", "f32"), "Runs on: CPU, one thread, aprender (f32; vectorised where rustc can)"),
        (Compiled("trueno", "f32"), "Runs on: CPU, the crate trueno picks its SIMD instructions at run time (f32)"),
        (Compiled("ndarray", refused=True), "Runs on: nothing yet, the file is refused"),
    ],
)
def test_only_what_the_compiled_program_uses_is_said_to_run(compiled, said):
    assert said in explain(HIGH, 10_000, compiled).runs_on
