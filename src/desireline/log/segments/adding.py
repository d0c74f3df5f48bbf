"""Bulk imports: finished files become segments of the log, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, update

from desireline.formats.segment_files import SegmentFile
from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.log.segments import catalogue
from desireline.log.segments.catalogue import Segment
from desireline.log.segments.one_at_a_time import one_at_a_time
from desireline.log.segments.store import SegmentStore
from desireline.log.tables import log_state

Also = Callable[[Connection, int], None]


def add_segments(
    db: Database,
    store: SegmentStore,
    files: Sequence[SegmentFile],
    clock: Clock,
    also: Also | None = None,
) -> int:
    """The position of the first event of `files`, which are segments of the log from now on.

    Each file was made by `formats.segment_files.write_segment`, best in
    `store.staging`; it moves into the store. The files take consecutive positions in their order:
    the event at `place` p of the first has the position first + p, and so on.

    One transaction locks the row of `log_state` (nobody appends from then on), takes the
    positions, lists the segments, and calls `also(tx, first)`: counters, the progress of the run,
    a last check for duplicates. Whatever `also` raises undoes all; the files are then unlisted and
    swept later. Raises StoreUnwritable.
    """
    with one_at_a_time(db):
        with db.reading() as look:
            number = catalogue.next_number(look)
        for i, file in enumerate(files):
            store.put(file.path, catalogue.file_name(number + i, file))
        with db.transaction() as tx:
            first = _take(tx, sum(file.places for file in files))
            catalogue.change(tx, (), _in_order(files, number, first, clock.now()))
            if also is not None:
                also(tx, first)
    return first


def _take(tx: Connection, count: int) -> int:
    """The first of so many positions."""
    last = tx.execute(
        update(log_state)
        .values(position=log_state.c.position + count)
        .returning(log_state.c.position)
    ).scalar_one()
    return int(last) - count + 1


def _in_order(files: Sequence[SegmentFile], number: int, first: int, now: int) -> list[Segment]:
    new = []
    for i, file in enumerate(files):
        new.append(catalogue.listed(number + i, file, first, now))
        first += file.places
    return new
