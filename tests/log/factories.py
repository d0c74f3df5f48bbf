"""A log to test with: a database with its tables, an appender, events as senders write them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select

from desireline.kit.clock import Clock, SetClock
from desireline.kit.database import Database
from desireline.log.appending.appender import Appender
from desireline.log.appending.dedup import IdSets, no_segments
from desireline.log.counting import read_counts
from desireline.log.decoding import decode
from desireline.log.drafting import Arrival, Draft
from desireline.log.envelope import Verdict
from desireline.log.rejecting import Reject
from desireline.log.tables import event, log_state

NOW = 1_767_225_600_000_000
"""2026-01-01, when all of these tests take place."""


@contextmanager
def appending(
    db: Database, ids: IdSets | None = None, clock: Clock | None = None
) -> Iterator[Appender]:
    """An appender, closed at the end."""
    appender = Appender(db, ids or IdSets(no_segments), clock or SetClock(NOW))
    try:
        yield appender
    finally:
        appender.close()


def sent(**fields: Any) -> dict[str, Any]:
    """An event as a sender writes it."""
    return {"type": "product_viewed", "user_id": "ann", **fields}


def drafts(*events: Any) -> list[Draft | Reject]:
    """What the door makes of events."""
    body = json.dumps(list(events)).encode()
    return decode(body, Arrival.by(SetClock(NOW)))


def numbered(numbers: Iterable[int], **fields: Any) -> list[Draft | Reject]:
    """Events whose ids are numbers."""
    return drafts(*[sent(id=f"n{n}", **fields) for n in numbers])


def told(verdicts: Sequence[Verdict]) -> list[str]:
    """The bare verdicts."""
    return [one.verdict for one in verdicts]


def tail(db: Database) -> list[dict[str, Any]]:
    """The rows of the tail by position."""
    with db.reading() as look:
        rows = look.execute(select(event).order_by(event.c.position))
        return [dict(row) for row in rows.mappings()]


def counts(db: Database) -> dict[str, int]:
    """The counters."""
    with db.reading() as look:
        return read_counts(look)


def assert_consistent(db: Database) -> None:
    """Positions without gaps, each id once, counters that add up: for a log without segments."""
    rows, n = tail(db), counts(db)
    with db.reading() as look:
        position = look.execute(select(log_state.c.position)).scalar_one()
    assert [row["position"] for row in rows] == list(range(1, len(rows) + 1))
    assert len({(row["id_hi"], row["id_lo"]) for row in rows}) == len(rows)
    assert position == len(rows) == n["stored"]
    assert n["received"] == n["stored"] + n["duplicate"] + n["failed"]
