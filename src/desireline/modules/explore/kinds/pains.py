"""Pain points, over HTTP: where it hurts on a map, whom, and what it costs."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from desireline.engine import behind, pains
from desireline.engine.pains import Aim, Pain, Pains, Signal
from desireline.engine.saying import of_pain
from desireline.engine.telling import PERSONS, Words
from desireline.modules.explore.documents import Document, MapNamed, Name, Question
from desireline.modules.explore.kinds.kind import WARM_MAP, Kind
from desireline.modules.explore.kinds.shapes import Message, Share
from desireline.modules.explore.reading import Reading

_Names = Annotated[tuple[Name, ...], Field(max_length=20)]


class PainsQuestion(Question):
    """Where it hurts on a map, unaided."""

    analysis: Literal["pains"] = "pains"
    map: MapNamed
    period: Literal["day", "week", "month"] = "month"
    time_zone: Name = "UTC"
    scores: Annotated[_Names, Field(description="Properties in which marks stand.")] = ("score",)
    texts: Annotated[_Names, Field(description="Properties in which people speak.")] = (
        "text",
        "comment",
    )


class PainCell(Document):
    """Journeys that meet a signal at a touchpoint."""

    signal: Signal
    touchpoint: Name

    def cell(self) -> behind.Cell:
        """The engine's form of it."""
        return behind.PainCell(self.signal, self.touchpoint)


class PainEffect(BaseModel):
    """How visits with the signal end, beside like ones without it; of an exit: how many leave."""

    n: int
    like: int
    with_signal: float
    without: float
    difference: float
    low: float
    high: float
    q: Annotated[float, Field(description="False discovery rate over all signals of the map.")]
    more: Annotated[int, Field(description="Visits still needed to show this difference.")]


class PainCount(BaseModel):
    """How often, by a name; null is outside of the map."""

    name: str | None
    count: int


class PainCompanion(BaseModel):
    """A signal at a touchpoint that looks like a pain and only goes with one."""

    signal: Signal
    touchpoint: str
    name: str


class FoundPain(BaseModel):
    """A signal at a touchpoint: whom it meets, and what it costs."""

    touchpoint: str
    name: str
    stage: str
    department: str | None
    signal: Signal
    aim: Annotated[Aim | None, Field(description="What a visit is for; null without an outcome.")]
    verdict: Literal["pain", "undecided", "harmless"]
    people: Share
    effect: PainEffect | None
    harm: Annotated[float, Field(description="Outcomes or customers lost; without, people.")]
    worth: Annotated[float | None, Field(description="The harm by the mean value of an outcome.")]
    limit_seconds: Annotated[float | None, Field(description="From when on a wait is long.")]
    origins: list[PainCount]
    channels: list[PainCount]
    periods: list[PainCount]
    goes_with: list[PainCompanion]
    words: list[Message]


class PainsResult(BaseModel):
    """Where it hurts, the most harm first; then what cannot be told yet."""

    cases: int
    outcome_known: bool
    horizon_seconds: float
    judged: int
    pains: list[FoundPain]
    undecided: list[FoundPain]
    harmless: int


def _query(reading: Reading, asked: PainsQuestion) -> Any:
    journey_map = reading.map_of(asked.map)
    return pains.Query(
        journey_map,
        period=asked.period,
        time_zone=asked.time_zone,
        scores=asked.scores,
        texts=asked.texts,
        words=replace(Words.of(journey_map), case_by=PERSONS),
    )


def _shaped(found: Pains, _: Question) -> dict[str, Any]:
    told = {name: [_pain(one) for one in getattr(found, name)] for name in ("pains", "undecided")}
    return {**vars(found), **told}


def _pain(found: Pain) -> dict[str, Any]:
    """All but what people said: that may tell who they are, and has a route of its own."""
    told = {name: value for name, value in vars(found).items() if name != "quotes"}
    return {**told, "words": list(of_pain(found))}


PAINS = Kind(
    question=PainsQuestion,
    cell=PainCell,
    result=PainsResult,
    analysis=pains,
    query=_query,
    shaped=_shaped,
    tells_itself=True,
    says="Where it hurts on a map, whom, and what it costs",
    more="Each signal at each touchpoint beside like visits without it, the most harm first.",
    examples=lambda _: [{"map": WARM_MAP}],
)
