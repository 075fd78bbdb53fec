"""pandas' tables in a form that says which columns they have.

    df = pd.DataFrame({"a": x, "b": y})      a call with the names first, and one argument for each column
    df = pd.read_csv(io.StringIO(text))      the same call, where the program's text holds the rows
    df["c"] = values                         df = df.«with column»("c", values)

The last is the same only where nobody else holds the table: pandas changes it in place. So the name must be bound to tables that the scope
makes itself, and never be handed to another name or into a container. Where that is not so the assignment stays, and is refused.
"""

from __future__ import annotations

import ast
import copy
import itertools
from collections.abc import Iterator
from typing import Any

from batuta.analysis.asked_tables import write_out_questions
from batuta.analysis.imports import imported_names, qualified_name
from batuta.analysis.written_csv import read_columns
from batuta.catalog._tables import (
    ADDED,
    ADDED_ALL,
    BETWEEN,
    CHANGED,
    CHANGED_AT,
    INSERTED,
    LABELLED,
    LABELS_NAMED,
    MADE,
    NAMED,
    OPENED,
    PUT_TOGETHER,
)
from batuta.python.new_nodes import located
from batuta.python.walk import children, statements, walk

Function = ast.FunctionDef | ast.AsyncFunctionDef


def write_out_tables(tree: ast.Module) -> None:
    """Rewrite a program in place; nothing happens in one that does not import pandas."""
    imports = imported_names(tree)
    if not any(each.partition(".")[0] == "pandas" for each in imports.values()):
        return
    _inline_dicts(tree, imports)
    _read_texts(tree, imports)
    for node in walk(tree):
        if isinstance(node, ast.Call):
            _make(node, imports)
    write_out_questions(tree, imports)
    functions = {each.name: each for each in walk(tree) if isinstance(each, Function)}
    tables = _Tables(tree, functions, imports)
    for scope in [tree, *functions.values()]:
        _unroll(scope, tree)
        _assign(scope, functions, tables)


def _is_frame(node: ast.expr, imports: dict[str, str]) -> bool:
    return isinstance(node, ast.Call) and qualified_name(node.func, imports) == "pandas.DataFrame"


def _inline_dicts(tree: ast.Module, imports: dict[str, str]) -> None:
    """`data = {…}` and right below `pd.DataFrame(data)`, where nothing else uses `data`."""
    uses: dict[str, int] = {}
    for node in walk(tree):
        if isinstance(node, ast.Name):
            uses[node.id] = uses.get(node.id, 0) + 1
    for body in _bodies(tree):
        for first, second in itertools.pairwise(body):
            match first:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict() as held) if uses[name] == 2:
                    for call in walk(second):
                        if _is_frame(call, imports) and call.args and isinstance(call.args[0], ast.Name):  # type: ignore[arg-type, attr-defined]
                            if call.args[0].id == name and _comes_first(second, call):  # type: ignore[attr-defined]
                                call.args[0] = held  # type: ignore[attr-defined]
                                first.value = located(ast.Constant(None), held)
        body[:] = [each for each in body if not _is_emptied(each, uses)]


def _read_texts(tree: ast.Module, imports: dict[str, str]) -> None:
    """`pd.read_csv(StringIO(text))` of a text that the program holds."""
    bound: dict[str, list[ast.expr | None]] = {}
    for node in walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            bound.setdefault(node.id, []).append(None)
        elif isinstance(node, ast.arg):
            bound.setdefault(node.arg, []).append(None)
    texts = {
        each.targets[0].id: each.value.value
        for each in tree.body
        if isinstance(each, ast.Assign)
        and isinstance(each.targets[0], ast.Name)
        and isinstance(each.value, ast.Constant)
        and isinstance(each.value.value, str)
        and len(bound[each.targets[0].id]) == 1
    }
    if "float" in bound:
        return
    for node in walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(value=package, attr="read_csv"),
                args=[ast.Call(func=maker, args=[held], keywords=[])],
                keywords=options,
            ) if qualified_name(maker, imports) == "io.StringIO" and qualified_name(package, imports) == "pandas":
                text = (
                    held.value if isinstance(held, ast.Constant) else texts.get(held.id) if isinstance(held, ast.Name) else None
                )
                given = {each.arg: each.value for each in options}
                separator = given.pop("sep", ast.Constant(","))
                if given or not isinstance(text, str) or not isinstance(separator, ast.Constant):
                    continue
                columns = read_columns(text, str(separator.value))
                if columns is None:
                    continue
                table = ast.Attribute(ast.Attribute(package, "DataFrame", ast.Load()), MADE, ast.Load())
                node.func = located(table, node)
                names: list[ast.expr] = [ast.Constant(name) for name, _ in columns]
                lists = [ast.List(names, ast.Load()), *[ast.List(values, ast.Load()) for _, values in columns]]
                node.args = [located(each, node) for each in lists]
                node.keywords = []


