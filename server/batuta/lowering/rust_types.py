"""The Rust type of each type, and its names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from batuta.catalog.index import catalog
from batuta.ir import types as t
from batuta.ir.names import own_name
from batuta.lowering.rust_text import item

DTYPES = {
    "float64": "f64",
    "complex128": "py::Complex",
    "float32": "f32",
    "int64": "i64",
    "int32": "i32",
    "int16": "i16",
    "int8": "i8",
    "uint8": "u8",
    "uint16": "u16",
    "uint32": "u32",
    "uint64": "u64",
    "bool": "bool",
    "str": "String",
}
KEYWORDS = {
    "as",
    "break",
    "const",
    "continue",
    "crate",
    "else",
    "enum",
    "extern",
    "false",
    "fn",
    "for",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "match",
    "mod",
    "move",
    "mut",
    "pub",
    "ref",
    "return",
    "self",
    "Self",
    "static",
    "struct",
    "super",
    "trait",
    "true",
    "type",
    "unsafe",
    "use",
    "where",
    "while",
    "async",
    "await",
    "dyn",
    "abstract",
    "become",
    "box",
    "do",
    "final",
    "macro",
    "override",
    "priv",
    "typeof",
    "unsized",
    "virtual",
    "yield",
    "try",
    "gen",
    "union",
}
RESERVED = {
    "py",
    "np",
    "sklearn",
    "main",
    "program",
    "std",
    "core",
    "batuta_rt",
    "ndarray",
    "aprender",
    "trueno",
    "vec",
    "matches",
    "thread_local",
    "print",
    "format",
    "drop",
    "Some",
    "None",
    "Ok",
    "Err",
    "String",
    "Vec",
    "Option",
    "Box",
    "Rc",
    "RefCell",
}

_RUST_PRELUDE = """
Self String Vec Option Some None Ok Err Box Rc RefCell Cell Result Clone Copy Debug Default Display Drop Eq Hash Ord PartialEq PartialOrd
Iterator IntoIterator DoubleEndedIterator ExactSizeIterator Extend From Into TryFrom TryInto FromIterator AsRef AsMut ToOwned ToString Fn
FnMut FnOnce Send Sync Sized Unpin Ordering
"""
_RUNTIME_PRELUDE = """
ChangeList Length OrThrow ReadList ReadTuple CaseMethods KindMethods PaddingMethods PartMethods SearchMethods SplitMethods
TranslateMethods Format FunctionList Text UserException Items ItemsMut
"""
RESERVED_TYPES = frozenset((_RUST_PRELUDE + _RUNTIME_PRELUDE).split())
"""A class of the program must not take the place of one of these."""


@lru_cache(4096)
def snake(name: str) -> str:
    """A Python name as a Rust variable or function name; the module that it stands in is left out."""
    name = own_name(name)
    if not name.isascii():
        name = "".join(each if each.isascii() else f"u{ord(each):x}" for each in name)
    if name.strip("_") == "":
        return name if name == "_" else f"underscore{len(name)}"
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    text = re.sub(r"__+", "_", text)
    if text in KEYWORDS:
        return f"r#{text}" if text not in ("self", "super", "crate", "Self") else f"{text}_"
    return f"{text}_" if text in RESERVED else text


def setter(name: str) -> str:
    """The name of the method that sets a field."""
    return f"set_{snake(name).removeprefix('r#').lstrip('_')}"


def camel(name: str) -> str:
    """A Python class name as a Rust type name; the module that it stands in is left out."""
    name = own_name(name)
    if not name.isascii():
        name = "".join(each if each.isascii() else f"U{ord(each):x}" for each in name)
    text = "".join(part[:1].upper() + part[1:] for part in name.split("_") if part) or "Class"
    return f"{text}_" if text in RESERVED_TYPES else text


def upper(name: str) -> str:
    """A Python name as the name of a Rust constant or static."""
    text = snake(name).removeprefix("r#").upper()
    return text if text.isidentifier() else f"V{text}"


@dataclass
class RustTypes:
    """Rust types under a choice of which groups are shared."""

    shared: set[int] = field(default_factory=set)
    enums: set[str] = field(default_factory=set)
    targets: dict[str, str] = field(default_factory=dict)
    """Library class → crate chosen for it."""
    features: set[str] = field(default_factory=set)
    several_files: bool = False
    """Whether a type may stand in another Rust file than the one that names it."""

    def is_shared(self, type_: t.Type) -> bool:
        """Whether a value of this type is a handle to a shared object."""
        return (
            getattr(type_, "group", 0) in self.shared
            and isinstance(type_, t.List | t.Set | t.Deque | t.Dict | t.Instance | t.Array)
            and not (isinstance(type_, t.Set) and type_.frozen)
        )

    def copies(self, type_: t.Type) -> bool:
        """Whether the Rust type is Copy."""
        match type_:
            case t.Scalar(name):
                return name in ("int", "float", "bool", "None", "num", "complex", "never")
            case t.NumpyScalar(dtype):
                return dtype != "str"
            case t.Tuple(items):
                return all(self.copies(each) for each in items)
            case t.Optional(inner):
                return self.copies(inner)
            case t.Instance(name):
                return name in self.enums
            case t.Object(name):
                declared = catalog().classes.get(name)
                return declared is not None and declared.copy
            case t.Range():
                return True
        return False

    def field_text(self, type_: t.Type) -> str:
        """The type of a field. An iterator in one is shared: whoever asks it goes on where the last one stopped."""
        return f"py::SharedIterator<{self.text(type_.element)}>" if isinstance(type_, t.Iterator) else self.text(type_)

    def text(self, type_: t.Type) -> str:
        """The Rust type as text."""
        if isinstance(type_, t.Array) and self.is_shared(type_):
            self.features.add("np")
            return f"np::Shared{type_.rank}<{DTYPES.get(type_.dtype, 'f64')}>"
        plain = self._text(type_)
        return f"py::Shared<{plain}>" if self.is_shared(type_) and not isinstance(type_, t.Instance) else plain

    def _text(self, type_: t.Type) -> str:
        match type_:
            case t.Scalar(name):
                if name == "bigint":
                    self.features.add("bigint")
                return {
                    "int": "i64",
                    "float": "f64",
                    "bool": "bool",
                    "str": "String",
                    "bytes": "py::Bytes",
                    "None": "()",
                    "num": "py::Num",
                    "value": "py::Value",
                    "bigint": "py::BigInt",
                    "complex": "py::Complex",
                    "never": "i64",
                }[name]
            case t.NumpyScalar(dtype):
                return DTYPES.get(dtype, "f64")
            case t.List(element) | t.Sequence(element):
                return f"Vec<{self.text(element)}>"
            case t.Set(element):
                return f"py::Set<{self.text(element)}>"
            case t.Deque(element):
                return f"py::Deque<{self.text(element)}>"
            case t.Dict(key, value, kind):
                if kind == "Counter":
                    return f"py::Counter<{self.text(key)}>"
                if kind == "defaultdict":
                    return f"py::DefaultDict<{self.text(key)}, {self.text(value)}>"
                if kind == "OrderedDict":
                    return f"py::OrderedDict<{self.text(key)}, {self.text(value)}>"
                return f"py::Dict<{self.text(key)}, {self.text(value)}>"
            case t.Tuple(items):
                inner = ", ".join(self.text(each) for each in items)
                return f"({inner},)" if len(items) == 1 else f"({inner})"
            case t.Optional(inner):
                return f"Option<{self.text(inner)}>"
            case t.Range():
                return "py::Range"
            case t.Iterator(element):
                return f"Box<dyn Iterator<Item = {self.text(element)}>>"
            case t.Callable(parameters, result):
                arguments = ", ".join(
                    f"&{self.text(each)}" if not self.copies(each) else self.text(each) for each in parameters
                )
                returned = "" if result == t.NONE else f" -> {self.text(result)}"
                return f"std::rc::Rc<dyn Fn({arguments}){returned}>"
            case t.Instance(name):
                return item(name, camel(name)) if self.several_files else camel(name)
            case t.Array(dtype, rank):
                self.features.add("np")
                return f"ndarray::Array{rank}<{DTYPES.get(dtype, 'f64')}>"
            case t.Object(name, arguments):
                return self.object_text(name, arguments)
        return "()"

    def object_text(self, name: str, arguments: tuple[t.Type, ...]) -> str:
        """The Rust type of a library class."""
        if name == "builtins.Exception":
            return "py::Exception"
        if name.startswith("class "):
            return "()"
        declared = catalog().classes.get(name)
        if declared is None:
            return "()"
        self.features.update(declared.features)
        path = declared.rust_type
        if isinstance(path, dict):
            chosen = self.targets.get(name)
            path = path.get(chosen or "", next(iter(path.values())))
        for index, each in enumerate(arguments):
            path = path.replace(f"{{{index}}}", self.text(each))
        if "{T}" in path and arguments:
            path = path.replace("{T}", self.text(arguments[0]))
        return path
