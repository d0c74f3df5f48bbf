"""Keep what is said about maps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_1143"
down_revision = "20261122_1106"


KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Keep what is said about maps."""
    op.create_table(
        "map_comment",
        sa.Column(
            "id",
            KEY,
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("map", sa.Text(), nullable=False),
        sa.Column("touchpoint", sa.Text(), server_default="", nullable=False),
        sa.Column("lane", sa.Text(), server_default="", nullable=False),
        sa.Column("reply_to", KEY, nullable=True),
        sa.Column("author", sa.Text(), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("mentions", sa.Text(), server_default="", nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("edited_at", sa.BigInteger(), nullable=True),
        sa.Column("resolved_at", sa.BigInteger(), nullable=True),
        sa.Column("resolved_by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["map"], ["map.key"], name=op.f("fk_map_comment_map"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reply_to"],
            ["map_comment.id"],
            name=op.f("fk_map_comment_reply_to"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_map_comment")),
    )
    with op.batch_alter_table("map_comment", schema=None) as batch:
        batch.create_index("ix_map_comment_map", ["map", "touchpoint"], unique=False)

    op.create_table(
        "map_nomination",
        sa.Column(
            "id",
            KEY,
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("map", sa.Text(), nullable=True),
        sa.Column("touchpoint", sa.Text(), server_default="", nullable=False),
        sa.Column("department", sa.Text(), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("times_a_week", sa.Integer(), nullable=True),
        sa.Column("author", sa.Text(), server_default="", nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), server_default="", nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_by", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["map"], ["map.key"], name=op.f("fk_map_nomination_map"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_map_nomination")),
    )
    with op.batch_alter_table("map_nomination", schema=None) as batch:
        batch.create_index("ix_map_nomination_status", ["status"], unique=False)

    op.create_table(
        "map_task",
        sa.Column(
            "id",
            KEY,
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("map", sa.Text(), nullable=False),
        sa.Column("touchpoint", sa.Text(), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("assignee", sa.Text(), server_default="", nullable=False),
        sa.Column("author", sa.Text(), server_default="", nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.Column("done_by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["map"], ["map.key"], name=op.f("fk_map_task_map"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_map_task")),
    )
    with op.batch_alter_table("map_task", schema=None) as batch:
        batch.create_index("ix_map_task_assignee", ["assignee"], unique=False)
        batch.create_index("ix_map_task_map", ["map"], unique=False)

    op.create_table(
        "map_vote",
        sa.Column("map", sa.Text(), nullable=False),
        sa.Column("touchpoint", sa.Text(), nullable=False),
        sa.Column("voter", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), server_default="", nullable=False),
        sa.Column("to_customer", sa.Integer(), nullable=False),
        sa.Column("to_company", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["map"], ["map.key"], name=op.f("fk_map_vote_map"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("map", "touchpoint", "voter", name=op.f("pk_map_vote")),
    )
