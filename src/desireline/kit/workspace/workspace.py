"""An open workspace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, update

from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.kit.tables import workspace_state
from desireline.kit.workspace.lock import FolderLock
from desireline.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """One folder and one database, checked and at the newest tables, until it is closed."""

    settings: Settings
    database: Database
    clock: Clock
    id: str
    """A UUID, in the folder and in the database alike."""
    lock: FolderLock | None
    """Held by the one server on SQLite; None where several may run."""

    @property
    def data_dir(self) -> Path:
        """The folder."""
        return self.settings.data_dir

    def adopt(self, tx: Connection) -> None:
        """Makes the database this workspace's, whose rows may have come from another one.

        A restored copy has an id of its own, so it is never taken for the original.
        """
        tx.execute(update(workspace_state).values(id=self.id))

    def close(self) -> None:
        """Lets go of the database, then of the folder."""
        self.database.close()
        if self.lock is not None:
            self.lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()


Check = Callable[[Workspace], None]
"""What another room wants to be true of a workspace before it is used; raises where it is not."""
