"""What `dataclasses` and named tuples do with the fields of an object, and `**options`, written out name by name."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from batuta.analysis.graph import BOOL, Atom, Cell
from batuta.analysis.narrowing import path_of
from batuta.analysis.program import ClassInfo, Use
from batuta.analysis.starred_arguments import is_plain
from batuta.ir import types as t
from batuta.python.new_nodes import located

if TYPE_CHECKING:
    from batuta.analysis.infer import Inference

DEEP_COPY = "*deepcopy"
"""The name by which written out code calls `copy.deepcopy`; no program can write it."""
_PLAIN = ("int", "float", "str", "bool", "None", "bigint", "bytes")


class ObjectFunctions:
    """The part of the inference that writes out what is done with all fields of an object."""

    def dataclass_function(self: Inference, node: ast.Call, name: str) -> Cell:
        """`replace`, `astuple` and `asdict` written out over the fields of the one class that the object has."""
        cell = self.cell(node)
        atoms = [atom for atom in list(self.eval(node.args[0]).atoms.values()) if atom.key[0] != "None"]
        classes = {atom.key[1] for atom in atoms if atom.key[0] == "instance"}
        if not classes:
            return cell
        (cls, *more) = classes
        if more or not isinstance(cls, ClassInfo) or not cls.dataclass:
            self.problem(node, "BAT104", f"`{name}` on objects of several classes is not translated", "Write the fields out.")
            return cell
        if not path_of(node.args[0]) and not (isinstance(node.args[0], ast.NamedExpr) and not self.program.containers):
            # The object is made once, and asked for each of its fields.
            held: ast.expr | None = self.made.get(("held object", node))
            if held is None:
                inner = ast.Call(node.func, [ast.Name("held_object", ast.Load()), *node.args[1:]], node.keywords)
                function = ast.Lambda(ast.arguments([], [ast.arg("held_object")], None, [], [], None, []), inner)
                held = self.made[("held object", node)] = located(ast.Call(function, [node.args[0]], []), node)
            self.instance.uses[(node, "")] = Use("desugared", bound={"value": [held]})
            self.graph.flow(self.eval(held), cell)
            return cell
        key = ("dataclass function", node, str(self.shape(self.eval(node.args[0]))) if name == "asdict" else "")
        if name == "astuple":
            key = ("dataclass function", node, str([_unchanging(cls.field(each)) for each, _, _ in declared_fields(cls)]))
        if name == "asdict" and self.program.containers:
            kept_in = [self.shape(cls.field(each)) for each, _, _ in declared_fields(cls)]
            key = ("dataclass function", node, str(kept_in))
        made = self.made.get(key)
        if made is None:
            fields = declared_fields(cls)
            if name == "replace":
                given = {each.arg for each in node.keywords}
                left = [each for each, default, _ in fields if each not in given and not self.excluded_from_init(default)]
                kept = [ast.keyword(each, read) for each, read in zip(left, _reads(node.args[0], left), strict=True)]
                made = ast.Call(node.func, [], [*node.keywords, *kept])
            else:
                parts = _reads(node.args[0], [each for each, _, _ in fields])
                if name == "astuple":
                    parts = [
                        each if _unchanging(cls.field(field)) else ast.Call(ast.Name(DEEP_COPY, ast.Load()), [each], [])
                        for each, (field, _, _) in zip(parts, fields, strict=True)
                    ]
                made = (
                    ast.Tuple(parts, ast.Load())
                    if name == "astuple"
                    else ast.Dict([ast.Constant(each) for each, _, _ in fields], parts)
                )
                if name == "asdict" and self.program.containers:
                    made = self._as_dict(node.args[0], cls)
            self.made[key] = made = located(made, node)
        if name == "astuple" or (name == "asdict" and not self.program.containers):
            kinds = {atom.key[0] for each, _, _ in declared_fields(cls) for atom in cls.field(each).atoms.values()}
            if name == "asdict" and len(kinds) > 1:
                self.problem(
                    node, "BAT107", "`asdict` of fields of different types is not translated", "Read the fields of the object."
                )
                return cell
            for field_name, _, _ in declared_fields(cls):
                field_cell = cls.field(field_name)
                for atom in list(field_cell.atoms.values()):
                    if not _unchanging(field_cell) and (name == "asdict" or not _flat(atom)):
                        self.problem(
                            node,
                            "BAT107",
                            f"`{name}` copies the field `{field_name}` deeply, which is not translated",
                            "Write the fields out.",
                        )
                        return cell
        self.instance.uses[(node, "")] = Use("desugared", bound={"value": [made]})
        self.graph.flow(self.construct(made, cls) if isinstance(made, ast.Call) else self.eval(made), cell)
        return cell

    def _classes_of(self: Inference, node: ast.expr) -> list[ClassInfo | None]:
        """The classes that an expression names or has objects of; None for everything else."""
        if isinstance(node, ast.Name) and node.id in self.program.classes:
            return [self.program.classes[node.id]]
        match node:
            case ast.Call(func=ast.Name(id="type"), args=[thing], keywords=[]):
                return self._classes_of(thing)
        keys = [key for key in self.eval(node).atoms if key != ("None",)]
        return [key[1] if key[0] in ("instance", "class") and isinstance(key[1], ClassInfo) else None for key in keys]

    def field_names(self: Inference, node: ast.Call) -> Cell:
        """The names of the fields of a dataclass."""
        found = self._classes_of(node.args[0])
        if not found:
            return self.cell(node)
        if any(each is None or not each.dataclass for each in found):
            self.problem(node, "BAT104", "`fields` of what is no dataclass of the program", "Name the fields.")
            return self.cell(node)
        names = {tuple(name for name, _, _ in declared_fields(each)) for each in found if each is not None}
        if len(names) > 1:
            self.problem(node, "BAT104", "`fields` on objects of several classes is not translated", "Name the fields.")
            return self.cell(node)
        (listed,) = names
        key = ("field names", node, listed)
        if key not in self.made:
            made = ast.List([ast.Constant(each) for each in listed], ast.Load())
            self.made[key] = located(made, node)
        self.instance.uses[(node, "")] = Use("desugared", bound={"value": [self.made[key]]})
        self.graph.flow(self.eval(self.made[key]), self.cell(node))
        return self.cell(node)

    def asked_for_dataclass(self: Inference, node: ast.Call) -> Cell:
        """`is_dataclass`, which the types answer."""
        found = self._classes_of(node.args[0])
        answers = {each is not None and each.dataclass for each in found}
        if not found:
            return self.cell(node)
        if len(answers) > 1:
            self.problem(node, "BAT107", "`is_dataclass` of several kinds of things is not translated", "Use `isinstance`.")
            return self.add(node, BOOL)
        key = ("is dataclass", node, answers == {True})
        if key not in self.made:
            self.made[key] = located(ast.Constant(answers == {True}), node)
        self.instance.uses[(node, "")] = Use("desugared", bound={"value": [self.made[key]]})
        return self.add(node, BOOL)

    def _as_dict(self: Inference, owner: ast.expr, cls: ClassInfo) -> ast.expr:
        """`asdict`: the objects inside become dicts too, and what can change is copied."""
        names: list[ast.expr | None] = [ast.Constant(each) for each, _, _ in declared_fields(cls)]
        values = [
            self._copied_field(ast.Attribute(owner, each, ast.Load()), cls.field(each)) for each, _, _ in declared_fields(cls)
        ]
        return ast.Dict(names, values)

    def _copied_field(self: Inference, value: ast.expr, cell: Cell, depth: int = 0) -> ast.expr:
        objects = {key[1] for key in cell.atoms if key[0] == "instance"}
        kinds = {key[0] for key in cell.atoms if key[0] not in ("instance", "None")}
        if len(objects) == 1 and not kinds and depth < 4:
            (cls,) = objects
            if isinstance(cls, ClassInfo) and cls.dataclass:
                made = self._as_dict(value, cls)
                if cell.get("None") is None:
                    return made
                there = ast.Compare(value, [ast.IsNot()], [ast.Constant(None)])
                return ast.IfExp(there, made, ast.Constant(None))
        inside = cell.get("list").cells[0] if kinds == {"list"} and not objects else None  # type: ignore[union-attr]
        if inside is not None and any(key[0] == "instance" for key in inside.atoms):
            item = ast.arg(f"item{depth}")
            body = self._copied_field(ast.Name(item.arg, ast.Load()), inside, depth + 1)
            function = ast.Lambda(ast.arguments([], [item], None, [], [], None, []), body)
            return ast.Call(ast.Name("list", ast.Load()), [ast.Call(ast.Name("map", ast.Load()), [function, value], [])], [])
        unchanging = all(key[1] in t.HELD_OBJECTS for key in cell.atoms if key[0] == "object")
        if kinds <= {*_PLAIN, "object"} and not objects and unchanging:
            return value
        return ast.Call(ast.Name(DEEP_COPY, ast.Load()), [value], [])

    def with_named_options(self: Inference, node: ast.Call) -> ast.expr | None:
        """`f(**g(x))` as a function that is called with the options, so that they are made once."""
        spread = [each for each in node.keywords if each.arg is None]
        if not self.program.containers or len(spread) != 1 or path_of(spread[0].value):
            return None
        found: ast.expr | None = self.made.get(("named options", node))
        if found is None:
            rest = [each for each in node.keywords if each.arg is not None]
            name = "given_options"
            call = ast.Call(node.func, node.args, [*rest, ast.keyword(None, ast.Name(name, ast.Load()))])
            function = ast.Lambda(ast.arguments([], [ast.arg(name)], None, [], [], None, []), call)
            found = located(ast.Call(function, [spread[0].value], []), node)
            self.made[("named options", node)] = found
        return found

    def written_keywords(
        self: Inference,
        node: ast.Call,
        label: str,
        places: list[tuple[str, ast.expr | None]],
        given: dict[str, list[ast.expr]] | dict[str, ast.expr],
    ) -> list[ast.keyword] | None:
        """The keywords of a call, with `**options` as one look-up for each parameter that is left. None while that cannot be said."""
        spread = [each.value for each in node.keywords if each.arg is None]
        if not spread:
            return node.keywords
        explicit = {each.arg for each in node.keywords}
        left = [(name, default) for name, default in places if name not in explicit and name not in given]
        if len(spread) > 1 or not left or (self.program.containers and not path_of(spread[0])):
            self.problem(node, "BAT104", "`**` of this expression is not translated", "Give the dict a name first.")
            return None
        options = self.eval(spread[0])
        kinds = {key[0] for key in options.atoms}
        if not self.program.containers and (not path_of(spread[0]) or not kinds <= {"dict"}):
            self.problem(node, "BAT107", "`**` arguments are not translated here", "Pass the values by name.")
            return None
        if self.program.containers:
            self.box(options)
            if not self.dynamic(options):
                return None
        elif not kinds:
            return None
        made: list[ast.keyword] | None = self.made.get(("options", node, label))
        if made is None:
            allowed = ast.Constant(",".join(name for name, _ in left))
            made = []
            for name, default in left:
                method = "__argument__" if default is None else "__option__"
                arguments = [ast.Constant(name), *([default] if default is not None else []), ast.Constant(label), allowed]
                call = ast.Call(ast.Attribute(spread[0], method, ast.Load()), arguments, [])
                made.append(ast.keyword(name, located(call, node)))
            self.made[("options", node, label)] = made
        return [*(each for each in node.keywords if each.arg is not None), *made]

    def named_tuple_function(self: Inference, node: ast.Call, owner: ast.expr, name: str, cls: ClassInfo) -> Cell:
        """`_replace` and `_asdict` written out over the fields."""
        cell = self.cell(node)
        if not is_plain(owner) and not isinstance(owner, ast.NamedExpr):
            self.problem(node, "BAT104", f"`{name}` of an expression is not translated", "Give the object a name first.")
            return cell
        made: ast.expr | None = self.made.get(("dataclass function", node))
        if made is None:
            fields = [each for each, _, _ in declared_fields(cls)]
            if name == "_replace":
                given = {each.arg: each.value for each in node.keywords}
                read = iter(_reads(owner, [each for each in fields if each not in given]))
                values = [given.get(each) or next(read) for each in fields]
                made = ast.Call(ast.Name(cls.name, ast.Load()), values, [])
            else:
                keys: list[ast.expr | None] = [ast.Constant(each) for each in fields]
                made = ast.Dict(keys, _reads(owner, fields))
            self.made[("dataclass function", node)] = made = located(made, node)
        unknown = [each.arg for each in node.keywords if each.arg not in [name for name, _, _ in declared_fields(cls)]]
        if unknown:
            self.problem(node, "BAT102", f"`{cls.name}` has no field `{unknown[0]}`", "Name a field of the class.")
            return cell
        self.instance.uses[(node, "")] = Use("desugared", bound={"value": [made]})
        self.graph.flow(self.construct(made, cls) if isinstance(made, ast.Call) else self.eval(made), cell)
        return cell


def _unchanging(cell: Cell, depth: int = 0) -> bool:
    """Whether all that a cell holds is its own copy: scalars, and tuples of such."""
    return all(
        atom.key[0] in _PLAIN
        or (
            atom.key[0] in ("tuple", "seq", "frozenset")
            and depth < 4
            and all(_unchanging(each, depth + 1) for each in atom.cells)
        )
        for atom in list(cell.atoms.values())
    )


def _flat(atom: Atom) -> bool:
    """Whether a container holds no objects of the program, which a copy of the fields would write out too."""
    return atom.key[0] in ("list", "dict", "set") and all(_unchanging(each) for each in atom.cells)


def _reads(owner: ast.expr, fields: list[str]) -> list[ast.expr]:
    """Each of some fields of an object that is made once."""
    again = ast.Name(owner.target.id, ast.Load()) if isinstance(owner, ast.NamedExpr) else owner
    return [ast.Attribute(again if index else owner, each, ast.Load()) for index, each in enumerate(fields)]


def declared_fields(cls: ClassInfo) -> list[tuple[str, ast.expr | None, ast.expr]]:
    """The fields of a dataclass or NamedTuple, those of its bases first."""
    found: list[tuple[str, ast.expr | None, ast.expr]] = []
    for each in reversed(cls.ancestors()):
        for declared in each.declared:
            names = [old[0] for old in found]
            if declared[0] in names:
                found[names.index(declared[0])] = declared
            else:
                found.append(declared)
    return found
