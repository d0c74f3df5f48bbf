"""Traits that somebody of the firm tells of a person: an event, as all that is known is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desireline.kit.ids import uuid7
from desireline.log.envelope import Event
from desireline.log.segments.rows import names_of
from desireline.modules.audit.facade import record
from desireline.modules.catalogue.errors import PersonGone
from desireline.modules.catalogue.fields import check_traits
from desireline.modules.rooms import Rooms

TYPE = "identified"
"""The type of the events that tell traits."""


def tell_traits(rooms: Rooms, person: int, traits: Mapping[str, Any], by: str) -> int:
    """The position of the event that tells them. TraitMisfit, PersonGone.

    `person` is a subject; null takes a trait away. Some seconds later the person has them.
    """
    now = rooms.clock.now()
    with rooms.db.transaction() as tx:
        check_traits(tx, traits)
        named = names_of(tx, [person]).get(person)
        if named is None:
            raise PersonGone(
                f"There is no person {person} any more.", hint="She was erased a moment ago."
            )
        event = Event(
            id=str(uuid7(rooms.clock)),
            type=TYPE,
            kind="identify",
            at=now,
            received_at=now,
            direction="internal",
            actor="employee",
            identifiers=dict([named]),
            properties=dict(traits),
            source="api",
        )
        record(tx, by, "traits_told", f"person:{person}", {"traits": len(traits)}, rooms.clock)
        told = rooms.appender.write(tx, [event])[0]
    return getattr(told, "position", 0)
