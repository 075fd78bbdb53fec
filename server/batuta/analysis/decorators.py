"""Decorators of the program, written out for each function that they decorate.

    def logged(func):                         def add_undecorated(a, b): return a + b
        calls = 0
        @wraps(func)                          add_calls = 0
        def wrapper(*args, **kwargs):
            nonlocal calls               →    def add(a, b):
            calls += 1                            global add_calls
            return func(*args, **kwargs)          add_calls += 1
        return wrapper                            return add_undecorated(a, b)

    @logged
    def add(a, b): return a + b

The wrapper takes the parameters of the function that it wraps, so each wrapper has types of its own. What lies around the wrapper becomes
variables beside the function. `args` and `kwargs` that are shown or stored depend on how a call is written: the wrapper is then written out for
the one way in which the program calls the function. What has no such form keeps its decorator, which is refused at that line.
"""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass, field

from batuta.analysis.decorator_classes import write_classes_as_functions
from batuta.analysis.desugar import LABEL
from batuta.analysis.imports import imported_names, qualified_name
from batuta.ir.names import SEPARATOR, home_of, own_name
from batuta.python.new_nodes import fresh_name, located, names_in
from batuta.python.walk import Transformer, children, statements, walk

_KEPT_OUTSIDE = ("property", "staticmethod")
"""Decorators of Python that stay on the outermost function."""
_MARKERS = ("functools.wraps",)


@dataclass
class _Decorator:
    """A function that takes a function, and the function that it gives back."""

    parameter: str
    before: list[ast.stmt]
    wrapper: ast.FunctionDef | None
    """None: it gives back what it took."""
    after: list[ast.stmt]
    outer: ast.arguments | None = None
    """The parameters of the function that makes the decorator, if there is one."""
    outer_before: list[ast.stmt] = field(default_factory=list)


_Style = tuple[int, tuple[str, ...]]
"""How a call is written: the count of positional arguments, and the keywords."""


class _Unfit(Exception):
    """This use of a decorator cannot be written out."""


def write_out_decorators(tree: ast.Module) -> None:
    """Write out the program's own decorators, in place."""
    imports = imported_names(tree)
    found: dict[str, _Decorator] = {}
    nodes: dict[str, ast.FunctionDef] = {}
    write_classes_as_functions(tree, imports)
    _leave_out_labels(tree)
    for each in tree.body:
        if isinstance(each, ast.FunctionDef) and not each.decorator_list:
            made = _decorator(each, imports)
            if made is not None:
                found[each.name], nodes[each.name] = made, each
    if not found:
        return
    writer = _Writer(tree, imports, found)
    tree.body = writer.body(tree.body, [], None)
    names = {each.id for each in walk(tree) if isinstance(each, ast.Name)}
    done = [node for name, node in nodes.items() if name in writer.used and name not in names]
    tree.body = [each for each in tree.body if each not in done]


_LABELS = ("__name__", "__doc__", "__qualname__", "__module__")


def _leave_out_labels(tree: ast.Module) -> None:
    """What is written on a function and read nowhere goes: `apply.__name__ = func.__name__`."""
    written = [
        each
        for each in statements(tree)
        if isinstance(each, ast.Assign)
        and len(each.targets) == 1
        and isinstance(each.targets[0], ast.Attribute)
        and each.targets[0].attr in _LABELS
        and isinstance(each.value, ast.Attribute | ast.Constant | ast.JoinedStr)
    ]
    if not written:
        return
    inside = {id(x) for each in written for x in walk(each)}
    read = {each.attr for each in walk(tree) if isinstance(each, ast.Attribute) and id(each) not in inside}
    gone = {id(each) for each in written if each.targets[0].attr not in read}  # type: ignore[attr-defined]
    for holder in walk(tree):
        if isinstance(holder, ast.FunctionDef) and any(id(each) in gone for each in holder.body):
            holder.body = [each for each in holder.body if id(each) not in gone] or [located(ast.Pass(), holder)]


# -- what is a decorator


def _without_doc(body: list[ast.stmt]) -> list[ast.stmt]:
    return body[1:] if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant) else body


