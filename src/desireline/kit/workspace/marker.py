"""`workspace.json`: which workspace this folder belongs to, and in which form it is kept."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from desireline.kit.workspace.errors import WorkspaceDamaged, WorkspaceNewer

FORMAT = 1
NAME = "workspace.json"


class Marker(msgspec.Struct, frozen=True):
    """What the file says. While `complete` is false, the workspace is being made."""

    format: int
    id: str
    complete: bool = True


class _OfAnyVersion(msgspec.Struct):
    format: int


def read_marker(folder: Path) -> Marker | None:
    """The marker of a folder; None where there is none. Raises WorkspaceNewer, WorkspaceDamaged."""
    path = folder / NAME
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    try:
        made_as = msgspec.json.decode(content, type=_OfAnyVersion).format
        if made_as > FORMAT:
            raise WorkspaceNewer(
                f"The workspace {folder} was made by a later version of Desireline: it has format"
                f" {made_as}, and this version knows formats up to {FORMAT}.",
                hint="Install that version again, or name another folder.",
            )
        return msgspec.json.decode(content, type=Marker)
    except msgspec.DecodeError:
        raise WorkspaceDamaged(
            f"{path} is no description of a workspace.",
            hint="Restore the file, or the whole folder, from a backup.",
        ) from None


def write_marker(folder: Path, marker: Marker) -> None:
    """Puts the marker in its place, whole or not at all, and durably."""
    unfinished = folder / f".{NAME}.unfinished"
    with unfinished.open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(marker), indent=1) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(folder / NAME)
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
