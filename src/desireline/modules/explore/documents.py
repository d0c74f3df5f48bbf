"""What all questions have in common, on the wire and in what is kept."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from desireline.modules.answering import Bots

Name = Annotated[str, Field(max_length=200)]
RuleDocument: TypeAlias = Annotated[
    Annotated[str, Field(max_length=10_000)] | dict[str, Any],
    Field(
        description="The name of an event type, a pattern (`cart -> order within 3d`), or a rule"
        " as JSON (docs/schemas/rule.schema.json)."
    ),
]
Seconds = Annotated[float, Field(ge=0, le=1e12)]


class Document(BaseModel):
    """What all documents are: nothing in them is passed over."""

    model_config = ConfigDict(extra="forbid")


class FilterDocument(Document):
    """Which events are looked at; what is not given restricts nothing."""

    start: Annotated[dt.datetime | None, Field(description="First moment; UTC without zone.")] = (
        None
    )
    stop: Annotated[dt.datetime | None, Field(description="First moment that is out again.")] = None
    last_days: Annotated[
        int | None,
        Field(
            ge=1,
            le=3_660,
            description="In place of `start`: so many days back from the midnight (UTC) before"
            " one asks, and what has come since.",
        ),
    ] = None
    channels: Annotated[list[Name], Field(max_length=256)] = []
    rule: Annotated[RuleDocument | None, Field(description="Only events at which it holds.")] = None
    whole_journeys: Annotated[
        bool, Field(description="A journey with such an event stays with all its events.")
    ] = False
    bots: Annotated[
        Bots,
        Field(description="What is marked as a bot's, prefetched, or from a data centre."),
    ] = "with"


class MapNamed(Document):
    """A map in whose words journeys are told: its touchpoints are the events."""

    key: Annotated[str, Field(max_length=100)]
    version: Annotated[int | None, Field(ge=1, description="Without: the last.")] = None


class Sessions(Document):
    """A journey is a visit: it ends where nothing happens for longer than this."""

    gap_seconds: Annotated[float, Field(gt=0, le=1e12)] = 1800.0


class Question(Document):
    """What every question says of the journeys that it is about."""

    filter: FilterDocument = FilterDocument()
    segment: Annotated[
        RuleDocument | Annotated[list[RuleDocument], Field(min_length=1, max_length=8)] | None,
        Field(
            description="Only persons for whom it holds, over all that is known of them; of"
            " several, all hold."
        ),
    ] = None
    map: MapNamed | None = None
    sessions: Annotated[
        Sessions | None, Field(description="Journeys are visits, not persons; not with a map.")
    ] = None


class ColumnIs(Document):
    """Persons with an event of which a property (or channel, actor) has this value."""

    name: Name
    value: str | float | bool


class GroupDocument(Document):
    """What makes a group: all that is given narrows the question further."""

    name: Name = ""
    segment: RuleDocument | None = None
    column: ColumnIs | None = None
    channels: Annotated[list[Name], Field(max_length=256)] = []
    start: dt.datetime | None = None
    stop: dt.datetime | None = None
    version: Annotated[int | None, Field(ge=1, description="Of the question's map.")] = None
