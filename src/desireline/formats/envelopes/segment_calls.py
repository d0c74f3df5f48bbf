"""Exports of Segment: raw calls (track, identify, page ...) as JSON lines, one a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import UNSET

from desireline.formats.duck import Duck
from desireline.formats.envelopes.choices import Choices
from desireline.formats.envelopes.envelope import Envelope, Envelopes
from desireline.formats.envelopes.ids import own_id
from desireline.formats.envelopes.records import records
from desireline.formats.tables.plain_file import PlainFile
from desireline.formats.tables.table import Table
from desireline.kit.foreign_words import contact, earlier, type_of, worth
from desireline.kit.networks import cut

TYPES = {
    "track": "",
    "identify": "identified",
    "page": "page_viewed",
    "screen": "screen_viewed",
    "group": "grouped",
    "alias": "aliased",
}
KNOWN = frozenset(
    {
        "type", "event", "name", "category", "messageId", "timestamp", "originalTimestamp",
        "sentAt", "receivedAt", "userId", "anonymousId", "previousId", "groupId", "traits",
        "properties", "context", "writeKey", "channel", "projectId", "version", "_metadata",
    }
)  # fmt: skip
CHANNELS = {"web": "web", "browser": "web", "mobile": "app"}
APPS = ("ios", "android", "react-native", "flutter", "kotlin", "swift")
EXTRA = {
    "page": (("name", "name"), ("category", "category")),
    "screen": (("name", "name"), ("category", "category")),
    "group": (("groupId", "group_id"),),
    "alias": (("previousId", "previous_id"),),
}


def is_segment(record: Mapping[str, Any]) -> bool:
    """Whether a record is a call of Segment."""
    return record.get("type") in TYPES and ("messageId" in record or "anonymousId" in record)


def open_segment(
    duck: Duck, file: PlainFile, choices: Choices, tell: Callable[[float], None]
) -> Table:
    """The calls of an export, one event each. Raises FileBroken, FileEmpty."""
    with Envelopes(duck.folder, choices.most) as envelopes:
        for place, call in records(file.path, file.name, envelopes, tell):
            problem = _problem(call)
            if problem:
                envelopes.reject(place, call, problem)
            else:
                envelopes.add(place, _envelope(call, choices))
    return envelopes.table(duck, file.name, "line", "Segment export")


def _problem(call: Mapping[str, Any]) -> str:
    if call.get("type") not in TYPES:
        return "it is no call of Segment (track, identify, page, screen, group, alias)"
    if call["type"] == "track" and not (isinstance(call.get("event"), str) and call["event"]):
        return "it does not say what happened"
    if not (call.get("userId") or call.get("anonymousId") or call.get("previousId")):
        return "it does not say whose event it is"
    wrong = [
        n for n in ("traits", "properties", "context") if not isinstance(call.get(n) or {}, dict)
    ]
    return f"its {wrong[0]} are no object" if wrong else ""


def _envelope(call: Mapping[str, Any], choices: Choices) -> Envelope:
    kind = call["type"]
    traits, told = call.get("traits") or {}, call.get("properties") or {}
    context = dict(call.get("context") or {})
    value = currency = None
    type_ = TYPES[kind]
    channel = _channel(call, kind, context)
    if kind == "track":
        type_ = type_of(call["event"].strip())
        if type_ != call["event"]:
            context["event_name"] = call["event"]
        value, currency = worth(told)
    if isinstance(context.get("ip"), str):
        context["ip"] = cut(context["ip"])
    rest = {n: v for n, v in call.items() if n not in KNOWN}
    if rest.get("integrations") in ({}, {"All": True}, None):
        rest.pop("integrations", None)
    if rest:
        context["segment"] = rest
    number, said = own_id(call.get("messageId"), choices.namespace)
    extra = {ours: call[theirs] for theirs, ours in EXTRA.get(kind, ()) if call.get(theirs)}
    return Envelope(
        id=number,
        type=type_,
        kind=kind,
        at=str(call.get("originalTimestamp") or call.get("timestamp") or call.get("receivedAt")),
        identifiers=_who(call, traits, context),
        channel=channel or UNSET,
        value=value,
        currency=currency,
        properties={**traits, **told, **extra} or UNSET,
        context=context | said or UNSET,
    )


def _who(
    call: Mapping[str, Any], traits: Mapping[str, Any], context: Mapping[str, Any]
) -> dict[str, str]:
    """Whom a call names; an address in the traits of a group is the group's."""
    kind = call["type"]
    who = {}
    if call.get("userId"):
        who["user_id"] = str(call["userId"])
    if kind == "identify":
        contact(who, traits)
    if kind != "group":
        contact(who, context.get("traits"))
    if call.get("anonymousId"):
        who["anonymous_id"] = str(call["anonymousId"])
    if kind == "alias" and call.get("previousId"):
        before = str(call["previousId"])
        who |= earlier(before, who.get("user_id"), who.get("anonymous_id"))
    return who


def _channel(call: Mapping[str, Any], kind: str, context: Mapping[str, Any]) -> str:
    told = call.get("channel") or context.get("channel")
    if isinstance(told, str) and told in CHANNELS:
        return CHANNELS[told]
    library = context.get("library")
    name = str(library.get("name") or "").lower() if isinstance(library, dict) else ""
    if name.startswith("analytics.js") or kind == "page":
        return "web"
    return "app" if kind == "screen" or any(app in name for app in APPS) else ""
