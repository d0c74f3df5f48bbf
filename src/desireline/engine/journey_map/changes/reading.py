"""Changes from and to plain data, and the JSON Schema that says what they look like."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

import msgspec

from desireline.engine.journey_map.changes.converting import converted
from desireline.engine.journey_map.changes.grouped import MapChange
from desireline.engine.journey_map.changes.single import Change

TYPES: Mapping[str, type[Change]] = {
    str(kind.__struct_config__.tag): kind for kind in get_args(MapChange)
}
"""Every change, by the name of its type."""


def change_from_dict(data: object) -> Change:
    """The change that plain data (as JSON gives it) describes. Raises ChangeUnreadable."""
    found: Change = converted(data, MapChange, "The change")
    return found


def change_to_dict(change: Change) -> dict[str, Any]:
    """The change as plain data; what equals its default is left out."""
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(change))
    return plain


def changes_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a change."""
    found = msgspec.json.schema(MapChange)
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(found))
    for part in plain["$defs"].values():
        if "description" in part:
            part["description"] = " ".join(part["description"].split())
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:desireline:schema:map-change:1",
        "title": "A change of a Desireline journey map",
    }
    return head | plain
