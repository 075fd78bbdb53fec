"""Batuta: Python machine-learning code in, Rust that compiles and gives the same numbers out."""

__version__ = "0.1.0"
