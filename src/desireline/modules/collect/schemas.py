"""The wire shapes of the collector, for the published form of the API.

Events themselves are read by the log's own decoder, never by these.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from desireline.engine.analyses.times import iso
from desireline.log.failed import FailedEvent


class StoredEvent(BaseModel):
    """The event is on disk."""

    verdict: Literal["stored"]
    id: str
    position: Annotated[int, Field(description="Its place in the log: 1, 2, 3 ...")]


class DuplicateEvent(BaseModel):
    """The log has an event of this id already."""

    verdict: Literal["duplicate"]
    id: str


class NotStored(BaseModel):
    """The event could not be stored; it is kept, and can be replayed."""

    verdict: Literal["failed"]
    failed_id: int
    code: str
    reason: str
    hint: str = ""


class Verdicts(BaseModel):
    """One verdict for each event, in their order; received = stored + duplicate + failed."""

    received: int
    stored: int
    duplicate: int
    failed: int
    events: list[
        Annotated[StoredEvent | DuplicateEvent | NotStored, Field(discriminator="verdict")]
    ]


class Failure(BaseModel):
    """What could not be stored, why, and the bytes that came."""

    id: int
    received_at: str
    source: str
    code: str
    reason: str
    body: Annotated[str, Field(description="As text; bytes that are no UTF-8 as \\xNN.")]
    replayed_at: str | None

    @classmethod
    def of(cls, event: FailedEvent) -> Failure:
        """The wire shape."""
        return cls(
            id=event.id,
            received_at=iso(event.received_at),
            source=event.source,
            code=event.code,
            reason=event.reason,
            body=event.body.decode("utf-8", "backslashreplace"),
            replayed_at=None if event.replayed_at is None else iso(event.replayed_at),
        )


class FailureList(BaseModel):
    """Failed events, newest first."""

    failed: list[Failure]
    waiting: Annotated[int, Field(description="How many there are that nobody has replayed.")]


class Counts(BaseModel):
    """How many events ever came: received = stored + duplicate + failed."""

    received: int
    stored: int
    duplicate: int
    failed: int
