"""The wire shapes of personas."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from desireline.engine.analyses.times import iso
from desireline.modules.personas.repository import PersonaRow

MOST_PHOTO = 200_000
"""Characters of a picture as a data: address: 320 x 320 pixels take about 40,000."""
Line = Annotated[str, Field(max_length=1_000)]
Lines = Annotated[list[Line], Field(max_length=50)]


class Number(BaseModel):
    """A figure that somebody gives for the persona: median age, orders a year."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=200)]
    value: Annotated[str, Field(max_length=200)]
    source: Annotated[str, Field(max_length=500)] = ""


class Verbatim(BaseModel):
    """What one of them said, and where."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=2_000)]
    source: Annotated[str, Field(max_length=500)] = ""
    said_at: Annotated[str, Field(max_length=40, description="When, ISO 8601.")] = ""
    language: Annotated[str, Field(max_length=35, description="BCP 47, such as pl.")] = ""
    internal: Annotated[bool, Field(description="Told by staff, not by a customer.")] = False


class PersonaDocument(BaseModel):
    """A described type of customer, bound to persons by a rule over their journeys."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=200)]
    summary: Annotated[str, Field(max_length=5_000)] = ""
    photo: Annotated[
        str,
        Field(
            max_length=MOST_PHOTO,
            description="data:image/...;base64,...: a small PNG, JPEG or WebP picture.",
        ),
    ] = ""
    numbers: Annotated[list[Number], Field(max_length=50)] = []
    goals: Lines = []
    needs: Lines = []
    motives: Lines = []
    beliefs: Lines = []
    expectations: Lines = []
    social_behaviour: Lines = []
    verbatims: Annotated[list[Verbatim], Field(max_length=200)] = []
    rule: Annotated[
        dict[str, Any] | None,
        Field(description="docs/schemas/rule.schema.json: those in whose journey it holds."),
    ] = None


class Persona(PersonaDocument):
    """A persona as it is kept."""

    key: str
    revision: int
    changed_at: str
    changed_by: str

    @classmethod
    def of(cls, row: PersonaRow) -> Persona:
        """The wire shape of a row."""
        return cls(
            **row.document,
            key=row.key,
            revision=row.revision,
            changed_at=iso(row.changed_at),
            changed_by=row.changed_by,
        )


class PersonaList(BaseModel):
    """All personas, by key."""

    personas: list[Persona]


class ShareFound(BaseModel):
    """A share with its n and a 95 % Wilson interval."""

    n: int
    count: int
    share: float | None
    low: float | None
    high: float | None


class PersonaFigures(BaseModel):
    """What a persona describes."""

    name: Annotated[str, Field(description="Its key.")]
    share: Annotated[ShareFound, Field(description="Of all persons with events.")]
    earlier: Annotated[ShareFound | None, Field(description="The same at the earlier moment.")]
    alone: Annotated[int, Field(description="Persons whom no other persona describes.")]


class PersonaOverlap(BaseModel):
    """Persons whom two personas describe."""

    a: str
    b: str
    persons: int


class PersonsOf(BaseModel):
    """Persons by number; each is at /v1/persons/{number}."""

    n: Annotated[int, Field(description="All of them.")]
    persons: list[int]
    next: Annotated[int | None, Field(description="Send it as `after`; null at the end.")]


class FiguresFound(BaseModel):
    """What the personas describe, and what they do not."""

    persons: int
    personas: list[PersonaFigures]
    overlaps: list[PersonaOverlap]
    nobody: Annotated[ShareFound, Field(description="Persons whom no persona describes.")]
    position: int
