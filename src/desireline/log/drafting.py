"""A draft: an event that is checked and spelled out, and only lacks its place in the log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

import msgspec
from msgspec import UNSET, Raw, Struct

from desireline.kit.clock import Clock
from desireline.kit.foreign_words import PREVIOUS_ID
from desireline.kit.ids import uuid7
from desireline.log import event_ids, moments
from desireline.log.addresses import without_whole
from desireline.log.event_ids import Id
from desireline.log.naming.emails import is_role
from desireline.log.naming.identifiers import (
    Name,
    add_others,
    named_by,
    ranked,
    spelled,
)
from desireline.log.naming.placeholders import PLACEHOLDERS
from desireline.log.rejecting import Unfit, brief
from desireline.log.wire import SentEvent

COLUMNS = (
    "at", "type", "kind", "channel", "direction", "actor", "value", "currency",
    "identifiers", "properties", "context",
)  # fmt: skip
"""What `Draft.columns` holds, in this order, under the names of the table `event`."""
Columns: TypeAlias = tuple[
    int, str, str, str, str, str, float | None, str | None, str | None, str | None, str | None
]
PROPERTIES: Final = 9
CONTEXT: Final = 10
TYPE_OF_KIND = {
    "page": "page_viewed",
    "screen": "screen_viewed",
    "identify": "identified",
    "group": "grouped",
    "alias": "aliased",
}
"""The type of an event that names only its kind."""

UNSAID = (None, UNSET)
_NONE: dict[str, str] = {}
REFUSED = "identifiers_refused"
"""Where in the context stands what was sent as an identifier and names nobody."""

_encode = msgspec.json.Encoder().encode


class Draft(Struct, frozen=True, gc=False):
    """An event ready to be appended."""

    id: Id
    uuid: str
    """The id as text."""
    names: tuple[Name, ...]
    """Its identifiers, strongest first: the first is its subject."""
    columns: Columns
    body: bytes | Raw
    """The bytes as they came, kept if the database refuses the event."""
    earlier: str | None = None
    """The `user_id` that the person had before, as the sender says."""


class Arrival(Struct, frozen=True):
    """What is not in the event itself."""

    now: int
    """Microseconds. No event may be more than a day later."""
    at: int
    """When an event happened that does not say it."""
    new_id: Callable[[], Id]
    """Gives the id of an event that has none."""
    keeps_addresses: bool = False
    """IP addresses are kept whole; else they are cut: see `log.addresses`."""
    country: str = ""
    """That of telephone numbers which do not say it: see `log.naming.phones`."""
    amend: Callable[[SentEvent], None] | None = None
    """Says in each event what else is known of it."""

    @classmethod
    def by(cls, clock: Clock, *, keeps_addresses: bool = False, country: str = "") -> Arrival:
        """Of events that come in now."""
        now = clock.now()
        return cls(now, now, lambda: uuid7(clock).bytes, keeps_addresses, country)


def draft(sent: SentEvent, body: bytes | Raw, arrival: Arrival) -> Draft:
    """The draft of what a sender wrote. Raises Unfit."""
    if arrival.amend is not None:
        arrival.amend(sent)
    own_id, moment, context, value = sent.id, sent.at, sent.context or None, sent.value
    if not UNSET is sent.event is sent.timestamp is sent.message_id is sent.messageId:
        _refuse_twice(sent)
        own_id = own_id or sent.message_id or sent.messageId
        moment = sent.timestamp if moment is UNSET or moment is None else moment
    at = arrival.at if moment is UNSET or moment is None else moments.microseconds(moment)
    moments.check_bounds(at, arrival.now)
    names, refused, earlier = _names(sent, arrival.country)
    if refused:
        context = {**(context or {}), REFUSED: refused}
    properties = sent.properties
    if earlier is not None:
        properties = {PREVIOUS_ID: earlier, **(properties or {})}
    id_ = event_ids.id_of(own_id) if own_id else arrival.new_id()
    if id_ is None:
        id_ = event_ids.derived(own_id)  # type: ignore[arg-type]
        context = _with_message_id(context, own_id)  # type: ignore[arg-type]
        own_id = None
    return Draft(
        id_,
        event_ids.text_of(id_, own_id),
        names,
        (
            at,
            sent.type or sent.event or _type_of_kind(sent),
            sent.kind or "track",
            sent.channel or "",
            sent.direction or "inbound",
            sent.actor or "",
            None if value is UNSET else value,
            sent.currency or None,
            _encode(dict(names[1:])).decode() if len(names) > 1 else None,
            _text(properties, arrival) if properties else None,
            _text(context, arrival) if context else None,
        ),
        body,
        earlier,
    )


def _text(said: dict[str, Any], arrival: Arrival) -> str:
    return _encode(said if arrival.keeps_addresses else without_whole(said)).decode()


def _names(sent: SentEvent, country: str) -> tuple[tuple[Name, ...], dict[str, str], str | None]:
    """Whom an event names, strongest first; what is refused as a name; an earlier user_id.

    Raises Unfit.
    """
    user_id, anonymous_id = sent.user_id, sent.anonymous_id
    if not sent.email and not sent.phone and not sent.identifiers:  # nearly all, in a third of 1 us
        alone = user_id if anonymous_id is UNSET else anonymous_id if user_id is UNSET else None
        if type(alone) is str and (text := alone.strip()) and text not in PLACEHOLDERS:
            return (("anonymous_id" if user_id is UNSET else "user_id", text),), _NONE, None
    found: dict[str, str] = {}
    if user_id is not UNSET and user_id is not None:
        found["user_id"] = spelled("user_id", user_id)
    if sent.email:
        found["email"] = spelled("email", sent.email)
    if sent.phone:
        found["phone"] = spelled("phone", sent.phone, country)
    if anonymous_id is not UNSET and anonymous_id is not None:
        found["anonymous_id"] = spelled("anonymous_id", anonymous_id)
    if sent.identifiers:
        add_others(found, sent.identifiers, country)
    named, refused = named_by(found)
    earlier = named.pop(PREVIOUS_ID, None)
    if not named and earlier is None:
        raise Unfit("identifier_missing", _nobody(refused), hint=_NAME_SOMEBODY)
    if not sent.identifiers and not ("email" in named and is_role(named["email"])):
        return tuple(named.items()), refused, None
    return ranked(named or {"user_id": str(earlier)}), refused, earlier


_NAME_SOMEBODY = "Give it at least one of user_id, email, phone, anonymous_id, or `identifiers`."


def _nobody(refused: dict[str, str]) -> str:
    if not refused:
        return "The event names nobody."
    said = ", ".join(f"its `{kind}` is {brief(text)}" for kind, text in refused.items())
    return f"The event names nobody: {said}, which may be anybody's."


def _type_of_kind(sent: SentEvent) -> str:
    if sent.kind and sent.kind != "track":
        return TYPE_OF_KIND[sent.kind]
    raise Unfit(
        "type_missing",
        "The event does not say what happened.",
        hint="Give it a `type` in the past tense, such as order_completed.",
    )


def _refuse_twice(sent: SentEvent) -> None:
    """One fact under two names is fine as long as both say the same."""
    for name, others in (
        ("type", ("event",)),
        ("at", ("timestamp",)),
        ("id", ("message_id", "messageId")),
    ):
        said = {n: getattr(sent, n) for n in (name, *others) if getattr(sent, n) not in UNSAID}
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
