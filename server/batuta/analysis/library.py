"""Uses of the catalog: which entry a name means, which overload fits, and what its result is."""

from __future__ import annotations

import ast
import builtins
import itertools
from functools import cache
from typing import TYPE_CHECKING, Any

from batuta.analysis import desugar
from batuta.analysis.displays import rows_of_display
from batuta.analysis.exact_numbers import without_ints
from batuta.analysis.graph import BIGINT, BOOL, BYTES, COMPLEX, FLOAT, INT, NONE, RANGE, STR, VALUE, Atom, Cell, join_groups
from batuta.analysis.library_functions import CALLED, WRITTEN_OUT
from batuta.analysis.log_messages import MESSAGES, log_message
from batuta.analysis.misfit import explain_misfit
from batuta.analysis.narrowing import path_of
from batuta.analysis.own_estimators import ask_own_estimators
from batuta.analysis.program import Use
from batuta.analysis.resolve import is_mixed
from batuta.analysis.tables_as_arrays import as_arrays, is_of_tables, of_column
from batuta.analysis.values import family_of, representable
from batuta.catalog.entry import Entry, LibraryClass, NotYet, Refusal
from batuta.catalog.index import catalog
from batuta.catalog.signature import BindingProblem, Parameter, Signature, bind_arguments, overloads
from batuta.ir import types as t
from batuta.python.new_nodes import located
from batuta.python.walk import children, walk

if TYPE_CHECKING:
    from batuta.analysis.infer import Inference

SCALAR_ATOMS = {
    "int": INT,
    "float": FLOAT,
    "bool": BOOL,
    "str": STR,
    "bytes": BYTES,
    "None": NONE,
    "bigint": BIGINT,
    "complex": COMPLEX,
}
_MADE_OF_ONE = ("decimal.Decimal", "fractions.Fraction", "pathlib.Path", "collections.deque", "collections.Counter")
"""Classes that stand as functions of one argument: `map(Decimal, texts)`."""
NO, UNKNOWN, PARTLY, CHECKED, COERCED, EXACT = range(6)
MOST_DIMENSIONS = 8
"""No list in lists in a program has more; NumPy itself allows 64."""

"""How well arguments fit. PARTLY: some of the types that a place may hold at run time do, and the others end the program. CHECKED: an integer of any
size where one of 64 bits is wanted, or a float."""
_WITHOUT_PARTS = frozenset({"int", "float", "bool", "str", "bytes", "None", "bigint", "complex", "numpy", "range", "array"})
"""Kinds of atoms whose key says everything about them."""
_Fit = tuple[int, int, dict[str, list[ast.expr]]]
"""How well a form fits, which one it is, and its arguments by parameter."""
ALIASES = {
    "numpy.random.mtrand": "numpy.random",
    "os.path": "os.path",
    "posixpath": "os.path",
    "collections.abc": "collections.abc",
    "numpy.core": "numpy",
    "sklearn.metrics.pairwise": "sklearn.metrics.pairwise",
}


