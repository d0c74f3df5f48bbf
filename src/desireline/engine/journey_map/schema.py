"""The published JSON Schema of the document, and what it allows at a place."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from desireline.engine.journey_map.document import JourneyMap
from desireline.engine.journey_map.errors import Place


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the document, as published in `docs/schemas`."""
    found = msgspec.json.schema(JourneyMap)
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(found))
    for part in plain["$defs"].values():
        if "description" in part:
            part["description"] = " ".join(part["description"].split())
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:desireline:schema:map:1",
        "title": "Desireline journey map, format 1",
    }
    return head | plain


def allowed(place: Place) -> list[str]:
    """The words that may stand at a place of the document; none where it is not a choice."""
    node = _resolved(schema())
    for step in place:
        if "discriminator" in node and step == "type":
            return sorted(node["discriminator"]["mapping"])
        inner = node.get("properties", {}).get(step) or node.get("items")
        node = _resolved(inner or node.get("additionalProperties") or {})
    return [str(word) for word in node.get("enum", ())]


def _resolved(node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node or ("anyOf" in node and "discriminator" not in node):
        if "$ref" in node:
            node = schema()["$defs"][node["$ref"].rpartition("/")[2]]
        else:
            node = node["anyOf"][0]
    return node