def _comes_first(statement: ast.stmt, call: ast.AST) -> bool:
    """Whether nothing of a statement is evaluated before the call."""
    return isinstance(statement, ast.Assign) and statement.value is call


def _is_emptied(node: ast.stmt, uses: dict[str, int]) -> bool:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=None) as value):
            # The dict's place: a None that the program writes has the width of its own text.
            return uses.get(name) == 2 and (value.end_col_offset or 0) - value.col_offset != 4
    return False


def _bodies(tree: ast.Module) -> Iterator[list[ast.stmt]]:
    yield tree.body
    for each in statements(tree):
        for name in ("body", "orelse", "finalbody"):
            inside = getattr(each, name, None)
            if isinstance(inside, list):
                yield inside


def _make(node: ast.Call, imports: dict[str, str]) -> None:
    """The names and columns of a dict as arguments."""
    if isinstance(node.func, ast.Attribute) and qualified_name(node.func, imports) == "pandas.concat":
        match node.args:
            case [ast.List(elts=tables) | ast.Tuple(elts=tables)] if tables:
                node.func = located(ast.Attribute(node.func.value, PUT_TOGETHER, ast.Load()), node.func)
                node.args = tables
        return
    if _is_frame(node, imports) and len(node.args) == 1 and isinstance(node.args[0], ast.List):
        node.args[0] = _by_columns(node.args[0])
    if not (_is_frame(node, imports) and len(node.args) == 1 and isinstance(node.args[0], ast.Dict)):
        return
    held = node.args[0]
    assert isinstance(held, ast.Dict)
    names = [each.value for each in held.keys if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    if len(names) != len(held.keys) or len(set(names)) != len(names) or not names:
        return
    if any(each.arg not in ("index",) for each in node.keywords):
        return
    listed = ast.List([ast.Constant(each) for each in names], ast.Load())
    node.func = located(ast.Attribute(node.func, MADE, ast.Load()), node.func)
    node.args = [located(listed, held), *held.values]


def _by_columns(rows: ast.List) -> ast.expr:
    """A display of rows, each a dict with the same names, as one of columns."""
    dicts = [each for each in rows.elts if isinstance(each, ast.Dict)]
    if len(dicts) != len(rows.elts) or not dicts:
        return rows
    names = [[each.value if isinstance(each, ast.Constant) else None for each in row.keys] for row in dicts]
    if any(each != names[0] for each in names) or not all(isinstance(each, str) for each in names[0]):
        return rows
    columns: list[ast.expr] = [ast.List([row.values[at] for row in dicts], ast.Load()) for at in range(len(names[0]))]
    return located(ast.Dict(list(dicts[0].keys), columns), rows)


def _own_statements(scope: ast.Module | Function) -> Iterator[ast.stmt]:
    todo: list[ast.stmt] = list(scope.body)
    while todo:
        each = todo.pop(0)
        yield each
        if isinstance(each, Function | ast.ClassDef):
            continue
        for name in ("body", "orelse", "finalbody", "handlers"):
            for inner in getattr(each, name, []):
                todo += inner.body if isinstance(inner, ast.ExceptHandler) else [inner]


def _unroll(scope: ast.Module | Function, tree: ast.Module) -> None:
    """A loop over names of columns that changes a column of each name, as its body for each name."""
    for body in _own_bodies(scope):
        made: list[ast.stmt] = []
        for each in body:
            made += _written_out(each, tree) or [each]
        body[:] = made


def _written_out(statement: ast.stmt, tree: ast.Module) -> list[ast.stmt] | None:
    match statement:
        case ast.For(target=ast.Name(id=name), iter=source, body=body, orelse=[]):
            pass
        case _:
            return None
    inner = [each for part in body for each in walk(part)]
    changes = any(
        isinstance(each, ast.Subscript) and isinstance(each.ctx, ast.Store) and _names(each.slice, name) for each in inner
    )
    stops = any(isinstance(each, ast.Break | ast.Continue | Function | ast.Lambda) for each in inner)
    binds = any(isinstance(each, ast.Name) and each.id == name and not isinstance(each.ctx, ast.Load) for each in inner)
    names = _constant_names(source, tree)
    if not changes or stops or binds or names is None or len(names) * len(inner) > _MOST_WRITTEN_OUT:
        return None
    made: list[ast.stmt] = []
    for value in names:
        made.append(located_assign(ast.Name(name, ast.Store()), ast.Constant(value), statement))
        made += [_Named(name, value).visit(copy.deepcopy(each)) for each in body]
    return made


def located_assign(target: ast.expr, value: ast.expr, at: ast.stmt) -> ast.stmt:
    """An assignment that stands where a statement stands."""
    made = ast.Assign([ast.copy_location(target, at)], ast.copy_location(value, at))
    return ast.copy_location(made, at)


_MOST_WRITTEN_OUT = 2000
"""A loop with more parts than this is too long to be written out."""


class _Named(ast.NodeTransformer):
    """A constant in the place of a variable."""

    def __init__(self, name: str, value: str | int) -> None:
        self.name, self.value = name, value

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """A use of the variable."""
        return ast.copy_location(ast.Constant(self.value), node) if node.id == self.name else node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.expr:
        """A text with the variable in it is a constant then."""
        self.generic_visit(node)
        parts = []
        for each in node.values:
            match each:
                case ast.Constant(value=str(text)):
                    parts.append(text)
                case ast.FormattedValue(value=ast.Constant(value=str() | int() as value), conversion=-1, format_spec=None):
                    parts.append(str(value))
                case _:
                    return node
        return ast.copy_location(ast.Constant("".join(parts)), node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        """So are two texts that are put together."""
        self.generic_visit(node)
        match node:
            case ast.BinOp(left=ast.Constant(value=str(left)), op=ast.Add(), right=ast.Constant(value=str(right))):
                return ast.copy_location(ast.Constant(left + right), node)
        return node


def _names(node: ast.expr, name: str) -> bool:
    return any(isinstance(each, ast.Name) and each.id == name for each in walk(node))


def _constant_names(node: ast.expr, tree: ast.Module) -> list[Any] | None:
    """The texts or numbers of a list that the program writes down, or of a variable that is bound to such a list once."""
    if isinstance(node, ast.Name):
        bound = [
            each for each in walk(tree) if isinstance(each, ast.Name) and each.id == node.id and isinstance(each.ctx, ast.Store)
        ]
        values = [
            each.value
            for each in walk(tree)
            if isinstance(each, ast.Assign) and len(each.targets) == 1 and each.targets[0] in bound
        ]
        changed = any(
            isinstance(each, ast.Attribute)
            and isinstance(each.value, ast.Name)
            and each.value.id == node.id
            and each.attr in ("append", "extend", "remove", "insert", "pop", "clear", "sort", "reverse")
            for each in walk(tree)
        )
        given = any(isinstance(each, ast.arg) and each.arg == node.id for each in walk(tree))
        return _constant_names(values[0], tree) if len(bound) == len(values) == 1 and not changed and not given else None
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _constant_names(node.left, tree), _constant_names(node.right, tree)
        return left + right if left is not None and right is not None else None
    if isinstance(node, ast.List | ast.Tuple) and node.elts:
        kinds = {type(each.value) if isinstance(each, ast.Constant) else None for each in node.elts}
        return [each.value for each in node.elts] if kinds in ({str}, {int}) else None  # type: ignore[attr-defined]
    match node:
        case ast.Call(func=ast.Name(id="range"), args=bounds, keywords=[]) if all(
            isinstance(each, ast.Constant) and isinstance(each.value, int) for each in bounds
        ):
            return list(range(*[each.value for each in bounds]))  # type: ignore[attr-defined]
    return None


def _assign(scope: ast.Module | Function, functions: dict[str, Function], tables: _Tables) -> None:
    """Changes of tables that nobody else holds, as assignments of new tables."""
    alone: dict[str, bool] = {}
    opened: dict[ast.stmt, list[str]] = {}
    around = {inner: each for each in scope.body for inner in walk(each) if isinstance(inner, ast.stmt)}
    for body in _own_bodies(scope):
        made: list[ast.stmt] = []
        for each in body:
            table = _changed_table(each)
            if table is not None and table.id not in alone:
                alone[table.id] = tables.is_table(scope, table.id) and tables.is_alone(scope, table.id)
            changed = _as_new_table(each, table) if table is not None and alone[table.id] else None
            if changed is not None and table is not None and body is not scope.body and _has_computed_name(changed):
                names = opened.setdefault(around[each], [])
                names += [table.id] if table.id not in names else []
            made += changed if changed is not None else [each]
        body[:] = made
    body = []
    for each in scope.body:
        for name in opened.get(each, []):
            call = ast.Call(ast.Attribute(ast.Name(name, ast.Load()), OPENED, ast.Load()), [], [])
            assigned = ast.Assign([ast.Name(name, ast.Store())], call)
            body.append(ast.fix_missing_locations(ast.copy_location(located_statement(assigned, each), each)))
        body.append(each)
    scope.body[:] = body


def _has_computed_name(changed: list[ast.stmt]) -> bool:
    """Whether a change gives a table a column whose name the program computes."""
    match changed:
        case [ast.Assign(value=ast.Call(func=ast.Attribute(attr=method), args=[name, _]))]:
            return method == ADDED and not isinstance(name, ast.Constant)
    return False


def _own_bodies(scope: ast.Module | Function) -> list[list[ast.stmt]]:
    """The lists of statements of a scope, those of its functions and classes left out."""
    found: list[list[ast.stmt]] = []
    todo: list[list[ast.stmt]] = [scope.body]
    while todo:
        body = todo.pop()
        found.append(body)
        for each in body:
            if isinstance(each, Function | ast.ClassDef):
                continue
            todo += [inner for name in ("body", "orelse", "finalbody") if (inner := getattr(each, name, None))]
            todo += [inner.body for inner in getattr(each, "handlers", [])]
    return found


def _changed_table(statement: ast.stmt) -> ast.Name | None:
    """The table that a statement changes in place."""
    match statement:
        case (
            ast.Assign(targets=[ast.Subscript(value=ast.Name() as table)])
            | ast.AugAssign(target=ast.Subscript(value=ast.Name() as table))
            | ast.Delete(targets=[ast.Subscript(value=ast.Name() as table)])
            | ast.Assign(
                targets=[ast.Subscript(value=ast.Attribute(value=ast.Name() as table, attr="loc" | "at" | "iloc" | "iat"))]
            )
            | ast.AugAssign(target=ast.Subscript(value=ast.Attribute(value=ast.Name() as table, attr="loc" | "at")))
            | ast.Assign(targets=[ast.Attribute(value=ast.Name() as table, attr="columns" | "index")])
            | ast.Assign(targets=[ast.Attribute(value=ast.Attribute(value=ast.Name() as table, attr="index"), attr="name")])
            | ast.Assign(targets=[ast.Name()], value=ast.Call(func=ast.Attribute(value=ast.Name() as table, attr="pop")))
            | ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name() as table, attr="insert")))
        ):
            return table
        case ast.Assign(targets=[ast.Name() as target], value=value):
            found = _popped(value)
            if found is not None and found.func.value.id != target.id:  # type: ignore[attr-defined]
                return found.func.value  # type: ignore[attr-defined, no-any-return]
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name() as table), keywords=keywords)) if any(
            each.arg == "inplace" and isinstance(each.value, ast.Constant) and each.value.value is True for each in keywords
        ):
            return table
    return None


