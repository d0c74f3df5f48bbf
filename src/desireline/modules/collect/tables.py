"""What the collector keeps of its own."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text

from desireline.kit.columns import number
from desireline.kit.database import metadata

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
