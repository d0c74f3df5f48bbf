"""The tables of consent: who said yes or no to what, in which words, and how we know."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

from desireline.kit.columns import Key, number, text
from desireline.kit.database import metadata

consent = Table(
    "consent",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("subject", Key, ForeignKey("subject.id", ondelete="CASCADE"), nullable=False),
    Column("via", Key, ForeignKey("subject.id", ondelete="CASCADE")),
    Column("purpose", Text, nullable=False),
    text("channel"),
    Column("state", Text, nullable=False),
    text("text_version"),
    text("language"),
    text("proof"),
    text("source"),
    text("ip"),
    number("at"),
    number("recorded_at"),
    text("by"),
    Index(None, "subject", "purpose"),
    Index(None, "via"),
    sqlite_autoincrement=True,
)
"""The ledger: a row for each decision, never changed. `channel` is empty for all of a purpose.

`state` is granted, denied, withdrawn or pending. `via` is set on the row of an identifier that had
said no, and for which its person's later yes, by the identifier `via`, answers: as long as both are
one person. `ip` is a network, never an address. Times are microseconds since 1970 UTC.
"""

consent_text = Table(
    "consent_text",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("purpose", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("text", Text, nullable=False),
    text("sha256"),
    number("made_at"),
    text("by"),
    UniqueConstraint("purpose", "version", "language"),
)
"""The words that people agree to. A version is never changed: another text is another version."""

consent_purpose = Table(
    "consent_purpose",
    metadata,
    Column("name", Text, primary_key=True),
    text("says"),
    Column("needs_consent", Boolean, nullable=False),
    number("made_at"),
)
"""Purposes of this workspace, beside those that every one has: `purposes.DEFAULTS`."""

consent_state = Table(
    "consent_state",
    metadata,
    Column("one", SmallInteger, primary_key=True, autoincrement=False),
    number("version"),
)
"""One row as soon as there is a decision: a number that is one higher after each change."""
