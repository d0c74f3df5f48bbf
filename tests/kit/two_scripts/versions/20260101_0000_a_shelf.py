"""A shelf, and a thousand books that stand on it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20260101_0000"
down_revision = None


def upgrade() -> None:
    op.create_table("shelf", sa.Column("id", sa.Integer, primary_key=True))
    op.create_table(
        "book",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "shelf",
            sa.Integer,
            sa.ForeignKey("shelf.id", name="fk_book_shelf", ondelete="CASCADE"),
            nullable=False,
        ),
    )
    shelf = sa.table("shelf", sa.column("id"))
    book = sa.table("book", sa.column("id"), sa.column("shelf"))
    op.bulk_insert(shelf, [{"id": 1}])
    op.bulk_insert(book, [{"id": n, "shelf": 1} for n in range(1000)])
