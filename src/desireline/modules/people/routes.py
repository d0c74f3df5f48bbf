"""People over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from desireline.kit.permissions import ReadsPersons
from desireline.modules.module import service_of
from desireline.modules.people.entries import TimelineList
from desireline.modules.people.facade import PersonInPath
from desireline.modules.people.schemas import (
    Asked,
    FoundPerson,
    KnownTrait,
    PersonList,
    PersonProfile,
    QuoteList,
    SpokenQuote,
    TraitList,
)
from desireline.modules.people.service import People
from desireline.modules.people.timeline import Mark

Here = Annotated[People, Depends(service_of("people"))]
Limit = Annotated[int, Query(ge=1, le=500)]
Page = Annotated[str, Query(description="`next` of the page before.")]


def routes() -> APIRouter:
    """The routes of people."""
    router = APIRouter(prefix="/v1/persons")
    router.get("", summary="Search persons")(search)
    router.get("/{person}", summary="Show a person")(show)
    router.get("/{person}/traits", summary="List the traits of a person, and who said them")(traits)
    router.get("/{person}/timeline", summary="Show all that happened with a person")(timeline)
    router.get("/{person}/quotes", summary="What a person said, without who she is")(quotes)
    return router


def quotes(caller: ReadsPersons, people: Here, person: PersonInPath) -> QuoteList:
    """Of the last 2,000 events; names, addresses, numbers and links are taken out."""
    return QuoteList(quotes=[SpokenQuote.of(one) for one in people.quotes(person)])


def search(
    caller: ReadsPersons,
    people: Here,
    search: Annotated[str, Query(description="Beginning of an identifier or a name.")],
    limit: Limit = 20,
    after: Page = "",
) -> PersonList:
    """By the beginning of an identifier of any kind, then by names; each person once on a page."""
    found, mark = people.search(search, limit, after)
    return PersonList(persons=[FoundPerson.of(one) for one in found], next=mark or None)


def show(caller: ReadsPersons, people: Here, person: PersonInPath) -> PersonProfile:
    """Identifiers, traits with who said them, touches, interests, habits, value."""
    return PersonProfile.of(people.profile(person))


def traits(caller: ReadsPersons, people: Here, person: PersonInPath) -> TraitList:
    """What counts, and the history of all that was said."""
    counting, history = people.traits(person)
    return TraitList(
        traits=[KnownTrait.of(one) for one in counting.values()],
        history=[KnownTrait.of(one) for one in history],
    )


def timeline(
    caller: ReadsPersons, people: Here, person: PersonInPath, asked: Annotated[Asked, Query()]
) -> TimelineList:
    """Events of all kinds and channels; the looks of a visit are one entry, unless unfolded."""
    mark = Mark.read(asked.after) if asked.after else None
    return TimelineList.of(people.timeline(person, asked.wanted(), asked.limit, mark))
