"""What evaluating an expression does beside giving a value: prints, draws from a random stream, changes an object, raises.

Whatever is not known to be free of effects counts as one that must stay.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from batuta.analysis.drawing.kind import DRAWN, MIXED, OTHER, PLAIN, has_drawn
from batuta.analysis.drawing.kinds import Kinds, Place
from batuta.analysis.drawing.names import Function, Names
from batuta.analysis.drawing.what_draws import draws
from batuta.catalog.index import catalog
from batuta.python.walk import children, walk

NUMPY_STREAM: Place = ("stream", "numpy.random")
PYTHON_STREAM: Place = ("stream", "random")

_BUILTINS = frozenset(
    {
        "abs", "all", "any", "ascii", "bin", "bool", "bytearray", "bytes", "callable", "chr", "complex", "dict", "divmod",
        "enumerate", "filter", "float", "format", "frozenset", "getattr", "hasattr", "hash", "hex", "id", "int", "isinstance",
        "issubclass", "iter", "len", "list", "map", "max", "min", "object", "oct", "ord", "pow", "range", "repr", "reversed",
        "round", "set", "slice", "sorted", "str", "sum", "super", "tuple", "type", "zip",
    }
)  # fmt: skip
_MODULES = frozenset(
    {
        "numpy", "sklearn", "scipy", "math", "cmath", "itertools", "functools", "collections", "operator", "statistics", "string",
        "copy", "datetime", "time", "pandas", "fractions", "decimal", "typing", "dataclasses", "enum", "textwrap", "re",
    }
)  # fmt: skip
"""Libraries whose functions make values, but for those below."""
_ACTING = frozenset(
    {
        "numpy.save", "numpy.savez", "numpy.savez_compressed", "numpy.savetxt", "numpy.set_printoptions", "numpy.seterr",
        "numpy.random.shuffle", "numpy.fill_diagonal", "numpy.copyto", "numpy.put", "numpy.place", "numpy.putmask",
        "numpy.put_along_axis", "time.sleep", "sklearn.set_config", "pandas.set_option", "decimal.setcontext",
        "numpy.load", "numpy.loadtxt", "numpy.genfromtxt", "numpy.fromfile", "pandas.read_csv",
    }
)  # fmt: skip
_METHODS = frozenset(
    {
        # of arrays and tables
        "all", "any", "argmax", "argmin", "argsort", "astype", "clip", "copy", "cumprod", "cumsum", "diagonal", "dot", "flatten",
        "item", "max", "mean", "min", "nonzero", "prod", "ptp", "ravel", "repeat", "reshape", "round", "squeeze", "std", "sum",
        "swapaxes", "take", "tobytes", "tolist", "trace", "transpose", "var", "view", "conj", "searchsorted", "to_numpy",
        "head", "tail", "describe", "groupby", "agg", "value_counts", "median", "quantile", "corr", "isna", "notna", "unique",
        "nunique", "merge", "join", "assign", "rename", "nlargest", "nsmallest", "rolling", "resample", "abs", "cov", "idxmax",
        "idxmin", "sample", "size", "to_dict", "iterrows", "itertuples", "pivot_table", "sort_values", "set_index", "melt",
        # of estimators and generators of splits
        "predict", "predict_proba", "predict_log_proba", "decision_function", "score", "score_samples", "transform",
        "inverse_transform", "staged_predict", "staged_predict_proba", "staged_decision_function", "get_params", "bic", "aic",
        "kneighbors", "apply", "decision_path", "cost_complexity_pruning_path", "get_feature_names_out", "get_n_splits", "split",
        "toarray", "todense", "tocsr", "get_support", "mahalanobis", "pdf", "cdf", "ppf", "logpdf", "evaluate",
        # of texts, dicts and lists
        "capitalize", "casefold", "center", "count", "decode", "encode", "endswith", "expandtabs", "find", "format", "get",
        "index", "isalnum", "isalpha", "isdigit", "islower", "isnumeric", "isspace", "istitle", "isupper", "items", "keys",
        "ljust", "lower", "lstrip", "partition", "replace", "rfind", "rjust", "rpartition", "rsplit", "rstrip", "splitlines",
        "startswith", "strip", "swapcase", "title", "translate", "upper", "values", "zfill", "most_common", "union",
        "intersection", "difference", "symmetric_difference", "issubset", "issuperset", "isoformat", "strftime", "total_seconds",
        "bit_length", "is_integer", "elements", "date", "time", "year",
    }
)  # fmt: skip
"""Methods that change nothing."""
_CHANGING = frozenset(
    {
        "append", "extend", "insert", "remove", "pop", "clear", "add", "discard", "update", "setdefault", "popitem", "sort",
        "reverse", "appendleft", "popleft", "fill", "resize", "partial_fit", "fit", "fit_transform", "fit_predict", "set_params",
        "subtract", "rotate", "difference_update", "intersection_update", "put", "itemset", "setflags", "set_output", "partition_",
        "set_fit_request", "set_score_request", "extendleft", "move_to_end",
    }
)  # fmt: skip
"""Methods that change the object they are called on, and nothing else."""
_RAISING = frozenset({"index", "remove", "pop", "popitem", "popleft"})
_FITTING = frozenset({"fit", "fit_transform", "fit_predict", "partial_fit", "sample", "fit_resample"})
_DRAWS = frozenset(
    {
        "random", "rand", "randn", "randint", "integers", "normal", "standard_normal", "uniform", "choice", "permutation",
        "permuted", "binomial", "poisson", "exponential", "gamma", "beta", "multivariate_normal", "random_sample", "ranf",
        "laplace", "lognormal", "logistic", "geometric", "dirichlet", "multinomial", "chisquare", "standard_t", "triangular",
        "vonmises", "weibull", "pareto", "power", "rayleigh", "zipf", "gumbel", "hypergeometric", "standard_cauchy", "bytes",
        "choices", "sample", "gauss", "randrange", "getrandbits", "shuffle", "standard_exponential", "standard_gamma", "f",
        "normalvariate", "expovariate", "betavariate", "random_integers", "negative_binomial", "noncentral_chisquare", "spawn",
    }
)  # fmt: skip
"""Methods that draw from the stream of the generator they are called on."""
_CONVERSIONS = frozenset({"int", "float", "complex"})
_MEASURES = frozenset({"len", "sum", "round", "abs", "min", "max", "float", "int", "ord"})
_OF_OTHERS = (
    "model_selection",
    "pipeline",
    "ensemble",
    "multiclass",
    "calibration",
    "compose",
    "feature_selection",
    "multioutput",
)
"""Modules whose functions and classes fit estimators that they are given."""


_IMPLICIT = (
    ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.Subscript, ast.FormattedValue, ast.Starred, ast.comprehension, ast.Call,
)  # fmt: skip
"""What may run special methods."""


@dataclass
class Effect:
    """What an evaluation does."""

    acts: bool = False
    """It is to be seen from outside, or not known to be harmless."""
    draws: bool = False
    """It draws a picture."""
    raises: bool = False
    """It may raise for values that a program has in ordinary use."""
    changes: set[Place] = field(default_factory=set)
    """Families of what it changes, and random streams."""
    runs: list[Function] = field(default_factory=list)
    """The program's functions that it may call."""


