"""The algorithms of the estimators: plain typed loops over arrays, one algorithm a file, compiled by numba.

Each adds in one fixed order, so that its results have the same bits for any number of threads. A kernel that takes `first` and `last` works
on these rows only; its rows do not depend on each other and may be shared out among threads.
"""
