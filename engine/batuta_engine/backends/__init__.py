"""The three backends: `scalar` (one loop in plain order, the reference), `simd` (vectorised, several threads), `gpu` (CUDA).

All are made from the functions in `batuta_engine.kernels` by writing the text of one loop around them (`generation`), which numba
compiles: `programs` loads and keeps what was made.
"""
