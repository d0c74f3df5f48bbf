"""The outbox: what leaves the workspace, one row each. Nobody gets two, and every doubt is listed.

    pending -> claimed -> dot -> sent | failed | unknown
                       -> suppressed | failed

`dot` is the moment from which the other side may have it: for e-mail, the dot that ends a message.
"""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import Connection, select, update

from desireline.engine.errors import DesirelineError
from desireline.kit import claims
from desireline.kit.claims import SECOND, State, Work
from desireline.kit.clock import Clock, SystemClock
from desireline.kit.database import Database
from desireline.kit.tables import outbox, workspace_state

CLAIM_SECONDS = 120
MOST_ATTEMPTS = 10
IN_DOUBT = "It was cut off after the other side may have taken it."

End = Literal["sent", "failed", "suppressed", "unknown"]
BEFORE: dict[End, tuple[State, ...]] = {
    "sent": ("dot",),
    "failed": ("claimed", "dot"),
    "suppressed": ("claimed",),
    "unknown": ("dot",),
}
"""From where each end can be reached."""


class OutgoingFrozen(DesirelineError):
    """Nothing leaves the workspace until an operator says so."""

    status = 409


class IntentMissing(DesirelineError):
    """There is no such intent, or it is in another state."""

    status = 404


def freeze(tx: Connection, why: str, clock: Clock | None = None) -> None:
    """From the end of this transaction on nothing is claimed, and nothing claimed leaves."""
    now = (clock or SystemClock()).now()
    tx.execute(update(workspace_state).values(frozen_at=now, frozen_why=why))


def thaw(tx: Connection) -> None:
    """Lets things leave again."""
    tx.execute(update(workspace_state).values(frozen_at=None, frozen_why=""))


def frozen_why(tx: Connection) -> str | None:
    """Why nothing leaves; None if things leave."""
    row = tx.execute(select(workspace_state.c.frozen_at, workspace_state.c.frozen_why)).first()
    return None if row is None or row.frozen_at is None else str(row.frozen_why)


class Outbox:
    """Send intents of a workspace.

    The verbs that end an attempt take the caller's transaction, so that the event which tells of it
    is written with it. `dot` has one of its own: it has to be durable before the message leaves.
    """

    def __init__(self, database: Database, clock: Clock, claim_seconds: int = CLAIM_SECONDS):
        self._database, self._clock = database, clock
        self._lease = claim_seconds * SECOND

    def intend(self, tx: Connection, kind: str, key: str, recipient: str, **payload: Any) -> bool:
        """Whether the intent is new: there is one of a kind and key, for ever."""
        now = self._clock.now()
        row = {"kind": kind, "key": key, "recipient": recipient, "payload": payload}
        return claims.put(tx, outbox, now, row | {"due_at": now})

    def claim(self, worker: str, limit: int = 1) -> list[Work]:
        """Intents that are due, this worker's until the claim runs out; none while frozen.

        One whose worker ended before the dot is claimed again; after the dot it is `unknown`.
        """
        now = self._clock.now()
        self.sweep()
        if not claims.any_due(self._database, outbox, now):
            return []
        with self._database.transaction() as tx:
            if self._why(tx) is not None:
                return []
            rows = claims.due(tx, outbox, now, limit)
            for work in rows:
                if work.attempts >= MOST_ATTEMPTS:
                    self._end(tx, work, claims.OPEN, "failed", "Its worker ended without a word.")
            alive = [work for work in rows if work.attempts < MOST_ATTEMPTS]
            return claims.take(tx, outbox, alive, worker, now + self._lease)

    def dot(self, work: Work) -> None:
        """Notes durably that the message leaves now. Raises ClaimLost, OutgoingFrozen."""
        with self._database.transaction() as tx:
            why = self._why(tx)
            if why is not None:
                raise OutgoingFrozen(
                    f"Nothing leaves this workspace: {why}.",
                    hint="Look at what is pending, then thaw outgoing work.",
                )
            until = self._clock.now() + self._lease
            claims.move(tx, outbox, work, claims.HELD, state="dot", due_at=until)

    def settle(self, tx: Connection, work: Work, end: End, why: str = "") -> None:
        """Ends an intent as sent, failed, suppressed or unknown. Raises ClaimLost."""
        self._end(tx, work, BEFORE[end], end, why)

    def retry(self, tx: Connection, work: Work, error: str) -> bool:
        """Whether it will be tried again: only for what the other side surely has not taken."""
        if work.attempts >= MOST_ATTEMPTS:
            self.settle(tx, work, "failed", error)
            return False
        again = self._clock.now() + claims.wait_after(work.attempts)
        said = error[: claims.ERROR_CHARACTERS]
        before: tuple[State, ...] = ("claimed", "dot")
        claims.move(tx, outbox, work, before, state="pending", due_at=again, last_error=said)
        return True

    def sweep(self) -> int:
        """How many intents became unknown: their claim ran out after the dot."""
        now = self._clock.now()
        cut_off = (outbox.c.state == "dot") & (outbox.c.due_at <= now)
        with self._database.reading() as look:
            if look.execute(select(outbox.c.id).where(cut_off).limit(1)).first() is None:
                return 0
        values = {"state": "unknown", "done_at": now, "last_error": IN_DOUBT}
        with self._database.transaction() as tx:
            return tx.execute(update(outbox).where(cut_off).values(values)).rowcount

    def resolve(self, tx: Connection, ident: int, *, arrived: bool) -> None:
        """Ends a doubt as a person found it: it has arrived, or is to be sent once more."""
        values: dict[str, Any] = {"state": "sent"}
        if not arrived:
            values = {"state": "pending", "due_at": self._clock.now(), "done_at": None}
        doubt = (outbox.c.id == ident) & (outbox.c.state == "unknown")
        if tx.execute(update(outbox).where(doubt).values(values)).rowcount != 1:
            raise IntentMissing(f"There is no doubt {ident}.", hint="List the doubts anew.")

    def found(self, state: State, limit: int = 100) -> list[Work]:
        """Intents in a state, with recipient and reason: `unknown` are the doubts."""
        return claims.found(self._database, outbox, state, limit)

    def counts(self) -> dict[str, int]:
        """How many intents are in each state."""
        return claims.counts(self._database, outbox)

    def _why(self, tx: Connection) -> str | None:
        """Locks the row against a freeze until this transaction ends, so that a freeze is final."""
        tx.execute(select(workspace_state.c.one).with_for_update(read=True))
        return frozen_why(tx)

    def _end(
        self, tx: Connection, work: Work, before: tuple[State, ...], end: End, why: str
    ) -> None:
        said, now = why[: claims.ERROR_CHARACTERS], self._clock.now()
        claims.move(tx, outbox, work, before, state=end, done_at=now, last_error=said)
