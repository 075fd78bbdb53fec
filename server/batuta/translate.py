"""The whole way from Python text to Rust text, without cargo: read, understand, translate, write."""

from __future__ import annotations

import ast
import gc
import os
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field, replace
from pathlib import Path

from batuta.analysis.build import Builder
from batuta.analysis.declarations import declare
from batuta.analysis.dispatch import add_dispatchers, write_dynamic_targets
from batuta.analysis.drawing.leave_out import leave_out_drawing
from batuta.analysis.families import join_families
from batuta.analysis.function_values import fit_function_values
from batuta.analysis.growth import leave_floats
from batuta.analysis.infer import Inference
from batuta.analysis.left_out import left_out
from batuta.analysis.link import link
from batuta.analysis.number_then_array import split_numbers_from_arrays
from batuta.analysis.partial import LeftOut, add_places, leave_out
from batuta.analysis.program import FunctionInfo
from batuta.analysis.program import Program as TypedProgram
from batuta.analysis.records import Record, rewrite_records
from batuta.analysis.resolve import is_mixed
from batuta.analysis.restored_assignments import restore_assignments
from batuta.analysis.rewrite import rewrite, rewrite_file
from batuta.analysis.shown_choices import split_choices
from batuta.analysis.sibling_fields import split_sibling_fields
from batuta.analysis.unroll import unroll
from batuta.findings.codes import make_finding
from batuta.findings.finding import Finding
from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.names import SEPARATOR
from batuta.ir.spans import Span
from batuta.ir.verify import verify
from batuta.lowering.array_homes import choose_homes
from batuta.lowering.lower import Options, lower
from batuta.lowering.rust_text import Line
from batuta.lowering.state import Choices
from batuta.python.modules import ALONE, Surroundings, imports_of
from batuta.python.source import Source, read
from batuta.python.walk import copied, walk
from batuta.rust.project import Program, RustModule

LARGEST = 1_000_000
"""Characters; larger files are refused before anything is parsed."""

TYPE_CODES = ("BAT001", "BAT101", "BAT102", "BAT103", "BAT104", "BAT106", "BAT107", "BAT201", "BAT202")
"""Findings that types known at run time may resolve."""
MOST_ATTEMPTS = 12
MUCH_LEFT = 300_000
"""Objects made since garbage was looked for last: as many are worth a look before the next inference, whose own come on top."""
_ASKS_TO_DROP = re.compile(r"^[ \t]*#[ \t]*batuta:[ \t]*drop-plots[ \t]*$", re.MULTILINE)
"""A comment on a line of its own that asks for what `--drop-plots` does."""


class InternalError(Exception):
    """A typed program that breaks a rule of `ir/verify.py`: a defect of ours, never of the text."""


@dataclass(frozen=True)
class CallUse:
    """One use of a catalog entry in the program."""

    span: Span
    entry: object
    target: object | None
    type: t.Type
    node: n.LibraryCall


@dataclass
class Translation:
    """What came out."""

    source: Source
    findings: list[Finding] = field(default_factory=list)
    rust: str = ""
    """The text of `main.rs`."""
    source_map: list[tuple[int, Span]] = field(default_factory=list)
    """Line of `main.rs` → Python span."""
    modules: list[RustModule] = field(default_factory=list)
    """The other Rust files, where the program has modules of its own."""
    python_files: dict[str, str] = field(default_factory=dict)
    """The program's modules: path below its folder → text."""
    mixes: bool = False
    """Whether a refused program has a place that numbers and texts share."""
    has_records: bool = False
    """Whether dicts with constant keys became objects with fields."""
    run_as: str = ""
    """The dotted name of the program's own file where it is a part of its package."""
    declares_refused: bool = False
    """Whether something is refused that no types can change: a class or a decorator."""
    dynamic: bool = False
    """Whether places whose type is known at run time only were allowed: nothing simpler gave every place a type."""
    without_drawing: bool = False
    """Whether drawing was left out, as it was asked for."""

    def program(self, name: str, source_name: str, tolerance: float = 1e-9) -> Program:
        """As a package of a Cargo project."""
        return Program(
            name,
            source_name,
            self.rust,
            self.features,
            self.crates,
            tolerance=tolerance,
            modules=tuple(self.modules),
            python_files=self.python_files,
            run_as=self.run_as,
            without_drawing=self.without_drawing,
        )

    features: frozenset[str] = frozenset()
    crates: frozenset[str] = frozenset()
    calls: list[CallUse] = field(default_factory=list)
    shared: dict[int, str] = field(default_factory=dict)
    module: n.Module | None = None
    """The typed program, also of a file that is refused: the editor asks it for types."""

    @property
    def refused(self) -> bool:
        """Whether a finding stands in the way of Rust."""
        return any(each.blocks for each in self.findings)


