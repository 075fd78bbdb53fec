"""Calls: of functions and classes of the program, of builtins that the compiler itself understands, and of methods."""

from __future__ import annotations

import ast
import builtins
from typing import TYPE_CHECKING, Any

from batuta.analysis import desugar
from batuta.analysis.bindings import parameters
from batuta.analysis.copied_objects import CopiedObjects
from batuta.analysis.declarations import EXCEPTIONS
from batuta.analysis.defaults import is_object, only_gone_through
from batuta.analysis.exact_numbers import NOTHING, exact_beside_ints
from batuta.analysis.field_names import FIELD_NAMES
from batuta.analysis.graph import BOOL, FLOAT, INT, NONE, STR, Atom, Cell
from batuta.analysis.library_functions import written_out
from batuta.analysis.object_functions import DEEP_COPY, ObjectFunctions, declared_fields
from batuta.analysis.program import ClassInfo, FunctionInfo, FunctionInstance, Use, only_declares
from batuta.analysis.resolve import first_parameters, takes_rest
from batuta.analysis.starred_arguments import is_plain
from batuta.catalog._own_estimators import offers
from batuta.catalog.entry import ARGUMENTS, SEVERAL
from batuta.catalog.exception_attributes import METHODS, STATE
from batuta.catalog.index import catalog
from batuta.catalog.signature import overloads
from batuta.ir.names import own_name
from batuta.python.new_nodes import located
from batuta.python.walk import children, walk

if TYPE_CHECKING:
    from batuta.analysis.infer import Inference

REFUSED_BUILTINS = {
    "eval": "it runs text as code",
    "exec": "it runs text as code",
    "compile": "it makes code at run time",
    "__import__": "it imports at run time",
    "globals": "it gives the variables as a dict",
    "locals": "it gives the variables as a dict",
    "vars": "it gives the fields as a dict",
    "setattr": "it names a field at run time",
    "delattr": "it names a field at run time",
    "getattr": "it names a field at run time",
    "hasattr": "it asks for a field at run time",
    "dir": "it lists names at run time",
    "breakpoint": "it starts a debugger",
    "memoryview": "it shares memory",
    "id": "it shows an address",
    "callable": "it asks for the type at run time",
    "issubclass": "it asks for a class at run time",
}
_OF_MATH = {
    "math.floor": "__floor__",
    "math.ceil": "__ceil__",
    "math.trunc": "__trunc__",
    "operator.index": "__index__",
    "copy.copy": "__copy__",
}
"""Functions that call a special method of their argument."""
TEXT_METHODS = ("__str__", "__repr__", "__format__")
TRAIT_METHODS = ("__str__", "__repr__", "__eq__", "__lt__", "__le__", "__gt__", "__ge__", "__hash__", "__bool__", "__len__")