def _parts(node: ast.FunctionDef) -> tuple[list[ast.stmt], ast.FunctionDef, list[ast.stmt]] | None:
    """The statements before the function that is given back, that function, and those after it."""
    body = _without_doc(node.body)
    if len(body) < 2 or not isinstance(body[-1], ast.Return) or not isinstance(body[-1].value, ast.Name):
        return None
    name = body[-1].value.id
    places = [index for index, each in enumerate(body) if isinstance(each, ast.FunctionDef) and each.name == name]
    if len(places) != 1:
        return None
    inner = body[places[0]]
    assert isinstance(inner, ast.FunctionDef)
    around = body[: places[0]] + body[places[0] + 1 : -1]
    if any(isinstance(each, ast.Return | ast.Yield) for statement in around for each in walk(statement)):
        return None
    return body[: places[0]], inner, body[places[0] + 1 : -1]


def _decorator(node: ast.FunctionDef, imports: dict[str, str]) -> _Decorator | None:
    plain = _plain_decorator(node, imports)
    if plain is not None:
        return plain
    parts = _parts(node)
    if parts is None or parts[2] or parts[1].decorator_list:
        return None
    inner = _plain_decorator(parts[1], imports)
    if inner is not None:
        inner.outer, inner.outer_before = node.args, parts[0]
    return inner


def _plain_decorator(node: ast.FunctionDef, imports: dict[str, str]) -> _Decorator | None:
    """`def deco(func): … def wrapper(…): … func(…) …; return wrapper`, or one that gives `func` back."""
    arguments = node.args
    if len(arguments.args) != 1 or arguments.vararg or arguments.kwarg or arguments.kwonlyargs or arguments.defaults:
        return None
    parameter = arguments.args[0].arg
    body = _without_doc(node.body)
    if body and isinstance(body[-1], ast.Return) and isinstance(body[-1].value, ast.Name) and body[-1].value.id == parameter:
        before = body[:-1]
        if before and not any(isinstance(x, ast.Return | ast.FunctionDef | ast.Lambda) for s in before for x in walk(s)):
            return _Decorator(parameter, before, None, [])
        return None
    parts = _parts(node)
    if parts is None:
        return None
    before, wrapper, after = parts
    for each in wrapper.decorator_list:
        name = qualified_name(each.func if isinstance(each, ast.Call) else each, imports)
        if name not in _MARKERS:
            return None
    calls = [
        each
        for each in walk(wrapper)
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == parameter
    ]
    stored = {x.id for x in walk(node) if isinstance(x, ast.Name) and not isinstance(x.ctx, ast.Load)}
    if not calls or parameter in stored:
        return None
    return _Decorator(parameter, before, wrapper, after)


# -- writing one out


def _is_plain(node: ast.expr) -> bool:
    """Whether an expression may be written out at each use: a constant, a name, or a tuple of such."""
    if isinstance(node, ast.Tuple):
        return all(_is_plain(each) for each in node.elts)
    return isinstance(node, ast.Constant | ast.Name | ast.Attribute)


def _stored(nodes: list[ast.stmt]) -> set[str]:
    """The names that statements bind, functions inside left out."""
    found: set[str] = set()
    todo: list[ast.AST] = list(nodes)
    while todo:
        each = todo.pop()
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            found.add(each.id)
        elif isinstance(each, ast.FunctionDef):
            found.add(each.name)
            continue
        elif isinstance(each, ast.ExceptHandler) and each.name:
            found.add(each.name)
        elif isinstance(each, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            continue
        todo.extend(children(each))
    return found


def _parameter_names(arguments: ast.arguments) -> list[str]:
    return [each.arg for each in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]]


