"""The folder that a program's own modules are read from, as Python finds them when it runs the file.

That is the file's own folder. A file of a package that imports relatively (`from .shapes import area`), or is called `__main__.py`, can
only be run as a part of its package (`python -m package.file`); then it is the folder that the package stands in. Nothing outside that
folder is read, also not through a symbolic link, and nothing that is not a plain file of reasonable size.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Callable
from pathlib import Path

from batuta.python.modules import Surroundings, UnreadableModule
from batuta.workflow.read_input import MOST_BYTES, InputProblem, decode_source

_RELATIVE_IMPORT = re.compile(r"^[ \t]*from[ \t]*\.", re.MULTILINE)
_PACKAGE = "__init__.py"


def find_surroundings(path: Path, text: str, instead: Callable[[Path], str | None] = lambda path: None) -> Surroundings:
    """Where the modules of a program are, given its file and text. `instead` may know a newer text of a file, as an editor does."""
    folder = path.parent
    main = ""
    if (folder / _PACKAGE).is_file() and (path.name == "__main__.py" or _RELATIVE_IMPORT.search(text)):
        parts = [path.stem]
        while (folder / _PACKAGE).is_file() and folder.name.isidentifier() and folder.parent != folder:
            parts.insert(0, folder.name)
            folder = folder.parent
        main = ".".join(parts)
    root = folder.resolve()

    def read(relative: str) -> str | None:
        file = folder / relative
        newer = instead(file)
        if newer is not None:
            return newer
        try:
            if not file.resolve().is_relative_to(root):
                raise UnreadableModule("it is a link to a place outside the program's folder")
            status = file.stat()
            if not stat.S_ISREG(status.st_mode):
                return None
            if status.st_size > MOST_BYTES:
                raise UnreadableModule(f"it has {status.st_size:,} bytes; at most {MOST_BYTES:,} are read")
            return decode_source(file.read_bytes(), file)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except InputProblem as problem:
            raise UnreadableModule(problem.finding.reason) from None
        except (OSError, ValueError, RuntimeError) as problem:
            raise UnreadableModule(getattr(problem, "strerror", None) or str(problem)) from None

    prefix = str(folder)
    return Surroundings(read, "" if prefix == "." else f"{prefix.rstrip('/')}/", main)
