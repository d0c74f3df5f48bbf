"""Erasing persons: whatever the log holds of them goes, from the files as well."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, or_, select, update

from desireline.formats.duck import Duck
from desireline.formats.segment_files import Erasing, SegmentFile, held, write_blanked
from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.log.segments import catalogue
from desireline.log.segments.book import tell_places
from desireline.log.segments.catalogue import Catalogue, Segment
from desireline.log.segments.erasures import keep_promises, promise, promised
from desireline.log.segments.errors import readable
from desireline.log.segments.mentioning import Mentions
from desireline.log.segments.one_at_a_time import LISTING, MERGING, one_at_a_time
from desireline.log.segments.rows import names_of
from desireline.log.segments.store import SegmentStore
from desireline.log.segments.sweeping import clear_staging, sweep
from desireline.log.tables import event, failed_event, identity_link, log_state, subject

BLANK: dict[str, Any] = {
    **dict.fromkeys(("subject", "at", "received_at"), 0),
    **dict.fromkeys(("type", "kind", "channel", "direction", "actor", "source"), ""),
    **dict.fromkeys(("value", "currency", "identifiers", "properties", "context")),
}
"""What an erased event is in the tail, beside its position and id."""
ROWS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased, in numbers."""

    subjects: int
    events: int
    mentions: int
    """Events of others that named one of the identifiers, and no longer do."""
    segments: int
    """Files that were written anew."""
    failed_events: int
    emptied: bool
    """Whether the write-ahead log of SQLite is empty, as it should be. Readers may have held it;
    call `empty_write_ahead_log` again then."""
    untold: tuple[str, ...] = ()
    """Folders of backups whose book of erasures could not be written; see `book.tell_places`."""


NOTHING = Erased(0, 0, 0, 0, 0, emptied=True)


def erase(db: Database, store: SegmentStore, clock: Clock, subjects: Collection[int]) -> Erased:
    """How much was erased of some subjects: all that belong to a person, see `identity`.

    Their events become blank rows that keep position and id, so that a sender who repeats one
    does not bring it back; subjects, links and failed events that name them are deleted, and the
    identifiers are taken out of other events. Counters stay. Old files go at once, from the store
    and the cache, and SQLite keeps no deleted bytes (docs/adr says what PostgreSQL needs).

    The erasure is promised first, in the database and in the books beside the backups, so that a
    restored backup brings nobody back. After a crash, `finish_erasures` goes on; files that were
    left are deleted by the next erasure or sweep. Merges that are under way end first.
    Raises SegmentMissing, SegmentDamaged, StoreUnwritable.
    """
    gone = set(subjects)
    if not gone:
        return NOTHING
    with one_at_a_time(db, MERGING), one_at_a_time(db, LISTING):
        with db.transaction() as tx:
            promise(tx, clock.now(), gone)
        tell_places(db)
        done = _carried_out(db, store, clock)
    return _cleaned(db, store, clock, done)


def finish_erasures(db: Database, store: SegmentStore, clock: Clock) -> Erased:
    """How much was erased of those to whom it is promised: a crash or a restore left them.

    Asks one small question where there are none. Raises as `erase` does.
    """
    with db.reading() as look:
        if not promised(look):
            return NOTHING
    with one_at_a_time(db, MERGING), one_at_a_time(db, LISTING):
        done = _carried_out(db, store, clock)
    return _cleaned(db, store, clock, done)


def _carried_out(db: Database, store: SegmentStore, clock: Clock) -> Erased:
    """Every promise is kept; to be called by one at a time."""
    with db.reading() as look:
        promises, listed = promised(look), Catalogue.read(look)
        if not promises:  # another one was quicker
            return NOTHING
        gone = sorted({number for one in promises for number in one.subjects})
        erasing = Erasing(gone, tuple(names_of(look, gone).values()))
        failed, last = _failed_naming(look, erasing, 0)
    failed += [number for one in promises for number in one.failed_events]
    with store.at_work() as folder, Duck() as duck:
        rewritten = _rewrite(duck, store, listed.segments, erasing, folder)
        new = _put(store, listed, rewritten)
    with db.transaction() as tx:
        tx.execute(update(log_state).values(erasures=log_state.c.erasures + 1))
        catalogue.change(tx, [one.old for one in rewritten], new)
        events, mentions = _erase_tail(tx, erasing)
        failed = sorted({*failed, *_failed_naming(tx, erasing, last)[0]})
        _delete_rows(tx, gone, failed)
        keep_promises(tx, clock.now(), [one.id for one in promises], failed)
    clear_staging(store)
    return Erased(
        subjects=len(erasing.names),
        events=events + sum(one.events for one in rewritten),
        mentions=mentions + sum(one.mentions for one in rewritten),
        segments=len(rewritten),
        failed_events=len(failed),
        emptied=False,
    )


