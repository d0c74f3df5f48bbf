"""The tables of sources. A write key itself is nowhere: only its hash."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Table, Text, false

from desireline.kit.columns import number, text
from desireline.kit.database import metadata

source = Table(
    "source",
    metadata,
    Column("name", Text, primary_key=True),
    Column("key_hash", Text, nullable=False, unique=True),
    text("key_end"),
    Column("quota", BigInteger),
    number("made_at"),
    Column("off_at", BigInteger),
    Column("asks_consent", Boolean, nullable=False, server_default=false()),
    Column("refuses_opted_out", Boolean, nullable=False, server_default=false()),
)
"""Who may add events. `key_hash` is the SHA-256 of the write key in hexadecimal digits, `key_end`
its last characters, by which people tell keys apart; `quota` is events a day (UTC), or null. Where
`asks_consent`, nothing is taken of persons who have said no to tracking; where
`refuses_opted_out`, nothing of browsers that say so for their owners by Sec-GPC or DNT."""

source_day = Table(
    "source_day",
    metadata,
    Column("source", Text, ForeignKey("source.name", ondelete="CASCADE"), primary_key=True),
    Column("day", BigInteger, primary_key=True, autoincrement=False),
    number("events"),
)
"""What a source with a quota has taken of it: `day` is days since 1970 UTC.

Servers take it in portions, so that not every request writes here: of a server that was killed, the
rest of its portion counts as used.
"""
