"""Programs that test themselves with `unittest`: assertions become `if … raise`, and what runs the tests is written out.

    class SumTest(unittest.TestCase):                  class SumTest:
        def test_two(self):                                def test_two(self):
            self.assertEqual(add(1, 1), 2)        →            if add(1, 1) != 2:
                                                                   raise AssertionError("add(1, 1) != 2")
    unittest.main()
                                                       def sum_test_two():
                                                           case = SumTest()
                                                           case.test_two()
                                                       …

The suites and what runs them are held as Python (`standard_library/unittest.py`). The text of a failure goes to the standard error, where it
names the assertion; a program that shows the text of a traceback itself is refused, for it has the lines of the Python file in it.
"""

from __future__ import annotations

import ast
import copy
import re

from batuta.python.assertions import Assertions
from batuta.python.new_nodes import fresh_name, located, names_in, placed
from batuta.python.walk import Transformer, place_new_nodes, walk

_QUIET_STREAMS = ("io.StringIO", "open")
_SHOWN = "shown_with_traceback"
"""The attribute of a node by which the program shows what a result says of a failure."""
_CASES = ("unittest.TestCase", "unittest.case.TestCase")


def write_out_tests(tree: ast.Module) -> bool:
    """Write the tests of a file out, in place; whether there are any."""
    imports = _imports(tree)
    if not any(name.partition(".")[0] == "unittest" for name in imports.values()):
        return False
    writer = _Writer(tree, imports)
    writer.run()
    return True


