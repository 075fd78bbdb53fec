"""The command `batuta.check`: compile the translation with cargo in the background, with progress that can be cancelled."""

from __future__ import annotations

import asyncio
import itertools
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from batuta.lsp.features.preview import document_of
from batuta.lsp.jobs.wire import finding_in
from batuta.lsp.protocol import RequestFailed

if TYPE_CHECKING:
    from batuta.lsp.server import BatutaServer

NOT_TRUSTED = (
    "cargo was not started: this folder is not trusted. Trust it in the editor, or start the server with "
    '`"initializationOptions": {"trusted": true}`.'
)

_tokens = itertools.count(1)


def register(server: BatutaServer) -> None:
    """`batuta.check`, and the cancel button of its progress."""
    running: dict[str | int, asyncio.Task[Any]] = {}

    async def check(params: types.ExecuteCommandParams) -> dict[str, Any]:
        arguments = params.arguments or []
        uri = arguments[0].get("uri") if arguments and isinstance(arguments[0], dict) else next(iter(arguments), None)
        if not isinstance(uri, str):
            raise JsonRpcInvalidParams("batuta.check takes the URI of a document")
        if not server.session.settings.trusted:
            raise RequestFailed(NOT_TRUSTED)
        # The translation is made where it can be interrupted; then only cargo is waited for.
        document, _ = await server.job("analyse", document_of(server, {"uri": uri}), follow=True)
        token = await _token(server, params)
        task = asyncio.ensure_future(
            server.job("check", document, follow=True, progress=lambda news: _report(server, token, news))
        )
        if token is not None:
            running[token] = task
            name = document.path.rsplit("/", 1)[-1]
            _progress(server, token, types.WorkDoneProgressBegin(f"Compiling {name}", cancellable=True, percentage=0))
        said = "cancelled"
        try:
            document, result = await task
            server.publisher.compiled(document, [finding_in(each) for each in result["findings"]])
            errors = sum(each["severity"] == "error" for each in result["findings"])
            said = "compiles" if result["ok"] else f"{errors or 'some'} error(s)"
            return {
                "ok": result["ok"],
                "findings": len(result["findings"]),
                "seconds": result["seconds"],
                "rustc": result["rustc"],
            }
        except RequestFailed as error:
            said = str(error)
            raise
        except asyncio.CancelledError:
            # Cancelled by the request, or by the progress' button: the job must end in both cases.
            task.cancel()
            raise
        finally:
            if token is not None:
                running.pop(token, None)
                _progress(server, token, types.WorkDoneProgressEnd(message=said))

    def cancel(params: types.WorkDoneProgressCancelParams) -> None:
        task = running.get(params.token)
        if task is not None:
            task.cancel()

    server.commands["batuta.check"] = check
    server.feature(types.WINDOW_WORK_DONE_PROGRESS_CANCEL)(cancel)


def announce(capabilities: types.ServerCapabilities, params: types.InitializeParams) -> None:
    """The command can report progress to a token that the client sends along."""
    assert capabilities.execute_command_provider is not None
    capabilities.execute_command_provider.work_done_progress = True


async def _token(server: BatutaServer, params: types.ExecuteCommandParams) -> str | int | None:
    """The client's own token, or one that it lets us create; None for a client that shows no progress."""
    if params.work_done_token is not None:
        return params.work_done_token
    window = server.session.capabilities.window
    if window is None or not window.work_done_progress:
        return None
    token = f"batuta-check-{next(_tokens)}"
    try:
        await asyncio.wait_for(server.window_work_done_progress_create_async(types.WorkDoneProgressCreateParams(token)), 5.0)
    except Exception:
        return None
    return token


def _report(server: BatutaServer, token: str | int | None, news: dict[str, Any]) -> None:
    if token is not None:
        percentage = min(100, 100 * news["done"] // news["total"]) if news.get("total") else None
        _progress(server, token, types.WorkDoneProgressReport(message=news.get("what") or None, percentage=percentage))


def _progress(server: BatutaServer, token: str | int, value: Any) -> None:
    server.progress(types.ProgressParams(token, value))
