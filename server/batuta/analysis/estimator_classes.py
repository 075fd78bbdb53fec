"""Classes that derive from scikit-learn's: they are given the methods that they inherit, and are ordinary classes from then on.

class Clipper(BaseEstimator, TransformerMixin):      class Clipper:
    def fit(self, X, y=None): …                →         def fit(self, X, y=None): …
    def transform(self, X): …                            def transform(self, X): …
                                                         def fit_transform(self, X, y=None):
                                                             return self.fit(X, y).transform(X)
"""

from __future__ import annotations

import ast

from batuta.analysis.imports import imported_names, qualified_name

_BASES = tuple(
    f"sklearn.base.{each}"
    for each in ("BaseEstimator", "TransformerMixin", "ClassifierMixin", "RegressorMixin", "ClusterMixin")
)
_SCORES = {"ClassifierMixin": "accuracy_score", "RegressorMixin": "r2_score"}


def complete_estimators(tree: ast.Module) -> None:
    """Complete such classes, in place."""
    imports = imported_names(tree)
    scores: set[str] = set()
    for node in [each for each in ast.walk(tree) if isinstance(each, ast.ClassDef)]:
        names = [qualified_name(each, imports) for each in node.bases]
        mixins = {each.rpartition(".")[2] for each in names if each in _BASES}
        if not mixins:
            continue
        node.bases = [base for base, name in zip(node.bases, names, strict=True) if name not in _BASES]
        methods = {each.name: each for each in node.body if isinstance(each, ast.FunctionDef)}
        texts = []
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
        node.body += [_placed(each, node) for text in texts for each in ast.parse(text).body]
    if scores:
        added = [ast.alias(each, f"inherited_{each}") for each in sorted(scores)]
        place = next((index for index, each in enumerate(tree.body) if not _is_first(each)), 0)
        tree.body.insert(place, _placed(ast.ImportFrom("sklearn.metrics", added, 0), tree.body[place]))


def _placed(statement: ast.stmt, at: ast.stmt) -> ast.stmt:
    """A made statement, all of it at the place of the class."""
    for each in ast.walk(statement):
        if "lineno" in each._attributes:
            ast.copy_location(each, at)
    return statement


def _fit_transform(fit: ast.FunctionDef) -> str:
    if len(fit.args.args) > 2:
        return "def fit_transform(self, X, y=None):\n    return self.fit(X, y).transform(X)"
    return "def fit_transform(self, X):\n    return self.fit(X).transform(X)"


def _reads(tree: ast.Module, name: str) -> bool:
    return any(isinstance(each, ast.Attribute) and each.attr == name for each in ast.walk(tree))


def _is_first(statement: ast.stmt) -> bool:
    """Whether a statement must stay before every other: the module's docstring, or an import from `__future__`."""
    match statement:
        case ast.Expr(value=ast.Constant(value=str())):
            return True
        case ast.ImportFrom(module="__future__"):
            return True
    return False
