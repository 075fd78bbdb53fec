"""Loops over a few written-out objects of different classes, written out one by one.

`for name, model in [("ridge", Ridge()), ("lasso", Lasso())]:` gives `model` two types. Each round is a block of its own here, so each has the
type of its object. Only loops over a literal (or a name that is bound once to one, and used for nothing else) whose objects are made by
different classes are written out; their body may not leave the loop early.
"""

from __future__ import annotations

import ast
import copy

from batuta.python.walk import Transformer, children, statements, walk


def unroll(tree: ast.Module) -> None:
    """Write out such loops of a module, in place."""
    functions = [node for node in statements(tree) if isinstance(node, ast.FunctionDef)]
    classes = _library_classes(tree)
    written_out: set[ast.For] = set()
    named = {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}
    _Holder(tree, written_out, named, classes).run()
    for function in functions:
        _Holder(function, written_out, named, classes).run()
    own = {each.name for each in tree.body if isinstance(each, ast.ClassDef)}
    if own:
        _Displays(own).visit(tree)


def _classes(node: ast.expr) -> str:
    """The class that an expression makes an object of, or an empty text."""
    if isinstance(node, ast.Call):
        name = (
            node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""
        )
        if name[:1].isupper() or name in ("make_pipeline",):
            return ast.dump(node.func) if name != "make_pipeline" else ast.dump(node)
        if isinstance(node.func, ast.Attribute):
            return _classes(node.func.value)
    return ""


def _library_classes(tree: ast.Module) -> set[str]:
    """Names of scikit-learn's classes and modules that the module imports, and binds to nothing else."""
    found = set()
    for each in tree.body:
        if isinstance(each, ast.ImportFrom) and (each.module or "").partition(".")[0] == "sklearn":
            found |= {one.asname or one.name for one in each.names}
    return found


def _differ(items: list[ast.expr]) -> bool:
    """Whether the items hold objects of different classes in the same place."""
    if len(items) < 2 or len(items) > 12:
        return False
    if all(isinstance(each, ast.Tuple) for each in items):
        sizes = {len(each.elts) for each in items}  # type: ignore[attr-defined]
        if len(sizes) != 1:
            return False
        return any(_differ([each.elts[index] for each in items]) for index in range(sizes.pop()))  # type: ignore[attr-defined]
    found = [_classes(each) for each in items]
    return all(found) and len(set(found)) > 1


