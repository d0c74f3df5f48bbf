"""Our own form with a write key in the body, as a browser sends it when a page goes away.

    {"write_key": "wk_...", "sent_at": "2026-03-01T12:34:56.789Z", "events": [...]}

A browser's `sendBeacon` can set no headers, so the key stands in the body, and the type is text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desireline.log.rejecting import Unfit, brief
from desireline.log.wire import SentEvent
from desireline.modules.collect.protocols.protocol import Call, Protocol, Told
from desireline.modules.collect.protocols.reading import (
    elements,
    members,
    scalar,
    strict_event,
    text,
)

BESIDE = ("write_key", "sent_at")
LISTS = ("events", "batch")


def read(sent: Mapping[str, Any], form: str) -> SentEvent:  # noqa: ARG001 - every event says all
    """The event as it stands there."""
    return strict_event(dict(sent))


def has_key(body: bytes) -> bool:
    """Whether the body may say more beside its list than the plain form; looks no closer."""
    return b'"write_key"' in body or b'"sent_at"' in body


def is_segment(body: bytes, *, is_basic: bool) -> bool:
    """Whether a body sent to `/v1/batch` is Segment's.

    Its clients show their key as the user of Basic authorization, or write `sentAt` or `writeKey`
    beside `batch`. Ours call the list `events`, or write `write_key` and `sent_at`, or nothing.
    """
    if not is_basic and b'"sentAt"' not in body and b'"writeKey"' not in body:
        return False
    try:
        found = members(body)
    except Unfit:
        return is_basic
    if "batch" not in found or any(name in found for name in BESIDE):
        return False
    return is_basic or "sentAt" in found or "writeKey" in found


def open_body(call: Call) -> Told:
    """A body of one event, a list, or an object with a list and what belongs to all of it."""
    start = call.body.lstrip()[:1]
    if start == b"[":
        return _listed(call)
    try:
        found = members(call.body)
        names = [name for name in LISTS if name in found]
        if not names:
            return Told([call.body], call.key)
        _check(found, names)
        events = elements(found[names[0]], names[0])
    except Unfit as wrong:
        return Told([], call.key, wrong=wrong)
    return Told(events, call.key or text(found.get("write_key")), scalar(found.get("sent_at")))


def _listed(call: Call) -> Told:
    try:
        return Told(elements(call.body.strip(), "the body"), call.key)
    except Unfit as wrong:
        return Told([], call.key, wrong=wrong)


def _check(found: Mapping[str, bytes], names: list[str]) -> None:
    unknown = [name for name in found if name not in (*LISTS, *BESIDE)]
    if unknown:
        raise Unfit(
            "field_unknown",
            f"Beside its list of events, the body holds {brief(unknown[0])}.",
            hint='Send {"write_key": "...", "sent_at": "...", "events": [...]} and nothing else.',
        )
    if len(names) > 1:
        raise Unfit(
            "name_twice", "The body holds two lists of events.", hint='Send {"events": [...]}.'
        )


PROTOCOL = Protocol(name="own", routes=(), read=read, has_strangers=True)
"""Its routes are those of the API: they answer with a verdict for each event."""
