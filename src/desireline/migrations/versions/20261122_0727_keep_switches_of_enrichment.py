"""Keep switches of enrichment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_0727"
down_revision = "20261122_0725"


def upgrade() -> None:
    """Which fields are derived, and which are off."""
    op.create_table(
        "enrichment_switch",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("off_at", sa.BigInteger(), nullable=True),
        sa.Column("switched_at", sa.BigInteger(), nullable=False),
        sa.Column("switched_by", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_enrichment_switch")),
    )
