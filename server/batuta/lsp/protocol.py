"""The protocol, on pygls, with its gaps closed: every request gets exactly one answer, whatever its bytes.

What differs from pygls: parameters that do not fit are answered -32602 with the request's id; requests before `initialize`
-32002 and after `shutdown` -32600; broken JSON, arrays and bare values are answered and survived; an answer that cannot be
written as JSON becomes an error; documents are our own; `exit` only records the exit code, so that the loop ends in order.
"""

from __future__ import annotations

import contextvars
import json
import logging
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams, JsonRpcRequestCancelled
from pygls.protocol import LanguageServerProtocol, lsp_method
from pygls.protocol.json_rpc import JsonRPCResponseMessage
from pygls.workspace import Workspace

from batuta.lsp.documents import Documents, Edit
from batuta.lsp.text import Position

log = logging.getLogger(__name__)

PARSE_ERROR = types.ErrorCodes.ParseError.value
INVALID_REQUEST = types.ErrorCodes.InvalidRequest.value
INVALID_PARAMS = types.ErrorCodes.InvalidParams.value
INTERNAL_ERROR = types.ErrorCodes.InternalError.value
NOT_INITIALIZED = types.ErrorCodes.ServerNotInitialized.value

_NO_PARAMETERS = {types.SHUTDOWN, types.EXIT, types.INITIALIZED}
"""Clients disagree on whether these carry null, an empty object or nothing."""


class RequestFailed(JsonRpcException):
    """A request that cannot be served now; the message says what the user can do."""

    CODE = types.LSPErrorCodes.RequestFailed.value
    MESSAGE = "Request failed"


class ContentModified(JsonRpcException):
    """The document changed under a request."""

    CODE = types.LSPErrorCodes.ContentModified.value
    MESSAGE = "Content modified"


