"""The stream of a map: the whole file once, then what changes, at most about once a second."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from fastapi.sse import ServerSentEvent

from desireline.modules.beats import BEAT_SECONDS, beat
from desireline.modules.maps.figures import LEAST_SECONDS
from desireline.modules.maps.service import Maps
from desireline.modules.rooms import Rooms


async def follow(
    maps: Maps, rooms: Rooms, key: str, seen: str | None
) -> AsyncIterator[ServerSentEvent]:
    """`figures` (a map file), `change` (a JSON Patch to it) and `pulse`, until the server stops.

    `seen` is the id of the file that the reader has. Each file and change bears the id of what it
    leads to.
    """
    pulse = rooms.pulse
    yield beat(rooms)
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
        yield beat(rooms)
        await _pause(rooms)
        await pulse.beyond(max(position, drawn.position), BEAT_SECONDS)


async def _pause(rooms: Rooms) -> None:
    """A breath between two changes, cut short when the server stops."""
    until = asyncio.get_running_loop().time() + LEAST_SECONDS
    while not rooms.pulse.closed and (left := until - asyncio.get_running_loop().time()) > 0:
        await asyncio.sleep(min(left, 0.2))
