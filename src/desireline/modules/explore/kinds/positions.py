"""Positions, over HTTP: where open journeys stand, and since when."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from desireline.engine import behind
from desireline.engine.analyses import positions
from desireline.engine.analyses.positions import Positions
from desireline.engine.scope import Scope
from desireline.modules.explore.documents import Document, Name, Question, RuleDocument
from desireline.modules.explore.kinds.kind import Kind, rule_of
from desireline.modules.explore.kinds.shapes import Seconds, Share
from desireline.modules.explore.reading import Reading, last_moment


class PositionsQuestion(Question):
    """Where open journeys stand, and since when. `filter.stop` is when one looks."""

    analysis: Literal["positions"] = "positions"
    outcome: Annotated[RuleDocument | None, Field(description="Else that of the map.")] = None
    closed: Annotated[RuleDocument | None, Field(description="Closes a journey.")] = None


class PositionCell(Document):
    """Open journeys; with an event, those that stand there."""

    event: Name | None = None

    def cell(self) -> behind.Cell:
        """The engine's form of it."""
        return behind.PositionCell(self.event)


class Position(BaseModel):
    """A place where open journeys stand."""

    event: str
    open: int
    share: Annotated[Share, Field(description="Of all open journeys.")]
    open_since_seconds: Seconds


class PositionsResult(BaseModel):
    """The most frequented first."""

    as_of: str | None
    open: int
    positions: list[Position]


def _query(reading: Reading, asked: PositionsQuestion) -> Any:
    return positions.Query(
        outcome=reading.rule(asked.outcome),
        closed=reading.inner(asked.closed),
        as_of=last_moment(asked.filter),
    )


def _shaped(found: Positions, _: Question) -> dict[str, Any]:
    return found.to_dict()


def _to_the_end(scope: Scope) -> Scope:
    """The query says when one looks."""
    return replace(scope, wanted=replace(scope.wanted, stop=None))


POSITIONS = Kind(
    question=PositionsQuestion,
    cell=PositionCell,
    result=PositionsResult,
    analysis=positions,
    query=_query,
    shaped=_shaped,
    over=_to_the_end,
    says="Where open journeys stand, and since when",
    more="The most frequented first.",
    examples=lambda events: [{"outcome": rule_of(events[-1])}],
)
