"""The runner of many programs on three small Rust programs: one that is right, one that rustc rejects, one that prints something else."""

from __future__ import annotations

from pathlib import Path

from batuta.rust.project import Program as RustProgram
from batuta.workflow.corpus import Settings, compare_outcomes, compile_and_run
from fixtures.python_side import Program, run_many

PYTHON = "import sys\nprint('total', 0.1 + 0.2, len(sys.argv))\n"
TEMPLATE = "use batuta_rt::prelude::*;\n\nfn program() {{\n    {body}\n}}\n\nfn main() {{\n    py::run(program)\n}}\n"
BODIES = {
    "right": 'py::print!("total {} 1", py::Float(0.1 + 0.2));',
    "rejected": 'let total: i64 = "three";\n    py::print!("{}", total);',
    "other": 'py::print!("total {} 1", py::Float(0.25));',
}


def test_each_program_gets_its_own_verdict() -> None:
    program = Program("sum", PYTHON, Path("sum.py"))
    python = run_many([program])[0]
    case = program.case()
    programs = [(case, RustProgram(f"batch-{name}", "sum.py", TEMPLATE.format(body=body))) for name, body in BODIES.items()]
    results = compile_and_run(programs, Settings("self"))
    assert [(each.code, each.line) for each in results["batch-rejected"].errors] == [("E0308", 4)]
    verdicts = {}
    for name in ("right", "other"):
        outcome = results[f"batch-{name}"].outcome
        assert outcome is not None, results[f"batch-{name}"].errors
        verdicts[name] = compare_outcomes(name, python, outcome)
    assert verdicts["right"].verdict == "same", verdicts["right"]
    assert (verdicts["other"].verdict, verdicts["other"].line) == ("wrong", 1)
