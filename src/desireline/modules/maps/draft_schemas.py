"""The wire shapes of drafts, previews and differences."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from desireline.engine.analyses.times import iso
from desireline.modules.maps.draft_repository import Presence
from desireline.modules.maps.entries import Entry, told

MOST_CHANGES = 1_000
Session = Annotated[
    str, Field(min_length=1, max_length=64, description="One window of one person, made by it.")
]
Change = Annotated[dict[str, Any], Field(description="docs/schemas/map_change.schema.json")]


class SentChanges(BaseModel):
    """Changes of a draft, and the revision on which they were made."""

    model_config = ConfigDict(extra="forbid")

    base_revision: Annotated[int, Field(ge=1, le=10**9)]
    session: Session
    changes: Annotated[list[Change], Field(min_length=1, max_length=MOST_CHANGES)]


class DraftEntry(BaseModel):
    """What was done at one revision."""

    revision: int
    by: str
    session: str
    at: str
    changes: list[dict[str, Any]]
    version: Annotated[int | None, Field(description="The version that was published here.")]

    @classmethod
    def of(cls, entry: Entry) -> DraftEntry:
        """The wire shape of an entry."""
        return cls(**told(entry))


class DraftEntries(BaseModel):
    """What was done after a revision, the oldest first."""

    revision: Annotated[int, Field(description="Of the draft, after all of them.")]
    entries: list[DraftEntry]

    @classmethod
    def of(cls, entries: list[Entry], base: int) -> DraftEntries:
        """The wire shape of entries."""
        last = entries[-1].revision if entries else base
        return cls(revision=last, entries=[DraftEntry.of(entry) for entry in entries])


class BeingHere(BaseModel):
    """That somebody is at a draft, and what she has open."""

    model_config = ConfigDict(extra="forbid")

    session: Session
    place: Annotated[
        str, Field(max_length=300, description="touchpoint/cart, cell/think/cart, or nothing.")
    ] = ""
    leaves: Annotated[bool, Field(description="She closes the draft.")] = False


class Present(BaseModel):
    """Somebody who is at a draft."""

    session: str
    by: str
    place: str
    seen_at: str

    @classmethod
    def of(cls, found: Presence) -> Present:
        """The wire shape of somebody."""
        at = iso(found.seen_at)
        return cls(session=found.session, by=found.by, place=found.place, seen_at=at)


class PresentList(BaseModel):
    """Everyone who is at a draft."""

    here: list[Present]


class Publishing(BaseModel):
    """What is said of a version when it is published."""

    model_config = ConfigDict(extra="forbid")

    message: Annotated[str, Field(max_length=2_000)] = ""


class RuleAsked(BaseModel):
    """A rule that somebody is making."""

    model_config = ConfigDict(extra="forbid")

    rule: Annotated[dict[str, Any], Field(description="docs/schemas/rule.schema.json")]
    map: Annotated[
        str | None, Field(max_length=100, description="Key of the map whose draft it is for.")
    ] = None
    touchpoint: Annotated[
        str | None, Field(max_length=200, description="Whose rule it is; else a new one's.")
    ] = None


class RuleExample(BaseModel):
    """One event that the rule catches."""

    at: str
    person: str
    event: str
    channel: str


class RuleOverlap(BaseModel):
    """Events that the rule of another touchpoint catches too."""

    touchpoint: str
    events: int
    goes_there: Annotated[
        bool, Field(description="The other stands first on the map: these events are its.")
    ]


class RulePreviewed(BaseModel):
    """What a rule would catch, in all events up to a position of the log."""

    events: int
    left: Annotated[int, Field(description="Events that no touchpoint before it takes.")]
    persons: int
    first_at: str | None
    last_at: str | None
    examples: list[RuleExample]
    overlap: list[RuleOverlap]
    position: int


class Differing(BaseModel):
    """A field that both have, with another value."""

    field: str
    before: Any
    after: Any


class DifferentPart(BaseModel):
    """A part that one of two documents has alone, or has otherwise."""

    part: Annotated[
        str,
        Field(description="map, stage, touchpoint, lane, cell, persona, actor, note or left_out."),
    ]
    key: Annotated[str, Field(description="Of a cell, the key of its lane.")]
    name: str
    what: Annotated[str, Field(description="added, removed, changed or moved.")]
    touchpoint: Annotated[str | None, Field(description="Of a cell.")]
    fields: list[Differing]


class DifferenceFound(BaseModel):
    """What two documents differ in, in the order of the later one."""

    differences: list[DifferentPart]
