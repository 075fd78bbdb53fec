"""Where somebody can tell an int from a float.

A variable that holds an int on one path and a float on another is an `f64` in Rust if nobody can see the difference: it is only computed
with, compared, or printed with a fixed number of decimals. Where its text is shown as it is (`print(total)`), `0` and `0.0` differ, and it
becomes a `Num`. This walks uses backwards from where they are shown.

The same holds for an array of ints on one path and of floats on another. It is one of floats where nobody can tell: what is made from it is not
shown either, nor written to (an array of ints cuts what is stored in it), and nobody changes the ints, of which the floats are a copy.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from batuta.analysis.graph import Atom, Cell, Group
from batuta.analysis.object_functions import declared_fields
from batuta.analysis.program import FunctionInstance, Use
from batuta.analysis.resolve import SMALL_INTS, is_mixture_of_arrays
from batuta.ir import types as t
from batuta.python.walk import children

if TYPE_CHECKING:
    from batuta.analysis.infer import Inference

FLOAT_SPECS = "eEfFgGn%"
TEXT = "as text"
"""How a value is seen whose text is shown, but not its representation: Python's float and NumPy's float64 read the same then."""
_SHOWING = ("builtins.print", "builtins.str", "builtins.format")
_EXTENT = ("shape", "size", "ndim")
"""What an array tells whatever its numbers are."""
_FLOATS = frozenset(
    [
        "mean",
        "std",
        "var",
        "median",
        "average",
        "quantile",
        "percentile",
        "cov",
        "corrcoef",
        "nanmean",
        "nanstd",
        "nanvar",
        "nanmedian",
        "argmax",
        "argmin",
        "argsort",
        "nonzero",
        "flatnonzero",
        "count_nonzero",
        "any",
        "all",
        "isclose",
        "allclose",
        "array_equal",
        "equal",
        "not_equal",
        "less",
        "less_equal",
        "greater",
        "greater_equal",
        "searchsorted",
        "digitize",
        "shape",
        "size",
        "ndim",
    ]
)
"""Functions and methods of NumPy that give the same for ints as for the floats that are equal to them."""
_OF_ARRAYS = ("ndarray.", "numpy.")
OPERATOR_TAGS = ("", "property", "getitem")
"""Under which an expression that is no call keeps the method that it stands for."""


def observed_cells(inference: Inference) -> set[Cell]:
    """Representatives of the cells whose int values are seen."""
    return _Observer(inference).run() if _any_mixed(inference) else set()


def _any_mixed(inference: Inference) -> bool:
    """Whether numbers of several types meet anywhere."""
    todo = {each.find() for each in inference.every_cell()}
    seen = set(todo)
    while todo:
        cell = todo.pop()
        if _mixed(cell) or is_mixture_of_arrays(cell.atoms):
            return True
        for atom in cell.atoms.values():
            for each in atom.cells:
                inner = each.find()
                if inner not in seen:
                    seen.add(inner)
                    todo.add(inner)
    return False


def _mixed(cell: Cell) -> bool:
    return len({key[:2] for key in cell.atoms if key[0] in ("int", "float", "bool", "numpy", "bigint", "complex")}) > 1


def _floats(cell: Cell) -> bool:
    """Whether floats arrive at a cell that Python may have as ints: they were made from an array."""
    return any(key == ("float",) or (key[0] in ("numpy", "array") and str(key[1]).startswith("float")) for key in cell.atoms)


def _wraps(cell: Cell) -> bool:
    """Whether a number may be one of Python's, or one of NumPy's that wraps where Python's do not."""
    return ("int",) in cell.atoms and any(key[0] == "numpy" and key[1] in SMALL_INTS for key in cell.atoms)


def _same_text(cell: Cell) -> bool:
    """Whether all numbers in a cell are shown alike outside of containers."""
    numpy = {key[1] for key in cell.atoms if key[0] == "numpy"}
    plain = {key[0] for key in cell.atoms if key[0] in ("int", "float", "bool", "bigint", "complex")}
    return (numpy, plain) == ({"float64"}, {"float"}) or (
        plain == {"int"} and len(numpy) == 1 and numpy <= {"int64", *SMALL_INTS}
    )


Seen = bool | str
"""Whether a value is seen: not at all, as text, or in every way."""


