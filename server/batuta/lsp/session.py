"""What the client said: its folders, its settings, whether it is trusted, and whether findings may be shown unasked."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from lsprotocol import types

from batuta.findings.configuration import find_configuration
from batuta.lsp.documents import path_of

log = logging.getLogger(__name__)

LARGEST_LIMIT = 1_000_000.0
"""Eleven days, or a tebibyte."""

NOT_CONFIGURED = "no batuta.toml or [tool.batuta] in this folder"


_FIELDS = {"documentSymbols": "document_symbols", "dropPlots": "drop_plots"}


@dataclass(frozen=True)
class Settings:
    """The client's settings; see docs/reference/protocol.md."""

    trusted: bool = False
    enable: bool = False
    interpreter: str = ""
    precision: str = "auto"
    target: str = "auto"
    drop_plots: bool = False
    document_symbols: bool = True
    limits: dict[str, float] = field(default_factory=dict)

    def updated(self, values: Any) -> Settings:
        """These settings with the fields that a client sent. What does not fit is left as it was."""
        if not isinstance(values, dict):
            return self
        changes: dict[str, Any] = {}
        for name, kind in (
            ("trusted", bool),
            ("enable", bool),
            ("interpreter", str),
            ("documentSymbols", bool),
            ("dropPlots", bool),
        ):
            if isinstance(values.get(name), kind):
                changes[_FIELDS.get(name, name)] = values[name]
        for name, allowed in (("precision", ("auto", "f32", "f64")), ("target", ("auto", "aprender", "faithful"))):
            if values.get(name) in allowed:
                changes[name] = values[name]
        if isinstance(values.get("limits"), dict):
            changes["limits"] = {key: value for key, value in values["limits"].items() if _is_limit(value)}
        return replace(self, **changes)


def _is_limit(value: object) -> bool:
    """A positive number of seconds or MiB; infinity is no limit that a timer could wait for."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value <= LARGEST_LIMIT


class Session:
    """The state of one client's session."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self.settings = Settings()
        self.capabilities = types.ClientCapabilities()
        self.folders: dict[str, Path] = {}
        self._switched: bool | None = None
        self._configured: dict[Path, bool] = {}

    def start(self, params: types.InitializeParams) -> None:
        """Take over what `initialize` brought."""
        self.capabilities = params.capabilities
        self.settings = Settings().updated(params.initialization_options)
        folders = [folder.uri for folder in params.workspace_folders or []]
        if not folders and params.root_uri:
            folders = [params.root_uri]
        elif not folders and params.root_path:
            folders = [Path(params.root_path).absolute().as_uri()]
        self.folders = {uri: Path(path_of(uri)) for uri in folders if uri.startswith("file:")}

    def change_folders(self, event: types.WorkspaceFoldersChangeEvent) -> None:
        """Follow folders that are added and removed."""
        for folder in event.removed:
            self.folders.pop(folder.uri, None)
        for folder in event.added:
            if folder.uri.startswith("file:"):
                self.folders[folder.uri] = Path(path_of(folder.uri))
        self._changed()

    def change_settings(self, values: Any) -> None:
        """Take over `settings` of a configuration change: the whole object or its `batuta` part."""
        values = values.get("batuta", values) if isinstance(values, dict) else values
        before, self.settings = self.settings, self.settings.updated(values)
        if self.settings != before:
            self._changed()

    def switch(self, on: bool) -> None:
        """The user shows or hides unasked findings until the server ends."""
        self._switched = on
        self._changed()

    def migrated(self) -> None:
        """Who migrates a file wants to see its findings, unless they were switched off by hand."""
        if self._switched is None:
            self.switch(True)

    def files_changed(self) -> None:
        """A configuration file changed on disk."""
        self._configured.clear()
        self._changed()

    def shows(self, uri: str) -> bool:
        """Whether findings of a document may be shown unasked."""
        if self._switched is not None:
            return self._switched
        return self.settings.enable or self._is_configured(uri)

    def status(self) -> tuple[bool, str]:
        """Whether findings are shown, and why, for the workspace as a whole."""
        if self._switched is not None:
            return self._switched, "switched on by the user" if self._switched else "switched off by the user"
        if self.settings.enable:
            return True, "switched on in the settings"
        if any(self._folder_is_configured(folder) for folder in self.folders.values()):
            return True, "configured in this folder"
        return False, NOT_CONFIGURED

    def folder_of(self, uri: str) -> Path | None:
        """The innermost workspace folder that holds a document."""
        path = Path(path_of(uri))
        holders = [folder for folder in self.folders.values() if folder in path.parents]
        return max(holders, key=lambda folder: len(folder.parts), default=None)

    def _is_configured(self, uri: str) -> bool:
        return uri.startswith("file:") and self._folder_is_configured(Path(path_of(uri)).parent)

    def _folder_is_configured(self, folder: Path) -> bool:
        """Whether the folder or one above it holds a configuration. Only reads; remembered until a file changes."""
        if folder not in self._configured:
            try:
                self._configured[folder] = find_configuration(folder) is not None
            except (OSError, ValueError) as error:
                log.info("no configuration for %s: %s", folder, error)
                self._configured[folder] = False
        return self._configured[folder]
