"""Keep who knows a nominated pain point too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_1405"
down_revision = "20261122_1357"


def upgrade() -> None:
    """Keep who knows a nominated pain point too."""
    op.create_table(
        "map_nomination_vote",
        sa.Column(
            "nomination", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("voter", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["nomination"],
            ["map_nomination.id"],
            name=op.f("fk_map_nomination_vote_nomination"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("nomination", "voter", name=op.f("pk_map_nomination_vote")),
    )