def _as_new_table(statement: ast.stmt, table: ast.Name) -> list[ast.stmt] | None:
    """A change of a table as the assignment of a new one to its name."""

    def held() -> ast.Name:
        return ast.Name(table.id, ast.Load())

    def new(method: str, arguments: list[ast.expr], keywords: list[ast.keyword] | None = None) -> ast.Assign:
        call = ast.Call(ast.Attribute(held(), method, ast.Load()), arguments, keywords or [])
        made = ast.Assign([ast.Name(table.id, ast.Store())], call)
        return ast.fix_missing_locations(ast.copy_location(located_statement(made, statement), statement))

    def chosen(rows: ast.expr) -> ast.expr:
        if not isinstance(rows, ast.Slice):
            return rows
        bounds: list[ast.expr] = [each or ast.Constant(None) for each in (rows.lower, rows.upper, rows.step)]
        return ast.Call(ast.Attribute(held(), BETWEEN, ast.Load()), bounds, [])

    match statement:
        case ast.Assign(targets=[ast.Subscript(value=ast.Name(), slice=ast.Constant(value=str()) as name)], value=value):
            return [new(ADDED, [name, value])]
        case ast.Assign(targets=[ast.Subscript(value=ast.Name(), slice=key)], value=value):
            if isinstance(key, ast.List) or (isinstance(key, ast.Name | ast.BinOp | ast.Call) and _is_table_of(value)):
                return [new(ADDED_ALL, [key, value])]
            if isinstance(key, ast.Name | ast.JoinedStr | ast.BinOp) and not (
                isinstance(key, ast.BinOp) and not isinstance(key.op, ast.Add | ast.Mod)
            ):
                return [new(ADDED, [key, value])]
        case ast.AugAssign(target=ast.Subscript(slice=ast.Constant(value=str()) as name), op=operator, value=value):
            before = ast.Subscript(held(), ast.Constant(name.value), ast.Load())
            return [new(ADDED, [name, ast.BinOp(before, operator, value)])]
        case ast.Delete(targets=[ast.Subscript(slice=ast.Constant(value=str()) as name)]):
            return [new("drop", [], [ast.keyword("columns", name)])]
        case ast.Assign(
            targets=[
                ast.Subscript(
                    value=ast.Attribute(attr="loc" | "at"), slice=ast.Tuple(elts=[rows, ast.Constant(value=str()) as name])
                )
            ],
            value=value,
        ):
            return [new(CHANGED, [chosen(rows), name, value])]
        case ast.Assign(
            targets=[
                ast.Subscript(value=ast.Attribute(attr="loc"), slice=ast.Tuple(elts=[rows, ast.List(elts=[_, *_] as names)]))
            ],
            value=ast.Constant() as value,
        ) if _can_be_repeated(rows) and all(isinstance(each, ast.Constant) and isinstance(each.value, str) for each in names):
            return [new(CHANGED, [chosen(copy.deepcopy(rows)), each, ast.Constant(value.value)]) for each in names]
        case ast.AugAssign(
            target=ast.Subscript(
                value=ast.Attribute(attr="loc" | "at"), slice=ast.Tuple(elts=[rows, ast.Constant(value=str()) as name])
            ),
            op=operator,
            value=value,
        ) if _can_be_repeated(rows):
            key = ast.Tuple([copy.deepcopy(rows), ast.Constant(name.value)], ast.Load())
            before = ast.Subscript(ast.Attribute(held(), "loc", ast.Load()), key, ast.Load())
            return [new(CHANGED, [chosen(rows), name, ast.BinOp(before, operator, value)])]
        case ast.Assign(
            targets=[ast.Subscript(value=ast.Attribute(attr="iloc" | "iat"), slice=ast.Tuple(elts=[row, place]))], value=value
        ) if not isinstance(row, ast.Slice | ast.List | ast.Tuple) and not isinstance(place, ast.Slice | ast.List):
            return [new(CHANGED_AT, [row, place, value])]
        case ast.Assign(targets=[ast.Attribute(attr="columns")], value=names):
            return [new(NAMED, [names])]
        case ast.Assign(targets=[ast.Attribute(value=ast.Name(), attr="index")], value=labels):
            return [new(LABELLED, [labels])]
        case ast.Assign(targets=[ast.Attribute(value=ast.Attribute(attr="index"), attr="name")], value=value):
            return [new(LABELS_NAMED, [value])]
        case ast.Assign(
            targets=[ast.Name()], value=ast.Call(func=ast.Attribute(attr="pop"), args=[ast.Constant() as name], keywords=[])
        ):
            statement.value = located(ast.Subscript(held(), ast.Constant(name.value), ast.Load()), statement.value)
            return [statement, new("drop", [], [ast.keyword("columns", name)])]
        case ast.Assign(targets=[ast.Name()], value=value) if (found := _popped(value)) is not None:
            column = found.args[0]
            assert isinstance(column, ast.Constant)
            key = ast.Subscript(held(), ast.Constant(column.value), ast.Load())
            statement.value = _Put(found, located(key, found)).visit(value)
            return [statement, new("drop", [], [ast.keyword("columns", column)])]
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr="insert"), args=[place, name, value], keywords=[])):
            return [new(INSERTED, [place, name, value])]
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr=method), args=arguments, keywords=keywords)):
            return [new(method, arguments, [each for each in keywords if each.arg != "inplace"])]
    return None


