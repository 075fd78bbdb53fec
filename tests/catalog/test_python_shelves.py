"""What the standard library offers and Batuta does not: known by name and reason, in a list that may only get shorter."""

from __future__ import annotations

import collections
import datetime
import decimal
import fractions
import importlib
import io
import pathlib
import re
from functools import cache
from pathlib import Path

import pytest

import batuta.analysis as analysis
from batuta.analysis.declarations import TYPING_ONLY
from batuta.analysis.infer import LIBRARY_EXCEPTIONS
from batuta.catalog.index import catalog
from batuta.python.held import held, held_modules

MISSING = Path(__file__).parent / "python_missing.txt"
MODULES = (
    "abc", "argparse", "array", "asyncio", "base64", "binascii", "bisect", "calendar", "cmath", "collections",
    "collections.abc", "colorsys", "concurrent.futures", "contextlib", "copy", "csv", "dataclasses", "datetime", "decimal",
    "difflib", "enum", "fnmatch", "fractions", "functools", "graphlib", "hashlib", "heapq", "html", "inspect", "io",
    "itertools", "json", "keyword", "logging", "math", "numbers", "operator", "os", "os.path", "pathlib", "pprint", "queue",
    "random", "re", "shlex", "statistics", "string", "struct", "sys", "textwrap", "threading", "time", "timeit", "traceback",
    "types", "typing", "uuid", "warnings", "weakref", "zlib",
)  # fmt: skip
_TYPES: dict[str, tuple[type, tuple[str, ...]]] = {
    "str": (str, ("str",)),
    "bytes": (bytes, ("bytes",)),
    "bytearray": (bytearray, ("bytearray",)),
    "list": (list, ("list",)),
    "dict": (dict, ("dict",)),
    "set": (set, ("set",)),
    "frozenset": (frozenset, ("frozenset", "set")),
    "int": (int, ("int",)),
    "float": (float, ("float",)),
    "complex": (complex, ("complex",)),
    "tuple": (tuple, ("tuple",)),
    "range": (range, ("range",)),
    "deque": (collections.deque, ("deque",)),
    "Counter": (collections.Counter, ("Counter", "dict")),
    "OrderedDict": (collections.OrderedDict, ("OrderedDict", "dict")),
    "defaultdict": (collections.defaultdict, ("defaultdict", "dict")),
    "datetime.date": (datetime.date, ("datetime.date",)),
    "datetime.datetime": (datetime.datetime, ("datetime.datetime",)),
    "datetime.time": (datetime.time, ("datetime.time",)),
    "datetime.timedelta": (datetime.timedelta, ("datetime.timedelta",)),
    "decimal.Decimal": (decimal.Decimal, ("decimal.Decimal",)),
    "fractions.Fraction": (fractions.Fraction, ("fractions.Fraction",)),
    "pathlib.Path": (pathlib.Path, ("pathlib.Path",)),
    "re.Pattern": (re.Pattern, ("re.Pattern",)),
    "re.Match": (re.Match, ("re.Match",)),
    "file": (io.TextIOWrapper, ("file",)),
    "io.StringIO": (io.StringIO, ("file",)),
}
"""Each type with the shelves that its methods stand on."""


@cache
def _text_of_analysis() -> str:
    """What the compiler itself knows stands as a text in its files."""
    return "\n".join(each.read_text(encoding="utf-8") for each in sorted(Path(analysis.__path__[0]).glob("*.py")))


def _public(module: str) -> list[str]:
    found = importlib.import_module(module)
    names = getattr(found, "__all__", None) or dir(found)
    inner = type(found)
    return [name for name in names if not name.startswith("_") and not isinstance(getattr(found, name), inner)]


def _has(whole: str) -> bool:
    known = catalog()
    inside = {name.rpartition(".")[0] for name in known.entries}
    module, _, name = whole.rpartition(".")
    offered = held(module)
    return (
        whole in known.entries
        or whole in known.classes
        or whole in inside
        or (offered is not None and name in offered.names)
        or module in TYPING_ONLY
        or name in LIBRARY_EXCEPTIONS
        or (whole not in known.refused and f'"{whole}"' in _text_of_analysis())
    )


def blanks(shelf: str) -> set[str]:
    """The names of a shelf that nothing in Batuta knows."""
    if shelf in _TYPES:
        kind, homes = _TYPES[shelf]
        names = [name for name in dir(kind) if not name.startswith("_")]
        return {f"{shelf}.{name}" for name in names if all(catalog().find(f"{home}.{name}") is None for home in homes)}
    return {f"{shelf}.{name}" for name in _public(shelf) if not _has(f"{shelf}.{name}")}


def recorded() -> dict[str, str]:
    """The names that are knowingly missing, with the reason."""
    rows = [
        line.split("  ", 1) for line in MISSING.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]
    return {name: reason.strip() for name, reason in rows}


SHELVES = [*MODULES, *_TYPES]


def _shelf_of(name: str) -> str:
    return name.rpartition(".")[0]


@pytest.mark.parametrize("shelf", SHELVES)
def test_every_blank_is_known(shelf: str) -> None:
    """Run with `-s` to see which blanks a shelf has."""
    found = blanks(shelf)
    print(f"\n{shelf}: {len(found)} blank: {' '.join(sorted(each.rpartition('.')[2] for each in found))}")
    known = {name for name in recorded() if _shelf_of(name) == shelf}
    assert found - known == set(), "not known, and not in the list of what is missing"
    assert known - found == set(), "known now: take it from the list"


def test_every_recorded_blank_has_a_reason_and_a_shelf() -> None:
    for name, reason in recorded().items():
        assert len(reason) > 10, name
        assert _shelf_of(name) in SHELVES, name


def test_what_is_held_as_python_exists_in_the_real_module() -> None:
    for module in held_modules():
        found, real = held(module), importlib.import_module(module)
        assert found is not None and found.names, module
        for name in found.names:
            assert hasattr(real, name), f"{module}.{name}"
            kinds = [callable(getattr(each, name)) for each in (_run(found.text, module), real)]
            assert kinds[0] == kinds[1], f"{module}.{name} can be called here or there only"


class _Run:
    pass


@cache
def _run(text: str, module: str) -> _Run:
    """A held module, run by Python."""
    made = _Run()
    names: dict[str, object] = {"__name__": f"held_{module}"}
    exec(compile(text, module, "exec"), names)
    made.__dict__.update(names)
    return made
