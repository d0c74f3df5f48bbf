"""The table of enrichment: what an operator has switched."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Table, Text

from desireline.kit.columns import number, text
from desireline.kit.database import metadata

enrichment_switch = Table(
    "enrichment_switch",
    metadata,
    Column("name", Text, primary_key=True),
    Column("off_at", BigInteger),
    number("switched_at"),
    text("switched_by"),
)
"""Fields that were ever switched: off since `off_at`, or on again (null). All others are on.

What was derived is kept with the traits of people.
"""
