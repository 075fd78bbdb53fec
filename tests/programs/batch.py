"""Compiles and runs many generated programs in two steps: `cargo check` over all of them, each a binary target of one package,
for a verdict on each; then those that passed as modules of one binary, which links once.

Programs that need the published ML crates stand in a package of their own, so that the others never wait for those.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
import tomllib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from fixtures.python_side import ROOT, Outcome, Program, last_line

RUNTIME = ROOT / "engine" / "batuta-rt"
HEAVY = frozenset({"aprender", "trueno"})
# So many modules to a binary: more would compile on one core only, fewer would link too often.
MODULES = 80


@dataclass(frozen=True)
class Job:
    """A generated program to compile and run."""

    name: str
    """Unique, and a Rust identifier."""
    rust: str
    features: frozenset[str] = frozenset()
    crates: frozenset[str] = frozenset()
    program: Program | None = None
    """Whose input, arguments and data it is run with."""


@dataclass
class Result:
    """What the compiler and the run said."""

    errors: list[str] = field(default_factory=list)
    """rustc's errors as `CODE line N: message`."""
    warnings: list[str] = field(default_factory=list)
    outcome: Outcome | None = None


def run_batch(jobs: Iterable[Job], folder: Path) -> dict[str, Result]:
    """Compiles and runs all jobs below `folder` (kept between calls, so that an unchanged program is not checked again)."""
    results: dict[str, Result] = {}
    groups: dict[str, list[Job]] = {"light": [], "heavy": []}
    for job in jobs:
        results[job.name] = Result()
        groups["heavy" if (job.features | job.crates) & HEAVY else "light"].append(job)
    for name, group in groups.items():
        if not group:
            continue
        check(group, folder / name / "check", results)
        passed = [job for job in group if not results[job.name].errors]
        chunks = [passed[start : start + MODULES] for start in range(0, len(passed), MODULES)]
        binaries = build(chunks, group, folder / name / "run")
        with ThreadPoolExecutor(max_workers=2) as pool:
            for chunk, binary in zip(chunks, binaries, strict=True):
                for job, outcome in zip(chunk, pool.map(lambda job, binary=binary: run(binary, job), chunk), strict=True):
                    results[job.name].outcome = outcome
    return results


def check(jobs: list[Job], package: Path, results: dict[str, Result]) -> None:
    """One `cargo check` over all; fills in errors and warnings."""
    write_package(package, "check", jobs)
    binaries = package / "src" / "bin"
    binaries.mkdir(parents=True, exist_ok=True)
    write(package / "src" / "lib.rs", "")
    wanted = {f"{job.name}.rs" for job in jobs}
    for old in binaries.glob("*.rs"):
        if old.name not in wanted:
            old.unlink()
    for job in jobs:
        write(binaries / f"{job.name}.rs", job.rust)
    done = cargo(["check", "--bins", "--keep-going", "--message-format=json", "--quiet"], package)
    finished = False
    for line in done.stdout.splitlines():
        if not line.startswith("{"):
            continue
        message = json.loads(line)
        finished = finished or message["reason"] == "build-finished"
        target = message.get("target", {}).get("name")
        if message["reason"] != "compiler-message":
            continue
        text = message["message"]
        if target not in results:
            if text["level"] == "error":
                raise RuntimeError(f"batuta-rt does not compile:\n{text['rendered']}")
            continue
        note = describe(text)
        if text["level"] == "error" and not text["message"].startswith("aborting due to"):
            results[target].errors.append(note)
        elif text["level"] == "warning" and text.get("spans"):
            results[target].warnings.append(note)
    if not finished:
        raise RuntimeError(f"cargo check failed:\n{done.stderr[-3000:]}")


def describe(message: dict) -> str:
    """One line for a compiler message."""
    code = (message.get("code") or {}).get("code") or "error"
    spans = [each for each in message["spans"] if each["is_primary"]]
    where = f" line {spans[0]['line_start']}" if spans else ""
    label = f" [{spans[0]['label']}]" if spans and spans[0].get("label") else ""
    text = f" `{spans[0]['text'][0]['text'].strip()}`" if spans and spans[0].get("text") else ""
    return f"{code}{where}: {message['message']}{label}{text}".replace("\n", " ")


