"""Names for types: `Expr = Num | Add`, `Grid: TypeAlias = list[list[int]]`, `UserId = NewType("UserId", int)`.

    Expr = Num | Add                          def total(e: Num | Add) -> int:
    def total(e: Expr) -> int:                    if isinstance(e, (Num, Add)):
        if isinstance(e, Expr):

An annotation may stand before the name has a meaning, so the type is written where its name stands. An alias that is used as anything but a
type stays as it is. What `NewType` makes gives back what it is called with.
"""

from __future__ import annotations

import ast
import copy

from batuta.analysis.imports import imported_names, qualified_name
from batuta.python.new_nodes import located
from batuta.python.walk import Transformer, children, walk

_PLAIN = ("int", "float", "str", "bool", "bytes", "complex", "object", "list", "dict", "set", "tuple", "frozenset", "type")
_GENERIC = ("list", "dict", "set", "tuple", "frozenset", "type")


def write_out_aliases(tree: ast.Module) -> None:
    """Write types in the place of their names, in place."""
    assigned = [each for each in tree.body if _target_of(each) is not None]
    if not assigned:
        return
    imports = imported_names(tree)
    classes = {each.name for each in tree.body if isinstance(each, ast.ClassDef)}
    aliases: dict[str, tuple[ast.stmt, ast.expr]] = {}
    made: dict[str, ast.stmt] = {}
    named = {(_target_of(each) or ("",))[0] for each in assigned}
    known = {*classes, *named}
    for each in assigned:
        target, value = _target_of(each) or ("", ast.Constant(None))
        if isinstance(value, ast.Call) and qualified_name(value.func, imports) == "typing.NewType" and len(value.args) == 2:
            made[target] = each
            aliases[target] = each, value.args[1]
        elif isinstance(each, ast.AnnAssign):
            if qualified_name(each.annotation, imports) == "typing.TypeAlias":
                aliases[target] = each, value
        elif _names_type(value, imports, known):
            aliases[target] = each, value
    # What only looked like the name of a type is none for the others either.
    while dropped := [
        name
        for name, (each, value) in aliases.items()
        if isinstance(each, ast.Assign) and name not in made and not _names_type(value, imports, {*classes, *aliases})
    ]:
        for name in dropped:
            del aliases[name]
    if not aliases:
        return
    for name in _rebound(tree, aliases):
        aliases.pop(name, None)
    writer = _Writer({name: value for name, (_, value) in aliases.items()}, set(made) & set(aliases), imports)
    writer.visit(tree)
    own = {each for each, _ in aliases.values()}
    read = {
        node.id
        for statement in tree.body
        if statement not in own
        for node in walk(statement)
        if isinstance(node, ast.Name) and node.id in aliases
    }
    gone = [each for name, (each, _) in aliases.items() if name not in read]
    for index, each in enumerate(tree.body):
        if each in gone:
            tree.body[index] = located(ast.Pass(), each)


def _target_of(node: ast.stmt) -> tuple[str, ast.expr] | None:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return name, value
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            return name, value
    return None


def _rebound(tree: ast.Module, aliases: dict[str, tuple[ast.stmt, ast.expr]]) -> set[str]:
    """Names that are bound more than once: they may mean something else somewhere."""
    seen: dict[str, int] = {}
    for node in walk(tree):
        name = ""
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            name = node.id
        elif isinstance(node, ast.arg):
            name = node.arg
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            name = node.name
        if name in aliases:
            seen[name] = seen.get(name, 0) + 1
    return {name for name, count in seen.items() if count > 1}


def _names_type(node: ast.expr, imports: dict[str, str], known: set[str]) -> bool:
    """Whether an expression names a type and nothing else."""
    match node:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return all(_is_type(each, imports, known) for each in (left, right))
        case ast.Subscript(value=head):
            name = qualified_name(head, imports)
            return name.startswith(("typing.", "collections.")) or (isinstance(head, ast.Name) and head.id in _GENERIC)
    return False


