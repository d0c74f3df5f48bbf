"""From the bytes of a request to drafts, or reasons why not: one verdict an event."""

from __future__ import annotations

import json
from collections.abc import Sequence

import msgspec
from msgspec import Raw

from desireline.kit.clock import Clock
from desireline.log.decoding.counting import has_long_number, quotes
from desireline.log.decoding.examining import MOST_DEPTH, examine
from desireline.log.decoding.misfits import misfit
from desireline.log.decoding.splitting import may_hold_list, split
from desireline.log.drafting import CONTEXT, PROPERTIES, Arrival, Draft, draft
from desireline.log.envelope import Event
from desireline.log.rejecting import Reject, Unfit, reject
from desireline.log.wire import SentEvent

__all__ = ["Limits", "decode", "draft_of"]


class Limits(msgspec.Struct, frozen=True):
    """How much is taken at once."""

    body: int = 5_000_000
    """Bytes of a request, after inflating."""
    event: int = 32_768
    """Bytes of one event."""
    events: int = 10_000
    """Events of a request."""


LIMITS = Limits()

_BOM = b"\xef\xbb\xbf"

_sent = msgspec.json.Decoder(SentEvent).decode
_sent_list = msgspec.json.Decoder(list[SentEvent]).decode
_encode = msgspec.json.Encoder().encode


def decode(body: bytes, arrival: Arrival, limits: Limits = LIMITS) -> list[Draft | Reject]:
    """A draft or a reject for each event of a request, in their order.

    The body is one event, a list of events, or an object that holds a list under `events` or
    `batch`. Where its events cannot be told apart, it is one reject. Never raises on account of
    what the bytes are.
    """
    if body[:1] == b"{" and not may_hold_list(body) and len(body) <= limits.body:
        return [_decode_one(body, arrival, limits, suspect=True)]
    try:
        events = _events(body, limits)
    except Unfit as error:
        return [reject(error, body)]
    suspect = _suspect(body)
    sent = None if suspect else _all_at_once(events)
    if sent is not None:
        return [
            _draft_one(one, event, arrival, limits) for one, event in zip(sent, events, strict=True)
        ]
    return [_decode_one(bytes(event), arrival, limits, suspect=suspect) for event in events]


def draft_of(event: Event, clock: Clock) -> Draft:
    """The draft of an event that this program wrote, held to the same limits. Raises Unfit."""
    plain = msgspec.structs.asdict(event)
    arrival = msgspec.structs.replace(Arrival.by(clock), at=plain.pop("at"))
    del plain["received_at"], plain["source"]
    try:
        body = json.dumps({k: v for k, v in plain.items() if v != ""}, allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise Unfit("event_not_json", f"The event cannot be written as JSON: {error}.") from None
    return _read(body, arrival, LIMITS, suspect=True)


def _events(body: bytes, limits: Limits) -> list[bytes | Raw]:
    if len(body) > limits.body:
        raise Unfit(
            "body_too_large",
            f"The body has {len(body):,} bytes; {limits.body:,} are taken at once.",
            hint="Send it in parts, or import it as a file.",
        )
    events = split(body.removeprefix(_BOM))
    if len(events) > limits.events:
        raise Unfit(
            "events_too_many",
            f"The body has {len(events):,} events; {limits.events:,} are taken at once.",
            hint="Send it in parts, or import it as a file.",
        )
    return events


def _all_at_once(events: Sequence[bytes | Raw]) -> list[SentEvent] | None:
    """What the events say, if none of them is odd: a third of the time of one by one."""
    whole = b"[" + b",".join(events) + b"]"
    try:
        sent = _sent_list(whole)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return sent if len(sent) == len(events) and _says_all(sent, whole) else None


def _draft_one(
    sent: SentEvent, event: bytes | Raw, arrival: Arrival, limits: Limits
) -> Draft | Reject:
    try:
        found = draft(sent, event, arrival)
    except Unfit as error:
        return reject(error, bytes(event))
    if len(event) > limits.event or _may_be_deep(found):
        return _decode_one(bytes(event), arrival, limits, suspect=False)
    return found


def _may_be_deep(found: Draft) -> bool:
    """Only properties and context can be, and one level is the event itself."""
    properties, context = found.columns[PROPERTIES], found.columns[CONTEXT]
    inner = (properties or "") + (context or "")
    return inner.count("{") + inner.count("[") >= MOST_DEPTH


def _decode_one(event: bytes, arrival: Arrival, limits: Limits, *, suspect: bool) -> Draft | Reject:
    try:
        return _read(event, arrival, limits, suspect=suspect)
    except Unfit as error:
        return reject(error, event)


def _read(data: bytes, arrival: Arrival, limits: Limits, *, suspect: bool) -> Draft:
    """A fast look that trusts nothing it has not counted; what looks odd is examined with care."""
    if len(data) > limits.event:
        raise Unfit(
            "event_too_large",
            f"The event has {len(data):,} bytes; {limits.event:,} are allowed.",
            hint="Keep large texts and files elsewhere, and send where they are.",
        )
    if (suspect and _suspect(data)) or data.count(b"{") + data.count(b"[") > MOST_DEPTH:
        examine(data)
    try:
        sent = _sent(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise misfit(examine(data), str(error)) from None
    if not _says_all(sent, data):
        examine(data)
    return draft(sent, data, arrival)


def _says_all(sent: object, data: bytes) -> bool:
    """Whether all texts of the data are there: the decoder keeps one of two equal names."""
    return quotes(_encode(sent)) == quotes(data)


def _suspect(data: bytes) -> bool:
    """Whether there may be a NUL, an integer beyond 64 bits, or a quote that hides from counts."""
    escapes = b"\\" in data and (b"\\u0000" in data or b"\\u0022" in data)
    return escapes or has_long_number(data)
