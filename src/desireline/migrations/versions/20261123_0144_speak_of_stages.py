"""Speak of stages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_0144"
down_revision = "20261122_2240"


def upgrade() -> None:
    """Speak of stages."""
    for table in ("map_comment", "map_task"):
        stage = sa.Column("stage", sa.Text(), server_default="", nullable=False)
        op.add_column(table, stage)
