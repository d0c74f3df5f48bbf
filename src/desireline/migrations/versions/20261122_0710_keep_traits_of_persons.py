"""Keep traits of persons."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_0710"
down_revision = "20261122_0649"


def upgrade() -> None:
    """Keep what was said of a subject, by whom and when."""
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    by_code_points = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "trait",
        sa.Column("id", key, autoincrement=True, nullable=False),
        sa.Column("subject", key, nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("said_by", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("value", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("word", by_code_points, server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["subject"], ["subject.id"], name=op.f("fk_trait_subject"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trait")),
    )
    op.create_index(op.f("ix_trait_subject_name"), "trait", ["subject", "name"])
    op.create_index(op.f("ix_trait_word"), "trait", ["word"])
