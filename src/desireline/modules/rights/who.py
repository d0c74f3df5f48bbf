"""Whom a request is about: all subjects of one person, by any name of theirs."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from desireline.log.identity.people import subjects_of
from desireline.log.naming.identifiers import Name
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


def whole_person(look: Connection, said: str, country: str = "") -> Who:
    """The person whom a text names: `17`, `email:ann@example.com`, or a bare e-mail address.

    A phone may be written as it is dialled in `country`. Raises PersonUnknown, PersonUnnamed.
    """
    told = said.strip()
    named = f"email:{told}" if "@" in told and ":" not in told else told
    number = find_person(look, named, country)
    subjects = subjects_of(look, number)
    names = names_of(look, subjects)
    return Who(tuple(subjects), tuple(names[one] for one in subjects))
