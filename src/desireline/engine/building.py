"""From events as they come (any order) to Journeys (sorted by journey and sequence)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from numpy.typing import NDArray

from desireline.engine.journeys import F32, I32, I64, U8, Codes, Column, Ids


@dataclass(frozen=True, eq=False)
class EventColumns:
    """Events in file order, text already dictionary coded; every array has one entry an event."""

    case: I32 | I64
    """Index into `ids`: whose event this is."""
    ids: Ids
    time: I64
    """Microseconds since 1970-01-01 UTC."""
    code: Codes
    """Index into `events`."""
    events: tuple[str, ...]
    channel: U8 | None = None
    channels: tuple[str, ...] = ("",)
    actor: U8 | None = None
    actors: tuple[str, ...] = ("",)
    value: F32 | None = None
    columns: Mapping[str, Column] = field(default_factory=dict)
    order: tuple[NDArray[Any], ...] = ()
    """Where given, these decide the sequence within a journey instead of the time."""
