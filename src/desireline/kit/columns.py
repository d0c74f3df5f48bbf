"""Columns that tables of every room share."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Integer, Text

# SQLite gives its row number only to a key of the type INTEGER.
Key = BigInteger().with_variant(Integer, "sqlite")
"""The type of a key of 64 bits."""


def number(name: str, **options: Any) -> Column[int]:
    """A whole number of 64 bits that is always there."""
    return Column(name, BigInteger, nullable=False, **options)


def text(name: str) -> Column[str]:
    """A text that is always there, and empty unless told."""
    return Column(name, Text, nullable=False, server_default="")