class _Holder:
    def __init__(
        self, node: ast.Module | ast.FunctionDef, written_out: set[ast.For], functions: set[str], classes: set[str]
    ) -> None:
        self.node = node
        self.classes = classes
        self.functions = functions
        self.written_out = written_out
        """Loops over a bound literal: each object has a name of its own by now. A loop may stand in a function inside."""
        self.count = 0

    def run(self) -> None:
        """Unroll what stands in this body."""
        for name, statement in self._literals().items():
            self._named(name, statement)
        self.node.body = self._body(self.node.body)

    def _literals(self) -> dict[str, ast.Assign]:
        """Names that are bound once to a literal of different objects."""
        found = {}
        for each in self.node.body:
            if isinstance(each, ast.Assign) and len(each.targets) == 1 and isinstance(each.targets[0], ast.Name):
                items = self._items(each.value)
                if items is not None and (
                    _differ([value for _, value in items])
                    or self._all_functions([value for _, value in items])
                    or self._names_classes([value for _, value in items])
                ):
                    found[each.targets[0].id] = each
        return found

    def _all_functions(self, items: list[ast.expr]) -> bool:
        """Functions whose names some loop over them asks for."""
        return (
            1 < len(items) <= 12
            and all(isinstance(each, ast.Name) and each.id in self.functions for each in items)
            and any(
                self._names_functions(each, items)
                for each in walk(self.node)
                if isinstance(each, ast.For) and isinstance(each.target, ast.Name)
            )
        )

    @staticmethod
    def _items(node: ast.expr) -> list[tuple[ast.expr | None, ast.expr]] | None:
        if isinstance(node, ast.List | ast.Tuple) and not any(isinstance(each, ast.Starred) for each in node.elts):
            return [(None, each) for each in node.elts]
        if isinstance(node, ast.Dict) and all(isinstance(each, ast.Constant) for each in node.keys):
            return [(key, value) for key, value in zip(node.keys, node.values, strict=True)]
        return None

    def _named(self, name: str, statement: ast.Assign) -> None:
        """Give each object of a bound literal a name of its own, when the name is only looped over."""
        uses = [
            each
            for each in walk(self.node)
            if isinstance(each, ast.Name) and each.id == name and each is not statement.targets[0]
        ]
        allowed: list[ast.Name] = []
        loops: list[ast.For] = []
        for each in walk(self.node):
            if isinstance(each, ast.For) and not _leaves(each):
                source = each.iter
                if isinstance(source, ast.Name) and source.id == name and not isinstance(statement.value, ast.Dict):
                    allowed.append(source)
                    loops.append(each)
                elif (
                    isinstance(source, ast.Call)
                    and isinstance(source.func, ast.Attribute)
                    and source.func.attr in ("items", "values")
                    and isinstance(source.func.value, ast.Name)
                    and source.func.value.id == name
                    and isinstance(statement.value, ast.Dict)
                ):
                    allowed.append(source.func.value)
                    loops.append(each)
        items = self._items(statement.value)
        assert items is not None
        asked = self._asked_by_key(name, items)
        if not loops or any(each not in allowed and each not in asked for each in uses):
            return
        bound: list[ast.stmt] = []
        stand_ins: list[tuple[ast.expr | None, ast.expr]] = []
        for index, (key, value) in enumerate(items):
            parts = list(value.elts) if isinstance(value, ast.Tuple) else [value]
            made: list[ast.expr] = []
            for place, part in enumerate(parts):
                if isinstance(part, ast.Constant) or self._is_class(part):
                    made.append(part)
                    continue
                label = f"{name}_{index + 1}" + (
                    f"_{place + 1}" if sum(not isinstance(x, ast.Constant) for x in parts) > 1 else ""
                )
                bound.append(ast.copy_location(ast.Assign([ast.copy_location(ast.Name(label, ast.Store()), part)], part), part))
                made.append(ast.copy_location(ast.Name(label, ast.Load()), part))
            stand_ins.append(
                (key, ast.copy_location(ast.Tuple(made, ast.Load()), value) if isinstance(value, ast.Tuple) else made[0])
            )
        position = self.node.body.index(statement)
        self.node.body[position : position + 1] = bound
        if asked:
            _Asked({node: copy.deepcopy(stand_ins[index][1]) for node, index in asked.values()}).visit(self.node)
        for loop in loops:
            source = loop.iter
            if isinstance(source, ast.Call):
                assert isinstance(source.func, ast.Attribute)
                if source.func.attr == "items":
                    rows: list[ast.expr] = [
                        ast.copy_location(ast.Tuple([key, value], ast.Load()), loop)
                        for key, value in stand_ins
                        if key is not None
                    ]
                else:
                    rows = [value for _, value in stand_ins]
            else:
                rows = [value for _, value in stand_ins]
            loop.iter = ast.copy_location(ast.List(rows, ast.Load()), loop)
            self.written_out.add(loop)

    def _asked_by_key(
        self, name: str, items: list[tuple[ast.expr | None, ast.expr]]
    ) -> dict[ast.Name, tuple[ast.Subscript, int]]:
        """Where the literal is asked for one of its items by a constant: `models["tree"]`, `models[0]`."""
        found = {}
        keys = [key.value if isinstance(key, ast.Constant) else at for at, (key, _) in enumerate(items)]
        for each in walk(self.node):
            match each:
                case ast.Subscript(value=ast.Name(id=held) as holder, slice=ast.Constant(value=key), ctx=ast.Load()):
                    if held == name and keys.count(key) == 1:
                        found[holder] = each, keys.index(key)
        return found

    def _body(self, body: list[ast.stmt]) -> list[ast.stmt]:
        out: list[ast.stmt] = []
        for each in body:
            for name in ("body", "orelse", "finalbody"):
                inner = getattr(each, name, None)
                if isinstance(inner, list) and not isinstance(each, ast.FunctionDef | ast.ClassDef):
                    setattr(each, name, self._body(inner))
            if (
                isinstance(each, ast.For)
                and isinstance(each.iter, ast.List | ast.Tuple)
                and not each.orelse
                and not _leaves(each)
            ):
                if (
                    each in self.written_out
                    or _differ(list(each.iter.elts))
                    or self._names_functions(each, each.iter.elts)
                    or self._names_classes(each.iter.elts)
                ):
                    out.extend(self._rounds(each, list(each.iter.elts)))
                    continue
            out.append(each)
        return out

    def _is_class(self, node: ast.expr) -> bool:
        """Whether an expression names a class of scikit-learn: `Ridge`, or `linear_model.Ridge` of an imported module."""
        match node:
            case ast.Name(name):
                return name in self.classes and name[:1].isupper()
            case ast.Attribute(ast.Name(name), attr):
                return name in self.classes and name[:1].islower() and attr[:1].isupper()
        return False

    def _names_classes(self, items: list[ast.expr]) -> bool:
        """Whether the items, or some place of each, are classes of scikit-learn, which are no values in Rust."""
        if not 1 < len(items) <= 12:
            return False
        if all(self._is_class(each) for each in items):
            return True
        rows = [each.elts for each in items if isinstance(each, ast.Tuple)]
        if len(rows) != len(items) or len({len(row) for row in rows}) != 1:
            return False
        return any(all(self._is_class(each) for each in place) for place in zip(*rows, strict=True))

    def _names_functions(self, loop: ast.For, items: list[ast.expr]) -> bool:
        """Whether the items are functions of the program and the body asks for their names, which a value does not carry."""
        rows = [each.elts if isinstance(each, ast.Tuple) else [each] for each in items]
        known = any(isinstance(each, ast.Name) and each.id in self.functions for row in rows for each in row)
        return (
            known
            and len(items) <= 12
            and any(isinstance(x, ast.Attribute) and x.attr == "__name__" for s in loop.body for x in walk(s))
        )

    def _rounds(self, loop: ast.For, items: list[ast.expr]) -> list[ast.stmt]:
        out: list[ast.stmt] = []
        assigned = {
            each.id
            for statement in loop.body
            for each in walk(statement)
            if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
        }
        for item in items:
            renamed: dict[str, str] = {}
            classes: dict[str, ast.expr] = {}
            bindings = self._bind(loop.target, item, assigned, renamed, classes)
            copied = copy.deepcopy(loop.body)
            known = _constants(loop.target, item, assigned)
            if known:
                copied = _Decided(known).body(copied)
            if classes:
                copied = [_Classes(classes).visit(each) for each in copied]
            for statement in copied:
                for each in walk(statement):
                    if isinstance(each, ast.Name) and each.id in renamed:
                        each.id = renamed[each.id]
            out.extend([*bindings, *copied])
        return out

    def _bind(
        self,
        target: ast.expr,
        item: ast.expr,
        assigned: set[str],
        renamed: dict[str, str],
        classes: dict[str, ast.expr],
    ) -> list[ast.stmt]:
        if isinstance(target, ast.Tuple) and isinstance(item, ast.Tuple) and len(target.elts) == len(item.elts):
            return [
                made
                for one, other in zip(target.elts, item.elts, strict=True)
                for made in self._bind(one, other, assigned, renamed, classes)
            ]
        if isinstance(target, ast.Name) and self._is_class(item) and target.id not in assigned:
            classes[target.id] = item
            return []
        if isinstance(target, ast.Name) and isinstance(item, ast.Name) and target.id not in assigned:
            renamed[target.id] = item.id
            return []
        return [ast.copy_location(ast.Assign([copy.deepcopy(target)], item), item)]


