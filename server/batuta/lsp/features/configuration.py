"""Settings and switches: `initialized`, configuration changes, and the command that shows or hides unasked findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

if TYPE_CHECKING:
    from batuta.lsp.server import BatutaServer

WATCHED = ("**/batuta.toml", "**/pyproject.toml", "**/*.py")


def register(server: BatutaServer) -> None:
    """Handlers of notifications, and `batuta.enable`."""

    def initialized(_: Any) -> None:
        server.status_changed()
        workspace = server.session.capabilities.workspace
        watched = workspace.did_change_watched_files if workspace else None
        if watched is not None and watched.dynamic_registration:
            options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(each) for each in WATCHED])
            method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
            server.client_register_capability(types.RegistrationParams([types.Registration("batuta-files", method, options)]))

    def configuration_changed(params: types.DidChangeConfigurationParams) -> None:
        server.session.change_settings(params.settings)

    def files_changed(params: types.DidChangeWatchedFilesParams) -> None:
        if all(each.uri.endswith(".py") for each in params.changes):
            # A module of a program that is open, perhaps.
            server.publisher.refresh()
        else:
            server.session.files_changed()

    async def enable(params: types.ExecuteCommandParams) -> bool:
        arguments = params.arguments or [True]
        if not isinstance(arguments[0], bool):
            raise JsonRpcInvalidParams("batuta.enable takes true or false")
        server.session.switch(arguments[0])
        return arguments[0]

    server.feature(types.INITIALIZED)(initialized)
    server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)(configuration_changed)
    server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(files_changed)
    server.commands["batuta.enable"] = enable


def announce(capabilities: types.ServerCapabilities, params: types.InitializeParams) -> None:
    """Commands are announced for all features."""
