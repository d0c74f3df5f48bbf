"""OCEL 2.0 as XML, read as a stream by expat: no document type, no entity, nothing fetched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from desireline.formats.ocel.model import (
    EPOCH,
    Attribute,
    OcelEvent,
    OcelObject,
    Relation,
    TypeOf,
    Value,
    ValueSince,
    typed,
)
from desireline.formats.ocel.shelf import Shelf
from desireline.formats.tables.xml_stream import XmlReader, parse_xml

Attributes = dict[str, str]


def read_xml(path: Path, name: str, shelf: Shelf, tell: Callable[[float], None]) -> None:
    """Lays the log of a file down. Raises FileBroken, with the line."""
    parse_xml(path, name, "OCEL", _Reader(shelf), tell)


class _Reader(XmlReader):
    """Turns tags into a log. Types stand before objects, and objects before events."""

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self.log = shelf
        self._declared: dict[tuple[bool, str], Mapping[str, str]] = {}
        self._type: TypeOf | None = None
        self._line = 0
        self._thing: OcelEvent | OcelObject | None = None
        self._name: str | None = None
        self._since = EPOCH
        self._text: list[str] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begins a tag."""
        match tag:
            case "object-type" | "event-type":
                self._type = TypeOf(attributes.get("name", ""), [])
                types = self.log.types
                (types.object_types if tag == "object-type" else types.event_types).append(
                    self._type
                )
            case "event" if self._thing is None:
                self._begin_event(attributes)
            case "object" if self._thing is None:
                if attributes.get("id") and "type" in attributes:
                    self._thing = OcelObject(attributes["id"], attributes["type"], [], [])
                else:
                    self.log.notes.append(
                        f"The object of line {self.line:,} has no id or no type, and was left out."
                    )
            case "attribute" if self._thing is not None:
                self._name, self._since = attributes.get("name", ""), attributes.get("time", EPOCH)
                self._text = []
            case "attribute" if self._type is not None:
                declared = Attribute(attributes.get("name", ""), attributes.get("type", "string"))
                self._type.attributes.append(declared)
            case "relationship" | "relobj" if self._thing is not None:
                other = attributes.get("object-id", "")
                self._thing.relationships.append(Relation(other, attributes.get("qualifier", "")))

    def end(self, tag: str) -> None:
        """Ends a tag."""
        if tag == "attribute" and self._name is not None and self._thing is not None:
            self._finish_attribute(self._thing, self._name)
        elif tag in ("object-type", "event-type") and self._type is not None:
            key = (tag == "event-type", self._type.name)
            self._declared[key] = {a.name: a.type for a in self._type.attributes}
            self._type = None
        elif tag == "object" and isinstance(self._thing, OcelObject):
            self.log.add_object(self._thing)
            self._thing = None
        elif tag == "event" and isinstance(self._thing, OcelEvent):
            self.log.add_event(self._line, self._thing)
            self._thing = None

    def text(self, text: str) -> None:
        """What stands between tags."""
        if self._name is not None:
            self._text.append(text)

    def _begin_event(self, attributes: Attributes) -> None:
        missing = [name for name in ("id", "type", "time") if not attributes.get(name)]
        if missing:
            self.log.rejected.add(self.line, str(attributes), f"it has no {missing[0]}")
            return
        self._thing = OcelEvent(attributes["id"], attributes["type"], attributes["time"], [], [])
        self._line = self.line

    def _finish_attribute(self, thing: OcelEvent | OcelObject, name: str) -> None:
        is_event = isinstance(thing, OcelEvent)
        kind = self._declared.get((is_event, thing.type), {}).get(name, "string")
        value = typed("".join(self._text), kind)
        if isinstance(thing, OcelEvent):
            thing.attributes.append(Value(name, value))
        else:
            thing.attributes.append(ValueSince(name, value, self._since))
        self._name = None
