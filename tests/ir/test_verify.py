"""The rules of the typed program: every program that we have keeps them, and each rule fails on a tree that breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.verify import verify
from batuta.translate import InternalError, Options, translate

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
PROGRAMS = sorted(
    path for folder in ("programs", "strangers", "lowering", "refused") for path in (FIXTURES / folder).glob("*.py")
)
HERE = n.Span(1, 0, 1, 1)


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_what_the_builder_makes_is_legal(path: Path) -> None:
    done = translate(path.read_text(encoding="utf-8"), path.name, Options(debug=True))
    assert done.rust or done.refused


def constant(value: object, type_: t.Type = t.INT, span: n.Span = HERE) -> n.Constant:
    return n.Constant(type_, span, value)


ONE, HALF, TEXT, YES = constant(1), constant(0.5, t.FLOAT), constant("a", t.STR), constant(True, t.BOOL)
MAYBE = constant(None, t.Optional(t.INT))
NUMBER, LETTERS = n.Variable("number", t.INT), n.Variable("letters", t.STR)
HELD = n.Variable("value", t.INT, temporary=True)


def evaluated(value: n.Expression) -> n.Module:
    return n.Module([], [], [n.Evaluate(HERE, value)], [])


def run(*body: n.Statement) -> n.Module:
    return n.Module([], [], list(body), [])


def function(*body: n.Statement, result: t.Type = t.INT, generator: t.Type | None = None) -> n.Function:
    return n.Function("f", "f", [NUMBER], result, list(body), span=HERE, generator=generator)


def within(*body: n.Statement, result: t.Type = t.INT, generator: t.Type | None = None) -> n.Module:
    return n.Module([], [function(*body, result=result, generator=generator)], [], [])


def stored(call: n.Expression) -> n.Module:
    return run(n.Assign(HERE, [n.CallTarget(HERE, HELD, call)], ONE))


def call_of(*arguments: n.Expression, type_: t.Type = t.INT) -> n.FunctionCall:
    return n.FunctionCall(type_, HERE, function(n.Return(HERE, ONE)), list(arguments))


def display(type_: t.Type, *items: n.Expression) -> n.Display:
    return n.Display(type_, HERE, list(items), [False] * len(items))


READ = n.Read(t.INT, HERE, HELD)
LIST = n.Iteration(display(t.List(t.INT), ONE), "list", t.INT, HERE)
TAKES_TEXT = n.Variable("taken", t.Callable((t.STR,), t.INT))

BROKEN = [
    ("no span", evaluated(constant(1, span=n.NOWHERE)), "has no span"),
    ("after the last line", evaluated(constant(1, span=n.Span(9, 0, 9, 1))), "not inside the file"),
    ("after the end of a line", evaluated(constant(1, span=n.Span(1, 0, 1, 99))), "not inside the file"),
    ("backwards", evaluated(constant(1, span=n.Span(1, 1, 1, 0))), "ends before it starts"),
    ("unknown type", evaluated(constant(1, t.Unknown())), "not known"),
    ("unknown inside", evaluated(display(t.List(t.Unknown()))), "not known"),
    ("unknown result", within(n.Return(HERE, ONE), result=t.Unknown()), "the result of f"),
    ("arithmetic", evaluated(n.Arithmetic(t.FLOAT, HERE, "add", HALF, ONE)), "add of float and int"),
    ("division", evaluated(n.Arithmetic(t.FLOAT, HERE, "truediv", HALF, ONE)), "truediv of float and int"),
    ("unary", evaluated(n.Unary(t.FLOAT, HERE, "neg", ONE)), "takes float but gets int"),
    ("comparison", evaluated(n.Comparison(t.BOOL, HERE, "eq", ONE, TEXT)), "int and str are compared"),
    ("not", evaluated(n.Not(t.BOOL, HERE, ONE)), "operand of `not`"),
    ("logic", evaluated(n.Logic(t.BOOL, HERE, "and", [YES, ONE])), "operand of `and`"),
    ("if", run(n.If(HERE, ONE, [], [])), "test of if"),
    ("while", run(n.While(HERE, TEXT, [], [])), "test of while"),
    ("conditional test", evaluated(n.Conditional(t.INT, HERE, ONE, ONE, ONE)), "conditional expression"),
    ("conditional branch", evaluated(n.Conditional(t.INT, HERE, YES, ONE, HALF)), "takes int but gets float"),
    ("either", evaluated(n.Either(t.INT, HERE, "or", ONE, HALF, HELD)), "`or` takes int but gets float"),
    ("list item", evaluated(display(t.List(t.FLOAT), HALF, ONE)), "takes float but gets int"),
    ("tuple length", evaluated(display(t.Tuple((t.INT, t.INT)), ONE)), "a tuple of 1 items"),
    ("dict value", evaluated(n.DictDisplay(t.Dict(t.STR, t.INT), HERE, [(TEXT, HALF)])), "a value of a dict"),
    (
        "comprehension",
        evaluated(n.Comprehension(t.List(t.STR), HERE, ONE, None, [n.Clause(n.VariableTarget(HERE, NUMBER), LIST, [])])),
        "takes str but gets int",
    ),
    ("argument number", evaluated(call_of()), "has 1 parameters and is called with 0"),
    ("argument type", evaluated(call_of(HALF)), "the parameter number of f takes int but gets float"),
    ("type of a call", evaluated(call_of(ONE, type_=t.STR)), "its result is int"),
    ("value call", evaluated(n.ValueCall(t.INT, HERE, n.Read(TAKES_TEXT.type, HERE, TAKES_TEXT), [ONE])), "takes str"),
    ("value call number", evaluated(n.ValueCall(t.INT, HERE, n.Read(TAKES_TEXT.type, HERE, TAKES_TEXT), [])), "of 1 param"),
    ("no function", evaluated(n.ValueCall(t.INT, HERE, ONE, [])), "a int is called"),
    ("returned type", within(n.Return(HERE, HALF)), "the result of f takes int but gets float"),
    ("nothing returned", within(n.Return(HERE, None)), "returns nothing"),
    ("return of the module", run(n.Return(HERE, ONE)), "outside a function"),
    ("unwrap", evaluated(n.Unwrap(t.INT, HERE, ONE, True)), "is not optional"),
    ("unwrap to another", evaluated(n.Unwrap(t.STR, HERE, MAYBE, True)), "is unwrapped to str"),
    ("coerce float to int", evaluated(n.Coerce(t.INT, HERE, HALF)), "float is narrowed to int"),
    ("coerce away None", evaluated(n.Coerce(t.INT, HERE, MAYBE)), "int | None is narrowed to int"),
    ("coerce big to text", evaluated(n.Coerce(t.STR, HERE, constant(1, t.BIGINT))), "narrowed"),
    ("coerce a list", evaluated(n.Coerce(t.List(t.INT), HERE, display(t.List(t.FLOAT), HALF))), "narrowed"),
    ("break", run(n.Break(HERE)), "`break` outside a loop"),
    ("continue", run(n.Continue(HERE)), "`continue` outside a loop"),
    ("break in the else of a loop", run(n.While(HERE, YES, [], [n.Break(HERE)])), "`break` outside a loop"),
    (
        "break of a function in a loop",
        run(n.While(HERE, YES, [n.LocalFunction(HERE, NUMBER, function(n.Break(HERE)))], [])),
        "`break` outside a loop",
    ),
    ("stored value not read", stored(ONE), "read 0 times"),
    ("stored value read twice", stored(display(t.List(t.INT), READ, READ)), "read 2 times"),
    ("temporary outside", evaluated(READ), "read outside the statement"),
    ("assigned type", run(n.Assign(HERE, [n.VariableTarget(HERE, LETTERS)], ONE)), "holds str but gets int"),
    ("narrowed by a loop", run(n.For(HERE, n.VariableTarget(HERE, LETTERS), LIST, [], [])), "holds str but gets int"),
    ("walrus", evaluated(n.Walrus(t.INT, HERE, NUMBER, TEXT)), "the variable number takes int"),
    ("yield of a function", within(n.Evaluate(HERE, n.Yield(t.NONE, HERE, ONE)), n.Return(HERE, ONE)), "outside a generator"),
    (
        "yielded type",
        within(n.Evaluate(HERE, n.Yield(t.NONE, HERE, HALF)), result=t.Iterator(t.INT), generator=t.INT),
        "the generator takes int",
    ),
]


@pytest.mark.parametrize(("module", "message"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_broken_tree_is_found(module: n.Module, message: str) -> None:
    found = verify(module, ["a line of text"])
    assert len(found) == 1
    assert message in found[0]


LEGAL = [
    ("NumPy's float is a float", evaluated(n.Arithmetic(t.FLOAT, HERE, "add", HALF, constant(1.0, t.NumpyScalar("float64"))))),
    ("exact division of ints", evaluated(n.Arithmetic(t.FLOAT, HERE, "truediv", ONE, ONE))),
    ("an empty list is of any type", evaluated(n.Coerce(t.List(t.INT), HERE, display(t.List(t.NEVER))))),
    ("int to float", evaluated(n.Coerce(t.FLOAT, HERE, ONE))),
    ("float to an optional float", evaluated(n.Coerce(t.Optional(t.FLOAT), HERE, HALF))),
    ("break in a loop", run(n.While(HERE, YES, [n.If(HERE, YES, [n.Break(HERE)], [])], []))),
    ("a stored value", stored(display(t.List(t.INT), READ))),
    ("a generator", within(n.Evaluate(HERE, n.Yield(t.NONE, HERE, ONE)), result=t.Iterator(t.INT), generator=t.INT)),
]


@pytest.mark.parametrize("module", [case[1] for case in LEGAL], ids=[case[0] for case in LEGAL])
def test_a_legal_tree_is_left_alone(module: n.Module) -> None:
    assert verify(module, ["a line of text"]) == []


def test_an_illegal_tree_stops_the_translation(monkeypatch: pytest.MonkeyPatch) -> None:
    from batuta.analysis.build import Builder

    build = Builder.build

    def broken(builder: Builder) -> n.Module:
        module = build(builder)
        module.body.append(n.Break(HERE))
        return module

    monkeypatch.setattr(Builder, "build", broken)
    with pytest.raises(InternalError, match="`break` outside a loop"):
        translate("print(1)\n", options=Options(debug=True))
    monkeypatch.setenv("BATUTA_VERIFY", "1")
    with pytest.raises(InternalError, match="line 1"):
        translate("print(1)\n")
