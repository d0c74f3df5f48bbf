"""What is asked about persons: who they are, what happened, and what can be said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.log.identity.people import subjects_of
from desireline.log.segments.reading import LogReader
from desireline.log.segments.rows import names_of
from desireline.modules.people.finding import find_person
from desireline.modules.people.habits import Habits, habits_of
from desireline.modules.people.happenings import Happening, Joining
from desireline.modules.people.interests import BOUGHT, Interest, interests_of
from desireline.modules.people.joinings import joinings_of
from desireline.modules.people.masking import Mask
from desireline.modules.people.quotes import Quote, quotes_in
from desireline.modules.people.repository import list_identifiers, list_traits
from desireline.modules.people.searching import Hit, first_hits
from desireline.modules.people.timeline import Mark, Timeline, TimelinePage, Wanted
from desireline.modules.people.touches import Touch, touches_of
from desireline.modules.people.traits import Trait, counting
from desireline.modules.people.zones import Home, zone_of
from desireline.modules.rooms import Rooms

LATEST = 2_000
"""Events that interests and habits are read from: the last ones."""
EARLIEST = 100
"""Events among which the first touch is looked for."""

GIVEN_BACK = ("order_refunded", "refunded")

UNTOLD = Home()

Names = dict[int, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Identifier:
    """One of the names that a person is known by."""

    subject: int
    kind: str
    value: str
    verified_at: int | None


@dataclass(frozen=True, slots=True)
class Profile:
    """A person: who it is, and what follows from what is known."""

    person: int
    identifiers: list[Identifier]
    traits: dict[str, Trait]
    first_at: int | None
    last_at: int | None
    events: int
    """How many were read; all of them where `is_whole`."""
    is_whole: bool
    types: list[str]
    """Of the events that were read, sorted: what a timeline may be filtered by."""
    first_touch: Touch | None
    last_touch: Touch | None
    interests: list[Interest]
    habits: Habits
    values: dict[str, float]
    """What was ordered less what was refunded, by currency; of the events that were read."""


@dataclass(frozen=True, slots=True)
class Happened:
    """A page of a person's timeline, and the names of the subjects on it."""

    person: int
    page: TimelinePage
    names: Names


@dataclass(frozen=True, slots=True)
class Walked:
    """What a person did lately, and what of it tells who she is."""

    person: int
    events: list[Happening]
    mask: Mask
    identifiers: int


@dataclass(frozen=True, slots=True)
class Found:
    """A person that a search found, and by what."""

    person: int
    hit: Hit
    name: str


