"""Keep maps and their versions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_0102"
down_revision = "20261122_0056"


def upgrade() -> None:
    """Keep maps and their versions."""
    op.create_table(
        "map",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=True),
        sa.Column("drafted_at", sa.BigInteger(), nullable=False),
        sa.Column("drafted_by", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_map")),
    )
    op.create_table(
        "map_version",
        sa.Column("map", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.Column("author", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["map"], ["map.key"], name=op.f("fk_map_version_map"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("map", "version", name=op.f("pk_map_version")),
    )
