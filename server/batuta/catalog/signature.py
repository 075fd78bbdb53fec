"""Signatures of entries, read once: parameters with their catalog types, and the result."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache, cached_property

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

    @cached_property
    def plain(self) -> list[Parameter]:
        """The parameters that take arguments by position."""
        return [each for each in self.parameters if each.kind in ("positional", "only positional")]

    @cached_property
    def by_name(self) -> dict[str, Parameter]:
        """The parameters that take arguments by name."""
        return {each.name: each for each in self.parameters if each.kind in ("positional", "only keyword")}

    @cached_property
    def rest(self) -> Parameter | None:
        """The parameter that takes all other arguments."""
        return next((each for each in self.parameters if each.kind == "rest"), None)

    @cached_property
    def options(self) -> Parameter | None:
        """The parameter that takes all other arguments with names."""
        return next((each for each in self.parameters if each.kind == "options"), None)

    @cached_property
    def required(self) -> list[str]:
        """The parameters without a default, in the order in which a missing one is told."""
        alone = [each for each in self.parameters if each.kind == "only keyword"]
        return [each.name for each in [*self.plain, *alone] if each.default is None]

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
    return _overloads(entry.signature)


@cache
def _overloads(signature: str | tuple[str, ...]) -> tuple[Signature, ...]:
    texts = (signature,) if isinstance(signature, str) else signature
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
    plain = signature.plain[1:] if has_self else signature.plain
    rest, options = signature.rest, signature.options
    for index, argument in enumerate(positional):
        if isinstance(argument, ast.Starred) and rest is None:
            return BindingProblem("a starred argument cannot be matched with parameters")
        if index < len(plain):
            bound[plain[index].name] = [argument]
        elif rest is not None:
            bound.setdefault(rest.name, []).append(argument)
        else:
            return BindingProblem(f"it takes {len(plain)} positional arguments, {len(positional)} are given")
    for keyword in keywords:
        if keyword.arg is None and options is not None and options.name == "params":
            bound.setdefault(options.name, []).append(keyword.value)
            continue
        if keyword.arg is None:
            return BindingProblem("`**` arguments cannot be matched with parameters")
        if keyword.arg not in signature.by_name:
            if options is None:
                return BindingProblem(f"it has no parameter `{keyword.arg}`", keyword.arg)
            bound.setdefault(options.name, []).append(keyword.value)
        elif keyword.arg in bound:
            return BindingProblem(f"`{keyword.arg}` is given twice", keyword.arg)
        else:
            bound[keyword.arg] = [keyword.value]
    receiver = signature.plain[0].name if has_self and signature.plain else None
    for name in signature.required:
        if name not in bound and name != receiver:
            return BindingProblem(f"`{name}` is missing", name)
    return bound
