"""What every stream says now and then: that it lives, and how fast events come."""

from __future__ import annotations

import msgspec
from fastapi.sse import ServerSentEvent

from desireline.engine.analyses.times import iso
from desireline.modules.rooms import Rooms

BEAT_SECONDS = 5.0
"""A stream says something at least this often, so that a page knows that it lives."""
RETRY_MS = 1_000
"""After this a browser that has lost the stream asks again."""


def beat(rooms: Rooms) -> ServerSentEvent:
    """The event `pulse`."""
    told = {
        "position": max(rooms.pulse.position, 0),
        "last_minute": rooms.pulse.last_minute,
        "at": iso(rooms.clock.now()),
    }
    text = msgspec.json.encode(told).decode()
    return ServerSentEvent(raw_data=text, event="pulse", retry=RETRY_MS)
