"""An object-centric log as it is read: laid down on the disk, so that memory holds little of it.

Of each event memory holds the place in its file (8 bytes), of each object id, type and place
(some 200).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec
from msgspec import Raw, Struct

from desireline.formats.ocel.model import EPOCH, OcelEvent, OcelObject, Relation, Types
from desireline.formats.tables.table import Rejected

NOTHING = Raw(b"null")


class Said(Struct):
    """An attribute, its value as it is spelled."""

    name: str
    value: Raw = NOTHING


class SaidSince(Said):
    """An attribute of an object."""

    time: str = EPOCH


class KeptEvent(Struct):
    """An event, values as they are spelled."""

    id: str
    type: str
    time: str
    attributes: list[Said] = []
    relationships: list[Relation] = []


class KeptObject(Struct):
    """An object, values as they are spelled."""

    id: str
    type: str
    attributes: list[SaidSince] = []
    relationships: list[Relation] = []


class Shelf:
    """All of a log, in two temporary files in a folder; to be used as a block of `with`."""

    def __init__(self, folder: Path, unit: str) -> None:
        self.unit = unit
        self.types = Types()
        self.rejected = Rejected()
        self.notes: list[str] = []
        self.places: array[int] = array("q")
        """Where each event stands in the file that is read."""
        self._encode = msgspec.json.Encoder().encode
        self._events = (folder / "ocel-events.jsonl").open("wb")
        self._objects = (folder / "ocel-objects.jsonl").open("w+b")
        self._number: dict[str, int] = {}
        self._begins: array[int] = array("q")
        self._type: list[str] = []
        self._known_types: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._events.close()
        self._objects.close()

    def add_event(self, place: int, event: OcelEvent | KeptEvent) -> None:
        """One more event."""
        self._events.write(self._encode(event) + b"\n")
        self.places.append(place)

    def add_object(self, thing: OcelObject | KeptObject) -> None:
        """One more object; the last of one id counts."""
        begin = self._objects.tell()
        self._objects.write(self._encode(thing) + b"\n")
        number = self._number.setdefault(thing.id, len(self._type))
        kind = self._known_types.setdefault(thing.type, thing.type)
        if number == len(self._type):
            self._begins.append(begin)
            self._type.append(kind)
        else:
            self._begins[number], self._type[number] = begin, kind

    def events(self) -> Iterator[tuple[int, bytes]]:
        """Each with its place, as JSON, in their order; as often as is asked."""
        self._events.flush()
        with Path(self._events.name).open("rb") as lines:
            yield from zip(self.places, lines, strict=True)

    def ids(self) -> Iterator[str]:
        """Of the objects, in their order."""
        return iter(self._number)

    def type_of(self, ident: str) -> str | None:
        """The type of an object; None where there is none."""
        number = self._number.get(ident)
        return None if number is None else self._type[number]

    def described(self, ident: str) -> Raw | None:
        """An object as JSON; None where there is none."""
        number = self._number.get(ident)
        if number is None:
            return None
        self._objects.seek(self._begins[number])
        return Raw(self._objects.readline().rstrip())

    @property
    def object_types(self) -> list[str]:
        """The type of every object."""
        return self._type


def own_event(text: bytes) -> OcelEvent:
    """An event with its values read."""
    return msgspec.json.decode(text, type=OcelEvent)


_decode: Any = msgspec.json.Decoder(KeptEvent).decode


def kept_event(text: bytes) -> KeptEvent:
    """An event with its values as they are spelled."""
    found: KeptEvent = _decode(text)
    return found
