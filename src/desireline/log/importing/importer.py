"""Bulk import: a file of events becomes segments of the log, each event once."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Mapped
from dataclasses import dataclass, field, replace
from pathlib import Path

from desireline.engine.journeys import Provenance
from desireline.formats.envelopes.choices import Keys
from desireline.formats.event_rows.opening import open_rows
from desireline.formats.event_rows.rows import EventRows
from desireline.formats.mapping.document import TRACKING_FORMS, Mapping, checked
from desireline.formats.tables.plain_file import existing
from desireline.log import event_ids
from desireline.log.importing import runs
from desireline.log.importing.addresses import cut_addresses
from desireline.log.importing.chunks import EVENTS_A_CHUNK, Plan, planned
from desireline.log.importing.failing import keep_failed
from desireline.log.importing.fingerprint import fingerprint_of
from desireline.log.importing.runs import Run
from desireline.log.importing.storing import Log, Storing

__all__ = ["HowToImport", "ImportReport", "Log", "Progress", "import_events"]
from desireline.log.importing.whose import Whose, whose

Progress = Callable[[str, int, int], None]
"""Is told the stage, how much of it is done, and how much there is."""

MOST_FAILED = 10_000
"""Rows of one file that are kept whole where they cannot be stored; the others are counted."""


@dataclass(frozen=True, slots=True)
class HowToImport:
    """What a file means, and what belongs to the workspace that takes it."""

    mapping: Mapping = field(default_factory=Mapping)
    salt: str = ""
    """Goes into the hash that stands for a visitor of an access log."""
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
    reasons: Mapped[str, int] = field(default_factory=dict)
    """How many rows were set aside for each reason."""
    started_at: int = 0
    """When the import began whose failed events are kept (`failed_event.received_at`)."""
    erased: int = 0
    """Of those that failed in this try: rows of before the erasure of a person whom they name.
    Nothing of them is kept."""
    refused: int = 0
    """The same, rows of a time at which their person had said no to tracking."""


def import_events(
    log: Log, path: Path, how: HowToImport | None = None, progress: Progress | None = None
) -> ImportReport:
    """Puts every event of a file into the log, durable when it returns, each once.

    `path` is any file that `formats.reading` reads. An event that the log has, by its own id or by
    its content, is a duplicate. Rows that cannot be read are failed events. A call that was cut
    off is taken up by the next with the same file. Raises subclasses of DesirelineError.
    """
    how, tell = how or HowToImport(), progress or _silent
    checked(how.mapping)
    tell("Comparing", 0, 1)
    fingerprint = fingerprint_of(existing(path), how)
    with log.db.reading() as look:
        run = Run.find(look, fingerprint)
    if run is not None and run.finished_at is not None:
        return _again(log, run)
    keys = Keys(how.salt, event_ids.NAMESPACE)

    def told(stage: str, share: float) -> None:
        tell(stage, round(100 * share), 100)

    with open_rows(path, how.mapping, keys, MOST_FAILED, told) as rows:
        persons = whose(rows, log.country)
        plan = planned(rows, persons, how.events_a_chunk)
        cut_addresses(rows)
        events = _with_others(rows, persons)
        log = log if _is_tracking(how.mapping, rows) else replace(log, noes=None)
        started = _opened(log, fingerprint, events, plan)
        count = len(events)
        storing = Storing(log, events, persons, plan, started)
        storing.go(lambda n: tell("Storing", n, count))
        with log.db.transaction() as tx:
            runs.finish(tx, started.id, log.clock.now())
        tell("Storing", count, count)
    report = _report(log, fingerprint, started, events)
    return replace(report, erased=storing.erased, refused=storing.refused)


def _is_tracking(mapping: Mapping, events: EventRows) -> bool:
    """Whether the file tells what people did on pages and in apps, as is told, or by its form."""
    return events.form in TRACKING_FORMS if mapping.tracking is None else mapping.tracking


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
        started_at=run.started_at,
    )


def _opened(log: Log, fingerprint: str, events: EventRows, plan: Plan) -> Run:
    """The run of this file: the one that was cut off, or a new one."""
    read = events.provenance
    facts = {"rows": read.rows, "chunks": plan.chunks, "failed": read.set_aside}
    with log.db.transaction() as tx:
        run = Run.find(tx, fingerprint)
        if run is not None and (run.rows, run.chunks) != (read.rows, plan.chunks):
            runs.give_up(tx, run)  # the file was still growing, or an older program read it
            run = None
        if run is None:
            now = log.clock.now()
            runs.begin(tx, fingerprint, {"source": read.source, "started_at": now, **facts})
            keep_failed(tx, events, now, log.noes)
            run = Run.find(tx, fingerprint)
    assert run is not None  # noqa: S101 - it was made above
    return run


def _report(log: Log, fingerprint: str, started: Run, events: EventRows) -> ImportReport:
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
        read=events.provenance,
        reasons=events.reasons,
        started_at=run.started_at,
    )
