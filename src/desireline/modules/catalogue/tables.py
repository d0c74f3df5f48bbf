"""The tables of the catalogue. They hold names, counts and descriptions, and nothing of persons."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Table, Text

from desireline.kit.columns import number, text
from desireline.kit.database import metadata

DECLARED = (
    "description",
    "owner",
    "replaced_by",
    "declared_at",
    "declared_by",
    "deprecated_at",
)


def _declaration() -> tuple[Column[str] | Column[int], ...]:
    """What somebody has said about a name. `declared_at` is null where nobody has."""
    return (
        text("description"),
        text("owner"),
        text("replaced_by"),
        Column("declared_at", BigInteger),
        text("declared_by"),
        Column("deprecated_at", BigInteger),
    )


event_type = Table(
    "event_type",
    metadata,
    Column("name", Text, primary_key=True),
    number("events"),
    Column("first_at", BigInteger),
    Column("last_at", BigInteger),
    *_declaration(),
)
"""A type of events: how many there were, when the first and the last one happened (null: none was
seen), and what was said about it."""

event_property = Table(
    "event_property",
    metadata,
    Column("event_type", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    text("examples"),
    text("declared_kind"),
    *_declaration(),
    ForeignKeyConstraint(["event_type"], ["event_type.name"], ondelete="CASCADE"),
)
"""A property of events of one type. `examples` is a JSON list of texts that many persons share."""

event_property_kind = Table(
    "event_property_kind",
    metadata,
    Column("event_type", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    number("n"),
    number("first_at"),
    number("last_at"),
    ForeignKeyConstraint(
        ["event_type", "name"],
        ["event_property.event_type", "event_property.name"],
        ondelete="CASCADE",
    ),
)
"""How often, first and last a property was a text, a number, ...: see `kinds.py`."""

trait_field = Table(
    "trait_field",
    metadata,
    Column("name", Text, primary_key=True),
    text("kind"),
    text("options"),
    *_declaration(),
)
"""A trait of persons that somebody has declared. `options` is a JSON list, of a choice."""
