"""Segments in a folder of this machine."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from desireline.log.segments.errors import SegmentMissing, StoreUnwritable
from desireline.log.segments.store import NAME, SegmentStore


class FolderStore(SegmentStore):
    """A folder of files that never change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.staging = folder / "staging"
        try:
            self.staging.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable(folder, error) from error

    def put(self, path: Path, name: str) -> None:
        """Moves a finished file into the folder, whole and durable. Raises StoreUnwritable."""
        try:
            move_durably(path, self.folder / name)
        except OSError as error:
            raise unwritable(self.folder / name, error) from error

    def local(self, name: str, sha256: str) -> Path:  # noqa: ARG002 - `verify` asks for the hash
        """Where a segment can be read. Raises SegmentMissing."""
        path = self.folder / name
        if not path.is_file():
            raise SegmentMissing(
                f"The segment {path} is listed but not there.",
                hint="Restore the folder from a backup; `desireline verify` names all such files.",
            )
        return path

    def retire(self, name: str) -> None:
        """Notes that a segment is no longer listed: its age counts from now on."""
        if (self.folder / name).exists():
            os.utime(self.folder / name)

    def delete(self, name: str) -> None:
        """Takes a segment away; none is no error."""
        (self.folder / name).unlink(missing_ok=True)

    def names(self) -> dict[str, int]:
        """The segments that lie there, and since when (microseconds)."""
        return {
            entry.name: entry.stat().st_mtime_ns // 1000
            for entry in os.scandir(self.folder)
            if NAME.fullmatch(entry.name)
        }


def move_durably(path: Path, to: Path) -> None:
    """Moves a file that is on disk; the new name is on disk as well when this returns."""
    if path.stat().st_dev != to.parent.stat().st_dev:
        path = _copied(path, to)
    path.replace(to)
    folder = os.open(to.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def unwritable(path: Path, error: OSError) -> StoreUnwritable:
    """The error of a disk, as a sentence."""
    return StoreUnwritable(
        f"{path} cannot be written: {error.strerror}.",
        hint="Give the folder of the segments room, and to the user who runs Desireline.",
    )


def _copied(path: Path, to: Path) -> Path:
    """Another disk: a copy beside the goal, as only a rename is whole or not at all."""
    beside = to.with_name(f".{to.name}.part")
    with path.open("rb") as source, beside.open("wb") as goal:
        shutil.copyfileobj(source, goal)
        goal.flush()
        os.fsync(goal.fileno())
    path.unlink()
    return beside
