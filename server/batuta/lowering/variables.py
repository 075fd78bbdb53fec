"""Where variables are declared: before the first statement that all their uses stand in or below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from batuta.ir import nodes as n
from batuta.ir.walk import parts, stored_in, walk
from batuta.lowering.liveness import target_variables
from batuta.lowering.reassignment import Reassignment

if TYPE_CHECKING:
    from batuta.lowering.lower import Lowering

Path = tuple[tuple[int, int], ...]
"""A place in a body: the block and the statement in it, from the outermost to the innermost."""
Uses = tuple[dict[n.Variable, list[Path]], dict[Path, n.Statement]]


class VariableLowering:
    """The part of the lowering that places declarations of variables."""

    def plan(self: Lowering, body: list[n.Statement], skipped: set[n.Variable]) -> None:
        """Decide where each variable of a function is declared."""
        places, statements = self.survey.uses_of(body, lambda: self._uses(body, skipped))
        self._place(places, statements)
        again = Reassignment(self.declared_at, self.in_pattern, self.survey.assigning)
        again.block(body, {each for each in skipped if each.parameter})
        self.reassigned |= again.found

    def _uses(self: Lowering, body: list[n.Statement], skipped: set[n.Variable]) -> Uses:
        """Where each variable of a function is met, and which statements stand there."""
        places: dict[n.Variable, list[Path]] = {}
        statements: dict[Path, n.Statement] = {}
        counter = [0]

        def note(variable: n.Variable, path: Path) -> None:
            if variable not in skipped and not variable.module and not variable.temporary:
                places.setdefault(variable, []).append(path)

        def expressions(node: Any, path: Path, bound: frozenset[n.Variable]) -> None:
            if isinstance(node, n.Comprehension):
                bound = bound | {v for clause in node.clauses for v in target_variables(clause.target)}
            if isinstance(node, n.Lambda):
                bound = bound | set(node.parameters) | {variable for variable, _ in node.held} | set(stored_in(node))
                for each in self.captures.get(node.function, []) if node.function is not None else []:
                    if each not in bound:
                        note(each, path)
            if isinstance(node, n.Read | n.Walrus) and node.variable not in bound:
                note(node.variable, path)
            if isinstance(node, n.VariableTarget) and node.variable not in bound:
                note(node.variable, path)
            if isinstance(node, n.FunctionCall):
                for each in self.captures.get(node.function, []):
                    if each not in bound:
                        note(each, path)
            for each in parts(node):
                if not isinstance(each, n.Statement):
                    expressions(each, path, bound)

        def block(inner: list[n.Statement], prefix: Path) -> None:
            counter[0] += 1
            number = counter[0]
            for index, statement in enumerate(_flat(inner)):
                path = (*prefix, (number, index))
                statements[path] = statement
                visit(statement, path)

        def visit(statement: n.Statement, path: Path) -> None:
            if isinstance(statement, n.LocalFunction):
                for each in self.captures.get(statement.function, []):
                    note(each, path)
                return
            if isinstance(statement, n.For):
                expressions(statement.iterable, path, frozenset())
                counter[0] += 1
                inside = (*path, (counter[0], -1))
                expressions(statement.target, inside, frozenset())
                number = counter[0]
                for index, inner in enumerate(_flat(statement.body)):
                    below = (*path, (number, index))
                    statements[below] = inner
                    visit(inner, below)
                block(statement.otherwise, path)
                return
            for each in parts(statement):
                if not isinstance(each, n.Statement | n.Handler):
                    expressions(each, path, frozenset())
            for name in ("body", "otherwise"):
                held = getattr(statement, name, None)
                if isinstance(held, list):
                    block(held, path)
            if isinstance(statement, n.Try):
                for handler in statement.handlers:
                    counter[0] += 1
                    number = counter[0]
                    if handler.variable is not None:
                        note(handler.variable, (*path, (number, -1)))
                    for index, inner in enumerate(_flat(handler.body)):
                        below = (*path, (number, index))
                        statements[below] = inner
                        visit(inner, below)
                block(statement.final, path)

        block(body, ())
        return places, statements

    def _place(self: Lowering, places: dict[n.Variable, list[Path]], statements: dict[Path, n.Statement]) -> None:
        for variable, found in places.items():
            common = list(found[0])
            for path in found[1:]:
                keep = 0
                while keep < len(common) and keep < len(path) and common[keep][0] == path[keep][0]:
                    if common[keep][1] != path[keep][1]:
                        keep += 1
                        break
                    keep += 1
                common = common[:keep]
            depth = len(common)
            first = min(path[depth - 1][1] for path in found)
            late = variable in self.survey.bound_late
            if first == -1 and not late:
                self.in_pattern.add(variable)
                continue
            place = (*found[0][: depth - 1], (found[0][depth - 1][0], first))
            if variable.maybe_unbound or late:
                # A round of a loop may read what an earlier round assigned: the declaration stands before the outermost loop.
                loops = (cut for cut in range(1, depth) if isinstance(statements.get(place[:cut]), n.For | n.While))
                place = place[: next(loops, depth)]
            statement = statements[place]
            inside = all(path[:depth] == place for path in found)
            if isinstance(statement, n.With) and statement.enter is not None and inside:
                target = statement.target
                if isinstance(target, n.VariableTarget) and target.variable is variable:
                    # The block that the statement opens binds what its manager gives, and nothing behind it needs it.
                    self.in_pattern.add(variable)
                    continue
            direct = len([p for p in found if p == place]) > 0 and self._declares(statement, variable)
            if not direct and isinstance(statement, n.With) and statement.holder is variable and statement.enter is None:
                # The block that the statement opens declares what it is about, where nothing behind it needs it.
                direct = inside
            if direct:
                self.declared_in.setdefault(id(statement), set()).add(variable)
            else:
                self.declared_before.setdefault(id(statement), []).append(variable)

    def declared_at(self: Lowering, statement: n.Statement) -> set[n.Variable]:
        """The variables that a statement declares, or that are declared right before it."""
        return self.declared_in.get(id(statement), set()) | set(self.declared_before.get(id(statement), []))

    def _declares(self: Lowering, statement: n.Statement, variable: n.Variable) -> bool:
        """Whether a statement is an assignment that can be the `let` of a variable."""
        if variable.maybe_unbound and variable not in self.choices.boxed:
            return False
        if isinstance(statement, n.Assign) and len(statement.targets) == 1:
            target = statement.targets[0]
            reads = any(isinstance(each, n.Read | n.Walrus) and each.variable is variable for each in walk(statement.value))
            if reads:
                return False
            if isinstance(target, n.VariableTarget):
                return target.variable is variable
            if isinstance(target, n.TupleTarget):
                inside = any(isinstance(each, n.Read) and each.variable is variable for each in walk(target))
                return variable in target_variables(target) and not inside
        return False

    def declare(self: Lowering, statement: n.Statement) -> None:
        """Print the declarations that stand before a statement."""
        late = self.late_value(statement)
        for variable in self.declared_before.get(id(statement), []):
            if variable is late:
                continue
            name = self.declare_name(variable)
            type_ = self.types.text(variable.type)
            if variable in self.choices.boxed:
                self.emit(f"let {name}: py::Shared<{type_}> = py::Shared::default();")
            elif self.how(variable) == "unbound":
                if self.begins(statement, variable):
                    continue
                self.emit(f"let mut {name}: Option<{type_}> = None;")
            else:
                if name == "_":
                    continue
                if variable in self.tried and self._type_default(variable.type, set()):
                    # Every path that reads it has assigned it, but rustc cannot see that through a block with handlers or a closure.
                    if variable in self.assigned_in_comprehensions:
                        self.lints.add("unused_assignments")
                    self.emit(f"let mut {name}: {type_} = Default::default();")
                    continue
                mutable = "mut " if variable in self.choices.mutable or self.assigned_again(variable) else ""
                self.emit(f"let {mutable}{name}: {type_};")

    def begins(self: Lowering, statement: n.Statement, variable: n.Variable) -> bool:
        """Whether a statement gives a variable, which is declared right before it, its first value."""
        return (
            isinstance(statement, n.Assign)
            and len(statement.targets) == 1
            and isinstance(statement.targets[0], n.VariableTarget)
            and statement.targets[0].variable is variable
            and variable in self.declared_before.get(id(statement), [])
            and not any(isinstance(each, n.Read | n.Walrus) and each.variable is variable for each in walk(statement.value))
        )

    def assigned_again(self: Lowering, variable: n.Variable) -> bool:
        """Whether a variable is assigned more than once in a row (so that its binding needs `mut`)."""
        return variable in self.reassigned


def _flat(body: list[n.Statement]) -> list[n.Statement]:
    """Statements with those of a group, which has no braces of its own, among them."""
    return [each for statement in body for each in (_flat(statement.body) if isinstance(statement, n.Block) else [statement])]
