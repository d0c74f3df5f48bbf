"""The wire shapes of the audit log."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from pydantic import BaseModel, Field

from desireline.engine.analyses.times import iso
from desireline.log.segments.verifying import Finding
from desireline.modules.audit.entries import Entry, Head


class AuditEntry(BaseModel):
    """One thing that somebody did."""

    number: int
    at: str
    who: str
    what: str
    about: Annotated[str, Field(description="A kind and a key: `map:shop`, `person:17`.")]
    details: dict[str, Any]
    previous: Annotated[str, Field(description="The hash of the entry before.")]
    hash: str

    @classmethod
    def of(cls, entry: Entry) -> AuditEntry:
        """The wire shape."""
        said = msgspec.structs.asdict(entry)
        return cls(**said | {"at": iso(entry.at), "details": msgspec.json.decode(entry.details)})


class AuditList(BaseModel):
    """Entries, newest first."""

    entries: list[AuditEntry]


class AuditFinding(BaseModel):
    """Something that is not as it was written."""

    sentence: str
    hint: str


class AuditState(BaseModel):
    """Whether the chain is whole, and where it ends."""

    well: bool
    head: Annotated[str, Field(description="Keep it elsewhere, and give it as `head` later.")]
    findings: list[AuditFinding]

    @classmethod
    def of(cls, findings: list[Finding], head: Head) -> AuditState:
        """The wire shape."""
        told = [AuditFinding(sentence=one.sentence, hint=one.hint) for one in findings]
        return cls(well=not findings, head=str(head), findings=told)
