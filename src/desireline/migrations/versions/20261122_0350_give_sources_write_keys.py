"""Give sources write keys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_0350"
down_revision = "20261122_0347"


def upgrade() -> None:
    """Keep sources, what they used of their quotas, and in which form failed events came."""
    op.create_table(
        "source",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key_hash", sa.Text(), nullable=False),
        sa.Column("key_end", sa.Text(), server_default="", nullable=False),
        sa.Column("quota", sa.BigInteger(), nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("off_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_source")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_source_key_hash")),
    )
    op.create_table(
        "failed_form",
        sa.Column(
            "failed_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("protocol", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), server_default="", nullable=False),
        sa.Column("skew", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["failed_id"],
            ["failed_event.id"],
            name=op.f("fk_failed_form_failed_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("failed_id", name=op.f("pk_failed_form")),
    )
    op.create_table(
        "source_day",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("day", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("events", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source"], ["source.name"], name=op.f("fk_source_day_source"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("source", "day", name=op.f("pk_source_day")),
    )
