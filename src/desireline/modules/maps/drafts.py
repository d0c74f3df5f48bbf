"""Drafts that several people change at once, and who is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from desireline.engine.journey_map import JourneyMap
from desireline.engine.journey_map.changes import Change, change_to_dict
from desireline.modules.maps import draft_repository, repository
from desireline.modules.maps.draft_repository import Presence
from desireline.modules.maps.entries import Entry, rebased
from desireline.modules.maps.errors import ChangesConflict, DraftRevisionUnknown
from desireline.modules.maps.reading import document_now, row_of, written
from desireline.modules.rooms import Rooms

HERE_SECONDS = 30
"""Who has not been heard of for so long is there no more. A page says so every 10 seconds."""


@dataclass(frozen=True)
class Sent:
    """Changes as they come, with the revision of the draft on which they were made."""

    base_revision: int
    changes: tuple[Change, ...]
    session: str
    by: str


class Drafts:
    """Changes of drafts. Nobody's work is overwritten: what meets another's work is given back."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def change(self, key: str, sent: Sent) -> list[Entry]:
        """Takes the changes, all of them or none; what has been taken since their base, and they.

        Raises ChangesConflict where some meet what others did since, MapInvalid where they are
        impossible anyway, MapUnknown, DraftRevisionUnknown.
        """
        with self._rooms.db.transaction() as tx:
            row = row_of(tx, key, to_change=True)
            since = _since(tx, key, sent.base_revision, row.revision)
            others = [e for e in since if e.session != sent.session and e.touched]
            found = rebased(document_now(tx, row), sent.changes, others)
            if found.conflicts:
                raise ChangesConflict(since, found.conflicts)
            entry = Entry(
                revision=row.revision + 1,
                by=sent.by,
                session=sent.session,
                at=self._rooms.clock.now(),
                changes=tuple(change_to_dict(change) for change in sent.changes),
                touched=found.touched,
            )
            keep(tx, key, found.document, entry)
        self._rooms.pulse.stir()
        return [*since, entry]

    def since(self, key: str, revision: int) -> list[Entry]:
        """What was done after a revision. MapUnknown, DraftRevisionUnknown."""
        with self._rooms.db.reading() as connection:
            return _since(connection, key, revision, row_of(connection, key).revision)

    def here(self, key: str, who: Presence, *, leaves: bool = False) -> list[Presence]:
        """Says that somebody is at the draft, or leaves it; everyone who is there. MapUnknown."""
        with self._rooms.db.transaction() as tx:
            row_of(tx, key)
            before = {p.session: p.place for p in draft_repository.list_present(tx, key, 0)}
            horizon = self._horizon()
            draft_repository.put_presence(tx, key, who, horizon, leaves=leaves)
            found = draft_repository.list_present(tx, key, horizon)
        if {p.session: p.place for p in found} != before:
            self._rooms.pulse.stir()
        return found

    def present(self, key: str) -> list[Presence]:
        """Everyone who is at the draft. MapUnknown."""
        with self._rooms.db.reading() as connection:
            row_of(connection, key)
            return draft_repository.list_present(connection, key, self._horizon())

    def _horizon(self) -> int:
        return self._rooms.clock.now() - HERE_SECONDS * 1_000_000


def keep(tx: Connection, key: str, document: JourneyMap, entry: Entry) -> None:
    """The draft as it is now, and the entry that made it so."""
    repository.put_draft(tx, key, written(document), entry.at, entry.by)
    draft_repository.add_entry(tx, key, entry)


def replacing(document: JourneyMap, revision: int, by: str, now: int) -> Entry:
    """The entry of a draft that was sent whole."""
    change = {"type": "replace", "document": document.to_dict()}
    return Entry(revision, by, "", now, (change,), frozenset({()}))


def _since(connection: Connection, key: str, base: int, revision: int) -> list[Entry]:
    found: Sequence[Entry] = draft_repository.list_entries(connection, key, base)
    if base > revision or [e.revision for e in found] != list(range(base + 1, revision + 1)):
        raise DraftRevisionUnknown(
            f"The draft is at revision {revision}; what happened since revision {base} is not"
            " known.",
            hint=f"Read it anew: GET /v1/maps/{key}/draft; its ETag is its revision.",
        )
    return list(found)