class _Writer:
    def __init__(self, tree: ast.Module, imports: dict[str, str], decorators: dict[str, _Decorator]) -> None:
        self.tree = tree
        self.imports = imports
        self.decorators = decorators
        self.taken = names_in(tree)
        self.used: set[str] = set()

    def fresh(self, name: str) -> str:
        """A name that the program does not use."""
        return fresh_name(name, self.taken)

    def body(self, body: list[ast.stmt], outside: list[ast.stmt], cls: ast.ClassDef | None) -> list[ast.stmt]:
        """Statements with the decorated functions among them written out. State of methods goes to `outside`."""
        out: list[ast.stmt] = []
        for each in body:
            if isinstance(each, ast.ClassDef):
                state: list[ast.stmt] = []
                each.body = self.body(each.body, state, each)
                out.extend([*state, each])
                continue
            if isinstance(each, ast.FunctionDef):
                each.body = self.body(each.body, [], None)
                if each.decorator_list and any(self._known(one) for one in each.decorator_list):
                    out.extend(self._function(each, outside if cls is not None else None, cls, out))
                    continue
            out.append(each)
        return out

    def _known(self, node: ast.expr) -> _Decorator | None:
        head = node.func if isinstance(node, ast.Call) else node
        found = self.decorators.get(head.id) if isinstance(head, ast.Name) else None
        if found is None or (found.outer is not None) != isinstance(node, ast.Call):
            return None
        return found

    def _function(
        self, node: ast.FunctionDef, outside: list[ast.stmt] | None, cls: ast.ClassDef | None, before: list[ast.stmt]
    ) -> list[ast.stmt]:
        """One decorated function: itself under another name, then each wrapper; the outermost has its name."""
        kept: list[ast.expr] = []
        chain = list(node.decorator_list)
        while chain and isinstance(chain[0], ast.Name) and chain[0].id in _KEPT_OUTSIDE and cls is not None:
            kept.append(chain.pop(0))
        own: list[ast.expr] = []
        while chain and self._known(chain[-1]) is None:
            own.insert(0, chain.pop())
        if not chain or any(self._known(each) is None for each in chain):
            return [node]
        taken = set(self.taken)
        static = any(isinstance(each, ast.Name) and each.id == "staticmethod" for each in kept)
        if any(isinstance(each, ast.Name) and each.id == "property" for each in kept):
            inner_kept: list[ast.expr] = []
        else:
            inner_kept = list(kept)
        try:
            wrapped = sum(1 for each in chain if self._known(each).wrapper is not None)  # type: ignore[union-attr]
            if not wrapped:
                made: list[ast.stmt] = []
                for each in reversed(chain):
                    known = self._known(each)
                    assert known is not None
                    if cls is not None:
                        raise _Unfit
                    made.extend(self._registered(known, each, node))
                node.decorator_list = [*kept, *own]
                return [node, *made]
            base = copy.copy(node)
            base.decorator_list = [*inner_kept, *own]
            base.name = self.fresh(f"{node.name}_undecorated")
            setattr(base, LABEL, node.name)
            # Its defaults, too: the decorator may keep it as it is. Defaults that are made have names already.
            base.args = copy.deepcopy(node.args)
            out: list[ast.stmt] = [base]
            styles: list[_Style | None] = [None]
            wrappers = [known for each in chain if (known := self._known(each)) is not None and known.wrapper is not None]
            if node.args.kwarg or any(_shown(each.wrapper, each.parameter) for each in wrappers if each.wrapper is not None):
                styles = list(self._styles(node, cls))
            names = [node.name, *[self.fresh(f"{node.name}_called_{index + 2}") for index in range(len(styles) - 1)]]
            targets = [base.name] * len(styles)
            for index, each in enumerate(reversed(chain)):
                known = self._known(each)
                assert known is not None
                if known.wrapper is None:
                    if cls is not None:
                        raise _Unfit
                    out.extend(self._registered(known, each, node, targets[0]))
                    continue
                last = not any(self._known(one).wrapper is not None for one in chain[: len(chain) - 1 - index])  # type: ignore[union-attr]
                made_names = names if last else [self.fresh(f"{name}_{_name_of(each)}") for name in names]
                state, written, after = self._wrappers(known, each, node, targets, made_names, styles, cls, static)
                for wrapper in written:
                    wrapper.decorator_list = list(kept) if last else list(inner_kept)
                if outside is not None:
                    outside.extend([*state, *after])
                    out.extend(written)
                else:
                    out.extend([*state, *written, *after])
                targets = made_names
            for each in chain:
                self.used.add(_name_of(each))
            self._rename_calls(node, styles, names)
            return out
        except _Unfit:
            self.taken = taken
            return [node]

    # -- parts

    def _outer_values(self, known: _Decorator, use: ast.expr) -> dict[str, ast.expr]:
        """What the parameters of the function that makes the decorator are given."""
        if known.outer is None:
            return {}
        assert isinstance(use, ast.Call)
        if any(isinstance(each, ast.Starred) for each in use.args) or any(each.arg is None for each in use.keywords):
            raise _Unfit
        names = [*known.outer.posonlyargs, *known.outer.args]
        given: dict[str, ast.expr] = {}
        if len(use.args) > len(names) and known.outer.vararg is None:
            raise _Unfit
        for each, value in zip(names, use.args, strict=False):
            given[each.arg] = value
        rest, options = known.outer.vararg, known.outer.kwarg
        known_names = _parameter_names(known.outer)
        others: list[ast.keyword] = []
        for keyword in use.keywords:
            if keyword.arg in given or (keyword.arg not in known_names and options is None):
                raise _Unfit
            if keyword.arg in known_names:
                given[str(keyword.arg)] = keyword.value
            else:
                others.append(keyword)
        defaults = dict(
            zip([each.arg for each in names[len(names) - len(known.outer.defaults) :]], known.outer.defaults, strict=True)
        )
        defaults.update(
            {
                each.arg: default
                for each, default in zip(known.outer.kwonlyargs, known.outer.kw_defaults, strict=True)
                if default is not None
            }
        )
        for name in known_names:
            if name not in given:
                if name not in defaults:
                    raise _Unfit
                given[name] = defaults[name]
        if rest is not None:
            given[rest.arg] = located(ast.Tuple(use.args[len(names) :], ast.Load()), use)
        if options is not None:
            held = ast.Dict([ast.Constant(each.arg) for each in others], [each.value for each in others])
            given[options.arg] = located(held, use)
        return given

    def _state(
        self, known: _Decorator, use: ast.expr, node: ast.FunctionDef, prefix: str
    ) -> tuple[list[ast.stmt], dict[str, ast.expr], set[str]]:
        """The statements that make the surroundings of a wrapper, what its names stand for, and which are variables."""
        values = self._outer_values(known, use)
        statements: list[ast.stmt] = []
        substitutes: dict[str, ast.expr] = {}
        variables: set[str] = set()
        inner = [*known.outer_before, *known.before, *known.after, *([known.wrapper] if known.wrapper is not None else [])]
        changed = {x.id for s in inner for x in walk(s) if isinstance(x, ast.Name) and not isinstance(x.ctx, ast.Load)}
        for name, value in values.items():
            if name not in changed and _is_plain(value):
                substitutes[name] = value
                continue
            label = self.fresh(f"{prefix}_{name}")
            statements.append(located(ast.Assign([ast.Name(label, ast.Store())], copy.deepcopy(value)), use))
            substitutes[name] = ast.Name(label, ast.Load())
            variables.add(label)
        for name in sorted(_stored([*known.outer_before, *known.before])):
            label = self.fresh(f"{prefix}_{name}")
            substitutes[name] = ast.Name(label, ast.Load())
            variables.add(label)
        return statements, substitutes, variables

    def _registered(self, known: _Decorator, use: ast.expr, node: ast.FunctionDef, target: str | None = None) -> list[ast.stmt]:
        """What a decorator does that gives the function back."""
        statements, substitutes, _ = self._state(known, use, node, node.name)
        substitutes[known.parameter] = ast.Name(target or node.name, ast.Load())
        made = [copy.deepcopy(each) for each in [*known.outer_before, *known.before]]
        rename = _Rename(substitutes, known.parameter, node)
        self.used.add(_name_of(use))
        return [*statements, *[rename.visit(each) for each in made]]

    def _wrappers(
        self,
        known: _Decorator,
        use: ast.expr,
        node: ast.FunctionDef,
        targets: list[str],
        made_names: list[str],
        styles: list[_Style | None],
        cls: ast.ClassDef | None,
        static: bool,
    ) -> tuple[list[ast.stmt], list[ast.FunctionDef], list[ast.stmt]]:
        """The surroundings of the wrappers, a wrapper for each way in which the function is called, and what comes after."""
        assert known.wrapper is not None
        name = made_names[0]
        prefix = name if cls is None else f"{cls.name.lower()}_{name}"
        statements, surroundings, variables = self._state(known, use, node, prefix)
        attributes = {
            each.attr
            for statement in [*known.after, known.wrapper]
            for each in walk(statement)
            if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and each.value.id == known.wrapper.name
        } - {"__name__", "__doc__"}
        labels: dict[str, str] = {}
        if attributes and cls is not None:
            raise _Unfit
        for each in sorted(attributes):
            labels[each] = self.fresh(f"{name}_{each}")
            variables.add(labels[each])
        written: list[ast.FunctionDef] = []
        for target, made_name, style in zip(targets, made_names, styles, strict=True):
            wrapper = copy.deepcopy(known.wrapper)
            arguments, forwarded = self._parameters(wrapper, node, style, known.parameter)
            substitutes = dict(surroundings)
            inside = (_stored(wrapper.body) | _comprehension_names(wrapper)) - set(substitutes)
            inside -= {x for each in walk(wrapper) if isinstance(each, ast.Nonlocal) for x in each.names}
            names = set(_parameter_names(arguments))
            if arguments.vararg is not None:
                names.add(arguments.vararg.arg)
            own = set(_parameter_names(wrapper.args))
            for each in sorted(inside & (names - own)):
                substitutes[each] = ast.Name(self.fresh(f"{each}_"), ast.Load())
            for free in {x.id for x in walk(wrapper) if isinstance(x, ast.Name)} - own - inside - set(substitutes):
                if free in names and free not in (known.parameter, *forwarded.names):
                    raise _Unfit
            rename = _Rename(substitutes, known.parameter, node)
            rename.wrapper, rename.labels, rename.public = known.wrapper.name, labels, name
            rename.forwarded = forwarded
            rename.target, rename.cls, rename.static = target, cls, static
            rename.several = cls is not None and self._defined_elsewhere(cls, node.name)
            wrapper.body = [rename.visit(each) for each in wrapper.body if not isinstance(each, ast.Nonlocal)]
            wrapper.name, wrapper.args, wrapper.returns = made_name, arguments, None
            changed = {
                x.target.id
                for x in walk(wrapper)
                if isinstance(x, ast.AugAssign) and isinstance(x.target, ast.Name) and x.target.id in variables
            }
            outward = sorted((_stored(wrapper.body) & variables) | changed)
            if outward:
                wrapper.body.insert(0, located(self._outward(node, cls, outward), known.wrapper))
            if isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant):
                wrapper.body = [copy.deepcopy(node.body[0]), *_without_doc(wrapper.body)]
            written.append(wrapper)
        around = _Rename(surroundings, known.parameter, node)
        around.wrapper, around.labels, around.public = known.wrapper.name, labels, name
        around.target, around.cls = targets[0], cls
        made = [*statements, *[around.visit(copy.deepcopy(each)) for each in [*known.outer_before, *known.before]]]
        after = [around.visit(copy.deepcopy(each)) for each in known.after]
        if labels:
            _Attributes(name, labels).visit(self.tree)
        return made, written, after

    def _defined_elsewhere(self, cls: ast.ClassDef, name: str) -> bool:
        """Whether another class has a method of this name, so that a call through the object could mean that one."""
        return any(
            isinstance(other, ast.ClassDef)
            and other is not cls
            and any(isinstance(each, ast.FunctionDef) and each.name == name for each in other.body)
            for other in walk(self.tree)
        )

    def _outward(self, node: ast.FunctionDef, cls: ast.ClassDef | None, names: list[str]) -> ast.stmt:
        top = cls is not None or node in self.tree.body or any(each is node for each in self.tree.body)
        return ast.Global(names) if top else ast.Nonlocal(names)

    def _parameters(
        self, wrapper: ast.FunctionDef, node: ast.FunctionDef, style: _Style | None, parameter: str
    ) -> tuple[ast.arguments, _Forwarded]:
        """The parameters of a written-out wrapper, and what its `*args` and `**kwargs` stand for."""
        own = wrapper.args
        if own.vararg is None and own.kwarg is None:
            return copy.deepcopy(own), _Forwarded()
        if own.kwonlyargs or own.posonlyargs or own.defaults:
            raise _Unfit
        theirs = copy.deepcopy(node.args)
        plain = [*theirs.posonlyargs, *theirs.args]
        leading = self._before_rest(wrapper, own, parameter)
        if leading > len(plain):
            raise _Unfit
        rest = plain[leading:]
        leading = len(own.args)
        forwarded = _Forwarded(own.vararg.arg if own.vararg else "", own.kwarg.arg if own.kwarg else "")
        if style is not None:
            count, keywords = style
            positional = rest[: max(count - leading, 0)]
            more = count - leading - len(positional)
            if more > 0:
                if theirs.vararg is None:
                    raise _Unfit
                positional += [ast.arg(f"{theirs.vararg.arg}_{index + 1}") for index in range(more)]
            by_name = {each.arg: each for each in [*rest, *theirs.kwonlyargs]}
            if theirs.kwarg is None and any(each not in by_name for each in keywords):
                raise _Unfit
            named = [by_name.get(each, ast.arg(each)) for each in keywords]
            forwarded.positional = [each.arg for each in positional]
            forwarded.by_keyword = list(keywords)
            kept = {*forwarded.positional, *keywords}
            left = [each for each in [*rest, *theirs.kwonlyargs] if each.arg not in kept]
            defaults = dict(zip([e.arg for e in plain[len(plain) - len(theirs.defaults) :]], theirs.defaults, strict=True))
            defaults.update({e.arg: d for e, d in zip(theirs.kwonlyargs, theirs.kw_defaults, strict=True) if d is not None})
            if any(each.arg not in defaults for each in left):
                raise _Unfit
            forwarded.defaulted = {each.arg: defaults[each.arg] for each in left}
            arguments = [*copy.deepcopy(own.args), *positional, *named]
            return ast.arguments([], arguments, None, [], [], None, []), forwarded
        forwarded.positional = [each.arg for each in rest]
        forwarded.by_keyword = [each.arg for each in theirs.kwonlyargs]
        forwarded.vararg = theirs.vararg.arg if theirs.vararg else ""
        if {each.arg for each in own.args} & {each.arg for each in [*rest, *theirs.kwonlyargs]}:
            raise _Unfit
        if own.kwarg is None and theirs.kwonlyargs:
            raise _Unfit
        made = copy.deepcopy(theirs)
        made.posonlyargs = []
        made.args = [*copy.deepcopy(own.args), *copy.deepcopy(rest)]
        # Defaults belong to the last parameters; those that the wrapper fills itself take theirs with them.
        made.defaults = made.defaults[-len(made.args) :] if made.args else []
        if len(plain) - len(rest) == len(own.args):
            for mine, each in zip(made.args, plain, strict=False):
                mine.annotation = copy.deepcopy(each.annotation)
        return made, forwarded

    @staticmethod
    def _before_rest(wrapper: ast.FunctionDef, own: ast.arguments, parameter: str) -> int:
        """How many parameters of the function are filled before `*args`: as many as the wrapper's own, or as its call says."""
        counts = set()
        for each in walk(wrapper):
            if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == parameter:
                stars = [index for index, one in enumerate(each.args) if isinstance(one, ast.Starred)]
                counts.add(stars[0] if stars else len(each.args))
        return counts.pop() if len(counts) == 1 else len(own.args)

    def _calls_of(self, node: ast.FunctionDef, cls: ast.ClassDef | None) -> list[ast.Call]:
        return [
            each
            for each in walk(self.tree)
            if isinstance(each, ast.Call)
            and (
                (cls is None and isinstance(each.func, ast.Name) and each.func.id == node.name)
                or (cls is not None and isinstance(each.func, ast.Attribute) and each.func.attr == node.name)
            )
        ]

    @staticmethod
    def _style_of(call: ast.Call, cls: ast.ClassDef | None) -> _Style:
        if any(isinstance(x, ast.Starred) for x in call.args) or any(k.arg is None for k in call.keywords):
            raise _Unfit
        return len(call.args) + (cls is not None), tuple(str(k.arg) for k in call.keywords)

    def _styles(self, node: ast.FunctionDef, cls: ast.ClassDef | None) -> list[_Style]:
        """The ways in which the program calls a function: the count of positional arguments and the keywords of each."""
        calls = self._calls_of(node, cls)
        plain = len([*node.args.posonlyargs, *node.args.args])
        styles = list(dict.fromkeys(self._style_of(each, cls) for each in calls))
        called = {each.func for each in calls}
        if cls is None and any(
            isinstance(each, ast.Name) and each.id == node.name and each not in called for each in walk(self.tree)
        ):
            # Handed on as a value: called with what it requires.
            value: _Style = (plain - len(node.args.defaults), ())
            styles = [value, *[each for each in styles if each != value]]
        if len(styles) > 1 and cls is not None and self._defined_elsewhere(cls, node.name):
            raise _Unfit
        return styles or [(plain, ())]

    def _rename_calls(self, node: ast.FunctionDef, styles: list[_Style | None], names: list[str]) -> None:
        """Each call goes to the wrapper that was written out for its form."""
        if len(styles) < 2:
            return
        in_class = any(isinstance(each, ast.ClassDef) and node in each.body for each in walk(self.tree))
        owner = next((x for x in walk(self.tree) if isinstance(x, ast.ClassDef) and node in x.body), None)
        for call in self._calls_of(node, owner if in_class else None):
            name = names[styles.index(self._style_of(call, owner if in_class else None))]
            if isinstance(call.func, ast.Name):
                call.func.id = name
            elif isinstance(call.func, ast.Attribute):
                call.func.attr = name


