"""Bulk import: a file of events becomes segments of the log, each event once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from sqlalchemy import Connection

from desireline.engine.journeys import I64, Bools, Provenance
from desireline.formats.event_rows.opening import HowToRead, open_rows
from desireline.formats.event_rows.rows import EventRows
from desireline.formats.event_rows.segment import Stamped, write_rows
from desireline.formats.tables.plain_file import existing
from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.log import event_ids
from desireline.log.identifiers import add_others
from desireline.log.identity.links import link_all
from desireline.log.importing import runs
from desireline.log.importing.chunks import EVENTS_A_CHUNK, Plan, planned
from desireline.log.importing.failing import SOURCE, keep_failed
from desireline.log.importing.fingerprint import fingerprint_of
from desireline.log.importing.known_ids import KnownIds
from desireline.log.importing.linking import links_of
from desireline.log.importing.naming import subjects_of
from desireline.log.importing.runs import Run
from desireline.log.importing.stamping import Stamper
from desireline.log.importing.whose import Whose, whose
from desireline.log.segments.adding import add_segments
from desireline.log.segments.reading import LogReader
from desireline.log.segments.store import SegmentStore

Progress = Callable[[str, int, int], None]
"""Is told the stage, how much of it is done, and how much there is."""

MOST_FAILED = 10_000
"""Rows of one file that are kept whole where they cannot be stored; the others are counted."""


@dataclass(frozen=True, slots=True)
class HowToImport:
    """How a file is read, and what its case column holds: a kind of identifier."""

    read: HowToRead = field(default_factory=HowToRead)
    identifier: str = "user_id"
    events_a_chunk: int = EVENTS_A_CHUNK


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of the rows of a file: rows = stored + duplicate + failed."""

    source: str
    rows: int
    stored: int
    duplicate: int
    failed: int
    before: bool
    """Whether this very file was imported before, in this way, so that it was not read again."""
    resumed: int
    """Chunks that an earlier try had done."""
    read: Provenance | None
    """What was read as what, and what was set aside; None where nothing was read."""


@dataclass(frozen=True, slots=True)
class Log:
    """Where events go."""

    db: Database
    store: SegmentStore
    clock: Clock


class Overtaken(Exception):
    """An event came in on another way while its segment was being written. Never leaves here."""


def import_events(
    log: Log, path: Path, how: HowToImport | None = None, progress: Progress | None = None
) -> ImportReport:
    """Puts every event of a file into the log, durable when it returns, each once.

    `path` is any file that `formats.reading` reads. An event that the log has, by its own id or by
    its content, is a duplicate. Rows that cannot be read are failed events. A call that was cut
    off is taken up by the next with the same file. Raises subclasses of DesirelineError.
    """
    how, tell = how or HowToImport(), progress or _silent
    add_others({}, {how.identifier: "x"})  # refuses what is no kind of identifier
    tell("Comparing", 0, 1)
    fingerprint = fingerprint_of(existing(path), how)
    with log.db.reading() as look:
        run = Run.find(look, fingerprint)
    if run is not None and run.finished_at is not None:
        return _again(log, run)
    read = replace(how.read, ids=replace(how.read.ids, namespace=event_ids.NAMESPACE))

    def told(stage: str, share: float) -> None:
        tell(stage, round(100 * share), 100)

    with open_rows(path, read, MOST_FAILED, told) as rows:
        persons = whose(rows, how.identifier)
        plan = planned(rows, persons, how.events_a_chunk)
        events = _with_others(rows, persons)
        started = _opened(log, fingerprint, events, plan, how)
        _Import(log, events, persons, plan, started).go(tell)
    return _report(log, fingerprint, started, events.provenance)


def _silent(stage: str, done: int, total: int) -> None:
    del stage, done, total


def _with_others(events: EventRows, persons: Whose) -> EventRows:
    """The rows with the column `identifiers`, where any has more than its subject."""
    others = persons.others()
    if others is None:
        return events
    return replace(events, texts={**events.texts, "identifiers": others})


def _again(log: Log, run: Run) -> ImportReport:
    with log.db.transaction() as tx:
        runs.repeat(tx, run)
    again = run.stored + run.duplicate
    return ImportReport(
        source=run.source,
        rows=run.rows,
        stored=0,
        duplicate=again,
        failed=run.failed,
        before=True,
        resumed=0,
        read=None,
    )


