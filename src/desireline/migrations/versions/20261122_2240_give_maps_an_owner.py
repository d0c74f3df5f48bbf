"""Give maps an owner."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_2240"
down_revision = "20261122_1733"


def upgrade() -> None:
    """Give maps an owner."""
    op.add_column("map", sa.Column("owner", sa.BigInteger(), nullable=True))
