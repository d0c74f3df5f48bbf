"""Segment's protocol, which RudderStack's clients speak as well."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from desireline.kit.foreign_words import contact
from desireline.log.rejecting import Unfit, brief
from desireline.log.wire import SentEvent
from desireline.modules.collect.protocols.fields import (
    earlier,
    named,
    said,
    text_in,
    without,
    worth,
)
from desireline.modules.collect.protocols.protocol import (
    Call,
    Given,
    Page,
    Protocol,
    Route,
    Told,
    always,
)
from desireline.modules.collect.protocols.reading import elements, members, scalar, sent_event, text

KINDS = ("track", "identify", "page", "screen", "group", "alias")
KNOWN = frozenset(
    {
        "type", "event", "name", "category", "messageId", "timestamp", "originalTimestamp",
        "sentAt", "userId", "anonymousId", "previousId", "groupId", "traits", "properties",
        "context", "writeKey", "channel",
    }
)  # fmt: skip
CHANNELS = {"web": "web", "browser": "web", "mobile": "app"}
"""What RudderStack and analytics.js call the side that an event came from."""
APPS = ("ios", "android", "react-native", "flutter", "kotlin", "swift")

THANKS = Given(b'{"success":true}')


def read(sent: Mapping[str, Any], form: str) -> SentEvent:
    """The event of a message; `form` is the kind that its path says, and outdoes its `type`.

    A `type` that says otherwise stays in the context, beside what has no place of its own.
    """
    kind = form or sent.get("type")
    if kind not in KINDS:
        raise Unfit(
            "kind_unknown",
            f"The message's `type` is {brief(kind)}.",
            hint="Segment's types are track, identify, page, screen, group, alias.",
        )
    traits, properties = _object(sent, "traits"), _object(sent, "properties")
    context = _object(sent, "context")
    fields: dict[str, Any] = {
        "kind": kind,
        "id": said(sent.get("messageId")),
        "at": said(sent.get("originalTimestamp")) or said(sent.get("timestamp")),
        "user_id": said(sent.get("userId")),
        "anonymous_id": said(sent.get("anonymousId")),
        "channel": _channel(sent, kind, context),
        "properties": {**traits, **properties, **_of_kind(sent, kind)},
        "context": {**context, **_rest(sent, kind)},
    }
    if kind == "track":
        if said(sent.get("event")) is None:
            raise _nameless(sent)
        named(sent["event"], fields)
        worth(properties, fields)
    if kind == "identify":
        contact(fields, traits)
    elif kind == "alias":
        earlier(fields, said(sent.get("previousId")))
    if kind != "group":
        contact(fields, context.get("traits"))
    return sent_event(fields)


def _nameless(sent: Mapping[str, Any]) -> Unfit:
    told = sent.get("type")
    other = f" Of `type` {brief(told)}, it goes to /v1/{told}." if told in KINDS[1:] else ""
    return Unfit(
        "type_missing",
        "The message does not say what happened: it has no `event`.",
        hint=f'Name it, such as "event": "Order Completed".{other}',
    )


def _of_kind(sent: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """Members beside the properties that belong to what happened."""
    wanted = {
        "page": (("name", "name"), ("category", "category")),
        "screen": (("name", "name"), ("category", "category")),
        "group": (("groupId", "group_id"),),
        "alias": (("previousId", "previous_id"),),
    }.get(kind, ())
    return {ours: sent[theirs] for theirs, ours in wanted if sent.get(theirs) not in (None, "")}


def _rest(sent: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """What has no place of its own, such as `integrations` or a `type` that the path overruled."""
    rest = without(sent, KNOWN)
    if sent.get("type") not in (None, "", kind):
        rest["type"] = sent["type"]
    if rest.get("integrations") in ({}, {"All": True}, None):
        rest.pop("integrations", None)
    return {"segment": rest} if rest else {}


def _channel(sent: Mapping[str, Any], kind: str, context: Mapping[str, Any]) -> str | None:
    told = sent.get("channel") or context.get("channel")
    if isinstance(told, str) and told in CHANNELS:
        return CHANNELS[told]
    library = context.get("library")
    name = text_in(library, "name").lower() if isinstance(library, Mapping) else ""
    if name.startswith("analytics.js") or kind == "page":
        return "web"
    return "app" if kind == "screen" or any(app in name for app in APPS) else None


def _object(sent: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = sent.get(name)
    if found is None or isinstance(found, dict):
        return found or {}
    raise Unfit(
        "field_wrong",
        f"`{name}` is {brief(found)}: an object is needed.",
        hint='Send {"plan": "pro"}, or leave it out.',
    )


def open_batch(call: Call) -> Told:
    """A request of many messages."""
    try:
        found = members(call.body)
        events = elements(found.get("batch", b""), "batch")
    except Unfit as wrong:
        return Told([], call.key, wrong=wrong)
    return Told(events, call.key or text(found.get("writeKey")), scalar(found.get("sentAt")))


def open_one(call: Call) -> Told:
    """A request that is one message."""
    try:
        found = members(call.body)
    except Unfit:
        found = {}  # told by the event's own verdict, where a header has the key
    key = call.key or text(found.get("writeKey"))
    return Told([call.body], key, scalar(found.get("sentAt")))


def settings(key: str, address: str) -> Given:
    """What analytics.js asks for: nothing but to send everything here."""
    protocol, _, host = address.partition("://")
    here = {"apiKey": key, "apiHost": f"{host}/v1", "protocol": protocol, "versionSettings": {}}
    told = {
        "integrations": {"Segment.io": here},
        "plan": {"track": {"__default": {"enabled": True, "integrations": {}}}},
        "edgeFunction": {},
        "analyticsNextEnabled": True,
        "middlewareSettings": {},
        "enabledMiddleware": {},
        "metrics": {"sampleRate": 0},
        "legacyVideoPluginsEnabled": False,
        "remotePlugins": [],
    }
    return Given(msgspec.json.encode(told))


def _singles() -> tuple[Route, ...]:
    short = {"t": "track", "i": "identify", "p": "page", "s": "screen", "g": "group", "a": "alias"}
    forms = {kind: kind for kind in KINDS} | short
    return tuple(
        Route(f"/v1/{path}", open_one, always(THANKS), form) for path, form in forms.items()
    )


BATCH = Route("/v1/batch", open_batch, always(THANKS))
"""Not listed below, because our own API lives there as well: see `own.is_segment`."""

PROTOCOL = Protocol(
    name="segment",
    routes=(
        Route("/v1/b", open_batch, always(THANKS)),
        Route("/v1/import", open_batch, always(THANKS)),
        *_singles(),
    ),
    read=read,
    pages=(Page("/v1/projects/{key}/settings", settings),),
)