@contextmanager
def _no_collection() -> Iterator[None]:
    """What one way of giving types makes is needed until its end: nobody looks for garbage meanwhile, which takes a tenth of the time, and
    of a long module's a third. `_infer` does so before the next way."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@_no_collection()
def translate(
    text: str, path: str = "<text>", options: Options | None = None, surroundings: Surroundings = ALONE
) -> Translation:
    """Translate one Python program, with the modules of its own that it imports from its `surroundings`.

    Never raises for anything that is in the text: what cannot be translated is in `findings`, and `rust` is empty then. A
    defect of ours is a finding too; only with `debug` it comes out as the exception that it is.
    """
    options = options or Options()
    checked = options.debug or os.environ.get("BATUTA_VERIFY") == "1"
    way = _partial if options.partial else _translate
    if checked:
        return _at_home(way(text, path, options, checked, surroundings))
    try:
        return _at_home(way(text, path, options, checked, surroundings))
    except RecursionError:
        reason, remedy = "an expression nests deeper than the translation follows", "Split the long expression."
        return Translation(Source(text, path), [make_finding("BAT003", reason, remedy, path=path)])
    except Exception as problem:
        return Translation(Source(text, path), [_internal_error(problem, path)])


def _at_home(result: Translation) -> Translation:
    """Spans in the file that they are from: inside, the files of a program are one text."""
    joined = result.source
    if not joined.parts:
        return result
    modules = [each.module.replace(".", SEPARATOR) for each in joined.parts if each.module]
    qualified = re.compile(rf"\b(?:{'|'.join(map(re.escape, modules))}){SEPARATOR}(?=\w)")

    def place(finding: Finding) -> Finding:
        part = joined.part_of(finding.span.line)
        if part.held:
            return _in_held_module(finding, part.module, joined)
        span = joined.locate(finding.span)
        reason, remedy = (
            qualified.sub(lambda match: match[0].replace(SEPARATOR, "."), text) for text in (finding.reason, finding.remedy)
        )
        return replace(finding, span=replace(span, path=""), path=span.path or finding.path, reason=reason, remedy=remedy)

    in_library = {each.first for each in joined.parts if each.held}
    result.findings = _ordered(
        [place(each) for each in result.findings if each.blocks or joined.part_of(each.span.line).first not in in_library]
    )
    result.calls = [each for each in result.calls if joined.part_of(each.span.line).first == 1]
    result.source_map = [(line, joined.locate(span)) for line, span in result.source_map]
    for module in result.modules:
        module.source_map = [(line, joined.locate(span)) for line, span in module.source_map]
    return result


def _in_held_module(finding: Finding, module: str, joined: Source) -> Finding:
    """A finding in a module of the standard library, at the line of the program that imports it."""
    main = joined.parts[0].module
    importing = [
        node
        for node in imports_of(ast.parse(joined.text))
        if joined.part_of(node.lineno).module == main
        and module in [getattr(node, "module", ""), *[alias.name for alias in node.names]]
    ]
    span = joined.span(importing[0]) if importing else Span(1, 0, 1, 1)
    reason = f"this use of `{module}` is not translated: {finding.reason}"
    return replace(
        finding, span=span, path=joined.path, reason=reason, remedy="Use it with one type of values, or do without it."
    )


def _internal_error(problem: Exception, path: str) -> Finding:
    """What is said about a defect of ours: the exception and the place in our code that raised it."""
    frames = traceback.extract_tb(problem.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    message = " ".join(str(problem).split())[:200]
    return make_finding("BAT900", f"internal error: {type(problem).__name__}: {message}{where}", path=path)


def _partial(text: str, path: str, options: Options, checked: bool, surroundings: Surroundings) -> Translation:
    """Translate with the functions left out that cannot be translated; what they hold is told without standing in the way."""
    left = LeftOut()
    told: list[Finding] = []
    result = _translate(text, path, options, checked, surroundings, left)
    while result.refused and add_places(_read(text, path, surroundings)[0].tree, result.findings, left):
        told += [replace(each, blocks=False) for each in result.findings]
        result = _translate(text, path, options, checked, surroundings, left)
    result.findings = _ordered([*told, *result.findings])
    return result


def _read(text: str, path: str, surroundings: Surroundings) -> tuple[Source, list[Finding]]:
    source, findings = read(text, path)
    return (source, findings) if findings else link(source, surroundings, rewrite_file)


def _translate(
    text: str, path: str, options: Options, checked: bool, surroundings: Surroundings, left: LeftOut | None = None
) -> Translation:
    """The first way of giving types to the program that is not refused; the first one's findings when all are."""
    prepared = _prepare(text, path, options, surroundings, left)
    if prepared.ended:
        files = _python_files(prepared.source)
        return Translation(prepared.source, prepared.findings, python_files=files, run_as=prepared.run_as)
    first = _attempt(prepared, options, checked)
    blocking = [each.code for each in first.findings if each.blocks]
    if blocking and all(each in TYPE_CODES for each in blocking) and not first.declares_refused:
        for records in (True, False) if first.mixes or first.has_records else ():
            found = _attempt(prepared, options, checked, values=True, records_wanted=records)
            if not found.refused:
                return found
            if not found.has_records:
                break
        for records in (True, False):
            found = _attempt(prepared, options, checked, True, records, containers=True)
            if not found.refused:
                return found
            if not found.has_records:
                break
    return first


