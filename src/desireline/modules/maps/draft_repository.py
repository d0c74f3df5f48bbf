"""What happened to drafts, and who is at them, in the database."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, delete, insert, select

from desireline.modules.maps.entries import Entry
from desireline.modules.maps.tables import map_change, map_presence


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody at a draft, in one window of hers, and which part she has open."""

    session: str
    by: str
    place: str
    seen_at: int


def add_entry(tx: Connection, key: str, entry: Entry) -> None:
    """One more revision."""
    tx.execute(
        insert(map_change).values(
            map=key,
            revision=entry.revision,
            changes=msgspec.json.encode(entry.changes).decode(),
            touched=msgspec.json.encode(sorted(entry.touched)).decode(),
            author=entry.by,
            session=entry.session,
            at=entry.at,
            version=entry.version,
        )
    )


def list_entries(connection: Connection, key: str, after: int) -> list[Entry]:
    """The revisions after one, the oldest first."""
    c = map_change.c
    rows = connection.execute(
        select(c.revision, c.author, c.session, c.at, c.changes, c.touched, c.version)
        .where(c.map == key, c.revision > after)
        .order_by(c.revision)
    )
    return [
        Entry(
            revision,
            by,
            session,
            at,
            tuple(msgspec.json.decode(changes)),
            frozenset(tuple(place) for place in msgspec.json.decode(touched)),
            version,
        )
        for revision, by, session, at, changes, touched, version in rows
    ]


def list_present(connection: Connection, key: str, since: int) -> list[Presence]:
    """Who was seen at the draft since a moment, by name."""
    c = map_presence.c
    rows = connection.execute(
        select(c.session, c.author, c.place, c.seen_at)
        .where(c.map == key, c.seen_at >= since)
        .order_by(c.author, c.session)
    )
    return [Presence(*row) for row in rows]


def put_presence(
    tx: Connection, key: str, who: Presence, horizon: int, *, leaves: bool = False
) -> None:
    """Notes that somebody is there, or leaves; forgets who was not seen since the horizon."""
    c = map_presence.c
    tx.execute(delete(map_presence).where(c.map == key, c.seen_at < horizon))
    tx.execute(delete(map_presence).where(c.map == key, c.session == who.session))
    if not leaves:
        tx.execute(
            insert(map_presence).values(
                map=key, session=who.session, author=who.by, place=who.place, seen_at=who.seen_at
            )
        )
