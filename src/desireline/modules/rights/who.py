"""Whom a request is about: all subjects of one person, by any name of theirs."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from desireline.log.identifiers import Name
from desireline.log.identity.people import subjects_of
from desireline.log.segments.rows import names_of
from desireline.modules.people.facade import find_person


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


def whole_person(look: Connection, said: str) -> Who:
    """The person whom a text names: `17`, `email:ann@example.com`, or a bare e-mail address.

    Raises PersonUnknown, PersonUnnamed.
    """
    told = said.strip()
    number = find_person(look, f"email:{told}" if "@" in told and ":" not in told else told)
    subjects = subjects_of(look, number)
    named = names_of(look, subjects)
    return Who(tuple(subjects), tuple(named[one] for one in subjects))
