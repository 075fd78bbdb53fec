"""What Python asks an object for when its class is known at run time only, written out as a function for each question.

`thing.area()` of a value becomes `call_area(thing)`, with

    def call_area(this):
        if isinstance(this, Circle):
            return this.area()
        if isinstance(this, Square):
            return this.area()
        raise AttributeError(f"'{type(this).__name__}' object has no attribute 'area'")

so that each branch is an ordinary call on an object of a known class, and the rest of the compiler needs to know nothing of it. The
functions are added before types are inferred, for the attributes and operators that the program's classes have and the program uses; one that no
value ever reaches is left out of the Rust.
"""

from __future__ import annotations

import ast
import copy
import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from batuta.analysis.graph import Cell
from batuta.analysis.imports import imported_names
from batuta.analysis.narrowing import path_of
from batuta.analysis.program import Use
from batuta.catalog.index import catalog
from batuta.ir import types as t
from batuta.ir.names import own_name
from batuta.python.new_nodes import located
from batuta.python.walk import Transformer, walk

if TYPE_CHECKING:
    from batuta.analysis.infer import Inference

PLAIN = "_batuta_plain"
"""The mark of an expression in a dispatching function that is meant for what is no object of the program."""
OPERATORS = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "truediv",
    ast.FloorDiv: "floordiv",
    ast.Mod: "mod",
    ast.Pow: "pow",
    ast.BitAnd: "and",
    ast.BitOr: "or",
    ast.BitXor: "xor",
    ast.LShift: "lshift",
    ast.RShift: "rshift",
}
Question = tuple[str, str, int, tuple[str, ...]]
"""What is asked (`call`, `get`, `set` or the name of a special method), of which name, with how many arguments and which named ones."""


@dataclass
class Asked:
    """A class of the program with what an object of it can be asked for."""

    node: ast.ClassDef
    bases: list[str]
    methods: dict[str, ast.FunctionDef]
    fields: set[str]
    given: frozenset[str] = frozenset()
    """What its objects have because of its bases: `_replace` of a named tuple, `value` of a member of an enum."""

    def names(self) -> set[str]:
        """Everything that its objects have."""
        return {*self.methods, *self.fields, *self.given}


def invocation_of(node: ast.Call) -> Question | None:
    """The question that a call asks what it calls, should that be a value."""
    if node.keywords or any(isinstance(each, ast.Starred) for each in node.args):
        return None
    return ("invoke", "__call__", len(node.args), ())


def question_of(node: ast.AST) -> Question | None:
    """The question that an expression asks, should its object be a value."""
    match node:
        case ast.Call(func=ast.Name() | ast.Subscript() | ast.Call(), keywords=[]):
            return invocation_of(node)
        case ast.Call(func=ast.Attribute(attr=name), args=arguments, keywords=keywords):
            if any(isinstance(each, ast.Starred) for each in arguments) or any(each.arg is None for each in keywords):
                return None
            return ("call", name, len(arguments), tuple(str(each.arg) for each in keywords))
        case ast.Name(id="callable"):
            return ("callable", "__call__", 0, ())
        case ast.Attribute(attr=name, ctx=ast.Load()):
            return ("get", name, 0, ())
        case ast.Attribute(attr=name, ctx=ast.Store()):
            return ("set", name, 1, ())
        case ast.BinOp(op=op) if type(op) in OPERATORS:
            return ("operator", OPERATORS[type(op)], 1, ())
        case ast.Subscript(ctx=ast.Load(), slice=part) if not isinstance(part, ast.Slice):
            return ("item", "__getitem__", 1, ())
        case ast.Compare(ops=[ast.In() | ast.NotIn()]):
            return ("contains", "__contains__", 1, ())
    return None


