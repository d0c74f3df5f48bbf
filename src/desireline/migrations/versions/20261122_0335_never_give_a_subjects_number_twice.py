"""Never give a subject's number twice."""

from __future__ import annotations

from alembic import op

revision = "20261122_0335"
down_revision = "20261122_0102"


def upgrade() -> None:
    """Let SQLite remember the highest number it gave; PostgreSQL's sequence does so by itself.

    SQLite takes this only while a table is made, so the table is made anew, with its rows.
    """
    if op.get_context().dialect.name != "sqlite":
        return
    remembers = {"sqlite_autoincrement": True}
    with op.batch_alter_table("subject", recreate="always", table_kwargs=remembers):
        pass
