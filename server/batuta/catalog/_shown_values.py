"""Values that a template shows when the program runs, in Rust: `template % values` and `template.format(…)`."""

from __future__ import annotations

from batuta.catalog import _arrays as a
from batuta.ir import types as t

_PLAIN = ("int", "float", "bool", "str", "None", "num", "value")
_FORMATTED = ("datetime.date", "datetime.time", "datetime.datetime", "datetime.timedelta", "decimal.Decimal")
"""Objects with a format of their own; `%` takes them as texts."""


def shown_value(type_: t.Type, text: str, braces: bool = False) -> str:
    """A value as the runtime shows it; `text` is a place. `braces`: it is formatted by `format`."""
    match type_:
        case t.Scalar("bigint" | "complex") if braces:
            return f"&{text}"
        case t.Scalar("value") if not braces:
            pass
        case t.Scalar(name) if name in _PLAIN:
            return f"&{text}"
        case t.Optional(t.Scalar(name)) if name in _PLAIN and name != "value":
            return f"&{text}"
        case t.NumpyScalar(dtype) if dtype != "uint64" and not braces:
            if dtype == "str":
                return f"&{text}"
            real = dtype.startswith("float")
            number = f"py::Num::{'Float' if real else 'Int'}({text}{'' if dtype in ('float64', 'int64') else ' as f64' if real else ' as i64'})"
            shown = f"py::str(&{text})" if real or dtype in ("bool", "int64") else f"py::str(&({text} as i64))"
            return f"&py::percent_scalar({number}, {shown}, np::repr_scalar_{dtype}({text}))"
        case t.Object(name) if braces and (name in _FORMATTED or name == "builtins.Exception"):
            return f"&{text}"
        case t.Object(name) if name in _FORMATTED:
            return f'&py::percent_other(&{text}, "{name.rpartition(".")[2]}")'
        case t.List() if not _says_more(type_):
            return f'&py::percent_other(&{text}, "list")'
        case t.Tuple(items) if items and not _says_more(type_):
            return f'&py::percent_other(&{text}, "tuple")'
        case t.Dict(kind=kind) if not _says_more(type_):
            return f'&py::percent_other(&{text}, "{kind}")'
        case t.Set(frozen=False) if not _says_more(type_):
            return f'&py::percent_other(&{text}, "set")'
    raise a.refuse(f"{t.show(type_)} is formatted at run time", "Use an f-string, or write the values in place.")


def _says_more(type_: t.Type) -> bool:
    """Whether something inside has a text that its Rust type does not tell."""
    match type_:
        case t.Sequence() | t.Tuple(()) | t.NumpyScalar() | t.Set(frozen=True) | t.Array() | t.Object() | t.Callable():
            return True
    return any(_says_more(each) for each in t.children(type_))
