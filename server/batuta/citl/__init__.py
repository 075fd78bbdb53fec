"""The compiler in the loop: what rustc says about generated Rust becomes edits, and what helps is kept.

A repair may only do what cannot change a program's meaning: add a borrow or a `mut`, take out what is unused. It never adds a
copy, because a copy of something that two names share would print other numbers. `loop.py` is the entry point, `repairs/`
holds one repair a file.
"""
