"""What a stream of server-sent events tells."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

Told = tuple[str, str, Any]
"""Name, id and data of an event."""


def told_by(lines: Iterator[str]) -> Iterator[Told]:
    """The events of a stream."""
    event: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(": ")
        if line:
            event[name] = value
        elif event.get("event"):
            yield event["event"], event.get("id", ""), json.loads(event["data"])
            event = {}


def next_event(told: Iterator[Told], name: str) -> tuple[str, Any]:
    """Id and data of the next event of that name."""
    return next((ident, data) for found, ident, data in told if found == name)
