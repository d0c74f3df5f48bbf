"""The envelope: the shape in which every fact about a customer is kept."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct, field

Kind = Literal["track", "page", "screen", "identify", "group", "alias"]
NO_STEPS = ("persons_merged", "persons_unmerged")
"""Types of events that tell of our own knowledge of a person, and are no steps of any journey."""
Direction = Literal["inbound", "outbound", "internal"]


class Event(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One fact in the log.

    `id` is a UUID as text. Where a sender's own id is no UUID, it is one made from it, and the
    sender's stands in `context` under `message_id`. Times are microseconds since 1970-01-01 UTC.
    """

    id: str
    type: str
    """The past-tense name of what happened: `order_completed`."""
    kind: Kind = "track"
    at: int
    """When it happened."""
    received_at: int
    """When the log took it."""
    channel: str = ""
    direction: Direction = "inbound"
    actor: str = ""
    """Who acted: person, employee, department, system, partner."""
    identifiers: dict[str, str]
    """By kind (`user_id`, `email`, `phone`, `anonymous_id`, ...), at least one."""
    value: float | None = None
    currency: str | None = None
    properties: dict[str, Any] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)
    source: str = ""
    """Which door it came through: `api`, `import`, a module's name."""


class Stored(Struct, frozen=True, kw_only=True, gc=False):
    """The event is on disk."""

    verdict: Literal["stored"] = "stored"
    id: str
    position: int


class Duplicate(Struct, frozen=True, kw_only=True, gc=False):
    """The log has an event of this id already; nothing was added."""

    verdict: Literal["duplicate"] = "duplicate"
    id: str


class Failed(Struct, frozen=True, kw_only=True, gc=False):
    """The event could not be stored; it is kept under `failed_id`, to be seen and replayed."""

    verdict: Literal["failed"] = "failed"
    failed_id: int
    code: str
    reason: str
    hint: str = ""


Verdict = Stored | Duplicate | Failed
