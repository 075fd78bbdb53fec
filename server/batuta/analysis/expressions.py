"""Expressions on types: what each one yields."""

from __future__ import annotations

import ast
import builtins
import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from batuta.analysis import desugar
from batuta.analysis.bindings import Scope
from batuta.analysis.declarations import EXCEPTIONS
from batuta.analysis.graph import (
    BIGINT,
    BOOL,
    BYTES,
    COMPLEX,
    FLOAT,
    INT,
    NONE,
    NUMERIC,
    RANGE,
    STR,
    VALUE,
    Atom,
    Cell,
    join_groups,
)
from batuta.analysis.object_functions import declared_fields
from batuta.analysis.program import ClassInfo, FunctionInfo, FunctionInstance, Use
from batuta.analysis.resolve import is_mixed
from batuta.analysis.sliced_items import SLICE_METHOD
from batuta.analysis.starred_arguments import is_plain
from batuta.analysis.table_members import column_of_attribute
from batuta.catalog._arrays import Operand
from batuta.catalog._arrays import meet as meet_scalars
from batuta.catalog._tables import SERIES
from batuta.catalog.entry import EXACTLY
from batuta.catalog.exception_attributes import CHAIN, OF_ALL, STATE
from batuta.catalog.index import catalog
from batuta.catalog.signature import overloads
from batuta.python.new_nodes import located
from batuta.python.walk import walk

if TYPE_CHECKING:
    from batuta.analysis.infer import Inference

VALUE_OPERATORS = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow")
OPERATORS = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "truediv",
    ast.FloorDiv: "floordiv",
    ast.Mod: "mod",
    ast.Pow: "pow",
    ast.LShift: "lshift",
    ast.RShift: "rshift",
    ast.BitAnd: "and",
    ast.BitOr: "or",
    ast.BitXor: "xor",
    ast.MatMult: "matmul",
}
COMPARISONS = {ast.Eq: "eq", ast.NotEq: "ne", ast.Lt: "lt", ast.LtE: "le", ast.Gt: "gt", ast.GtE: "ge"}
UNARY = {ast.USub: "neg", ast.UAdd: "pos", ast.Invert: "invert"}
IN_PLACE = {
    ("list", "add"): "list.extend",
    ("set", "or"): "set.update",
    ("set", "and"): "set.intersection_update",
    ("set", "sub"): "set.difference_update",
    ("set", "xor"): "set.symmetric_difference_update",
    ("dict", "or"): "dict.update",
    ("deque", "add"): "deque.extend",
}
WEAK = {"int": "int64", "bigint": "int64", "float": "float64", "bool": "bool", "complex": "complex128"}
"""The dtypes that Python's numbers have where no NumPy scalar stands beside them."""


_HANDLERS: dict[type[ast.expr], str] = {}
"""The method that evaluates each class of expressions."""


class FunctionValue:
    """The payload of a function atom: which function, in which enclosing instance, bound to which receiver."""

    def __init__(
        self, inference: Inference, function: FunctionInfo, parent: FunctionInstance, receiver: Cell | None = None
    ) -> None:
        self.inference = inference
        self.function = function
        self.parent = parent
        self.receiver = receiver

    def instances(self) -> list[FunctionInstance]:
        """The instances of the function."""
        return [each for (_, parent), each in self.function.instances.items() if parent == id(self.parent)]