@dataclass(frozen=True)
class _Prepared:
    """A program as each way of giving types finds it."""

    source: Source
    path: str
    run_as: str
    findings: list[Finding] = field(default_factory=list)
    """What is said of it already."""
    without_drawing: bool = False
    ended: bool = False
    """Whether there is nothing to give types to."""


def _prepare(text: str, path: str, options: Options, surroundings: Surroundings, left: LeftOut | None) -> _Prepared:
    """Read and rewrite a program: what does not depend on types."""
    if len(text) > LARGEST:
        finding = Finding(
            Span(1, 0, 1, 1),
            "BAT002",
            f"the file has {len(text)} characters; the limit is {LARGEST}",
            "Split it into modules.",
            "error",
            path,
        )
        return _Prepared(Source("", path), path, "", [finding], ended=True)
    source, findings = _read(text, path, surroundings)
    if findings:
        return _Prepared(source, path, surroundings.main, findings, ended=True)
    drawing = leave_out_drawing(source) if options.drop_plots or _ASKS_TO_DROP.search(text) else []
    if any(each.blocks for each in drawing):
        return _Prepared(source, path, surroundings.main, _ordered(drawing), ended=True)
    if left is not None:
        leave_out(source.tree, left)
    rewrite(source.tree, Path(path).name)
    unroll(source.tree)
    return _Prepared(source, path, surroundings.main, drawing, bool(drawing))


