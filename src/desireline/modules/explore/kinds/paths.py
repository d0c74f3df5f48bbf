"""Paths, over HTTP: what comes after and before an event."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from desireline.engine import behind
from desireline.engine.analyses import paths
from desireline.engine.analyses.paths import MOST_DEPTH
from desireline.engine.rules import Event
from desireline.modules.explore.documents import (
    Document,
    Name,
    Question,
    RuleDocument,
    Seconds,
)
from desireline.modules.explore.kinds.kind import Kind, rule_of
from desireline.modules.explore.kinds.shapes import Share
from desireline.modules.explore.reading import Reading


class PathsQuestion(Question):
    """What comes after and before an event."""

    analysis: Literal["paths"] = "paths"
    anchor: RuleDocument
    depth: Annotated[int, Field(ge=1, le=MOST_DEPTH)] = 4
    top: Annotated[int, Field(ge=0, le=100)] = 6
    every: Annotated[bool, Field(description="Every occurrence, not the first of each.")] = False
    max_gap_seconds: Seconds | None = None


class PathCell(Document):
    """Journeys whose anchor these events follow (or precede, the nearest first)."""

    side: Literal["after", "before"] = "after"
    events: Annotated[
        tuple[Name | None, ...],
        Field(max_length=100, description="null at the end: it ends there."),
    ] = ()

    def cell(self) -> behind.Cell:
        """The engine's form of it."""
        return behind.PathCell(self.side, self.events)


class PathNode(BaseModel):
    """A step of a path."""

    event: str | None
    kind: Literal["anchor", "event", "end", "other"]
    count: int
    share: Annotated[float, Field(description="Of the node before.")]
    low: Annotated[float, Field(description="95 % interval by persons, who may count often.")]
    high: float
    kinds: int
    children: list[PathNode]


class PathStep(BaseModel):
    """What stands so many steps after the anchor; before it, where the distance is negative."""

    distance: int
    event: str | None
    kind: Literal["event", "end", "other"]
    of_anchors: Share


class PathsResult(BaseModel):
    """Both trees grow from the anchor."""

    anchor: str | None
    anchors: int
    after: PathNode
    before: PathNode
    steps: list[PathStep]


def _query(reading: Reading, asked: PathsQuestion) -> Any:
    anchor = reading.inner(asked.anchor)
    named = anchor.names[0] if isinstance(anchor, Event) and len(anchor.names) == 1 else anchor
    assert named is not None  # noqa: S101 - an anchor is never left out
    return paths.Query(named, asked.depth, asked.top, asked.every, asked.max_gap_seconds)


PATHS = Kind(
    question=PathsQuestion,
    cell=PathCell,
    result=PathsResult,
    analysis=paths,
    query=_query,
    says="What comes after and before an event",
    more="Two trees from the anchor on.",
    examples=lambda events: [{"anchor": rule_of(events[-1])}],
)
