"""Whether the user's Python may be run. A folder can never say yes for itself: the answer lives in the user's own settings.

Consent is given for one run (`--yes`), or for a folder and all below it (`batuta validate` asks and remembers).
`BATUTA_CONFIG_DIR` overrides the place of the settings.
"""

from __future__ import annotations

import json
import os
from pathlib import Path


def settings_folder() -> Path:
    """The folder of the user's settings. Creates nothing."""
    override = os.environ.get("BATUTA_CONFIG_DIR")
    if override:
        return Path(override).expanduser()
    import platformdirs

    return Path(platformdirs.user_config_dir("batuta", appauthor=False))


def allowed_folders() -> list[Path]:
    """The folders whose programs may be run."""
    try:
        data = json.loads((settings_folder() / "consent.json").read_text(encoding="utf-8"))
        return [Path(folder) for folder in data["folders"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def is_allowed(program: Path) -> bool:
    """Whether consent was given for the folder of a program, or for one above it."""
    place = program.resolve()
    return any(place.is_relative_to(folder) for folder in allowed_folders())


def allow(folder: Path) -> None:
    """Remembers consent for a folder. Raises OSError when the settings cannot be written."""
    folders = sorted({*allowed_folders(), folder.resolve()})
    _write(folders)


def revoke(folder: Path) -> bool:
    """Takes consent back; False when there was none for exactly this folder."""
    folders = allowed_folders()
    if folder.resolve() not in folders:
        return False
    _write([other for other in folders if other != folder.resolve()])
    return True


def _write(folders: list[Path]) -> None:
    path = settings_folder() / "consent.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"folders": [str(folder) for folder in folders]}, indent=2) + "\n", encoding="utf-8")
