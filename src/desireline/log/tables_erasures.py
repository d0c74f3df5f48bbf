"""The tables of erasures: what was erased, by number, and where backups lie that have it still."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, SmallInteger, Table, Text

from desireline.kit.columns import Key, number, text
from desireline.kit.database import metadata

erasure = Table(
    "erasure",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    number("at"),
    Column("subjects", Text, nullable=False),
    Column("failed_events", Text, nullable=False),
    Column("done_at", BigInteger),
    Column("becomes", BigInteger),
    text("keeps"),
    sqlite_autoincrement=True,
)
"""One erasure. `subjects` and `failed_events` are JSON arrays of the numbers of rows that are gone:
they name nobody. A row without `done_at` is an erasure that was promised and is not finished.

Of a person who was made anonymous, `becomes` is the subject that has the events from then on, and
`keeps` a JSON array of the properties that were declared safe.
"""

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

tombstone = Table(
    "tombstone",
    metadata,
    Column("hash", Text, primary_key=True),
    number("at"),
)
"""An identifier that was erased, as a keyed hash, and when: see `log.forgetting.tombstones`."""

tombstone_key = Table(
    "tombstone_key",
    metadata,
    Column("one", SmallInteger, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False),
)
"""One row as soon as somebody was erased, or a backup was taken: the key of those hashes."""