def _cleaned(db: Database, store: SegmentStore, clock: Clock, done: Erased) -> Erased:
    """The old files go, and the bytes of deleted rows; the books hear of it."""
    sweep(db, store, clock, older_than=None)
    return replace(done, emptied=empty_write_ahead_log(db), untold=tuple(tell_places(db)))


def empty_write_ahead_log(db: Database) -> bool:
    """Whether nothing is left in SQLite's write-ahead log, where deleted rows stand for a while.

    Waits for readers as long as any statement does; false where they were slower.
    """
    if not db.is_sqlite:
        return True
    with db.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        busy, *_ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return int(busy) == 0


@dataclass(frozen=True, slots=True)
class _Rewritten:
    old: Segment
    file: SegmentFile
    events: int
    mentions: int


def _rewrite(
    duck: Duck,
    store: SegmentStore,
    segments: Sequence[Segment],
    erasing: Erasing,
    folder: Path,
) -> list[_Rewritten]:
    found = []
    for segment in segments:
        path = store.local(segment.file, segment.sha256)
        with readable(segment):
            events, mentions = held(duck, path, erasing)
            if events or mentions:
                file = write_blanked(duck, path, erasing, folder / segment.file)
                found.append(_Rewritten(segment, file, events, mentions))
    return found


def _put(store: SegmentStore, listed: Catalogue, rewritten: Sequence[_Rewritten]) -> list[Segment]:
    """The new segments, in the store. Each keeps the moment of the old one, and so its run."""
    number = 1 + max((s.number for s in listed.segments), default=0)
    new = [
        catalogue.listed(number + i, one.file, one.old.first_position, one.old.made_at)
        for i, one in enumerate(rewritten)
    ]
    for segment, one in zip(new, rewritten, strict=True):
        store.put(one.file.path, segment.file)
    return new


def _erase_tail(tx: Connection, erasing: Erasing) -> tuple[int, int]:
    """How many events of the tail were made blank, and how many mentions taken out."""
    events = sum(
        tx.execute(update(event).where(event.c.subject.in_(some)).values(BLANK)).rowcount
        for some in _parts(erasing.subjects)
    )
    names, mentions = set(erasing.names), 0
    others = select(event.c.position, event.c.identifiers).where(event.c.identifiers.is_not(None))
    for position, text in tx.execute(others).all():
        mentioned = msgspec.json.decode(text, type=dict[str, str])
        kept = {kind: v for kind, v in mentioned.items() if (kind, v) not in names}
        if len(kept) < len(mentioned):
            cell = msgspec.json.encode(kept).decode() if kept else None
            row = event.c.position == position
            tx.execute(update(event).where(row).values(identifiers=cell))
            mentions += 1
    return events, mentions


def _failed_naming(connection: Connection, erasing: Erasing, after: int) -> tuple[list[int], int]:
    """The failed events behind an id that name a person, and the last id looked at."""
    mentions, found, last = Mentions(erasing.names), [], after
    columns = select(failed_event.c.id, failed_event.c.reason, failed_event.c.body)
    while rows := connection.execute(
        columns.where(failed_event.c.id > last).order_by(failed_event.c.id).limit(ROWS_AT_ONCE)
    ).all():
        found += [row.id for row in rows if mentions.are_in(row.body + row.reason.encode())]
        last = rows[-1].id
    return found, last


def _delete_rows(tx: Connection, subjects: Sequence[int], failed: Sequence[int]) -> None:
    for some in _parts(failed):
        tx.execute(delete(failed_event).where(failed_event.c.id.in_(some)))
    for some in _parts(subjects):
        link = identity_link.c
        tx.execute(delete(identity_link).where(or_(link.a.in_(some), link.b.in_(some))))
        tx.execute(delete(subject).where(subject.c.id.in_(some)))


def _parts(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), ROWS_AT_ONCE):
        yield numbers[start : start + ROWS_AT_ONCE]
