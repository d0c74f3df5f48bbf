"""PostHog's protocol."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import unquote_to_bytes

import msgspec
from msgspec import Raw

from desireline.kit.foreign_words import PREVIOUS_ID, contact, is_uuid
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
from desireline.modules.collect.protocols.reading import (
    elements,
    members,
    number_of,
    parameters,
    scalar,
    sent_event,
    text,
)

KINDS = {
    "$pageview": "page",
    "$screen": "screen",
    "$identify": "identify",
    "$set": "identify",
    "$create_alias": "alias",
    "$merge_dangerously": "alias",
    "$groupidentify": "group",
}
NODE, PYTHON = "posthog-node", "posthog-python"
"""Their ways differ: who is aliased to whom, and in whose name a group is described."""
NOBODY = "$posthog_cookieless"
"""What its cookieless mode writes in place of an id: the same for everyone."""
OF_EVENT = frozenset(
    {"event", "distinct_id", "uuid", "timestamp", "properties", "$set", "$set_once", "api_key",
     "token", "type", "library", "library_version", "messageId", "context"}
)  # fmt: skip
MOVED = frozenset(
    {"$current_url", "$pathname", "$referrer", "$raw_user_agent", "$user_agent", "$lib",
     "$lib_version", "$session_id", "$ip", "$set", "$set_once", "$user_id", "$device_id",
     "$anon_distinct_id", "distinct_id", "token", "$screen_name"}
)  # fmt: skip
APPS = ("posthog-ios", "posthog-android", "posthog-react-native", "posthog-flutter")

THANKS = Given(b'{"status":"Ok"}')


def read(sent: Mapping[str, Any], form: str) -> SentEvent:  # noqa: ARG001 - an event says all
    """The event that PostHog's clients call so."""
    properties = _object(sent, "properties")
    name = sent.get("event")
    kind = KINDS.get(name, "track") if isinstance(name, str) else "track"
    own = {n: v for n, v in properties.items() if n[:1] != "$" and n not in MOVED}
    once, latest = ({**_object(sent, n), **_object(properties, n)} for n in ("$set_once", "$set"))
    traits = {**once, **latest}
    fields: dict[str, Any] = {
        "kind": kind,
        "id": said(sent.get("uuid")) or said(properties.get("$insert_id")),
        "at": said(sent.get("timestamp")),
        "channel": _channel(properties, kind),
        "properties": {
            **(traits if kind == "identify" else {}),
            **own,
            **_of_kind(properties, kind),
        },
        "context": {
            **_context(sent, properties, {} if kind == "identify" else traits),
            **_once(once, latest),
        },
        **_who(sent, properties),
    }
    if kind == "track":
        named(name, fields)
        worth(properties, fields)
    contact(fields, traits)
    return sent_event(fields)


def _once(once: Mapping[str, Any], latest: Mapping[str, Any]) -> dict[str, Any]:
    """The names of traits that are only to be kept where there is none yet."""
    names = sorted(once.keys() - latest.keys())
    return {"traits_once": names} if names else {}


def _who(sent: Mapping[str, Any], properties: Mapping[str, Any]) -> dict[str, Any]:
    """Its one `distinct_id` is a user's id or an anonymous one: other properties tell which."""
    who = said(sent.get("distinct_id")) or said(properties.get("distinct_id"))
    device = said(properties.get("$anon_distinct_id")) or said(properties.get("$device_id"))
    if NOBODY in (who, device):
        return {}
    if sent.get("event") == "$groupidentify" and _is_made_up(who, properties):
        group = f"{properties.get('$group_type')}_{properties.get('$group_key')}"
        return {"identifiers": {"account": group}}
    if sent.get("event") == "$create_alias":
        alias = said(properties.get("alias"))
        first, later = (alias, who) if properties.get("$lib") == NODE else (who, alias)
        aliased: dict[str, Any] = {"user_id": later or first}
        earlier(aliased, first)
        return aliased
    if sent.get("event") == "$merge_dangerously":  # two users: a human is asked
        alias = said(properties.get("alias"))
        return {"user_id": who, "identifiers": {PREVIOUS_ID: alias} if alias is not None else {}}
    if who is not None and (who == device or _is_anonymous(who, properties)):
        return {"anonymous_id": who}
    return {"user_id": who, "anonymous_id": device}


def _is_made_up(who: Any, properties: Mapping[str, Any]) -> bool:
    """Whether a server's client has filled in an id, because a group is nobody in particular."""
    if properties.get("$lib") == PYTHON:
        return is_uuid(who)
    return bool(who == f"${properties.get('$group_type')}_{properties.get('$group_key')}")


def _is_anonymous(who: Any, properties: Mapping[str, Any]) -> bool:
    if properties.get("$is_identified") is False:
        return True
    # Without a profile its clients make an id up, where they were told nobody.
    return properties.get("$process_person_profile") is False and is_uuid(who)


def _of_kind(properties: Mapping[str, Any], kind: str) -> dict[str, Any]:
    wanted = {
        "page": (("$current_url", "url"), ("$pathname", "path"), ("$referrer", "referrer")),
        "screen": (("$screen_name", "name"),),
        "group": (("$group_type", "group_type"), ("$group_key", "group_id")),
    }.get(kind, ())
    found = {ours: properties[theirs] for theirs, ours in wanted if properties.get(theirs)}
    if kind == "group":
        found |= _object(properties, "$group_set")
    return found


