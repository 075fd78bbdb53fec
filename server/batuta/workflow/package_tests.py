"""Programs made of a package's tests: what pytest or unittest would call is called by the file itself.

The tests' own code stays as it is written, so that the material is what people wrote. Around it: `unittest`'s assertions become
`assert` statements, a parametrised test is called in a loop over its parameters, and each test's name is printed once it passed.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from batuta.python.walk import walk

_COMPARISONS: dict[str, type[ast.cmpop]] = {
    "assertEqual": ast.Eq,
    "assertEquals": ast.Eq,
    "assertListEqual": ast.Eq,
    "assertDictEqual": ast.Eq,
    "assertTupleEqual": ast.Eq,
    "assertSetEqual": ast.Eq,
    "assertMultiLineEqual": ast.Eq,
    "assertNotEqual": ast.NotEq,
    "assertIn": ast.In,
    "assertNotIn": ast.NotIn,
    "assertIs": ast.Is,
    "assertIsNot": ast.IsNot,
    "assertLess": ast.Lt,
    "assertLessEqual": ast.LtE,
    "assertGreater": ast.Gt,
    "assertGreaterEqual": ast.GtE,
}
_AROUND = {"setUp", "tearDown"}


class Unusable(Exception):
    """A file of tests that no program can be made of."""


def program_of_tests(text: str) -> str:
    """The program that runs every test of a file which needs nothing but its parameters.

    Tests that ask for fixtures of pytest, and classes that use more of `unittest` than its assertions, are left out. Raises
    Unusable where no test is left.
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError) as problem:
        raise Unusable(str(problem)) from None
    if any(isinstance(each, ast.ImportFrom) and each.level for each in walk(tree)):
        raise Unusable("it imports relatively")
    _Raises().visit(tree)
    calls: list[ast.stmt] = []
    body: list[ast.stmt] = []
    for statement in tree.body:
        if _is_main_guard(statement):
            continue
        if isinstance(statement, ast.FunctionDef) and statement.name.startswith("test"):
            made = _calls_of(statement)
            if made is None:
                continue
            calls += made
        elif isinstance(statement, ast.ClassDef) and _is_test_case(statement):
            made = _calls_of_case(statement)
            if made is None:
                continue
            calls += made
        body.append(statement)
    if not calls:
        raise Unusable("no test of it runs by itself")
    body = [each for each in body if not _imports_runner(each) or _is_used(each, [*body, *calls])]
    module = ast.fix_missing_locations(ast.Module([*body, *calls], []))
    return ast.unparse(module) + "\n"


class _Raises(ast.NodeTransformer):
    """`with pytest.raises(E): …` as a `try` that fails where nothing is raised. What asks for the raised exception stays."""

    def visit_With(self, node: ast.With) -> ast.stmt:
        self.generic_visit(node)
        call = node.items[0].context_expr
        plain = len(node.items) == 1 and node.items[0].optional_vars is None
        if not plain or not isinstance(call, ast.Call) or ast.unparse(call.func) not in ("pytest.raises", "self.assertRaises"):
            return node
        if len(call.args) != 1 or call.keywords:
            return node
        return _raising(node.body, call.args[0])

    def visit_Expr(self, node: ast.Expr) -> ast.stmt:
        call = node.value
        if not isinstance(call, ast.Call) or call.keywords or len(call.args) < 2:
            return node
        if ast.unparse(call.func) not in ("pytest.raises", "self.assertRaises"):
            return node
        return _raising([ast.Expr(ast.Call(call.args[1], call.args[2:], []))], call.args[0])


def _raising(body: list[ast.stmt], exception: ast.expr) -> ast.Try:
    missing = ast.parse("raise AssertionError('nothing was raised')").body
    return ast.Try(body, [ast.ExceptHandler(exception, None, [ast.Pass()])], missing, [])


def _is_main_guard(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.If) and "__name__" in {
        each.id for each in walk(statement.test) if isinstance(each, ast.Name)
    }


def _imports_runner(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Import) and all(each.name in ("pytest", "unittest") for each in statement.names)


def _is_used(statement: ast.stmt, others: Sequence[ast.stmt]) -> bool:
    assert isinstance(statement, ast.Import)
    names = {each.asname or each.name for each in statement.names}
    return any(isinstance(each, ast.Name) and each.id in names for other in others for each in walk(other))


def _is_test_case(cls: ast.ClassDef) -> bool:
    return any(ast.unparse(base).endswith("TestCase") for base in cls.bases)


