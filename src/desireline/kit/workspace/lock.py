"""The lock of a folder: one process holds it, and it is free again when that process ends."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from desireline.kit.workspace.errors import WorkspaceInUse

NAME = "lock"
PAUSE_SECONDS = 0.05


class FolderLock:
    """Holds the lock of a folder until it is released, or the process is gone, however it went.

    The system keeps the lock (`flock`); the file holds the number of the process, to be shown.
    """

    def __init__(self, folder: Path, wait_seconds: float = 0.0) -> None:
        self._folder = folder
        self._handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
        if not self._taken_within(wait_seconds):
            refused = self._in_use()
            os.close(self._handle)
            raise refused
        os.ftruncate(self._handle, 0)
        os.pwrite(self._handle, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        """Lets the next one in. The file stays: to remove it would let two in."""
        os.ftruncate(self._handle, 0)
        os.close(self._handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.release()

    def _taken_within(self, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while not self._taken():
            if time.monotonic() >= end:
                return False
            time.sleep(PAUSE_SECONDS)
        return True

    def _taken(self) -> bool:
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _in_use(self) -> WorkspaceInUse:
        holder = os.pread(self._handle, 20, 0).decode("ascii", "replace").strip()
        by = f"process {holder}" if holder else "another process"
        return WorkspaceInUse(
            f"The workspace {self._folder} is in use by {by}.",
            hint="Stop that one first, or give this one a folder of its own with --data or"
            " DESIRELINE_DATA_DIR. Several servers on one workspace need PostgreSQL.",
        )
