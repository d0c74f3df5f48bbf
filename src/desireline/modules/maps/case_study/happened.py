"""What happened on a person's way, as far as a case study tells it: days, not dates."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from desireline.engine.one_walk import Step
from desireline.modules.people.facade import Happening, Quote

DAY = 86_400_000_000
MOST_STOPS = 60
"""Touchpoints of a case study: more than one reads is none."""


@dataclass(frozen=True)
class Stop:
    """A stay at one place of the way: events one after the other that are the same touchpoint."""

    day: int
    """1 is the day of the first event: hours since then by 24, so no clock and no date is told."""
    name: str
    """Key of the touchpoint, or the type of the event."""
    channel: str
    events: int = 1
    amounts: tuple[tuple[float, str], ...] = ()
    """Rounded, with their currencies."""
    quotes: tuple[Quote, ...] = ()


@dataclass
class Told:
    """The stops of a way, and how much of it they leave out."""

    stops: list[Stop] = field(default_factory=list)
    outside: int = 0
    """Events that are no touchpoint of the map."""
    cut: int = 0
    """Stops beyond the last one that is told."""


def stops_of(
    happened: Sequence[Happening], walk: Sequence[Step] | None, quotes: Iterable[Quote]
) -> Told:
    """The way in stops. With `walk`, in touchpoints of a map; else in types of events."""
    told = Told()
    names = _names(happened, walk)
    said: dict[int, tuple[Quote, ...]] = {}
    for quote in quotes:
        said[quote.position] = (*said.get(quote.position, ()), quote)
    for one, name in zip(happened, names, strict=True):
        if name is None:
            told.outside += 1
            continue
        row = one.row
        stop = Stop(
            day=(row.at - happened[0].row.at) // DAY + 1,
            name=name,
            channel=row.channel,
            amounts=() if row.value is None else ((rounded(row.value), row.currency or ""),),
            quotes=said.get(row.position, ()),
        )
        _put(told, stop)
    return told


def rounded(value: float) -> float:
    """To half of its first digit: 39.9 is 40, 128 is 150, 1,240 is 1,000."""
    if value == 0 or not math.isfinite(value):
        return 0.0
    step = 10.0 ** math.floor(math.log10(abs(value))) / 2
    return round(value / step) * step


def _put(told: Told, stop: Stop) -> None:
    last = told.stops[-1] if told.stops else None
    if last is not None and (last.name, last.channel) == (stop.name, stop.channel):
        told.stops[-1] = replace(
            last,
            events=last.events + 1,
            amounts=last.amounts + stop.amounts,
            quotes=last.quotes + stop.quotes,
        )
    elif len(told.stops) < MOST_STOPS:
        told.stops.append(stop)
    else:
        told.cut += 1


def _names(happened: Sequence[Happening], walk: Sequence[Step] | None) -> Iterator[str | None]:
    """The touchpoint of each event: found by time and type, in their order."""
    if walk is None:
        yield from (one.row.type for one in happened)
        return
    known: dict[tuple[int, str], list[str | None]] = {}
    for step in walk:
        known.setdefault((step.at, step.event), []).append(step.touchpoint)
    for one in happened:
        found = known.get((one.row.at, one.row.type))
        yield found.pop(0) if found else None
