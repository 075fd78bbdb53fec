"""`csv`: readers over lines or files, writers to files, with the parameters of the default dialect."""

from __future__ import annotations

from batuta.catalog.entry import Call, Entry, LibraryClass, Refusal, Shelf

_FORMAT = "delimiter: str = ',', quotechar: str = '\"', skipinitialspace: bool = False"
_REST = "restval: str | None = None, "
_OUTPUT = "delimiter: str = ',', quotechar: str = '\"', quoting: Any = 'csv.QUOTE_MINIMAL', lineterminator: str = '\\r\\n'"
_READING = 'py::csv::dialect({&delimiter}, {&quotechar}, {skipinitialspace}, false, "\\r\\n")'


def _writing(call: Call) -> str:
    everything = "true" if call.constant("quoting") == "csv.QUOTE_ALL" else "false"
    return f"py::csv::dialect({{&delimiter}}, {{&quotechar}}, false, {everything}, {{&lineterminator}})"


def _check_quoting(call: Call) -> None:
    if call.constant("quoting") not in ("csv.QUOTE_MINIMAL", "csv.QUOTE_ALL"):
        raise Refusal("BAT103", "only QUOTE_MINIMAL and QUOTE_ALL are translated", "Use one of them.")


_FILE = 'import csv\nwith open("people.csv", "w", newline="") as f:\n    w = csv.writer(f)\n'
'    w.writerow(["name", "age"])\n    w.writerow(("Ann, B", 31))\n'

