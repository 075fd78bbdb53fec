"""The server's end of the worker process: one JSON object a line, each job cancellable, a dead worker replaced.

Everything heavy (translation, the catalog, grading, cargo) happens in the worker, so the event loop only ever waits.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from typing import Any

import batuta
from batuta.lsp.documents import Document

log = logging.getLogger(__name__)

LARGEST_LINE = 256 * 1024 * 1024
GRACE = 2.0
"""Seconds that a cancelled job may still run before the worker is replaced."""


class WorkerFailed(Exception):
    """A job could not be done; the message says why."""


class WorkerEnded(WorkerFailed):
    """The worker ended before it answered."""


class StaleJob(Exception):
    """The document changed before the job began."""


Progress = Callable[[dict[str, Any]], None]


class WorkerLink:
    """Starts the worker on first use."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._pending: dict[int, tuple[asyncio.Future[Any], Progress | None]] = {}
        self._known: dict[str, int] = {}
        self._cancelled: set[int] = set()
        self._ids = itertools.count(1)
        self._starting = asyncio.Lock()
        self._folder = ""
        self._stopped = False
        self.starts = 0
        """How many worker processes were started so far."""

    async def run(
        self, job: str, parameters: dict[str, Any], document: Document | None = None, progress: Progress | None = None
    ) -> Any:
        """Do a job, on a snapshot of a document if one is given, and return its result.

        Raises WorkerFailed when it fails, StaleJob when the worker has newer text, CancelledError when the awaiting task is
        cancelled. A job whose worker ends is done once more by the next one: it may have ended for another's sake.
        """
        try:
            return await self._run(job, parameters, document, progress)
        except WorkerEnded:
            return await self._run(job, parameters, document, progress)

    async def _run(self, job: str, parameters: dict[str, Any], document: Document | None, progress: Progress | None) -> Any:
        await self._start()
        number = next(self._ids)
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._pending[number] = (future, progress)
        try:
            if document is not None:
                self._send_text(document)
                parameters = {**parameters, "uri": document.uri, "revision": document.revision}
            self._send({"id": number, "job": job, "parameters": parameters})
            return await future
        except asyncio.CancelledError:
            self._cancel(number)
            raise
        finally:
            self._pending.pop(number, None)

    def forget(self, uri: str) -> None:
        """Tell the worker that a document was closed."""
        if self._known.pop(uri, None) is not None and self._alive():
            self._send({"closed": uri})

    def stop(self) -> None:
        """End the worker and everything that it started."""
        self._stopped = True
        self._kill()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def process_id(self) -> int | None:
        """The worker's process id while it lives."""
        return self._process.pid if self._process is not None and self._alive() else None

    def _alive(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def _start(self) -> None:
        async with self._starting:
            if self._alive():
                return
            if self._stopped:
                raise WorkerFailed("the server is shutting down")
            self._known.clear()
            self._cancelled.clear()
            self._folder = self._folder or tempfile.mkdtemp(prefix="batuta-worker-")
            try:
                # -P: the working directory is no place to import from. It is a private empty folder besides.
                self._process = await asyncio.create_subprocess_exec(
                    sys.executable, "-P", "-m", "batuta.lsp.worker",
                    stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, cwd=self._folder, env=_environment(),
                    limit=LARGEST_LINE, start_new_session=os.name == "posix",
                )  # fmt: skip
            except OSError as error:
                raise WorkerFailed(f"the worker process could not be started: {error}") from error
            self.starts += 1
            if self._stopped:
                self._kill()
                raise WorkerFailed("the server is shutting down")
            self._reader = asyncio.create_task(self._read(self._process))

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        try:
            while line := await process.stdout.readline():
                try:
                    self._receive(json.loads(line))
                except (ValueError, KeyError, TypeError):
                    log.exception("the worker said something odd")
        except (OSError, ValueError) as error:
            log.error("reading from the worker failed: %s", error)
        if process.returncode is None:
            # Its output ended, so nobody can hear it any more.
            _kill_tree(process)
            await process.wait()
        if process is self._process and not self._stopped:
            log.warning("the worker process ended with code %s", process.returncode)
            self._fail_pending("the worker process ended")

    def _receive(self, message: dict[str, Any]) -> None:
        if "progress" not in message:
            self._cancelled.discard(message["id"])
        future, progress = self._pending.get(message["id"], (None, None))
        if future is None or future.done():
            return
        if "progress" in message:
            if progress is not None:
                progress(message["progress"])
        elif "result" in message:
            future.set_result(message["result"])
        elif message.get("kind") == "stale":
            future.set_exception(StaleJob())
        elif message.get("kind") == "cancelled":
            future.cancel()
        else:
            future.set_exception(WorkerFailed(message["error"]))

    def _send_text(self, document: Document) -> None:
        if self._known.get(document.uri) != document.revision:
            self._known[document.uri] = document.revision
            text = {"uri": document.uri, "revision": document.revision, "path": document.path}
            self._send({"text": {**text, "source": document.text.for_python()}})

    def _send(self, message: dict[str, Any]) -> None:
        if self._process is None or self._process.stdin is None or not self._alive():
            return
        self._process.stdin.write(json.dumps(message).encode("ascii") + b"\n")

    def _cancel(self, number: int) -> None:
        if self._alive() and not self._stopped:
            self._send({"cancel": number})
            self._cancelled.add(number)
            asyncio.get_running_loop().call_later(GRACE, self._replace_if_stuck, self._process, number)

    def _replace_if_stuck(self, process: asyncio.subprocess.Process | None, number: int) -> None:
        """A job that does not stop when told to takes the worker with it; the next job starts a new one."""
        if number in self._cancelled and process is self._process and self._alive():
            log.warning("job %s did not stop; the worker is replaced", number)
            self._kill()

    def _fail_pending(self, reason: str) -> None:
        for future, _ in list(self._pending.values()):
            if not future.done():
                future.set_exception(WorkerEnded(reason))

    def _kill(self) -> None:
        if self._process is not None and self._alive():
            _kill_tree(self._process)


def _kill_tree(process: asyncio.subprocess.Process) -> None:
    """End a worker and what it started: cargo runs in a process group of its own."""
    from batuta.cargo.process import kill_group

    kill_group(process.pid)


def _environment() -> dict[str, str]:
    """The worker's environment: it imports from where this process does, except from a working directory."""
    here = os.getcwd()
    own = os.path.dirname(os.path.dirname(os.path.abspath(batuta.__file__)))
    paths = [path for path in sys.path if path and os.path.isabs(path) and os.path.realpath(path) != os.path.realpath(here)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**kept, "PYTHONPATH": os.pathsep.join([own, *paths]), "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}
