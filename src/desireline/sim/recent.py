"""The shop as if its year had ended just now."""

from __future__ import annotations

from dataclasses import replace

from desireline.engine.building import EventColumns
from desireline.sim.cat_fountain import shop

WEEK = 7 * 86_400 * 1_000_000
"""Microseconds."""


def recent_shop(persons: int, seed: int, now: int) -> EventColumns:
    """The events of the shop, moved by whole weeks so that the last is before `now`.

    Hours and days of the week stay what they are. `now` is microseconds since 1970 UTC.
    """
    events = shop(persons=persons, seed=seed).events()
    last = int(events.time.max()) if len(events.time) else now
    return replace(events, time=events.time + (now - last) // WEEK * WEEK)
