"""The tables of what is done about a map: opportunities, improvements, hypotheses."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text

from desireline.kit.columns import Key, number, text
from desireline.kit.database import metadata


def _number() -> Column[int]:
    return Column("id", Key, primary_key=True, autoincrement=True)


def _kept() -> tuple[Column[int] | Column[str], ...]:
    """Which state a row is in, since when, and by whom."""
    return (
        Column("revision", Integer, nullable=False),
        text("state"),
        text("made_by"),
        number("made_at"),
        text("changed_by"),
        number("changed_at"),
    )


opportunity = Table(
    "opportunity",
    metadata,
    _number(),
    Column("map", Text, ForeignKey("map.key", ondelete="CASCADE"), nullable=False),
    text("touchpoint"),
    text("title"),
    text("words"),
    text("found_by"),
    text("found_in"),
    Column("effort", Integer),
    Column("customer_value", Integer),
    Column("business_value", Integer),
    *_kept(),
    Index(None, "map"),
    sqlite_autoincrement=True,
)
"""A weak point of a map, and what doing something about it is worth. `found_by` says what found it,
`found_in` is JSON of what that finding was."""

improvement = Table(
    "improvement",
    metadata,
    _number(),
    Column("opportunity", Key, ForeignKey("opportunity.id", ondelete="CASCADE"), nullable=False),
    text("document"),
    text("salt"),
    Column("due_at", BigInteger),
    Column("deployed_at", BigInteger),
    *_kept(),
    Index(None, "opportunity"),
    sqlite_autoincrement=True,
)
"""What is done about an opportunity. `document` is JSON: words, owner, whom it reaches, what it
shall change. `salt` keeps the random shares of one improvement apart from those of another."""

hypothesis = Table(
    "hypothesis",
    metadata,
    _number(),
    Column("map", Text, ForeignKey("map.key", ondelete="CASCADE")),
    text("document"),
    number("started_at"),
    *_kept(),
    sqlite_autoincrement=True,
)
"""A claim and the number that would refute it, as JSON. What came before `started_at` cannot speak
for it."""