def add_dispatchers(tree: ast.Module) -> dict[Question, str]:
    """Add the functions to a program, in place. The name of each."""
    classes = asked_classes(tree)
    held = held_classes(tree)
    if not classes and not held:
        return {}
    known = {name for each in classes for name in each.names()} | {name for each in held for name in held[each]}
    by_name = {each.node.name: each for each in classes}
    questions: dict[Question, None] = {}
    taken = set()
    for node in walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            taken.add(node.name)
        elif isinstance(node, ast.Name | ast.arg):
            taken.add(node.id if isinstance(node, ast.Name) else node.arg)
        if isinstance(node, ast.AugAssign):
            if isinstance(node.target, ast.Attribute):
                questions[("get", node.target.attr, 0, ())] = None
            if type(node.op) in OPERATORS:
                questions[("operator", OPERATORS[type(node.op)], 1, ())] = None
        # What an attribute holds may be called, too.
        asked = [question_of(node), invocation_of(node) if isinstance(node, ast.Call) else None]
        questions.update((each, None) for each in asked if each is not None)
    made: dict[Question, str] = {}
    functions: list[ast.stmt] = []
    for question in questions:
        kind, name, _, _ = question
        if kind == "operator":
            if not {f"__{name}__", f"__r{name}__"} & known:
                continue
        elif name not in known:
            continue
        label = {"call": f"call_{name}", "get": f"{name}_of", "set": f"set_{name}_of"}.get(kind, f"value_{name.strip('_')}")
        label = label.lstrip("_")
        numbered = (f"{label}_{number}" for number in itertools.count(2))
        while label in taken:
            label = next(numbered)
        function = _function(question, label, classes, by_name, held)
        if function is None:
            continue
        taken.add(label)
        first = classes[0].node if classes else tree.body[0]
        line, column = first.lineno, first.col_offset
        at = ast.Pass(lineno=line, col_offset=column, end_lineno=line, end_col_offset=column + len("class"))
        made[question] = label
        functions.append(located(function, at))
    tree.body[:] = [*tree.body, *functions] if not functions else _inserted(tree.body, functions)
    return made


def _inserted(body: list[ast.stmt], functions: list[ast.stmt]) -> list[ast.stmt]:
    """The functions behind the docstring and the imports."""
    place = 0
    for index, each in enumerate(body):
        docstring = index == 0 and isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant)
        if docstring or isinstance(each, ast.Import | ast.ImportFrom):
            place = index + 1
    return [*body[:place], *functions, *body[place:]]


def asked_classes(tree: ast.Module) -> list[Asked]:
    """The classes of a program."""
    return [_asked(each) for each in tree.body if isinstance(each, ast.ClassDef)]


def held_classes(tree: ast.Module) -> dict[str, dict[str, str]]:
    """The classes of libraries whose objects may lie in values, by what the program imports, with their attributes and what each is."""
    modules = {each.partition(".")[0] for each in imported_names(tree).values()}
    found: dict[str, dict[str, str]] = {}
    for name in t.HELD_OBJECTS:
        if name.partition(".")[0] not in modules:
            continue
        entries = catalog().entries
        found[name] = {
            key.removeprefix(f"{name}."): entry.kind
            for key, entry in entries.items()
            if key.startswith(f"{name}.") and entry.kind in ("method", "attribute")
        }
    return found


def _asked(node: ast.ClassDef) -> Asked:
    methods = {each.name: each for each in node.body if isinstance(each, ast.FunctionDef)}
    fields: set[str] = set()
    for each in node.body:
        match each:
            case ast.AnnAssign(target=ast.Name(id=name)):
                fields.add(name)
            case ast.Assign(targets=targets):
                fields.update(target.id for target in targets if isinstance(target, ast.Name))
            case ast.FunctionDef() if each.args.args:
                this = each.args.args[0].arg
                for part in walk(each):
                    if isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store) and isinstance(part.value, ast.Name):
                        if part.value.id == this:
                            fields.add(part.attr)
    bases = [
        each.id if isinstance(each, ast.Name) else each.attr
        for each in node.bases
        if isinstance(each, ast.Name | ast.Attribute)
    ]
    given = frozenset(name for base in bases for name in _GIVEN.get(base, ()))
    return Asked(node, [each.id for each in node.bases if isinstance(each, ast.Name)], methods, fields, given)


_GIVEN = {
    "NamedTuple": ("_replace", "_asdict", "_fields"),
    **dict.fromkeys(("Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"), ("name", "value")),
}
"""What objects have because of a base of their class."""


def _has(asked: Asked, name: str) -> bool:
    return name in asked.names()


def owners_of(name: str, classes: list[Asked], by_name: dict[str, Asked]) -> list[Asked]:
    """The classes that bring an attribute in, the topmost of each family."""

    def inherited(asked: Asked) -> bool:
        above = [by_name[each] for each in asked.bases if each in by_name]
        return any(_has(each, name) or inherited(each) for each in above)

    return [each for each in classes if _has(each, name) and not inherited(each)]


