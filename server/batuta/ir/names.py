"""Names across the files of a program: `pkg::shapes::Point` is `Point` of `pkg/shapes.py`. Names of the program's own file are bare."""

from __future__ import annotations

SEPARATOR = "::"


def qualify(module: str, name: str) -> str:
    """The name of a definition of a module; `module` is dotted, and empty for the program's own file."""
    return f"{module.replace('.', SEPARATOR)}{SEPARATOR}{name}" if module else name


def own_name(name: str) -> str:
    """The name as the definition's own file has it."""
    return name.rpartition(SEPARATOR)[2]


def home_of(name: str) -> str:
    """The module of a definition, with `::` between its parts; empty for the program's own file."""
    return name.rpartition(SEPARATOR)[0]
