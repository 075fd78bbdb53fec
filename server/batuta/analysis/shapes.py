"""Shapes of arrays, as far as the program's text states them.

The type of an array says its dtype and its rank; how many elements it has is usually known only at run time. Where the text
says it (`np.zeros((1000, 3))`, a literal, arithmetic on such arrays, names that are assigned once), this file reads it, so
that a hover can name a size. What is not certain is None: nobody may act on a guess.
"""

from __future__ import annotations

import ast
import math
from dataclasses import dataclass, field

from batuta.python.walk import walk

Shape = tuple[int, ...]

_BY_SHAPE = {"zeros", "ones", "empty", "full"}
_BY_DIMENSIONS = {"rand", "randn"}
_BY_SIZE = {"random": 0, "random_sample": 0, "standard_normal": 0, "normal": 2, "uniform": 2, "randint": 2, "integers": 2}
_SAME = {
    *("exp", "log", "sqrt", "abs", "absolute", "sin", "cos", "tan", "tanh", "square", "sign", "floor", "ceil", "round", "clip"),
    *("negative", "copy", "astype", "zeros_like", "ones_like", "asarray", "cumsum", "sort", "maximum", "minimum", "array"),
}
_NUMPY = {"np", "numpy"}


@dataclass
class Shapes:
    """Answers for one file."""

    tree: ast.Module
    _assigned: dict[str, ast.expr | None] = field(default_factory=dict)
    _changed: set[str] = field(default_factory=set)
    """Names with an augmented assignment: it keeps the shape of an array, and neither a number nor a list's length."""

    def __post_init__(self) -> None:
        targets: set[ast.AST] = set()
        for node in walk(self.tree):
            match node:
                case ast.AugAssign(target=ast.Name(id=name) as target):
                    targets.add(target)
                    self._changed.add(name)
                case ast.Name() if node in targets:
                    pass
                case (
                    ast.Assign(targets=[ast.Name(id=name)], value=value) | ast.AnnAssign(target=ast.Name(id=name), value=value)
                ):
                    self._assigned[name] = None if name in self._assigned else value
                case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                    # Any other way to bind a name, and a second assignment, makes it uncertain.
                    if not (name in self._assigned and _is_plain_target(node, self._assigned[name])):
                        self._assigned[name] = None
                case ast.arg(arg=name):
                    self._assigned[name] = None
                case ast.alias(name=name, asname=other):
                    self._assigned[other or name] = None

    def of(self, node: ast.expr, depth: int = 0) -> Shape | None:
        """The shape of an expression: `()` for a number, None when the text does not say."""
        if depth > 30:
            return None
        match node:
            case ast.Constant(value=int() | float()):
                return ()
            case ast.Name(id=name):
                value = self._assigned.get(name)
                shape = None if value is None else self.of(value, depth + 1)
                return shape if name not in self._changed or (shape and isinstance(value, ast.Call)) else None
            case ast.List() | ast.Tuple():
                return self._literal(node, depth)
            case ast.UnaryOp(operand=operand):
                return self.of(operand, depth + 1)
            case ast.BinOp(left=left, op=ast.MatMult(), right=right):
                return _product(self.of(left, depth + 1), self.of(right, depth + 1))
            case ast.BinOp(left=left, right=right):
                return broadcast(self.of(left, depth + 1), self.of(right, depth + 1))
            case ast.Compare(left=left, comparators=[right]):
                return broadcast(self.of(left, depth + 1), self.of(right, depth + 1))
            case ast.Attribute(value=value, attr="T"):
                shape = self.of(value, depth + 1)
                return None if shape is None else shape[::-1]
            case ast.Call():
                return self._call(node, depth)
        return None

    def integer(self, node: ast.expr | None, depth: int = 0) -> int | None:
        """The value of a constant integer expression, or None."""
        match node:
            case ast.Constant(value=bool()):
                return None
            case ast.Constant(value=int(value)):
                return value
            case ast.Name(id=name) if depth < 30 and name not in self._changed:
                return self.integer(self._assigned.get(name), depth + 1)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                negated = self.integer(operand, depth + 1)
                return None if negated is None else -negated
            case ast.BinOp(left=left, op=operator, right=right):
                first, second = self.integer(left, depth + 1), self.integer(right, depth + 1)
                if first is None or second is None:
                    return None
                return _arithmetic(operator, first, second)
        return None

    def _dimensions(self, node: ast.expr | None, depth: int) -> Shape | None:
        """A shape argument: an integer or a tuple of integers."""
        if isinstance(node, (ast.Tuple, ast.List)):
            sizes = [self.integer(item, depth) for item in node.elts]
            return tuple(size for size in sizes if size is not None) if None not in sizes else None
        size = self.integer(node, depth)
        return None if size is None else (size,)

    def _literal(self, node: ast.List | ast.Tuple, depth: int) -> Shape | None:
        if not node.elts or any(isinstance(item, ast.Starred) for item in node.elts):
            return None
        inner = {self.of(item, depth + 1) for item in node.elts}
        shape = inner.pop()
        return None if inner or shape is None else (len(node.elts), *shape)

    def _call(self, node: ast.Call, depth: int) -> Shape | None:
        if not isinstance(node.func, ast.Attribute):
            return None
        name, owner = node.func.attr, node.func.value
        keywords = {each.arg: each.value for each in node.keywords if each.arg}
        first = node.args[0] if node.args else None
        module = isinstance(owner, ast.Name) and owner.id in _NUMPY
        if module and name in _BY_SHAPE:
            return self._dimensions(keywords.get("shape", first), depth)
        if name in _BY_DIMENSIONS and node.args:
            sizes = [self.integer(each) for each in node.args]
            return tuple(size for size in sizes if size is not None) if None not in sizes else None
        if name in _BY_SIZE and _is_random(owner):
            index = _BY_SIZE[name]
            size = keywords.get("size", node.args[index] if len(node.args) > index else None)
            return () if size is None else self._dimensions(size, depth)
        if module and name == "arange":
            return self._arange(node, depth)
        if module and name == "linspace":
            count = self.integer(keywords.get("num", node.args[2] if len(node.args) > 2 else ast.Constant(50)))
            return None if count is None else (count,)
        if module and name in ("eye", "identity"):
            rows = self.integer(first)
            columns = self.integer(node.args[1]) if len(node.args) > 1 else rows
            return None if rows is None or columns is None else (rows, columns)
        if name == "reshape":
            return self._reshape(node, depth, module)
        if name == "dot" and not module and first is not None:
            return _product(self.of(owner, depth + 1), self.of(first, depth + 1))
        if name in ("dot", "matmul") and module and len(node.args) == 2:
            return _product(self.of(node.args[0], depth + 1), self.of(node.args[1], depth + 1))
        if name in _SAME and "axis" not in keywords:
            return self.of(first, depth + 1) if module and first is not None else self.of(owner, depth + 1)
        return None

    def _arange(self, node: ast.Call, depth: int) -> Shape | None:
        bounds = [self.integer(each, depth) for each in node.args]
        if not bounds or None in bounds or any(each.arg not in ("dtype",) for each in node.keywords):
            return None
        return (len(range(*[bound for bound in bounds if bound is not None])),) if len(bounds) < 3 or bounds[2] else None

    def _reshape(self, node: ast.Call, depth: int, module: bool) -> Shape | None:
        assert isinstance(node.func, ast.Attribute)
        source = node.args[0] if module and node.args else node.func.value
        wanted = node.args[1:] if module else node.args
        shape = self.of(source, depth + 1)
        sizes = self._dimensions(wanted[0] if len(wanted) == 1 else ast.Tuple(elts=list(wanted)), depth)
        if sizes is None or sizes.count(-1) > 1:
            return None
        if -1 in sizes:
            rest = math.prod(size for size in sizes if size != -1)
            if shape is None or rest <= 0:
                return None
            return tuple(math.prod(shape) // rest if size == -1 else size for size in sizes)
        return sizes


def broadcast(left: Shape | None, right: Shape | None) -> Shape | None:
    """The shape of an element-wise operation, or None where the two do not fit or one is unknown."""
    if left is None or right is None:
        return None
    width = max(len(left), len(right))
    padded = [(1,) * (width - len(shape)) + shape for shape in (left, right)]
    sizes = []
    for first, second in zip(*padded, strict=True):
        if first != second and 1 not in (first, second):
            return None
        sizes.append(second if first == 1 else first)
    return tuple(sizes)


def _product(left: Shape | None, right: Shape | None) -> Shape | None:
    """The shape of a matrix product of one or two dimensions each."""
    if not left or not right or len(left) > 2 or len(right) > 2 or left[-1] != right[0]:
        return None
    return left[:-1] + right[1:]


def _arithmetic(operator: ast.operator, first: int, second: int) -> int | None:
    match operator:
        case ast.Add():
            return first + second
        case ast.Sub():
            return first - second
        case ast.Mult():
            return first * second
        case ast.FloorDiv() if second:
            return first // second
        case ast.Pow() if 0 <= second <= 64:
            return int(first**second)
    return None


def _is_random(owner: ast.expr) -> bool:
    """`np.random`, `rng`, `self.rng` …: something that draws."""
    name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
    return name in ("random", "rng", "generator", "random_state")


def _is_plain_target(node: ast.Name, value: ast.expr | None) -> bool:
    """Whether this binding is the one assignment that was noted: it stands right before its value."""
    return value is not None and (node.end_lineno or 0, node.end_col_offset or 0) <= (value.lineno, value.col_offset)
