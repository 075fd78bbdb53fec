"""Dicts that are records: `{"name": "Ann", "age": 31}`.

A dict display whose keys are constant texts and whose values have different types cannot be a map in Rust; it is a struct. After an attempt
at inference the displays that caused a conflict become instances of a class that is added to the program, and what is done with them becomes
what is done with attributes: `r["age"]` is `r.age`, `r.get("age", 0)` is `r.age`, `"age" in r` is `True`, a loop over `r.items()` is a loop over
the pairs. The class shows itself as the dict did. What has no such form (a computed key, a new key, `del`) stays as it is, and is refused there.
"""

from __future__ import annotations

import ast
import copy
import keyword
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from batuta.analysis.filled_records import filled_records
from batuta.analysis.graph import Cell
from batuta.analysis.infer import Inference
from batuta.analysis.resolve import Resolver
from batuta.catalog._tables import MADE
from batuta.ir import types as t
from batuta.python.new_nodes import located, names_in
from batuta.python.walk import Transformer, children, statements, walk

PREFIX = "Record"
MOST_ROUNDS = 12
"""A loop over a record with more fields is not written out."""

MOST_FIELDS = 40
"""A display with more keys than this is a table, not a record."""


@dataclass(frozen=True)
class Record:
    """A class that stands for displays with these keys."""

    name: str
    fields: dict[str, str]
    """Key → name of the field, in the order of the display."""


_RecordOf = Callable[[ast.expr], Record | None]
"""The record class of every value that arrives at an expression."""


def rewrite_records(tree: ast.Module, inference: Inference, known: dict[str, Record]) -> bool:
    """Rewrite displays that conflict, and uses of records that are `known` by now (new ones join them).

    True when anything changed: infer again.
    """
    replaced: dict[ast.AST, ast.AST | list[ast.stmt]] = {}
    for node in _uses(inference, known, replaced):
        replaced.update(node)
    for loop in _mixed_loops(inference):
        if loop not in replaced:
            assert isinstance(loop.iter, ast.List | ast.Tuple)
            replaced[loop] = _rounds(loop, loop.iter.elts)
    displays = set(_conflicting(inference, lambda node: True))
    if displays and filled_records(tree, lambda node: node in displays):
        return True
    candidates = list(_conflicting(inference, _is_candidate)) if displays else []
    if candidates:
        # Inference writes some displays itself (`asdict`): these are in no tree.
        written = set(walk(tree))
        # What a library reads as syntax (a grid of parameters) is no value, so its types do not matter.
        read = [each.value for each in written if isinstance(each, ast.Assign) and ("literal", each) in inference.made]
        read += [each for each in written if ("syntax", each) in inference.made and isinstance(each, ast.expr)]
        as_syntax = {inner for each in read for inner in walk(each)}
        for display in candidates:
            if display not in replaced and display in written and display not in as_syntax:
                keys = tuple(str(each.value) for each in display.keys if isinstance(each, ast.Constant))
                made = _class_for(keys, tree, known, display, _kinds(inference, display))
                replaced[display] = located(ast.Call(ast.Name(made.name, ast.Load()), list(display.values), []), display)
    if not replaced:
        return False
    _Replacer(replaced).visit(tree)
    return True


class _Replacer(Transformer):
    def __init__(self, replaced: dict[ast.AST, ast.AST | list[ast.stmt]]) -> None:
        self.replaced = replaced

    def visit(self, node: ast.AST) -> ast.AST | list[ast.stmt]:
        found = self.replaced.get(node, node)
        if isinstance(found, list):
            for each in found:
                self.generic_visit(each)
            return found
        self.generic_visit(found)
        return found


# -- which displays are records


def _kinds(inference: Inference, display: ast.Dict) -> list[str]:
    """What each value of a display is where that matters for its text and for `==`: `array`, `function`, or `object` (one that Python
    compares by identity)."""
    found = []
    for value in display.values:
        cells = [each.cells.get(value) for each in [inference.module, *inference.program.instances]]
        atoms = [atom for cell in cells if cell is not None for atom in cell.atoms.values()]
        classes = [atom.payload for atom in atoms if atom.key[0] == "instance"]
        if any(atom.key[0] == "array" for atom in atoms):
            found.append("array")
        elif any(atom.key[0] == "func" for atom in atoms):
            found.append("function")
        elif any(not (each.dataclass or each.enum or each.named_tuple or each.find_method("__eq__")) for each in classes):
            found.append("object")
        else:
            found.append("")
    return found