def _attempt(
    prepared: _Prepared,
    options: Options,
    checked: bool,
    values: bool = False,
    records_wanted: bool = True,
    containers: bool = False,
) -> Translation:
    """Translate once. `values`: numbers and texts may share a place whose type is known at run time only; `containers`: so may lists and
    dicts."""
    path = prepared.path
    source = copy(prepared.source)
    source.tree = copied(source.tree)
    result = Translation(
        source,
        python_files=_python_files(source),
        run_as=prepared.run_as,
        dynamic=values or containers,
        without_drawing=prepared.without_drawing,
    )
    dispatchers = add_dispatchers(source.tree) if containers else {}
    specialised: dict[tuple[int, int, str], set[str]] = {}
    records: dict[str, Record] = {}
    for attempt in range(MOST_ATTEMPTS):
        program = declare(source)
        program.values = values
        program.containers = containers
        program.dispatchers = dispatchers
        for name in records:
            program.classes[name].record = True
        for info in program.functions.values():
            info.specialised = set(specialised.get(_place_of(info), set()))
        inference = _infer(program)
        missed = inference.missed() if checked else []
        if missed:
            raise InternalError(f"{path}: the inference ended too early: " + "; ".join(missed[:20]))
        last = attempt == MOST_ATTEMPTS - 1
        if not last and (
            restore_assignments(source.tree, inference)
            or (records_wanted and rewrite_records(source.tree, inference, records))
            or join_families(source.tree, inference)
            or split_sibling_fields(source.tree, inference)
            or leave_floats(inference)
            or split_choices(source.tree, inference)
            or fit_function_values(source.tree, inference)
            or split_numbers_from_arrays(source.tree, inference)
            or write_dynamic_targets(source.tree, inference)
        ):
            del program, inference
            continue
        builder = Builder(inference)
        if any(each.blocks for each in program.findings):
            # What the program declares is refused with any types: they need not be found more exactly.
            result.declares_refused = True
            break
        if not _conflicting_parameters(inference, builder, specialised) or last:
            break
    found = [*prepared.findings, *program.findings, *inference.problems.values()]
    if result.dynamic and not checked and any(each.blocks for each in found):
        # Of a later way only the program that comes out is asked for, and whether dicts have become records.
        result.findings = _ordered(found)
        result.has_records = bool(records)
        return result
    module = result.module = builder.build()
    own = {each.span.line for each in found if each.blocks}
    found += [each for each in builder.findings.values() if not (each.code in ("BAT201", "BAT202") and each.span.line in own)]
    result.findings = _ordered(found)
    result.has_records = bool(records)
    result.mixes = result.refused and _has_mixture(inference)
    result.calls = [
        CallUse(call.span, call.entry, call.target, call.type, call)
        for _, _, call in builder.uses_of_calls
        if call.entry is not None
    ]
    # Checked for refused programs too, so that the checker itself is known to bear any tree; their trees may be illegal.
    problems = verify(module, source.lines) if checked else []
    if result.refused:
        return result
    if problems:
        raise InternalError(f"{path}: the typed program is not legal: " + "; ".join(problems[:20]))
    if _asks_for_the_crate(options):
        choose_homes(module)
        moved = verify(module, source.lines) if checked else []
        if moved:
            raise InternalError(f"{path}: the program with its arrays on the crate is not legal: " + "; ".join(moved[:20]))
    choices = Choices()
    if options.everything_shared:
        choices.shared.update(_all_groups(module))
    output = lower(module, options, path, choices)
    # Homes and forms of each item are chosen on the way.
    result.calls = [replace(each, entry=each.node.entry, target=each.node.target) for each in result.calls]
    # Only of a whole translation: where something is refused, calls may be unknown that are there.
    result.findings = _ordered([*result.findings, *output.findings, *left_out(inference)])
    result.shared = dict(output.choices.reasons)
    if result.refused:
        return result
    result.features = frozenset(output.features)
    lines = [("    " * each.depth + each.text).rstrip() for each in output.lines]
    result.rust = "\n".join(lines) + "\n"
    result.source_map = _source_map(output.lines)
    for place, held in output.modules.items():
        text = "\n".join(("    " * each.depth + each.text).rstrip() for each in held) + "\n"
        result.modules.append(RustModule(place, text, _source_map(held)))
    everything = [result.rust, *(each.rust for each in result.modules)]
    result.crates = frozenset(
        each for each in ("ndarray", "aprender", "trueno") if any(f"{each}::" in text for text in everything)
    )
    return result


def _infer(program: TypedProgram) -> Inference:
    if not gc.isenabled() and gc.get_count()[0] > MUCH_LEFT:
        # What an earlier way of giving types has left.
        gc.collect(0)
    inference = Inference(program)
    inference.run()
    return inference


