"""Remember erasures, and where backups lie."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_0347"
down_revision = "20261122_0336"


def upgrade() -> None:
    """Remember erasures, and where backups lie."""
    op.create_table(
        "backup_place",
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("told", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("folder", name=op.f("pk_backup_place")),
    )
    op.create_table(
        "erasure",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("subjects", sa.Text(), nullable=False),
        sa.Column("failed_events", sa.Text(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "restored_from",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("subject", sa.BigInteger(), nullable=False),
        sa.Column("failed_event", sa.BigInteger(), nullable=False),
        sa.Column("erasure", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", name=op.f("pk_restored_from")),
    )
