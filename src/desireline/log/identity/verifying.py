"""Verified identifiers: those that are known to be the person's own."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from desireline.log.identity.links import touch
from desireline.log.tables import subject


def verify(tx: Connection, number: int, at: int, by: str) -> bool:
    """Whether the subject was not verified yet; now it is, since `at`, and `by` says how.

    To be called where a person has shown that an identifier is theirs, as by a click in a mail.
    Two verified e-mail addresses, or telephone numbers, never become one person in silence.
    """
    return _set(tx, number, at, by)


def unverify(tx: Connection, number: int) -> bool:
    """Whether the subject was verified; now it is not."""
    return _set(tx, number, None, "")


def _set(tx: Connection, number: int, at: int | None, by: str) -> bool:
    row = subject.c.id == number
    before = tx.execute(select(subject.c.verified_at).where(row)).scalar_one()
    if (before is None) == (at is None):
        return False
    tx.execute(update(subject).where(row).values(verified_at=at, verified_by=by))
    touch(tx, number)
    return True
