"""Functions and classes among values: what a value that is called may be, and what each of them is given.

Every function that lies in a value somewhere may be what any value that is called turns out to be. So the arguments of such a call arrive at
the parameters of all of them that take so many; in Rust each is wrapped in a closure that takes values and gives a value.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from batuta.analysis.bindings import parameters
from batuta.analysis.graph import VALUE, Atom, Cell, Place
from batuta.analysis.object_functions import declared_fields
from batuta.analysis.program import ClassInfo, FunctionInfo, FunctionInstance
from batuta.analysis.resolve import first_parameters, takes_rest
from batuta.python.new_nodes import located

if TYPE_CHECKING:
    from batuta.analysis.infer import Inference

_PLAIN = ({"int"}, {"float"}, {"int", "float"}, {"bool"}, {"str"})
"""Kinds of atoms of which a value can be brought back to the type, None beside them or not."""


class CalledValues:
    """The part of the inference that knows the functions among values."""

    def boxed_functions(self: Inference) -> dict[object, tuple[FunctionInfo, FunctionInstance]]:
        """The functions that lie in values, with the instance that is called."""
        self.boxed_place().read()
        found: dict[object, tuple[FunctionInfo, FunctionInstance]] = self.made.setdefault("boxed functions", {})
        return found

    def boxed_place(self: Inference) -> Place:
        """What is read by those who ask which functions lie in values."""
        found: Place = self.made.setdefault("place of boxed functions", Place())
        return found

    def box_function(self: Inference, atom: Atom) -> None:
        """Note that a function or class becomes a value."""
        if atom.key[0] == "class":
            made = self.constructor_of(atom.payload)
            if made is None:
                return
            (atom,) = [each for each in self.eval_in_module(made).atoms.values() if each.key[0] == "func"]
        held = atom.payload
        key = (held.function, id(held.parent))
        boxed = self.boxed_functions()
        if key in boxed or not _is_plain(held.function):
            return
        instance = self.instance_of(held.function, (), held.parent)
        boxed[key] = (held.function, instance)
        rest = held.function.parameters.vararg
        if rest is not None:
            # Whatever it is given beyond its other parameters arrives as a tuple of values.
            items = self.site(instance, rest, "boxed", ("seq",), 1, grouped=False)
            self.graph.add(items.cells[0], VALUE)
            self.graph.add(instance.version_cell(self.bindings.versions[rest]), items)
        if held.function.kind != "lambda":
            plain = [*held.function.parameters.posonlyargs, *held.function.parameters.args]
            defaults = held.function.parameters.defaults
            for each, default in zip(plain[len(plain) - len(defaults) :], defaults, strict=True):
                self.graph.flow(self.eval_in_module(default), instance.version_cell(self.bindings.versions[each]))
        if held.receiver is not None and held.function.kind == "method":
            names = parameters(held.function.parameters)
            receiver = instance.version_cell(self.bindings.versions[names[0]])
            for each in list(held.receiver.atoms.values()):
                if each.key[0] == "instance":
                    self.graph.add(receiver, each)
        self.boxed_place().spoil_readers()
        self.graph.time += 1

    def constructor_of(self: Inference, cls: ClassInfo) -> ast.expr | None:
        """A class as the function that makes its objects; None where that takes more than plain arguments."""
        key = ("constructor", cls)
        if key not in self.made:
            names: list[str] | None = []
            method = cls.find_method("__init__")
            if method is not None:
                plain = method.parameters
                names = [each.arg for each in [*plain.posonlyargs, *plain.args]][1:]
                if plain.vararg or plain.kwarg or plain.defaults or any(each is None for each in plain.kw_defaults):
                    names = None
            elif declared_fields(cls):
                names = [name for name, default, _ in declared_fields(cls) if default is None]
            if names is None or cls.enum or cls.abstract:
                self.made[key] = None
            else:
                call = ast.Call(ast.Name(cls.name, ast.Load()), [ast.Name(each, ast.Load()) for each in names], [])
                arguments = ast.arguments([], [ast.arg(each) for each in names], None, [], [], None, [])
                self.made[key] = located(ast.Lambda(arguments, call), cls.node)
        found: ast.expr | None = self.made[key]
        return found

    def call_of_value(self: Inference, node: ast.Call) -> Cell:
        """A call of what is known at run time only."""
        given = self.made.get(("given", node))
        if given is None:
            given = self.made[("given", node)] = located(ast.Tuple(node.args, ast.Load()), node)
        for each in [*node.args, *(keyword.value for keyword in node.keywords)]:
            self.box(self.eval(each.value if isinstance(each, ast.Starred) else each))
        open_end = any(isinstance(each, ast.Starred) for each in node.args) or any(each.arg is None for each in node.keywords)
        for info, instance in list(self.boxed_functions().values()):
            names = _single_parameters(instance)
            given_ones = len(node.args) + len(node.keywords)
            self.dynamic_calls.setdefault(info, set()).add(None if open_end or node.keywords else (given_ones, ()))
            if open_end:
                for parameter in names:
                    self.graph.add(parameter, VALUE)
            elif len(names) - _optional(info) <= given_ones and (given_ones <= len(names) or info.parameters.vararg):
                for argument, parameter in zip(node.args, names, strict=False):
                    self.graph.flow(self.eval(argument), parameter)
                for keyword in node.keywords:
                    place = _place_of(info, keyword.arg or "")
                    if place is not None and place < len(names):
                        self.graph.flow(self.eval(keyword.value), names[place])
        if not node.keywords:
            return self.library(node, "", "value.__call__", [given], [], receiver=node.func)
        named = self.made.get(("named", node))
        if named is None:
            keys: list[ast.expr | None] = [None if each.arg is None else ast.Constant(each.arg) for each in node.keywords]
            named = located(ast.Dict(keys, [each.value for each in node.keywords]), node)
            self.made[("named", node)] = named
        self.box(self.eval(named))
        return self.library(node, "", "value.__call_named__", [given, named], [], receiver=node.func)

    def called_at_run_time(self: Inference, node: ast.Call, value: Cell) -> bool:
        """Whether a call of known functions hands on arguments whose number is known at run time only."""
        if not self.program.containers or not value or self.dynamic(value):
            return False
        starred = [each for each in node.args if isinstance(each, ast.Starred)]
        spread = [each for each in node.keywords if each.arg is None]
        if not (spread or any(self.expand_starred(each) is None for each in starred if self.eval(each.value))):
            return False
        atoms = list(value.atoms.values())
        if not all(atom.key[0] == "func" and _is_plain(atom.payload.function) for atom in atoms):
            return False
        if any(atom.payload.function.parameters.vararg for atom in atoms):
            # All of them take any number: else they would be values.
            return False
        if len(atoms) == 1 and isinstance(node.func, ast.Name) and not starred:
            # The names are looked up one by one.
            return False
        for atom in atoms:
            self.box_function(atom)
        return True

    def settle_functions(self: Inference) -> None:
        """See to it that the functions among values can be called with values, and give values."""
        for _, instance in list(self.boxed_functions().values()):
            for cell in _single_parameters(instance):
                if cell.get("value") is None and (not _can_be_narrowed(cell) if cell else self.use_hints):
                    self.graph.add(cell, VALUE)
                    self.box(cell)
            self.box(instance.result)

    def same_form(self: Inference, atoms: list[Atom]) -> bool:
        """Whether functions that meet take as many arguments each, so that they have one type in Rust."""
        if any(atom.key[0] == "class" for atom in atoms):
            return False
        counts = set()
        for atom in atoms:
            found = atom.payload.instances()
            names = parameters(atom.payload.function.parameters)
            bound = atom.payload.function.kind in ("method", "class method")
            count = len(first_parameters(found[0])) if found else len(names) - bound
            counts.add((count, atom.payload.function.parameters.vararg is not None))
        return len(counts) == 1


def _is_plain(info: FunctionInfo) -> bool:
    """Whether a function takes arguments by place only, and gives what it returns."""
    names = info.parameters
    return not (info.generator or names.kwarg or names.kwonlyargs)


def _single_parameters(instance: FunctionInstance) -> list[Cell]:
    """The parameters that take one argument each: all but the one that takes the rest."""
    found = first_parameters(instance)
    return found[:-1] if takes_rest(instance) else found


def _optional(info: FunctionInfo) -> int:
    """How many parameters may be left out."""
    return len(info.parameters.defaults) if info.kind != "lambda" else 0


def _place_of(info: FunctionInfo, name: str) -> int | None:
    names = [each.arg for each in parameters(info.parameters)][1 if info.kind in ("method", "class method") else 0 :]
    return names.index(name) if name in names else None


def _can_be_narrowed(cell: Cell) -> bool:
    kinds = {key[0] for key in cell.atoms if key != ("None",)}
    if kinds == {"instance"}:
        roots = {key[1].root for key in cell.atoms if key[0] == "instance"}
        return len(roots) == 1 and cell.get("None") is None
    return kinds in _PLAIN
