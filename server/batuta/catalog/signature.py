"""Signatures of entries, read once: parameters with their catalog types, and the result."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache

from batuta.catalog.entry import Entry
from batuta.ir.types import Anything, Type, parse_type


@dataclass(frozen=True)
class Parameter:
    """One parameter: its type, its default as a syntax tree, and how it may be passed."""

    name: str
    type: Type
    default: ast.expr | None = None
    kind: str = "positional"
    """`positional` (or by keyword), `only positional`, `only keyword`, `rest` (`*args`), `options` (`**kwargs`)."""


@dataclass(frozen=True)
class Signature:
    """One overload."""

    parameters: tuple[Parameter, ...]
    result: Type

    def parameter(self, name: str) -> Parameter | None:
        """The parameter with this name."""
        return next((each for each in self.parameters if each.name == name), None)


@cache
def parse_signature(text: str) -> Signature:
    """Read `(self: list[T], index: int = -1) -> T`."""
    body = text if "->" in text else f"{text} -> None"
    function = ast.parse(f"def _{body}: ...").body[0]
    assert isinstance(function, ast.FunctionDef)
    arguments = function.args
    plain = [*arguments.posonlyargs, *arguments.args]
    defaults: list[ast.expr | None] = [None] * (len(plain) - len(arguments.defaults)) + list(arguments.defaults)
    found = [
        Parameter(each.arg, _type(each), default, "only positional" if each in arguments.posonlyargs else "positional")
        for each, default in zip(plain, defaults, strict=True)
    ]
    if arguments.vararg:
        found.append(Parameter(arguments.vararg.arg, _type(arguments.vararg), None, "rest"))
    for each, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        found.append(Parameter(each.arg, _type(each), default, "only keyword"))
    if arguments.kwarg:
        found.append(Parameter(arguments.kwarg.arg, _type(arguments.kwarg), None, "options"))
    result = parse_type(ast.unparse(function.returns)) if function.returns is not None else Anything()
    return Signature(tuple(found), result)


def _type(argument: ast.arg) -> Type:
    return Anything() if argument.annotation is None else parse_type(ast.unparse(argument.annotation))


def overloads(entry: Entry) -> tuple[Signature, ...]:
    """All overloads of an entry, in order."""
    texts = (entry.signature,) if isinstance(entry.signature, str) else entry.signature
    return tuple(parse_signature(each if each.startswith("(") else f"() {each}") for each in texts)


@dataclass(frozen=True)
class BindingProblem:
    """Why arguments do not fit: an unknown keyword, too many, a missing one."""

    reason: str
    keyword: str = ""


def bind_arguments(
    signature: Signature, positional: list[ast.expr], keywords: list[ast.keyword], has_self: bool
) -> dict[str, list[ast.expr]] | BindingProblem:
    """Distribute arguments to parameters. With `has_self` the first parameter is the receiver and takes no argument.

    Returns name → expressions (one, or any number for `*args`); omitted parameters are absent.
    """
    bound: dict[str, list[ast.expr]] = {}
    plain = [each for each in signature.parameters if each.kind in ("positional", "only positional")]
    if has_self:
        plain = plain[1:]
    rest = next((each for each in signature.parameters if each.kind == "rest"), None)
    options = next((each for each in signature.parameters if each.kind == "options"), None)
    for index, argument in enumerate(positional):
        if isinstance(argument, ast.Starred) and rest is None:
            return BindingProblem("a starred argument cannot be matched with parameters")
        if index < len(plain):
            bound[plain[index].name] = [argument]
        elif rest is not None:
            bound.setdefault(rest.name, []).append(argument)
        else:
            return BindingProblem(f"it takes {len(plain)} positional arguments, {len(positional)} are given")
    by_name = {each.name: each for each in signature.parameters if each.kind in ("positional", "only keyword")}
    for keyword in keywords:
        if keyword.arg is None:
            return BindingProblem("`**` arguments cannot be matched with parameters")
        if keyword.arg not in by_name:
            if options is None:
                return BindingProblem(f"it has no parameter `{keyword.arg}`", keyword.arg)
            bound.setdefault(options.name, []).append(keyword.value)
        elif keyword.arg in bound:
            return BindingProblem(f"`{keyword.arg}` is given twice", keyword.arg)
        else:
            bound[keyword.arg] = [keyword.value]
    for each in plain + [p for p in signature.parameters if p.kind == "only keyword"]:
        if each.name not in bound and each.default is None:
            return BindingProblem(f"`{each.name}` is missing", each.name)
    return bound
