"""The tables of erasures: what was erased, by number, and where backups lie that have it still."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Table, Text

from desireline.kit.columns import Key, number
from desireline.kit.database import metadata

erasure = Table(
    "erasure",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    number("at"),
    Column("subjects", Text, nullable=False),
    Column("failed_events", Text, nullable=False),
    Column("done_at", BigInteger),
    sqlite_autoincrement=True,
)
"""One erasure. `subjects` and `failed_events` are JSON arrays of the numbers of rows that are gone:
they name nobody. A row without `done_at` is an erasure that was promised and is not finished."""

backup_place = Table(
    "backup_place",
    metadata,
    Column("folder", Text, primary_key=True),
    number("told"),
)
"""A folder of this machine in which backups lie. `told` is the last erasure in the book there."""

restored_from = Table(
    "restored_from",
    metadata,
    Column("workspace", Text, primary_key=True),
    number("subject"),
    number("failed_event"),
    number("erasure"),
)
"""A workspace that this one was restored from, and the last numbers that both have in common."""
