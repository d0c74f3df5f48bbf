"""The table of rights: for how long what is kept."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text

from desireline.kit.columns import number
from desireline.kit.database import metadata

retention = Table(
    "retention",
    metadata,
    Column("what", Text, primary_key=True),
    Column("type", Text, primary_key=True),
    number("months"),
)
"""For how many months something is kept. `what` is event or failed_event; of events `type` is their
type, and empty for all that have no period of their own. What is not listed is kept for ever."""
