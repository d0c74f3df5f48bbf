"""What the collector keeps of its own."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Table, Text

from desireline.kit.columns import number, text
from desireline.kit.database import metadata

failed_form = Table(
    "failed_form",
    metadata,
    Column(
        "failed_id",
        BigInteger().with_variant(Integer, "sqlite"),
        ForeignKey("failed_event.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("protocol", Text, nullable=False),
    text("form"),
    number("skew"),
)
"""In which protocol a failed event came, where that is not our own, so that it can be replayed.

`form` is what its address said of it, `skew` what its clock was corrected by, in microseconds.
"""

source_seen = Table(
    "source_seen",
    metadata,
    Column("source", Text, primary_key=True),
    number("events"),
    number("first_at"),
    number("last_at"),
)
"""How many events each source has brought into the log, and when the log took the first and last.

Kept by a reaction, a moment behind the log; an erasure or retention does not lower it.
"""