def _function(
    question: Question, label: str, classes: list[Asked], by_name: dict[str, Asked], held: dict[str, dict[str, str]]
) -> ast.FunctionDef | None:
    kind, name, count, names = question
    this = ast.Name("this", ast.Load())
    given = [f"given_{index + 1}" for index in range(count)] if count > 1 else ["given"][:count]
    arguments: list[ast.expr] = [ast.Name(each, ast.Load()) for each in given]
    parameters = ["this", *given, *names]
    if len(set(parameters)) < len(parameters):
        return None

    def branch(cls: str, body: list[ast.stmt], subject: ast.expr = this) -> ast.stmt:
        test = ast.Call(ast.Name("isinstance", ast.Load()), [copy.copy(subject), ast.Name(cls, ast.Load())], [])
        return ast.If(test, body, [])

    body: list[ast.stmt] = []
    if kind in ("call", "get", "set"):
        for each in owners_of(name, classes, by_name):
            owner = each.node.name
            read = ast.Attribute(copy.copy(this), name, ast.Load())
            if kind == "call":
                call = ast.Call(read, copy.deepcopy(arguments), [ast.keyword(key, ast.Name(key, ast.Load())) for key in names])
                wrong = _misfit(each, name, count, names)
                unknown = [key for key in names if key not in each.fields] if name == "_replace" and name in each.given else []
                if unknown:
                    refusal = [_raised("ValueError", f"Got unexpected field names: {unknown}")]
                else:
                    refusal = [_raised("TypeError", wrong)] if wrong else []
                body.append(branch(owner, refusal or [ast.Return(call)]))
            elif kind == "get":
                body.append(branch(owner, [ast.Return(read)]))
            elif name in each.methods and not _is_set(each.node, name):
                reason = f"property '{name}' of '{own_name(owner)}' object has no setter"
                body.append(branch(owner, [_raised("AttributeError", reason)]))
            else:
                target = ast.Attribute(copy.copy(this), name, ast.Store())
                body.append(branch(owner, [ast.Assign([target], arguments[0]), ast.Return(ast.Constant(None))]))
        # A text has methods of the same names that take other arguments.
        shared = kind == "call" and not names and catalog().find(f"str.{name}") is not None
        for owner, offered in held.items() if not shared else ():
            if offered.get(name) == {"call": "method", "get": "attribute"}.get(kind, ""):
                read = ast.Attribute(copy.copy(this), name, ast.Load())
                keywords = [ast.keyword(key, ast.Name(key, ast.Load())) for key in names]
                asked: ast.expr = ast.Call(read, copy.deepcopy(arguments), keywords) if kind == "call" else read
                body.append(branch(owner, [ast.Return(asked)]))
        if not body:
            return None
        if kind == "set":
            # Any other object of the program would get a new attribute.
            owners = [each.node.name for each in owners_of(name, classes, by_name)]
            for each in classes:
                above = [by_name[base] for base in each.bases if base in by_name]
                if not above and each.node.name not in owners:
                    reason = f"a new attribute `{name}` of an object that is known at run time only"
                    body.append(branch(each.node.name, [_raised("NotImplementedError", reason)]))
        if kind == "call" and any(catalog().find(f"{each}.{name}") is not None for each in ("value", "str")):
            keywords = [ast.keyword(key, ast.Name(key, ast.Load())) for key in names]
            plain = ast.Call(ast.Attribute(copy.copy(this), name, ast.Load()), copy.deepcopy(arguments), keywords)
            setattr(plain, PLAIN, True)
            body.append(ast.Return(plain))
        else:
            body.append(_no_attribute(name))
    elif kind == "operator":
        op = next(each for each, found in OPERATORS.items() if found == name)
        for subject, special in ((this, f"__{name}__"), (arguments[0], f"__r{name}__")):
            for each in owners_of(special, classes, by_name):
                other = arguments[0] if subject is this else this
                call = ast.Call(ast.Attribute(copy.copy(subject), special, ast.Load()), [copy.copy(other)], [])
                body.append(branch(each.node.name, [ast.Return(call)], subject))
        plain_operation = ast.BinOp(copy.copy(this), op(), copy.copy(arguments[0]))
        setattr(plain_operation, PLAIN, True)
        body.append(ast.Return(plain_operation))
    elif kind == "callable":
        for each in owners_of(name, classes, by_name):
            body.append(branch(each.node.name, [ast.Return(ast.Constant(True))]))
        body.append(ast.Return(ast.Call(ast.Attribute(copy.copy(this), "__callable__", ast.Load()), [], [])))
    elif kind == "invoke":
        for each in owners_of(name, classes, by_name):
            wrong = _misfit(each, name, count, names)
            call = ast.Call(ast.Attribute(copy.copy(this), name, ast.Load()), copy.deepcopy(arguments), [])
            body.append(branch(each.node.name, [_raised("TypeError", wrong) if wrong else ast.Return(call)]))
        plain = ast.Call(copy.copy(this), copy.deepcopy(arguments), [])
        setattr(plain, PLAIN, True)
        body.append(ast.Return(plain))
    else:
        for each in owners_of(name, classes, by_name):
            body.append(branch(each.node.name, [ast.Return(_asked_for(kind, this, arguments[0]))]))
        asked = _asked_for(kind, this, arguments[0])
        setattr(asked, PLAIN, True)
        body.append(ast.Return(asked))
    return ast.FunctionDef(
        label, ast.arguments([], [ast.arg(each) for each in parameters], None, [], [], None, []), body, [], None, None
    )


