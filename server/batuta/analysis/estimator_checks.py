"""What estimators of the program ask of scikit-learn about themselves and their arguments, written out.

class Mean(RegressorMixin, BaseEstimator):           class Mean(RegressorMixin, BaseEstimator):
    def fit(self, X, y):                                 def fit(self, X, y):
        X, y = validate_data(self, X, y)                     self.fitted_already = True
        self.mean_ = y.mean()                                X, y = check_X_y(X, y)
        return self                                          self.mean_ = y.mean()
                                                             return self
    def predict(self, X):                       →        def predict(self, X):
        check_is_fitted(self)                                if not self.fitted_already:
        …                                                        raise NotFittedError("This Mean instance is not fitted yet. …")

scikit-learn takes for fitted what has an attribute whose name ends with an underscore: a method that sets one says so at its start.
"""

from __future__ import annotations

import ast

from batuta.analysis.imports import imported_names, qualified_name
from batuta.python.new_nodes import located, placed
from batuta.python.walk import Transformer, walk

_FITTED = ("sklearn.utils.validation.check_is_fitted",)
_DATA = ("sklearn.utils.validation.validate_data",)
_LABELS = ("sklearn.utils.multiclass.unique_labels",)
_ALL = (*_FITTED, *_DATA, *_LABELS)
_FLAG = "fitted_already"
_TEXT = "This {} instance is not fitted yet. Call 'fit' with appropriate arguments before using this estimator."


def write_out_checks(tree: ast.Module) -> None:
    """Write such checks out, in place."""
    imports = imported_names(tree)
    if not set(_ALL) & set(imports.values()) and "sklearn.utils" not in " ".join(imports.values()):
        return
    for cls in [each for each in walk(tree) if isinstance(each, ast.ClassDef)]:
        _write_out(cls, imports)
    _Labels(imports).visit(tree)
    names = {each.id for each in walk(tree) if isinstance(each, ast.Name)}
    asked = "asked_" in " ".join(names)
    if asked:
        place = next((index for index, each in enumerate(tree.body) if not _is_first(each)), 0)
        wanted = {
            "asked_check_array": ("sklearn.utils", "check_array"),
            "asked_check_X_y": ("sklearn.utils", "check_X_y"),
            "asked_NotFittedError": ("sklearn.exceptions", "NotFittedError"),
            "asked_numpy": ("numpy", ""),
        }
        for name, (module, item) in wanted.items():
            if name in names:
                made: ast.stmt = (
                    ast.ImportFrom(module, [ast.alias(item, name)], 0) if item else ast.Import([ast.alias(module, name)])
                )
                tree.body.insert(place, located(made, tree.body[place]))
    _drop_unused(tree, imports)


def _write_out(cls: ast.ClassDef, imports: dict[str, str]) -> None:
    methods = [each for each in cls.body if isinstance(each, ast.FunctionDef) and each.args.args]
    found = [each for method in methods for each in walk(method) if isinstance(each, ast.Call)]
    named = {qualified_name(each.func, imports) for each in found}
    if not named & {*_FITTED, *_DATA}:
        return
    receivers = {method: method.args.args[0].arg for method in methods}
    if named & set(_FITTED) and not _say_when(cls, methods, receivers):
        named -= set(_FITTED)
    for method in methods:
        _Checks(cls.name, receivers[method], imports, bool(named & set(_FITTED))).visit(method)


def _say_when(cls: ast.ClassDef, methods: list[ast.FunctionDef], receivers: dict[ast.FunctionDef, str]) -> bool:
    """Let the class note when it has learned; False where it cannot."""
    own = next((each for each in methods if each.name == "__init__"), None)
    if own is None:
        if any(isinstance(each, ast.Name) and not each.id.endswith(("Mixin", "BaseEstimator")) for each in cls.bases):
            return False
        cls.body.insert(_after_docstring(cls.body), _parsed(f"def __init__(self):\n    self.{_FLAG} = False", cls))
    else:
        own.body.append(_parsed(f"{receivers[own]}.{_FLAG} = False", own))
    for method in methods:
        if method is own or not any(_learned(each, receivers[method]) for each in walk(method)):
            continue
        flag = _parsed(f"{receivers[method]}.{_FLAG} = True", method.body[0])
        method.body.insert(_after_docstring(method.body), flag)
    return True


