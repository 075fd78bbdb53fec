"""Several files as one program: the statements of its modules in the order in which Python would run them, each name with its home.

A definition of `pkg/shapes.py` is called `pkg::shapes::Point` from here on (`ir/names.py`); names of the program's own file stay as they
are. What an import binds is replaced by what it means: `h.area` and an imported `area` both become `helpers::area`. So everything behind
this room sees one program with one module scope, and inference runs across files by itself. At the place of its first import stand the
statements of a module, as Python runs them there.

A name that is imported from a module which binds it again later is a copy of its value at the import: there an assignment takes the
place of the import. What cannot be told beforehand is refused at the import: a circular import of what is not defined yet, a module with
effects that is imported inside a function, a module used as a value.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from batuta.analysis.bindings import Scope, find_scopes, parameters
from batuta.catalog.index import catalog
from batuta.findings.codes import make_finding
from batuta.findings.finding import Finding
from batuta.ir.names import qualify
from batuta.python.held import held
from batuta.python.modules import MAIN, Module, Surroundings, imports_of, join, read_modules
from batuta.python.new_nodes import located
from batuta.python.source import Source
from batuta.python.walk import children, walk

_HARMLESS_BUILTINS = frozenset({
    "abs", "bool", "bytes", "chr", "complex", "dict", "divmod", "enumerate", "float", "frozenset", "int", "len", "list",
    "max", "min", "object", "ord", "pow", "range", "repr", "reversed", "round", "set", "slice", "sorted", "str", "sum",
    "tuple", "zip",
})  # fmt: skip
_HARMLESS_MODULES = frozenset({
    "abc", "collections", "dataclasses", "datetime", "decimal", "enum", "fractions", "functools", "itertools", "math",
    "operator", "re", "string", "typing",
})  # fmt: skip
"""Calls of these make values and do nothing that anybody could see."""


def link(main: Source, surroundings: Surroundings, prepare: Callable[[ast.Module], None]) -> tuple[Source, list[Finding]]:
    """One source for a program and the modules that it imports; `main` itself when there are none of its own.

    `prepare` runs over the tree of each file before names are replaced. The findings that come back lie in the joined text, as the
    spans of the result do; `Source.locate` gives file and line.
    """
    modules, findings = read_modules(main, surroundings)
    if findings or len(modules) == 1:
        relative = next((each for each in imports_of(main.tree) if isinstance(each, ast.ImportFrom) and each.level), None)
        if not findings and relative is not None and not surroundings.package:
            findings = [_without_package(main, relative)]
        return main, findings
    for module in modules.values():
        prepare(module.tree)
    source = join(modules)
    linker = _Linker(modules, surroundings, source)
    source.tree = linker.run()
    return source, linker.findings


def _without_package(source: Source, node: ast.ImportFrom) -> Finding:
    reason = "the file is not part of a package, so Python cannot resolve an import that begins with a dot"
    remedy = "Import the module by its name, or put an `__init__.py` beside the file."
    return make_finding("BAT108", reason, remedy, span=source.span(node), path=source.path)


@dataclass(frozen=True)
class _Imported:
    """What an import of the program's own modules binds a name to: a module, or a name of it."""

    module: str
    name: str = ""


@dataclass(eq=False)
class _File:
    """A module with its names."""

    module: Module
    scopes: dict[ast.AST, Scope]
    scope: Scope
    imports: dict[Scope, dict[str, _Imported]] = field(default_factory=dict)
    nodes: dict[ast.alias, list[tuple[str, _Imported]]] = field(default_factory=dict)
    """What each alias of an own import binds in its scope."""
    rebound: set[str] = field(default_factory=set)
    """Names that a function or another module assigns: they may change at any time."""
    copied: set[tuple[Scope, str]] = field(default_factory=set)
    """Imported names that are variables of their own."""
    bound: set[str] = field(default_factory=set)
    """Names that exist by now, while the module runs."""
    stores: Counter[tuple[Scope, str]] = field(default_factory=Counter)
    """How often each name is bound, imports of own modules aside."""
    state: str = "waiting"
    later: list[tuple[str, ast.AST]] = field(default_factory=list)
    """Modules that functions of this one import, and that import this one: they run when it is done."""

    @property
    def name(self) -> str:
        return self.module.name


