"""What can be done with maps: drafts, versions, discovery; their figures stand in `figures.py`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection

from desireline.engine.discovery import discover
from desireline.engine.journey_map import JourneyMap, from_dict
from desireline.modules.audit.facade import record
from desireline.modules.maps import repository
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
from desireline.modules.maps.repository import MapRow, VersionRow
from desireline.modules.rooms import Rooms


@dataclass(frozen=True)
class Found:
    """A map as it stands, with a document of it."""

    row: MapRow
    document: JourneyMap


class Maps:
    """The maps of the workspace."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self.figures = Figures(rooms)

    def all(self) -> list[Found]:
        """Every map with its published document, or its draft; the one published last first."""
        with self._rooms.db.reading() as connection:
            rows = repository.list_maps(connection)
            return [Found(row, _document(connection, row)) for row in rows]

    def published(self, key: str, version: int | None = None) -> Found:
        """A published version, the last one without a number. MapUnknown, MapUnpublished."""
        with self._rooms.db.reading() as connection:
            row = _row(connection, key)
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
            return Found(row, _read(text))

    def draft(self, key: str) -> Found:
        """The draft; where there is none, the published version that the next one begins from."""
        with self._rooms.db.reading() as connection:
            row = _row(connection, key)
            text = repository.get_draft(connection, key)
            return Found(row, _read(text) if text else _document(connection, row))

    def versions(self, key: str) -> list[VersionRow]:
        """The published versions, the newest first. MapUnknown."""
        with self._rooms.db.reading() as connection:
            _row(connection, key)
            return repository.list_versions(connection, key)

    def put_draft(self, key: str, document: JourneyMap, seen: int | None, by: str) -> MapRow:
        """Keeps a draft, of a new map too. `seen` is the revision that it was made from.

        Raises MapVersionStale where somebody else was first, MapVersionUnnamed without `seen`,
        MapKeyDiffers.
        """
        if document.key != key:
            raise MapKeyDiffers(
                f"The document is the map {document.key!r}, its address {key!r}.",
                hint="Use the same key in both; another key is another map.",
            )
        text = _written(document)
        now = self._rooms.clock.now()
        with self._rooms.db.transaction() as tx:
            row = repository.get_map(tx, key, to_change=True)
            if row is None:
                repository.add_map(tx, key, text, now, by)
            else:
                _check_seen(row, seen)
                repository.put_draft(tx, key, text, now, by)
            return _row(tx, key)

    def publish(self, key: str, seen: int | None, by: str) -> Found:
        """Makes the draft the next version. MapUnknown, MapVersionStale, NothingToPublish."""
        with self._changing(key, seen) as (tx, row):
            text = repository.get_draft(tx, key)
            if text is None:
                raise NothingToPublish(
                    f"The map {key!r} has no draft: version {row.version} is all there is.",
                    hint=f"PUT /v1/maps/{key}/draft first.",
                )
            version = (row.version or 0) + 1
            document = msgspec.structs.replace(_read(text), version=version)
            published = VersionRow(version, self._rooms.clock.now(), by)
            repository.add_version(tx, key, published, _written(document))
            about = (f"map:{key}", {"version": version})
            record(tx, by, "map_published", *about, clock=self._rooms.clock)
            return Found(_row(tx, key), document)

    def discover(self, name: str, *, outcome: str | None, touchpoints: int, by: str) -> Found:
        """A new map with a draft that is found in the log. LogEmpty, OutcomeUnknown."""
        journeys = self._rooms.asked().whole()
        if not journeys.n_events:
            raise LogEmpty(
                "There are no events yet to discover a map in.",
                hint="Send some: POST /v1/events, or desireline import.",
            )
        document = discover(
            journeys, name=name, outcome=outcome, touchpoints=touchpoints
        ).journey_map
        now = self._rooms.clock.now()
        with self._rooms.db.transaction() as tx:
            key = _free_key(tx, document.key)
            document = msgspec.structs.replace(document, key=key)
            repository.add_map(tx, key, _written(document), now, by)
            return Found(_row(tx, key), document)

    @contextmanager
    def _changing(self, key: str, seen: int | None) -> Iterator[tuple[Connection, MapRow]]:
        with self._rooms.db.transaction() as tx:
            row = repository.get_map(tx, key, to_change=True)
            if row is None:
                raise _unknown(key)
            _check_seen(row, seen)
            yield tx, row


def columns_of_maps(connection: Connection) -> frozenset[str]:
    """The properties that the rules of all maps ask for."""
    documents = repository.list_documents(connection)
    return frozenset().union(*(_read(text).columns_needed() for text in documents))


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


def _row(connection: Connection, key: str) -> MapRow:
    row = repository.get_map(connection, key)
    if row is None:
        raise _unknown(key)
    return row


def _unknown(key: str) -> MapUnknown:
    return MapUnknown(f"There is no map {key!r}.", hint="GET /v1/maps lists all maps.")


def _document(connection: Connection, row: MapRow) -> JourneyMap:
    """The published document, or the draft of a map that has none."""
    if row.version is not None:
        text = repository.get_document(connection, row.key, row.version)
    else:
        text = repository.get_draft(connection, row.key)
    return _read(text or "{}")


def _free_key(tx: Connection, wanted: str) -> str:
    key, number = wanted, 2
    while repository.get_map(tx, key) is not None:
        key, number = f"{wanted}_{number}", number + 1
    return key


def _read(text: str) -> JourneyMap:
    return from_dict(msgspec.json.decode(text))


def _written(document: JourneyMap) -> str:
    return msgspec.json.encode(document).decode()