class Library:
    """Look-ups in the catalog and the flow of types through an entry."""

    # -- names

    def qualified(self: Inference, node: ast.expr) -> str | None:
        """The qualified library name that an expression means, or None."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return None
        version = self.version(node)
        if version is None:
            return (
                ".".join([f"builtins.{node.id}", *reversed(parts)])
                if not parts or node.id in ("str", "int", "float", "dict", "list", "bytes", "set")
                else None
            )
        aliases = [each for each in version.definitions if isinstance(each, ast.alias)]
        if not aliases or len(aliases) < len(version.definitions):
            return None
        return ".".join([self.program.imports[aliases[0]], *reversed(parts)])

    def knows_module(self: Inference, name: str) -> bool:
        """Whether a shelf covers this module or one below it."""
        return name in _covered_modules()

    def knows(self: Inference, name: str) -> bool:
        """Whether the catalog has this item, to translate or to refuse."""
        known = catalog()
        return name in known.entries or name in known.classes or name in known.refused or name in CALLED

    def library_class(self: Inference, name: str) -> LibraryClass | None:
        """The declaration of a library class."""
        return catalog().classes.get(name)

    def library_name(self: Inference, node: ast.expr, qualified: str) -> Cell:
        """A library name that is not called: a constant, a module, or a function as a value."""
        entry = catalog().find(qualified)
        if entry is not None and entry.kind == "constant":
            return self.library(node, "", qualified, [], [])
        if entry is None and self.knows_module(qualified):
            return self.add(node, self.made.setdefault(("module", qualified), Atom(("module", qualified))))
        if entry is None and qualified.startswith("builtins.") and qualified.count(".") == 2:
            _, type_name, member = qualified.split(".")
            if catalog().find(f"{type_name}.{member}") is not None:
                made = self.made.get(("unbound method", node))
                if made is None:
                    call = ast.Call(ast.Attribute(ast.Name("item", ast.Load()), member, ast.Load()), [], [])
                    names = ast.arguments([], [ast.arg("item")], None, [], [], None, [])
                    made = self.made[("unbound method", node)] = located(ast.Lambda(names, call), node)
                self.instance.uses[(node, "")] = Use("desugared", bound={"value": [made]})
                self.graph.flow(self.eval(made), self.cell(node))
                return self.cell(node)
        if qualified in WRITTEN_OUT:
            return self.as_value(node, WRITTEN_OUT[qualified])
        if entry is None:
            self.no_entry(node, qualified)
        elif entry.kind == "function":
            required = [
                each
                for each in overloads(entry)[0].parameters
                if each.default is None and each.kind in ("positional", "only positional")
            ]
            alone = all(each.kind == "only keyword" for each in overloads(entry)[0].parameters)
            return self.as_value(node, len(required) if required or alone else 1)
        elif entry.kind == "class" and qualified in _MADE_OF_ONE:
            return self.as_value(node, 1)
        elif entry.kind == "class" and qualified.startswith("sklearn.") and self._is_made_of_nothing(entry):
            self.estimator_makers.add(self.as_function(node, 0))
            return self.as_value(node, 0)
        else:
            self.problem(node, "BAT107", f"`{qualified}` is used as a value", "Wrap it in a lambda.")
        return self.cell(node)

    @staticmethod
    def _is_made_of_nothing(entry: Entry) -> bool:
        """Whether a class can be called without arguments."""
        return not any(
            each.default is None and each.kind in ("positional", "only positional", "only keyword")
            for each in overloads(entry)[0].parameters
        )

    def no_entry(self: Inference, node: ast.AST, qualified: str) -> None:
        """Say that the catalog does not have an item."""
        reason = catalog().refused.get(qualified)
        name = qualified.removeprefix("builtins.")
        if reason is not None:
            self.problem(node, "BAT101", f"`{name}` is not translated: {reason[0]}", reason[1])
        else:
            self.problem(node, "BAT101", f"`{name}` has no Rust equivalent here", "Do without it, or keep this part in Python.")

    def entry_name(self: Inference, atom: Atom, member: str) -> str | None:
        """The entry of a member of a builtin or library value."""
        kind = str(atom.key[0])
        prefixes = {
            "value": ["value", "str"],
            "dict": [str(atom.key[1]) if len(atom.key) > 1 else "dict", "dict"],
            "frozenset": ["frozenset", "set"],
            "array": ["ndarray"],
            "numpy": ["str"] if atom.key[-1] == "str" else ["numpy_scalar", "ndarray"],
            "seq": ["tuple"],
            "bool": ["int"],
            "bigint": ["int"],
            "iterator": ["iterator"],
            "exception": ["builtins.Exception"],
            "object": [str(atom.key[1]) if len(atom.key) > 1 else ""],
        }.get(kind, [kind])
        for prefix in prefixes:
            if catalog().find(f"{prefix}.{member}") is not None:
                return f"{prefix}.{member}"
            if kind == "object":
                return f"{prefix}.{member}" if f"{prefix}.{member}" in catalog().refused else None
        return None

    # -- applying an entry

    def library(
        self: Inference,
        node: ast.AST,
        tag: str,
        name: str,
        arguments: list[ast.expr],
        keywords: list[ast.keyword],
        receiver: ast.expr | None = None,
    ) -> Cell:
        """Apply an entry at a node; returns the cell of the result."""
        before, self.argument_cells = self.argument_cells, {}
        try:
            if self.program.has_tables and is_of_tables(name):
                column = of_column(self, node, tag, name, arguments, keywords)
                if column is not None:
                    return column
                arguments, keywords = as_arrays(self, name, arguments, keywords)
            return self._apply(node, tag, name, arguments, keywords, receiver)
        finally:
            self.argument_cells = before

    estimator_makers: set[ast.expr]
    """The functions that stand for classes of scikit-learn."""
    argument_cells: dict[ast.expr, Cell] = {}
    """The arguments of the entry that is applied now: each form asks for them, and they are run once."""

    def _apply(
        self: Inference,
        node: ast.AST,
        tag: str,
        name: str,
        arguments: list[ast.expr],
        keywords: list[ast.keyword],
        receiver: ast.expr | None,
    ) -> Cell:
        result = self.cell(node, tag) if tag else self.cell(node)
        entry = catalog().find(name)
        if entry is None:
            for each in [*arguments, *[k.value for k in keywords]]:
                if not isinstance(each, ast.Slice | ast.Lambda | ast.Starred):
                    self.eval(each)
            if name.startswith(("operator.", "ndarray.__")):
                operands = [receiver] if receiver is not None else []
                what = " and ".join(self.describe(self.cell(each)) for each in [*operands, *arguments][:2])
                self.problem(
                    node,
                    "BAT202",
                    f"`{name.split('.')[1].strip('_')}` of {what} is not translated",
                    "Use types that it is defined for.",
                    tag,
                )
            else:
                self.no_entry(node, name)
            return result
        forms = overloads(entry)
        has_self = receiver is not None
        reasons: list[BindingProblem] = []
        best: _Fit | None = None
        partly: list[_Fit] = []
        fitting: list[_Fit] = []
        waiting = False
        expanded: list[ast.expr] = []
        if name in MESSAGES:
            arguments, keywords = self._as_message(node, name, arguments, keywords)
        if name.startswith("csv.writer.writerow"):
            arguments = [self._as_row(each) for each in arguments]
        for each in arguments:
            parts = self.expand_starred(each) if isinstance(each, ast.Starred) else None
            expanded.extend(parts if parts is not None else [each])
        starred = any(isinstance(each, ast.Starred) for each in expanded)
        if starred:
            expanded = self._with_head(forms, expanded, has_self)
            starred = any(isinstance(each, ast.Starred) for each in expanded)
        if any(each.arg is None for each in keywords):
            written = self._written_options(node, name, forms, expanded, keywords, has_self)
            if written is None:
                return result
            keywords = written
        binding = self._binding(node, tag, name, expanded, keywords, has_self)
        for index, form in enumerate(forms):
            known = binding[index] if index < len(binding) else None
            if known is None:
                known = bind_arguments(form, expanded, keywords, has_self)
                binding.append(known)
            bound = known if isinstance(known, BindingProblem) else dict(known)
            if isinstance(bound, BindingProblem):
                reasons.append(bound)
                continue
            if starred:
                self._join_starred(form, bound)
            if receiver is not None:
                bound = {form.parameters[0].name: [receiver], **bound}
            score = self._score(form, bound, entry.literal)
            if score == PARTLY:
                partly.append((score, index, bound))
            if score > NO and score != UNKNOWN:
                fitting.append((score, index, bound))
            if score == UNKNOWN:
                waiting = True
                if best is None:
                    break
            elif score > NO and (best is None or score > best[0]):
                best = (score, index, bound)
                if score == EXACT:
                    break
        if len(partly) > 1 and best is not None and best[0] == PARTLY and self.program.containers:
            best = self._number_form(forms, partly)
        if best is not None and best[0] != EXACT and len(fitting) > 1 and self._differs_by_value(forms, fitting):
            best = None
        if best is None:
            if not waiting:
                self._misfit(node, tag, entry, reasons, forms, [*([receiver] if receiver else []), *expanded])
            return result
        _, index, bound = best
        use = Use("library", entry, index, forms[index], bound, receiver)
        self.instance.uses[(node, tag)] = use
        self._flow_through(node, tag, use, result)
        return result

    def _written_options(
        self: Inference,
        node: ast.AST,
        name: str,
        forms: tuple[Signature, ...],
        arguments: list[ast.expr],
        keywords: list[ast.keyword],
        has_self: bool,
    ) -> list[ast.keyword] | None:
        """The keywords of a call of the library, with `**options` as one look-up for each parameter that takes such values. None while
        that cannot be said. What cannot be written so stays, and is refused."""
        spread = [each.value for each in keywords if each.arg is None]
        if len(spread) > 1 or not path_of(spread[0]) or not isinstance(node, ast.Call) or any(form.options for form in forms):
            return keywords
        options = self.eval(spread[0])
        found = next((atom for key, atom in options.atoms.items() if key[0] == "dict"), None)
        if found is None or len(options.atoms) > 1 or len(found.cells) < 2:
            return keywords if options.atoms else None
        kinds = {key[0] for key in found.cells[1].atoms}
        if not kinds:
            return None
        wide = {"int": {"int", "float"}, "float": {"float"}, "str": {"str"}, "bool": {"bool"}}.get(kinds.pop(), set())
        taken = {str(each.name) for each in forms[0].plain[has_self:][: len(arguments)]} | {each.arg for each in keywords}
        if kinds:
            return keywords
        left = [
            each
            for each in forms[0].by_name.values()
            if each.name not in taken
            and any(t.show(one.type) in wide for form in forms for one in form.parameters if one.name == each.name)
        ]
        if not left:
            return keywords
        made: list[ast.keyword] | None = self.made.get(("library options", node, name))
        if made is None:
            allowed = ",".join(each.name for each in left)
            label = name.rpartition(".")[2]
            made = []
            for each in left:
                method = "__argument__" if each.default is None else "__option__"
                default: list[ast.expr] = [ast.Constant(ast.literal_eval(each.default))] if each.default is not None else []
                given = [ast.Constant(each.name), *default, ast.Constant(label), ast.Constant(allowed)]
                call = ast.Call(ast.Attribute(spread[0], method, ast.Load()), given, [])
                made.append(ast.keyword(each.name, located(call, node)))
            self.made[("library options", node, name)] = made
        return [*(each for each in keywords if each.arg is not None), *made]

    def _binding(
        self: Inference,
        node: ast.AST,
        tag: str,
        name: str,
        arguments: list[ast.expr],
        keywords: list[ast.keyword],
        has_self: bool,
    ) -> list[dict[str, list[ast.expr]] | BindingProblem]:
        """How the arguments of a call are given to the parameters of the first forms of an entry, as far as anybody has asked. It
        depends on the text alone, so all rounds share it."""
        given = (arguments, list(keywords), has_self)
        held = self.bindings_of_calls.get((node, tag, name))
        if held is None or held[0] != given:
            held = self.bindings_of_calls[(node, tag, name)] = given, []
        return held[1]

    bindings_of_calls: dict[tuple[ast.AST, str, str], tuple[Any, list[dict[str, list[ast.expr]] | BindingProblem]]]

    def _join_starred(self: Inference, form: Signature, bound: dict[str, list[ast.expr]]) -> None:
        """Of several arguments one of which is starred, one starred list."""
        rest = next((each.name for each in form.parameters if each.kind == "rest"), "")
        values = bound.get(rest, [])
        if len(values) < 2 or not any(isinstance(each, ast.Starred) for each in values):
            return
        key = ("one starred", values[0], len(values))
        made: ast.expr | None = self.made.get(key)
        if made is None:
            made = self.made[key] = located(ast.Starred(ast.List(values, ast.Load()), ast.Load()), values[0])
        bound[rest] = [made]

    def starred_head(self: Inference, arguments: list[ast.expr], places: int) -> list[ast.expr]:
        """`f(*items)` of a function with so many parameters before the rest: the first items by themselves."""
        at = next(index for index, each in enumerate(arguments) if isinstance(each, ast.Starred))
        star = arguments[at]
        assert isinstance(star, ast.Starred)
        kinds = {key[0] for key in self.eval(star.value).atoms}
        if at >= places or isinstance(star.value, ast.NamedExpr) or not kinds or not kinds <= {"list", "seq"}:
            return arguments
        made: list[ast.expr] | None = self.made.get(("head of", star, places - at))
        if made is None:
            head = [ast.Subscript(star.value, ast.Constant(index), ast.Load()) for index in range(places - at)]
            rest = ast.Subscript(star.value, ast.Slice(ast.Constant(places - at)), ast.Load())
            made = [located(each, star) for each in [*head, ast.Starred(rest, ast.Load())]]
            self.made[("head of", star, places - at)] = made
        return [*arguments[:at], *made, *arguments[at + 1 :]]

    def _with_head(self: Inference, forms: tuple[Signature, ...], arguments: list[ast.expr], has_self: bool) -> list[ast.expr]:
        """A starred list where every form of an entry takes some arguments before any number of others: the first by themselves."""
        heads = {
            sum(each.kind in ("positional", "only positional") for each in form.parameters) - has_self
            for form in forms
            if any(each.kind == "rest" for each in form.parameters)
        }
        all_collect = all(any(each.kind == "rest" for each in form.parameters) for form in forms)
        return self.starred_head(arguments, heads.pop()) if len(heads) == 1 and all_collect else arguments

    def _number_form(self: Inference, forms: tuple[Signature, ...], partly: list[_Fit]) -> _Fit | None:
        """Of several forms for values of which nothing is known: the one that takes floats too, or None where what comes out depends
        on what goes in."""
        wanted = {tuple(str(each.type) for each in self._dynamic_parameters(forms[index], bound)) for _, index, bound in partly}
        if len(wanted) == 1:
            return partly[0]
        if len({str(forms[index].result) for _, index, _ in partly}) > 1:
            return None
        for fit in partly:
            if any(t.FLOAT in t.parts(each.type) for each in self._dynamic_parameters(forms[fit[1]], fit[2])):
                return fit
        return partly[0]

    def _differs_by_value(self: Inference, forms: tuple[Signature, ...], fitting: list[_Fit]) -> bool:
        """Whether a value known at run time only would be taken as a number by one form and as a text by another."""
        kinds: dict[str, set[bool]] = {}
        for _, index, bound in fitting:
            for each in forms[index].parameters:
                if not isinstance(each.type, t.Scalar) or each.type.name not in (
                    "int",
                    "float",
                    "bool",
                    "num",
                    "bigint",
                    "str",
                ):
                    continue
                cells = [self.cell(argument) for argument in bound.get(each.name, [])]
                if any(self.dynamic(cell) or self.mixed(cell) for cell in cells):
                    kinds.setdefault(each.name, set()).add(each.type == t.STR)
        return any(len(each) > 1 for each in kinds.values())

    def _dynamic_parameters(self: Inference, form: Signature, bound: dict[str, list[ast.expr]]) -> list[Parameter]:
        """The parameters whose arguments are values of which nothing is known."""
        return [
            each
            for each in form.parameters
            for argument in bound.get(each.name, [])
            if self.dynamic(self.cell(argument)) or self.dynamic(self.cell(argument, "item"))
        ]

    def _as_message(
        self: Inference, node: ast.AST, name: str, arguments: list[ast.expr], keywords: list[ast.keyword]
    ) -> tuple[list[ast.expr], list[ast.keyword]]:
        """The message of a log with its arguments filled in, and where a format of the program asks for it, its place."""
        made = self.made.get(("message", node))
        if made is None:
            owner = self.instance.function.name if self.instance.function is not None else "<module>"
            made = self.made[("message", node)] = log_message(node, name, arguments, keywords, self.program.source, owner)
        if isinstance(made, str):
            self.problem(node, "BAT103", made, "Write the message as an f-string.")
            return arguments, keywords
        return made

    def _as_row(self: Inference, node: ast.expr) -> ast.expr:
        """A list display that is only written as a row may hold values of different types: a tuple. Rows of rows likewise."""
        if not isinstance(node, ast.List) or not node.elts or any(isinstance(each, ast.Starred) for each in node.elts):
            return node
        found: ast.expr | None = self.made.get(("as row", node))
        if found is None:
            rows = all(isinstance(each, ast.List | ast.Tuple) for each in node.elts)
            made = (
                ast.List([self._as_row(each) for each in node.elts], ast.Load()) if rows else ast.Tuple(node.elts, ast.Load())
            )
            found = self.made[("as row", node)] = ast.copy_location(made, node)
        return found

    def _misfit(
        self: Inference,
        node: ast.AST,
        tag: str,
        entry: Entry,
        reasons: list[BindingProblem],
        forms: tuple[Signature, ...],
        operands: list[ast.expr],
    ) -> None:
        name = entry.name.removeprefix("builtins.")
        if len(reasons) == len(forms):
            code, reason, remedy = explain_misfit(entry.name, reasons[-1], forms)
            self.problem(node, code, f"`{name}`: {reason}", remedy, tag)
            return
        given = ", ".join(self.describe(self.cell(each.value if isinstance(each, ast.Starred) else each)) for each in operands)
        self.problem(node, "BAT202", f"`{name}` is not translated for {given}", "Convert the arguments first.", tag)

    def _score(self: Inference, form: Signature, bound: dict[str, list[ast.expr]], literal: tuple[str, ...] = ()) -> int:
        """How well arguments fit a form: NO, UNKNOWN while types are missing, COERCED, EXACT."""
        score = EXACT
        for parameter in form.parameters:
            for each in bound.get(parameter.name, []):
                rows = rows_of_display(each) if parameter.name in literal else None
                if rows is not None:
                    # Rows that are read as syntax: what stands in them never lies in one place.
                    for part in itertools.chain.from_iterable(rows):
                        self.eval(part)
                    continue
                if isinstance(each, ast.Starred):
                    found = self._fits(t.Iterable(parameter.type), self.eval(each.value), each)
                elif isinstance(parameter.type, t.Callable):
                    found = EXACT if self._is_callable(each) else NO
                elif isinstance(parameter.type, t.Anything) or (
                    isinstance(parameter.type, t.Optional) and isinstance(parameter.type.inner, t.Callable)
                ):
                    if (
                        isinstance(parameter.type, t.Anything)
                        and not isinstance(each, ast.Slice | ast.Lambda)
                        and not self._type_name(each)
                    ):
                        if not isinstance(each, ast.Tuple) or not any(isinstance(x, ast.Slice) for x in each.elts):
                            self.eval_index(each)
                    elif not isinstance(parameter.type, t.Anything):
                        found = (
                            EXACT if self._is_callable(each) or (isinstance(each, ast.Constant) and each.value is None) else NO
                        )
                        score = min(score, found)
                    continue
                else:
                    found = self._fits(parameter.type, self._argument(each), each)
                if found == NO:
                    return NO
                if parameter.name == "default" and self._mixes_none(each):
                    held = self._holds_none(parameter.type, form, bound)
                    if held is not None and held is isinstance(parameter.type, t.Optional):
                        found = min(found, COERCED)
                score = min(score, found)
        return score

    def _mixes_none(self: Inference, node: ast.expr) -> bool:
        """Whether an argument may be None and may be something else."""
        atoms = self._argument(node).atoms if not isinstance(node, ast.Starred) else {}
        return ("None",) in atoms and len(atoms) > 1

    def _holds_none(self: Inference, wanted: t.Type, form: Signature, bound: dict[str, list[ast.expr]]) -> bool | None:
        """Whether None is among the items that a default stands beside; None where the default is beside none."""
        variable = wanted.inner if isinstance(wanted, t.Optional) else wanted
        if not isinstance(variable, t.Variable):
            return None
        for parameter in form.parameters:
            held = t.children(parameter.type)
            if variable not in held or parameter.name == "default":
                continue
            at = held.index(variable)
            for each in bound.get(parameter.name, []):
                cells = [atom.cells[at] for atom in self.eval(each).atoms.values() if len(atom.cells) > at]
                return any(("None",) in cell.atoms for cell in cells)
        return None

    def _argument(self: Inference, node: ast.expr) -> Cell:
        if isinstance(node, ast.Name) and node.id == "_value":
            return self.cell(node)
        found = self.argument_cells.get(node)
        if found is None or not found.atoms:
            found = self.argument_cells[node] = self.eval(node)
        return found

    def _type_name(self: Inference, node: ast.expr) -> bool:
        """Whether an argument names a type or library item (`dtype=float`, `np.int64`)."""
        name = self.qualified(node)
        if name is None or not (name.startswith("builtins.") or not self.knows_module(name)):
            return False
        if name.startswith("builtins.") and not hasattr(builtins, name.split(".")[1]):
            # A name that is defined nowhere: evaluating it says so.
            return False
        entry = catalog().find(name)
        return entry is None or entry.kind != "constant"

    def _is_callable(self: Inference, node: ast.expr) -> bool:
        if isinstance(node, ast.Lambda):
            return True
        if isinstance(node, ast.Call):
            found = self.qualified(node.func)
            if found is not None and found in CALLED - WRITTEN_OUT.keys():
                return True
        name = self.qualified(node)
        if name is not None and (name.startswith("builtins.") or not self.knows_module(name)):
            return True
        if isinstance(node, ast.Attribute):
            for atom in list(self.eval(node.value).atoms.values()):
                if atom.key[0] not in ("instance", "class", "None", "module") and self.entry_name(atom, node.attr) is not None:
                    return True
        if isinstance(node, ast.Constant):
            return False
        return self.has(self.eval(node), "func") or self.has(self.cell(node), "class")

    def _fits(self: Inference, wanted: t.Type, cell: Cell, node: ast.AST | None = None) -> int:
        """Whether a cell's values fit a catalog type."""
        held = cell.atoms
        if len(held) == 1:
            [key] = held
            if key[0] in _WITHOUT_PARTS:
                place = (id(wanted), key)
                known = self.compared_alone.get(place)
                if known is None or known[0] is not wanted:
                    known = self.compared_alone[place] = wanted, self._fits_all(wanted, cell, node)
                return known[1]
        return self._fits_all(wanted, cell, node)

    compared_alone: dict[tuple[int, tuple[Any, ...]], tuple[t.Type, int]]
    """How well places that hold one kind of value without parts fit the types of the catalog."""

    def _fits_all(self: Inference, wanted: t.Type, cell: Cell, node: ast.AST | None) -> int:
        match wanted:
            case t.Anything() | t.Variable():
                return EXACT
            case t.Optional(inner):
                if not cell:
                    return UNKNOWN
                rest = [key for key in cell.atoms if key != ("None",)]
                return EXACT if not rest else self._fits_atoms(inner, [cell.atoms[key] for key in rest])
            case t.AnyOf(members):
                return max((self._fits(each, cell, node) for each in members), default=NO) if cell else UNKNOWN
        if not cell:
            return UNKNOWN
        held = cell.atoms
        if ("None",) in held and wanted not in (t.NONE, t.VALUE):
            atoms = [atom for key, atom in held.items() if key != ("None",)]
        else:
            atoms = list(held.values())
        if not atoms:
            return NO
        if not any(each.cells for each in atoms):
            found = self._fits_atoms(wanted, atoms)
            return min(found, COERCED) if len(atoms) < len(held) else found
        # A list that holds itself: what it fits is decided by everything else.
        place = (id(wanted), cell.find())
        if place in self.fitting:
            return EXACT
        self.fitting.add(place)
        try:
            found = self._fits_atoms(wanted, atoms)
        finally:
            self.fitting.discard(place)
        return min(found, COERCED) if len(atoms) < len(cell.atoms) else found

    def _fits_atoms(self: Inference, wanted: t.Type, atoms: list[Atom]) -> int:
        if any(each.key == ("value",) for each in atoms):
            atoms = [VALUE]
        atoms = without_ints(atoms)
        if isinstance(wanted, t.AnyOf):
            fitting = [max(self._fits_atom(member, atom) for member in wanted.members) for atom in atoms]
            return self._partly(fitting, atoms) if NO in fitting else min(fitting, default=NO)
        if isinstance(wanted, t.Anything | t.Variable):
            return EXACT
        found = [self._fits_atom(wanted, atom) for atom in atoms]
        if NO in found and isinstance(wanted, t.Scalar):
            if wanted == t.VALUE and self.program.values and is_mixed(each.key for each in atoms):
                return EXACT
            return self._partly(found, atoms)
        return NO if NO in found else min(found, default=NO)

    def _partly(self: Inference, found: list[int], atoms: list[Atom]) -> int:
        """How well values fit whose type is known at run time only: all their numbers, or their texts. What does not fit then ends
        the program with TypeError when it comes."""
        if not self.program.values or not is_mixed(each.key for each in atoms):
            return NO
        numbers = [fit for fit, atom in zip(found, atoms, strict=True) if atom.key[0] in ("int", "float", "bool")]
        texts = [fit for fit, atom in zip(found, atoms, strict=True) if atom.key[0] == "str"]
        best = max((min(each) for each in (numbers, texts) if each), default=NO)
        return NO if best == NO else (COERCED if best == EXACT else PARTLY)

    def _fits_atom(self: Inference, wanted: t.Type, atom: Atom) -> int:
        if atom.key[0] not in _WITHOUT_PARTS:
            return self._compare(wanted, atom)
        place = (id(wanted), atom.key)
        known = self.compared.get(place)
        if known is None or known[0] is not wanted:
            known = self.compared[place] = wanted, self._compare(wanted, atom)
        return known[1]

    compared: dict[tuple[int, tuple[Any, ...]], tuple[t.Type, int]]
    """How well atoms without parts fit the types of the catalog: each pair is compared once."""

    def _compare(self: Inference, wanted: t.Type, atom: Atom) -> int:
        kind = atom.key[0]
        if kind == "value":
            return self._fits_value(wanted)
        if wanted == t.VALUE and self.program.containers:
            return COERCED if representable(atom.key) else NO
        if kind == "instance" and atom.payload.mixin and wanted == t.SCALARS[atom.payload.mixin]:
            return COERCED
        match wanted:
            case t.Anything() | t.Variable():
                return EXACT
            case t.Optional(inner):
                return self._fits_atom(inner, atom)
            case t.AnyOf(members):
                return max(self._fits_atom(each, atom) for each in members)
            case t.Scalar("value"):
                return NO
            case t.Scalar("num"):
                return EXACT if kind in ("int", "float", "bool") else NO
            case t.Scalar(name):
                if kind == name:
                    return EXACT
                accepted = {
                    "float": ("int", "bool", "bigint"),
                    "int": ("bool", "bigint"),
                    "bigint": ("int", "bool"),
                    "complex": ("int", "float", "bool"),
                }.get(name, ())
                if kind in accepted:
                    return CHECKED if kind == "bigint" else COERCED
                if kind == "numpy" and atom.key[1] == "str":
                    return EXACT if name == "str" else NO
                if kind == "numpy":
                    dtype = str(atom.key[1])
                    if (
                        name == "complex"
                        or (name == "float" and dtype not in ("str", "complex128"))
                        or (name == "int" and dtype.startswith(("int", "uint")))
                        or (name == "bool" and dtype == "bool")
                    ):
                        # A form for NumPy's own numbers comes first: what they give is shown differently.
                        return COERCED
                return NO
            case t.NumpyScalar(dtype):
                if atom.key == ("numpy", dtype):
                    return EXACT
                if "str" in (dtype, atom.key[-1]):
                    return EXACT if kind == "str" and dtype == "str" else NO
                return COERCED if kind in ("numpy", "int", "float", "bool") else NO
            case t.List(element):
                return self._inner(element, atom) if kind == "list" else NO
            case t.Set(element, frozen):
                return self._inner(element, atom) if kind == ("frozenset" if frozen else "set") else NO
            case t.Deque(element):
                return self._inner(element, atom) if kind == "deque" else NO
            case t.Dict(key, value, dict_kind):
                if kind != "dict" or (dict_kind != "dict" and atom.key[1] != dict_kind):
                    return NO
                return min(self._inner(key, atom), self._inner(value, atom, 1))
            case t.Tuple(items):
                if kind != "tuple" or len(items) != len(atom.cells):
                    return NO
                return min(
                    (
                        max(self._fits(each, cell), UNKNOWN if not cell else NO)
                        for each, cell in zip(items, atom.cells, strict=True)
                    ),
                    default=EXACT,
                )
            case t.Sequence(element):
                if kind == "seq":
                    return self._inner(element, atom)
                return COERCED if kind == "tuple" and all(self._fits(element, each) != NO for each in atom.cells) else NO
            case t.Range():
                return EXACT if kind == "range" else NO
            case t.Iterator(element):
                return self._inner(element, atom) if kind == "iterator" else NO
            case t.Iterable(element):
                return self._iterable(element, atom)
            case t.Array(dtype, rank):
                if kind == "array":
                    if int(atom.key[2]) != rank:
                        return NO
                    if atom.key[1] == dtype or len(dtype) == 1:
                        return EXACT
                    return COERCED if dtype == "float64" and atom.key[1] != "str" else NO
                return self._array_like(t.ArrayLike(dtype, rank), atom) if kind in ("list", "tuple", "seq") else NO
            case t.ArrayLike():
                return self._array_like(wanted, atom)
            case t.Object(name, arguments):
                if name == "builtins.Exception":
                    own = kind == "instance" and bool(atom.payload.root.exception)
                    return EXACT if kind == "exception" else COERCED if own else NO
                if kind != "object" or atom.key[1] != name:
                    return NO
                for argument, cell in zip(arguments, atom.cells, strict=False):
                    # An overload may be for objects that hold one type only.
                    if isinstance(argument, t.Scalar) and cell and any(key != (argument.name,) for key in cell.atoms):
                        return NO
                return EXACT
            case t.Callable():
                return EXACT if kind in ("func", "class") else NO
        return NO

    def _fits_value(self: Inference, wanted: t.Type) -> int:
        """How well a value of which nothing is known fits: what it turns out not to be ends the program with TypeError."""
        match wanted:
            case t.Anything() | t.Variable() | t.Scalar("value"):
                return EXACT
            case t.Optional(inner):
                return self._fits_value(inner)
            case t.AnyOf(members):
                return max(map(self._fits_value, members))
            case t.Scalar("num"):
                return COERCED
            case t.Scalar("int" | "float" | "str" | "bool"):
                return PARTLY
            case t.Iterable(element):
                return self._fits_value(element)
            case t.Object() if t.is_held(wanted):
                return PARTLY
        return NO

    def _inner(self: Inference, wanted: t.Type, atom: Atom, index: int = 0) -> int:
        cell = atom.cells[index]
        if isinstance(wanted, t.Variable | t.Anything):
            return EXACT
        return EXACT if not cell else self._fits(wanted, cell)

    def _iterable(self: Inference, element: t.Type, atom: Atom) -> int:
        kind = atom.key[0]
        if kind == "value":
            return self._fits_value(element)
        if kind in ("list", "set", "frozenset", "deque", "seq", "iterator", "dict"):
            inner = atom.cells[0]
            if isinstance(element, t.Variable | t.Anything):
                return EXACT
            if isinstance(element, t.Iterable) and self.has(inner, "instance"):
                # Only an argument itself is turned into an iterator, not what lies in it.
                return NO
            if isinstance(element, t.NumpyScalar) and ("None",) in inner.atoms and not self.has(inner, "numpy"):
                # Python's numbers that may lack are no numbers of NumPy.
                return NO
            return self._fits(element, inner)
        if kind == "tuple":
            if isinstance(element, t.Variable | t.Anything):
                return EXACT
            return min((self._fits(element, each) for each in atom.cells), default=EXACT)
        simple = {"str": STR, "range": INT, "bytes": INT}.get("str" if kind == "numpy" and atom.key[1] == "str" else str(kind))
        if simple is not None:
            return self._fits_atom(element, simple)
        if kind == "array":
            if int(atom.key[2]) == 1:
                return self._fits_atom(element, self.array_item(str(atom.key[1])))
            return EXACT if isinstance(element, t.Variable | t.Anything) else (EXACT if isinstance(element, t.Array) else NO)
        if kind == "object":
            declared = self.library_class(str(atom.key[1]))
            return EXACT if declared is not None and declared.iterates else NO
        if kind == "class":
            return EXACT if atom.payload.enum and isinstance(element, t.Variable | t.Anything) else NO
        if kind == "instance":
            if atom.payload.find_method("__iter__") is None and not atom.payload.named_tuple:
                return NO
            stand_in = self.made.setdefault(
                ("stand-in", atom.payload), ast.copy_location(ast.Name("_value", ast.Load()), atom.payload.node)
            )
            self.graph.add(self.cell(stand_in), atom)
            items = self.element_of(stand_in, atom, "fits")
            return (
                NO if items is None else (EXACT if isinstance(element, t.Variable | t.Anything) else self._fits(element, items))
            )
        return NO

    def _array_like(self: Inference, wanted: t.ArrayLike, atom: Atom, depth: int = 0) -> int:
        """How what has arrived fits a parameter that takes all that becomes an array. `depth`: how many lists it stands in."""
        kind = atom.key[0]
        if depth > MOST_DIMENSIONS:
            # A list that holds lists of its own kind without end is no array.
            return NO
        if kind == "array":
            if wanted.rank is not None and int(atom.key[2]) != wanted.rank:
                return NO
            return EXACT if wanted.dtype in (None, atom.key[1]) or len(wanted.dtype or "") == 1 else COERCED
        if kind == "object":
            declared = self.library_class(str(atom.key[1]))
            held = t.parse_type(declared.array) if declared is not None and declared.array else None
            fits = isinstance(held, t.Array) and wanted.rank in (None, held.rank) and wanted.dtype in (None, held.dtype)
            return EXACT if fits and wanted.rank is not None else NO
        if kind == "numpy" and atom.key[1] == "str":
            return COERCED if wanted.rank in (None, 0) and wanted.dtype in (None, "str") else NO
        if kind in ("int", "float", "bool", "numpy"):
            return COERCED if wanted.rank in (None, 0) else NO
        if kind in ("list", "seq"):
            inner = atom.cells[0]
            if not inner:
                return COERCED
            rest = t.ArrayLike(wanted.dtype, None if wanted.rank is None else wanted.rank - 1)
            if wanted.rank == 0:
                return NO
            return COERCED if all(self._array_like(rest, each, depth + 1) != NO for each in inner.atoms.values()) else NO
        if kind == "tuple":
            rest = t.ArrayLike(wanted.dtype, None if wanted.rank is None else wanted.rank - 1)
            return (
                COERCED
                if all(self._array_like(rest, each, depth + 1) != NO for cell in atom.cells for each in cell.atoms.values())
                else NO
            )
        if kind == "range":
            return COERCED if wanted.rank in (None, 1) else NO
        if kind == "str":
            return COERCED if wanted.rank in (None, 0) and wanted.dtype in (None, "str") else NO
        return NO

    # -- flow

    def _flow_through(self: Inference, node: ast.AST, tag: str, use: Use, result: Cell) -> None:
        entry, form = use.entry, use.signature
        assert entry is not None and form is not None
        variables: dict[str, Cell] = {}
        use.variables = variables
        in_place = {name for name in entry.mutates}
        if entry.name in ("operator.mul", "operator.add"):
            # A display that is only an operand has no other type than the result: `[None] * n` holds what is stored later.
            in_place |= {
                name for name, values in use.bound.items() if isinstance(values[0], ast.List | ast.ListComp | ast.BinOp)
            }
        if entry.name in ("set.union", "frozenset.union") and isinstance(use.receiver, ast.Call):
            # `set().union(*parts)`: nobody else has the set that it begins with.
            in_place.add("self")
        callables: list[tuple[Parameter, ast.expr]] = []
        for name in entry.literal:
            for each in use.bound.get(name, []):
                self.note_literal(each)
                self.made[("syntax", each)] = True
        for parameter in form.parameters:
            for each in use.bound.get(parameter.name, []):
                wanted = parameter.type
                if isinstance(wanted, t.Optional) and isinstance(wanted.inner, t.Callable):
                    wanted = wanted.inner
                if isinstance(wanted, t.Callable):
                    if not (isinstance(each, ast.Constant) and each.value is None):
                        callables.append((parameter, each))
                    continue
                if isinstance(wanted, t.Anything):
                    continue
                if isinstance(each, ast.Starred):
                    self._capture(wanted, self.iterate(each.value), variables, node, tag, False)
                    continue
                self._capture(wanted, self._argument(each), variables, node, tag, parameter.name in in_place, each)
            if (
                parameter.name not in use.bound
                and parameter.default is not None
                and not isinstance(parameter.type, t.Callable | t.Anything)
            ):
                if not (isinstance(parameter.default, ast.Constant) and parameter.default.value in (None, ...)):
                    self._capture(parameter.type, self.eval(parameter.default), variables, node, tag, False)
        if entry.name in ("dict.get", "dict.pop") and "default" in use.bound and use.receiver is not None:
            # A float default beside int values: one numeric type serves both.
            for atom in list(self.eval(use.receiver).atoms.values()):
                if (
                    atom.key[0] == "dict"
                    and atom.cells[1].get("int") is not None
                    and self.eval(use.bound["default"][0]).get("float") is not None
                ):
                    self.graph.add(atom.cells[1], FLOAT)
                elif atom.key == ("dict", "dict"):
                    default = use.bound["default"][0]
                    # `()` stands for no items of any list.
                    if not (isinstance(default, ast.Tuple) and not default.elts):
                        self._share_default(atom.cells[1], self.eval(default))
        if self.program.containers:
            self._flow_keys(form, use)
        if entry.variables is not None:
            try:
                for name, found in entry.variables(LibraryCall(self, node, use)).items():
                    variables[name] = self.cell(node, f"{tag} variable {name}")
                    self.add_resolved(variables[name], found, node, f"{tag} variable {name}")
            except NotYet:
                return
            except Refusal as refusal:
                self.problem(node, refusal.code, refusal.reason, refusal.remedy, tag)
                return
        for parameter, each in callables:
            wanted = parameter.type.inner if isinstance(parameter.type, t.Optional) else parameter.type
            assert isinstance(wanted, t.Callable)
            self._flow_callable(node, tag, wanted, each, variables, parameter.name)
        try:
            ask_own_estimators(LibraryCall(self, node, use))
            if entry.refuse is not None and self.use_hints:
                entry.refuse(LibraryCall(self, node, use))
            out = use.bound.get("out", [None])[0]
            if (
                out is not None
                and entry.name.startswith("numpy.")
                and not (isinstance(out, ast.Constant) and out.value is None)
            ):
                raise Refusal(
                    "BAT103", "`out` of a call whose value is used is not translated", "Write the call as a statement."
                )
            if entry.result is not None:
                self.add_resolved(result, entry.result(LibraryCall(self, node, use)), node, tag)
            else:
                self._instantiate(form.result, result, variables, node, tag, use)
        except NotYet:
            return
        except Refusal as refusal:
            self.problem(node, refusal.code, refusal.reason, refusal.remedy, tag)
            return
        if entry.aliases and makes_view(LibraryCall(self, node, use), entry):
            self._alias(use, result, entry.aliases)

    def _share_default(self: Inference, held: Cell, default: Cell) -> None:
        """A default of another kind than what a dict holds: what comes out is either, so the dict is one of both."""
        if self.dynamic(held) or self.dynamic(default):
            # Of values the inference takes care by itself.
            return
        kinds = []
        for cell in (held, default):
            keys = [key for key in cell.atoms if key != ("None",)]
            if not keys or not all(map(representable, keys)):
                return
            kinds.append({family_of(key) for key in keys})
        if "function" not in kinds[0] | kinds[1] and not kinds[1] <= kinds[0]:
            self.graph.flow(default, held)

    def _flow_keys(self: Inference, form: Signature, use: Use) -> None:
        """A value that is looked for in a container: what lies in it is compared as a value."""
        for parameter in form.parameters:
            for each in use.bound.get(parameter.name, []):
                if not isinstance(parameter.type, t.Variable) or not self.dynamic(self._argument(each)):
                    continue
                for other in form.parameters:
                    if not isinstance(other.type, t.List | t.Set | t.Dict | t.Deque):
                        continue
                    places = [place for place, inner in enumerate(t.children(other.type)) if inner == parameter.type]
                    for holder in use.bound.get(other.name, []):
                        for atom in list(self._argument(holder).atoms.values()):
                            for place in places if len(atom.cells) > max(places, default=-1) else []:
                                self.graph.add(atom.cells[place], VALUE)

    def note_literal(self: Inference, node: ast.expr) -> ast.expr:
        """What an argument that is read as syntax stands for: a name that is used nowhere else stands for its list or dict, and so does
        the name of a list or dict of constants that is only read."""
        version = self.version(node) if isinstance(node, ast.Name) else None
        if version is None or len(version.definitions) != 1:
            return node
        alone = len(version.uses) == 1
        if not alone and not all(self._leaves_alone(each) for each in version.uses):
            return node
        statement = self.assignments(version.scope).get(version.definitions[0])
        if (
            isinstance(statement, ast.Assign)
            and len(statement.targets) == 1
            and isinstance(statement.value, ast.Dict | ast.List)
        ):
            if alone:
                self.made[("literal", statement)] = True
            return statement.value if alone or _plain(statement.value) else node
        return node

    def _leaves_alone(self: Inference, use: ast.AST) -> bool:
        """Whether a use of a list or dict reads it and keeps no other name of it."""
        parents: dict[ast.AST, ast.AST] | None = self.made.get("parents")
        if parents is None:
            tree = self.program.source.tree
            parents = self.made["parents"] = {child: node for node in walk(tree) for child in children(node)}
        match parents.get(use):
            case ast.For(iter=source) | ast.comprehension(iter=source):
                return source is use
            case ast.Subscript(ctx=ast.Load()) | ast.FormattedValue() | ast.Compare():
                return True
            case ast.keyword(arg=name):
                return name in ("scoring", "steps", "estimators", "param_grid", "param_distributions")
            case ast.Call(func=ast.Name(id=function)):
                return function in ("len", "print", "enumerate", "zip", "sorted", "str", "repr") or function[:1].isupper()
            case ast.Attribute(attr=method):
                return method in ("items", "keys", "values", "get", "index", "count")
        return False

    def _alias(self: Inference, use: Use, result: Cell, name: str) -> None:
        for each in use.bound.get(name, []):
            for source in self._argument(each).atoms.values():
                if source.key[0] != "array":
                    continue
                inside = [atom for held in result.atoms.values() for cell in held.cells for atom in cell.atoms.values()]
                for target in [*result.atoms.values(), *inside]:
                    if target.key[0] == "array" and target.key[1] == source.key[1]:
                        join_groups(source, target)

    def _capture(
        self: Inference,
        wanted: t.Type,
        cell: Cell,
        variables: dict[str, Cell],
        node: ast.AST,
        tag: str,
        in_place: bool,
        source: ast.expr | None = None,
    ) -> None:
        """Bind the type variables of a parameter to what the argument holds."""
        match wanted:
            case t.Variable(name):
                held = variables.get(name)
                if held is None:
                    held = variables[name] = self.cell(node, f"{tag} var {name}")
                self.graph.flow(cell, held)
            case t.Scalar("value") if self.program.containers:
                self.box(cell)
            case t.Optional(inner):
                rest = self.cell(node, f"{tag} some {id(wanted)}")
                for key, atom in list(cell.atoms.items()):
                    if key != ("None",):
                        self.graph.add(rest, atom)
                self.graph.comes_from(rest, cell)
                self._capture(inner, rest, variables, node, tag, in_place)
            case t.List(element) | t.Set(element) | t.Deque(element) | t.Iterator(element):
                for atom in list(cell.atoms.values()):
                    if atom.cells and atom.key[0] in ("list", "set", "frozenset", "deque", "iterator"):
                        self._capture_inner(element, atom.cells[0], variables, node, tag, in_place)
            case t.Sequence(element):
                for atom in list(cell.atoms.values()):
                    for each in atom.cells:
                        self._capture_inner(element, each, variables, node, tag, False)
            case t.Dict(key, value):
                for atom in list(cell.atoms.values()):
                    if atom.key[0] == "dict":
                        self._capture_inner(key, atom.cells[0], variables, node, tag, in_place)
                        self._capture_inner(value, atom.cells[1], variables, node, tag, in_place)
            case t.Tuple(items):
                for atom in list(cell.atoms.values()):
                    if atom.key[0] == "tuple":
                        for item, part in zip(items, atom.cells, strict=False):
                            self._capture_inner(item, part, variables, node, tag, False)
            case t.Iterable(element):
                for atom in self.atoms_of(cell):
                    if atom.key == ("None",):
                        continue
                    found = self.element_of(source if source is not None else node, atom, "iterate")  # type: ignore[arg-type]
                    if found is not None:
                        if source is not None:
                            self.graph.flow(found, self.cell(source, "item"))
                        self._capture_inner(element, found, variables, node, tag, False)
            case t.Object(_, arguments) if arguments:
                for atom in list(cell.atoms.values()):
                    if atom.key[0] == "object":
                        for argument, part in zip(arguments, atom.cells, strict=False):
                            self._capture_inner(argument, part, variables, node, tag, True)
            case t.AnyOf(members):
                for member in members:
                    self._capture(member, cell, variables, node, tag, in_place)
            case t.Array(dtype, _) | t.ArrayLike(dtype, _) if dtype is not None and len(dtype) == 1:
                for atom in list(cell.atoms.values()):
                    if atom.key[0] == "array":
                        self.graph.add(
                            variables.setdefault(dtype, self.cell(node, f"{tag} var {dtype}")),
                            self.array_item(str(atom.key[1])),
                        )

    def _capture_inner(
        self: Inference, wanted: t.Type, cell: Cell, variables: dict[str, Cell], node: ast.AST, tag: str, in_place: bool
    ) -> None:
        if in_place and isinstance(wanted, t.Variable):
            held = variables.get(wanted.name)
            if held is None:
                variables[wanted.name] = cell
            else:
                self.graph.unify(cell, held)
                variables[wanted.name] = cell
            return
        self._capture(wanted, cell, variables, node, tag, in_place)

    def _flow_callable(
        self: Inference, node: ast.AST, tag: str, wanted: t.Callable, argument: ast.expr, variables: dict[str, Cell], name: str
    ) -> None:
        made = self.as_function(argument, len(wanted.parameters))
        value = self.eval(made)
        inputs = []
        for index, each in enumerate(wanted.parameters):
            cell = self.cell(node, f"{tag} {name} input {index}")
            self._instantiate(each, cell, variables, node, f"{tag} {name} input {index}", None)
            inputs.append(cell)
        for atom in list(value.atoms.values()):
            if atom.key[0] != "func":
                continue
            held = atom.payload
            info = held.function
            instance = self.instance_of(info, (), held.parent)
            plain = [*info.parameters.posonlyargs, *info.parameters.args]
            if info.kind == "method" and held.receiver is not None:
                self.graph.flow(held.receiver, instance.version_cell(self.bindings.versions[plain[0]]))
                plain = plain[1:]
            defaults = self.defaults_of(info)
            for parameter in plain[len(inputs) :]:
                if parameter.arg in defaults and info.kind == "lambda":
                    self.graph.flow(
                        held.parent.cells.get(defaults[parameter.arg], Cell()),
                        instance.version_cell(self.bindings.versions[parameter]),
                    )
                elif parameter.arg in defaults:
                    self.graph.flow(
                        self.eval(defaults[parameter.arg]), instance.version_cell(self.bindings.versions[parameter])
                    )
            for parameter, cell in zip(plain, inputs, strict=False):
                self.graph.flow(cell, instance.version_cell(self.bindings.versions[parameter]))
            self._capture(wanted.result, instance.result, variables, node, tag, False)

    def as_function(self: Inference, argument: ast.expr, arity: int) -> ast.expr:
        """A lambda for anything callable that is not a lambda already."""
        if isinstance(argument, ast.Lambda):
            return argument
        if isinstance(argument, ast.Call) and (self.qualified(argument.func) or "").startswith("operator."):
            made = self._operator_function(argument, self.qualified(argument.func) or "")
            if made is not None:
                self.made[("as function", argument, arity)] = made
                return made
        key = ("as function", argument, arity)
        found: ast.expr | None = self.made.get(key)
        if found is None:
            found = self.made[key] = desugar.as_lambda(argument, arity)
        return found

    def _instantiate(
        self: Inference, wanted: t.Type, target: Cell, variables: dict[str, Cell], node: ast.AST, path: str, use: Use | None
    ) -> None:
        """Let a value of a catalog type arrive at a cell."""
        match wanted:
            case t.Variable("Self"):
                if use is not None and use.receiver is not None:
                    self.graph.flow(self.eval(use.receiver), target)
            case t.Variable(name):
                if name in variables:
                    self.graph.flow(variables[name], target)
            case t.Scalar("value"):
                self.graph.add(target, VALUE)
            case t.Scalar(name) if name in SCALAR_ATOMS:
                self.graph.add(target, SCALAR_ATOMS[name])
            case t.Scalar("num"):
                self.graph.add(target, INT)
                self.graph.add(target, FLOAT)
            case t.NumpyScalar(dtype):
                self.graph.add(target, self.numpy_atom(dtype))
            case t.Optional(inner):
                self.graph.add(target, NONE)
                self._instantiate(inner, target, variables, node, path, use)
            case t.Range():
                self.graph.add(target, RANGE)
            case t.Array(dtype, rank):
                if len(dtype) == 1 and dtype in variables:
                    for atom in list(variables[dtype].atoms.values()):
                        actual = "str" if atom.key[0] == "str" else str(atom.key[-1])
                        self.graph.add(target, self.site(self.instance, node, path, ("array", actual, rank), 0))
                elif len(dtype) > 1:
                    self.graph.add(target, self.site(self.instance, node, path, ("array", dtype, rank), 0))
            case t.Object(name, arguments):
                if name == "builtins.Exception":
                    self.graph.add(target, self.exception_atom())
                    return
                atom = self.site(self.instance, node, path, ("object", name), len(arguments))
                for index, each in enumerate(arguments):
                    self._instantiate(each, atom.cells[index], variables, node, f"{path}.{index}", use)
                self.graph.add(target, atom)
            case t.Instance(name) if name in self.program.classes:
                self.graph.add(target, self.instance_atom(self.program.classes[name]))
            case t.AnyOf(members):
                for each in members:
                    self._instantiate(each, target, variables, node, path, use)
            case t.Tuple(items):
                atom = self.site(self.instance, node, path, ("tuple", len(items)), len(items), grouped=False)
                for index, each in enumerate(items):
                    self._instantiate(each, atom.cells[index], variables, node, f"{path}.{index}", use)
                self.graph.add(target, atom)
            case t.List() | t.Set() | t.Deque() | t.Dict() | t.Sequence() | t.Iterator():
                key: tuple[Any, ...]
                match wanted:
                    case t.Dict(kind=kind):
                        key = ("dict", kind)
                    case t.Set(frozen=True):
                        key = ("frozenset",)
                    case t.Sequence():
                        key = ("seq",)
                    case _:
                        key = (type(wanted).__name__.lower(),)
                parts = t.children(wanted)
                atom = self.site(self.instance, node, path, key, len(parts))
                if (
                    use is not None
                    and use.entry is not None
                    and use.entry.name in ("operator.mul", "operator.add")
                    and isinstance(parts[0], t.Variable)
                    and parts[0].name in variables
                ):
                    if any(isinstance(values[0], ast.List | ast.ListComp | ast.BinOp) for values in use.bound.values()):
                        self.graph.unify(atom.cells[0], variables[parts[0].name])
                for index, each in enumerate(parts):
                    self._instantiate(each, atom.cells[index], variables, node, f"{path}.{index}", use)
                self.graph.add(target, atom)

    def add_type(self: Inference, cell: Cell, text: str, node: ast.AST) -> None:
        """Let a value of a type in catalog notation arrive."""
        self._instantiate(t.parse_type(text), cell, {}, node, "declared", None)

    def add_resolved(self: Inference, cell: Cell, found: t.Type, node: ast.AST, tag: str) -> None:
        """Let a value of a type that an entry computed arrive."""
        if isinstance(found, t.Unknown):
            raise NotYet
        self._instantiate(found, cell, {}, node, f"{tag} result", None)