class BatutaProtocol(LanguageServerProtocol):
    """See the module's docstring."""

    _server: Any
    """The `BatutaServer`, which imports this file."""

    def __init__(self, server: Any, converter: Any) -> None:
        self.documents = Documents()
        self.exit_code: int | None = None
        """Set by `exit`."""
        self.initialized = False
        super().__init__(server, converter)

    # Messages in.

    def receive(self, body: bytes) -> None:
        """Handle the body of one message. Never raises."""
        try:
            message = json.loads(body)
        except (ValueError, RecursionError) as error:
            self._refuse(None, PARSE_ERROR, f"not JSON: {error}")
            return
        try:
            self._receive(message)
        except Exception:
            log.exception("a message could not be handled")

    def _receive(self, message: Any) -> None:
        if not isinstance(message, dict):
            self._refuse(None, INVALID_REQUEST, "a message must be an object")
            return
        method, has_id, msg_id = message.get("method"), "id" in message, message.get("id")
        id_fits = isinstance(msg_id, (str, int)) and not isinstance(msg_id, bool)
        if method is None and has_id and ("result" in message or "error" in message):
            if id_fits:
                self._receive_response(message)
        elif has_id and not id_fits:
            self._refuse(None, INVALID_REQUEST, "an id must be a string or an integer")
        elif not isinstance(method, str):
            if has_id:
                self._refuse(msg_id, INVALID_REQUEST, "a request needs a method")
        elif isinstance(msg_id, (str, int)):
            self._receive_request(msg_id, method, message)
        else:
            self._receive_notification(method, message)

    def _receive_request(self, msg_id: str | int, method: str, message: dict[str, Any]) -> None:
        if self._shutdown:
            self._refuse(msg_id, INVALID_REQUEST, "the server is shutting down")
        elif not self.initialized and method != types.INITIALIZE:
            self._refuse(msg_id, NOT_INITIALIZED, "the server is not initialized")
        elif self.initialized and method == types.INITIALIZE:
            self._refuse(msg_id, INVALID_REQUEST, "the server is initialized already")
        else:
            try:
                params = self._parameters(method, message)
            except Exception as error:
                self._refuse(msg_id, INVALID_PARAMS, f"the parameters of {method} do not fit: {_first_line(error)}")
                return
            # Each handler runs in its own context: pygls keeps the request's id there.
            contextvars.copy_context().run(self._handle_request, msg_id, method, params)

    def _receive_notification(self, method: str, message: dict[str, Any]) -> None:
        if method != types.EXIT and (self._shutdown or not self.initialized):
            return
        try:
            params = self._parameters(method, message)
        except Exception as error:
            log.warning("the parameters of %s do not fit: %s", method, _first_line(error))
            return
        contextvars.copy_context().run(self._handle_notification, method, params)

    def _receive_response(self, message: dict[str, Any]) -> None:
        msg_id = message["id"]
        result_type = self._result_types.pop(msg_id, None)
        future = self._request_futures.pop(msg_id, None)
        if future is None or future.done():
            return
        try:
            if "error" in message:
                future.set_exception(
                    JsonRpcException.from_error(self._converter.structure(message["error"], types.ResponseError))
                )
            elif result_type is None:
                future.set_result(message.get("result"))
            else:
                future.set_result(self._converter.structure({"jsonrpc": "2.0", **message}, result_type).result)
        except Exception as error:
            future.set_exception(error)

    def _parameters(self, method: str, message: dict[str, Any]) -> Any:
        """The parameters as their declared type; a request of our own keeps them as they are. Raises when they do not fit."""
        message_type = self.get_message_type(method)
        if message_type is None or method in _NO_PARAMETERS:
            return message.get("params")
        try:
            return self._converter.structure({**message, "jsonrpc": "2.0"}, message_type).params
        except Exception:
            if method != types.INITIALIZE:
                raise
            return self._converter.structure({**message, "jsonrpc": "2.0", "params": self._known(message)}, message_type).params

    def _known(self, message: dict[str, Any]) -> dict[str, Any]:
        """Initialize parameters without the groups of client capabilities that this version of the protocol cannot read."""
        params = dict(message["params"])
        kept = {}
        for name, value in dict(params.get("capabilities") or {}).items():
            try:
                self._converter.structure({name: value}, types.ClientCapabilities)
                kept[name] = value
            except Exception:
                log.warning("client capability %s was not understood", name)
        params["capabilities"] = kept
        return params

    def _handle_cancel_notification(self, msg_id: str | int) -> None:
        """Cancel a request that still runs. One that was answered already is no news."""
        future = self._request_futures.pop(msg_id, None)
        if future is not None:
            future.cancel()

    # Answers out.

    def _refuse(self, msg_id: str | int | None, code: int, message: str) -> None:
        """Answer with an error. What had no id that can be named is answered with null, which a converter would leave out."""
        self._write(json.dumps({"jsonrpc": "2.0", "id": msg_id, "error": {"code": code, "message": message}}))

    def _send_handler_result(self, future: Any, *, msg_id: str | int) -> None:
        """Answer a request with what its handler came to."""
        self._request_futures.pop(msg_id, None)
        if future.cancelled():
            self._send_response(msg_id, error=JsonRpcRequestCancelled("cancelled").to_response_error())
            return
        error = future.exception()
        if error is None:
            self._send_response(msg_id, result=future.result())
        elif isinstance(error, JsonRpcException):
            self._send_response(msg_id, error=error.to_response_error())
        else:
            log.error("request %s failed", msg_id, exc_info=error)
            self._send_response(
                msg_id, error=types.ResponseError(code=INTERNAL_ERROR, message=f"{type(error).__name__}: {error}")
            )

    def _send_response(self, msg_id: Any, result: Any = None, error: types.ResponseError | None = None) -> None:
        """Answer, and see to it that something is answered: a result that is no JSON becomes an error."""
        if error is None:
            try:
                text = json.dumps(
                    JsonRPCResponseMessage(id=msg_id, jsonrpc="2.0", result=result), default=self._serialize_message
                )
                self._write(text)
                return
            except (TypeError, ValueError, AttributeError, RecursionError) as problem:
                log.error("the answer to %s is not JSON", msg_id, exc_info=problem)
                error = types.ResponseError(code=INTERNAL_ERROR, message="the answer could not be written")
        self._refuse(msg_id, error.code, error.message)

    def _send_data(self, data: Any) -> None:
        self._write(json.dumps(data, default=self._serialize_message))

    def _write(self, text: str) -> None:
        # json.dumps writes ASCII, so the number of characters is the number of bytes and a lone surrogate is an escape.
        if self.writer is not None:
            self.writer.write(f"Content-Length: {len(text)}\r\n\r\n{text}".encode("ascii"))

    # What pygls has built in, in our way.

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(self, params: types.InitializeParams) -> types.InitializeResult:  # type: ignore[override]
        """Remember the client and say what the server can do."""
        self.client_capabilities = params.capabilities
        # pygls asks for one; ours are `documents`, and strange root URIs must not stop the start.
        self._workspace = Workspace(None, types.TextDocumentSyncKind.Incremental)
        self.server_capabilities = self._server.capabilities_for(params)
        self._server.session.start(params)
        self.initialized = True
        return types.InitializeResult(capabilities=self.server_capabilities, server_info=self.server_info)

    @lsp_method(types.EXIT)
    def lsp_exit(self, *_: Any) -> None:  # type: ignore[override]
        """Record the exit code: 0 after a shutdown, else 1."""
        self.exit_code = 0 if self._shutdown else 1

    @lsp_method(types.SHUTDOWN)
    def lsp_shutdown(self, *_: Any) -> None:  # type: ignore[override]
        """Cancel what runs and take no more requests."""
        for future in list(self._request_futures.values()):
            future.cancel()
        self._shutdown = True
        self._server.stop_work()

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        """Take over the text."""
        item = params.text_document
        self._server.document_changed(
            self.documents.open(item.uri, item.version, str(item.language_id), item.text), opened=True
        )

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Follow the edits. A document that is not open is left alone."""
        edits = [_edit(change) for change in params.content_changes]
        document = self.documents.change(params.text_document.uri, params.text_document.version, edits)
        if document is not None:
            self._server.document_changed(document)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        """Forget the text."""
        self.documents.close(params.text_document.uri)
        self._server.document_closed(params.text_document.uri)

    @lsp_method(types.WORKSPACE_EXECUTE_COMMAND)
    async def lsp_workspace__execute_command(self, params: types.ExecuteCommandParams) -> Any:  # type: ignore[override]
        """Run a command; unlike pygls', ours see the whole parameters, with the token for progress."""
        command = self._server.commands.get(params.command)
        if command is None:
            raise JsonRpcInvalidParams(f"no such command: {params.command}")
        return await command(params)

    @lsp_method(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def lsp_workspace__did_change_workspace_folders(self, params: types.DidChangeWorkspaceFoldersParams) -> None:
        """Follow the folders."""
        self._server.session.change_folders(params.event)


def _edit(change: types.TextDocumentContentChangeEvent) -> Edit:
    if isinstance(change, types.TextDocumentContentChangePartial):
        return Edit(change.text, (as_pair(change.range.start), as_pair(change.range.end)))
    return Edit(change.text)


def as_pair(position: types.Position) -> Position:
    """A protocol position as line and UTF-16 column."""
    return position.line, position.character


def as_range(start: Position, end: Position) -> types.Range:
    """Two positions as a protocol range."""
    return types.Range(types.Position(*start), types.Position(*end))


def _first_line(error: Exception) -> str:
    """The innermost reason of an error in words: converters report groups of them."""
    while getattr(error, "exceptions", None):
        error = error.exceptions[0]  # type: ignore[attr-defined]
    return f"{type(error).__name__}: {error}".split("\n")[0][:200]
