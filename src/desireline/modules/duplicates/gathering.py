"""Records of persons: what counts of their traits, and the identifiers that tell who they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Connection, select

from desireline.engine.journeys import I64
from desireline.log.identity.people import People, every_circle
from desireline.log.tables import subject
from desireline.modules.duplicates.matching.fields import BY_NAME, FULL_NAME, field_of
from desireline.modules.duplicates.matching.records import Records
from desireline.modules.people.facade import Trait, counting, history_of

AT_ONCE = 20_000
"""Subjects whose traits are read together."""
LEAST_FIELDS = 2
"""Of whom less is known, nothing can be said."""
BY_KIND = {"email": "email", "phone": "phone"}
"""Identifiers that are fields as well, by their kind."""
FIELDS = (*BY_NAME, FULL_NAME)


@dataclass(frozen=True, eq=False)
class Gathered:
    """Records of persons, and the person of each."""

    persons: I64
    """Numbers of persons: each its smallest subject."""
    records: Records


def gather(look: Connection) -> Gathered:
    """What is known of everybody of whom two fields are known, or more."""
    people = People.of(every_circle(look))
    known: dict[int, dict[str, str]] = {}
    for persons, members in _subjects(look, people):
        for person, name, value in _identified(persons, members):
            known.setdefault(person, {}).setdefault(name, value)
    told = _traits(look, people)
    for person, values in told.items():
        known.setdefault(person, {}).update(values)
    enough = sorted(person for person, values in known.items() if len(values) >= LEAST_FIELDS)
    columns = {name: [known[person].get(name) for person in enough] for name in FIELDS}
    said = {name: texts for name, texts in columns.items() if any(texts)}
    return Gathered(np.array(enough, np.int64), Records.of(said))


Members = list[tuple[int, str, str]]


def _subjects(look: Connection, people: People) -> Iterator[tuple[I64, Members]]:
    """All subjects with their kinds and values, some at a time, and their persons."""
    after = 0
    while True:
        wanted = select(subject.c.id, subject.c.kind, subject.c.value)
        rows = look.execute(
            wanted.where(subject.c.id > after).order_by(subject.c.id).limit(AT_ONCE)
        ).all()
        if not rows:
            return
        members = [(int(number), str(kind), str(value)) for number, kind, value in rows]
        numbers = np.array([number for number, _, _ in members], np.int64)
        yield people.of_subjects(numbers), members
        after = members[-1][0]


def _identified(persons: I64, members: Members) -> Iterator[tuple[int, str, str]]:
    for person, (_, kind, value) in zip(persons.tolist(), members, strict=True):
        if kind in BY_KIND:
            yield person, BY_KIND[kind], value


def _traits(look: Connection, people: People) -> dict[int, dict[str, str]]:
    """By person and field what counts of the traits; persons may have several subjects."""
    said: dict[int, list[Trait]] = {}
    for persons, members in _subjects(look, people):
        person_of = dict(zip((number for number, _, _ in members), persons.tolist(), strict=True))
        for one in history_of(look, person_of):
            if field_of(one.name) is not None or isinstance(one.value, dict):
                said.setdefault(person_of[one.subject], []).append(one)
    return {person: dict(_fields(counting(some))) for person, some in said.items()}


def _fields(traits: Mapping[str, Trait]) -> Iterator[tuple[str, str]]:
    """Values by field, also of the parts of a trait such as `address`."""
    for name, one in traits.items():
        parts: Mapping[str, Any] = one.value if isinstance(one.value, dict) else {name: one.value}
        for part, value in parts.items():
            field = field_of(part)
            if field is not None and isinstance(value, str | int) and value != "":
                yield field, str(value)
