"""People: the person of every subject, as an array; and the links that lead from one to others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self

import numpy as np
from sqlalchemy import Connection, Select, or_, select

from desireline.engine.journeys import I64, U8, Bools
from desireline.log.identity.persons import CONFIRMED, Links, person_of, rank_of, refused
from desireline.log.tables import identity_link, subject

CHUNK = 10_000
"""Values in one statement: SQLite takes 32,766."""


@dataclass(frozen=True, eq=False)
class Circle:
    """Some subjects and all active links between them and others: they decide who is who."""

    subjects: I64
    """Rising; every end of a link, and subjects without any."""
    ranks: U8
    links: Links

    @cached_property
    def persons(self) -> I64:
        """The person of each subject."""
        return person_of(self.subjects, self.ranks, self.links)

    @cached_property
    def refused(self) -> Bools:
        """The links that join nothing, since they would make one person of two."""
        return refused(self.subjects, self.persons, self.links)


@dataclass(frozen=True, eq=False)
class People:
    """The person of each subject that was ever linked; any other is a person by itself."""

    person: I64
    """`person[subject]`."""

    @classmethod
    def nobody_linked(cls) -> Self:
        """Each subject is a person."""
        return cls(np.zeros(0, np.int64))

    @classmethod
    def of(cls, circle: Circle) -> Self:
        """The people of all links."""
        return cls.nobody_linked().with_circle(circle)

    def of_subjects(self, subjects: I64) -> I64:
        """The persons of some subjects."""
        persons = subjects.copy()
        known = subjects < len(self.person)
        persons[known] = self.person[subjects[known]]
        return persons

    def with_circle(self, circle: Circle) -> Self:
        """The same people, but those of `circle` as it says; copied."""
        if not len(circle.subjects):
            return self
        size = max(len(self.person), int(circle.subjects[-1]) + 1)
        person = np.arange(size)
        person[: len(self.person)] = self.person
        person[circle.subjects] = circle.persons
        return replace(self, person=person)


def every_circle(tx: Connection) -> Circle:
    """All active links of the log."""
    return _circle(tx, _fetched(tx, _active()))


def circle_around(tx: Connection, subjects: I64) -> Circle:
    """The subjects that active links lead to from `subjects`, in as many steps as it takes.

    What a change of links can change lies within: the person of a subject follows from the links
    that can be reached from it, and from no others.
    """
    found: set[tuple[int, int, bool]] = set()
    seen: set[int] = set()
    border = {int(s) for s in subjects}
    while border:
        seen |= border
        ends = sorted(border)
        met = set()
        for start in range(0, len(ends), CHUNK):
            chunk = ends[start : start + CHUNK]
            link = identity_link.c
            met |= set(_fetched(tx, _active().where(or_(link.a.in_(chunk), link.b.in_(chunk)))))
        found |= met
        border = {end for a, b, _ in met for end in (a, b)} - seen
    return _circle(tx, sorted(found), also=seen)


def changed_since(tx: Connection, version: int) -> I64:
    """The subjects at either end of links that were made or withdrawn after `version`."""
    link = identity_link.c
    rows = tx.execute(select(link.a, link.b).where(link.version > version)).all()
    return np.unique(np.array(rows, np.int64))


def subjects_of(tx: Connection, subject_id: int) -> list[int]:
    """All subjects of the person that a subject belongs to, rising: the first is the person.

    So a person may also be asked for by a number that it had before it was joined with another.
    """
    circle = circle_around(tx, np.array([subject_id]))
    person = circle.persons[np.searchsorted(circle.subjects, subject_id)]
    return [int(s) for s in circle.subjects[circle.persons == person]]


def _active() -> Select[Any]:
    link = identity_link.c
    return select(link.a, link.b, link.evidence).where(link.withdrawn_at.is_(None))


def _fetched(tx: Connection, wanted: Select[Any]) -> list[tuple[int, int, bool]]:
    return [(a, b, evidence == CONFIRMED) for a, b, evidence in tx.execute(wanted)]


def _circle(
    tx: Connection, links: list[tuple[int, int, bool]], also: set[int] | None = None
) -> Circle:
    ends = np.array([(a, b) for a, b, _ in links], np.int64).reshape(-1, 2)
    confirmed = np.array([sure for _, _, sure in links], np.bool_)
    further = np.array(sorted(also or ()), np.int64)
    subjects = np.unique(np.concatenate([ends.ravel(), further]))
    return Circle(subjects, _ranks(tx, subjects), Links(ends[:, 0], ends[:, 1], confirmed))


def _ranks(tx: Connection, subjects: I64) -> U8:
    """A subject that was erased counts as weak."""
    kinds: dict[int, str] = {}
    for start in range(0, len(subjects), CHUNK):
        wanted = subjects[start : start + CHUNK].tolist()
        kinds.update(
            (number, kind)
            for number, kind in tx.execute(
                select(subject.c.id, subject.c.kind).where(subject.c.id.in_(wanted))
            )
        )
    return np.array([rank_of(kinds.get(int(s), "")) for s in subjects], np.uint8)
