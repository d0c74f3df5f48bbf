"""The wire shapes of consents."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from desireline.engine.analyses.times import iso
from desireline.modules.consent.purposes import Purpose
from desireline.modules.consent.repository import ConsentText
from desireline.modules.consent.rule import Answer, Row

Word = Annotated[str, Field(max_length=64)]
Line = Annotated[str, Field(max_length=500)]
Channel = Annotated[str, Field(max_length=64, description="`email`; empty: all channels.")]
AT = "ISO 8601; now, if left out."


class Asking(BaseModel):
    """A consent that a person is asked for."""

    model_config = ConfigDict(extra="forbid")

    purpose: Word
    channel: Channel = ""
    text_version: Word = ""
    language: Word = ""
    source: Annotated[Line, Field(description="Where: the address of the form.")] = ""
    ip: Annotated[Word, Field(description="Of the person; cut before it is kept.")] = ""


class NewConsent(Asking):
    """What a person decided."""

    state: Literal["granted", "denied", "withdrawn"]
    proof: Annotated[Line, Field(description="How: form, phone, import, letter.")] = "api"
    at: Annotated[str | None, Field(max_length=64, description=AT)] = None


class Consent(BaseModel):
    """A row of the ledger."""

    id: int
    subject: int
    via: Annotated[int | None, Field(description="The identifier whose yes answers for this one.")]
    purpose: str
    channel: str
    state: str
    text_version: str
    language: str
    proof: str
    source: str
    ip: str
    at: str
    recorded_at: str
    by: str

    @classmethod
    def of(cls, row: Row) -> Consent:
        """The wire shape."""
        said = {name: getattr(row, name) for name in row.__struct_fields__}
        return cls(**said | {"at": iso(row.at), "recorded_at": iso(row.recorded_at)})


class ConsentList(BaseModel):
    """The decisions of a person, as they were entered."""

    consents: list[Consent]


class May(BaseModel):
    """Whether something may be done with a person."""

    allowed: bool
    because: str
    consent: Annotated[Consent | None, Field(description="The decision that says so.")]

    @classmethod
    def of(cls, answer: Answer) -> May:
        """The wire shape."""
        row = None if answer.row is None else Consent.of(answer.row)
        return cls(allowed=answer.allowed, because=answer.because, consent=row)


class Asked(BaseModel):
    """A consent that waits for its confirmation."""

    consent: Consent
    link: Annotated[str, Field(description="To be sent to the person; it ends after 7 days.")]


class LeavingLink(BaseModel):
    """How a message lets the person withdraw."""

    link: str
    headers: Annotated[dict[str, str], Field(description="Of the mail: RFC 8058.")]


class PurposeShape(BaseModel):
    """Something that data are used for."""

    model_config = ConfigDict(extra="forbid")

    name: str
    says: Line = ""
    needs_consent: Annotated[
        bool, Field(description="False: allowed until the person objects.")
    ] = True

    @classmethod
    def of(cls, purpose: Purpose) -> PurposeShape:
        """The wire shape."""
        return cls(name=purpose.name, says=purpose.says, needs_consent=purpose.needs_consent)


class PurposeList(BaseModel):
    """All purposes."""

    purposes: list[PurposeShape]


class NewText(BaseModel):
    """Words that people agree to."""

    model_config = ConfigDict(extra="forbid")

    purpose: Word
    version: Annotated[str, Field(min_length=1, max_length=64)]
    language: Word = ""
    text: Annotated[str, Field(min_length=1, max_length=100_000)]


class KnownText(NewText):
    """A version of such words, which never changes."""

    sha256: str
    made_at: str
    by: str

    @classmethod
    def of(cls, kept: ConsentText) -> KnownText:
        """The wire shape."""
        said = {name: getattr(kept, name) for name in kept.__dataclass_fields__}
        return cls(**said | {"made_at": iso(kept.made_at)})


class TextList(BaseModel):
    """All texts."""

    texts: list[KnownText]
