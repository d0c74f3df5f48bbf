"""Keep a ledger of consents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_0725"
down_revision = "20261122_0723"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Keep consents, their texts and purposes, what links are signed with, and who asks for it."""
    op.create_table(
        "consent",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("subject", KEY, nullable=False),
        sa.Column("via", KEY, nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("text_version", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), server_default="", nullable=False),
        sa.Column("proof", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("ip", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["subject"], ["subject.id"], name=op.f("fk_consent_subject"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["via"], ["subject.id"], name=op.f("fk_consent_via"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_consent_subject_purpose"), "consent", ["subject", "purpose"])
    op.create_index(op.f("ix_consent_via"), "consent", ["via"])
    op.create_table(
        "consent_text",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_text")),
        sa.UniqueConstraint(
            "purpose", "version", "language", name=op.f("uq_consent_text_purpose_version_language")
        ),
    )
    op.create_table(
        "consent_purpose",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("says", sa.Text(), server_default="", nullable=False),
        sa.Column("needs_consent", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_consent_purpose")),
    )
    op.create_table(
        "consent_state",
        sa.Column("one", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("one", name=op.f("pk_consent_state")),
    )
    op.create_table(
        "workspace_secret",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_workspace_secret")),
    )
    op.add_column(
        "source",
        sa.Column("asks_consent", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
