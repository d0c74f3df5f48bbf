"""The tables of the log. The tail has the columns of the segments, name for name."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

from desireline.kit.columns import Key, number, text
from desireline.kit.database import metadata

event = Table(
    "event",
    metadata,
    Column("position", Key, primary_key=True, autoincrement=False),
    number("id_hi"),
    number("id_lo"),
    number("subject"),
    number("at"),
    number("received_at"),
    text("type"),
    text("kind"),
    text("channel"),
    text("direction"),
    text("actor"),
    Column("value", Double),
    Column("currency", Text),
    Column("identifiers", Text),
    Column("properties", Text),
    Column("context", Text),
    text("source"),
    Index(None, "subject"),
)
"""The tail: events that no segment holds yet. `log.appending.dedup` lets each id in once.

`position` numbers events in the order of their commits, without gaps, from 1. `id_hi` and `id_lo`
are the two signed halves of the event's UUID. Times are microseconds since 1970 UTC. `identifiers`
(where there is more than the subject's), `properties` and `context` are JSON objects or null.
"""

VERDICTS = ("stored", "duplicate", "failed")

log_state = Table(
    "log_state",
    metadata,
    Column("one", SmallInteger, primary_key=True),
    number("position"),
    number("catalogue"),
    number("erasures"),
    number("links"),
    *(number(counter, server_default="0") for counter in ("received", *VERDICTS)),
)
"""One row. `position` is the last one given out. Then come versions, one higher after each change
of the catalogue of segments, each erasure, each change of identity links; and how many events were
ever received, and what became of them."""

segment = Table(
    "segment",
    metadata,
    Column("number", Key, primary_key=True, autoincrement=True),
    Column("file", Text, nullable=False, unique=True),
    Column("sha256", Text, nullable=False),
    number("bytes"),
    number("rows"),
    number("first_position"),
    number("last_position"),
    number("first_subject"),
    number("last_subject"),
    number("first_at"),
    number("last_at"),
    number("made_at"),
)
"""The catalogue: every segment that belongs to the log. A file that is not listed is no part."""

subject = Table(
    "subject",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("kind", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("verified_at", BigInteger),
    text("verified_by"),
    UniqueConstraint("kind", "value"),
    sqlite_autoincrement=True,
)
"""One identifier (user_id, email, phone, anonymous_id, ...) and its number in the log.

`verified_at` is set where it is known to be the person's own, and `verified_by` says how or by
whom: see `log.identity.verifying`.

No number is given twice, also after the one who had it was erased: an index, a file or a room may
still know it.
"""

identity_link = Table(
    "identity_link",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("a", Key, ForeignKey("subject.id", ondelete="CASCADE"), nullable=False),
    Column("b", Key, ForeignKey("subject.id", ondelete="CASCADE"), nullable=False),
    text("evidence"),
    text("source"),
    number("at"),
    Column("withdrawn_at", BigInteger),
    Column("confirmed_at", BigInteger),
    text("decided_by"),
    text("because"),
    number("version", server_default="0"),
    UniqueConstraint("a", "b"),
    Index(None, "b"),
    Index(None, "version"),
)
"""Two identifiers of one person, why, since when; `a < b`.

`evidence` is the kind of the event that named both first (`identify`, `track`, ...) and `source`
the door it came through; `confirmed` where no event has. What people decide stands beside it, so
that it can be taken back: a link counts unless `withdrawn_at` is set, and counts for certain where
`confirmed_at` is, whatever else there is. `decided_by` and `because` are of the last decision.

`version` is what `log_state.links` became by the last change of the row: an index that has seen
one version asks for the rows with a higher one. `log.identity.links` writes them so.
"""

failed_event = Table(
    "failed_event",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    number("received_at"),
    text("source"),
    text("code"),
    text("reason"),
    Column("body", LargeBinary, nullable=False),
    Column("replayed_at", BigInteger),
    text("form"),
    Index(None, "received_at"),
)
"""What could not be stored: why, and the very bytes that came, so it can be tried again.

`form` says how they are to be read, in the words of the door that took them in: empty for events of
our own form, as docs/events.md has it.
"""
