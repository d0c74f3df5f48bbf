"""The book of imports: a file is imported once, and one that was cut off goes on where it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import Connection, insert, select, update

from desireline.engine.errors import DesirelineError
from desireline.log.counting import add_counts
from desireline.log.segments.mentioning import Mentions
from desireline.log.tables import log_state
from desireline.log.tables_import import import_run


@dataclass(frozen=True, slots=True)
class Run:
    """An import as the book has it."""

    id: int
    source: str
    started_at: int
    finished_at: int | None
    rows: int
    chunks: int
    chunks_done: int
    stored: int
    duplicate: int
    failed: int

    @classmethod
    def find(cls, connection: Connection, fingerprint: str) -> Self | None:
        """The run of a file read in one way, if there was one."""
        columns = [import_run.c[name] for name in cls.__slots__]
        row = connection.execute(
            select(*columns).where(import_run.c.fingerprint == fingerprint)
        ).one_or_none()
        return None if row is None else cls(*row)


@dataclass(frozen=True, slots=True)
class Done:
    """A chunk that is in the log now."""

    run: int
    number: int
    stored: int
    duplicate: int
    failed: int = 0


class ImportUnderWay(DesirelineError):
    """Another process imports the same file at the same time."""

    status = 409


def begin(tx: Connection, fingerprint: str, facts: dict[str, Any]) -> None:
    """Opens a run. Its failed rows count from now on; they are in no chunk."""
    _lock(tx)
    nothing = {"chunks_done": 0, "stored": 0, "duplicate": 0}
    tx.execute(insert(import_run).values(fingerprint=fingerprint, **nothing, **facts))
    add_counts(tx, {"failed": facts["failed"]})


def add(tx: Connection, done: Done) -> None:
    """Notes that the next chunk is done. Raises ImportUnderWay where another process did it."""
    _lock(tx)
    c = import_run.c
    noted = tx.execute(
        update(import_run)
        .where(c.id == done.run, c.chunks_done == done.number)
        .values(
            chunks_done=c.chunks_done + 1,
            stored=c.stored + done.stored,
            duplicate=c.duplicate + done.duplicate,
            failed=c.failed + done.failed,
        )
    )
    if noted.rowcount == 0:
        source = tx.execute(select(c.source).where(c.id == done.run)).scalar_one()
        raise ImportUnderWay(
            f"{source} is being imported by another process, too.",
            hint="Let that one end. Nothing was stored twice.",
        )
    add_counts(tx, {"stored": done.stored, "duplicate": done.duplicate, "failed": done.failed})


def finish(tx: Connection, run: int, now: int) -> None:
    """Closes a run."""
    tx.execute(update(import_run).where(import_run.c.id == run).values(finished_at=now))


def give_up(tx: Connection, run: Run) -> None:
    """Sets a run aside that cannot go on; what it stored stays, and is found as duplicates."""
    c = import_run.c
    aside = c.fingerprint + f" given up {run.id}"
    tx.execute(update(import_run).where(c.id == run.id).values(fingerprint=aside))


def repeat(tx: Connection, run: Run) -> None:
    """Counts the rows of a run that was finished before: all that was stored is a duplicate now."""
    _lock(tx)
    add_counts(tx, {"duplicate": run.stored + run.duplicate, "failed": run.failed})


def forget_sources(tx: Connection, mentions: Mentions, otherwise: str) -> None:
    """Takes the names of files away that name somebody."""
    c = import_run.c
    for number, source in tx.execute(select(c.id, c.source)).all():
        if mentions.are_in(source.encode()):
            tx.execute(update(import_run).where(c.id == number).values(source=otherwise))


def _lock(tx: Connection) -> None:
    """Appenders hold this row before they count; two who take turns never wait for each other."""
    tx.execute(select(log_state.c.one).with_for_update())
