"""Whom a request is about: all subjects of one person, by any name of theirs."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from desireline.log.identifiers import Name, spelled
from desireline.log.identity.people import subjects_of
from desireline.log.rejecting import Unfit
from desireline.log.segments.rows import names_of
from desireline.log.subjects import find_numbers
from desireline.log.tables import subject
from desireline.modules.rights.errors import PersonUnknown

MOST_NUMBER = 2**63 - 1


@dataclass(frozen=True)
class Who:
    """One person: every subject, and the identifier that each is."""

    subjects: tuple[int, ...]
    """Rising; the first is the person's number."""
    names: tuple[Name, ...]

    @property
    def person(self) -> int:
        """The number of the person."""
        return self.subjects[0]


def find_person(look: Connection, said: str) -> Who:
    """The person whom a text names: `17`, `email:ann@example.com`, or a bare e-mail address.

    Raises PersonUnknown.
    """
    number = _number(look, said.strip())
    if number is None:
        raise PersonUnknown(
            f"The log knows nobody as {said[:80]!r}.",
            hint="Name the number of a subject, or an identifier with its kind:"
            " email:ann@example.com, user_id:4711.",
        )
    subjects = subjects_of(look, number)
    named = names_of(look, subjects)
    return Who(tuple(subjects), tuple(named[one] for one in subjects))


def _number(look: Connection, said: str) -> int | None:
    if said.isascii() and said.isdigit():
        asked = int(said)
        if asked > MOST_NUMBER:
            return None
        return look.execute(select(subject.c.id).where(subject.c.id == asked)).scalar()
    kind, colon, value = said.partition(":")
    if not colon:
        kind, value = "email", said
    try:
        name = (kind, spelled(kind, value))
    except Unfit:
        return None
    return find_numbers(look, [name]).get(name)
