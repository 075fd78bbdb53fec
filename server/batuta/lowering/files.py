"""The Rust files of a program of several Python files: `pkg/shapes.py` becomes `src/pkg/shapes.rs`, the program's own file `main.rs`.

The lowering prints every use of a definition with its home in front (`rust_text.item`). Here lines go to the file of their home, and each
use becomes what stands in a file that a person writes: the bare name at home; elsewhere a `use` of the type, or of what Python
imported by name; `shapes::area` for what Python reads through its module.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from batuta.ir import nodes as n
from batuta.ir.names import SEPARATOR, qualify
from batuta.lowering.rust_text import ITEM_END, ITEM_MIDDLE, ITEM_START, Line
from batuta.lowering.rust_types import KEYWORDS, RESERVED, camel, snake, upper

_ITEM = re.compile(rf"{ITEM_START}([^{ITEM_MIDDLE}]*){ITEM_MIDDLE}([^{ITEM_END}]*){ITEM_END}((?:r#)?\w+)")
_DEFINES = re.compile(r"(?:pub )?(?:fn|struct|enum|const|static) (?:r#)?(\w+)")
_TAKEN = frozenset({
    "alloc", "bin", "bool", "char", "f32", "f64", "i128", "i16", "i32", "i64", "i8", "isize", "lib", "proc_macro", "str",
    "test", "u128", "u16", "u32", "u64", "u8", "usize",
})  # fmt: skip
"""Names of Rust's own that a module must not hide, and those of files that cargo takes for something else."""


@dataclass
class _File:
    """One Rust file that is being written."""

    home: str
    lines: list[Line] = field(default_factory=list)
    defined: set[str] = field(default_factory=set)
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    """(home, Rust name) → how it is written here."""
    taken: dict[str, tuple[str, str]] = field(default_factory=dict)
    uses: set[str] = field(default_factory=set)


def split(lines: list[Line], module: n.Module, uses: list[str], head: int) -> tuple[list[Line], dict[str, list[Line]]]:
    """The lines of `main.rs`, and of each other file by its path below `src`. `uses` are the `use` lines
    that any file may need, `head` the number of lines above those of `main.rs`."""
    rust_names = _rust_names([each.home for each in module.files])
    files: dict[str, _File] = {each.home: _File(each.home) for each in module.files}
    for line in lines:
        files[line.home].lines.append(line)
    for file in files.values():
        for line in file.lines:
            found = _DEFINES.match(_ITEM.sub(r"\3", line.text))
            if found and line.depth == 0:
                file.defined.add(found[1])
    needed = {home for home, file in files.items() if file.lines}
    for home in list(needed):
        parts = home.split(SEPARATOR)
        needed |= {SEPARATOR.join(parts[:count]) for count in range(1, len(parts))}
    imported = {each.home: each.imported for each in module.files}
    for file in files.values():
        file.lines = [Line(each.depth, _resolve(each.text, file, imported, rust_names), each.span) for each in file.lines]
    documents = {each.home: each.doc for each in module.files}
    written: dict[str, list[Line]] = {}
    for home in sorted(needed | {""}):
        inner = sorted(rust_names[each][-1] for each in needed if each and _parent(each) == home)
        file = files.get(home) or _File(home)
        above = 0 if home else head
        lines_here = [*file.lines[:above], *_head(file, inner, uses, documents.get(home, ""), above), *file.lines[above:]]
        written["/".join(rust_names[home]) + ".rs" if home else "main.rs"] = lines_here
    return written.pop("main.rs"), written


def _rust_names(homes: list[str]) -> dict[str, tuple[str, ...]]:
    """The path of each module in Rust, packages included."""
    found: dict[str, tuple[str, ...]] = {"": ()}
    for home in sorted(homes):
        parts = home.split(SEPARATOR) if home else []
        for count in range(1, len(parts) + 1):
            inner = SEPARATOR.join(parts[:count])
            if inner in found:
                continue
            above = found[_parent(inner)]
            name = snake(parts[count - 1]).removeprefix("r#")
            if name in KEYWORDS or name in RESERVED or name in _TAKEN:
                name += "_"
            if above and above[-1] == name:
                # A module is not called like the one that it stands in (`clippy::module_inception`).
                name += "_"
            while (*above, name) in found.values():
                name += "_"
            found[inner] = (*above, name)
    return found


def _parent(home: str) -> str:
    return home.rpartition(SEPARATOR)[0]


def _resolve(text: str, file: _File, imported: dict[str, dict[str, str]], rust_names: dict[str, tuple[str, ...]]) -> str:
    def written(match: re.Match[str]) -> str:
        home, python, rust = match[1], match[2], match[3]
        if home == file.home:
            return rust
        found = file.names.get((home, rust))
        if found is None:
            found = file.names[home, rust] = _name(home, python, rust)
        return found

    def _name(home: str, python: str, rust: str) -> str:
        path = rust_names[home]
        is_type = rust[:1].isupper() and not rust.isupper()
        alias = imported[file.home].get(qualify(home.replace(SEPARATOR, "."), python))
        if is_type or alias is not None or not home:
            wanted = rust
            if alias is not None and alias != python:
                wanted = camel(alias) if is_type else upper(alias) if rust.isupper() else snake(alias)
            prefix = "_".join(path)
            while not _free(wanted, (home, rust)):
                wanted = f"{camel(prefix)}{wanted}" if is_type else f"{prefix or 'main'}_{wanted}"
                wanted = wanted.upper() if rust.isupper() else wanted
            renamed = "" if wanted == rust else f" as {wanted}"
            file.uses.add(f"use crate::{'::'.join([*path, rust])}{renamed};")
            return wanted
        last = path[-1]
        above = SEPARATOR.join(home.split(SEPARATOR)[:-1])
        if above != file.home:
            while not _free(last, (home, "")):
                last = f"{path[-2] if len(path) > 1 else 'the'}_{last}"
            renamed = "" if last == path[-1] else f" as {last}"
            file.uses.add(f"use crate::{'::'.join(path)}{renamed};")
        return f"{last}::{rust}"

    def _free(name: str, meant: tuple[str, str]) -> bool:
        if name in file.defined:
            return False
        return file.taken.setdefault(name, meant) == meant

    return _ITEM.sub(written, text) if ITEM_START in text else text


def _head(file: _File, inner: list[str], uses: list[str], doc: str, above: int) -> list[Line]:
    """What stands at the top of a file, below the lines `above`: its description, its modules, its imports."""
    head: list[str] = []
    text = "\n".join(each.text for each in file.lines)
    modules = [f"{'pub ' if file.home else ''}mod {each};" for each in inner]
    if file.home:
        head += [f"//! {line}".rstrip() for line in doc.splitlines()]
        if head:
            head.append("")
    head += [*modules, ""] if modules else []
    imports = []
    for each in uses:
        name = each.removesuffix(";").rpartition("::")[2]
        if name == "*" or re.search(rf"\b{name}\b", text):
            imports.append(each)
    if not file.lines:
        imports = []
    # The traits of the prelude are used without being named.
    if file.home and imports and "py::" not in text:
        imports = [f"#[allow(unused_imports)]\n{each}" if each.endswith("*;") else each for each in imports]
    imports += sorted(file.uses)
    head += imports
    made = [Line(0, part) for each in head for part in each.split("\n")]
    following = file.lines[above].text if len(file.lines) > above else ""
    return [*made, Line(0, "")] if imports and following else made
