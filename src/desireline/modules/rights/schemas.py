"""The wire shapes of requests about persons' data."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from desireline.log.segments.erasing import Erased
from desireline.modules.rights.periods import MOST_MONTHS, Period
from desireline.modules.rights.service import Kept
from desireline.modules.rights.who import Who


class Gone(BaseModel):
    """What was erased, or made anonymous."""

    person: Annotated[int, Field(description="The number that the person had.")]
    subjects: int
    events: int
    mentions: Annotated[int, Field(description="Events of others that named the person.")]
    failed_events: int
    segments: Annotated[int, Field(description="Files that were written anew.")]
    emptied: Annotated[
        bool, Field(description="False: a reader held SQLite's write-ahead log; erase again.")
    ]
    untold: Annotated[
        list[str], Field(description="Folders of backups whose book could not be written.")
    ]

    @classmethod
    def of(cls, who: Who, done: Erased) -> Gone:
        """The wire shape."""
        return cls(
            person=who.person,
            subjects=done.subjects,
            events=done.events,
            mentions=done.mentions,
            failed_events=done.failed_events,
            segments=done.segments,
            emptied=done.emptied,
            untold=list(done.untold),
        )


class Keeping(BaseModel):
    """What stays of a person who is made anonymous, beside what always may."""

    model_config = ConfigDict(extra="forbid")

    keeps: Annotated[
        list[Annotated[str, Field(pattern=r"^(properties|context)\..{1,200}$")]],
        Field(max_length=200, description="Declared safe: `properties.plan`."),
    ] = []


class PeriodOf(BaseModel):
    """For how many months something is kept."""

    model_config = ConfigDict(extra="forbid")

    what: Literal["event", "failed_event"] = "event"
    type: Annotated[
        str, Field(max_length=200, description="Of events; empty: all without a period.")
    ] = ""
    months: Annotated[int, Field(ge=1, le=MOST_MONTHS)]

    @classmethod
    def of(cls, found: Period) -> PeriodOf:
        """The wire shape."""
        return cls(what=found.what, type=found.type, months=found.months)  # type: ignore[arg-type]


class Periods(BaseModel):
    """All periods; what has none is kept for ever."""

    periods: list[PeriodOf]


class Outcome(BaseModel):
    """What was kept long enough: how much went, or would go."""

    events: int
    failed_events: int
    segments: Annotated[int, Field(description="Files that are written anew.")]

    @classmethod
    def of(cls, found: Kept) -> Outcome:
        """The wire shape."""
        return cls(events=found.events, failed_events=found.failed_events, segments=found.segments)