def _parsed(text: str, at: ast.stmt) -> ast.stmt:
    """A statement from its text, all of it at a place of the program."""
    return placed(ast.parse(text).body[0], at)


def _learned(node: ast.AST, receiver: str) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
        and node.value.id == receiver
        and node.attr.endswith("_")
        and not node.attr.startswith("__")
    )


class _Checks(Transformer):
    def __init__(self, name: str, receiver: str, imports: dict[str, str], noted: bool) -> None:
        self.name, self.receiver, self.imports, self.noted = name, receiver, imports, noted

    def _is_own(self, call: ast.Call, names: tuple[str, ...]) -> bool:
        own = bool(call.args) and isinstance(call.args[0], ast.Name) and call.args[0].id == self.receiver
        return own and qualified_name(call.func, self.imports) in names

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        call = node.value
        if (
            isinstance(call, ast.Call)
            and self.noted
            and self._is_own(call, _FITTED)
            and not call.keywords
            and len(call.args) <= 2
        ):
            text = f"if not {self.receiver}.{_FLAG}:\n    raise asked_NotFittedError({_TEXT.format(self.name)!r})"
            return _parsed(text, node)
        return self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> ast.AST | list[ast.stmt]:
        self.generic_visit(node)
        call = node.value
        if not isinstance(call, ast.Call) or not self._is_own(call, _DATA) or len(node.targets) != 1:
            return node
        given = {each.arg: each.value for each in call.keywords}
        places = dict(zip(("X", "y"), call.args[1:], strict=False)) | {
            key: given.pop(key) for key in ("X", "y") if key in given
        }
        reset = given.pop("reset", None)
        if None in given or "X" not in places:
            return node
        keywords = [ast.keyword(key, value) for key, value in given.items()]
        if "y" in places and not (isinstance(places["y"], ast.Constant) and places["y"].value in (None, "no_validation")):
            made = ast.Call(ast.Name("asked_check_X_y", ast.Load()), [places["X"], places["y"]], keywords)
            target = node.targets[0]
            first = target.elts[0] if isinstance(target, ast.Tuple) and target.elts else None
        else:
            made = ast.Call(ast.Name("asked_check_array", ast.Load()), [places["X"]], keywords)
            first = node.targets[0]
        statement = located(ast.Assign(node.targets, made), node)
        if (isinstance(reset, ast.Constant) and reset.value is False) or not isinstance(first, ast.Name):
            return statement
        return [statement, _parsed(f"{self.receiver}.n_features_in_ = {first.id}.shape[1]", node)]


class _Labels(Transformer):
    """`unique_labels(y)` is what `np.unique` gives."""

    def __init__(self, imports: dict[str, str]) -> None:
        self.imports = imports

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if qualified_name(node.func, self.imports) in _LABELS and not node.keywords and 1 <= len(node.args) <= 2:
            name = "unique" if len(node.args) == 1 else "union1d"
            return located(ast.Call(ast.Attribute(ast.Name("asked_numpy", ast.Load()), name, ast.Load()), node.args, []), node)
        return node


def _drop_unused(tree: ast.Module, imports: dict[str, str]) -> None:
    """Imports of what has been written out everywhere go."""
    used = {each.id for each in walk(tree) if isinstance(each, ast.Name)}
    for node in walk(tree):
        if isinstance(node, ast.ImportFrom) and not node.level:
            kept = [
                each
                for each in node.names
                if imports.get(each.asname or each.name) not in _ALL or (each.asname or each.name) in used
            ]
            if kept != node.names:
                node.names = kept
    for holder in walk(tree):
        body = getattr(holder, "body", None)
        if isinstance(body, list):
            empty = [each for each in body if isinstance(each, ast.ImportFrom) and not each.names]
            for each in empty:
                body[body.index(each)] = located(ast.Pass(), each)


def _after_docstring(body: list[ast.stmt]) -> int:
    first = body[0] if body else None
    return int(isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str))


def _is_first(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(value=ast.Constant(value=str())):
            return True
        case ast.ImportFrom(module="__future__"):
            return True
    return False
