"""Rows that are work: put once, claimed by one worker for a while, moved on only by that claim."""

from __future__ import annotations

from collections.abc import Collection
from secrets import randbits
from typing import Any, Literal

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, Row, Table, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from desireline.engine.errors import DesirelineError
from desireline.kit.database import Database

SECOND = 1_000_000
FIRST_WAIT = 10 * SECOND
LONGEST_WAIT = 6 * 3600 * SECOND
ERROR_CHARACTERS = 2000
State = Literal[
    "pending", "claimed", "done", "dead", "dot", "sent", "failed", "suppressed", "unknown"
]
OPEN: tuple[State, ...] = ("pending", "claimed")
HELD: tuple[State, ...] = ("claimed",)


class ClaimLost(DesirelineError):
    """The claim ran out, and somebody else has taken the work or settled it."""

    status = 409


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """A row of work as it was claimed, or found. Times in microseconds since 1970 UTC."""

    id: int
    kind: str
    key: str
    recipient: str
    payload: dict[str, Any]
    state: State
    due_at: int
    claim: int
    attempts: int
    last_error: str


def put(tx: Connection, table: Table, now: int, row: dict[str, Any]) -> bool:
    """Whether the row is new. One of the same kind and key, in whatever state, stays as it is."""
    dialect = sqlite if tx.dialect.name == "sqlite" else postgresql
    insert = dialect.insert(table).on_conflict_do_nothing(index_elements=["kind", "key"])
    values = row | {
        "payload": msgspec.json.encode(row["payload"]).decode(),
        "state": "pending",
        "claim": 0,
        "attempts": 0,
        "made_at": now,
    }
    return tx.execute(insert.values(values).returning(table.c.id)).first() is not None


def any_due(db: Database, table: Table, now: int) -> bool:
    """Whether a claim would find something; takes no lock."""
    with db.reading() as look:
        return look.execute(_due(table, now, ()).limit(1)).first() is not None


def due(
    tx: Connection, table: Table, now: int, limit: int, kinds: Collection[str] = ()
) -> list[Work]:
    """The rows that are due longest, locked; those that another worker has locked are left out."""
    rows = tx.execute(_due(table, now, kinds).limit(limit).with_for_update(skip_locked=True))
    return [work_of(row) for row in rows]


def take(tx: Connection, table: Table, rows: list[Work], worker: str, until: int) -> list[Work]:
    """The rows, claimed by a worker until then."""
    claim = randbits(62)
    values = {"state": "claimed", "claimed_by": worker, "claim": claim, "due_at": until}
    taken = update(table).where(table.c.id.in_([row.id for row in rows]))
    tx.execute(taken.values(attempts=table.c.attempts + 1, **values))
    made = {"state": "claimed", "claim": claim, "due_at": until}
    return [replace(row, attempts=row.attempts + 1, **made) for row in rows]


def move(
    tx: Connection, table: Table, work: Work, before: Collection[State], **values: object
) -> None:
    """Changes a row that is still in one of these states by this very claim, or raises ClaimLost.

    The caller's transaction is then undone, and with it the effect that somebody else will have.
    """
    here = (table.c.id == work.id) & (table.c.claim == work.claim)
    moved = tx.execute(update(table).where(here, table.c.state.in_(before)).values(values))
    if moved.rowcount != 1:
        raise ClaimLost(
            f"The work {work.kind} {work.key!r} is no longer this worker's.",
            hint="Its claim ran out. Nothing is lost: whoever holds it now goes on with it.",
        )


def counts(db: Database, table: Table) -> dict[str, int]:
    """How many rows are in each state."""
    with db.reading() as look:
        rows = look.execute(select(table.c.state, func.count()).group_by(table.c.state))
        return {str(state): int(n) for state, n in rows}


def found(db: Database, table: Table, state: State, limit: int) -> list[Work]:
    """The rows in a state, oldest first."""
    with db.reading() as look:
        rows = look.execute(
            select(table).where(table.c.state == state).order_by(table.c.due_at).limit(limit)
        )
        return [work_of(row) for row in rows]


def wait_after(attempts: int) -> int:
    """Microseconds until the next attempt: 10 s, doubled each time, 6 h at most."""
    return min(FIRST_WAIT << min(attempts - 1, 20), LONGEST_WAIT)


def work_of(row: Row[Any]) -> Work:
    """The row as work."""
    values: dict[str, Any] = {name: getattr(row, name) for name in Work.__struct_fields__}
    return Work(**values | {"payload": msgspec.json.decode(values["payload"])})


def _due(table: Table, now: int, kinds: Collection[str]) -> Any:
    waits = select(table).where(table.c.state.in_(OPEN), table.c.due_at <= now)
    chosen = waits.where(table.c.kind.in_(kinds)) if kinds else waits
    return chosen.order_by(table.c.due_at, table.c.id)
