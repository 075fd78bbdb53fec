"""The types of pandas' tables and columns: which columns a table has, and what each holds, as far as the program's text says."""

from __future__ import annotations

import ast
from typing import Any, Literal

from batuta.catalog.entry import Call, NotYet, Refusal
from batuta.ir import types as t

FRAME, SERIES = "pandas.DataFrame", "pandas.Series"
GROUPS, SERIES_GROUPS = "pandas.DataFrameGroupBy", "pandas.SeriesGroupBy"
MADE, ADDED = "of columns", "with column"
"""What a rewrite calls a table of columns, and one with a column more. No name of a program has spaces."""
ADDED_ALL, CHANGED, NAMED, INSERTED, BETWEEN = "with columns", "with cells", "with names", "with column at", "labels between"
"""What a rewrite calls a table with several columns more, with other values in some rows of a column, and with other names."""
TUPLES, APPLIED_TO_ROWS = "rows as tuples", "applied to rows"
"""What a rewrite calls `itertuples` whose rows are unpacked, and `apply` with `axis=1`."""
ROW, NAMED_ROW, PICKED_ROW = "pandas.row", "pandas.row of itertuples", "pandas.row of loc"
"""Rows: one by one they hold Python's numbers, chosen ones NumPy's."""
PAIRS = "pairs of groups"
"""What a rewrite calls the groups of rows one by one, where a loop asks for them."""
CHANGED_AT, LABELLED, LABELS_NAMED, OPENED = "with cell at", "with labels", "with labels named", "with more columns"
"""What a rewrite calls a table with another cell, other labels, another name of them, and one that gets columns of computed names."""
PUT_TOGETHER = "concat of"
"""What a rewrite calls `pd.concat` of tables that the call names: tables of different columns lie in no list."""
AS_ARRAY, AS_TABLE, WITH_VALUES = "as array", "as table", "with values"
"""What the analysis calls a column as an array, a table as rows of floats, and a column with other values."""
LABELS, ROW_LABELS, DTYPES, TEXTS = "pandas.Index", "pandas.Index of rows", "pandas.dtypes", "pandas.StringArray"
CATEGORY = t.Object("pandas.category")
"""What a column of categories holds."""
NP_PD: tuple[Literal["np"], Literal["pd"]] = ("np", "pd")
_COLUMN = "column "
Columns = list[tuple[str, t.Type]]
REMEDY = "Write the names of the columns as constants, in the call that makes the table."
_DTYPES = {"int64": t.INT, "float64": t.FLOAT, "bool": t.BOOL, "str": t.STR}


def frame_type(columns: Columns, name: str = FRAME) -> t.Type:
    """The type of a table with these columns."""
    return t.Object(name, (t.Tuple(tuple(t.Tuple((t.Object(f"{_COLUMN}{each}"), held)) for each, held in columns)),))


def series_type(held: t.Type, name: str = SERIES) -> t.Type:
    """The type of a column with such values."""
    return t.Object(name, (held,))


def columns_of(found: t.Type) -> Columns:
    """The columns of a table. Raises NotYet while they are unknown."""
    if not isinstance(found, t.Object) or not found.arguments or not isinstance(found.arguments[0], t.Tuple):
        raise NotYet
    columns: Columns = []
    for each in found.arguments[0].items:
        if not isinstance(each, t.Tuple) or not isinstance(each.items[0], t.Object):
            raise NotYet
        columns.append((each.items[0].name.removeprefix(_COLUMN), each.items[1]))
    return columns


def held_by(found: t.Type) -> t.Type:
    """What the values of a column are. Raises NotYet while it is unknown."""
    if not isinstance(found, t.Object) or not found.arguments:
        raise NotYet
    held = _known(found.arguments[0])
    if held == t.VALUE:
        reason = "what this column holds is known only when the program runs"
        raise Refusal("BAT103", reason, "Name the column, or choose columns of one type.")
    if held == CATEGORY:
        raise Refusal("BAT103", "this is not translated for a column of categories", "Use `astype(str)` or `cat.codes`.")
    return held


def any_held(found: t.Type) -> t.Type:
    """The same of a column that may hold categories, or values whose type is known only when the program runs."""
    if not isinstance(found, t.Object) or not found.arguments:
        raise NotYet
    return _known(found.arguments[0])


