"""The wire shapes of the maps. Documents and map files have published schemas of their own."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from desireline.engine.analyses.times import iso
from desireline.modules.maps.owning import Owner
from desireline.modules.maps.repository import VersionRow
from desireline.modules.maps.service import Found


class Headline(BaseModel):
    """What a portfolio says of a map at a glance."""

    journeys: int
    persons: int
    outcome: Annotated[
        dict[str, Any], Field(description="Share of journeys that reach it: n, count, low, high.")
    ]
    reach: Annotated[
        list[float | None], Field(description="Of each touchpoint in the map's order, 0 to 1.")
    ]
    sentences: list[str]

    @classmethod
    def of(cls, file: dict[str, Any]) -> Headline:
        """From a map file."""
        figures = file["figures"]
        return cls(
            journeys=figures["source"]["journeys"],
            persons=figures["source"]["persons"],
            outcome=figures["outcome_base"],
            reach=[t["reach"]["share"] for t in figures["touchpoints"]],
            sentences=[s["text"] for s in figures["sentences"] if s["about"] is None],
        )


class MapOwner(BaseModel):
    """A member of the team who answers for a map."""

    id: int
    name: str

    @classmethod
    def of(cls, owner: Owner) -> MapOwner:
        """The wire shape of an owner."""
        return cls(id=owner.number, name=owner.name)


class Owning(BaseModel):
    """Who shall answer for a map."""

    model_config = ConfigDict(extra="forbid")

    member: Annotated[
        int | None, Field(ge=1, le=2**53, description="Number of a member; null for nobody.")
    ]


class MapState(BaseModel):
    """A map without its document."""

    key: str
    name: str
    kind: str
    version: Annotated[int | None, Field(description="Last published version.")]
    revision: Annotated[int, Field(description="Send it as If-Match to change the map.")]
    has_draft: bool
    drafted_at: str
    drafted_by: str
    owner: Annotated[
        MapOwner | None,
        Field(description="Who answers for it; null for nobody, or somebody who was removed."),
    ]
    archived_at: Annotated[str | None, Field(description="When it was put away.")]
    stages: int
    touchpoints: int
    shape: Annotated[list[int], Field(description="How many touchpoints each stage has.")]
    goal: Annotated[str, Field(description="What the person wants to reach.")]
    scope: str
    parent: Annotated[
        str | None, Field(description="The map of which this one shows a part in detail.")
    ]
    headline: Annotated[
        Headline | None, Field(description="Its figures, where they are asked for.")
    ] = None

    @classmethod
    def of(cls, found: Found, headline: Headline | None = None) -> MapState:
        """The state of a map."""
        row, document = found.row, found.document
        return cls(
            goal=document.goal.statement,
            scope=document.scope,
            parent=None if document.parent is None else document.parent.map,
            headline=headline,
            key=row.key,
            name=document.name,
            kind=document.kind,
            version=row.version,
            revision=row.revision,
            has_draft=row.has_draft,
            drafted_at=iso(row.drafted_at),
            drafted_by=row.drafted_by,
            owner=None if found.owner is None else MapOwner.of(found.owner),
            archived_at=None if row.archived_at is None else iso(row.archived_at),
            shape=[len(stage.touchpoints) for stage in document.stages],
            stages=len(document.stages),
            touchpoints=len(document.touchpoints),
        )


class MapList(BaseModel):
    """All maps, the one published last first."""

    maps: list[MapState]


class Version(BaseModel):
    """A published version without its document."""

    version: int
    published_at: str
    author: str
    message: Annotated[str, Field(description="What its author said of it.")]

    @classmethod
    def of(cls, row: VersionRow) -> Version:
        """The wire shape of a row."""
        at = iso(row.published_at)
        return cls(version=row.version, published_at=at, author=row.author, message=row.message)


class VersionList(BaseModel):
    """All versions, the newest first."""

    versions: list[Version]


class Discover(BaseModel):
    """What to look for in the log."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=200)] = "Customer journey"
    outcome: Annotated[
        str | None, Field(max_length=200, description="Event type that is the goal; else found.")
    ] = None
    goal: Annotated[
        str | None, Field(max_length=2_000, description="What the person wants; else told by it.")
    ] = None
    touchpoints: Annotated[int, Field(ge=1, le=200, description="At most so many.")] = 40
    publish: Annotated[bool, Field(description="Make the draft the version 1 at once.")] = False
