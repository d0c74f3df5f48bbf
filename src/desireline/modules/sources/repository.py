"""Sources in the database."""

from __future__ import annotations

from sqlalchemy import Connection, and_, func, insert, select, update

from desireline.modules.sources.keys import END, Source, hashed
from desireline.modules.sources.tables import source, source_day


def list_sources(connection: Connection, day: int) -> list[tuple[str, Source]]:
    """All sources with the hashes of their keys, by name."""
    of_today = and_(source_day.c.source == source.c.name, source_day.c.day == day)
    rows = connection.execute(
        select(
            source.c.key_hash,
            source.c.name,
            source.c.key_end,
            source.c.quota,
            source.c.made_at,
            source.c.off_at,
            func.coalesce(source_day.c.events, 0),
            source.c.asks_consent,
            source.c.refuses_opted_out,
        )
        .outerjoin(source_day, of_today)
        .order_by(source.c.name)
    )
    return [(row[0], Source(*row[1:])) for row in rows]


def list_asking(connection: Connection) -> list[str]:
    """The names of sources that take nothing of persons who have said no to tracking."""
    asking = select(source.c.name).where(source.c.asks_consent)
    return list(connection.execute(asking).scalars())


def has_source(connection: Connection, name: str | None = None) -> bool:
    """Whether there is one of this name; without a name, whether there is any."""
    query = select(source.c.name).limit(1)
    if name is not None:
        query = query.where(source.c.name == name)
    return connection.execute(query).first() is not None


def add_source(tx: Connection, name: str, key: str, quota: int | None, at: int) -> None:
    """A new source."""
    tx.execute(
        insert(source).values(
            name=name, key_hash=hashed(key), key_end=key[-END:], quota=quota, made_at=at
        )
    )


def turn_off(tx: Connection, name: str, at: int) -> None:
    """The source takes nothing any more; turned off twice, the first time counts."""
    still_on = and_(source.c.name == name, source.c.off_at.is_(None))
    tx.execute(update(source).where(still_on).values(off_at=at))


def ask_consent(tx: Connection, name: str, *, asks: bool) -> None:
    """Whether the source takes nothing of persons who have said no to tracking."""
    tx.execute(update(source).where(source.c.name == name).values(asks_consent=asks))


def refuse_opted_out(tx: Connection, name: str, *, refuses: bool) -> None:
    """Whether the source takes nothing of browsers that say no for their owners."""
    tx.execute(update(source).where(source.c.name == name).values(refuses_opted_out=refuses))


def take_portion(tx: Connection, name: str, day: int, *, least: int, wanted: int) -> int:
    """So many events of a day's quota; 0 where not even `least` are left."""
    quota = tx.execute(
        select(source.c.quota).where(source.c.name == name).with_for_update()
    ).scalar_one()
    today = and_(source_day.c.source == name, source_day.c.day == day)
    used = tx.execute(select(source_day.c.events).where(today)).scalar_one_or_none()
    taken = wanted if quota is None else min(wanted, quota - (used or 0))
    if taken < least:
        return 0
    if used is None:
        tx.execute(insert(source_day).values(source=name, day=day, events=taken))
    else:
        tx.execute(update(source_day).where(today).values(events=used + taken))
    return taken


def give_back(tx: Connection, name: str, day: int, events: int) -> None:
    """What was taken of a day's quota and not used."""
    today = and_(source_day.c.source == name, source_day.c.day == day)
    tx.execute(update(source_day).where(today).values(events=source_day.c.events - events))
