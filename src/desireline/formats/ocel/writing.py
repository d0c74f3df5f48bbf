"""From rows of the log to an object-centric log.

An event that came from one goes back as it was: with its own id, objects and attributes, once. Any
other event gets its identifiers as objects, the strongest with the qualifier `subject`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import msgspec

from desireline.formats.ocel.flattening import DESCRIBED, EVENT, OBJECTS, TYPES
from desireline.formats.ocel.model import (
    Attribute,
    OcelEvent,
    OcelObject,
    Relation,
    TypeOf,
    Types,
    Value,
)
from desireline.formats.ocel.own import attributes_of, plain_text

Row = Mapping[str, Any]


@dataclass
class Known:
    """What the log declares, as it grows: attributes by type, each with its kind."""

    events: dict[str, dict[str, str]] = field(default_factory=dict)
    objects: dict[str, dict[str, str]] = field(default_factory=dict)

    def declare(self, types: Types) -> None:
        """Takes in what another log declared."""
        for of, told in ((self.events, types.event_types), (self.objects, types.object_types)):
            for kind in told:
                of.setdefault(kind.name, {}).update({a.name: a.type for a in kind.attributes})

    def fits(self, of: dict[str, dict[str, str]], kind: str, name: str, value: Any) -> bool:
        """Whether a value may stand under this name; a new name is declared.

        One name has one kind of values, and no two names differ in case alone, as columns cannot.
        """
        declared = of.setdefault(kind, {})
        if name not in declared:
            if name.lower() in map(str.lower, declared):
                return False
            declared[name] = kind_of(value)
        return declared[name] == kind_of(value)

    def types(self) -> Types:
        """As a log declares it."""
        return Types(
            *(
                [TypeOf(k, [Attribute(n, t) for n, t in a.items()]) for k, a in of.items()]
                for of in (self.events, self.objects)
            )
        )


class Sink(Protocol):
    """Where a log is written to: its events as they come, then all else."""

    def event(self, event: OcelEvent) -> None:
        """One more event."""

    def finish(self, objects: Iterable[OcelObject], types: Types) -> None:
        """Ends the file."""


def write_ocel(rows: Iterable[Row], sink: Sink) -> int:
    """How many rows there were. `at` is ISO 8601; objects are JSON texts."""
    writing = _Writing(sink)
    count = 0
    for row in rows:
        writing.add(row)
        count += 1
    sink.finish(writing.objects.values(), writing.known.types())
    return count


def kind_of(value: Any) -> str:
    """The kind of an attribute with such values."""
    if isinstance(value, bool):
        return "boolean"
    return "float" if isinstance(value, int | float) else "string"


class _Writing:
    def __init__(self, sink: Sink) -> None:
        self.objects: dict[str, OcelObject] = {}
        self.known = Known()
        self._sink = sink
        self._seen: set[tuple[str, str, str]] = set()

    def add(self, row: Row) -> None:
        text = row["properties"]
        properties = msgspec.json.decode(text) if text else {}
        if isinstance(properties.get(EVENT), str) and isinstance(properties.get(OBJECTS), list):
            self._add_guest(row, properties)
        else:
            self._add_own(row, properties)

    def _add_own(self, row: Row, properties: dict[str, Any]) -> None:
        kind = plain_text(row["type"])
        attributes = attributes_of(
            row, properties, lambda name, value: self._fits(kind, name, value)
        )
        for name, value in attributes.items():
            self._fits(kind, name, value)
        related = []
        for n, (who, value) in enumerate(msgspec.json.decode(row["identifiers"]).items()):
            number = plain_text(f"{who}:{value}")
            self._object(number, who)
            related.append(Relation(number, "identifier" if n else "subject"))
        values = [Value(name, value) for name, value in attributes.items()]
        self._sink.event(OcelEvent(row["id"], kind, row["at"], values, related))

    def _fits(self, kind: str, name: str, value: Any) -> bool:
        return self.known.fits(self.known.events, kind, name, value)

    def _add_guest(self, row: Row, properties: dict[str, Any]) -> None:
        """An event of another object-centric log; its copies on other journeys are the same."""
        number = properties.pop(EVENT)
        related = msgspec.convert(properties.pop(OBJECTS), list[_Related])
        if TYPES in properties:
            self.known.declare(msgspec.convert(properties.pop(TYPES), Types))
        for thing in msgspec.convert(properties.pop(DESCRIBED, []), list[OcelObject]):
            self.objects[thing.id] = thing
            self.known.objects.setdefault(thing.type, {})
        for relation in related:
            if relation.type is not None:
                self._object(relation.id, relation.type)
        key = (number, row["type"], row["at"])
        if key in self._seen:
            return
        self._seen.add(key)
        for name, value in properties.items():
            self._fits(row["type"], name, value)
        self._sink.event(
            OcelEvent(
                number,
                row["type"],
                row["at"],
                [Value(name, value) for name, value in properties.items()],
                [Relation(r.id, r.qualifier) for r in related],
            )
        )

    def _object(self, number: str, kind: str) -> None:
        self.objects.setdefault(number, OcelObject(number, kind, [], []))
        self.known.objects.setdefault(kind, {})


class _Related(msgspec.Struct):
    id: str
    type: str | None = None
    qualifier: str = ""