class PeopleBook:
    """The persons of a workspace, for the command line and the server alike."""

    def __init__(self, db: Database, reader: LogReader, clock: Clock, home: Home = UNTOLD) -> None:
        self._db, self._reader, self._clock, self._home = db, reader, clock, home

    def named(self, text: str) -> int:
        """The subject that `17` or `email:ann@example.com` names. PersonUnknown, PersonUnnamed."""
        with self._db.reading() as look:
            return find_person(look, text, self._home.country)

    def profile(self, subject: int) -> Profile:
        """What is known of the person that a subject belongs to."""
        with self._db.reading() as look:
            subjects = subjects_of(look, subject)
            identifiers = [Identifier(*row) for row in list_identifiers(look, subjects)]
            traits = counting(list_traits(look, subjects))
        latest = self._latest(subjects)
        is_whole = len(latest) < LATEST
        earliest = latest[:EARLIEST] if is_whole else self._earliest(subjects)
        touches = touches_of(latest if is_whole else [*earliest, *latest])
        first_steps, steps = _steps(earliest), _steps(latest)
        return Profile(
            person=subjects[0],
            identifiers=identifiers,
            traits=traits,
            first_at=first_steps[0].row.at if first_steps else None,
            last_at=steps[-1].row.at if steps else None,
            events=len(steps),
            is_whole=is_whole,
            types=sorted({one.row.type for one in latest}),
            first_touch=touches[0] if touches else None,
            last_touch=touches[1] if touches else None,
            interests=interests_of(latest, self._clock.now()),
            habits=habits_of(latest, zone_of(traits, latest, self._home)),
            values=_values(latest),
        )

    def traits(self, subject: int) -> tuple[dict[str, Trait], list[Trait]]:
        """The traits that count of a person, and all that was ever said."""
        with self._db.reading() as look:
            kept = list_traits(look, subjects_of(look, subject))
        return counting(kept), kept

    def timeline(
        self, subject: int, wanted: Wanted, limit: int, mark: Mark | None = None
    ) -> Happened:
        """A page of the timeline of the person that a subject belongs to."""
        with self._db.reading() as look:
            subjects = subjects_of(look, subject)
            joinings = joinings_of(look, subjects)
        page = Timeline(self._reader, subjects, joinings, wanted).page(limit, mark)
        with self._db.reading() as look:
            return Happened(subjects[0], page, _names(look, page))

    def quotes(self, subject: int) -> list[Quote]:
        """What the person wrote or said lately, masked; the newest last."""
        walked = self.walked(subject)
        return quotes_in(walked.events, walked.mask)

    def walked(self, subject: int) -> Walked:
        """The last events of the person in their order, and what tells who she is."""
        with self._db.reading() as look:
            subjects = subjects_of(look, subject)
            names = [row[2] for row in list_identifiers(look, subjects)]
            traits = list_traits(look, subjects)
        events = self._latest(subjects)
        told = [(one.name, one.value) for one in traits]
        # Traits are taken out of the log a second later; who has just said her name has said it.
        told += [pair for one in events for pair in one.of_herself.items()]
        return Walked(subjects[0], events, Mask.of(names, told), len(names))

    def search(self, text: str, limit: int, after: str = "") -> tuple[list[Found], str]:
        """Persons found by the beginning of an identifier or a name, each once on a page."""
        with self._db.reading() as look:
            hits, mark = first_hits(look, text, limit, after)
            found: dict[int, Found] = {}
            for hit in hits:
                subjects = subjects_of(look, hit.subject)
                if subjects[0] not in found:
                    name = name_in(counting(list_traits(look, subjects)))
                    found[subjects[0]] = Found(subjects[0], hit, name)
        return list(found.values()), mark

    def _latest(self, subjects: Sequence[int]) -> list[Happening]:
        rows = self._reader.history_of(subjects, LATEST, newest_first=True)
        return [Happening.of(row) for row in reversed(rows)]

    def _earliest(self, subjects: Sequence[int]) -> list[Happening]:
        return [Happening.of(row) for row in self._reader.history_of(subjects, EARLIEST)]


class People(PeopleBook):
    """What the routes ask."""

    def __init__(self, rooms: Rooms) -> None:
        told = rooms.workspace.settings
        super().__init__(rooms.db, rooms.reader, rooms.clock, Home(told.country, told.time_zone))


def name_in(traits: dict[str, Trait]) -> str:
    """What a person is called, as far as traits tell; empty where none does."""

    def text(*names: str) -> str:
        found: list[Any] = [traits[name].value for name in names if name in traits]
        return next((value for value in found if isinstance(value, str)), "")

    whole = text("name", "full_name", "fullName")
    parts = (text("first_name", "firstName"), text("last_name", "lastName", "surname"))
    return whole or " ".join(part for part in parts if part)


def _names(look: Connection, page: TimelinePage) -> Names:
    subjects = {n for one in page.entries if isinstance(one, Joining) for n in one.ends}
    events = [one for one in page.entries if isinstance(one, Happening)]
    subjects |= {one.row.subject for one in events}
    subjects |= {one.other for one in events if one.other is not None}
    return names_of(look, sorted(subjects))


def _steps(events: Sequence[Happening]) -> list[Happening]:
    """What happened: whoever is merged by hand was not seen by that."""
    return [one for one in events if one.is_step]


def _values(events: Sequence[Happening]) -> dict[str, float]:
    """What was ordered and what was given back, by currency."""
    worth: dict[str, float] = {}
    for one in events:
        row = one.row
        sign = 1 if row.type in BOUGHT else -1 if row.type in GIVEN_BACK else 0
        if sign and row.value is not None:
            currency = row.currency or ""
            worth[currency] = worth.get(currency, 0.0) + sign * abs(row.value)
    return {currency: round(total, 2) for currency, total in sorted(worth.items())}
