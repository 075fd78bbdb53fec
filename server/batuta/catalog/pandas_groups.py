"""Groups of rows: `groupby` by one or several columns, what is computed of each group, and the groups themselves.

## Before
    print(df.groupby(["city", "size"])["price"].agg(["mean", "count"]))
    df["share"] = df["price"] / df.groupby("city")["price"].transform("sum")
## After
    py::print!("{}", py::Str(&df.grouped(&["city", "size"], true, true, true).series("price").aggregated(&["mean", "count"])));
    let df = df.assigned("share", &df.series("price").arithmetic("/", &df.grouped(&["city"], true, true, true).series("price").spread("sum"), false));
## Same numbers
    equal bits: sums, means and variances are computed one value after the other, as pandas does for groups
## Not handled
    functions of NumPy and of the program in `agg` of tables, groups by levels of labels, `filter`, `resample`
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from batuta.catalog._table_entries import RUST, SCALARS, of_column, of_frame, of_pandas, returned
from batuta.catalog._tables import (
    CATEGORY,
    FRAME,
    GROUPS,
    NP_PD,
    PAIRS,
    SERIES,
    SERIES_GROUPS,
    Columns,
    any_held,
    column_of,
    column_type,
    columns_of,
    frame_type,
    held_by,
    literal_dict,
    names_given,
    series_type,
    text,
    texts,
)
from batuta.catalog.entry import Call, LibraryClass, Refusal, Shelf
from batuta.ir import types as t

_GROUPS = f'self: Object["{GROUPS}", C, N, K]'
_COLUMN = f'self: Object["{SERIES_GROUPS}", D, N, K]'
_OF_NUMBERS = ("mean", "sum", "median", "std", "var", "sem", "prod")
_OF_ALL = ("min", "max", "first", "last", "count", "nunique")
_SUMMARIES = (*_OF_NUMBERS, *_OF_ALL, "any", "all")
_INDEXED, _COLUMNS = t.Object("named by labels"), t.Object("named by columns")


def _flag(call: Call, name: str, default: bool) -> bool:
    found = call.constant(name) if call.given(name) else default
    if not isinstance(found, bool):
        raise Refusal("BAT103", f"`{name}` must be True or False", "Write the value in the call.")
    return found


def _key(call: Call) -> bool:
    """Whether rows are grouped by a column that stands beside the table."""
    found = call.type("by")
    return isinstance(found, t.Object) and found.name == SERIES


def _grouped(call: Call) -> t.Type:
    found = call.type("self")
    columns = columns_of(found)
    assert isinstance(found, t.Object)
    if _key(call):
        keys: Columns = [("", any_held(call.type("by")))]
        if not _flag(call, "as_index", True):
            raise Refusal("BAT103", "groups by a column beside the table without labels", "Make it a column of the table.")
    else:
        keys = [(name, column_of(columns, name)) for name in names_given(call, "by")]
    flag = _INDEXED if _flag(call, "as_index", True) else _COLUMNS
    named = frame_type(keys)
    assert isinstance(named, t.Object)
    listed = t.Object("listed") if isinstance(call.type("by"), t.List) else t.Object("alone")
    return t.Object(GROUPS, (*found.arguments, *named.arguments, t.Tuple((flag, listed))))


def _grouped_rust(call: Call) -> str:
    sort, observed = _flag(call, "sort", True), _flag(call, "observed", True)
    words = ["true" if each else "false" for each in (sort, observed, _flag(call, "as_index", True))]
    if _key(call):
        return f"{{self}}.grouped_beside({{&by}}, {words[0]})"
    return f"{{self}}.grouped({texts(names_given(call, 'by'))}, {', '.join(words)})"


def _keys(found: t.Type) -> Columns:
    assert isinstance(found, t.Object)
    return columns_of(t.Object(FRAME, (found.arguments[1],)))


def _has_labels(found: t.Type) -> bool:
    assert isinstance(found, t.Object) and isinstance(found.arguments[2], t.Tuple)
    return found.arguments[2].items[0] == _INDEXED


def _named(found: t.Type, columns: Columns) -> t.Type:
    """The table of these columns, with those before them that name the groups where labels do not."""
    return frame_type(columns if _has_labels(found) else _keys(found) + columns)


def _group_column(call: Call) -> t.Type:
    found = call.type("self")
    assert isinstance(found, t.Object)
    columns = columns_of(found)
    if isinstance(call.type("key"), t.List):
        chosen = frame_type([(name, column_of(columns, name)) for name in names_given(call, "key")])
        assert isinstance(chosen, t.Object)
        return t.Object(GROUPS, (*chosen.arguments, *found.arguments[1:]))
    return t.Object(SERIES_GROUPS, (column_of(columns, call.constant("key")), *found.arguments[1:]))


def _group_column_rust(call: Call) -> str:
    if isinstance(call.type("key"), t.List):
        return f"{{self}}.select({texts(names_given(call, 'key'))})"
    return f"{{self}}.series({text(str(call.constant('key')))})"


def summary_type(function: str, held: t.Type) -> t.Type:
    """What a summary of a group holds."""
    if function in ("count", "size", "nunique"):
        return t.INT
    if function in ("min", "max", "first", "last"):
        return held
    if held in (t.STR, CATEGORY):
        raise Refusal("BAT103", f"`{function}` of texts in groups is not translated", "Choose a column of numbers.")
    if function in ("sum", "prod"):
        return t.FLOAT if held == t.FLOAT else t.VALUE if held == t.VALUE else t.INT
    if function in ("any", "all"):
        return t.BOOL
    if function in ("mean", "std", "var", "median", "sem"):
        return t.FLOAT
    raise Refusal("BAT103", f"the function {function!r} of groups is not translated", f"Use one of {', '.join(_SUMMARIES)}.")


def _group_summary(function: str) -> Callable[[Call], t.Type]:
    def result(call: Call) -> t.Type:
        found = call.type("self")
        made = summary_type(function, any_held(found))
        if _has_labels(found):
            return series_type(made)
        return _named(found, [("size" if function == "size" else _own_name(call), made)])

    return result


def _own_name(call: Call) -> str:
    """The name of the column that is grouped: what stands in the brackets."""
    match call.node("self"):
        case ast.Subscript(slice=ast.Constant(value=str(name))):
            return name
    raise Refusal("BAT103", "a column of groups whose name the call does not tell", "Write groups['name'] in the call.")


def _group_summary_rust(function: str) -> Callable[[Call], str]:
    return lambda call: f'{{self}}.{"aggregate" if _has_labels(call.type("self")) else "aggregate_table"}("{function}")'


def _function_name(node: Any) -> str | None:
    value = getattr(node, "value", None)
    return value if isinstance(value, str) else None


def _listed_names(node: Any) -> list[str] | None:
    """The functions of a list."""
    if not isinstance(node, ast.List | ast.Tuple) or not node.elts:
        return None
    names = [_function_name(each) for each in node.elts]
    if None in names:
        raise Refusal("BAT103", "a function of groups that is no constant text", "Write the name of the function.")
    return [str(each) for each in names]


def _wanted(call: Any) -> list[tuple[str, str, str]]:
    """Of each column that comes out: the column that it is made of, the function, and its name; none for names of two levels."""
    found = []
    if not call.given("func"):
        for each in call.site.keywords:
            value = each.value
            if isinstance(value, ast.Call) and {one.arg for one in value.keywords} == {"column", "aggfunc"}:
                parts = {one.arg: one.value for one in value.keywords}
                value = ast.Tuple([parts["column"], parts["aggfunc"]], ast.Load())
            match value:
                case ast.Tuple(elts=[ast.Constant(value=str(column)), ast.Constant(value=str(function))]):
                    found.append((column, function, str(each.arg)))
                case _:
                    raise Refusal("BAT103", "a column of groups that is no pair of texts", "Write name=('column', 'mean').")
        return found
    for column, node in literal_dict(call, "func"):
        name = _function_name(node)
        if name is None:
            return []
        found.append((column, name, column))
    return found


def _in_levels(call: Any) -> list[tuple[str, str]]:
    """The columns and functions of a table whose names have two levels."""
    found = []
    for column, node in literal_dict(call, "func"):
        functions = _listed_names(node)
        if functions is None:
            raise Refusal("BAT103", "texts and lists of functions in one dict are not translated", "Write lists only.")
        found += [(column, function) for function in functions]
    return found


def _others(call: Call) -> Columns:
    """The columns that no group is named by."""
    found = call.type("self")
    names = [name for name, _ in _keys(found)]
    return [(name, held) for name, held in columns_of(found) if name not in names]


def _func(call: Any) -> str | list[str] | None:
    """A function, or a list of them, for all columns."""
    if not call.given("func") or isinstance(call.node("func"), ast.Dict | ast.Name):
        return None
    found = call.constant("func", default=None)
    if isinstance(found, list | tuple) and all(isinstance(each, str) for each in found):
        return list(found)
    return found if isinstance(found, str) else None


def _aggregated(call: Any) -> t.Type:
    found = call.type("self")
    columns = columns_of(found)
    func = _func(call)
    if isinstance(func, str):
        return _named(found, [(name, summary_type(func, held)) for name, held in _others(call)])
    if func is not None or not _wanted(call):
        pairs = [(name, each) for name, _ in _others(call) for each in func] if func is not None else _in_levels(call)
        if not _has_labels(found):
            raise Refusal("BAT103", "names of two levels beside columns that name groups", "Leave out as_index=False.")
        kinds = {(name, function): summary_type(function, column_of(columns, name)) for name, function in pairs}
        return frame_type([(f"{name}\x1f{function}", held) for (name, function), held in kinds.items()])
    return _named(
        found, [(name, summary_type(function, column_of(columns, column))) for column, function, name in _wanted(call)]
    )


def _aggregated_rust(call: Any) -> str:
    func = _func(call)
    if isinstance(func, str):
        return f"{{self}}.of_all({text(func)})"
    if func is not None or not _wanted(call):
        pairs = [(name, each) for name, _ in _others(call) for each in func] if func is not None else _in_levels(call)
        return f"{{self}}.aggregated_by_levels(&[{', '.join(f'({text(one)}, {text(two)})' for one, two in pairs)}])"
    parts = ", ".join(f"({text(column)}, {text(function)}, {text(name)})" for column, function, name in _wanted(call))
    return f"{{self}}.aggregated(&[{parts}])"


def _renamed(call: Any) -> list[tuple[str, str]]:
    """The names and functions of `agg(low='min', high='max')`."""
    pairs = [(str(each.arg), _function_name(each.value)) for each in call.site.keywords]
    if any(function is None for _, function in pairs):
        raise Refusal("BAT103", "a function of groups that is no constant text", "Write the name of the function.")
    return [(name, str(function)) for name, function in pairs]


def _several(call: Any) -> t.Type:
    found = call.type("self")
    held = any_held(found)
    if not call.given("func"):
        return _named(found, [(name, summary_type(function, held)) for name, function in _renamed(call)])
    func = call.constant("func")
    if isinstance(func, str):
        return _group_summary(func)(call)
    return _named(found, [(str(each), summary_type(each, held)) for each in func])


def _several_rust(call: Any) -> str:
    if not call.given("func"):
        pairs = ", ".join(f"({text(name)}, {text(function)})" for name, function in _renamed(call))
        return f"{{self}}.aggregated_as(&[{pairs}])"
    func = call.constant("func")
    if isinstance(func, str):
        return _group_summary_rust(func)(call)
    return f"{{self}}.aggregated({texts(func)})"


def _of_numbers(function: str) -> Callable[[Call], t.Type]:
    def result(call: Call) -> t.Type:
        others = _others(call)
        if any(held == t.STR for _, held in others) and call.constant("numeric_only") is not True:
            raise Refusal(
                "BAT103", "a column of texts has no such number: pandas raises a TypeError", "Pass numeric_only=True."
            )
        return _named(call.type("self"), [(name, summary_type(function, held)) for name, held in others if held != t.STR])

    return result


def _sizes(call: Call) -> t.Type:
    found = call.type("self")
    return series_type(t.INT) if _has_labels(found) else _named(found, [("size", t.INT)])


def _label(call: Call) -> tuple[t.Type, str]:
    """What names a group where groups are asked one by one, and its Rust type."""
    found = call.type("self")
    keys = [held for _, held in _keys(found)]
    assert isinstance(found, t.Object) and isinstance(found.arguments[2], t.Tuple)
    if len(keys) == 1 and found.arguments[2].items[1] == t.Object("alone"):
        return (t.VALUE if keys[0] == CATEGORY else keys[0]), RUST[keys[0]]
    kinds = [t.VALUE if held == CATEGORY else held if len(keys) == 1 else SCALARS.get(held, held) for held in keys]
    return t.Tuple(tuple(kinds)), f"({', '.join(RUST[held] for held in keys)},)"


def _pairs(call: Call) -> t.Type:
    found = call.type("self")
    assert isinstance(found, t.Object)
    part = t.Object(FRAME, found.arguments[:1]) if found.name == GROUPS else series_type(any_held(found))
    return t.Iterator(t.Tuple((_label(call)[0], part)))


def _transformed(call: Call) -> t.Type:
    held = any_held(call.type("self"))
    name = call.constant("func", default=None)
    if isinstance(name, str):
        if name in ("cumsum", "rank", "shift", "diff"):
            raise Refusal("BAT103", f"`transform({name!r})` is not translated", f"Call `{name}()` of the groups.")
        made = summary_type(name, held)
        return series_type(made)
    found = returned(call)
    if isinstance(found, t.Object) and found.name == SERIES:
        return series_type(any_held(found))
    return series_type(column_type(t.List(found)))


def _transformed_rust(call: Call) -> str:
    name = call.constant("func", default=None)
    if isinstance(name, str):
        return f"{{self}}.spread({text(name)})"
    found = returned(call)
    of_columns = isinstance(found, t.Object) and found.name == SERIES
    return f"{{self}}.{'transformed' if of_columns else 'spread_values'}({{fn func}})"


def _applied(call: Call) -> t.Type:
    found = call.type("self")
    if not _has_labels(found):
        raise Refusal("BAT103", "`apply` of groups that are named by columns is not translated", "Leave out as_index=False.")
    return series_type(column_type(t.List(returned(call))))


def _within(call: Call) -> t.Type:
    held = held_by(call.type("self"))
    return series_type(t.INT if held == t.BOOL else held)


_ROWS = (
    of_pandas(
        f"{SERIES_GROUPS}.cumsum",
        f"({_COLUMN}) -> Any",
        "{self}.transformed(|own| own.cumsum())",
        "print(df.groupby('ok')['age'].cumsum(), df.groupby('ok')['score'].cumsum())\n",
        result=_within,
    ),
    *(
        of_pandas(
            f"{SERIES_GROUPS}.{name}",
            f"({_COLUMN}, periods: int = 1) -> Any",
            f"{{self}}.transformed(|own| {rust})",
            f"print(df.groupby('ok')['age'].{name}())\n",
            result=lambda call: series_type(t.FLOAT) if held_by(call.type("self")) in (t.INT, t.FLOAT) else t.Unknown(),
        )
        for name, rust in (
            ("shift", "own.shifted({periods})"),
            ("diff", 'own.arithmetic("-", &own.shifted({periods}), false)'),
            ("pct_change", "own.changes({periods})"),
        )
    ),
    of_pandas(
        f"{SERIES_GROUPS}.rank",
        f'({_COLUMN}, method: str = "average", ascending: bool = True, *, pct: bool = False) -> Object["{SERIES}", float]',
        "{self}.transformed(|own| own.ranked({&method}, {ascending}, {pct}))",
        "print(df.groupby('ok')['age'].rank(), df.groupby('ok')['score'].rank(ascending=False))\n",
    ),
    *(
        of_pandas(
            f"{GROUPS}.{name}",
            f'({_GROUPS}) -> Object["{SERIES}", int]',
            f"{{self}}.{rust}()",
            f"print(df.groupby('ok').{name}())\n",
        )
        for name, rust in (("cumcount", "cumulative_count"), ("ngroup", "group_numbers"))
    ),
    of_pandas(
        f"{GROUPS}.head",
        f"({_GROUPS}, n: int = 5) -> Any",
        "{self}.head({n})",
        "print(df.groupby('age').head(1))\n",
        result=lambda call: frame_type(columns_of(call.type("self"))),
    ),
    of_pandas(
        f"{GROUPS}.get_group",
        f"({_GROUPS}, name: value) -> Any",
        "{self}.group(&py::Value::from({name}))",
        "print(df.groupby('age').get_group(25))\n",
        result=lambda call: frame_type(columns_of(call.type("self"))),
        raises=("KeyError",),
    ),
    of_pandas(
        f"{GROUPS}.ngroups",
        f"({_GROUPS}) -> int",
        "{self}.length()",
        "print(df.groupby('age').ngroups)\n",
        kind="attribute",
    ),
    *(
        of_pandas(
            f"{owner}.{PAIRS}", f"({me}) -> Any", lambda call: f"{{self}}.pairs::<{_label(call)[1]}>()", case, result=_pairs
        )
        for owner, me, case in (
            (
                GROUPS,
                _GROUPS,
                "for age, part in df.groupby('age'):\n    print(age, len(part), part['score'].sum())\n"
                "for (ok, age), part in df.groupby(['ok', 'age']):\n    print(ok, age, part['name'].tolist())\n",
            ),
            (SERIES_GROUPS, _COLUMN, "for ok, scores in df.groupby('ok')['score']:\n    print(ok, scores.max())\n"),
        )
    ),
)

SHELF = Shelf(
    module="pandas",
    classes=(
        LibraryClass(GROUPS, "pd::FrameGroups", mutable=False, features=NP_PD),
        LibraryClass(SERIES_GROUPS, "pd::SeriesGroups", mutable=False, features=NP_PD),
    ),
    entries=(
        of_frame(
            "groupby",
            "by: Any, *, as_index: bool = True, sort: bool = True, observed: bool = True, dropna: bool = True",
            _grouped_rust,
            "print(df.groupby(['ok', 'age']).size(), df.groupby(['ok', 'age'])['score'].mean())\n"
            "print(df.groupby(['age', 'ok'], as_index=False)['score'].sum(), df.groupby('age', sort=False)['score'].count())\n"
            "print(df.groupby(df['age'] > 30)['score'].mean())\n",
            result=_grouped,
            refuse=lambda call: _only_default(call),
        ),
        of_column(
            "groupby",
            f'by: Object["{SERIES}", E], *, sort: bool = True',
            "{self}.grouped({&by}, {sort})",
            "print(df['score'].groupby(df['ok']).mean())\n",
            result=lambda call: t.Object(
                SERIES_GROUPS,
                (
                    any_held(call.type("self")),
                    t.Tuple((t.Tuple((t.Object("column "), any_held(call.type("by")))),)),
                    t.Tuple((_INDEXED, t.Object("alone"))),
                ),
            ),
        ),
        of_pandas(
            f"{GROUPS}.__getitem__",
            f"({_GROUPS}, key: Any) -> Any",
            _group_column_rust,
            "print(df.groupby('ok')[['age', 'score']].mean(), df.groupby('ok')['age'].max())\n",
            result=_group_column,
        ),
        of_pandas(
            f"{GROUPS}.size",
            f"({_GROUPS}) -> Any",
            lambda call: "{self}.size()" if _has_labels(call.type("self")) else "{self}.sizes()",
            "print(df.groupby('ok').size(), df.groupby('ok', as_index=False).size())\n",
            result=_sizes,
        ),
        *(
            of_pandas(
                f"{GROUPS}.{name}",
                (f"({_GROUPS}, func: Any) -> Any", f"({_GROUPS}, **kwargs: Any) -> Any"),
                (_aggregated_rust, _aggregated_rust),
                f"print(df.groupby('ok').{name}(oldest=('age', 'max'), mean=('score', 'mean'), n=('name', 'count')))\n"
                f"print(df.groupby('age').{name}({{'score': 'mean', 'ok': 'sum', 'name': 'first'}}))\n"
                f"print(df.groupby('ok').{name}({{'age': ['min', 'max'], 'score': ['mean']}}))\n"
                f"print(df.groupby('ok')[['age', 'score']].{name}(['mean', 'std']), df.groupby('ok').{name}('max'))\n"
                f"print(df.groupby('ok', as_index=False).{name}({{'age': 'max', 'score': 'mean'}}))\n",
                result=_aggregated,
                literal=("func", "kwargs"),
            )
            for name in ("agg", "aggregate")
        ),
        *(
            of_pandas(
                f"{GROUPS}.{name}",
                f"({_GROUPS}, numeric_only: bool = False) -> Any",
                f'{{self}}.of_numbers("{name}")',
                f"print(df.groupby('age').{name}(numeric_only=True))\nprint(df.drop(columns='name').groupby('ok').{name}())\n",
                result=_of_numbers(name),
            )
            for name in _OF_NUMBERS
        ),
        *(
            of_pandas(
                f"{GROUPS}.{name}",
                f"({_GROUPS}) -> Any",
                f'{{self}}.of_all("{name}")',
                f"print(df.groupby('age').{name}(), df.groupby(['age', 'ok']).{name}())\n",
                result=lambda call, name=name: _named(
                    call.type("self"), [(own, summary_type(name, held)) for own, held in _others(call)]
                ),
            )
            for name in _OF_ALL
        ),
        of_pandas(
            f"{GROUPS}.apply",
            f'({_GROUPS}, func: Callable[[Object["{FRAME}", C]], R]) -> Any',
            "{self}.applied({fn func})",
            "print(df.groupby('ok').apply(lambda part: part['age'].max() - part['age'].min()))\n",
            result=_applied,
        ),
        *(
            of_pandas(
                f"{SERIES_GROUPS}.{name}",
                f"({_COLUMN}) -> Any",
                _group_summary_rust(name),
                f"print(df.groupby('age')['{column}'].{name}())\nprint(df.groupby('ok')['{column}'].{name}())\n",
                result=_group_summary(name),
            )
            for name, column in [(each, "ok" if each in ("any", "all") else "score") for each in (*_SUMMARIES, "size")]
        ),
        *(
            of_pandas(
                f"{SERIES_GROUPS}.{name}",
                (f"({_COLUMN}, func: Any) -> Any", f"({_COLUMN}, **kwargs: Any) -> Any"),
                (_several_rust, _several_rust),
                f"print(df.groupby('ok')['score'].{name}(['mean', 'count', 'max']))\nprint(df.groupby('ok')['age'].{name}('sum'))\n"
                f"print(df.groupby('ok')['age'].{name}(low='min', high='max'))\n",
                result=_several,
                literal=("kwargs",),
            )
            for name in ("agg", "aggregate")
        ),
        of_pandas(
            f"{SERIES_GROUPS}.transform",
            (f"({_COLUMN}, func: str) -> Any", f'({_COLUMN}, func: Callable[[Object["{SERIES}", D]], R]) -> Any'),
            (_transformed_rust, _transformed_rust),
            "print(df.groupby('ok')['age'].transform('mean'), df.groupby('ok')['age'].transform('count'))\n"
            "print(df.groupby('ok')['score'].transform(lambda s: s.fillna(s.mean())))\n"
            "print(df.groupby('ok')['age'].transform(lambda s: s.max()))\n",
            result=_transformed,
        ),
        of_pandas(
            f"{SERIES_GROUPS}.apply",
            f'({_COLUMN}, func: Callable[[Object["{SERIES}", D]], R]) -> Any',
            "{self}.applied({fn func})",
            "print(df.groupby('ok')['age'].apply(lambda s: s.max() - s.min()))\n"
            "print(df.groupby('ok')['name'].apply(lambda s: (s == 'Ann').mean()))\n",
            result=_applied,
        ),
        of_pandas(
            f"{SERIES_GROUPS}.quantile",
            f'({_COLUMN}, q: float = 0.5) -> Object["{SERIES}", float]',
            "{self}.quantile({q})",
            "print(df.groupby('ok')['age'].quantile(0.75))\n",
        ),
        of_pandas(
            f"{SERIES_GROUPS}.describe",
            f"({_COLUMN}) -> Any",
            "{self}.describe()",
            "print(df.groupby('ok')['age'].describe(), df.groupby('ok')['score'].describe()[['mean', '50%']])\n",
            result=lambda call: _named(
                call.type("self"),
                [(name, t.FLOAT) for name in ("count", "mean", "std", "min", "25%", "50%", "75%", "max")],
            ),
        ),
        of_pandas(
            f"{SERIES_GROUPS}.value_counts",
            f"({_COLUMN}, normalize: bool = False) -> Any",
            "{self}.value_counts({normalize})",
            "print(df.groupby('ok')['age'].value_counts(), df.groupby('ok')['age'].value_counts(normalize=True))\n",
            result=lambda call: series_type(t.FLOAT if call.constant("normalize") else t.INT),
        ),
        *_ROWS,
    ),
)


def _only_default(call: Call) -> None:
    if call.constant("dropna") is not True:
        raise Refusal("BAT103", "`dropna=False` of groups is not translated", "Fill what is missing first.")