def _context(
    sent: Mapping[str, Any], properties: Mapping[str, Any], traits: Mapping[str, Any]
) -> dict[str, Any]:
    page = {
        ours: properties[theirs]
        for theirs, ours in (
            ("$current_url", "url"),
            ("$pathname", "path"),
            ("$referrer", "referrer"),
        )
        if properties.get(theirs)
    }
    library = {
        ours: properties[theirs]
        for theirs, ours in (("$lib", "name"), ("$lib_version", "version"))
        if properties.get(theirs)
    }
    rest = {n: v for n, v in properties.items() if n[:1] == "$" and n not in MOVED}
    found = {
        "page": page,
        "library": library,
        "userAgent": text_in(properties, "$raw_user_agent", "$user_agent"),
        "session_id": properties.get("$session_id"),
        "ip": properties.get("$ip"),
        "traits": traits,
        "posthog": {**rest, **without(sent, OF_EVENT)},
    }
    return {name: value for name, value in found.items() if value}


def _channel(properties: Mapping[str, Any], kind: str) -> str | None:
    library = properties.get("$lib")
    if library in ("web", "js") or kind == "page":
        return "web"
    return "app" if library in APPS or kind == "screen" else None


def _object(found: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    inner = found.get(name)
    if inner is None or isinstance(inner, dict):
        return inner or {}
    raise Unfit(
        "field_wrong", f"`{name}` is {brief(inner)}: an object is needed.", hint='Send {"a": 1}.'
    )


def open_body(call: Call) -> Told:
    """A batch, a list, or a single event; older browsers write it in base64 into a form."""
    clock = number_of(parameters(call.query).get("_"))
    body = _from_form(call.body)
    try:
        if body.lstrip()[:1] == b"[":
            events = elements(body.strip(), "the body")
            return Told(events, call.key or _key_in(events), clock)
        found = members(body)
        key = call.key or text(found.get("api_key")) or text(found.get("token"))
        if "batch" not in found:
            return Told([body], key or _key_in([body]), scalar(found.get("sent_at")) or clock)
        events = elements(found["batch"], "batch")
        return Told(events, key or _key_in(events), scalar(found.get("sent_at")) or clock)
    except Unfit as wrong:
        return Told([], call.key, wrong=wrong)


def _from_form(body: bytes) -> bytes:
    if not body.startswith(b"data="):
        return body
    data = unquote_to_bytes(body[5:].partition(b"&")[0].replace(b"+", b" "))
    with suppress(ValueError):
        return b64decode(data, validate=True)
    return data


def _key_in(events: list[bytes | Raw]) -> str:
    """Single events carry the key themselves, mostly among their properties."""
    if not events:
        return ""
    with suppress(Unfit):
        found = members(bytes(events[0]))
        key = text(found.get("api_key")) or text(found.get("token"))
        return key or text(members(found.get("properties", b"{}")).get("token"))
    return ""


def config(key: str, address: str) -> Given:  # noqa: ARG001 - it sends where it was told to
    """What its browser asks for first: everything that would load more is off."""
    return Given(msgspec.json.encode(_config(key)))


def config_script(key: str, address: str) -> Given:  # noqa: ARG001
    """The same as a script."""
    told = msgspec.json.encode(_config(key)).decode()
    name = msgspec.json.encode(key).decode()
    script = (
        "(function(){window._POSTHOG_REMOTE_CONFIG=window._POSTHOG_REMOTE_CONFIG||{};"
        f"window._POSTHOG_REMOTE_CONFIG[{name}]={{config:{told},siteApps:[]}};}})();"
    )
    return Given(script.encode(), "text/javascript")


def _config(key: str) -> dict[str, Any]:
    return {
        "token": key,
        "supportedCompression": ["gzip", "gzip-js"],
        "hasFeatureFlags": False,
        "captureDeadClicks": False,
        "capturePerformance": False,
        "autocapture_opt_out": False,
        "autocaptureExceptions": False,
        "analytics": {"endpoint": "/i/v0/e/"},
        "elementsChainAsString": True,
        "errorTracking": {"autocaptureExceptions": False, "suppressionRules": []},
        "logs": {"captureConsoleLogs": False},
        "sessionRecording": False,
        "surveys": False,
        "heatmaps": False,
        "conversations": False,
        "productTours": False,
        "defaultIdentifiedOnly": True,
        "siteApps": [],
    }


def flags(key: str, address: str) -> Given:  # noqa: ARG001 - the same for everyone
    """No feature flags: the clients ask, and wait for an answer."""
    return Given(
        b'{"flags":{},"featureFlags":{},"featureFlagPayloads":{},"errorsWhileComputingFlags":false,'
        b'"quotaLimited":[],"sessionRecording":false,"supportedCompression":["gzip","gzip-js"]}'
    )


def _routes() -> tuple[Route, ...]:
    paths = ("/batch", "/e", "/i/v0/e", "/capture", "/track", "/engage")
    return tuple(
        Route(f"{path}{slash}", open_body, always(THANKS)) for path in paths for slash in ("/", "")
    )


PROTOCOL = Protocol(
    name="posthog",
    routes=_routes(),
    read=read,
    pages=(
        Page("/array/{key}/config", config),
        Page("/array/{key}/config.js", config_script),
        Page("/flags/", flags, ("GET", "POST"), needs_key=False),
        Page("/flags", flags, ("GET", "POST"), needs_key=False),
        Page("/decide/", flags, ("GET", "POST"), needs_key=False),
    ),
)