def build(chunks: list[list[Job]], group: list[Job], package: Path) -> list[Path]:
    """Builds a binary for each chunk; the program to run is named by an environment variable, so that arguments stay its own."""
    if not chunks:
        return []
    write_package(package, "run", group)
    write(package / "src" / "lib.rs", "")
    folder = package / "src" / "bin"
    wanted: set[Path] = set()
    for number, chunk in enumerate(chunks):
        home = folder / f"part{number}"
        arms = []
        for job in chunk:
            module = home / f"{job.name}.rs"
            write(module, re.sub(r"^fn main\(", "pub fn main(", job.rust, flags=re.MULTILINE))
            arms.append(f'        "{job.name}" => {job.name}::main(),')
            wanted.add(module)
        declared = "\n".join(f"mod {job.name};" for job in chunk)
        body = "\n".join(arms)
        main = home / "main.rs"
        write(
            main,
            "#![allow(warnings)]\n"
            f"{declared}\n\nfn main() {{\n"
            '    match std::env::var("BATUTA_PROGRAM").unwrap_or_default().as_str() {\n'
            f'{body}\n        other => panic!("no program {{other}}"),\n    }}\n}}\n',
        )
        wanted.add(main)
    for old in folder.rglob("*.rs"):
        if old not in wanted:
            old.unlink()
    done = cargo(["build", "--bins", "--message-format=json", "--quiet"], package)
    made: dict[str, Path] = {}
    for line in done.stdout.splitlines():
        if line.startswith("{"):
            message = json.loads(line)
            if message["reason"] == "compiler-artifact" and message.get("executable"):
                made[message["target"]["name"]] = Path(message["executable"])
            elif message["reason"] == "compiler-message" and message["message"]["level"] == "error":
                raise RuntimeError(f"a program that passed the check does not build:\n{message['message']['rendered']}")
    if done.returncode:
        raise RuntimeError(f"cargo build failed:\n{done.stderr[-3000:]}")
    return [made[f"part{number}"] for number in range(len(chunks))]


def run(binary: Path, job: Job, timeout: float = 60) -> Outcome:
    """Runs one program in a scratch folder with its data."""
    with tempfile.TemporaryDirectory() as scratch:
        if job.program:
            job.program.lay_out(Path(scratch))
        try:
            done = subprocess.run(
                [str(binary), *(job.program.arguments if job.program else ())],
                cwd=scratch,
                input=(job.program.stdin if job.program else "").encode(),
                capture_output=True,
                env={**os.environ, "BATUTA_PROGRAM": job.name, "RUST_BACKTRACE": "0"},
                timeout=timeout,
            )
        except subprocess.TimeoutExpired:
            return Outcome("", 124, f"did not end in {timeout:.0f} s")
        error = done.stderr.decode("utf-8", "replace")
        return Outcome(done.stdout.decode("utf-8", "replace"), done.returncode, last_line(error) if done.returncode else "")


def write_package(package: Path, name: str, jobs: list[Job]) -> None:
    """The manifest: the runtime with every feature that one of the programs needs."""
    features = sorted(frozenset().union(*(job.features for job in jobs)))
    pins = tomllib.loads((RUNTIME / "Cargo.toml").read_text())["dependencies"]
    lines = [f"batuta-rt = {{ path = {json.dumps(str(RUNTIME))}, features = {json.dumps(features)} }}"]
    for crate in sorted(frozenset().union(*(job.crates for job in jobs)) - {"std", "batuta-rt"}):
        pin = pins[crate] if isinstance(pins[crate], dict) else {"version": pins[crate]}
        kept = {key: value for key, value in pin.items() if key != "optional"}
        inline = ", ".join(f"{key} = {json.dumps(value)}" for key, value in kept.items())
        lines.append(f"{crate} = {{ {inline} }}")
    write(
        package / "Cargo.toml",
        f'[package]\nname = "{name}"\nversion = "0.0.0"\nedition = "2024"\n\n[workspace]\n\n[dependencies]\n'
        + "\n".join(lines)
        + "\n\n[profile.dev]\ndebug = 0\nincremental = false\noverflow-checks = true\n"
        + "\n[profile.dev.package.\"*\"]\nopt-level = 1\n",
    )
    lock = RUNTIME / "Cargo.lock"
    if not (package / "Cargo.lock").exists() and lock.exists():
        (package / "Cargo.lock").write_text(lock.read_text())


def write(path: Path, text: str) -> None:
    """Writes only what changed, so that cargo sees unchanged programs as fresh."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


def cargo(arguments: list[str], package: Path) -> subprocess.CompletedProcess[str]:
    """Runs cargo in a package; the target folder is shared by all packages of the tests."""
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "tests"
    environment = {**os.environ, "CARGO_TARGET_DIR": str(target), "CARGO_INCREMENTAL": "0"}
    return subprocess.run(["cargo", *arguments], cwd=package, env=environment, capture_output=True, text=True)
