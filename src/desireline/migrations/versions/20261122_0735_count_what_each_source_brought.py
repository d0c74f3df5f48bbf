"""Count what each source brought."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_0735"
down_revision = "20261122_0727"


def upgrade() -> None:
    """Keep counts and times of each source; a reaction fills them from the log."""
    op.create_table(
        "source_seen",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("events", sa.BigInteger(), nullable=False),
        sa.Column("first_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_source_seen")),
    )
