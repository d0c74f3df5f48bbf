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
    Column("archived_at", BigInteger),
    Column("owner", BigInteger),
)
"""One row a map. `draft` is its document as JSON, null when all of it is published. `revision` is
one higher after each change of the draft or the version: who changes a map names the one she saw.
`version` is the last one published, null before the first. `archived_at` is when the map was put
away, null while it is in use. `owner` is the number of the member who answers for it; one who was
removed owns nothing."""

map_version = Table(
    "map_version",
    metadata,
    Column("map", Text, ForeignKey("map.key", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("document", Text, nullable=False),
    Column("published_at", BigInteger, nullable=False),
    Column("author", Text, nullable=False, server_default=""),
    Column("message", Text, nullable=False, server_default=""),
)
"""Published states; none is ever changed."""

map_change = Table(
    "map_change",
    metadata,
    Column("map", Text, ForeignKey("map.key", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("changes", Text, nullable=False),
    Column("touched", Text, nullable=False),
    Column("author", Text, nullable=False, server_default=""),
    Column("session", Text, nullable=False, server_default=""),
    Column("at", BigInteger, nullable=False),
    Column("version", Integer),
)
"""What made each revision of a map: changes as JSON and the places that they write, or the version
that was published. Maps that were drawn before there were changes lack their first revisions."""

map_presence = Table(
    "map_presence",
    metadata,
    Column("map", Text, ForeignKey("map.key", ondelete="CASCADE"), primary_key=True),
    Column("session", Text, primary_key=True),
    Column("author", Text, nullable=False, server_default=""),
    Column("place", Text, nullable=False, server_default=""),
    Column("seen_at", BigInteger, nullable=False),
)
"""Who is at a draft, one row a window; old rows are swept when somebody says that she is there."""