class Effects:
    """The effects of expressions; each is looked at once."""

    def __init__(self, names: Names, kinds: Kinds) -> None:
        self.names = names
        self.kinds = kinds
        self._own: dict[ast.AST, Effect] = {}
        self._whole: dict[ast.AST, Effect] = {}
        self.special: list[Function] = []
        """Special methods that do more than give a value: operators, `len`, `str` and iteration may run them."""
        calls = [each for each in walk(names.tree) if isinstance(each, ast.Call)]
        called = {names.qualified(each.func) for each in calls}
        self.seeded = bool(called & {"numpy.random.seed", "numpy.random.set_state"})
        self.python_seeded = "random.seed" in called
        self.verbose = any(
            keyword.arg == "verbose" and not (isinstance(keyword.value, ast.Constant) and not keyword.value.value)
            for each in calls
            for keyword in each.keywords
        )

        self.special = [
            known
            for name, methods in names.methods.items()
            if name.startswith("__")
            and name.endswith("__")
            and name not in ("__init__", "__post_init__", "__call__", "__enter__", "__exit__")
            for known in methods
            if self._does_something(known)
        ]
        self._own.clear()
        self._whole.clear()

    def _does_something(self, known: Function) -> bool:
        for each in walk(known.node):
            own = self.own(each)
            stored = isinstance(each, ast.Attribute | ast.Subscript) and not isinstance(each.ctx, ast.Load)
            if own.acts or own.changes or own.runs or stored or isinstance(each, ast.Global | ast.Nonlocal):
                return True
        return False

    def _asks_an_object(self, node: ast.AST) -> bool:
        """Whether an operation has an operand that may be an object of the program."""
        if isinstance(node, ast.Call) and not isinstance(node.func, ast.Name):
            return False
        operands = [*node.args, *[each.value for each in node.keywords]] if isinstance(node, ast.Call) else children(node)
        return any(isinstance(each, ast.expr) and self.kinds.of(each) in (OTHER, MIXED) for each in operands)

    def whole(self, node: ast.AST) -> Effect:
        """The effect of an expression with everything inside it."""
        known = self._whole.get(node)
        if known is not None:
            return known
        found = Effect()
        todo: list[ast.AST] = [node]
        while todo:
            each = todo.pop()
            own = self.own(each)
            found.acts |= own.acts
            found.draws |= own.draws
            found.raises |= own.raises
            found.changes |= own.changes
            found.runs += own.runs
            todo += children(each)
        self._whole[node] = found
        return found

    def own(self, node: ast.AST) -> Effect:
        """The effect of one operation alone."""
        known = self._own.get(node)
        if known is None:
            known = self._own[node] = self._find(node)
            if self.special and isinstance(node, _IMPLICIT) and self._asks_an_object(node):
                known.runs += self.special
        return known

    def _find(self, node: ast.AST) -> Effect:
        found = Effect()
        match node:
            case ast.Call():
                self._call(node, found)
            case ast.Await() | ast.Yield() | ast.YieldFrom():
                found.acts = True
            case ast.BinOp(left=left, op=ast.Div() | ast.FloorDiv() | ast.Mod(), right=right):
                sure = isinstance(right, ast.Constant) and bool(right.value)
                text = isinstance(left, ast.Constant) and isinstance(left.value, str)
                found.raises = not sure and not text and self.kinds.of(right) == PLAIN
            case ast.Subscript(value=value, slice=index, ctx=ast.Load()):
                kind = self.kinds.of(value)
                constant = isinstance(index, ast.Constant | ast.Slice) and kind[0] != "dict"
                found.raises = kind[0] in ("items", "dict") and not constant
            case ast.Name(ctx=ast.Load()):
                variable = self.names.variables[node]
                if variable not in self.names.imports and self.kinds.family(variable) in self.kinds.consumed:
                    found.changes.add(self.kinds.family(variable))
                parent = self.names.parents.get(node)
                if variable in self.names.functions and not (isinstance(parent, ast.Call) and parent.func is node):
                    # Whoever is given a function may call it.
                    found.runs += self.names.functions[variable]
            case ast.Attribute(ctx=ast.Load(), attr=attribute):
                properties = [
                    known
                    for known in self.names.methods.get(attribute, [])
                    if any("property" in ast.dump(each) for each in known.node.decorator_list)
                ]
                found.runs += properties
        return found

    def _call(self, node: ast.Call, found: Effect) -> None:
        called = self.names.called(node)
        if called:
            found.runs += called
            return
        qualified = self.names.qualified(node.func)
        if qualified:
            self._library(node, qualified, found)
            return
        if self.kinds.of(node.func) == DRAWN:
            found.draws = True
            return
        match node.func:
            case ast.Name(id=name):
                self._builtin(node, name, found)
            case ast.Attribute(value=value, attr=attribute):
                self._method(node, value, attribute, found)
            case ast.Lambda():
                pass
            case _:
                found.acts = True

    def _builtin(self, node: ast.Call, name: str, found: Effect) -> None:
        variable = self.names.variables[node.func]
        if variable in self.names.classes:
            # Without an __init__ of its own: the class may build on one of a library.
            return
        if self.names.binding_count[variable]:
            values = [value for value, part in self.names.values[variable] if isinstance(value, ast.Lambda) and not part]
            found.acts = len(values) != self.names.binding_count[variable]
            for each in values:
                inner = self.whole(each.body)
                found.acts |= inner.acts
                found.draws |= inner.draws
                found.raises |= inner.raises
                found.changes |= inner.changes
                found.runs += inner.runs
            return
        if name == "next":
            found.raises = len(node.args) < 2
            found.changes |= self._families(node.args[:1])
        elif name not in _BUILTINS:
            found.acts = True
        elif name in _CONVERSIONS and node.args:
            found.raises = not self._is_number(node.args[0])
        elif name in ("list", "tuple", "set", "sum", "sorted", "max", "min", "zip", "enumerate", "map", "filter"):
            found.changes |= self._families(node.args) & self.kinds.consumed

    def _is_number(self, node: ast.expr) -> bool:
        """Whether a value is a number by how it is computed, so that `int` and `float` take it."""
        match node:
            case ast.Constant(value=value):
                return isinstance(value, int | float)
            case ast.BinOp() | ast.UnaryOp() | ast.Compare():
                return True
            case ast.Call(func=func):
                name = func.id if isinstance(func, ast.Name) else ""
                top = self.names.qualified(func).partition(".")[0]
                return (
                    name in _MEASURES
                    or top in ("numpy", "math", "sklearn", "scipy", "statistics", "time")
                    or (
                        isinstance(func, ast.Attribute)
                        and func.attr in ("mean", "sum", "min", "max", "std", "var", "score", "item")
                    )
                )
            case ast.Attribute(attr=attribute):
                return attribute.endswith("_") or attribute in ("size", "ndim")
        return False

    def _library(self, node: ast.Call, qualified: str, found: Effect) -> None:
        top, name = qualified.partition(".")[0], qualified.rpartition(".")[2]
        if draws(qualified):
            found.draws = True
            if top == "sklearn" and self.seeded and not self._is_seeded(node) and name.startswith("from_"):
                found.changes.add(NUMPY_STREAM)
            return
        if qualified.startswith("numpy.random."):
            if name in ("RandomState", "default_rng", "Generator", "PCG64", "MT19937", "SeedSequence"):
                return
            if self.seeded:
                found.changes.add(NUMPY_STREAM)
            if name == "shuffle":
                found.changes |= self._families(node.args)
            return
        if top == "random":
            if name in ("Random",):
                return
            if self.python_seeded:
                found.changes.add(PYTHON_STREAM)
            if name == "shuffle":
                found.changes |= self._families(node.args)
            return
        if qualified.startswith("os.path.") or qualified == "pathlib.Path":
            return
        if qualified in _ACTING or top not in _MODULES or (top == "numpy" and qualified[-3:] == ".at"):
            found.acts = True
            return
        if any(each.arg in ("out", "inplace") for each in node.keywords):
            found.acts = True
        if top == "sklearn" and name[:1].islower() and not self._is_settled(node, qualified):
            self._maybe_global(found)
            found.changes |= {self.kinds.family(each) for each in self._generators(node)}
        if self.verbose and top == "sklearn" and name[:1].islower():
            found.acts = True

    def _is_seeded(self, node: ast.Call) -> bool:
        """Whether the call names a state that is a number."""
        return any(each.arg == "random_state" and self.kinds.of(each.value) == PLAIN for each in node.keywords)

    def _is_settled(self, node: ast.Call, qualified: str) -> bool:
        """Whether a function or class of scikit-learn takes nothing from the global stream: by its state, or because it has none."""
        if self._is_seeded(node):
            return True
        entry = catalog().find(qualified)
        if entry is None or any(word in qualified for word in _OF_OTHERS):
            return False
        signatures = (entry.signature,) if isinstance(entry.signature, str) else entry.signature
        return not any("random_state" in each for each in signatures)

    def _is_settled_estimator(self, node: ast.expr, depth: int = 0) -> bool:
        """Whether an estimator, by where it is made, takes nothing from the global stream."""
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute) and node.func.attr in ("fit", "partial_fit"):
                return self._is_settled_estimator(node.func.value, depth)
            qualified = self.names.qualified(node.func)
            return qualified.startswith("sklearn.") and self._is_settled(node, qualified)
        if isinstance(node, ast.Name) and depth < 3:
            variable = self.names.variables[node]
            values = self.names.values[variable]
            known = len(values) == self.names.binding_count[variable] and bool(values)
            return known and all(not part and self._is_settled_estimator(value, depth + 1) for value, part in values)
        return False

    def _generators(self, node: ast.Call) -> list[Place]:
        """The generators that a call is given."""
        return [
            place
            for each in node.keywords
            if each.arg in ("random_state", "rng", "seed")
            for place in self.kinds.sources(each.value)
        ]

    def _maybe_global(self, found: Effect) -> None:
        """What is given no state of its own draws from NumPy's global stream; that matters when the program seeds it."""
        if self.seeded:
            found.changes.add(NUMPY_STREAM)

    def _method(self, node: ast.Call, value: ast.expr, attribute: str, found: Effect) -> None:
        kind = self.kinds.of(value)
        if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "super":
            found.acts = True
            return
        families = self._families([value])
        if any(each.arg in ("out", "inplace") for each in node.keywords):
            found.changes |= families | self._families([each.value for each in node.keywords])
        if kind == PLAIN:
            return
        if attribute in _CHANGING or attribute in _DRAWS:
            found.changes |= families
            if attribute == "shuffle":
                found.changes |= self._families(node.args)
            if attribute in _FITTING:
                if not self._is_settled_estimator(value):
                    self._maybe_global(found)
                found.acts |= self.verbose
                # A generator that the estimator was made with lies in its family.
            found.raises = attribute in _RAISING
        elif attribute in _METHODS:
            found.raises = attribute in _RAISING
            if attribute == "split":
                self._maybe_global(found)
            if attribute == "sample":
                self._maybe_global(found)
                found.changes |= families
        elif attribute in self.names.stored_attributes or kind == OTHER or not has_drawn(kind):
            found.acts = True
            found.changes |= families | self._families(node.args)

    def _families(self, nodes: list[ast.expr]) -> set[Place]:
        return {self.kinds.family(place) for node in nodes for place in self.kinds.sources(node)}
