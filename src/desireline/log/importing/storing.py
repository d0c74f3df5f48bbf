"""The chunks of one import, one after the other: looked up, written, listed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sqlalchemy import Connection

from desireline.engine.errors import DesirelineError
from desireline.engine.journeys import I64, Bools
from desireline.formats.duck import DuckFailed
from desireline.formats.event_rows.rows import EventRows
from desireline.formats.event_rows.segment import Stamped, write_rows
from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.log.appending.dedup import SegmentIdsUnreadable
from desireline.log.identity.links import Link, link_all
from desireline.log.importing import runs
from desireline.log.importing.chunks import Plan
from desireline.log.importing.failing import SOURCE
from desireline.log.importing.known_ids import KnownIds, Look
from desireline.log.importing.linking import links_of
from desireline.log.importing.naming import subjects_of
from desireline.log.importing.old_facts import OldFacts
from desireline.log.importing.refusals import PastNoes, Refusals
from desireline.log.importing.runs import Run
from desireline.log.importing.stamping import Stamper
from desireline.log.importing.whose import Whose
from desireline.log.segments.adding import add_segments
from desireline.log.segments.catalogue import Catalogue
from desireline.log.segments.errors import StoreUnwritable, TailChanged
from desireline.log.segments.reading import LogReader
from desireline.log.segments.store import SegmentStore

TRIES = 3
MOST_TRIES = 20

Told = Callable[[int], None]
"""Is told how many rows are done."""


@dataclass(frozen=True, slots=True)
class Log:
    """Where events go."""

    db: Database
    store: SegmentStore
    clock: Clock
    country: str = ""
    """That of telephone numbers which do not say theirs."""
    noes: PastNoes | None = None
    """Who is asked about files that tell what people did on pages and in apps; None: nobody."""


class Overtaken(Exception):
    """Something happened to the log while a segment was written, whose name this is.

    Never leaves here.
    """


class ImportOvertaken(DesirelineError):
    """So much happens to the log that a chunk does not get in."""

    status = 503


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """Rows that are ready for the log, those that it has left out."""

    number: int
    rows: int
    """Before any was left out."""
    stamped: Stamped
    links: list[Link]
    since: Look
    """How far the log was looked at for duplicates."""
    erased: int = 0
    """Rows of before the erasure of somebody whom they name."""
    refused: int = 0
    """Rows of a time at which somebody whom they name had said no to tracking."""

    @property
    def left_out(self) -> int:
        """Rows that count as failed, and of which nothing is kept."""
        return self.erased + self.refused


class Storing:
    """An import under way."""

    def __init__(self, log: Log, events: EventRows, whose: Whose, plan: Plan, run: Run) -> None:
        """`log.noes` are asked about these events, if they are there."""
        self._log, self._events, self._whose = log, events, whose
        self._plan, self._run = plan, run
        self._stamper = Stamper(events, whose)
        self._old = OldFacts(log.db, whose, events.at)
        self._refusals = Refusals(log.noes, events, whose)
        self.erased = self.refused = 0
        """Rows that were left out: see `Chunk`."""
        self._writer: ThreadPoolExecutor
        self._constants: dict[str, str | int] = {
            "received_at": run.started_at,
            "kind": "track",
            "direction": "inbound",
            "source": SOURCE,
        }

    def go(self, told: Told) -> None:
        """Stores the chunks that are not done.

        While one is written, by DuckDB, the next is looked up; not where rows bring ids of their
        own, for the next chunk may have the same.
        """
        alone = self._events.ids is not None
        left = range(self._run.chunks_done, self._plan.chunks)
        with (
            LogReader(self._log.db, self._log.store) as reader,
            ThreadPoolExecutor(1, "import") as writer,
        ):
            self._writer = writer
            known = KnownIds(reader.ids_of, unlike=not alone)
            ready: Chunk | None = None
            for number in left:
                told(self._plan.cuts[number])
                chunk = ready or self._prepared(number, known)
                written = self._writer.submit(self._write, chunk, known)
                ready = None
                if not alone and number + 1 in left:
                    ready = self._prepared(number + 1, known)
                self._finish(written, number, known)

    def _finish(self, written: Future[None], number: int, known: KnownIds) -> None:
        """Waits for a chunk to be stored; if something came between, does it once more."""
        for _ in range(MOST_TRIES):
            try:
                return written.result()
            except Overtaken:
                written = self._writer.submit(self._write, self._prepared(number, known), known)
        raise ImportOvertaken(
            f"The log changed {MOST_TRIES} times while one segment was written.",
            hint="Import again when less is going on; what is done is not done twice.",
        )

    def _prepared(self, number: int, known: KnownIds) -> Chunk:
        rows = self._plan.rows(number)
        id_hi, id_lo = self._stamper.ids(rows)
        since = self._looked(known)
        new = ~known.held(id_hi, id_lo)
        if self._events.ids is not None:
            new &= _first_of_each(rows, id_hi, id_lo)
        old = new & self._old.mask(rows, since.erasures)
        new &= ~old
        refused = new & self._refusals.mask(rows)
        new &= ~refused
        stamped = Stamped(rows[new], self._subjects(rows[new]), id_hi[new], id_lo[new])
        links = links_of(self._log.db, self._events, self._whose, stamped.rows)
        return Chunk(
            number,
            len(rows),
            stamped.by_subject(),
            links,
            since,
            int(old.sum()),
            int(refused.sum()),
        )

    def _looked(self, known: KnownIds) -> Look:
        """A segment that was merged or erased may be gone before it is read: then once more."""
        for _ in range(TRIES - 1):
            with suppress(SegmentIdsUnreadable), self._log.db.reading() as look:
                return known.look(look)
        with self._log.db.reading() as look:
            return known.look(look)

    def _subjects(self, rows: I64) -> I64:
        """Whose each row is; the rows are in the order of persons."""
        if len(rows) == 0:
            return rows
        person = self._whose.subject[rows]
        begins = np.append(True, person[1:] != person[:-1])
        values = self._whose.subjects.by_kind(person[begins])
        numbers = subjects_of(self._log.db, values)
        number = np.concatenate([numbers[kind] for kind in values])
        found: I64 = number[np.cumsum(begins) - 1]
        return found

    def _write(self, chunk: Chunk, known: KnownIds) -> None:
        """One segment of new events, and the account of the chunk, in one transaction.

        Raises Overtaken.
        """
        log, stored = self._log, len(chunk.stamped.rows)
        known_rows = chunk.rows - stored - chunk.left_out
        done = runs.Done(self._run.id, chunk.number, stored, known_rows, chunk.left_out)
        if stored == 0:
            with log.db.transaction() as tx:
                runs.add(tx, done)
            self._count(chunk)
            return

        def also(tx: Connection, first: int) -> None:
            ids = chunk.stamped.id_hi, chunk.stamped.id_lo
            own = _own_file(tx, first)
            if known.came(tx, chunk.since, ids, own):
                raise Overtaken(own)
            link_all(tx, chunk.links, log.clock.now())
            runs.add(tx, done)

        with log.store.at_work() as folder, self._unless_overtaken(chunk, folder):
            file = write_rows(self._events, chunk.stamped, folder / "0.parquet", self._constants)
            try:
                add_segments(log.db, log.store, [file], log.clock, also)
            except Overtaken as overtaken:  # it may hold events of somebody who was erased
                log.store.delete(str(overtaken))
                raise
            self._count(chunk)

    def _count(self, chunk: Chunk) -> None:
        self.erased += chunk.erased
        self.refused += chunk.refused

    @contextmanager
    def _unless_overtaken(self, chunk: Chunk, folder: Path) -> Iterator[None]:
        """What others do may be in the way. Raises Overtaken, StoreUnwritable.

        An erasure clears away what is in the making. A server on the same SQLite may have listed a
        segment under our number.
        """
        try:
            yield
        except TailChanged as error:
            raise Overtaken from error
        except (DuckFailed, StoreUnwritable) as error:
            with self._log.db.reading() as look:
                if Catalogue.read(look).erasures != chunk.since.erasures:
                    raise Overtaken from error
            if isinstance(error, StoreUnwritable):
                raise
            raise StoreUnwritable(
                f"A segment cannot be written in {folder}: {str(error).splitlines()[0]}",
                hint="Give the disk room, and import again: what is done is not done twice.",
            ) from error


def _first_of_each(rows: I64, id_hi: I64, id_lo: I64) -> Bools:
    """Which rows are the first of the file with their id."""
    order = np.lexsort((rows, id_hi, id_lo))
    repeated = (np.diff(id_lo[order]) == 0) & (np.diff(id_hi[order]) == 0)
    first = np.ones(len(rows), np.bool_)
    first[order[1:][repeated]] = False
    return first


def _own_file(tx: Connection, first: int) -> str:
    """The segment that has just been listed with this first position."""
    return next(s.file for s in Catalogue.read(tx).segments if s.first_position == first)
