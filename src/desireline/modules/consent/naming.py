"""Identifiers and their subjects, where the log may not know the identifier yet."""

from __future__ import annotations

from sqlalchemy import Connection, select

from desireline.log.naming.identifiers import Name, spelled
from desireline.log.tables import subject


def name_of(connection: Connection, number: int) -> Name | None:
    """The identifier of a subject; None where it was erased."""
    row = connection.execute(select(subject.c.kind, subject.c.value).where(subject.c.id == number))
    found = row.first()
    return None if found is None else (found[0], found[1])


def name_in(person: str, country: str = "") -> Name | None:
    """The identifier that `email:ann@example.com` names; None of a number. Raises Unfit.

    `country` is that of phones which do not say theirs.
    """
    kind, colon, value = person.partition(":")
    return (kind, spelled(kind, value, country)) if colon and kind else None
