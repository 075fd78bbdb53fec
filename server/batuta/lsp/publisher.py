"""Publishes findings: after a pause in typing, computed by the worker, and only while they are about the text that the
client has.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from batuta.findings.codes import page_of
from batuta.findings.finding import Finding
from batuta.lsp.documents import Document
from batuta.lsp.jobs.wire import finding_in
from batuta.lsp.protocol import ContentModified, RequestFailed, as_range

if TYPE_CHECKING:
    from batuta.lsp.server import BatutaServer

log = logging.getLogger(__name__)

DEBOUNCE = 0.2
"""Seconds without a change before a text is analysed: longer than the gap between two keystrokes."""

SHORTEST = 0.06
"""Seconds to wait where an analysis is quick: longer than the gap between keys that a held key repeats."""

_SEVERITY = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "information": types.DiagnosticSeverity.Information,
    "hint": types.DiagnosticSeverity.Hint,
}


class Publisher:
    """One task for each document: a later change replaces it."""

    def __init__(self, server: BatutaServer) -> None:
        self._server = server
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._published: dict[str, bool] = {}
        self._compiled: dict[str, tuple[int, list[Finding]]] = {}
        self._noticed: set[str] = set()
        self._shown: dict[str, list[Finding]] = {}
        self._costs: dict[str, float] = {}
        """Seconds that the last analysis of each document took."""

    def changed(self, document: Document, opened: bool = False) -> None:
        """Analyse a document soon, if its findings may be shown."""
        task = self._tasks.pop(document.uri, None)
        if task is not None:
            task.cancel()
        if self._server.session.shows(document.uri):
            self._tasks[document.uri] = asyncio.ensure_future(
                self._analyse(document, 0.0 if opened else self._pause(document.uri))
            )
        elif self._published.get(document.uri):
            self._publish(document, [])
        if not opened:
            self._look_again(document)

    def _look_again(self, changed: Document) -> None:
        """Other open files may import the one that has changed: they are looked at once typing pauses."""
        for other in self._server.documents:
            pending = self._tasks.get(other.uri)
            if other.uri != changed.uri and self._server.session.shows(other.uri) and (pending is None or pending.done()):
                self._tasks[other.uri] = asyncio.ensure_future(self._analyse(other, 2 * DEBOUNCE, again=True))

    def compiled(self, document: Document, findings: list[Finding]) -> None:
        """Take what rustc said about a document; it stands until the text changes."""
        self._compiled[document.uri] = (document.revision, findings)
        self.changed(document, opened=True)
        if not self._server.session.shows(document.uri):
            # It was asked for, so it is shown even where nothing is shown unasked.
            self._publish(document, findings)

    def closed(self, uri: str) -> None:
        """Take back what was published for a document."""
        task = self._tasks.pop(uri, None)
        if task is not None:
            task.cancel()
        self._compiled.pop(uri, None)
        self._costs.pop(uri, None)
        self._shown.pop(uri, None)
        if self._published.pop(uri, False):
            self._server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def refresh(self) -> None:
        """What may be shown has changed."""
        for document in self._server.documents:
            self.changed(document, opened=True)

    def stop(self) -> None:
        """Start nothing more."""
        for task in self._tasks.values():
            task.cancel()
        self._tasks.clear()

    def _pause(self, uri: str) -> float:
        """How long to wait for the next key: what is quickly done again need not wait for the end of a word."""
        cost = self._costs.get(uri)
        return DEBOUNCE if cost is None else min(DEBOUNCE, SHORTEST + 2 * cost)

    async def _analyse(self, document: Document, delay: float, again: bool = False) -> None:
        """Analyse and publish; `again` where the text is the same, so that the same findings need not be sent twice."""
        await asyncio.sleep(delay)
        began = time.monotonic()
        try:
            _, result = await self._server.job("analyse", document)
        except ContentModified:
            return
        except RequestFailed as error:
            log.error("%s was not analysed: %s", document.uri, error)
            return
        self._costs[document.uri] = time.monotonic() - began
        if not self._server.documents.is_current(document):
            return
        findings = [finding_in(each) for each in result["findings"]]
        revision, compiled = self._compiled.get(document.uri, (-1, []))
        findings += compiled if revision == document.revision else []
        if not again or self._shown.get(document.uri) != findings:
            self._publish(document, findings)
        if result["notice"] and document.uri not in self._noticed:
            self._noticed.add(document.uri)
            message = f"Batuta: {document.path}: {result['notice']}"
            self._server.window_show_message(types.ShowMessageParams(types.MessageType.Info, message))

    def _publish(self, document: Document, findings: list[Finding]) -> None:
        """Send findings of the text that the client has now; of an older text, nothing."""
        if not self._server.documents.is_current(document):
            return
        self._published[document.uri] = bool(findings)
        self._shown[document.uri] = findings
        diagnostics = [as_diagnostic(finding, document) for finding in findings]
        params = types.PublishDiagnosticsParams(document.uri, diagnostics, version=document.version)
        self._server.text_document_publish_diagnostics(params)


def as_diagnostic(finding: Finding, document: Document) -> types.Diagnostic:
    """A finding as the client shows it."""
    message = f"{finding.reason}\n{finding.remedy}" if finding.remedy else finding.reason
    data: dict[str, Any] = {"code": finding.code, "page": page_of(finding.code)}
    return types.Diagnostic(
        range=as_range(*document.text.range(finding.span)),
        message=message,
        severity=_SEVERITY[finding.severity],
        code=finding.code,
        source="rustc" if finding.code in ("BAT301", "BAT302") else "batuta",
        data=data,
    )
