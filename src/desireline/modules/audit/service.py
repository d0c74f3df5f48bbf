"""The audit log as its readers ask for it."""

from __future__ import annotations

from desireline.kit.database import Database
from desireline.log.segments.verifying import Finding
from desireline.modules.audit.entries import Entry, Head
from desireline.modules.audit.repository import get_head, list_entries
from desireline.modules.audit.verifying import verify
from desireline.modules.rooms import Rooms


class AuditBook:
    """What people with access did, for the command line and the server alike."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def listed(
        self, wanted: dict[str, str | None], before: int | None = None, most: int = 100
    ) -> list[Entry]:
        """Entries, newest first, with this `who`, `what`, `about`, where they are given."""
        given = {column: value for column, value in wanted.items() if value is not None}
        with self._db.reading() as look:
            return list_entries(look, given, before, most)

    def verified(self, known: Head | None = None) -> tuple[list[Finding], Head]:
        """What is wrong, and the head at the same moment."""
        with self._db.reading() as look:
            return verify(look, known), get_head(look)


class Audit(AuditBook):
    """What the routes ask."""

    def __init__(self, rooms: Rooms) -> None:
        super().__init__(rooms.db)