class Calls(ObjectFunctions, CopiedObjects):
    """Evaluation of calls."""

    def use(self: Inference, kind: str, **parts: Any) -> Use:
        """A record of what a place turned out to be."""
        return Use(kind, **parts)

    def eval_call(self: Inference, node: ast.Call) -> Cell:
        """A call of anything."""
        function = node.func
        named = self.with_named_options(node)
        if named is not None:
            self.instance.uses[(node, "")] = Use("desugared", bound={"value": [named]})
            self.graph.flow(self.eval(named), self.cell(node))
            return self.cell(node)
        if isinstance(function, ast.Name):
            version = self.version(function)
            if version is None:
                found = self._builtin_call(node, function.id)
                if found is not None:
                    return found
            elif function.id in self.program.classes and version.scope.parent is None:
                self.made[("callee", function)] = True
                return self.construct(node, self.program.classes[function.id])
        if isinstance(function, ast.Attribute):
            found = self._super_call(node, function)
            if found is not None:
                return found
            if function.attr in ("format", "format_map"):
                found = self.format_call(node, function)
                if found is not None:
                    return found
        qualified = self.qualified(function)
        if qualified is not None and not qualified.startswith("builtins."):
            held = catalog().find(qualified.rpartition(".")[0])
            known = catalog().find(qualified) is not None
            if held is not None and held.kind == "constant" and not known and isinstance(function, ast.Attribute):
                return self._method_call(node, function)
            return self._qualified_call(node, qualified)
        if qualified is not None and qualified.count(".") == 2:
            return self._type_call(node, qualified)
        if isinstance(function, ast.Attribute):
            return self._method_call(node, function)
        return self._value_call(node, self.eval(function))

    # -- builtins that need more than a catalog entry

    def _builtin_call(self: Inference, node: ast.Call, name: str) -> Cell | None:
        self.made[("callee", node.func)] = True
        if name == "issubclass":
            told = self._call_issubclass(node)
            if told is not None:
                return told
        if name == ARGUMENTS:
            told = self._given_together(node)
            if told is not None:
                return told
        if name == FIELD_NAMES and len(node.args) == 1:
            return self.field_names(node)
        if name == DEEP_COPY:
            return self.library(node, "", "copy.deepcopy", node.args, [])
        if name in ("hasattr", "getattr", "callable"):
            told = self._asked_attribute(node, name)
            if told is not None:
                return told
            if name == "hasattr" and self._asks_estimator(node):
                return self.library(node, "", "builtins.hasattr", node.args, node.keywords)
            otherwise = getattr(node, "otherwise", None) or (self._callable_value(node) if name == "callable" else None)
            if otherwise is not None:
                self.instance.uses[(node, "")] = Use("desugared", bound={"value": [otherwise]})
                self.graph.flow(self.eval(otherwise), self.cell(node))
                return self.cell(node)
        if name in REFUSED_BUILTINS:
            if name in ("getattr", "hasattr") and len(node.args) >= 2 and isinstance(node.args[1], ast.Constant):
                reason = f"`{name}` looks a field up by its text"
            else:
                reason = f"`{name}` cannot be translated: {REFUSED_BUILTINS[name]}"
            self.problem(node, "BAT107", reason, "Write what it does as ordinary code.")
            return self.cell(node)
        if name in EXCEPTIONS:
            for each in node.args:
                self.eval(each)
            self.instance.uses[(node, "")] = Use("exception", text=name)
            return self.add(node, self.exception_atom())
        handler = getattr(self, f"_call_{name}", None)
        if handler is not None:
            found: Cell | None = handler(node)
            if found is not None:
                return found
        return self.library(node, "", f"builtins.{name}", node.args, node.keywords)

    def _given_together(self: Inference, node: ast.Call) -> Cell | None:
        """The arguments of a call that are the items of a tuple whose length is known; others are counted when the program runs."""
        atoms = list(self.eval(node.args[0]).atoms.values())
        count = node.args[1].value if isinstance(node.args[1], ast.Constant) else 0
        if not atoms:
            return self.cell(node)
        sizes = set()
        for each in atoms:
            if each.key[0] == "tuple":
                sizes.add(len(each.cells))
            elif each.key[0] == "instance" and each.payload.named_tuple:
                sizes.add(len(declared_fields(each.payload)))
            else:
                return None
        if sizes != {count}:
            self.problem(
                node, "BAT102", f"{count!r} arguments are left, and the tuple has {max(sizes)}", "Pass as many as it takes."
            )
            return self.cell(node)
        self.instance.uses[(node, "")] = Use("desugared", bound={"value": [node.args[0]]})
        self.graph.flow(self.eval(node.args[0]), self.cell(node))
        return self.cell(node)

    def _asked_attribute(self: Inference, node: ast.Call, name: str) -> Cell | None:
        """`hasattr`, `getattr` with a default, and `callable`, where the classes of the program tell the answer."""
        wanted = 1 if name == "callable" else 2 if name == "hasattr" else 3
        if len(node.args) != wanted or node.keywords or not isinstance(node.args[0], ast.Name):
            return None
        atoms = list(self.eval(node.args[0]).atoms.values())
        if not atoms:
            return self.cell(node)
        attribute = node.args[1].value if len(node.args) > 1 and isinstance(node.args[1], ast.Constant) else "__call__"
        if not isinstance(attribute, str) or (name != "callable" and not isinstance(node.args[1], ast.Constant)):
            return None
        answers = {self.has_attribute(each, attribute) for each in atoms}
        if None in answers:
            return None
        having: tuple[ClassInfo, ...] = ()
        if len(answers) > 1:
            if name == "callable" or any(each.key[0] != "instance" for each in atoms):
                return None
            having = tuple(
                each
                for each in atoms[0].payload.root.descendants()
                if self.has_attribute(Atom(("instance", each), (), None, each), attribute)
            )
        key = ("asked attribute", node, having)
        made: ast.expr | None = self.made.get(key)
        if made is None and having:
            # The class of the object tells.
            classes = ast.Tuple([ast.Name(each.name, ast.Load()) for each in having], ast.Load())
            made = ast.Call(ast.Name("isinstance", ast.Load()), [node.args[0], classes], [])
            if name == "getattr":
                made = ast.IfExp(made, ast.Attribute(node.args[0], attribute, ast.Load()), node.args[2])
            self.made[key] = made = located(made, node)
        if made is None:
            if name != "getattr":
                made = ast.Constant(answers == {True})
            else:
                made = ast.Attribute(node.args[0], attribute, ast.Load()) if answers == {True} else node.args[2]
            self.made[key] = made = located(made, node)
        self.instance.uses[(node, "")] = Use("desugared", bound={"value": [made]})
        self.graph.flow(self.eval(made), self.cell(node))
        return self.cell(node)

    def _callable_value(self: Inference, node: ast.Call) -> ast.expr | None:
        """`callable(value)`: a function, or an object whose class has `__call__`."""
        if len(node.args) != 1 or not self.dynamic(self.eval(node.args[0])):
            return None
        found: ast.expr | None = self.made.get(("callable", node))
        if found is None:
            name = self.program.dispatchers.get(("callable", "__call__", 0, ()))
            function: ast.expr = ast.Attribute(node.args[0], "__callable__", ast.Load())
            function = ast.Call(function, [], [])
            found = ast.Call(ast.Name(name, ast.Load()), [node.args[0]], []) if name else function
            self.made[("callable", node)] = found = located(found, node)
        return found

    def has_attribute(self: Inference, atom: Atom, name: str) -> bool | None:
        """Whether a value has an attribute; None where that depends on the run."""
        if atom.key[0] in ("func", "class"):
            return True if name == "__call__" else None
        if atom.key[0] == "object" and str(atom.key[1]).startswith("sklearn."):
            return offers(str(atom.key[1]), name)
        if atom.key[0] != "instance":
            unknown = ("object", "exception class", "class of", "value")
            return False if name == "__call__" and atom.key[0] not in unknown else None
        cls: ClassInfo = atom.payload
        if cls.find_method(name) is not None or cls.find_attribute(name) is not None:
            return True
        if cls.find_method("__getattr__") is not None:
            return None
        if any(name == each for each, _, _ in declared_fields(cls)):
            return True
        for each in cls.ancestors():
            start = each.methods.get("__init__")
            stores = [target for statement in (start.body if start is not None else []) for target in _targets(statement)]
            if name in stores:
                return True
        return False if self.lacks_attribute(cls, name) else None

    def lacks_attribute(self: Inference, cls: ClassInfo, name: str) -> bool:
        """Whether no object of exactly this class ever has an attribute of this name."""
        if cls.find_method(name) is not None or cls.find_attribute(name) is not None or cls.root.exception:
            return False
        if any(name == each for each, _, _ in declared_fields(cls)):
            return False
        setters = self._attribute_setters().get(name, set())
        if None in setters and cls.root.fields.get(name):
            return False
        return not setters & {each.node for each in cls.ancestors()}

    def _attribute_setters(self: Inference) -> dict[str, set[ast.ClassDef | None]]:
        """Attribute → the classes whose methods set it on their own object, and None where it is set on any other."""
        found: dict[str, set[ast.ClassDef | None]] | None = self.made.get("attribute setters")
        if found is not None:
            return found
        found = self.made["attribute setters"] = {}
        todo: list[tuple[ast.AST, ast.ClassDef | None, str]] = [(self.program.source.tree, None, "")]
        while todo:
            node, cls, receiver = todo.pop()
            if isinstance(node, ast.ClassDef):
                cls, receiver = node, ""
            elif isinstance(node, ast.FunctionDef) and cls is not None and not receiver and node.args.args:
                receiver = node.args.args[0].arg
            elif isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
                own = isinstance(node.value, ast.Name) and node.value.id == receiver
                found.setdefault(node.attr, set()).add(cls if own else None)
            todo += [(child, cls, receiver) for child in children(node)]
        return found

    def _asks_estimator(self: Inference, node: ast.Call) -> bool:
        """Whether all that the first argument holds are estimators of scikit-learn."""
        kinds = [each.key for each in self.eval(node.args[0]).atoms.values()] if node.args else []
        return bool(kinds) and all(key[0] == "object" and str(key[1]).startswith("sklearn.") for key in kinds)

    def _call_issubclass(self: Inference, node: ast.Call) -> Cell | None:
        """Of two named classes the program's text tells."""
        if len(node.args) != 2 or not isinstance(node.args[0], ast.Name):
            return None
        one = self.program.classes.get(node.args[0].id)
        others = node.args[1].elts if isinstance(node.args[1], ast.Tuple) else [node.args[1]]
        found = False
        for each in others:
            if not isinstance(each, ast.Name) or one is None:
                return None
            other = self.program.classes.get(each.id)
            if other is None and each.id in EXCEPTIONS and self.version(each) is None:
                base = getattr(builtins, one.exception, object) if one.exception else object
                found = found or issubclass(base, getattr(builtins, each.id))
            elif other is None:
                return None
            else:
                found = found or other in one.ancestors()
        made = self.made.setdefault(("issubclass", node), ast.copy_location(ast.Constant(found), node))
        self.instance.uses[(node, "")] = Use("desugared", bound={"value": [made]})
        self.graph.flow(self.eval(made), self.cell(node))
        return self.cell(node)

    def _next_of_spoken(self: Inference, node: ast.Call) -> Cell | None:
        """`next` of a generator that is spoken to."""
        if len(node.args) not in (1, 2) or node.keywords or isinstance(node.args[0], ast.Starred):
            return None
        spoken = self.eval(node.args[0]).get("object", "builtins.coroutine")
        if spoken is None:
            return None
        if not hasattr(node, desugar.FIRST):
            self.graph.add(spoken.cells[1], NONE)
        name = "__next__" if len(node.args) == 1 else "__next_or__"
        return self.library(node, "", f"builtins.coroutine.{name}", node.args[1:], [], receiver=node.args[0])

    def _call_reversed(self: Inference, node: ast.Call) -> Cell | None:
        return self._user_arguments(node, "__reversed__", None)

    def _call_print(self: Inference, node: ast.Call) -> Cell:
        for each in node.args:
            self.eval(each.value if isinstance(each, ast.Starred) else each)
            if isinstance(each, ast.Starred):
                self.iterate(each.value)
            elif isinstance(each, ast.Tuple):
                self.refuse_dtypes(each.elts)
        for keyword in node.keywords:
            if keyword.arg == "file":
                if self.qualified(keyword.value) not in ("sys.stderr", "sys.stdout"):
                    held = self.eval(keyword.value)
                    if any(key != ("object", "file") for key in held.atoms):
                        self.problem(
                            keyword.value,
                            "BAT103",
                            "`print(file=…)` is translated for sys.stdout, sys.stderr and open files",
                            "Use the object's `write`.",
                        )
            elif keyword.arg in ("sep", "end", "flush"):
                self.eval(keyword.value)
            else:
                self.problem(node, "BAT102", f"`print` has no parameter `{keyword.arg}`", "Leave it out.")
        self.instance.uses[(node, "")] = Use("print")
        return self.add(node, NONE)

    def _call_isinstance(self: Inference, node: ast.Call) -> Cell:
        if len(node.args) == 2:
            self._asks_exact(node, self.eval(node.args[0]))
            if self.class_keys(node.args[1]) is None:
                self.problem(
                    node.args[1], "BAT107", "`isinstance` is translated for classes that are named", "Name the classes."
                )
        self.instance.uses[(node, "")] = Use("isinstance")
        return self.add(node, BOOL)

    def _asks_exact(self: Inference, node: ast.Call, value: Cell) -> None:
        """Refuse to ask an int among decimals for its class."""
        if exact_beside_ints(value.atoms) is not None:
            reason = "an int or an exact number is asked for its class, and is held as an exact number"
            self.problem(node, "BAT202", reason, "Begin with an exact number: `Decimal(0)`, `Fraction(0)`.", "exact")

    def _call_type(self: Inference, node: ast.Call) -> Cell | None:
        if len(node.args) != 1:
            self.problem(node, "BAT104", "`type` with three arguments makes a class at run time", "Write the class.")
            return self.cell(node)
        value = self.eval(node.args[0])
        cell = self.cell(node)
        self._asks_exact(node, value)
        for atom in list(value.atoms.values()):
            if atom.key[0] == "instance":
                self.graph.add(
                    cell,
                    self.made.setdefault(
                        ("class of", atom.payload.root), Atom(("class of", atom.payload.root), (), None, atom.payload)
                    ),
                )
            elif atom.key[0] == "exception":
                self.graph.add(cell, self.made.setdefault("class of exception", Atom(("class of", "exception"))))
            else:
                self.graph.add(cell, self.made.setdefault(("class of", atom.key[0]), Atom(("class of", atom.key[0]))))
        self.instance.uses[(node, "")] = Use("type of")
        return cell

    def _user_arguments(self: Inference, node: ast.Call, special: str, result: Atom | None) -> Cell | None:
        """`len(x)`, `str(x)` … of an object of the program: its special method."""
        if len(node.args) != 1 or isinstance(node.args[0], ast.Starred):
            return None
        value = self.eval(node.args[0])
        if not self.has(value, "instance"):
            return None
        if special in ("__int__", "__float__") and all(a.payload.mixin for a in value.atoms.values() if a.key[0] == "instance"):
            return None
        found = self.call_special(node, "", special, node.args[0], [])
        if result is not None:
            return self.add(node, result)
        if found is not None:
            self.graph.flow(found, self.cell(node))
        return self.cell(node)

    def _of_value(self: Inference, node: ast.Call, name: str) -> Cell | None:
        """A builtin of one argument that is a value of which nothing is known."""
        if len(node.args) != 1 or node.keywords or isinstance(node.args[0], ast.Starred):
            return None
        held = self.eval(node.args[0])
        if name == "value.__len__" and held and self.expects("TypeError"):
            if all(key[0] in ("int", "float", "bool", "None", "func") for key in held.atoms):
                self.box(held)
                return self.library(node, "", name, [], [], receiver=node.args[0])
        if not self.dynamic(held):
            return None
        return self.library(node, "", name, [], [], receiver=node.args[0])

    def _call_dict(self: Inference, node: ast.Call) -> Cell | None:
        """`dict(value)`, and `dict(options, name=more)` as the display that it is."""
        if len(node.args) == 1 and node.keywords and not isinstance(node.args[0], ast.Starred):
            made = self.made.get(("dict of", node))
            if made is None:
                keys: list[ast.expr | None] = [
                    None,
                    *(None if each.arg is None else ast.Constant(each.arg) for each in node.keywords),
                ]
                first = node.args[0]
                if any(key[0] in ("list", "tuple", "seq", "iterator", "deque") for key in self.eval(first).atoms):
                    # Pairs, which a display does not take.
                    first = ast.Call(node.func, [first], [])
                values = [first, *(each.value for each in node.keywords)]
                made = self.made[("dict of", node)] = located(ast.Dict(keys, values), node)
            self.instance.uses[(node, "")] = Use("desugared", bound={"value": [made]})
            self.graph.flow(self.eval(made), self.cell(node))
            return self.cell(node)
        if len(node.args) == 1 and not isinstance(node.args[0], ast.Starred):
            atoms = list(self.eval(node.args[0]).atoms.values())
            mappings = [
                each.key[0] == "instance" and all(each.payload.find_method(name) for name in ("keys", "items", "__getitem__"))
                for each in atoms
            ]
            if any(mappings) and not all(mappings):
                self.problem(
                    node, "BAT202", "a mapping of the program or something else becomes a dict here", "Use one of them only."
                )
                return self.cell(node)
            if any(mappings):
                # An object with `keys` is a mapping.
                pairs = self.made.get(("pairs of", node))
                if pairs is None:
                    pairs = ast.Call(ast.Attribute(node.args[0], "items", ast.Load()), [], [])
                    pairs = self.made[("pairs of", node)] = located(pairs, node)
                return self.library(node, "", "builtins.dict", [pairs], [])
        return self._of_value(node, "value.__dict__")

    def _call_len(self: Inference, node: ast.Call) -> Cell | None:
        found = self._of_value(node, "value.__len__")
        if found is not None:
            return found
        if node.args and isinstance(node.args[0], ast.Name) and node.args[0].id in self.program.classes:
            cls = self.program.classes[node.args[0].id]
            if cls.enum:
                self.instance.uses[(node, "")] = Use("enum length", cls=cls)
                return self.add(node, INT)
        return self._named_tuple_length(node) or self._user_arguments(node, "__len__", INT)

    def _named_tuple_length(self: Inference, node: ast.Call) -> Cell | None:
        """The class says how many items its objects have."""
        if len(node.args) != 1 or isinstance(node.args[0], ast.Starred):
            return None
        atoms = list(self.eval(node.args[0]).atoms.values())
        if not atoms or any(each.key[0] != "instance" or not each.payload.named_tuple for each in atoms):
            return None
        sizes = {len(declared_fields(each.payload)) for each in atoms}
        if len(sizes) != 1 or any(each.payload.find_method("__len__") is not None for each in atoms):
            return None
        made = self.made.setdefault(("length", node), ast.copy_location(ast.Constant(sizes.pop()), node))
        self.instance.uses[(node, "")] = Use("desugared", bound={"value": [made]})
        self.graph.flow(self.eval(made), self.cell(node))
        return self.cell(node)

    def _call_max(self: Inference, node: ast.Call) -> Cell | None:
        """`max(a, *b)` is the largest item of one list."""
        if not any(isinstance(each, ast.Starred) for each in node.args):
            return None
        made = self.made.get(("one list", node))
        if made is None:
            items: ast.expr = ast.List(node.args, ast.Load())
            if len(node.args) == 1 and isinstance(node.args[0], ast.Starred):
                # A single item would be the container itself.
                items = ast.Call(ast.Name(SEVERAL, ast.Load()), [node.args[0].value], [])
            made = ast.Call(node.func, [items], node.keywords)
            made = self.made[("one list", node)] = located(made, node)
        self.instance.uses[(node, "")] = Use("desugared", bound={"value": [made]})
        self.graph.flow(self.eval(made), self.cell(node))
        return self.cell(node)

    _call_min = _call_max

    def _call_abs(self: Inference, node: ast.Call) -> Cell | None:
        if len(node.args) == 1 and not node.keywords and self.has(self.eval(node.args[0]), "array"):
            return self.library(node, "", "numpy.absolute", node.args, [])
        return self._user_arguments(node, "__abs__", None)

    def _of_numpy(self: Inference, node: ast.Call, count: int) -> bool:
        """Whether a builtin gets a NumPy number, which computes by its own rules and stays one, and so many arguments."""
        if len(node.args) != count or node.keywords or any(isinstance(each, ast.Starred) for each in node.args):
            return False
        keys = self.eval(node.args[0]).atoms
        return any(key[0] == "numpy" and key[1] != "str" for key in keys)

    def _call_pow(self: Inference, node: ast.Call) -> Cell | None:
        if len(node.args) != 2 or node.keywords or any(isinstance(each, ast.Starred) for each in node.args):
            return None
        made = self.made.get(("power", node))
        if made is None:
            made = self.made[("power", node)] = located(ast.BinOp(node.args[0], ast.Pow(), node.args[1]), node)
        self.instance.uses[(node, "")] = Use("desugared", bound={"value": [made]})
        self.graph.flow(self.eval(made), self.cell(node))
        return self.cell(node)

    def _call_next(self: Inference, node: ast.Call) -> Cell | None:
        found = self._next_of_spoken(node) or self._user_arguments(node, "__next__", None)
        if found is None and len(node.args) == 2 and self.has(self.eval(node.args[0]), "instance"):
            found = self.call_special(node, "", "__next_or__", node.args[0], [node.args[1]])
            if found is not None:
                self.graph.flow(found, self.cell(node))
                return self.cell(node)
        return found

    def _call_iter(self: Inference, node: ast.Call) -> Cell | None:
        if len(node.args) == 1 and self.eval(node.args[0]).get("object", "builtins.coroutine") is not None:
            self.instance.uses[(node, "")] = Use("desugared", bound={"value": [node.args[0]]})
            self.graph.flow(self.eval(node.args[0]), self.cell(node))
            return self.cell(node)
        return self._user_arguments(node, "__iter__", None)

    def _text_call(self: Inference, node: ast.Call, kind: str) -> Cell | None:
        if len(node.args) != 1 or node.keywords or isinstance(node.args[0], ast.Starred):
            return None
        self.eval(node.args[0])
        self.instance.uses[(node, "")] = Use(kind)
        return self.add(node, STR)

    def _call_str(self: Inference, node: ast.Call) -> Cell | None:
        return self._text_call(node, "str")

    def _call_repr(self: Inference, node: ast.Call) -> Cell | None:
        return self._text_call(node, "repr")

    def _call_bool(self: Inference, node: ast.Call) -> Cell | None:
        if len(node.args) != 1:
            return None
        self.eval(node.args[0])
        self.instance.uses[(node, "")] = Use("truth")
        return self.add(node, BOOL)

    def _call_format(self: Inference, node: ast.Call) -> Cell | None:
        if not node.args or len(node.args) > 2:
            return None
        held = self.eval(node.args[0])
        if any(key[0] == "instance" and atom.payload.find_method("__format__") for key, atom in held.atoms.items()):
            made = self.made.get(("formatted", node))
            if made is None:
                spec: list[ast.expr] = [ast.FormattedValue(each, -1, None) for each in node.args[1:]]
                shown = ast.FormattedValue(node.args[0], -1, ast.JoinedStr(spec))
                made = self.made[("formatted", node)] = located(ast.JoinedStr([shown]), node)
            self.instance.uses[(node, "")] = Use("desugared", bound={"value": [made]})
            self.graph.flow(self.eval(made), self.cell(node))
            return self.cell(node)
        if len(node.args) == 2:
            self.eval(node.args[1])
        self.instance.uses[(node, "")] = Use("format")
        return self.add(node, STR)

    def _super_call(self: Inference, node: ast.Call, function: ast.Attribute) -> Cell | None:
        inner = function.value
        if not (
            isinstance(inner, ast.Call)
            and isinstance(inner.func, ast.Name)
            and inner.func.id == "super"
            and self.version(inner.func) is None
        ):
            return None
        holder: FunctionInstance | None = self.instance
        while holder is not None and (holder.function is None or holder.function.owner is None):
            holder = holder.parent
        if holder is None or holder.function is None or holder.function.owner is None:
            self.problem(node, "BAT104", "`super()` outside a method", "Call the method of the base class by name.")
            return self.cell(node)
        owner = holder.function.owner
        receiver = parameters(holder.function.parameters)[0]
        self_cell = holder.version_cell(self.bindings.versions[receiver])
        method = next(
            (base.find_method(function.attr) for base in owner.ancestors()[1:] if function.attr in base.methods), None
        )
        if method is None:
            for each in node.args:
                self.eval(each)
            if function.attr in ("__init__", "__init_subclass__", "__post_init__"):
                self.instance.uses[(node, "")] = Use("super of builtin", cls=owner, text=function.attr)
                return self.add(node, NONE)
            if function.attr == "__str__" and owner.exception and not node.args:
                self.instance.uses[(node, "")] = Use("super of builtin", cls=owner, text=function.attr)
                return self.add(node, STR)
            self.problem(node, "BAT101", f"no base class has `{function.attr}`", "Define it in a base class.")
            return self.cell(node)
        for each in [*node.args, *[k.value for k in node.keywords]]:
            self.eval(each.value if isinstance(each, ast.Starred) else each)
        instance = self.call_function(node, "", method, self.module, node.args, node.keywords, self_cell, None)
        if instance is None:
            return self.cell(node)
        self.instance.uses[(node, "")] = Use("super", targets=[(method.owner, instance)], cls=owner)
        self.graph.flow(instance.result, self.cell(node))
        return self.cell(node)

    def _type_call(self: Inference, node: ast.Call, qualified: str) -> Cell:
        """`str.maketrans(…)`, `dict.fromkeys(…)`: functions of a builtin type, or its methods with the object written out."""
        self.made[("callee", node.func)] = True
        _, type_name, member = qualified.split(".")
        if node.args and isinstance(node.args[0], ast.Starred):
            return self._starred_receiver(node, type_name, member)
        for name in (qualified, f"{type_name}.{member}"):
            entry = catalog().find(name)
            if entry is None:
                continue
            first = next(iter(overloads(entry)[0].parameters), None)
            if entry.kind == "method" or (first is not None and first.name == "self"):
                return self.library(node, "", name, node.args[1:], node.keywords, receiver=node.args[0])
            return self.library(node, "", name, node.args, node.keywords)
        self.no_entry(node, f"{type_name}.{member}")
        return self.cell(node)

    def _starred_receiver(self: Inference, node: ast.Call, type_name: str, member: str) -> Cell:
        """`set.union(*sets)`: the method of the first item with the rest."""
        star = node.args[0]
        assert isinstance(star, ast.Starred)
        if isinstance(star.value, ast.Name) and {key[0] for key in self.eval(star.value).atoms} <= {"list", "seq"}:
            call = self.made.get(("starred first", node))
            if call is None:
                first = ast.Subscript(star.value, ast.Constant(0), ast.Load())
                rest = ast.Starred(ast.Subscript(star.value, ast.Slice(ast.Constant(1)), ast.Load()), ast.Load())
                call = ast.Call(ast.Attribute(first, member, ast.Load()), [rest, *node.args[1:]], node.keywords)
                call = self.made[("starred first", node)] = located(call, node)
            self.instance.uses[(node, "")] = Use("desugared", bound={"value": [call]})
            self.graph.flow(self.eval(call), self.cell(node))
            return self.cell(node)
        made: ast.expr | None = self.made.get(("starred receiver", node))
        if made is None and member in ("union", "intersection", "difference") and len(node.args) == 1 and not node.keywords:
            names = [ast.arg("one"), ast.arg("other")]
            joined = ast.Call(
                ast.Attribute(ast.Name("one", ast.Load()), member, ast.Load()), [ast.Name("other", ast.Load())], []
            )
            function = ast.Lambda(ast.arguments([], names, None, [], [], None, []), joined)
            made = self.made[("starred receiver", node)] = located(ast.Tuple([function, star.value], ast.Load()), node)
        if made is None:
            self.problem(node, "BAT102", f"`{type_name}.{member}` of starred arguments", "Call the method of the first one.")
            return self.cell(node)
        assert isinstance(made, ast.Tuple)
        return self.library(node, "", "functools.reduce", list(made.elts), [])

    # -- names of libraries

    def _qualified_call(self: Inference, node: ast.Call, qualified: str) -> Cell:
        self.made[("callee", node.func)] = True
        if qualified == "dataclasses.field":
            return self.cell(node)
        if qualified == "dataclasses.is_dataclass" and len(node.args) == 1 and not node.keywords:
            return self.asked_for_dataclass(node)
        if qualified in ("dataclasses.replace", "dataclasses.astuple", "dataclasses.asdict") and node.args:
            return self.dataclass_function(node, qualified.rpartition(".")[2])
        special = _OF_MATH.get(qualified)
        if special is not None and len(node.args) == 1 and self._defined(node, special, "") == special:
            return self._written_special(node, special, [])
        if qualified.startswith("math."):
            told = self.with_numbers(node, "__float__", "float")
            if told is not None:
                return told
        exception = self.exception_class(node.func)
        if isinstance(exception, str) and not node.keywords:
            for each in node.args:
                self.eval(each)
            self.instance.uses[(node, "")] = Use("exception", text=exception)
            return self.add(node, self.exception_atom())
        if qualified == "enum.auto":
            return self.add(node, INT)
        if qualified in ("typing.cast",) and len(node.args) == 2:
            self.instance.uses[(node, "")] = Use("desugared", bound={"value": [node.args[1]]})
            self.graph.flow(self.eval(node.args[1]), self.cell(node))
            return self.cell(node)
        if qualified in ("typing.TypeVar", "typing.NewType"):
            return self.cell(node)
        copied = self.own_copy(node, qualified)
        if copied is not None:
            return copied
        if qualified == "functools.partial":
            made = self._partial(node)
        else:
            made = self._operator_function(node, qualified) or self._written_out(node, qualified)
        if made is not None:
            self.instance.uses[(node, "")] = Use("desugared", bound={"value": [made]})
            self.graph.flow(self.eval(made), self.cell(node))
            return self.cell(node)
        return self.library(node, "", qualified, node.args, node.keywords)

    @staticmethod
    def _partial_lambda(function: ast.Lambda, node: ast.Call) -> ast.expr | None:
        """A lambda of which some parameters are given: these become defaults."""
        names = function.args
        plain = [*names.posonlyargs, *names.args]
        if names.vararg is not None or names.kwarg is not None or names.kwonlyargs or len(node.args) - 1 > len(plain):
            return None
        values = {each.arg: value for each, value in zip(plain[::-1], names.defaults[::-1], strict=False)}
        values.update({each.arg: value for each, value in zip(plain, node.args[1:], strict=False)})
        values.update({each.arg: each.value for each in node.keywords if each.arg})
        if any(name not in [each.arg for each in plain] for name in values):
            return None
        left = [each for each in plain if each.arg not in values]
        given = [each for each in plain if each.arg in values]
        arguments = ast.arguments([], [*left, *given], None, [], [], None, [values[each.arg] for each in given])
        return desugar.copied(located(ast.Lambda(arguments, function.body), node))

    def _partial(self: Inference, node: ast.Call) -> ast.expr | None:
        """`functools.partial(f, a, k=b)` as a lambda of the parameters that are left; `a` and `b` are evaluated now."""
        if not node.args or any(isinstance(each, ast.Starred) for each in node.args) or any(not k.arg for k in node.keywords):
            return None
        function = node.args[0]
        found: ast.expr | None = self.made.get(("partial", node))
        if found is not None:
            return found
        if isinstance(function, ast.Lambda):
            found = self._partial_lambda(function, node)
            self.made[("partial", node)] = found
            return found
        names: list[str] | None = None
        if isinstance(function, ast.Name) and self.version(function) is None:
            names = [f"item{index}" for index in range(len(node.args))]
        else:
            for atom in list(self.eval(function).atoms.values()):
                info = None
                if atom.key[0] == "func":
                    info, skipped = atom.payload.function, atom.payload.function.kind == "method"
                elif atom.key[0] == "class":
                    info, skipped = atom.payload.find_method("__init__"), True
                    if info is None and declared_fields(atom.payload):
                        names = [each for each, default, _ in declared_fields(atom.payload) if default is None]
                        continue
                if info is None or info.parameters.vararg is not None:
                    return None
                plain = [each.arg for each in [*info.parameters.posonlyargs, *info.parameters.args]][1 if skipped else 0 :]
                count = len(info.parameters.defaults)
                names = plain[: len(plain) - count] if count else plain
        if names is None:
            return None
        given = {each.arg for each in node.keywords}
        left = [each for each in names[len(node.args) - 1 :] if each not in given]
        held: list[tuple[str, ast.expr]] = []

        def kept(value: ast.expr) -> ast.expr:
            if isinstance(value, ast.Constant):
                return value
            held.append((f"held{len(held) + 1}", value))
            return ast.Name(held[-1][0], ast.Load())

        first = [kept(each) for each in node.args[1:]]
        keywords = [ast.keyword(each.arg, kept(each.value)) for each in node.keywords]
        # After a keyword that comes first in the signature the rest is passed by name.
        positional = not any(each in given for each in names[: names.index(left[-1])]) if left else True
        rest: list[ast.expr] = [ast.Name(each, ast.Load()) for each in left] if positional else []
        by_name = [] if positional else [ast.keyword(each, ast.Name(each, ast.Load())) for each in left]
        arguments = ast.arguments(
            [], [ast.arg(each) for each in [*left, *[name for name, _ in held]]], None, [], [], None, [v for _, v in held]
        )
        call = ast.Call(desugar.copied(function), [*first, *rest], [*keywords, *by_name])
        found = self.made[("partial", node)] = located(ast.Lambda(arguments, call), node)
        return found

    def _call_int(self: Inference, node: ast.Call) -> Cell | None:
        return self._user_arguments(node, self._defined(node, "__int__", "__index__", "__trunc__"), INT)

    def _call_float(self: Inference, node: ast.Call) -> Cell | None:
        return self._user_arguments(node, self._defined(node, "__float__", "__index__"), FLOAT)

    def _call_complex(self: Inference, node: ast.Call) -> Cell | None:
        if self._defined(node, "__complex__", "") == "__complex__":
            return self._user_arguments(node, "__complex__", None)
        return self.with_numbers(node, "__float__", "float")

    def _call_round(self: Inference, node: ast.Call) -> Cell | None:
        """`round(x)` and `round(x, digits)` of an object: its `__round__`."""
        if len(node.args) != 2 or isinstance(node.args[0], ast.Starred) or not self.has(self.eval(node.args[0]), "instance"):
            return self._user_arguments(node, "__round__", None)
        return self._written_special(node, "__round__", node.args[1:])

    def _call_divmod(self: Inference, node: ast.Call) -> Cell | None:
        if len(node.args) == 2 and not isinstance(node.args[0], ast.Starred) and self.has(self.eval(node.args[0]), "instance"):
            return self._written_special(node, "__divmod__", node.args[1:])
        if self._of_numpy(node, 2):
            return self.library(node, "", "numpy.divmod", node.args, [])
        return None

    def _call_hex(self: Inference, node: ast.Call) -> Cell | None:
        return self.with_numbers(node, "__index__")

    _call_bin = _call_oct = _call_chr = _call_range = _call_hex

    def _call_hash(self: Inference, node: ast.Call) -> Cell | None:
        if self._defined(node, "__hash__", "") != "__hash__":
            return None
        return self._user_arguments(node, "__hash__", INT)

    def _defined(self: Inference, node: ast.Call, *names: str) -> str:
        """The first special method that all objects of the program at the argument have; the first of all where there is none."""
        if node.args and not isinstance(node.args[0], ast.Starred):
            held = [each.payload for each in self.eval(node.args[0]).atoms.values() if each.key[0] == "instance"]
            for name in names:
                if held and all(each.find_method(name) is not None for each in held):
                    return name
            return names[-1] if not names[-1] else names[0]
        return names[0]

    def _written_special(self: Inference, node: ast.Call, name: str, arguments: list[ast.expr]) -> Cell:
        """A builtin that calls a special method of its first argument, as that call."""
        made = self.made.get(("special call", node))
        if made is None:
            made = ast.Call(ast.Attribute(node.args[0], name, ast.Load()), arguments, [])
            made = self.made[("special call", node)] = located(made, node)
        self.instance.uses[(node, "")] = Use("desugared", bound={"value": [made]})
        self.graph.flow(self.eval(made), self.cell(node))
        return self.cell(node)

    def number_of(self: Inference, node: ast.expr, special: str, function: str = "") -> ast.expr | None:
        """An object of the program where Python asks for a number: a call of its special method, or of the builtin that calls it."""
        if isinstance(node, ast.Starred | ast.Slice | ast.Lambda):
            return None
        atoms = list(self.eval(node).atoms.values())
        if not atoms or any(each.key[0] != "instance" or each.payload.find_method(special) is None for each in atoms):
            return None
        made: ast.expr | None = self.made.get(("number of", node, special))
        if made is None:
            call = ast.Attribute(node, special, ast.Load()) if not function else ast.Name(function, ast.Load())
            made = located(ast.Call(call, [node] if function else [], []), node)
            self.made[("number of", node, special)] = made
        return made

    def with_numbers(self: Inference, node: ast.Call, special: str, function: str = "") -> Cell | None:
        """A call of which arguments are objects that stand for a number; None where there is none."""
        numbers = [self.number_of(each, special, function) for each in node.args]
        if not any(numbers):
            return None
        made = self.made.get(("with numbers", node))
        if made is None:
            given = [one or each for one, each in zip(numbers, node.args, strict=True)]
            made = self.made[("with numbers", node)] = located(ast.Call(node.func, given, node.keywords), node)
        self.instance.uses[(node, "")] = Use("desugared", bound={"value": [made]})
        self.graph.flow(self.eval(made), self.cell(node))
        return self.cell(node)

    def _call_sorted(self: Inference, node: ast.Call) -> Cell | None:
        """`sorted(items, key=cmp_to_key(f))`."""
        function = self._comparison_key(node)
        if function is None or len(node.args) != 1:
            return None
        keywords = [each for each in node.keywords if each.arg != "key"]
        return self.library(node, "", "functools.cmp_to_key.sorted", [node.args[0], function], keywords)

    def _comparison_key(self: Inference, node: ast.Call) -> ast.expr | None:
        """The `f` of `key=cmp_to_key(f)`."""
        for each in node.keywords:
            if each.arg == "key" and isinstance(each.value, ast.Call) and len(each.value.args) == 1:
                if self.qualified(each.value.func) == "functools.cmp_to_key":
                    return each.value.args[0]
        return None

    def _call_sum(self: Inference, node: ast.Call) -> Cell | None:
        """`sum(objects)` by their `__add__`; the first one is added to the start."""
        if not node.args or len(node.args) > 2 or any(isinstance(each, ast.Starred) for each in node.args):
            return None
        items = self.iterate(node.args[0])
        if not items and self.use_hints and self.program.containers and len(node.args) == 1 and not node.keywords:
            # What is summed is made from sums: they begin with the int 0.
            self.add(node, INT)
        if self.dynamic(items):
            return self.library(node, "", "value.__sum__", node.args, node.keywords)
        if not self.has(items, "instance"):
            return None
        start = node.args[1] if len(node.args) == 2 else next((k.value for k in node.keywords if k.arg == "start"), None)
        made: ast.expr | None = self.made.get(("sum", node))
        if made is None:
            names = [ast.arg("total"), ast.arg("item")]
            added = ast.BinOp(ast.Name("total", ast.Load()), ast.Add(), ast.Name("item", ast.Load()))
            function = ast.Lambda(ast.arguments([], names, None, [], [], None, []), added)
            made = located(ast.Tuple([function, *node.args[:1], *([start] if start is not None else [])]), node)
            self.made[("sum", node)] = made
        assert isinstance(made, ast.Tuple)
        classes = [each.payload for each in items.atoms.values() if each.key[0] == "instance"]
        if start is None and all(each.enum and each.root.mixin == "int" for each in classes):
            # Members that are numbers are added to 0 as such.
            if len(made.elts) == 2:
                made.elts.append(located(ast.Constant(0), node))
        elif start is None and not all(map(_adds_to_zero, classes)):
            if not all(each.find_method("__radd__") is not None for each in classes) or isinstance(node.args[0], ast.Starred):
                reason = "`sum` of objects begins with 0, which is added to the first"
                self.problem(node, "BAT104", reason, "Give `sum` a start.")
                return self.cell(node)
            made = self._first_added_to_zero(node, made)
        return self.library(node, "", "functools.reduce", list(made.elts), [])

    def _first_added_to_zero(self: Inference, node: ast.Call, plain: ast.Tuple) -> ast.Tuple:
        """The sum of objects whose `__radd__` says what 0 and the first of them are."""
        found: ast.Tuple | None = self.made.get(("sum from zero", node))
        if found is None:
            index, item = (ast.Subscript(ast.Name("pair", ast.Load()), ast.Constant(each), ast.Load()) for each in (0, 1))
            first = ast.Compare(index, [ast.Eq()], [ast.Constant(0)])
            chosen = ast.IfExp(first, ast.BinOp(ast.Constant(0), ast.Add(), item), item)
            function = ast.Lambda(ast.arguments([], [ast.arg("pair")], None, [], [], None, []), chosen)
            counted = ast.Call(ast.Name("enumerate", ast.Load()), [node.args[0]], [])
            items = ast.Call(ast.Name("map", ast.Load()), [function, counted], [])
            found = self.made[("sum from zero", node)] = located(ast.Tuple([plain.elts[0], items], ast.Load()), node)
        return found

    def _operator_function(self: Inference, node: ast.Call, qualified: str) -> ast.expr | None:
        """`operator.itemgetter(1)` and its kin as lambdas."""
        if qualified not in ("operator.itemgetter", "operator.attrgetter") or node.keywords:
            return None
        key = ("operator function", node)
        found: ast.expr | None = self.made.get(key)
        if found is None:
            item = ast.Name("item", ast.Load())
            parts: list[ast.expr] = []
            for each in node.args:
                if qualified == "operator.itemgetter":
                    parts.append(ast.Subscript(item, each, ast.Load()))
                elif isinstance(each, ast.Constant) and isinstance(each.value, str):
                    value: ast.expr = item
                    for name in each.value.split("."):
                        value = ast.Attribute(value, name, ast.Load())
                    parts.append(value)
                else:
                    return None
            body = parts[0] if len(parts) == 1 else ast.Tuple(parts, ast.Load())
            arguments = ast.arguments([], [ast.arg("item")], None, [], [], None, [])
            found = self.made[key] = located(ast.Lambda(arguments, body), node)
        return found

    def _written_out(self: Inference, node: ast.Call, qualified: str) -> ast.expr | None:
        """A library function whose call means the same as an expression."""
        if any(isinstance(each, ast.Starred) and self.expand_starred(each) is not None for each in node.args):
            return None
        key = ("written out", node)
        if key not in self.made:
            self.made[key] = written_out(node, qualified)
        found: ast.expr | None = self.made[key]
        return found

    # -- methods

    def _method_call(self: Inference, node: ast.Call, function: ast.Attribute) -> Cell:
        cell = self.cell(node)
        if (
            isinstance(function.value, ast.Name)
            and function.value.id in self.program.classes
            and self.version(function.value) is not None
        ):
            return self._class_call(node, function, self.program.classes[function.value.id])
        owner = self.eval(function.value)
        asked = self.asked_of_value(node, [function.value], lambda: [function.value, *node.args])
        if asked is not None:
            return asked
        if function.attr == "sort" and not node.args and self.has(owner, "list"):
            compare = self._comparison_key(node)
            if compare is not None:
                rest = [each for each in node.keywords if each.arg != "key"]
                return self.library(node, "", "functools.cmp_to_key.sort", [compare], rest, receiver=function.value)
        for each in [*node.args, *[k.value for k in node.keywords]]:
            if not isinstance(each, ast.Starred | ast.Lambda | ast.Name | ast.Attribute):
                self.eval(each)
        spoken = owner.get("object", "builtins.coroutine")
        if spoken is not None and function.attr == "send" and len(node.args) == 1:
            if hasattr(node, desugar.FIRST):
                return self.library(node, "", "builtins.coroutine.__next__", [], [], receiver=function.value)
            self.graph.flow(self.eval(node.args[0]), spoken.cells[1])
        targets: list[tuple[ClassInfo | None, FunctionInstance]] = []
        missing: list[ClassInfo] = []
        mixed = self.mixed(owner)
        for atom in self.atoms_of(owner):
            kind = atom.key[0]
            if mixed and kind != "str" and catalog().find(f"str.{function.attr}") is not None:
                continue
            if kind == "instance":
                cls: ClassInfo = atom.payload
                method = cls.find_method(function.attr)
                if method is not None and method.kind != "property":
                    receiver = self.without_none(node, owner) if method.kind == "method" else None
                    instance = self.call_function(node, "", method, self.module, node.args, node.keywords, receiver, cls)
                    if instance is not None:
                        targets.append((cls, instance))
                        self.graph.flow(instance.result, cell)
                    continue
                if method is None and cls.mixin and catalog().find(f"{cls.mixin}.{function.attr}") is not None:
                    # A member of such an enum is a text or a number, too.
                    found = self.library(
                        node, "method", f"{cls.mixin}.{function.attr}", node.args, node.keywords, function.value
                    )
                    self.graph.flow(found, cell)
                    continue
                if method is None and cls.exception and function.attr in METHODS and function.attr not in cls.root.fields:
                    self.made[STATE] = True
                    given = (node.args, node.keywords, function.value)
                    self.graph.flow(self.library(node, "method", f"builtins.Exception.{function.attr}", *given), cell)
                    continue
                if cls.named_tuple and function.attr in ("_replace", "_asdict") and not node.args:
                    return self.named_tuple_function(node, function.value, function.attr, cls)
                if function.attr in cls.root.fields or method is not None:
                    self._value_call(node, self.eval(function))
                    continue
                missing.append(cls)
            elif kind == "None":
                pass
            elif kind == "class":
                self._class_call(node, function, atom.payload)
            elif kind == "func":
                self.problem(node, "BAT107", "a method of a function object is not translated", "Call the function itself.")
            else:
                name = self.entry_name(atom, function.attr)
                if kind == "exception" and function.attr in METHODS:
                    self.made[STATE] = True
                if name is None and self.expects("AttributeError"):
                    return self.lacking(node, function.value, function.attr)
                if name is None:
                    self.problem(
                        node,
                        "BAT101",
                        f"{self.describe_atom(atom)} has no method `{function.attr}` with a Rust form",
                        "Write it with other methods.",
                    )
                    continue
                self.graph.flow(self.library(node, "method", name, node.args, node.keywords, receiver=function.value), cell)
        if targets:
            self._share_results(targets)
            use = Use("method", targets=targets, receiver=function.value, text=function.attr, lacking=missing)
            self.instance.uses[(node, "")] = use
        elif self.expects("AttributeError") and owner and self._nobody_has(owner, missing):
            return self.lacking(node, function.value, function.attr)
        elif any(not each.abstract for each in missing):
            self.problem(node, "BAT106", f"`{missing[0].name}` has no method `{function.attr}`", "Define it.")
        return cell

    def _nobody_has(self: Inference, owner: Cell, missing: list[ClassInfo]) -> bool:
        """Whether only None and objects without the method are there."""
        objects = [key for key in owner.atoms if key != ("None",)]
        return len(objects) == len(missing) and all(key[0] == "instance" for key in objects)

    def without_none(self: Inference, node: ast.AST, cell: Cell) -> Cell:
        """The objects of a receiver: None has no methods, so it never becomes `self`."""
        if cell.get("None") is None and not (self.program.containers and len(cell.atoms) > 1):
            return cell
        held = self.cell(node, "receiver")
        for key, atom in list(cell.atoms.items()):
            if key[0] == "instance" if self.program.containers else key != ("None",):
                self.graph.add(held, atom)
        self.graph.comes_from(held, cell)
        return held

    def _class_call(self: Inference, node: ast.Call, function: ast.Attribute, cls: ClassInfo) -> Cell:
        """`Class.method(…)`: static and class methods, and plain ones with the receiver written out."""
        method = cls.find_method(function.attr)
        cell = self.cell(node)
        if method is None and cls.named_tuple and function.attr == "_make" and len(node.args) == 1 and not node.keywords:
            return self._made_named_tuple(node, function.value, cls)
        if method is None:
            self.problem(node, "BAT106", f"`{cls.name}` has no method `{function.attr}`", "Define it.")
            return cell
        arguments = list(node.args)
        receiver: Cell | None = None
        if method.kind == "method":
            if not arguments:
                return cell
            receiver = self.eval(arguments.pop(0))
        instance = self.call_function(node, "", method, self.module, arguments, node.keywords, receiver, cls)
        if instance is not None:
            self.instance.uses[(node, "")] = Use("class call", targets=[(cls, instance)], cls=cls, text=function.attr)
            self.graph.flow(instance.result, cell)
        return cell

    def _made_named_tuple(self: Inference, node: ast.Call, owner: ast.expr, cls: ClassInfo) -> Cell:
        """`Point._make(row)`: the items of a display, or of a tuple that has as many as the class has fields."""
        cell = self.cell(node)
        row = node.args[0]
        count = len(declared_fields(cls))
        if not isinstance(row, ast.List | ast.Tuple):
            atoms = list(self.eval(row).atoms.values())
            if not atoms:
                return cell
            if not isinstance(row, ast.Name) or any(each.key != ("tuple", count) for each in atoms):
                self.problem(node, "BAT104", "`_make` of items whose number is not known is not translated", "Call the class.")
                return cell
        made = self.made.get(("made", node))
        if made is None:
            if isinstance(row, ast.List | ast.Tuple):
                items = list(row.elts)
            else:
                items = [ast.Subscript(row, ast.Constant(index), ast.Load()) for index in range(count)]
            made = self.made[("made", node)] = located(ast.Call(owner, items, []), node)
        self.instance.uses[(node, "")] = Use("desugared", bound={"value": [made]})
        self.graph.flow(self.construct(made, cls), cell)
        return cell

    def call_special(
        self: Inference,
        node: ast.AST,
        tag: str,
        name: str,
        receiver: ast.expr,
        arguments: list[ast.expr],
        classes: list[ClassInfo] | None = None,
        keywords: list[ast.keyword] | None = None,
    ) -> Cell | None:
        """A special method of the objects at `receiver`."""
        if classes is None:
            cell = self.eval(receiver) if not isinstance(receiver, ast.Name) or receiver.id != "_value" else self.cell(receiver)
            classes = [atom.payload for atom in list(cell.atoms.values()) if atom.key[0] == "instance"]
        targets: list[tuple[ClassInfo | None, FunctionInstance]] = []
        missing: list[ClassInfo] = []
        result = self.cell(node, f"{tag} {name}")
        for cls in classes:
            method = cls.find_method(name)
            if method is None:
                if (
                    not name.startswith("__")
                    and self.lacks_attribute(cls, name)
                    and any(each.find_method(name) for each in classes)
                ):
                    missing.append(cls)
                    continue
                self.problem(node, "BAT101", f"`{cls.name}` has no `{name}`", f"Define `{name}`.", tag)
                continue
            made = self.made.setdefault(("special", self.instance, node, tag, cls), Cell())
            self.graph.add(made, self.instance_atom(cls))
            instance = self.call_function(node, tag, method, self.module, arguments, keywords or [], made, cls)
            if instance is not None:
                targets.append((cls, instance))
                self.graph.flow(instance.result, result)
        if targets:
            self._share_results(targets)
            self.instance.uses[(node, tag)] = Use("method", targets=targets, receiver=receiver, text=name, lacking=missing)
        return result

    def _share_results(self: Inference, targets: list[tuple[ClassInfo | None, FunctionInstance]]) -> None:
        """Overrides share one Rust signature. A base that only declares the method gives nothing."""
        first, *others = [instance for _, instance in targets if not only_declares(instance.function)] or [targets[0][1]]
        for other in others:
            if other is not first and other.result and first.result:
                self.graph.unify(first.result, other.result)
        if others:
            self._share_parameters([instance for _, instance in targets])

    def _share_parameters(self: Inference, called: list[FunctionInstance]) -> None:
        """What is called without knowing the class takes the same parameters in the whole family, also where only a direct call is seen."""
        info = called[0].function
        if info is None or info.owner is None or info.name.startswith("__") or any(each.key for each in called):
            return
        parameters = first_parameters(called[0])
        for cls in info.owner.root.descendants():
            method = cls.methods.get(info.name)
            for instance in list(method.instances.values()) if method is not None else ():
                others = first_parameters(instance)
                if instance is not called[0] and not instance.key and len(others) == len(parameters):
                    for one, other in zip(parameters, others, strict=True):
                        self.graph.unify(one, other)

    def call_setter(
        self: Inference, target: ast.Attribute, method: FunctionInfo, value: Cell, lacking: list[ClassInfo]
    ) -> None:
        """`obj.x = v` where `x` is a property with a setter."""
        key = ("value of", target)
        node = self.made.get(key)
        if node is None:
            node = self.made[key] = ast.copy_location(ast.Name("_value", ast.Load()), target)
        self.graph.flow(value, self.cell(node))
        owner = self.eval(target.value)
        instance = self.call_function(target, "setter", method, self.module, [node], [], owner, None)
        if instance is not None:
            self.instance.uses[(target, "setter")] = Use(
                "method", targets=[(method.owner, instance)], receiver=target.value, text=target.attr, lacking=list(lacking)
            )

    # -- functions and classes of the program

    def _made_with_parameters(self: Inference, node: ast.Call, value: Cell) -> ast.expr | None:
        """A class of scikit-learn among values that is called with parameters: they are set afterwards."""
        atoms = list(value.atoms.values())
        makers = [each for each in atoms if each.key[0] == "func" and each.payload.function.node in self.estimator_makers]
        if not node.keywords or node.args or not atoms or len(makers) < len(atoms):
            return None
        made: ast.expr | None = self.made.get(("made with parameters", node))
        if made is None:
            alone = ast.Call(node.func, [], [])
            made = located(ast.Call(ast.Attribute(alone, "set_params", ast.Load()), [], node.keywords), node)
            self.made[("made with parameters", node)] = made
        return made

    def _value_call(self: Inference, node: ast.Call, value: Cell) -> Cell:
        made = self._made_with_parameters(node, value)
        if made is not None:
            self.instance.uses[(node, "")] = Use("desugared", bound={"value": [made]})
            self.graph.flow(self.eval(made), self.cell(node))
            return self.cell(node)
        if self.called_at_run_time(node, value):
            return self.call_of_value(node)
        if self.dynamic(value):
            asked = self.asked_of_value(node, [node.func], lambda: [node.func, *node.args], called=True)
            return asked or self.call_of_value(node)
        cell = self.cell(node)
        targets: list[tuple[ClassInfo | None, FunctionInstance]] = []
        atoms = list(value.atoms.values())
        for atom in atoms:
            if atom.key[0] == "func":
                held = atom.payload
                self.value_calls.setdefault(node, set()).add(held.function)
                receiver = held.receiver if held.function.kind in ("method",) else None
                instance = self.call_function(
                    node, "", held.function, held.parent, node.args, node.keywords, receiver, held.function.owner
                )
                if instance is not None:
                    targets.append((None, instance))
                    self.graph.flow(instance.result, cell)
            elif atom.key[0] == "class":
                self.construct(node, atom.payload)
            elif atom.key[0] == "instance":
                found = self.call_special(node, "call", "__call__", node.func, node.args, keywords=node.keywords)
                if found is not None:
                    self.graph.flow(found, cell)
            elif atom.key[0] == "exception class":
                for each in node.args:
                    self.eval(each)
                self.graph.add(cell, self.exception_atom())
            elif atom.key[0] != "None" and self.expects("TypeError"):
                self.box(value)
                return self.call_of_value(node)
            elif atom.key[0] != "None":
                self.problem(node, "BAT104", f"{self.describe_atom(atom)} is called", "Call a function.")
        for _, other in targets[1:]:
            # Functions that are called at one place have one type in Rust.
            first = targets[0][1]
            if other is first or (first.function is not None and first.function.generator):
                continue
            mine, theirs = first_parameters(first), first_parameters(other)
            if len(mine) == len(theirs) and takes_rest(first) == takes_rest(other):
                for one, two in zip(mine, theirs, strict=True):
                    self.graph.unify(one, two)
                self.graph.unify(first.result, other.result)
        if targets:
            direct = (
                len(atoms) == 1
                and isinstance(node.func, ast.Name)
                and targets[0][1].function is not None
                and targets[0][1].function.kind == "function"
                and node.func.id == targets[0][1].function.name
                and self.version(node.func) is not None
                and self.version(node.func).definitions == [targets[0][1].function.node]  # type: ignore[union-attr]
            )
            if direct:
                self.value_calls.pop(node, None)
            self.instance.uses[(node, "")] = Use("function" if direct else "value", targets=targets)
        elif not value and (self.instance, node.func, "") not in self.active.problems:
            for each in [*node.args, *[k.value for k in node.keywords]]:
                self.eval(each)
        return cell

    def construct(self: Inference, node: ast.Call, cls: ClassInfo) -> Cell:
        """`Class(…)`."""
        cell = self.cell(node)
        if cls.enum:
            for each in node.args:
                self.eval(each)
            self.instance.uses[(node, "")] = Use("enum by value", cls=cls)
            self.graph.add(cell, self.instance_atom(cls))
            return cell
        if not cls.constructed:
            cls.constructed = True
            self.graph.time += 1
        self.graph.add(cell, self.instance_atom(cls))
        self.trait_methods(cls)
        method = cls.find_method("__init__")
        made = self.made.setdefault(("constructed", cls), Cell())
        self.graph.add(made, self.instance_atom(cls))
        use = Use("construct", cls=cls)
        self.instance.uses[(node, "")] = use
        declared = declared_fields(cls)
        if method is not None:
            instance = self.call_function(node, "", method, self.module, node.args, node.keywords, made, cls)
            if instance is not None:
                use.targets = [(cls, instance)]
        elif declared:
            self._construct_fields(node, cls, declared, use, made)
        elif cls.exception:
            for each in node.args:
                self.eval(each)
            use.bound = {"args": list(node.args)}
        elif node.args or node.keywords:
            for each in node.args:
                self.eval(each)
            self.problem(node, "BAT102", f"`{cls.name}` takes no arguments", "Define `__init__`.")
        return cell

    def _construct_fields(
        self: Inference,
        node: ast.Call,
        cls: ClassInfo,
        declared: list[tuple[str, ast.expr | None, ast.expr]],
        use: Use,
        made: Cell,
    ) -> None:
        declared = [each for each in declared if not self.excluded_from_init(each[1])]
        given: dict[str, ast.expr] = {}
        arguments: list[ast.expr] = []
        for each in node.args:
            parts = self.expand_starred(each) if isinstance(each, ast.Starred) else None
            arguments += parts if parts is not None else [each]
        for (name, _, _), each in zip(declared, arguments, strict=False):
            given[name] = each
        if len(arguments) > len(declared) or any(isinstance(each, ast.Starred) for each in arguments):
            self.problem(node, "BAT102", f"`{cls.name}` has {len(declared)} fields", "Pass one value for each field.")
            return
        written = self.written_keywords(
            node, f"{cls.name}.__init__", [(name, self.default_of(each)) for name, each, _ in declared], given
        )
        if written is None:
            return
        for keyword in written:
            if keyword.arg not in {name for name, _, _ in declared}:
                self.problem(node, "BAT102", f"`{cls.name}` has no field `{keyword.arg}`", "Name a field of the class.")
                return
            given[keyword.arg] = keyword.value
        for name, default, _ in declared_fields(cls):
            if self.set_later(default):
                continue
            value = given.get(name) or self.default_of(default)
            if value is None:
                self.problem(node, "BAT102", f"the field `{name}` is missing", "Pass a value for it.")
                continue
            given[name] = value
            self.graph.flow(self.eval(value), cls.field(name))
        use.bound = {name: [value] for name, value in given.items()}
        after = cls.find_method("__post_init__")
        if after is not None:
            instance = self.call_function(node, "post", after, self.module, [], [], made, cls)
            if instance is not None:
                use.targets = [(cls, instance)]

    def excluded_from_init(self: Inference, default: ast.expr | None) -> bool:
        """Whether a dataclass field is declared with `init=False`."""
        return self.field_says_no(default, "init")

    def field_says_no(self: Inference, default: ast.expr | None, option: str) -> bool:
        """Whether a dataclass field is declared with `field(option=False)`."""
        return (
            isinstance(default, ast.Call)
            and self.is_field_call(default)
            and any(k.arg == option and isinstance(k.value, ast.Constant) and k.value.value is False for k in default.keywords)
        )

    def set_later(self: Inference, default: ast.expr | None) -> bool:
        """Whether a dataclass field has no value before `__post_init__` sets it."""
        return self.excluded_from_init(default) and self.default_of(default) is None

    def default_of(self: Inference, default: ast.expr | None) -> ast.expr | None:
        """The expression that makes a dataclass field's default."""
        if default is None or not (isinstance(default, ast.Call) and self.is_field_call(default)):
            return default
        for keyword in default.keywords:
            if keyword.arg == "default":
                return keyword.value
            if keyword.arg == "default_factory":
                made: ast.expr | None = self.made.get(("factory", default))
                if made is None:
                    if isinstance(keyword.value, ast.Lambda) and not keyword.value.args.args:
                        made = keyword.value.body
                    elif isinstance(keyword.value, ast.Name) and keyword.value.id in ("list", "dict", "set"):
                        literals: dict[str, ast.expr] = {
                            "list": ast.List([], ast.Load()),
                            "dict": ast.Dict([], []),
                            "set": ast.Call(keyword.value, [], []),
                        }
                        made = located(literals[keyword.value.id], default)
                    else:
                        made = located(ast.Call(keyword.value, [], []), default)
                    self.made[("factory", default)] = made
                return made
        return None

    def trait_methods(self: Inference, cls: ClassInfo) -> None:
        """Special methods that Rust reaches through traits: they have an instance as soon as an object exists."""
        for name in TRAIT_METHODS:
            method = cls.find_method(name)
            if method is None:
                continue
            instance = self.instance_of(method, (), self.module)
            names = parameters(method.parameters)
            self.graph.add(instance.version_cell(self.bindings.versions[names[0]]), self.instance_atom(cls))
            if len(names) > 1 and name != "__format__":
                # What asks for the class of the other object meets all objects of the family.
                asks = name == "__eq__" and any(_asks_class(each, names[1].arg) for each in walk(method.node))
                for each in cls.root.descendants() if asks else [cls]:
                    if each is cls or each.constructed:
                        self.graph.add(instance.version_cell(self.bindings.versions[names[1]]), self.instance_atom(each))

    def call_function(
        self: Inference,
        node: ast.AST,
        tag: str,
        info: FunctionInfo,
        parent: FunctionInstance,
        arguments: list[ast.expr],
        keywords: list[ast.keyword],
        receiver: Cell | None,
        cls: ClassInfo | None,
    ) -> FunctionInstance | None:
        """Let arguments arrive at a function's parameters. None with a problem noted when they do not fit."""
        names = info.parameters
        plain = [*names.posonlyargs, *names.args]
        bound: dict[str, Cell] = {}
        if receiver is not None and info.kind not in ("static", "class method") and plain:
            bound[plain[0].arg] = receiver
            plain = plain[1:]
        elif info.kind == "class method" and plain:
            class_cell = self.made.setdefault(("class cell", cls or info.owner), Cell())
            owner = cls or info.owner
            assert owner is not None
            self.graph.add(class_cell, self.made.setdefault(("class", owner), Atom(("class", owner), (), None, owner)))
            bound[plain[0].arg] = class_cell
            plain = plain[1:]
        given: dict[str, list[ast.expr]] = {}
        expanded: list[ast.expr] = []
        for each in arguments:
            if isinstance(each, ast.Starred):
                parts = self.expand_starred(each)
                if parts is None and names.vararg is None and each is arguments[-1]:
                    parts = self.counted_star(each, info, [one.arg for one in plain], len(expanded), keywords)
                if parts is None:
                    expanded.append(each)
                    continue
                expanded.extend(parts)
            else:
                expanded.append(each)
        if names.vararg is None and any(isinstance(each, ast.Starred) for each in expanded):
            self.problem(node, "BAT104", "a starred argument of unknown length", "Pass the values one by one.")
            return None
        if any(isinstance(each, ast.Starred) for each in expanded[: len(plain)]) and not names.defaults:
            expanded = self.starred_head(expanded, len(plain))
        for index, each in enumerate(expanded):
            if index < len(plain) and not isinstance(each, ast.Starred):
                given[plain[index].arg] = [each]
            elif names.vararg is not None:
                given.setdefault(names.vararg.arg, []).append(each)
            else:
                if self.misfitting(node, info):
                    return None
                self.problem(
                    node,
                    "BAT102",
                    f"`{info.name}` takes {len(plain)} arguments, {len(expanded)} are given",
                    "Pass as many as it takes.",
                )
                return None
        known = {each.arg for each in [*plain, *names.kwonlyargs]}
        if any(each.arg is None for each in keywords):
            if names.kwarg is not None or not isinstance(node, ast.Call):
                self.problem(node, "BAT104", "`**` arguments are not translated here", "Pass the values by name.")
                return None
            defaults = self.defaults_of(info)
            places = [(each.arg, defaults.get(each.arg)) for each in [*plain, *names.kwonlyargs]]
            label = f"{info.owner.name}.{info.name}" if info.owner is not None else info.name
            written = self.written_keywords(node, label, places, given)
            if written is None:
                return None
            keywords = written
        for keyword in keywords:
            assert keyword.arg is not None
            if keyword.arg in given and keyword.arg in known:
                self.problem(node, "BAT102", f"`{keyword.arg}` is given twice", "Give it once.")
                return None
            if keyword.arg in known:
                given[keyword.arg] = [keyword.value]
            elif names.kwarg is not None:
                given.setdefault(names.kwarg.arg, []).append(keyword.value)
            else:
                if not self.misfitting(node, info):
                    reason = f"`{info.name}` has no parameter `{keyword.arg}`"
                    self.problem(node, "BAT102", reason, "Use a parameter that it has.")
                return None
        defaults = self.defaults_of(info)
        for parameter in [*plain, *names.kwonlyargs]:
            name = parameter.arg
            if name in given:
                bound[name] = self.eval(given[name][0])
            elif name in defaults and info.kind == "lambda":
                bound[name] = parent.cells.get(defaults[name], Cell())
            elif name in defaults:
                given[name] = [defaults[name]]
                if self._means_nothing(info, name, defaults[name]):
                    nothing = self.made.setdefault("nothing", Atom(("tuple", 0), (), None, NOTHING))
                    bound[name] = self.made.setdefault(("nothing", defaults[name]), Cell())
                    self.graph.add(bound[name], nothing)
                    self.eval(defaults[name])
                    continue
                # It is evaluated where the function is defined; its cell is kept in the calling instance too, for the call.
                bound[name] = self.eval(defaults[name])
            else:
                if not self.misfitting(node, info):
                    self.problem(node, "BAT102", f"`{info.name}` is called without `{name}`", "Pass a value for it.")
                return None
        key: list[tuple[str, Any]] = []
        for name in sorted(info.specialised):
            if name in bound:
                shape = self.shape(bound[name])
                if [each.payload for each in bound[name].atoms.values()] == [NOTHING]:
                    # It waits for what others pass, and takes the same.
                    shape = self._shape_of_others(info, name, parent) or (shape if self.use_hints else None)
                if shape is None and not self.use_hints:
                    return None
                key.append((name, shape))
            elif names.vararg is not None and name == names.vararg.arg:
                values = given.get(name, [])
                shapes = {
                    self.shape(self.iterate(each.value) if isinstance(each, ast.Starred) else self.eval(each))
                    for each in values
                }
                if None in shapes and not self.use_hints:
                    return None
                key.append((name, tuple(sorted(shapes, key=str))))
        instance = self.instance_of(info, tuple(key), parent)
        for parameter in [*names.posonlyargs, *names.args, *names.kwonlyargs]:
            if parameter.arg in bound:
                self.graph.flow(bound[parameter.arg], instance.version_cell(self.bindings.versions[parameter]))
        if names.vararg is not None:
            made = self.site(instance, names.vararg, "rest", ("seq",), 1, grouped=False)
            for value in given.get(names.vararg.arg, []):
                self.graph.flow(
                    self.iterate(value.value) if isinstance(value, ast.Starred) else self.eval(value), made.cells[0]
                )
            self.graph.add(instance.version_cell(self.bindings.versions[names.vararg]), made)
        if names.kwarg is not None:
            made = self.site(instance, names.kwarg, "options", ("dict", "dict"), 2)
            self.graph.add(made.cells[0], STR)
            for value in given.get(names.kwarg.arg, []):
                self.graph.flow(self.eval(value), made.cells[1])
            self.graph.add(instance.version_cell(self.bindings.versions[names.kwarg]), made)
        self.made[("arguments", self.instance, node, tag, instance)] = (given, keywords)
        return instance

    def _means_nothing(self: Inference, info: FunctionInfo, name: str, default: ast.expr) -> bool:
        """Whether `()` is the default of a parameter that the function only goes through: no items, of whatever kind of container."""
        if not isinstance(default, ast.Tuple) or default.elts:
            return False
        key = ("means nothing", info.node, name)
        if key not in self.made:
            self.made[key] = only_gone_through(info.node, name)
        return bool(self.made[key])

    def _shape_of_others(self: Inference, info: FunctionInfo, name: str, parent: FunctionInstance) -> Any:
        """The shape of what other calls pass, for a call that passes nothing: it may use any of these instances."""
        found = [
            dict(instance.key).get(name)
            for instance in info.instances.values()
            if instance.parent is parent or parent is self.module
        ]
        ranks = [(_EMPTY_FORMS.index(each[0][0]), str(each), each) for each in found if each and each[0][0] in _EMPTY_FORMS]
        return min(ranks, key=lambda each: each[:2])[2] if ranks else None

    def expand_starred(self: Inference, node: ast.Starred) -> list[ast.expr] | None:
        """`*pair` of a tuple of known length as its items."""
        cell = self.eval(node.value)
        atoms = list(cell.atoms.values())
        if len(atoms) != 1:
            return None
        named = atoms[0].key[0] == "instance" and atoms[0].payload.named_tuple
        if named and atoms[0].payload.find_method("__iter__") is None:
            size = len(declared_fields(atoms[0].payload))
        elif atoms[0].key[0] == "tuple":
            size = len(atoms[0].cells)
        else:
            return None
        made: list[ast.expr] | None = self.made.get(("starred", node, size))
        if made is None:
            # What makes the tuple runs once: it has a name, or nothing runs.
            again: ast.expr = node.value
            if isinstance(node.value, ast.NamedExpr):
                again = ast.Name(node.value.target.id, ast.Load())
            elif not is_plain(node.value):
                return None
            made = [
                located(ast.Subscript(again if index else node.value, ast.Constant(index), ast.Load()), node)
                for index in range(size)
            ]
            self.made[("starred", node, size)] = made
        return list(made)

    def counted_star(
        self: Inference, node: ast.Starred, info: FunctionInfo, names: list[str], before: int, keywords: list[ast.keyword]
    ) -> list[ast.expr] | None:
        """`*values` of a list as the parameters that must still be given; the list is counted when the program runs."""
        atoms = list(self.eval(node.value).atoms.values())
        if not atoms or any(each.key[0] not in ("list", "seq") for each in atoms):
            return None
        defaults, given = self.defaults_of(info), {each.arg for each in keywords}
        left = [each for each in names[before:] if each not in given]
        must = [each for each in left if each not in defaults]
        named = isinstance(node.value, ast.NamedExpr)
        if not must or left[: len(must)] != must or None in given or not (named or is_plain(node.value)):
            return None
        key = ("counted", node, info)
        made: list[ast.expr] | None = self.made.get(key)
        if made is None:
            owner = f"{own_name(info.owner.name)}." if info.owner is not None else ""
            receivers = 1 if info.kind not in ("static", "function", "lambda") else 0
            more = ["="] if len(left) > len(must) else []
            label = "|".join([f"{owner}{info.name}", str(receivers), str(before), *names[:before], *must, *more])
            again = ast.Name(node.value.target.id, ast.Load()) if isinstance(node.value, ast.NamedExpr) else node.value
            first = ast.Call(ast.Name(ARGUMENTS, ast.Load()), [node.value, ast.Constant(len(must)), ast.Constant(label)], [])
            made = self.made[key] = [
                located(ast.Subscript(again if index else first, ast.Constant(index), ast.Load()), node)
                for index in range(len(must))
            ]
        return list(made)

    def defaults_of(self: Inference, info: FunctionInfo) -> dict[str, ast.expr]:
        """Default expressions by parameter name."""
        names = info.parameters
        plain = [*names.posonlyargs, *names.args]
        found = {
            each.arg: default for each, default in zip(plain[len(plain) - len(names.defaults) :], names.defaults, strict=True)
        }
        found.update(
            {
                each.arg: default
                for each, default in zip(names.kwonlyargs, names.kw_defaults, strict=True)
                if default is not None
            }
        )
        for name, default in found.items():
            if is_object(default) and not hasattr(default, desugar.HELD):
                self.problem(
                    default,
                    "BAT104",
                    f"the default of `{name}` is one object for all calls",
                    "Use None and make the object inside the function.",
                )
        return found

    def shape(self: Inference, cell: Cell, depth: int = 0) -> Any:
        """What distinguishes one instance of a specialised function from another."""
        if not cell or depth > 4:
            return None
        parts = []
        for atom in cell.atoms.values():
            inner = tuple(self.shape(each, depth + 1) for each in atom.cells)
            if any(each is None for each in inner) and depth == 0 and atom.cells:
                return None
            label = atom.key[1].root.name if atom.key[0] == "instance" else atom.key
            if atom.key[0] == "func":
                label = ("func", id(atom.key[1]))
            parts.append((str(label), inner))
        return tuple(sorted(parts, key=str))

    def never_returns(self: Inference, node: ast.Call) -> bool:
        """Whether a call ends the program."""
        return self.qualified(node.func) in ("sys.exit", "os._exit", "builtins.exit", "builtins.quit")


