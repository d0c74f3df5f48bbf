"""Why one person's journey of a map ended: which of the reasons found she met."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Annotated, Any

from pydantic import BaseModel, Field

from desireline.engine import endings
from desireline.engine.analyses.times import iso
from desireline.engine.endings import (
    Concern,
    Counted,
    Ending,
    Endings,
    PersonQuery,
    Reason,
    ReasonKind,
    Silence,
    State,
)
from desireline.engine.endings.rhythm import Rhythm
from desireline.engine.filters import microseconds_at
from desireline.engine.saying import of_ending, of_reason
from desireline.engine.scope import Asked, Scoped
from desireline.modules.explore.documents import Document
from desireline.modules.explore.kinds.endings import EndingsQuestion
from desireline.modules.explore.kinds.shapes import Message
from desireline.modules.explore.service import Explorer


class PersonEndingWanted(Document):
    """Why persons leave, asked of one of them."""

    query: EndingsQuestion
    person: Annotated[int, Field(ge=0, le=2**53, description="Her number.")]


class ReasonMet(BaseModel):
    """A reason found that concerned her."""

    kind: ReasonKind
    place: str
    act: str
    place_name: str
    act_name: str
    at: Annotated[str, Field(description="When she came to the step.")]
    left_there: Annotated[bool, Field(description="Whether it ended there; else she went on.")]
    with_it: Annotated[float, Field(description="Of all whom it concerns, so many leave there.")]
    without: Annotated[float, Field(description="Of like persons without it.")]
    words: list[Message]


class PersonEnding(BaseModel):
    """How one person's journey of a map stands; `state` is null where she has none."""

    as_of: str
    state: State | None
    ended_at: Annotated[str | None, Field(description="Her last sign; null: it goes on.")]
    place: Annotated[str | None, Field(description="Key of the touchpoint where it ended.")]
    place_name: str | None
    said: Annotated[bool, Field(description="Whether an event says that it is over.")]
    met: Annotated[list[ReasonMet], Field(description="Where it ended first, the gravest first.")]
    words: list[Message]


def ending_of(explorer: Explorer, question: EndingsQuestion, person: int) -> PersonEnding:
    """Her ending, by the reasons that were found lately. Raises what the question raises."""
    found = explorer.lately(question)
    assert isinstance(found, Endings)  # noqa: S101 - that is what was asked
    as_of = microseconds_at(dt.datetime.fromisoformat(found.as_of))
    counted = Counted(as_of, _silence(found.rhythm), tuple(map(_silence, found.rhythms)))
    made = explorer.made(question)
    asked: Asked[Any] = made.query
    query = PersonQuery(asked.query, counted, tuple(map(_concern, found.found)), person)
    scoped: Scoped[PersonQuery, Ending, Ending] = Scoped(endings.one_person)
    ending = explorer.ask(replace(made, analysis=scoped, query=Asked(query, asked.scope)))
    names = {point.key: point.name or point.key for point in asked.query.journey_map.touchpoints}
    place = None if ending.place is None else names[ending.place]
    met = [_met(found.found[one.concern], one.at, left=one.left_there) for one in ending.met]
    return PersonEnding(
        as_of=found.as_of,
        state=ending.state,
        ended_at=None if ending.ended_at is None else iso(ending.ended_at),
        place=ending.place,
        place_name=place,
        said=ending.said,
        met=sorted(met, key=lambda one: not one.left_there),
        words=[Message(**vars(one)) for one in of_ending(ending, place, as_of)],
    )


def _met(reason: Reason, at: int, *, left: bool) -> ReasonMet:
    return ReasonMet(
        kind=reason.kind,
        place=reason.place,
        act=reason.act,
        place_name=reason.place_name,
        act_name=reason.act_name,
        at=iso(at),
        left_there=left,
        with_it=reason.effect.with_it,
        without=reason.effect.without,
        words=[Message(**vars(one)) for one in of_reason(reason)][:1],
    )


def _silence(rhythm: Rhythm) -> Silence:
    return Silence(rhythm.silence_days, rhythm.risk_days, rhythm.within_days)


def _concern(reason: Reason) -> Concern:
    bound = reason.bound_mark if reason.bound_seconds is None else reason.bound_seconds
    return Concern(reason.kind, reason.place, reason.act, bound)
