"""Matomo's protocol: a query as a picture's address or as a form, and many of them in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs

import msgspec

from desireline.kit.foreign_words import amount, type_of
from desireline.log.rejecting import Unfit
from desireline.log.wire import SentEvent
from desireline.modules.collect.protocols.fields import is_key, without
from desireline.modules.collect.protocols.pixel import PIXEL
from desireline.modules.collect.protocols.protocol import Call, Given, Protocol, Route, Told
from desireline.modules.collect.protocols.reading import (
    elements,
    json_of,
    members,
    number_of,
    parameters,
    sent_event,
    text,
)

TAKEN = frozenset(
    {"idsite", "rec", "apiv", "rand", "token_auth", "send_image", "bots", "uid", "_id", "cid",
     "cdt", "url", "urlref", "action_name", "ua", "lang", "cip", "revenue", "ec_items", "h", "m",
     "s", "r", "queuedtracking"}
)  # fmt: skip
NAMES = {
    "e_c": "category",
    "e_a": "action",
    "e_n": "name",
    "e_v": "value",
    "c_n": "content",
    "c_p": "piece",
    "c_t": "target",
    "c_i": "interaction",
    "search": "query",
    "search_cat": "category",
    "search_count": "results",
    "download": "url",
    "link": "url",
    "idgoal": "goal",
    "ec_id": "order_id",
    "ec_st": "subtotal",
    "ec_tx": "tax",
    "ec_sh": "shipping",
    "ec_dt": "discount",
}
"""What its parameters are called in properties."""
TYPES = {
    "search": "searched",
    "download": "file_downloaded",
    "link": "link_clicked",
    "ping": "page_pinged",
    "c_i": "content_used",
    "c_n": "content_seen",
}
"""The first of these parameters says what happened; without any, a page was viewed."""


def read(sent: Mapping[str, Any], form: str) -> SentEvent:  # noqa: ARG001 - an event says all
    """The event of one set of parameters."""
    page = _page(sent)
    properties = {ours: sent[theirs] for theirs, ours in NAMES.items() if sent.get(theirs)}
    fields: dict[str, Any] = {
        "at": number_of(sent.get("cdt")),
        "user_id": sent.get("uid"),
        "anonymous_id": sent.get("_id") or sent.get("cid"),
        "channel": "web",
        "value": amount(sent.get("revenue")),
        "context": _context(sent, page),
        **_what(sent),
    }
    if "kind" in fields:
        properties |= page
    if items := _items(sent):
        properties["items"] = items
    fields["properties"] = properties
    if fields["value"] is None and "e_v" in sent:
        fields["value"] = amount(sent["e_v"])
    return sent_event(fields)


def _what(sent: Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(action := sent.get("e_a"), str):
        return {"type": type_of(action)}
    if "idgoal" in sent:
        if str(sent["idgoal"]) != "0":
            return {"type": "goal_reached"}
        return {"type": "order_completed" if sent.get("ec_id") else "cart_updated"}
    found = next((TYPES[name] for name in TYPES if sent.get(name)), None)
    return {"kind": "page"} if found is None else {"type": found}


def _items(sent: Mapping[str, Any]) -> Any:
    """`[["sku", "name", "category", price, quantity], ...]`, which it writes as JSON."""
    told = sent.get("ec_items")
    return json_of(told.encode()) if isinstance(told, str) else told


def _page(sent: Mapping[str, Any]) -> dict[str, Any]:
    names = {"url": "url", "action_name": "title", "urlref": "referrer"}
    return {ours: sent[theirs] for theirs, ours in names.items() if sent.get(theirs)}


def _context(sent: Mapping[str, Any], page: Mapping[str, Any]) -> dict[str, Any]:
    found = {
        "page": page,
        "userAgent": sent.get("ua"),
        "locale": sent.get("lang"),
        "ip": sent.get("cip"),
        "site": None if is_key(sent.get("idsite")) else sent.get("idsite"),
        "matomo": without(sent, TAKEN | NAMES.keys()),
    }
    return {name: value for name, value in found.items() if value}


def open_query(call: Call) -> Told:
    """A picture's address; its parameters may stand in a form as well."""
    query = "&".join(part for part in (call.query, call.body.decode(errors="replace")) if part)
    return Told([query.encode()], call.key or _key(parameters(query)))


def open_post(call: Call) -> Told:
    """Many in JSON, or one as a form."""
    if call.body.startswith(b"requests="):  # as its Python client writes many
        queries = parse_qs(call.body.decode(errors="replace"))["requests"]
        return Told([one.encode() for one in queries], call.key or _key(parameters(queries[0])))
    if call.body.lstrip()[:1] != b"{":
        return open_query(call)
    try:
        found = members(call.body)
        events = elements(found.get("requests", b""), "requests")
    except Unfit as wrong:
        return Told([], call.key, wrong=wrong)
    key = call.key or _if_key(text(found.get("token_auth")))
    if not key and events:
        with suppress(Unfit):
            first = json_of(bytes(events[0]))
            key = _key(parameters(first) if isinstance(first, str) else first)
    return Told(events, key)


def _key(told: Any) -> str:
    """The key stands where Matomo has the number of the site, or its token."""
    found = told if isinstance(told, Mapping) else {}
    return _if_key(found.get("token_auth")) or str(found.get("idsite") or "")


def _if_key(found: Any) -> str:
    return found if is_key(found) else ""


def answer(call: Call, came: int, failed: int) -> Given:
    """A picture, nothing where none is wanted, or the counts of many."""
    if call.body.lstrip()[:1] == b"{":
        told = {"status": "success", "tracked": came - failed, "invalid": failed}
        return Given(msgspec.json.encode(told))
    wanted = parameters(call.query).get("send_image", "1")
    return Given(status=204) if wanted == "0" else PIXEL


def _routes() -> tuple[Route, ...]:
    found = []
    for before in ("", "/{key}"):
        for name in ("matomo.php", "piwik.php"):
            path = f"{before}/{name}"
            found.append(Route(path, open_query, answer, methods=("GET",)))
            found.append(Route(path, open_post, answer))
    return tuple(found)


PROTOCOL = Protocol(
    name="matomo", routes=_routes(), read=read, has_queries=True, has_strangers=True
)
