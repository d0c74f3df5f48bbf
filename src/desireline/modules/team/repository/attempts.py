"""Tries in the database."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from desireline.modules.team.tables import attempt


def get_until(tx: Connection, key: str) -> int:
    """When the bucket will be empty; others who count wait until the transaction ends."""
    query = select(attempt.c.until_at).where(attempt.c.key == key).with_for_update()
    found = tx.execute(query).scalar_one_or_none()
    if found is None:
        try:
            with tx.begin_nested():
                tx.execute(insert(attempt).values(key=key, until_at=0))
        except IntegrityError:  # another process was quicker
            found = tx.execute(query).scalar_one_or_none()
    return found or 0


def put_until(tx: Connection, key: str, until: int) -> None:
    """When it will be empty; `get_until` has made the row."""
    tx.execute(update(attempt).where(attempt.c.key == key).values(until_at=until))


def drop_before(tx: Connection, at: int) -> None:
    """Drops those that are empty."""
    tx.execute(delete(attempt).where(attempt.c.until_at < at))
