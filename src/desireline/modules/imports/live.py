"""The stream of an import: its state whenever it has changed, till it has ended."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from fastapi.sse import ServerSentEvent

from desireline.modules.beats import BEAT_SECONDS, beat
from desireline.modules.imports.repository import AT_WORK
from desireline.modules.imports.schemas import ImportState
from desireline.modules.imports.service import Imports

LOOK_SECONDS = 0.3


async def follow(imports: Imports, ident: int) -> AsyncIterator[ServerSentEvent]:
    """`import` (its state) at each change, `pulse` now and then; ends with what is not at work."""
    pulse, seen, since = imports.rooms.pulse, "", 0.0
    while not pulse.closed:
        row = await asyncio.to_thread(imports.get, ident)
        text = ImportState.of(row).model_dump_json()
        if text != seen:
            yield ServerSentEvent(raw_data=text, event="import")
            seen, since = text, 0.0
        if row.state not in AT_WORK:
            return
        await asyncio.sleep(LOOK_SECONDS)
        since += LOOK_SECONDS
        if since >= BEAT_SECONDS:
            yield beat(imports.rooms)
            since = 0.0
