"""Runs cargo and rustc on crates that Batuta wrote, and on nothing else.

Every run happens in a private folder outside the user's workspace, with a cleaned environment, a pinned toolchain, offline and
locked; `batuta setup` is the only step that goes online. `compile.py` is the entry point.
"""
