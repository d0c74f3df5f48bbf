"""The table of bulk imports: what was imported, and how far one is that was cut off."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Table, Text

from desireline.kit.columns import Key, number, text
from desireline.kit.database import metadata

import_run = Table(
    "import_run",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("fingerprint", Text, nullable=False, unique=True),
    text("source"),
    number("started_at"),
    Column("finished_at", BigInteger),
    number("rows"),
    number("chunks"),
    number("chunks_done"),
    number("stored"),
    number("duplicate"),
    number("failed"),
)
"""One file, read in one way. `fingerprint` is a hash of its bytes and of the way, so that the same
command finds its run again: chunks that are done are in the log and are not done twice. `rows` are
those of the file; once all chunks are done, rows = stored + duplicate + failed.
"""
