"""From an object-centric log to envelopes: the objects of one type make the journeys.

An event that has to do with several objects of that type is on the journey of each, as many
events; all its objects stand in its properties, so it is put together again when it is written.
What is known of the objects, and the declared types, go along with the first event of each object.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from desireline.formats.envelopes.choices import Choices, kind_of
from desireline.formats.envelopes.envelope import Envelope, Envelopes, id_of, moment
from desireline.formats.errors import ChoiceMissing
from desireline.formats.ocel.own import WHO, own_envelope
from desireline.formats.ocel.shelf import KeptEvent, Shelf, kept_event, own_event
from desireline.formats.tables.table import shown

EVENT = "ocel:event"
OBJECTS = "ocel:objects"
DESCRIBED = "ocel:described"
TYPES = "ocel:types"
OWN = WHO.encode()


def flatten(log: Shelf, name: str, choices: Choices, into: Envelopes) -> None:
    """Adds the events of a log. Raises ChoiceMissing where the type of objects must be told."""
    into.notes += log.notes
    into.rejected = log.rejected
    flattening: _Flattening | None = None
    for place, text in log.events():
        own = own_envelope(own_event(text)) if OWN in text else None
        if own is not None:
            into.add(place, own)
            continue
        if flattening is None:
            flattening = _Flattening(log, _object_type(log, name, choices), choices, into)
        flattening.add(place, text)


def _object_type(log: Shelf, name: str, choices: Choices) -> str:
    counts = Counter(log.object_types)
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

    def __init__(self, log: Shelf, kind: str, choices: Choices, into: Envelopes) -> None:
        self._log, self._type, self._choices, self._into = log, kind, choices, into
        self._identifier = choices.identifier or kind_of(kind, "object")
        self._left = set(log.ids())
        self._types = log.types if log.types.event_types or log.types.object_types else None
        self._never = self._never_met()

    def add(self, place: int, text: bytes) -> None:
        """One more event, on the journeys of its objects."""
        event = kept_event(text)
        on = self._journeys(event)
        if not on:
            why = f"it has no object of the type {shown(self._type)}"
            self._into.rejected.add(place, text.rstrip().decode(), why)
            return
        properties = self._properties(event)
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

    def _never_met(self) -> list[str]:
        """The objects that no event on a journey names: they go along with the first."""
        left = set(self._left)
        for _, text in self._log.events():
            event = kept_event(text)
            if left and self._journeys(event):
                left.difference_update(r.object_id for r in event.relationships)
        return [number for number in self._log.ids() if number in left]

    def _journeys(self, event: KeptEvent) -> list[str]:
        numbers = (relation.object_id for relation in event.relationships)
        return list(dict.fromkeys(n for n in numbers if self._log.type_of(n) == self._type))

    def _properties(self, event: KeptEvent) -> dict[str, Any]:
        properties: dict[str, Any] = {a.name: a.value for a in event.attributes}
        properties[EVENT] = event.id
        properties[OBJECTS] = [
            {"id": r.object_id, "type": self._log.type_of(r.object_id), "qualifier": r.qualifier}
            for r in event.relationships
        ]
        new = [*self._never]
        self._never = []
        for relation in event.relationships:
            if relation.object_id in self._left:
                self._left.remove(relation.object_id)
                new.append(relation.object_id)
        if new:
            properties[DESCRIBED] = [self._log.described(number) for number in new]
        if self._types is not None:
            properties[TYPES] = self._types
            self._types = None
        return properties
