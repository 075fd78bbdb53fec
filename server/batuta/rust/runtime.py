"""The runtime crate as a program needs it: only the modules, dependencies and features that are used.

The crate's own text says what belongs to a feature: a `mod` or `use` line under `#[cfg(feature = "np")]` goes when `np` is not
used, and with the `mod` its file or folder. What is gated inside a file stays as it is; the names of such features stay
declared, so that rustc knows them.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PACKAGE = "batuta-rt"

_GATED_LINE = re.compile(
    r'^[ \t]*#\[cfg\(feature = "(?P<feature>[\w-]+)"\)\]\n'
    r"(?P<between>(?:[ \t]*(?:#\[[^\n]*\]|///[^\n]*)\n)*)"
    r"[ \t]*(?:pub(?:\([\w ]+\))? )?(?P<item>mod (?P<module>\w+)|use [^;{]*(?:\{[^}]*\})?);[ \t]*\n?",
    re.MULTILINE,
)
_FEATURE_NAME = re.compile(r'feature = "([\w-]+)"')


class RuntimeMissing(Exception):
    """The runtime crate's source was not found: the installation is incomplete."""


@dataclass(frozen=True)
class Dependency:
    """One crate that a manifest names."""

    name: str
    """The name in the manifest and in Rust code (`aprender`)."""
    specification: Any
    """What stands right of the equals sign, parsed."""

    def line(self) -> str:
        """The line of the manifest, never optional: what is not used is left out instead."""
        specification = self.specification
        if isinstance(specification, dict):
            specification = {key: value for key, value in specification.items() if key != "optional"}
            if list(specification) == ["version"]:
                specification = specification["version"]
        return f"{self.name} = {toml_value(specification)}\n"

    @property
    def package(self) -> str:
        """The published name of the crate (`aprender-core`)."""
        return self.specification.get("package", self.name) if isinstance(self.specification, dict) else self.name


def runtime_source() -> Path:
    """The folder of the runtime crate: a copy inside the installed package, or the one of the repository."""
    here = Path(__file__).resolve()
    candidates = [here.parent / PACKAGE]
    candidates += [folder / "engine" / PACKAGE for folder in here.parents[:4]]
    for candidate in candidates:
        if (candidate / "Cargo.toml").is_file() and (candidate / "src" / "lib.rs").is_file():
            return candidate
    raise RuntimeMissing("the runtime crate `batuta-rt` is not part of this installation; install batuta again")


def lock_source() -> Path:
    """The lock file that pins every crate of every feature."""
    return runtime_source() / "Cargo.lock"


@functools.cache
def _manifest(path: Path, modified: int) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def manifest() -> dict[str, Any]:
    """The runtime crate's parsed manifest."""
    path = runtime_source() / "Cargo.toml"
    return _manifest(path, path.stat().st_mtime_ns)


def dependencies_manifest() -> str:
    """The runtime crate's manifest without its examples, tests and benchmarks, whose files are not carried along."""
    kept, target = [], False
    for line in (runtime_source() / "Cargo.toml").read_text(encoding="utf-8").splitlines(keepends=True):
        if line.startswith("["):
            target = line.startswith("[[")
        if not target:
            kept.append(line)
    return "".join(kept)


def close_features(features: Iterable[str]) -> frozenset[str]:
    """The features with all that they switch on. Raises KeyError for one that the crate does not have."""
    table: dict[str, list[str]] = manifest()["features"]
    found: set[str] = set()
    waiting = list(features)
    while waiting:
        feature = waiting.pop()
        if feature in found:
            continue
        found.add(feature)
        waiting.extend(name for name in table[feature] if not name.startswith("dep:") and "/" not in name)
    return frozenset(found)


def used_dependencies(features: Iterable[str]) -> list[Dependency]:
    """The crates that the runtime needs with these features, sorted by name."""
    data = manifest()
    table: dict[str, list[str]] = data["features"]
    wanted = {
        name.removeprefix("dep:") for feature in close_features(features) for name in table[feature] if name.startswith("dep:")
    }
    return [
        Dependency(name, specification)
        for name, specification in sorted(data["dependencies"].items())
        if not (isinstance(specification, dict) and specification.get("optional")) or name in wanted
    ]


