"""Transitions, over HTTP: the flow of journeys, step by step."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from desireline.engine import behind
from desireline.engine.analyses import transitions
from desireline.engine.analyses.transitions import Transitions, step_as_dict
from desireline.engine.analyses.waits import WAIT_ERROR
from desireline.modules.explore.documents import Document, Question, RuleDocument
from desireline.modules.explore.kinds.kind import Kind, rule_of
from desireline.modules.explore.kinds.shapes import Event, Seconds
from desireline.modules.explore.reading import Reading

Step = Annotated[str | None, Field(description="null: outside of the journey.")]


class TransitionsQuestion(Question):
    """What directly follows what."""

    analysis: Literal["transitions"] = "transitions"
    outcome: RuleDocument | None = None
    rarity: Annotated[bool, Field(description="`hides`, for a slider of rare steps.")] = False
    most: Annotated[int, Field(ge=1, le=5_000, description="Most frequent steps told.")] = 500


class TransitionCell(Document):
    """Journeys that take a step; from null they start with it, to null they end with it."""

    source: Annotated[Event, Field(alias="from")]
    to: Event

    def cell(self) -> behind.Cell:
        """The engine's form of it."""
        return behind.TransitionCell(self.source, self.to)


class Transition(BaseModel):
    """A step; `from` null is the start of journeys, `to` null their end."""

    source: Annotated[Step, Field(alias="from")]
    to: Step
    count: int
    n: Annotated[int, Field(description="Steps that leave `from`; journeys, of starts and ends.")]
    share: float
    low: Annotated[float, Field(description="95 % interval by persons, who may count often.")]
    high: float
    wait_seconds: Seconds
    journeys: int
    with_outcome: int | None = None
    hides: Annotated[
        int | None, Field(description="Journeys whose rarest step is this rare or rarer.")
    ] = None


class TransitionsResult(BaseModel):
    """The steps told are the most frequent; `distinct` counts all."""

    cases: int
    events: int
    distinct: int
    transitions: list[Transition]
    starts: list[Transition]
    ends: list[Transition]
    negative_waits: int
    error: Annotated[float, Field(description="Largest relative error of p50 and p90.")]


def _query(reading: Reading, asked: TransitionsQuestion) -> Any:
    outcome = reading.rule(asked.outcome)
    return transitions.Query(journeys=True, outcome=outcome, intervals=True, rarity=asked.rarity)


def _shaped(found: Transitions, question: TransitionsQuestion) -> dict[str, Any]:
    return {
        "cases": found.cases,
        "events": found.n_events,
        "distinct": len(found.transitions),
        "transitions": [step_as_dict(t) for t in found.transitions[: question.most]],
        "starts": [step_as_dict(t) for t in found.starts],
        "ends": [step_as_dict(t) for t in found.ends],
        "negative_waits": found.negative_waits,
        "error": WAIT_ERROR,
    }


TRANSITIONS = Kind(
    question=TransitionsQuestion,
    cell=TransitionCell,
    result=TransitionsResult,
    analysis=transitions,
    query=_query,
    shaped=_shaped,
    says="What directly follows what",
    more="The flow: steps with counts, shares, waits; where journeys start and end.",
    examples=lambda events: [{"outcome": rule_of(events[-1]), "rarity": True}],
)
