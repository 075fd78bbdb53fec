"""The assertions of a test written as what they do: `self.assertEqual(a, b)` is `if a != b: raise AssertionError(…)`.

with self.assertRaises(ValueError) as caught:      try:
    int("x")                                           int("x")
self.assertIn("x", str(caught.exception))     →    except ValueError as raised:
                                                       expected = raised
                                                   else:
                                                       raise AssertionError("ValueError not raised")
                                                   if "x" not in str(expected): …
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable

from batuta.python.new_nodes import located, placed
from batuta.python.walk import Transformer, walk

_COMPARED: dict[str, ast.cmpop] = {
    "assertEqual": ast.NotEq(),
    "assertEquals": ast.NotEq(),
    "assertListEqual": ast.NotEq(),
    "assertTupleEqual": ast.NotEq(),
    "assertDictEqual": ast.NotEq(),
    "assertSetEqual": ast.NotEq(),
    "assertMultiLineEqual": ast.NotEq(),
    "assertNotEqual": ast.Eq(),
    "assertIs": ast.IsNot(),
    "assertIsNot": ast.Is(),
    "assertIn": ast.NotIn(),
    "assertNotIn": ast.In(),
}
"""Assertions about two values, with the comparison that must not hold."""
_ORDERED: dict[str, ast.cmpop] = {
    "assertGreater": ast.Gt(),
    "assertGreaterEqual": ast.GtE(),
    "assertLess": ast.Lt(),
    "assertLessEqual": ast.LtE(),
}


def _simple(node: ast.expr) -> bool:
    """Whether evaluating it twice is the same as once."""
    return all(isinstance(each, ast.Name | ast.Constant | ast.Attribute | ast.UnaryOp | ast.unaryop) for each in walk(node))


class Assertions(Transformer):
    """The assertions of one method."""

    def __init__(
        self, fresh: Callable[[str], str], name_of: Callable[[str], str], own: str, method: str, inherited: bool
    ) -> None:
        self.fresh = fresh
        self.name_of = name_of
        self.own = own
        self.method = method
        self.inherited = inherited
        self.caught: dict[str, str] = {}
        """Contexts of expected exceptions, with the names of the exceptions."""

    def _asserted(self, node: ast.AST) -> tuple[str, list[ast.expr], ast.expr | None] | None:
        """The assertion that a call is: its name, its arguments, its message."""
        if not (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == self.own
        ):
            return None
        words = {each.arg: each.value for each in node.keywords}
        message = words.pop("msg", None)
        extra = [key for key in words if key not in ("places", "delta", "first", "second", "expr", "member", "container")]
        if extra or any(isinstance(each, ast.Starred) for each in node.args):
            return None
        return node.func.attr, [*node.args, *[words[key] for key in words if key not in ("places", "delta")]], message

    def visit_Expr(self, node: ast.Expr) -> ast.AST | list[ast.stmt]:
        self.generic_visit(node)
        call = node.value
        if (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and call.func.attr == self.method
            and isinstance(call.func.value, ast.Call)
            and isinstance(call.func.value.func, ast.Name)
            and call.func.value.func.id == "super"
            and not self.inherited
        ):
            # `TestCase` prepares nothing.
            return placed(ast.Pass(), node)
        found = self._asserted(call)
        if found is None or not isinstance(call, ast.Call):
            return node
        made = self._written(*found, call)
        return node if made is None else [placed(each, node) for each in made]

    def _failing(self, test: ast.expr, text: str, message: ast.expr | None) -> ast.stmt:
        """`if test: raise AssertionError(…)`."""
        shown = message if message is not None else ast.Constant(text)
        raised = ast.Call(ast.Name("AssertionError", ast.Load()), [shown], [])
        return ast.If(test, [ast.Raise(raised)], [])

    def _written(self, name: str, given: list[ast.expr], message: ast.expr | None, call: ast.Call) -> list[ast.stmt] | None:
        two = {**_COMPARED, **_ORDERED}
        if name in ("assertRaises", "assertRaisesRegex"):
            return self._called_raises(name, given, call)
        if name in two and len(given) in (2, 3):
            message = given[2] if len(given) == 3 else message
            left, right = given[:2]
            test: ast.expr = ast.Compare(left, [two[name]], [right])
            if name in _ORDERED:
                test = ast.UnaryOp(ast.Not(), test)
            return [self._failing(test, ast.unparse(test), message)]
        if name in ("assertTrue", "assertFalse", "assert_") and len(given) in (1, 2):
            message = given[1] if len(given) == 2 else message
            test = given[0] if name == "assertFalse" else ast.UnaryOp(ast.Not(), given[0])
            text = f"{ast.unparse(given[0])} is not {'false' if name == 'assertFalse' else 'true'}"
            return [self._failing(test, text, message)]
        if name in ("assertIsNone", "assertIsNotNone") and len(given) in (1, 2):
            message = given[1] if len(given) == 2 else message
            test = ast.Compare(given[0], [ast.IsNot() if name == "assertIsNone" else ast.Is()], [ast.Constant(None)])
            return [self._failing(test, ast.unparse(test), message)]
        if name in ("assertIsInstance", "assertNotIsInstance") and len(given) in (2, 3):
            message = given[2] if len(given) == 3 else message
            asked = ast.Call(ast.Name("isinstance", ast.Load()), given[:2], [])
            text = f"{ast.unparse(given[0])} is {'not ' if name == 'assertIsInstance' else ''}an instance of {ast.unparse(given[1])}"
            return [self._failing(ast.UnaryOp(ast.Not(), asked) if name == "assertIsInstance" else asked, text, message)]
        if name in ("assertAlmostEqual", "assertNotAlmostEqual") and len(given) in (2, 3, 4):
            return self._almost(name == "assertAlmostEqual", given, message, call)
        if name == "assertCountEqual" and len(given) in (2, 3):
            message = given[2] if len(given) == 3 else message
            counter = self.name_of("collections.Counter")
            sides: list[ast.expr] = [ast.Call(ast.Name(counter, ast.Load()), [each], []) for each in given[:2]]
            return [self._failing(ast.Compare(sides[0], [ast.NotEq()], [sides[1]]), "Element counts were not equal", message)]
        if name == "assertSequenceEqual" and len(given) in (2, 3):
            message = given[2] if len(given) == 3 else message
            sides = [ast.Call(ast.Name("list", ast.Load()), [each], []) for each in given[:2]]
            return [self._failing(ast.Compare(sides[0], [ast.NotEq()], [sides[1]]), "Sequences differ", message)]
        if name in ("assertRegex", "assertNotRegex") and len(given) in (2, 3):
            message = given[2] if len(given) == 3 else message
            search = self.name_of("re.search")
            asked = ast.Call(ast.Name(search, ast.Load()), [given[1], given[0]], [])
            operator = ast.Is() if name == "assertRegex" else ast.IsNot()
            return [
                self._failing(ast.Compare(asked, [operator], [ast.Constant(None)]), "Regex " + ast.unparse(given[1]), message)
            ]
        if name == "fail" and len(given) < 2:
            shown = given[0] if given else message
            return [ast.Raise(ast.Call(ast.Name("AssertionError", ast.Load()), [shown or ast.Constant("None")], []))]
        if name == "skipTest" and len(given) == 1:
            return [ast.Raise(ast.Call(ast.Name(self.name_of("unittest.SkipTest"), ast.Load()), given, []))]
        return None

    def _almost(self, wanted: bool, given: list[ast.expr], message: ast.expr | None, call: ast.Call) -> list[ast.stmt] | None:
        words = {each.arg: each.value for each in call.keywords}
        places: ast.expr | None = words.get("places", given[2] if len(given) > 2 else None)
        message = given[3] if len(given) > 3 else message
        delta = words.get("delta")
        made: list[ast.stmt] = []
        sides: list[ast.expr] = []
        for label, each in zip(("first", "second"), given[:2], strict=True):
            if _simple(each):
                sides.append(each)
            else:
                held = self.fresh(label)
                made.append(ast.Assign([ast.Name(held, ast.Store())], each))
                sides.append(ast.Name(held, ast.Load()))
        left, right = sides
        same = ast.Compare(left, [ast.Eq() if not wanted else ast.NotEq()], [right])
        apart: ast.expr = ast.Call(ast.Name("abs", ast.Load()), [ast.BinOp(left, ast.Sub(), right)], [])
        if delta is not None:
            far: ast.expr = ast.Compare(apart, [ast.Gt() if wanted else ast.LtE()], [delta])
        else:
            apart = ast.Call(ast.Name("round", ast.Load()), [apart, places or ast.Constant(7)], [])
            far = ast.Compare(apart, [ast.NotEq() if wanted else ast.Eq()], [ast.Constant(0)])
        # Equal numbers (infinities, too) are almost equal, whatever their difference.
        test = ast.BoolOp(ast.And() if wanted else ast.Or(), [copy.deepcopy(same), far])
        text = f"{ast.unparse(given[0])} {'!=' if wanted else '=='} {ast.unparse(given[1])}"
        return [*made, self._failing(copy.deepcopy(test), text, message)]

    # -- exceptions

    def _expected(self, body: list[ast.stmt], kind: ast.expr, held: str, regex: ast.expr | None) -> ast.stmt:
        """A block that must raise, and what is kept of the exception."""
        after: list[ast.stmt] = []
        raised = self.fresh("raised")
        if held:
            after.append(ast.Assign([ast.Name(held, ast.Store())], ast.Name(raised, ast.Load())))
        if regex is not None:
            search = self.name_of("re.search")
            shown = ast.Call(ast.Name("str", ast.Load()), [ast.Name(raised, ast.Load())], [])
            asked = ast.Call(ast.Name(search, ast.Load()), [regex, shown], [])
            test = ast.Compare(asked, [ast.Is()], [ast.Constant(None)])
            after.append(self._failing(test, f"{ast.unparse(regex)} does not match", None))
        missing = ast.Raise(
            ast.Call(ast.Name("AssertionError", ast.Load()), [ast.Constant(f"{ast.unparse(kind)} not raised")], [])
        )
        handler = ast.ExceptHandler(kind, raised if after else None, after or [ast.Pass()])
        return ast.Try(body, [handler], [missing], [])

    def _called_raises(self, name: str, given: list[ast.expr], call: ast.Call) -> list[ast.stmt] | None:
        first = 1 if name == "assertRaises" else 2
        if len(given) <= first:
            return None
        work = ast.Expr(ast.Call(given[first], given[first + 1 :], []))
        return [self._expected([work], given[0], "", given[1] if first == 2 else None)]

    def visit_With(self, node: ast.With) -> ast.AST | list[ast.stmt]:
        if len(node.items) > 1:
            inner = ast.With(node.items[1:], node.body)
            return self.visit_With(_place(ast.With(node.items[:1], [_place(inner, node)]), node))
        item = node.items[0]
        found = self._asserted(item.context_expr)
        call = item.context_expr
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "subTest":
            if isinstance(call.func.value, ast.Name) and call.func.value.id == self.own:
                self.generic_visit(node)
                return self._sub_test(node)
        if found is None or found[0] not in ("assertRaises", "assertRaisesRegex"):
            self.generic_visit(node)
            return node
        name, given, _ = found
        held = ""
        if isinstance(item.optional_vars, ast.Name):
            held = self.fresh("expected")
            self.caught[item.optional_vars.id] = held
        if len(given) != (1 if name == "assertRaises" else 2):
            return node
        body = ast.Module(node.body, [])
        self.generic_visit(body)
        return located(self._expected(body.body, given[0], held, given[1] if len(given) == 2 else None), node)

    def _sub_test(self, node: ast.With) -> ast.stmt:
        """A part of a test that may fail while the rest goes on."""
        note = self.name_of("unittest.TestResult")
        kinds = [("AssertionError", True), ("Exception", False)]
        handlers = []
        for kind, failed in kinds:
            call = ast.Call(ast.Attribute(ast.Name(note, ast.Load()), "note_part", ast.Load()), [ast.Constant(failed)], [])
            handlers.append(ast.ExceptHandler(ast.Name(kind, ast.Load()), None, [ast.Expr(call)]))
        return located(ast.Try(node.body, handlers, [], []), node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if node.attr == "exception" and isinstance(node.value, ast.Name) and node.value.id in self.caught:
            return ast.copy_location(ast.Name(self.caught[node.value.id], ast.Load()), node)
        return node


def _place(new: ast.With, old: ast.AST) -> ast.With:
    return ast.copy_location(new, old)
