"""What a migration has done so far, under `.batuta/` of its output folder, so that a second run does only what is new."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from batuta import __version__
from batuta.validation.proof import Proof

FOLDER = ".batuta"


def state_key(*parts: str | bytes) -> str:
    """A digest of everything that a result depends on, this version of Batuta included."""
    digest = hashlib.sha256(__version__.encode())
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        digest.update(f"{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def save_proof(output: Path, name: str, key: str, proof: Proof) -> None:
    """Keeps the proof of one program. Failing to keep it is no error: the next run compares again."""
    data = _read(output)
    data[name] = {"key": key, "proof": proof.to_json()}
    try:
        folder = output / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "proofs.json").write_text(json.dumps({"version": 1, "programs": data}, indent=2) + "\n", encoding="utf-8")
    except OSError:
        return


def load_proof(output: Path, name: str, key: str = "") -> Proof | None:
    """The kept proof of a program, if it was made from the same inputs (any, without a key)."""
    entry = _read(output).get(name)
    if not isinstance(entry, Mapping) or (key and entry.get("key") != key):
        return None
    try:
        return Proof.from_json(entry["proof"])
    except (KeyError, TypeError, AttributeError):
        return None


def _read(output: Path) -> dict[str, Any]:
    try:
        data = json.loads((output / FOLDER / "proofs.json").read_text(encoding="utf-8"))
        programs = data["programs"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return programs if isinstance(programs, dict) else {}
