"""Moments of truth, over HTTP: which touchpoints decide, and which only seemed to."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from desireline.engine import behind, moments
from desireline.engine.moments import Agreement as FoundAgreement
from desireline.engine.moments import Contrast, Moments, Quality, Vote
from desireline.engine.moments import Moment as FoundMoment
from desireline.engine.moments.query import HIDDEN_COMPANY, HIDDEN_CUSTOMER, SMALLEST, Chooser
from desireline.engine.moments.result import Verdict, Why
from desireline.engine.saying import of_agreement, of_moment
from desireline.engine.telling import PERSONS
from desireline.modules.explore.documents import Document, MapNamed, Name, Question, RuleDocument
from desireline.modules.explore.kinds.kind import WARM_MAP, Kind
from desireline.modules.explore.kinds.shapes import Message
from desireline.modules.explore.reading import Reading, last_moment

MOST_VOTES = 5_000
Strength = Annotated[float, Field(ge=1, le=100)]
Mean = Annotated[float, Field(ge=1, le=5)]


class VoteDocument(Document):
    """What a department thinks of a touchpoint: how many voted, and the means."""

    touchpoint: Name
    department: Name = ""
    n: Annotated[int, Field(ge=1, le=10**6)]
    to_customer: Mean
    to_company: Mean


class MomentsQuestion(Question):
    """Which touchpoints of a map decide whether the outcome comes."""

    analysis: Literal["moments"] = "moments"
    map: MapNamed
    outcome: Annotated[RuleDocument | None, Field(description="Else that of the map.")] = None
    smallest: Annotated[
        float, Field(gt=0, lt=1, description="The smallest effect that is of interest.")
    ] = SMALLEST
    horizon_days: Annotated[
        float | None,
        Field(gt=0, le=3_660, description="How long one waits for the outcome; else by the log."),
    ] = None
    hidden_customer: Annotated[
        Strength,
        Field(
            description="What customers choose is confirmed where no trait explains it away that"
            " makes both choice and outcome so many times likelier."
        ),
    ] = HIDDEN_CUSTOMER
    hidden_company: Annotated[Strength, Field(description="The same of what the company does.")] = (
        HIDDEN_COMPANY
    )
    votes: Annotated[
        tuple[VoteDocument, ...],
        Field(max_length=MOST_VOTES, description="To hold against the log."),
    ] = ()


class ContrastDocument(Document):
    """What is compared at a touchpoint, as an answer says it."""

    touchpoint: Name
    quality: Quality
    stands: Annotated[tuple[Name, ...], Field(min_length=1, max_length=10)]
    within: Annotated[int, Field(ge=0, le=2**62, description="Microseconds.")]
    chooser: Chooser
    again: bool = False
    split: float = 0.0
    reply: Name = ""


class MomentCell(Document):
    """Journeys for which a touchpoint went well, or did not."""

    contrast: ContrastDocument
    went: bool

    def cell(self) -> behind.Cell:
        """The engine's form of it."""
        return behind.MomentCell(Contrast(**self.contrast.model_dump()), self.went)


class AtOnce(BaseModel):
    """What it adds in its own round, hidden kinds of customers held equal."""

    persons: int
    again: Annotated[int, Field(description="Persons followed to the end of a second round.")]
    difference: float
    low: float
    high: float
    least: Annotated[float, Field(description="A bound that alone holds with 95 %.")]
    most: Annotated[float, Field(description="A bound that alone holds with 95 %.")]
    later_did: Annotated[float, Field(description="The outcome in later rounds without it.")]
    later_not: float


class MomentEffect(BaseModel):
    """What follows where a touchpoint went well, and where not, all that is known being equal."""

    quality: Quality
    contrast: ContrastDocument
    chooser: Chooser
    journeys: int
    n: int
    went_well: int
    horizon_days: float
    with_it: float
    without: float
    raw: float
    difference: float
    low: float
    high: float
    q: float
    e_value: float
    e_value_low: float
    left_out: Annotated[int, Field(description="Journeys that no other is like.")]
    worth: int
    imbalance: float
    strongest: str
    rounds: AtOnce | None
    verdict: Verdict
    why: Why
    more: Annotated[int, Field(description="Journeys still needed to decide.")]


class Moment(BaseModel):
    """A touchpoint and whether it decides."""

    touchpoint: str
    name: str
    department: str | None
    nominated: bool
    surprise: bool
    status: str | None
    to_customer: float | None
    to_company: float | None
    voters: int
    journeys: int
    verdict: Verdict
    why: Why
    effect: MomentEffect | None
    effects: list[MomentEffect]
    words: list[Message]


class RankAgreement(BaseModel):
    """How far votes and effects put touchpoints into the same order (Spearman)."""

    department: Annotated[str | None, Field(description="null: all together.")]
    touchpoints: int
    rank: float | None
    low: float | None
    high: float | None
    words: list[Message]


class MomentsResult(BaseModel):
    """Those nominated first, then by effect."""

    journeys: int
    smallest: float
    compared: int
    moments: list[Moment]
    agreement: list[RankAgreement]


def _query(reading: Reading, asked: MomentsQuestion) -> Any:
    query = moments.Query(
        reading.map_of(asked.map),
        outcome=reading.inner(asked.outcome),
        smallest=asked.smallest,
        horizon_days=asked.horizon_days,
        hidden_customer=asked.hidden_customer,
        hidden_company=asked.hidden_company,
        votes=tuple(Vote(**vote.model_dump()) for vote in asked.votes),
        as_of=last_moment(asked.filter),
    )
    return replace(query, words=replace(query.told, case_by=PERSONS))


def _shaped(found: Moments, _: Question) -> dict[str, Any]:
    told = [_moment(one) for one in found.moments]
    return {**vars(found), "moments": told, "agreement": [_agreement(a) for a in found.agreement]}


def _moment(found: FoundMoment) -> dict[str, Any]:
    return {**vars(found), "surprise": found.surprise, "words": list(of_moment(found))}


def _agreement(found: FoundAgreement) -> dict[str, Any]:
    return {**vars(found), "words": list(of_agreement(found))}


MOMENTS = Kind(
    question=MomentsQuestion,
    cell=MomentCell,
    result=MomentsResult,
    analysis=moments,
    query=_query,
    shaped=_shaped,
    tells_itself=True,
    says="Which touchpoints decide whether the outcome comes",
    more="Doubly robust effects with overlap check and sensitivity bound; a verdict for each.",
    examples=lambda _: [{"map": WARM_MAP}],
)
