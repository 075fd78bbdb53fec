"""Which backend an operation should run on, and why: the documented table, and the price of sending data to a GPU.

`complexity` names things, `selector` holds the table, `transfer` the 5x PCIe rule with its numbers, `explanation` the words.
"""

from batuta.routing.complexity import Backend, OpComplexity
from batuta.routing.explanation import BackendAdvice, Compiled, explain
from batuta.routing.selector import BackendSelector
from batuta.routing.transfer import TransferCost, TransferRule, Work, product_work

__all__ = [
    "Backend",
    "BackendAdvice",
    "BackendSelector",
    "Compiled",
    "OpComplexity",
    "TransferCost",
    "TransferRule",
    "Work",
    "explain",
    "product_work",
]
