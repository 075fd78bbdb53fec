"""The Cargo project of one or more translated programs, as a set of files.

Nothing here touches the disk: `project_files` returns what is to be written, `rust/project_folder.py` writes it. One program
becomes a package; several become a workspace with one package each and one shared copy of the runtime crate. No absolute path
occurs, and nothing but the public registry is needed to build it.
"""

from __future__ import annotations

import functools
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from batuta import __version__
from batuta.ir.spans import Span
from batuta.rust.lockfile import project_lock
from batuta.rust.runtime import (
    PACKAGE,
    close_features,
    crate_pins,
    find_dependency,
    manifest,
    runtime_files,
    toml_value,
    used_dependencies,
)
from batuta.rust.used_modules import used_modules

EDITION = "2024"

PROFILES = """\
[profile.dev]
overflow-checks = true

# Python's integers never wrap, so the checks stay on. No link-time optimisation here: it takes minutes.
[profile.release]
overflow-checks = true

[profile.aggressive]
inherits = "release"
lto = "fat"
codegen-units = 1
"""

_KEYWORDS = """
as async await break const continue crate dyn else enum extern false fn for gen if impl in let loop match mod move mut pub ref
return self static struct super trait true type unsafe use where while abstract become box do final macro override priv try
typeof unsized virtual yield
"""
_CARGO_NAMES = "test core std alloc proc_macro build deps examples incremental"
_RESERVED = frozenset((_KEYWORDS + _CARGO_NAMES).split())
"""Rust's keywords, and names that cargo does not take for a package."""


@dataclass(frozen=True)
class Recording:
    """One run of a program: what went in and what came out."""

    name: str
    arguments: tuple[str, ...]
    stdin: bytes
    stdout: bytes
    exit_code: int
    exception: str = ""
    """The class of the uncaught exception, if there was one."""
    data: Mapping[str, bytes] = field(default_factory=dict)
    """Files that the program reads: path relative to its working folder → content."""


@dataclass
class RustModule:
    """A Rust file beside `main.rs`."""

    path: str
    """Below `src`, with slashes."""
    rust: str
    source_map: list[tuple[int, Span]] = field(default_factory=list)
    """Its lines → Python spans."""


@dataclass(frozen=True)
class Program:
    """One translated program."""

    name: str
    """The package's name; see `package_name`."""
    source_name: str
    """The Python file's name, relative to what was translated."""
    rust: str
    features: frozenset[str] = frozenset()
    crates: frozenset[str] = frozenset()
    """Crates that the Rust names directly (`ndarray`, `aprender`, `trueno`)."""
    recordings: tuple[Recording, ...] = ()
    tolerance: float = 1e-9
    modules: tuple[RustModule, ...] = ()
    """The Rust files beside `main.rs`."""
    python_files: Mapping[str, str] = field(default_factory=dict)
    """The Python files beside the program's own: path below the program's folder → text."""
    run_as: str = ""
    """The dotted name of the program's own file where Python runs it as a part of its package."""
    without_drawing: bool = False
    """Whether its drawing was left out, as it was asked for: what Python draws into files is not compared then."""

    def texts(self) -> list[str]:
        """The text of all its Rust files."""
        return [self.rust, *(module.rust for module in self.modules)]

    def sources(self, folder: str = "src") -> dict[str, bytes]:
        """Its Rust files by path."""
        files = {"main.rs": self.rust, **{module.path: module.rust for module in self.modules}}
        return {f"{folder}/{name}": text.encode() for name, text in files.items()}


def package_name(file_name: str) -> str:
    """A package name for a Python file: lower case ASCII letters, digits, `-` and `_`, never one that cargo or Rust
    reserves."""
    stem = file_name.rsplit("/", 1)[-1].rsplit("\\", 1)[-1]
    stem = stem[:-3] if stem.endswith(".py") else stem
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9_]+", "-", plain).strip("-_") or "program"
    if name[0].isdigit():
        name = f"program-{name}"
    taken = _RESERVED | {PACKAGE, *manifest()["dependencies"], *crate_pins()}
    if name.replace("-", "_") in {word.replace("-", "_") for word in taken}:
        name += "-program"
    return name[:60].strip("-_")


def package_manifest(name: str, features: Iterable[str], crates: Iterable[str], runtime: str = PACKAGE) -> str:
    """The `[package]` and `[dependencies]` of one program. `runtime`: the path of the runtime crate from the package."""
    text = f'[package]\nname = "{name}"\nversion = "0.1.0"\nedition = "{EDITION}"\npublish = false\n\n[dependencies]\n'
    dependency: dict[str, Any] = {"path": runtime}
    if used := sorted(set(features)):
        dependency["features"] = used
    text += f"{PACKAGE} = {toml_value(dependency)}\n"
    return text + "".join(find_dependency(crate).line() for crate in sorted(set(crates)))


