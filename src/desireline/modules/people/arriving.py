"""Traits out of events, as they arrive in the log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection

from desireline.log.following import Batch, Logged, Reaction
from desireline.modules.people.repository import record_traits
from desireline.modules.people.traits import Said

TRAITS = "traits"
MARK = '"traits'
ONCE = "traits_once"
"""In the context: the names of traits that are only taken where there is none yet."""


def take_traits(tx: Connection, batch: Batch) -> None:
    """Keeps what a batch of events says of those who did something."""
    record_traits(tx, (said for row in batch.events for said in traits_in(row)))


def may_say_traits(row: Logged) -> bool:
    """Whether an event is worth a closer look: of most that come, none says anything of traits."""
    return row.kind == "identify" or any(
        text is not None and MARK in text for text in (row.context, row.properties)
    )


def traits_in(row: Logged) -> Iterator[Said]:
    """What one event says of its person: properties of an `identify`, and `traits` of any event.

    What is said of an account (`group`) is no trait of the person who is in it.
    """
    if row.kind == "group":
        return
    context = _object(row.context) if row.context and MARK in row.context else {}
    told = dict(_inner(context, TRAITS))
    if row.kind == "identify" or (row.properties and MARK in row.properties):
        properties = dict(_object(row.properties))
        nested = properties.pop(TRAITS, None) if _is_object(properties.get(TRAITS)) else None
        told |= nested or {}
        told |= properties if row.kind == "identify" else {}
    once = context.get(ONCE)
    for name, value in told.items():
        yield Said(
            subject=row.subject,
            name=name,
            value=value,
            at=row.at,
            source=row.source or "api",
            position=row.position,
            once=isinstance(once, list) and name in once,
        )


def _object(text: str | None) -> Mapping[str, Any]:
    found = {} if text is None else msgspec.json.decode(text)
    return found if isinstance(found, dict) else {}


def _inner(found: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    inner = found.get(name)
    return inner if isinstance(inner, dict) else {}


def _is_object(found: Any) -> bool:
    return isinstance(found, dict)


TAKE_TRAITS = Reaction("people.traits", take_traits, wants=may_say_traits)
