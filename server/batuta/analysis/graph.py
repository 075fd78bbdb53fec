"""The type graph: cells that hold what may arrive at a place, and flow between them.

A cell holds *atoms*, one for each kind of value seen: `int`, `str`, `list` … An atom of a container has cells of its own for its
elements. When two containers arrive in one cell they may be the same object from then on, so their element cells become one and their
*groups* become one: after inference a group is the set of places that may share an object. Scalars only accumulate.

Sources: the element cells follow Steensgaard's unification ("Points-to analysis in almost linear time", 1996); scalars accumulate as in
Agesen's constraint-based type inference for Self (1995).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

Key = tuple[Any, ...]


class Piece:
    """A piece of the analysis that is done again only when something that it read has changed since it read it.

    While it is done, each `Place` that is read notes it; a place that changes spoils the pieces that read it, and those that use their results.
    """

    __slots__ = ("stale", "users")

    def __init__(self) -> None:
        self.stale = True
        self.users: list[Piece] = []
        """The pieces that what this one found has gone into."""

    def spoil(self) -> None:
        """Note that something that it read has changed."""
        if not self.stale:
            self.stale = True
            users, self.users = self.users, []
            for each in users:
                each.spoil()


class _Now(threading.local):
    piece: Piece | None = None
    """The piece that this thread is doing."""


_now = _Now()


def begin(piece: Piece) -> Piece | None:
    """Begin to do a piece: what is read belongs to it until `end` is called with what this gives."""
    before, _now.piece = _now.piece, piece
    piece.stale = False
    return before


def end(before: Piece | None) -> None:
    """Go back to the piece that was being done before."""
    _now.piece = before


def piece_now() -> Piece | None:
    """The piece that is being done."""
    return _now.piece


class Place:
    """Something that pieces of the analysis read."""

    __slots__ = ("_others", "_reader")

    def __init__(self) -> None:
        self._reader: Piece | None = None
        """The last piece that read it: nearly always the only one."""
        self._others: set[Piece] | None = None

    def read(self) -> None:
        """Note that the present piece looks at it."""
        piece = _now.piece
        if piece is not None and self._reader is not piece:
            self._add_reader(piece)

    def _add_reader(self, piece: Piece) -> None:
        if self._reader is not None:
            if self._others is None:
                self._others = set()
            self._others.add(self._reader)
        self._reader = piece

    def spoil_readers(self) -> None:
        """Spoil what was made from what it held until now."""
        reader, others = self._reader, self._others
        self._reader = self._others = None
        if reader is not None:
            reader.spoil()
        for each in others or ():
            each.spoil()


class Group:
    """Identity of mutable values, by union-find."""

    __slots__ = ("boxed", "number", "parent")
    _count = 0

    def __init__(self) -> None:
        Group._count += 1
        self.number = Group._count
        self.parent: Group | None = None
        """The group that it was joined with; None of a representative."""
        self.boxed = False
        """Of a representative: whether its objects lie in values, so that every place that holds them holds a value."""

    def join(self, other: Group) -> bool:
        """Make two groups one. Whether they were two."""
        mine, theirs = self.find(), other.find()
        if mine is theirs:
            return False
        theirs.parent = mine
        mine.boxed = mine.boxed or theirs.boxed
        return True

    def find(self) -> Group:
        """The representative."""
        group, parent = self, self.parent
        while parent is not None:
            above = parent.parent
            if above is not None:
                group.parent = above
            group, parent = parent, above
        return group


class Atom:
    """One kind of value: its key, its element cells, its group if it is mutable, and a payload."""

    __slots__ = ("cells", "group", "key", "payload")

    def __init__(self, key: Key, cells: tuple[Cell, ...] = (), group: Group | None = None, payload: Any = None) -> None:
        self.key = key
        self.cells = cells
        self.group = group
        self.payload = payload

    def __repr__(self) -> str:
        return f"{'/'.join(map(str, self.key))}{list(self.cells) if self.cells else ''}"


class Cell(Place):
    """A place that values flow into."""

    __slots__ = ("_atoms", "_parent")

    def __init__(self) -> None:
        self._reader = None
        self._others = None
        self._parent: Cell | None = None
        """The cell that it was made equal with; None of a representative."""
        self._atoms: dict[Key, Atom] = {}

    def find(self) -> Cell:
        """The representative of the cells that this one was made equal with."""
        cell, parent = self, self._parent
        while parent is not None:
            above = parent._parent
            if above is not None:
                cell._parent = above
            cell, parent = parent, above
        return cell

    @property
    def atoms(self) -> dict[Key, Atom]:
        """What has arrived so far."""
        cell = self if self._parent is None else self.find()
        piece = _now.piece
        if piece is not None and cell._reader is not piece:
            cell._add_reader(piece)
        return cell._atoms

    def get(self, *key: Any) -> Atom | None:
        """The atom with this key."""
        return self.atoms.get(key)

    def __bool__(self) -> bool:
        return bool(self.atoms)

    def __repr__(self) -> str:
        return "{" + ", ".join(str(each) for each in list(self.atoms.values())[:6]) + "}"


INT, FLOAT, BOOL, STR, BYTES, NONE, BIGINT, COMPLEX = (
    Atom((name,)) for name in ("int", "float", "bool", "str", "bytes", "None", "bigint", "complex")
)
RANGE = Atom(("range",))
VALUE = Atom(("value",))
"""Something whose type is known at run time only (`analysis/values.py`)."""
NUMERIC = {("int",), ("float",), ("bool",), ("bigint",)}


class Graph:
    """All flow of one inference. `time` counts what was learned."""

    def __init__(
        self,
        common_base: Callable[[str, str], str | None] = lambda _one, _other: None,
        apart: Callable[[Atom, Atom], str | None] = lambda _one, _other: None,
    ) -> None:
        self.time = 0
        self.sources: dict[Cell, set[Cell]] | None = None
        """Where what each cell holds comes from, while somebody wants to know."""
        self.apart = apart
        """The library class that two objects of one class become where their types must not become one, or None."""
        self.common_base = common_base
        """The library class that two library classes can both be used as, or None."""

    def add(self, cell: Cell, atom: Atom) -> None:
        """Let one atom arrive."""
        cell = cell.find()
        mine = cell._atoms.get(atom.key)
        if mine is None and atom.key[0] == "object" and self._join_objects(cell, atom):
            return
        if mine is None:
            cell._atoms[atom.key] = atom
            self._change(cell)
        elif mine is not atom:
            base = self.apart(mine, atom) if atom.key[0] == "object" else None
            if base is None:
                self._merge(mine, atom)
                return
            del cell._atoms[atom.key]
            made = Atom(("object", base), mine.cells[:1], mine.group)
            self._merge(made, atom)
            self._change(cell)
            self.add(cell, made)

    def _change(self, cell: Cell) -> None:
        self.time += 1
        if cell._reader is not None:
            cell.spoil_readers()

    def _join_objects(self, cell: Cell, atom: Atom) -> bool:
        """Objects of several library classes with a common base become objects of that base. Whether the atom went into one."""
        for key, held in list(cell._atoms.items()):
            base = self.common_base(str(key[1]), str(atom.key[1])) if key[0] == "object" else None
            if base is None:
                continue
            if base != key[1]:
                del cell._atoms[key]
                # What they have in common is the labels that they learn: the first part.
                held = cell._atoms[("object", base)] = Atom(("object", base), held.cells[:1] or (Cell(),), held.group)
                self._change(cell)
            self._merge(held, atom)
            return True
        return False

    def flow(self, source: Cell, target: Cell) -> None:
        """Everything that arrived at `source` arrives at `target`."""
        source, target = source.find(), target.find()
        if source is target:
            return
        for atom in list(source.atoms.values()):
            self.add(target, atom)
        if self.sources is not None:
            self.sources.setdefault(target, set()).add(source)

    def comes_from(self, target: Cell, source: Cell) -> None:
        """Note that what is in a cell is some of what is in another."""
        if self.sources is not None:
            self.sources.setdefault(target.find(), set()).add(source.find())

    def unify(self, one: Cell, other: Cell) -> None:
        """Make two cells the same."""
        one, other = one.find(), other.find()
        if one is other:
            return
        other._parent = one
        self.time += 1
        if one._atoms == other._atoms:
            for each in (other._reader, *(other._others or ())):
                if each is not None:
                    one._add_reader(each)
        else:
            other.spoil_readers()
        for atom in list(other._atoms.values()):
            self.add(one, atom)

    def _merge(self, one: Atom, other: Atom) -> None:
        if one.group is not None and other.group is not None:
            self.time += one.group.join(other.group)
        for mine_cell, their_cell in zip(one.cells, other.cells, strict=False):
            if mine_cell.find() is not their_cell.find():
                self.unify(mine_cell, their_cell)


def join_groups(one: Atom, other: Atom) -> None:
    """Note that two values may share memory."""
    if one.group is not None and other.group is not None:
        one.group.join(other.group)