def _popped(value: ast.expr) -> ast.Call | None:
    """The one `table.pop(name)` inside of an expression that asks nothing else of the table."""
    found = [
        each
        for each in walk(value)
        if isinstance(each, ast.Call)
        and isinstance(each.func, ast.Attribute)
        and each.func.attr == "pop"
        and isinstance(each.func.value, ast.Name)
        and len(each.args) == 1
        and isinstance(each.args[0], ast.Constant)
        and isinstance(each.args[0].value, str)
        and not each.keywords
    ]
    if len(found) != 1 or any(
        isinstance(each, ast.Lambda | ast.comprehension | ast.IfExp | ast.BoolOp) for each in walk(value)
    ):
        return None
    table = found[0].func.value.id  # type: ignore[attr-defined]
    used = [each for each in walk(value) if isinstance(each, ast.Name) and each.id == table]
    return found[0] if len(used) == 1 else None


class _Put(ast.NodeTransformer):
    """Another expression in the place of a call."""

    def __init__(self, old: ast.expr, new: ast.expr) -> None:
        self.old, self.new = old, new

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """The call."""
        if node is self.old:
            return self.new
        self.generic_visit(node)
        return node


_ASKING = ("isna", "isnull", "notna", "notnull", "isin", "between", "str", "contains", "startswith", "endswith", "duplicated")


