"""Erasing persons: whatever the log holds of them goes, from the files as well."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from sqlalchemy import Connection, delete, or_, update

from desireline.formats.duck import Duck
from desireline.formats.segment_files.blanking import Erasing
from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.log.forgetting.anonymising import Cutter
from desireline.log.forgetting.tombstones import bury
from desireline.log.segments import catalogue
from desireline.log.segments.actors import shared_actors
from desireline.log.segments.book import tell_places
from desireline.log.segments.catalogue import Catalogue, Segment
from desireline.log.segments.erasures import Noted, keep_promises, promise, promised
from desireline.log.segments.naming import naming
from desireline.log.segments.one_at_a_time import LISTING, MERGING, one_at_a_time
from desireline.log.segments.rewriting import blank_tail, parts_of, put_rewritten, rewrite
from desireline.log.segments.rows import names_of
from desireline.log.segments.store import SegmentStore
from desireline.log.segments.sweeping import clear_staging, sweep
from desireline.log.tables import failed_event, identity_link, log_state, subject

Also: TypeAlias = Callable[[Connection, int], object]


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


def erase(
    db: Database,
    store: SegmentStore,
    clock: Clock,
    subjects: Collection[int],
    keeps: Collection[str] | None = None,
    also: Also | None = None,
) -> Erased:
    """How much was erased of some subjects: all that belong to a person, see `identity`.

    Their events become blank rows that keep position and id, so that a sender who repeats one
    does not bring it back; subjects, links, failed events and messages that name them are deleted,
    and the identifiers are taken out of other events. Tombstones remember the identifiers, as
    keyed hashes. Counters stay. Old files go at once, from the store and the cache, and SQLite
    keeps no deleted bytes (docs/adr says what PostgreSQL needs).

    With `keeps` (properties that are declared safe, or none) the person is made anonymous instead:
    the events stay, as those of a new subject, and say what `log.forgetting.anonymising` leaves.

    The erasure is promised first, in the database and in the books beside the backups, so that a
    restored backup brings nobody back; `also` is called in that transaction with its number. After
    a crash, `finish_erasures` goes on; files that were left are deleted by the next erasure or
    sweep. Merges that are under way end first. Raises SegmentMissing, SegmentDamaged,
    StoreUnwritable.
    """
    gone = set(subjects)
    if not gone:
        return NOTHING
    with one_at_a_time(db, MERGING), one_at_a_time(db, LISTING):
        with db.transaction() as tx:
            number = promise(tx, clock.now(), gone, keeps=keeps)
            if also is not None:
                also(tx, number)
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
        with Duck() as duck:
            erasing = _erasing(look, promises, (store, duck, listed.segments))
        found = naming(look, erasing.names)
    with store.at_work() as folder, Duck() as duck:
        rewritten = rewrite(duck, store, listed.segments, erasing, folder)
        new = put_rewritten(store, listed, rewritten)
    with db.transaction() as tx:
        tx.execute(update(log_state).values(erasures=log_state.c.erasures + 1))
        catalogue.change(tx, [one.old for one in rewritten], new)
        events, mentions = blank_tail(tx, erasing)
        found = naming(tx, erasing.names, found)
        failed = {number for one in promises for number in one.failed_events}
        failed |= set(found.numbers["failed_event"])
        for one in promises:
            bury(tx, list(names_of(tx, one.subjects).values()), one.at)
        found.delete(tx)
        _delete_rows(tx, [n for one in promises for n in one.subjects], sorted(failed))
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


def _erasing(
    look: Connection,
    promises: Sequence[Noted],
    log: tuple[SegmentStore, Duck, Sequence[Segment]],
) -> Erasing:
    """What all promises together ask for."""
    gone = sorted({n for one in promises if one.becomes is None for n in one.subjects})
    becomes = {n: one.becomes for one in promises if one.becomes for n in one.subjects}
    anonymous = sorted(becomes.keys() - set(gone))
    names = tuple(names_of(look, [*gone, *anonymous]).values())
    keeps = {name for one in promises for name in one.keeps}
    store, duck, segments = log
    actors = shared_actors(look, duck, (store, segments), anonymous)
    return Erasing(gone, names, anonymous, Cutter(becomes, names, keeps, actors))


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


def _delete_rows(tx: Connection, subjects: Sequence[int], failed: Sequence[int]) -> None:
    for some in parts_of(failed):
        tx.execute(delete(failed_event).where(failed_event.c.id.in_(some)))
    for some in parts_of(subjects):
        link = identity_link.c
        tx.execute(delete(identity_link).where(or_(link.a.in_(some), link.b.in_(some))))
        tx.execute(delete(subject).where(subject.c.id.in_(some)))
