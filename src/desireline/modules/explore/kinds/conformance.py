"""Conformance, over HTTP: how far journeys follow a map, and what leaving it costs."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from desireline.engine import behind, conformance
from desireline.engine.conformance import Conformance, DeviationKind
from desireline.engine.conformance import Deviation as FoundDeviation
from desireline.engine.saying import of_deviation
from desireline.engine.telling import PERSONS, Words
from desireline.modules.explore.documents import Document, MapNamed, Name, Question
from desireline.modules.explore.kinds.kind import WARM_MAP, Kind
from desireline.modules.explore.kinds.shapes import Message, Share
from desireline.modules.explore.reading import Reading


class ConformanceQuestion(Question):
    """How far journeys follow a map, where they leave it, and what that costs."""

    analysis: Literal["conformance"] = "conformance"
    map: MapNamed
    strangers: Annotated[
        bool, Field(description="Whether events that no touchpoint means count, as `ad_hoc`.")
    ] = True
    period: Literal["day", "week", "month"] = "month"
    time_zone: Name = "UTC"
    ways: Annotated[int, Field(ge=0, le=1_000, description="Most frequent ways told.")] = 30


class ConformanceCell(Document):
    """Journeys that deviate in one way at a touchpoint, or by an event that no touchpoint means."""

    kind: DeviationKind
    name: Annotated[Name, Field(description="The key of a touchpoint; of `ad_hoc` an event type.")]

    def cell(self) -> behind.Cell:
        """The engine's form of it."""
        return behind.ConformanceCell(self.kind, self.name)


class Counted(BaseModel):
    """How often, by a name; null is outside of the map."""

    name: str | None
    count: int


class Effect(BaseModel):
    """The outcome of journeys that deviate beside that of like journeys that do not."""

    n: int
    like: int
    with_deviation: float
    without: float
    difference: float
    low: float
    high: float
    q: Annotated[float, Field(description="False discovery rate over all deviations of the map.")]
    more: Annotated[int, Field(description="Journeys still needed to show this difference.")]
    verdict: Literal["harms", "helps", "undecided"]


class Deviation(BaseModel):
    """What journeys did beside the plan, in one way at one touchpoint."""

    kind: DeviationKind
    touchpoint: str | None
    event: str | None
    name: str
    department: str | None
    journeys: Share
    left: Annotated[int, Field(description="Journeys that ended before the place of it.")]
    events: int
    outcome: Share | None
    effect: Effect | None
    after: list[Counted]
    channels: list[Counted]
    periods: list[Counted]
    words: list[Message]


class WayStep(BaseModel):
    """A stop of a way."""

    touchpoint: str
    fits: bool


class Way(BaseModel):
    """A distinct way by its stops, and what it is worth."""

    steps: list[WayStep]
    cost: int
    journeys: Share
    outcome: Share | None


class ConformanceResult(BaseModel):
    """How far journeys follow the map; deviations of most journeys first."""

    cases: int
    events: int
    set_aside: int
    cost: int
    fitting: Share
    fitness: float | None
    log_fitness: float | None
    fitness_walked: float | None
    precision: float | None
    base: Share | None
    deviations: list[Deviation]
    ways: list[Way]
    desire_lines: list[Way]


def _query(reading: Reading, asked: ConformanceQuestion) -> Any:
    journey_map = reading.map_of(asked.map)
    return conformance.Query(
        journey_map,
        strangers=asked.strangers,
        period=asked.period,
        time_zone=asked.time_zone,
        ways=asked.ways,
        words=replace(Words.of(journey_map), case_by=PERSONS),
    )


def _shaped(found: Conformance, _: Question) -> dict[str, Any]:
    return {**vars(found), "deviations": [_deviation(one) for one in found.deviations]}


def _deviation(found: FoundDeviation) -> dict[str, Any]:
    effect = found.effect
    told = None if effect is None else {**vars(effect), "verdict": effect.verdict}
    return {**vars(found), "effect": told, "words": list(of_deviation(found))}


CONFORMANCE = Kind(
    question=ConformanceQuestion,
    cell=ConformanceCell,
    result=ConformanceResult,
    analysis=conformance,
    query=_query,
    shaped=_shaped,
    tells_itself=True,
    says="How far journeys follow a map, and what leaving it costs",
    more="Optimal alignments with the map as a plan; each deviation with its journeys, its cost.",
    examples=lambda _: [{"map": WARM_MAP}],
)
