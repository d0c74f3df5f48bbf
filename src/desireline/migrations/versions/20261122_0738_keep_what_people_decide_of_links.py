"""Keep what people decide of links, the door they came through, and what is verified."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_0738"
down_revision = "20261122_0735"


def upgrade() -> None:
    """Add the columns; links that were confirmed are so since they were made."""
    for name in ("source", "decided_by", "because"):
        op.add_column(
            "identity_link", sa.Column(name, sa.Text(), server_default="", nullable=False)
        )
    op.add_column("identity_link", sa.Column("confirmed_at", sa.BigInteger(), nullable=True))
    link = sa.table(
        "identity_link", *map(sa.column, ("evidence", "at", "confirmed_at", "withdrawn_at"))
    )
    known = sa.and_(link.c.evidence == "confirmed", link.c.withdrawn_at.is_(None))
    op.execute(link.update().where(known).values(confirmed_at=link.c.at))
    op.add_column("subject", sa.Column("verified_at", sa.BigInteger(), nullable=True))
    op.add_column("subject", sa.Column("verified_by", sa.Text(), server_default="", nullable=False))
