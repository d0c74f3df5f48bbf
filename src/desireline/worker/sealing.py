"""When the tail becomes a segment: when it is long, or its oldest event has waited long enough."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import select

from desireline.log.segments.errors import TailChanged
from desireline.log.segments.sealing import seal
from desireline.log.tables import event, log_state
from desireline.modules.rooms import Rooms

SECOND = 1_000_000
MOST_SECONDS = 5.0


def every_seconds(rooms: Rooms) -> float:
    """How often to look: often enough for what was set."""
    return min(MOST_SECONDS, rooms.workspace.settings.seal_seconds)


def seal_when_due(rooms: Rooms) -> bool:
    """Whether the tail was long or old enough, and so became a segment."""
    if not is_due(rooms):
        return False
    with suppress(TailChanged):  # another worker was quicker
        seal(rooms.db, rooms.store, rooms.clock)
    return True


def is_due(rooms: Rooms) -> bool:
    """Whether the tail is long or old. Its first row tells both: positions have no gaps."""
    with rooms.db.reading() as connection:
        last = connection.execute(select(log_state.c.position)).scalar_one()
        first = connection.execute(
            select(event.c.position, event.c.received_at).order_by(event.c.position).limit(1)
        ).first()
    if first is None:
        return False
    age = (rooms.clock.now() - first.received_at) / SECOND
    settings = rooms.workspace.settings
    return bool(last - first.position + 1 >= settings.seal_rows or age >= settings.seal_seconds)
