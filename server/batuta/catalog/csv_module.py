"""`csv`: readers over lines or files, writers to files, with the parameters of the default dialect."""

from __future__ import annotations

from typing import Any

from batuta.catalog.entry import Call, Entry, LibraryClass, Refusal, Shelf

_DIALECTS = {"excel": "csv.excel", "excel-tab": "csv.excel_tab", "unix": "csv.unix_dialect"}
_FORMAT = "dialect: Any = 'excel', delimiter: str = ',', quotechar: str = '\"', skipinitialspace: bool = False"
_REST = "restval: str | None = None, "
_OUTPUT = "dialect: Any = 'excel', delimiter: str = ',', quotechar: str = '\"', quoting: Any = 'csv.QUOTE_MINIMAL', lineterminator: str = '\\r\\n'"
# The dialect may be given by position.
_POSITIONED = [each.replace("dialect: Any = 'excel', ", "dialect: Any = 'excel', *, ") for each in (_FORMAT, _OUTPUT)]


def _dialect(call: Call) -> str:
    """The dialect that is named, as the class."""
    named = call.constant("dialect") if call.given("dialect") else "excel"
    return _DIALECTS.get(named, named)


def _delimiter(call: Call) -> str:
    return '"\\t"' if _dialect(call) == "csv.excel_tab" and not call.given("delimiter") else "{&delimiter}"


def _reading(form: str) -> Any:
    def rust(call: Call) -> str:
        return form.replace(
            "DIALECT", f'py::csv::dialect({_delimiter(call)}, {{&quotechar}}, {{skipinitialspace}}, false, "\\r\\n")'
        )

    return rust


def _writing(call: Call) -> str:
    unix = _dialect(call) == "csv.unix_dialect"
    quoting = "csv.QUOTE_ALL" if unix and not call.given("quoting") else call.constant("quoting")
    end = '"\\n"' if unix and not call.given("lineterminator") else "{&lineterminator}"
    everything = "true" if quoting == "csv.QUOTE_ALL" else "false"
    return f"py::csv::dialect({_delimiter(call)}, {{&quotechar}}, false, {everything}, {end})"


def _check_dialect(call: Call) -> None:
    if _dialect(call) not in _DIALECTS.values():
        raise Refusal("BAT103", "a dialect of one's own is not translated", "Pass its parameters.")


def _check_quoting(call: Call) -> None:
    _check_dialect(call)
    if call.constant("quoting") not in ("csv.QUOTE_MINIMAL", "csv.QUOTE_ALL"):
        raise Refusal("BAT103", "only QUOTE_MINIMAL and QUOTE_ALL are translated", "Use one of them.")


_FILE = 'import csv\nwith open("people.csv", "w", newline="") as f:\n    w = csv.writer(f)\n'
'    w.writerow(["name", "age"])\n    w.writerow(("Ann, B", 31))\n'

SHELF = Shelf(
    module="csv",
    entries=(
        Entry(
            "csv.reader",
            f"(csvfile: Iterable[str], /, {_POSITIONED[0]}) -> Iterator[list[str]]",
            _reading("py::csv::reader({csvfile}, DIALECT)"),
            refuse=_check_dialect,
            case=_FILE + 'with open("people.csv", newline="") as f:\n    reader = csv.reader(f)\n    header = next(reader)\n'
            "    print(header)\n    for row in reader:\n        print(row, int(row[1]))\n"
            'for row in csv.reader(["a;b", "\'c;d\';e"], delimiter=";", quotechar="\'"):\n    print(row)\n'
            'print(list(csv.reader(["a\\tb,c"], dialect="excel-tab")), list(csv.reader(["a,b"], csv.unix_dialect)))\n',
        ),
        Entry(
            "csv.DictReader",
            (
                f'(f: Iterable[str], fieldnames: None = None, *, {_REST}{_FORMAT}) -> "csv.DictReader"',
                f'(f: Iterable[str], fieldnames: Iterable[str], *, {_REST}{_FORMAT}) -> "csv.DictReader"',
            ),
            (
                _reading("py::csv::dict_reader({f}, None, DIALECT, {restval})"),
                _reading("py::csv::dict_reader({f}, Some(Vec::from_iter({fieldnames})), DIALECT, {restval})"),
            ),
            refuse=_check_dialect,
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
            f'(csvfile: "file", /, {_POSITIONED[1]}) -> "csv.writer"',
            lambda call: f"py::csv::writer({{csvfile}}.clone(), {_writing(call)})",
            refuse=_check_quoting,
            kind="class",
            case='import csv\nimport io\nout = io.StringIO()\nw = csv.writer(out, delimiter=";")\n'
            'w.writerow(["a;b", "c"])\nw.writerow([1, 2])\n'
            "w.writerows([[0.5, 1.5], [2.0, 3.0]])\nprint(repr(out.getvalue()))\n"
            'csv.writer(out, dialect="unix").writerow(["x", 1])\ncsv.writer(out, csv.excel_tab).writerow(["x", "y"])\n'
            "print(repr(out.getvalue()))\n",
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
            f'(f: "file", fieldnames: Iterable[str], restval: str = "", extrasaction: str = "raise", {_POSITIONED[1]}) -> "csv.DictWriter"',
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
