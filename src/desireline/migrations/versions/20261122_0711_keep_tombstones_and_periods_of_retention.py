"""Keep tombstones and periods of retention."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_0711"
down_revision = "20261122_0710"


def upgrade() -> None:
    """Keep tombstones and periods of retention."""
    op.create_table(
        "retention",
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("months", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("what", "type", name=op.f("pk_retention")),
    )
    op.create_table(
        "tombstone",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_tombstone")),
    )
    op.create_table(
        "tombstone_key",
        sa.Column("one", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("one", name=op.f("pk_tombstone_key")),
    )
    with op.batch_alter_table("erasure") as batch_op:
        batch_op.add_column(sa.Column("becomes", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("keeps", sa.Text(), server_default="", nullable=False))
