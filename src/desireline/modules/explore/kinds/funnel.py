"""Funnels, over HTTP: how many get through some steps in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from desireline.engine import behind
from desireline.engine.analyses import funnel
from desireline.engine.analyses.funnel_query import MOST_STEPS
from desireline.modules.explore.documents import (
    Document,
    Name,
    Question,
    RuleDocument,
    Seconds,
)
from desireline.modules.explore.kinds.kind import Kind, rule_of
from desireline.modules.explore.kinds.shapes import Group, Share, Wait
from desireline.modules.explore.reading import Reading


class StepDocument(Document):
    """A step of a funnel."""

    rule: RuleDocument
    name: Name = ""
    within_seconds: Annotated[Seconds | None, Field(description="After the step before.")] = None
    optional: bool = False
    without: Annotated[RuleDocument | None, Field(description="Nowhere in between.")] = None


class FunnelQuestion(Question):
    """How many get through some steps in order."""

    analysis: Literal["funnel"] = "funnel"
    steps: Annotated[list[StepDocument], Field(min_length=1, max_length=MOST_STEPS)]
    window_seconds: Seconds | None = None
    strict: Annotated[bool, Field(description="The next event must be the next step.")] = False
    count_by: Literal["journey", "entry"] = "journey"
    by: Annotated[Name | None, Field(description="channel, actor or a property.")] = None
    most_groups: Annotated[int, Field(ge=1, le=200)] = 20


class FunnelCell(Document):
    """Journeys that reached a step, or went no further than it and did not convert."""

    step: Annotated[int, Field(ge=0, description="From 0.")]
    did: Literal["reached", "dropped"] = "reached"
    group: Group = None

    def cell(self) -> behind.Cell:
        """The engine's form of it."""
        of_group = "group" in self.model_fields_set
        return behind.FunnelCell(self.step, self.did, of_group, self.group)


class Instead(BaseModel):
    """What came next; null: nothing more."""

    name: str | None
    count: int


class FunnelStep(BaseModel):
    """A step of the funnel."""

    name: str
    optional: bool
    reached: int
    share_of_first: Share
    share_of_previous: Share
    time_from_previous: Wait
    dropped: int
    instead: list[Instead]


class FunnelGroup(BaseModel):
    """Those with one value at the first step; null: unknown, or with `rest` all others."""

    value: str | None
    reached: list[int]
    converted: Share
    time_to_convert: Wait
    rest: bool


class FunnelResult(BaseModel):
    """Counts are of journeys, or of entries."""

    count_by: Literal["journey", "entry"]
    journeys: int
    steps: list[FunnelStep]
    converted: Share
    time_to_convert: Wait
    groups: list[FunnelGroup]
    wait_error: float


def _query(reading: Reading, asked: FunnelQuestion) -> Any:
    return funnel.Query(
        steps=tuple(_step(reading, step) for step in asked.steps),
        window_seconds=asked.window_seconds,
        strict=asked.strict,
        count_by=asked.count_by,
        by=asked.by,
        most_groups=asked.most_groups,
    )


def _step(reading: Reading, step: StepDocument) -> funnel.Step:
    rule = reading.inner(step.rule)
    assert rule is not None  # noqa: S101 - a step's rule is never left out
    name = step.name or (step.rule if isinstance(step.rule, str) else "")
    without = reading.inner(step.without)
    return funnel.Step(rule, name, step.within_seconds, step.optional, without)


def _examples(events: Sequence[str]) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = [{"rule": rule_of(event)} for event in events]
    limited = [steps[0], *({**step, "within_seconds": 86_400.0} for step in steps[1:])]
    return [
        {"steps": steps},
        {"steps": steps, "window_seconds": 86_400.0, "by": "channel"},
        {"steps": limited, "count_by": "entry"},
    ]


FUNNEL = Kind(
    question=FunnelQuestion,
    cell=FunnelCell,
    result=FunnelResult,
    analysis=funnel,
    query=_query,
    says="How many get through some steps in order",
    more="Each step with its share, its time, and what the others did instead.",
    examples=_examples,
)
