"""The tables of the kit: work that must happen, messages that leave, the workspace itself."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, SmallInteger, Table, Text, UniqueConstraint

from desireline.kit.columns import Key, number, text
from desireline.kit.database import metadata

workspace_state = Table(
    "workspace_state",
    metadata,
    Column("one", SmallInteger, primary_key=True),
    text("id"),
    Column("frozen_at", BigInteger),
    text("frozen_why"),
)
"""One row. `id` is the workspace's, empty until it is made. While `frozen_at` is set, nothing
leaves."""

workspace_secret = Table(
    "workspace_secret",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""What the workspace signs with, in hexadecimal digits: `kit.tokens`. Whoever can read it can make
links that confirm and unsubscribe; backups hold it, so that links in messages of before still work.
"""


def _queue(name: str) -> Table:
    """Rows that are work, found by their state and when they are due."""
    return Table(
        name,
        metadata,
        Column("id", Key, primary_key=True, autoincrement=True),
        Column("kind", Text, nullable=False),
        Column("key", Text, nullable=False),
        text("recipient"),
        text("payload"),
        Column("state", Text, nullable=False),
        number("due_at"),
        text("claimed_by"),
        number("claim"),
        number("attempts"),
        text("last_error"),
        number("made_at"),
        Column("done_at", BigInteger),
        UniqueConstraint("kind", "key"),
        Index(None, "state", "due_at"),
    )


job = _queue("job")
"""Work to do: `state` is pending, claimed, done or dead.

`payload` is JSON. Of a claimed row, `due_at` tells when the claim runs out and others may take it;
`claim` is a number drawn at random for each claim, by which it is known.
"""

outbox = _queue("outbox")
"""What is to leave: `state` is pending, claimed, dot, sent, failed, suppressed or unknown.

The rest is as in `job`. `recipient` names who gets it, for people who look into doubts.
"""
