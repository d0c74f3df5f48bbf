"""Following the log: all events in the order of their positions, each reacted to once."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from desireline.kit.database import Database
from desireline.log.pacing import Pace
from desireline.log.segments.errors import SegmentDamaged, SegmentMissing
from desireline.log.segments.reading import LogReader
from desireline.log.segments.scanning import Logged, Window
from desireline.log.tables import log_state
from desireline.log.tables_following import log_cursor

LOGGER = logging.getLogger("desireline.worker")
ROWS_AT_ONCE = 1_000
"""Events in one transaction at most. Others who write wait for it, so it is fewer of those that are
much work (see `Pace`): 1,000 `identify` calls of five traits each take 0.08 s on SQLite."""
IDLE_POSITIONS = 50_000
"""Where nothing is to be done, the cursor is written that often: each time is an fsync."""
MOST_IN_A_ROW = 20
"""Events passed over one after the other; where even more fail, it is not the events' fault."""
TRIES = 3

__all__ = ["Batch", "Follower", "Logged", "Reaction", "batches"]


@dataclass(frozen=True, slots=True)
class Batch:
    """Some events in the order of their positions, and how far the log is read with them."""

    events: Sequence[Logged]
    """Those of the kinds that are wanted; those of erased persons are left out. May be empty."""
    position: int


@dataclass(frozen=True)
class Reaction:
    """What is done about events, batch by batch, and the name under which it is remembered how far.

    `react` is given a transaction, in which the cursor moves as well: so each event is reacted to
    once, also where a process is killed. It takes what it needs of a batch and is quick about it.
    An event that it raises an error for, and no other, is passed over, and the error is logged.
    A new name reads the whole log from its beginning.
    """

    name: str
    react: Callable[[Connection, Batch], None]
    kinds: tuple[str, ...] = ()
    """The kinds of events that are wanted (`identify`, ...); none: all."""
    wants: Callable[[Logged], bool] | None = None
    """Which events of these are wanted; asked before the transaction, which others wait for."""
    prepare: Callable[[Batch], None] | None = None
    """Is given a batch before its transaction, to read or work out what takes long. What it raises
    is not heard."""


def batches(
    reader: LogReader,
    after: int,
    kinds: Sequence[str] = (),
    rows: int | Callable[[], int] = ROWS_AT_ONCE,
) -> Iterator[Batch]:
    """All events behind a position, up to where the log ends meanwhile.

    `rows` is how many a batch has at most; a function is asked before each one is read.
    Segments that are merged or sealed meanwhile change nothing. Raises SegmentMissing,
    SegmentDamaged.
    """
    failures = 0
    size = rows if callable(rows) else partial(int, rows)
    while True:
        try:
            window = reader.window(after, kinds)
            if window is None:
                return
            for batch in _cut(window, size):
                yield batch
                after, failures = batch.position, 0
        except (SegmentMissing, SegmentDamaged):  # merged meanwhile: the catalogue tells with what
            failures += 1
            if failures == TRIES:
                raise


