"""Say since when a target is met or missed, and mute its alerts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_1412"
down_revision = "20261122_1405"


def upgrade() -> None:
    """Add the columns; since when a target is as it is, is known from the next look on."""
    op.add_column(
        "target", sa.Column("muted", sa.SmallInteger(), server_default="0", nullable=False)
    )
    op.add_column("target", sa.Column("since", sa.BigInteger(), nullable=True))