class _Displays(Transformer):
    """Writes out comprehensions over a few classes of the program: `{cls.__name__: cls for cls in (Idle, Ready)}`."""

    def __init__(self, classes: set[str]) -> None:
        self.classes = classes

    def _rounds(self, node: ast.ListComp | ast.SetComp | ast.DictComp) -> list[_Classes]:
        """What each round puts in the place of the name, where the classes stand in the text."""
        match node.generators:
            case [ast.comprehension(target=ast.Name(id=name), iter=ast.Tuple(elts=items) | ast.List(elts=items), ifs=[])]:
                if 0 < len(items) <= 24 and all(isinstance(each, ast.Name) and each.id in self.classes for each in items):
                    return [_Classes({name: each}) for each in items]
        return []

    def visit_ListComp(self, node: ast.ListComp) -> ast.AST:
        self.generic_visit(node)
        rounds = self._rounds(node)
        if not rounds:
            return node
        made = ast.List([each.visit(copy.deepcopy(node.elt)) for each in rounds], ast.Load())
        return ast.copy_location(made, node)

    def visit_DictComp(self, node: ast.DictComp) -> ast.AST:
        self.generic_visit(node)
        rounds = self._rounds(node)
        if not rounds:
            return node
        keys = [each.visit(copy.deepcopy(node.key)) for each in rounds]
        return ast.copy_location(ast.Dict(keys, [each.visit(copy.deepcopy(node.value)) for each in rounds]), node)


class _Asked(Transformer):
    """Puts the items of a literal where they are asked for by a constant."""

    def __init__(self, items: dict[ast.Subscript, ast.expr]) -> None:
        self.items = items

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        made = self.items.get(node)
        return self.generic_visit(node) if made is None else ast.copy_location(made, node)


