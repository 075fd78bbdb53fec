"""What parameters an installed library really has, read by jedi from the library's own text.

A mapping models part of a function's parameters. When a call passes another one, the reader wants to know whether it is a
slip of the pen or something that is only not translated; the library itself says so. Only what is installed beside Batuta is
looked at, never a folder of the user: a module there must not speak for a library, and none of its code may run.
"""

from __future__ import annotations

import functools
import keyword
import sys
import tempfile
from pathlib import Path


@functools.cache
def parameters_of(qualified: str) -> frozenset[str] | None:
    """The names of the parameters of a library's function or class; None when the library is not installed or does not say."""
    owner = qualified.rpartition(".")[0]
    if not owner or not all(part.isidentifier() and not keyword.iskeyword(part) for part in qualified.split(".")):
        return None
    import jedi  # type: ignore[import-untyped]

    # The class of a method is imported together with its module: jedi follows the dots.
    module = owner.split(".")[0]
    text = f"import {module}\nimport {owner}\n{qualified}(" if "." in owner else f"import {module}\n{qualified}("
    try:
        project = jedi.Project(
            Path(tempfile.gettempdir()), sys_path=_library_folders(), smart_sys_path=False, load_unsafe_extensions=False
        )
        script = jedi.Script(text, project=project, environment=jedi.InterpreterEnvironment())
        lines = text.split("\n")
        signatures = script.get_signatures(len(lines), len(lines[-1]))
    except Exception:
        # jedi reads text of others; what it stumbles over is no reason to stop.
        return None
    found = {each.name for signature in signatures for each in signature.params}
    return frozenset(found - {"self", "cls"}) if signatures else None


def _library_folders() -> list[str]:
    """The standard library and the installed packages; not the folder in which Batuta was started."""
    installed = {Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve()}
    folders = [Path(entry).resolve() for entry in sys.path if entry]
    return [str(folder) for folder in folders if any(folder.is_relative_to(prefix) for prefix in installed)]
