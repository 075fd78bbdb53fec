"""Which assignment does a name mean? Scopes, and the versions of each variable.

A Python name that is bound again with another meaning (`x = input()`, then `x = int(x)`) is two variables in Rust. Definitions that can
reach a common use belong together: such a set is a *version*. Found by reaching definitions over the statement tree; a variable
that another scope reads (a closure, or a function reading a global) has one version only, since any of its bindings may be seen.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from batuta.python.walk import children, walk

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
ScopeNode = ast.Module | FunctionNode | ast.ClassDef | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(eq=False, repr=False)
class Version:
    """One variable as Rust will see it."""

    name: str
    scope: Scope
    definitions: list[ast.AST] = field(default_factory=list)
    uses: list[ast.Name] = field(default_factory=list)
    maybe_unbound: bool = False
    captured: bool = False
    parameter: bool = False

    def __repr__(self) -> str:
        return f"<{self.name} of {self.scope.name}>"


@dataclass(eq=False, repr=False)
class Scope:
    """A function, a comprehension, a class body or the module."""

    node: ScopeNode
    name: str
    parent: Scope | None
    bound: set[str] = field(default_factory=set)
    globals: set[str] = field(default_factory=set)
    nonlocals: set[str] = field(default_factory=set)
    children: list[Scope] = field(default_factory=list)
    shared: set[str] = field(default_factory=set)
    """Names of this scope that another scope reads or writes."""
    versions: list[Version] = field(default_factory=list)
    read_deleted: list[ast.Name] = field(default_factory=list)
    """Where a name may be read of which `del` took the value."""
    swallowing: bool | None = None
    """Whether the program has a class that ends the exceptions of a block; of the module, once it was asked."""

    @property
    def is_function(self) -> bool:
        return isinstance(self.node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)

    def owner_of(self, name: str) -> Scope | None:
        """The scope whose variable `name` means here, or None for builtins."""
        if name in self.globals:
            return self.module
        if name in self.bound and name not in self.nonlocals:
            return self
        scope = self.parent
        while scope is not None:
            if (
                name in scope.bound
                and name not in scope.nonlocals
                and name not in scope.globals
                and not isinstance(scope.node, ast.ClassDef)
            ):
                return scope
            if name in scope.globals:
                return self.module
            scope = scope.parent
        return None

    @property
    def module(self) -> Scope:
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope


@dataclass
class Bindings:
    """The result: the version that each name node means, and the scope of each node that opens one."""

    module: Scope
    versions: dict[ast.AST, Version]
    """For `ast.Name` nodes, `ast.arg` nodes, and handlers, definitions and imports that bind a name."""
    scopes: dict[ast.AST, Scope]
    _by_name: dict[Scope, dict[str, Version]] = field(default_factory=dict)
    """The first version of each name of a scope. The module of a long file has many, and every function asks for them."""

    def version_of(self, node: ast.AST, name: str, scope: Scope) -> Version | None:
        """The version that a name means in a scope; None for builtins."""
        found = self.versions.get(node)
        if found is not None:
            return found
        owner = scope.owner_of(name)
        if owner is None:
            return None
        by_name = self._by_name.get(owner)
        if by_name is None:
            by_name = self._by_name[owner] = {}
            for each in owner.versions:
                by_name.setdefault(each.name, each)
        return by_name.get(name)


def bind(tree: ast.Module) -> Bindings:
    """Find scopes and versions of a whole module."""
    scopes: dict[ast.AST, Scope] = {}
    module = find_scopes(tree, scopes)
    _mark_shared(module, scopes)
    versions: dict[ast.AST, Version] = {}
    shared: dict[tuple[Scope, str], Version] = {}
    for scope in scopes.values():
        _Flow(scope, scopes, versions, shared).run()
    return Bindings(module, versions, scopes)


class _ScopeFinder(ast.NodeVisitor):
    def __init__(self, module: Scope, scopes: dict[ast.AST, Scope]) -> None:
        self.scope = module
        self.scopes = scopes

    def open(self, node: ScopeNode, name: str) -> Scope:
        scope = Scope(node, name, self.scope)
        self.scope.children.append(scope)
        self.scopes[node] = scope
        return scope

    def inside(self, scope: Scope, nodes: list[ast.AST]) -> None:
        before, self.scope = self.scope, scope
        for node in nodes:
            self.visit(node)
        self.scope = before

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self.scope.bound.add(node.name)
        for each in [*node.decorator_list, *node.args.defaults, *[d for d in node.args.kw_defaults if d]]:
            self.visit(each)
        scope = self.open(node, node.name)
        self._parameters(scope, node.args)
        self.inside(scope, list(node.body))

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node: ast.Lambda) -> None:
        for each in [*node.args.defaults, *[d for d in node.args.kw_defaults if d]]:
            self.visit(each)
        scope = self.open(node, "lambda")
        self._parameters(scope, node.args)
        self.inside(scope, [node.body])

    @staticmethod
    def _parameters(scope: Scope, arguments: ast.arguments) -> None:
        for each in parameters(arguments):
            scope.bound.add(each.arg)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.scope.bound.add(node.name)
        for each in [*node.bases, *node.keywords, *node.decorator_list]:
            self.visit(each)
        self.inside(self.open(node, node.name), list(node.body))

    def _comprehension(self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> None:
        self.visit(node.generators[0].iter)
        scope = self.open(node, "comprehension")
        inner: list[ast.AST] = []
        for index, generator in enumerate(node.generators):
            inner.append(generator.target)
            if index:
                inner.append(generator.iter)
            inner.extend(generator.ifs)
        inner.extend([node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt])
        self.inside(scope, inner)

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _comprehension

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store | ast.Del):
            self.scope.bound.add(node.id)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        scope = self.scope
        while isinstance(scope.node, COMPREHENSIONS) and scope.parent is not None:
            scope = scope.parent
        scope.bound.add(node.target.id)
        if scope is not self.scope:
            self.scope.nonlocals.add(node.target.id)
        self.visit(node.value)

    def visit_Global(self, node: ast.Global) -> None:
        self.scope.globals.update(node.names)
        self.scope.module.bound.update(node.names)

    def visit_Nonlocal(self, node: ast.Nonlocal) -> None:
        self.scope.nonlocals.update(node.names)

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> None:
        for alias in node.names:
            self.scope.bound.add(alias.asname or alias.name.split(".")[0])

    visit_ImportFrom = visit_Import

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.name:
            self.scope.bound.add(node.name)
        self.generic_visit(node)

    def visit_MatchAs(self, node: ast.MatchAs) -> None:
        if node.name:
            self.scope.bound.add(node.name)
        self.generic_visit(node)

    def visit_MatchStar(self, node: ast.MatchStar) -> None:
        if node.name:
            self.scope.bound.add(node.name)


def parameters(arguments: ast.arguments) -> list[ast.arg]:
    """All parameters in the order of the signature, `*args` and `**kwargs` included."""
    found = [*arguments.posonlyargs, *arguments.args]
    if arguments.vararg:
        found.append(arguments.vararg)
    found.extend(arguments.kwonlyargs)
    if arguments.kwarg:
        found.append(arguments.kwarg)
    return found


def find_scopes(tree: ast.Module, scopes: dict[ast.AST, Scope]) -> Scope:
    """The scope of a module; `scopes` receives it and all inside it, by node."""
    module = Scope(tree, "module", None)
    scopes[tree] = module
    finder = _ScopeFinder(module, scopes)
    for each in tree.body:
        finder.visit(each)
    return module


def _mark_shared(module: Scope, scopes: dict[ast.AST, Scope]) -> None:
    """Mark the names that a scope other than their own uses. A comprehension runs in place, so it does not count."""

    def walk(scope: Scope, node: ast.AST) -> None:
        for child in children(node):
            inner = scopes.get(child, scope)
            if isinstance(child, ast.Name):
                owner = scope.owner_of(child.id)
                if owner is not None and owner is not scope and _function_of(owner) is not _function_of(scope):
                    owner.shared.add(child.id)
            walk(inner, child)

    walk(module, module.node)


def _function_of(scope: Scope) -> Scope:
    while isinstance(scope.node, COMPREHENSIONS) and scope.parent is not None:
        scope = scope.parent
    return scope


_State = dict[str, frozenset[int]]


def swallows(node: ast.FunctionDef) -> bool:
    """Whether it is an `__exit__` that may return something true, so that an exception of the block ends there."""
    return node.name == "__exit__" and any(
        isinstance(each, ast.Return)
        and each.value is not None
        and not (isinstance(each.value, ast.Constant) and not each.value.value)
        for each in walk(node)
    )


class _Flow:
    """Reaching definitions of one scope. Comprehensions inside are walked in place."""

    def __init__(
        self,
        scope: Scope,
        scopes: dict[ast.AST, Scope],
        versions: dict[ast.AST, Version],
        shared: dict[tuple[Scope, str], Version],
    ) -> None:
        self.scope = scope
        self.scopes = scopes
        self.versions = versions
        self.shared = shared
        self.state: _State | None = {}
        self.nodes: list[tuple[str, ast.AST | None]] = []
        self.parent: list[int] = []
        self.unbound: dict[str, int] = {}
        self.deleted: dict[str, int] = {}
        """What stands for a name of which the value was deleted."""
        self.uses: list[tuple[ast.Name, frozenset[int]]] = []
        self.used: dict[ast.Name, set[int]] = {}
        self.breaks: list[list[_State]] = []
        self.continues: list[list[_State]] = []
        self.raising: list[list[_State]] = []
        self.of_node: dict[ast.AST, int] = {}

    # -- union-find over definitions

    def _new(self, name: str, node: ast.AST | None) -> int:
        if node is not None and node in self.of_node:
            return self.of_node[node]
        self.nodes.append((name, node))
        self.parent.append(len(self.parent))
        if node is not None:
            self.of_node[node] = len(self.parent) - 1
        return len(self.parent) - 1

    def _find(self, index: int) -> int:
        while self.parent[index] != index:
            self.parent[index] = self.parent[self.parent[index]]
            index = self.parent[index]
        return index

    def run(self) -> None:
        scope = self.scope
        node = scope.node
        if isinstance(node, COMPREHENSIONS):
            self._comprehension_scope(node)
            return
        own = {name for name in scope.bound if name not in scope.globals and name not in scope.nonlocals}
        for name in own:
            self.unbound[name] = self._new(name, None)
        self.state = {name: frozenset([self.unbound[name]]) for name in own}
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            for each in parameters(node.args):
                self.state[each.arg] = frozenset([self._new(each.arg, each)])
        self._block(node.body if isinstance(node.body, list) else [ast.Expr(node.body)])
        self._finish()

    def _comprehension_scope(self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> None:
        own = {name for name in self.scope.bound if name not in self.scope.nonlocals}
        made = {name: Version(name, self.scope) for name in own}
        self.scope.versions.extend(made.values())

        def walk(inner: ast.AST, scope: Scope) -> None:
            for child in children(inner):
                if isinstance(child, ast.Name) and scope.owner_of(child.id) is self.scope:
                    self.versions[child] = made[child.id]
                    (made[child.id].definitions if isinstance(child.ctx, ast.Store) else made[child.id].uses).append(child)
                walk(child, self.scopes.get(child, scope))

        # The first iterable belongs to the scope outside.
        first = node.generators[0].iter
        for child in children(node):
            if isinstance(child, ast.comprehension):
                for part in [child.target, *([child.iter] if child.iter is not first else []), *child.ifs]:
                    walk(ast.Expr(part), self.scope)
            elif isinstance(child, ast.expr):
                walk(ast.Expr(child), self.scope)

    def _finish(self) -> None:
        for name_node, read in self.uses:
            self.used.setdefault(name_node, set()).update(read)
        for reaching in self.used.values():
            real = [each for each in reaching if self.nodes[each][1] is not None]
            for each in real[1:]:
                self.parent[self._find(each)] = self._find(real[0])
        by_name: dict[str, int] = {}
        for index, (name, node) in enumerate(self.nodes):
            if name in self.scope.shared and node is not None:
                if name in by_name:
                    self.parent[self._find(index)] = self._find(by_name[name])
                by_name.setdefault(name, index)
        made: dict[int, Version] = {}
        for index, (name, node) in enumerate(self.nodes):
            if node is None:
                continue
            root = self._find(index)
            if root not in made:
                made[root] = Version(name, self.scope, captured=name in self.scope.shared)
                self.scope.versions.append(made[root])
            made[root].definitions.append(node)
            made[root].parameter |= isinstance(node, ast.arg)
            self.versions[node] = made[root]
        gone = set(self.deleted.values())
        for name_node, reaching in self.used.items():
            if reaching & gone:
                self.scope.read_deleted.append(name_node)
            real = [each for each in reaching if self.nodes[each][1] is not None]
            if real:
                version = made[self._find(real[0])]
                version.maybe_unbound |= len(real) < len(reaching)
            else:
                version = next((each for each in self.scope.versions if each.name == name_node.id), None) or Version(
                    name_node.id, self.scope
                )
                if version not in self.scope.versions:
                    self.scope.versions.append(version)
                version.maybe_unbound = version.maybe_unbound or not version.captured
            version.uses.append(name_node)
            self.versions[name_node] = version
        for version in self.scope.versions:
            if version.captured:
                self.shared[(self.scope, version.name)] = version

    # -- statements

    def _block(self, body: list[ast.stmt]) -> None:
        for statement in body:
            self._statement(statement)

    @staticmethod
    def _join(*states: _State | None) -> _State | None:
        alive = [each for each in states if each is not None]
        if not alive:
            return None
        joined = dict(alive[0])
        for state in alive[1:]:
            for name, reaching in state.items():
                held = joined.get(name)
                if held is not reaching:
                    joined[name] = reaching if held is None else held | reaching
        return joined

    def _note_raise(self) -> None:
        if self.state is not None:
            for each in self.raising:
                each.append(dict(self.state))

    def _statement(self, node: ast.stmt) -> None:
        self._note_raise()
        match node:
            case ast.If():
                self._expression(node.test)
                before = self.state
                self._block(node.body)
                after_body = self.state
                self.state = dict(before) if before is not None else None
                self._block(node.orelse)
                self.state = self._join(after_body, self.state)
            case ast.While() | ast.For() | ast.AsyncFor():
                self._loop(node)
            case ast.Try() | ast.TryStar():
                self._try(node)
            case ast.With() | ast.AsyncWith():
                for item in node.items:
                    self._expression(item.context_expr)
                    if item.optional_vars is not None:
                        self._expression(item.optional_vars)
                # Where its exceptions may end with it, the block may end anywhere, and what follows it runs all the same.
                swallowing = self._may_swallow()
                if swallowing:
                    self.raising.append([dict(self.state)] if self.state is not None else [])
                self._block(node.body)
                if swallowing:
                    self.state = self._join(self.state, *self.raising.pop())
            case ast.Match():
                self._match(node)
            case ast.Break():
                if self.state is not None and self.breaks:
                    self.breaks[-1].append(self.state)
                self.state = None
            case ast.Continue():
                if self.state is not None and self.continues:
                    self.continues[-1].append(self.state)
                self.state = None
            case ast.Return() | ast.Raise():
                for child in children(node):
                    self._expression(child)
                self.state = None
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                for each in [*node.decorator_list, *node.args.defaults, *[d for d in node.args.kw_defaults if d]]:
                    self._expression(each)
                self._define(node.name, node)
            case ast.ClassDef():
                for each in [*node.bases, *[k.value for k in node.keywords], *node.decorator_list]:
                    self._expression(each)
                self._define(node.name, node)
            case ast.Import() | ast.ImportFrom():
                for alias in node.names:
                    self._define(alias.asname or alias.name.split(".")[0], alias)
            case ast.Assign():
                self._expression(node.value)
                for target in node.targets:
                    self._expression(target)
            case ast.AnnAssign():
                if node.value is not None:
                    self._expression(node.value)
                    self._expression(node.target)
            case ast.AugAssign():
                self._expression(node.value)
                if isinstance(node.target, ast.Name):
                    self._augment(node.target)
                else:
                    self._expression(node.target)
            case _:
                for child in children(node):
                    self._expression(child)

    def _loop(self, node: ast.While | ast.For | ast.AsyncFor) -> None:
        if not isinstance(node, ast.While):
            self._expression(node.iter)
        entry = self.state
        exits: list[_State] = []
        after_test: _State | None = None
        for _ in range(2):
            self.breaks.append([])
            self.continues.append([])
            if isinstance(node, ast.While):
                self._expression(node.test)
                forever = isinstance(node.test, ast.Constant) and bool(node.test.value)
                after_test = None if forever else (dict(self.state) if self.state is not None else None)
            else:
                after_test = dict(self.state) if self.state is not None else None
                self._expression(node.target)
            self._block(node.body)
            self.state = self._join(self.state, *self.continues.pop())
            exits = self.breaks.pop()
            self.state = self._join(entry, self.state)
        if isinstance(node, ast.While):
            if self.state is not None and after_test is not None:
                after_test = self._join(after_test, self.state)
        else:
            after_test = self._join(after_test, self.state)
        self.state = after_test
        self._block(node.orelse)
        self.state = self._join(self.state, *exits)

    def _may_swallow(self) -> bool:
        """Whether a class of the program ends exceptions of a block."""
        top = self.scope
        while top.parent is not None:
            top = top.parent
        if top.swallowing is None:
            top.swallowing = any(swallows(each) for each in walk(top.node) if isinstance(each, ast.FunctionDef))
        return top.swallowing

    def _try(self, node: ast.Try | ast.TryStar) -> None:
        self.raising.append([dict(self.state)] if self.state is not None else [])
        self._block(node.body)
        if self.state is not None:
            self.raising[-1].append(dict(self.state))
        thrown = self._join(*self.raising.pop())
        self._block(node.orelse)
        ends = [self.state]
        for handler in node.handlers:
            self.state = dict(thrown) if thrown is not None else None
            if handler.type is not None:
                self._expression(handler.type)
            if handler.name:
                self._define(handler.name, handler)
            self._block(handler.body)
            ends.append(self.state)
        self.state = self._join(*ends)
        if node.finalbody:
            alive = self.state is not None
            if not alive:
                self.state = dict(thrown) if thrown is not None else None
            self._block(node.finalbody)
            if not alive:
                self.state = None

    def _match(self, node: ast.Match) -> None:
        self._expression(node.subject)
        before = self.state
        ends: list[_State | None] = []
        irrefutable = False
        for case in node.cases:
            self.state = dict(before) if before is not None else None
            for each in walk(case.pattern):
                if isinstance(each, ast.MatchAs | ast.MatchStar) and each.name:
                    self._define(each.name, each)
                elif isinstance(each, ast.expr):
                    self._expression(each)
            if case.guard is not None:
                self._expression(case.guard)
            elif isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None:
                irrefutable = True
            self._block(case.body)
            ends.append(self.state)
        self.state = self._join(*ends, None if irrefutable else before)

    # -- expressions

    def _define(self, name: str, node: ast.AST) -> None:
        if name in self.scope.globals or name in self.scope.nonlocals:
            return
        if self.state is None:
            self._new(name, node)
            return
        self.state = {**self.state, name: frozenset([self._new(name, node)])}

    def _augment(self, node: ast.Name) -> None:
        owner = self.scope.owner_of(node.id)
        if owner is not self.scope:
            return
        reaching = (self.state or {}).get(node.id, frozenset())
        index = self._new(node.id, node)
        for each in reaching:
            if self.nodes[each][1] is not None:
                self.parent[self._find(each)] = self._find(index)
        if self.state is not None:
            self.state = {**self.state, node.id: frozenset([index])}

    def _expression(self, node: ast.AST) -> None:
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Store):
                self._define(node.id, node)
            elif self.scope.owner_of(node.id) is self.scope:
                self.uses.append((node, (self.state or {}).get(node.id, frozenset())))
                if isinstance(node.ctx, ast.Del) and self.state is not None:
                    self.deleted.setdefault(node.id, self._new(node.id, None))
                    self.state = {**self.state, node.id: frozenset([self.deleted[node.id]])}
            return
        if isinstance(node, ast.Lambda):
            for each in [*node.args.defaults, *[d for d in node.args.kw_defaults if d]]:
                self._expression(each)
            return
        if isinstance(node, ast.NamedExpr):
            self._expression(node.value)
            self._define(node.target.id, node.target)
            return
        if isinstance(node, COMPREHENSIONS):
            self._inner_names(node)
            return
        if isinstance(node, ast.IfExp):
            self._expression(node.test)
            before = self.state
            self._expression(node.body)
            after = self.state
            self.state = before
            self._expression(node.orelse)
            self.state = self._join(after, self.state)
            return
        if isinstance(node, ast.BoolOp):
            self._expression(node.values[0])
            for value in node.values[1:]:
                before = self.state
                self._expression(value)
                self.state = self._join(before, self.state)
            return
        for child in children(node):
            self._expression(child)

    def _inner_names(self, node: ast.AST) -> None:
        """Uses of this scope's names inside a comprehension, which is walked in place."""
        self._expression(node.generators[0].iter)  # type: ignore[attr-defined]
        first = node.generators[0].iter  # type: ignore[attr-defined]

        def walk(inner: ast.AST, scope: Scope) -> None:
            for child in children(inner):
                if child is first:
                    continue
                if isinstance(child, ast.NamedExpr):
                    walk(ast.Expr(child.value), scope)
                    self._define(child.target.id, child.target)
                    continue
                if isinstance(child, ast.Name):
                    if isinstance(child.ctx, ast.Load) and scope.owner_of(child.id) is self.scope:
                        self.uses.append((child, (self.state or {}).get(child.id, frozenset())))
                    continue
                if isinstance(child, ast.Lambda):
                    continue
                walk(child, self.scopes.get(child, scope))

        walk(node, self.scopes[node])
