"""Calls of `logging`: the template and its arguments become the text that is logged.

    logging.info("read %d rows", count)      →      logging.info(f"read {count:d} rows")

A template without arguments is taken as it is, so that a percent sign in it stays.
"""

from __future__ import annotations

import ast
from pathlib import PurePath

from batuta.analysis.desugar import percent_format
from batuta.python.new_nodes import located
from batuta.python.source import Source

_NAMES = ("debug", "info", "warning", "warn", "error", "critical", "fatal", "exception", "log")
MESSAGES = {f"{owner}.{name}" for owner in ("logging", "logging.Logger") for name in _NAMES}
_PLACES = ("lineno", "funcName", "filename", "module", "pathname")


def log_message(
    node: ast.AST, name: str, arguments: list[ast.expr], keywords: list[ast.keyword], source: Source, owner: str
) -> tuple[list[ast.expr], list[ast.keyword]] | str:
    """Arguments and keywords as the catalog's entry takes them, or why there are none."""
    first = 1 if name.endswith(".log") else 0
    if len(arguments) <= first or any(isinstance(each, ast.Starred) for each in arguments):
        return "a message that is not written out in the call is not translated"
    template, values = arguments[first], arguments[first + 1 :]
    if values:
        keyed = isinstance(template, ast.Constant) and "%(" in str(template.value) and len(values) == 1
        whole: ast.expr = values[0] if keyed else ast.Tuple(values, ast.Load())
        made: ast.expr | None = percent_format(located(ast.BinOp(template, ast.Mod(), whole), node))
        if made is None:
            return "the template of a message does not fit its arguments, or is not written out"
    elif isinstance(template, ast.JoinedStr) or (isinstance(template, ast.Constant) and isinstance(template.value, str)):
        made = template
    else:
        made = ast.Call(ast.Name("str", ast.Load()), [template], [])
    kept: list[ast.keyword] = []
    for keyword in keywords:
        if keyword.arg != "exc_info":
            return f"`{keyword.arg}` of a message is not translated"
        asked = keyword.value
        shown = not isinstance(asked, ast.Constant) or bool(asked.value)
        kept.append(ast.keyword("exc_info", ast.Constant(shown)))
    text = "\n".join(source.lines)
    if any(f"%({each})" in text or f"{{{each}" in text for each in _PLACES):
        file = PurePath(source.path).name
        places = {"line": getattr(node, "lineno", 0), "function": owner, "file": file}
        kept += [ast.keyword(each, ast.Constant(value)) for each, value in places.items()]
    return [located(each, node) for each in [*arguments[:first], made]], [located(each, node) for each in kept]