class _Linker:
    def __init__(self, modules: dict[str, Module], surroundings: Surroundings, source: Source) -> None:
        self.surroundings = surroundings
        self.source = source
        self.findings: list[Finding] = []
        self.files: dict[str, _File] = {}
        self.known = set(modules)
        self.held = {name for name, module in modules.items() if module.held}
        for name, module in modules.items():
            scopes: dict[ast.AST, Scope] = {}
            self._settle_alternatives(module)
            self.files[name] = _File(module, scopes, find_scopes(module.tree, scopes))
        self.body: list[ast.stmt] = []

    def refuse(self, node: ast.AST, reason: str, remedy: str, code: str = "BAT108") -> None:
        self.findings.append(make_finding(code, reason, remedy, span=self.source.span(node), path=self.source.path))

    def run(self) -> ast.Module:
        """The program."""
        for file in self.files.values():
            self._shadows(file)
            self._star_imports(file, set())
        collected = [_Imports(self, file) for file in self.files.values()]
        for each in collected:
            each.collect()
        for each in collected:
            each.settle()
        for file in self.files.values():
            self._copies(file)
        main = self.files[MAIN]
        statements = list(main.module.tree.body)
        if ast.get_docstring(main.module.tree) is not None:
            self.body.append(statements.pop(0))
        if self.surroundings.package:
            self._load(self.surroundings.package, main.module.tree)
        self._execute(main, statements)
        self.source.parts = tuple(
            replace(
                each, doc=ast.get_docstring(self.files[each.module].module.tree) or "", imported=self._imported(each.module)
            )
            for each in self.source.parts
        )
        return ast.Module(self.body, [])

    def _imported(self, module: str) -> dict[str, str]:
        """Definitions of other files that a file imports by name."""
        file = self.files[module]
        found: dict[str, str] = {}
        for name, imported in file.imports.get(file.scope, {}).items():
            meant = self._meant(imported)
            if isinstance(meant, tuple) and (file.scope, name) not in file.copied:
                found.setdefault(qualify(*meant), name)
        return found

    # -- before names are replaced

    def _shadows(self, file: _File) -> None:
        """A file with the name of a standard or mapped module: which of the two Python takes depends on what it has loaded before."""
        top = file.name.partition(".")[0]
        if file.module.held:
            return
        if top and "." not in file.name and (top in sys.stdlib_module_names or top in catalog().modules):
            at = next(
                (
                    node
                    for other in self.files.values()
                    for node in imports_of(other.module.tree)
                    if top in _top_names(node, other, self.surroundings)
                ),
                file.module.tree,
            )
            self.refuse(
                at,
                f"`{top}` is the name of a module that is not the program's, and of the file {file.module.relative}",
                "Give the file a name of its own.",
            )

    def _settle_alternatives(self, module: Module) -> None:
        """`try: from fast import f` with `except ImportError:`: a module of the program is there, so nothing else is tried."""
        names = {"ImportError", "ModuleNotFoundError"}

        def settle(body: list[ast.stmt]) -> list[ast.stmt]:
            found: list[ast.stmt] = []
            for each in body:
                if (
                    isinstance(each, ast.Try)
                    and not each.finalbody
                    and all(
                        isinstance(inner, ast.Import | ast.ImportFrom) and self._all_own(inner, module) for inner in each.body
                    )
                    and all(isinstance(one.type, ast.Name) and one.type.id in names for one in each.handlers)
                ):
                    found.extend([*each.body, *each.orelse])
                else:
                    found.append(each)
            return found

        module.tree.body = settle(module.tree.body)

    def _all_own(self, node: ast.stmt, module: Module) -> bool:
        assert isinstance(node, ast.Import | ast.ImportFrom)
        return self._is_own(node, module) == len(node.names)

    def _is_own(self, node: ast.Import | ast.ImportFrom, module: Module) -> int:
        """How many names of an import come from modules of the program."""
        if isinstance(node, ast.Import):
            return sum(alias.name in self.known for alias in node.names)
        base = module.base(node, self.surroundings)
        if base is None:
            return 0
        if base:
            if base in self.held:
                return sum(self.offers(base, alias.name) for alias in node.names)
            return len(node.names) if base in self.known else 0
        return sum(alias.name in self.known for alias in node.names)

    def offers(self, module: str, name: str) -> bool:
        """Whether a name of one of the files comes from it: what a module of the standard library does not hold is in the catalog."""
        found = held(module) if module in self.held else None
        return found is None or name in found.names

    def _star_imports(self, file: _File, active: set[str]) -> None:
        """`from helpers import *` with the names that it brings."""
        if file.name in active:
            return
        for node in list(imports_of(file.module.tree)):
            if not isinstance(node, ast.ImportFrom) or node.names[0].name != "*":
                continue
            base = file.module.base(node, self.surroundings)
            other = self.files.get(base) if base else None
            if other is None:
                continue
            self._star_imports(other, active | {file.name})
            names = _public_names(other)
            if names is None:
                self.refuse(
                    node, f"`__all__` of `{other.name}` is not a plain list of texts", "Import the names that are used."
                )
                names = []
            node.names = [ast.copy_location(ast.alias(each), node) for each in names]
            file.scope.bound.discard("*")
            file.scope.bound.update(names)

    def _copies(self, file: _File) -> None:
        """Which imported names are copies of a value, because what they name is bound again."""
        for scope, names in file.imports.items():
            for name, imported in names.items():
                meant = self._meant(imported)
                if isinstance(meant, tuple) and meant[1] in self.files[meant[0]].rebound:
                    file.copied.add((scope, name))

    # -- what a name means

    def _meant(self, imported: _Imported, seen: frozenset[_Imported] = frozenset()) -> tuple[str, str] | str | None:
        """The module and name of a definition, or the name of a module, or None where there is no such thing."""
        if not imported.name:
            return imported.module
        if imported in seen:
            return None
        return self._member(imported.module, imported.name, seen | {imported})

    def _member(self, module: str, name: str, seen: frozenset[_Imported] = frozenset()) -> tuple[str, str] | str | None:
        file = self.files[module]
        if name in file.scope.bound:
            inner = file.imports.get(file.scope, {}).get(name)
            # `from . import settings` in a package's own file binds the module of that name.
            itself = inner == _Imported(module, name) and f"{module}.{name}" in self.files
            if inner is not None and (file.scope, name) not in file.copied and not itself:
                return self._meant(inner, seen)
            if itself:
                return f"{module}.{name}"
            return module, name
        return f"{module}.{name}" if f"{module}.{name}" in self.files else None

    # -- running modules

    def _execute(self, file: _File, statements: list[ast.stmt]) -> None:
        file.state = "running"
        for each in statements:
            self._statement(file, each)
        file.state = "done"
        for name, node in file.later:
            self._load(name, node)

    def _statement(self, file: _File, node: ast.stmt) -> None:
        if isinstance(node, ast.Import | ast.ImportFrom):
            self._import(file, node)
            return
        if isinstance(node, ast.If) and _is_type_checking(node.test):
            for each in node.orelse:
                self._statement(file, each)
            return
        if file.name and isinstance(node, ast.If) and _is_main_guard(node.test):
            for each in node.orelse:
                self._statement(file, each)
            return
        if file.name and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return
        for inner in _imports_inside(node):
            for alias in inner.names:
                for _, imported in file.nodes.get(alias, []):
                    self._load_quietly(file, imported, inner)
        renamed = _Renamer(self, file).statement(node, file.scope)
        self.body.extend(renamed)
        file.bound |= _names_bound(node)

    def _import(self, file: _File, node: ast.Import | ast.ImportFrom) -> None:
        library: list[ast.alias] = []
        for alias in node.names:
            if alias not in file.nodes:
                library.append(alias)
                continue
            if isinstance(node, ast.Import):
                self._load(alias.name, node)
            else:
                base = file.module.base(node, self.surroundings)
                assert base is not None
                if base:
                    self._load(base, node)
                inner = f"{base}.{alias.name}" if base else alias.name
                if inner in self.files and not (base and alias.name in self.files[base].bound):
                    self._load(inner, node)
            for name, imported in file.nodes[alias]:
                self.body.extend(self.arrived(file, node, file.scope, name, imported))
                file.bound.add(name)
        if library:
            node.names = library
            self.body.extend(_Renamer(self, file).statement(node, file.scope))
            file.bound |= _names_bound(node)

    def arrived(self, file: _File, node: ast.stmt, scope: Scope, name: str, imported: _Imported) -> list[ast.stmt]:
        """What an import of an own name leaves behind: nothing, or the assignment of a copy."""
        meant = self._meant(imported)
        if meant is None:
            reason = f"`{imported.module or 'the program'}` has no name `{imported.name}`"
            self.refuse(node, reason, "Import a name that the module binds.")
            return []
        if isinstance(meant, tuple):
            other = self.files[meant[0]]
            if other.state == "running" and meant[1] not in other.bound:
                reason = f"the import is circular: `{meant[1]}` of `{other.name}` is not bound yet when this import runs"
                self.refuse(node, reason, "Move what both modules need into a third one.")
                return []
            if other.state == "running" and other is not file and other.stores[other.scope, meant[1]] > 1:
                reason = f"the import is circular, and `{other.name}` may bind `{meant[1]}` again after it"
                self.refuse(node, reason, "Move what both modules need into a third one.")
                return []
        if (scope, name) not in file.copied:
            return []
        assert isinstance(meant, tuple)
        target = ast.Name(qualify(file.name, name) if scope is file.scope else name, ast.Store())
        return [located(ast.Assign([target], ast.Name(qualify(*meant), ast.Load())), node)]

    def _load(self, name: str, node: ast.AST) -> None:
        """Run a module and the packages that it stands in, unless that has been done."""
        parts = name.split(".")
        for count in range(len(parts)):
            file = self.files.get(".".join(parts[: count + 1]))
            if file is not None and file.state == "waiting":
                if file.name == self.surroundings.main:
                    self.refuse(
                        node, "the file that is run is imported as a module too, and would run twice", "Import another one."
                    )
                    file.state = "done"
                    continue
                package, _, own = file.name.rpartition(".")
                if package in self.files and own in self.files[package].bound and not file.module.held:
                    reason = f"the import of `{file.name}` replaces `{own}`, which `{package}` has bound to something else"
                    self.refuse(node, reason, "Use two names.")
                self._execute(file, list(file.module.tree.body))

    def _load_quietly(self, file: _File, imported: _Imported, node: ast.AST) -> None:
        """Run the modules of an import that stands inside another statement, where nobody can see when they run."""
        meant = [imported.module]
        if imported.name and f"{imported.module}.{imported.name}" in self.files:
            meant.append(f"{imported.module}.{imported.name}")
        for name in meant:
            waiting = list(self._waiting(name, set()))
            loud = next((each for each in waiting if not _is_quiet(self.files[each].module.tree)), None)
            if loud is not None:
                reason = f"the module `{loud}` does something when it is imported, and this import is not at the top level"
                self.refuse(node, reason, "Import it at the top of the file.")
                return
            if file.name and any(file.name in self._needs(each) for each in waiting):
                file.later.append((name, node))
            else:
                self._load(name, node)

    def _needs(self, name: str) -> set[str]:
        """The modules that a module imports."""
        found = [imported for names in self.files[name].imports.values() for imported in names.values()]
        return {each.module for each in found} | {f"{each.module}.{each.name}" for each in found}

    def _waiting(self, name: str, seen: set[str]) -> Iterator[str]:
        """Modules that would run if this one were imported now."""
        parts = name.split(".")
        for count in range(len(parts)):
            file = self.files.get(".".join(parts[: count + 1]))
            if file is None or file.state != "waiting" or file.name in seen:
                continue
            seen.add(file.name)
            yield file.name
            for each in sorted(self._needs(file.name)):
                yield from self._waiting(each, seen)


