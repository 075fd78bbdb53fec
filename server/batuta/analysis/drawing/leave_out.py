"""Takes the drawing out of a program: what only draws, and what only fed it. What acts besides stays exactly as it is.

Two liveness passes decide. The first one counts drawing as something that a program does; what it does not need was dead before and
stays as it is. The second one does not count it; what only the first one needs fed the drawing alone and goes.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from batuta.analysis.bindings import parameters
from batuta.analysis.drawing.effects import Effects
from batuta.analysis.drawing.kind import DRAWN, has_drawn
from batuta.analysis.drawing.kinds import Kinds
from batuta.analysis.drawing.loops import without_drawing
from batuta.analysis.drawing.names import Function, Names
from batuta.analysis.drawing.needed import Needed
from batuta.analysis.drawing.what_draws import draws
from batuta.findings.codes import make_finding
from batuta.findings.finding import Finding
from batuta.ir.names import own_name
from batuta.ir.spans import Span
from batuta.python.new_nodes import located
from batuta.python.source import Source
from batuta.python.walk import place_new_nodes, walk

MOST_NAMED = 6
_REMEDY = "Nothing is to be done: it was asked for. Translate without `--drop-plots` to be told what stands in the way instead."
_CONFLICT_REMEDY = (
    "Compute what is needed besides the drawing without it, or take this part of the drawing out of the program by hand."
)


def leave_out_drawing(source: Source) -> list[Finding]:
    """Take the drawing out of a program's tree, in place. One finding for each region that went; blocking ones where it cannot go."""
    names = Names(source.tree)
    if not names.imports_drawing():
        return []
    kinds = Kinds(names)
    effects = Effects(names, kinds)
    natural = Needed(names, kinds, effects, drawing=True)
    needed = Needed(names, kinds, effects, drawing=False, natural=natural)
    if needed.conflicts:
        return [
            make_finding("BAT207", reason, _CONFLICT_REMEDY, span=source.span(node))
            for node, reason in needed.conflicts.items()
        ]
    sweep = _Sweep(source, names, kinds, natural, needed)
    source.tree.body = sweep.block(source.tree.body, is_module=True)
    place_new_nodes(source.tree)
    return sweep.findings