def _passed(name: str) -> ast.stmt:
    return ast.parse(f"print({name!r}, 'passed')").body[0]


def _calls_of(function: ast.FunctionDef) -> list[ast.stmt] | None:
    """The statements that run a test function; its decorators are taken off. None where it needs what only pytest has."""
    loops: list[tuple[str, ast.expr]] = []
    for decorator in function.decorator_list:
        call = ast.unparse(decorator.func) if isinstance(decorator, ast.Call) else ""
        if call != "pytest.mark.parametrize" or len(decorator.args) != 2 or decorator.keywords:  # type: ignore[attr-defined]
            return None
        loops.append(_loop_of(*decorator.args))  # type: ignore[attr-defined]
    names = {name.strip() for names, _ in loops for name in names.split(",")}
    arguments = function.args
    if arguments.vararg or arguments.kwarg or arguments.kwonlyargs or arguments.defaults:
        return None
    if {each.arg for each in arguments.args} != names:
        return None
    function.decorator_list = []
    given = ", ".join(each.arg for each in arguments.args)
    inner: list[ast.stmt] = [*ast.parse(f"{function.name}({given})").body]
    for target, values in loops:
        loop = ast.parse(f"for {target} in ():\n    pass").body[0]
        assert isinstance(loop, ast.For)
        loop.iter, loop.body = values, inner
        inner = [loop]
    return [*inner, _passed(function.name)]


def _loop_of(names: ast.expr, values: ast.expr) -> tuple[str, ast.expr]:
    if isinstance(names, ast.Constant) and isinstance(names.value, str):
        return names.value, values
    if isinstance(names, (ast.List, ast.Tuple)) and all(isinstance(each, ast.Constant) for each in names.elts):
        return ", ".join(str(each.value) for each in names.elts if isinstance(each, ast.Constant)), values
    raise Unusable("the names of parameters are computed")


def _calls_of_case(cls: ast.ClassDef) -> list[ast.stmt] | None:
    """The statements that run a test case's methods. None where it uses more of `unittest` than assertions."""
    methods = [each for each in cls.body if isinstance(each, ast.FunctionDef)]
    tests = [each.name for each in methods if each.name.startswith("test")]
    if not tests or any(each.decorator_list for each in methods) or len(cls.bases) != 1:
        return None
    _Assertions().visit(cls)
    own = {each.name for each in methods} | {
        each.attr for each in walk(cls) if isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Store)
    }
    read = {
        each.attr
        for each in walk(cls)
        if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and each.value.id == "self"
    }
    if read - own:
        return None
    cls.bases = []
    around = {each.name for each in methods} & _AROUND
    lines: list[str] = []
    for test in tests:
        steps = ["case.setUp()"] if "setUp" in around else []
        steps += [f"case.{test}()"]
        steps += ["case.tearDown()"] if "tearDown" in around else []
        lines += [f"case = {cls.name}()", *steps, f"print({f'{cls.name}.{test}'!r}, 'passed')"]
    name = f"run_{cls.name}"
    text = f"def {name}():\n" + "".join(f"    {line}\n" for line in lines) + f"{name}()\n"
    return ast.parse(text).body


class _Assertions(ast.NodeTransformer):
    """`self.assertEqual(a, b)` → `assert a == b`, and so on."""

    def visit_Expr(self, node: ast.Expr) -> ast.stmt:
        call = node.value
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
            return node
        if not (isinstance(call.func.value, ast.Name) and call.func.value.id == "self"):
            return node
        test = self._test(call.func.attr, call.args)
        return node if test is None or call.keywords else ast.Assert(test)

    @staticmethod
    def _test(name: str, given: list[ast.expr]) -> ast.expr | None:
        if name in _COMPARISONS and len(given) in (2, 3):
            return ast.Compare(given[0], [_COMPARISONS[name]()], [given[1]])
        if name in ("assertTrue", "assert_") and given:
            return given[0]
        if name == "assertFalse" and given:
            return ast.UnaryOp(ast.Not(), given[0])
        if name in ("assertIsNone", "assertIsNotNone") and given:
            return ast.Compare(given[0], [ast.Is() if name == "assertIsNone" else ast.IsNot()], [ast.Constant(None)])
        if name == "assertIsInstance" and len(given) >= 2:
            return ast.Call(ast.Name("isinstance", ast.Load()), given[:2], [])
        return None
