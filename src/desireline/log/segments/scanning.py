"""What follows a position of the log, in the order of positions: out of segments and tail."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from desireline.formats.duck import Duck
from desireline.formats.segment_files import read_span
from desireline.log.segments.catalogue import Catalogue, Segment
from desireline.log.segments.errors import readable
from desireline.log.segments.store import SegmentStore
from desireline.log.tables import event

TAIL_ROWS = 10_000
"""Rows of the tail in one window: they are read while one state of the database is looked at."""
LEAST_SPAN, MOST_SPAN = 100_000, 500_000
"""Positions in one window of segments. Segments are sorted by subject, so each window unpacks all
that overlap it, and holds its own rows at once."""
SHARE = 16
"""A window is at least such a part of the rows that are unpacked for it."""
FETCH_ROWS = 2_000


class Logged(NamedTuple):
    """One event as the log holds it: the columns of the table `event`."""

    position: int
    id_hi: int
    id_lo: int
    subject: int
    at: int
    received_at: int
    type: str
    kind: str
    channel: str
    direction: str
    actor: str
    value: float | None
    currency: str | None
    identifiers: str | None
    properties: str | None
    context: str | None
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """All events behind one position up to another; to be read once."""

    after: int
    upto: int
    events: Iterator[Logged]
    """By position. Erased events and those of other kinds are left out."""


def window_of(
    look: Connection,
    catalogue: Catalogue,
    place: tuple[SegmentStore, Duck],
    after: int,
    kinds: Collection[str] = (),
) -> Window:
    """The next window behind a position; the tail is read at once, the segments by and by.

    `kinds` are those that are wanted; none: all. Raises SegmentMissing; while it is read
    SegmentDamaged.
    """
    upto = min(catalogue.position, after + _span(catalogue.segments, after))
    tail = _tail(look, after, upto, kinds)
    if len(tail) == TAIL_ROWS:
        upto = tail[-1].position
    wanted = [one for one in tail if one.subject > 0]
    held = _overlapping(catalogue.segments, after, upto)
    store, duck = place
    files = [(store.local(s.file, s.sha256), s.first_position) for s in held]
    if not files:
        return Window(after, upto, iter(wanted))
    sealed = _sealed(read_span(duck, files, (after, upto), kinds, FETCH_ROWS), held)
    return Window(after, upto, merge(sealed, wanted, key=itemgetter(0)))


def _overlapping(segments: Sequence[Segment], after: int, upto: int) -> list[Segment]:
    return [s for s in segments if s.last_position > after and s.first_position <= upto]


def _span(segments: Sequence[Segment], after: int) -> int:
    rows = sum(s.rows for s in _overlapping(segments, after, after + LEAST_SPAN))
    return min(max(rows // SHARE, LEAST_SPAN), MOST_SPAN)


def _tail(look: Connection, after: int, upto: int, kinds: Collection[str]) -> list[Logged]:
    """The first rows of these kinds in a span of the tail; fewer than a window's are all of them.

    Erased ones too, for on SQLite their condition might lead through the index of subjects.
    """
    columns = [event.c[name] for name in Logged._fields]
    found = select(*columns).where(event.c.position > after, event.c.position <= upto)
    if kinds:
        found = found.where(event.c.kind.in_(kinds))
    rows = look.execute(found.order_by(event.c.position).limit(TAIL_ROWS))
    return list(map(Logged._make, rows))


def _sealed(
    batches: Iterator[list[tuple[Any, ...]]], segments: Sequence[Segment]
) -> Iterator[Logged]:
    with readable(*segments):
        for rows in batches:
            yield from map(Logged._make, rows)
