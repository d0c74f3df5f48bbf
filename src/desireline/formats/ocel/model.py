"""What an object-centric log holds: events, objects, how they relate, and their types."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

EPOCH = "1970-01-01T00:00:00Z"
"""The time of an attribute that an object always had."""


class Attribute(Struct, gc=False):
    """An attribute that events or objects of a type have."""

    name: str
    type: str = "string"


class TypeOf(Struct):
    """A type of events or of objects."""

    name: str
    attributes: list[Attribute] = []


class Relation(Struct, rename={"object_id": "objectId"}):
    """An object that an event, or another object, has to do with, and as what."""

    object_id: str
    qualifier: str = ""


class Value(Struct):
    """An attribute of an event."""

    name: str
    value: Any = None


class ValueSince(Struct):
    """An attribute of an object, from a time on."""

    name: str
    value: Any = None
    time: str = EPOCH


class OcelEvent(Struct):
    """What happened, when, and to which objects."""

    id: str
    type: str
    time: str
    attributes: list[Value] = []
    relationships: list[Relation] = []


class OcelObject(Struct):
    """A thing that events happen to."""

    id: str
    type: str
    attributes: list[ValueSince] = []
    relationships: list[Relation] = []


class Types(Struct, rename={"event_types": "eventTypes", "object_types": "objectTypes"}):
    """What the log declares."""

    event_types: list[TypeOf] = []
    object_types: list[TypeOf] = []


def typed(text: str, kind: str) -> Any:
    """A value of XML or SQLite as JSON has it: a number as it is spelled, else the text itself."""
    if kind in ("integer", "float"):
        try:
            if isinstance(msgspec.json.decode(text), int | float):
                return msgspec.Raw(text.encode())
        except msgspec.DecodeError:
            return text
    if kind == "boolean" and text.lower() in ("true", "false", "1", "0"):
        return text.lower() in ("true", "1")
    return text
