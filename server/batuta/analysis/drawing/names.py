"""What the names of a program mean: the variable of each name node, its functions and classes, and what imports bring."""

from __future__ import annotations

import ast
from collections import defaultdict
from dataclasses import dataclass, field

from batuta.analysis.bindings import COMPREHENSIONS, Scope, find_scopes, parameters
from batuta.analysis.drawing.what_draws import OF_TABLES, PACKAGES, draws
from batuta.python.walk import children, walk

Variable = tuple[Scope, str]
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(eq=False)
class Function:
    """A function or method of the program."""

    node: FunctionNode
    scope: Scope
    owner: ast.ClassDef | None
    variable: Variable
    parameters: list[str] = field(default_factory=list)
    positional: list[str] = field(default_factory=list)
    """As they are written: the definition loses some later."""
    calls: list[ast.Call] = field(default_factory=list)
    removable: bool = True
    """Whether a parameter can be taken away: every use of the function is a plain call of it."""

    @property
    def bound(self) -> int:
        """How many parameters the call does not write: `self`."""
        plain = self.owner is None or any(
            isinstance(each, ast.Name) and each.id == "staticmethod" for each in self.node.decorator_list
        )
        return 0 if plain else 1


class Variables(dict[ast.AST, Variable]):
    """The variable of each name, argument and alias. A name that a rewrite has made means what it would mean in the module."""

    def __init__(self, module: Scope) -> None:
        super().__init__()
        self._module = module

    def __missing__(self, node: ast.AST) -> Variable:
        return self._module, node.id if isinstance(node, ast.Name) else ""


