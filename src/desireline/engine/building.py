"""From events as they come (any order) to Journeys (sorted by journey and sequence)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.engine.arranging import Arrangement
from desireline.engine.errors import DesirelineError
from desireline.engine.journeys import (
    F32,
    I32,
    I64,
    U8,
    Codes,
    Column,
    Ids,
    Journeys,
    Provenance,
)

MOST_JOURNEYS = 2**31 - 1


class JourneysTooMany(DesirelineError):
    """More persons or cases than one Journeys can number."""


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


def build(events: EventColumns, provenance: Provenance | None = None) -> Journeys:
    """Journeys of `events`: one for each id that has an event, in the order of `ids`.

    Within a journey the sequence is by time, equal times as they came; where `events.order` is
    given, by its columns, the first deciding first, NaN last, equal values as they came. Arrays
    that are in sequence already are taken as they are, not copied. Raises JourneysTooMany.
    """
    if len(events.ids) > MOST_JOURNEYS:
        raise JourneysTooMany(
            f"There are {len(events.ids):,} persons or cases; at most {MOST_JOURNEYS:,} can be read"
            " at once.",
            hint="Split the file by person and read the parts.",
        )
    case = events.case.astype(np.int32, copy=False)
    key = sequence_key(events.order) if events.order else events.time
    placed = Arrangement.of(case, key, len(events.ids))
    offset, moved = placed.offset, placed.moved
    time = moved(events.time) if events.order else placed.key
    walked = np.diff(offset) > 0
    ids = events.ids if walked.all() else events.ids.taken(np.flatnonzero(walked))
    starts = offset[:-1][walked]
    return Journeys(
        offset=np.append(starts, offset[-1]),
        time=time,
        code=moved(narrow_codes(events.code, len(events.events))),
        events=events.events,
        ids=ids,
        channel=None if events.channel is None else moved(events.channel),
        channels=events.channels,
        actor=None if events.actor is None else moved(events.actor),
        actors=events.actors,
        value=None if events.value is None else moved(events.value),
        columns={name: _moved_column(c, placed) for name, c in events.columns.items()},
        ordered_by_time=not events.order or _never_falls(time, starts),
        provenance=provenance or Provenance(rows=len(case)),
    )


def narrow_codes(codes: NDArray[Any], n_types: int) -> Codes:
    """Codes in two bytes where the number of event types allows it, else in four."""
    if n_types <= np.iinfo(np.uint16).max:
        return codes.astype(np.uint16, copy=False)
    return codes.astype(np.uint32, copy=False)


def sequence_key(order: tuple[NDArray[Any], ...]) -> I64:
    """One int64 an event that sorts like the columns of `order` together, the first deciding."""
    if len(order) == 1 and order[0].dtype == np.int64:
        return order[0]
    ranks: I64 = np.zeros(len(order[0]), np.int64)
    for column in order:
        distinct, rank = np.unique(column, return_inverse=True)
        ranks = np.unique(ranks * len(distinct) + rank, return_inverse=True)[1].astype(np.int64)
    return ranks


def _moved_column(column: Column, placed: Arrangement) -> Column:
    if column.numbers is not None:
        return replace(column, numbers=placed.moved(column.numbers))
    return replace(column, codes=None if column.codes is None else placed.moved(column.codes))


def _never_falls(time: I64, starts: I64) -> bool:
    falls = np.diff(time) < 0
    falls[starts[1:] - 1] = False
    return not falls.any()
