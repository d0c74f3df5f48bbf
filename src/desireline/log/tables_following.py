"""How far those who follow the log have come."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text

from desireline.kit.columns import number
from desireline.kit.database import metadata

log_cursor = Table(
    "log_cursor",
    metadata,
    Column("name", Text, primary_key=True),
    number("position"),
)
"""Whoever reacts to events, and the last position that was reacted to; no row: none yet."""