def _is_type(node: ast.expr, imports: dict[str, str], known: set[str]) -> bool:
    match node:
        case ast.Name(id=name) if name in _PLAIN or name in known:
            return True
        case ast.Constant(value=None | str()):
            return True
    return _names_type(node, imports, known) or qualified_name(node, imports).rpartition(".")[2][:1].isupper()


class _Writer(Transformer):
    def __init__(self, aliases: dict[str, ast.expr], made: set[str], imports: dict[str, str]) -> None:
        self.aliases, self.made, self.imports = aliases, made, imports

    def _type(self, node: ast.expr | None, inside: frozenset[str] = frozenset()) -> ast.expr | None:
        """An annotation with types for their names; a type that is part of itself keeps its name there."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if not any(name in node.value for name in self.aliases):
                return node
            try:
                node = located(ast.parse(node.value.strip(), mode="eval").body, node)
            except SyntaxError:
                return node
        if isinstance(node, ast.Name) and node.id in self.aliases and node.id not in inside:
            held = copy.deepcopy(self.aliases[node.id])
            return self._type(_placed(held, node), inside | {node.id})
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id in self.aliases:
            # A generic alias with its arguments: only what it is an alias of is known.
            return self._type(node.value, inside)
        if node is not None:
            for field, value in ast.iter_fields(node):
                if isinstance(value, ast.expr):
                    setattr(node, field, self._type(value, inside))
                elif isinstance(value, list):
                    setattr(node, field, [self._type(each, inside) if isinstance(each, ast.expr) else each for each in value])
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = self._type(node.annotation)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = self._type(node.returns)
        return self.generic_visit(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        node.returns = self._type(node.returns)
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = self._type(node.annotation) or node.annotation
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        match node:
            case ast.Call(func=ast.Name(id=name), args=[ast.expr() as given], keywords=[]) if name in self.made:
                return given
            case ast.Call(func=ast.Name(id="isinstance" | "issubclass"), args=[_, classes]):
                node.args[1] = self._classes(classes)
            case ast.Call(func=ast.Attribute(attr="cast") | ast.Name(id="cast"), args=[kind, _]):
                if qualified_name(node.func, self.imports) == "typing.cast":
                    node.args[0] = self._type(kind) or kind
        return node

    def _classes(self, node: ast.expr) -> ast.expr:
        """What `isinstance` asks for, with the classes of a union listed."""
        if isinstance(node, ast.Tuple):
            listed: list[ast.expr] = []
            for each in node.elts:
                inner = self._classes(each)
                listed.extend(inner.elts if isinstance(inner, ast.Tuple) and inner is not each else [inner])
            node.elts = listed
            return node
        if not isinstance(node, ast.Name) or node.id not in self.aliases:
            return node
        held = self._type(copy.deepcopy(node))
        members: list[ast.expr] = []
        if not _members(held, self.imports, members):
            return node
        return located(ast.Tuple(members, ast.Load()), node)


def _members(node: ast.expr | None, imports: dict[str, str], found: list[ast.expr]) -> bool:
    """Collect the classes of a union. Whether there is nothing else in it."""
    match node:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _members(left, imports, found) and _members(right, imports, found)
        case ast.Subscript(value=head, slice=ast.Tuple(elts=parts)) if qualified_name(head, imports) == "typing.Union":
            return all(_members(each, imports, found) for each in parts)
        case ast.Constant(value=None):
            found.append(ast.Call(ast.Name("type", ast.Load()), [node], []))
            return True
        case ast.Name() | ast.Attribute():
            found.append(node)
            return True
    return False


def _placed(node: ast.expr, at: ast.expr) -> ast.expr:
    """An expression with the position of another in all its parts."""
    todo: list[ast.AST] = [node]
    for each in todo:
        ast.copy_location(each, at)
        todo.extend(children(each))
    return node
