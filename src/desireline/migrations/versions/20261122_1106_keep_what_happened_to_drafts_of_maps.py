"""Keep what happened to drafts of maps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_1106"
down_revision = "20261122_1102"


def upgrade() -> None:
    """Keep what happened to drafts of maps, and who is at them."""
    op.create_table(
        "map_change",
        sa.Column("map", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("touched", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), server_default="", nullable=False),
        sa.Column("session", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["map"], ["map.key"], name=op.f("fk_map_change_map"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("map", "revision", name=op.f("pk_map_change")),
    )
    op.create_table(
        "map_presence",
        sa.Column("map", sa.Text(), nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), server_default="", nullable=False),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["map"], ["map.key"], name=op.f("fk_map_presence_map"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("map", "session", name=op.f("pk_map_presence")),
    )
    with op.batch_alter_table("map_version", schema=None) as batch:
        batch.add_column(sa.Column("message", sa.Text(), server_default="", nullable=False))