def _can_be_repeated(rows: ast.expr) -> bool:
    """Whether an expression for rows gives the same when it is evaluated again."""
    return all(
        isinstance(each.func, ast.Attribute) and each.func.attr in _ASKING for each in walk(rows) if isinstance(each, ast.Call)
    )


def located_statement(made: ast.Assign, statement: ast.stmt) -> ast.Assign:
    """The parts that a rewrite makes stand where the statement stands."""
    for each in ast.walk(made):
        if isinstance(each, ast.expr | ast.keyword) and not hasattr(each, "lineno"):
            ast.copy_location(each, statement)
    return made


def _is_table_of(value: ast.expr) -> bool:
    """Whether a value is what a transformer gives: as many columns as the names that it is assigned to."""
    return (
        isinstance(value, ast.Call)
        and isinstance(value.func, ast.Attribute)
        and value.func.attr in ("fit_transform", "transform", "inverse_transform")
    )


class _Tables:
    """What a program says about which names are tables, and about who may keep one: its classes, and the methods of its own."""

    def __init__(self, tree: ast.Module, functions: dict[str, Function], imports: dict[str, str]) -> None:
        self.functions, self.imports = functions, imports
        self.classes = {each.name for each in walk(tree) if isinstance(each, ast.ClassDef)}
        self.methods = {
            inner.name
            for each in walk(tree)
            if isinstance(each, ast.ClassDef)
            for inner in each.body
            if isinstance(inner, Function)
        }
        self.known: dict[tuple[ast.AST, str], bool] = {}
        self.alone: dict[tuple[ast.AST, str], bool] = {}
        self.tree = tree
        self.calls: dict[str, list[tuple[ast.Module | Function, ast.Call]]] = {}
        for scope in [tree, *functions.values()]:
            for statement in _own_statements(scope):
                for each in walk(statement):
                    if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id in functions:
                        self.calls.setdefault(each.func.id, []).append((scope, each))

    def is_used_once(self, value: ast.expr) -> bool:
        """Whether a value is the table of a data set that nothing else of the program asks for."""
        match value:
            case ast.Attribute(value=ast.Name(id=name), attr="frame" | "data" as member):
                found = [
                    each
                    for each in walk(self.tree)
                    if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and each.value.id == name
                ]
                tables = [each for each in found if each.attr in ("frame", "data")]
                kept = [
                    each for each in walk(self.tree) if isinstance(each, ast.Name) and each.id == name and each.ctx is not None
                ]
                # The data set itself goes nowhere either.
                return tables == [value] and len(kept) == len(found) + 1 and member == tables[0].attr
        return False

    def is_given_away(self, scope: Function, name: str) -> bool:
        """Whether nobody who gives a function a table for a parameter looks at it afterwards."""
        if name not in [each.arg for each in scope.args.args]:
            return False
        place = [each.arg for each in scope.args.args].index(name)
        calls = self.calls.get(scope.name, [])
        uses = [each for each in walk(self.tree) if isinstance(each, ast.Name) and each.id == scope.name]
        if not calls or len(uses) != len(calls) or any(isinstance(each, ast.ClassDef) for each in self.around(scope)):
            return False
        return all(self._is_lost(caller, call, scope, name, place) for caller, call in calls)

    def takes_alone(self, call: ast.Call, argument: ast.expr) -> bool:
        """Whether a function of the program is given a table that it may change, as nobody else looks at it."""
        name = self._parameter(call, argument)
        return name is not None and self.is_alone(self.functions[call.func.id], name)  # type: ignore[attr-defined]

    def _parameter(self, call: ast.Call, argument: ast.expr) -> str | None:
        """The parameter of a function of the program that an argument is given for."""
        known = self.functions.get(call.func.id) if isinstance(call.func, ast.Name) else None
        if known is None or known.args.vararg or known.args.kwarg or any(isinstance(each, ast.Starred) for each in call.args):
            return None
        names = [each.arg for each in known.args.args]
        if argument in call.args and call.args.index(argument) < len(names):
            return names[call.args.index(argument)]
        return next((each.arg for each in call.keywords if each.value is argument), None)

    def gives_back(self, value: ast.expr) -> bool:
        """Whether a function of the program gives back a table that it made, or one that it was given and that is lost to others."""
        known = self.functions.get(value.func.id) if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) else None
        if known is None:
            return False
        own = {t.id for s in _own_statements(known) if isinstance(s, ast.Assign) for t in s.targets if isinstance(t, ast.Name)}
        given = {each.arg for each in walk(known.args) if isinstance(each, ast.arg)}
        found = [each.value for each in walk(known) if isinstance(each, ast.Return) and each.value is not None]
        return all(
            isinstance(each, ast.Call | ast.Subscript)
            or (isinstance(each, ast.Name) and (each.id in own - given or (each.id in given and self.is_alone(known, each.id))))
            for each in found
        )

    def is_alone(self, caller: ast.Module | Function, name: str) -> bool:
        """Whether nobody but a name of a scope holds its table."""
        key = (caller, name)
        if key not in self.alone:
            # What a function gives back is asked of those who call it, who ask the function: that it is alone is taken for granted there.
            self.alone[key] = True
            self.alone[key] = _is_alone(caller, name, self.functions, self)
        return self.alone[key]

    def around(self, scope: Function) -> list[ast.AST]:
        """The classes that a function stands in."""
        return [each for each in walk(self.tree) if isinstance(each, ast.ClassDef) and scope in each.body]

    def _is_lost(self, caller: ast.Module | Function, call: ast.Call, scope: Function, name: str, place: int) -> bool:
        given = [each.value for each in call.keywords if each.arg == name] + call.args[place : place + 1]
        if len(given) != 1 or any(isinstance(each, ast.Starred) for each in call.args):
            return False
        match given[0]:
            case ast.Call():
                return _is_new(given[0], self.functions)
            case ast.Subscript():
                return True
            case ast.Name(id=known):
                loads = [each for each in walk(caller) if isinstance(each, ast.Name) and each.id == known]
                inside = [
                    each for each in walk(caller) if isinstance(each, ast.For | ast.While | ast.Lambda | ast.comprehension)
                ]
                repeated = any(call is inner for each in inside for inner in walk(each))
                rebound = any(
                    isinstance(each, ast.Assign)
                    and each.value is call
                    and len(each.targets) == 1
                    and isinstance(each.targets[0], ast.Name)
                    and each.targets[0].id == known
                    for each in walk(caller)
                )
                bound = [
                    each.value
                    for each in _own_statements(caller)
                    if isinstance(each, ast.Assign) and any(isinstance(t, ast.Name) and t.id == known for t in each.targets)
                ]
                fresh = all(_is_new(each, self.functions) or each is call or self.gives_back(each) for each in bound)
                if repeated or not bound or not fresh:
                    return False
                if rebound:
                    return self.is_alone(caller, known)
                return len(loads) == len(bound) + 1
        return False

    def is_table(self, scope: ast.Module | Function, name: str) -> bool:
        """Whether what the scope does with a name shows that it is a table."""
        key = (scope, name)
        if key not in self.known:
            self.known[key] = False
            self.known[key] = (
                any(
                    isinstance(each, ast.Attribute)
                    and isinstance(each.value, ast.Name)
                    and each.value.id == name
                    and each.attr in _OF_TABLES
                    for each in walk(scope)
                )
                or self._is_given(scope, name)
                or any(
                    self._makes_table(scope, each.value)
                    for each in _own_statements(scope)
                    if isinstance(each, ast.Assign)
                    and any(isinstance(target, ast.Name) and target.id == name for target in each.targets)
                )
            )
        return self.known[key]

    def _is_given(self, scope: ast.Module | Function, name: str) -> bool:
        """Whether a function is given a table for a parameter."""
        if isinstance(scope, ast.Module):
            return False
        names = [each.arg for each in scope.args.args]
        if name not in names:
            return False
        for caller, call in self.calls.get(scope.name, []):
            given = [each.value for each in call.keywords if each.arg == name]
            given += call.args[names.index(name) : names.index(name) + 1]
            if any(self._makes_table(caller, each) for each in given):
                return True
        return False

    def _makes_table(self, scope: ast.Module | Function, value: ast.expr) -> bool:
        match value:
            case ast.Call(func=ast.Name(id=name)) if name in self.functions:
                made = self.functions[name]
                returned = [each.value for each in walk(made) if isinstance(each, ast.Return) and each.value is not None]
                return any(self._makes_table(made, each) for each in returned)
            case ast.Call(func=function):
                if (qualified_name(function, self.imports) or "").startswith("pandas."):
                    return True
                return isinstance(function, ast.Attribute) and self._makes_table(scope, function.value)
            case ast.Attribute(attr="frame"):
                return True
            case ast.Subscript(value=held) | ast.Attribute(value=held):
                return self._makes_table(scope, held)
            case ast.Name(id=name):
                return self.is_table(scope, name)
        return False