def _comprehension_names(node: ast.AST) -> set[str]:
    return {
        x.id for each in walk(node) if isinstance(each, ast.comprehension) for x in walk(each.target) if isinstance(x, ast.Name)
    }


def _name_of(node: ast.expr) -> str:
    head = node.func if isinstance(node, ast.Call) else node
    return head.id if isinstance(head, ast.Name) else ""


@dataclass
class _Forwarded:
    """What `*args` and `**kwargs` of a wrapper stand for."""

    args: str = ""
    kwargs: str = ""
    positional: list[str] = field(default_factory=list)
    by_keyword: list[str] = field(default_factory=list)
    vararg: str = ""
    defaulted: dict[str, ast.expr] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, str]:
        return self.args, self.kwargs


def _shown(wrapper: ast.FunctionDef, function: str) -> bool:
    """Whether `args` or `kwargs` is used for more than being handed on."""
    names = {each.arg for each in (wrapper.args.vararg, wrapper.args.kwarg) if each is not None}
    handed: set[ast.AST] = set()
    for each in walk(wrapper):
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == function:
            handed.update(x.value for x in each.args if isinstance(x, ast.Starred))
            handed.update(x.value for x in each.keywords if x.arg is None)
    return any(isinstance(each, ast.Name) and each.id in names and each not in handed for each in walk(wrapper))


