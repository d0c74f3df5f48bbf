"""The table of plans."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from desireline.kit.columns import Key, number, text
from desireline.kit.database import metadata

plan = Table(
    "plan",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("revision", Integer, nullable=False),
    text("map"),
    Column("document", Text, nullable=False),
    number("made_at"),
    number("changed_at"),
    text("changed_by"),
    Index(None, "map"),
    sqlite_autoincrement=True,
)
"""How maps come to be made. `document` is JSON; `map` is the key of the map, empty before there is
one."""