class Follower:
    """Brings one reaction up to date, again and again; for one thread."""

    def __init__(self, db: Database, reader: LogReader, reaction: Reaction) -> None:
        self.reaction = reaction
        self._db, self._reader = db, reader
        self._seen = 0
        self._kept = 0
        self._in_a_row = 0
        self._pace = Pace(ROWS_AT_ONCE)
        self.passed_over = 0
        """Events that could not be reacted to, since the process began."""

    def catch_up(self, rows: int | None = None) -> Iterator[int]:
        """Reacts to what is new, batch by batch; the position after each.

        A batch has so many `rows`, or as many as others who write can wait for. Each batch and its
        cursor are one transaction. Where another process has reacted to the same events meanwhile,
        nothing is done twice, and this goes on behind them next time. So it does behind what comes
        meanwhile: while thousands come, one at a time, each look would find a few, and be a
        transaction that they all wait for.
        """
        kept, end = self._places()
        if kept != self._kept:
            self._seen = self._kept = kept
        kinds, pace = self.reaction.kinds, self._pace
        for found in batches(self._reader, self._seen, kinds, rows or pace.rows):
            batch = self._wanted(found)
            self._prepare(batch)
            begun = time.thread_time()
            if batch.events or batch.position - self._kept >= IDLE_POSITIONS:
                try:
                    self._react(batch)
                except _Overtaken:
                    return
            if found.events:
                pace.learn(len(found.events), time.thread_time() - begun)
            self._seen = batch.position
            yield self._seen
            if self._seen >= end:
                return

    def _prepare(self, batch: Batch) -> None:
        if self.reaction.prepare is not None:
            with suppress(Exception):  # an event that breaks it breaks `react`, which says so
                self.reaction.prepare(batch)

    def _wanted(self, found: Batch) -> Batch:
        wants = self.reaction.wants
        if wants is None:
            return found
        return Batch([one for one in found.events if wants(one)], found.position)

    @property
    def position(self) -> int:
        """How far the reaction has come for sure; 0 where it has not begun."""
        return self._places()[0]

    def _places(self) -> tuple[int, int]:
        """How far the reaction has come for sure, and how far the log."""
        found = select(log_cursor.c.position).where(log_cursor.c.name == self.reaction.name)
        with self._db.reading() as look:
            kept = int(look.execute(found).scalar_one_or_none() or 0)
            return kept, look.execute(select(log_state.c.position)).scalar_one()

    def _react(self, batch: Batch) -> None:
        """What one event breaks is done again in halves, so that the others are unharmed."""
        try:
            self._do(batch)
        except (_Overtaken, DBAPIError, OSError, MemoryError):
            raise  # not the events' fault: all of it comes again
        except Exception as error:
            half = len(batch.events) // 2
            if half:
                first, second = batch.events[:half], batch.events[half:]
                self._react(Batch(first, first[-1].position))
                self._react(Batch(second, batch.position))
            elif self._in_a_row < MOST_IN_A_ROW:
                self._pass(batch, error)
            else:
                raise

    def _do(self, batch: Batch) -> None:
        with self._db.transaction() as tx:
            _move(tx, self.reaction.name, self._kept, batch.position)
            if batch.events:
                self.reaction.react(tx, batch)
        self._kept = batch.position
        self._in_a_row = 0

    def _pass(self, batch: Batch, error: Exception) -> None:
        """Goes past an event that cannot be reacted to, and says so; the event stays in the log."""
        facts = {"reaction": self.reaction.name, "position": batch.events[0].position}
        LOGGER.error("event passed over", exc_info=error, extra={"facts": facts})
        in_a_row = self._in_a_row + 1
        self._do(Batch((), batch.position))
        self._in_a_row, self.passed_over = in_a_row, self.passed_over + 1


class _Overtaken(Exception):
    """Another process has moved the cursor."""


def _cut(window: Window, rows: Callable[[], int]) -> Iterator[Batch]:
    """The window in batches; the last one reaches to its end, and so is there also without events.

    A batch is given away when the next event is there, so that the last one is known as the last.
    """
    held: list[Logged] = []
    while events := list(islice(window.events, rows())):
        if held:
            yield Batch(held, held[-1].position)
        held = events
    yield Batch(held, window.upto)


def _move(tx: Connection, name: str, after: int, position: int) -> None:
    """The first statement of a transaction: a second process waits here, and then is overtaken."""
    mine = log_cursor.c.name == name
    moved = update(log_cursor).where(mine, log_cursor.c.position == after)
    if tx.execute(moved.values(position=position)).rowcount:
        return
    if after:
        raise _Overtaken
    try:
        tx.execute(insert(log_cursor).values(name=name, position=position))
    except IntegrityError as error:
        raise _Overtaken from error
