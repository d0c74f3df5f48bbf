"""What other modules may ask of people: who is meant, and what is known of them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Connection

from desireline.modules.people.arriving import TAKE_TRAITS
from desireline.modules.people.entries import TimelineEntry, TimelineList
from desireline.modules.people.finding import find_person
from desireline.modules.people.happenings import Happening
from desireline.modules.people.masking import Mask
from desireline.modules.people.quotes import Quote, quotes_in
from desireline.modules.people.repository import list_traits, record_traits
from desireline.modules.people.schemas import (
    Asked,
    FoundPerson,
    KnownHabit,
    KnownInterest,
    KnownTouch,
    KnownTrait,
    PersonProfile,
    SpokenQuote,
)
from desireline.modules.people.service import People, PeopleBook
from desireline.modules.people.timeline import Mark, Wanted
from desireline.modules.people.traits import Said, SaidBy, Trait, counting
from desireline.modules.people.withdrawing import withdraw_traits
from desireline.modules.people.zones import Home
from desireline.modules.rooms import Rooms

__all__ = [
    "TAKE_TRAITS",
    "Asked",
    "FoundPerson",
    "Happening",
    "Home",
    "KnownHabit",
    "KnownInterest",
    "KnownTouch",
    "KnownTrait",
    "Mark",
    "Mask",
    "People",
    "PeopleBook",
    "PersonInPath",
    "PersonProfile",
    "Quote",
    "Said",
    "SaidBy",
    "SpokenQuote",
    "TimelineEntry",
    "TimelineList",
    "Trait",
    "Wanted",
    "counting",
    "find_person",
    "history_of",
    "quotes_in",
    "record_traits",
    "traits_of",
    "withdraw_traits",
]


def traits_of(look: Connection, subjects: Collection[int]) -> dict[str, Trait]:
    """The traits that count of a person, by name; `subjects` are all of that person.

    What was stated counts before what was observed, that before what was enriched, that before
    what was inferred; among equals what was said last.
    """
    return counting(list_traits(look, subjects))


def history_of(look: Connection, subjects: Collection[int]) -> list[Trait]:
    """All that was ever said of a person, by name, then by time."""
    return list_traits(look, subjects)


def _person_in_path(request: Request, person: str) -> int:
    rooms: Rooms = request.app.state.rooms
    with rooms.db.reading() as look:
        return find_person(look, person, rooms.workspace.settings.country)


PersonInPath = Annotated[int, Depends(_person_in_path)]
"""A parameter of a route below /v1/persons/{person}: the subject that the address names."""
