"""Classes that derive from scikit-learn's: they are given the methods that they inherit, and are ordinary classes from then on.

class Clipper(BaseEstimator, TransformerMixin):      class Clipper:
    def fit(self, X, y=None): …                →         def fit(self, X, y=None): …
    def transform(self, X): …                            def transform(self, X): …
                                                         def fit_transform(self, X, y=None):
                                                             return self.fit(X, y).transform(X)

Where the program has pipelines, searches or the like, they are also given what those ask of an estimator (`own_estimators.py`), each with its
arguments in one form: `learned`, `transformed`, `predicted` and so on, and one that makes an object with the same parameters.
"""

from __future__ import annotations

import ast

from batuta.analysis.imports import imported_names, qualified_name
from batuta.python.new_nodes import placed
from batuta.python.walk import walk

_BASES = tuple(
    f"sklearn.base.{each}"
    for each in ("BaseEstimator", "TransformerMixin", "ClassifierMixin", "RegressorMixin", "ClusterMixin")
)
_SCORES = {"ClassifierMixin": "accuracy_score", "RegressorMixin": "r2_score"}


_TAKING = (
    "sklearn.pipeline",
    "sklearn.compose",
    "sklearn.ensemble",
    "sklearn.multiclass",
    "sklearn.inspection",
    "sklearn.base.clone",
    "sklearn.model_selection.cross_val",
    "sklearn.model_selection.cross_validate",
    "sklearn.model_selection.GridSearchCV",
    "sklearn.model_selection.RandomizedSearchCV",
    "sklearn.model_selection.learning_curve",
    "sklearn.model_selection.validation_curve",
)
"""Where what is imported may ask an estimator of the program to learn."""
_STEPS = {
    "transform": "def transformed(self, X):\n    return self.transform(X)",
    "inverse_transform": "def transformed_back(self, X):\n    return self.inverse_transform(X)",
    "predict": "def predicted(self, X):\n    return self.predict(X)",
    "predict_proba": "def chances(self, X):\n    return self.predict_proba(X)",
    "score": "def own_score(self, X, y):\n    return self.score(X, y)",
}
"""What a pipeline asks of a step, and the method that answers."""


def complete_estimators(tree: ast.Module) -> None:
    """Complete such classes, in place."""
    imports = imported_names(tree)
    scores: set[str] = set()
    taken = any(each.startswith(_TAKING) for each in imports.values())
    for node in [each for each in walk(tree) if isinstance(each, ast.ClassDef)]:
        names = [qualified_name(each, imports) for each in node.bases]
        mixins = {each.rpartition(".")[2] for each in names if each in _BASES}
        if not mixins:
            continue
        node.bases = [base for base, name in zip(node.bases, names, strict=True) if name not in _BASES]
        methods = {each.name: each for each in node.body if isinstance(each, ast.FunctionDef)}
        texts = _shown(node, methods) if "BaseEstimator" in mixins else []
        if (
            taken
            and "BaseEstimator" in mixins
            and not {"fit_transform", "fit_predict", "get_params", "set_params"} & methods.keys()
        ):
            order = [each.rpartition(".")[2] for each in names]
            texts += _as_step(node, methods, mixins, "ClassifierMixin" in order[: order.index("BaseEstimator")])
        if "TransformerMixin" in mixins and {"fit", "transform"} <= methods.keys() and "fit_transform" not in methods:
            texts.append(_fit_transform(methods["fit"]))
        if "ClusterMixin" in mixins and "fit" in methods and "fit_predict" not in methods:
            texts.append("def fit_predict(self, X, y=None):\n    self.fit(X)\n    return self.labels_")
        for mixin in sorted(mixins & _SCORES.keys()):
            if "predict" in methods and "score" not in methods:
                scores.add(_SCORES[mixin])
                texts.append(f"def score(self, X, y):\n    return inherited_{_SCORES[mixin]}(y, self.predict(X))")
        if "BaseEstimator" in mixins and "__init__" in methods and "get_params" not in methods:
            names = sorted(each.arg for each in methods["__init__"].args.args[1:])
            pairs = ", ".join(f"{each!r}: self.{each}" for each in names)
            if names and _reads(tree, "get_params"):
                texts.append(f"def get_params(self, deep=True):\n    return {{{pairs}}}")
        node.body += [placed(each, node) for text in texts for each in ast.parse(text).body]
    if scores:
        added = [ast.alias(each, f"inherited_{each}") for each in sorted(scores)]
        place = next((index for index, each in enumerate(tree.body) if not _is_first(each)), 0)
        tree.body.insert(place, placed(ast.ImportFrom("sklearn.metrics", added, 0), tree.body[place]))


