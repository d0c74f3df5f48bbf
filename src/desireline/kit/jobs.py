"""Jobs: work that must happen, as rows. Nothing is lost with the process that did it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from desireline.engine.errors import DesirelineError
from desireline.kit import claims
from desireline.kit.claims import SECOND, Work
from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.kit.tables import job

CLAIM_SECONDS = 60
MOST_ATTEMPTS = 10
SILENT = "Its worker ended without a word."


class JobMissing(DesirelineError):
    """There is no such job, or it is in another state."""

    status = 404


class Jobs:
    """The jobs of a workspace.

    A job is done once: its effect and `complete` belong into one transaction, which fails with
    ClaimLost if the claim has run out and another worker holds the job. Clocks of several machines
    have to agree within a part of `claim_seconds`.
    """

    def __init__(self, database: Database, clock: Clock, claim_seconds: int = CLAIM_SECONDS):
        self._database, self._clock = database, clock
        self._lease = claim_seconds * SECOND

    def enqueue(
        self,
        tx: Connection,
        kind: str,
        key: str,
        payload: dict[str, Any] | None = None,
        due_at: int | None = None,
    ) -> bool:
        """Whether the job is new: there is one of a kind and key, also when it is done."""
        now = self._clock.now()
        row = {"kind": kind, "key": key, "payload": payload or {}}
        return claims.put(tx, job, now, row | {"due_at": now if due_at is None else due_at})

    def claim(self, worker: str, limit: int = 1, kinds: Collection[str] = ()) -> list[Work]:
        """Jobs that are due, this worker's until the claim runs out; empty if there are none.

        A job whose workers all end without a word (it may be what kills them) dies at last.
        """
        now = self._clock.now()
        if not claims.any_due(self._database, job, now):
            return []
        with self._database.transaction() as tx:
            rows = claims.due(tx, job, now, limit, kinds)
            for work in rows:
                if work.attempts >= MOST_ATTEMPTS:
                    self._die(tx, work, SILENT)
            alive = [work for work in rows if work.attempts < MOST_ATTEMPTS]
            return claims.take(tx, job, alive, worker, now + self._lease)

    def keep(self, tx: Connection, work: Work) -> None:
        """Prolongs the claim of a job that takes longer. Raises ClaimLost."""
        claims.move(tx, job, work, claims.HELD, due_at=self._clock.now() + self._lease)

    def release(self, tx: Connection, work: Work) -> None:
        """Gives a job back as if nobody had tried it, for whoever comes next. Raises ClaimLost."""
        values = {"state": "pending", "due_at": self._clock.now(), "attempts": work.attempts - 1}
        claims.move(tx, job, work, claims.HELD, **values)

    def complete(self, tx: Connection, work: Work) -> None:
        """Marks the job as done, with its effect in the same transaction. Raises ClaimLost."""
        claims.move(tx, job, work, claims.HELD, state="done", done_at=self._clock.now())

    def retry(self, tx: Connection, work: Work, error: str) -> bool:
        """Whether there will be another attempt; after the last the job is dead, and is listed."""
        if work.attempts >= MOST_ATTEMPTS:
            self._die(tx, work, error)
            return False
        again = self._clock.now() + claims.wait_after(work.attempts)
        said = error[: claims.ERROR_CHARACTERS]
        claims.move(tx, job, work, claims.HELD, state="pending", due_at=again, last_error=said)
        return True

    def dead(self, limit: int = 100) -> list[Work]:
        """Jobs that were given up, longest ago first."""
        return claims.found(self._database, job, "dead", limit)

    def revive(self, tx: Connection, ident: int) -> None:
        """Gives a dead job all its attempts again. Raises JobMissing."""
        revived = update(job).where(job.c.id == ident, job.c.state == "dead")
        values = {"state": "pending", "attempts": 0, "due_at": self._clock.now(), "done_at": None}
        if tx.execute(revived.values(values)).rowcount != 1:
            raise JobMissing(f"There is no dead job {ident}.", hint="List the dead jobs anew.")

    def counts(self) -> dict[str, int]:
        """How many jobs are in each state."""
        return claims.counts(self._database, job)

    def next_due(self) -> int | None:
        """When the next job is due; None if none waits."""
        with self._database.reading() as look:
            first = select(func.min(job.c.due_at)).where(job.c.state.in_(claims.OPEN))
            due_at: int | None = look.scalar(first)
            return due_at

    def forget(self, tx: Connection, before: int) -> int:
        """How many jobs were forgotten that were done before a time; their keys are free again."""
        return tx.execute(delete(job).where(job.c.state == "done", job.c.done_at < before)).rowcount

    def _die(self, tx: Connection, work: Work, error: str) -> None:
        said = error[: claims.ERROR_CHARACTERS]
        now = self._clock.now()
        claims.move(tx, job, work, claims.OPEN, state="dead", done_at=now, last_error=said)
