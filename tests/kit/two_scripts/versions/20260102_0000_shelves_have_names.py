"""Shelves have names: on SQLite the table that books refer to is made anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20260102_0000"
down_revision = "20260101_0000"


def upgrade() -> None:
    with op.batch_alter_table("shelf", recreate="auto") as shelf:
        shelf.add_column(sa.Column("name", sa.Text, nullable=False, server_default=""))
        shelf.create_unique_constraint("uq_shelf_name", ["name"])
    shelf = sa.table("shelf", sa.column("name"))
    op.execute(shelf.update().values(name="poems"))
