"""Know ids by position instead of by an index."""

from __future__ import annotations

from alembic import op

revision = "20261122_0336"
down_revision = "20261122_0335"


def upgrade() -> None:
    """Drop the index on ids of the tail: whoever appends knows the ids up to the last position."""
    with op.batch_alter_table("event") as event:
        event.drop_constraint("uq_event_id_lo_id_hi", type_="unique")
