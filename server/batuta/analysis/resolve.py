"""From cells to types: what a place finally holds, or why that cannot be said."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from batuta.analysis.exact_numbers import NOTHING, exact_beside_ints
from batuta.analysis.graph import Atom, Cell, Piece, begin, end, piece_now
from batuta.analysis.program import ClassInfo, FunctionInstance
from batuta.analysis.values import is_value
from batuta.ir import types as t
from batuta.ir.names import own_name

DEEPEST = 12
"""Types nested deeper than this refer to themselves."""


SMALL_INTS = ("int8", "int16", "uint8", "uint16")
"""The dtypes of NumPy whose numbers wrap soon."""


@dataclass
class Resolver:
    """Turns cells into types. `observed` holds the cells whose int values somebody can tell from floats."""

    observed: set[Cell] = field(default_factory=set)
    assume_observed: bool = False
    observe: Callable[[], set[Cell]] | None = None
    """What finds `observed`, as long as nobody has asked for it."""
    values: bool = False
    """Whether a mixture of numbers, truth values and texts has a type: `Value`."""
    containers: bool = False
    """Whether values hold None, lists, dicts and tuples too."""
    conflicts: dict[Cell, str] = field(default_factory=dict)
    """What arrived at cells that have no type because of it: the first that was seen."""
    cache: dict[Cell, t.Type] = field(default_factory=dict)
    active: set[Cell] = field(default_factory=set)
    """The cells inside of which the resolver is."""

    def resolve(self, cell: Cell, depth: int = 0) -> t.Type:
        """The type of a cell; `Unknown` where nothing arrived or types conflict."""
        cell = cell.find()
        if cell in self.cache:
            return self.cache[cell]
        if depth > DEEPEST:
            return t.Unknown()
        found = self._resolve(cell, depth)
        if depth == 0:
            self.cache[cell] = found
        return found

    def _resolve(self, cell: Cell, depth: int) -> t.Type:
        atoms = dict(cell.atoms)
        if not atoms:
            return t.Unknown()
        if len(atoms) > 1 and ("tuple", 0) in atoms and atoms["tuple", 0].payload == NOTHING:
            if sum(key[0] == "tuple" for key in atoms) == 1:
                atoms.pop(("tuple", 0))
        if self.containers and is_value(atoms):
            return t.VALUE
        optional = atoms.pop(("None",), None) is not None
        if not atoms:
            return t.NONE
        inner = self._members(cell, atoms, depth)
        if inner == t.VALUE and self.containers:
            return inner
        return t.Optional(inner) if optional and not isinstance(inner, t.Unknown) else inner

    def _members(self, cell: Cell, atoms: dict[tuple[object, ...], Atom], depth: int) -> t.Type:
        members: list[t.Type] = []
        if self.values and is_mixed(atoms) and (("str",) in atoms or self._seen(cell)):
            return t.VALUE
        if ("numpy", "str") in atoms and ("str",) in atoms:
            # Texts of an array beside plain ones: shown alike but for the repr in a container.
            atoms.pop(("numpy", "str"))
        exact = exact_beside_ints(atoms)
        if exact is not None:
            return t.Object(str(exact[1]))
        numbers = {key[0] for key in atoms if key[0] in ("int", "float", "bool", "bigint", "complex", "numpy")}
        if numbers:
            members.append(self._number(cell, {key for key in atoms if key[0] in numbers}))
        families = {}
        functions = [atom for key, atom in atoms.items() if key[0] == "func"]
        if functions:
            members.append(self._callable(functions, depth))
        for key, atom in atoms.items():
            if key[0] in numbers or key[0] == "func":
                continue
            if key[0] == "instance":
                root = atom.payload.root
                if root in families:
                    continue
                families[root] = True
            found = self._atom(cell, key, atom, depth)
            if found not in members:
                members.append(found)
        if any(isinstance(each, t.Unknown) for each in members):
            return t.Unknown()
        if len(members) == 1:
            return members[0]
        if all(key[0] == "exception" or (key[0] == "instance" and atom.payload.root.exception) for key, atom in atoms.items()):
            # Exceptions of several families: what has caught any of them holds them all.
            return t.Object("builtins.Exception")
        tuples = [each for each in members if isinstance(each, t.Tuple | t.Sequence)]
        if len(tuples) == len(members):
            elements = {item for each in tuples for item in t.children(each)}
            if len(elements) == 1:
                return t.Sequence(elements.pop())
            if elements == {t.INT, t.NumpyScalar("int64")} or elements == {t.FLOAT, t.NumpyScalar("float64")}:
                parts = [part for key, atom in atoms.items() if key[0] in ("tuple", "seq") for part in atom.cells]
                if self.assume_observed or not any(self._seen(part) for part in parts):
                    # Nobody sees whether an item is NumPy's number or Python's.
                    return t.Sequence(t.INT if t.INT in elements else t.FLOAT)
        if is_mixture_of_arrays(atoms) and (self.assume_observed or not self._seen(cell)):
            # Nobody sees whether its numbers are ints.
            return next(each for each in members if isinstance(each, t.Array) and each.dtype == "float64")
        if cell not in self.conflicts:
            self.conflicts[cell] = " or ".join(sorted(t.show(each) for each in members))
        return t.Unknown()

    def _number(self, cell: Cell, keys: set[tuple[object, ...]]) -> t.Type:
        names = {str(key[0]) for key in keys}
        if len(keys) == 1:
            key = next(iter(keys))
            return t.NumpyScalar(str(key[1])) if key[0] == "numpy" else t.SCALARS[str(key[0])]
        numpy = {str(key[1]) for key in keys if key[0] == "numpy"}
        plain = names - {"numpy"}
        if "complex" in plain or "complex128" in numpy:
            if self._seen(cell) and not self.assume_observed:
                self.conflicts.setdefault(cell, "a complex number and one of another kind, which are shown differently")
                return t.Unknown()
            return t.COMPLEX
        if numpy:
            if len(numpy) > 1 and self._seen(cell) and not self.assume_observed:
                self.conflicts.setdefault(
                    cell, " or ".join(f"np.{each}" for each in sorted(numpy)) + ", which are shown differently"
                )
                return t.Unknown()
            if len(numpy) > 1:
                return t.NumpyScalar("float64") if all(each.startswith(("float", "int")) for each in numpy) else t.Unknown()
            dtype = next(iter(numpy))
            if plain == {"int"} and dtype in SMALL_INTS and (self.assume_observed or not self._seen(cell)):
                # The number is the same, and nobody computes with it what would wrap.
                return t.INT
            if "int" in plain and dtype not in ("bool", "int32", "int64", "float32", "float64"):
                self.conflicts.setdefault(cell, f"a Python int or an np.{dtype}, which wraps")
                return t.Unknown()
            if plain == {"float"} and dtype.startswith("float"):
                return t.FLOAT
            if plain == {"int"} and dtype.startswith("int"):
                return t.INT
            if plain == {"bool"} and dtype == "bool":
                return t.BOOL
            if plain <= {"int", "float"}:
                return (
                    t.NUM
                    if self._seen(cell) and not dtype.startswith("float")
                    else (t.NUM if self._seen(cell) and "int" in plain else t.FLOAT)
                )
            return t.Unknown()
        if plain == {"int", "float"}:
            return t.NUM if self._seen(cell) else t.FLOAT
        if plain == {"int", "bigint"}:
            return t.BIGINT
        if plain == {"int", "bool"} and not self._seen(cell):
            return t.INT
        if plain == {"float", "bool"} and not self._seen(cell):
            return t.FLOAT
        self.conflicts.setdefault(cell, " or ".join(sorted(plain)))
        return t.Unknown()

    def _seen(self, cell: Cell) -> bool:
        if self.assume_observed:
            return True
        self.find_observed()
        return cell.find() in self.observed

    def find_observed(self) -> None:
        """Find the cells whose int values somebody can tell from floats, unless they are known."""
        if self.observe is not None:
            self.observed, self.observe = self.observe(), None

    def _element(self, cell: Cell, depth: int) -> t.Type:
        kinds = {key[0] for key in cell.atoms}
        numbers = "numpy" in kinds and kinds & {"int", "float", "bool"} and "value" not in kinds
        if numbers and self._seen(cell) and not self.assume_observed:
            # `[np.int64(1), 2]`: the repr of each item depends on where it came from.
            self.conflicts.setdefault(
                cell.find(), "a NumPy scalar or a Python number, which are shown differently in a container"
            )
            return t.Unknown()
        found = self._inside(cell, depth)
        return t.NEVER if isinstance(found, t.Unknown) and not cell.atoms else found

    def _inside(self, cell: Cell, depth: int) -> t.Type:
        """The type of what lies in a container or goes through a function; one that holds itself has none."""
        held = cell.find()
        if held in self.active:
            return t.Unknown()
        self.active.add(held)
        found = self.resolve(cell, depth + 1)
        self.active.discard(held)
        return found

    def _atom(self, cell: Cell, key: tuple[object, ...], atom: Atom, depth: int) -> t.Type:
        group = atom.group.find().number if atom.group is not None else 0
        inner = [self._element(each, depth) for each in atom.cells] if key[0] not in ("instance", "class", "module") else []
        if any(isinstance(each, t.Unknown) for each in inner):
            return t.Unknown()
        if key[0] in ("set", "frozenset", "dict") and isinstance(inner[0], t.Instance) and (cls := _unhashable(atom.cells[0])):
            self.conflicts.setdefault(cell, f"a {key[0]} of `{own_name(cls.name)}`, which has `__eq__` and no `__hash__`")
            return t.Unknown()
        match key[0]:
            case "str" | "bytes" | "value":
                return t.SCALARS[str(key[0])]
            case "list":
                return t.List(inner[0], group)
            case "set":
                return t.Set(inner[0], False, group)
            case "frozenset":
                return t.Set(inner[0], True)
            case "deque":
                return t.Deque(inner[0], group)
            case "dict":
                return t.Dict(inner[0], inner[1], str(key[1]), group)
            case "tuple":
                return t.Tuple(tuple(inner))
            case "seq":
                return t.Sequence(inner[0])
            case "range":
                return t.Range()
            case "iterator":
                return t.Iterator(inner[0])
            case "array":
                return t.Array(str(key[1]), int(str(key[2])), group)
            case "object":
                return t.Object(str(key[1]), tuple(inner), group)
            case "instance":
                return t.Instance(atom.payload.root.name, atom.payload.root.group.find().number)
            case "exception":
                return t.Object("builtins.Exception")
            case "class":
                return t.Object(f"class {key[1].name}")  # type: ignore[attr-defined]
        return t.Unknown()

    def _callable(self, atoms: list[Atom], depth: int) -> t.Type:
        instances: list[FunctionInstance] = [each for atom in atoms for each in atom.payload.instances()]
        if not instances:
            return t.Unknown()
        parameters: list[t.Type] = []
        first = instances[0]
        for cell in first_parameters(first):
            parameters.append(self._inside(cell, depth))
        # A function that hands itself on has no finite type: without an end here each level would ask for all functions again.
        result = self._inside(first.result, depth)
        if isinstance(result, t.Unknown):
            result = t.NONE
        if any(isinstance(each, t.Unknown) for each in parameters):
            return t.Unknown()
        return t.Callable(tuple(parameters), result)


@dataclass
class LiveResolver(Resolver):
    """A resolver while cells still change: what it found of a cell is found anew when something that it was made from has changed."""

    found: dict[Cell, tuple[Piece, t.Type]] = field(default_factory=dict)

    def resolve(self, cell: Cell, depth: int = 0) -> t.Type:
        """The type of a cell as far as it is known now."""
        if depth:
            return super().resolve(cell, depth)
        cell = cell.find()
        piece, found = self.found.get(cell) or (Piece(), t.Unknown())
        if piece.stale:
            before = begin(piece)
            try:
                found = self._resolve(cell, 0)
            finally:
                end(before)
            self.found[cell] = piece, found
        user = piece_now()
        if user is not None and (not piece.users or piece.users[-1] is not user):
            piece.users.append(user)
        return found


def is_mixed(keys: Iterable[tuple[object, ...]]) -> bool:
    """Whether these atoms are numbers, truth values and texts that no other type holds together."""
    kinds = {key[0] for key in keys if key != ("None",)}
    return len(kinds) > 1 and kinds <= {"int", "float", "bool", "str"} and kinds != {"int", "float"}


def _unhashable(cell: Cell) -> ClassInfo | None:
    """The class of one of these objects that Python refuses to hash: it says when they are equal, and not what their hash is."""
    for key, atom in cell.atoms.items():
        if key[0] != "instance" or atom.payload.enum or atom.payload.named_tuple:
            continue
        for cls in atom.payload.ancestors():
            if "__hash__" in cls.methods or "__hash__" in cls.attributes or (cls.dataclass and (cls.frozen or cls.hashed)):
                break
            if "__eq__" in cls.methods or (cls.dataclass and cls.compared):
                found: ClassInfo = atom.payload
                return found
    return None


def is_mixture_of_arrays(keys: Iterable[tuple[object, ...]]) -> bool:
    """Whether these atoms are arrays of ints and of floats with as many axes."""
    found = {key for key in keys if key != ("None",)}
    return (
        len(found) == 2
        and {key[:2] for key in found} == {("array", "int64"), ("array", "float64")}
        and len({key[2] for key in found}) == 1
    )


def takes_rest(instance: FunctionInstance) -> bool:
    """Whether a function takes any number of arguments by place: its last parameter takes those that are left."""
    return instance.function is not None and instance.function.parameters.vararg is not None


def first_parameters(instance: FunctionInstance) -> list[Cell]:
    """The parameter cells of a function instance in order, without a bound receiver."""
    from batuta.analysis.bindings import parameters

    assert instance.function is not None
    found = []
    names = parameters(instance.function.parameters)
    if instance.function.kind in ("method", "property", "class method"):
        names = names[1:]
    if instance.function.kind == "lambda" and instance.function.parameters.defaults:
        # `lambda x, n=n: …`: the default holds a value of the surroundings; nobody passes it.
        names = names[: -len(instance.function.parameters.defaults)]
    for each in names:
        version = next((v for v in instance.scope.versions if v.name == each.arg and v.parameter), None)
        if version is not None:
            found.append(instance.version_cell(version))
    return found
