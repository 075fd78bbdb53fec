"""Of the runtime crate, only the modules that a project uses.

A public module is used where its name stands in a path (`csv::reader`, `py::csv`) or in a `use` of the programs or of another used
module. That errs on the side of keeping: a name that only looks like the module's keeps it. Private modules belong to their
parent and stay. Unit tests of the runtime are its own affair and are not copied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

_MODULE = re.compile(
    r"^(?P<before>(?:[ \t]*(?:#\[[^\n]*\]|///[^\n]*)\n)*)[ \t]*(?P<public>pub )?(?:pub\([\w ]+\) )?mod (?P<name>\w+);[ \t]*\n",
    re.MULTILINE,
)
_COMMENT = re.compile(r"//[^\n]*")
_USE = re.compile(r"\buse ([^;]+);")
_PATH_WORD = re.compile(r"\b(\w+)\s*::|::\s*(\w+)")
_MACRO = re.compile(r"#\[macro_export\]\s*macro_rules!\s*(\w+)")
_IDLE = "// Only what the programs use was copied; what only the rest needs stands idle.\n#![allow(dead_code)]\n\n"


def used_modules(files: Mapping[str, bytes], programs: Iterable[str]) -> dict[str, bytes]:
    """The files of the crate (`src/…` and others) that these programs use, without the declarations of modules that went."""
    texts = {name: _without_tests(content.decode()) for name, content in files.items() if name.endswith(".rs")}
    declared = {name: [match for match in _MODULE.finditer(text)] for name, text in texts.items()}
    words = set().union(*(_words(program) for program in programs))
    kept: set[str] = set()
    idle: dict[str, list[tuple[str, str]]] = {}
    waiting = ["src/lib.rs"]
    while waiting:
        while waiting:
            name = waiting.pop()
            if name in kept or name not in texts:
                continue
            kept.add(name)
            words |= _words(_MODULE.sub("", texts[name]))
            for match in declared[name]:
                child = _file_of(name, match["name"], texts)
                if match["public"] and not _MACRO.search(texts.get(child, "")) and name != "src/lib.rs":
                    idle.setdefault(match["name"], []).append((name, child))
                else:
                    waiting.append(child)
        for module in [module for module in idle if module in words]:
            waiting += [child for _, child in idle.pop(module)]
    gone = {(parent, module) for module, places in idle.items() for parent, _ in places}

    def drop(parent: str) -> str:
        return _MODULE.sub(lambda match: "" if (parent, match["name"]) in gone else match[0], texts[parent])

    made = {name: drop(name).encode() for name in kept}
    if gone:
        made["src/lib.rs"] = _after_crate_documentation(made["src/lib.rs"].decode(), _IDLE).encode()
    # Data lies in the folder of the module that reads it.
    others = {name: content for name, content in files.items() if not name.endswith(".rs") and _is_beside(name, kept)}
    return dict(sorted({**made, **others}.items()))


def _is_beside(name: str, kept: set[str]) -> bool:
    folder = PurePosixPath(name).parent
    return not name.startswith("src/") or f"{folder}.rs" in kept or f"{folder}/mod.rs" in kept or f"{folder}/lib.rs" in kept


def _words(text: str) -> set[str]:
    """The names that stand in paths and in `use`."""
    code = _COMMENT.sub("", text)
    found = {part for match in _PATH_WORD.finditer(code) for part in match.groups() if part}
    for match in _USE.finditer(code):
        found.update(re.findall(r"\w+", match[1]))
    return found


def _without_tests(text: str) -> str:
    return re.sub(r"^[ \t]*#\[cfg\(test\)\]\n[ \t]*mod \w+;[ \t]*\n", "", text, flags=re.MULTILINE)


def _file_of(parent: str, module: str, texts: Mapping[str, str]) -> str:
    path = PurePosixPath(parent)
    home = path.parent if path.name in ("lib.rs", "mod.rs") else path.with_suffix("")
    single = str(home / f"{module}.rs")
    return single if single in texts else str(home / module / "mod.rs")


def _after_crate_documentation(text: str, addition: str) -> str:
    documentation = re.match(r"(?://![^\n]*\n)*\n?", text)
    end = documentation.end() if documentation else 0
    return text[:end] + addition + text[end:]
