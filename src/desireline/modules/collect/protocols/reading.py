"""Bodies and events of other protocols as values, held to the same strictness as our own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from msgspec import Raw

from desireline.log.decoding import Limits
from desireline.log.decoding.examining import MOST_DEPTH, examine
from desireline.log.decoding.misfits import misfit
from desireline.log.decoding.splitting import not_json, split
from desireline.log.rejecting import Unfit, brief
from desireline.log.wire import SentEvent

SPACE = b" \t\r\n"

_SUSPECT = re.compile(rb"\\u0000|\\u0022|[0-9]{19}")
"""There may be a NUL, a quote that hides from counts, or an integer beyond 64 bits."""
_any = msgspec.json.Decoder().decode
_members = msgspec.json.Decoder(dict[str, Raw]).decode
_raws = msgspec.json.Decoder(list[Raw]).decode
_encode = msgspec.json.Encoder().encode


def members(body: bytes) -> dict[str, bytes]:
    """The bytes of each member of the object that a body is; broken events inside do not matter.

    Raises Unfit where its members cannot be told apart.
    """
    try:
        return {name: bytes(raw) for name, raw in _members(body).items()}
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return dict(_pair(part) for part in _torn(body))


def _torn(body: bytes) -> Iterable[bytes]:
    """What stands between the commas of an object: it is cut up as a list would be."""
    inner = body.strip(SPACE)
    if inner[:1] != b"{" or inner[-1:] != b"}":
        raise not_json("it is no object")
    return (bytes(part) for part in split(b"[" + inner[1:-1] + b"]"))


def _pair(part: bytes) -> tuple[str, bytes]:
    name, colon, value = part.partition(b":")
    if not colon or name.strip(SPACE)[:1] != b'"':
        raise not_json("a member of the object has no name")
    return name.strip(SPACE)[1:-1].decode(errors="replace"), value.strip(SPACE)


def elements(listed: bytes, name: str) -> list[bytes | Raw]:
    """The bytes of each element of a list. Raises Unfit."""
    if listed[:1] != b"[":
        raise Unfit(
            "body_wrong",
            f"`{name}` is {brief(listed[:60].decode(errors='replace'))}, which is no list.",
            hint="Send a list, also for a single event.",
        )
    try:
        return list(_raws(listed))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return split(listed)


def scalar(raw: bytes | None) -> str | int | float | None:
    """A text or a number; None for anything else."""
    if raw is None or raw[:1] in (b"{", b"["):
        return None
    try:
        found = _any(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return found if isinstance(found, str | int | float) and not isinstance(found, bool) else None


def text(raw: bytes | None) -> str:
    """A text; empty for anything else."""
    found = scalar(raw)
    return found if isinstance(found, str) else ""


def value_of(data: bytes, limits: Limits, *, has_queries: bool) -> Mapping[str, Any]:
    """What one event says: of JSON the object, of a query the parameters. Raises Unfit.

    Where queries are spoken, one may stand by itself, or as a text in JSON.
    """
    if len(data) > limits.event:
        raise Unfit(
            "event_too_large",
            f"The event has {len(data):,} bytes; {limits.event:,} are allowed.",
            hint="Keep large texts and files elsewhere, and send where they are.",
        )
    if has_queries and data.lstrip(SPACE)[:1] != b"{":
        return _of_query(data)
    found = json_of(data)
    if not isinstance(found, dict):
        raise misfit(found, "")
    return found


def json_of(data: bytes) -> object:
    """The value of strict JSON. Raises Unfit."""
    if _SUSPECT.search(data) or data.count(b"{") + data.count(b"[") > MOST_DEPTH:
        return examine(data)
    try:
        found: object = _any(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return examine(data)
    if _encode(found).count(b'"') != data.count(b'"'):  # the decoder keeps one of two equal names
        return examine(data)
    return found


def _of_query(data: bytes) -> dict[str, str]:
    """The parameters of a query, or of a JSON text that holds one; of two equal names the first."""
    query = str(examine(data)) if data.lstrip(SPACE)[:1] == b'"' else _utf8(data)
    try:
        pairs = parse_qsl(_bare(query), errors="strict")
    except UnicodeDecodeError as error:
        raise _not_utf8(error) from None
    if any("\0" in part for pair in pairs for part in pair):
        raise Unfit(
            "nul_character", "A parameter holds the character NUL (%00).", hint="Leave it out."
        )
    return dict(reversed(pairs))


def _utf8(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise _not_utf8(error) from None


def _not_utf8(error: UnicodeDecodeError) -> Unfit:
    return Unfit("text_not_utf8", f"{brief(error.object)} is not UTF-8.", hint="Send UTF-8.")


def parameters(query: str) -> dict[str, str]:
    """The parameters of a query as far as they are text; of two equal names the first."""
    return dict(reversed(parse_qsl(_bare(query), errors="replace")))


def _bare(query: str) -> str:
    """Without the address and the question mark before it."""
    before, mark, after = query.strip().partition("?")
    return after if mark and "=" not in before else query.strip()


def number_of(found: Any) -> Any:
    """The whole number that a text of digits writes; anything else as it is."""
    if isinstance(found, str) and found.isascii() and found.isdigit():
        return int(found)
    return found or None


def sent_event(fields: dict[str, Any]) -> SentEvent:
    """The event with these fields; those that are empty texts say nothing. Raises Unfit."""
    return strict_event({name: value for name, value in fields.items() if value != ""})


def strict_event(fields: dict[str, Any]) -> SentEvent:
    """The event with these fields, each checked as if it had been sent so. Raises Unfit."""
    try:
        return msgspec.convert(fields, SentEvent)
    except msgspec.ValidationError as error:
        raise misfit(fields, str(error)) from None
