"""The wire shapes of the maps. Documents and map files have published schemas of their own."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from desireline.engine.analyses.times import iso
from desireline.modules.maps.repository import VersionRow
from desireline.modules.maps.service import Found


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
    stages: int
    touchpoints: int

    @classmethod
    def of(cls, found: Found) -> MapState:
        """The state of a map."""
        row, document = found.row, found.document
        return cls(
            key=row.key,
            name=document.name,
            kind=document.kind,
            version=row.version,
            revision=row.revision,
            has_draft=row.has_draft,
            drafted_at=iso(row.drafted_at),
            drafted_by=row.drafted_by,
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

    @classmethod
    def of(cls, row: VersionRow) -> Version:
        """The wire shape of a row."""
        return cls(version=row.version, published_at=iso(row.published_at), author=row.author)


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
    touchpoints: Annotated[int, Field(ge=1, le=200, description="At most so many.")] = 40
    publish: Annotated[bool, Field(description="Make the draft the version 1 at once.")] = False