def _parameters(methods: dict[str, ast.FunctionDef]) -> list[tuple[str, ast.expr | None]] | None:
    """The parameters of a constructor with their defaults, in scikit-learn's order; None when it does not keep them as they are."""
    if "__init__" not in methods:
        return []
    own = methods["__init__"].args
    if own.vararg or own.kwarg or own.posonlyargs:
        return None
    plain = own.args[1:]
    defaults: list[ast.expr | None] = [*[None] * (len(plain) - len(own.defaults)), *own.defaults]
    found = {each.arg: default for each, default in zip(plain, defaults, strict=True)}
    found |= {each.arg: default for each, default in zip(own.kwonlyargs, own.kw_defaults, strict=True)}
    kept: set[str] = set()
    for statement in methods["__init__"].body:
        match statement:
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
                pairs = list(zip(targets, values, strict=False))
            case ast.Assign(targets=[target], value=value):
                pairs = [(target, value)]
            case _:
                pairs = []
        kept |= {ast.unparse(value) for target, value in pairs if ast.unparse(target) == f"self.{ast.unparse(value)}"}
    if not found.keys() <= kept:
        return None
    return sorted(found.items())


def _as_step(node: ast.ClassDef, methods: dict[str, ast.FunctionDef], mixins: set[str], told: bool) -> list[str]:
    """The methods that a pipeline or search calls; none for a class that cannot be copied by its parameters.

    `told`: scikit-learn takes for a classifier what has the mixin before `BaseEstimator`; others are not split by their labels.
    """
    known = _parameters(methods)
    roles = {"ClassifierMixin": "classifier", "RegressorMixin": "regressor", "ClusterMixin": "clusterer"}
    role = next((roles[each] for each in sorted(mixins & roles.keys())), "transformer" if "transform" in methods else "")
    if role == "classifier" and not told:
        role = "transformer"
    if known is None or not role or "fit" not in methods:
        return []
    values = ", ".join(f"{name}=self.{name}" for name, _ in known)
    texts = [f"def renewed_{role}(self):\n    return {node.name}({values})"]
    places = methods["fit"].args
    alone = len(places.args) - len(places.defaults) <= 2
    labels = places.args[2].arg if len(places.args) > 2 else ""
    if labels and not (alone and not any(isinstance(each, ast.Name) and each.id == labels for each in walk(methods["fit"]))):
        texts.append("def learned(self, X, y):\n    self.fit(X, y)")
    if alone:
        texts.append("def learned_alone(self, X):\n    self.fit(X)")
    asked = methods.keys() | ({"score"} if "ClassifierMixin" in mixins and not told and "predict" in methods else set())
    texts += [text for name, text in _STEPS.items() if name in asked]
    stored = {each.attr for each in walk(node) if isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Store)}
    if "labels_" in stored and role == "clusterer":
        texts.append("def grouped(self):\n    return self.labels_")
    if "classes_" in stored:
        texts.append("def known_classes(self):\n    return self.classes_")
    return texts


def _shown(node: ast.ClassDef, methods: dict[str, ast.FunctionDef]) -> list[str]:
    """The text of an object: the parameters that are not the defaults."""
    known = _parameters(methods)
    if known is None or {"__repr__", "__str__"} & methods.keys():
        return []
    lines = ["def __repr__(self):", "    parts = []"]
    for name, default in known:
        shown = f'parts.append(f"{name}={{self.{name}!r}}")'
        plain = isinstance(default, ast.Constant) or (
            isinstance(default, ast.UnaryOp) and isinstance(default.operand, ast.Constant)
        )
        if default is not None and not plain:
            return []
        text = "" if default is None else ast.unparse(default)
        lines.append(f"    if repr(self.{name}) != {text!r}:\n        {shown}" if default is not None else f"    {shown}")
    if not known:
        return [f"def __repr__(self):\n    return {node.name + '()'!r}"]
    lines.append(f"    return {node.name + '('!r} + ', '.join(parts) + ')'")
    return ["\n".join(lines)]


def _fit_transform(fit: ast.FunctionDef) -> str:
    if len(fit.args.args) > 2:
        return "def fit_transform(self, X, y=None):\n    return self.fit(X, y).transform(X)"
    return "def fit_transform(self, X):\n    return self.fit(X).transform(X)"


def _reads(tree: ast.Module, name: str) -> bool:
    return any(isinstance(each, ast.Attribute) and each.attr == name for each in walk(tree))


def _is_first(statement: ast.stmt) -> bool:
    """Whether a statement must stay before every other: the module's docstring, or an import from `__future__`."""
    match statement:
        case ast.Expr(value=ast.Constant(value=str())):
            return True
        case ast.ImportFrom(module="__future__"):
            return True
    return False
