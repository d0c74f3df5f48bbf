"""Keep personas."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_1152"
down_revision = "20261122_1143"


def upgrade() -> None:
    """Keep personas."""
    op.create_table(
        "persona",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_by", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_persona")),
    )