_OF_TABLES = frozenset(
    [
        "columns",
        "loc",
        "iloc",
        "groupby",
        "describe",
        "isnull",
        "isna",
        "notna",
        "dtypes",
        "fillna",
        "dropna",
        "merge",
        "iterrows",
        "itertuples",
        "set_index",
        "reset_index",
        "sort_values",
        "select_dtypes",
        "corr",
        "drop",
        "rename",
        "assign",
        "pivot_table",
        "value_counts",
        "nunique",
        "drop_duplicates",
        "duplicated",
    ]
)
"""What only tables and columns have."""
_KEEP = frozenset(
    ("append", "add", "insert", "extend", "setdefault", "put", "appendleft", "update", "partial", "send", "submit")
)
"""Methods of containers and their like that keep what they are given."""


def _is_alone(scope: ast.Module | Function, name: str, functions: dict[str, Function], tables: _Tables) -> bool:
    bound = False
    if isinstance(scope, Function):
        if any(each.arg == name for each in walk(scope.args) if isinstance(each, ast.arg)) and not _is_copied(scope, name):
            if not tables.is_given_away(scope, name):
                return False
            bound = True
    for each in _own_statements(scope):
        if isinstance(each, ast.Global | ast.Nonlocal) and name in each.names:
            return False
        if isinstance(each, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in each.targets):
            bound = True
            new = _is_new(each.value, functions) or tables.is_used_once(each.value) or tables.gives_back(each.value)
            if not new or len(each.targets) > 1:
                return False
    if not bound:
        return False
    put_together = {
        each.args[0]
        for each in walk(scope)
        if isinstance(each, ast.Call) and each.args and (qualified_name(each.func, tables.imports) or "").startswith("pandas.")
    }
    # A function of the module that reads the table sees its changes, as it sees those of any variable; one that binds it has its own.
    for node in walk(scope):
        held: list[ast.expr] = []
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) and node.value is not None:
            held = [node.value]
            if _is_groups_of(node.value, name):
                # Groups that have a name see what becomes of their table.
                return False
        elif isinstance(node, ast.List | ast.Tuple | ast.Set):
            held = list(node.elts) if node not in put_together else []
        elif isinstance(node, ast.Dict):
            held = list(node.values)
        elif isinstance(node, ast.Call) and not _only_looks(node, functions, tables):
            held = [
                each
                for each in [*node.args, *[k.value for k in node.keywords]]
                if not _is_only_read(node, each, functions) and not tables.takes_alone(node, each)
            ]
        elif isinstance(node, ast.withitem | ast.Yield | ast.IfExp | ast.BoolOp):
            held = [part for part in children(node) if isinstance(part, ast.expr)]
        if any(isinstance(part, ast.Name) and part.id == name and isinstance(part.ctx, ast.Load) for part in held):
            return False
    return True


