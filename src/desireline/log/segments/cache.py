"""Local copies of segments that lie elsewhere: those that were read last."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Collection, Iterable
from pathlib import Path
from uuid import uuid4

from desireline.log.segments.errors import SegmentDamaged
from desireline.log.segments.folder import unwritable

IN_USE_SECONDS = 60
"""A copy asked for within that time stays, as somebody may be about to open it."""


class Cache:
    """A folder of files that never change, of at most so many bytes together.

    When one was last asked for is its time of change. What is in use is never deleted, so the
    folder may be larger for a minute.
    """

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._folder, self._most_bytes = folder, most_bytes
        self.staging = folder / "staging"
        try:
            self.staging.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable(folder, error) from error

    def find(self, name: str) -> Path | None:
        """The copy, if there is one."""
        path = self._folder / name
        try:
            os.utime(path)
        except FileNotFoundError:
            return None
        return path

    def keep(self, path: Path, name: str) -> None:
        """Takes a file over that was just put there."""
        os.utime(path)
        path.replace(self._folder / name)
        self._make_room()

    def take(self, name: str, sha256: str, parts: Iterable[bytes]) -> Path:
        """A new copy of what arrives in parts. Raises SegmentDamaged, StoreUnwritable."""
        beside = self.staging / f"{name}.{uuid4().hex}"
        try:
            found = _written(beside, parts)
            if found != sha256:
                raise SegmentDamaged(
                    f"The segment {name} has the SHA-256 {found[:16]}..., not {sha256[:16]}...",
                    hint="It is not what was written: restore it from a backup.",
                )
            self.keep(beside, name)
        except OSError as error:
            raise unwritable(beside, error) from error
        finally:
            beside.unlink(missing_ok=True)
        return self._folder / name

    def forget(self, name: str) -> None:
        """Deletes a copy."""
        (self._folder / name).unlink(missing_ok=True)

    def keep_only(self, names: Collection[str]) -> int:
        """How many copies of others were deleted; those in use stay till later."""
        gone = 0
        for entry in os.scandir(self._folder):
            idle = entry.stat().st_mtime <= time.time() - IN_USE_SECONDS
            if entry.is_file() and entry.name not in names and idle:
                Path(entry.path).unlink(missing_ok=True)
                gone += 1
        return gone

    def _make_room(self) -> None:
        files = [(e.stat(), e.path) for e in os.scandir(self._folder) if e.is_file()]
        held = sum(stat.st_size for stat, _ in files)
        for stat, path in sorted(files, key=lambda file: file[0].st_mtime):
            if held <= self._most_bytes or stat.st_mtime > time.time() - IN_USE_SECONDS:
                return
            Path(path).unlink(missing_ok=True)
            held -= stat.st_size


def _written(path: Path, parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for part in parts:
            digest.update(part)
            file.write(part)
    return digest.hexdigest()
