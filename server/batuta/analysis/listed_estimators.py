"""Lists of named estimators that are made before they are passed, written out where a pipeline or ensemble takes them.

models = [("lr", LogisticRegression()), ("nb", GaussianNB())]        models_1 = LogisticRegression()
for name, model in models: …                                   →     models_2 = GaussianNB()
vote = VotingClassifier(models)                                      models = [("lr", models_1), ("nb", models_2)]
                                                                     for name, model in models: …
                                                                     vote = VotingClassifier([("lr", models_1), ("nb", models_2)])

Each estimator has a name of its own, so that both places hold the same objects. Only for lists (and dicts whose items are listed) that are
written out themselves, bound once and then only read.
"""

from __future__ import annotations

import ast
import copy

from batuta.analysis.imports import imported_names, qualified_name
from batuta.python.new_nodes import located
from batuta.python.walk import children, walk

_TAKING = {
    "sklearn.pipeline.Pipeline": "steps",
    "sklearn.pipeline.FeatureUnion": "transformer_list",
    "sklearn.compose.ColumnTransformer": "transformers",
    "sklearn.ensemble.VotingClassifier": "estimators",
    "sklearn.ensemble.VotingRegressor": "estimators",
    "sklearn.ensemble.StackingClassifier": "estimators",
    "sklearn.ensemble.StackingRegressor": "estimators",
}
"""What takes such a list, and the parameter, which is the first."""


def write_out_listed(tree: ast.Module) -> None:
    """Write such lists out, in place."""
    imports = imported_names(tree)
    if not any(each.partition(".")[0] == "sklearn" for each in imports.values()):
        return
    taking = [
        (each, _TAKING[name])
        for each in walk(tree)
        if isinstance(each, ast.Call) and (name := qualified_name(each.func, imports)) in _TAKING
    ]
    if taking:
        _Lists(tree).write_out(taking)


def _rows(node: ast.expr) -> list[list[ast.expr]] | None:
    """The rows of a display, each a name and what belongs to it; None for anything else."""
    if isinstance(node, ast.Dict):
        if all(isinstance(key, ast.Constant) and isinstance(key.value, str) for key in node.keys):
            return [[key, value] for key, value in zip(node.keys, node.values, strict=True) if key is not None]
        return None
    if not isinstance(node, ast.List | ast.Tuple) or not node.elts:
        return None
    rows = []
    for each in node.elts:
        if not isinstance(each, ast.Tuple | ast.List) or len(each.elts) < 2:
            return None
        if not isinstance(each.elts[0], ast.Constant) or not isinstance(each.elts[0].value, str):
            return None
        rows.append(each.elts)
    return rows


class _Lists:
    def __init__(self, tree: ast.Module) -> None:
        self.parents = {child: node for node in walk(tree) for child in children(node)}
        self.bindings: dict[str, list[ast.AST]] = {}
        self.reads: dict[str, list[ast.Name]] = {}
        for each in walk(tree):
            match each:
                case ast.Name(id=name, ctx=ast.Load()):
                    self.reads.setdefault(name, []).append(each)
                case ast.Name(id=name) | ast.arg(arg=name) | ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                    self.bindings.setdefault(name, []).append(each)

    def write_out(self, taking: list[tuple[ast.Call, str]]) -> None:
        """Replace the names that stand in such calls."""
        wanted: dict[str, list[tuple[ast.Call, ast.expr, ast.Name]]] = {}
        for call, parameter in taking:
            values = call.args[:1] or [each.value for each in call.keywords if each.arg == parameter]
            for value in values:
                held = self._listed(value)
                if held is not None:
                    wanted.setdefault(held.id, []).append((call, value, held))
        for name, uses in wanted.items():
            self._named(name, uses)

    @staticmethod
    def _listed(node: ast.expr) -> ast.Name | None:
        """The name of a list, or of the dict whose items are listed."""
        match node:
            case ast.Name():
                return node
            case ast.Call(
                func=ast.Name(id="list"),
                args=[ast.Call(func=ast.Attribute(value=ast.Name() as held, attr="items"), args=[], keywords=[])],
                keywords=[],
            ):
                return held
            case ast.ListComp(
                elt=ast.Tuple(elts=[ast.Name(id=one), ast.Name(id=other)]),
                generators=[
                    ast.comprehension(
                        target=ast.Tuple(elts=[ast.Name(id=first), ast.Name(id=second)]),
                        iter=ast.Call(func=ast.Attribute(value=ast.Name() as held, attr="items"), args=[]),
                        ifs=[],
                    )
                ],
            ) if (one, other) == (first, second):
                return held
        return None

    def _named(self, name: str, uses: list[tuple[ast.Call, ast.expr, ast.Name]]) -> None:
        bound = self.bindings.get(name, [])
        statement = self.parents.get(bound[0]) if len(bound) == 1 else None
        if not isinstance(statement, ast.Assign) or statement.targets != [bound[0]]:
            return
        rows = _rows(statement.value)
        taken = {use for _, _, use in uses}
        if rows is None or not all(use in taken or self._only_reads(use) for use in self.reads.get(name, [])):
            return
        if any((value is use) == isinstance(statement.value, ast.Dict) for _, value, use in uses):
            return
        made: list[ast.stmt] = []
        for index, row in enumerate(rows):
            for place, value in enumerate(row):
                label = f"{name}_{index + 1}" if len(row) == 2 else f"{name}_{index + 1}_{place}"
                if place > 0 and not self._stays(value) and label not in self.bindings:
                    made.append(located(ast.Assign([ast.Name(label, ast.Store())], value), value))
                    row[place] = located(ast.Name(label, ast.Load()), value)
        if isinstance(statement.value, ast.Dict):
            statement.value.values = [row[1] for row in rows]
        for call, value, _ in uses:
            display = ast.List([ast.Tuple([copy.deepcopy(each) for each in row], ast.Load()) for row in rows], ast.Load())
            located(display, value)
            call.args = [display if each is value else each for each in call.args]
            for keyword in call.keywords:
                keyword.value = display if keyword.value is value else keyword.value
        holder = self.parents[statement]
        for _, body in ast.iter_fields(holder):
            if isinstance(body, list) and statement in body:
                place = body.index(statement)
                body[place : place + 1] = [*made, *([] if set(self.reads.get(name, [])) <= taken else [statement])]

    def _stays(self, node: ast.expr) -> bool:
        """Whether an expression may be written twice: a constant, a list of constants, a name that is bound once."""
        match node:
            case ast.Constant():
                return True
            case ast.UnaryOp(operand=operand):
                return self._stays(operand)
            case ast.List(elts=elements) | ast.Tuple(elts=elements):
                return all(isinstance(each, ast.Constant) for each in elements)
            case ast.Name(id=name):
                return len(self.bindings.get(name, ())) == 1
        return False

    def _only_reads(self, node: ast.Name) -> bool:
        """Whether a use of the name leaves the list as it is."""
        match self.parents[node]:
            case ast.For(iter=source) | ast.comprehension(iter=source):
                return source is node
            case ast.Subscript(ctx=ast.Load()) | ast.FormattedValue():
                return True
            case ast.Call(func=ast.Name(id=function)):
                return function in ("len", "print", "enumerate", "zip", "dict", "list", "sorted")
            case ast.Attribute(attr=method):
                return method in ("items", "keys", "values", "get")
        return False
