"""The tables of the maps."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Table, Text

from desireline.kit.database import metadata

journey_map = Table(
    "map",
    metadata,
    Column("key", Text, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("draft", Text),
    Column("drafted_at", BigInteger, nullable=False),
    Column("drafted_by", Text, nullable=False, server_default=""),
    Column("version", Integer),
)
"""One row a map. `draft` is its document as JSON, null when all of it is published. `revision` is
one higher after each change of the draft or the version: who changes a map names the one she saw.
`version` is the last one published, null before the first."""

map_version = Table(
    "map_version",
    metadata,
    Column("map", Text, ForeignKey("map.key", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("document", Text, nullable=False),
    Column("published_at", BigInteger, nullable=False),
    Column("author", Text, nullable=False, server_default=""),
)
"""Published states; none is ever changed."""
