"""The language server: `batuta lsp --stdio`.

This process stays light. It keeps texts, answers the protocol and waits for the worker; it never imports the compiler, NumPy
or numba.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import logging
import os
import pkgutil
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from types import ModuleType
from typing import Any

from lsprotocol import types
from pygls.exceptions import FeatureRequestError
from pygls.lsp.server import LanguageServer

import batuta.lsp.features
from batuta import __version__
from batuta.lsp.documents import Document, Documents
from batuta.lsp.protocol import BatutaProtocol, ContentModified, RequestFailed
from batuta.lsp.publisher import Publisher
from batuta.lsp.session import Session
from batuta.lsp.stream import MessageWriter, read_messages
from batuta.lsp.worker_link import Progress, StaleJob, WorkerFailed, WorkerLink

log = logging.getLogger(__name__)

Command = Callable[[types.ExecuteCommandParams], Awaitable[Any]]

PARENT_POLL = 5.0
"""Seconds between looks whether the editor still lives. Its closing our input ends us at once; this is for editors that were
killed while another process holds the pipe."""

LONG_TURN = 0.1
"""Seconds on the event loop that are worth a line in the log."""


class BatutaServer(LanguageServer):
    """The server's parts, and what happens when a document changes."""

    protocol: BatutaProtocol

    def __init__(self) -> None:
        super().__init__("batuta", __version__, protocol_cls=BatutaProtocol)
        self.session = Session(self._settings_changed)
        self.worker = WorkerLink()
        self.publisher = Publisher(self)
        self.commands: dict[str, Command] = {}
        self.longest_turn = 0.0
        """Seconds that the slowest message took on the event loop."""
        self.features = _features()
        for feature in self.features:
            feature.register(self)

    @property
    def documents(self) -> Documents:
        """The open documents."""
        return self.protocol.documents

    def capabilities_for(self, params: types.InitializeParams) -> types.ServerCapabilities:
        """What the server can do for a client: what all features announce."""
        capabilities = types.ServerCapabilities(
            # The encoding that every client has.
            position_encoding=types.PositionEncodingKind.Utf16,
            text_document_sync=types.TextDocumentSyncOptions(open_close=True, change=types.TextDocumentSyncKind.Incremental),
            workspace=types.WorkspaceOptions(
                workspace_folders=types.WorkspaceFoldersServerCapabilities(supported=True, change_notifications=True)
            ),
            execute_command_provider=types.ExecuteCommandOptions(commands=sorted(self.commands)),
        )
        for feature in self.features:
            feature.announce(capabilities, params)
        return capabilities

    def document_changed(self, document: Document, opened: bool = False) -> None:
        """A document has new text."""
        self.publisher.changed(document, opened)

    def document_closed(self, uri: str) -> None:
        """A document was closed."""
        self.worker.forget(uri)
        self.publisher.closed(uri)

    def document(self, uri: str) -> Document:
        """An open document. Raises RequestFailed for one that is not open."""
        document = self.documents.get(uri)
        if document is None:
            raise RequestFailed(f"not open: {uri}")
        return document

    async def job(
        self, name: str, document: Document, *, follow: bool = False, progress: Progress | None = None, **parameters: Any
    ) -> tuple[Document, Any]:
        """Have the worker do something with a document, as the session's settings say.

        Returns the snapshot that the result is about, and the result. When the text changes before the job begins: with
        `follow` the newer text is taken, else ContentModified is raised. Raises RequestFailed with words for the user.
        """
        settings = self.session.settings
        parameters = {"target": settings.target, "precision": settings.precision, "limits": settings.limits, **parameters}
        parameters.setdefault("drop_plots", settings.drop_plots)
        while True:
            try:
                return document, await self.worker.run(name, parameters, document, progress)
            except StaleJob:
                current = self.documents.get(document.uri)
                if not follow or current is None or current.revision == document.revision:
                    raise ContentModified("the document changed") from None
                document = current
            except WorkerFailed as error:
                raise RequestFailed(str(error)) from error

    def status_changed(self) -> None:
        """Tell the client whether findings are shown."""
        shown, reason = self.session.status()
        self.protocol.notify("batuta/status", {"diagnostics": shown, "reason": reason})

    def note_turn(self, seconds: float) -> None:
        """Remember how long a message held up the event loop; typing must never wait."""
        self.longest_turn = max(self.longest_turn, seconds)
        if seconds > LONG_TURN:
            log.warning("a message held up the event loop for %.0f ms", seconds * 1000)

    def stop_work(self) -> None:
        """End everything that runs."""
        self.publisher.stop()
        self.worker.stop()

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Errors of notifications go to the log. A failed request is answered, so it is no news here."""
        level = logging.DEBUG if source is FeatureRequestError else logging.ERROR
        log.log(level, "%s: %s", getattr(source, "__name__", source), error)

    def _settings_changed(self) -> None:
        self.status_changed()
        self.publisher.refresh()
        workspace = self.session.capabilities.workspace
        if workspace is not None and workspace.code_lens is not None and workspace.code_lens.refresh_support:
            # Editors ask for lenses anew when a text changes, and would not know that the settings did.
            self.workspace_code_lens_refresh(None)


def _features() -> list[ModuleType]:
    """The features, found by listing their folder."""
    package = batuta.lsp.features
    names = sorted(each.name for each in pkgutil.iter_modules(package.__path__))
    return [importlib.import_module(f"{package.__name__}.{name}") for name in names]


async def _serve(server: BatutaServer, source: int, target: int) -> int:
    """Serve one client over two file descriptors until it says `exit` or goes away. Returns the process's exit code."""
    loop = asyncio.get_running_loop()
    finished = asyncio.Event()
    writer = MessageWriter(target)
    server.protocol.set_writer(writer)

    def receive(body: bytes) -> None:
        began, typing = time.perf_counter(), server.protocol.initialized
        server.protocol.receive(body)
        if typing:
            # The first message prepares the converters of the whole protocol; nobody types before it.
            server.note_turn(time.perf_counter() - began)
        if server.protocol.exit_code is not None:
            finished.set()

    read_messages(
        source,
        lambda body: loop.call_soon_threadsafe(receive, body),
        lambda: loop.call_soon_threadsafe(finished.set),
    )
    watch = asyncio.create_task(_watch_parent(finished))
    await finished.wait()
    watch.cancel()
    server.stop_work()
    # Cancelled requests answer before the end.
    await asyncio.sleep(0)
    writer.close()
    return 1 if server.protocol.exit_code is None else server.protocol.exit_code


async def _watch_parent(finished: asyncio.Event) -> None:
    parent = os.getppid()
    while os.getppid() == parent:
        await asyncio.sleep(PARENT_POLL)
    finished.set()


def main(argv: Sequence[str] | None = None) -> int:
    """Run the server; returns the exit code that the protocol asks for."""
    parser = argparse.ArgumentParser(
        prog="batuta lsp", description="The Batuta language server over standard input and output."
    )
    parser.add_argument(
        "--stdio", action="store_true", help="talk over standard input and output (the only way, and the default)"
    )
    parser.add_argument(
        "--log-level", default="WARNING", choices=["DEBUG", "INFO", "WARNING", "ERROR"], help="what goes to stderr"
    )
    options = parser.parse_args(argv)
    logging.basicConfig(stream=sys.stderr, level=options.log_level, format="%(levelname)s %(name)s: %(message)s")
    # pygls logs each message that it cannot place; what matters of that is logged here.
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    source, target = os.dup(0), os.dup(1)
    # Nothing but protocol messages may reach the client's end, whatever prints.
    os.dup2(2, 1)
    code = asyncio.run(_serve(BatutaServer(), source, target))
    sys.stderr.flush()
    # The reader thread may sit in a read that never returns.
    os._exit(code)
