"""Sources may refuse opted-out browsers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_1013"
down_revision = "20261122_0752"


def upgrade() -> None:
    """Keep what a source does about Sec-GPC and DNT; those that there are go on marking."""
    op.add_column(
        "source",
        sa.Column("refuses_opted_out", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