def _is_set(cls: ast.ClassDef, name: str) -> bool:
    """Whether a property of a class may be set. A method that is replaced is refused where that is translated."""
    marks = [
        ast.unparse(mark)
        for each in cls.body
        if isinstance(each, ast.FunctionDef) and each.name == name
        for mark in each.decorator_list
    ]
    return "property" not in marks or f"{name}.setter" in marks


def _asked_for(kind: str, this: ast.expr, given: ast.expr) -> ast.expr:
    if kind == "item":
        return ast.Subscript(copy.copy(this), copy.copy(given), ast.Load())
    return ast.Compare(copy.copy(given), [ast.In()], [copy.copy(this)])


def _no_attribute(name: str) -> ast.stmt:
    kind = ast.Attribute(ast.Call(ast.Name("type", ast.Load()), [ast.Name("this", ast.Load())], []), "__name__", ast.Load())
    parts: list[ast.expr] = [
        ast.Constant("'"),
        ast.FormattedValue(kind, -1),
        ast.Constant(f"' object has no attribute '{name}'"),
    ]
    call = ast.Call(ast.Name("AttributeError", ast.Load()), [ast.JoinedStr(parts)], [])
    return ast.Raise(call, None)


def _raised(exception: str, message: str) -> ast.stmt:
    return ast.Raise(ast.Call(ast.Name(exception, ast.Load()), [ast.Constant(message)], []), None)


def _misfit(asked: Asked, name: str, count: int, names: tuple[str, ...]) -> str:
    """What Python says when a method is called with arguments that it does not take; empty where it takes them."""
    method = asked.methods.get(name)
    marks = {each.id for each in method.decorator_list if isinstance(each, ast.Name)} if method is not None else set()
    if method is None or "property" in marks:
        return ""
    return misfit(method, f"{own_name(asked.node.name)}.{name}()", 0 if "staticmethod" in marks else 1, count, names)


def misfit(function: ast.FunctionDef, label: str, bound: int, count: int, names: tuple[str, ...]) -> str:
    """What Python says when a function is called with arguments that it does not take; empty where it takes them.

    `bound`: how many arguments are there before the first one that is written.
    """
    arguments = function.args
    plain = [each.arg for each in [*arguments.posonlyargs, *arguments.args]]
    most, given = len(plain), count + bound
    if given > most and arguments.vararg is None:
        least = most - len(arguments.defaults)
        takes = f"from {least} to {most}" if least < most else str(most)
        were = "was" if given == 1 else "were"
        return f"{label} takes {takes} positional argument{'' if takes == '1' else 's'} but {given} {were} given"
    everything = [*plain, *[each.arg for each in arguments.kwonlyargs]]
    for each in names:
        if each not in everything and arguments.kwarg is None:
            return f"{label} got an unexpected keyword argument '{each}'"
        if each in plain[:given]:
            return f"{label} got multiple values for argument '{each}'"
    needed = plain[: most - len(arguments.defaults)]
    missing = [each for each in needed[given:] if each not in names]
    if missing:
        many = "" if len(missing) == 1 else "s"
        quoted = [f"'{each}'" for each in missing]
        listed = quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])}{',' if len(quoted) > 2 else ''} and {quoted[-1]}"
        return f"{label} missing {len(missing)} required positional argument{many}: {listed}"
    return ""


