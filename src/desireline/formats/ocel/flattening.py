"""From an object-centric log to envelopes: the objects of one type make the journeys.

An event that has to do with several objects of that type is on the journey of each, as many
events; all its objects stand in its properties, so it is put together again when it is written.
What is known of the objects, and the declared types, go along with the first event of each object.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec

from desireline.formats.envelopes.choices import Choices, kind_of
from desireline.formats.envelopes.envelope import Envelope, Envelopes, id_of, moment
from desireline.formats.errors import ChoiceMissing
from desireline.formats.ocel.model import OcelEvent, OcelLog, OcelObject
from desireline.formats.ocel.own import own_envelope
from desireline.formats.tables.table import shown

EVENT = "ocel:event"
OBJECTS = "ocel:objects"
DESCRIBED = "ocel:described"
TYPES = "ocel:types"


def flatten(log: OcelLog, name: str, choices: Choices, into: Envelopes) -> None:
    """Adds the events of a log. Raises ChoiceMissing where the type of objects must be told."""
    into.notes += log.notes
    into.rejected = log.rejected
    others = []
    for place, event in zip(log.places, log.events, strict=True):
        own = own_envelope(event)
        if own is None:
            others.append((place, event))
        else:
            into.add(place, own)
    if others:
        _Flattening(log, _object_type(log, name, choices), choices, into).add(others)


def _object_type(log: OcelLog, name: str, choices: Choices) -> str:
    counts = Counter(thing.type for thing in log.objects.values())
    told = choices.object_type
    if told in counts:
        return str(told)
    listed = ", ".join(f"{kind} ({n:,})" for kind, n in counts.most_common(12))
    if told is None and len(counts) == 1:
        return next(iter(counts))
    asked = "What makes a journey?" if told is None else f"There is no object type {told!r}."
    raise ChoiceMissing(
        f"{name} has the object types {listed or 'none at all'}. {asked}",
        hint="Name one with --object-type.",
    )


class _Flattening:
    """Knows which objects were described already."""

    def __init__(self, log: OcelLog, kind: str, choices: Choices, into: Envelopes) -> None:
        self._log, self._type, self._choices, self._into = log, kind, choices, into
        self._identifier = choices.identifier or kind_of(kind, "object")
        self._left = dict(log.objects)
        self._types = log.types if log.types.event_types or log.types.object_types else None

    def add(self, events: list[tuple[int, OcelEvent]]) -> None:
        """All events, each on the journeys of its objects."""
        kept: list[tuple[int, OcelEvent, list[str]]] = []
        for place, event in events:
            on = self._journeys(event)
            if on:
                kept.append((place, event, on))
            else:
                self._into.rejected.add(
                    place,
                    msgspec.json.encode(event).decode(),
                    f"it has no object of the type {shown(self._type)}",
                )
        met = {r.object_id for _, event, _ in kept for r in event.relationships}
        never = [thing for number, thing in self._left.items() if number not in met]
        for place, event, on in kept:
            properties = self._properties(event, never)
            never = []
            for number in on:
                said = (event.id, number, event.type, moment(event.time))
                self._into.add(
                    place,
                    Envelope(
                        id=id_of(self._choices.namespace, "ocel", *said),
                        type=event.type,
                        at=event.time,
                        identifiers={self._identifier: number},
                        properties=properties,
                    ),
                )

    def _journeys(self, event: OcelEvent) -> list[str]:
        numbers = (relation.object_id for relation in event.relationships)
        return list(dict.fromkeys(n for n in numbers if self._type_of(n) == self._type))

    def _type_of(self, number: str) -> str | None:
        thing = self._log.objects.get(number)
        return None if thing is None else thing.type

    def _properties(self, event: OcelEvent, never: list[OcelObject]) -> dict[str, Any]:
        properties: dict[str, Any] = {a.name: a.value for a in event.attributes}
        properties[EVENT] = event.id
        properties[OBJECTS] = [
            {"id": r.object_id, "type": self._type_of(r.object_id), "qualifier": r.qualifier}
            for r in event.relationships
        ]
        new = [*never]
        for relation in event.relationships:
            thing = self._left.pop(relation.object_id, None)
            if thing is not None:
                new.append(thing)
        if new:
            properties[DESCRIBED] = new
        if self._types is not None:
            properties[TYPES] = self._types
            self._types = None
        return properties