class _Sweep:
    def __init__(self, source: Source, names: Names, kinds: Kinds, natural: Needed, needed: Needed) -> None:
        self.source = source
        self.names = names
        self.kinds = kinds
        self.natural = natural
        self.needed = needed
        self.findings: list[Finding] = []
        self._cleaned: set[ast.Call] = set()

    # -- blocks

    def block(self, statements: list[ast.stmt], is_module: bool = False) -> list[ast.stmt]:
        """The statements that stay."""
        found: list[ast.stmt] = []
        gone: list[ast.stmt] = []
        for each in statements:
            before = len(self.findings)
            after = self._statement(each)
            if (not after and not isinstance(each, ast.Pass)) or self._is_residue(each):
                # One finding for the whole, not one for each part of it.
                del self.findings[before:]
                gone.append(each)
            elif gone:
                self._tell(gone, before)
                gone = []
            found += after
        if gone:
            self._tell(gone, len(self.findings))
        if not found and not is_module:
            at = statements[0] if statements else self.source.tree
            found = [located(ast.Pass(), at)]
        return found

    def _is_residue(self, node: ast.stmt) -> bool:
        return node in self.needed.residues and node not in self.needed.keep

    def _tell(self, gone: list[ast.stmt], position: int) -> None:
        first, last = self.source.span(gone[0]), self.source.span(gone[-1])
        span = Span(first.line, first.column, last.end_line, last.end_column)
        drawn: list[str] = []
        fed: list[str] = []
        imported: list[str] = []
        for statement in gone:
            for each in walk(statement):
                if isinstance(each, ast.Import | ast.ImportFrom):
                    imported += [alias.name for alias in each.names]
                elif isinstance(each, ast.Call) and self.kinds.of(each.func) == DRAWN:
                    drawn.append(_text(each.func))
                elif isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
                    if not has_drawn(self.kinds.of(ast.copy_location(_load(each, self.names), each))):
                        fed.append(own_name(each.id))
                elif isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                    fed.append(own_name(each.name))
        parts = [
            f"{word} {_listed(items)}"
            for word, items in (("the drawing by", drawn), ("what only fed it:", fed), ("the import of", imported))
            if items
        ]
        reason = "left out: " + (", ".join(parts) if parts else "a statement of the drawing")
        self.findings.insert(min(position, len(self.findings)), make_finding("BAT206", reason, _REMEDY, span=span))

    # -- statements

    def _statement(self, node: ast.stmt) -> list[ast.stmt]:
        needed = self.needed
        if isinstance(node, ast.Import | ast.ImportFrom):
            return self._import(node)
        if isinstance(node, ast.Delete):
            return self._delete(node)
        if isinstance(node, ast.With | ast.AsyncWith):
            return self._with(node)
        if isinstance(node, ast.Try | ast.TryStar):
            return self._try(node)
        residue = [located(ast.Expr(each), node) for each in needed.residues.get(node, [])]
        if isinstance(node, ast.Return) and node in needed.keep:
            valued = node.value is not None and self.kinds.of(node.value) != DRAWN
            holder = needed.names.of_node.get(self._holder(node))
            if valued and holder is not None and (holder in needed.results or needed.is_natural(node) or self._may_act(node)):
                self._clean(node)
            else:
                node.value = None
            return [*residue, node]
        if node not in needed.keep:
            if isinstance(node, ast.If | ast.For | ast.AsyncFor | ast.While | ast.Match) and not residue:
                return []
            return list(residue)
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self._clean_definition(node)
                node.body = self.block(node.body)
            case ast.ClassDef():
                node.body = self.block(node.body)
            case ast.If():
                self._clean(node.test)
                node.body = self.block(node.body)
                node.orelse = self._optional(node.orelse)
            case ast.For() | ast.AsyncFor():
                split = without_drawing(self.names, self.kinds, node.target, node.iter)
                assert split is not None
                node.target, node.iter = split
                self._clean(node.iter)
                node.body = self.block(node.body)
                node.orelse = self._optional(node.orelse)
            case ast.While():
                self._clean(node.test)
                node.body = self.block(node.body)
                node.orelse = self._optional(node.orelse)
            case ast.Match():
                self._clean(node.subject)
                for case in node.cases:
                    case.body = self.block(case.body)
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)) if len(targets) == len(values):
                self._without_pairs(node, targets, values)
                self._clean(node)
            case _:
                self._clean(node)
        return [node]

    def _without_pairs(self, node: ast.Assign, targets: list[ast.expr], values: list[ast.expr]) -> None:
        """`axes, scale = plt.subplots(2)[1], 3` without what is drawn."""
        stay = [(a, b) for a, b in zip(targets, values, strict=True) if self.kinds.of(b) != DRAWN]
        if len(stay) == len(values):
            return
        if len(stay) == 1:
            node.targets, node.value = [stay[0][0]], stay[0][1]
        else:
            node.targets = [located(ast.Tuple([each for each, _ in stay], ast.Store()), node.targets[0])]
            node.value = located(ast.Tuple([each for _, each in stay], ast.Load()), node.value)

    def _may_act(self, node: ast.Return) -> bool:
        return self.needed.acts(node, set())

    def _holder(self, node: ast.AST) -> ast.AST:
        above = self.names.parents[node]
        while not isinstance(above, ast.FunctionDef | ast.AsyncFunctionDef | ast.Module):
            above = self.names.parents[above]
        return above

    def _optional(self, statements: list[ast.stmt]) -> list[ast.stmt]:
        """An `else` that holds nothing any more is none."""
        found = self.block(statements) if statements else []
        return [] if all(isinstance(each, ast.Pass) for each in found) else found

    def _import(self, node: ast.Import | ast.ImportFrom) -> list[ast.stmt]:
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            return [node]
        stay: list[ast.alias] = []
        for alias in node.names:
            variable = self.names.variables[alias]
            same = self.names.imports[variable]
            plotting = draws(alias.name) if isinstance(node, ast.Import) else draws(same)
            used = variable in self.needed.read or variable not in self.natural.read
            if not plotting and (used or alias.name == "*"):
                stay.append(alias)
        if len(stay) != len(node.names) and stay:
            node.names = stay
        return [node] if stay else []

    def _delete(self, node: ast.Delete) -> list[ast.stmt]:
        def stays(target: ast.expr) -> bool:
            if has_drawn(self.kinds.of(target)):
                return False
            names = [each for each in walk(target) if isinstance(each, ast.Name)]
            return all(self._is_bound(each) for each in names)

        node.targets = [each for each in node.targets if stays(each)]
        return [node] if node.targets else []

    def _is_bound(self, name: ast.Name) -> bool:
        """Whether a binding of the name is still there."""
        variable = self.names.variables[name]
        for other, known in self.names.variables.items():
            if known != variable or (isinstance(other, ast.Name) and isinstance(other.ctx, ast.Load | ast.Del)):
                continue
            above: ast.AST = other
            while not isinstance(above, ast.stmt) and above in self.names.parents:
                above = self.names.parents[above]
            if above in self.needed.keep or isinstance(above, ast.Import | ast.ImportFrom | ast.FunctionDef):
                return True
        return False

    def _with(self, node: ast.With | ast.AsyncWith) -> list[ast.stmt]:
        drawn = [each for each in node.items if self.kinds.of(each.context_expr) == DRAWN]
        stay = [each for each in node.items if each not in drawn]
        if stay and node not in self.needed.keep:
            stay = []
        body = self.block(node.body, is_module=True)
        if not stay:
            return body
        node.items = stay
        for each in stay:
            self._clean(each.context_expr)
        node.body = body or [located(ast.Pass(), node)]
        return [node]

    def _try(self, node: ast.Try | ast.TryStar) -> list[ast.stmt]:
        body = self.block(node.body, is_module=True)
        if not any(not isinstance(each, ast.Pass) for each in body):
            # Nothing is left that could raise.
            return [*self.block(node.orelse, is_module=True), *self.block(node.finalbody, is_module=True)]
        node.body = body
        for handler in node.handlers:
            handler.body = self.block(handler.body)
        node.orelse = self._optional(node.orelse)
        node.finalbody = self._optional(node.finalbody)
        return [node] if node.handlers or node.finalbody else [*node.body, *node.orelse]

    # -- inside statements that stay

    def _clean(self, node: ast.AST) -> None:
        """Arguments that nobody needs any more go, and what is drawn becomes None in a tuple that is handed on."""
        for each in list(walk(node)):
            if isinstance(each, ast.Call) and each not in self._cleaned:
                self._cleaned.add(each)
                gone = [
                    argument
                    for argument in [*each.args, *[k.value for k in each.keywords]]
                    if self.needed.removed_argument(each, argument)
                ]
                if gone:
                    each.args = [a for a in each.args if a not in gone]
                    each.keywords = [k for k in each.keywords if k.value not in gone]
            elif isinstance(each, ast.Tuple) and isinstance(each.ctx, ast.Load):
                each.elts = [located(ast.Constant(None), item) if self.kinds.of(item) == DRAWN else item for item in each.elts]

    def _clean_definition(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        known = self.names.of_node[node]
        if not known.removable:
            return
        gone = {each.arg for each in parameters(node.args) if each.arg not in self.needed.parameters[known]}
        if known.bound and node.args.args:
            gone.discard(node.args.args[0].arg)
        self.removed(known, gone.__contains__)

    def removed(self, known: Function, is_gone: Callable[[str], bool]) -> None:
        """A definition without some of its parameters."""
        arguments = known.node.args
        plain = arguments.args
        without = len(plain) - len(arguments.defaults)
        stay = [
            (each, arguments.defaults[i - without] if i >= without else None)
            for i, each in enumerate(plain)
            if not is_gone(each.arg)
        ]
        arguments.args = [each for each, _ in stay]
        arguments.defaults = [default for _, default in stay if default is not None]
        keyword_only = [
            pair for pair in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if not is_gone(pair[0].arg)
        ]
        arguments.kwonlyargs = [each for each, _ in keyword_only]
        arguments.kw_defaults = [default for _, default in keyword_only]


def _load(node: ast.Name, names: Names) -> ast.Name:
    """The same name, read."""
    made = ast.Name(node.id, ast.Load())
    names.variables[made] = names.variables[node]
    return made


def _text(node: ast.expr) -> str:
    """A called function as the program writes it, without what stands in brackets."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    first = own_name(node.id) if isinstance(node, ast.Name) else "…"
    return ".".join([first, *reversed(parts)])


def _listed(items: list[str]) -> str:
    unique = list(dict.fromkeys(items))
    shown = ", ".join(f"`{each}`" for each in unique[:MOST_NAMED])
    more = len(unique) - MOST_NAMED
    return f"{shown} and {more} more" if more > 0 else shown