class _Imports:
    """Collects what the imports of a file bind, and which of its names are bound more than once."""

    def __init__(self, linker: _Linker, file: _File) -> None:
        self.linker = linker
        self.file = file
        self.stores = file.stores
        self.changed: list[tuple[Scope, ast.Attribute]] = []

    def collect(self) -> None:
        """Note every import and every other binding of the file."""
        file = self.file
        for scope in file.scopes.values():
            file.rebound |= scope.globals
        self._walk(file.module.tree, file.scope)

    def settle(self) -> None:
        """Say which imported names are variables of their own; the imports of all files must be known."""
        for scope, names in self.file.imports.items():
            for name, imported in names.items():
                if self.stores[scope, name]:
                    self._mixed(scope, name, imported)
        for scope, attribute in self.changed:
            self._changed_from_outside(scope, attribute)

    def _mixed(self, scope: Scope, name: str, imported: _Imported) -> None:
        """A name that is imported and assigned too is a variable that the import assigns."""
        meant = imported.name and f"{imported.module}.{imported.name}" not in self.linker.files
        if meant:
            self.file.copied.add((scope, name))
            return
        node = next(alias for alias, bound in self.file.nodes.items() if any(each == name for each, _ in bound))
        self.linker.refuse(node, f"`{name}` names a module here and is bound to something else too", "Use two names.")

    def _changed_from_outside(self, scope: Scope, node: ast.Attribute) -> None:
        chain = _chain(node)
        if chain is None:
            return
        head, names = chain
        owner = scope.owner_of(head.id)
        imported = self.file.imports.get(owner, {}).get(head.id) if owner is not None else None
        meant: object = self.linker._meant(imported) if imported is not None else None
        for name in names:
            if not isinstance(meant, str):
                return
            if meant in self.linker.files and name == names[-1]:
                self.linker.files[meant].rebound.add(name)
                self.linker.files[meant].scope.bound.add(name)
                return
            meant = self.linker._member(meant, name)

    def _walk(self, node: ast.AST, scope: Scope) -> None:
        for child in children(node):
            self._note(child, scope)
            self._walk(child, self.file.scopes.get(child, scope))

    def _note(self, node: ast.AST, scope: Scope) -> None:
        match node:
            case ast.Import() | ast.ImportFrom():
                self._import(node, scope)
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                owner = scope.owner_of(name)
                if owner is not None:
                    self.stores[owner, name] += 1
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                self.stores[scope, name] += 1
            case ast.ExceptHandler(name=str() as name) | ast.MatchAs(name=str() as name) | ast.MatchStar(name=str() as name):
                self.stores[scope, name] += 1
            case ast.arg(arg=name):
                self.stores[scope, name] += 1
            case ast.Attribute(ctx=ast.Store() | ast.Del()):
                self.changed.append((scope, node))

    def _import(self, node: ast.Import | ast.ImportFrom, scope: Scope) -> None:
        files, file = self.linker.files, self.file
        base = file.module.base(node, self.linker.surroundings) if isinstance(node, ast.ImportFrom) else ""
        if base is None:
            self.linker.refuse(node, "the import leaves the package that the file is in", "Import the module by its full name.")
            node.names = []
            return
        for alias in list(node.names):
            if isinstance(node, ast.Import):
                top = alias.name.partition(".")[0]
                if top not in files or files[top].module.held:
                    self._library(alias, scope)
                    continue
                if alias.name not in files:
                    self.linker.refuse(node, f"the program has no module `{alias.name}`", "Correct the name.", "BAT105")
                    file.nodes[alias] = []
                    continue
                name, imported = (alias.asname, _Imported(alias.name)) if alias.asname else (top, _Imported(top))
            elif base:
                if base not in files or not self.linker.offers(base, alias.name):
                    top = base.partition(".")[0]
                    if node.level or (top in files and not files[top].module.held):
                        self.linker.refuse(node, f"the program has no module `{base}`", "Correct the name.", "BAT105")
                        file.nodes[alias] = []
                    else:
                        self._library(alias, scope)
                    continue
                name, imported = alias.asname or alias.name, _Imported(base, alias.name)
            else:
                if alias.name not in files:
                    self._library(alias, scope)
                    continue
                name, imported = alias.asname or alias.name, _Imported(alias.name)
            if isinstance(scope.node, ast.ClassDef):
                self.linker.refuse(node, "an import in a class body is not translated", "Move it to the top of the file.")
            owner = file.scope if name in scope.globals else scope
            before = file.imports.setdefault(owner, {}).get(name)
            if before is not None and before != imported:
                if not before.name and not imported.name:
                    self.linker.refuse(node, f"`{name}` names two modules of the program", "Use two names.")
                else:
                    file.copied.add((owner, name))
            file.imports[owner][name] = imported
            file.nodes[alias] = [(name, imported)]

    def _library(self, alias: ast.alias, scope: Scope) -> None:
        name = alias.asname or alias.name.partition(".")[0]
        owner = self.file.imports.get(scope, {})
        if name in owner:
            self.stores[scope, name] += 1


