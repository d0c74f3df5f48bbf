"""Keep a catalogue of event types and fields."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_0712"
down_revision = "20261122_0711"


def _declaration() -> list[sa.Column]:  # type: ignore[type-arg]
    return [
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("owner", sa.Text(), server_default="", nullable=False),
        sa.Column("replaced_by", sa.Text(), server_default="", nullable=False),
        sa.Column("declared_at", sa.BigInteger(), nullable=True),
        sa.Column("declared_by", sa.Text(), server_default="", nullable=False),
        sa.Column("deprecated_at", sa.BigInteger(), nullable=True),
    ]


def upgrade() -> None:
    """Which types, properties and kinds of values were seen, and what was said about them."""
    op.create_table(
        "event_type",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("events", sa.BigInteger(), nullable=False),
        sa.Column("first_at", sa.BigInteger(), nullable=True),
        sa.Column("last_at", sa.BigInteger(), nullable=True),
        *_declaration(),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_event_type")),
    )
    op.create_table(
        "event_property",
        sa.Column("event_type", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("examples", sa.Text(), server_default="", nullable=False),
        sa.Column("declared_kind", sa.Text(), server_default="", nullable=False),
        *_declaration(),
        sa.ForeignKeyConstraint(
            ["event_type"],
            ["event_type.name"],
            name=op.f("fk_event_property_event_type"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_type", "name", name=op.f("pk_event_property")),
    )
    op.create_table(
        "event_property_kind",
        sa.Column("event_type", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("first_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_type", "name"],
            ["event_property.event_type", "event_property.name"],
            name=op.f("fk_event_property_kind_event_type"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_type", "name", "kind", name=op.f("pk_event_property_kind")),
    )
    op.create_table(
        "trait_field",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("options", sa.Text(), server_default="", nullable=False),
        *_declaration(),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_trait_field")),
    )