class _Observer:
    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.observed: set[Cell] = set()
        self.sources = inference.sources()
        self.reached: list[tuple[Cell, Seen]] = []
        """Cells whose values go on, as they are, to cells that are observed."""
        self.items = {
            cell.find()
            for instance in [inference.module, *inference.program.instances]
            for key, cell in instance.cells.items()
            if isinstance(key, tuple) and key[1] == "item" and _mixed(cell)
        }
        """What is iterated, at the place where it is: it has the type of what is seen of it elsewhere."""
        self.changed = True
        self.instance: FunctionInstance = inference.module
        self.mixtures = self._mixtures()
        """The cells with arrays of ints and of floats. Where there are any, all that is seen counts: what is made from them may be floats
        here where Python has ints."""
        self.written: set[Group] = set()
        """The groups of arrays that are written to."""

    def run(self) -> set[Cell]:
        """To a fixed point."""
        while self.changed:
            self.changed = False
            self._all()
            while self.reached:
                cell, how = self.reached.pop()
                self.mark(cell, how=how)
            for item in self.items - self.observed:
                if any(each in self.observed for each in self.sources.get(item, ())):
                    self.mark(item)
            for cell in self.mixtures:
                groups = {atom.group.find() for atom in cell.atoms.values() if atom.group is not None}
                if cell not in self.observed and groups & {each.find() for each in self.written}:
                    self.observed.add(cell)
                    self.changed = True
        return {each.find() for each in self.observed}

    def _mixtures(self) -> set[Cell]:
        found = {each.find() for each in self.inference.every_cell()}
        return {
            cell
            for cell in found | {one.find() for each in found for atom in each.atoms.values() for one in atom.cells}
            if is_mixture_of_arrays(cell.atoms)
        }

    def _is_array(self, node: ast.expr) -> bool:
        """Whether an expression is an array, in a program where that matters."""
        return bool(self.mixtures) and any(key[0] == "array" for key in self.cell(node).atoms)

    def _write(self, node: ast.expr) -> None:
        """An array is written to: an array of ints would not take the same."""
        self.written |= {atom.group for atom in self.cell(node).atoms.values() if atom.group is not None}
        self.visit(node, True)

    def _all(self) -> None:
        inference = self.inference
        for _, boxed in inference.boxed_functions().values():
            # What a function among values gives is a value, which shows what it is.
            self.mark(boxed.result)
        self.instance = inference.module
        for statement in inference.program.source.tree.body:
            self.statement(statement)
        for instance in inference.program.instances:
            if instance.function is None:
                continue
            self.instance = instance
            for each in instance.function.body:
                self.statement(each)

    def cell(self, node: ast.AST, tag: str = "") -> Cell:
        """The cell of a node in the current instance."""
        return self.instance.cells.get((node, tag) if tag else node, Cell())

    def mark(self, cell: Cell, depth: int = 0, how: Seen = True) -> None:
        """Somebody sees the text of what is in this cell, and the representation of what is inside it."""
        cell = cell.find()
        if depth > 6:
            return
        if (
            (_mixed(cell) or (self.mixtures and _floats(cell)))
            and cell not in self.observed
            and not (how == TEXT and _same_text(cell))
        ):
            self.observed.add(cell)
            self.changed = True
            self.reached += [(each, how) for each in self.sources.get(cell, ())]
        for atom in cell.atoms.values():
            if atom.key[0] == "instance":
                cls = atom.payload
                if cls.dataclass or cls.named_tuple:
                    for name, _, _ in declared_fields(cls):
                        field = cls.field(name)
                        if field.find() not in self.observed and _mixed(field):
                            self.mark(field, depth + 1)
                continue
            for inner in atom.cells:
                self.mark(inner, depth + 1)

    def seen(self, cell: Cell) -> bool:
        """Whether a cell is observed already."""
        return cell.find() in self.observed or cell.get("value") is not None

    def seen_inside(self, cell: Cell, depth: int = 0) -> bool:
        """Whether a cell, or one inside its containers, is observed."""
        if self.seen(cell):
            return True
        return depth < 4 and any(self.seen_inside(each, depth + 1) for atom in cell.atoms.values() for each in atom.cells)

    def _alike(self, cell: Cell, depth: int = 0) -> bool:
        """Whether the numbers in a cell differ only in being NumPy's or Python's own: what computes with them cannot tell."""
        kinds = {"float" if str(key[1]).startswith("float") else "int" for key in cell.atoms if key[0] == "numpy"}
        plain = {str(key[0]) for key in cell.atoms if key[0] in ("int", "float", "bool", "bigint", "complex")}
        if kinds and plain and kinds != plain:
            return False
        if len(plain) > 1:
            return False
        return depth > 4 or all(self._alike(each, depth + 1) for atom in cell.atoms.values() for each in atom.cells)

    @staticmethod
    def _becomes_floats(cell: Cell) -> bool:
        """Whether NumPy's floats are in a list beside Python's ints: an array of it has floats alone."""
        inside = [part for atom in cell.atoms.values() if atom.key[0] == "list" for part in atom.cells]
        return bool(inside) and all(
            ("numpy", "float64") in part.atoms and set(part.atoms) <= {("numpy", "float64"), ("int",), ("float",)}
            for part in inside
        )

    # -- statements

    def statement(self, node: ast.stmt) -> None:
        """Walk one statement."""
        if node in self.instance.dead:
            return
        match node:
            case ast.FunctionDef() | ast.ClassDef():
                return
            case ast.Assign(targets=targets, value=value):
                self.visit(value, any(self.target_seen(each) for each in targets))
                for each in targets:
                    self.target(each)
            case ast.AnnAssign(target=target, value=value):
                if value is not None:
                    self.visit(value, self.target_seen(target))
                    self.target(target)
            case ast.AugAssign():
                operation = self.inference.made.get(("operation", node))
                if operation is not None:
                    self.visit(operation, self.target_seen(node.target))
                else:
                    self.visit(node.value, True)
                self.target(node.target)
                if self._is_array(node.target):
                    self._write(node.target)
            case ast.Return(value=value):
                if value is not None:
                    self.visit(value, self.seen(self.instance.result))
            case ast.For():
                self.visit(node.iter, self._is_array(node.iter) and self.target_seen(node.target))
                self._target_from(node.target, self.cell(node.iter, "item"))
                if isinstance(node.target, ast.Name) and self.seen(self.cell(node.target)):
                    # What the loop shows came out of the container: its elements are seen there too.
                    for atom in list(self.cell(node.iter).atoms.values()):
                        if atom.key[0] in ("list", "seq", "set", "frozenset", "deque", "tuple", "iterator"):
                            for part in atom.cells:
                                self.mark(part)
                for inner in [*node.body, *node.orelse]:
                    self.statement(inner)
            case _:
                for child in children(node):
                    if isinstance(child, ast.expr):
                        self.visit(child, isinstance(node, ast.Raise | ast.Assert))
                    elif isinstance(child, ast.stmt):
                        self.statement(child)
                    elif isinstance(child, ast.ExceptHandler):
                        for inner in child.body:
                            self.statement(inner)
                    elif isinstance(child, ast.withitem):
                        self.visit(child.context_expr, False)

    def _target_from(self, target: ast.expr, item: Cell) -> None:
        """Items are observed when the variable that they go to is."""
        if isinstance(target, ast.Name) and self.seen(self.cell(target)):
            self.mark(item)
        if isinstance(target, ast.Tuple):
            for index, each in enumerate(target.elts):
                for atom in item.atoms.values():
                    if atom.key[0] == "tuple" and index < len(atom.cells):
                        self._target_from(each, atom.cells[index])

    def target(self, node: ast.expr) -> None:
        """Walk the expressions inside a target."""
        if isinstance(node, ast.Subscript):
            if self._is_array(node.value):
                self._write(node.value)
            else:
                self.visit(node.value, False)
            self.visit(node.slice, not self._alike(self.cell(node.slice)))
        elif isinstance(node, ast.Tuple | ast.List):
            for each in node.elts:
                self.target(each)

    def target_seen(self, node: ast.expr) -> bool:
        """Whether what is stored at a target is observed."""
        match node:
            case ast.Name():
                return self.seen(self.cell(node))
            case ast.Attribute(value=value, attr=name):
                setter = self.instance.uses.get((node, "setter"))
                if setter is not None:
                    return any(
                        version.parameter and self.seen(method.version_cell(version))
                        for _, method in setter.targets
                        for version in method.scope.versions
                    )
                return any(
                    atom.key[0] == "instance" and self.seen(atom.payload.field(name))
                    for atom in self.cell(value).atoms.values()
                )
            case ast.Subscript(value=value):
                return any(self.seen(each) for atom in self.cell(value).atoms.values() for each in atom.cells)
            case ast.Tuple(elts=elements) | ast.List(elts=elements):
                return any(self.target_seen(each) for each in elements)
        return True

    # -- expressions

    def visit(self, node: ast.expr | None, observed: Seen) -> None:
        """Walk an expression whose value is observed or not."""
        if node is None:
            return
        cell = self.cell(node)
        if observed:
            self.mark(cell, how=observed)
            for tag in OPERATOR_TAGS:
                # An operator that is a method of the program: what it returns is seen.
                special = self.instance.uses.get((node, tag))
                for _, method in special.targets if special is not None and special.kind == "method" else []:
                    self.mark(method.result, how=observed)
        match node:
            case ast.Name():
                if observed:
                    version = self.inference.bindings.versions.get(node) or self.inference.bindings.version_of(
                        node, node.id, self.instance.scope
                    )
                    if version is not None:
                        self.mark(self.instance.version_cell(version), how=observed)
            case ast.Attribute(value=value, attr=name):
                if observed:
                    self.mark(self.cell(node, "attribute"), how=observed)
                    for atom in self.cell(value).atoms.values():
                        if atom.key[0] == "instance":
                            self.mark(atom.payload.field(name), how=observed)
                self.visit(value, self._is_array(value) and (observed if name in ("T", "flat") else name not in _EXTENT))
            case ast.Subscript(value=value, slice=index):
                if observed:
                    for atom in self.cell(value).atoms.values():
                        for each in atom.cells:
                            self.mark(each, how=True if isinstance(index, ast.Slice) else observed)
                self.visit(value, observed if self._is_array(value) else False)
                if not isinstance(index, ast.Slice):
                    self.visit(index, not self._alike(self.cell(index)))
            case ast.BinOp():
                made = self.inference.made.get(("percent", node))
                if made is not None:
                    self.visit(made, observed)
                    return
                division = isinstance(node.op, ast.Div)
                keys = [set(self.cell(each).atoms) for each in (node.left, node.right)]
                # Beside a float, or a NumPy float, an int, a float and a NumPy float give the same.
                if self.mixtures:
                    # An array has the kind of its numbers.
                    keys = [{("numpy", key[1]) if key[0] == "array" else key for key in each} for each in keys]
                floats = ("float",), ("complex",), ("numpy", "float64")
                pure = any(
                    len(each) == 1 and (each <= set(floats) or next(iter(each))[:2] == ("array", "float64")) for each in keys
                )
                if self.mixtures and not isinstance(node.op, ast.Add | ast.Sub | ast.Mult | ast.MatMult | ast.Pow | ast.Div):
                    keys = [{("bits",)}]
                numeric = all(key[0] in ("int", "float", "bool", "bigint", "complex", "numpy") for each in keys for key in each)
                inner: Seen = (observed if not division and not pure else False) if numeric else True
                if any(key[0] == "array" for each in keys for key in each) and (division or pure):
                    inner = False
                if not division and not pure and any(_wraps(self.cell(each)) for each in (node.left, node.right)):
                    inner = True
                if all(key[0] == "list" for each in keys for key in each) and isinstance(node.op, ast.Add):
                    # Lists are joined: what is seen of the whole is seen of its parts.
                    inner = observed or any(self.seen_inside(part) for atom in cell.atoms.values() for part in atom.cells)
                self.visit(node.left, inner)
                self.visit(node.right, inner)
            case ast.UnaryOp(op=op, operand=operand):
                self.visit(operand, False if isinstance(op, ast.Not) else observed)
            case ast.Compare():
                for operand in [node.left, *node.comparators]:
                    self.visit(operand, any(isinstance(op, ast.In | ast.NotIn) for op in node.ops))
            case ast.BoolOp(values=values):
                for operand in values:
                    self.visit(operand, observed)
            case ast.IfExp():
                self.visit(node.test, False)
                self.visit(node.body, observed)
                self.visit(node.orelse, observed)
            case ast.JoinedStr(values=values):
                for piece in values:
                    if isinstance(piece, ast.FormattedValue):
                        self._formatted(piece)
            case ast.Call():
                self._call(node, observed)
            case ast.Lambda():
                pass
            case ast.Tuple(elts=elements) | ast.List(elts=elements) | ast.Set(elts=elements):
                for place, element in enumerate(elements):
                    inner = any(
                        self.seen(part)
                        for atom in cell.atoms.values()
                        for part in ([atom.cells[place]] if atom.key[0] == "tuple" and place < len(atom.cells) else atom.cells)
                    )
                    self.visit(element.value if isinstance(element, ast.Starred) else element, inner or bool(observed))
            case ast.Dict():
                parts = [atom.cells for atom in cell.atoms.values() if len(atom.cells) == 2]
                for key, value in zip(node.keys, node.values, strict=True):
                    self.visit(key, True)
                    self.visit(value, any(self.seen(each[1]) for each in parts))
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                self._comprehension(node, cell)
            case ast.NamedExpr(target=target, value=value):
                self.visit(value, observed or self.target_seen(target))
            case ast.Yield(value=value):
                self.visit(value, self.seen(self.instance.yielded))
            case _:
                for child in children(node):
                    if isinstance(child, ast.expr):
                        self.visit(child, True)

    def _comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, cell: Cell) -> None:
        for generator in node.generators:
            self.visit(generator.iter, False)
            for condition in generator.ifs:
                self.visit(condition, False)
        parts = [each for atom in cell.atoms.values() for each in atom.cells]
        inner = any(self.seen(each) for each in parts)
        for part in [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]:
            self.visit(part, inner)
        for generator in node.generators:
            self._target_from(generator.target, self.cell(generator.iter, "item"))

    def _formatted(self, node: ast.FormattedValue) -> None:
        plain = True
        if node.format_spec is not None and isinstance(node.format_spec, ast.JoinedStr):
            last = node.format_spec.values[-1] if node.format_spec.values else None
            if isinstance(last, ast.Constant) and str(last.value)[-1:] in FLOAT_SPECS:
                plain = False
        shown: Seen = TEXT if node.conversion == -1 else True
        self.visit(node.value, shown if plain or node.conversion != -1 else False)

    def _values(self, node: ast.expr) -> list[Atom]:
        return list(self.cell(node.value if isinstance(node, ast.Starred) else node).atoms.values())

    def _function_inputs(self, use: Use) -> None:
        """A function that is handed the items of a container sees them as they are in the container."""
        assert use.signature is not None
        for parameter in use.signature.parameters:
            wanted = parameter.type.inner if isinstance(parameter.type, t.Optional) else parameter.type
            if not isinstance(wanted, t.Callable):
                continue
            for argument in use.bound.get(parameter.name, []):
                made = self.inference.as_function(argument, len(wanted.parameters))
                for key, atom in list(self.cell(made).atoms.items()):
                    if key[0] != "func":
                        continue
                    for instance in atom.payload.instances():
                        self.mark(instance.result)
                        for version in instance.scope.versions:
                            if version.parameter:
                                self.mark(instance.version_cell(version))

    def _sees_array(self, use: Use | None, observed: Seen) -> Seen:
        """Whether a call tells an array of ints from one of floats."""
        name = use.entry.name if use is not None and use.entry is not None else ""
        if name in ("builtins.len", "builtins.float", "builtins.int", "builtins.bool"):
            return False
        if name in ("builtins.abs", "builtins.round"):
            return observed
        if use is None or use.entry is None or not name.startswith(_OF_ARRAYS):
            return True
        if use.entry.name.rpartition(".")[2] in _FLOATS or (
            name.startswith("numpy.linalg.") and name != "numpy.linalg.matrix_power"
        ):
            return False
        if name in ("ndarray.view", "ndarray.tobytes"):
            return True
        if name == "ndarray.astype":
            return not all(
                isinstance(each, ast.Name) and each.id in ("float", "int", "bool") for each in use.bound.get("dtype", [])
            )
        return observed if use.entry.observes_int or name.endswith("array") else False

    def _call(self, node: ast.Call, observed: Seen) -> None:
        use = self.instance.uses.get((node, "")) or self.instance.uses.get((node, "method"))
        called = self.instance.uses.get((node, "call")) if use is None else None
        if isinstance(node.func, ast.Attribute):
            receiver = node.func.value
            if self._is_array(receiver) and use is not None and use.entry is not None and "self" in use.entry.mutates:
                self._write(receiver)
            else:
                self.visit(receiver, self._is_array(receiver) and self._sees_array(use, observed))
        if use is not None and use.kind == "library" and use.entry is not None and use.signature is not None:
            inside = [
                inner for values in use.bound.values() for each in values for atom in self._values(each) for inner in atom.cells
            ]
            # What a call gives back as it is, is seen as the call is.
            through = observed == TEXT and isinstance(use.signature.result, t.Variable)
            if observed or any(self.seen_inside(each) for each in inside):
                # What comes out of a container has the type of what is in it.
                for held in use.variables.values():
                    self.mark(held, how=TEXT if through and not any(self.seen_inside(each) for each in inside) else True)
                for atom in self.cell(node).atoms.values():
                    for part in atom.cells:
                        self.mark(part)
            if any(self.seen_inside(each) for each in inside):
                self._function_inputs(use)
            elif any(self.seen_inside(part) for atom in self.cell(node).atoms.values() for part in atom.cells):
                # What is seen of the items that come out is seen of those that go in: `for a, b in zip(xs, [0.5, 1])`.
                for held in use.variables.values():
                    self.mark(held)
                for each in inside:
                    self.mark(each)
                self._function_inputs(use)
            for parameter in use.signature.parameters:
                for argument in use.bound.get(parameter.name, []):
                    if self._is_array(argument):
                        if parameter.name in use.entry.mutates:
                            self._write(argument)
                        else:
                            self.visit(argument, self._sees_array(use, observed))
                        continue
                    # An object shows the number that it was made with as it was given.
                    kept = use.entry.kind == "class" and use.entry.name.startswith("sklearn.")
                    plain = (parameter.type in (t.FLOAT, t.COMPLEX) and not kept) or not use.entry.observes_int
                    sees: Seen = not plain and (bool(observed) or not isinstance(parameter.type, t.ArrayLike | t.Array))
                    if isinstance(parameter.type, t.Iterable | t.List | t.Dict) and not observed:
                        sees = False
                    computes = use.entry.name.startswith(("numpy.", "ndarray.")) and (
                        self._alike(self.cell(argument)) or self._becomes_floats(self.cell(argument))
                    )
                    sees = sees and not computes
                    if isinstance(parameter.type, t.Variable) and use.entry.mutates:
                        sees = any(self.seen(cell) for name, cell in use.variables.items() if name == parameter.type.name)
                    as_text = use.entry.name in _SHOWING or (through and isinstance(parameter.type, t.Variable))
                    inner = [part for atom in self._values(argument) for part in atom.cells]
                    if (through or (observed == TEXT and use.entry.name == "builtins.sum")) and all(map(_same_text, inner)):
                        # Only what comes out of the container is shown.
                        sees, computes = (sees, computes) if as_text else (False, True)
                    if use.entry.name == "builtins.len":
                        sees, computes = False, True
                    if sees and as_text and not isinstance(argument, ast.Starred):
                        sees = TEXT
                    self.visit(argument.value if isinstance(argument, ast.Starred) else argument, sees)
                    if observed and not plain and not computes:
                        self.mark(self.cell(argument), how=TEXT if as_text or through else True)
            return
        if use is not None and use.kind == "desugared":
            self.visit(use.bound["value"][0], observed)
            return
        reached = use or called
        if reached is not None and reached.targets:
            for _, target in reached.targets:
                if observed:
                    self.mark(target.result, how=observed)
                made = self.inference.made.get(("arguments", self.instance, node, "" if called is None else "call", target))
                if made is None:
                    continue
                for name, values in made[0].items():
                    version = next((v for v in target.scope.versions if v.name == name and v.parameter), None)
                    sees = version is not None and self.seen(target.version_cell(version))
                    for argument in values:
                        self.visit(argument.value if isinstance(argument, ast.Starred) else argument, sees)
            return
        if use is not None and use.kind == "construct" and use.cls is not None:
            for name, values in use.bound.items():
                for argument in values:
                    self.visit(argument, self.seen(use.cls.field(name)) or bool(use.cls.exception))
            return
        shown: Seen = TEXT if use is not None and use.kind in ("print", "str") else True
        for argument in [*node.args, *[k.value for k in node.keywords]]:
            starred = isinstance(argument, ast.Starred)
            self.visit(argument.value if isinstance(argument, ast.Starred) else argument, True if starred else shown)
