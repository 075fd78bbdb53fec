"""pandas' tables in a form that says which columns they have.

    df = pd.DataFrame({"a": x, "b": y})      a call with the names first, and one argument for each column
    df = pd.read_csv(io.StringIO(text))      the same call, where the program's text holds the rows
    df["c"] = values                         df = df.«with column»("c", values)

The last is the same only where nobody else holds the table: pandas changes it in place. So the name must be bound to tables that the scope
makes itself, and never be handed to another name or into a container. Where that is not so the assignment stays, and is refused.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator

from batuta.analysis.desugar import located
from batuta.analysis.imports import imported_names, qualified_name
from batuta.analysis.written_csv import read_columns
from batuta.catalog._tables import ADDED, MADE
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
    functions = {each.name: each for each in walk(tree) if isinstance(each, Function)}
    for scope in [tree, *functions.values()]:
        _assign(scope, functions)


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
    if not (_is_frame(node, imports) and len(node.args) == 1 and isinstance(node.args[0], ast.Dict)):
        return
    held = node.args[0]
    names = [each.value for each in held.keys if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    if len(names) != len(held.keys) or len(set(names)) != len(names) or not names:
        return
    if any(each.arg not in ("index",) for each in node.keywords):
        return
    listed = ast.List([ast.Constant(each) for each in names], ast.Load())
    node.func = located(ast.Attribute(node.func, MADE, ast.Load()), node.func)
    node.args = [located(listed, held), *held.values]


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


def _assign(scope: ast.Module | Function, functions: dict[str, Function]) -> None:
    """Assignments of columns whose table nobody else holds."""
    wanted: list[tuple[ast.Assign, ast.Name, str]] = []
    for each in _own_statements(scope):
        match each:
            case ast.Assign(targets=[ast.Subscript(value=ast.Name() as table, slice=ast.Constant(value=str(name)))]):
                wanted.append((each, table, name))
    alone: dict[str, bool] = {}
    for statement, table, name in wanted:
        if table.id not in alone:
            alone[table.id] = _is_alone(scope, table.id, functions)
        if alone[table.id]:
            target = located(ast.Name(table.id, ast.Store()), table)
            method = ast.Attribute(ast.Name(table.id, ast.Load()), ADDED, ast.Load())
            call = ast.Call(method, [ast.Constant(name), statement.value], [])
            statement.targets = [target]
            statement.value = located(call, table)


def _is_alone(scope: ast.Module | Function, name: str, functions: dict[str, Function]) -> bool:
    if isinstance(scope, Function):
        if any(each.arg == name for each in walk(scope.args) if isinstance(each, ast.arg)):
            return False
    bound = False
    for each in _own_statements(scope):
        if isinstance(each, ast.Global | ast.Nonlocal) and name in each.names:
            return False
        if isinstance(each, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in each.targets):
            bound = True
            if not _is_new(each.value, functions) or len(each.targets) > 1:
                return False
    if not bound:
        return False
    # A function of the module that reads the table sees its changes, as it sees those of any variable; one that binds it has its own.
    for node in walk(scope):
        held: list[ast.expr] = []
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) and node.value is not None:
            held = [node.value]
            if _is_groups_of(node.value, name):
                # Groups that have a name see what becomes of their table.
                return False
        elif isinstance(node, ast.List | ast.Tuple | ast.Set):
            held = list(node.elts)
        elif isinstance(node, ast.Dict):
            held = list(node.values)
        elif isinstance(node, ast.Call) and not _only_looks(node):
            held = [
                each for each in [*node.args, *[k.value for k in node.keywords]] if not _is_only_read(node, each, functions)
            ]
        elif isinstance(node, ast.For | ast.withitem | ast.Yield | ast.IfExp | ast.BoolOp):
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


def _only_looks(node: ast.Call) -> bool:
    match node.func:
        case ast.Name(id="print" | "len" | "str" | "repr"):
            return True
        case ast.Attribute(attr=method):
            return method == ADDED or method in ("merge", "join")
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
