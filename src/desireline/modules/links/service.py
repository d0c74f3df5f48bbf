"""Links are confirmed, taken back and shown; every merge and un-merge is an event of both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from sqlalchemy import Connection

from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.log.envelope import Event
from desireline.log.identity.links import Decision, confirm, take_back, withdraw
from desireline.log.identity.people import Circle, circle_around, every_circle, subjects_of
from desireline.log.identity.persons import CONFIRMED
from desireline.log.identity.reasons import Reason, reason_of, way_between
from desireline.log.identity.verifying import unverify, verify
from desireline.modules.audit.facade import record
from desireline.modules.links.errors import LinkMissing
from desireline.modules.links.events import Fact, facts
from desireline.modules.links.repository import (
    End,
    LinkRow,
    get_active,
    get_ends,
    list_links,
    list_numbered,
)
from desireline.modules.people.facade import find_person
from desireline.modules.rooms import Rooms

Write: TypeAlias = Callable[[Connection, Sequence[Event]], Any]
"""Writes events in a transaction: `Appender.write`."""


@dataclass(frozen=True)
class Outcome:
    """What became of two identifiers."""

    changed: bool
    person: int
    """Of the first; `other` is that of the second, and the same where they are one person."""
    other: int
    way: tuple[End, ...] = ()
    """Where they are still one person after a link was taken back: what joins them."""


@dataclass(frozen=True)
class Shown:
    """A link with its ends, and why it joins nobody where it does not."""

    row: LinkRow
    ends: tuple[End, End]
    refused: Reason | None


class LinkBook:
    """The links of a workspace, for the command line and the server alike."""

    def __init__(self, db: Database, clock: Clock, write: Write, country: str = "") -> None:
        """`country` is that of phones which do not say theirs."""
        self._db, self._clock, self._write = db, clock, write
        self._country = country

    def merge(self, first: str, second: str, because: str, by: str) -> Outcome:
        """Confirms that two identifiers are one person. PersonUnknown, LinkImpossible."""
        with self._db.transaction() as tx:
            a, b = self._find(tx, first), self._find(tx, second)
            return self.merge_in(tx, (a, b), because, by)

    def merge_in(self, tx: Connection, pair: tuple[int, int], because: str, by: str) -> Outcome:
        """As `merge`, of two subjects in the caller's own transaction, which ends soon."""
        a, b = pair
        persons = subjects_of(tx, a)
        changed = confirm(tx, a, b, Decision(self._clock.now(), by, because))
        if changed and b not in persons:
            self._tell(tx, "persons_merged", pair, CONFIRMED, by)
        person = subjects_of(tx, a)[0]
        return Outcome(changed, person, person)

    def unmerge(self, first: str, second: str, because: str, by: str) -> Outcome:
        """Takes back what makes one person of two identifiers. PersonUnknown, LinkMissing.

        A confirmation that is taken back leaves all as if it had never been: whatever events say of
        the two counts again, and may join them still. Asked once more, that is withdrawn, and stays
        so when they are seen together again.
        """
        with self._db.transaction() as tx:
            pair = self._find(tx, first), self._find(tx, second)
            found = get_active(tx, *pair)
            if found is None:
                raise _missing(tx, pair)
            was_one = pair[1] in subjects_of(tx, pair[0])
            self._take_back(tx, pair, because, by)
            if was_one:
                evidence = CONFIRMED if found.confirmed_at else found.evidence
                self._tell(tx, "persons_unmerged", pair, evidence, by)
            return _after(tx, pair)

    def verify(self, identifier: str, *, verified: bool, by: str) -> bool:
        """Whether it changed that an identifier is known to be the person's own. PersonUnknown."""
        with self._db.transaction() as tx:
            number = self._find(tx, identifier)
            now = self._clock.now()
            changed = verify(tx, number, now, by) if verified else unverify(tx, number)
            if changed:
                what = "identifier_verified" if verified else "identifier_unverified"
                record(tx, by, what, f"person:{number}", clock=self._clock)
            return changed

    def links_of(self, person: int) -> list[Shown]:
        """Every link that an identifier of a person has or had, as they were made."""
        with self._db.reading() as look:
            return _shown(look, circle_around(look, np.array([person])), _of_person(look, person))

    def links_of_named(self, person: str) -> list[Shown]:
        """As `links_of`, of a person by a text: `17`, `email:ann@example.com`. PersonUnknown."""
        with self._db.reading() as look:
            number = self._find(look, person)
        return self.links_of(number)

    def refused(self, before: int | None = None, most: int = 100) -> tuple[list[Shown], int]:
        """Links that join nobody, newest first, from below a number on; and how many there are."""
        with self._db.reading() as look:
            circle = every_circle(look)
            numbers = np.sort(circle.numbers[circle.refused])
            below = numbers if before is None else numbers[numbers < before]
            rows = list_numbered(look, below[-most:].tolist() if most else [])
            return _shown(look, circle, rows), len(numbers)

    def _take_back(self, tx: Connection, pair: tuple[int, int], because: str, by: str) -> None:
        a, b = pair
        now = self._clock.now()
        if not take_back(tx, a, b, Decision(now, by, because)):
            withdraw(tx, a, b, now, by, because)

    def _tell(
        self, tx: Connection, what: Fact, pair: tuple[int, int], evidence: str, by: str
    ) -> None:
        ends = get_ends(tx, pair)
        names = {number: (ends[number].kind, ends[number].value) for number in pair}
        record(tx, by, what, f"person:{pair[0]}", {"other": pair[1]}, self._clock)
        self._write(tx, facts(what, names, evidence, by, self._clock))

    def _find(self, look: Connection, text: str) -> int:
        return find_person(look, text, self._country)


class Links(LinkBook):
    """What the routes ask."""

    def __init__(self, rooms: Rooms) -> None:
        country = rooms.workspace.settings.country
        super().__init__(rooms.db, rooms.clock, rooms.appender.write, country)


def _of_person(look: Connection, person: int) -> list[LinkRow]:
    return list_links(look, subjects_of(look, person))


def _shown(look: Connection, circle: Circle, rows: Sequence[LinkRow]) -> list[Shown]:
    ends = get_ends(look, {end for row in rows for end in (row.a, row.b)})
    refused = set(circle.numbers[circle.refused].tolist())
    return [
        Shown(
            row,
            (ends[row.a], ends[row.b]),
            reason_of(circle, row.a, row.b) if row.id in refused else None,
        )
        for row in rows
    ]


def _after(tx: Connection, pair: tuple[int, int]) -> Outcome:
    person, other = (subjects_of(tx, number)[0] for number in pair)
    way = _way(tx, pair) if person == other else ()
    return Outcome(changed=True, person=person, other=other, way=way)


def _way(tx: Connection, pair: tuple[int, int]) -> tuple[End, ...]:
    numbers = way_between(circle_around(tx, np.array([pair[0]])), *pair)
    ends = get_ends(tx, numbers)
    return tuple(ends[number] for number in numbers)


def _missing(tx: Connection, pair: tuple[int, int]) -> LinkMissing:
    way = _way(tx, pair)
    told = " - ".join(f"{end.kind}:{end.value}" for end in way)
    return LinkMissing(
        f"There is no link between the identifiers {pair[0]} and {pair[1]} that counts.",
        hint=f"They are one person by {told}: take one of these links back."
        if way
        else "They are two persons already.",
    )
