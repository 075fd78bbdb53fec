"""Which backend an operation should run on: the documented table, a cost model of the link to a GPU, and this machine's own measurements."""

from batuta_engine.selection.complexity import Backend, OpComplexity
from batuta_engine.selection.cost import FACTOR, Cost, CostModel, Link, Work, product_work
from batuta_engine.selection.explain import explain
from batuta_engine.selection.selector import BackendSelector, Thresholds

__all__ = [
    "FACTOR",
    "Backend",
    "BackendSelector",
    "Cost",
    "CostModel",
    "Link",
    "OpComplexity",
    "Thresholds",
    "Work",
    "explain",
    "product_work",
]