SHELF = Shelf(
    module="csv",
    entries=(
        Entry(
            "csv.reader",
            f"(csvfile: Iterable[str], /, *, {_FORMAT}) -> Iterator[list[str]]",
            f"py::csv::reader({{csvfile}}, {_READING})",
            case=_FILE + 'with open("people.csv", newline="") as f:\n    reader = csv.reader(f)\n    header = next(reader)\n'
            "    print(header)\n    for row in reader:\n        print(row, int(row[1]))\n"
            'for row in csv.reader(["a;b", "\'c;d\';e"], delimiter=";", quotechar="\'"):\n    print(row)\n',
        ),
        Entry(
            "csv.DictReader",
            (
                f'(f: Iterable[str], fieldnames: None = None, *, {_REST}{_FORMAT}) -> "csv.DictReader"',
                f'(f: Iterable[str], fieldnames: Iterable[str], *, {_REST}{_FORMAT}) -> "csv.DictReader"',
            ),
            (
                f"py::csv::dict_reader({{f}}, None, {_READING}, {{restval}})",
                f"py::csv::dict_reader({{f}}, Some(Vec::from_iter({{fieldnames}})), {_READING}, {{restval}})",
            ),
            kind="class",
            case=_FILE + 'with open("people.csv", newline="") as f:\n    for row in csv.DictReader(f):\n'
            '        print(row["name"], int(row["age"]), row)\n'
            'reader = csv.DictReader(["a,b", "1,2", "3"], restval="-")\nfor row in reader:\n    print(reader.line_num, row)\n',
            notes="A row that is shorter or longer than the header ends the program with a message; Python puts None there.",
        ),
        Entry(
            "csv.DictReader.fieldnames",
            '(self: "csv.DictReader") -> list[str]',
            "{self}.fieldnames()",
            kind="attribute",
            case='import csv\nreader = csv.DictReader(["a,b", "1,2"])\nprint(reader.fieldnames)\nfor row in reader:\n'
            "    print(row)\n",
        ),
        Entry(
            "csv.DictReader.line_num",
            '(self: "csv.DictReader") -> int',
            "{self}.line_num()",
            kind="attribute",
            case='import csv\nreader = csv.DictReader(["a,b", "1,2", "", "\\"x", "y\\",3"])\nfor row in reader:\n'
            "    print(reader.line_num, row)\nprint(reader.line_num)\n",
        ),
        Entry(
            "csv.writer",
            f'(csvfile: "file", /, *, {_OUTPUT}) -> "csv.writer"',
            lambda call: f"py::csv::writer({{csvfile}}.clone(), {_writing(call)})",
            refuse=_check_quoting,
            kind="class",
            case='import csv\nimport io\nout = io.StringIO()\nw = csv.writer(out, delimiter=";")\n'
            'w.writerow(["a;b", "c"])\nw.writerow([1, 2])\n'
            "w.writerows([[0.5, 1.5], [2.0, 3.0]])\nprint(repr(out.getvalue()))\n",
        ),
        Entry(
            "csv.writer.writerow",
            '(self: "csv.writer", row: Any, /) -> int',
            "{self}.~writerow({&row})",
            kind="method",
            effects=("writes",),
            raises=("OSError", "ValueError"),
            case='import csv\nimport io\nout = io.StringIO()\nw = csv.writer(out)\nw.writerow(("a", 1, 2.5))\n'
            "print(repr(out.getvalue()))\n",
        ),
        Entry(
            "csv.writer.writerows",
            '(self: "csv.writer", rows: Iterable[T], /) -> None',
            "{self}.~writerows({rows})",
            kind="method",
            effects=("writes",),
            raises=("OSError", "ValueError"),
            case='import csv\nimport io\nout = io.StringIO()\ncsv.writer(out).writerows([("a", 1), ("b", 2)])\n'
            "print(repr(out.getvalue()))\n",
        ),
        Entry(
            "csv.DictWriter",
            f'(f: "file", fieldnames: Iterable[str], restval: str = "", extrasaction: str = "raise", *, {_OUTPUT}) -> "csv.DictWriter"',
            lambda call: (
                f"py::csv::dict_writer({{f}}.clone(), Vec::from_iter({{fieldnames}}), {_writing(call)}, {{&restval}}, "
                f"{'true' if call.constant('extrasaction') == 'ignore' else 'false'})"
            ),
            refuse=_check_quoting,
            kind="class",
            case='import csv\nimport io\nout = io.StringIO()\nw = csv.DictWriter(out, fieldnames=["b", "a"])\nw.writeheader()\n'
            'w.writerow({"a": 1, "b": 2})\nprint(repr(out.getvalue()))\n'
            'w = csv.DictWriter(out, ["b", "c"], restval="?", extrasaction="ignore")\nw.writerow({"a": 1, "b": 2})\nprint(repr(out.getvalue()))\n',
        ),
        Entry(
            "csv.DictWriter.writeheader",
            '(self: "csv.DictWriter") -> None',
            "{self}.writeheader()",
            kind="method",
            effects=("writes",),
            case='import csv\nimport io\nout = io.StringIO()\ncsv.DictWriter(out, ["x", "y"]).writeheader()\n'
            "print(repr(out.getvalue()))\n",
        ),
        Entry(
            "csv.DictWriter.writerow",
            '(self: "csv.DictWriter", rowdict: dict[str, V], /) -> int',
            "{self}.~writerow({&rowdict})",
            kind="method",
            effects=("writes",),
            raises=("ValueError", "OSError"),
            case='import csv\nimport io\nout = io.StringIO()\nw = csv.DictWriter(out, ["x"])\nw.writerow({"x": "q"})\n'
            "print(repr(out.getvalue()))\n",
        ),
        Entry(
            "csv.DictWriter.writerows",
            '(self: "csv.DictWriter", rowdicts: Iterable[dict[str, V]], /) -> None',
            "{self}.writerows({rowdicts})",
            kind="method",
            effects=("writes",),
            case='import csv\nimport io\nout = io.StringIO()\nw = csv.DictWriter(out, ["x"])\n'
            'w.writerows([{"x": 1}, {"x": 2}])\nprint(repr(out.getvalue()))\n',
        ),
    ),
    classes=(
        LibraryClass("csv.DictReader", "py::csv::DictReader", iterates="dict[str, str]", iterator=True),
        LibraryClass("csv.writer", "py::csv::Writer", mutable=False),
        LibraryClass("csv.DictWriter", "py::csv::DictWriter", mutable=False),
    ),
)
