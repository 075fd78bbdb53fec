"""The supervisor of one limited run. Started as a script by `limited_run.py`, never imported by it.

    python -I -S launcher.py SPECIFICATION-AS-JSON

Where Linux allows it, the program runs in its own process and network namespace: when the supervisor inside ends, the kernel
ends everything that the program started, and no address can be reached. Elsewhere the supervisor watches the processes that
descend from it. Only the standard library is used, because nothing else is on the path.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import signal
import sys
import time
from typing import Any

_NEW_MOUNTS, _NEW_USERS, _NEW_PROCESSES, _NEW_NETWORK = 0x00020000, 0x10000000, 0x20000000, 0x40000000
_PRIVATE_RECURSIVE = 0x00040000 | 0x00004000
_DIE_WITH_PARENT, _ADOPT_ORPHANS = 1, 36
_POLL = 0.01
"""Seconds between looks: a program that starts processes as fast as it can reaches some dozens in this time."""
_NO_NAMESPACE = 113
"""Exit status of the inner supervisor when the namespace cannot be set up, so that the outer one goes on without."""


def main() -> int:
    """Runs what the specification says and writes the result file. The exit status says nothing about the program."""
    specification = json.loads(sys.argv[1])
    libc = _libc()
    _prctl(libc, _DIE_WITH_PARENT, signal.SIGKILL)
    if specification["isolate"] and libc is not None:
        status = _in_namespaces(libc, specification)
        if status is not None:
            return status
    _prctl(libc, _ADOPT_ORPHANS, 1)
    _supervise(specification, _count_descendants, isolated=False)
    return 0


def _in_namespaces(libc: Any, specification: dict[str, Any]) -> int | None:
    """Supervises from inside new namespaces; None when this machine does not allow them."""
    user, group = os.geteuid(), os.getegid()
    flags = _NEW_PROCESSES | _NEW_NETWORK | _NEW_MOUNTS
    if user != 0:
        flags |= _NEW_USERS
    probe = os.fork()
    if probe == 0:
        # A child tries first: a process that has left its namespace cannot go back.
        if libc.unshare(flags) != 0:
            os._exit(_NO_NAMESPACE)
        if user != 0:
            try:
                _write("/proc/self/setgroups", "deny")
                _write("/proc/self/uid_map", f"{user} {user} 1")
                _write("/proc/self/gid_map", f"{group} {group} 1")
            except OSError:
                os._exit(_NO_NAMESPACE)
        inner = os.fork()
        if inner == 0:
            _prctl(libc, _DIE_WITH_PARENT, signal.SIGKILL)
            private = libc.mount(b"none", b"/", None, ctypes.c_ulong(_PRIVATE_RECURSIVE), None)
            if private != 0 or libc.mount(b"proc", b"/proc", b"proc", ctypes.c_ulong(0), None) != 0:
                os._exit(_NO_NAMESPACE)
            _supervise(specification, _count_all, isolated=True)
            os._exit(0)
        _prctl(libc, _DIE_WITH_PARENT, signal.SIGKILL)
        _, status = os.waitpid(inner, 0)
        os._exit(os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 1)
    _, status = os.waitpid(probe, 0)
    code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else 1
    return None if code == _NO_NAMESPACE else code


def _supervise(specification: dict[str, Any], count: Any, isolated: bool) -> None:
    """Starts the program, waits for it, ends whatever is left, writes the result."""
    _go_first()
    started = time.perf_counter()
    program = os.fork()
    if program == 0:
        _become(specification)
    reason = ""
    status, usage = 0, None
    while True:
        # Orphans that were adopted are waited for as well, so that they do not stay as zombies.
        pid, status, usage = os.wait4(-1, os.WNOHANG)
        if pid == program:
            break
        if pid == 0:
            # Once is not always enough: a process that is being made while all are ended may slip through.
            if reason or count() > specification["processes"]:
                reason = "processes"
                _kill_all(isolated)
            time.sleep(_POLL)
    seconds = time.perf_counter() - started
    _kill_all(isolated)
    result = {
        "code": os.waitstatus_to_exitcode(status),
        "seconds": seconds,
        "ended_by": reason,
        "cpu": usage.ru_utime + usage.ru_stime,
        "peak": usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
        "isolated": isolated,
    }
    _write(specification["result"], json.dumps(result))


def _go_first() -> None:
    """Lets the supervisor run before everything that it watches, where the machine allows it.

    For the superuser the kernel sets no limit on the number of processes. Then a program that doubles itself can only be
    stopped by a supervisor that does not have to wait for its turn among thousands. What it starts is scheduled as usual.
    """
    if os.geteuid() == 0 and hasattr(os, "sched_setscheduler"):
        with contextlib.suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_FIFO | os.SCHED_RESET_ON_FORK, os.sched_param(1))


def _become(specification: dict[str, Any]) -> None:
    """Turns this process into the program. Never returns."""
    try:
        for name, value in specification["limits"].items():
            _limit(name, value)
        if os.geteuid() != 0:
            # The limit counts all processes of the user, so it stands above what is there already.
            _limit("RLIMIT_NPROC", _user_tasks() + specification["processes"])
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        os.execve(specification["command"][0], specification["command"], specification["environment"])
    except OSError as error:
        os.write(2, f"cannot start: {error}\n".encode())
    os._exit(127)


def _limit(name: str, value: int) -> None:
    kind = getattr(resource, name, None)
    if kind is None:
        return
    try:
        _, hard = resource.getrlimit(kind)
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (bound, bound))
    except (OSError, ValueError):
        # macOS refuses some of them; the wall time still holds.
        pass


def _count_all() -> int:
    """Processes of this namespace but the supervisor. Its `/proc` shows no others."""
    return sum(name.isdigit() for name in os.listdir("/proc")) - 1


def _count_descendants() -> int:
    return len(_descendants())


def _descendants() -> list[int]:
    """The processes that descend from this one, where `/proc` tells."""
    parents: dict[int, int] = {}
    try:
        names = os.listdir("/proc")
    except OSError:
        return []
    for name in names:
        if not name.isdigit():
            continue
        try:
            with open(f"/proc/{name}/stat", "rb") as stat:
                parents[int(name)] = int(stat.read().rsplit(b")", 1)[1].split()[1])
        except (OSError, IndexError, ValueError):
            continue
    found = {os.getpid()}
    grown = True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in found} - found
        found |= more
        grown = bool(more)
    found.discard(os.getpid())
    return sorted(found)


def _kill_all(isolated: bool) -> None:
    if isolated:
        # Inside the namespace, minus one is everybody but the first process, which is this one.
        with contextlib.suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)
        return
    # Stopped first, killed then: whoever is killed while others still run may be replaced faster than the list is read.
    stopped: set[int] = set()
    for _ in range(50):
        family = set(_descendants())
        if family <= stopped:
            break
        _signal_all(family, signal.SIGSTOP)
        stopped |= family
    _signal_all(stopped | set(_descendants()), signal.SIGKILL)


def _signal_all(pids: set[int], number: int) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


def _user_tasks() -> int:
    """Threads of this user now; 0 where `/proc` does not tell."""
    total = 0
    try:
        for name in os.listdir("/proc"):
            if name.isdigit() and os.stat(f"/proc/{name}").st_uid == os.geteuid():
                total += len(os.listdir(f"/proc/{name}/task"))
    except OSError:
        pass
    return total


def _libc() -> Any:
    if not sys.platform.startswith("linux"):
        return None
    try:
        return ctypes.CDLL(None, use_errno=True)
    except OSError:
        return None


def _prctl(libc: Any, option: int, value: int) -> None:
    if libc is not None:
        libc.prctl(option, ctypes.c_ulong(value), ctypes.c_ulong(0), ctypes.c_ulong(0), ctypes.c_ulong(0))


def _write(path: str, text: str) -> None:
    with open(path, "w", encoding="ascii") as handle:
        handle.write(text)


if __name__ == "__main__":
    sys.exit(main())