def _constants(target: ast.expr, item: ast.expr, assigned: set[str]) -> dict[str, object]:
    """The constants that a round binds to names which its body leaves alone."""
    match target, item:
        case ast.Name(name), ast.Constant(value) if name not in assigned and isinstance(value, str | int | None):
            return {name: value}
        case ast.Tuple(targets), ast.Tuple(items) if len(targets) == len(items):
            found: dict[str, object] = {}
            for one, other in zip(targets, items, strict=True):
                found.update(_constants(one, other, assigned))
            return found
    return {}


class _Decided(Transformer):
    """Leaves out the branches that a round cannot take, where constants of the round decide: `if name == "tree":`."""

    def __init__(self, known: dict[str, object]) -> None:
        self.known = known

    def body(self, statements: list[ast.stmt]) -> list[ast.stmt]:
        """The statements without those branches."""
        out: list[ast.stmt] = []
        for each in statements:
            decided = self._decide(each.test) if isinstance(each, ast.If) else None
            if isinstance(each, ast.If) and decided is not None:
                out += self.body(each.body if decided else each.orelse)
                continue
            for name in ("body", "orelse", "finalbody"):
                inner = getattr(each, name, None)
                if isinstance(inner, list) and inner and not isinstance(each, ast.FunctionDef | ast.ClassDef):
                    setattr(each, name, self.body(inner) or [ast.copy_location(ast.Pass(), inner[0])])
            out.append(each if isinstance(each, ast.FunctionDef | ast.ClassDef) else self.visit(each))
        return out

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        """`a if name == "tree" else b`."""
        decided = self._decide(node.test)
        if decided is None:
            return self.generic_visit(node)
        chosen: ast.AST = self.visit(node.body if decided else node.orelse)
        return chosen

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        """What a function reads later is what the last round has left."""
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """The same."""
        return node

    def _decide(self, node: ast.expr) -> bool | None:
        match node:
            case ast.UnaryOp(ast.Not(), operand):
                decided = self._decide(operand)
                return None if decided is None else not decided
            case ast.BoolOp(op, values):
                parts = [self._decide(each) for each in values]
                ending = isinstance(op, ast.Or)
                if parts[0] is ending:
                    return ending
                return None if None in parts else (any(parts) if ending else all(parts))
            case ast.Compare(ast.Name(name), [ast.Eq() | ast.NotEq() as op], [ast.Constant(other)]) if name in self.known:
                same = type(other) is type(self.known[name]) and other == self.known[name]
                return same if isinstance(op, ast.Eq) else not same
            case ast.Compare(ast.Name(name), [ast.In() | ast.NotIn() as op], [held]) if isinstance(self.known.get(name), str):
                texts = _texts(held)
                if texts is None:
                    return None
                return (self.known[name] in texts) == isinstance(op, ast.In)
            case ast.Compare(ast.Constant(str(part)), [ast.In() | ast.NotIn() as op], [ast.Name(name)]):
                text = self.known.get(name)
                return (part in text) == isinstance(op, ast.In) if isinstance(text, str) else None
            case ast.Call(ast.Attribute(ast.Name(name), "startswith" | "endswith" as asked), [ast.Constant(str(part))], []):
                text = self.known.get(name)
                if isinstance(text, str):
                    return text.startswith(part) if asked == "startswith" else text.endswith(part)
        return None


def _texts(node: ast.expr) -> list[str] | None:
    """The texts of a display of texts."""
    if not isinstance(node, ast.Tuple | ast.List | ast.Set):
        return None
    found = [each.value for each in node.elts if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    return found if len(found) == len(node.elts) else None


class _Classes(Transformer):
    """Puts classes in the places of the names that a loop gave them."""

    def __init__(self, classes: dict[str, ast.expr]) -> None:
        self.classes = classes

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        """`cls.__name__` is the class's name."""
        if node.attr == "__name__" and isinstance(node.value, ast.Name) and node.value.id in self.classes:
            found = self.classes[node.value.id]
            text = found.attr if isinstance(found, ast.Attribute) else getattr(found, "id", "")
            return ast.copy_location(ast.Constant(text), node)
        return self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        """The class itself."""
        found = self.classes.get(node.id)
        if found is None:
            return node
        made = copy.deepcopy(found)
        for each in walk(made):
            if isinstance(each, ast.expr):
                ast.copy_location(each, node)
        return made


def _leaves(loop: ast.For) -> bool:
    """Whether the body uses `break` or `continue` of this loop."""
    todo: list[ast.AST] = list(loop.body)
    while todo:
        each = todo.pop()
        if isinstance(each, ast.Break | ast.Continue):
            return True
        if not isinstance(each, ast.For | ast.While | ast.FunctionDef | ast.ClassDef | ast.expr):
            todo.extend(children(each))
    return False