def find_dependency(name: str) -> Dependency:
    """A crate by the name that Rust code uses. Raises KeyError for one that is not pinned."""
    return Dependency(name, manifest()["dependencies"][name])


def crate_pins() -> dict[str, str]:
    """Published name → exact version of the crates that generated programs may name, from the lock file."""
    versions = {package["name"]: package["version"] for package in read_lock()}
    named = [Dependency(name, spec).package for name, spec in manifest()["dependencies"].items()]
    return {name: versions[name] for name in sorted(named) if name in versions}


def read_lock() -> list[dict[str, Any]]:
    """The packages of the lock file; empty when there is none."""
    path = lock_source()
    if not path.is_file():
        return []
    packages: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8")).get("package", [])
    return packages


def runtime_files(features: Iterable[str]) -> dict[str, bytes]:
    """The runtime crate for these features: path below the crate's folder → content."""
    source = runtime_source()
    used = close_features(features)
    files: dict[str, bytes] = {}
    dropped: list[str] = []
    mentioned: set[str] = set()
    folder = source / "src"
    # Parents before children, so that a dropped module takes its files with it.
    paths = sorted(
        (p for p in folder.rglob("*") if p.is_file()), key=lambda p: (len(p.parts), p.name != "mod.rs", p.as_posix())
    )
    for path in paths:
        name = path.relative_to(source).as_posix()
        if any(name == gone or name.startswith(gone.removesuffix(".rs") + "/") for gone in dropped) or name.endswith("~"):
            continue
        if path.suffix != ".rs":
            files[name] = path.read_bytes()
            continue
        text, modules = trim_source(path.read_text(encoding="utf-8"), used)
        home = path.parent if path.name in ("lib.rs", "mod.rs", "main.rs") else path.with_suffix("")
        dropped.extend((home / f"{module}.rs").relative_to(source).as_posix() for module in modules)
        mentioned.update(_FEATURE_NAME.findall(text))
        files[name] = text.encode()
    files["Cargo.toml"] = _trimmed_manifest(used, mentioned).encode()
    return dict(sorted(files.items()))


def trim_source(text: str, used: frozenset[str]) -> tuple[str, list[str]]:
    """A Rust file without its `mod` and `use` lines of unused features, and the names of the modules that went."""
    gone: list[str] = []

    def drop(match: re.Match[str]) -> str:
        if match["feature"] in used:
            return match[0]
        if match["module"]:
            gone.append(match["module"])
        return ""

    trimmed = _GATED_LINE.sub(drop, text)
    return re.sub(r"\n{3,}", "\n\n", trimmed) if gone or trimmed != text else text, gone


def _trimmed_manifest(used: frozenset[str], mentioned: set[str]) -> str:
    data = manifest()
    package = {
        key: data["package"][key] for key in ("name", "version", "edition", "license", "description") if key in data["package"]
    }
    dependencies = used_dependencies(used)
    here = {dependency.name for dependency in dependencies}
    text = "[package]\n" + "".join(f"{key} = {toml_value(value)}\n" for key, value in package.items()) + "publish = false\n"
    if "lib" in data:
        text += "\n[lib]\n" + "".join(f"{key} = {toml_value(value)}\n" for key, value in data["lib"].items())
    text += "\n[features]\ndefault = []\n"
    for feature, needs in data["features"].items():
        if feature == "default" or feature not in used | mentioned:
            continue
        # The used crates are plain dependencies here, so a feature only has to switch on what is gated in the text.
        kept = [need for need in needs if need in used | mentioned or ("/" in need and need.split("/")[0].rstrip("?") in here)]
        text += f"{feature} = {toml_value(kept if feature in used else [])}\n"
    text += "\n[dependencies]\n" + "".join(dependency.line() for dependency in dependencies)
    if "lints" in data:
        text += "".join(_table(f"lints.{tool}", rules) for tool, rules in data["lints"].items())
    return text


def _table(name: str, values: Mapping[str, Any]) -> str:
    return f"\n[{name}]\n" + "".join(f"{key} = {toml_value(value)}\n" for key, value in values.items())


def toml_value(value: Any) -> str:
    """A value as TOML text on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml_value(item)}" for key, item in value.items()) + " }"
    return "[" + ", ".join(toml_value(item) for item in value) + "]"
