"""The stream of a map: the whole file once, then what changes, at most about once a second."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import msgspec
from fastapi.sse import ServerSentEvent

from desireline.engine.analyses.times import iso
from desireline.modules.maps.figures import LEAST_SECONDS
from desireline.modules.maps.service import Maps
from desireline.modules.rooms import Rooms

BEAT_SECONDS = 5.0
"""A stream says something at least this often, so that a page knows that it lives."""
RETRY_MS = 1_000
"""After this a browser that has lost the stream asks again."""


async def follow(
    maps: Maps, rooms: Rooms, key: str, seen: str | None
) -> AsyncIterator[ServerSentEvent]:
    """`figures` (a map file), `change` (a JSON Patch to it) and `pulse`, until the server stops.

    `seen` is the id of the file that the reader has. Each file and change bears the id of what it
    leads to.
    """
    pulse = rooms.pulse
    yield _beat(rooms)
    while not pulse.closed:
        position = pulse.position
        found = await asyncio.to_thread(maps.published, key)
        drawn = await maps.figures.streamed(found.document)
        if drawn.id != seen:
            patch = await maps.figures.change(key, seen, drawn) if seen else None
            yield ServerSentEvent(
                raw_data=drawn.text if patch is None else patch,
                event="figures" if patch is None else "change",
                id=drawn.id,
            )
            seen = drawn.id
        yield _beat(rooms)
        await _pause(rooms)
        await pulse.beyond(max(position, drawn.position), BEAT_SECONDS)


async def _pause(rooms: Rooms) -> None:
    """A breath between two changes, cut short when the server stops."""
    until = asyncio.get_running_loop().time() + LEAST_SECONDS
    while not rooms.pulse.closed and (left := until - asyncio.get_running_loop().time()) > 0:
        await asyncio.sleep(min(left, 0.2))


def _beat(rooms: Rooms) -> ServerSentEvent:
    told = {
        "position": max(rooms.pulse.position, 0),
        "last_minute": rooms.pulse.last_minute,
        "at": iso(rooms.clock.now()),
    }
    return ServerSentEvent(
        raw_data=msgspec.json.encode(told).decode(), event="pulse", retry=RETRY_MS
    )
