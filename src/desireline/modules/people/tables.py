"""What is known of persons beside their events: traits, keyed by the subject they were told of."""

from __future__ import annotations

from sqlalchemy import Column, Double, ForeignKey, Index, Table, Text

from desireline.kit.columns import Key, number, text
from desireline.kit.database import metadata

Sorted = Text().with_variant(Text(collation="C"), "postgresql")
"""Text in the order of its code points on either database, so that an index finds prefixes."""

trait = Table(
    "trait",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("subject", Key, ForeignKey("subject.id", ondelete="CASCADE"), nullable=False),
    text("name"),
    text("said_by"),
    text("source"),
    text("value"),
    number("at"),
    number("last_at"),
    number("position"),
    Column("confidence", Double, nullable=False),
    Index(None, "subject", "name"),
    Column("word", Sorted, nullable=False, server_default=""),
    Index(None, "word"),
)
"""What somebody or something said of a subject, and from when to when it was said without change.

Rows are never overwritten by another value: a new value is a new row, behind which the old one no
longer counts. `value` is JSON; `null` says that there is no such trait any more. `said_by` is
`stated`, `observed`, `enriched` or `inferred`; `source` says by whom or by which rule; `position`
is that of the event that said it first, 0 where no event did. `word` is what the trait is searched
by, in small letters; empty unless it is a name. Times are microseconds since 1970 UTC.
"""