def _is_groups_of(node: ast.expr, name: str) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=known), attr="groupby")):
            return known == name
    return False


def _is_only_read(call: ast.Call, argument: ast.expr, functions: dict[str, Function]) -> bool:
    """Whether a function of the program only asks for parts of what it is given."""
    known = functions.get(call.func.id) if isinstance(call.func, ast.Name) else None
    if known is None or known.args.vararg or known.args.kwarg or known.args.posonlyargs or argument not in call.args:
        return False
    place = call.args.index(argument)
    if place >= len(known.args.args) or any(isinstance(each, ast.Starred) for each in call.args):
        return False
    name = known.args.args[place].arg
    parts = {
        part.value for part in walk(known) if isinstance(part, ast.Attribute | ast.Subscript) and isinstance(part.ctx, ast.Load)
    }
    return all(each in parts for each in walk(known) if isinstance(each, ast.Name) and each.id == name)


def _only_looks(node: ast.Call, functions: dict[str, Function], tables: _Tables) -> bool:
    """Whether a call keeps nothing that it is given: of what no library does, a table is no exception."""
    match node.func:
        case ast.Name(id=name):
            return (
                name not in functions
                and name not in tables.classes
                and name not in ("list", "dict", "tuple", "zip", "enumerate", "map")
            )
        case ast.Attribute(attr=method):
            return method not in tables.methods and method not in _KEEP
    return False