def _opened(log: Log, fingerprint: str, events: EventRows, plan: Plan, how: HowToImport) -> Run:
    """The run of this file: the one that was cut off, or a new one."""
    read = events.provenance
    facts = {"rows": read.rows, "chunks": plan.chunks, "failed": read.set_aside}
    with log.db.transaction() as tx:
        run = Run.find(tx, fingerprint)
        if run is None:
            now = log.clock.now()
            runs.begin(tx, fingerprint, {"source": read.source, "started_at": now, **facts})
            keep_failed(tx, events, how.identifier, now)
            run = Run.find(tx, fingerprint)
    assert run is not None  # noqa: S101 - it was made above
    return run


def _report(log: Log, fingerprint: str, started: Run, read: Provenance) -> ImportReport:
    with log.db.reading() as look:
        run = Run.find(look, fingerprint)
    assert run is not None  # noqa: S101 - nothing removes runs
    return ImportReport(
        source=run.source,
        rows=run.rows,
        stored=run.stored,
        duplicate=run.duplicate,
        failed=run.failed,
        before=False,
        resumed=started.chunks_done,
        read=read,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _New:
    """Rows that the log has not yet, and their ids."""

    rows: I64
    id_hi: I64
    id_lo: I64


class _Import:
    """One import under way."""

    def __init__(self, log: Log, events: EventRows, persons: Whose, plan: Plan, run: Run) -> None:
        self.log, self.events, self.persons, self.plan, self.run = log, events, persons, plan, run
        self.stamper = Stamper(events, plan)
        self.constants: dict[str, str | int] = {
            "received_at": run.started_at,
            "kind": "track",
            "direction": "inbound",
            "source": SOURCE,
        }

    def go(self, tell: Progress) -> None:
        """Does the chunks that are not done, and closes the run."""
        with LogReader(self.log.db, self.log.store) as reader:
            known = KnownIds(reader.ids_of)
            for chunk in range(self.run.chunks_done, self.plan.chunks):
                tell("Storing", self.plan.cuts[chunk], self.plan.cuts[-1])
                self._store(self.plan.rows(chunk), known)
        with self.log.db.transaction() as tx:
            runs.finish(tx, self.run.id, self.log.clock.now())
        tell("Storing", self.plan.cuts[-1], self.plan.cuts[-1])

    def _store(self, rows: I64, known: KnownIds) -> None:
        id_hi, id_lo = self.stamper.ids(rows)
        once = np.ones(len(rows), np.bool_)
        if self.events.ids is not None:
            once = _first_of_each(rows, id_hi, id_lo)
        while True:
            with self.log.db.reading() as look:
                known.look(look)
            new = ~known.held(id_hi, id_lo) & once
            try:
                self._add(_New(rows[new], id_hi[new], id_lo[new]), len(rows), known)
            except Overtaken:
                continue
            return

    def _add(self, new: _New, seen: int, known: KnownIds) -> None:
        """One segment of new events, and the account of the chunk, in one transaction."""
        if len(new.rows) == 0:
            with self.log.db.transaction() as tx:
                runs.add(tx, self.run.id, 0, seen)
            return
        stamped = Stamped(new.rows, self._subjects(new.rows), new.id_hi, new.id_lo).by_subject()
        path = self.log.store.staging / f"import-{self.run.id}.parquet"
        file = write_rows(self.events, stamped, path, self.constants)

        links = links_of(self.log.db, self.events, self.persons, new.rows)

        def also(tx: Connection, first: int) -> None:
            if known.came(tx, stamped.id_hi, stamped.id_lo, first):
                raise Overtaken
            link_all(tx, links, self.log.clock.now())
            runs.add(tx, self.run.id, len(new.rows), seen - len(new.rows))

        add_segments(self.log.db, self.log.store, [file], self.log.clock, also)

    def _subjects(self, rows: I64) -> I64:
        """Whose each row is; the rows are in the order of persons."""
        person = self.plan.person[rows]
        begins = np.append(True, person[1:] != person[:-1])
        names = [self.plan.names[i] for i in person[begins].tolist()]
        found: I64 = subjects_of(self.log.db, names)[np.cumsum(begins) - 1]
        return found


def _first_of_each(rows: I64, id_hi: I64, id_lo: I64) -> Bools:
    """Which rows are the first of the file with their id."""
    order = np.lexsort((rows, id_hi, id_lo))
    repeated = (np.diff(id_lo[order]) == 0) & (np.diff(id_hi[order]) == 0)
    first = np.ones(len(rows), np.bool_)
    first[order[1:][repeated]] = False
    return first
