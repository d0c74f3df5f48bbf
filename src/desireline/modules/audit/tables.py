"""The tables of the audit log: what people with access did, and the end of the chain."""

from __future__ import annotations

from sqlalchemy import Column, Index, SmallInteger, Table

from desireline.kit.columns import Key, number, text
from desireline.kit.database import metadata

audit_entry = Table(
    "audit_entry",
    metadata,
    Column("number", Key, primary_key=True, autoincrement=False),
    number("at"),
    text("who"),
    text("what"),
    text("about"),
    text("details"),
    text("previous"),
    text("hash"),
    Index(None, "what"),
    Index(None, "about"),
)
"""One thing that somebody did. `number` counts from 1 without gaps, `details` is a JSON object,
`previous` is the hash of the entry before, `hash` that of this one: `entries.hash_of`.

It names nobody of whom the log keeps anything: persons are the numbers of subjects.
"""

audit_head = Table(
    "audit_head",
    metadata,
    Column("one", SmallInteger, primary_key=True, autoincrement=False),
    number("number"),
    text("hash"),
)
"""One row as soon as there is an entry: the last one. Entries cut off at the end show by it."""
