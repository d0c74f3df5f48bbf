"""The wire shapes of the collector, for the published form of the API.

Events themselves are read by the log's own decoder, never by these.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field


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


class Counts(BaseModel):
    """How many events ever came: received = stored + duplicate + failed."""

    received: int
    stored: int
    duplicate: int
    failed: int
