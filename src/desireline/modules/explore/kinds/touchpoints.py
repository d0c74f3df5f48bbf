"""Touchpoints, over HTTP: how journeys come to each, stay, come back and end."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from desireline.engine import behind
from desireline.engine.analyses import touchpoints
from desireline.modules.explore.documents import Document, Name, Question, RuleDocument
from desireline.modules.explore.kinds.kind import Kind, rule_of
from desireline.modules.explore.kinds.shapes import Share, Wait
from desireline.modules.explore.reading import Reading


class TouchpointsQuestion(Question):
    """How journeys come to each touchpoint, stay, come back and end; without a map, each event."""

    analysis: Literal["touchpoints"] = "touchpoints"
    outcome: Annotated[RuleDocument | None, Field(description="Else that of the map.")] = None


class TouchpointCell(Document):
    """Journeys that a figure of a touchpoint counts."""

    event: Name
    figure: Literal["reach", "exit", "loop", "outcome", "starts", "ends"] = "reach"

    def cell(self) -> behind.Cell:
        """The engine's form of it."""
        return behind.TouchpointCell(self.event, self.figure)


class Neighbour(BaseModel):
    """Where visits came from, or went to; null: outside."""

    event: str | None
    count: int
    share: float


class Worth(BaseModel):
    """What events were worth."""

    n: int
    sum: float
    mean: float | None


class Touchpoint(BaseModel):
    """The figures of a touchpoint."""

    event: str
    journeys: int
    persons: int
    events: int
    visits: int
    repeated_visits: int
    starts: int
    ends: int
    reach: Share
    exit: Share
    loop: Share
    outcome: Share | None
    outcome_base: Share | None
    wait_before: Wait
    wait_after: Wait
    duration: Wait
    value: Worth
    previous: list[Neighbour]
    next: list[Neighbour]
    first_at: str | None
    last_at: str | None


class TouchpointsResult(BaseModel):
    """Those that most journeys came to first."""

    cases: int
    persons: int
    events: int
    touchpoints: list[Touchpoint]


def _query(reading: Reading, asked: TouchpointsQuestion) -> Any:
    return touchpoints.Query(outcome=reading.rule(asked.outcome))


TOUCHPOINTS = Kind(
    question=TouchpointsQuestion,
    cell=TouchpointCell,
    result=TouchpointsResult,
    analysis=touchpoints,
    query=_query,
    says="How journeys come to each touchpoint, stay and end",
    more="In the words of a map, or of each event type.",
    examples=lambda events: [{"outcome": rule_of(events[-1])}],
)
