"""People: the person of every subject, as an array; and the links that lead from one to others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any, Self

import msgspec
import numpy as np
from sqlalchemy import (
    ARRAY,
    BigInteger,
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    select,
)

from desireline.engine.journeys import I64, U8, Bools
from desireline.log.identity.links import IS_ACTIVE, IS_SURE
from desireline.log.identity.persons import (
    OTHER_RANK,
    RANKS,
    ROLE_RANK,
    VERIFIED_RANKS,
    Links,
    distinct,
    person_of,
    places,
    refused,
)
from desireline.log.naming.emails import ROLES
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
    numbers: I64
    """Of the links, in the table `identity_link`."""

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
    arrays, number = _arrays(tx.dialect.name), identity_link.c.id
    spans = (number.between(a, a + CHUNK - 1) for a in range(0, last + 1, CHUNK))
    return _circle([_fetched(tx, arrays.where(span)) for span in spans])


def circle_around(tx: Connection, subjects: I64) -> Circle:
    """The subjects that active links lead to from `subjects`, in as many steps as it takes.

    What a change of links can change lies within: the person of a subject follows from the links
    that can be reached from it, and from no others.
    """
    if not len(subjects):
        return _circle([], also=subjects)
    met = _reached(tx, np.unique(subjects))
    found = []
    for start in range(0, len(met), CHUNK):
        ends = met[start : start + CHUNK].tolist()
        told = msgspec.json.encode(ends).decode() if tx.dialect.name == "sqlite" else ends
        found.append(_fetched(tx, _from(tx.dialect.name), {"ends": told}))
    return _circle(found, also=met)


def changed_since(tx: Connection, version: int) -> I64:
    """The subjects at either end of links that were made or withdrawn after a version."""
    arrays = _ends(tx.dialect.name).where(identity_link.c.version > version)
    return np.unique(_fetched(tx, arrays))


def subjects_of(tx: Connection, subject_id: int) -> list[int]:
    """All subjects of the person that a subject belongs to; the first is the person, others rise.

    So a person may also be asked for by a number that it had before it was joined with another.
    """
    circle = circle_around(tx, np.array([subject_id]))
    person = int(circle.persons[np.searchsorted(circle.subjects, subject_id)])
    others = circle.subjects[(circle.persons == person) & (circle.subjects != person)]
    return [person, *others.tolist()]


_REACHED = {
    "sqlite": (
        "WITH RECURSIVE met (id) AS (SELECT value FROM json_each(?)"
        " UNION SELECT l.b FROM met JOIN identity_link AS l ON l.a = met.id WHERE {active}"
        " UNION SELECT l.a FROM met JOIN identity_link AS l ON l.b = met.id WHERE {active})"
        " SELECT json_group_array(id) FROM met"
    ),
    "postgresql": (
        "WITH RECURSIVE met (id) AS (SELECT value::bigint FROM json_array_elements_text(%s::json)"
        " AS j (value) UNION SELECT e.other FROM met CROSS JOIN LATERAL"
        " (SELECT l.b AS other FROM identity_link AS l WHERE l.a = met.id AND {active}"
        " UNION ALL SELECT l.a FROM identity_link AS l WHERE l.b = met.id AND {active}) AS e)"
        " SELECT json_agg(id)::text FROM met"
    ),
}
"""The database walks the links: of a chain of 10,000, step by step from here would take 10 s."""
_ACTIVE = "(l.withdrawn_at IS NULL OR l.confirmed_at IS NOT NULL)"


def _reached(tx: Connection, subjects: I64) -> I64:
    """Rising."""
    statement = _REACHED[tx.dialect.name].format(active=_ACTIVE)
    told = msgspec.json.encode(subjects.tolist()).decode()
    found = tx.exec_driver_sql(statement, (told,)).scalar_one()
    return np.unique(np.array(msgspec.json.decode(found, type=list[int]), np.int64))


LinkRows = I64
"""Six rows, one column a link: both subjects, how strong they are, whether it is confirmed, and
its number."""


def _fetched(
    tx: Connection, arrays: Select[*tuple[Any, ...]], told: Mapping[str, Any] | None = None
) -> LinkRows:
    found = tx.execute(arrays, told).one()
    columns = [msgspec.json.decode(text or "[]", type=list[int]) for text in found]
    return np.array(columns, np.int64)


@cache
def _from(dialect: str) -> Select[*tuple[Any, ...]]:
    """Of the links that lead from `ends`, many numbers in one parameter.

    Made once: to put it together takes longer than to carry it out for one person.
    """
    ends: BindParameter[Any] = bindparam("ends")
    numbers = (
        select(func.json_each(ends).table_valued("value").c.value)
        if dialect == "sqlite"
        else select(func.unnest(cast(ends, ARRAY(BigInteger))))
    )
    return _arrays(dialect).where(identity_link.c.a.in_(numbers))


@cache
def _arrays(dialect: str) -> Select[*tuple[Any, ...]]:
    """The rows of `LinkRows`, of active links.

    The database writes the arrays: of 300,000 links, row by row takes 4 s, this 0.5.
    """
    link, a, b = identity_link.c, subject.alias("a"), subject.alias("b")
    ranks = _rank_sql(dialect, a), _rank_sql(dialect, b)
    wanted = [link.a, link.b, *ranks, _as_number(IS_SURE), link.id]
    joined = identity_link.join(a, a.c.id == link.a).join(b, b.c.id == link.b)
    arrays = select(*(cast(_array(dialect, one), Text) for one in wanted)).select_from(joined)
    return arrays.where(IS_ACTIVE)


@cache
def _ends(dialect: str) -> Select[*tuple[Any, ...]]:
    """Both ends of links, as two arrays."""
    ends = identity_link.c.a, identity_link.c.b
    return select(*(cast(_array(dialect, one), Text) for one in ends))


def _array(dialect: str, column: ColumnElement[int]) -> ColumnElement[Any]:
    return func.json_group_array(column) if dialect == "sqlite" else func.json_agg(column)


def _rank_sql(dialect: str, of: Any) -> ColumnElement[int]:
    before_at = (
        func.substr(of.c.value, 1, func.instr(of.c.value, "@") - 1)
        if dialect == "sqlite"
        else func.split_part(of.c.value, "@", 1)
    )
    usual = case(RANKS, value=of.c.kind, else_=OTHER_RANK)
    verified = case(VERIFIED_RANKS, value=of.c.kind, else_=usual)
    return case(
        (and_(of.c.kind == "email", before_at.in_(sorted(ROLES))), ROLE_RANK),
        (of.c.verified_at.is_not(None), verified),
        else_=usual,
    )


def _as_number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _circle(found: list[LinkRows], also: I64 | None = None) -> Circle:
    none: I64 = np.zeros((6, 0), np.int64)
    a, b, rank_a, rank_b, sure, numbers = np.concatenate([none, *found], axis=1)
    subjects = distinct(np.concatenate([a, b, none[0] if also is None else also]))
    ranks: U8 = np.full(len(subjects), OTHER_RANK, np.uint8)
    ranks[places(subjects, a)] = rank_a
    ranks[places(subjects, b)] = rank_b
    return Circle(subjects, ranks, Links(a, b, sure.astype(np.bool_)), numbers)
