"""The registry of finding codes: one entry each, with what a reader needs to act on it.

The hundreds digit names the family:

    BAT0xx  the input itself            BAT1xx  no Rust equivalent, construct not supported
    BAT2xx  types and ownership         BAT3xx  what rustc and cargo say
    BAT4xx  numbers and parity          BAT5xx  running and comparing
    BAT9xx  suppressions, configuration, and Batuta itself

The pages under `docs/findings/` are written from this file by `docs/generate.py`; a test says when one is stale. This module
imports nothing but the standard library, because the editor's server loads it at start.
"""

from __future__ import annotations

from dataclasses import dataclass

from batuta.findings.finding import Finding, Severity
from batuta.ir.spans import Span

SEVERITIES: tuple[Severity, ...] = ("hint", "information", "warning", "error")
"""From mild to severe; `--fail-on` compares by position."""


@dataclass(frozen=True)
class Code:
    """One kind of finding."""

    code: str
    title: str
    explanation: str
    example: str
    """Python that causes it, or the situation in words."""
    remedy: str
    severity: Severity = "hint"
    blocks: bool = True
    """Whether no Rust can be written while it stands."""

    @property
    def page(self) -> str:
        """The page of this code, relative to the project's root."""
        return f"docs/findings/{self.code}.md"


_CODES = (
    Code(
        "BAT001",
        "syntax error in the input",
        "The file is not valid Python, so nothing in it can be translated. In the editor this is left to other servers.",
        "def f(:\n    pass",
        "Mend the line that is named; `python -m py_compile FILE` shows the same error.",
        "error",
    ),
    Code(
        "BAT002",
        "input cannot be read",
        "The file or folder does not exist, is not readable, or is not text in the encoding that it declares.",
        "batuta check missing.py",
        "Check the path and its permissions; save the file as UTF-8 or declare its encoding on the first line.",
        "error",
    ),
    Code(
        "BAT003",
        "file too large",
        "The file has more lines than whole-program inference handles in reasonable time. Files of this size are usually "
        "generated or hold data.",
        "a file of 200,000 lines",
        "Move data out of the source into a file that the program reads, or split the program.",
        "error",
    ),
    Code(
        "BAT004",
        "not a program",
        "The file only defines things: it has no statement that does something at the top level and no `if __name__ == "
        '"__main__":` block, so there is nothing to run and compare.',
        "def helper(x):\n    return x + 1",
        "Pass the file that is run, or add a main program to this one.",
    ),
    Code(
        "BAT101",
        "call has no Rust equivalent",
        "The catalog has no entry for this function, class or method. Nothing is guessed: no crate is derived from a "
        "module's name.",
        'import pandas as pd\n\ntable = pd.read_excel("sales.xlsx")',
        "Use an item of the catalog (`batuta catalog` lists them), write the few lines in plain Python, or add a mapping "
        "(`docs/recipes/add-a-mapping.md`).",
    ),
    Code(
        "BAT102",
        "unknown parameter",
        "The call passes a parameter that the library's function does not have in the version that Batuta models.",
        "KMeans(clusters=3)",
        "Correct the parameter's name; the hover on the call lists the signature.",
    ),
    Code(
        "BAT103",
        "parameter value not supported",
        "The function is mapped, but not with this parameter, or not with this value of it: the Rust side would compute "
        "something else.",
        'Ridge(solver="sag")',
        "Use one of the values that the message lists, or leave the parameter out if its default is right for you.",
    ),
    Code(
        "BAT104",
        "construct not supported",
        "This piece of Python has no translation with the same meaning (yet): metaclasses, `async`, classes inside functions, "
        "and the like.",
        "class Meta(type):\n    pass\n\n\nclass Model(metaclass=Meta):\n    pass",
        "Write it with functions, plain classes and loops; the message names the construct.",
    ),
    Code(
        "BAT105",
        "import not supported",
        "The module is neither mapped nor part of the program.",
        "import matplotlib.pyplot as plt",
        "Take the part that needs it out of the program to be translated, or keep that part in Python.",
    ),
    Code(
        "BAT106",
        "attribute has no equivalent",
        "The object's type is known, but this attribute or method of it is not mapped.",
        "array.__array_interface__",
        "Use a mapped attribute; `batuta catalog ndarray` lists those of an array, `batuta catalog str` those of a text.",
    ),
    Code(
        "BAT107",
        "dynamic feature",
        "What this line means is decided only while the program runs: `eval` and `exec`, a method that is replaced on an "
        "object, a test of a type that inference cannot decide. Rust is fixed when it is compiled.",
        'result = eval("1 + 2")',
        "The message says what to write instead: the code that would be evaluated, a field that holds the function, a "
        "constant.",
    ),
    Code(
        "BAT108",
        "import between files cannot be followed",
        "The modules of a program run in the order of their first imports, and what this import would run or bind cannot be told "
        "beforehand: a circular import of something that is not there yet, a module that does something when it is imported and is "
        "imported inside a function, a file with the name of a standard module.",
        "def main():\n    import settings  # settings.py prints when it is imported",
        "Import at the top of the file, and move what two modules need from each other into a third one.",
    ),
    Code(
        "BAT201",
        "type unknown",
        "Whole-program inference found no type for this expression: nothing in the program says what it holds.",
        "def f(xs=None):\n    return [x for x in xs]",
        "Add a type hint; the quick fix inserts one where the uses agree.",
    ),
    Code(
        "BAT202",
        "types conflict",
        "The same variable, parameter or element holds values of types that have no common Rust type.",
        'value = 1\nvalue = "one"',
        "Use two variables, or a class that says what the alternatives are.",
    ),
    Code(
        "BAT203",
        "array view written while shared",
        "A slice of an array shares its memory with the array in NumPy. Here one of them is written while the other is still "
        "used, and the translation keeps views as frozen recipes.",
        "row = a[0]\na[0, 0] = 5.0\nprint(row)",
        "Write `.copy()` where a copy is meant, or write through the array itself.",
    ),
    Code(
        "BAT204",
        "possibly None",
        "The value may be None at this place and is used as if it could not be.",
        "found = table.get(key)\nprint(found.name)",
        "Test for None first (`if found is not None:`), or use `table[key]`.",
    ),
    Code(
        "BAT205",
        "left out of the Rust",
        "Nothing in the program calls this function, or makes an instance of this class, and without calls or hints its types "
        "are unknown. It is not part of the Rust; what the program prints does not depend on it.",
        "def scale(xs, factor):\n    return [x * factor for x in xs]\n\n\nprint(1)",
        "Call it, or add type hints to its parameters, to have it in the Rust; remove it if nobody needs it.",
        blocks=False,
    ),
    Code(
        "BAT206",
        "drawing left out",
        "With `--drop-plots` the Rust holds no drawing: these lines only draw, or compute what only the drawing needs. Nothing that the "
        "program prints depends on them; what has another effect stays.",
        "import matplotlib.pyplot as plt\n\nplt.plot([1, 2, 3])  # with --drop-plots",
        "Nothing is to be done: it was asked for. Translate without `--drop-plots` to be told what stands in the way instead.",
        "information",
        blocks=False,
    ),
    Code(
        "BAT207",
        "drawing cannot be left out",
        "`--drop-plots` was asked for, but something that has to stay needs what the drawing gives: a number that is read back from "
        "the axes, a loop that runs once for each of an unknown number of axes, a function with effects that the drawing calls.",
        "counts, edges, bars = plt.hist(values)\nprint(counts)  # with --drop-plots",
        "Compute what is needed besides the drawing without it (here `np.histogram(values)`).",
    ),
    Code(
        "BAT301",
        "rejected by rustc",
        "The Rust that was written for this line does not compile. This is a defect of Batuta: please report the program. The "
        "message carries rustc's own code and text.",
        "(the message quotes the Rust line)",
        "Rewrite the Python line in a simpler form as a workaround, and report the program.",
        "error",
    ),
    Code(
        "BAT302",
        "warning by rustc",
        "rustc accepts the Rust written for this line but warns about it. Generated Rust should be free of warnings.",
        "(the message quotes the Rust line)",
        "The program runs; please report the line.",
        blocks=False,
    ),
    Code(
        "BAT303",
        "cargo is missing",
        "No Rust toolchain was found, so nothing can be compiled. Everything else (findings, preview, hovers) works without.",
        "a machine without cargo",
        "Install Rust with rustup, then run `batuta doctor`.",
        "error",
    ),
    Code(
        "BAT304",
        "crates are not here yet",
        "cargo runs offline; a crate that this program needs has not been fetched.",
        "the first build on a new machine",
        "Run `batuta setup` once while online.",
        "error",
    ),
    Code(
        "BAT305",
        "build failed",
        "cargo ended with an error that belongs to no line of the program: the linker, the disk, a limit.",
        "a full disk",
        "Read the message of cargo that is quoted; `batuta doctor` checks the toolchain.",
        "error",
    ),
    Code(
        "BAT306",
        "the generated project was edited",
        "A file of the generated project is not the one that Batuta wrote, and building it as it stands would use settings "
        "that are not ours.",
        "a changed Cargo.toml",
        "Build it yourself with `cargo build`, or write the project again with `batuta transpile --force`.",
        "warning",
        blocks=False,
    ),
    Code(
        "BAT401",
        "numbers differ",
        "The Rust side of this call is known to give other numbers under some conditions. The message says how much and when.",
        "RandomForestClassifier(n_estimators=20).fit(x, y)",
        "Read the parity note in the hover; `--target faithful` takes the target with equal numbers where there is one.",
        "information",
        blocks=False,
    ),
    Code(
        "BAT402",
        "integer overflow",
        "Python's integers grow without bound; here they are 64 bits wide with checks, and this run left their range. The Rust "
        "program ends loudly with its own exit code (70) and never goes on with a wrong number.",
        "x = 2\nfor i in range(70):\n    x = x * 2",
        "Keep the numbers below 2**63, or use floats where an approximate value is enough.",
        "error",
        blocks=False,
    ),
    Code(
        "BAT501",
        "output differs",
        "The Python and the Rust program were run on the same input and did not print the same.",
        "(the message shows the first line that differs)",
        "Look at the line that is named; `--target faithful` and `--precision f64` rule out differences of the crates.",
        "error",
        blocks=False,
    ),
    Code(
        "BAT502",
        "exit code or exception differs",
        "The two programs ended differently: another exit code, or another class of uncaught exception.",
        "(the message shows both)",
        "Compare the last lines that both printed; report the program.",
        "error",
        blocks=False,
    ),
    Code(
        "BAT503",
        "file not in the scratch folder",
        "Programs are compared in an empty folder that holds only the data files named by literals in the source and those "
        "passed with `--data`. The program asked for another one.",
        "open(sys.argv[1])",
        "Pass the file with `--data PATH`.",
        "warning",
        blocks=False,
    ),
    Code(
        "BAT504",
        "limit reached",
        "The program was ended because it used more time, memory, output or processes than allowed.",
        "while True:\n    pass",
        "Raise the limit (`--timeout`, `--memory`, `--max-output`) if the program needs it.",
        "warning",
        blocks=False,
    ),
    Code(
        "BAT505",
        "nothing was compared",
        "The program printed nothing, wrote no file and raised nothing, so that there is no value to compare. That is not the "
        "same as equal.",
        "x = 1 + 1",
        "Print the results that matter.",
        "information",
        blocks=False,
    ),
    Code(
        "BAT506",
        "written files differ",
        "Both programs wrote files, and their contents or names are not the same.",
        "(the message names the file)",
        "Compare the two files; numbers in text files are compared with the same tolerance as output.",
        "error",
        blocks=False,
    ),
    Code(
        "BAT507",
        "file outside the scratch folder",
        "While it was compared, the program read or wrote a file by a path that leads out of the folder in which both programs run. "
        "The comparison holds for this machine, but the file is not recorded with it, and what was written there is not compared.",
        'with open("/data/sales.csv") as file:\n    print(file.readline())',
        "Name the file relative to the program and pass it with `--data PATH`.",
        "information",
        blocks=False,
    ),
    Code(
        "BAT900",
        "internal error",
        "Batuta failed on this file. Nothing is wrong with the program: this is a defect of Batuta, and the message names the "
        "exception and the place in its code.",
        "(the message quotes the exception)",
        "Please report the program with the message. Leaving out parts of the program shows which line it is about.",
        "error",
    ),
    Code(
        "BAT901",
        "unused suppression",
        "A `# batuta: ignore[...]` comment names a code that is not found on its line.",
        "x = 1  # batuta: ignore[BAT101]",
        "Remove the comment or the code from it.",
        blocks=False,
    ),
    Code(
        "BAT902",
        "configuration not understood",
        "`[tool.batuta]` or `batuta.toml` has a key or value that Batuta does not know; it is ignored.",
        '[tool.batuta]\nselct = ["BAT1"]',
        "Correct the key; `docs/configuration.md` lists them.",
        "warning",
        blocks=False,
    ),
)

CODES: dict[str, Code] = {code.code: code for code in _CODES}


def page_of(code: str) -> str:
    """The documentation page of a code, relative to the project's root."""
    return f"docs/findings/{code}.md"


def make_finding(code: str, reason: str, remedy: str = "", *, span: Span | None = None, path: str = "") -> Finding:
    """A finding with the registry's severity, and its remedy where none better is at hand.

    Without a span the finding is about the file as a whole and points at its first character.
    """
    entry = CODES[code]
    where = span if span is not None else Span(1, 0, 1, 0)
    return Finding(where, code, reason, remedy or entry.remedy, entry.severity, path, entry.blocks)
