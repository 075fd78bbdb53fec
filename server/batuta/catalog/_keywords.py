"""Calls whose keywords are data: `dict(a=1)`, `d.update(a=1)`, `Counter(a=1)`."""

from __future__ import annotations

import ast

from batuta.catalog.entry import Call


def keyword_names(call: Call) -> str:
    """The keywords of a call as a Rust array of `String`."""
    site = getattr(call, "site", None)
    names = ", ".join(f'"{each.arg}"' for each in site.keywords) if isinstance(site, ast.Call) else ""
    return f"[{names}].map(String::from)"
