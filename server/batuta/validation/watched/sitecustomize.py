"""Notes which files the user's program asks for. Python imports a module of this name by itself when it starts.

It runs under the user's interpreter, whatever its version, and is put on the path by `file_accesses.py`, never imported by
Batuta. It changes nothing that the program sees, but for `os.stat`, which answers as before.
"""

import json
import os
import sys


def _start() -> None:
    log = os.environ.pop("BATUTA_WATCH_LOG", "")
    program = os.environ.pop("BATUTA_WATCHED", "")
    os.environ.pop("PYTHONPATH", None)
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry) != here]
    if not log:
        return
    work = os.getcwd()
    noted = set()  # type: ignore[var-annotated]
    busy = []  # type: ignore[var-annotated]

    def line_of_the_program() -> int:
        """The line of the program that asks, 0 when nobody in the program does."""
        frame = sys._getframe(2)
        while frame is not None:
            name = frame.f_code.co_filename
            if name.startswith("<frozen importlib"):
                # An import is no data file.
                return 0
            if os.path.basename(name) == program:
                return frame.f_lineno
            frame = frame.f_back  # type: ignore[assignment]
        return 0

    def note(kind: str, path: object) -> None:
        if busy or len(noted) > 500 or not isinstance(path, (str, bytes, os.PathLike)):
            return
        busy.append(1)
        try:
            line = line_of_the_program()
            full = os.path.normpath(os.path.join(work, os.path.join(os.getcwd(), os.fsdecode(path))))
            if line and (kind, full, line) not in noted:
                noted.add((kind, full, line))
                entry = {"kind": kind, "path": full, "line": line, "there": os.path.lexists(full)}
                # Opened anew each time: the program may close what it did not open.
                with open(log, "a", encoding="utf-8", errors="replace") as file:
                    file.write(json.dumps(entry) + "\n")
        except (OSError, ValueError):
            pass
        finally:
            busy.clear()

    def hook(event, arguments):  # type: ignore[no-untyped-def]
        if event == "open":
            path, mode, flags = arguments
            writes = set(mode or "") & set("wax+") if isinstance(mode, str) else (flags or 0) & (os.O_WRONLY | os.O_RDWR)
            note("write" if writes else "read", path)
        elif event in ("os.listdir", "os.scandir"):
            note("list", "." if not arguments or arguments[0] is None else arguments[0])

    plain_stat = os.stat

    def stat(path, *arguments, **options):  # type: ignore[no-untyped-def]
        note("look", path)
        return plain_stat(path, *arguments, **options)

    os.stat = stat
    with open(log, "w", encoding="utf-8") as file:
        file.write(json.dumps({"work": work, "prefixes": [sys.prefix, sys.base_prefix, *sys.path]}) + "\n")
    sys.addaudithook(hook)


_start()
