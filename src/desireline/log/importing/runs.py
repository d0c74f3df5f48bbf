"""The book of imports: a file is imported once, and one that was cut off goes on where it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import Connection, insert, select, update

from desireline.log.counting import add_counts
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


def begin(tx: Connection, fingerprint: str, facts: dict[str, Any]) -> None:
    """Opens a run. Its failed rows count from now on; they are in no chunk."""
    _lock(tx)
    nothing = {"chunks_done": 0, "stored": 0, "duplicate": 0}
    tx.execute(insert(import_run).values(fingerprint=fingerprint, **nothing, **facts))
    add_counts(tx, {"failed": facts["failed"]})


def add(tx: Connection, run: int, stored: int, duplicate: int) -> None:
    """Notes that one more chunk is done."""
    _lock(tx)
    c = import_run.c
    tx.execute(
        update(import_run)
        .where(c.id == run)
        .values(
            chunks_done=c.chunks_done + 1,
            stored=c.stored + stored,
            duplicate=c.duplicate + duplicate,
        )
    )
    add_counts(tx, {"stored": stored, "duplicate": duplicate})


def finish(tx: Connection, run: int, now: int) -> None:
    """Closes a run."""
    tx.execute(update(import_run).where(import_run.c.id == run).values(finished_at=now))


def repeat(tx: Connection, run: Run) -> None:
    """Counts the rows of a run that was finished before: all that was stored is a duplicate now."""
    _lock(tx)
    add_counts(tx, {"duplicate": run.stored + run.duplicate, "failed": run.failed})


def _lock(tx: Connection) -> None:
    """Appenders hold this row before they count; two who take turns never wait for each other."""
    tx.execute(select(log_state.c.one).with_for_update())
