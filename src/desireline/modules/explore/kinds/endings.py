"""Why they leave, over HTTP: reasons, curves of what comes next, and where persons stand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from desireline.engine import behind, endings
from desireline.engine.endings import End, Endings, EndKind, ReasonKind, State
from desireline.engine.endings import Reason as FoundReason
from desireline.engine.filters import microseconds_at
from desireline.engine.saying import of_reason
from desireline.engine.telling import PERSONS, Words
from desireline.modules.explore.documents import Document, MapNamed, Name, Question, RuleDocument
from desireline.modules.explore.kinds.kind import WARM_MAP, Kind
from desireline.modules.explore.kinds.shapes import Message, Share
from desireline.modules.explore.reading import Reading, last_moment

Days = Annotated[float, Field(gt=0, le=3_660)]


class EndDocument(Document):
    """Which events are an end of which kind."""

    kind: Literal["churn", "renewal", "cross_sale", "referral", "outcome"]
    rule: RuleDocument


class EndingsQuestion(Question):
    """Why persons leave, when, after what, and where each of them stands by now."""

    analysis: Literal["endings"] = "endings"
    map: MapNamed
    ends: Annotated[
        list[EndDocument] | None,
        Field(max_length=20, description="Without: as names of event types suggest."),
    ] = None
    elsewhere: Annotated[
        RuleDocument | None, Field(description="Events which say that somebody went elsewhere.")
    ] = None
    silence_days: Annotated[
        Days | None, Field(description="Silence after which somebody is gone; else by the map.")
    ] = None
    within_days: Annotated[
        Days | None, Field(description="How soon after a step one leaves who leaves there.")
    ] = None
    time_zone: Name = "UTC"


class SilenceDocument(Document):
    """Days that figures were counted by."""

    silence_days: Days
    risk_days: Days
    within_days: Days


class ConcernDocument(Document):
    """A reason; `bound` is its `bound_seconds` or `bound_mark`."""

    kind: ReasonKind
    place: Name
    act: Name
    bound: float | None = None


class EndingsCell(Document):
    """Persons in a state, or those who left where a reason concerned them."""

    as_of: Annotated[dt.datetime, Field(description="As the answer told it.")]
    rhythm: SilenceDocument
    rhythms: Annotated[list[SilenceDocument], Field(max_length=1_000)]
    state: State | None = None
    reason: ConcernDocument | None = None

    def cell(self) -> behind.Cell:
        """The engine's form of it."""
        whole, *stages = (endings.Silence(**s.model_dump()) for s in (self.rhythm, *self.rhythms))
        reason = None if self.reason is None else endings.Concern(**self.reason.model_dump())
        counted = endings.Counted(microseconds_at(self.as_of), whole, tuple(stages))
        return behind.EndingsCell(counted, self.state, reason)


class Rhythm(BaseModel):
    """What silences say, of a stage or of the whole map (null)."""

    stage: str | None
    silence_days: float
    risk_days: float
    within_days: float
    returns: int
    open: int
    given: bool
    known: bool


class LeaveDifference(BaseModel):
    """How many leave with something, beside how many of the like without it."""

    n: int
    left: int
    like: int
    with_it: float
    without: float
    difference: float
    low: float
    high: float
    q: Annotated[float, Field(description="False discovery rate over all that was asked.")]
    more: Annotated[int, Field(description="Persons still needed to show this difference.")]


class ForWhom(BaseModel):
    """The same among persons of one kind."""

    property: str
    value: str
    difference: LeaveDifference
    stronger: Annotated[bool, Field(description="Whether it surely weighs more here.")]


class LeaveReason(BaseModel):
    """What the company did, did late or left undone, and how many more leave for it."""

    kind: ReasonKind
    place: str
    act: str
    place_name: str
    act_name: str
    phase: Annotated[
        Literal["winning", "keeping"],
        Field(description="Whether most at that step have not had the map's outcome yet, or have."),
    ]
    bound_seconds: float | None
    bound_mark: float | None
    effect: LeaveDifference
    lost: float
    lost_low: float
    lost_high: float
    verdict: Literal["found", "undecided"]
    for_whom: list[ForWhom]
    words: list[Message]


class Explained(BaseModel):
    """Of those who have left, how many by the gravest reason found that concerned them."""

    left: int
    by_reason: list[int]
    unknown: int


class LeaveDriver(BaseModel):
    """What is known of persons who come to a stage, and how many of them leave."""

    stage: str
    kind: Literal["passed", "channel", "property"]
    name: str
    value: str
    base: Share
    share: Share
    lift: float | None
    difference: float
    low: float
    high: float
    q: float


class CurvePoint(BaseModel):
    """A curve so many days after."""

    day: float
    share: float
    low: float
    high: float
    hazard: Annotated[float, Field(description="Cumulative, of this kind of end alone.")]
    at_risk: int


class EndCurve(BaseModel):
    """The chance that an end comes within so many days, and no other before."""

    kind: EndKind
    events: int
    points: list[CurvePoint]
    median_days: float | None


class EndPlace(BaseModel):
    """What comes after the first time at a touchpoint, or in a stage."""

    key: str
    is_stage: bool
    n: int
    left: Share | None
    curves: list[EndCurve]


class LastPlace(BaseModel):
    """Where journeys end that have ended; null is no touchpoint."""

    touchpoint: str | None
    said: Annotated[int, Field(description="Of these, an event says that it is over.")]
    silent: int


class StateCount(BaseModel):
    """Persons in a state."""

    state: State
    count: int


class StateMonth(BaseModel):
    """Where persons stand as a month ends."""

    month: str
    states: list[StateCount]


class StateMove(BaseModel):
    """From the end of one month to the end of the next; from null they are new to the log."""

    month: str
    source: State | None
    target: State
    count: int


class EndingsResult(BaseModel):
    """Why they leave: the reasons found first, then what is undecided."""

    journeys: int
    as_of: str
    rhythm: Rhythm
    rhythms: list[Rhythm]
    kinds: list[EndKind]
    asked: int
    reasons: list[LeaveReason]
    explained: Explained
    drivers: list[LeaveDriver]
    places: list[EndPlace]
    last_places: list[LastPlace]
    states: list[StateCount]
    months: list[StateMonth]
    moves: list[StateMove]


def _query(reading: Reading, asked: EndingsQuestion) -> Any:
    journey_map = reading.map_of(asked.map)
    ends = None
    if asked.ends is not None:
        told = [(end.kind, reading.inner(end.rule)) for end in asked.ends]
        ends = tuple(End(kind, rule) for kind, rule in told if rule is not None)
    return endings.Query(
        journey_map,
        ends=ends,
        elsewhere=reading.inner(asked.elsewhere),
        silence_days=asked.silence_days,
        within_days=asked.within_days,
        time_zone=asked.time_zone,
        as_of=last_moment(asked.filter),
        words=replace(Words.of(journey_map), case_by=PERSONS),
    )


def _shaped(found: Endings, _: Question) -> dict[str, Any]:
    return {**vars(found), "reasons": [_reason(one) for one in found.reasons]}


def _reason(found: FoundReason) -> dict[str, Any]:
    return {**vars(found), "words": list(of_reason(found))}


ENDINGS = Kind(
    question=EndingsQuestion,
    cell=EndingsCell,
    result=EndingsResult,
    analysis=endings,
    query=_query,
    shaped=_shaped,
    tells_itself=True,
    says="Why persons leave, when, after what, and where each of them stands",
    more="Reasons against like persons; competing ends; states by the map's own rhythm.",
    examples=lambda _: [{"map": WARM_MAP}],
)
