"""Sealing: the oldest rows of the tail become a segment."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from desireline.formats.duck import Duck
from desireline.formats.segment_files import write_segment
from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.log.segments import catalogue
from desireline.log.segments.catalogue import Segment
from desireline.log.segments.errors import TailChanged
from desireline.log.segments.one_at_a_time import LISTING, one_at_a_time
from desireline.log.segments.store import SegmentStore
from desireline.log.segments.tail import drop_tail, load_tail
from desireline.log.tables import event, log_state

ROWS_A_SEGMENT = 200_000
"""At most: the write lock of SQLite is held for about a fifth of a second then."""


def seal(
    db: Database,
    store: SegmentStore,
    clock: Clock,
    upto: int | None = None,
    rows: int = ROWS_A_SEGMENT,
) -> list[Segment]:
    """The segments that were made of the tail up to a position (all of it by default).

    Events may be appended meanwhile. A crash at any moment loses nothing and doubles nothing: it
    leaves at most a file that is not listed. Raises StoreUnwritable; TailChanged where another
    worker was quicker, and then nothing was done.
    """
    made: list[Segment] = []
    with Duck() as duck:
        while True:
            with one_at_a_time(db, LISTING):
                sealed = _seal_once(db, store, duck, clock, (upto, rows))
            if sealed is None:
                return made
            made.append(sealed)


def _seal_once(
    db: Database, store: SegmentStore, duck: Duck, clock: Clock, limits: tuple[int | None, int]
) -> Segment | None:
    with db.reading() as look:
        span = _span(look, *limits)
        if span is None:
            return None
        erasures = look.execute(select(log_state.c.erasures)).scalar_one()
        number = catalogue.next_number(look)
        relation = load_tail(look, duck, *span)
    with store.at_work() as folder:
        file = write_segment(duck, relation, folder / "0.parquet")
        sealed = catalogue.listed(number, file, span[0], clock.now())
        store.put(file.path, sealed.file)
    with db.transaction() as tx:
        catalogue.change(tx, (), (sealed,))
        same = tx.execute(select(log_state.c.erasures)).scalar_one() == erasures
        if drop_tail(tx, *span) != file.rows or not same:
            raise TailChanged(
                f"The events {span[0]:,} to {span[1]:,} were sealed or erased meanwhile.",
                hint="Nothing is lost; seal again.",
            )
    return sealed


def _span(look: Connection, upto: int | None, rows: int) -> tuple[int, int] | None:
    """From which position to which the next segment goes."""
    first, last = look.execute(select(func.min(event.c.position), func.max(event.c.position))).one()
    if first is None:
        return None
    last = min(last, first + rows - 1, last if upto is None else upto)
    return (first, last) if first <= last else None
