"""What can be done with maps: drafts, versions, discovery; their figures stand in `figures.py`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection

from desireline.engine.discovery import discover
from desireline.engine.journey_map import JourneyMap
from desireline.engine.journey_map.difference import PartDifference, difference
from desireline.kit.permissions import Caller
from desireline.modules.audit.facade import record
from desireline.modules.maps import draft_repository, repository
from desireline.modules.maps.drafts import Drafts, keep, replacing
from desireline.modules.maps.entries import Entry
from desireline.modules.maps.errors import (
    LogEmpty,
    MapKeyDiffers,
    MapUnknown,
    MapUnpublished,
    MapVersionStale,
    MapVersionUnnamed,
    NothingToPublish,
)
from desireline.modules.maps.figures import Figures
from desireline.modules.maps.owning import Owner, own, owner_of
from desireline.modules.maps.previewing import Previews
from desireline.modules.maps.reading import (
    check_in_use,
    document_now,
    published_document,
    read,
    row_of,
    written,
)
from desireline.modules.maps.repository import MapRow, VersionRow
from desireline.modules.rooms import Rooms
from desireline.modules.team.facade import member_names


@dataclass(frozen=True)
class Side:
    """One side of a comparison: a version of a map, the last without a number, or its draft."""

    key: str
    version: int | None = None
    draft: bool = False


@dataclass(frozen=True)
class Found:
    """A map as it stands, with a document of it."""

    row: MapRow
    document: JourneyMap
    owner: Owner | None = None
    """Who answers for it: a member who is still there."""


class Maps:
    """The maps of the workspace."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self.figures = Figures(rooms)
        self.drafts = Drafts(rooms)
        self.previews = Previews(rooms)

    def all(self, *, archived: bool = False) -> list[Found]:
        """Every map with its published document, or its draft; the one published last first.

        `archived`: those that were put away, in place of those in use.
        """
        with self._rooms.db.reading() as connection:
            rows = repository.list_maps(connection, archived=archived)
            names = member_names(connection)
            return [
                Found(row, published_document(connection, row), owner_of(row, names))
                for row in rows
            ]

    def published(self, key: str, version: int | None = None) -> Found:
        """A published version, the last one without a number. MapUnknown, MapUnpublished."""
        with self._rooms.db.reading() as connection:
            row = row_of(connection, key)
            wanted = version or row.version
            if wanted is None:
                raise MapUnpublished(
                    f"The map {key!r} has no published version yet.",
                    hint=f"POST /v1/maps/{key}/publish makes its draft the version 1.",
                )
            text = repository.get_document(connection, key, wanted)
            if text is None:
                raise MapUnknown(
                    f"The map {key!r} has no version {wanted}.",
                    hint=f"GET /v1/maps/{key}/versions lists those it has.",
                )
            return _found(connection, row, read(text))

    def at(self, key: str, moment: int) -> Found:
        """The version that was in force at a moment; before the first one, the first."""
        with self._rooms.db.reading() as connection:
            row_of(connection, key)
            version = repository.get_version_at(connection, key, moment)
        return self.published(key, version)

    def draft(self, key: str) -> Found:
        """The draft; where there is none, the published version that the next one begins from."""
        with self._rooms.db.reading() as connection:
            row = row_of(connection, key)
            return _found(connection, row, document_now(connection, row))

    def revision(self, key: str) -> int:
        """Of the map: one higher after each change of its draft or version. MapUnknown."""
        with self._rooms.db.reading() as connection:
            return row_of(connection, key).revision

    def version(self, key: str) -> int | None:
        """The last published version, None where there is none. MapUnknown."""
        with self._rooms.db.reading() as connection:
            return row_of(connection, key).version

    def difference(self, before: Side, after: Side) -> tuple[PartDifference, ...]:
        """What the one has that the other has not: two versions, or two maps."""
        return difference(self._side(before), self._side(after))

    def _side(self, side: Side) -> JourneyMap:
        if side.draft:
            return self.draft(side.key).document
        return self.published(side.key, side.version).document

    def versions(self, key: str) -> list[VersionRow]:
        """The published versions, the newest first. MapUnknown."""
        with self._rooms.db.reading() as connection:
            row_of(connection, key)
            return repository.list_versions(connection, key)

    def put_draft(self, key: str, document: JourneyMap, seen: int | None, by: Caller) -> MapRow:
        """Keeps a draft, of a new map too. `seen` is the revision that it was made from.

        Raises MapVersionStale where somebody else was first, MapVersionUnnamed without `seen`,
        MapKeyDiffers.
        """
        if document.key != key:
            raise MapKeyDiffers(
                f"The document is the map {document.key!r}, its address {key!r}.",
                hint="Use the same key in both; another key is another map.",
                found=document.key,
                key=key,
            )
        text = written(document)
        now = self._rooms.clock.now()
        with self._rooms.db.transaction() as tx:
            row = repository.get_map(tx, key, to_change=True)
            if row is None:
                repository.add_map(tx, key, text, now, by)
            else:
                check_in_use(row)
                _check_seen(row, seen)
                keep(tx, key, document, replacing(document, row.revision + 1, by.name, now))
            found = row_of(tx, key)
        self._rooms.pulse.stir()
        return found

    def publish(self, key: str, seen: int | None, by: str, message: str = "") -> Found:
        """Makes the draft the next version. MapUnknown, MapVersionStale, NothingToPublish."""
        with self._changing(key, seen) as (tx, row):
            text = repository.get_draft(tx, key)
            if text is None:
                raise NothingToPublish(
                    f"The map {key!r} has no draft: version {row.version} is all there is.",
                    hint=f"PUT /v1/maps/{key}/draft first.",
                )
            version = (row.version or 0) + 1
            document = msgspec.structs.replace(read(text), version=version)
            published = VersionRow(version, self._rooms.clock.now(), by, message)
            repository.add_version(tx, key, published, written(document))
            entry = Entry(row.revision + 1, by, "", published.published_at, version=version)
            draft_repository.add_entry(tx, key, entry)
            about = (f"map:{key}", {"version": version})
            record(tx, by, "map_published", *about, clock=self._rooms.clock)
            found = _found(tx, row_of(tx, key), document)
        self._rooms.pulse.stir()
        return found

    def discover(
        self, name: str, *, goal: str | None, outcome: str | None, touchpoints: int, by: Caller
    ) -> Found:
        """A new map with a draft that is found in the log. LogEmpty, OutcomeUnknown."""
        journeys = self._rooms.asked().whole()
        if not journeys.n_events:
            raise LogEmpty(
                "There are no events yet to discover a map in.",
                hint="Send some: POST /v1/events, or desireline import.",
            )
        document = discover(
            journeys, name=name, goal=goal, outcome=outcome, touchpoints=touchpoints
        ).journey_map
        return self.add(document, by)

    def add(self, document: JourneyMap, by: Caller) -> Found:
        """A new map with this draft, under its key or, where that is taken, under one like it."""
        now = self._rooms.clock.now()
        with self._rooms.db.transaction() as tx:
            key = _free_key(tx, document.key)
            document = msgspec.structs.replace(document, key=key, version=1)
            repository.add_map(tx, key, written(document), now, by)
            return _found(tx, row_of(tx, key), document)

    def own(self, key: str, member: int | None, by: str) -> Found:
        """Gives a map another owner, or none. MapUnknown, MapArchived, MapOwnerUnknown."""
        own(self._rooms, key, member, by)
        return self.draft(key)

    def archive(self, key: str, by: str) -> Found:
        """Puts a map away with all that it has. MapUnknown."""
        return self._put_archived(key, self._rooms.clock.now(), by)

    def restore(self, key: str, by: str) -> Found:
        """Takes back what was put away, as it was. MapUnknown."""
        return self._put_archived(key, None, by)

    def _put_archived(self, key: str, at: int | None, by: str) -> Found:
        what = "map_restored" if at is None else "map_archived"
        with self._rooms.db.transaction() as tx:
            row = row_of(tx, key)
            if (row.archived_at is None) != (at is None):
                repository.put_archived(tx, key, at)
                record(tx, by, what, f"map:{key}", {}, clock=self._rooms.clock)
            row = row_of(tx, key)
            return _found(tx, row, published_document(tx, row))

    @contextmanager
    def _changing(self, key: str, seen: int | None) -> Iterator[tuple[Connection, MapRow]]:
        with self._rooms.db.transaction() as tx:
            row = row_of(tx, key, to_change=True)
            _check_seen(row, seen)
            yield tx, row


def columns_of_maps(connection: Connection) -> frozenset[str]:
    """The properties that the rules of all maps ask for."""
    documents = repository.list_documents(connection)
    return frozenset().union(*(read(text).columns_needed() for text in documents))


def _found(look: Connection, row: MapRow, document: JourneyMap) -> Found:
    return Found(row, document, owner_of(row, member_names(look)))


def _check_seen(row: MapRow, seen: int | None) -> None:
    if seen is None:
        raise MapVersionUnnamed(
            f"The map {row.key!r} is there already, and the request does not say which state of it"
            " was changed.",
            hint='Send the ETag that GET gave as If-Match: "<revision>".',
        )
    if seen != row.revision:
        raise MapVersionStale(
            f"The map {row.key!r} is at revision {row.revision}, not {seen}: somebody changed it"
            " in the meantime.",
            hint="Read it again, put your change into what is there now, and send that.",
        )


def _free_key(tx: Connection, wanted: str) -> str:
    key, number = wanted, 2
    while repository.get_map(tx, key) is not None:
        key, number = f"{wanted}_{number}", number + 1
    return key
