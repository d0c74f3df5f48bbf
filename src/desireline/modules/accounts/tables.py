"""The tables of accounts: companies and households, what is known of them, and who is in them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text, UniqueConstraint

from desireline.kit.columns import Key, number, text
from desireline.kit.database import metadata

account = Table(
    "account",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    text("name"),
    number("made_at"),
    text("source"),
    sqlite_autoincrement=True,
)
"""A company or a household. `key` is its own: the id of a group, a domain, or what was given."""

account_trait = Table(
    "account_trait",
    metadata,
    Column("account", Key, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("value", Text, nullable=False),
    number("at"),
)
"""What each source said last of an account, as JSON, and when; what was said last counts."""

account_member = Table(
    "account_member",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("account", Key, ForeignKey("account.id", ondelete="CASCADE"), nullable=False),
    Column("subject", Key, ForeignKey("subject.id", ondelete="CASCADE"), nullable=False),
    text("role"),
    number("since"),
    Column("until", BigInteger),
    text("source"),
    UniqueConstraint("account", "subject", "role"),
    Index(None, "subject"),
    sqlite_autoincrement=True,
)
"""Who is in an account, as what, from when to when; `until` is null while they are. Times are
microseconds since 1970 UTC."""