class LibraryCall:
    """What the functions of an entry can ask (`catalog.entry.Call`)."""

    def __init__(self, inference: Inference, node: ast.AST, use: Use) -> None:
        self.inference = inference
        self.site = node
        self.use = use

    def node(self, name: str) -> ast.expr | None:
        """The argument's syntax tree."""
        found = self.use.bound.get(name)
        return found[0] if found else None

    def nodes(self, name: str) -> list[ast.expr]:
        """The arguments of `*name`."""
        return self.use.bound.get(name, [])

    def given(self, name: str) -> bool:
        """Whether the program wrote this argument."""
        return name in self.use.bound

    def type(self, name: str) -> t.Type:
        """The type of an argument."""
        node = self.node(name)
        if node is None:
            assert self.use.signature is not None
            parameter = self.use.signature.parameter(name)
            node = parameter.default if parameter is not None else None
        if node is None:
            raise NotYet
        return self.type_of(node)

    def types(self, name: str) -> list[t.Type]:
        """The types of the arguments of `*name`."""
        return [self.type_of(each) for each in self.nodes(name)]

    def type_of(self, node: ast.expr) -> t.Type:
        """The type of any expression inside the call."""
        if isinstance(node, ast.Starred):
            node = node.value
        cell = (
            self.inference.cell(node)
            if isinstance(node, ast.Name) and node.id == "_value"
            else self.inference.evaluated_cell(node)
        )
        found = self.inference.resolver.resolve(cell)
        if isinstance(found, t.Unknown) or (not self.inference.use_hints and _unfinished(found)):
            raise NotYet
        if found == t.NONE and isinstance(node, ast.Attribute) and not self.inference.use_hints:
            # A field that is None at first: what else it holds is found out later.
            raise NotYet
        return found.inner if isinstance(found, t.Optional) else found

    def result_type(self) -> t.Type:
        """The final type of the result: not known while types are inferred."""
        raise NotYet

    def constant(self, name: str, default: Any = ...) -> Any:
        """The argument as a constant."""
        node = self.node(name)
        if node is None:
            assert self.use.signature is not None
            parameter = self.use.signature.parameter(name)
            node = parameter.default if parameter is not None else None
            if node is None:
                return None if default is ... else default
        try:
            return self._constant(node)
        except ValueError:
            if default is not ...:
                return default
            raise Refusal(
                "BAT103", f"`{name}` must be a constant here, not `{ast.unparse(node)}`", "Write the value in the call."
            ) from None

    def _constant(self, node: ast.expr) -> Any:
        match node:
            case ast.Constant(value=value):
                return value
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                value = self._constant(operand)
                if isinstance(value, str):
                    raise ValueError
                return -value
            case ast.Tuple(elts=elements):
                return tuple(self._constant(each) for each in elements)
            case ast.List(elts=elements):
                return [self._constant(each) for each in elements]
            case ast.BinOp(op=ast.Add()) | ast.JoinedStr():
                return self._constant_text(node)
        name = self.inference.qualified(node)
        if name is not None:
            return name
        if isinstance(node, ast.Name):
            version = self.inference.version(node)
            if version is not None and len(version.definitions) == 1:
                constant = self.inference.constant_of(version)
                if constant is not None:
                    return self._constant(constant)
        raise ValueError

    def _constant_text(self, node: ast.expr) -> str:
        """A text that is put together of constant ones."""
        match node:
            case ast.Constant(value=str(text)):
                return text
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return self._constant_text(left) + self._constant_text(right)
            case ast.JoinedStr(values=parts):
                return "".join(map(self._constant_text, parts))
            case ast.FormattedValue(value=value, conversion=-1, format_spec=None):
                return self._constant_text(value)
            case ast.Name() if self.inference.qualified(node) is None:
                version = self.inference.version(node)
                constant = self.inference.constant_of(version) if version is not None else None
                if constant is not None and version is not None and len(version.definitions) == 1:
                    return self._constant_text(constant)
        raise ValueError

    def literal(self, name: str) -> ast.expr | None:
        """The syntax of an argument that the entry reads itself."""
        node = self.node(name)
        return None if node is None else self.inference.note_literal(node)

    def source(self, name: str) -> str:
        """The argument's Python text."""
        node = self.node(name)
        return ast.unparse(node) if node is not None else ""

    def expected(self) -> t.Type | None:
        """The type that the surroundings need: not known during inference."""
        return None


