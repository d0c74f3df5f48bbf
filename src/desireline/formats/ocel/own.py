"""Events of the log in logs of other tools, OCEL and XES: what they have beside type and time.

Text, numbers and truth values among the properties become attributes of the event; all else, and
the other fields of the event, stand in attributes whose names begin with `desireline:`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from desireline.formats.envelopes.envelope import Envelope
from desireline.formats.ocel.model import OcelEvent

PREFIX = "desireline:"
TEXTS = ("kind", "direction", "channel", "actor", "currency", "source", "received_at")
WHO = PREFIX + "identifiers"
ODD = PREFIX + "texts"
"""Texts among TEXTS, and types, that hold signs which XML cannot."""
REST = PREFIX + "rest"
CONTEXT = PREFIX + "context"
VALUE = PREFIX + "value"
LARGEST = 1 << 53
"""Whole numbers beyond are not exact everywhere."""
RESERVED = (PREFIX, "ocel", "concept:", "time:", "lifecycle:", "org:", "identity:")
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Signs that XML 1.0 cannot hold."""

Fits = Callable[[str, Any], bool]


def attributes_of(
    row: Mapping[str, Any], properties: Mapping[str, Any], fits: Fits
) -> dict[str, Any]:
    """A row of the log as flat attributes: all but its id and time, and its type if that is plain.

    `fits` says whether a property may be an attribute under its own name.
    """
    flat: dict[str, Any] = {}
    rest: dict[str, Any] = {}
    odd = {name: row[name] for name in ("type", *TEXTS) if row[name] and NO_XML.search(row[name])}
    for name, value in properties.items():
        (flat if _is_plain(name, value) and fits(name, value) else rest)[name] = value
    flat |= {PREFIX + name: row[name] for name in TEXTS if row[name] and name not in odd}
    flat[WHO] = _said(msgspec.json.decode(row["identifiers"]))
    if row["value"] is not None:
        flat[VALUE] = row["value"]
    if row["context"]:
        flat[CONTEXT] = _said(msgspec.json.decode(row["context"]))
    for name, said in ((REST, rest), (ODD, odd)):
        if said:
            flat[name] = _said(said)
    return flat


def plain_text(text: str) -> str:
    """A text as XML can hold it."""
    return NO_XML.sub("\ufffd", text)


def own_envelope(event: OcelEvent) -> Envelope | None:
    """The event that the log wrote so; None where another wrote it."""
    if not any(a.name == WHO for a in event.attributes):
        return None
    told = ((a.name, a.value) for a in event.attributes)
    return envelope_of(event.id, event.type, event.time, told)


def envelope_of(
    number: str, kind: str, time: str, attributes: Iterable[tuple[str, Any]]
) -> Envelope | None:
    """An event out of its attributes; None where they cannot be those of an event of the log."""
    held = dict(attributes)
    try:
        who = msgspec.json.decode(held.pop(WHO), type=dict[str, str])
        rest, context, odd = (
            msgspec.json.decode(held.pop(name, "{}"), type=dict[str, Any])
            for name in (REST, CONTEXT, ODD)
        )
    except (msgspec.DecodeError, KeyError, TypeError):
        return None
    value = held.pop(VALUE, None)
    texts = {name: held.pop(PREFIX + name, "") for name in TEXTS}
    told: dict[str, Any] = {"type": kind} | texts | odd
    return Envelope(
        id=number,
        at=time,
        identifiers=who,
        value=value,
        properties=held | rest or msgspec.UNSET,
        context=context or msgspec.UNSET,
        **told,
    )


def _said(record: Mapping[str, Any]) -> str:
    """As JSON of ASCII, which every form can hold."""
    return json.dumps(record)


def _is_plain(name: str, value: Any) -> bool:
    if not name or name.startswith(RESERVED) or NO_XML.search(name):
        return False
    if isinstance(value, str):
        return NO_XML.search(value) is None
    if isinstance(value, int) and not isinstance(value, bool):
        return abs(value) <= LARGEST
    return isinstance(value, float | bool)
