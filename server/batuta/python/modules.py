"""The files that a program consists of: its own, and the modules and packages beside it that it imports, directly or through others.

Files are looked up as Python looks them up when it runs a script: below the script's own folder, a package before a module of the same
name. Nothing outside that folder is read; `Surroundings.read` answers for it, from a disk, an editor, or a test. Files become one
text, the program's own first, so that one line number names one line of one file: `Source.locate` gives back which.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from batuta.findings.finding import Finding
from batuta.ir.spans import Span
from batuta.python.for_checkers import answer_versions, leave_out_for_checkers
from batuta.python.held import WITH, held, held_modules, import_held_as_modules, name_held, prune
from batuta.python.source import Part, Source, read
from batuta.python.unit_tests import write_out_tests
from batuta.python.walk import walk

MOST_MODULES = 300
MOST_CHARACTERS = 2_000_000
"""Of all modules together."""

MAIN = ""
"""The name of the program's own file among its modules."""


class UnreadableModule(Exception):
    """A file is there but cannot be used; the text says why."""


@dataclass(frozen=True)
class Surroundings:
    """The folder that a program's modules are looked up in."""

    read: Callable[[str], str | None]
    """The text of a file by its path below the folder, with slashes; None where there is none. Raises UnreadableModule."""
    prefix: str = ""
    """What stands before such a path in findings."""
    main: str = ""
    """The dotted name of the program's own file when it is run as a part of its package (`python -m pkg.tool`)."""

    @property
    def package(self) -> str:
        """The package of the program's own file."""
        return self.main.rpartition(".")[0]


ALONE = Surroundings(lambda _: None)
"""No other files: what a program imports of its own is refused."""


@dataclass(eq=False)
class Module:
    """One file of a program, parsed; its lines count on from those of the files before it."""

    name: str
    """Dotted; empty for the program's own file."""
    relative: str
    source: Source
    package: bool = False
    tree: ast.Module = field(default_factory=lambda: ast.Module([], []))
    held: bool = False
    """Whether it is a module of the standard library that is translated as Python."""

    def base(self, node: ast.ImportFrom, surroundings: Surroundings) -> str | None:
        """The module that a `from` import names, dots resolved; None when it leaves the top."""
        if not node.level:
            return node.module or ""
        name = self.name or surroundings.main
        parts = name.split(".") if name else []
        if not self.package:
            parts = parts[:-1]
        up = node.level - 1
        if not parts or up >= len(parts):
            return None
        return ".".join([*parts[: len(parts) - up], *([node.module] if node.module else [])])


