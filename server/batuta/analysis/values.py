"""Values: places that hold things of several types, lists and dicts among them, told apart at run time.

Where such a place exists, everything that may arrive at it is a `Value` wherever else it goes: a list that lies in one is the same object for
all who hold it, so its *group* is boxed, and each place that holds a list of that group holds a value. Tuples cannot change: they are made
values where they go in. An inference at its fixed point has the atom `value` in every cell whose Rust type is `Value`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from batuta.analysis.exact_numbers import NOTHING, exact_beside_ints, without_ints
from batuta.analysis.graph import VALUE, Atom, Cell, Key
from batuta.analysis.program import ClassInfo
from batuta.ir import types as t

if TYPE_CHECKING:
    from batuta.analysis.infer import Inference

FAMILIES = {
    "int": "number",
    "float": "number",
    "bool": "number",
    "bigint": "number",
    "numpy": "number",
    "str": "str",
    "list": "list",
    "dict": "dict",
    "tuple": "tuple",
    "seq": "tuple",
    "set": "set",
    "func": "function",
    "class": "function",
    "exception": "exception",
}
"""What a value can be, by the kind of its atom. Large integers and NumPy's numbers are here because earlier rounds of the inference may have
left them behind; where one really comes, it is refused."""
_ALONE = frozenset({"int", "float", "bool", "bigint", "numpy", "str", "None", "bytes", "complex", "array", "object", "range"})
"""Kinds of atoms that need no value where nothing else is."""
CONTAINERS = ("list", "dict", "set")
"""Kinds of objects that can change."""


def representable(key: Key) -> bool:
    """Whether a value can hold what has this key."""
    if key[0] == "dict":
        return key == ("dict", "dict")
    if key[0] == "instance":
        return lies_in_values(key[1])
    if key[0] == "object":
        return key[1] in t.HELD_OBJECTS
    return key[0] in FAMILIES or key in (("value",), ("None",))


def lies_in_values(cls: ClassInfo) -> bool:
    """Whether a value can hold objects of a class. A member of an IntEnum or StrEnum is a number or a text too."""
    root = cls.root
    return not (root.record or root.mixin or root.role)


def family_of(key: Key) -> object:
    """What distinguishes the kinds of things that have no common type but that of values."""
    if key[0] == "object":
        return key[1]
    return key[1].root if key[0] == "instance" else FAMILIES[key[0]]


def is_value(keys: Iterable[Key]) -> bool:
    """Whether a place with these atoms holds a `Value`. What a value cannot hold is refused where it is put in: atoms that earlier rounds
    of the inference left behind mean nothing."""
    return ("value",) in keys


class Values:
    """The part of the inference that finds which places hold values."""

    def can_join(self: Inference, roots: set[ClassInfo]) -> bool:
        """Whether classes that meet can get a common base (`analysis/families.py`)."""
        return all(
            not (root.enum or root.named_tuple or root.exception or root.ordered)
            and not root.node.keywords
            and all(not each.named_tuple for each in root.descendants())
            for root in roots
        )

    def dynamic(self: Inference, cell: Cell) -> bool:
        """Whether what a cell holds is known at run time only."""
        return cell.get("value") is not None

    def atoms_of(self: Inference, cell: Cell) -> list[Atom]:
        """What an operation on a cell looks at: of a value, only that it is one."""
        return [VALUE] if self.dynamic(cell) else without_ints(list(cell.atoms.values()))

    def hold_values(self: Inference, one: Cell, other: Cell) -> bool:
        """Whether values lie in one of two containers that are compared, and something else in the other."""
        if not self.program.containers:
            return False
        found = [self.resolver.resolve(each) for each in (one, other)]
        return found[0] != found[1] and any(t.VALUE in t.parts(each) for each in found)

    def box(self: Inference, cell: Cell, seen: set[Cell] | None = None) -> None:
        """Note that what a cell holds becomes part of a value."""
        seen = set() if seen is None else seen
        if cell.find() in seen:
            return
        seen.add(cell.find())
        for atom in list(cell.atoms.values()):
            if atom.key[0] in CONTAINERS and representable(atom.key):
                group = atom.group.find() if atom.group is not None else None
                if group is not None and not group.boxed:
                    group.boxed = True
                    self.graph.time += 1
                for inner in atom.cells:
                    self.graph.add(inner, VALUE)
            elif atom.key[0] in ("tuple", "seq"):
                for inner in atom.cells:
                    self.box(inner, seen)
            elif atom.key[0] in ("func", "class"):
                self.box_function(atom)

    def box_values(self: Inference) -> None:
        """Find the places that must hold values, until there are no more."""
        moving = True
        while moving:
            moving = False
            for cell in {each if each._parent is None else each.find() for each in self.every_cell()}:
                held = cell._atoms
                if not held or (len(held) == 1 and next(iter(held))[0] in _ALONE) or not self._must_be_value(cell):
                    continue
                before = self.graph.time
                self.graph.add(cell, VALUE)
                self.box(cell)
                moving = moving or self.graph.time != before

    def every_cell(self: Inference) -> Iterator[Cell]:
        """The cells of places; those inside containers are in their atoms."""
        for instance in [self.module, *self.program.instances]:
            yield from instance.cells.values()
            yield from instance.versions.values()
            yield instance.result
            yield instance.yielded
        for cls in self.program.classes.values():
            yield from cls.fields.values()
        for atom in self.sites.values():
            yield from atom.cells
        for made in list(self.made.values()):
            if isinstance(made, Cell):
                yield made

    def _must_be_value(self: Inference, cell: Cell) -> bool:
        atoms = cell.atoms
        nothing = atoms.get(("tuple", 0))
        if nothing is not None and nothing.payload == NOTHING:
            atoms = {key: atom for key, atom in atoms.items() if atom is not nothing}
        if len(atoms) < 2:
            return bool(atoms) and _needs_value_alone(cell, *next(iter(atoms.items())))
        if ("value",) in atoms:
            return True
        if not all(map(representable, atoms)):
            return False
        if ("exception",) in atoms and any(key[0] == "instance" and key[1].root.exception for key in atoms):
            # What has caught any exception holds those of the program, too, in another form than a value holds them.
            return False
        if any(atom.group is not None and atom.group.find().boxed for atom in atoms.values()):
            return True
        families = {family_of(key) for key in atoms if key != ("None",)}
        if len(families) == 2 and exact_beside_ints(atoms) is not None:
            # They are exact numbers, all of them.
            return False
        if len(families) > 1:
            # Classes that meet alone get a common base instead, where they can.
            return not all(key[0] == "instance" for key in atoms if key != ("None",)) or not self.can_join(
                {key[1].root for key in atoms if key[0] == "instance"}
            )
        if families == {"tuple"} and len([key for key in atoms if key != ("None",)]) > 1:
            return len({str(self.shape(part)) for atom in atoms.values() for part in atom.cells}) > 1
        if families == {"function"}:
            functions = [atom for key, atom in atoms.items() if key != ("None",)]
            return len(functions) > 1 and not self.same_form(functions)
        if any(isinstance(each, ClassInfo) for each in families):
            return False
        return families <= {"list", "dict", "set", "tuple"} and bool(families) and _holds_itself(cell)


def _needs_value_alone(cell: Cell, key: Key, atom: Atom) -> bool:
    """Whether a cell that holds one kind of thing must hold values: nearly all cells do."""
    kind = key[0]
    if kind in _ALONE:
        return False
    if kind == "value":
        return True
    if atom.group is not None and atom.group.find().boxed:
        return representable(key)
    return kind in ("list", "dict", "set", "tuple", "seq") and representable(key) and _holds_itself(cell)


def _holds_itself(cell: Cell) -> bool:
    """Whether a cell's containers lead back to it."""
    start = cell.find()
    todo = [start]
    seen: set[Cell] = set()
    while todo:
        for atom in todo.pop().atoms.values():
            if not atom.cells or not representable(atom.key):
                continue
            for inner in atom.cells:
                held = inner.find()
                if held is start:
                    return True
                if held not in seen:
                    seen.add(held)
                    todo.append(held)
    return False
