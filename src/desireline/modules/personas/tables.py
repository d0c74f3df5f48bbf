"""The table of personas."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text

from desireline.kit.columns import number, text
from desireline.kit.database import metadata

persona = Table(
    "persona",
    metadata,
    Column("key", Text, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("document", Text, nullable=False),
    number("changed_at"),
    text("changed_by"),
)
"""Described types of customers; `document` is JSON. Their figures are computed, not kept."""
