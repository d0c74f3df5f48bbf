"""Snowplow's tracker protocol, version 2 (tp2), by POST and as a picture."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from desireline.kit.foreign_words import amount, currency, type_of
from desireline.log.rejecting import Unfit, brief
from desireline.log.wire import SentEvent
from desireline.modules.collect.protocols.fields import is_key, without
from desireline.modules.collect.protocols.pixel import PIXEL
from desireline.modules.collect.protocols.protocol import Call, Given, Protocol, Route, Told, always
from desireline.modules.collect.protocols.reading import (
    elements,
    json_of,
    members,
    number_of,
    parameters,
    sent_event,
    text,
)

CHANNELS = {"web": "web", "mob": "app", "app": "app"}
TAKEN = frozenset(
    {"e", "eid", "uid", "duid", "tnuid", "nuid", "p", "dtm", "stm", "ttm", "url", "page", "refr",
     "sid", "ua", "lang", "tv", "tna", "aid", "ip", "co", "cx", "ue_pr", "ue_px"}
)  # fmt: skip
OF_STRUCTURED = {
    "se_ca": "category",
    "se_ac": "action",
    "se_la": "label",
    "se_pr": "property",
    "se_va": "value",
}
OF_ORDER = {
    "tr_id": "order_id",
    "tr_af": "affiliation",
    "tr_tt": "total",
    "tr_tx": "tax",
    "tr_sh": "shipping",
    "tr_cu": "currency",
    "ti_id": "order_id",
    "ti_sk": "sku",
    "ti_nm": "name",
    "ti_ca": "category",
    "ti_pr": "price",
    "ti_qu": "quantity",
    "ti_cu": "currency",
}
TYPES = {"pp": "page_pinged", "tr": "order_completed", "ti": "order_item_bought"}


def read(sent: Mapping[str, Any], form: str) -> SentEvent:  # noqa: ARG001 - an event says all
    """The event of one set of parameters."""
    event = sent.get("e")
    fields: dict[str, Any] = {
        "id": sent.get("eid"),
        "at": number_of(sent.get("ttm") or sent.get("dtm")),
        "user_id": sent.get("uid"),
        "anonymous_id": sent.get("duid") or sent.get("tnuid") or sent.get("nuid"),
        "channel": CHANNELS.get(str(sent.get("p"))),
        "context": _context(sent),
    }
    if event == "pv":
        fields |= {"kind": "page", "properties": _page(sent)}
    elif event == "se":
        fields |= _structured(sent)
    elif event == "ue":
        fields |= _self_describing(sent, fields["context"])
    elif isinstance(event, str) and event in TYPES:
        fields |= {"type": TYPES[event], "properties": _named(sent, OF_ORDER) or _page(sent)}
        fields["value"] = amount(sent.get("tr_tt"))
        fields["currency"] = currency(sent.get("tr_cu"))
    else:
        raise Unfit(
            "kind_unknown", f"The event's `e` is {brief(event)}.", hint="pv, pp, se, ue, tr or ti."
        )
    return sent_event(fields)


def _structured(sent: Mapping[str, Any]) -> dict[str, Any]:
    action = sent.get("se_ac")
    if not isinstance(action, str):
        raise Unfit("type_missing", "A structured event has no `se_ac`.", hint="Name its action.")
    return {
        "type": type_of(action),
        "properties": _named(sent, OF_STRUCTURED),
        "value": amount(sent.get("se_va")),
    }


def _self_describing(sent: Mapping[str, Any], context: dict[str, Any]) -> dict[str, Any]:
    """`iglu:com.acme/basket_filled/jsonschema/1-0-0` is a basket that was filled."""
    described = _inner(sent, "ue_pr", "ue_px")
    inner = described.get("data") if isinstance(described, dict) else None
    schema = inner.get("schema") if isinstance(inner, dict) else None
    parts = schema.split("/") if isinstance(schema, str) else []
    if len(parts) < 2 or not isinstance(inner, dict):
        raise Unfit(
            "type_missing", "A self-describing event has no schema.", hint="iglu:vendor/name/..."
        )
    context["schema"] = schema
    data = inner.get("data")
    return {"type": type_of(parts[1]), "properties": data if isinstance(data, dict) else {}}


def _context(sent: Mapping[str, Any]) -> dict[str, Any]:
    application = sent.get("aid")
    entities = _inner(sent, "co", "cx")
    found = {
        "page": _page(sent),
        "session_id": sent.get("sid"),
        "userAgent": sent.get("ua"),
        "locale": sent.get("lang"),
        "ip": sent.get("ip"),
        "library": {"name": "snowplow", "version": sent["tv"]} if sent.get("tv") else None,
        "app": None if is_key(application) else application,
        "tracker": sent.get("tna"),
        "entities": entities.get("data") if isinstance(entities, dict) else None,
        "snowplow": without(sent, TAKEN | OF_STRUCTURED.keys() | OF_ORDER.keys()),
    }
    return {name: value for name, value in found.items() if value}


def _page(sent: Mapping[str, Any]) -> dict[str, Any]:
    return _named(sent, {"url": "url", "page": "title", "refr": "referrer"})


def _named(sent: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {ours: sent[theirs] for theirs, ours in names.items() if sent.get(theirs)}


def _inner(sent: Mapping[str, Any], plain: str, packed: str) -> Any:
    """JSON inside a parameter, as it is or in base64; None where there is none. Raises Unfit."""
    if isinstance(told := sent.get(plain), str):
        return json_of(told.encode())
    if isinstance(told := sent.get(packed), str):
        with suppress(ValueError):
            return json_of(urlsafe_b64decode(told.encode() + b"=="))
        raise Unfit("field_wrong", f"`{packed}` is no base64.", hint="Send it as `" + plain + "`.")
    return None


def open_post(call: Call) -> Told:
    """A request of many events."""
    try:
        events = elements(members(call.body).get("data", b""), "data")
        first = members(bytes(events[0])) if events else {}
    except Unfit as wrong:
        return Told([], call.key, wrong=wrong)
    return Told(events, call.key or text(first.get("aid")), number_of(text(first.get("stm"))))


def open_get(call: Call) -> Told:
    """A picture's address."""
    told = parameters(call.query)
    return Told([call.query.encode()], call.key or told.get("aid", ""), number_of(told.get("stm")))


def _routes() -> tuple[Route, ...]:
    thanks = Given(b"ok", "text/plain")
    found = []
    for before in ("", "/{key}"):
        path = f"{before}/com.snowplowanalytics.snowplow/tp2"
        found.append(Route(path, open_post, always(thanks)))
        found.append(Route(f"{before}/i", open_get, always(PIXEL), methods=("GET",)))
    return tuple(found)


PROTOCOL = Protocol(
    name="snowplow", routes=_routes(), read=read, has_queries=True, has_strangers=True
)
