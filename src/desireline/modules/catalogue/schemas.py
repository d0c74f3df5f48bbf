"""The wire shapes of the catalogue."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Row

from desireline.engine.analyses.times import iso
from desireline.modules.catalogue.drift import Finding
from desireline.modules.catalogue.service import Property, Saying, Type

ValueKind = Literal["string", "number", "boolean", "time", "list", "object"]
FieldKind = Literal["string", "number", "boolean", "time", "list", "object", "choice"]
Words = Annotated[str, Field(max_length=2_000)]
Name = Annotated[str, Field(max_length=200)]


def _iso(at: int | None) -> str | None:
    return None if at is None else iso(at)


class Said(BaseModel):
    """What somebody says about a name."""

    model_config = ConfigDict(extra="forbid")

    description: Words = ""
    owner: Annotated[Name, Field(description="Who answers for it: a department, a team.")] = ""
    deprecated: bool = False
    replaced_by: Annotated[Name, Field(description="What to use instead.")] = ""

    @property
    def saying(self) -> Saying:
        """The same, as the service takes it."""
        return Saying(self.description, self.owner, self.deprecated, self.replaced_by)


class SaidProperty(Said):
    """What somebody says about a property."""

    kind: Annotated[ValueKind | None, Field(description="What it is declared to be.")] = None


class SaidType(Said):
    """What somebody says about a type; properties that are not named stay as they were."""

    properties: Annotated[dict[str, SaidProperty], Field(max_length=500)] = {}


class SaidField(Said):
    """What somebody says about a field of persons."""

    kind: FieldKind
    options: Annotated[list[Name], Field(description="Of a choice.")] = []


class Oddity(BaseModel):
    """What does not fit."""

    code: Annotated[
        str,
        Field(description="undeclared, kind_changed, kind_mixed, kind_wrong or deprecated_in_use."),
    ]
    sentence: str
    since: str
    events: int

    @classmethod
    def of(cls, found: Finding) -> Oddity:
        """The wire shape."""
        return cls(code=found.code, sentence=found.sentence, since=iso(found.since), events=found.n)


class _Known(BaseModel):
    name: str
    description: str
    owner: str
    declared: bool
    declared_at: str | None
    declared_by: str
    deprecated_at: str | None
    replaced_by: str


def _known(row: Row[Any]) -> dict[str, Any]:
    return {
        "name": row.name,
        "description": row.description,
        "owner": row.owner,
        "declared": row.declared_at is not None,
        "declared_at": _iso(row.declared_at),
        "declared_by": row.declared_by,
        "deprecated_at": _iso(row.deprecated_at),
        "replaced_by": row.replaced_by,
    }


class SeenKind(BaseModel):
    """How often, first and last a property was of one kind."""

    kind: ValueKind
    events: int
    first_seen: str
    last_seen: str


def _seen(found: Property) -> list[SeenKind]:
    return [
        SeenKind(
            kind=kind.kind,  # type: ignore[arg-type]
            events=kind.n,
            first_seen=iso(kind.first_at),
            last_seen=iso(kind.last_at),
        )
        for kind in found.kinds
    ]


class KnownProperty(_Known):
    """A property: as it was seen, and what was said about it."""

    kind: Annotated[str, Field(description="What it was declared to be; empty: nobody said.")]
    seen: list[SeenKind]
    examples: Annotated[list[str], Field(description="Values that at least five persons share.")]
    findings: list[Oddity]

    @classmethod
    def of(cls, found: Property) -> KnownProperty:
        """The wire shape."""
        return cls(
            **_known(found.row),
            kind=found.row.declared_kind,
            seen=_seen(found),
            examples=found.examples,
            findings=[Oddity.of(one) for one in found.findings],
        )


class KnownType(_Known):
    """A type of events: as it was seen, and what was said about it."""

    events: int
    first_seen: str | None
    last_seen: str | None
    findings: list[Oddity]
    odd_properties: list[str]

    @classmethod
    def of(cls, found: Type) -> KnownType:
        """The wire shape."""
        return cls(**_type(found))


class DetailedType(KnownType):
    """A type with its properties."""

    properties: list[KnownProperty]

    @classmethod
    def of(cls, found: Type) -> DetailedType:
        """The wire shape."""
        properties = [KnownProperty.of(one) for one in found.properties]
        return cls(**_type(found), properties=properties)


def _type(found: Type) -> dict[str, Any]:
    return _known(found.row) | {
        "events": found.row.events,
        "first_seen": _iso(found.row.first_at),
        "last_seen": _iso(found.row.last_at),
        "findings": [Oddity.of(one) for one in found.findings],
        "odd_properties": [one.row.name for one in found.properties if one.findings],
    }


class TypeList(BaseModel):
    """All types, the one with the most events first."""

    event_types: list[KnownType]


class KnownField(_Known):
    """A field of persons."""

    kind: FieldKind
    options: list[str]
    seen: Annotated[list[SeenKind], Field(description="As events of persons told it.")]
    findings: list[Oddity]

    @classmethod
    def of(cls, found: Property) -> KnownField:
        """The wire shape."""
        return cls(
            **_known(found.row),
            kind=found.row.kind,
            options=json.loads(found.row.options or "[]"),
            seen=_seen(found),
            findings=[Oddity.of(one) for one in found.findings],
        )


class FieldList(BaseModel):
    """The declared fields of persons, by name."""

    fields: list[KnownField]


class ToldTraits(BaseModel):
    """Traits that somebody of the firm tells of a person; null takes one away."""

    model_config = ConfigDict(extra="forbid")

    traits: Annotated[dict[str, Any], Field(min_length=1, max_length=200)]


class ToldEvent(BaseModel):
    """The event that tells them."""

    position: int
