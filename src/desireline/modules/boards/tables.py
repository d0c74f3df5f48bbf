"""The tables of what is kept of exploring: questions, dashboards, targets and alerts."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Double, ForeignKey, Index, SmallInteger, Table, Text

from desireline.kit.columns import Key, number, text
from desireline.kit.database import metadata


def _kept(name: str, document: str) -> Table:
    """What people name and change: `document` is JSON; `version` counts the changes from 1."""
    return Table(
        name,
        metadata,
        Column("id", Key, primary_key=True, autoincrement=True),
        Column("name", Text, nullable=False),
        text("description"),
        Column(document, Text, nullable=False),
        text("owner"),
        number("version"),
        number("made_at"),
        number("changed_at"),
        text("changed_by"),
        sqlite_autoincrement=True,
    )


question = _kept("question", "query")
"""Questions that somebody has given a name."""
dashboard = _kept("dashboard", "tiles")
"""Tiles on a page, each with a question."""

target = Table(
    "target",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("question", Key, ForeignKey("question.id", ondelete="CASCADE"), nullable=False),
    Column("name", Text, nullable=False),
    Column("figure", Text, nullable=False),
    Column("op", Text, nullable=False),
    Column("threshold", Double, nullable=False),
    Column("active", SmallInteger, nullable=False),
    Column("muted", SmallInteger, nullable=False, server_default="0"),
    text("owner"),
    number("version"),
    number("changed_at"),
    Column("state", Text, nullable=False),
    text("decided"),
    Column("value", Double),
    Column("low", Double),
    Column("high", Double),
    Column("n", BigInteger),
    text("problem"),
    Column("checked_at", BigInteger),
    Column("since", BigInteger),
    number("position"),
    Index(None, "question"),
    sqlite_autoincrement=True,
)
"""What a figure of an answer shall be. `figure` is its address as JSON; `state` is unknown, met,
missed or unsure, as of the position of the log, and has been so `since`; `decided` is the last
that was met or missed. One that is `muted` is looked at and makes no alerts."""

alert = Table(
    "alert",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("target", Key, ForeignKey("target.id", ondelete="CASCADE"), nullable=False),
    number("at"),
    number("position"),
    Column("value", Double, nullable=False),
    Column("low", Double),
    Column("high", Double),
    Column("n", BigInteger),
    Column("threshold", Double, nullable=False),
    Column("seen_at", BigInteger),
    text("seen_by"),
    Index(None, "target"),
    sqlite_autoincrement=True,
)
"""A target was missed that was not before. Times are microseconds since 1970 UTC."""