def lock_for(programs: Sequence[Program]) -> str:
    """The lock file of a project with these programs; "" when the pins are not known."""
    features = frozenset().union(*(program.features for program in programs))
    packages: dict[str, tuple[str, Iterable[str]]] = {
        PACKAGE: (manifest()["package"]["version"], [d.package for d in used_dependencies(features)])
    }
    for program in programs:
        packages[program.name] = ("0.1.0", [PACKAGE, *(find_dependency(crate).package for crate in program.crates)])
    return project_lock(packages)


def project_files(programs: Sequence[Program], title: str = "") -> dict[str, bytes]:
    """All files of the project: path with slashes, relative to the project's folder → content."""
    single = len(programs) == 1
    features = frozenset().union(*(program.features for program in programs))
    files: dict[str, bytes] = {}

    def add(path: str, text: str) -> None:
        files[path] = text.encode()

    if single:
        program = programs[0]
        # The empty workspace keeps the project on its own, whatever folder it is put in.
        add("Cargo.toml", f"{package_manifest(program.name, program.features, program.crates)}\n[workspace]\n\n{PROFILES}")
    else:
        members = [program.name for program in programs] + [PACKAGE]
        head = f'[workspace]\nresolver = "3"\nmembers = {toml_value(members)}\ndefault-members = {toml_value(members[:-1])}\n'
        add("Cargo.toml", f"{head}\n{PROFILES}")
    for program in programs:
        folder = "" if single else f"{program.name}/"
        if not single:
            add(f"{folder}Cargo.toml", package_manifest(program.name, program.features, program.crates, f"../{PACKAGE}"))
        files.update(program.sources(f"{folder}src"))
        add(f"{folder}tests/parity.rs", _parity_test(program))
        for recording in program.recordings:
            files.update(_recording_files(f"{folder}tests/recorded/{program.name}/{recording.name}", recording))
    for path, content in used_modules(
        runtime_files(features), [text for program in programs for text in program.texts()]
    ).items():
        files[f"{PACKAGE}/{path}"] = content
    if lock := lock_for(programs):
        add("Cargo.lock", lock)
    add(".gitignore", "/target\n/.batuta\n")
    add("README.md", _readme(programs, features, title or programs[0].name))
    return dict(sorted(files.items()))


def describe(programs: Sequence[Program]) -> list[dict[str, Any]]:
    """What the project's manifest remembers of its programs, so that it can be built without translating again."""
    return [
        {
            "name": program.name,
            "source": program.source_name,
            "features": sorted(program.features),
            "crates": sorted(program.crates),
            "folder": "" if len(programs) == 1 else program.name,
        }
        for program in programs
    ]


def _recording_files(folder: str, recording: Recording) -> dict[str, bytes]:
    ending = f"{recording.exit_code}\n" + (f"{recording.exception}\n" if recording.exception else "")
    files = {
        f"{folder}/arguments.txt": "".join(f"{argument}\n" for argument in recording.arguments).encode(),
        f"{folder}/stdin.txt": recording.stdin,
        f"{folder}/stdout.txt": recording.stdout,
        f"{folder}/exit.txt": ending.encode(),
    }
    files.update({f"{folder}/data/{name}": content for name, content in recording.data.items()})
    return files


def _parity_test(program: Program) -> str:
    reason = "Everything is computed in f64." if program.tolerance <= 1e-9 else "Parts of the program compute in f32."
    return _render(
        "parity.rs.j2",
        name=program.name,
        binary=program.name,
        tolerance=json.dumps(program.tolerance),
        tolerance_reason=reason,
        recorded=bool(program.recordings),
    )


def _readme(programs: Sequence[Program], features: frozenset[str], title: str) -> str:
    pins = crate_pins()
    used = {dependency.package for dependency in used_dependencies(close_features(features))}
    used |= {find_dependency(crate).package for program in programs for crate in program.crates}
    single = len(programs) == 1
    rows = [{"name": p.name, "source_name": p.source_name, "folder": "" if single else f"{p.name}/"} for p in programs]
    chosen = [(name, pins[name]) for name in sorted(used) if name in pins]
    return _render("README.md.j2", title=title, programs=rows, version=__version__, pins=chosen)


def _render(template: str, **values: Any) -> str:
    text: str = _environment().get_template(template).render(**values)
    return text


@functools.cache
def _environment() -> Any:
    import jinja2

    # The output is Rust and Markdown; names that go in are checked identifiers and file names, so nothing is escaped for HTML.
    return jinja2.Environment(loader=jinja2.PackageLoader("batuta.rust"), keep_trailing_newline=True, autoescape=False)
