"""The published JSON Schema of an event as senders write it: `docs/schemas/event.schema.json`."""

from __future__ import annotations

from typing import Any

import msgspec

from desireline.log.wire import SentEvent

SCHEMA_ID = "https://desireline.dev/schemas/event.schema.json"


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one event in a request.

    It says what fields there are and what they hold. What it cannot say: that each of `type`, `id`
    and `at` is named once, that somebody is identified, and the limits of docs/events.md.
    """
    body: dict[str, Any] = msgspec.json.decode(
        msgspec.json.encode(msgspec.json.schema(SentEvent))
    )  # lists, not tuples
    for part in body["$defs"].values():
        if "description" in part:
            part["description"] = " ".join(part["description"].split())
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "Event",
    }
    return {**head, **body}
