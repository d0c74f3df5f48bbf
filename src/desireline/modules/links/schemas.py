"""The wire shapes of links."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from desireline.engine.analyses.times import iso
from desireline.log.identity.persons import CONFIRMED
from desireline.log.identity.reasons import Reason
from desireline.modules.links.repository import End
from desireline.modules.links.service import Outcome, Shown

Named = Annotated[
    str, Field(min_length=1, max_length=300, description="`email:ann@example.com`, or a number.")
]
DECLARED = ("identify", "alias")


class Decided(BaseModel):
    """Two identifiers, and why they are one person, or are not."""

    model_config = ConfigDict(extra="forbid")

    first: Named
    second: Named
    because: Annotated[str, Field(min_length=1, max_length=500, description="For whoever asks.")]


class Verifying(BaseModel):
    """Whether an identifier is known to be the person's own."""

    model_config = ConfigDict(extra="forbid")

    identifier: Named
    verified: bool = True


class Changed(BaseModel):
    """Whether anything is another than before."""

    changed: bool


class Identifier(BaseModel):
    """One identifier of the log."""

    subject: int
    kind: str
    value: str
    verified_at: str | None
    verified_by: str

    @classmethod
    def of(cls, end: End) -> Identifier:
        """The wire shape."""
        return cls(
            subject=end.subject,
            kind=end.kind,
            value=end.value,
            verified_at=_moment(end.verified_at),
            verified_by=end.verified_by,
        )


class KnownLink(BaseModel):
    """A link: its evidence, and what was decided of it."""

    id: int
    first: Identifier
    second: Identifier
    evidence: Annotated[
        str, Field(description="The kind of the event that named both first; or `confirmed`.")
    ]
    strength: Annotated[
        Literal["confirmed", "declared", "seen_together"],
        Field(description="A human vouches for it; a sender said so; one event named both."),
    ]
    source: Annotated[str, Field(description="The door that the event came through.")]
    seen_at: str
    state: Literal["joins", "refused", "withdrawn"]
    refused: Annotated[Reason | None, Field(description="Why it joins nobody.")]
    confirmed_at: str | None
    withdrawn_at: str | None
    decided_by: Annotated[str, Field(description="Who decided last; empty: nobody has.")]
    because: str

    @classmethod
    def of(cls, shown: Shown) -> KnownLink:
        """The wire shape."""
        row = shown.row
        first, second = map(Identifier.of, shown.ends)
        return cls(
            id=row.id,
            first=first,
            second=second,
            evidence=row.evidence,
            strength=_strength(shown),
            source=row.source,
            seen_at=iso(row.at),
            state="withdrawn" if not row.counts else "refused" if shown.refused else "joins",
            refused=shown.refused,
            confirmed_at=_moment(row.confirmed_at),
            withdrawn_at=_moment(row.withdrawn_at),
            decided_by=row.decided_by,
            because=row.because,
        )


class LinkList(BaseModel):
    """Some links."""

    links: list[KnownLink]


class RefusedList(LinkList):
    """Links that join nobody: questions to a human. The newest first."""

    total: int
    next: Annotated[int | None, Field(description="`before` of the next page.")]


class Joined(BaseModel):
    """What became of two identifiers."""

    changed: Annotated[bool, Field(description="False: it had been decided so before.")]
    one_person: bool
    person: Annotated[int, Field(description="Of the first identifier.")]
    other: Annotated[int, Field(description="Of the second.")]
    still_joined_by: Annotated[
        list[Identifier], Field(description="What makes them one person all the same.")
    ]

    @classmethod
    def of(cls, outcome: Outcome) -> Joined:
        """The wire shape."""
        return cls(
            changed=outcome.changed,
            one_person=outcome.person == outcome.other,
            person=outcome.person,
            other=outcome.other,
            still_joined_by=[Identifier.of(end) for end in outcome.way],
        )


def _strength(shown: Shown) -> Literal["confirmed", "declared", "seen_together"]:
    if shown.row.confirmed_at is not None or shown.row.evidence == CONFIRMED:
        return "confirmed"
    return "declared" if shown.row.evidence in DECLARED else "seen_together"


def _moment(at: int | None) -> str | None:
    return None if at is None else iso(at)
