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

job = Table(
    "job",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    text("payload"),
    Column("state", Text, nullable=False),
    number("due_at"),
    text("claimed_by"),
    Column("claimed_until", BigInteger),
    number("attempts"),
    text("last_error"),
    number("made_at"),
    Column("done_at", BigInteger),
    UniqueConstraint("kind", "key"),
    Index(None, "state", "due_at"),
)
"""Work to do: `state` is open, done or dead. `payload` is JSON. A claim that ran out is void."""

outbox = Table(
    "outbox",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    text("recipient"),
    text("payload"),
    Column("state", Text, nullable=False),
    number("due_at"),
    text("claimed_by"),
    Column("claimed_until", BigInteger),
    number("attempts"),
    text("last_error"),
    number("made_at"),
    Column("done_at", BigInteger),
    UniqueConstraint("kind", "key"),
    Index(None, "state", "due_at"),
)
"""Send intents: `state` is pending, claimed, dot, sent, failed, suppressed or unknown."""
