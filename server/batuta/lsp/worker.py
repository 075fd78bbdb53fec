"""The worker process: translation, grading and cargo, away from the server's event loop.

It reads one JSON object a line from standard input and writes one a line to standard output:

    {"text": {"uri", "revision", "path", "source"}}      the newest text of a document
    {"closed": uri}
    {"id", "job", "parameters"}                           answered by {"id", "result"} or {"id", "error", "kind"}
    {"cancel": id}

Jobs are the files of `jobs/`. They run one at a time on a thread with a large stack, except those that declare `BACKGROUND`:
these wait for other processes and run beside the others. A job that is cancelled is interrupted wherever it is.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import json
import os
import queue
import sys
import threading
import traceback
from dataclasses import dataclass, field
from functools import partial
from types import ModuleType
from typing import Any

from batuta.lsp.workbench import JobFailed, Stale, Workbench

STACK = 256 * 1024 * 1024
"""Bytes of the job thread's stack. Address space, not memory: pages count once they are touched."""
RECURSION = 12_000
"""Python frames. Expressions may be a thousand operators deep, and a pass takes some frames for each."""

COLLECTED = (50_000, 10, 5)
"""When Python's collector looks for garbage. An analysis makes hundreds of thousands of objects that all live until its end:
with the standard thresholds the collector looks at them over and over.
"""

LONGEST_JOB = 60.0
"""Seconds; every other request waits meanwhile. `limits.analysis` in the settings overrides it."""
CANCELLED = {"error": "cancelled", "kind": "cancelled"}


class Cancelled(BaseException):
    """Raised inside a job that was cancelled. No `except Exception` may swallow it."""


@dataclass
class Job:
    """One job and how to stop it."""

    number: int
    name: str
    parameters: dict[str, Any]
    cancel: threading.Event = field(default_factory=threading.Event)
    expired: bool = False
    """Whether it was ended because it took too long."""


class Worker:
    """Runs jobs until its input ends."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._writing = threading.Lock()
        self._switching = threading.Lock()
        self._queue: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._jobs: dict[int, Job] = {}
        self._running: tuple[Job, int] | None = None
        self._background: list[threading.Thread] = []
        self._bench = Workbench()

    def serve(self, lines: Any) -> None:
        """Read messages until the input ends, then stop everything."""
        threading.stack_size(STACK)
        threading.Thread(target=self._work, name="batuta-jobs", daemon=True).start()
        threading.stack_size(0)
        for line in lines:
            if not line.endswith(b"\n"):
                # The server ended in the middle of a message.
                break
            try:
                self._receive(json.loads(line))
            except (ValueError, KeyError, TypeError):
                traceback.print_exc()
        for job in list(self._jobs.values()):
            job.cancel.set()
        for thread in self._background:
            # The token is looked at every 20 ms; cargo's process group is killed then.
            thread.join(1.0)

    def _receive(self, message: dict[str, Any]) -> None:
        if "text" in message:
            self._bench.put(**message["text"])
        elif "closed" in message:
            self._bench.forget(message["closed"])
        elif "cancel" in message:
            self._cancel(message["cancel"])
        else:
            job = Job(message["id"], message["job"], message["parameters"])
            self._jobs[job.number] = job
            try:
                beside = getattr(_module(job.name), "BACKGROUND", False)
            except Exception as error:
                traceback.print_exc()
                self._answer(job, {"error": f"{job.name}: {error}", "kind": "failed"})
                return
            if beside:
                thread = threading.Thread(target=self._run_beside, args=(job,), daemon=True)
                self._background = [each for each in self._background if each.is_alive()] + [thread]
                thread.start()
            else:
                self._queue.put(job)

    def _cancel(self, number: int, expired: bool = False) -> None:
        job = self._jobs.get(number)
        if job is None or job.cancel.is_set():
            return
        job.expired = expired
        job.cancel.set()
        with self._switching:
            if self._running is not None and self._running[0] is job:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._running[1]), ctypes.py_object(Cancelled))

    def _work(self) -> None:
        sys.setrecursionlimit(RECURSION)
        _prepare()
        while True:
            job = self._queue.get()
            limit = float(job.parameters.get("limits", {}).get("analysis", LONGEST_JOB))
            alarm = threading.Timer(limit, self._cancel, (job.number, True))
            alarm.daemon = True
            alarm.start()
            with self._switching:
                self._running = (job, threading.get_ident())
            try:
                answer = self._attempt(job)
            except Cancelled:
                answer = {"error": f"it took longer than {limit:g} seconds", "kind": "failed"} if job.expired else CANCELLED
            try:
                with self._switching:
                    self._running = None
                # An interruption that was sent before the line above arrives in this loop, not in the middle of an answer.
                for _ in range(100):
                    pass
            except Cancelled:
                self._running = None
            alarm.cancel()
            self._answer(job, answer)

    def _run_beside(self, job: Job) -> None:
        self._answer(job, self._attempt(job))

    def _attempt(self, job: Job) -> dict[str, Any]:
        if job.cancel.is_set():
            return CANCELLED
        try:
            module = _module(job.name)
            return {"result": module.run(self._bench, job.parameters, job.cancel, partial(self._report, job))}
        except Stale:
            return {"error": "stale", "kind": "stale"}
        except JobFailed as error:
            return {"error": str(error), "kind": "failed"}
        except Exception as error:
            traceback.print_exc()
            return {"error": f"{job.name}: {type(error).__name__}: {error}", "kind": "failed"}

    def _answer(self, job: Job, answer: dict[str, Any]) -> None:
        self._jobs.pop(job.number, None)
        self._say({"id": job.number, **answer})

    def _report(self, job: Job, progress: dict[str, Any]) -> None:
        self._say({"id": job.number, "progress": progress})

    def _say(self, message: dict[str, Any]) -> None:
        data = memoryview(json.dumps(message).encode("ascii") + b"\n")
        with self._writing:
            while data:
                data = data[os.write(self._descriptor, data) :]


def _prepare() -> None:
    """Load what every analysis needs, and tell the collector that it stays."""
    with contextlib.suppress(Exception):
        # A broken part of the compiler fails the jobs that need it, with its reason, and not the worker.
        from batuta.translate import translate

        translate("print(1)")
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED)


def _module(name: str) -> ModuleType:
    """The file of a kind of job."""
    if not name.isidentifier():
        raise ValueError(f"no such job: {name}")
    return importlib.import_module(f"batuta.lsp.jobs.{name}")


def main() -> None:
    """Serve over standard input and output."""
    output = os.dup(1)
    # Whatever prints by mistake goes to the log, not between the messages.
    os.dup2(2, 1)
    worker = Worker(output)
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        worker.serve(sys.stdin.buffer)
    # The job thread may be deep in a translation: there is nothing to wait for.
    os._exit(0)


if __name__ == "__main__":
    main()