_EMPTY_FORMS = tuple(str((kind,)) for kind in ("list", "seq", "set", "iterator"))
"""The kinds of containers of which an empty one is made where nothing is passed; an iterator comes last, because it is used up."""


def _asks_class(node: ast.AST, name: str) -> bool:
    """Whether a call asks for the class of a variable: `isinstance(other, Node)`, `type(other)`."""
    match node:
        case ast.Call(func=ast.Name(id="isinstance" | "type"), args=[ast.Name(id=asked), *_]):
            return asked == name
    return False


def _adds_to_zero(cls: ClassInfo) -> bool:
    """Whether `0 + object` is the object: its `__radd__` asks for 0 and gives itself back."""
    method = cls.find_method("__radd__")
    if method is None:
        return False
    receiver = parameters(method.parameters)[0].arg
    return any(
        isinstance(each, ast.If)
        and isinstance(each.test, ast.Compare)
        and isinstance(each.test.comparators[0], ast.Constant)
        and each.test.comparators[0].value == 0
        and len(each.body) == 1
        and isinstance(each.body[0], ast.Return)
        and isinstance(each.body[0].value, ast.Name)
        and each.body[0].value.id == receiver
        for each in method.body
    )


def _targets(statement: ast.stmt) -> list[str]:
    """The attributes that a statement sets whenever it runs."""
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    if isinstance(statement, ast.AnnAssign) and statement.value is not None:
        targets = [statement.target]
    return [each.attr for each in targets if isinstance(each, ast.Attribute)]
