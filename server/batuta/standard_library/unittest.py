"""Suites of tests, what runs them, and what they gave. The tests themselves are functions: assertions are written out where they stand."""

import sys
from time import perf_counter

_LINE = "-" * 70
_THICK_LINE = "=" * 70
_PARTS: list[bool] = []


def _nothing():
    pass


class SkipTest(Exception):
    """Raised by a test that is to be skipped."""


class FunctionTestCase:
    """One test: a function that raises where it fails."""

    def __init__(self, testFunc, setUp=_nothing, tearDown=_nothing, description="", method="", owner="", expected=False):
        self._function = testFunc
        self._prepare = setUp
        self._clean = tearDown
        self._testMethodName = method
        self._description = description
        self._owner = owner
        self._expected = expected

    def id(self):
        """The name with the class and the module before it."""
        return f"__main__.{self._owner}.{self._testMethodName}"

    def shortDescription(self):
        """The first line of what the test says of itself."""
        return self._description or None

    def __str__(self):
        return f"{self._testMethodName} ({self.id()})"

    def _shown(self):
        return f"{self}\n{self._description}" if self._description else str(self)


class TestSuite:
    """Tests in the order in which they run."""

    def __init__(self):
        self._tests = []

    def add(self, test):
        """Add one test."""
        self._tests.append(test)

    def addTest(self, test):
        """Add the tests of another suite."""
        self._tests.extend(test._tests)

    @staticmethod
    def joined(suites):
        """One suite of several."""
        found = TestSuite()
        for each in suites:
            found.addTest(each)
        return found

    def only(self, name):
        """The tests with one name."""
        found = TestSuite()
        for each in self._tests:
            if each._testMethodName == name:
                found.add(each)
        return found

    def countTestCases(self):
        """How many tests there are."""
        return len(self._tests)


class TestResult:
    """What a run of tests gave."""

    def __init__(self):
        self.testsRun = 0
        self.failures = []
        self.errors = []
        self.skipped = []
        self.expectedFailures = []
        self.unexpectedSuccesses = []
        self._told = []

    @staticmethod
    def note_part(failed):
        """Remember that a part of the running test failed, or raised something else."""
        _PARTS.append(failed)

    def wasSuccessful(self):
        """Whether no test failed."""
        return not self.failures and not self.errors and not self.unexpectedSuccesses


def _show(text, shown):
    if shown:
        sys.stderr.write(text)


def _failed(test, result, kept, word, error, long):
    """Note a test that raised; the letter that stands for how it ended, or the word."""
    if test._expected:
        result.expectedFailures.append((test, ""))
        return "expected failure\n" if long else "x"
    kept.append((test, ""))
    result._told.append(f"{word}: {test._shown()}\n{_LINE}\n{error}\n")
    return f"{word}\n" if long else word[0]


def _run_one(test, result, verbosity):
    """Run one test; the letter that stands for how it ended, or the word."""
    result.testsRun += 1
    _show(f"{test._shown()} ... ", verbosity > 1)
    long = verbosity > 1
    _PARTS.clear()
    ended = "ok\n" if long else "."
    try:
        test._function()
        failed = [each for each in _PARTS if each]
        for part in _PARTS:
            if part:
                result.failures.append((test, ""))
                result._told.append(f"FAIL: {test._shown()}")
            else:
                result.errors.append((test, ""))
                result._told.append(f"ERROR: {test._shown()}")
        if _PARTS:
            ended = ("FAIL\n" if long else "F") if failed else ("ERROR\n" if long else "E")
        elif test._expected:
            result.unexpectedSuccesses.append(test)
            ended = "unexpected success\n" if long else "u"
    except SkipTest as why:
        result.skipped.append((test, str(why)))
        ended = f"skipped {str(why)!r}\n" if long else "s"
    except AssertionError as error:
        ended = _failed(test, result, result.failures, "FAIL", f"AssertionError: {error}", long)
    except Exception as error:
        ended = _failed(test, result, result.errors, "ERROR", f"{type(error).__name__}: {error}", long)
    return ended


class TextTestRunner:
    """Runs tests and tells of them on the standard error."""

    def __init__(self, verbosity=1, failfast=False, quiet=False):
        self._verbosity = verbosity
        self._failfast = failfast
        self._quiet = quiet

    def run(self, test):
        """Run a suite."""
        result = TestResult()
        start = perf_counter()
        verbosity = 0 if self._quiet else self._verbosity
        owner = ""
        clean = _nothing
        stopped = False
        for each in test._tests:
            if each._owner != owner:
                clean()
                owner = each._owner
                clean = _nothing
                stopped = False
                try:
                    each._prepare()
                    clean = each._clean
                except Exception as error:
                    result.errors.append((each, ""))
                    result._told.append(f"ERROR: setUpClass (__main__.{owner})\n{_LINE}\n{type(error).__name__}: {error}\n")
                    stopped = True
            if stopped:
                continue
            ended = _run_one(each, result, verbosity)
            _show(ended, verbosity > 0)
            if self._failfast and not result.wasSuccessful():
                break
        clean()
        self._tell(result, perf_counter() - start)
        return result

    def _tell(self, result, seconds):
        if self._quiet:
            return
        sys.stderr.write("\n")
        for each in result._told:
            sys.stderr.write(f"{_THICK_LINE}\n{each}\n")
        some = "" if result.testsRun == 1 else "s"
        sys.stderr.write(f"{_LINE}\nRan {result.testsRun} test{some} in {seconds:.3f}s\n\n")
        counts = [
            ("failures", len(result.failures)),
            ("errors", len(result.errors)),
            ("skipped", len(result.skipped)),
            ("expected failures", len(result.expectedFailures)),
            ("unexpected successes", len(result.unexpectedSuccesses)),
        ]
        details = ", ".join(f"{name}={count}" for name, count in counts if count)
        verdict = "OK" if result.wasSuccessful() else "FAILED"
        sys.stderr.write(f"{verdict} ({details})\n" if details else f"{verdict}\n")


class TestLoader:
    """Finds the tests of classes and modules, which is done before the program runs."""

    def __init__(self):
        self.testMethodPrefix = "test"


class TestProgram:
    """A run of all tests of the program."""

    def __init__(self, tests, verbosity=1, exit=True, failfast=False, asked=True):
        for each in sys.argv[1:] if asked else []:
            if each in ("-v", "--verbose"):
                verbosity = 2
            elif each in ("-q", "--quiet"):
                verbosity = 0
            else:
                sys.stderr.write(f"the tests of a compiled program are not chosen by name: {each}\n")
                sys.exit(2)
        self.result = TextTestRunner(verbosity, failfast).run(tests)
        if exit:
            sys.exit(0 if self.result.wasSuccessful() else 1)


def main(tests, verbosity=1, exit=True, failfast=False, asked=True):
    """Run all tests of the program and end it."""
    return TestProgram(tests, verbosity, exit, failfast, asked)
