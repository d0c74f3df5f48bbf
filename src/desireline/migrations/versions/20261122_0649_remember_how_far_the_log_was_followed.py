"""Remember how far the log was followed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_0649"
down_revision = "20261122_0645"


def upgrade() -> None:
    """Keep a position for each reaction."""
    op.create_table(
        "log_cursor",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_log_cursor")),
    )
