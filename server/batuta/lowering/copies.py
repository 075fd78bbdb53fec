"""What `copy.copy` and `copy.deepcopy` need of the classes whose objects they copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from batuta.catalog.copy_module import is_immutable
from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.lowering.rust_types import snake

if TYPE_CHECKING:
    from batuta.lowering.lower import Lowering


class CopyLowering:
    """The part of the lowering that prints how objects are copied."""

    def share_copied(self: Lowering, cls: n.Class) -> None:
        """An object and its shallow copy hold the same containers and objects."""
        if cls.copied:
            for type_ in [t.Instance(cls.name, cls.group), *cls.fields.values()]:
                self._share_with_copies(type_)

    def _share_with_copies(self: Lowering, type_: t.Type) -> None:
        if isinstance(type_, t.Optional | t.Tuple):
            for each in t.children(type_):
                self._share_with_copies(each)
        elif isinstance(type_, t.Array):
            self.share_arrays_in(type_, 0)
        elif getattr(type_, "group", 0):
            self.choices.share(getattr(type_, "group", 0), "held by an object and its copy")

    def copy_traits(self: Lowering, cls: n.Class, name: str, handle: bool) -> None:
        """The copies of objects of a class, shallow and deep."""
        if cls.copied:
            copy = "Self(py::handle(self.0.borrow().clone()))" if handle else "self.clone()"
            self._copy_trait("ShallowCopy", "shallow_copy", name, [copy])
        if not cls.deeply_copied:
            return
        inner = [] if cls.enum is not None else [snake(each) for each, type_ in cls.fields.items() if _is_copied(type_)]
        if not inner or not handle:
            if not inner and not handle:
                body = ["*self" if cls.enum is not None else "self.clone()"]
            elif handle:
                body = [f"py::copied_object({_ADDRESS}, || {_START}, |_| ())"]
            else:
                body = [
                    "let mut copy = self.clone();",
                    *[f"copy.{each} = py::DeepCopy::deep_copy(&self.{each});" for each in inner],
                    "copy",
                ]
            self._copy_trait("DeepCopy", "deep_copy", name, body)
            return
        body = ["py::copied_object(", f"    {_ADDRESS},", f"    || {_START},", "    |copy| {"]
        for each in inner:
            body.append(f"        let value = self.0.borrow().{each}.clone();")
            body.append("        let value = py::DeepCopy::deep_copy(&value);")
            body.append(f"        copy.0.borrow_mut().{each} = value;")
        self._copy_trait("DeepCopy", "deep_copy", name, [*body, "    },", ")"])

    def _copy_trait(self: Lowering, trait: str, method: str, name: str, body: list[str]) -> None:
        self.emit("")
        self.emit(f"impl py::{trait} for {name} {{")
        self.emit(f"    fn {method}(&self) -> Self {{")
        for each in body:
            self.emit(f"        {each}")
        self.emit("    }")
        self.emit("}")


_ADDRESS = "std::rc::Rc::as_ptr(&self.0).cast::<()>() as i64"
_START = "Self(py::handle(self.0.borrow().clone()))"


def _is_copied(type_: t.Type) -> bool:
    """Whether the copy of a field is another object than the field."""
    inner = type_.inner if isinstance(type_, t.Optional) else type_
    return not (isinstance(inner, t.Callable) or is_immutable(inner))