def read_modules(main: Source, surroundings: Surroundings) -> tuple[dict[str, Module], list[Finding]]:
    """The modules of a program by name, its own file under `MAIN`; only that one when it imports none of its own."""
    modules = {MAIN: Module(MAIN, main.path, main, False, main.tree)}
    findings: list[Finding] = []
    missing: set[str] = set()
    todo = [modules[MAIN]]
    total = 0

    def add(name: str, at: tuple[Module, ast.AST]) -> bool:
        """Read a module by its dotted name. Whether it is one of the program's own."""
        nonlocal total
        if name in modules:
            return True
        if name in missing:
            return False
        path = name.replace(".", "/")
        for relative, package in ((f"{path}/__init__.py", True), (f"{path}.py", False)):
            try:
                text = surroundings.read(relative)
            except UnreadableModule as problem:
                findings.append(_unreadable(at, relative, str(problem)))
                continue
            if text is None:
                continue
            total += len(text)
            if len(modules) > MOST_MODULES or total > MOST_CHARACTERS:
                reason = f"with it, the program has more than {MOST_MODULES} modules or {MOST_CHARACTERS:,} characters"
                findings.append(_unreadable(at, relative, reason))
                missing.add(name)
                return False
            source, problems = read(text, surroundings.prefix + relative)
            findings.extend(problems)
            modules[name] = Module(name, relative, source, package, source.tree)
            todo.append(modules[name])
            return True
        missing.add(name)
        return False

    def bring(name: str, names: list[str]) -> None:
        """Read a module of the standard library that is held, if names of it are asked for."""
        module = held(name)
        if module is None or module.names.isdisjoint(names) or name in modules:
            return
        parts = name.split(".")
        for count in range(1, len(parts) + 1):
            # The modules that it stands in may be held too, and asked for later.
            whole = ".".join(parts[:count])
            found = held(whole)
            package = any(each.startswith(f"{whole}.") for each in held_modules())
            if whole in modules:
                continue
            if found is None:
                modules[whole] = Module(whole, whole, Source("", whole), True, held=True)
                continue
            source, problems = read(found.text, f"{whole}.py")
            findings.extend(problems)
            modules[whole] = Module(whole, whole, source, package, source.tree, held=True)
            todo.append(modules[whole])

    def follow(name: str, at: tuple[Module, ast.AST]) -> None:
        """Read a module with the packages that it stands in. A folder without `__init__.py` is a package too."""
        parts = name.split(".")
        known = [add(".".join(parts[: count + 1]), at) for count in range(len(parts))]
        for count, found in enumerate(known):
            inner = ".".join(parts[: count + 1])
            if not found and any(known[count + 1 :]):
                modules[inner] = Module(inner, inner.replace(".", "/"), Source("", surroundings.prefix), True)

    if surroundings.package:
        follow(surroundings.package, (modules[MAIN], main.tree))
    while todo:
        module = todo.pop(0)
        if "TYPE_CHECKING" in module.source.text or "overload" in module.source.text:
            leave_out_for_checkers(module.tree)
        if "version_info" in module.source.text:
            answer_versions(module.tree)
        if not module.held and "unittest" in module.source.text:
            write_out_tests(module.tree)
        import_held_as_modules(module.tree)
        imports = list(imports_of(module.tree))
        if any(alias.name in held_modules() for node in imports if isinstance(node, ast.Import) for alias in node.names):
            own = frozenset(each for each in held_modules() if _has(surroundings, each))
            name_held(module.tree, own)
            imports = list(imports_of(module.tree))
        for node in imports:
            at = (module, node)
            if isinstance(node, ast.Import):
                for alias in node.names:
                    follow(alias.name, at)
                continue
            base = module.base(node, surroundings)
            if base is None:
                continue
            if base:
                follow(base, at)
                if base not in modules:
                    bring(base, [alias.name for alias in node.names])
            if not base or base in modules:
                for alias in node.names:
                    if alias.name != "*" and not (base and modules[base].held):
                        follow(f"{base}.{alias.name}" if base else alias.name, at)
                    # A name that the package itself binds hides a file of that name only until the file is imported.
    if any(each.held for each in modules.values()):
        _prune_held(modules)
    return modules, findings


def _prune_held(modules: dict[str, Module]) -> None:
    wanted: dict[str, set[str]] = {}
    for module in modules.values():
        for node in imports_of(module.tree):
            if isinstance(node, ast.ImportFrom) and node.module and node.module != module.name:
                wanted.setdefault(node.module, set()).update(alias.name for alias in node.names)
    for name, module in modules.items():
        if module.held:
            prune(module.tree, wanted.get(name, set()) | WITH.get(name, set()))


def _has(surroundings: Surroundings, name: str) -> bool:
    """Whether the program's folder has a module of that name."""
    try:
        return any(surroundings.read(each) is not None for each in (f"{name}/__init__.py", f"{name}.py"))
    except UnreadableModule:
        return True


def join(modules: dict[str, Module]) -> Source:
    """One source of all modules: texts one after the other, line numbers of the trees moved on."""
    main = modules[MAIN]
    texts: list[str] = []
    parts: list[Part] = []
    first = 1
    for module in modules.values():
        text = module.source.text
        if not text.endswith(("\n", "\r")):
            text += "\n"
        own = module.name == MAIN
        parts.append(
            Part(
                first,
                module.source.path,
                module.name,
                "" if own else module.relative,
                "" if own else module.source.text,
                held=module.held,
            )
        )
        if first > 1:
            ast.increment_lineno(module.tree, first - 1)
        texts.append(text)
        first += len(Source(text).lines) - 1
    joined = Source("".join(texts), main.source.path, main.tree)
    joined.parts = tuple(parts)
    return joined


def imports_of(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """The import statements of a tree, in the order of the text."""
    found = [node for node in walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    return iter(sorted(found, key=lambda node: (node.lineno, node.col_offset)))


def _unreadable(at: tuple[Module, ast.AST], relative: str, reason: str) -> Finding:
    module, node = at
    span = module.source.span(node) if hasattr(node, "lineno") else Span(1, 0, 1, 1)
    return Finding(span, "BAT002", f"{relative} cannot be read: {reason}", "Mend the file.", "error", module.source.path)
