"""Put maps away."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_1352"
down_revision = "20261122_1152"


def upgrade() -> None:
    """Put maps away."""
    op.add_column("map", sa.Column("archived_at", sa.BigInteger(), nullable=True))
