"""Runs the Python and the Rust program on the same inputs, under the same limits, and compares everything that leaves them.

Python runs only after consent (`consent.py`), in a child process with limits (`limited_run.py`); `validate.py` is the entry
point.
"""
