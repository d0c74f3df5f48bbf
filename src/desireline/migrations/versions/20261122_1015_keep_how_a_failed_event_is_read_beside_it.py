"""Keep how a failed event is read beside it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_1015"
down_revision = "20261122_1013"


def upgrade() -> None:
    """Move the forms: a failed event and its form are one row now, and so one transaction."""
    op.add_column("failed_event", sa.Column("form", sa.Text(), server_default="", nullable=False))
    names = [sa.column(name, sa.Text()) for name in ("failed_id", "protocol", "form", "skew")]
    c = sa.table("failed_form", *names).c
    failed = sa.table("failed_event", sa.column("id"), sa.column("form"))
    said = c.protocol + "/" + c.form + "/" + sa.cast(c.skew, sa.Text())
    told = sa.select(said).where(c.failed_id == failed.c.id).scalar_subquery()
    known = failed.c.id.in_(sa.select(c.failed_id))
    op.execute(failed.update().where(known).values(form=told))
    op.drop_table("failed_form")