def _conflicting(inference: Inference, wanted: Callable[[ast.Dict], bool]) -> Iterator[ast.Dict]:
    """Displays with constant text keys whose values, each known by itself, have no common type. The innermost ones only."""
    seen: set[ast.Dict] = set()
    resolver = Resolver(assume_observed=True)
    for instance in [inference.module, *inference.program.instances]:
        for node, cell in list(instance.cells.items()):
            if not isinstance(node, ast.Dict) or node in seen or not wanted(node):
                continue
            for atom in cell.atoms.values():
                if atom.key == ("dict", "dict") and _conflicts(atom.cells[1], resolver):
                    seen.add(node)
                    yield node


def _is_candidate(node: ast.Dict) -> bool:
    keys = [each.value for each in node.keys if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    return 1 < len(keys) == len(node.keys) == len(set(keys)) <= MOST_FIELDS


def _conflicts(cell: Cell, resolver: Resolver) -> bool:
    if len(cell.atoms) < 2 or not isinstance(resolver.resolve(cell), t.Unknown):
        return False
    for key, atom in cell.atoms.items():
        alone = Cell()
        alone._atoms[key] = atom
        if isinstance(Resolver(assume_observed=True).resolve(alone), t.Unknown) and any(each.atoms for each in atom.cells):
            return False
    return True


def _class_for(
    keys: tuple[str, ...], tree: ast.Module, known: dict[str, Record], display: ast.Dict, kinds: list[str] | None = None
) -> Record:
    """The class for these keys, added to the module, at the place of the display, when it is the first of its kind."""
    for each in known.values():
        if tuple(each.fields) == keys:
            return each
    names = _field_names(keys)
    taken = names_in(tree) | set(known)
    number = 1
    while (name := f"{PREFIX}{number if number > 1 else ''}") in taken:
        number += 1
    stores = "".join(f"        self.{each} = {each}\n" for each in names)
    kinds = kinds or [""] * len(keys)
    # The text of a function holds its address, which no two runs have in common.
    texts = ["<function>" if kind == "function" else f"{{self.{each}!r}}" for each, kind in zip(names, kinds, strict=True)]
    shown = ", ".join(f"{_escaped(key)}: {each}" for key, each in zip(keys, texts, strict=True))
    equal = " and ".join(
        f"self.{each} {'is' if kind == 'object' else '=='} other.{each}" for each, kind in zip(names, kinds, strict=True)
    )
    # Python cannot compare arrays so; functions have no identity here.
    comparable = not {"array", "function"} & set(kinds)
    text = (
        f"class {name}:\n    def __init__(self, {', '.join(names)}):\n{stores}"
        f"    def __repr__(self):\n        return f{('{{' + shown + '}}')!r}\n"
        + (f"    def __eq__(self, other):\n        return {equal}\n" if comparable else "")
    )
    place = next(
        (index for index, each in enumerate(tree.body) if not isinstance(each, ast.Import | ast.ImportFrom | ast.Expr)), 0
    )
    made_class = ast.parse(text).body[0]
    for part in walk(made_class):
        if hasattr(part, "lineno"):
            ast.copy_location(part, display)
    tree.body.insert(place, made_class)
    made = known[name] = Record(name, dict(zip(keys, names, strict=True)))
    return made


def _escaped(key: str) -> str:
    return repr(key).replace("{", "{{").replace("}", "}}")


def _field_names(keys: tuple[str, ...]) -> list[str]:
    names: list[str] = []
    for index, key in enumerate(keys):
        name = "".join(each if each.isascii() and (each.isalnum() or each == "_") else "_" for each in key).strip("_")
        if not name or name[0].isdigit() or keyword.iskeyword(name) or name in names or name == "self":
            name = f"field_{index}"
        names.append(name)
    return names


# -- what is done with records


def _uses(
    inference: Inference, known: dict[str, Record], replaced: dict[ast.AST, ast.AST | list[ast.stmt]]
) -> Iterator[dict[ast.AST, ast.AST | list[ast.stmt]]]:
    if not known:
        return
    cells: dict[ast.AST, list[Cell]] = {}
    for instance in [inference.module, *inference.program.instances]:
        for node, cell in instance.cells.items():
            if isinstance(node, ast.AST):
                cells.setdefault(node, []).append(cell)

    def record_of(node: ast.expr) -> Record | None:
        """The record class of every value that arrives at an expression."""
        names = set()
        for cell in cells.get(node, []):
            for key, atom in cell.atoms.items():
                if key != ("None",):
                    names.add(atom.payload.name if key[0] == "instance" else "")
        return known.get(names.pop()) if len(names) == 1 else None

    for node in walk(inference.program.source.tree):
        if node in replaced:
            continue
        if isinstance(node, ast.For):
            rounds = _written_out(node, record_of) or _by_key(node, record_of, inference.program.source.tree)
            if rounds:
                yield {node: rounds}
                continue
        if isinstance(node, ast.For | ast.comprehension):
            record = record_of(node.iter)
            if record is not None and node.iter not in replaced:
                names: list[ast.expr] = [ast.Constant(key) for key in record.fields]
                yield {node.iter: located(ast.Tuple(names, ast.Load()), node.iter)}
            continue
        if isinstance(node, ast.ListComp | ast.GeneratorExp | ast.SetComp | ast.DictComp):
            shown = _displayed(node, record_of)
            if shown is not None:
                yield {node: located(shown, node)}
                continue
        if isinstance(node, ast.Dict) and None in node.keys:
            merged = _merged(node, record_of)
            if merged is not None:
                record = _class_for(tuple(merged), inference.program.source.tree, known, node)
                yield {node: located(ast.Call(ast.Name(record.name, ast.Load()), list(merged.values()), []), node)}
            continue
        made = _table_of_records(node, inference, cells, known) or _use(node, record_of)
        if made is not None:
            yield {node: located(made, node)}


def _written_out(node: ast.For, record_of: _RecordOf) -> list[ast.stmt]:
    """A loop over the items or values of a record, round by round, for each value has a type of its own."""
    match node.iter:
        case ast.Call(func=ast.Attribute(value=owner, attr="items" | "values" as what), args=[], keywords=[]) if _is_path(
            owner
        ):
            record = record_of(owner)
        case _:
            return []
    if record is None or node.orelse or len(record.fields) > MOST_ROUNDS or _leaves(node.body):
        return []
    values: list[ast.expr] = [ast.Attribute(copy.deepcopy(owner), name, ast.Load()) for name in record.fields.values()]
    if what == "items":
        pairs = zip(record.fields, values, strict=True)
        values = [ast.Tuple([ast.Constant(key), value], ast.Load()) for key, value in pairs]
    return _rounds(node, values)


def _by_key(node: ast.For, record_of: _RecordOf, tree: ast.Module) -> list[ast.stmt]:
    """A loop over constant keys (or over a record itself) whose body takes values out of records by them, round by round."""
    if not isinstance(node.target, ast.Name) or node.orelse or _leaves(node.body):
        return []
    name = node.target.id
    parts = [each for statement in node.body for each in walk(statement)]
    if any(isinstance(each, ast.Name) and each.id == name and not isinstance(each.ctx, ast.Load) for each in parts):
        return []
    if not any(
        isinstance(each, ast.Subscript)
        and isinstance(each.slice, ast.Name)
        and each.slice.id == name
        and record_of(each.value) is not None
        for each in parts
    ):
        return []
    keys = _keys_of(node.iter, record_of)
    if keys is None or not 0 < len(keys) <= MOST_ROUNDS:
        return []
    rounds: list[ast.stmt] = []
    for key in keys:
        rounds.extend(_with_values(statement, {name: ast.Constant(key)}) for statement in node.body)
    inside = set(walk(node))
    if any(isinstance(each, ast.Name) and each.id == name and each not in inside for each in walk(tree)):
        # The name keeps the last key.
        rounds.append(located(ast.Assign([ast.Name(name, ast.Store())], ast.Constant(keys[-1])), node))
    return rounds


def _keys_of(node: ast.expr, record_of: _RecordOf) -> list[str] | None:
    """The constant keys that a loop runs over."""
    if isinstance(node, ast.List | ast.Tuple):
        keys = [each.value for each in node.elts if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        return keys if len(keys) == len(node.elts) else None
    match node:
        case ast.Call(func=ast.Attribute(value=owner, attr="keys"), args=[], keywords=[]) if _is_path(owner):
            record = record_of(owner)
        case ast.Call(func=ast.Name(id="list" | "sorted" as what), args=[inner], keywords=[]):
            found = _keys_of(inner, record_of)
            return found if found is None or what == "list" else sorted(found)
        case _:
            record = record_of(node)
    return list(record.fields) if record is not None else None


def _is_path(node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)


class _Values(Transformer):
    def __init__(self, values: dict[str, ast.expr]) -> None:
        self.values = values

    def visit_Name(self, node: ast.Name) -> ast.AST:
        found = self.values.get(node.id)
        if found is None or not isinstance(node.ctx, ast.Load):
            return node
        return located(copy.deepcopy(found), node)


_Tree = TypeVar("_Tree", bound=ast.AST)


def _with_values(node: _Tree, values: dict[str, ast.expr]) -> _Tree:
    """A copy in which names stand for expressions."""
    found: _Tree = _Values(values).visit(copy.deepcopy(node))
    return found


def _displayed(node: ast.ListComp | ast.GeneratorExp | ast.SetComp | ast.DictComp, record_of: _RecordOf) -> ast.expr | None:
    """A comprehension over a record as a display: each value has a type of its own."""
    if len(node.generators) != 1 or node.generators[0].ifs or node.generators[0].is_async:
        return None
    clause = node.generators[0]
    rounds: list[dict[str, ast.expr]] = []
    match clause.iter:
        case ast.Call(func=ast.Attribute(value=owner, attr="items" | "values" as what), args=[], keywords=[]) if _is_path(
            owner
        ):
            record = record_of(owner)
            if record is None:
                return None
            for key, field in record.fields.items():
                value = ast.Attribute(copy.deepcopy(owner), field, ast.Load())
                if what == "values" and isinstance(clause.target, ast.Name):
                    rounds.append({clause.target.id: value})
                elif what == "items" and isinstance(clause.target, ast.Tuple) and len(clause.target.elts) == 2:
                    names = [each.id for each in clause.target.elts if isinstance(each, ast.Name)]
                    if len(names) != 2:
                        return None
                    rounds.append({names[0]: ast.Constant(key), names[1]: value})
                else:
                    return None
        case _:
            keys = _keys_of(clause.iter, record_of)
            if keys is None or not isinstance(clause.target, ast.Name):
                return None
            name = clause.target.id
            if not any(
                isinstance(each, ast.Subscript)
                and isinstance(each.slice, ast.Name)
                and each.slice.id == name
                and record_of(each.value) is not None
                for each in walk(node)
            ):
                return None
            rounds = [{name: ast.Constant(key)} for key in keys]
    if not 0 < len(rounds) <= MOST_FIELDS:
        return None
    if isinstance(node, ast.DictComp):
        return ast.Dict([_with_values(node.key, each) for each in rounds], [_with_values(node.value, each) for each in rounds])
    items = [_with_values(node.elt, each) for each in rounds]
    return ast.Set(items) if isinstance(node, ast.SetComp) else ast.List(items, ast.Load())


def _rounds(node: ast.For, values: list[ast.expr]) -> list[ast.stmt]:
    """The rounds of a loop over these values, one after the other."""
    rounds: list[ast.stmt] = []
    for value in values:
        rounds.append(located(ast.Assign([copy.deepcopy(node.target)], value), node))
        rounds.extend(copy.deepcopy(node.body))
    return rounds


def _mixed_loops(inference: Inference) -> Iterator[ast.For]:
    """Loops over a written-out list or tuple whose items have no common type."""
    resolver = Resolver(assume_observed=True)
    for node in statements(inference.program.source.tree):
        if not isinstance(node, ast.For) or not isinstance(node.iter, ast.List | ast.Tuple) or node.orelse:
            continue
        items = node.iter.elts
        if not 1 < len(items) <= MOST_ROUNDS or any(isinstance(each, ast.Starred) for each in items) or _leaves(node.body):
            continue
        for instance in [inference.module, *inference.program.instances]:
            cell = instance.cells.get((node.iter, "item"))
            if cell is None:
                continue
            inner = [each for key, atom in cell.atoms.items() if key[0] == "tuple" for each in atom.cells]
            if any(_conflicts(each, resolver) for each in [cell, *inner]):
                yield node
                break


def _merged(node: ast.Dict, record_of: _RecordOf) -> dict[str, ast.expr] | None:
    """`{**record, "key": value}`: the value of each key."""
    found: dict[str, ast.expr] = {}
    for key, value in zip(node.keys, node.values, strict=True):
        if key is None:
            record = record_of(value)
            if record is None or not isinstance(value, ast.Name):
                return None
            found.update({each: ast.Attribute(copy.deepcopy(value), name, ast.Load()) for each, name in record.fields.items()})
        elif isinstance(key, ast.Constant) and isinstance(key.value, str):
            found[key.value] = value
        else:
            return None
    return found


def _leaves(body: list[ast.stmt]) -> bool:
    """Whether a body leaves its loop, or goes on with the next round, early."""
    todo: list[ast.AST] = list(body)
    while todo:
        each = todo.pop()
        if isinstance(each, ast.Break | ast.Continue):
            return True
        if not isinstance(each, ast.For | ast.While | ast.FunctionDef | ast.Lambda):
            todo.extend(children(each))
    return False


def _table_of_records(
    node: ast.AST, inference: Inference, cells: dict[ast.AST, list[Cell]], known: dict[str, Record]
) -> ast.expr | None:
    """`pd.DataFrame(rows)` of a list of records, as the call that names the columns and their values."""
    match node:
        case ast.Call(func=ast.Attribute() as function, args=[ast.Name(id=name) as rows], keywords=[]):
            pass
        case _:
            return None
    if not inference.program.has_tables or inference.qualified(function) != "pandas.DataFrame":
        return None
    found = set()
    for cell in cells.get(rows, []):
        for key, atom in cell.atoms.items():
            inner = atom.cells[0].atoms if key == ("list",) else {("other",): None}
            found |= {held.payload.name if held is not None and one[0] == "instance" else "" for one, held in inner.items()}
    record = known.get(found.pop()) if len(found) == 1 else None
    if record is None:
        return None

    def column(field: str) -> ast.expr:
        clause = ast.comprehension(ast.Name("row", ast.Store()), ast.Name(name, ast.Load()), [], 0)
        return ast.ListComp(ast.Attribute(ast.Name("row", ast.Load()), field, ast.Load()), [clause])

    names = ast.List([ast.Constant(key) for key in record.fields], ast.Load())
    return ast.Call(ast.Attribute(function, MADE, ast.Load()), [names, *map(column, record.fields.values())], [])


def _use(node: ast.AST, record_of: _RecordOf) -> ast.expr | None:
    """The same with attributes, or None when it is not a use of a record or has no such form."""

    def attribute(owner: ast.expr, key: str, context: ast.expr_context) -> ast.expr | None:
        record = record_of(owner)
        name = record.fields.get(key) if record is not None else None
        return ast.Attribute(owner, name, context) if name is not None else None

    match node:
        case ast.Subscript(value=owner, slice=ast.Constant(value=str() as key), ctx=context) if not isinstance(
            context, ast.Del
        ):
            return attribute(owner, key, context)
        case ast.Call(
            func=ast.Attribute(value=owner, attr="get"), args=[ast.Constant(value=str() as key), *default], keywords=[]
        ):
            record = record_of(owner)
            if record is None or len(default) > 1:
                return None
            found = attribute(owner, key, ast.Load())
            return found if found is not None else default[0] if default else ast.Constant(None)
        case ast.Compare(left=ast.Constant(value=str() as key), ops=[ast.In() | ast.NotIn() as op], comparators=[owner]):
            record = record_of(owner)
            return None if record is None else ast.Constant((key in record.fields) == isinstance(op, ast.In))
        case ast.Call(func=ast.Name(id="isinstance"), args=[owner, kinds], keywords=[]) if record_of(owner) is not None:
            names = kinds.elts if isinstance(kinds, ast.Tuple) else [kinds]
            return ast.Constant(any(isinstance(each, ast.Name) and each.id == "dict" for each in names))
        case ast.Call(func=ast.Name(id="dict"), args=[ast.Name() as owner], keywords=[]) if record_of(owner) is not None:
            return ast.Call(ast.Attribute(owner, "copy", ast.Load()), [], [])
        case ast.Call(func=ast.Name(id="len"), args=[owner], keywords=[]):
            record = record_of(owner)
            return None if record is None else ast.Constant(len(record.fields))
        case ast.Call(
            func=ast.Attribute(value=owner, attr="items" | "keys" | "values" | "copy" as what),
            args=[],
            keywords=[],
        ) if _is_path(owner):
            record = record_of(owner)
            if record is None:
                return None
            values: list[ast.expr] = [ast.Attribute(copy.deepcopy(owner), name, ast.Load()) for name in record.fields.values()]
            if what == "copy":
                return ast.Call(ast.Name(record.name, ast.Load()), values, [])
            keys: list[ast.expr] = [ast.Constant(key) for key in record.fields]
            pairs: list[ast.expr] = [ast.Tuple([key, value], ast.Load()) for key, value in zip(keys, values, strict=True)]
            return ast.Tuple({"items": pairs, "keys": keys, "values": values}[what], ast.Load())
    return None