class _Rename(Transformer):
    """Puts the function, its arguments and its surroundings in the places of the decorator's names."""

    def __init__(self, substitutes: dict[str, ast.expr], parameter: str, node: ast.FunctionDef) -> None:
        self.substitutes = substitutes
        self.parameter = parameter
        self.node = node
        self.forwarded = _Forwarded()
        self.target = ""
        self.wrapper = ""
        self.public = ""
        self.labels: dict[str, str] = {}
        self.cls: ast.ClassDef | None = None
        self.static = False
        self.several = False

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if not (self.target and isinstance(node.func, ast.Name) and node.func.id == self.parameter):
            match node:
                case ast.Call(func=ast.Name(id="map"), args=[ast.Name() as function, source]):
                    items = self._items(source)
                    if items is not None:
                        calls: list[ast.expr] = [ast.Call(copy.deepcopy(function), [each], []) for each in items]
                        return located(ast.List(calls, ast.Load()), node)
            return self.generic_visit(node)
        arguments: list[ast.expr] = []
        keywords: list[ast.keyword] = []
        for each in node.args:
            if isinstance(each, ast.Starred) and isinstance(each.value, ast.Name) and each.value.id == self.forwarded.args:
                arguments.extend(ast.Name(name, ast.Load()) for name in self.forwarded.positional)
                if self.forwarded.vararg:
                    arguments.append(ast.Starred(ast.Name(self.forwarded.vararg, ast.Load()), ast.Load()))
            elif isinstance(each, ast.Starred):
                raise _Unfit
            else:
                arguments.append(self.visit(each))
        for keyword in node.keywords:
            if keyword.arg is None:
                if not (isinstance(keyword.value, ast.Name) and keyword.value.id == self.forwarded.kwargs):
                    raise _Unfit
                keywords.extend(ast.keyword(name, ast.Name(name, ast.Load())) for name in self.forwarded.by_keyword)
                keywords.extend(ast.keyword(name, copy.deepcopy(value)) for name, value in self.forwarded.defaulted.items())
            else:
                keywords.append(ast.keyword(keyword.arg, self.visit(keyword.value)))
        if self.cls is None:
            head: ast.expr = ast.Name(self.target, ast.Load())
        elif self.static or self.several or not arguments:
            head = ast.Attribute(ast.Name(self.cls.name, ast.Load()), self.target, ast.Load())
        else:
            receiver = arguments.pop(0)
            if isinstance(receiver, ast.Starred):
                raise _Unfit
            head = ast.Attribute(receiver, self.target, ast.Load())
        return located(ast.Call(head, arguments, keywords), node)

    def _items(self, node: ast.expr) -> list[ast.expr] | None:
        """The items of `args`, `kwargs.items()` and the like, one by one."""
        positional: list[ast.expr] = [ast.Name(each, ast.Load()) for each in self.forwarded.positional]
        keys: list[ast.expr] = [ast.Constant(each) for each in self.forwarded.by_keyword]
        values: list[ast.expr] = [ast.Name(each, ast.Load()) for each in self.forwarded.by_keyword]
        match node:
            case ast.Name(id=name) if name and name == self.forwarded.args:
                return positional
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=what), args=[]) if (
                name and name == self.forwarded.kwargs
            ):
                pairs: list[ast.expr] = [ast.Tuple([key, value], ast.Load()) for key, value in zip(keys, values, strict=True)]
                return {"items": pairs, "keys": keys, "values": values}.get(what)
            case ast.Call(func=ast.Name(id="sorted"), args=[inner], keywords=[]):
                found = self._items(inner)
                if found is not None and all(isinstance(each, ast.Tuple) for each in found):
                    return sorted(found, key=lambda each: each.elts[0].value)  # type: ignore[attr-defined]
        return None

    def _one_by_one(self, node: ast.ListComp | ast.GeneratorExp) -> ast.expr | None:
        """A comprehension over the arguments of the call, whose types differ, as a display."""
        first = node.generators[0]
        items = self._items(first.iter)
        if items is None or len(node.generators) > 1 or first.ifs:
            return None
        out: list[ast.expr] = []
        for item in items:
            values: dict[str, ast.expr] = {}
            if isinstance(first.target, ast.Name):
                values[first.target.id] = item
            elif isinstance(first.target, ast.Tuple) and isinstance(item, ast.Tuple):
                for name, value in zip(first.target.elts, item.elts, strict=False):
                    if not isinstance(name, ast.Name):
                        return None
                    values[name.id] = value
            else:
                return None
            inner = _Rename({**self.substitutes, **values}, self.parameter, self.node)
            inner.wrapper, inner.labels, inner.public = self.wrapper, self.labels, self.public
            out.append(inner.visit(copy.deepcopy(node.elt)))
        return located(ast.List(out, ast.Load()), node)

    def visit_ListComp(self, node: ast.ListComp) -> ast.AST:
        return self._one_by_one(node) or self.generic_visit(node)

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> ast.AST:
        return self._one_by_one(node) or self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        if isinstance(node.value, ast.Name):
            if node.value.id == self.parameter:
                if node.attr in ("__name__", "__qualname__"):
                    owner = f"{own_name(self.cls.name)}." if self.cls is not None and node.attr == "__qualname__" else ""
                    return located(ast.Constant(f"{owner}{own_name(self.node.name)}"), node)
                if node.attr == "__doc__":
                    return located(ast.Constant(ast.get_docstring(self.node, clean=False)), node)
                if node.attr == "__module__":
                    home = home_of(self.node.name).replace(SEPARATOR, ".")
                    return located(ast.Constant(home) if home else ast.Name("__name__", ast.Load()), node)
            if node.value.id == self.wrapper and node.attr in self.labels:
                return located(ast.Name(self.labels[node.attr], node.ctx), node)
        return self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id == self.forwarded.args and node.id:
            return located(ast.Tuple([ast.Name(each, ast.Load()) for each in self.forwarded.positional], ast.Load()), node)
        if node.id == self.forwarded.kwargs and node.id:
            keys: list[ast.expr | None] = [ast.Constant(each) for each in self.forwarded.by_keyword]
            return located(ast.Dict(keys, [ast.Name(each, ast.Load()) for each in self.forwarded.by_keyword]), node)
        if node.id == self.parameter and self.target:
            if self.cls is not None:
                raise _Unfit
            return located(ast.Name(self.target, ast.Load()), node)
        if node.id == self.wrapper and self.wrapper:
            return located(ast.Name(self.public, node.ctx), node)
        found = self.substitutes.get(node.id)
        if found is None:
            return node
        if isinstance(found, ast.Name):
            return located(ast.Name(found.id, node.ctx), node)
        return located(copy.deepcopy(found), node)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> ast.AST:
        found = self.substitutes.get(node.name or "")
        if isinstance(found, ast.Name):
            node.name = found.id
        return self.generic_visit(node)


class _Attributes(Transformer):
    """`add.calls` as the variable that it has become."""

    def __init__(self, name: str, labels: dict[str, str]) -> None:
        self.name = name
        self.labels = labels

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        if isinstance(node.value, ast.Name) and node.value.id == self.name and node.attr in self.labels:
            return located(ast.Name(self.labels[node.attr], node.ctx), node)
        return self.generic_visit(node)