def _python_files(source: Source) -> dict[str, str]:
    return {each.relative: each.text for each in source.parts if each.relative.endswith(".py")}


def _source_map(lines: list[Line]) -> list[tuple[int, Span]]:
    return [(index, each.span) for index, each in enumerate(lines, 1) if each.span is not None]


def _asks_for_the_crate(options: Options) -> bool:
    """Whether arrays may live on trueno, in float32."""
    if options.precision == "f64" or options.target == "faithful":
        return False
    return options.target == "aprender" or options.precision == "f32"


def _ordered(findings: list[Finding]) -> list[Finding]:
    unique = {(each.span, each.code, each.reason): each for each in findings}
    return sorted(unique.values(), key=lambda each: (each.span, each.code, each.reason))


def _all_groups(module: n.Module) -> set[int]:
    """Every group that a value of the program can belong to."""
    from batuta.ir.walk import functions_of, walk_all

    found: set[int] = set()

    def collect(type_: t.Type) -> None:
        group = getattr(type_, "group", 0)
        if group and not isinstance(type_, t.Array | t.Object):
            found.add(group)
        for each in t.children(type_):
            collect(each)

    for function in functions_of(module):
        for parameter in function.parameters:
            collect(parameter.type)
        collect(function.result)
    for cls in module.classes:
        if cls.enum is None:
            found.add(cls.group)
        for type_ in cls.fields.values():
            collect(type_)
    for body in [module.body, *[each.body for each in functions_of(module)]]:
        for node in walk_all(body):
            if isinstance(node, n.Expression):
                collect(node.type)
    return found


def _has_mixture(inference: Inference) -> bool:
    """Whether numbers and texts arrived at one place, or meet in a comparison or an addition."""
    inside = [cell for atom in inference.sites.values() for cell in atom.cells]
    fields = [cell for cls in inference.program.classes.values() for cell in cls.fields.values()]
    if any(is_mixed(cell.atoms) for cell in [*inside, *fields]):
        return True
    for instance in [inference.module, *inference.program.instances]:
        if any(is_mixed(cell.atoms) for cell in instance.cells.values()):
            return True
        for node in instance.cells:
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
                sides = [node.left, node.right]
            elif isinstance(node, ast.Compare):
                sides = [node.left, *node.comparators]
            else:
                continue
            kinds = {key[0] for each in sides if each in instance.cells for key in instance.cells[each].atoms}
            if "str" in kinds and kinds & {"int", "float", "bool"}:
                return True
    return False


def _place_of(info: FunctionInfo) -> tuple[int, int, str]:
    """What stays the same of a function when the program is declared again."""
    return info.node.lineno, info.node.col_offset, info.name


def _conflicting_parameters(inference: Inference, builder: Builder, specialised: dict[tuple[int, int, str], set[str]]) -> bool:
    """Parameters that receive types that do not go together get an instance of the function for each; so do parameters that
    are functions of which the name is asked."""
    again = False
    for instance in inference.program.instances:
        info = instance.function
        if info is None or info.kind == "lambda":
            continue
        key = _place_of(info)
        for version in instance.scope.versions:
            if not version.parameter or version.name in specialised.get(key, set()):
                continue
            if info.owner is not None and version.name == info.node.args.args[0].arg and info.kind == "method":
                continue
            cell = instance.versions.get(version)
            if cell is None or not cell.atoms:
                continue
            several = sum(each[0] == "func" for each in cell.atoms) > 1
            if isinstance(builder.resolver.resolve(cell), t.Unknown) or (several and _asks_for_name(info.node, version.name)):
                specialised.setdefault(key, set()).add(version.name)
                again = True
    return again


def _asks_for_name(node: ast.AST, name: str) -> bool:
    """Whether `name.__name__` is read inside."""
    return any(
        isinstance(each, ast.Attribute)
        and each.attr == "__name__"
        and isinstance(each.value, ast.Name)
        and each.value.id == name
        for each in walk(node)
    )
