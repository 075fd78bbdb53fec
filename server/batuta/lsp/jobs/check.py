"""Compile a document's translation with cargo, and bring what rustc says back to the Python lines."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from batuta.lsp.jobs.wire import finding_out
from batuta.lsp.workbench import JobFailed, Workbench, in_this_file

BACKGROUND = True


def run(bench: Workbench, parameters: dict[str, Any], cancel: threading.Event, report: Callable[[dict[str, Any]], None]) -> Any:
    """`ok`, `findings` on the Python, `seconds`, `rustc` (its version). Raises JobFailed where there is nothing to compile."""
    from batuta.cargo.compile import compile_program
    from batuta.cargo.messages import Progress
    from batuta.cargo.process import Limits
    from batuta.cargo.rustc_findings import compile_findings
    from batuta.rust.project import package_name

    analysis = bench.analysis(parameters)
    translation = analysis.require()
    if not translation.rust:
        raise JobFailed(
            "the file is not translated yet: " + "; ".join(f"{each.code} {each.reason}" for each in analysis.findings[:3])
        )
    path = analysis.source.path
    program = translation.program(package_name(path), path)

    def on_progress(progress: Progress) -> None:
        report({"done": progress.done, "total": progress.total, "what": progress.text})

    limits = parameters.get("limits", {})
    memory = limits.get("memory")
    compiled = compile_program(
        program,
        key=path,
        limits=Limits(wall=limits.get("timeout", 600.0), memory=int(memory * 1024 * 1024) if memory else None),
        cancel=cancel,
        on_progress=on_progress,
    )
    findings = compile_findings(compiled, translation.source_map, program, path)
    if analysis.tree is not None:
        findings = [in_this_file(each, analysis.source, analysis.tree) for each in findings]
    return {
        "ok": compiled.ok,
        "findings": [finding_out(finding) for finding in findings],
        "seconds": compiled.seconds,
        "rustc": compiled.rustc_version,
    }