def _is_copied(scope: Function, name: str) -> bool:
    """Whether a parameter is bound to a copy before anything changes it."""
    for each in scope.body:
        match each:
            case ast.Assign(targets=[ast.Name(id=target)], value=ast.Call(func=ast.Attribute(value=ast.Name(id=known)))):
                if target == name == known:
                    return True
        if any(isinstance(inner, ast.Name) and inner.id == name for inner in walk(each)):
            return False
    return False


def _is_new(node: ast.expr, functions: dict[str, Function]) -> bool:
    """Whether a value is an object that nobody else holds."""
    if isinstance(node, ast.Subscript):
        return True
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Name) and node.func.id in functions:
        made = functions[node.func.id]
        own = {t.id for s in _own_statements(made) if isinstance(s, ast.Assign) for t in s.targets if isinstance(t, ast.Name)}
        values = [each.value for each in walk(made) if isinstance(each, ast.Return) and each.value is not None]
        given = {each.arg for each in walk(made.args) if isinstance(each, ast.arg)}
        return all(
            isinstance(each, ast.Call | ast.Subscript) or (isinstance(each, ast.Name) and each.id in own - given)
            for each in values
        )
    return isinstance(node.func, ast.Attribute) or node.func.id not in functions  # type: ignore[attr-defined]