def _known(held: t.Type) -> t.Type:
    """A type that is the same wherever the table comes from."""
    if held not in (t.INT, t.FLOAT, t.BOOL, t.STR, t.VALUE, CATEGORY):
        reason = "whether this column holds ints or floats depends on how the program runs"
        raise Refusal("BAT103", reason, "Give the changed table a name of its own, or turn the column into floats first.")
    return held


def column_type(found: t.Type) -> t.Type:
    """What a column made of such a value holds."""
    match found:
        case t.List(element) | t.Sequence(element):
            held = element
        case t.Tuple(items) if items and all(each == items[0] for each in items):
            held = items[0]
        case t.Range():
            held = t.INT
        case t.Array(dtype, 1):
            held = _DTYPES.get(dtype, t.Unknown())
        case t.Object(name, arguments) if name == SERIES and arguments:
            return _known(arguments[0])
        case t.Object("sklearn.feature names" | "pandas.Index" | "pandas.StringArray"):
            held = t.STR
        case _:
            raise Refusal(
                "BAT103", f"a column made of {t.show(found)} is not translated", "Give a list, an array or a column of a table."
            )
    if held == t.NEVER:
        raise NotYet
    if isinstance(held, t.NumpyScalar):
        held = _DTYPES.get(held.dtype, t.Unknown())
    if held in (t.NUM, t.Optional(t.FLOAT), t.Optional(t.INT), t.Optional(t.NUM)):
        return t.FLOAT
    if held in (t.VALUE, t.Optional(t.STR)):
        # Of values, texts with some of them missing are taken; the program ends where others come.
        return t.STR
    if held not in (t.INT, t.FLOAT, t.BOOL, t.STR):
        reason = f"a column of {t.show(held)} has no type that is known beforehand"
        raise Refusal("BAT103", reason, "Give values of one type: ints, floats, truth values or texts.")
    return held


REST = "*"
"""Stands for all columns of a table whose names are known only when the program runs."""


def column_of(columns: Columns, name: object) -> t.Type:
    """What a column holds. Raises Refusal for one that is not there."""
    rest = None
    for each, held in columns:
        if each == name:
            return _known(held)
        if each == REST:
            rest = held
    if rest is not None:
        return _known(rest)
    raise Refusal("BAT103", f"the table has no column {name!r}", "Use the name of a column.")


def known_names(columns: Columns) -> list[str]:
    """The names of all columns. Raises Refusal where some are known only at run time."""
    if any(name == REST for name, _ in columns):
        reason = "the names of these columns are known only when the program runs"
        raise Refusal("BAT103", reason, "Write the names of the columns in a list.")
    return [name for name, _ in columns]


def names_given(call: Call, parameter: str) -> list[str]:
    """The names of columns that an argument writes: one, or a list."""
    node = call.node(parameter)
    names = names_of(call, node) if node is not None else None
    if names is None:
        found = call.constant(parameter)
        names = [found] if isinstance(found, str) else list(found) if isinstance(found, list | tuple) else []
    if not names or not all(isinstance(each, str) for each in names):
        raise Refusal("BAT103", f"`{parameter}` must name columns", REMEDY)
    return names


def is_one_name(call: Call, parameter: str) -> bool:
    """Whether an argument is one name of a column and no list of them."""
    return isinstance(call.constant(parameter, default=None), str)


def names_of(call: Any, node: ast.expr) -> list[str] | None:
    """The names that an expression lists, as far as the program's text and the types of its tables tell."""
    match node:
        case ast.Constant(value=str(name)):
            return [name]
        case ast.List(elts=items) | ast.Tuple(elts=items):
            parts = [names_of(call, each.value if isinstance(each, ast.Starred) else each) for each in items]
            return None if None in parts else [name for part in parts for name in part or []]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            one, other = names_of(call, left), names_of(call, right)
            return one + other if one is not None and other is not None else None
        case ast.Call(func=ast.Name(id="list" | "sorted" as function), args=[inner], keywords=[]):
            found = names_of(call, inner) or _names_of_table(call, inner)
            return sorted(found) if function == "sorted" and found is not None else found
        case ast.Call(func=ast.Attribute(value=inner, attr="tolist" | "to_list"), args=[]):
            return names_of(call, inner)
        case ast.Call(func=ast.Attribute(value=inner, attr="drop"), args=[gone], keywords=[]):
            all_, without = names_of(call, inner), names_of(call, gone)
            return [each for each in all_ if each not in without] if all_ is not None and without is not None else None
        case ast.Attribute(value=inner, attr="columns"):
            return _names_of_table(call, inner)
        case ast.Subscript(value=inner, slice=ast.Slice(lower=lower, upper=upper, step=None)):
            found = names_of(call, inner)
            try:
                bounds = [None if each is None else ast.literal_eval(each) for each in (lower, upper)]
            except ValueError:
                return None
            return found[slice(*bounds)] if found is not None else None
        case ast.ListComp(
            elt=ast.Name(id=name), generators=[ast.comprehension(target=ast.Name(id=own), iter=source, ifs=tests)]
        ):
            found = names_of(call, source) or _names_of_table(call, source)
            if name != own or found is None:
                return None
            decided = [[_holds(call, test, own, each) for test in tests] for each in found]
            if any(None in each for each in decided):
                return None
            return [each for each, tests_ in zip(found, decided, strict=True) if all(tests_)]
        case ast.Name():
            return _names_of_variable(call, node)
    return None


