"""The English stop words of the installed scikit-learn, read from its text: no list of them is carried here."""

from __future__ import annotations

import ast
import importlib.util
from functools import cache
from pathlib import Path

from batuta.python.walk import walk


@cache
def english() -> tuple[str, ...]:
    """The words in order; empty where scikit-learn is not installed beside this program."""
    found = importlib.util.find_spec("sklearn")
    for folder in (found.submodule_search_locations or ()) if found is not None else ():
        path = Path(folder) / "feature_extraction" / "_stop_words.py"
        if not path.is_file():
            continue
        for node in walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.List) and len(node.elts) > 100:
                words = [each.value for each in node.elts if isinstance(each, ast.Constant) and isinstance(each.value, str)]
                if all(word.isalpha() for word in words):
                    return tuple(sorted(set(words)))
    return ()
