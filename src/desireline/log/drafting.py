"""A draft: an event that is checked and spelled out, and only lacks its place in the log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import msgspec
from msgspec import Raw, Struct

from desireline.kit.clock import Clock
from desireline.kit.ids import halves, uuid7
from desireline.log import event_ids, moments
from desireline.log.event_ids import Halves
from desireline.log.identifiers import Name, add_others, ranked, spelled
from desireline.log.rejecting import Unfit, brief
from desireline.log.wire import Wire

COLUMNS = (
    "at", "type", "kind", "channel", "direction", "actor", "value", "currency",
    "identifiers", "properties", "context",
)  # fmt: skip
"""What `Draft.columns` holds, in this order, under the names of the table `event`."""
Columns: TypeAlias = tuple[
    int, str, str, str, str, str, float | None, str | None, str | None, str | None, str | None
]
TYPE_OF_KIND = {
    "page": "page_viewed",
    "screen": "screen_viewed",
    "identify": "identified",
    "group": "grouped",
    "alias": "aliased",
}
"""The type of an event that names only its kind."""

UNSAID = (None, msgspec.UNSET)

_encode = msgspec.json.Encoder().encode


class Draft(Struct, frozen=True, gc=False):
    """An event ready to be appended."""

    id: Halves
    names: tuple[Name, ...]
    """Its identifiers, strongest first: the first is its subject."""
    columns: Columns
    body: bytes | Raw
    """The bytes as they came, kept if the database refuses the event."""


class Arrival(Struct, frozen=True):
    """What is not in the event itself."""

    now: int
    """Microseconds. No event may be more than a day later."""
    at: int
    """When an event happened that does not say it."""
    new_id: Callable[[], Halves]
    """Gives the id of an event that has none."""

    @classmethod
    def by(cls, clock: Clock) -> Arrival:
        """Of events that come in now."""
        now = clock.now()
        return cls(now, now, lambda: halves(uuid7(clock)))


def draft(wire: Wire, body: bytes | Raw, arrival: Arrival) -> Draft:
    """The draft of what a sender wrote. Raises Unfit."""
    own_id = wire.id or wire.message_id or wire.messageId
    moment = wire.at if wire.at or wire.at == 0 else wire.timestamp
    if wire.event or wire.timestamp or wire.message_id or wire.messageId:
        _refuse_twice(wire)
    at = arrival.at if moment is None or moment is msgspec.UNSET else moments.microseconds(moment)
    moments.check_bounds(at, arrival.now)
    names = _names(wire)
    context = wire.context or None
    id_ = event_ids.halves_of(own_id) if own_id else arrival.new_id()
    if id_ is None:
        id_ = event_ids.derived(own_id)  # type: ignore[arg-type]
        context = _with_message_id(context, own_id)  # type: ignore[arg-type]
    return Draft(
        id_,
        names,
        (
            at,
            wire.type or wire.event or _type_of_kind(wire),
            wire.kind or "track",
            wire.channel or "",
            wire.direction or "inbound",
            wire.actor or "",
            wire.value if wire.value or wire.value == 0 else None,
            wire.currency or None,
            _encode(dict(names[1:])).decode() if len(names) > 1 else None,
            _encode(wire.properties).decode() if wire.properties else None,
            _encode(context).decode() if context else None,
        ),
        body,
    )


def _names(wire: Wire) -> tuple[Name, ...]:
    found: dict[str, str] = {}
    if wire.user_id or wire.user_id == 0:
        found["user_id"] = spelled("user_id", wire.user_id)
    if wire.email:
        found["email"] = spelled("email", wire.email)
    if wire.phone:
        found["phone"] = spelled("phone", wire.phone)
    if wire.anonymous_id or wire.anonymous_id == 0:
        found["anonymous_id"] = spelled("anonymous_id", wire.anonymous_id)
    if wire.identifiers:
        add_others(found, wire.identifiers)
        return ranked(found)
    if not found:
        raise Unfit(
            "identifier_missing",
            "The event names nobody.",
            hint="Give it at least one of user_id, email, phone, anonymous_id, or `identifiers`.",
        )
    return tuple(found.items())


def _type_of_kind(wire: Wire) -> str:
    if wire.kind and wire.kind != "track":
        return TYPE_OF_KIND[wire.kind]
    raise Unfit(
        "type_missing",
        "The event does not say what happened.",
        hint="Give it a `type` in the past tense, such as order_completed.",
    )


def _refuse_twice(wire: Wire) -> None:
    """One fact under two names is fine as long as both say the same."""
    for name, others in (
        ("type", ("event",)),
        ("at", ("timestamp",)),
        ("id", ("message_id", "messageId")),
    ):
        said = {n: getattr(wire, n) for n in (name, *others) if getattr(wire, n) not in UNSAID}
        if len(set(said.values())) > 1:
            raise Unfit(
                "field_twice",
                "The event says "
                + " and ".join(f"`{n}` {brief(v)}" for n, v in said.items())
                + ", which are names of one field.",
                hint=f"Keep `{name}` alone.",
            )


def _with_message_id(context: dict[str, Any] | None, own_id: str) -> dict[str, Any]:
    if context and context.get("message_id", own_id) != own_id:
        raise Unfit(
            "field_twice",
            f"The event's id is {brief(own_id)}, and its `context.message_id` is"
            f" {brief(context['message_id'])}.",
            hint="The id is kept in `context.message_id`: leave that out, or make them equal.",
        )
    return {**(context or {}), "message_id": own_id}