def _imports(tree: ast.Module) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.Import):
            for alias in node.names:
                found[alias.asname or alias.name.partition(".")[0]] = (
                    alias.name if alias.asname else alias.name.partition(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.update({alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names})
    return found


def _qualified(node: ast.AST, imports: dict[str, str]) -> str:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([imports.get(node.id, ""), *reversed(parts)]) if node.id in imports else ""


def _statement(text: str) -> ast.stmt:
    return ast.parse(text).body[0]


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


class _Writer:
    def __init__(self, tree: ast.Module, imports: dict[str, str]) -> None:
        self.tree = tree
        self.imports = imports
        self.taken = names_in(tree)
        self.classes = {each.name: each for each in tree.body if isinstance(each, ast.ClassDef)}
        self.asked: dict[str, str] = {}
        """What is imported for the written-out forms: qualified name to the name it gets."""
        self.suites: dict[str, str] = {}
        """Test classes with the functions that give their tests."""
        self.all_tests = ""

    def fresh(self, name: str) -> str:
        return fresh_name(name, self.taken)

    def name_of(self, whole: str) -> str:
        """The name under which something of a library is reached."""
        for name, meant in self.imports.items():
            if meant == whole and "." in whole:
                return name
        if whole not in self.asked:
            self.asked[whole] = self.fresh(whole.rpartition(".")[2])
        return self.asked[whole]

    # -- classes

    def above(self, name: str) -> list[ast.ClassDef]:
        """A class of the file and those of the file that it derives from, itself first."""
        found: list[ast.ClassDef] = []
        todo = [name]
        while todo:
            cls = self.classes.get(todo.pop(0))
            if cls is not None and cls not in found:
                found.append(cls)
                todo.extend(base.id for base in cls.bases if isinstance(base, ast.Name))
        return found

    def is_case(self, name: str) -> bool:
        return any(_qualified(base, self.imports) in _CASES for cls in self.above(name) for base in cls.bases)

    def method(self, name: str, method: str) -> ast.FunctionDef | None:
        """The method that a class has, or one of those above it."""
        for cls in self.above(name):
            for each in cls.body:
                if isinstance(each, ast.FunctionDef) and each.name == method:
                    return each
        return None

    def run(self) -> None:
        cases = [name for name in self.classes if self.is_case(name)]
        names: dict[str, dict[str, ast.FunctionDef]] = {}
        for name in cases:
            found: dict[str, ast.FunctionDef] = {}
            for cls in reversed(self.above(name)):
                found.update({each.name: each for each in cls.body if isinstance(each, ast.FunctionDef)})
            names[name] = {each: found[each] for each in sorted(found) if each.startswith("test")}
        touched = {cls.name: cls for name in cases for cls in self.above(name)}
        skipped = {name: _skips(touched[name].decorator_list, self.imports) for name in touched}
        made = {name: self.runners(name, names[name], skipped) for name in cases}
        for cls in touched.values():
            self.plain(cls)
        body: list[ast.stmt] = []
        last = max((self.tree.body.index(self.classes[name]) for name in cases), default=-1)
        for index, each in enumerate(self.tree.body):
            body.append(each)
            if isinstance(each, ast.ClassDef) and each.name in made:
                body.extend(placed(one, each) for one in made[each.name])
            if index == last:
                body.extend(placed(one, each) for one in self.whole(sorted(cases)))
        self.tree.body = body
        calls = _Calls(self, {name: list(names[name]) for name in cases})
        calls.visit(self.tree)
        if self.asked:
            place = next(index for index, each in enumerate(self.tree.body) if isinstance(each, ast.Import | ast.ImportFrom))
            for whole, name in self.asked.items():
                module, _, own = whole.rpartition(".")
                alias = (
                    ast.alias(own, name if name != own else None)
                    if module
                    else ast.alias(whole, name if name != whole else None)
                )
                node = ast.ImportFrom(module, [alias], 0) if module else ast.Import([alias])
                self.tree.body.insert(place, placed(node, self.tree.body[place]))
        place_new_nodes(self.tree)

    def plain(self, cls: ast.ClassDef) -> None:
        """A test class as one that derives from nothing of `unittest`."""
        cls.bases = [each for each in cls.bases if _qualified(each, self.imports) not in _CASES]
        cls.decorator_list = [
            each for each in cls.decorator_list if not _qualified(_called(each), self.imports).startswith("unittest.")
        ]
        body: list[ast.stmt] = []
        for each in cls.body:
            if not isinstance(each, ast.FunctionDef):
                body.append(each)
                continue
            each.decorator_list = [
                one for one in each.decorator_list if not _qualified(_called(one), self.imports).startswith("unittest.")
            ]
            above = [one.name for one in self.above(cls.name)[1:]]
            inherited = any(self.method(one, each.name) for one in above)
            if each.args.args:
                Assertions(self.fresh, self.name_of, each.args.args[0].arg, each.name, inherited).visit(each)
            body.extend(_class_values(each) if each.name == "setUpClass" else [])
            each.body = each.body or [placed(ast.Pass(), each)]
            body.append(each)
        cls.body = body or [placed(ast.Pass(), cls)]

    def runners(self, name: str, tests: dict[str, ast.FunctionDef], skipped: dict[str, list[str]]) -> list[ast.stmt]:
        """The functions that run the tests of a class, and the one that gives them as a suite."""
        made: list[ast.stmt] = []
        rows: list[str] = []
        prepare = ["    case.setUp()"] if self.method(name, "setUp") else []
        clean = bool(self.method(name, "tearDown"))
        whole = [why for cls in self.above(name) for why in skipped.get(cls.name, [])]
        suite_case, suite, skip = (self.name_of(f"unittest.{each}") for each in ("FunctionTestCase", "TestSuite", "SkipTest"))
        hooks = {}
        for hook in ("setUpClass", "tearDownClass"):
            hooks[hook] = f"{name}.{hook}()" if self.method(name, hook) else "pass"
        wrapped: dict[str, str] = {}
        for hook, does in hooks.items():
            if does != "pass":
                wrapped[hook] = self.fresh(f"{_snake(name)}_{_snake(hook)}")
                made.append(_statement(f"def {wrapped[hook]}():\n    {does}"))
        for test, node in tests.items():
            runner = self.fresh(f"{_snake(name)}_{test}")
            why = whole + _skips(node.decorator_list, self.imports)
            lines = [f"    {each}".replace("SkipTest", skip) for each in why]
            if not any(each.startswith("raise") for each in why):
                lines += [f"    case = {name}()", *prepare]
                lines += (
                    ["    try:", f"        case.{test}()", "    finally:", "        case.tearDown()"]
                    if clean
                    else [f"    case.{test}()"]
                )
            made.append(_statement(f"def {runner}():\n" + "\n".join(lines)))
            expected = any(_qualified(each, self.imports) == "unittest.expectedFailure" for each in node.decorator_list)
            doc = (ast.get_docstring(node) or "").strip().partition("\n")[0].strip()
            words = [
                runner,
                *(
                    f"{key}={wrapped[hook]}"
                    for key, hook in (("setUp", "setUpClass"), ("tearDown", "tearDownClass"))
                    if hook in wrapped
                ),
            ]
            words += [f"description={doc!r}"] if doc else []
            words += [f"method={test!r}", f"owner={name!r}"]
            words += ["expected=True"] if expected else []
            rows.append(f"    tests.add({suite_case}({', '.join(words)}))")
        self.suites[name] = self.fresh(f"tests_of_{_snake(name)}")
        made.append(_statement(f"def {self.suites[name]}():\n    tests = {suite}()\n" + "\n".join([*rows, "    return tests"])))
        return made

    def whole(self, cases: list[str]) -> list[ast.stmt]:
        """The function that gives all tests of the file, with the functions around them."""
        self.all_tests = self.fresh("all_tests")
        rows = [f"    tests.addTest({self.suites[each]}())" for each in cases]
        suite = self.name_of("unittest.TestSuite")
        return [_statement(f"def {self.all_tests}():\n    tests = {suite}()\n" + "\n".join([*rows, "    return tests"]))]


def _called(node: ast.expr) -> ast.expr:
    return node.func if isinstance(node, ast.Call) else node


def _skips(decorators: list[ast.expr], imports: dict[str, str]) -> list[str]:
    """What stands at the beginning of a test that is skipped, perhaps."""
    found: list[str] = []
    for each in decorators:
        name = _qualified(_called(each), imports)
        given = [ast.unparse(one) for one in each.args] if isinstance(each, ast.Call) else []
        given += [ast.unparse(one.value) for one in each.keywords] if isinstance(each, ast.Call) else []
        if name == "unittest.skip":
            found.append(f"raise SkipTest({given[0] if given else repr('')})")
        elif name == "unittest.skipIf" and len(given) == 2:
            found.append(f"if {given[0]}: raise SkipTest({given[1]})")
        elif name == "unittest.skipUnless" and len(given) == 2:
            found.append(f"if not ({given[0]}): raise SkipTest({given[1]})")
    return found


def _class_values(node: ast.FunctionDef) -> list[ast.stmt]:
    """`cls.data = …` at the beginning of what prepares a class, as the statement of the class that it is."""
    own = node.args.args[0].arg if node.args.args else ""
    found: list[ast.stmt] = []
    while node.body:
        first = node.body[0]
        match first:
            case ast.Assign(targets=[ast.Attribute(value=ast.Name(id=name), attr=attribute)], value=value) if (
                name == own and not any(isinstance(each, ast.Name) and each.id == own for each in walk(value))
            ):
                found.append(ast.copy_location(ast.Assign([ast.Name(attribute, ast.Store())], value), first))
                node.body.pop(0)
            case _:
                return [ast.fix_missing_locations(each) for each in found]
    return [ast.fix_missing_locations(each) for each in found]


def _runs(node: ast.AST) -> bool:
    """Whether an expression runs tests."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "run"


class _Calls(Transformer):
    """What runs the tests: `unittest.main()`, loaders, suites and runners."""

    def __init__(self, writer: _Writer, tests: dict[str, list[str]]) -> None:
        self.writer = writer
        self.tests = tests
        self.lists: dict[str, list[str]] = {}
        """Names that stand for lists of test classes."""
        self.streams: dict[str, int] = {}
        """Names of texts in memory, with how often they are read."""
        for each in walk(writer.tree):
            if isinstance(each, ast.Assign) and len(each.targets) == 1 and isinstance(each.targets[0], ast.Name):
                if self._classes(each.value):
                    self.lists[each.targets[0].id] = self._classes(each.value)
                elif isinstance(each.value, ast.Call) and _qualified(each.value.func, writer.imports) in _QUIET_STREAMS[:1]:
                    self.streams[each.targets[0].id] = 0
            elif isinstance(each, ast.Name) and each.id in self.streams and isinstance(each.ctx, ast.Load):
                self.streams[each.id] += 1
        self.results = {
            target.id
            for each in walk(writer.tree)
            if isinstance(each, ast.Assign) and _runs(each.value)
            for target in each.targets
            if isinstance(target, ast.Name)
        }
        """Names of what a run of tests gave."""
        self._mark_shown()

    def _classes(self, node: ast.expr) -> list[str]:
        """The test classes that a list or tuple names."""
        if isinstance(node, ast.Name):
            return self.lists.get(node.id, [])
        if not isinstance(node, ast.List | ast.Tuple) or not node.elts:
            return []
        names = [each.id for each in node.elts if isinstance(each, ast.Name) and each.id in self.tests]
        return names if len(names) == len(node.elts) else []

    def _is_result(self, node: ast.AST) -> bool:
        """Whether an expression is a list of failures or errors of a result of `unittest`."""
        if not isinstance(node, ast.Attribute) or node.attr not in ("failures", "errors"):
            return False
        owner = node.value
        if isinstance(owner, ast.Name):
            return owner.id in self.results
        return (isinstance(owner, ast.Attribute) and owner.attr == "result") or _runs(owner)

    def _mark_shown(self) -> None:
        """Mark where the program looks at more than how many failures a result has, and at which tests failed."""
        harmless: set[ast.AST] = set()
        for node in walk(self.writer.tree):
            pairs: list[tuple[ast.expr, ast.expr, list[ast.AST]]] = []
            if isinstance(node, ast.For):
                pairs.append((node.target, node.iter, [*node.body]))
            elif isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp):
                pairs += [(each.target, each.iter, [node.elt]) for each in node.generators]
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("len", "bool"):
                harmless.update(node.args)
            elif isinstance(node, ast.If | ast.IfExp | ast.While):
                harmless.add(node.test)
            elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
                harmless.add(node.operand)
            for target, iterated, used in pairs:
                pair = isinstance(target, ast.Tuple) and len(target.elts) == 2 and isinstance(target.elts[1], ast.Name)
                if not pair or not isinstance(target, ast.Tuple) or not isinstance(target.elts[1], ast.Name):
                    continue
                name = target.elts[1].id
                if not any(isinstance(each, ast.Name) and each.id == name for one in used for each in walk(one)):
                    harmless.update([iterated, *([iterated.left, iterated.right] if isinstance(iterated, ast.BinOp) else [])])
        for each in list(harmless):
            if isinstance(each, ast.BoolOp):
                harmless.update(each.values)
        for each in walk(self.writer.tree):
            if self._is_result(each) and each not in harmless:
                setattr(each, _SHOWN, True)

    def _suite(self, name: str) -> ast.expr:
        return ast.Call(ast.Name(self.writer.suites[name], ast.Load()), [], [])

    def visit_For(self, node: ast.For) -> ast.AST | list[ast.stmt]:
        classes = self._classes(node.iter)
        if classes and isinstance(node.target, ast.Name) and not node.orelse:
            made: list[ast.stmt] = []
            for each in classes:
                for statement in node.body:
                    found = self.visit(_Renamed(node.target.id, each).visit(copy.deepcopy(statement)))
                    made.extend(found if isinstance(found, list) else [found])
            return made
        self.generic_visit(node)
        return node

    def visit_ListComp(self, node: ast.ListComp) -> ast.AST:
        classes = self._classes(node.generators[0].iter)
        target = node.generators[0].target
        if classes and len(node.generators) == 1 and isinstance(target, ast.Name) and not node.generators[0].ifs:
            made = [_Renamed(target.id, each).visit(copy.deepcopy(node.elt)) for each in classes]
            found: ast.expr = self.visit(ast.copy_location(ast.List(made, ast.Load()), node))
            return found
        self.generic_visit(node)
        return node

    visit_GeneratorExp = visit_ListComp  # type: ignore[assignment]

    def visit_Expr(self, node: ast.Expr) -> ast.AST | list[ast.stmt]:
        """`suite.addTests([…])` adds each of them."""
        self.generic_visit(node)
        call = node.value
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "addTests"):
            return node
        if len(call.args) != 1 or call.keywords:
            return node
        call.func.attr = "addTest"
        if isinstance(call.args[0], ast.List | ast.Tuple):
            each = self.writer.fresh("each")
            add = ast.Call(call.func, [ast.Name(each, ast.Load())], [])
            return located(ast.For(ast.Name(each, ast.Store()), call.args[0], [ast.Expr(add)], []), node)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if hasattr(node, _SHOWN):
            # No class has such an attribute: the finding at this line gives it as the reason.
            node.attr += " with the texts of Python's tracebacks"
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        name = _qualified(node.func, self.writer.imports)
        words = {each.arg: each.value for each in node.keywords}
        if name in ("unittest.main", "unittest.TestProgram"):
            return self._main(node, words)
        self.generic_visit(node)
        attribute = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if name == "unittest.makeSuite":
            attribute = "loadTestsFromTestCase"
        only = node.args[0] if len(node.args) == 1 and not node.keywords else None
        if attribute == "loadTestsFromTestCase" and isinstance(only, ast.Name) and only.id in self.tests:
            return located(self._suite(only.id), node)
        if attribute == "getTestCaseNames" and isinstance(only, ast.Name) and only.id in self.tests:
            return located(ast.List([ast.Constant(each) for each in self.tests[only.id]], ast.Load()), node)
        if attribute in ("loadTestsFromModule", "discover") and only is not None and attribute != "discover":
            return located(ast.Call(ast.Name(self.writer.all_tests, ast.Load()), [], []), node)
        if (
            isinstance(node.func, ast.Name)
            and node.func.id in self.tests
            and isinstance(only, ast.Constant)
            and only.value in self.tests[node.func.id]
        ):
            one = ast.Call(ast.Attribute(self._suite(node.func.id), "only", ast.Load()), [only], [])
            return located(one, node)
        if name == "unittest.TestSuite" and only is not None:
            return located(ast.Call(ast.Attribute(node.func, "joined", ast.Load()), [only], []), node)
        if name == "unittest.TextTestRunner":
            return self._runner(node, words)
        return node

    def _main(self, node: ast.Call, words: dict[str | None, ast.expr]) -> ast.AST:
        kept = [each for each in node.keywords if each.arg in ("verbosity", "exit", "failfast")]
        given = words.get("argv")
        plain = (
            given is None
            or (isinstance(given, ast.List | ast.Tuple) and len(given.elts) == 1)
            or ast.unparse(given) == "sys.argv[:1]"
        )
        known = ("verbosity", "exit", "failfast", "argv", "module", "buffer", "warnings")
        if node.args or not plain or any(key not in known for key in words) or not self.writer.all_tests:
            return node
        tests = ast.Call(ast.Name(self.writer.all_tests, ast.Load()), [], [])
        kept.append(ast.keyword("asked", ast.Constant(given is None)))
        return located(ast.Call(node.func, [tests], kept), node)

    def _runner(self, node: ast.Call, words: dict[str | None, ast.expr]) -> ast.AST:
        stream = words.get("stream")
        quiet = stream is not None and (
            (isinstance(stream, ast.Call) and _qualified(stream.func, self.writer.imports) in _QUIET_STREAMS)
            or (isinstance(stream, ast.Call) and isinstance(stream.func, ast.Name) and stream.func.id == "open")
            or (isinstance(stream, ast.Name) and self.streams.get(stream.id) == 1)
        )
        if stream is not None and not quiet and ast.unparse(stream) != "sys.stderr":
            for each in node.keywords:
                if each.arg == "stream":
                    # No runner has such a parameter: the finding at this line gives it as the reason.
                    each.arg = "stream, which the program shows with the times in it"
            return node
        node.keywords = [each for each in node.keywords if each.arg in ("verbosity", "failfast")]
        if quiet:
            node.keywords.append(ast.keyword("quiet", ast.Constant(True)))
        return located(node, node)


class _Renamed(Transformer):
    def __init__(self, name: str, new: str) -> None:
        self.name = name
        self.new = new

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.copy_location(ast.Name(self.new, node.ctx), node) if node.id == self.name else node
