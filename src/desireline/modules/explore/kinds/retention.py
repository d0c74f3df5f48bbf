"""Retention, over HTTP: who comes back in which period."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from desireline.engine import behind
from desireline.engine.analyses import retention
from desireline.engine.filters import microseconds_at
from desireline.engine.scope import Scope
from desireline.modules.explore.documents import Document, Name, Question, RuleDocument
from desireline.modules.explore.kinds.kind import Kind, rule_of
from desireline.modules.explore.kinds.shapes import Group
from desireline.modules.explore.reading import Reading, last_moment, moment

State = Literal["over", "running", "ahead"]


class RetentionQuestion(Question):
    """Who comes back. `filter.start` and `.stop` say which cohorts, and when one looks."""

    analysis: Literal["retention"] = "retention"
    begins: Annotated[RuleDocument | None, Field(description="Else the first event.")] = None
    back: Annotated[RuleDocument | None, Field(description="Else any event.")] = None
    period: Literal["day", "week", "month"] = "week"
    time_zone: Name = "UTC"
    kind: Literal["on", "on_or_after"] = "on"
    periods: Annotated[int, Field(ge=1, le=366)] = 8
    by: Annotated[Name | None, Field(description="channel, actor or a property.")] = None
    most_groups: Annotated[int, Field(ge=1, le=200)] = 20


class RetentionCell(Document):
    """Those who began, in a cohort or in all; with a period, those who came back in it or not."""

    cohort: Annotated[dt.date | None, Field(description="Its `begins_on`.")] = None
    period: Annotated[int | None, Field(ge=0)] = None
    returned: bool = True
    group: Group = None

    def cell(self) -> behind.Cell:
        """The engine's form of it."""
        of_group = "group" in self.model_fields_set
        return behind.RetentionCell(self.cohort, self.period, self.returned, of_group, self.group)


class RetentionPeriod(BaseModel):
    """Only a period that is over has a share; else `count` is so far."""

    period: int
    state: State
    n: int
    count: int
    share: float | None
    low: float | None
    high: float | None


class Cohort(BaseModel):
    """Those who began in one period."""

    begins_on: str
    begin: str
    n: int
    cells: list[RetentionPeriod]


class RetentionGroup(BaseModel):
    """All cohorts of those with one value at their first event."""

    value: str | None
    n: int
    cells: list[RetentionPeriod]
    rest: bool


class RetentionResult(BaseModel):
    """`cells`: all cohorts together, each period of those for whom it is over."""

    period: Literal["day", "week", "month"]
    time_zone: str
    kind: Literal["on", "on_or_after"]
    as_of: str | None
    n: int
    cohorts: list[Cohort]
    cells: list[RetentionPeriod]
    groups: list[RetentionGroup]


def _query(reading: Reading, asked: RetentionQuestion) -> Any:
    start = moment(asked.filter.start)
    return retention.Query(
        begins=reading.inner(asked.begins),
        back=reading.inner(asked.back),
        period=asked.period,
        time_zone=asked.time_zone,
        kind=asked.kind,
        periods=asked.periods,
        since=None if start is None else microseconds_at(start),
        as_of=last_moment(asked.filter),
        by=asked.by,
        most_groups=asked.most_groups,
    )


def _of_all_time(scope: Scope) -> Scope:
    """Who was first seen before a period is no newcomer in it. The query says which are told."""
    return replace(scope, wanted=replace(scope.wanted, start=None, stop=None))


RETENTION = Kind(
    question=RetentionQuestion,
    cell=RetentionCell,
    result=RetentionResult,
    analysis=retention,
    query=_query,
    over=_of_all_time,
    says="Who comes back in which period",
    more="By cohort; a period that is not over has no share.",
    examples=lambda events: [{"back": rule_of(events[-1])}],
)