class Expressions:
    """Evaluation of expressions; each node's cell is the place that its values arrive at."""

    def eval(self: Inference, node: ast.expr) -> Cell:
        """The cell of an expression after running it on types."""
        if isinstance(node, ast.Name) and node.id == "_value":
            return self.cell(node)
        evaluated = self.instance.evaluated
        known = evaluated.get(node)
        if known is not None and known[:3] == (self.statements, self.graph.time, self.fact_time):
            # This statement has run it already, and nothing has been learned since.
            return known[3]
        name = _HANDLERS.get(node.__class__)
        if name is None:
            name = _HANDLERS[node.__class__] = f"eval_{type(node).__name__.lower()}"
        handler = getattr(self, name, None)
        if handler is None:
            self.problem(node, "BAT104", f"`{type(node).__name__}` expressions are not translated", "Write it another way.")
            return self.cell(node)
        found: Cell = handler(node)
        evaluated[node] = (self.statements, self.graph.time, self.fact_time, found)
        return found

    def evaluated_cell(self: Inference, node: ast.expr) -> Cell:
        """The cell of an expression that this statement has run already, or runs now: asking again costs nothing."""
        known = self.instance.evaluated.get(node)
        if known is not None and known[0] == self.statements and known[3].atoms:
            return known[3]
        return self.eval(node)

    def add(self: Inference, node: ast.expr, *atoms: Atom) -> Cell:
        """Let atoms arrive at an expression."""
        cell = self.cell(node)
        for atom in atoms:
            self.graph.add(cell, atom)
        return cell

    def eval_constant(self: Inference, node: ast.Constant) -> Cell:
        match node.value:
            case bool():
                return self.add(node, BOOL)
            case int():
                return self.add(node, INT if -(2**63) <= node.value < 2**63 else BIGINT)
            case float():
                return self.add(node, FLOAT)
            case complex():
                return self.add(node, COMPLEX)
            case str():
                return self.add(node, STR)
            case bytes():
                return self.add(node, BYTES)
            case None:
                return self.add(node, NONE)
        self.problem(node, "BAT104", f"the constant `{ast.unparse(node)}` is not translated", "Write it another way.")
        return self.cell(node)

    def eval_name(self: Inference, node: ast.Name) -> Cell:
        version = self.version(node)
        if version is None:
            return self._builtin_name(node)
        qualified = self.qualified(node)
        if qualified and not qualified.startswith("builtins."):
            return self.library_name(node, qualified)
        cls = self.program.classes.get(node.id)
        if cls is not None and version.scope.parent is None:
            return self.add(node, self.made.setdefault(("class", cls), Atom(("class", cls), (), None, cls)))
        return self.narrowed(node, self.instance.version_cell(version))

    def _builtin_name(self: Inference, node: ast.Name) -> Cell:
        if node.id in EXCEPTIONS:
            return self.add(node, self.made.setdefault(("exception class", node.id), Atom(("exception class", node.id))))
        if node.id == "__name__":
            return self.add(node, STR)
        if node.id in ("NotImplemented", "Ellipsis"):
            self.problem(node, "BAT104", f"`{node.id}` is not translated", "Raise an exception instead.")
        elif hasattr(builtins, node.id):
            if not isinstance(getattr(node, "ctx", None), ast.Load) or not self.made.get(("callee", node)):
                if catalog().find(f"builtins.{node.id}") is not None or node.id in ("str", "repr", "bool", "len"):
                    return self.as_value(node, 2 if node.id in ("pow", "divmod") else 1)
                self.problem(
                    node, "BAT107", f"the builtin `{node.id}` is used as a value", f"Wrap it: `lambda item: {node.id}(item)`."
                )
        elif self.expects("NameError"):
            return self.raised(node, "NameError", f"name '{node.id}' is not defined")
        else:
            self.problem(node, "BAT001", f"the name `{node.id}` is not defined", "Define it, or correct its spelling.")
        return self.cell(node)

    def as_value(self: Inference, node: ast.expr, arity: int) -> Cell:
        """A named function of Python or a library as a value: a lambda that calls it."""
        made = self.as_function(node, arity)
        self.instance.uses[(node, "")] = Use("desugared", bound={"value": [made]})
        self.graph.flow(self.eval(made), self.cell(node))
        return self.cell(node)

    def eval_tuple(self: Inference, node: ast.Tuple) -> Cell:
        if any(isinstance(each, ast.Starred) for each in node.elts):
            made = self.site(self.instance, node, "", ("seq",), 1, grouped=False)
            for each in node.elts:
                self.graph.flow(self.iterate(each.value) if isinstance(each, ast.Starred) else self.eval(each), made.cells[0])
            return self.add(node, made)
        made = self.site(self.instance, node, "", ("tuple", len(node.elts)), len(node.elts), grouped=False)
        for each, part in zip(node.elts, made.cells, strict=True):
            self.graph.flow(self._item(each), part)
        return self.add(node, made)

    def _display(self: Inference, node: ast.List | ast.Set, kind: str) -> Cell:
        made = self.site(self.instance, node, "", (kind,), 1)
        self.refuse_dtypes(node.elts)
        for each in node.elts:
            self.graph.flow(self.iterate(each.value) if isinstance(each, ast.Starred) else self._item(each), made.cells[0])
        return self.add(node, made)

    def refuse_dtypes(self: Inference, items: list[ast.expr]) -> None:
        """A dtype is held as its name; in a container it is shown as another text."""
        for each in items:
            if isinstance(each, ast.Attribute) and each.attr == "dtype" and self.eval(each).get("str") is not None:
                reason = "a dtype in a container, which shows it as `dtype(…)`"
                self.problem(each, "BAT103", reason, "Hold its name: `str(x.dtype)`.")

    def _item(self: Inference, node: ast.expr) -> Cell:
        """What an expression is in a container: a comparison with one of NumPy's numbers is shown as NumPy's bool there."""
        found = self.eval(node)
        if (
            not isinstance(node, ast.Compare)
            or ("bool",) not in found.atoms
            or any(type(op) not in COMPARISONS for op in node.ops)
        ):
            return found
        numbers = [self.has(self.cell(each), "numpy") for each in (node.left, *node.comparators)]
        if not all(one or other for one, other in itertools.pairwise(numbers)):
            return found
        made: Cell = self.made.setdefault(("item", self.instance, node), Cell())
        self.graph.add(made, self.numpy_atom("bool"))
        return made

    def eval_list(self: Inference, node: ast.List) -> Cell:
        return self._display(node, "list")

    def eval_set(self: Inference, node: ast.Set) -> Cell:
        return self._display(node, "set")

    def eval_dict(self: Inference, node: ast.Dict) -> Cell:
        made = self.site(self.instance, node, "", ("dict", "dict"), 2)
        self.refuse_dtypes(node.values)
        for key, value in zip(node.keys, node.values, strict=True):
            cell = self.eval(value) if key is None else self._item(value)
            if key is None:
                for atom in list(cell.atoms.values()):
                    if atom.key[0] == "dict":
                        self.graph.flow(atom.cells[0], made.cells[0])
                        self.graph.flow(atom.cells[1], made.cells[1])
                    elif atom.key[0] == "value":
                        self.graph.add(made.cells[0], VALUE)
                        self.graph.add(made.cells[1], VALUE)
                    else:
                        self.problem(
                            node, "BAT202", f"{self.describe_atom(atom)} cannot be merged into a dict", "Write its items out."
                        )
                continue
            named = self.eval(key)
            changing = next((each[0] for each in named.atoms if each[0] in ("list", "dict", "set", "deque")), None)
            if changing is not None and not self.dynamic(named):
                if self.expects("TypeError"):
                    return self.raised(node, "TypeError", f"unhashable type: '{changing}'")
                self.problem(node, "BAT202", f"a {changing} cannot be a key", "Use a tuple.")
            self.graph.flow(named, made.cells[0])
            self.graph.flow(cell, made.cells[1])
        return self.add(node, made)

    def _comprehend(self: Inference, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> None:
        before = dict(self.facts)
        scope: Scope = self.bindings.scopes[node]
        for index, generator in enumerate(node.generators):
            element = self.iterate(generator.iter)
            if index == 0:
                self.comprehension_scopes = [*self.comprehension_scopes, scope]
            self.assign(generator.target, element, None)
            for condition in generator.ifs:
                self.test(condition)
                self.assume(condition, True)
        self.made[("comprehension facts", node)] = before

    def _end(self: Inference, node: ast.expr) -> None:
        self.comprehension_scopes = self.comprehension_scopes[:-1]
        self.facts = self.made[("comprehension facts", node)]

    def _element_comprehension(self: Inference, node: ast.ListComp | ast.SetComp | ast.GeneratorExp, kind: str) -> Cell:
        self._comprehend(node)
        made = self.site(self.instance, node, "", (kind,), 1)
        self.graph.flow(self._item(node.elt) if kind == "list" else self.eval(node.elt), made.cells[0])
        if kind != "iterator":
            self.refuse_dtypes([node.elt])
        self._end(node)
        return self.add(node, made)

    def eval_listcomp(self: Inference, node: ast.ListComp) -> Cell:
        return self._element_comprehension(node, "list")

    def eval_setcomp(self: Inference, node: ast.SetComp) -> Cell:
        return self._element_comprehension(node, "set")

    def eval_generatorexp(self: Inference, node: ast.GeneratorExp) -> Cell:
        return self._element_comprehension(node, "iterator")

    def eval_dictcomp(self: Inference, node: ast.DictComp) -> Cell:
        self._comprehend(node)
        made = self.site(self.instance, node, "", ("dict", "dict"), 2)
        self.graph.flow(self.eval(node.key), made.cells[0])
        self.graph.flow(self._item(node.value), made.cells[1])
        self.refuse_dtypes([node.value])
        self._end(node)
        return self.add(node, made)

    def eval_joinedstr(self: Inference, node: ast.JoinedStr) -> Cell:
        for each in node.values:
            if isinstance(each, ast.FormattedValue):
                value = self.eval(each.value)
                if each.conversion == -1 and any(
                    key[0] == "instance" and atom.payload.find_method("__format__") for key, atom in value.atoms.items()
                ):
                    spec = each.format_spec if each.format_spec is not None else ast.Constant("")
                    call = ast.Call(ast.Attribute(each.value, "__format__", ast.Load()), [spec], [])
                    each.value, each.format_spec = located(call, each), None
                    self.eval(each.value)
                    continue
                if each.format_spec is not None:
                    self.eval(each.format_spec)
        return self.add(node, STR)

    def eval_ifexp(self: Inference, node: ast.IfExp) -> Cell:
        self.test(node.test)
        before = dict(self.facts)
        cell = self.cell(node)
        static = self.static_truth(node.test)
        self.assume(node.test, True)
        if static is not False:
            self.graph.flow(self.eval(node.body), cell)
        self.facts = dict(before)
        self.assume(node.test, False)
        if static is not True:
            self.graph.flow(self.eval(node.orelse), cell)
        self.facts = before
        return cell

    def test(self: Inference, node: ast.expr) -> Cell:
        """Evaluate what is only asked for its truth: values of `and` and `or` that meet in it need no common type."""
        if isinstance(node, ast.BoolOp):
            self.tested.add(node)
        return self.eval(node)

    def eval_boolop(self: Inference, node: ast.BoolOp) -> Cell:
        before = dict(self.facts)
        cell = self.cell(node)
        for index, value in enumerate(node.values):
            found = self.test(value) if node in self.tested else self.eval(value)
            last = index == len(node.values) - 1
            if node in self.tested:
                self.graph.add(cell, BOOL)
                self.assume(value, isinstance(node.op, ast.And))
                continue
            for atom in list(found.atoms.values()):
                if not last and isinstance(node.op, ast.Or) and atom.key == ("None",):
                    continue
                if not last and isinstance(node.op, ast.And) and atom.key[0] in ("instance", "func"):
                    continue
                self.graph.add(cell, atom)
            self.graph.comes_from(cell, found)
            self.assume(value, isinstance(node.op, ast.And))
        self.facts = before
        return cell

    def eval_namedexpr(self: Inference, node: ast.NamedExpr) -> Cell:
        value = self.eval(node.value)
        self.assign(node.target, value, node.value)
        self.graph.flow(value, self.cell(node))
        return self.cell(node)

    def eval_lambda(self: Inference, node: ast.Lambda) -> Cell:
        for default in [*node.args.defaults, *[d for d in node.args.kw_defaults if d]]:
            self.eval(default)
        return self.add(node, self.function_atom(self.function_info(node), self.instance))

    def function_info(self: Inference, node: ast.Lambda) -> FunctionInfo:
        """The function of a lambda, declared late for those that desugaring made."""
        found = self.program.functions.get(node)
        if found is None:
            from batuta.analysis.bindings import Scope as ScopeClass
            from batuta.analysis.bindings import Version

            scope = ScopeClass(node, "lambda", self.current_scope)
            self.bindings.scopes[node] = scope
            for argument in node.args.args:
                scope.bound.add(argument.arg)
                version = Version(argument.arg, scope, [argument], parameter=True)
                scope.versions.append(version)
                self.bindings.versions[argument] = version
                for each in walk(node.body):
                    if isinstance(each, ast.Name) and each.id == argument.arg:
                        self.bindings.versions[each] = version
                        version.uses.append(each)
            found = self.program.functions[node] = FunctionInfo(node, "lambda", scope, kind="lambda")
        return found

    def function_atom(self: Inference, info: FunctionInfo, parent: FunctionInstance, receiver: Cell | None = None) -> Atom:
        """The atom of a function as a value."""
        key = ("func", info, id(parent))
        found = self.sites.get(key)
        if found is None:
            found = self.sites[key] = Atom(("func", info), (), None, FunctionValue(self, info, parent, receiver))
        return found

    def eval_starred(self: Inference, node: ast.Starred) -> Cell:
        return self.eval(node.value)

    def eval_yield(self: Inference, node: ast.Yield) -> Cell:
        if node.value is not None:
            self.graph.flow(self.eval(node.value), self.instance.yielded)
        else:
            self.graph.add(self.instance.yielded, NONE)
        if self.instance.function is not None and self.instance.function.coroutine:
            self.graph.flow(self.instance.sent, self.cell(node))
            return self.cell(node)
        return self.add(node, NONE)

    def eval_yieldfrom(self: Inference, node: ast.YieldFrom) -> Cell:
        if self.instance.function is not None and self.instance.function.coroutine:
            inner = self.eval(node.value).get("object", "builtins.coroutine")
            if inner is not None:
                # What is sent goes to the inner generator, and what that one gives is given.
                self.graph.unify(inner.cells[0], self.instance.yielded)
                self.graph.unify(inner.cells[1], self.instance.sent)
                self.graph.flow(inner.cells[2], self.cell(node))
                return self.cell(node)
        self.graph.flow(self.iterate(node.value), self.instance.yielded)
        return self.add(node, NONE)

    # -- operators

    def eval_unaryop(self: Inference, node: ast.UnaryOp) -> Cell:
        if isinstance(node.op, ast.Not):
            self.test(node.operand)
            return self.add(node, BOOL)
        value = self.eval(node.operand)
        name = UNARY[type(node.op)]
        if self.dynamic(value):
            return self.library(node, "", f"value.__{name}__", [], [], receiver=node.operand)
        if isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant) and node.operand.value == 2**63:
            return self.add(node, INT)
        if self.has(value, "instance"):
            return self._special_into(node, f"__{name}__", node.operand, [])
        if self.has(value, "array"):
            return self.library(node, "", f"ndarray.__{name}__", [], [], receiver=node.operand)
        cell = self.cell(node)
        mixed = self.mixed(value)
        for atom in list(value.atoms.values()):
            if mixed and atom.key[0] in ("str", "None"):
                continue
            if atom.key == ("bool",):
                self.graph.add(cell, INT)
            elif atom.key in NUMERIC or atom.key[0] in ("numpy", "complex"):
                self.graph.add(cell, atom)
            else:
                return self.library(node, "", f"operator.{name}", [node.operand], [])
        return cell

    def in_place_operator(self: Inference, target: Cell, op: ast.operator) -> str | None:
        """The entry of an augmented assignment that changes its object, by the type of the target."""
        name = OPERATORS[type(op)]
        for atom in target.atoms.values():
            if atom.key[0] == "array":
                return f"ndarray.__i{name}__"
            found = IN_PLACE.get((str(atom.key[0]), name))
            if found is not None:
                return f"Counter.__i{name}__" if atom.key == ("dict", "Counter") else found
        return None

    def eval_binop(self: Inference, node: ast.BinOp) -> Cell:
        if isinstance(node.op, ast.Mod) and isinstance(node.left, ast.Constant) and isinstance(node.left.value, str):
            return self._percent(node)
        left, right = self.plain_value(node.left), self.plain_value(node.right)
        name = OPERATORS[type(node.op)]
        if not (self.has_only(left, "instance") or (self.has_only(right, "instance") and not self.dynamic(left))):
            asked = self.asked_of_value(node, [node.left, node.right], lambda: [node.left, node.right])
            if asked is not None:
                return asked
        if self.has(left, "instance"):
            return self._special_into(node, f"__{name}__", node.left, [node.right])
        if self.has(right, "instance"):
            return self._special_into(node, f"__r{name}__", node.right, [node.left])
        if (self.dynamic(left) or self.dynamic(right)) and name != "matmul":
            return self._dynamic_arithmetic(node, name, left, right)
        if self.has(left, "array") and not right and self.use_hints and name in ("add", "sub") and _is_sum(node.right):
            # What is summed is made from this very result: `w = v - sum(… for b in basis)`, `basis.append(w)`.
            for atom in list(left.atoms.values()):
                if atom.key[0] == "array":
                    self.graph.add(self.cell(node), self.site(self.instance, node, "sum", atom.key, 0))
        if name == "mod" and left.atoms and all(key == ("str",) for key in left.atoms):
            return self.library(node, "", "str.__mod__", [node.right], [], receiver=node.left) if right else self.cell(node)
        columns = self.program.has_tables and name != "matmul" and (self.holds_column(left) or self.holds_column(right))
        if columns and left and right:
            suffix = "_" if name in ("and", "or") else ""
            return self.library(node, "", f"operator.{name}{suffix}", [node.left, node.right], [])
        if self.has(left, "array") or name == "matmul":
            return self.library(node, "", f"ndarray.__{name}__", [node.right], [], receiver=node.left)
        if self.has(right, "array"):
            return self.library(node, "", f"ndarray.__r{name}__", [node.left], [], receiver=node.right)
        if self._complex(left, right):
            return self.library(node, "", f"complex.__{name}__", [node.right], [], receiver=node.left)
        if self.numeric(left) and self.numeric(right):
            return self._arithmetic(node, name, left, right)
        if not left or not right:
            return self.cell(node)
        never = self.program.values and name == "add" and (bool(left.get("str")) != bool(right.get("str")))
        if never or self.mixed(left) or self.mixed(right):
            if self._value_arithmetic(node, name, left, right):
                return self.cell(node)
        suffix = "_" if name in ("and", "or") else ""
        return self.library(node, "", f"operator.{name}{suffix}", [node.left, node.right], [])

    def plain_value(self: Inference, node: ast.expr) -> Cell:
        """The value of an operand; a member of an IntEnum counts as its number."""
        cell = self.eval(node)
        if not any(key[0] == "instance" and atom.payload.mixin == "int" for key, atom in cell.atoms.items()):
            return cell
        plain = self.cell(node, "plain value")
        for key, atom in list(cell.atoms.items()):
            self.graph.add(plain, INT if key[0] == "instance" and atom.payload.mixin == "int" else atom)
        return plain

    def mixed(self: Inference, cell: Cell) -> bool:
        """Whether numbers and texts arrived, and the program may hold such values."""
        return self.program.values and is_mixed(cell.atoms)

    def _dynamic_arithmetic(self: Inference, node: ast.BinOp, name: str, left: Cell, right: Cell) -> Cell:
        """An operator on values of which nothing is known. What it gives has a type where Python leaves only one."""
        changes = ("in place", node) in self.made and self.dynamic(left)
        self.box(left)
        self.box(right)
        texts = any(set(each.atoms) == {("str",)} for each in (left, right))
        result = FLOAT if name == "truediv" and not changes else (STR if texts and name in ("add", "mul") else VALUE)
        self.graph.add(self.cell(node), result)
        self.instance.uses[(node, "")] = Use("value arithmetic", text=f"i{name}" if changes else name)
        return self.cell(node)

    def _value_arithmetic(self: Inference, node: ast.BinOp, name: str, left: Cell, right: Cell) -> bool:
        """An operator on values known at run time. Whether any of their types go together."""
        cell, found = self.cell(node), False
        for one in list(left.atoms):
            for other in list(right.atoms):
                kinds = (one[0], other[0])
                result: Atom | None = None
                if one in NUMERIC and other in NUMERIC:
                    if name in VALUE_OPERATORS and "bigint" not in kinds:
                        result = self.arithmetic_result(node, name, one, other)
                elif kinds == ("str", "str"):
                    result = STR if name == "add" else None
                elif name == "mul" and "str" in kinds and set(kinds) <= {"str", "int", "bool"}:
                    result = STR
                if result is not None and result.key[0] != "bigint":
                    self.graph.add(cell, result)
                    found = True
        scalars = all(key[0] in ("int", "float", "bool", "str", "None") for key in [*left.atoms, *right.atoms])
        formats = name == "mod" and left.get("str") is not None
        if not found and (name not in VALUE_OPERATORS or not scalars or formats):
            return False
        if not found:
            # Always a TypeError, which the program may catch; the type of what never comes does not matter.
            self.graph.flow(left, cell)
        self.instance.uses[(node, "")] = Use("value arithmetic", text=name)
        return True

    def _percent(self: Inference, node: ast.BinOp) -> Cell:
        made = self.made.get(("percent", node))
        if made is None:
            made = self.made[("percent", node)] = desugar.percent_format(node)
        if not isinstance(node.right, ast.Tuple | ast.Dict | ast.Constant) and (
            self.has(self.eval(node.right), "tuple") or self.has(self.eval(node.right), "seq")
        ):
            # A tuple is the values of the template, also of a template with one place.
            made = self.made.get(("percent of one", node))
            if made is None:
                whole = ast.Call(ast.Name(EXACTLY, ast.Load()), [node.right, ast.Constant(1)], [])
                one = ast.Tuple([ast.Subscript(whole, ast.Constant(0), ast.Load())], ast.Load())
                made = desugar.percent_format(located(ast.BinOp(node.left, node.op, one), node))
                self.made[("percent of one", node)] = self.made[("percent", node)] = made
        if made is None:
            if isinstance(node.right, ast.Dict) or self.has(self.eval(node.right), "dict"):
                self.problem(
                    node, "BAT107", "this `%` formatting cannot be resolved before the program runs", "Use an f-string."
                )
                return self.add(node, STR)
            return self.library(node, "", "str.__mod__", [node.right], [], receiver=node.left)
        self.instance.uses[(node, "")] = Use("desugared", bound={"value": [made]})
        self.graph.flow(self.eval(made), self.cell(node))
        return self.cell(node)

    def has_only(self: Inference, cell: Cell, kind: str) -> bool:
        """Whether nothing but atoms of this kind arrived."""
        return bool(cell) and all(key[0] == kind for key in cell.atoms)

    def has(self: Inference, cell: Cell, kind: str) -> bool:
        """Whether an atom of this kind arrived."""
        if self.dynamic(cell):
            # What else earlier rounds left there is part of the value.
            return kind == "value"
        return any(key[0] == kind for key in cell.atoms)

    def _complex(self: Inference, *cells: Cell) -> bool:
        """Whether these are numbers, and one of them may be complex."""
        keys = [key for cell in cells for key in cell.atoms if key != ("None",)]
        found = any(key in (("complex",), ("numpy", "complex128")) for key in keys)
        return found and all(cells) and all(key in NUMERIC or key[0] in ("complex", "numpy") for key in keys)

    def numeric(self: Inference, cell: Cell) -> bool:
        """Whether only numbers (or None, which ends the program) arrived, and at least one."""
        keys = [key for key in cell.atoms if key != ("None",)]
        if ("numpy", "str") in keys:
            return False
        return bool(keys) and all(key in NUMERIC or key[0] == "numpy" for key in keys)

    def _arithmetic(self: Inference, node: ast.BinOp, name: str, left: Cell, right: Cell) -> Cell:
        cell = self.cell(node)
        for one in list(left.atoms):
            for other in list(right.atoms):
                if ("None",) not in (one, other):
                    self.graph.add(cell, self.arithmetic_result(node, name, one, other))
        self.instance.uses[(node, "")] = Use("arithmetic", text=name)
        return cell

    def arithmetic_result(self: Inference, node: ast.BinOp, name: str, one: tuple[Any, ...], other: tuple[Any, ...]) -> Atom:
        """The atom that an operator gives for two numbers, by Python's and NumPy 2's rules."""
        if one[0] == "numpy" or other[0] == "numpy":
            return self._numpy_arithmetic(name, one, other)
        kinds = {one[0], other[0]}
        if name == "truediv":
            return FLOAT
        if "float" in kinds:
            return FLOAT
        if kinds == {"bool"} and name in ("and", "or", "xor"):
            return BOOL
        if kinds == {"int", "bigint"} and ((name == "mod" and other == ("int",)) or (name == "floordiv" and one == ("int",))):
            # No larger than the divisor, or than what is divided.
            return INT
        if "bigint" in kinds or (node in self.growing and kinds == {"int"}):
            return BIGINT
        if name == "pow":
            if isinstance(node.right, ast.UnaryOp) and isinstance(node.right.op, ast.USub):
                return FLOAT
        if name in ("pow", "lshift"):
            match node.left, node.right:
                case ast.Constant(value=int() as left), ast.Constant(value=int() as right):
                    # A large right side is not computed: what it makes of a number other than -1, 0 and 1 is larger still.
                    small = right < 64 and abs(left**right if name == "pow" else left << right) < 2**63
                    return INT if small or abs(left) < (2 if name == "pow" else 1) else BIGINT
        return INT

    def _numpy_arithmetic(self: Inference, name: str, one: tuple[Any, ...], other: tuple[Any, ...]) -> Atom:
        found = meet_scalars(_as_operand(one), _as_operand(other))
        if name == "truediv" and not found.startswith(("float", "complex")):
            found = "float64"
        if found == "bool" and name in ("sub", "pow", "floordiv", "mod", "lshift", "rshift"):
            found = "int8"
        return self.numpy_atom(found)

    def numpy_atom(self: Inference, dtype: str) -> Atom:
        """The atom of a NumPy scalar."""
        atom: Atom = self.made.setdefault(("numpy", dtype), Atom(("numpy", dtype)))
        return atom

    def _asks_itself(self: Inference, name: str) -> bool:
        """Whether `in` is a method of the library's class."""
        return self.is_array(name) or catalog().find(f"{name}.__contains__") is not None

    def eval_compare(self: Inference, node: ast.Compare) -> Cell:
        operands = [node.left, *node.comparators]
        for each in operands:
            self.eval(each)
        if len(node.ops) == 1:
            asked = self.asked_of_value(node, node.comparators, lambda: [*node.comparators, node.left])
            if asked is not None:
                return asked
        for index, op in enumerate(node.ops):
            left, right = operands[index], operands[index + 1]
            tag = f"compare{index}"
            lcell, rcell = self.cell(left), self.cell(right)
            if isinstance(op, ast.In | ast.NotIn):
                if self.dynamic(rcell) or (self.dynamic(lcell) and (self.has(rcell, "tuple") or self.has(rcell, "seq"))):
                    self.library(node, tag, "value.__contains__", [left], [], receiver=right)
                elif self.has(rcell, "instance"):
                    self.call_special(node, tag, "__contains__", right, [left])
                elif self.has(rcell, "array"):
                    self.library(node, tag, "ndarray.__contains__", [left], [], receiver=right)
                elif any(key[0] == "object" and self._asks_itself(str(key[1])) for key in rcell.atoms):
                    held = next(str(key[1]) for key in rcell.atoms if key[0] == "object")
                    self.library(node, tag, f"{held}.__contains__", [left], [], receiver=right)
                else:
                    self.library(node, tag, "operator.contains", [right, left], [])
                continue
            if isinstance(op, ast.Is | ast.IsNot):
                continue
            name = COMPARISONS[type(op)]
            # A field that is None at first may hold an array, with which a comparison gives no bool.
            waits = any(isinstance(each, ast.Attribute) and set(self.cell(each).atoms) == {("None",)} for each in (left, right))
            if waits and not self.use_hints:
                return self.cell(node)
            if (not lcell or not rcell) and not self.knows_nothing_more():
                return self.cell(node)
            if name not in ("eq", "ne") and self._complex(lcell, rcell):
                self.problem(node, "BAT103", "complex numbers have no order", "Compare their lengths: `abs(z)`.")
            if self.dynamic(lcell) or self.dynamic(rcell) or self.hold_values(lcell, rcell):
                self.box(lcell)
                self.box(rcell)
            flipped = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}.get(name, name)
            if self.program.has_tables and not self.holds_column(lcell) and self.holds_column(rcell):
                found = self.library(node, tag, f"{SERIES}.__{flipped}__", [left], [], receiver=right)
                self.graph.flow(found, self.cell(node))
                return self.cell(node)
            if (self.has(lcell, "array") or self.has(rcell, "array")) and not self.holds_column(lcell):
                if self.has(lcell, "array"):
                    found = self.library(node, tag, f"ndarray.__{name}__", [right], [], receiver=left)
                else:
                    found = self.library(node, tag, f"ndarray.__{flipped}__", [left], [], receiver=right)
                if len(node.ops) > 1:
                    self.problem(
                        node, "BAT104", "a chained comparison of arrays has no truth value", "Combine two comparisons with `&`."
                    )
                self.graph.flow(found, self.cell(node))
                return self.cell(node)
            held = next((str(key[1]) for key in lcell.atoms if key[0] == "object" and self.is_itemwise(str(key[1]))), "")
            if held:
                found = self.library(node, tag, f"{held}.__{name}__", [right], [], receiver=left)
                self.graph.flow(found, self.cell(node))
                return self.cell(node)
            if self.has(lcell, "instance") and name not in ("eq", "ne"):
                swapped = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}[name]
                classes = [atom.payload for atom in lcell.atoms.values() if atom.key[0] == "instance"]
                for cls in classes:
                    if cls.find_method(f"__{name}__") is None and not (cls.ordered or cls.named_tuple or cls.enum):
                        if not any(
                            a.key[0] == "instance" and a.payload.find_method(f"__{swapped}__") for a in rcell.atoms.values()
                        ):
                            self.problem(node, "BAT101", f"`{cls.name}` has no `__{name}__`", f"Define `__{name}__`.")
        return self.add(node, BOOL)

    def holds_column(self: Inference, cell: Cell) -> bool:
        """Whether a column of a table arrived."""
        return self.program.has_tables and any(key[0] == "object" and key[1] == SERIES for key in cell.atoms)

    def is_itemwise(self: Inference, name: str) -> bool:
        """Whether objects of a library class compare item by item."""
        declared = self.library_class(name)
        return declared is not None and (bool(declared.array) or declared.itemwise)

    def is_array(self: Inference, name: str) -> bool:
        """Whether objects of a library class are arrays, which compare item by item."""
        declared = self.library_class(name)
        return declared is not None and bool(declared.array)

    def _special_into(self: Inference, node: ast.expr, name: str, receiver: ast.expr, arguments: list[ast.expr]) -> Cell:
        found = self.call_special(node, "", name, receiver, arguments)
        if found is not None:
            self.graph.flow(found, self.cell(node))
        return self.cell(node)

    # -- attributes and subscripts

    def eval_attribute(self: Inference, node: ast.Attribute) -> Cell:
        qualified = self.qualified(node)
        if qualified is not None:
            return self.library_name(node, qualified)
        if isinstance(node.value, ast.Name) and node.value.id in self.program.classes and self.version(node.value) is not None:
            cls = self.program.classes[node.value.id]
            if not isinstance(self.version(node.value), type(None)) and self.version(node.value).scope.parent is None:  # type: ignore[union-attr]
                return self._class_attribute(node, cls)
        inherited = self._inherited(node)
        if inherited is not None:
            self.instance.uses[(node, "")] = Use("desugared", bound={"value": [inherited]})
            self.graph.flow(self.eval(inherited), self.cell(node))
            return self.cell(node)
        owner = self.eval(node.value)
        asked = self.asked_of_value(node, [node.value], lambda: [node.value])
        if asked is not None:
            return asked
        several = sum(key[0] == "class" for key in owner.atoms) > 1
        if several and not self._is_class_parameter(node.value):
            if node.attr == "__name__" and self.program.containers:
                self.box(owner)
                return self.library(node, "", "value.__name__", [], [], receiver=node.value)
            reason = f"`{node.attr}` is asked of one of several classes"
            self.problem(node, "BAT202", reason, "Ask an object of the class, or keep what you need beside it.")
            return self.cell(node)
        collected = self.cell(node, "field")
        for atom in self.atoms_of(owner):
            self._attribute_of(node, owner, atom, collected)
        return self.narrowed(node, collected)

    def _is_class_parameter(self: Inference, node: ast.expr) -> bool:
        """Whether an expression is the `cls` of a class method: there the classes of a family meet, and the call says which."""
        if not isinstance(node, ast.Name):
            return False
        return any(
            info.kind == "class method" and info.parameters.args and info.parameters.args[0].arg == node.id
            for info in self._functions_around()
        )

    def _inherited(self: Inference, node: ast.Attribute) -> ast.expr | None:
        """What stands for `super().size`: the call of a property, or the class-level value of a base class."""
        match node.value:
            case ast.Call(func=ast.Name(id="super") as name) if self.version(name) is None:
                pass
            case _:
                return None
        owner = next((info.owner for info in self._functions_around() if info.owner is not None), None)
        key = ("inherited", node)
        if owner is None or key in self.made:
            return self.made.get(key)
        base = next((each for each in owner.ancestors()[1:] if node.attr in each.methods or node.attr in each.attributes), None)
        if base is None:
            return None
        if node.attr in base.methods:
            if base.methods[node.attr].kind != "property":
                return None
            made: ast.expr = ast.Call(ast.Attribute(node.value, node.attr, ast.Load()), [], [])
        else:
            made = ast.Attribute(ast.Name(base.name, ast.Load()), node.attr, ast.Load())
        self.made[key] = made = located(made, node)
        return made

    def _functions_around(self: Inference) -> Iterator[FunctionInfo]:
        """The function that is looked at, and those that it is defined in."""
        holder: FunctionInstance | None = self.instance
        while holder is not None:
            if holder.function is not None:
                yield holder.function
            holder = holder.parent

    def _class_attribute(self: Inference, node: ast.Attribute, cls: ClassInfo) -> Cell:
        cell = self.cell(node)
        found = cls.find_attribute(node.attr)
        if found is not None and cls.enum:
            cls.constructed = True
            self.instance.uses[(node, "")] = Use("enum member", cls=cls, text=node.attr)
            self.graph.add(cell, self.instance_atom(cls))
        elif found is not None:
            found[0].attributes_used = True
            self.instance.uses[(node, "")] = Use("class attribute", cls=found[0], text=node.attr)
            self.graph.flow(cls.field(f"class {node.attr}"), cell)
        elif node.attr == "__name__":
            self.instance.uses[(node, "")] = Use("class name", cls=cls)
            self.graph.add(cell, STR)
        elif node.attr == "_fields" and cls.named_tuple:
            self._fields_of(node, cls, cell)
        elif cls.find_method(node.attr) is not None:
            info = cls.find_method(node.attr)
            assert info is not None
            self.graph.add(cell, self.function_atom(info, self.module))
        else:
            self.problem(node, "BAT106", f"`{cls.name}` has no class attribute `{node.attr}`", "Define it in the class body.")
        return cell

    def _fields_of(self: Inference, node: ast.Attribute, cls: ClassInfo, cell: Cell) -> None:
        """The names of the fields of a NamedTuple, as the tuple that they are."""
        fields = self.made.get(("fields", node))
        if fields is None:
            names: list[ast.expr] = [ast.Constant(each) for each, _, _ in declared_fields(cls)]
            fields = self.made[("fields", node)] = located(ast.Tuple(names, ast.Load()), node)
        self.instance.uses[(node, "")] = Use("desugared", bound={"value": [fields]})
        self.graph.flow(self.eval(fields), cell)

    def _note_exception_state(self: Inference, name: str) -> None:
        """Exceptions of the program keep what they are asked for."""
        if name in OF_ALL:
            self.made[STATE] = True
        if name in CHAIN:
            self.made[CHAIN] = True

    def _made_attribute(self: Inference, node: ast.Attribute) -> Cell:
        """An attribute that objects of a class do not have: their `__getattr__` gives it."""
        made: ast.expr | None = self.made.get(("made attribute", node))
        if made is None:
            call = ast.Call(ast.Attribute(node.value, "__getattr__", ast.Load()), [ast.Constant(node.attr)], [])
            made = self.made[("made attribute", node)] = located(call, node)
        if any(key[0] != "instance" for key in self.eval(node.value).atoms):
            reason = f"`{node.attr}` is asked of objects with `__getattr__` and of other values"
            self.problem(node, "BAT202", reason, "Ask for the class first.")
        self.instance.uses[(node, "")] = Use("desugared", bound={"value": [made]})
        return self.eval(made)

    def _attribute_of(self: Inference, node: ast.Attribute, owner: Cell, atom: Atom, cell: Cell) -> None:
        kind = atom.key[0]
        if kind == "instance":
            cls: ClassInfo = atom.payload
            method = cls.find_method(node.attr)
            if method is not None and method.kind == "property":
                found = self.call_special(node, "property", node.attr, node.value, [])
                if found is not None:
                    self.graph.flow(found, cell)
                return
            if method is not None:
                self.graph.add(cell, self.function_atom(method, self.module, owner))
                return
            if cls.enum and node.attr in ("name", "value"):
                self._enum_attribute(node, cls, cell)
                return
            if node.attr == "_fields" and cls.named_tuple and is_plain(node.value):
                self._fields_of(node, cls, cell)
                return
            if cls.find_attribute(node.attr) is not None and node.attr not in cls.root.fields:
                self.graph.flow(cls.field(f"class {node.attr}"), cell)
                self.instance.uses[(node, "")] = Use("class attribute", cls=cls, text=node.attr)
                return
            if cls.exception and node.attr in OF_ALL and node.attr not in cls.root.fields:
                self._note_exception_state(node.attr)
                found = self.library(node, "attribute", f"builtins.Exception.{node.attr}", [], [], receiver=node.value)
                self.graph.flow(found, cell)
                return
            if node.attr == "__class__":
                self.instance.uses[(node, "")] = Use("class of", cls=cls)
                self.graph.add(cell, self.made.setdefault(("class of", cls.root), Atom(("class of", cls.root), (), None, cls)))
                return
            if node.attr == "__dict__":
                self.problem(node, "BAT107", "`__dict__` is not translated", "Name the fields.")
                return
            if cls.find_method("__getattr__") is not None and self.lacks_attribute(cls, node.attr):
                self.graph.flow(self._made_attribute(node), cell)
                return
            if self.expects("AttributeError") and self.has_attribute(atom, node.attr) is False:
                self.graph.flow(self.lacking(node, node.value, node.attr), cell)
                return
            self.graph.flow(cls.field(node.attr), cell)
            earlier = self.instance.uses.get((node, ""))
            if earlier is not None and earlier.kind == "class attribute":
                # Meanwhile somebody was seen who sets it on an object.
                del self.instance.uses[(node, "")]
            if cls.find_attribute(node.attr) is not None:
                self.graph.flow(cls.field(f"class {node.attr}"), cls.field(node.attr))
        elif kind == "class of" and node.attr == "__name__":
            self.graph.add(cell, STR)
        elif kind == "object" and node.attr == "__class__":
            self.graph.add(cell, self.made.setdefault(("class of", kind), Atom(("class of", kind))))
        elif kind == "exception":
            if catalog().find(f"builtins.Exception.{node.attr}") is not None:
                self._note_exception_state(node.attr)
                found = self.library(node, "attribute", f"builtins.Exception.{node.attr}", [], [], receiver=node.value)
                self.graph.flow(found, cell)
            else:
                self.problem(node, "BAT106", f"`{node.attr}` of an exception is not translated", "Use `str(error)`.")
        elif kind == "module" or kind == "None":
            pass
        elif kind == "func":
            if node.attr == "__name__":
                self.graph.add(cell, STR)
            else:
                self.problem(node, "BAT107", f"`{node.attr}` of a function is not translated", "Keep the value in a variable.")
        elif kind == "class":
            self._class_attribute(node, atom.payload)
        else:
            name = self.entry_name(atom, node.attr)
            if name is None and self.program.has_tables and column_of_attribute(self, node, atom) is not None:
                return
            if name is None and self.expects("AttributeError"):
                self.graph.flow(self.lacking(node, node.value, node.attr), cell)
                return
            if name is None:
                self.problem(
                    node, "BAT106", f"{self.describe_atom(atom)} has no attribute `{node.attr}` here", "Use something else."
                )
                return
            entry = catalog().find(name)
            if entry is not None and entry.kind == "method" and kind != "value" and self._stays(node.value):
                required = [
                    each
                    for each in overloads(entry)[0].parameters
                    if each.default is None and each.name != "self" and each.kind in ("positional", "only positional")
                ]
                self.as_value(node, len(required))
                return
            found = self.library(node, "attribute", name, [], [], receiver=node.value)
            self.graph.flow(found, cell)

    def _stays(self: Inference, node: ast.expr) -> bool:
        """Whether an expression gives the same object whenever it is evaluated."""
        if isinstance(node, ast.Constant):
            return True
        version = self.version(node) if isinstance(node, ast.Name) else None
        return version is not None and len(version.definitions) == 1 and not version.captured

    def _enum_attribute(self: Inference, node: ast.Attribute, cls: ClassInfo, cell: Cell) -> None:
        self.instance.uses[(node, "")] = Use("enum attribute", cls=cls, text=node.attr)
        if node.attr == "name":
            self.graph.add(cell, STR)
            return
        for value in cls.attributes.values():
            if isinstance(value, ast.Call):
                self.graph.add(cell, INT)
            else:
                self.graph.flow(self.eval(value), cell)

    def eval_subscript(self: Inference, node: ast.Subscript) -> Cell:
        if (
            isinstance(node.value, ast.Name)
            and node.value.id in self.program.classes
            and self.program.classes[node.value.id].enum
        ):
            cls = self.program.classes[node.value.id]
            self.eval(node.slice)
            self.instance.uses[(node, "")] = Use("enum by name", cls=cls)
            return self.add(node, self.instance_atom(cls))
        owner = self.eval(node.value)
        asked = self.asked_of_value(node, [node.value], lambda: [node.value, node.slice])
        if asked is not None:
            return asked
        cell = self.cell(node)
        numbered = self._numbered_subscript(node, owner)
        if numbered is not None:
            self.instance.uses[(node, "")] = Use("desugared", bound={"value": [numbered]})
            self.graph.flow(self.eval(numbered), cell)
            return cell
        lengths = {key[1] if key[0] == "tuple" else None for key in owner.atoms if key[0] in ("tuple", "seq")}
        for atom in self.atoms_of(owner):
            match atom.key[0]:
                case "value":
                    self.graph.flow(self._value_item(node, "getitem", "getpart", []), cell)
                case "tuple" if len(lengths) == 1:
                    self._tuple_index(node, atom, cell)
                case "None":
                    pass
                case "instance" if atom.payload.named_tuple:
                    self._named_tuple_index(node, atom.payload, cell)
                case "instance" if isinstance(node.slice, ast.Slice) and atom.payload.find_method(SLICE_METHOD) is not None:
                    parts = [node.slice.lower, node.slice.upper, node.slice.step]
                    given = [each if each is not None else self.none_node(node, index) for index, each in enumerate(parts)]
                    found = self.call_special(node, "getitem", SLICE_METHOD, node.value, given)
                    if found is not None:
                        self.graph.flow(found, cell)
                case "instance":
                    found = self.call_special(node, "getitem", "__getitem__", node.value, [node.slice])
                    if found is not None:
                        self.graph.flow(found, cell)
                case "array":
                    self.eval_index(node.slice)
                    self.graph.flow(
                        self.library(node, "getitem", "ndarray.__getitem__", [node.slice], [], receiver=node.value), cell
                    )
                case "object" if atom.key[1] != "bytearray":
                    self.eval_index(node.slice)
                    self.graph.flow(
                        self.library(node, "getitem", f"{atom.key[1]}.__getitem__", [node.slice], [], receiver=node.value), cell
                    )
                case "int" | "float" | "bool" | "func" if self.expects("TypeError"):
                    self.box(owner)
                    self.graph.flow(self._value_item(node, "getitem", "getpart", []), cell)
                case _:
                    if atom.key == ("dict", "defaultdict") and not isinstance(node.slice, ast.Slice):
                        # Reading a missing key stores it.
                        self.graph.flow(self.eval(node.slice), atom.cells[0])
                    self.graph.flow(self._getitem(node), cell)
        return cell

    def _numbered_subscript(self: Inference, node: ast.Subscript, owner: Cell) -> ast.expr | None:
        """A subscript of a list, tuple or text whose places are objects with `__index__`."""
        if not owner or any(key[0] not in ("list", "tuple", "seq", "str", "deque", "range", "bytes") for key in owner.atoms):
            return None
        if isinstance(node.slice, ast.Slice):
            parts = [node.slice.lower, node.slice.upper, node.slice.step]
        elif isinstance(node.slice, ast.Name | ast.Call | ast.Attribute | ast.Subscript):
            parts = [node.slice]
        else:
            return None
        plain = (ast.Constant, ast.UnaryOp, ast.BinOp)
        numbers = [None if each is None or isinstance(each, plain) else self.number_of(each, "__index__") for each in parts]
        if not any(numbers):
            return None
        made: ast.expr | None = self.made.get(("numbered", node))
        if made is None:
            given = [one or each for one, each in zip(numbers, parts, strict=True)]
            place = ast.Slice(*given) if isinstance(node.slice, ast.Slice) else given[0]
            assert place is not None
            made = self.made[("numbered", node)] = located(ast.Subscript(node.value, place, ast.Load()), node)
        return made

    def _value_item(self: Inference, node: ast.Subscript, what: str, part: str, extra: list[ast.expr]) -> Cell:
        """`value[key]`, `value[key] = item` or `del value[key]`; `part`: the name for a slice."""
        if not isinstance(node.slice, ast.Slice):
            self.eval(node.slice)
            return self.library(node, what, f"value.__{what}__", [node.slice, *extra], [], receiver=node.value)
        parts = [node.slice.lower, node.slice.upper, node.slice.step]
        arguments = [each if each is not None else self.none_node(node, index) for index, each in enumerate(parts)]
        for each in arguments:
            self.eval(each)
        return self.library(node, what, f"value.__{part}__", [*arguments, *extra], [], receiver=node.value)

    def _getitem(self: Inference, node: ast.Subscript) -> Cell:
        if isinstance(node.slice, ast.Slice):
            parts = [node.slice.lower, node.slice.upper, node.slice.step]
            arguments = [each if each is not None else self.none_node(node, index) for index, each in enumerate(parts)]
            for each in arguments:
                self.eval(each)
            return self.library(node, "getitem", "operator.getitem_slice", [node.value, *arguments], [])
        self.eval(node.slice)
        if any(key == ("dict", "defaultdict") for key in self.eval(node.value).atoms):
            # Reading makes the missing value, so that the key flows into the dict.
            return self.library(node, "getitem", "defaultdict.__getitem__", [node.slice], [], receiver=node.value)
        return self.library(node, "getitem", "operator.getitem", [node.value, node.slice], [])

    def none_node(self: Inference, node: ast.AST, index: int) -> ast.Constant:
        """A `None` for an omitted part of a slice."""
        none: ast.Constant = self.made.setdefault(("none", node, index), ast.copy_location(ast.Constant(None), node))
        return none

    def eval_index(self: Inference, node: ast.expr) -> None:
        """Evaluate what is inside an array index: slices and tuples have no value of their own."""
        if isinstance(node, ast.Tuple):
            for each in node.elts:
                self.eval_index(each)
            if not any(
                isinstance(each, ast.Slice | ast.Starred) or (isinstance(each, ast.Constant) and each.value is ...)
                for each in node.elts
            ):
                self.eval(node)
        elif isinstance(node, ast.Slice):
            for part in (node.lower, node.upper, node.step):
                if part is not None and not (isinstance(part, ast.Constant) and isinstance(part.value, complex)):
                    self.eval(part)
        elif not (isinstance(node, ast.Constant) and node.value is Ellipsis):
            self.eval(node)

    def eval_slice(self: Inference, node: ast.Slice) -> Cell:
        self.eval_index(node)
        return self.cell(node)

    def _tuple_index(self: Inference, node: ast.Subscript, atom: Atom, cell: Cell) -> None:
        index = _constant_int(node.slice)
        size = len(atom.cells)
        if index is not None:
            if -size <= index < size:
                self.graph.flow(atom.cells[index], cell)
                self.instance.uses[(node, "getitem")] = Use("tuple item", text=str(index % size))
            else:
                self.problem(node, "BAT202", f"the tuple has {size} items", "Use an index inside it.")
            return
        if isinstance(node.slice, ast.Slice):
            parts = [
                None if each is None else _constant_int(each) for each in (node.slice.lower, node.slice.upper, node.slice.step)
            ]
            given = (node.slice.lower, node.slice.upper, node.slice.step)
            if all(part is not None or each is None for part, each in zip(parts, given, strict=True)):
                chosen = list(range(size))[slice(*parts)]
                made = self.site(self.instance, node, "slice", ("tuple", len(chosen)), len(chosen), grouped=False)
                for place, part in zip(chosen, made.cells, strict=True):
                    self.graph.flow(atom.cells[place], part)
                self.instance.uses[(node, "getitem")] = Use("tuple slice", text=" ".join(map(str, chosen)))
                self.graph.add(cell, made)
                return
        if self.program.containers and len({str(sorted(map(str, part.atoms))) for part in atom.cells}) > 1:
            self.graph.flow(self._value_item(node, "getitem", "getpart", []), cell)
            return
        self.eval(node.slice)
        for part in atom.cells:
            self.graph.flow(part, cell)
        self.instance.uses[(node, "getitem")] = Use("tuple computed", text=str(size))

    def _named_tuple_index(self: Inference, node: ast.Subscript, cls: ClassInfo, cell: Cell) -> None:
        index = _constant_int(node.slice)
        if index is None or not -len(declared_fields(cls)) <= index < len(declared_fields(cls)):
            self.problem(node, "BAT107", "a NamedTuple is indexed by a value that is not constant", "Use the field's name.")
            return
        name = declared_fields(cls)[index][0]
        self.instance.uses[(node, "getitem")] = Use("named tuple item", text=name)
        self.graph.flow(cls.field(name), cell)

    def subscript_statement(self: Inference, what: str, target: ast.Subscript, value: Cell | None) -> None:
        """`a[i] = v` and `del a[i]`."""
        owner = self.eval(target.value)
        extra: list[ast.expr] = []
        if value is not None:
            value_node = self.made.get(("value of", target))
            if value_node is None:
                value_node = self.made[("value of", target)] = ast.copy_location(ast.Name("_value", ast.Load()), target)
            self.graph.flow(value, self.cell(value_node))
            extra.append(value_node)
        for atom in self.atoms_of(owner):
            match atom.key[0]:
                case "value":
                    self._value_item(target, what, what.replace("item", "part"), extra)
                case "instance":
                    self.eval(target.slice)
                    self.call_special(target, what, f"__{what}__", target.value, [target.slice, *extra])
                case "array" | "object" if atom.key[-1] != "bytearray":
                    self.eval_index(target.slice)
                    owner_name = "ndarray" if atom.key[0] == "array" else str(atom.key[1])
                    self.library(target, what, f"{owner_name}.__{what}__", [target.slice, *extra], [], receiver=target.value)
                case "tuple" | "str" | "seq" | "int" | "float" | "bool" if self.expects("TypeError"):
                    self.box(owner)
                    self._value_item(target, what, what.replace("item", "part"), extra)
                case "tuple" | "str" | "seq":
                    self.problem(target, "BAT202", f"{self.describe_atom(atom)} cannot be changed", "Use a list.")
                case "None":
                    pass
                case _:
                    if isinstance(target.slice, ast.Slice):
                        parts = [target.slice.lower, target.slice.upper, target.slice.step]
                        arguments = [
                            each if each is not None else self.none_node(target, index) for index, each in enumerate(parts)
                        ]
                        for each in arguments:
                            self.eval(each)
                        self.library(target, what, f"operator.{what}_slice", [target.value, *arguments, *extra], [])
                    else:
                        self.eval(target.slice)
                        self.library(target, what, f"operator.{what}", [target.value, target.slice, *extra], [])

    # -- iteration

    def iterate(self: Inference, node: ast.expr) -> Cell:
        """The cell of the items that an expression yields when iterated."""
        if isinstance(node, ast.Name) and node.id in self.program.classes and self.program.classes[node.id].enum:
            cls = self.program.classes[node.id]
            self.instance.uses[(node, "iterate")] = Use("enum members", cls=cls)
            cell = self.cell(node, "item")
            self.graph.add(cell, self.instance_atom(cls))
            return cell
        value = self.eval(node)
        item = self.cell(node, "item")
        for atom in self.atoms_of(value):
            if atom.key == ("None",):
                continue
            found = self.element_of(node, atom, "iterate")
            if found is not None:
                self.graph.flow(found, item)
        return item

    def element_of(self: Inference, node: ast.expr, atom: Atom, tag: str) -> Cell | None:
        """The cell of an atom's items, or None with a problem noted."""
        match atom.key[0]:
            case "list" | "set" | "frozenset" | "deque" | "seq" | "iterator":
                return atom.cells[0]
            case "dict":
                return atom.cells[0]
            case "tuple":
                joined = self.cell(node, "tuple items")
                for each in atom.cells:
                    self.graph.flow(each, joined)
                return joined
            case "str":
                return self._constant_cell(STR)
            case "value":
                return self._constant_cell(VALUE)
            case "int" | "float" | "bool" | "func" if self.expects("TypeError"):
                return self._constant_cell(VALUE)
            case "numpy" if atom.key[1] == "str":
                return self._constant_cell(STR)
            case "bytes" | "range":
                return self._constant_cell(INT)
            case "array":
                cell = self.cell(node, f"row {atom.key[1]} {atom.key[2]}")
                if int(atom.key[2]) <= 1:
                    self.graph.add(cell, self.array_item(str(atom.key[1])))
                else:
                    row = self.site(self.instance, node, "row", ("array", atom.key[1], int(atom.key[2]) - 1), 0)
                    join_groups(atom, row)
                    self.graph.add(cell, row)
                return cell
            case "object":
                declared = self.library_class(str(atom.key[1]))
                if atom.key[1] == "builtins.coroutine":
                    # Nobody sends anything.
                    self.graph.add(atom.cells[1], NONE)
                    return atom.cells[0]
                if declared is not None and declared.iterates:
                    cell = self.cell(node, "object items")
                    self.add_type(cell, declared.iterates, node)
                    return cell
            case "class" if atom.payload.enum:
                self.instance.uses[(node, tag)] = Use("enum members", cls=atom.payload)
                members = self.cell(node, "enum members")
                self.graph.add(members, self.instance_atom(atom.payload))
                return members
            case "instance":
                cls: ClassInfo = atom.payload
                if cls.named_tuple:
                    joined = self.cell(node, "tuple items")
                    for name, _, _ in declared_fields(cls):
                        self.graph.flow(cls.field(name), joined)
                    return joined
                if cls.find_method("__iter__") is not None:
                    found = self.call_special(node, f"{tag} iter", "__iter__", node, [], classes=[cls])
                    cell = self.cell(node, "instance items")
                    for inner in list(found.atoms.values()) if found is not None else []:
                        if inner.key[0] == "instance" and inner.payload.find_method("__next__") is not None:
                            result = self.call_special(node, f"{tag} next", "__next__", node, [], classes=[inner.payload])
                            if result is not None:
                                self.graph.flow(result, cell)
                        elif inner.key[0] not in ("None", "instance"):
                            # An object without `__next__` is no iterator; following it could go round for ever.
                            items = self.element_of(node, inner, tag)
                            if items is not None:
                                self.graph.flow(items, cell)
                    return cell
                if cls.find_method("__getitem__") is not None:
                    self.problem(node, "BAT104", "iteration by `__getitem__` is not translated", "Define `__iter__`.")
                    return None
        self.problem(node, "BAT202", f"{self.describe_atom(atom)} cannot be iterated", "Iterate something else.")
        return None

    def array_item(self: Inference, dtype: str) -> Atom:
        """The atom of one item of an array."""
        return self.numpy_atom(dtype)

    def _constant_cell(self: Inference, atom: Atom) -> Cell:
        found = self.made.get(("constant cell", atom.key))
        if found is None:
            found = self.made[("constant cell", atom.key)] = Cell()
            self.graph.add(found, atom)
        return found

    def describe(self: Inference, cell: Cell) -> str:
        """A cell in words, for messages."""
        return " or ".join(self.describe_atom(each) for each in list(cell.atoms.values())[:3]) or "a value of unknown type"

    def describe_atom(self: Inference, atom: Atom) -> str:
        """An atom in words."""
        match atom.key[0]:
            case "instance":
                return f"an object of class {atom.payload.name}"
            case "array":
                return f"a {atom.key[2]}-D array of {atom.key[1]}"
            case "object":
                return f"a `{str(atom.key[1]).rpartition('.')[2]}`"
            case "func":
                return "a function"
            case "class":
                return f"the class {atom.payload.name}"
            case "seq":
                return "a tuple"
        return f"a {atom.key[0]}"


def _constant_int(node: ast.expr | None) -> int | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        return node.value
    if (
        isinstance(node, ast.UnaryOp)
        and isinstance(node.op, ast.USub)
        and isinstance(node.operand, ast.Constant)
        and isinstance(node.operand.value, int)
    ):
        return -node.operand.value
    return None


__all__ = ["RANGE", "Expressions", "FunctionValue"]


def _as_operand(key: tuple[Any, ...]) -> Operand:
    """A number as NumPy sees it."""
    return Operand(str(key[1]), 0, False, False) if key[0] == "numpy" else Operand(WEAK[str(key[0])], 0, True, False)


def _is_sum(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sum"
