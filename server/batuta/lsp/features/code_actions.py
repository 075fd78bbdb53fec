"""Code actions: the offers of the assists, with edits computed once one is chosen, and the command that rewrites a file."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from batuta.lsp.features.preview import document_of
from batuta.lsp.jobs.wire import finding_in
from batuta.lsp.protocol import ContentModified, RequestFailed, as_pair
from batuta.lsp.publisher import as_diagnostic
from batuta.lsp.workspace_edit import workspace_edit

if TYPE_CHECKING:
    from batuta.lsp.documents import Document
    from batuta.lsp.server import BatutaServer

log = logging.getLogger(__name__)

KINDS = [types.CodeActionKind.QuickFix, types.CodeActionKind.RefactorRewrite]
BEGINNING = [1, 0]


def register(server: BatutaServer) -> None:
    """`textDocument/codeAction`, `codeAction/resolve` and `batuta.rewriteFile`."""

    async def actions(params: types.CodeActionParams) -> list[types.CodeAction] | None:
        document = server.documents.get(params.text_document.uri)
        if document is None:
            return None
        start, end = (document.text.column(as_pair(each)) for each in (params.range.start, params.range.end))
        unasked = params.context.trigger_kind is types.CodeActionTriggerKind.Automatic
        _, offers = await server.job("actions", document, start=start, end=end, unasked=unasked)
        wanted = params.context.only
        found = []
        for each in offers:
            if wanted is not None and not any(_within(each["kind"], kind) for kind in wanted):
                continue
            data = {key: each[key] for key in ("assist", "data", "title")}
            data.update(uri=document.uri, version=document.version, start=list(start), end=list(end))
            action = types.CodeAction(
                each["title"],
                kind=each["kind"],
                is_preferred=each["preferred"] or None,
                diagnostics=[as_diagnostic(finding_in(each["mends"]), document)] if each["mends"] else None,
                data=data,
            )
            if not _resolves(server):
                try:
                    action.edit = await _edit(server, document, data)
                except RequestFailed as error:
                    # One offer that cannot be made good must not take the others with it.
                    log.info("%s is not offered: %s", each["title"], error)
                    continue
                action.data = None
            found.append(action)
        return found

    async def resolve(action: types.CodeAction) -> types.CodeAction:
        data: Any = action.data
        if not isinstance(data, dict) or not isinstance(data.get("uri"), str):
            raise JsonRpcInvalidParams("this code action is not one of ours")
        document = server.document(data["uri"])
        if document.version != data.get("version"):
            raise ContentModified("the document changed since the action was offered")
        action.edit = await _edit(server, document, data)
        return action

    async def rewrite_file(params: types.ExecuteCommandParams) -> dict[str, Any]:
        uri = next(iter(params.arguments or []), None)
        document = document_of(server, {"uri": uri})
        workspace = server.session.capabilities.workspace
        if workspace is None or not workspace.apply_edit:
            raise RequestFailed("this editor takes no changes from the server: use the code action")
        data: dict[str, Any] = {
            "assist": "rewrite_file",
            "data": {},
            "title": "Batuta: rewrite to Rust",
            "start": BEGINNING,
            "end": BEGINNING,
        }
        edit = await _edit(server, document, data)
        answer = await server.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(edit, label=data["title"]))
        if not answer.applied:
            raise RequestFailed(f"the editor did not apply the change: {answer.failure_reason or 'it was declined'}")
        server.session.migrated()
        return {"applied": True}

    server.feature(types.TEXT_DOCUMENT_CODE_ACTION)(actions)
    server.feature(types.CODE_ACTION_RESOLVE)(resolve)
    server.commands["batuta.rewriteFile"] = rewrite_file


def announce(capabilities: types.ServerCapabilities, params: types.InitializeParams) -> None:
    """Edits are resolved once an action is chosen."""
    capabilities.code_action_provider = types.CodeActionOptions(code_action_kinds=list(KINDS), resolve_provider=True)


async def _edit(server: BatutaServer, document: Document, data: dict[str, Any]) -> types.WorkspaceEdit:
    wanted = {key: data[key] for key in ("assist", "data", "start", "end")}
    _, change = await server.job("change", document, **wanted)
    return workspace_edit(document, change, server.session.capabilities, data["title"])


def _resolves(server: BatutaServer) -> bool:
    """Whether the client asks for the edit of an action that it has chosen."""
    text_document = server.session.capabilities.text_document
    client = text_document.code_action if text_document else None
    support = client.resolve_support if client else None
    return support is not None and "edit" in support.properties


def _within(kind: str, wanted: str) -> bool:
    """Whether a kind is the wanted one or below it: `refactor` holds `refactor.rewrite`."""
    name = str(getattr(wanted, "value", wanted))
    return name == "" or kind == name or kind.startswith(f"{name}.")