class Dispatch:
    """The part of the inference that asks such a function instead of a value."""

    def asked_of_value(
        self: Inference,
        node: ast.expr,
        subjects: Iterable[ast.expr],
        rest: Callable[[], list[ast.expr]],
        called: bool = False,
    ) -> Cell | None:
        """The answer of a dispatching function where one of the subjects is a value; None where there is no such function.

        `called`: the value itself is called, and not a method of it.
        """
        question = invocation_of(node) if called and isinstance(node, ast.Call) else question_of(node)
        if question is None or hasattr(node, PLAIN):
            return None
        name = self.program.dispatchers.get(question)
        if name is None and question[0] in ("get", "call") and self._is_lacking(question[1]):
            (subject,) = subjects
            if not self.program.containers or not self.dynamic(self.eval(subject)):
                return None
            text = self.made.setdefault(("lacking", node), located(ast.Constant(question[1]), node))
            return self.library(node, "", "value.__attribute__", [text], [], receiver=subject)
        if name is None or not any(self.dynamic(self.eval(each)) for each in subjects):
            return None
        made: ast.expr | None = self.made.get(("asked of value", node))
        if made is None:
            keywords = node.keywords if isinstance(node, ast.Call) else []
            made = located(ast.Call(ast.Name(name, ast.Load()), rest(), keywords), node)
            if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.NotIn):
                made = located(ast.UnaryOp(ast.Not(), made), node)
            self.made[("asked of value", node)] = made
        self.instance.uses[(node, "")] = Use("desugared", bound={"value": [made]})
        self.graph.flow(self.eval(made), self.cell(node))
        return self.cell(node)

    def _is_lacking(self: Inference, name: str) -> bool:
        """Whether nothing that a value can be has an attribute of this name."""
        if name.startswith("__"):
            return False
        kinds = ("value", "str", "list", "dict", "set", "tuple", "int", "float")
        return not any(catalog().find(f"{each}.{name}") for each in kinds) and name not in ("real", "imag", "conjugate")


def write_dynamic_targets(tree: ast.Module, inference: Inference) -> bool:
    """`thing.size = 3` of a value as a call of the function that sets the field, in place. True when anything changed: infer again."""
    if not inference.program.dispatchers:
        return False
    dynamic = {
        node
        for instance in [inference.module, *inference.program.instances]
        for node in instance.cells
        if isinstance(node, ast.expr) and inference.dynamic(instance.cells[node])
    }
    writer = _Writer(dynamic, inference.program.dispatchers)
    writer.visit(tree)
    return writer.changed


class _Writer(Transformer):
    def __init__(self, dynamic: set[ast.expr], dispatchers: dict[Question, str]) -> None:
        self.dynamic, self.dispatchers, self.changed, self.held = dynamic, dispatchers, False, 0

    def _call(self, node: ast.stmt, target: ast.Attribute, value: ast.expr, owner: ast.expr | None = None) -> ast.stmt | None:
        name = self.dispatchers.get(("set", target.attr, 1, ()))
        if name is None or target.value not in self.dynamic:
            return None
        self.changed = True
        return located(ast.Expr(ast.Call(ast.Name(name, ast.Load()), [owner or target.value, value], [])), node)

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        if len(node.targets) == 1 and isinstance(node.targets[0], ast.Attribute):
            return self._call(node, node.targets[0], node.value) or self.generic_visit(node)
        return self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST | list[ast.stmt]:
        target = node.target
        if not isinstance(target, ast.Attribute):
            return self.generic_visit(node)
        held: list[ast.stmt] = []
        owner = copy.deepcopy(target.value)
        if not path_of(owner):
            # The object is asked for once.
            self.held += 1
            name = f"changed_object_{self.held}"
            held = [located(ast.Assign([ast.Name(name, ast.Store())], target.value), node)]
            owner = located(ast.Name(name, ast.Load()), node)
        read = ast.Attribute(copy.deepcopy(owner), target.attr, ast.Load())
        value = located(ast.BinOp(read, node.op, node.value), node)
        made = self._call(node, target, value, owner)
        return self.generic_visit(node) if made is None else [*held, made]
