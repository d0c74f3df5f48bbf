"""The tables of duplicates: what was suggested, and what people decided."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    ForeignKey,
    Index,
    Table,
    Text,
    UniqueConstraint,
)

from desireline.kit.columns import Key, number, text
from desireline.kit.database import metadata

duplicate_suggestion = Table(
    "duplicate_suggestion",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("a", Key, ForeignKey("subject.id", ondelete="CASCADE"), nullable=False),
    Column("b", Key, ForeignKey("subject.id", ondelete="CASCADE"), nullable=False),
    Column("bits", Double, nullable=False),
    Column("probability", Double, nullable=False),
    Column("explanation", Text, nullable=False),
    Column("state", Text, nullable=False),
    number("found_at"),
    Column("decided_at", BigInteger),
    text("decided_by"),
    UniqueConstraint("a", "b"),
    Index(None, "b"),
    Index(None, "state", "bits"),
    sqlite_autoincrement=True,
)
"""Two persons who may be one, by their smallest subjects when they were compared; `a < b`.

`state` is open, accepted or rejected; a row that was decided stays, and tells later runs.
`explanation` is JSON and quotes no value. Times are microseconds since 1970 UTC.
"""

duplicate_run = Table(
    "duplicate_run",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    number("asked_at"),
    text("asked_by"),
    text("method"),
    Column("ended_at", BigInteger),
    text("problem"),
    number("persons", server_default="0"),
    number("compared", server_default="0"),
    number("suggested", server_default="0"),
    number("new", server_default="0"),
    number("gone", server_default="0"),
    sqlite_autoincrement=True,
)
"""Searches for duplicates: when, by whom, what they found. `ended_at` is null while they run."""
