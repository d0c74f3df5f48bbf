"""Retention: events that are kept no longer become blank, in segments and in the tail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update

from desireline.formats.duck import Duck
from desireline.formats.segment_files.blanking import Erasing, Outdated, held
from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.log.segments import catalogue
from desireline.log.segments.catalogue import Catalogue, Segment
from desireline.log.segments.erasing import Also, empty_write_ahead_log
from desireline.log.segments.errors import readable
from desireline.log.segments.one_at_a_time import LISTING, MERGING, one_at_a_time
from desireline.log.segments.rewriting import blank_tail, outdated_rows, put_rewritten, rewrite
from desireline.log.segments.store import SegmentStore
from desireline.log.segments.sweeping import clear_staging, sweep
from desireline.log.tables import event, log_state


@dataclass(frozen=True, slots=True)
class Retired:
    """How much was kept long enough."""

    events: int
    segments: int
    """Files that were written anew, or would be."""


def count_outdated(db: Database, store: SegmentStore, outdated: Sequence[Outdated]) -> Retired:
    """What `retire` would do now; nothing is changed. Raises SegmentMissing, SegmentDamaged."""
    with db.reading() as look:
        segments = _concerned(Catalogue.read(look), outdated)
        events = 0
        for one in outdated:
            rows = select(func.count()).select_from(event).where(outdated_rows(one))
            events += look.execute(rows).scalar_one()
    files = 0
    with Duck() as duck:
        for segment in segments:
            path = store.local(segment.file, segment.sha256)
            with readable(segment):
                own, _ = held(duck, path, Erasing(outdated=outdated))
            events, files = events + own, files + bool(own)
    return Retired(events, files)


def retire(
    db: Database,
    store: SegmentStore,
    clock: Clock,
    outdated: Sequence[Outdated],
    also: Also | None = None,
) -> Retired:
    """What became blank: events that are outdated keep their id and position, and nothing else.

    So they stay duplicates when they are sent again. Only segments that hold any are written anew;
    the old files go at once. `also` is called in the transaction that lists the new ones, with the
    number of events, if there were any. A crash before that leaves all as it was. Raises as `erase`
    does.
    """
    erasing = Erasing(outdated=outdated)
    with one_at_a_time(db, MERGING), one_at_a_time(db, LISTING):
        with db.reading() as look:
            listed = Catalogue.read(look)
        with store.at_work() as folder, Duck() as duck:
            rewritten = rewrite(duck, store, _concerned(listed, outdated), erasing, folder)
            new = put_rewritten(store, listed, rewritten)
        with db.transaction() as tx:
            events, _ = blank_tail(tx, erasing)
            events += sum(one.events for one in rewritten)
            if events:
                tx.execute(update(log_state).values(erasures=log_state.c.erasures + 1))
                catalogue.change(tx, [one.old for one in rewritten], new)
            if events and also is not None:
                also(tx, events)
        clear_staging(store)
    if events:
        sweep(db, store, clock, older_than=None)
        empty_write_ahead_log(db)
    return Retired(events, len(rewritten))


def _concerned(listed: Catalogue, outdated: Sequence[Outdated]) -> list[Segment]:
    """The segments that begin early enough to hold any of it, by what the catalogue says."""
    latest = max((one.before for one in outdated), default=0)
    return [s for s in listed.segments if s.last_subject > 0 and s.first_at < latest]
