"""People: the person of every subject, as an array; and the links that lead from one to others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self

import msgspec
import numpy as np
from sqlalchemy import ColumnElement, Connection, Text, case, cast, func, or_, select

from desireline.engine.journeys import I64, U8, Bools
from desireline.log.identity.persons import (
    CONFIRMED,
    OTHER_RANK,
    RANKS,
    Links,
    distinct,
    person_of,
    places,
    refused,
)
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
        if not len(self.person) or not len(subjects):
            return subjects
        if int(subjects.max()) < len(self.person):
            return self.person[subjects]
        known = subjects < len(self.person)
        return np.where(known, self.person[np.where(known, subjects, 0)], subjects)

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
    last = tx.execute(select(func.max(identity_link.c.id))).scalar_one() or 0
    spans = range(0, last + 1, CHUNK)
    number = identity_link.c.id
    return _circle([_fetched(tx, number.between(a, a + CHUNK - 1)) for a in spans])


def circle_around(tx: Connection, subjects: I64) -> Circle:
    """The subjects that active links lead to from `subjects`, in as many steps as it takes.

    What a change of links can change lies within: the person of a subject follows from the links
    that can be reached from it, and from no others.
    """
    found: list[LinkRows] = []
    seen, border = subjects[:0], np.unique(subjects)
    while len(border):
        seen = np.union1d(seen, border)
        met = seen[:0]
        for start in range(0, len(border), CHUNK):
            ends = border[start : start + CHUNK].tolist()
            link = identity_link.c
            rows = _fetched(tx, or_(link.a.in_(ends), link.b.in_(ends)))
            found.append(rows)
            met = np.union1d(met, rows[:2])
        border = np.setdiff1d(met, seen)
    return _circle(found, also=seen)


def changed_since(tx: Connection, version: int) -> I64:
    """The subjects at either end of links that were made or withdrawn after a version."""
    link = identity_link.c
    rows = tx.execute(select(link.a, link.b).where(link.version > version))
    return np.unique(np.array([end for a, b in rows for end in (a, b)], np.int64))


def subjects_of(tx: Connection, subject_id: int) -> list[int]:
    """All subjects of the person that a subject belongs to, rising: the first is the person.

    So a person may also be asked for by a number that it had before it was joined with another.
    """
    circle = circle_around(tx, np.array([subject_id]))
    person = circle.persons[np.searchsorted(circle.subjects, subject_id)]
    return [int(s) for s in circle.subjects[circle.persons == person]]


LinkRows = I64
"""Five rows, one column a link: both subjects, how strong they are, whether it is confirmed."""


def _fetched(tx: Connection, which: ColumnElement[bool]) -> LinkRows:
    """The active links among those asked for.

    The database writes the arrays: of 300,000 links, row by row takes 4 s, this 0.5.
    """
    link, a, b = identity_link.c, subject.alias("a"), subject.alias("b")
    wanted = [link.a, link.b, _rank_sql(a), _rank_sql(b), _as_number(link.evidence == CONFIRMED)]
    collect = func.json_group_array if tx.dialect.name == "sqlite" else func.json_agg
    joined = identity_link.join(a, a.c.id == link.a).join(b, b.c.id == link.b)
    arrays = select(*(cast(collect(one), Text) for one in wanted)).select_from(joined)
    found = tx.execute(arrays.where(which, link.withdrawn_at.is_(None))).one()
    columns = [msgspec.json.decode(text or "[]", type=list[int]) for text in found]
    return np.array(columns, np.int64)


def _rank_sql(of: Any) -> ColumnElement[int]:
    return case(RANKS, value=of.c.kind, else_=OTHER_RANK)


def _as_number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _circle(found: list[LinkRows], also: I64 | None = None) -> Circle:
    """A link that was found from both its ends stands twice, which changes nothing."""
    none: I64 = np.zeros((5, 0), np.int64)
    a, b, rank_a, rank_b, sure = np.concatenate([none, *found], axis=1)
    subjects = distinct(np.concatenate([a, b, none[0] if also is None else also]))
    ranks: U8 = np.full(len(subjects), OTHER_RANK, np.uint8)
    ranks[places(subjects, a)] = rank_a
    ranks[places(subjects, b)] = rank_b
    return Circle(subjects, ranks, Links(a, b, sure.astype(np.bool_)))
