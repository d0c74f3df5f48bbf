"""The wire shapes of enrichment."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from desireline.engine.analyses.times import iso
from desireline.modules.enrichment.facts import Fact
from desireline.modules.enrichment.service import FieldState

SourceKind = Literal["email", "phone", "address", "agent", "language", "company", "name"]


class DerivedField(BaseModel):
    """A field that is derived."""

    name: str
    follows_from: SourceKind
    says: str
    on: bool
    off_since: str | None
    switched_by: str

    @classmethod
    def of(cls, found: FieldState) -> DerivedField:
        """The wire shape."""
        return cls(
            name=found.name,
            follows_from=found.about.follows_from,  # type: ignore[arg-type]
            says=found.about.says,
            on=found.off_at is None,
            off_since=None if found.off_at is None else iso(found.off_at),
            switched_by=found.switched_by,
        )


class DerivedFields(BaseModel):
    """All fields that are derived."""

    fields: list[DerivedField]


class Switch(BaseModel):
    """Whether a field is derived from now on."""

    model_config = ConfigDict(extra="forbid")

    on: bool


class Withdrawn(BaseModel):
    """How many values were taken from persons."""

    values: int


class Trial(BaseModel):
    """A value to be tried; nothing of it is kept."""

    model_config = ConfigDict(extra="forbid")

    of: SourceKind
    value: Annotated[str, Field(max_length=1_000)]


class DerivedFact(BaseModel):
    """What follows, from which data, and how sure that is."""

    name: str
    value: str | bool
    source: str
    confidence: float

    @classmethod
    def of(cls, found: Fact) -> DerivedFact:
        """The wire shape."""
        return cls(
            name=found.name,
            value=found.value,
            source=found.source,
            confidence=found.confidence,
        )


class DerivedFacts(BaseModel):
    """All that follows from one value."""

    facts: list[DerivedFact]
