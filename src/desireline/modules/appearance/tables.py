"""The tables of the look."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, SmallInteger, Table, Text

from desireline.kit.columns import number, text
from desireline.kit.database import metadata

appearance = Table(
    "appearance",
    metadata,
    Column("one", SmallInteger, primary_key=True, autoincrement=False),
    Column("revision", Integer, nullable=False),
    text("name"),
    text("accent"),
    number("changed_at"),
    text("changed_by"),
)
"""One row, or none before anybody chose. `accent` is #rrggbb; empty is the product's own."""

appearance_picture = Table(
    "appearance_picture",
    metadata,
    Column("what", Text, primary_key=True),
    text("kind"),
    Column("data", LargeBinary, nullable=False),
    text("tag"),
)
"""`what` is logo or favicon, `kind` its media type, `tag` a hash of its bytes."""
