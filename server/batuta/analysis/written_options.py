"""Options that a dict holds, written out where they are passed.

params = {"max_depth": 3, "random_state": SEED}
model = DecisionTreeClassifier(**params)          →      model = DecisionTreeClassifier(max_depth=3, random_state=SEED)

Only for dicts that are written out themselves, with names as keys and values that are the same wherever they are evaluated, and
that nothing changes: bound once, and only read, shown or looped over.
"""

from __future__ import annotations

import ast
import copy

from batuta.python.new_nodes import located
from batuta.python.walk import children, walk

_READING = ("items", "keys", "values", "get", "copy")
_SHOWING = ("print", "len", "sorted", "str", "repr", "dict", "list", "format")


def write_out_options(tree: ast.Module) -> None:
    """Write such options out, in place."""
    calls = [
        each for each in walk(tree) if isinstance(each, ast.Call) and any(keyword.arg is None for keyword in each.keywords)
    ]
    if not calls:
        return
    known = _Dicts(tree)
    for call in calls:
        keywords: list[ast.keyword] = []
        for keyword in call.keywords:
            pairs = known.pairs(keyword.value) if keyword.arg is None else None
            if pairs is None:
                keywords.append(keyword)
            else:
                keywords += [located(ast.keyword(name, copy.deepcopy(value)), keyword) for name, value in pairs.items()]
        names = [each.arg for each in keywords if each.arg is not None]
        if len(set(names)) == len(names):
            call.keywords = keywords


class _Dicts:
    """The dicts of a program that stand for options."""

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
                case ast.alias(name=name, asname=other):
                    self.bindings.setdefault(other or name.partition(".")[0], []).append(each)
                case ast.ExceptHandler(name=str(name)):
                    self.bindings.setdefault(name, []).append(each)

    def pairs(self, node: ast.expr) -> dict[str, ast.expr] | None:
        """The names and values of a dict; None when they are not known."""
        match node:
            case ast.Dict(keys=keys, values=values):
                found: dict[str, ast.expr] = {}
                for key, value in zip(keys, values, strict=True):
                    if key is None:
                        inner = self.pairs(value)
                        if inner is None:
                            return None
                        found |= inner
                    elif isinstance(key, ast.Constant) and isinstance(key.value, str) and key.value.isidentifier():
                        found[key.value] = value
                    else:
                        return None
                return found
            case ast.Call(func=ast.Name(id="dict"), args=[], keywords=keywords) if "dict" not in self.bindings:
                found = {}
                for keyword in keywords:
                    inner = {keyword.arg: keyword.value} if keyword.arg is not None else self.pairs(keyword.value)
                    if inner is None:
                        return None
                    found |= inner
                return found
            case ast.Name(id=name):
                return self._named(node, name)
        return None

    def _named(self, node: ast.expr, name: str) -> dict[str, ast.expr] | None:
        bound = self.bindings.get(name, [])
        statement = self.parents.get(bound[0]) if len(bound) == 1 else None
        if not isinstance(statement, ast.Assign) or statement.targets != [bound[0]]:
            return None
        holder = self._holder(statement)
        if not isinstance(holder, ast.Module) and holder is not self._holder(node):
            return None
        if not all(self._only_reads(each) for each in self.reads.get(name, [])):
            return None
        found = self.pairs(statement.value)
        together = self._follows(statement, node)
        return found if found is not None and all(self._stays(each, together) for each in found.values()) else None

    def _follows(self, statement: ast.stmt, node: ast.AST) -> bool:
        """Whether an expression stands behind a statement of the same block: in a loop, they run in the same round."""
        while node in self.parents and not isinstance(node, ast.FunctionDef | ast.Lambda):
            parent = self.parents[node]
            if parent is self.parents[statement]:
                blocks = [each for _, each in ast.iter_fields(parent) if isinstance(each, list) and node in each]
                return any(statement in each and each.index(statement) < each.index(node) for each in blocks)
            node = parent
        return False

    def _in_loop(self, node: ast.AST) -> bool:
        while node in self.parents and not isinstance(node, ast.FunctionDef | ast.Lambda):
            node = self.parents[node]
            if isinstance(node, ast.For | ast.While | ast.comprehension):
                return True
        return False

    def _holder(self, node: ast.AST) -> ast.AST:
        while node in self.parents and not isinstance(node, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            node = self.parents[node]
        return node

    def _only_reads(self, node: ast.Name) -> bool:
        """Whether a use of the name leaves the dict as it is."""
        match self.parents[node]:
            case ast.keyword(arg=None) | ast.FormattedValue() | ast.Subscript(ctx=ast.Load()):
                return True
            case ast.Dict(keys=keys, values=values):
                return any(key is None and value is node for key, value in zip(keys, values, strict=True))
            case ast.For(iter=source):
                return source is node
            case ast.Call(func=ast.Name(id=function)):
                return function in _SHOWING
            case ast.Attribute(attr=method):
                return method in _READING
        return False

    def _stays(self, node: ast.expr, together: bool) -> bool:
        """Whether an expression is the same wherever it is evaluated; `together`: in the same round of every loop."""
        match node:
            case ast.Constant():
                return True
            case ast.UnaryOp(operand=operand):
                return self._stays(operand, together)
            case ast.Tuple(elts=elements):
                return all(self._stays(each, together) for each in elements)
            case ast.Name(id=name):
                bound = self.bindings.get(name, [])
                return len(bound) == 1 and (together or not (isinstance(bound[0], ast.arg) or self._in_loop(bound[0])))
        return False