def _names_of_variable(call: Any, node: ast.Name) -> list[str] | None:
    version = call.inference.version(node)
    if version is None or len(version.definitions) != 1 or not _is_left_alone(call, version):
        return None
    statement = call.inference.assignments(version.scope).get(version.definitions[0])
    if statement is None or statement.value is None or (isinstance(statement, ast.Assign) and len(statement.targets) != 1):
        return None
    target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
    return names_of(call, statement.value) if isinstance(target, ast.Name) else None


def _is_left_alone(call: Any, version: Any) -> bool:
    """Whether nothing changes the list that a variable holds."""
    parents = call.inference.made.get("parents")
    if parents is None:
        from batuta.python.walk import children, walk

        parents = {child: node for node in walk(call.inference.program.source.tree) for child in children(node)}
        call.inference.made["parents"] = parents
    changing = ("append", "extend", "remove", "insert", "pop", "clear", "sort", "reverse")
    for each in version.uses:
        match parents.get(each):
            case ast.Attribute(attr=method) if method in changing:
                return False
            case ast.Subscript(ctx=ast.Store() | ast.Del()) | ast.AugAssign():
                return False
    return True


def _names_of_table(call: Any, node: ast.expr) -> list[str] | None:
    found = call.type_of(node)
    if not (isinstance(found, t.Object) and found.name == FRAME):
        return None
    columns = columns_of(found)
    return None if any(name == REST for name, _ in columns) else [name for name, _ in columns]


def _holds(call: Any, test: ast.expr, own: str, name: str) -> bool | None:
    """Whether a condition on a name holds; None where that cannot be told."""
    match test:
        case ast.Compare(left=ast.Name(id=left), ops=[operator], comparators=[right]) if left == own:
            if isinstance(operator, ast.Eq | ast.NotEq) and isinstance(right, ast.Constant):
                return (right.value == name) == isinstance(operator, ast.Eq)
            if isinstance(operator, ast.In | ast.NotIn):
                found = names_of(call, right)
                return None if found is None else (name in found) == isinstance(operator, ast.In)
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id=left), attr="startswith" | "endswith" as method),
            args=[ast.Constant(value=str(part))],
        ):
            if left == own:
                return bool(getattr(name, method)(part))
        case ast.BoolOp(op=operation, values=values):
            parts = [_holds(call, each, own, name) for each in values]
            if None in parts:
                return None
            return all(parts) if isinstance(operation, ast.And) else any(parts)
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            found_ = _holds(call, inner, own, name)
            return None if found_ is None else not found_
    return None


def literal_dict(call: Any, parameter: str) -> list[tuple[str, Any]]:
    """The keys and values of a dict that is written in the call, or that only the call uses."""
    node = call.literal(parameter)
    if isinstance(node, ast.Dict) and node.keys:
        pairs = []
        for key, value in zip(node.keys, node.values, strict=True):
            if not (isinstance(key, ast.Constant) and isinstance(key.value, str)):
                raise Refusal("BAT103", "a name of a column that is no constant text", REMEDY)
            pairs.append((key.value, value))
        if len({key for key, _ in pairs}) == len(pairs):
            return pairs
    raise Refusal("BAT103", "the columns of a table must be told by its text", "Write {'name': values, …} in the call.")


def text(name: str) -> str:
    """A name as Rust text inside a template."""
    quoted = '"' + name.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    return quoted.replace("{", "{{").replace("}", "}}")


def texts(names: list[str]) -> str:
    """A Rust array of names."""
    return f"&[{', '.join(text(each) for each in names)}]"