class _Renamer:
    """Gives every name of a statement its home."""

    def __init__(self, linker: _Linker, file: _File) -> None:
        self.linker = linker
        self.file = file
        self.outside: list[set[str]] = []
        """For each function that is open, the names of other modules that it assigns."""

    def statement(self, node: ast.stmt, scope: Scope) -> list[ast.stmt]:
        """The statement with its names replaced: usually one, none or several for an import."""
        if isinstance(node, ast.Import | ast.ImportFrom):
            return self._import(node, scope)
        made = self._node(node, scope)
        assert isinstance(made, ast.stmt)
        return [made]

    def _body(self, body: list[ast.stmt], scope: Scope) -> list[ast.stmt]:
        found = [made for each in body for made in self.statement(each, scope)]
        return found or [located(ast.Pass(), body[0])] if body else []

    def _import(self, node: ast.Import | ast.ImportFrom, scope: Scope) -> list[ast.stmt]:
        made: list[ast.stmt] = []
        kept: list[ast.alias] = []
        for alias in node.names:
            if alias in self.file.nodes:
                for name, imported in self.file.nodes[alias]:
                    owner = self.file.scope if name in scope.globals else scope
                    made.extend(self.linker.arrived(self.file, node, owner, name, imported))
                continue
            kept.append(alias)
            if scope is self.file.scope and self.file.name and alias.name != "*":
                bound = alias.asname or (alias.name.partition(".")[0] if isinstance(node, ast.Import) else alias.name)
                if isinstance(node, ast.Import) and not alias.asname:
                    alias.name = bound
                alias.asname = qualify(self.file.name, bound)
        if kept:
            node.names = kept
            made.append(node)
        return made

    def _qualified(self, name: str) -> str:
        return qualify(self.file.name, name)

    def _node(self, node: ast.AST, scope: Scope) -> ast.AST:
        match node:
            case ast.Name():
                return self._name(node, scope)
            case ast.Attribute():
                return self._attribute(node, scope)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                return self._function(node, scope)
            case ast.ClassDef():
                node.bases = [self._expression(each, scope) for each in node.bases]
                for keyword in node.keywords:
                    keyword.value = self._expression(keyword.value, scope)
                node.decorator_list = [self._expression(each, scope) for each in node.decorator_list]
                node.name = self._definition(node.name, scope)
                node.body = self._body(node.body, self.file.scopes[node])
                return node
            case ast.Lambda():
                self._defaults(node.args, scope)
                node.body = self._expression(node.body, self.file.scopes[node])
                return node
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                return self._comprehension(node, scope)
            case ast.Global():
                node.names = [self._qualified(each) for each in node.names]
                return node
            case ast.AnnAssign():
                node.annotation = self._annotation(node.annotation, scope)
                node.target = self._expression(node.target, scope)  # type: ignore[assignment]
                node.value = self._expression(node.value, scope) if node.value is not None else None
                return node
            case ast.ExceptHandler() | ast.MatchAs() | ast.MatchStar() if (
                node.name and scope.owner_of(node.name) is self.file.scope
            ):
                node.name = self._qualified(node.name)
            case ast.If() if _is_type_checking(node.test):
                node.body = [located(ast.Pass(), node)]
        for name, value in ast.iter_fields(node):
            if isinstance(value, list):
                if name in ("body", "orelse", "finalbody") and value and isinstance(value[0], ast.stmt):
                    made = [made for each in value for made in self.statement(each, scope)]
                    setattr(node, name, made or ([located(ast.Pass(), value[0])] if name == "body" else []))
                else:
                    value[:] = [self._node(each, scope) if isinstance(each, ast.AST) else each for each in value]
            elif isinstance(value, ast.AST):
                setattr(node, name, self._node(value, scope))
        return node

    def _expression(self, node: ast.expr, scope: Scope) -> ast.expr:
        made = self._node(node, scope)
        assert isinstance(made, ast.expr)
        return made

    def _definition(self, name: str, scope: Scope) -> str:
        return self._qualified(name) if scope is self.file.scope or name in scope.globals else name

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> ast.AST:
        node.decorator_list = [self._expression(each, scope) for each in node.decorator_list]
        self._defaults(node.args, scope)
        for argument in parameters(node.args):
            if argument.annotation is not None:
                argument.annotation = self._annotation(argument.annotation, scope)
        if node.returns is not None:
            node.returns = self._annotation(node.returns, scope)
        node.name = self._definition(node.name, scope)
        self.outside.append(set())
        node.body = self._body(node.body, self.file.scopes[node])
        assigned = self.outside.pop()
        if assigned:
            place = 1 if ast.get_docstring(node) is not None else 0
            node.body.insert(place, located(ast.Global(sorted(assigned)), node.body[place if place < len(node.body) else 0]))
        return node

    def _defaults(self, arguments: ast.arguments, scope: Scope) -> None:
        arguments.defaults = [self._expression(each, scope) for each in arguments.defaults]
        arguments.kw_defaults = [self._expression(each, scope) if each is not None else None for each in arguments.kw_defaults]

    def _comprehension(self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp, scope: Scope) -> ast.AST:
        inner = self.file.scopes[node]
        for index, generator in enumerate(node.generators):
            generator.iter = self._expression(generator.iter, inner if index else scope)
            generator.target = self._expression(generator.target, inner)
            generator.ifs = [self._expression(each, inner) for each in generator.ifs]
        if isinstance(node, ast.DictComp):
            node.key = self._expression(node.key, inner)
            node.value = self._expression(node.value, inner)
        else:
            node.elt = self._expression(node.elt, inner)
        return node

    def _annotation(self, node: ast.expr, scope: Scope) -> ast.expr:
        """An annotation; texts in it are expressions too."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            try:
                meant = located(ast.parse(node.value.strip(), mode="eval").body, node)
            except (SyntaxError, ValueError):
                return node
            for each in walk(meant):
                ast.copy_location(each, node)
            return self._annotation(meant, scope)
        if isinstance(node, ast.Subscript):
            node.value = self._expression(node.value, scope)
            name = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            if name.rpartition("::")[2] != "Literal":
                node.slice = self._annotation(node.slice, scope)
            return node
        if isinstance(node, ast.Tuple | ast.List):
            node.elts = [self._annotation(each, scope) for each in node.elts]
            return node
        if isinstance(node, ast.BinOp):
            node.left, node.right = self._annotation(node.left, scope), self._annotation(node.right, scope)
            return node
        return self._expression(node, scope)

    def _name(self, node: ast.Name, scope: Scope) -> ast.expr:
        owner = scope.owner_of(node.id)
        if owner is None:
            if node.id == "__name__" and self.file.name:
                return ast.copy_location(ast.Constant(self.file.name), node)
            return node
        imported = self.file.imports.get(owner, {}).get(node.id)
        if imported is not None and (owner, node.id) not in self.file.copied:
            meant = self.linker._meant(imported)
            if isinstance(meant, str):
                reason = f"the module `{meant}` is used as a value, which has no form in Rust"
                self.linker.refuse(node, reason, "Use what is in it, or its name as text.", "BAT107")
            elif meant is not None:
                node.id = qualify(*meant)
            return node
        if owner is self.file.scope:
            node.id = self._qualified(node.id)
        return node

    def _attribute(self, node: ast.Attribute, scope: Scope) -> ast.expr:
        chain = _chain(node)
        owner = scope.owner_of(chain[0].id) if chain is not None else None
        imported = self.file.imports.get(owner, {}).get(chain[0].id) if chain is not None and owner is not None else None
        meant = self.linker._meant(imported) if imported is not None else None
        if chain is None or not isinstance(meant, str) or (owner, chain[0].id) in self.file.copied:
            node.value = self._expression(node.value, scope)
            return node
        names = chain[1]
        found: tuple[str, str] | str | None = meant
        module = meant
        for index, name in enumerate(names):
            module = str(found)
            last = index == len(names) - 1
            if name == "__name__" and isinstance(found, str):
                found = None
                made: ast.expr = ast.Constant(module)
            else:
                found = self.linker._member(module, name)
                if isinstance(found, str):
                    continue
                if found is None:
                    self.linker.refuse(node, f"the module `{module}` has no `{name}`", "Use a name that it binds.", "BAT106")
                    return node
                self._is_there(node, scope, found)
                context = node.ctx if last else ast.Load()
                made = ast.Name(qualify(*found), context)
                if isinstance(context, ast.Store) and self.outside:
                    self.outside[-1].add(qualify(*found))
                if isinstance(context, ast.Del):
                    self.linker.refuse(node, "a name of another module is deleted", "Let the module do it.", "BAT107")
            for attribute in names[index + 1 :]:
                made = ast.Attribute(made, attribute, ast.Load())
            if isinstance(made, ast.Attribute):
                made.ctx = node.ctx
            for each in walk(made):
                ast.copy_location(each, node)
            return made
        self.linker.refuse(
            node, f"the module `{found}` is used as a value, which has no form in Rust", "Use what is in it.", "BAT107"
        )
        return node

    def _is_there(self, node: ast.AST, scope: Scope, found: tuple[str, str]) -> None:
        """Refuse a use, while modules are being imported, of what its module has not bound yet."""
        other = self.linker.files[found[0]]
        inside = scope
        while inside.parent is not None and not inside.is_function:
            inside = inside.parent
        if other is not self.file and other.state == "running" and not inside.is_function and found[1] not in other.bound:
            reason = f"the import is circular: `{found[1]}` of `{other.name}` is not bound yet when this line runs"
            self.linker.refuse(node, reason, "Move what both modules need into a third one.")


# -- questions about syntax


def _chain(node: ast.Attribute) -> tuple[ast.Name, list[str]] | None:
    """`a.b.c` as its first name and the names behind it; None when something else stands at its beginning."""
    names: list[str] = []
    current: ast.expr = node
    while isinstance(current, ast.Attribute):
        names.append(current.attr)
        current = current.value
    return (current, names[::-1]) if isinstance(current, ast.Name) else None


def _is_type_checking(test: ast.expr) -> bool:
    return (isinstance(test, ast.Name) and test.id == "TYPE_CHECKING") or (
        isinstance(test, ast.Attribute) and test.attr == "TYPE_CHECKING"
    )


def _is_main_guard(test: ast.expr) -> bool:
    if not isinstance(test, ast.Compare) or len(test.ops) != 1 or not isinstance(test.ops[0], ast.Eq):
        return False
    sides = [test.left, test.comparators[0]]
    return any(isinstance(each, ast.Name) and each.id == "__name__" for each in sides) and any(
        isinstance(each, ast.Constant) and each.value == "__main__" for each in sides
    )


def _imports_inside(node: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """Imports in a statement, without those that only type checkers run."""
    todo: list[ast.AST] = [node]
    while todo:
        each = todo.pop(0)
        if isinstance(each, ast.Import | ast.ImportFrom):
            yield each
        elif isinstance(each, ast.If) and _is_type_checking(each.test):
            todo = [*each.orelse, *todo]
        else:
            todo = [*children(each), *todo] if not isinstance(each, ast.expr) else todo


def _names_bound(node: ast.stmt) -> set[str]:
    """Names that a statement of a module binds when it runs."""
    found: set[str] = set()
    todo: list[ast.AST] = [node]
    while todo:
        each = todo.pop()
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(each.name.rpartition("::")[2])
            continue
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            found.add(each.id.rpartition("::")[2])
        elif isinstance(each, ast.alias):
            found.add((each.asname or each.name.partition(".")[0]).rpartition("::")[2])
        if not isinstance(each, ast.Lambda):
            todo.extend(children(each))
    return found


def _public_names(file: _File) -> list[str] | None:
    """What a star import of a module brings; None when its `__all__` is computed."""
    names: list[str] | None = None
    for node in file.module.tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign) else []
        if not any(isinstance(each, ast.Name) and each.id == "__all__" for each in targets):
            continue
        assert isinstance(node, ast.Assign | ast.AugAssign)
        if not isinstance(node.value, ast.List | ast.Tuple) or not all(
            isinstance(each, ast.Constant) and isinstance(each.value, str) for each in node.value.elts
        ):
            return None
        listed = [each.value for each in node.value.elts]  # type: ignore[attr-defined]
        names = [*(names or []), *listed] if isinstance(node, ast.AugAssign) else listed
    return names if names is not None else sorted(each for each in file.scope.bound if not each.startswith("_") and each != "*")


def _top_names(node: ast.Import | ast.ImportFrom, file: _File, surroundings: Surroundings) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name.partition(".")[0] for alias in node.names}
    base = file.module.base(node, surroundings)
    return {base.partition(".")[0]} if base else {alias.name for alias in node.names}


def _is_quiet(tree: ast.Module) -> bool:
    """Whether importing a module does nothing that anybody could see but to define things."""
    return all(_quiet_statement(each, _library_names(tree)) for each in tree.body)


def _library_names(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.Import):
            found |= {a.asname or a.name for a in node.names if a.name.partition(".")[0] in _HARMLESS_MODULES}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in _HARMLESS_MODULES:
            found |= {a.asname or a.name for a in node.names}
    return found


def _quiet_statement(node: ast.stmt, harmless: set[str]) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Pass():
            return True
        case ast.FunctionDef(decorator_list=decorators, args=arguments):
            defaults = [*arguments.defaults, *[each for each in arguments.kw_defaults if each is not None]]
            return all(_quiet(each, harmless) for each in [*decorators, *defaults])
        case ast.ClassDef(decorator_list=decorators, body=body):
            return all(_quiet(each, harmless) for each in decorators) and all(_quiet_statement(each, harmless) for each in body)
        case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value) | ast.Expr(value=value):
            return _quiet(value, harmless)
        case ast.AnnAssign():
            return True
        case ast.If(test=test, orelse=otherwise):
            return (_is_main_guard(test) or _is_type_checking(test)) and all(_quiet_statement(e, harmless) for e in otherwise)
    return False


def _quiet(node: ast.expr, harmless: set[str]) -> bool:
    for each in walk(node):
        if isinstance(each, ast.NamedExpr | ast.Await | ast.Yield | ast.YieldFrom):
            return False
        if isinstance(each, ast.Call):
            head: ast.expr = each.func
            while isinstance(head, ast.Attribute):
                head = head.value
            plain = isinstance(each.func, ast.Name) and each.func.id in _HARMLESS_BUILTINS
            if not plain and not (isinstance(head, ast.Name) and head.id in harmless):
                return False
    return True