class Names:
    """Everything about names that the passes ask for; found once."""

    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        self.scopes: dict[ast.AST, Scope] = {}
        self.module = find_scopes(tree, self.scopes)
        self.variables = Variables(self.module)
        self.functions: dict[Variable, list[Function]] = defaultdict(list)
        self.of_node: dict[ast.AST, Function] = {}
        self.methods: dict[str, list[Function]] = defaultdict(list)
        self.classes: dict[Variable, ast.ClassDef] = {}
        self.imports: dict[Variable, str] = {}
        self.stored_attributes: set[str] = set()
        self.binding_count: dict[Variable, int] = defaultdict(int)
        self.values: dict[Variable, list[tuple[ast.expr, tuple[int, ...]]]] = defaultdict(list)
        """What is assigned to each variable, and which part of it."""
        self.parents: dict[ast.AST, ast.AST] = {}
        self.tables = False
        self._scope(tree, self.module, None)
        self._uses()

    def _scope(self, node: ast.AST, scope: Scope, owner: ast.ClassDef | None) -> None:
        todo: list[tuple[ast.AST, Scope, ast.ClassDef | None]] = [(node, scope, owner)]
        while todo:
            each, here, cls = todo.pop()
            if isinstance(each, ast.Name):
                self._name(each, each.id, here, not isinstance(each.ctx, ast.Load))
            elif isinstance(each, ast.Import | ast.ImportFrom):
                self._import(each, here)
            elif isinstance(each, ast.ExceptHandler) and each.name:
                self._name(each, each.name, here, True)
            elif isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Store):
                self.stored_attributes.add(each.attr)
            for child in children(each):
                self.parents[child] = each
            if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
                variable = self._name(each, each.name, here, True)
                inner = self.scopes[each]
                every, plain = parameters(each.args), [*each.args.posonlyargs, *each.args.args]
                known = Function(each, inner, cls, variable, [a.arg for a in every], [a.arg for a in plain])
                self.functions[variable].append(known)
                self.of_node[each] = known
                if cls is not None:
                    self.methods[each.name].append(known)
                for argument in parameters(each.args):
                    self._name(argument, argument.arg, inner, True)
                    if argument.annotation is not None:
                        todo.append((argument.annotation, here, None))
                outer = [*each.decorator_list, *each.args.defaults, *[d for d in each.args.kw_defaults if d]]
                todo += [(part, here, None) for part in outer]
                todo += [(part, inner, None) for part in each.body]
                if each.returns is not None:
                    todo.append((each.returns, here, None))
            elif isinstance(each, ast.Lambda):
                inner = self.scopes[each]
                for argument in parameters(each.args):
                    self._name(argument, argument.arg, inner, True)
                todo += [(part, here, None) for part in [*each.args.defaults, *[d for d in each.args.kw_defaults if d]]]
                todo.append((each.body, inner, None))
            elif isinstance(each, ast.ClassDef):
                self.classes[self._name(each, each.name, here, True)] = each
                todo += [(part, here, None) for part in [*each.bases, *each.keywords, *each.decorator_list]]
                todo += [(part, self.scopes[each], each) for part in each.body]
            elif isinstance(each, COMPREHENSIONS):
                inner = self.scopes[each]
                todo.append((each.generators[0].iter, here, None))
                for index, generator in enumerate(each.generators):
                    todo.append((generator.target, inner, None))
                    todo += [(part, inner, None) for part in generator.ifs]
                    if index:
                        todo.append((generator.iter, inner, None))
                results = [each.key, each.value] if isinstance(each, ast.DictComp) else [each.elt]
                todo += [(part, inner, None) for part in results]
            else:
                keeps_class = isinstance(each, ast.If | ast.Try)
                todo += [(child, here, cls if keeps_class else None) for child in children(each)]

    def _name(self, node: ast.AST, name: str, scope: Scope, binds: bool) -> Variable:
        owner = scope.owner_of(name) or scope.module
        variable = (owner, name)
        self.variables[node] = variable
        if binds:
            self.binding_count[variable] += 1
        return variable

    def _assigned(self, target: ast.expr, value: ast.expr, part: tuple[int, ...]) -> None:
        if isinstance(target, ast.Name):
            self.values[self.variables[target]].append((value, part))
        elif isinstance(target, ast.Tuple | ast.List):
            for index, each in enumerate(target.elts):
                self._assigned(each, value, (*part, index))

    def _import(self, node: ast.Import | ast.ImportFrom, scope: Scope) -> None:
        for alias in node.names:
            if isinstance(node, ast.Import):
                name = alias.asname or alias.name.partition(".")[0]
                meant = alias.name if alias.asname else name
            else:
                name, meant = alias.asname or alias.name, f"{node.module}.{alias.name}"
            self.tables = self.tables or meant.partition(".")[0] == "pandas"
            self.imports[self._name(alias, name, scope, True)] = meant

    def _uses(self) -> None:
        """Where each function is called; one that is used as a value, or whose arguments cannot be told, keeps its parameters."""
        for each in walk(self.tree):
            if isinstance(each, ast.Assign):
                for target in each.targets:
                    self._assigned(target, each.value, ())
            if isinstance(each, ast.Call):
                spread = any(isinstance(a, ast.Starred) for a in each.args) or any(k.arg is None for k in each.keywords)
                for known in self.called(each):
                    known.calls.append(each)
                    known.removable = known.removable and not spread
            if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load):
                parent = self.parents.get(each)
                called = isinstance(parent, ast.Call) and parent.func is each
                variable = self.variables[each]
                if not called:
                    for known in self.functions.get(variable, []):
                        known.removable = False
                    if variable in self.classes:
                        for known in self.constructors(self.classes[variable]):
                            known.removable = False
            elif isinstance(each, ast.Attribute) and each.attr in self.methods:
                parent = self.parents.get(each)
                if not (isinstance(parent, ast.Call) and parent.func is each):
                    for known in self.methods[each.attr]:
                        known.removable = False
        for known in self.of_node.values():
            several = known.owner is not None and known.node.name != "__init__" and len(self.methods[known.node.name]) > 1
            dunder = known.node.name.startswith("__") and known.node.name != "__init__"
            if several or dunder or len(self.functions[known.variable]) > 1 or known.node.decorator_list:
                known.removable = False
            if known.node.args.vararg or known.node.args.kwarg or known.node.args.posonlyargs:
                known.removable = False

    def constructors(self, cls: ast.ClassDef) -> list[Function]:
        """The `__init__` of a class, or those of the classes that it builds on."""
        own = [known for known in self.methods.get("__init__", []) if known.owner is cls]
        if own:
            return own
        found: list[Function] = []
        for base in cls.bases:
            above = self.classes.get(self.variables[base]) if isinstance(base, ast.Name) else None
            if above is not None and above is not cls:
                found += self.constructors(above)
        return found

    def called(self, call: ast.Call) -> list[Function]:
        """The program's functions that a call may run."""
        match call.func:
            case ast.Name() as name:
                variable = self.variables[name]
                if variable in self.classes:
                    return self.constructors(self.classes[variable])
                return self.functions.get(variable, [])
            case ast.Attribute(attr=attribute, value=value):
                if isinstance(value, ast.Name) and self.variables[value] in self.imports:
                    return []
                return self.methods.get(attribute, [])
        return []

    def qualified(self, node: ast.expr) -> str:
        """The library name that a chain of attributes means; empty when it does not begin with an import."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        meant = self.imports.get(self.variables[node])
        return "" if meant is None else ".".join([meant, *reversed(parts)])

    def imports_drawing(self) -> bool:
        """Whether anything of the program draws."""
        if any(draws(each) or each.partition(".")[0] in PACKAGES for each in self.imports.values()):
            return True
        return any(
            isinstance(each, ast.Attribute) and (self.draws_table(each) or draws(self.qualified(each)))
            for each in walk(self.tree)
        )

    def draws_table(self, node: ast.Attribute) -> bool:
        """Whether an attribute is the drawing of a pandas table."""
        return (
            self.tables and node.attr in OF_TABLES and node.attr not in self.methods and node.attr not in self.stored_attributes
        )

    def argument_of(self, call: ast.Call, function: Function, argument: ast.expr) -> str:
        """The parameter that an argument of a call is for; empty where it cannot be told."""
        for keyword in call.keywords:
            if keyword.value is argument:
                return keyword.arg or ""
        names = function.positional[function.bound :]
        for index, each in enumerate(call.args):
            if each is argument:
                return names[index] if index < len(names) else ""
        return ""
