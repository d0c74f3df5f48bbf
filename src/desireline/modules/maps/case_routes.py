"""Case studies over HTTP: looked at first, then kept as drafts."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from desireline.kit.permissions import EditsMaps, check
from desireline.modules.maps.case_study import CaseStudies
from desireline.modules.maps.case_study.service import CaseStudy, Wanted
from desireline.modules.maps.case_study.telling import Words
from desireline.modules.maps.schemas import MapState
from desireline.modules.people.facade import SpokenQuote

Name = Annotated[str, Field(min_length=1, max_length=200)]


class CaseWords(BaseModel):
    """What the document says by itself; blanks are `{day}`, `{n}`, `{amount}`."""

    model_config = ConfigDict(extra="forbid")

    name: Name = "Case study"
    called: Annotated[Name, Field(description="How the person is called in it.")] = "A customer"
    day: Name = "Day {day}"
    times: Name = "{n} times"
    about: Name = "about {amount}"
    when: Name = "When"
    did: Name = "What happened"
    said: Name = "In their words"
    felt: Name = "How it felt"
    pain: Name = "Pain"


class KeptText(BaseModel):
    """Words of the person that somebody has read and lets stay."""

    model_config = ConfigDict(extra="forbid")

    position: Annotated[int, Field(ge=0, le=2**53, description="Of the event in the log.")]
    property: Name


class CaseAsked(BaseModel):
    """Whose way is told, and how."""

    model_config = ConfigDict(extra="forbid")

    person: Annotated[Name, Field(description="`17`, or `email:ann@example.com`.")]
    map: Annotated[
        str | None, Field(max_length=100, description="Told in its touchpoints; else in events.")
    ] = None
    words: CaseWords = CaseWords()
    keep: Annotated[list[KeptText], Field(max_length=200)] = []

    def wanted(self) -> Wanted:
        """The same as the service takes it."""
        keep = frozenset((one.position, one.property) for one in self.keep)
        return Wanted(self.person, self.map, Words(**self.words.model_dump()), keep)


class RemovedTold(BaseModel):
    """How much was left out or made coarse."""

    identifiers: Annotated[int, Field(description="Names and numbers that she is known by.")]
    dates: Annotated[int, Field(description="Events that have a day of the way, and no date.")]
    amounts: Annotated[int, Field(description="Rounded.")]
    texts: Annotated[int, Field(description="Words of hers that nobody has let stay.")]
    properties: Annotated[int, Field(description="What else events say; none of it is told.")]
    outside: Annotated[int, Field(description="Events that are no touchpoint of the map.")]
    cut: Annotated[int, Field(description="Touchpoints beyond the 60 that are told.")]

    @classmethod
    def of(cls, study: CaseStudy) -> RemovedTold:
        """The wire shape."""
        return cls(**{name: getattr(study.removed, name) for name in cls.model_fields})


class CaseLooked(BaseModel):
    """A case study as it would be."""

    document: Annotated[dict[str, Any], Field(description="schemas/journey_map.schema.json")]
    texts: Annotated[list[SpokenQuote], Field(description="What she said, to let stay or not.")]
    removed: RemovedTold


class CaseMade(BaseModel):
    """The draft that was made, and what is not in it."""

    map: MapState
    removed: RemovedTold


def _cases(request: Request) -> CaseStudies:
    return CaseStudies(request.app.state.rooms)


Cases = Annotated[CaseStudies, Depends(_cases)]


def add_case_routes(router: APIRouter) -> None:
    """Adds the routes of case studies."""
    router.post("/maps/case-study", status_code=201, summary="A real way as a draft")(make)
    router.post("/maps/case-study/look", summary="How a real way would be told")(look)


def look(caller: EditsMaps, cases: Cases, asked: CaseAsked) -> CaseLooked:
    """Nothing is kept. To see single persons needs the permission to see them as well."""
    check(caller, "read_persons")
    study = cases.look(asked.wanted())
    return CaseLooked(
        document=study.document.to_dict(),
        texts=[SpokenQuote.of(one) for one in study.texts],
        removed=RemovedTold.of(study),
    )


def make(caller: EditsMaps, cases: Cases, asked: CaseAsked, response: Response) -> CaseMade:
    """Without names, addresses, dates and exact amounts; a draft that one goes on with."""
    check(caller, "read_persons")
    found, study = cases.make(asked.wanted(), caller)
    response.headers["location"] = f"/v1/maps/{found.row.key}/draft"
    return CaseMade(map=MapState.of(found), removed=RemovedTold.of(study))