@cache
def _covered_modules() -> frozenset[str]:
    """The modules of the catalog's shelves and entries, and those around them."""
    known = catalog()
    found = set()
    for each in [*known.modules, *(e.rpartition(".")[0] for e in known.entries)]:
        while each:
            found.add(each)
            each = each.rpartition(".")[0]
    return frozenset(found)


def _plain(node: ast.expr) -> bool:
    """Whether an expression is made of constants only."""
    match node:
        case ast.Constant():
            return True
        case ast.UnaryOp(operand=operand):
            return _plain(operand)
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            return all(_plain(each) for each in elements)
        case ast.Dict(keys=keys, values=values):
            return all(each is not None and _plain(each) for each in [*keys, *values])
    return False


def _unfinished(type_: t.Type) -> bool:
    """Whether a container's items are not known yet."""
    return type_ == t.NEVER or any(_unfinished(each) for each in t.children(type_))


def makes_view(call: LibraryCall, entry: Entry) -> bool:
    """Whether the result of a call sees the memory of the argument that the entry names."""
    if entry.name == "ndarray.__getitem__":
        return not index_makes_copy(call)
    source = call.type(entry.aliases)
    if entry.name == "numpy.diag":
        return isinstance(source, t.Array) and source.rank == 2
    return isinstance(source, t.Array)


def index_makes_copy(call: LibraryCall) -> bool:
    """Whether an array index selects items by array or list, so that NumPy copies them."""
    node = call.node("index")
    parts = list(node.elts) if isinstance(node, ast.Tuple) else [node]
    for each in parts:
        if each is None or isinstance(each, ast.Slice) or (isinstance(each, ast.Constant) and each.value in (None, ...)):
            continue
        found = call.type_of(each)
        if isinstance(found, t.Array | t.List) or (
            isinstance(found, t.Tuple) and any(isinstance(inner, t.Array | t.List) for inner in found.items)
        ):
            return True
    return False
